/*
 * heading.c - see heading.h.
 *
 * A paragraph is heading while it does not read like speech: it ends without
 * the mark of a sentence, or is nothing but a date, a time, a place, a remark
 * in brackets or a note on the text itself.
 */
#include "read/heading.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "read/dates.h"

enum { PARAGRAPHS_MAX = 24, LINE_MAX = 400, TITLE_MAX = 2000, CLOSING_MAX = 60 };

static bool starts(const char *text, uint32_t at, uint32_t end, const char *word)
{
    for (; *word; word++, at++) {
        char c = at < end ? text[at] : '\0';
        if (c >= 'A' && c <= 'Z') c = (char)(c + 32);
        if (c != *word) return false;
    }
    return true;
}

static bool starts_any(const char *text, uint32_t at, uint32_t end, const char *const *words)
{
    char first = at < end ? text[at] : '\0';
    if (first >= 'A' && first <= 'Z') first = (char)(first + 32);
    for (; *words; words++) {
        if (**words == first && starts(text, at, end, *words)) return true;
    }
    return false;
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Behind a clock time with its half of the day and zone ("4:44 P.M. EST") at `at`, or `at`. */
static uint32_t clock_end(const char *text, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    while (i < end && digit(text[i]) && i - at < 2) i++;
    if (i == at || i >= end || (text[i] != ':' && text[i] != '.')) return at;
    uint32_t minutes = ++i;
    while (i < end && digit(text[i])) i++;
    return i - minutes == 2 ? i : at;
}

/* Nothing but a time: at most two short words behind the clock. */
static bool is_time(const char *text, uint32_t at, uint32_t end)
{
    uint32_t clock = clock_end(text, at, end);
    return clock > at && end - clock <= 24 && !memchr(text + clock, ',', end - clock);
}

static bool is_bracketed(const char *text, uint32_t at, uint32_t end)
{
    char open = text[at],
         close = text[end - 1] == '.' && end - at > 2 ? text[end - 2] : text[end - 1];
    if (!((open == '(' && close == ')') || (open == '[' && close == ']'))) return false;
    const char *first = memchr(text + at, close, end - at);
    return first && (uint32_t)(first - text) + 2 >= end;
}

/* A note on the text by whoever published it. */
static bool is_note(const char *text, uint32_t at, uint32_t end)
{
    static const char *const notes[] = {"note:",
                                        "editor",
                                        "*",
                                        "source:",
                                        "the following is",
                                        "the following transcript",
                                        "this transcript",
                                        "this is a transcript",
                                        "transcript",
                                        "please see",
                                        "below is",
                                        "check against",
                                        "only the ",
                                        "as delivered",
                                        "as prepared",
                                        "for immediate release",
                                        "last updated",
                                        "updated:",
                                        "published",
                                        "posted",
                                        "listen to",
                                        "watch ",
                                        "download",
                                        "share",
                                        "press release",
                                        "speech by",
                                        "remarks by",
                                        "press conference by",
                                        "video",
                                        "audio",
                                        "photo",
                                        "full transcript",
                                        "rush transcript",
                                        "unofficial transcript",
                                        "location:",
                                        "date:",
                                        "time:",
                                        "venue:",
                                        "by email",
                                        "skip to",
                                        "home",
                                        "menu",
                                        "print",
                                        "- ",
                                        "(as ",
                                        NULL};
    return starts_any(text, at, end, notes);
}

/* How somebody begins to speak, with or without a full stop. */
static bool is_greeting(const char *text, uint32_t at, uint32_t end)
{
    static const char *const greetings[] = {"good morning",
                                            "good afternoon",
                                            "good evening",
                                            "good day",
                                            "dear ",
                                            "hello",
                                            "hi,",
                                            "hi ",
                                            "thank you",
                                            "thanks",
                                            "ladies and",
                                            "excellenc",
                                            "your excellenc",
                                            "welcome",
                                            "mr. ",
                                            "mr ",
                                            "madam ",
                                            "colleagues",
                                            "friends",
                                            "distinguished",
                                            "okay",
                                            "all right",
                                            "so ",
                                            "well, ",
                                            NULL};
    return starts_any(text, at, end, greetings);
}

static uint32_t count_words(const char *text, uint32_t at, uint32_t end, uint32_t *capitals)
{
    uint32_t n = 0;
    *capitals = 0;
    for (uint32_t i = at; i < end; i++) {
        bool begins = i == at || text[i - 1] == ' ' || text[i - 1] == '\n';
        if (!begins || text[i] == ' ') continue;
        n++;
        *capitals += (text[i] >= 'A' && text[i] <= 'Z') || digit(text[i]);
    }
    return n;
}

static bool ends_sentence(const char *text, uint32_t at, uint32_t end)
{
    while (end > at && strchr("\"')] ", text[end - 1])) end--; /* not NUL: there is none */
    if (end - at > 5 && !memcmp(text + end - 4, "D.C.", 4)) return false;
    if (end - at >= 4 && text[end - 1] == '.' && text[end - 3] == '.') return false; /* A.M. */
    return end > at && strchr(".!?:;,", text[end - 1]);
}

/* Whether paragraph [at, end) is still heading. */
static bool is_heading(struct arena *a, const char *text, uint32_t at, uint32_t end)
{
    if (end - at > LINE_MAX) return false;
    if (is_time(text, at, end) || is_bracketed(text, at, end)) return true;
    if (is_greeting(text, at, end) && !starts(text, at, end, "welcome remarks")) return false;
    uint32_t capitals, words = count_words(text, at, end, &capitals);
    if (words <= 8 && date_in(a, text + at, end - at)) return true;
    bool item = text[at] == '*' && starts(text, at + 1, end, " "); /* what it says is no note */
    if (is_note(text, at, end) && !(item && ends_sentence(text, at, end))) return true;
    if (ends_sentence(text, at, end)) return false;
    if (memchr(text + at, '\n', end - at) && words > 40) return false;
    return words <= 12 || capitals * 3 >= words;
}

static uint32_t paragraph_end(const struct plain *p, uint32_t at, uint32_t limit)
{
    for (uint32_t i = at; i < limit; i++) {
        const char *lf = memchr(p->text + i, '\n', limit - i);
        if (!lf) break;
        i = (uint32_t)(lf - p->text);
        if (i + 1 >= limit || p->text[i + 1] == '\n') return i;
    }
    while (limit > at && p->text[limit - 1] == '\n') limit--;
    return limit;
}

static bool is_title(struct arena *a, const char *text, uint32_t at, uint32_t end)
{
    if (text[at] == '*' || text[at] == '(' || text[at] == '[' || is_time(text, at, end))
        return false;
    const char *date = date_in(a, text + at, end - at);
    uint32_t capitals, words = count_words(text, at, end, &capitals);
    return !(date && words <= 8) && words >= 2;
}

/* Where the title ends in a paragraph of several lines: behind its first, and what wraps. */
static uint32_t title_lines(struct arena *a, const char *text, uint32_t at, uint32_t end)
{
    enum { WRAPPED = 55 };
    for (uint32_t line = at, stop;; line = stop + 1) {
        const char *lf = memchr(text + line, '\n', end - line);
        if (!lf) return end;
        stop = (uint32_t)(lf - text);
        const char *more = memchr(lf + 1, '\n', end - stop - 1);
        uint32_t next = more ? (uint32_t)(more - text) : end;
        bool small = text[stop + 1] >= 'a' && text[stop + 1] <= 'z';
        if (!small && (stop - line < WRAPPED || date_in(a, lf + 1, next - stop - 1))) return stop;
    }
}

/* Front matter keeps curly apostrophes; the text that its names are compared with has none. */
static void add_folded(struct buf *lines, const char *title)
{
    for (uint32_t n = 0, len; *title && n < TITLE_MAX; n += len) {
        bool curly = !strncmp(title, "\xe2\x80\x99", 3);
        len = 1; /* or up to where the next one may be */
        while (!curly && title[len] && title[len] != '\xe2' && n + len < TITLE_MAX) len++;
        buf_add_bytes(lines, curly ? "'" : title, len);
        title += curly ? 3 : len;
    }
    buf_add(lines, "\n");
}

static uint32_t line_end(const char *text, uint32_t at, uint32_t limit)
{
    const char *lf = memchr(text + at, '\n', limit - at);
    return lf ? (uint32_t)(lf - text) : limit;
}

/*
 * A page whose lines were saved without the gaps between them: where the
 * first words are said, when all the lines before them are heading; else `at`.
 */
static uint32_t greeting_line(struct arena *a, const char *text, uint32_t at, uint32_t end)
{
    enum { LINES = 8 };
    static const char *const begins[] = {"good morning", "good afternoon", "good evening",
                                         "ladies and",   "thank you",      NULL};
    uint32_t line = at;
    for (int n = 0; n < LINES && line < end; n++) {
        uint32_t stop = line_end(text, line, end);
        if (stop == line) return at;
        if (starts_any(text, line, stop, begins)) return line;
        if (!is_heading(a, text, line, stop)) return at;
        line = stop + 1;
    }
    return at;
}

struct heading heading_of(struct arena *a, const struct plain *p, uint32_t limit)
{
    struct heading h = {.title = p->title, .date = p->date};
    struct buf lines = {.arena = a};
    uint32_t at = 0, title_end = 0;
    const char *late = NULL; /* a date that is within other words */
    if (p->title) add_folded(&lines, p->title);
    uint32_t said_from = limit ? greeting_line(a, p->text, 0, paragraph_end(p, 0, limit)) : 0;
    for (int n = 0; n < PARAGRAPHS_MAX && at < limit; n++) {
        uint32_t end = at < said_from ? line_end(p->text, at, limit) : paragraph_end(p, at, limit);
        if (!is_heading(a, p->text, at, end)) break;
        uint32_t capitals, words = count_words(p->text, at, end, &capitals);
        const char *kept = arena_bytes(a, p->text + at, end - at), *said = text_squeeze(a, kept);
        bool goes_on = title_end && at <= title_end + 2 && *said >= 'a' && *said <= 'z';
        if (!p->title && goes_on) {
            h.title = text_format(a, "%s %s", h.title, said);
            title_end = end;
        } else if (!h.title && is_title(a, p->text, at, end)) {
            uint32_t stop = title_lines(a, p->text, at, end);
            h.title = text_squeeze(a, arena_bytes(a, p->text + at, stop - at));
            title_end = end;
        }
        const char *date = date_in(a, said, (uint32_t)strlen(said));
        if (date && !h.date && words <= 9) h.date = date;
        if (date && !late) late = date;
        buf_addf(&lines, "%s\n", kept);
        for (at = end; at < limit && p->text[at] == '\n';) at++;
    }
    if (!h.date) h.date = late;
    h.begin = at;
    h.lines = lines.len ? lines.text : "";
    return h;
}

/* "Remarks by Prime Minister Lind", a paragraph of its own. */
static bool is_byline(const char *text, uint32_t at, uint32_t end)
{
    static const char *const titles[] = {"remarks by ",
                                         "statement by ",
                                         "speech by ",
                                         "address by ",
                                         "remarks of ",
                                         "statement of ",
                                         "press conference by ",
                                         "press statement by ",
                                         "opening remarks by ",
                                         "joint remarks by ",
                                         NULL};
    return end - at < LINE_MAX && starts_any(text, at, end, titles) &&
           !ends_sentence(text, at, end);
}

/* Read the heading of a few paragraphs that begins at `at`; whether a dateline is in it. */
static bool read_within(struct arena *a, const struct plain *p, uint32_t at, uint32_t limit,
                        struct heading *out)
{
    struct buf lines = {.arena = a};
    bool dated = false;
    for (int n = 0; n < PARAGRAPHS_MAX && at < limit; n++) {
        uint32_t end = paragraph_end(p, at, limit);
        if (n > 0 && !is_heading(a, p->text, at, end)) break;
        uint32_t capitals, words = count_words(p->text, at, end, &capitals);
        dated |= n > 0 &&
                 (is_time(p->text, at, end) || (words <= 8 && date_in(a, p->text + at, end - at)));
        buf_addf(&lines, "%s\n", arena_bytes(a, p->text + at, end - at));
        for (at = end; at < limit && p->text[at] == '\n';) at++;
    }
    if (dated) *out = (struct heading){.lines = lines.text, .begin = at};
    return dated;
}

bool heading_within(struct arena *a, const struct plain *p, uint32_t begin, uint32_t end,
                    uint32_t *title, struct heading *out)
{
    for (uint32_t at = begin; at < end;) {
        const char *lf = memchr(p->text + at, '\n', end - at);
        uint32_t line = lf ? (uint32_t)(lf - p->text) : end;
        bool paragraph = at > begin + 1 && p->text[at - 1] == '\n' && p->text[at - 2] == '\n';
        if (paragraph && strchr("RSAPOJ", p->text[at]) &&
            is_byline(p->text, at, paragraph_end(p, at, end)) && read_within(a, p, at, end, out)) {
            *title = at;
            return true;
        }
        at = line + 1;
    }
    return false;
}

/* A closing line: END with a time, a time, ### or -30-. */
static bool is_closing(const char *text, uint32_t at, uint32_t end)
{
    if (end - at > CLOSING_MAX) return false;
    if (is_time(text, at, end)) return true;
    if (starts(text, at, end, "end")) {
        at += 3;
        while (at < end && (text[at] == ' ' || text[at] == ':')) at++;
        return at == end || is_time(text, at, end);
    }
    if (end - at == 3 && starts(text, at, end, "q&a")) return true;
    if (end - at < 24 && starts(text, at, end, "questions and answers")) return true;
    for (; at < end; at++) {
        if (!strchr("#*-_ 30END()", text[at])) return false;
    }
    return true;
}

uint32_t speech_end(const struct plain *p, uint32_t begin, uint32_t end)
{
    while (end > begin) {
        while (end > begin && (p->text[end - 1] == '\n' || p->text[end - 1] == ' ')) end--;
        uint32_t line = end, last = begin; /* a longer line closes nothing, however long it is */
        if (end - begin > CLOSING_MAX) last = end - CLOSING_MAX - 1;
        while (line > last && p->text[line - 1] != '\n') line--;
        if (line == begin || !is_closing(p->text, line, end)) break;
        end = line;
    }
    return end;
}
