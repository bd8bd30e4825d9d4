/*
 * read.c - how fast transcripts are read, step by step, beside ICU's word boundaries.
 *
 *     read JSON MEGABYTES FILE...
 *     read words FILE...
 *
 * The first form reads the files over and over until that many megabytes were
 * read, and prints for each step, with all steps before it, the megabytes a
 * second of processor time: plain text, turns, words and sentences, the whole
 * reading. The peer, in the same run and in turn with ours, is ICU's word break
 * iterator over the same bytes. That is the best kept public code for the one
 * step that every reader of language must take, and it takes only that one: a
 * ratio of 1 means that all of reading costs what ICU takes to find the words.
 * (wc -w only looks for white space, and does not know a word from a mark.)
 *
 * The second form is that peer as a program: it opens the files, counts their
 * words and prints the count. Medians of three.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "base/buf.h"
#include "read/plain.h"
#include "read/read.h"
#include "read/turns.h"

#include "load.h"
#include "read/words.h"

enum step { STEP_PLAIN, STEP_TURNS, STEP_WORDS, STEP_ALL, STEP_PEER, STEPS };
enum { TRIALS = 3 };

static const char *const step_names[STEPS] = {"plain text", "and turns", "and words",
                                              "the whole reading", "ICU words"};

static _Noreturn void stop(const char *why)
{
    fprintf(stderr, "read: %s\n", why);
    exit(1);
}

static int64_t cpu_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* How many words ICU finds. */
static uint64_t icu_words(UBreakIterator *it, struct text t)
{
    UErrorCode status = U_ZERO_ERROR;
    UText *text = utext_openUTF8(NULL, t.bytes, (int64_t)t.len, &status);
    ubrk_setUText(it, text, &status);
    if (U_FAILURE(status)) stop(u_errorName(status));
    uint64_t n = 0;
    while (ubrk_next(it) != UBRK_DONE) n += ubrk_getRuleStatus(it) >= UBRK_WORD_NONE_LIMIT;
    utext_close(text);
    return n;
}

static UBreakIterator *icu_open(void)
{
    UErrorCode status = U_ZERO_ERROR;
    UBreakIterator *it = ubrk_open(UBRK_WORD, "en", NULL, 0, &status);
    if (U_FAILURE(status)) stop(u_errorName(status));
    return it;
}

/* Take one document up to the step; a number of what was found, so that nothing is left out. */
static uint64_t take(struct arena *a, UBreakIterator *it, enum step step, struct text t)
{
    struct err err = {0};
    struct reading r;
    struct plain p;
    struct talk talk;
    struct words ws = {0};
    if (step == STEP_PEER) return icu_words(it, t);
    if (step == STEP_ALL) {
        if (read_document(a, t.bytes, t.len, &r, &err)) stop(err.msg);
        return r.turn_count + r.said_count;
    }
    if (plain_make(a, t.bytes, t.len, &p, &err)) stop(err.msg);
    if (step == STEP_PLAIN) return p.len;
    talk_of(a, &p, t.bytes, &talk);
    if (step == STEP_TURNS) return talk.count;
    for (uint32_t i = 0; i < talk.count; i++)
        words_of(a, &p, talk.turns[i].begin, talk.turns[i].end, &ws);
    return ws.count;
}

static int by_size(const void *x, const void *y)
{
    const int64_t *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

/* Nothing prints a fraction in this project but by whole numbers: n / d to one place. */
static const char *tenths(char out[24], int64_t n, int64_t d)
{
    int64_t t = d ? (n * 10 + d / 2) / d : 0;
    snprintf(out, 24, "%" PRId64 ".%" PRId64, t / 10, t % 10);
    return out;
}

static const char *hundredths(char out[24], int64_t n, int64_t d)
{
    int64_t h = d ? (n * 100 + d / 2) / d : 0;
    snprintf(out, 24, "%" PRId64 ".%02" PRId64, h / 100, h % 100);
    return out;
}

static void measure(const struct text *texts, int count, uint64_t rounds, int64_t us[STEPS][TRIALS])
{
    struct arena a = {0};
    UBreakIterator *it = icu_open();
    uint64_t found = 0;
    for (int s = 0; s < STEPS; s++) found += take(&a, it, (enum step)s, texts[0]); /* tables */
    for (int trial = 0; trial < TRIALS; trial++) {
        for (int s = 0; s < STEPS; s++) {
            int64_t begin = cpu_us();
            for (uint64_t r = 0; r < rounds; r++) {
                for (int i = 0; i < count; i++) {
                    found += take(&a, it, (enum step)s, texts[i]);
                    arena_reset(&a);
                }
            }
            us[s][trial] = cpu_us() - begin;
        }
    }
    if (!found) stop("nothing was found");
    ubrk_close(it);
    arena_free(&a);
}

static void print_steps(const char *json, uint64_t bytes, int64_t us[STEPS][TRIALS])
{
    char speed[24], ratio[24];
    FILE *f = fopen(json, "a");
    if (!f) stop(json);
    for (int s = 0; s < STEPS; s++) qsort(us[s], TRIALS, sizeof us[s][0], by_size);
    int64_t peer = us[STEP_PEER][TRIALS / 2];
    for (int s = 0; s < STEPS; s++) {
        int64_t ours = us[s][TRIALS / 2];
        tenths(speed, (int64_t)bytes, ours);
        hundredths(ratio, ours, peer);
        printf("%-34s %8s %8s\n", step_names[s], speed, ratio);
        fprintf(f, "{\"bench\":\"read: %s\",\"trials\":%d,\"mb_s\":%s,\"cpu_ratio\":%s}\n",
                step_names[s], TRIALS, speed, ratio);
    }
    if (fclose(f)) stop(json);
}

static int count_words(char **paths)
{
    UBreakIterator *it = icu_open();
    uint64_t n = 0;
    for (; *paths; paths++) {
        struct arena a = {0};
        n += icu_words(it, load(&a, *paths));
        arena_free(&a);
    }
    ubrk_close(it);
    printf("%" PRIu64 "\n", n);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc > 2 && !strcmp(argv[1], "words")) return count_words(argv + 2);
    uint64_t mb = argc > 3 ? strtoull(argv[2], NULL, 10) : 0;
    if (!mb) {
        fputs("usage: read JSON MEGABYTES FILE...\n       read words FILE...\n", stderr);
        return 2;
    }
    struct arena a = {0};
    int64_t us[STEPS][TRIALS];
    uint64_t bytes = 0;
    struct text *texts = NEW_ARRAY(&a, (size_t)argc, struct text);
    for (int i = 3; i < argc; i++) {
        texts[i - 3] = load(&a, argv[i]);
        bytes += texts[i - 3].len;
    }
    if (!bytes) stop("the files are empty");
    uint64_t rounds = mb * 1000000 / bytes + 1;
    measure(texts, argc - 3, rounds, us);
    print_steps(argv[1], bytes * rounds, us);
    arena_free(&a);
    return 0;
}
