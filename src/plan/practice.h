/*
 * practice.h - what would be sent if nobody planned: the rules of thumb that desks use.
 *
 * They look at the same model as the solvers and are valued alike (value.h), so
 * that the worth of planning can be told. Month by month they deal with the
 * lots and needs known by then; what has left stays sent, all else is decided
 * anew in the next month, which is kinder to them than practice is.
 *
 *   first come  lots in the order in which they were announced, each for the
 *               oldest open request that it fits; first hub with room;
 *               complements are requests like any other, as old as their system's
 *   priority    requests by tier, then by what a month without counts for their
 *               value; to each the lots in the order of announcement
 *   care        requests by tier, then by due month; what arrives first, through
 *               the hub with most room; systems and what keeps them going
 *               together, and no more systems than can be kept going
 */
#ifndef MUSTER_PLAN_PRACTICE_H
#define MUSTER_PLAN_PRACTICE_H

#include "base/arena.h"
#include "plan/value.h"

enum practice { PRACTICE_FIRST_COME, PRACTICE_PRIORITY, PRACTICE_CARE };

/* The month from which one can know of each; NULL: all from the first. Complements with their
   system, whatever stands at their own place. */
struct known {
    const int32_t *lot, *sink;
};

/* known may be NULL. */
struct plan practice_plan(struct arena *a, const struct model *m, const struct known *known,
                          enum practice rule);

#endif
