/*
 * stands.c - see stands.h. Deliveries are put in order by counting, line by
 * line: only those of one line have to be compared.
 */
#include "measure/stands.h"

#include <assert.h>
#include <stdlib.h>

enum { AHEAD = 24, CACHE_LINE = 64 };

/*
 * The world has no place of its own: it shares that of what is delivered, which is told by the
 * deliveries in the end, so that an entry is two sums and no question.
 */
static const uint8_t place[16] = {
    [STAGE_WORLD] = STAGE_DELIVERED,     [STAGE_CONSIDERED] = STAGE_CONSIDERED,
    [STAGE_ANNOUNCED] = STAGE_ANNOUNCED, [STAGE_COMMITTED] = STAGE_COMMITTED,
    [STAGE_ALLOCATED] = STAGE_ALLOCATED, [STAGE_DISPATCHED] = STAGE_DISPATCHED,
    [STAGE_DELIVERED] = STAGE_DELIVERED, [STAGE_WITHDRAWN] = STAND_GONE,
    [STAGE_LAPSED] = STAND_GONE,         [STAGE_LOST] = STAND_LOST};

struct work {
    struct stands *s;
    uint32_t *of_line;     /* by line: 1 + stand, 0 none */
    struct delivered *met; /* below 0: taken back; in the order of the entries */
    uint32_t count;
};

void stands_begin(struct arena *a, const struct book *b, struct stands *s)
{
    uint32_t lines;
    book_lines(b, &lines);
    *s = (struct stands){.of = NEW_ARRAY(a, lines + 1, struct stand_of)};
}

void stands_add(struct stands *s, uint32_t line)
{
    s->of[s->count++].line = line;
}

static void know_lines(struct work *w, const struct line *lines, uint32_t count)
{
    for (uint32_t i = 0; i < w->s->count; i++) w->of_line[w->s->of[i].line] = i + 1;
    for (uint32_t i = count; i-- > 0;) {
        uint32_t after = lines[i].after;
        if (!w->of_line[i] && after != NONE) w->of_line[i] = w->of_line[after];
    }
}

/* Out of "delivered" goes a delivery taken back, or something lost after all. */
static void add_rows(struct work *w, const struct book *b, const struct clocks *at)
{
    const struct columns *col = book_columns(b);
    uint32_t rows = book_rows_known(b, at->known);
    for (uint32_t row = 0; row < rows; row++) {
        /* Lines are met in no order: what a later row will need is sent for now. */
        uint32_t ahead = row + AHEAD < rows ? w->of_line[col->line[row + AHEAD]] : 0;
        if (ahead) __builtin_prefetch(&w->s->list[ahead - 1], 1);
        uint32_t stand = w->of_line[col->line[row]];
        if (!stand || !row_seen(col, row, at)) continue;
        struct stand *t = &w->s->list[--stand];
        enum stage from = row_from(col, row), to = row_to(col, row);
        bool back = col->flags[row] & ROW_REVERSAL;
        int64_t qty = col->qty[row];
        t->at[place[to]] += qty;
        t->at[place[from]] -= qty;
        if (to != STAGE_DELIVERED && from != STAGE_DELIVERED) continue;
        if ((to == STAGE_DELIVERED) == back) {
            w->s->of[stand].off += back ? -qty : qty;
        } else {
            w->met[w->count++] = (struct delivered){col->day[row], stand, back ? -qty : qty};
        }
    }
}

static int by_day(const void *x, const void *y)
{
    const struct delivered *a = x, *b = y;
    return (a->day > b->day) - (a->day < b->day);
}

/* Most lists are short, or nearly in order already. */
static void sort_days(struct delivered *d, uint32_t count)
{
    enum { FEW = 24 };
    if (count > FEW) qsort(d, count, sizeof *d, by_day);
    for (uint32_t i = 1; i < count && count <= FEW; i++) {
        struct delivered one = d[i];
        uint32_t at = i;
        for (; at > 0 && d[at - 1].day > one.day; at--) d[at] = d[at - 1];
        d[at] = one;
    }
}

/* One a day; how many are left. */
static uint32_t merge_days(struct delivered *d, uint32_t count)
{
    uint32_t kept = 0;
    sort_days(d, count);
    for (uint32_t i = 0; i < count; i++) {
        if (kept && d[kept - 1].day == d[i].day)
            d[kept - 1].qty += d[i].qty;
        else
            d[kept++] = d[i];
    }
    return kept;
}

void stands_find(struct arena *a, const struct book *b, const struct clocks *at, struct stands *s)
{
    uint32_t count;
    const struct line *lines = book_lines(b, &count);
    struct work w = {.s = s, .of_line = NEW_ARRAY(a, count + 1, uint32_t)};
    static_assert(sizeof(struct stand) == CACHE_LINE, "a stand is read as one");
    uintptr_t from = (uintptr_t)NEW_ARRAY(a, (size_t)s->count + 1, struct stand);
    s->list = (struct stand *)((from + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE);
    if (s->count == 0) return;
    w.met = NEW_ARRAY(a, book_rows_known(b, at->known) + 1, struct delivered);
    know_lines(&w, lines, count);
    add_rows(&w, b, at);
    s->deliveries = NEW_ARRAY(a, w.count + 1, struct delivered);
    for (uint32_t i = 0; i < w.count; i++) s->of[w.met[i].stand].end++;
    for (uint32_t i = 0, next = 0; i < s->count; i++) {
        next += s->of[i].end;
        s->of[i].first = s->of[i].end = next - s->of[i].end;
    }
    for (uint32_t i = 0; i < w.count; i++) {
        s->deliveries[s->of[w.met[i].stand].end++] = w.met[i];
    }
    for (uint32_t i = 0; i < s->count; i++) {
        struct stand_of *t = &s->of[i];
        int64_t there = -t->off;
        t->end = t->first + merge_days(s->deliveries + t->first, t->end - t->first);
        for (uint32_t k = t->first; k < t->end; k++) there += s->deliveries[k].qty;
        s->list[i].at[STAGE_DELIVERED] = there;
    }
}
