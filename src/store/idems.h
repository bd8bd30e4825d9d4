/*
 * idems.h - which natural keys a log holds, as 64-bit hashes in memory.
 *
 * A store must refuse a key that is there already. A database index would
 * answer that, and costs more than everything else about an import: keys come
 * in no order, so each commit dirties a page for nearly every row. The set
 * says "surely not there", which is nearly always; else the log is asked.
 */
#ifndef MUSTER_STORE_IDEMS_H
#define MUSTER_STORE_IDEMS_H

#include <stdbool.h>
#include <stdint.h>

struct idems {
    uint64_t *slots; /* 0: free */
    uint64_t room, count;
};

void idems_free(struct idems *s);

/* The key will be put soon: its place in the set is fetched meanwhile. */
void idems_expect(const struct idems *s, const char *idem);

/* Put the key in. True: it may have been there; false: it was not. */
bool idems_put(struct idems *s, const char *idem);

#endif
