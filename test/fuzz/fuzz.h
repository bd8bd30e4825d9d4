/*
 * fuzz.h - what must hold of every table that a reader hands out, whatever
 * the bytes were. Written against table.h alone.
 */
#ifndef MUSTER_TEST_FUZZ_H
#define MUSTER_TEST_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "source/table.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* Not assert: it must hold whatever the build. */
#define FUZZ_CHECK(cond) ((cond) ? (void)0 : fuzz_fail(#cond, __FILE__, __LINE__))

static inline void fuzz_fail(const char *what, const char *file, int line)
{
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
    abort();
}

static inline void fuzz_check_cell(const struct cell *c)
{
    FUZZ_CHECK(c->text != NULL);
    FUZZ_CHECK((c->type == CELL_EMPTY) == (*c->text == '\0'));
    FUZZ_CHECK(text_is_clean(c->text, strlen(c->text)));
    if (c->type == CELL_BOOL) FUZZ_CHECK(!strcmp(c->text, "0") || !strcmp(c->text, "1"));
    if (c->type == CELL_NUMBER) FUZZ_CHECK(strspn(c->text, "+-.eE0123456789") == strlen(c->text));
}

static inline void fuzz_check_tables(const struct workbook *w)
{
    FUZZ_CHECK(w->count > 0);
    for (uint32_t s = 0; s < w->count; s++) {
        const struct sheet *sheet = &w->sheets[s];
        FUZZ_CHECK(workbook_sheet(w, sheet->name) != NULL);
        for (uint32_t r = 0; r < sheet->count; r++) {
            const struct sheet_row *row = &sheet->rows[r];
            FUZZ_CHECK(row->number > (r ? sheet->rows[r - 1].number : 0));
            FUZZ_CHECK(row->number <= 1 << 20);
            FUZZ_CHECK(row->count > 0 && row->count <= 1 << 14);
            FUZZ_CHECK(sheet_row(sheet, row->number) == row);
            for (uint32_t c = 0; c < row->count; c++) fuzz_check_cell(row_cell(row, c));
            const struct cell *last = &row->cells[row->count - 1];
            FUZZ_CHECK(last->type != CELL_EMPTY || last->is_formula);
        }
    }
}

static inline void fuzz_check_refusal(const struct err *err)
{
    FUZZ_CHECK(err->code == RC_INPUT);
    FUZZ_CHECK(*err->msg && !strchr(err->msg, '\n'));
}

#endif
