/* arena.c - see arena.h. */
#define _DEFAULT_SOURCE /* madvise */
#include "base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { BLOCK_BYTES_MIN = 64 * 1024, HUGE_PAGE = 2 * 1024 * 1024, HUGE_LEAST = 4 * HUGE_PAGE };

struct arena_block {
    struct arena_block *next;
    size_t used, room;
    size_t dirty; /* bytes from this one on are zero: fresh from the system, never handed out */
    alignas(max_align_t) unsigned char bytes[];
};

/*
 * A table of many megabytes is read and filled through far fewer pages where
 * they may be large: it is a wish, and what comes of it is no matter.
 */
static void wish_large_pages(void *bytes, size_t len)
{
#ifdef MADV_HUGEPAGE
    uintptr_t begin = ((uintptr_t)bytes + HUGE_PAGE - 1) & ~(uintptr_t)(HUGE_PAGE - 1);
    uintptr_t end = ((uintptr_t)bytes + len) & ~(uintptr_t)(HUGE_PAGE - 1);
    if (len >= HUGE_LEAST)
        (void)madvise((unsigned char *)bytes + (begin - (uintptr_t)bytes), end - begin,
                      MADV_HUGEPAGE);
#else
    (void)bytes, (void)len;
#endif
}

static struct arena_block *block_new(size_t room, struct arena_block *next)
{
    bool large = room > BLOCK_BYTES_MIN; /* calloc gives those as fresh pages, at no cost yet */
    struct arena_block *b = large ? calloc(1, sizeof *b + room) : malloc(sizeof *b + room);
    if (!b) {
        fputs("muster: out of memory\n", stderr);
        abort();
    }
    *b = (struct arena_block){.next = next, .room = room, .dirty = large ? 0 : room};
    wish_large_pages(b->bytes, room);
    return b;
}

void *arena_alloc(struct arena *a, size_t count, size_t size)
{
    assert(size > 0);
    assert(count <= (SIZE_MAX / 2) / size);
    size_t align = alignof(max_align_t);
    size_t bytes = (count * size + align - 1) & ~(align - 1);

    if (!a->head || a->head->room - a->head->used < bytes) {
        size_t room = bytes > BLOCK_BYTES_MIN ? bytes : BLOCK_BYTES_MIN;
        a->head = block_new(room, a->head);
    }
    struct arena_block *b = a->head;
    unsigned char *p = b->bytes + b->used;
    size_t again = b->used >= b->dirty ? 0 : b->dirty - b->used;
    if (again) memset(p, 0, again < bytes ? again : bytes);
    b->used += bytes;
    if (b->used > b->dirty) b->dirty = b->used;
    return p;
}

const char *arena_text(struct arena *a, const char *text)
{
    if (!text) return NULL;
    size_t len = strlen(text);
    char *copy = NEW_ARRAY(a, len + 1, char);
    memcpy(copy, text, len);
    return copy;
}

const char *arena_bytes(struct arena *a, const void *bytes, size_t len)
{
    char *copy = NEW_ARRAY(a, len + 1, char);
    if (len) memcpy(copy, bytes, len);
    return copy;
}

void *arena_more(struct arena *a, void *list, uint32_t count, uint32_t *room, size_t size)
{
    if (count < *room) return list;
    assert(count == *room && *room <= UINT32_MAX / 2);
    *room = *room ? *room * 2 : 16;
    void *more = arena_alloc(a, *room, size);
    if (count) memcpy(more, list, count * size);
    return more;
}

/* What is as large as a block has one to itself, and nothing is put behind it. */
void arena_drop(struct arena *a, const void *list)
{
    for (struct arena_block **at = &a->head; *at; at = &(*at)->next) {
        struct arena_block *b = *at;
        if (b->bytes != list) continue;
        if (b->room <= BLOCK_BYTES_MIN || b->used < b->room) return;
        *at = b->next;
        free(b);
        return;
    }
}

struct arena_end {
    struct arena_end *next;
    void (*end)(void *ctx);
    void *ctx;
};

void arena_at_end(struct arena *a, void (*end)(void *ctx), void *ctx)
{
    struct arena_end *e = NEW(a, struct arena_end);
    *e = (struct arena_end){a->ends, end, ctx};
    a->ends = e;
}

static void run_ends(struct arena *a)
{
    for (const struct arena_end *e = a->ends; e; e = e->next) e->end(e->ctx);
    a->ends = NULL;
}

void arena_take(struct arena *a, struct arena *from)
{
    struct arena_block **block = &from->head;
    while (*block) block = &(*block)->next;
    *block = a->head;
    struct arena_end **end = &from->ends;
    while (*end) end = &(*end)->next;
    *end = a->ends;
    *a = *from;
    *from = (struct arena){0};
}

void arena_reset(struct arena *a)
{
    run_ends(a);
    if (!a->head) return;
    struct arena last = {.head = a->head->next};
    arena_free(&last);
    a->head->next = NULL;
    a->head->used = 0;
}

void arena_free(struct arena *a)
{
    run_ends(a);
    for (struct arena_block *b = a->head, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    a->head = NULL;
}
