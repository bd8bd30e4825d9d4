/*
 * addressed.c - see addressed.h.
 *
 * An address is an office and a name, closed by a mark, at the beginning of
 * what is said or behind a greeting. All else may be about somebody absent.
 */
#include "read/addressed.h"

#include <string.h>

#include "read/labels.h"
#include "read/offices.h"

enum { NAME_WORDS = 5, BEFORE_BYTES = 32 };

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c == '\n' ? ' ' : c;
}

static bool letter(char c)
{
    return (lower(c) >= 'a' && lower(c) <= 'z') || (unsigned char)c >= 0x80;
}

static bool same(const char *x, const char *y, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (lower(x[i]) != lower(y[i])) return false;
    }
    return true;
}

static bool dash_at(const char *text, uint32_t at, uint32_t end)
{
    return end - at >= 3 && !memcmp(text + at, "\xe2\x80\x94", 3);
}

/* Behind the name whose words begin at `at`, or `at`. */
static uint32_t name_end(const char *text, uint32_t at, uint32_t end)
{
    uint32_t i = at, stop = at;
    for (int words = 0; words < NAME_WORDS && i < end; words++) {
        uint32_t from = i;
        while (i < end && !dash_at(text, i, end) &&
               (letter(text[i]) || text[i] == '\'' || text[i] == '-'))
            i++;
        bool initial = i - from == 1 && i < end && text[i] == '.';
        bool particle = (office_word(text + from, i - from) & OFFICE_PARTICLE) != 0;
        if (i == from || (text[from] >= 'a' && text[from] <= 'z' && !particle)) break;
        i += initial;
        stop = i;
        if (i >= end || (text[i] != ' ' && text[i] != '\n')) break;
        i++;
    }
    return stop;
}

static bool ends_with(const char *text, uint32_t from, uint32_t end, const char *word)
{
    uint32_t n = (uint32_t)strlen(word);
    return end - from >= n && same(text + end - n, word, n);
}

/* Whether what stands before text byte `at` greets: "Thank you very much, ". */
static bool greeted(const char *text, uint32_t begin, uint32_t at)
{
    static const char *const greetings[] = {
        "thank you", "thanks",    "very much", "so much", "welcome",         "dear",
        "morning",   "afternoon", "evening",   "hello",   "congratulations", "over to",
        "introduce", "joined by", NULL};
    while (at > begin && strchr(" ,\n", text[at - 1])) at--;
    if (at == begin) return true;
    uint32_t from = at - begin > BEFORE_BYTES ? at - BEFORE_BYTES : begin;
    for (const char *const *g = greetings; *g; g++) {
        if (ends_with(text, from, at, *g)) return true;
    }
    return false;
}

static bool closed(const char *text, uint32_t at, uint32_t end)
{
    return at >= end || (text[at] != ' ' && strchr(",.?!;:\n", text[at])) ||
           (end - at > 3 && text[at] == ' ' && dash_at(text, at + 1, end));
}

/* One of the two names ends in the other, with a whole word. */
static bool same_person(const char *x, const char *y)
{
    size_t n = strlen(x), m = strlen(y);
    if (n < m) return same_person(y, x);
    return same(x + n - m, y, m) && (n == m || x[n - m - 1] == ' ');
}

bool addressed_in(struct arena *a, const char *text, uint32_t at, uint32_t end, const char *role,
                  const char **name)
{
    uint32_t n = (uint32_t)strlen(role), begin = at;
    for (; at + n + 1 < end; at++) {
        const char *hit = memchr(text + at, *role, end - n - at);
        if (!hit) break;
        at = (uint32_t)(hit - text);
        bool word = (at == begin || !letter(text[at - 1])) && text[at + n] == ' ';
        if (!word || !same(hit, role, n) || !greeted(text, begin, at)) continue;
        uint32_t from = at + n + 1, stop = name_end(text, from, end);
        if (stop == from || !closed(text, stop, end)) continue;
        struct called c = label_read(a, text, at, stop);
        if (!c.name || !c.role || strlen(c.role) != n) continue;
        if (*name && !same_person(*name, c.name)) return false;
        if (!*name || strlen(c.name) > strlen(*name)) *name = c.name;
    }
    return true;
}
