/*
 * durable.c - what it costs to lose nothing: one entry a commit, and a thousand.
 *
 *     durable JSON DIRECTORY ENTRIES
 *
 * Four sides in one process, on one disk, each into what already holds ENTRIES
 * entries, in turn (BENCH_TRIALS, 8), so that what else the machine does falls
 * on all:
 *
 *   append    the bytes that the store keeps of an entry at the end of a file,
 *             and fdatasync: what the disk allows
 *   muster    store_append(): canonical bytes, leaf, natural key, root and all
 *   bare      the store's log table written by hand through SQLite, without
 *             leaf, root, commits or anything else that makes tampering show
 *   covering  entries as columns, with the three indexes that would answer
 *             questions from the table itself
 *
 * Of each side the best trial counts; p50 is a commit's median in it. The
 * rate of groups is that of whole trials, write-ahead logs put in place
 * included. All SQLite has journal_mode=WAL, synchronous=FULL, a page of 4,096
 * bytes, wal_autocheckpoint=4000. Nothing here passes or fails.
 */
#define _DEFAULT_SOURCE
#include <fcntl.h>
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"
#include "draft.h"
#include "store/idems.h"
#include "store/store.h"

enum { APPEND, MUSTER, BARE, COVERING, SIDES };
enum { SINGLE = 400, GROUP = 1000, GROUPS = 12, TRIALS_MAX = 31, COLUMNS = 17 };

struct cost {
    double p50_us, wall_ms, cpu_ms;
};

struct world {
    const char *dir;
    uint64_t last[SIDES]; /* the id that each side wrote last */
    int fd;
    off_t end;
    struct store *store;
    sqlite3 *bare, *covering;
    sqlite3_stmt *begin[SIDES], *insert[SIDES], *commit[SIDES];
    struct idems idems;
};

static const char *const names[SIDES] = {"append", "muster", "bare", "covering"};

static _Noreturn void stop(const char *why)
{
    fprintf(stderr, "durable: %s\n", why);
    exit(1);
}

static double clock_ms(clockid_t which)
{
    struct timespec t;
    clock_gettime(which, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* --- the entries --- */

/* `count` of them behind *last, as a posting hands them over. */
static struct record **entries(struct arena *a, uint64_t last, uint32_t count)
{
    struct cast c = {.arena = a, .id = last, .now_ms = (int64_t)last * 7, .passage = 5};
    struct record **list = NEW_ARRAY(a, count, struct record *);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t n = c.id * UINT64_C(0x9e3779b97f4a7c15) >> 20;
        struct record *r = cast_entry(&c, 6 + n % 100000, STAGE_WORLD, STAGE_COMMITTED,
                                      (int64_t)(n % 90000) + 1, 19000 + (int32_t)(n % 1700));
        record_set_text(a, r, F_KEY, text_format(a, "fts:%" PRIu64 "/paid", c.id));
        r->recorded_ms = (int64_t)last + 1;
        r->idem = record_idem(a, r, 1);
        list[i] = r;
    }
    return list;
}

/* --- the sides --- */

static void write_append(struct world *w, struct record **list, uint32_t count)
{
    struct arena a = {0};
    struct buf bytes = {.arena = &a};
    for (uint32_t i = 0; i < count; i++) {
        record_encode(&bytes, list[i]);
        buf_add_bytes(&bytes, (const char *)list[i]->salt, SALT_BYTES);
        buf_add_bytes(&bytes, (const char *)list[i]->salt, SALT_BYTES);
        buf_add_bytes(&bytes, (const char *)list[i]->salt, SALT_BYTES);
        buf_add(&bytes, list[i]->idem);
    }
    if (pwrite(w->fd, bytes.text, bytes.len, w->end) != (ssize_t)bytes.len) stop("append");
    if (fdatasync(w->fd) != 0) stop("fdatasync");
    w->end += (off_t)bytes.len;
    arena_free(&a);
}

static void write_muster(struct world *w, struct record **list, uint32_t count)
{
    struct err err;
    if (store_append(w->store, (const struct record *const *)list, count, NULL, 0, &err)) {
        stop(err.msg);
    }
}

static void step(sqlite3 *db, sqlite3_stmt *st)
{
    if (sqlite3_step(st) != SQLITE_DONE) stop(sqlite3_errmsg(db));
    sqlite3_reset(st);
}

static void write_bare(struct world *w, struct record **list, uint32_t count)
{
    struct arena a = {0};
    struct buf bytes = {.arena = &a};
    sqlite3_stmt *st = w->insert[BARE];
    step(w->bare, w->begin[BARE]);
    for (uint32_t i = 0; i < count; i++) {
        const struct record *r = list[i];
        size_t begin = bytes.len;
        record_encode(&bytes, r);
        if (idems_put(&w->idems, r->idem)) stop("a key twice");
        sqlite3_bind_int64(st, 1, (int64_t)r->id);
        sqlite3_bind_int64(st, 2, r->recorded_ms);
        sqlite3_bind_int(st, 3, (int)r->kind);
        sqlite3_bind_text(st, 4, r->label, -1, SQLITE_STATIC);
        sqlite3_bind_text(st, 5, r->idem, -1, SQLITE_STATIC);
        sqlite3_bind_blob(st, 6, bytes.text + begin, (int)(bytes.len - begin), SQLITE_STATIC);
        step(w->bare, st);
    }
    step(w->bare, w->commit[BARE]);
    arena_free(&a);
}

/* Lines come in no order, as they do when a book is at work. */
static void bind_columns(sqlite3_stmt *st, uint64_t id)
{
    uint64_t n = id * UINT64_C(0x9e3779b97f4a7c15) >> 20;
    int64_t day = 18993 + (int64_t)(n % 1765);
    int64_t x[COLUMNS] = {(int64_t)id,
                          1793404800000 + (int64_t)id,
                          day,
                          day / 30,
                          (int64_t)(n % 200),
                          (int64_t)(n % 50),
                          (int64_t)(n % 2000),
                          (int64_t)(n % 4),
                          (int64_t)(n % 4) + 1,
                          (int64_t)(n % 300007),
                          (int64_t)(n % 90000) + 1,
                          (int64_t)(n % 70000),
                          (int64_t)(n % 12),
                          (int64_t)(n % 10),
                          (int64_t)(n % 900001),
                          (int64_t)(n % 4),
                          0};
    for (int i = 0; i < COLUMNS; i++) sqlite3_bind_int64(st, i + 1, x[i]);
}

static void write_covering(struct world *w, struct record **list, uint32_t count)
{
    sqlite3_stmt *st = w->insert[COVERING];
    step(w->covering, w->begin[COVERING]);
    for (uint32_t i = 0; i < count; i++) {
        bind_columns(st, list[i]->id);
        step(w->covering, st);
    }
    step(w->covering, w->commit[COVERING]);
}

typedef void write_fn(struct world *w, struct record **list, uint32_t count);
static write_fn *const writers[SIDES] = {write_append, write_muster, write_bare, write_covering};

/* --- what they begin with --- */

static void run(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) stop(sqlite3_errmsg(db));
}

static sqlite3 *database(struct world *w, int side, const char *tables, const char *insert)
{
    struct arena a = {0};
    sqlite3 *db;
    const char *path = text_format(&a, "%s/%s.db", w->dir, names[side]);
    if (sqlite3_open(path, &db) != SQLITE_OK) stop(path);
    run(db, "PRAGMA page_size=4096; PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
            "PRAGMA cache_size=-500000; PRAGMA wal_autocheckpoint=4000");
    run(db, tables);
    sqlite3_prepare_v2(db, "BEGIN IMMEDIATE", -1, &w->begin[side], NULL);
    sqlite3_prepare_v2(db, "COMMIT", -1, &w->commit[side], NULL);
    if (sqlite3_prepare_v2(db, insert, -1, &w->insert[side], NULL)) stop(sqlite3_errmsg(db));
    arena_free(&a);
    return db;
}

static void fill(struct world *w, int side, uint64_t count)
{
    for (uint64_t done = 0; done < count; done += GROUP) {
        struct arena a = {0};
        writers[side](w, entries(&a, w->last[side], GROUP), GROUP);
        w->last[side] += GROUP;
        arena_free(&a);
    }
}

static void open_store(struct world *w, struct arena *a)
{
    struct err err;
    struct record *first[CAST_FIRST];
    struct cast c;
    cast_begin(&c, a, first);
    if (store_open(a, text_format(a, "%s/muster.db", w->dir), true, &w->store, &err)) stop(err.msg);
    for (int i = 0; i < CAST_FIRST; i++) {
        first[i]->recorded_ms = 0;
        first[i]->idem = record_idem(a, first[i], 1);
    }
    write_muster(w, first, CAST_FIRST);
    w->last[MUSTER] = CAST_FIRST;
}

static void open_all(struct world *w, struct arena *a, uint64_t count)
{
    w->fd = open(text_format(a, "%s/append.dat", w->dir), O_CREAT | O_TRUNC | O_RDWR, 0644);
    if (w->fd < 0) stop("a file to append to");
    open_store(w, a);
    fill(w, MUSTER, count);
    w->bare = database(w, BARE,
                       "CREATE TABLE log(id INTEGER PRIMARY KEY, recorded_ms INTEGER NOT NULL,"
                       " kind INTEGER NOT NULL, label TEXT NOT NULL, idem TEXT,"
                       " bytes BLOB NOT NULL) STRICT",
                       "INSERT INTO log VALUES(?1,?2,?3,?4,?5,?6)");
    fill(w, BARE, count);
    w->covering = database(
        w, COVERING,
        "CREATE TABLE entry(id INTEGER PRIMARY KEY, recorded INTEGER NOT NULL, day INTEGER NOT"
        " NULL, month INTEGER NOT NULL, giver INTEGER NOT NULL, receiver INTEGER NOT NULL,"
        " item INTEGER NOT NULL, from_stage INTEGER NOT NULL, to_stage INTEGER NOT NULL,"
        " line INTEGER NOT NULL, qty INTEGER NOT NULL, price INTEGER NOT NULL,"
        " currency INTEGER NOT NULL, channel INTEGER NOT NULL, passage INTEGER NOT NULL,"
        " label INTEGER NOT NULL, reverses INTEGER NOT NULL) STRICT",
        "INSERT INTO entry VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17)");
    fill(w, COVERING, count);
    run(w->covering,
        "CREATE INDEX by_line ON entry(line, from_stage, to_stage, day, giver, currency, qty,"
        " price);"
        "CREATE INDEX by_giver ON entry(giver, from_stage, to_stage, currency, month, day,"
        " recorded, qty, price);"
        "CREATE INDEX by_item ON entry(item, from_stage, to_stage, month, currency, qty, price)");
    run(w->bare, "PRAGMA synchronous=FULL; PRAGMA wal_checkpoint(PASSIVE)");
    run(w->covering, "PRAGMA synchronous=FULL; PRAGMA wal_checkpoint(TRUNCATE)");
    sync();
}

static void close_all(struct world *w)
{
    for (int side = BARE; side < SIDES; side++) {
        sqlite3_finalize(w->begin[side]);
        sqlite3_finalize(w->insert[side]);
        sqlite3_finalize(w->commit[side]);
    }
    sqlite3_close(w->bare);
    sqlite3_close(w->covering);
    store_close(w->store);
    idems_free(&w->idems);
    close(w->fd);
}

/* --- measuring --- */

static int by_size(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return a < b ? -1 : a > b;
}

static struct cost measure(struct world *w, int side, int commits, uint32_t rows)
{
    double each[SINGLE], wall = 0, cpu = 0;
    for (int i = 0; i < commits; i++) {
        struct arena a = {0};
        struct record **list = entries(&a, w->last[side], rows);
        double begin = clock_ms(CLOCK_MONOTONIC), used = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
        writers[side](w, list, rows);
        each[i] = (clock_ms(CLOCK_MONOTONIC) - begin) * 1e3;
        cpu += clock_ms(CLOCK_PROCESS_CPUTIME_ID) - used;
        wall += each[i] / 1e3;
        w->last[side] += rows;
        arena_free(&a);
    }
    qsort(each, (size_t)commits, sizeof *each, by_size);
    return (struct cost){each[commits / 2], wall, cpu};
}

static void keep_best(struct cost *best, struct cost c)
{
    if (best->p50_us <= 0 || c.p50_us < best->p50_us) best->p50_us = c.p50_us;
    if (best->wall_ms <= 0 || c.wall_ms < best->wall_ms) best->wall_ms = c.wall_ms;
    if (best->cpu_ms <= 0 || c.cpu_ms < best->cpu_ms) best->cpu_ms = c.cpu_ms;
}

static void print(FILE *json, const char *what, const struct cost *best, double rows)
{
    double a = best[APPEND].p50_us, m = best[MUSTER].p50_us, b = best[BARE].p50_us;
    for (int k = 0; k < SIDES; k++) {
        printf("%-20s %-10s %9.0f %12.0f %10.2f\n", what, names[k], best[k].p50_us,
               rows / best[k].wall_ms * 1e3, best[k].cpu_ms * 1e3 / rows);
    }
    double rate = best[COVERING].wall_ms / best[MUSTER].wall_ms;
    double wall = best[MUSTER].wall_ms / best[BARE].wall_ms - 1;
    double cpu = best[MUSTER].cpu_ms / best[BARE].cpu_ms - 1;
    printf("%-20s append/muster %.2f, covering/muster %.1f (rate %.1f), evidence of tampering"
           " %+.0f %% of p50, %+.0f %% of wall, %+.0f %% of cpu\n",
           "", a / m, best[COVERING].p50_us / m, rate, (m / b - 1) * 100, wall * 100, cpu * 100);
    fprintf(json,
            "{\"bench\":\"durable, %s\",\"append_p50_us\":%.1f,\"muster_p50_us\":%.1f,"
            "\"bare_p50_us\":%.1f,\"covering_p50_us\":%.1f,\"of_append\":%.3f,"
            "\"times_covering\":%.2f,\"rate_times_covering\":%.2f,\"tree_p50\":%.3f,"
            "\"tree_wall\":%.3f,\"tree_cpu\":%.3f}\n",
            what, a, m, b, best[COVERING].p50_us, a / m, best[COVERING].p50_us / m, rate, m / b - 1,
            wall, cpu);
}

int main(int argc, char **argv)
{
    static struct cost single[SIDES], group[SIDES];
    struct arena a = {0};
    struct world w = {0};
    const char *asked = getenv("BENCH_TRIALS");
    int trials = asked ? atoi(asked) : 8;
    if (argc != 4 || trials < 1 || trials > TRIALS_MAX) return 2;
    FILE *json = fopen(argv[1], "a");
    if (!json) stop(argv[1]);
    w.dir = argv[2];
    open_all(&w, &a, strtoull(argv[3], NULL, 10));
    for (int i = 0; i < trials; i++) {
        for (int k = 0; k < SIDES; k++) keep_best(&single[k], measure(&w, k, SINGLE, 1));
        for (int k = 0; k < SIDES; k++) keep_best(&group[k], measure(&w, k, GROUPS, GROUP));
    }
    printf("%-20s %-10s %9s %12s %10s\n", "", "", "p50 us", "entries/s", "cpu us/e");
    print(json, "commits of 1", single, SINGLE);
    print(json, "commits of 1,000", group, (double)GROUP * GROUPS);
    close_all(&w);
    arena_free(&a);
    return fclose(json) != 0;
}
