/*
 * backup.h - a log in a directory, a part more each time.
 *
 *     DIR/log/000000000001-000000004711.log   records 1 to 4711, as text
 *     DIR/log/000000004712-000000004720.log   what came since
 *     DIR/evidence/<SHA-256>                  the bytes of a document
 *     DIR/backup.txt                          when, how far, at which root
 *
 * A part is lines of the exchange file: "muster backup 1", "after N ROOT" with
 * what was there before, records and commits, "end N ROOT"; and "document HASH"
 * in front of a record whose document is here, "also HASH" in front of a commit
 * for what was kept beside. The log only grows,
 * so a part is never touched again; whatever ends a backup in the middle leaves
 * those before as they were. A text and plain files can be read in any year,
 * with or without this program; the roots tell whether a byte of them changed.
 *
 * Any engine's store can be backed up here and brought back into any other's.
 */
#ifndef MUSTER_BACKUP_BACKUP_H
#define MUSTER_BACKUP_BACKUP_H

#include "base/watch.h"
#include "store/store.h"

#define BACKUP_HEADER "muster backup 1\n"
enum { BACKUP_PATH_MAX = 3000 };

/* How far a backup reaches. */
struct backup_end {
    uint64_t last; /* records; 0: it is empty */
    uint8_t root[SHA_BYTES];
};

/* What it was about. */
struct backup_done {
    struct backup_end before, end;
    uint64_t documents; /* evidence that was written now */
};

/* One backup at a time. The lock goes when the process does. */
struct backup_lock {
    int fd;
};

/*
 * The directory, made if it is not there, for its owner alone. RC_RULE when it
 * holds other things, RC_STORE when somebody else writes a backup to it.
 */
MUST_CHECK enum rc backup_open(const char *dir, struct backup_lock *out, struct err *err);
void backup_close(struct backup_lock *l);

/* How far the parts in it say they reach; they are not read. RC_STORE when one is missing. */
MUST_CHECK enum rc backup_end(struct arena *a, const char *dir, struct backup_end *out,
                              struct err *err);

/*
 * Write what the store has more. RC_RULE when the store is not the one that was
 * backed up there, or lost some of it. Others may write to the store meanwhile.
 */
MUST_CHECK enum rc backup_write(struct arena *a, struct store *s, const char *dir,
                                const struct watch *watch, struct backup_done *out,
                                struct err *err);

/* What is read back. */
struct backup_want {
    int64_t until_ms;   /* commits up to that instant; INT64_MAX: all */
    struct store *into; /* empty; NULL: only look */
    bool incomplete;    /* take it though documents are missing or altered */
    const struct watch *watch;
};

struct backup_read {
    struct backup_end end;
    uint64_t commits, documents, absent; /* absent: named by the log, and never here */
    uint64_t lost;                       /* with `incomplete`: missing or altered */
    int64_t last_ms;
    uint64_t later; /* records behind until_ms */
};

/*
 * Read all of it, holding every record against its commit's root and every
 * document against its hash. RC_INPUT names the file and line that does not
 * come out; what is in `into` then is of no use. RC_ABSENT: there is no backup.
 */
MUST_CHECK enum rc backup_read(struct arena *a, const char *dir, const struct backup_want *want,
                               struct backup_read *out, struct err *err);

#endif
