/* params.c - see params.h. */
#include "serve/params.h"

#include <string.h>

#include "base/text.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

const char *percent_decoded(struct arena *a, const char *text, size_t len, bool form)
{
    struct err err;
    const char *clean;
    char *out = NEW_ARRAY(a, len + 1, char);
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        if (c == '%') {
            int high = i + 2 < len ? hex_digit(text[i + 1]) : -1;
            int low = i + 2 < len ? hex_digit(text[i + 2]) : -1;
            if (high < 0 || low < 0) return NULL;
            c = (char)(high * 16 + low);
            i += 2;
        } else if (c == '+' && form) {
            c = ' ';
        }
        if (c == '\0') return NULL;
        if (c == '\r') continue; /* forms send CR LF for a new line */
        out[n++] = c;
    }
    return text_clean(a, out, n, &clean, &err) ? NULL : clean;
}

bool params_read(struct arena *a, const char *text, size_t len, struct params *out)
{
    struct param *list = NEW_ARRAY(a, HTTP_PARAMS_MAX, struct param);
    *out = (struct params){.at = list};
    for (size_t at = 0; at < len;) {
        const char *from = text + at, *stop = memchr(from, '&', len - at);
        size_t part = stop ? (size_t)(stop - from) : len - at;
        const char *equals = memchr(from, '=', part);
        size_t name = equals ? (size_t)(equals - from) : part;
        at += part + 1;
        if (part == 0) continue;
        if (out->count == HTTP_PARAMS_MAX) return false;
        struct param *p = &list[out->count++];
        p->name = percent_decoded(a, from, name, true);
        p->value = equals ? percent_decoded(a, equals + 1, part - name - 1, true) : "";
        if (!p->name || !p->value) return false;
    }
    return true;
}

const char *param_of(const struct params *p, const char *name)
{
    for (uint32_t i = 0; i < p->count; i++) {
        if (strcmp(p->at[i].name, name) == 0) return p->at[i].value;
    }
    return NULL;
}

void target_read(struct request *q)
{
    const char *ask = strchr(q->target, '?');
    size_t len = ask ? (size_t)(ask - q->target) : strlen(q->target);
    q->path = percent_decoded(q->arena, q->target, len, false);
    if (!q->path || *q->path != '/') q->bad = "the address is not percent-encoded UTF-8";
    if (!q->path) q->path = "/";
    if (ask && !params_read(q->arena, ask + 1, strlen(ask + 1), &q->query)) {
        q->bad = "the parameters are not percent-encoded UTF-8, or too many";
    }
}
