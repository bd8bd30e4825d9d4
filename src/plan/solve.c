/*
 * solve.c - rounds: iterate, make a plan, prove a bound, look at other columns.
 *
 * A round is some hundred steps on the columns that are looked at, a plan that
 * can be carried out, and the pricing of everything else: that gives the bound
 * and the columns to look at next. What a round costs is mostly its steps.
 */
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plan/inside.h"

struct search {
    struct solver *s;
    struct arena *arena;        /* of what is returned */
    struct arena round, better; /* of this round; of the best plan so far */
    struct repaired best;
    uint32_t rounds, steps;
    bool stopped;
};

static double gap_of(double objective, double bound)
{
    double gap = objective - bound;
    if (!(gap > 0)) return 0;
    return objective > 0 ? gap / objective : INFINITY;
}

static void keep_if_better(struct search *q, const struct repaired *r)
{
    if (q->best.flow && r->objective >= q->best.objective) return;
    arena_reset(&q->better);
    q->best = *r;
    q->best.flow = NEW_ARRAY(&q->better, (size_t)r->count + 1, struct flow);
    if (r->count) memcpy(q->best.flow, r->flow, r->count * sizeof *r->flow);
}

static void keep_bound(struct solver *s, const double *y, double bound)
{
    if (bound <= s->bound) return;
    s->bound = bound;
    memcpy(s->best_y, y, (size_t)s->rows * sizeof *y);
}

static void one_round(struct search *q)
{
    struct solver *s = q->s;
    arena_reset(&q->round);
    engine_steps(s, q->rounds ? 4 : 12);
    engine_iterate(s, q->steps);
    struct repaired r = engine_repair(s, &q->round);
    keep_if_better(q, &r);
    struct wanted_list w = {.arena = &q->round, .least = 1e-3};
    double bound = engine_bound(s, s->y, &w, NULL);
    keep_bound(s, s->y, bound);
    uint32_t before = s->columns;
    uint32_t added = columns_renew(s, &w, 0.05);
    if (getenv("PLAN_TRACE"))
        fprintf(stderr, "round %u cols %u +%u lb %.8g ub %.8g (%.8g %.8g) gap %.5f om %g norm %g\n",
                q->rounds, before, added, s->bound, q->best.objective, bound, r.objective,
                gap_of(q->best.objective, s->bound), s->weight, s->norm);
    if (added < before / 200 && q->steps < 400) q->steps += added ? 40 : q->steps / 2;
    q->rounds++;
}

static int compare_shipments(const void *one, const void *other)
{
    const struct shipment *a = one, *b = other;
    if (a->lot != b->lot) return a->lot < b->lot ? -1 : 1;
    if (a->sink != b->sink) return a->sink < b->sink ? -1 : 1;
    if (a->hub != b->hub) return a->hub < b->hub ? -1 : 1;
    return a->month < b->month ? -1 : a->month > b->month;
}

static void emit(struct search *q, struct solution *out)
{
    struct solver *s = q->s;
    struct plan *plan = &out->plan;
    plan->ship = NEW_ARRAY(q->arena, (size_t)q->best.count + 1, struct shipment);
    for (uint32_t i = 0; i < q->best.count; i++) {
        const struct flow *f = &q->best.flow[i];
        const struct exact_lot *e = &s->exact[f->lot];
        double qty = f->x / e->unit;
        if (!(qty > 0)) continue;
        plan->ship[plan->count++] =
            (struct shipment){e->id, f->sink, f->hub, f->month, e->whole ? floor(qty + 0.5) : qty};
    }
    qsort(plan->ship, plan->count, sizeof *plan->ship, compare_shipments);
}

/* Prices of the best bound, in the model's units. */
static void tell_prices(struct solver *s, struct arena *a, struct solve_prices *price)
{
    const struct model *m = s->m;
    const double *y = s->best_y;
    size_t cells = (size_t)(m->hubs * m->months);
    double *worth = NEW_ARRAY(a, (size_t)m->lots + 1, double);
    price->lot = NEW_ARRAY(a, (size_t)m->lots + 1, double);
    price->hub = NEW_ARRAY(a, cells + 1, double);
    price->budget = NEW_ARRAY(a, (size_t)m->budgets + 1, double);
    price->sink = NEW_ARRAY(a, (size_t)m->sinks + 1, double);
    price->giver = NEW_ARRAY(a, (size_t)m->givers + 1, double);
    engine_bound(s, y, NULL, worth);
    engine_prices(s, y);
    for (int32_t l = 0; l < m->lots; l++) price->lot[s->exact[l].id] = worth[l] * s->exact[l].unit;
    for (size_t h = 0; h < cells; h++) price->hub[h] = -y[s->hub0 + (int32_t)h] / s->tonnes;
    for (int32_t b = 0; b < m->budgets; b++) price->budget[b] = -y[s->budget0 + b] / s->money;
    for (int32_t k = 0; k < m->sinks; k++) {
        const struct sink *sink = &s->sink[k];
        if (!sink->cells) continue;
        price->sink[k] = (double)s->cell_price[sink->cell] * s->item_unit[m->sink[k].item];
    }
    for (int32_t d = 0; d < m->givers; d++) price->giver[d] = -(double)s->giver_price[d] / s->money;
}

struct solution solver_run(struct solver *s, struct arena *a, const struct solve_params *params)
{
    struct search q = {.s = s, .arena = a, .steps = 150};
    struct solution out = {0};
    uint32_t most = params->rounds ? params->rounds : 2000;
    if (s->fresh) columns_begin(s);
    s->bound = -INFINITY;
    while (q.rounds < most) {
        one_round(&q);
        if (gap_of(q.best.objective, s->bound) <= params->gap) break;
        if (!watch_step(params->watch, q.rounds, 0)) {
            q.stopped = true;
            break;
        }
    }
    emit(&q, &out);
    out.value = plan_value(a, s->m, &out.plan);
    out.objective = out.value.total;
    out.bound = s->bound;
    out.gap = gap_of(out.objective, out.bound);
    out.reached = out.gap <= params->gap;
    out.stopped = q.stopped;
    out.rounds = q.rounds;
    out.iterations = s->iterations;
    out.columns = s->columns;
    tell_prices(s, a, &out.price);
    arena_free(&q.round);
    arena_free(&q.better);
    return out;
}

struct solution solve(struct arena *a, const struct model *m, const struct solve_params *params)
{
    struct arena own = {0};
    struct solver *s = solver_new(&own, m);
    struct solution out = solver_run(s, a, params);
    arena_free(&own);
    return out;
}
