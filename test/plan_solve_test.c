/*
 * plan_solve_test.c - plans that can be carried out, and bounds that hold.
 *
 * What an independent solver says of the same models is asked in
 * test/plan_oracle_test.c; here the plan is held against the model itself.
 */
#include "plan/solve.h"
#include "planned/feasible.h"
#include "planned/generate.h"
#include "planned/plain.h"
#include "seed.h"
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

static void possible_shipments_are_as_many_as_when_each_is_asked(void)
{
    struct arena a = {0};
    const struct model *m = generated_model(&a, generate(&a, 'S', 1, 0));
    int64_t count = 0;
    for (int32_t l = 0; l < m->lots; l++) {
        for (int32_t k = 0; k < m->sinks; k++) {
            for (int32_t n = 0; n < m->hubs * m->months; n++) {
                const struct model_sink *sink = &m->sink[k];
                int32_t h = n / m->months, month = n % m->months;
                int32_t near = m->near[m->lot[l].giver * m->hubs + h];
                int32_t far = m->far[h * m->receivers + sink->receiver];
                count += near >= 0 && far >= 0 && month >= sink->first && month <= sink->last &&
                         month - far - near >= m->lot[l].ready &&
                         sink_eta(m, k, m->lot[l].item) > 0;
            }
        }
    }
    struct solution s = solve(&a, m, &usual);
    CHECK_I64((int64_t)s.possible, count);
    /* The published file of this instance has 15968 columns: these, the unmet, and shares. */
    CHECK_I64(count + m->sinks + 3 * m->givers + 1, 15968);
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
    uint64_t warm = 0, anew = 0;
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
        warm += here.iterations;
        anew += cold.iterations;
        arena_free(&a);
    }
    CHECK(warm < anew); /* taken together: one alone may come close */
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

static double moved(const struct model *m, const struct plan *from, const struct plan *to)
{
    double sum = 0;
    for (size_t i = 0; i < from->count; i++) {
        const struct shipment *one = &from->ship[i];
        double left = one->qty;
        for (size_t j = 0; j < to->count; j++) {
            const struct shipment *other = &to->ship[j];
            if (one->lot == other->lot && one->sink == other->sink && one->hub == other->hub &&
                one->month == other->month) {
                left -= other->qty;
            }
        }
        if (left > 0) sum += left * m->item[m->lot[one->lot].item].value;
    }
    return sum;
}

static void moving_away_from_a_plan_is_charged_and_happens_less(void)
{
    for (uint64_t seed = 1; seed <= 3; seed++) {
        struct arena a = {0};
        struct model *m = generated_model(&a, generate(&a, 'S', seed, 0));
        struct solution before = solve(&a, m, &usual);
        m->lot[5].qty *= 2;
        m->capacity[8] = 0;
        double free_move = 0;
        for (int dear = 0; dear < 3; dear++) {
            struct solve_stay stay = {before.plan.ship, before.plan.count, dear * 2e-7};
            struct solution s =
                solve(&a, m, &(struct solve_params){.gap = 0.001, .threads = 1, .stay = &stay});
            CHECK(s.reached && plan_excess(m, &s.plan) < 1e-9);
            double away = moved(m, &before.plan, &s.plan);
            CHECK(fabs(s.objective - s.value.total - s.charged) < 1e-6 * s.objective);
            if (dear == 0)
                free_move = away;
            else
                CHECK(away < free_move);
        }
        arena_free(&a);
    }
}

/* A lot whose only use it was to move is left where it is when moving is too dear. */
static void the_charge_is_that_of_the_model(void)
{
    struct arena a = {0};
    struct model *m = plain_model(&a, (struct plain){4, 1, 1, 2});
    m->item[0].value = m->lot[0].value = 10;
    m->lot[0].qty = 8;
    plain_need(m, 0, 0, 8, 1);
    plain_need(m, 1, 0, 8, 2);
    struct shipment old = {.lot = 0, .sink = 0, .hub = 0, .month = 0, .qty = 8};
    /* To move saves 4 months x (2 - 1) a unit; it costs 10 x the charge. */
    for (int dear = 0; dear < 2; dear++) {
        struct solve_stay stay = {&old, 1, dear ? 0.5 : 0.3};
        struct solution s =
            solve(&a, m, &(struct solve_params){.gap = 1e-6, .threads = 1, .stay = &stay});
        double want = dear ? 64 : 32 + 24;
        CHECK(fabs(s.objective - want) < 1e-3 && fabs(s.bound - want) < 1e-3);
        CHECK(fabs(s.charged - (dear ? 0 : 24)) < 1e-3);
    }
    arena_free(&a);
}

/* Five euros buy five of forty pieces: the prices ran away once, and the bound was no number. */
static void a_budget_of_nearly_nothing_leaves_the_bound_sound(void)
{
    struct arena a = {0};
    for (int whole = 0; whole < 2; whole++) {
        struct model *m = plain_model(&a, (struct plain){17, 2, 3, 2});
        m->item[0] = (struct model_item){.value = 1e6, .mass = 1, .whole = whole};
        m->item[1] = (struct model_item){.value = 1e6, .mass = 10, .whole = whole};
        for (int l = 0; l < 3; l++) m->lot[l].value = 1e6;
        m->lot[0].qty = 50;
        m->lot[1].qty = 60;
        m->lot[2] = (struct model_lot){
            .item = 0, .line = MODEL_NONE, .qty = 40, .cost = 1, .value = 1e6}; /* budget 0 */
        plain_need(m, 0, 3, 100, 0.25);
        plain_need(m, 1, 2, 60, 0.25);
        m->sink[0].first = m->sink[1].first = 1;
        m->sink[0].last = 15, m->sink[1].last = 14, m->sink[1].end = 15;
        for (int t = 0; t < 17; t++) m->capacity[t] = t < 3 ? 200 : 1000;
        m->budget[0] = 5;
        m->thrift = 2e-8;
        m->far[0] = 1;
        struct solution s = solve(&a, m, &(struct solve_params){.gap = 1e-5, .threads = 1});
        CHECK(plan_excess(m, &s.plan) < 1e-9);
        CHECK(isfinite(s.bound) && s.bound <= s.objective && s.bound > 0.95 * s.objective);
    }
    arena_free(&a);
}

static void weights_are_those_of_a_model_that_has_them(void)
{
    struct arena a = {0};
    struct model *m = generated_model(&a, generate(&a, 'S', 2, 0));
    struct solve_weights w = {{1, 0.1, 0.1, 0.1}, 0.5, 2};
    struct solution s =
        solve(&a, m, &(struct solve_params){.gap = 0.001, .threads = 1, .weights = &w});
    for (int32_t k = 0; k < m->sinks; k++) m->sink[k].weight *= m->sink[k].tier ? 0.1 : 1;
    m->fairness *= 0.5;
    m->thrift *= 2;
    struct solution other = solve(&a, m, &usual);
    CHECK(s.reached && other.reached);
    CHECK(s.bound <= other.objective && other.bound <= s.objective);
    CHECK(fabs(plan_value(&a, m, &s.plan).total - s.objective) < 1e-9 * s.objective);
    arena_free(&a);
}

static void nothing_is_a_plan_where_there_is_nothing(void)
{
    struct arena a = {0};
    struct model none = {.months = 3};
    struct solution s = solve(&a, &none, &usual);
    CHECK(s.reached && s.plan.count == 0 && s.objective == 0 && s.bound <= 0);
    struct generated *g = generate(&a, 'S', 1, 0);
    for (int without = 0; without < 5; without++) {
        struct model *m = generated_model(&a, g);
        if (without == 0) m->lots = 0;
        if (without == 1) m->sinks = 0;
        if (without == 2) m->hubs = 0;
        for (int32_t i = 0; without == 3 && i < m->hubs * m->months; i++) m->capacity[i] = 0;
        for (int32_t l = 0; without == 4 && l < m->lots; l++) m->lot[l].qty = 0;
        s = solve(&a, m, &usual);
        CHECK(s.reached && s.plan.count == 0);
        CHECK(fabs(s.objective - plan_value(&a, m, &(struct plan){0}).total) <= 1e-9);
    }
    arena_free(&a);
}

/* Numbers of a random model set to 0, doubled or made huge or tiny, again and again. */
static void whatever_the_numbers_are_there_is_a_plan_and_a_bound(struct rng *r)
{
    struct arena a = {0};
    struct model *m = generated_model(&a, generate(&a, 'S', rng_next(r) % 1000, 6));
    static const double factor[] = {0, 1e-6, 1e6, 0.5, 2, 1e3};
    for (int n = 0; n < 60; n++) {
        double f = factor[rng_below(r, 6)];
        uint32_t l = rng_below(r, (uint32_t)m->lots), k = rng_below(r, (uint32_t)m->sinks);
        switch (rng_below(r, 9)) {
        case 0: m->lot[l].qty *= f; break;
        case 1: m->lot[l].cost *= f; break;
        case 2: m->lot[l].value *= f; break;
        case 3: m->sink[k].qty *= f; break;
        case 4: m->sink[k].weight *= f; break;
        case 5: m->capacity[rng_below(r, (uint32_t)(m->hubs * m->months))] *= f; break;
        case 6: m->budget[rng_below(r, (uint32_t)m->budgets)] *= f; break;
        case 7: m->item[m->lot[l].item].mass *= f; break;
        default: m->item[m->lot[l].item].value *= f;
        }
        m->item[m->lot[l].item].whole = rng_one_in(r, 4);
    }
    for (int32_t k = 0; k < m->sinks; k++) {
        if (m->sink[k].type == SINK_NEED) m->sink[k].most = m->sink[k].qty;
    }
    struct solution s =
        solve(&a, m, &(struct solve_params){.gap = 0.01, .threads = 1, .rounds = 40});
    CHECK(isfinite(s.objective) && isfinite(s.bound));
    CHECK(s.bound <= s.objective * (1 + 1e-9) + 1e-9);
    CHECK(plan_excess(m, &s.plan) < 1e-6);
    CHECK(s.objective <= plan_value(&a, m, &(struct plan){0}).total * (1 + 1e-9));
    arena_free(&a);
}

static void degenerate_models(void)
{
    seeds_run(15, whatever_the_numbers_are_there_is_a_plan_and_a_bound);
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
    RUN(possible_shipments_are_as_many_as_when_each_is_asked);
    RUN(the_same_model_gives_the_same_bytes);
    RUN(lines_are_opened_whole_and_near_the_bound);
    RUN(a_change_is_planned_from_what_was_known);
    RUN(lots_and_sinks_may_come_go_and_move);
    RUN(moving_away_from_a_plan_is_charged_and_happens_less);
    RUN(the_charge_is_that_of_the_model);
    RUN(a_budget_of_nearly_nothing_leaves_the_bound_sound);
    RUN(weights_are_those_of_a_model_that_has_them);
    RUN(nothing_is_a_plan_where_there_is_nothing);
    RUN(degenerate_models);
    RUN(two_threads_give_the_same_bytes_as_one);
    return tap_done();
}
