/*
 * fill.h - a made-up planning problem as the records of a book.
 *
 * The store that is filled says, through instance_build(), the very numbers of
 * generated_model(): everything is posted in the order of its numbers, in whole
 * parts. All of it was recorded at one instant of 1 January 2026, which is the
 * planning day, so that the same plan comes out of it in any year.
 */
#ifndef MUSTER_TEST_FILL_H
#define MUSTER_TEST_FILL_H

#include "planned/generate.h"
#include "post/post.h"

#define FILL_MS (INT64_C(20454) * MS_PER_DAY) /* 2026-01-01 */

/* Into an empty store, as one commit. */
MUST_CHECK enum rc fill_store(struct arena *a, struct store *store, const struct generated *g,
                              struct err *err);

#endif
