/*
 * settle.h - a person's choice about a candidate, into the log.
 *
 * Nothing is overwritten: a choice is a new version of the statement that says
 * who chose and why, and what it made is tied to it by an edge. Taking a
 * choice back is one more version; entries are taken back as entries are.
 * Every function works on a posting: all of a choice is in the log, or nothing.
 */
#ifndef MUSTER_INBOX_SETTLE_H
#define MUSTER_INBOX_SETTLE_H

#include "inbox/candidates.h"
#include "inbox/plan.h"
#include "post/post.h"

struct choice {
    const char *author; /* a person, or "rule:NAME" */
    const char *why;    /* NULL where none is needed */
    const char *link;   /* key of a passage that bears the choice: the line of a rule file; NULL */
};

/* What was made or changed, to be shown first. */
struct made {
    uint64_t ids[8];
    uint32_t count;
};

/*
 * Take the candidate into the book: a line with its entry, a need, a decision,
 * or the statement alone where the book has no noun for it; each rests on the
 * statement's passage. RC_RULE when it was chosen about already, or when
 * something is missing; the sentence names the option that would say it.
 */
MUST_CHECK enum rc settle_accept(struct posting *p, const struct catalogue *c,
                                 const struct candidate *candidate, const struct edits *edits,
                                 const struct choice *choice, struct made *made, struct err *err);

/*
 * The candidate was misread: it says what the edits say ("" takes a thing away, "DEU, NOR" names
 * several) and still waits for a choice. RC_RULE when it was chosen about, or nothing changes.
 */
MUST_CHECK enum rc settle_edit(struct posting *p, const struct candidate *candidate,
                               const struct edits *edits, const struct choice *choice,
                               struct made *made, struct err *err);

/* It says again what this line (noun) has: no entry, an edge "restates". */
MUST_CHECK enum rc settle_link(struct posting *p, const struct candidate *candidate, uint32_t line,
                               const struct choice *choice, struct made *made, struct err *err);

/* It is nothing for the book; choice->why says why not. */
MUST_CHECK enum rc settle_reject(struct posting *p, const struct candidate *candidate,
                                 const struct choice *choice, struct made *made, struct err *err);

/*
 * Law 6: of several statements or values that disagree, this one holds
 * (F_RESOLVED), as choice->author found for the reason choice->why; the others
 * stay, each at the end of an edge "contradicts". `noun` and `against` are of
 * kind statement or value. RC_RULE for any other kind, or without a reason.
 */
MUST_CHECK enum rc settle_resolve(struct posting *p, uint32_t noun, const uint32_t *against,
                                  uint32_t count, const struct choice *choice, struct made *made,
                                  struct err *err);

/*
 * Take the choice about a statement or value (noun) back: it is what it was
 * before, the entries it made are taken back with choice->why, lines and needs
 * it made are marked taken back. RC_RULE when nothing was chosen, or when
 * something was moved on since.
 */
MUST_CHECK enum rc settle_reopen(struct posting *p, uint32_t noun, const struct choice *choice,
                                 struct made *made, struct err *err);

#endif
