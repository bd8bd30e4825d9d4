/*
 * keys.h - the key that signs a store's checkpoints, and the keys whose signature counts.
 *
 * STORE.key holds the secret key, for its owner alone: one that others may
 * read is refused rather than mended. STORE.key.pub is for everybody: the first
 * public key, and the notes by which each key hands over to the next.
 * STORE.checkpoint is the last checkpoint that was signed.
 */
#ifndef MUSTER_CLI_KEYS_H
#define MUSTER_CLI_KEYS_H

#include "cli/cmd.h"
#include "proof/checkpoint.h"
#include "store/store.h"

enum { KEYS_BYTES_MAX = 1 << 20 };

/* Options of the verbs that need them. */
#define KEY_OPT(args)                                                                              \
    {                                                                                              \
        "key", INTO(args, key), .arg = "FILE",                                                     \
                                .help = "the key that signs (default: the store's file with .key"  \
                                        " behind it)"                                              \
    }
#define TRUST_OPT(args)                                                                            \
    {                                                                                              \
        "trust", INTO(args, trust),                                                                \
            .arg = "KEY",                                                                          \
            .help = "a public key whose signature counts, or a file of them; may be given again"   \
    }

/* The secret key of that file. RC_ABSENT when there is none; RC_STORE when others may read it. */
MUST_CHECK enum rc key_read(struct arena *a, const char *path, struct signer *out, struct err *err);

/*
 * What --trust said; when it said nothing, the file `own`, if that is not NULL.
 * Of a file the first key counts, unless keys were typed: then only those that
 * they handed over to.
 */
MUST_CHECK enum rc trust_gather(struct arena *a, const struct texts *given, const char *own,
                                struct trust *out, struct err *err);

/* The checkpoint of that file. RC_ABSENT when there is none. */
MUST_CHECK enum rc checkpoint_read(struct arena *a, const char *path, const struct trust *trust,
                                   struct checkpoint *out, struct err *err);

/* Who else signed it, and when it says so: "example.org/witness at 2026-04-03T...", NULL: nobody.
 */
const char *witnesses_text(struct arena *a, const struct checkpoint *c);

/*
 * Whether the log ended there once: one of its commits has as many records and that root. Of no
 * records every log is the beginning.
 */
MUST_CHECK enum rc log_ended_there(struct store *store, const struct checkpoint *c, bool *there,
                                   struct err *err);

#endif
