/*
 * answer.c - filling an answer, and its JSON and CSV.
 *
 * The table for people is answer_text.c: it is the only one that lays out.
 */
#include "report/answer.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"

/* --- cells --- */

struct cell cell_null(void)
{
    return (struct cell){.type = CELL_NULL};
}

struct cell cell_text(const char *text)
{
    return text ? (struct cell){.type = CELL_TEXT, .text = text} : cell_null();
}

struct cell cell_bool(bool yes)
{
    return (struct cell){.type = CELL_BOOL, .yes = yes};
}

static struct cell number(i128 n, int scale, int places, enum number_look look)
{
    assert(scale >= 0 && scale <= 36 && places >= 0);
    return (struct cell){.type = CELL_NUMBER,
                         .number = {.n = n, .scale = scale, .places = places, .look = look}};
}

struct cell cell_count(i128 n)
{
    return number(n, 0, 0, NUMBER_COUNT);
}

struct cell cell_label(i128 n)
{
    return number(n, 0, 0, NUMBER_LABEL);
}

struct cell cell_amount(i128 parts, int scale)
{
    return number(parts, scale, 2, NUMBER_AMOUNT);
}

struct cell cell_quantity(i128 parts, int scale)
{
    return number(parts, scale, scale, NUMBER_COUNT);
}

struct cell cell_decimal(struct dec d, int places)
{
    return number(d.n, d.scale, places, NUMBER_FIXED);
}

struct cell cell_object(const struct object *o)
{
    return o ? (struct cell){.type = CELL_OBJECT, .object = o} : cell_null();
}

struct cell cell_list(const struct object_list *l)
{
    return l ? (struct cell){.type = CELL_LIST, .list = l} : cell_null();
}

const char *cell_digits(struct arena *a, const struct cell *c)
{
    assert(c->type == CELL_NUMBER);
    return parts_format(a, c->number.n, c->number.scale, c->number.places, 0);
}

/* --- filling --- */

/* Room for one more of `size` bytes each in an array that may move. */
static void *grow(struct arena *a, void *old, uint32_t count, uint32_t *room, size_t size,
                  uint32_t more)
{
    if (count + more <= *room) return old;
    uint32_t wider = (count + more) * 2;
    void *grown = arena_alloc(a, wider, size);
    if (count) memcpy(grown, old, count * size);
    *room = wider;
    return grown;
}

struct object *object_new(struct arena *a)
{
    struct object *o = NEW(a, struct object);
    o->arena = a;
    return o;
}

void object_put(struct object *o, const char *name, struct cell cell)
{
    for (uint32_t i = 0; i < o->count; i++) {
        if (strcmp(o->fields[i].name, name) == 0) {
            o->fields[i].cell = cell;
            return;
        }
    }
    o->fields = grow(o->arena, o->fields, o->count, &o->room, sizeof *o->fields, 1);
    o->fields[o->count++] = (struct member){.name = name, .cell = cell};
}

struct answer *answer_new(struct arena *a, const char *title)
{
    struct answer *w = NEW(a, struct answer);
    w->arena = a;
    w->title = title;
    w->head.arena = a;
    return w;
}

void answer_put(struct answer *w, const char *name, struct cell cell)
{
    assert(strcmp(name, "version") != 0);
    object_put(&w->head, name, cell);
}

struct rows *answer_rows(struct answer *w, const char *name)
{
    struct rows *r = NEW(w->arena, struct rows);
    r->arena = w->arena;
    r->name = name;
    w->lists = grow(w->arena, w->lists, w->list_count, &w->list_room, sizeof(struct rows *), 1);
    w->lists[w->list_count++] = r;
    w->main = r;
    return r;
}

void answer_note(struct answer *w, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    assert(n >= 0);
    char *text = NEW_ARRAY(w->arena, (size_t)n + 1, char);
    vsnprintf(text, (size_t)n + 1, fmt, again);
    va_end(again);
    w->notes = grow(w->arena, w->notes, w->note_count, &w->note_room, sizeof(char *), 1);
    w->notes[w->note_count++] = text;
}

void rows_column(struct rows *r, const char *name, const char *label, unsigned flags)
{
    assert(r->count == 0 && !r->total);
    r->columns =
        grow(r->arena, r->columns, r->column_count, &r->column_room, sizeof *r->columns, 1);
    r->columns[r->column_count++] = (struct column){name, label, flags};
}

void rows_columns(struct rows *r, const char *names)
{
    for (const char *at = names; *at;) {
        size_t len = strcspn(at, " ");
        rows_column(r, arena_bytes(r->arena, at, len), NULL, 0);
        at += len + (at[len] == ' ');
    }
}

void rows_made(struct rows *r, uint32_t count,
               void (*make)(void *ctx, uint32_t row, struct cell *cells, struct arena *a),
               void *ctx)
{
    assert(r->count == 0 && r->column_count > 0);
    r->count = count;
    r->make = make;
    r->make_ctx = ctx;
}

const struct cell *rows_cells(const struct rows *r, uint32_t row, struct cell *room,
                              struct arena *a)
{
    if (!r->make) return &r->cells[(size_t)row * r->column_count];
    r->make(r->make_ctx, r->made_from + row, room, a);
    return room;
}

void rows_cut(struct rows *r, uint32_t from, uint32_t count)
{
    assert(from <= r->count && count <= r->count - from);
    if (r->make)
        r->made_from += from;
    else
        r->cells += (size_t)from * r->column_count;
    r->count = count;
}

void rows_add(struct rows *r, const struct cell *cells, size_t count)
{
    assert(count > 0 && count == r->column_count);
    size_t used = (size_t)r->count * count;
    if (r->count == r->room) {
        r->room = r->room ? r->room * 2 : 16;
        struct cell *grown = NEW_ARRAY(r->arena, (size_t)r->room * count, struct cell);
        if (used) memcpy(grown, r->cells, used * sizeof *grown);
        r->cells = grown;
    }
    memcpy(r->cells + used, cells, count * sizeof *cells);
    r->count++;
}

void rows_total(struct rows *r, const struct cell *cells, size_t count)
{
    assert(count > 0 && count == r->column_count);
    r->total = NEW_ARRAY(r->arena, count, struct cell);
    memcpy(r->total, cells, count * sizeof *cells);
}

/* --- JSON --- */

static void json_cell(struct jsonw *j, struct arena *a, const struct cell *c);

static void json_object(struct jsonw *j, struct arena *a, const struct object *o)
{
    jsonw_open(j, '{');
    for (uint32_t i = 0; i < o->count; i++) {
        jsonw_name(j, o->fields[i].name);
        json_cell(j, a, &o->fields[i].cell);
    }
    jsonw_close(j, '}');
}

static void json_cell(struct jsonw *j, struct arena *a, const struct cell *c)
{
    switch (c->type) {
    case CELL_NULL: jsonw_null(j); return;
    case CELL_TEXT: jsonw_text(j, c->text); return;
    case CELL_NUMBER: jsonw_number(j, cell_digits(a, c)); return;
    case CELL_BOOL: jsonw_bool(j, c->yes); return;
    case CELL_OBJECT: json_object(j, a, c->object); return;
    case CELL_LIST:
        jsonw_open(j, '[');
        for (uint32_t i = 0; i < c->list->count; i++) json_object(j, a, c->list->items[i]);
        jsonw_close(j, ']');
        return;
    }
}

const char *cell_json(struct arena *a, const struct cell *c)
{
    struct buf out = {.arena = a};
    struct jsonw j = {.out = &out};
    json_cell(&j, a, c);
    return out.text;
}

/* One row a line, so that a person and diff can read it too. */
static void json_rows(struct jsonw *j, struct arena *a, const struct rows *r)
{
    struct arena once = {0};
    struct cell *room = NEW_ARRAY(a, (size_t)r->column_count + 1, struct cell);
    jsonw_name(j, r->name);
    jsonw_open(j, '[');
    for (uint32_t i = 0; i < r->count; i++) {
        const struct cell *cells = rows_cells(r, i, room, &once);
        jsonw_break(j);
        jsonw_open(j, '{');
        for (uint32_t k = 0; k < r->column_count; k++) {
            if (r->columns[k].flags & COLUMN_ONLY_TEXT) continue;
            jsonw_name(j, r->columns[k].name);
            json_cell(j, &once, &cells[k]);
        }
        jsonw_close(j, '}');
        buf_drain(j->out);
        arena_reset(&once);
    }
    jsonw_close(j, ']');
    arena_free(&once);
}

void answer_json(const struct answer *w, struct buf *out)
{
    struct arena scratch = {0};
    struct jsonw j = {.out = out};
    jsonw_open(&j, '{');
    jsonw_name(&j, "version");
    jsonw_number(&j, "1");
    for (uint32_t i = 0; i < w->head.count; i++) {
        jsonw_name(&j, w->head.fields[i].name);
        json_cell(&j, &scratch, &w->head.fields[i].cell);
    }
    for (uint32_t i = 0; i < w->list_count; i++) json_rows(&j, &scratch, w->lists[i]);
    if (w->note_count) {
        jsonw_name(&j, "notes");
        jsonw_open(&j, '[');
        for (uint32_t i = 0; i < w->note_count; i++) jsonw_text(&j, w->notes[i]);
        jsonw_close(&j, ']');
    }
    jsonw_close(&j, '}');
    buf_add(out, "\n");
    arena_free(&scratch);
}

/* --- CSV --- */

static const struct cell *object_get(const struct object *o, const char *name)
{
    for (uint32_t i = 0; i < o->count; i++) {
        if (strcmp(o->fields[i].name, name) == 0) return &o->fields[i].cell;
    }
    return NULL;
}

/* UTF-8 whatever it was: a reader of the file must not stumble over one bad byte. */
static void csv_bytes(struct buf *b, const char *text, size_t len)
{
    for (size_t i = 0; i < len;) {
        size_t at = i;
        if (text_next(text, len, &i) >= 0) {
            if (text[at] == '"') buf_add(b, "\"");
            buf_add_bytes(b, text + at, i - at);
        } else {
            buf_add(b, "\xef\xbf\xbd");
            i = at + 1;
        }
    }
}

static void csv_text(struct buf *b, const char *text)
{
    size_t len = strlen(text);
    bool formula = len && strchr("=+-@\t\r", text[0]);
    if (len && !formula && text_is_utf8(text, len) && text[strcspn(text, "\",\r\n")] == '\0' &&
        text[0] != ' ' && text[len - 1] != ' ') {
        buf_add_bytes(b, text, len);
        return;
    }
    buf_add(b, formula ? "\"'" : "\"");
    csv_bytes(b, text, len);
    buf_add(b, "\"");
}

/* null is nothing between the commas; the empty text is "". */
static void csv_cell(struct buf *b, struct arena *a, const struct cell *c)
{
    if (!c) return;
    switch (c->type) {
    case CELL_NULL: return;
    case CELL_TEXT: csv_text(b, c->text); return;
    case CELL_NUMBER: buf_add(b, cell_digits(a, c)); return;
    case CELL_BOOL: buf_add(b, c->yes ? "true" : "false"); return;
    case CELL_OBJECT:
    case CELL_LIST: csv_text(b, cell_json(a, c)); return;
    }
}

static void flat_add(struct flat *f, struct arena *a, struct flat_column column)
{
    f->columns = grow(a, f->columns, f->count, &f->room, sizeof *f->columns, 1);
    f->columns[f->count++] = column;
}

/* Column k of the rows, or what it becomes. */
static void flat_spread(struct flat *f, struct arena *a, const struct rows *r, uint32_t k)
{
    uint32_t first = f->count;
    for (uint32_t i = 0; i < r->count && !r->make; i++) {
        const struct cell *c = &r->cells[(size_t)i * r->column_count + k];
        if (c->type != CELL_OBJECT) continue;
        for (uint32_t m = 0; m < c->object->count; m++) {
            const char *member = c->object->fields[m].name;
            uint32_t seen = first;
            while (seen < f->count && strcmp(f->columns[seen].member, member) != 0) seen++;
            if (seen < f->count) continue;
            const char *name = text_format(a, "%s.%s", r->columns[k].name, member);
            flat_add(f, a, (struct flat_column){name, k, member});
        }
    }
    if (f->count == first) flat_add(f, a, (struct flat_column){r->columns[k].name, k, NULL});
}

struct flat rows_flat(struct arena *a, const struct rows *r)
{
    struct flat f = {0};
    for (uint32_t k = 0; k < r->column_count; k++) {
        if (!(r->columns[k].flags & COLUMN_ONLY_TEXT)) flat_spread(&f, a, r, k);
    }
    return f;
}

const struct cell *flat_cell(const struct flat_column *c, const struct cell *cells)
{
    const struct cell *cell = &cells[c->at];
    if (!c->member) return cell;
    return cell->type == CELL_OBJECT ? object_get(cell->object, c->member) : NULL;
}

static void csv_rows(const struct rows *r, struct arena *a, struct buf *out)
{
    struct flat flat = rows_flat(a, r);
    for (uint32_t k = 0; k < flat.count; k++) {
        if (k) buf_add(out, ",");
        csv_text(out, flat.columns[k].name);
    }
    buf_add(out, "\r\n");
    struct arena once = {0};
    struct cell *made = NEW_ARRAY(a, (size_t)r->column_count + 1, struct cell);
    for (uint32_t i = 0; i < r->count; i++) {
        const struct cell *cells = rows_cells(r, i, made, &once);
        for (uint32_t k = 0; k < flat.count; k++) {
            if (k) buf_add(out, ",");
            csv_cell(out, &once, flat_cell(&flat.columns[k], cells));
        }
        buf_add(out, "\r\n");
        buf_drain(out);
        arena_reset(&once);
    }
    arena_free(&once);
}

struct rows *answer_head_rows(struct arena *a, const struct answer *w)
{
    struct rows *r = NEW(a, struct rows);
    struct cell *cells = NEW_ARRAY(a, (size_t)w->head.count + 1, struct cell);
    r->arena = a;
    r->name = "head";
    for (uint32_t i = 0; i < w->head.count; i++) {
        rows_column(r, w->head.fields[i].name, NULL, 0);
        cells[i] = w->head.fields[i].cell;
    }
    if (w->head.count) rows_add(r, cells, w->head.count);
    return r;
}

void answer_csv(const struct answer *w, struct buf *out)
{
    struct arena scratch = {0};
    csv_rows(w->main ? w->main : answer_head_rows(&scratch, w), &scratch, out);
    arena_free(&scratch);
}
