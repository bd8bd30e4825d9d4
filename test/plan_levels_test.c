/*
 * plan_levels_test.c - plans by level.
 *
 * On the first level nobody does better than the bound, which Clp confirms on
 * the same problem without the other levels; and each level is as good as the
 * weighted plan's, where that is no worse above it.
 */
#include "plan/levels.h"
#include "planned/generate.h"
#include "planned/solvers.h"

static const double gap = 0.001;

/* The same problem with nothing on any level but the first. */
static void only_urgent(struct model *m)
{
    m->fairness = m->thrift = 0;
    for (int32_t k = 0; k < m->sinks; k++) {
        if (m->sink[k].tier > 0) m->sink[k].weight = 0;
    }
}

static void levels_of(struct arena *a, const struct model *m, struct level out[LEVEL_COUNT],
                      struct solution *s)
{
    struct solve_params params = {.gap = gap, .threads = 1};
    *s = solve_levels(a, m, &params, out);
}

static void urgent_needs_come_first_of_all(void)
{
    for (uint64_t seed = 1; seed <= 3; seed++) {
        struct arena a = {0};
        struct level level[LEVEL_COUNT];
        struct solution s, weighted;
        double usual[LEVEL_COUNT], mine[LEVEL_COUNT];
        struct model *m = generated_model(&a, generate(&a, 'S', seed, 0));
        struct solve_params params = {.gap = gap, .threads = 1};
        levels_of(&a, m, level, &s);
        weighted = solve(&a, m, &params);
        level_values(m, &weighted.plan, usual);
        level_values(m, &s.plan, mine);
        for (int i = 0; i < LEVEL_COUNT; i++) {
            CHECK(level[i].value == mine[i]);
            CHECK(level[i].bound <= level[i].value * (1 + 1e-9));
        }
        CHECK(level[LEVEL_URGENT].value <= usual[LEVEL_URGENT] * (1 + 3 * gap) + 1e-6);
        CHECK(level[LEVEL_URGENT].value <= level[LEVEL_URGENT].bound * (1 + 4 * gap) + 1e-6);
        CHECK(level[LEVEL_OTHERS].value <= level[LEVEL_OTHERS].bound * 1.02 + 1e-6);
        if (!tap_this_ok) printf("# seed %d\n", (int)seed);
        arena_free(&a);
    }
}

static void clp_finds_the_first_level_where_the_bound_says(void)
{
    struct temp t;
    temp_make(&t);
    for (uint64_t seed = 1; seed <= 3; seed++) {
        struct arena a = {0};
        struct level level[LEVEL_COUNT];
        struct solution s;
        struct model *m = generated_model(&a, generate(&a, 'S', seed, 0));
        levels_of(&a, m, level, &s);
        only_urgent(m);
        solver_write(temp_path(&t, "urgent.mps"), m, MPS_ARC);
        double best = solver_optimum("clp", temp_path(&t, "urgent.mps"), NULL);
        CHECK(level[LEVEL_URGENT].bound <= best + 1e-6 * (1 + best));
        CHECK(best <= level[LEVEL_URGENT].value + 1e-6 * (1 + best));
        arena_free(&a);
    }
    temp_remove(&t);
}

static bool at_once(void *ctx, uint64_t done, uint64_t total)
{
    (void)ctx, (void)done, (void)total;
    return false;
}

static void a_climb_that_is_stopped_has_a_plan(void)
{
    struct arena a = {0};
    struct level level[LEVEL_COUNT];
    struct model *m = generated_model(&a, generate(&a, 'S', 1, 0));
    struct watch watch = {.step = at_once};
    struct solve_params params = {.gap = gap, .threads = 1, .watch = &watch};
    struct solution s = solve_levels(&a, m, &params, level);
    CHECK(s.stopped);
    for (int i = 0; i < LEVEL_COUNT; i++) CHECK(level[i].bound <= level[i].value * (1 + 1e-9));
    arena_free(&a);
}

int main(void)
{
    RUN(urgent_needs_come_first_of_all);
    RUN_WITH("clp", clp_finds_the_first_level_where_the_bound_says);
    RUN(a_climb_that_is_stopped_has_a_plan);
    return tap_done();
}
