/*
 * book_peer.c - the questions of bench/book/questions.sql to SQLite or PostgreSQL.
 *
 *     book_peer sqlite FILE QUESTIONS OUT PROMISES
 *     book_peer postgresql CONNINFO QUESTIONS OUT PROMISES
 *
 * Writes OUT.answers and OUT.times: bench/book/asked.h. Statements are prepared
 * once. Of SQLite the time is this process's; of PostgreSQL that of the
 * backend alone, as the kernel tells it, so that sending and reading answers
 * are a gift to it. Both have all they want of memory, and one core.
 *
 *     book_peer scan FILE
 *
 * One pass over all rows and columns of the table entry in SQLite, in a new
 * process: what starting from there costs at least. Prints milliseconds.
 */
#include <inttypes.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "book/asked.h"
#include "load.h"

enum { COLUMNS = 17 };

struct peer {
    const char *name; /* of the question */
    int keys;
    sqlite3 *file;
    sqlite3_stmt *statement;
    PGconn *server;
    int backend;
    bool one; /* the question has a parameter */
};

static _Noreturn void stop(const char *why)
{
    fprintf(stderr, "book_peer: %s\n", why);
    exit(1);
}

/* --- SQLite --- */

static void open_file(struct peer *p, const char *path)
{
    if (sqlite3_open_v2(path, &p->file, SQLITE_OPEN_READONLY, NULL)) stop(path);
    sqlite3_exec(p->file,
                 "PRAGMA mmap_size=16000000000; PRAGMA cache_size=-4000000;"
                 "PRAGMA temp_store=MEMORY",
                 NULL, NULL, NULL);
}

static void ask_file(void *ctx, uint32_t promise, FILE *answer)
{
    struct peer *p = ctx;
    if (p->one) sqlite3_bind_int64(p->statement, 1, promise);
    int columns = sqlite3_column_count(p->statement);
    double sum = 0;
    while (sqlite3_step(p->statement) == SQLITE_ROW) {
        for (int i = 0; answer && i < columns; i++) {
            const char *before = i == 0 ? "" : i < p->keys ? "/" : "\t";
            if (i == 0) fprintf(answer, "%s\t", p->name);
            if (sqlite3_column_type(p->statement, i) == SQLITE_INTEGER)
                fprintf(answer, "%s%lld", before, sqlite3_column_int64(p->statement, i));
            else
                fprintf(answer, "%s%.17g", before, sqlite3_column_double(p->statement, i));
        }
        if (answer) putc('\n', answer);
        sum += sqlite3_column_double(p->statement, columns - 1);
    }
    if (sum != sum || sqlite3_reset(p->statement)) stop(sqlite3_errmsg(p->file));
}

static void scan_file(const char *path)
{
    struct peer p = {0};
    int64_t rows = 0, sum = 0;
    open_file(&p, path);
    if (sqlite3_prepare_v2(p.file, "SELECT * FROM entry ORDER BY id", -1, &p.statement, NULL))
        stop(sqlite3_errmsg(p.file));
    for (; sqlite3_step(p.statement) == SQLITE_ROW; rows++) {
        for (int i = 0; i < COLUMNS; i++) {
            sum = (int64_t)((uint64_t)sum + (uint64_t)sqlite3_column_int64(p.statement, i));
        }
    }
    sqlite3_finalize(p.statement);
    sqlite3_close(p.file);
    fprintf(stderr, "%" PRId64 " rows scanned, check sum %" PRId64 "\n", rows, sum);
    printf("%.3f\n", asked_own_ms(NULL));
}

/* --- PostgreSQL --- */

static double backend_ms(void *ctx)
{
    const struct peer *p = ctx;
    char path[64];
    double ns = -1;
    snprintf(path, sizeof path, "/proc/%d/schedstat", p->backend);
    FILE *f = fopen(path, "r");
    if (!f || fscanf(f, "%lf", &ns) != 1) stop("the kernel does not say how long a backend ran");
    fclose(f);
    return ns / 1e6;
}

static void open_server(struct peer *p, const char *where)
{
    p->server = PQconnectdb(where);
    if (PQstatus(p->server) != CONNECTION_OK) stop(PQerrorMessage(p->server));
    p->backend = PQbackendPID(p->server);
    PQclear(PQexec(p->server, "SET work_mem='512MB'; SET max_parallel_workers_per_gather=0"));
}

static void ask_server(void *ctx, uint32_t promise, FILE *answer)
{
    struct peer *p = ctx;
    char number[16];
    const char *values[] = {number};
    snprintf(number, sizeof number, "%" PRIu32, promise);
    PGresult *r = PQexecPrepared(p->server, p->name, p->one, values, NULL, NULL, 0);
    if (PQresultStatus(r) != PGRES_TUPLES_OK) stop(PQerrorMessage(p->server));
    for (int row = 0; answer && row < PQntuples(r); row++) {
        fprintf(answer, "%s\t", p->name);
        for (int i = 0; i < PQnfields(r); i++) {
            const char *before = i == 0 ? "" : i < p->keys ? "/" : "\t";
            fprintf(answer, "%s%s", before, PQgetvalue(r, row, i));
        }
        putc('\n', answer);
    }
    PQclear(r);
}

/* --- one question --- */

static void ask(struct peer *p, const char *sql, uint32_t promises, FILE *answers, FILE *times)
{
    double ms;
    p->one = strstr(sql, "$1") != NULL;
    if (p->file) {
        if (sqlite3_prepare_v2(p->file, sql, -1, &p->statement, NULL))
            stop(sqlite3_errmsg(p->file));
        ms = asked_time(ask_file, asked_own_ms, p, promises, p->one, answers);
        sqlite3_finalize(p->statement);
    } else {
        PGresult *r = PQprepare(p->server, p->name, sql, 0, NULL);
        if (PQresultStatus(r) != PGRES_COMMAND_OK) stop(PQerrorMessage(p->server));
        PQclear(r);
        ms = asked_time(ask_server, backend_ms, p, promises, p->one, answers);
    }
    fprintf(times, "%s\t%.6f\n", p->name, ms);
    fflush(times);
}

static FILE *create(const char *out, const char *end)
{
    char path[4096];
    snprintf(path, sizeof path, "%s.%s", out, end);
    FILE *f = fopen(path, "w");
    if (!f) perror(path);
    if (!f) exit(1);
    return f;
}

/* Questions are told apart by their heads: see questions.sql. */
static void ask_all(struct peer *p, char *text, uint32_t promises, const char *out)
{
    FILE *answers = create(out, "answers"), *times = create(out, "times");
    char name[16], *next;
    for (char *at = text; at; at = next) {
        next = strstr(at + 1, "\n-- ");
        if (next) *next++ = '\0';
        char *sql = strchr(at, '\n');
        if (!sql || sscanf(at, "-- %15s %d ", name, &p->keys) != 2) continue;
        p->name = name;
        ask(p, sql, promises, answers, times);
    }
    if (fclose(answers) | fclose(times)) stop("the answers could not be written");
}

int main(int argc, char **argv)
{
    struct peer p = {0};
    struct arena a = {0};
    if (argc == 3 && strcmp(argv[1], "scan") == 0) {
        scan_file(argv[2]);
        return 0;
    }
    if (argc != 6) stop("usage: book_peer sqlite|postgresql WHERE QUESTIONS OUT PROMISES");
    if (strcmp(argv[1], "sqlite") == 0)
        open_file(&p, argv[2]);
    else
        open_server(&p, argv[2]);
    uint32_t promises = (uint32_t)strtoul(argv[5], NULL, 10);
    if (!promises) stop("no promises");
    ask_all(&p, load(&a, argv[3]).bytes, promises, argv[4]);
    sqlite3_close(p.file);
    PQfinish(p.server);
    arena_free(&a);
    return 0;
}
