/*
 * plan.c - how long a plan takes: plan SIZE SEED GAP [THREADS [LINES]].
 *
 * Prints one line: CPU and wall seconds, memory, objective, bound, gap. The
 * clock begins when the model is there and ends when the plan is.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "plan/solve.h"
#include "planned/generate.h"

static double seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double peak_mb(void)
{
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    return (double)use.ru_maxrss / 1024;
}

int main(int argc, char **argv)
{
    if (argc < 4) return fprintf(stderr, "plan SIZE SEED GAP [THREADS [LINES]]\n"), 2;
    struct arena a = {0};
    uint64_t seed = strtoull(argv[2], NULL, 10);
    int32_t lines = argc > 5 ? atoi(argv[5]) : 0;
    const struct model *m = generated_model(&a, generate(&a, argv[1][0], seed, lines));
    struct solve_params p = {.gap = atof(argv[3]),
                             .threads = argc > 4 ? (uint32_t)atoi(argv[4]) : 1};
    double before = peak_mb();
    double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID), wall = seconds(CLOCK_MONOTONIC);
    struct solution s = solve(&a, m, &p);
    cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    wall = seconds(CLOCK_MONOTONIC) - wall;
    printf("%s seed %s: cpu %.4f wall %.4f MB %.1f (model %.1f) objective %.8g bound %.8g gap %.6f "
           "rounds %u iterations %llu columns %u shipments %zu on time %.3f\n",
           argv[1], argv[2], cpu, wall, peak_mb(), before, s.objective, s.bound, s.gap, s.rounds,
           (unsigned long long)s.iterations, s.columns, s.plan.count, s.value.on_time);
    arena_free(&a);
    return 0;
}
