/*
 * fuzz_iati.c - any bytes are an intake of sound records or a sentence.
 *
 * The bytes are one file, read whole and, a second time, fed in parts. Every
 * record obeys the table of fields, an entry's line is there and its key lies
 * in a scope that the file states; what a line's entries take out of a stage
 * was brought there before; and both ways of reading take the same rows.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "source/readers.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void must(bool holds, const char *what)
{
    if (holds) return;
    fprintf(stderr, "fuzz_iati: does not hold: %s\n", what);
    abort();
}

struct lines {
    struct map at; /* key -> index */
    int64_t (*held)[STAGE_COUNT];
    uint32_t count;
};

static void check_entry(const struct intake *in, struct lines *l, const struct map *scopes,
                        const struct record *e)
{
    char scope[2048];
    const struct field *line = record_field(e, F_LINE);
    const uint64_t *at = line ? map_get(&l->at, line->text) : NULL;
    const char *key = record_text(e, F_KEY), *slash = strchr(key, '/');
    int64_t qty = record_int(e, F_QTY, 0);
    (void)in;
    must(at != NULL, "an entry's line is in the intake");
    must(qty > 0, "an entry moves something");
    if (slash && (size_t)(slash - key) + 2 < sizeof scope) {
        memcpy(scope, key, (size_t)(slash - key) + 1);
        scope[slash - key + 1] = '\0';
        must(map_get(scopes, scope) != NULL, "an entry's key is in a scope");
    }
    int64_t *held = l->held[*at];
    int64_t from = record_int(e, F_FROM, 0), to = record_int(e, F_TO, 0);
    must(from == STAGE_WORLD || held[from] >= qty, "nothing leaves a stage that is not in it");
    if (from != STAGE_WORLD) held[from] -= qty;
    if (__builtin_add_overflow(held[to], qty, &held[to])) held[to] = INT64_MAX;
}

static void check_intake(struct arena *a, const struct intake *in, bool own)
{
    struct lines l = {.at = {.arena = a}};
    struct map scopes = {.arena = a};
    struct err err;
    l.held = (int64_t(*)[STAGE_COUNT])arena_alloc(a, in->count + 1, sizeof *l.held);
    for (uint32_t i = 0; i < in->scope_count; i++) map_put(&scopes, in->scopes[i], 1);
    for (uint32_t i = 0; i < in->count; i++) {
        const struct record *r = in->records[i];
        bool sound = record_check(r, &err) == RC_OK;
        must(sound, sound ? "" : err.msg);
        must(record_text(r, F_KEY) != NULL || own, "every record has a key");
        if (r->kind == KIND_LINE) map_put(&l.at, record_text(r, F_KEY), l.count++);
    }
    for (uint32_t i = 0; i < in->count && !own; i++) {
        if (in->records[i]->kind == KIND_ENTRY) check_entry(in, &l, &scopes, in->records[i]);
    }
    must(in->rows_taken <= in->rows_read, "no more rows taken than read");
    for (uint32_t i = 0; i < in->diag_count; i++)
        must(*in->diags[i].rule, "a diagnostic has a rule");
}

struct part {
    const struct input *file;
    size_t at;
    uint64_t rows;
};

static size_t part_read(void *ctx, char *out, size_t room)
{
    struct part *p = ctx;
    size_t left = p->file->len - p->at, n = left < room ? left : room;
    if (n > 61) n = 61; /* cut anywhere, within names and letters too */
    memcpy(out, p->file->bytes + p->at, n);
    p->at += n;
    return n;
}

static bool part_again(void *ctx)
{
    ((struct part *)ctx)->at = 0;
    return true;
}

static enum rc part_flush(void *ctx, struct intake *in, struct err *err)
{
    (void)err;
    ((struct part *)ctx)->rows = in->rows_read;
    return RC_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena a = {0}, b = {0};
    struct err err = {0}, again = {0};
    struct input file = {"file.xml", "file.xml", arena_bytes(&a, bytes, len), len};
    struct intake in = {.arena = &a}, fed = {.arena = &b};
    iati_reader.sniff(&file, 1);
    enum rc rc = iati_reader.read(&file, 1, &in, &err);
    if (rc == RC_OK) {
        /* Records that a muster wrote into its own elements may be of any sort. */
        check_intake(&a, &in, strstr(file.bytes, "muster") != NULL);
    } else {
        must(rc == RC_INPUT, "a refusal is about the input");
        must(*err.msg && !strchr(err.msg, '\n'), "a refusal is one line");
    }
    struct part part = {.file = &file};
    struct stream feed = {part_read, part_again, part_flush, &part};
    enum rc other = iati_reader.feed(&file, &feed, &fed, &again);
    if ((rc == RC_OK) != (other == RC_OK)) fprintf(stderr, "%s\n%s\n", err.msg, again.msg);
    must((rc == RC_OK) == (other == RC_OK), "read whole or fed, a file is taken or it is not");
    must(rc != RC_OK || part.rows == in.rows_read, "and its rows are the same");
    arena_free(&b);
    arena_free(&a);
    return 0;
}
