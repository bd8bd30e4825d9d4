/* total.c - total and what is behind it; see total.h. */
#include "report/total.h"

#include <string.h>

#include "base/text.h"
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

static struct cell day_cell(struct arena *a, int32_t day)
{
    char date[DAY_TEXT];
    return day ? cell_text(arena_text(a, day_format(day, date))) : cell_null();
}

/* What is in no amount for want of a rate; where all could be converted there is no such table. */
static void lack_rows(struct answer *w, const struct exchange *x, const struct total *t)
{
    if (!t->lack_count) return;
    struct rows *rows = answer_rows(w, "unconverted");
    rows->title = "Not in these amounts: no rate converts it";
    rows_columns(rows, "in currency amount since until");
    for (uint32_t i = 0; i < t->lack_count; i++) {
        const struct lacking *l = &t->lacks[i].what;
        ROW(rows, cell_text(t->lacks[i].in), cell_text(l->currency),
            cell_amount(l->parts, currency_places(x->book, l->currency)),
            day_cell(w->arena, l->since), day_cell(w->arena, l->until));
    }
    answer_note(w,
                "Not everything could be converted into %s: the amounts above lack what the"
                " table names. 'muster explain' shows the lines, 'muster import --help' how"
                " rates are taken in.",
                t->currency);
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
    w->main = rows;
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
    lack_rows(w, x, &t);
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
    /* What was added up, while it is all of one currency. */
    const char *currency;
    bool mixed;
    i128 added;
};

static void add_up(struct explaining *e, const struct worth *w)
{
    e->mixed |= e->currency && strcmp(e->currency, w->currency) != 0;
    e->currency = w->currency;
    e->added += w->parts;
}

static struct cell added_cell(const struct explaining *e)
{
    if (e->mixed || !e->currency) return cell_null();
    return cell_amount(e->added, currency_places(e->x->book, e->currency));
}

static const char *flow_names[] = {"outside", "incoming", "internal", "outgoing"};

static const char *party_key(const struct book *b, uint32_t noun)
{
    return noun == NONE ? "" : book_key(b, noun);
}

static const char *party_name(const struct explaining *e, uint32_t noun)
{
    return noun == NONE ? "" : book_name(e->x->book, noun, e->x->at.known);
}

static struct cell money_cell(const struct book *b, const struct worth *w)
{
    return cell_amount(w->parts, currency_places(b, w->currency));
}

/* Where another day's rate converts it: which, and why. */
static const char *rate_words(const struct explaining *e, const struct worth *w)
{
    char date[DAY_TEXT];
    const char *asked = e->x->currency;
    if (w->rate_day == w->day || !asked || e->x->latest || !strcmp(asked, w->currency)) return "";
    return text_format(e->arena, "at the rate of %s, its value date",
                       day_format(w->rate_day, date));
}

static bool has_rate(const struct explaining *e, const struct worth *w)
{
    const char *asked = e->x->currency;
    int32_t day = e->x->latest ? DAY_MAX : w->rate_day;
    return !asked || money_converts(e->x, w->currency, w->series, day, asked);
}

/* Why an amount was added or not; "" where it goes without saying. */
static const char *why_cell(const struct explaining *e, const struct passing *p, bool added,
                            bool left, i128 sign)
{
    if (p->worth.second && p->worth.instead != NONE) {
        uint32_t count;
        const struct line *counts = &book_lines(e->x->book, &count)[p->worth.instead];
        return text_format(e->arena, "the same money as %s, which counts: %s",
                           book_key(e->x->book, counts->noun), p->worth.same);
    }
    if (p->worth.second) return "another series shows the same support, and counts";
    if (!has_rate(e, &p->worth)) return "no rate converts it";
    if (left) {
        return sign > 0 ? "enters this row from inside the boundary" : "goes on to another row";
    }
    if (added) return rate_words(e, &p->worth);
    if (p->flow == FLOW_INTERNAL) return "moves inside the boundary";
    if (p->flow == FLOW_OUTGOING) return "leaves the boundary";
    return p->pledge ? "a pledge, not a commitment" : "shared with another place or year";
}

/*
 * Without a row asked for, every amount stands once and what is added makes
 * the total. Of one row, also what entered it from another row inside the
 * boundary is added, and what went on to another is taken off.
 */
static void explain_passing(void *ctx, const struct passing *p)
{
    struct explaining *e = ctx;
    const struct book *b = e->x->book;
    struct worth w = p->worth;
    const char *key, *name, *left_name, *left = NULL;
    i128 sign = 1;
    total_key(e->arena, b, e->q->by, &w, e->x->at.known, &key, &name);
    if (e->row) {
        left = w.second ? NULL : total_left_key(e->arena, b, e->q->by, p, &left_name);
        bool leaves = left && strcmp(e->row, left) == 0;
        if (!leaves && strcmp(e->row, key) != 0) return;
        if (leaves) {
            sign = -1;
            key = left;
        }
    }
    bool added = !w.second && (left || (p->flow == FLOW_INCOMING && !p->shared && !p->pledge)) &&
                 has_rate(e, &w);
    w.parts *= sign;
    if (added) add_up(e, &w);
    char date[DAY_TEXT];
    ROW(e->rows, cell_text(record_text(worth_record(b, &w), F_KEY)), cell_text(key),
        cell_text(party_key(b, w.giver)), cell_text(party_name(e, w.giver)),
        cell_text(arena_text(e->arena, day_format(w.day, date))), cell_text(w.currency),
        money_cell(b, &w), cell_text(flow_names[p->flow]), cell_bool(added),
        cell_text(why_cell(e, p, added, left != NULL, sign)),
        cell_text(evidence_words(e->arena, b, w.passage)),
        cell_text(evidence_address(b, w.passage)));
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
    rows_column(e.rows, "donor", NULL, COLUMN_NO_TEXT);
    rows_column(e.rows, "donor_name", "donor", 0);
    rows_columns(e.rows, "day currency amount flow added why evidence");
    rows_column(e.rows, "address", NULL, COLUMN_NO_TEXT);
    measure_passing(x, q, explain_passing, &e);
    if (e.rows->count) {
        TOTAL(e.rows, cell_text("added"), cell_null(), cell_null(), cell_null(), cell_null(),
              cell_text(e.mixed ? NULL : e.currency), added_cell(&e), cell_null(), cell_null(),
              cell_null(), cell_null(), cell_null());
    }
    answer_note(w, "'muster history RECORD' gives the life of one of them.");
    *out = w;
    return RC_OK;
}

static void explain_worth(void *ctx, const struct worth *w)
{
    struct explaining *e = ctx;
    const struct book *b = e->x->book;
    char date[DAY_TEXT];
    add_up(e, w);
    ROW(e->rows, cell_text(record_text(worth_record(b, w), F_KEY)),
        cell_text(party_key(b, w->giver)), cell_text(party_name(e, w->giver)), cell_text(w->class_),
        cell_text(arena_text(e->arena, day_format(w->day, date))), cell_text(w->currency),
        money_cell(b, w), cell_text(w->series), cell_text(evidence_words(e->arena, b, w->passage)),
        cell_text(evidence_address(b, w->passage)));
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
    rows_column(e.rows, "party", NULL, COLUMN_NO_TEXT);
    rows_column(e.rows, "party_name", "party", 0);
    rows_columns(e.rows, "class day currency amount series evidence");
    rows_column(e.rows, "address", NULL, COLUMN_NO_TEXT);
    measure_carried(x, q, noun, explain_worth, &e);
    if (e.rows->count) {
        TOTAL(e.rows, cell_text("added"), cell_null(), cell_null(), cell_null(), cell_null(),
              cell_text(e.mixed ? NULL : e.currency), added_cell(&e), cell_null(), cell_null(),
              cell_null());
    }
    answer_note(w, "Amounts as published; the burden converts their sum once, at the rates of"
                   " their own series or of their day.");
    *out = w;
    return RC_OK;
}
