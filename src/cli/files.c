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

/* Whether the file is so large that it is fed, to a reader that takes it so: then *out is its head.
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
    for (const struct reader *const *r = source_readers; *r; r++) {
        if ((*r)->feed && (!asked || asked == *r) && (*r)->sniff(out, 1)) return true;
    }
    return false;
}

static int by_name(const void *x, const void *y)
{
    return strcmp(*(const char *const *)x, *(const char *const *)y);
}

/* The plain files of a directory, by name; notes on where data came from are not data. */
static enum rc list_directory(struct arena *a, const char *path, struct texts *out, struct err *err)
{
    DIR *d = opendir(path);
    if (!d) return no_entry(path, err);
    for (struct dirent *e; (e = readdir(d));) {
        struct stat st;
        const char *file = text_format(a, "%s/%s", path, e->d_name);
        bool note = strcmp(e->d_name, "SOURCE.txt") == 0 || strcmp(e->d_name, "README.md") == 0 ||
                    strcmp(e->d_name, "LICENSE") == 0;
        if (e->d_name[0] == '.' || note || stat(file, &st) != 0 || !S_ISREG(st.st_mode)) continue;
        texts_add(out, a, file);
    }
    closedir(d);
    if (out->count > INPUTS_MAX) {
        return fail(err, RC_INPUT, "'%.150s' holds more than %d files", path, INPUTS_MAX);
    }
    if (out->count == 0) return fail(err, RC_INPUT, "'%.150s' holds no files", path);
    qsort(out->at, out->count, sizeof *out->at, by_name);
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

/*
 * All of a directory, taken whole or not at all: by one reader that takes its
 * files together, else each by its own, in one commit. An exchange file has
 * commits of its own, so it cannot be one of several.
 */
static enum rc group_directory(struct grouping *g, const char *path, struct err *err)
{
    struct texts files = {0};
    enum rc rc = list_directory(g->arena, path, &files, err);
    if (rc) return rc;
    struct input *inputs = NEW_ARRAY(g->arena, files.count, struct input);
    for (uint32_t i = 0; i < files.count && !rc; i++) {
        rc = file_input(g->arena, files.at[i], &inputs[i], err);
    }
    if (rc) return rc;
    const struct reader *whole = g->asked ? g->asked : reader_of(inputs, files.count);
    if (whole) {
        struct unit *u = unit_add(g, last_part(path));
        u->reader = whole;
        u->inputs = inputs;
        u->count = files.count;
        return RC_OK;
    }
    uint32_t before = g->units->count;
    for (uint32_t i = 0; i < files.count && !rc; i++) {
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
            rc = group_directory(&g, paths->at[i++], err);
    }
    return rc;
}
