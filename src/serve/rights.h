/*
 * rights.h - what a desk officer may record: what is the party's own.
 *
 * Its gifts, lots, budgets and plants; its own needs; how far its gifts are;
 * that what it was to receive has arrived; its consent. Evidence, and the
 * names of countries and things that come with them, anybody may add who may
 * record at all; but what is there already only its own desk changes, and an item none. Everything
 * else (prices, rates, routes, rounds, what others give) is the coordinators'.
 */
#ifndef MUSTER_SERVE_RIGHTS_H
#define MUSTER_SERVE_RIGHTS_H

#include "book/book.h"

/* RC_RULE with a sentence when that party's desk may not record this. `book` holds it already. */
MUST_CHECK enum rc rights_of_desk(const struct book *book, const char *party,
                                  const struct record *r, struct err *err);

#endif
