/*
 * atom.h - what changed in the book, as a feed (RFC 4287), newest first.
 *
 * An entry for each line and each commit that moved something of it: what was
 * said anew, taken back or said otherwise. All of it is made from the viewer's
 * own book: its ids follow from the line's key and the instant, not from
 * numbers of the log, which count what others recorded too.
 */
#ifndef MUSTER_EXPORT_ATOM_H
#define MUSTER_EXPORT_ATOM_H

#include "base/buf.h"
#include "view/view.h"

struct feed {
    const char *viewer; /* as in view.h; it names the feed */
    const char *base;   /* pages are BASE/line/KEY and BASE/changes; NULL: nothing is linked */
    const char *self;   /* the feed's own address, or NULL */
    struct clocks at;
    uint32_t limit; /* at most so many entries */
};

/* The document, added to *out. RC_STORE when the log cannot be read. */
MUST_CHECK enum rc export_atom(const struct view *v, const struct feed *f, struct buf *out,
                               struct err *err);

#endif
