/*
 * disk.c - see disk.h: what is kept, and what is lost. Tests have one thread, so
 * the disk is the file's own static state.
 *
 * A file system may do more than it promised (most keep names in the order in
 * which they were changed, and a new name with the sync of its file). Here it
 * does what POSIX promises and no more, and sometimes what journals do.
 */
#include "disk.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "disk_inside.h"
#include "seed.h"

enum { NAMES = 96, CHANGES = 512 };

struct write {
    int64_t offset;
    int32_t len; /* below 0: the file is cut off at offset */
    uint8_t *bytes;
};

struct name {
    char path[DISK_PATH];
    struct inode *now, *durable; /* NULL: none of that name */
};

/* Of a directory, not synced. The names are indices; below 0: none. */
struct change {
    int from, to;
    struct inode *file; /* that is then under `to` */
    bool done;
};

static struct {
    struct name names[NAMES];
    int name_count;
    struct change changes[CHANGES];
    int change_count;
    struct disk_faults faults;
    uint64_t count;
    bool dead, killed, failed, mounted, traced;
    int numbers, device;
    struct rng rng;
} disk;

/* --- bytes --- */

static void bytes_put(struct bytes *b, int64_t offset, const void *bytes, int64_t len)
{
    if (offset + len > b->room) {
        b->room = (offset + len) * 2 + 4096;
        b->at = __real_realloc(b->at, (size_t)b->room);
        if (!b->at) abort();
    }
    if (offset > b->len) memset(b->at + b->len, 0, (size_t)(offset - b->len));
    if (len) memcpy(b->at + offset, bytes, (size_t)len);
    if (offset + len > b->len) b->len = offset + len;
}

static void bytes_copy(struct bytes *to, const struct bytes *from)
{
    to->len = 0;
    bytes_put(to, 0, from->at, from->len);
}

static void bytes_cut(struct bytes *b, int64_t size)
{
    if (size < b->len) b->len = size;
    if (size > b->len) bytes_put(b, size, NULL, 0);
}

/* --- files --- */

static void forget_writes(struct inode *f)
{
    for (int i = 0; i < f->count; i++) __real_free(f->writes[i].bytes);
    f->count = 0;
}

static void forget_regions(struct inode *f)
{
    for (int i = 0; i < DISK_REGIONS; i++) {
        __real_free(f->regions[i]);
        f->regions[i] = NULL;
    }
}

void disk_hold(struct inode *f)
{
    f->refs++;
}

void disk_let(struct inode *f)
{
    if (!f || --f->refs) return;
    forget_writes(f);
    forget_regions(f);
    __real_free(f->writes);
    __real_free(f->now.at);
    __real_free(f->durable.at);
    __real_free(f);
}

static void point(struct inode **at, struct inode *to)
{
    struct inode *before = *at;
    if (to) disk_hold(to);
    *at = to;
    disk_let(before);
}

static void remember(struct inode *f, int64_t offset, const void *bytes, int32_t len)
{
    if (f->count == f->room) {
        f->room = f->room * 2 + 16;
        f->writes = __real_realloc(f->writes, (size_t)f->room * sizeof *f->writes);
        if (!f->writes) abort();
    }
    struct write *w = &f->writes[f->count++];
    *w = (struct write){.offset = offset, .len = len};
    if (len <= 0) return;
    w->bytes = __real_malloc((size_t)len);
    if (!w->bytes) abort();
    memcpy(w->bytes, bytes, (size_t)len);
}

static void arrive(struct inode *f, const struct write *w, int32_t len)
{
    if (w->len < 0)
        bytes_cut(&f->durable, w->offset);
    else
        bytes_put(&f->durable, w->offset, w->bytes, len);
}

bool disk_has_room(const struct inode *f, int64_t end)
{
    int64_t all = end > f->now.len ? end - f->now.len : 0;
    if (!disk.faults.room || all == 0) return true;
    for (int i = 0; i < disk.name_count; i++) {
        if (disk.names[i].now) all += disk.names[i].now->now.len;
    }
    if (all > disk.faults.room) disk.failed = true;
    return all <= disk.faults.room;
}

void disk_write(struct inode *f, int64_t offset, const void *bytes, int32_t len)
{
    bytes_put(&f->now, offset, bytes, len);
    remember(f, offset, bytes, len);
}

void disk_truncate(struct inode *f, int64_t size)
{
    bytes_cut(&f->now, size);
    remember(f, size, NULL, -1);
}

void disk_sync(struct inode *f)
{
    if (disk.faults.lies) return;
    for (int i = 0; i < f->count; i++) arrive(f, &f->writes[i], f->writes[i].len);
    forget_writes(f);
}

/* As Linux does: pages that could not be written count as written from then on. */
void disk_forget(struct inode *f)
{
    if (rng_one_in(&disk.rng, 2)) forget_writes(f);
}

void disk_reread(struct inode *f)
{
    bytes_copy(&f->now, &f->durable);
    for (int i = 0; i < f->count; i++) {
        const struct write *w = &f->writes[i];
        if (w->len < 0)
            bytes_cut(&f->now, w->offset);
        else
            bytes_put(&f->now, w->offset, w->bytes, w->len);
    }
}

/* --- names --- */

static int name_at(const char *path, bool make)
{
    while (strncmp(path, "./", 2) == 0) path += 2;
    for (int i = 0; i < disk.name_count; i++) {
        if (strcmp(disk.names[i].path, path) == 0) return i;
    }
    if (!make) return -1;
    assert(disk.name_count < NAMES && strlen(path) < DISK_PATH);
    snprintf(disk.names[disk.name_count].path, DISK_PATH, "%s", path);
    return disk.name_count++;
}

static size_t folder_len(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) : 0;
}

static bool folder_there(const char *path)
{
    char folder[DISK_PATH];
    size_t len = folder_len(path);
    if (len == 0) return true;
    snprintf(folder, sizeof folder, "%.*s", (int)len, path);
    int at = name_at(folder, false);
    return at >= 0 && disk.names[at].now && disk.names[at].now->folder;
}

struct inode *disk_find(const char *path)
{
    static struct inode root = {.refs = 1, .folder = true, .mode = 0755};
    if (strcmp(path, ".") == 0) return &root;
    int at = name_at(path, false);
    return at < 0 ? NULL : disk.names[at].now;
}

static void change(int from, int to, struct inode *file)
{
    assert(disk.change_count < CHANGES);
    disk.changes[disk.change_count++] = (struct change){.from = from, .to = to, .file = file};
    if (file) disk_hold(file);
}

struct inode *disk_make(const char *path, bool folder)
{
    if (!folder_there(path)) return NULL;
    int at = name_at(path, true);
    struct inode *f = __real_calloc(1, sizeof *f);
    if (!f) abort();
    f->number = ++disk.numbers;
    f->folder = folder;
    snprintf(f->path, sizeof f->path, "%s", path);
    f->mode = folder ? 0755 : 0644;
    point(&disk.names[at].now, f);
    change(-1, at, f);
    return f;
}

void disk_unlink(const char *path)
{
    int at = name_at(path, false);
    point(&disk.names[at].now, NULL);
    change(at, -1, NULL);
}

void disk_rename(const char *from, const char *to)
{
    int old = name_at(from, false), at = name_at(to, true);
    struct inode *f = disk.names[old].now;
    change(old, at, f);
    point(&disk.names[at].now, f);
    point(&disk.names[old].now, NULL);
}

/* It is for good. */
static void settle(const struct change *c)
{
    if (c->from >= 0) point(&disk.names[c->from].durable, NULL);
    if (c->to >= 0) point(&disk.names[c->to].durable, c->file);
}

static bool is_in(int name, const char *folder)
{
    if (name < 0) return false;
    const char *path = disk.names[name].path;
    size_t len = strcmp(folder, ".") == 0 ? 0 : strlen(folder);
    return folder_len(path) == len && strncmp(path, folder, len) == 0;
}

const char *disk_child(const char *folder, int n)
{
    for (int i = 0; i < disk.name_count; i++) {
        const char *path = disk.names[i].path;
        if (!disk.names[i].now || !is_in(i, folder) || n-- > 0) continue;
        return path + folder_len(path) + (strchr(path, '/') != NULL);
    }
    return NULL;
}

/* Changes that are done, out of the list. */
static void drop_done(void)
{
    int kept = 0;
    for (int i = 0; i < disk.change_count; i++) {
        struct change *c = &disk.changes[i];
        if (c->done)
            disk_let(c->file);
        else
            disk.changes[kept++] = *c;
    }
    disk.change_count = kept;
}

/* Every name in that directory is as it is now, for good. */
void disk_sync_folder(const char *path)
{
    if (disk.faults.lies) return;
    for (int i = 0; i < disk.change_count; i++) {
        struct change *c = &disk.changes[i];
        c->done = is_in(c->to, path) || is_in(c->from, path);
        if (c->done) settle(c);
    }
    drop_done();
}

/* --- the power goes --- */

static void lose_writes(struct inode *f)
{
    bool in_order = rng_one_in(&disk.rng, 4); /* some disks write in order and just stop */
    int stop = (int)rng_below(&disk.rng, (uint32_t)f->count + 1);
    for (int i = 0; i < f->count; i++) {
        struct write *w = &f->writes[i];
        uint32_t fate = in_order ? (i < stop ? 0 : 1) : rng_below(&disk.rng, 4);
        uint32_t sectors = w->len > 0 ? (uint32_t)w->len / DISK_SECTOR + 1 : 1;
        int32_t part = (int32_t)(rng_below(&disk.rng, sectors) * DISK_SECTOR);
        if (fate == 1) continue;
        if (fate == 3 && w->len > 0) { /* a sector that was being written */
            for (int32_t k = part; k < part + DISK_SECTOR && k < w->len; k++) {
                w->bytes[k] = (uint8_t)rng_next(&disk.rng);
            }
        }
        arrive(f, w, fate == 2 && w->len > 0 ? part : w->len);
    }
    forget_writes(f);
    if (f->now.len || f->durable.len) bytes_copy(&f->now, &f->durable);
}

/* Of the names' changes any, or the first, arrived: each of them whole. */
static void lose_names(void)
{
    bool in_order = rng_one_in(&disk.rng, 2);
    int stop = (int)rng_below(&disk.rng, (uint32_t)disk.change_count + 1);
    for (int i = 0; i < disk.change_count; i++) {
        struct change *c = &disk.changes[i];
        if (in_order ? i < stop : rng_one_in(&disk.rng, 2)) settle(c);
        c->done = true;
    }
    drop_done();
    for (int i = 0; i < disk.name_count; i++) {
        point(&disk.names[i].now, disk.names[i].durable);
    }
    for (int i = 0; i < disk.name_count; i++) { /* what was in a folder that is not there */
        if (folder_there(disk.names[i].path)) continue;
        point(&disk.names[i].now, NULL);
        point(&disk.names[i].durable, NULL);
    }
}

/* Names that nobody has any more, nor will. */
static void drop_names(void)
{
    if (disk.change_count) return; /* they are counted on */
    int kept = 0;
    for (int i = 0; i < disk.name_count; i++) {
        if (disk.names[i].now || disk.names[i].durable) disk.names[kept++] = disk.names[i];
    }
    memset(disk.names + kept, 0, (size_t)(disk.name_count - kept) * sizeof *disk.names);
    disk.name_count = kept;
}

static void list(const char *when)
{
    printf("# disk: %s;", when);
    for (int i = 0; i < disk.name_count; i++) {
        const struct inode *f = disk.names[i].now;
        if (f) printf(" %s %" PRId64 "#%d(%d)", disk.names[i].path, f->now.len, f->number, f->refs);
    }
    printf("\n");
}

void disk_power_back(void)
{
    if (disk.dead && !disk.killed) lose_names();
    for (int i = 0; i < disk.name_count; i++) {
        struct inode *f = disk.names[i].now;
        if (!f) continue;
        forget_regions(f);
        f->locked = false;
        if (disk.dead && !disk.killed) lose_writes(f);
    }
    drop_names();
    if (disk.traced) list("the power is back");
    disk.dead = disk.killed = false;
    disk_arm((struct disk_faults){.unshared = disk.faults.unshared, .room = disk.faults.room});
}

static enum fate fate_of(enum disk_op op)
{
    const struct disk_faults *f = &disk.faults;
    bool reading = op & (DISK_OPEN | DISK_READ | DISK_LOOK | DISK_LOCK);
    if (disk.dead) return FATE_GONE;
    if (f->fail_at ? f->only && !(f->only & op) : reading) return FATE_GO;
    disk.count++;
    if (disk.count == f->cut_at || disk.count == f->kill_at) {
        disk.dead = true;
        disk.killed = disk.count == f->kill_at;
        return FATE_DYING;
    }
    bool hit = disk.count == f->fail_at || (f->fail_on && disk.count > f->fail_at);
    if (!f->fail_at || !hit) return FATE_GO;
    disk.failed = true;
    return FATE_FAIL;
}

enum fate disk_tick(enum disk_op op, const char *what, const char *path)
{
    static const char *const fates[] = {"", ": gone", ": the end", ": fails"};
    enum fate fate = fate_of(op);
    if (disk.traced && fate != FATE_GONE) printf("# disk: %s %s%s\n", what, path, fates[fate]);
    return fate;
}

/* --- asked from outside --- */

const struct disk_faults *disk_faulty(void)
{
    return &disk.faults;
}

uint32_t disk_random(uint32_t below)
{
    return rng_below(&disk.rng, below);
}

bool disk_mounted(void)
{
    return disk.mounted;
}

int disk_device(void)
{
    return disk.device;
}

void disk_mount(bool mounted)
{
    disk.mounted = mounted;
}

/* --- kept and laid back --- */

static struct {
    struct kept {
        char path[DISK_PATH];
        bool folder;
        unsigned mode;
        struct bytes bytes;
    } files[NAMES];
    int count;
} saved;

static void saved_free(void)
{
    for (int i = 0; i < saved.count; i++) __real_free(saved.files[i].bytes.at);
    memset(&saved, 0, sizeof saved);
}

static void disk_empty(void)
{
    for (int i = 0; i < disk.change_count; i++) disk.changes[i].done = true;
    drop_done();
    for (int i = 0; i < disk.name_count; i++) {
        point(&disk.names[i].now, NULL);
        point(&disk.names[i].durable, NULL);
    }
    drop_names();
}

void disk_free(void)
{
    disk_empty();
    saved_free();
}

void disk_new(uint64_t seed)
{
    disk_empty();
    disk.dead = disk.killed = false;
    disk.numbers = 0;
    disk.traced = seed_env("MUSTER_DISK", 0);
    disk.rng = (struct rng){seed};
    /* That what lies beside an overwritten byte stays as it is: half of the disks promise it. */
    disk.device = rng_one_in(&disk.rng, 2) ? SQLITE_IOCAP_POWERSAFE_OVERWRITE : 0;
    disk_arm((struct disk_faults){.cut_at = 0});
}

void disk_save(void)
{
    saved_free();
    for (int i = 0; i < disk.name_count; i++) {
        const struct inode *f = disk.names[i].now;
        struct kept *k = &saved.files[saved.count];
        if (!f) continue;
        saved.count++;
        snprintf(k->path, sizeof k->path, "%s", disk.names[i].path);
        k->folder = f->folder;
        k->mode = f->mode;
        bytes_copy(&k->bytes, &f->now);
    }
}

void disk_load(uint64_t seed)
{
    disk_new(seed);
    for (int folders = 1; folders >= 0; folders--) {
        for (int i = 0; i < saved.count; i++) {
            const struct kept *k = &saved.files[i];
            if (k->folder != folders) continue;
            struct inode *f = disk_make(k->path, k->folder);
            f->mode = k->mode;
            bytes_copy(&f->now, &k->bytes);
            bytes_copy(&f->durable, &k->bytes);
        }
    }
    for (int i = 0; i < disk.change_count; i++) {
        settle(&disk.changes[i]);
        disk.changes[i].done = true;
    }
    drop_done();
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

bool disk_was_cut(void)
{
    return disk.dead && !disk.killed;
}

void disk_cut(void)
{
    disk.dead = true;
    disk.killed = false;
}

void disk_kill(void)
{
    disk.dead = disk.killed = true;
}

bool disk_failed(void)
{
    return disk.failed;
}

uint64_t disk_count(void)
{
    return disk.count;
}

int64_t disk_length(const char *path)
{
    const struct inode *f = disk_find(path);
    return f && !f->folder ? f->now.len : -1;
}

const uint8_t *disk_bytes(const char *path)
{
    const struct inode *f = disk_find(path);
    return f ? f->now.at : NULL;
}

void disk_flip(const char *path, int64_t byte, uint8_t mask)
{
    struct inode *f = disk_find(path);
    f->now.at[byte] ^= mask;
    if (byte < f->durable.len) f->durable.at[byte] ^= mask;
}

const char *disk_name(int n)
{
    for (int i = 0; i < disk.name_count; i++) {
        if (disk.names[i].now && !disk.names[i].now->folder && n-- == 0) return disk.names[i].path;
    }
    return NULL;
}
