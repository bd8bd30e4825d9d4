/*
 * memory.c - the store that lives in a process: for tests, for trying things
 * out, and as the plainest statement of what an engine must do.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "store/pieces.h"
#include "store/store.h"

struct memory {
    struct store base;
    struct arena arena;
    struct row *rows;
    struct commit *commits;
    struct evidence *evidence;
    uint32_t row_count, row_room, commit_count, commit_room, evidence_count, evidence_room;
    struct merkle tree;
    struct map idems;
};

static void *grown(struct arena *a, void *list, uint32_t count, uint32_t *room, uint32_t more,
                   size_t size)
{
    if (count + more <= *room) return list;
    *room = (count + more) * 2;
    void *bigger = arena_alloc(a, *room, size);
    if (count) memcpy(bigger, list, count * size);
    return bigger;
}

static enum rc memory_open(struct arena *a, const char *url, bool create, struct store **out,
                           struct err *err)
{
    (void)a, (void)url, (void)create;
    struct memory *m = calloc(1, sizeof *m);
    if (!m) return fail(err, RC_STORE, "no memory for a store");
    m->base.ops = &store_memory;
    m->idems.arena = &m->arena;
    *out = &m->base;
    return RC_OK;
}

static void memory_close(struct store *s)
{
    struct memory *m = (struct memory *)s;
    arena_free(&m->arena);
    free(m);
}

static enum rc memory_head(struct store *s, struct commit *out, struct err *err)
{
    struct memory *m = (struct memory *)s;
    (void)err;
    *out = (struct commit){0};
    if (m->commit_count)
        *out = m->commits[m->commit_count - 1];
    else
        merkle_root(&m->tree, out->root);
    return RC_OK;
}

static enum rc memory_evidence(struct store *s, struct arena *a, const uint8_t hash[SHA_BYTES],
                               struct evidence *out, struct err *err)
{
    struct memory *m = (struct memory *)s;
    (void)a;
    for (uint32_t i = 0; i < m->evidence_count; i++) {
        if (memcmp(m->evidence[i].hash, hash, SHA_BYTES) != 0) continue;
        *out = m->evidence[i];
        return RC_OK;
    }
    return fail(err, RC_ABSENT, "no evidence under that hash");
}

static enum rc memory_evidence_part(struct store *s, struct arena *a, const uint8_t hash[SHA_BYTES],
                                    uint64_t begin, uint64_t end, const char **bytes, uint64_t *len,
                                    struct err *err)
{
    struct evidence e;
    enum rc rc = memory_evidence(s, a, hash, &e, err);
    if (rc) return rc;
    if (end > e.len) end = e.len;
    if (begin > end) begin = end;
    *bytes = (const char *)e.bytes + begin;
    *len = end - begin;
    return RC_OK;
}

static enum rc memory_pieces(struct store *s, bool alone, struct pieces **out, struct err *err)
{
    (void)s, (void)alone;
    return pieces_sqlite_open("", out, err);
}

static enum rc memory_append(struct store *s, const struct row *rows, uint32_t count,
                             const struct evidence *evidence, uint32_t evidence_count,
                             struct err *err)
{
    struct memory *m = (struct memory *)s;
    if (count == 0 && evidence_count == 0) return RC_OK;
    struct map mine = {.arena = &m->arena};
    for (uint32_t i = 0; i < count; i++) {
        if (rows[i].id != m->row_count + i + 1) {
            return fail(err, RC_RULE, "somebody else wrote to the store meanwhile");
        }
        if (!rows[i].idem) continue;
        if (map_get(&m->idems, rows[i].idem) || map_get(&mine, rows[i].idem)) {
            return fail(err, RC_RULE, "'%.100s' is in the log already", rows[i].idem);
        }
        map_put(&mine, rows[i].idem, rows[i].id);
    }
    m->rows = grown(&m->arena, m->rows, m->row_count, &m->row_room, count, sizeof *rows);
    for (uint32_t i = 0; i < count; i++) {
        struct row *to = &m->rows[m->row_count++];
        *to = rows[i];
        to->label = arena_text(&m->arena, rows[i].label);
        to->idem = arena_text(&m->arena, rows[i].idem);
        to->salt = (const uint8_t *)arena_bytes(&m->arena, rows[i].salt, SALT_BYTES);
        to->bytes = arena_bytes(&m->arena, rows[i].bytes, rows[i].len);
        if (to->idem) map_put(&m->idems, to->idem, to->id);
        merkle_add(&m->tree, to->leaf);
    }
    uint8_t *brought = NEW_ARRAY(&m->arena, (size_t)evidence_count * SHA_BYTES + 1, uint8_t);
    uint32_t brought_count = 0;
    for (uint32_t i = 0; i < evidence_count; i++) {
        struct evidence there;
        struct err unused;
        if (!memory_evidence(s, NULL, evidence[i].hash, &there, &unused)) continue;
        m->evidence = grown(&m->arena, m->evidence, m->evidence_count, &m->evidence_room, 1,
                            sizeof *evidence);
        struct evidence *to = &m->evidence[m->evidence_count++];
        *to = evidence[i];
        to->bytes = arena_bytes(&m->arena, evidence[i].bytes, evidence[i].len);
        memcpy(brought + SHA_BYTES * (size_t)brought_count++, to->hash, SHA_BYTES);
    }
    if (count == 0) return RC_OK; /* evidence alone is no commit */
    m->commits =
        grown(&m->arena, m->commits, m->commit_count, &m->commit_room, 1, sizeof *m->commits);
    struct commit *c = &m->commits[m->commit_count++];
    *c = (struct commit){.last = m->row_count,
                         .recorded_ms = rows[count - 1].recorded_ms,
                         .number = m->commit_count,
                         .brought = brought,
                         .brought_count = brought_count};
    merkle_root(&m->tree, c->root);
    return RC_OK;
}

static enum rc memory_scan(struct store *s, uint64_t after, row_fn *fn, void *ctx, struct err *err)
{
    struct memory *m = (struct memory *)s;
    uint32_t end = m->row_count; /* what is appended during the scan is not part of it */
    for (uint64_t i = after; i < end; i++) {
        enum rc rc = fn(ctx, &m->rows[i], err);
        if (rc) return rc;
    }
    return RC_OK;
}

static enum rc memory_rows(struct store *s, const uint64_t *ids, uint32_t count, row_fn *fn,
                           void *ctx, struct err *err)
{
    struct memory *m = (struct memory *)s;
    enum rc rc = RC_OK;
    for (uint32_t i = 0; i < count && !rc; i++) {
        if (ids[i] - 1 < m->row_count) rc = fn(ctx, &m->rows[ids[i] - 1], err);
    }
    return rc;
}

static enum rc memory_commits(struct store *s, commit_fn *fn, void *ctx, struct err *err)
{
    struct memory *m = (struct memory *)s;
    for (uint32_t i = 0; i < m->commit_count; i++) {
        enum rc rc = fn(ctx, &m->commits[i], err);
        if (rc) return rc;
    }
    return RC_OK;
}

static enum rc memory_hashes(struct store *s, hash_fn *fn, void *ctx, struct err *err)
{
    struct memory *m = (struct memory *)s;
    for (uint32_t i = 0; i < m->evidence_count; i++) {
        enum rc rc = fn(ctx, m->evidence[i].hash, err);
        if (rc) return rc;
    }
    return RC_OK;
}

static enum rc memory_check(struct store *s, struct err *err)
{
    (void)s, (void)err;
    return RC_OK;
}

const struct store_ops store_memory = {
    .scheme = "memory:",
    .open = memory_open,
    .close = memory_close,
    .head = memory_head,
    .append = memory_append,
    .scan = memory_scan,
    .rows = memory_rows,
    .commits = memory_commits,
    .evidence = memory_evidence,
    .evidence_part = memory_evidence_part,
    .hashes = memory_hashes,
    .pieces = memory_pieces,
    .check = memory_check,
};
