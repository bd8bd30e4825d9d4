/*
 * pour.c - see pour.h.
 *
 * Runs of ordinary bytes are copied whole; only where the file and the text
 * part ways does an anchor stand. A character that shrinks or grows gets one
 * for itself and one behind it, so that a range which ends on it ends on its
 * last byte in the file.
 */
#include "read/pour.h"

#include <string.h>

/* Windows-1252 0x80 to 0x9f; 0: no character (then it is left out). */
static const uint16_t cp1252[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

static bool tail_byte(unsigned char c)
{
    return (c & 0xc0) == 0x80;
}

/* The length of the well-formed character at `at` (RFC 3629), or 0. */
static uint32_t utf8_length(const char *bytes, uint32_t len, uint32_t at)
{
    const unsigned char *s = (const unsigned char *)bytes + at;
    uint32_t left = len - at;
    if (s[0] < 0x80) return 1;
    if (s[0] < 0xc2 || s[0] > 0xf4) return 0;
    if (s[0] < 0xe0) return left >= 2 && tail_byte(s[1]) ? 2 : 0;
    if (left < 3 || !tail_byte(s[1]) || !tail_byte(s[2])) return 0;
    if (s[0] < 0xf0) {
        bool bad = (s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f);
        return bad ? 0 : 3;
    }
    if (left < 4 || !tail_byte(s[3])) return 0;
    return (s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f) ? 0 : 4;
}

uint32_t pour_next(const char *in, uint32_t len, uint32_t *at)
{
    const unsigned char *s = (const unsigned char *)in + *at;
    uint32_t n = utf8_length(in, len, *at);
    *at += n ? n : 1;
    switch (n) {
    case 0: return s[0] < 0xa0 ? cp1252[s[0] - 0x80] : s[0];
    case 1: return s[0];
    case 2: return (uint32_t)(s[0] & 0x1f) << 6 | (s[1] & 0x3f);
    case 3: return (uint32_t)(s[0] & 0x0f) << 12 | (uint32_t)(s[1] & 0x3f) << 6 | (s[2] & 0x3f);
    default:
        return (uint32_t)(s[0] & 0x07) << 18 | (uint32_t)(s[1] & 0x3f) << 12 |
               (uint32_t)(s[2] & 0x3f) << 6 | (s[3] & 0x3f);
    }
}

uint32_t pour_utf8(uint32_t point, char out[4])
{
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (char)(0xc0 | point >> 6);
        out[1] = (char)(0x80 | (point & 0x3f));
        return 2;
    }
    if (point < 0x10000) {
        out[0] = (char)(0xe0 | point >> 12);
        out[1] = (char)(0x80 | (point >> 6 & 0x3f));
        out[2] = (char)(0x80 | (point & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | point >> 18);
    out[1] = (char)(0x80 | (point >> 12 & 0x3f));
    out[2] = (char)(0x80 | (point >> 6 & 0x3f));
    out[3] = (char)(0x80 | (point & 0x3f));
    return 4;
}

/* General punctuation (U+2000 to U+206f): what it is written as; "" is left out. */
static const char *fold_punctuation(uint32_t point)
{
    if (point <= 0x200a || point == 0x2028 || point == 0x2029 || point == 0x202f || point == 0x205f)
        return " ";
    if (point <= 0x200f || (point >= 0x202a && point <= 0x202e) || point >= 0x2060) return "";
    switch (point) {
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013: return "-";
    case 0x2018:
    case 0x2019:
    case 0x201a:
    case 0x201b:
    case 0x2032:
    case 0x2039:
    case 0x203a: return "'";
    case 0x201c:
    case 0x201d:
    case 0x201e:
    case 0x201f:
    case 0x2033: return "\"";
    case 0x2026: return "...";
    default: return NULL;
    }
}

/* What the character is written as; NULL: as it is; "": not at all. */
static const char *fold(uint32_t point)
{
    if (point < 0x20)
        return point == '\t' || point == '\n' || point == '\r' || point == '\f' || point == '\v'
                   ? " "
                   : "";
    if (point < 0x7f) return NULL;
    if (point == 0x85 || point == 0xa0) return " ";
    if (point < 0xa0 || point == 0xad) return "";
    if (point == 0xab || point == 0xbb) return "\"";
    if (point < 0x1680) return point == 0x034f || point == 0x061c ? "" : NULL;
    if (point >= 0x2000 && point <= 0x206f) return fold_punctuation(point);
    if (point == 0x1680 || point == 0x3000) return " ";
    if (point == 0x2212) return "-";
    if (point == 0xfeff || (point >= 0xfe00 && point <= 0xfe0f)) return "";
    return NULL;
}

void pour_classes(uint8_t classes[256])
{
    for (int c = 0; c < 256; c++) classes[c] = c < 0x20 || c >= 0x7f ? POUR_FOLD : POUR_COPY;
}

static void need(struct pour *p, uint32_t n)
{
    if (p->room - p->len > n) return;
    uint32_t room = p->room + (p->room / 2 > n ? p->room / 2 : n) + 64;
    char *grown = NEW_ARRAY(p->arena, room, char);
    if (p->len) memcpy(grown, p->text, p->len);
    p->text = grown;
    p->room = room;
}

static void anchor(struct pour *p, uint32_t text, uint32_t file, uint32_t before)
{
    p->anchors =
        arena_more(p->arena, p->anchors, p->anchor_count, &p->anchor_room, sizeof *p->anchors);
    p->anchors[p->anchor_count++] = (struct anchor){text, file, before};
}

static void anchor_if_apart(struct pour *p, uint32_t at)
{
    if (at != p->expect || p->end != p->expect || p->anchor_count == 0) {
        anchor(p, p->len, at, p->end);
    }
}

/* n bytes as they stand. */
static void write_run(struct pour *p, uint32_t at, uint32_t n)
{
    need(p, n);
    anchor_if_apart(p, at);
    memcpy(p->text + p->len, p->in + at, n);
    p->len += n;
    p->expect = p->end = at + n;
}

static void write_char(struct pour *p, const char *utf8, uint32_t n, uint32_t at, uint32_t m)
{
    need(p, n);
    anchor_if_apart(p, at);
    for (uint32_t i = 0; i < n; i++) {
        if (i) anchor(p, p->len, at, at + m);
        p->text[p->len++] = utf8[i];
    }
    p->expect = at + 1;
    p->end = at + m;
}

/* What was noted, now that a character follows. */
static void settle(struct pour *p)
{
    if (p->len == 0) p->breaks = 0, p->space = false;
    for (int i = 0; i < p->breaks; i++) write_char(p, "\n", 1, p->break_at[i], 1);
    if (p->space && !p->breaks) write_char(p, " ", 1, p->space_at, 1);
    p->breaks = 0;
    p->space = false;
}

void pour_char(struct pour *p, const char *utf8, uint32_t n, uint32_t at, uint32_t m)
{
    if (p->breaks || p->space) settle(p);
    write_char(p, utf8, n, at, m);
}

/* Take back the spaces at the end of a line. */
static void trim(struct pour *p)
{
    while (p->len && p->text[p->len - 1] == ' ') {
        p->len--;
        if (p->anchors[p->anchor_count - 1].text == p->len) {
            p->end = p->anchors[--p->anchor_count].before;
            p->expect = UINT32_MAX;
        } else {
            p->expect = --p->end;
        }
    }
}

void pour_break(struct pour *p, int breaks, uint32_t at)
{
    trim(p);
    for (; breaks > 0 && p->breaks < 2; breaks--) p->break_at[p->breaks++] = at;
    p->space = false;
}

void pour_space(struct pour *p, uint32_t at)
{
    if (pour_at_line_start(p) || p->space) return;
    p->space = true;
    p->space_at = at;
}

void pour_cut(struct pour *p, uint32_t len)
{
    p->len = len;
    while (p->anchor_count && p->anchors[p->anchor_count - 1].text >= len) p->anchor_count--;
    p->expect = UINT32_MAX;
    if (len == 0) p->end = 0;
}

void pour_end(struct pour *p, struct plain *out)
{
    trim(p);
    need(p, 1);
    if (p->len && p->expect != p->end) anchor(p, p->len, p->end, p->end);
    p->text[p->len] = '\0';
    out->text = p->text;
    out->len = p->len;
    out->anchors = p->anchors;
    out->anchor_count = p->anchor_count;
}

void pour_point(struct pour *p, uint32_t point, uint32_t at, uint32_t m)
{
    char utf8[4];
    if (point == 0) return;
    const char *as = fold(point);
    if (as && *as == ' ')
        pour_space(p, at);
    else if (as && *as)
        pour_char(p, as, (uint32_t)strlen(as), at, m);
    else if (!as)
        pour_char(p, utf8, pour_utf8(point, utf8), at, m);
}

/* The character at `at` that is not copied as it is: written; returns where it ends. */
static uint32_t write_folded(struct pour *p, uint32_t point, const char *as, uint32_t at,
                             uint32_t end)
{
    char utf8[4];
    uint32_t m = end - at;
    if (point == 0) return end;
    if (!as) {
        pour_char(p, utf8, pour_utf8(point, utf8), at, m);
    } else if (*as == ' ') {
        if (!pour_at_line_start(p)) pour_char(p, as, 1, at, m);
    } else if (*as) {
        pour_char(p, as, (uint32_t)strlen(as), at, m);
    }
    return end;
}

/* Where the bytes from i on that are copied as they are end, at `end` at last. */
static inline uint32_t run_end(const struct pour *p, uint32_t i, uint32_t end,
                               const uint8_t classes[256])
{
    const unsigned char *in = (const unsigned char *)p->in;
    while (i < end && p->in_len - i >= 8) { /* POUR_COPY is 0: the first other one in one number */
        uint64_t other = 0;
#pragma GCC unroll 8
        for (uint32_t k = 0; k < 8; k++) other |= (uint64_t)classes[in[i + k]] << 8 * k;
        uint32_t run = other ? (uint32_t)__builtin_ctzll(other) / 8 : 8;
        i = end - i < run ? end : i + run;
        if (other) return i;
    }
    while (i < end && classes[in[i]] == POUR_COPY) i++;
    return i;
}

uint32_t pour_text(struct pour *p, uint32_t at, uint32_t end, const uint8_t classes[256])
{
    const unsigned char *in = (const unsigned char *)p->in;
    while (at < end) {
        if (pour_at_line_start(p)) {
            while (at < end && in[at] == ' ' && classes[' '] == POUR_COPY) at++;
        }
        uint32_t i = at, next, point = 0;
        const char *as = NULL;
        for (;;) {
            i = run_end(p, i, end, classes);
            if (i == end || classes[in[i]] == POUR_STOP) {
                next = i;
                break;
            }
            next = i;
            point = pour_next(p->in, end, &next);
            as = fold(point);
            bool same = !as && point && (next - i > 1 || in[i] < 0x80);
            if (!same) break;
            i = next;
        }
        if (i > at) {
            if (p->breaks || p->space) settle(p);
            write_run(p, at, i - at);
        }
        if (next == i) return i;
        at = write_folded(p, point, as, i, next);
    }
    return end;
}
