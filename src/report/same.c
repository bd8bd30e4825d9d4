/* same.c - see same.h. */
#include "report/same.h"

#include <stdlib.h>
#include <string.h>

/* The currency of a line's item; the item's key where it is a thing. */
static const char *money_of(const struct book *b, uint32_t item)
{
    const char *currency = item_currency(b, item);
    return currency ? currency : book_key(b, item);
}

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
        const char *currency = money_of(x->book, line[l->counts].item);
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

/* --- what is known --- */

struct told {
    const char *counts, *other, *currency[2], *why;
    i128 total[2];
    int places[2];
};

static bool one_currency(const struct told *t)
{
    return strcmp(t->currency[0], t->currency[1]) == 0;
}

/* Of two currencies it cannot be told: last in the list. */
static i128 apart(const struct told *t)
{
    if (!one_currency(t)) return -1;
    i128 d = t->total[0] - t->total[1];
    return d < 0 ? -d : d;
}

static int by_difference(const void *x, const void *y)
{
    const struct told *a = x, *b = y;
    if (apart(a) != apart(b)) return apart(a) < apart(b) ? 1 : -1;
    int c = strcmp(a->counts, b->counts);
    return c ? c : strcmp(a->other, b->other);
}

static i128 reached(const struct sums *s)
{
    i128 far = sums_reached(s, STAGE_COMMITTED);
    return far ? far : sums_reached(s, STAGE_ANNOUNCED);
}

struct answer *report_known_same(struct arena *a, const struct exchange *x)
{
    uint32_t lines, count = 0;
    const struct line *line = book_lines(x->book, &lines);
    struct reports r;
    reports_find(a, x->book, &x->at, STAGE_ANNOUNCED, &r);
    uint32_t *key = NEW_ARRAY(a, lines + 1, uint32_t);
    struct sums *sums = NEW_ARRAY(a, lines + 1, struct sums);
    struct told *told = NEW_ARRAY(a, lines + 1, struct told);
    for (uint32_t i = 0; i < lines; i++) key[i] = i;
    book_sum(x->book, &x->at, key, lines, sums);
    for (uint32_t i = 0; i < r.lines; i++) {
        uint32_t of = r.instead[i];
        if (of == NONE) continue;
        const char *mine = money_of(x->book, line[of].item);
        const char *other = money_of(x->book, line[i].item);
        told[count++] =
            (struct told){book_key(x->book, line[of].noun),
                          book_key(x->book, line[i].noun),
                          {mine, other},
                          r.why[i],
                          {reached(&sums[of]), reached(&sums[i])},
                          {currency_places(x->book, mine), currency_places(x->book, other)}};
    }
    if (count) qsort(told, count, sizeof *told, by_difference);
    struct answer *w = answer_new(a, "Reports of the same money");
    struct rows *rows = answer_rows(w, "rows");
    rows_columns(rows, "counts other currency");
    rows_column(rows, "counts_total", "says", 0);
    rows_column(rows, "other_total", "and says", 0);
    rows_columns(rows, "differ");
    rows_column(rows, "other_currency", "and in", 0);
    rows_columns(rows, "why");
    rows->empty = "no two reports are known to be of the same money";
    for (uint32_t i = 0; i < count; i++) {
        const struct told *t = &told[i];
        ROW(rows, cell_text(t->counts), cell_text(t->other), cell_text(t->currency[0]),
            cell_amount(t->total[0], t->places[0]), cell_amount(t->total[1], t->places[1]),
            one_currency(t) ? cell_amount(apart(t), t->places[0]) : cell_null(),
            cell_text(t->currency[1]), cell_text(t->why));
    }
    return w;
}
