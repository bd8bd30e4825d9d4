/*
 * xlsx.c - see xlsx.h.
 *
 * libxlsxwriter writes; in its mode of constant memory a row goes to a file as
 * soon as the next one begins, so that a list of a million rows costs no more
 * than one of ten. It takes numbers as doubles: the only ones here, and each is
 * the nearest to a decimal of at most 15 digits, which comes out of it again.
 */
#include "export/xlsx.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/day.h"
#include "base/map.h"
#include "base/term.h"
#include "base/text.h"
#include "export/plain.h"
#include "export/xlsx_whole.h"

enum {
    DIGITS = 15,       /* that a spreadsheet keeps */
    DECIMALS = 30,     /* that it can show */
    NAME_UNITS = 31,   /* of a sheet's name */
    SAMPLE_ROWS = 200, /* that say how wide a column is */
    WIDTH_LEAST = 8,
    WIDTH_MOST = 60,
};

static const char ABOUT[] = "about"; /* the last sheet */

struct workbook {
    struct arena *arena;
    lxw_workbook *file;
    lxw_worksheet **sheets;
    uint32_t sheet_count, sheet_room;
    struct map names; /* of sheets, folded */
    lxw_format *heading;
    lxw_format *numbers[NUMBER_FIXED + 1][DECIMALS + 1];
    lxw_error error; /* the first */
    uint64_t long_numbers, cut_texts;
};

static void note_error(struct workbook *x, lxw_error error)
{
    if (!x->error) x->error = error;
}

/* --- texts --- */

/* "_x0041_" stands for a character in a workbook, wherever it is. */
static bool reads_as_escape(const char *at, size_t len)
{
    return len >= 7 && at[0] == '_' && at[1] == 'x' && at[6] == '_' &&
           strspn(at + 2, "0123456789abcdefABCDEF") == 4;
}

static int utf16_units(int32_t point)
{
    return point > 0xffff ? 2 : 1;
}

/* One character of text added to b, as a workbook can have it; how many units it takes. */
static int add_character(struct buf *b, const char *text, size_t len, size_t *i)
{
    size_t at = *i;
    if (reads_as_escape(text + at, len - at)) {
        *i = at + 1;
        buf_add(b, "_x005F_");
        return 7;
    }
    int32_t point = text_next(text, len, i);
    if (point < 0) *i = at + 1;
    if (point == '\r') { /* a line break, if it does not stand before one */
        if (*i >= len || text[*i] != '\n') buf_add(b, "\n");
        return 1;
    }
    if (!plain_point(point))
        buf_add(b, "\xef\xbf\xbd");
    else
        buf_add_bytes(b, text + at, *i - at);
    return utf16_units(point);
}

/* What a cell can hold of a text. */
static const char *legal(struct workbook *x, struct arena *a, const char *text)
{
    struct buf b = {.arena = a};
    size_t len = strlen(text);
    int units = 0;
    buf_add(&b, "");
    for (size_t i = 0; i < len;) {
        size_t before = b.len;
        units += add_character(&b, text, len, &i);
        if (units < XLSX_TEXT || (units == XLSX_TEXT && i == len)) continue;
        b.len = before;
        b.text[before] = '\0';
        buf_add(&b, "\xe2\x80\xa6"); /* an ellipsis */
        x->cut_texts++;
        break;
    }
    return b.text;
}

/* --- names of sheets --- */

/* At most so many units of the name, without what no sheet's name may have. */
static const char *name_stem(struct arena *a, const char *wanted, int room)
{
    struct buf b = {.arena = a};
    size_t len = strlen(wanted);
    buf_add(&b, "");
    for (size_t i = 0; i < len && room > 0;) {
        size_t at = i;
        int32_t point = text_next(wanted, len, &i);
        if (point < 0) i = at + 1;
        room -= utf16_units(point);
        if (room < 0) break;
        bool bad = !plain_point(point) || point < 0x20 ||
                   (point < 0x80 && strchr("[]:*?/\\'", (char)point));
        if (bad)
            buf_add(&b, "_");
        else
            buf_add_bytes(&b, wanted + at, i - at);
    }
    return b.text[strspn(b.text, " ")] ? b.text : "sheet";
}

/* A name that is legal and that no other sheet has, letter case and accents apart. */
static const char *sheet_name(struct workbook *x, const char *wanted)
{
    for (unsigned n = 1;; n++) {
        const char *suffix = n == 1 ? "" : text_format(x->arena, " %u", n);
        int room = NAME_UNITS - (int)strlen(suffix);
        const char *name = text_format(x->arena, "%s%s", name_stem(x->arena, wanted, room), suffix);
        const char *folded = text_fold(x->arena, name);
        /* "History" is taken by spreadsheets themselves. */
        if (strcmp(folded, "history") == 0 || map_get(&x->names, folded)) continue;
        map_put(&x->names, arena_text(x->arena, folded), n);
        return name;
    }
}

/* --- cells --- */

static lxw_format *number_format(struct workbook *x, enum number_look look, int decimals)
{
    lxw_format **f = &x->numbers[look][decimals];
    if (*f) return *f;
    struct buf code = {.arena = x->arena};
    buf_add(&code, look == NUMBER_LABEL ? "0" : "#,##0");
    if (decimals) buf_add(&code, ".");
    for (int i = 0; i < decimals; i++) buf_add(&code, "0");
    *f = workbook_add_format(x->file);
    if (*f)
        format_set_num_format(*f, code.text);
    else
        note_error(x, LXW_ERROR_MEMORY_MALLOC_FAILED);
    return *f;
}

/* How many digits matter: none before the first that is not 0, none behind the last. */
static size_t digits_that_matter(const char *number)
{
    size_t count = 0, zeros = 0;
    for (; *number; number++) {
        if (*number < '0' || *number > '9') continue;
        if (*number == '0') {
            zeros += count > 0;
            continue;
        }
        count += zeros + 1;
        zeros = 0;
    }
    return count;
}

static void put_text(struct workbook *x, lxw_worksheet *sheet, uint32_t row, uint32_t column,
                     const char *text, struct arena *once)
{
    const char *kept = legal(x, once, text);
    note_error(x, worksheet_write_string(sheet, row, (lxw_col_t)column, kept, NULL));
}

static void put_number(struct workbook *x, lxw_worksheet *sheet, uint32_t row, uint32_t column,
                       const struct cell *c, struct arena *once)
{
    const char *digits = cell_digits(once, c), *point = strchr(digits, '.');
    int decimals = point ? (int)strlen(point + 1) : 0;
    if (digits_that_matter(digits) > DIGITS) {
        x->long_numbers++;
        put_text(x, sheet, row, column, digits, once);
        return;
    }
    if (c->number.look == NUMBER_AMOUNT) decimals = 2;
    if (c->number.look == NUMBER_FIXED) decimals = c->number.places;
    if (decimals > DECIMALS) decimals = DECIMALS;
    lxw_format *f = number_format(x, c->number.look, decimals);
    note_error(x, worksheet_write_number(sheet, row, (lxw_col_t)column, strtod(digits, NULL), f));
}

static void put_cell(struct workbook *x, lxw_worksheet *sheet, uint32_t row, uint32_t column,
                     const struct cell *c, struct arena *once)
{
    if (!c) return;
    switch (c->type) {
    case CELL_NULL: return;
    case CELL_TEXT: put_text(x, sheet, row, column, c->text, once); return;
    case CELL_NUMBER: put_number(x, sheet, row, column, c, once); return;
    case CELL_BOOL:
        note_error(x, worksheet_write_boolean(sheet, row, (lxw_col_t)column, c->yes, NULL));
        return;
    case CELL_OBJECT:
    case CELL_LIST: put_text(x, sheet, row, column, cell_json(once, c), once); return;
    }
}

/* --- sheets --- */

/* NULL when that failed. */
static lxw_worksheet *add_sheet(struct workbook *x, const char *name)
{
    lxw_worksheet *sheet = workbook_add_worksheet(x->file, name);
    if (!sheet) {
        note_error(x, LXW_ERROR_CREATING_TMPFILE);
        return NULL;
    }
    x->sheets =
        arena_more(x->arena, x->sheets, x->sheet_count, &x->sheet_room, sizeof(lxw_worksheet *));
    x->sheets[x->sheet_count++] = sheet;
    return sheet;
}

static size_t cell_width(const struct cell *c, struct arena *once)
{
    if (!c || c->type == CELL_NULL) return 0;
    if (c->type == CELL_BOOL) return 5;
    if (c->type == CELL_TEXT) {
        const char *safe = term_safe(once, c->text);
        return term_cells(safe, strlen(safe));
    }
    size_t len = strlen(c->type == CELL_NUMBER ? cell_digits(once, c) : cell_json(once, c));
    return c->type == CELL_NUMBER ? len + len / 3 : len; /* separators */
}

/* As wide as the first rows need: in this mode widths come before rows. */
static void set_widths(struct workbook *x, lxw_worksheet *sheet, const struct rows *r,
                       const struct flat *flat, struct cell *made)
{
    struct arena once = {0};
    size_t *width = NEW_ARRAY(x->arena, (size_t)flat->count + 1, size_t);
    for (uint32_t k = 0; k < flat->count; k++) width[k] = strlen(flat->columns[k].name);
    for (uint32_t i = 0; i < r->count && i < SAMPLE_ROWS; i++) {
        const struct cell *cells = rows_cells(r, i, made, &once);
        for (uint32_t k = 0; k < flat->count; k++) {
            size_t need = cell_width(flat_cell(&flat->columns[k], cells), &once);
            if (need > width[k]) width[k] = need;
        }
        arena_reset(&once);
    }
    for (uint32_t k = 0; k < flat->count; k++) {
        size_t w = width[k] + 2; /* room for the arrow of the filter */
        w = w < WIDTH_LEAST ? WIDTH_LEAST : w > WIDTH_MOST ? WIDTH_MOST : w;
        lxw_col_t column = (lxw_col_t)k;
        note_error(x, worksheet_set_column(sheet, column, column, (int)w, NULL));
    }
    arena_free(&once);
}

static lxw_worksheet *begin_list(struct workbook *x, const struct rows *r, const struct flat *flat,
                                 struct cell *made)
{
    struct arena once = {0};
    lxw_worksheet *sheet = add_sheet(x, sheet_name(x, r->name));
    if (!sheet) return NULL;
    set_widths(x, sheet, r, flat, made);
    worksheet_freeze_panes(sheet, 1, 0);
    for (uint32_t k = 0; k < flat->count; k++) {
        const char *name = legal(x, &once, flat->columns[k].name);
        note_error(x, worksheet_write_string(sheet, 0, (lxw_col_t)k, name, x->heading));
    }
    arena_free(&once);
    return sheet;
}

static void end_list(struct workbook *x, lxw_worksheet *sheet, uint32_t last, uint32_t columns)
{
    if (!last || !columns) return;
    note_error(x, worksheet_autofilter(sheet, 0, 0, last, (lxw_col_t)(columns - 1)));
}

/* The first sheet of the list, or NULL. */
static lxw_worksheet *add_list(struct workbook *x, const struct rows *r)
{
    struct arena once = {0};
    struct flat flat = rows_flat(x->arena, r);
    struct cell *made = NEW_ARRAY(x->arena, (size_t)r->column_count + 1, struct cell);
    lxw_worksheet *first = begin_list(x, r, &flat, made), *sheet = first;
    uint32_t at = 0;
    for (uint32_t i = 0; i < r->count && sheet && !x->error; i++) {
        if (++at == XLSX_ROWS) {
            end_list(x, sheet, at - 1, flat.count);
            sheet = begin_list(x, r, &flat, made);
            if (!sheet) break;
            at = 1;
        }
        const struct cell *cells = rows_cells(r, i, made, &once);
        for (uint32_t k = 0; k < flat.count; k++) {
            put_cell(x, sheet, at, k, flat_cell(&flat.columns[k], cells), &once);
        }
        arena_reset(&once);
    }
    if (sheet) end_list(x, sheet, at, flat.count);
    arena_free(&once);
    return first;
}

/* --- the sheet "about" --- */

struct about {
    struct workbook *x;
    lxw_worksheet *sheet;
    uint32_t row;
    struct arena once;
};

static void say(struct about *s, const char *name, struct cell c)
{
    put_text(s->x, s->sheet, s->row, 0, name, &s->once);
    put_cell(s->x, s->sheet, s->row, 1, &c, &s->once);
    s->row++;
    arena_reset(&s->once);
}

static void say_head(struct about *s, const struct object *head)
{
    for (uint32_t i = 0; i < head->count; i++) {
        const struct member *m = &head->fields[i];
        if (m->cell.type != CELL_OBJECT) {
            say(s, m->name, m->cell);
            continue;
        }
        const struct object *o = m->cell.object;
        for (uint32_t k = 0; k < o->count; k++) {
            const char *name = text_format(s->x->arena, "%s.%s", m->name, o->fields[k].name);
            say(s, name, o->fields[k].cell);
        }
    }
}

static void say_when(struct about *s, const struct xlsx_about *about)
{
    char day[DAY_TEXT], instant[INSTANT_TEXT];
    say(s, "as of",
        cell_text(about->effective == DAY_MAX ? "every day" : day_format(about->effective, day)));
    say(s, "as known at",
        cell_text(about->known == INT64_MAX ? "all that is recorded"
                                            : instant_format(about->known, instant)));
    if (about->viewer) say(s, "seen by", cell_text(*about->viewer ? about->viewer : "the public"));
}

static void say_what_differs(struct about *s, const struct answer *w)
{
    struct arena *a = s->x->arena;
    if (s->x->long_numbers) {
        say(s, "note",
            cell_text(text_format(a,
                                  "%llu numbers have more digits than the %d that a spreadsheet"
                                  " keeps, and are texts.",
                                  (unsigned long long)s->x->long_numbers, DIGITS)));
    }
    if (s->x->cut_texts) {
        say(s, "note",
            cell_text(text_format(a,
                                  "%llu texts are longer than a cell holds, and are cut; JSON and"
                                  " CSV have them whole.",
                                  (unsigned long long)s->x->cut_texts)));
    }
    for (uint32_t i = 0; i < w->list_count; i++) {
        if (w->lists[i]->count < XLSX_ROWS) continue;
        say(s, "note",
            cell_text(text_format(a, "'%s' is longer than a sheet, and goes on in the next.",
                                  w->lists[i]->name)));
    }
}

static void add_about(struct workbook *x, const struct answer *w, const struct xlsx_about *about)
{
    struct about s = {.x = x, .sheet = add_sheet(x, ABOUT)};
    if (!s.sheet) return;
    note_error(x, worksheet_set_column(s.sheet, 0, 0, 24, NULL));
    note_error(x, worksheet_set_column(s.sheet, 1, 1, 80, NULL));
    worksheet_freeze_panes(s.sheet, 1, 0);
    note_error(x, worksheet_write_string(s.sheet, 0, 0, "about", x->heading));
    note_error(x, worksheet_write_string(s.sheet, 0, 1, "value", x->heading));
    s.row = 1;
    say(&s, "title", cell_text(w->title));
    say_when(&s, about);
    say_head(&s, &w->head);
    for (uint32_t i = 0; i < w->note_count; i++) say(&s, "note", cell_text(w->notes[i]));
    say_what_differs(&s, w);
    arena_free(&s.once);
}

/* --- the file --- */

/* A file without a name: whatever ends this process, nothing of the answer stays behind. */
static enum rc reserve(struct arena *a, const char *dir, int *fd, struct err *err)
{
    char *name = NEW_ARRAY(a, strlen(dir) + 32, char);
    sprintf(name, "%s/muster-XXXXXX", dir);
    *fd = mkstemp(name);
    if (*fd < 0)
        return fail(err, RC_STORE, "no temporary file in %.150s: %s", dir, strerror(errno));
    unlink(name);
    return RC_OK;
}

static enum rc read_back(int fd, struct buf *out, struct err *err)
{
    enum { PIECE = 1 << 16 };
    ssize_t got;
    if (lseek(fd, 0, SEEK_SET) < 0) return fail(err, RC_STORE, "%s", strerror(errno));
    while ((got = read(fd, buf_room(out, PIECE), PIECE)) > 0) out->len += (size_t)got;
    if (got == 0) return RC_OK;
    return fail(err, RC_STORE, "the workbook could not be read again: %s", strerror(errno));
}

static void fill(struct workbook *x, const struct answer *w, const struct xlsx_about *about)
{
    lxw_doc_properties said = {
        .title = (char *)(uintptr_t)legal(x, x->arena, w->title ? w->title : ""),
        .created = about->created_ms > 0 ? (time_t)(about->created_ms / 1000) : 315532800,
    };
    if (strlen(said.title) > 255) said.title = NULL; /* as much as this property holds */
    note_error(x, workbook_set_properties(x->file, &said));
    x->heading = workbook_add_format(x->file);
    if (!x->heading) {
        note_error(x, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    format_set_bold(x->heading);
    format_set_bottom(x->heading, LXW_BORDER_THIN);
    map_put(&x->names, ABOUT, 1); /* ours, whatever the lists are called */
    lxw_worksheet *main = NULL;
    for (uint32_t i = 0; i < w->list_count && !x->error; i++) {
        lxw_worksheet *first = add_list(x, w->lists[i]);
        if (w->lists[i] == w->main) main = first;
    }
    if (!x->error) add_about(x, w, about);
    if (main && !x->error) worksheet_activate(main);
}

/* How many bytes the rows of each sheet took; false when some could not be written. */
static bool rows_written(struct workbook *x, size_t *bytes)
{
    for (uint32_t i = 0; i < x->sheet_count; i++) {
        FILE *f = x->sheets[i]->optimize_tmpfile;
        long at = fflush(f) == 0 && !ferror(f) ? ftell(f) : -1;
        if (at < 0) return false;
        bytes[i] = (size_t)at;
    }
    return true;
}

static enum rc write_file(struct workbook *x, const struct answer *w,
                          const struct xlsx_about *about, int fd, struct buf *out, struct err *err)
{
    fill(x, w, about);
    size_t *bytes = NEW_ARRAY(x->arena, x->sheet_count + 1, size_t), before = out->len;
    if (!x->error && !rows_written(x, bytes)) note_error(x, LXW_ERROR_READING_TMPFILE);
    if (x->error)
        lxw_workbook_free(x->file);
    else
        note_error(x, workbook_close(x->file));
    if (x->error) {
        return fail(err, RC_STORE, "the workbook could not be put together: %.100s",
                    lxw_strerror(x->error));
    }
    enum rc rc = read_back(fd, out, err);
    if (!rc) rc = xlsx_whole(out->text + before, out->len - before, bytes, x->sheet_count, err);
    if (rc) out->len = before;
    return rc;
}

enum rc export_xlsx(const struct answer *w, const struct xlsx_about *about, struct buf *out,
                    struct err *err)
{
    assert(!out->drain); /* what was handed on could not be taken back */
    struct arena a = {0};
    const char *dir = getenv("TMPDIR");
    int fd;
    if (!dir || !*dir) dir = "/tmp";
    enum rc rc = reserve(&a, dir, &fd, err);
    if (!rc) {
        const char *path = text_format(&a, "/dev/fd/%d", fd); /* all that the library takes */
        lxw_workbook_options options = {.constant_memory = 1, .tmpdir = (char *)(uintptr_t)dir};
        struct workbook x = {
            .arena = &a, .names = {.arena = &a}, .file = workbook_new_opt(path, &options)};
        rc = x.file ? write_file(&x, w, about, fd, out, err)
                    : fail(err, RC_STORE, "no memory for a workbook");
        close(fd);
    }
    arena_free(&a);
    return rc;
}
