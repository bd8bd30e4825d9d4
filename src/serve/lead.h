/*
 * lead.h - where a cell of a table leads: from a key to what has that key, from
 * a figure to the rows behind it, from evidence to where it can be read.
 *
 * By the names of columns, which are one vocabulary for all answers, and, for
 * figures, by the command that was asked.
 */
#ifndef MUSTER_SERVE_LEAD_H
#define MUSTER_SERVE_LEAD_H

#include "serve/site.h"

/* NULL: nowhere. `asked` is the section's command line, or NULL. *away: to another site. */
const char *lead_of(struct visit *v, const struct rows *r, uint32_t row, uint32_t column,
                    const char *asked, bool *away);

/* Where a value above the tables leads; NULL: nowhere. */
const char *lead_of_head(struct visit *v, const struct member *m, const char *asked);

#endif
