/* same.c - see same.h. */
#include "report/same.h"

#include <string.h>

struct answer *report_same(struct arena *a, const struct exchange *x)
{
    uint32_t count, lines;
    const struct line *line = book_lines(x->book, &lines);
    const struct likeness *list = likeness_find(a, x->book, &x->at, &count);
    struct answer *w = answer_new(a, "Reports that look like the same money");
    struct rows *rows = answer_rows(w, "rows");
    rows_columns(rows, "counts other currency matched");
    rows_column(rows, "counts_total", "of", 0);
    rows_column(rows, "other_total", "and of", 0);
    rows_columns(rows, "why");
    rows->empty = "nothing looks like the same money twice";
    for (uint32_t i = 0; i < count; i++) {
        const struct likeness *l = &list[i];
        const char *item = book_key(x->book, line[l->counts].item);
        const char *currency = strncmp(item, "money/", 6) == 0 ? item + 6 : item;
        int places = currency_places(x->book, currency);
        ROW(rows, cell_text(book_key(x->book, line[l->counts].noun)),
            cell_text(book_key(x->book, line[l->other].noun)), cell_text(currency),
            cell_amount(l->matched, places), cell_amount(l->total[0], places),
            cell_amount(l->total[1], places),
            cell_text(l->related ? "related activities, same amounts"
                                 : "same giver, same amounts"));
    }
    if (count) {
        answer_note(w, "Both count until a person says so: 'muster same accept COUNTS OTHER --why"
                       " ...', or reject.");
    }
    return w;
}
