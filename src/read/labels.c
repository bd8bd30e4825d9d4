/*
 * labels.c - see labels.h.
 *
 * A label is read as a row of words: honorifics, then an office (up to its
 * last head, with "of Defence" and "for Strategic Communications" behind it),
 * then a name. What is left over makes it no label.
 */
#include "read/labels.h"

#include <string.h>

#include "base/text.h"
#include "names/names.h"
#include "read/offices.h"

enum { WORDS_MAX = 24, NAME_WORDS_MAX = 6 };

struct piece {
    const char *text;
    uint32_t len;
    unsigned sorts;
    bool comma; /* one stands before it */
};

struct pieces {
    struct piece at[WORDS_MAX];
    uint32_t count;
};

static bool upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool small(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A character of a word; a dash of its own is none. */
static bool word_char(const char *text, uint32_t at, uint32_t end)
{
    unsigned char c = (unsigned char)text[at];
    if (upper((char)c) || small((char)c) || digit((char)c)) return true;
    if (c == '.' || c == '\'' || c == '-' || c == '/' || c == '&' || c == '#' || c == '+')
        return true;
    return c >= 0x80 && !(end - at >= 3 && !memcmp(text + at, "\xe2\x80\x94", 3));
}

static bool capital(const struct piece *w)
{
    unsigned char c = (unsigned char)*w->text;
    return upper((char)c) || c >= 0x80;
}

static bool may_be_label_word(const char *word, uint32_t len, bool first)
{
    char c = *word;
    if (len > 5 && word[len - 1] == '.' && !memchr(word, '.', len - 1)) return false;
    if (small(c)) {
        if (first) return false;
        return (office_word(word, len) & ~(unsigned)OFFICE_NEVER) != 0 ||
               (len > 2 && upper(word[2]));
    }
    return !digit(c) || !first;
}

/* Behind the bracket that opens at `at`, or 0. */
static uint32_t bracket_end(const char *text, uint32_t at, uint32_t end)
{
    char close = text[at] == '(' ? ')' : ']';
    for (uint32_t i = at + 1; i < end && text[i] != '\n'; i++) {
        if (text[i] == close) return i + 1;
        if (text[i] == '(' || text[i] == '[') return 0;
    }
    return 0;
}

/* Where the words at `at` that could be a label end: at a colon or at `end`; 0 if they do not. */
static uint32_t label_words(const char *text, uint32_t at, uint32_t end)
{
    uint32_t words = 0, i = at;
    while (i < end && text[i] != ':') {
        char c = text[i];
        if (c == ' ' || (c == ',' && words)) {
            i++;
        } else if ((c == '(' || c == '[') && words) {
            i = bracket_end(text, i, end);
            if (!i) return 0;
        } else {
            uint32_t from = i;
            while (i < end && word_char(text, i, end)) i++;
            if (i == from || !may_be_label_word(text + from, i - from, words == 0)) return 0;
            if (++words > WORDS_MAX) return 0;
        }
    }
    return words ? i : 0;
}

uint32_t label_colon(const char *text, uint32_t at, uint32_t end)
{
    if (end - at > LABEL_BYTES_MAX) end = at + LABEL_BYTES_MAX;
    if (end == at || !memchr(text + at, ':', end - at)) return 0;
    uint32_t colon = label_words(text, at, end);
    if (!colon || colon == end || text[colon] != ':') return 0;
    return colon + 1 < end && digit(text[colon + 1]) ? 0 : colon;
}

bool label_line(const char *text, uint32_t at, uint32_t end)
{
    return end - at <= LABEL_BYTES_MAX && label_words(text, at, end) == end && text[end - 1] != ':';
}

/* --- words to office and name --- */

static void cut_words(const char *text, uint32_t at, uint32_t end, struct pieces *out)
{
    bool comma = false;
    out->count = 0;
    while (at < end && out->count < WORDS_MAX) {
        uint32_t from = at;
        while (at < end && word_char(text, at, end)) at++;
        if (at > from) {
            out->at[out->count++] =
                (struct piece){text + from, at - from, office_word(text + from, at - from), comma};
            comma = false;
        } else {
            if (text[at] != ' ') comma = true; /* also where another line of a heading begins */
            for (at++; at < end && ((unsigned char)text[at] & 0xc0) == 0x80;) at++;
        }
    }
}

static const char *words_text(struct arena *a, const struct piece *from, const struct piece *to)
{
    if (from == to) return NULL;
    const char *end = to[-1].text + to[-1].len;
    return text_squeeze(a, arena_bytes(a, from->text, (size_t)(end - from->text)));
}

static bool is(const struct piece *w, const char *lower)
{
    uint32_t i = 0;
    for (; i < w->len && lower[i]; i++) {
        char c = upper(w->text[i]) ? (char)(w->text[i] + 32) : w->text[i];
        if (c != lower[i]) return false;
    }
    return i == w->len && !lower[i];
}

/* Whether the words [from, to) are a country; at most three. */
static uint32_t country(struct arena *a, const struct piece *from, const struct piece *to)
{
    for (uint32_t n = to - from > 3 ? 3 : (uint32_t)(to - from); n > 0; n--) {
        const char *name = words_text(a, from, from + n);
        if (capital(from) && strlen(name) > 3 && names_party(name)) return n;
    }
    return 0;
}

enum {
    OFFICE_BODY =
        OFFICE_HEAD | OFFICE_RANK | OFFICE_NOBODY | OFFICE_ASKS | OFFICE_CALLS | OFFICE_SPEAKS,
    OFFICE_ANY = OFFICE_BODY | OFFICE_PART,
};

static bool suffix(const struct piece *w)
{
    return is(w, "jr") || is(w, "jr.") || is(w, "sr") || is(w, "sr.") || is(w, "ii") ||
           is(w, "iii") || is(w, "iv");
}

/* A word that can stand in a name. */
static bool name_word(const struct piece *w)
{
    if (w->sorts & OFFICE_PARTICLE) return true;
    if (w->sorts & (OFFICE_ANY | OFFICE_NEVER | OFFICE_LINK | OFFICE_HONOUR) &&
        !(w->sorts & OFFICE_OUTLET))
        return false;
    if (!capital(w)) return false;
    for (uint32_t i = 0; i < w->len; i++) {
        if (digit(w->text[i]) || w->text[i] == '/' || w->text[i] == '&') return false;
    }
    return w->len < 2 || memcmp(w->text + w->len - 2, "'s", 2) != 0;
}

/* Behind the office that begins at `at` ("Secretary of State for Defence"); `at` if none does. */
static const struct piece *office_end(struct arena *a, const struct piece *at,
                                      const struct piece *to, unsigned *sorts)
{
    const struct piece *head = NULL;
    for (const struct piece *w = at; w < to && !(w > at && w->comma); w++) {
        if (w->sorts & OFFICE_BODY) head = w;
        if (!(w->sorts & OFFICE_BODY)) continue;
        *sorts |= w->sorts & OFFICE_BODY;
    }
    if (!head) return at;
    const struct piece *w = head + 1;
    while (w < to && !w->comma && w->sorts & OFFICE_LINK && !(w->sorts & OFFICE_PARTICLE)) {
        const struct piece *x = w + 1;
        while (x < to && !x->comma && x->sorts & OFFICE_LINK) x++;
        const struct piece *from = x;
        while (x < to && !x->comma) {
            uint32_t n = country(a, x, to);
            if (!n && !(x->sorts & OFFICE_ANY)) break;
            x += n ? n : 1;
        }
        if (x == from && x < to && capital(x)) x++;
        if (x == from) break;
        w = x;
    }
    while (w < to && !w->comma &&
           (digit(*w->text) || *w->text == '#' || is(w, "number") || is(w, "one") || is(w, "two") ||
            is(w, "three") || is(w, "four") || is(w, "five")))
        w++;
    return w;
}

/* Behind the name that begins at `at`; `at` if none does. */
static const struct piece *name_end(const struct piece *at, const struct piece *to)
{
    const struct piece *w = at;
    while (w < to && (w == at || !w->comma) && w - at < NAME_WORDS_MAX && name_word(w)) w++;
    while (w > at && w[-1].sorts & OFFICE_PARTICLE) w--;
    if (w > at && w < to && suffix(w)) w++;
    return w;
}

static uint32_t name_words(const struct piece *from, const struct piece *to)
{
    uint32_t n = 0;
    for (; from < to; from++) n += !(from->sorts & OFFICE_PARTICLE) && !suffix(from);
    return n;
}

static bool all_capitals(const struct piece *from, const struct piece *to)
{
    uint32_t letters = 0;
    for (; from < to; from++) {
        for (uint32_t i = 0; i < from->len; i++) {
            if (small(from->text[i]) && !(i == 1 && from->len > 3)) return false;
            letters += upper(from->text[i]);
        }
    }
    return letters > 1;
}

static bool has_outlet(const struct piece *from, const struct piece *to)
{
    for (; from < to; from++) {
        if (from->sorts & OFFICE_OUTLET) return true;
    }
    return false;
}

/* What follows a name behind a comma or in brackets: an office, an outlet, or a stage direction. */
static void add_aside(struct arena *a, const char *text, uint32_t at, uint32_t end,
                      bool behind_comma, struct called *out)
{
    static const char *const stage[] = {"as",          "via",
                                        "through",     "in",
                                        "off",         "off-mic",
                                        "inaudible",   "speaking",
                                        "cont'd",      "continued",
                                        "continuing",  "interpreted",
                                        "translated",  "interpretation",
                                        "translation", "by",
                                        "on",          "cont",
                                        "from",        NULL};
    struct pieces p;
    unsigned sorts = 0;
    cut_words(text, at, end, &p);
    if (!p.count || digit(*p.at[0].text)) return;
    for (const char *const *s = stage; *s; s++) {
        if (is(&p.at[0], *s)) return;
    }
    for (uint32_t i = 0; i < p.count; i++) sorts |= p.at[i].sorts & OFFICE_BODY;
    const char *said = words_text(a, p.at, p.at + p.count);
    enum { STRANGERS = OFFICE_ASKS | OFFICE_CALLS | OFFICE_NOBODY };
    bool name = behind_comma && out->role && !out->name && !(out->sorts & STRANGERS) &&
                p.count > 1 && !has_outlet(p.at, p.at + p.count) &&
                name_end(p.at, p.at + p.count) == p.at + p.count;
    if (name) { /* "Prime Minister of Sweden, Ulf Kristersson" */
        out->name = said;
        out->words = name_words(p.at, p.at + p.count);
        if (all_capitals(p.at, p.at + p.count)) out->name = label_ordinary(a, said);
    } else if (sorts && !out->role) {
        out->role = said;
        out->sorts |= sorts;
    } else if (!sorts && !out->outlet) {
        out->outlet = said;
    }
}

/* The words before any bracket or comma; false when they call nobody. */
static bool read_core(struct arena *a, const struct piece *at, const struct piece *to,
                      struct called *out)
{
    const struct piece *from = at;
    if (at->sorts & OFFICE_NEVER && !(at->sorts & ~(unsigned)OFFICE_NEVER)) return false;
    while (at < to && (at->sorts & OFFICE_HONOUR || (is(at, "the") && at == from))) {
        out->honour |= (at->sorts & OFFICE_HONOUR) != 0;
        at++;
    }
    if (at == to || at->sorts & OFFICE_LINK) return false;
    const struct piece *office = at;
    if (!out->honour || to - at > 1) at = office_end(a, at, to, &out->sorts);
    if (at > office) {
        out->role = words_text(a, office, at);
        while (at < to && at->sorts & OFFICE_HONOUR) at++;
    } else if (out->honour && to - at == 1 && at->sorts & OFFICE_ANY && !capital(at)) {
        return false;
    }
    const struct piece *name = at;
    at = name_end(at, to);
    if (at == name && out->honour && at < to) at = to; /* "MR. PRICE", "MS. POWER" */
    if (at != to) return false;
    bool station = !out->honour && !out->role && has_outlet(name, at);
    if (station)
        out->outlet = words_text(a, name, at);
    else
        out->name = words_text(a, name, at);
    out->words = name_words(name, at);
    out->capitals = all_capitals(from, to);
    if (out->name && all_capitals(name, at)) out->name = label_ordinary(a, out->name);
    return out->name || out->role || out->outlet;
}

/* "Mr. President", "Madam Secretary": said to somebody, not a label. */
static bool is_address(const struct piece *at, const struct piece *to)
{
    if (!(at->sorts & OFFICE_HONOUR)) return false;
    for (at++; at < to; at++) {
        if (!(at->sorts & OFFICE_HEAD)) return false;
    }
    return true;
}

static enum label_weight weigh(const struct called *c)
{
    enum { NOBODY = OFFICE_NOBODY | OFFICE_ASKS | OFFICE_CALLS | OFFICE_SPEAKS };
    if (c->honour && c->name) return LABEL_STRONG;
    if (c->role && c->name) return LABEL_STRONG;
    if (c->name && c->outlet) return LABEL_STRONG;
    if (c->capitals && c->role) return LABEL_STRONG;
    if (c->role && c->outlet) return LABEL_STRONG;
    if (c->role)
        return c->sorts & (NOBODY & ~(unsigned)OFFICE_NOBODY) || !(c->sorts & OFFICE_NOBODY)
                   ? LABEL_MEDIUM
                   : LABEL_WEAK;
    return c->capitals || c->outlet ? LABEL_MEDIUM : LABEL_WEAK;
}

static bool starts_fold(const char *text, const char *lower)
{
    for (; *lower; lower++, text++) {
        if ((upper(*text) ? *text + 32 : *text) != *lower) return false;
    }
    return true;
}

struct called label_read(struct arena *a, const char *text, uint32_t at, uint32_t colon)
{
    struct called out = {0};
    uint32_t core = at;
    while (core < colon && text[core] != '(' && text[core] != '[' && text[core] != ',') core++;
    struct pieces p;
    cut_words(text, at, core, &p);
    bool outlet = core < colon && text[core] != ',';
    for (uint32_t i = 0; i < p.count && outlet && p.count > 1; i++) {
        if (p.at[i].sorts == OFFICE_NEVER) p.at[i].sorts = 0; /* "Step Vaessen (Al Jazeera)" */
    }
    if (!p.count || is_address(p.at, p.at + p.count)) return out;
    if (!read_core(a, p.at, p.at + p.count, &out)) return (struct called){0};
    while (core < colon) {
        char c = text[core];
        uint32_t from = core + 1, end = from;
        if (c == ',') {
            while (end < colon && text[end] != ',' && text[end] != '(' && text[end] != '[') end++;
            struct pieces tail;
            cut_words(text, from, end, &tail);
            if (tail.count == 1 && suffix(tail.at) && out.name) {
                out.name = text_format(a, "%s, %s", out.name, words_text(a, tail.at, tail.at + 1));
            } else if (tail.count && !capital(tail.at) && !(tail.at->sorts & OFFICE_ANY)) {
                return (struct called){0};
            } else {
                add_aside(a, text, from, end, true, &out);
            }
            core = end;
        } else if (c == '(' || c == '[') {
            end = bracket_end(text, core, colon);
            add_aside(a, text, from, end - 1, false, &out);
            core = end;
        } else {
            core++;
        }
    }
    out.weight = weigh(&out);
    bool word = out.role && (starts_fold(out.role, "question") || starts_fold(out.role, "answer"));
    if (word) out.role = NULL; /* says what it is, and not who */
    return out;
}

/* --- headings --- */

/* The words before a head that belong to the same office: "NATO", "Deputy Prime". */
static const struct piece *office_begin(const struct piece *head, const struct piece *from)
{
    while (head > from && !head->comma && capital(head - 1) &&
           head[-1].sorts & (OFFICE_PART | OFFICE_BODY))
        head--;
    return head;
}

static void keep_called(struct arena *a, const struct piece *office, const struct piece *behind,
                        const struct piece *name, const struct piece *end, unsigned sorts,
                        struct called *out)
{
    *out = (struct called){.weight = LABEL_STRONG, .sorts = sorts};
    out->role = words_text(a, office, behind);
    out->name = words_text(a, name, end);
    out->words = name_words(name, end);
    if (out->name && all_capitals(name, end)) out->name = label_ordinary(a, out->name);
}

/* "Head of the Office of the President": an office that another is named after. */
static bool of_the(const struct piece *w, const struct piece *from)
{
    if (w - from < 2 || !is(w - 1, "the")) return false;
    return is(w - 2, "of") || is(w - 2, "to") || is(w - 2, "for");
}

/* A word of a headline that only looks like a name: "Previewing". */
static bool headline_word(const struct piece *w)
{
    return w->len > 5 && !memcmp(w->text + w->len - 3, "ing", 3);
}

uint32_t heading_read(struct arena *a, const char *heading, struct called out[CALLED_MAX])
{
    struct piece words[96];
    uint32_t count = 0, found = 0, len = (uint32_t)strlen(heading);
    for (uint32_t at = 0, next; at < len && count + WORDS_MAX <= 96; at = next) {
        struct pieces p;
        cut_words(heading, at, len, &p);
        if (!p.count) break;
        memcpy(words + count, p.at, p.count * sizeof *p.at);
        count += p.count;
        next = (uint32_t)(p.at[p.count - 1].text + p.at[p.count - 1].len - heading);
    }
    struct piece *to = words + count, *from = words;
    for (struct piece *w = words; w < to && found < CALLED_MAX; w++) {
        if (!(w->sorts & (OFFICE_HEAD | OFFICE_RANK)) || !capital(w)) continue;
        unsigned sorts = 0;
        const struct piece *office = office_begin(w, from);
        struct piece *stop = w + 1;
        while (stop < to && !stop->comma && stop->sorts & (OFFICE_BODY | OFFICE_PART)) stop++;
        while (stop > w && !(stop[-1].sorts & OFFICE_BODY)) stop--;
        struct piece *run = stop; /* the links of the office, but no other office */
        while (run < to && !run->comma && !is(run, "and") &&
               (!(run->sorts & OFFICE_BODY) || of_the(run, from)))
            run++;
        const struct piece *behind = office_end(a, office, run, &sorts);
        struct piece *name = words + (behind - words);
        while (name < to && name->sorts & OFFICE_HONOUR) name++;
        struct piece *end = name;
        while (end < to && (end == name || !end->comma) && end - name < 4) {
            bool owns = end->len > 3 && !memcmp(end->text + end->len - 2, "'s", 2);
            if (owns) end->len -= 2;
            if (!name_word(end) || headline_word(end)) break;
            end++;
            if (owns) break;
        }
        while (end > name && end[-1].sorts & OFFICE_PARTICLE) end--;
        if (end > name && end < to && suffix(end)) end++;
        if (name < to && name->comma && (end - name < 2 || name == behind + 1)) end = name;
        if (end == name && office > from && office->comma) {
            struct piece *last = words + (office - words), *first = last;
            while (first > from && name_word(first - 1) && !(first < last && first->comma)) first--;
            if (last - first >= 2) name = first, end = last;
        }
        keep_called(a, office, behind, name, end, sorts, &out[found++]);
        from = end > behind ? end : words + (behind - words);
        if (from > w) w = from - 1;
    }
    return found;
}

const char *label_ordinary(struct arena *a, const char *name)
{
    size_t len = strlen(name);
    char *out = NEW_ARRAY(a, len + 1, char);
    bool begins = true;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)name[i], before = i ? (unsigned char)name[i - 1] : ' ';
        out[i] = (char)c;
        if (before == ' ' || before == '-' || before == '\'' || before == '.') begins = true;
        if (!begins && upper((char)c)) out[i] = (char)(c + 32);
        if (!begins && before == 0xc3 && c >= 0x80 && c <= 0x9e && c != 0x97)
            out[i] = (char)(c + 32);
        bool paired = (before == 0xc4 && c != 0xb0) || before == 0xc5;
        if (!begins && paired && c < 0xb8 && c % 2 == (before == 0xc5 && c < 0x89 && c > 0x80))
            out[i] = (char)(c + 1);
        if (c < 0xc0) begins = false;
    }
    for (char *w = out; w && *w;) {
        size_t n = strcspn(w, " ");
        bool numeral = n > 1 && strspn(w, "Ii") == n;
        for (size_t i = 0; i < n && numeral; i++) w[i] = 'I';
        if ((office_word(w, (uint32_t)n) & OFFICE_PARTICLE) && upper(*w) && w[n])
            *w = (char)(*w + 32);
        w = w[n] ? w + n + 1 : NULL;
    }
    return out;
}
