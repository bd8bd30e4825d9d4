/*
 * html.h - writing HTML in which nothing can be left unescaped.
 *
 * Markup is a string literal, and HTML() takes nothing else: a variable there
 * does not compile. Whatever comes from the book, a person or a request goes
 * through one of the functions, and each of them escapes for its place.
 */
#ifndef MUSTER_SERVE_HTML_H
#define MUSTER_SERVE_HTML_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* Markup, as it stands. */
#define HTML(b, literal) buf_add_bytes((b), "" literal "", sizeof(literal) - 1)

/* Text between tags, or in a quoted attribute; control characters become U+FFFD. NULL: nothing. */
void html_text(struct buf *b, const char *text);
void html_number(struct buf *b, int64_t n);

/* name="value", with a space before it; nothing when value is NULL. The name is a literal. */
#define HTML_ATTR(b, name, value) html_attribute((b), " " name "=\"", (value))
void html_attribute(struct buf *b, const char *opening, const char *value);

/* An <option> for each word of "a b c"; the chosen one (NULL: none) is selected. */
void html_options(struct buf *b, const char *words, const char *chosen);

/*
 * An address of ours: segments and parameters are percent-encoded here, and
 * only here. begin with a path of our own, a literal.
 */
struct href {
    struct buf *b; /* of text that is not escaped for HTML yet */
    bool asked;    /* a ? stands already */
};
struct href href_begin(struct arena *a, const char *path);
void href_segment(struct href *h, const char *segment);               /* "/" and the segment */
void href_param(struct href *h, const char *name, const char *value); /* NULL: nothing */
const char *href_text(const struct href *h);

/*
 * Whether an address that a source gave may be a link: http or https. What
 * else it says (javascript:, data:) is shown as text.
 */
bool address_is_web(const char *address);

#endif
