/* cmd_plan.c - muster plan: what to send next, how near to the best that is, and why. */
#include <errno.h>
#include <string.h>

#include "cli/plan_parts.h"
#include "cli/planned.h"
#include "plan/mps.h"

enum { SHOWN_ROWS = 40 };

struct plan_args {
    struct planned_args planned;
    const char *mps, *form, *solution;
    bool strict, all;
};

/* --- files --- */

struct written {
    const struct instance *in;
    const struct plan *plan; /* NULL: the model itself */
    enum mps_form form;
};

static enum rc write_file(struct context *ctx, const char *path, const struct written *what,
                          struct err *err)
{
    const struct model *m = &what->in->model;
    const struct mps_names *names = planned_names(ctx->arena, what->in);
    FILE *f = fopen(path, "w");
    if (!f) return fail(err, RC_STORE, "cannot write %.200s: %s", path, strerror(errno));
    enum rc rc = what->plan ? mps_write_plan(m, names, what->form, what->plan, mps_to_file, f, err)
                            : mps_write(m, names, what->form, mps_to_file, f, err);
    if (fclose(f) && !rc) rc = fail(err, RC_STORE, "%.200s: %s", path, strerror(errno));
    return rc;
}

/* --- the verb --- */

static int plan_and_show(struct context *ctx, const struct opened *o, const struct plan_args *args)
{
    struct err err = {0};
    struct instance *in = NEW(ctx->arena, struct instance);
    struct planned planned;
    const char *key_table;
    int code = planned_instance(ctx, o, &args->planned, in, &key_table);
    if (code) return code;
    if (args->strict && in->finding_count) {
        code = cmd_answer(ctx, report_plan_findings(ctx->arena, in));
        return code ? code : EXIT_INPUT;
    }
    struct written what = {.in = in, .form = strcmp(args->form, "path") ? MPS_ARC : MPS_PATH};
    if (args->mps && write_file(ctx, args->mps, &what, &err)) return cmd_refuse(ctx, &err);
    planned_rest(ctx, o);
    code = planned_solve(ctx, &args->planned, in, key_table, &planned);
    if (code) return code;
    what.plan = &planned.solution.plan;
    if (args->solution && write_file(ctx, args->solution, &what, &err))
        return cmd_refuse(ctx, &err);
    planned.shown.limit = args->all || cmd_whole(ctx) ? 0 : SHOWN_ROWS;
    code = cmd_answer(ctx, report_plan(ctx->arena, &planned.shown));
    return interrupted() ? EXIT_INTERRUPTED : code;
}

static int run(struct context *ctx, const void *args)
{
    struct opened o;
    int code = opened_begin(ctx, false, &o);
    if (code) return code;
    code = plan_and_show(ctx, &o, args);
    opened_end(&o);
    return code;
}

const struct command cmd_plan = {
    .name = "plan",
    .group = GROUP_ASK,
    .about = "what to send next, how near to the best that is, and why",
    .details =
        "Needs, lots, promises, prices, ways and budgets of the book become a plan: what leaves"
        " which lot in which month, through which hub, for which need. It serves urgent and"
        " complete capabilities first (a system without what keeps it going does not count), then"
        " the other needs in time, then shares the burden by a key, then gives a receiver fewer "
        "kinds"
        " of equipment for one need, then saves money. Beside the"
        " objective stands a bound that no plan can be below, so the gap says how much better a"
        " plan could be at most.\n\n"
        "The plan begins in the month of --effective, else in that of the last record: no clock is"
        " read, and the same book gives the same plan. Months are calendar months; days on the way"
        " are rounded to months of 30; nothing planned arrives in the first month.\n\n"
        "A lot gives what it holds less its floor, less what promises drew on it. What is"
        " committed and not yet allocated is planned for its receiver; what is allocated, on its"
        " way or delivered counts for the need. A unit that is missing for a month counts its"
        " need's --weight, else: need x urgent (if it is) x step^(3 - priority) x the item's"
        " price in millions. Usual are need=0.25 urgent=5 step=2 fairness=0.5 cost=0.02, the last"
        " two for a million away from the fair share and a million spent.\n\n"
        "Where lots stand in for each other, a kind is taken off a need if it can be exchanged with"
        " another need's, or replaced by what nobody uses, so that no need is met less or later, no"
        " shares are less fair, and the objective stays within --gap of the bound. That is tried"
        " for every kind until none can go any more; it is not proved that there is no plan with"
        " fewer, and with --near it is not tried. 'kinds' counts what is left.\n\n"
        "--near keeps to what a round proposed, unless sending it otherwise is worth more than"
        " --moving for each million's worth; what was charged is part of the objective.\n\n"
        "What is wrong with the book is named before anything is solved, with its record: lots"
        " below their floor, needs nobody can meet, hubs nobody reaches, missing prices and masses,"
        " and so on. The rest is planned; --strict refuses instead.\n\n"
        "--mode lexicographic settles urgent needs first, then the others, then shares, then"
        " money, each near its best while those above it stay as they are; objective, bound and gap"
        " are then those of the urgent needs, and 'levels' has all four.\n\n"
        "--mps writes the model, as weighted, for any solver, --solution the plan as its column "
        "values;"
        " build/plan-check compares the two. Ctrl-C gives the best plan so far, and exit code"
        " 130.\n\n"
        "JSON: objective, bound, gap, cpu_seconds, wall_seconds, peak_mb, mode, planned_from,"
        " months, currency, key, lots, needs, possible_shipments, on_time_percent, by_level,"
        " shipments of leaves, month (of arrival), giver, item, quantity, unit, lot, hub,"
        " receiver, need, due, why; unmet of need, receiver, item, asked, had, met, unmet, unit,"
        " due, urgent, why; burdens of giver, worth, share_percent, fair_percent, above_fair; "
        "kinds of receiver, needs, kinds, most_for_one_need; "
        "findings of rule, finding, record, evidence.",
    .examples =
        "muster plan\nmuster plan --as DEU --effective 2026-03-01\n# as Germany may see it\n"
        "muster plan --weight fairness=2 --key gni --horizon 24\n"
        "muster plan --mps plan.mps --form arc --solution plan.sol\n# for another solver to "
        "check\n",
    .opts =
        (const struct opt[]){
            PLANNED_OPTS(struct plan_args),
            {"mps", INTO(struct plan_args, mps), .arg = "FILE",
             .help = "write the model there, as MPS"},
            {"form", INTO(struct plan_args, form), .arg = "FORM", .choices = "arc path",
             .fallback = "arc",
             .help = "of that file: flows through a network, or one column a possible shipment"},
            {"solution", INTO(struct plan_args, solution), .arg = "FILE",
             .help = "write the plan there, as columns of the model and their values"},
            {"near", INTO(struct plan_args, planned.near), .arg = "ROUND",
             .help = "stay near what that round asked and nobody answered"},
            {"moving", INTO(struct plan_args, planned.moving), .arg = "X",
             .help = "with --near: what sending a million's worth otherwise counts (default: 1)"},
            {"strict", INTO(struct plan_args, strict),
             .help = "refuse to plan a book with anything wrong in it"},
            {"all", INTO(struct plan_args, all), .help = "every row of long tables"},
            {0},
        },
    .uses = USES_QUESTION | USES_MONEY,
    .args_size = sizeof(struct plan_args),
    .run = run,
    .parts =
        (const struct command *const[]){&plan_why, &plan_what_if, &plan_replay, &plan_letter, NULL},
};
