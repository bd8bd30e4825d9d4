/*
 * json_text.h - JSON files for readers, with every number as it was written.
 *
 * jansson keeps a real number as a double, and money must never be one. So
 * the text is given to jansson with each number between quotes: a number
 * arrives as a JSON string of its digits ("725591299.05"), and json_value_text()
 * reads numbers and strings alike. Nothing else of the file is touched, and
 * what was no JSON before is none afterwards.
 *
 * Private to source/. Whoever reads calls json_decref on the root.
 */
#ifndef MUSTER_SOURCE_JSON_TEXT_H
#define MUSTER_SOURCE_JSON_TEXT_H

#include <jansson.h>

#include "base/arena.h"
#include "base/err.h"
#include "source/source.h"

enum { JSON_FILE_MAX = 256 << 20 };

/*
 * The file's value. RC_INPUT, naming the file and, where it can be told, the
 * line and byte, for a file above 256 MB, one that is not JSON, is cut off, is
 * not UTF-8, or names a member twice.
 */
MUST_CHECK enum rc json_file_read(const struct input *input, json_t **root, struct err *err);

/* The text of a string or number, squeezed, clean, at most 4,000 bytes (then "…"); "" else. */
const char *json_value_text(struct arena *a, const json_t *value);

/* The same of a member; "" when it is not there. */
const char *json_member_text(struct arena *a, const json_t *object, const char *key);

#endif
