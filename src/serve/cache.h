/*
 * cache.h - replies that are asked for again and again.
 *
 * Keyed by who looks and where; good for one turn of the viewer's book and
 * one day, since nothing else goes into an answer. Bounded: a fixed number of
 * slots, and CACHE_BYTES_MAX over all of them; what does not fit is not kept.
 * Any thread may call.
 */
#ifndef MUSTER_SERVE_CACHE_H
#define MUSTER_SERVE_CACHE_H

#include "serve/http.h"

enum { CACHE_BYTES_MAX = 128 << 20, CACHE_ENTRY_MAX = 4 << 20 };

struct cache;

struct cache_key {
    const char *viewer; /* NULL: the owner */
    const char *target;
    uint64_t turn; /* of the viewer's book */
    int32_t day;
    bool packed; /* the other side takes gzip, whether or not the reply is in it */
};

struct cache *cache_new(void);
void cache_free(struct cache *c);

/* Fill in the reply, whose headers are in the arena; false when it is not there. */
bool cache_get(struct cache *c, const struct cache_key *key, struct arena *a, struct reply *r);

/* Keep a copy of a reply (not of its headers but type, ETag and packing). */
void cache_put(struct cache *c, const struct cache_key *key, const struct reply *r);

#endif
