/*
 * scan.c - the sums of the cube from the entries and the values, by one pass.
 *
 * Nothing that the cube keeps is read here: prices are found anew among the
 * values that were known, movements are looked at one by one. So the two can
 * be judged by each other (cube.h), and this one is short.
 */
#include "book/inside.h"

struct scan {
    struct arena *arena;
    const struct book *book;
    const struct clocks *at;
    uint32_t rows; /* known */
    const struct price *prices;
    struct tallies tallies;
    bool lost;
};

/* By noun: the value that it is worth, as known. */
static const struct record **values_known(struct arena *a, const struct book *b, int64_t known)
{
    uint32_t count;
    const struct record *const *list = book_records(b, KIND_VALUE, &count);
    const struct record **best = NEW_ARRAY(a, b->noun_count + 1, const struct record *);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t noun = book_noun_of(b, record_ref(list[i], F_OF));
        if (noun == NONE || !book_current(b, list[i], known)) continue;
        if (value_before(list[i], best[noun])) best[noun] = list[i];
    }
    return best;
}

static const struct price *prices_known(struct arena *a, const struct book *b, int64_t known)
{
    const struct record **best = values_known(a, b, known);
    struct price *prices = NEW_ARRAY(a, b->line_count + 1, struct price);
    for (uint32_t i = 0; i < b->line_count; i++) {
        prices[i] = price_of(b, &b->lines[i], best[b->lines[i].noun]);
    }
    return prices;
}

static void add(struct scan *s, uint32_t noun, uint32_t word, int32_t place, int64_t n)
{
    uint32_t at = tally_at(s->arena, &s->tallies, noun, word, place);
    struct tally *t = &s->tallies.list[at];
    s->lost |= __builtin_add_overflow(t->sum, n, &t->sum);
}

static void add_row(struct scan *s, enum cube_by by, uint32_t row)
{
    const struct columns *c = &s->book->columns;
    const struct line *l = &s->book->lines[c->line[row]];
    const struct price *p = &s->prices[c->line[row]];
    int32_t move = row_move(c, row), month = month_of_day(c->day[row]);
    int64_t sign = c->flags[row] & ROW_REVERSAL ? -1 : 1, delivers = sign * move_delivers(move);
    int64_t amount;
    s->lost |= !price_amount(p, c->qty[row], &amount);
    if (by == CUBE_GIVES) add(s, l->giver, p->word, move, sign * amount);
    if (by == CUBE_THINGS) add(s, l->item, NONE, move, sign * c->qty[row]);
    if (!delivers) return;
    if (by == CUBE_GIVEN) add(s, l->giver, p->word, month, delivers * amount);
    if (by == CUBE_ITEMS) add(s, l->item, p->word, month, delivers * amount);
    if (by == CUBE_GROUPS) {
        uint32_t group = item_above(s->book, l->item, s->at->known);
        add(s, group, p->word, month, delivers * amount);
    }
    if (by == CUBE_TOPS) {
        uint32_t group = item_above(s->book, l->item, s->at->known);
        uint32_t top = item_top(s->book, group, s->at->known);
        add(s, top, p->word, month, delivers * amount);
    }
}

/* --- promises --- */

struct promise {
    int64_t open, whole, delivered;
    int32_t first;
};

/* By line: that of the newest version known; the others are empty. */
static struct promise *promises_known(struct scan *s)
{
    const struct book *b = s->book;
    const struct columns *c = &b->columns;
    struct promise *list = NEW_ARRAY(s->arena, b->line_count + 1, struct promise);
    for (uint32_t i = 0; i < b->line_count; i++) list[i].first = INT32_MAX;
    for (uint32_t row = 0; row < s->rows; row++) {
        struct promise *p = &list[c->line[row]];
        enum stage from = row_from(c, row), to = row_to(c, row);
        if (!row_seen(c, row, s->at)) continue;
        int64_t qty = c->qty[row];
        p->whole += qty * ((from == STAGE_WORLD) - (to == STAGE_WORLD));
        p->delivered += qty * ((to == STAGE_DELIVERED) - (from == STAGE_DELIVERED));
        p->open += qty * (stage_is_open(to) - stage_is_open(from));
        if (c->day[row] < p->first) p->first = c->day[row];
    }
    for (uint32_t i = 0; i < b->line_count; i++) { /* versions come in their order */
        uint32_t after = b->lines[i].after;
        if (after == NONE || b->lines[after].recorded_ms > s->at->known) continue;
        struct promise *p = &list[i], *to = &list[after];
        s->lost |= __builtin_add_overflow(to->whole, p->whole, &to->whole) ||
                   __builtin_add_overflow(to->delivered, p->delivered, &to->delivered) ||
                   __builtin_add_overflow(to->open, p->open, &to->open);
        if (p->first < to->first) to->first = p->first;
        *p = (struct promise){.first = INT32_MAX};
    }
    return list;
}

static void add_promises(struct scan *s, enum cube_by by)
{
    const struct promise *list = promises_known(s);
    for (uint32_t i = 0; !s->lost && i < s->book->line_count; i++) {
        const struct promise *p = &list[i];
        uint32_t giver = s->book->lines[i].giver;
        if (by == CUBE_OPEN && p->open > 0) {
            uint32_t at = tally_at(s->arena, &s->tallies, giver, NONE, 0);
            s->tallies.list[at].sum += p->first;
            s->tallies.list[at].rest++;
        }
        if (by == CUBE_COHORTS && p->whole > 0) {
            int32_t month = month_of_day(p->first);
            uint32_t at = tally_at(s->arena, &s->tallies, giver, NONE, month);
            cohort_add(&s->tallies.list[at], p->delivered, p->whole, false);
        }
    }
}

void book_scan(struct arena *a, const struct book *b, enum cube_by by, const struct clocks *at,
               struct tallies_view *out)
{
    struct scan s = {.arena = a, .book = b, .at = at, .rows = book_rows_known(b, at->known)};
    if (by == CUBE_OPEN || by == CUBE_COHORTS) {
        add_promises(&s, by);
    } else {
        s.prices = prices_known(a, b, at->known);
        for (uint32_t row = 0; row < s.rows; row++) {
            if (row_seen(&b->columns, row, at)) add_row(&s, by, row);
        }
    }
    *out = (struct tallies_view){by, s.tallies.list, s.tallies.count, s.lost};
}
