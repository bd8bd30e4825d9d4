/* same.h - reports that look like the same money, as rows. */
#ifndef MUSTER_REPORT_SAME_H
#define MUSTER_REPORT_SAME_H

#include "measure/likeness.h"
#include "measure/money.h"
#include "report/answer.h"

/* rows: counts, other, currency, matched, counts_total, other_total, why. */
struct answer *report_same(struct arena *a, const struct exchange *x);

#endif
