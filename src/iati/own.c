/* own.c - see own.h. */
#include "iati/own.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

/* White space of Unicode, but the common space. */
static bool odd_space(int32_t c)
{
    return (c >= 0x09 && c <= 0x0d) || c == 0x85 || c == 0xa0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
           c == 0x205f || c == 0x3000;
}

static bool no_xml(int32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xfffe || c == 0xffff;
}

const char *iati_own_text(struct arena *a, const char *text)
{
    struct buf out = {.arena = a};
    size_t len = strlen(text);
    bool spaced = strcmp(text_squeeze(a, text), text) != 0;
    for (size_t i = 0; i < len;) {
        size_t from = i;
        int32_t c = text_next(text, len, &i);
        if (c < 0) break; /* records hold nothing but UTF-8 */
        if (c == '\\' || odd_space(c) || no_xml(c) || (spaced && c == ' '))
            buf_addf(&out, "\\%x;", (unsigned)c);
        else
            buf_add_bytes(&out, text + from, i - from);
    }
    return out.text ? out.text : "";
}

static void add_point(struct buf *out, uint32_t c)
{
    char utf8[4];
    size_t n = 0;
    if (c < 0x80) {
        utf8[n++] = (char)c;
    } else if (c < 0x800) {
        utf8[n++] = (char)(0xc0 | c >> 6);
        utf8[n++] = (char)(0x80 | (c & 0x3f));
    } else {
        utf8[n++] = (char)(0xe0 | c >> 12);
        utf8[n++] = (char)(0x80 | (c >> 6 & 0x3f));
        utf8[n++] = (char)(0x80 | (c & 0x3f));
    }
    buf_add_bytes(out, utf8, n);
}

const char *iati_own_text_back(struct arena *a, const char *text)
{
    struct buf out = {.arena = a};
    while (*text) {
        size_t plain = strcspn(text, "\\");
        buf_add_bytes(&out, text, plain);
        text += plain;
        if (!*text) break;
        uint32_t c = 0;
        int digits = 0;
        for (text++; *text != ';'; text++, digits++) {
            const char *hex = "0123456789abcdef", *at = *text ? strchr(hex, *text) : NULL;
            if (!at || digits == 4) return NULL;
            c = c * 16 + (uint32_t)(at - hex);
        }
        text++;
        if (!digits || c == 0 || (c >= 0xd800 && c < 0xe000)) return NULL;
        add_point(&out, c);
    }
    return out.text ? out.text : "";
}
