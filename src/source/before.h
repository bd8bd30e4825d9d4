/*
 * before.h - what the files of one import said so far, word for word.
 *
 * A publisher's activity that comes again in the next file, unchanged, says
 * nothing new, and a reader may pass it over if nothing else spoke of it
 * since. Digests decide; names, which are hashes, say which digest is the
 * newest. Two things of one name cost time and nothing else.
 *
 * All of it holds only while what was noted is in the book: who is not sure
 * forgets it.
 */
#ifndef MUSTER_SOURCE_BEFORE_H
#define MUSTER_SOURCE_BEFORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/sha.h"

struct before;

enum { BESIDE = 3 }; /* numbers that are noted beside a digest */

struct before *before_new(struct arena *a);

/* What was noted beside it, if that is the newest that was said under the name; else NULL. */
const uint64_t *before_said(const struct before *b, uint64_t name, const uint8_t digest[SHA_BYTES]);

/* It is said now. A name that one unit says two things of is known no more. */
void before_note(struct before *b, uint64_t name, const uint8_t digest[SHA_BYTES],
                 const uint64_t beside[BESIDE]);

/* The unit speaks of things that no name here tells: all is forgotten when it ends. */
void before_unsure(struct before *b);

/* The next unit begins. */
void before_next(struct before *b);

void before_forget(struct before *b);

#endif
