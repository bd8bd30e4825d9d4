/* burden_keys.c - one party's burden by every key, and burden in things; see total.h. */
#include <string.h>

#include "base/text.h"
#include "measure/things.h"
#include "report/total.h"

static enum rc find_party(const struct exchange *x, const char *key, uint32_t *noun,
                          struct err *err)
{
    *noun = key ? book_noun(x->book, KIND_PARTY, key) : NONE;
    if (key && *noun == NONE) return fail(err, RC_ABSENT, "no party '%.80s' in this book", key);
    return RC_OK;
}

static struct cell class_cell(const struct burden_row *r, const struct burden *t,
                              enum burden_class c)
{
    return r->classed ? cell_amount(r->amount[c], t->places) : cell_null();
}

static void add_key(struct rows *rows, const struct burden *t, const struct burden_row *r,
                    const char *key)
{
    ROW(rows, cell_text(key), cell_text(key ? t->key_table : NULL),
        class_cell(r, t, CLASS_FINANCIAL), class_cell(r, t, CLASS_HUMANITARIAN),
        class_cell(r, t, CLASS_MILITARY), cell_amount(r->total, t->places),
        r->has_gdp ? cell_decimal(r->gdp_percent, 3) : cell_null(),
        key && r->has_key ? cell_decimal(r->key_percent, 3) : cell_null(),
        key && r->has_key ? cell_amount(r->key_share, t->places) : cell_null(),
        key && r->has_key ? cell_amount(r->gap, t->places) : cell_null());
}

static const struct burden_row *row_of(const struct burden *t, uint32_t party)
{
    for (uint32_t i = 0; i < t->count; i++) {
        if (t->rows[i].party == party) return &t->rows[i];
    }
    return NULL;
}

/* The keys asked for: one, or those of the party. */
static const char **keys_of(struct arena *a, const struct exchange *x,
                            const struct burden_question *q, uint32_t party)
{
    if (!q->key) return key_measures(a, x, party);
    const char **one = NEW_ARRAY(a, 2, const char *);
    one[0] = q->key;
    return one;
}

enum rc report_burden_keys(struct arena *a, const struct exchange *x,
                           const struct burden_question *q, const char *party, struct answer **out,
                           struct err *err)
{
    struct burden t;
    struct burden_question plain = *q;
    uint32_t noun;
    plain.key = NULL;
    enum rc rc = find_party(x, party, &noun, err);
    if (!rc) rc = measure_burden(a, x, &plain, &t, err);
    if (rc) return rc;
    const struct burden_row *own = row_of(&t, noun);
    struct answer *w = answer_new(a, "The burden of one, by every key");
    answer_put(w, "party", cell_text(party));
    answer_put(w, "name", cell_text(book_name(x->book, noun, x->at.known)));
    answer_put(w, "currency", *t.currency ? cell_text(t.currency) : cell_null());
    answer_put(w, "reached", cell_text(stage_name(t.reached)));
    if (q->group) answer_put(w, "group", cell_text(q->group));
    answer_put(w, "total", own ? cell_amount(own->total, t.places) : cell_amount(0, t.places));
    answer_put(w, "of_all", cell_amount(t.sum.total, t.places));
    struct rows *rows = answer_rows(w, "rows");
    rows_columns(rows, "key table financial humanitarian military total");
    rows_column(rows, "gdp_percent", "% of GDP", 0);
    rows_column(rows, "key_percent", "% of key", 0);
    rows_column(rows, "key_share", "fair share", 0);
    rows_columns(rows, "gap");
    rows->empty = "nothing that it gives is in this";
    if (own) {
        const char **key = keys_of(a, x, q, noun);
        if (!*key) add_key(rows, &t, own, NULL);
        for (; *key; key++) {
            plain.key = *key;
            rc = burden_share(a, x, &plain, &t, err);
            if (rc) return rc;
            add_key(rows, &t, own, *key);
        }
        answer_note(w,
                    "Fair share: its part of what all %u in the answer carry, by the key; a gap"
                    " above zero is still to give.",
                    (unsigned)t.count);
    }
    *out = w;
    return RC_OK;
}

/* --- things --- */

static void thing_columns(struct rows *rows, bool keyed)
{
    unsigned with_key = keyed ? 0 : COLUMN_NO_TEXT;
    rows_columns(rows, "donor item name unit quantity");
    rows_column(rows, "of_all", "of all", 0);
    rows_column(rows, "key_share", "fair share", with_key);
    rows_column(rows, "gap", NULL, with_key);
}

struct thing_rows {
    const struct book *book;
    int64_t known;
    struct things things;
};

static void make_thing(void *ctx, uint32_t row, struct cell *cells, struct arena *a)
{
    const struct thing_rows *t = ctx;
    const struct thing_row *r = &t->things.rows[row];
    const struct record *item = book_version(t->book, r->item, t->known);
    int places = item ? (int)record_int(item, F_PARTS, 0) : 0;
    const struct cell made[] = {cell_text(book_key(t->book, r->party)),
                                cell_text(book_key(t->book, r->item)),
                                cell_text(book_name(t->book, r->item, t->known)),
                                cell_text(item ? record_text(item, F_UNIT) : NULL),
                                cell_quantity(r->qty, places),
                                cell_quantity(r->all, places),
                                r->has_key ? cell_quantity(r->share, places) : cell_null(),
                                r->has_key ? cell_quantity(r->gap, places) : cell_null()};
    (void)a;
    memcpy(cells, made, sizeof made);
}

enum rc report_things(struct arena *a, const struct exchange *x, const struct burden_question *q,
                      const char *party, struct answer **out, struct err *err)
{
    struct thing_rows *made = NEW(a, struct thing_rows);
    struct burden_question own = *q;
    uint32_t noun;
    enum rc rc = find_party(x, party, &noun, err);
    if (rc) return rc;
    if (!own.key && party) own.key = *key_measures(a, x, noun);
    *made = (struct thing_rows){.book = x->book, .known = x->at.known};
    rc = measure_things(a, x, &own, noun, &made->things, err);
    if (rc) return rc;
    const struct things *t = &made->things;
    struct answer *w = answer_new(a, "Who gives how many");
    if (party) answer_put(w, "party", cell_text(party));
    answer_put(w, "reached", cell_text(stage_name(q->reached)));
    if (q->group) answer_put(w, "group", cell_text(q->group));
    if (t->key_table) answer_put(w, "key_table", cell_text(t->key_table));
    struct rows *rows = answer_rows(w, "rows");
    rows->empty = "no things have come so far";
    thing_columns(rows, t->key_table != NULL);
    rows_made(rows, t->count, make_thing, made);
    if (t->key_table) {
        answer_note(w,
                    "Fair share by %s: the part of what all %u givers give of it; a gap above"
                    " zero is still to give.",
                    t->key_table, (unsigned)t->givers);
    }
    *out = w;
    return RC_OK;
}
