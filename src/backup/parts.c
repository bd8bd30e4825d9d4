/* parts.c - see parts.h. */
#include "backup/parts.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backup/durable.h"
#include "base/text.h"

enum { DIGITS = 12, NAME_LEN = 2 * DIGITS + 5, TAIL = 256 };

const char *part_path(struct arena *a, const char *dir, uint64_t first, uint64_t last)
{
    return text_format(a, "%s/log/%012" PRIu64 "-%012" PRIu64 ".log", dir, first, last);
}

const char *evidence_path(struct arena *a, const char *dir, const uint8_t hash[SHA_BYTES])
{
    char hex[SHA_HEX];
    hex_encode(hash, SHA_BYTES, hex);
    return text_format(a, "%s/evidence/%s", dir, hex);
}

/* "000000000001-000000004711.log" */
static bool name_parse(const char *name, struct part *out)
{
    if (strlen(name) != NAME_LEN || strspn(name, "0123456789") != DIGITS || name[DIGITS] != '-' ||
        strspn(name + DIGITS + 1, "0123456789") != DIGITS ||
        strcmp(name + 2 * DIGITS + 1, ".log") != 0) {
        return false;
    }
    out->first = strtoull(name, NULL, 10);
    out->last = strtoull(name + DIGITS + 1, NULL, 10);
    return out->first > 0 && out->last >= out->first;
}

static int by_first(const void *x, const void *y)
{
    const struct part *a = x, *b = y;
    return a->first < b->first ? -1 : a->first > b->first;
}

/* The next name; NULL at the end, and where the directory cannot be read on: then errno is set. */
static const char *next_name(DIR *d)
{
    errno = 0;
    const struct dirent *e = readdir(d);
    return e ? e->d_name : NULL;
}

static enum rc unreadable(const char *folder, int why, struct err *err)
{
    return fail(err, RC_STORE, "'%.150s' cannot be read: %s", folder, strerror(why));
}

enum rc parts_list(struct arena *a, const char *dir, struct parts *out, struct err *err)
{
    const char *folder = text_format(a, "%s/log", dir);
    uint64_t last = 0;
    *out = (struct parts){0};
    DIR *d = opendir(folder);
    if (!d && errno == ENOENT) return fail(err, RC_ABSENT, "there is no backup in '%.150s'", dir);
    if (!d) return unreadable(folder, errno, err);
    for (const char *name; (name = next_name(d));) {
        struct part p;
        if (!name_parse(name, &p)) continue;
        p.path = text_format(a, "%s/%s", folder, name);
        out->list = arena_more(a, out->list, out->count, &out->room, sizeof p);
        out->list[out->count++] = p;
    }
    int why = errno; /* half a list would be taken for a backup that reaches less far */
    closedir(d);
    if (why) return unreadable(folder, why, err);
    if (out->count) qsort(out->list, out->count, sizeof *out->list, by_first);
    for (uint32_t i = 0; i < out->count; last = out->list[i++].last) {
        if (out->list[i].first == last + 1) continue;
        return fail(err, RC_STORE,
                    "the backup in '%.120s' is not whole: the file with record %" PRIu64
                    " is missing",
                    dir, last + 1);
    }
    return RC_OK;
}

/* The end that a part's last line states. */
static bool tail(const char *path, struct backup_end *out)
{
    char text[TAIL + 1];
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    off_t from = fstat(fd, &st) == 0 && st.st_size > TAIL ? st.st_size - TAIL : 0;
    ssize_t got = pread(fd, text, TAIL, from);
    close(fd);
    if (got <= 0 || text[got - 1] != '\n') return false;
    text[got - 1] = '\0';
    const char *line = strrchr(text, '\n'), *space;
    char *digits_end;
    if (!line || strncmp(line + 1, "end ", 4) != 0) return false;
    out->last = strtoull(line + 5, &digits_end, 10);
    space = digits_end;
    return *space == ' ' && strlen(space + 1) == 2 * SHA_BYTES &&
           hex_decode(space + 1, SHA_BYTES, out->root) == 0;
}

enum rc backup_end(struct arena *a, const char *dir, struct backup_end *out, struct err *err)
{
    struct parts parts;
    *out = (struct backup_end){0};
    sha256("", 0, out->root);
    enum rc rc = parts_list(a, dir, &parts, err);
    if (rc || parts.count == 0) return rc;
    const struct part *p = &parts.list[parts.count - 1];
    if (tail(p->path, out) && out->last == p->last) return RC_OK;
    return fail(err, RC_STORE, "'%.150s' is damaged: it does not end as it should", p->path);
}

static void clean_folder(const char *path)
{
    size_t ending = strlen(DURABLE_PART);
    DIR *d = opendir(path);
    for (struct dirent *e; d && (e = readdir(d));) {
        size_t len = strlen(e->d_name);
        if (len <= ending || strcmp(e->d_name + len - ending, DURABLE_PART) != 0) continue;
        unlinkat(dirfd(d), e->d_name, 0);
    }
    if (d) closedir(d);
}

void parts_clean(const char *dir)
{
    struct arena a = {0};
    clean_folder(dir);
    clean_folder(text_format(&a, "%s/log", dir));
    clean_folder(text_format(&a, "%s/evidence", dir));
    arena_free(&a);
}

/* --- the directory --- */

static enum rc make_folder(const char *path, struct err *err)
{
    if (mkdir(path, 0700) == 0 || errno == EEXIST) return RC_OK;
    return fail(err, RC_STORE, "'%.150s' cannot be made: %s", path, strerror(errno));
}

/* Nothing but a backup, or nothing at all. */
static enum rc check_ours(const char *dir, struct err *err)
{
    struct arena a = {0};
    bool ours = durable_there(text_format(&a, "%s/lock", dir)), empty = true;
    DIR *d = opendir(dir);
    enum rc rc = RC_OK;
    for (const char *name; d && (name = next_name(d));) empty &= name[0] == '.';
    if (!d || errno) {
        rc = unreadable(dir, errno, err);
    } else if (!ours && !empty) {
        rc = fail(err, RC_RULE,
                  "'%.150s' holds other things: a backup wants a directory of its"
                  " own",
                  dir);
    }
    if (d) closedir(d);
    arena_free(&a);
    return rc;
}

static enum rc take_lock(const char *path, struct backup_lock *out, struct err *err)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    out->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (out->fd < 0) {
        return fail(err, RC_STORE, "'%.150s' cannot be made: %s", path, strerror(errno));
    }
    if (fcntl(out->fd, F_SETLK, &whole) == 0) return RC_OK;
    close(out->fd);
    out->fd = -1;
    return fail(err, RC_STORE, "somebody else writes a backup beside '%.150s'; try again", path);
}

enum rc backup_open(const char *dir, struct backup_lock *out, struct err *err)
{
    struct arena a = {0};
    out->fd = -1;
    if (strlen(dir) > BACKUP_PATH_MAX)
        return fail(err, RC_INPUT, "the directory's name is too long");
    enum rc rc = make_folder(dir, err);
    if (!rc) rc = durable_name(dir, err); /* each time: whoever made it may have died before */
    if (!rc) rc = check_ours(dir, err);
    if (!rc) rc = take_lock(text_format(&a, "%s/lock", dir), out, err);
    if (!rc) rc = durable_folder(dir, err); /* by the lock it is known for a backup's */
    if (!rc) rc = make_folder(text_format(&a, "%s/log", dir), err);
    if (!rc) rc = make_folder(text_format(&a, "%s/evidence", dir), err);
    if (!rc) rc = durable_folder(dir, err);
    if (!rc) parts_clean(dir);
    arena_free(&a);
    if (rc) backup_close(out);
    return rc;
}

void backup_close(struct backup_lock *l)
{
    if (l->fd >= 0) close(l->fd);
    l->fd = -1;
}
