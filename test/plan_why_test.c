/*
 * plan_why_test.c - what binds a plan is found, and what it is worth is what planning again gives.
 *
 * A bound's prices of lots and hubs stay a proof when more of them is there, so
 * that can bring no more for certain than its amount times its price: on models
 * of any shape. (A budget also limits how much of its lots can count at all.)
 */
#include "plan/why.h"
#include "planned/feasible.h"
#include "planned/plain.h"
#include "planned/small.h"
#include "seed.h"
#include "tap.h"

enum { MONTHS = 10 };

static const struct solve_params tight = {.gap = 1e-6, .rounds = 400, .threads = 1};

/* A giver, a lot of 100, a need of 40 in month 3, a hub one month from the receiver. */
static struct model *one_of_each(struct arena *a)
{
    struct model *m = plain_model(a, (struct plain){MONTHS, 1, 1, 1});
    m->item[0].mass = 2;
    m->lot[0].qty = 100;
    m->lot[0].cost = 3;
    m->lot[0].value = 0;
    plain_need(m, 0, 3, 40, 1);
    m->sink[0].first = 1;
    m->sink[0].last = 8;
    for (int t = 0; t < MONTHS; t++) m->capacity[t] = 1000;
    m->far[0] = 1;
    return m;
}

/* The dearest lever of the need, tried. */
static struct effect dearest(struct arena *a, const struct model *m, uint32_t *count)
{
    struct solution s = solve(a, m, &tight);
    struct lever *list = why_levers(a, m, &s, 0, count);
    if (!*count) return (struct effect){0};
    return why_try(a, m, NULL, &s, &list[0], 0, &tight, NULL);
}

static bool near(double x, double want)
{
    return fabs(x - want) < 1e-3 * (1 + fabs(want));
}

static void nothing_binds_where_all_is_met(void)
{
    struct arena a = {0};
    uint32_t count;
    dearest(&a, one_of_each(&a), &count);
    CHECK_I64(count, 0);
    arena_free(&a);
}

static void a_small_lot_binds(void)
{
    struct arena a = {0};
    uint32_t count;
    struct model *m = one_of_each(&a);
    m->lot[0].qty = 30;
    struct effect e = dearest(&a, m, &count);
    CHECK(e.lever.kind == LEVER_LOT && near(e.lever.amount, 10));
    CHECK(near(e.gain, 10 * 7)); /* ten units, seven months each */
    CHECK(e.least <= e.gain && e.gain <= e.most);
    CHECK(near(e.gained.qty, 10) && e.gained.instead == MODEL_NONE);
    arena_free(&a);
}

static void a_narrow_hub_binds(void)
{
    struct arena a = {0};
    uint32_t count;
    struct model *m = one_of_each(&a);
    for (int t = 0; t < MONTHS; t++) m->capacity[t] = t >= 2 ? 10 : 0; /* five units a month */
    struct effect e = dearest(&a, m, &count);
    CHECK(e.lever.kind == LEVER_HUB && e.lever.at == 0);
    CHECK(e.lever.month == 2); /* what passes then is there when it is due */
    CHECK(near(e.lever.amount, 35 * 2));
    CHECK(near(e.gained.qty, 35) && e.gained.month == 3);
    CHECK(near(e.gain, 5 * (1 + 2 + 3 + 4 + 5) + 10 * 7));
    arena_free(&a);
}

static void a_late_lot_binds(void)
{
    struct arena a = {0};
    uint32_t count;
    struct model *m = one_of_each(&a);
    m->lot[0].ready = 4;
    struct effect e = dearest(&a, m, &count);
    CHECK(e.lever.kind == LEVER_READY && near(e.lever.amount, 2));
    CHECK(near(e.gained.qty, 40) && e.gained.month == 3 && e.gained.instead == 5);
    CHECK(near(e.gain, 40 * 2));
    arena_free(&a);
}

static void a_small_budget_binds(void)
{
    struct arena a = {0};
    uint32_t count;
    struct model *m = one_of_each(&a);
    m->lot[0].budget = 0;
    m->budget[0] = 60; /* twenty units */
    struct effect e = dearest(&a, m, &count);
    CHECK(e.lever.kind == LEVER_BUDGET && near(e.lever.amount, 60));
    CHECK(near(e.gain, 20 * 7));
    arena_free(&a);
}

static void a_shipment_is_worth_what_is_lost_without_it(void)
{
    struct arena a = {0};
    struct model *m = one_of_each(&a);
    m->lot[0].qty = 40;
    struct solution s = solve(&a, m, &tight);
    double shipped = 0;
    for (size_t i = 0; i < s.plan.count; i++) shipped += s.plan.ship[i].qty;
    CHECK(near(shipped, 40));
    struct lever without = why_without(&s.plan.ship[0]);
    struct effect e = why_try(&a, m, NULL, &s, &without, 0, &tight, NULL);
    CHECK(near(e.gain, -s.plan.ship[0].qty * 7));
    CHECK(near(e.gained.qty, -s.plan.ship[0].qty));
    arena_free(&a);
}

static void any_model(struct rng *r)
{
    struct arena a = {0};
    struct model *m = small_model(&a, r, &(struct small){.lots = 8, .sinks = 6, .months = 8});
    const struct solve_params params = {.gap = 1e-4, .rounds = 40, .threads = 1};
    struct solver *solver = solver_new(&a, m);
    struct solution s = solver_run(solver, &a, &params);
    for (int32_t k = 0; k < m->sinks; k++) {
        uint32_t count;
        struct lever *list = why_levers(&a, m, &s, k, &count);
        for (uint32_t i = 0; i < count && i < 2; i++) {
            struct effect e = why_try(&a, m, i ? solver : NULL, &s, &list[i], k, &params, NULL);
            struct model *changed = why_changed(&a, m, &list[i]);
            CHECK(plan_excess(changed, &e.after.plan) < 1e-9);
            CHECK(e.most >= -1e-6 * (1 + s.objective)); /* more of something never hurts */
            if (list[i].kind != LEVER_LOT && list[i].kind != LEVER_HUB) continue;
            CHECK(e.least <= list[i].price + 1e-5 * (1 + s.objective));
        }
    }
    for (size_t i = 0; i < s.plan.count && i < 2; i++) {
        struct lever without = why_without(&s.plan.ship[i]);
        struct effect e = why_try(&a, m, solver, &s, &without, s.plan.ship[i].sink, &params, NULL);
        CHECK(e.least <= 1e-6 * (1 + s.objective)); /* less of something never helps */
    }
    arena_free(&a);
}

static void no_change_brings_more_than_its_price(void)
{
    seeds_run(60, any_model);
}

static void any_model_by_level(struct rng *r)
{
    struct arena a = {0};
    struct model *m = small_model(&a, r, &(struct small){.lots = 6, .sinks = 5, .months = 6});
    const struct solve_params params = {.gap = 1e-4, .rounds = 40, .threads = 1};
    struct level levels[LEVEL_COUNT];
    for (int32_t k = 0; k < m->sinks; k++) {
        const struct model_sink *sink = &m->sink[k];
        m->sink[k].tier =
            sink->type == SINK_KEEPING ? m->sink[sink->system].tier : (int32_t)rng_below(r, 2);
    }
    struct solution s = solve_levels(&a, m, &params, levels);
    for (int32_t k = 0; k < m->sinks; k++) {
        uint32_t count;
        struct lever *list = why_levers(&a, m, &s, k, &count);
        if (count == 0) continue;
        double values[LEVEL_COUNT];
        struct effect e = why_try(&a, m, NULL, &s, &list[0], k, &params, levels);
        struct model *changed = why_changed(&a, m, &list[0]);
        level_values(changed, &e.after.plan, values);
        CHECK(plan_excess(changed, &e.after.plan) < 1e-9);
        for (int i = 0; i < LEVEL_COUNT; i++) CHECK(near(values[i], e.by_level[i].value));
        CHECK(e.gain == levels[e.level].value - e.by_level[e.level].value);
        CHECK(e.least <= e.gain && e.gain <= e.most);
        /* What is told of a level is beyond what either plan may be off; all above it is not. */
        for (int i = 0; i < e.level; i++) {
            double off = fmax(fabs(levels[i].value - levels[i].bound),
                              fabs(e.by_level[i].value - e.by_level[i].bound));
            CHECK(fabs(levels[i].value - e.by_level[i].value) <= off + 1e-6 * (1 + values[i]));
        }
        /* More of something never hurts what is most urgent. */
        CHECK(e.by_level[0].bound <= levels[0].value + 1e-6 * (1 + levels[0].value));
    }
    arena_free(&a);
}

static void by_level_a_gain_is_of_the_first_level_that_changes(void)
{
    seeds_run(30, any_model_by_level);
}

int main(void)
{
    RUN(nothing_binds_where_all_is_met);
    RUN(a_small_lot_binds);
    RUN(a_narrow_hub_binds);
    RUN(a_late_lot_binds);
    RUN(a_small_budget_binds);
    RUN(a_shipment_is_worth_what_is_lost_without_it);
    RUN(no_change_brings_more_than_its_price);
    RUN(by_level_a_gain_is_of_the_first_level_that_changes);
    return tap_done();
}
