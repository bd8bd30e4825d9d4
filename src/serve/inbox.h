/*
 * inbox.h - the candidate that a form is about: its sentence above the form,
 * and what was read as the form's first values.
 */
#ifndef MUSTER_SERVE_INBOX_H
#define MUSTER_SERVE_INBOX_H

#include "serve/site.h"

/* A sentence instead when there is no such candidate, or the visitor may not see it. */
void inbox_above(struct visit *v, struct buf *b, const char *candidate);

/* giver, receiver, item, qty, unit, stage and on, as they stand now; NULL. */
const struct params *inbox_begins(struct visit *v, const char *candidate);

#endif
