/*
 * seed.h - random tests that can be run again.
 *
 * A property is a function of a random stream; seeds_run() calls it for seed
 * after seed and stops at the first that fails, printing it. MUSTER_SEED is
 * the first seed (1), MUSTER_SEEDS how many (else what the test asks for), so
 * `MUSTER_SEED=417 MUSTER_SEEDS=1 build/gcc/test/laws/law1_test` is seed 417
 * alone.
 */
#ifndef MUSTER_TEST_SEED_H
#define MUSTER_TEST_SEED_H

#include <stdlib.h>

#include "tap.h"

struct rng {
    uint64_t state;
};

/* SplitMix64: every seed gives a full stream, also 0 and neighbours. */
static inline uint64_t rng_next(struct rng *r)
{
    uint64_t z = (r->state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* 0 .. n - 1 */
static inline uint32_t rng_below(struct rng *r, uint32_t n)
{
    return (uint32_t)(rng_next(r) % n);
}

static inline bool rng_one_in(struct rng *r, uint32_t n)
{
    return rng_below(r, n) == 0;
}

static inline uint64_t seed_env(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text && *text ? strtoull(text, NULL, 10) : otherwise;
}

/* `count` seeds in the short form of a test; make torture asks for more. */
static inline void seeds_run(uint64_t count, void (*property)(struct rng *r))
{
    uint64_t first = seed_env("MUSTER_SEED", 1);
    count = seed_env("MUSTER_SEEDS", count);
    for (uint64_t seed = first; seed < first + count; seed++) {
        struct rng r = {seed};
        property(&r);
        if (tap_this_ok) continue;
        printf("# seed %" PRIu64 "\n", seed);
        return;
    }
}

#endif
