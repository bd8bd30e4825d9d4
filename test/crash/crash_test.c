/*
 * crash_test.c - law 8: nothing acknowledged is lost.
 *
 * The store that ships, on a disk that loses its power at a seeded moment,
 * three times over, also while it is getting up again. Afterwards every
 * acknowledged record is there, nothing is half there, and verify is clean.
 * The same with every single I/O failing in turn, and with the disk full. A
 * disk that lies about syncing is the negative control: this test must see it.
 */
#include <sqlite3.h>

#include "base/text.h"
#include "disk.h"
#include "draft.h"
#include "seed.h"
#include "store/store.h"

enum { LIVES = 3, BATCHES = 40 };

/* What the store must hold: record n is a function of n, so any row can be checked. */
struct promise {
    uint64_t acked, tried; /* ids up to which append said yes; was asked */
    const char *broken;    /* the first broken promise, or NULL */
};

static struct record *nth(struct arena *a, uint64_t id)
{
    struct cast c = {.arena = a, .id = id - 1, .now_ms = (int64_t)(id - 1) * 1000};
    struct record *r = cast_party(&c, text_format(a, "P%" PRIu64, id));
    record_set_text(a, r, F_NOTE, text_format(a, "%0*d", (int)(id * 37 % 900) + 1, 7));
    r->idem = record_idem(a, r, 1);
    return r;
}

/* Append batches until something fails. */
static enum rc work(struct store *s, struct promise *p, struct rng *r, int batches, struct err *err)
{
    enum rc rc = RC_OK;
    for (int i = 0; i < batches && !rc; i++) {
        struct arena a = {0};
        const struct record *list[6];
        uint32_t count = 1 + rng_below(r, 6);
        struct evidence e = {.bytes = text_format(&a, "%0*d", (int)rng_below(r, 6000) + 1, 3)};
        e.len = strlen(e.bytes);
        sha256(e.bytes, e.len, e.hash);
        for (uint32_t k = 0; k < count; k++) list[k] = nth(&a, p->acked + 1 + k);
        p->tried = p->acked + count;
        rc = store_append(s, list, count, &e, rng_one_in(r, 4), err);
        if (!rc) p->acked = p->tried;
        arena_free(&a);
    }
    return rc;
}

static enum rc check_row(void *ctx, const struct row *row, struct err *err)
{
    struct arena a = {0};
    struct buf bytes = {.arena = &a};
    uint8_t leaf[SHA_BYTES];
    uint64_t *seen = ctx;
    (void)err;
    struct record *want = nth(&a, row->id);
    record_encode(&bytes, want);
    merkle_leaf(want->salt, bytes.text, bytes.len, leaf);
    bool same = row->id == *seen + 1 && memcmp(leaf, row->leaf, SHA_BYTES) == 0;
    arena_free(&a);
    *seen = row->id;
    return same ? RC_OK : RC_INPUT;
}

/* Open what is left and hold it against what was promised. */
static void keep_promise(struct promise *p)
{
    struct arena a = {0};
    struct store *s = NULL;
    struct err err = {0};
    struct verdict v;
    uint64_t seen = 0;
    if (p->broken) return;
    if (store_open(&a, "book", true, &s, &err)) {
        p->broken = "it does not open";
        printf("# %s\n", err.msg);
    } else if (store_verify(s, &v, &err)) {
        p->broken = "verify finds a fault";
        printf("# %s\n", err.msg);
    } else if (s->ops->scan(s, 0, check_row, &seen, &err)) {
        p->broken = "a record is another";
    } else if (seen < p->acked) {
        p->broken = "an acknowledged record is gone";
    } else if (seen != p->acked && seen != p->tried) {
        p->broken = "a commit is half there";
    }
    p->acked = p->tried = seen; /* one that was not acknowledged may be there, whole */
    store_close(s);
    arena_free(&a);
}

/* Power cuts, also during recovery. */
static void lives(struct rng *r, struct disk_faults faults, struct promise *p)
{
    disk_new(rng_next(r));
    for (int life = 0; life < LIVES && !p->broken; life++) {
        struct arena a = {0};
        struct store *s = NULL;
        struct err err = {0};
        faults.cut_at = 1 + rng_below(r, life ? 120 : 250);
        disk_arm(faults);
        if (!store_open(&a, "book", true, &s, &err)) {
            enum rc rc = work(s, p, r, BATCHES, &err);
            if (rc && !disk_dead()) p->broken = "an append failed for no reason";
        }
        store_close(s);
        arena_free(&a);
        if (!disk_dead()) break;
        disk_power_back();
        keep_promise(p);
    }
}

static void report(const struct promise *p)
{
    CHECK(p->broken == NULL);
    if (p->broken) printf("# %s\n", p->broken);
}

static void cut_with_log(struct rng *r)
{
    struct promise p = {0};
    lives(r, (struct disk_faults){.cut_at = 0}, &p);
    report(&p);
}

static void cut_with_journal(struct rng *r)
{
    struct promise p = {0};
    lives(r, (struct disk_faults){.unshared = true}, &p);
    report(&p);
}

static void power_cuts_lose_nothing_acknowledged(void)
{
    seeds_run(500, cut_with_log);
}

static void nor_without_shared_memory(void)
{
    seeds_run(500, cut_with_journal);
}

static void a_disk_that_lies_is_seen(void)
{
    int seen = 0;
    for (uint64_t seed = 1; seed <= 100; seed++) {
        struct rng r = {seed};
        struct promise p = {0};
        lives(&r, (struct disk_faults){.lies = true}, &p);
        seen += p.broken != NULL;
    }
    CHECK(seen > 20);
    printf("# a lying disk was seen in %d of 100 histories\n", seen);
}

/* The k-th I/O fails, for every k; returns false when there were fewer than k. */
static bool fail_at(uint64_t k, struct disk_faults faults)
{
    struct arena a = {0};
    struct store *s = NULL;
    struct err err = {0};
    struct promise p = {0};
    struct rng r = {k};
    disk_new(k);
    faults.fail_at = k;
    disk_arm(faults);
    enum rc rc = store_open(&a, "book", true, &s, &err);
    if (!rc) rc = work(s, &p, &r, 10, &err);
    bool hit = disk_failed();
    CHECK(!rc || (rc == RC_STORE && err.msg[0])); /* never anything but a sentence */
    CHECK(!rc || hit);
    if (rc && s && p.tried > p.acked) { /* and not another append before it is opened again */
        struct promise more = p;
        faults.fail_at = 0;
        disk_arm(faults);
        CHECK(work(s, &more, &r, 1, &err) == RC_STORE);
    }
    store_close(s);
    disk_power_back();
    keep_promise(&p);
    report(&p);
    if (!tap_this_ok) printf("# fault %" PRIu64 ": %s\n", k, err.msg);
    arena_free(&a);
    return hit;
}

static void every_failure(struct disk_faults faults)
{
    uint64_t k = 1;
    while (fail_at(k, faults) && tap_this_ok) k++;
    CHECK(k > 50);
}

static void every_single_io_error_is_survived(void)
{
    every_failure((struct disk_faults){.code = SQLITE_IOERR_WRITE});
    every_failure((struct disk_faults){.code = SQLITE_IOERR_WRITE, .unshared = true});
}

static void a_disk_that_stays_broken_is_survived(void)
{
    every_failure((struct disk_faults){.code = SQLITE_IOERR_WRITE, .fail_on = true});
}

static void a_full_disk_is_survived(void)
{
    every_failure((struct disk_faults){.code = SQLITE_FULL});
    every_failure((struct disk_faults){.code = SQLITE_FULL, .fail_on = true});
}

int main(void)
{
    disk_register();
    RUN(power_cuts_lose_nothing_acknowledged);
    RUN(nor_without_shared_memory);
    RUN(a_disk_that_lies_is_seen);
    RUN(every_single_io_error_is_survived);
    RUN(a_disk_that_stays_broken_is_survived);
    RUN(a_full_disk_is_survived);
    disk_free();
    return tap_done();
}
