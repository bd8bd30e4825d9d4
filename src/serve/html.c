/* html.c - see html.h. */
#include "serve/html.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"

static void escaped(struct buf *b, const char *text)
{
    const char *from = text;
    for (const char *at = text;; at++) {
        const char *instead = NULL;
        switch (*at) {
        case '&': instead = "&amp;"; break;
        case '<': instead = "&lt;"; break;
        case '>': instead = "&gt;"; break;
        case '"': instead = "&quot;"; break;
        case '\'': instead = "&#39;"; break;
        case '\0':
        case '\t':
        case '\n': break;
        default:
            if ((unsigned char)*at < 0x20 || *at == 0x7f) instead = "\xef\xbf\xbd";
        }
        if (!instead && *at) continue;
        buf_add_bytes(b, from, (size_t)(at - from));
        if (!*at) return;
        buf_add(b, instead);
        from = at + 1;
    }
}

void html_text(struct buf *b, const char *text)
{
    if (text) escaped(b, text);
}

void html_number(struct buf *b, int64_t n)
{
    buf_addf(b, "%" PRId64, n);
}

void html_attribute(struct buf *b, const char *opening, const char *value)
{
    if (!value) return;
    buf_add(b, opening);
    escaped(b, value);
    buf_add(b, "\"");
}

void html_options(struct buf *b, const char *words, const char *chosen)
{
    for (const char *at = words; *at;) {
        size_t len = strcspn(at, " ");
        const char *word = arena_bytes(b->arena, at, len);
        HTML(b, "<option");
        if (chosen && strcmp(chosen, word) == 0) HTML(b, " selected");
        HTML(b, ">");
        html_text(b, word);
        HTML(b, "</option>");
        at += len + strspn(at + len, " ");
    }
}

/* --- addresses --- */

static void encoded(struct buf *b, const char *text)
{
    static const char hex[] = "0123456789ABCDEF";
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        bool plain = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') ||
                     (*at >= '0' && *at <= '9') || strchr("-._~", *at);
        char coded[3] = {'%', hex[*at >> 4], hex[*at & 15]};
        buf_add_bytes(b, plain ? (const char *)at : coded, plain ? 1 : 3);
    }
}

struct href href_begin(struct arena *a, const char *path)
{
    struct href h = {.b = NEW(a, struct buf), .asked = strchr(path, '?') != NULL};
    h.b->arena = a;
    buf_add(h.b, path);
    return h;
}

void href_segment(struct href *h, const char *segment)
{
    buf_add(h->b, "/");
    encoded(h->b, segment);
}

void href_param(struct href *h, const char *name, const char *value)
{
    if (!value) return;
    buf_add(h->b, h->asked ? "&" : "?");
    h->asked = true;
    encoded(h->b, name);
    buf_add(h->b, "=");
    encoded(h->b, value);
}

const char *href_text(const struct href *h)
{
    return h->b->text;
}

bool address_is_web(const char *address)
{
    return address && (text_starts(address, "https://") || text_starts(address, "http://"));
}
