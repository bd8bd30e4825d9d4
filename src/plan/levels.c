/*
 * levels.c - see levels.h.
 *
 * A level is held by its price: the levels above weigh so much that what they
 * would lose outweighs what the next could gain. How much that must be is
 * found by trying. If U is what the
 * levels above come to in such a plan, weighted, then (bound - U) / weight is a
 * bound on this level for every plan that is no worse above. Each try begins with
 * the prices and the plan of the one before, which the levels above share.
 */
#include "plan/levels.h"

#include <math.h>

enum { TRIES = 6 };
static const double step = 5, finer = 0.1;

static const char *const names[LEVEL_COUNT] = {"urgent", "others", "fairness", "cost"};

const char *level_name(int level)
{
    return names[level];
}

void level_values(const struct model *m, const struct plan *p, double out[LEVEL_COUNT])
{
    struct arena scratch = {0};
    struct plan_value v = plan_value(&scratch, m, p);
    struct fate *fates = plan_fates(&scratch, m, p);
    out[LEVEL_URGENT] = out[LEVEL_OTHERS] = 0;
    for (int32_t k = 0; k < m->sinks; k++) {
        out[m->sink[k].tier > 0 ? LEVEL_OTHERS : LEVEL_URGENT] += fates[k].harm;
    }
    out[LEVEL_FAIRNESS] = v.fairness;
    out[LEVEL_COST] = v.thrift;
    arena_free(&scratch);
}

/* The same problem with other weights. */
static struct model *weighed(struct arena *a, const struct model *m, const double w[LEVEL_COUNT])
{
    struct model *out = NEW(a, struct model);
    *out = *m;
    out->fairness *= w[LEVEL_FAIRNESS];
    out->thrift *= w[LEVEL_COST];
    out->sink = NEW_ARRAY(a, (size_t)m->sinks + 1, struct model_sink);
    for (int32_t k = 0; k < m->sinks; k++) {
        out->sink[k] = m->sink[k];
        out->sink[k].weight *= w[m->sink[k].tier > 0 ? LEVEL_OTHERS : LEVEL_URGENT];
    }
    return out;
}

struct climb {
    const struct model *m;
    const struct solve_params *params;
    struct arena now;          /* of the solver of the last run */
    struct arena best, tried;  /* of the solution that is held, and of the last one */
    struct solver *last;       /* has learnt what the next run can begin with */
    double limit[LEVEL_COUNT]; /* what a settled level may come to */
    double value[LEVEL_COUNT]; /* of the last plan */
};

static bool run(struct climb *c, const double w[LEVEL_COUNT], int level, double gap,
                struct solution *out)
{
    struct solve_params params = *c->params;
    struct arena before = c->now;
    c->now = (struct arena){0};
    struct solver *s = solver_new(&c->now, weighed(&c->now, c->m, w));
    params.gap = gap;
    if (c->last) solver_take(s, c->last, NULL, NULL);
    c->last = s;
    arena_free(&before);
    arena_free(&c->tried);
    *out = solver_run(s, &c->tried, &params);
    level_values(c->m, &out->plan, c->value);
    for (int i = 0; i < level; i++) {
        if (c->value[i] > c->limit[i]) return false;
    }
    return true;
}

/* The gap of all that makes one level's gap what was asked for. */
static double gap_for(const struct climb *c, const double w[LEVEL_COUNT], int level)
{
    double all = 0, own = w[level] * c->value[level];
    for (int i = 0; i <= level; i++) all += w[i] * c->value[i];
    double gap = all > 0 && own > 0 ? c->params->gap * own / all : c->params->gap;
    return gap > 2e-5 ? gap : 2e-5;
}

static double bound_on(const struct climb *c, const double w[LEVEL_COUNT], int level, double bound)
{
    for (int i = 0; i < level; i++) bound -= w[i] * c->value[i];
    bound /= w[level];
    return bound > 0 ? bound : 0;
}

/* The level's plan; false when the levels above could not be held, or it was stopped. */
static bool settle(struct climb *c, double w[LEVEL_COUNT], int level, struct solution *out,
                   struct level *at)
{
    for (int tries = 0; tries < TRIES; tries++) {
        struct solution s;
        bool held = run(c, w, level, gap_for(c, w, level), &s);
        if (held) {
            *out = s;
            arena_free(&c->best);
            c->best = c->tried;
            c->tried = (struct arena){0};
            *at = (struct level){c->value[level], bound_on(c, w, level, s.bound)};
            c->limit[level] = at->value * (1 + 2 * c->params->gap) + 1e-9;
            return !s.stopped;
        }
        if (s.stopped) return false;
        w[level] /= step;
    }
    return false;
}

struct solution solve_levels(struct arena *a, const struct model *m,
                             const struct solve_params *params, struct level out[LEVEL_COUNT])
{
    struct climb c = {.m = m, .params = params};
    double w[LEVEL_COUNT] = {1};
    struct solution best;
    bool going = settle(&c, w, LEVEL_URGENT, &best, &out[LEVEL_URGENT]);
    for (int level = LEVEL_OTHERS; level < LEVEL_COUNT && going; level++) {
        w[level] = w[level - 1] * finer;
        going = settle(&c, w, level, &best, &out[level]);
        if (!going) w[level] = 0;
    }
    /* What no run brought about has what the last plan gives it, and no bound. */
    level_values(m, &best.plan, c.value);
    for (int level = 0; level < LEVEL_COUNT; level++) {
        out[level].value = c.value[level];
        if (w[level] == 0) out[level].bound = 0;
    }
    best.objective = out[LEVEL_URGENT].value;
    best.bound = out[LEVEL_URGENT].bound;
    best.gap = best.objective > 0 ? (best.objective - best.bound) / best.objective : 0;
    best.reached = best.gap <= 3 * params->gap;
    arena_free(&c.now);
    arena_free(&c.tried);
    arena_take(a, &c.best);
    return best;
}
