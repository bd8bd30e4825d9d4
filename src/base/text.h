/*
 * text.h - text as muster keeps it: valid UTF-8 in normal form C.
 *
 * Two spellings of one name must be one byte string, or keys and hashes
 * differ for no reason a person can see; so everything that enters the log is
 * normalised here (Unicode Standard Annex 15), once, where it enters.
 */
#ifndef MUSTER_BASE_TEXT_H
#define MUSTER_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

/* Whether the bytes are well-formed UTF-8 (RFC 3629) without a NUL. */
bool text_is_utf8(const char *bytes, size_t len);

/*
 * The code point at *i, which moves past it; -1, and *i stays, if the bytes
 * there are not UTF-8. *i < len.
 */
int32_t text_next(const char *bytes, size_t len, size_t *i);

/* Take out, in place, bytes that are not UTF-8: what is left of a character that a "%.40s" cut. */
void text_mend(char *text);

/*
 * A NUL-terminated copy in normal form C. RC_INPUT when the bytes are not
 * UTF-8 or hold a control character other than tab and newline.
 */
MUST_CHECK enum rc text_clean(struct arena *a, const char *bytes, size_t len, const char **out,
                              struct err *err);

/* Whether clean text is in normal form C and free of control characters. */
bool text_is_clean(const char *bytes, size_t len);

/* A copy without leading and trailing white space (NBSP included), runs made one space. */
const char *text_squeeze(struct arena *a, const char *text);

/*
 * A copy for comparing names: squeezed, case folded, marks stripped, so that
 * "Türkiye" and "TURKIYE" meet. Never shown and never stored.
 */
const char *text_fold(struct arena *a, const char *text);

/* Text made of the formatted parts. */
const char *text_format(struct arena *a, const char *fmt, ...) PRINTF(2);

/* The texts one after the other, up to a NULL: text_format() of "%s%s" at a tenth of its cost. */
#define TEXT_JOIN(arena, ...) text_join((arena), (const char *const[]){__VA_ARGS__, NULL})
const char *text_join(struct arena *a, const char *const *parts);

bool text_starts(const char *text, const char *prefix);

/* Whether a text has every word of `words`, whatever their order; both are folded here. */
bool text_has_words(struct arena *a, const char *text, const char *words);

#endif
