/*
 * relation.h - what was said before: restatements told apart from new promises.
 *
 * The same promise is heard many times: the minister says it, a journalist
 * asks about it, the fact sheet of the next day lists it, and a month later it
 * is part of a total. Each of these is found as a candidate. The relation here
 * says of a candidate which earlier one (or which line of the book) it most
 * likely repeats, and why, in words. It decides nothing: a person does.
 *
 * It is a sum of points over what two statements share; the points are one
 * table in relation.c. A candidate is compared only with those that share its
 * unit, the size of its amount and its giver (or, without an amount, its thing
 * and giver), and with the last few of them: the time grows with the number of
 * candidates, not with its square.
 */
#ifndef MUSTER_INBOX_RELATION_H
#define MUSTER_INBOX_RELATION_H

#include "inbox/candidates.h"

enum again {
    AGAIN_NOT,       /* nothing like it was said before: new, as far as can be told */
    AGAIN_REISSUE,   /* another issue of the document says the same */
    AGAIN_BOOK,      /* a line of the book has it */
    AGAIN_ASKED,     /* a question repeats what was announced */
    AGAIN_PART,      /* an item of a package whose amount was said */
    AGAIN_TOTAL,     /* a total so far, of which the other is a part */
    AGAIN_REFERENCE, /* "the 20 billion", "the 600 million announced yesterday" */
    AGAIN_HERE,      /* said again in the same document */
    AGAIN_DAY,       /* said on the same or the next day in another document */
    AGAIN_LATER,     /* said again in a later document */
    AGAIN_COUNT
};

/* A candidate, and what it repeats. */
struct pair {
    uint32_t later;   /* index of the candidate */
    uint32_t earlier; /* index of what it repeats, or NONE when that is a line */
    uint32_t line;    /* noun of the line, or NONE */
    enum again why;
    int points;
    const char *words; /* the reason, for a person */
};

struct relation {
    struct pair *of; /* by candidate; .why AGAIN_NOT when it repeats nothing */
    uint32_t count;  /* of candidates */
};

/* Of all candidates, whatever their state. In the arena. */
void relation_find(struct arena *a, const struct view *v, const struct candidates *all,
                   struct relation *out);

/* "said-again", "part-of-package": for --json and for rules; never NULL. */
const char *again_name(enum again why);

#endif
