/* settle_inside.h - what settle.c and reopen.c share, and nobody else. */
#ifndef MUSTER_INBOX_SETTLE_INSIDE_H
#define MUSTER_INBOX_SETTLE_INSIDE_H

#include "inbox/settle.h"

void made_add(struct made *made, uint64_t id);
void record_drop(struct record *r, enum tag tag);
void sign(struct posting *p, struct record *r, const struct choice *choice);

/* The next version of a record, signed, stated now; the caller changes what it is about. */
struct record *version_draft(struct posting *p, const struct record *of,
                             const struct choice *choice);

/* The natural key of the edge by which a statement made, or restates, something. */
const char *edge_key(struct arena *a, const char *type, const char *statement);

#endif
