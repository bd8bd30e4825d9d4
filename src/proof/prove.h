/*
 * prove.h - proofs out of a store, as files that need no store any more.
 *
 * Three sorts, each ending in the signed checkpoint that it is about:
 *
 *   that a record is in the log: c2sp.org/tlog-proof, whose "extra" is a byte 1,
 *   the salt and the record's bytes; or a byte 0 and its leaf, where the record
 *   itself is withheld
 *
 *   that a log grew from an earlier checkpoint and nothing before it changed:
 *   the line "muster log growth 1", the hashes, and both checkpoints
 *
 *   a log with some of its records withheld: "muster shared log 1", a line of
 *   the exchange file for each record or "withheld ID LEAF", and "end N ROOT".
 *   A leaf is salted, so nobody can guess from it what was withheld; and the
 *   root comes out all the same.
 *
 * Each is one pass over the log. RC_RULE when the log is not the one that the
 * checkpoint was signed over; then nothing of use was written.
 */
#ifndef MUSTER_PROOF_PROVE_H
#define MUSTER_PROOF_PROVE_H

#include "base/buf.h"
#include "proof/checkpoint.h"
#include "store/store.h"

#define PROOF_RECORD_HEADER "c2sp.org/tlog-proof@v1\n"
#define PROOF_GROWTH_HEADER "muster log growth 1\n"
#define PROOF_SHARE_HEADER "muster shared log 1\n"

/* RC_ABSENT when the checkpoint does not reach the record. */
MUST_CHECK enum rc prove_record(struct arena *a, struct store *s, const struct checkpoint *c,
                                uint64_t id, bool withhold, struct buf *out, struct err *err);

MUST_CHECK enum rc prove_growth(struct arena *a, struct store *s, const struct checkpoint *older,
                                const struct checkpoint *newer, struct buf *out, struct err *err);

/* Whether the receiver may see that record. */
typedef bool sees_fn(void *ctx, uint64_t id);

/* Drains `out` as it goes. */
MUST_CHECK enum rc prove_share(struct arena *a, struct store *s, const struct checkpoint *c,
                               sees_fn *sees, void *ctx, struct buf *out, struct err *err);

#endif
