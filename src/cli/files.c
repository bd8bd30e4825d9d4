/* files.c - see files.h. */
#include "cli/files.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "cli/stranger.h"
#include "record/exchange.h"

enum { INPUTS_MAX = 4096 };

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

/* Why a file or directory cannot be opened. */
static enum rc no_entry(const char *path, struct err *err)
{
    switch (errno) {
    case ENOENT:
    case ENOTDIR: return fail(err, RC_ABSENT, "there is no file '%.150s'", path);
    case EACCES:
    case EPERM: return fail(err, RC_ABSENT, "you may not read '%.150s'", path);
    default: return fail(err, RC_ABSENT, "'%.150s' cannot be opened: %s", path, strerror(errno));
    }
}

static enum rc read_all(struct arena *a, FILE *f, const char *path, size_t guess, struct input *out,
                        struct err *err)
{
    size_t room = guess + 1, len = 0;
    char *bytes = NEW_ARRAY(a, room, char); /* the byte behind the last one stays zero */
    for (;;) {
        len += fread(bytes + len, 1, room - len, f);
        if (len < room) break;
        if (len > FILE_BYTES_MAX) {
            return fail(err, RC_INPUT, "'%.150s' is larger than 1 GiB", path);
        }
        char *more = NEW_ARRAY(a, room *= 2, char);
        memcpy(more, bytes, len);
        bytes = more;
    }
    if (ferror(f)) {
        return fail(err, RC_INPUT, "'%.150s' cannot be read: %s", path, strerror(errno));
    }
    out->bytes = bytes;
    out->len = len;
    return RC_OK;
}

enum rc file_input(struct arena *a, const char *path, struct input *out, struct err *err)
{
    struct stat st = {0};
    *out = (struct input){.path = path, .name = last_part(path)};
    if (strcmp(path, "-") == 0) {
        out->name = "standard input";
        return read_all(a, stdin, path, 65536, out, err);
    }
    if (stat(path, &st) != 0) {
        return no_entry(path, err);
    }
    if (!S_ISREG(st.st_mode) && !S_ISFIFO(st.st_mode)) {
        return fail(err, RC_INPUT, "'%.150s' is %s, not a file", path,
                    S_ISDIR(st.st_mode) ? "a directory" : "a device");
    }
    if (st.st_size > FILE_BYTES_MAX) {
        return fail(err, RC_INPUT, "'%.150s' is larger than 1 GiB", path);
    }
    FILE *f = fopen(path, "rb");
    if (!f) return no_entry(path, err);
    enum rc rc = read_all(a, f, path, (size_t)st.st_size, out, err);
    fclose(f);
    return rc;
}

/*
 * Whether the file is so large that it is fed, to a reader that takes it so, or
 * as an exchange file that is too large to be held: then *out is its head.
 */
static bool is_fed(struct arena *a, const char *path, const struct reader *asked, struct input *out)
{
    enum { HEAD_BYTES = 64 * 1024 };
    struct stat st;
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size <= FEED_BYTES_MIN) return false;
    FILE *f = fopen(path, "rb");
    if (!f) return false;
    char *head = NEW_ARRAY(a, HEAD_BYTES + 1, char);
    *out = (struct input){.path = path, .name = last_part(path), .bytes = head};
    out->len = fread(head, 1, HEAD_BYTES, f);
    fclose(f);
    if (!asked && exchange_sniff(out->bytes, out->len)) return st.st_size > FILE_BYTES_MAX;
    for (const struct reader *const *r = source_readers; *r; r++) {
        if ((*r)->feed && (!asked || asked == *r) && (*r)->sniff(out, 1)) return true;
    }
    return false;
}

static int by_name(const void *x, const void *y)
{
    return strcmp(*(const char *const *)x, *(const char *const *)y);
}

/* Directories inside one that was named; what a link leads back to is gone into once. */
struct walk {
    struct place {
        dev_t device;
        ino_t number;
    } * been;
    uint32_t count, room;
    uint32_t files; /* found so far */
    uint64_t bytes;
    size_t skip; /* of a path, for people: what stands before the name of the first */
};

enum { DIRECTORIES_MAX = 4096, DEPTH_MAX = 32 };

static const int64_t walk_bytes_max = INT64_C(4) << 30;

/* Notes on where data came from are not data, and a name with a dot is hidden. */
static bool is_passed_over(const char *name)
{
    static const char *const notes[] = {"README", "LICENSE", "LICENCE", "COPYING",
                                        "NOTICE", "SOURCE",  "COMMITS", "CHANGELOG"};
    static const char *const ends[] = {"", ".txt", ".md", ".rst"};
    if (name[0] == '.') return true;
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        size_t len = strlen(notes[i]);
        if (strncmp(name, notes[i], len) != 0) continue;
        for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
            if (strcmp(name + len, ends[k]) == 0) return true;
        }
    }
    return false;
}

static bool was_there(struct arena *a, struct walk *w, const struct stat *st)
{
    for (uint32_t i = 0; i < w->count; i++) {
        if (w->been[i].device == st->st_dev && w->been[i].number == st->st_ino) return true;
    }
    w->been = arena_more(a, w->been, w->count, &w->room, sizeof *w->been);
    w->been[w->count++] = (struct place){st->st_dev, st->st_ino};
    return false;
}

/* The plain files of a directory, and the directories in it, each by name. */
static enum rc list_directory(struct arena *a, struct walk *w, const char *path, struct texts *out,
                              struct texts *inside, struct err *err)
{
    DIR *d = opendir(path);
    if (!d) return no_entry(path, err);
    for (struct dirent *e; (e = readdir(d)) && w->files <= INPUTS_MAX;) {
        struct stat st;
        const char *entry = text_format(a, "%s/%s", path, e->d_name);
        if (is_passed_over(e->d_name) || stat(entry, &st) != 0) continue;
        if (S_ISDIR(st.st_mode)) texts_add(inside, a, entry);
        if (!S_ISREG(st.st_mode)) continue;
        texts_add(out, a, entry);
        w->files++;
        if (st.st_size <= FEED_BYTES_MIN) w->bytes += (uint64_t)st.st_size;
    }
    closedir(d);
    if (w->files > INPUTS_MAX) {
        return fail(err, RC_INPUT, "'%.150s' holds more than %d files", path, INPUTS_MAX);
    }
    if (w->bytes > (uint64_t)walk_bytes_max) {
        return fail(err, RC_INPUT, "'%.150s': more than 4 GiB in one import; name parts of it",
                    path);
    }
    if (out->count) qsort(out->at, out->count, sizeof *out->at, by_name);
    if (inside->count) qsort(inside->at, inside->count, sizeof *inside->at, by_name);
    return RC_OK;
}

static const struct reader *reader_of(const struct input *inputs, uint32_t count)
{
    for (const struct reader *const *r = source_readers; *r; r++) {
        if ((*r)->sniff(inputs, count)) return *r;
    }
    return NULL;
}

struct grouping {
    struct arena *arena;
    const struct reader *asked;
    bool asked_exchange;
    struct units *units;
    uint32_t room;
};

static struct unit *unit_add(struct grouping *g, const char *name)
{
    struct units *u = g->units;
    u->list = arena_more(g->arena, u->list, u->count, &g->room, sizeof *u->list);
    u->list[u->count] = (struct unit){.name = name};
    return &u->list[u->count++];
}

/*
 * One file: with the unit before it when one reader takes them together
 * (pages of one answer), else a unit of its own.
 */
static enum rc group_file(struct grouping *g, const struct input *in, bool may_join,
                          struct err *err)
{
    bool exchange = !g->asked && exchange_sniff(in->bytes, in->len);
    if (g->asked_exchange && !exchange) {
        return fail(err, RC_INPUT, "%.80s is no exchange file: it does not begin with 'muster 1'",
                    in->name);
    }
    const struct reader *reader = g->asked ? g->asked : exchange ? NULL : reader_of(in, 1);
    if (!reader && !exchange) return stranger(in, err);
    struct unit *last = g->units->count ? &g->units->list[g->units->count - 1] : NULL;
    struct input *joined = NEW_ARRAY(g->arena, (last ? last->count : 0) + 1, struct input);
    if (may_join && last && !exchange && last->reader == reader) {
        memcpy(joined, last->inputs, last->count * sizeof *joined);
        joined[last->count] = *in;
        if (reader->sniff(joined, last->count + 1)) {
            last->inputs = joined;
            last->count++;
            last->name = text_format(g->arena, "%" PRIu32 " files", last->count);
            return RC_OK;
        }
    }
    struct unit *u = unit_add(g, in->name);
    joined[0] = *in;
    u->inputs = joined;
    u->count = 1;
    u->reader = reader;
    return RC_OK;
}

/* Those that are too large to be held are units of their own, in parts; what is left is counted. */
static enum rc read_directory(struct grouping *g, const struct texts *files, struct input *inputs,
                              uint32_t *count, struct err *err)
{
    enum rc rc = RC_OK;
    for (uint32_t i = 0; i < files->count && !rc; i++) {
        struct input *in = &inputs[*count];
        bool fed = is_fed(g->arena, files->at[i], g->asked, in);
        if (!fed) {
            rc = file_input(g->arena, files->at[i], in, err);
            ++*count;
            continue;
        }
        struct input *alone = NEW(g->arena, struct input);
        *alone = *in;
        rc = group_file(g, alone, false, err);
        if (!rc) g->units->list[g->units->count - 1].fed = true;
    }
    return rc;
}

/*
 * The files of a directory, taken whole or not at all: by one reader that takes
 * them together, else each by its own, in one commit. An exchange file has
 * commits of its own, so it cannot be one of several.
 */
static enum rc group_directory(struct grouping *g, const struct texts *files, const char *path,
                               const char *name, struct err *err)
{
    struct input *inputs = NEW_ARRAY(g->arena, files->count + 1, struct input);
    uint32_t count = 0;
    enum rc rc = read_directory(g, files, inputs, &count, err);
    if (rc || !count) return rc;
    const struct reader *whole = g->asked ? g->asked : reader_of(inputs, count);
    if (whole) {
        struct unit *u = unit_add(g, name);
        u->reader = whole;
        u->inputs = inputs;
        u->count = count;
        return RC_OK;
    }
    uint32_t before = g->units->count;
    for (uint32_t i = 0; i < count && !rc; i++) {
        rc = group_file(g, &inputs[i], g->units->count > before, err);
    }
    for (uint32_t i = before; i < g->units->count && g->units->count - before > 1 && !rc; i++) {
        struct unit *u = &g->units->list[i];
        u->with_next = i + 1 < g->units->count;
        if (u->reader) continue;
        rc = fail(err, RC_INPUT,
                  "%.80s is an exchange file: name it apart from the others in '%.80s'", u->name,
                  path);
    }
    return rc;
}

/* A directory, then those in it: each is a unit, by name, however the disk has them. */
static enum rc group_tree(struct grouping *g, struct walk *w, const char *path, unsigned depth,
                          struct err *err)
{
    struct stat st;
    struct texts files = {0}, inside = {0};
    if (stat(path, &st) != 0) return no_entry(path, err);
    if (was_there(g->arena, w, &st)) return RC_OK;
    if (depth > DEPTH_MAX || w->count > DIRECTORIES_MAX) {
        return fail(err, RC_INPUT,
                    "'%.150s': directories inside each other, deeper than %d or more than %d", path,
                    DEPTH_MAX, DIRECTORIES_MAX);
    }
    enum rc rc = list_directory(g->arena, w, path, &files, &inside, err);
    if (!rc) rc = group_directory(g, &files, path, path + w->skip, err);
    for (uint32_t i = 0; i < inside.count && !rc; i++) {
        rc = group_tree(g, w, inside.at[i], depth + 1, err);
    }
    return rc;
}

static enum rc group_named(struct grouping *g, const char *path, struct err *err)
{
    size_t len = strlen(path);
    while (len > 1 && path[len - 1] == '/') len--;
    path = arena_bytes(g->arena, path, len);
    struct walk w = {.skip = (size_t)(last_part(path) - path)};
    enum rc rc = group_tree(g, &w, path, 0, err);
    if (!rc && !w.files) return fail(err, RC_INPUT, "'%.150s' holds no files", path);
    return rc;
}

static enum rc no_format(struct arena *a, const char *format, struct err *err)
{
    struct buf known = {.arena = a};
    for (const struct reader *const *r = source_readers; *r; r++) {
        buf_addf(&known, ", %s", (*r)->name);
    }
    return fail(err, RC_ABSENT, "--format: no '%.60s'; there is muster%.200s", format, known.text);
}

/* Tables named together with the mapping file that says what they are. */
static bool is_mapped(const struct input *inputs, uint32_t count)
{
    const struct reader *mapping = source_reader_named("mapping");
    return count > 1 && mapping->sniff(inputs, count);
}

static enum rc group_files(struct grouping *g, const struct texts *paths, struct err *err)
{
    enum rc rc = RC_OK;
    struct input *inputs = NEW_ARRAY(g->arena, paths->count, struct input);
    bool *fed = NEW_ARRAY(g->arena, paths->count, bool);
    for (uint32_t i = 0; i < paths->count && !rc; i++) {
        fed[i] = is_fed(g->arena, paths->at[i], g->asked, &inputs[i]);
        if (!fed[i]) rc = file_input(g->arena, paths->at[i], &inputs[i], err);
    }
    if (rc) return rc;
    if (!g->asked && !g->asked_exchange && is_mapped(inputs, paths->count)) {
        struct unit *u = unit_add(g, text_format(g->arena, "%" PRIu32 " files", paths->count));
        *u = (struct unit){u->name, source_reader_named("mapping"), inputs, paths->count, false,
                           false};
        return RC_OK;
    }
    for (uint32_t i = 0; i < paths->count && !rc; i++) {
        rc = group_file(g, &inputs[i], i > 0 && !fed[i] && !fed[i - 1], err);
        if (!rc && fed[i]) g->units->list[g->units->count - 1].fed = true;
    }
    return rc;
}

static bool is_directory(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

enum rc files_units(struct arena *a, const struct texts *paths, const char *format,
                    struct units *out, struct err *err)
{
    struct grouping g = {.arena = a, .units = out};
    *out = (struct units){0};
    g.asked_exchange = format && strcmp(format, "muster") == 0;
    g.asked = format && !g.asked_exchange ? source_reader_named(format) : NULL;
    if (format && !g.asked && !g.asked_exchange) return no_format(a, format, err);
    enum rc rc = RC_OK;
    for (uint32_t i = 0; i < paths->count && !rc;) {
        struct texts together = {.at = paths->at + i};
        while (i < paths->count && !is_directory(paths->at[i])) {
            together.count++;
            i++;
        }
        if (together.count)
            rc = group_files(&g, &together, err);
        else
            rc = group_named(&g, paths->at[i++], err);
    }
    return rc;
}
