/*
 * fold.c - see fold.h. Bytes are looked up in one table; only what is not
 * ASCII goes the long way through ICU.
 */
#include "read/fold.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

#include "base/letter.h"
#include "base/text.h"

enum { LINK_MAX = 2048, TAG_MAX = 65536, ENTITY_MAX = 10 };

struct folding {
    const char *text;
    size_t len;
    bool html;
    struct tokens *out;
    char word[TOKEN_BYTES_MAX + LETTER_FOLD_MAX];
    size_t n;                       /* bytes of word; 0: between words */
    size_t begin, end;              /* of the text, of the word so far */
    uint8_t flags;                  /* of the word so far */
    uint8_t next;                   /* flags that the next word gets */
    uint32_t lines;                 /* line ends since the last word */
    size_t no_tag_end, no_link_end; /* looked for up to there, and found none */
};

/* Enough for tables in memory; the index keeps the words themselves. */
static uint64_t hash(char word[TOKEN_BYTES_MAX + LETTER_FOLD_MAX], size_t len)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325) ^ len;
    memset(word + len, 0, 8);
    for (size_t i = 0; i < len; i += 8) {
        uint64_t part;
        memcpy(&part, word + i, 8);
        h = (h ^ part) * UINT64_C(0x9e3779b97f4a7c15);
        h ^= h >> 29;
    }
    h *= UINT64_C(0xbf58476d1ce4e5b9);
    return h ^ h >> 32;
}

static void close_word(struct folding *f)
{
    if (f->n == 0) return;
    struct tokens *out = f->out;
    out->list = arena_more(out->arena, out->list, out->count, &out->room, sizeof *out->list);
    struct token *t = &out->list[out->count++];
    *t = (struct token){.hash = hash(f->word, f->n),
                        .begin = (uint32_t)f->begin,
                        .end = (uint32_t)f->end,
                        .len = (uint8_t)f->n,
                        .flags = f->flags};
    if (out->folded) {
        t->folded = (uint32_t)out->folded->len;
        f->word[f->n] = ' ';
        buf_add_bytes(out->folded, f->word, f->n + 1);
    }
    f->n = 0;
    f->next = 0;
    f->lines = 0;
}

static void put(struct folding *f, const char *bytes, size_t count, size_t begin, size_t end)
{
    if (f->n + count > TOKEN_BYTES_MAX) close_word(f);
    if (f->n == 0) {
        f->begin = begin;
        f->flags = f->next;
    }
    memcpy(f->word + f->n, bytes, count);
    f->n += count;
    f->end = end;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char at(const struct folding *f, size_t i)
{
    return i < f->len ? f->text[i] : '\0';
}

/* Whether a letter, or a byte of one beyond ASCII, begins here. */
static bool letter_at(const struct folding *f, size_t i)
{
    unsigned char c = (unsigned char)at(f, i);
    return is_alpha((char)c) || c >= 0xc3;
}

/* --- marks --- */

/* "...", ". . ." from i on: the byte behind it; i itself when it is none. */
static size_t ellipsis(const struct folding *f, size_t i)
{
    size_t dots = 0, to = i;
    for (size_t k = i; at(f, k) == '.';) {
        dots++;
        to = ++k;
        if (at(f, k) == ' ' && at(f, k + 1) == '.') k++;
    }
    return dots >= 3 ? to : i;
}

/* A point or comma within a number or an abbreviation; the bytes to skip, 0: it parts words. */
static size_t joint(struct folding *f, size_t i)
{
    if (f->n == 0 || f->end != i) return 0;
    bool comma = f->text[i] == ',', digit_before = is_digit(f->word[f->n - 1]);
    if (digit_before && is_digit(at(f, i + 1))) {
        size_t run = 1;
        while (run < 5 && is_digit(at(f, i + 1 + run))) run++;
        if (comma && run > 3) return 0;
        if (!comma || run < 3) put(f, &f->text[i], 1, i, i);
        f->end = i + 1;
        return 1;
    }
    if (comma || f->end - f->begin == 0 || !is_alpha(at(f, i + 1))) return 0;
    /* U.S.: single letters with points; the one before the point stands alone or follows one */
    bool single = f->end - f->begin == 1 || (f->end - f->begin >= 3 && at(f, i - 2) == '.');
    if (!single || !is_alpha(f->text[i - 1]) || letter_at(f, i + 2) || is_digit(at(f, i + 2)))
        return 0;
    f->end = i + 1;
    return 1;
}

static size_t point(struct folding *f, size_t i)
{
    size_t to = joint(f, i);
    if (to) return i + to;
    close_word(f);
    to = ellipsis(f, i);
    f->next |= to > i ? TOKEN_AFTER_GAP : TOKEN_AFTER_STOP;
    return to > i ? to : i + 1;
}

/* An apostrophe of `width` bytes: part of the word between two letters. */
static size_t apostrophe(struct folding *f, size_t i, size_t width)
{
    if (f->n && f->end == i && letter_at(f, i + width) && !is_digit(f->word[f->n - 1]))
        put(f, "'", 1, i, i + width);
    else
        close_word(f);
    return i + width;
}

/*
 * The first `mark` within `most` bytes from i; NULL when there is none. What
 * was looked through in vain is not looked through again.
 */
static const char *ahead(const struct folding *f, size_t i, char mark, size_t most, size_t *none)
{
    size_t last = f->len - i > most ? i + most : f->len, from = *none > i ? *none : i;
    const char *found = from < last ? memchr(f->text + from, mark, last - from) : NULL;
    if (!found && last > *none) *none = last;
    return found;
}

/* "](address)" of a Markdown link: the byte behind it. */
static size_t link_end(struct folding *f, size_t i)
{
    static const char *const begins[] = {"http", "/", "#", "www.", "mailto:"};
    bool address = false;
    for (size_t k = 0; k < sizeof begins / sizeof *begins; k++) {
        size_t n = strlen(begins[k]);
        address |= f->len - i > n + 2 && memcmp(f->text + i + 2, begins[k], n) == 0;
    }
    const char *close = address ? ahead(f, i, ')', LINK_MAX, &f->no_link_end) : NULL;
    return close ? (size_t)(close - f->text) + 1 : i + 1;
}

/* The end of a script's or a style's content that begins at i. */
static size_t hidden_end(const struct folding *f, size_t i, const char *name)
{
    size_t n = strlen(name);
    for (const char *p = f->text + i, *end = f->text + f->len;;) {
        p = memchr(p, '<', (size_t)(end - p));
        if (!p || (size_t)(end - p) < n + 2) return f->len;
        if (p[1] == '/' && strncasecmp(p + 2, name, n) == 0) return (size_t)(p - f->text);
        p++;
    }
}

/* A tag, a comment, or a script with its content: the byte behind it. */
static size_t tag_end(struct folding *f, size_t i)
{
    static const char *const hidden[] = {"script", "style"};
    char c = at(f, i + 1);
    if (!is_alpha(c) && c != '/' && c != '!' && c != '?') return i + 1;
    const char *close = ahead(f, i, '>', TAG_MAX, &f->no_tag_end);
    if (!close) return i + 1;
    size_t to = (size_t)(close - f->text) + 1;
    for (size_t h = 0; h < sizeof hidden / sizeof *hidden; h++) {
        size_t n = strlen(hidden[h]);
        bool is = f->len - i > n + 1 && strncasecmp(f->text + i + 1, hidden[h], n) == 0;
        if (is) return hidden_end(f, to, hidden[h]);
    }
    return to;
}

/* The character of "&name;" or "&#N;" at i, and its length in *width; -1 when it is none. */
static int32_t entity(const struct folding *f, size_t i, size_t *width)
{
    static const struct {
        const char *name;
        int32_t c;
    } known[] = {{"amp", '&'},       {"lt", '<'},        {"gt", '>'},       {"quot", '"'},
                 {"apos", '\''},     {"nbsp", 0xa0},     {"rsquo", 0x2019}, {"lsquo", 0x2018},
                 {"rdquo", 0x201d},  {"ldquo", 0x201c},  {"ndash", 0x2013}, {"mdash", 0x2014},
                 {"hellip", 0x2026}, {"euro", 0x20ac},   {"pound", 0xa3},   {"eacute", 0xe9},
                 {"uuml", 0xfc},     {"ouml", 0xf6},     {"auml", 0xe4},    {"shy", 0xad},
                 {"zwnj", 0x200c},   {"thinsp", 0x2009}, {"ensp", 0x2002},  {"egrave", 0xe8},
                 {"ccedil", 0xe7},   {"oacute", 0xf3},   {"scaron", 0x161}, {"bull", 0x2022},
                 {"zwj", 0x200d},    {"iacute", 0xed},   {"ntilde", 0xf1},  {"aacute", 0xe1}};
    size_t last = f->len - i > ENTITY_MAX ? i + ENTITY_MAX : f->len;
    const char *semi = memchr(f->text + i, ';', last - i);
    if (!semi) return -1;
    const char *name = f->text + i + 1;
    size_t n = (size_t)(semi - name);
    *width = n + 2;
    if (n > 1 && name[0] == '#') {
        bool hex = name[1] == 'x' || name[1] == 'X';
        int32_t c = 0;
        for (size_t k = hex ? 2 : 1; k < n; k++) {
            int d = is_digit(name[k])                                   ? name[k] - '0'
                    : hex && is_alpha(name[k]) && (name[k] | 32) <= 'f' ? (name[k] | 32) - 'a' + 10
                                                                        : -1;
            if (d < 0) return -1;
            c = c * (hex ? 16 : 10) + d;
        }
        return c < 0x20 || c > 0x10ffff || (c >= 0xd800 && c < 0xe000) ? 0x20 : c;
    }
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        if (strlen(known[k].name) == n && memcmp(known[k].name, name, n) == 0) return known[k].c;
    }
    return -1;
}

/* --- characters --- */

/* A character beyond ASCII, or behind an entity, that takes `width` bytes at i. */
static size_t character(struct folding *f, size_t i, int32_t c, size_t width)
{
    char folded[LETTER_FOLD_MAX];
    size_t len;
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x2bc:
    case '\'': return apostrophe(f, i, width);
    case 0x2026:
        close_word(f);
        f->next |= TOKEN_AFTER_GAP;
        return i + width;
    default: break;
    }
    if (c < 0x80) {
        char lower = (char)(is_alpha((char)c) ? c | 0x20 : c);
        if (is_alpha(lower) || is_digit(lower))
            put(f, &lower, 1, i, i + width);
        else
            close_word(f);
        return i + width;
    }
    switch (letter_fold(c, folded, &len)) {
    case LETTER_NOTHING:
        if (f->n && f->end == i) f->end = i + width;
        break;
    case LETTER_BREAK: close_word(f); break;
    case LETTER_ALONE:
        close_word(f);
        put(f, folded, len, i, i + width);
        close_word(f);
        break;
    case LETTER_PART: put(f, folded, len, i, i + width); break;
    }
    return i + width;
}

static size_t beyond_ascii(struct folding *f, size_t i)
{
    size_t to = i;
    int32_t c = text_next(f->text, f->len, &to);
    if (c >= 0) return character(f, i, c, to - i);
    return character(f, i, letter_1252((unsigned char)f->text[i]), 1);
}

static size_t alone(struct folding *f, size_t i)
{
    close_word(f);
    put(f, &f->text[i], 1, i, i + 1);
    close_word(f);
    return i + 1;
}

/* An ASCII byte that is no letter or digit. */
static size_t ascii(struct folding *f, size_t i)
{
    size_t width;
    int32_t c;
    switch (f->text[i]) {
    case '.': return point(f, i);
    case ',':
        if (joint(f, i)) return i + 1;
        break;
    case '\'': return apostrophe(f, i, 1);
    case '$':
    case '%': return alone(f, i);
    case '?':
    case '!':
        close_word(f);
        f->next |= TOKEN_AFTER_STOP;
        return i + 1;
    case '\n':
        close_word(f);
        if (f->lines++) f->next |= TOKEN_AFTER_STOP;
        return i + 1;
    case '&':
        c = entity(f, i, &width);
        if (c >= 0) return character(f, i, c, width);
        break;
    case '<':
        if (!f->html) break;
        close_word(f);
        return tag_end(f, i);
    case ']':
        if (at(f, i + 1) != '(') break;
        close_word(f);
        return link_end(f, i);
    default: break;
    }
    close_word(f);
    return i + 1;
}

void fold(const char *bytes, size_t len, bool html, struct tokens *out)
{
    struct folding f = {.text = bytes, .len = len, .html = html, .out = out};
    assert(len <= FOLD_BYTES_MAX);
    for (size_t i = 0; i < len;) {
        unsigned char c = (unsigned char)bytes[i];
        if (c >= 0x80) {
            i = beyond_ascii(&f, i);
        } else if (is_alpha((char)c)) {
            char lower = (char)(c | 0x20);
            put(&f, &lower, 1, i, i + 1);
            i++;
        } else if (is_digit((char)c)) {
            put(&f, &bytes[i], 1, i, i + 1);
            f.flags |= TOKEN_HAS_DIGIT;
            i++;
        } else {
            i = ascii(&f, i);
        }
    }
    close_word(&f);
    out->gap_behind = f.next & TOKEN_AFTER_GAP;
}

/* --- documents --- */

bool fold_is_html(const char *bytes, size_t len)
{
    size_t i = 0;
    if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) i = 3;
    while (i < len && strchr(" \t\r\n", bytes[i]) && bytes[i]) i++;
    static const char *const begins[] = {"<!doctype html", "<html", "<head", "<body", "<?xml"};
    for (size_t k = 0; k < sizeof begins / sizeof *begins; k++) {
        size_t n = strlen(begins[k]);
        if (len - i >= n && strncasecmp(bytes + i, begins[k], n) == 0) return true;
    }
    return false;
}

const char *fold_utf8(struct arena *a, const char *bytes, size_t len)
{
    struct buf b = {.arena = a};
    size_t kept = 0;
    buf_room(&b, len);
    buf_add_bytes(&b, "", 0);
    for (size_t i = 0; i < len;) {
        size_t before = i;
        if (text_next(bytes, len, &i) > 0) continue;
        char c[4];
        buf_add_bytes(&b, bytes + kept, before - kept);
        buf_add_bytes(
            &b, c,
            letter_utf8(bytes[before] ? letter_1252((unsigned char)bytes[before]) : 0xfffd, c));
        i = kept = before + 1;
    }
    buf_add_bytes(&b, bytes + kept, len - kept);
    return b.text;
}
