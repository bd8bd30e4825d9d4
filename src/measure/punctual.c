/*
 * punctual.c - see punctual.h.
 *
 * What a line holds is added up over all its versions, since a correction
 * stands on another version than what it corrects. Only where some deliveries
 * may have come in time and some not are the entries themselves looked at;
 * and only rows that somebody looks at are written out and put in order.
 */
#include "measure/punctual.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/order.h"
#include "measure/worth.h"

const char *punctual_name(enum punctual_status s)
{
    static const char *const names[PUNCTUAL_COUNT] = {"late", "delivered late", "due", "on time",
                                                      "not told"};
    return s < PUNCTUAL_COUNT ? names[s] : NULL;
}

/* One line, over all its versions. */
struct tally {
    i128 owed; /* announced or beyond, and lost on the way */
    i128 gone; /* withdrawn and lapsed, or no promise yet */
    i128 in_time, late;
};

struct delivery {
    int32_t day;
    i128 qty;
};

struct punctual_work {
    struct arena *arena;
    const struct book *book;
    const struct line *lines;
    uint32_t line_count;
    struct punctual_question q;
    uint32_t donor, receiver, item, group;
    const struct held *held;
    uint32_t *before; /* by line: the version before it, NONE; NULL: no line has two */
    struct order order;
};

static enum rc asked_noun(const struct book *b, enum kind kind, const char *key, uint32_t *out,
                          struct err *err)
{
    *out = key ? book_noun(b, kind, key) : NONE;
    if (!key || *out != NONE) return RC_OK;
    return fail(err, RC_ABSENT, "no %s '%.80s' in this book", kind_name(kind), key);
}

static bool is_asked(const struct punctual_work *w, uint32_t line)
{
    const struct punctual_question *q = &w->q;
    const struct line *l = &w->lines[line];
    if (l->flags & LINE_TAKEN_BACK || !line_current(w->lines, line, q->at.known)) return false;
    if (q->series && !series_within(book_word_text(w->book, l->series), q->series)) return false;
    if (q->donor && l->giver != w->donor) return false;
    if (q->receiver && l->receiver != w->receiver) return false;
    if (q->item && !book_item_within(w->book, l->item, w->item, q->at.known)) return false;
    int32_t day = l->flags & LINE_DATED ? l->until : q->at.effective;
    return !q->group ||
           (l->giver != NONE && book_member(w->book, l->giver, w->group, day, q->at.known));
}

static void find_versions(struct punctual_work *w)
{
    for (uint32_t i = 0; i < w->line_count; i++) {
        if (w->lines[i].after == NONE) continue;
        if (!w->before) {
            w->before = NEW_ARRAY(w->arena, w->line_count, uint32_t);
            for (uint32_t k = 0; k < w->line_count; k++) w->before[k] = NONE;
        }
        w->before[w->lines[i].after] = i;
    }
}

static uint32_t version_before(const struct punctual_work *w, uint32_t line)
{
    return w->before ? w->before[line] : NONE;
}

static bool is_gone(int s)
{
    return s == STAGE_CONSIDERED || s == STAGE_WITHDRAWN || s == STAGE_LAPSED;
}

/* What the row delivers: below 0 when it takes a delivery back, 0 when it is none. */
static i128 delivered(const struct columns *c, uint32_t row)
{
    if (row_to(c, row) == STAGE_DELIVERED && !(c->flags[row] & ROW_REVERSAL)) return c->qty[row];
    if (row_from(c, row) == STAGE_DELIVERED && c->flags[row] & ROW_REVERSAL)
        return -(i128)c->qty[row];
    return 0;
}

static bool is_seen(const struct punctual_work *w, uint32_t row)
{
    const struct columns *c = book_columns(w->book);
    return c->recorded_ms[row] <= w->q.at.known && row_seen(c, row, &w->q.at);
}

/* What of a version came until its day, and after it. */
static void add_deliveries(const struct punctual_work *w, uint32_t line, int32_t until,
                           struct tally *t)
{
    const struct columns *c = book_columns(w->book);
    const struct held *h = &w->held[line];
    if (h->first > h->last) return;
    if (h->last <= until || h->first > until) {
        *(h->last <= until ? &t->in_time : &t->late) += h->came[STAGE_DELIVERED];
        return;
    }
    for (uint32_t row = w->lines[line].last_row; row != NONE; row = c->prev[row]) {
        if (!is_seen(w, row)) continue;
        *(c->day[row] <= until ? &t->in_time : &t->late) += delivered(c, row);
    }
}

static struct tally tally_of(const struct punctual_work *w, uint32_t line)
{
    struct tally t = {0};
    for (uint32_t i = line; i != NONE; i = version_before(w, i)) {
        const struct held *h = &w->held[i];
        for (int s = STAGE_CONSIDERED; s < STAGE_COUNT; s++) {
            *(is_gone(s) ? &t.gone : &t.owed) += h->at[s];
        }
        add_deliveries(w, i, w->lines[line].until, &t);
    }
    return t;
}

static i128 promised_of(const struct punctual_work *w, uint32_t line, const struct tally *t)
{
    const struct line *l = &w->lines[line];
    i128 promised = l->flags & LINE_TOLD ? (i128)l->low - t->gone : 0;
    return promised < t->owed ? t->owed : promised;
}

static int by_day(const void *x, const void *y)
{
    const struct delivery *a = x, *b = y;
    return (a->day > b->day) - (a->day < b->day);
}

/* The first day from which on all that was promised is there. */
static int32_t completed(const struct punctual_work *w, uint32_t line, i128 promised)
{
    const struct columns *c = book_columns(w->book);
    uint32_t rows = 0, count = 0;
    for (uint32_t i = line; i != NONE; i = version_before(w, i)) {
        for (uint32_t row = w->lines[i].last_row; row != NONE; row = c->prev[row]) rows++;
    }
    struct arena scratch = {0};
    struct delivery *list = NEW_ARRAY(&scratch, rows + 1, struct delivery);
    for (uint32_t i = line; i != NONE; i = version_before(w, i)) {
        for (uint32_t row = w->lines[i].last_row; row != NONE; row = c->prev[row]) {
            i128 qty = is_seen(w, row) ? delivered(c, row) : 0;
            if (qty) list[count++] = (struct delivery){c->day[row], qty};
        }
    }
    if (count) qsort(list, count, sizeof *list, by_day);
    i128 there = 0;
    int32_t day = w->lines[line].until;
    bool complete = false;
    for (uint32_t i = 0; i < count; i++) {
        there += list[i].qty;
        if (i + 1 < count && list[i + 1].day == list[i].day) continue;
        if (there >= promised && !complete) day = list[i].day;
        complete = there >= promised;
    }
    arena_free(&scratch);
    return day;
}

/* Of a dated line of which something is promised. */
static struct punctual_row judge(const struct punctual_work *w, uint32_t line,
                                 const struct tally *t, i128 promised)
{
    int32_t today = w->q.at.effective, until = w->lines[line].until;
    struct punctual_row r = {.line = line,
                             .until = until,
                             .promised = promised,
                             .in_time = t->in_time,
                             .late = t->late,
                             .days = today - until};
    i128 missing = promised - t->in_time - t->late;
    r.missing = missing > 0 ? missing : 0;
    if (r.missing) {
        r.status = r.days > 0 ? PUNCTUAL_LATE : PUNCTUAL_DUE;
        return r;
    }
    bool on_time = t->in_time >= promised;
    r.status = on_time ? PUNCTUAL_ON_TIME : PUNCTUAL_DELIVERED_LATE;
    r.days = on_time ? 0 : completed(w, line, promised) - until;
    return r;
}

static void found(struct punctual *out, uint32_t line, int32_t until, int32_t days,
                  enum punctual_status status)
{
    out->found[out->count++] = (struct punctual_found){line, until, days, status};
    out->of[status]++;
}

static void look_at(struct punctual_work *w, uint32_t line, struct punctual *out)
{
    const struct line *l = &w->lines[line];
    struct tally t = tally_of(w, line);
    i128 promised = promised_of(w, line, &t);
    bool dated = l->flags & LINE_DATED;
    if (promised > 0 && !dated) {
        out->dateless[out->dateless_count++] = line;
    } else if (promised > 0) {
        struct punctual_row r = judge(w, line, &t, promised);
        found(out, line, r.until, r.days, r.status);
    } else if (t.gone > 0) {
        out->taken_back += dated;
    } else if (dated) {
        found(out, line, l->until, 0, PUNCTUAL_NOT_TOLD);
    } else {
        out->silent++;
    }
}

/* --- their order --- */

/* Days differ by less than 2^18. */
enum { DAYS_BITS = 20, DAYS_MOST = 1 << (DAYS_BITS - 1) };
static_assert(DAY_MAX - DAY_MIN < DAYS_MOST, "days and their differences fit");

static uint64_t head_of(const struct punctual_found *f)
{
    uint64_t status = (uint64_t)f->status, late = (uint64_t)(DAYS_MOST - f->days);
    return (status << DAYS_BITS | late) << DAYS_BITS | (uint64_t)(f->until - DAY_MIN);
}

static int by_line_key(const void *ctx, uint32_t a, uint32_t b)
{
    const struct punctual *p = ctx;
    const struct punctual_work *w = p->work;
    return strcmp(book_key(w->book, w->lines[p->found[a].line].noun),
                  book_key(w->book, w->lines[p->found[b].line].noun));
}

static void order_rows(struct punctual *p)
{
    struct punctual_work *w = p->work;
    uint64_t *heads = NEW_ARRAY(w->arena, p->count + 1, uint64_t);
    struct punctual *kept = NEW(w->arena, struct punctual);
    *kept = *p; /* what comparing reads, wherever p itself goes */
    w->order = (struct order){.list = NEW_ARRAY(w->arena, p->count + 1, uint32_t),
                              .count = p->count,
                              .compare = by_line_key,
                              .ctx = kept,
                              .heads = heads};
    for (uint32_t i = 0; i < p->count; i++) {
        heads[i] = head_of(&p->found[i]);
        w->order.list[i] = i;
    }
}

struct punctual_row punctual_row(const struct punctual *p, uint32_t place)
{
    const struct punctual_found *f = &p->found[order_at(&p->work->order, place)];
    if (f->status == PUNCTUAL_NOT_TOLD) {
        return (struct punctual_row){.line = f->line, .until = f->until, .status = f->status};
    }
    struct tally t = tally_of(p->work, f->line);
    return judge(p->work, f->line, &t, promised_of(p->work, f->line, &t));
}

enum rc measure_punctual(struct arena *a, const struct book *b, const struct punctual_question *q,
                         struct punctual *out, struct err *err)
{
    struct punctual_work *w = NEW(a, struct punctual_work);
    *w = (struct punctual_work){.arena = a, .book = b, .q = *q};
    *out = (struct punctual){.work = w};
    enum rc rc = asked_noun(b, KIND_PARTY, q->donor, &w->donor, err);
    if (!rc) rc = asked_noun(b, KIND_PARTY, q->receiver, &w->receiver, err);
    if (!rc) rc = asked_noun(b, KIND_PARTY, q->group, &w->group, err);
    if (!rc) rc = asked_noun(b, KIND_ITEM, q->item, &w->item, err);
    if (rc) return rc;
    w->lines = book_lines(b, &w->line_count);
    w->held = book_held(a, b, &q->at);
    find_versions(w);
    out->found = NEW_ARRAY(a, w->line_count + 1, struct punctual_found);
    out->dateless = NEW_ARRAY(a, w->line_count + 1, uint32_t);
    for (uint32_t i = 0; i < w->line_count; i++) {
        if (is_asked(w, i)) look_at(w, i, out);
    }
    order_rows(out);
    return RC_OK;
}
