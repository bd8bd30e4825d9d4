/*
 * plan_oracle_test.c - bounds, plans and files, judged by Clp, by Cbc and by trying everything.
 */
#include "planned/generate.h"
#include "planned/judge.h"
#include "planned/small.h"
#include "planned/solvers.h"
#include "planned/tried.h"

#include "plan/solve.h"

static struct temp temp;

/* --- trying everything --- */

static int tried, gained; /* models tried whole; of them, those where doing something is best */

/* Few shipments, but some. */
static struct model *tiny_model(struct arena *a, struct rng *r)
{
    for (int draw = 0;; draw++) {
        struct small shape = {.lots = 2 + (int32_t)rng_below(r, 3),
                              .sinks = 1 + (int32_t)rng_below(r, 3),
                              .months = 2 + (int32_t)rng_below(r, 2),
                              .lines = rng_one_in(r, 2)};
        struct model *m = small_model(a, r, &shape);
        struct trial t = {.m = m};
        for (int32_t i = 0; i < m->items; i++) m->item[i].whole = true;
        for (int32_t l = 0; l < m->lots; l++) m->lot[l].qty = fmin(m->lot[l].qty, 4.3);
        tried_columns(&t);
        if ((t.columns > 2 && t.columns <= TRIED_COLUMNS) || draw == 9) return m;
    }
}

static void whole_plan(struct rng *r)
{
    struct arena a = {0};
    struct model *m = tiny_model(&a, r);
    double best = tried_best(m, NULL, NULL), idle = plan_value(&a, m, &(struct plan){0}).total;
    if (!isinf(best)) {
        const char *mps = temp_path(&temp, "m.mps");
        tried++;
        gained += best < idle - 1e-6;
        struct solution s = solve(&a, m, &(struct solve_params){.gap = 1e-4, .threads = 1});
        CHECK(s.bound <= best + 1e-9 * (1 + best));
        CHECK(s.objective >= best - 1e-9 * (1 + best));
        CHECK(s.reached && s.objective <= s.bound / (1 - 1e-4) + 1e-9);
        if (solver_there("cbc")) {
            for (enum mps_form form = MPS_PATH; form <= MPS_ARC; form++) {
                solver_write(mps, m, form);
                double optimum = solver_optimum("cbc", mps, NULL);
                CHECK(solver_same(optimum, best));
                if (!tap_this_ok) printf("# form %d: %.9g, all: %.9g\n", form, optimum, best);
            }
        }
        if (!tap_this_ok) printf("# %.9g <= %.9g <= %.9g\n", s.bound, best, s.objective);
    }
    arena_free(&a);
}

static void whole_things_tried_to_the_last_plan_agree_with_cbc_and_the_bound(void)
{
    tried = gained = 0;
    seeds_run(200, whole_plan);
    printf("# %d models tried to the last plan, in %d of them something is sent\n", tried, gained);
    CHECK(!tap_this_ok || tried > 0);
}

/* --- Clp --- */

/* bound <= optimum <= objective <= bound / (1 - gap), and the plan passes as both files. */
static void agrees(const struct model *m, const char *by, double gap, bool must_reach)
{
    struct arena a = {0};
    struct err err;
    struct solution s = solve(&a, m, &(struct solve_params){.gap = gap, .threads = 1});
    const char *path = temp_path(&temp, "path.mps"), *arc = temp_path(&temp, "arc.mps"),
               *answer = temp_path(&temp, "plan.txt");
    const char *file[] = {[MPS_PATH] = path, [MPS_ARC] = arc};
    for (enum mps_form form = MPS_PATH; form <= MPS_ARC; form++) {
        solver_write(file[form], m, form);
        FILE *f = fopen(answer, "w");
        CHECK(f && !mps_write_plan(m, NULL, form, &s.plan, mps_to_file, f, &err));
        if (f) fclose(f);
        CHECK(judge_agrees(file[form], answer, s.objective));
    }
    double optimum = solver_optimum(by, arc, NULL), slack = 1e-7 * (1 + fabs(optimum));
    CHECK(s.bound <= optimum + slack);
    CHECK(s.objective >= optimum - slack);
    CHECK(!s.reached || s.objective <= s.bound / (1 - gap) + slack);
    CHECK(s.reached || !must_reach || s.objective < 1e-9);
    if (!tap_this_ok) printf("# %.9g <= %.9g <= %.9g\n", s.bound, optimum, s.objective);
    arena_free(&a);
}

static void parts(struct rng *r)
{
    struct arena a = {0};
    struct small shape = {.lots = 1 + (int32_t)rng_below(r, 30),
                          .sinks = 1 + (int32_t)rng_below(r, 14),
                          .months = 2 + (int32_t)rng_below(r, 9)};
    agrees(small_model(&a, r, &shape), "clp", 1e-3, false);
    arena_free(&a);
}

static void the_optimum_of_clp_lies_between_bound_and_plan(void)
{
    seeds_run(60, parts);
}

static void whole(struct rng *r)
{
    struct arena a = {0};
    struct small shape = {.lots = 1 + (int32_t)rng_below(r, 9),
                          .sinks = 1 + (int32_t)rng_below(r, 5),
                          .months = 2 + (int32_t)rng_below(r, 4),
                          .lines = true,
                          .whole = rng_one_in(r, 2)};
    agrees(small_model(&a, r, &shape), "cbc", 1e-4, true);
    arena_free(&a);
}

static void the_optimum_of_cbc_lies_between_bound_and_plan(void)
{
    seeds_run(150, whole);
}

static void made_up(struct rng *r)
{
    struct arena a = {0};
    agrees(generated_model(&a, generate(&a, 'S', rng_next(r) % 1000, 0)), "clp", 1e-3, false);
    arena_free(&a);
}

static void it_does_so_for_made_up_instances(void)
{
    seeds_run(4, made_up);
}

int main(int argc, char **argv)
{
    (void)argc;
    judge_find(argv[0]);
    temp_make(&temp);
    RUN(whole_things_tried_to_the_last_plan_agree_with_cbc_and_the_bound);
    RUN_WITH("clp", the_optimum_of_clp_lies_between_bound_and_plan);
    RUN_WITH("cbc", the_optimum_of_cbc_lies_between_bound_and_plan);
    RUN_WITH("clp", it_does_so_for_made_up_instances);
    temp_remove(&temp);
    return tap_done();
}
