/*
 * tiles.h - the hash tree as files that never change (c2sp.org/tlog-tiles).
 *
 * A tile is up to 256 hashes of one level beside each other; every eighth level
 * is kept, and what lies between follows from them. A full tile is never
 * written again, so they can lie on any server or disk, and whoever has them
 * and a checkpoint makes every proof without the log. What the records say is
 * in none of them: their leaves are salted.
 */
#ifndef MUSTER_PROOF_TILES_H
#define MUSTER_PROOF_TILES_H

#include "base/buf.h"
#include "proof/checkpoint.h"
#include "store/store.h"

enum { TILE_HASHES = 256, TILE_BYTES = TILE_HASHES * SHA_BYTES };

/* "tile/0/x001/234", or "tile/0/x001/234.p/17" for one of 17 hashes. */
const char *tile_path(struct arena *a, int level, uint64_t number, uint32_t hashes);

/* One tile; `full` ones are the same for ever. Another code than RC_OK ends it. */
typedef enum rc tile_fn(void *ctx, const char *path, bool full, const uint8_t *hashes, size_t len,
                        struct err *err);

/*
 * All tiles of the log that the checkpoint was signed over, in one pass. RC_RULE, when all is
 * passed on, if the log is another one: then the checkpoint must not be put beside them.
 */
MUST_CHECK enum rc tiles_make(struct store *s, const struct checkpoint *c, tile_fn *fn, void *ctx,
                              struct err *err);

/* The bytes of the tile of that path: just `len` of them. */
typedef enum rc tile_get_fn(void *ctx, const char *path, size_t len, uint8_t *out, struct err *err);

/*
 * The proof that a record is in the log of a checkpoint, out of tiles alone; its leaf stands for
 * it, as in prove_record(). RC_RULE when the tiles do not come out at the checkpoint's root.
 */
MUST_CHECK enum rc tiles_prove(struct arena *a, const struct checkpoint *c, uint64_t id,
                               tile_get_fn *get, void *ctx, struct buf *out, struct err *err);

#endif
