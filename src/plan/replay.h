/*
 * replay.h - plans without foresight: each month decided with what is known by then.
 *
 * What has left stays sent; all else is planned anew in the next month, when
 * more lots were announced and more needs stated. The whole is valued on the
 * whole problem (value.h), so that it stands beside practice's rules, which
 * know no more and no less (practice.h), and beside the plan that knew all.
 */
#ifndef MUSTER_PLAN_REPLAY_H
#define MUSTER_PLAN_REPLAY_H

#include "base/watch.h"
#include "plan/practice.h"
#include "plan/solve.h"

/*
 * What is left to plan in month `now`, as a model of its own: what is known,
 * less what was sent. Of systems and complements, what was sent (arrived or on
 * its way) stands in it as lots that can go nowhere else and cost nothing; what
 * each giver has carried, as a lot that somebody always takes. So the objective
 * goes on from where it stands, but for what can no longer be changed.
 */
struct rest {
    struct model *model;
    int32_t *lot, *sink; /* their numbers in the whole problem, or MODEL_NONE */
    double *room;        /* sinks: what may still arrive for it */
};

void rest_of(struct arena *a, const struct model *m, const struct known *known, int32_t now,
             const struct plan *sent, struct rest *out);

/*
 * A shipment of the rest's plan as one of the whole problem; false: it is of the
 * past. A plan may leave out what came already, where that changes nothing, and
 * send anew instead: then it is cut to what may still arrive.
 */
bool rest_shipment(struct rest *r, const struct shipment *planned, struct shipment *out);

/* The month in which it leaves its giver. */
int32_t shipment_leaves(const struct model *m, const struct shipment *s);

/* `params` are those of each month's run; known may be NULL. The watch steps by months. */
struct plan replay_plan(struct arena *a, const struct model *m, const struct known *known,
                        const struct solve_params *params);

/* In the order in which an answer puts them. */
enum replay_way {
    REPLAY_FIRST_COME,
    REPLAY_PRIORITY,
    REPLAY_CARE,
    REPLAY_PLAN,
    REPLAY_FORESIGHT, /* planned once, all known from the first: what nobody can reach */
    REPLAY_WAYS
};

struct replay_row {
    struct plan plan;
    struct plan_value value; /* on the whole problem */
};

void replay_all(struct arena *a, const struct model *m, const struct known *known,
                const struct solve_params *params, struct replay_row row[REPLAY_WAYS]);

#endif
