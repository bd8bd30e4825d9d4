/*
 * rot_test.c - a bit of a file is another than was written.
 *
 * In the log, the write-ahead log, evidence, the kept book and keys, the signing
 * key, the public keys, the checkpoint and the backup of the world of world.h.
 * What is read is what was written, or a sentence says that something is wrong;
 * what can be made again is made again, and nobody notices. A log whose end was
 * in the write-ahead log may come out shorter, a log as it once was: then the
 * checkpoint says so. And a world of which no bit was changed raises no alarm.
 */
#include <sqlite3.h>

#include "deeds.h"

enum { FLIPS = 600, CLEAN = 300 };

static struct {
    uint64_t flips, told, harmless, shorter, unseen_by_engine;
} tally;

/* The checkpoint is of the whole log here, as a careful owner's is. */
static void make(bool left)
{
    struct arena a = {0};
    struct store *s;
    struct checkpoint c;
    world_make(left);
    GOOD(store_open(&a, "book", false, &s, oops));
    GOOD(world_sign(s, &c, oops));
    if (left) disk_kill();
    store_close(s);
    disk_power_back();
    GOOD(store_open(&a, "book", false, &s, oops));
    GOOD(world_back_up(s, oops));
    if (left) disk_kill();
    store_close(s);
    disk_power_back();
    disk_save();
    arena_free(&a);
}

static void wrong(const char *what, const char *path, int64_t byte)
{
    tap_check(false, __FILE__, __LINE__, "rot is told, or changes nothing");
    printf("# %s, byte %" PRId64 ": %s\n", path, byte, what);
}

/* --- the log --- */

/* Whether the engine alone would have said that all is well. */
static bool engine_is_content(void)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *st = NULL;
    bool good = sqlite3_open_v2("book", &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
                sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &st, NULL) == SQLITE_OK &&
                sqlite3_step(st) == SQLITE_ROW &&
                strcmp((const char *)sqlite3_column_text(st, 0), "ok") == 0;
    sqlite3_finalize(st);
    sqlite3_close(db);
    return good;
}

/* What the log says, or NULL with a sentence: verified, and held against what was signed. */
static char *log_says(uint64_t *last, bool *signed_there, struct err *err)
{
    struct arena a = {0};
    struct buf out = {.arena = &a};
    struct store *s = NULL;
    struct verdict v;
    struct trust trust = {0};
    struct checkpoint c;
    char *said = NULL;
    trust_add(&trust, &a, &world.signer.key);
    enum rc rc = store_open(&a, "book", false, &s, err);
    if (!rc) rc = store_verify(s, &v, err);
    if (!rc) rc = scan_it(&a, s, &out, err);
    if (!rc) rc = look_up(&a, s, &out, err);
    if (!rc) rc = checkpoint_read(&a, "book.checkpoint", &trust, &c, err);
    if (!rc) rc = log_ended_there(s, &c, signed_there, err);
    if (!rc) *last = v.rows;
    if (!rc) said = strdup(out.text);
    store_close(s);
    arena_free(&a);
    return said;
}

static void judge_log(const char *path, int64_t byte, const char *want)
{
    struct err err = {0};
    uint64_t last = 0;
    bool there = false;
    char *said = log_says(&last, &there, &err);
    if (said && strcmp(said, want) == 0 && there) {
        tally.harmless++;
    } else if (said && there) {
        wrong("another log passes for this one", path, byte);
    } else if (!said && !err.msg[0]) {
        wrong("no sentence", path, byte);
    } else {
        tally.told++;
        tally.shorter += said != NULL && step_of(last) >= 0;
        disk_power_back();
        tally.unseen_by_engine += engine_is_content();
    }
    free(said);
}

static void flip_log(struct rng *r, const char *path, const char *want)
{
    disk_load(rng_next(r));
    int64_t byte = (int64_t)(rng_next(r) % (uint64_t)disk_length(path));
    disk_flip(path, byte, (uint8_t)(1u << rng_below(r, 8)));
    tally.flips++;
    judge_log(path, byte, want);
}

static char *learn_log(void)
{
    struct err err = {0};
    uint64_t last;
    bool there = false;
    disk_load(1);
    char *want = log_says(&last, &there, &err);
    CHECK(want && there && step_of(last) == STEPS);
    return want ? want : strdup(err.msg);
}

static void rot_log(bool left, const char *path)
{
    struct rng r = {seed_env("MUSTER_SEED", 1)};
    uint64_t flips = seed_env("MUSTER_SEEDS", fewer(FLIPS));
    memset(&tally, 0, sizeof tally);
    make(left);
    CHECK(disk_length(path) > 4096);
    char *want = learn_log();
    for (uint64_t i = 0; i < flips && tap_this_ok; i++) flip_log(&r, path, want);
    free(want);
    printf("# %s: %" PRIu64 " flips: %" PRIu64 " told, %" PRIu64
           " of them by the checkpoint, %" PRIu64 " in bytes that nobody reads\n",
           path, tally.flips, tally.told, tally.shorter, tally.harmless);
    printf("# control: %" PRIu64 " of those would pass if only SQLite looked\n",
           tally.unseen_by_engine);
    CHECK(tally.flips < 100 || tally.told > tally.flips / 5);
    CHECK(tally.flips < 100 || tally.unseen_by_engine > 0);
}

static void rot_in_the_log_is_told(void)
{
    rot_log(false, "book");
}

static void rot_in_the_write_ahead_log_is_told(void)
{
    rot_log(true, "book-wal");
}

/* --- what is beside it --- */

/* What is read of it, or NULL with a sentence; the text is what counts. */
typedef char *says_fn(const char *path, struct err *err);

static char *kept(struct arena *a, struct buf *out, enum rc rc)
{
    char *said = rc ? NULL : strdup(out->text ? out->text : "");
    arena_free(a);
    return said;
}

/* The kept book: taken up or not, what is opened is the book. */
static char *book_says(const char *path, struct err *err)
{
    struct arena a = {0};
    struct buf out = {.arena = &a};
    struct store *s = NULL;
    struct book *book;
    struct commit at;
    struct view v;
    (void)path;
    enum rc rc = store_open(&a, "book", false, &s, err);
    bool taken = !rc && snapshot_take(&a, s, NULL, &book, &at);
    if (!rc) rc = view_open(&a, s, NULL, NULL, &v, err);
    if (!rc && !book_same(v.book, world.books[STEPS].book)) buf_add(&out, "another book");
    store_close(s);
    if (!rc && !out.len && !taken) rc = fail(err, RC_STORE, "it is not taken up");
    return kept(&a, &out, rc);
}

static bool keys_fit(void *ctx, const struct idems_at *at)
{
    (void)ctx;
    return at->last == world.heads[3].last && memcmp(at->root, world.heads[3].root, SHA_BYTES) == 0;
}

static char *keys_say(const char *path, struct err *err)
{
    struct arena a = {0};
    struct buf out = {.arena = &a};
    struct idems keys = {0};
    struct idems_at at;
    struct store *s = NULL;
    enum rc rc = store_open(&a, "book", false, &s, err);
    if (!rc && !world_refuses_twice(s, &world.heads[STEPS])) buf_add(&out, "a key twice");
    store_close(s);
    bool taken = idems_take(&keys, path, keys_fit, NULL, &at);
    if (!rc && taken) tell(&out, keys.kept, keys.kept_count * sizeof *keys.kept);
    idems_free(&keys);
    if (!rc && !taken && !out.len) rc = fail(err, RC_STORE, "they are not taken up");
    return kept(&a, &out, rc);
}

static char *key_says(const char *path, struct err *err)
{
    struct arena a = {0};
    struct buf out = {.arena = &a};
    struct signer s;
    enum rc rc = key_read(&a, path, &s, err);
    if (!rc) buf_addf(&out, "%s", signer_text(&a, &s));
    return kept(&a, &out, rc);
}

static char *trust_says(const char *path, struct err *err)
{
    struct arena a = {0};
    struct buf out = {.arena = &a};
    struct trust trust;
    struct texts none = {0};
    enum rc rc = trust_gather(&a, &none, path, &trust, err);
    for (uint32_t i = 0; !rc && i < trust.count; i++) {
        buf_addf(&out, "%s\n", note_key_text(&a, &trust.keys[i]));
    }
    return kept(&a, &out, rc);
}

static char *checkpoint_says(const char *path, struct err *err)
{
    struct arena a = {0};
    struct buf out = {.arena = &a};
    struct trust trust = {0};
    struct checkpoint c;
    trust_add(&trust, &a, &world.signer.key);
    enum rc rc = checkpoint_read(&a, path, &trust, &c, err);
    if (!rc) buf_addf(&out, "%s %" PRIu64 " ", c.origin, c.size);
    if (!rc) tell(&out, c.root, SHA_BYTES);
    return kept(&a, &out, rc);
}

static char *backup_says(const char *path, struct err *err)
{
    struct arena a = {0};
    struct buf out = {.arena = &a};
    (void)path;
    return kept(&a, &out, reading_back(&a, &out, err));
}

static void flip(struct rng *r, const char *path, says_fn *says, const char *want)
{
    struct err err = {0};
    disk_load(rng_next(r));
    int64_t byte = (int64_t)(rng_next(r) % (uint64_t)disk_length(path));
    disk_flip(path, byte, (uint8_t)(1u << rng_below(r, 8)));
    char *said = says(path, &err);
    tally.flips++;
    if (said && strcmp(said, want) != 0) wrong("it says something else", path, byte);
    if (!said && !err.msg[0]) wrong("no sentence", path, byte);
    tally.told += !said;
    tally.harmless += said != NULL;
    free(said);
}

static void rot(const char *path, says_fn *says, uint64_t flips)
{
    struct rng r = {seed_env("MUSTER_SEED", 1)};
    struct err err = {0};
    memset(&tally, 0, sizeof tally);
    disk_load(1);
    char *want = says(path, &err);
    CHECK(want != NULL);
    if (!want) printf("# %s: %s\n", path, err.msg);
    flips = seed_env("MUSTER_SEEDS", fewer(flips));
    for (uint64_t i = 0; i < flips && tap_this_ok; i++) flip(&r, path, says, want);
    free(want);
    printf("# %s: %" PRIu64 " flips: %" PRIu64 " told, %" PRIu64 " in bytes that say nothing\n",
           path, tally.flips, tally.told, tally.harmless);
    CHECK(tally.flips > 0 && tally.told > tally.flips / 2);
}

static void rot_in_what_is_kept_beside_it_is_told(void)
{
    make(false);
    rot("book-book", book_says, FLIPS);
    rot("book-keys", keys_say, FLIPS);
}

static void rot_in_keys_and_checkpoints_is_told(void)
{
    make(false);
    rot("book.key", key_says, FLIPS);
    rot("book.key.pub", trust_says, FLIPS);
    rot("book.checkpoint", checkpoint_says, FLIPS);
}

/* Every file of it, as many flips for each as it has a part of the bytes, and some more. */
static void rot_in_the_backup_is_told(void)
{
    static char paths[32][160];
    int count = 0;
    make(false);
    for (int i = 0; disk_name(i); i++) {
        const char *name = disk_name(i);
        if (!text_starts(name, "kept/") || disk_length(name) <= 0) continue;
        snprintf(paths[count++], sizeof paths[0], "%s", name);
    }
    CHECK(count >= 4);
    for (int i = 0; i < count && tap_this_ok; i++) rot(paths[i], backup_says, FLIPS / 3);
}

/* --- and where nothing is wrong --- */

static void nothing_wrong_is_told_where_nothing_is(void)
{
    struct err err = {0};
    uint64_t clean = seed_env("MUSTER_SEEDS", fewer(CLEAN));
    make(true);
    char *want = learn_log();
    for (uint64_t i = 0; i < clean && tap_this_ok; i++) {
        uint64_t last;
        bool there = false;
        disk_load(i);
        char *said = log_says(&last, &there, &err);
        CHECK(said && strcmp(said, want) == 0 && there);
        free(said);
        if (i % 10 == 0) CHECK(world_hold(STEPS, STEPS));
    }
    free(want);
    printf("# %" PRIu64 " clean worlds, no alarm\n", clean);
}

int main(void)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    disk_register();
    disk_mount(true);
    RUN(rot_in_the_log_is_told);
    RUN(rot_in_the_write_ahead_log_is_told);
    RUN(rot_in_what_is_kept_beside_it_is_told);
    RUN(rot_in_keys_and_checkpoints_is_told);
    RUN(rot_in_the_backup_is_told);
    RUN(nothing_wrong_is_told_where_nothing_is);
    world_free();
    return tap_done();
}
