/*
 * reports.h - one flow of money, reported by several.
 *
 * Who gives, who passes on and who receives each publish the same payment. A
 * line that is such a report says so in its links (F_LINK): "flow-by:ID", whose
 * report it is; "flow-from:ID" and "flow-to:ID", the activities that the money
 * leaves and enters, as far as they are named, or "flow-paid:PARTY" who got it;
 * "flow-as:WORD", what another publisher's report of the very same line would
 * be called.
 *
 * The rule, in one place for every total:
 *   - where several publishers report one activity, in one direction and
 *     currency, its owner's report counts, else the newest;
 *   - the giver's report counts, the receiver's stands beside it. They belong
 *     together when both activities are named; when the receiver names the
 *     giver's activity, and that reports money in the same currency whose
 *     receiver it does not name otherwise; or when the giver names the
 *     receiver's activity, and that reports the same giver without its activity.
 *     Where neither side has the other's currency they may each have their own;
 *   - what a person said is the same (an edge "same", accepted) is;
 *   - a report that has not reached the stage asked for speaks for nobody.
 * What one report says of places holds for the flow: a global fund's payment
 * lies in the country where its receiver says it went.
 */
#ifndef MUSTER_MEASURE_REPORTS_H
#define MUSTER_MEASURE_REPORTS_H

#include "book/boundary.h"

struct reports {
    uint32_t lines;    /* how many; 0: there are none in the book, and the rest is NULL */
    uint32_t *instead; /* by line: the one that counts in its place, NONE */
    uint32_t *second;  /* by line: the first that it counts for, NONE */
    uint32_t *next;    /* by line: another that counts for the same, NONE */
    const char **why;  /* by line: how it is known, where there is one instead; NULL */
};

/* At these clocks, for what has reached at least `low`. In the arena. */
void reports_find(struct arena *a, const struct book *b, const struct clocks *at, enum stage low,
                  struct reports *out);

/* boundary_flow(), of the flow: as any of its reports has it. */
enum flow reports_flow(const struct reports *r, const struct book *b, const struct boundary *w,
                       uint32_t line, int32_t day, int64_t known, bool *shared);

#endif
