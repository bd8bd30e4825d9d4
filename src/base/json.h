/*
 * json.h - JSON written into a buffer (RFC 8259). Names begin with jsonw because
 * jansson, which reads JSON for us, has those that begin with json.
 *
 * The writer puts the commas; the caller opens and closes in order. Whatever
 * bytes a text holds, what comes out is valid UTF-8 and valid JSON: bytes that
 * are not UTF-8 become U+FFFD, control characters are escaped, also DEL and
 * U+0080 to U+009F, which some terminals obey.
 *
 * Numbers arrive as text ("725591299", "12.5"): they were made from whole
 * numbers, and never pass through a double.
 */
#ifndef MUSTER_BASE_JSON_H
#define MUSTER_BASE_JSON_H

#include <stdbool.h>

#include "base/buf.h"

struct jsonw {
    struct buf *out;
    bool comma; /* private: the next thing follows another */
};

void jsonw_open(struct jsonw *j, char bracket); /* '{' or '[' */
void jsonw_close(struct jsonw *j, char bracket);
void jsonw_name(struct jsonw *j, const char *name); /* of the member that comes next */
void jsonw_break(struct jsonw *j);                  /* a line break before what comes next */

void jsonw_text(struct jsonw *j, const char *text); /* NULL is null */
void jsonw_number(struct jsonw *j, const char *digits);
void jsonw_bool(struct jsonw *j, bool yes);
void jsonw_null(struct jsonw *j);

#endif
