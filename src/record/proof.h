/*
 * proof.h - proofs about the hash tree (RFC 6962, sections 2.1.1 and 2.1.2).
 *
 * An inclusion proof shows that a leaf stands at its place in a tree of a known
 * root; a consistency proof that a tree begins with all of an earlier one. Both
 * are roots of subtrees, a few dozen however long the log is. Which subtrees
 * they are follows from the numbers alone, so whoever has the leaves makes one
 * in a single pass over them (proof/prove.h).
 */
#ifndef MUSTER_RECORD_PROOF_H
#define MUSTER_RECORD_PROOF_H

#include <stdbool.h>

#include "record/merkle.h"

enum { PROOF_MAX = MERKLE_LEVELS + 1 };

/* Leaves [begin, end), counted from 0: the subtree whose root is a hash of a proof. */
struct span {
    uint64_t begin, end;
};

/* The subtrees of a proof, in its order; how many. index < size; 0 < from <= to. */
uint32_t proof_inclusion(uint64_t index, uint64_t size, struct span out[PROOF_MAX]);
uint32_t proof_consistency(uint64_t from, uint64_t to, struct span out[PROOF_MAX]);

/* Whether the leaf is the one at that index of the tree with that many leaves and that root. */
bool proof_included(const uint8_t leaf[SHA_BYTES], uint64_t index, uint64_t size,
                    uint8_t (*path)[SHA_BYTES], uint32_t count, const uint8_t root[SHA_BYTES]);

/* Whether the tree of `to` leaves begins with the one of `from`; of no leaves all trees do. */
bool proof_consistent(uint64_t from, const uint8_t from_root[SHA_BYTES], uint64_t to,
                      const uint8_t to_root[SHA_BYTES], uint8_t (*path)[SHA_BYTES], uint32_t count);

#endif
