/* front.h - YAML front matter: title, day, address. Private to read/. */
#ifndef MUSTER_READ_FRONT_H
#define MUSTER_READ_FRONT_H

#include "read/html.h"

/*
 * Where the text behind the front matter at `at` begins; `at` itself when there
 * is none, or nothing closes it. Of YAML only what press rooms' tools write:
 * scalars, quoted, plain or in blocks.
 */
uint32_t front_matter(struct arena *a, const char *bytes, uint32_t at, uint32_t end,
                      struct html_head *out);

#endif
