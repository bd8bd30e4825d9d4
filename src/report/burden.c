/* burden.c - who carries how much, as rows; see total.h. */
#include <string.h>

#include "report/total.h"

static struct cell class_cell(const struct burden_row *r, const struct burden *t,
                              enum burden_class c)
{
    return r->classed ? cell_amount(r->amount[c], t->places) : cell_null();
}

static void add_row(struct rows *rows, const struct burden *t, const struct burden_row *r,
                    const char *key, const char *name, bool is_total)
{
    struct cell cells[] = {
        cell_text(key),
        cell_text(name),
        class_cell(r, t, CLASS_FINANCIAL),
        class_cell(r, t, CLASS_HUMANITARIAN),
        class_cell(r, t, CLASS_MILITARY),
        cell_amount(r->total, t->places),
        r->has_gdp ? cell_decimal(r->gdp_percent, 3) : cell_null(),
        r->has_key ? cell_decimal(r->key_percent, 3) : cell_null(),
        r->has_key ? cell_amount(r->key_share, t->places) : cell_null(),
        r->has_key ? cell_amount(r->gap, t->places) : cell_null(),
    };
    if (is_total)
        rows_total(rows, cells, sizeof cells / sizeof *cells);
    else
        rows_add(rows, cells, sizeof cells / sizeof *cells);
}

enum rc report_burden(struct arena *a, const struct exchange *x, const struct burden_question *q,
                      struct answer **out, struct err *err)
{
    struct burden t;
    enum rc rc = measure_burden(a, x, q, &t, err);
    if (rc) return rc;
    struct answer *w = answer_new(a, "Who carries how much");
    answer_put(w, "currency", *t.currency ? cell_text(t.currency) : cell_null());
    answer_put(w, "reached", cell_text(stage_name(t.reached)));
    if (q->group) answer_put(w, "group", cell_text(q->group));
    if (q->year) answer_put(w, "year", cell_text(q->year));
    struct object *sum = object_new(a);
    object_put(sum, "financial", class_cell(&t.sum, &t, CLASS_FINANCIAL));
    object_put(sum, "humanitarian", class_cell(&t.sum, &t, CLASS_HUMANITARIAN));
    object_put(sum, "military", class_cell(&t.sum, &t, CLASS_MILITARY));
    object_put(sum, "total", cell_amount(t.sum.total, t.places));
    answer_put(w, "sum", cell_object(sum));
    answer_put(w, "gdp_table", cell_text(t.gdp_table));
    if (t.key_table) {
        answer_put(w, "key", cell_text(q->key));
        answer_put(w, "key_table", cell_text(t.key_table));
        answer_put(w, "amount", cell_amount(t.amount, t.places));
    }
    struct rows *rows = answer_rows(w, "rows");
    unsigned with_gdp = t.gdp_table ? 0 : COLUMN_NO_TEXT,
             with_key = t.key_table ? 0 : COLUMN_NO_TEXT;
    unsigned with_class = t.sum.classed ? 0 : COLUMN_NO_TEXT;
    rows_column(rows, "party", NULL, 0);
    rows_column(rows, "name", NULL, COLUMN_ONLY_TEXT);
    rows_column(rows, "financial", NULL, with_class);
    rows_column(rows, "humanitarian", NULL, with_class);
    rows_column(rows, "military", NULL, with_class);
    rows_column(rows, "total", NULL, COLUMN_BAR);
    rows_column(rows, "gdp_percent", "% of GDP", with_gdp);
    rows_column(rows, "key_percent", "% of key", with_key);
    rows_column(rows, "key_share", "fair share", with_key);
    rows_column(rows, "gap", NULL, with_key);
    for (uint32_t i = 0; i < t.count; i++) {
        const struct burden_row *r = &t.rows[i];
        add_row(rows, &t, r, book_key(x->book, r->party), book_name(x->book, r->party, x->at.known),
                false);
    }
    if (t.count) add_row(rows, &t, &t.sum, "total", "", true);

    if (t.gdp_table) answer_note(w, "Share of GDP by %s.", t.gdp_table);
    if (t.key_table) {
        answer_note(w, "Fair share by %s; gap above zero is still to give.", t.key_table);
    }
    if (t.no_key) {
        answer_note(w, "%u parties have no figure in that table and no fair share.",
                    (unsigned)t.no_key);
    }
    if (t.passed_on) {
        answer_note(w,
                    "%u movements pass on money that was given before; they are nobody's burden"
                    " twice.",
                    (unsigned)t.passed_on);
    }
    if (t.unvalued) {
        answer_note(w, "%u packages and lines of things carry no value and are not in any amount.",
                    (unsigned)t.unvalued);
    }
    *out = w;
    return RC_OK;
}
