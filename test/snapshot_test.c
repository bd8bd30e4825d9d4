/*
 * snapshot_test.c - a kept book and what the log gained since are the book folded anew.
 *
 * Whatever happens to the file: the answer is always the fold's. Faults come
 * through the system calls of this very program, which are defined below in
 * place of the C library's; the code under test has no hook.
 */
#define _GNU_SOURCE /* syscall */
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "base/aside.h"
#include "book/cube.h"
#include "book/image.h"
#include "eyes.h"
#include "temp.h"
#include "view/snapshot.h"

/* --- the system calls that keeping a book makes --- */

static struct {
    bool armed;
    int count;       /* calls since it was armed */
    int fail_at;     /* this one fails; 0: none */
    bool fail_on;    /* and all after it */
    bool short_only; /* none fails, but each write takes half of what it is given */
    bool dies;       /* the process ends there */
    int error;
} sys;

static void arm(int fail_at, bool fail_on, int error)
{
    memset(&sys, 0, sizeof sys);
    sys.fail_at = fail_at;
    sys.fail_on = fail_on;
    sys.error = error;
    sys.armed = true;
}

/* Whether this call is the one. */
static bool strikes(void)
{
    if (!sys.armed || sys.short_only) return false;
    sys.count++;
    bool now =
        sys.fail_at && (sys.count == sys.fail_at || (sys.fail_on && sys.count > sys.fail_at));
    if (now && sys.dies) _exit(9);
    errno = now ? sys.error : errno;
    return now;
}

ssize_t write(int fd, const void *bytes, size_t len)
{
    if (strikes()) return -1;
    if (sys.short_only && len > 1) len = (len + 1) / 2;
    return syscall(SYS_write, fd, bytes, len);
}

int fsync(int fd)
{
    return strikes() ? -1 : (int)syscall(SYS_fsync, fd);
}

int ftruncate(int fd, off_t len)
{
    return strikes() ? -1 : (int)syscall(SYS_ftruncate, fd, len);
}

int fchmod(int fd, mode_t mode)
{
    return strikes() ? -1 : (int)syscall(SYS_fchmod, fd, mode);
}

int flock(int fd, int how)
{
    return strikes() ? -1 : (int)syscall(SYS_flock, fd, how);
}

int rename(const char *from, const char *to)
{
    return strikes() ? -1 : (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

/* Reading has a tap of its own. */
static struct {
    bool armed;
    int count, fail_at;
} taps;

ssize_t read(int fd, void *to, size_t len)
{
    if (taps.armed && ++taps.count == taps.fail_at) {
        errno = EIO;
        return -1;
    }
    return syscall(SYS_read, fd, to, len);
}

/* --- a world --- */

struct world {
    struct temp temp;
    struct arena own;
    struct writer writer;
    char path[320];
};

static void world_make(struct world *w, struct rng *r, int commits)
{
    *w = (struct world){.writer = {.now_ms = INT64_C(1700000000000)}};
    temp_make(&w->temp);
    strcpy(w->path, temp_path(&w->temp, "m.db"));
    GOOD(store_open(&w->own, w->path, true, &w->writer.store, oops));
    for (int i = 0; i < commits; i++) eyes_commit(&w->writer, r);
}

static void world_end(struct world *w)
{
    arena_free(&w->writer.arena);
    store_close(w->writer.store);
    arena_free(&w->own);
    temp_remove(&w->temp);
}

static const char *const kept_viewers[] = {NULL, ""};

static const char *file_of(struct world *w, const char *viewer)
{
    return snapshot_path(&w->own, w->writer.store, viewer);
}

/* Fold it from the log, and keep that. */
static bool keep(struct world *w, const char *viewer)
{
    struct arena a = {0};
    struct view v;
    GOOD(view_fold(&a, w->writer.store, viewer, NULL, &v, oops));
    CHECK_I64((int64_t)v.kept_at, 0);
    bool done = snapshot_keep(&v, viewer);
    arena_free(&a);
    return done;
}

/* That opening gives the fold's book; the id up to which it was taken from a file. */
static uint64_t opens_as_folded(struct world *w, const char *viewer)
{
    struct arena a = {0};
    struct view opened, folded;
    GOOD(view_open(&a, w->writer.store, viewer, NULL, &opened, oops));
    GOOD(view_fold(&a, w->writer.store, viewer, NULL, &folded, oops));
    CHECK(book_same(opened.book, folded.book));
    CHECK_TEXT(eyes_see(&a, &opened), eyes_see(&a, &folded));
    uint64_t kept_at = opened.kept_at;
    arena_free(&a);
    return kept_at;
}

static uint64_t head_of(struct world *w)
{
    struct commit head;
    GOOD(w->writer.store->ops->head(w->writer.store, &head, oops));
    return head.last;
}

static uint8_t *bytes_of(struct world *w, const char *path, size_t *len)
{
    struct stat st;
    CHECK(stat(path, &st) == 0);
    *len = (size_t)st.st_size;
    uint8_t *bytes = NEW_ARRAY(&w->own, *len + 16, uint8_t);
    FILE *f = fopen(path, "rb");
    CHECK(f && fread(bytes, 1, *len, f) == *len);
    if (f) fclose(f);
    return bytes;
}

static void put_bytes(const char *path, const uint8_t *bytes, size_t len)
{
    FILE *f = fopen(path, "wb");
    CHECK(f && fwrite(bytes, 1, len, f) == len);
    if (f) fclose(f);
}

/* --- what is kept and what came since --- */

static void any_cut(struct rng *r)
{
    struct world w;
    world_make(&w, r, 1 + (int)rng_below(r, 20));
    for (int turn = 0; turn < 4 && tap_this_ok; turn++) {
        const char *viewer = kept_viewers[rng_below(r, 2)];
        CHECK(keep(&w, viewer));
        uint64_t at = head_of(&w);
        for (uint32_t n = rng_below(r, 12); n > 0; n--) eyes_commit(&w.writer, r);
        CHECK(opens_as_folded(&w, viewer) == at);
        for (int i = 0; i < 2; i++) (void)opens_as_folded(&w, kept_viewers[i]);
        /* what was opened so can itself be kept, and gone on from */
        struct arena a = {0};
        struct view v;
        GOOD(view_open(&a, w.writer.store, viewer, NULL, &v, oops));
        uint64_t again = v.head.last;
        if (rng_below(r, 2)) eyes_commit(&w.writer, r); /* others write meanwhile */
        CHECK(snapshot_keep(&v, viewer));
        eyes_commit(&w.writer, r);
        GOOD(view_follow(&v, viewer, NULL, oops));
        struct view folded;
        GOOD(view_fold(&a, w.writer.store, viewer, NULL, &folded, oops));
        CHECK(book_same(v.book, folded.book));
        CHECK(opens_as_folded(&w, viewer) == again);
        arena_free(&a);
    }
    world_end(&w);
}

static void a_kept_book_and_the_rest_are_the_fold(void)
{
    seeds_run(12, any_cut);
}

static void copies(struct rng *r)
{
    struct world w;
    struct arena a = {0}, b = {0};
    struct view v, folded;
    world_make(&w, r, 8);
    for (int i = 0; i < EYES_VIEWERS; i++) {
        GOOD(view_open(&a, w.writer.store, eyes_viewers[i], NULL, &v, oops));
        struct view copy = v;
        copy.book = book_copy(&b, v.book);
        CHECK(book_same(copy.book, v.book));
        const char *before = eyes_see(&a, &v);
        eyes_commit(&w.writer, r);
        GOOD(view_follow(&copy, eyes_viewers[i], NULL, oops));
        CHECK_TEXT(eyes_see(&a, &v), before); /* the copy grows on its own */
        arena_free(&a);                       /* and outlives what it was copied from */
        GOOD(view_fold(&a, w.writer.store, eyes_viewers[i], NULL, &folded, oops));
        CHECK(book_same(copy.book, folded.book));
        CHECK_TEXT(eyes_see(&a, &copy), eyes_see(&a, &folded));
        arena_free(&a);
        arena_free(&b);
    }
    world_end(&w);
}

static void a_copy_lives_and_grows_on_its_own(void)
{
    seeds_run(6, copies);
}

/* --- whose it is --- */

static void a_snapshot_is_for_its_own_viewer_and_log(void)
{
    struct rng r = {3}, other = {4};
    struct world w, x;
    world_make(&w, &r, 30);
    world_make(&x, &other, 30);
    while (head_of(&w) <= head_of(&x)) eyes_commit(&w.writer, &r); /* so that x's would do */
    CHECK(keep(&w, NULL) && keep(&w, "") && keep(&x, NULL));
    CHECK(opens_as_folded(&w, NULL) > 0 && opens_as_folded(&w, "") > 0);
    CHECK(!file_of(&w, "DEU"));
    CHECK_I64((int64_t)opens_as_folded(&w, "DEU"), 0);

    size_t owner_len, public_len, len;
    const uint8_t *owner = bytes_of(&w, file_of(&w, NULL), &owner_len);
    const uint8_t *public = bytes_of(&w, file_of(&w, ""), &public_len);
    put_bytes(file_of(&w, NULL), public, public_len);
    put_bytes(file_of(&w, ""), owner, owner_len);
    CHECK_I64((int64_t)opens_as_folded(&w, NULL), 0);
    CHECK_I64((int64_t)opens_as_folded(&w, ""), 0);

    const uint8_t *foreign = bytes_of(&x, file_of(&x, NULL), &len);
    put_bytes(file_of(&w, NULL), foreign, len);
    CHECK_I64((int64_t)opens_as_folded(&w, NULL), 0);
    put_bytes(file_of(&w, NULL), owner, owner_len);
    CHECK(opens_as_folded(&w, NULL) > 0); /* it was that, and nothing else */
    world_end(&w);
    world_end(&x);
}

/* Says every record again into another store; what is not public says something else there. */
struct retelling {
    struct arena arena;
    const struct record **list;
    uint32_t count, room, changed;
};

static enum rc retell(void *ctx, const struct row *row, struct err *err)
{
    struct retelling *t = ctx;
    struct record *r = NEW(&t->arena, struct record);
    enum rc rc = row_record(&t->arena, row, r, err);
    if (rc) return rc;
    if (strcmp(r->label, "public") != 0) {
        t->changed++;
        if (r->kind == KIND_RATE)
            record_set_dec(&t->arena, r, F_AMOUNT, (struct dec){77, 0});
        else if (r->kind == KIND_MEMBERSHIP)
            record_set_int(&t->arena, r, F_SINCE, 5);
        else
            record_set_text(&t->arena, r, r->kind == KIND_ENTRY ? F_AUTHOR : F_NAME, "desk:other");
    }
    t->list = arena_more(&t->arena, t->list, t->count, &t->room, sizeof *t->list);
    t->list[t->count++] = r;
    return RC_OK;
}

/* Law 7: the image of what the public sees has not one byte of what it does not. */
static void secrets(struct rng *r)
{
    struct world w, other;
    struct arena a = {0};
    struct retelling t = {0};
    struct view mine, theirs;
    world_make(&w, r, 25);
    world_make(&other, r, 0);
    GOOD(w.writer.store->ops->scan(w.writer.store, 0, retell, &t, oops));
    GOOD(store_append(other.writer.store, t.list, t.count, NULL, 0, oops));
    CHECK(t.changed > 3);
    for (int i = 0; i < 2; i++) {
        GOOD(view_fold(&a, w.writer.store, kept_viewers[i], NULL, &mine, oops));
        GOOD(view_fold(&a, other.writer.store, kept_viewers[i], NULL, &theirs, oops));
        CHECK(memcmp(mine.head.root, theirs.head.root, SHA_BYTES) != 0);
        CHECK(book_same(mine.book, theirs.book) == (kept_viewers[i] != NULL)); /* the owner's not */
    }
    arena_free(&t.arena);
    arena_free(&a);
    world_end(&w);
    world_end(&other);
}

static void what_is_hidden_leaves_no_byte_in_an_image(void)
{
    seeds_run(5, secrets);
}

/* --- damage --- */

/* Every byte of its front, and some of the rest; each changed in one bit, or altogether. */
static void altered(struct rng *r)
{
    struct world w;
    size_t len;
    world_make(&w, r, 6);
    CHECK(keep(&w, NULL));
    const char *path = file_of(&w, NULL);
    uint8_t *bytes = bytes_of(&w, path, &len);
    for (size_t at = 0; at < len && tap_this_ok; at += at < 1024 ? 1 : 1 + rng_below(r, 512)) {
        struct arena a = {0};
        struct book *book;
        struct commit commit;
        uint8_t was = bytes[at];
        bytes[at] = (uint8_t)(was ^ (rng_one_in(r, 2) ? 1u << rng_below(r, 8) : 0xffu));
        put_bytes(path, bytes, len);
        bool taken = snapshot_take(&a, w.writer.store, NULL, &book, &commit);
        if (taken) printf("# byte %zu of %zu\n", at, len);
        CHECK(!taken);
        if (rng_one_in(r, 40)) CHECK_I64((int64_t)opens_as_folded(&w, NULL), 0);
        bytes[at] = was;
        arena_free(&a);
    }
    for (int i = 0; i < 40 && tap_this_ok; i++) { /* cut off, or with something behind */
        put_bytes(path, bytes, i < 30 ? rng_below(r, (uint32_t)len) : len + 1 + rng_below(r, 15));
        CHECK_I64((int64_t)opens_as_folded(&w, NULL), 0);
    }
    put_bytes(path, bytes, len);
    CHECK(opens_as_folded(&w, NULL) > 0);
    world_end(&w);
}

static void a_changed_byte_makes_it_no_snapshot(void)
{
    seeds_run(2, altered);
}

/* Tables of a kept book, changed by somebody who also mends the sums. */
static bool forge(struct world *w, struct rng *r, int table, uint32_t changes)
{
    struct aside f;
    struct stat st;
    const char *path = file_of(w, NULL);
    struct aside_part parts[ASIDE_PARTS_MAX];
    uint8_t head[ASIDE_HEAD_MAX];
    bool good = false;
    size_t head_len = 1;
    while (head_len <= ASIDE_HEAD_MAX && !good) { /* whatever its length */
        good = aside_open(path, "muster book", head_len, &f);
        if (!good) aside_close(&f);
        head_len += !good;
    }
    CHECK(good && stat(path, &st) == 0);
    memcpy(head, f.head, sizeof head);
    uint32_t count = f.count;
    while (good && !f.len[table]) table = table % IMAGE_TABLES + 1; /* one that has any */
    for (uint32_t i = 0; i < count && good; i++) {
        uint8_t *bytes = NEW_ARRAY(&w->own, f.len[i] + 1, uint8_t);
        CHECK(aside_read(&f, i, bytes));
        for (uint32_t k = 0; (int)i == table && f.len[i] && k < changes; k++) {
            bytes[rng_below(r, (uint32_t)f.len[i])] = (uint8_t)rng_next(r);
        }
        parts[i] = (struct aside_part){bytes, f.len[i]};
    }
    aside_close(&f);
    struct aside_owner owner = {st.st_mode, st.st_uid, st.st_gid};
    return aside_write(path, "muster book", &owner, head, head_len, parts, count);
}

/*
 * The negative control of all that compares: with the sums mended, what was
 * changed is believed, and then it shows. And whatever the bytes, nothing is
 * read outside of them (which the sanitizers see).
 */
static void forged(struct rng *r)
{
    struct world w;
    int believed = 0, shown = 0;
    world_make(&w, r, 12);
    for (int i = 0; i < 150; i++) {
        struct arena a = {0};
        struct book *book;
        struct commit commit;
        struct view folded;
        int table = (int)rng_below(r, IMAGE_TABLES) + 1;
        CHECK(keep(&w, NULL));
        CHECK(forge(&w, r, table, 1 + rng_below(r, 6)));
        GOOD(view_fold(&a, w.writer.store, NULL, NULL, &folded, oops));
        if (snapshot_take(&a, w.writer.store, NULL, &book, &commit)) {
            struct view v = {.store = w.writer.store, .book = book, .head = commit};
            (void)eyes_see(&a, &v);
            believed++;
            shown += !book_same(book, folded.book);
        }
        arena_free(&a);
    }
    CHECK(believed > 10 && shown > believed / 2);
    CHECK(keep(&w, NULL) && opens_as_folded(&w, NULL) > 0);
    world_end(&w);
}

static void a_forged_one_leads_nowhere_and_shows_when_compared(void)
{
    seeds_run(2, forged);
}

/* --- sums alone --- */

/* Both answer alike at clocks that see everything: what is asked is keys and numbers. */
static void same_sums_of(const struct book *few, const struct book *all)
{
    struct clocks now = CLOCKS_NOW;
    for (int by = 0; by < CUBE_COUNT; by++) {
        struct arena a = {0};
        struct tallies_view x, y;
        book_cube(&a, few, (enum cube_by)by, &now, &x);
        book_cube(&a, all, (enum cube_by)by, &now, &y);
        CHECK(x.count == y.count);
        for (uint32_t i = 0; i < x.count && i < y.count; i++) {
            const struct tally *s = &x.list[i], *t = &y.list[i];
            CHECK(s->sum == t->sum && s->rest == t->rest && s->place == t->place);
            CHECK((s->noun == NONE) == (t->noun == NONE));
            if (s->noun != NONE) CHECK_TEXT(book_key(few, s->noun), book_key(all, t->noun));
            if (s->word != NONE) {
                CHECK_TEXT(book_word_text(few, s->word), book_word_text(all, t->word));
            }
        }
        arena_free(&a);
    }
    CHECK(book_is_summary(few) && !book_is_summary(all));
}

static void summed_up(struct rng *r)
{
    struct world w;
    struct arena a = {0};
    struct view few, all;
    world_make(&w, r, 12);
    CHECK(keep(&w, NULL));
    CHECK(snapshot_sums(&a, w.writer.store, NULL, &few));
    CHECK(!snapshot_sums(&a, w.writer.store, "", &all)); /* the public's were not kept */
    GOOD(view_fold(&a, w.writer.store, NULL, NULL, &all, oops));
    same_sums_of(few.book, all.book);
    eyes_commit(&w.writer, r);
    CHECK(!snapshot_sums(&a, w.writer.store, NULL, &few)); /* the log went on */
    arena_free(&a);
    world_end(&w);
}

static void kept_sums_are_the_books_and_only_at_its_head(void)
{
    seeds_run(6, summed_up);
}

/* --- faults while it is written and read --- */

/* Of the book, or of its sums, which are written before it. */
static bool leftover(struct world *w)
{
    struct stat st;
    const char *book = file_of(w, NULL);
    size_t len = strlen(book) - strlen("book");
    const char *sums = text_format(&w->own, "%.*ssums-new", (int)len, book);
    return stat(text_format(&w->own, "%s-new", book), &st) == 0 || stat(sums, &st) == 0;
}

static void a_fault_while_writing_leaves_what_was_there(void)
{
    struct rng r = {11};
    struct world w;
    world_make(&w, &r, 10);
    CHECK(keep(&w, NULL));
    uint64_t old = head_of(&w);
    static const int errors[] = {EIO, ENOSPC, EDQUOT};
    eyes_commit(&w.writer, &r);
    for (int kind = 0; kind < 6 && tap_this_ok; kind++) {
        int fail_at = 1, steps = 0, left = 0;
        for (bool failed = true; failed && tap_this_ok; fail_at++) {
            struct arena a = {0};
            struct view v;
            GOOD(view_fold(&a, w.writer.store, NULL, NULL, &v, oops));
            arm(fail_at, kind >= 3, errors[kind % 3]);
            bool done = snapshot_keep(&v, NULL);
            sys.armed = false;
            failed = sys.count >= fail_at;
            steps = sys.count;
            CHECK(done == !failed);
            left += leftover(&w);
            CHECK(left <= 2 * 2); /* before each of the two files is known to be ours */
            CHECK(opens_as_folded(&w, NULL) == (failed ? old : head_of(&w)));
            arena_free(&a);
        }
        CHECK(steps > 10);
        /* the next kind of fault again finds an older one */
        old = head_of(&w);
        eyes_commit(&w.writer, &r);
    }
    /* a disk that takes half of what it is given is no fault at all */
    struct arena a = {0};
    struct view v;
    GOOD(view_fold(&a, w.writer.store, NULL, NULL, &v, oops));
    sys.short_only = true;
    CHECK(snapshot_keep(&v, NULL));
    sys.short_only = false;
    CHECK(opens_as_folded(&w, NULL) == head_of(&w));
    arena_free(&a);
    world_end(&w);
}

static void a_fault_while_reading_folds_the_log(void)
{
    struct rng r = {12};
    struct world w;
    world_make(&w, &r, 10);
    CHECK(keep(&w, NULL));
    int reads = 0;
    for (int fail_at = 1; fail_at == 1 || taps.count >= taps.fail_at; fail_at++) {
        struct arena a = {0};
        struct book *book;
        struct commit commit;
        taps.armed = true;
        taps.count = 0;
        taps.fail_at = fail_at;
        bool taken = snapshot_take(&a, w.writer.store, NULL, &book, &commit);
        taps.armed = false;
        CHECK(taken == (taps.count < fail_at));
        reads = fail_at;
        arena_free(&a);
    }
    CHECK(reads > 10);
    world_end(&w);
}

/* The process ends at every step in turn; what it left behind is taken over. */
static void a_crash_between_two_steps_loses_nothing(void)
{
    struct rng r = {13};
    struct world w;
    world_make(&w, &r, 8);
    CHECK(keep(&w, NULL));
    int died = 0;
    for (int step = 1; tap_this_ok; step++) {
        uint64_t old = head_of(&w);
        eyes_commit(&w.writer, &r);
        struct arena a = {0};
        struct view v;
        GOOD(view_fold(&a, w.writer.store, NULL, NULL, &v, oops));
        fflush(stdout);
        pid_t child = fork();
        if (child == 0) {
            arm(step, false, EIO);
            sys.dies = true;
            _exit(snapshot_keep(&v, NULL) ? 0 : 1);
        }
        int status = 0;
        CHECK(child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status));
        arena_free(&a);
        uint64_t at = opens_as_folded(&w, NULL);
        if (WEXITSTATUS(status) == 0) { /* no step is left */
            CHECK(at == head_of(&w));
            break;
        }
        CHECK_I64(WEXITSTATUS(status), 9);
        CHECK(at == old);
        died++;
        CHECK(keep(&w, NULL) && !leftover(&w));
    }
    CHECK(died > 10);
    world_end(&w);
}

static void two_processes_keep_it_at_once(void)
{
    struct rng r = {14};
    struct world w;
    pid_t child[2];
    world_make(&w, &r, 8);
    fflush(stdout);
    for (int i = 0; i < 2; i++) {
        child[i] = fork();
        if (child[i]) continue;
        struct arena own = {0};
        struct store *store;
        struct err err;
        if (store_open(&own, w.path, false, &store, &err)) _exit(2);
        for (int n = 0; n < 150; n++) {
            struct arena a = {0};
            struct view v;
            if (view_fold(&a, store, NULL, NULL, &v, &err)) _exit(3);
            (void)snapshot_keep(&v, NULL); /* the other one may be at it */
            arena_free(&a);
        }
        _exit(0);
    }
    int taken = 0;
    for (int n = 0; n < 40 && tap_this_ok; n++) {
        eyes_commit(&w.writer, &r);
        taken += opens_as_folded(&w, NULL) > 0;
    }
    for (int i = 0; i < 2; i++) {
        int status = 1;
        CHECK(waitpid(child[i], &status, 0) == child[i] && status == 0);
    }
    CHECK(taken > 0);
    CHECK(keep(&w, NULL) && opens_as_folded(&w, NULL) == head_of(&w));
    world_end(&w);
}

/* --- where and when --- */

static void nothing_is_written_where_one_only_looks(void)
{
    struct rng r = {15};
    struct world w;
    struct stat st;
    world_make(&w, &r, 5);
    CHECK(chmod(w.path, 0440) == 0);
    CHECK(!keep(&w, NULL));
    CHECK(chmod(w.path, 0640) == 0 && chmod(w.temp.dir, 0555) == 0);
    CHECK(!keep(&w, NULL));
    CHECK(stat(file_of(&w, NULL), &st) != 0 && !leftover(&w));
    CHECK(chmod(w.temp.dir, 0755) == 0);
    mode_t before = umask(0077);
    CHECK(keep(&w, NULL));
    umask(before);
    CHECK(stat(file_of(&w, NULL), &st) == 0);
    CHECK_I64(st.st_mode & 0777, 0640); /* as the store's */
    CHECK(chmod(w.path, 0600) == 0 && keep(&w, NULL));
    CHECK(stat(file_of(&w, NULL), &st) == 0);
    CHECK_I64(st.st_mode & 0777, 0600);
    world_end(&w);

    struct arena a = {0};
    struct writer m = {.now_ms = INT64_C(1700000000000)};
    struct view v;
    GOOD(store_open(&a, "memory:", true, &m.store, oops));
    eyes_commit(&m, &r);
    GOOD(view_open(&a, m.store, NULL, NULL, &v, oops));
    CHECK(!snapshot_keep(&v, NULL) && !snapshot_path(&a, m.store, NULL));
    arena_free(&m.arena);
    store_close(m.store);
    arena_free(&a);
}

/* Whoever may write beside the store must not have us empty a file of ours. */
static void nothing_is_emptied_through_a_link(void)
{
    struct rng r = {18};
    struct world w;
    size_t len;
    world_make(&w, &r, 5);
    const char *new_path = text_format(&w.own, "%s-new", file_of(&w, NULL));
    const char *other = text_format(&w.own, "%s/other", w.temp.dir);
    put_bytes(other, (const uint8_t *)"precious", 8);
    for (int i = 0; i < 2; i++) {
        CHECK((i ? symlink(other, new_path) : link(other, new_path)) == 0);
        CHECK(!keep(&w, NULL));
        (void)bytes_of(&w, other, &len);
        CHECK_I64((int64_t)len, 8);
        CHECK(unlink(new_path) == 0);
    }
    CHECK(mkfifo(new_path, 0600) == 0 && !keep(&w, NULL) && unlink(new_path) == 0);
    CHECK(keep(&w, NULL));
    world_end(&w);
}

/* Rates in one commit: quick to write. */
static void append_rates(struct world *w, uint32_t count)
{
    struct arena a = {0};
    uint64_t last = head_of(w);
    const struct record **list = NEW_ARRAY(&a, count, const struct record *);
    for (uint32_t i = 0; i < count; i++) {
        struct record *r = record_new(&a, KIND_RATE);
        r->id = last + i + 1;
        r->recorded_ms = w->writer.now_ms + 60000;
        record_set_text(&a, r, F_CURRENCY, "USD");
        record_set_text(&a, r, F_BASE, "EUR");
        record_set_text(&a, r, F_SERIES, "ecb");
        record_set_int(&a, r, F_DAY, (int)(i % 20000));
        record_set_dec(&a, r, F_AMOUNT, (struct dec){1 + i, 3});
        list[i] = r;
    }
    w->writer.now_ms += 60000;
    GOOD(store_append(w->writer.store, list, count, NULL, 0, oops));
    arena_free(&a);
}

static void a_long_fold_is_kept_and_a_short_one_is_not(void)
{
    struct rng r = {16};
    struct world w;
    struct stat st;
    world_make(&w, &r, 3);
    CHECK_I64((int64_t)opens_as_folded(&w, NULL), 0);
    CHECK(stat(file_of(&w, NULL), &st) != 0); /* not for a few records */
    append_rates(&w, SNAPSHOT_LEAST);
    uint64_t at = head_of(&w);
    for (int i = 0; i < 2; i++) {
        CHECK_I64((int64_t)opens_as_folded(&w, kept_viewers[i]), 0); /* this one makes it */
        CHECK(opens_as_folded(&w, kept_viewers[i]) == at);
    }
    append_rates(&w, SNAPSHOT_LEAST - 1);
    for (int i = 0; i < 3; i++) CHECK(opens_as_folded(&w, NULL) == at); /* the rest is short */
    append_rates(&w, 1);
    CHECK(opens_as_folded(&w, NULL) == at);
    CHECK(opens_as_folded(&w, NULL) == head_of(&w));
    CHECK(opens_as_folded(&w, "") == at);
    world_end(&w);
}

/* --- the keys of a log, kept in the same way --- */

/* One party of that key and version, as a commit by somebody who has just opened the store. */
static enum rc append_party(struct world *w, const char *key, unsigned version)
{
    struct arena a = {0};
    struct store *store;
    struct err err;
    struct record *r = record_new(&a, KIND_PARTY);
    record_set_text(&a, r, F_KEY, key);
    record_set_text(&a, r, F_TYPE, "nation");
    r->id = head_of(w) + 1;
    r->recorded_ms = w->writer.now_ms += 1000;
    r->idem = record_idem(&a, r, version);
    GOOD(store_open(&a, w->path, false, &store, oops));
    const struct record *one = r;
    enum rc rc = store_append(store, &one, 1, NULL, 0, &err);
    store_close(store);
    arena_free(&a);
    return rc;
}

static void append_parties(struct world *w, const char *prefix, uint32_t count)
{
    struct arena a = {0};
    uint64_t last = head_of(w);
    const struct record **list = NEW_ARRAY(&a, count, const struct record *);
    for (uint32_t i = 0; i < count; i++) {
        struct record *r = record_new(&a, KIND_PARTY);
        record_set_text(&a, r, F_KEY, text_format(&a, "%s%u", prefix, (unsigned)(last + i)));
        record_set_text(&a, r, F_TYPE, "nation");
        r->id = last + i + 1;
        r->recorded_ms = w->writer.now_ms + 1000;
        r->idem = record_idem(&a, r, 1);
        list[i] = r;
    }
    w->writer.now_ms += 1000;
    GOOD(store_append(w->writer.store, list, count, NULL, 0, oops));
    arena_free(&a);
}

/* Of known keys none is taken twice, and new ones are. */
static void keys_hold(struct world *w, struct rng *r, uint64_t count)
{
    static unsigned next;
    for (int i = 0; i < 3; i++) {
        const char *known = text_format(&w->own, "p%u", (unsigned)rng_below(r, (uint32_t)count));
        CHECK(append_party(w, known, 1) == RC_RULE);
    }
    CHECK(append_party(w, text_format(&w->own, "new%u", next++), 1) == RC_OK);
}

static void keys_kept_beside_a_log_are_the_logs(void)
{
    struct rng r = {17};
    struct world w, other;
    struct stat st;
    size_t len;
    world_make(&w, &r, 0);
    append_parties(&w, "p", 15000);
    uint64_t count = head_of(&w);
    keys_hold(&w, &r, count);
    const char *path = temp_path(&w.temp, "m.db-keys");
    char keys[320];
    strcpy(keys, path);
    CHECK(stat(keys, &st) != 0); /* not for so few */
    append_parties(&w, "p", 5000);
    keys_hold(&w, &r, count);
    CHECK(stat(keys, &st) == 0);
    keys_hold(&w, &r, count); /* from the file, and what came since */
    uint8_t *bytes = bytes_of(&w, keys, &len);
    for (int i = 0; i < 20 && tap_this_ok; i++) {
        size_t at = rng_below(&r, (uint32_t)len);
        bytes[at] = (uint8_t)(bytes[at] ^ 1u);
        put_bytes(keys, bytes, i % 2 ? len : at);
        keys_hold(&w, &r, count);
        bytes = bytes_of(&w, keys, &len); /* it was made again */
    }
    world_make(&other, &r, 0);
    append_parties(&other, "q", 20000);
    CHECK(append_party(&other, "x", 1) == RC_OK);
    size_t foreign_len;
    const uint8_t *foreign = bytes_of(&w, temp_path(&other.temp, "m.db-keys"), &foreign_len);
    put_bytes(keys, foreign, foreign_len);
    keys_hold(&w, &r, count);
    GOOD(store_verify(w.writer.store, &(struct verdict){0}, oops));

    /* The negative control: one whose sums fit and that knows no keys lets a second one in. */
    struct aside f;
    CHECK(aside_open(keys, "muster keys", 48, &f));
    struct aside_owner owner = {0600, getuid(), getgid()};
    CHECK(aside_write(keys, "muster keys", &owner, f.head, 48, &(struct aside_part){"", 0}, 1));
    aside_close(&f);
    struct verdict verdict;
    struct err err;
    CHECK(append_party(&w, "p7", 1) == RC_OK);
    CHECK(store_verify(w.writer.store, &verdict, &err) == RC_STORE);
    world_end(&w);
    world_end(&other);
}

int main(void)
{
    RUN(keys_kept_beside_a_log_are_the_logs);
    RUN(a_kept_book_and_the_rest_are_the_fold);
    RUN(a_copy_lives_and_grows_on_its_own);
    RUN(a_snapshot_is_for_its_own_viewer_and_log);
    RUN(what_is_hidden_leaves_no_byte_in_an_image);
    RUN(a_changed_byte_makes_it_no_snapshot);
    RUN(a_forged_one_leads_nowhere_and_shows_when_compared);
    RUN(kept_sums_are_the_books_and_only_at_its_head);
    RUN(a_fault_while_writing_leaves_what_was_there);
    RUN(a_fault_while_reading_folds_the_log);
    RUN(a_crash_between_two_steps_loses_nothing);
    RUN(two_processes_keep_it_at_once);
    RUN(nothing_is_written_where_one_only_looks);
    RUN(nothing_is_emptied_through_a_link);
    RUN(a_long_fold_is_kept_and_a_short_one_is_not);
    return tap_done();
}
