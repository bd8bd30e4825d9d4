/*
 * likeness.h - reports that look like the same money, for a person to say.
 *
 * The rule. Two lines that several publishers' reports may be (reports.h), of
 * different activities, in one currency, neither counted by the other already:
 *   - they are related: one names the other's activity as its parent, child,
 *     sibling or as co-funded, or both have the same giver;
 *   - and at least half of what the smaller one holds was moved in amounts that
 *     the larger one moved too, within 31 days.
 * An amount that more than COMMON_MAX movements share tells nothing. Nothing
 * here changes a total: only the edge "same" does, that a person makes.
 */
#ifndef MUSTER_MEASURE_LIKENESS_H
#define MUSTER_MEASURE_LIKENESS_H

#include "measure/reports.h"

enum { LIKENESS_DAYS = 31, COMMON_MAX = 64 };

struct likeness {
    uint32_t counts, other; /* lines: the one that would count, and the one beside it */
    i128 matched;           /* parts moved in the same amounts */
    i128 total[2];          /* of each: what ever entered it */
    bool related;           /* by activities that name each other; else by the giver alone */
};

/* By falling `matched`. In the arena. */
const struct likeness *likeness_find(struct arena *a, const struct book *b, const struct clocks *at,
                                     uint32_t *count);

/* The edge that two lines (nouns) are the same, or were said not to be; NULL. Its key. */
const char *likeness_edge(struct arena *a, const struct book *b, uint32_t counts, uint32_t other);

#endif
