/* cmd_explain.c - muster explain: the rows behind a figure. */
#include <stdlib.h>

#include "cli/asked.h"
#include "report/floor.h"
#include "report/total.h"

struct explain_args {
    struct asked_total total;
    struct asked_burden burden;
    const char *row, *party, *floor;
};

/* The floor's own stage is another than the burden's: what was provided is allocated. */
static int explain_floor(struct context *ctx, const struct explain_args *args)
{
    struct opened o;
    struct err err = {0};
    struct answer *w;
    const char *stage = args->burden.reached;
    int year = args->burden.year ? atoi(args->burden.year) : 0;
    int code = opened_begin(ctx, false, &o);
    if (code) return code;
    const struct floor_question q = {.reached = stage ? stage_named(stage) : STAGE_ALLOCATED,
                                     .key = args->floor,
                                     .today = asked_day(ctx)};
    enum rc rc = report_explain_floor(ctx->arena, &o.exchange, &q, year, &w, &err);
    code = rc ? cmd_refuse(ctx, &err) : cmd_answer(ctx, w);
    opened_end(&o);
    return code;
}

static int run(struct context *ctx, const void *given)
{
    const struct explain_args *args = given;
    struct opened o;
    struct err err = {0};
    struct total_question total;
    struct burden_question burden;
    struct answer *w = NULL;
    enum rc rc = RC_OK;
    bool of_total = args->total.boundary || args->total.by;
    if (of_total && args->party) {
        return cmd_misuse(ctx, "--boundary and --by explain a total, PARTY a burden: one of them");
    }
    if (args->floor) {
        if (of_total || args->party) {
            return cmd_misuse(ctx, "--floor explains the years of a floor: leave out the others");
        }
        return explain_floor(ctx, args);
    }
    int code = opened_begin(ctx, false, &o);
    if (code) return code;
    if (of_total) {
        code = asked_total(ctx, &o, &args->total, &total);
        if (!code) {
            rc =
                report_explain_total(ctx->arena, &o.view, &o.exchange, &total, args->row, &w, &err);
        }
    } else {
        code = asked_burden(ctx, &o, &args->burden, &burden);
        if (!code) {
            rc = report_explain_burden(ctx->arena, &o.view, &o.exchange, &burden,
                                       opened_party(&o, args->party), &w, &err);
        }
    }
    if (!code) code = rc ? asked_refuse(ctx, &err) : cmd_answer(ctx, w);
    opened_end(&o);
    return code;
}

const struct command cmd_explain = {
    .name = "explain",
    .group = GROUP_ASK,
    .about = "the rows behind a total, burden or floor, each with its evidence",
    .details = "With --boundary: every flow that crosses or lies inside it, whether it was added"
               " and, if not, why not; with --by alone, of the total without a boundary. With"
               " --floor: every amount of its years, or of one. With none of them: every amount"
               " that the burden of PARTY (or of all) counts.",
    .examples = "muster explain --boundary 'recipient=JOR year=2020' --by plan --row 943\n"
                "# the flows behind one row of that total\n"
                "muster explain DEU --reached allocated\n# what Germany's burden is made of\n",
    .operands =
        (const struct operand[]){
            {"PARTY", INTO(struct explain_args, party), .optional = true, .help = "whose burden"},
            {0},
        },
    .opts =
        (const struct opt[]){
            {"boundary", INTO(struct explain_args, total.boundary), .arg = "RULE",
             .help = "explain the total across that boundary"},
            {"by", INTO(struct explain_args, total.by), .arg = "WHAT", .choices = BY_CHOICES,
             .help = "which row of the total each flow falls into"},
            {"row", INTO(struct explain_args, row), .arg = "KEY",
             .help = "only the flows of that row of --by"},
            {"reached", INTO(struct explain_args, burden.reached), .arg = "STAGE",
             .choices = STAGE_CHOICES,
             .help = "explain what has reached that stage: a burden from committed on, a floor"
                     " from allocated on"},
            {"floor", INTO(struct explain_args, floor), .arg = "KEY",
             .help = "explain the years of that floor"},
            {"year", INTO(struct explain_args, burden.year), .arg = "YYYY",
             .help = "only support effective in that year; of a floor, its year that begins"
                     " then"},
            {"published", INTO(struct explain_args, burden.published),
             .help = "leave out what the publisher leaves out of its own totals"},
            {0},
        },
    .uses = USES_QUESTION | USES_MONEY,
    .args_size = sizeof(struct explain_args),
    .run = run,
};
