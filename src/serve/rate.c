/* rate.c - see rate.h. */
#include "serve/rate.h"

#include <pthread.h>
#include <stdlib.h>

struct bucket {
    int64_t filled_ms;
    int64_t level; /* thousandths of a request that are left */
};

struct rate_limit {
    pthread_mutex_t lock;
    uint32_t per_second;
    struct bucket buckets[RATE_BUCKETS];
};

struct rate_limit *rate_new(uint32_t per_second)
{
    struct rate_limit *r = calloc(1, sizeof *r);
    if (!r) abort();
    pthread_mutex_init(&r->lock, NULL);
    r->per_second = per_second;
    return r;
}

void rate_free(struct rate_limit *r)
{
    pthread_mutex_destroy(&r->lock);
    free(r);
}

bool rate_allows(struct rate_limit *r, const char *peer, int64_t now_ms)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    if (!r->per_second) return true;
    for (; *peer; peer++) hash = (hash ^ (unsigned char)*peer) * UINT64_C(1099511628211);
    int64_t full = (int64_t)r->per_second * RATE_BURST_SECONDS * 1000;
    pthread_mutex_lock(&r->lock);
    struct bucket *b = &r->buckets[(hash ^ hash >> 32) % RATE_BUCKETS];
    int64_t passed = now_ms - b->filled_ms;
    if (passed < 0) passed = 0; /* the clock went back */
    if (passed > RATE_BURST_SECONDS * 1000) passed = RATE_BURST_SECONDS * 1000;
    b->level += passed * r->per_second;
    if (b->level > full) b->level = full;
    b->filled_ms = now_ms;
    bool fine = b->level >= 1000;
    if (fine) b->level -= 1000;
    pthread_mutex_unlock(&r->lock);
    return fine;
}
