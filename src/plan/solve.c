/*
 * solve.c - rounds: iterate, make a plan, prove a bound, look at other columns.
 *
 * A round is some hundred steps on the columns that are looked at, a plan that
 * can be carried out, and the pricing of everything else: that gives the bound
 * and the columns to look at next. What a round costs is mostly its steps.
 */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "plan/inside.h"

double gap_of(double objective, double bound)
{
    double gap = objective - bound;
    if (!(gap > 0)) return 0;
    return objective > 0 ? gap / objective : INFINITY;
}

void keep_if_better(struct search *q, const struct repaired *r)
{
    if (q->best.flow && r->objective >= q->best.objective) return;
    arena_reset(&q->better);
    q->best = *r;
    q->best.flow = NEW_ARRAY(&q->better, (size_t)r->count + 1, struct flow);
    if (r->count) memcpy(q->best.flow, r->flow, r->count * sizeof *r->flow);
}

static void keep_bound(struct solver *s, const double *y, double bound)
{
    if (!(bound > s->bound)) return; /* nor where prices ran away, and it is no number */
    s->bound = bound;
    memcpy(s->best_y, y, (size_t)s->rows * sizeof *y);
}

/* Lines that nothing is decided about are tried as open when they mostly are. */
static void try_lines(struct search *q)
{
    static const double mostly[] = {0.5, 0.1, 0.9, 0.01};
    struct solver *s = q->s;
    for (int32_t g = 0; g < s->m->lines; g++) {
        double part = s->line_qty[g] > 0 ? s->opening[g] / s->line_qty[g] : 0;
        bool open = part > mostly[q->rounds % 4];
        s->line_try[g] = s->line_state[g] == LINE_FREE ? open : s->line_state[g] == LINE_OPEN;
    }
}

/*
 * Light steps of prices are what the bound likes, and heavy ones what plans
 * need. As soon as the bound gains little of what is missing, it is their turn;
 * but a warm run begins with a good bound and with weights that were found good.
 */
static void weigh_steps(const struct search *q, double bound_before)
{
    static const double light = 0.008, heavy = 0.3, little = 0.1;
    struct solver *s = q->s;
    double missing = q->best.objective - s->bound;
    bool plans_turn = !s->warm && s->bound - bound_before < little * missing;
    s->weight_least = plans_turn ? heavy : light;
}

/*
 * Columns are asked for by lots, which answer the best offers, and, as long as
 * the end is far, by sinks too, which know their cheapest lots: when there is
 * plenty of an item, all its lots want the same few sinks. Once few are asked
 * for, prices are settled enough to let go of all that nothing goes by.
 */
uint32_t engine_look(struct search *q)
{
    static const double far = 0.2, small = 1e-3, dear = 0.05, few = 0.1;
    struct solver *s = q->s;
    struct wanted_list w = {.arena = &q->round, .least = small};
    bool sinks_too = gap_of(q->best.objective, s->bound) > far;
    double before = s->bound, bound = engine_bound(s, s->y, &w, NULL);
    keep_bound(s, s->y, bound);
    if (sinks_too || !s->warm || q->mends || q->rounds % 4 == 0) {
        engine_mend(s, s->y, s->mended, sinks_too ? &w : NULL);
        double mended = engine_bound(s, s->mended, NULL, NULL);
        keep_bound(s, s->mended, mended);
        q->mends = mended > bound;
    }
    weigh_steps(q, before);
    if (sinks_too) columns_by_lot(&q->round, &w, s->m->lots);
    return columns_renew(s, &w, w.count < few * s->columns ? 0 : dear);
}

/*
 * Whether it is worth the time to look for room everywhere. That takes as long as half a round
 * and gains some hundredths of a per cent; in a warm run, whose bound is good from the beginning,
 * all the later rounds would be near the end, and it is tried where just that is missing.
 */
static bool near_end(const struct search *q)
{
    double near = q->s->warm ? 1.1 : 4;
    return q->best.flow && gap_of(q->best.objective, q->s->bound) < near * q->gap;
}

bool engine_round(struct search *q)
{
    struct solver *s = q->s;
    arena_reset(&q->round);
    struct repaired r;
    if (s->warm && q->rounds == 0) { /* it may be good enough as it is */
        engine_prices(s, s->y);
        try_lines(q);
        r = engine_repair_last(s, &q->round);
    } else {
        engine_steps(s, s->probe[0] == 0 ? 12 : 4);
        engine_iterate(s, q->steps);
        try_lines(q);
        r = engine_repair(s, &q->round, near_end(q));
    }
    keep_if_better(q, &r);
    arena_reset(&q->round); /* both halves of a round want much, one after the other */
    uint32_t before = s->columns, added = engine_look(q);
    if (added < before / 200 && q->steps < 260) q->steps += 40;
    q->rounds++;
    if (q->rounds >= q->rounds_most) q->stopped = true;
    if (!watch_step(q->watch, q->rounds, 0)) q->stopped = true;
    return !q->stopped;
}

/* As far as the gap that was asked for lets it be dearer. */
static void tidy_up(struct search *q)
{
    struct solver *s = q->s;
    double allowed = s->bound > 0 ? s->bound / (1 - q->gap) - q->best.objective : 0;
    q->best.count = engine_tidy(s, q->best.flow, q->best.count);
    if (engine_kinds(s, &q->better, &q->best, allowed > 0 ? allowed : 0)) {
        q->best.count = engine_tidy(s, q->best.flow, q->best.count);
    }
}

static bool comes_first(const struct shipment *a, const struct shipment *b)
{
    if (a->sink != b->sink) return a->sink < b->sink;
    if (a->hub != b->hub) return a->hub < b->hub;
    return a->month < b->month;
}

/* By the model's lot, each lot's few by sink, hub and month. */
static void sort_shipments(struct arena *a, struct plan *plan, int32_t lots)
{
    struct shipment *sorted = NEW_ARRAY(a, plan->count + 1, struct shipment);
    size_t *at = NEW_ARRAY(a, (size_t)lots + 1, size_t);
    for (size_t i = 0; i < plan->count; i++) at[plan->ship[i].lot + 1]++;
    for (int32_t l = 0; l < lots; l++) at[l + 1] += at[l];
    for (size_t i = 0; i < plan->count; i++) {
        const struct shipment *one = &plan->ship[i];
        size_t to = at[one->lot]++;
        for (; to > 0 && sorted[to - 1].lot == one->lot && comes_first(one, &sorted[to - 1]); to--)
            sorted[to] = sorted[to - 1];
        sorted[to] = *one;
    }
    memcpy(plan->ship, sorted, plan->count * sizeof *sorted);
}

static void emit(struct search *q, struct solution *out)
{
    struct solver *s = q->s;
    struct plan *plan = &out->plan;
    if (!s->kink && !q->near) tidy_up(q);
    if (s->warm && !q->same) q->best.flow = engine_settle(s, &q->own, q->best.flow, &q->best.count);
    plan->ship = NEW_ARRAY(q->arena, (size_t)q->best.count + 1, struct shipment);
    for (uint32_t i = 0; i < q->best.count; i++) {
        const struct flow *f = &q->best.flow[i];
        const struct exact_lot *e = &s->exact[f->lot];
        double qty = f->x / e->unit;
        if (!(qty > 0)) continue;
        plan->ship[plan->count++] =
            (struct shipment){e->id, f->sink, f->hub, f->month, e->whole ? floor(qty + 0.5) : qty};
    }
    sort_shipments(&q->own, plan, s->m->lots);
    if (!s->m->lines) return;
    plan->open = NEW_ARRAY(q->arena, (size_t)s->m->lines, bool);
    for (size_t i = 0; i < plan->count; i++) {
        int32_t line = s->m->lot[plan->ship[i].lot].line;
        if (line != MODEL_NONE) plan->open[line] = true;
    }
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

/* Rounds until the gap is closed, or neither side has moved for long. */
static void search_plain(struct search *q)
{
    enum { PATIENCE = 60 };
    double objective = INFINITY, bound = -INFINITY;
    uint32_t since = 0;
    while (engine_round(q) && gap_of(q->best.objective, q->s->bound) > q->gap) {
        double little = 0.01 * q->gap * fabs(q->best.objective);
        if (objective - q->best.objective > little || q->s->bound - bound > little) {
            objective = q->best.objective;
            bound = q->s->bound;
            since = 0;
        } else if (++since >= PATIENCE) {
            break;
        }
    }
}

static void set_weights(struct solver *s, const struct solve_weights *weights)
{
    static const struct solve_weights plain = {{1, 1, 1, 1}, 1, 1};
    if (!weights) weights = &plain;
    if (memcmp(weights, &s->weights, sizeof plain) == 0) return;
    s->weights = *weights;
    solver_changed(s);
}

struct solution solver_run(struct solver *s, struct arena *a, const struct solve_params *params)
{
    const double aimed = 0.999 * params->gap; /* the rest is for crumbs */
    struct search q = {
        .s = s, .arena = a, .watch = params->watch, .gap = aimed, .steps = s->warm ? 140 : 150};
    struct solution out = {0};
    q.rounds_most = params->rounds ? params->rounds : 2000;
    set_weights(s, params->weights);
    engine_stay(s, &q.own, params->stay);
    if (s->fresh)
        columns_begin(s);
    else if (s->kink)
        columns_renew(s, &(struct wanted_list){0}, INFINITY);
    s->bound = -INFINITY;
    s->weight_least = 0;
    s->iterations = 0;
    if (params->threads > 1 && s->lanes > 1) s->crew = crew_new(&q.own);
    if (s->m->lines && !whole_decides_lines(s))
        search_lines(&q);
    else if (s->warm && search_near(&q))
        q.near = true;
    else
        search_plain(&q);
    q.gap = aimed;
    if (gap_of(q.best.objective, s->bound) > q.gap) search_whole(&q);
    if (s->kink && q.before.flow && !q.same) engine_revert(&q);
    crew_end(s->crew);
    s->crew = NULL;
    arena_free(&q.round); /* what it held is room for the end */
    emit(&q, &out);
    out.value = plan_value(&q.own, s->m, &out.plan);
    bool plain = !params->weights && !s->kink;
    out.objective = plain ? out.value.total : engine_objective(s, q.best.flow, q.best.count);
    out.charged = stay_charged(s, &q.own, q.best.flow, q.best.count);
    out.bound = fmax(s->bound, 0); /* no part of the objective is below 0 */
    out.gap = gap_of(out.objective, out.bound);
    out.reached = out.gap <= params->gap;
    out.stopped = q.stopped && !out.reached;
    out.rounds = q.rounds;
    out.nodes = q.nodes;
    out.iterations = s->iterations;
    out.columns = s->columns;
    out.possible = columns_possible(s);
    tell_prices(s, a, &out.price);
    engine_keep_plan(s, q.best.flow, q.best.count);
    memcpy(s->y, s->best_y, (size_t)s->rows * sizeof *s->y);
    s->warm = true;
    s->kink = NULL; /* it was for this run */
    arena_free(&q.better);
    arena_free(&q.own);
    return out;
}

struct solution solver_rest(struct solver *s, struct arena *a, const struct solve_params *params,
                            const struct plan *shown)
{
    struct solve_params rest = *params;
    rest.gap *= SOLVE_AT_REST;
    struct solution out = solver_run(s, a, &rest);
    if (shown) solver_stand(s, shown);
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
