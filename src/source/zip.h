/*
 * zip.h - parts of an archive that is in memory, one open at a time.
 *
 * For xlsx.c, which reads part after part without ever holding one whole;
 * everybody else uses zip_read of table.h.
 */
#ifndef MUSTER_SOURCE_ZIP_H
#define MUSTER_SOURCE_ZIP_H

#include "source/table.h"

struct zip;

/*
 * The archive's directory, checked: RC_INPUT when it is cut short, names a
 * part twice, is encrypted, or has a part that breaks a limit of table.h. The
 * bytes are borrowed until zip_close.
 */
MUST_CHECK enum rc zip_open(struct arena *a, const void *bytes, size_t len, struct zip **out,
                            struct err *err);
void zip_close(struct zip *z); /* NULL is fine */

/* Whether there is a part of that name; letter case is ignored if it must be. */
bool zip_has(const struct zip *z, const char *name);

/* Begin a part; *size is what it says it unpacks to. RC_ABSENT when it is not there. */
MUST_CHECK enum rc zip_part_open(struct zip *z, const char *name, size_t *size, struct err *err);

/* At most len bytes; *got is 0 at the end, and then the checksum was right. */
MUST_CHECK enum rc zip_part_read(struct zip *z, void *out, size_t len, size_t *got,
                                 struct err *err);

/* End the part, wherever it stands. */
void zip_part_close(struct zip *z);

#endif
