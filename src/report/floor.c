/* floor.c - see floor.h. */
#include "report/floor.h"

#include "base/text.h"
#include "report/evidence.h"

static const char *key_of(const struct book *b, uint32_t noun)
{
    return noun == NONE ? NULL : book_key(b, noun);
}

static struct cell day_cell(struct arena *a, int32_t day)
{
    return day == DAY_MAX ? cell_null() : cell_text(day_text(a, day, PRECISION_DAY));
}

/* "2024"; "2024/25" where it does not begin in January. */
static const char *year_name(struct arena *a, const struct floor_year *y)
{
    int first = day_year(y->from), last = day_year(y->until);
    if (first == last) return text_format(a, "%d", first);
    return text_format(a, "%d/%02d", first, last % 100);
}

static struct cell percent_cell(const struct floor *f, const struct floor_year *y)
{
    if (!y->bound || !y->known || f->amount <= 0) return cell_null();
    struct dec d = {.n = (int64_t)div_half_even(y->amount * 1000, f->amount), .scale = 1};
    return cell_decimal(d, 1);
}

static void add_years(struct arena *a, const struct exchange *x, struct rows *rows,
                      const struct floor *f)
{
    for (uint32_t i = 0; i < f->count; i++) {
        const struct floor_year *y = &f->years[i];
        bool told = y->known && y->state != FLOOR_NOT_TOLD;
        ROW(rows, cell_text(record_text(f->record, F_KEY)), cell_text(key_of(x->book, f->party)),
            cell_text(key_of(x->book, f->receiver)), cell_text(record_text(f->record, F_CLASS)),
            cell_text(year_name(a, y)), day_cell(a, y->from), day_cell(a, y->until),
            told ? cell_amount(y->amount, f->places) : cell_null(),
            y->bound ? cell_amount(f->amount, f->places) : cell_null(), cell_text(f->currency),
            y->bound && told ? cell_amount(y->gap, f->places) : cell_null(),
            told ? percent_cell(f, y) : cell_null(), cell_text(floor_state_name(y->state)));
    }
}

static void add_floor(struct arena *a, const struct exchange *x, struct rows *rows,
                      const struct floor *f)
{
    const struct record *r = f->record;
    uint64_t passage = record_ref(r, F_PASSAGE);
    ROW(rows, cell_text(record_text(r, F_KEY)), cell_text(record_text(r, F_TYPE)),
        f->party == NONE ? cell_text("everybody")
                         : cell_text(book_name(x->book, f->party, x->at.known)),
        f->receiver == NONE ? cell_text("anybody")
                            : cell_text(book_name(x->book, f->receiver, x->at.known)),
        cell_amount(f->amount, f->places), cell_text(f->currency), day_cell(a, f->agreed),
        day_cell(a, f->since), day_cell(a, f->until), cell_text(record_text(r, F_TEXT)),
        cell_text(evidence_words(a, x->book, passage)),
        cell_text(evidence_address(x->book, passage)));
}

static void year_columns(struct rows *rows)
{
    rows_column(rows, "floor", NULL, 0);
    rows_column(rows, "party", "agreed by", 0);
    rows_columns(rows, "receiver class year");
    rows_column(rows, "from", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "until", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "amount", NULL, 0);
    rows_column(rows, "least", "at least", 0);
    rows_columns(rows, "currency gap percent state");
}

enum rc report_floor(struct arena *a, const struct exchange *x, const struct floor_question *q,
                     struct answer **out, struct err *err)
{
    struct floor *floors;
    uint32_t count;
    enum rc rc = measure_floors(a, x, q, &floors, &count, err);
    if (rc) return rc;
    struct answer *w = answer_new(a, "Yearly amounts against their floors");
    answer_put(w, "reached", cell_text(stage_name(q->reached)));
    answer_put(w, "as_of", day_cell(a, q->today));
    struct rows *rows = answer_rows(w, "rows"), *agreed = answer_rows(w, "floors");
    w->main = rows;
    rows->empty = "no yearly floor is in this book; 'muster floor add' records one";
    year_columns(rows);
    agreed->title = "What was agreed";
    agreed->empty = "nothing";
    rows_columns(agreed, "floor kind");
    rows_column(agreed, "by", NULL, 0);
    rows_column(agreed, "for", NULL, 0);
    rows_column(agreed, "least", "at least, a year", 0);
    rows_columns(agreed, "currency agreed since until text evidence");
    rows_column(agreed, "address", NULL, COLUMN_NO_TEXT);
    for (uint32_t i = 0; i < count; i++) {
        add_years(a, x, rows, &floors[i]);
        add_floor(a, x, agreed, &floors[i]);
        if (floors[i].lacks) answer_note(w, "Some years cannot be told: %s.", floors[i].lacks);
    }
    if (count) {
        answer_note(w,
                    "Each flow once, from the stage %s on; of a group, who is a member on the"
                    " day of the support, or was on the day it was agreed if that is later. A"
                    " gap above zero is still to give; below zero, more came.",
                    stage_name(q->reached));
    }
    *out = w;
    return RC_OK;
}

/* --- what is behind a year --- */

struct behind {
    struct arena *arena;
    const struct exchange *x;
    struct rows *rows;
};

static void add_amount(void *ctx, const struct worth *w)
{
    struct behind *e = ctx;
    const struct book *b = e->x->book;
    ROW(e->rows, cell_text(record_text(worth_record(b, w), F_KEY)), cell_text(key_of(b, w->giver)),
        cell_text(w->class_), day_cell(e->arena, w->day), cell_text(w->currency),
        cell_amount(w->parts, currency_places(b, w->currency)), cell_text(w->series),
        cell_text(evidence_words(e->arena, b, w->passage)),
        cell_text(evidence_address(b, w->passage)));
}

enum rc report_explain_floor(struct arena *a, const struct exchange *x,
                             const struct floor_question *q, int year, struct answer **out,
                             struct err *err)
{
    struct floor *floors;
    uint32_t count;
    enum rc rc = measure_floors(a, x, q, &floors, &count, err);
    if (rc) return rc;
    struct answer *w = answer_new(a, "What is behind the years of a floor");
    answer_put(w, "floor", cell_text(q->key));
    if (year) answer_put(w, "year", cell_label(year));
    answer_put(w, "reached", cell_text(stage_name(q->reached)));
    struct behind e = {a, x, answer_rows(w, "rows")};
    rows_columns(e.rows, "record party class day currency amount series evidence");
    rows_column(e.rows, "address", NULL, COLUMN_NO_TEXT);
    for (uint32_t i = 0; i < count; i++) floor_each(x, q, &floors[i], year, add_amount, &e);
    answer_note(w, "Amounts as published; the floor converts the sum of a year once.");
    *out = w;
    return RC_OK;
}
