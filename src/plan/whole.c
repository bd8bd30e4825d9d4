/*
 * whole.c - whole things decided one by one, where the model is small.
 *
 * The bound of the iteration lets half a howitzer go. With a few hundred
 * shipments to think of that leaves some per cent open which no round can
 * close. Here they are closed by a tree: in each node some sums (of a lot, of
 * what comes to a need, of a shipment, a production line) are kept above or
 * below a whole number, the linear programme of the rest proves a bound, and
 * what it leans to is made a plan. Down first, to have plans early; then always
 * where the bound is lowest.
 *
 * A node's bound is what its prices prove (lp_bound), so a fault of the method
 * could make the tree larger, and the certificate not wrong. The bound of all
 * is the least of the nodes that were left, and no limit depends on a clock.
 */
#include <math.h>
#include <string.h>

#include "plan/whole.h"

enum { NODES_MOST = 100000, PLANS_EVERY = 8, PLANS_ALL = 24 };
static const uint64_t work_most = 600000000, work_cheap = 100000000; /* two seconds; a tenth */
static const double near_whole = 1e-6;

struct branch {
    struct branch *of; /* the node's, which it stands below */
    double bound;
    int32_t var; /* MODEL_NONE: the root */
    double low, high;
    double moved; /* of a unit, to get there; for learning what that costs */
    bool up;
};

struct learnt { /* what a unit up, or down, took off, on average */
    double sum[2];
    uint32_t times[2];
};

struct tree {
    struct search *q;
    struct arena arena;
    struct programme *p;
    struct lp *lp;
    double *low, *high;    /* at the root */
    struct learnt *learnt; /* by whole[] */
    int32_t *whole_at;     /* by variable: in whole[], or -1 */
    struct branch **open;  /* a heap: the lowest bound first, then the oldest */
    uint32_t opens, open_room, nodes;
    double closed; /* least bound of nodes that are done with */
};

/* --- nodes --- */

static void push(struct tree *t, struct branch *n)
{
    if (t->opens == t->open_room) {
        t->open = arena_more(&t->arena, t->open, t->opens, &t->open_room, sizeof(struct branch *));
    }
    uint32_t at = t->opens++;
    for (; at && t->open[(at - 1) / 2]->bound > n->bound; at = (at - 1) / 2) {
        t->open[at] = t->open[(at - 1) / 2];
    }
    t->open[at] = n;
}

static struct branch *pop(struct tree *t)
{
    struct branch *best = t->open[0], *last = t->open[--t->opens];
    uint32_t at = 0;
    for (uint32_t child = 1; child < t->opens; child = 2 * at + 1) {
        if (child + 1 < t->opens && t->open[child + 1]->bound < t->open[child]->bound) child++;
        if (t->open[child]->bound >= last->bound) break;
        t->open[at] = t->open[child];
        at = child;
    }
    if (t->opens) t->open[at] = last;
    return best;
}

static struct branch *child_of(struct tree *t, struct branch *of, int32_t var, double low,
                               double high, double moved, bool up)
{
    struct branch *n = NEW(&t->arena, struct branch);
    *n = (struct branch){of, of->bound, var, low, high, moved, up};
    return n;
}

/* False: nothing is left between them. */
static bool set_bounds(struct tree *t, const struct branch *n)
{
    bool some = true;
    size_t vars = (size_t)(t->lp->cols + t->lp->rows);
    memcpy(t->lp->low, t->low, vars * sizeof *t->low);
    memcpy(t->lp->high, t->high, vars * sizeof *t->high);
    for (; n && n->var != MODEL_NONE; n = n->of) {
        t->lp->low[n->var] = fmax(t->lp->low[n->var], n->low);
        t->lp->high[n->var] = fmin(t->lp->high[n->var], n->high);
        double apart = t->lp->low[n->var] - t->lp->high[n->var];
        if (apart > 0.5 * t->p->whole[t->whole_at[n->var]].unit) some = false;
        if (apart > 0) t->lp->high[n->var] = t->lp->low[n->var];
    }
    return some;
}

/* --- plans --- */

/* What the programme leans to, of whole things what they are with so much of one more. */
static uint32_t leaning(const struct tree *t, struct flow *flow, double more)
{
    const struct programme *p = t->p;
    uint32_t count = 0;
    for (int32_t j = 0; j < p->flows; j++) {
        const struct exact_lot *e = &t->q->s->exact[p->flow[j].lot];
        double x = t->lp->x[j];
        if (e->whole) x = floor(x / e->unit + more) * e->unit;
        if (!(x > 0)) continue;
        flow[count] = p->flow[j];
        flow[count++].x = x;
    }
    return count;
}

/* Plans out of that: as it is, and filled up again. */
static void try_plan(struct tree *t)
{
    const double rounded[] = {near_whole, 0.5};
    struct search *q = t->q;
    struct solver *s = q->s;
    const struct programme *p = t->p;
    const double *x = t->lp->x;
    arena_reset(&q->round);
    struct flow *flow = NEW_ARRAY(&q->round, (size_t)p->flows + 1, struct flow);
    double *service = NEW_ARRAY(&q->round, s->services + 1, double);
    for (int32_t g = 0; g < s->m->lines; g++) s->line_try[g] = x[p->line_of[g]] > 0.5;
    memcpy(service, s->service, s->services * sizeof *service);
    for (uint32_t u = 0; u < s->services; u++) s->service[u] = x[p->service_of[u]];
    for (int i = 0; i < 4; i++) {
        uint32_t count = leaning(t, flow, rounded[i / 2]);
        struct repaired r = engine_repair_flows(s, &q->round, flow, count, i % 2);
        keep_if_better(q, &r);
    }
    memcpy(s->service, service, s->services * sizeof *service);
}

/* --- what to decide next --- */

static double part_of(const struct tree *t, const struct whole_var *w)
{
    double x = t->lp->x[w->var] / w->unit;
    return x - floor(x + near_whole);
}

static double gain(struct tree *t, uint32_t i, double part, bool up)
{
    const struct learnt *l = &t->learnt[i];
    double by = up ? 1 - part : part;
    if (l->times[up]) return by * l->sum[up] / l->times[up];
    const struct whole_var *w = &t->p->whole[i];
    double found = lp_penalty(t->lp, w->var, by * w->unit, up);
    return fmin(found, fabs(t->q->best.objective));
}

/* Both ways must cost something; what was never tried is told from one step. */
static uint32_t most_telling(struct tree *t, double *part)
{
    double best = -1;
    uint32_t found = t->p->wholes;
    double little = 1e-9 * (1 + fabs(t->q->best.objective));
    for (uint32_t i = 0; i < t->p->wholes; i++) {
        const struct whole_var *w = &t->p->whole[i];
        double here = part_of(t, w);
        if (t->lp->low[w->var] >= t->lp->high[w->var] || here <= near_whole) continue;
        double score = fmax(gain(t, i, here, false), little * here) *
                       fmax(gain(t, i, here, true), little * (1 - here));
        if (score > best) {
            best = score;
            found = i;
            *part = here;
        }
    }
    return found;
}

static void learn(struct tree *t, const struct branch *n, double before, double after)
{
    if (n->var == MODEL_NONE || !(n->moved > 0) || !isfinite(before)) return;
    struct learnt *l = &t->learnt[t->whole_at[n->var]];
    double cost = after > before ? after - before : 0;
    l->sum[n->up] += fmin(cost, fabs(t->q->best.objective)) / n->moved;
    l->times[n->up]++;
}

/*
 * Prices of the root say what more of a thing costs at least: what would cost
 * more than there is to win is left out everywhere below.
 */
static void narrow(struct tree *t, double bound, double enough)
{
    const struct lp *lp = t->lp;
    double most = (enough - bound) * (1 + 1e-9) + 1e-9 * fabs(enough);
    if (!(most > 0)) return;
    for (uint32_t i = 0; i < t->p->wholes; i++) {
        const struct whole_var *w = &t->p->whole[i];
        double d = lp->reduced[w->var], wide = t->high[w->var] - t->low[w->var];
        if (lp->place[w->var] >= 0 || fabs(d) * wide <= most) continue;
        double steps = floor(most / fabs(d) / w->unit + 1e-6) * w->unit;
        if (d > 0)
            t->high[w->var] = fmin(t->high[w->var], t->low[w->var] + steps);
        else
            t->low[w->var] = fmax(t->low[w->var], t->high[w->var] - steps);
    }
    t->closed = fmin(t->closed, enough);
}

/* --- the tree --- */

/* A tenth of the gap that was asked for, as long as it is cheap. */
static double good_enough(const struct tree *t)
{
    const struct search *q = t->q;
    double gap = t->lp->work < work_cheap ? 0.1 * q->gap : q->gap;
    return q->best.objective - gap * fabs(q->best.objective);
}

/* Proves its bound and tries a plan; the node to go on with below it, or NULL. */
static struct branch *work_on(struct tree *t, struct branch *n)
{
    struct lp *lp = t->lp;
    double before = n->bound, part = 0;
    if (!set_bounds(t, n)) return NULL;
    enum lp_end end = lp_solve(lp, good_enough(t) - t->p->constant);
    double bound = lp_bound(lp) + t->p->constant;
    if (bound > n->bound) n->bound = bound;
    t->nodes++;
    learn(t, n, before, n->bound);
    if (end == LP_OPTIMAL && n->bound < good_enough(t)) {
        if (t->nodes <= PLANS_ALL || t->nodes % PLANS_EVERY == 0) try_plan(t);
        uint32_t i = most_telling(t, &part);
        if (i == t->p->wholes) {
            try_plan(t);
        } else if (n->bound < good_enough(t)) {
            if (n->var == MODEL_NONE) narrow(t, n->bound, good_enough(t));
            const struct whole_var *w = &t->p->whole[i];
            double down = floor(lp->x[w->var] / w->unit + near_whole) * w->unit;
            struct branch *under = child_of(t, n, w->var, -INFINITY, down, part, false);
            struct branch *over = child_of(t, n, w->var, down + w->unit, INFINITY, 1 - part, true);
            push(t, part > 0.5 ? under : over);
            return part > 0.5 ? over : under;
        }
    }
    t->closed = fmin(t->closed, n->bound);
    return NULL;
}

static struct branch *next_open(struct tree *t)
{
    struct search *q = t->q;
    if (t->opens == 0 || t->open[0]->bound >= good_enough(t)) return NULL;
    if (t->nodes >= NODES_MOST || t->lp->work >= work_most || q->stopped) return NULL;
    return pop(t);
}

static void grow(struct tree *t)
{
    struct search *q = t->q;
    struct branch *n = NEW(&t->arena, struct branch);
    *n = (struct branch){.bound = q->s->bound, .var = MODEL_NONE};
    while (n) {
        struct branch *below = work_on(t, n);
        if (!watch_step(q->watch, q->rounds + t->nodes, 0)) q->stopped = true;
        if (below && (t->nodes >= NODES_MOST || t->lp->work >= work_most || q->stopped)) {
            push(t, below);
            below = NULL;
        }
        n = below ? below : next_open(t);
    }
}

static bool any_whole_lot(const struct solver *s)
{
    bool whole = false;
    for (int32_t l = 0; l < s->m->lots; l++) whole |= s->exact[l].whole && s->lot[l].qty > 0;
    return whole;
}

bool whole_decides_lines(struct solver *s)
{
    struct arena scratch = {0};
    bool decides = s->m->lines > 0 && any_whole_lot(s) && programme_new(s, &scratch);
    arena_free(&scratch);
    return decides;
}

void search_whole(struct search *q)
{
    struct solver *s = q->s;
    struct tree t = {.q = q, .closed = INFINITY};
    if (q->stopped || (s->m->lines == 0 && !any_whole_lot(s))) return;
    t.p = programme_new(s, &t.arena);
    if (t.p) {
        t.lp = t.p->lp;
        size_t vars = (size_t)(t.lp->cols + t.lp->rows);
        t.low = NEW_ARRAY(&t.arena, vars, double);
        t.high = NEW_ARRAY(&t.arena, vars, double);
        memcpy(t.low, t.lp->low, vars * sizeof *t.low);
        memcpy(t.high, t.lp->high, vars * sizeof *t.high);
        t.learnt = NEW_ARRAY(&t.arena, t.p->wholes + 1, struct learnt);
        t.whole_at = NEW_ARRAY(&t.arena, vars, int32_t);
        for (uint32_t i = 0; i < t.p->wholes; i++) t.whole_at[t.p->whole[i].var] = (int32_t)i;
        grow(&t);
        double open = t.opens ? t.open[0]->bound : INFINITY;
        double bound = fmin(fmin(open, t.closed), q->best.objective);
        if (bound > s->bound) s->bound = bound;
        q->nodes += t.nodes;
    }
    arena_free(&t.arena);
}
