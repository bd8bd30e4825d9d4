/*
 * rank.h - the least first, among many things that begin with a float.
 *
 * Plans are filled in the order of what shipments are worth, tens of thousands at a time. Comparing
 * costs more there than anything that is then done, so their bits are counted instead.
 */
#ifndef MUSTER_PLAN_RANK_H
#define MUSTER_PLAN_RANK_H

#include "base/arena.h"

/*
 * Numbers of `count` things of `size` bytes in the order of the floats that they begin with; equal
 * ones as they stand; what is no number stands at one of the ends.
 */
const uint32_t *ranked(struct arena *a, const void *list, uint32_t count, size_t size);

#endif
