/*
 * tried.h - every plan in whole things, of problems so small that all can be tried.
 */
#ifndef MUSTER_TEST_TRIED_H
#define MUSTER_TEST_TRIED_H

#include "planned/feasible.h"

enum { TRIED_COLUMNS = 9, TRIED_PLANS = 30000 };

struct trial {
    struct arena arena;
    const struct model *m;
    void (*look)(struct trial *t, const struct plan *p); /* at each plan that is possible */
    void *ctx;
    struct shipment possible[TRIED_COLUMNS + 1], sent[TRIED_COLUMNS + 1];
    int32_t columns, plans;
    double best;
};

/* Every possible shipment, at most one more than can be tried. */
static inline void tried_columns(struct trial *t)
{
    const struct model *m = t->m;
    for (int32_t k = 0; k < m->sinks; k++) {
        const struct model_sink *s = &m->sink[k];
        for (int32_t l = 0; l < m->lots; l++) {
            if (!(sink_eta(m, k, m->lot[l].item) > 0)) continue;
            for (int32_t h = 0; h < m->hubs; h++) {
                int near = m->near[m->lot[l].giver * m->hubs + h];
                int far = m->far[h * m->receivers + s->receiver];
                for (int32_t x = s->first; near >= 0 && far >= 0 && x <= s->last; x++) {
                    if (x - far - near < m->lot[l].ready) continue;
                    if (t->columns > TRIED_COLUMNS) return;
                    t->possible[t->columns++] =
                        (struct shipment){.lot = l, .sink = k, .hub = h, .month = x};
                }
            }
        }
    }
}

/* Chooses a whole quantity for column c and all after it; `count` are chosen already. */
static inline void try_all(struct trial *t, int32_t c, size_t count, double *left)
{
    if (t->plans > TRIED_PLANS) return;
    if (c == t->columns) {
        struct plan p = {.ship = t->sent, .count = count};
        t->plans++;
        if (plan_excess(t->m, &p) > 1e-9) return;
        t->best = fmin(t->best, plan_value(&t->arena, t->m, &p).total);
        if (t->look) t->look(t, &p);
        return;
    }
    int32_t l = t->possible[c].lot;
    double all = left[l];
    for (int q = 0; q <= all; q++) {
        t->sent[count] = t->possible[c];
        t->sent[count].qty = q;
        left[l] = all - q;
        try_all(t, c + 1, count + (q > 0), left);
    }
    left[l] = all;
}

/* The best there is, or INFINITY where there are too many plans to try; `look` sees each. */
static inline double tried_best(const struct model *m,
                                void (*look)(struct trial *t, const struct plan *p), void *ctx)
{
    double left[16];
    struct trial t = {.m = m, .best = INFINITY, .look = look, .ctx = ctx};
    for (int32_t l = 0; l < m->lots; l++) left[l] = m->lot[l].qty;
    tried_columns(&t);
    if (t.columns <= TRIED_COLUMNS) try_all(&t, 0, 0, left);
    arena_free(&t.arena);
    return t.columns <= TRIED_COLUMNS && t.plans <= TRIED_PLANS ? t.best : INFINITY;
}

#endif
