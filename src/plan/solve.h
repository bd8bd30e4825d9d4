/*
 * solve.h - a plan for a model, and a certificate of how good it is.
 *
 * A solver is made for one model, run, asked, and may be run again: after the
 * model's numbers changed, with other weights, or by taking over what another
 * solver learnt about a model that was nearly the same. There is always a plan
 * (to do nothing is one) and always a bound, whatever the model's numbers are.
 *
 * The bound is certified: no plan of the same model has an objective below it;
 * of a large model also none with parts of whole things, of a small one a plan
 * in parts may (whole.c). It is reckoned in double with a margin outward, from
 * prices alone; how they were found does not matter.
 *
 * Nothing here reads a clock or throws a die: the same model and parameters
 * give the same bytes, with one thread or two. Only a watch that says stop
 * makes a difference, and a solver that was stopped has the best so far.
 */
#ifndef MUSTER_PLAN_SOLVE_H
#define MUSTER_PLAN_SOLVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/watch.h"
#include "plan/model.h"
#include "plan/value.h"

enum { SOLVE_TIERS = 4 }; /* tiers from this on count as the last */

/* Multipliers of the objective's parts; all 1 is the objective of model.h. */
struct solve_weights {
    double tier[SOLVE_TIERS]; /* needs and systems, by tier */
    double fairness, thrift;
};

/* What is left of an earlier plan: moving away from it is charged. */
struct solve_stay {
    const struct shipment *ship; /* lots and sinks of this model */
    size_t count;
    double charge; /* objective for one unit of item value no longer shipped as it was */
};

struct solve_params {
    double gap;                /* stop at (objective - bound) <= gap x objective; 0.001 is usual */
    uint32_t rounds;           /* stop after so many; 0: as many as a model of this size can need */
    uint32_t threads;          /* 1 or 2; the answer is the same */
    const struct watch *watch; /* steps: rounds done; NULL is nobody */
    const struct solve_weights *weights; /* NULL: all 1 */
    const struct solve_stay *stay;       /* NULL: there was none */
};

/*
 * What one more of it would take off the objective (of a need: what one unit
 * less asked for would); 0 where nothing binds. Prices are those of the best
 * bound, so they are near the optimum's as far as the gap says.
 */
struct solve_prices {
    double *lot;    /* lots: a unit of it */
    double *hub;    /* hubs x months: a tonne passing */
    double *budget; /* budgets: a unit of money */
    double *sink;   /* sinks: a unit of a need; of a system, of a complement: a unit when due */
    double *giver;  /* givers: objective for a unit of burden more; below 0: it helps */
};

struct solution {
    struct plan plan; /* shipments by lot, sink, hub, month; open is set where there are lines */
    struct plan_value value;
    double charged;   /* for moving away from the earlier plan, in objective */
    double objective; /* value's total, weighted as asked for, and charged */
    double bound, gap;
    bool reached;           /* the gap that was asked for */
    bool stopped;           /* by the watch */
    uint32_t rounds, nodes; /* nodes: choices of lines and whole things tried */
    uint64_t iterations;
    uint64_t possible; /* possible shipments of the model, none of them stored */
    uint32_t columns;  /* of them looked at in the last round */
    struct solve_prices price;
};

struct solver;

/*
 * The solver lives in the arena; the model is borrowed as long. hubs x months
 * may be 65535 at most.
 */
struct solver *solver_new(struct arena *a, const struct model *m);

/*
 * Begin with what `old` learnt. lot_was[l] and sink_was[k] are their numbers in
 * old's model, MODEL_NONE for new ones; NULL where they are the same. Months,
 * hubs, givers and budgets are taken to be the same as far as there are as many.
 */
void solver_take(struct solver *s, const struct solver *old, const int32_t *lot_was,
                 const int32_t *sink_was);

/* Numbers of the model (quantities, capacities, budgets) were changed in place. */
void solver_changed(struct solver *s);

/* Whatever plan it made last: what it, or one that takes over from it, stays near is this one. */
void solver_stand(struct solver *s, const struct plan *p);

/* What it returns lives in the arena `a`. */
struct solution solver_run(struct solver *s, struct arena *a, const struct solve_params *params);

/*
 * Before a change is asked about: prices and plan are made better, to this part of the gap, as a
 * plan that has only just reached its gap leaves a change next to nothing of it. That costs
 * half as much again as the plan did, best when nobody waits. `shown`: the plan that
 * whoever asks has before them and planning again begins with; NULL: the better one.
 */
#define SOLVE_AT_REST 0.4
struct solution solver_rest(struct solver *s, struct arena *a, const struct solve_params *params,
                            const struct plan *shown);

/* All in one, cold. */
struct solution solve(struct arena *a, const struct model *m, const struct solve_params *params);

#endif
