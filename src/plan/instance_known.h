/*
 * instance_known.h - from which month on one could know of what a plan is made of.
 *
 * Of a lot, a promise and a need: the month of what its first version says it
 * was stated on, else of when it was recorded; of a lot that is ordered, not
 * before its order. For replays (replay.h) of a past that is all in the book now.
 */
#ifndef MUSTER_PLAN_INSTANCE_KNOWN_H
#define MUSTER_PLAN_INSTANCE_KNOWN_H

#include "plan/instance.h"
#include "plan/practice.h"

struct known instance_known(struct arena *a, const struct instance *in);

#endif
