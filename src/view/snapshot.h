/*
 * snapshot.h - a folded book, kept beside its store for whoever asks next.
 *
 * What the owner of a store sees, and what the public sees, is kept in a file
 * each, and the sums of it (book/cube.h) in another: an image of the book (book/image.h) and the
 * commit at which it stands. It is taken up only if that commit, with that root, is one of this
 * log, and if the same sources made it; then what the log gained since is folded on top. In doubt
 * it counts as not there, and the log is folded from its beginning.
 *
 * A snapshot is a function of what its viewer may see and of the commit, as
 * the book is (law 7). Other viewers' books are not kept.
 */
#ifndef MUSTER_VIEW_SNAPSHOT_H
#define MUSTER_VIEW_SNAPSHOT_H

#include "view/view.h"

/*
 * A view is kept when more than SNAPSHOT_LEAST records of the log, and more
 * than one in SNAPSHOT_PART, were read for it.
 */
enum { SNAPSHOT_LEAST = 16384, SNAPSHOT_PART = 64 };

/* Whether that view was worth keeping, by what was read for it. */
bool snapshot_worth(const struct view *v);

/*
 * Keep it. False when that cannot be: the store has no place for such files or
 * is only read, the viewer's views are not kept, the disk is full, somebody
 * else is at it. That is no error.
 */
bool snapshot_keep(const struct view *v, const char *viewer);

/*
 * The book kept for that viewer, and the commit at which it stands, which is
 * one of this log's. False, and nothing in the arena, when there is none.
 */
bool snapshot_take(struct arena *a, struct store *store, const char *viewer, struct book **book,
                   struct commit *at);

/*
 * A view of the sums alone (book_summary()), if they were kept at the very
 * head of the log: it answers questions of now about sums, and is there at
 * once. Kept and judged as the book is.
 */
bool snapshot_sums(struct arena *a, struct store *store, const char *viewer, struct view *out);

/* Where it is kept, there or not; NULL: nowhere. */
const char *snapshot_path(struct arena *a, struct store *store, const char *viewer);

#endif
