/* original.c - see original.h. */
#include "read/original.h"

#include "base/buf.h"
#include "base/text.h"

/* Bytes 0x80 to 0x9f of Windows-1252; 0: no character has that byte. */
static const uint16_t windows[32] = {
    0x20ac, 0,      0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021, 0x2c6,  0x2030, 0x160,
    0x2039, 0x152,  0,      0x17d,  0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0,      0x17e,  0x178,
};

enum { NO_CHARACTER = 0xfffd };

struct original original_of(const char *bytes, size_t len)
{
    struct original o = {.bytes = bytes, .len = len, .utf8 = true};
    for (size_t i = 0; i < len && o.utf8;) o.utf8 = text_next(bytes, len, &i) >= 0;
    return o;
}

int32_t original_next(const struct original *o, size_t *i)
{
    unsigned char byte = (unsigned char)o->bytes[*i];
    if (o->utf8) {
        int32_t c = text_next(o->bytes, o->len, i);
        if (c >= 0) return c;
        ++*i; /* the middle of a character: a range that was cut there */
        return NO_CHARACTER;
    }
    ++*i;
    if (byte < 0x80 || byte >= 0xa0) return byte;
    return windows[byte - 0x80] ? windows[byte - 0x80] : NO_CHARACTER;
}

static void add_character(struct buf *b, int32_t c)
{
    char out[4];
    size_t len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const int lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = len; i-- > 1; c >>= 6) out[i] = (char)(0x80 | (c & 0x3f));
    out[0] = (char)(lead[len] | c);
    buf_add_bytes(b, out, len);
}

const char *original_text(struct arena *a, const struct original *o, size_t start, size_t end)
{
    struct buf b = {.arena = a};
    struct err ignored;
    const char *clean;
    if (end > o->len) end = o->len;
    buf_add(&b, "");
    for (size_t i = start; i < end;) {
        int32_t c = original_next(o, &i);
        if (c == '\r' && i < end && o->bytes[i] == '\n') continue;
        bool control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
        add_character(&b, control ? ' ' : c);
    }
    return text_clean(a, b.text, b.len, &clean, &ignored) ? "" : clean;
}

/* Letters and digits; of what lies beyond ASCII all but spaces, punctuation and symbols. */
static bool is_letter(int32_t c)
{
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return c >= 0xc0 && c != 0xd7 && c != 0xf7 && (c < 0x2000 || c >= 0x2c00) && c != 0x3000 &&
           c != 0xfeff && c != NO_CHARACTER;
}

bool original_word(const struct original *o, size_t *i, size_t end, uint64_t *word)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    bool any = false;
    if (end > o->len) end = o->len;
    while (*i < end) {
        int32_t c = original_next(o, i);
        if (!is_letter(c)) {
            if (any) break;
            continue;
        }
        if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
        hash = (hash ^ (uint64_t)c) * UINT64_C(0x100000001b3); /* FNV-1a, a code point a step */
        any = true;
    }
    *word = hash;
    return any;
}
