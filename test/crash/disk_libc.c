/*
 * disk_libc.c - the disk of disk.h under our own calls: open(), rename() and so
 * on, which the linker sends here (--wrap, in the Makefile). A stream of stdio's
 * stands on these calls as a real one does, in the real stdio.
 */
#define _GNU_SOURCE /* fopencookie */
#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "disk_inside.h"
#include "memory.h"

enum { FIRST = 1 << 20, OPEN = 48, DEVICE = 77 };

struct opened {
    struct inode *file; /* NULL: free */
    int64_t at;
    bool locked;
    FILE *stream;
    char folder[DISK_PATH]; /* of a directory that is listed */
    int next;               /* name of it */
    struct dirent entry;
};

static struct opened table[OPEN];

/* NAME is what the linker calls when it is called __wrap_NAME; __real_NAME is libc's. */
#define WRAP(type, name, args)                                                                     \
    type __real_##name args;                                                                       \
    type __wrap_##name args;                                                                       \
    type __wrap_##name args

static bool ours(const char *path)
{
    return disk_mounted() && path[0] != '/';
}

static struct opened *opened(int fd)
{
    return fd >= FIRST && fd < FIRST + OPEN ? &table[fd - FIRST] : NULL;
}

static struct opened *streaming(FILE *stream)
{
    for (int i = 0; i < OPEN; i++) {
        if (table[i].file && table[i].stream == stream) return &table[i];
    }
    return NULL;
}

int disk_open_files(void)
{
    int count = 0;
    for (int i = 0; i < OPEN; i++) count += table[i].file != NULL;
    return count;
}

static int failed(int error)
{
    errno = error;
    return -1;
}

/* What a fault says. */
static int fault(void)
{
    const struct disk_faults *f = disk_faulty();
    return failed(f->error ? f->error : f->code == SQLITE_FULL ? ENOSPC : EIO);
}

static int grasp(struct inode *f)
{
    int at = 0;
    while (at < OPEN && table[at].file) at++;
    assert(at < OPEN);
    table[at] = (struct opened){.file = f};
    disk_hold(f);
    return FIRST + at;
}

/* --- files --- */

static int open_here(const char *path, int flags, unsigned mode)
{
    struct inode *f = disk_find(path);
    bool make = !f && flags & O_CREAT;
    if (disk_tick(make ? DISK_NAME : DISK_OPEN, make ? "make" : "open", path)) return fault();
    if (!f && !make) return failed(ENOENT);
    if (f && flags & O_CREAT && flags & O_EXCL) return failed(EEXIST);
    if (f && flags & O_DIRECTORY && !f->folder) return failed(ENOTDIR);
    if (f && f->folder && (flags & O_ACCMODE) != O_RDONLY) return failed(EISDIR);
    if (make) {
        f = disk_make(path, false);
        if (!f) return failed(ENOENT);
        f->mode = mode & 0777;
    }
    if (flags & O_TRUNC && f->now.len) disk_truncate(f, 0);
    int fd = grasp(f);
    if (f->folder) snprintf(opened(fd)->folder, DISK_PATH, "%s", path);
    return fd;
}

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...)
{
    unsigned mode = 0;
    if (flags & O_CREAT) {
        va_list args;
        va_start(args, flags);
        mode = va_arg(args, unsigned);
        va_end(args);
    }
    return ours(path) ? open_here(path, flags, mode) : __real_open(path, flags, mode);
}

WRAP(int, close, (int fd))
{
    struct opened *o = opened(fd);
    if (!o) return __real_close(fd);
    if (o->locked) o->file->locked = false;
    disk_let(o->file);
    *o = (struct opened){.file = NULL};
    return 0;
}

static ssize_t read_here(struct inode *f, void *to, size_t len, int64_t from)
{
    int64_t there = f->now.len - from;
    size_t n = there < 0 ? 0 : (uint64_t)there < len ? (size_t)there : len;
    enum fate fate = disk_tick(DISK_READ, "read", f->path);
    if (f->folder) return failed(EISDIR);
    if (fate && !(fate == FATE_FAIL && disk_faulty()->partly)) return fault();
    if (fate && n > 1) n /= 2;
    if (n) memcpy(to, f->now.at + from, n);
    return (ssize_t)n;
}

WRAP(ssize_t, read, (int fd, void *to, size_t len))
{
    struct opened *o = opened(fd);
    if (!o) return __real_read(fd, to, len);
    ssize_t n = read_here(o->file, to, len, o->at);
    if (n > 0) o->at += n;
    return n;
}

WRAP(ssize_t, pread, (int fd, void *to, size_t len, off_t from))
{
    struct opened *o = opened(fd);
    return o ? read_here(o->file, to, len, from) : __real_pread(fd, to, len, from);
}

WRAP(ssize_t, write, (int fd, const void *bytes, size_t len))
{
    struct opened *o = opened(fd);
    if (!o) return __real_write(fd, bytes, len);
    enum fate fate = disk_tick(DISK_WRITE, "write", o->file->path);
    if (fate == FATE_GONE) return fault();
    if (!fate && !disk_has_room(o->file, o->at + (int64_t)len)) return failed(ENOSPC);
    size_t part = fate ? disk_random((uint32_t)len + 1) : len;
    if (fate == FATE_FAIL && disk_faulty()->partly) {
        part = len > 1 ? len / 2 : len;
        fate = FATE_GO;
    }
    if (part) disk_write(o->file, o->at, bytes, (int32_t)part);
    if (fate) return fault();
    o->at += (int64_t)part;
    return (ssize_t)part;
}

WRAP(int, fsync, (int fd))
{
    struct opened *o = opened(fd);
    if (!o) return __real_fsync(fd);
    enum fate fate = disk_tick(DISK_SYNC, "sync", o->file->path);
    if (fate == FATE_FAIL) disk_forget(o->file);
    if (fate) return fault();
    if (o->file->folder)
        disk_sync_folder(o->folder);
    else
        disk_sync(o->file);
    return 0;
}

WRAP(int, posix_fadvise, (int fd, off_t from, off_t len, int advice))
{
    struct opened *o = opened(fd);
    if (!o) return __real_posix_fadvise(fd, from, len, advice);
    if (advice == POSIX_FADV_DONTNEED) disk_reread(o->file);
    return 0;
}

WRAP(int, ftruncate, (int fd, off_t size))
{
    struct opened *o = opened(fd);
    if (!o) return __real_ftruncate(fd, size);
    if (disk_tick(DISK_WRITE, "cut off", o->file->path)) return fault();
    if (size != o->file->now.len) disk_truncate(o->file, size);
    return 0;
}

WRAP(int, flock, (int fd, int how))
{
    struct opened *o = opened(fd);
    if (!o) return __real_flock(fd, how);
    if (disk_tick(DISK_LOCK, "lock", o->file->path)) return fault();
    if (o->file->locked && !o->locked) return failed(EWOULDBLOCK);
    o->file->locked = o->locked = true;
    return 0;
}

int __real_fcntl(int fd, int how, ...);
int __wrap_fcntl(int fd, int how, ...);
int __wrap_fcntl(int fd, int how, ...)
{
    va_list args;
    va_start(args, how);
    void *arg = va_arg(args, void *);
    va_end(args);
    const struct opened *o = opened(fd);
    if (!o) return __real_fcntl(fd, how, arg);
    return disk_tick(DISK_LOCK, "lock", o->file->path) ? fault() : 0;
}

/* --- what is there --- */

static void describe(const struct inode *f, struct stat *out)
{
    *out = (struct stat){.st_dev = DEVICE,
                         .st_ino = (ino_t)f->number,
                         .st_nlink = 1,
                         .st_uid = getuid(),
                         .st_gid = getgid(),
                         .st_size = (off_t)f->now.len,
                         .st_mode = f->mode | (f->folder ? S_IFDIR : S_IFREG)};
}

static int look(const char *path, struct stat *out)
{
    const struct inode *f = disk_find(path);
    if (disk_tick(DISK_LOOK, "look for", path)) return fault();
    if (!f) return failed(ENOENT);
    describe(f, out);
    return 0;
}

WRAP(int, stat, (const char *restrict path, struct stat *restrict out))
{
    return ours(path) ? look(path, out) : __real_stat(path, out);
}

WRAP(int, lstat, (const char *restrict path, struct stat *restrict out))
{
    return ours(path) ? look(path, out) : __real_lstat(path, out);
}

WRAP(int, fstat, (int fd, struct stat *out))
{
    struct opened *o = opened(fd);
    if (!o) return __real_fstat(fd, out);
    if (disk_tick(DISK_LOOK, "look at", o->file->path)) return fault();
    describe(o->file, out);
    return 0;
}

WRAP(int, access, (const char *path, int how))
{
    struct stat unused;
    return ours(path) ? look(path, &unused) : __real_access(path, how);
}

WRAP(int, fchmod, (int fd, mode_t mode))
{
    struct opened *o = opened(fd);
    if (!o) return __real_fchmod(fd, mode);
    if (disk_tick(DISK_WRITE, "set the mode of", o->file->path)) return fault();
    o->file->mode = mode & 0777;
    return 0;
}

WRAP(int, fchown, (int fd, uid_t uid, gid_t gid))
{
    const struct opened *o = opened(fd);
    if (!o) return __real_fchown(fd, uid, gid);
    return disk_tick(DISK_WRITE, "give away", o->file->path) ? fault() : 0;
}

/* --- names --- */

WRAP(int, rename, (const char *from, const char *to))
{
    if (!ours(from)) return __real_rename(from, to);
    enum fate fate = disk_tick(DISK_NAME, "rename to", to);
    if (fate == FATE_GONE || fate == FATE_FAIL) return fault();
    if (!disk_find(from)) return failed(ENOENT);
    if (!fate || disk_random(2)) disk_rename(from, to);
    return fate ? fault() : 0;
}

static int unlink_here(const char *path)
{
    enum fate fate = disk_tick(DISK_NAME, "delete", path);
    if (fate == FATE_GONE || fate == FATE_FAIL) return fault();
    if (!disk_find(path)) return failed(ENOENT);
    if (!fate || disk_random(2)) disk_unlink(path);
    return fate ? fault() : 0;
}

WRAP(int, unlink, (const char *path))
{
    return ours(path) ? unlink_here(path) : __real_unlink(path);
}

WRAP(int, mkdir, (const char *path, mode_t mode))
{
    if (!ours(path)) return __real_mkdir(path, mode);
    if (disk_find(path)) return failed(EEXIST);
    enum fate fate = disk_tick(DISK_NAME, "make", path);
    if (fate == FATE_GONE || fate == FATE_FAIL) return fault();
    struct inode *f = disk_make(path, true);
    if (!f) return failed(ENOENT);
    f->mode = mode & 0777;
    return fate ? fault() : 0;
}

/* --- directories --- */

/* As a DIR, which nobody looks into. */
static DIR *as_dir(struct opened *o)
{
    return (DIR *)(void *)o;
}

static struct opened *as_opened(DIR *d)
{
    struct opened *o = (struct opened *)(void *)d;
    return o >= table && o < table + OPEN ? o : NULL;
}

WRAP(DIR *, opendir, (const char *path))
{
    if (!ours(path)) return __real_opendir(path);
    if (!memory_granted()) return NULL;
    int fd = open_here(path, O_RDONLY | O_DIRECTORY, 0);
    return fd < 0 ? NULL : as_dir(opened(fd));
}

/* "." and "..", then what is there. */
WRAP(struct dirent *, readdir, (DIR * d))
{
    struct opened *o = as_opened(d);
    if (!o) return __real_readdir(d);
    if (disk_tick(DISK_READ, "list", o->folder)) {
        fault();
        return NULL;
    }
    int n = o->next++;
    const char *name = n == 0 ? "." : n == 1 ? ".." : disk_child(o->folder, n - 2);
    if (!name) return NULL;
    o->entry = (struct dirent){.d_ino = (ino_t)n + 1};
    snprintf(o->entry.d_name, sizeof o->entry.d_name, "%s", name);
    return &o->entry;
}

WRAP(int, closedir, (DIR * d))
{
    struct opened *o = as_opened(d);
    return o ? __wrap_close(FIRST + (int)(o - table)) : __real_closedir(d);
}

WRAP(int, dirfd, (DIR * d))
{
    struct opened *o = as_opened(d);
    return o ? FIRST + (int)(o - table) : __real_dirfd(d);
}

WRAP(int, unlinkat, (int fd, const char *name, int flags))
{
    struct opened *o = opened(fd);
    char path[2 * DISK_PATH];
    if (!o) return __real_unlinkat(fd, name, flags);
    snprintf(path, sizeof path, "%s/%s", o->folder, name);
    return unlink_here(path);
}

/* --- streams --- */

static ssize_t stream_read(void *cookie, char *to, size_t len)
{
    const struct opened *o = cookie;
    return __wrap_read(FIRST + (int)(o - table), to, len);
}

/* stdio goes on after a short write; of a cookie's it would think that it failed. */
static ssize_t stream_write(void *cookie, const char *bytes, size_t len)
{
    const struct opened *o = cookie;
    size_t done = 0;
    while (done < len) {
        ssize_t n = __wrap_write(FIRST + (int)(o - table), bytes + done, len - done);
        if (n < 0) break;
        done += (size_t)n;
    }
    return (ssize_t)done;
}

static int stream_close(void *cookie)
{
    const struct opened *o = cookie;
    return __wrap_close(FIRST + (int)(o - table));
}

WRAP(FILE *, fdopen, (int fd, const char *mode))
{
    struct opened *o = opened(fd);
    const cookie_io_functions_t calls = {
        .read = stream_read, .write = stream_write, .close = stream_close};
    if (!o) return __real_fdopen(fd, mode);
    if (!memory_granted()) return NULL;
    o->stream = fopencookie(o, mode, calls);
    return o->stream;
}

WRAP(FILE *, fopen, (const char *restrict path, const char *restrict mode))
{
    int flags = mode[0] == 'r' ? O_RDONLY : O_WRONLY | O_CREAT;
    if (mode[0] == 'w') flags |= O_TRUNC;
    if (!ours(path)) return __real_fopen(path, mode);
    int fd = open_here(path, flags, 0644);
    FILE *stream = fd < 0 ? NULL : __wrap_fdopen(fd, mode);
    int why = errno;
    if (fd >= 0 && !stream) __wrap_close(fd);
    errno = why;
    return stream;
}

WRAP(int, fileno, (FILE * stream))
{
    struct opened *o = streaming(stream);
    return o ? FIRST + (int)(o - table) : __real_fileno(stream);
}

void disk_close_all(void)
{
    for (int i = 0; i < OPEN; i++) {
        if (table[i].stream)
            fclose(table[i].stream);
        else if (table[i].file)
            __wrap_close(FIRST + i);
    }
}
