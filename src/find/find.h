/*
 * find.h - what was said, over everything that a store holds.
 *
 * A finder is a store and the index of its words (store/pieces.h), brought up
 * to the head of the log when it is opened. The index proposes, the bytes of
 * the evidence decide: whatever is answered was compared with the document
 * itself, so an index that lacks something can lose an answer, never invent
 * one. Nothing here folds the book.
 *
 * Days are inclusive. What a document does not say (a date, a speaker) never
 * passes a filter that asks for it.
 */
#ifndef MUSTER_FIND_FIND_H
#define MUSTER_FIND_FIND_H

#include "base/watch.h"
#include "read/quote.h"
#include "store/pieces.h"
#include "store/store.h"

struct finder;

/*
 * Open the index and take in what is new in the log; the first time, and after
 * the index was thrown away, that is everything. RC_ABSENT "interrupted" when
 * the watch (NULL: nobody) said to stop: what was taken in until then stays.
 */
MUST_CHECK enum rc find_open(struct store *store, const struct watch *watch, struct finder **out,
                             struct err *err);
void find_close(struct finder *f); /* NULL is fine */

/* Which pieces may be an answer. Zeroed but for the days: all. */
struct find_filter {
    const char *speaker;   /* words that must all be in the speaker's name; NULL: anybody */
    int32_t after, before; /* PIECE_NO_DAY: any */
    enum piece_kind kind;  /* PIECE_UNTOLD: any */
    bool (*visible)(void *ctx, uint64_t passage); /* NULL: the owner's eyes, who sees all */
    void *ctx;
};

#define FIND_ALL ((struct find_filter){.after = PIECE_NO_DAY, .before = PIECE_NO_DAY})

/* A place in a document. Texts are the arena's of the question. */
struct found {
    struct piece piece;
    const struct piece_document *document;
    const char *speaker;  /* NULL: not told */
    uint64_t begin, end;  /* bytes of the document */
    const char *text;     /* those bytes, as UTF-8 */
    const char *question; /* of an answer: what was asked last before it, cut; or NULL */
    const char *asker;    /* who asked it, or NULL */
    uint32_t question_turn;
};

/* --- quotations --- */

enum find_verdict { FIND_ABSENT, FIND_ALTERED, FIND_VERBATIM };

const char *find_verdict_name(enum find_verdict v); /* "verbatim" */

struct find_match {
    struct found found;
    struct compared compared; /* with a DIFF_SPEAKER where another speaker was meant */
};

struct find_quotation {
    enum find_verdict verdict;
    struct find_match *matches; /* of the verdict, nearest first, then oldest first */
    uint32_t count;
    uint64_t asked;    /* words */
    uint64_t compared; /* pieces that were laid beside the asked words */
    bool more;         /* there are others as near */
};

/*
 * Look for the text. The speaker of the filter is whom it is ascribed to: when
 * somebody else said it, that is a difference. RC_INPUT as quote_ask().
 */
MUST_CHECK enum rc find_quote(struct arena *a, struct finder *f, const char *text, size_t len,
                              const struct find_filter *filter, uint32_t limit,
                              struct find_quotation *out, struct err *err);

/* --- words --- */

struct find_month {
    int32_t month; /* year * 12 + month - 1; INT32_MIN: no date */
    uint64_t count;
};

struct find_hits {
    struct found *list; /* newest first; text is a snippet with ** around each hit */
    uint32_t count;
    uint64_t total;            /* turns */
    struct find_month *months; /* in order; months without a hit between others have 0 */
    uint32_t month_count;
};

/*
 * Turns that hold all the words, in any order; words in quotation marks, or
 * joined by a hyphen, must stand together. RC_INPUT when there is no word, or
 * more than the index takes.
 */
MUST_CHECK enum rc find_words(struct arena *a, struct finder *f, const char *text, size_t len,
                              const struct find_filter *filter, uint32_t limit,
                              const struct watch *watch, struct find_hits *out, struct err *err);

#endif
