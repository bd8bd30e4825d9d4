/*
 * grid.h - how csv.c and xlsx.c lay rows; readers use table.h.
 *
 * Cells of a row are kept from column A, so one cell far to the right costs
 * as much as a full row: without limits on the cells of a file and on the
 * gaps among them, a few bytes a row would ask for terabytes.
 */
#ifndef MUSTER_SOURCE_GRID_H
#define MUSTER_SOURCE_GRID_H

#include "source/table.h"

enum {
    GRID_ROWS_MAX = 1 << 20,
    GRID_COLUMNS_MAX = 1 << 14,
    GRID_CELLS_MAX = 1 << 26, /* in one file, the empty ones to their left counted too */
    GRID_GAPS_FROM = 1 << 22, /* above this many, at least one in GRID_GAPS holds something */
    GRID_GAPS = 16,
};

struct grid {
    struct arena *out;     /* what is returned lives here */
    struct arena *scratch; /* for the time of the reading */
    struct cell *row;      /* the row being laid, GRID_COLUMNS_MAX wide */
    uint32_t row_number;   /* 0: none laid yet in this sheet */
    uint32_t row_count;    /* cells in it, to the last that is not empty */
    uint64_t cells;        /* in the whole file */
    uint64_t filled;       /* of them, not empty */
    struct sheet_row *rows;
    uint32_t count, room;
};

void grid_init(struct grid *g, struct arena *out, struct arena *scratch);

/* End the row before and go to this one. RC_INPUT when it does not come after, or above the limit.
 */
MUST_CHECK enum rc grid_row(struct grid *g, uint64_t number, struct err *err);

/* Put a cell; its text is kept as it is, so it must live as long as the grid's arena `out`. */
MUST_CHECK enum rc grid_put(struct grid *g, uint64_t column, struct cell cell, struct err *err);

/* End the sheet; the grid is ready for the next one of the same file. */
MUST_CHECK enum rc grid_sheet(struct grid *g, const char *name, struct sheet *out, struct err *err);

/*
 * Clean text in `out`, in normal form C, line ends made "\n". RC_INPUT as
 * text_clean. The bytes are changed in place.
 */
MUST_CHECK enum rc grid_text(struct grid *g, char *bytes, size_t len, const char **out,
                             struct err *err);

/* [-+]digits[.digits][e[-+]digits] and nothing else. */
bool plain_number(const char *bytes, size_t len);

/* Move *bytes and *len past blanks and line ends at both ends. */
void trim_blanks(const char **bytes, size_t *len);

#endif
