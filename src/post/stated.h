/*
 * stated.h - what a book holds under a publisher's scopes, without a look at all of it.
 *
 * A scope is the beginning of keys, "iati:GB-1-100/". Entries, lines, values,
 * budgets of an activity and statements of state are listed by their key's first part, up to '/',
 * as they come into the book. A file in parts asks for each part's scopes, and a walk over all
 * nouns each time would take longer the more it has brought.
 */
#ifndef MUSTER_POST_STATED_H
#define MUSTER_POST_STATED_H

#include "book/book.h"

struct stated;

/* Whether a statement of that key is a figure that a publisher states with its activity. */
bool stated_is_figure(const char *key);

/* Of one book, as it stands and as it grows. */
struct stated *stated_new(struct arena *a, const struct book *b);

/*
 * In the arena: nouns that may be under one of the scopes, and all that are, in
 * the order in which the book heard of them.
 */
const uint32_t *stated_under(struct stated *s, struct arena *a, const char *const *scopes,
                             uint32_t scope_count, uint32_t *count);

/*
 * Keys of the statements that say "this much was stated at that instant", one
 * for each scope: a newer state that changed nothing, or stated nothing, must
 * be remembered too, or an older one that comes later would undo it.
 */
#define STATE_PREFIX "state/"

#endif
