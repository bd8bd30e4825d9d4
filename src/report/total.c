/* total.c - total and what is behind it; see total.h. */
#include "report/total.h"

#include <string.h>

#include "report/evidence.h"

static struct object *boundary_object(struct arena *a, const struct boundary *b)
{
    struct object *o = object_new(a);
    if (b->recipient) object_put(o, "recipient", cell_text(b->recipient));
    if (b->year) object_put(o, "year", cell_text(b->year));
    if (b->plan) object_put(o, "plan", cell_text(b->plan));
    if (b->group) object_put(o, "group", cell_text(b->group));
    return o;
}

/* A row without a key is what names no plan, class, channel...; say so to people. */
static const char *row_name(const struct total_row *r, enum by by, struct arena *a)
{
    if (*r->name) return r->name;
    struct buf none = {.arena = a};
    buf_addf(&none, "no %s named", by_name(by));
    return none.text;
}

enum rc report_total(struct arena *a, const struct exchange *x, const struct total_question *q,
                     struct answer **out, struct err *err)
{
    struct total t;
    enum rc rc = measure_total(a, x, q, &t, err);
    if (rc) return rc;
    struct answer *w = answer_new(a, "Support across the boundary");
    answer_put(w, "boundary", cell_object(boundary_object(a, &q->boundary)));
    answer_put(w, "currency", *t.currency ? cell_text(t.currency) : cell_null());
    answer_put(w, "incoming", cell_amount(t.incoming, t.places));
    answer_put(w, "internal", cell_amount(t.internal, t.places));
    answer_put(w, "outgoing", cell_amount(t.outgoing, t.places));
    answer_put(w, "pledged", cell_amount(t.pledged, t.places));
    answer_put(w, "shared", cell_amount(t.shared, t.places));
    answer_put(w, "naive", cell_amount(t.naive, t.places));
    if (q->by != BY_NOTHING) answer_put(w, "by", cell_text(by_name(q->by)));

    struct rows *rows = answer_rows(w, "rows");
    rows_column(rows, "by", q->by == BY_NOTHING ? "by" : by_name(q->by), 0);
    rows_column(rows, "name", "name", 0);
    rows_column(rows, "incoming", "incoming", COLUMN_BAR);
    i128 sum = 0;
    for (uint32_t i = 0; i < t.count; i++) {
        const struct total_row *r = &t.rows[i];
        ROW(rows, cell_text(r->by), cell_text(row_name(r, q->by, a)),
            cell_amount(r->incoming, t.places));
        sum += r->incoming;
    }
    if (t.count) TOTAL(rows, cell_text("total"), cell_text(""), cell_amount(sum, t.places));
    rows->empty = q->by == BY_NOTHING ? "--by donor, class, plan ... gives the rows" : NULL;
    answer_note(w, "Incoming is committed or beyond and not shared; pledges and shared flows are"
                   " shown, not added; naive is what adding the shared ones would give.");
    if (t.unvalued) {
        answer_note(w, "%u packages and lines of things carry no value and are not in any amount.",
                    (unsigned)t.unvalued);
    }
    *out = w;
    return RC_OK;
}

/* --- explain --- */

struct explaining {
    struct arena *arena;
    const struct view *view;
    const struct exchange *x;
    const struct total_question *q;
    const char *row;
    struct rows *rows;
};

static const char *flow_names[] = {"outside", "incoming", "internal", "outgoing"};

static const char *party_cell(const struct book *b, uint32_t noun)
{
    return noun == NONE ? "" : book_key(b, noun);
}

static struct cell money_cell(const struct book *b, const struct worth *w)
{
    return cell_amount(w->parts, currency_places(b, w->currency));
}

static void explain_passing(void *ctx, const struct passing *p)
{
    struct explaining *e = ctx;
    const struct book *b = e->x->book;
    const struct worth *w = &p->worth;
    const char *key, *name;
    total_key(e->arena, b, e->q->by, w, e->x->at.known, &key, &name);
    if (e->row && strcmp(e->row, key) != 0) return;
    bool added = p->flow == FLOW_INCOMING && !p->shared && !p->pledge;
    const char *why = added                      ? ""
                      : p->flow == FLOW_INTERNAL ? "moves inside the boundary"
                      : p->flow == FLOW_OUTGOING ? "leaves the boundary"
                      : p->pledge                ? "a pledge, not a commitment"
                                                 : "shared with another place or year";
    char date[DAY_TEXT];
    const char *record = record_text(w->record, F_KEY);
    ROW(e->rows, cell_text(record), cell_text(key), cell_text(party_cell(b, w->giver)),
        cell_text(arena_text(e->arena, day_format(w->day, date))), cell_text(w->currency),
        money_cell(b, w), cell_text(flow_names[p->flow]), cell_bool(added), cell_text(why),
        cell_text(evidence_words(e->arena, b, w->passage)));
}

enum rc report_explain_total(struct arena *a, const struct view *v, const struct exchange *x,
                             const struct total_question *q, const char *row, struct answer **out,
                             struct err *err)
{
    (void)err;
    struct answer *w = answer_new(a, "What is behind the total");
    struct explaining e = {.arena = a, .view = v, .x = x, .q = q, .row = row};
    answer_put(w, "boundary", cell_object(boundary_object(a, &q->boundary)));
    e.rows = answer_rows(w, "rows");
    rows_column(e.rows, "record", NULL, 0);
    rows_column(e.rows, "by", q->by == BY_NOTHING ? "by" : by_name(q->by), 0);
    rows_column(e.rows, "donor", NULL, 0);
    rows_column(e.rows, "day", NULL, 0);
    rows_column(e.rows, "currency", NULL, 0);
    rows_column(e.rows, "amount", NULL, 0);
    rows_column(e.rows, "flow", NULL, 0);
    rows_column(e.rows, "added", NULL, 0);
    rows_column(e.rows, "why_not", "why not", 0);
    rows_column(e.rows, "evidence", NULL, 0);
    measure_passing(x, q, explain_passing, &e);
    answer_note(w, "'muster history RECORD' gives the life of one of them.");
    *out = w;
    return RC_OK;
}

static void explain_worth(void *ctx, const struct worth *w)
{
    struct explaining *e = ctx;
    const struct book *b = e->x->book;
    char date[DAY_TEXT];
    ROW(e->rows, cell_text(record_text(w->record, F_KEY)), cell_text(party_cell(b, w->giver)),
        cell_text(w->class_), cell_text(arena_text(e->arena, day_format(w->day, date))),
        cell_text(w->currency), money_cell(b, w), cell_text(w->series),
        cell_text(evidence_words(e->arena, b, w->passage)));
}

enum rc report_explain_burden(struct arena *a, const struct view *v, const struct exchange *x,
                              const struct burden_question *q, const char *party,
                              struct answer **out, struct err *err)
{
    uint32_t noun = party ? book_noun(x->book, KIND_PARTY, party) : NONE;
    if (party && noun == NONE) return fail(err, RC_ABSENT, "no party '%.80s' in this book", party);
    struct answer *w = answer_new(a, "What is behind the burden");
    struct explaining e = {.arena = a, .view = v, .x = x};
    answer_put(w, "party", cell_text(party));
    answer_put(w, "reached", cell_text(stage_name(q->reached)));
    e.rows = answer_rows(w, "rows");
    rows_column(e.rows, "record", NULL, 0);
    rows_column(e.rows, "party", NULL, 0);
    rows_column(e.rows, "class", NULL, 0);
    rows_column(e.rows, "day", NULL, 0);
    rows_column(e.rows, "currency", NULL, 0);
    rows_column(e.rows, "amount", NULL, 0);
    rows_column(e.rows, "series", NULL, 0);
    rows_column(e.rows, "evidence", NULL, 0);
    measure_carried(x, q, noun, explain_worth, &e);
    answer_note(w, "Amounts as published; the burden converts their sum once, at the rates of"
                   " their own series or of their day.");
    *out = w;
    return RC_OK;
}
