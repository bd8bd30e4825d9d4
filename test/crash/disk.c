/* disk.c - see disk.h. Tests have one thread, so the disk is the file's own static state. */
#include "disk.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "seed.h"

enum { FILES = 16, NAME = 120, SECTOR = 512, REGIONS = 8 };

struct bytes {
    uint8_t *at;
    int64_t len, room;
};

struct write {
    int64_t offset;
    int32_t len; /* below 0: the file is cut off at offset */
    uint8_t *bytes;
};

struct file {
    char name[NAME];
    bool used, here, linked; /* here: now; linked: its name is durable */
    struct bytes now, durable;
    struct bytes old; /* durable under this name, while its deletion and the new file are not */
    bool replaced;
    struct write *writes;
    int count, room;
    void *regions[REGIONS]; /* shared memory of the write-ahead log's index */
};

static struct {
    struct file files[FILES];
    struct disk_faults faults;
    uint64_t count;
    bool dead, failed;
    unsigned temps;
    struct rng rng;
} disk;

/* --- bytes --- */

static void bytes_put(struct bytes *b, int64_t offset, const void *bytes, int64_t len)
{
    if (offset + len > b->room) {
        b->room = (offset + len) * 2 + 4096;
        b->at = realloc(b->at, (size_t)b->room);
        if (!b->at) abort();
    }
    if (offset > b->len) memset(b->at + b->len, 0, (size_t)(offset - b->len));
    if (len) memcpy(b->at + offset, bytes, (size_t)len);
    if (offset + len > b->len) b->len = offset + len;
}

static void forget_writes(struct file *f)
{
    for (int i = 0; i < f->count; i++) free(f->writes[i].bytes);
    f->count = 0;
}

static void file_free(struct file *f)
{
    forget_writes(f);
    free(f->writes);
    free(f->now.at);
    free(f->durable.at);
    free(f->old.at);
    for (int i = 0; i < REGIONS; i++) free(f->regions[i]);
    *f = (struct file){.used = false};
}

static struct file *file_find(const char *name, bool make)
{
    struct file *room = NULL;
    for (int i = 0; i < FILES; i++) {
        struct file *f = &disk.files[i];
        if (f->used && strcmp(f->name, name) == 0) {
            if (!f->here && !make) return NULL;
            return f;
        }
        if (!f->used && !room) room = f;
    }
    if (!make) return NULL;
    assert(room);
    room->used = true;
    snprintf(room->name, NAME, "%s", name);
    return room;
}

static void remember(struct file *f, int64_t offset, const void *bytes, int32_t len)
{
    if (f->count == f->room) {
        f->room = f->room * 2 + 16;
        f->writes = realloc(f->writes, (size_t)f->room * sizeof *f->writes);
        if (!f->writes) abort();
    }
    struct write *w = &f->writes[f->count++];
    *w = (struct write){.offset = offset, .len = len};
    if (len <= 0) return;
    w->bytes = malloc((size_t)len);
    if (!w->bytes) abort();
    memcpy(w->bytes, bytes, (size_t)len);
}

static void arrive(struct file *f, const struct write *w, int32_t len)
{
    if (w->len < 0) {
        if (w->offset < f->durable.len) f->durable.len = w->offset;
    } else {
        bytes_put(&f->durable, w->offset, w->bytes, len);
    }
}

/* Every name in the directory is as it is now, for good. */
static void sync_directory(void)
{
    for (int i = 0; i < FILES; i++) {
        struct file *f = &disk.files[i];
        if (!f->used) continue;
        f->linked = f->here;
        f->replaced = false;
        if (!f->here) file_free(f);
    }
}

/* --- the power goes --- */

static void lose_writes(struct file *f)
{
    bool in_order = rng_one_in(&disk.rng, 4); /* some disks write in order and just stop */
    int stop = (int)rng_below(&disk.rng, (uint32_t)f->count + 1);
    for (int i = 0; i < f->count; i++) {
        struct write *w = &f->writes[i];
        uint32_t fate = in_order ? (i < stop ? 0 : 1) : rng_below(&disk.rng, 4);
        uint32_t sectors = w->len > 0 ? (uint32_t)w->len / SECTOR + 1 : 1;
        int32_t part = (int32_t)(rng_below(&disk.rng, sectors) * SECTOR);
        if (fate == 1) continue;
        if (fate == 3 && w->len > 0) { /* a sector that was being written */
            for (int32_t k = part; k < part + SECTOR && k < w->len; k++) {
                w->bytes[k] = (uint8_t)rng_next(&disk.rng);
            }
        }
        arrive(f, w, fate == 2 && w->len > 0 ? part : w->len);
    }
    forget_writes(f);
}

void disk_power_back(void)
{
    bool power_was_lost = disk.dead;
    for (int i = 0; i < FILES; i++) {
        struct file *f = &disk.files[i];
        for (int k = 0; k < REGIONS; k++) {
            free(f->regions[k]);
            f->regions[k] = NULL;
        }
        if (!f->used || !power_was_lost) continue;
        if (f->replaced && rng_one_in(&disk.rng, 2)) { /* the old file is back, as it was */
            forget_writes(f);
            f->durable.len = 0;
            bytes_put(&f->durable, 0, f->old.at, f->old.len);
            f->here = true;
        }
        f->replaced = false;
        lose_writes(f);
        /* A name that was not synced, new or deleted, may be either way. */
        if (f->here != f->linked && rng_one_in(&disk.rng, 2)) f->here = f->linked;
        if (!f->here) {
            file_free(f);
            continue;
        }
        f->linked = true;
        f->now.len = 0;
        bytes_put(&f->now, 0, f->durable.at, f->durable.len);
    }
    disk.dead = false;
    disk_arm((struct disk_faults){.unshared = disk.faults.unshared});
}

/* Count an operation: 0 go on, 1 the power is gone, 2 it fails. */
static int tick(bool reading)
{
    if (disk.dead) return 1;
    if (reading && !disk.faults.fail_at) return 0;
    disk.count++;
    if (disk.faults.cut_at && disk.count == disk.faults.cut_at) {
        disk.dead = true;
        return 1;
    }
    bool hit =
        disk.faults.fail_on ? disk.count >= disk.faults.fail_at : disk.count == disk.faults.fail_at;
    if (!disk.faults.fail_at || !hit) return 0;
    disk.failed = true;
    return 2;
}

/* --- what SQLite calls --- */

struct handle {
    sqlite3_file base;
    struct file *file;
    int flags;
};

static struct file *of(sqlite3_file *base)
{
    return ((struct handle *)base)->file;
}

static int on_close(sqlite3_file *base)
{
    struct handle *h = (struct handle *)base;
    if (h->flags & SQLITE_OPEN_DELETEONCLOSE) file_free(h->file);
    return SQLITE_OK;
}

static int on_read(sqlite3_file *base, void *to, int len, sqlite3_int64 offset)
{
    const struct file *f = of(base);
    if (tick(true)) return SQLITE_IOERR_READ;
    int64_t there = f->now.len - offset;
    there = there < 0 ? 0 : there > len ? len : there;
    if (there) memcpy(to, f->now.at + offset, (size_t)there);
    if (there == len) return SQLITE_OK;
    memset((char *)to + there, 0, (size_t)(len - there));
    return SQLITE_IOERR_SHORT_READ;
}

static int on_write(sqlite3_file *base, const void *bytes, int len, sqlite3_int64 offset)
{
    struct file *f = of(base);
    bool was_dead = disk.dead;
    int fate = tick(false);
    if (fate == 2) return disk.faults.code ? disk.faults.code : SQLITE_IOERR_WRITE;
    if (!was_dead) { /* also the write during which the power goes */
        bytes_put(&f->now, offset, bytes, len);
        remember(f, offset, bytes, len);
    }
    return fate ? SQLITE_IOERR_WRITE : SQLITE_OK;
}

static int on_truncate(sqlite3_file *base, sqlite3_int64 size)
{
    struct file *f = of(base);
    if (tick(false)) return SQLITE_IOERR_TRUNCATE;
    if (size < f->now.len) f->now.len = size;
    remember(f, size, NULL, -1);
    return SQLITE_OK;
}

static int on_sync(sqlite3_file *base, int flags)
{
    struct handle *h = (struct handle *)base;
    (void)flags;
    if (tick(false)) return SQLITE_IOERR_FSYNC;
    if (disk.faults.lies) return SQLITE_OK;
    for (int i = 0; i < h->file->count; i++)
        arrive(h->file, &h->file->writes[i], h->file->writes[i].len);
    forget_writes(h->file);
    /* As on Unix: the first sync of a new journal syncs its directory too. */
    if (h->flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL)) sync_directory();
    return SQLITE_OK;
}

static int on_size(sqlite3_file *base, sqlite3_int64 *size)
{
    *size = of(base)->now.len;
    return SQLITE_OK;
}

static int on_lock(sqlite3_file *base, int level)
{
    (void)base, (void)level;
    return SQLITE_OK;
}

static int on_reserved(sqlite3_file *base, int *out)
{
    (void)base;
    *out = 0;
    return SQLITE_OK;
}

static int on_control(sqlite3_file *base, int op, void *arg)
{
    (void)base, (void)op, (void)arg;
    return SQLITE_NOTFOUND;
}

static int on_sector(sqlite3_file *base)
{
    (void)base;
    return SECTOR;
}

static int on_device(sqlite3_file *base)
{
    (void)base;
    return 0; /* promises nothing: no atomic writes, no power-safe overwrite */
}

static int on_map(sqlite3_file *base, int region, int size, int extend, void volatile **out)
{
    struct file *f = of(base);
    *out = NULL;
    if (tick(true)) return SQLITE_IOERR_SHMMAP;
    if (region >= REGIONS) return SQLITE_IOERR_SHMSIZE;
    if (!f->regions[region] && extend) f->regions[region] = calloc(1, (size_t)size);
    *out = f->regions[region];
    return SQLITE_OK;
}

static int on_map_lock(sqlite3_file *base, int offset, int count, int flags)
{
    (void)base, (void)offset, (void)count, (void)flags;
    return SQLITE_OK;
}

static void on_barrier(sqlite3_file *base)
{
    (void)base;
}

static int on_unmap(sqlite3_file *base, int remove)
{
    struct file *f = of(base);
    for (int i = 0; i < REGIONS && remove; i++) {
        free(f->regions[i]);
        f->regions[i] = NULL;
    }
    return SQLITE_OK;
}

static const sqlite3_io_methods shared = {
    .iVersion = 2,
    .xClose = on_close,
    .xRead = on_read,
    .xWrite = on_write,
    .xTruncate = on_truncate,
    .xSync = on_sync,
    .xFileSize = on_size,
    .xLock = on_lock,
    .xUnlock = on_lock,
    .xCheckReservedLock = on_reserved,
    .xFileControl = on_control,
    .xSectorSize = on_sector,
    .xDeviceCharacteristics = on_device,
    .xShmMap = on_map,
    .xShmLock = on_map_lock,
    .xShmBarrier = on_barrier,
    .xShmUnmap = on_unmap,
};
static sqlite3_io_methods unshared;

static int on_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *out)
{
    struct handle *h = (struct handle *)base;
    char temp[NAME];
    (void)vfs;
    *h = (struct handle){.flags = flags};
    if (tick(true)) return SQLITE_CANTOPEN;
    if (!name) {
        snprintf(temp, sizeof temp, "temp-%u", disk.temps++);
        name = temp;
    }
    if (!(flags & SQLITE_OPEN_CREATE) && !file_find(name, false)) return SQLITE_CANTOPEN;
    h->file = file_find(name, true);
    if (!h->file->here) { /* a new file, also where an old one of that name is not gone for good */
        struct file *f = h->file;
        forget_writes(f);
        if (f->linked && !f->replaced) {
            f->old.len = 0;
            bytes_put(&f->old, 0, f->durable.at, f->durable.len);
            f->replaced = true;
        }
        f->here = true;
        f->now.len = f->durable.len = 0;
    }
    h->base.pMethods = disk.faults.unshared ? &unshared : &shared;
    if (out) *out = flags;
    return SQLITE_OK;
}

static int on_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs;
    if (tick(false)) return SQLITE_IOERR_DELETE;
    struct file *f = file_find(name, false);
    if (!f) return SQLITE_IOERR_DELETE_NOENT;
    f->here = false;
    if (sync && !disk.faults.lies) sync_directory();
    return SQLITE_OK;
}

static int on_access(sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
    (void)vfs, (void)flags;
    const struct file *f = file_find(name, false);
    *out = f && f->now.len > 0;
    return SQLITE_OK;
}

static int on_path(sqlite3_vfs *vfs, const char *name, int room, char *out)
{
    (void)vfs;
    snprintf(out, (size_t)room, "%s", name);
    return SQLITE_OK;
}

static int on_random(sqlite3_vfs *vfs, int count, char *out)
{
    (void)vfs;
    for (int i = 0; i < count; i++) out[i] = (char)rng_next(&disk.rng);
    return count;
}

static int on_sleep(sqlite3_vfs *vfs, int microseconds)
{
    (void)vfs;
    return microseconds;
}

static int on_time(sqlite3_vfs *vfs, sqlite3_int64 *out)
{
    (void)vfs;
    *out = INT64_C(212630400000000);
    return SQLITE_OK;
}

void disk_register(void)
{
    static sqlite3_vfs vfs = {
        .iVersion = 2,
        .szOsFile = sizeof(struct handle),
        .mxPathname = NAME - 8,
        .zName = "disk",
        .xOpen = on_open,
        .xDelete = on_delete,
        .xAccess = on_access,
        .xFullPathname = on_path,
        .xRandomness = on_random,
        .xSleep = on_sleep,
        .xCurrentTimeInt64 = on_time,
    };
    unshared = shared;
    unshared.iVersion = 1;
    if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK) abort();
}

void disk_free(void)
{
    for (int i = 0; i < FILES; i++) file_free(&disk.files[i]);
}

void disk_new(uint64_t seed)
{
    disk_free();
    disk.dead = false;
    disk.rng = (struct rng){seed};
    disk_arm((struct disk_faults){.cut_at = 0});
}

void disk_arm(struct disk_faults faults)
{
    disk.faults = faults;
    disk.count = 0;
    disk.failed = false;
}

bool disk_dead(void)
{
    return disk.dead;
}

bool disk_failed(void)
{
    return disk.failed;
}

uint64_t disk_count(void)
{
    return disk.count;
}
