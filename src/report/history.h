/*
 * history.h - the life of one line, or of a package and its lines, with what
 * says so.
 */
#ifndef MUSTER_REPORT_HISTORY_H
#define MUSTER_REPORT_HISTORY_H

#include "report/answer.h"
#include "view/view.h"

/*
 * `what` is the key of a line or package, of an entry or value of one, or the
 * id of such a record. Head: kind, key, name, giver, receiver, item, package,
 * effective, known. Lists: stands, fields, versions, entries, values, lines
 * (of a package), statements. RC_ABSENT with near keys when there is none.
 */
MUST_CHECK enum rc report_history(struct arena *a, const struct view *v, const char *what,
                                  const struct clocks *at, struct answer **out, struct err *err);

#endif
