/*
 * sketch.h - the words of a document, small enough to keep with its source.
 *
 * Private to source/ and post/. Press rooms publish a document again: with a
 * correction, under another date, with the line breaks moved. Its hash is then
 * another one, but most of its words stand where they stood. A sketch is, of
 * the hashes of every run of five words, the least in each of 64 drawers
 * (MinHash with one permutation: Li, Owen, Zhang 2012), behind a hash of all
 * words in order. Linear time, 528 characters, whatever the document's length.
 */
#ifndef MUSTER_SOURCE_SKETCH_H
#define MUSTER_SOURCE_SKETCH_H

#include <stdbool.h>

#include "read/original.h"
#include "read/read.h"

/* Of what is said in the turns; of the whole document when it has none. */
const char *sketch_of(struct arena *a, const struct original *o, const struct reading *r);

/* How much two documents share, 0..100: about the percentage of their runs that both have. */
int sketch_alike(const char *one, const char *other);

/* Whether two documents say the same words in the same order. */
bool sketch_same(const char *one, const char *other);

#endif
