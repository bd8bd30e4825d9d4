/*
 * claims.c - the figure of a claim, gathered from the book; see claims.h.
 *
 * Every amount goes into the cell of its giver (and year), in one of three
 * purses: before the month of the statement, in it, and later. Each figure is
 * a sum over cells, so the rows add up to what is shown.
 */
#include "measure/claims.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/text.h"
#include "measure/claims_inside.h"

enum part { EARLY, THAT_MONTH, LATE, PARTS };

struct cell {
    uint32_t party;
    int year;
    bool subject;
    struct purse purse[PARTS];
    i128 amount[PARTS];
    uint32_t entries;
    uint64_t passage;
};

struct gathering {
    struct arena *arena;
    struct exchange x;
    const struct claim *c;
    enum stage reached;
    struct map index; /* "party year" */
    struct cell *cells;
    uint32_t count, room;
    bool *gives; /* by noun: anything of any class */
    uint32_t classed, unclassed;
    int32_t first, last;
    uint32_t receiver; /* of the first amount, NONE */
    bool several_receivers;
};

static bool by_year(const struct claim *c)
{
    return c->measure == CLAIM_YEARLY || c->measure == CLAIM_GROWTH;
}

/* The first day on which the amount may have been given. */
static int32_t earliest(const struct gathering *g, const struct worth *w)
{
    int year, month, day;
    bool of_month = w->row != NONE ? book_columns(g->x.book)->flags[w->row] & ROW_MONTH
                                   : record_int(worth_record(g->x.book, w), F_PRECISION,
                                                PRECISION_DAY) == PRECISION_MONTH;
    if (!of_month) return w->day;
    day_to_civil(w->day, &year, &month, &day);
    return day_from_civil(year, month, 1);
}

static struct cell *cell_of(struct gathering *g, uint32_t party, int year)
{
    const char *key = text_format(g->arena, "%u %d", (unsigned)party, year);
    const uint64_t *at = map_get(&g->index, key);
    if (at) return &g->cells[*at];
    g->cells = arena_more(g->arena, g->cells, g->count, &g->room, sizeof *g->cells);
    map_put(&g->index, key, g->count);
    struct cell *cell = &g->cells[g->count++];
    *cell = (struct cell){.party = party, .year = year};
    for (int i = 0; i < PARTS; i++) cell->purse[i].arena = g->arena;
    return cell;
}

static bool of_class(struct gathering *g, const struct worth *w)
{
    enum burden_class class = burden_class(w->class_);
    bool in = !g->c->classes || g->c->classes & 1u << class;
    if (in)
        g->classed++;
    else if (class == CLASS_OTHER)
        g->unclassed++;
    return in;
}

static void take(void *ctx, const struct worth *w)
{
    struct gathering *g = ctx;
    const struct claim *c = g->c;
    if (w->parts == 0 || !w->currency) return;
    if (w->parts > 0) g->gives[w->giver] = true;
    if (!of_class(g, w)) return;
    if (g->receiver == NONE) g->receiver = w->receiver;
    if (w->receiver != g->receiver) g->several_receivers = true;
    int32_t from = earliest(g, w);
    if (w->parts > 0 && from < g->first) g->first = from;
    if (w->parts > 0 && w->day > g->last) g->last = w->day;
    if (!by_year(c) && (w->day < c->since || from > c->until)) return;
    struct cell *cell = cell_of(g, w->giver, by_year(c) ? day_year(w->day) : 0);
    enum part part = EARLY;
    if (!by_year(c) && w->day > c->day) part = from <= c->day ? THAT_MONTH : LATE;
    purse_add(&cell->purse[part], &g->x, w->currency, w->series, w->rate_day, w->parts);
    cell->entries++;
    if (!cell->passage) cell->passage = w->passage;
}

static void each(struct gathering *g, worth_fn *fn)
{
    struct burden_question q = {
        .reached = g->reached, .receiver = g->c->receiver, .series = g->c->series};
    measure_carried(&g->x, &q, NONE, fn, g);
}

/* --- one currency for what is no amount of money --- */

struct sample {
    struct purse purse;
    struct exchange x;
};

static void taste(void *ctx, const struct worth *w)
{
    struct sample *s = ctx;
    if (w->currency) purse_add(&s->purse, &s->x, w->currency, w->series, w->rate_day, w->parts);
}

/* What the amounts share; where they share none, a share of them is taken in EUR. */
static const char *common_currency(struct arena *a, const struct exchange *x, const struct claim *c,
                                   enum stage reached)
{
    struct sample s = {.purse = {.arena = a}, .x = *x};
    struct burden_question q = {.reached = reached, .receiver = c->receiver, .series = c->series};
    struct err mixed;
    const char *shared;
    measure_carried(x, &q, NONE, taste, &s);
    if (purse_shared(&s.purse, 1, x, &shared, &mixed)) return "EUR";
    return shared;
}

static bool is_money(const struct claim *c)
{
    return c->measure == CLAIM_TOTAL || c->measure == CLAIM_YEARLY;
}

/* --- gathering --- */

static void begin(struct gathering *g, struct arena *a, const struct exchange *x,
                  const struct claim *c, enum stage reached)
{
    *g = (struct gathering){.arena = a,
                            .x = *x,
                            .c = c,
                            .reached = reached,
                            .index = {.arena = a},
                            .receiver = NONE,
                            .first = DAY_MAX,
                            .last = DAY_MIN};
    g->gives = NEW_ARRAY(a, book_noun_count(x->book) + 1, bool);
    g->x.currency = is_money(c) ? c->unit : common_currency(a, x, c, reached);
    each(g, take);
}

/* Whether the giver is one of the subjects, or was in such a group on that day. */
static bool is_subject(const struct gathering *g, uint32_t giver, int32_t day)
{
    const struct book *b = g->x.book;
    if (g->c->subjects == 0) return true;
    for (uint32_t i = 0; i < g->c->subjects; i++) {
        uint32_t one = book_noun(b, KIND_PARTY, g->c->subject[i]);
        if (one == giver) return true;
        if (one != NONE && book_member(b, giver, one, day, g->x.at.known)) return true;
    }
    return false;
}

/* Who is in a group is told by the day of the statement, else by the book's last. */
static int32_t member_day(const struct gathering *g)
{
    return g->c->day == DAY_MAX ? g->last : g->c->day;
}

/* Every purse as one amount. */
static enum rc add_up(struct gathering *g, struct err *err)
{
    for (uint32_t i = 0; i < g->count; i++) {
        struct cell *cell = &g->cells[i];
        cell->subject = is_subject(g, cell->party, member_day(g));
        for (int p = 0; p < PARTS; p++) {
            if (!cell->purse[p].count) continue;
            enum rc rc = purse_total(&cell->purse[p], &g->x, g->x.currency, &cell->amount[p], err);
            if (rc) return rc;
            if (cell->amount[p] > CLAIM_SUM_MAX || cell->amount[p] < -CLAIM_SUM_MAX) {
                return fail(err, RC_INPUT, "amounts too large to be compared");
            }
        }
    }
    return RC_OK;
}

/* Sum of the parts up to `last` over the cells of those years (0: of any). */
static i128 sum(const struct gathering *g, bool all, enum part last, int from, int to)
{
    i128 out = 0;
    for (uint32_t i = 0; i < g->count; i++) {
        const struct cell *cell = &g->cells[i];
        if (!all && !cell->subject) continue;
        if (from && (cell->year < from || cell->year > to)) continue;
        for (int p = 0; p <= (int)last; p++) out += cell->amount[p];
    }
    return out;
}

static bool is_nation(const struct gathering *g, uint32_t noun)
{
    const struct record *r = book_version(g->x.book, noun, g->x.at.known);
    const char *type = r ? record_text(r, F_TYPE) : NULL;
    return type && strcmp(type, "nation") == 0;
}

static i128 count_nations(const struct gathering *g, bool all, enum part last)
{
    i128 out = 0;
    for (uint32_t i = 0; i < g->count; i++) {
        const struct cell *cell = &g->cells[i];
        i128 gave = 0;
        for (int p = 0; p <= (int)last; p++) gave += cell->amount[p];
        out += (all || cell->subject) && gave > 0 && is_nation(g, cell->party);
    }
    return out;
}

static struct fraction fraction(i128 num, i128 den)
{
    bool sound = den > 0 && den <= CLAIM_SUM_MAX;
    return (struct fraction){.known = sound, .num = sound ? num : 0, .den = sound ? den : 1};
}

/* --- figures --- */

/* The sum of a time, as its claim's measure; share, total and count. */
static struct fraction flat(const struct gathering *g, bool all, enum part last, int places)
{
    switch (g->c->measure) {
    case CLAIM_SHARE: return fraction(100 * sum(g, all, last, 0, 0), sum(g, true, last, 0, 0));
    case CLAIM_COUNT: return fraction(count_nations(g, all, last), 1);
    default: return fraction(sum(g, all, last, 0, 0), power10(places));
    }
}

/* A year is whole when it is over and the book goes on to its last month. */
static int last_whole_year(int32_t day)
{
    int year, month, dom;
    if (day == DAY_MIN) return 0;
    day_to_civil(day, &year, &month, &dom);
    return month == 12 ? year : year - 1;
}

static int year_over_by(int32_t day)
{
    return day == day_from_civil(day_year(day), 12, 31) ? day_year(day) : day_year(day) - 1;
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

/* From which year to which: then, and now. */
static void choose_years(const struct gathering *g, struct claim_answer *out)
{
    const struct claim *c = g->c;
    if (g->first > g->last) return;
    int whole = last_whole_year(g->last);
    int until = c->until == DAY_MAX ? whole : smaller(whole, day_year(c->until));
    out->year_first = c->since == DAY_MIN ? day_year(g->first) : day_year(c->since);
    out->year = c->day == DAY_MAX ? until : smaller(until, day_year(c->day));
    out->year_then = c->day == DAY_MAX ? 0 : smaller(until, year_over_by(c->day));
    if (c->measure == CLAIM_GROWTH) {
        out->year_first = c->base_year;
        if (c->year) {
            if (out->year_then) out->year_then = c->year <= out->year_then ? c->year : 0;
            out->year = c->year <= whole ? c->year : 0;
        }
    }
    if (out->year < out->year_first) out->year = 0;
    if (out->year_then < out->year_first) out->year_then = 0;
}

static struct fraction mean(const struct gathering *g, bool all, int from, int to, int places)
{
    if (!from || !to) return (struct fraction){.den = 1};
    return fraction(sum(g, all, LATE, from, to), power10(places) * (to - from + 1));
}

static struct fraction growth(const struct gathering *g, bool all, int from, int to)
{
    if (!from || !to || from == to) return (struct fraction){.den = 1};
    i128 base = sum(g, all, LATE, from, from), other = sum(g, all, LATE, to, to);
    if (strcmp(g->c->unit, "percent") == 0) return fraction(100 * (other - base), base);
    return fraction(other, base);
}

static struct fraction of_years(const struct gathering *g, bool all, int from, int to, int places)
{
    return g->c->measure == CLAIM_GROWTH ? growth(g, all, from, to)
                                         : mean(g, all, from, to, places);
}

static void figure(const struct gathering *g, struct claim_figures *f, struct claim_answer *out)
{
    bool dated = g->c->day != DAY_MAX;
    if (by_year(g->c)) {
        choose_years(g, out);
        f->now = of_years(g, false, out->year_first, out->year, out->places);
        f->all = of_years(g, true, out->year_first, out->year, out->places);
        f->then = of_years(g, false, out->year_first, out->year_then, out->places);
        return;
    }
    f->now = flat(g, false, LATE, out->places);
    f->all = flat(g, true, LATE, out->places);
    if (!dated) return;
    f->then = flat(g, false, THAT_MONTH, out->places);
    f->before = flat(g, false, EARLY, out->places);
}

/* The same as it was known by the end of the statement's day, if anything was. */
static void figure_known(struct arena *a, const struct exchange *x, const struct claim *c,
                         enum stage reached, struct claim_figures *f)
{
    struct gathering g;
    struct err ignored;
    struct claim_figures then = {0};
    struct claim_answer years = {0};
    if (c->day == DAY_MAX) return;
    struct exchange old = *x;
    int64_t end = ((int64_t)c->day + 1) * MS_PER_DAY - 1;
    if (end < old.at.known) old.at.known = end;
    if (book_rows_known(x->book, old.at.known) == 0) return;
    begin(&g, a, &old, c, reached);
    if (!g.x.currency || add_up(&g, &ignored)) return;
    years.places = currency_places(x->book, g.x.currency);
    figure(&g, &then, &years);
    f->known_then = then.then;
}

static struct claim_number number(const struct claim *c, const struct fraction *f, int places)
{
    struct claim_number out = {.known = f->known};
    int64_t n;
    struct err large;
    if (c->measure == CLAIM_COUNT) places = 0;
    if (!is_money(c) && c->measure != CLAIM_COUNT) places = CLAIM_PLACES;
    if (!f->known || narrow(div_half_even(f->num * power10(places), f->den), &n, "", &large)) {
        return (struct claim_number){0};
    }
    out.value = dec_trim((struct dec){n, places});
    return out;
}

/* --- rows --- */

static int row_order(const void *x, const void *y)
{
    const struct claim_row *a = x, *b = y;
    if (a->subject != b->subject) return a->subject ? -1 : 1;
    if (a->now != b->now) return a->now < b->now ? 1 : -1;
    if (a->party != b->party) return a->party < b->party ? -1 : 1;
    return (a->year > b->year) - (a->year < b->year);
}

/* Whether the year is one of those that the figure is made of, up to `to`. */
static bool year_counts(const struct claim *c, const struct claim_answer *out, int year, int to)
{
    if (!by_year(c)) return true;
    if (!to) return false;
    if (c->measure == CLAIM_GROWTH) return year == out->year_first || year == to;
    return year >= out->year_first && year <= to;
}

static void add_rows(const struct gathering *g, struct claim_answer *out)
{
    bool dated = g->c->day != DAY_MAX;
    out->rows = NEW_ARRAY(g->arena, g->count + 1, struct claim_row);
    for (uint32_t i = 0; i < g->count; i++) {
        const struct cell *cell = &g->cells[i];
        i128 then = cell->amount[EARLY] + cell->amount[THAT_MONTH];
        struct claim_row row = {.party = cell->party,
                                .year = cell->year,
                                .subject = cell->subject,
                                .now = then + cell->amount[LATE],
                                .then = dated ? then : 0,
                                .entries = cell->entries,
                                .passage = cell->passage};
        bool counts_now = year_counts(g->c, out, cell->year, out->year);
        if (!year_counts(g->c, out, cell->year, out->year_then)) row.then = 0;
        if (!counts_now) row.now = 0;
        if (row.now || row.then) out->rows[out->count++] = row;
    }
    if (out->count) qsort(out->rows, out->count, sizeof *out->rows, row_order);
}

/* --- the claim --- */

static void unknown(struct arena *a, struct claim_answer *out, const char *why)
{
    out->verdict = CLAIM_UNKNOWN;
    out->why = arena_text(a, why);
}

/* Why the book cannot be asked at all, or NULL. */
static const char *not_asked(struct arena *a, const struct exchange *x, const struct claim *c)
{
    if (!claim_comparable(c)) return "the number is too large or too fine to be compared";
    if (c->receiver && book_noun(x->book, KIND_PARTY, c->receiver) == NONE) {
        return text_format(a, "nothing for %s is in the book", c->receiver);
    }
    for (uint32_t i = 0; i < c->subjects; i++) {
        if (book_noun(x->book, KIND_PARTY, c->subject[i]) == NONE) {
            return text_format(a, "%s is not in the book", c->subject[i]);
        }
    }
    return NULL;
}

/* Whether any of the subjects ever gave anything to that receiver. */
static bool subjects_give(const struct gathering *g)
{
    uint32_t nouns = book_noun_count(g->x.book);
    for (uint32_t i = 0; i < nouns; i++) {
        if (g->gives[i] && is_subject(g, i, member_day(g))) return true;
    }
    return false;
}

static void gather(struct arena *a, const struct exchange *x, const struct claim *c,
                   struct gathering *g, struct claim_figures *f)
{
    begin(g, a, x, c, c->reached);
    if (!g->classed && g->unclassed && c->reached < STAGE_ALLOCATED) {
        f->lower_stage_lacked = true;
        begin(g, a, x, c, STAGE_ALLOCATED);
    }
    f->several_receivers = !c->receiver && g->several_receivers;
    f->first = g->first;
    f->last = g->last;
    for (uint32_t i = 0; i < book_noun_count(x->book); i++) {
        f->nations += g->gives[i] && is_nation(g, i) && is_subject(g, i, member_day(g));
    }
}

void measure_claim(struct arena *a, const struct exchange *x, const struct claim *c,
                   struct claim_answer *out)
{
    struct gathering g;
    struct err err;
    struct claim_figures f = {.then.den = 1, .before.den = 1, .now.den = 1, .all.den = 1};
    *out = (struct claim_answer){.currency = "", .reached = c->reached};
    const char *why = not_asked(a, x, c);
    if (why) {
        unknown(a, out, why);
        return;
    }
    gather(a, x, c, &g, &f);
    out->reached = g.reached;
    if (!g.classed || !g.x.currency) {
        unknown(a, out,
                g.unclassed ? "the book does not know this class apart"
                            : "the book has no such support");
        return;
    }
    if (!subjects_give(&g)) {
        unknown(a, out, "the book has no such giver");
        return;
    }
    if (add_up(&g, &err)) {
        unknown(a, out, err.msg);
        return;
    }
    out->currency = g.x.currency;
    out->places = currency_places(x->book, out->currency);
    figure(&g, &f, out);
    figure_known(a, x, c, g.reached, &f);
    out->then = number(c, &f.then, out->places);
    out->before = number(c, &f.before, out->places);
    out->now = number(c, &f.now, out->places);
    out->all = number(c, &f.all, out->places);
    out->known_then = number(c, &f.known_then, out->places);
    add_rows(&g, out);
    claim_judge(a, c, &f, out);
}
