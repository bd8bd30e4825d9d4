/*
 * floor.c - see floor.h.
 *
 * One pass over the amounts of the book fills the years of every floor: a
 * coalition has a handful of floors, and the book a million movements.
 */
#include "measure/floor.h"

#include <string.h>

#include "base/text.h"

const char *floor_state_name(enum floor_state s)
{
    static const char *const names[FLOOR_STATE_COUNT] = {"", "met", "below", "so far", "not told"};
    return names[s];
}

/* --- years --- */

/* The first day of the year that is n years after the floor's first. 29 February is the 28th. */
static int32_t year_begin(const struct floor *f, int n)
{
    int year, month, day;
    day_to_civil(f->since, &year, &month, &day);
    int32_t last = day_month_last(year + n, month), begin = day_from_civil(year + n, month, 1);
    return begin + day - 1 < last ? begin + day - 1 : last;
}

static int year_of(const struct floor *f, int32_t day)
{
    int n = day_year(day) - day_year(f->since);
    return day < year_begin(f, n) ? n - 1 : n;
}

struct pot {
    int year; /* after the floor's first; before it below 0 */
    struct purse purse;
};

struct gathering {
    struct arena *arena;
    const struct exchange *x;
    struct floor *floors;
    struct pot **pots; /* of each floor, in no order */
    uint32_t *pot_count, *pot_room;
    uint32_t count;
};

static struct pot *pot_of(struct gathering *g, uint32_t i, int year)
{
    for (uint32_t k = g->pot_count[i]; k-- > 0;) {
        if (g->pots[i][k].year == year) return &g->pots[i][k];
    }
    g->pots[i] =
        arena_more(g->arena, g->pots[i], g->pot_count[i], &g->pot_room[i], sizeof **g->pots);
    struct pot *p = &g->pots[i][g->pot_count[i]++];
    *p = (struct pot){.year = year, .purse = {.arena = g->arena}};
    return p;
}

/* --- what belongs to a floor --- */

static bool is_of(const struct exchange *x, const struct floor *f, const struct worth *w)
{
    if (!w->currency || (f->receiver != NONE && w->receiver != f->receiver)) return false;
    if (f->classed && burden_class(w->class_) != f->class) return false;
    if (f->party == NONE || w->giver == f->party) return true;
    int32_t day = w->day > f->agreed ? w->day : f->agreed;
    return book_member(x->book, w->giver, f->party, day, x->at.known);
}

static void take(void *ctx, const struct worth *w)
{
    struct gathering *g = ctx;
    for (uint32_t i = 0; i < g->count; i++) {
        struct floor *f = &g->floors[i];
        if (!is_of(g->x, f, w)) continue;
        if (w->parts > 0 && w->day > f->last) f->last = w->day;
        purse_add(&pot_of(g, i, year_of(f, w->day))->purse, g->x, w->currency, w->series,
                  w->rate_day, w->parts);
    }
}

struct one_floor {
    const struct exchange *x;
    const struct floor *f;
    int year;
    worth_fn *fn;
    void *ctx;
};

static void hand_on(void *ctx, const struct worth *w)
{
    const struct one_floor *one = ctx;
    if (!is_of(one->x, one->f, w)) return;
    if (one->year && day_year(one->f->since) + year_of(one->f, w->day) != one->year) return;
    one->fn(one->ctx, w);
}

static void carried(const struct exchange *x, const struct floor_question *q, worth_fn *fn,
                    void *ctx)
{
    const struct burden_question all = {.reached = q->reached, .series = q->series};
    measure_carried(x, &all, NONE, fn, ctx);
}

void floor_each(const struct exchange *x, const struct floor_question *q, const struct floor *f,
                int year, worth_fn *fn, void *ctx)
{
    struct one_floor one = {x, f, year, fn, ctx};
    carried(x, q, hand_on, &one);
}

/* --- the floors of the book --- */

static bool is_floor(const struct exchange *x, const struct record *r)
{
    const char *measure = record_text(r, F_MEASURE);
    return measure && strcmp(measure, FLOOR_MEASURE) == 0 && record_field(r, F_AMOUNT) &&
           record_text(r, F_CURRENCY) && record_field(r, F_SINCE) && !record_text(r, F_VERDICT) &&
           book_current(x->book, r, x->at.known) &&
           record_int(r, F_DAY, DAY_MIN) <= x->at.effective;
}

static bool is_asked(struct arena *a, const struct floor_question *q, const struct record *r)
{
    const char *key = record_text(r, F_KEY), *text = record_text(r, F_TEXT);
    if (q->key && (!key || strcmp(key, q->key) != 0)) return false;
    if (!q->with) return true;
    return text_has_words(a, text_format(a, "%s %s", key ? key : "", text ? text : ""), q->with);
}

static uint32_t party_of(const struct book *b, const struct record *r, enum tag tag)
{
    uint64_t id = record_ref(r, tag);
    return id ? book_noun_of(b, id) : NONE;
}

static enum rc read_floor(const struct exchange *x, const struct record *r, struct floor *f,
                          struct err *err)
{
    int64_t parts;
    const char *class = record_text(r, F_CLASS);
    *f = (struct floor){.record = r,
                        .party = party_of(x->book, r, F_PARTY),
                        .receiver = party_of(x->book, r, F_RECEIVER),
                        .classed = class != NULL,
                        .class = burden_class(class),
                        .currency = record_text(r, F_CURRENCY),
                        .since = (int32_t)record_int(r, F_SINCE, 0),
                        .until = (int32_t)record_int(r, F_UNTIL, DAY_MAX),
                        .last = DAY_MIN};
    f->agreed = (int32_t)record_int(r, F_DAY, f->since);
    f->places = currency_places(x->book, f->currency);
    enum rc rc = dec_to_parts(record_dec(r, F_AMOUNT), f->places, &parts, NULL, err);
    f->amount = rc ? 0 : parts;
    return rc;
}

/* --- telling the years --- */

static bool is_whole(const struct floor *f, const struct floor_year *y, int32_t today)
{
    int year, month, day;
    day_to_civil(y->until, &year, &month, &day);
    return y->until < today && f->last >= day_from_civil(year, month, 1);
}

static enum floor_state state_of(const struct floor *f, const struct floor_year *y, int32_t today)
{
    if (!y->bound) return FLOOR_NONE;
    if (!y->known || f->last < y->from) return FLOOR_NOT_TOLD;
    if (y->amount >= f->amount) return FLOOR_MET;
    return is_whole(f, y, today) ? FLOOR_BELOW : FLOOR_SO_FAR;
}

static void tell_year(struct gathering *g, uint32_t i, int n, int32_t today)
{
    struct err lacks = {0};
    struct floor *f = &g->floors[i];
    struct floor_year *y = &f->years[f->count++];
    *y = (struct floor_year){.from = year_begin(f, n), .until = year_begin(f, n + 1) - 1};
    y->bound = n >= 0 && y->from <= f->until;
    y->known = true;
    struct exchange own = *g->x;
    own.currency = f->currency;
    if (purse_total(&pot_of(g, i, n)->purse, &own, f->currency, &y->amount, &lacks)) {
        y->known = false;
        f->lacks = arena_text(g->arena, lacks.msg);
    }
    y->gap = f->amount - y->amount;
    y->state = state_of(f, y, today);
}

/* From the first year with an amount to the last, and all in which the floor holds up to today. */
static void tell(struct gathering *g, uint32_t i, int32_t today)
{
    struct floor *f = &g->floors[i];
    int now = year_of(f, today), end = year_of(f, f->until), first = 0;
    int last = end < now ? end : now;
    for (uint32_t k = 0; k < g->pot_count[i]; k++) {
        if (g->pots[i][k].year < first) first = g->pots[i][k].year;
        if (g->pots[i][k].year > last) last = g->pots[i][k].year;
    }
    if (last < first) last = first;
    f->years = NEW_ARRAY(g->arena, (size_t)(last - first + 1), struct floor_year);
    for (int n = first; n <= last; n++) tell_year(g, i, n, today);
}

enum rc measure_floors(struct arena *a, const struct exchange *x, const struct floor_question *q,
                       struct floor **out, uint32_t *count, struct err *err)
{
    uint32_t all;
    const struct record *const *list = book_records(x->book, KIND_DECISION, &all);
    struct gathering g = {
        .arena = a, .x = x, .floors = NEW_ARRAY(a, (size_t)all + 1, struct floor)};
    for (uint32_t i = 0; i < all; i++) {
        if (!is_floor(x, list[i]) || !is_asked(a, q, list[i])) continue;
        enum rc rc = read_floor(x, list[i], &g.floors[g.count++], err);
        if (rc) return rc;
    }
    if (q->key && !g.count) {
        return fail(err, RC_ABSENT, "no yearly floor '%.80s' in this book", q->key);
    }
    g.pots = NEW_ARRAY(a, g.count + 1, struct pot *);
    g.pot_count = NEW_ARRAY(a, g.count + 1, uint32_t);
    g.pot_room = NEW_ARRAY(a, g.count + 1, uint32_t);
    if (g.count) carried(x, q, take, &g);
    for (uint32_t i = 0; i < g.count; i++) tell(&g, i, q->today);
    *out = g.floors;
    *count = g.count;
    return RC_OK;
}
