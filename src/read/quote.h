/*
 * quote.h - was it said, and what is different: a quotation against a text.
 *
 * The asked text and the said text are rows of words (fold.h). An ellipsis in
 * the asked text stands for any words left out. The stretch of the text that
 * is nearest to the asked words is found by the number of words that must be
 * put in, left out or exchanged (Levenshtein over words): bit-parallel, in
 * time linear in the text (Myers, JACM 46(3), 1999; blocks as Hyyro 2003). Only
 * where it matters the two are then laid side by side, and what differs named.
 *
 * Pure: no store, no clock. The same words always give the same answer.
 */
#ifndef MUSTER_READ_QUOTE_H
#define MUSTER_READ_QUOTE_H

#include "base/err.h"
#include "read/fold.h"

/* A quotation may have so many words; a document may have any number. */
enum { QUOTE_WORDS_MAX = 2000, QUOTE_BYTES_MAX = 1 << 20 };

struct matcher; /* the asked words as bit masks */

struct asked {
    const char *text; /* as asked */
    size_t len;
    struct tokens words; /* with the folded words kept */
    const char *folded;  /* of words: words.list[i].folded is an offset into it */
    struct matcher *matcher;
};

/*
 * Take a quotation up; it borrows the text. RC_INPUT with a sentence when it
 * has no word, more than QUOTE_WORDS_MAX words or QUOTE_BYTES_MAX bytes, or a NUL.
 */
MUST_CHECK enum rc quote_ask(struct arena *a, const char *text, size_t len, struct asked *out,
                             struct err *err);

/*
 * How many words differ between the asked text and the nearest stretch of the
 * said words; *end is the index behind the stretch's last word (the first such
 * stretch). At most the number of asked words, where nothing is alike.
 */
uint32_t quote_distance(const struct asked *q, const struct tokens *said, uint32_t *end);

enum difference_kind {
    DIFF_SWAPPED, /* other words stand there */
    DIFF_DROPPED, /* said, and left out in the asked text */
    DIFF_ADDED,   /* asked, and never said */
    DIFF_NUMBER,
    DIFF_NEGATION,
    DIFF_SPEAKER, /* not of this module: who asks knows who was meant */
};

const char *difference_name(enum difference_kind kind); /* "swapped" */

struct difference {
    enum difference_kind kind;
    const char *asked, *said; /* the words as written, a space between them; NULL: none */
    uint32_t asked_first, asked_count, said_first,
        said_count; /* words, of the asked and the text */
};

struct compared {
    uint32_t first, last; /* words of the text that the stretch begins with, and behind its end */
    size_t begin, end; /* its bytes of the text, with the marks at its ends that were asked too */
    uint32_t edits;    /* words that differ */
    uint32_t kept;     /* asked words that were said there */
    struct difference *differences;
    uint32_t count, room;
};

/*
 * Lay the asked words and the nearest stretch, which quote_distance() says ends
 * before word `end`, side by side. bytes and html are those that `said` was folded from. Everything
 * lives in the arena.
 */
void quote_compare(struct arena *a, const struct asked *q, const char *bytes, size_t len, bool html,
                   const struct tokens *said, uint32_t end, struct compared *out);

/*
 * Whether what was found is near enough to be called an altered form of what
 * was asked: at most quote_edits_max() words differ, and at least half of what
 * the asked words tell is there. A weight says how telling a word is; only
 * common words in common are no likeness.
 */
bool quote_is_near(uint32_t asked, uint32_t edits, uint64_t weight_kept, uint64_t weight_asked);
uint32_t quote_edits_max(uint32_t asked);

/* Which asked words stand in the compared stretch: one flag a word, arena's. */
const bool *quote_kept(struct arena *a, const struct asked *q, const struct compared *c);

#endif
