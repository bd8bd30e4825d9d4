/*
 * xlsx.c - workbooks (ECMA-376), each part streamed out of the zip archive
 * into libxml2's reader: nothing is held but the cells.
 *
 * A workbook that counts its days from 1904 is refused rather than converted:
 * which cells are days is known only to whoever reads the sheet, so a serial
 * number here would silently be four years off. Entities do not occur in
 * workbooks; a part that declares any is refused, not expanded.
 */
#include <assert.h>
#include <inttypes.h>
#include <libxml/xmlreader.h>
#include <string.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/text.h"
#include "source/grid.h"
#include "source/zip.h"

/* A shared string; text is NULL and fault says why when it cannot be kept. */
struct shared {
    const char *text, *fault;
};

struct xlsx {
    struct arena *out, scratch;
    struct zip *zip;
    struct shared *strings;
    uint32_t string_count, string_room;
    struct grid grid;
};

/* --- one part as a stream of nodes --- */

struct part {
    struct xlsx *x;
    const char *name;
    xmlTextReaderPtr reader;
    bool ended; /* the archive has given all of it */
    struct err zip_err;
};

static int feed(void *ctx, char *out, int len)
{
    struct part *p = ctx;
    size_t got = 0;
    if (p->ended || len <= 0) return 0;
    if (zip_part_read(p->x->zip, out, (size_t)len, &got, &p->zip_err)) {
        p->ended = true;
        return -1;
    }
    p->ended = got == 0;
    return (int)got;
}

static enum rc part_open(struct xlsx *x, const char *name, struct part *p, struct err *err)
{
    size_t size;
    *p = (struct part){.x = x, .name = name};
    enum rc rc = zip_part_open(x->zip, name, &size, err);
    if (rc == RC_ABSENT) return fail(err, RC_INPUT, "the workbook has no part '%.80s'", name);
    if (rc) return rc;
    p->reader = xmlReaderForIO(feed, NULL, p, NULL, NULL,
                               XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (!p->reader) {
        zip_part_close(x->zip);
        return fail(err, RC_INPUT, "part '%.80s' of the workbook is not XML", name);
    }
    return RC_OK;
}

static void part_close(struct part *p)
{
    if (!p->reader) return;
    xmlFreeTextReader(p->reader);
    zip_part_close(p->x->zip);
    p->reader = NULL;
}

/* The next node; *type is 0 at the end, by when the archive's checksum was right. */
static enum rc part_next(struct part *p, int *type, struct err *err)
{
    int got = xmlTextReaderRead(p->reader);
    *type = got == 1 ? xmlTextReaderNodeType(p->reader) : 0;
    if (*type == XML_READER_TYPE_DOCUMENT_TYPE || *type == XML_READER_TYPE_ENTITY_REFERENCE) {
        return fail(err, RC_INPUT, "part '%.80s' of the workbook declares entities: refused",
                    p->name);
    }
    char rest[4096];
    while (got == 0 && feed(p, rest, sizeof rest) > 0) {}
    if (p->zip_err.code) {
        *err = p->zip_err;
        return err->code;
    }
    if (got >= 0) return RC_OK;
    return fail(err, RC_INPUT, "part '%.80s' of the workbook is not well-formed XML (line %d)",
                p->name, xmlTextReaderGetParserLineNumber(p->reader));
}

static const char *local_name(const struct part *p)
{
    const xmlChar *name = xmlTextReaderConstLocalName(p->reader);
    return name ? (const char *)name : "";
}

static bool is_empty(const struct part *p)
{
    return xmlTextReaderIsEmptyElement(p->reader) == 1;
}

/* The text of a text node, NULL for any other. */
static const char *node_text(const struct part *p, int type)
{
    switch (type) {
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_WHITESPACE:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
        return (const char *)xmlTextReaderConstValue(p->reader);
    default: return NULL;
    }
}

/* Scratch copies of the named attributes, whatever their prefix; NULL where there is none. */
static void attributes(const struct part *p, const char *const names[], const char *values[],
                       size_t count)
{
    for (size_t i = 0; i < count; i++) values[i] = NULL;
    while (xmlTextReaderMoveToNextAttribute(p->reader) == 1) {
        const char *value = (const char *)xmlTextReaderConstValue(p->reader);
        for (size_t i = 0; i < count; i++) {
            if (!strcmp(local_name(p), names[i])) {
                values[i] = arena_text(&p->x->scratch, value ? value : "");
            }
        }
    }
    xmlTextReaderMoveToElement(p->reader);
}

/* --- text of strings: plain, or runs of rich text, without the phonetic guide --- */

struct rich {
    struct buf text;
    size_t from; /* where the present <t> began */
    unsigned phonetic;
    bool inside, preserve;
};

static void rich_begin(struct rich *r)
{
    r->text.len = 0;
    r->phonetic = 0;
    r->inside = false;
}

/* Blanks around a <t> count only under xml:space="preserve", as in the spreadsheet itself. */
static void rich_end_run(struct rich *r)
{
    r->inside = false;
    if (r->preserve || r->text.len == r->from) return;
    const char *from = r->text.text + r->from;
    size_t len = r->text.len - r->from;
    trim_blanks(&from, &len);
    memmove(r->text.text + r->from, from, len);
    r->text.len = r->from + len;
}

static void rich_node(struct rich *r, const struct part *p, int type)
{
    const char *text = node_text(p, type);
    if (text) {
        if (r->inside && !r->phonetic) buf_add(&r->text, text);
    } else if (type == XML_READER_TYPE_ELEMENT && !is_empty(p)) {
        if (!strcmp(local_name(p), "rPh")) r->phonetic++;
        if (strcmp(local_name(p), "t")) return;
        r->inside = true;
        r->from = r->text.len;
        r->preserve = xmlNodeGetSpacePreserve(xmlTextReaderCurrentNode(p->reader)) == 1;
    } else if (type == XML_READER_TYPE_END_ELEMENT) {
        if (!strcmp(local_name(p), "rPh") && r->phonetic) r->phonetic--;
        if (!strcmp(local_name(p), "t") && r->inside) rich_end_run(r);
    }
}

/* The code unit of "_x000D_" at text, or -1. */
static int32_t escaped_unit(const char *text, size_t len)
{
    int32_t unit = 0;
    if (len < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_') return -1;
    for (int i = 2; i < 6; i++) {
        char c = text[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0) return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

/* Write a code point as UTF-8; half a surrogate pair comes out as bytes that text_clean refuses. */
static size_t put_point(char *out, int32_t c)
{
    size_t n = 0;
    if (c < 0x80) {
        out[n++] = (char)c;
        return n;
    }
    if (c < 0x800) {
        out[n++] = (char)(0xc0 | c >> 6);
    } else {
        if (c < 0x10000) {
            out[n++] = (char)(0xe0 | c >> 12);
        } else {
            out[n++] = (char)(0xf0 | c >> 18);
            out[n++] = (char)(0x80 | (c >> 12 & 0x3f));
        }
        out[n++] = (char)(0x80 | (c >> 6 & 0x3f));
    }
    out[n++] = (char)(0x80 | (c & 0x3f));
    return n;
}

/* Decode "_xHHHH_" in place, which only shortens; returns the new length. */
static size_t unescape(char *text, size_t len)
{
    size_t to = 0;
    for (size_t i = 0; i < len;) {
        int32_t unit = escaped_unit(text + i, len - i);
        if (unit < 0) {
            text[to++] = text[i++];
            continue;
        }
        i += 7;
        int32_t low = escaped_unit(text + i, len - i);
        if (unit >> 10 == 0x36 && low >> 10 == 0x37) {
            unit = 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff);
            i += 7;
        }
        to += put_point(text + to, unit);
    }
    return to;
}

static enum rc keep_text(struct xlsx *x, struct buf *b, const char **out, struct err *err)
{
    *out = "";
    if (b->len == 0) return RC_OK;
    return grid_text(&x->grid, b->text, unescape(b->text, b->len), out, err);
}

/* --- relationships: which part is meant by which id --- */

struct rel {
    const char *id, *kind, *target; /* kind: the last word of the type */
    bool outside;                   /* the target is not in this archive */
};

struct rels {
    struct rel *all;
    uint32_t count, room;
    struct map by_id; /* to index in all */
};

/* "/xl/a.xml", or "../a.xml" as seen from folder "xl/b/", as the archive names it. */
static const char *resolve(struct arena *a, const char *folder, const char *target)
{
    struct buf path = {.arena = a};
    if (*target != '/') buf_add(&path, folder);
    while (*target) {
        size_t len = strcspn(target, "/");
        if (len == 2 && !memcmp(target, "..", 2)) {
            if (path.len) path.len--;
            while (path.len && path.text[path.len - 1] != '/') path.len--;
        } else if (len > 0 && !(len == 1 && *target == '.')) {
            buf_add_bytes(&path, target, len);
            if (target[len]) buf_add(&path, "/");
        }
        target += len + (target[len] == '/');
    }
    return path.text ? arena_bytes(a, path.text, path.len) : "";
}

static const char *folder_of(struct arena *a, const char *part)
{
    const char *slash = strrchr(part, '/');
    return slash ? arena_bytes(a, part, (size_t)(slash - part) + 1) : "";
}

static void add_rel(struct arena *a, struct rels *r, const char *folder, const char *const at[4])
{
    if (!at[0] || !at[1] || !at[2]) return;
    r->all = arena_more(a, r->all, r->count, &r->room, sizeof *r->all);
    map_put(&r->by_id, at[0], r->count);
    const char *slash = strrchr(at[1], '/');
    bool outside = at[3] && !strcmp(at[3], "External");
    r->all[r->count++] = (struct rel){.id = at[0],
                                      .kind = slash ? slash + 1 : at[1],
                                      .target = outside ? "" : resolve(a, folder, at[2]),
                                      .outside = outside};
}

/* The relationships of a part ("" for the package). */
static enum rc read_rels(struct xlsx *x, const char *of, struct rels *out, struct err *err)
{
    static const char *const names[] = {"Id", "Type", "Target", "TargetMode"};
    const char *folder = folder_of(&x->scratch, of);
    const char *path = text_format(&x->scratch, "%s_rels/%s.rels", folder, of + strlen(folder));
    struct part p;
    int type;
    *out = (struct rels){.by_id.arena = &x->scratch};
    enum rc rc = part_open(x, path, &p, err);
    while (!rc && !(rc = part_next(&p, &type, err)) && type) {
        if (type != XML_READER_TYPE_ELEMENT || strcmp(local_name(&p), "Relationship")) continue;
        const char *at[4];
        attributes(&p, names, at, 4);
        add_rel(&x->scratch, out, folder, at);
    }
    part_close(&p);
    return rc;
}

static const struct rel *rel_of_kind(const struct rels *r, const char *kind)
{
    for (uint32_t i = 0; i < r->count; i++) {
        if (!strcmp(r->all[i].kind, kind) && !r->all[i].outside) return &r->all[i];
    }
    return NULL;
}

/* --- shared strings --- */

static void add_string(struct xlsx *x, struct rich *r)
{
    x->strings =
        arena_more(&x->scratch, x->strings, x->string_count, &x->string_room, sizeof *x->strings);
    struct shared *s = &x->strings[x->string_count++];
    struct err why = {0};
    if (keep_text(x, &r->text, &s->text, &why)) {
        /* Told where a cell uses it: a person cannot look up "string 812". */
        s->text = NULL;
        s->fault = arena_text(&x->scratch, why.msg);
    }
}

static enum rc read_strings(struct xlsx *x, const char *name, struct err *err)
{
    struct rich r = {.text = {.arena = &x->scratch}};
    struct part p;
    int type;
    enum rc rc = part_open(x, name, &p, err);
    while (!rc && !(rc = part_next(&p, &type, err)) && type) {
        bool item = (type == XML_READER_TYPE_ELEMENT || type == XML_READER_TYPE_END_ELEMENT) &&
                    !strcmp(local_name(&p), "si");
        if (!item) {
            rich_node(&r, &p, type);
        } else if (type == XML_READER_TYPE_END_ELEMENT || is_empty(&p)) {
            add_string(x, &r);
            rich_begin(&r);
        } else {
            rich_begin(&r);
        }
    }
    part_close(&p);
    return rc;
}

/* --- worksheets --- */

struct sheet_part {
    struct xlsx *x;
    struct part part;
    const char *name; /* of the sheet, for sentences */
    bool in_data, in_cell, in_value, in_rich, is_formula;
    uint32_t row;    /* from 1 */
    uint32_t column; /* of the present cell, from 0 */
    uint32_t next;   /* column of a cell that does not say */
    char type[16];   /* attribute t of the cell */
    struct buf value;
    struct rich rich;
};

/* Refuse the file for what stands in the present cell. */
static enum rc bad_cell(struct sheet_part *s, const char *why, const char *what, struct err *err)
{
    return fail(err, RC_INPUT, "sheet '%.60s', cell %s%" PRIu32 ": %s%s%.40s%s", s->name,
                column_name(&s->x->scratch, s->column), s->row, why, *what ? " '" : "", what,
                *what ? "'" : "");
}

/* A whole number of at most 9 digits, moving *at; 0 when there is none. */
static uint32_t take_number(const char **at)
{
    uint32_t n = 0;
    for (int i = 0; i < 9 && **at >= '0' && **at <= '9'; i++, ++*at) {
        n = n * 10 + (uint32_t)(**at - '0');
    }
    return n;
}

/* "AD12" as column 29, row 12. */
static bool parse_ref(const char *ref, uint32_t *column, uint32_t *row)
{
    uint32_t letters = 0;
    for (; *ref >= 'A' && *ref <= 'Z' && letters <= GRID_COLUMNS_MAX; ref++) {
        letters = letters * 26 + (uint32_t)(*ref - 'A') + 1;
    }
    *row = take_number(&ref);
    *column = letters - 1;
    return letters > 0 && *row > 0 && !*ref;
}

/* The attributes are read on the reader itself: a sheet has millions. */
static enum rc begin_row(struct sheet_part *s, struct err *err)
{
    uint32_t number = s->row + 1;
    while (xmlTextReaderMoveToNextAttribute(s->part.reader) == 1) {
        if (strcmp(local_name(&s->part), "r")) continue;
        const char *at = (const char *)xmlTextReaderConstValue(s->part.reader);
        if (!at || !(number = take_number(&at)) || *at) {
            return fail(err, RC_INPUT, "sheet '%.60s' has a row without a proper number", s->name);
        }
    }
    xmlTextReaderMoveToElement(s->part.reader);
    enum rc rc = grid_row(&s->x->grid, number, err);
    if (rc) return fail_in(err, "sheet '%.60s'", s->name);
    s->row = number;
    s->next = 0;
    return RC_OK;
}

static enum rc begin_cell(struct sheet_part *s, struct err *err)
{
    s->column = s->next;
    s->is_formula = s->in_value = s->in_rich = false;
    s->value.len = 0;
    rich_begin(&s->rich);
    strcpy(s->type, "n");
    if (s->row == 0) return fail(err, RC_INPUT, "sheet '%.60s' has a cell in no row", s->name);
    while (xmlTextReaderMoveToNextAttribute(s->part.reader) == 1) {
        const char *name = local_name(&s->part);
        const char *value = (const char *)xmlTextReaderConstValue(s->part.reader);
        if (!value) value = "";
        if (!strcmp(name, "r")) {
            uint32_t row;
            if (!parse_ref(value, &s->column, &row) || row != s->row) {
                return fail(err, RC_INPUT,
                            "sheet '%.60s', row %" PRIu32 ": a cell is called '%.20s'", s->name,
                            s->row, value);
            }
        } else if (!strcmp(name, "t")) {
            size_t len = strlen(value);
            if (len >= sizeof s->type) len = sizeof s->type - 1;
            memcpy(s->type, value, len);
            s->type[len] = '\0';
        }
    }
    xmlTextReaderMoveToElement(s->part.reader);
    if (s->column < s->next) return bad_cell(s, "stands after a cell to its right", "", err);
    s->next = s->column + 1;
    s->in_cell = true;
    return RC_OK;
}

/* A cell of type s: the value is a place in the table of shared strings. */
static enum rc shared_cell(struct sheet_part *s, const char *value, size_t len, struct cell *cell,
                           struct err *err)
{
    const char *at = value;
    uint32_t index = take_number(&at);
    if (len == 0 || at != value + len || index >= s->x->string_count) {
        return bad_cell(s, "there is no shared string", arena_bytes(&s->x->scratch, value, len),
                        err);
    }
    const struct shared *shared = &s->x->strings[index];
    if (!shared->text) return bad_cell(s, shared->fault, "", err);
    cell->text = shared->text;
    cell->type = CELL_TEXT;
    return RC_OK;
}

/* Cells of type str, inlineStr and d, whose text stands in the sheet. */
static enum rc text_cell(struct sheet_part *s, struct buf *text, struct cell *cell, struct err *err)
{
    struct err why = {0};
    cell->type = CELL_TEXT;
    return keep_text(s->x, text, &cell->text, &why) ? bad_cell(s, why.msg, "", err) : RC_OK;
}

/* Cells of type n, b and e. */
static enum rc value_cell(struct sheet_part *s, const char *value, size_t len, struct cell *cell,
                          struct err *err)
{
    const char *text = arena_bytes(s->x->out, value, len);
    cell->text = text;
    if (len == 0) return RC_OK;
    if (!strcmp(s->type, "n")) {
        cell->type = CELL_NUMBER;
        return plain_number(value, len) ? RC_OK : bad_cell(s, "not a number:", text, err);
    }
    if (!strcmp(s->type, "e")) {
        struct err why = {0};
        cell->type = CELL_ERROR;
        return text_clean(s->x->out, value, len, &cell->text, &why) ? bad_cell(s, why.msg, "", err)
                                                                    : RC_OK;
    }
    cell->type = CELL_BOOL;
    bool yes = !strcmp(text, "1") || !strcmp(text, "true");
    bool no = !strcmp(text, "0") || !strcmp(text, "false");
    cell->text = yes ? "1" : "0";
    return yes || no ? RC_OK : bad_cell(s, "neither true nor false:", text, err);
}

static enum rc end_cell(struct sheet_part *s, struct err *err)
{
    struct cell cell = {.is_formula = s->is_formula, .text = ""};
    const char *value = s->value.text ? s->value.text : "";
    size_t len = s->value.len;
    enum rc rc;
    s->in_cell = s->in_value = s->in_rich = false;
    trim_blanks(&value, &len);
    if (!strcmp(s->type, "s") && len > 0) {
        rc = shared_cell(s, value, len, &cell, err);
    } else if (!strcmp(s->type, "inlineStr")) {
        rc = text_cell(s, &s->rich.text, &cell, err);
    } else if (!strcmp(s->type, "str") || !strcmp(s->type, "d")) {
        rc = text_cell(s, &s->value, &cell, err);
    } else if (!strcmp(s->type, "n") || !strcmp(s->type, "b") || !strcmp(s->type, "e")) {
        rc = value_cell(s, value, len, &cell, err);
    } else {
        rc = !strcmp(s->type, "s") ? RC_OK : bad_cell(s, "unknown type of cell", s->type, err);
    }
    if (rc) return rc;
    if (!*cell.text) cell.type = CELL_EMPTY;
    rc = grid_put(&s->x->grid, s->column, cell, err);
    return rc ? fail_in(err, "sheet '%.60s'", s->name) : RC_OK;
}

static enum rc sheet_element(struct sheet_part *s, struct err *err)
{
    const char *name = local_name(&s->part);
    bool empty = is_empty(&s->part);
    if (!s->in_data) {
        s->in_data = !empty && !strcmp(name, "sheetData");
    } else if (!s->in_cell && !strcmp(name, "row")) {
        return begin_row(s, err);
    } else if (!s->in_cell && !strcmp(name, "c")) {
        enum rc rc = begin_cell(s, err);
        if (!rc && empty) rc = end_cell(s, err);
        return rc;
    } else if (s->in_cell && !strcmp(name, "f")) {
        s->is_formula = true;
    } else if (s->in_cell && !strcmp(name, "v")) {
        s->in_value = !empty;
    } else if (s->in_cell && !strcmp(name, "is")) {
        s->in_rich = !empty;
    }
    return RC_OK;
}

static enum rc sheet_end(struct sheet_part *s, struct err *err)
{
    const char *name = local_name(&s->part);
    if (s->in_cell && !strcmp(name, "c")) return end_cell(s, err);
    if (!strcmp(name, "v")) s->in_value = false;
    if (!strcmp(name, "is")) s->in_rich = false;
    if (!s->in_cell && !strcmp(name, "sheetData")) s->in_data = false;
    return RC_OK;
}

static enum rc sheet_node(struct sheet_part *s, int type, struct err *err)
{
    if (s->in_rich) rich_node(&s->rich, &s->part, type);
    if (type == XML_READER_TYPE_ELEMENT) return sheet_element(s, err);
    if (type == XML_READER_TYPE_END_ELEMENT) return sheet_end(s, err);
    const char *text = s->in_value ? node_text(&s->part, type) : NULL;
    if (text) buf_add(&s->value, text);
    return RC_OK;
}

static enum rc read_sheet(struct xlsx *x, const char *name, const char *path, struct sheet *out,
                          struct err *err)
{
    struct sheet_part s = {.x = x, .name = name};
    int type;
    s.value.arena = s.rich.text.arena = &x->scratch;
    enum rc rc = part_open(x, path, &s.part, err);
    while (!rc && !(rc = part_next(&s.part, &type, err)) && type) {
        rc = sheet_node(&s, type, err);
    }
    part_close(&s.part);
    if (!rc && (rc = grid_sheet(&x->grid, name, out, err))) {
        return fail_in(err, "sheet '%.60s'", name);
    }
    return rc;
}

/* --- the workbook --- */

struct listed {
    const char *name, *path;
};

struct list {
    struct listed *all;
    uint32_t count, room;
};

static enum rc list_sheet(struct xlsx *x, const struct rels *rels, const char *const at[2],
                          struct map *used, struct list *list, struct err *err)
{
    const char *name;
    if (!at[0] || !at[1]) return fail(err, RC_INPUT, "the workbook lists a sheet without a name");
    if (text_clean(x->out, at[0], strlen(at[0]), &name, err)) {
        return fail_in(err, "sheet '%.60s'", at[0]);
    }
    const uint64_t *found = map_get(&rels->by_id, at[1]);
    const struct rel *rel = found ? &rels->all[*found] : NULL;
    if (!rel || rel->outside) {
        return fail(err, RC_INPUT, "the workbook lists sheet '%.60s' and does not hold it", name);
    }
    if (map_get(used, rel->target)) {
        return fail(err, RC_INPUT, "sheet '%.60s' is another sheet over again", name);
    }
    map_put(used, rel->target, 1);
    list->all = arena_more(&x->scratch, list->all, list->count, &list->room, sizeof *list->all);
    list->all[list->count++] = (struct listed){.name = name, .path = rel->target};
    return RC_OK;
}

static enum rc check_dates(const struct part *p, struct err *err)
{
    static const char *const names[] = {"date1904"};
    const char *from_1904;
    attributes(p, names, &from_1904, 1);
    if (!from_1904 || !strcmp(from_1904, "0") || !strcmp(from_1904, "false")) return RC_OK;
    return fail(err, RC_INPUT,
                "the workbook counts its days from 1904: save it with the 1900 date system");
}

/* What sheets there are, in their order. */
static enum rc list_sheets(struct xlsx *x, const char *path, const struct rels *rels,
                           struct list *list, struct err *err)
{
    static const char *const names[] = {"name", "id"};
    struct map used = {.arena = &x->scratch};
    struct part p;
    int type;
    enum rc rc = part_open(x, path, &p, err);
    while (!rc && !(rc = part_next(&p, &type, err)) && type) {
        if (type != XML_READER_TYPE_ELEMENT) continue;
        if (!strcmp(local_name(&p), "workbookPr")) rc = check_dates(&p, err);
        if (rc || strcmp(local_name(&p), "sheet")) continue;
        const char *at[2];
        attributes(&p, names, at, 2);
        rc = list_sheet(x, rels, at, &used, list, err);
    }
    part_close(&p);
    if (!rc && list->count == 0) return fail(err, RC_INPUT, "the workbook has no sheets");
    return rc;
}

static enum rc read_workbook(struct xlsx *x, struct workbook *out, struct err *err)
{
    struct rels package, rels;
    struct list list = {0};
    if (!zip_has(x->zip, "_rels/.rels")) {
        return fail(err, RC_INPUT, "the zip archive is not an .xlsx workbook");
    }
    enum rc rc = read_rels(x, "", &package, err);
    if (rc) return rc;
    const struct rel *main = rel_of_kind(&package, "officeDocument");
    if (!main) return fail(err, RC_INPUT, "the zip archive is not an .xlsx workbook");
    rc = read_rels(x, main->target, &rels, err);
    if (!rc) rc = list_sheets(x, main->target, &rels, &list, err);
    const struct rel *strings = rc ? NULL : rel_of_kind(&rels, "sharedStrings");
    if (strings) rc = read_strings(x, strings->target, err);
    struct sheet *sheets = rc ? NULL : NEW_ARRAY(x->out, list.count, struct sheet);
    for (uint32_t i = 0; !rc && i < list.count; i++) {
        rc = read_sheet(x, list.all[i].name, list.all[i].path, &sheets[i], err);
    }
    if (!rc) *out = (struct workbook){.count = list.count, .sheets = sheets};
    return rc;
}

enum rc xlsx_read(struct arena *a, const void *bytes, size_t len, struct workbook *out,
                  struct err *err)
{
    struct xlsx x = {.out = a};
    if (len >= 4 && !memcmp(bytes, "\xd0\xcf\x11\xe0", 4)) {
        return fail(err, RC_INPUT,
                    "this is an old .xls workbook or one with a password: save it "
                    "as .xlsx without a password");
    }
    enum rc rc = zip_open(&x.scratch, bytes, len, &x.zip, err);
    if (rc) {
        fail_in(err, "not a readable .xlsx workbook");
    } else {
        grid_init(&x.grid, a, &x.scratch);
        rc = read_workbook(&x, out, err);
    }
    zip_close(x.zip);
    arena_free(&x.scratch);
    return rc;
}
