/* diff.c - see diff.h. */
#include "report/diff.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/order.h"
#include "base/text.h"
#include "measure/money.h"

enum { MOVERS = 5 };

/* --- the rows, whatever is compared --- */

struct change {
    const char *cause, *key, *party, *measure, *unit;
    bool has_from, has_to;
    i128 from, to;
    int places;
};

struct changes {
    struct arena *arena;
    struct change *list;
    uint32_t count, room;
    struct order order;
};

static void change_add(struct changes *c, const struct change *one)
{
    c->list = arena_more(c->arena, c->list, c->count, &c->room, sizeof *c->list);
    c->list[c->count++] = *one;
}

static i128 size_of(const struct change *c)
{
    i128 d = c->to - c->from;
    return d < 0 ? -d : d;
}

/* The largest first, then by key. */
static int by_key(const void *ctx, uint32_t a, uint32_t b)
{
    const struct changes *c = ctx;
    i128 x = size_of(&c->list[a]), y = size_of(&c->list[b]);
    if (x != y) return x < y ? 1 : -1;
    return strcmp(c->list[a].key, c->list[b].key);
}

static struct cell figure(bool has, i128 n, int places, const char *unit)
{
    if (!has) return cell_null();
    return unit && strlen(unit) == 3 ? cell_amount(n, places) : cell_quantity(n, places);
}

static void make_change(void *ctx, uint32_t row, struct cell *cells, struct arena *a)
{
    struct changes *c = ctx;
    const struct change *one = &c->list[order_at(&c->order, row)];
    const struct cell made[] = {cell_text(one->cause),
                                cell_text(one->key),
                                cell_text(one->party),
                                cell_text(one->measure),
                                cell_text(one->unit),
                                figure(one->has_from, one->from, one->places, one->unit),
                                figure(one->has_to, one->to, one->places, one->unit),
                                figure(true, one->to - one->from, one->places, one->unit)};
    (void)a;
    memcpy(cells, made, sizeof made);
}

static void add_changes(struct answer *w, const struct changes *all)
{
    struct changes *c = NEW(w->arena, struct changes);
    uint64_t *heads = NEW_ARRAY(w->arena, all->count + 1, uint64_t);
    *c = *all;
    c->order = (struct order){.list = NEW_ARRAY(w->arena, all->count + 1, uint32_t),
                              .count = all->count,
                              .compare = by_key,
                              .ctx = c,
                              .heads = heads};
    for (uint32_t i = 0; i < c->count; i++) {
        i128 size = size_of(&c->list[i]);
        heads[i] = size < UINT64_MAX ? UINT64_MAX - (uint64_t)size : 0;
        c->order.list[i] = i;
    }
    struct rows *rows = answer_rows(w, "changes");
    rows->title = "Changes, the largest first";
    rows->empty = "nothing changed";
    rows_columns(rows, "cause key party measure unit from to change");
    rows_made(rows, c->count, make_change, c);
    w->main = rows;
}

/* Sums by a name; used for totals by measure and for movers by measure and party. */
struct heap {
    const char *measure, *unit, *party;
    i128 from, to;
    int places;
};
struct heaps {
    struct arena *arena;
    struct map names;
    struct heap *list;
    uint32_t count, room;
};

/* The heap's index. */
static uint32_t heap_add(struct heaps *h, const char *measure, const char *unit, const char *party,
                         i128 from, i128 to, int places)
{
    const char *name =
        text_format(h->arena, "%s\n%s\n%s", measure, unit ? unit : "", party ? party : "");
    const uint64_t *at = map_get(&h->names, name);
    if (!at) {
        h->list = arena_more(h->arena, h->list, h->count, &h->room, sizeof *h->list);
        map_put(&h->names, name, h->count);
        h->list[h->count] = (struct heap){measure, unit, party, 0, 0, places};
        at = map_get(&h->names, name);
        h->count++;
    }
    h->list[*at].from += from;
    h->list[*at].to += to;
    return (uint32_t)*at;
}

static int by_measure(const void *x, const void *y)
{
    const struct heap *a = x, *b = y;
    int c = strcmp(a->measure, b->measure);
    return c ? c : strcmp(a->unit ? a->unit : "", b->unit ? b->unit : "");
}

static int by_move(const void *x, const void *y)
{
    const struct heap *a = x, *b = y;
    int c = by_measure(x, y);
    if (c) return c;
    i128 p = a->to - a->from, q = b->to - b->from;
    if (p < 0) p = -p;
    if (q < 0) q = -q;
    if (p != q) return p < q ? 1 : -1;
    return strcmp(a->party ? a->party : "", b->party ? b->party : "");
}

static void add_totals(struct answer *w, struct heaps *h)
{
    struct rows *rows = answer_rows(w, "totals");
    rows->title = "Totals";
    rows_columns(rows, "measure unit from to change");
    if (h->count) qsort(h->list, h->count, sizeof *h->list, by_measure);
    for (uint32_t i = 0; i < h->count; i++) {
        const struct heap *one = &h->list[i];
        ROW(rows, cell_text(one->measure), cell_text(one->unit),
            figure(true, one->from, one->places, one->unit),
            figure(true, one->to, one->places, one->unit),
            figure(true, one->to - one->from, one->places, one->unit));
    }
}

/* Who moved most, a few of each measure; those who did not move are nobody's news. */
static void add_movers(struct answer *w, struct heaps *h)
{
    struct rows *rows = answer_rows(w, "movers");
    const char *measure = NULL, *unit = NULL;
    uint32_t shown = 0;
    rows->title = "Largest movers";
    rows_columns(rows, "measure party unit from to change");
    if (h->count) qsort(h->list, h->count, sizeof *h->list, by_move);
    for (uint32_t i = 0; i < h->count; i++) {
        const struct heap *one = &h->list[i];
        bool same = measure && strcmp(measure, one->measure) == 0 &&
                    strcmp(unit ? unit : "", one->unit ? one->unit : "") == 0;
        shown = same ? shown + 1 : 0;
        measure = one->measure;
        unit = one->unit;
        if (one->from == one->to || shown >= MOVERS) continue;
        ROW(rows, cell_text(one->measure), cell_text(one->party), cell_text(one->unit),
            figure(true, one->from, one->places, one->unit),
            figure(true, one->to, one->places, one->unit),
            figure(true, one->to - one->from, one->places, one->unit));
    }
}

static void add_causes(struct answer *w, const struct changes *c)
{
    static const char *const causes[] = {"new", "removed", "restated", "moved"};
    struct object *o = object_new(w->arena);
    for (size_t k = 0; k < 4; k++) {
        i128 n = 0;
        for (uint32_t i = 0; i < c->count; i++) n += strcmp(c->list[i].cause, causes[k]) == 0;
        object_put(o, causes[k], cell_count(n));
    }
    answer_put(w, "changed", cell_object(o));
}

/* --- states --- */

static int by_state(const void *x, const void *y)
{
    const struct state *a = x, *b = y;
    int c = strcmp(a->series, b->series);
    return c ? c : (a->stated_ms > b->stated_ms) - (a->stated_ms < b->stated_ms);
}

static bool is_cell(const struct record *s, int64_t known)
{
    return s->recorded_ms <= known && record_text(s, F_LINK) && record_text(s, F_SERIES) &&
           record_text(s, F_MEASURE) && record_field(s, F_STATED);
}

void report_states(struct arena *a, const struct book *b, int64_t known, struct states *out)
{
    uint32_t count, room = 0;
    const struct record *const *list = book_records(b, KIND_STATEMENT, &count);
    struct map seen = {.arena = a};
    char instant[INSTANT_TEXT];
    *out = (struct states){0};
    for (uint32_t i = 0; i < count; i++) {
        if (!is_cell(list[i], known)) continue;
        struct state s = {record_text(list[i], F_SERIES), record_int(list[i], F_STATED, 0), NULL};
        instant_format(s.stated_ms, instant);
        /* A day's last instant is how a date without a time is kept. */
        size_t shown = strcmp(instant + 10, "T23:59:59.999Z") == 0 ? 10 : INSTANT_TEXT - 1;
        s.name = text_format(a, "%s@%.*s", s.series, (int)shown, instant);
        if (map_get(&seen, s.name)) continue;
        map_put(&seen, s.name, 1);
        out->list = arena_more(a, out->list, out->count, &room, sizeof *out->list);
        out->list[out->count++] = s;
    }
    if (out->count) qsort(out->list, out->count, sizeof *out->list, by_state);
}

static bool in_state(const struct record *s, const struct state *state, int64_t known)
{
    return is_cell(s, known) && record_int(s, F_STATED, 0) == state->stated_ms &&
           strcmp(record_text(s, F_SERIES), state->series) == 0;
}

/* The cell without its series, so that two releases of one tracker compare too: "FRA/2024-10/...".
 */
static const char *cell_of(const struct record *s)
{
    const char *link = record_text(s, F_LINK), *series = record_text(s, F_SERIES);
    size_t len = strlen(series);
    return strncmp(link, series, len) == 0 && link[len] == '/' ? link + len + 1 : link;
}

/* A figure as parts: money in minor units, else a decimal to six places. */
static i128 parts_of(const struct book *b, const struct record *s, const char **unit, int *places)
{
    *unit = record_text(s, F_CURRENCY);
    if (record_field(s, F_LOW)) {
        *places = *unit ? currency_places(b, *unit) : 0;
        return record_int(s, F_LOW, 0);
    }
    struct dec d = record_dec(s, F_AMOUNT);
    *places = 6;
    return d.scale <= 6 ? (i128)d.n * power10(6 - d.scale)
                        : div_half_even(d.n, power10(d.scale - 6));
}

static const char *party_of(const struct book *b, const struct record *s)
{
    uint64_t id = record_ref(s, F_PARTY);
    return id ? book_key(b, book_noun_of(b, id)) : NULL;
}

/*
 * Heaps are found by name once; of lines that have the item, or the unit and
 * the giver, of a line before them they are found here.
 */
struct memo {
    uint64_t one, other;
    bool taken;
    uint32_t at[STAGE_COUNT]; /* heaps */
};
struct memos {
    struct memo *slots; /* open addressing */
    uint32_t count, room;
};

static struct memo *memo_slot(const struct memos *m, uint64_t one, uint64_t other)
{
    uint64_t hash = (one * UINT64_C(0x9e3779b97f4a7c15) + other) * UINT64_C(0xbf58476d1ce4e5b9);
    uint32_t at = (uint32_t)(hash >> 32) & (m->room - 1);
    while (m->slots[at].taken && (m->slots[at].one != one || m->slots[at].other != other)) {
        at = (at + 1) & (m->room - 1);
    }
    return &m->slots[at];
}

/* Not taken yet: to be filled in. Good until the next one of these is asked for. */
static struct memo *memo_of(struct arena *a, struct memos *m, uint64_t one, uint64_t other)
{
    if (m->count * 2 >= m->room) {
        struct memos old = *m;
        m->room = old.room ? old.room * 2 : 256;
        m->slots = NEW_ARRAY(a, m->room, struct memo);
        for (uint32_t i = 0; i < old.room; i++) {
            const struct memo *o = &old.slots[i];
            if (o->taken) *memo_slot(m, o->one, o->other) = *o;
        }
    }
    struct memo *slot = memo_slot(m, one, other);
    if (slot->taken) return slot;
    m->count++;
    *slot = (struct memo){.one = one, .other = other};
    return slot;
}

struct compare {
    const struct book *b;
    struct changes changes;
    struct heaps totals, movers;
    struct memos by_item, by_unit; /* of lines */
};

static void compare_cell(struct compare *c, const struct record *was, const struct record *is)
{
    const struct record *any = is ? is : was;
    struct change one = {.key = record_text(any, F_LINK),
                         .party = party_of(c->b, any),
                         .measure = record_text(any, F_MEASURE),
                         .has_from = was != NULL,
                         .has_to = is != NULL};
    if (was) one.from = parts_of(c->b, was, &one.unit, &one.places);
    if (is) one.to = parts_of(c->b, is, &one.unit, &one.places);
    if (one.party) {
        heap_add(&c->totals, one.measure, one.unit, NULL, one.from, one.to, one.places);
        heap_add(&c->movers, one.measure, one.unit, one.party, one.from, one.to, one.places);
    }
    if (was && is && one.from == one.to) return;
    one.cause = !was ? "new" : !is ? "removed" : "restated";
    change_add(&c->changes, &one);
}

static void finish(struct answer *w, struct compare *c)
{
    add_causes(w, &c->changes);
    add_totals(w, &c->totals);
    add_movers(w, &c->movers);
    add_changes(w, &c->changes);
}

static struct compare compare_new(struct arena *a, const struct book *b)
{
    return (struct compare){.b = b,
                            .changes = {.arena = a},
                            .totals = {.arena = a, .names = {.arena = a}},
                            .movers = {.arena = a, .names = {.arena = a}}};
}

void report_diff_states(struct arena *a, const struct book *b, int64_t known,
                        const struct state *from, const struct state *to, struct answer **out)
{
    uint32_t count;
    const struct record *const *list = book_records(b, KIND_STATEMENT, &count);
    struct compare c = compare_new(a, b);
    struct map before = {.arena = a}, after = {.arena = a};
    for (uint32_t i = 0; i < count; i++) {
        if (in_state(list[i], from, known)) map_put(&before, cell_of(list[i]), i);
        if (in_state(list[i], to, known)) map_put(&after, cell_of(list[i]), i);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (!is_cell(list[i], known)) continue;
        const char *cell = cell_of(list[i]);
        if (in_state(list[i], to, known) && *map_get(&after, cell) == i) {
            const uint64_t *was = map_get(&before, cell);
            compare_cell(&c, was ? list[*was] : NULL, list[i]);
        } else if (in_state(list[i], from, known) && !map_get(&after, cell) &&
                   *map_get(&before, cell) == i) {
            compare_cell(&c, list[i], NULL);
        }
    }
    struct answer *w = answer_new(a, "What the publisher changed");
    answer_put(w, "from", cell_text(from->name));
    answer_put(w, "to", cell_text(to->name));
    finish(w, &c);
    *out = w;
}

/* --- instants --- */

struct standing {
    i128 at[STAGE_COUNT];
    bool any;
};

/* A line of which entries were recorded between the two instants, by its first version. */
struct moved {
    i128 by[STAGE_COUNT];
    bool reversed; /* some were taken back */
};

struct moves {
    struct moved *list;
    uint32_t *of_line; /* by first version: 1 + index, 0 none */
    uint32_t count, room;
};

/* Two instants of one book. */
struct span {
    struct arena *arena;
    const struct book *book;
    const struct clocks *at;
    const struct line *lines;
    uint32_t line_count;
    uint32_t before, now;    /* rows known at each of them */
    const struct held *held; /* at the second */
    uint32_t *first;         /* by line: its first version */
    struct moves moves;
};

/* The index of the first version of each line. */
static uint32_t *first_versions(struct arena *a, const struct line *line, uint32_t count)
{
    uint32_t *first = NEW_ARRAY(a, count + 1, uint32_t);
    for (uint32_t i = 0; i < count; i++) first[i] = i;
    for (uint32_t i = 0; i < count; i++) {
        if (line[i].after != NONE) first[line[i].after] = first[i];
    }
    return first;
}

static struct moved *moved_of(struct span *s, uint32_t line)
{
    struct moves *m = &s->moves;
    uint32_t *at = &m->of_line[s->first[line]];
    if (!*at) {
        m->list = arena_more(s->arena, m->list, m->count, &m->room, sizeof *m->list);
        m->list[m->count] = (struct moved){.reversed = false};
        *at = ++m->count;
    }
    return &m->list[*at - 1];
}

/* What came between the two; backwards where the second is the earlier one. */
static void find_moves(struct span *s)
{
    const struct columns *c = book_columns(s->book);
    bool onward = s->before <= s->now;
    uint32_t from = onward ? s->before : s->now, to = onward ? s->now : s->before;
    s->moves.of_line = NEW_ARRAY(s->arena, s->line_count + 1, uint32_t);
    for (uint32_t row = from; row < to; row++) {
        struct moved *m = moved_of(s, c->line[row]);
        m->reversed |= onward && c->flags[row] & ROW_REVERSAL;
        if (!row_seen(c, row, s->at)) continue;
        i128 qty = onward ? c->qty[row] : -(i128)c->qty[row];
        m->by[row_to(c, row)] += qty;
        m->by[row_from(c, row)] -= qty;
    }
}

/* Whether a question sees any entry of the line among the first so many rows. */
static bool any_among(const struct span *s, uint32_t first, uint32_t rows)
{
    const struct columns *c = book_columns(s->book);
    for (uint32_t i = first; i != NONE; i = s->lines[i].after) {
        for (uint32_t row = s->lines[i].last_row; row != NONE; row = c->prev[row]) {
            if (row < rows && row_seen(c, row, s->at)) return true;
        }
    }
    return false;
}

static i128 inside_book(const struct standing *s)
{
    i128 sum = 0;
    for (int i = STAGE_CONSIDERED; i < STAGE_COUNT; i++) sum += s->at[i];
    return sum;
}

static void heap_more(struct heaps *h, uint32_t at, i128 from, i128 to)
{
    h->list[at].from += from;
    h->list[at].to += to;
}

/* The unit of a line's item, in the version that the line names. */
static const struct record *item_of(const struct compare *c, const struct line *l)
{
    if (l->item == NONE) return NULL;
    if (book_latest(c->b, l->item)->versions == 1) return book_version(c->b, l->item, INT64_MAX);
    return book_record(c->b, (uint64_t)line_int(c->b, l, F_ITEM, 0));
}

/* The heaps that a line is on: of its unit, and of its unit and giver. */
struct on_heaps {
    const uint32_t *total, *mover; /* by stage */
};

static struct on_heaps heaps_of(struct compare *c, const struct record *item, uint32_t giver,
                                const struct change *one)
{
    struct arena *a = c->changes.arena;
    struct memo *total = memo_of(a, &c->by_item, item ? item->id : 0, 0), *mover = NULL;
    for (int s = STAGE_CONSIDERED; s < STAGE_COUNT && !total->taken; s++) {
        total->at[s] =
            heap_add(&c->totals, stage_name((enum stage)s), one->unit, NULL, 0, 0, one->places);
    }
    mover = memo_of(a, &c->by_unit, total->at[STAGE_CONSIDERED], giver);
    for (int s = STAGE_CONSIDERED; s < STAGE_COUNT && !mover->taken; s++) {
        mover->at[s] = heap_add(&c->movers, stage_name((enum stage)s), one->unit, one->party, 0, 0,
                                one->places);
    }
    total->taken = mover->taken = true;
    return (struct on_heaps){total->at, mover->at};
}

/* l: the version as known at the second instant; moved: NULL if it stands where it stood. */
static void compare_line(struct compare *c, const struct line *l, const struct standing *was,
                         const struct standing *is, const struct moved *moved)
{
    const struct record *item = item_of(c, l);
    struct change one = {.party = l->giver == NONE ? NULL : book_key(c->b, l->giver),
                         .unit = item ? record_text(item, F_UNIT) : "",
                         .places = item ? (int)record_int(item, F_PARTS, 0) : 0,
                         .has_from = was->any,
                         .has_to = is->any};
    struct on_heaps heaps = heaps_of(c, item, l->giver, &one);
    if (moved) {
        bool gone = inside_book(is) == 0 && inside_book(was) != 0;
        one.key = book_key(c->b, l->noun);
        one.cause = !was->any ? "new" : gone ? "removed" : moved->reversed ? "restated" : "moved";
    }
    for (int s = STAGE_CONSIDERED; s < STAGE_COUNT; s++) {
        one.measure = stage_name((enum stage)s);
        one.from = was->at[s];
        one.to = is->at[s];
        if (!one.from && !one.to) continue;
        heap_more(&c->totals, heaps.total[s], one.from, one.to);
        heap_more(&c->movers, heaps.mover[s], one.from, one.to);
        if (one.from != one.to) change_add(&c->changes, &one);
    }
}

/* The line of a first version, if it is known at the second instant. */
static void compare_at(struct span *s, struct compare *c, uint32_t first, int64_t to_ms)
{
    struct standing was = {{0}, false}, is = {{0}, false};
    uint32_t current = first, moved = s->moves.of_line[first];
    if (s->lines[first].recorded_ms > to_ms) return;
    for (uint32_t i = first; i != NONE; i = s->lines[i].after) {
        if (s->lines[i].recorded_ms <= to_ms) current = i;
        for (int k = STAGE_CONSIDERED; k < STAGE_COUNT; k++) is.at[k] += s->held[i].at[k];
    }
    const struct moved *m = moved ? &s->moves.list[moved - 1] : NULL;
    for (int k = STAGE_CONSIDERED; k < STAGE_COUNT; k++) was.at[k] = is.at[k] - (m ? m->by[k] : 0);
    if (m) {
        was.any = any_among(s, first, s->before);
        is.any = any_among(s, first, s->now);
    }
    compare_line(c, &s->lines[current], &was, &is, m);
}

void report_diff_instants(struct arena *a, const struct book *b, const struct clocks *at,
                          int64_t from_ms, int64_t to_ms, struct answer **out)
{
    char instant[INSTANT_TEXT];
    struct clocks then = *at;
    struct span s = {.arena = a,
                     .book = b,
                     .at = at,
                     .before = book_rows_known(b, from_ms),
                     .now = book_rows_known(b, to_ms)};
    struct compare c = compare_new(a, b);
    then.known = to_ms;
    s.lines = book_lines(b, &s.line_count);
    s.first = first_versions(a, s.lines, s.line_count);
    s.held = book_held(a, b, &then);
    find_moves(&s);
    for (uint32_t i = 0; i < s.line_count; i++) {
        if (s.first[i] == i) compare_at(&s, &c, i, to_ms);
    }
    struct answer *w = answer_new(a, "What changed in the book");
    answer_put(w, "from", cell_text(arena_text(a, instant_format(from_ms, instant))));
    answer_put(
        w, "to",
        cell_text(to_ms == INT64_MAX ? "now" : arena_text(a, instant_format(to_ms, instant))));
    finish(w, &c);
    *out = w;
}
