/*
 * mapping_rows.c - rows into drafts, by a mapping.
 *
 * A row is all or nothing: its records are built and checked apart, and enter
 * the intake together or not at all. What rows share (a party, an item, a
 * package, a document) may stand in each of them alike and is added once.
 */
#include <string.h>

#include "base/text.h"
#include "names/names.h"
#include "source/mapping_draft.h"

static const char media_xlsx[] =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

struct mapping_run *mapping_run_new(struct intake *in, const struct mapping *m)
{
    struct mapping_run *run = NEW(in->arena, struct mapping_run);
    run->in = in;
    run->m = m;
    run->keys.arena = run->parties.arena = run->items.arena = run->lines.arena = in->arena;
    run->wants = NEW_ARRAY(in->arena, WANTS_MAX, struct want);
    return run;
}

void mapping_run_end(struct mapping_run *run)
{
    arena_free(&run->scratch);
}

void *map_pointer(const struct map *m, const char *key)
{
    uint64_t *value = map_get(m, key);
    return value ? (void *)(uintptr_t)*value : NULL;
}

void map_put_pointer(struct map *m, const char *key, const void *pointer)
{
    map_put(m, key, (uint64_t)(uintptr_t)pointer);
}

/* --- a whole row --- */

/* Kinds that several rows may state alike. */
static bool is_shared(enum kind kind)
{
    return kind == KIND_PARTY || kind == KIND_ITEM || kind == KIND_SOURCE || kind == KIND_PASSAGE ||
           kind == KIND_PACKAGE || kind == KIND_VALUE || kind == KIND_LINE ||
           kind == KIND_MEMBERSHIP || kind == KIND_RELATION;
}

static bool is_called(const struct record *r, enum kind kind, const char *key)
{
    return r->kind == kind && strcmp(record_text(r, F_KEY), key) == 0;
}

static const char *kind_key(struct draft *d, const struct record *r)
{
    return text_format(&d->run->scratch, "%s %s", kind_name(r->kind), record_text(r, F_KEY));
}

/* Whether a record with that key, in the intake or in this row, says something else. */
static bool clashes(struct draft *d, uint32_t i, bool *is_new)
{
    const struct record *r = d->records[i], *other = NULL;
    uint64_t *at = map_get(&d->run->keys, kind_key(d, r));
    if (at) other = d->run->in->records[*at];
    for (uint32_t k = 0; k < i && !other; k++) { /* two sections of this very row */
        if (is_called(d->records[k], r->kind, record_text(r, F_KEY))) other = d->records[k];
    }
    *is_new = !other;
    return other && !(is_shared(r->kind) && record_same(other, r));
}

static const char *clash_expected(struct draft *d, const struct record *r)
{
    return text_format(&d->run->scratch,
                       is_shared(r->kind) ? "a %s that is stated alike wherever it stands"
                                          : "each key of a %s once",
                       kind_name(r->kind));
}

/*
 * Every record obeys its kind and says nothing else than one of its key before
 * it. False, and no complaint unless asked for, when the row adds nothing.
 */
static bool check_records(struct draft *d, bool complain)
{
    struct err err;
    const char *last = NULL;
    bool anything_new = false, only_sources = true;
    for (uint32_t i = 0; i < d->place.table->section_count; i++) {
        if (d->place.table->sections[i].kind != KIND_SOURCE) only_sources = false;
    }
    for (uint32_t i = 0; i < d->count; i++) {
        struct record *r = d->records[i];
        bool document = r->kind == KIND_SOURCE || r->kind == KIND_PASSAGE;
        bool is_new;
        if (!document && !record_field(r, F_PASSAGE)) {
            record_set_key(d->run->in->arena, r, F_PASSAGE, d->passage);
        }
        if (record_check(r, &err)) {
            return place_refuse(&d->place, "bad-record", "", "", err.msg);
        }
        if (clashes(d, i, &is_new)) {
            return place_refuse(&d->place, "duplicate-key", "", record_text(r, F_KEY),
                                clash_expected(d, r));
        }
        if (document && !only_sources) continue;
        anything_new = anything_new || is_new;
        last = record_text(r, F_KEY);
    }
    if (anything_new || !complain) return anything_new;
    if (!last) {
        return place_refuse(&d->place, "nothing-in-row", "", "",
                            "enough for one record of the mapping's sections");
    }
    return place_refuse(&d->place, "duplicate-key", "", last,
                        "a row that says something the rows before did not");
}

/* Put the record where an intake_... call made room for its key, or in a place of its own. */
static void enter_record(struct draft *d, struct record *r)
{
    struct intake *in = d->run->in;
    uint32_t at = in->count;
    const char *key = record_text(r, F_KEY), *name = record_text(r, F_NAME);
    if (r->kind == KIND_PARTY) {
        intake_party(in, key, name ? name : key, record_text(r, F_TYPE));
    } else if (r->kind == KIND_ITEM) {
        intake_item(in, key, name ? name : key, record_text(r, F_CLASS), record_text(r, F_UNIT),
                    (int)record_int(r, F_PARTS, 0));
    } else {
        intake_add(in, r->kind);
    }
    if (in->count > at) {
        *in->records[at] = *r;
    } else { /* a group that came with a country: it stays as it is known */
        for (at = 0; !is_called(in->records[at], r->kind, key);) at++;
    }
    map_put(&d->run->keys, kind_key(d, r), at);
}

static void remember(struct draft *d, const struct record *r, bool made)
{
    struct mapping_run *run = d->run;
    struct arena *a = run->in->arena;
    const char *key = record_text(r, F_KEY), *name = record_text(r, F_NAME);
    if (r->kind == KIND_LINE) map_put(&run->lines, key, (uint64_t)d->line_places + 1);
    if (r->kind == KIND_PARTY) {
        const char *kept = arena_text(a, key);
        map_put_pointer(&run->parties, key, kept);
        map_put_pointer(&run->parties, text_fold(a, key), kept);
        if (name) map_put_pointer(&run->parties, text_fold(a, name), kept);
    }
    if (r->kind == KIND_ITEM) {
        struct known_item *item = NEW(a, struct known_item);
        *item = (struct known_item){arena_text(a, key), arena_text(a, record_text(r, F_UNIT)),
                                    (int)record_int(r, F_PARTS, 0), made};
        map_put_pointer(&run->items, key, item);
        map_put_pointer(&run->items, text_fold(a, key), item);
        if (name) map_put_pointer(&run->items, text_fold(a, name), item);
    }
}

/* An item that no catalogue has: made of its name. */
static void enter_item(struct draft *d, const struct want *w)
{
    struct arena *a = d->run->in->arena;
    struct record *r = record_new(a, KIND_ITEM);
    uint64_t *at = map_get(&d->run->keys, text_format(&d->run->scratch, "item %s", w->key));
    if (at) {
        /* A public row names it as well: then it is no secret. */
        if (strcmp(w->label, "public") == 0) d->run->in->records[*at]->label = "public";
        return;
    }
    r->label = w->label;
    record_set_text(a, r, F_KEY, w->key);
    record_set_text(a, r, F_NAME, w->name);
    record_set_text(a, r, F_UNIT, w->unit);
    if (w->parts) record_set_int(a, r, F_PARTS, w->parts);
    enter_record(d, r);
    remember(d, r, true);
}

/* A party that is known, or that the map lets be made of its name: labelled as an item is. */
static void enter_party(struct draft *d, const struct want *w)
{
    struct intake *in = d->run->in;
    const char *key = text_format(&d->run->scratch, "party %s", w->key);
    uint32_t before = in->count;
    uint64_t *at = map_get(&d->run->keys, key);
    if (at && strcmp(w->label, "public") == 0) in->records[*at]->label = "public";
    intake_party(in, w->key, w->name, w->type);
    if (in->count == before || strcmp(w->type, "other") != 0) return;
    in->records[before]->label = w->label;
    map_put(&d->run->keys, key, before);
}

static void enter_wants(struct draft *d)
{
    struct intake *in = d->run->in;
    for (uint32_t i = 0; i < d->want_count; i++) {
        const struct want *w = &d->run->wants[i];
        if (w->kind == KIND_ITEM && w->type) {
            intake_money(in, w->name);
        } else if (w->kind == KIND_ITEM) {
            enter_item(d, w);
        } else {
            enter_party(d, w);
        }
    }
}

static void enter_row(struct draft *d)
{
    enter_wants(d);
    for (uint32_t i = 0; i < d->count; i++) {
        if (map_get(&d->run->keys, kind_key(d, d->records[i]))) continue;
        enter_record(d, d->records[i]);
        remember(d, d->records[i], false);
    }
}

static bool is_catalogue(enum kind kind)
{
    return kind == KIND_PARTY || kind == KIND_ITEM;
}

/* Sections that others of the row refer to are made first. */
static int rank(enum kind kind)
{
    if (kind == KIND_SOURCE) return 0;
    if (kind == KIND_PACKAGE) return 1;
    return kind == KIND_LINE ? 2 : 3;
}

static bool make_row(struct draft *d, bool catalogue)
{
    const struct table_map *t = d->place.table;
    for (int turn = 0; turn < 4; turn++) {
        for (uint32_t i = 0; i < t->section_count; i++) {
            const struct section *s = &t->sections[i];
            bool now = rank(s->kind) == turn &&
                       (s->kind == KIND_SOURCE || is_catalogue(s->kind) == catalogue);
            if (now && draft_section(d, s) == REFUSED) return false;
        }
    }
    return true;
}

/* A source or passage that the intake made of the file: as public as the table says. */
static void label_made(struct intake *in, uint32_t before, const struct table_map *t)
{
    if (in->count > before && t->label) in->records[before]->label = t->label;
}

static bool take_row(struct mapping_run *run, const struct place *place, const char *file_source,
                     bool catalogue, bool complain)
{
    struct draft d = {.run = run, .place = *place};
    const char *own = NULL;
    if (!make_row(&d, catalogue)) return false;
    if (!d.passage) {
        own = text_format(&run->scratch, "%s%srow %u", place->sheet->name,
                          *place->sheet->name ? ", " : "", (unsigned)place->row->number);
        d.passage = text_format(&run->scratch, "%s#%s", file_source, own);
    }
    if (!check_records(&d, complain)) return false;
    uint32_t before = run->in->count;
    if (own) intake_passage(run->in, file_source, own);
    label_made(run->in, before, place->table);
    enter_row(&d);
    return true;
}

/* --- a sheet --- */

/* A to XFD as a column from 0; -1 when it is none. */
static int32_t column_lettered(const char *text)
{
    int32_t column = 0;
    size_t len = strlen(text);
    if (len == 0 || len > 3) return -1;
    for (; *text; text++) {
        if (*text < 'A' || *text > 'Z') return -1;
        column = column * 26 + (*text - 'A' + 1);
    }
    return column - 1;
}

static bool find_column(const struct sheet_row *head, const char *heading, uint32_t *column)
{
    int at = head ? row_find(head, heading) : -1;
    if (at < 0 && text_starts(heading, "column ")) at = column_lettered(heading + 7);
    if (at >= 0) *column = (uint32_t)at;
    return at >= 0;
}

static const char *list_headings(struct arena *a, const struct sheet_row *head)
{
    struct buf list = {.arena = a};
    if (!head) return "no headings";
    for (uint32_t i = 0; i < head->count && list.len < 100; i++) {
        const char *text = text_squeeze(a, row_cell(head, i)->text);
        if (*text) buf_addf(&list, "%s%.40s", list.len ? ", " : "", text);
    }
    return list.len ? list.text : "no headings";
}

static enum rc find_columns(struct mapping_run *run, struct template *t,
                            const struct sheet_row *head, const struct input *input,
                            struct err *err)
{
    for (uint32_t i = 0; i < t->count; i++) {
        struct template_part *part = &t->parts[i];
        if (part->type == PART_TEXT) continue;
        if (find_column(head, part->text, &part->column))
            part->type = PART_COLUMN;
        else if (strcmp(part->text, "row") == 0)
            part->type = PART_ROW;
        else {
            return fail(err, RC_INPUT, "%.40s line %u: %.40s has no column '%.40s'; it has %.80s",
                        run->m->name, t->line, input->name, part->text,
                        list_headings(run->in->arena, head));
        }
    }
    return RC_OK;
}

static enum rc find_condition_columns(struct mapping_run *run, struct condition *list,
                                      uint32_t count, const struct sheet_row *head,
                                      const struct input *input, struct err *err)
{
    enum rc rc = RC_OK;
    for (uint32_t i = 0; i < count && !rc; i++) {
        rc = find_columns(run, &list[i].value, head, input, err);
    }
    return rc;
}

/* Every heading that the table's map names, found in this sheet. */
static enum rc bind(struct mapping_run *run, struct table_map *t, const struct sheet_row *head,
                    const struct input *input, struct err *err)
{
    enum rc rc = find_condition_columns(run, t->skips, t->skip_count, head, input, err);
    if (!rc) rc = find_columns(run, &t->series, head, input, err);
    if (!rc) rc = find_columns(run, &t->stated, head, input, err);
    for (uint32_t i = 0; i < t->translation_count && !rc; i++) {
        struct translation *tr = &t->translations[i];
        if (find_column(head, tr->heading, &tr->column)) continue;
        rc = fail(err, RC_INPUT, "%.40s line %u: %.40s has no column '%.40s'; it has %.80s",
                  run->m->name, tr->line, input->name, tr->heading,
                  list_headings(run->in->arena, head));
    }
    for (uint32_t i = 0; i < t->section_count && !rc; i++) {
        struct section *s = &t->sections[i];
        rc = find_condition_columns(run, s->skips, s->skip_count, head, input, err);
        for (uint32_t k = 0; k < s->count && !rc; k++) {
            rc = find_columns(run, &s->assignments[k].value, head, input, err);
        }
    }
    return rc;
}

/* Whether the table has anything to do in that pass. */
static bool belongs(const struct table_map *t, enum mapping_pass pass)
{
    bool catalogue = false, rest = false;
    for (uint32_t i = 0; i < t->section_count; i++) {
        if (t->sections[i].kind == KIND_SOURCE) continue;
        if (is_catalogue(t->sections[i].kind))
            catalogue = true;
        else
            rest = true;
    }
    if (pass == PASS_CATALOGUE) return catalogue;
    if (!rest && (catalogue || pass == PASS_LINES)) return false;
    return (table_section(t, KIND_LINE) != NULL) == (pass == PASS_LINES);
}

/* Whether that pass is the one in which the table's rows are counted. */
static bool counts(const struct table_map *t, enum mapping_pass pass)
{
    return pass != PASS_CATALOGUE || (!belongs(t, PASS_LINES) && !belongs(t, PASS_REST));
}

enum rc mapping_run_sheet(struct mapping_run *run, struct table_map *t, const struct input *input,
                          const struct sheet *sheet, bool typed, enum mapping_pass pass,
                          struct err *err)
{
    const struct sheet_row *head = NULL;
    if (!belongs(t, pass)) return RC_OK;
    if (!t->no_headings) {
        head = t->headings ? sheet_row(sheet, t->headings) : sheet->count ? &sheet->rows[0] : NULL;
        if (!head) return fail(err, RC_INPUT, "%.80s has no row of headings", input->name);
    }
    enum rc rc = bind(run, t, head, input, err);
    if (rc) return rc;
    uint32_t before = run->in->count;
    const char *source =
        intake_source(run->in, input, t->publisher, NULL, 0, typed ? media_xlsx : "text/csv");
    label_made(run->in, before, t);
    for (uint32_t i = 0; i < sheet->count; i++) {
        const struct sheet_row *row = &sheet->rows[i];
        if (head && row->number <= head->number) continue;
        struct place place = {.in = run->in,
                              .scratch = &run->scratch,
                              .input = input,
                              .sheet = sheet,
                              .table = t,
                              .row = row,
                              .typed = typed};
        bool counted = counts(t, pass);
        run->in->rows_read += counted;
        bool left = place_any(&place, t->skips, t->skip_count);
        bool taken = !left && take_row(run, &place, source, pass == PASS_CATALOGUE, counted);
        run->in->rows_taken += counted && taken;
        arena_reset(&run->scratch);
    }
    return RC_OK;
}
