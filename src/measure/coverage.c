/*
 * coverage.c - see coverage.h: who gets what, and what that amounts to.
 *
 * Wants are served in order of their day, turn by turn; each looks only at the
 * piles that are an answer to it, and on each shelf at what is left there, so
 * that the whole is little more than two sorts. Quantities stay whole parts:
 * what stands in for something at 0.8 is counted down to whole parts of what
 * it stands in for, and used up to whole parts of itself.
 */
#include "measure/coverage.h"

#include <stdlib.h>

#include "measure/coverage_inside.h"

const char *coverage_name(enum coverage_status s)
{
    static const char *const names[] = {"in time", "late", "in part", "not at all"};
    return s <= COVERAGE_NONE ? names[s] : NULL;
}

const char *coverage_state_name(enum coverage_state s)
{
    static const char *const names[STATE_COUNT] = {
        "nobody promised", "short", "incomplete", "late", "on course", "covered"};
    return s < STATE_COUNT ? names[s] : NULL;
}

int coverage_places(const struct book *b, uint32_t item)
{
    const struct record *r = book_version(b, item, INT64_MAX);
    int64_t places = r ? record_int(r, F_PARTS, 0) : 0;
    return (int)(places > DEC_SCALE_MAX ? DEC_SCALE_MAX : places);
}

i128 coverage_times(i128 a, i128 b)
{
    i128 product;
    return __builtin_mul_overflow(a, b, &product) ? INT64_MAX : product;
}

/* --- giving --- */

/*
 * In which order needs are served: what is meant for one and comes in time, then what is meant for
 * nobody, then the same late, then what was meant for another that needs it no more, and last what
 * nobody says a day of.
 */
enum whose { MEANT, FREE, ANYBODYS };

static const struct turn {
    enum whose whose;
    bool in_time, dated;
} turns[] = {
    {MEANT, true, true},     {FREE, true, true},    {MEANT, false, true}, {FREE, false, true},
    {ANYBODYS, false, true}, {MEANT, false, false}, {FREE, false, false}, {ANYBODYS, false, false},
};

static void book_gift(struct covering *c, const struct want *w, const struct arrival *a, i128 gives)
{
    const struct claim *claim = &c->claims[w->claim];
    struct coverage_row *r = &c->out->rows[claim->row];
    if (claim->keep != NONE) {
        c->keepings[claim->keep].given[w->slot] += gives;
        return;
    }
    if (arrival_grade(a) == GRADE_UNDATED) {
        r->undated += gives;
        return;
    }
    bool late = a->day > w->due;
    *(late ? &r->late : &r->in_time) += gives;
    (late ? r->after : r->by_day)[arrival_grade(a)] += gives;
    if (!c->system_of[claim->row]) return;
    struct system *s = &c->systems[c->system_of[claim->row] - 1];
    int32_t month = coverage_month(a->day) - s->first;
    if (month < s->months) s->there[month > 0 ? month : 0] += gives;
}

static void give(struct covering *c, struct want *w, struct arrival *a, const struct way *way)
{
    bool alike = way->up == way->down && way->up <= INT64_MAX; /* one for one, as most are */
    i128 gives = alike ? a->left : coverage_times(a->left, way->up) / way->down;
    if (gives > w->open) gives = w->open;
    if (gives <= 0) return;
    i128 takes = alike ? gives : (coverage_times(gives, way->down) + way->up - 1) / way->up;
    a->left -= takes < a->left ? (int64_t)takes : a->left;
    w->open -= gives;
    book_gift(c, w, a, gives);
}

/* The first from i on that may have something left; the end of all is one behind the last. */
static uint32_t left_from(struct covering *c, uint32_t i)
{
    while (c->next[i] != i) {
        c->next[i] = c->next[c->next[i]];
        i = c->next[i];
    }
    return i;
}

static uint32_t first_on(const struct covering *c, const struct shelf *s, int32_t day)
{
    uint32_t low = s->begin, high = s->end;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (c->arrivals[mid].day < day)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static void take(struct covering *c, struct want *w, uint32_t i, uint32_t end,
                 const struct way *way, bool in_time)
{
    for (i = left_from(c, i); i < end && w->open > 0; i = left_from(c, i + 1)) {
        struct arrival *a = &c->arrivals[i];
        if (in_time && a->day > w->due) break;
        give(c, w, a, way);
        if (a->left == 0) c->next[i] = i + 1;
    }
}

/*
 * What came before it was asked for is no answer. Where a claim begins on a shelf is kept: a need
 * of many months, and each turn, asks again.
 */
static void take_free(struct covering *c, struct want *w, const struct way *way, int grade,
                      bool in_time)
{
    const struct shelf *s = &c->free[(size_t)way->pile * GRADES + (size_t)grade];
    struct start *from = &c->starts[(size_t)way->number * GRADES + (size_t)grade];
    if (from->at && in_time && from->day > w->due) return;
    uint32_t i = from->at ? from->at - 1 : first_on(c, s, c->claims[w->claim].asked_day);
    if (i < s->end) i = left_from(c, i);
    *from = (struct start){i + 1, i < s->end ? c->arrivals[i].day : INT32_MAX};
    if (i < s->end) take(c, w, i, s->end, way, in_time);
}

static uint32_t first_shelf(const struct covering *c, const struct pile *p, uint32_t need)
{
    uint32_t low = p->meant, high = p->meant_end;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (c->shelves[mid].need < need)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* What is meant for needs and stands at that stage: for this one, or for whichever. */
static void take_meant(struct covering *c, struct want *w, const struct way *way, bool own,
                       int grade, bool in_time)
{
    const struct pile *p = &c->piles[way->pile];
    uint32_t need = c->claims[w->claim].need;
    for (uint32_t i = own ? first_shelf(c, p, need) : p->meant; i < p->meant_end; i++) {
        const struct shelf *s = &c->shelves[i];
        if (own && s->need != need) break;
        if (arrival_grade(&c->arrivals[s->begin]) != grade) continue;
        uint32_t from = s->begin; /* what was meant for it may have come before it was asked for */
        if (s->need != need) from = first_on(c, s, c->claims[w->claim].asked_day);
        take(c, w, from, s->end, way, in_time);
    }
}

/*
 * What is there before what is but promised; then the very item before what stands in for it.
 * What is for anybody was taken, early or late, before what is meant for others is looked at.
 */
static void serve(struct covering *c, struct want *w, const struct turn *t)
{
    const struct claim *claim = &c->claims[w->claim];
    bool in_time = t->in_time || claim->keep != NONE;
    int from = t->dated ? STAGE_DELIVERED : GRADE_UNDATED;
    int least = t->dated ? STAGE_CONSIDERED : GRADE_UNDATED;
    if (!t->dated && claim->keep != NONE) return;
    if (in_time != t->in_time && t->whose != ANYBODYS) return; /* it had its turn */
    if (t->whose == MEANT ? !claim->named : t->whose == ANYBODYS && !claim->others) return;
    for (int grade = from; grade >= least && w->open > 0; grade--) {
        uint32_t bit = UINT32_C(1) << grade;
        if (t->whose == FREE && !(claim->grades & bit)) continue;
        for (uint32_t i = 0; i < claim->way_count && w->open > 0; i++) {
            const struct way *way = &claim->ways[i];
            if (t->whose != FREE)
                take_meant(c, w, way, t->whose == MEANT, grade, in_time);
            else if (c->grades[way->pile] & bit)
                take_free(c, w, way, grade, in_time);
        }
    }
}

struct ordered {
    int32_t due;
    int64_t priority;
    uint32_t row, want;
};

static int by_turn(const void *x, const void *y)
{
    const struct ordered *a = x, *b = y;
    if (a->due != b->due) return a->due < b->due ? -1 : 1;
    if (a->priority != b->priority) return a->priority < b->priority ? -1 : 1;
    if (a->row != b->row) return a->row < b->row ? -1 : 1;
    return (a->want > b->want) - (a->want < b->want);
}

/* Nothing is meant for a need, or nothing is without a day. */
static bool is_idle(const struct covering *c, const struct turn *t)
{
    return (t->whose != FREE && c->shelf_count == 0) || (!t->dated && c->out->undated == 0);
}

static void share_out(struct covering *c)
{
    struct ordered *order = NEW_ARRAY(c->arena, c->want_count + 1, struct ordered);
    for (uint32_t i = 0; i < c->want_count; i++) {
        const struct claim *claim = &c->claims[c->wants[i].claim];
        order[i] = (struct ordered){c->wants[i].due, claim->priority, claim->row, i};
    }
    if (c->want_count) qsort(order, c->want_count, sizeof *order, by_turn);
    for (uint32_t i = 0; i <= c->arrival_count; i++) c->next[i] = i;
    for (uint32_t i = 0; i < c->start_count; i++) c->starts[i] = (struct start){0, 0};
    uint32_t open = c->want_count;
    for (size_t t = 0; t < sizeof turns / sizeof *turns; t++) {
        if (is_idle(c, &turns[t])) continue;
        uint32_t still = 0;
        for (uint32_t i = 0; i < open; i++) {
            struct want *w = &c->wants[order[i].want];
            if (w->open > 0) serve(c, w, &turns[t]);
            if (w->open > 0) order[still++] = order[i];
        }
        open = still;
    }
    for (uint32_t i = 0; i < c->system_count; i++) {
        struct system *s = &c->systems[i];
        for (int32_t m = 1; m < s->months; m++) s->there[m] += s->there[m - 1];
    }
}

/* --- what it amounts to --- */

/* Back to before anything was given; what keeps systems going is wanted too. */
static void begin_again(struct covering *c)
{
    coverage_want_keeping(c);
    for (uint32_t i = 0; i < c->arrival_count; i++) c->arrivals[i].left = c->came[i];
    for (uint32_t i = 0; i < c->out->count; i++) {
        struct coverage_row *r = &c->out->rows[i];
        r->in_time = r->late = r->undated = 0;
        for (int s = 0; s <= STAGE_DELIVERED; s++) r->by_day[s] = r->after[s] = 0;
    }
    for (uint32_t i = 0; i < c->system_count; i++) {
        struct system *s = &c->systems[i];
        for (int32_t m = 0; m < s->months; m++) s->there[m] = 0;
    }
}

/* To see which systems come. */
static void share_out_for_systems(struct covering *c)
{
    uint32_t wanted = c->want_count;
    struct want *wants = NEW_ARRAY(c->arena, wanted + 1, struct want);
    c->came = NEW_ARRAY(c->arena, c->arrival_count + 1, int64_t);
    for (uint32_t i = 0; i < wanted; i++) wants[i] = c->wants[i];
    for (uint32_t i = 0; i < c->arrival_count; i++) c->came[i] = c->arrivals[i].left;
    share_out(c);
    for (uint32_t i = 0; i < wanted; i++) c->wants[i] = wants[i];
    begin_again(c);
}

static enum coverage_state state_of(const struct coverage_row *r)
{
    i128 there = r->by_day[STAGE_DELIVERED] + r->after[STAGE_DELIVERED];
    if (r->in_time + r->late + r->undated == 0 && r->asked > 0) return STATE_NOBODY;
    if (r->missing + r->undated > 0) return STATE_SHORT;
    if (r->system && r->complete < r->there) return STATE_INCOMPLETE;
    if (there == r->asked) return STATE_COVERED;
    return r->late ? STATE_LATE : STATE_ON_COURSE;
}

static int row_order(const void *x, const void *y)
{
    const struct coverage_row *a = x, *b = y;
    if (a->due != b->due) return a->due < b->due ? -1 : 1;
    return (a->need > b->need) - (a->need < b->need);
}

static int keep_order(const void *x, const void *y)
{
    const struct coverage_keep *a = x, *b = y;
    if (a->row != b->row) return a->row < b->row ? -1 : 1;
    return (a->item > b->item) - (a->item < b->item);
}

static void sort_rows(struct covering *c)
{
    struct coverage *out = c->out;
    uint32_t *need = NEW_ARRAY(c->arena, out->keep_count + 1, uint32_t);
    uint32_t *row_of = NEW_ARRAY(c->arena, book_noun_count(c->book) + 1, uint32_t);
    for (uint32_t i = 0; i < out->keep_count; i++) need[i] = out->rows[out->keeps[i].row].need;
    if (out->count) qsort(out->rows, out->count, sizeof *out->rows, row_order);
    for (uint32_t i = 0; i < out->count; i++) row_of[out->rows[i].need] = i;
    for (uint32_t i = 0; i < out->keep_count; i++) out->keeps[i].row = row_of[need[i]];
    if (out->keep_count) qsort(out->keeps, out->keep_count, sizeof *out->keeps, keep_order);
}

static void sum_up(struct covering *c)
{
    struct coverage *out = c->out;
    for (uint32_t i = 0; i < out->count; i++) {
        struct coverage_row *r = &out->rows[i];
        r->missing = r->asked - r->in_time - r->late - r->undated;
        i128 open = r->missing + r->undated;
        r->status = r->in_time == r->asked ? COVERAGE_IN_TIME
                    : open == 0            ? COVERAGE_LATE
                    : open < r->asked      ? COVERAGE_PART
                                           : COVERAGE_NONE;
        r->state = state_of(r);
        out->of[r->status]++;
        out->stands[r->state]++;
    }
    sort_rows(c);
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
    coverage_find_needs(&c);
    coverage_find_systems(&c);
    coverage_find_accepted(&c);
    coverage_find_arrivals(&c);
    if (c.system_count) share_out_for_systems(&c);
    share_out(&c);
    if (c.system_count) coverage_judge_systems(&c);
    sum_up(&c);
    return RC_OK;
}
