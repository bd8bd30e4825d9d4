/*
 * mapping.c - tables through a mapping: which file and sheet each is, then
 * the rows in passes, so that a delivery may stand in a file before its line.
 */
#include "source/mapping.h"

#include <fnmatch.h>
#include <string.h>

#include "source/mapping_file.h"
#include "source/readers.h"
#include "source/table.h"

/* A sheet that a table of the map is for. */
struct opened {
    struct table_map *table;
    const struct input *input;
    const struct sheet *sheet;
    bool typed;
};

enum { OPENED_MAX = 1024 };

struct opening {
    struct arena *arena;
    const struct mapping *m;
    struct opened *all;
    uint32_t count;
    bool *used; /* by input */
};

/* Whether the name is one of "a.csv, 2024-*.csv". */
static bool is_meant(struct arena *a, const char *patterns, const char *name)
{
    for (const char *at = patterns; *at;) {
        while (*at == ' ') at++;
        size_t len = strcspn(at, ","), word = len;
        while (word && at[word - 1] == ' ') word--;
        if (fnmatch(arena_bytes(a, at, word), name, 0) == 0) return true;
        at += len + (at[len] == ',');
    }
    return false;
}

static enum rc open_table(struct opening *o, struct table_map *t, const struct input *input,
                          struct err *err)
{
    bool typed = input->len > 4 && memcmp(input->bytes, "PK\3\4", 4) == 0;
    struct workbook *w = NEW(o->arena, struct workbook);
    enum rc rc = typed ? xlsx_read(o->arena, input->bytes, input->len, w, err)
                       : csv_read(o->arena, input->bytes, input->len, t->separator, w, err);
    if (rc) return fail_in(err, "%.80s", input->name);
    const struct sheet *sheet = w->count ? &w->sheets[0] : NULL;
    if (typed && t->sheet) sheet = workbook_sheet(w, t->sheet);
    if (!sheet) {
        return fail(err, RC_INPUT, "%.60s line %u: %.60s has no sheet '%.60s'", o->m->name, t->line,
                    input->name, t->sheet ? t->sheet : "");
    }
    if (o->count == OPENED_MAX) {
        return fail(err, RC_INPUT, "%.60s: more than %d tables at once", o->m->name, OPENED_MAX);
    }
    o->all[o->count++] = (struct opened){t, input, sheet, typed};
    return RC_OK;
}

static enum rc open_tables(struct opening *o, const struct input *tables, uint32_t count,
                           struct err *err)
{
    for (uint32_t i = 0; i < o->m->count; i++) {
        struct table_map *t = &o->m->tables[i];
        bool found = false;
        for (uint32_t k = 0; k < count; k++) {
            if (!is_meant(o->arena, t->file, tables[k].name)) continue;
            enum rc rc = open_table(o, t, &tables[k], err);
            if (rc) return rc;
            o->used[k] = found = true;
        }
        if (found) continue;
        return fail(err, RC_INPUT, "%.60s line %u: none of the files given is called '%.80s'",
                    o->m->name, t->line, t->file);
    }
    return RC_OK;
}

/* Files given that the map says nothing of. */
static void note_unused(const struct opening *o, const struct input *tables, uint32_t count,
                        struct intake *in)
{
    for (uint32_t i = 0; i < count; i++) {
        if (o->used[i]) continue;
        struct diag d = {.severity = DIAG_NOTE,
                         .rule = "not-mapped",
                         .file = tables[i].name,
                         .expected = "a 'file =' of the mapping that names it; it was left out"};
        intake_diag(in, &d);
    }
}

enum rc mapping_read(const struct input *map, const struct input *tables, uint32_t count,
                     struct intake *out, struct err *err)
{
    struct mapping *m = NEW(out->arena, struct mapping);
    enum rc rc = mapping_parse(out->arena, map, m, err);
    if (rc) return rc;
    struct opening o = {.arena = out->arena,
                        .m = m,
                        .all = NEW_ARRAY(out->arena, OPENED_MAX, struct opened),
                        .used = NEW_ARRAY(out->arena, count + 1, bool)};
    rc = open_tables(&o, tables, count, err);
    if (rc) return rc;

    /* The map is evidence like the table: the one means nothing without the other. */
    uint32_t before = out->count;
    struct input *kept = NEW(out->arena, struct input);
    *kept = *map;
    intake_source(out, kept, NULL, NULL, 0, "text/plain");
    if (m->tables[0].label) out->records[before]->label = m->tables[0].label;
    for (uint32_t i = 0; i < m->scope_count; i++) intake_scope(out, m->scopes[i]);
    struct mapping_run *run = mapping_run_new(out, m);
    for (int pass = 0; pass < PASS_COUNT && !rc; pass++) {
        for (uint32_t i = 0; i < o.count && !rc; i++) {
            const struct opened *s = &o.all[i];
            rc = mapping_run_sheet(run, s->table, s->input, s->sheet, s->typed,
                                   (enum mapping_pass)pass, err);
        }
    }
    mapping_run_end(run);
    note_unused(&o, tables, count, out);
    return rc;
}

/* --- as a reader: a mapping file given with its tables --- */

static bool ends_with(const char *text, const char *end)
{
    size_t len = strlen(text), n = strlen(end);
    return len >= n && strcmp(text + len - n, end) == 0;
}

static bool is_table(const struct input *input)
{
    return ends_with(input->name, ".csv") || ends_with(input->name, ".tsv") ||
           ends_with(input->name, ".xlsx");
}

/* The only mapping file among the inputs, or NULL. */
static const struct input *only_map(const struct input *inputs, uint32_t count)
{
    const struct input *map = NULL;
    for (uint32_t i = 0; i < count; i++) {
        if (!ends_with(inputs[i].name, ".map")) continue;
        if (map) return NULL;
        map = &inputs[i];
    }
    return map;
}

static bool reader_sniff(const struct input *inputs, uint32_t count)
{
    uint32_t tables = 0;
    for (uint32_t i = 0; i < count; i++) tables += is_table(&inputs[i]);
    return tables > 0 && only_map(inputs, count);
}

static enum rc reader_read(const struct input *inputs, uint32_t count, struct intake *out,
                           struct err *err)
{
    const struct input *map = only_map(inputs, count);
    if (!map) {
        return fail(err, RC_INPUT, "expected one mapping file (.map) together with its tables");
    }
    struct input *tables = NEW_ARRAY(out->arena, count, struct input);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (is_table(&inputs[i])) tables[kept++] = inputs[i];
    }
    return mapping_read(map, tables, kept, out, err);
}

const struct reader mapping_reader = {
    .name = "mapping",
    .about = "any CSV or XLSX, with a mapping file (.map) that says what its columns are",
    .sniff = reader_sniff,
    .read = reader_read,
};
