/*
 * postgres_test.c - what only a server can do to a store: hang up.
 *
 * Between the store and the server stands a wire (wire.h) that is cut at a
 * seeded byte of what is sent or answered; backends are terminated and the
 * server is killed while commits are made. Whatever happens, what append()
 * said is true: RC_OK, the rows are there once; else they are not there. And
 * many writers make one log, in which who follows it never misses a row.
 */
#define _XOPEN_SOURCE 700
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>

#include "base/text.h"
#include "cluster.h"
#include "draft.h"
#include "seed.h"
#include "store/store.h"
#include "temp.h"
#include "view/view.h"
#include "wire.h"

static struct temp temp;
static char wire_url[300];

static void nap_us(int64_t us)
{
    struct timespec t = {.tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000};
    nanosleep(&t, NULL);
}

static int64_t now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void new_store(void)
{
    CHECK(cluster_sql("DROP SCHEMA IF EXISTS muster CASCADE"));
}

static struct store *opened(struct arena *a, const char *url)
{
    struct store *s = NULL;
    GOOD(store_open(a, url, true, &s, oops));
    if (!s) exit(99);
    return s;
}

static uint64_t last_of(struct store *s)
{
    struct commit head = {0};
    GOOD(s->ops->head(s, &head, oops));
    return head.last;
}

/* `count` parties that follow the log, none of whose keys were ever used. */
static enum rc append_some(struct store *s, uint64_t last, uint32_t count, struct err *err)
{
    static atomic_uint used;
    struct arena a = {0};
    struct cast c = {.arena = &a, .id = last, .now_ms = 5};
    struct record **list = NEW_ARRAY(&a, count, struct record *);
    uint64_t mark = atomic_fetch_add(&used, 1);
    for (uint32_t i = 0; i < count; i++) {
        list[i] = cast_party(&c, text_format(&a, "P%" PRIu64 "-%" PRIu32, mark, i));
        list[i]->recorded_ms = 5;
        list[i]->salt[0] = (uint8_t)mark; /* as random ones: nobody else has this root */
        list[i]->salt[1] = (uint8_t)(mark >> 8);
        list[i]->idem = record_idem(&a, list[i], 1);
    }
    enum rc rc = store_append(s, (const struct record *const *)list, count, NULL, 0, err);
    arena_free(&a);
    return rc;
}

static void is_whole(uint64_t rows)
{
    struct arena a = {0};
    struct store *s = opened(&a, cluster_url);
    struct verdict v = {0};
    GOOD(store_verify(s, &v, oops));
    CHECK_I64((int64_t)v.rows, (int64_t)rows);
    store_close(s);
    arena_free(&a);
}

/* --- a wire that is cut --- */

static int kept_in_doubt, lost_in_doubt;

/*
 * One append over the wire, cut somewhere. Said and done are held against each
 * other over another connection.
 */
static void append_and_cut(struct rng *r, struct store *direct, uint32_t count)
{
    struct arena a = {0};
    struct err err = {0};
    uint64_t before = last_of(direct);
    struct store *s = opened(&a, wire_url);
    GOOD(append_some(s, before, 1, oops)); /* it knows the keys of the log now */
    before = last_of(direct);
    bool up = rng_one_in(r, 3); /* else an answer is lost */
    wire_cut(up, rng_below(r, up ? 700 + count * 160 : 700));
    enum rc rc = append_some(s, before, count, &err);
    bool cut = wire_mend();
    uint64_t after = last_of(direct);
    CHECK(rc == RC_OK || rc == RC_STORE);
    CHECK_I64((int64_t)after, (int64_t)(before + (rc == RC_OK ? count : 0)));
    if (rc) CHECK(strstr(err.msg, "was lost") != NULL);
    if (rc && !tap_this_ok) printf("# %s\n", err.msg);
    kept_in_doubt += rc == RC_OK && cut;
    lost_in_doubt += rc == RC_STORE && strstr(err.msg, "before anything was kept") != NULL;
    if (rc) CHECK(append_some(s, after, 1, &err) == RC_STORE); /* to be opened again */
    store_close(s);
    arena_free(&a);
}

static void cut_once(struct rng *r)
{
    struct arena a = {0};
    struct store *direct = opened(&a, cluster_url);
    append_and_cut(r, direct, rng_one_in(r, 3) ? 40 : 1 + rng_below(r, 4));
    store_close(direct);
    arena_free(&a);
}

static void a_cut_wire_leaves_no_doubt(void)
{
    new_store();
    seeds_run(150, cut_once);
    struct arena a = {0};
    struct store *s = opened(&a, cluster_url);
    is_whole(last_of(s));
    store_close(s);
    arena_free(&a);
    printf("# kept in doubt %d, lost in doubt %d\n", kept_in_doubt, lost_in_doubt);
    if (getenv("MUSTER_SEED")) return;
    CHECK(kept_in_doubt > 0); /* or nothing was tried */
    CHECK(lost_in_doubt > 0);
}

struct count_rows {
    uint64_t last;
    bool gap;
};
static enum rc next_row(void *ctx, const struct row *row, struct err *err)
{
    struct count_rows *c = ctx;
    (void)err;
    c->gap |= row->id != c->last + 1;
    c->last = row->id;
    return RC_OK;
}

/* A reader is not disturbed: what it asked is asked again. */
static void a_reader_whose_wire_is_cut_reads_on(void)
{
    struct arena a = {0};
    struct err err = {0};
    new_store();
    struct store *direct = opened(&a, cluster_url);
    GOOD(append_some(direct, 0, 2000, oops));
    for (uint32_t at = 0; at < 300000; at += 33000) {
        struct store *s = opened(&a, wire_url);
        struct count_rows c = {0};
        wire_cut(false, at);
        GOOD(s->ops->scan(s, 0, next_row, &c, oops));
        CHECK(!c.gap);
        CHECK_I64((int64_t)c.last, 2000);
        CHECK(wire_mend());
        wire_cut(true, at / 33000 * 5);
        CHECK_I64((int64_t)last_of(s), 2000);
        wire_mend();
        store_close(s);
    }
    struct store *s = opened(&a, wire_url);
    wire_refuse(true);
    wire_cut(true, 0);
    struct commit head;
    CHECK(s->ops->head(s, &head, &err) == RC_STORE);
    CHECK(strstr(err.msg, "cannot be reached") != NULL);
    wire_refuse(false);
    CHECK_I64((int64_t)last_of(s), 2000); /* and it is there again */
    store_close(s);
    store_close(direct);
    arena_free(&a);
}

/* --- a server that ends --- */

static const char *disturbance;
static atomic_bool disturbing;

static void terminate_backends(struct rng *r)
{
    nap_us(rng_below(r, 30000));
    cluster_sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'muster'");
}

static void kill_server(struct rng *r)
{
    nap_us(100000 + rng_below(r, 200000));
    CHECK_I64(cluster_do("kill"), 0);
    CHECK_I64(cluster_do("start"), 0);
}

static void *disturb(void *ctx)
{
    struct rng r = {seed_env("MUSTER_SEED", 1)};
    uint64_t times = seed_env("MUSTER_ROUNDS", strcmp(disturbance, "kill") == 0 ? 2 : 60);
    (void)ctx;
    for (uint64_t i = 0; i < times; i++) {
        if (strcmp(disturbance, "kill") == 0)
            kill_server(&r);
        else
            terminate_backends(&r);
    }
    atomic_store(&disturbing, false);
    return NULL;
}

/* Commits one after another, as somebody who believes what append() says. */
static void what_was_said_is_true_although(const char *what)
{
    struct arena a = {0};
    struct err err = {0};
    struct store *s = NULL;
    struct rng r = {7};
    pthread_t thread;
    uint64_t last = 0, refused = 0, commits = 0;
    new_store();
    disturbance = what;
    atomic_store(&disturbing, true);
    if (pthread_create(&thread, NULL, disturb, NULL)) abort();
    while (atomic_load(&disturbing) || commits == 0) {
        if (!s && store_open(&a, cluster_url, true, &s, &err)) {
            s = NULL;
            nap_us(10000);
            continue;
        }
        uint32_t count = rng_one_in(&r, 8) ? 200 : 1 + rng_below(&r, 3);
        enum rc rc = append_some(s, last, count, &err);
        CHECK(rc == RC_OK || rc == RC_STORE); /* RC_RULE: something was kept, and we were told no */
        if (rc == RC_RULE) break;
        if (rc == RC_OK) last += count;
        refused += rc != RC_OK;
        commits += rc == RC_OK;
        if (!rc) continue;
        store_close(s);
        s = NULL;
        if (refused > 100000) break;
    }
    pthread_join(thread, NULL);
    store_close(s);
    arena_free(&a);
    printf("# %" PRIu64 " commits kept, %" PRIu64 " refused\n", commits, refused);
    CHECK(commits > 0);
    is_whole(last);
}

static void terminated_backends_lose_and_double_nothing(void)
{
    what_was_said_is_true_although("terminate");
}

static void a_killed_server_loses_and_doubles_nothing(void)
{
    what_was_said_is_true_although("kill");
}

/* --- a machine that disappears --- */

static enum rc gone_said;

static void *append_from_a_machine_that_goes(void *ctx)
{
    struct arena a = {0};
    struct err err = {0};
    struct store *s =
        opened(&a, text_format(&a, "%s&options=-c%%20idle_in_transaction_session_timeout%%3D1500ms",
                               wire_url));
    (void)ctx;
    GOOD(append_some(s, 1, 1, oops));
    wire_stall(true, 250); /* it has the lock by then, and the server not yet the commit */
    gone_said = append_some(s, 2, 2, &err);
    store_close(s);
    arena_free(&a);
    return NULL;
}

static void a_writer_that_disappears_holds_nobody_up_for_long(void)
{
    struct arena a = {0};
    pthread_t thread;
    new_store();
    struct store *s = opened(&a, cluster_url);
    GOOD(append_some(s, 0, 1, oops));
    if (pthread_create(&thread, NULL, append_from_a_machine_that_goes, NULL)) abort();
    int64_t idle = 0;
    for (int i = 0; i < 500 && idle < 1; i++, nap_us(5000)) {
        idle = cluster_number(
            "SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction'");
    }
    CHECK_I64(idle, 1);                        /* it holds the lock */
    GOOD(append_some(s, last_of(s), 1, oops)); /* which is had after a second and a half */
    wire_mend();
    pthread_join(thread, NULL);
    CHECK(gone_said == RC_STORE);
    is_whole(3);
    store_close(s);
    arena_free(&a);
}

/* --- a replica that is not there --- */

static atomic_bool returned;

/* The wait for a replica is broken off by an administrator; half a second later none is asked for.
 */
static void *break_off(void *ctx)
{
    (void)ctx;
    for (int i = 0; i < 500; i++, nap_us(10000)) {
        if (cluster_number("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"))
            break;
    }
    CHECK(cluster_sql(
        "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"));
    nap_us(500000);
    CHECK(!atomic_load(&returned)); /* the commit is on one disk only: it is not answered */
    CHECK(cluster_sql("ALTER SYSTEM RESET synchronous_standby_names"));
    CHECK(cluster_sql("SELECT pg_reload_conf()"));
    return NULL;
}

static void a_commit_that_no_replica_has_is_not_answered(void)
{
    struct arena a = {0};
    pthread_t thread;
    new_store();
    struct store *s = opened(&a, cluster_url);
    GOOD(append_some(s, 0, 1, oops));
    store_close(s);
    CHECK(cluster_sql("ALTER ROLE postgres SET synchronous_commit = off")); /* for ours it is on */
    s = opened(&a, cluster_url);
    CHECK(cluster_sql("ALTER SYSTEM SET synchronous_standby_names = 'nobody'"));
    CHECK(cluster_sql("SELECT pg_reload_conf()"));
    nap_us(300000); /* until every process has read that */
    atomic_store(&returned, false);
    if (pthread_create(&thread, NULL, break_off, NULL)) abort();
    GOOD(append_some(s, 1, 1, oops));
    atomic_store(&returned, true);
    pthread_join(thread, NULL);
    CHECK(cluster_sql("ALTER ROLE postgres RESET synchronous_commit"));
    store_close(s);
    is_whole(2);
    arena_free(&a);
}

/* --- many writers, and who follows --- */

enum { WRITERS = 4, EACH = 40 };
static atomic_int writing;

static void *write_many(void *ctx)
{
    struct arena a = {0};
    struct store *s = opened(&a, cluster_url);
    (void)ctx;
    for (int i = 0; i < EACH;) {
        struct err err = {0};
        enum rc rc = append_some(s, last_of(s), i % 5 ? 1 : 30, &err);
        CHECK(rc == RC_OK || rc == RC_RULE); /* somebody else was first: once more */
        i += rc == RC_OK;
        if (rc == RC_STORE) break;
    }
    store_close(s);
    arena_free(&a);
    atomic_fetch_sub(&writing, 1);
    return NULL;
}

static void who_follows_many_writers_misses_no_row(void)
{
    struct arena a = {0};
    struct count_rows c = {0};
    pthread_t threads[WRITERS];
    int looks = 0;
    new_store();
    struct store *s = opened(&a, cluster_url);
    GOOD(append_some(s, 0, 1, oops));
    atomic_store(&writing, WRITERS);
    for (int i = 0; i < WRITERS; i++) {
        if (pthread_create(&threads[i], NULL, write_many, NULL)) abort();
    }
    for (bool more = true; more; looks++) {
        more = atomic_load(&writing) > 0;
        GOOD(s->ops->scan(s, c.last, next_row, &c, oops));
        CHECK(!c.gap);
    }
    for (int i = 0; i < WRITERS; i++) pthread_join(threads[i], NULL);
    CHECK_I64((int64_t)c.last, 1 + WRITERS * (EACH / 5 * 30 + EACH / 5 * 4));
    is_whole(c.last);
    store_close(s);
    arena_free(&a);
    printf("# %d looks\n", looks);
}

/* A stranger with SQL takes the lock too, by the trigger; who waits is told at last. */
static void the_database_itself_lets_one_write_at_a_time(void)
{
    struct arena a = {0};
    struct err err = {0};
    new_store();
    struct store *s = opened(&a, cluster_url);
    GOOD(append_some(s, 0, 1, oops));
    PGconn *c = PQconnectdb(cluster_url);
    PQclear(PQexec(c, "BEGIN"));
    PQclear(PQexec(c, "INSERT INTO muster.log VALUES(2, 5, 1, 'public', NULL, '', '', '')"));
    CHECK_I64(cluster_number("SELECT pg_try_advisory_lock(1299542100)::int"), 0);
    store_close(s);
    s = opened(&a, text_format(&a, "%s&options=-c%%20lock_timeout%%3D300ms", cluster_url));
    CHECK(append_some(s, 1, 1, &err) == RC_STORE);
    CHECK(strstr(err.msg, "being written by somebody else") != NULL);
    PQclear(PQexec(c, "ROLLBACK"));
    PQfinish(c);
    store_close(s);
    s = opened(&a, cluster_url);
    GOOD(append_some(s, 1, 1, oops));
    CHECK(cluster_sql("INSERT INTO muster.log VALUES(3, 5, 1, 'public', NULL, '', '', '')"));
    CHECK(append_some(s, 2, 1, &err) == RC_STORE);
    CHECK(strstr(err.msg, "rows that no commit names") != NULL);
    store_close(s);
    arena_free(&a);
}

static void who_listens_hears_of_a_commit_without_asking(void)
{
    struct arena a = {0};
    new_store();
    struct store *writer = opened(&a, cluster_url), *reader = opened(&a, wire_url);
    GOOD(append_some(writer, 0, 1, oops));
    CHECK(reader->ops->grew(reader)); /* it begins to listen, and cannot know */
    CHECK_I64((int64_t)last_of(reader), 1);
    wire_count();
    int heard = 0;
    int64_t began_us = now_us();
    for (int i = 0; i < 40; i++, nap_us(10000)) heard += reader->ops->grew(reader);
    CHECK(heard == 0 || now_us() - began_us > 900000); /* on a machine that is busy it may ask */
    CHECK_I64((int64_t)wire_count(), 0);               /* nothing was asked meanwhile */
    GOOD(append_some(writer, 1, 1, oops));
    for (heard = 0; heard < 30 && !reader->ops->grew(reader); heard++) nap_us(10000);
    CHECK(heard < 30);
    CHECK_I64((int64_t)last_of(reader), 2);
    nap_us(1100000);
    CHECK(reader->ops->grew(reader)); /* a notice may be lost: it asks after a second anyway */
    CHECK_I64((int64_t)last_of(reader), 2);
    wire_cut(true, 0);
    GOOD(append_some(writer, 2, 1, oops));  /* while nobody hears it */
    CHECK_I64((int64_t)last_of(reader), 3); /* over a new connection */
    CHECK(reader->ops->grew(reader));
    wire_mend();
    store_close(writer);
    store_close(reader);
    arena_free(&a);
}

/* --- what this machine keeps --- */

static uint64_t bytes_to_append(struct arena *a, uint64_t last)
{
    struct store *s = opened(a, wire_url);
    wire_count();
    GOOD(append_some(s, last, 1, oops));
    store_close(s);
    return wire_count();
}

static uint64_t bytes_to_open(struct arena *a, uint64_t want)
{
    struct store *s = opened(a, wire_url);
    struct view v;
    wire_count();
    GOOD(view_open(a, s, NULL, NULL, &v, oops));
    CHECK_I64((int64_t)book_head(v.book), (int64_t)want);
    store_close(s);
    return wire_count();
}

static void a_long_log_is_not_fetched_twice(void)
{
    enum { LONG = 20000 };
    struct arena a = {0};
    new_store();
    struct store *s = opened(&a, cluster_url);
    GOOD(append_some(s, 0, LONG, oops));
    store_close(s);
    CHECK(bytes_to_append(&a, LONG) > LONG * 5); /* every key comes over the wire */
    uint64_t again = bytes_to_append(&a, LONG + 1);
    CHECK(again < 10000);
    CHECK(bytes_to_open(&a, LONG + 2) > LONG * 50); /* every row */
    uint64_t kept = bytes_to_open(&a, LONG + 2);
    CHECK(kept < 20000);
    printf("# to append %" PRIu64 " bytes, to open %" PRIu64 "\n", again, kept);
    new_store(); /* another log under the same address: nothing of the old one is taken for it */
    s = opened(&a, cluster_url);
    GOOD(append_some(s, 0, 3, oops));
    store_close(s);
    bytes_to_open(&a, 3);
    arena_free(&a);
}

/* --- forms --- */

static void an_older_form_is_read_and_brought_forward_by_its_owner(void)
{
    static const char down[] = "DROP FUNCTION muster.one_writer() CASCADE;"
                               "ALTER TABLE muster.commits DROP COLUMN number, DROP COLUMN brought;"
                               "UPDATE muster.form SET version = 1";
    struct arena a = {0};
    struct err err = {0};
    struct verdict v;
    char url[400];
    new_store();
    struct store *s = opened(&a, cluster_url);
    GOOD(append_some(s, 0, 5, oops));
    store_close(s);
    CHECK(cluster_sql(down));
    CHECK(cluster_sql(
        "DROP ROLE IF EXISTS wim; CREATE ROLE wim LOGIN; GRANT USAGE ON SCHEMA muster TO wim;"
        "GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA muster TO wim"));
    snprintf(url, sizeof url, "postgresql://wim@/postgres?host=%s", cluster_dir);
    s = opened(&a, url);
    GOOD(store_verify(s, &v, oops));
    CHECK_I64((int64_t)v.rows, 5);
    CHECK(append_some(s, 5, 1, &err) == RC_STORE); /* it may write, but not change tables */
    CHECK(strstr(err.msg, "owner must bring it to form 3") != NULL);
    store_close(s);
    CHECK_I64(cluster_number("SELECT version FROM muster.form"), 1); /* nothing half done */
    s = opened(&a, cluster_url);
    GOOD(append_some(s, 5, 1, oops)); /* its owner's append brings it forward */
    store_close(s);
    CHECK_I64(cluster_number("SELECT version FROM muster.form"), 3);
    s = opened(&a, url);
    GOOD(append_some(s, 6, 1, oops));
    store_close(s);
    is_whole(7);
    CHECK(cluster_sql("DROP SCHEMA muster CASCADE; DROP ROLE wim"));
    arena_free(&a);
}

int main(void)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    signal(SIGPIPE, SIG_IGN);
    temp_make(&temp);
    cluster_begin(&temp);
    if (cluster_here) wire_begin(&temp, cluster_dir);
    snprintf(wire_url, sizeof wire_url, "postgresql://postgres@/postgres?host=%s", temp.dir);
    CLUSTER_RUN(a_cut_wire_leaves_no_doubt);
    CLUSTER_RUN(a_reader_whose_wire_is_cut_reads_on);
    CLUSTER_RUN(terminated_backends_lose_and_double_nothing);
    CLUSTER_RUN(a_killed_server_loses_and_doubles_nothing);
    CLUSTER_RUN(a_writer_that_disappears_holds_nobody_up_for_long);
    CLUSTER_RUN(a_commit_that_no_replica_has_is_not_answered);
    CLUSTER_RUN(who_follows_many_writers_misses_no_row);
    CLUSTER_RUN(the_database_itself_lets_one_write_at_a_time);
    CLUSTER_RUN(who_listens_hears_of_a_commit_without_asking);
    CLUSTER_RUN(a_long_log_is_not_fetched_twice);
    CLUSTER_RUN(an_older_form_is_read_and_brought_forward_by_its_owner);
    wire_end();
    cluster_end();
    temp_remove(&temp);
    return tap_done();
}
