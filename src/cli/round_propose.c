/*
 * round_propose.c - muster round propose: what is asked of whom.
 *
 * A proposal is for its giver's eyes, whatever the labels of what it is made
 * of: that a lot is asked for says much about all the others. So is its
 * number, which counts that giver's proposals only. What the plan was made
 * from is the owner's.
 */
#include <inttypes.h>
#include <string.h>

#include "base/sha.h"
#include "base/text.h"
#include "cli/asks.h"
#include "cli/round.h"

/* --- asking --- */

/* What one giver may see, and how often it was asked. */
struct asked {
    uint32_t giver;
    const struct book *sees;
    uint32_t count;
};

static enum rc look_as(struct entry *e, struct asked *g, struct err *err)
{
    struct view v;
    enum rc rc = view_branch(e->arena, e->opened.store, book_key(e->book, g->giver),
                             e->ctx->scenario, NULL, &v, err);
    g->sees = rc ? NULL : v.book;
    return rc;
}

static uint32_t giver_of(const struct book *b, const struct asking *ask)
{
    const struct record *r = book_version(b, ask->lot != NONE ? ask->lot : ask->line, INT64_MAX);
    return book_noun_of(b, record_ref(r, F_PARTY));
}

static uint64_t id_of(const struct book *b, uint32_t noun)
{
    return noun == NONE ? 0 : book_latest(b, noun)->id;
}

/* The first thing that the giver may not see, or NONE. */
static uint32_t hidden_from(const struct book *b, const struct asked *g, const struct round *round,
                            const struct asking *ask)
{
    const uint32_t nouns[] = {round->noun, ask->lot, ask->line, ask->need, ask->hub};
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++) {
        if (nouns[i] != NONE && !book_has(g->sees, id_of(b, nouns[i]))) return nouns[i];
    }
    return NONE;
}

static enum rc post_one(struct entry *e, const struct round *round, const struct asking *ask,
                        struct asked *g, struct err *err)
{
    struct book *b = e->book;
    uint32_t source = ask->lot != NONE ? ask->lot : ask->line;
    const struct record *from = book_version(b, source, INT64_MAX);
    const struct record *need = book_version(b, ask->need, INT64_MAX);
    const char *giver = book_key(b, g->giver);
    struct record *r = record_new(e->arena, KIND_PROPOSAL);
    record_set_text(
        e->arena, r, F_KEY,
        text_format(e->arena, "%s/%s/%" PRIu32, book_key(b, round->noun), giver, ++g->count));
    record_set_ref(e->arena, r, F_ROUND, id_of(b, round->noun));
    record_set_ref(e->arena, r, F_PARTY, id_of(b, g->giver));
    record_set_ref(e->arena, r, F_RECEIVER, record_ref(need, F_RECEIVER));
    record_set_ref(e->arena, r, F_ITEM, record_ref(from, F_ITEM));
    record_set_ref(e->arena, r, F_LOT, id_of(b, ask->lot));
    record_set_ref(e->arena, r, F_LINE, id_of(b, ask->line));
    record_set_ref(e->arena, r, F_NEED, id_of(b, ask->need));
    record_set_ref(e->arena, r, F_VIA, id_of(b, ask->hub));
    record_set_int(e->arena, r, F_QTY, ask->qty);
    record_set_int(e->arena, r, F_DAY, ask->month);
    record_set_int(e->arena, r, F_PRECISION, PRECISION_MONTH);
    if (ask->due != DAY_MAX) record_set_int(e->arena, r, F_UNTIL, ask->due);
    record_set_text(e->arena, r, F_WHY, ask->why);
    e->label = text_format(e->arena, "parties:%s", giver);
    return entry_add(e, r, NULL, err);
}

static struct asked *asked_of(struct entry *e, struct asked *givers, uint32_t *count,
                              uint32_t giver, struct err *err)
{
    for (uint32_t i = 0; i < *count; i++) {
        if (givers[i].giver == giver) return &givers[i];
    }
    struct asked *g = &givers[(*count)++];
    *g = (struct asked){.giver = giver};
    return look_as(e, g, err) ? NULL : g;
}

enum rc round_ask(struct entry *e, const struct round *round, const struct asking *list,
                  uint32_t count, struct err *err)
{
    struct asked *givers = NEW_ARRAY(e->arena, count + 1, struct asked);
    uint32_t giver_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct asked *g = asked_of(e, givers, &giver_count, giver_of(e->book, &list[i]), err);
        if (!g) return err->code;
        uint32_t hidden = hidden_from(e->book, g, round, &list[i]);
        if (hidden != NONE) {
            entry_note(
                e, text_format(e->arena, "%s is not asked for %s: it may not see %s",
                               book_key(e->book, g->giver),
                               book_key(e->book, list[i].lot != NONE ? list[i].lot : list[i].line),
                               book_key(e->book, hidden)));
            continue;
        }
        enum rc rc = post_one(e, round, &list[i], g, err);
        if (rc) return rc;
    }
    return RC_OK;
}

/* --- by hand --- */

struct propose_args {
    struct entry_args entry;
    struct planned_args planned;
    const char *round;
    struct texts shipments;
    const struct asks *asks; /* from a plan; NULL: by hand */
};

enum { PARTS = 5 }; /* LOT,NEED,HUB,MONTH,QTY */

static enum rc cut(struct arena *a, const char *typed, const char *part[PARTS], struct err *err)
{
    const char *at = typed;
    for (int i = 0; i < PARTS; i++) {
        size_t len = strcspn(at, ",");
        part[i] = text_squeeze(a, arena_bytes(a, at, len));
        if ((i < PARTS - 1) != (at[len] == ',')) {
            return fail(err, RC_INPUT, "--shipment is LOT,NEED,HUB,MONTH,QTY, not '%.80s'", typed);
        }
        at += len + 1;
    }
    return RC_OK;
}

/* "shells", or a month of what is asked every month: "diesel@2026-03". */
static enum rc typed_need(struct entry *e, const char *typed, struct asking *ask, struct err *err)
{
    const char *at = strrchr(typed, '@');
    enum precision precision;
    enum rc rc = RC_OK;
    ask->due = DAY_MAX;
    if (at && noun_typed(e->book, KIND_NEED, typed) == NONE) {
        rc = entry_day("--shipment: NEED", at + 1, false, &ask->due, &precision, err);
        typed = arena_bytes(e->arena, typed, (size_t)(at - typed));
    }
    if (!rc) rc = noun_find(e->arena, e->book, KIND_NEED, "--shipment", typed, &ask->need, err);
    if (rc || ask->due != DAY_MAX) return rc;
    ask->due = (int32_t)record_int(book_version(e->book, ask->need, INT64_MAX), F_UNTIL, DAY_MAX);
    return RC_OK;
}

static enum rc typed_shipment(struct entry *e, const char *typed, struct asking *ask,
                              struct err *err)
{
    const char *part[PARTS];
    enum precision precision;
    *ask = (struct asking){.lot = NONE, .line = NONE, .hub = NONE, .why = e->why};
    enum rc rc = cut(e->arena, typed, part, err);
    if (rc) return rc;
    ask->lot = noun_typed(e->book, KIND_LOT, part[0]);
    if (ask->lot == NONE) ask->line = noun_typed(e->book, KIND_LINE, part[0]);
    if (ask->line == NONE) {
        rc = noun_find(e->arena, e->book, KIND_LOT, "--shipment", part[0], &ask->lot, err);
    }
    if (!rc) rc = typed_need(e, part[1], ask, err);
    if (!rc && *part[2]) {
        rc = noun_find(e->arena, e->book, KIND_ROUTE, "--shipment", part[2], &ask->hub, err);
    }
    if (!rc) rc = entry_day("--shipment: MONTH", part[3], false, &ask->month, &precision, err);
    if (rc) return rc;
    const struct record *from =
        book_version(e->book, ask->lot != NONE ? ask->lot : ask->line, INT64_MAX);
    if (!record_ref(from, F_PARTY)) {
        return fail(err, RC_RULE, "nobody gives '%.80s': there is nobody to ask", part[0]);
    }
    return entry_quantity(e, "--shipment: QTY", part[4],
                          book_noun_of(e->book, record_ref(from, F_ITEM)), false, &ask->qty, err);
}

static enum rc by_hand(struct entry *e, const struct propose_args *args, struct asking **list,
                       uint32_t *count, struct err *err)
{
    enum rc rc = RC_OK;
    *count = args->shipments.count;
    *list = NEW_ARRAY(e->arena, (size_t)*count + 1, struct asking);
    for (uint32_t i = 0; i < *count && !rc; i++) {
        rc = typed_shipment(e, args->shipments.at[i], &(*list)[i], err);
    }
    return rc;
}

/* --- by a plan --- */

static uint32_t noun_or_none(const struct book *b, uint64_t id)
{
    return id ? book_noun_of(b, id) : NONE;
}

/* The plan was made before; whoever wrote since then made it a plan of another book. */
static enum rc by_plan(struct entry *e, const struct asks *asks, struct asking **list,
                       uint32_t *count, struct err *err)
{
    if (asks->head.last != e->opened.view.head.last) {
        return fail(err, RC_RULE, "somebody else wrote while this was planned; propose again");
    }
    *count = asks->count;
    *list = NEW_ARRAY(e->arena, (size_t)*count + 1, struct asking);
    for (uint32_t i = 0; i < *count; i++) {
        const struct ask *ask = &asks->list[i];
        (*list)[i] = (struct asking){.lot = noun_or_none(e->book, ask->lot),
                                     .line = noun_or_none(e->book, ask->line),
                                     .need = noun_or_none(e->book, ask->need),
                                     .hub = noun_or_none(e->book, ask->hub),
                                     .month = ask->month,
                                     .due = ask->due,
                                     .qty = ask->qty,
                                     .why = ask->why};
    }
    return RC_OK;
}

/* --- what the round was made from --- */

static void put_option(struct entry *e, struct record *r, const char *name, const char *value)
{
    if (value) record_set_text(e->arena, r, F_OPTION, text_format(e->arena, "%s=%s", name, value));
}

static void put_options(struct entry *e, struct record *r, const struct planned_args *p)
{
    put_option(e, r, "mode", p->mode);
    put_option(e, r, "gap", p->gap);
    put_option(e, r, "time", p->time);
    put_option(e, r, "horizon", p->horizon);
    put_option(e, r, "early", p->early);
    put_option(e, r, "late", p->late);
    put_option(e, r, "key", p->key);
    put_option(e, r, "table", p->table);
    put_option(e, r, "group", p->group);
    put_option(e, r, "key-year", p->key_year);
    put_option(e, r, "currency", e->opened.exchange.currency);
    put_option(e, r, "rates", e->ctx->rates);
    put_option(e, r, "effective", e->ctx->effective);
    put_option(e, r, "known", e->ctx->known);
    for (uint32_t i = 0; i < p->weight.count; i++) put_option(e, r, "weight", p->weight.at[i]);
}

static void put_number(struct entry *e, struct record *r, enum tag tag, struct cell c)
{
    if (c.type != CELL_NUMBER) return;
    record_set_dec(e->arena, r, tag, (struct dec){(int64_t)c.number.n, c.number.scale});
}

static enum rc post_run(struct entry *e, const struct round *round, const struct propose_args *args,
                        struct err *err)
{
    struct record *r = record_new(e->arena, KIND_RUN);
    char *root = NEW_ARRAY(e->arena, SHA_HEX, char);
    const struct commit *head = &e->opened.view.head;
    hex_encode(head->root, SHA_BYTES, root);
    record_set_ref(e->arena, r, F_ROUND, id_of(e->book, round->noun));
    record_set_int(e->arena, r, F_HEAD, (int64_t)head->last);
    record_set_text(e->arena, r, F_HASH, root);
    record_set_int(e->arena, r, F_MOMENT, head->recorded_ms);
    if (args->asks) {
        record_set_int(e->arena, r, F_DAY, args->asks->day);
        record_set_text(e->arena, r, F_CURRENCY, args->asks->currency);
        put_number(e, r, F_OBJECTIVE, double_cell(args->asks->objective, 4, ROUND_UP));
        put_number(e, r, F_BOUND, double_cell(args->asks->bound, 4, ROUND_DOWN));
        put_options(e, r, &args->planned);
    } else {
        record_set_int(e->arena, r, F_DAY, entry_today(e));
        record_set_text(e->arena, r, F_OPTION, "by hand");
    }
    e->label = "owner";
    return entry_add(e, r, NULL, err);
}

static enum rc propose(struct entry *e, const void *given, struct err *err)
{
    const struct propose_args *args = given;
    struct rounds all;
    const struct round *round;
    struct asking *list = NULL;
    uint32_t count = 0;
    rounds_read(e->arena, e->book, INT64_MAX, &all);
    enum rc rc = round_named(e->arena, e->book, &all, args->round, &round, err);
    if (rc) return rc;
    if (round->state != ROUND_OPEN) {
        return fail(err, RC_RULE, "round '%.80s' is %s already; open another",
                    book_key(e->book, round->noun), round_state_name(round->state));
    }
    rc = args->asks ? by_plan(e, args->asks, &list, &count, err)
                    : by_hand(e, args, &list, &count, err);
    if (!rc && !count) rc = fail(err, RC_RULE, "the plan asks nobody for anything");
    e->why = NULL; /* each proposal has its own */
    if (!rc) rc = post_run(e, round, args, err);
    if (!rc) rc = round_ask(e, round, list, count, err);
    if (!rc) rc = round_set(e, round, ROUND_PROPOSED, err);
    return rc;
}

static int propose_run(struct context *ctx, const void *given)
{
    struct propose_args args = *(const struct propose_args *)given;
    struct asks asks;
    if (!args.shipments.count) {
        int code = asks_plan(ctx, &args.planned, NULL, &asks);
        if (code) return code;
        args.asks = &asks;
    }
    return entry_run(ctx, ENTRY_MOVE, propose, &args, &args.entry);
}

const struct command round_propose = {
    .name = "propose",
    .about = "fill a round with what is asked of each giver",
    .details = "Each proposal is seen by its giver only, and a giver is asked only for what it may"
               " see: the lot, the need, the hub and the round.",
    .examples =
        "muster round propose winter --shipment cze-shells,shells-2026,rzeszow,2026-12,4000\n",
    .operands =
        (const struct operand[]){
            {"ROUND", INTO(struct propose_args, round), .help = "an open round"},
            {0},
        },
    .opts =
        (const struct opt[]){
            {"shipment", INTO(struct propose_args, shipments), .arg = "LOT,NEED,HUB,MONTH,QTY",
             .help = "one proposal by hand: a lot or a promised line, a need (KEY, or KEY@MONTH of"
                     " a monthly one), the hub's route or nothing, the month of arrival, how much;"
                     " may be given several times"},
            {"why", INTO(struct propose_args, entry.why), .arg = "TEXT",
             .help = "the reason to give for what is proposed by hand"},
            PLANNED_OPTS(struct propose_args),
            EVIDENCE_OPTS(struct propose_args),
            {0},
        },
    .uses = USES_ENTRY | USES_CLOCKS | USES_MONEY,
    .args_size = sizeof(struct propose_args),
    .run = propose_run,
};
