/*
 * xlsx.h - an answer as a workbook (ECMA-376).
 *
 * A sheet for each list, with the columns of CSV: the heading stays in sight
 * when one scrolls. Last a sheet "about": the title, for when it was asked, the
 * head and the notes. The same answer gives the same bytes.
 *
 * A spreadsheet counts in binary floats, which keep 15 decimal digits: a number
 * that needs more is written as text, digit for digit, and "about" says so.
 * Texts are texts, whatever they begin with. What is longer than a cell holds
 * is cut, and what is longer than a sheet goes on in the next; "about" says so
 * too. Control characters, and bytes that are no text, become U+FFFD.
 */
#ifndef MUSTER_EXPORT_XLSX_H
#define MUSTER_EXPORT_XLSX_H

#include "base/day.h"
#include "report/answer.h"

enum {
    XLSX_ROWS = 1048576, /* of a sheet, the heading among them */
    XLSX_TEXT = 32767,   /* UTF-16 units of a cell */
};

struct xlsx_about {
    int32_t effective;  /* the day as of which was asked; DAY_MAX: every day */
    int64_t known;      /* the instant as known at; INT64_MAX: all that is recorded */
    const char *viewer; /* through whose eyes: as in view.h */
    int64_t created_ms; /* what the file says of itself; 0: 1980, as zip archives do */
};

/*
 * The whole file added to *out. It is put together in files without a name in TMPDIR, which nobody
 * else can read and which no crash leaves behind: RC_STORE when they cannot be kept whole.
 */
MUST_CHECK enum rc export_xlsx(const struct answer *w, const struct xlsx_about *about,
                               struct buf *out, struct err *err);

#endif
