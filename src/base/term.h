/*
 * term.h - text as a terminal shows it.
 *
 * What sources wrote ends up on screens, in tables and in error sentences. A
 * terminal obeys control characters, so none may reach it; and it gives some
 * characters two cells and some none, so columns are laid out in cells and
 * not in bytes.
 */
#ifndef MUSTER_BASE_TERM_H
#define MUSTER_BASE_TERM_H

#include <stddef.h>

#include "base/arena.h"

/*
 * A copy that is safe to show on one line: tabs and line breaks become a
 * space; other controls, marks that reverse the direction of what follows and
 * bytes that are not UTF-8 become U+FFFD.
 */
const char *term_safe(struct arena *a, const char *text);

/* Terminal cells that len bytes of safe text take: wide characters two, combining marks none. */
size_t term_cells(const char *text, size_t len);

/*
 * The length in bytes of the first line of text when no line may take more
 * than `cells` (at least 2): cut at the last space that fits, else mid-word.
 * *next is where the following line starts. 0 only for the empty text.
 */
size_t term_line(const char *text, size_t cells, const char **next);

#endif
