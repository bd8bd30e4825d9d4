/*
 * deeds.h - every public function of the store, its kept files, its backup and
 * its proofs, as things that are done to the world of world.h.
 *
 * A deed writes what it learned as text, so that what it learns under a fault,
 * if it learns anything, is held against what it learns without.
 */
#ifndef MUSTER_TEST_DEEDS_H
#define MUSTER_TEST_DEEDS_H

#include <unistd.h>

#include "proof/judge.h"
#include "proof/prove.h"
#include "store/pieces.h"
#include "world.h"

struct deed {
    const char *name;
    enum rc (*run)(struct arena *a, struct buf *out, struct err *err);
    enum rc refusal;     /* what it may say of itself, besides RC_STORE; 0: nothing */
    int step, backup;    /* that the log, and the backup, must have reached when it was done */
    bool (*there)(void); /* whether what it did is there; NULL: nothing to be seen */
};

static inline void tell(struct buf *out, const void *bytes, size_t len)
{
    uint8_t sum[SHA_BYTES];
    char hex[SHA_HEX];
    sha256(bytes, len, sum);
    hex_encode(sum, SHA_BYTES, hex);
    buf_addf(out, "%zu:%s\n", len, hex);
}

static inline enum rc with_store(struct arena *a, const char *path, bool create, struct buf *out,
                                 struct err *err,
                                 enum rc (*fn)(struct arena *a, struct store *s, struct buf *out,
                                               struct err *err))
{
    struct store *s = NULL;
    enum rc rc = store_open(a, path, create, &s, err);
    if (!rc) rc = fn(a, s, out, err);
    store_close(s);
    return rc;
}

/* --- the log, read --- */

static inline enum rc tell_row(void *ctx, const struct row *row, struct err *err)
{
    (void)err;
    buf_addf(ctx, "%" PRIu64 " %" PRId64 " %d %s %s ", row->id, row->recorded_ms, (int)row->kind,
             row->label, row->idem ? row->idem : "-");
    tell(ctx, row->bytes, row->len);
    tell(ctx, row->leaf, SHA_BYTES);
    return RC_OK;
}

static inline enum rc tell_commit(void *ctx, const struct commit *c, struct err *err)
{
    (void)err;
    buf_addf(ctx, "%" PRIu64 " %" PRId64 " ", c->last, c->recorded_ms);
    tell(ctx, c->root, SHA_BYTES);
    return RC_OK;
}

static inline enum rc tell_hash(void *ctx, const uint8_t hash[SHA_BYTES], struct err *err)
{
    (void)err;
    tell(ctx, hash, SHA_BYTES);
    return RC_OK;
}

static inline enum rc scan_it(struct arena *a, struct store *s, struct buf *out, struct err *err)
{
    struct commit c;
    struct store_about about;
    enum rc rc = s->ops->head(s, &c, err);
    if (!rc) rc = tell_commit(out, &c, err);
    if (!rc) rc = s->ops->scan(s, 0, tell_row, out, err);
    if (!rc) rc = s->ops->commits(s, tell_commit, out, err);
    if (!rc) rc = s->ops->commit_at(s, world.heads[2].last, &c, err);
    if (!rc) rc = tell_commit(out, &c, err);
    if (!rc) rc = s->ops->about(s, &about, err);
    if (!rc) buf_addf(out, "form %" PRId64 "\n", about.form);
    (void)a;
    return rc;
}

static inline enum rc look_up(struct arena *a, struct store *s, struct buf *out, struct err *err)
{
    struct record *list[STEP_RECORDS];
    struct evidence want, got;
    const char *bytes;
    uint64_t len;
    step_records(a, 3, list, &want);
    enum rc rc = s->ops->hashes(s, tell_hash, out, err);
    if (!rc) rc = s->ops->evidence(s, a, want.hash, &got, err);
    if (!rc) tell(out, got.bytes, got.len);
    if (!rc) rc = s->ops->evidence_part(s, a, want.hash, 10, 1500, &bytes, &len, err);
    if (!rc) tell(out, bytes, len);
    return rc;
}

static inline enum rc verify_it(struct arena *a, struct store *s, struct buf *out, struct err *err)
{
    struct verdict v;
    enum rc rc = store_verify(s, &v, err);
    if (rc) return rc;
    buf_addf(out, "%" PRIu64 " %" PRIu64 " %" PRIu64 " ", v.rows, v.commits, v.evidence);
    tell(out, v.root, SHA_BYTES);
    (void)a;
    return s->ops->check(s, err);
}

static inline enum rc scanning(struct arena *a, struct buf *out, struct err *err)
{
    return with_store(a, "book", false, out, err, scan_it);
}

static inline enum rc looking_up(struct arena *a, struct buf *out, struct err *err)
{
    return with_store(a, "book", false, out, err, look_up);
}

static inline enum rc verifying(struct arena *a, struct buf *out, struct err *err)
{
    return with_store(a, "book", false, out, err, verify_it);
}

/* --- the log, written --- */

static inline enum rc add_step(struct arena *a, struct store *s, struct buf *out, struct err *err)
{
    struct commit c;
    enum rc rc = s->ops->head(s, &c, err);
    (void)a;
    if (!rc && c.last == world.heads[STEPS].last) rc = step_append(s, STEPS + 1, err);
    if (!rc) rc = s->ops->head(s, &c, err);
    return rc ? rc : tell_commit(out, &c, err);
}

static inline enum rc appending(struct arena *a, struct buf *out, struct err *err)
{
    return with_store(a, "book", false, out, err, add_step);
}

/* A store of its own, from nothing. */
static inline enum rc begin_it(struct arena *a, struct store *s, struct buf *out, struct err *err)
{
    struct commit c;
    bool made;
    enum rc rc = store_make(s, &made, err);
    if (!rc) rc = s->ops->head(s, &c, err);
    for (int step = step_of(c.last) + 1; !rc && step <= 2; step++) rc = step_append(s, step, err);
    return rc ? rc : scan_it(a, s, out, err);
}

static inline enum rc beginning(struct arena *a, struct buf *out, struct err *err)
{
    return with_store(a, "another", true, out, err, begin_it);
}

/* As restoring does: nothing is durable before it is synced, and it has a name only then. */
static inline enum rc hurry_it(struct arena *a, struct store *s, struct buf *out, struct err *err)
{
    enum rc rc = s->ops->hurry(s, err);
    return rc ? rc : begin_it(a, s, out, err);
}

static inline enum rc hurrying(struct arena *a, struct buf *out, struct err *err)
{
    static const char *const all[] = {"part", "part-wal", "part-journal"};
    for (size_t i = 0; i < 3; i++) {
        if (durable_there(all[i]) && unlink(all[i]) != 0) {
            return fail(err, RC_STORE, "it cannot be removed");
        }
    }
    enum rc rc = with_store(a, "part", true, out, err, hurry_it);
    if (!rc) rc = durable_sync("part", err);
    if (!rc && durable_there("part-wal")) rc = fail(err, RC_STORE, "it could not be closed");
    return rc ? rc : durable_rename("part", "done", err);
}

/* A key that is there: never taken, whatever fails. */
static inline enum rc add_twice(struct arena *a, struct store *s, struct buf *out, struct err *err)
{
    struct record *list[STEP_RECORDS];
    struct evidence e;
    struct commit c;
    (void)out;
    enum rc rc = s->ops->head(s, &c, err);
    if (rc) return rc;
    step_records(a, STEPS, list, &e); /* behind those that are kept: it is read in the log */
    list[2]->id = c.last + 1;
    list[2]->recorded_ms = c.recorded_ms;
    rc = store_append(s, (const struct record *const *)&list[2], 1, NULL, 0, err);
    if (rc != RC_RULE) return rc ? rc : fail(err, RC_INPUT, "a key is there twice");
    buf_add(out, "refused\n");
    return RC_OK;
}

static inline enum rc adding_twice(struct arena *a, struct buf *out, struct err *err)
{
    return with_store(a, "book", false, out, err, add_twice);
}

/* --- what is kept beside it --- */

static inline enum rc fold_it(struct arena *a, struct store *s, struct buf *out, struct err *err)
{
    struct view v, followed;
    bool seen;
    enum rc rc = view_open(a, s, NULL, NULL, &v, err);
    if (rc) return rc;
    buf_addf(out, "%s\n", book_same(v.book, world.books[STEPS].book) ? "the book" : "another");
    view_copy(a, &v, s, &followed);
    rc = view_follow(&followed, NULL, &seen, err);
    if (!rc) rc = view_open(a, s, "", NULL, &v, err);
    if (!rc) buf_addf(out, "%" PRIu64 " %d\n", v.head.last, seen);
    return rc;
}

static inline enum rc folding(struct arena *a, struct buf *out, struct err *err)
{
    return with_store(a, "book", false, out, err, fold_it);
}

static inline enum rc keep_it(struct arena *a, struct store *s, struct buf *out, struct err *err)
{
    struct view v;
    (void)out;
    enum rc rc = view_fold(a, s, NULL, NULL, &v, err);
    if (rc) return rc;
    bool done = snapshot_keep(&v, NULL) && world_keep_keys(s, &v.head);
    return done ? RC_OK : fail(err, RC_STORE, "it is not kept");
}

static inline enum rc keeping(struct arena *a, struct buf *out, struct err *err)
{
    return with_store(a, "book", false, out, err, keep_it);
}

/* --- the index of words --- */

static inline enum rc tell_piece(void *ctx, uint64_t id, struct err *err)
{
    (void)err;
    buf_addf(ctx, "piece %" PRIu64 "\n", id);
    return RC_OK;
}

static inline enum rc fill_words(struct pieces *p, struct err *err)
{
    static const char said[] = "we deliver shells";
    struct pieces_at at = {.last = 0};
    enum rc rc = p->ops->begin(p, err);
    if (!rc) rc = p->ops->at(p, &at, err);
    if (!rc && at.last == 7) return p->ops->end(p, NULL, err);
    struct piece_document d = {.id = 4, .name = "page", .day = PIECE_NO_DAY};
    struct piece piece = {.passage = 5, .document = 4, .end = 17, .turn_end = 17, .turn = 1};
    at = (struct pieces_at){.last = 7};
    if (!rc) rc = p->ops->clear(p, err);
    if (!rc) rc = p->ops->put_document(p, &d, err);
    if (!rc) rc = p->ops->put_speaker(p, "Anna", &piece.speaker, err);
    if (!rc) rc = p->ops->put(p, &piece, said, strlen(said), err);
    if (!rc) return p->ops->end(p, &at, err);
    struct err ignored;
    (void)p->ops->end(p, NULL, &ignored);
    return rc;
}

static inline enum rc ask_words(struct arena *a, struct pieces *p, struct buf *out, struct err *err)
{
    const char *words[] = {"deliver", "shells"}, *speaker;
    struct phrase phrase = {words, 2};
    struct piece_document d;
    struct pieces_at at;
    struct piece piece;
    uint64_t count;
    enum rc rc = p->ops->at(p, &at, err);
    if (!rc) rc = p->ops->count(p, &count, err);
    if (!rc) buf_addf(out, "%" PRIu64 " %" PRIu64 "\n", at.last, count);
    if (!rc) rc = p->ops->frequency(p, "shells", &count, err);
    if (!rc) buf_addf(out, "%" PRIu64 "\n", count);
    if (!rc) rc = p->ops->match(p, &phrase, 1, tell_piece, out, err);
    if (!rc) rc = p->ops->restricted(p, NULL, tell_piece, out, err);
    if (!rc) rc = p->ops->get(p, 1, &piece, err);
    if (!rc) rc = p->ops->document(p, a, piece.document, &d, err);
    if (!rc) rc = p->ops->speaker(p, a, piece.speaker, &speaker, err);
    if (!rc) buf_addf(out, "%" PRIu64 " %s %s\n", piece.passage, d.name, speaker);
    return rc;
}

static inline enum rc index_it(struct arena *a, struct store *s, struct buf *out, struct err *err)
{
    struct pieces *p = NULL;
    enum rc rc = s->ops->pieces(s, false, &p, err);
    if (!rc) rc = fill_words(p, err);
    if (!rc) rc = ask_words(a, p, out, err);
    if (rc != RC_STORE && rc != RC_OK) rc = fail_in(err, "the index");
    pieces_close(p);
    return rc;
}

static inline enum rc indexing(struct arena *a, struct buf *out, struct err *err)
{
    return with_store(a, "book", false, out, err, index_it);
}

/* --- the backup --- */

static inline enum rc back_up(struct arena *a, struct store *s, struct buf *out, struct err *err)
{
    struct backup_end end;
    enum rc rc = world_back_up(s, err);
    if (!rc) rc = backup_end(a, "kept", &end, err);
    if (!rc) buf_addf(out, "%" PRIu64 "\n", end.last);
    return rc;
}

static inline enum rc backing_up(struct arena *a, struct buf *out, struct err *err)
{
    return with_store(a, "book", false, out, err, back_up);
}

/* Into a directory that is not there yet. */
static inline enum rc back_up_anew(struct arena *a, struct store *s, struct buf *out,
                                   struct err *err)
{
    struct backup_lock lock;
    struct backup_done done;
    enum rc rc = backup_open("first", &lock, err);
    if (!rc) rc = backup_write(a, s, "first", NULL, &done, err);
    backup_close(&lock);
    if (!rc) buf_addf(out, "%" PRIu64 "\n", done.end.last);
    return rc;
}

static inline enum rc backing_up_first(struct arena *a, struct buf *out, struct err *err)
{
    return with_store(a, "book", false, out, err, back_up_anew);
}

static inline enum rc reading_back(struct arena *a, struct buf *out, struct err *err)
{
    struct backup_want want = {.until_ms = INT64_MAX};
    struct backup_read read;
    struct backup_end end;
    enum rc rc = store_open(a, "memory:", true, &want.into, err);
    if (!rc) rc = backup_end(a, "kept", &end, err);
    if (!rc) rc = backup_read(a, "kept", &want, &read, err);
    if (!rc) rc = verify_it(a, want.into, out, err);
    if (!rc) buf_addf(out, "%" PRIu64 " %" PRIu64 "\n", end.last, read.documents);
    store_close(want.into);
    return rc;
}

/* --- keys and proofs --- */

static inline enum rc sign_it(struct arena *a, struct store *s, struct buf *out, struct err *err)
{
    struct checkpoint c;
    (void)a;
    enum rc rc = world_sign(s, &c, err);
    if (!rc) buf_addf(out, "%" PRIu64 "\n", c.size);
    return rc;
}

static inline enum rc signing(struct arena *a, struct buf *out, struct err *err)
{
    return with_store(a, "book", false, out, err, sign_it);
}

static inline bool sees_even(void *ctx, uint64_t id)
{
    (void)ctx;
    return id % 2 == 0;
}

static inline enum rc prove_it(struct arena *a, struct store *s, struct buf *out, struct err *err)
{
    struct trust trust;
    struct checkpoint old, now = {.origin = world.signer.key.name, .size = world.heads[STEPS].last};
    struct texts none = {0};
    struct judgement j;
    struct buf proof[4] = {{.arena = a}, {.arena = a}, {.arena = a}, {.arena = a}};
    memcpy(now.root, world.heads[STEPS].root, SHA_BYTES);
    checkpoint_sign(a, &world.signer, &now);
    enum rc rc = trust_gather(a, &none, "book.key.pub", &trust, err);
    if (!rc) rc = checkpoint_read(a, "book.checkpoint", &trust, &old, err);
    if (!rc) rc = prove_record(a, s, &now, 7, false, &proof[0], err);
    if (!rc) rc = prove_record(a, s, &now, 7, true, &proof[1], err);
    if (!rc) rc = prove_growth(a, s, &old, &now, &proof[2], err);
    if (!rc) rc = prove_share(a, s, &now, sees_even, NULL, &proof[3], err);
    for (int i = 0; i < 4 && !rc; i++) {
        rc = proof_judge(a, proof[i].text, proof[i].len, &trust, &j, err);
        if (!rc) tell(out, proof[i].text, proof[i].len);
    }
    return rc;
}

static inline enum rc proving(struct arena *a, struct buf *out, struct err *err)
{
    return with_store(a, "book", false, out, err, prove_it);
}

/* --- whether it is there --- */

static inline bool ends_at(const char *path, int step)
{
    struct arena a = {0};
    struct store *s = NULL;
    struct verdict v = {.rows = 0};
    struct err err = {0};
    bool good = !store_open(&a, path, false, &s, &err) && !store_verify(s, &v, &err) &&
                step_of(v.rows) >= step;
    store_close(s);
    arena_free(&a);
    return good;
}

static inline bool is_begun(void)
{
    return ends_at("another", 2);
}

static inline bool is_done(void)
{
    return ends_at("done", 2);
}

static inline bool is_signed(void)
{
    struct arena a = {0};
    struct err err = {0};
    struct trust trust = {0};
    struct checkpoint c = {.size = 0};
    trust_add(&trust, &a, &world.signer.key);
    bool good = !checkpoint_read(&a, "book.checkpoint", &trust, &c, &err) &&
                c.size == world.heads[STEPS].last;
    arena_free(&a);
    return good;
}

static inline bool is_backed_up_anew(void)
{
    struct arena a = {0};
    struct err err = {0};
    struct backup_want want = {.until_ms = INT64_MAX};
    struct backup_read read;
    bool good = !backup_read(&a, "first", &want, &read, &err) &&
                read.end.last == world.heads[STEPS].last && read.absent == 0;
    arena_free(&a);
    return good;
}

static const struct deed deeds[] = {
    {.name = "scanning the log", .run = scanning},
    {.name = "looking up documents", .run = looking_up},
    {.name = "verifying", .run = verifying},
    {.name = "appending", .run = appending, .step = STEPS + 1},
    {.name = "beginning a store", .run = beginning, .there = is_begun},
    {.name = "filling one in a hurry", .run = hurrying, .there = is_done},
    {.name = "adding what is there", .run = adding_twice},
    {.name = "folding", .run = folding},
    {.name = "keeping the book and its keys", .run = keeping},
    {.name = "indexing words", .run = indexing, .refusal = RC_ABSENT},
    {.name = "backing up", .run = backing_up, .backup = STEPS},
    {.name = "backing up anew", .run = backing_up_first, .there = is_backed_up_anew},
    {.name = "reading the backup back", .run = reading_back},
    {.name = "signing", .run = signing, .there = is_signed},
    {.name = "proving", .run = proving},
};
enum { DEEDS = sizeof deeds / sizeof *deeds };

#endif
