/* compare.c - see compare.h: each branch is opened by itself and measured in the same way. */
#include "cli/compare.h"

#include <string.h>

#include "cli/asked.h"
#include "cli/planned.h"
#include "report/compare.h"

struct compare_args {
    struct planned_args planned;
    struct texts names;
    const char *reached, *receiver;
    bool plan;
};

static const char base[] = "base";

/* The branches as typed; one alone is held against the book itself. */
static void names_of(struct context *ctx, const struct texts *typed, struct texts *out)
{
    if (typed->count == 1 && strcmp(typed->at[0], base) != 0) texts_add(out, ctx->arena, base);
    for (uint32_t i = 0; i < typed->count; i++) texts_add(out, ctx->arena, typed->at[i]);
}

static enum rc measure(struct context *ctx, const struct opened *o, const struct compare_args *args,
                       struct compared *c, struct err *err)
{
    enum stage reached = stage_named(args->reached);
    const char *receiver = opened_party(o, args->receiver);
    struct coverage_question asked = {.at = o->exchange.at,
                                      .today = (int32_t)(ctx->now_ms() / MS_PER_DAY),
                                      .reached = reached,
                                      .receiver = receiver};
    struct burden_question carried = {.reached = reached, .receiver = receiver};
    if (ctx->effective_day < asked.today) asked.today = ctx->effective_day;
    enum rc rc = measure_coverage(ctx->arena, o->view.book, &asked, &c->coverage, err);
    return rc ? rc : measure_burden(ctx->arena, &o->exchange, &carried, &c->burden, err);
}

/* What a plan of that branch would come to. */
static int plan_one(struct context *ctx, const struct opened *o, const struct compare_args *args,
                    struct compared *c)
{
    struct instance *in = NEW(ctx->arena, struct instance);
    struct planned planned;
    const char *table;
    int code = planned_instance(ctx, o, &args->planned, in, &table);
    if (!code) code = planned_solve(ctx, &args->planned, in, table, &planned);
    if (code) return code;
    c->planned = true;
    c->objective = planned.solution.objective;
    c->bound = planned.solution.bound;
    return EXIT_DONE;
}

static int measure_one(struct context *ctx, const struct compare_args *args, const char *currency,
                       struct compared *c)
{
    struct context inside = *ctx;
    struct opened o;
    struct err err = {0};
    inside.scenario = strcmp(c->name, base) == 0 ? NULL : c->name;
    if (currency && *currency) inside.currency = currency;
    int code = opened_begin(&inside, false, &o);
    if (code) return code;
    c->book = o.view.book;
    enum rc rc = measure(ctx, &o, args, c, &err);
    code = rc ? asked_refuse(ctx, &err) : args->plan ? plan_one(&inside, &o, args, c) : EXIT_DONE;
    opened_end(&o);
    return code;
}

static int run(struct context *ctx, const void *given)
{
    const struct compare_args *args = given;
    struct texts names = {0};
    names_of(ctx, &args->names, &names);
    struct compared *list = NEW_ARRAY(ctx->arena, names.count, struct compared);
    int code = EXIT_DONE;
    const char *currency = ctx->currency;
    for (uint32_t i = 0; i < names.count && !code; i++) {
        list[i].name = names.at[i];
        code = measure_one(ctx, args, currency, &list[i]);
        bool open = !currency || !*currency || strcmp(currency, "most") == 0;
        if (!code && open) currency = list[i].burden.currency;
    }
    if (code) return code;
    struct answer *w = report_compare(ctx->arena, list, names.count);
    answer_put(w, "reached", cell_text(args->reached));
    answer_put(w, "currency", currency && *currency ? cell_text(currency) : cell_null());
    return cmd_answer(ctx, w);
}

const struct command scenario_compare = {
    .name = "compare",
    .about = "side by side: needs met, what is missing, who carries how much",
    .details =
        "What was delivered meets needs on its day; what has reached --reached is expected on the"
        " last day of its promised window, and what is overdue not before today. Each quantity"
        " meets one need at most: the one that its line is for, else the earliest due of its"
        " receiver for that item, one above it in the catalogue, or one that it may stand in"
        " for.\n\nNAME is a scenario, or 'base' for the book itself; one alone is held against the"
        " book.\n\n"
        "JSON: reached, currency, scenarios of scenario, needs, in_time, late, in_part, not_at_all"
        " (counts of needs), support, objective, bound (with --plan); needs of need, item, unit, "
        "due, and asked, in_time, late,"
        " missing, each an object by scenario; burden of party, total, an object by scenario.",
    .examples = "muster scenario compare mobilised not-mobilised base\n",
    .operands =
        (const struct operand[]){
            {"NAME", INTO(struct compare_args, names), .help = "scenarios, or 'base'"},
            {0},
        },
    .opts =
        (const struct opt[]){
            {"reached", INTO(struct compare_args, reached), .arg = "STAGE",
             .choices = STAGE_CHOICES, .fallback = "committed",
             .help = "count as promised what has reached at least that stage"},
            {"receiver", INTO(struct compare_args, receiver), .arg = "PARTY",
             .help = "only needs of that party, and support to it"},
            {"plan", INTO(struct compare_args, plan),
             .help = "and what a plan of each would come to (see 'muster plan')"},
            PLANNED_OPTS(struct compare_args),
            {0},
        },
    .uses = (USES_QUESTION & ~USES_BRANCH) | USES_MONEY,
    .args_size = sizeof(struct compare_args),
    .run = run,
};
