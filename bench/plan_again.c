/*
 * plan_again.c - planning again after one change: plan_again SIZE SEED GAP [GAP-BEFORE].
 *
 * A plan is made (to GAP-BEFORE, if that is given), one thing is changed, and
 * a solver for the new model takes over what was known: a line for each kind of
 * change, first where it matters most, then where it matters as usual. CPU
 * milliseconds from the new model to its plan, gap, rounds, how much of what is
 * shipped (by value) is shipped as before, and in brackets what planning the
 * changed model from nothing takes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "plan/solve.h"
#include "planned/changes.h"

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + 1e-6 * (double)t.tv_nsec;
}

static void again(struct solver *known, const struct model *m, const struct solution *before,
                  enum change change, const struct solve_params *p)
{
    struct arena a = {0};
    const struct model *changed = model_with(&a, m, before, change);
    double begun = cpu();
    struct solver *s = solver_new(&a, changed);
    solver_take(s, known, NULL, NULL);
    struct solution warm = solver_run(s, &a, p);
    double middle = cpu();
    struct solution cold = solve(&a, changed, p);
    double ended = cpu();
    printf("%-36s %8.1f %8.6f %4u %6.2f %%   (%.0f)\n", change_name(change), middle - begun,
           warm.gap, warm.rounds, 100 * change_kept(m, &before->plan, &warm.plan), ended - middle);
    if (warm.bound > cold.objective || cold.bound > warm.objective) puts("the bounds cross");
    fflush(stdout);
    arena_free(&a);
}

int main(int argc, char **argv)
{
    if (argc < 4) return fprintf(stderr, "plan_again SIZE SEED GAP [GAP-BEFORE]\n"), 2;
    struct arena a = {0};
    struct model *m = generated_model(&a, generate(&a, argv[1][0], strtoull(argv[2], NULL, 10), 0));
    struct solve_params p = {.gap = atof(argv[3]), .threads = 1}, first = p;
    if (argc > 4) first.gap = atof(argv[4]);
    struct solver *s = solver_new(&a, m);
    double begun = cpu();
    struct solution before = solver_run(s, &a, &first);
    printf("%-36s %8.1f %8.6f %4u\n", "the plan before", cpu() - begun, before.gap, before.rounds);
    for (int c = 0; c < CHANGES; c++) again(s, m, &before, (enum change)c, &p);
    arena_free(&a);
    return 0;
}
