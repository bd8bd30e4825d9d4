/* position.c - see position.h. One pass over the entries, whatever the rows are keyed by. */
#include "report/position.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
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

/* --- which lines, under which key --- */

struct group {
    const char *keys[POSITION_BY_COUNT];
    const char *unit;
    const char *item_name; /* for people, when the item is a key */
    int parts;
    uint32_t index; /* into the sums */
};

struct work {
    struct arena *arena;
    const struct book *book;
    const struct position_question *q;
    uint32_t item; /* the noun asked for */
    struct map groups_by_key;
    struct group *groups;
    uint32_t count, room;
    struct buf name;    /* of the group that is looked up */
    struct unit *units; /* by noun of an item */
};

/* How an item is counted; asked of each once. */
struct unit {
    const char *word, *name; /* "kg", "kg 3"; NULL: not asked yet */
    int parts;
};

static const char *noun_key(const struct book *b, uint32_t noun)
{
    return noun == NONE ? "" : book_key(b, noun);
}

static const char *key_of(const struct work *w, const struct line *l, enum position_by by)
{
    const char *text = NULL;
    switch (by) {
    case POSITION_DONOR: return noun_key(w->book, l->giver);
    case POSITION_RECEIVER: return noun_key(w->book, l->receiver);
    case POSITION_ITEM: return noun_key(w->book, l->item);
    case POSITION_CHANNEL: return noun_key(w->book, l->channel);
    case POSITION_PACKAGE: return noun_key(w->book, l->package);
    case POSITION_LINE: return noun_key(w->book, l->noun);
    case POSITION_CLASS: text = line_text(w->book, l, F_CLASS); break;
    case POSITION_SERIES: text = line_text(w->book, l, F_SERIES); break;
    case POSITION_BY_COUNT: break;
    }
    return text ? text : "";
}

static bool is_asked(const char *key, const char *asked)
{
    return !asked || strcmp(key, asked) == 0;
}

static bool wanted(const struct work *w, const struct line *l)
{
    const struct position_question *q = w->q;
    if (l->recorded_ms > q->at.known) return false;
    if (q->published && l->flags & LINE_OUTSIDE) return false;
    return is_asked(noun_key(w->book, l->giver), q->donor) &&
           is_asked(noun_key(w->book, l->receiver), q->receiver) &&
           is_asked(noun_key(w->book, l->noun), q->line) &&
           (!q->class_ || is_asked(key_of(w, l, POSITION_CLASS), q->class_)) &&
           (!q->item || book_item_within(w->book, l->item, w->item, q->at.known)) &&
           (!q->series || series_within(line_text(w->book, l, F_SERIES), q->series));
}

static const struct unit *unit_of(struct work *w, uint32_t item)
{
    static const struct unit none = {.word = "", .name = " 0"};
    if (item == NONE) return &none;
    struct unit *u = &w->units[item];
    const struct record *r = u->name ? NULL : book_version(w->book, item, w->q->at.known);
    if (u->name) return u;
    u->word = r ? record_text(r, F_UNIT) : "";
    u->parts = r ? (int)record_int(r, F_PARTS, 0) : 0;
    u->name = text_format(w->arena, "%s %d", u->word, u->parts);
    return u;
}

static uint32_t group_of(struct work *w, const struct line *l)
{
    const struct unit *unit = unit_of(w, l->item);
    struct group g = {.unit = unit->word, .parts = unit->parts};
    struct buf *name = &w->name;
    name->len = 0;
    for (uint32_t i = 0; i < w->q->by_count; i++) {
        g.keys[i] = key_of(w, l, w->q->by[i]);
        buf_add(name, g.keys[i]);
        buf_add(name, "\n");
        if (w->q->by[i] == POSITION_ITEM && l->item != NONE) {
            g.item_name = book_name(w->book, l->item, w->q->at.known);
        }
    }
    buf_add(name, unit->name);
    const uint64_t *at = map_get(&w->groups_by_key, name->text);
    if (at) return (uint32_t)*at;
    w->groups = arena_more(w->arena, w->groups, w->count, &w->room, sizeof *w->groups);
    map_put(&w->groups_by_key, name->text, w->count);
    g.index = w->count;
    w->groups[w->count] = g;
    return w->count++;
}

/* --- rows --- */

static int by_keys(const void *x, const void *y)
{
    const struct group *a = x, *b = y;
    for (int i = 0; i < POSITION_BY_COUNT && a->keys[i]; i++) {
        int c = strcmp(a->keys[i], b->keys[i]);
        if (c) return c;
    }
    return strcmp(a->unit, b->unit);
}

static bool is_nothing(const struct sums *s)
{
    for (int i = 1; i < STAGE_COUNT; i++) {
        if (s->at[i] || s->entered[i]) return false;
    }
    return true;
}

/* Stages that hold nothing in any row are not shown to people. */
static void stage_columns(struct rows *rows, const struct sums *sums, uint32_t count)
{
    for (int s = STAGE_CONSIDERED; s < STAGE_COUNT; s++) {
        bool any = false;
        for (uint32_t i = 0; i < count; i++) any |= sums[i].at[s] != 0;
        rows_column(rows, stage_name((enum stage)s), NULL, any ? 0 : COLUMN_NO_TEXT);
    }
}

static void add_rows(struct work *w, struct rows *rows, const struct sums *sums,
                     const struct sums *counted)
{
    bool named = false;
    for (uint32_t i = 0; i < w->q->by_count; i++) {
        rows_column(rows, by_names[w->q->by[i]], NULL, 0);
        named |= w->q->by[i] == POSITION_ITEM;
    }
    rows_column(rows, "name", NULL, named ? 0 : COLUMN_NO_TEXT);
    rows_column(rows, "unit", NULL, 0);
    stage_columns(rows, sums, w->count);
    /* Bars compare: only where every row counts the same unit. */
    bool one_unit = true;
    for (uint32_t i = 1; i < w->count; i++) {
        one_unit &= strcmp(w->groups[i].unit, w->groups[0].unit) == 0;
    }
    rows_column(rows, "reached", text_format(w->arena, "reached %s", stage_name(w->q->reached)),
                one_unit ? COLUMN_BAR : 0);
    rows_column(rows, "entered", NULL, COLUMN_NO_TEXT);
    if (w->count) qsort(w->groups, w->count, sizeof *w->groups, by_keys);
    for (uint32_t i = 0; i < w->count; i++) {
        const struct group *g = &w->groups[i];
        const struct sums *s = &sums[g->index];
        struct cell cells[POSITION_BY_COUNT + STAGE_COUNT + 4];
        uint32_t at = 0;
        if (is_nothing(s)) continue;
        if (w->q->reaching && sums_reached(&counted[g->index], w->q->reached) == 0) continue;
        for (uint32_t k = 0; k < w->q->by_count; k++) cells[at++] = cell_text(g->keys[k]);
        cells[at++] = cell_text(g->item_name);
        cells[at++] = cell_text(g->unit);
        for (int stage = STAGE_CONSIDERED; stage < STAGE_COUNT; stage++) {
            cells[at++] = cell_quantity(s->at[stage], g->parts);
        }
        cells[at++] = cell_quantity(sums_reached(&counted[g->index], w->q->reached), g->parts);
        cells[at++] = cell_quantity(s->entered[w->q->reached], g->parts);
        rows_add(rows, cells, at);
    }
}

enum rc report_position(struct arena *a, const struct book *b, const struct position_question *q,
                        struct answer **out, struct err *err)
{
    struct work w = {.arena = a,
                     .book = b,
                     .q = q,
                     .groups_by_key = {.arena = a},
                     .name = {.arena = a},
                     .units = NEW_ARRAY(a, book_noun_count(b) + 1, struct unit)};
    uint32_t lines;
    const struct line *line = book_lines(b, &lines);
    bool any_second = false;
    (void)err;
    if (q->item) w.item = book_noun(b, KIND_ITEM, q->item);
    uint32_t *key = NEW_ARRAY(a, lines + 1, uint32_t);
    uint32_t *counted_key = NEW_ARRAY(a, lines + 1, uint32_t);
    bool *second = worth_second_series(a, b, &q->at, q->reached);
    for (uint32_t i = 0; i < lines; i++) {
        key[i] = wanted(&w, &line[i]) ? group_of(&w, &line[i]) : NONE;
        counted_key[i] = second[i] ? NONE : key[i];
        any_second |= second[i] && key[i] != NONE;
    }
    struct sums *sums = NEW_ARRAY(a, w.count + 1, struct sums);
    struct sums *counted = any_second ? NEW_ARRAY(a, w.count + 1, struct sums) : sums;
    book_sum(b, &q->at, key, w.count, sums);
    if (any_second) book_sum(b, &q->at, counted_key, w.count, counted);

    struct answer *answer = answer_new(a, "Where everything stands");
    answer_put(answer, "reached", cell_text(stage_name(q->reached)));
    struct rows *rows = answer_rows(answer, "rows");
    rows->empty = "nothing in the book answers to that";
    add_rows(&w, rows, sums, counted);
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
    const struct position_question *q = w->q;
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
    struct work w = {.arena = a, .book = x->book, .q = q};
    struct stages_question asked = {.x = x,
                                    .published = q->published,
                                    .series = q->series,
                                    .line = line_asked,
                                    .package = package_asked,
                                    .ctx = &w};
    struct stages o;
    if (q->item) w.item = book_noun(x->book, KIND_ITEM, q->item);
    enum rc rc = measure_stages(a, &asked, &o, err);
    if (rc) return rc;
    struct answer *answer = answer_new(a, "From what was said to what was delivered");
    answer_put(answer, "currency", cell_text(o.currency));
    stage_rows(answer, &o);
    if (o.why) answer_note(answer, "No amounts: %s.", o.why);
    if (o.unvalued) {
        answer_note(answer, "%u lines of things have no value in the book.", (unsigned)o.unvalued);
    }
    answer_note(answer, "came so far: at least to that stage, from committed on."
                        " What is but said is not committed, and no part of it.");
    *out = answer;
    return RC_OK;
}
