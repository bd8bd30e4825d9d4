/*
 * cube_ask.c - what the cube's sums were at any clocks.
 *
 * A question sees a prefix of the rows and all that is effective by a day. The
 * prefix is blocks of cells, the largest first, and some rows behind them; of
 * the blocks the months before that of the day are added up by cells, and the
 * rows of its own month one by one.
 */
#include <string.h>

#include "book/inside.h"

struct asking {
    struct arena *arena;
    const struct book *b;
    const struct clocks *at;
    enum cube_by by;
    int32_t before;  /* months before this one count whole */
    int32_t partial; /* some days of this month count; INT32_MAX: of none */
    int64_t *sum;    /* by key; or by pair and month */
    uint32_t *pair;  /* by key, NONE: it delivers nothing */
    int8_t *sign;    /* by key: how it delivers */
    uint32_t pairs;
    int32_t first_month;
    uint32_t months;
};

static inline int64_t wrapped(int64_t x, int64_t y) /* no part's sum overflows; see cube.c */
{
    return (int64_t)((uint64_t)x + (uint64_t)y);
}

static inline void put(const struct asking *s, uint32_t key, uint32_t month, int64_t n)
{
    if (!s->pair) {
        s->sum[key] = wrapped(s->sum[key], n);
    } else if (s->pair[key] != NONE) {
        int64_t *to = &s->sum[(size_t)month * s->pairs + s->pair[key]];
        *to = wrapped(*to, s->sign[key] < 0 ? (int64_t)(-(uint64_t)n) : n);
    }
}

static inline uint32_t month_at(const struct asking *s, int32_t month)
{
    return (uint32_t)(month - s->first_month);
}

static inline void put_day(const struct asking *s, uint32_t key, int32_t day, int64_t n)
{
    if (day > s->at->effective) return;
    if (s->pair && s->pair[key] == NONE) return;
    put(s, key, s->pair ? month_at(s, month_of_day(day)) : 0, n);
}

/* --- blocks --- */

static void add_cells(const struct asking *s, const struct row_block *block)
{
    const struct book *b = s->b;
    for (uint32_t i = block->run; i < block->run + block->runs; i++) {
        const struct month_run *run = &b->cell_runs[i];
        if (run->month >= s->before) continue;
        uint32_t month = month_at(s, run->month);
        const uint32_t *key = b->cell_key + run->first;
        const int64_t *amount = b->cell_amount + run->first;
        for (uint32_t k = 0; k < run->count; k++) put(s, key[k], month, amount[k]);
    }
}

/* The largest block that begins with the row and ends before `end`; NULL. */
static const struct row_block *block_at(const struct book *b, uint32_t row, uint32_t end)
{
    const struct row_block *best = NULL;
    for (uint32_t i = 0; i < b->cell_block_count; i++) {
        const struct row_block *one = &b->cell_blocks[i];
        if (one->row != row || (best && best->level >= one->level)) continue;
        if (row + block_rows(b, one->level) <= end) best = one;
    }
    return best;
}

/* Rows of the month that the question cuts, in blocks up to that row. */
static void add_partial(const struct asking *s, uint32_t end)
{
    const struct book *b = s->b;
    for (uint32_t i = 0; i < end / order_rows(b); i++) {
        const struct row_block *block = &b->order_blocks[i];
        const struct month_run *run = b->order_runs + block->run, *last = run + block->runs;
        while (run < last && run->month < s->partial) run++;
        if (run == last || run->month != s->partial) continue;
        for (uint32_t k = run->first; k < run->first + run->count; k++) {
            uint32_t row = block->row + b->order[k];
            put_day(s, b->rows.key[row], b->rows.day[row], b->rows.amount[row]);
        }
    }
}

/* What was restated: of the month that is cut, and of any behind the blocks. */
static void add_restated(const struct asking *s, uint32_t end)
{
    const struct book *b = s->b;
    uint32_t from = restated_from(b, end);
    for (uint32_t i = 0; i < from && s->partial != INT32_MAX; i++) {
        const struct restated *r = &b->restated[i];
        if (r->day <= s->at->effective && month_of_day(r->day) == s->partial) {
            put_day(s, r->key, r->day, r->amount);
        }
    }
    for (uint32_t i = from; i < b->restated_count; i++) {
        const struct restated *r = &b->restated[i];
        if (r->recorded_ms > s->at->known) break;
        put_day(s, r->key, r->day, r->amount);
    }
}

static void add_rows(const struct asking *s, uint32_t row, uint32_t end)
{
    const struct rows *r = &s->b->rows;
    if (s->pair) {
        for (; row < end; row++) put_day(s, r->key[row], r->day[row], r->amount[row]);
        return;
    }
    int32_t effective = s->at->effective;
    for (; row < end; row++) {
        int64_t seen = -(int64_t)(r->day[row] <= effective);
        int64_t *sum = &s->sum[r->key[row]];
        *sum = wrapped(*sum, r->amount[row] & seen);
    }
}

static void add_up(struct asking *s)
{
    const struct book *b = s->b;
    uint32_t rows = book_rows_known(b, s->at->known), row = 0;
    int32_t effective = s->at->effective < DAY_MAX ? s->at->effective : DAY_MAX;
    int32_t month = month_of_day(effective);
    bool whole = effective >= b->gist->last_day || month_first_day(month + 1) - 1 == effective;
    s->before = whole ? month + 1 : month;
    s->partial = whole ? INT32_MAX : month;
    for (;;) {
        const struct row_block *block = block_at(b, row, rows);
        if (!block) break;
        add_cells(s, block);
        row += (uint32_t)block_rows(b, block->level);
    }
    if (!whole) add_partial(s, row);
    add_restated(s, row);
    add_rows(s, row, rows);
}

/* --- givers --- */

static void put_tally(struct tallies *t, uint32_t noun, uint32_t word, int32_t place, int64_t sum)
{
    t->list[t->count++] = (struct tally){.noun = noun, .word = word, .place = place, .sum = sum};
}

static void ask_gives(struct asking *s, struct tallies *out)
{
    const struct tallies *keys = &s->b->tallies[CUBE_GIVES];
    s->sum = NEW_ARRAY(s->arena, keys->count + 1, int64_t);
    out->list = NEW_ARRAY(s->arena, keys->count + 1, struct tally);
    add_up(s);
    for (uint32_t i = 0; i < keys->count; i++) {
        const struct tally *t = &keys->list[i];
        if (!s->sum[i] || !move_seen(t->place, s->at->confirmed)) continue;
        put_tally(out, t->noun, t->word, t->place, s->sum[i]);
    }
}

/* Which giver and currency each key delivers for; in `pairs`, of no place. */
static void find_pairs(struct asking *s, struct tallies *pairs)
{
    const struct tallies *keys = &s->b->tallies[CUBE_GIVES];
    s->pair = NEW_ARRAY(s->arena, keys->count + 1, uint32_t);
    s->sign = NEW_ARRAY(s->arena, keys->count + 1, int8_t);
    for (uint32_t i = 0; i < keys->count; i++) {
        const struct tally *t = &keys->list[i];
        s->sign[i] = (int8_t)move_delivers(t->place);
        bool delivers = s->sign[i] && move_seen(t->place, s->at->confirmed);
        s->pair[i] = delivers ? tally_at(s->arena, pairs, t->noun, t->word, 0) : NONE;
    }
    s->pairs = pairs->count;
}

/* Months that anything is delivered in. */
static void find_months(struct asking *s)
{
    const struct tallies *given = &s->b->tallies[CUBE_GIVEN];
    int32_t first = INT32_MAX, last = INT32_MIN;
    for (uint32_t i = 0; i < given->count; i++) {
        int32_t month = given->list[i].place;
        if (month < first) first = month;
        if (month > last) last = month;
    }
    s->first_month = first;
    s->months = given->count ? (uint32_t)(last - first) + 1 : 0;
}

static void ask_given(struct asking *s, struct tallies *out)
{
    struct tallies pairs = {0};
    find_pairs(s, &pairs);
    find_months(s);
    size_t most = (size_t)s->pairs * s->months;
    s->sum = NEW_ARRAY(s->arena, most + 1, int64_t);
    add_up(s);
    size_t count = 0;
    for (size_t i = 0; i < most; i++) count += s->sum[i] != 0;
    out->list = NEW_ARRAY(s->arena, count + 1, struct tally);
    for (uint32_t m = 0; m < s->months; m++) {
        for (uint32_t p = 0; p < s->pairs; p++) {
            int64_t sum = s->sum[(size_t)m * s->pairs + p];
            const struct tally *t = &pairs.list[p];
            if (sum) put_tally(out, t->noun, t->word, s->first_month + (int32_t)m, sum);
        }
    }
}

/* --- items --- */

struct item_sums {
    struct asking *s;
    struct tallies *out;
    uint32_t *group; /* by noun: 2 + its group or top, NONE wraps to 1; 0: not looked for yet */
    bool lost;
};

static uint32_t group_known(const struct item_sums *t, uint32_t item)
{
    if (item == NONE) return NONE;
    if (!t->group[item]) {
        uint32_t group = item_above(t->s->b, item, t->s->at->known);
        if (t->s->by == CUBE_TOPS) group = item_top(t->s->b, group, t->s->at->known);
        t->group[item] = group + 2;
    }
    return t->group[item] - 2;
}

static void put_item(struct item_sums *t, uint32_t line, uint32_t key, int32_t day, int64_t qty,
                     int64_t amount)
{
    const struct book *b = t->s->b;
    const struct tally *k = &b->tallies[CUBE_GIVES].list[key];
    uint32_t noun = b->lines[line].item, word = k->word;
    int32_t place = k->place;
    int64_t n = qty;
    if (t->s->by == CUBE_THINGS) {
        word = NONE;
    } else {
        int delivers = move_delivers(place);
        if (!delivers) return;
        if (t->group) noun = group_known(t, noun);
        place = month_of_day(day);
        n = delivers * amount;
    }
    uint32_t at = tally_at(t->s->arena, t->out, noun, word, place);
    t->lost |= __builtin_add_overflow(t->out->list[at].sum, n, &t->out->list[at].sum);
}

static void ask_items(struct asking *s, struct tallies_view *out)
{
    const struct book *b = s->b;
    const struct rows *r = &b->rows;
    struct tallies list = {0};
    struct item_sums t = {.s = s, .out = &list};
    uint32_t rows = book_rows_known(b, s->at->known);
    if (s->by == CUBE_GROUPS || s->by == CUBE_TOPS)
        t.group = NEW_ARRAY(s->arena, b->noun_count + 1, uint32_t);
    for (uint32_t row = 0; row < rows; row++) {
        if (!row_seen(&b->columns, row, s->at)) continue;
        int64_t qty = r->flags[row] & ROW_REVERSAL ? -r->qty[row] : r->qty[row];
        put_item(&t, r->line[row], r->key[row], r->day[row], qty, r->amount[row]);
    }
    for (uint32_t i = 0; i < b->restated_count && s->by != CUBE_THINGS; i++) {
        const struct restated *one = &b->restated[i];
        if (one->recorded_ms > s->at->known) break;
        bool seen = move_seen(b->tallies[CUBE_GIVES].list[one->key].place, s->at->confirmed);
        if (!seen || one->day > s->at->effective) continue;
        put_item(&t, one->line, one->key, one->day, 0, one->amount);
    }
    *out = (struct tallies_view){s->by, list.list, list.count, t.lost};
}

/* --- asked --- */

static bool is_now(const struct book *b, const struct clocks *at)
{
    return !at->confirmed && at->effective >= b->gist->last_day && at->known >= b->last_ms;
}

void book_cube(struct arena *a, const struct book *b, enum cube_by by, const struct clocks *at,
               struct tallies_view *out)
{
    struct asking s = {.arena = a, .b = b, .at = at, .by = by};
    struct tallies list = {0};
    *out = (struct tallies_view){.by = by};
    if (!b->gist_count) return;
    if (b->gist->lost || ((by == CUBE_OPEN || by == CUBE_COHORTS) && !is_now(b, at))) {
        book_scan(a, b, by, at, out);
    } else if (is_now(b, at)) {
        *out = (struct tallies_view){by, b->tallies[by].list, b->tallies[by].count, false};
    } else if (by == CUBE_GIVES || by == CUBE_GIVEN) {
        if (by == CUBE_GIVES)
            ask_gives(&s, &list);
        else
            ask_given(&s, &list);
        *out = (struct tallies_view){by, list.list, list.count, false};
    } else {
        ask_items(&s, out);
    }
}

/* --- one line --- */

static bool add_to(int64_t *sum, int64_t n)
{
    return !__builtin_add_overflow(*sum, n, sum);
}

static void add_line_row(const struct book *b, uint32_t row, const struct price *p,
                         struct line_sums *out)
{
    const struct columns *c = &b->columns;
    enum stage from = row_from(c, row), to = row_to(c, row);
    int64_t qty = c->qty[row], amount;
    out->lost |= !price_amount(p, qty, &amount) || amount == INT64_MIN;
    out->lost |= !add_to(&out->qty[to], qty) || !add_to(&out->qty[from], -qty);
    if (!out->lost)
        out->lost = !add_to(&out->amount[to], amount) || !add_to(&out->amount[from], -amount);
}

/* Where every part is worth a whole number, what stands is worth what it was moved for. */
static bool is_even(const struct price *p)
{
    return !p->parts || p->value % p->parts == 0;
}

static void add_held(const struct book *b, uint32_t line, const struct price *p,
                     struct line_sums *out)
{
    for (int s = STAGE_CONSIDERED; s < STAGE_COUNT; s++) {
        int64_t qty = b->held[line].at[s], amount;
        out->lost |= !price_amount(p, qty, &amount);
        out->lost |= !add_to(&out->qty[s], qty) || !add_to(&out->amount[s], amount);
    }
}

static void add_version(const struct book *b, uint32_t line, const struct clocks *at,
                        struct line_sums *out)
{
    const struct rows *r = &b->rows;
    bool now = is_now(b, at);
    struct price p = now ? b->prices[line] : price_known(b, line, at->known);
    if (p.word != NONE) out->word = p.word;
    if (now && is_even(&p)) {
        add_held(b, line, &p, out);
        return;
    }
    for (uint32_t row = b->lines[line].last_row; row != NONE; row = r->prev[row]) {
        if (r->recorded_ms[row] > at->known || !row_seen(&b->columns, row, at)) continue;
        add_line_row(b, row, &p, out);
    }
}

void book_line_sums(const struct book *b, uint32_t noun, const struct clocks *at,
                    struct line_sums *out)
{
    *out = (struct line_sums){.word = NONE};
    for (uint32_t v = b->noun_last[noun]; v != NONE; v = b->versions[v].before) {
        uint32_t line = book_line(b, b->versions[v].id);
        if (b->lines[line].recorded_ms <= at->known) add_version(b, line, at, out);
    }
    out->qty[STAGE_WORLD] = out->amount[STAGE_WORLD] = 0;
}
