/* term.c - see term.h. Widths are those of Unicode Standard Annex 11, from ICU. */
#include "base/term.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/buf.h"
#include "base/text.h"

/* Marks that turn the direction of the text after them: they can make one number look like another.
 */
static bool turns_direction(int32_t c)
{
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static bool shown_as_space(int32_t c)
{
    return c == '\t' || c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static bool shown_as_is(int32_t c)
{
    if (c < 0x80) return c >= 0x20 && c != 0x7f;
    return c >= 0xa0 && !turns_direction(c) && !shown_as_space(c);
}

const char *term_safe(struct arena *a, const char *text)
{
    size_t len = strlen(text), i = 0;
    while (i < len && text[i] >= 0x20 && text[i] < 0x7f) i++;
    if (i == len) return arena_bytes(a, text, len);

    struct buf b = {.arena = a};
    buf_add_bytes(&b, text, i);
    while (i < len) {
        size_t at = i;
        int32_t c = text_next(text, len, &i);
        if (c < 0) i = at + 1;
        if (shown_as_space(c)) {
            buf_add(&b, " ");
        } else if (c >= 0 && shown_as_is(c)) {
            buf_add_bytes(&b, text + at, i - at);
        } else {
            buf_add(&b, "\xef\xbf\xbd"); /* U+FFFD */
        }
    }
    return b.text;
}

static size_t point_cells(int32_t c)
{
    if (c < 0x300) return c == 0xad ? 0 : 1;
    int type = u_charType(c);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return 0;
    int wide = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    return wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
}

size_t term_cells(const char *text, size_t len)
{
    size_t cells = 0;
    for (size_t i = 0; i < len;) {
        int32_t c = text_next(text, len, &i);
        if (c < 0) i++;
        cells += c < 0 ? 1 : point_cells(c);
    }
    return cells;
}

size_t term_line(const char *text, size_t cells, const char **next)
{
    size_t len = strlen(text), used = 0, cut = 0, i = 0;
    while (i < len) {
        size_t at = i;
        int32_t c = text_next(text, len, &i);
        if (c < 0) i = at + 1;
        size_t more = c < 0 ? 1 : point_cells(c);
        if (used + more > cells) {
            if (c == ' ') cut = at;
            if (cut == 0) { /* one long word */
                *next = text + at;
                return at;
            }
            *next = text + cut;
            while (**next == ' ') ++*next;
            return cut;
        }
        used += more;
        if (c == ' ' && at > 0) cut = at;
    }
    *next = text + len;
    return len;
}
