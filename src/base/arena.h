/*
 * arena.h - memory that lives together and dies together.
 *
 * One arena per unit of work: a command, a web request, a file being read.
 * Whoever makes the arena frees it; nobody frees what is inside. A pointer
 * a function returns lives as long as the arena it was given.
 *
 * Allocation does not fail: out of memory ends the process. Hostile input
 * is bounded where it enters, not at every allocation.
 */
#ifndef MUSTER_BASE_ARENA_H
#define MUSTER_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena {
    struct arena_block *head; /* private */
    struct arena_end *ends;   /* private */
    bool tight;               /* a wish of the owner's, for who makes lists in it */
};

/* Zeroed room for count things of size bytes. size * count may not wrap. */
void *arena_alloc(struct arena *a, size_t count, size_t size);

/* A copy of text; NULL stays NULL. */
const char *arena_text(struct arena *a, const char *text);

/* A NUL-terminated copy of len bytes. */
const char *arena_bytes(struct arena *a, const void *bytes, size_t len);

/*
 * A list with room for one more: `list` itself, or a copy in twice the room
 * (then *room is that). The lists of this program grow this way, so that what
 * was borrowed from the old one stays where it is.
 */
void *arena_more(struct arena *a, void *list, uint32_t count, uint32_t *room, size_t size);

/* Call end(ctx) when the arena is freed or reset, the latest first: for what is no memory of it. */
void arena_at_end(struct arena *a, void (*end)(void *ctx), void *ctx);

/* Free that allocation now, if it is a large one; a small one stays until the arena goes. */
void arena_drop(struct arena *a, const void *list);

/* Everything of `from`, which is empty then. */
void arena_take(struct arena *a, struct arena *from);

/* Free every allocation; the arena is empty and may be used again. */
void arena_free(struct arena *a);

/* Forget every allocation but keep the last block: for loops that would otherwise grow. */
void arena_reset(struct arena *a);

#define NEW(arena, type) ((type *)arena_alloc((arena), 1, sizeof(type)))
#define NEW_ARRAY(arena, n, type) ((type *)arena_alloc((arena), (n), sizeof(type)))

#endif
