/*
 * drafts.h - for tests of readers: files in, drafts looked through.
 *
 * Plain scans and long double nowhere: what a test adds up it adds in whole
 * parts, so that a wrong cent shows.
 */
#ifndef MUSTER_TEST_DRAFTS_H
#define MUSTER_TEST_DRAFTS_H

#include <stdlib.h>

#include "base/text.h"
#include "source/source.h"
#include "tap.h"

#define FAIL(what) tap_check(false, __FILE__, __LINE__, what)

/* Where the real data is, or NULL with the line that says so. */
static inline const char *shared_path(struct arena *a, const char *rest)
{
    const char *root = getenv("MUSTER_SHARED");
    const char *path = text_format(a, "%s/%s", root ? root : "../shared", rest);
    FILE *f = fopen(path, "rb");
    if (!f) return NULL;
    fclose(f);
    return path;
}

static inline void skip(const char *name)
{
    printf("ok %d - %s # SKIP no ../shared\n", ++tap_count, name);
}

/* The bytes of a file; len 0 when it cannot be read. */
static inline struct input input_read(struct arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    struct input in = {.path = path, .name = slash ? slash + 1 : path, .bytes = ""};
    FILE *f = fopen(path, "rb");
    if (!f) return in;
    size_t room = 1 << 22, got;
    char *bytes = NEW_ARRAY(a, room, char);
    while ((got = fread(bytes + in.len, 1, room - in.len, f)) > 0) in.len += got;
    fclose(f);
    in.bytes = bytes;
    return in;
}

static inline struct input input_text(const char *name, const char *text)
{
    return (struct input){.path = name, .name = name, .bytes = text, .len = strlen(text)};
}

static inline uint32_t diags_of(const struct intake *in, const char *rule)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < in->diag_count; i++) n += strcmp(in->diags[i].rule, rule) == 0;
    return n;
}

static inline const struct diag *diag_of(const struct intake *in, const char *rule,
                                         const char *party)
{
    for (uint32_t i = 0; i < in->diag_count; i++) {
        const struct diag *d = &in->diags[i];
        if (strcmp(d->rule, rule) != 0) continue;
        if (!party || (d->party && strcmp(d->party, party) == 0)) return d;
    }
    return NULL;
}

/* "" for an absent text or reference, so that a comparison fails instead of crashing. */
static inline const char *text_of(const struct record *r, enum tag tag)
{
    const struct field *f = r ? record_field(r, tag) : NULL;
    return f && f->text ? f->text : "";
}

static inline const struct record *draft(const struct intake *in, enum kind kind, const char *key)
{
    for (uint32_t i = 0; i < in->count; i++) {
        const struct record *r = in->records[i];
        if (r->kind == kind && strcmp(text_of(r, F_KEY), key) == 0) return r;
    }
    return NULL;
}

static inline uint32_t drafts_of(const struct intake *in, enum kind kind)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < in->count; i++) n += in->records[i]->kind == kind;
    return n;
}

/* Every draft obeys the table of fields, and no two of a kind share a key. */
static inline void check_drafts(const struct intake *in)
{
    struct arena a = {0};
    struct map seen = {.arena = &a};
    for (uint32_t i = 0; i < in->count; i++) {
        struct err err = {0};
        const struct record *r = in->records[i];
        if (record_check(r, &err)) {
            printf("# %s %s: %s\n", kind_name(r->kind), text_of(r, F_KEY), err.msg);
            FAIL("a draft obeys the table");
            break;
        }
        const char *key = text_format(&a, "%s %s", kind_name(r->kind), text_of(r, F_KEY));
        if (*text_of(r, F_KEY) && map_get(&seen, key)) {
            printf("# twice: %s\n", key);
            FAIL("a key stands once");
            break;
        }
        map_put(&seen, key, 1);
    }
    arena_free(&a);
}

#endif
