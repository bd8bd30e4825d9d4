/*
 * work.h - a plan in the making, shared by repair.c and fill.c.
 */
#ifndef MUSTER_PLAN_WORK_H
#define MUSTER_PLAN_WORK_H

#include <math.h>

#include "plan/inside.h"

struct work {
    struct solver *s;
    struct arena *arena;
    double *left; /* by row up to the givers */
    double *x;    /* by column */
    /* By cell of systems and complements, until each month: */
    double *wanted, *got; /* what the prices' plan wants there; what there is */
    struct repaired out;
};

static inline double least(double a, double b)
{
    return a < b ? a : b;
}

/* Ways in which one more of a lot can go to a sink: what the rows leave of it. */
static inline double room_for(const struct work *w, int32_t l, int32_t k, uint32_t hub, double eta)
{
    const struct solver *s = w->s;
    const struct exact_lot *e = &s->exact[l];
    const struct sink *sink = &s->sink[k];
    double room = w->left[l];
    if (e->mass > 0) room = least(room, w->left[s->hub0 + (int32_t)hub] / e->mass);
    if (e->paid > 0) room = least(room, w->left[s->budget0 + s->lot[l].budget] / e->paid);
    if (sink->type == SINK_NEED)
        room = least(room, w->left[s->cell0 + (int32_t)sink->cell] / eta);
    else if (sink->most != MODEL_NONE)
        room = least(room, w->left[sink->most] / eta);
    return room;
}

static inline double wholly(const struct exact_lot *e, double x)
{
    return e->whole ? floor(x / e->unit * (1 + 1e-12) + 1e-9) * e->unit : x;
}

static inline void take(struct work *w, int32_t l, int32_t k, uint32_t hub, double eta, double x)
{
    const struct solver *s = w->s;
    const struct exact_lot *e = &s->exact[l];
    const struct sink *sink = &s->sink[k];
    w->left[l] -= x;
    w->left[s->hub0 + (int32_t)hub] -= e->mass * x;
    w->left[s->budget0 + s->lot[l].budget] -= e->paid * x;
    if (sink->type == SINK_NEED)
        w->left[s->cell0 + (int32_t)sink->cell] -= eta * x;
    else if (sink->most != MODEL_NONE)
        w->left[sink->most] -= eta * x;
}

/* Whatever the columns say: more of what is missing, by any way there is room for. */
void fill_anywhere(struct work *w);
/* What arrives late, in earlier months where hubs have room. */
void send_sooner(struct work *w);
void put_flow(struct work *w, const struct flow *f);

#endif
