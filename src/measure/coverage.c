/*
 * coverage.c - see coverage.h.
 *
 * Arrivals are put in order of receiver, item and day, and needs in the order
 * in which they are served. A need looks only at its receiver's items, so the
 * whole is little more than two sorts. Quantities stay whole parts: what
 * stands in for something at 0.8 is counted down to whole parts of what it
 * stands in for, and used up to whole parts of itself.
 */
#include "measure/coverage.h"

#include <stdlib.h>
#include <string.h>

#include "measure/worth.h"

const char *coverage_name(enum coverage_status s)
{
    static const char *const names[] = {"in time", "late", "in part", "not at all"};
    return s <= COVERAGE_NONE ? names[s] : NULL;
}

struct arrival {
    uint32_t receiver, item, need; /* nouns; need NONE: for anybody */
    int32_t day;
    i128 left; /* parts of its item */
};

/* What one receiver gets of one item: a range of the arrivals, by day. */
struct heap {
    uint32_t receiver, item, begin, end;
};

/* One need in one month. */
struct want {
    uint32_t row;
    uint32_t receiver;
    int32_t asked_day, due;
    int64_t priority;
    i128 open, in_time, late;
};

/* That an item may stand in for another, so many for one: n / 10^scale. */
struct stand_in {
    uint32_t item, of, need;
    struct dec rate;
};

struct covering {
    struct arena *arena;
    const struct book *book;
    const struct coverage_question *q;
    uint32_t receiver; /* NONE: any */
    struct arrival *arrivals;
    uint32_t arrival_count, arrival_room;
    struct heap *heaps;
    uint32_t heap_count;
    struct want *wants;
    uint32_t want_count, want_room;
    struct stand_in *stand_ins;
    uint32_t stand_in_count, stand_in_room;
    const struct line **undated;
    uint32_t undated_count, undated_room;
    struct coverage *out;
    uint32_t row_room;
};

/* --- what comes --- */

static void arrive(struct covering *c, const struct line *l, int32_t day, i128 qty)
{
    uint64_t need = record_ref(l->record, F_NEED);
    c->arrivals =
        arena_more(c->arena, c->arrivals, c->arrival_count, &c->arrival_room, sizeof *c->arrivals);
    c->arrivals[c->arrival_count++] =
        (struct arrival){.receiver = l->receiver,
                         .item = l->item,
                         .need = need ? book_noun_of(c->book, need) : NONE,
                         .day = day,
                         .left = qty};
}

static void add_undated(struct covering *c, const struct line *l)
{
    c->undated =
        arena_more(c->arena, c->undated, c->undated_count, &c->undated_room, sizeof *c->undated);
    c->undated[c->undated_count++] = l;
}

static int by_day(const void *x, const void *y)
{
    const struct arrival *a = x, *b = y;
    return (a->day > b->day) - (a->day < b->day);
}

/* Deliveries of one line, by day; what was taken back, or lost after all, is off the latest. */
static void arrivals_of(struct covering *c, const struct line *l)
{
    const struct columns *col = book_columns(c->book);
    uint32_t begin = c->arrival_count;
    i128 promised = 0, off = 0;
    for (uint32_t row = l->last_row; row != NONE; row = col->prev[row]) {
        if (col->recorded_ms[row] > c->q->at.known || !row_seen(col, row, &c->q->at)) continue;
        enum stage from = row_from(col, row), to = row_to(col, row);
        if (to == STAGE_DELIVERED && !(col->flags[row] & (ROW_REVERSAL | ROW_REVERSED))) {
            arrive(c, l, col->day[row], col->qty[row]);
        } else if (from == STAGE_DELIVERED && !(col->flags[row] & (ROW_REVERSAL | ROW_REVERSED))) {
            off += col->qty[row];
        }
        if (to >= c->q->reached && to < STAGE_DELIVERED) promised += col->qty[row];
        if (from >= c->q->reached && from < STAGE_DELIVERED) promised -= col->qty[row];
    }
    if (c->arrival_count > begin) {
        qsort(c->arrivals + begin, c->arrival_count - begin, sizeof *c->arrivals, by_day);
    }
    for (uint32_t i = c->arrival_count; i-- > begin && off > 0;) {
        i128 less = c->arrivals[i].left < off ? c->arrivals[i].left : off;
        c->arrivals[i].left -= less;
        off -= less;
    }
    const struct field *until = record_field(l->record, F_UNTIL);
    if (promised > 0 && !until) add_undated(c, l);
    if (promised > 0 && until) {
        int32_t day = (int32_t)until->n;
        arrive(c, l, day > c->q->today ? day : c->q->today, promised);
    }
}

static int by_heap(const void *x, const void *y)
{
    const struct arrival *a = x, *b = y;
    if (a->receiver != b->receiver) return a->receiver < b->receiver ? -1 : 1;
    if (a->item != b->item) return a->item < b->item ? -1 : 1;
    if (a->day != b->day) return a->day < b->day ? -1 : 1;
    return (a->need > b->need) - (a->need < b->need);
}

static void find_arrivals(struct covering *c)
{
    uint32_t count;
    const struct line *lines = book_lines(c->book, &count);
    const bool *second = worth_second_series(c->arena, c->book, &c->q->at, c->q->reached);
    for (uint32_t i = 0; i < count; i++) {
        const struct line *l = &lines[i];
        if (second[i] || !book_current(c->book, l->record, c->q->at.known)) continue;
        if (l->receiver != NONE && l->item != NONE) arrivals_of(c, l);
    }
    if (c->arrival_count) qsort(c->arrivals, c->arrival_count, sizeof *c->arrivals, by_heap);
    c->heaps = NEW_ARRAY(c->arena, c->arrival_count + 1, struct heap);
    for (uint32_t i = 0; i < c->arrival_count; i++) {
        const struct arrival *a = &c->arrivals[i];
        struct heap *h = c->heap_count ? &c->heaps[c->heap_count - 1] : NULL;
        if (!h || h->receiver != a->receiver || h->item != a->item) {
            h = &c->heaps[c->heap_count++];
            *h = (struct heap){a->receiver, a->item, i, i};
        }
        h->end = i + 1;
    }
}

/* --- what is asked --- */

static void add_want(struct covering *c, const struct record *r, uint32_t row, int32_t asked,
                     int32_t due)
{
    c->wants = arena_more(c->arena, c->wants, c->want_count, &c->want_room, sizeof *c->wants);
    c->wants[c->want_count++] =
        (struct want){.row = row,
                      .receiver = book_noun_of(c->book, record_ref(r, F_RECEIVER)),
                      .asked_day = asked,
                      .due = due,
                      .priority = record_int(r, F_PRIORITY, INT64_MAX),
                      .open = record_int(r, F_QTY, 0)};
    c->out->rows[row].asked += record_int(r, F_QTY, 0);
}

static void add_months(struct covering *c, const struct record *r, uint32_t row, int32_t asked)
{
    int year, month, day;
    int32_t until = (int32_t)record_int(r, F_UNTIL, DAY_MAX), due;
    day_to_civil((int32_t)record_int(r, F_SINCE, until), &year, &month, &day);
    do {
        due = day_month_last(year, month);
        add_want(c, r, row, asked, due < until ? due : until);
        year += month == 12;
        month = month % 12 + 1;
    } while (due < until);
}

/* The day it was asked for, else the one on which the book heard of it. */
static int32_t asked_on(const struct record *r, int64_t first_ms)
{
    return (int32_t)record_int(r, F_DAY, first_ms / MS_PER_DAY);
}

static void add_need(struct covering *c, uint32_t noun, int64_t first_ms)
{
    const struct record *r = book_version(c->book, noun, c->q->at.known);
    if (!r || record_text(r, F_VERDICT)) return;
    if (record_int(r, F_DAY, DAY_MIN) > c->q->at.effective) return;
    if (c->receiver != NONE && book_noun_of(c->book, record_ref(r, F_RECEIVER)) != c->receiver) {
        return;
    }
    if (record_ref(r, F_KEEPS)) {
        c->out->keeping++;
        return;
    }
    struct coverage *out = c->out;
    out->rows = arena_more(c->arena, out->rows, out->count, &c->row_room, sizeof *out->rows);
    uint32_t row = out->count++;
    out->rows[row] = (struct coverage_row){.need = noun,
                                           .item = book_noun_of(c->book, record_ref(r, F_ITEM)),
                                           .due = (int32_t)record_int(r, F_UNTIL, DAY_MAX)};
    if (record_field(r, F_MONTHLY))
        add_months(c, r, row, asked_on(r, first_ms));
    else
        add_want(c, r, row, asked_on(r, first_ms), out->rows[row].due);
}

static void find_needs(struct covering *c)
{
    uint32_t count;
    const struct record *const *list = book_records(c->book, KIND_NEED, &count);
    bool *seen = NEW_ARRAY(c->arena, book_noun_count(c->book) + 1, bool);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t noun = book_noun_of(c->book, list[i]->id);
        if (!seen[noun]) add_need(c, noun, list[i]->recorded_ms);
        seen[noun] = true;
    }
}

static void find_stand_ins(struct covering *c)
{
    enum { SCALE = 6 };
    uint32_t count;
    const struct record *const *list = book_records(c->book, KIND_RELATION, &count);
    for (uint32_t i = 0; i < count; i++) {
        const struct record *r = list[i];
        if (strcmp(record_text(r, F_TYPE), "substitutes") != 0) continue;
        if (!book_current(c->book, r, c->q->at.known)) continue;
        struct dec rate = record_field(r, F_AMOUNT) ? record_dec(r, F_AMOUNT) : (struct dec){1, 0};
        for (; rate.scale > SCALE; rate.scale--) rate.n /= 10;
        if (rate.n <= 0 || rate.n > INT64_C(1000000000)) continue;
        uint64_t need = record_ref(r, F_NEED);
        c->stand_ins = arena_more(c->arena, c->stand_ins, c->stand_in_count, &c->stand_in_room,
                                  sizeof *c->stand_ins);
        c->stand_ins[c->stand_in_count++] =
            (struct stand_in){.item = book_noun_of(c->book, record_ref(r, F_ITEM)),
                              .of = book_noun_of(c->book, record_ref(r, F_PARENT)),
                              .need = need ? book_noun_of(c->book, need) : NONE,
                              .rate = rate};
    }
}

/* --- who gets what --- */

static int places_of(const struct book *b, uint32_t item)
{
    const struct record *r = book_version(b, item, INT64_MAX);
    int64_t places = r ? record_int(r, F_PARTS, 0) : 0;
    return (int)(places > DEC_SCALE_MAX ? DEC_SCALE_MAX : places);
}

/* How many of the need's item one of that item is; n 0: it is no answer to it. */
static struct dec counts_as(const struct covering *c, uint32_t item, const struct coverage_row *r)
{
    if (book_item_within(c->book, item, r->item, c->q->at.known)) return (struct dec){1, 0};
    for (uint32_t i = 0; i < c->stand_in_count; i++) {
        const struct stand_in *s = &c->stand_ins[i];
        if (s->item == item && s->of == r->item && (s->need == NONE || s->need == r->need)) {
            return s->rate;
        }
    }
    return (struct dec){0, 0};
}

/* x * up / down, to `above` or below; so large that it does not fit: all there can be. */
static i128 scaled(i128 x, i128 up, i128 down, bool above)
{
    i128 product;
    if (__builtin_mul_overflow(x, up, &product)) return INT64_MAX;
    return above ? (product + down - 1) / down : product / down;
}

static void give(const struct covering *c, struct want *w, struct arrival *a, struct dec rate)
{
    const struct coverage_row *r = &c->out->rows[w->row];
    i128 up = rate.n * power10(places_of(c->book, r->item));
    i128 down = power10(rate.scale) * power10(places_of(c->book, a->item));
    i128 gives = scaled(a->left, up, down, false);
    if (gives > w->open) gives = w->open;
    if (gives <= 0) return;
    i128 takes = scaled(gives, down, up, true);
    a->left -= takes < a->left ? takes : a->left;
    w->open -= gives;
    *(a->day <= w->due ? &w->in_time : &w->late) += gives;
}

/*
 * In which order needs are served: what is meant for one and comes in time, then what is meant for
 * nobody, then the same late, and last what was meant for another that needs it no more.
 */
enum turn { TURN_MEANT, TURN_FREE, TURN_MEANT_LATE, TURN_FREE_LATE, TURN_LEFT, TURN_COUNT };

static bool is_turn_of(const struct arrival *a, const struct want *w, uint32_t need, enum turn t)
{
    bool late = a->day > w->due;
    if (a->need != need && a->day < w->asked_day) return false;
    switch (t) {
    case TURN_MEANT: return a->need == need && !late;
    case TURN_FREE: return a->need == NONE && !late;
    case TURN_MEANT_LATE: return a->need == need;
    case TURN_FREE_LATE: return a->need == NONE;
    default: return true;
    }
}

static void serve(struct covering *c, struct want *w, const struct heap *h, enum turn turn)
{
    const struct coverage_row *r = &c->out->rows[w->row];
    struct dec rate = counts_as(c, h->item, r);
    for (uint32_t i = h->begin; i < h->end && rate.n > 0 && w->open > 0; i++) {
        struct arrival *a = &c->arrivals[i];
        if (a->left > 0 && is_turn_of(a, w, r->need, turn)) give(c, w, a, rate);
    }
}

static uint32_t first_heap(const struct covering *c, uint32_t receiver)
{
    uint32_t low = 0, high = c->heap_count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (c->heaps[mid].receiver < receiver)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static int by_turn(const void *x, const void *y)
{
    const struct want *a = x, *b = y;
    if (a->due != b->due) return a->due < b->due ? -1 : 1;
    if (a->priority != b->priority) return a->priority < b->priority ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

/* The very item first, then what may stand in for it. */
static void serve_want(struct covering *c, struct want *w, enum turn turn)
{
    for (int other = 0; other < 2 && w->open > 0; other++) {
        for (uint32_t h = first_heap(c, w->receiver); h < c->heap_count; h++) {
            if (c->heaps[h].receiver != w->receiver) break;
            bool same = c->heaps[h].item == c->out->rows[w->row].item;
            if (same == !other) serve(c, w, &c->heaps[h], turn);
        }
    }
}

static void serve_all(struct covering *c)
{
    if (c->want_count) qsort(c->wants, c->want_count, sizeof *c->wants, by_turn);
    for (enum turn turn = TURN_MEANT; turn < TURN_COUNT; turn++) {
        for (uint32_t i = 0; i < c->want_count; i++) serve_want(c, &c->wants[i], turn);
    }
}

/* Promises without a date that some need could wait for. */
static void count_undated(struct covering *c)
{
    for (uint32_t i = 0; i < c->undated_count; i++) {
        const struct line *l = c->undated[i];
        bool wanted = false;
        for (uint32_t k = 0; k < c->want_count && !wanted; k++) {
            const struct want *w = &c->wants[k];
            wanted =
                w->receiver == l->receiver && counts_as(c, l->item, &c->out->rows[w->row]).n > 0;
        }
        c->out->undated += wanted;
    }
}

static int row_order(const void *x, const void *y)
{
    const struct coverage_row *a = x, *b = y;
    if (a->due != b->due) return a->due < b->due ? -1 : 1;
    return (a->need > b->need) - (a->need < b->need);
}

static void sum_up(struct covering *c)
{
    struct coverage *out = c->out;
    for (uint32_t i = 0; i < c->want_count; i++) {
        struct coverage_row *r = &out->rows[c->wants[i].row];
        r->in_time += c->wants[i].in_time;
        r->late += c->wants[i].late;
        r->missing += c->wants[i].open;
    }
    for (uint32_t i = 0; i < out->count; i++) {
        struct coverage_row *r = &out->rows[i];
        r->status = r->in_time == r->asked  ? COVERAGE_IN_TIME
                    : r->missing == 0       ? COVERAGE_LATE
                    : r->missing < r->asked ? COVERAGE_PART
                                            : COVERAGE_NONE;
        out->of[r->status]++;
    }
    if (out->count) qsort(out->rows, out->count, sizeof *out->rows, row_order);
}

enum rc measure_coverage(struct arena *a, const struct book *b, const struct coverage_question *q,
                         struct coverage *out, struct err *err)
{
    struct covering c = {.arena = a, .book = b, .q = q, .receiver = NONE, .out = out};
    *out = (struct coverage){0};
    if (q->receiver) c.receiver = book_noun(b, KIND_PARTY, q->receiver);
    if (q->receiver && c.receiver == NONE) {
        return fail(err, RC_ABSENT, "no party '%.80s' in this book", q->receiver);
    }
    find_arrivals(&c);
    find_needs(&c);
    find_stand_ins(&c);
    serve_all(&c);
    count_undated(&c);
    sum_up(&c);
    return RC_OK;
}
