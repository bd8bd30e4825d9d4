/* programme.c - see whole.h: a small model as a linear programme. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plan/whole.h"

enum { ROWS_MOST = 900, COLS_MOST = 20000, ENTRIES_MOST = 200000 };

struct entry {
    int32_t col, row;
    double coef;
};

struct build {
    struct solver *s;
    struct arena *arena; /* of what is returned */
    struct arena own;
    struct programme *out;
    struct entry *entry;
    uint32_t entries, entry_room;
    struct lp_column {
        double cost, low, high;
    } * col;
    uint32_t cols, col_room;
    struct lp_row {
        double low, high; /* high INFINITY: whatever it comes to */
        double unit;      /* must be a multiple of that; 0: need not */
    } * row;
    uint32_t rows, row_room;
    uint32_t flow_room, whole_room;
    bool *binds; /* by hub month: may it fill up? */
    int32_t *hub_row, *budget_row, *giver_row;
    int32_t burden_row;
    double burden_most;
};

static int32_t add_col(struct build *b, double cost, double low, double high)
{
    if (b->cols == b->col_room) {
        b->col = arena_more(&b->own, b->col, b->cols, &b->col_room, sizeof *b->col);
    }
    b->col[b->cols] = (struct lp_column){cost, low, high};
    return (int32_t)b->cols++;
}

static int32_t add_row(struct build *b, double low, double high, double unit)
{
    if (b->rows == b->row_room) {
        b->row = arena_more(&b->own, b->row, b->rows, &b->row_room, sizeof *b->row);
    }
    b->row[b->rows] = (struct lp_row){low, high, unit};
    return (int32_t)b->rows++;
}

static void add_entry(struct build *b, int32_t row, int32_t col, double coef)
{
    if (coef == 0) return;
    if (b->entries == b->entry_room) {
        b->entry = arena_more(&b->own, b->entry, b->entries, &b->entry_room, sizeof *b->entry);
    }
    b->entry[b->entries++] = (struct entry){col, row, coef};
}

static void must_be_whole(struct build *b, int32_t var, double unit)
{
    struct programme *p = b->out;
    if (p->wholes == b->whole_room) {
        p->whole = arena_more(b->arena, p->whole, p->wholes, &b->whole_room, sizeof *p->whole);
    }
    p->whole[p->wholes++] = (struct whole_var){var, unit};
}

static double whole_of(double x, double unit)
{
    return unit > 0 ? floor(x / unit * (1 + 1e-12) + 1e-9) * unit : x;
}

/* --- shipments --- */

/* Hub months that everything that can pass there would fill. */
static void which_bind(struct build *b)
{
    struct solver *s = b->s;
    const struct model *m = s->m;
    b->binds = NEW_ARRAY(&b->own, (size_t)(m->hubs * m->months) + 1, bool);
    for (int32_t h = 0; h < m->hubs; h++) {
        double mass = 0;
        for (int32_t t = 0; t < m->months; t++) {
            for (int32_t l = 0; l < m->lots; l++) {
                const struct exact_lot *e = &s->exact[l];
                int32_t near = m->near[e->giver * m->hubs + h];
                if (near >= 0 && e->ready + near == t) mass += e->mass * s->lot[l].qty;
            }
            b->binds[h * m->months + t] = mass * (1 + 1e-9) > s->b[s->hub0 + h * m->months + t];
        }
    }
}

/* Months behind due: earlier is as good. */
static int32_t lag(const struct sink *k, int32_t month)
{
    return month > k->due ? month - k->due : 0;
}

static double column_most(const struct build *b, int32_t l, const struct flow *f, double eta)
{
    const struct solver *s = b->s;
    const struct exact_lot *e = &s->exact[l];
    const struct sink *k = &s->sink[f->sink];
    int32_t far = s->m->far[f->hub * s->m->receivers + k->receiver];
    double most = s->lot[l].qty;
    if (k->type == SINK_NEED) most = fmin(most, k->qty / eta);
    if (k->most != MODEL_NONE) most = fmin(most, s->b[k->most] / eta);
    if (e->mass > 0) {
        most = fmin(most, s->b[s->hub0 + f->hub * s->m->months + f->month - far] / e->mass);
    }
    if (e->paid > 0) most = fmin(most, s->b[s->budget0 + s->lot[l].budget] / e->paid);
    return whole_of(most, e->whole ? e->unit : 0);
}

static void put_column(struct build *b, const struct flow *f, double eta, double charge,
                       double most)
{
    const struct exact_lot *e = &b->s->exact[f->lot];
    double late = eta * sink_late(&b->s->sink[f->sink], f->month);
    if (!(most > 0)) return;
    int32_t col = add_col(b, e->cost + late - charge, 0, most);
    if (e->whole) must_be_whole(b, col, e->unit);
    struct programme *p = b->out;
    if (b->cols > b->flow_room) {
        p->flow = arena_more(b->arena, p->flow, b->cols - 1, &b->flow_room, sizeof *p->flow);
    }
    p->flow[col] = *f;
    p->flows = (int32_t)b->cols;
}

/* The part of it that an earlier plan had there, which is worth more. */
static void kept_column(struct build *b, const struct flow *f, double eta)
{
    const struct solver *s = b->s;
    for (uint32_t i = s->kept_begin[f->lot]; i < s->kept_begin[f->lot + 1]; i++) {
        const struct kept *k = &s->kept[i];
        if (k->sink != f->sink || k->hub != f->hub || k->month != f->month) continue;
        double most = fmin(k->most, column_most(b, f->lot, f, eta));
        put_column(b, f, eta, s->charge,
                   whole_of(most, s->exact[f->lot].whole ? s->exact[f->lot].unit : 0));
    }
}

static bool goes(const struct build *b, int32_t l, int32_t k, int32_t h, int32_t t)
{
    const struct model *m = b->s->m;
    const struct exact_lot *e = &b->s->exact[l];
    int32_t near = m->near[e->giver * m->hubs + h];
    int32_t far = m->far[h * m->receivers + b->s->sink[k].receiver];
    return near >= 0 && far >= 0 && t - far - near >= e->ready &&
           hub_open(b->s, h * m->months + t - far, e->mass);
}

static bool may_fill(const struct build *b, int32_t l, const struct flow *f)
{
    const struct model *m = b->s->m;
    int32_t far = m->far[f->hub * m->receivers + b->s->sink[f->sink].receiver];
    return b->s->exact[l].mass > 0 && b->binds[f->hub * m->months + f->month - far];
}

static void ways_of(struct build *b, int32_t l, int32_t k, double eta)
{
    const struct solver *s = b->s;
    const struct model *m = s->m;
    const struct sink *sink = &s->sink[k];
    int32_t free_lag = INT32_MAX;
    for (int pass = 0; pass < 2; pass++) { /* first the best free one, which others must beat */
        for (int32_t t = sink->first; t <= sink->last; t++) {
            for (int32_t h = 0; h < m->hubs; h++) {
                struct flow f = {l, k, (int16_t)h, (int16_t)t, 0};
                if (!goes(b, l, k, h, t)) continue;
                bool is_free = !may_fill(b, l, &f);
                if (pass == 0 && is_free && lag(sink, t) < free_lag) {
                    free_lag = lag(sink, t);
                    put_column(b, &f, eta, 0, column_most(b, l, &f, eta));
                } else if (pass == 1 && !is_free && lag(sink, t) < free_lag) {
                    put_column(b, &f, eta, 0, column_most(b, l, &f, eta));
                }
                if (pass == 1 && s->kink) kept_column(b, &f, eta);
            }
        }
    }
}

static void add_shipments(struct build *b)
{
    const struct solver *s = b->s;
    for (int32_t l = 0; l < s->m->lots && b->cols <= COLS_MOST; l++) {
        if (!(s->lot[l].qty > 0)) continue;
        for (int32_t k = 0; k < s->m->sinks && b->cols <= COLS_MOST; k++) {
            double eta = s->sink[k].cells ? sink_takes(s, k, s->exact[l].item) : 0;
            if (eta > 0) ways_of(b, l, k, eta);
        }
    }
}

/* --- rows --- */

/* Flows are sorted by lot. */
static void add_lots(struct build *b)
{
    struct solver *s = b->s;
    const struct programme *p = b->out;
    for (int32_t begin = 0, end; begin < p->flows; begin = end) {
        int32_t l = p->flow[begin].lot, line = s->lot[l].line;
        const struct exact_lot *e = &s->exact[l];
        double qty = s->lot[l].qty;
        for (end = begin; end < p->flows && p->flow[end].lot == l; end++) continue;
        if (end - begin == 1 && line == MODEL_NONE) continue; /* its column's bound says it */
        bool whole = e->whole && line == MODEL_NONE;
        int32_t row =
            line == MODEL_NONE ? add_row(b, 0, qty, whole ? e->unit : 0) : add_row(b, -qty, 0, 0);
        for (int32_t j = begin; j < end; j++) add_entry(b, row, j, 1);
        if (line != MODEL_NONE) add_entry(b, row, p->line_of[line], -qty);
    }
}

static void add_line_cols(struct build *b)
{
    struct solver *s = b->s;
    double thrift = s->m->thrift * s->weights.thrift * s->money;
    b->out->line_of = NEW_ARRAY(b->arena, (size_t)s->m->lines + 1, int32_t);
    for (int32_t g = 0; g < s->m->lines; g++) {
        int32_t bud = s->m->line[g].budget;
        bool never = bud != MODEL_NONE && s->fixed[g] > s->b[s->budget0 + bud];
        b->out->line_of[g] = add_col(b, thrift * s->fixed[g], 0, never ? 0 : 1);
        must_be_whole(b, b->out->line_of[g], 1);
    }
}

/* One row for all whole items of one sort that come to a sink, where it takes several sorts. */
static void add_sorts(struct build *b, const int32_t *list, int32_t count, double unit)
{
    if (count < 2) return;
    int32_t row = add_row(b, 0, INFINITY, unit);
    for (int32_t i = 0; i < count; i++) add_entry(b, row, list[i], 1);
}

struct of_sink {
    int32_t *list; /* its columns, by item */
    int32_t count;
    bool one_sort; /* and all of it whole */
    double unit;   /* of that: what one counts for */
};

static struct of_sink columns_of(struct build *b, int32_t k, int32_t *list)
{
    struct solver *s = b->s;
    const struct programme *p = b->out;
    struct of_sink of = {.list = list, .one_sort = true};
    int32_t sorts = 0;
    for (int32_t a = s->m->sink[k].accepts; a < s->m->sink[k].accepts_end; a++) {
        int32_t begin = of.count;
        const struct exact_lot *e = NULL;
        for (int32_t j = 0; j < p->flows; j++) {
            if (p->flow[j].sink != k || s->exact[p->flow[j].lot].item != s->accept[a].item)
                continue;
            e = &s->exact[p->flow[j].lot];
            of.list[of.count++] = j;
        }
        if (!e) continue;
        sorts++;
        of.unit = e->unit * s->accept[a].eta;
        of.one_sort &= e->whole && sorts == 1;
        if (e->whole && s->m->sink[k].accepts_end - s->m->sink[k].accepts > 1) {
            add_sorts(b, list + begin, of.count - begin, e->unit);
        }
    }
    return of;
}

static double column_eta(const struct solver *s, const struct flow *f)
{
    return sink_takes(s, f->sink, s->exact[f->lot].item);
}

static void add_need(struct build *b, int32_t k, const struct of_sink *of)
{
    const struct sink *sink = &b->s->sink[k];
    double least = 0; /* that can never be met in whole things */
    if (of->one_sort && of->count) {
        least = sink->qty - floor(sink->qty / of->unit * (1 + 1e-12) + 1e-9) * of->unit;
        least = least > 1e-9 * sink->qty ? least * (1 - 1e-9) : 0;
    }
    if (of->count == 0) least = sink->qty;
    int32_t unmet = add_col(b, sink->penalty, least, sink->qty);
    int32_t row = add_row(b, sink->qty, sink->qty, 0);
    add_entry(b, row, unmet, 1);
    for (int32_t i = 0; i < of->count; i++) {
        add_entry(b, row, of->list[i], column_eta(b->s, &b->out->flow[of->list[i]]));
    }
}

/* A system, or a complement: what arrived until each month. */
static void add_cells(struct build *b, int32_t k, const struct of_sink *of)
{
    const struct solver *s = b->s;
    const struct sink *sink = &s->sink[k];
    bool keeps = sink->type == SINK_KEEPING;
    const struct sink *system = keeps ? &s->sink[s->m->sink[k].system] : sink;
    if (keeps && !(sink->qty > 0)) return;
    for (uint32_t t = 0; t < sink->cells; t++) {
        double asked = keeps ? sink->qty * (t + 1) : sink->qty;
        int32_t row = add_row(b, asked - sink->there, INFINITY, 0);
        for (int32_t i = 0; i < of->count; i++) {
            const struct flow *f = &b->out->flow[of->list[i]];
            if (sink_cell(sink, f->month) > sink->cell + t) continue;
            add_entry(b, row, of->list[i], column_eta(s, f));
        }
        for (uint32_t u = keeps ? 0 : t; u <= t; u++) {
            add_entry(b, row, b->out->service_of[system->service + u], keeps ? sink->rate : 1);
        }
    }
}

static void add_sinks(struct build *b)
{
    struct solver *s = b->s;
    int32_t *list = NEW_ARRAY(&b->own, (size_t)b->out->flows + 1, int32_t);
    b->out->service_of = NEW_ARRAY(b->arena, s->services + 1, int32_t);
    for (int32_t k = 0; k < s->m->sinks && b->rows <= ROWS_MOST; k++) {
        const struct sink *sink = &s->sink[k];
        struct of_sink of = columns_of(b, k, list);
        if (sink->type == SINK_NEED) {
            add_need(b, k, &of);
            continue;
        }
        for (uint32_t t = 0; sink->type == SINK_SYSTEM && t < sink->cells; t++) {
            b->out->service_of[sink->service + t] = add_col(b, sink->weight, 0, sink->qty);
        }
        add_cells(b, k, &of);
        if (sink->most == MODEL_NONE || of.count == 0) continue;
        int32_t row = add_row(b, 0, s->b[sink->most], 0);
        for (int32_t i = 0; i < of.count; i++) {
            add_entry(b, row, of.list[i], column_eta(s, &b->out->flow[of.list[i]]));
        }
    }
}

/* Row of what all together may use up, made when it is first used. */
static int32_t shared_row(struct build *b, int32_t *rows, int32_t i, double most)
{
    if (rows[i] == MODEL_NONE) rows[i] = add_row(b, 0, most, 0);
    return rows[i];
}

static void add_shared(struct build *b)
{
    struct solver *s = b->s;
    const struct model *m = s->m;
    int32_t hubs = m->hubs * m->months;
    b->hub_row = NEW_ARRAY(&b->own, (size_t)hubs + 1, int32_t);
    b->budget_row = NEW_ARRAY(&b->own, (size_t)m->budgets + 1, int32_t);
    for (int32_t i = 0; i < hubs; i++) b->hub_row[i] = MODEL_NONE;
    for (int32_t i = 0; i < m->budgets; i++) b->budget_row[i] = MODEL_NONE;
    for (int32_t j = 0; j < b->out->flows; j++) {
        const struct flow *f = &b->out->flow[j];
        const struct exact_lot *e = &s->exact[f->lot];
        int32_t far = m->far[f->hub * m->receivers + s->sink[f->sink].receiver];
        int32_t hub = f->hub * m->months + f->month - far, bud = s->lot[f->lot].budget;
        if (may_fill(b, f->lot, f)) {
            add_entry(b, shared_row(b, b->hub_row, hub, s->b[s->hub0 + hub]), j, e->mass);
        }
        if (e->paid > 0) {
            add_entry(b, shared_row(b, b->budget_row, bud, s->b[s->budget0 + bud]), j, e->paid);
        }
    }
    for (int32_t g = 0; g < m->lines; g++) {
        int32_t bud = m->line[g].budget;
        if (bud == MODEL_NONE) continue;
        int32_t row = shared_row(b, b->budget_row, bud, s->b[s->budget0 + bud]);
        add_entry(b, row, b->out->line_of[g], s->fixed[g]);
    }
}

/* What each carries, less its part of what all carry, is over or under. */
static void add_shares(struct build *b)
{
    struct solver *s = b->s;
    const struct model *m = s->m;
    double fair = m->fairness * s->weights.fairness * s->money, all = 0;
    if (!(fair > 0)) return;
    for (int32_t l = 0; l < m->lots; l++) all += s->exact[l].burden * s->lot[l].qty;
    if (!(all > 0)) return;
    int32_t sum = add_col(b, 0, 0, all), row = add_row(b, 0, 0, 0);
    int32_t *of_giver = NEW_ARRAY(&b->own, (size_t)m->givers + 1, int32_t);
    add_entry(b, row, sum, -1);
    for (int32_t d = 0; d < m->givers; d++) {
        of_giver[d] = add_row(b, 0, 0, 0);
        add_entry(b, of_giver[d], sum, -s->key[d]);
        add_entry(b, of_giver[d], add_col(b, fair, 0, all), -1);
        add_entry(b, of_giver[d], add_col(b, fair, 0, all), 1);
    }
    for (int32_t j = 0; j < b->out->flows; j++) {
        const struct exact_lot *e = &s->exact[b->out->flow[j].lot];
        add_entry(b, row, j, e->burden);
        add_entry(b, of_giver[e->giver], j, e->burden);
    }
}

/* --- all of it --- */

static int compare_entries(const void *one, const void *other)
{
    const struct entry *a = one, *b = other;
    if (a->col != b->col) return a->col < b->col ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

/* What a row comes to at most, a hair outward, where nothing else limits it. */
static double row_most(const struct lp *lp, int32_t r)
{
    double sum = 0, size = 0;
    for (int32_t e = lp->row_begin[r]; e < lp->row_begin[r + 1]; e++) {
        double c = lp->by_row[e].coef;
        double at = c > 0 ? lp->high[lp->by_row[e].at] : lp->low[lp->by_row[e].at];
        sum += c * at;
        size += fabs(c * at);
    }
    return sum + 1e-9 * size + 1e-9;
}

static void assemble(struct build *b)
{
    struct programme *p = b->out;
    int32_t cols = (int32_t)b->cols, rows = (int32_t)b->rows;
    int32_t *begin = NEW_ARRAY(&b->own, b->cols + 1, int32_t);
    struct lp_entry *list = NEW_ARRAY(&b->own, b->entries + 1, struct lp_entry);
    if (b->entries) qsort(b->entry, b->entries, sizeof *b->entry, compare_entries);
    for (uint32_t i = 0; i < b->entries; i++) {
        begin[b->entry[i].col + 1]++;
        list[i] = (struct lp_entry){b->entry[i].row, b->entry[i].coef};
    }
    for (int32_t j = 0; j < cols; j++) begin[j + 1] += begin[j];
    struct lp *lp = p->lp = lp_new(b->arena, rows, cols, begin, list);
    for (int32_t j = 0; j < cols; j++) {
        lp->cost[j] = b->col[j].cost;
        lp->low[j] = b->col[j].low;
        lp->high[j] = b->col[j].high;
    }
    for (int32_t r = 0; r < rows; r++) {
        double most = b->row[r].high;
        lp->low[cols + r] = b->row[r].low;
        lp->high[cols + r] = isinf(most) ? fmax(row_most(lp, r), b->row[r].low) : most;
        if (b->row[r].unit > 0) must_be_whole(b, cols + r, b->row[r].unit);
    }
    lp_begin(lp);
}

struct programme *programme_new(struct solver *s, struct arena *a)
{
    struct build b = {.s = s, .arena = a, .out = NEW(a, struct programme)};
    which_bind(&b);
    add_shipments(&b);
    bool fits = b.cols <= COLS_MOST;
    if (fits) {
        add_line_cols(&b);
        add_lots(&b);
        add_sinks(&b);
        add_shared(&b);
        add_shares(&b);
        fits = b.rows <= ROWS_MOST && b.entries <= ENTRIES_MOST;
    }
    if (fits) assemble(&b);
    for (uint32_t i = 0; s->kink && i < s->kepts; i++) {
        b.out->constant += s->kept[i].most * s->charge;
    }
    arena_free(&b.own);
    return fits ? b.out : NULL;
}
