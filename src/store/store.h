/*
 * store.h - keep the log and the evidence; one writer at a time.
 *
 * A store holds rows (canonical records with their salt and leaf), commits
 * (one Merkle root each) and evidence (bytes under their SHA-256). It
 * computes nothing about the book. The engine is chosen by URL: a path is an
 * SQLite file, made on first use; "postgresql://..." is a database on a server;
 * "memory:" lives as long as it is open.
 *
 * What append() returned RC_OK for survives a crash, power loss and a full
 * disk. What it did not is not there, or, when the crash came before it
 * returned, is there whole: never half. After RC_STORE from append() the
 * store must be closed and opened again: a failed fsync is never retried.
 */
#ifndef MUSTER_STORE_STORE_H
#define MUSTER_STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/aside.h"
#include "base/err.h"
#include "record/merkle.h"
#include "record/record.h"

struct row {
    uint64_t id;
    int64_t recorded_ms;
    enum kind kind;
    const char *label;
    const char *idem; /* NULL: none */
    const uint8_t *salt;
    const void *bytes;
    uint32_t len;
    uint8_t leaf[SHA_BYTES];
};

/* One append, as the log remembers it. */
struct commit {
    uint64_t last; /* id of its last row */
    int64_t recorded_ms;
    uint8_t root[SHA_BYTES]; /* over every row up to last */

    /* From commits() alone, borrowed like the rest. */
    uint64_t number; /* which commit of the log it is; 0: it was written before they were counted */
    const uint8_t *brought; /* hashes of the evidence that it kept, one behind the other */
    uint32_t brought_count; /* the first that has a number answers for what there was before */
};

struct evidence {
    uint8_t hash[SHA_BYTES];
    const void *bytes;
    uint64_t len;
};

/* What the engine knows of its own place. */
struct store_about {
    int64_t form;          /* of its tables, 0: none yet */
    int64_t bytes;         /* that it takes; 0: not known */
    int64_t pending_bytes; /* of them written ahead, and not yet in place */
};

/* Return other than RC_OK to stop with that code. What is passed is borrowed for the call. */
typedef enum rc row_fn(void *ctx, const struct row *row, struct err *err);
typedef enum rc commit_fn(void *ctx, const struct commit *commit, struct err *err);
typedef enum rc hash_fn(void *ctx, const uint8_t hash[SHA_BYTES], struct err *err);

struct store;  /* begins with its ops */
struct pieces; /* pieces.h */

struct store_ops {
    const char *scheme;
    enum rc (*open)(struct arena *a, const char *url, bool create, struct store **out,
                    struct err *err);
    void (*close)(struct store *s);

    /*
     * The last commit; all zero, and the root of nothing, when the log is
     * empty. RC_STORE when the file was moved or replaced since it was opened;
     * append() tells that too.
     */
    enum rc (*head)(struct store *s, struct commit *out, struct err *err);

    /*
     * For who asks many times a second: false when the log has not grown since
     * head() was last asked, as far as can be told without asking. It errs for
     * a second at most. NULL where head() costs as little.
     */
    bool (*grew)(struct store *s);

    /*
     * All rows and evidence, durably, or nothing. The first id must be the
     * head's last + 1 and the ids dense: RC_RULE when somebody else wrote
     * meanwhile, or when an idem is there already. Evidence already kept under
     * its hash is not kept twice. The root is computed here, in the same
     * transaction.
     *
     * Evidence alone is no commit: it is for what is missed here, because a
     * record names it or because a commit brought it once (store_lost).
     */
    enum rc (*append)(struct store *s, const struct row *rows, uint32_t count,
                      const struct evidence *evidence, uint32_t evidence_count, struct err *err);

    /* Rows with id > after, in id order, from one snapshot. */
    enum rc (*scan)(struct store *s, uint64_t after, row_fn *fn, void *ctx, struct err *err);

    /* Of the rows with these ids, which rise, those that are there, in their order. */
    enum rc (*rows)(struct store *s, const uint64_t *ids, uint32_t count, row_fn *fn, void *ctx,
                    struct err *err);

    enum rc (*commits)(struct store *s, commit_fn *fn, void *ctx, struct err *err);

    /* The commit whose last row that is; RC_ABSENT when none ends there. May be left out. */
    enum rc (*commit_at)(struct store *s, uint64_t last, struct commit *out, struct err *err);

    /*
     * The path of a file of that name beside the store, for what can be thrown
     * away and made again (base/aside.h), and whose it must be. NULL: there is
     * no such place, or, if it is to be written, one that is only to be read.
     * May be left out.
     */
    const char *(*beside)(struct store *s, struct arena *a, const char *name, bool to_write,
                          struct aside_owner *owner);

    /* RC_ABSENT when nothing is kept under that hash. */
    enum rc (*evidence)(struct store *s, struct arena *a, const uint8_t hash[SHA_BYTES],
                        struct evidence *out, struct err *err);

    /*
     * Bytes [begin, end) of it, cut to what is there; the rest is not read.
     * *len is how many. RC_ABSENT as above.
     */
    enum rc (*evidence_part)(struct store *s, struct arena *a, const uint8_t hash[SHA_BYTES],
                             uint64_t begin, uint64_t end, const char **bytes, uint64_t *len,
                             struct err *err);

    /* The hashes of all evidence that is kept, in no order, whoever names it. */
    enum rc (*hashes)(struct store *s, hash_fn *fn, void *ctx, struct err *err);

    /*
     * The index of words that belongs to this store (pieces.h), as far as it
     * was filled; `alone`: an empty one that nobody else sees and that goes
     * when it is closed. Where no other can be kept, that one is given.
     */
    enum rc (*pieces)(struct store *s, bool alone, struct pieces **out, struct err *err);

    /* Make, or bring up to date, what append() needs to find (store_make); may be left out. */
    enum rc (*make)(struct store *s, bool *made, struct err *err);

    /*
     * What is appended from now on need not outlive the power: for a store that
     * nobody uses yet, and that whoever makes it syncs as a file when it is
     * closed. May be left out.
     */
    enum rc (*hurry)(struct store *s, struct err *err);

    /* May be left out. */
    enum rc (*about)(struct store *s, struct store_about *out, struct err *err);

    /* What the engine itself finds wrong with its file and evidence: RC_STORE and a sentence. */
    enum rc (*check)(struct store *s, struct err *err);
};

struct store {
    const struct store_ops *ops;
};

extern const struct store_ops store_sqlite, store_postgres, store_memory;

/*
 * Open by URL. `create` false refuses an SQLite file that is not there
 * (RC_ABSENT); a file without our tables, or of no bytes, is an empty store.
 */
MUST_CHECK enum rc store_open(struct arena *a, const char *url, bool create, struct store **out,
                              struct err *err);
void store_close(struct store *s); /* NULL is fine */

/* What a store is called before people: its URL without anything that is secret. */
const char *store_name(struct arena *a, const char *url);
/* Whether it is a file, or would be one. */
bool store_is_file(const char *url);

/* Make the place of a new store now, with leave to do so; the first append does it otherwise. */
MUST_CHECK enum rc store_make(struct store *s, bool *made, struct err *err);

/*
 * Take the records up: fill in the canonical bytes and leaves and append them
 * as one commit. Ids, instants and salts are the caller's.
 */
MUST_CHECK enum rc store_append(struct store *s, const struct record *const *records,
                                uint32_t count, const struct evidence *evidence,
                                uint32_t evidence_count, struct err *err);

/* Whether evidence is not here that a commit brought once. */
MUST_CHECK enum rc store_lost(struct store *s, const uint8_t hash[SHA_BYTES], bool *lost,
                              struct err *err);

/* A row as a record again: columns and bytes must agree (RC_STORE if not). */
MUST_CHECK enum rc row_record(struct arena *a, const struct row *row, struct record *out,
                              struct err *err);

/* What verify found. */
struct verdict {
    uint64_t rows, commits, evidence;
    uint64_t absent;    /* records that name evidence of which only the hash is here */
    uint64_t absent_id; /* the first of them */
    uint8_t root[SHA_BYTES];
    uint64_t bad_id; /* first row that is altered, missing or out of place; 0: none */
};

/*
 * Read the whole log again: every row decodes, its columns agree with its
 * bytes, its leaf and every commit's root come out, ids are dense, instants
 * never fall, no commit is missing, evidence matches its hash, and what is
 * kept of it is what the commits brought, no more and no less. RC_STORE with a
 * sentence naming the first fault. A log cut off exactly behind a commit is a
 * log as it once was: only out->root, kept elsewhere, tells.
 */
MUST_CHECK enum rc store_verify(struct store *s, struct verdict *out, struct err *err);

#endif
