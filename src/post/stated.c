/* stated.c - see stated.h. Chains by first part, open addressing over their heads. */
#include "post/stated.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/text.h"

struct link {
    uint32_t noun, next; /* 1 + index, 0 */
};

struct stated {
    struct arena *arena;
    const struct book *book;
    uint32_t looked; /* nouns up to this one are in it */
    struct link *links;
    uint32_t link_count, link_room;
    uint32_t *heads; /* the latest link of a first part: 1 + index; 0: a free place */
    uint32_t head_count, head_room;
};

struct stated *stated_new(struct arena *a, const struct book *b)
{
    struct stated *s = NEW(a, struct stated);
    s->arena = a;
    s->book = b;
    return s;
}

bool stated_is_figure(const char *key)
{
    return text_starts(key, "iati:") && strchr(key, '/') && !text_starts(key, "iati:org:");
}

/* What a noun's key says of scopes, NULL: nothing. */
static const char *key_of(const struct book *b, uint32_t noun)
{
    const char *key = book_key(b, noun);
    switch (book_kind(b, noun)) {
    case KIND_ENTRY:
    case KIND_LINE:
    case KIND_VALUE: return key;
    case KIND_STATEMENT:
        if (text_starts(key, STATE_PREFIX)) return key + strlen(STATE_PREFIX);
        return stated_is_figure(key) ? key : NULL;
    default: return NULL;
    }
}

static uint32_t hash_part(const char *text, size_t len)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < len; i++) h = (h ^ (unsigned char)text[i]) * UINT64_C(0x100000001b3);
    return (uint32_t)(h ^ h >> 32);
}

/* The place of keys that begin with that part, or a free one. */
static uint32_t *head_of(const struct stated *s, const char *part, size_t len)
{
    uint32_t mask = s->head_room - 1;
    for (uint32_t at = hash_part(part, len) & mask;; at = (at + 1) & mask) {
        if (!s->heads[at]) return &s->heads[at];
        const char *other = key_of(s->book, s->links[s->heads[at] - 1].noun);
        if (strncmp(other, part, len) == 0 && (!other[len] || other[len] == '/'))
            return &s->heads[at];
    }
}

static void grow(struct stated *s)
{
    uint32_t *old = s->heads, room = s->head_room;
    s->head_room = room ? 2 * room : 256;
    s->heads = NEW_ARRAY(s->arena, s->head_room, uint32_t);
    for (uint32_t i = 0; i < room; i++) {
        if (!old[i]) continue;
        const char *key = key_of(s->book, s->links[old[i] - 1].noun);
        *head_of(s, key, strcspn(key, "/")) = old[i];
    }
}

static void look(struct stated *s)
{
    uint32_t nouns = book_noun_count(s->book);
    for (; s->looked < nouns; s->looked++) {
        const char *key = key_of(s->book, s->looked);
        if (!key) continue;
        if (2 * s->head_count >= s->head_room) grow(s);
        uint32_t *head = head_of(s, key, strcspn(key, "/"));
        s->head_count += !*head;
        s->links = arena_more(s->arena, s->links, s->link_count, &s->link_room, sizeof *s->links);
        s->links[s->link_count++] = (struct link){s->looked, *head};
        *head = s->link_count;
    }
}

static int by_number(const void *x, const void *y)
{
    const uint32_t *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

/* A scope that ends in a ':' may lie before many first parts. */
static bool has_part(const char *const *scopes, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!strchr(scopes[i], '/')) return false;
    }
    return true;
}

const uint32_t *stated_under(struct stated *s, struct arena *a, const char *const *scopes,
                             uint32_t scope_count, uint32_t *count)
{
    uint32_t *list = NULL, room = 0;
    struct map asked = {.arena = a};
    *count = 0;
    if (!scope_count) return NULL;
    look(s);
    if (!has_part(scopes, scope_count)) {
        list = NEW_ARRAY(a, s->link_count + 1, uint32_t);
        for (uint32_t i = 0; i < s->link_count; i++) list[(*count)++] = s->links[i].noun;
        return list;
    }
    for (uint32_t i = 0; i < scope_count && s->head_room; i++) {
        size_t len = strcspn(scopes[i], "/");
        uint32_t at = *head_of(s, scopes[i], len);
        if (!at || !map_put_new(&asked, arena_bytes(a, scopes[i], len), 1)) continue;
        for (; at; at = s->links[at - 1].next) {
            list = arena_more(a, list, *count, &room, sizeof *list);
            list[(*count)++] = s->links[at - 1].noun;
        }
    }
    if (*count) qsort(list, *count, sizeof *list, by_number);
    return list;
}
