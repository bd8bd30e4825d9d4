/*
 * pieces.h - which stretches of a store's documents hold which words.
 *
 * The log says where each passage of a document lies and the evidence holds
 * the bytes; this is an index over them, behind the store as the log itself
 * is. It is derived: it can be thrown away at any time, and says itself how
 * far into which log it reaches, so that whoever fills it goes on from there
 * or starts anew. What it answers are candidates in log order; whether they
 * say what was asked is judged on the bytes themselves.
 *
 * A document is a source of the log, a piece one passage of it, or a part of a
 * long one. Words come folded, and are compared byte for byte: the engine
 * knows nothing of language. A query is made of words, never of an engine's
 * syntax; there is no way to hand one in.
 *
 * An engine is a struct pieces_ops. The one here is SQLite's full-text index
 * (pieces_sqlite.c): in a file beside the store's, or in memory.
 */
#ifndef MUSTER_STORE_PIECES_H
#define MUSTER_STORE_PIECES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/sha.h"

/* What kind of turn a piece is from: numbers on disk, which only grow. */
enum piece_kind {
    PIECE_UNTOLD = 0,
    PIECE_STATEMENT = 1,
    PIECE_QUESTION = 2,
    PIECE_ANSWER = 3,
    PIECE_MODERATOR = 4,
    PIECE_KIND_COUNT
};

enum { PIECE_NO_DAY = INT32_MIN };

/* A source of the log. */
struct piece_document {
    uint64_t id; /* of its record */
    uint8_t hash[SHA_BYTES];
    const char *name;  /* as people call it: its file's name, else its title or hash */
    const char *title; /* NULL: none */
    int32_t day;       /* PIECE_NO_DAY: not said */
    bool html;
    bool restricted; /* its record is not for everybody */
};

struct piece {
    uint64_t id;                   /* from 1, in log order: given by the index */
    uint64_t passage;              /* its record in the log */
    uint64_t document;             /* its source's */
    uint64_t begin, end;           /* bytes of the evidence */
    uint64_t turn_begin, turn_end; /* of the whole passage */
    uint32_t turn;                 /* N of "turn N"; 0: none */
    uint32_t speaker;              /* number of a speaker; 0: not told */
    enum piece_kind kind;
    bool
        restricted; /* it, or its document, is not for everybody; put() takes it, get() leaves it */
};

/* Words that must stand behind each other. */
struct phrase {
    const char *const *words; /* folded: without space, quotation mark or control character */
    uint32_t count;
};

/* How far the index reaches: the last row of the log that it took in, and that row's leaf. */
struct pieces_at {
    uint64_t last;
    uint8_t leaf[SHA_BYTES];
};

/* Return other than RC_OK to stop with that code. */
typedef enum rc piece_fn(void *ctx, uint64_t id, struct err *err);

struct pieces; /* begins with its ops */

struct pieces_ops {
    void (*close)(struct pieces *p);

    /* From here until begin() or close(), what is asked is answered from one snapshot. */
    enum rc (*at)(struct pieces *p, struct pieces_at *out, struct err *err);
    /* Whether it can be filled: a file that may not be written cannot. */
    bool (*writable)(struct pieces *p);

    /* --- filling: between begin and end, all or nothing --- */

    /* Waits for another writer. What `at` says may have moved meanwhile. */
    enum rc (*begin)(struct pieces *p, struct err *err);
    /* Keep it all, durably enough that what is kept is whole; or, at NULL, forget it. */
    enum rc (*end)(struct pieces *p, const struct pieces_at *at, struct err *err);
    enum rc (*clear)(struct pieces *p, struct err *err); /* everything, as in an empty one */
    enum rc (*put_document)(struct pieces *p, const struct piece_document *d, struct err *err);
    /* The number of a name (never 0); it is made when it is new. */
    enum rc (*put_speaker)(struct pieces *p, const char *name, uint32_t *out, struct err *err);
    /* words: len bytes, a space between words. piece->id is given. */
    enum rc (*put)(struct pieces *p, struct piece *piece, const char *words, size_t len,
                   struct err *err);
    /*
     * One step of bringing what many fillings left into the form that answers
     * fastest; *more: there is another. Outside begin and end; may be left out.
     */
    enum rc (*tidy)(struct pieces *p, bool *more, struct err *err);

    /* --- asking --- */

    enum rc (*count)(struct pieces *p, uint64_t *out, struct err *err);
    /* In how many pieces the word stands; exact. */
    enum rc (*frequency)(struct pieces *p, const char *word, uint64_t *out, struct err *err);
    /* Restricted pieces, all or those that hold the word, by ascending id. */
    enum rc (*restricted)(struct pieces *p, const char *word, piece_fn *fn, void *ctx,
                          struct err *err);
    /* Pieces that hold every phrase, by ascending id. */
    enum rc (*match)(struct pieces *p, const struct phrase *phrases, uint32_t count, piece_fn *fn,
                     void *ctx, struct err *err);
    /* RC_ABSENT when there is none. */
    enum rc (*get)(struct pieces *p, uint64_t id, struct piece *out, struct err *err);
    enum rc (*document)(struct pieces *p, struct arena *a, uint64_t id, struct piece_document *out,
                        struct err *err);
    enum rc (*speaker)(struct pieces *p, struct arena *a, uint32_t number, const char **out,
                       struct err *err);
};

struct pieces {
    const struct pieces_ops *ops;
};

/*
 * The index in that SQLite file, which is made when it is not there. A file
 * that is damaged, of another form, or no index at all is made anew; one in
 * whose place nothing can be written is RC_STORE. "" keeps it in a temporary
 * file that goes with it.
 */
MUST_CHECK enum rc pieces_sqlite_open(const char *path, struct pieces **out, struct err *err);

void pieces_close(struct pieces *p); /* NULL is fine */

#endif
