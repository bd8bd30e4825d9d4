/*
 * aside.h - files that can be thrown away and made again.
 *
 * What was worked out of something larger (a log folded, its keys hashed) is
 * kept in such a file for whoever needs it next. It is there whole or not at
 * all: written under another name, synced, then renamed. It is read only if
 * every byte of it is as it was written; anything else counts as no file. So
 * nothing is ever lost with it, and no call here has an error to tell.
 *
 * A file is a head of the caller's and some parts, each with its length and a
 * sum of 64 bits; the sums are against accidents, not against people.
 */
#ifndef MUSTER_BASE_ASIDE_H
#define MUSTER_BASE_ASIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { ASIDE_HEAD_MAX = 256, ASIDE_PARTS_MAX = 64 };

struct aside_part {
    const void *bytes;
    uint64_t len;
};

/* Whose the file is to be, and who may read it. */
struct aside_owner {
    mode_t mode;
    uid_t uid;
    gid_t gid;
};

/*
 * False when it could not be written, or somebody else is writing it: then
 * what was there before is there still. `kind` is a word of up to 15 letters.
 */
bool aside_write(const char *path, const char *kind, const struct aside_owner *owner,
                 const void *head, size_t head_len, const struct aside_part *parts, uint32_t count);

struct aside {
    int fd;
    uint32_t count;
    uint64_t len[ASIDE_PARTS_MAX];
    uint64_t sum[ASIDE_PARTS_MAX];
    uint8_t head[ASIDE_HEAD_MAX];
};

/*
 * Open one of that kind whose head is head_len bytes. True: its head and its
 * parts' lengths are as they were written, and the file is as long as they
 * say. It is closed by aside_close(), whatever this returned.
 */
bool aside_open(const char *path, const char *kind, size_t head_len, struct aside *out);

/* The next part: its len bytes into `to`. False when they are not what was written. */
bool aside_read(struct aside *f, uint32_t part, void *to);
void aside_close(struct aside *f);

#endif
