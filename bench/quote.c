/*
 * quote.c - quotations over a big store: how long, how well, how large.
 *
 *     quote STORE QUERIES JSON [PEERS]
 *
 * Opens the store's index (and so makes it, the first time: that is the build
 * time), asks every query of said.c three times and prints the median, the
 * ninth tenth and the slowest of the medians, wall clock in this process; and
 * how many verbatim queries were found verbatim, altered ones found at all and
 * strange ones called absent. With PEERS, a directory to write into, it also
 * writes what the peers need: pieces.sql's rows as tab-separated text.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include "base/text.h"
#include "find/find.h"

enum { TIMES = 3, KINDS = 3, QUERIES_MAX = 1000 };

static const char *const kinds[KINDS] = {"verbatim", "altered", "strange"};

static int64_t now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static _Noreturn void stop(const char *why)
{
    fprintf(stderr, "quote: %s\n", why);
    exit(1);
}

static int64_t rss_kb(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return u.ru_maxrss;
}

static int64_t file_bytes(const char *store, const char *tail)
{
    struct arena a = {0};
    struct stat st;
    int64_t n = stat(text_format(&a, "%s%s", store, tail), &st) == 0 ? (int64_t)st.st_size : 0;
    arena_free(&a);
    return n;
}

static int by_size(const void *x, const void *y)
{
    const int64_t *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

struct tally {
    int64_t took[QUERIES_MAX];
    uint32_t count, said[FIND_VERBATIM + 1];
    uint64_t compared;
};

static void ask(struct finder *f, const char *text, size_t len, struct tally *t)
{
    int64_t took[TIMES];
    struct find_quotation q;
    struct find_filter all = FIND_ALL;
    for (int i = 0; i < TIMES; i++) {
        struct arena a = {0};
        struct err err = {0};
        int64_t begin = now_us();
        if (find_quote(&a, f, text, len, &all, 5, &q, &err)) stop(err.msg);
        took[i] = now_us() - begin;
        arena_free(&a);
    }
    qsort(took, TIMES, sizeof *took, by_size);
    t->took[t->count++] = took[TIMES / 2];
    t->said[q.verdict]++;
    t->compared += q.compared;
    if (getenv("BENCH_VERBOSE")) {
        printf("%8" PRId64 " us %6" PRIu64 " compared  %-8s %.100s\n", took[1], q.compared,
               find_verdict_name(q.verdict), text);
    }
}

static void say(FILE *json, const char *kind, struct tally *t)
{
    if (t->count == 0) return;
    qsort(t->took, t->count, sizeof *t->took, by_size);
    int64_t middle = t->took[t->count / 2], tenth = t->took[t->count * 9 / 10];
    int64_t last = t->took[t->count - 1];
    printf("%-34s %8.2f %8.2f %8.2f   %u verbatim, %u altered, %u absent of %u\n", kind,
           (double)middle / 1000, (double)tenth / 1000, (double)last / 1000, t->said[FIND_VERBATIM],
           t->said[FIND_ALTERED], t->said[FIND_ABSENT], t->count);
    fprintf(json,
            "{\"bench\":\"quote %s\",\"median_us\":%" PRId64 ",\"p90_us\":%" PRId64
            ",\"max_us\":%" PRId64 ",\"verbatim\":%u,\"altered\":%u,\"absent\":%u,\"of\":%u}\n",
            kind, middle, tenth, last, t->said[FIND_VERBATIM], t->said[FIND_ALTERED],
            t->said[FIND_ABSENT], t->count);
}

int main(int argc, char **argv)
{
    static struct tally tallies[KINDS];
    struct arena a = {0};
    struct err err = {0};
    struct store *store;
    struct finder *f;
    char line[65536];
    if (argc < 4) stop("usage: quote STORE QUERIES JSON");
    if (store_open(&a, argv[1], false, &store, &err)) stop(err.msg);
    int64_t begin = now_us();
    if (find_open(store, NULL, &f, &err)) stop(err.msg);
    int64_t built = now_us() - begin, build_rss = rss_kb();
    find_close(f);
    begin = now_us();
    if (find_open(store, NULL, &f, &err)) stop(err.msg);
    int64_t opened = now_us() - begin;
    int64_t size = file_bytes(argv[1], "-words");
    FILE *queries = fopen(argv[2], "r"), *json = fopen(argv[3], "a");
    if (!queries || !json) stop(argv[2]);
    printf("index: %.1f s to make (peak %.0f MB), %.1f MB beside a store of %.1f MB; opened in"
           " %.2f ms\n",
           (double)built / 1e6, (double)build_rss / 1024, (double)size / 1e6,
           (double)file_bytes(argv[1], "") / 1e6, (double)opened / 1000);
    printf("%-34s %8s %8s %8s   of three runs each\n", "ms for each quotation", "median", "p90",
           "most");
    while (fgets(line, sizeof line, queries)) {
        char *text = strchr(line, '\t');
        if (!text) continue;
        *text++ = '\0';
        text[strcspn(text, "\n")] = '\0';
        for (int i = 0; i < KINDS; i++) {
            bool is = strcmp(line, kinds[i]) == 0 && tallies[i].count < QUERIES_MAX;
            if (is) ask(f, text, strlen(text), &tallies[i]);
        }
    }
    for (int i = 0; i < KINDS; i++) say(json, kinds[i], &tallies[i]);
    fprintf(json,
            "{\"bench\":\"quote index\",\"built_us\":%" PRId64 ",\"bytes\":%" PRId64
            ",\"store_bytes\":%" PRId64 ",\"rss_kb\":%" PRId64 "}\n",
            built, size, file_bytes(argv[1], ""), rss_kb());
    printf("peak memory: %.0f MB\n", (double)rss_kb() / 1024);
    find_close(f);
    store_close(store);
    arena_free(&a);
    fclose(queries);
    return fclose(json) != 0;
}
