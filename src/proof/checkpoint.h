/*
 * checkpoint.h - what a log was, in a signed note (c2sp.org/tlog-checkpoint).
 *
 * Whose log, how many records, and the root over them. Kept elsewhere, it shows
 * later whether what was there then still is; and it is what proofs end in.
 *
 * Keys change: an old key signs a note that names the new one (a handover), and
 * who trusts the old key may go on with the new. A file of keys is the first
 * public key on a line and those notes behind it.
 */
#ifndef MUSTER_PROOF_CHECKPOINT_H
#define MUSTER_PROOF_CHECKPOINT_H

#include "base/sha.h"
#include "proof/note.h"

struct checkpoint {
    const char *origin; /* whose log: the name of its key */
    uint64_t size;      /* records */
    uint8_t root[SHA_BYTES];
    const char *note; /* as it was signed */
    size_t note_len;
    const struct note_key *by;
    const struct note_signer *witnesses; /* trusted keys of others that signed it as well */
    uint32_t witness_count;
};

/* The note; fills in the rest of *c from origin, size and root. */
void checkpoint_sign(struct arena *a, const struct signer *s, struct checkpoint *c);

/*
 * RC_INPUT when it is no checkpoint; else as note_open(), and RC_RULE when no
 * key of the log's name is among those that signed it. `bytes` is borrowed.
 */
MUST_CHECK enum rc checkpoint_open(struct arena *a, const char *bytes, size_t len,
                                   const struct trust *trust, struct checkpoint *out,
                                   struct err *err);

/* The note by which `from` hands over to `to`: signed by both. */
const char *handover_sign(struct arena *a, const struct signer *from, const struct signer *to);

/*
 * Take a file of keys: its first key, if `first`, and every key that a trusted
 * one handed over to. RC_INPUT when it is none, RC_RULE when a handover does
 * not hold.
 */
MUST_CHECK enum rc trust_read(struct trust *t, struct arena *a, const char *bytes, size_t len,
                              bool first, struct err *err);

#endif
