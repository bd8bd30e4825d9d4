/*
 * candidates.h - what readers of public statements found, and what became of it.
 *
 * A candidate is a statement in the log that a program read (F_INFERRED) or
 * that a person made a choice about (F_VERDICT). Here each is put together
 * with what a person needs to judge it: the sentence it stands in, the ones
 * beside it, who spoke, when, in which document, and which other issue of the
 * document says the same.
 */
#ifndef MUSTER_INBOX_CANDIDATES_H
#define MUSTER_INBOX_CANDIDATES_H

#include "view/view.h"

enum candidate_state { CANDIDATE_OPEN, CANDIDATE_ACCEPTED, CANDIDATE_REJECTED };

/* Values of F_VERDICT. */
#define VERDICT_ACCEPTED "accepted"
#define VERDICT_REJECTED "rejected"
#define VERDICT_TAKEN_BACK "taken-back" /* of what an acceptance had made */

struct candidate {
    const struct record *record;  /* the statement as it is now */
    const struct record *passage; /* its words */
    const struct record *source;  /* the document; NULL when the passage has none */
    const struct record *turn;    /* the passage of the turn; NULL */
    uint32_t noun;
    int32_t day; /* of the document; DAY_MAX: not known */
    enum candidate_state state;
    uint32_t standing; /* index of the candidate of the latest issue that says the same; else own */
    bool settled;      /* some issue of it was accepted or rejected */
    bool dropped;      /* a later issue of the document no longer says so */
    /* Texts in one line; "" where there is nothing, or the document is not kept. */
    const char *before, *sentence, *after;
    uint32_t quote_at; /* where in the sentence the quoted words begin, about: an offset in bytes */
    /* Of an item of a list: the bytes of the paragraph that leads to it; equal when there is none.
     */
    int64_t lead_begin, lead_end;
};

struct candidates {
    int64_t known;          /* as they were known then */
    struct candidate *list; /* by day, instant, document and byte */
    uint32_t count, room;
};

/* All candidates of a view, whatever their state. Everything lives in the arena. */
MUST_CHECK enum rc candidates_read(struct arena *a, const struct view *v, struct candidates *out,
                                   struct err *err);

/* The same as they were known at an instant: what was chosen later still waits. */
MUST_CHECK enum rc candidates_known(struct arena *a, const struct view *v, int64_t known,
                                    struct candidates *out, struct err *err);

/* Whether a record is a candidate: a statement that a program read or a person chose about. */
bool is_candidate(const struct record *r);

/* What state a statement's version is in. */
enum candidate_state candidate_state(const struct record *r);

/* Whether it waits for a choice: open, of the latest issue that says so, none of them settled. */
bool candidate_waits(const struct candidates *all, uint32_t at);

/* Its words, as kept with the passage; "" when they are not. */
const char *candidate_quote(const struct candidate *c);

/* The title of its document, else its file; "". */
const char *candidate_document(const struct candidate *c);

/* Whether a line that begins there is an item of a list. */
bool is_list_item(const char *bytes, size_t len);

/* The bounds of the sentence around bytes [begin, end) of a text, inside [low, high). */
void sentence_around(const char *bytes, size_t low, size_t high, size_t *begin, size_t *end);

#endif
