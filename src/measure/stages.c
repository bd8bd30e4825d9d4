/*
 * stages.c - see stages.h. One pass over the entries says where things stand,
 * one adds up money, whose days matter for rates.
 */
#include "measure/stages.h"

#include <string.h>

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
    const struct worth_values *values;
    struct stands stands;
    uint8_t *counts;       /* by line: bits of the stages at which its series counts */
    const char **currency; /* by line: of money that counts by its movements */
    bool money;            /* some line is such money */
    struct purse purse[LIVE], reached[LIVE];
};

enum { COUNTS_AT_ALL = 1 << STAGE_CONSIDERED }; /* for what stands where it stands */

static bool is_outside(const struct work *w, const struct line *l)
{
    if (w->q->published && l->flags & LINE_OUTSIDE) return true;
    return w->q->series && !series_within(book_word_text(w->book, l->series), w->q->series);
}

/* Which of several series counts depends on how far is far enough. */
static void choose_series(struct work *w)
{
    w->counts = NEW_ARRAY(w->arena, w->line_count + 1, uint8_t);
    if (!(book_line_flags(w->book) & (LINE_SAME | LINE_REPORT))) {
        memset(w->counts, 0xff, w->line_count);
        return;
    }
    for (int s = STAGE_CONSIDERED; s < LIVE; s++) {
        if (s == STAGE_ANNOUNCED) continue;
        struct worth_question far_enough = {.at = *w->at,
                                            .low = (enum stage)s,
                                            .high = STAGE_DELIVERED,
                                            .published = w->q->published,
                                            .series = w->q->series};
        const bool *second = worth_second_amount(w->arena, w->book, &far_enough);
        for (uint32_t i = 0; i < w->line_count; i++) {
            if (!second[i]) w->counts[i] |= (uint8_t)(1 << s);
        }
    }
}

static void find_lines(struct work *w)
{
    choose_series(w);
    stands_begin(w->arena, w->book, &w->stands);
    for (uint32_t i = 0; i < w->line_count; i++) {
        const struct line *l = &w->lines[i];
        if (!w->counts[i] || l->flags & LINE_TAKEN_BACK) continue;
        if (!line_current(w->lines, i, w->at->known) || is_outside(w, l)) continue;
        if (w->q->line && !w->q->line(w->q->ctx, l)) continue;
        stands_add(&w->stands, i);
    }
    stands_find(w->arena, w->book, w->at, false, &w->stands);
}

/* So much at a stage: there, and as far as each stage before it. */
static void put(struct work *w, unsigned counts, int stage, const char *currency,
                const char *series, int32_t day, i128 parts)
{
    if (stage < STAGE_CONSIDERED || stage > STAGE_DELIVERED) return;
    if (counts & COUNTS_AT_ALL) {
        purse_add(&w->purse[stage], w->q->x, currency, series, day, parts);
    }
    for (int s = STAGE_COMMITTED; s <= stage; s++) {
        if (!(counts & 1u << s)) continue;
        purse_add(&w->reached[s], w->q->x, currency, series, day, parts);
    }
}

/* A thing's value, shared out over where it stands. */
static void add_thing(struct work *w, uint32_t line, const struct stand *t, const struct record *v)
{
    const struct line *l = &w->lines[line];
    const char *series = record_text(v, F_SERIES);
    i128 whole = 0;
    for (int s = STAGE_CONSIDERED; s < LIVE; s++) whole += t->at[s];
    if (whole <= 0 || (w->q->published && record_int(v, F_OUTSIDE, 0))) return;
    for (int s = STAGE_CONSIDERED; s < LIVE; s++) {
        put(w, w->counts[line], s, record_text(v, F_CURRENCY),
            series ? series : book_word_text(w->book, l->series),
            (int32_t)record_int(v, F_DAY, l->until),
            div_half_even((i128)record_int(v, F_LOW, 0) * t->at[s], whole));
    }
}

static void add_line(struct work *w, uint32_t line, const struct stand *t)
{
    const struct line *l = &w->lines[line];
    bool live = false, counts = w->counts[line] & COUNTS_AT_ALL;
    for (int s = STAGE_CONSIDERED; s < LIVE; s++) {
        w->out->lines[s] += counts && t->at[s] > 0;
        live |= t->at[s] > 0;
    }
    w->out->lines[STAGE_WITHDRAWN] += counts && t->at[STAND_GONE] > 0;
    w->out->lines[STAGE_LOST] += counts && t->at[STAND_LOST] > 0;
    if (!live || (l->package != NONE && worth_value_of(w->values, l->package))) return;
    w->currency[line] = item_currency(w->book, l->item);
    w->money |= w->currency[line] != NULL;
    if (w->currency[line]) return;
    const struct record *value = worth_value_of(w->values, l->noun);
    if (value)
        add_thing(w, line, t, value);
    else
        w->out->unvalued += counts;
}

static void add_lines(struct work *w)
{
    for (uint32_t i = 0; i < w->stands.count; i++) {
        add_line(w, w->stands.of[i].line, &w->stands.list[i]);
    }
    for (uint32_t i = w->line_count; i-- > 0;) { /* all versions of a line are one */
        uint32_t after = w->lines[i].after;
        if (w->currency[i] || after == NONE) continue;
        w->currency[i] = w->currency[after];
        w->counts[i] = w->counts[after];
    }
}

static void add_money(struct work *w)
{
    const struct columns *c = book_columns(w->book);
    uint32_t rows = book_rows_known(w->book, w->at->known);
    for (uint32_t row = 0; w->money && row < rows; row++) {
        uint32_t line = c->line[row];
        if (!w->currency[line] || !row_seen(c, row, w->at)) continue;
        const char *series = book_word_text(w->book, w->lines[line].series);
        int32_t day = book_rate_day(w->book, row, w->at);
        put(w, w->counts[line], (int)row_to(c, row), w->currency[line], series, day, c->qty[row]);
        put(w, w->counts[line], (int)row_from(c, row), w->currency[line], series, day,
            -(i128)c->qty[row]);
    }
}

struct packages {
    struct work *w;
    enum stage low; /* that count there; STAGE_CONSIDERED: by where they stand */
};

static void add_package(void *ctx, const struct worth *one)
{
    const struct packages *p = ctx;
    struct work *w = p->w;
    if (w->q->package && !w->q->package(w->q->ctx, one)) return;
    const struct record *v = worth_value_of(w->values, book_noun_of(w->book, one->package->id));
    int s = v ? (int)record_int(v, F_TO, STAGE_COMMITTED) : STAGE_WORLD;
    struct purse *to = p->low != STAGE_CONSIDERED                ? &w->reached[p->low]
                       : s > STAGE_WORLD && s <= STAGE_DELIVERED ? &w->purse[s]
                                                                 : NULL;
    if (to) purse_add(to, w->q->x, one->currency, one->series, one->rate_day, one->parts);
}

static void add_packages(struct work *w)
{
    for (int s = STAGE_CONSIDERED; s < LIVE; s++) {
        struct packages p = {w, (enum stage)s};
        struct worth_question asked = {.at = *w->at,
                                       .low = (enum stage)s,
                                       .high = STAGE_DELIVERED,
                                       .published = w->q->published,
                                       .series = w->q->series};
        if (s != STAGE_ANNOUNCED) worth_each_package(w->book, &asked, add_package, &p);
    }
}

enum rc measure_stages(struct arena *a, const struct stages_question *q, struct stages *out,
                       struct err *err)
{
    struct work w = {.arena = a, .q = q, .book = q->x->book, .at = &q->x->at, .out = out};
    *out = (struct stages){0};
    w.lines = book_lines(w.book, &w.line_count);
    w.values = worth_values(a, w.book, STAGE_CONSIDERED, w.at);
    w.currency = NEW_ARRAY(a, w.line_count + 1, const char *);
    for (int s = 0; s < LIVE; s++) w.purse[s].arena = w.reached[s].arena = a;
    find_lines(&w);
    add_lines(&w);
    add_money(&w);
    add_packages(&w);
    struct err differ = {0};
    struct purse all[2 * LIVE];
    for (int s = 0; s < LIVE; s++) {
        all[s] = w.purse[s];
        all[LIVE + s] = w.reached[s];
    }
    if (purse_shared(all, 2 * LIVE, q->x, &out->currency, &differ)) {
        out->currency = NULL;
        out->why = arena_text(a, differ.msg);
    }
    if (!out->currency) return RC_OK;
    out->places = currency_places(w.book, out->currency);
    out->lacks.arena = a;
    for (int s = STAGE_CONSIDERED; s < LIVE; s++) {
        enum rc rc =
            purse_total_but(&w.purse[s], q->x, out->currency, &out->lacks, &out->amount[s], err);
        struct lacks same = {.arena = a};
        if (!rc)
            rc = purse_total_but(&w.reached[s], q->x, out->currency, &same, &out->reached[s], err);
        if (rc) return rc;
        if (s < STAGE_COMMITTED) out->reached[s] = out->amount[s];
    }
    return lacks_all(&out->lacks, out->currency, err);
}
