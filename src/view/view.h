/*
 * view.h - one immutable snapshot of a store, as one viewer may see it.
 *
 * The log is folded from its first record to the head that was there when the
 * view was opened; later records are not part of it. A viewer's book is folded
 * from the records that the viewer may see, so nothing is subtracted from a
 * total afterwards: what is hidden was never there (law 7). A record that
 * points at a hidden one is hidden with it.
 *
 * A scenario is a branch of the book: the book as it stood at a moment, and the
 * records that are supposed on top of it. They stand in the same log and are in
 * no other view; what the book learns after that moment is not in theirs.
 */
#ifndef MUSTER_VIEW_VIEW_H
#define MUSTER_VIEW_VIEW_H

#include "base/watch.h"
#include "book/book.h"
#include "store/store.h"

struct view {
    struct store *store; /* borrowed */
    struct book *book;
    struct commit head;
    uint64_t scenario; /* id of the scenario it is of; 0: the book itself */
    uint64_t kept_at;  /* it was read from a snapshot of the log up to this id; 0: it was not */
};

/*
 * viewer: a party's key, "" for the public, who sees what is for everybody, or
 * NULL for the owner of the store, who sees all.
 * RC_ABSENT when no party of that key is in the book, or the watch (NULL:
 * none) said to stop. Everything lives in the arena.
 */
MUST_CHECK enum rc view_open(struct arena *a, struct store *store, const char *viewer,
                             const struct watch *watch, struct view *out, struct err *err);

/* The same, from the log alone: no snapshot (snapshot.h) is read or kept. */
MUST_CHECK enum rc view_fold(struct arena *a, struct store *store, const char *viewer,
                             const struct watch *watch, struct view *out, struct err *err);

/*
 * The same of a scenario, by its key; NULL is the book itself. RC_ABSENT when
 * the viewer may see none of that key.
 */
MUST_CHECK enum rc view_branch(struct arena *a, struct store *store, const char *viewer,
                               const char *scenario, const struct watch *watch, struct view *out,
                               struct err *err);

/*
 * Take up what the log has gained since, of a view that view_open() gave to
 * that viewer: afterwards it is what view_open() would give now, for that
 * reads the log in its order too: who joins a group sees what is said to it
 * from then on. *seen, which may be NULL: whether any of it is there for the
 * viewer. RC_ABSENT when the log is not the one that the view was folded from,
 * as far as its length and last root tell: then, and after any other failure,
 * the view is of no more use and is opened anew. Nobody may be reading it
 * meanwhile.
 */
MUST_CHECK enum rc view_follow(struct view *v, const char *viewer, bool *seen, struct err *err);

/*
 * The same view once more, to be followed or posted to on its own. Others may
 * read `from` meanwhile. No store is touched; the copy has that one.
 */
void view_copy(struct arena *a, const struct view *from, struct store *store, struct view *out);

/* The whole record of an id, entries included, read again from the store. RC_ABSENT if none. */
MUST_CHECK enum rc view_record(struct arena *a, const struct view *v, uint64_t id,
                               struct record *out, struct err *err);

/*
 * The same for many, whose ids rise, in one go: out[i] is the record of ids[i].
 * RC_ABSENT names the first that is not there.
 */
MUST_CHECK enum rc view_records(struct arena *a, const struct view *v, const uint64_t *ids,
                                uint32_t count, struct record *out, struct err *err);

#endif
