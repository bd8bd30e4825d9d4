/* idems.c - see idems.h. Open addressing, half full at most; memory that must be there. */
#include "store/idems.h"

#include <stdio.h>
#include <stdlib.h>

static uint64_t hash_text(const char *text)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
        h = (h ^ *p) * UINT64_C(0x100000001b3);
    }
    h ^= h >> 32;
    h *= UINT64_C(0x9e3779b97f4a7c15);
    h ^= h >> 29;
    return h ? h : 1;
}

void idems_free(struct idems *s)
{
    free(s->slots);
    *s = (struct idems){0};
}

static bool put(struct idems *s, uint64_t hash)
{
    uint64_t at = hash & (s->room - 1);
    for (; s->slots[at]; at = (at + 1) & (s->room - 1)) {
        if (s->slots[at] == hash) return true;
    }
    s->slots[at] = hash;
    s->count++;
    return false;
}

static void grow(struct idems *s)
{
    struct idems old = *s;
    *s = (struct idems){.room = old.room ? old.room * 2 : 1024};
    s->slots = calloc(s->room, sizeof *s->slots);
    if (!s->slots) {
        fputs("muster: out of memory\n", stderr);
        abort();
    }
    for (uint64_t i = 0; i < old.room; i++) {
        if (old.slots[i]) put(s, old.slots[i]);
    }
    free(old.slots);
}

void idems_expect(const struct idems *s, const char *idem)
{
    if (s->room) __builtin_prefetch(&s->slots[hash_text(idem) & (s->room - 1)], 1);
}

bool idems_put(struct idems *s, const char *idem)
{
    if (s->count * 2 >= s->room) grow(s);
    return put(s, hash_text(idem));
}
