/* outlook.h - what is likely to arrive, month by month, as rows. */
#ifndef MUSTER_REPORT_OUTLOOK_H
#define MUSTER_REPORT_OUTLOOK_H

#include "measure/outlook.h"
#include "report/answer.h"

/*
 * rows: by, name, item (of rows by something else), unit, lines, open, firm, soft, overdue, likely,
 * low, high, later, no_date, by_month. months, when all is of one unit: month, promised, firm,
 * soft, likely, low, high, likely_by, low_by, high_by; later and no date last. delays: what was
 * learned from whom. Head: as_of, months, reached, currency, lines, observations, method.
 */
MUST_CHECK enum rc report_outlook(struct arena *a, const struct book *b,
                                  const struct outlook_question *q, struct answer **out,
                                  struct err *err);

#endif
