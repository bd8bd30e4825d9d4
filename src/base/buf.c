/* buf.c - see buf.h. */
#include "base/buf.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

char *buf_room(struct buf *b, size_t len)
{
    if (b->len + len + 1 > b->room) {
        size_t room = (b->len + len + 1) * 2;
        char *grown = NEW_ARRAY(b->arena, room, char);
        if (b->len) memcpy(grown, b->text, b->len);
        b->text = grown;
        b->room = room;
    }
    return b->text + b->len;
}

void buf_drain(struct buf *b)
{
    enum { MUCH = 1 << 16 };
    if (!b->drain || b->len < MUCH) return;
    b->drain(b->drain_ctx, b->text, b->len);
    b->len = 0;
    b->text[0] = '\0';
}

void buf_add_bytes(struct buf *b, const char *bytes, size_t len)
{
    char *to = buf_room(b, len);
    if (len) memcpy(to, bytes, len);
    b->len += len;
    b->text[b->len] = '\0';
}

void buf_add(struct buf *b, const char *text)
{
    buf_add_bytes(b, text, strlen(text));
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
    char small[256];
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(small, sizeof small, fmt, ap);
    va_end(ap);
    assert(n >= 0);
    if ((size_t)n < sizeof small) {
        buf_add_bytes(b, small, (size_t)n);
    } else {
        char *big = NEW_ARRAY(b->arena, (size_t)n + 1, char);
        vsnprintf(big, (size_t)n + 1, fmt, again);
        buf_add_bytes(b, big, (size_t)n);
    }
    va_end(again);
}
