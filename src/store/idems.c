/* idems.c - see idems.h. Open addressing, half full at most; memory that must be there. */
#include "store/idems.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
    free(s->kept);
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

static uint64_t *numbers(uint64_t count)
{
    uint64_t *list = calloc(count ? count : 1, sizeof *list);
    if (list) return list;
    fputs("muster: out of memory\n", stderr);
    abort();
}

static void grow(struct idems *s)
{
    struct idems old = *s;
    s->room = old.room ? old.room * 2 : 1024;
    s->count = 0;
    s->slots = numbers(s->room);
    for (uint64_t i = 0; i < old.room; i++) {
        if (old.slots[i]) put(s, old.slots[i]);
    }
    free(old.slots);
}

void idems_expect(const struct idems *s, const char *idem)
{
    if (s->room) __builtin_prefetch(&s->slots[hash_text(idem) & (s->room - 1)], 1);
}

/* Hashes lie evenly, so where one would be is told by its size; then a few steps. */
static bool is_kept(const struct idems *s, uint64_t hash)
{
    uint64_t low = 0, high = s->kept_count; /* it is in [low, high) if anywhere */
    while (low < high && s->kept[low] <= hash && s->kept[high - 1] >= hash) {
        uint64_t least = s->kept[low], width = (s->kept[high - 1] - least) >> 32;
        uint64_t at = low + ((hash - least) >> 32) * (high - 1 - low) / (width + 1);
        if (s->kept[at] == hash) return true;
        if (s->kept[at] < hash)
            low = at + 1;
        else
            high = at;
    }
    return false;
}

bool idems_put(struct idems *s, const char *idem)
{
    uint64_t hash = hash_text(idem);
    if (s->kept_count && is_kept(s, hash)) return true;
    if (s->count * 2 >= s->room) grow(s);
    return put(s, hash);
}

/* --- the file --- */

static const char kind[] = "muster keys"; /* of this hash: another would need another word */

static int by_number(const void *x, const void *y)
{
    const uint64_t *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

bool idems_keep(struct idems *s, const char *path, const struct aside_owner *owner,
                const struct idems_at *at)
{
    uint64_t count = 0, *all = numbers(s->count + s->kept_count);
    for (uint64_t i = 0; i < s->room; i++) {
        if (s->slots[i]) all[count++] = s->slots[i];
    }
    if (s->kept_count) memcpy(all + count, s->kept, s->kept_count * sizeof *all);
    count += s->kept_count;
    qsort(all, count, sizeof *all, by_number);
    const struct aside_part part = {all, count * sizeof *all};
    bool done = aside_write(path, kind, owner, at, sizeof *at, &part, 1);
    idems_free(s); /* a quarter of the memory */
    s->kept = all;
    s->kept_count = count;
    return done;
}

bool idems_take(struct idems *s, const char *path,
                bool (*fits)(void *ctx, const struct idems_at *at), void *ctx, struct idems_at *out)
{
    struct aside f;
    uint64_t *all = NULL, count = 0;
    bool good = aside_open(path, kind, sizeof *out, &f) && f.count == 1;
    if (good) {
        memcpy(out, f.head, sizeof *out);
        good = f.len[0] % sizeof *all == 0 && fits(ctx, out);
    }
    if (good) {
        count = f.len[0] / sizeof *all;
        all = numbers(count);
        good = aside_read(&f, 0, all);
    }
    for (uint64_t i = 1; good && i < count; i++) good = all[i - 1] < all[i];
    aside_close(&f);
    if (!good) {
        free(all);
        return false;
    }
    s->kept = all;
    s->kept_count = count;
    return true;
}
