/*
 * crew.h - a second pair of hands for the time of a run.
 *
 * Work is cut the same way whether one or two do it, so it comes out the same.
 */
#ifndef MUSTER_PLAN_CREW_H
#define MUSTER_PLAN_CREW_H

#include "base/arena.h"

struct crew;
typedef void crew_work(void *ctx, int part); /* part is 0 or 1 */

/* NULL if there is no second thread to be had: then one does all. */
struct crew *crew_new(struct arena *a);
/* Both parts, done when it returns. A NULL crew does one after the other. */
void crew_do(struct crew *c, crew_work *work, void *ctx);
void crew_end(struct crew *c); /* NULL is fine */

#endif
