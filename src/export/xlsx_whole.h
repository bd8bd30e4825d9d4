/*
 * xlsx_whole.h - whether a workbook holds all that was written into it.
 *
 * libxlsxwriter does not look whether its temporary files took what it wrote:
 * on a full disk a workbook loses rows and says nothing. So what came out is
 * read again. A write that fails loses a whole buffer, or the end of the file:
 * either way a part is smaller than its rows were, or does not end with its
 * last tag.
 */
#ifndef MUSTER_EXPORT_XLSX_WHOLE_H
#define MUSTER_EXPORT_XLSX_WHOLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/*
 * row_bytes: for each sheet, what its rows take at least. RC_STORE when the archive, or any part
 * of it, is cut short.
 */
MUST_CHECK enum rc xlsx_whole(const char *bytes, size_t len, const size_t *row_bytes,
                              uint32_t sheets, struct err *err);

#endif
