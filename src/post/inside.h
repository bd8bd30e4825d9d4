/* inside.h - what the .c files of post/ share, and nobody else. */
#ifndef MUSTER_POST_INSIDE_H
#define MUSTER_POST_INSIDE_H

#include "post/post.h"

/*
 * The i-th kind that a key stands for, from 1, where a reference may be to any: lines and packages
 * have values, and a party may be called as a line is.
 */
static inline enum kind ref_kind(int i)
{
    return i <= 2 ? (i == 1 ? KIND_LINE : KIND_PACKAGE) : (enum kind)(i - 2);
}

enum { REF_KINDS = KIND_COUNT + 1 }; /* the first two come once more, which finds nothing new */

/*
 * The live entries of a line (index), in an order in which each can be taken
 * back: what left the furthest stage first, so that nothing rests any more on
 * the entry whose turn it is. In the opposite order they can be posted again.
 * Recorded order will not do: an entry may rest on one that was corrected
 * since, and whose successor was recorded later.
 */
uint32_t live_rows(const struct posting *p, uint32_t line, const uint32_t **rows);

/* An entry's whole record: from this posting if it is that new, else from the store. */
MUST_CHECK enum rc whole_entry(struct posting *p, uint32_t row, struct record *out,
                               struct err *err);

/* posting_reverse() with the instant at which the publisher said so; 0: as the entry's own. */
MUST_CHECK enum rc take_back(struct posting *p, uint32_t row, const char *why, const char *author,
                             const char *key, int64_t stated_ms, struct err *err);

/* After an append: the view stands at the store's head, as far as the store still answers. */
void posting_stands(struct view *view);

/* Whether posting_add() would find the draft's references there and its fields in order. */
MUST_CHECK enum rc draft_check(struct posting *p, const struct record *draft, struct err *err);

/*
 * The same document, read by a reader that has learnt since: candidates of its
 * sources that are not among the drafts, and that nobody chose about, are
 * rejected with that reason: reissue.c.
 */
MUST_CHECK enum rc retire_unread(struct posting *p, const struct intake *in, const char *author,
                                 struct posted *out, struct err *err);

/* Edges from the sources of an intake, which is posted, to other issues of them: reissue.c. */
MUST_CHECK enum rc link_issues(struct posting *p, const struct intake *in, const char *author,
                               struct err *err);

#endif
