/*
 * leave_out.h - what givers refused, taken out of a planning problem.
 *
 * A model knows which item a need accepts, and not which lot. So a lot that is
 * refused for one need becomes an item of its own, which every other need
 * accepts as it did before. A lot that is refused for all needs holds nothing.
 */
#ifndef MUSTER_PLAN_LEAVE_OUT_H
#define MUSTER_PLAN_LEAVE_OUT_H

#include "plan/instance.h"
#include "plan/rounds.h"
#include "plan/value.h"

/* The instance's model and items are made anew in the arena where they change. */
void leave_out(struct arena *a, struct instance *in, const struct refused *refused, uint32_t count);

#endif
