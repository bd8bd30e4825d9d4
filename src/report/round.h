/* round.h - rounds, what each asks of whom, and what was answered, as rows. */
#ifndef MUSTER_REPORT_ROUND_H
#define MUSTER_REPORT_ROUND_H

#include "plan/rounds.h"
#include "report/answer.h"

/*
 * rows: round, state, asked, agreed, in_part, refused, lapsed (counts of
 * proposals that the book's viewer sees), until, author, why.
 */
struct answer *report_rounds(struct arena *a, const struct book *b, const struct rounds *rounds);

/*
 * Head: round, name, state, why, closed_why, until; of its run planned_for, known, head,
 * root, viewer, objective, bound, options, null where hidden. proposals:
 * proposal, giver, receiver, item, qty, unit, from, need, hub, month, due,
 * state, agreed, line, why. Nothing in it depends on what the book's viewer
 * may not see.
 */
struct answer *report_round(struct arena *a, const struct book *b, const struct rounds *rounds,
                            const struct round *round);

#endif
