/* beside.h - the files that stand beside a store: accounts, keys, its last checkpoint and backup.
 */
#ifndef MUSTER_CLI_BESIDE_H
#define MUSTER_CLI_BESIDE_H

#include "cli/cmd.h"

/* Where the store's file is; NULL when the store is none. */
const char *store_file(const struct context *ctx);

/*
 * The file as given, else the store's with ".ENDING" behind it; RC_INPUT, which
 * names the option that is missing, when the store is no file.
 */
MUST_CHECK enum rc beside(const struct context *ctx, const char *given, const char *ending,
                          const char *option, const char **out, struct err *err);

#endif
