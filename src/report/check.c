/* check.c - see check.h. */
#include "report/check.h"

#include <string.h>

#include "base/buf.h"
#include "base/day.h"
#include "base/text.h"
#include "report/evidence.h"

static struct cell number_cell(const struct claim_number *n)
{
    return n->known ? cell_quantity(n->value.n, n->value.scale) : cell_null();
}

static struct cell dec_cell(struct dec d)
{
    return cell_quantity(d.n, d.scale);
}

static struct cell day_cell(struct arena *a, int32_t day, int32_t absent)
{
    return day == absent ? cell_null() : cell_text(day_text(a, day, PRECISION_DAY));
}

static struct cell keys_cell(struct arena *a, const struct claim *c)
{
    struct buf out = {.arena = a};
    if (!c || c->subjects == 0) return cell_null();
    for (uint32_t i = 0; i < c->subjects; i++) buf_addf(&out, "%s%s", i ? " " : "", c->subject[i]);
    return cell_text(out.text);
}

static struct cell classes_cell(struct arena *a, const struct claim *c)
{
    struct buf out = {.arena = a};
    if (!c || !c->classes) return cell_null();
    for (int i = 0; i < CLASS_COUNT; i++) {
        if (!(c->classes & 1u << i)) continue;
        buf_addf(&out, "%s%s", out.len ? " " : "", burden_class_name((enum burden_class)i));
    }
    return cell_text(out.text);
}

/* "more than 99 percent", "about 40 bn EUR" */
static const char *said_words(struct arena *a, const struct checked *c)
{
    static const char *const put[] = {"",          "about ",     "more than ",
                                      "at least ", "less than ", "at most "};
    static const struct {
        int zeros;
        const char *word;
    } scales[] = {{9, " bn"}, {6, " m"}};
    const char *word = "";
    int zeros = 0;
    for (int i = 1; i >= 0; i--) {
        if (c->low.n < power10(scales[i].zeros + c->low.scale)) continue;
        zeros = scales[i].zeros;
        word = scales[i].word;
    }
    const char *low = parts_format(a, c->low.n, c->low.scale + zeros, 6, 0);
    const char *range = "";
    if (dec_cmp(c->low, c->high) != 0) {
        range = text_format(a, " to %s", parts_format(a, c->high.n, c->high.scale + zeros, 6, 0));
    }
    return text_format(a, "%s%s%s%s%s%s", put[c->bound], low, range, word, c->unit ? " " : "",
                       c->unit ? c->unit : "");
}

/* --- the rows behind --- */

static struct cell rows_cell(struct arena *a, const struct book *b, const struct checked *c)
{
    const struct claim_answer *w = &c->answer;
    struct object_list *list = NEW(a, struct object_list);
    const struct object **items = NEW_ARRAY(a, w->count + 1, const struct object *);
    for (uint32_t i = 0; i < w->count; i++) {
        const struct claim_row *r = &w->rows[i];
        struct object *o = object_new(a);
        object_put(o, "party", cell_text(book_key(b, r->party)));
        if (r->year) object_put(o, "year", cell_label(r->year));
        object_put(o, "subject", cell_bool(r->subject));
        object_put(o, "then", c->day == DAY_MAX ? cell_null() : cell_amount(r->then, w->places));
        object_put(o, "now", cell_amount(r->now, w->places));
        object_put(o, "currency", cell_text(w->currency));
        object_put(o, "entries", cell_count(r->entries));
        object_put(o, "evidence", cell_text(evidence_words(a, b, r->passage)));
        items[i] = o;
    }
    *list = (struct object_list){.items = items, .count = w->count};
    return cell_list(list);
}

static void add_rows(struct rows *rows, const struct exchange *x, const struct checked *c,
                     uint32_t nth)
{
    const struct claim_answer *w = &c->answer;
    for (uint32_t i = 0; i < w->count; i++) {
        const struct claim_row *r = &w->rows[i];
        ROW(rows, cell_count(nth), cell_text(book_name(x->book, r->party, x->at.known)),
            r->year ? cell_label(r->year) : cell_null(), cell_bool(r->subject),
            c->day == DAY_MAX ? cell_null() : cell_amount(r->then, w->places),
            cell_amount(r->now, w->places), cell_text(w->currency), cell_count(r->entries),
            cell_text(evidence_words(rows->arena, x->book, r->passage)));
    }
}

/* --- the claims --- */

static void columns(struct rows *rows)
{
    static const char *const hidden[] = {
        "said",  "said_high", "unit",    "bound",    "then",  "now",     "all_givers", "known_then",
        "quote", "measure",   "subject", "receiver", "class", "reached", "since",      "until"};
    rows_column(rows, "verdict", NULL, 0);
    rows_column(rows, "claimed", NULL, COLUMN_ONLY_TEXT);
    rows_column(rows, "why", NULL, 0);
    rows_column(rows, "words", NULL, COLUMN_ONLY_TEXT);
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
        rows_column(rows, hidden[i], NULL, COLUMN_NO_TEXT);
    }
    rows_column(rows, "document", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "date", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "speaker", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "start", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "end", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "rows", NULL, COLUMN_NO_TEXT);
}

static void add_claim(struct arena *a, const struct exchange *x, struct rows *rows,
                      const struct checked *c)
{
    const struct claim_answer *w = &c->answer;
    const struct claim *k = c->claim;
    const char *quote = text_squeeze(a, c->quote);
    const char *bound = c->counted ? claim_bound_name(c->bound) : NULL;
    ROW(rows, cell_text(claim_verdict_name(w->verdict)),
        cell_text(c->counted ? said_words(a, c) : NULL), cell_text(w->why), cell_text(quote),
        c->counted ? dec_cell(c->low) : cell_null(),
        dec_cmp(c->low, c->high) ? dec_cell(c->high) : cell_null(), cell_text(c->unit),
        cell_text(bound), number_cell(&w->then), number_cell(&w->now), number_cell(&w->all),
        number_cell(&w->known_then), cell_text(c->quote),
        cell_text(k ? claim_measure_name(k->measure) : NULL), keys_cell(a, k),
        cell_text(k ? k->receiver : NULL), classes_cell(a, k),
        cell_text(k ? stage_name(w->reached) : NULL),
        k ? day_cell(a, k->since, DAY_MIN) : cell_null(),
        k ? day_cell(a, k->until, DAY_MAX) : cell_null(), cell_text(c->document),
        day_cell(a, c->day, DAY_MAX), cell_text(c->speaker),
        c->ranged ? cell_label((i128)c->start) : cell_null(),
        c->ranged ? cell_label((i128)c->end) : cell_null(), rows_cell(a, x->book, c));
}

struct answer *report_check(struct arena *a, const struct exchange *x,
                            const struct check_question *q)
{
    struct answer *w = answer_new(a, "What was said, against the book");
    struct rows *claims = answer_rows(w, "claims");
    uint32_t verdicts[CLAIM_UNKNOWN + 1] = {0};
    claims->empty = "no figures were said";
    columns(claims);
    for (uint32_t i = 0; i < q->count; i++) {
        add_claim(a, x, claims, &q->list[i]);
        verdicts[q->list[i].answer.verdict]++;
    }
    if (q->rows) {
        struct rows *rows = answer_rows(w, "rows");
        rows->title = "The rows behind, by claim from the first";
        rows_columns(rows, "claim party year subject then now currency entries evidence");
        for (uint32_t i = 0; i < q->count; i++) add_rows(rows, x, &q->list[i], i + 1);
        w->main = claims;
    }
    if (q->count > 1) {
        answer_note(w, "%u hold, %u roughly, %u fail, %u cannot be told.",
                    (unsigned)verdicts[CLAIM_HOLDS], (unsigned)verdicts[CLAIM_ROUGHLY],
                    (unsigned)verdicts[CLAIM_FAILS], (unsigned)verdicts[CLAIM_UNKNOWN]);
    }
    if (q->without) {
        answer_note(w, "%u statements carry no figure and are not listed.", (unsigned)q->without);
    }
    return w;
}
