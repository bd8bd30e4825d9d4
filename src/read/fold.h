/*
 * fold.h - text as the words by which it is compared and found.
 *
 * The same sentence comes in many forms: another case, curly or straight
 * quotation marks, a hard wrap, Markdown escapes, HTML, a no-break space. What
 * all of them share is the row of words, so that is what is compared:
 *
 * - a word is letters, digits and the apostrophe between them, in lower case;
 *   accents of Latin letters do not count; zero-width and direction marks are
 *   not there; U.S. is one word, "us";
 * - a dash, a hyphen and every other mark only part words;
 * - a number keeps its point; commas between thousands do not count;
 * - currency signs and % are words: they change what a number says;
 * - an ideograph is a word;
 * - tags are skipped where the text is HTML, addresses of Markdown links and
 *   escapes always; entities are what they stand for;
 * - bytes that are not UTF-8 are Windows-1252.
 *
 * Whoever fills an index, asks it or compares, folds with this one function,
 * so they cannot disagree. One pass, bounded look-ahead: time is linear in the
 * text, whatever is in it.
 */
#ifndef MUSTER_READ_FOLD_H
#define MUSTER_READ_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

enum { TOKEN_BYTES_MAX = 60 }; /* of a folded word: what is longer is cut into words */

enum token_flags {
    TOKEN_AFTER_GAP = 1,  /* an ellipsis stands before it */
    TOKEN_AFTER_STOP = 2, /* a full stop, question or exclamation mark, or an empty line does */
    TOKEN_HAS_DIGIT = 4,
};

struct token {
    uint64_t hash;       /* of the folded word: what is equal here is the same word */
    uint32_t begin, end; /* bytes of the text it was folded from */
    uint32_t folded;     /* where the folded word stands in `folded`, if that was kept */
    uint8_t len;         /* of the folded word, bytes */
    uint8_t flags;
};

struct tokens {
    struct arena *arena; /* set by the owner */
    struct token *list;
    uint32_t count, room;
    bool gap_behind;    /* an ellipsis follows the last word */
    struct buf *folded; /* the folded words, each with a space behind it; NULL: not kept */
};

/* At most this many bytes at once. */
#define FOLD_BYTES_MAX ((size_t)1 << 30)

/* Append the words of the text. len is at most FOLD_BYTES_MAX. */
void fold(const char *bytes, size_t len, bool html, struct tokens *out);

/* Whether a whole document is HTML, and so are its parts. */
bool fold_is_html(const char *bytes, size_t len);

/* The bytes as UTF-8, for showing: what is not UTF-8 is taken as Windows-1252. */
const char *fold_utf8(struct arena *a, const char *bytes, size_t len);

#endif
