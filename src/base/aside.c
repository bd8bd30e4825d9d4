/* aside.c - see aside.h. */
#define _DEFAULT_SOURCE /* flock */
#include "base/aside.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"

enum { KIND_LEN = 16, CHUNK = 256 * 1024, WRITE_MOST = 1 << 30 };
#define ASIDE_FORM                                                                                 \
    UINT64_C(0x0102030405060708) /* also tells in which order a machine has bytes                  \
                                  */

struct front {
    char kind[KIND_LEN];
    uint64_t form, head_len, count;
    uint64_t len[ASIDE_PARTS_MAX];
    uint64_t sum[ASIDE_PARTS_MAX];
    uint8_t head[ASIDE_HEAD_MAX];
    uint64_t own_sum; /* of all before it */
};

/* --- sums --- */

/* One to one in h and in word, so that no change of one word alone goes unseen. */
static uint64_t mix(uint64_t h, uint64_t word)
{
    h = (h ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return h ^ h >> 32;
}

struct sum {
    uint64_t lane[4];
};

static void sum_add(struct sum *s, const uint8_t *bytes, size_t len)
{
    uint64_t a = s->lane[0], b = s->lane[1], c = s->lane[2], d = s->lane[3], w[4];
    for (; len >= sizeof w; bytes += sizeof w, len -= sizeof w) {
        memcpy(w, bytes, sizeof w);
        a = mix(a, w[0]);
        b = mix(b, w[1]);
        c = mix(c, w[2]);
        d = mix(d, w[3]);
    }
    for (; len; bytes++, len--) a = mix(a, *bytes); /* the last bytes of a part only */
    *s = (struct sum){{a, b, c, d}};
}

static uint64_t sum_end(const struct sum *s, uint64_t len)
{
    return mix(mix(mix(mix(len, s->lane[0]), s->lane[1]), s->lane[2]), s->lane[3]);
}

static struct sum sum_begin(void)
{
    return (struct sum){{1, 2, 3, 4}};
}

static uint64_t sum_of(const void *bytes, uint64_t len)
{
    struct sum s = sum_begin();
    sum_add(&s, bytes, len);
    return sum_end(&s, len);
}

/* --- writing --- */

static bool write_all(int fd, const void *bytes, uint64_t len)
{
    const char *at = bytes;
    while (len) {
        ssize_t n = write(fd, at, len < WRITE_MOST ? (size_t)len : WRITE_MOST);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        at += n;
        len -= (uint64_t)n;
    }
    return true;
}

/*
 * The file to be renamed, empty, ours alone; -1. A crash may have left one
 * behind: it is taken over. Between our opening it and our having the lock
 * another writer may have renamed it: then it is no longer the one of that name.
 * One that has another name as well, or is a link, somebody laid there: whatever
 * it is, it is not emptied.
 */
static int open_new(const char *path)
{
    struct stat mine, named;
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    if (fd < 0) return -1;
    if (flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &mine) == 0 && S_ISREG(mine.st_mode) &&
        mine.st_nlink == 1 && stat(path, &named) == 0 && mine.st_ino == named.st_ino &&
        mine.st_dev == named.st_dev && ftruncate(fd, 0) == 0) {
        return fd;
    }
    close(fd);
    return -1;
}

/* Who may read it is settled before there is anything to read. */
static bool hand_over(int fd, const struct aside_owner *owner)
{
    struct stat st;
    if (fstat(fd, &st) != 0) return false;
    if ((st.st_uid != owner->uid || st.st_gid != owner->gid) &&
        fchown(fd, owner->uid, owner->gid) != 0) {
        /* Not ours to give away: then it is for us alone. */
        return fchmod(fd, owner->mode & 0600) == 0;
    }
    return fchmod(fd, owner->mode & 0666) == 0;
}

bool aside_write(const char *path, const char *kind, const struct aside_owner *owner,
                 const void *head, size_t head_len, const struct aside_part *parts, uint32_t count)
{
    assert(count <= ASIDE_PARTS_MAX && head_len <= ASIDE_HEAD_MAX && strlen(kind) < KIND_LEN);
    struct arena a = {0};
    const char *new_path = text_format(&a, "%s-new", path);
    struct front front;
    memset(&front, 0, sizeof front);
    strcpy(front.kind, kind);
    front.form = ASIDE_FORM;
    front.head_len = head_len;
    front.count = count;
    memcpy(front.head, head, head_len);
    for (uint32_t i = 0; i < count; i++) {
        front.len[i] = parts[i].len;
        front.sum[i] = sum_of(parts[i].bytes, parts[i].len);
    }
    front.own_sum = sum_of(&front, offsetof(struct front, own_sum));

    int fd = open_new(new_path);
    bool done = fd >= 0;
    if (done) {
        done = hand_over(fd, owner) && write_all(fd, &front, sizeof front);
        for (uint32_t i = 0; i < count && done; i++) {
            done = write_all(fd, parts[i].bytes, parts[i].len);
        }
        done = done && fsync(fd) == 0 && rename(new_path, path) == 0;
        if (!done) unlink(new_path);
        close(fd);
    }
    arena_free(&a);
    return done;
}

/* --- reading --- */

/* Exactly that many bytes. */
static bool read_all(int fd, void *to, size_t len)
{
    char *at = to;
    while (len) {
        ssize_t n = read(fd, at, len);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        at += n;
        len -= (size_t)n;
    }
    return true;
}

bool aside_open(const char *path, const char *kind, size_t head_len, struct aside *out)
{
    struct front front;
    struct stat st;
    *out = (struct aside){.fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)};
    if (out->fd < 0 || fstat(out->fd, &st) != 0 || !S_ISREG(st.st_mode)) return false;
    if (!read_all(out->fd, &front, sizeof front)) return false;
    if (front.own_sum != sum_of(&front, offsetof(struct front, own_sum)) ||
        front.form != ASIDE_FORM || front.kind[KIND_LEN - 1] != '\0' ||
        strcmp(front.kind, kind) != 0 || front.head_len != head_len ||
        front.count > ASIDE_PARTS_MAX) {
        return false;
    }
    uint64_t all = sizeof front;
    for (uint32_t i = 0; i < front.count; i++) {
        if (front.len[i] > (uint64_t)st.st_size) return false;
        all += out->len[i] = front.len[i];
        out->sum[i] = front.sum[i];
    }
    out->count = (uint32_t)front.count;
    memcpy(out->head, front.head, sizeof out->head);
    return all == (uint64_t)st.st_size;
}

bool aside_read(struct aside *f, uint32_t part, void *to)
{
    struct sum s = sum_begin();
    uint8_t *at = to;
    for (uint64_t left = f->len[part]; left;) { /* in pieces that are still at hand to be summed */
        size_t len = left < CHUNK ? (size_t)left : CHUNK;
        if (!read_all(f->fd, at, len)) return false;
        sum_add(&s, at, len);
        at += len;
        left -= len;
    }
    return sum_end(&s, f->len[part]) == f->sum[part];
}

void aside_close(struct aside *f)
{
    if (f->fd >= 0) close(f->fd);
    f->fd = -1;
}
