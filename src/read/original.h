/*
 * original.h - a document's own bytes as text that a log may keep.
 *
 * A range of bytes is what a passage points at; what is shown and stored of it
 * is UTF-8 in normal form C. Documents come in UTF-8 or Windows-1252, and
 * which of the two is decided once for the whole of it, as read_document does.
 */
#ifndef MUSTER_READ_ORIGINAL_H
#define MUSTER_READ_ORIGINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct original {
    const char *bytes; /* borrowed */
    size_t len;
    bool utf8; /* else Windows-1252 */
};

struct original original_of(const char *bytes, size_t len);

/* The code point at *i, which moves past it; *i < len. What is none is U+FFFD. */
int32_t original_next(const struct original *o, size_t *i);

/*
 * Bytes [start, end) as clean text: control characters but tab and newline are
 * spaces, a carriage return before a newline is gone. A range beyond the
 * document is cut to it; never NULL.
 */
const char *original_text(struct arena *a, const struct original *o, size_t start, size_t end);

/*
 * The next word at or behind *i and before end, as a hash of its letters and
 * digits without case; false when there is none. Quotes, dashes and white
 * space of every kind only part words, so two prints of one sentence agree.
 */
bool original_word(const struct original *o, size_t *i, size_t end, uint64_t *word);

#endif
