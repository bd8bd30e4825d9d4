/*
 * map.h - text to a number: the dictionaries of the book.
 *
 * Open addressing, never shrinks, lives in an arena. Keys are copied in.
 */
#ifndef MUSTER_BASE_MAP_H
#define MUSTER_BASE_MAP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

struct map {
    struct arena *arena; /* set by the owner */
    struct map_slot *slots;
    uint32_t room, count; /* room is 0 or a power of two */
};

/* The value under key, or NULL. Borrowed until the next map_put. */
uint64_t *map_get(const struct map *m, const char *key);

/* Put it unless there is one of that key already; whether it was put. */
bool map_put_new(struct map *m, const char *key, uint64_t value);

/* Put or replace. Returns the map's own copy of the key. */
const char *map_put(struct map *m, const char *key, uint64_t value);

/* Put or replace; the key is the caller's, and lives as long as the map. */
void map_lend(struct map *m, const char *key, uint64_t value);

#endif
