/*
 * table.c - looking into a table, and laying one (grid.h).
 *
 * Rows are found by binary search, since a reader asks for them by the number
 * that a person sees and empty rows are not kept. Names are compared folded,
 * but a name that is the same letter for letter wins.
 */
#include "source/table.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/day.h"
#include "base/dec.h"
#include "base/text.h"
#include "source/grid.h"

static const struct cell empty_cell = {.type = CELL_EMPTY, .text = ""};

const struct sheet *workbook_sheet(const struct workbook *w, const char *name)
{
    for (uint32_t i = 0; i < w->count; i++) {
        if (!strcmp(w->sheets[i].name, name)) return &w->sheets[i];
    }
    struct arena a = {0};
    const char *want = text_fold(&a, name);
    const struct sheet *found = NULL;
    for (uint32_t i = 0; i < w->count && !found; i++) {
        if (!strcmp(text_fold(&a, w->sheets[i].name), want)) found = &w->sheets[i];
    }
    arena_free(&a);
    return found;
}

const struct sheet_row *sheet_row(const struct sheet *s, uint32_t number)
{
    uint32_t low = 0, high = s->count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (s->rows[mid].number < number)
            low = mid + 1;
        else
            high = mid;
    }
    return low < s->count && s->rows[low].number == number ? &s->rows[low] : NULL;
}

const struct cell *row_cell(const struct sheet_row *row, uint32_t column)
{
    return row && column < row->count ? &row->cells[column] : &empty_cell;
}

int row_find(const struct sheet_row *row, const char *name)
{
    if (!row) return -1;
    for (uint32_t i = 0; i < row->count; i++) {
        if (row->cells[i].type != CELL_EMPTY && !strcmp(row->cells[i].text, name)) return (int)i;
    }
    struct arena a = {0};
    const char *want = text_fold(&a, name);
    int found = -1;
    for (uint32_t i = 0; i < row->count && found < 0; i++) {
        const struct cell *c = &row->cells[i];
        if (c->type != CELL_EMPTY && !strcmp(text_fold(&a, c->text), want)) found = (int)i;
    }
    arena_free(&a);
    return found;
}

const char *column_name(struct arena *a, uint32_t column)
{
    char letters[8];
    size_t at = sizeof letters;
    for (uint64_t n = (uint64_t)column + 1; n > 0; n = (n - 1) / 26) {
        letters[--at] = (char)('A' + (n - 1) % 26);
    }
    return arena_bytes(a, letters + at, sizeof letters - at);
}

enum rc serial_day(const char *number, int32_t *day, struct err *err)
{
    struct dec serial;
    struct err why = {0};
    if (dec_parse(number, &serial, &why)) {
        return fail(err, RC_INPUT, "'%.40s' is not a day number of a spreadsheet", number);
    }
    int64_t whole = (int64_t)((i128)serial.n / power10(serial.scale));
    /* Serial 1 is 1900-01-01; below 1 is a time of day without a day. */
    if (serial.n < 0 || whole < 1) {
        return fail(err, RC_INPUT, "day number %.40s is before 1900-01-01", number);
    }
    if (whole == 60) {
        /* Lotus 1-2-3 took 1900 for a leap year, and spreadsheets kept the slip. */
        return fail(err, RC_INPUT, "day number %.40s is 1900-02-29, a day that never was", number);
    }
    int64_t found = whole + DAY_MIN - (whole > 60 ? 2 : 1);
    if (found > DAY_MAX) {
        return fail(err, RC_INPUT, "day number %.40s is after 2199-12-31", number);
    }
    *day = (int32_t)found;
    return RC_OK;
}

void grid_init(struct grid *g, struct arena *out, struct arena *scratch)
{
    *g = (struct grid){.out = out, .scratch = scratch};
    g->row = NEW_ARRAY(scratch, GRID_COLUMNS_MAX, struct cell);
    for (uint32_t i = 0; i < GRID_COLUMNS_MAX; i++) g->row[i] = empty_cell;
}

/* Keep the row being laid, unless it is wholly empty. */
static enum rc end_row(struct grid *g, struct err *err)
{
    if (g->row_count == 0) return RC_OK;
    g->cells += g->row_count;
    if (g->cells > GRID_CELLS_MAX) {
        return fail(err, RC_INPUT, "more than %d cells, counted from column A of each row",
                    GRID_CELLS_MAX);
    }
    if (g->cells > GRID_GAPS_FROM && g->cells / GRID_GAPS > g->filled) {
        return fail(err, RC_INPUT,
                    "nearly all gaps: %" PRIu64 " cells are spread over %" PRIu64 " places",
                    g->filled, g->cells);
    }
    g->rows = arena_more(g->scratch, g->rows, g->count, &g->room, sizeof *g->rows);
    struct cell *cells = NEW_ARRAY(g->out, g->row_count, struct cell);
    memcpy(cells, g->row, g->row_count * sizeof *cells);
    g->rows[g->count++] =
        (struct sheet_row){.number = g->row_number, .count = g->row_count, .cells = cells};
    for (uint32_t i = 0; i < g->row_count; i++) g->row[i] = empty_cell;
    g->row_count = 0;
    return RC_OK;
}

enum rc grid_row(struct grid *g, uint64_t number, struct err *err)
{
    if (number <= g->row_number) {
        return fail(err, RC_INPUT, "row %" PRIu64 " comes after row %" PRIu32, number,
                    g->row_number);
    }
    if (number > GRID_ROWS_MAX) {
        return fail(err, RC_INPUT, "more than %d rows", GRID_ROWS_MAX);
    }
    enum rc rc = end_row(g, err);
    if (!rc) g->row_number = (uint32_t)number;
    return rc;
}

enum rc grid_put(struct grid *g, uint64_t column, struct cell cell, struct err *err)
{
    assert(g->row_number > 0);
    if (column >= GRID_COLUMNS_MAX) {
        return fail(err, RC_INPUT, "row %" PRIu32 " has more than %d columns", g->row_number,
                    GRID_COLUMNS_MAX);
    }
    if (cell.type == CELL_EMPTY && !cell.is_formula) return RC_OK;
    g->row[column] = cell;
    g->filled++;
    if (column >= g->row_count) g->row_count = (uint32_t)column + 1;
    return RC_OK;
}

enum rc grid_sheet(struct grid *g, const char *name, struct sheet *out, struct err *err)
{
    enum rc rc = end_row(g, err);
    if (rc) return rc;
    struct sheet_row *rows = NULL;
    if (g->count) {
        rows = NEW_ARRAY(g->out, g->count, struct sheet_row);
        memcpy(rows, g->rows, g->count * sizeof *rows);
    }
    *out = (struct sheet){.name = name, .count = g->count, .rows = rows};
    g->count = 0;
    g->row_number = 0;
    return RC_OK;
}

/* "\r\n" and "\r" as "\n", in place; returns the new length. */
static size_t plain_line_ends(char *bytes, size_t len)
{
    char *first = memchr(bytes, '\r', len);
    if (!first) return len;
    size_t to = (size_t)(first - bytes);
    for (size_t i = to; i < len; i++) {
        if (bytes[i] != '\r') {
            bytes[to++] = bytes[i];
        } else if (i + 1 == len || bytes[i + 1] != '\n') {
            bytes[to++] = '\n';
        }
    }
    return to;
}

enum rc grid_text(struct grid *g, char *bytes, size_t len, const char **out, struct err *err)
{
    *out = "";
    if (len == 0) return RC_OK;
    len = plain_line_ends(bytes, len);
    bool ascii = true;
    for (size_t i = 0; i < len && ascii; i++) ascii = (unsigned char)bytes[i] < 0x80;
    if (ascii) return text_clean(g->out, bytes, len, out, err);
    /* Normalising leaves several times the text behind: not in what lives on. */
    struct arena work = {0};
    const char *clean;
    enum rc rc = text_clean(&work, bytes, len, &clean, err);
    if (!rc) *out = arena_text(g->out, clean);
    arena_free(&work);
    return rc;
}

static size_t digits(const char *bytes, size_t len, size_t at)
{
    while (at < len && bytes[at] >= '0' && bytes[at] <= '9') at++;
    return at;
}

bool plain_number(const char *bytes, size_t len)
{
    size_t at = len > 0 && (bytes[0] == '-' || bytes[0] == '+') ? 1 : 0;
    size_t end = digits(bytes, len, at);
    if (end == at) return false;
    at = end;
    if (at < len && bytes[at] == '.') {
        end = digits(bytes, len, at + 1);
        if (end == at + 1) return false;
        at = end;
    }
    if (at < len && (bytes[at] == 'e' || bytes[at] == 'E')) {
        at++;
        if (at < len && (bytes[at] == '-' || bytes[at] == '+')) at++;
        end = digits(bytes, len, at);
        if (end == at) return false;
        at = end;
    }
    return at == len;
}

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void trim_blanks(const char **bytes, size_t *len)
{
    while (*len > 0 && blank(**bytes)) {
        ++*bytes;
        --*len;
    }
    while (*len > 0 && blank((*bytes)[*len - 1])) --*len;
}
