/*
 * value.h - a plan as shipments, and what it is worth by the objective of model.h.
 *
 * The one evaluator that solvers, practice's rules, replays and the files for
 * other solvers share. Whether a plan is possible at all is not asked here:
 * tools/plan_check.c tells, from the written model alone.
 */
#ifndef MUSTER_PLAN_VALUE_H
#define MUSTER_PLAN_VALUE_H

#include <stddef.h>

#include "base/arena.h"
#include "plan/model.h"

struct shipment {
    int32_t lot, sink, hub;
    int32_t month; /* in which it arrives */
    double qty;    /* units of the lot's item, above 0 */
};

struct plan {
    struct shipment *ship; /* in any order; the same way twice is two parts of one shipment */
    size_t count;
    bool *open; /* per production line; NULL: those whose lots are shipped */
};

/* The objective and its parts, each with its weight. */
struct plan_value {
    double needs;    /* unmet-months of ordinary needs */
    double systems;  /* months in which systems were not in service */
    double fairness; /* givers away from their share */
    double thrift;   /* money spent */
    double total;
    double
        on_time; /* part of all that was asked, by the items' value, that stood when due; 0 .. 1 */
};

/* First and last month that says anything about the sink: what arrives, what is counted. */
struct span {
    int32_t from, until;
};
struct span sink_span(const struct model *m, int32_t sink);

/* Item's units that one unit of it counts for at this sink; 0 where it is not accepted. */
double sink_eta(const struct model *m, int32_t sink, int32_t item);

/*
 * What the shipments do for each sink. `got` is what was there and what
 * arrived until then, in the sink's units; `serving` the systems in service, which is all that
 * arrived as long as every complement keeps pace. Rows of [months] doubles, the first month at
 * from; NULL for ordinary needs, `serving` also for complements.
 */
struct fate {
    double *got, *serving;
    double met;     /* of an ordinary need: what arrived in all */
    double harm;    /* its part of the objective */
    double on_time; /* units that stood when due */
};

/* One for each sink. Systems go into service as early as their complements let them. */
struct fate *plan_fates(struct arena *a, const struct model *m, const struct plan *p);

/* Is line g opened by this plan? */
bool plan_opens(const struct model *m, const struct plan *p, int32_t line);

struct plan_value plan_value(struct arena *a, const struct model *m, const struct plan *p);

#endif
