/* stranger.h - what can be said of a file that no reader knows. */
#ifndef MUSTER_CLI_STRANGER_H
#define MUSTER_CLI_STRANGER_H

#include "source/source.h"

/*
 * RC_INPUT and a sentence that names the file, what it seems to be, and what
 * to do about it: empty, of another encoding, cut off, changed on its way, or
 * a table that needs a mapping file.
 */
MUST_CHECK enum rc stranger(const struct input *in, struct err *err);

#endif
