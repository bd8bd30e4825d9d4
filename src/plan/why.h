/*
 * why.h - why a plan is as it is: what binds, what would help, what a shipment is worth.
 *
 * The prices of a solution say what one more of something would take off the
 * objective, as long as everything else stays as it is. So they only choose
 * what to try: what a change really does is found by changing the model and
 * planning again. Since a plan and its bound stand a gap apart, a gain is an
 * interval: what the change brings for certain, and what it may bring at most.
 */
#ifndef MUSTER_PLAN_WHY_H
#define MUSTER_PLAN_WHY_H

#include "plan/levels.h"

enum lever_kind {
    LEVER_LOT,    /* `amount` units more of lot `at` */
    LEVER_READY,  /* lot `at` is ready `amount` months earlier */
    LEVER_HUB,    /* `amount` tonnes more through hub `at` in `month` */
    LEVER_BUDGET, /* `amount` money more in budget `at` */
    LEVER_WITHOUT /* `amount` units of lot `at` less */
};

struct lever {
    enum lever_kind kind;
    int32_t at, month; /* month: MODEL_NONE but for hubs */
    double amount;
    double price; /* by the solution's prices, what all of it would take off the objective */
};

/* What binds a need (a sink, with its complements), or what binds a lot; dearest first. */
struct lever *why_levers(struct arena *a, const struct model *m, const struct solution *s,
                         int32_t sink, uint32_t *count);
struct lever *why_levers_of_lot(struct arena *a, const struct model *m, const struct solution *s,
                                int32_t lot, uint32_t *count);

/* One shipment's worth of its lot taken away. */
struct lever why_without(const struct shipment *ship);

/* The same model with that changed. The arena's. */
struct model *why_changed(struct arena *a, const struct model *m, const struct lever *lever);

/* What a need has by month: what arrived, or the systems in service. From sink_span().from. */
double *why_course(struct arena *a, const struct model *m, const struct plan *p, int32_t sink);

/* How much more a need has, from which month, and when it would have had it otherwise. */
struct gained {
    double qty;      /* 0: nothing more, at any time; below 0: less */
    int32_t month;   /* the first in which it is so much more */
    int32_t instead; /* when the old plan has it, too; MODEL_NONE: never */
};
struct gained why_gained(const struct model *m, int32_t sink, const double *before,
                         const double *after);

/* What a change did. */
struct effect {
    struct lever lever;
    struct solution after;
    double gain;        /* objective before - after */
    double least, most; /* any plans' gain lies between: bound before - objective after, and back */
    struct gained gained; /* of the sink asked about */
    /* Plans by level: gain, least and most are of the first level that it changes for certain. */
    int level;
    struct level by_level[LEVEL_COUNT]; /* of the plan after */
};

/* The first level in which two plans differ by more than either may be off; the last if none. */
int why_level(const struct level *before, const struct level *after);

/*
 * Change, plan again (beginning with what `solver` learnt; NULL: with nothing), compare. sink may
 * be MODEL_NONE. `levels`, if any, are those of the plan before: it is made by level, anew.
 */
struct effect why_try(struct arena *a, const struct model *m, const struct solver *solver,
                      const struct solution *before, const struct lever *lever, int32_t sink,
                      const struct solve_params *params, const struct level *levels);

#endif
