/* map.c - see map.h. Eight bytes of a key at a time; load stays below three quarters. */
#include "base/map.h"

#include <string.h>

struct map_slot {
    const char *key; /* NULL: free */
    uint64_t hash;
    uint64_t value;
};

static uint64_t mix(uint64_t h, uint64_t word)
{
    h = (h ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return h ^ h >> 32;
}

static uint64_t hash_text(const char *key)
{
    size_t len = strlen(key);
    uint64_t h = mix(len, UINT64_C(0xcbf29ce484222325)), word;
    for (; len >= sizeof word; key += sizeof word, len -= sizeof word) {
        memcpy(&word, key, sizeof word);
        h = mix(h, word);
    }
    word = 0;
    memcpy(&word, key, len);
    return mix(mix(h, word), 0) | 1;
}

static struct map_slot *slot_of(const struct map *m, const char *key, uint64_t hash)
{
    uint32_t at = (uint32_t)(hash >> 32) & (m->room - 1);
    while (m->slots[at].key && (m->slots[at].hash != hash || strcmp(m->slots[at].key, key) != 0)) {
        at = (at + 1) & (m->room - 1);
    }
    return &m->slots[at];
}

uint64_t *map_get(const struct map *m, const char *key)
{
    if (!m->room) return NULL;
    struct map_slot *s = slot_of(m, key, hash_text(key));
    return s->key ? &s->value : NULL;
}

static void grow(struct map *m)
{
    struct map old = *m;
    m->room = old.room ? old.room * 2 : 64;
    m->slots = NEW_ARRAY(m->arena, m->room, struct map_slot);
    for (uint32_t i = 0; i < old.room; i++) {
        if (old.slots[i].key) *slot_of(m, old.slots[i].key, old.slots[i].hash) = old.slots[i];
    }
}

bool map_put_new(struct map *m, const char *key, uint64_t value)
{
    if (m->count + 1 > m->room - m->room / 4) grow(m);
    uint64_t hash = hash_text(key);
    struct map_slot *s = slot_of(m, key, hash);
    if (s->key) return false;
    *s = (struct map_slot){.key = arena_text(m->arena, key), .hash = hash, .value = value};
    m->count++;
    return true;
}

const char *map_put(struct map *m, const char *key, uint64_t value)
{
    if (m->count + 1 > m->room - m->room / 4) grow(m);
    uint64_t hash = hash_text(key);
    struct map_slot *s = slot_of(m, key, hash);
    if (!s->key) {
        *s = (struct map_slot){.key = arena_text(m->arena, key), .hash = hash};
        m->count++;
    }
    s->value = value;
    return s->key;
}

void map_lend(struct map *m, const char *key, uint64_t value)
{
    if (m->count + 1 > m->room - m->room / 4) grow(m);
    uint64_t hash = hash_text(key);
    struct map_slot *s = slot_of(m, key, hash);
    m->count += !s->key;
    *s = (struct map_slot){.key = key, .hash = hash, .value = value};
}
