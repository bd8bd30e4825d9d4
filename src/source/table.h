/*
 * table.h - rows and cells, whatever file they came from.
 *
 * A workbook is sheets, a CSV file is one sheet. Every cell keeps its place
 * (row, column) so that a diagnostic can say it. Numbers are kept as the text
 * that stood in the file: "0.98870000000000002" never passes through a float.
 *
 * Limits: a file that is not what it claims is refused whole (RC_INPUT):
 * truncated, mis-encoded, a part above 1 GiB unpacked, or unpacked at more
 * than 200:1, more than 2^20 rows or 2^14 columns in a sheet.
 */
#ifndef MUSTER_SOURCE_TABLE_H
#define MUSTER_SOURCE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

enum cell_type {
    CELL_EMPTY,
    CELL_TEXT,
    CELL_NUMBER, /* text is the number as written in the file */
    CELL_BOOL,   /* "0" or "1" */
    CELL_ERROR,  /* text is the spreadsheet's error, "#REF!" */
};

struct cell {
    enum cell_type type;
    bool is_formula;  /* the cell holds a formula; text is its cached value */
    const char *text; /* never NULL; "" when empty; UTF-8 in normal form C */
};

struct sheet_row {
    uint32_t number; /* from 1, as a spreadsheet counts */
    uint32_t count;  /* cells, from column A */
    struct cell *cells;
};

struct sheet {
    const char *name; /* "" for CSV */
    uint32_t count;   /* rows that are not wholly empty, ascending by number */
    struct sheet_row *rows;
};

struct workbook {
    uint32_t count;
    struct sheet *sheets;
};

/* The bytes of a CSV file (RFC 4180; `separator` 0 guesses among , ; and tab; a BOM is dropped). */
MUST_CHECK enum rc csv_read(struct arena *a, const char *bytes, size_t len, char separator,
                            struct workbook *out, struct err *err);

/*
 * The bytes of an .xlsx file (ECMA-376). Streams each part; formulas are not
 * evaluated, their cached values are read. Dates stay serial numbers.
 */
MUST_CHECK enum rc xlsx_read(struct arena *a, const void *bytes, size_t len, struct workbook *out,
                             struct err *err);

/* The bytes of the only file, or of the file called name, in a zip archive. Same limits. */
MUST_CHECK enum rc zip_read(struct arena *a, const void *bytes, size_t len, const char *name,
                            const char **out, size_t *out_len, struct err *err);

/* NULL when there is none of that name (compared squeezed and case-folded). */
const struct sheet *workbook_sheet(const struct workbook *w, const char *name);

/* By spreadsheet row number; NULL when the row is empty or not there. */
const struct sheet_row *sheet_row(const struct sheet *s, uint32_t number);

/* Never NULL: an empty cell beyond the end. Columns count from 0. */
const struct cell *row_cell(const struct sheet_row *row, uint32_t column);

/* The column whose text in that row is `name` (squeezed, case-folded), or -1. */
int row_find(const struct sheet_row *row, const char *name);

/* "A", "AD": the letters of a column counted from 0. */
const char *column_name(struct arena *a, uint32_t column);

/* The civil day of a 1900-system serial number ("44621" is 2022-03-01). */
MUST_CHECK enum rc serial_day(const char *number, int32_t *day, struct err *err);

#endif
