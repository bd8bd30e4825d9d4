/* muster.h - the log as an exchange file: see record/exchange.h. */
#ifndef MUSTER_EXPORT_MUSTER_H
#define MUSTER_EXPORT_MUSTER_H

#include "base/watch.h"
#include "view/view.h"

/* Takes the text in pieces, in order; not RC_OK stops the export. */
typedef enum rc sink_fn(void *ctx, const char *bytes, size_t len, struct err *err);

/*
 * The whole log of the view's store up to its head. Only the owner may have
 * it: a part of a log would not come out at its root.
 */
MUST_CHECK enum rc export_muster(const struct view *v, sink_fn *sink, void *ctx,
                                 const struct watch *watch, struct err *err);

#endif
