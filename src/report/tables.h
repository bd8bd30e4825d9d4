/*
 * tables.h - the whole book as tables: for a spreadsheet, or another program.
 *
 * Lists: parties, memberships, items, needs, lines with what stands at each
 * stage, entries, sources; each record as known, at both clocks, as far as the
 * view sees. The columns are those of the one table of fields, and names and
 * evidence beside them.
 */
#ifndef MUSTER_REPORT_TABLES_H
#define MUSTER_REPORT_TABLES_H

#include "report/answer.h"
#include "view/view.h"

/*
 * Rows are made when they are printed, from the view's book: it must live as
 * long. RC_STORE when the log cannot be read, RC_ABSENT when the watch said to
 * stop.
 */
MUST_CHECK enum rc report_tables(struct arena *a, const struct view *v, const struct clocks *at,
                                 const struct watch *watch, struct answer **out, struct err *err);

#endif
