/* burden.c - see burden.h. */
#include "measure/burden.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "measure/keys.h"

static const char *const class_names[CLASS_COUNT] = {"financial", "humanitarian", "military",
                                                     "other"};

enum burden_class burden_class(const char *name)
{
    for (int i = 0; i < CLASS_OTHER; i++) {
        if (name && strcmp(class_names[i], name) == 0) return (enum burden_class)i;
    }
    return CLASS_OTHER;
}

const char *burden_class_name(enum burden_class c)
{
    return class_names[c];
}

struct carrier {
    uint32_t party;
    struct purse purse[CLASS_COUNT];
    bool counted;
};

struct work {
    struct arena *arena;
    const struct exchange *x;
    const struct burden_question *q;
    uint32_t group, receiver, only;
    uint32_t *of_noun; /* carrier + 1, by noun */
    struct carrier *carriers;
    uint32_t count, room;
    worth_fn *fn; /* for measure_carried */
    void *ctx;
    const char *series; /* of the first amount: its publisher's own table comes first */
    uint32_t passed_on;
};

/*
 * Money that a publisher of flows (FTS) does not mark as new was given before,
 * by somebody else: who passes it on does not carry it.
 */
static bool passed_on(const struct book *b, const struct worth *one)
{
    uint32_t count;
    const struct line *l = one->line == NONE ? NULL : &book_lines(b, &count)[one->line];
    return l && l->flags & LINE_OBJECTS && !(l->flags & LINE_NEW_MONEY) &&
           line_text(b, l, F_DESTINATION_TAG);
}

static bool counts(struct work *w, const struct worth *one)
{
    char date[DAY_TEXT];
    if (one->giver == NONE) return false;
    if (passed_on(w->x->book, one)) {
        w->passed_on++;
        return false;
    }
    if (w->only != NONE && one->giver != w->only) return false;
    if (w->q->receiver && one->receiver != w->receiver) return false;
    if (w->q->year && strncmp(day_format(one->day, date), w->q->year, 4) != 0) return false;
    int32_t day = w->q->has_members_day ? w->q->members_day : one->day;
    return !w->q->group || book_member(w->x->book, one->giver, w->group, day, w->x->at.known);
}

static struct carrier *carrier_of(struct work *w, uint32_t noun)
{
    if (w->of_noun[noun]) return &w->carriers[w->of_noun[noun] - 1];
    w->carriers = arena_more(w->arena, w->carriers, w->count, &w->room, sizeof *w->carriers);
    w->of_noun[noun] = w->count + 1;
    struct carrier *c = &w->carriers[w->count++];
    *c = (struct carrier){.party = noun};
    for (int i = 0; i < CLASS_COUNT; i++) c->purse[i].arena = w->arena;
    return c;
}

static void carry(void *ctx, const struct worth *one)
{
    struct work *w = ctx;
    if (!counts(w, one)) return;
    if (w->fn) {
        w->fn(w->ctx, one);
        return;
    }
    if (!w->series) w->series = one->series;
    struct carrier *c = carrier_of(w, one->giver);
    purse_add(&c->purse[burden_class(one->class_)], w->x, one->currency, one->series, one->rate_day,
              one->parts);
}

static void each(struct work *w, uint32_t *unvalued)
{
    struct worth_question q = {.at = w->x->at,
                               .low = w->q->reached,
                               .high = STAGE_DELIVERED,
                               .published = w->q->published,
                               .series = w->q->series};
    worth_each(w->x->book, &q, carry, w, unvalued);
}

static uint32_t party_named(const struct exchange *x, const char *key)
{
    return key ? book_noun(x->book, KIND_PARTY, key) : NONE;
}

void measure_carried(const struct exchange *x, const struct burden_question *q, uint32_t party,
                     worth_fn *fn, void *ctx)
{
    struct work w = {.x = x,
                     .q = q,
                     .group = party_named(x, q->group),
                     .receiver = party_named(x, q->receiver),
                     .only = party,
                     .fn = fn,
                     .ctx = ctx};
    each(&w, NULL);
}

/* --- tables --- */

/* n / d in percent, four decimals, half to even. */
static struct dec percent(i128 n, i128 d)
{
    struct dec out = {.scale = 4};
    out.n = d > 0 ? (int64_t)div_half_even(n * 1000000, d) : 0;
    return out;
}

static enum rc add_gdp(struct work *w, struct burden *out, struct err *err)
{
    uint32_t series;
    const struct indicator *any = NULL;
    struct err none;
    if (key_series(w->x, "gdp", w->q->table, w->series, &series, &none))
        return RC_OK; /* a book may have no GDP */
    i128 gdp_sum = 0, total_sum = 0;
    for (uint32_t i = 0; i < out->count; i++) {
        struct burden_row *r = &out->rows[i];
        const struct indicator *f = key_figure(w->x, series, "gdp", r->party, w->q->key_year);
        i128 gdp;
        if (!f || !*f->currency) continue;
        enum rc rc = convert_units(w->x, f->amount, f->currency, book_word_text(w->x->book, series),
                                   f->day, out->currency, &gdp, err);
        if (rc == RC_ABSENT) continue; /* no rate for that year: the cell stays empty */
        if (rc) return rc;
        any = f;
        r->has_gdp = gdp > 0;
        r->gdp_percent = percent(r->total, gdp);
        gdp_sum += gdp;
        total_sum += r->total;
    }
    if (!any) return RC_OK;
    out->gdp_table = key_name(w->arena, w->x, series, "gdp", any);
    out->sum.has_gdp = gdp_sum > 0;
    out->sum.gdp_percent = percent(total_sum, gdp_sum);
    return RC_OK;
}

static enum rc add_key(struct work *w, struct burden *out, struct err *err)
{
    struct key_table t;
    uint32_t *party = NEW_ARRAY(w->arena, out->count + 1, uint32_t);
    for (uint32_t i = 0; i < out->count; i++) party[i] = out->rows[i].party;
    enum rc rc = key_weights(w->arena, w->x, w->q->key, w->q->table, out->series, w->q->key_year,
                             party, out->count, &t, err);
    if (rc) return rc;
    i128 *share = NEW_ARRAY(w->arena, out->count + 1, i128);
    out->key_table = t.name;
    out->no_key = t.lacking;
    out->sum.key_share = out->sum.gap = 0;
    key_share_out(&t, out->count, out->amount, share);
    for (uint32_t i = 0; i < out->count; i++) {
        struct burden_row *r = &out->rows[i];
        r->has_key = t.weight[i] > 0;
        r->key_share = share[i];
        r->key_percent = percent(t.weight[i], t.sum);
        r->gap = r->has_key ? r->key_share - r->total : 0;
        out->sum.key_share += r->key_share;
        out->sum.gap += r->gap;
    }
    out->sum.has_key = true;
    out->sum.key_percent = percent(1, 1);
    return RC_OK;
}

enum rc burden_share(struct arena *a, const struct exchange *x, const struct burden_question *q,
                     struct burden *out, struct err *err)
{
    struct work w = {.arena = a, .x = x, .q = q};
    return add_key(&w, out, err);
}

static int by_total(const void *x, const void *y)
{
    const struct burden_row *a = x, *b = y;
    if (a->total != b->total) return a->total < b->total ? 1 : -1;
    return (a->party > b->party) - (a->party < b->party);
}

static enum rc add_rows(struct work *w, struct burden *out, struct err *err)
{
    out->currency = NULL;
    for (uint32_t i = 0; i < w->count; i++) {
        const char *one;
        enum rc rc = purse_shared(w->carriers[i].purse, CLASS_COUNT, w->x, &one, err);
        if (rc) return rc;
        if (!one) continue;
        if (out->currency && strcmp(one, out->currency) != 0) {
            return fail(err, RC_INPUT,
                        "amounts in %s and in %s: add --currency, for example --currency %s",
                        out->currency, one, out->currency);
        }
        out->currency = one;
    }
    if (!out->currency) out->currency = w->x->currency ? w->x->currency : "";
    out->places = *out->currency ? currency_places(w->x->book, out->currency) : 0;
    out->rows = NEW_ARRAY(w->arena, w->count + 1, struct burden_row);
    out->sum.party = NONE;
    for (uint32_t i = 0; i < w->count; i++) {
        struct burden_row *r = &out->rows[out->count++];
        r->party = w->carriers[i].party;
        for (int c = 0; c < CLASS_COUNT; c++) {
            enum rc rc =
                purse_total(&w->carriers[i].purse[c], w->x, out->currency, &r->amount[c], err);
            if (rc) return rc;
            if (c != CLASS_OTHER && w->carriers[i].purse[c].count) r->classed = true;
            r->total += r->amount[c];
            out->sum.amount[c] += r->amount[c];
        }
        if (r->amount[CLASS_OTHER] == 0) r->classed = true;
        out->sum.classed |= r->classed;
        out->sum.total += r->total;
    }
    if (out->count) qsort(out->rows, out->count, sizeof *out->rows, by_total);
    return RC_OK;
}

enum rc measure_burden(struct arena *a, const struct exchange *x, const struct burden_question *q,
                       struct burden *out, struct err *err)
{
    struct work w = {.arena = a,
                     .x = x,
                     .q = q,
                     .group = party_named(x, q->group),
                     .receiver = party_named(x, q->receiver),
                     .only = NONE};
    *out = (struct burden){.reached = q->reached};
    if (q->group && w.group == NONE) {
        return fail(err, RC_ABSENT, "no group '%.80s' in this book", q->group);
    }
    if (q->receiver && w.receiver == NONE) {
        return fail(err, RC_ABSENT, "no party '%.80s' in this book", q->receiver);
    }
    w.of_noun = NEW_ARRAY(a, book_noun_count(x->book) + 1, uint32_t);
    each(&w, &out->unvalued);
    out->passed_on = w.passed_on;
    out->series = w.series;
    enum rc rc = add_rows(&w, out, err);
    if (rc) return rc;
    out->amount = out->sum.total;
    if (q->has_amount) {
        int64_t parts;
        rc = dec_to_parts(q->amount, out->places, &parts, NULL, err);
        if (rc) return rc;
        out->amount = parts;
    }
    rc = add_gdp(&w, out, err);
    if (rc || !q->key) return rc;
    rc = add_key(&w, out, err);
    return rc == RC_ABSENT && q->any_key ? RC_OK : rc;
}
