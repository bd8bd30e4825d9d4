/*
 * tiles_test.c - the tree of hashes as files, and proofs made of nothing else.
 *
 * The oracle is RFC 6962 read aloud: the root over any stretch of leaves, by
 * recursion. A tile's hashes are such roots, and its path is spelt as
 * c2sp.org/tlog-tiles spells it. Logs of any size are made up: a store that has
 * nothing but leaves. Then the real program publishes and proves.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include "proof/tiles.h"

#include "base/map.h"
#include "draft.h"
#include "proof/judge.h"
#include "refusal.h"
#include "seed.h"

typedef uint8_t hash[SHA_BYTES];

enum { LEAVES = 140000 };
static hash *leaves;

static void rfc_root(uint64_t begin, uint64_t end, uint8_t *out)
{
    uint8_t both[1 + 2 * SHA_BYTES] = {1};
    uint64_t k = 1;
    if (end - begin == 1) {
        memcpy(out, leaves[begin], SHA_BYTES);
        return;
    }
    while (k * 2 < end - begin) k *= 2;
    rfc_root(begin, begin + k, both + 1);
    rfc_root(begin + k, end, both + 1 + SHA_BYTES);
    sha256(both, sizeof both, out);
}

/* --- a log of leaves --- */

static enum rc leaf_scan(struct store *s, uint64_t after, row_fn *fn, void *ctx, struct err *err)
{
    (void)s;
    for (uint64_t i = after; i < LEAVES; i++) {
        struct row row = {.id = i + 1};
        memcpy(row.leaf, leaves[i], SHA_BYTES);
        enum rc rc = fn(ctx, &row, err);
        if (rc) return rc;
    }
    return RC_OK;
}

static const struct store_ops leaf_ops = {.scan = leaf_scan};
static struct store leaf_store = {.ops = &leaf_ops};

static void grow_leaves(void)
{
    leaves = calloc(LEAVES, sizeof *leaves);
    if (!leaves) abort();
    for (uint64_t i = 0; i < LEAVES; i++) sha256(&i, sizeof i, leaves[i]);
}

/* --- tiles in memory --- */

struct shelf {
    struct arena arena;
    struct map at; /* path -> which tile */
    struct {
        uint8_t *bytes;
        size_t len;
    } * tiles;
    uint32_t count, room, full;
};

static enum rc shelve(void *ctx, const char *path, bool full, const uint8_t *hashes, size_t len,
                      struct err *err)
{
    struct shelf *s = ctx;
    (void)err;
    CHECK(full == (len == TILE_BYTES) && full == !strstr(path, ".p/"));
    CHECK(map_put_new(&s->at, path, s->count));
    s->tiles = arena_more(&s->arena, s->tiles, s->count, &s->room, sizeof *s->tiles);
    s->tiles[s->count].bytes = NEW_ARRAY(&s->arena, len, uint8_t);
    memcpy(s->tiles[s->count].bytes, hashes, len);
    s->tiles[s->count++].len = len;
    s->full += full;
    return RC_OK;
}

static enum rc take(void *ctx, const char *path, size_t len, uint8_t *out, struct err *err)
{
    struct shelf *s = ctx;
    const uint64_t *at = map_get(&s->at, path);
    if (!at) return fail(err, RC_ABSENT, "no tile '%s'", path);
    CHECK(s->tiles[*at].len == len);
    memcpy(out, s->tiles[*at].bytes, len);
    return RC_OK;
}

struct world {
    struct arena arena;
    struct signer signer;
    struct trust trust;
    struct shelf shelf;
    struct checkpoint at;
};

static void world_begin(struct world *w, uint64_t size)
{
    *w = (struct world){.at = {.origin = "example.org/log", .size = size}};
    w->shelf.at.arena = &w->shelf.arena;
    signer_new(&w->arena, w->at.origin, &w->signer);
    trust_add(&w->trust, &w->arena, &w->signer.key);
    rfc_root(0, size, w->at.root);
    checkpoint_sign(&w->arena, &w->signer, &w->at);
    GOOD(tiles_make(&leaf_store, &w->at, shelve, &w->shelf, oops));
}

static void world_end(struct world *w)
{
    arena_free(&w->arena);
    arena_free(&w->shelf.arena);
}

/* Each hash of each tile is the root of its stretch; `some`: of one in so many tiles. */
static void hashes_are_roots(struct world *w, struct rng *r, uint32_t some)
{
    uint32_t seen = 0;
    for (int level = 0; level < 3; level++) {
        uint64_t width = UINT64_C(1) << 8 * level, all = w->at.size >> 8 * level;
        for (uint64_t number = 0; number * TILE_HASHES < all; number++) {
            uint64_t left = all - number * TILE_HASHES;
            uint32_t count = left < TILE_HASHES ? (uint32_t)left : TILE_HASHES;
            uint8_t got[TILE_BYTES], want[SHA_BYTES];
            struct err err;
            struct arena a = {0};
            const char *path = tile_path(&a, level, number, count);
            CHECK(!take(&w->shelf, path, (size_t)count * SHA_BYTES, got, &err));
            for (uint32_t i = 0; i < count && (number == 0 || rng_one_in(r, some)); i++) {
                uint64_t begin = (number * TILE_HASHES + i) * width;
                rfc_root(begin, begin + width, want);
                CHECK(memcmp(want, got + (size_t)i * SHA_BYTES, SHA_BYTES) == 0);
            }
            seen++;
            arena_free(&a);
        }
    }
    CHECK_I64(seen, w->shelf.count); /* and there is no other tile */
}

static void proves(struct world *w, uint64_t id)
{
    struct arena a = {0};
    struct err err = {0};
    struct buf proof = {.arena = &a};
    struct judgement j;
    GOOD(tiles_prove(&a, &w->at, id, take, &w->shelf, &proof, oops));
    CHECK(!proof_judge(&a, proof.text, proof.len, &w->trust, &j, &err));
    CHECK(j.what == PROVED_RECORD && j.id == id && !j.record);
    if (!tap_this_ok) printf("# record %" PRIu64 " of %" PRIu64 "\n", id, w->at.size);
    arena_free(&a);
}

static void any_size(struct rng *r)
{
    static const uint64_t sizes[] = {1, 2, 255, 256, 257, 511, 512, 65535, 65536, 65537, 131072};
    uint64_t size = rng_one_in(r, 2) ? sizes[rng_below(r, 11)] : 1 + rng_below(r, LEAVES);
    struct world w;
    world_begin(&w, size);
    hashes_are_roots(&w, r, 100);
    proves(&w, 1);
    proves(&w, size);
    for (int i = 0; i < 20; i++) proves(&w, 1 + rng_below(r, (uint32_t)size));
    world_end(&w);
}

static void tiles_are_the_tree_of_any_size(void)
{
    seeds_run(12, any_size);
}

static void paths_are_spelt_as_others_spell_them(void)
{
    struct arena a = {0};
    CHECK_TEXT(tile_path(&a, 0, 0, 256), "tile/0/000");
    CHECK_TEXT(tile_path(&a, 0, 5, 17), "tile/0/005.p/17");
    CHECK_TEXT(tile_path(&a, 1, 1234067, 256), "tile/1/x001/x234/067");
    CHECK_TEXT(tile_path(&a, 2, 1000, 1), "tile/2/x001/000.p/1");
    arena_free(&a);
}

static void another_tree_gives_no_proof(void)
{
    struct world w;
    struct err err;
    struct buf proof = {0};
    world_begin(&w, 70000);
    proof.arena = &w.arena;
    CHECK(tiles_prove(&w.arena, &w.at, 0, take, &w.shelf, &proof, &err) == RC_ABSENT);
    CHECK(tiles_prove(&w.arena, &w.at, 70001, take, &w.shelf, &proof, &err) == RC_ABSENT);
    for (uint32_t i = 0; i < w.shelf.count; i += 40) { /* a bit of the tile that it needs */
        uint64_t id = i < 273 ? i * TILE_HASHES + 1 : 1;
        w.shelf.tiles[0].bytes[5] ^= 1;
        CHECK(tiles_prove(&w.arena, &w.at, 1 + i % 200, take, &w.shelf, &proof, &err) == RC_RULE);
        w.shelf.tiles[0].bytes[5] ^= 1;
        proves(&w, id);
    }
    CHECK(proof.len == 0);
    struct shelf unused = {.at = {.arena = &unused.arena}};
    w.at.root[3] ^= 1;
    CHECK(tiles_make(&leaf_store, &w.at, shelve, &unused, &err) == RC_RULE);
    w.at.size = LEAVES + 1;
    struct shelf again = {.at = {.arena = &again.arena}};
    CHECK(tiles_make(&leaf_store, &w.at, shelve, &again, &err) == RC_RULE);
    arena_free(&unused.arena);
    arena_free(&again.arena);
    world_end(&w);
}

/* --- the real program --- */

static void what_is_published_proves_with_no_book_there(void)
{
    done(0, "--store book.db key new --name example.org/book");
    done(0, "--store book.db verify --sign");
    done(0, "--store book.db prove --tiles log");
    CHECK(there("log/checkpoint"));
    size_t len, other;
    char *proof = program(&temp, "prove 3 --from log --trust book.db.key.pub");
    CHECK_I64(program_exit, 0);
    put_text("3.proof", proof);
    done(0, "verify --proof 3.proof --trust book.db.key.pub");
    /* The same as with the book. */
    char *own = program(&temp, "--store book.db prove 3 --withhold");
    CHECK_TEXT(proof, own);
    free(own);
    free(proof);
    /* It grows: what was full stays, and the older checkpoint's place is taken. */
    char *before = get("log/checkpoint", &len);
    done(0, "--store book.db party add X1 --name One --type nation --author anna");
    done(0, "--store book.db verify --sign");
    done(0, "--store book.db prove --tiles log");
    char *after = get("log/checkpoint", &other);
    CHECK(strcmp(before, after) != 0);
    free(before);
    free(program(&temp, "prove 4 --from log --trust book.db.key.pub"));
    CHECK_I64(program_exit, 0);
    /* Another log does not go there. */
    done(0, "--store other.db party add X2 --name Two --type nation --author anna");
    done(0, "--store other.db key new --name example.org/book");
    done(0, "--store other.db verify --sign");
    free(program(&temp, "--store other.db prove --tiles log --trust other.db.key.pub --trust"
                        " book.db.key.pub"));
    CHECK_I64(program_exit, 1);
    said_well("is of another log: its tiles are left alone");
    char *still = get("log/checkpoint", &len);
    CHECK(len == other && memcmp(still, after, len) == 0);
    free(still);
    free(after);
    free(program(&temp, "prove party/DNK --from log --trust book.db.key.pub"));
    CHECK_I64(program_exit, 2);
    free(program(&temp, "prove 3 --from log"));
    CHECK_I64(program_exit, 2);
    free(program(&temp, "prove 3 --from nowhere --trust book.db.key.pub"));
    CHECK(program_exit != 0);
}

int main(int argc, char **argv)
{
    (void)argc;
    setvbuf(stdout, NULL, _IOLBF, 0);
    grow_leaves();
    RUN(paths_are_spelt_as_others_spell_them);
    RUN(tiles_are_the_tree_of_any_size);
    RUN(another_tree_gives_no_proof);
    go_to_own_directory(argv[0]);
    make_book();
    RUN(what_is_published_proves_with_no_book_there);
    free(leaves);
    leave_own_directory();
    return tap_done();
}
