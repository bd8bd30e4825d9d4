/*
 * fuzz_fts.c - any bytes are an intake of sound records or a sentence.
 *
 * The bytes are one or more pages, cut at the record separator (0x1e), and go
 * to both readers of FTS. What an intake must keep to, whatever was read:
 * every record obeys the table of fields, an entry's line is there, quantities
 * are above zero, and an entry's key lies in a scope that the unit states.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "source/readers.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

enum { PAGES_MAX = 4 };

static void must(bool holds, const char *what)
{
    if (holds) return;
    fprintf(stderr, "fuzz_fts: does not hold: %s\n", what);
    abort();
}

static bool in_scope(const struct intake *in, const char *key)
{
    for (uint32_t i = 0; i < in->scope_count; i++) {
        if (text_starts(key, in->scopes[i])) return true;
    }
    return false;
}

static void check_entry(const struct intake *in, const struct map *lines, const struct record *e)
{
    const struct field *line = record_field(e, F_LINE);
    must(line && map_get(lines, line->text), "an entry's line is in the intake");
    must(record_int(e, F_QTY, 0) > 0, "an entry moves something");
    must(in_scope(in, record_text(e, F_KEY)), "an entry's key is in a scope");
}

static void check_intake(struct arena *a, const struct intake *in)
{
    struct map lines = {.arena = a};
    struct err err;
    for (uint32_t i = 0; i < in->count; i++) {
        const struct record *r = in->records[i];
        bool sound = record_check(r, &err) == RC_OK;
        must(sound, sound ? "" : err.msg);
        must(record_text(r, F_KEY) != NULL, "every record has a key");
        if (r->kind != KIND_LINE) continue;
        must(!map_get(&lines, record_text(r, F_KEY)), "a line stands once");
        map_put(&lines, record_text(r, F_KEY), 1);
    }
    for (uint32_t i = 0; i < in->count; i++) {
        if (in->records[i]->kind == KIND_ENTRY) check_entry(in, &lines, in->records[i]);
    }
    must(in->rows_taken <= in->rows_read, "no more rows taken than read");
    for (uint32_t i = 0; i < in->diag_count; i++)
        must(*in->diags[i].rule, "a diagnostic has a rule");
}

static void read_with(const struct reader *reader, const struct input *pages, uint32_t count)
{
    struct arena a = {0};
    struct err err = {0};
    struct intake in = {.arena = &a};
    reader->sniff(pages, count);
    if (reader->read(pages, count, &in, &err) == RC_OK) {
        check_intake(&a, &in);
    } else {
        must(err.code == RC_INPUT, "a refusal is about the input");
        must(*err.msg && !strchr(err.msg, '\n'), "a refusal is one line");
    }
    arena_free(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena a = {0};
    struct input pages[PAGES_MAX];
    uint32_t count = 0;
    const char *p = arena_bytes(&a, bytes, len), *end = p + len;
    do {
        const char *cut = memchr(p, 0x1e, (size_t)(end - p));
        if (!cut || count == PAGES_MAX - 1) cut = end;
        pages[count++] = (struct input){"page.json", "page.json", p, (size_t)(cut - p)};
        p = cut < end ? cut + 1 : end;
    } while (p < end);
    read_with(&fts_reader, pages, count);
    read_with(&fts_plans_reader, pages, count);
    arena_free(&a);
    return 0;
}
