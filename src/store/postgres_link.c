/*
 * postgres_link.c - connecting, asking, and what a refusal means.
 *
 * The URL, with its secrets, goes to libpq and nowhere else: people read the
 * name that postgres_name.c makes of it.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/buf.h"
#include "base/text.h"
#include "store/postgres.h"

/* --- numbers and parameters --- */

static void put_big_endian(uint8_t *to, uint64_t n, int len)
{
    for (int i = 0; i < len; i++) to[i] = (uint8_t)(n >> (8 * (len - 1 - i)));
}

static void put_value(struct pg_params *p, const void *bytes, size_t len, int format)
{
    p->values[p->count] = bytes;
    p->lengths[p->count] = (int)len;
    p->formats[p->count++] = format;
}

void pg_put_number(struct pg_params *p, int64_t n)
{
    uint8_t *to = p->numbers[p->count];
    put_big_endian(to, (uint64_t)n, 8);
    put_value(p, to, 8, 1);
}

void pg_put_kind(struct pg_params *p, int32_t n)
{
    uint8_t *to = p->numbers[p->count];
    put_big_endian(to, (uint32_t)n, 4);
    put_value(p, to, 4, 1);
}

void pg_put_text(struct pg_params *p, const char *text)
{
    put_value(p, text, 0, 0); /* up to its NUL */
}

void pg_put_bytes(struct pg_params *p, const void *bytes, size_t len)
{
    put_value(p, len ? bytes : "", len, 1);
}

uint64_t pg_bytes_number(const void *bytes, int len)
{
    const uint8_t *at = bytes;
    uint64_t n = 0;
    for (int i = 0; i < len; i++) n = n << 8 | at[i];
    return n;
}

int64_t pg_number(const PGresult *r, int row, int column)
{
    int len = PQgetlength(r, row, column);
    uint64_t n = pg_bytes_number(PQgetvalue(r, row, column), len);
    return len == 4 ? (int32_t)n : (int64_t)n;
}

int64_t link_clock_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* --- refusals --- */

static bool state_is(const PGresult *r, const char *want)
{
    const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
    return state && strncmp(state, want, strlen(want)) == 0;
}

/* The first line, without libpq's line end. */
static void first_line(const char *said, char *out, size_t room)
{
    size_t len = strcspn(said, "\n");
    if (len >= room) len = room - 1;
    memcpy(out, said, len);
    out[len] = '\0';
    text_mend(out);
}

bool link_lost(const struct link *l)
{
    return !l->conn || PQstatus(l->conn) != CONNECTION_OK;
}

enum rc link_refused(struct link *l, const PGresult *r, struct err *err)
{
    char said[160];
    const char *primary = r ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    first_line(primary ? primary : PQerrorMessage(l->conn), said, sizeof said);
    if (link_lost(l) || state_is(r, "57P0") || state_is(r, "08")) {
        link_shut(l); /* the server may have said so before it hung up */
        return fail(err, RC_STORE, "the connection to '%.120s' was lost; try again", l->name);
    }
    if (state_is(r, "55P03")) {
        return fail(err, RC_STORE, "'%.120s' is being written by somebody else; try again",
                    l->name);
    }
    if (state_is(r, "25006")) {
        return fail(err, RC_STORE, "'%.120s' may not be written: it is a replica, or read only",
                    l->name);
    }
    if (state_is(r, "42501")) {
        return fail(err, RC_STORE, "'%.120s': you have not been granted that (%.120s)", l->name,
                    said);
    }
    if (state_is(r, "53100")) {
        return fail(err, RC_STORE, "no room left on the disk of '%.120s'", l->name);
    }
    if (state_is(r, "23505")) {
        return fail(err, RC_STORE, "'%.120s' has rows that no commit names; 'muster verify' tells",
                    l->name);
    }
    if (state_is(r, "XX001") || state_is(r, "XX002")) {
        return fail(err, RC_STORE, "'%.120s' is damaged: %.140s", l->name, said);
    }
    return fail(err, RC_STORE, "'%.120s': %.140s", l->name, *said ? said : "no answer");
}

/* What the server says beside its answers, such as that it did not wait for a replica. */
static void heard(void *ctx, const PGresult *r)
{
    struct link *l = ctx;
    const char *severity = PQresultErrorField(r, PG_DIAG_SEVERITY_NONLOCALIZED);
    if (severity && strcmp(severity, "WARNING") == 0) l->warned = true;
}

/* --- connecting --- */

/* Of several servers that were tried, and hints for each, the last that said no. */
static const char *last_failure(const char *said)
{
    const char *last = said;
    for (const char *at = said; (at = strstr(at, "connection to server")); at++) last = at;
    return last;
}

static enum rc no_connection(struct link *l, struct err *err)
{
    char said[240];
    first_line(last_failure(PQerrorMessage(l->conn)), said, sizeof said);
    const char *fatal = strstr(said, "FATAL:");
    if (strstr(said, "does not exist") && strstr(said, "database \"")) {
        fail(err, RC_STORE, "there is no database for '%.120s'; 'createdb' makes one", l->name);
    } else {
        fail(err, RC_STORE, "'%.120s' cannot be reached: %.200s", l->name,
             fatal ? fatal + strspn(fatal, "FATAL: ") : said);
    }
    return RC_STORE;
}

/*
 * What a session of ours is like, whoever set up the server: names lead to the
 * system's own functions, rows are found by their keys, a commit is answered
 * when it is on the disk (and where the server waits for a replica, there). A
 * writer whose machine is gone holds the others up for a minute at most.
 */
static const char session[] =
    "SELECT set_config('search_path', 'pg_catalog', false),"
    " set_config('lock_timeout', CASE current_setting('lock_timeout') WHEN '0' THEN '%ds'"
    "  ELSE current_setting('lock_timeout') END, false),"
    " set_config('idle_in_transaction_session_timeout',"
    "  CASE current_setting('idle_in_transaction_session_timeout') WHEN '0' THEN '%ds'"
    "  ELSE current_setting('idle_in_transaction_session_timeout') END, false),"
    " set_config('statement_timeout', '0', false),"
    " set_config('tcp_keepalives_idle', '10', false),"
    " set_config('tcp_keepalives_interval', '5', false),"
    " set_config('tcp_keepalives_count', '3', false),"
    " set_config('enable_seqscan', 'off', false),"
    " set_config('enable_bitmapscan', 'off', false),"
    " set_config('jit', 'off', false),"
    " set_config('client_min_messages', 'warning', false),"
    " set_config('synchronous_commit',"
    "  CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on'"
    "  ELSE current_setting('synchronous_commit') END, false),"
    " pg_is_in_recovery()";

static enum rc begin_session(struct link *l, struct err *err)
{
    struct arena a = {0};
    PGresult *r;
    PQsetNoticeReceiver(l->conn, heard, l);
    if (PQserverVersion(l->conn) < 130000) {
        return fail(err, RC_STORE, "'%.120s' is PostgreSQL %d; muster needs 13 or newer", l->name,
                    PQserverVersion(l->conn) / 10000);
    }
    enum rc rc = link_sql(l, text_format(&a, session, PG_BUSY_S, PG_IDLE_S), &r, err);
    if (!rc) l->deaf = *PQgetvalue(r, 0, PQnfields(r) - 1) == 't';
    PQclear(r);
    arena_free(&a);
    return rc;
}

enum rc link_open(struct link *l, struct err *err)
{
    /* What stands before the URL may be said otherwise in it; what stands behind may not. */
    static const char *const names[] = {
        "connect_timeout",     "tcp_user_timeout",          "keepalives_idle",
        "keepalives_interval", "keepalives_count",          "dbname",
        "client_encoding",     "fallback_application_name", NULL};
    const char *const values[] = {"10", "20000", "10", "5", "3", l->url, "UTF8", "muster", NULL};
    link_shut(l);
    l->opened++;
    l->conn = PQconnectdbParams(names, values, 1);
    if (!l->conn) return fail(err, RC_STORE, "no memory for a connection");
    enum rc rc = PQstatus(l->conn) == CONNECTION_OK ? RC_OK : no_connection(l, err);
    if (!rc) rc = begin_session(l, err);
    if (rc) link_shut(l);
    return rc;
}

void link_shut(struct link *l)
{
    PQfinish(l->conn);
    l->conn = NULL;
    l->prepared = l->listening = l->deaf = l->warned = false;
}

void link_free(struct link *l)
{
    link_shut(l);
    free(l->url);
    free(l->name);
}

/* --- asking --- */

static bool good(const PGresult *r)
{
    ExecStatusType status = PQresultStatus(r);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

enum rc link_sql(struct link *l, const char *sql, PGresult **out, struct err *err)
{
    *out = PQexec(l->conn, sql);
    return good(*out) ? RC_OK : link_refused(l, *out, err);
}

enum rc link_run(struct link *l, const char *sql, struct err *err)
{
    PGresult *r;
    enum rc rc = link_sql(l, sql, &r, err);
    PQclear(r);
    return rc;
}

static const char *statement_name(enum pg_statement which, char room[4])
{
    room[0] = 'm';
    room[1] = (char)('a' + (int)which);
    room[2] = '\0';
    return room;
}

enum rc link_ask(struct link *l, enum pg_statement which, const struct pg_params *p, PGresult **out,
                 struct err *err)
{
    static const struct pg_params none;
    char name[4];
    if (!p) p = &none;
    *out = PQexecPrepared(l->conn, statement_name(which, name), p->count, p->values, p->lengths,
                          p->formats, 1);
    return good(*out) ? RC_OK : link_refused(l, *out, err);
}

void link_batch(struct link *l)
{
    PQenterPipelineMode(l->conn);
}

/* What cannot be sent shows when its answer is asked for. */
void link_add(struct link *l, enum pg_statement which, const struct pg_params *p)
{
    static const struct pg_params none;
    char name[4];
    if (!p) p = &none;
    PQsendQueryPrepared(l->conn, statement_name(which, name), p->count, p->values, p->lengths,
                        p->formats, 1);
}

enum rc link_send(struct link *l, struct err *err)
{
    if (PQpipelineSync(l->conn)) return RC_OK;
    link_shut(l);
    return link_refused(l, NULL, err);
}

/* An answer, and the NULL that libpq puts behind each. */
enum rc link_next(struct link *l, PGresult **out, struct err *err)
{
    *out = PQgetResult(l->conn);
    if (!*out) return link_refused(l, NULL, err);
    PGresult *end;
    while ((end = PQgetResult(l->conn))) PQclear(end);
    return good(*out) ? RC_OK : link_refused(l, *out, err);
}

/* What is left of it is let go, up to its end. */
void link_batch_end(struct link *l)
{
    while (!link_lost(l) && !PQexitPipelineMode(l->conn)) {
        PGresult *r = PQgetResult(l->conn);
        PQclear(r);
        if (!r && link_lost(l)) break;
    }
}
