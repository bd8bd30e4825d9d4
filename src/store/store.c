/*
 * store.c - what every engine shares: choosing it, taking records up, and
 * reading the whole log again to see that nothing was altered.
 */
#include "store/store.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/text.h"
#include "store/postgres_name.h"

static const struct store_ops *ops_for(const char *url)
{
    if (strcmp(url, "memory:") == 0) return &store_memory;
    if (text_starts(url, "postgresql://") || text_starts(url, "postgres://")) {
        return &store_postgres;
    }
    const char *colon = strstr(url, "://");
    return colon ? NULL : &store_sqlite;
}

bool store_is_file(const char *url)
{
    return ops_for(url) == &store_sqlite;
}

const char *store_name(struct arena *a, const char *url)
{
    const struct store_ops *ops = ops_for(url);
    if (ops == &store_postgres) return postgres_name(a, url);
    if (ops) return arena_text(a, url);
    /* Nobody knows where such an address keeps its secrets. */
    return text_format(a, "%.*s://...", (int)strcspn(url, ":"), url);
}

enum rc store_make(struct store *s, bool *made, struct err *err)
{
    *made = false;
    return s->ops->make ? s->ops->make(s, made, err) : RC_OK;
}

enum rc store_open(struct arena *a, const char *url, bool create, struct store **out,
                   struct err *err)
{
    const struct store_ops *ops = ops_for(url);
    if (!*url) return fail(err, RC_STORE, "the store has no name");
    if (!ops) {
        return fail(err, RC_STORE, "no store can be opened at '%.100s'", store_name(a, url));
    }
    return ops->open(a, url, create, out, err);
}

void store_close(struct store *s)
{
    if (s) s->ops->close(s);
}

enum rc store_append(struct store *s, const struct record *const *records, uint32_t count,
                     const struct evidence *evidence, uint32_t evidence_count, struct err *err)
{
    struct arena a = {0};
    struct buf bytes = {.arena = &a};
    struct row *rows = NEW_ARRAY(&a, count ? count : 1, struct row);
    size_t *begin = NEW_ARRAY(&a, (size_t)count + 1, size_t);
    for (uint32_t i = 0; i < count; i++) {
        record_encode(&bytes, records[i]);
        begin[i + 1] = bytes.len;
        if (begin[i + 1] - begin[i] > RECORD_BYTES_MAX) {
            arena_free(&a);
            return fail(err, RC_RULE, "a %s is longer than %d bytes", kind_name(records[i]->kind),
                        RECORD_BYTES_MAX);
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        const struct record *r = records[i];
        rows[i] = (struct row){.id = r->id,
                               .recorded_ms = r->recorded_ms,
                               .kind = r->kind,
                               .label = r->label,
                               .idem = r->idem,
                               .salt = r->salt,
                               .bytes = bytes.text + begin[i],
                               .len = (uint32_t)(begin[i + 1] - begin[i])};
        merkle_leaf(r->salt, rows[i].bytes, rows[i].len, rows[i].leaf);
    }
    enum rc rc = s->ops->append(s, rows, count, evidence, evidence_count, err);
    arena_free(&a);
    return rc;
}

enum rc row_record(struct arena *a, const struct row *row, struct record *out, struct err *err)
{
    if (record_decode(a, row->bytes, row->len, out, err)) {
        err->code = RC_STORE;
        return fail_in(err, "entry %" PRIu64 " of the log", row->id);
    }
    if (out->id != row->id || out->recorded_ms != row->recorded_ms || out->kind != row->kind ||
        strcmp(out->label, row->label) != 0) {
        return fail(err, RC_STORE, "entry %" PRIu64 " of the log: its columns and its bytes differ",
                    row->id);
    }
    out->idem = arena_text(a, row->idem);
    memcpy(out->salt, row->salt, SALT_BYTES);
    return RC_OK;
}

/* --- evidence that is missed --- */

struct search {
    const uint8_t *hash;
    bool found;
};

static enum rc look_among(void *ctx, const struct commit *c, struct err *err)
{
    struct search *s = ctx;
    (void)err;
    for (uint32_t k = 0; k < c->brought_count; k++) {
        s->found |= memcmp(c->brought + (size_t)k * SHA_BYTES, s->hash, SHA_BYTES) == 0;
    }
    return RC_OK;
}

enum rc store_lost(struct store *s, const uint8_t hash[SHA_BYTES], bool *lost, struct err *err)
{
    struct arena a = {0};
    struct search search = {.hash = hash};
    const char *bytes;
    uint64_t len;
    enum rc rc = s->ops->evidence_part(s, &a, hash, 0, 0, &bytes, &len, err);
    bool here = rc == RC_OK;
    if (rc == RC_ABSENT) rc = s->ops->commits(s, look_among, &search, err);
    *lost = !here && search.found;
    arena_free(&a);
    return rc;
}

/* --- verify --- */

struct verifier {
    struct store *store;
    struct verdict *out;
    struct arena arena; /* reset after each row */
    struct merkle tree;
    struct arena kept;
    struct map versions; /* "scenario/kind/key" -> how many there were */
    int64_t last_ms;
    struct commit *commits;
    uint32_t commit_count, commit_at;
    bool beyond;        /* a row is there that none of them names */
    bool accounted;     /* what evidence there is to be is known, by the commits */
    struct map brought; /* its hashes -> the last entry of the commit that kept it */
    struct map named;   /* hashes that records name: their bytes may come at any time */
    struct hash {
        uint8_t bytes[SHA_BYTES];
    } * there; /* of what there is */
    uint32_t there_count, there_room;
};

static enum rc bad(struct verifier *v, uint64_t id, struct err *err, const char *what)
{
    v->out->bad_id = id;
    return fail(err, RC_STORE, "entry %" PRIu64 " of the log %s", id, what);
}

static enum rc verify_evidence(struct verifier *v, const struct record *r, struct err *err)
{
    const char *hex = record_text(r, F_HASH);
    uint8_t want[SHA_BYTES], got[SHA_BYTES];
    if (r->kind != KIND_SOURCE || !hex) return RC_OK;
    if (strlen(hex) != 2 * SHA_BYTES || hex_decode(hex, SHA_BYTES, want)) {
        return bad(v, r->id, err, "names no SHA-256");
    }
    struct evidence e;
    map_put(&v->named, hex, r->id);
    enum rc rc = v->store->ops->evidence(v->store, &v->arena, want, &e, err);
    if (rc == RC_ABSENT && map_get(&v->brought, hex)) {
        return bad(v, r->id, err, "has lost its evidence, which was kept here");
    }
    if (rc == RC_ABSENT) { /* known by hash only: an exchange file carries no bytes */
        if (!v->out->absent++) v->out->absent_id = r->id;
        return RC_OK;
    }
    if (rc) return rc;
    sha256(e.bytes, e.len, got);
    if (memcmp(got, want, SHA_BYTES) != 0) return bad(v, r->id, err, "has altered evidence");
    v->out->evidence++;
    return RC_OK;
}

/* The natural key follows from the record and from how many of that key came before. */
static enum rc verify_idem(struct verifier *v, const struct record *r, struct err *err)
{
    const char *key = record_text(r, F_KEY);
    uint64_t version = 0;
    if (key) {
        const char *name = text_format(&v->arena, "%" PRIu64 "/%s/%s", record_ref(r, F_SCENARIO),
                                       kind_name(r->kind), key);
        const uint64_t *before = map_get(&v->versions, name);
        version = before ? *before + 1 : 1;
        map_put(&v->versions, name, version);
    }
    const char *want = record_idem(&v->arena, r, version);
    if (!want != !r->idem || (want && strcmp(want, r->idem) != 0)) {
        return bad(v, r->id, err, "was altered: its natural key is another");
    }
    return RC_OK;
}

static enum rc verify_row(void *ctx, const struct row *row, struct err *err)
{
    struct verifier *v = ctx;
    struct record r;
    uint8_t leaf[SHA_BYTES], root[SHA_BYTES];
    uint64_t want = v->tree.count + 1;
    arena_reset(&v->arena);
    if (row->id != want) return bad(v, want, err, "is missing or out of place");
    if (v->commit_at == v->commit_count) {
        v->beyond = true;
        return bad(v, row->id, err, "belongs to no commit");
    }
    if (row->recorded_ms < v->last_ms) return bad(v, row->id, err, "was recorded before the last");
    merkle_leaf(row->salt, row->bytes, row->len, leaf);
    if (memcmp(leaf, row->leaf, SHA_BYTES) != 0) {
        return bad(v, row->id, err, "was altered: its leaf does not come out");
    }
    enum rc rc = row_record(&v->arena, row, &r, err);
    if (rc) {
        v->out->bad_id = row->id;
        return rc;
    }
    rc = verify_idem(v, &r, err);
    if (rc) return rc;
    merkle_add(&v->tree, leaf);
    v->last_ms = row->recorded_ms;
    v->out->rows++;
    const struct commit *c = &v->commits[v->commit_at];
    if (row->id > c->last) return bad(v, row->id, err, "belongs to no commit");
    if (row->id == c->last) {
        merkle_root(&v->tree, root);
        if (memcmp(root, c->root, SHA_BYTES) != 0) {
            return bad(v, row->id, err, "ends a commit whose root does not come out");
        }
        if (c->recorded_ms != row->recorded_ms) {
            return bad(v, row->id, err, "was recorded at another instant than its commit");
        }
        v->commit_at++;
    }
    return verify_evidence(v, &r, err);
}

struct commit_list {
    struct arena *arena;
    struct commit *list;
    uint32_t count, room;
};

static enum rc keep_commit(void *ctx, const struct commit *c, struct err *err)
{
    struct commit_list *l = ctx;
    (void)err;
    l->list = arena_more(l->arena, l->list, l->count, &l->room, sizeof *l->list);
    struct commit *kept = &l->list[l->count++];
    *kept = *c;
    size_t len = (size_t)c->brought_count * SHA_BYTES;
    kept->brought = len ? (const uint8_t *)arena_bytes(l->arena, c->brought, len) : NULL;
    return RC_OK;
}

/* Commits that were counted when they were made are all there, and each hash was brought once. */
static enum rc count_commits(struct verifier *v, struct err *err)
{
    v->brought = (struct map){.arena = &v->kept};
    v->accounted = false;
    for (uint32_t i = 0; i < v->commit_count; i++) {
        const struct commit *c = &v->commits[i];
        uint64_t first = i ? v->commits[i - 1].last + 1 : 1;
        if (c->number ? c->number != i + 1 : v->accounted) {
            return bad(v, first, err, "is in a commit that is not the one it was");
        }
        v->accounted |= c->number != 0;
        for (uint32_t k = 0; k < c->brought_count; k++) {
            char hex[SHA_HEX];
            hex_encode(c->brought + (size_t)k * SHA_BYTES, SHA_BYTES, hex);
            if (map_put_new(&v->brought, hex, c->last)) continue;
            return bad(v, c->last, err, "ends a commit that brought evidence a second time");
        }
    }
    return RC_OK;
}

static enum rc read_commits(struct verifier *v, struct commit_list *to, struct err *err)
{
    to->count = 0;
    enum rc rc = v->store->ops->commits(v->store, keep_commit, to, err);
    v->commits = to->list;
    v->commit_count = to->count;
    v->out->commits = to->count;
    return rc ? rc : count_commits(v, err);
}

static enum rc note_hash(void *ctx, const uint8_t hash[SHA_BYTES], struct err *err)
{
    struct verifier *v = ctx;
    (void)err;
    v->there = arena_more(&v->kept, v->there, v->there_count, &v->there_room, sizeof *v->there);
    memcpy(v->there[v->there_count++].bytes, hash, SHA_BYTES);
    return RC_OK;
}

/*
 * No evidence that no commit brought and no record names. What there is was
 * listed before the commits were read, so it was in one of them by then.
 */
static enum rc none_added(struct verifier *v, struct err *err)
{
    for (uint32_t i = 0; v->accounted && i < v->there_count; i++) {
        char hex[SHA_HEX];
        hex_encode(v->there[i].bytes, SHA_BYTES, hex);
        if (map_get(&v->brought, hex) || map_get(&v->named, hex)) continue;
        return fail(err, RC_STORE, "evidence %.16s... is kept here, and no commit brought it", hex);
    }
    return RC_OK;
}

static int by_hash(const void *x, const void *y)
{
    return memcmp(x, y, SHA_BYTES);
}

/* And each that one brought, whether a record names it or not; listed again, for others write. */
static enum rc none_lost(struct verifier *v, struct err *err)
{
    v->there_count = 0;
    enum rc rc = v->store->ops->hashes(v->store, note_hash, v, err);
    if (v->there_count) qsort(v->there, v->there_count, sizeof *v->there, by_hash);
    for (uint32_t i = 0; i < v->commit_count && !rc; i++) {
        const struct commit *c = &v->commits[i];
        for (uint32_t k = 0; k < c->brought_count && !rc; k++) {
            const uint8_t *hash = c->brought + (size_t)k * SHA_BYTES;
            bool here = v->there_count &&
                        bsearch(hash, v->there, v->there_count, sizeof *v->there, by_hash);
            if (!here) rc = bad(v, c->last, err, "ends a commit whose evidence is not all here");
        }
    }
    return rc;
}

/* A row behind the last commit is forged, or somebody wrote meanwhile: then its commit is there. */
static enum rc go_on(struct verifier *v, struct commit_list *commits, struct err *err)
{
    uint32_t before = v->commit_count;
    uint64_t forged = v->out->bad_id;
    struct err ignored = {0};
    v->beyond = false;
    enum rc rc = read_commits(v, commits, &ignored);
    v->out->bad_id = forged;
    if (rc || v->commit_count <= before) return err->code;
    v->out->bad_id = 0;
    return v->store->ops->scan(v->store, v->tree.count, verify_row, v, err);
}

enum rc store_verify(struct store *s, struct verdict *out, struct err *err)
{
    struct arena a = {0};
    struct verifier v = {.store = s, .out = out, .last_ms = INT64_MIN};
    struct commit_list commits = {.arena = &a};
    v.versions.arena = v.named.arena = &v.kept;
    *out = (struct verdict){0};
    struct err later; /* what cannot be listed is told when it is listed again */
    if (s->ops->hashes(s, note_hash, &v, &later)) v.there_count = 0;
    enum rc rc = read_commits(&v, &commits, err);
    if (!rc) {
        rc = s->ops->scan(s, 0, verify_row, &v, err);
        while (v.beyond) rc = go_on(&v, &commits, err);
        if (rc && !out->bad_id) out->bad_id = v.tree.count + 1; /* the engine could not read it */
    }
    if (!rc && v.commit_at != v.commit_count) {
        out->bad_id = v.tree.count + 1;
        rc = fail(err, RC_STORE, "entry %" PRIu64 " of the log is missing: a commit names it",
                  out->bad_id);
    }
    if (!rc) rc = none_added(&v, err);
    if (!rc) rc = none_lost(&v, err);
    /* Last: the log names the entry that is damaged, the engine only its own pages. */
    if (!rc) rc = s->ops->check(s, err);
    merkle_root(&v.tree, out->root);
    arena_free(&v.arena);
    arena_free(&v.kept);
    arena_free(&a);
    return rc;
}
