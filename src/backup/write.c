/*
 * write.c - what a store has more than its backup.
 *
 * The head is asked for first, and what comes later is left for the next time:
 * what is up to the head never changes, so nobody who writes has to wait. A
 * document is on the disk before the part that names it.
 */
#include <inttypes.h>
#include <string.h>

#include "backup/durable.h"
#include "backup/parts.h"
#include "base/text.h"
#include "record/exchange.h"

struct writing {
    struct store *store;
    const char *dir;
    const struct watch *watch;
    struct backup_done *done;
    struct durable file;
    struct arena commit_arena, scratch;
    struct commit *commits; /* behind `before`, up to the head */
    uint32_t count, room, at;
    struct {
        uint8_t bytes[SHA_BYTES];
    } * hashes; /* of all its documents */
    uint32_t hash_count, hash_room;
    bool same; /* the store has the commit at which the backup ends */
};

static enum rc note_commit(void *ctx, const struct commit *c, struct err *err)
{
    struct writing *w = ctx;
    const struct backup_end *before = &w->done->before;
    (void)err;
    if (c->last == before->last) w->same = memcmp(c->root, before->root, SHA_BYTES) == 0;
    if (c->last <= before->last || c->last > w->done->end.last) return RC_OK;
    w->commits = arena_more(&w->commit_arena, w->commits, w->count, &w->room, sizeof *w->commits);
    w->commits[w->count++] = *c;
    return RC_OK;
}

/* A document, unless it is here. RC_ABSENT: the store does not have it. */
static enum rc write_document(struct writing *w, const uint8_t hash[SHA_BYTES], bool *wrote,
                              struct err *err)
{
    uint8_t got[SHA_BYTES];
    struct evidence e;
    const char *path = evidence_path(&w->scratch, w->dir, hash);
    *wrote = false;
    enum rc rc = durable_look(path, err);
    if (rc != RC_ABSENT) return rc;
    rc = w->store->ops->evidence(w->store, &w->scratch, hash, &e, err);
    if (rc) return rc;
    sha256(e.bytes, e.len, got);
    if (memcmp(got, hash, SHA_BYTES) != 0) {
        return fail(err, RC_RULE, "a document of the book was altered: 'muster verify' says which");
    }
    *wrote = true;
    w->done->documents++;
    return durable_write(path, 0600, e.bytes, e.len, err);
}

/* The one that a record names, and a line that says that it is here. */
static enum rc document_of(struct writing *w, const struct record *r, struct buf *out,
                           struct err *err)
{
    uint8_t hash[SHA_BYTES];
    bool wrote;
    const char *hex = r->kind == KIND_SOURCE ? record_text(r, F_HASH) : NULL;
    if (!hex || strlen(hex) != 2 * SHA_BYTES || hex_decode(hex, SHA_BYTES, hash)) return RC_OK;
    enum rc rc = write_document(w, hash, &wrote, err);
    if (rc == RC_ABSENT) return RC_OK;
    if (!rc) buf_addf(out, BACKUP_DOCUMENT "%s\n", hex);
    return rc;
}

/*
 * What is left of those that the store had when this began: what no record
 * names, what came after its record, what somebody took out of the backup.
 */
static enum rc other_documents(struct writing *w, struct buf *out, struct err *err)
{
    enum rc rc = RC_OK;
    for (uint32_t i = 0; i < w->hash_count && !rc; i++) {
        char hex[SHA_HEX];
        bool wrote;
        rc = write_document(w, w->hashes[i].bytes, &wrote, err);
        if (rc || !wrote || !out) continue;
        hex_encode(w->hashes[i].bytes, SHA_BYTES, hex);
        buf_addf(out, BACKUP_ALSO "%s\n", hex);
    }
    return rc;
}

static enum rc note_hash(void *ctx, const uint8_t hash[SHA_BYTES], struct err *err)
{
    struct writing *w = ctx;
    (void)err;
    w->hashes =
        arena_more(&w->commit_arena, w->hashes, w->hash_count, &w->hash_room, sizeof *w->hashes);
    memcpy(w->hashes[w->hash_count++].bytes, hash, SHA_BYTES);
    return RC_OK;
}

static enum rc write_row(void *ctx, const struct row *row, struct err *err)
{
    struct writing *w = ctx;
    struct record r;
    uint64_t first = w->done->before.last, last = w->done->end.last;
    if (row->id > last) return fail(err, RC_ABSENT, "enough");
    if (!watch_step(w->watch, row->id - first, last - first)) {
        return fail(err, RC_ABSENT, "interrupted");
    }
    arena_reset(&w->scratch);
    struct buf out = {.arena = &w->scratch};
    enum rc rc = row_record(&w->scratch, row, &r, err);
    if (!rc) rc = document_of(w, &r, &out, err);
    if (rc) return rc;
    exchange_record(&out, &r);
    if (w->at < w->count && w->commits[w->at].last == row->id) {
        if (row->id == last) rc = other_documents(w, &out, err);
        if (rc) return rc;
        exchange_root(&out, EXCHANGE_COMMIT, row->id, w->commits[w->at++].root);
    }
    return durable_add(&w->file, out.text, out.len, err);
}

static enum rc write_part(struct writing *w, struct err *err)
{
    const struct backup_done *d = w->done;
    struct arena a = {0};
    struct buf out = {.arena = &a};
    char hex[SHA_HEX];
    enum rc rc = durable_begin(&a, part_path(&a, w->dir, d->before.last + 1, d->end.last), 0600,
                               &w->file, err);
    if (rc) {
        arena_free(&a);
        return rc;
    }
    hex_encode(d->before.root, SHA_BYTES, hex);
    buf_addf(&out, BACKUP_HEADER "after %" PRIu64 " %s\n", d->before.last, hex);
    rc = durable_add(&w->file, out.text, out.len, err);
    if (!rc) rc = w->store->ops->scan(w->store, d->before.last, write_row, w, err);
    if (rc == RC_ABSENT && w->at == w->count) rc = RC_OK; /* what came since is for the next time */
    if (!rc && w->at != w->count) rc = fail(err, RC_RULE, "the log has fewer records than commits");
    if (!rc) {
        out.len = 0;
        exchange_root(&out, EXCHANGE_END, d->end.last, d->end.root);
        rc = durable_add(&w->file, out.text, out.len, err);
    }
    if (!rc) rc = durable_end(&w->file, err);
    durable_drop(&w->file);
    arena_free(&a);
    return rc;
}

static enum rc another_log(const struct writing *w, struct err *err)
{
    return fail(err, RC_RULE,
                "the backup in '%.100s' has %" PRIu64 " records that this book does not have: it"
                " is another book's, or this one lost some",
                w->dir, w->done->before.last);
}

enum rc backup_write(struct arena *a, struct store *s, const char *dir, const struct watch *watch,
                     struct backup_done *out, struct err *err)
{
    struct writing w = {.store = s, .dir = dir, .watch = watch, .done = out};
    struct commit head;
    *out = (struct backup_done){0};
    enum rc rc = backup_end(a, dir, &out->before, err);
    if (!rc) rc = s->ops->head(s, &head, err);
    if (rc) return rc;
    out->end.last = head.last;
    memcpy(out->end.root, head.root, SHA_BYTES);
    w.same = out->before.last == 0;
    rc = s->ops->commits(s, note_commit, &w, err);
    if (!rc && !w.same) rc = another_log(&w, err);
    if (!rc) rc = s->ops->hashes(s, note_hash, &w, err);
    if (!rc) rc = w.count ? write_part(&w, err) : other_documents(&w, NULL, err);
    arena_free(&w.commit_arena);
    arena_free(&w.scratch);
    return rc;
}
