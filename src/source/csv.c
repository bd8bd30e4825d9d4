/*
 * csv.c - comma-separated values (RFC 4180), and what passes for them.
 *
 * Kinder than the standard where nothing can be misread: any line end, rows
 * of different lengths, semicolons or tabs, blanks after a closing quote.
 * Strict where a slip would shift every row that follows: a quote that never
 * closes, text after a closing quote, bytes that are not UTF-8.
 *
 * Rows are counted as a spreadsheet counts them; refusals name the line, as
 * an editor counts them. The two part ways at the first quoted line end.
 */
#include <inttypes.h>
#include <string.h>

#include "source/grid.h"

#define FILE_BYTES_MAX ((size_t)1 << 30)

enum { SAMPLE_RECORDS = 20, SAMPLE_BYTES = 1 << 16, SEPARATORS = 3 };

struct csv {
    const char *at, *end;
    char separator;
    uint32_t line; /* of at, from 1 */
    char *field;   /* the field being read, without its quotes */
    size_t len, room;
    struct arena fields;   /* where field lives */
    uint32_t first, least; /* fields of the first record, and of the shortest before the last */
    struct grid grid;
};

/* --- guessing the separator --- */

struct guess {
    uint32_t now, first, total;  /* in this record, in the first one, in all */
    uint32_t having, like_first; /* records that have any; as many as the first */
};

static void end_sample_record(struct guess *g, uint32_t record)
{
    if (record == 0) g->first = g->now;
    g->total += g->now;
    g->having += g->now > 0;
    g->like_first += g->now > 0 && g->now == g->first;
    g->now = 0;
}

static bool better(const struct guess *a, const struct guess *b)
{
    if (a->having != b->having) return a->having > b->having;
    if (a->like_first != b->like_first) return a->like_first > b->like_first;
    return a->total > b->total;
}

/*
 * The one that the most records have, and then the most evenly: decimal commas
 * and lists with semicolons stand in some rows, the separator in all.
 */
static char guess_separator(const char *bytes, size_t len)
{
    static const char choice[SEPARATORS + 1] = ",;\t";
    struct guess guesses[SEPARATORS] = {0};
    uint32_t records = 0;
    bool quoted = false, started = false;
    char before = '\n';
    if (len > SAMPLE_BYTES) len = SAMPLE_BYTES;
    for (size_t i = 0; i < len && records < SAMPLE_RECORDS; i++) {
        char c = bytes[i];
        const char *at = c ? strchr(choice, c) : NULL;
        if (c == '"') {
            if (quoted)
                quoted = false;
            else if (before == '\n' || before == '"' || strchr(choice, before))
                quoted = true;
        } else if (!quoted && at) {
            guesses[at - choice].now++;
        }
        if (!quoted && (c == '\n' || c == '\r')) {
            for (int k = 0; started && k < SEPARATORS; k++) end_sample_record(&guesses[k], records);
            records += started;
            started = false;
            c = '\n';
        } else {
            started = true;
        }
        before = c;
    }
    for (int k = 0; started && k < SEPARATORS; k++) end_sample_record(&guesses[k], records);
    int best = 0;
    for (int k = 1; k < SEPARATORS; k++) {
        if (better(&guesses[k], &guesses[best])) best = k;
    }
    return choice[best];
}

/* --- fields --- */

static void keep(struct csv *c, const char *bytes, size_t len)
{
    if (c->len + len > c->room) {
        size_t room = (c->len + len) * 2;
        char *grown = NEW_ARRAY(&c->fields, room, char);
        if (c->len) memcpy(grown, c->field, c->len);
        c->field = grown;
        c->room = room;
    }
    if (len) memcpy(c->field + c->len, bytes, len);
    c->len += len;
}

static bool at_line_end(const struct csv *c)
{
    return c->at < c->end && (*c->at == '\n' || *c->at == '\r');
}

/* Past "\n", "\r\n" or "\r". */
static void take_line_end(struct csv *c)
{
    bool pair = *c->at == '\r' && c->at + 1 < c->end && c->at[1] == '\n';
    c->at += pair ? 2 : 1;
    c->line++;
}

/* The text between quotes; at stands on the opening one and ends after the closing one. */
static enum rc take_quoted(struct csv *c, struct err *err)
{
    uint32_t opened = c->line;
    c->at++;
    for (;;) {
        const char *from = c->at;
        while (c->at < c->end && *c->at != '"' && !at_line_end(c)) c->at++;
        keep(c, from, (size_t)(c->at - from));
        if (c->at == c->end) {
            return fail(err, RC_INPUT,
                        "the quote opened in line %" PRIu32 " never closes: is the file cut short?",
                        opened);
        }
        if (*c->at != '"') {
            keep(c, "\n", 1);
            take_line_end(c);
        } else if (c->at + 1 < c->end && c->at[1] == '"') {
            keep(c, "\"", 1);
            c->at += 2;
        } else {
            c->at++;
            break;
        }
    }
    while (c->at < c->end && *c->at == ' ') c->at++;
    if (c->at < c->end && *c->at != c->separator && !at_line_end(c)) {
        return fail(err, RC_INPUT, "line %" PRIu32 " has text after a closing quote", c->line);
    }
    return RC_OK;
}

static void take_bare(struct csv *c)
{
    const char *from = c->at;
    while (c->at < c->end && *c->at != c->separator && !at_line_end(c)) c->at++;
    keep(c, from, (size_t)(c->at - from));
}

/* One field into the grid; at ends on the separator, the line end or the end. */
static enum rc take_field(struct csv *c, uint32_t column, struct err *err)
{
    uint32_t line = c->line;
    enum rc rc = RC_OK;
    c->len = 0;
    if (c->at < c->end && *c->at == '"')
        rc = take_quoted(c, err);
    else
        take_bare(c);
    if (rc || c->len == 0) return rc;

    struct cell cell = {.type = CELL_TEXT};
    const char *bare = c->field;
    size_t len = c->len;
    trim_blanks(&bare, &len);
    if (plain_number(bare, len)) {
        cell.type = CELL_NUMBER;
        cell.text = arena_bytes(c->grid.out, bare, len);
    } else {
        rc = grid_text(&c->grid, c->field, c->len, &cell.text, err);
        if (rc) return fail_in(err, "line %" PRIu32, line);
    }
    rc = grid_put(&c->grid, column, cell, err);
    return rc ? fail_in(err, "line %" PRIu32, line) : RC_OK;
}

/*
 * What is cut off is not a smaller table: a publisher who states everything
 * would seem to take back what is missing, and half a number is another
 * number. Told from the last row, if it has no line end and is the only one
 * that is shorter than the first.
 */
static enum rc check_last(const struct csv *c, uint32_t fields, struct err *err)
{
    if (c->first == 0 || fields >= c->first || c->least < c->first) return RC_OK;
    return fail(err, RC_INPUT,
                "line %" PRIu32 " has %" PRIu32 " of %" PRIu32
                " columns and no line end: is the file cut short?",
                c->line, fields, c->first);
}

static enum rc take_record(struct csv *c, struct err *err)
{
    for (uint32_t column = 0;; column++) {
        enum rc rc = take_field(c, column, err);
        if (rc) return rc;
        if (c->at == c->end) return check_last(c, column + 1, err);
        if (*c->at != c->separator) {
            bool blank = column == 0 && c->len == 0;
            if (c->first == 0 && !blank) c->first = c->least = column + 1;
            if (column + 1 < c->least && !blank) c->least = column + 1;
            take_line_end(c);
            return RC_OK;
        }
        c->at++;
    }
}

static enum rc take_all(struct csv *c, struct arena *a, struct workbook *out, struct err *err)
{
    struct sheet sheet;
    for (uint64_t number = 1; c->at < c->end; number++) {
        enum rc rc = grid_row(&c->grid, number, err);
        if (!rc) rc = take_record(c, err);
        if (rc) return rc;
    }
    enum rc rc = grid_sheet(&c->grid, "", &sheet, err);
    if (rc) return rc;
    out->count = 1;
    out->sheets = NEW(a, struct sheet);
    *out->sheets = sheet;
    return RC_OK;
}

/* What can be told before reading: other encodings, and files that are no text at all. */
static enum rc check_bytes(const char *bytes, size_t len, struct err *err)
{
    if (len > FILE_BYTES_MAX) return fail(err, RC_INPUT, "the file is larger than 1 GiB");
    if (len >= 2 && (!memcmp(bytes, "\xff\xfe", 2) || !memcmp(bytes, "\xfe\xff", 2))) {
        return fail(err, RC_INPUT, "the file is UTF-16: save it as CSV in UTF-8");
    }
    const char *nul = len ? memchr(bytes, 0, len) : NULL;
    if (!nul) return RC_OK;
    uint32_t line = 1;
    for (const char *p = bytes; p < nul; p++) line += *p == '\n';
    return fail(err, RC_INPUT, "line %" PRIu32 " holds a NUL byte: this is not a text file", line);
}

enum rc csv_read(struct arena *a, const char *bytes, size_t len, char separator,
                 struct workbook *out, struct err *err)
{
    enum rc rc = check_bytes(bytes, len, err);
    if (rc) return rc;
    if (len >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3)) {
        bytes += 3;
        len -= 3;
    }
    struct arena work = {0};
    struct csv c = {.at = bytes, .end = bytes + len, .line = 1};
    c.separator = separator ? separator : guess_separator(bytes, len);
    grid_init(&c.grid, a, &work);
    rc = take_all(&c, a, out, err);
    arena_free(&c.fields);
    arena_free(&work);
    return rc;
}
