/* inbox.h - what inbox, accept and reject share: the candidates of a store, and finding one. */
#ifndef MUSTER_CLI_INBOX_H
#define MUSTER_CLI_INBOX_H

#include "cli/entry.h"
#include "inbox/rules.h"
#include "inbox/settle.h"

struct inbox_read {
    struct candidates all;
    struct relation relation;
    struct catalogue catalogue;
};

/* Everything a view's inbox is made of. */
MUST_CHECK enum rc inbox_read(struct arena *a, const struct view *v, struct inbox_read *out,
                              struct err *err);

/* The statement typed, by id or key: a noun. RC_ABSENT when there is none. */
MUST_CHECK enum rc statement_find(struct entry *e, const char *typed, uint32_t *noun,
                                  struct err *err);

/* The candidate typed: RC_RULE for a statement that never was one. */
MUST_CHECK enum rc candidate_find(struct entry *e, const struct candidates *all, const char *typed,
                                  const struct candidate **out, struct err *err);

/* Edits as options say them; may_empty: an empty text takes away what was read. */
struct typed_edits {
    const char *giver, *receiver, *item, *qty, *unit, *stage, *on, *class_;
    bool may_empty;
};

/* RC_INPUT for what is no quantity or day. */
MUST_CHECK enum rc edits_read(struct entry *e, const struct typed_edits *typed, struct edits *out,
                              struct err *err);

/* What was made, as asked for. */
void entry_made(struct entry *e, const struct made *made);

#endif
