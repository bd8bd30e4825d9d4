/*
 * world.h - a small book with all that stands beside it, on the disk of disk.h.
 *
 * The store "book", its kept book and keys, its signing key, its checkpoint, and
 * a backup in "kept" that has some commits less. It is made once and laid back
 * onto an empty disk for every trial. Commit n holds what step n says, so after
 * anything the log is held against what it must be, and the rest against the log.
 */
#ifndef MUSTER_TEST_WORLD_H
#define MUSTER_TEST_WORLD_H

#include "backup/backup.h"
#include "backup/durable.h"
#include "book/image.h"
#include "cli/keys.h"
#include "promise.h"
#include "store/idems.h"
#include "view/snapshot.h"

enum { STEPS = 4, STEP_RECORDS = 8 }; /* and one more step, for who appends */

struct world {
    struct arena arena;             /* as long as the world is laid out */
    struct signer signer;           /* also in "book.key" */
    struct commit heads[STEPS + 2]; /* behind each step; [0]: of nothing */
    struct arena books_arena;
    struct view books[STEPS + 2];
    struct store *memory[STEPS + 2];
};

static struct world world;

/* The records of that step; with a document at odd steps. */
static inline uint32_t step_records(struct arena *a, int step, struct record *out[STEP_RECORDS],
                                    struct evidence *e)
{
    struct cast c = {.arena = a};
    uint32_t count = 0;
    char hex[SHA_HEX];
    for (int s = 1; s <= step; s++) {
        count = 0;
        if (s == 1) {
            cast_begin(&c, a, out);
            count = CAST_FIRST;
        } else {
            out[count++] = cast_source(&c);
            out[count++] = cast_passage(&c, out[0]->id);
            c.passage = out[1]->id;
            out[count++] = cast_line(&c, text_format(a, "line-%d", s));
            out[count++] =
                cast_entry(&c, out[2]->id, STAGE_WORLD, STAGE_ANNOUNCED, s * 10, 19000 + s);
            out[count++] =
                cast_entry(&c, out[2]->id, STAGE_ANNOUNCED, STAGE_COMMITTED, s * 5, 19010 + s);
        }
        e->bytes = text_format(a, "page %d %s", s, repeated(a, 'x', (size_t)s * 700));
        e->len = strlen(e->bytes);
        sha256(e->bytes, e->len, e->hash);
        hex_encode(e->hash, SHA_BYTES, hex);
        record_set_text(a, out[s == 1 ? 3 : 0], F_HASH, hex);
    }
    for (uint32_t i = 0; i < count; i++) {
        out[i]->recorded_ms = out[count - 1]->recorded_ms;
        out[i]->idem = record_idem(a, out[i], 1);
    }
    return count;
}

static inline enum rc step_append(struct store *s, int step, struct err *err)
{
    struct arena a = {0};
    struct record *list[STEP_RECORDS];
    struct evidence e;
    uint32_t count = step_records(&a, step, list, &e);
    enum rc rc = store_append(s, (const struct record *const *)list, count, &e, 1, err);
    arena_free(&a);
    return rc;
}

/* Which step the log ends with; -1: with none. */
static inline int step_of(uint64_t last)
{
    for (int s = 0; s <= STEPS + 1; s++) {
        if (world.heads[s].last == last) return s;
    }
    return -1;
}

/* --- what is beside the store --- */

static inline bool world_keep_keys(struct store *s, const struct commit *at)
{
    struct arena a = {0};
    struct aside_owner owner;
    struct idems keys = {0};
    struct idems_at to = {.last = at->last, .recorded_ms = at->recorded_ms};
    const char *path = s->ops->beside(s, &a, "keys", true, &owner);
    memcpy(to.root, at->root, SHA_BYTES);
    for (int step = 1; path && step <= step_of(at->last); step++) {
        struct record *list[STEP_RECORDS];
        struct evidence e;
        uint32_t count = step_records(&a, step, list, &e);
        for (uint32_t i = 0; i < count; i++) {
            if (list[i]->idem) idems_put(&keys, list[i]->idem);
        }
    }
    bool done = path && idems_keep(&keys, path, &owner, &to);
    idems_free(&keys);
    arena_free(&a);
    return done;
}

static inline enum rc world_sign(struct store *s, struct checkpoint *c, struct err *err)
{
    struct arena a = {0};
    struct verdict v;
    struct signer by;
    enum rc rc = key_read(&a, "book.key", &by, err);
    if (!rc) rc = store_verify(s, &v, err);
    if (!rc) {
        *c = (struct checkpoint){.origin = by.key.name, .size = v.rows};
        memcpy(c->root, v.root, SHA_BYTES);
        checkpoint_sign(&a, &by, c);
        rc = durable_write("book.checkpoint", 0644, c->note, c->note_len, err);
    }
    arena_free(&a);
    return rc;
}

static inline enum rc world_back_up(struct store *s, struct err *err)
{
    struct arena a = {0};
    struct backup_lock lock;
    struct backup_done done;
    enum rc rc = backup_open("kept", &lock, err);
    if (!rc) rc = backup_write(&a, s, "kept", NULL, &done, err);
    backup_close(&lock);
    arena_free(&a);
    return rc;
}

/* --- making it --- */

/* The book after each step, from a log in memory. */
static inline void world_books(void)
{
    struct arena *a = &world.books_arena;
    for (int last = 0; last <= STEPS + 1; last++) {
        GOOD(store_open(a, "memory:", true, &world.memory[last], oops));
        for (int s = 1; s <= last; s++) GOOD(step_append(world.memory[last], s, oops));
        GOOD(world.memory[last]->ops->head(world.memory[last], &world.heads[last], oops));
        GOOD(view_fold(a, world.memory[last], NULL, NULL, &world.books[last], oops));
    }
}

static inline void world_key(void)
{
    struct arena *a = &world.books_arena;
    signer_new(a, "example.org/book", &world.signer);
    const char *secret = text_format(a, "%s\n", signer_text(a, &world.signer));
    const char *public = text_format(a, "%s\n", note_key_text(a, &world.signer.key));
    GOOD(durable_write("book.key", 0600, secret, strlen(secret), oops));
    GOOD(durable_write("book.key.pub", 0644, public, strlen(public), oops));
}

/* Kept by the disk. `left`: the last writer died, and its write-ahead log is there. */
static inline void world_make(bool left)
{
    struct arena a = {0};
    struct store *s;
    struct view v;
    struct checkpoint c;
    if (!world.memory[0]) world_books();
    disk_new(1);
    world_key();
    GOOD(store_open(&a, "book", true, &s, oops));
    for (int step = 1; step <= STEPS; step++) {
        GOOD(step_append(s, step, oops));
        if (step == 2) GOOD(world_back_up(s, oops));
        if (step == 2) GOOD(world_sign(s, &c, oops));
        if (step != 3) continue;
        GOOD(view_fold(&a, s, NULL, NULL, &v, oops));
        CHECK(snapshot_keep(&v, NULL));
        CHECK(world_keep_keys(s, &v.head));
    }
    if (left) disk_kill();
    store_close(s);
    disk_power_back();
    disk_save();
    arena_free(&a);
}

/* --- holding it against what it must be --- */

static inline bool world_fails(const char *what, const struct err *err)
{
    printf("# %s: %s\n", what, err->msg);
    tap_check(false, __FILE__, __LINE__, "the world is as it was, or as it was to be");
    return false;
}

/* A key that is there already is refused, whatever the kept keys say. */
static inline bool world_refuses_twice(struct store *s, const struct commit *head)
{
    struct arena a = {0};
    struct err err = {0};
    struct record *list[STEP_RECORDS];
    struct evidence e;
    step_records(&a, 2, list, &e);
    struct record *again = list[2];
    again->id = head->last + 1;
    again->recorded_ms = head->recorded_ms;
    enum rc rc = store_append(s, (const struct record *const *)&again, 1, NULL, 0, &err);
    arena_free(&a);
    return rc == RC_RULE || world_fails("a key is there twice", &err);
}

static inline bool hold_backup(int least)
{
    struct arena a = {0};
    struct err err = {0};
    struct backup_want want = {.until_ms = INT64_MAX};
    struct backup_read read;
    struct verdict v;
    GOOD(store_open(&a, "memory:", true, &want.into, oops));
    bool good = !backup_read(&a, "kept", &want, &read, &err) &&
                !store_verify(want.into, &v, &err) && v.absent == 0;
    int step = good ? step_of(v.rows) : -1;
    good = good && step >= least && memcmp(v.root, world.heads[step].root, SHA_BYTES) == 0;
    store_close(want.into);
    arena_free(&a);
    return good || world_fails("the backup", &err);
}

static inline bool hold_keys(struct store *s)
{
    struct arena a = {0};
    struct err err = {0};
    struct signer by;
    struct trust trust;
    struct checkpoint c;
    struct texts none = {0};
    bool there = false;
    bool good = !key_read(&a, "book.key", &by, &err) &&
                !trust_gather(&a, &none, "book.key.pub", &trust, &err) &&
                !checkpoint_read(&a, "book.checkpoint", &trust, &c, &err) &&
                !log_ended_there(s, &c, &there, &err);
    arena_free(&a);
    return (good && there) || world_fails("the key and what it signed", &err);
}

static inline bool hold_book(struct store *s, int step)
{
    struct arena a = {0};
    struct err err = {0};
    struct view v;
    bool good =
        !view_open(&a, s, NULL, NULL, &v, &err) && book_same(v.book, world.books[step].book);
    arena_free(&a);
    return good || world_fails("the book", &err);
}

/*
 * All of it: the log ends with one of the steps from `least` on, the book and
 * the keys are the log's, what was signed is in it, and the backup comes back.
 */
static inline bool world_hold(int least, int backup_least)
{
    struct arena a = {0};
    struct store *s = NULL;
    struct err err = {0};
    struct verdict v;
    if (store_open(&a, "book", false, &s, &err)) return world_fails("it does not open", &err);
    bool good = !store_verify(s, &v, &err) || world_fails("verify", &err);
    int step = good ? step_of(v.rows) : -1;
    if (good && (step < least || memcmp(v.root, world.heads[step].root, SHA_BYTES) != 0)) {
        good = world_fails("the log ends where no step does, or lacks one", &err);
    }
    good = good && v.absent == 0 && hold_book(s, step) && hold_keys(s) &&
           world_refuses_twice(s, &world.heads[step]) && hold_backup(backup_least);
    store_close(s);
    arena_free(&a);
    return good;
}

static inline void world_free(void)
{
    for (int s = 0; s <= STEPS + 1; s++) store_close(world.memory[s]);
    arena_free(&world.books_arena);
    disk_free();
}

#endif
