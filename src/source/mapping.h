/*
 * mapping.h - any table, through a mapping file that a desk officer writes.
 *
 * The mapping file (docs/mapping.md) says which column becomes which field.
 * It is a list of `key = value` lines: settings of the table, then a section
 * for every record that a row becomes.
 */
#ifndef MUSTER_SOURCE_MAPPING_H
#define MUSTER_SOURCE_MAPPING_H

#include "source/source.h"

/*
 * Read the tables (CSV or XLSX) by the map into the intake. RC_INPUT with the
 * map's line and what was expected there when the map is at fault or does not
 * fit the tables: then the intake is not used. A row that cannot be taken is
 * a diagnostic with file, row, column, value and what was expected, and adds
 * nothing. The tables and all bytes must outlive the intake: they are its evidence.
 */
MUST_CHECK enum rc mapping_read(const struct input *map, const struct input *tables, uint32_t count,
                                struct intake *out, struct err *err);

#endif
