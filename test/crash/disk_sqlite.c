/*
 * disk_sqlite.c - the disk of disk.h as a VFS of SQLite's. Whoever opens a file
 * is told apart from others that have it open, as processes are: locks are
 * given where they are free. Nobody waits: time does not pass here.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "disk_inside.h"

struct handle {
    sqlite3_file base;
    struct inode *file;
    char path[DISK_PATH];
    int flags, level;      /* level: of SQLite's lock on the file */
    unsigned shares, owns; /* locks of the shared memory, by bit */
    struct handle *next;   /* that is open */
    bool folder_unsynced;  /* as on Unix: the first sync of a journal syncs its directory too */
};

static struct handle *handles;

static struct inode *of(sqlite3_file *base)
{
    return ((struct handle *)base)->file;
}

static int on_close(sqlite3_file *base)
{
    struct handle *h = (struct handle *)base;
    struct handle **at = &handles;
    while (*at != h) at = &(*at)->next;
    *at = h->next;
    if (h->flags & SQLITE_OPEN_DELETEONCLOSE) disk_unlink(h->path);
    disk_let(h->file);
    return SQLITE_OK;
}

static int on_read(sqlite3_file *base, void *to, int len, sqlite3_int64 offset)
{
    const struct inode *f = of(base);
    if (disk_tick(DISK_READ, "read", f->path)) return SQLITE_IOERR_READ;
    int64_t there = f->now.len - offset;
    there = there < 0 ? 0 : there > len ? len : there;
    if (there) memcpy(to, f->now.at + offset, (size_t)there);
    if (there == len) return SQLITE_OK;
    memset((char *)to + there, 0, (size_t)(len - there));
    return SQLITE_IOERR_SHORT_READ;
}

/* Some of it; for all that anybody knows, all of it. */
static void write_some(struct inode *f, sqlite3_int64 offset, const void *bytes, int len)
{
    int part = (int)disk_random((uint32_t)len / DISK_SECTOR + 1) * DISK_SECTOR;
    if (disk_random(2)) part = len;
    if (part) disk_write(f, offset, bytes, part < len ? part : len);
}

static int on_write(sqlite3_file *base, const void *bytes, int len, sqlite3_int64 offset)
{
    struct inode *f = of(base);
    int code = disk_faulty()->code ? disk_faulty()->code : SQLITE_IOERR_WRITE;
    switch (disk_tick(DISK_WRITE, "write", f->path)) {
    case FATE_GO: break;
    case FATE_GONE: return SQLITE_IOERR_WRITE;
    case FATE_DYING: write_some(f, offset, bytes, len); return SQLITE_IOERR_WRITE;
    case FATE_FAIL: write_some(f, offset, bytes, len); return code;
    }
    if (!disk_has_room(f, offset + len)) return SQLITE_FULL;
    disk_write(f, offset, bytes, len);
    return SQLITE_OK;
}

static int on_truncate(sqlite3_file *base, sqlite3_int64 size)
{
    struct inode *f = of(base);
    if (disk_tick(DISK_WRITE, "cut off", f->path)) return SQLITE_IOERR_TRUNCATE;
    disk_truncate(f, size);
    return SQLITE_OK;
}

static void sync_folder_of(const char *path)
{
    char folder[DISK_PATH];
    const char *slash = strrchr(path, '/');
    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) : 1, slash ? path : ".");
    disk_sync_folder(folder);
}

static int on_sync(sqlite3_file *base, int flags)
{
    struct handle *h = (struct handle *)base;
    enum fate fate = disk_tick(DISK_SYNC, "sync", h->path);
    (void)flags;
    if (fate == FATE_FAIL) disk_forget(h->file);
    if (fate) return SQLITE_IOERR_FSYNC;
    disk_sync(h->file);
    if (h->folder_unsynced) sync_folder_of(h->path);
    h->folder_unsynced = false;
    return SQLITE_OK;
}

static int on_size(sqlite3_file *base, sqlite3_int64 *size)
{
    const struct inode *f = of(base);
    *size = f->now.len;
    return disk_tick(DISK_LOOK, "size", f->path) ? SQLITE_IOERR_FSTAT : SQLITE_OK;
}

/* --- locks on the file --- */

/* The highest lock that somebody else has. */
static int level_of_others(const struct handle *h)
{
    int level = SQLITE_LOCK_NONE;
    for (const struct handle *o = handles; o; o = o->next) {
        if (o != h && o->file == h->file && o->level > level) level = o->level;
    }
    return level;
}

static int on_lock(sqlite3_file *base, int level)
{
    struct handle *h = (struct handle *)base;
    int others = level_of_others(h);
    if (h->level >= level) return SQLITE_OK;
    if (level == SQLITE_LOCK_SHARED && others >= SQLITE_LOCK_PENDING) return SQLITE_BUSY;
    if (level > SQLITE_LOCK_SHARED && others >= SQLITE_LOCK_RESERVED) return SQLITE_BUSY;
    if (level == SQLITE_LOCK_EXCLUSIVE && others > SQLITE_LOCK_NONE) {
        h->level = SQLITE_LOCK_PENDING; /* nobody new comes in, and those that are in go */
        return SQLITE_BUSY;
    }
    h->level = level;
    return SQLITE_OK;
}

static int on_unlock(sqlite3_file *base, int level)
{
    struct handle *h = (struct handle *)base;
    if (h->level > level) h->level = level;
    return SQLITE_OK;
}

static int on_reserved(sqlite3_file *base, int *out)
{
    const struct handle *h = (const struct handle *)base;
    *out = h->level >= SQLITE_LOCK_RESERVED || level_of_others(h) >= SQLITE_LOCK_RESERVED;
    return SQLITE_OK;
}

/* Whether another file, or none, has the name by now. */
static int on_control(sqlite3_file *base, int op, void *arg)
{
    struct handle *h = (struct handle *)base;
    if (op != SQLITE_FCNTL_HAS_MOVED) return SQLITE_NOTFOUND;
    *(int *)arg = disk_find(h->path) != h->file;
    return SQLITE_OK;
}

static int on_sector(sqlite3_file *base)
{
    (void)base;
    return DISK_SECTOR;
}

/* No atomic writes, no order; at most that an overwritten byte's neighbours stay. */
static int on_device(sqlite3_file *base)
{
    (void)base;
    return disk_device();
}

static int on_map(sqlite3_file *base, int region, int size, int extend, void volatile **out)
{
    struct inode *f = of(base);
    *out = NULL;
    if (disk_tick(DISK_OPEN, "map", f->path)) return SQLITE_IOERR_SHMMAP;
    if (region >= DISK_REGIONS) return SQLITE_IOERR_SHMSIZE;
    if (!f->regions[region] && extend) f->regions[region] = __real_calloc(1, (size_t)size);
    *out = f->regions[region];
    return SQLITE_OK;
}

static int on_map_lock(sqlite3_file *base, int offset, int count, int flags)
{
    struct handle *h = (struct handle *)base;
    unsigned mask = ((1u << count) - 1) << offset;
    bool alone = flags & SQLITE_SHM_EXCLUSIVE;
    if (flags & SQLITE_SHM_UNLOCK) {
        h->shares &= ~mask;
        h->owns &= ~mask;
        return SQLITE_OK;
    }
    for (const struct handle *o = handles; o; o = o->next) {
        if (o == h || o->file != h->file) continue;
        if (mask & (alone ? o->shares | o->owns : o->owns)) return SQLITE_BUSY;
    }
    if (alone)
        h->owns |= mask;
    else
        h->shares |= mask;
    return SQLITE_OK;
}

static void on_barrier(sqlite3_file *base)
{
    (void)base;
}

static int on_unmap(sqlite3_file *base, int remove)
{
    struct handle *h = (struct handle *)base;
    struct inode *f = of(base);
    h->shares = h->owns = 0;
    for (int i = 0; i < DISK_REGIONS && remove; i++) {
        __real_free(f->regions[i]);
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
    .xUnlock = on_unlock,
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
    static unsigned temps;
    struct handle *h = (struct handle *)base;
    char temp[DISK_PATH];
    (void)vfs;
    *h = (struct handle){.flags = flags};
    if (!name) {
        snprintf(temp, sizeof temp, "temp-%u", temps++);
        name = temp;
    }
    snprintf(h->path, sizeof h->path, "%s", name);
    h->file = disk_find(name);
    if (h->file && h->file->folder) return SQLITE_CANTOPEN;
    if (!h->file && !(flags & SQLITE_OPEN_CREATE)) return SQLITE_CANTOPEN;
    if (disk_tick(h->file ? DISK_OPEN : DISK_NAME, h->file ? "open" : "make", name)) {
        return SQLITE_CANTOPEN;
    }
    if (!h->file) h->file = disk_make(name, false);
    /* As Unix has it: of each that may have made the file, also where another one did. */
    h->folder_unsynced =
        flags & SQLITE_OPEN_CREATE && flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL);
    if (!h->file) return SQLITE_CANTOPEN;
    disk_hold(h->file);
    h->next = handles;
    handles = h;
    h->base.pMethods = disk_faulty()->unshared ? &unshared : &shared;
    if (out) *out = flags;
    return SQLITE_OK;
}

static int on_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs;
    enum fate fate = disk_tick(DISK_NAME, "delete", name);
    if (fate == FATE_GONE || fate == FATE_FAIL) return SQLITE_IOERR_DELETE;
    if (!disk_find(name)) return SQLITE_IOERR_DELETE_NOENT;
    if (!fate || disk_random(2)) disk_unlink(name);
    if (fate) return SQLITE_IOERR_DELETE;
    if (sync) sync_folder_of(name);
    return SQLITE_OK;
}

static int on_access(sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
    (void)vfs, (void)flags;
    const struct inode *f = disk_find(name);
    *out = f && f->now.len > 0;
    return disk_tick(DISK_LOOK, "look for", name) ? SQLITE_IOERR_ACCESS : SQLITE_OK;
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
    for (int i = 0; i < count; i++) out[i] = (char)disk_random(256);
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
        .mxPathname = DISK_PATH - 8,
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
