/*
 * merkle.h - the hash tree over the log (RFC 6962, section 2.1).
 *
 * leaf = SHA-256(0x00, salt, bytes); node = SHA-256(0x01, left, right). The
 * salt (16 random bytes a record) keeps a withheld record from being guessed
 * from its leaf. Only the frontier is kept: the roots of the complete
 * subtrees, largest first, so adding a leaf costs two hashes on average.
 */
#ifndef MUSTER_RECORD_MERKLE_H
#define MUSTER_RECORD_MERKLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/sha.h"

enum { MERKLE_LEVELS = 64, MERKLE_STATE_MAX = MERKLE_LEVELS * SHA_BYTES };

struct merkle {
    uint64_t count;                             /* leaves */
    uint8_t frontier[MERKLE_LEVELS][SHA_BYTES]; /* one for each 1 bit of count, by level */
};

void merkle_leaf(const uint8_t *salt, const void *bytes, size_t len, uint8_t out[SHA_BYTES]);
/* `out` may be one of the two. */
void merkle_node(const uint8_t left[SHA_BYTES], const uint8_t right[SHA_BYTES],
                 uint8_t out[SHA_BYTES]);
void merkle_add(struct merkle *m, const uint8_t leaf[SHA_BYTES]);

/* The root; of no leaves it is the hash of nothing, as the RFC says. */
void merkle_root(const struct merkle *m, uint8_t out[SHA_BYTES]);

/* The frontier as bytes to keep beside a root, and back. Length is 32 for each 1 bit of count. */
size_t merkle_save(const struct merkle *m, uint8_t out[MERKLE_STATE_MAX]);
int merkle_load(struct merkle *m, uint64_t count, const uint8_t *bytes, size_t len);

#endif
