/* sums.c - see sums.h. */
#include "report/sums.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static const char *const names[SUMS_BY_COUNT] = {"donor", "item", "month",
                                                 "share", "open", "quarter"};

enum sums_by sums_by_named(const char *name)
{
    int by = 0;
    while (by < SUMS_BY_COUNT && strcmp(names[by], name) != 0) by++;
    return (enum sums_by)by;
}

struct work {
    struct arena *arena;
    const struct exchange *x;
    const struct sums_question *q;
    struct answer *answer;
    struct rows *rows;
};

/* --- their order --- */

struct place {
    const char *key;
    int32_t time;
    uint32_t row;
};

static int place_order(const void *x, const void *y)
{
    const struct place *a = x, *b = y;
    int c = strcmp(a->key, b->key);
    if (c) return c;
    return (a->time > b->time) - (a->time < b->time);
}

static const char *key_of(const struct work *w, uint32_t noun)
{
    return noun == NONE ? "" : book_key(w->x->book, noun);
}

static const char *name_of(const struct work *w, uint32_t noun)
{
    return noun == NONE ? "" : book_name(w->x->book, noun, w->x->at.known);
}

static struct place *places_new(const struct work *w, uint32_t count)
{
    return NEW_ARRAY(w->arena, count + 1, struct place);
}

static void places_sort(struct place *list, uint32_t count)
{
    if (count) qsort(list, count, sizeof *list, place_order);
}

/* --- money, and things --- */

static void stage_columns(struct work *w, const char *what, const bool any[STAGE_COUNT])
{
    rows_column(w->rows, what, NULL, 0);
    rows_column(w->rows, "name", NULL, COLUMN_ONLY_TEXT);
    if (w->q->by == SUMS_ITEM) rows_column(w->rows, "unit", NULL, 0);
    for (int s = STAGE_CONSIDERED; s < STAGE_COUNT; s++) {
        rows_column(w->rows, stage_name((enum stage)s), NULL, any[s] ? 0 : COLUMN_NO_TEXT);
    }
}

/* The unit of an item, and its decimal places. */
static const char *unit_of(const struct work *w, uint32_t item, int *places)
{
    const struct record *r = item == NONE ? NULL : book_version(w->x->book, item, w->x->at.known);
    *places = r ? (int)record_int(r, F_PARTS, 0) : 0;
    return r ? record_text(r, F_UNIT) : NULL;
}

static void stage_row(struct work *w, const struct slice_row *r, int places)
{
    struct cell cells[STAGE_COUNT + 3];
    uint32_t at = 0;
    cells[at++] = cell_text(key_of(w, r->noun));
    cells[at++] = cell_text(name_of(w, r->noun));
    if (w->q->by == SUMS_ITEM) cells[at++] = cell_text(unit_of(w, r->noun, &places));
    for (int s = STAGE_CONSIDERED; s < STAGE_COUNT; s++) {
        cells[at++] =
            w->q->by == SUMS_ITEM ? cell_quantity(r->at[s], places) : cell_amount(r->at[s], places);
    }
    rows_add(w->rows, cells, at);
}

static enum rc by_stage(struct work *w, struct err *err)
{
    struct slice s;
    bool any[STAGE_COUNT] = {false};
    enum rc rc = w->q->by == SUMS_ITEM ? slice_items(w->arena, w->x->book, &w->x->at, &s, err)
                                       : slice_givers(w->arena, w->x, &s, err);
    if (rc) return rc;
    struct place *list = places_new(w, s.count);
    for (uint32_t i = 0; i < s.count; i++) {
        list[i] = (struct place){.key = key_of(w, s.rows[i].noun), .row = i};
        for (int k = 0; k < STAGE_COUNT; k++) any[k] |= s.rows[i].at[k] != 0;
    }
    places_sort(list, s.count);
    stage_columns(w, names[w->q->by], any);
    for (uint32_t i = 0; i < s.count; i++) stage_row(w, &s.rows[list[i].row], s.places);
    return RC_OK;
}

/* --- what was delivered --- */

static const char *month_text(const struct work *w, int32_t month)
{
    int year, number, dom;
    day_to_civil(month_first_day(month), &year, &number, &dom);
    return text_format(w->arena, "%04d-%02d", year, number);
}

static enum rc by_month(struct work *w, struct err *err)
{
    struct slice_months m;
    bool share = w->q->by == SUMS_SHARE;
    i128 all = 0;
    enum rc rc = slice_delivered(w->arena, w->x, share ? SLICE_GIVER : SLICE_TOP_MONTH, &m, err);
    if (rc) return rc;
    struct place *list = places_new(w, m.count);
    for (uint32_t i = 0; i < m.count; i++) {
        list[i] = (struct place){key_of(w, m.rows[i].noun), m.rows[i].month, i};
        all += m.rows[i].amount;
    }
    places_sort(list, m.count);
    rows_column(w->rows, share ? "donor" : "item", NULL, 0);
    rows_column(w->rows, "name", NULL, COLUMN_ONLY_TEXT);
    rows_column(w->rows, "month", NULL, share ? COLUMN_NO_TEXT : 0);
    rows_column(w->rows, "delivered", NULL, COLUMN_BAR);
    rows_column(w->rows, "percent", "% of all", share ? 0 : COLUMN_NO_TEXT);
    for (uint32_t i = 0; i < m.count; i++) {
        const struct slice_month *r = &m.rows[list[i].row];
        struct dec percent = {.scale = 4};
        bool has = share && all > 0 && r->amount >= 0 && r->amount <= all;
        if (has) percent.n = (int64_t)div_half_even(r->amount * 1000000, all);
        ROW(w->rows, cell_text(list[i].key), cell_text(name_of(w, r->noun)),
            share ? cell_null() : cell_text(month_text(w, r->month)),
            cell_amount(r->amount, m.places), has ? cell_decimal(percent, 2) : cell_null());
    }
    return RC_OK;
}

/* --- promises --- */

static enum rc by_open(struct work *w, struct err *err)
{
    struct slice_opens o;
    enum rc rc = slice_open(w->arena, w->x, &o, err);
    if (rc) return rc;
    struct place *list = places_new(w, o.count);
    for (uint32_t i = 0; i < o.count; i++) {
        list[i] = (struct place){.key = key_of(w, o.rows[i].noun), .row = i};
    }
    places_sort(list, o.count);
    rows_column(w->rows, "donor", NULL, 0);
    rows_column(w->rows, "name", NULL, COLUMN_ONLY_TEXT);
    rows_column(w->rows, "promises", "open promises", 0);
    rows_column(w->rows, "amount", NULL, COLUMN_BAR);
    rows_column(w->rows, "age", "mean age in days", 0);
    for (uint32_t i = 0; i < o.count; i++) {
        const struct slice_open *r = &o.rows[list[i].row];
        int64_t age = (int64_t)r->count * w->q->today - r->first_days;
        struct dec mean = {(int64_t)div_half_even((i128)age * 10, r->count), 1};
        ROW(w->rows, cell_text(list[i].key), cell_text(name_of(w, r->noun)), cell_count(r->count),
            cell_amount(r->amount, o.places), cell_decimal(mean, 1));
    }
    return RC_OK;
}

static enum rc by_quarter(struct work *w, struct err *err)
{
    struct slice_cohorts o;
    enum rc rc = slice_cohorts(w->arena, w->x->book, &w->x->at, &o, err);
    if (rc) return rc;
    struct place *list = places_new(w, o.count);
    for (uint32_t i = 0; i < o.count; i++) {
        list[i] = (struct place){key_of(w, o.rows[i].noun), o.rows[i].quarter, i};
    }
    places_sort(list, o.count);
    rows_column(w->rows, "donor", NULL, 0);
    rows_column(w->rows, "name", NULL, COLUMN_ONLY_TEXT);
    rows_column(w->rows, "quarter", NULL, 0);
    rows_column(w->rows, "promises", NULL, 0);
    rows_column(w->rows, "percent", "% delivered", COLUMN_BAR);
    for (uint32_t i = 0; i < o.count; i++) {
        const struct slice_cohort *r = &o.rows[list[i].row];
        struct dec percent = {(int64_t)div_half_even(r->share, (i128)r->count * 100000000), 2};
        const char *quarter = text_format(w->arena, "%d-Q%d", (int)(1900 + r->quarter / 4),
                                          (int)(r->quarter % 4 + 1));
        ROW(w->rows, cell_text(list[i].key), cell_text(name_of(w, r->noun)), cell_text(quarter),
            cell_count(r->count), cell_decimal(percent, 2));
    }
    return RC_OK;
}

/* --- asked --- */

static const char *const titles[SUMS_BY_COUNT] = {"What everybody gives, by stage",
                                                  "What is given of everything, by stage",
                                                  "What was delivered, month by month",
                                                  "Who delivered how much",
                                                  "Promises that are open",
                                                  "What part of promises came"};

static enum rc check(const struct work *w, struct err *err)
{
    for (int by = 0; by < CUBE_COUNT; by++) {
        struct arena a = {0};
        enum rc rc = slice_check(&a, w->x->book, (enum cube_by)by, &w->x->at, err);
        arena_free(&a);
        if (rc) return rc;
    }
    return RC_OK;
}

enum rc report_sums(struct arena *a, const struct exchange *x, const struct sums_question *q,
                    struct answer **out, struct err *err)
{
    struct exchange in = *x;
    bool money = q->by != SUMS_ITEM && q->by != SUMS_QUARTER;
    struct work w = {.arena = a, .x = &in, .q = q, .answer = answer_new(a, titles[q->by])};
    enum rc rc = RC_OK;
    if (q->check) rc = check(&w, err);
    if (!rc && money && !in.currency) rc = slice_currency(x, &in.currency, err);
    if (rc) return rc;
    if (money) answer_put(w.answer, "currency", cell_text(in.currency));
    w.rows = answer_rows(w.answer, "rows");
    w.rows->empty = "nothing in the book answers to that";
    if (q->by == SUMS_DONOR || q->by == SUMS_ITEM)
        rc = by_stage(&w, err);
    else if (q->by == SUMS_OPEN)
        rc = by_open(&w, err);
    else if (q->by == SUMS_QUARTER)
        rc = by_quarter(&w, err);
    else
        rc = by_month(&w, err);
    if (q->check) answer_note(w.answer, "All sums were compared with the entries.");
    *out = w.answer;
    return rc;
}
