/*
 * plan_solve_test.c - plans that can be carried out, and bounds that hold.
 *
 * What an independent solver says of the same models is asked in
 * test/plan_oracle_test.c; here the plan is held against the model itself.
 */
#include "plan/solve.h"
#include "planned/feasible.h"
#include "planned/generate.h"
#include "tap.h"

static const struct solve_params usual = {.gap = 0.001, .threads = 1};

static void plans_of_made_up_instances_are_possible_and_near_their_bound(void)
{
    static const char sizes[] = "SSSM";
    for (uint64_t seed = 1; seed <= 4; seed++) {
        struct arena a = {0};
        const struct model *m = generated_model(&a, generate(&a, sizes[seed - 1], seed, 0));
        struct solution s = solve(&a, m, &usual);
        double excess = plan_excess(m, &s.plan);
        CHECK(excess < 1e-9);
        CHECK(s.reached);
        CHECK(s.bound <= s.objective);
        CHECK(s.gap <= 0.001);
        CHECK(fabs(s.objective - plan_value(&a, m, &s.plan).total) < 1e-9 * s.objective);
        arena_free(&a);
    }
}

/* The optimum that Clp found for the instance before its numbers were rounded: 212257.671. */
static void the_bound_and_the_plan_close_around_the_known_optimum(void)
{
    struct arena a = {0};
    const struct model *m = generated_model(&a, generate(&a, 'S', 1, 0));
    struct solution s = solve(&a, m, &(struct solve_params){.gap = 0.0001, .threads = 1});
    CHECK(s.reached);
    CHECK(s.bound < 212257.7 && s.objective > 212257.6);
    arena_free(&a);
}

static void the_same_model_gives_the_same_bytes(void)
{
    struct arena a = {0};
    const struct model *m = generated_model(&a, generate(&a, 'M', 5, 0));
    struct solution one = solve(&a, m, &usual), other = solve(&a, m, &usual);
    CHECK_I64((int64_t)one.plan.count, (int64_t)other.plan.count);
    CHECK(one.bound == other.bound && one.objective == other.objective);
    CHECK(one.plan.count == other.plan.count &&
          memcmp(one.plan.ship, other.plan.ship, one.plan.count * sizeof *one.plan.ship) == 0);
    arena_free(&a);
}

static void lines_are_opened_whole_and_near_the_bound(void)
{
    for (uint64_t seed = 1; seed <= 3; seed++) {
        struct arena a = {0};
        const struct model *m = generated_model(&a, generate(&a, seed == 3 ? 'M' : 'S', seed, 20));
        struct solution s = solve(&a, m, &(struct solve_params){.gap = 0.01, .threads = 1});
        CHECK(plan_excess(m, &s.plan) < 1e-9);
        CHECK(s.plan.open != NULL);
        CHECK(s.reached && s.bound <= s.objective);
        arena_free(&a);
    }
}

int main(void)
{
    RUN(plans_of_made_up_instances_are_possible_and_near_their_bound);
    RUN(the_bound_and_the_plan_close_around_the_known_optimum);
    RUN(the_same_model_gives_the_same_bytes);
    RUN(lines_are_opened_whole_and_near_the_bound);
    return tap_done();
}
