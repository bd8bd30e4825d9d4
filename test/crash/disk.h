/*
 * disk.h - a disk that loses its power, for SQLite to stand on.
 *
 * An SQLite VFS in memory. Every file has what is durable and the writes that
 * were not synced yet; a file's name in its directory is durable only after
 * the directory was synced. When the power goes, of each unsynced write the
 * whole, nothing, the first sectors, or a garbled sector arrives, as the seed
 * says. Becomes the process's default VFS, so the store under test is the one
 * that ships, without a hook in it.
 */
#ifndef MUSTER_TEST_DISK_H
#define MUSTER_TEST_DISK_H

#include <stdbool.h>
#include <stdint.h>

struct disk_faults {
    uint64_t cut_at;  /* the power goes at this write, sync, truncation or deletion; 0: never */
    uint64_t fail_at; /* this one, reads counted too, fails; 0: none */
    bool fail_on;     /* and all after it */
    int code;         /* what a failing write says, SQLITE_FULL or SQLITE_IOERR_WRITE */
    bool lies;        /* a sync says yes and does nothing: the negative control */
    bool unshared;    /* no shared memory: SQLite falls back to its rollback journal */
};

void disk_register(void);

/* An empty disk, powered, without faults. */
void disk_new(uint64_t seed);

/* From now on. Counting starts at 1. */
void disk_arm(struct disk_faults faults);

bool disk_dead(void);       /* the power is gone */
uint64_t disk_count(void);  /* operations since disk_arm, reads included if fail_at is set */
bool disk_failed(void);     /* an operation was made to fail since disk_arm */
void disk_power_back(void); /* after everything was closed: what arrived is there, no faults */
void disk_free(void);       /* all memory */

#endif
