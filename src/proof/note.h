/*
 * note.h - signed notes as c2sp.org/signed-note has them, with Ed25519.
 *
 * A note is a text, an empty line, and a line for each signature: a dash, the
 * key's name, and the signature. Other programs read and make the same notes
 * and keys (Go's sumdb/note, witnesses, sigsum), so that who checks one need
 * not trust ours. A signature of a key that nobody trusts says nothing; one of
 * a trusted key that does not hold spoils the note.
 *
 * A witness signs what it has seen, with the time (c2sp.org/tlog-cosignature):
 * that it was shown this log and no other. Its keys are of a type of their own,
 * so that it cannot be made to sign anything else.
 */
#ifndef MUSTER_PROOF_NOTE_H
#define MUSTER_PROOF_NOTE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/sign.h"

enum { NOTE_NAME_MAX = 100, NOTE_BYTES_MAX = 1 << 16, NOTE_SIGNATURES_MAX = 64 };

/* As their keys have them, in front of the key. */
enum note_type { NOTE_SIGNS = 1, NOTE_WITNESSES = 4 };

/* A public key with the name under which it signs; name and id find it in a note. */
struct note_key {
    const char *name;
    uint32_t id;
    enum note_type type;
    uint8_t public[SIGN_PUBLIC];
};

struct signer {
    struct note_key key;
    uint8_t secret[SIGN_SECRET];
};

/* Keys whose signature counts. */
struct trust {
    struct note_key *keys;
    uint32_t count, room;
};

/* RC_INPUT unless it is a name: not empty, UTF-8, without space, control character or '+'. */
MUST_CHECK enum rc note_name_check(const char *name, struct err *err);

/* A new random key under a good name. */
void signer_new(struct arena *a, const char *name, struct signer *out);

/* Both halves as one line of text: "PRIVATE+KEY+name+id+...", "name+id+...". */
const char *signer_text(struct arena *a, const struct signer *s);
const char *note_key_text(struct arena *a, const struct note_key *k);
MUST_CHECK enum rc signer_parse(struct arena *a, const char *text, size_t len, struct signer *out,
                                struct err *err);
MUST_CHECK enum rc note_key_parse(struct arena *a, const char *text, size_t len,
                                  struct note_key *out, struct err *err);

/* "5d1c03aa": how people tell two keys of one name apart. */
const char *note_key_id(struct arena *a, const struct note_key *k);

void trust_add(struct trust *t, struct arena *a, const struct note_key *k);

/* The note of a text that ends in a newline. */
const char *note_sign(struct arena *a, const char *text, const struct signer *signers,
                      uint32_t count);

struct note {
    const char *text; /* with its last newline */
    size_t len;
    const struct note_key *by; /* the first trusted key that signed it */
    struct note_signer {
        const struct note_key *key;
        uint64_t at_s;              /* when a witness says it did, in seconds since 1970; else 0 */
    } signers[NOTE_SIGNATURES_MAX]; /* all of them, witnesses too */
    uint32_t signer_count;
};

/*
 * RC_INPUT when it is no note, RC_ABSENT when no trusted key signed it (a witness alone does not
 * do), RC_RULE
 * when the signature of one does not hold. What is in *out is borrowed from `bytes` and
 * `trust`.
 */
MUST_CHECK enum rc note_open(struct arena *a, const char *bytes, size_t len,
                             const struct trust *trust, struct note *out, struct err *err);

#endif
