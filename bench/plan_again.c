/*
 * plan_again.c - planning again after one change: plan_again SIZE SEED GAP [THREADS].
 *
 * One solver, run cold; then a lot is three times what it was, a lot is
 * withdrawn, a hub is closed for three months, each put back before the next. A
 * line each: CPU milliseconds, gap, rounds, and in brackets what a cold run of
 * the changed model takes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "plan/solve.h"
#include "planned/generate.h"

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + 1e-6 * (double)t.tv_nsec;
}

static void run(struct solver *s, const struct model *m, const struct solve_params *p,
                const char *what)
{
    struct arena a = {0};
    double begun = cpu();
    struct solution warm = solver_run(s, &a, p);
    double middle = cpu();
    struct solution cold = solve(&a, m, p);
    double ended = cpu();
    printf("%s\t%.1f\t%.6f\t%u\t(%.1f)\n", what, middle - begun, warm.gap, warm.rounds,
           ended - middle);
    if (warm.bound > cold.objective || cold.bound > warm.objective) puts("the bounds cross");
    arena_free(&a);
}

/* The lot whose price is highest, and a unit of which counts. */
static int32_t scarcest(const struct model *m, const struct solution *s)
{
    int32_t best = 0;
    for (int32_t l = 0; l < m->lots; l++) {
        if (s->price.lot[l] * m->lot[l].qty > s->price.lot[best] * m->lot[best].qty) best = l;
    }
    return best;
}

int main(int argc, char **argv)
{
    if (argc < 4) return fprintf(stderr, "plan_again SIZE SEED GAP [THREADS]\n"), 2;
    struct arena a = {0};
    const struct generated *g = generate(&a, argv[1][0], strtoull(argv[2], NULL, 10), 0);
    struct model *m = generated_model(&a, g);
    struct solve_params p = {.gap = atof(argv[3]),
                             .threads = argc > 4 ? (uint32_t)atoi(argv[4]) : 1};
    struct solver *s = solver_new(&a, m);
    double begun = cpu();
    struct solution first = solver_run(s, &a, &p);
    printf("cold\t%.1f\t%.6f\t%u\n", cpu() - begun, first.gap, first.rounds);
    int32_t lot = scarcest(m, &first);
    double qty = m->lot[lot].qty, capacity[3];
    m->lot[lot].qty = 3 * qty;
    solver_changed(s);
    run(s, m, &p, "a lot three times as large");
    m->lot[lot].qty = 0;
    solver_changed(s);
    run(s, m, &p, "that lot withdrawn");
    m->lot[lot].qty = qty;
    for (int t = 0; t < 3; t++) {
        double *c = &m->capacity[m->months / 3 + t];
        capacity[t] = *c;
        *c = 0;
    }
    solver_changed(s);
    run(s, m, &p, "a hub closed for three months");
    for (int t = 0; t < 3; t++) m->capacity[m->months / 3 + t] = capacity[t];
    solver_changed(s);
    run(s, m, &p, "all as it was");
    arena_free(&a);
    return 0;
}
