/*
 * kept.h - what was last saved of a store: its backup, noted where both can see it.
 *
 * STORE.backup beside the store and backup.txt in the backup say the same: a
 * member a line, to be read by people and by 'muster doctor'.
 */
#ifndef MUSTER_CLI_KEPT_H
#define MUSTER_CLI_KEPT_H

#include "cli/cmd.h"

#define KEPT_IN_BACKUP "backup.txt"

struct kept {
    int64_t at_ms;
    const char *dir;  /* where it is, with its whole path */
    uint64_t records; /* how far it reaches */
    const char *root; /* in hexadecimal */
    bool restored;    /* it was restored to see whether it can be */
};

MUST_CHECK enum rc kept_write(const char *path, const struct kept *k, struct err *err);
/* RC_ABSENT when there is none, RC_INPUT when it is something else. */
MUST_CHECK enum rc kept_read(struct arena *a, const char *path, struct kept *out, struct err *err);

#endif
