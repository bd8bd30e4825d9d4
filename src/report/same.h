/* same.h - reports that look like the same money, as rows. */
#ifndef MUSTER_REPORT_SAME_H
#define MUSTER_REPORT_SAME_H

#include "measure/likeness.h"
#include "measure/money.h"
#include "report/answer.h"

/* rows: counts, other, currency, matched, counts_total, other_total, why. */
struct answer *report_same(struct arena *a, const struct exchange *x);

/*
 * What is known to be the same money, each report beside the one that counts in its place. rows:
 * counts, other, currency, counts_total, other_total, differ, why; largest difference first.
 * Totals are what was committed or beyond, or announced where nothing was.
 */
struct answer *report_known_same(struct arena *a, const struct exchange *x);

#endif
