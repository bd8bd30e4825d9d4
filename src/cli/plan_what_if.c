/*
 * plan_what_if.c - muster plan what-if: one change, and the plan before and after it.
 *
 * The change is made of records, as a person would enter them, taken up into
 * the book that was read and never written: what a record means to a plan is
 * decided in one place. To keep suppositions, there are scenarios.
 */
#include <string.h>

#include "base/text.h"
#include "cli/plan_parts.h"
#include "cli/planned.h"
#include "post/post.h"
#include "report/what_if.h"

struct what_if_args {
    struct planned_args planned;
    const char *giver, *item, *qty, *in, *hub, *closed, *budget, *add, *without;
    bool all;
};

enum { SHOWN_ROWS = 40 };

/* What sending a million's worth otherwise counts: enough that nothing moves for nothing. */
static const double MOVING = 0.03;

/* A change in the making. */
struct change {
    struct context *ctx;
    struct arena *arena;
    const struct what_if_args *args;
    struct opened *o;
    struct book *book;
    struct posting posting;
    struct buf words; /* "NOR gives 40 of shells in 2026-05" */
};

static enum rc noun_of(struct change *c, enum kind kind, const char *what, const char *typed,
                       uint32_t *noun, struct err *err)
{
    const char *key = kind == KIND_PARTY ? opened_party(c->o, typed) : typed;
    *noun = book_noun(c->book, kind, key);
    if (*noun != NONE) return RC_OK;
    return fail(err, RC_ABSENT, "%s: no %s '%.80s' in this book", what, kind_name(kind), typed);
}

/* A copy of what the book says of it now, without one field. */
static struct record *now_without(struct change *c, uint32_t noun, enum tag tag)
{
    struct record *r = record_copy(c->arena, book_version(c->book, noun, INT64_MAX));
    uint32_t kept = 0;
    for (uint32_t i = 0; i < r->count; i++) {
        if (r->fields[i].tag != tag) r->fields[kept++] = r->fields[i];
    }
    r->count = kept;
    r->id = 0;
    r->idem = NULL;
    return r;
}

static void say(struct change *c, const char *words)
{
    buf_addf(&c->words, "%s%s", c->words.len ? ", and " : "", words);
}

/* --- a giver gives --- */

static enum rc give(struct change *c, struct err *err)
{
    const struct what_if_args *args = c->args;
    uint32_t giver, item;
    int32_t day;
    int64_t parts;
    bool exact;
    struct dec qty;
    enum rc rc = noun_of(c, KIND_PARTY, "--giver", args->giver, &giver, err);
    if (!rc) rc = noun_of(c, KIND_ITEM, "--item", args->item, &item, err);
    if (!rc && day_parse(args->in, &day, NULL, err)) rc = fail_in(err, "--in");
    if (!rc && (dec_parse(args->qty, &qty, err) || qty.n <= 0)) {
        rc = fail(err, RC_INPUT, "--qty: '%.40s' is no quantity", args->qty);
    }
    if (rc) return rc;
    const struct record *what = book_version(c->book, item, INT64_MAX);
    int places = (int)record_int(what, F_PARTS, 0);
    rc = dec_to_parts(qty, places, &parts, &exact, err);
    if (rc || !exact) {
        return fail(err, RC_INPUT, "--qty: '%.40s' of %s is counted in %d decimals", args->qty,
                    book_key(c->book, item), places);
    }
    struct record *r = record_new(c->arena, KIND_LOT);
    record_set_text(c->arena, r, F_KEY, "what-if");
    record_set_ref(c->arena, r, F_PARTY, book_latest(c->book, giver)->id);
    record_set_ref(c->arena, r, F_ITEM, what->id);
    record_set_int(c->arena, r, F_QTY, parts);
    record_set_int(c->arena, r, F_DAY, day);
    say(c, text_format(c->arena, "%s gives %s of %s in %s", book_key(c->book, giver), args->qty,
                       book_key(c->book, item), args->in));
    return posting_add(&c->posting, r, NULL, err);
}

/* --- a hub is closed --- */

static enum rc close_hub(struct change *c, struct err *err)
{
    const char *typed = c->args->closed, *dots = strstr(typed, "..");
    const char *from = dots ? arena_bytes(c->arena, typed, (size_t)(dots - typed)) : typed;
    int32_t since, until;
    enum precision precision;
    int year, month, day;
    uint32_t hub;
    enum rc rc = noun_of(c, KIND_ROUTE, "--hub", c->args->hub, &hub, err);
    if (!rc && day_parse(from, &since, &precision, err)) rc = fail_in(err, "--closed");
    if (!rc && day_parse(dots ? dots + 2 : typed, &until, NULL, err)) rc = fail_in(err, "--closed");
    if (rc) return rc;
    day_to_civil(since, &year, &month, &day);
    if (precision == PRECISION_MONTH) since = day_from_civil(year, month, 1);
    if (since > until) return fail(err, RC_INPUT, "--closed: it opens before it closes");
    struct record *r = record_new(c->arena, KIND_ROUTE);
    record_set_text(c->arena, r, F_KEY, "what-if");
    record_set_ref(c->arena, r, F_VIA, book_latest(c->book, hub)->id);
    record_set_int(c->arena, r, F_TONNES, 0);
    record_set_int(c->arena, r, F_SINCE, since);
    record_set_int(c->arena, r, F_UNTIL, until);
    say(c, text_format(c->arena, "hub %s is closed in %s", book_key(c->book, hub), typed));
    return posting_add(&c->posting, r, NULL, err);
}

/* --- a budget is larger, or smaller --- */

static enum rc add_money(struct change *c, struct err *err)
{
    uint32_t budget;
    struct dec more;
    enum rc rc = noun_of(c, KIND_BUDGET, "--budget", c->args->budget, &budget, err);
    if (!rc && dec_parse(c->args->add, &more, err)) rc = fail_in(err, "--add");
    if (rc) return rc;
    struct dec is = record_dec(book_version(c->book, budget, INT64_MAX), F_AMOUNT), sum = {0};
    sum.scale = is.scale > more.scale ? is.scale : more.scale;
    i128 n = is.n * power10(sum.scale - is.scale) + more.n * power10(sum.scale - more.scale);
    if (n < 0) return fail(err, RC_INPUT, "--add: the budget has not so much");
    rc = narrow(n, &sum.n, "the budget", err);
    if (rc) return rc;
    struct record *r = now_without(c, budget, F_AMOUNT);
    record_set_dec(c->arena, r, F_AMOUNT, sum);
    say(c, text_format(c->arena, "budget %s has %s more", book_key(c->book, budget), c->args->add));
    return posting_add(&c->posting, r, NULL, err);
}

/* --- a lot is withdrawn --- */

static enum rc withdraw(struct change *c, struct err *err)
{
    uint32_t lot;
    enum rc rc = noun_of(c, KIND_LOT, "--without", c->args->without, &lot, err);
    if (rc) return rc;
    /* Refused for everything, as its giver would: what was drawn on it already stays drawn. */
    const struct record *now = book_version(c->book, lot, INT64_MAX);
    struct record *r = record_new(c->arena, KIND_DECISION);
    record_set_text(c->arena, r, F_TYPE, "refusal");
    record_set_ref(c->arena, r, F_PARTY, record_ref(now, F_PARTY));
    record_set_ref(c->arena, r, F_LOT, now->id);
    say(c, text_format(c->arena, "lot %s is withdrawn", book_key(c->book, lot)));
    return posting_add(&c->posting, r, NULL, err);
}

/* --- all of it --- */

/* What goes together is given together. */
static int check_args(struct context *ctx, const struct what_if_args *a)
{
    bool gives = a->giver || a->item || a->qty || a->in;
    if (gives && !(a->giver && a->item && a->qty && a->in)) {
        return cmd_misuse(ctx, "--giver, --item, --qty and --in go together");
    }
    if (!a->hub != !a->closed) return cmd_misuse(ctx, "--hub and --closed go together");
    if (!a->budget != !a->add) return cmd_misuse(ctx, "--budget and --add go together");
    if (!gives && !a->hub && !a->budget && !a->without) {
        return cmd_misuse(ctx, "what changes? --giver, --hub, --budget or --without says it");
    }
    return EXIT_DONE;
}

static enum rc suppose(struct change *c, struct err *err)
{
    const struct what_if_args *a = c->args;
    posting_begin(&c->posting, c->arena, &c->o->view, INT64_MIN); /* just after the last record */
    enum rc rc = a->giver ? give(c, err) : RC_OK;
    if (!rc && a->hub) rc = close_hub(c, err);
    if (!rc && a->budget) rc = add_money(c, err);
    if (!rc && a->without) rc = withdraw(c, err);
    return rc;
}

/* The plan before, in the numbers of the model after; what has no place there is left out. */
static struct solve_stay stay_with(struct arena *a, const struct plan *plan,
                                   const struct instance *before, const struct instance *after,
                                   const struct planned_before *map, double moving)
{
    int32_t *lot = NEW_ARRAY(a, (size_t)before->model.lots + 1, int32_t);
    int32_t *sink = NEW_ARRAY(a, (size_t)before->model.sinks + 1, int32_t);
    struct shipment *list = NEW_ARRAY(a, plan->count + 1, struct shipment);
    size_t count = 0;
    for (int32_t l = 0; l < before->model.lots; l++) lot[l] = MODEL_NONE;
    for (int32_t k = 0; k < before->model.sinks; k++) sink[k] = MODEL_NONE;
    for (int32_t l = 0; l < after->model.lots; l++) {
        if (map->lot_was[l] != MODEL_NONE) lot[map->lot_was[l]] = l;
    }
    for (int32_t k = 0; k < after->model.sinks; k++) {
        if (map->sink_was[k] != MODEL_NONE) sink[map->sink_was[k]] = k;
    }
    for (size_t i = 0; i < plan->count; i++) {
        struct shipment s = plan->ship[i];
        s.lot = lot[s.lot];
        s.sink = sink[s.sink];
        if (s.lot != MODEL_NONE && s.sink != MODEL_NONE) list[count++] = s;
    }
    return (struct solve_stay){.ship = list, .count = count, .charge = moving / 1e6};
}

/*
 * The plan before is the one that `muster plan` shows. Prices that prove more say better who has
 * to move: what is still open between plan and bound would all be taken for the change.
 */
static void sharpen(struct context *ctx, struct planned *was)
{
    struct solution *shown = &was->solution;
    struct solution s = solver_rest(was->solver, ctx->arena, &was->params, &shown->plan);
    if (!(s.bound > shown->bound)) return;
    shown->bound = s.bound;
    shown->gap = (shown->objective - s.bound) / shown->objective;
    shown->price = s.price;
}

static int plan_twice(struct context *ctx, struct opened *o, const struct what_if_args *args)
{
    struct instance *before = NEW(ctx->arena, struct instance),
                    *after = NEW(ctx->arena, struct instance);
    struct planned was, is;
    const char *table;
    struct err err = {0};
    struct change c = {.ctx = ctx, .arena = ctx->arena, .args = args, .o = o, .book = o->view.book};
    c.words.arena = ctx->arena;
    bool weighted = strcmp(args->planned.mode, "weighted") == 0;
    int code = planned_instance(ctx, o, &args->planned, before, &table);
    if (code) return code;
    planned_rest(ctx, o);
    code = planned_solve(ctx, &args->planned, before, table, &was);
    if (code) return code;
    if (weighted) sharpen(ctx, &was);
    enum rc rc = suppose(&c, &err);
    if (rc) return rc == RC_INPUT ? cmd_misuse(ctx, "%s", err.msg) : cmd_refuse(ctx, &err);
    code = planned_instance(ctx, o, &args->planned, after, &table);
    if (code) return code;
    planned_rest(ctx, o);
    struct planned_before learnt = {.planned = &was,
                                    .lot_was = lots_before(ctx->arena, before, after),
                                    .sink_was = sinks_before(ctx->arena, before, after)};
    struct solve_stay stay =
        stay_with(ctx->arena, &was.solution.plan, before, after, &learnt, MOVING);
    if (weighted) learnt.stay = &stay; /* what is charged is of no level */
    code = planned_again(ctx, &args->planned, after, table, &learnt, &is);
    if (code) return code;
    struct planned_state first = {before, &was.solution, was.shown.levels},
                         second = {after, &is.solution, is.shown.levels};
    uint32_t limit = args->all || cmd_whole(ctx) ? 0 : SHOWN_ROWS;
    return cmd_answer(ctx, report_what_if(ctx->arena, c.words.text, &first, &second, limit));
}

static int run(struct context *ctx, const void *given)
{
    const struct what_if_args *args = given;
    struct opened o;
    int code = check_args(ctx, args);
    if (!code) code = opened_begin(ctx, false, &o);
    if (code) return code;
    code = plan_twice(ctx, &o, args);
    opened_end(&o);
    return code;
}

const struct command plan_what_if = {
    .name = "what-if",
    .about = "one change, and the plan before and after it",
    .details =
        "Nothing is recorded; to keep what is supposed, use a scenario. Changes that are given"
        " together are made together. The second plan keeps to the first, unless sending a"
        " million's worth otherwise is worth more than 0.03; needs that change by less than a"
        " thousandth and shipments that change by less than a hundredth, or by next to nothing of"
        " both their lot and their need, are not shown. What changes most stands first. By level, "
        "the"
        " second plan does not keep to the first, and each level is told by itself.\n\n"
        "JSON: change, objective_before, objective_after, bound_after, better (what the change"
        " takes off the objective), better_least (so much for certain), better_most,"
        " on_time_percent_before, on_time_percent_after; needs of need, unit, due, in_time_before,"
        " in_time_after, met_before, met_after; by level also level (the first that changes for "
        "certain,"
        " whose the objectives are) and levels of level, before, after,"
        " bound_after, better, better_least, better_most; shipments of lot, giver, need, hub, "
        "month, unit,"
        " before, after: those that change.",
    .examples = "muster plan what-if --giver NOR --item shells-155 --qty 4000 --in 2026-05\n"
                "muster plan what-if --hub rzeszow --closed 2026-03..2026-04\n"
                "muster plan what-if --budget deu-2026 --add 20000000\n"
                "muster plan what-if --without cze-shells\n",
    .opts =
        (const struct opt[]){
            {"giver", INTO(struct what_if_args, giver), .arg = "PARTY", .help = "who gives more"},
            {"item", INTO(struct what_if_args, item), .arg = "ITEM", .help = "of what"},
            {"qty", INTO(struct what_if_args, qty), .arg = "QTY", .help = "how much"},
            {"in", INTO(struct what_if_args, in), .arg = "MONTH", .help = "ready in that month"},
            {"hub", INTO(struct what_if_args, hub), .arg = "ROUTE", .help = "a hub that is closed"},
            {"closed", INTO(struct what_if_args, closed), .arg = "MONTHS",
             .help = "when: 2026-03, or 2026-03..2026-04"},
            {"budget", INTO(struct what_if_args, budget), .arg = "BUDGET",
             .help = "a budget that is larger"},
            {"add", INTO(struct what_if_args, add), .arg = "AMOUNT",
             .help = "by how much; below 0: smaller"},
            {"without", INTO(struct what_if_args, without), .arg = "LOT",
             .help = "a lot that is withdrawn"},
            {"all", INTO(struct what_if_args, all), .help = "every shipment that changes"},
            PLANNED_OPTS(struct what_if_args),
            {0},
        },
    .uses = USES_QUESTION | USES_MONEY,
    .args_size = sizeof(struct what_if_args),
    .run = run,
};
