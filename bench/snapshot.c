/*
 * snapshot.c - what a book takes: to fold, to keep, to open again; and its memory by part.
 *
 *     snapshot STORE JSON
 *
 * Processor time in this one process, the median of TURNS but for the fold.
 * "Opened" is a whole view_open() from the kept file, up to the answer to one
 * sum over all lines. Bytes are those of the book's tables; resident is what
 * the process gained by folding.
 */
#include <inttypes.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "book/image.h"
#include "view/snapshot.h"

enum { TURNS = 5 };

static int64_t cpu_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static _Noreturn void stop(const char *why)
{
    fprintf(stderr, "snapshot: %s\n", why);
    exit(1);
}

static int64_t resident(void)
{
    long unused, pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (!f || fscanf(f, "%ld %ld", &unused, &pages) != 2) stop("no /proc/self/statm");
    fclose(f);
    return (int64_t)pages * sysconf(_SC_PAGESIZE);
}

static int64_t middle(int64_t *list)
{
    for (int i = 1; i < TURNS; i++) {
        for (int k = i; k > 0 && list[k] < list[k - 1]; k--) {
            int64_t t = list[k];
            list[k] = list[k - 1];
            list[k - 1] = t;
        }
    }
    return list[TURNS / 2];
}

static void sum_all(struct arena *a, const struct book *b)
{
    uint32_t count;
    struct clocks now = CLOCKS_NOW;
    struct sums out[1];
    (void)book_lines(b, &count);
    uint32_t *key = NEW_ARRAY(a, count + 1, uint32_t);
    book_sum(b, &now, key, 1, out);
}

static FILE *json;
static uint64_t entries;

static void say(const char *what, int64_t n, const char *unit, bool each)
{
    int64_t tenths = entries ? n * 10 / (int64_t)entries : 0;
    printf("  %-34s %12" PRId64 " %-5s", what, n, unit);
    if (each) printf(" %6" PRId64 ".%" PRId64 " an entry", tenths / 10, tenths % 10);
    putchar('\n');
    fprintf(json, "{\"bench\":\"%s\",\"entries\":%" PRIu64 ",\"%s\":%" PRId64 "}\n", what, entries,
            unit, n);
}

/* Bytes of the tables whose names begin with one of the words. */
static void say_tables(const char *what, const struct image_table *t, const char *words)
{
    int64_t sum = 0;
    for (int i = 0; i < IMAGE_TABLES; i++) {
        for (const char *word = words; *word; word += strcspn(word, " "), word += *word == ' ') {
            const char *name = image_table_name(i);
            if (strncmp(name, word, strcspn(word, " ")) == 0) sum += (int64_t)t[i].len;
        }
    }
    say(what, sum, "bytes", true);
}

int main(int argc, char **argv)
{
    struct arena a = {0}, own = {0};
    struct err err = {0};
    struct store *store;
    struct view view;
    struct image numbers;
    struct image_table tables[IMAGE_TABLES];
    int64_t opened[TURNS], kept[TURNS], copied[TURNS];
    if (argc != 3) stop("usage: snapshot STORE JSON");
    mallopt(M_MMAP_THRESHOLD, 4 * 1024 * 1024); /* as main.c does */
    json = fopen(argv[2], "a");
    if (!json) stop(argv[2]);
    if (store_open(&own, argv[1], false, &store, &err)) stop(err.msg);
    int64_t before = resident(), begin = cpu_ns();
    if (view_fold(&a, store, NULL, NULL, &view, &err)) stop(err.msg);
    int64_t folded = cpu_ns() - begin, gained = resident() - before;
    entries = book_columns(view.book)->count;
    image_of(view.book, &numbers, tables);
    printf("%" PRIu64 " entries, %" PRIu64 " records\n", entries, view.head.last);
    say("fold, us", folded / 1000, "us", false);
    for (int i = 0; i < TURNS; i++) {
        begin = cpu_ns();
        if (!snapshot_keep(&view, NULL)) stop("it cannot be kept there");
        kept[i] = cpu_ns() - begin;
        struct arena copy = {0};
        begin = cpu_ns();
        (void)book_copy(&copy, view.book);
        copied[i] = cpu_ns() - begin;
        arena_free(&copy);
    }
    arena_free(&a);
    for (int i = 0; i < TURNS; i++) {
        begin = cpu_ns();
        if (view_open(&a, store, NULL, NULL, &view, &err)) stop(err.msg);
        sum_all(&a, view.book);
        opened[i] = cpu_ns() - begin;
        if (view.kept_at != view.head.last) stop("it was not taken from the file");
        arena_free(&a);
    }
    int64_t open = middle(opened);
    say("opened and summed, us", open / 1000, "us", false);
    say("fold / opened, times 10", open ? folded * 10 / open : 0, "tenth", false);
    say("kept, us", middle(kept) / 1000, "us", false);
    say("copied, us", middle(copied) / 1000, "us", false);
    say("resident by folding", gained, "bytes", true);
    say_tables("columns and places in the log", tables, "rows. slots");
    say_tables("lines and what they hold", tables, "lines pot held gist trees");
    say_tables("nouns, names and keys", tables, "noun_ names texts word_");
    say_tables("records kept as bytes", tables, "version kept");
    store_close(store);
    arena_free(&own);
    return fclose(json) != 0;
}
