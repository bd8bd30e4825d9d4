/*
 * disk_inside.h - the disk as its two doors see it: SQLite's (disk_sqlite.c)
 * and our own calls' (disk_libc.c). disk.c says what is kept and what is lost.
 */
#ifndef MUSTER_TEST_DISK_INSIDE_H
#define MUSTER_TEST_DISK_INSIDE_H

#include <stddef.h>

#include "disk.h"

enum { DISK_PATH = 160, DISK_SECTOR = 512, DISK_REGIONS = 8 };

struct bytes {
    uint8_t *at;
    int64_t len, room;
};

struct inode {
    int number, refs; /* refs: names, now or for good, changes, and who has it open */
    bool folder;
    unsigned mode;
    struct bytes now, durable;
    struct write *writes; /* that were not synced */
    int count, room;
    void *regions[DISK_REGIONS]; /* shared memory of the write-ahead log's index */
    bool locked;                 /* by flock */
    char path[DISK_PATH];        /* that it was made under */
};

/* What becomes of an operation. */
enum fate {
    FATE_GO,
    FATE_GONE,  /* there is no power, or no process, any more */
    FATE_DYING, /* they go at this very operation: it may have been done */
    FATE_FAIL,
};
/* `what` and `path` are for who follows a seed: MUSTER_DISK=1 prints every operation. */
enum fate disk_tick(enum disk_op op, const char *what, const char *path);

const struct disk_faults *disk_faulty(void);
uint32_t disk_random(uint32_t below);
bool disk_mounted(void);
int disk_device(void); /* what the device promises: SQLite's flags */

/* The file or folder of that name, or NULL. "." is a folder that is always there. */
struct inode *disk_find(const char *path);
/* A new one, in place of what had the name. NULL: its folder is not there. */
struct inode *disk_make(const char *path, bool folder);
void disk_unlink(const char *path);
void disk_rename(const char *from, const char *to);
void disk_sync_folder(const char *path);

/* The n-th name in that folder, from 0, without the folder; NULL: there are fewer. */
const char *disk_child(const char *folder, int n);

void disk_hold(struct inode *f);
void disk_let(struct inode *f);

bool disk_has_room(const struct inode *f, int64_t end);
void disk_write(struct inode *f, int64_t offset, const void *bytes, int32_t len);
void disk_truncate(struct inode *f, int64_t size);
void disk_sync(struct inode *f);
void disk_forget(struct inode *f); /* a sync that failed */
void disk_reread(struct inode *f); /* what is in memory only because nobody looked again is gone */

/* Of our own calls' files and streams: as the end of a process closes them. */
void disk_close_all(void);

/* The disk's own memory is never refused (memory.h). */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void __real_free(void *block);

#endif
