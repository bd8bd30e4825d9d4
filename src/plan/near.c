/*
 * near.c - planning again, near the plan before.
 *
 * After one change most of a plan is as good as it was. What is not shows in
 * whose the gap is: those lots move, and all others are held where they are.
 * As prices move, lots that by now lose by being held are woken; first only
 * those that lose much. So the iteration goes over a small part of the
 * columns, and what had no reason to move has not moved.
 *
 * Plans want heavy steps of prices, and the bound light ones. With few lots
 * moving prices say little about the others, so the two take turns: heavy
 * steps of few for the plan, and light ones of all, from the prices that prove
 * most, when plans gain no more.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plan/near.h"

enum {
    STEPS = 80,   /* until lots are woken */
    TIMES = 2,    /* that often, then a plan is made */
    BLOCKS = 40,  /* that often; whoever is not there by then has most lots awake anyway */
    PROVING = 100 /* steps for the bound */
};

/* Of the gap: what a lot may lose by being held, first and last; what is much for one family. */
static const double asleep = 3e-2, drowsy = 1e-3, much = 0.1;
/* Of what is allowed: where all may as well move. Of the gap: what a block at least closes. */
static const double hopeless = 25, little = 0.15;
/* Of the gap where moving is charged: what is gained beyond is spent on staying: revert.c. */
static const double sharper = 0.4;
/* Of dual against primal steps: for plans, for the bound. */
static const double heavy = 1, light = 0.15;

struct again {
    struct search *q;
    struct solver *s;
    struct arena plan, other, round;
    struct standing p;
    struct gaps gaps;
    struct upset upset; /* lots that move, sinks that do in any case */
    int32_t actives;
    bool carried; /* the columns carry what families alone came to, not the plan */
    double asleep;
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

/* Rows that have too much by now: the flows that are worth least are cut; false: none have. */
static bool trim(struct again *g, const double *y)
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
    if (!count) return false;
    qsort(list, count, sizeof *list, compare_excess);
    for (uint32_t i = 0; i < count; i++) {
        struct flow *f = &p->flow[list[i].flow];
        const struct exact_lot *e = &s->exact[f->lot];
        const struct sink *k = &s->sink[f->sink];
        double x = over(s, p->left, f), eta = sink_takes(s, f->sink, e->item);
        if (!(x > 1e-12 * f->x)) continue;
        if (e->whole) x = ceil(x / e->unit * (1 - 1e-12)) * e->unit;
        if (x > (1 - 1e-9) * f->x) x = f->x; /* and no crumb of it stays */
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
    return true;
}

/* --- rounds --- */

/* What prices prove, and whose the gap is. */
static void price(struct again *g)
{
    struct solver *s = g->s;
    s->answer = NEW_ARRAY(&g->round, (size_t)s->m->lots + 1, double);
    s->bound = engine_bound(s, s->y, NULL, NULL);
    memcpy(s->best_y, s->y, (size_t)s->rows * sizeof *s->y);
    gaps_find(s, &g->round, s->y, &g->p, &g->gaps);
    g->p.objective = engine_objective(s, g->p.flow, g->p.count);
    s->answer = NULL;
}

/* The columns are what they were, and carry the plan. */
static void put_plan(struct again *g)
{
    struct solver *s = g->s;
    const struct standing *p = &g->p;
    struct wanted_list w = {.arena = &g->round};
    for (uint32_t i = 0; i < p->count; i++) {
        const struct flow *f = &p->flow[i];
        want(&w, &(struct wanted){f->lot, f->sink, f->hub, f->month, 0});
    }
    columns_renew(s, &w, INFINITY);
    for (uint32_t j = 0; j < s->columns; j++) s->column[j].x = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        const struct flow *f = &p->flow[i];
        uint32_t cell = sink_cell(&s->sink[f->sink], f->month);
        int32_t hub = flow_hub(s, f);
        for (uint32_t j = s->lot_begin[f->lot]; j < s->lot_begin[f->lot + 1]; j++) {
            struct column *c = &s->column[j];
            if (c->cell == cell && c->hub == hub) c->x += (float)f->x;
        }
    }
}

/* What a lot loses by being held, at today's prices: its part of the gap. */
static double lost(const struct solver *s, int32_t l)
{
    double sum = 0, least = 0;
    float own = (float)s->y[l];
    for (uint32_t j = s->lot_begin[l]; j < s->lot_begin[l + 1]; j++) {
        const struct column *c = &s->column[j];
        double reduced = (double)(column_reduced(s, l, c) + own);
        if (s->kink && s->kink[j] > 0 && c->x > 0) reduced -= s->charge;
        sum += (double)c->x * reduced;
        if (reduced < least) least = reduced;
    }
    return sum - s->lot[l].qty * least;
}

static double least_lost(const struct again *g)
{
    double best = g->q->best.objective;
    return g->asleep * fmin(best - g->s->bound, 3 * g->q->gap * fabs(best));
}

static void wake(struct again *g)
{
    struct solver *s = g->s;
    double worth = least_lost(g);
    engine_prices(s, s->y);
    for (int32_t l = 0; l < s->m->lots; l++) {
        if (g->upset.lot[l] || !(lost(s, l) > worth)) continue;
        g->upset.lot[l] = true;
        g->actives++;
    }
}

static void keep_bound(struct solver *s, double bound)
{
    if (!(bound > s->bound)) return;
    s->bound = bound;
    memcpy(s->best_y, s->y, (size_t)s->rows * sizeof *s->y);
}

/* All columns are priced, and the plan of these is better or not. */
static void judge(struct again *g)
{
    struct search *q = g->q;
    struct solver *s = g->s;
    struct repaired r = engine_repair(s, &g->round, false);
    keep_if_better(q, &r);
    engine_hold_none(s);
    if (gap_of(q->best.objective, s->bound) <= q->gap) return;
    struct wanted_list w = {.arena = &g->round, .least = 1e-2}; /* heavy steps make prices shake */
    keep_bound(s, engine_bound(s, s->y, &w, NULL));
    columns_renew(s, &w, 0.05);
}

static bool reached(const struct again *g)
{
    return gap_of(g->q->best.objective, g->s->bound) <= g->q->gap;
}

/* Whether it is looked at for one of these sinks; holding: and has some there. */
static bool leads_to(const struct solver *s, int32_t l, const bool *sinks, bool holding)
{
    for (uint32_t j = s->lot_begin[l]; j < s->lot_begin[l + 1]; j++) {
        const struct column *c = &s->column[j];
        if (sinks[s->cell_sink[c->cell]] && (!holding || c->x > 0)) return true;
    }
    return false;
}

/* Lots whose the gap is, and those that can serve the sinks whose it is. */
static void begin(struct again *g)
{
    struct solver *s = g->s;
    double worth = least_lost(g);
    for (int32_t k = 0; k < s->m->sinks; k++) g->upset.sink[k] |= g->gaps.sink[k] > worth;
    if (!g->carried) put_plan(g);
    for (int32_t l = 0; l < s->m->lots; l++) {
        g->upset.lot[l] |= g->gaps.lot[l] > worth || leads_to(s, l, g->upset.sink, false);
        g->actives += g->upset.lot[l];
    }
}

struct share {
    double gap;
    int32_t family;
};

static int compare_shares(const void *one, const void *other)
{
    const struct share *a = one, *b = other;
    if (a->gap != b->gap) return a->gap > b->gap ? -1 : 1;
    return a->family < b->family ? -1 : a->family > b->family;
}

static struct share *shares(struct again *g)
{
    const struct solver *s = g->s;
    const struct model *m = s->m;
    struct share *share = NEW_ARRAY(&g->round, (size_t)m->items + 1, struct share);
    for (int32_t i = 0; i < m->items; i++) share[i].family = i;
    for (int32_t l = 0; l < m->lots; l++) {
        share[s->family[s->exact[l].item]].gap += g->gaps.lot[l];
    }
    for (int32_t k = 0; k < m->sinks; k++) share[s->family[m->sink[k].item]].gap += g->gaps.sink[k];
    qsort(share, (size_t)m->items, sizeof *share, compare_shares);
    return share;
}

/* The sinks of families with much of the gap, systems and complements together; any? */
static bool sinks_with_much(struct again *g, bool *sinks)
{
    enum { FAMILIES = 3 };
    const struct solver *s = g->s;
    const struct model *m = s->m;
    const struct share *share = shares(g);
    double most = much * (g->q->best.objective - s->bound);
    int32_t families = 0;
    while (families < FAMILIES && families < m->items && share[families].gap > most) families++;
    for (int32_t k = 0; k < m->sinks; k = s->sink[k].next) {
        bool any = false;
        for (int32_t j = k; j < s->sink[k].next; j++) {
            for (int32_t i = 0; i < families; i++) {
                any |= s->family[m->sink[j].item] == share[i].family;
            }
        }
        for (int32_t j = k; j < s->sink[k].next; j++) sinks[j] = any;
    }
    return families > 0;
}

/*
 * Where much of the gap is with a few families, they find their own prices first, and what goes
 * there, at the prices of all that they share with others; then with the budgets and the shares
 * that this upsets.
 */
static void families_alone(struct again *g)
{
    enum { TRIES = 4 };
    struct solver *s = g->s;
    bool *sinks = NEW_ARRAY(&g->round, (size_t)s->m->sinks + 1, bool);
    if (!sinks_with_much(g, sinks)) return;
    put_plan(g);
    for (int i = 0; i < TRIES && !reached(g); i++) {
        double before = s->bound, gap = g->q->best.objective - before;
        if (!engine_alone(s, &g->round, sinks, &g->p, gap, &g->upset)) break;
        g->carried = true;
        keep_bound(s, engine_bound(s, s->y, NULL, NULL));
        memcpy(s->y, s->best_y, (size_t)s->rows * sizeof *s->y);
        if (i > 0 && s->bound - before < 0.05 * gap) break;
    }
}

/* Prices as they prove most, quantities as the best plan has them. */
static void start_over(struct again *g)
{
    struct solver *s = g->s;
    memcpy(s->y, s->best_y, (size_t)s->rows * sizeof *s->y);
    arena_reset(&g->round);
    arena_free(&g->plan);
    stand(g, &g->plan, g->q->best.flow, g->q->best.count);
    put_plan(g);
}

/* All lots move a little, for the bound. */
static void prove(struct again *g)
{
    struct solver *s = g->s;
    struct wanted_list w = {.arena = &g->round, .least = 1e-3};
    start_over(g);
    s->weight = light;
    engine_steps(s, 4);
    engine_iterate(s, PROVING);
    double bound = engine_bound(s, s->y, &w, NULL);
    engine_mend(s, s->y, s->mended, NULL);
    double mended = engine_bound(s, s->mended, NULL, NULL);
    keep_bound(s, bound);
    if (mended > s->bound) {
        s->bound = mended;
        memcpy(s->best_y, s->mended, (size_t)s->rows * sizeof *s->y);
    }
    columns_renew(s, &w, 0.05);
    start_over(g);
    s->weight = heavy;
}

/* Few lots move, for the plan. */
static void move(struct again *g)
{
    struct solver *s = g->s;
    for (int i = 0; i < TIMES; i++) {
        arena_reset(&g->round);
        wake(g);
        while (!g->actives && g->asleep > drowsy) {
            g->asleep = fmax(g->asleep / 3, drowsy);
            wake(g);
        }
        engine_hold(s, &g->round, g->upset.lot, g->upset.sink, g->p.flow, g->p.count);
        engine_steps(s, 0);
        engine_iterate(s, STEPS);
    }
    judge(g);
}

/* When plans gain little: first more lots are woken, the second time the bound is tried. */
static void move_some(struct again *g)
{
    enum { DRY = 3 };
    struct search *q = g->q;
    struct solver *s = g->s;
    double weight = s->weight;
    int since = 0, stalls = 0, dry = 0;
    begin(g);
    s->weight = heavy;
    for (int i = 0; i < BLOCKS && dry < DRY && g->actives <= s->m->lots / 2; i++) {
        double gap = q->best.objective - s->bound;
        move(g);
        q->rounds++;
        if (q->rounds >= q->rounds_most || !watch_step(q->watch, q->rounds, 0)) q->stopped = true;
        if (reached(g) || q->stopped) break;
        if (++since < 2 || q->best.objective - s->bound < (1 - little) * gap) continue;
        since = 0;
        g->asleep = fmax(g->asleep / 3, drowsy);
        if (++stalls % 2) continue;
        prove(g);
        if (reached(g)) break;
        dry = q->best.objective - s->bound > (1 - 2 * little) * gap ? dry + 1 : 0;
    }
    s->weight = weight;
}

bool search_near(struct search *q)
{
    struct solver *s = q->s;
    struct again g = {.q = q, .s = s, .asleep = asleep};
    g.upset = (struct upset){NEW_ARRAY(&q->own, (size_t)s->m->lots + 1, bool),
                             NEW_ARRAY(&q->own, (size_t)s->m->sinks + 1, bool),
                             NEW_ARRAY(&q->own, (size_t)s->m->budgets + 1, bool),
                             NEW_ARRAY(&q->own, (size_t)s->m->givers + 1, bool)};
    stand(&g, &g.other, s->last, s->lasts);
    if (trim(&g, s->y)) stand(&g, &g.plan, g.p.flow, g.p.count);
    price(&g);
    struct repaired r = {.flow = g.p.flow, .count = g.p.count, .objective = g.p.objective};
    keep_if_better(q, &r);
    q->before = r;
    q->before.flow = NEW_ARRAY(&q->own, (size_t)r.count + 1, struct flow);
    if (r.count) memcpy(q->before.flow, r.flow, r.count * sizeof *r.flow);
    double allowed = q->gap * fabs(r.objective);
    q->same = reached(&g);
    if (s->kink && !q->same) q->gap *= sharper;
    if (!q->same && !s->m->lines) {
        families_alone(&g);
        if (!reached(&g) && r.objective - s->bound < hopeless * allowed) move_some(&g);
    }
    bool done = reached(&g) || q->stopped;
    if (done) memcpy(s->y, s->best_y, (size_t)s->rows * sizeof *s->y);
    arena_free(&g.plan);
    arena_free(&g.other);
    arena_free(&g.round);
    return done;
}
