/*
 * sim_test.c - servers, clients, readers, backups and a clock, all from one seed.
 *
 * sim.h is the world; here its lives end (the power goes, processes die, the
 * disk fails or is full), and afterwards the log and everything made of it is
 * held against what was acknowledged: each request that was answered is there
 * once and none twice; what followed is what is folded anew, and so is what was
 * kept; nothing is lost between stages; proofs hold; the backup gives the root.
 * The same seed gives the same log, to the last byte.
 */
#include <time.h>

#include "sim.h"

#include "base/map.h"

enum { LIVES = 4, STEPS = 120, WORLDS = 60 };

/* --- the log, as a naive reader has it --- */

struct reading {
    struct sim *sim;
    struct arena arena, kept;
    struct map requests; /* key -> id */
    struct commit commits[SIM_ASKED];
    uint32_t commit_count;
    uint64_t next_begins; /* id at which the next commit begins */
    uint32_t at;
    struct {
        uint64_t line;
        int64_t at[STAGE_COUNT];
    } balance[1024];
    uint32_t lines;
};

static enum rc read_commit(void *ctx, const struct commit *c, struct err *err)
{
    struct reading *r = ctx;
    (void)err;
    CHECK(r->commit_count < SIM_ASKED);
    r->commits[r->commit_count++] = *c;
    return RC_OK;
}

static void read_request(struct reading *r, const struct record *q)
{
    const char *key = record_text(q, F_KEY);
    if (map_get(&r->requests, key)) sim_break(r->sim, "a request was recorded twice", NULL);
    map_put(&r->requests, arena_text(&r->kept, key), q->id);
}

static void read_entry(struct reading *r, const struct record *e)
{
    uint32_t i = 0;
    while (i < r->lines && r->balance[i].line != record_ref(e, F_LINE)) i++;
    CHECK(i < 1024);
    r->balance[i].line = record_ref(e, F_LINE);
    r->lines += i == r->lines;
    r->balance[i].at[record_int(e, F_FROM, 0)] -= record_int(e, F_QTY, 0);
    r->balance[i].at[record_int(e, F_TO, 0)] += record_int(e, F_QTY, 0);
}

static enum rc read_row(void *ctx, const struct row *row, struct err *err)
{
    struct reading *r = ctx;
    struct record record;
    arena_reset(&r->arena);
    enum rc rc = row_record(&r->arena, row, &record, err);
    if (rc) return rc;
    bool begins = row->id == r->next_begins;
    if (begins != (record.kind == KIND_REQUEST)) {
        sim_break(r->sim, "a commit is not that of one request", NULL);
    }
    if (begins) {
        r->next_begins = r->at < r->commit_count ? r->commits[r->at++].last + 1 : 0;
        read_request(r, &record);
    }
    if (record.kind == KIND_ENTRY) read_entry(r, &record);
    return RC_OK;
}

/* Each request that was answered is there, under the id that was told, and once. */
static void check_requests(struct sim *s, struct reading *r)
{
    char key[40];
    for (uint32_t i = 0; i < s->ask_count; i++) {
        const struct sim_ask *q = &s->asks[i];
        snprintf(key, sizeof key, "c%u/%u", q->client, q->number);
        const uint64_t *id = map_get(&r->requests, key);
        if (q->heard == HEARD_YES && !id) sim_break(s, "what was acknowledged is gone", NULL);
        if (q->heard == HEARD_YES && id && *id != q->id) {
            sim_break(s, "what was acknowledged is another record", NULL);
        }
    }
}

/* Nothing is made or lost between stages, nothing is below nothing, and the book says so. */
static void check_balance(struct sim *s, struct reading *r, const struct view *v)
{
    struct clocks now = CLOCKS_NOW;
    const struct held *held = book_held(&r->arena, v->book, &now);
    for (uint32_t i = 0; i < r->lines; i++) {
        int64_t all = 0;
        uint32_t line = book_line(v->book, r->balance[i].line);
        for (int stage = 0; stage < STAGE_COUNT; stage++) all += r->balance[i].at[stage];
        if (all || line == NONE) sim_break(s, "a line does not balance", NULL);
        for (int stage = 1; stage < STAGE_COUNT && line != NONE; stage++) {
            int64_t at = r->balance[i].at[stage];
            if (at < 0 || held[line].at[stage] != at) {
                sim_break(s, "a line holds something else than its entries say", NULL);
            }
        }
    }
}

static void check_log(struct sim *s, struct store *store, struct reading *r, struct arena *a)
{
    struct err err = {0};
    struct verdict verdict;
    struct view v;
    r->next_begins = 1;
    if (store_verify(store, &verdict, &err)) sim_break(s, "verify finds a fault", &err);
    if (!s->broken && store->ops->commits(store, read_commit, r, &err)) {
        sim_break(s, "commits cannot be read", &err);
    }
    if (!s->broken && store->ops->scan(store, 0, read_row, r, &err)) {
        sim_break(s, "records cannot be read", &err);
    }
    if (!s->broken && view_fold(a, store, NULL, NULL, &v, &err)) {
        sim_break(s, "the log cannot be folded", &err);
    }
    if (s->broken) return;
    check_requests(s, r);
    check_balance(s, r, &v);
}

/* What anybody is shown, be it from a snapshot. */
static void check_views(struct sim *s, struct store *store)
{
    for (int i = 0; i < EYES_VIEWERS; i++) {
        struct arena a = {0};
        struct view v;
        struct err err;
        enum rc rc = view_open(&a, store, eyes_viewers[i], NULL, &v, &err);
        if (rc == RC_STORE) sim_break(s, "a view cannot be opened", &err);
        if (!rc) check_view(s, &v, eyes_viewers[i], "a view is not what is folded anew");
        arena_free(&a);
    }
}

/* The root of the log when it had so many records; false: no commit ended there. */
static bool root_at(const struct reading *r, uint64_t last, const uint8_t root[SHA_BYTES])
{
    for (uint32_t i = 0; i < r->commit_count; i++) {
        if (r->commits[i].last == last) return !memcmp(r->commits[i].root, root, SHA_BYTES);
    }
    return false;
}

/* What the backup gives back has the root that the log had. */
static void check_backup(struct sim *s, const struct reading *r, struct arena *a)
{
    struct backup_read got;
    struct store *into = NULL;
    struct commit head;
    struct err err = {0};
    if (!s->backed_up.last) return;
    if (store_open(a, "memory:", true, &into, &err)) sim_break(s, "no memory", &err);
    struct backup_want want = {.until_ms = INT64_MAX, .into = into};
    if (!s->broken && backup_read(a, SIM_BACKUP, &want, &got, &err)) {
        sim_break(s, "the backup cannot be read", &err);
    }
    if (!s->broken && got.end.last < s->backed_up.last) {
        sim_break(s, "the backup reaches less far than it was said to", NULL);
    }
    if (!s->broken && !root_at(r, got.end.last, got.end.root)) {
        sim_break(s, "the backup is not of this log", NULL);
    }
    if (!s->broken &&
        (into->ops->head(into, &head, &err) || memcmp(head.root, got.end.root, SHA_BYTES) != 0)) {
        sim_break(s, "what was restored has another root", &err);
    }
    store_close(into);
}

static struct reading *reading_new(struct sim *s)
{
    static struct reading r;
    arena_free(&r.arena);
    arena_free(&r.kept);
    memset(&r, 0, sizeof r);
    r.sim = s;
    r.requests.arena = &r.kept;
    return &r;
}

/* Open what is left and hold it against what was said. */
static void hold(struct sim *s)
{
    struct arena a = {0};
    struct store *store = NULL;
    struct err err = {0};
    struct reading *r = reading_new(s);
    if (s->broken) return;
    if (store_open(&a, SIM_STORE, true, &store, &err)) sim_break(s, "it does not open", &err);
    if (!s->broken) check_log(s, store, r, &a);
    if (!s->broken) check_views(s, store);
    if (!s->broken) check_backup(s, r, &a);
    const struct checkpoint *c = &s->notary.last;
    if (!s->broken && c->size && !root_at(r, c->size, c->root)) {
        sim_break(s, "what was signed is not in the log", NULL);
    }
    store_close(store);
    arena_free(&a);
    reading_new(s);
}

/* --- how a life ends --- */

/* Early as often as late: what was interrupted before is interrupted again. */
static uint64_t some_time(struct sim *s)
{
    return 1 + rng_below(&s->rng, 2u << rng_below(&s->rng, 10));
}

static struct disk_faults fate_of(struct sim *s)
{
    struct disk_faults f = {.cut_at = 0};
    uint32_t fate = s->quiet ? 99 : rng_below(&s->rng, 100);
    f.unshared = !s->quiet && rng_one_in(&s->rng, 8);
    if (fate < 40) f.cut_at = some_time(s);
    if (fate >= 40 && fate < 60) f.kill_at = some_time(s);
    if (fate >= 60 && fate < 80) {
        f.fail_at = 4 * some_time(s);
        f.fail_on = rng_one_in(&s->rng, 2);
        f.code = rng_one_in(&s->rng, 2) ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    }
    if (fate >= 80 && fate < 88) f.room = 20000 + rng_below(&s->rng, 400000);
    return f;
}

/* What the disk has may be no more than what was synced, whatever ended the life. */
static bool end_life(struct sim *s)
{
    sim_stop(s);
    s->counts.faults += disk_failed();
    if (!s->quiet && !disk_dead() && rng_one_in(&s->rng, 2)) disk_cut();
    bool cut = disk_was_cut();
    s->counts.cuts += cut;
    s->counts.kills += disk_dead() && !cut;
    disk_power_back();
    disk_arm((struct disk_faults){.cut_at = 0});
    return cut;
}

/* The store is lost with all its files but those that nobody would miss; the backup is not. */
static void disaster(struct sim *s)
{
    struct arena a = {0};
    struct store *into = NULL;
    struct backup_read got;
    struct err err = {0};
    unlink(SIM_STORE "-wal");
    unlink(SIM_STORE "-journal");
    unlink(SIM_STORE);
    GOOD(durable_folder(".", oops));
    if (store_open(&a, SIM_STORE, true, &into, &err)) sim_break(s, "no new store", &err);
    struct backup_want want = {.until_ms = INT64_MAX, .into = into};
    if (!s->broken && backup_read(&a, SIM_BACKUP, &want, &got, &err)) {
        sim_break(s, "the backup cannot be restored", &err);
    }
    store_close(into);
    arena_free(&a);
    if (s->broken) return;
    s->counts.restores++;
    /* What came after the backup is lost, and everybody knows. */
    for (uint32_t i = 0; i < s->ask_count; i++) {
        struct sim_ask *q = &s->asks[i];
        if (q->heard == HEARD_YES && q->id > got.end.last) q->heard = HEARD_NOTHING;
    }
    if (s->notary.last.size > got.end.last) s->notary.last.size = 0;
}

static void live(struct sim *s)
{
    disk_arm(fate_of(s));
    for (int i = 0; i < STEPS && !disk_dead() && !s->broken; i++) sim_step(s);
    bool cut = end_life(s);
    if (!cut && rng_one_in(&s->rng, 2)) return; /* who looks closes, and closing makes it durable */
    hold(s);
    if (!s->broken && !s->quiet && s->backed_up.last && rng_one_in(&s->rng, 6)) {
        disaster(s);
        hold(s);
    }
}

/* --- what a seed comes to --- */

struct outcome {
    uint8_t root[SHA_BYTES], book[SHA_BYTES]; /* of the log; of what the owner sees of it */
    uint64_t records;
    struct sim_counts counts;
    int64_t lived_ms;
};

static struct sim world;

static void outcome_of(struct outcome *out)
{
    struct arena a = {0};
    struct store *store = NULL;
    struct view v;
    struct err err = {0};
    bool well = !store_open(&a, SIM_STORE, true, &store, &err) &&
                !view_fold(&a, store, NULL, NULL, &v, &err);
    CHECK(well);
    if (well) {
        const char *seen = eyes_see(&a, &v);
        memcpy(out->root, v.head.root, SHA_BYTES);
        sha256(seen, strlen(seen), out->book);
        out->records = v.head.last;
    }
    store_close(store);
    arena_free(&a);
}

static void run(uint64_t seed, bool quiet, struct outcome *out)
{
    struct sim *s = &world;
    memset(out, 0, sizeof *out);
    sim_begin(s, seed, quiet);
    for (int life = 0; life < LIVES && !s->broken; life++) live(s);
    hold(s);
    CHECK(!s->broken);
    if (s->broken) printf("# %s: %s\n", s->broken, s->why.msg);
    if (!s->broken) outcome_of(out);
    out->counts = s->counts;
    out->lived_ms = s->lived_ms;
    sim_end(s);
}

static struct sim_counts all;
static int64_t all_lived_ms;

static void one_world(struct rng *r)
{
    struct outcome o;
    run(rng_next(r), false, &o);
    uint64_t *to = (uint64_t *)&all;
    const uint64_t *from = (const uint64_t *)&o.counts;
    for (size_t i = 0; i < sizeof all / sizeof *to; i++) to[i] += from[i];
    all_lived_ms += o.lived_ms;
}

static void nothing_acknowledged_is_lost_or_doubled_whatever_happens(void)
{
    clock_t before = clock();
    memset(&all, 0, sizeof all);
    all_lived_ms = 0;
    seeds_run(WORLDS, one_world);
    double minutes = (double)(clock() - before) / CLOCKS_PER_SEC / 60;
    double days = (double)all_lived_ms / 86400000;
    printf("# %.0f book-days, %.0f a minute of processor time\n", days, days / minutes);
    printf("# %" PRIu64 " requests acknowledged, %" PRIu64 " answers lost, %" PRIu64
           " asked again, %" PRIu64 " twice, %" PRIu64 " raced; %" PRIu64 " came in between\n",
           all.acked, all.lost_answers, all.again, all.twice, all.raced, all.between);
    printf("# %" PRIu64 " follows, %" PRIu64 " folds beside them, %" PRIu64 " snapshots, %" PRIu64
           " backups, %" PRIu64 " restores, %" PRIu64 " signatures; %" PRIu64 " cuts, %" PRIu64
           " kills, %" PRIu64 " faults\n",
           all.follows, all.folds, all.snapshots, all.backups, all.restores, all.signatures,
           all.cuts, all.kills, all.faults);
    if (seed_env("MUSTER_SEEDS", WORLDS) < WORLDS) return; /* too few for all of it */
    CHECK(all.acked && all.again && all.twice && all.raced && all.between && all.folds);
    CHECK(all.snapshots && all.backups && all.signatures && all.cuts && all.checkpoints);
}

static void same_twice(struct rng *r)
{
    struct outcome a, b;
    uint64_t seed = rng_next(r);
    bool quiet = rng_one_in(r, 3);
    run(seed, quiet, &a);
    run(seed, quiet, &b);
    CHECK(memcmp(a.root, b.root, SHA_BYTES) == 0);
    CHECK(memcmp(a.book, b.book, SHA_BYTES) == 0);
    CHECK(memcmp(&a.counts, &b.counts, sizeof a.counts) == 0);
}

static void a_seed_gives_the_same_log_each_time(void)
{
    seeds_run(5, same_twice);
}

/*
 * Where nothing fails, the log follows from the seed alone: any compiler, any
 * machine and any SQLite must come to these. Who changes what a record's bytes
 * are, or what eyes.h says, changes them; who changes anything else must not.
 */
static void any_build_comes_to_the_same_roots(void)
{
    static const struct {
        uint64_t seed;
        const char *root;
    } known[] = {{1, "b0396fa134bd3522d2b9298f7725469c59489cb3818fee5cea86f115617ad6d6"},
                 {2, "a7bb63072f3e1d2263e397956533f7ad4adc55dd895bc1defb1b8ef69ad9d9dc"},
                 {3, "cd2809f69363b22899a542d0fd7799ec4178e3228198ba94696972ce3966916c"},
                 {4, "a851035ac039e603426423916838eef018c2140a35f4a04e168245ae45a44ea2"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct outcome o;
        char root[SHA_HEX];
        run(known[i].seed, true, &o);
        hex_encode(o.root, SHA_BYTES, root);
        CHECK_TEXT(root, known[i].root);
        CHECK(o.records > 100);
    }
}

/* For another build to be compared with, faults and all: MUSTER_ROOTS of the first seeds. */
static void print_roots(uint64_t count)
{
    for (uint64_t seed = 1; seed <= count; seed++) {
        struct outcome o;
        char root[SHA_HEX], book[SHA_HEX];
        run(seed, false, &o);
        hex_encode(o.root, SHA_BYTES, root);
        hex_encode(o.book, SHA_BYTES, book);
        printf("%" PRIu64 " %" PRIu64 " %s %s\n", seed, o.records, root, book);
    }
}

int main(void)
{
    uint64_t roots = seed_env("MUSTER_ROOTS", 0);
    disk_register();
    disk_mount(true);
    if (roots) {
        print_roots(roots);
        disk_free();
        return 0;
    }
    RUN(any_build_comes_to_the_same_roots);
    RUN(nothing_acknowledged_is_lost_or_doubled_whatever_happens);
    RUN(a_seed_gives_the_same_log_each_time);
    disk_free();
    return tap_done();
}
