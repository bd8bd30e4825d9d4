/*
 * table.h - an answer as HTML: a table with everything in it, whatever
 * picture stands beside it.
 *
 * Keys and figures are links (lead.h). Long tables come in parts (TABLE_ROWS);
 * a click on a heading sorts, by an address, without script.
 *
 * A picture is drawn by the browser (web/pictures.js) from the table below it:
 * "bars X Y", "stack X Y...", "share X Y...", "against X Y T",
 * "columns X Y...", "line X Y...", "floor X Y T", by names of columns; several
 * with "; " between them, each for whichever list of the answer has these
 * columns. A picture is of all rows, also where the table shows a part: then
 * what is drawn of the others comes along (PICTURE_ROWS at most).
 */
#ifndef MUSTER_SERVE_TABLE_H
#define MUSTER_SERVE_TABLE_H

#include "serve/site.h"

enum { TABLE_ROWS = 100, PICTURE_ROWS = 500 };

/* How an answer is shown. */
struct shown {
    const char *id;      /* of the section: names its parameters ("late.sort") and its downloads */
    const char *ask;     /* the command line, for downloads; NULL: none */
    const char *picture; /* what to draw, see above; NULL: nothing */
    uint32_t rows;       /* at most; 0: TABLE_ROWS */
    bool head;           /* also the values above the tables */
    const char *only;    /* the one list to show; NULL: all */
};

void table_answer(struct visit *v, struct buf *b, const struct answer *w, const struct shown *how);

#endif
