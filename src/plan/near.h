/*
 * near.h - planning again near an earlier plan; shared by alone.c, gaps.c, hold.c and near.c.
 */
#ifndef MUSTER_PLAN_NEAR_H
#define MUSTER_PLAN_NEAR_H

#include "plan/inside.h"

/* A plan: flows by lot, and what the rows have left of it. */
struct standing {
    struct flow *flow;
    uint32_t count;
    uint32_t *begin; /* by lot; lots + 1 */
    double *left;    /* by row, up to the givers; cells of systems are not rows of this */
    double *got;     /* by cell: arrivals in its month */
    double *burden;  /* by giver */
    double objective;
};

/*
 * Whose the gap between the plan and the bound of these prices is. Every part is 0 or above, but
 * for rounding, and together they are the gap.
 */
struct gaps {
    double *lot, *sink;       /* a system's has those of its complements */
    double lots, sinks, rest; /* sums; rest: hubs, budgets, shares */
};
/* engine_bound() of the same prices went before and left s->answer. */
void gaps_find(struct solver *s, struct arena *a, const double *y, const struct standing *p,
               struct gaps *out);

/* What one of the flow costs at these prices, all told: 0 where it is right, above where it is not.
 */
double flow_reduced(const struct solver *s, const double *y, const double *value,
                    const struct flow *f);
/* By cell: what an arrival is worth. */
void cell_values(const struct solver *s, const double *y, double *value);

static inline int32_t flow_hub(const struct solver *s, const struct flow *f)
{
    const struct model *m = s->m;
    int32_t far = m->far[f->hub * m->receivers + s->sink[f->sink].receiver];
    return f->hub * m->months + f->month - far;
}

/* What a change upset: lots and sinks move from now on, prices of budgets and shares may. */
struct upset {
    bool *lot, *sink, *budget, *giver;
};

/*
 * alone.c: what these sinks pay at the prices of all that is not upset, into s->y, and
 * what goes there, into the columns; systems stand among them with all their complements.
 * `gap`: what there is to gain. false: nothing changed, there are too many ways or none.
 */
bool engine_alone(struct solver *s, struct arena *a, const bool *sinks, const struct standing *plan,
                  double gap, struct upset *upset);

#endif
