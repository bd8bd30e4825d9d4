/* front.c - see front.h. */
#include "read/front.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"

enum { FRONT_MAX = 64 * 1024 }; /* front matter that is longer is none */

struct lines {
    const char *bytes;
    uint32_t at, end;
};

/* The next line without what ends it; false behind the last. */
static bool next_line(struct lines *l, const char **line, uint32_t *len)
{
    if (l->at >= l->end) return false;
    const char *from = l->bytes + l->at;
    const char *lf = memchr(from, '\n', l->end - l->at);
    uint32_t n = lf ? (uint32_t)(lf - from) : l->end - l->at;
    l->at += n + (lf != NULL);
    while (n && (from[n - 1] == '\r' || from[n - 1] == ' ' || from[n - 1] == '\t')) n--;
    *line = from;
    *len = n;
    return true;
}

static bool is_fence(const char *line, uint32_t len, bool closing)
{
    return len == 3 && (!memcmp(line, "---", 3) || (closing && !memcmp(line, "...", 3)));
}

static uint32_t hex(const char *s, int digits)
{
    uint32_t value = 0;
    for (int i = 0; i < digits; i++) {
        const char *at = s[i] ? strchr("0123456789abcdef0123456789ABCDEF", s[i]) : NULL;
        if (!at) return 0;
        value = value * 16 + (uint32_t)(at - "0123456789abcdef0123456789ABCDEF") % 16;
    }
    return value;
}

/* A YAML escape behind its backslash; how many bytes it has. */
static uint32_t unescape(const char *s, struct buf *out)
{
    int digits = *s == 'x' ? 2 : *s == 'u' ? 4 : *s == 'U' ? 8 : 0;
    if (digits) {
        uint32_t point = hex(s + 1, digits);
        char utf8[4];
        if (point == 0 || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return 1;
        buf_add_bytes(out, utf8, pour_utf8(point, utf8));
        return 1 + (uint32_t)digits;
    }
    if (*s == '_' || *s == 'n' || *s == 't' || *s == ' ' || *s == 'N' || *s == 'L')
        buf_add(out, " ");
    else
        buf_add_bytes(out, s, 1);
    return 1;
}

/* The value of a key, its lines already joined by "\n". */
static const char *scalar(struct arena *a, const char *s)
{
    struct buf out = {.arena = a};
    char quote = *s == '"' || *s == '\'' ? *s++ : '\0';
    bool block = !quote && (*s == '|' || *s == '>');
    if (block) s += strcspn(s, "\n");
    for (; *s; s++) {
        if (quote && *s == quote) {
            if (quote == '"' || s[1] != '\'') break;
            s++;
        }
        if (quote == '"' && *s == '\\' && s[1] == '\n') {
            s += 1 + strspn(s + 1, "\n \t");
            s--;
        } else if (quote == '"' && *s == '\\' && s[1]) {
            s += unescape(s + 1, &out);
        } else if (!quote && !block && *s == '#' && (s[-1] == ' ' || s[-1] == '\n')) {
            break;
        } else {
            buf_add_bytes(&out, *s == '\n' ? " " : s, 1);
        }
    }
    if (!out.len) return NULL;
    const char *text = text_squeeze(a, plain_utf8(a, out.text, out.len));
    return *text ? text : NULL;
}

static void keep(struct arena *a, const char *key, size_t n, const char *value,
                 struct html_head *out)
{
    static const struct {
        const char *key;
        size_t at;
    } fields[] = {
        {"title", offsetof(struct html_head, title)},
        {"headline", offsetof(struct html_head, title)},
        {"date", offsetof(struct html_head, date)},
        {"published_time", offsetof(struct html_head, published)},
        {"published", offsetof(struct html_head, published)},
        {"datePublished", offsetof(struct html_head, published)},
        {"pubDate", offsetof(struct html_head, published)},
        {"source_url", offsetof(struct html_head, address)},
        {"url", offsetof(struct html_head, address)},
        {"link", offsetof(struct html_head, address)},
        {"permalink", offsetof(struct html_head, address)},
        {"canonical_url", offsetof(struct html_head, address)},
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (strlen(fields[i].key) != n || memcmp(fields[i].key, key, n) != 0) continue;
        const char **field = (const char **)(void *)((char *)out + fields[i].at);
        if (!*field) *field = scalar(a, value);
    }
}

/* Key and value of the line, with the lines that go on with it. */
static void take(struct arena *a, struct lines *l, const char *line, uint32_t len,
                 struct html_head *out)
{
    const char *colon = memchr(line, ':', len);
    if (!colon || line[0] == ' ' || line[0] == '#' || line[0] == '-') return;
    struct buf value = {.arena = a};
    uint32_t skip = (uint32_t)(colon + 1 - line);
    while (skip < len && line[skip] == ' ') skip++;
    buf_add_bytes(&value, line + skip, len - skip);
    for (;;) {
        struct lines ahead = *l;
        const char *more;
        uint32_t n;
        if (!next_line(&ahead, &more, &n) || (n && *more != ' ' && *more != '\t')) break;
        *l = ahead;
        while (n && (*more == ' ' || *more == '\t')) more++, n--;
        buf_add(&value, "\n");
        buf_add_bytes(&value, more, n);
    }
    keep(a, line, (size_t)(colon - line), value.text ? value.text : "", out);
}

uint32_t front_matter(struct arena *a, const char *bytes, uint32_t at, uint32_t end,
                      struct html_head *out)
{
    uint32_t limit = end - at > FRONT_MAX ? at + FRONT_MAX : end, len;
    struct lines l = {bytes, at, limit};
    const char *line;
    if (!next_line(&l, &line, &len) || !is_fence(line, len, false)) return at;
    uint32_t first = l.at;
    do {
        if (!next_line(&l, &line, &len)) return at;
    } while (!is_fence(line, len, true));
    uint32_t behind = l.at;
    l = (struct lines){bytes, first, (uint32_t)(line - bytes)};
    while (next_line(&l, &line, &len)) {
        if (len) take(a, &l, line, len, out);
    }
    return behind;
}
