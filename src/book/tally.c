/*
 * tally.c - sums under a noun, a word and a place.
 *
 * A list in the order of first use, which is all that images keep, and open
 * addressing over it, at most half full, made again wherever the list came
 * from. Nothing limits how many there are.
 */
#include <string.h>

#include "book/inside.h"

static uint64_t hash_of(uint32_t noun, uint32_t word, int32_t place)
{
    uint64_t h = ((uint64_t)noun << 32 | word) * UINT64_C(0x9e3779b97f4a7c15);
    h = (h ^ h >> 29 ^ (uint32_t)place) * UINT64_C(0xbf58476d1ce4e5b9);
    return h >> 32;
}

static uint32_t *spot_of(const struct tallies *t, uint32_t noun, uint32_t word, int32_t place)
{
    uint32_t mask = t->spot_room - 1, at = (uint32_t)hash_of(noun, word, place) & mask;
    for (;; at = (at + 1) & mask) {
        if (!t->spots[at]) return &t->spots[at];
        const struct tally *one = &t->list[t->spots[at] - 1];
        if (one->noun == noun && one->word == word && one->place == place) return &t->spots[at];
    }
}

void tallies_wake(struct arena *a, struct tallies *t, uint32_t room)
{
    uint32_t spots = 64;
    while (spots / 2 <= room) spots *= 2;
    t->spots = NEW_ARRAY(a, spots, uint32_t);
    t->spot_room = spots;
    for (uint32_t i = 0; i < t->count; i++) {
        const struct tally *one = &t->list[i];
        *spot_of(t, one->noun, one->word, one->place) = i + 1;
    }
}

uint32_t tally_find(const struct tallies *t, uint32_t noun, uint32_t word, int32_t place)
{
    return t->spot_room ? *spot_of(t, noun, word, place) - 1 : NONE;
}

uint32_t tally_at(struct arena *a, struct tallies *t, uint32_t noun, uint32_t word, int32_t place)
{
    if (t->count >= t->spot_room / 2) tallies_wake(a, t, t->spot_room ? t->count * 2 : t->count);
    uint32_t *spot = spot_of(t, noun, word, place);
    if (!*spot) {
        t->list = arena_more(a, t->list, t->count, &t->room, sizeof *t->list);
        t->list[t->count] = (struct tally){.noun = noun, .word = word, .place = place};
        *spot = ++t->count;
    }
    return *spot - 1;
}

/* --- cohorts: 128 bits in two --- */

enum { SHARE_PLACES = 12 };

static void put_wide(struct tally *t, i128 n)
{
    __extension__ unsigned __int128 bits = (unsigned __int128)n;
    t->sum = (int64_t)(uint64_t)bits;
    t->rest = (int64_t)(uint64_t)(bits >> 64);
}

i128 cohort_share(const struct tally *t)
{
    __extension__ unsigned __int128 bits = (unsigned __int128)(uint64_t)t->rest << 64;
    return (i128)(bits | (uint64_t)t->sum);
}

void cohort_add(struct tally *t, int64_t part, int64_t whole, bool off)
{
    i128 share = div_half_even((i128)part * power10(SHARE_PLACES), whole);
    put_wide(t, cohort_share(t) + (off ? -share : share));
    t->more += off ? UINT32_MAX : 1;
}

/* --- comparing --- */

static bool same_sums(const struct tally *x, const struct tally *y, enum cube_by by)
{
    if (by != CUBE_OPEN && by != CUBE_COHORTS) return x->sum == y->sum;
    return x->sum == y->sum && x->rest == y->rest && x->more == y->more;
}

static bool all_in(const struct tallies_view *x, const struct tallies *y,
                   struct tallies_differ *differ)
{
    for (uint32_t i = 0; i < x->count; i++) {
        static const struct tally zero;
        const struct tally *one = &x->list[i];
        uint32_t at = tally_find(y, one->noun, one->word, one->place);
        const struct tally *other = at == NONE ? NULL : &y->list[at];
        if (same_sums(one, other ? other : &zero, x->by)) continue;
        *differ = (struct tallies_differ){one, other};
        return false;
    }
    return true;
}

bool tallies_same(const struct tallies_view *x, const struct tallies_view *y,
                  struct tallies_differ *differ)
{
    struct arena a = {0};
    struct tallies one = {.list = (struct tally *)(uintptr_t)x->list, .count = x->count};
    struct tallies other = {.list = (struct tally *)(uintptr_t)y->list, .count = y->count};
    *differ = (struct tallies_differ){NULL, NULL};
    if (x->lost || y->lost) return x->lost && y->lost;
    tallies_wake(&a, &one, one.count);
    tallies_wake(&a, &other, other.count);
    bool same = all_in(x, &other, differ) && all_in(y, &one, differ);
    arena_free(&a);
    return same;
}
