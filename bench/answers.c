/*
 * answers.c - what the questions cost that pages ask of a folded book.
 *
 *     answers STORE [WORD]     (only those with the word in their name)
 *
 * Processor time of one question over the whole book, rows and text made too,
 * beside one book_sum() by line over the same book: the least that any pass
 * over all entries takes. The median of seven, after one to warm up.
 */
#include <inttypes.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "report/coverage.h"
#include "report/late.h"
#include "report/outlook.h"
#include "report/position.h"
#include "view/view.h"

enum { TRIALS = 7 };

static int64_t cpu_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static _Noreturn void stop(const char *why)
{
    fprintf(stderr, "answers: %s\n", why);
    exit(1);
}

struct asked {
    struct book *book;
    struct clocks at;
    const char *word;
};

/* A question of the book, made and rendered in the arena; its rows. */
typedef uint32_t question(struct arena *a, const struct asked *q);

static uint32_t rendered(struct arena *a, const struct answer *w)
{
    struct buf out = {.arena = a};
    answer_json(w, &out);
    return w->main ? w->main->count : w->lists[0]->count;
}

static uint32_t one_sum(struct arena *a, const struct asked *q)
{
    uint32_t count;
    book_lines(q->book, &count);
    uint32_t *key = NEW_ARRAY(a, count + 1, uint32_t);
    struct sums *out = NEW_ARRAY(a, 1, struct sums);
    book_sum(q->book, &q->at, key, 1, out);
    return 1;
}

static uint32_t coverage_by(struct arena *a, const struct asked *q, enum coverage_by by)
{
    struct coverage_question asked = {.at = q->at,
                                      .today = q->at.effective,
                                      .reached = STAGE_ANNOUNCED,
                                      .months = COVERAGE_MONTHS};
    struct coverage_shown shown = {.by = by};
    struct answer *w;
    struct err err;
    if (report_coverage(a, q->book, &asked, &shown, &w, &err)) stop(err.msg);
    return rendered(a, w);
}

static uint32_t coverage_needs(struct arena *a, const struct asked *q)
{
    return coverage_by(a, q, COVERAGE_BY_NEED);
}

static uint32_t coverage_receivers(struct arena *a, const struct asked *q)
{
    return coverage_by(a, q, COVERAGE_BY_RECEIVER);
}

static uint32_t late(struct arena *a, const struct asked *q)
{
    struct punctual_question asked = {.at = q->at};
    struct answer *w;
    struct err err;
    if (report_late(a, q->book, &asked, false, &w, &err)) stop(err.msg);
    return rendered(a, w);
}

static uint32_t outlook_by(struct arena *a, const struct asked *q, enum outlook_by by)
{
    struct outlook_question asked = {.at = q->at,
                                     .today = q->at.effective,
                                     .months = OUTLOOK_MONTHS,
                                     .reached = STAGE_CONSIDERED,
                                     .by = by};
    struct answer *w;
    struct err err;
    if (report_outlook(a, q->book, &asked, &w, &err)) stop(err.msg);
    return rendered(a, w);
}

static uint32_t outlook_items(struct arena *a, const struct asked *q)
{
    return outlook_by(a, q, OUTLOOK_ITEM);
}

static uint32_t stages(struct arena *a, const struct asked *q)
{
    struct exchange x = {.book = q->book, .at = q->at};
    struct position_question asked = {.at = q->at};
    struct answer *w;
    struct err err;
    if (report_stages(a, &x, &asked, &w, &err)) stop(err.msg);
    return rendered(a, w);
}

static void measure(const char *name, question *ask, const struct asked *q)
{
    int64_t took[TRIALS];
    uint32_t rows = 0;
    if (q->word && !strstr(name, q->word)) return;
    for (int i = -1; i < TRIALS; i++) {
        struct arena a = {0};
        int64_t begin = cpu_ns();
        rows = ask(&a, q);
        int64_t t = cpu_ns() - begin;
        arena_free(&a);
        int at = i;
        if (i < 0) continue;
        for (; at > 0 && took[at - 1] > t; at--) took[at] = took[at - 1];
        took[at] = t;
    }
    printf("%-34s %8" PRId64 ".%02" PRId64 " ms %8" PRIu32 " rows\n", name,
           took[TRIALS / 2] / 1000000, took[TRIALS / 2] / 10000 % 100, rows);
}

int main(int argc, char **argv)
{
    struct arena a = {0};
    struct err err = {0};
    struct store *store;
    struct view view;
    mallopt(M_MMAP_THRESHOLD, 4 * 1024 * 1024); /* as main.c does */
    if (argc < 2) stop("usage: answers STORE [WORD]");
    if (store_open(&a, argv[1], false, &store, &err)) stop(err.msg);
    if (view_open(&a, store, NULL, NULL, &view, &err)) stop(err.msg);
    struct asked q = {.book = view.book, .at = CLOCKS_NOW, .word = argc > 2 ? argv[2] : NULL};
    q.at.effective = (int32_t)(book_last_ms(view.book) / MS_PER_DAY);
    printf("%" PRIu32 " entries\n", book_columns(view.book)->count);
    measure("one sum over all entries", one_sum, &q);
    measure("coverage by need", coverage_needs, &q);
    measure("coverage by receiver", coverage_receivers, &q);
    measure("outlook by item", outlook_items, &q);
    measure("position by stage", stages, &q);
    measure("late", late, &q);
    store_close(store);
    arena_free(&a);
    return 0;
}
