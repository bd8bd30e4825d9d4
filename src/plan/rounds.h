/*
 * rounds.h - what was proposed to whom, and what was answered.
 *
 * A round asks givers for what a plan proposes: one proposal a shipment, each
 * with a lot (or a promise of the giver's), a need, a hub, a month and a
 * quantity. A giver's answer is a decision about the proposal. The last one
 * counts, so that a consent can still be refused, but never given twice. What
 * nobody answered has lapsed when the round is closed.
 *
 * This is a fold of records like the book itself: it knows no clock, and sees
 * what the book's viewer sees.
 */
#ifndef MUSTER_PLAN_ROUNDS_H
#define MUSTER_PLAN_ROUNDS_H

#include "book/book.h"

enum round_state { ROUND_OPEN, ROUND_PROPOSED, ROUND_CLOSED };

enum proposal_state {
    PROPOSAL_ASKED,
    PROPOSAL_AGREED, /* to all of it */
    PROPOSAL_PARTLY,
    PROPOSAL_REFUSED,
    PROPOSAL_LAPSED, /* the round was closed before an answer */
    PROPOSAL_STATES
};

struct proposal {
    const struct record *record;
    uint32_t noun, round; /* nouns */
    uint32_t giver, receiver, item, need;
    uint32_t lot, line; /* one of them: the lot, or the line on which it was promised */
    uint32_t hub;       /* NONE: straight */
    int64_t qty;        /* parts of the item */
    enum proposal_state state;
    const struct record *answer; /* the decision that counts, NULL */
    int64_t agreed;              /* parts */
};

struct round {
    uint32_t noun;
    const struct record *opened; /* its first version, which says what it is for */
    const struct record *record; /* the version as known */
    enum round_state state;
    const struct record *run; /* what the plan was made from; NULL: none yet, or hidden */
    uint32_t begin, end;      /* of its proposals */
};

struct rounds {
    struct round *list; /* as the book met them */
    uint32_t count;
    struct proposal *proposals; /* by round, then as they were proposed */
    uint32_t proposal_count;
};

const char *round_state_name(enum round_state s);       /* "open", ... */
const char *proposal_state_name(enum proposal_state s); /* "asked", "agreed", ... */

/* Everything as known by then. The arena's. */
void rounds_read(struct arena *a, const struct book *b, int64_t known, struct rounds *out);

/* NULL when there is none. */
const struct round *rounds_find(const struct rounds *r, uint32_t noun);

/*
 * What a giver does not want: a lot for a need, or a lot for anything. It is a
 * decision of its own beside the answer, for all who may see the lot, because
 * others are planned with in its place. It stands until the giver says
 * something new of the lot (a later version).
 */
struct refused {
    uint32_t lot, line; /* nouns, one of them NONE */
    uint32_t need;      /* NONE: for no need at all */
};

/* Every refusal that stands. */
struct refused *rounds_refused(struct arena *a, const struct book *b, int64_t known,
                               uint32_t *count);

#endif
