/*
 * html.h - the text of an HTML page, and of tags within Markdown.
 *
 * Private to read/. Our own scanner of tags, because a parser that builds a
 * tree does not keep the byte where a character stood in the file. It knows
 * which tags end a line or a paragraph and whose content is no text; all
 * others are passed over. No page is refused; time grows with its length.
 */
#ifndef MUSTER_READ_HTML_H
#define MUSTER_READ_HTML_H

#include "read/pour.h"

/* What the page's head says of it; NULL where it does not. */
struct html_head {
    const char *title, *date, *address, *published;
};

/* Whether a document that begins so is a page rather than text with some tags. */
bool html_sniff(const char *bytes, size_t len);

/* Pour the page's bytes [at, end). */
void html_pour(struct pour *p, uint32_t at, uint32_t end, struct html_head *out);

/* The tag at `<` within text is heeded, or is none: where it ends, or `at`. */
uint32_t html_inline(struct pour *p, uint32_t at, uint32_t end);

/* The character reference at `&` is poured, or is none: where it ends, or `at`. */
uint32_t html_entity(struct pour *p, uint32_t at, uint32_t end);

#endif
