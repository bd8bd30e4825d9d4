/* inside.h - what the files of find/ share. */
#ifndef MUSTER_FIND_INSIDE_H
#define MUSTER_FIND_INSIDE_H

#include "find/find.h"

/*
 * A piece holds so many bytes of a turn, and of a longer turn each begins that
 * far before the end of the last: what is shorter than the overlap stands
 * whole in one of them.
 */
enum { PIECE_BYTES = 16384, PIECE_OVERLAP = 2048 };

/* Numbers above 0 to numbers: documents met, votes for pieces. Doubles as it fills. */
struct ids {
    struct ids_slot {
        uint64_t key, value; /* key 0: free */
    } * slots;
    uint64_t room, count;
};

/* The value under the key, made 0 when it is new. Borrowed until the next call. */
uint64_t *ids_at(struct ids *m, uint64_t key);
bool ids_has(const struct ids *m, uint64_t key);
void ids_free(struct ids *m);

struct finder {
    struct store *store;
    struct pieces *pieces;
    struct arena arena;      /* documents and speakers met */
    struct ids documents;    /* id to a struct piece_document * */
    struct ids speakers;     /* number to a name */
    struct arena words;      /* reset: one piece's words */
    struct tokens tokens;    /* their list, used again and again */
    struct arena deep_arena; /* reset: a large document, deep_id's; 0: none */
    struct evidence deep;
    uint64_t deep_id;
};

/* Take in what is new: fill.c. */
MUST_CHECK enum rc find_fill(struct finder *f, const struct watch *watch, struct err *err);

MUST_CHECK enum rc find_document(struct finder *f, uint64_t id, const struct piece_document **out,
                                 struct err *err);
/* NULL for speaker 0. */
MUST_CHECK enum rc find_speaker(struct finder *f, uint32_t number, const char **out,
                                struct err *err);

/* A filter as folded words, so that it is worked out once. */
struct sieve {
    const struct find_filter *filter;
    struct finder *finder;
    struct tokens speaker;
    struct ids known;  /* speaker to 1: is meant, 2: is not */
    struct ids hidden; /* pieces that these eyes may not see */
};

MUST_CHECK enum rc sieve_make(struct sieve *s, struct arena *a, struct finder *f,
                              const struct find_filter *filter, struct err *err);
void sieve_free(struct sieve *s);

/*
 * What the index says, as if hidden pieces were not in it: what is rare, and
 * what is proposed first, must not tell of words that one may not read (law 7).
 */
MUST_CHECK enum rc sieve_count(struct sieve *s, uint64_t *out, struct err *err);
MUST_CHECK enum rc sieve_frequency(struct sieve *s, const char *word, uint64_t *out,
                                   struct err *err);
MUST_CHECK enum rc sieve_match(struct sieve *s, const struct phrase *phrases, uint32_t count,
                               piece_fn *fn, void *ctx, struct err *err);

/* Date, kind and eyes; not the speaker. */
MUST_CHECK enum rc sieve_passes(struct sieve *s, const struct piece *p, bool *out, struct err *err);
/* True when nobody was asked for. */
MUST_CHECK enum rc sieve_speaker(struct sieve *s, const struct piece *p, bool *out,
                                 struct err *err);

/* The bytes [begin, end) of a piece's document, at most; *len of them. */
MUST_CHECK enum rc find_bytes(struct finder *f, struct arena *a, const struct piece *p,
                              uint64_t begin, uint64_t end, const char **bytes, uint64_t *len,
                              struct err *err);

/* Who and where, and the question before an answer; begin and end are the caller's. */
MUST_CHECK enum rc find_describe(struct sieve *s, struct arena *a, const struct piece *p,
                                 struct found *out, struct err *err);

#endif
