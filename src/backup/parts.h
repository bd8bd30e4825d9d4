/* parts.h - the files of a backup: their names, and which follows which. */
#ifndef MUSTER_BACKUP_PARTS_H
#define MUSTER_BACKUP_PARTS_H

#include "backup/backup.h"

/* "document HASH": it is here, and the record on the next line names it. */
#define BACKUP_DOCUMENT "document "
/* "also HASH": it is here, and no record of this part names it: it belongs to the next commit. */
#define BACKUP_ALSO "also "

struct part {
    uint64_t first, last;
    const char *path;
};

struct parts {
    struct part *list;
    uint32_t count, room;
};

const char *part_path(struct arena *a, const char *dir, uint64_t first, uint64_t last);
const char *evidence_path(struct arena *a, const char *dir, const uint8_t hash[SHA_BYTES]);

/* All of them, each where the one before ends. RC_STORE when one is missing or there twice. */
MUST_CHECK enum rc parts_list(struct arena *a, const char *dir, struct parts *out, struct err *err);

/* What was begun and never ended: away with it. */
void parts_clean(const char *dir);

#endif
