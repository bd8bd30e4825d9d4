/* what_if.h - two plans side by side: before a change, and after it. */
#ifndef MUSTER_REPORT_WHAT_IF_H
#define MUSTER_REPORT_WHAT_IF_H

#include "plan/instance.h"
#include "plan/levels.h"
#include "report/answer.h"

struct planned_state {
    const struct instance *in; /* of the same book */
    const struct solution *s;
    const struct level *levels; /* of a plan by level; NULL: weighted */
};

/*
 * Head: objective_before, objective_after, bound_after, better, better_least,
 * better_most (what the change is worth, for certain and at most),
 * on_time_percent_before and after. needs (those that change): need, unit,
 * due, in_time_before, in_time_after, met_before, met_after. shipments (those
 * that change, `limit` at most; 0: all): lot, giver, need, hub, month, unit,
 * before, after. Of plans by level the head's are those of the first level
 * that changes for certain, which `level` names, and levels
 * has all: level, before, after, bound_after, better, better_least, better_most.
 */
struct answer *report_what_if(struct arena *a, const char *change,
                              const struct planned_state *before, const struct planned_state *after,
                              uint32_t limit);

/* Which numbers the lots and sinks of one instance had in another; MODEL_NONE: new. */
int32_t *lots_before(struct arena *a, const struct instance *before, const struct instance *after);
int32_t *sinks_before(struct arena *a, const struct instance *before, const struct instance *after);

#endif
