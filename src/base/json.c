/* json.c - see json.h. */
#include "base/json.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"

/* Whatever comes next: a comma if something came before. */
static void item(struct jsonw *j)
{
    if (j->comma) buf_add_bytes(j->out, ",", 1);
    j->comma = true;
}

void jsonw_open(struct jsonw *j, char bracket)
{
    assert(bracket == '{' || bracket == '[');
    item(j);
    buf_add_bytes(j->out, &bracket, 1);
    j->comma = false;
}

void jsonw_close(struct jsonw *j, char bracket)
{
    assert(bracket == '}' || bracket == ']');
    buf_add_bytes(j->out, &bracket, 1);
    j->comma = true;
}

void jsonw_break(struct jsonw *j)
{
    if (j->comma) buf_add_bytes(j->out, ",", 1);
    j->comma = false;
    buf_add(j->out, "\n");
}

/* Code points below 0x20 that have a short form. */
static const char *short_escape(int32_t c)
{
    switch (c) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\b': return "\\b";
    case '\f': return "\\f";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default: return NULL;
    }
}

/* Printable ASCII that needs no escape: nearly all there is. */
static bool goes_as_it_is(char c)
{
    return c >= ' ' && c < 0x7f && c != '"' && c != '\\';
}

/* How many bytes of text, len at most, go as they are. */
static size_t plain_length(const char *text, size_t len)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones * 0x80;
    size_t i = 0;
    for (; len - i >= 8; i += 8) { /* eight at once: some byte of them is odd, or none */
        uint64_t w;
        memcpy(&w, text + i, sizeof w);
        uint64_t quote = w ^ ones * '"', slash = w ^ ones * '\\';
        uint64_t odd = (quote - ones) | (slash - ones) | (w - ones * ' ') | (w + ones) | w;
        if (odd & tops) break;
    }
    while (i < len && goes_as_it_is(text[i])) i++;
    return i;
}

/* Text from byte i on, with what needs it escaped. */
static void escaped(struct buf *b, const char *text, size_t i, size_t len)
{
    size_t plain = i; /* where what goes out unchanged begins */
    while (i < len) {
        size_t at = i;
        int32_t c = text_next(text, len, &i);
        const char *escape = short_escape(c);
        bool control = c >= 0 && (c < 0x20 || (c >= 0x7f && c < 0xa0));
        if (c >= 0 && !escape && !control) {
            i += plain_length(text + i, len - i);
            continue;
        }
        buf_add_bytes(b, text + plain, at - plain);
        if (escape) {
            buf_add(b, escape);
        } else if (control) {
            buf_addf(b, "\\u%04x", (unsigned)c);
        } else {
            buf_add(b, "\xef\xbf\xbd"); /* U+FFFD */
            i = at + 1;
        }
        plain = i;
    }
    buf_add_bytes(b, text + plain, i - plain);
}

/* What comes next, in quotes; most text goes as it is, at once. */
static void quoted(struct jsonw *j, const char *text)
{
    struct buf *b = j->out;
    size_t len = strlen(text), plain = plain_length(text, len);
    char *to = buf_room(b, len + 3), *begin = to;
    if (j->comma) *to++ = ',';
    *to++ = '"';
    memcpy(to, text, plain);
    to += plain;
    b->len += (size_t)(to - begin);
    if (plain < len) escaped(b, text, plain, len);
    *buf_room(b, 1) = '"';
    b->text[++b->len] = '\0';
    j->comma = true;
}

void jsonw_name(struct jsonw *j, const char *name)
{
    quoted(j, name);
    *buf_room(j->out, 1) = ':';
    j->out->text[++j->out->len] = '\0';
    j->comma = false;
}

void jsonw_text(struct jsonw *j, const char *text)
{
    if (!text)
        jsonw_null(j);
    else
        quoted(j, text);
}

void jsonw_number(struct jsonw *j, const char *digits)
{
    item(j);
    buf_add(j->out, digits);
}

void jsonw_bool(struct jsonw *j, bool yes)
{
    item(j);
    buf_add(j->out, yes ? "true" : "false");
}

void jsonw_null(struct jsonw *j)
{
    item(j);
    buf_add_bytes(j->out, "null", 4);
}
