/* late.c - see late.h. */
#include "report/late.h"

#include <string.h>

#include "base/text.h"
#include "measure/money.h"
#include "report/words.h"

struct late {
    struct arena *arena;
    const struct book *book;
    struct punctual_question q;
    struct punctual p;
    struct answer *w;
};

/* "fts:1, fts:2 and 5 more" */
static const char *some_lines(const struct late *l, const uint32_t *list, uint32_t count)
{
    enum { NAMED = 3 };
    struct buf words = {.arena = l->arena};
    uint32_t lines;
    const struct line *line = book_lines(l->book, &lines);
    for (uint32_t i = 0; i < count && i < NAMED; i++) {
        buf_addf(&words, "%s%s", i ? ", " : "", book_key(l->book, line[list[i]].noun));
    }
    if (count > NAMED) buf_addf(&words, " and %u more", (unsigned)(count - NAMED));
    return words.text;
}

/* What is shown comes before what is not: see punctual_row(). */
static bool is_shown(const struct punctual_found *r, bool all)
{
    if (all || r->status == PUNCTUAL_LATE || r->status == PUNCTUAL_DELIVERED_LATE) return true;
    return r->status == PUNCTUAL_DUE && -r->days <= LATE_AHEAD_DAYS;
}

static struct cell parts_cell(const struct late *l, const struct punctual_row *r, uint32_t item,
                              int places, i128 n)
{
    if (r->status == PUNCTUAL_NOT_TOLD) return cell_null();
    return item_currency(l->book, item) ? cell_amount(n, places) : cell_quantity(n, places);
}

static void make_row(void *ctx, uint32_t place, struct cell *cells, struct arena *a)
{
    const struct late *l = ctx;
    const struct punctual_row r = punctual_row(&l->p, place);
    uint32_t lines;
    const struct book *b = l->book;
    const struct line *line = &book_lines(b, &lines)[r.line];
    int64_t known = l->q.at.known;
    int places;
    const char *unit = item_unit(b, line->item, known, &places);
    bool has_item = line->item != NONE, has_giver = line->giver != NONE;
    const struct cell row[] = {cell_text(book_key(b, line->noun)),
                               cell_text(line_text(b, line, F_NAME)),
                               cell_text(has_giver ? book_key(b, line->giver) : NULL),
                               cell_text(has_item ? book_key(b, line->item) : NULL),
                               cell_text(has_item ? book_name(b, line->item, known) : NULL),
                               cell_text(unit),
                               cell_text(day_text(a, r.until, PRECISION_DAY)),
                               parts_cell(l, &r, line->item, places, r.promised),
                               parts_cell(l, &r, line->item, places, r.in_time),
                               parts_cell(l, &r, line->item, places, r.late),
                               parts_cell(l, &r, line->item, places, r.missing),
                               r.status == PUNCTUAL_NOT_TOLD ? cell_null() : cell_count(r.days),
                               cell_text(punctual_name(r.status))};
    memcpy(cells, row, sizeof row);
}

static void add_head(struct late *l)
{
    static const char *const names[PUNCTUAL_COUNT] = {"late", "delivered_late", "due", "on_time",
                                                      "not_told"};
    const struct punctual *p = &l->p;
    answer_put(l->w, "as_of", cell_text(day_text(l->arena, l->q.at.effective, PRECISION_DAY)));
    answer_put(l->w, "lines", cell_count(p->count));
    for (int s = 0; s < PUNCTUAL_COUNT; s++) answer_put(l->w, names[s], cell_count(p->of[s]));
    answer_put(l->w, "without_date", cell_count(p->dateless_count));
    answer_put(l->w, "without_date_and_quantity", cell_count(p->silent));
    int64_t judged =
        p->of[PUNCTUAL_LATE] + (int64_t)p->of[PUNCTUAL_DELIVERED_LATE] + p->of[PUNCTUAL_ON_TIME];
    struct cell share = cell_null();
    if (judged) {
        i128 n = div_half_even((i128)p->of[PUNCTUAL_ON_TIME] * 1000, judged);
        share = cell_decimal((struct dec){(int64_t)n, 1}, 1);
    }
    answer_put(l->w, "on_time_percent", share);
}

static void add_notes(struct late *l, uint32_t hidden)
{
    const struct punctual *p = &l->p;
    if (hidden) {
        answer_note(l->w,
                    "%u more lines are on time, due later than in %d days, or cannot be told;"
                    " --all shows them.",
                    (unsigned)hidden, LATE_AHEAD_DAYS);
    }
    if (p->dateless_count) {
        answer_note(l->w, "Of %u lines with a quantity and no promised date it cannot be told: %s.",
                    (unsigned)p->dateless_count, some_lines(l, p->dateless, p->dateless_count));
    }
    if (p->silent) {
        answer_note(l->w, "%u lines say neither a date nor a quantity.", (unsigned)p->silent);
    }
    if (p->of[PUNCTUAL_NOT_TOLD]) {
        answer_note(l->w, "Of %u lines with a date the quantity is not disclosed.",
                    (unsigned)p->of[PUNCTUAL_NOT_TOLD]);
    }
    if (p->taken_back) {
        answer_note(l->w,
                    "%u dated lines were withdrawn, lapsed or are but considered: nothing is"
                    " owed on them.",
                    (unsigned)p->taken_back);
    }
    if (p->of[PUNCTUAL_DELIVERED_LATE] || p->of[PUNCTUAL_LATE]) {
        answer_note(l->w, "A delivery of which only the month is known counts on its last day.");
    }
}

enum rc report_late(struct arena *a, const struct book *b, const struct punctual_question *q,
                    bool all, struct answer **out, struct err *err)
{
    struct late *l = NEW(a, struct late);
    *l = (struct late){.arena = a, .book = b, .q = *q};
    struct punctual *p = &l->p;
    enum rc rc = measure_punctual(a, b, q, p, err);
    uint32_t shown = 0;
    if (rc) return rc;
    l->w = answer_new(a, "Promised dates against deliveries");
    add_head(l);
    struct rows *rows = answer_rows(l->w, "rows");
    rows->empty = p->count ? "nothing late, and nothing due soon" : "no line says a promised date";
    rows_column(rows, "line", NULL, 0);
    rows_column(rows, "name", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "donor", NULL, 0);
    rows_column(rows, "item", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "item_name", "item", 0);
    rows_column(rows, "unit", NULL, 0);
    rows_column(rows, "until", "promised by", 0);
    rows_column(rows, "promised", NULL, 0);
    rows_column(rows, "in_time", "delivered in time", 0);
    rows_column(rows, "late", "delivered late", 0);
    rows_column(rows, "missing", NULL, 0);
    rows_column(rows, "days", "days late", 0);
    rows_column(rows, "status", NULL, 0);
    for (uint32_t i = 0; i < p->count; i++) shown += is_shown(&p->found[i], all);
    rows_made(rows, shown, make_row, l);
    add_notes(l, p->count - shown);
    *out = l->w;
    return RC_OK;
}
