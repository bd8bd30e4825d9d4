/* before.c - see before.h. Open addressing, half full at most. */
#include "source/before.h"

#include <string.h>

struct said {
    uint64_t name;                 /* odd; 0: a free place */
    uint8_t digest[SHA_BYTES / 2]; /* all zero: it said several things */
    uint32_t unit;
    uint64_t beside[BESIDE];
};

struct before {
    struct arena *arena;
    struct said *table;
    uint32_t count, room;
    uint32_t unit;
    bool unsure;
};

struct before *before_new(struct arena *a)
{
    struct before *b = NEW(a, struct before);
    b->arena = a;
    b->unit = 1;
    return b;
}

static struct said *place_of(struct said *table, uint32_t room, uint64_t name)
{
    uint32_t at = (uint32_t)(name >> 16) & (room - 1);
    while (table[at].name && table[at].name != name) at = (at + 1) & (room - 1);
    return &table[at];
}

const uint64_t *before_said(const struct before *b, uint64_t name, const uint8_t digest[SHA_BYTES])
{
    if (!b->room) return NULL;
    const struct said *s = place_of(b->table, b->room, name | 1);
    return s->name && memcmp(s->digest, digest, sizeof s->digest) == 0 ? s->beside : NULL;
}

static void grow(struct before *b)
{
    struct said *old = b->table;
    uint32_t room = b->room;
    b->room = room ? 2 * room : 1024;
    b->table = NEW_ARRAY(b->arena, b->room, struct said);
    for (uint32_t i = 0; i < room; i++) {
        if (old[i].name) *place_of(b->table, b->room, old[i].name) = old[i];
    }
    if (old) arena_drop(b->arena, old);
}

void before_note(struct before *b, uint64_t name, const uint8_t digest[SHA_BYTES],
                 const uint64_t beside[BESIDE])
{
    struct said s = {.name = name | 1, .unit = b->unit};
    memcpy(s.digest, digest, sizeof s.digest);
    memcpy(s.beside, beside, sizeof s.beside);
    if (b->count * 2 >= b->room) grow(b);
    struct said *to = place_of(b->table, b->room, s.name);
    bool twice = to->name && to->unit == b->unit && memcmp(to->digest, s.digest, sizeof s.digest);
    b->count += !to->name;
    *to = s;
    if (twice) memset(to->digest, 0, sizeof to->digest);
}

void before_unsure(struct before *b)
{
    b->unsure = true;
}

void before_next(struct before *b)
{
    if (b->unsure) before_forget(b);
    b->unit++;
}

void before_forget(struct before *b)
{
    if (b->room) memset(b->table, 0, b->room * sizeof *b->table);
    b->count = 0;
    b->unsure = false;
}
