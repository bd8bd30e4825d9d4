/*
 * said.h - the rows of `muster quote` and `muster search`.
 *
 * Built from what find/ found, whose texts they borrow.
 */
#ifndef MUSTER_REPORT_SAID_H
#define MUSTER_REPORT_SAID_H

#include "find/find.h"
#include "inbox/candidates.h"
#include "report/answer.h"

/* The verdict, and a row a match; for people each match is told in sentences below. */
struct answer *report_quotation(struct arena *a, const struct find_quotation *q,
                                const struct find_filter *filter, bool people);

/*
 * Without a question: the quotations that the book itself makes, a row for the words of each
 * statement that was read in a document. At most `limit`; 0: all.
 */
struct answer *report_quotations(struct arena *a, const struct candidates *all,
                                 const struct find_filter *filter, const struct clocks *at,
                                 uint32_t limit);

/* A row a hit, and the counts by month beside bars. `words` is what was asked. */
struct answer *report_hits(struct arena *a, const char *words, const struct find_hits *h);

#endif
