/*
 * fault_test.c - every call of every public function of the store, its kept
 * files, its backup and its proofs fails once, and from then on.
 *
 * Whatever is done to the world of world.h either says a clean sentence or
 * learns what it learns without a fault; afterwards the world is as it was or as
 * it was to be, also when the power goes at once; nothing is left open and no
 * memory held; and the same done again without a fault succeeds. Then the same
 * with the power gone, or the process, at every single call.
 */
#include <sqlite3.h>

#include "deeds.h"

struct trial {
    const struct deed *deed;
    const char *want; /* what it learns without a fault */
    struct disk_faults faults;
    uint64_t seed;
};

static struct {
    uint64_t calls, surfaced, unnoticed;
} tally;

/* One kind of fault, at its k-th call. */
struct sort {
    const char *name;
    struct disk_faults faults;
};

static const struct sort failures[] = {
    {"EIO, once", {.fail_on = false}},
    {"EIO, from then on", {.fail_on = true}},
    {"ENOSPC, once", {.code = SQLITE_FULL, .only = DISK_WRITE | DISK_SYNC | DISK_NAME}},
    {"ENOSPC, from then on",
     {.code = SQLITE_FULL, .only = DISK_WRITE | DISK_SYNC | DISK_NAME, .fail_on = true}},
    {"EINTR, once", {.error = 4}},
    {"half of it, once", {.partly = true, .only = DISK_READ | DISK_WRITE}},
    {"half of it, from then on", {.partly = true, .fail_on = true, .only = DISK_READ | DISK_WRITE}},
};
enum { FAILURES = sizeof failures / sizeof *failures };

static enum rc do_it(const struct deed *d, char **said, struct err *err)
{
    struct arena a = {0};
    struct buf out = {.arena = &a};
    enum rc rc = d->run(&a, &out, err);
    *said = rc ? NULL : strdup(out.text ? out.text : "");
    arena_free(&a);
    return rc;
}

static bool wrong(const struct trial *t, const char *what, const struct err *err)
{
    tap_check(false, __FILE__, __LINE__, "a fault is told cleanly, or changes nothing");
    printf("# %s: %s (%s)\n", t->deed->name, what, err->msg);
    return false;
}

/* What it said, under the fault. */
static bool judge(const struct trial *t, enum rc rc, const char *said, bool hit,
                  const struct err *err)
{
    if (rc && !hit) return wrong(t, "it fails without a fault", err);
    if (rc && (!err->msg[0] || strchr(err->msg, '\n'))) return wrong(t, "no sentence", err);
    if (rc && rc != RC_STORE && rc != t->deed->refusal) return wrong(t, "it blames another", err);
    if (t->deed->run == verifying && strstr(err->msg, "damaged")) {
        return wrong(t, "a false alarm", err); /* what cannot be read need not be damaged */
    }
    if (!rc && strcmp(said, t->want) != 0) return wrong(t, "it learns something else", err);
    return true;
}

/* What is left of it. */
static bool inspect(const struct trial *t, bool done)
{
    struct err err = {0};
    const struct deed *d = t->deed;
    char *said = NULL;
    if (!world_hold(done && d->step ? d->step : STEPS, done && d->backup ? d->backup : 2)) {
        return wrong(t, "the world broke", &err);
    }
    if (done && d->there && !d->there()) return wrong(t, "what was done is not there", &err);
    enum rc rc = do_it(d, &said, &err);
    bool good = !rc && strcmp(said, t->want) == 0;
    free(said);
    return good || wrong(t, "it does not succeed afterwards", &err);
}

/* False: it is over, for there were fewer calls, or something was wrong. */
static bool try(const struct trial *t)
{
    struct err err = {0};
    char *said = NULL;
    disk_load(t->seed);
    int64_t memory = sqlite3_memory_used();
    disk_arm(t->faults);
    enum rc rc = do_it(t->deed, &said, &err);
    bool dead = disk_dead(), hit = disk_failed() || dead;
    bool good = dead || judge(t, rc, said, hit, &err);
    free(said);
    if (disk_open_files()) good = wrong(t, "a file is left open", &err);
    if (sqlite3_memory_used() != memory) good = wrong(t, "memory is not given back", &err);
    if (!dead && rng_one_in(&(struct rng){t->seed}, 2)) disk_cut();
    disk_power_back();
    good = good && inspect(t, !rc);
    tally.calls += hit;
    tally.surfaced += hit && rc;
    tally.unnoticed += hit && !rc;
    return good && hit;
}

/* What the deed learns without a fault; to be freed. */
static char *learn(const struct deed *d)
{
    struct err err = {0};
    char *said = NULL;
    disk_load(1);
    enum rc rc = do_it(d, &said, &err);
    CHECK(rc == RC_OK);
    if (rc) printf("# %s: %s\n", d->name, err.msg);
    return said ? said : strdup("");
}

static void every_call(const struct sort *sort, uint64_t *points)
{
    for (int i = 0; i < DEEDS && tap_this_ok; i++) {
        struct trial t = {.deed = &deeds[i], .faults = sort->faults};
        char *want = learn(t.deed);
        t.want = want;
        for (uint64_t k = 1; tap_this_ok; k++) {
            t.seed = k;
            *points = k;
            t.faults.fail_at = k;
            if (!try(&t)) break;
        }
        if (!tap_this_ok) printf("# %s: %s, call %" PRIu64 "\n", sort->name, t.deed->name, *points);
        free(want);
    }
}

static void every_failure(bool left)
{
    uint64_t k = 0;
    world_make(left);
    int sorts = left ? (int)fewer(FAILURES) : FAILURES;
    for (int i = 0; i < sorts && tap_this_ok; i++) {
        memset(&tally, 0, sizeof tally);
        every_call(&failures[i], &k);
        printf("# %s: %" PRIu64 " calls, %" PRIu64 " told, %" PRIu64 " made no difference\n",
               failures[i].name, tally.calls, tally.surfaced, tally.unnoticed);
        CHECK(tally.surfaced > 0 && tally.calls > DEEDS);
    }
}

static void every_call_that_fails_is_told_or_makes_no_difference(void)
{
    every_failure(false);
}

static void also_where_the_last_writer_died(void)
{
    every_failure(true);
}

/* --- the end, at every call --- */

static bool ends_at_call(const struct deed *d, const char *want, bool kill, uint64_t k,
                         uint64_t seed)
{
    struct trial t = {.deed = d, .want = want, .seed = seed * 1000 + k};
    if (kill)
        t.faults.kill_at = k;
    else
        t.faults.cut_at = k;
    return try(&t);
}

static void every_end(bool kill, uint64_t seed)
{
    for (int i = 0; i < DEEDS && tap_this_ok; i++) {
        char *want = learn(&deeds[i]);
        uint64_t k = 1;
        while (ends_at_call(&deeds[i], want, kill, k, seed) && tap_this_ok) k++;
        if (!tap_this_ok)
            printf("# %s, call %" PRIu64 ", seed %" PRIu64 "\n", deeds[i].name, k, seed);
        free(want);
    }
}

static void ends(struct rng *r, bool left)
{
    uint64_t seed = rng_next(r) % 1000000;
    world_make(left);
    every_end(false, seed);
    every_end(true, seed);
}

static void every_end_tidy(struct rng *r)
{
    ends(r, false);
}

static void every_end_left(struct rng *r)
{
    ends(r, true);
}

static void the_power_or_the_process_may_go_at_any_call(void)
{
    double since = spent_s();
    memset(&tally, 0, sizeof tally);
    seeds_run(fewer(6), every_end_tidy);
    seeds_run(fewer(6), every_end_left);
    printf("# %" PRIu64 " ends, %.0f a second\n", tally.calls,
           (double)tally.calls / (spent_s() - since));
    CHECK(tally.calls > 10 * DEEDS);
}

int main(void)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    disk_register();
    disk_mount(true);
    RUN(every_call_that_fails_is_told_or_makes_no_difference);
    RUN(also_where_the_last_writer_died);
    RUN(the_power_or_the_process_may_go_at_any_call);
    world_free();
    return tap_done();
}
