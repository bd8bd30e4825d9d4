/*
 * disk.h - a disk that fails, for the store and for our own files to stand on.
 *
 * In memory. Every file has what is durable and the writes that were not synced
 * yet; a name in a directory is durable only after the directory was synced.
 * When the power goes, of each unsynced write the whole, nothing, the first
 * sectors, or a garbled sector arrives, and of the unsynced names some changes
 * or the first few, as the seed says. When only the process dies, everything is
 * there that it had written. A sync that failed may have forgotten what it was
 * to write: it is there to be read, and gone with the power.
 *
 * SQLite stands on it through a VFS, which becomes the process's default; our
 * own files (backup/durable.h, base/aside.h) through the linker: the programs
 * in test/crash are linked so that what the product calls as open(), rename()
 * and so on comes here first (disk_libc.c). A path that does not begin with
 * '/' is on this disk while it is mounted. What is under test is what ships,
 * without a hook in it.
 */
#ifndef MUSTER_TEST_DISK_H
#define MUSTER_TEST_DISK_H

#include <stdbool.h>
#include <stdint.h>

/* What can fail: bits, for disk_faults.only. */
enum disk_op {
    DISK_OPEN = 1,  /* open what is there; make shared memory */
    DISK_READ = 2,  /* read, list a directory */
    DISK_LOOK = 4,  /* stat, access */
    DISK_WRITE = 8, /* write, truncate, set a mode */
    DISK_SYNC = 16,
    DISK_NAME = 32, /* make, rename, delete */
    DISK_LOCK = 64,
};

struct disk_faults {
    uint64_t cut_at;  /* the power goes at this write, sync or change of a name; 0: never */
    uint64_t kill_at; /* there the process dies; the disk does not */
    uint64_t fail_at; /* this one, reads and looks counted too, fails; 0: none */
    bool fail_on;     /* and all after it */
    unsigned only;    /* bits of enum disk_op: others are not counted for fail_at; 0: all are */
    int code;         /* what a failing write says, SQLITE_FULL or SQLITE_IOERR_WRITE */
    int error;        /* what our own calls say, EIO if 0, ENOSPC if 0 and code is SQLITE_FULL */
    bool partly;      /* of our own calls, that one does not fail: it takes or gives a part */
    bool lies;        /* a sync says yes and does nothing: a negative control */
    bool unshared;    /* no shared memory: SQLite falls back to its rollback journal */
    int64_t room;     /* bytes that all files together may have; 0: no limit */
};

void disk_register(void);

/* Whether paths of our own calls that do not begin with '/' are on it. It begins unmounted. */
void disk_mount(bool mounted);

/* An empty disk, powered, without faults. */
void disk_new(uint64_t seed);

/* All that is there, durably: to be laid back onto a new disk, again and again. */
void disk_save(void);
void disk_load(uint64_t seed);

/* From now on. Counting starts at 1. */
void disk_arm(struct disk_faults faults);

bool disk_dead(void);       /* the power is gone, or the process */
bool disk_was_cut(void);    /* the power */
void disk_cut(void);        /* the power goes now */
void disk_kill(void);       /* the process dies now */
uint64_t disk_count(void);  /* operations since disk_arm, reads included if fail_at is set */
bool disk_failed(void);     /* an operation was made to fail since disk_arm */
void disk_power_back(void); /* after everything was closed: what arrived is there, no faults */
void disk_free(void);       /* all memory */

/* What an onlooker asks, at no cost and without faults. */
int64_t disk_length(const char *path); /* -1: there is none */
const uint8_t *disk_bytes(const char *path);
void disk_flip(const char *path, int64_t byte, uint8_t mask); /* rot, on the platter */
/* The n-th name there is, from 0; NULL: there are fewer. Borrowed until a name changes. */
const char *disk_name(int n);
int disk_open_files(void); /* of our own calls, that were not closed */

#endif
