/*
 * names.c - which noun a kind and key name.
 *
 * Open addressing, at most three quarters full, four bytes a place: the noun,
 * and five bits of its hash, so that most others are passed over without a
 * look at their keys. A log of a million keys has two million places; with
 * a pointer, a hash and a number in each they took more than the entries.
 */
#include <assert.h>
#include <string.h>

#include "book/inside.h"

enum { NOUN_BITS = 27, NOUN_MASK = (1 << NOUN_BITS) - 1 };

static uint64_t mix(uint64_t h, uint64_t word)
{
    h = (h ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return h ^ h >> 32;
}

static uint64_t hash_name(enum kind kind, const char *key, size_t len)
{
    uint64_t h = mix((uint64_t)kind, len), word;
    for (; len >= sizeof word; key += sizeof word, len -= sizeof word) {
        memcpy(&word, key, sizeof word);
        h = mix(h, word);
    }
    word = 0;
    memcpy(&word, key, len);
    return mix(h, word);
}

/* The place of that name, or a free one where it belongs. */
static uint32_t *place_of(const struct book *b, enum kind kind, const char *key, uint64_t hash)
{
    uint32_t mask = b->name_room - 1, mark = (uint32_t)(hash >> 32) & ~(uint32_t)NOUN_MASK;
    for (uint32_t at = (uint32_t)hash & mask;; at = (at + 1) & mask) {
        uint32_t *place = &b->names[at];
        if (!*place) return place;
        if ((*place & ~(uint32_t)NOUN_MASK) != mark) continue;
        uint32_t noun = (*place & NOUN_MASK) - 1;
        if (b->noun_kind[noun] != kind) continue;
        if (strcmp(b->texts + b->noun_latest[noun].key, key) == 0) return place;
    }
}

static void name_put(struct book *b, uint32_t noun)
{
    const char *key = b->texts + b->noun_latest[noun].key;
    enum kind kind = (enum kind)b->noun_kind[noun];
    uint64_t hash = hash_name(kind, key, strlen(key));
    assert(noun < NOUN_MASK);
    *place_of(b, kind, key, hash) = ((uint32_t)(hash >> 32) & ~(uint32_t)NOUN_MASK) | (noun + 1);
}

void names_room(struct book *b, uint32_t room)
{
    const uint32_t *was = b->names;
    b->names = NEW_ARRAY(b->arena, room, uint32_t);
    if (was && b->arena->tight) arena_drop(b->arena, was);
    b->name_room = room;
    for (uint32_t noun = 0; noun < b->noun_count; noun++) {
        if (b->noun_latest[noun].key) name_put(b, noun);
    }
}

uint32_t book_noun(const struct book *b, enum kind kind, const char *key)
{
    if (!b->name_room) return NONE;
    uint32_t place = *place_of(b, kind, key, hash_name(kind, key, strlen(key)));
    return place ? (place & NOUN_MASK) - 1 : NONE;
}

void name_ahead(const struct book *b, enum kind kind, const char *key)
{
    if (!b->name_room) return;
    __builtin_prefetch(&b->names[hash_name(kind, key, strlen(key)) & (b->name_room - 1)], 1);
}

uint32_t text_put(struct book *b, const char *text)
{
    size_t len = strlen(text) + 1;
    if (!b->text_count) { /* the empty one */
        b->texts = list_more(b->arena, b->texts, 0, 1, &b->text_room, 1);
        b->text_count = 1;
    }
    assert(len < UINT32_MAX - b->text_count);
    b->texts = list_more(b->arena, b->texts, b->text_count, (uint32_t)len, &b->text_room, 1);
    uint32_t at = b->text_count;
    memcpy(b->texts + at, text, len);
    b->text_count += (uint32_t)len;
    return at;
}

void nouns_room(struct book *b, uint32_t room)
{
    uint32_t count = b->noun_count;
    b->noun_last = wider(b->arena, b->noun_last, count, room, sizeof *b->noun_last);
    b->noun_kind = wider(b->arena, b->noun_kind, count, room, sizeof *b->noun_kind);
    b->noun_latest = wider(b->arena, b->noun_latest, count, room, sizeof *b->noun_latest);
    b->noun_room = room;
}

uint32_t noun_new(struct book *b, enum kind kind, const char *key)
{
    if (b->noun_count == b->noun_room) nouns_room(b, b->noun_room ? b->noun_room * 2 : 256);
    uint32_t noun = b->noun_count;
    b->noun_last[noun] = NONE;
    b->noun_kind[noun] = (uint8_t)kind;
    b->noun_latest[noun] = (struct latest){.key = key ? text_put(b, key) : 0};
    if (key) {
        if (b->name_count + 1 > b->name_room - b->name_room / 4) {
            names_room(b, b->name_room ? b->name_room * 2 : 256);
        }
        name_put(b, noun);
        b->name_count++;
    }
    return b->noun_count++;
}
