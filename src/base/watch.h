/*
 * watch.h - how a long loop says how far it is, and hears that it should stop.
 *
 * Loops live in layers that know no terminal and no signal; whoever calls
 * them hands in a watch. A loop calls watch_step() now and then (every row is
 * fine, it is cheap) and returns early, with nothing half done, when told no.
 */
#ifndef MUSTER_BASE_WATCH_H
#define MUSTER_BASE_WATCH_H

#include <stdbool.h>
#include <stdint.h>

struct watch {
    void *ctx;
    /* done of total things; total 0 when nobody knows yet. False: stop now. */
    bool (*step)(void *ctx, uint64_t done, uint64_t total);
};

/* NULL is nobody watching: go on. */
static inline bool watch_step(const struct watch *w, uint64_t done, uint64_t total)
{
    return !w || w->step(w->ctx, done, total);
}

#endif
