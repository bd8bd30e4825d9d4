/*
 * idems.h - which natural keys a log holds, as 64-bit hashes in memory.
 *
 * A store must refuse a key that is there already. A database index would
 * answer that, and costs more than everything else about an import: keys come
 * in no order, so each commit dirties a page for nearly every row. The set
 * says "surely not there", which is nearly always; else the log is asked.
 *
 * To fill it the whole log is read, which for one new record is far more work
 * than to write it. So the set of a long log is kept in a file beside it, in
 * the order of its numbers, and searched as it lies.
 */
#ifndef MUSTER_STORE_IDEMS_H
#define MUSTER_STORE_IDEMS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/aside.h"
#include "record/merkle.h"

struct idems {
    uint64_t *slots; /* 0: free */
    uint64_t room, count;
    uint64_t *kept; /* those of a file, rising */
    uint64_t kept_count;
};

/* The commit up to which a file has the keys. */
struct idems_at {
    uint64_t last;
    int64_t recorded_ms;
    uint8_t root[SHA_BYTES];
};

void idems_free(struct idems *s);

/* The key will be put soon: its place in the set is fetched meanwhile. */
void idems_expect(const struct idems *s, const char *idem);

/* Put the key in. True: it may have been there; false: it was not. */
bool idems_put(struct idems *s, const char *idem);

/* Keep the set in that file, and in its form. False when that cannot be, which is no error. */
bool idems_keep(struct idems *s, const char *path, const struct aside_owner *owner,
                const struct idems_at *at);

/*
 * Take the set of that file up, into an empty one, if `fits` says that the
 * commit at which it stands is one of the log. Else false, and nothing is taken.
 */
bool idems_take(struct idems *s, const char *path,
                bool (*fits)(void *ctx, const struct idems_at *at), void *ctx,
                struct idems_at *out);

#endif
