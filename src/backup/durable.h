/*
 * durable.h - files that are there whole, or not at all, whenever the power goes.
 *
 * What is written goes to a file beside it (NAME.part), is synced, and takes
 * its name only then; the directory is synced too. A failed sync is a failed
 * write, and is never tried again.
 */
#ifndef MUSTER_BACKUP_DURABLE_H
#define MUSTER_BACKUP_DURABLE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/err.h"

#define DURABLE_PART ".part"

/* A file in the making. */
struct durable {
    FILE *file;
    const char *path, *part;
};

/* Opens NAME.part anew, with that mode. What fails is RC_STORE with a sentence. */
MUST_CHECK enum rc durable_begin(struct arena *a, const char *path, mode_t mode,
                                 struct durable *out, struct err *err);
MUST_CHECK enum rc durable_add(struct durable *d, const void *bytes, size_t len, struct err *err);
/* It takes its name, in place of what had it. After any failure the part is gone. */
MUST_CHECK enum rc durable_end(struct durable *d, struct err *err);
void durable_drop(struct durable *d); /* of one that was ended, nothing */

/* All of that at once. */
MUST_CHECK enum rc durable_write(const char *path, mode_t mode, const void *bytes, size_t len,
                                 struct err *err);

/* Rename, and sync the directory of the new name. */
MUST_CHECK enum rc durable_rename(const char *from, const char *to, struct err *err);

/*
 * Sync the directory that names it, as far as one may: where a directory may be
 * entered and not listed, it cannot be synced by those who may not list it.
 */
MUST_CHECK enum rc durable_name(const char *path, struct err *err);

/* Sync what a directory names; and what a file holds. */
MUST_CHECK enum rc durable_folder(const char *path, struct err *err);
MUST_CHECK enum rc durable_sync(const char *path, struct err *err);

/* RC_ABSENT when there is none, RC_INPUT when it is longer than `most`. */
MUST_CHECK enum rc durable_read(struct arena *a, const char *path, size_t most, const char **bytes,
                                size_t *len, struct err *err);

/* RC_ABSENT: there is nothing of that name; RC_STORE: that cannot be told. */
MUST_CHECK enum rc durable_look(const char *path, struct err *err);

/* True also where that cannot be told: nothing is made in place of what may be there. */
bool durable_there(const char *path);

#endif
