/*
 * stands.c - see stands.h. What lines hold is the book's; of the entries only
 * deliveries are looked at, where somebody asks for their days. They are put
 * in order by counting, line by line: only those of one have to be compared.
 */
#include "measure/stands.h"

#include <assert.h>
#include <stdlib.h>

enum { CACHE_LINE = 64 };

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

/* What a stage adds to: the two ways out of promising are one. */
static int place_of(int stage)
{
    if (stage == STAGE_WITHDRAWN || stage == STAGE_LAPSED) return STAND_GONE;
    return stage == STAGE_LOST ? STAND_LOST : stage;
}

/* Of all versions. What was delivered and is not there any more was lost after all. */
static void add_held(struct work *w, const struct held *held, uint32_t lines)
{
    for (uint32_t i = 0; i < lines; i++) {
        if (!w->of_line[i]) continue;
        struct stand *t = &w->s->list[w->of_line[i] - 1];
        for (int s = STAGE_CONSIDERED; s < STAGE_COUNT; s++) t->at[place_of(s)] += held[i].at[s];
        w->s->of[w->of_line[i] - 1].off +=
            held[i].came[STAGE_DELIVERED] - held[i].at[STAGE_DELIVERED];
    }
}

static bool is_delivery(const struct columns *c, uint32_t row)
{
    bool back = c->flags[row] & ROW_REVERSAL;
    return back ? row_from(c, row) == STAGE_DELIVERED : row_to(c, row) == STAGE_DELIVERED;
}

static void find_deliveries(struct work *w, struct arena *a, const struct book *b,
                            const struct clocks *at)
{
    const struct columns *c = book_columns(b);
    uint32_t rows = book_rows_known(b, at->known), count = 0;
    for (uint32_t row = 0; row < rows; row++) count += is_delivery(c, row);
    w->met = NEW_ARRAY(a, count + 1, struct delivered);
    for (uint32_t row = 0; row < rows; row++) {
        if (!is_delivery(c, row)) continue;
        uint32_t stand = w->of_line[c->line[row]];
        if (!stand || !row_seen(c, row, at)) continue;
        int64_t qty = c->flags[row] & ROW_REVERSAL ? -c->qty[row] : c->qty[row];
        w->met[w->count++] = (struct delivered){c->day[row], stand - 1, qty};
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

static void put_deliveries(struct work *w, struct arena *a)
{
    struct stands *s = w->s;
    s->deliveries = NEW_ARRAY(a, w->count + 1, struct delivered);
    for (uint32_t i = 0; i < w->count; i++) s->of[w->met[i].stand].end++;
    for (uint32_t i = 0, next = 0; i < s->count; i++) {
        next += s->of[i].end;
        s->of[i].first = s->of[i].end = next - s->of[i].end;
    }
    for (uint32_t i = 0; i < w->count; i++) {
        s->deliveries[s->of[w->met[i].stand].end++] = w->met[i];
    }
    for (uint32_t i = 0; i < s->count; i++) {
        struct stand_of *t = &s->of[i];
        t->end = t->first + merge_days(s->deliveries + t->first, t->end - t->first);
    }
}

void stands_find(struct arena *a, const struct book *b, const struct clocks *at, bool days,
                 struct stands *s)
{
    uint32_t count;
    const struct line *lines = book_lines(b, &count);
    struct work w = {.s = s, .of_line = NEW_ARRAY(a, count + 1, uint32_t)};
    static_assert(sizeof(struct stand) == CACHE_LINE, "a stand is read as one");
    uintptr_t from = (uintptr_t)NEW_ARRAY(a, (size_t)s->count + 1, struct stand);
    s->list = (struct stand *)((from + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE);
    if (s->count == 0) return;
    know_lines(&w, lines, count);
    add_held(&w, book_held(a, b, at), count);
    if (!days) return;
    find_deliveries(&w, a, b, at);
    put_deliveries(&w, a);
}
