/*
 * tables_test.c - the whole book as tables.
 *
 * What the tables say is held against what the book was told: a publisher's
 * states, one after the other.
 */
#include "desk.h"
#include "export/xlsx.h"
#include "report/tables.h"
#include "workbook.h"

static const struct rows *list_named(const struct answer *w, const char *name)
{
    for (uint32_t i = 0; i < w->list_count; i++) {
        if (strcmp(w->lists[i]->name, name) == 0) return w->lists[i];
    }
    CHECK(false);
    return w->lists[0];
}

/* One cell of a list as CSV would print it. */
static const char *cell_of(struct arena *a, const struct rows *r, uint32_t row, const char *column)
{
    struct cell *room = NEW_ARRAY(a, (size_t)r->column_count + 1, struct cell);
    if (row >= r->count) return "(no such row)";
    const struct cell *cells = rows_cells(r, row, room, a);
    for (uint32_t k = 0; k < r->column_count; k++) {
        if (strcmp(r->columns[k].name, column) != 0) continue;
        switch (cells[k].type) {
        case CELL_NULL: return "";
        case CELL_TEXT: return cells[k].text;
        case CELL_BOOL: return cells[k].yes ? "yes" : "no";
        default: return cell_digits(a, &cells[k]);
        }
    }
    return "(no such column)";
}

static struct answer *tables(struct desk *d, const char *viewer, struct clocks at)
{
    struct view *v = NEW(&d->arena, struct view);
    struct answer *w = NULL;
    GOOD(view_open(&d->arena, d->store, viewer, NULL, v, oops));
    GOOD(report_tables(&d->arena, v, &at, NULL, &w, oops));
    return w;
}

static void every_record_is_a_row_with_what_stands(void)
{
    struct desk d;
    desk_begin(&d);
    struct arena *a = &d.arena;
    struct paper *p = paper_new(&d, 1000);
    paper_row(p, "pub/a", 100050, 20000);
    paper_row(p, "pub/b", 700, 0);
    desk_import(&d, p);
    struct answer *w = tables(&d, NULL, CLOCKS_NOW);
    const struct rows *parties = list_named(w, "parties"), *lines = list_named(w, "lines"),
                      *entries = list_named(w, "entries"), *sources = list_named(w, "sources");
    CHECK_I64(parties->count, 5); /* a country comes with its groups */
    CHECK_TEXT(cell_of(a, parties, 0, "key"), "DEU");
    CHECK_TEXT(cell_of(a, parties, 0, "name"), "Germany");
    CHECK_TEXT(cell_of(a, list_named(w, "memberships"), 0, "party"), "DEU");
    CHECK_I64(list_named(w, "items")->count, 1);
    CHECK_TEXT(cell_of(a, list_named(w, "items"), 0, "decimals"), "2");
    CHECK_I64(lines->count, 2);
    CHECK_TEXT(cell_of(a, lines, 0, "key"), "pub/a");
    CHECK_TEXT(cell_of(a, lines, 0, "donor"), "DEU");
    CHECK_TEXT(cell_of(a, lines, 0, "committed"), "800.5");
    CHECK_TEXT(cell_of(a, lines, 0, "delivered"), "200");
    CHECK_TEXT(cell_of(a, lines, 1, "committed"), "7");
    CHECK_TEXT(cell_of(a, lines, 1, "delivered"), "0");
    CHECK_I64(entries->count, 3);
    CHECK_TEXT(cell_of(a, entries, 1, "line"), "pub/a");
    CHECK_TEXT(cell_of(a, entries, 1, "from"), "committed");
    CHECK_TEXT(cell_of(a, entries, 1, "to"), "delivered");
    CHECK_TEXT(cell_of(a, entries, 1, "qty"), "200");
    CHECK_TEXT(cell_of(a, entries, 1, "unit"), "EUR");
    CHECK_TEXT(cell_of(a, entries, 1, "day"), "1970-01-21");
    CHECK_TEXT(cell_of(a, entries, 1, "author"), "import:test");
    CHECK_TEXT(cell_of(a, entries, 1, "key"), "pub/a/delivered");
    CHECK_TEXT(cell_of(a, entries, 1, "evidence"), "a list, pub/a");
    CHECK_TEXT(cell_of(a, entries, 1, "takes_back"), "no");
    CHECK_I64(sources->count, 1);
    CHECK_TEXT(cell_of(a, sources, 0, "name"), "a list");
    desk_end(&d);
}

static void a_question_of_then_is_answered_as_then(void)
{
    struct desk d;
    desk_begin(&d);
    struct arena *a = &d.arena;
    struct paper *p = paper_new(&d, 1000);
    paper_row(p, "pub/a", 1000, 300);
    desk_import(&d, p);
    struct clocks then = {.effective = DAY_MAX, .known = d.now_ms};
    p = paper_new(&d, 2000);
    paper_row(p, "pub/a", 900, 300);
    paper_row(p, "pub/b", 100, 0);
    desk_import(&d, p);
    struct answer *w = tables(&d, NULL, then);
    CHECK_I64(list_named(w, "lines")->count, 1);
    CHECK_TEXT(cell_of(a, list_named(w, "lines"), 0, "committed"), "7");
    CHECK_I64(list_named(w, "entries")->count, 2);
    CHECK_TEXT(cell_of(a, list_named(w, "entries"), 0, "taken_back"), "no"); /* not yet */
    w = tables(&d, NULL, CLOCKS_NOW);
    const struct rows *entries = list_named(w, "entries");
    CHECK_TEXT(cell_of(a, list_named(w, "lines"), 0, "committed"), "6");
    CHECK_TEXT(cell_of(a, entries, 0, "taken_back"), "yes");
    CHECK_TEXT(cell_of(a, entries, 2, "takes_back"), "yes");
    CHECK(*cell_of(a, entries, 2, "why"));
    struct clocks early = {.effective = 15, .known = INT64_MAX}; /* before the delivery */
    w = tables(&d, NULL, early);
    CHECK_TEXT(cell_of(a, list_named(w, "lines"), 0, "committed"), "9");
    CHECK_TEXT(cell_of(a, list_named(w, "lines"), 0, "delivered"), "0");
    desk_end(&d);
}

/* Two books, the one without what only Ukraine may see: the public gets the same workbook. */
static const char *workbook_of(struct desk *d, const char *viewer, size_t *len)
{
    struct buf out = {.arena = &d->arena};
    struct xlsx_about about = {.effective = DAY_MAX, .known = INT64_MAX, .viewer = ""};
    GOOD(export_xlsx(tables(d, viewer, CLOCKS_NOW), &about, &out, oops));
    *len = out.len;
    return out.text;
}

static void tell(struct desk *d, int64_t secret)
{
    struct paper *p = paper_new(d, 1000);
    paper_row(p, "pub/a", 1000, 0);
    if (secret) {
        struct record *line = paper_line(p, "pub/b", "for Ukraine alone");
        line->label = "parties:UKR";
        struct record *entry =
            paper_entry(p, "pub/b", "committed", STAGE_WORLD, STAGE_COMMITTED, secret, 10);
        entry->label = "parties:UKR";
        entry = paper_entry(p, "pub/a", "more", STAGE_WORLD, STAGE_COMMITTED, secret, 11);
        entry->label = "parties:UKR";
    }
    paper_row(p, "pub/c", 3000, 1000);
    desk_import(d, p);
}

static void what_a_viewer_may_not_see_is_in_no_table(void)
{
    struct desk with, other, without;
    size_t a, b, c, all, seen;
    desk_begin(&with);
    desk_begin(&other);
    desk_begin(&without);
    tell(&with, 77);
    tell(&other, 78000);
    tell(&without, 0);
    const char *x = workbook_of(&with, "", &a), *y = workbook_of(&other, "", &b);
    const char *z = workbook_of(&without, "", &c);
    CHECK(a == b && memcmp(x, y, a) == 0);
    CHECK(a == c && memcmp(x, z, a) == 0);
    const char *everything = workbook_of(&with, NULL, &all),
               *own = workbook_of(&with, "UKR", &seen);
    CHECK(all != a || memcmp(everything, x, a) != 0); /* there is something to hide */
    CHECK(all == seen && memcmp(everything, own, all) == 0);
    desk_end(&with);
    desk_end(&other);
    desk_end(&without);
}

static void a_workbook_of_it_says_the_same(void)
{
    struct desk d;
    struct workbook book;
    size_t len;
    desk_begin(&d);
    tell(&d, 5);
    const char *bytes = workbook_of(&d, NULL, &len);
    GOOD(xlsx_read(&d.arena, bytes, len, &book, oops));
    CHECK_I64(book.count, 8);
    const struct sheet *lines = workbook_sheet(&book, "lines");
    CHECK(lines != NULL);
    int committed = lines ? row_find(sheet_row(lines, 1), "committed") : -1;
    CHECK(committed > 0);
    if (committed > 0)
        CHECK_TEXT(row_cell(sheet_row(lines, 2), (uint32_t)committed)->text, "10.05");
    desk_end(&d);
}

int main(void)
{
    RUN(every_record_is_a_row_with_what_stands);
    RUN(a_question_of_then_is_answered_as_then);
    RUN(what_a_viewer_may_not_see_is_in_no_table);
    RUN(a_workbook_of_it_says_the_same);
    return tap_done();
}
