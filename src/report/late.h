/* late.h - promised dates against deliveries, as rows. */
#ifndef MUSTER_REPORT_LATE_H
#define MUSTER_REPORT_LATE_H

#include "measure/punctual.h"
#include "report/answer.h"

enum { LATE_AHEAD_DAYS = 90 }; /* what is due within them is shown without `all` */

/*
 * rows: line, donor, item, unit, until, promised, in_time, late, missing,
 * days, status. Head: as_of, counts of lines by status, on_time_percent.
 */
MUST_CHECK enum rc report_late(struct arena *a, const struct book *b,
                               const struct punctual_question *q, bool all, struct answer **out,
                               struct err *err);

#endif
