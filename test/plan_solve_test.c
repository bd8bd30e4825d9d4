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

/* Each change, cold and warm: both bounds hold for both plans. */
static void a_change_is_planned_from_what_was_known(void)
{
    for (int change = 0; change < 4; change++) {
        struct arena a = {0};
        struct model *m = generated_model(&a, generate(&a, 'M', 3, 0));
        struct solver *s = solver_new(&a, m), *other = solver_new(&a, m);
        struct solution before = solver_run(s, &a, &usual);
        CHECK(before.reached);
        if (change == 0) m->lot[17].qty *= 3;
        if (change == 1) m->lot[before.plan.ship[0].lot].qty = 0;
        for (int t = 12; change == 2 && t < 15; t++) m->capacity[t] = 0;
        if (change == 3) m->budget[0] /= 2;
        other = solver_new(&a, m);
        solver_take(other, s, NULL, NULL);
        solver_changed(s);
        struct solution here = solver_run(s, &a, &usual), there = solver_run(other, &a, &usual);
        struct solution cold = solve(&a, m, &usual);
        CHECK(here.reached && there.reached && cold.reached);
        CHECK(plan_excess(m, &here.plan) < 1e-9 && plan_excess(m, &there.plan) < 1e-9);
        CHECK(here.bound <= cold.objective && there.bound <= cold.objective);
        CHECK(cold.bound <= here.objective && cold.bound <= there.objective);
        CHECK(here.iterations < cold.iterations);
        arena_free(&a);
    }
}

/* A solver for fewer lots, in another order, begins with what another knew. */
static void lots_and_sinks_may_come_go_and_move(void)
{
    struct arena a = {0};
    struct model *m = generated_model(&a, generate(&a, 'M', 2, 0)), *n = NEW(&a, struct model);
    struct solver *s = solver_new(&a, m);
    struct solution before = solver_run(s, &a, &usual);
    *n = *m;
    n->lot = NEW_ARRAY(&a, (size_t)m->lots, struct model_lot);
    int32_t *was = NEW_ARRAY(&a, (size_t)m->lots, int32_t);
    n->lots = 0;
    for (int32_t l = m->lots; l-- > 0;) {
        if (l % 50 == 7) continue;
        was[n->lots] = l % 60 == 1 ? MODEL_NONE : l; /* some are taken for new ones */
        n->lot[n->lots++] = m->lot[l];
    }
    struct solver *other = solver_new(&a, n);
    solver_take(other, s, was, NULL);
    struct solution after = solver_run(other, &a, &usual), cold = solve(&a, n, &usual);
    CHECK(after.reached && plan_excess(n, &after.plan) < 1e-9);
    CHECK(after.bound <= cold.objective && cold.bound <= after.objective);
    CHECK(after.iterations < cold.iterations);
    CHECK(before.objective < after.objective);
    arena_free(&a);
}

static void two_threads_give_the_same_bytes_as_one(void)
{
    struct arena a = {0};
    const struct model *m = generated_model(&a, generate(&a, 'X', 1, 0));
    struct solve_params p = {.gap = 0.001, .rounds = 1, .threads = 1};
    struct solution one = solve(&a, m, &p);
    p.threads = 2;
    struct solution two = solve(&a, m, &p);
    CHECK(one.bound == two.bound && one.objective == two.objective);
    CHECK(one.plan.count == two.plan.count);
    CHECK(one.plan.count == two.plan.count &&
          memcmp(one.plan.ship, two.plan.ship, one.plan.count * sizeof *one.plan.ship) == 0);
    arena_free(&a);
}

int main(void)
{
    RUN(plans_of_made_up_instances_are_possible_and_near_their_bound);
    RUN(the_bound_and_the_plan_close_around_the_known_optimum);
    RUN(the_same_model_gives_the_same_bytes);
    RUN(lines_are_opened_whole_and_near_the_bound);
    RUN(a_change_is_planned_from_what_was_known);
    RUN(lots_and_sinks_may_come_go_and_move);
    RUN(two_threads_give_the_same_bytes_as_one);
    return tap_done();
}
