/*
 * family.c - the needs of a family of items, at the prices of all that they share.
 *
 * A change that touches one need shows in one family: its needs pay too much or
 * too little by now. With prices of hubs, budgets, shares and systems as they
 * are, what each of its lots can do for each of its needs has one cost, that of
 * the best way, and who serves whom is a small linear programme. Its prices
 * make the bound as good as these shared prices allow.
 */
#include <math.h>

#include "plan/lp.h"
#include "plan/near.h"

enum { ROWS_MOST = 300, COLS_MOST = 12000 };

struct family {
    struct solver *s;
    struct arena *arena;
    const double *y;
    int32_t *lot, lots;     /* engine's */
    int32_t *sink, sinks;   /* needs */
    int32_t *other, others; /* systems and complements: what they pay stays */
    double *value;          /* by cell: of an arrival */
    double *credit;         /* by giver */
    int32_t *from, *to;     /* by column: place in lot[], in sink[] */
    double *cost, *eta;     /* by column; the way is in it, what going without costs is taken off */
    int32_t columns;
};

/* What one pays in month t by hub h, lateness included; INFINITY: no such way. */
static double way_cost(const struct family *f, int32_t l, int32_t k, double eta, int32_t h,
                       int32_t t)
{
    const struct solver *s = f->s;
    const struct model *m = s->m;
    const struct exact_lot *e = &s->exact[l];
    int32_t near = m->near[e->giver * m->hubs + h];
    int32_t far = m->far[h * m->receivers + s->sink[k].receiver];
    if (near < 0 || far < 0 || t - far - near < e->ready) return INFINITY;
    int32_t hub = h * m->months + t - far;
    if (!hub_open(s, hub, e->mass)) return INFINITY;
    return eta * sink_late(&s->sink[k], t) - e->mass * f->y[s->hub0 + hub];
}

static double best_way(const struct family *f, int32_t l, int32_t k, double eta)
{
    const struct sink *sink = &f->s->sink[k];
    double best = INFINITY;
    for (int32_t h = 0; h < f->s->m->hubs; h++) {
        for (int32_t t = sink->first; t <= sink->last; t++) {
            best = fmin(best, way_cost(f, l, k, eta, h, t));
        }
    }
    return best;
}

static bool takes_part(struct family *f, int32_t family)
{
    struct solver *s = f->s;
    const struct model *m = s->m;
    f->lot = NEW_ARRAY(f->arena, (size_t)m->lots + 1, int32_t);
    f->sink = NEW_ARRAY(f->arena, (size_t)m->sinks + 1, int32_t);
    f->other = NEW_ARRAY(f->arena, (size_t)m->sinks + 1, int32_t);
    for (int32_t l = 0; l < m->lots; l++) {
        if (s->family[s->exact[l].item] != family || !(s->lot[l].qty > 0)) continue;
        if (s->exact[l].whole || s->lot[l].line != MODEL_NONE) return false;
        f->lot[f->lots++] = l;
    }
    for (int32_t k = 0; k < m->sinks; k++) {
        if (m->sink[k].accepts == m->sink[k].accepts_end) continue;
        if (s->family[m->accepted[m->sink[k].accepts].item] != family) continue;
        if (!s->sink[k].cells) continue;
        if (s->sink[k].type != SINK_NEED)
            f->other[f->others++] = k;
        else if (s->sink[k].qty > 0)
            f->sink[f->sinks++] = k;
    }
    return f->lots > 0 && f->sinks > 0 && f->lots + f->sinks <= ROWS_MOST;
}

/* The best that a lot can do for systems and complements, of one. */
static double elsewhere(const struct family *f, int32_t l)
{
    const struct solver *s = f->s;
    double best = INFINITY;
    for (int32_t i = 0; i < f->others; i++) {
        int32_t k = f->other[i];
        double eta = sink_takes(s, k, s->exact[l].item);
        for (int32_t h = 0; eta > 0 && h < s->m->hubs; h++) {
            for (int32_t t = s->sink[k].first; t <= s->sink[k].last; t++) {
                double paid = eta * f->value[sink_cell(&s->sink[k], t)];
                best = fmin(best, way_cost(f, l, k, eta, h, t) - paid);
            }
        }
    }
    return best;
}

static void add_column(struct family *f, int32_t from, int32_t to, double eta, double cost)
{
    if (!(cost < 0)) return;
    f->from[f->columns] = from;
    f->to[f->columns] = to;
    f->eta[f->columns] = eta;
    f->cost[f->columns++] = cost;
}

/* Pairs that can gain anything; to MODEL_NONE: to systems and complements. */
static bool make_columns(struct family *f)
{
    struct solver *s = f->s;
    size_t most = (size_t)f->lots * ((size_t)f->sinks + 1);
    if (most > COLS_MOST) return false;
    f->from = NEW_ARRAY(f->arena, most + 1, int32_t);
    f->to = NEW_ARRAY(f->arena, most + 1, int32_t);
    f->cost = NEW_ARRAY(f->arena, most + 1, double);
    f->eta = NEW_ARRAY(f->arena, most + 1, double);
    for (int32_t i = 0; i < f->lots; i++) {
        int32_t l = f->lot[i];
        const struct exact_lot *e = &s->exact[l];
        double own = e->cost - e->paid * f->y[s->budget0 + s->lot[l].budget] -
                     e->burden * f->credit[e->giver];
        for (int32_t j = 0; j < f->sinks; j++) {
            double eta = sink_takes(s, f->sink[j], e->item);
            if (!(eta > 0)) continue;
            double cost = own + best_way(f, l, f->sink[j], eta) - eta * s->sink[f->sink[j]].penalty;
            add_column(f, i, j, eta, cost);
        }
        add_column(f, i, MODEL_NONE, 1, own + elsewhere(f, l));
    }
    return f->columns > 0;
}

static struct lp *programme(const struct family *f)
{
    const struct solver *s = f->s;
    size_t cols = (size_t)f->columns;
    int32_t *begin = NEW_ARRAY(f->arena, cols + 1, int32_t), rows = f->lots + f->sinks;
    struct lp_entry *entry = NEW_ARRAY(f->arena, 2 * cols + 1, struct lp_entry);
    for (int32_t j = 0, n = 0; j < f->columns; j++) {
        entry[n++] = (struct lp_entry){f->from[j], 1};
        if (f->to[j] != MODEL_NONE) entry[n++] = (struct lp_entry){f->lots + f->to[j], f->eta[j]};
        begin[j + 1] = n;
    }
    struct lp *lp = lp_new(f->arena, rows, f->columns, begin, entry);
    for (int32_t j = 0; j < f->columns; j++) {
        double lot = s->lot[f->lot[f->from[j]]].qty;
        bool need = f->to[j] != MODEL_NONE;
        lp->cost[j] = f->cost[j];
        lp->high[j] = need ? fmin(lot, s->sink[f->sink[f->to[j]]].qty / f->eta[j]) : lot;
    }
    for (int32_t i = 0; i < f->lots; i++) lp->high[f->columns + i] = s->lot[f->lot[i]].qty;
    for (int32_t j = 0; j < f->sinks; j++) {
        lp->high[f->columns + f->lots + j] = s->sink[f->sink[j]].qty;
    }
    lp_begin(lp);
    return lp;
}

bool engine_family(struct solver *s, struct arena *a, int32_t family, double *y)
{
    const struct model *m = s->m;
    struct family f = {.s = s, .arena = a, .y = y};
    double shared = 0;
    f.credit = NEW_ARRAY(a, (size_t)m->givers + 1, double);
    for (int32_t d = 0; d < m->givers; d++) shared += s->key[d] * y[s->giver0 + d];
    for (int32_t d = 0; d < m->givers; d++) f.credit[d] = y[s->giver0 + d] - shared;
    f.value = NEW_ARRAY(a, s->cells + 1, double);
    cell_values(s, y, f.value);
    if (!takes_part(&f, family) || !make_columns(&f)) return false;
    struct lp *lp = programme(&f);
    if (lp_solve(lp, INFINITY) != LP_OPTIMAL) return false;
    for (int32_t j = 0; j < f.sinks; j++) {
        const struct sink *sink = &s->sink[f.sink[j]];
        double price = sink->penalty + lp->reduced[lp->cols + f.lots + j];
        y[s->cell0 + (int32_t)sink->cell] = fmin(price, sink->penalty);
    }
    return true;
}
