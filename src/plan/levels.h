/*
 * levels.h - a plan by level: urgent needs before all else, then the other
 * needs, then fair shares, then money.
 *
 * Nothing on a lower level makes up for anything on a higher one. Each level
 * is brought near its best as long as those above it stay what they were, but
 * for twice the gap: a level that may not move at all leaves no room for the
 * next. The bounds are certified: the first level's holds for every plan, the
 * others' for every plan that is no worse on the levels above.
 */
#ifndef MUSTER_PLAN_LEVELS_H
#define MUSTER_PLAN_LEVELS_H

#include "plan/solve.h"

enum { LEVEL_URGENT, LEVEL_OTHERS, LEVEL_FAIRNESS, LEVEL_COST, LEVEL_COUNT };

/* "urgent", "others", "fairness", "cost" */
const char *level_name(int level);

struct level {
    double value, bound;
};

/* How low it can be. A plan that gave a little of a level above may itself be below the bound. */
static inline double level_floor(const struct level *l)
{
    return l->bound < l->value ? l->bound : l->value;
}

/* The parts of a plan's value, each with its weight in the model. */
void level_values(const struct model *m, const struct plan *p, double out[LEVEL_COUNT]);

/*
 * The solution's objective, bound and gap are the first level's. params->gap is
 * what each level is brought to; its weights are not used.
 */
struct solution solve_levels(struct arena *a, const struct model *m,
                             const struct solve_params *params, struct level out[LEVEL_COUNT]);

#endif
