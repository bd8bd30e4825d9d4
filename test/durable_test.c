/*
 * durable_test.c - a backup on a disk that fails, and in an order that outlives the power.
 *
 * Writing, syncing and renaming go through this program's own functions of
 * these names: each call in turn is made to fail, once or from then on, and
 * what is there afterwards must be the last good backup or the new one. And a
 * file that takes its name must have been synced, and its directory after it:
 * when the power goes there is no other order that keeps a promise.
 */
#define _GNU_SOURCE /* RTLD_NEXT */
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backup/backup.h"
#include "backup/durable.h"
#include "base/text.h"
#include "draft.h"
#include "tap.h"
#include "temp.h"

/* --- the disk --- */

enum { INODES = 64 };

static struct {
    bool armed, lasting, hit;
    uint64_t calls, fail_at;
    int why;
    ino_t synced[INODES]; /* files and folders that were synced since the last rename */
    int count;
    ino_t folder;  /* that a rename changed, and that is not synced yet; 0: none */
    int unordered; /* names that were taken too early, or never made durable */
} disk;

static bool fails(void)
{
    if (!disk.armed) return false;
    disk.calls++;
    bool now = disk.calls == disk.fail_at || (disk.lasting && disk.calls > disk.fail_at);
    if (!now || !disk.fail_at) return false;
    disk.hit = true;
    errno = disk.why;
    return true;
}

static void *real(const char *name)
{
    void *f = dlsym(RTLD_NEXT, name);
    if (!f) abort();
    return f;
}

size_t fwrite(const void *restrict bytes, size_t size, size_t n, FILE *restrict f)
{
    static size_t (*next)(const void *restrict, size_t, size_t, FILE *restrict);
    if (!next) *(void **)&next = real("fwrite");
    return fails() ? 0 : next(bytes, size, n, f);
}

int fflush(FILE *f)
{
    static int (*next)(FILE *);
    if (!next) *(void **)&next = real("fflush");
    return fails() ? EOF : next(f);
}

int fsync(int fd)
{
    static int (*next)(int);
    struct stat st;
    if (!next) *(void **)&next = real("fsync");
    if (fails()) return -1;
    if (disk.armed && fstat(fd, &st) == 0) {
        if (disk.count < INODES) disk.synced[disk.count++] = st.st_ino;
        if (st.st_ino == disk.folder) disk.folder = 0;
    }
    return next(fd);
}

static bool is_synced(ino_t inode)
{
    for (int i = 0; i < disk.count; i++) {
        if (disk.synced[i] == inode) return true;
    }
    return false;
}

int rename(const char *from, const char *to)
{
    static int (*next)(const char *, const char *);
    struct stat st;
    char folder[400];
    if (!next) *(void **)&next = real("rename");
    if (fails()) return -1;
    if (disk.armed && lstat(from, &st) == 0) {
        disk.unordered += !is_synced(st.st_ino);
        disk.unordered += disk.folder != 0;
        snprintf(folder, sizeof folder, "%.*s", (int)(strrchr(to, '/') - to), to);
        disk.folder = stat(folder, &st) == 0 ? st.st_ino : 0;
        disk.count = 0;
    }
    return next(from, to);
}

static void arm(uint64_t fail_at, bool lasting, int why)
{
    memset(&disk, 0, sizeof disk);
    disk.armed = true;
    disk.fail_at = fail_at;
    disk.lasting = lasting;
    disk.why = why;
}

/* --- a book in memory, and its backup --- */

static struct temp temp;

static void append_some(struct store *s, struct cast *c, int count)
{
    struct record *list[8];
    struct evidence e = {.bytes = text_format(c->arena, "page %" PRIu64, c->id)};
    char hex[SHA_HEX];
    e.len = strlen(e.bytes);
    sha256(e.bytes, e.len, e.hash);
    hex_encode(e.hash, SHA_BYTES, hex);
    for (int i = 0; i < count; i++) {
        list[i] = i ? cast_party(c, text_format(c->arena, "P%" PRIu64, c->id)) : cast_source(c);
        if (i == 0) record_set_text(c->arena, list[i], F_HASH, hex);
        list[i]->recorded_ms = c->now_ms;
    }
    for (int i = 0; i < count; i++) {
        list[i]->recorded_ms = c->now_ms;
        list[i]->idem = record_idem(c->arena, list[i], 1);
    }
    GOOD(store_append(s, (const struct record *const *)list, (uint32_t)count, &e, 1, oops));
}

struct world {
    struct arena arena;
    struct store *store;
    struct cast cast;
    struct commit before, now;
    char dir[300];
};

/* A backup of three records, and three more that it does not have yet. */
static void world_begin(struct world *w)
{
    struct backup_lock lock;
    struct backup_done done;
    char command[400];
    *w = (struct world){.cast = {.now_ms = INT64_C(1700000000000)}};
    w->cast.arena = &w->arena;
    snprintf(w->dir, sizeof w->dir, "%s", temp_path(&temp, "kept"));
    snprintf(command, sizeof command, "rm -rf '%s'", w->dir);
    CHECK(system(command) == 0);
    GOOD(store_open(&w->arena, "memory:", true, &w->store, oops));
    append_some(w->store, &w->cast, 3);
    GOOD(w->store->ops->head(w->store, &w->before, oops));
    GOOD(backup_open(w->dir, &lock, oops));
    GOOD(backup_write(&w->arena, w->store, w->dir, NULL, &done, oops));
    backup_close(&lock);
    append_some(w->store, &w->cast, 3);
    append_some(w->store, &w->cast, 4);
    GOOD(w->store->ops->head(w->store, &w->now, oops));
}

static void world_end(struct world *w)
{
    store_close(w->store);
    arena_free(&w->arena);
}

static enum rc back_up(struct world *w, struct err *err)
{
    struct backup_lock lock;
    struct backup_done done;
    enum rc rc = backup_open(w->dir, &lock, err);
    if (!rc) rc = backup_write(&w->arena, w->store, w->dir, NULL, &done, err);
    backup_close(&lock);
    return rc;
}

/* How many records come back, each held against its root; 0 when none do. */
static uint64_t comes_back(struct world *w)
{
    struct backup_want want = {.until_ms = INT64_MAX};
    struct backup_read read;
    struct verdict v;
    GOOD(store_open(&w->arena, "memory:", true, &want.into, oops));
    GOOD(backup_read(&w->arena, w->dir, &want, &read, oops));
    GOOD(store_verify(want.into, &v, oops));
    CHECK(v.rows == read.end.last && read.absent == 0);
    store_close(want.into);
    const struct commit *c = v.rows == w->now.last ? &w->now : &w->before;
    CHECK(v.rows == c->last && memcmp(v.root, c->root, SHA_BYTES) == 0);
    return v.rows;
}

/* False when there were fewer calls than k. */
static bool fail_at(uint64_t k, bool lasting, int why)
{
    struct world w;
    struct err err = {0};
    world_begin(&w);
    arm(k, lasting, why);
    enum rc rc = back_up(&w, &err);
    bool hit = disk.hit;
    disk.armed = false;
    CHECK(!hit || rc == RC_STORE); /* what failed is never taken for done */
    CHECK(hit || rc == RC_OK);
    CHECK(!rc || strstr(err.msg, why == ENOSPC ? "no room left" : "cannot be written"));
    uint64_t back = comes_back(&w);
    CHECK(rc || back == w.now.last);
    CHECK(!back_up(&w, &err)); /* the next one completes it */
    CHECK_I64((int64_t)comes_back(&w), (int64_t)w.now.last);
    if (!tap_this_ok) printf("# call %" PRIu64 ": %s\n", k, err.msg);
    world_end(&w);
    return hit;
}

static void every_failure(bool lasting, int why)
{
    uint64_t k = 1;
    while (fail_at(k, lasting, why) && tap_this_ok) k++;
    CHECK(k > 10);
    printf("# %" PRIu64 " calls, each failed\n", k - 1);
}

static void a_disk_that_fails_once_keeps_the_last_good_backup(void)
{
    every_failure(false, EIO);
}

static void a_disk_that_stays_broken_keeps_the_last_good_backup(void)
{
    every_failure(true, EIO);
}

static void a_full_disk_keeps_the_last_good_backup(void)
{
    every_failure(true, ENOSPC);
}

static void no_file_takes_its_name_before_it_is_on_the_disk(void)
{
    struct world w;
    struct err err = {0};
    world_begin(&w);
    arm(0, false, 0);
    CHECK(!back_up(&w, &err));
    CHECK_I64(disk.unordered, 0);
    CHECK(disk.folder == 0); /* the last name is durable as well */
    CHECK(disk.calls > 10);
    arm(0, false, 0);
    CHECK(!durable_write(temp_path(&temp, "note"), 0600, "x", 1, &err));
    CHECK(disk.unordered == 0 && disk.folder == 0);
    disk.armed = false;
    struct stat st;
    CHECK(stat(temp_path(&temp, "note"), &st) == 0 && (st.st_mode & 0777) == 0600);
    world_end(&w);
}

int main(void)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    temp_make(&temp);
    RUN(a_disk_that_fails_once_keeps_the_last_good_backup);
    RUN(a_disk_that_stays_broken_keeps_the_last_good_backup);
    RUN(a_full_disk_keeps_the_last_good_backup);
    RUN(no_file_takes_its_name_before_it_is_on_the_disk);
    char command[300];
    snprintf(command, sizeof command, "rm -rf '%.200s'", temp.dir);
    return system(command) != 0 || tap_done();
}
