/*
 * read.c - a backup read back: into a store, or only looked at.
 *
 * A commit is taken when its root came out, with the documents that its records
 * name, so what is in the store at any moment is a log as it once was.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "backup/durable.h"
#include "backup/parts.h"
#include "base/text.h"
#include "record/exchange.h"

/* Up to a gigabyte, as import takes them in. */
enum { DOCUMENT_MAX = 1 << 30 };

struct reading {
    const char *dir;
    const struct backup_want *want;
    struct backup_read *out;
    struct merkle tree;
    uint64_t total;      /* records that the names of the parts promise */
    struct arena commit; /* what is kept until its root came out */
    struct arena line;
    struct row *rows;
    struct evidence *documents;
    uint32_t row_count, row_room, document_count, document_room;
    char named[SHA_HEX]; /* the document that the record on this line is to have; "": none */
    bool late;           /* behind until_ms: not taken any more */
    bool ended;
    const struct part *part;
    uint64_t number; /* of the line */
};

static enum rc wrong(const struct reading *r, const char *what, struct err *err)
{
    return fail(err, RC_INPUT, "'%.150s' line %" PRIu64 ": %s", r->part->path, r->number, what);
}

/* --- documents --- */

static enum rc lost_document(struct reading *r, const char *path, const char *how, struct err *err)
{
    r->out->lost++;
    if (r->want->incomplete) return RC_OK;
    return fail(err, RC_INPUT, "'%.250s' %s", path, how);
}

static void keep_document(struct reading *r, const struct evidence *e)
{
    r->out->documents++;
    if (!r->want->into) return;
    r->documents =
        arena_more(&r->commit, r->documents, r->document_count, &r->document_room, sizeof *e);
    r->documents[r->document_count++] = *e;
}

static enum rc read_document(struct reading *r, const uint8_t hash[SHA_BYTES], bool named,
                             struct err *err)
{
    struct evidence e;
    uint8_t got[SHA_BYTES];
    const char *bytes;
    size_t len;
    struct arena *a = r->want->into ? &r->commit : &r->line;
    const char *path = evidence_path(&r->line, r->dir, hash);
    enum rc rc = durable_read(a, path, DOCUMENT_MAX, &bytes, &len, err);
    if (rc == RC_ABSENT && !named) {
        r->out->absent++; /* the store did not have it either, then */
        return RC_OK;
    }
    if (rc == RC_ABSENT) return lost_document(r, path, "is missing", err);
    if (rc) return rc;
    sha256(bytes, len, got);
    if (memcmp(got, hash, SHA_BYTES) != 0) {
        return lost_document(r, path, "was altered: it is not what its name says", err);
    }
    memcpy(e.hash, hash, SHA_BYTES);
    e.bytes = bytes;
    e.len = len;
    keep_document(r, &e);
    return RC_OK;
}

static enum rc document_of(struct reading *r, const struct record *record, struct err *err)
{
    uint8_t hash[SHA_BYTES];
    const char *hex = record->kind == KIND_SOURCE ? record_text(record, F_HASH) : NULL;
    bool named = *r->named;
    if (named && (!hex || strcmp(hex, r->named) != 0)) {
        return wrong(r, "the document above is not this record's", err);
    }
    if (!hex || strlen(hex) != 2 * SHA_BYTES || hex_decode(hex, SHA_BYTES, hash)) return RC_OK;
    return read_document(r, hash, named, err);
}

/* "also HASH" */
static enum rc also_document(struct reading *r, const char *text, size_t len, struct err *err)
{
    uint8_t hash[SHA_BYTES];
    size_t head = strlen(BACKUP_ALSO);
    if (*r->named || r->row_count == 0 || len != head + 2 * SHA_BYTES ||
        hex_decode(text + head, SHA_BYTES, hash)) {
        return wrong(r, "this names no document", err);
    }
    return r->late ? RC_OK : read_document(r, hash, true, err);
}

/* "document HASH": it must be the next record's. */
static enum rc name_document(struct reading *r, const char *text, size_t len, struct err *err)
{
    uint8_t hash[SHA_BYTES];
    size_t head = strlen(BACKUP_DOCUMENT);
    if (*r->named || r->ended || len != head + 2 * SHA_BYTES ||
        hex_decode(text + head, SHA_BYTES, hash)) {
        return wrong(r, "this names no document", err);
    }
    memcpy(r->named, text + head, 2 * SHA_BYTES + 1);
    return RC_OK;
}

/* --- records --- */

static void keep_row(struct reading *r, const struct record *record, const struct buf *bytes,
                     const uint8_t leaf[SHA_BYTES])
{
    struct arena *a = &r->commit;
    r->rows = arena_more(a, r->rows, r->row_count, &r->row_room, sizeof *r->rows);
    struct row *row = &r->rows[r->row_count++];
    *row = (struct row){.id = record->id,
                        .recorded_ms = record->recorded_ms,
                        .kind = record->kind,
                        .label = arena_text(a, record->label),
                        .idem = arena_text(a, record->idem),
                        .salt = (const uint8_t *)arena_bytes(a, record->salt, SALT_BYTES),
                        .bytes = arena_bytes(a, bytes->text, bytes->len),
                        .len = (uint32_t)bytes->len};
    memcpy(row->leaf, leaf, SHA_BYTES);
}

static enum rc take_record(struct reading *r, const struct record *record, struct err *err)
{
    uint8_t leaf[SHA_BYTES];
    struct buf bytes = {.arena = &r->line};
    if (record->id != r->tree.count + 1) {
        return wrong(r, "a record is missing or out of place", err);
    }
    r->late |= record->recorded_ms > r->want->until_ms;
    record_encode(&bytes, record);
    merkle_leaf(record->salt, bytes.text, bytes.len, leaf);
    merkle_add(&r->tree, leaf);
    r->row_count += !r->want->into; /* only counted */
    if (r->want->into) keep_row(r, record, &bytes, leaf);
    r->out->last_ms = r->late ? r->out->last_ms : record->recorded_ms;
    enum rc rc = r->late ? RC_OK : document_of(r, record, err);
    *r->named = '\0';
    return rc;
}

static enum rc take_commit(struct reading *r, const struct exchange_line *line, struct err *err)
{
    struct store *s = r->want->into;
    uint8_t root[SHA_BYTES];
    merkle_root(&r->tree, root);
    if (line->last != r->tree.count || r->row_count == 0) {
        return wrong(r, "records are missing above", err);
    }
    if (memcmp(root, line->root, SHA_BYTES) != 0) {
        return wrong(r, "the root does not come out: something above was altered", err);
    }
    enum rc rc = RC_OK;
    if (!r->late) {
        if (s) {
            rc = s->ops->append(s, r->rows, r->row_count, r->documents, r->document_count, err);
        }
        r->out->end.last = line->last;
        memcpy(r->out->end.root, root, SHA_BYTES);
        r->out->commits++;
    }
    arena_reset(&r->commit);
    r->rows = NULL;
    r->documents = NULL;
    r->row_count = r->row_room = r->document_count = r->document_room = 0;
    return rc;
}

static enum rc take_end(struct reading *r, const struct exchange_line *line, struct err *err)
{
    uint8_t root[SHA_BYTES];
    merkle_root(&r->tree, root);
    if (line->last != r->tree.count || line->last != r->part->last || r->row_count != 0) {
        return wrong(r, "records are missing above", err);
    }
    r->ended = true;
    if (memcmp(root, line->root, SHA_BYTES) == 0) return RC_OK;
    return wrong(r, "the root does not come out: something above was altered", err);
}

static enum rc take_line(struct reading *r, char *text, size_t len, struct err *err)
{
    struct exchange_line line;
    arena_reset(&r->line);
    if (r->ended) return wrong(r, "nothing may follow the end", err);
    if (text_starts(text, BACKUP_DOCUMENT)) return name_document(r, text, len, err);
    if (text_starts(text, BACKUP_ALSO)) return also_document(r, text, len, err);
    if (*r->named && (text_starts(text, "commit ") || text_starts(text, "end "))) {
        return wrong(r, "a record belongs here", err);
    }
    enum rc rc = exchange_parse(&r->line, text, len, &line, err);
    if (!rc && line.sort == EXCHANGE_RECORD) rc = record_check(&line.record, err);
    if (rc) {
        err->code = RC_INPUT;
        return fail_in(err, "'%.150s' line %" PRIu64, r->part->path, r->number);
    }
    switch (line.sort) {
    case EXCHANGE_RECORD: return take_record(r, &line.record, err);
    case EXCHANGE_COMMIT: return take_commit(r, &line, err);
    case EXCHANGE_END: return take_end(r, &line, err);
    }
    return RC_OK;
}

/* --- a part --- */

/* A line without its end, to be freed; RC_INPUT where the file is cut off. */
struct lines {
    FILE *file;
    char *text;
    size_t room, len;
};

static enum rc next_line(struct reading *r, struct lines *l, bool *there, struct err *err)
{
    ssize_t got = getline(&l->text, &l->room, l->file);
    r->number++;
    *there = got > 0;
    if (got <= 0 && !feof(l->file)) { /* or there was no memory for the line */
        return fail(err, RC_STORE, "'%.150s' cannot be read", r->part->path);
    }
    if (got <= 0) return RC_OK;
    if (l->text[got - 1] != '\n' || got > EXCHANGE_LINE_MAX) {
        return wrong(r, "the file is cut off here", err);
    }
    l->text[got - 1] = '\0';
    l->len = (size_t)got - 1;
    return RC_OK;
}

/* The two lines in front: what this is, and what it follows. */
static enum rc read_head(struct reading *r, struct lines *l, struct err *err)
{
    char want[SHA_HEX + 40], hex[SHA_HEX];
    uint8_t root[SHA_BYTES];
    bool there;
    merkle_root(&r->tree, root);
    hex_encode(root, SHA_BYTES, hex);
    snprintf(want, sizeof want, "after %" PRIu64 " %s", r->tree.count, hex);
    enum rc rc = next_line(r, l, &there, err);
    if (rc) return rc;
    if (!there || strncmp(l->text, BACKUP_HEADER, l->len) != 0 ||
        l->len + 1 != strlen(BACKUP_HEADER)) {
        return wrong(r, "this is no part of a backup that this muster knows", err);
    }
    rc = next_line(r, l, &there, err);
    if (rc || (there && strcmp(l->text, want) == 0)) return rc;
    return wrong(r, "it does not follow the part before", err);
}

static enum rc read_part(struct reading *r, struct lines *l, struct err *err)
{
    bool there = true;
    r->number = 0;
    r->ended = false;
    enum rc rc = read_head(r, l, err);
    while (!rc) {
        rc = next_line(r, l, &there, err);
        if (rc || !there) break;
        rc = take_line(r, l->text, l->len, err);
        if (!rc && !watch_step(r->want->watch, r->tree.count, r->total)) {
            rc = fail(err, RC_ABSENT, "interrupted");
        }
    }
    if (!rc && !r->ended) rc = wrong(r, "the file is cut off here", err);
    return rc;
}

static enum rc read_parts(struct reading *r, const struct parts *parts, struct err *err)
{
    enum rc rc = RC_OK;
    for (uint32_t i = 0; i < parts->count && !rc; i++) {
        struct lines l = {.file = fopen(parts->list[i].path, "rb")};
        r->part = &parts->list[i];
        if (!l.file) rc = fail(err, RC_STORE, "'%.150s' cannot be read", r->part->path);
        if (!rc) rc = read_part(r, &l, err);
        if (l.file) fclose(l.file);
        free(l.text);
    }
    return rc;
}

enum rc backup_read(struct arena *a, const char *dir, const struct backup_want *want,
                    struct backup_read *out, struct err *err)
{
    struct parts parts;
    struct reading r = {.dir = dir, .want = want, .out = out};
    *out = (struct backup_read){0};
    sha256("", 0, out->end.root);
    enum rc rc = parts_list(a, dir, &parts, err);
    if (rc) return rc;
    if (parts.count == 0) return fail(err, RC_ABSENT, "the backup in '%.150s' is empty", dir);
    r.total = parts.list[parts.count - 1].last;
    rc = read_parts(&r, &parts, err);
    out->later = r.tree.count - out->end.last;
    arena_free(&r.commit);
    arena_free(&r.line);
    return rc;
}
