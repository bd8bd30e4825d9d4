/*
 * json.h - JSON written into a buffer (RFC 8259).
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

struct json {
    struct buf *out;
    bool comma; /* private: the next thing follows another */
};

void json_open(struct json *j, char bracket); /* '{' or '[' */
void json_close(struct json *j, char bracket);
void json_name(struct json *j, const char *name); /* of the member that comes next */
void json_break(struct json *j);                  /* a line break before what comes next */

void json_text(struct json *j, const char *text); /* NULL is null */
void json_number(struct json *j, const char *digits);
void json_bool(struct json *j, bool yes);
void json_null(struct json *j);

#endif
