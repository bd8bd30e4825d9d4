/*
 * fold.c - the log into a book, and sums over it, against sums in SQLite.
 *
 *     fold STORE PEER.db JSON
 *
 * Processor time in this one process. The fold is a whole view_open(): read,
 * decoded, checked, posted. A sum is one pass of book_sum() over all entries,
 * by giver; SQLite's is the same grouping over the bare table of the same
 * entries, from its page cache.
 */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "view/view.h"

enum { SUMS = 5 };

static int64_t cpu_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static _Noreturn void stop(const char *why)
{
    fprintf(stderr, "fold: %s\n", why);
    exit(1);
}

static int64_t middle(int64_t *list)
{
    for (int i = 1; i < SUMS; i++) {
        for (int k = i; k > 0 && list[k] < list[k - 1]; k--) {
            int64_t t = list[k];
            list[k] = list[k - 1];
            list[k - 1] = t;
        }
    }
    return list[SUMS / 2];
}

/* One pass by giver; nanoseconds, the median of several. */
static int64_t time_sums(struct arena *a, const struct book *b, const struct clocks *at)
{
    uint32_t count, nouns = book_noun_count(b), keys = 0;
    const struct line *lines = book_lines(b, &count);
    uint32_t *key_of_line = NEW_ARRAY(a, count + 1, uint32_t);
    uint32_t *key_of_noun = NEW_ARRAY(a, nouns + 1, uint32_t);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t *key = &key_of_noun[lines[i].giver];
        if (!*key) *key = ++keys;
        key_of_line[i] = *key - 1;
    }
    struct sums *out = NEW_ARRAY(a, keys + 1, struct sums);
    int64_t took[SUMS];
    for (int i = 0; i < SUMS; i++) {
        int64_t begin = cpu_ns();
        book_sum(b, at, key_of_line, keys, out);
        took[i] = cpu_ns() - begin;
    }
    return middle(took);
}

static int64_t time_query(sqlite3 *db, const char *sql)
{
    int64_t took[SUMS];
    for (int i = 0; i < SUMS; i++) {
        int64_t begin = cpu_ns();
        if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) stop(sqlite3_errmsg(db));
        took[i] = cpu_ns() - begin;
    }
    return middle(took);
}

static void say(FILE *json, const char *what, uint64_t entries, int64_t ns, int64_t peer_ns)
{
    int64_t each = entries ? ns / (int64_t)entries : 0;
    int64_t peer = entries ? peer_ns / (int64_t)entries : 0;
    printf("%-34s %8" PRId64 " %8" PRId64 " %5" PRId64 ".%02" PRId64 "\n", what, each, peer,
           peer_ns ? ns / peer_ns : 0, peer_ns ? ns * 100 / peer_ns % 100 : 0);
    fprintf(json,
            "{\"bench\":\"%s\",\"entries\":%" PRIu64 ",\"ns\":%" PRId64 ",\"peer_ns\":%" PRId64
            "}\n",
            what, entries, ns, peer_ns);
}

int main(int argc, char **argv)
{
    struct arena a = {0};
    struct err err = {0};
    struct store *store;
    struct view view;
    sqlite3 *db;
    if (argc != 4) stop("usage: fold STORE PEER.db JSON");
    if (store_open(&a, argv[1], false, &store, &err)) stop(err.msg);
    int64_t begin = cpu_ns();
    if (view_open(&a, store, NULL, NULL, &view, &err)) stop(err.msg);
    int64_t folded = cpu_ns() - begin;
    uint64_t entries = book_columns(view.book)->count;
    if (sqlite3_open_v2(argv[2], &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) stop(argv[2]);
    if (sqlite3_exec(db, "PRAGMA cache_size=-1000000; SELECT sum(qty) FROM entry", NULL, NULL,
                     NULL) != SQLITE_OK) {
        stop(sqlite3_errmsg(db));
    }
    int64_t all = time_query(db, "SELECT from_stage, to_stage, sum(qty) FROM entry GROUP BY 1, 2");
    int64_t some = time_query(db, "SELECT from_stage, to_stage, sum(qty) FROM entry"
                                  " WHERE day <= '2024-06-30' AND recorded <= '2024-12-31'"
                                  " GROUP BY 1, 2");
    struct clocks now = CLOCKS_NOW, then = {.effective = 19904, .known = INT64_C(1735603200000)};
    FILE *json = fopen(argv[3], "a");
    if (!json) stop(argv[3]);
    say(json, "fold against one sum", entries, folded, all);
    say(json, "sum by giver, now", entries, time_sums(&a, view.book, &now), all);
    say(json, "sum by giver, two clocks", entries, time_sums(&a, view.book, &then), some);
    printf("%-34s %8" PRIu64 " entries a second\n", "fold",
           folded ? entries * 1000000000 / (uint64_t)folded : 0);
    sqlite3_close(db);
    store_close(store);
    arena_free(&a);
    return fclose(json) != 0;
}
