/*
 * preload.c - loaded before the shipped program (test/preload.sh): the FAULT_AT-th
 * of its calls that change a file fails with FAULT_ERRNO, and with FAULT_ON all
 * after it; with FAULT_KILL the process is killed there. Then a file "hit" is made
 * where the program runs. Also what SQLite calls comes here.
 */
#define _GNU_SOURCE /* RTLD_NEXT, the names with 64 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static long number(const char *name)
{
    const char *text = getenv(name);
    return text ? strtol(text, NULL, 10) : 0;
}

/* Of which library this is, nobody can ask before main(): so no constructor, and no memory. */
static bool fails(int fd)
{
    static long count, at = -1;
    struct stat st;
    if (at < 0) at = number("FAULT_AT");
    if (fd >= 0 && (fd < 3 || fstat(fd, &st) != 0 || !(S_ISREG(st.st_mode) || S_ISDIR(st.st_mode))))
        return false;
    count++;
    if (count < at || at == 0 || (count > at && !number("FAULT_ON"))) return false;
    long hit = syscall(SYS_openat, AT_FDCWD, "hit", O_CREAT | O_WRONLY, 0644);
    if (hit >= 0) syscall(SYS_close, hit);
    if (number("FAULT_KILL")) raise(SIGKILL);
    errno = (int)number("FAULT_ERRNO");
    return true;
}

#define NEXT(type, name, args)                                                                     \
    static type(*next) args;                                                                       \
    if (!next) *(void **)&next = dlsym(RTLD_NEXT, #name)

#define ON_FD(type, name, args, fd, call)                                                          \
    type name args;                                                                                \
    type name args                                                                                 \
    {                                                                                              \
        NEXT(type, name, args);                                                                    \
        return fails(fd) ? -1 : next call;                                                         \
    }

ON_FD(ssize_t, write, (int fd, const void *bytes, size_t len), fd, (fd, bytes, len))
ON_FD(ssize_t, pwrite, (int fd, const void *bytes, size_t len, off_t at), fd, (fd, bytes, len, at))
ON_FD(ssize_t, pwrite64, (int fd, const void *bytes, size_t len, off64_t at), fd,
      (fd, bytes, len, at))
ON_FD(int, fsync, (int fd), fd, (fd))
ON_FD(int, fdatasync, (int fd), fd, (fd))
ON_FD(int, ftruncate, (int fd, off_t size), fd, (fd, size))
ON_FD(int, ftruncate64, (int fd, off64_t size), fd, (fd, size))
ON_FD(int, rename, (const char *from, const char *to), -1, (from, to))
ON_FD(int, unlink, (const char *path), -1, (path))
ON_FD(int, mkdir, (const char *path, mode_t mode), -1, (path, mode))
