/*
 * around.c - the sentence around a range of bytes, and the day in a file's name.
 *
 * The reader says where the words of a statement stand, which may be half a
 * sentence; the time that a figure is of stands in the other half.
 */
#include <string.h>

#include "base/buf.h"
#include "base/day.h"
#include "check/interpret.h"

enum { REACH = 3000 }; /* bytes on either side: longer sentences are cut */

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Whether an empty line, or a line that begins a list item, begins behind the newline at i. */
static bool paragraph_ends(const char *b, size_t len, size_t i)
{
    if (b[i] != '\n') return false;
    for (i++; i < len && (b[i] == ' ' || b[i] == '\t' || b[i] == '\r'); i++) {}
    if (i >= len || b[i] == '\n') return true;
    return (b[i] == '-' || b[i] == '*') && i + 1 < len && b[i + 1] == ' ';
}

/* "U.S.", "Mr.": the point ends no sentence. */
static bool is_abbreviation(const char *b, size_t dot)
{
    static const char *const words[] = {"Mr", "Ms", "Mrs", "Dr", "Gen", "Lt", "Sen", "St", "No"};
    size_t from = dot;
    while (from > 0 && is_letter(b[from - 1])) from--;
    size_t len = dot - from;
    if (len == 1 && b[from] < 'a') return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i]) == len && strncmp(words[i], b + from, len) == 0) return true;
    }
    return false;
}

/* Behind the white space, two bytes of NBSP included. */
static size_t skip_space(const char *b, size_t len, size_t i)
{
    for (;;) {
        if (i < len && is_space(b[i]))
            i++;
        else if (i + 1 < len && (unsigned char)b[i] == 0xc2 && (unsigned char)b[i + 1] == 0xa0)
            i += 2;
        else
            return i;
    }
}

/* A sentence ends with the byte at i: the byte behind its marks, or 0. */
static size_t sentence_end(const char *b, size_t len, size_t i)
{
    if (b[i] != '.' && b[i] != '?' && b[i] != '!') return 0;
    if (b[i] == '.' && is_abbreviation(b, i)) return 0;
    size_t at = i + 1;
    while (at < len && (b[at] == '"' || b[at] == ')' || b[at] == '*' || b[at] == '\'')) at++;
    if (at + 2 < len && (unsigned char)b[at] == 0xe2 && (unsigned char)b[at + 1] == 0x80) at += 3;
    return at >= len || skip_space(b, len, at) > at ? at : 0;
}

static size_t sentence_begin(const char *b, size_t len, size_t start)
{
    size_t least = start > REACH ? start - REACH : 0, at = start;
    for (; at > least; at--) {
        if (paragraph_ends(b, len, at - 1)) break;
        size_t end = sentence_end(b, start, at - 1);
        if (end && end <= start) return skip_space(b, start, end);
    }
    return skip_space(b, start, at);
}

/* Tags, escapes and emphasis of Markdown and HTML are no words. */
static void add_plain(struct buf *out, const char *b, size_t from, size_t to)
{
    bool space = false;
    for (size_t i = from; i < to; i++) {
        if (b[i] == '<' && i + 1 < to && (is_letter(b[i + 1]) || b[i + 1] == '/')) {
            const char *close = memchr(b + i, '>', to - i);
            if (close && close - (b + i) < 200) {
                i = (size_t)(close - b);
                continue;
            }
        }
        if (b[i] == '*' || b[i] == '\0') continue;
        if (b[i] == '\\' && i + 1 < to) {
            if (b[i + 1] == '_') i++, space = true;
            continue;
        }
        if (is_space(b[i])) {
            space = true;
            continue;
        }
        if (space && out->len) buf_add(out, " ");
        space = false;
        buf_add_bytes(out, b + i, 1);
    }
}

const char *whole_sentence(struct arena *a, const char *bytes, size_t len, size_t start, size_t end)
{
    struct buf out = {.arena = a};
    if (end > len) end = len;
    if (start > end) start = end;
    size_t from = sentence_begin(bytes, len, start);
    size_t most = len - end > REACH ? end + REACH : len, to = end;
    if (to > from && sentence_end(bytes, len, to - 1)) most = to;
    while (to < most) {
        size_t stop = sentence_end(bytes, len, to);
        if (stop || paragraph_ends(bytes, len, to)) {
            to = stop ? stop : to;
            break;
        }
        to++;
    }
    buf_add(&out, "");
    add_plain(&out, bytes, from, to);
    return out.text;
}

int32_t day_in_name(const char *path)
{
    struct err ignored;
    const char *name = strrchr(path, '/');
    char date[11];
    int32_t day;
    for (const char *at = name ? name + 1 : path; strlen(at) >= 10; at++) {
        memcpy(date, at, 10);
        date[10] = '\0';
        if (at[4] != '-' || at[7] != '-' || strspn(date, "0123456789-") != 10) continue;
        if (!day_parse(date, &day, NULL, &ignored)) return day;
    }
    return DAY_MAX;
}
