/*
 * plan_again.c - planning again after one change: plan_again SIZE SEED GAP.
 *
 * A plan is made, one thing is changed, and a solver for the new model takes
 * over what was known: a line for each kind of change, first where it matters
 * as usual, then where it matters most. CPU milliseconds from the new model to
 * its plan, gap, rounds, and how much of what is shipped (by value) is shipped
 * as before; the same where the plan before was at rest (solver_rest()); and in
 * brackets what planning the changed model from nothing takes.
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

static struct solution again(const struct model *m, const struct model *changed,
                             const struct solver *known, const struct solution *before,
                             const struct solve_params *p)
{
    struct arena a = {0};
    double begun = cpu();
    struct solver *s = solver_new(&a, changed);
    solver_take(s, known, NULL, NULL);
    struct solution warm = solver_run(s, &a, p);
    printf(" %8.1f %8.6f %4u %6.2f %% ", cpu() - begun, warm.gap, warm.rounds,
           100 * change_kept(m, &before->plan, &warm.plan));
    arena_free(&a);
    return warm; /* its numbers */
}

int main(int argc, char **argv)
{
    if (argc < 4) return fprintf(stderr, "plan_again SIZE SEED GAP\n"), 2;
    struct arena a = {0};
    struct model *m = generated_model(&a, generate(&a, argv[1][0], strtoull(argv[2], NULL, 10), 0));
    struct solve_params p = {.gap = atof(argv[3]), .threads = 1};
    struct solver *s = solver_new(&a, m), *rests = solver_new(&a, m);
    double begun = cpu();
    struct solution before = solver_run(s, &a, &p);
    double made = cpu();
    solver_run(rests, &a, &p);
    double again_made = cpu();
    struct solution rest = solver_rest(rests, &a, &p, NULL);
    printf("%-36s %8.1f %8.6f %4u            %8.1f %8.6f %4u\n", "the plan before, and at rest",
           made - begun, before.gap, before.rounds, cpu() - again_made, rest.gap, rest.rounds);
    for (int c = 0; c < CHANGES; c++) {
        const struct model *changed = model_with(&a, m, &before, (enum change)c);
        printf("%-36s", change_name((enum change)c));
        struct solution one = again(m, changed, s, &before, &p);
        struct solution other = again(m, changed, rests, &rest, &p);
        begun = cpu();
        struct solution cold = solve(&a, changed, &p);
        printf("  (%.0f)\n", cpu() - begun);
        if (fmax(one.bound, other.bound) > cold.objective ||
            cold.bound > fmin(one.objective, other.objective)) {
            puts("the bounds cross");
        }
        fflush(stdout);
    }
    arena_free(&a);
    return 0;
}
