/*
 * position.c - see position.h. One pass over the lines, whatever the rows are
 * keyed by; rows are put in order and made when they are looked at.
 */
#include "report/position.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/order.h"
#include "base/text.h"
#include "measure/stages.h"
#include "measure/worth.h"

static const char *const by_names[POSITION_BY_COUNT] = {"donor",   "receiver", "item", "class",
                                                        "channel", "package",  "line", "series"};

enum position_by position_by_named(const char *name)
{
    for (int i = 0; i < POSITION_BY_COUNT; i++) {
        if (strcmp(by_names[i], name) == 0) return (enum position_by)i;
    }
    return POSITION_BY_COUNT;
}

/* --- which lines --- */

/* A noun that is asked for: by index, so that no line's key has to be read. */
struct asked {
    bool any;
    uint32_t noun;
};

struct work {
    struct arena *arena;
    const struct book *book;
    const struct line *lines;
    uint32_t line_count;
    struct position_question q;
    struct asked donor, receiver, line;
    uint32_t item; /* the noun asked for */
};

static const uint32_t NOWHERE = NONE - 1; /* no line has this noun */

static const char *noun_key(const struct book *b, uint32_t noun)
{
    return noun == NONE ? "" : book_key(b, noun);
}

static const char *word_text(const struct book *b, uint32_t word)
{
    return word == NONE ? "" : book_word_text(b, word);
}

static struct asked asked_for(const struct book *b, enum kind kind, const char *key)
{
    if (!key || !*key) return (struct asked){.any = !key, .noun = NONE};
    uint32_t noun = book_noun(b, kind, key);
    return (struct asked){.noun = noun == NONE ? NOWHERE : noun};
}

static struct work work_begin(struct arena *a, const struct book *b,
                              const struct position_question *q)
{
    struct work w = {.arena = a,
                     .book = b,
                     .q = *q,
                     .donor = asked_for(b, KIND_PARTY, q->donor),
                     .receiver = asked_for(b, KIND_PARTY, q->receiver),
                     .line = asked_for(b, KIND_LINE, q->line)};
    w.lines = book_lines(b, &w.line_count);
    if (q->item) w.item = book_noun(b, KIND_ITEM, q->item);
    return w;
}

static bool is_asked(const char *key, const char *asked)
{
    return !asked || strcmp(key, asked) == 0;
}

static bool is_one(const struct asked *a, uint32_t noun)
{
    return a->any || a->noun == noun;
}

static bool wanted(const struct work *w, const struct line *l)
{
    const struct position_question *q = &w->q;
    if (l->recorded_ms > q->at.known) return false;
    if (q->published && l->flags & LINE_OUTSIDE) return false;
    return is_one(&w->donor, l->giver) && is_one(&w->receiver, l->receiver) &&
           is_one(&w->line, l->noun) &&
           (!q->class_ || is_asked(word_text(w->book, l->class_), q->class_)) &&
           (!q->item || book_item_within(w->book, l->item, w->item, q->at.known)) &&
           (!q->series || series_within(book_word_text(w->book, l->series), q->series));
}

/* --- under which key --- */

/* How an item is counted; asked of each once. */
struct unit {
    const char *word; /* "kg" */
    int parts;
    uint32_t same; /* the first of these that is the same */
};

/* The lines of a row. What they add up to is worked out when the row is made. */
struct group {
    uint32_t first, last; /* lines; follow next */
    bool something;       /* stands or came anywhere */
    bool reaches;         /* some of it came as far as is asked, and counts */
};

/*
 * Groups are found by what their keys are numbers of: nouns and words, and
 * last the unit. Slots of both tables: 1 + index, 0 none.
 */
struct grouping {
    struct work w;
    const struct held *held;
    const bool *second; /* by line: another series shows the same */
    bool seconds;       /* of any of these lines */
    uint32_t width;     /* numbers of a group */
    uint32_t *numbers, *slots, *next;
    struct group *groups;
    uint32_t count, room, number_room, slot_room;

    struct unit *units;
    uint32_t *unit_of; /* by item, in a table of its own: item + 1 at 2i, unit at 2i + 1 */
    uint32_t unit_count, unit_room, unit_slots, items;

    bool any[STAGE_COUNT]; /* something stands there */
    struct order order;    /* of those groups that are rows */
};

static uint64_t mix(uint64_t hash, uint32_t n)
{
    hash = (hash ^ n) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

static uint32_t unit_new(struct grouping *g, uint32_t item)
{
    const struct record *r = item == NONE ? NULL : book_version(g->w.book, item, g->w.q.at.known);
    struct unit u = {.word = r ? record_text(r, F_UNIT) : "",
                     .parts = r ? (int)record_int(r, F_PARTS, 0) : 0};
    if (!u.word) u.word = "";
    while (u.same < g->unit_count &&
           (g->units[u.same].parts != u.parts || strcmp(g->units[u.same].word, u.word) != 0)) {
        u.same++;
    }
    if (u.same < g->unit_count) return u.same;
    g->units = arena_more(g->w.arena, g->units, g->unit_count, &g->unit_room, sizeof *g->units);
    g->units[g->unit_count] = u;
    return g->unit_count++;
}

static uint32_t *unit_slot(const struct grouping *g, uint32_t item)
{
    uint32_t at = (uint32_t)mix(0, item) & (g->unit_slots - 1);
    while (g->unit_of[2 * at] && g->unit_of[2 * at] != item + 1)
        at = (at + 1) & (g->unit_slots - 1);
    return &g->unit_of[2 * at];
}

static void widen_units(struct grouping *g)
{
    uint32_t *old = g->unit_of, room = g->unit_slots;
    g->unit_slots = room ? room * 2 : 64;
    g->unit_of = NEW_ARRAY(g->w.arena, (size_t)g->unit_slots * 2, uint32_t);
    for (uint32_t i = 0; i < room; i++) {
        if (old[2 * i]) memcpy(unit_slot(g, old[2 * i] - 1), &old[2 * i], 2 * sizeof *old);
    }
}

/* The unit of an item; of no item it is none. */
static uint32_t unit_of(struct grouping *g, uint32_t item)
{
    if (item == NONE) return unit_new(g, NONE);
    if (g->items * 2 >= g->unit_slots) widen_units(g);
    uint32_t *slot = unit_slot(g, item);
    if (!slot[0]) {
        slot[0] = item + 1;
        slot[1] = unit_new(g, item);
        g->items++;
    }
    return slot[1];
}

static uint32_t number_of(const struct line *l, enum position_by by)
{
    switch (by) {
    case POSITION_DONOR: return l->giver;
    case POSITION_RECEIVER: return l->receiver;
    case POSITION_ITEM: return l->item;
    case POSITION_CHANNEL: return l->channel;
    case POSITION_PACKAGE: return l->package;
    case POSITION_LINE: return l->noun;
    case POSITION_CLASS: return l->class_;
    case POSITION_SERIES: return l->series;
    case POSITION_BY_COUNT: break;
    }
    return NONE;
}

static bool is_word(enum position_by by)
{
    return by == POSITION_CLASS || by == POSITION_SERIES;
}

static const char *key_of(const struct grouping *g, uint32_t group, uint32_t k)
{
    uint32_t number = g->numbers[(size_t)group * g->width + k];
    return is_word(g->w.q.by[k]) ? word_text(g->w.book, number) : noun_key(g->w.book, number);
}

static const struct unit *group_unit(const struct grouping *g, uint32_t group)
{
    return &g->units[g->numbers[(size_t)group * g->width + g->width - 1]];
}

static uint32_t *group_slot(const struct grouping *g, const uint32_t *numbers)
{
    uint64_t hash = 0;
    for (uint32_t k = 0; k < g->width; k++) hash = mix(hash, numbers[k]);
    uint32_t at = (uint32_t)hash & (g->slot_room - 1);
    while (g->slots[at] && memcmp(&g->numbers[(size_t)(g->slots[at] - 1) * g->width], numbers,
                                  g->width * sizeof *numbers) != 0) {
        at = (at + 1) & (g->slot_room - 1);
    }
    return &g->slots[at];
}

static void widen_slots(struct grouping *g)
{
    g->slot_room = g->slot_room ? g->slot_room * 4 : 1024;
    g->slots = NEW_ARRAY(g->w.arena, g->slot_room, uint32_t);
    for (uint32_t i = 0; i < g->count; i++) {
        *group_slot(g, &g->numbers[(size_t)i * g->width]) = i + 1;
    }
}

static uint32_t group_of(struct grouping *g, const struct line *l)
{
    uint32_t numbers[POSITION_BY_COUNT + 1];
    if (g->count * 2 >= g->slot_room) widen_slots(g);
    for (uint32_t k = 0; k + 1 < g->width; k++) numbers[k] = number_of(l, g->w.q.by[k]);
    numbers[g->width - 1] = unit_of(g, l->item);
    uint32_t *slot = group_slot(g, numbers);
    if (*slot) return *slot - 1;
    g->groups = arena_more(g->w.arena, g->groups, g->count, &g->room, sizeof *g->groups);
    g->numbers = arena_more(g->w.arena, g->numbers, g->count, &g->number_room,
                            g->width * sizeof *g->numbers);
    memcpy(&g->numbers[(size_t)g->count * g->width], numbers, g->width * sizeof *numbers);
    g->groups[g->count] = (struct group){.first = NONE, .last = NONE};
    *slot = g->count + 1;
    return g->count++;
}

/* What a stage holds is never below nothing, so lines cannot cancel each other. */
static void add_line(struct grouping *g, uint32_t line)
{
    const struct held *h = &g->held[line];
    enum stage standing = g->w.q.standing;
    if (standing != STAGE_WORLD && h->at[standing] == 0) return;
    uint32_t at = group_of(g, &g->w.lines[line]);
    struct group *group = &g->groups[at];
    g->next[line] = NONE;
    if (group->first == NONE)
        group->first = line;
    else
        g->next[group->last] = line;
    group->last = line;
    g->seconds |= g->second[line];
    for (int s = STAGE_CONSIDERED; s < STAGE_COUNT; s++) {
        g->any[s] |= h->at[s] != 0;
        group->something |= h->at[s] || h->came[s];
        bool far_enough = s >= (int)g->w.q.reached && s <= STAGE_DELIVERED;
        group->reaches |= far_enough && h->at[s] && !g->second[line];
    }
}

/* --- rows --- */

static int by_keys(const void *ctx, uint32_t a, uint32_t b)
{
    const struct grouping *g = ctx;
    for (uint32_t k = 0; k + 1 < g->width; k++) {
        int c = strcmp(key_of(g, a, k), key_of(g, b, k));
        if (c) return c;
    }
    return strcmp(group_unit(g, a)->word, group_unit(g, b)->word);
}

static void make_row(void *ctx, uint32_t row, struct cell *cells, struct arena *a)
{
    struct grouping *g = ctx;
    const struct position_question *q = &g->w.q;
    uint32_t group = order_at(&g->order, row), at = 0;
    const struct unit *unit = group_unit(g, group);
    const char *name = NULL;
    struct sums all = {0}, counted = {0};
    (void)a;
    for (uint32_t i = g->groups[group].first; i != NONE; i = g->next[i]) {
        sums_add(&all, &g->held[i]);
        if (g->seconds && !g->second[i]) sums_add(&counted, &g->held[i]);
    }
    if (!g->seconds) counted = all;
    for (uint32_t k = 0; k < q->by_count; k++) {
        uint32_t number = g->numbers[(size_t)group * g->width + k];
        cells[at++] = cell_text(key_of(g, group, k));
        if (q->by[k] == POSITION_ITEM && number != NONE) {
            name = book_name(g->w.book, number, q->at.known);
        }
    }
    cells[at++] = cell_text(name);
    cells[at++] = cell_text(unit->word);
    for (int stage = STAGE_CONSIDERED; stage < STAGE_COUNT; stage++) {
        cells[at++] = cell_quantity(all.at[stage], unit->parts);
    }
    cells[at++] = cell_quantity(sums_reached(&counted, q->reached), unit->parts);
    cells[at++] = cell_quantity(all.entered[q->reached], unit->parts);
}

/* Bars compare: only where every row counts the same unit. */
static bool one_unit(const struct grouping *g)
{
    for (uint32_t i = 1; i < g->unit_count; i++) {
        if (strcmp(g->units[i].word, g->units[0].word) != 0) return false;
    }
    return true;
}

static void add_columns(const struct grouping *g, struct rows *rows)
{
    const struct position_question *q = &g->w.q;
    bool named = false;
    for (uint32_t i = 0; i < q->by_count; i++) {
        rows_column(rows, by_names[q->by[i]], NULL, 0);
        named |= q->by[i] == POSITION_ITEM;
    }
    rows_column(rows, "name", NULL, named ? 0 : COLUMN_NO_TEXT);
    rows_column(rows, "unit", NULL, 0);
    for (int s = STAGE_CONSIDERED; s < STAGE_COUNT; s++) {
        /* Stages that hold nothing in any row are not shown to people. */
        rows_column(rows, stage_name((enum stage)s), NULL, g->any[s] ? 0 : COLUMN_NO_TEXT);
    }
    rows_column(rows, "reached", text_format(g->w.arena, "reached %s", stage_name(q->reached)),
                one_unit(g) ? COLUMN_BAR : 0);
    rows_column(rows, "entered", NULL, COLUMN_NO_TEXT);
}

static const char *first_key(const void *ctx, uint32_t group)
{
    const struct grouping *g = ctx;
    return g->width > 1 ? key_of(g, group, 0) : "";
}

enum rc report_position(struct arena *a, const struct book *b, const struct position_question *q,
                        struct answer **out, struct err *err)
{
    struct grouping *g = NEW(a, struct grouping);
    (void)err;
    *g = (struct grouping){.w = work_begin(a, b, q), .width = q->by_count + 1};
    g->held = book_held(a, b, &q->at);
    g->second = worth_second_series(a, b, &q->at, q->reached);
    g->next = NEW_ARRAY(a, g->w.line_count + 1, uint32_t);
    for (uint32_t i = 0; i < g->w.line_count; i++) {
        if (wanted(&g->w, &g->w.lines[i])) add_line(g, i);
    }
    g->order = (struct order){.list = NEW_ARRAY(a, g->count + 1, uint32_t),
                              .compare = by_keys,
                              .ctx = g,
                              .heads = order_heads(a, g->count, first_key, g)};
    for (uint32_t i = 0; i < g->count; i++) {
        if (!g->groups[i].something || (q->reaching && !g->groups[i].reaches)) continue;
        g->order.list[g->order.count++] = i;
    }
    struct answer *answer = answer_new(a, "Where everything stands");
    answer_put(answer, "reached", cell_text(stage_name(q->reached)));
    struct rows *rows = answer_rows(answer, "rows");
    rows->empty = "nothing in the book answers to that";
    add_columns(g, rows);
    rows_made(rows, g->order.count, make_row, g);
    *out = answer;
    return RC_OK;
}

/* --- from said to delivered --- */

static const char *const steps[STAGE_COUNT] = {
    [STAGE_CONSIDERED] = "said",          [STAGE_ANNOUNCED] = "said",
    [STAGE_COMMITTED] = "promised",       [STAGE_ALLOCATED] = "on its way",
    [STAGE_DISPATCHED] = "on its way",    [STAGE_DELIVERED] = "delivered",
    [STAGE_WITHDRAWN] = "out of the way", [STAGE_LAPSED] = "out of the way",
    [STAGE_LOST] = "out of the way"};

static bool line_asked(void *ctx, const struct line *l)
{
    return wanted(ctx, l);
}

static bool package_asked(void *ctx, const struct worth *one)
{
    const struct work *w = ctx;
    const struct position_question *q = &w->q;
    if (q->item || q->line) return false;
    return is_asked(noun_key(w->book, one->giver), q->donor) &&
           is_asked(noun_key(w->book, one->receiver), q->receiver) &&
           is_asked(one->class_ ? one->class_ : "", q->class_);
}

static void stage_rows(struct answer *w, const struct stages *o)
{
    struct rows *rows = answer_rows(w, "rows");
    rows_column(rows, "step", NULL, 0);
    rows_column(rows, "stage", NULL, 0);
    rows_column(rows, "lines", NULL, 0);
    rows_column(rows, "amount", "there now", 0);
    rows_column(rows, "reached", "came so far", COLUMN_BAR);
    for (int s = STAGE_CONSIDERED; s < STAGE_COUNT; s++) {
        bool money = o->currency && s <= STAGE_DELIVERED;
        const char *name = s == STAGE_WITHDRAWN ? "withdrawn or lapsed" : stage_name((enum stage)s);
        if (s > STAGE_DELIVERED && !o->lines[s]) continue;
        ROW(rows, cell_text(steps[s]), cell_text(name), cell_count(o->lines[s]),
            money ? cell_amount(o->amount[s], o->places) : cell_null(),
            money ? cell_amount(o->reached[s], o->places) : cell_null());
    }
}

enum rc report_stages(struct arena *a, const struct exchange *x, const struct position_question *q,
                      struct answer **out, struct err *err)
{
    struct work w = work_begin(a, x->book, q);
    struct stages_question asked = {.x = x,
                                    .published = q->published,
                                    .series = q->series,
                                    .line = line_asked,
                                    .package = package_asked,
                                    .ctx = &w};
    struct stages o;
    enum rc rc = measure_stages(a, &asked, &o, err);
    if (rc) return rc;
    struct answer *answer = answer_new(a, "From what was said to what was delivered");
    answer_put(answer, "currency", cell_text(o.currency));
    stage_rows(answer, &o);
    if (o.why) answer_note(answer, "No amounts: %s.", o.why);
    if (o.currency) answer_note(answer, "Amounts in %s.", o.currency);
    for (uint32_t i = 0; i < o.lacks.count; i++) {
        const struct lacking *l = &o.lacks.list[i];
        char parts[DEC_TEXT];
        int64_t whole = 0;
        struct err ignored;
        if (narrow(l->parts, &whole, "", &ignored)) continue;
        answer_note(
            answer, "No rate converts %s %s, so it is in no amount.",
            dec_format(dec_trim((struct dec){whole, currency_places(x->book, l->currency)}), parts),
            l->currency);
    }
    if (o.unvalued) {
        answer_note(answer, "%u lines of things have no value in the book.", (unsigned)o.unvalued);
    }
    answer_note(answer, "came so far: at least to that stage, from committed on."
                        " What is but said is not committed, and no part of it.");
    *out = answer;
    return RC_OK;
}
