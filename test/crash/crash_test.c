/*
 * crash_test.c - law 8: nothing acknowledged is lost.
 *
 * The store that ships, on a disk that loses its power at a seeded moment,
 * several times over, also while it is getting up again; or whose process dies
 * there. Afterwards every acknowledged record is there, nothing is half there,
 * and verify is clean. The same after a sync that failed, and with every single
 * I/O failing in turn. A disk that lies about syncing is the negative control.
 *
 * MUSTER_SEEDS is the number of histories; each is some three cuts.
 */
#include <sqlite3.h>

#include "promise.h"

enum { LIVES = 4, COMMITS = 40, HISTORIES = 15000 };

static struct {
    uint64_t cuts, commits;
    double since;
} tally;

static void tally_begin(void)
{
    tally.cuts = tally.commits = 0;
    tally.since = spent_s();
}

static void tally_end(void)
{
    double s = spent_s() - tally.since;
    CHECK(tally.cuts > 0 && tally.commits > tally.cuts / 4);
    printf("# %" PRIu64 " cuts, %" PRIu64 " acknowledged commits, %.0f cuts a second\n", tally.cuts,
           tally.commits, s > 0 ? (double)tally.cuts / s : 0);
}

/* One life, until the power or the process goes. False: it ended by itself. */
static bool life(struct rng *r, struct disk_faults faults, struct promise *p, bool first)
{
    struct arena a = {0};
    struct store *s = NULL;
    struct err err = {0};
    /* Soon, while it gets up again; or while it works. */
    uint32_t most = p->document ? 9000 : first ? 250 : 120;
    uint64_t at = 1 + rng_below(r, rng_one_in(r, 3) ? 12 : most);
    if (!faults.lies && rng_one_in(r, 4))
        faults.kill_at = at;
    else
        faults.cut_at = at;
    disk_arm(faults);
    if (!store_open(&a, promise_path(p), true, &s, &err)) {
        enum rc rc = promise_look(s, p, &err);
        if (!rc) rc = promise_work(s, p, r, COMMITS, &err);
        if (rc && !disk_dead() && !p->broken) p->broken = "an append failed for no reason";
    }
    store_close(s);
    arena_free(&a);
    return disk_dead();
}

/* Power cuts, also during recovery. */
static void lives(struct rng *r, struct disk_faults faults, struct promise *p)
{
    disk_new(rng_next(r));
    for (int n = 0; n < LIVES && !p->broken; n++) {
        if (!life(r, faults, p, n == 0)) break;
        bool cut = disk_was_cut();
        disk_power_back();
        /* What is looked at has got up again: some lives are cut before that. */
        if (n + 1 == LIVES || !rng_one_in(r, 4)) promise_hold(p, cut);
    }
    tally.cuts += p->cuts;
    tally.commits += p->commits;
}

static void cut_with_log(struct rng *r)
{
    struct promise p = {0};
    lives(r, (struct disk_faults){.cut_at = 0}, &p);
    promise_report(&p);
}

static void cut_with_journal(struct rng *r)
{
    struct promise p = {0};
    lives(r, (struct disk_faults){.unshared = true}, &p);
    promise_report(&p);
}

static void power_cuts_lose_nothing_acknowledged(void)
{
    tally_begin();
    seeds_run(fewer(HISTORIES), cut_with_log);
    tally_end();
}

static void nor_without_shared_memory(void)
{
    tally_begin();
    seeds_run(fewer(HISTORIES), cut_with_journal);
    tally_end();
}

/* So much that the writer itself puts the log in place, in the middle of its work. */
static void cut_with_much(struct rng *r)
{
    struct promise p = {.document = 2 << 20};
    lives(r, (struct disk_faults){.cut_at = 0}, &p);
    promise_report(&p);
}

static void nor_where_the_log_is_put_in_place_meanwhile(void)
{
    uint64_t first = seed_env("MUSTER_SEED", 1), count = seed_env("MUSTER_SEEDS", 0) / 5000;
    tally_begin();
    for (uint64_t seed = first; seed < first + fewer(40) + count && tap_this_ok; seed++) {
        struct rng r = {seed}; /* a hundred times as slow as the others */
        cut_with_much(&r);
        if (!tap_this_ok) printf("# seed %" PRIu64 "\n", seed);
    }
    tally_end();
}

/* How many seeds it takes until such a disk is told from a good one. */
static uint64_t first_seen(struct disk_faults faults)
{
    for (uint64_t seed = 1; seed <= CONTROL; seed++) {
        struct rng r = {seed};
        struct promise p = {0};
        lives(&r, faults, &p);
        if (p.broken) return seed;
    }
    return 0;
}

static void a_disk_that_lies_is_seen(void)
{
    control_seen("a sync that does nothing", first_seen((struct disk_faults){.lies = true}));
    control_seen("the same with a journal",
                 first_seen((struct disk_faults){.lies = true, .unshared = true}));
}

/* --- a disk that is full --- */

/* It fills, says so, and goes on where somebody made room; now and then the power goes too. */
static void fill_and_go_on(struct rng *r)
{
    struct promise p = {0};
    struct disk_faults faults = {.unshared = rng_one_in(r, 3)};
    int full = 0;
    disk_new(rng_next(r));
    for (int n = 0; n < LIVES && !p.broken; n++) {
        struct arena a = {0};
        struct store *s = NULL;
        struct err err = {0};
        faults.room += 20000 + rng_below(r, 200000);
        disk_arm(faults);
        enum rc rc = store_open(&a, promise_path(&p), true, &s, &err);
        if (!rc) rc = promise_look(s, &p, &err);
        if (!rc) rc = promise_work(s, &p, r, COMMITS, &err);
        if (rc && !p.broken && !strstr(err.msg, "no room left")) p.broken = "it does not say why";
        if (p.broken) p.why = err;
        full += rc != RC_OK;
        if (rng_one_in(r, 3)) disk_cut();
        store_close(s);
        arena_free(&a);
        bool cut = disk_was_cut();
        disk_power_back();
        promise_hold(&p, cut);
    }
    tally.cuts += (uint64_t)full;
    tally.commits += p.commits;
    promise_report(&p);
}

static void a_full_disk_takes_nothing_half_and_goes_on_with_room(void)
{
    tally_begin();
    seeds_run(fewer(400), fill_and_go_on);
    tally_end();
}

/* --- a sync that fails --- */

/* Append until the armed sync has failed, or for long enough; and nothing more after that. */
static void until_it_fails(struct rng *r, struct promise *p, bool unshared)
{
    struct arena a = {0};
    struct store *s = NULL;
    struct err err = {0};
    struct disk_faults faults = {
        .only = DISK_SYNC, .fail_at = 1 + rng_below(r, 8), .unshared = unshared};
    disk_arm(faults);
    enum rc rc = store_open(&a, promise_path(p), true, &s, &err);
    bool opened = !rc;
    if (!rc) rc = promise_look(s, p, &err);
    if (!rc) rc = promise_work(s, p, r, COMMITS, &err);
    bool failed = disk_failed();
    if (rc && !failed) p->broken = "an append failed for no reason";
    if (rc && !p->broken && (rc != RC_STORE || !err.msg[0])) p->broken = "no sentence";
    disk_arm((struct disk_faults){.unshared = unshared});
    if (rc && opened && p->tried_count && !p->broken) {
        struct promise more = *p;
        if (promise_append(s, &more, r, &err) != RC_STORE) p->broken = "the writer went on";
        if (!strstr(err.msg, "open it again")) p->broken = "it does not say what to do";
    }
    if (rng_one_in(r, 2)) disk_kill(); /* before it could even close */
    store_close(s);
    arena_free(&a);
    disk_power_back();
}

static void after_a_failed_sync(struct rng *r, struct promise *p, bool unshared)
{
    disk_new(rng_next(r));
    for (int n = 0; n < LIVES && !p->broken; n++) {
        until_it_fails(r, p, unshared);
        if (rng_one_in(r, 3)) continue;
        disk_arm((struct disk_faults){.unshared = unshared});
        if (!p->broken) life(r, (struct disk_faults){.unshared = unshared}, p, false);
        disk_cut();
        disk_power_back();
        promise_hold(p, true);
    }
    tally.cuts += p->cuts;
    tally.commits += p->commits;
}

static void sync_with_log(struct rng *r)
{
    struct promise p = {0};
    after_a_failed_sync(r, &p, false);
    promise_report(&p);
}

static void sync_with_journal(struct rng *r)
{
    struct promise p = {0};
    after_a_failed_sync(r, &p, true);
    promise_report(&p);
}

static void a_sync_that_failed_stops_the_writer_and_loses_nothing(void)
{
    tally_begin();
    seeds_run(fewer(HISTORIES / 8), sync_with_log);
    seeds_run(fewer(HISTORIES / 8), sync_with_journal);
    tally_end();
}

int main(void)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* one thread, and nobody asks: a fifth faster */
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    disk_register();
    disk_mount(true);
    RUN(power_cuts_lose_nothing_acknowledged);
    RUN(nor_without_shared_memory);
    RUN(nor_where_the_log_is_put_in_place_meanwhile);
    RUN(a_disk_that_lies_is_seen);
    RUN(a_full_disk_takes_nothing_half_and_goes_on_with_room);
    RUN(a_sync_that_failed_stops_the_writer_and_loses_nothing);
    disk_free();
    return tap_done();
}
