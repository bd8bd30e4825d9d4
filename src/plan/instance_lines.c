/*
 * instance_lines.c - what the book's promises already hold of lots and needs.
 *
 * One pass over the entries gives every line's quantities; who asks when
 * something happened walks that one line's chain.
 */
#include <stdlib.h>

#include "plan/instance_inside.h"

static bool counts(const struct build *b, uint32_t line, const struct line *l)
{
    if (l->giver == NONE || l->receiver == NONE || l->item == NONE) return false;
    if (b->q->left_out && b->q->left_out[line]) return false;
    return b->number[l->item] != MODEL_NONE && !(l->flags & LINE_TAKEN_BACK);
}

static bool is_held(enum stage s)
{
    return s == STAGE_ALLOCATED || s == STAGE_DISPATCHED || s == STAGE_DELIVERED;
}

static void add(struct line_sums *s, enum stage stage, int64_t qty)
{
    if (stage == STAGE_COMMITTED) s->promised += qty;
    if (is_held(stage)) s->allocated += qty;
    if (stage == STAGE_LOST) s->gone += qty;
}

void build_lines(struct build *b)
{
    const struct columns *c = book_columns(b->book);
    const struct line *line = book_lines(b->book, &b->line_count);
    uint32_t rows = book_rows_known(b->book, b->known);
    b->lines = NEW_ARRAY(b->arena, (size_t)b->line_count + 1, struct line_sums);
    bool *used = NEW_ARRAY(b->arena, (size_t)b->line_count + 1, bool);
    for (uint32_t i = 0; i < b->line_count; i++) used[i] = counts(b, i, &line[i]);
    for (uint32_t row = 0; row < rows; row++) {
        uint32_t i = c->line[row];
        if (!used[i] || !row_seen(c, row, &b->q->at)) continue;
        add(&b->lines[i], row_to(c, row), c->qty[row]);
        add(&b->lines[i], row_from(c, row), -c->qty[row]);
    }
}

/* Committed, or further: what has left the giver's free stock. */
static bool is_taken(enum stage s)
{
    return s == STAGE_COMMITTED || is_held(s) || s == STAGE_LOST;
}

int64_t line_after(const struct build *b, uint32_t line, int32_t day)
{
    uint32_t count, rows = book_rows_known(b->book, b->known);
    const struct columns *c = book_columns(b->book);
    int64_t sum = 0;
    for (uint32_t row = book_lines(b->book, &count)[line].last_row; row != NONE;
         row = c->prev[row]) {
        if (row >= rows || c->day[row] <= day || !row_seen(c, row, &b->q->at)) continue;
        sum += is_taken(row_to(c, row)) ? c->qty[row] : 0;
        sum -= is_taken(row_from(c, row)) ? c->qty[row] : 0;
    }
    return sum > 0 ? sum : 0;
}

int64_t line_delivered(const struct build *b, uint32_t line, int32_t day)
{
    uint32_t count, rows = book_rows_known(b->book, b->known);
    const struct columns *c = book_columns(b->book);
    int64_t sum = 0;
    for (uint32_t row = book_lines(b->book, &count)[line].last_row; row != NONE;
         row = c->prev[row]) {
        if (row >= rows || c->day[row] > day || !row_seen(c, row, &b->q->at)) continue;
        sum += row_to(c, row) == STAGE_DELIVERED ? c->qty[row] : 0;
        sum -= row_from(c, row) == STAGE_DELIVERED ? c->qty[row] : 0;
    }
    return sum > 0 ? sum : 0;
}

int32_t stated_day(const struct record *r)
{
    int64_t ms = record_int(r, F_STATED, 0);
    if (!ms) ms = r->recorded_ms;
    return (int32_t)(ms / MS_PER_DAY);
}

/* --- groups --- */

static int group_order(const void *x, const void *y)
{
    const struct line_group *a = x, *b = y;
    if (a->party != b->party) return a->party < b->party ? -1 : 1;
    if (a->item != b->item) return a->item < b->item ? -1 : 1;
    return a->line < b->line ? -1 : a->line > b->line;
}

struct line_group *group_lines(const struct build *b, bool by_giver, uint32_t *count)
{
    uint32_t lines;
    const struct line *line = book_lines(b->book, &lines);
    struct line_group *list = NEW_ARRAY(b->arena, (size_t)lines + 1, struct line_group);
    *count = 0;
    for (uint32_t i = 0; i < lines; i++) {
        const struct line_sums *s = &b->lines[i];
        if (s->promised <= 0 && s->allocated <= 0 && s->gone <= 0) continue;
        if (line_int(b->book, &line[i], by_giver ? F_LOT : F_NEED, 0)) continue;
        list[(*count)++] =
            (struct line_group){by_giver ? line[i].giver : line[i].receiver, line[i].item, i};
    }
    if (*count) qsort(list, *count, sizeof *list, group_order);
    return list;
}

const struct line_group *line_group_of(const struct line_group *list, uint32_t count,
                                       uint32_t party, uint32_t item, uint32_t *found)
{
    struct line_group asked = {party, item, 0};
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (group_order(&list[mid], &asked) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    *found = 0;
    while (low + *found < count && list[low + *found].party == party &&
           list[low + *found].item == item) {
        ++*found;
    }
    return &list[low];
}
