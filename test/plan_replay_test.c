/* plan_replay_test.c - month by month without foresight: what was sent stays, and nothing is lost.
 */
#include "plan/replay.h"

#include "planned/feasible.h"
#include "planned/generate.h"
#include "planned/judge.h"
#include "planned/small.h"
#include "planned/solvers.h"

static struct temp temp;
static const struct solve_params usual = {.gap = 1e-3, .threads = 1};

static struct model *drawn(struct arena *a, struct rng *r)
{
    struct small shape = {.lots = 1 + (int32_t)rng_below(r, 25),
                          .sinks = 1 + (int32_t)rng_below(r, 12),
                          .months = 2 + (int32_t)rng_below(r, 8),
                          .lines = rng_one_in(r, 4),
                          .whole = rng_one_in(r, 4)};
    return small_model(a, r, &shape);
}

static const int32_t *months(struct arena *a, struct rng *r, const struct model *m, int32_t count)
{
    int32_t *list = NEW_ARRAY(a, (size_t)count + 1, int32_t);
    for (int32_t i = 0; i < count; i++) list[i] = (int32_t)rng_below(r, (uint32_t)m->months);
    return list;
}

static void without_foresight(struct rng *r)
{
    struct arena a = {0};
    struct model *m = drawn(&a, r);
    struct known known = {months(&a, r, m, m->lots), months(&a, r, m, m->sinks)};
    struct plan p = replay_plan(&a, m, &known, &usual);
    for (size_t i = 0; i < p.count; i++) {
        const struct shipment *s = &p.ship[i];
        int32_t system = m->sink[s->sink].system, asks = system >= 0 ? system : s->sink;
        CHECK(shipment_leaves(m, s) >= known.lot[s->lot]);
        CHECK(shipment_leaves(m, s) >= known.sink[asks]);
    }
    CHECK(plan_excess(m, &p) < 1e-6);
    arena_free(&a);
}

static void a_replay_keeps_every_limit_and_looks_ahead_of_nothing(void)
{
    seeds_run(60, without_foresight);
}

static void plan_check_passes_a_replay_in_both_forms(void)
{
    struct arena a = {0};
    struct err err;
    const struct generated *g = generate(&a, 'S', 3, 0);
    struct model *m = generated_model(&a, g);
    int32_t *lot = NEW_ARRAY(&a, (size_t)m->lots, int32_t);
    for (int32_t l = 0; l < m->lots; l++) lot[l] = g->lot[l].announced;
    struct plan p = replay_plan(&a, m, &(struct known){.lot = lot}, &usual);
    double total = plan_value(&a, m, &p).total;
    CHECK(p.count > 100 && total < 0.6 * plan_value(&a, m, &(struct plan){0}).total);
    for (enum mps_form form = MPS_PATH; form <= MPS_ARC; form++) {
        const char *mps = temp_path(&temp, "m.mps"), *answer = temp_path(&temp, "p.txt");
        solver_write(mps, m, form);
        FILE *f = fopen(answer, "w");
        CHECK(f && !mps_write_plan(m, NULL, form, &p, mps_to_file, f, &err));
        if (f) fclose(f);
        CHECK(judge_agrees(mps, answer, total));
    }
    arena_free(&a);
}

static struct plan joined(struct arena *a, const struct model *m, const struct plan *p,
                          const struct plan *more, struct rest *of)
{
    struct plan all = {.ship = NEW_ARRAY(a, p->count + more->count + 1, struct shipment)};
    for (size_t i = 0; i < p->count; i++) all.ship[all.count++] = p->ship[i];
    for (size_t i = 0; i < more->count; i++) {
        struct shipment s;
        if (!rest_shipment(of, &more->ship[i], &s)) continue;
        CHECK(s.hub < m->hubs);
        all.ship[all.count++] = s;
    }
    return all;
}

/*
 * Stop a good plan at any month and plan the rest: together they are as good as
 * it was. Anything of the past that the rest forgot, or got for nothing, shows.
 */
static void stopped(struct rng *r)
{
    struct arena a = {0};
    struct model *m = drawn(&a, r);
    struct solution s = solve(&a, m, &usual);
    int32_t now = (int32_t)rng_below(r, (uint32_t)m->months);
    struct plan past = {.ship = NEW_ARRAY(&a, s.plan.count + 1, struct shipment)};
    for (size_t i = 0; i < s.plan.count; i++) {
        if (shipment_leaves(m, &s.plan.ship[i]) < now) past.ship[past.count++] = s.plan.ship[i];
    }
    struct rest rest;
    rest_of(&a, m, NULL, now, &past, &rest);
    struct solution more = solve(&a, rest.model, &usual);
    struct plan all = joined(&a, m, &past, &more.plan, &rest);
    double total = plan_value(&a, m, &all).total, allowed = 1e-3 * more.objective;
    CHECK(plan_excess(m, &all) < 1e-6);
    if (more.reached) CHECK(total <= s.value.total + allowed + 1e-6 * (1 + s.value.total));
    CHECK(total >= s.bound - 1e-6 * (1 + s.bound));
    for (size_t i = past.count; i < all.count; i++) {
        CHECK(shipment_leaves(m, &all.ship[i]) >= now);
    }
    if (!tap_this_ok) printf("# month %d: %.9g, was %.9g\n", now, total, s.value.total);
    arena_free(&a);
}

static void a_plan_stopped_and_planned_on_is_as_good(void)
{
    seeds_run(150, stopped);
}

static void with_nothing_sent_the_rest_is_the_whole(void)
{
    struct arena a = {0};
    const struct model *m = generated_model(&a, generate(&a, 'S', 2, 0));
    struct plan nothing = {0};
    struct rest rest;
    rest_of(&a, m, NULL, 0, &nothing, &rest);
    CHECK_I64(rest.model->lots, m->lots);
    CHECK_I64(rest.model->sinks, m->sinks);
    CHECK(
        solver_same(plan_value(&a, rest.model, &nothing).total, plan_value(&a, m, &nothing).total));
    struct solution s = solve(&a, m, &usual), t = solve(&a, rest.model, &usual);
    CHECK(t.objective >= s.bound && s.objective >= t.bound);
    arena_free(&a);
}

/* Not a law, but these are what the planner is for: it must beat practice where it can see. */
static void the_plan_beats_every_rule_on_made_up_instances(void)
{
    for (uint64_t seed = 1; seed <= 3; seed++) {
        struct arena a = {0};
        const struct generated *g = generate(&a, 'S', seed, 0);
        struct model *m = generated_model(&a, g);
        int32_t *lot = NEW_ARRAY(&a, (size_t)m->lots, int32_t);
        int32_t *sink = NEW_ARRAY(&a, (size_t)m->sinks, int32_t);
        for (int32_t l = 0; l < m->lots; l++) lot[l] = g->lot[l].announced;
        for (int32_t k = 0; k < m->sinks; k++) sink[k] = g->sink[k].announced;
        struct replay_row row[REPLAY_WAYS];
        replay_all(&a, m, &(struct known){lot, sink}, &usual, row);
        for (int way = 0; way < REPLAY_PLAN; way++) {
            CHECK(row[REPLAY_PLAN].value.total < row[way].value.total);
            CHECK(row[REPLAY_PLAN].value.on_time > row[way].value.on_time);
        }
        CHECK(row[REPLAY_FORESIGHT].value.total < row[REPLAY_PLAN].value.total);
        if (!tap_this_ok) printf("# seed %" PRIu64 "\n", seed);
        arena_free(&a);
    }
}

static bool until_third(void *ctx, uint64_t done, uint64_t total)
{
    (void)ctx, (void)total;
    return done < 3;
}

static void a_watch_stops_it_between_months(void)
{
    struct arena a = {0};
    const struct model *m = generated_model(&a, generate(&a, 'S', 2, 0));
    struct watch watch = {.step = until_third};
    struct solve_params params = usual;
    params.watch = &watch;
    struct plan p = replay_plan(&a, m, NULL, &params);
    CHECK(p.count > 0);
    for (size_t i = 0; i < p.count; i++) CHECK(shipment_leaves(m, &p.ship[i]) < 3);
    arena_free(&a);
}

int main(int argc, char **argv)
{
    (void)argc;
    judge_find(argv[0]);
    temp_make(&temp);
    RUN(a_replay_keeps_every_limit_and_looks_ahead_of_nothing);
    RUN(plan_check_passes_a_replay_in_both_forms);
    RUN(a_plan_stopped_and_planned_on_is_as_good);
    RUN(with_nothing_sent_the_rest_is_the_whole);
    RUN(the_plan_beats_every_rule_on_made_up_instances);
    RUN(a_watch_stops_it_between_months);
    temp_remove(&temp);
    return tap_done();
}
