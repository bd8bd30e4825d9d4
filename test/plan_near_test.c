/*
 * plan_near_test.c - planning again after one change, of every kind.
 *
 * A cold plan of the changed model is the judge: neither bound may cross the
 * other's plan. That shipments can be carried out is held against the model,
 * and by the judge of solution files, which shares no code with the planner.
 */
#include "plan/near.h"
#include "planned/changes.h"
#include "planned/feasible.h"
#include "planned/judge.h"
#include "planned/solvers.h"
#include "tap.h"

static struct temp temp;

/* The plan passes plan-check, in the file that users write first. */
static void passes(const struct model *m, const struct solution *s)
{
    struct err err;
    const char *mps = temp_path(&temp, "m.mps"), *answer = temp_path(&temp, "s.txt");
    solver_write(mps, m, MPS_PATH);
    FILE *f = fopen(answer, "w");
    CHECK(f && !mps_write_plan(m, NULL, MPS_PATH, &s->plan, mps_to_file, f, &err));
    if (f) fclose(f);
    CHECK(judge_agrees(mps, answer, s->objective));
}

static const struct solve_params usual = {.gap = 0.001, .threads = 1};

/* One of each kind, planned by what is known of the model before. */
static struct solution again(struct arena *a, const struct solver *known, const struct model *m,
                             const struct solve_params *p)
{
    struct solver *s = solver_new(a, m);
    solver_take(s, known, NULL, NULL);
    return solver_run(s, a, p);
}

static void every_kind_of_change_is_planned_again_and_agrees_with_a_cold_plan(void)
{
    for (uint64_t seed = 1; seed <= 3; seed++) {
        struct arena a = {0};
        struct model *m = generated_model(&a, generate(&a, seed == 3 ? 'M' : 'S', seed, 0));
        struct solver *s = solver_new(&a, m);
        struct solution before = solver_run(s, &a, &usual);
        for (int c = 0; c < CHANGES; c++) {
            const struct model *n = model_with(&a, m, &before, (enum change)c);
            struct solution warm = again(&a, s, n, &usual), cold = solve(&a, n, &usual);
            CHECK(warm.reached && warm.gap <= 0.001);
            CHECK(plan_excess(n, &warm.plan) < 1e-9);
            CHECK(warm.bound <= cold.objective && cold.bound <= warm.objective);
            CHECK(fabs(warm.objective - cold.objective) <= 0.0011 * cold.objective);
            CHECK(fabs(warm.objective - plan_value(&a, n, &warm.plan).total) <
                  1e-9 * warm.objective);
            if (m->lots < 1000) passes(n, &warm);
            if (!tap_this_ok) printf("# %s, seed %d\n", change_name((enum change)c), (int)seed);
        }
        arena_free(&a);
    }
}

static void the_same_change_gives_the_same_bytes(void)
{
    struct arena a = {0};
    struct model *m = generated_model(&a, generate(&a, 'M', 2, 0));
    struct solver *s = solver_new(&a, m);
    struct solution before = solver_run(s, &a, &usual);
    for (int c = 0; c < CHANGES; c++) {
        const struct model *n = model_with(&a, m, &before, (enum change)c);
        struct solution one = again(&a, s, n, &usual), other = again(&a, s, n, &usual);
        CHECK(one.bound == other.bound && one.objective == other.objective);
        CHECK(one.plan.count == other.plan.count &&
              memcmp(one.plan.ship, other.plan.ship, one.plan.count * sizeof *one.plan.ship) == 0);
    }
    arena_free(&a);
}

static void where_nothing_changes_the_plan_stays_to_the_last_shipment(void)
{
    struct arena a = {0};
    struct model *m = generated_model(&a, generate(&a, 'M', 1, 0));
    struct solver *s = solver_new(&a, m);
    struct solution before = solver_run(s, &a, &usual), after = again(&a, s, m, &usual);
    CHECK_I64((int64_t)after.iterations, 0);
    CHECK_I64((int64_t)after.plan.count, (int64_t)before.plan.count);
    size_t same = 0;
    for (size_t i = 0; i < before.plan.count && i < after.plan.count; i++) {
        const struct shipment *x = &before.plan.ship[i], *y = &after.plan.ship[i];
        same += shipment_order(x, y) == 0 && fabs(x->qty - y->qty) <= 1e-9 * m->lot[x->lot].qty;
    }
    CHECK_I64((int64_t)same, (int64_t)before.plan.count);
    arena_free(&a);
}

static void what_is_charged_for_moving_is_what_the_plan_moved(void)
{
    for (int c = 0; c < CHANGES; c++) {
        struct arena a = {0};
        struct model *m = generated_model(&a, generate(&a, 'S', 3, 0));
        struct solver *s = solver_new(&a, m);
        struct solution before = solver_run(s, &a, &usual);
        struct solve_stay stay = {before.plan.ship, before.plan.count, 1e-8};
        struct solve_params p = {.gap = 0.001, .threads = 1, .stay = &stay};
        const struct model *n = model_with(&a, m, &before, (enum change)c);
        struct solution warm = again(&a, s, n, &p), cold = solve(&a, n, &p);
        CHECK(warm.reached && plan_excess(n, &warm.plan) < 1e-9);
        CHECK(warm.bound <= cold.objective && cold.bound <= warm.objective);
        CHECK(fabs(warm.objective - warm.value.total - warm.charged) < 1e-6 * warm.objective);
        if (!tap_this_ok) printf("# %s\n", change_name((enum change)c));
        arena_free(&a);
    }
}

/* As `plan what-if` asks: prices that prove more than the plan that was shown, and a charge. */
static void a_small_change_leaves_nearly_all_shipments_as_they_were(void)
{
    static const enum change small[] = {CHANGE_LOT_NEW,   CHANGE_LOT_MORE,  CHANGE_LOT_GONE,
                                        CHANGE_NEED_MORE, CHANGE_NEED_GONE, CHANGE_SYSTEMS_MORE};
    for (uint64_t seed = 1; seed <= 2; seed++) {
        struct arena a = {0};
        struct model *m = generated_model(&a, generate(&a, 'M', seed, 0));
        struct solver *s = solver_new(&a, m);
        struct solution shown = solver_run(s, &a, &usual);
        struct solution rest = solver_rest(s, &a, &usual, &shown.plan);
        CHECK(rest.gap <= SOLVE_AT_REST * usual.gap);
        CHECK(rest.bound >= shown.bound && rest.bound <= shown.objective);
        struct solve_stay stay = {shown.plan.ship, shown.plan.count, 3e-8};
        struct solve_params p = {.gap = 0.001, .threads = 1, .stay = &stay};
        for (size_t c = 0; c < sizeof small / sizeof *small; c++) {
            const struct model *n = model_with(&a, m, &shown, small[c]);
            struct solution warm = again(&a, s, n, &p), cold = solve(&a, n, &usual);
            double kept = change_kept(m, &shown.plan, &warm.plan);
            CHECK(warm.reached && plan_excess(n, &warm.plan) < 1e-9);
            CHECK(cold.bound <= warm.objective);
            CHECK(kept > 0.96);
            CHECK(kept > change_kept(m, &shown.plan, &cold.plan));
            if (!tap_this_ok) printf("# %s, seed %d: %g\n", change_name(small[c]), (int)seed, kept);
        }
        arena_free(&a);
    }
}

/* Nothing is lost by making a solver stand by a plan that it made itself. */
static void a_plan_that_a_solver_stands_by_is_where_it_begins(void)
{
    struct arena a = {0};
    struct model *m = generated_model(&a, generate(&a, 'S', 2, 0));
    struct solver *s = solver_new(&a, m);
    struct solution first = solver_run(s, &a, &usual);
    solver_run(s, &a, &(struct solve_params){.gap = 1e-4, .threads = 1});
    solver_stand(s, &first.plan);
    struct solution again_first = solver_run(s, &a, &usual);
    CHECK_I64((int64_t)again_first.iterations, 0);
    CHECK_I64((int64_t)again_first.plan.count, (int64_t)first.plan.count);
    CHECK(fabs(again_first.objective - first.objective) <= 1e-9 * first.objective);
    arena_free(&a);
}

/* What the plan before uses of budgets, and what givers bear by it. */
static struct standing standing_of(struct arena *a, const struct solver *s)
{
    struct standing p = {.left = NEW_ARRAY(a, (size_t)s->rows + 1, double),
                         .burden = NEW_ARRAY(a, (size_t)s->m->givers + 1, double)};
    memcpy(p.left, s->b, (size_t)s->rows * sizeof *p.left);
    for (uint32_t i = 0; i < s->lasts; i++) {
        const struct exact_lot *e = &s->exact[s->last[i].lot];
        p.left[s->budget0 + s->lot[s->last[i].lot].budget] -= e->paid * s->last[i].x;
        p.burden[e->giver] += e->burden * s->last[i].x;
    }
    return p;
}

/* Sinks that take what a lot is of, systems with their complements. */
static bool *sinks_for(struct arena *a, const struct solver *s, int32_t lot)
{
    const struct model *m = s->m;
    bool *sinks = NEW_ARRAY(a, (size_t)m->sinks + 1, bool);
    for (int32_t k = 0; k < m->sinks; k = s->sink[k].next) {
        bool any = false;
        for (int32_t j = k; j < s->sink[k].next; j++) {
            any |= s->family[m->sink[j].item] == s->family[m->lot[lot].item];
        }
        for (int32_t j = k; j < s->sink[k].next; j++) sinks[j] = any;
    }
    return sinks;
}

/* Of prices that do not move, how many did. */
static int64_t moved_others(const struct solver *s, const double *was, const bool *sinks,
                            const struct upset *upset)
{
    int64_t moved = 0;
    for (int32_t k = 0; k < s->m->sinks; k++) {
        for (uint32_t c = s->sink[k].cell; !sinks[k] && c < s->sink[k].cell + s->sink[k].cells; c++)
            moved += s->y[s->cell0 + (int32_t)c] != was[s->cell0 + (int32_t)c];
    }
    for (int32_t r = s->hub0; r < s->rows; r++) {
        if (r >= s->budget0 && r < s->giver0 && upset->budget[r - s->budget0]) continue;
        if (r >= s->giver0 && upset->giver[r - s->giver0]) continue;
        moved += s->y[r] != was[r];
    }
    return moved;
}

/*
 * The lot that matters most, three times as large or withdrawn. Prices prove what they prove, so
 * the bound must stay below a cold plan; and it must be most of the way there from where it was.
 */
static void a_family_finds_its_own_prices_and_moves_no_others(void)
{
    double gained = 0, missing = 0;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        struct arena a = {0};
        struct model *m = generated_model(&a, generate(&a, 'M', 1 + seed / 2, 0));
        struct solver *known = solver_new(&a, m);
        struct solution before = solver_run(known, &a, &(struct solve_params){.gap = 2e-4});
        enum change change = seed % 2 ? CHANGE_DEAR_LOT_MORE : CHANGE_DEAR_LOT_GONE;
        const struct model *n = model_with(&a, m, &before, change);
        struct solution cold = solve(&a, n, &(struct solve_params){.gap = 2e-4});
        struct solver *s = solver_new(&a, n);
        solver_take(s, known, NULL, NULL);
        struct standing plan = standing_of(&a, s);
        bool *sinks = sinks_for(&a, s, changed_lot(m, &before, true));
        struct upset upset = {NEW_ARRAY(&a, (size_t)n->lots + 1, bool),
                              NEW_ARRAY(&a, (size_t)n->sinks + 1, bool),
                              NEW_ARRAY(&a, (size_t)n->budgets + 1, bool),
                              NEW_ARRAY(&a, (size_t)n->givers + 1, bool)};
        double *was = NEW_ARRAY(&a, (size_t)s->rows, double);
        double least = engine_bound(s, s->y, NULL, NULL), bound = least;
        for (int i = 0; i < 3; i++) {
            struct upset then = upset;
            then.budget = changes_copy(&a, upset.budget, n->budgets + 1, sizeof(bool));
            then.giver = changes_copy(&a, upset.giver, n->givers, sizeof(bool));
            memcpy(was, s->y, (size_t)s->rows * sizeof *was);
            CHECK(engine_alone(s, &a, sinks, &plan, cold.objective - least, &upset));
            CHECK_I64(moved_others(s, was, sinks, &then), 0);
            bound = fmax(bound, engine_bound(s, s->y, NULL, NULL));
            CHECK(bound <= cold.objective);
        }
        gained += bound - least;
        missing += cold.bound - least;
        if (!tap_this_ok)
            printf("# seed %d: %g of %g\n", (int)seed, bound - least, cold.bound - least);
        arena_free(&a);
    }
    CHECK(gained > 0.7 * missing);
    printf("# %.0f %% of what the bounds were short of\n", 100 * gained / missing);
}

static bool is_in(const struct solver *s, int32_t l, const struct column *c)
{
    for (uint32_t j = s->lot_begin[l]; j < s->lot_begin[l + 1] && j < s->room; j++) {
        if (s->column[j].cell == c->cell && s->column[j].hub == c->hub) return true;
    }
    return false;
}

/* As at X after a change: a plan's shipments and half a million columns. The list here is longer
 * than it says, so that what is written behind its end can be told without a sanitizer. */
static void columns_that_come_in_leave_room_for_those_that_stay(void)
{
    enum { SPARE = 7 };
    struct arena a = {0};
    struct model *m = generated_model(&a, generate(&a, 'S', 1, 0));
    struct solver *s = solver_new(&a, m);
    solver_run(s, &a, &usual);
    uint32_t count = s->columns, all = s->room;
    uint32_t *begin = NEW_ARRAY(&a, (size_t)m->lots + 2, uint32_t);
    struct column *column = NEW_ARRAY(&a, count + 1, struct column);
    memcpy(begin, s->lot_begin, ((size_t)m->lots + 1) * sizeof *begin);
    memcpy(column, s->column, count * sizeof *column);
    struct wanted_list w = {.arena = &a, .least = -1e9};
    engine_bound(s, s->y, &w, NULL);
    CHECK(w.count > count && count + w.count < all);
    s->room = count + SPARE;
    CHECK(columns_renew(s, &w, INFINITY) > 0);
    CHECK(s->columns <= s->room);
    uint32_t lost = 0;
    for (int32_t l = 0; l < m->lots; l++) {
        for (uint32_t j = begin[l]; j < begin[l + 1]; j++) {
            lost += column[j].x > 0 && !is_in(s, l, &column[j]);
        }
    }
    CHECK_I64((int64_t)lost, 0);
    arena_free(&a);
}

int main(int argc, char **argv)
{
    (void)argc;
    judge_find(argv[0]);
    temp_make(&temp);
    RUN(every_kind_of_change_is_planned_again_and_agrees_with_a_cold_plan);
    RUN(the_same_change_gives_the_same_bytes);
    RUN(where_nothing_changes_the_plan_stays_to_the_last_shipment);
    RUN(what_is_charged_for_moving_is_what_the_plan_moved);
    RUN(a_small_change_leaves_nearly_all_shipments_as_they_were);
    RUN(a_plan_that_a_solver_stands_by_is_where_it_begins);
    RUN(a_family_finds_its_own_prices_and_moves_no_others);
    RUN(columns_that_come_in_leave_room_for_those_that_stay);
    temp_remove(&temp);
    return tap_done();
}
