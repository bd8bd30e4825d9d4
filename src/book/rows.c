/*
 * rows.c - the entries as columns, and the rules that keep every stage at or
 * above zero.
 *
 * One row is one transfer from a stage to a stage, so what leaves one enters
 * another by construction and conservation needs no check of its own. What
 * must be checked is that no stage ever goes below zero, and not only today:
 * an entry that is effective in March may not take away what another one,
 * effective in February, has spent. So the lowest balance from its day on
 * must cover it (pots.c).
 */
#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "book/inside.h"

void rows_room(struct book *b, uint32_t room)
{
    struct rows *r = &b->rows;
#define WIDER(column) r->column = wider(b->arena, r->column, r->count, room, sizeof *r->column)
    WIDER(recorded_ms);
    WIDER(qty);
    WIDER(line);
    WIDER(id);
    WIDER(passage);
    WIDER(corrects);
    WIDER(prev);
    WIDER(day);
    WIDER(stages);
    WIDER(flags);
    WIDER(amount);
    WIDER(key);
#undef WIDER
    r->room = room;
}

void rows_show(struct book *b)
{
    const struct rows *r = &b->rows;
    b->columns =
        (struct columns){r->count, r->recorded_ms, r->qty,     r->line,     r->day, r->stages,
                         r->flags, r->id,          r->passage, r->corrects, r->prev};
}

i128 book_holds(const struct book *b, uint32_t line, enum stage stage, int32_t day)
{
    return pots_lowest(b, line, stage, day);
}

static bool is_end(enum stage s)
{
    return s >= STAGE_WITHDRAWN;
}

/* Which way an entry may go on its own: forward, or out of the way to an end. */
static enum rc check_way(enum stage from, enum stage to, struct err *err)
{
    if (from == to) return fail(err, RC_RULE, "an entry from %s to itself", stage_name(from));
    if (to == STAGE_WORLD) {
        return fail(err, RC_RULE, "what is in the book leaves it only by taking an entry back");
    }
    if (is_end(from)) {
        return fail(err, RC_RULE, "what was %s moves no more; take that entry back instead",
                    stage_name(from));
    }
    if (!is_end(to) && to < from) {
        return fail(err, RC_RULE, "from %s back to %s: take the entry back instead",
                    stage_name(from), stage_name(to));
    }
    if (is_end(to) && from == STAGE_WORLD) {
        return fail(err, RC_RULE, "what never was in the book cannot be %s", stage_name(to));
    }
    return RC_OK;
}

/* Its value date; that of the row it takes back. DAY_MIN: none but its own day. */
static int32_t value_day(const struct book *b, const struct record *r, uint32_t corrects)
{
    int32_t own = (int32_t)record_int(r, F_DAY, 0);
    int32_t day = (int32_t)record_int(r, F_VALUED, own);
    if (corrects != NONE) day = book_rate_day(b, corrects, &(struct clocks){.effective = DAY_MAX});
    return day == own ? DAY_MIN : day;
}

static void add_valued(struct book *b, uint32_t row, int32_t day)
{
    b->valued =
        list_more(b->arena, b->valued, b->valued_count, 1, &b->valued_room, sizeof *b->valued);
    b->valued[b->valued_count++] = (struct valued){row, day};
    b->rows.flags[row] |= ROW_VALUED;
}

int32_t book_rate_day(const struct book *b, uint32_t row, const struct clocks *at)
{
    uint32_t low = 0, high = b->valued_count;
    if (!(b->rows.flags[row] & ROW_VALUED)) return b->rows.day[row];
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (b->valued[mid].row < row)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == b->valued_count || b->valued[low].row != row) return b->rows.day[row];
    int32_t day = b->valued[low].day;
    return day < at->effective ? day : at->effective;
}

/* A reversal is the mirror of a live entry of the same line. */
static enum rc check_reversal(const struct book *b, const struct record *r, uint32_t row,
                              uint32_t line, struct err *err)
{
    const struct rows *rows = &b->rows;
    uint64_t other = record_ref(r, F_REVERSES);
    if (rows->flags[row] & ROW_REVERSED) {
        return fail(err, RC_RULE, "entry %" PRIu64 " was taken back already", other);
    }
    if (rows->flags[row] & ROW_REVERSAL) {
        return fail(err, RC_RULE, "entry %" PRIu64 " takes another back; post anew instead", other);
    }
    if (rows->line[row] != line || rows->qty[row] != record_int(r, F_QTY, 0) ||
        rows->day[row] != record_int(r, F_DAY, 0) ||
        rows->stages[row] >> 4 != record_int(r, F_TO, 0) ||
        (rows->stages[row] & 15) != record_int(r, F_FROM, 0)) {
        return fail(err, RC_RULE, "a reversal mirrors entry %" PRIu64 " exactly", other);
    }
    if (!record_text(r, F_WHY)) {
        return fail(err, RC_RULE, "taking entry %" PRIu64 " back needs a reason", other);
    }
    return RC_OK;
}

static enum rc check_balance(const struct book *b, const struct record *r, uint32_t line,
                             uint8_t flags, struct err *err)
{
    enum stage from = (enum stage)record_int(r, F_FROM, 0);
    int64_t qty = record_int(r, F_QTY, 0);
    int32_t day = (int32_t)record_int(r, F_DAY, 0);
    if (from == STAGE_WORLD) {
        /* so that no sum over the line can overflow */
        if (qty > INT64_MAX / 4 - b->pots[line].entered) {
            return fail(err, RC_RULE, "more than a line can hold");
        }
        return RC_OK;
    }
    int64_t held = pots_lowest(b, line, from, day);
    const char *how = "";
    if (held >= qty && from == STAGE_DELIVERED && flags & ROW_CONFIRMED) {
        /* Who asks for confirmed deliveries only must not see less than none. */
        held = pots_lowest(b, line, POT_CONFIRMED, day);
        how = " confirmed";
    }
    if (held >= qty) return RC_OK;
    char date[DAY_TEXT];
    struct arena a = {0};
    enum rc rc = fail(err, RC_RULE, "%" PRId64 " of '%.80s' cannot leave %s on %s: it holds %s%s",
                      qty, book_key(b, b->lines[line].noun), stage_name(from),
                      day_format(day, date), parts_format(&a, held, 0, 0, 0), how);
    arena_free(&a);
    return rc;
}

/*
 * Whether it changes what is counted of the line's promise. Its first day only
 * what comes from the world does: nothing moves on before it is there.
 */
static bool counts_for_promise(enum stage from, enum stage to)
{
    return from == STAGE_WORLD || to == STAGE_WORLD || from == STAGE_DELIVERED ||
           to == STAGE_DELIVERED || stage_is_open(from) != stage_is_open(to);
}

enum rc rows_post(struct book *b, const struct record *r, struct err *err)
{
    struct rows *rows = &b->rows;
    enum stage from = (enum stage)record_int(r, F_FROM, 0);
    enum stage to = (enum stage)record_int(r, F_TO, 0);
    uint32_t at = book_line(b, record_ref(r, F_LINE));
    uint32_t corrects = NONE;
    assert(at != NONE); /* references were checked */
    struct line *line = &b->lines[at];
    uint8_t flags = record_int(r, F_CONFIRMED, 0) ? ROW_CONFIRMED : 0;
    if (record_int(r, F_PRECISION, PRECISION_DAY) == PRECISION_MONTH) flags |= ROW_MONTH;

    if (record_int(r, F_QTY, 0) <= 0) return fail(err, RC_RULE, "an entry of no quantity");
    enum rc rc;
    if (record_ref(r, F_REVERSES)) {
        corrects = book_row(b, record_ref(r, F_REVERSES));
        assert(corrects != NONE);
        rc = check_reversal(b, r, corrects, at, err);
        /* What was confirmed is taken back from what was confirmed. */
        flags = (uint8_t)(ROW_REVERSAL | (rows->flags[corrects] & (ROW_CONFIRMED | ROW_MONTH)));
    } else {
        rc = check_way(from, to, err);
    }
    if (!rc) rc = check_balance(b, r, at, flags, err);
    if (rc) return rc;

    bool promise = counts_for_promise(from, to);
    if (promise) promise_off(b, at);
    int32_t valued = value_day(b, r, corrects);
    if (rows->count == rows->room) rows_room(b, rows->room ? rows->room * 2 : 256);
    uint32_t row = rows->count++;
    rows->recorded_ms[row] = r->recorded_ms;
    rows->qty[row] = record_int(r, F_QTY, 0);
    rows->line[row] = at;
    rows->id[row] = (uint32_t)r->id;
    rows->passage[row] = (uint32_t)record_ref(r, F_PASSAGE);
    rows->corrects[row] = corrects;
    rows->prev[row] = line->last_row;
    rows->day[row] = (int32_t)record_int(r, F_DAY, 0);
    rows->stages[row] = (uint8_t)(from << 4 | to);
    rows->flags[row] = flags;
    if (valued != DAY_MIN) add_valued(b, row, valued);
    if (corrects != NONE) rows->flags[corrects] |= ROW_REVERSED;
    line->last_row = row;
    pots_add(b, at, row);
    slot_set(b, r->id, KIND_ENTRY, row);

    rows_show(b);
    held_add(&b->held[at], &b->columns, row);
    struct gist *gist = gist_of(b);
    if (rows->day[row] > gist->last_day) gist->last_day = rows->day[row];
    if (promise) promise_on(b, at);
    cube_row(b, row);
    return RC_OK;
}

uint32_t book_rows_known(const struct book *b, int64_t known)
{
    uint32_t low = 0, high = b->rows.count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (b->rows.recorded_ms[mid] <= known)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

void held_new(struct held *h)
{
    *h = (struct held){.first = INT32_MAX, .last = INT32_MIN};
}

void held_add(struct held *h, const struct columns *c, uint32_t row)
{
    enum stage from = row_from(c, row), to = row_to(c, row);
    int64_t qty = c->qty[row];
    bool back = c->flags[row] & ROW_REVERSAL;
    h->at[to] += qty;
    h->at[from] -= qty;
    h->came[back ? from : to] += back ? -qty : qty;
    h->at[STAGE_WORLD] = h->came[STAGE_WORLD] = 0;
    if (to != STAGE_DELIVERED || back) return;
    if (c->day[row] < h->first) h->first = c->day[row];
    if (c->day[row] > h->last) h->last = c->day[row];
}

bool sees_all(const struct book *b, const struct clocks *at)
{
    return !at->confirmed && b->gist_count && at->effective >= b->gist->last_day &&
           book_rows_known(b, at->known) == b->rows.count;
}

/* A row that was added is taken off again; on which days deliveries were stays as wide as it is. */
static void held_off(struct held *h, const struct columns *c, uint32_t row)
{
    enum stage from = row_from(c, row), to = row_to(c, row);
    int64_t qty = c->qty[row];
    bool back = c->flags[row] & ROW_REVERSAL;
    h->at[to] -= qty;
    h->at[from] += qty;
    h->came[back ? from : to] -= back ? -qty : qty;
    h->at[STAGE_WORLD] = h->came[STAGE_WORLD] = 0;
}

/*
 * Whether fewer rows are not seen than are, so that it is less to take those
 * off all that there is than to add up the others.
 */
static bool sees_most(const struct book *b, const struct clocks *at, uint32_t known)
{
    uint32_t seen = known;
    if (at->confirmed || known < b->rows.count / 2) return false;
    if (b->gist_count && at->effective >= b->gist->last_day) return true;
    for (uint32_t row = 0; row < known; row++) seen -= b->rows.day[row] > at->effective;
    return seen >= b->rows.count / 2;
}

const struct held *book_held(struct arena *a, const struct book *b, const struct clocks *at)
{
    const struct columns *c = &b->columns;
    uint32_t known = book_rows_known(b, at->known);
    if (sees_all(b, at)) return b->held;
    struct held *held = NEW_ARRAY(a, b->line_count + 1, struct held);
    if (sees_most(b, at, known)) {
        if (b->line_count) memcpy(held, b->held, b->line_count * sizeof *held);
        for (uint32_t row = 0; row < b->rows.count; row++) {
            if (row < known && c->day[row] <= at->effective) continue;
            held_off(&held[c->line[row]], c, row);
        }
        return held;
    }
    for (uint32_t i = 0; i < b->line_count; i++) held_new(&held[i]);
    for (uint32_t row = 0; row < known; row++) {
        if (row_seen(c, row, at)) held_add(&held[c->line[row]], c, row);
    }
    return held;
}

void sums_add(struct sums *s, const struct held *h)
{
    for (int i = STAGE_WORLD; i < STAGE_COUNT; i++) {
        s->at[i] += h->at[i];
        s->entered[i] += h->came[i];
    }
}

/* Add a row, or take it off. */
static void sums_row(struct sums *s, const struct columns *c, uint32_t row, int sign)
{
    enum stage from = row_from(c, row), to = row_to(c, row);
    i128 qty = sign * (i128)c->qty[row];
    bool back = c->flags[row] & ROW_REVERSAL;
    s->at[to] += qty;
    s->at[from] -= qty;
    s->entered[back ? from : to] += back ? -qty : qty;
}

void book_sum(const struct book *b, const struct clocks *at, const uint32_t *key_of_line,
              uint32_t keys, struct sums *out)
{
    const struct columns *c = &b->columns;
    uint32_t known = book_rows_known(b, at->known);
    bool all = sees_all(b, at), most = all || sees_most(b, at, known);
    memset(out, 0, keys * sizeof *out);
    for (uint32_t i = 0; i < b->line_count && most; i++) {
        if (key_of_line[i] != NONE) sums_add(&out[key_of_line[i]], &b->held[i]);
    }
    for (uint32_t row = 0; row < b->rows.count && !all; row++) {
        bool seen = row < known && row_seen(c, row, at);
        uint32_t key = seen == most ? NONE : key_of_line[c->line[row]];
        if (key != NONE) sums_row(&out[key], c, row, most ? -1 : 1);
    }
    for (uint32_t key = 0; key < keys; key++) {
        out[key].at[STAGE_WORLD] = out[key].entered[STAGE_WORLD] = 0;
    }
}

i128 sums_reached(const struct sums *s, enum stage stage)
{
    i128 sum = 0;
    for (unsigned i = stage; i <= STAGE_DELIVERED; i++) sum += s->at[i];
    return sum;
}
