/*
 * asked.h - random logs, random questions, and the product's answers to them.
 *
 * Logs are of few givers, receivers, items and days, so that everything meets
 * everything: corrections, new versions of lines, labels, groups that people
 * join, rates, value dates, confirmations. The product is asked through its
 * public functions, whatever stands behind them.
 */
#ifndef MUSTER_TEST_ASKED_H
#define MUSTER_TEST_ASKED_H

#include "desk.h"
#include "measure/punctual.h"
#include "measure/slice.h"
#include "measure/total.h"
#include "seed.h"

static const char *const givers[] = {"DEU", "POL", "NOR", "USA"};
static const char *const receivers[] = {"UKR", "MDA"};
static const char *const items[] = {"shell", "tank", "money/EUR", "money/USD"};
static const char *const viewers[] = {NULL, "", "DEU", "NOR", "UKR"};
static const char *const labels[] = {"public", "public",      "public",          "public",
                                     "public", "group:desks", "parties:DEU,NOR", "owner"};
enum { GIVERS = 4, RECEIVERS = 2, ITEMS = 4, VIEWERS = 5, LABELS = 8, LINES = 12, MONTHS = 14 };
enum { FIRST_DAY = 19800, DAYS = 400 }; /* from March 2024 */

/* --- the log --- */

static inline struct record *named(struct desk *d, enum kind kind, const char *key)
{
    struct record *r = record_new(&d->arena, kind);
    record_set_text(&d->arena, r, F_KEY, key);
    return r;
}

static inline void add_rate(struct desk *d, struct posting *p, int32_t day, int64_t n)
{
    struct record *r = record_new(&d->arena, KIND_RATE);
    record_set_text(&d->arena, r, F_SERIES, "ecb");
    record_set_text(&d->arena, r, F_CURRENCY, "USD");
    record_set_text(&d->arena, r, F_BASE, "EUR");
    record_set_int(&d->arena, r, F_DAY, day);
    record_set_dec(&d->arena, r, F_AMOUNT, (struct dec){n, 4});
    GOOD(posting_add(p, r, NULL, oops));
}

static inline void add_first(struct desk *d)
{
    struct posting p = desk_posting(d);
    for (int i = 0; i < GIVERS + RECEIVERS + 1; i++) {
        const char *key = i < GIVERS               ? givers[i]
                          : i < GIVERS + RECEIVERS ? receivers[i - GIVERS]
                                                   : "desks";
        struct record *r = named(d, KIND_PARTY, key);
        record_set_text(&d->arena, r, F_TYPE, i < GIVERS + RECEIVERS ? "nation" : "group");
        GOOD(posting_add(&p, r, NULL, oops));
    }
    for (int i = 0; i < ITEMS; i++) {
        struct record *r = named(d, KIND_ITEM, items[i]);
        bool money = strncmp(items[i], "money/", 6) == 0;
        record_set_text(&d->arena, r, F_UNIT, money ? items[i] + 6 : "piece");
        if (money) record_set_int(&d->arena, r, F_PARTS, 2);
        GOOD(posting_add(&p, r, NULL, oops));
    }
    GOOD(posting_add(&p, named(d, KIND_SOURCE, "list"), NULL, oops));
    struct record *r = named(d, KIND_PASSAGE, "list#1");
    record_set_key(&d->arena, r, F_SOURCE, "list");
    GOOD(posting_add(&p, r, NULL, oops));
    add_rate(d, &p, 1, 10000); /* there always is one */
    GOOD(posting_commit(&p, oops));
}

static const char *line_key(struct desk *d, uint32_t n)
{
    return text_format(&d->arena, "L%u", n);
}

static inline struct record *line_draft(struct desk *d, struct rng *r, uint32_t n,
                                        const char *label)
{
    struct record *l = named(d, KIND_LINE, line_key(d, n));
    l->label = label;
    record_set_key(&d->arena, l, F_PARTY, givers[rng_below(r, GIVERS)]);
    record_set_key(&d->arena, l, F_RECEIVER, receivers[rng_below(r, RECEIVERS)]);
    record_set_key(&d->arena, l, F_ITEM, items[n % ITEMS]);
    if (!rng_one_in(r, 3)) record_set_int(&d->arena, l, F_LOW, 1 + rng_below(r, 60));
    if (!rng_one_in(r, 4)) {
        record_set_int(&d->arena, l, F_UNTIL, FIRST_DAY + (int32_t)rng_below(r, DAYS));
    }
    return l;
}

static inline struct record *entry_draft(struct desk *d, const char *line, int from, int to,
                                         int64_t qty, int32_t day)
{
    struct record *e = record_new(&d->arena, KIND_ENTRY);
    record_set_key(&d->arena, e, F_LINE, line);
    record_set_int(&d->arena, e, F_FROM, from);
    record_set_int(&d->arena, e, F_TO, to);
    record_set_int(&d->arena, e, F_QTY, qty);
    record_set_int(&d->arena, e, F_DAY, day);
    record_set_key(&d->arena, e, F_PASSAGE, "list#1");
    record_set_text(&d->arena, e, F_AUTHOR, "desk:anna");
    return e;
}

static inline struct record *random_entry(struct desk *d, struct rng *r)
{
    static const int forward[] = {STAGE_WORLD, STAGE_ANNOUNCED, STAGE_COMMITTED, STAGE_DISPATCHED,
                                  STAGE_DELIVERED};
    uint32_t from = rng_one_in(r, 2) ? 0 : rng_below(r, 4), to = from + 1 + rng_below(r, 4 - from);
    int out = from && rng_one_in(r, 6) ? STAGE_WITHDRAWN + (int)rng_below(r, 3) : forward[to];
    struct record *e = entry_draft(d, line_key(d, rng_below(r, LINES)), forward[from], out,
                                   1 + rng_below(r, 40), FIRST_DAY + (int32_t)rng_below(r, DAYS));
    if (rng_one_in(r, 4)) e->label = labels[rng_below(r, LABELS)];
    if (out == STAGE_DELIVERED && rng_one_in(r, 2)) record_set_int(&d->arena, e, F_CONFIRMED, 1);
    if (rng_one_in(r, 6)) {
        record_set_int(&d->arena, e, F_VALUED, FIRST_DAY + (int32_t)rng_below(r, DAYS));
    }
    return e;
}

/* One thing that somebody says; what a rule refuses is not said. */
static inline void say(struct desk *d, struct rng *r, struct posting *p)
{
    struct err err = {0};
    const struct columns *c = book_columns(d->view.book);
    uint32_t what = rng_below(r, 20), n = rng_below(r, LINES);
    if (what == 0) {
        add_rate(d, p, FIRST_DAY - 50 + (int32_t)rng_below(r, DAYS), 8000 + rng_below(r, 5000));
    } else if (what == 1) {
        struct record *m = named(d, KIND_MEMBERSHIP, text_format(&d->arena, "m%u", p->count));
        record_set_text(&d->arena, m, F_KEY,
                        text_format(&d->arena, "m%" PRIu64, book_head(d->view.book)));
        record_set_key(&d->arena, m, F_PARTY, givers[rng_below(r, GIVERS)]);
        record_set_key(&d->arena, m, F_PARENT, "desks");
        if (posting_add(p, m, NULL, &err)) CHECK(err.code == RC_RULE);
    } else if (what < 5) {
        const char *label = n < 6 ? "public" : labels[rng_below(r, LABELS)];
        if (posting_revise_line(p, line_draft(d, r, n, label), "corrected", "desk:anna", NULL,
                                &err)) {
            CHECK(err.code == RC_RULE);
        }
    } else if (what < 8 && c->count) {
        if (posting_reverse(p, rng_below(r, c->count), "typed twice", "desk:anna", NULL, NULL,
                            &err)) {
            CHECK(err.code == RC_RULE);
        }
    } else if (posting_add(p, random_entry(d, r), NULL, &err)) {
        CHECK(err.code == RC_RULE || err.code == RC_ABSENT);
    }
}

static inline void random_log(struct desk *d, struct rng *r, uint32_t commits)
{
    desk_begin(d);
    add_first(d);
    for (uint32_t i = 0; i < commits && book_columns(d->view.book)->count < 300; i++) {
        struct posting p = desk_posting(d);
        if (i < LINES) GOOD(posting_add(&p, line_draft(d, r, i, "public"), NULL, oops));
        for (uint32_t n = 1 + rng_below(r, 5); n > 0; n--) say(d, r, &p);
        GOOD(posting_commit(&p, oops));
    }
}

/* --- what is asked --- */

enum key { KEY_GIVER, KEY_RECEIVER, KEY_ITEM, KEY_LINE, KEY_MONTH, KEY_COUNT };

struct question {
    struct clocks at;
    enum key by;
    const char *giver, *receiver, *item; /* NULL: any */
    const char *year;
    const char *currency; /* of amounts; NULL: EUR */
};

/* An answer: figures under keys. Where a key is not there it is nothing. */
enum { FIGURES = STAGE_COUNT, KEYS = 32 };
/* Which figure is what: by stage where it is about stages, else these. */
enum { INCOMING, PLEDGED };                                  /* of money; "" is all of it */
enum { IS_THERE, PROMISED, IN_TIME, LATE, MISSING, STATUS }; /* of a promise */
enum { OPEN_COUNT, OPEN_DAYS };                              /* of a giver's open promises */
struct figures {
    const char *keys[KEYS];
    i128 at[KEYS][FIGURES];
    uint32_t count;
};

static inline i128 *figures_of(struct figures *f, const char *key)
{
    uint32_t i = 0;
    while (i < f->count && strcmp(f->keys[i], key) != 0) i++;
    assert(i < KEYS);
    f->keys[i] = key;
    f->count += i == f->count;
    return f->at[i];
}

/* --- the product --- */

static inline bool noun_is(const struct book *b, uint32_t noun, const char *key)
{
    return !key || (noun != NONE && strcmp(book_key(b, noun), key) == 0);
}

static inline void our_stands(struct arena *a, const struct book *b, const struct question *q,
                              struct figures *out)
{
    uint32_t count;
    const struct line *l = book_lines(b, &count);
    uint32_t *group = NEW_ARRAY(a, count + 1, uint32_t);
    struct sums sums[KEYS];
    *out = (struct figures){.count = 0};
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t nouns[] = {l[i].giver, l[i].receiver, l[i].item, l[i].noun};
        bool asked = noun_is(b, l[i].giver, q->giver) && noun_is(b, l[i].receiver, q->receiver) &&
                     noun_is(b, l[i].item, q->item);
        i128(*at)[FIGURES] = &out->at[0];
        group[i] = NONE;
        if (!asked) continue;
        group[i] = (uint32_t)((i128(*)[FIGURES])figures_of(out, book_key(b, nouns[q->by])) - at);
    }
    book_sum(b, &q->at, group, out->count, sums);
    for (uint32_t i = 0; i < out->count; i++) {
        for (int stage = 1; stage < STAGE_COUNT; stage++) out->at[i][stage] = sums[i].at[stage];
    }
}

/* By item alone, from the sums that the book keeps. */
static inline void our_items(struct arena *a, const struct book *b, const struct question *q,
                             struct figures *out)
{
    struct slice s;
    *out = (struct figures){.count = 0};
    GOOD(slice_items(a, b, &q->at, &s, oops));
    for (uint32_t i = 0; tap_this_ok && i < s.count; i++) {
        i128 *at = figures_of(out, book_key(b, s.rows[i].noun));
        for (int stage = 1; stage < STAGE_COUNT; stage++) at[stage] = s.rows[i].at[stage];
    }
}

static inline void our_money(struct arena *a, struct book *b, const struct question *q,
                             struct figures *out)
{
    static const enum by bys[KEY_COUNT] = {BY_DONOR, BY_RECEIVER, BY_ITEM, BY_NOTHING, BY_MONTH};
    struct exchange x = {.book = b, .currency = q->currency ? q->currency : "EUR", .at = q->at};
    struct total_question asked = {.boundary = {.recipient = q->receiver, .year = q->year},
                                   .by = bys[q->by]};
    struct total t;
    *out = (struct figures){.count = 0};
    GOOD(measure_total(a, &x, &asked, &t, oops));
    if (!tap_this_ok) return;
    i128 *all = figures_of(out, "");
    all[INCOMING] = t.incoming;
    all[PLEDGED] = t.pledged;
    CHECK(t.naive == t.incoming && !t.internal && !t.outgoing && !t.shared);
    for (uint32_t i = 0; i < t.count; i++)
        figures_of(out, t.rows[i].by)[INCOMING] = t.rows[i].incoming;
}

static inline void our_promises(struct arena *a, const struct book *b, const struct question *q,
                                struct figures *out)
{
    struct punctual p;
    uint32_t count;
    struct punctual_question asked = {
        .at = q->at, .donor = q->giver, .receiver = q->receiver, .item = q->item};
    *out = (struct figures){.count = 0};
    GOOD(measure_punctual(a, b, &asked, &p, oops));
    for (uint32_t i = 0; tap_this_ok && i < p.count; i++) {
        struct punctual_row r = punctual_row(&p, i);
        if (r.status == PUNCTUAL_NOT_TOLD) continue;
        i128 *at = figures_of(out, book_key(b, book_lines(b, &count)[r.line].noun));
        at[IS_THERE] = 1;
        at[PROMISED] = r.promised;
        at[IN_TIME] = r.in_time;
        at[LATE] = r.late;
        at[MISSING] = r.missing;
        at[STATUS] = r.status;
    }
}

static inline void our_opens(struct arena *a, struct book *b, const struct question *q,
                             struct figures *out)
{
    struct exchange x = {.book = b, .currency = "EUR", .at = q->at};
    struct slice_opens o;
    *out = (struct figures){.count = 0};
    GOOD(slice_open(a, &x, &o, oops));
    for (uint32_t i = 0; tap_this_ok && i < o.count; i++) {
        i128 *at = figures_of(out, book_key(b, o.rows[i].noun));
        at[OPEN_COUNT] = o.rows[i].count;
        at[OPEN_DAYS] = o.rows[i].first_days;
    }
}

#endif
