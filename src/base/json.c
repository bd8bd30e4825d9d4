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

static void quoted(struct buf *b, const char *text)
{
    size_t plain = 0, i = 0; /* plain: where what goes out unchanged begins */
    buf_add_bytes(b, "\"", 1);
    while (goes_as_it_is(text[i])) i++;
    for (size_t len = i + strlen(text + i); i < len;) {
        size_t at = i;
        int32_t c = text_next(text, len, &i);
        const char *escape = short_escape(c);
        bool control = c >= 0 && (c < 0x20 || (c >= 0x7f && c < 0xa0));
        if (c >= 0 && !escape && !control) {
            while (goes_as_it_is(text[i])) i++;
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
    buf_add_bytes(b, "\"", 1);
}

void jsonw_name(struct jsonw *j, const char *name)
{
    item(j);
    quoted(j->out, name);
    buf_add_bytes(j->out, ":", 1);
    j->comma = false;
}

void jsonw_text(struct jsonw *j, const char *text)
{
    if (!text) {
        jsonw_null(j);
        return;
    }
    item(j);
    quoted(j->out, text);
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
