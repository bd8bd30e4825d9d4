/*
 * punctual.c - see punctual.h.
 *
 * One pass over the entries adds up each asked line by noun, since a
 * correction stands on another version of the line than what it corrects. The
 * day on which a late promise was complete needs its deliveries in order, and
 * is worked out only for lines that were.
 */
#include "measure/punctual.h"

#include <stdlib.h>
#include <string.h>

#include "measure/worth.h"

const char *punctual_name(enum punctual_status s)
{
    static const char *const names[PUNCTUAL_COUNT] = {"late", "delivered late", "due", "on time",
                                                      "not told"};
    return s < PUNCTUAL_COUNT ? names[s] : NULL;
}

/* One line, over all its versions. */
struct tally {
    uint32_t line;
    int32_t until;
    bool dated;
    i128 owed;             /* announced or beyond, and lost on the way */
    i128 gone;             /* withdrawn and lapsed, or no promise yet */
    uint32_t last_version; /* line index; follow work.version_before */
    i128 in_time, late;
};

struct delivery {
    int32_t day;
    i128 qty;
};

struct work {
    struct arena *arena;
    const struct book *book;
    const struct punctual_question *q;
    uint32_t donor, receiver, item, group;
    uint32_t *slot_of_line;   /* by line index; NONE: not asked about */
    uint32_t *version_before; /* by line index, within the slot; NONE */
    struct tally *tallies;
    uint32_t count;
};

static enum rc asked_noun(const struct book *b, enum kind kind, const char *key, uint32_t *out,
                          struct err *err)
{
    *out = key ? book_noun(b, kind, key) : NONE;
    if (!key || *out != NONE) return RC_OK;
    return fail(err, RC_ABSENT, "no %s '%.80s' in this book", kind_name(kind), key);
}

static bool is_asked(const struct work *w, const struct line *lines, uint32_t line)
{
    const struct punctual_question *q = w->q;
    const struct line *l = &lines[line];
    if (l->flags & LINE_TAKEN_BACK || !line_current(lines, line, q->at.known)) return false;
    if (q->series && !series_within(line_text(w->book, l, F_SERIES), q->series)) return false;
    if (q->donor && l->giver != w->donor) return false;
    if (q->receiver && l->receiver != w->receiver) return false;
    if (q->item && !book_item_within(w->book, l->item, w->item, q->at.known)) return false;
    int32_t day = l->flags & LINE_DATED ? l->until : q->at.effective;
    return !q->group ||
           (l->giver != NONE && book_member(w->book, l->giver, w->group, day, q->at.known));
}

/* A slot for every line that is asked about; all versions of a line share it. */
static void find_lines(struct work *w)
{
    uint32_t count;
    const struct line *lines = book_lines(w->book, &count);
    w->slot_of_line = NEW_ARRAY(w->arena, count + 1, uint32_t);
    w->version_before = NEW_ARRAY(w->arena, count + 1, uint32_t);
    w->tallies = NEW_ARRAY(w->arena, count + 1, struct tally);
    for (uint32_t i = 0; i < count; i++) {
        w->slot_of_line[i] = NONE;
        if (!is_asked(w, lines, i)) continue;
        w->slot_of_line[i] = w->count;
        w->tallies[w->count++] = (struct tally){.line = i,
                                                .dated = lines[i].flags & LINE_DATED,
                                                .until = lines[i].until,
                                                .last_version = NONE};
    }
    for (uint32_t i = count; i-- > 0;) {
        uint32_t *slot = &w->slot_of_line[i];
        if (*slot == NONE && lines[i].after != NONE) *slot = w->slot_of_line[lines[i].after];
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t slot = w->slot_of_line[i];
        if (slot == NONE) continue;
        w->version_before[i] = w->tallies[slot].last_version;
        w->tallies[slot].last_version = i;
    }
}

static int owed(enum stage s)
{
    return (s >= STAGE_ANNOUNCED && s <= STAGE_DELIVERED) || s == STAGE_LOST;
}

static int gone(enum stage s)
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

static void add_rows(struct work *w)
{
    const struct columns *c = book_columns(w->book);
    uint32_t rows = book_rows_known(w->book, w->q->at.known);
    for (uint32_t row = 0; row < rows; row++) {
        uint32_t slot = w->slot_of_line[c->line[row]];
        if (slot == NONE || !row_seen(c, row, &w->q->at)) continue;
        struct tally *t = &w->tallies[slot];
        enum stage from = row_from(c, row), to = row_to(c, row);
        t->owed += (i128)(owed(to) - owed(from)) * c->qty[row];
        t->gone += (i128)(gone(to) - gone(from)) * c->qty[row];
        *(c->day[row] <= t->until ? &t->in_time : &t->late) += delivered(c, row);
    }
}

static int by_day(const void *x, const void *y)
{
    const struct delivery *a = x, *b = y;
    return (a->day > b->day) - (a->day < b->day);
}

/* The first day from which on all that was promised is there. */
static int32_t completed(struct work *w, const struct tally *t, i128 promised)
{
    const struct columns *c = book_columns(w->book);
    uint32_t lines, count = 0;
    const struct line *line = book_lines(w->book, &lines);
    uint32_t rows = 0;
    for (uint32_t i = t->last_version; i != NONE; i = w->version_before[i]) {
        for (uint32_t row = line[i].last_row; row != NONE; row = c->prev[row]) rows++;
    }
    struct delivery *list = NEW_ARRAY(w->arena, rows + 1, struct delivery);
    for (uint32_t i = t->last_version; i != NONE; i = w->version_before[i]) {
        for (uint32_t row = line[i].last_row; row != NONE; row = c->prev[row]) {
            if (c->recorded_ms[row] > w->q->at.known || !row_seen(c, row, &w->q->at)) continue;
            i128 qty = delivered(c, row);
            if (qty) list[count++] = (struct delivery){c->day[row], qty};
        }
    }
    if (count) qsort(list, count, sizeof *list, by_day);
    i128 there = 0;
    int32_t day = t->until;
    bool complete = false;
    for (uint32_t i = 0; i < count; i++) {
        there += list[i].qty;
        if (i + 1 < count && list[i + 1].day == list[i].day) continue;
        if (there >= promised && !complete) day = list[i].day;
        complete = there >= promised;
    }
    return day;
}

static struct punctual_row judge(struct work *w, uint32_t slot, i128 promised)
{
    const struct tally *t = &w->tallies[slot];
    int32_t today = w->q->at.effective;
    struct punctual_row r = {.line = t->line,
                             .until = t->until,
                             .promised = promised,
                             .in_time = t->in_time,
                             .late = t->late,
                             .days = today - t->until};
    i128 missing = promised - t->in_time - t->late;
    r.missing = missing > 0 ? missing : 0;
    if (r.missing) {
        r.status = r.days > 0 ? PUNCTUAL_LATE : PUNCTUAL_DUE;
        return r;
    }
    bool on_time = t->in_time >= promised;
    r.status = on_time ? PUNCTUAL_ON_TIME : PUNCTUAL_DELIVERED_LATE;
    r.days = on_time ? 0 : completed(w, t, promised) - t->until;
    return r;
}

/* What rows are sorted by: they themselves are too large to be moved again and again. */
struct sorted {
    enum punctual_status status;
    int32_t days, until;
    uint32_t row;
    const char *key;
};

static int by_lateness(const void *x, const void *y)
{
    const struct sorted *a = x, *b = y;
    if (a->status != b->status) return a->status < b->status ? -1 : 1;
    if (a->days != b->days) return a->days > b->days ? -1 : 1;
    if (a->until != b->until) return a->until < b->until ? -1 : 1;
    return strcmp(a->key, b->key);
}

static void sort_rows(struct work *w, struct punctual *out)
{
    uint32_t count;
    const struct line *lines = book_lines(w->book, &count);
    struct sorted *list = NEW_ARRAY(w->arena, out->count + 1, struct sorted);
    struct punctual_row *rows = NEW_ARRAY(w->arena, out->count + 1, struct punctual_row);
    for (uint32_t i = 0; i < out->count; i++) {
        const struct punctual_row *r = &out->rows[i];
        list[i] = (struct sorted){r->status, r->days, r->until, i,
                                  book_key(w->book, lines[r->line].noun)};
    }
    if (out->count) qsort(list, out->count, sizeof *list, by_lateness);
    for (uint32_t i = 0; i < out->count; i++) rows[i] = out->rows[list[i].row];
    out->rows = rows;
}

enum rc measure_punctual(struct arena *a, const struct book *b, const struct punctual_question *q,
                         struct punctual *out, struct err *err)
{
    struct work w = {.arena = a, .book = b, .q = q};
    *out = (struct punctual){0};
    enum rc rc = asked_noun(b, KIND_PARTY, q->donor, &w.donor, err);
    if (!rc) rc = asked_noun(b, KIND_PARTY, q->receiver, &w.receiver, err);
    if (!rc) rc = asked_noun(b, KIND_PARTY, q->group, &w.group, err);
    if (!rc) rc = asked_noun(b, KIND_ITEM, q->item, &w.item, err);
    if (rc) return rc;
    find_lines(&w);
    add_rows(&w);

    uint32_t count;
    const struct line *lines = book_lines(b, &count);
    out->rows = NEW_ARRAY(a, w.count + 1, struct punctual_row);
    out->dateless = NEW_ARRAY(a, w.count + 1, uint32_t);
    for (uint32_t slot = 0; slot < w.count; slot++) {
        const struct tally *t = &w.tallies[slot];
        int64_t low = lines[t->line].low;
        i128 promised = low ? (i128)low - t->gone : 0;
        if (promised < t->owed) promised = t->owed;
        if (promised > 0 && !t->dated) {
            out->dateless[out->dateless_count++] = t->line;
        } else if (promised > 0) {
            out->rows[out->count++] = judge(&w, slot, promised);
        } else if (t->gone > 0) {
            out->taken_back += t->dated;
        } else if (t->dated) {
            out->rows[out->count++] = (struct punctual_row){
                .line = t->line, .until = t->until, .status = PUNCTUAL_NOT_TOLD};
        } else {
            out->silent++;
        }
    }
    for (uint32_t i = 0; i < out->count; i++) out->of[out->rows[i].status]++;
    sort_rows(&w, out);
    return RC_OK;
}
