/*
 * near.c - planning again, near the plan before.
 *
 * After one change most of a plan is as good as it was. What is not shows in
 * whose the gap is: so the lots that have it are planned again with the rest
 * as it stands, until the whole is good enough or this leads nowhere.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plan/near.h"

enum {
    PARTS = 4,       /* so many times */
    PART_ROUNDS = 4, /* of each */
    LOTS_MOST = 800, /* with more, all may as well be planned again */
    FAMILIES_MOST = 10,
};

/* Of the gap that is allowed: what may stay where it is, what is much in one place, what ends a
 * part. */
static const double leave = 0.4, much = 0.2, enough_of_part = 0.2;

struct again {
    struct search *q;
    struct solver *s;
    struct arena plan, other, round;
    struct standing p;
    double *y; /* prices at hand, and what they prove */
    double bound;
    struct gaps gaps;
    bool *active;
    int32_t actives;
};

/* --- the plan that stands --- */

static void stand(struct again *g, struct arena *a, const struct flow *flow, uint32_t count)
{
    struct solver *s = g->s;
    const struct model *m = s->m;
    struct standing *p = &g->p;
    p->flow = NEW_ARRAY(a, count + 1, struct flow);
    p->begin = NEW_ARRAY(a, (size_t)m->lots + 2, uint32_t);
    p->left = NEW_ARRAY(a, (size_t)s->rows + 1, double);
    p->got = NEW_ARRAY(a, s->cells + 1, double);
    p->burden = NEW_ARRAY(a, (size_t)m->givers + 1, double);
    p->count = count;
    memcpy(p->left, s->b, (size_t)s->rows * sizeof *p->left);
    for (uint32_t i = 0; i < count; i++) p->begin[flow[i].lot + 1]++;
    for (int32_t l = 0; l < m->lots; l++) p->begin[l + 1] += p->begin[l];
    uint32_t *at = NEW_ARRAY(&g->round, (size_t)m->lots + 1, uint32_t);
    memcpy(at, p->begin, (size_t)m->lots * sizeof *at);
    for (uint32_t i = 0; i < count; i++) p->flow[at[flow[i].lot]++] = flow[i];
    for (uint32_t i = 0; i < count; i++) {
        const struct flow *f = &p->flow[i];
        const struct exact_lot *e = &s->exact[f->lot];
        const struct sink *k = &s->sink[f->sink];
        double here = f->x * sink_takes(s, f->sink, e->item);
        uint32_t cell = sink_cell(k, f->month);
        p->left[f->lot] -= f->x;
        p->left[s->hub0 + flow_hub(s, f)] -= e->mass * f->x;
        p->left[s->budget0 + s->lot[f->lot].budget] -= e->paid * f->x;
        p->burden[e->giver] += e->burden * f->x;
        p->got[cell] += here;
        if (k->type == SINK_NEED)
            p->left[s->cell0 + (int32_t)cell] -= here;
        else if (k->most != MODEL_NONE)
            p->left[k->most] -= here;
    }
}

struct excess {
    double reduced;
    uint32_t flow;
};

static int compare_excess(const void *one, const void *other)
{
    const struct excess *a = one, *b = other;
    if (a->reduced != b->reduced) return a->reduced > b->reduced ? -1 : 1;
    return a->flow < b->flow ? -1 : a->flow > b->flow;
}

/* The most that any row of a flow has too much, in units of the flow. */
static double over(const struct solver *s, const double *left, const struct flow *f)
{
    const struct exact_lot *e = &s->exact[f->lot];
    const struct sink *k = &s->sink[f->sink];
    double eta = sink_takes(s, f->sink, e->item), most = -left[f->lot];
    double hub = left[s->hub0 + flow_hub(s, f)], paid = left[s->budget0 + s->lot[f->lot].budget];
    if (e->mass > 0) most = fmax(most, -hub / e->mass);
    if (e->paid > 0) most = fmax(most, -paid / e->paid);
    if (k->type == SINK_NEED)
        most = fmax(most, -left[s->cell0 + (int32_t)k->cell] / eta);
    else if (k->most != MODEL_NONE)
        most = fmax(most, -left[k->most] / eta);
    return most;
}

/* Rows that have too much by now: the flows that are worth least are cut. */
static void trim(struct again *g, const double *y)
{
    struct solver *s = g->s;
    struct standing *p = &g->p;
    double *value = NEW_ARRAY(&g->round, s->cells + 1, double);
    struct excess *list = NEW_ARRAY(&g->round, p->count + 1, struct excess);
    uint32_t count = 0;
    cell_values(s, y, value);
    for (uint32_t i = 0; i < p->count; i++) {
        const struct flow *f = &p->flow[i];
        if (!(over(s, p->left, f) > 1e-12 * f->x)) continue;
        list[count++] = (struct excess){flow_reduced(s, y, value, f), i};
    }
    if (count) qsort(list, count, sizeof *list, compare_excess);
    for (uint32_t i = 0; i < count; i++) {
        struct flow *f = &p->flow[list[i].flow];
        const struct exact_lot *e = &s->exact[f->lot];
        const struct sink *k = &s->sink[f->sink];
        double x = over(s, p->left, f), eta = sink_takes(s, f->sink, e->item);
        if (!(x > 1e-12 * f->x)) continue;
        if (e->whole) x = ceil(x / e->unit * (1 - 1e-12)) * e->unit;
        if (x > f->x) x = f->x;
        f->x -= x;
        p->left[f->lot] += x;
        p->left[s->hub0 + flow_hub(s, f)] += e->mass * x;
        p->left[s->budget0 + s->lot[f->lot].budget] += e->paid * x;
        if (k->type == SINK_NEED)
            p->left[s->cell0 + (int32_t)k->cell] += eta * x;
        else if (k->most != MODEL_NONE)
            p->left[k->most] += eta * x;
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        if (p->flow[i].x > 0) p->flow[kept++] = p->flow[i];
    }
    p->count = kept;
}

/* --- who is planned again --- */

struct carrier {
    double gap;
    int32_t lot, sink; /* one of both */
};

static int compare_carriers(const void *one, const void *other)
{
    const struct carrier *a = one, *b = other;
    if (a->gap != b->gap) return a->gap > b->gap ? -1 : 1;
    if (a->lot != b->lot) return a->lot < b->lot ? -1 : 1;
    return a->sink < b->sink ? -1 : a->sink > b->sink;
}

static struct carrier *carriers(struct again *g, size_t *count, double *sum)
{
    const struct model *m = g->s->m;
    struct carrier *list =
        NEW_ARRAY(&g->round, (size_t)m->lots + (size_t)m->sinks + 1, struct carrier);
    *count = 0;
    *sum = 0;
    for (int32_t l = 0; l < m->lots; l++) {
        if (g->gaps.lot[l] > 0) list[(*count)++] = (struct carrier){g->gaps.lot[l], l, MODEL_NONE};
    }
    for (int32_t k = 0; k < m->sinks; k++) {
        if (g->gaps.sink[k] > 0)
            list[(*count)++] = (struct carrier){g->gaps.sink[k], MODEL_NONE, k};
    }
    for (size_t i = 0; i < *count; i++) *sum += list[i].gap;
    if (*count) qsort(list, *count, sizeof *list, compare_carriers);
    return list;
}

/* Where much of the gap is in one place, all that could stand in for it is planned again. */
static void add_families(struct again *g, const struct carrier *list, size_t count, double enough)
{
    struct solver *s = g->s;
    const struct model *m = s->m;
    bool *in = NEW_ARRAY(&g->round, (size_t)m->items + 1, bool);
    int32_t families = 0;
    for (size_t i = 0; i < count && list[i].gap > much * enough; i++) {
        int32_t k = list[i].sink, next = k == MODEL_NONE ? 0 : s->sink[k].next;
        if (k == MODEL_NONE) in[s->family[s->exact[list[i].lot].item]] = true;
        for (; k != MODEL_NONE && k < next; k++) in[s->family[m->sink[k].item]] = true;
    }
    for (int32_t i = 0; i < m->items; i++) families += in[i];
    if (families > FAMILIES_MOST) return;
    for (int32_t l = 0; l < m->lots; l++) {
        if (in[s->family[s->exact[l].item]]) g->active[l] = true;
    }
}

static void choose(struct again *g, double enough)
{
    size_t count;
    double sum;
    struct carrier *list = carriers(g, &count, &sum);
    memset(g->active, 0, (size_t)g->s->m->lots * sizeof *g->active);
    for (size_t i = 0; i < count && sum > leave * enough; i++) {
        sum -= list[i].gap;
        if (list[i].lot != MODEL_NONE) g->active[list[i].lot] = true;
    }
    add_families(g, list, count, enough);
    g->actives = 0;
    for (int32_t l = 0; l < g->s->m->lots; l++) g->actives += g->active[l];
}

/* --- rounds --- */

static void price(struct again *g)
{
    struct solver *s = g->s;
    g->bound = engine_bound(s, g->y, NULL, NULL);
    if (g->bound > s->bound) {
        s->bound = g->bound;
        memcpy(s->best_y, g->y, (size_t)s->rows * sizeof *g->y);
    }
    gaps_find(s, &g->round, g->y, &g->p, &g->gaps);
    g->p.objective = engine_objective(s, g->p.flow, g->p.count);
}

static void take_plan(struct again *g, const struct part *t, const struct repaired *r)
{
    struct flow *flow = NEW_ARRAY(&g->round, (size_t)g->p.count + r->count + 1, struct flow);
    uint32_t count = 0;
    for (uint32_t i = 0; i < g->p.count; i++) {
        if (!g->active[g->p.flow[i].lot]) flow[count++] = g->p.flow[i];
    }
    for (uint32_t i = 0; i < r->count; i++) {
        struct flow f = r->flow[i];
        f.lot = t->lot[t->s->exact[f.lot].id];
        f.sink = t->sink[f.sink];
        flow[count++] = f;
    }
    struct arena was = g->plan;
    g->plan = g->other;
    g->other = was;
    arena_reset(&g->plan);
    stand(g, &g->plan, flow, count);
}

/*
 * Prices first: as if all others would give way a little where they move. Then
 * the plan, in which they do not.
 */
static void plan_part(struct again *g, double enough)
{
    struct part *t = part_new(&g->round, g->s, g->active, &g->p, g->y);
    struct search q = {.s = t->s,
                       .arena = &g->round,
                       .watch = g->q->watch,
                       .gap = g->q->gap,
                       .steps = 100,
                       .rounds = 1,
                       .rounds_most = 1 + PART_ROUNDS};
    double *y = NEW_ARRAY(&g->round, (size_t)t->s->rows, double);
    q.best = (struct repaired){.flow = t->flow, .count = t->flows};
    q.best.objective = engine_objective(t->s, t->flow, t->flows);
    engine_steps(t->s, 8);
    engine_iterate(t->s, q.steps);
    memcpy(y, t->s->y, (size_t)t->s->rows * sizeof *y);
    engine_look(&q);
    t->s->giving = NULL;
    while (engine_round(&q) && q.best.objective - t->s->bound > enough_of_part * enough) continue;
    if (!t->s->kink) q.best.count = engine_tidy(t->s, q.best.flow, q.best.count);
    take_plan(g, t, &q.best);
    part_prices(t, g->s, y, g->y);
    arena_free(&q.round);
    arena_free(&q.better);
}

bool search_near(struct search *q)
{
    struct solver *s = q->s;
    struct again g = {.q = q, .s = s};
    size_t lots = (size_t)s->m->lots + 1;
    bool reached = false;
    g.y = NEW_ARRAY(&q->own, (size_t)s->rows, double);
    g.active = NEW_ARRAY(&q->own, lots, bool);
    s->answer = NEW_ARRAY(&q->own, lots, double);
    memcpy(g.y, s->y, (size_t)s->rows * sizeof *g.y);
    stand(&g, &g.other, s->last, s->lasts);
    trim(&g, g.y);
    stand(&g, &g.plan, g.p.flow, g.p.count);
    price(&g);
    for (int part = 0; part <= PARTS; part++) {
        double enough = q->gap * fabs(g.p.objective);
        reached = g.p.objective - s->bound <= enough;
        q->same = reached && part == 0;
        if (reached || part == PARTS) break;
        choose(&g, enough);
        if (g.actives == 0 || g.actives > LOTS_MOST) break;
        plan_part(&g, enough);
        price(&g);
    }
    s->answer = NULL;
    memcpy(s->y, s->best_y, (size_t)s->rows * sizeof *s->y);
    q->best = (struct repaired){.count = g.p.count, .objective = g.p.objective};
    q->best.flow = NEW_ARRAY(&q->better, (size_t)g.p.count + 1, struct flow);
    if (g.p.count) memcpy(q->best.flow, g.p.flow, g.p.count * sizeof *q->best.flow);
    arena_free(&g.plan);
    arena_free(&g.other);
    arena_free(&g.round);
    return reached;
}
