/*
 * asks.h - a plan cut into what each giver is asked, so that nobody learns what is hidden.
 *
 * Planned is first what everybody may see. Then, giver by giver, what that
 * giver may see beyond it: with its own lots, for what the first plan left
 * open. So what a giver is asked follows from records that it may see, and
 * from nothing else (law 7); the price is that two givers who may not see
 * each other's lots may be asked for the same. Consent looks again.
 */
#ifndef MUSTER_CLI_ASKS_H
#define MUSTER_CLI_ASKS_H

#include "cli/planned.h"

/* One shipment asked of a giver; ids of records in the log. */
struct ask {
    uint64_t giver, lot, line; /* lot, or the line on which it was promised; the other 0 */
    uint64_t need, hub;        /* hub 0: straight */
    int32_t month;             /* last day of the month in which it arrives */
    int32_t due;               /* last day of the month in which it is wanted */
    int64_t qty;               /* parts of the lot's item */
    const char *why;
};

struct asks {
    struct ask *list; /* the public's plan, then by giver */
    uint32_t count, room;
    struct commit head; /* of the log */
    int32_t day;        /* planned for */
    const char *currency;
    double objective, bound; /* of the public's plan */
};

/* In the context's scenario, for one giver (its key) or, with NULL, for all; else the exit code. */
int asks_plan(struct context *ctx, const struct planned_args *args, const char *giver,
              struct asks *out);

#endif
