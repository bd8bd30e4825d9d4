/*
 * plain.c - see plain.h: encodings, front matter, lines and Markdown.
 *
 * One pass over the file. Within a line everything that is only letters is
 * copied in runs; the lines themselves are looked at by how they begin.
 */
#include "read/plain.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "read/dates.h"
#include "read/front.h"
#include "read/html.h"
#include "read/pour.h"
#include "read/read.h"

enum { LINK_TEXT_MAX = 600, LINK_URL_MAX = 2000, CUE_MAX = 16 };

struct scan {
    struct pour p;
    uint32_t end;
    uint32_t next_lf, next_cr;     /* the next one from here on, or end: found once */
    uint32_t link_close, link_end; /* of the link that was opened: its ] and behind its ) */
    bool list;                     /* the line before was of a list, or announces one */
    bool table;
    uint32_t skip_to, insert_close; /* behind the "[" of a correction; its "]" */
    bool clocked;                   /* captions: a time stands before each line */
    uint8_t classes[256];
};

/* --- lines --- */

static bool blank_byte(char c)
{
    return c == ' ' || c == '\t' || c == '\f' || c == '\v';
}

/* White space or nothing visible of more than one byte at `at`; its length, or 0. */
static uint32_t blank_wide(const char *in, uint32_t at, uint32_t end)
{
    const unsigned char *s = (const unsigned char *)in + at;
    if (end - at >= 2 && s[0] == 0xc2 && (s[1] == 0xa0 || s[1] == 0xad)) return 2;
    if (end - at < 3) return 0;
    if (s[0] == 0xe2 && s[1] == 0x80 && (s[2] <= 0x8f || (s[2] >= 0xa8 && s[2] <= 0xaf))) return 3;
    if (s[0] == 0xe2 && s[1] == 0x81 && s[2] >= 0x9f && s[2] <= 0xaf) return 3;
    return (s[0] == 0xe3 && s[1] == 0x80 && s[2] == 0x80) ||
                   (s[0] == 0xef && s[1] == 0xbb && s[2] == 0xbf)
               ? 3
               : 0;
}

static uint32_t skip_blank(const char *in, uint32_t at, uint32_t end)
{
    while (at < end) {
        uint32_t wide = blank_byte(in[at]) ? 1 : blank_wide(in, at, end);
        if (!wide) break;
        at += wide;
    }
    return at;
}

static uint32_t trim_blank(const char *in, uint32_t at, uint32_t end)
{
    while (end > at) {
        if (blank_byte(in[end - 1]))
            end--;
        else if (end - at >= 2 && blank_wide(in, end - 2, end) == 2)
            end -= 2;
        else if (end - at >= 3 && blank_wide(in, end - 3, end) == 3)
            end -= 3;
        else
            break;
    }
    return end;
}

/* Where the line at `at` ends; *next is where the one behind it begins. */
static uint32_t line_end(struct scan *s, uint32_t at, uint32_t *next)
{
    const char *in = s->p.in;
    if (s->next_lf < at) {
        const char *lf = memchr(in + at, '\n', s->end - at);
        s->next_lf = lf ? (uint32_t)(lf - in) : s->end;
    }
    if (s->next_cr < at) {
        const char *cr = memchr(in + at, '\r', s->end - at);
        s->next_cr = cr ? (uint32_t)(cr - in) : s->end;
    }
    uint32_t end = s->next_lf < s->next_cr ? s->next_lf : s->next_cr;
    *next = end < s->end ? end + 1 : end;
    if (end == s->next_cr && end < s->end && s->next_lf == end + 1) *next = end + 2;
    return end;
}

/* --- how lines begin --- */

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool punctuation(char c)
{
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
           (c >= '{' && c <= '~');
}

/* Behind a time of day or of a recording ("0:15", "00:01:02,500") at `at`, or `at`. */
static uint32_t clock_at(const char *in, uint32_t at, uint32_t end)
{
    uint32_t i = at, parts = 0;
    for (;;) {
        uint32_t from = i;
        while (i < end && digit(in[i]) && i - from < 3) i++;
        if (i == from) return at;
        parts++;
        if (i >= end || in[i] != ':' || parts == 3) break;
        i++;
    }
    if (parts < 2) return at;
    if (i + 1 < end && (in[i] == ',' || in[i] == '.') && digit(in[i + 1])) {
        for (i++; i < end && digit(in[i]);) i++;
    }
    return i;
}

/* Whether the line is a cue's time or a time alone, as captions have them. */
static bool is_cue_time(const char *in, uint32_t at, uint32_t end)
{
    bool bracket = at < end && (in[at] == '[' || in[at] == '(');
    uint32_t i = clock_at(in, at + bracket, end);
    if (i == at + bracket) return false;
    if (bracket && i < end && (in[i] == ']' || in[i] == ')')) i++;
    i = skip_blank(in, i, end);
    return i == end || (end - i > 3 && !memcmp(in + i, "-->", 3));
}

/* Whether the line is a cue's number: the next one is its time. */
static bool is_cue_number(struct scan *s, uint32_t at, uint32_t end, uint32_t next)
{
    if (end - at > CUE_MAX) return false;
    for (uint32_t i = at; i < end; i++) {
        if (!digit(s->p.in[i])) return false;
    }
    uint32_t limit = s->end - next > 40 ? next + 40 : s->end, i = next;
    while (i < limit && s->p.in[i] != '\n') i++;
    const char *in = s->p.in;
    uint32_t clock = clock_at(in, next, i);
    clock = skip_blank(in, clock, i);
    return clock > next && i - clock > 3 && !memcmp(in + clock, "-->", 3);
}

/* A line of only these, three at least: a rule, or the underlining of a heading. */
static bool is_rule(const char *in, uint32_t at, uint32_t end)
{
    char c = in[at];
    if (end - at < 3 || (c != '-' && c != '=' && c != '*' && c != '_' && c != '|' && c != '+'))
        return false;
    for (uint32_t i = at; i < end; i++) {
        if (in[i] != c &&
            !(strchr("-=:|+ ", in[i]) && (c == '|' || c == '+' || c == '-' || in[i] == ' ')))
            return false;
    }
    return true;
}

/* The length of a bullet that is one in any place ("•", "▪", "·"...), or 0. */
static uint32_t bullet_glyph(const char *in, uint32_t at, uint32_t end)
{
    static const char *const glyphs[] = {"•", "‣", "◦", "●", "○", "▪", "■", "·", "\xef\x82\xb7"};
    if ((unsigned char)in[at] < 0x80) return 0;
    for (size_t i = 0; i < sizeof glyphs / sizeof *glyphs; i++) {
        uint32_t n = (uint32_t)strlen(glyphs[i]);
        if (end - at >= n && !memcmp(in + at, glyphs[i], n)) return n;
    }
    return 0;
}

/* The length of a dash or star that begins an item if white space follows it, or 0. */
static uint32_t bullet_dash(const struct scan *s, uint32_t at, uint32_t end)
{
    const char *in = s->p.in;
    uint32_t n = in[at] == '-' || in[at] == '*' || in[at] == '+' ? 1 : 0;
    if (!n && end - at > 3 && !memcmp(in + at, "–", 3)) n = 3;
    if (!n || at + n >= end || skip_blank(in, at + n, end) == at + n) return 0;
    return s->p.breaks == 2 || s->p.len == 0 || s->list ? n : 0;
}

/* Behind the time of a recording at `at` of a line, "00:07And then"; `at` where none is. */
static uint32_t behind_clock(const char *in, uint32_t at, uint32_t end)
{
    uint32_t clock = clock_at(in, at, end), text = skip_blank(in, clock, end);
    bool letter = text < end && !digit(in[text]) && !punctuation(in[text]);
    return clock > at && text < end && (letter || text > clock) ? text : at;
}

/* Captions with their times before them: this line's, and the next one's as well. */
static uint32_t skip_clock(struct scan *s, uint32_t at, uint32_t end)
{
    const char *in = s->p.in;
    uint32_t text = digit(in[at]) ? behind_clock(in, at, end) : at, next = end;
    if (text == at) return at;
    while (next < s->end && (in[next] == '\n' || in[next] == '\r' || blank_byte(in[next]))) next++;
    uint32_t limit = s->end - next > CUE_MAX ? next + CUE_MAX : s->end;
    bool follows = next < s->end && digit(in[next]) && clock_at(in, next, limit) > next;
    s->clocked = s->clocked || follows;
    return s->clocked ? text : at;
}

/* Take off "> ", ">> ", "# ", and a recording's time, in brackets or not. */
static uint32_t skip_prefix(struct scan *s, uint32_t at, uint32_t end, bool *heading)
{
    const char *in = s->p.in;
    while (at < end && in[at] == '>') at = skip_blank(in, at + 1, end);
    uint32_t hashes = at;
    while (hashes < end && in[hashes] == '#' && hashes - at < 6) hashes++;
    if (hashes > at && hashes < end && blank_byte(in[hashes])) {
        *heading = true;
        at = skip_blank(in, hashes, end);
    }
    if (at < end && in[at] == '[') {
        uint32_t clock = clock_at(in, at + 1, end);
        if (clock > at + 1 && clock < end && in[clock] == ']') {
            at = skip_blank(in, clock + 1, end);
        }
    }
    return at < end ? skip_clock(s, at, end) : at;
}

/* Pour the bullet at `at` if there is one; where the item's text begins. */
static uint32_t bullet(struct scan *s, uint32_t at, uint32_t end)
{
    uint32_t n = bullet_glyph(s->p.in, at, end);
    if (!n) n = bullet_dash(s, at, end);
    if (!n) {
        if (s->p.breaks == 2) s->list = false;
        return at;
    }
    s->list = true;
    uint32_t text = skip_blank(s->p.in, at + n, end);
    if (text < end) pour_char(&s->p, "* ", 2, at, n);
    return text;
}

/* --- within a line --- */

/* A link's text begins at `[`: note where it closes and where its address ends. */
static bool open_link(struct scan *s, uint32_t at)
{
    const char *in = s->p.in;
    uint32_t limit = s->end - at > LINK_TEXT_MAX ? at + LINK_TEXT_MAX : s->end, i = at + 1;
    while (i < limit && in[i] != ']' && in[i] != '[') i += in[i] == '\\' ? 2 : 1;
    if (i + 1 >= limit || in[i] != ']' || in[i + 1] != '(') return false;
    uint32_t close = i;
    limit = s->end - close > LINK_URL_MAX ? close + LINK_URL_MAX : s->end;
    for (i = close + 2; i < limit && in[i] != ')'; i++) {
        if (in[i] == '\n' || in[i] == '[' || in[i] == ' ') return false;
    }
    if (i >= limit) return false;
    s->link_close = close;
    s->link_end = i + 1;
    return true;
}

static bool word_byte(char c)
{
    return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* Stars, underscores or tildes at `at`: marks that are left out, or text. */
static uint32_t emphasis(struct scan *s, uint32_t at, uint32_t end)
{
    const char *in = s->p.in;
    uint32_t n = 1;
    while (at + n < end && in[at + n] == in[at]) n++;
    bool left = !pour_at_line_start(&s->p) && !s->p.space && word_byte(s->p.text[s->p.len - 1]);
    bool right = at + n < end && word_byte(in[at + n]);
    bool left_open = pour_at_line_start(&s->p) || s->p.space || s->p.text[s->p.len - 1] == ' ';
    bool right_open = at + n >= end || blank_byte(in[at + n]);
    bool text = in[at] == '~'   ? n != 2
                : in[at] == '_' ? (left && right) || n > 2
                : n > 3         ? true
                : n >= 2        ? false
                                : (left && right) || (left_open && right_open);
    if (text) {
        for (uint32_t i = 0; i < n; i++) pour_char(&s->p, in + at, 1, at + i, 1);
    }
    return at + n;
}

/* Behind "needle" in [at, end), or 0; a paragraph does not end on the way. */
static uint32_t behind_text(const char *in, uint32_t at, uint32_t end, const char *needle)
{
    uint32_t n = (uint32_t)strlen(needle);
    for (; at + n <= end; at++) {
        if (!memcmp(in + at, needle, n)) return at + n;
        if (in[at] == '\n' && skip_blank(in, at + 1, end) < end &&
            in[skip_blank(in, at + 1, end)] == '\n')
            return 0;
    }
    return 0;
}

/* "<s>$300</s> \[$30\] million": behind the "[" of what was put for what is struck out; else 0. */
static uint32_t struck(struct scan *s, uint32_t at)
{
    const char *in = s->p.in;
    uint32_t limit = s->end - at > LINK_TEXT_MAX ? at + LINK_TEXT_MAX : s->end, close;
    if (limit - at < 3 || memcmp(in + at, "<s>", 3) != 0) return 0;
    uint32_t i = behind_text(in, at + 3, limit, "</s>");
    if (!i) return 0;
    i = skip_blank(in, i, limit);
    if (i < limit && in[i] == '\n') i = skip_blank(in, i + 1, limit);
    if (i < limit && in[i] == '\\') i++;
    if (i >= limit || in[i] != '[') return 0;
    close = behind_text(in, ++i, limit, "]");
    if (!close) return 0;
    s->insert_close = in[close - 2] == '\\' ? close - 2 : close - 1;
    return i;
}

/* One of the characters that mean something in Markdown, at `at`; where to go on. */
static uint32_t special(struct scan *s, uint32_t at, uint32_t end)
{
    struct pour *p = &s->p;
    uint32_t next = at;
    switch (p->in[at]) {
    case '\\':
        if (at == s->insert_close && at > 0) return at + 2;
        if (at + 1 == end) return end;
        if (!punctuation(p->in[at + 1])) break;
        pour_char(p, p->in + at + 1, 1, at, 2);
        return at + 2;
    case '!':
        if (at + 1 < end && p->in[at + 1] == '[' && open_link(s, at + 1)) {
            next = s->link_end < end ? s->link_end : end; /* a picture */
        }
        break;
    case '[':
        if (open_link(s, at)) next = at + 1;
        break;
    case ']':
        if (at == s->link_close && s->link_end <= end) next = s->link_end;
        if (at == s->insert_close && at > 0) return at + 1;
        break;
    case '<':
        s->skip_to = struck(s, at);
        next = s->skip_to;
        if (next >= end) return end;
        if (next && p->in[next] > ' ' && !punctuation(p->in[next])) { /* it begins with the tag */
            pour_char(p, p->in + next, 1, at, next + 1 - at);
            return next + 1;
        }
        if (next) return next;
        next = html_inline(p, at, end);
        break;
    case '&': next = html_entity(p, at, end); break;
    case '|':
        if (!s->table) break;
        pour_break(p, 1, at);
        next = skip_blank(p->in, at + 1, end);
        break;
    default: return emphasis(s, at, end);
    }
    if (next == at) pour_char(p, p->in + at, 1, next++, 1);
    return next;
}

static void pour_line(struct scan *s, uint32_t at, uint32_t end)
{
    while ((at = pour_text(&s->p, at, end, s->classes)) < end) at = special(s, at, end);
}

/* A line of text, its white space already off. */
static void line(struct scan *s, uint32_t at, uint32_t end)
{
    bool heading = false;
    at = skip_prefix(s, at, end, &heading);
    if (at == end) return;
    bool row = s->p.in[at] == '|' && s->p.in[end - 1] == '|' && end - at > 2;
    if (heading || row || s->table) pour_break(&s->p, 2, at);
    s->table = row;
    uint32_t text = row ? skip_blank(s->p.in, at + 1, end) : bullet(s, at, end);
    pour_line(s, text, end);
    s->table = row;
    if (heading) pour_break(&s->p, 2, end);
    if (s->p.in[end - 1] == ':') s->list = true;
}

static void pour_lines(struct scan *s, uint32_t at)
{
    const char *in = s->p.in;
    uint32_t next;
    for (; at < s->end; at = next) {
        uint32_t stop = line_end(s, at, &next);
        uint32_t from = skip_blank(in, at, stop), end = trim_blank(in, from, stop);
        if (from < s->skip_to) from = s->skip_to < end ? s->skip_to : end;
        if (from == end) {
            pour_break(&s->p, 2, stop);
        } else if (is_cue_time(in, from, end) || is_cue_number(s, from, end, next)) {
            s->p.breaks = s->p.breaks ? 1 : 0; /* the cue goes on with the one before */
        } else if (is_rule(in, from, end)) {
            pour_break(&s->p, 2, stop);
        } else {
            line(s, from, end);
            pour_break(&s->p, 1, stop);
        }
    }
}

/* Behind the header of WebVTT captions, which ends at the first empty line. */
static uint32_t skip_webvtt(const char *in, uint32_t at, uint32_t end)
{
    if (end - at < 6 || memcmp(in + at, "WEBVTT", 6) != 0) return at;
    for (uint32_t i = at; i + 1 < end; i++) {
        if (in[i] == '\n' && (in[i + 1] == '\n' || in[i + 1] == '\r')) return i + 1;
    }
    return at;
}

static void pour_markdown(struct scan *s, uint32_t at)
{
    at = skip_webvtt(s->p.in, at, s->end);
    static const char stops[] = "\\*_~[]!<&|";
    pour_classes(s->classes);
    for (const char *c = stops; *c; c++) s->classes[(unsigned char)*c] = POUR_STOP;
    s->link_close = UINT32_MAX;
    if (at) {
        s->next_lf = s->next_cr = at - 1;
    } else {
        const char *lf = memchr(s->p.in, '\n', s->end), *cr = memchr(s->p.in, '\r', s->end);
        s->next_lf = lf ? (uint32_t)(lf - s->p.in) : s->end;
        s->next_cr = cr ? (uint32_t)(cr - s->p.in) : s->end;
    }
    pour_lines(s, at);
}

/* --- the document --- */

static enum rc check(const char *bytes, size_t len, struct err *err)
{
    const unsigned char *s = (const unsigned char *)bytes;
    if (len > READ_BYTES_MAX) return fail(err, RC_INPUT, "the document is larger than 1 GiB");
    bool utf16 = len >= 2 && ((s[0] == 0xff && s[1] == 0xfe) || (s[0] == 0xfe && s[1] == 0xff));
    if (utf16) return fail(err, RC_INPUT, "the document is UTF-16; save it as UTF-8 first");
    if (len >= 5 && !memcmp(bytes, "%PDF-", 5)) {
        return fail(err, RC_INPUT, "the document is a PDF; save its text first");
    }
    const char *nul = len ? memchr(bytes, 0, len) : NULL;
    if (!nul) return RC_OK;
    return fail(err, RC_INPUT, "the document is no text: byte %zu is zero", (size_t)(nul - bytes));
}

static const char *day_of(struct arena *a, const char *text)
{
    return text ? date_in(a, text, (uint32_t)strlen(text)) : NULL;
}

enum rc plain_make(struct arena *a, const char *bytes, size_t len, struct plain *out,
                   struct err *err)
{
    enum rc rc = check(bytes, len, err);
    if (rc) return rc;
    struct html_head head = {0};
    struct scan s = {.p = {.arena = a, .in = bytes, .in_len = (uint32_t)len}, .end = (uint32_t)len};
    uint32_t at = len >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3) ? 3 : 0;
    at = front_matter(a, bytes, at, s.end, &head);
    s.p.room = s.end - at + 64;
    s.p.text = NEW_ARRAY(a, s.p.room, char);
    if (html_sniff(bytes + at, len - at))
        html_pour(&s.p, at, s.end, &head);
    else
        pour_markdown(&s, at);
    *out = (struct plain){.title = head.title, .address = head.address};
    if (head.published) out->published = instant_in(a, head.published);
    out->date = day_of(a, head.date);
    if (!out->date) out->date = day_of(a, head.published);
    pour_end(&s.p, out);
    return RC_OK;
}

const char *plain_utf8(struct arena *a, const char *bytes, size_t len)
{
    assert(len <= READ_BYTES_MAX);
    if (text_is_utf8(bytes, len)) return arena_bytes(a, bytes, len);
    char *text = NEW_ARRAY(a, len * 3 + 1, char);
    uint32_t n = 0;
    for (uint32_t at = 0; at < len;) {
        uint32_t point = pour_next(bytes, (uint32_t)len, &at);
        if (point) n += pour_utf8(point, text + n);
    }
    return text;
}

/* The last anchor at or before the text byte. */
static const struct anchor *anchor_at(const struct plain *p, uint32_t at)
{
    uint32_t low = 0, high = p->anchor_count;
    while (high - low > 1) {
        uint32_t mid = low + (high - low) / 2;
        if (p->anchors[mid].text <= at)
            low = mid;
        else
            high = mid;
    }
    return &p->anchors[low];
}

size_t plain_file(const struct plain *p, uint32_t at)
{
    assert(at <= p->len);
    if (at == p->len) return plain_file_end(p, at);
    const struct anchor *x = anchor_at(p, at);
    return (size_t)(at - x->text) + x->file;
}

size_t plain_file_end(const struct plain *p, uint32_t end)
{
    assert(end <= p->len);
    if (end == 0 || p->anchor_count == 0) return 0;
    const struct anchor *x = anchor_at(p, end), *last = p->anchors + p->anchor_count;
    if (x->text == end && x < last) return x->before;
    x = anchor_at(p, end - 1);
    return (size_t)(end - 1 - x->text) + x->file + 1;
}
