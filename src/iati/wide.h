/*
 * wide.h - an element with more attributes than any file has, before it is whole.
 *
 * libxml2 compares each attribute of an element with all before it, and says
 * nothing until the last is there: a start tag of thirty megabytes would take
 * it an hour. What it was fed and waits over can be looked at meanwhile.
 */
#ifndef MUSTER_IATI_WIDE_H
#define MUSTER_IATI_WIDE_H

#include <libxml/parser.h>
#include <stdbool.h>

enum { IATI_ATTRS_MAX = 1000 };

/* Between two pieces: whether an element is open that has more. Costs nothing where little waits.
 */
bool iati_is_wide(xmlParserCtxtPtr xml, size_t *looked);

#endif
