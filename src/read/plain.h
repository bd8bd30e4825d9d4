/*
 * plain.h - a document as plain text, with the way back to its bytes.
 *
 * Private to read/. Press rooms publish the same words as text, Markdown with
 * front matter or HTML, in two encodings and with five kinds of quotation
 * mark. Everything after this step sees one form:
 *
 * - UTF-8; curly quotes are ' and "; an en dash or minus sign is "-", an em
 *   dash stays U+2014; an ellipsis is "..."; no-break and other odd spaces are
 *   a space; zero-width, soft-hyphen and direction marks are gone;
 * - lines end in \n; a paragraph ends in an empty line; a hard-wrapped line
 *   ends in one \n; HTML blocks are paragraphs, tags and entities are gone;
 *   script, style, navigation are gone; a list bullet starts its line as "* ";
 * - Markdown escapes (\_ \[ \$) are what they stand for, emphasis marks
 *   (** and _ around words) are gone, of a link its text is left; the cells of a
 *   table row are lines of one paragraph;
 * - cue numbers and times of captions are gone, also those before each line,
 *   and their cues run on;
 * - what a transcript strikes out with its correction in brackets behind it is
 *   gone, and the correction stands there without its brackets;
 * - front matter is no text: its title, date and address are fields.
 *
 * Every byte of the text knows the byte of the file it came from.
 */
#ifndef MUSTER_READ_PLAIN_H
#define MUSTER_READ_PLAIN_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

/*
 * From text byte `text` on, file byte = text byte - text + file, until the next
 * anchor. `before` is the end, in the file, of the character before it: what
 * was left out between the two (a tag, white space) belongs to neither.
 */
struct anchor {
    uint32_t text, file, before;
};

struct plain {
    const char *text; /* NUL-terminated */
    uint32_t len;
    const struct anchor *anchors;
    uint32_t anchor_count;
    const char *title, *date, *address; /* of the front matter or <head>; NULL when absent */
    const char *published; /* front matter's instant of publication, RFC 3339, or NULL */
};

/* RC_INPUT as read_document. `bytes` need not outlive the call. */
MUST_CHECK enum rc plain_make(struct arena *a, const char *bytes, size_t len, struct plain *out,
                              struct err *err);

/* Bytes of a file as UTF-8, nothing folded. */
const char *plain_utf8(struct arena *a, const char *bytes, size_t len);

/* The file byte where the text byte at begins; for at == len, the end of the last one. */
size_t plain_file(const struct plain *p, uint32_t at);

/* The file byte behind the text byte before `end`: the end of a range that ends there. */
size_t plain_file_end(const struct plain *p, uint32_t end);

#endif
