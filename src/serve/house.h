/*
 * house.h - the book, folded once for each kind of eyes, kept up with the log.
 *
 * Everybody who sees the same reads the same view. A view never changes while
 * somebody reads it: of each there are two. Readers sit at one; when the log
 * has grown the other takes up what is new (only that: its cost does not
 * depend on the size of the book), and new readers sit there. So a reader
 * never waits for a writer, and what was committed is seen by whoever asks
 * HOUSE_LOOK_MS later, plus what taking it up takes. Where somebody still
 * reads the other after HOUSE_WAIT_MS (a plan is worked out), one more is
 * made and kept, so that nobody's long reading holds back the others.
 *
 * Who records wants a view that it may change. To copy a large book for one
 * entry takes a hundred times as long as to record it, so the copy that was
 * recorded in is kept for the next, as long as it is still the log's: one of
 * each view, and for HOUSE_PEN_S at most when nobody records.
 *
 * A viewer's view is folded when it first asks. HOUSE_VIEWS_MAX are kept
 * beside the public's and the owner's; the one that was longest not asked for
 * goes first.
 */
#ifndef MUSTER_SERVE_HOUSE_H
#define MUSTER_SERVE_HOUSE_H

#include "view/view.h"

enum {
    HOUSE_LOOK_MS = 20,
    HOUSE_WAIT_MS = 50,
    HOUSE_PATIENCE_S = 5,
    HOUSE_PEN_MS = 500, /* how long somebody else's recording is waited for */
    HOUSE_PEN_S = 600,
    HOUSE_COPIES_MAX = 4, /* of one view */
    HOUSE_VIEWS_MAX = 30
};

struct house;

/* A view that is being read. Nothing in it changes until house_rise(). */
struct seat {
    struct view view; /* its store is NULL: readers have their own */
    uint64_t turn;    /* another number when what this viewer may see is not the same any more */
};

/*
 * Watches the store of that URL from now on, in a thread of its own.
 * RC_STORE or RC_ABSENT when there is none.
 */
MUST_CHECK enum rc house_open(const char *url, struct house **out, struct err *err);
void house_close(struct house *h); /* nobody may sit any more */

/* viewer as in view_open(). RC_ABSENT when the viewer is no party of the book. */
MUST_CHECK enum rc house_sit(struct house *h, const char *viewer, const struct seat **out,
                             struct err *err);
void house_rise(struct house *h, const struct seat *s);

/*
 * A view to record in, to be brought to the head first; its store is NULL.
 * Nobody else has it until it is given back. NULL when the viewer sits nowhere,
 * or somebody else goes on recording in it.
 */
struct view *house_write(struct house *h, const char *viewer);
/* `clean`: it is the log's up to its head, and holds nothing that the viewer may not see. */
void house_written(struct house *h, const char *viewer, struct view *v, bool clean);

/* The turn of a viewer's book, without sitting: 0 when it was never asked for, or left. */
uint64_t house_turn(struct house *h, const char *viewer);

/*
 * What the writer of this process calls after a commit: look now. Returns when
 * all is taken up, or the store failed. Who sits itself, as many others may,
 * could wait for its own rising: so it returns after HOUSE_PATIENCE_S at last.
 */
void house_look(struct house *h);

/* The sentence that the last look at the store ended with; NULL when all is well. */
bool house_well(struct house *h, struct arena *a, const char **why);

#endif
