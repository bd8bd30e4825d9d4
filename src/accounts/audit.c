/*
 * audit.c - the trail: rows that are only added, each bound to the one before.
 *
 * A row's hash covers its texts, its instant, its number and the hash before it;
 * the last hash stands a second time in audit_head. A row that was altered or
 * taken out, from the middle or the end, no longer fits. Somebody who can write
 * the file can still write all of it anew: against that, note the head elsewhere.
 *
 * A row is on the disk before its call returns. Rows that come while a commit is
 * under way are the next one together, so that many visitors wait for few syncs.
 *
 * Reading goes in chunks with the lock free between them: whoever takes the rows
 * may be slow, and rows are never edited, so nothing can move meanwhile.
 */
#include <inttypes.h>
#include <string.h>

#include "accounts/inside.h"
#include "base/term.h"
#include "base/text.h"

enum { CHUNK = 512, TEXTS = 5 };

/* --- the chain --- */

static uint8_t *put_be64(uint8_t *out, uint64_t n)
{
    for (int i = 0; i < 8; i++) out[i] = (uint8_t)(n >> (56 - 8 * i));
    return out + 8;
}

/* Lengths stand in front, so that no text can pass for the end of another. */
static void chain(const struct audited *row, const uint8_t before[SHA_BYTES],
                  uint8_t out[SHA_BYTES])
{
    static const char purpose[] = "muster audit 1";
    const char *texts[TEXTS] = {row->who, row->verb, row->what, row->touched, row->outcome};
    uint8_t numbers[8 * (2 + TEXTS)], *at = numbers;
    struct sha_part parts[3 + TEXTS] = {{purpose, sizeof purpose}, {before, SHA_BYTES}};
    at = put_be64(at, row->id);
    at = put_be64(at, (uint64_t)row->at_ms);
    for (int i = 0; i < TEXTS; i++) {
        size_t len = strlen(texts[i]);
        at = put_be64(at, len);
        parts[3 + i] = (struct sha_part){texts[i], len};
    }
    parts[2] = (struct sha_part){numbers, sizeof numbers};
    sha256_parts(parts, 3 + TEXTS, out);
}

struct head {
    uint64_t id;
    uint8_t hash[SHA_BYTES];
};

static enum rc damaged(const struct accounts *a, struct err *err)
{
    return fail(err, RC_STORE, "the audit trail in '%.120s' is damaged", a->path);
}

static bool column_hash(sqlite3_stmt *st, int at, uint8_t out[SHA_BYTES])
{
    if (sqlite3_column_bytes(st, at) != SHA_BYTES) return false;
    memcpy(out, sqlite3_column_blob(st, at), SHA_BYTES);
    return true;
}

static enum rc head_read(struct accounts *a, struct head *out, struct err *err)
{
    sqlite3_stmt *st;
    bool there;
    enum rc rc = sql_begin(a, "SELECT id, hash FROM audit_head", NULL, 0, &st, err);
    if (rc) return rc;
    rc = sql_row(a, st, &there, err);
    if (!rc) {
        out->id = (uint64_t)sqlite3_column_int64(st, 0);
        if (!there || !column_hash(st, 1, out->hash)) rc = damaged(a, err);
    }
    sql_done(st);
    return rc;
}

/* --- adding --- */

/* On one line, valid UTF-8, and no longer than it may be. */
static const char *bounded(struct arena *arena, const char *text, size_t most)
{
    size_t len = text ? strnlen(text, most + 1) : 0;
    const char *safe = term_safe(arena, len ? arena_bytes(arena, text, len) : "");
    len = strlen(safe);
    if (len <= most) return safe;
    while (most > 3 && ((uint8_t)safe[most - 3] & 0xc0) == 0x80) most--;
    return text_format(arena, "%.*s...", (int)most - 3, safe);
}

static enum rc add(struct accounts *a, struct audited *row, struct err *err)
{
    struct head head;
    uint8_t hash[SHA_BYTES];
    enum rc rc = head_read(a, &head, err);
    if (rc) return rc;
    row->id = head.id + 1;
    chain(row, head.hash, hash);
    rc = SQL_RUN(a, err, "INSERT INTO audit VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                 value_int((int64_t)row->id), value_int(row->at_ms), value_text(row->who),
                 value_text(row->verb), value_text(row->what), value_text(row->touched),
                 value_text(row->outcome), value_hash(hash));
    if (rc) return rc;
    return SQL_RUN(a, err, "UPDATE audit_head SET id = ?1, hash = ?2", value_int((int64_t)row->id),
                   value_hash(hash));
}

struct queued {
    struct audited row;
    struct queued *next;
    bool done;
    enum rc rc;
    struct err err;
};

/* All of them, or none. */
static enum rc write_rows(struct accounts *a, struct queued *list, struct err *err)
{
    pthread_mutex_lock(&a->lock);
    enum rc rc = sql_plain(a, "BEGIN IMMEDIATE", err);
    if (!rc) {
        for (struct queued *q = list; q && !rc; q = q->next) rc = add(a, &q->row, err);
        rc = sql_end(a, rc, err);
    }
    pthread_mutex_unlock(&a->lock);
    return rc;
}

/* Whoever finds nobody writing writes what waits; the trail's lock is held before and after. */
static void write_queue(struct accounts *a)
{
    struct queued *list = a->queue;
    struct err err = {0};
    a->queue = NULL;
    a->writing = true;
    pthread_mutex_unlock(&a->trail);
    enum rc rc = write_rows(a, list, &err);
    pthread_mutex_lock(&a->trail);
    a->writing = false;
    for (struct queued *q = list, *next; q; q = next) {
        next = q->next; /* who is done may go */
        q->rc = rc;
        q->err = err;
        q->done = true;
    }
    pthread_cond_broadcast(&a->written);
}

static void wait_for_turn(struct accounts *a, struct queued *mine)
{
    struct queued **end = &a->queue;
    while (*end) end = &(*end)->next;
    *end = mine;
    while (!mine->done) {
        if (a->writing)
            pthread_cond_wait(&a->written, &a->trail);
        else
            write_queue(a);
    }
}

enum rc accounts_audit(struct accounts *a, const struct audited *row, struct err *err)
{
    struct arena scratch = {0};
    struct queued mine = {.row = {
                              .at_ms = row->at_ms,
                              .who = bounded(&scratch, row->who, 100),
                              .verb = bounded(&scratch, row->verb, 40),
                              .what = bounded(&scratch, row->what, 1000),
                              .touched = bounded(&scratch, row->touched, 2000),
                              .outcome = bounded(&scratch, row->outcome, 200),
                          }};
    pthread_mutex_lock(&a->trail);
    wait_for_turn(a, &mine);
    pthread_mutex_unlock(&a->trail);
    arena_free(&scratch);
    if (mine.rc) *err = mine.err;
    return mine.rc;
}

/* --- reading --- */

struct audited_row {
    struct audited row;
    uint8_t hash[SHA_BYTES];
    bool whole; /* the hash is one */
};

static const char *text_or_none(struct arena *arena, sqlite3_stmt *st, int at)
{
    const char *text = sql_text(arena, st, at);
    return text ? text : "";
}

/* The rows after `after` among the next CHUNK numbers, and where the trail ends now. */
static enum rc chunk_read(struct accounts *a, struct arena *arena, uint64_t after,
                          struct audited_row *rows, uint32_t *count, struct head *head,
                          struct err *err)
{
    sqlite3_stmt *st;
    bool there = true;
    enum rc rc = head_read(a, head, err);
    if (!rc) {
        rc = SQL_BEGIN(a, &st, err,
                       "SELECT id, at_ms, who, verb, what, touched, outcome, hash FROM audit"
                       " WHERE id > ?1 ORDER BY id LIMIT ?2",
                       value_int((int64_t)after), value_int(CHUNK));
    }
    if (rc) return rc;
    *count = 0;
    while (!(rc = sql_row(a, st, &there, err)) && there) {
        struct audited_row *r = &rows[(*count)++];
        r->row = (struct audited){
            .id = (uint64_t)sqlite3_column_int64(st, 0),
            .at_ms = sqlite3_column_int64(st, 1),
            .who = text_or_none(arena, st, 2),
            .verb = text_or_none(arena, st, 3),
            .what = text_or_none(arena, st, 4),
            .touched = text_or_none(arena, st, 5),
            .outcome = text_or_none(arena, st, 6),
        };
        r->whole = column_hash(st, 7, r->hash);
    }
    sql_done(st);
    return rc;
}

/* Every row in order, and the head that stood when the last ones were read. */
typedef enum rc row_fn(void *ctx, const struct audited_row *row, struct err *err);

static enum rc walk(struct accounts *a, row_fn *fn, void *ctx, struct head *head, struct err *err)
{
    struct arena arena = {0};
    uint64_t after = 0;
    uint32_t count;
    enum rc rc;
    do {
        arena_reset(&arena);
        struct audited_row *rows = NEW_ARRAY(&arena, CHUNK, struct audited_row);
        pthread_mutex_lock(&a->lock);
        rc = sql_plain(a, "BEGIN", err); /* head and rows from one moment */
        if (!rc) rc = sql_end(a, chunk_read(a, &arena, after, rows, &count, head, err), err);
        pthread_mutex_unlock(&a->lock);
        for (uint32_t i = 0; !rc && i < count; i++) rc = fn(ctx, &rows[i], err);
        if (!rc && count) after = rows[count - 1].row.id;
    } while (!rc && count == CHUNK);
    arena_free(&arena);
    return rc;
}

struct wanted {
    int64_t since_ms;
    const char *who;
    audit_fn *fn;
    void *ctx;
};

static enum rc hand_on(void *ctx, const struct audited_row *r, struct err *err)
{
    const struct wanted *w = ctx;
    if (r->row.at_ms < w->since_ms) return RC_OK;
    if (w->who && strcmp(w->who, r->row.who) != 0) return RC_OK;
    return w->fn(w->ctx, &r->row, err);
}

enum rc accounts_audit_list(struct accounts *a, int64_t since_ms, const char *who, audit_fn *fn,
                            void *ctx, struct err *err)
{
    struct wanted w = {since_ms, who, fn, ctx};
    struct head head;
    return walk(a, hand_on, &w, &head, err);
}

static enum rc verify_row(void *ctx, const struct audited_row *r, struct err *err)
{
    struct head *at = ctx;
    uint8_t want[SHA_BYTES];
    if (r->row.id != at->id + 1) {
        return fail(err, RC_RULE, "row %" PRIu64 " of the audit trail is gone", at->id + 1);
    }
    chain(&r->row, at->hash, want);
    if (!r->whole || memcmp(want, r->hash, SHA_BYTES) != 0) {
        return fail(err, RC_RULE, "row %" PRIu64 " of the audit trail is not as it was written",
                    r->row.id);
    }
    at->id = r->row.id;
    memcpy(at->hash, want, SHA_BYTES);
    return RC_OK;
}

enum rc accounts_audit_verify(struct accounts *a, uint64_t *rows, char head[65], struct err *err)
{
    struct head at = {0}, last = {0};
    enum rc rc = walk(a, verify_row, &at, &last, err);
    if (rc) return rc;
    if (at.id < last.id) {
        return fail(err, RC_RULE, "row %" PRIu64 " of the audit trail is gone", at.id + 1);
    }
    if (at.id > last.id || memcmp(at.hash, last.hash, SHA_BYTES) != 0) {
        return fail(err, RC_RULE, "the end of the audit trail was written by something else");
    }
    *rows = at.id;
    hex_encode(at.hash, SHA_BYTES, head);
    return RC_OK;
}
