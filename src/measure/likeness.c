/*
 * likeness.c - see likeness.h.
 *
 * Movements are put into heaps of one currency and amount; only what shares a
 * heap is compared, so a million movements cost little more than their sorting.
 */
#include "measure/likeness.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/text.h"

/* A movement into the book or on, of a line that is a report. */
struct moved {
    int64_t qty;
    uint32_t item, line;
    int32_t day;
};

struct pair {
    uint32_t a, b; /* lines, a < b */
    i128 matched;
};

struct search {
    struct arena *arena;
    const struct book *b;
    const struct line *lines;
    struct clocks at;
    struct reports reports;
    struct moved *moved;
    uint32_t moved_count, moved_room;
    struct map known; /* "a b" -> 1 + index of the pair; 0: not related */
    struct pair *pairs;
    uint32_t pair_count, pair_room;
    i128 *total;     /* by line */
    const char **by; /* by line: whose report; NULL: none */
};

static const char *link_of(const struct search *s, uint32_t line, const char *prefix,
                           const char *value)
{
    const struct record *r = line_record(s->b, &s->lines[line]);
    size_t len = strlen(prefix);
    for (uint32_t i = 0; i < r->count; i++) {
        const struct field *f = &r->fields[i];
        if (f->tag != F_LINK || strncmp(f->text, prefix, len) != 0) continue;
        if (!value || strcmp(f->text + len, value) == 0) return f->text + len;
    }
    return NULL;
}

static bool names(const struct search *s, uint32_t line, const char *activity)
{
    static const char *const words[] = {
        "flow-parent:", "flow-child:", "flow-sibling:", "flow-co-funded:"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (link_of(s, line, words[i], activity)) return true;
    }
    return false;
}

static bool linked(const struct search *s, uint32_t a, uint32_t b)
{
    return names(s, a, s->by[b]) || names(s, b, s->by[a]);
}

const char *likeness_edge(struct arena *a, const struct book *b, uint32_t counts, uint32_t other)
{
    const char *x = book_key(b, counts), *y = book_key(b, other);
    bool swap = strcmp(x, y) > 0;
    return TEXT_JOIN(a, "same/", swap ? y : x, "+", swap ? x : y);
}

/* Whether a person has said something of the two. */
static bool is_said(const struct search *s, uint32_t a, uint32_t b)
{
    struct arena own = {0};
    uint32_t edge =
        book_noun(s->b, KIND_EDGE, likeness_edge(&own, s->b, s->lines[a].noun, s->lines[b].noun));
    const struct record *r = edge == NONE ? NULL : book_version(s->b, edge, s->at.known);
    arena_free(&own);
    return r != NULL;
}

static void gather(struct search *s)
{
    const struct columns *c = book_columns(s->b);
    uint32_t count;
    s->lines = book_lines(s->b, &count);
    s->total = NEW_ARRAY(s->arena, count + 1, i128);
    s->by = NEW_ARRAY(s->arena, count + 1, const char *);
    for (uint32_t i = 0; i < count; i++) {
        const struct line *l = &s->lines[i];
        if (!(l->flags & LINE_REPORT) || !line_current(s->lines, i, s->at.known)) continue;
        if (s->reports.lines && s->reports.instead[i] != NONE) continue;
        s->by[i] = link_of(s, i, "flow-by:", NULL);
        for (uint32_t row = l->last_row; s->by[i] && row != NONE; row = c->prev[row]) {
            bool live = !(c->flags[row] & (ROW_REVERSED | ROW_REVERSAL));
            enum stage to = row_to(c, row);
            if (!live || c->recorded_ms[row] > s->at.known || to > STAGE_DELIVERED ||
                !row_seen(c, row, &s->at)) {
                continue;
            }
            if (row_from(c, row) == STAGE_WORLD) s->total[i] += c->qty[row];
            s->moved =
                arena_more(s->arena, s->moved, s->moved_count, &s->moved_room, sizeof *s->moved);
            s->moved[s->moved_count++] = (struct moved){c->qty[row], l->item, i, c->day[row]};
        }
    }
}

static int by_amount(const void *x, const void *y)
{
    const struct moved *a = x, *b = y;
    if (a->item != b->item) return a->item < b->item ? -1 : 1;
    if (a->qty != b->qty) return a->qty < b->qty ? -1 : 1;
    if (a->line != b->line) return a->line < b->line ? -1 : 1;
    return (a->day > b->day) - (a->day < b->day);
}

static struct pair *pair_of(struct search *s, uint32_t a, uint32_t b)
{
    char digits[DEC_TEXT], other[DEC_TEXT];
    struct dec x = {a < b ? a : b, 0}, y = {a < b ? b : a, 0};
    const char *name = TEXT_JOIN(s->arena, dec_format(x, digits), " ", dec_format(y, other));
    uint64_t *at = map_get(&s->known, name);
    if (at) return *at ? &s->pairs[*at - 1] : NULL;
    bool like = s->lines[a].giver == s->lines[b].giver && s->lines[a].giver != NONE;
    if (strcmp(s->by[a], s->by[b]) == 0 || (!like && !linked(s, a, b)) || is_said(s, a, b)) {
        map_put(&s->known, name, 0);
        return NULL;
    }
    s->pairs = arena_more(s->arena, s->pairs, s->pair_count, &s->pair_room, sizeof *s->pairs);
    s->pairs[s->pair_count] = (struct pair){(uint32_t)x.n, (uint32_t)y.n, 0};
    map_put(&s->known, name, ++s->pair_count);
    return &s->pairs[s->pair_count - 1];
}

/* Movements of one amount: each of one line meets at most one of another. */
static void compare(struct search *s, struct moved *heap, uint32_t count)
{
    bool met[COMMON_MAX] = {false};
    if (count > COMMON_MAX) return;
    for (uint32_t i = 0; i < count; i++) {
        memset(met, 0, sizeof met);
        for (uint32_t k = 0; k < count; k++) {
            if (k <= i || heap[i].line == heap[k].line || met[k]) continue;
            int32_t apart = heap[i].day - heap[k].day;
            if (apart > LIKENESS_DAYS || apart < -LIKENESS_DAYS) continue;
            struct pair *p = pair_of(s, heap[i].line, heap[k].line);
            if (!p) continue;
            p->matched += heap[i].qty;
            for (uint32_t n = k; n < count && heap[n].line == heap[k].line; n++) met[n] = true;
        }
    }
}

static int by_matched(const void *x, const void *y)
{
    const struct likeness *a = x, *b = y;
    if (a->matched != b->matched) return a->matched < b->matched ? 1 : -1;
    if (a->counts != b->counts) return a->counts < b->counts ? -1 : 1;
    return (a->other > b->other) - (a->other < b->other);
}

/* The giver's report before the receiver's, then the larger, then the earlier. */
static bool first_counts(const struct search *s, uint32_t a, uint32_t b)
{
    bool out[2] = {link_of(s, a, "flow-from:", s->by[a]) != NULL,
                   link_of(s, b, "flow-from:", s->by[b]) != NULL};
    if (out[0] != out[1]) return out[0];
    return s->total[a] >= s->total[b];
}

const struct likeness *likeness_find(struct arena *a, const struct book *b, const struct clocks *at,
                                     uint32_t *count)
{
    struct search s = {.arena = a, .b = b, .at = *at, .known = {.arena = a}};
    reports_find(a, b, at, STAGE_ANNOUNCED, &s.reports);
    gather(&s);
    if (s.moved_count) qsort(s.moved, s.moved_count, sizeof *s.moved, by_amount);
    for (uint32_t i = 0, n; i < s.moved_count; i += n) {
        for (n = 1; i + n < s.moved_count && s.moved[i + n].item == s.moved[i].item &&
                    s.moved[i + n].qty == s.moved[i].qty;) {
            n++;
        }
        if (n > 1) compare(&s, &s.moved[i], n);
    }
    struct likeness *out = NEW_ARRAY(a, s.pair_count + 1, struct likeness);
    *count = 0;
    for (uint32_t i = 0; i < s.pair_count; i++) {
        const struct pair *p = &s.pairs[i];
        i128 least = s.total[p->a] < s.total[p->b] ? s.total[p->a] : s.total[p->b];
        if (p->matched * 2 < least || !p->matched) continue;
        bool first = first_counts(&s, p->a, p->b);
        uint32_t counts = first ? p->a : p->b, other = first ? p->b : p->a;
        out[(*count)++] = (struct likeness){
            counts, other, p->matched, {s.total[counts], s.total[other]}, linked(&s, p->a, p->b)};
    }
    if (*count) qsort(out, *count, sizeof *out, by_matched);
    return out;
}
