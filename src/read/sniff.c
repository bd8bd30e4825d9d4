/*
 * sniff.c - whether bytes look like a public statement; see read_sniff().
 *
 * Asked of files whose format nobody named, last of all readers, so the
 * question is only: are these sentences that somebody spoke or wrote? Front
 * matter and HTML say so themselves. Anything else must read as prose: mostly
 * letters, few separators, sentences that end. A table of words has none.
 */
#include <string.h>

#include "read/read.h"

enum { LOOK = 64 * 1024, SENTENCES_MIN = 3, PROSE_MIN = 120 };

static bool is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

static bool is_space(unsigned char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Whether the word stands in the bytes, whatever its case; the word is in lower case. */
static bool holds(const char *bytes, size_t len, const char *word)
{
    size_t n = strlen(word);
    for (size_t i = 0; i + n <= len; i++) {
        size_t k = 0;
        while (k < n &&
               (bytes[i + k] | ((bytes[i + k] >= 'A' && bytes[i + k] <= 'Z') << 5)) == word[k])
            k++;
        if (k == n) return true;
    }
    return false;
}

/* "---", then lines of a document's own head, then "---". */
static bool has_front_matter(const char *bytes, size_t len)
{
    if (len < 4 || memcmp(bytes, "---", 3) != 0 || !is_space((unsigned char)bytes[3])) return false;
    size_t end = 3;
    while (end + 4 <= len && memcmp(bytes + end, "\n---", 4) != 0) end++;
    return end + 4 <= len && (holds(bytes, end, "\ntitle:") || holds(bytes, end, "\ndate:"));
}

static bool is_page(const char *bytes, size_t len)
{
    bool html = holds(bytes, len < 1024 ? len : 1024, "<!doctype html") ||
                holds(bytes, len < 1024 ? len : 1024, "<html");
    return html && (holds(bytes, len, "<p>") || holds(bytes, len, "<p "));
}

/* A full stop behind a word, with white space and a capital, or the end, behind it. */
static bool ends_sentence(const char *bytes, size_t len, size_t at)
{
    char c = bytes[at];
    if ((c != '.' && c != '?' && c != '!') || at < 2) return false;
    if (!is_letter((unsigned char)bytes[at - 1]) || !is_letter((unsigned char)bytes[at - 2]))
        return false;
    size_t next = at + 1;
    while (next < len && is_space((unsigned char)bytes[next])) next++;
    if (next == len) return true;
    return next > at + 1 && bytes[next] >= 'A' && bytes[next] <= 'Z';
}

static bool is_prose(const char *bytes, size_t len)
{
    size_t letters = 0, marks = 0, sentences = 0, words = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c == '\0') return false;
        letters += is_letter(c) || is_space(c);
        marks += strchr(";\t|{}<>=/\\", c) != NULL;
        words += is_space(c) && i > 0 && !is_space((unsigned char)bytes[i - 1]);
        sentences += ends_sentence(bytes, len, i);
    }
    return len >= PROSE_MIN && letters * 10 >= len * 9 && marks * 50 <= len &&
           sentences >= SENTENCES_MIN && sentences * 80 >= words;
}

bool read_sniff(const char *bytes, size_t len)
{
    size_t start = len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (start < len && is_space((unsigned char)bytes[start])) start++;
    bytes += start;
    len = len - start < LOOK ? len - start : LOOK;
    if (len == 0 || memchr(bytes, '\0', len)) return false;
    return has_front_matter(bytes, len) || is_page(bytes, len) || is_prose(bytes, len);
}
