/*
 * cube_ask.c - what the cube's sums were at any clocks.
 *
 * A question sees a prefix of the rows and all that is effective by a day. The
 * prefix is blocks of cells, the largest first, and some rows behind them; of
 * the blocks the months before that of the day are added up by cells, and the
 * rows of its own month one by one.
 */
#include <assert.h>
#include <string.h>

#include "book/inside.h"

struct asking {
    struct arena *arena;
    const struct book *b;
    const struct clocks *at;
    enum cube_by by;
    uint32_t rows;       /* that were known */
    uint32_t restated;   /* that were */
    uint32_t in_cells;   /* rows that cells were added of; perhaps some that were not known */
    int32_t cells_until; /* cells were added up to that day, the last of a month */
    int64_t *sum;        /* by key; or by month and pair */
    uint32_t *pair; /* by key: the pair it delivers for; the last of all: it delivers nothing */
    int64_t *sign;  /* by key: how it delivers: 1, 0, -1 */
    uint32_t pairs;
    int32_t first_month, first_day; /* of those in which anything is delivered */
    uint32_t months, days;
    uint16_t *month_of; /* by day */
};

static inline int64_t wrapped(int64_t x, int64_t y) /* no part's sum overflows; see cube.c */
{
    return (int64_t)((uint64_t)x + (uint64_t)y);
}

static inline int64_t negated(int64_t n)
{
    return (int64_t)(-(uint64_t)n);
}

/* No branch on what a key delivers, which nobody could foresee. */
static inline void put(const struct asking *s, uint32_t key, uint32_t month, int64_t n)
{
    int64_t *to = s->pair ? &s->sum[(size_t)month * s->pairs + s->pair[key]] : &s->sum[key];
    if (s->pair) n = (int64_t)((uint64_t)n * (uint64_t)s->sign[key]);
    *to = wrapped(*to, n);
}

static inline void put_day(const struct asking *s, uint32_t key, int32_t day, int64_t n)
{
    uint32_t at = (uint32_t)(day - s->first_day);
    put(s, key, s->pair && at < s->days ? s->month_of[at] : 0, n);
}

/* --- blocks --- */

static void add_cells(const struct asking *s, const struct row_block *block)
{
    const struct book *b = s->b;
    int32_t last = month_of_day(s->cells_until);
    for (uint32_t i = block->run; i < block->run + block->runs; i++) {
        const struct month_run *run = &b->cell_runs[i];
        if (run->month > last) continue;
        uint32_t month = (uint32_t)(run->month - s->first_month);
        if (s->pair && month >= s->months) continue; /* nothing is delivered in it */
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

/*
 * Blocks that end by the last row known; and one more, if less of it is to be
 * taken off again than there would be rows to add.
 */
static void add_blocks(struct asking *s)
{
    const struct book *b = s->b;
    uint32_t size = (uint32_t)block_rows(b, 0);
    for (;;) {
        const struct row_block *block = block_at(b, s->in_cells, s->rows);
        bool more = !block && s->rows > s->in_cells && s->rows - s->in_cells > size / 2;
        if (more && b->rows.count - s->in_cells >= size) {
            block = block_at(b, s->in_cells, s->in_cells + size);
        }
        if (!block) return;
        add_cells(s, block);
        s->in_cells += (uint32_t)block_rows(b, block->level);
    }
}

static bool by_cells(const struct asking *s, int32_t day)
{
    return day <= s->cells_until;
}

static bool is_effective(const struct asking *s, int32_t day)
{
    return day <= s->at->effective;
}

/*
 * Of the rows in blocks, those of the month that the question cuts: what cells
 * have not and is effective, or what they have and is not.
 */
static void mend_month(const struct asking *s, int32_t month)
{
    const struct book *b = s->b;
    for (uint32_t i = 0; i < s->in_cells / order_rows(b); i++) {
        const struct row_block *block = &b->order_blocks[i];
        const struct month_run *run = b->order_runs + block->run, *last = run + block->runs;
        while (run < last && run->month < month) run++;
        if (run == last || run->month != month) continue;
        for (uint32_t k = run->first; k < run->first + run->count; k++) {
            uint32_t row = block->row + b->order[k];
            int32_t day = b->rows.day[row];
            if (row >= s->rows || by_cells(s, day) == is_effective(s, day)) continue;
            int64_t n = b->rows.amount[row];
            put_day(s, b->rows.key[row], day, by_cells(s, day) ? negated(n) : n);
        }
    }
}

/* What was restated counts if it was known and is effective, and is in cells if it is. */
static void mend_restated(const struct asking *s)
{
    const struct book *b = s->b;
    uint32_t cells = restated_from(b, s->in_cells), first = 0;
    bool cut = s->cells_until != s->at->effective && s->at->effective < b->gist->last_day;
    if (!cut) first = cells < s->restated ? cells : s->restated;
    for (uint32_t i = first; i < b->restated_count; i++) {
        const struct restated *r = &b->restated[i];
        bool known = i < s->restated;
        if (i >= cells && !known) return;
        bool counts = known && is_effective(s, r->day);
        bool counted = i < cells && by_cells(s, r->day);
        if (counts != counted) put_day(s, r->key, r->day, counts ? r->amount : negated(r->amount));
    }
}

/* Rows behind the blocks; or those that blocks have and that were not known. */
static void mend_rows(const struct asking *s)
{
    const struct rows *r = &s->b->rows;
    bool more = s->in_cells <= s->rows;
    uint32_t row = more ? s->in_cells : s->rows, end = more ? s->rows : s->in_cells;
    int32_t until = more ? s->at->effective : s->cells_until;
    for (; row < end; row++) {
        int64_t n = r->amount[row] & -(int64_t)(r->day[row] <= until);
        put_day(s, r->key[row], r->day[row], more ? n : negated(n));
    }
}

static uint32_t restated_known(const struct book *b, int64_t known)
{
    uint32_t low = 0, high = b->restated_count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (b->restated[mid].recorded_ms <= known)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* The month that the question cuts is added whole if most of it counts. */
static void add_up(struct asking *s)
{
    const struct book *b = s->b;
    int32_t effective = s->at->effective < DAY_MAX ? s->at->effective : DAY_MAX;
    int32_t month = month_of_day(effective), first = month_first_day(month);
    int32_t last = month_first_day(month + 1) - 1;
    bool most = effective >= b->gist->last_day || effective - first >= last - effective;
    s->rows = book_rows_known(b, s->at->known);
    s->restated = restated_known(b, s->at->known);
    s->cells_until = most ? last : first - 1;
    add_blocks(s);
    if (effective < last && effective < b->gist->last_day) mend_month(s, month);
    mend_restated(s);
    mend_rows(s);
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
    s->sign = NEW_ARRAY(s->arena, keys->count + 1, int64_t);
    for (uint32_t i = 0; i < keys->count; i++) {
        const struct tally *t = &keys->list[i];
        if (move_seen(t->place, s->at->confirmed)) s->sign[i] = move_delivers(t->place);
        s->pair[i] = s->sign[i] ? tally_at(s->arena, pairs, t->noun, t->word, 0) : NONE;
    }
    for (uint32_t i = 0; i < keys->count; i++) {
        if (s->pair[i] == NONE) s->pair[i] = pairs->count;
    }
    s->pairs = pairs->count + 1;
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
    if (!s->months) return;
    s->first_day = month_first_day(first);
    s->days = (uint32_t)(month_first_day(last + 1) - s->first_day);
    s->month_of = NEW_ARRAY(s->arena, s->days, uint16_t);
    for (uint32_t m = 0; m < s->months; m++) {
        int32_t day = month_first_day(first + (int32_t)m) - s->first_day;
        int32_t end = month_first_day(first + (int32_t)m + 1) - s->first_day;
        for (; day < end; day++) s->month_of[day] = (uint16_t)m;
    }
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
        for (uint32_t p = 0; p < pairs.count; p++) {
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

/* --- open promises --- */

/* What is open of a line, all in sixteen bytes, for there is one of each line. */
struct openness {
    int64_t qty;
    int32_t first;
    uint32_t spare;
};

static void open_rows(const struct asking *s, struct openness *list)
{
    const struct rows *r = &s->b->rows;
    int64_t opens[256]; /* by stages: how often the quantity is added to what is open */
    for (int i = 0; i < 256; i++) {
        opens[i] = stage_is_open((enum stage)(i & 15)) - stage_is_open((enum stage)(i >> 4));
    }
    uint32_t rows = book_rows_known(s->b, s->at->known);
    for (uint32_t row = 0; row < rows; row++) {
        int32_t day = r->day[row];
        if (day > s->at->effective) continue;
        if (s->at->confirmed && !row_seen(&s->b->columns, row, s->at)) continue;
        struct openness *to = &list[r->line[row]];
        to->qty += opens[r->stages[row]] * r->qty[row];
        to->first = day < to->first ? day : to->first;
    }
}

/* To the newest version known. Versions come in their order. */
static void open_versions(const struct asking *s, struct openness *list, bool *lost)
{
    const struct line *lines = s->b->lines;
    for (uint32_t i = 0; i < s->b->line_count; i++) {
        uint32_t after = lines[i].after;
        if (after == NONE || lines[after].recorded_ms > s->at->known) continue;
        *lost |= __builtin_add_overflow(list[after].qty, list[i].qty, &list[after].qty);
        if (list[i].first < list[after].first) list[after].first = list[i].first;
        list[i].qty = 0;
    }
}

static void ask_open(struct asking *s, struct tallies_view *out)
{
    const struct book *b = s->b;
    struct arena own = {0};
    struct tallies givers = {0};
    bool lost = false;
    struct openness *list = NEW_ARRAY(&own, b->line_count + 1, struct openness);
    for (uint32_t i = 0; i < b->line_count; i++) list[i].first = INT32_MAX;
    open_rows(s, list);
    if (b->gist->revised) open_versions(s, list, &lost);
    for (uint32_t i = 0; i < b->line_count; i++) {
        if (list[i].qty <= 0) continue;
        uint32_t at = tally_at(s->arena, &givers, b->lines[i].giver, NONE, 0);
        givers.list[at].sum += list[i].first;
        givers.list[at].rest++;
    }
    arena_free(&own);
    *out = (struct tallies_view){CUBE_OPEN, givers.list, givers.count, lost};
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
    bool now = is_now(b, at);
    if (b->gist->summary) { /* entries are elsewhere */
        assert(now);
        *out = (struct tallies_view){by, b->tallies[by].list, b->tallies[by].count, b->gist->lost};
        return;
    }
    if (b->gist->lost || (by == CUBE_COHORTS && !now)) {
        book_scan(a, b, by, at, out);
    } else if (by == CUBE_OPEN && !now) {
        ask_open(&s, out);
    } else if (now) {
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
static bool is_even(const struct price *p, int64_t *each)
{
    *each = p->parts ? p->value / p->parts : 0;
    return !p->parts || *each * p->parts == p->value;
}

static void add_held(const struct book *b, uint32_t line, int64_t each, struct line_sums *out)
{
    const struct held *h = &b->held[line];
    for (int s = STAGE_CONSIDERED; s < STAGE_COUNT; s++) {
        int64_t amount;
        if (!h->at[s]) continue;
        out->lost |= __builtin_mul_overflow(h->at[s], each, &amount);
        out->lost |= !add_to(&out->qty[s], h->at[s]) || !add_to(&out->amount[s], amount);
    }
}

static void add_version(const struct book *b, uint32_t line, const struct clocks *at, bool now,
                        struct line_sums *out)
{
    const struct rows *r = &b->rows;
    int64_t each;
    struct price p = now ? price_now(b, line) : price_known(b, line, at->known);
    if (p.word != NONE) out->word = p.word;
    if (now && is_even(&p, &each)) {
        add_held(b, line, each, out);
        return;
    }
    for (uint32_t row = b->lines[line].last_row; row != NONE; row = r->prev[row]) {
        if (r->recorded_ms[row] > at->known || !row_seen(&b->columns, row, at)) continue;
        add_line_row(b, row, &p, out);
    }
}

/*
 * A line is mostly of one version. Its id stands beside its name, so that what
 * lies far apart in memory (the name, the line, what it holds) is few steps.
 */
void book_line_sums(const struct book *b, uint32_t noun, const struct clocks *at,
                    struct line_sums *out)
{
    const struct latest *latest = &b->noun_latest[noun];
    bool now = is_now(b, at);
    *out = (struct line_sums){.word = NONE};
    if (now && latest->versions == 1) {
        add_version(b, book_line(b, latest->id), at, now, out);
    } else {
        for (uint32_t v = b->noun_last[noun]; v != NONE; v = b->versions[v].before) {
            uint32_t line = book_line(b, b->versions[v].id);
            if (b->lines[line].recorded_ms <= at->known) add_version(b, line, at, now, out);
        }
    }
    out->qty[STAGE_WORLD] = out->amount[STAGE_WORLD] = 0;
}
