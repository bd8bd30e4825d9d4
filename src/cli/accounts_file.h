/* accounts_file.h - which file has the accounts of a store. */
#ifndef MUSTER_CLI_ACCOUNTS_FILE_H
#define MUSTER_CLI_ACCOUNTS_FILE_H

#include "cli/cmd.h"

/* The option of every verb that needs them. */
#define ACCOUNTS_OPT(args)                                                                         \
    {                                                                                              \
        "accounts", INTO(args, accounts),                                                          \
            .arg = "FILE", .env = "MUSTER_ACCOUNTS",                                               \
            .help = "where users are kept (else: the store's file with .accounts behind it)"       \
    }

/* The file as given, else the one beside the store; RC_INPUT when the store is no file. */
MUST_CHECK enum rc accounts_file(const struct context *ctx, const char *given, const char **out,
                                 struct err *err);

#endif
