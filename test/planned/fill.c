/* fill.c - see fill.h. Keys count from 1 and have as many digits as it takes to sort. */
#include "planned/fill.h"

#include "base/text.h"

enum { FIRST_YEAR = 2026, LEAD_DAYS = 30 };

struct filler {
    struct arena *arena;
    const struct generated *g;
    struct posting posting;
    struct record *draft;
    enum rc rc;
    struct err *err;
    uint64_t *giver, *receiver, *item, *hub, *line, *sink; /* ids */
    struct arena own;                                      /* of one draft */
};

/* --- drafts --- */

static void begin(struct filler *f, enum kind kind, const char *key)
{
    f->draft = record_new(&f->own, kind);
    record_set_text(&f->own, f->draft, F_KEY, key);
}

static void text(struct filler *f, enum tag tag, const char *value)
{
    record_set_text(&f->own, f->draft, tag, value);
}

static void number(struct filler *f, enum tag tag, int64_t n)
{
    record_set_int(&f->own, f->draft, tag, n);
}

static void ref(struct filler *f, enum tag tag, uint64_t id)
{
    record_set_ref(&f->own, f->draft, tag, id);
}

static void decimal(struct filler *f, enum tag tag, int64_t n, int32_t scale)
{
    record_set_dec(&f->own, f->draft, tag, dec_trim((struct dec){n, scale}));
}

static uint64_t post(struct filler *f)
{
    uint64_t id = 0;
    if (!f->rc) f->rc = posting_add(&f->posting, f->draft, &id, f->err);
    arena_reset(&f->own);
    return id;
}

static const char *key_of(struct filler *f, const char *what, int digits, int32_t n)
{
    return text_format(&f->own, "%s%0*d", what, digits, (int)n + 1);
}

static int32_t first_day(int32_t month)
{
    return day_from_civil(FIRST_YEAR + month / 12, month % 12 + 1, 1);
}

static int32_t last_day(int32_t month)
{
    return day_month_last(FIRST_YEAR + month / 12, month % 12 + 1);
}

/* --- what there is --- */

static void fill_parties(struct filler *f)
{
    const struct generated *g = f->g;
    for (int32_t d = 0; d < g->givers; d++) {
        begin(f, KIND_PARTY, key_of(f, "giver-", 2, d));
        text(f, F_TYPE, "nation");
        text(f, F_NAME, key_of(f, "made-up giver ", 1, d));
        f->giver[d] = post(f);
    }
    for (int32_t r = 0; r < g->receivers; r++) {
        begin(f, KIND_PARTY, key_of(f, "receiver-", 1, r));
        text(f, F_TYPE, "nation");
        text(f, F_NAME, key_of(f, "made-up receiver ", 1, r));
        f->receiver[r] = post(f);
    }
    for (int32_t d = 0; d < g->givers; d++) {
        begin(f, KIND_INDICATOR, NULL);
        ref(f, F_PARTY, f->giver[d]);
        text(f, F_MEASURE, "gdp");
        text(f, F_SERIES, "made-up");
        number(f, F_DAY, first_day(0) - 1);
        decimal(f, F_AMOUNT, g->giver[d].key, GENERATED_RATE_PLACES);
        post(f);
    }
}

static void fill_items(struct filler *f)
{
    const struct generated *g = f->g;
    for (int32_t i = 0; i < g->items; i++) {
        begin(f, KIND_ITEM, key_of(f, "item-", 3, i));
        text(f, F_UNIT, "unit");
        number(f, F_PARTS, GENERATED_QTY_PLACES);
        number(f, F_MASS, g->item[i].mass);
        f->item[i] = post(f);
        begin(f, KIND_PRICE, key_of(f, "price-", 3, i));
        ref(f, F_ITEM, f->item[i]);
        decimal(f, F_AMOUNT, g->item[i].value, 2);
        text(f, F_CURRENCY, "EUR");
        text(f, F_BASIS, "replacement");
        number(f, F_DAY, first_day(0) - 1);
        post(f);
    }
}

static void fill_way(struct filler *f, int32_t h, enum tag tag, uint64_t party, int8_t months,
                     const char *key)
{
    if (months == MODEL_NONE) return;
    begin(f, KIND_ROUTE, key);
    ref(f, F_VIA, f->hub[h]);
    ref(f, tag, party);
    number(f, F_LEAD, months * LEAD_DAYS);
    post(f);
}

static void fill_hubs(struct filler *f)
{
    const struct generated *g = f->g;
    for (int32_t h = 0; h < GENERATED_HUBS; h++) {
        begin(f, KIND_ROUTE, key_of(f, "hub-", 1, h));
        text(f, F_PLACE, key_of(f, "made-up hub ", 1, h));
        number(f, F_SINCE, first_day(0));
        number(f, F_UNTIL, last_day(g->months - 1));
        f->hub[h] = post(f);
    }
    for (int32_t h = 0; h < GENERATED_HUBS; h++) {
        for (int32_t d = 0; d < g->givers; d++) {
            fill_way(f, h, F_GIVER, f->giver[d], g->near[d * GENERATED_HUBS + h],
                     text_format(&f->own, "hub-%d/giver-%02d", (int)h + 1, (int)d + 1));
        }
        for (int32_t r = 0; r < g->receivers; r++) {
            fill_way(f, h, F_RECEIVER, f->receiver[r], g->far[h * g->receivers + r],
                     text_format(&f->own, "hub-%d/receiver-%d", (int)h + 1, (int)r + 1));
        }
        for (int32_t t = 0; t < g->months; t++) {
            begin(f, KIND_ROUTE, text_format(&f->own, "hub-%d/month-%02d", (int)h + 1, (int)t));
            ref(f, F_VIA, f->hub[h]);
            number(f, F_MASS, g->capacity[h * g->months + t]);
            number(f, F_SINCE, first_day(t));
            number(f, F_UNTIL, last_day(t));
            post(f);
        }
    }
}

static void fill_money(struct filler *f)
{
    const struct generated *g = f->g;
    for (int32_t b = 0; b < g->givers * g->years; b++) {
        int32_t year = b % g->years, d = b / g->years;
        begin(f, KIND_BUDGET,
              text_format(&f->own, "giver-%02d/%d", (int)d + 1, (int)(FIRST_YEAR + year)));
        ref(f, F_PARTY, f->giver[d]);
        number(f, F_SINCE, first_day(year * 12));
        number(f, F_UNTIL, last_day(year * 12 + 11));
        decimal(f, F_AMOUNT, g->budget[b], 2);
        text(f, F_CURRENCY, "EUR");
        post(f);
    }
    for (int32_t n = 0; n < g->lines; n++) {
        begin(f, KIND_PLANT, key_of(f, "plant-", 2, n));
        ref(f, F_PARTY, f->giver[g->line[n].giver]);
        number(f, F_ORDERED, first_day(g->line[n].year * 12));
        decimal(f, F_AMOUNT, g->line[n].fixed, 2);
        text(f, F_CURRENCY, "EUR");
        f->line[n] = post(f);
    }
}

/* --- what can be given and what is asked for --- */

static void fill_lots(struct filler *f)
{
    static const char *const types[] = {"stock", "refurbishment", "production", "purchase"};
    const struct generated *g = f->g;
    for (int32_t l = 0; l < g->lots; l++) {
        const struct generated_lot *lot = &g->lot[l];
        begin(f, KIND_LOT, key_of(f, "lot-", 6, l));
        ref(f, F_PARTY, f->giver[lot->giver]);
        ref(f, F_ITEM, f->item[lot->item]);
        text(f, F_TYPE, types[lot->kind]);
        number(f, F_QTY, lot->qty);
        number(f, F_DAY, first_day(lot->ready));
        number(f, F_ORDERED, first_day(lot->order));
        decimal(f, F_COST, lot->cost, 2);
        decimal(f, F_WORTH, lot->value, 2);
        text(f, F_CURRENCY, "EUR");
        if (lot->line != MODEL_NONE) ref(f, F_PLANT, f->line[lot->line]);
        post(f);
    }
}

static void fill_substitutes(struct filler *f, int32_t k)
{
    const struct generated *g = f->g;
    const struct generated_sink *s = &g->sink[k];
    for (int32_t i = s->accepts; i < s->accepts_end; i++) {
        int32_t item = g->accepted[i].item;
        if (item == s->item) continue;
        begin(f, KIND_RELATION,
              text_format(&f->own, "item-%03d/substitutes/need-%05d", (int)item + 1, (int)k + 1));
        text(f, F_TYPE, "substitutes");
        ref(f, F_ITEM, f->item[item]);
        ref(f, F_PARENT, f->item[s->item]);
        ref(f, F_NEED, f->sink[k]);
        decimal(f, F_AMOUNT, g->accepted[i].eta, GENERATED_RATE_PLACES);
        post(f);
    }
}

static void fill_needs(struct filler *f)
{
    const struct generated *g = f->g;
    for (int32_t k = 0; k < g->sinks; k++) {
        const struct generated_sink *s = &g->sink[k];
        begin(f, KIND_NEED, key_of(f, "need-", 5, k));
        ref(f, F_RECEIVER, f->receiver[s->receiver]);
        ref(f, F_ITEM, f->item[s->item]);
        number(f, F_QTY, s->qty);
        number(f, F_UNTIL, last_day(s->due));
        if (s->type == SINK_KEEPING) {
            ref(f, F_KEEPS, f->sink[s->system]);
            decimal(f, F_AMOUNT, s->rate, GENERATED_RATE_PLACES);
        } else {
            decimal(f, F_WEIGHT, s->weight, GENERATED_RATE_PLACES);
            if (s->urgent) number(f, F_URGENT, 1);
            if (s->type == SINK_SYSTEM) number(f, F_SURPLUS, 1);
        }
        f->sink[k] = post(f);
        fill_substitutes(f, k);
    }
}

static uint64_t *ids(struct arena *a, int32_t count)
{
    return NEW_ARRAY(a, (size_t)count + 1, uint64_t);
}

enum rc fill_store(struct arena *a, struct store *store, const struct generated *g, struct err *err)
{
    struct view view;
    struct filler f = {.arena = a, .g = g, .err = err};
    enum rc rc = view_open(a, store, NULL, NULL, &view, err);
    if (!rc && view.head.last) return fail(err, RC_RULE, "the store is not empty");
    if (rc) return rc;
    posting_begin(&f.posting, a, &view, FILL_MS);
    f.giver = ids(a, g->givers);
    f.receiver = ids(a, g->receivers);
    f.item = ids(a, g->items);
    f.hub = ids(a, GENERATED_HUBS);
    f.line = ids(a, g->lines);
    f.sink = ids(a, g->sinks);
    fill_parties(&f);
    fill_items(&f);
    fill_hubs(&f);
    fill_money(&f);
    fill_lots(&f);
    fill_needs(&f);
    arena_free(&f.own);
    return f.rc ? f.rc : posting_commit(&f.posting, err);
}
