/* durable.c - see durable.h. */
#include "backup/durable.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

static enum rc failed(const char *path, struct err *err)
{
    int why = errno;
    if (why == ENOSPC || why == EDQUOT) {
        return fail(err, RC_STORE, "no room left on the disk of '%.150s'", path);
    }
    return fail(err, RC_STORE, "'%.150s' cannot be written: %s", path, strerror(why));
}

static enum rc sync_at(const char *path, int flags, struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | flags);
    if (fd < 0) return failed(path, err);
    enum rc rc = fsync(fd) == 0 ? RC_OK : failed(path, err);
    close(fd);
    return rc;
}

enum rc durable_folder(const char *path, struct err *err)
{
    return sync_at(path, O_DIRECTORY, err);
}

enum rc durable_sync(const char *path, struct err *err)
{
    return sync_at(path, 0, err);
}

static const char *parent_of(struct arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t len = slash ? (size_t)(slash - path) : 0;
    return !slash ? "." : len ? arena_bytes(a, path, len) : "/";
}

static enum rc sync_parent(const char *path, struct err *err)
{
    struct arena a = {0};
    enum rc rc = durable_folder(parent_of(&a, path), err);
    arena_free(&a);
    return rc;
}

enum rc durable_name(const char *path, struct err *err)
{
    struct arena a = {0};
    size_t len = strlen(path);
    while (len > 1 && path[len - 1] == '/') len--;
    const char *folder = parent_of(&a, arena_bytes(&a, path, len));
    bool closed = access(folder, R_OK) != 0 && errno == EACCES;
    enum rc rc = closed ? RC_OK : durable_folder(folder, err);
    arena_free(&a);
    return rc;
}

enum rc durable_begin(struct arena *a, const char *path, mode_t mode, struct durable *out,
                      struct err *err)
{
    *out = (struct durable){.path = path, .part = text_format(a, "%s" DURABLE_PART, path)};
    unlink(out->part); /* of one that was ended by force; its mode may have been another */
    int fd = open(out->part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (fd < 0) return failed(path, err);
    out->file = fdopen(fd, "wb");
    if (out->file) return RC_OK;
    enum rc rc = failed(path, err);
    close(fd);
    unlink(out->part);
    return rc;
}

void durable_drop(struct durable *d)
{
    if (!d->file) return;
    fclose(d->file);
    d->file = NULL;
    unlink(d->part);
}

enum rc durable_add(struct durable *d, const void *bytes, size_t len, struct err *err)
{
    if (len == 0 || fwrite(bytes, 1, len, d->file) == len) return RC_OK;
    return failed(d->path, err);
}

enum rc durable_end(struct durable *d, struct err *err)
{
    bool good = fflush(d->file) == 0 && fsync(fileno(d->file)) == 0;
    enum rc rc = good ? RC_OK : failed(d->path, err);
    if (fclose(d->file) != 0 && !rc) rc = failed(d->path, err);
    d->file = NULL;
    if (!rc) rc = durable_rename(d->part, d->path, err);
    if (rc) unlink(d->part);
    return rc;
}

enum rc durable_write(const char *path, mode_t mode, const void *bytes, size_t len, struct err *err)
{
    struct arena a = {0};
    struct durable d;
    enum rc rc = durable_begin(&a, path, mode, &d, err);
    if (!rc) {
        rc = durable_add(&d, bytes, len, err);
        if (!rc) rc = durable_end(&d, err);
        durable_drop(&d);
    }
    arena_free(&a);
    return rc;
}

enum rc durable_rename(const char *from, const char *to, struct err *err)
{
    if (rename(from, to) != 0) return failed(to, err);
    return sync_parent(to, err);
}

enum rc durable_read(struct arena *a, const char *path, size_t most, const char **bytes,
                     size_t *len, struct err *err)
{
    struct stat st;
    FILE *f = fopen(path, "rb");
    if (!f && errno == ENOENT) return fail(err, RC_ABSENT, "there is no '%.150s'", path);
    if (!f || fstat(fileno(f), &st) != 0 || !S_ISREG(st.st_mode)) {
        if (f) fclose(f);
        return fail(err, RC_STORE, "'%.150s' cannot be read", path);
    }
    enum rc rc = RC_OK;
    if ((uint64_t)st.st_size > most) {
        rc = fail(err, RC_INPUT, "'%.150s' is longer than what belongs there", path);
    } else {
        char *to = NEW_ARRAY(a, (size_t)st.st_size + 1, char);
        *len = fread(to, 1, (size_t)st.st_size, f);
        *bytes = to;
        if (ferror(f)) rc = fail(err, RC_STORE, "'%.150s' cannot be read", path);
    }
    fclose(f);
    return rc;
}

enum rc durable_look(const char *path, struct err *err)
{
    struct stat st;
    if (lstat(path, &st) == 0) return RC_OK;
    if (errno == ENOENT || errno == ENOTDIR) {
        return fail(err, RC_ABSENT, "there is no '%.150s'", path);
    }
    return fail(err, RC_STORE, "'%.150s' cannot be looked at: %s", path, strerror(errno));
}

bool durable_there(const char *path)
{
    struct err unused;
    return durable_look(path, &unused) != RC_ABSENT;
}
