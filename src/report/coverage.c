/*
 * coverage.c - see coverage.h.
 *
 * Needs of several items have several units, and are never added up: rows of
 * receivers and classes count needs, and show quantities only where all are of
 * one item.
 */
#include "report/coverage.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "measure/money.h"
#include "report/words.h"

static const char *const by_names[COVERAGE_BY_COUNT] = {"need", "receiver", "item", "class"};

enum coverage_by coverage_by_named(const char *name)
{
    for (int i = 0; i < COVERAGE_BY_COUNT; i++) {
        if (strcmp(by_names[i], name) == 0) return (enum coverage_by)i;
    }
    return COVERAGE_BY_COUNT;
}

/* Quantities of one row, or of several of one item. */
struct figures {
    i128 asked, delivered, on_way, promised, after, undated, missing;
    i128 delivered_after, on_way_after, promised_after;
};

struct work {
    struct arena *arena;
    const struct book *book;
    const struct coverage_question *q;
    const struct coverage_shown *shown;
    const struct coverage *c;
    struct answer *w;
    uint32_t need;    /* noun, NONE */
    uint32_t *at_row; /* of those that are shown: which of the coverage it is */
    int64_t known;    /* of the question, which is gone when rows are made */
};

static const char *key_of(const struct book *b, uint32_t noun)
{
    return noun == NONE ? NULL : book_key(b, noun);
}

static const char *name_of(const struct work *w, uint32_t noun)
{
    return noun == NONE ? NULL : book_name(w->book, noun, w->known);
}

/* Of the item, or of the nearest above it that has one. */
static const char *class_of(const struct work *w, uint32_t item)
{
    for (int depth = 0; item != NONE && depth < 64; depth++) {
        const struct record *r = book_version(w->book, item, w->known);
        const char *class_ = r ? record_text(r, F_CLASS) : NULL;
        if (class_ || !r) return class_;
        item = book_noun_of(w->book, record_ref(r, F_PARENT));
    }
    return NULL;
}

static void add_figures(struct figures *f, const struct coverage_row *r)
{
    f->asked += r->asked;
    f->delivered += r->by_day[STAGE_DELIVERED];
    f->delivered_after += r->after[STAGE_DELIVERED];
    for (int s = STAGE_ALLOCATED; s <= STAGE_DISPATCHED; s++) {
        f->on_way += r->by_day[s];
        f->on_way_after += r->after[s];
    }
    for (int s = STAGE_CONSIDERED; s <= STAGE_COMMITTED; s++) {
        f->promised += r->by_day[s];
        f->promised_after += r->after[s];
    }
    f->after += r->late;
    f->undated += r->undated;
    f->missing += r->missing;
}

/* part of whole, in percent to one decimal, never rounded up to a hundred. */
static struct cell percent(i128 part, i128 whole)
{
    if (whole <= 0) return cell_null();
    i128 n = div_half_even(part * 1000, whole);
    if (n >= 1000 && part < whole) n = 999;
    return cell_decimal((struct dec){(int64_t)n, 1}, 1);
}

static bool is_shown(const struct work *w, const struct coverage_row *r)
{
    if (w->need != NONE && r->need != w->need) return false;
    return !w->shown->open || r->state < STATE_LATE;
}

/* --- columns of quantities, the same for every sort of row --- */

enum { QUANTITIES = 10 };

static void quantity_columns(struct rows *rows, const struct figures *sum)
{
    unsigned undated = sum->undated ? 0 : COLUMN_NO_TEXT, after = sum->after ? 0 : COLUMN_NO_TEXT;
    rows_column(rows, "asked", NULL, 0);
    rows_column(rows, "delivered", NULL, 0);
    rows_column(rows, "on_way", "on its way", 0);
    rows_column(rows, "promised", NULL, 0);
    rows_column(rows, "after", "after the day", after);
    rows_column(rows, "delivered_after", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "on_way_after", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "promised_after", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "no_date", "no date", undated);
    rows_column(rows, "missing", NULL, 0);
}

static void put_quantities(const struct work *w, struct cell *at, const struct figures *f,
                           uint32_t item)
{
    const i128 list[QUANTITIES] = {
        f->asked,           f->delivered,    f->on_way,         f->promised, f->after,
        f->delivered_after, f->on_way_after, f->promised_after, f->undated,  f->missing};
    int places;
    item_unit(w->book, item, w->known, &places);
    bool money = item_currency(w->book, item) != NULL;
    for (int i = 0; i < QUANTITIES; i++) {
        at[i] = item == NONE ? cell_null()
                : money      ? cell_amount(list[i], places)
                             : cell_quantity(list[i], places);
    }
}

/* --- a row a need --- */

static void make_need(void *ctx, uint32_t row, struct cell *cells, struct arena *a)
{
    const struct work *w = ctx;
    const struct coverage_row *r = &w->c->rows[w->at_row[row]];
    struct figures f = {0};
    int places;
    const char *unit = item_unit(w->book, r->item, w->known, &places);
    const struct record *need = book_version(w->book, r->need, w->known);
    uint32_t n = 0;
    add_figures(&f, r);
    cells[n++] = cell_text(book_key(w->book, r->need));
    cells[n++] = cell_text(record_text(need, F_NAME));
    cells[n++] = cell_text(key_of(w->book, r->receiver));
    cells[n++] = cell_text(key_of(w->book, r->item));
    cells[n++] = cell_text(name_of(w, r->item));
    cells[n++] = cell_text(class_of(w, r->item));
    cells[n++] = cell_text(unit);
    cells[n++] = cell_bool(record_field(need, F_URGENT) != NULL);
    cells[n++] = cell_text(r->due == DAY_MAX ? NULL : day_text(a, r->due, PRECISION_DAY));
    put_quantities(w, cells + n, &f, r->item);
    n += QUANTITIES;
    cells[n++] = r->system ? cell_quantity(r->there, places) : cell_null();
    cells[n++] = r->system ? cell_quantity(r->complete, places) : cell_null();
    cells[n++] = r->system ? percent(r->kept, r->wanted) : cell_null();
    cells[n++] = percent(r->system ? r->complete : r->in_time, r->asked);
    cells[n++] = cell_text(coverage_state_name(r->state));
}

static void put_needs(struct work *w, struct rows *rows)
{
    struct figures sum = {0};
    unsigned system = COLUMN_NO_TEXT;
    uint32_t shown = 0;
    w->at_row = NEW_ARRAY(w->arena, w->c->count + 1, uint32_t);
    for (uint32_t i = 0; i < w->c->count; i++) {
        if (!is_shown(w, &w->c->rows[i])) continue;
        w->at_row[shown++] = i;
        add_figures(&sum, &w->c->rows[i]);
        if (w->c->rows[i].system) system = 0;
    }
    rows_column(rows, "need", NULL, 0);
    rows_column(rows, "name", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "receiver", NULL, 0);
    rows_column(rows, "item", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "item_name", "item", 0);
    rows_column(rows, "class", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "unit", NULL, 0);
    rows_column(rows, "urgent", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "due", "wanted by", 0);
    quantity_columns(rows, &sum);
    rows_column(rows, "there", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "complete", NULL, system);
    rows_column(rows, "kept_percent", "kept going %", system);
    rows_column(rows, "covered_percent", "covered %", COLUMN_BAR);
    rows_column(rows, "status", NULL, 0);
    rows_made(rows, shown, make_need, w);
}

/* What keeps systems going: which of it is too little. */
static void put_keeping(struct work *w)
{
    if (w->c->keep_count == 0) return;
    struct rows *rows = answer_rows(w->w, "keeping");
    rows->title = "What keeps them going";
    rows->empty = "nothing that is shown needs anything to keep it going";
    rows_column(rows, "need", NULL, 0);
    rows_column(rows, "item", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "item_name", "takes", 0);
    rows_column(rows, "unit", NULL, 0);
    rows_column(rows, "each_month", "each a month", 0);
    rows_column(rows, "asked", "for all that come", 0);
    rows_column(rows, "comes", "comes in time", 0);
    rows_column(rows, "comes_percent", "%", COLUMN_BAR);
    for (uint32_t i = 0; i < w->c->keep_count; i++) {
        const struct coverage_keep *k = &w->c->keeps[i];
        int places;
        const char *unit = item_unit(w->book, k->item, w->known, &places);
        if (!is_shown(w, &w->c->rows[k->row])) continue;
        ROW(rows, cell_text(book_key(w->book, k->need != NONE ? k->need : w->c->rows[k->row].need)),
            cell_text(book_key(w->book, k->item)), cell_text(name_of(w, k->item)), cell_text(unit),
            cell_quantity(dec_trim(k->rate).n, dec_trim(k->rate).scale),
            cell_quantity(k->asked, places), cell_quantity(k->comes, places),
            percent(k->comes, k->asked));
    }
}

/* --- a row for several needs --- */

struct group {
    const char *key, *name;
    uint32_t item; /* of all of them; NONE: of several */
    uint32_t needs, stands[STATE_COUNT];
    struct figures f;
};

struct groups {
    struct map by_key;
    struct group *list;
    uint32_t count, room;
};

static void key_and_name(const struct work *w, const struct coverage_row *r, const char **key,
                         const char **name)
{
    uint32_t noun = w->shown->by == COVERAGE_BY_ITEM ? r->item : r->receiver;
    if (w->shown->by == COVERAGE_BY_CLASS) {
        *key = *name = class_of(w, r->item);
        return;
    }
    *key = key_of(w->book, noun);
    *name = name_of(w, noun);
}

static void add_to_group(struct work *w, struct groups *g, const struct coverage_row *r)
{
    const char *key, *name;
    key_and_name(w, r, &key, &name);
    if (!key) key = name = "";
    const uint64_t *at = map_get(&g->by_key, key);
    uint32_t index = at ? (uint32_t)*at : g->count;
    if (!at) {
        map_put(&g->by_key, key, g->count);
        g->list = arena_more(w->arena, g->list, g->count, &g->room, sizeof *g->list);
        g->list[g->count++] = (struct group){.key = key, .name = name, .item = r->item};
    }
    struct group *one = &g->list[index];
    if (one->item != r->item) one->item = NONE;
    one->needs++;
    one->stands[r->state]++;
    add_figures(&one->f, r);
}

static int group_order(const void *x, const void *y)
{
    const struct group *a = x, *b = y;
    return strcmp(a->key, b->key);
}

static const char *const state_columns[STATE_COUNT] = {
    [STATE_COVERED] = "covered", [STATE_ON_COURSE] = "on_course",
    [STATE_LATE] = "late",       [STATE_INCOMPLETE] = "incomplete",
    [STATE_SHORT] = "short",     [STATE_NOBODY] = "nobody_promised"};

static void group_columns(struct work *w, struct rows *rows, const struct figures *sum)
{
    rows_column(rows, by_names[w->shown->by], NULL,
                w->shown->by == COVERAGE_BY_ITEM ? COLUMN_NO_TEXT : 0);
    rows_column(rows, "name", by_names[w->shown->by],
                w->shown->by == COVERAGE_BY_ITEM ? 0 : COLUMN_NO_TEXT);
    rows_column(rows, "needs", NULL, 0);
    for (int s = STATE_COUNT; s-- > 0;) {
        bool any = false;
        for (uint32_t i = 0; i < w->c->count; i++)
            any |= w->c->rows[i].state == (enum coverage_state)s;
        rows_column(rows, state_columns[s], NULL, any ? 0 : COLUMN_NO_TEXT);
    }
    rows_column(rows, "met_percent", "met %", COLUMN_BAR);
    rows_column(rows, "unit", NULL, 0);
    quantity_columns(rows, sum);
}

static void put_groups(struct work *w, struct rows *rows)
{
    struct groups g = {.by_key = {.arena = w->arena}};
    struct figures sum = {0};
    for (uint32_t i = 0; i < w->c->count; i++) {
        if (!is_shown(w, &w->c->rows[i])) continue;
        add_to_group(w, &g, &w->c->rows[i]);
        add_figures(&sum, &w->c->rows[i]);
    }
    if (g.count) qsort(g.list, g.count, sizeof *g.list, group_order);
    group_columns(w, rows, &sum);
    for (uint32_t i = 0; i < g.count; i++) {
        const struct group *one = &g.list[i];
        struct cell cells[5 + STATE_COUNT + QUANTITIES];
        uint32_t n = 0;
        int places;
        cells[n++] = cell_text(one->key);
        cells[n++] = cell_text(one->name);
        cells[n++] = cell_count(one->needs);
        for (int s = STATE_COUNT; s-- > 0;) cells[n++] = cell_count(one->stands[s]);
        cells[n++] =
            percent(one->stands[STATE_COVERED] + (i128)one->stands[STATE_ON_COURSE], one->needs);
        cells[n++] =
            cell_text(one->item == NONE ? NULL : item_unit(w->book, one->item, w->known, &places));
        put_quantities(w, cells + n, &one->f, one->item);
        rows_add(rows, cells, n + QUANTITIES);
    }
}

/* --- around the rows --- */

static void put_head(struct work *w)
{
    const struct coverage *c = w->c;
    answer_put(w->w, "as_of", cell_text(day_text(w->arena, w->q->today, PRECISION_DAY)));
    answer_put(w->w, "reached", cell_text(stage_name(w->q->reached)));
    answer_put(w->w, "needs", cell_count(c->count));
    for (int s = STATE_COUNT; s-- > 0;) {
        answer_put(w->w, state_columns[s], cell_count(c->stands[s]));
    }
    answer_put(w->w, "met_percent",
               percent(c->stands[STATE_COVERED] + (i128)c->stands[STATE_ON_COURSE], c->count));
}

static void put_notes(struct work *w)
{
    const struct coverage *c = w->c;
    if (c->count) {
        answer_note(w->w,
                    "Delivered, on its way (allocated or dispatched) and promised count by the day"
                    " on which it is wanted; what comes later stands apart, on the last day of its"
                    " promised window.");
    }
    if (c->undated) {
        answer_note(w->w, "%u promises of what is asked for have no date: nobody can say when.",
                    (unsigned)c->undated);
    }
    if (c->keep_count) {
        answer_note(
            w->w,
            "A system without what keeps it going does not count. complete: those kept going"
            " in the month in which they are wanted, or in this one if that is past; kept"
            " going: of all months until %d months on.",
            (int)w->q->months);
    }
    if (c->keeping) {
        answer_note(w->w, "%u needs keep others going, and stand with those.",
                    (unsigned)c->keeping);
    }
}

enum rc report_coverage(struct arena *a, const struct book *b, const struct coverage_question *q,
                        const struct coverage_shown *shown, struct answer **out, struct err *err)
{
    struct coverage *c = NEW(a, struct coverage);
    struct work *w = NEW(a, struct work);
    *w = (struct work){
        .arena = a, .book = b, .q = q, .shown = shown, .c = c, .need = NONE, .known = q->at.known};
    if (shown->need) w->need = book_noun(b, KIND_NEED, shown->need);
    if (shown->need && w->need == NONE) {
        return fail(err, RC_ABSENT, "no need '%.80s' in this book", shown->need);
    }
    enum rc rc = measure_coverage(a, b, q, c, err);
    if (rc) return rc;
    w->w = answer_new(a, "Is it enough?");
    put_head(w);
    struct rows *rows = answer_rows(w->w, "rows");
    rows->empty = c->count ? "nothing of that is asked for" : "nothing is asked for";
    if (shown->by == COVERAGE_BY_NEED)
        put_needs(w, rows);
    else
        put_groups(w, rows);
    if (shown->by == COVERAGE_BY_NEED) put_keeping(w);
    put_notes(w);
    w->w->main = rows;
    *out = w->w;
    w->q = NULL; /* both are the caller's */
    w->shown = NULL;
    return RC_OK;
}
