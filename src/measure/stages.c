/* stages.c - see stages.h. One pass over the entries for things, one for money: its days matter. */
#include "measure/stages.h"

#include "measure/stands.h"

enum { LIVE = STAGE_DELIVERED + 1 };

struct work {
    struct arena *arena;
    const struct stages_question *q;
    const struct book *book;
    const struct clocks *at;
    struct stages *out;
    const struct line *lines;
    uint32_t line_count;
    const struct record **values; /* by noun */
    struct stands stands;
    const char **currency; /* by line: of money that counts by its movements */
    struct purse purse[LIVE];
};

static bool is_outside(const struct work *w, const struct record *r)
{
    if (w->q->series && !series_within(record_text(r, F_SERIES), w->q->series)) return true;
    return w->q->published && record_int(r, F_OUTSIDE, 0);
}

static void find_lines(struct work *w)
{
    const bool *second = worth_second_series(w->arena, w->book, w->at, STAGE_CONSIDERED);
    stands_begin(w->arena, w->book, &w->stands);
    for (uint32_t i = 0; i < w->line_count; i++) {
        const struct line *l = &w->lines[i];
        if (second[i] || l->flags & LINE_TAKEN_BACK || !line_current(w->lines, i, w->at->known)) {
            continue;
        }
        if (is_outside(w, l->record) || (w->q->line && !w->q->line(w->q->ctx, l))) continue;
        stands_add(&w->stands, i);
    }
    stands_find(w->arena, w->book, w->at, &w->stands);
}

/* A thing's value, shared out over where it stands. */
static void add_thing(struct work *w, const struct line *l, const struct stand *t,
                      const struct record *v)
{
    const char *series = record_text(v, F_SERIES);
    i128 whole = 0;
    for (int s = STAGE_CONSIDERED; s < LIVE; s++) whole += t->at[s];
    if (whole <= 0 || (w->q->published && record_int(v, F_OUTSIDE, 0))) return;
    for (int s = STAGE_CONSIDERED; s < LIVE; s++) {
        i128 parts = div_half_even((i128)record_int(v, F_LOW, 0) * t->at[s], whole);
        purse_add(&w->purse[s], w->q->x, record_text(v, F_CURRENCY),
                  series ? series : record_text(l->record, F_SERIES),
                  (int32_t)record_int(v, F_DAY, l->until), parts);
    }
}

static void add_lines(struct work *w)
{
    for (uint32_t i = 0; i < w->stands.count; i++) {
        const struct stand *t = &w->stands.list[i];
        const struct line *l = &w->lines[w->stands.of[i].line];
        bool live = false;
        for (int s = STAGE_CONSIDERED; s < LIVE; s++) {
            w->out->lines[s] += t->at[s] > 0;
            live |= t->at[s] > 0;
        }
        w->out->lines[STAGE_WITHDRAWN] += t->at[STAND_GONE] > 0;
        w->out->lines[STAGE_LOST] += t->at[STAND_LOST] > 0;
        if (!live || (l->package != NONE && w->values[l->package])) continue;
        w->currency[w->stands.of[i].line] = item_currency(w->book, l->item);
        if (w->currency[w->stands.of[i].line]) continue;
        if (w->values[l->noun])
            add_thing(w, l, t, w->values[l->noun]);
        else
            w->out->unvalued++;
    }
    for (uint32_t i = w->line_count; i-- > 0;) { /* all versions of a line are one */
        uint32_t after = w->lines[i].after;
        if (!w->currency[i] && after != NONE) w->currency[i] = w->currency[after];
    }
}

static void add_money(struct work *w)
{
    const struct columns *c = book_columns(w->book);
    uint32_t rows = book_rows_known(w->book, w->at->known);
    for (uint32_t row = 0; row < rows; row++) {
        const char *currency = w->currency[c->line[row]];
        if (!currency || !row_seen(c, row, w->at)) continue;
        const char *series = record_text(w->lines[c->line[row]].record, F_SERIES);
        enum stage from = row_from(c, row), to = row_to(c, row);
        if (to != STAGE_WORLD && to <= STAGE_DELIVERED) {
            purse_add(&w->purse[to], w->q->x, currency, series, c->day[row], c->qty[row]);
        }
        if (from != STAGE_WORLD && from <= STAGE_DELIVERED) {
            purse_add(&w->purse[from], w->q->x, currency, series, c->day[row], -(i128)c->qty[row]);
        }
    }
}

/* Packages come last from worth_each, which settles which of several series counts. */
static void add_package(void *ctx, const struct worth *one)
{
    struct work *w = ctx;
    if (one->line != NONE || (w->q->package && !w->q->package(w->q->ctx, one))) return;
    const struct record *v = w->values[book_noun_of(w->book, one->record->id)];
    enum stage s = v ? (enum stage)record_int(v, F_TO, STAGE_COMMITTED) : STAGE_WORLD;
    if (s == STAGE_WORLD || s > STAGE_DELIVERED) return;
    purse_add(&w->purse[s], w->q->x, one->currency, one->series, one->day, one->parts);
}

static void add_packages(struct work *w)
{
    uint32_t count;
    book_records(w->book, KIND_PACKAGE, &count);
    struct worth_question asked = {.at = *w->at,
                                   .low = STAGE_CONSIDERED,
                                   .high = STAGE_DELIVERED,
                                   .published = w->q->published,
                                   .series = w->q->series};
    if (count) worth_each(w->book, &asked, add_package, w, NULL);
}

enum rc measure_stages(struct arena *a, const struct stages_question *q, struct stages *out,
                       struct err *err)
{
    struct work w = {.arena = a, .q = q, .book = q->x->book, .at = &q->x->at, .out = out};
    *out = (struct stages){0};
    w.lines = book_lines(w.book, &w.line_count);
    w.values = worth_values(a, w.book, STAGE_CONSIDERED, w.at);
    w.currency = NEW_ARRAY(a, w.line_count + 1, const char *);
    for (int s = 0; s < LIVE; s++) w.purse[s].arena = a;
    find_lines(&w);
    add_lines(&w);
    add_money(&w);
    add_packages(&w);
    struct err differ = {0};
    if (purse_shared(w.purse, LIVE, q->x, &out->currency, &differ)) {
        out->currency = NULL;
        out->why = arena_text(a, differ.msg);
    }
    if (!out->currency) return RC_OK;
    out->places = currency_places(w.book, out->currency);
    for (int s = STAGE_CONSIDERED; s < LIVE; s++) {
        enum rc rc = purse_total(&w.purse[s], q->x, out->currency, &out->amount[s], err);
        if (rc) return rc;
    }
    return RC_OK;
}
