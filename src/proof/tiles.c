/* tiles.c - see tiles.h. */
#include "proof/tiles.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/base64.h"
#include "base/text.h"
#include "proof/prove.h"
#include "record/proof.h"

enum { TILE_LEVELS = MERKLE_LEVELS / 8, LEVELS_A_TILE = 8 };

const char *tile_path(struct arena *a, int level, uint64_t number, uint32_t hashes)
{
    const char *path = text_format(a, "%03u", (unsigned)(number % 1000));
    while (number /= 1000) path = text_format(a, "x%03u/%s", (unsigned)(number % 1000), path);
    path = text_format(a, "tile/%d/%s", level, path);
    return hashes == TILE_HASHES ? path : text_format(a, "%s.p/%u", path, (unsigned)hashes);
}

/* --- making them --- */

struct tile {
    uint64_t number;
    uint32_t count;
    uint8_t hashes[TILE_HASHES][SHA_BYTES];
};

struct making {
    struct arena scratch;
    uint64_t size;
    struct merkle tree;
    struct tile *levels; /* the last of each level */
    tile_fn *fn;
    void *ctx;
};

static enum rc pass_on(struct making *m, int level, struct err *err)
{
    const struct tile *t = &m->levels[level];
    arena_reset(&m->scratch);
    return m->fn(m->ctx, tile_path(&m->scratch, level, t->number, t->count),
                 t->count == TILE_HASHES, t->hashes[0], (size_t)t->count * SHA_BYTES, err);
}

/* A full tile is passed on, and its root goes into the one above. */
static enum rc add_hash(struct making *m, const uint8_t *hash, struct err *err)
{
    uint8_t root[SHA_BYTES];
    memcpy(root, hash, SHA_BYTES);
    for (int level = 0; level < TILE_LEVELS; level++) {
        struct tile *t = &m->levels[level];
        struct merkle above = {0};
        memcpy(t->hashes[t->count++], root, SHA_BYTES);
        if (t->count < TILE_HASHES) return RC_OK;
        enum rc rc = pass_on(m, level, err);
        if (rc) return rc;
        for (uint32_t i = 0; i < TILE_HASHES; i++) merkle_add(&above, t->hashes[i]);
        merkle_root(&above, root);
        t->number++;
        t->count = 0;
    }
    return RC_OK;
}

static enum rc make_row(void *ctx, const struct row *row, struct err *err)
{
    struct making *m = ctx;
    if (row->id > m->size) return fail(err, RC_ABSENT, "enough");
    merkle_add(&m->tree, row->leaf);
    return add_hash(m, row->leaf, err);
}

enum rc tiles_make(struct store *s, const struct checkpoint *c, tile_fn *fn, void *ctx,
                   struct err *err)
{
    struct arena a = {0};
    struct making m = {
        .size = c->size, .levels = NEW_ARRAY(&a, TILE_LEVELS, struct tile), .fn = fn, .ctx = ctx};
    uint8_t root[SHA_BYTES];
    enum rc rc = s->ops->scan(s, 0, make_row, &m, err);
    if (rc == RC_ABSENT && m.tree.count == c->size) rc = RC_OK; /* what came since is not in it */
    for (int level = 0; level < TILE_LEVELS && !rc; level++) {
        if (m.levels[level].count) rc = pass_on(&m, level, err);
    }
    merkle_root(&m.tree, root);
    if (!rc && (m.tree.count != c->size || memcmp(root, c->root, SHA_BYTES) != 0)) {
        rc = fail(err, RC_RULE,
                  "the log is not the one that was signed: its first %" PRIu64
                  " records have another root",
                  c->size);
    }
    arena_free(&m.scratch);
    arena_free(&a);
    return rc;
}

/* --- proofs out of them --- */

struct reading {
    struct arena *arena;
    uint64_t size;
    tile_get_fn *get;
    void *ctx;
};

/* How many hashes a tile has in a tree of that size. */
static uint32_t hashes_of(const struct reading *r, int level, uint64_t number)
{
    uint64_t all = level * LEVELS_A_TILE < 64 ? r->size >> (level * LEVELS_A_TILE) : 0;
    uint64_t before = number * TILE_HASHES;
    return all <= before ? 0 : all - before < TILE_HASHES ? (uint32_t)(all - before) : TILE_HASHES;
}

/* A full subtree of 2^height leaves: some of the hashes of one tile, joined. */
static enum rc full_root(struct reading *r, uint64_t begin, int height, uint8_t out[SHA_BYTES],
                         struct err *err)
{
    int level = height / LEVELS_A_TILE;
    uint64_t first = begin >> (level * LEVELS_A_TILE), number = first / TILE_HASHES;
    uint32_t at = (uint32_t)(first % TILE_HASHES), count = 1U << height % LEVELS_A_TILE;
    uint32_t there = hashes_of(r, level, number);
    struct merkle join = {0};
    uint8_t *tile = NEW_ARRAY(r->arena, TILE_BYTES, uint8_t);
    enum rc rc = r->get(r->ctx, tile_path(r->arena, level, number, there),
                        (size_t)there * SHA_BYTES, tile, err);
    for (uint32_t i = 0; i < count && !rc; i++) merkle_add(&join, tile + (at + i) * SHA_BYTES);
    if (!rc) merkle_root(&join, out);
    return rc;
}

/* RFC 6962: the largest full subtree, and the rest. */
static enum rc span_root(struct reading *r, uint64_t begin, uint64_t end, uint8_t out[SHA_BYTES],
                         struct err *err)
{
    uint8_t parts[MERKLE_LEVELS][SHA_BYTES];
    uint32_t count = 0;
    enum rc rc;
    assert(begin < end);
    do {
        int height = 63 - __builtin_clzll(end - begin);
        rc = full_root(r, begin, height, parts[count], err);
        begin += UINT64_C(1) << height;
    } while (!rc && ++count < MERKLE_LEVELS && begin < end);
    if (rc) return rc;
    memcpy(out, parts[count - 1], SHA_BYTES);
    for (uint32_t i = count - 1; i-- > 0;) merkle_node(parts[i], out, out);
    return RC_OK;
}

enum rc tiles_prove(struct arena *a, const struct checkpoint *c, uint64_t id, tile_get_fn *get,
                    void *ctx, struct buf *out, struct err *err)
{
    struct reading r = {a, c->size, get, ctx};
    struct span spans[PROOF_MAX];
    uint8_t path[PROOF_MAX][SHA_BYTES], extra[1 + SHA_BYTES] = {0};
    if (id == 0 || id > c->size) {
        return fail(err, RC_ABSENT,
                    "the checkpoint ends at record %" PRIu64 ": record %" PRIu64 " is not in it",
                    c->size, id);
    }
    uint32_t count = proof_inclusion(id - 1, c->size, spans);
    enum rc rc = full_root(&r, id - 1, 0, extra + 1, err);
    for (uint32_t i = 0; i < count && !rc; i++) {
        rc = span_root(&r, spans[i].begin, spans[i].end, path[i], err);
    }
    if (rc) return rc;
    if (!proof_included(extra + 1, id - 1, c->size, path, count, c->root)) {
        return fail(err, RC_RULE, "the tiles do not come out at the checkpoint's root");
    }
    buf_addf(out, PROOF_RECORD_HEADER "extra %s\nindex %" PRIu64 "\n",
             base64_encode(a, extra, sizeof extra), id - 1);
    for (uint32_t i = 0; i < count; i++) {
        buf_addf(out, "%s\n", base64_encode(a, path[i], SHA_BYTES));
    }
    buf_add(out, "\n");
    buf_add_bytes(out, c->note, c->note_len);
    return RC_OK;
}
