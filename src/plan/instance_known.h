/*
 * instance_known.h - from which month on one could know of what a plan is made of.
 *
 * Of a lot, a promise and a need: the month of what its first version says it
 * was stated on, else of when it was recorded; of a need, from the day on which
 * it was asked for, if that is known; of a lot that is ordered, not
 * before its order. With `stock`, of what is held from the first month on. For replays (replay.h)
 * of a past that is all in the book now.
 */
#ifndef MUSTER_PLAN_INSTANCE_KNOWN_H
#define MUSTER_PLAN_INSTANCE_KNOWN_H

#include "plan/instance.h"
#include "plan/practice.h"

struct known instance_known(struct arena *a, const struct instance *in, bool stock);

#endif
