/* kept_codes.h - the lists of codes, those of a book before those built in. */
#ifndef MUSTER_CLI_KEPT_CODES_H
#define MUSTER_CLI_KEPT_CODES_H

#include "iati/codes.h"
#include "view/view.h"

/*
 * What is known at that instant: the editions that the view holds in place of
 * those built in. A list whose file is not kept here (it came without its
 * evidence) stays as it is built in. RC_STORE when the store cannot be read.
 */
MUST_CHECK enum rc kept_codes(struct arena *a, const struct view *v, int64_t known,
                              struct codes **out, struct err *err);

#endif
