/*
 * changed.h - what somebody else changed while a form was open, in words.
 *
 * "giver: DEU, now NOR; amount: 6000, now 5000; announced to dispatched: 4000
 * on 2024-05-01". For the refusal of a deed, and from the view of who is
 * refused: nothing is told that they may not see.
 */
#ifndef MUSTER_SERVE_CHANGED_H
#define MUSTER_SERVE_CHANGED_H

#include "serve/ask.h"

/* The noun that a deed is about, typed by key or id; NONE. */
uint32_t about_noun(const struct book *b, const struct about *about);

/* "" when nothing of it can be said. */
const char *changed_words(struct arena *a, const struct book *b, const struct about *about);

#endif
