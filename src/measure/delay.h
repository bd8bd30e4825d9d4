/*
 * delay.h - how late things come, learned from promises whose day is past.
 *
 * Each promise counts once, whatever its size: it came so many days after its
 * day (on the day or before it: 0), or has not come yet and is so many days
 * late so far, or was withdrawn or lapsed and never comes. What has not come
 * yet is not left out, for that would make everybody look punctual: the curve
 * is the product-limit estimate of Kaplan and Meier (1958), in which it counts
 * for as long as it was watched; what never comes is watched for ever.
 *
 * Chances are whole numbers of billionths, so the same book gives the same
 * curve on every machine.
 */
#ifndef MUSTER_MEASURE_DELAY_H
#define MUSTER_MEASURE_DELAY_H

#include "base/arena.h"

#define DELAY_CERTAIN INT64_C(1000000000)

enum { DELAY_LEAST = 10, DELAY_DAYS_MAX = 3650 }; /* fewer promises tell nothing; later is never */

enum delay_end { DELAY_CAME, DELAY_OPEN, DELAY_NEVER };

struct delay_seen {
    int32_t days; /* late when it came, or so far; 0 or more */
    enum delay_end end;
};

struct delay {
    uint32_t seen, came, open, never;
    uint32_t on_time;
    int32_t days;   /* the last on which anything came */
    int64_t *later; /* by day 0 .. days: the chance that it is not there by then */
};

void delay_learn(struct arena *a, const struct delay_seen *seen, uint32_t count, struct delay *out);

/* The chance that it comes until so many days late (below 0: none), not having come by `so_far`. */
int64_t delay_chance(const struct delay *d, int32_t days, int32_t so_far);

/* The first day by which that share of all has come; -1 when less ever does. */
int32_t delay_within(const struct delay *d, int64_t share);

#endif
