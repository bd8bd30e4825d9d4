/*
 * round.h - what the parts of muster round share; cmd_round.c has the verb.
 *
 * Finding the round and the proposal that are meant, and asking for what was
 * proposed, by hand or by a plan.
 */
#ifndef MUSTER_CLI_ROUND_H
#define MUSTER_CLI_ROUND_H

#include "cli/entry.h"
#include "plan/rounds.h"

/* RC_ABSENT when there is none of that key. */
MUST_CHECK enum rc round_named(struct arena *a, const struct book *b, const struct rounds *all,
                               const char *typed, const struct round **out, struct err *err);

/* "winter/DEU/1", or what stands behind the round's key: "DEU/1". */
MUST_CHECK enum rc proposal_named(struct arena *a, const struct book *b, const struct rounds *all,
                                  const struct round *round, const char *typed,
                                  const struct proposal **out, struct err *err);

/* One shipment to be asked for; nouns of the book. */
struct asking {
    uint32_t lot, line; /* one of them; the other NONE */
    uint32_t need, hub; /* hub NONE: straight */
    int32_t month;      /* the last day of the month in which it arrives */
    int32_t due;        /* of the need, or of its month; DAY_MAX: none */
    int64_t qty;        /* parts of the lot's item */
    const char *why;
};

/*
 * Post a proposal for each, numbered by giver. A giver is asked only for what
 * it may see: its lot, the need, the hub and the round; what it may not see is
 * left out with a note.
 */
MUST_CHECK enum rc round_ask(struct entry *e, const struct round *round, const struct asking *list,
                             uint32_t count, struct err *err);

/* A new version of the round in that state, everything else as it was. */
MUST_CHECK enum rc round_set(struct entry *e, const struct round *round, enum round_state state,
                             struct err *err);

extern const struct command round_propose, round_consent, round_refuse;

#endif
