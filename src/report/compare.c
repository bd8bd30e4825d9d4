/*
 * compare.c - see compare.h.
 *
 * Each branch has a book of its own, so that what is the same in two of them
 * is found by its key. JSON and CSV carry every figure by scenario; people see
 * what is late and what is missing, and who carries how much, in columns a
 * scenario.
 */
#include "report/compare.h"

#include <string.h>

#include "base/map.h"
#include "base/text.h"
#include "report/plan.h"
#include "report/words.h"

struct comparing {
    struct arena *arena;
    const struct compared *list;
    uint32_t count;
};

/* --- needs --- */

static const struct coverage_row *row_of(const struct compared *c, const char *need)
{
    for (uint32_t i = 0; i < c->coverage.count; i++) {
        const struct coverage_row *r = &c->coverage.rows[i];
        if (strcmp(book_key(c->book, r->need), need) == 0) return r;
    }
    return NULL;
}

enum { FIGURES = 4, SHOWN = 2 }; /* asked, in time, late, missing; people see the last two */

static void put_figures(struct comparing *x, const char *need, int places, struct cell *cells)
{
    struct object *by[FIGURES];
    for (int i = 0; i < FIGURES; i++) by[i] = object_new(x->arena);
    for (uint32_t s = 0; s < x->count; s++) {
        const struct coverage_row *r = row_of(&x->list[s], need);
        const i128 figures[FIGURES] = {r ? r->asked : 0, r ? r->in_time : 0, r ? r->late : 0,
                                       r ? r->undated + r->missing : 0};
        for (int i = 0; i < FIGURES; i++) {
            struct cell c = r ? cell_quantity(figures[i], places) : cell_null();
            object_put(by[i], x->list[s].name, c);
            int shown = i - (FIGURES - SHOWN);
            if (shown >= 0) cells[FIGURES + SHOWN * s + (uint32_t)shown] = c;
        }
    }
    for (int i = 0; i < FIGURES; i++) cells[i] = cell_object(by[i]);
}

static void put_need(struct comparing *x, struct rows *rows, const struct compared *c,
                     const struct coverage_row *r)
{
    enum { BEFORE = 4 };
    int places;
    const char *unit = item_unit(c->book, r->item, INT64_MAX, &places);
    struct cell *cells = NEW_ARRAY(x->arena, BEFORE + FIGURES + SHOWN * x->count, struct cell);
    cells[0] = cell_text(book_key(c->book, r->need));
    cells[1] = cell_text(book_key(c->book, r->item));
    cells[2] = cell_text(unit);
    cells[3] = cell_text(r->due == DAY_MAX ? NULL : day_text(x->arena, r->due, PRECISION_DAY));
    put_figures(x, book_key(c->book, r->need), places, cells + BEFORE);
    rows_add(rows, cells, BEFORE + FIGURES + SHOWN * x->count);
}

static void put_needs(struct comparing *x, struct answer *w)
{
    static const char *const figures[FIGURES] = {"asked", "in_time", "late", "missing"};
    struct map seen = {.arena = x->arena};
    struct rows *rows = answer_rows(w, "needs");
    rows->title = "What comes late, and what is missing in the end";
    rows->empty = "nothing is asked for";
    rows_columns(rows, "need item unit due");
    for (int i = 0; i < FIGURES; i++) rows_column(rows, figures[i], NULL, COLUMN_NO_TEXT);
    for (uint32_t s = 0; s < x->count; s++) {
        const char *name = x->list[s].name;
        rows_column(rows, name, text_format(x->arena, "%s: late", name), COLUMN_ONLY_TEXT);
        rows_column(rows, name, "missing", COLUMN_ONLY_TEXT);
    }
    for (uint32_t s = 0; s < x->count; s++) {
        const struct compared *c = &x->list[s];
        for (uint32_t i = 0; i < c->coverage.count; i++) {
            const char *key = book_key(c->book, c->coverage.rows[i].need);
            if (map_get(&seen, key)) continue;
            map_put(&seen, key, 1);
            put_need(x, rows, c, &c->coverage.rows[i]);
        }
    }
}

/* --- who carries it --- */

static const struct burden_row *party_of(const struct compared *c, const char *party)
{
    for (uint32_t i = 0; i < c->burden.count; i++) {
        const struct burden_row *r = &c->burden.rows[i];
        if (strcmp(book_key(c->book, r->party), party) == 0) return r;
    }
    return NULL;
}

static void put_party(struct comparing *x, struct rows *rows, const char *party)
{
    struct cell *cells = NEW_ARRAY(x->arena, x->count + 2, struct cell);
    struct object *by = object_new(x->arena);
    cells[0] = cell_text(party);
    for (uint32_t s = 0; s < x->count; s++) {
        const struct burden_row *r = party_of(&x->list[s], party);
        cells[2 + s] = cell_amount(r ? r->total : 0, x->list[s].burden.places);
        object_put(by, x->list[s].name, cells[2 + s]);
    }
    cells[1] = cell_object(by);
    rows_add(rows, cells, x->count + 2);
}

static void put_burden(struct comparing *x, struct answer *w)
{
    struct map seen = {.arena = x->arena};
    struct rows *rows = answer_rows(w, "burden");
    rows->title = "Who carries how much";
    rows->empty = "no support with a value";
    rows_column(rows, "party", NULL, 0);
    rows_column(rows, "total", NULL, COLUMN_NO_TEXT);
    for (uint32_t s = 0; s < x->count; s++) {
        rows_column(rows, x->list[s].name, x->list[s].name, COLUMN_ONLY_TEXT);
    }
    for (uint32_t s = 0; s < x->count; s++) {
        const struct compared *c = &x->list[s];
        for (uint32_t i = 0; i < c->burden.count; i++) {
            const char *key = book_key(c->book, c->burden.rows[i].party);
            if (map_get(&seen, key)) continue;
            map_put(&seen, key, 1);
            put_party(x, rows, key);
        }
    }
}

struct answer *report_compare(struct arena *a, const struct compared *list, uint32_t count)
{
    struct comparing x = {a, list, count};
    struct answer *w = answer_new(a, "Side by side");
    struct rows *rows = answer_rows(w, "scenarios");
    unsigned with_plan = count && list[0].planned ? 0 : COLUMN_NO_TEXT;
    rows_columns(rows, "scenario needs in_time late in_part not_at_all support");
    rows_column(rows, "objective", "plan's objective", with_plan);
    rows_column(rows, "bound", "no plan below", with_plan);
    for (uint32_t s = 0; s < count; s++) {
        const struct coverage *c = &list[s].coverage;
        const struct burden *b = &list[s].burden;
        ROW(rows, cell_text(list[s].name), cell_count(c->count),
            cell_count(c->of[COVERAGE_IN_TIME]), cell_count(c->of[COVERAGE_LATE]),
            cell_count(c->of[COVERAGE_PART]), cell_count(c->of[COVERAGE_NONE]),
            *b->currency ? cell_amount(b->sum.total, b->places) : cell_null(),
            list[s].planned ? double_cell(list[s].objective, 4, ROUND_UP) : cell_null(),
            list[s].planned ? double_cell(list[s].bound, 4, ROUND_DOWN) : cell_null());
        if (c->undated) {
            answer_note(w,
                        "%s: %u promises of what is asked for have no date, and meet nothing here",
                        list[s].name, (unsigned)c->undated);
        }
        if (b->unvalued) {
            answer_note(w, "%s: %u of the things given have no value in the book", list[s].name,
                        (unsigned)b->unvalued);
        }
    }
    put_needs(&x, w);
    put_burden(&x, w);
    w->main = rows;
    return w;
}
