/*
 * cluster.h - a PostgreSQL server for a test program: test/cluster.sh from C.
 *
 * Where none can be had, cluster_here stays false and cluster_why says why;
 * CLUSTER_RUN then counts the test as skipped. Tests run in the repository's
 * root.
 */
#ifndef MUSTER_TEST_CLUSTER_H
#define MUSTER_TEST_CLUSTER_H

#include <libpq-fe.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "tap.h"
#include "temp.h"

static bool cluster_here;
static char cluster_dir[200], cluster_url[300], cluster_why[200];

/* test/cluster.sh with that line; its exit code, and what it said last in cluster_why. */
static inline int cluster_script(const char *line)
{
    char command[700];
    snprintf(command, sizeof command, "test/cluster.sh %s", line);
    FILE *f = popen(command, "r");
    if (!f) abort();
    while (fgets(cluster_why, sizeof cluster_why, f)) cluster_why[strcspn(cluster_why, "\n")] = 0;
    int status = pclose(f);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 99;
}

static inline int cluster_do(const char *what)
{
    char line[400];
    snprintf(line, sizeof line, "%s %s", what, cluster_dir);
    return cluster_script(line);
}

static inline void cluster_begin(const struct temp *t)
{
    char line[500];
    snprintf(cluster_dir, sizeof cluster_dir, "%.150s/pg", t->dir);
    snprintf(cluster_url, sizeof cluster_url, "postgresql://postgres@/postgres?host=%s",
             cluster_dir);
    setenv("XDG_CACHE_HOME", temp_path(t, "cache"), 1);
    chmod(t->dir, 0755); /* the server may be another user's */
    snprintf(line, sizeof line, "new %s %d", cluster_dir, (int)getpid());
    int code = cluster_script(line);
    cluster_here = code == 0;
    if (code == 0 || code == 77) return;
    printf("not ok %d - a server of the test's own starts\n# %s\n", ++tap_count, cluster_why);
    tap_failures++;
}

/* The server ends at once, and its directory goes with the watcher of cluster.sh. */
static inline void cluster_end(void)
{
    char line[300];
    if (!cluster_here) return;
    cluster_do("end");
    snprintf(line, sizeof line, "rm -rf '%s' \"$XDG_CACHE_HOME\"", cluster_dir);
    if (system(line) != 0) printf("# '%s' stays\n", cluster_dir);
}

static void cluster_unheard(void *ctx, const char *said)
{
    (void)ctx, (void)said;
}

/* SQL of the test's own, as the superuser; whether it was taken. */
static inline bool cluster_sql(const char *sql)
{
    PGconn *c = PQconnectdb(cluster_url);
    PQsetNoticeProcessor(c, cluster_unheard, NULL);
    PGresult *r = PQexec(c, sql);
    ExecStatusType status = PQresultStatus(r);
    PQclear(r);
    PQfinish(c);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* One number that SQL answers; -1 when it answers none. */
static inline int64_t cluster_number(const char *sql)
{
    PGconn *c = PQconnectdb(cluster_url);
    PGresult *r = PQexec(c, sql);
    int64_t n = PQntuples(r) == 1 ? strtoll(PQgetvalue(r, 0, 0), NULL, 10) : -1;
    PQclear(r);
    PQfinish(c);
    return n;
}

#define CLUSTER_RUN(test) cluster_run(test, #test)
static inline void cluster_run(void (*test)(void), const char *name)
{
    if (cluster_here) {
        tap_run(test, name);
        return;
    }
    printf("ok %d - %s # SKIP %s\n", ++tap_count, name, cluster_why);
}

#endif
