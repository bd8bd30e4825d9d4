/*
 * asked.h - what bench/book_ask.c, bench/book_peer.c and bench/book/duck.mjs agree on.
 *
 * Each engine writes two files for bench/book_agree.c: NAME.answers has a row
 * of an answer a line, "question TAB key/key TAB number TAB number...", and
 * NAME.times a question a line, "question TAB milliseconds of processor time".
 *
 * A time is the median of a number of trials, after one that warms up and
 * gives the answer. A trial repeats the question until it has taken a while,
 * so that a clock can tell. Q3 is of one promise, each time another one: of
 * PROMISES they are asked in the order of asked_promise().
 */
#ifndef MUSTER_BENCH_BOOK_ASKED_H
#define MUSTER_BENCH_BOOK_ASKED_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
    ASKED_SHOWN = 200,   /* promises of which the answer is compared */
    ASKED_TRIALS = 5,    /* BENCH_TRIALS */
    ASKED_MS = 10,       /* of processor time that a trial takes, or more */
    ASKED_LONG_MS = 2000 /* a question that takes so long is asked three times, and no more */
};

/* From 1; `i` counts the askings. */
static inline uint32_t asked_promise(uint32_t i, uint32_t promises)
{
    return 1 + (uint32_t)(i * UINT64_C(2654435761) % promises);
}

/* Ask once; answer != NULL: write the rows there. */
typedef void ask_fn(void *ctx, uint32_t promise, FILE *answer);
typedef double cpu_fn(void *ctx); /* milliseconds so far */

/* Of this process. */
static inline double asked_own_ms(void *ctx)
{
    struct timespec t;
    (void)ctx;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static inline int asked_by_size(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return a < b ? -1 : a > b;
}

/* The answer, then the median of the trials, in milliseconds a question. */
static inline double asked_time(ask_fn *ask, cpu_fn *cpu, void *ctx, uint32_t promises, bool one,
                                FILE *answer)
{
    double took[31];
    const char *wish = getenv("BENCH_TRIALS");
    int trials = wish ? atoi(wish) : ASKED_TRIALS;
    uint32_t turn = 0;
    double begin = cpu(ctx);
    for (uint32_t i = 0; i < (one ? ASKED_SHOWN : 1); i++) {
        ask(ctx, asked_promise(i, promises), answer);
    }
    if (trials < 1 || trials > 31) trials = ASKED_TRIALS;
    if (cpu(ctx) - begin > ASKED_LONG_MS && trials > 3) trials = 3;
    for (int t = 0; t < trials; t++) {
        uint32_t times = 0, more = 1;
        begin = cpu(ctx);
        do {
            for (uint32_t i = 0; i < more; i++) ask(ctx, asked_promise(turn++, promises), NULL);
            times += more;
            if (more < 1024) more *= 2;
            took[t] = cpu(ctx) - begin;
        } while (took[t] < ASKED_MS);
        took[t] /= times;
    }
    qsort(took, (size_t)trials, sizeof *took, asked_by_size);
    return took[trials / 2];
}

#endif
