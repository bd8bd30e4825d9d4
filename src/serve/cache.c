/* cache.c - see cache.h. One table, each key has one slot, the newer entry has it. */
#include "serve/cache.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 4096, ETAG_MAX = 40 };

struct slot {
    char *viewer, *target; /* target NULL: free */
    uint64_t turn;
    int32_t day;
    bool packed, owner; /* packed: who asked takes gzip */
    bool is_packed;     /* the bytes are: short ones are never */
    int status;
    const char *type; /* constant: of the program */
    char etag[ETAG_MAX];
    struct shared_bytes *bytes;
    size_t len;
};

struct cache {
    pthread_mutex_t lock;
    size_t held;
    uint32_t hand; /* where room is made next */
    struct slot slots[SLOTS];
};

struct cache *cache_new(void)
{
    struct cache *c = calloc(1, sizeof *c);
    if (!c) abort();
    pthread_mutex_init(&c->lock, NULL);
    return c;
}

static void clear(struct cache *c, struct slot *s)
{
    if (!s->target) return;
    c->held -= s->len;
    shared_bytes_release(s->bytes);
    free(s->viewer);
    free(s->target);
    *s = (struct slot){0};
}

void cache_free(struct cache *c)
{
    for (uint32_t i = 0; i < SLOTS; i++) clear(c, &c->slots[i]);
    pthread_mutex_destroy(&c->lock);
    free(c);
}

static uint64_t mix(uint64_t hash, const char *text)
{
    for (; *text; text++) hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return (hash ^ 0xff) * UINT64_C(1099511628211);
}

static struct slot *slot_of(struct cache *c, const struct cache_key *key)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    hash = mix(hash, key->viewer ? key->viewer : "\x01");
    hash = mix(hash, key->target);
    hash = mix(hash, key->packed ? "z" : "");
    return &c->slots[(hash ^ hash >> 32) % SLOTS];
}

static bool holds(const struct slot *s, const struct cache_key *key)
{
    if (!s->target || s->turn != key->turn || s->day != key->day || s->packed != key->packed) {
        return false;
    }
    if (s->owner != !key->viewer || strcmp(s->target, key->target) != 0) return false;
    return s->owner || strcmp(s->viewer, key->viewer) == 0;
}

bool cache_get(struct cache *c, const struct cache_key *key, struct arena *a, struct reply *r)
{
    pthread_mutex_lock(&c->lock);
    const struct slot *s = slot_of(c, key);
    bool found = holds(s, key);
    if (found) {
        shared_bytes_keep(s->bytes);
        *r = (struct reply){
            .status = s->status,
            .type = s->type,
            .body = shared_bytes_text(s->bytes),
            .len = s->len,
            .shared = s->bytes,
            .etag = *s->etag ? arena_text(a, s->etag) : NULL,
            .packed = s->is_packed,
        };
    }
    pthread_mutex_unlock(&c->lock);
    return found;
}

void cache_put(struct cache *c, const struct cache_key *key, const struct reply *r)
{
    if (r->len > CACHE_ENTRY_MAX || (r->etag && strlen(r->etag) >= ETAG_MAX)) return;
    struct shared_bytes *bytes = shared_bytes_new(r->body, r->len);
    pthread_mutex_lock(&c->lock);
    struct slot *s = slot_of(c, key);
    clear(c, s);
    while (c->held + r->len > CACHE_BYTES_MAX) clear(c, &c->slots[c->hand++ % SLOTS]);
    *s = (struct slot){
        .viewer = key->viewer ? strdup(key->viewer) : NULL,
        .owner = !key->viewer,
        .target = strdup(key->target),
        .turn = key->turn,
        .day = key->day,
        .packed = key->packed,
        .is_packed = r->packed,
        .status = r->status,
        .type = r->type,
        .bytes = bytes,
        .len = r->len,
    };
    if (r->etag) memcpy(s->etag, r->etag, strlen(r->etag) + 1);
    c->held += r->len;
    pthread_mutex_unlock(&c->lock);
}
