/* outlook.c - see outlook.h. */
#include "report/outlook.h"

#include <stdlib.h>

#include "base/text.h"
#include "report/words.h"

struct work {
    struct arena *arena;
    const struct book *book;
    const struct outlook_question *q;
    const struct outlook *o;
    struct answer *w;
    const char **month; /* "2026-03" */
};

/* How a row is counted. */
struct counted {
    int places;
    bool money;
    const char *unit;
};

static struct counted counted_as(const struct work *w, const struct outlook_row *r)
{
    struct counted c = {.money = true};
    if (w->q->x) {
        c.unit = w->q->x->currency;
        c.places = currency_places(w->book, c.unit);
        return c;
    }
    c.unit = item_unit(w->book, r->item, w->q->at.known, &c.places);
    c.money = item_currency(w->book, r->item) != NULL;
    return c;
}

static struct cell parts_cell(const struct counted *c, i128 n)
{
    return c->money ? cell_amount(n, c->places) : cell_quantity(n, c->places);
}

static i128 within(const struct outlook_row *r)
{
    return r->firm + r->soft - r->later - r->undated;
}

static struct cell percent(int64_t part, int64_t whole)
{
    if (whole <= 0) return cell_null();
    return cell_decimal((struct dec){(int64_t)div_half_even((i128)part * 1000, whole), 1}, 1);
}

/* --- month by month --- */

static void put_months(struct work *w)
{
    const struct outlook_row *t = &w->o->total;
    const struct counted c = counted_as(w, t);
    struct rows *rows = answer_rows(w->w, "months");
    rows->title = "Month by month";
    rows_column(rows, "month", NULL, 0);
    rows_column(rows, "promised", "promised for", 0);
    rows_column(rows, "firm", NULL, 0);
    rows_column(rows, "soft", NULL, 0);
    rows_column(rows, "likely", NULL, COLUMN_BAR);
    rows_column(rows, "low", NULL, 0);
    rows_column(rows, "high", NULL, 0);
    rows_column(rows, "likely_by", "likely by then", 0);
    rows_column(rows, "low_by", "low", 0);
    rows_column(rows, "high_by", "high", 0);
    for (int32_t m = 0; m < w->q->months; m++) {
        const struct outlook_month *o = &t->month[m];
        ROW(rows, cell_text(w->month[m]), parts_cell(&c, o->promised), parts_cell(&c, o->firm),
            parts_cell(&c, o->soft), parts_cell(&c, o->firm + o->soft), parts_cell(&c, o->low),
            parts_cell(&c, o->high), parts_cell(&c, o->firm_by + o->soft_by),
            parts_cell(&c, o->low_by), parts_cell(&c, o->high_by));
    }
    struct cell none = cell_null();
    ROW(rows, cell_text("later"), none, none, none, parts_cell(&c, t->later), none, none, none,
        none, none);
    ROW(rows, cell_text("no date"), none, none, none, parts_cell(&c, t->undated), none, none, none,
        none, none);
    TOTAL(rows, cell_text("open"), none, none, none, parts_cell(&c, t->firm + t->soft), none, none,
          none, none, none);
}

/* --- by item, class, donor or receiver --- */

static struct cell by_month(const struct work *w, const struct outlook_row *r,
                            const struct counted *c)
{
    struct object *o = object_new(w->arena);
    for (int32_t m = 0; m < w->q->months; m++) {
        object_put(o, w->month[m], parts_cell(c, r->month[m].firm + r->month[m].soft));
    }
    return cell_object(o);
}

static void put_row(struct work *w, struct rows *rows, const struct outlook_row *r)
{
    const struct outlook_month *last = &r->month[w->q->months - 1];
    const struct counted c = counted_as(w, r);
    struct cell cells[16];
    uint32_t n = 0;
    cells[n++] = cell_text(r->by);
    cells[n++] = cell_text(r->name);
    if (w->q->by != OUTLOOK_ITEM) {
        bool item = r->item != NONE;
        cells[n++] = cell_text(item ? book_key(w->book, r->item) : NULL);
        cells[n++] = cell_text(item ? book_name(w->book, r->item, w->q->at.known) : NULL);
    }
    cells[n++] = cell_text(c.unit);
    cells[n++] = cell_count(r->lines);
    cells[n++] = parts_cell(&c, r->firm + r->soft);
    cells[n++] = parts_cell(&c, r->firm);
    cells[n++] = parts_cell(&c, r->soft);
    cells[n++] = parts_cell(&c, r->overdue);
    cells[n++] = parts_cell(&c, within(r));
    cells[n++] = parts_cell(&c, last->low_by);
    cells[n++] = parts_cell(&c, last->high_by);
    cells[n++] = parts_cell(&c, r->later);
    cells[n++] = parts_cell(&c, r->undated);
    cells[n++] = by_month(w, r, &c);
    rows_add(rows, cells, n);
}

static struct rows *put_rows(struct work *w)
{
    struct rows *rows = answer_rows(w->w, "rows");
    bool by_item = w->q->by == OUTLOOK_ITEM, values = w->q->x != NULL;
    rows->title = text_format(
        w->arena, "Open promises, and what of them is likely within %d months", (int)w->q->months);
    rows->empty = "nothing is open";
    rows_column(rows, outlook_by_name(w->q->by), NULL, by_item ? COLUMN_NO_TEXT : 0);
    rows_column(rows, "name", outlook_by_name(w->q->by), by_item ? 0 : COLUMN_NO_TEXT);
    if (!by_item) {
        rows_column(rows, "item", NULL, COLUMN_NO_TEXT);
        rows_column(rows, "item_name", "item", values ? COLUMN_NO_TEXT : 0);
    }
    rows_column(rows, "unit", NULL, 0);
    rows_column(rows, "lines", NULL, 0);
    rows_column(rows, "open", NULL, 0);
    rows_column(rows, "firm", NULL, 0);
    rows_column(rows, "soft", NULL, 0);
    rows_column(rows, "overdue", NULL, 0);
    rows_column(rows, "likely", NULL, w->o->one_unit ? COLUMN_BAR : 0);
    rows_column(rows, "low", NULL, 0);
    rows_column(rows, "high", NULL, 0);
    rows_column(rows, "later", NULL, 0);
    rows_column(rows, "no_date", "no date", 0);
    rows_column(rows, "by_month", NULL, COLUMN_NO_TEXT);
    for (uint32_t i = 0; i < w->o->count; i++) put_row(w, rows, &w->o->rows[i]);
    return rows;
}

/* --- what was learned --- */

static struct cell days_cell(int32_t days)
{
    return days < 0 ? cell_null() : cell_count(days);
}

static const char *source_name(const struct work *w, const struct outlook_source *s)
{
    if (s->party != NONE) return book_key(w->book, s->party);
    return s->class_ ? text_format(w->arena, "all %s", s->class_) : "all";
}

static int most_used(const void *x, const void *y)
{
    const struct outlook_source *const *a = x, *const *b = y;
    if ((*a)->lines != (*b)->lines) return (*a)->lines > (*b)->lines ? -1 : 1;
    return (*a > *b) - (*a < *b);
}

static void put_delays(struct work *w)
{
    const struct outlook *o = w->o;
    if (o->source_count == 0) return;
    const struct outlook_source **list =
        NEW_ARRAY(w->arena, o->source_count, const struct outlook_source *);
    for (uint32_t i = 0; i < o->source_count; i++) list[i] = &o->sources[i];
    qsort(list, o->source_count, sizeof *list, most_used);
    enum { SHOWN = 20 };
    uint32_t shown = 0, more = 0;
    struct rows *rows = answer_rows(w->w, "delays");
    rows->title = "Learned from promises whose day is past";
    rows_column(rows, "from", "whose", 0);
    rows_column(rows, "promises", NULL, 0);
    rows_column(rows, "came", NULL, 0);
    rows_column(rows, "open", "still open", 0);
    rows_column(rows, "never", "taken back", 0);
    rows_column(rows, "on_time_percent", "on time %", COLUMN_BAR);
    rows_column(rows, "half_days", "half within days", 0);
    rows_column(rows, "most_days", "nine in ten within", 0);
    rows_column(rows, "lines", "used for", 0);
    for (uint32_t i = 0; i < o->source_count; i++) {
        const struct delay *d = &list[i]->delay;
        if (list[i]->lines == 0) continue;
        if (shown++ >= SHOWN) {
            more++;
            continue;
        }
        ROW(rows, cell_text(source_name(w, list[i])), cell_count(d->seen), cell_count(d->came),
            cell_count(d->open), cell_count(d->never), percent(d->on_time, d->seen),
            days_cell(delay_within(d, DELAY_CERTAIN / 2)),
            days_cell(delay_within(d, DELAY_CERTAIN / 10 * 9)), cell_count(list[i]->lines));
    }
    if (more) {
        answer_note(w->w, "%u more curves are used, each for fewer lines than these.",
                    (unsigned)more);
    }
}

/* --- around the rows --- */

static const char method[] = "promised day plus the delay of earlier promises (Kaplan-Meier): the "
                             "giver's own from 10 on, else"
                             " its class's, else all";
static const char plain[] = "promised days alone";

static void put_head(struct work *w)
{
    const struct outlook *o = w->o;
    answer_put(w->w, "as_of", cell_text(day_text(w->arena, w->q->today, PRECISION_DAY)));
    answer_put(w->w, "horizon", cell_count(w->q->months));
    answer_put(w->w, "reached", cell_text(stage_name(w->q->reached)));
    answer_put(w->w, "currency", cell_text(w->q->x ? w->q->x->currency : NULL));
    answer_put(w->w, "lines", cell_count(o->lines));
    answer_put(w->w, "observations", cell_count(o->observations));
    answer_put(w->w, "method", cell_text(o->source_count ? method : plain));
}

static void put_notes(struct work *w)
{
    const struct outlook *o = w->o;
    answer_note(w->w, "firm: committed or further; soft: considered or announced. Months, later and"
                      " no date add up to what is open.");
    if (o->source_count) {
        answer_note(w->w, "likely is the mean of all that may come; low and high leave one in ten"
                          " chances each, taking givers as late independently of one another, and"
                          " each as late with all that it gives. later: not to be expected within"
                          " these months, or ever.");
    }
    if (o->plain) {
        answer_note(w->w,
                    "%u lines stand on their promised day alone: the book has %u promises whose day"
                    " is past, and fewer than %d tell nothing of how late things come. Those that"
                    " are overdue count as without a date.",
                    (unsigned)o->plain, (unsigned)o->observations, DELAY_LEAST);
    }
    if (o->undated) {
        answer_note(w->w, "%u lines have no promised date.", (unsigned)o->undated);
    }
    if (o->unvalued) {
        answer_note(w->w, "%u open lines of things have no value of their own, and are left out.",
                    (unsigned)o->unvalued);
    }
}

enum rc report_outlook(struct arena *a, const struct book *b, const struct outlook_question *q,
                       struct answer **out, struct err *err)
{
    struct outlook o;
    struct work w = {.arena = a, .book = b, .q = q, .o = &o};
    enum rc rc = measure_outlook(a, b, q, &o, err);
    if (rc) return rc;
    w.w = answer_new(a, "What is likely to arrive");
    w.month = NEW_ARRAY(a, (size_t)q->months, const char *);
    for (int32_t m = 0; m < q->months; m++) {
        w.month[m] = day_text(a, o.month_end[m], PRECISION_MONTH);
    }
    put_head(&w);
    if (o.one_unit && o.count) put_months(&w);
    struct rows *rows = put_rows(&w);
    put_delays(&w);
    put_notes(&w);
    w.w->main = rows;
    *out = w.w;
    return RC_OK;
}
