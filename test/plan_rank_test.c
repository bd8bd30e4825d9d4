/* plan_rank_test.c - what is ranked by its bits stands as if it had been compared. */
#include "plan/rank.h"

#include <math.h>

#include "seed.h"
#include "tap.h"

struct thing {
    float worth;
    uint32_t number, more;
};

static int compare(const void *one, const void *other)
{
    const struct thing *a = one, *b = other;
    if (a->worth != b->worth) return a->worth < b->worth ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

static float any_worth(struct rng *r)
{
    static const float odd[] = {0,      -0.0F,   1,     -1,        INFINITY,
                                1e-40F, -1e-40F, 3e38F, -INFINITY, 1.0000001F};
    if (rng_one_in(r, 3)) return odd[rng_below(r, sizeof odd / sizeof *odd)];
    return (float)(rng_below(r, 2000) - 1000.0) * powf(10, (float)rng_below(r, 20) - 10);
}

static void some(struct rng *r)
{
    struct arena a = {0};
    uint32_t count = rng_below(r, 300);
    struct thing *list = NEW_ARRAY(&a, (size_t)count + 1, struct thing);
    for (uint32_t i = 0; i < count; i++) list[i] = (struct thing){any_worth(r), i, 0};
    const uint32_t *order = ranked(&a, list, count, sizeof *list);
    struct thing *sorted = NEW_ARRAY(&a, (size_t)count + 1, struct thing);
    memcpy(sorted, list, count * sizeof *list);
    qsort(sorted, count, sizeof *sorted, compare);
    for (uint32_t i = 0; i < count && tap_this_ok; i++) CHECK_I64(order[i], sorted[i].number);
    arena_free(&a);
}

static void ranks_are_those_of_comparing(void)
{
    seeds_run(500, some);
}

int main(void)
{
    RUN(ranks_are_those_of_comparing);
    return tap_done();
}
