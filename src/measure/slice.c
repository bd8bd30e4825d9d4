/*
 * slice.c - see slice.h. Sums come from the book under few keys; here they are
 * converted, which is most of the work, and put together by what was asked.
 */
#include "measure/slice.h"

#include <string.h>

#include "measure/factor.h"

/* Numbers from 0 for pairs of a noun and a month, in order of first use. */
struct spots {
    struct arena *arena;
    uint64_t *pair; /* 1 + the pair, 0: free */
    uint32_t *number;
    uint32_t room, count;
};

/* The place of a pair, or a free one. NONE with month -1 would be 0, and is never asked. */
static uint32_t spot_of(const struct spots *s, uint64_t pair)
{
    uint32_t at = (uint32_t)(pair * UINT64_C(0x9e3779b97f4a7c15) >> 32) & (s->room - 1);
    while (s->pair[at] && s->pair[at] != pair) at = (at + 1) & (s->room - 1);
    return at;
}

static void spots_grow(struct spots *s)
{
    struct spots old = *s;
    s->room = old.room ? old.room * 4 : 512;
    s->pair = NEW_ARRAY(s->arena, s->room, uint64_t);
    s->number = NEW_ARRAY(s->arena, s->room, uint32_t);
    for (uint32_t i = 0; i < old.room; i++) {
        if (!old.pair[i]) continue;
        uint32_t at = spot_of(s, old.pair[i]);
        s->pair[at] = old.pair[i];
        s->number[at] = old.number[i];
    }
}

static inline uint32_t number_of(struct spots *s, uint32_t noun, int32_t month)
{
    if (s->count * 2 >= s->room) spots_grow(s);
    uint64_t pair = ((uint64_t)noun << 32 | (uint32_t)month) + 1;
    uint32_t at = spot_of(s, pair);
    if (!s->pair[at]) {
        s->pair[at] = pair;
        s->number[at] = s->count++;
    }
    return s->number[at];
}

enum rc slice_check(struct arena *a, const struct book *b, enum cube_by by, const struct clocks *at,
                    struct err *err)
{
    struct tallies_view kept, scanned;
    struct tallies_differ differ;
    book_cube(a, b, by, at, &kept);
    book_scan(a, b, by, at, &scanned);
    if (tallies_same(&kept, &scanned, &differ)) return RC_OK;
    const struct tally *t = differ.one ? differ.one : differ.other;
    const char *noun = t && t->noun != NONE ? book_key(b, t->noun) : "";
    return fail(err, RC_STORE,
                "what is kept of '%.80s' is not what the entries come to: move the files beside the"
                " store away whose names end in '-book' and '-sums', and report this",
                noun);
}

/* One question in so many is also asked of the entries. */
enum { CHECKED_ONE_IN = 1000 };

static bool is_drawn(const struct book *b, enum cube_by by, const struct clocks *at)
{
    uint64_t h = book_head(b) ^ (uint64_t)at->known ^ (uint64_t)by << 56;
    h = (h ^ (uint64_t)(uint32_t)at->effective << 24) * UINT64_C(0x9e3779b97f4a7c15);
    return (h ^ h >> 31) * UINT64_C(0xbf58476d1ce4e5b9) >> 40 < (1 << 24) / CHECKED_ONE_IN;
}

static enum rc ask(struct arena *a, const struct book *b, enum cube_by by, const struct clocks *at,
                   struct tallies_view *out, struct err *err)
{
    book_cube(a, b, by, at, out);
    if (out->lost) return fail(err, RC_RULE, "the book's amounts are too large to be added up");
    return is_drawn(b, by, at) && !book_is_summary(b) ? slice_check(a, b, by, at, err) : RC_OK;
}

enum rc slice_currency(const struct exchange *x, const char **out, struct err *err)
{
    struct arena own = {0};
    struct tallies_view v;
    const char *one = x->currency;
    enum rc rc = one ? RC_OK : ask(&own, x->book, CUBE_GIVES, &x->at, &v, err);
    for (uint32_t i = 0; !rc && !x->currency && i < v.count; i++) {
        const char *mine = book_word_text(x->book, v.list[i].word);
        if (!mine || !v.list[i].sum) continue;
        if (one && strcmp(one, mine) != 0) {
            rc = fail(err, RC_INPUT,
                      "amounts in %s and in %s: add --currency, for example --currency %s", one,
                      mine, one);
        }
        one = mine;
    }
    *out = one ? one : "EUR"; /* of nothing */
    arena_free(&own);
    return rc;
}

/* --- rates --- */

/* Factors by currency and day, found when first asked for. */
struct factors {
    struct arena *arena;
    const struct exchange *x;
    const int32_t *days;
    uint32_t count;
    const struct factor **of_word;
    bool lost;
};

static struct factors factors_new(struct arena *a, const struct exchange *x, const int32_t *days,
                                  uint32_t count)
{
    uint32_t words = 0;
    while (book_word_text(x->book, words)) words++;
    return (struct factors){.arena = a,
                            .x = x,
                            .days = days,
                            .count = count,
                            .of_word = NEW_ARRAY(a, words + 1, const struct factor *)};
}

static __attribute__((noinline)) const struct factor *find_factors(struct factors *f, uint32_t word)
{
    struct factor *list = NEW_ARRAY(f->arena, f->count + 1, struct factor);
    factors_on(f->x, book_word_text(f->x->book, word), f->x->currency, f->days, f->count, list);
    f->of_word[word] = list;
    return list;
}

static __attribute__((noinline)) enum rc no_factor(const struct factors *f, uint32_t word,
                                                   uint32_t day, struct err *err)
{
    const char *currency = book_word_text(f->x->book, word);
    return missing_rate(currency, f->x->currency, f->days[day], err);
}

/* Adds what the parts come to, with FACTOR_BITS behind the point. */
static inline enum rc add_converted(struct factors *f, uint32_t word, uint32_t day, int64_t parts,
                                    i128 *sum, struct err *err)
{
    if (parts == 0) return RC_OK;
    const struct factor *list = f->of_word[word];
    if (!list) list = find_factors(f, word);
    if (!list[day].times) return no_factor(f, word, day, err);
    if (__builtin_add_overflow(*sum, factor_times(list[day], parts, &f->lost), sum)) f->lost = true;
    return RC_OK;
}

static enum rc check_factors(const struct factors *f, struct err *err)
{
    return f->lost ? fail(err, RC_RULE, "amounts too large to be converted") : RC_OK;
}

static i128 rounded(i128 n)
{
    return div_half_even(n, (i128)1 << FACTOR_BITS);
}

static int32_t own_day(const struct exchange *x)
{
    return x->latest ? DAY_MAX : x->at.effective;
}

/* --- stages --- */

static void add_move(struct slice_row *r, int32_t place, i128 n)
{
    enum stage from = move_from(place), to = move_to(place);
    r->at[to] += n;
    r->at[from] -= n;
    r->any[to] = r->any[from] = true;
    r->at[STAGE_WORLD] = 0;
    r->any[STAGE_WORLD] = false;
}

/* Rows of one answer, which grow in its arena. */
struct row_list {
    struct arena *arena;
    struct spots spots;
    uint32_t room;
};

static struct slice_row *row_of(struct row_list *l, struct slice *out, uint32_t noun)
{
    uint32_t at = number_of(&l->spots, noun, 0);
    if (at == out->count) {
        out->rows = arena_more(l->arena, out->rows, out->count, &l->room, sizeof *out->rows);
        out->rows[out->count++].noun = noun;
    }
    return &out->rows[at];
}

/* slice_givers() before it is rounded. */
static enum rc stands(struct arena *a, const struct exchange *x, struct slice *out, struct err *err)
{
    struct arena own = {0};
    struct tallies_view v;
    int32_t day = own_day(x);
    *out = (struct slice){.currency = x->currency, .places = currency_places(x->book, x->currency)};
    enum rc rc = ask(&own, x->book, CUBE_GIVES, &x->at, &v, err);
    struct row_list l = {.arena = a, .spots = {.arena = &own}};
    struct factors f = factors_new(&own, x, &day, 1);
    for (uint32_t i = 0; i < v.count && !rc; i++) {
        const struct tally *t = &v.list[i];
        i128 n = 0;
        if (!t->sum) continue;
        rc = add_converted(&f, t->word, 0, t->sum, &n, err);
        if (!rc && t->word != NONE) add_move(row_of(&l, out, t->noun), t->place, n);
    }
    if (!rc) rc = check_factors(&f, err);
    arena_free(&own);
    return rc;
}

enum rc slice_givers(struct arena *a, const struct exchange *x, struct slice *out, struct err *err)
{
    enum rc rc = stands(a, x, out, err);
    for (uint32_t i = 0; i < out->count; i++) {
        for (int k = 0; k < STAGE_COUNT; k++) out->rows[i].at[k] = rounded(out->rows[i].at[k]);
    }
    return rc;
}

enum rc slice_items(struct arena *a, const struct book *b, const struct clocks *at,
                    struct slice *out, struct err *err)
{
    struct arena own = {0};
    struct tallies_view v;
    *out = (struct slice){0};
    enum rc rc = ask(&own, b, CUBE_THINGS, at, &v, err);
    struct spots s = {.arena = &own};
    uint32_t *row = NEW_ARRAY(&own, v.count + 1, uint32_t);
    for (uint32_t i = 0; i < v.count && !rc; i++) {
        if (v.list[i].sum) row[i] = number_of(&s, v.list[i].noun, 0);
    }
    out->rows = NEW_ARRAY(a, s.count + 1, struct slice_row);
    out->count = s.count;
    for (uint32_t i = 0; i < v.count && !rc; i++) {
        const struct tally *t = &v.list[i];
        if (!t->sum) continue;
        out->rows[row[i]].noun = t->noun;
        add_move(&out->rows[row[i]], t->place, t->sum);
    }
    arena_free(&own);
    return rc;
}

/* --- one promise --- */

enum rc slice_line(const struct book *b, uint32_t noun, const struct clocks *at,
                   struct slice_line *out, struct err *err)
{
    struct line_sums s;
    *out = (struct slice_line){0};
    book_line_sums(b, noun, at, &s);
    if (s.lost) return fail(err, RC_RULE, "a line's amounts are too large to be added up");
    out->currency = s.word == NONE ? NULL : book_word_text(b, s.word);
    memcpy(out->qty, s.qty, sizeof out->qty);
    memcpy(out->amount, s.amount, sizeof out->amount);
    return RC_OK;
}

/* --- deliveries by month --- */

struct months {
    int32_t first, *last_day;
    uint32_t count;
};

static struct months months_of(struct arena *a, const struct tallies_view *v,
                               const struct exchange *x)
{
    int32_t first = INT32_MAX, last = INT32_MIN;
    for (uint32_t i = 0; i < v->count; i++) {
        if (v->list[i].place < first) first = v->list[i].place;
        if (v->list[i].place > last) last = v->list[i].place;
    }
    struct months m = {.first = first, .count = v->count ? (uint32_t)(last - first) + 1 : 0};
    m.last_day = NEW_ARRAY(a, m.count + 1, int32_t);
    for (uint32_t i = 0; i < m.count; i++) {
        int32_t day = month_first_day(first + (int32_t)i + 1) - 1;
        m.last_day[i] = day < x->at.effective ? day : x->at.effective;
    }
    return m;
}

struct gathering {
    const struct exchange *x;
    struct arena *arena; /* of the answer */
    bool one_month;
    struct months months;
    struct factors factors;
    struct spots spots;
    uint32_t room;
};

static enum rc gather(struct gathering *g, const struct tally *t, struct slice_months *out,
                      struct err *err)
{
    if (t->word == NONE || !t->sum) return RC_OK;
    int32_t month = g->one_month ? 0 : t->place;
    uint32_t at = number_of(&g->spots, t->noun, month);
    if (at == out->count) {
        out->rows = arena_more(g->arena, out->rows, at, &g->room, sizeof *out->rows);
        out->rows[out->count++] = (struct slice_month){.noun = t->noun, .month = month};
    }
    return add_converted(&g->factors, t->word, (uint32_t)(t->place - g->months.first), t->sum,
                         &out->rows[at].amount, err);
}

enum rc slice_delivered(struct arena *a, const struct exchange *x, enum slice_by by,
                        struct slice_months *out, struct err *err)
{
    static const enum cube_by of[] = {[SLICE_GIVER] = CUBE_GIVEN,
                                      [SLICE_GIVER_MONTH] = CUBE_GIVEN,
                                      [SLICE_ITEM_MONTH] = CUBE_ITEMS,
                                      [SLICE_GROUP_MONTH] = CUBE_GROUPS,
                                      [SLICE_TOP_MONTH] = CUBE_TOPS};
    struct arena own = {0};
    struct tallies_view v;
    *out = (struct slice_months){.currency = x->currency,
                                 .places = currency_places(x->book, x->currency)};
    enum rc rc = ask(&own, x->book, of[by], &x->at, &v, err);
    if (!rc) {
        struct gathering g = {.x = x, .arena = a, .one_month = by == SLICE_GIVER};
        g.months = months_of(&own, &v, x);
        g.factors = factors_new(&own, x, g.months.last_day, g.months.count);
        g.spots.arena = &own;
        for (uint32_t i = 0; i < v.count && !rc; i++) rc = gather(&g, &v.list[i], out, err);
        for (uint32_t i = 0; i < out->count; i++) {
            out->rows[i].amount = rounded(out->rows[i].amount);
        }
        if (!rc) rc = check_factors(&g.factors, err);
    }
    arena_free(&own);
    return rc;
}

/* --- promises --- */

enum rc slice_open(struct arena *a, const struct exchange *x, struct slice_opens *out,
                   struct err *err)
{
    struct arena own = {0};
    struct tallies_view open;
    struct slice at;
    enum rc rc = stands(&own, x, &at, err);
    *out = (struct slice_opens){.currency = x->currency, .places = at.places};
    if (!rc) rc = ask(&own, x->book, CUBE_OPEN, &x->at, &open, err);
    if (!rc) {
        struct spots s = {.arena = &own};
        out->rows = NEW_ARRAY(a, open.count + 1, struct slice_open);
        for (uint32_t i = 0; i < open.count; i++) {
            const struct tally *t = &open.list[i];
            if (!t->rest) continue;
            number_of(&s, t->noun, 0);
            out->rows[out->count++] = (struct slice_open){
                .noun = t->noun, .count = (uint32_t)t->rest, .first_days = t->sum};
        }
        for (uint32_t i = 0; i < at.count; i++) {
            const struct slice_row *r = &at.rows[i];
            uint32_t row = number_of(&s, r->noun, 0);
            i128 amount = 0;
            for (int k = STAGE_CONSIDERED; k <= STAGE_DISPATCHED; k++) amount += r->at[k];
            if (row < out->count) out->rows[row].amount = rounded(amount);
        }
    }
    arena_free(&own);
    return rc;
}

enum rc slice_cohorts(struct arena *a, const struct book *b, const struct clocks *at,
                      struct slice_cohorts *out, struct err *err)
{
    struct arena own = {0};
    struct tallies_view v;
    *out = (struct slice_cohorts){0};
    enum rc rc = ask(&own, b, CUBE_COHORTS, at, &v, err);
    struct spots s = {.arena = &own};
    if (!rc) out->rows = NEW_ARRAY(a, v.count + 1, struct slice_cohort);
    for (uint32_t i = 0; i < v.count && !rc; i++) {
        const struct tally *t = &v.list[i];
        if (!t->more) continue;
        uint32_t k = number_of(&s, t->noun, t->place / 3);
        struct slice_cohort *r = &out->rows[k];
        r->noun = t->noun;
        r->quarter = t->place / 3;
        r->count += t->more;
        r->share += cohort_share(t);
        out->count = s.count;
    }
    arena_free(&own);
    return rc;
}
