/*
 * workbook.h - source/table.h beside report/answer.h.
 *
 * Both call what they hold a cell. No file of the program reads workbooks and
 * writes answers; tests of what is written do, and call those of the reader
 * read_cell, READ_TEXT and so on.
 */
#ifndef MUSTER_TEST_WORKBOOK_H
#define MUSTER_TEST_WORKBOOK_H

#define cell read_cell
#define cell_type read_cell_type
#define CELL_EMPTY READ_EMPTY
#define CELL_TEXT READ_TEXT
#define CELL_NUMBER READ_NUMBER
#define CELL_BOOL READ_BOOL
#define CELL_ERROR READ_ERROR
#include "source/table.h"
#undef cell
#undef cell_type
#undef CELL_EMPTY
#undef CELL_TEXT
#undef CELL_NUMBER
#undef CELL_BOOL
#undef CELL_ERROR

#endif
