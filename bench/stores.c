/*
 * stores.c - what posting and reading cost in each engine, in one process.
 *
 *     stores JSON POSTMASTER-PID URL URL
 *
 * Single commits, then commits of a thousand, into the first store and the
 * second in turn (BENCH_TRIALS, 5), so that what else the machine does falls
 * on both; then a scan of all that. The server's processor time is counted
 * too, from /proc. Without a server the pid is 0. Nothing here passes or fails.
 */
#define _DEFAULT_SOURCE
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "draft.h"
#include "store/store.h"
#include "tap.h"

enum { STORES = 2, SINGLE = 200, GROUP = 1000, GROUPS = 20, TRIALS_MAX = 31 };

struct cost {
    double wall_ms, own_ms, server_ms, p50_us;
};

static long postmaster;

static double wall_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double own_ms(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1e3 +
           (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e3;
}

/* Of the postmaster's children that live: our backend is one, and what writes behind it others. */
static double server_ms(void)
{
    double ns = 0;
    DIR *d = postmaster ? opendir("/proc") : NULL;
    for (struct dirent *e; d && (e = readdir(d));) {
        char path[300];
        long parent = 0;
        double ran = 0;
        if (e->d_name[0] < '1' || e->d_name[0] > '9') continue;
        snprintf(path, sizeof path, "/proc/%.20s/stat", e->d_name);
        FILE *f = fopen(path, "r");
        if (!f) continue;
        bool ours = fscanf(f, "%*d (%*[^)]) %*c %ld", &parent) == 1 && parent == postmaster;
        fclose(f);
        snprintf(path, sizeof path, "/proc/%.20s/schedstat", e->d_name);
        f = ours ? fopen(path, "r") : NULL;
        if (!f) continue;
        if (fscanf(f, "%lf", &ran) == 1) ns += ran;
        fclose(f);
    }
    if (d) closedir(d);
    return ns / 1e6;
}

static void must(enum rc rc, const struct err *err)
{
    if (!rc) return;
    fprintf(stderr, "stores: %s\n", err->msg);
    exit(1);
}

/* So many parties with long enough names that a row is as long as an entry's. */
static void append(struct store *s, uint64_t *last, uint32_t count)
{
    struct arena a = {0};
    struct err err;
    struct cast c = {.arena = &a, .id = *last, .now_ms = 5};
    struct record **list = NEW_ARRAY(&a, count, struct record *);
    for (uint32_t i = 0; i < count; i++) {
        list[i] = cast_party(&c, text_format(&a, "P%" PRIu64, c.id + 1));
        record_set_text(&a, list[i], F_NAME, "a party whose name is as long as what an entry says");
        record_set_text(&a, list[i], F_AUTHOR, "desk:anna");
        list[i]->idem = record_idem(&a, list[i], 1);
        list[i]->recorded_ms = (int64_t)*last;
    }
    must(store_append(s, (const struct record *const *)list, count, NULL, 0, &err), &err);
    *last += count;
    arena_free(&a);
}

static int by_size(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return a < b ? -1 : a > b;
}

static double median(double *list, int count)
{
    qsort(list, (size_t)count, sizeof *list, by_size);
    return list[count / 2];
}

static struct cost posting(struct store *s, uint64_t *last, int commits, uint32_t rows)
{
    static double each[SINGLE];
    double wall = wall_ms(), own = own_ms(), server = server_ms();
    for (int i = 0; i < commits; i++) {
        double begin = wall_ms();
        append(s, last, rows);
        each[i] = (wall_ms() - begin) * 1e3;
    }
    return (struct cost){wall_ms() - wall, own_ms() - own, server_ms() - server,
                         median(each, commits)};
}

static enum rc count_row(void *ctx, const struct row *row, struct err *err)
{
    (void)row, (void)err;
    ++*(uint64_t *)ctx;
    return RC_OK;
}

static struct cost scanning(struct store *s, uint64_t want)
{
    struct err err;
    uint64_t rows = 0;
    double wall = wall_ms(), own = own_ms(), server = server_ms();
    must(s->ops->scan(s, 0, count_row, &rows, &err), &err);
    if (rows != want) exit(1);
    return (struct cost){wall_ms() - wall, own_ms() - own, server_ms() - server, 0};
}

static struct cost medians(const struct cost *list, int count)
{
    double x[4][TRIALS_MAX];
    for (int i = 0; i < count; i++) {
        x[0][i] = list[i].wall_ms;
        x[1][i] = list[i].own_ms;
        x[2][i] = list[i].server_ms;
        x[3][i] = list[i].p50_us;
    }
    return (struct cost){median(x[0], count), median(x[1], count), median(x[2], count),
                         median(x[3], count)};
}

static void print(FILE *json, const char *what, const char *engine, struct cost c, double rows)
{
    double all_ms = c.own_ms + c.server_ms;
    printf("%-22s %-10s %9.1f %9.1f %9.1f %9.2f %10.0f", what, engine, c.wall_ms, c.own_ms,
           c.server_ms, all_ms * 1e3 / rows, rows / c.wall_ms * 1e3);
    printf(c.p50_us > 0 ? " %9.0f\n" : "\n", c.p50_us);
    fprintf(json,
            "{\"bench\":\"%s\",\"engine\":\"%s\",\"rows\":%.0f,\"wall_ms\":%.2f,\"cpu_ms\":%.2f,"
            "\"server_cpu_ms\":%.2f,\"p50_us\":%.0f}\n",
            what, engine, rows, c.wall_ms, c.own_ms, c.server_ms, c.p50_us);
}

int main(int argc, char **argv)
{
    static const char *const names[STORES] = {"sqlite", "postgresql"};
    static struct cost single[STORES][TRIALS_MAX], group[STORES][TRIALS_MAX], scan[STORES][5];
    struct arena a = {0};
    struct store *s[STORES];
    uint64_t last[STORES] = {0};
    struct err err;
    const char *asked = getenv("BENCH_TRIALS");
    int trials = asked ? atoi(asked) : 5;
    if (argc < 4 || trials < 1 || trials > TRIALS_MAX) return 2;
    FILE *json = fopen(argv[1], "a");
    if (!json) return 1;
    postmaster = strtol(argv[2], NULL, 10);
    int stores = argc - 3 < STORES ? argc - 3 : STORES;
    for (int k = 0; k < stores; k++) {
        must(store_open(&a, argv[3 + k], true, &s[k], &err), &err);
        append(s[k], &last[k], GROUP);
    }
    for (int i = 0; i < trials; i++) {
        for (int k = 0; k < stores; k++) single[k][i] = posting(s[k], &last[k], SINGLE, 1);
        for (int k = 0; k < stores; k++) group[k][i] = posting(s[k], &last[k], GROUPS, GROUP);
    }
    for (int i = 0; i < 5; i++) {
        for (int k = 0; k < stores; k++) scan[k][i] = scanning(s[k], last[k]);
    }
    printf("%-22s %-10s %9s %9s %9s %9s %10s %9s\n", "", "", "wall ms", "cpu ms", "server",
           "us/row", "rows/s", "p50 us");
    for (int k = 0; k < stores; k++) {
        print(json, "200 commits of 1", names[k], medians(single[k], trials), SINGLE);
    }
    for (int k = 0; k < stores; k++) {
        print(json, "20 commits of 1,000", names[k], medians(group[k], trials), GROUP * GROUPS);
    }
    for (int k = 0; k < stores; k++) {
        print(json, "scan", names[k], medians(scan[k], 5), (double)last[k]);
        store_close(s[k]);
    }
    arena_free(&a);
    return fclose(json) != 0;
}
