/*
 * mps_net.h - which nodes the arc form has, and which lots can go anywhere at all.
 *
 * An item of a giver waits in months from..until; passes hub h in the months
 * marked; is at a receiver in those. Nodes where nothing can come from, or from
 * where nothing can go on, are left out: they would only hold zeros.
 */
#ifndef MUSTER_PLAN_MPS_NET_H
#define MUSTER_PLAN_MPS_NET_H

#include "base/arena.h"
#include "plan/model.h"

struct mps_net {
    const struct model *m;
    int32_t *from, *until; /* givers x items; from > until: nothing can leave */
    bool *via, *at;        /* items x hubs x months, items x receivers x months */
};

void mps_net_make(struct arena *a, const struct model *m, struct mps_net *net);

static inline int32_t mps_far(const struct model *m, int32_t hub, int32_t receiver)
{
    return m->far[hub * m->receivers + receiver];
}

static inline int32_t mps_near(const struct model *m, int32_t giver, int32_t hub)
{
    return m->near[giver * m->hubs + hub];
}

static inline size_t mps_via(const struct model *m, int32_t item, int32_t hub, int32_t month)
{
    return ((size_t)item * (size_t)m->hubs + (size_t)hub) * (size_t)m->months + (size_t)month;
}

static inline size_t mps_at(const struct model *m, int32_t item, int32_t receiver, int32_t month)
{
    return ((size_t)item * (size_t)m->receivers + (size_t)receiver) * (size_t)m->months +
           (size_t)month;
}

static inline size_t mps_stock(const struct model *m, int32_t giver, int32_t item)
{
    return (size_t)giver * (size_t)m->items + (size_t)item;
}

#endif
