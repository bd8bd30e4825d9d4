/*
 * rate.h - so many requests a second from one address, and not more.
 *
 * A bucket an address: RATE_BURST at once, then as many a second as the
 * server was told. Buckets are in a table of fixed size; two addresses that
 * fall into one share it, so that no flood of addresses grows anything.
 */
#ifndef MUSTER_SERVE_RATE_H
#define MUSTER_SERVE_RATE_H

#include <stdbool.h>
#include <stdint.h>

enum { RATE_BUCKETS = 8192, RATE_BURST_SECONDS = 5 };

struct rate_limit;

/* per_second 0: no limit. */
struct rate_limit *rate_new(uint32_t per_second);
void rate_free(struct rate_limit *r);

/* Whether one more is fine at that instant. Any thread may ask. */
bool rate_allows(struct rate_limit *r, const char *peer, int64_t now_ms);

#endif
