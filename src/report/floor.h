/* floor.h - yearly amounts against their floors, as rows. */
#ifndef MUSTER_REPORT_FLOOR_H
#define MUSTER_REPORT_FLOOR_H

#include "measure/floor.h"
#include "report/answer.h"

/*
 * rows: a year of a floor each (floor, party, receiver, class, year, from, until, amount, least,
 * currency, gap, percent, state). floors: what was agreed, and where that can be read.
 */
MUST_CHECK enum rc report_floor(struct arena *a, const struct exchange *x,
                                const struct floor_question *q, struct answer **out,
                                struct err *err);

/* The amounts behind the years of q->key, or behind the one that begins in `year` (0: all). */
MUST_CHECK enum rc report_explain_floor(struct arena *a, const struct exchange *x,
                                        const struct floor_question *q, int year,
                                        struct answer **out, struct err *err);

#endif
