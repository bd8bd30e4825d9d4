/*
 * secret.h - a password from whoever types it, or from a pipe.
 *
 * Never from an argument: those are seen by everybody on the machine.
 */
#ifndef MUSTER_CLI_SECRET_H
#define MUSTER_CLI_SECRET_H

#include "cli/cmd.h"

enum { SECRET_ROOM = 1024 + 2 }; /* a password that is one byte too long can be told from none */

/*
 * One line of standard input, without its end; at a terminal asked for twice and
 * not shown. Whoever calls overwrites `out` when it was used. RC_INPUT when there
 * is none, the two differ, or there is a NUL in it.
 */
MUST_CHECK enum rc secret_read(struct context *ctx, const char *prompt, char out[SECRET_ROOM],
                               struct err *err);

#endif
