/* plan_replay.c - muster plan replay: what planning is worth, without foresight. */
#include <string.h>

#include "cli/plan_parts.h"
#include "cli/planned.h"
#include "plan/instance_known.h"
#include "report/replay.h"

struct replay_args {
    struct planned_args planned;
    bool stock;
};

static int replay(struct context *ctx, const struct opened *o, const struct replay_args *args)
{
    struct instance *in = NEW(ctx->arena, struct instance);
    struct progress progress;
    struct replay_row row[REPLAY_WAYS];
    struct solve_params params;
    const char *key_table;
    if (strcmp(args->planned.mode, "weighted") != 0) {
        return cmd_misuse(ctx, "a replay weighs everything: --mode weighted");
    }
    if (args->planned.time) return cmd_misuse(ctx, "--time: a replay plans every month to its gap");
    int code = planned_params(ctx, &args->planned, &params);
    struct planned_args asked = args->planned;
    asked.later = true;
    if (!code) code = planned_instance(ctx, o, &asked, in, &key_table);
    if (code) return code;
    struct known known = instance_known(ctx->arena, in, args->stock);
    progress_begin(&progress, ctx, "planning, month");
    params.watch = &progress.watch;
    replay_all(ctx->arena, &in->model, &known, &params, row);
    progress_end(&progress);
    if (interrupted()) return EXIT_INTERRUPTED;
    return cmd_answer(ctx, report_replay(ctx->arena, in, row));
}

static int run(struct context *ctx, const void *args)
{
    struct opened o;
    int code = opened_begin(ctx, false, &o);
    if (code) return code;
    code = replay(ctx, &o, args);
    opened_end(&o);
    return code;
}

const struct command plan_replay = {
    .name = "replay",
    .about = "what planning would have been worth, month by month",
    .details =
        "Goes through the months from --effective on. In each one decides with what is known by"
        " then: as desks do without a plan (first come first served; highest priority first;"
        " priority, then due date, through the hub with most room and with nothing that cannot be"
        " kept going), and by a plan made anew each month. What has left stays sent, all else may"
        " be decided otherwise a month later. Last comes the plan that knew everything from the"
        " first, which nobody can reach.\n\n"
        "One knows of a lot, promise or need from the day on which it was stated, else recorded,"
        " of a need from the day on which it was asked for, if the book has it (need --on), and of"
        " a lot that is ordered from its order on. With --stock-known one knows from the first what"
        " givers hold, however late a publisher said so.\n\n"
        "JSON: planned_from, months, lots, needs; rows of way, unmet_months (weighted as in the"
        " objective), against_first_come (per cent), on_time_percent (by value), objective,"
        " shipments.",
    .examples = "muster plan replay --effective 2022-03-01\n",
    .opts =
        (const struct opt[]){
            PLANNED_OPTS(struct replay_args),
            {"stock-known", INTO(struct replay_args, stock),
             .help = "what stands in stock is known from the first month"},
            {0},
        },
    .uses = USES_QUESTION | USES_MONEY,
    .args_size = sizeof(struct replay_args),
    .run = run,
};
