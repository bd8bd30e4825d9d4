/*
 * tiles.h - a directory of tiles (proof/tiles.h), to be served as it lies there.
 *
 * It has the tiles and, last of all, the checkpoint that they are of. What is
 * there is not written again, so the next time costs what is new.
 */
#ifndef MUSTER_CLI_TILES_H
#define MUSTER_CLI_TILES_H

#include "cli/cmd.h"
#include "proof/checkpoint.h"
#include "store/store.h"

struct tiles_done {
    uint64_t tiles, written;
};

/* RC_RULE when another log's are there already. */
MUST_CHECK enum rc tiles_publish(struct context *ctx, struct store *store, const char *dir,
                                 const struct checkpoint *c, const struct trust *trust,
                                 struct tiles_done *out, struct err *err);

/* The proof of a record by its number, from that directory alone. */
MUST_CHECK enum rc tiles_prove_from(struct context *ctx, const char *dir, const struct trust *trust,
                                    uint64_t id, struct buf *out, struct err *err);

#endif
