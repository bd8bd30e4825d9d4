/*
 * words.c - text into words and sentences.
 *
 * One pass, no backtracking further than the word at hand. What a word is
 * follows the lexicon's needs and not a standard: see words.h.
 */
#include "read/words.h"

#include <string.h>

#include "read/eight.h"
#include "read/lexicon.h"

enum byte_class { B_LETTER, B_DIGIT, B_WIDE, B_SPACE, B_MARK };

/* What each byte is: a look instead of five comparisons. */
#define M B_MARK
#define S B_SPACE
#define D B_DIGIT
#define L B_LETTER
#define W B_WIDE
#define SIXTEEN(X) X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X
static const uint8_t byte_classes[256] = {
    M,          M,          M,          M,          M,          M,
    M,          M,          M,          S,          S,          M,
    M,          M,          M,          M,          SIXTEEN(M), /* tab, line feed */
    S,          M,          M,          M,          M,          M,
    M,          M,          M,          M,          M,          M,
    M,          M,          M,          M, /* space to / */
    D,          D,          D,          D,          D,          D,
    D,          D,          D,          D,          M,          M,
    M,          M,          M,          M, /* 0 to ? */
    M,          L,          L,          L,          L,          L,
    L,          L,          L,          L,          L,          L,
    L,          L,          L,          L, /* @ to O */
    L,          L,          L,          L,          L,          L,
    L,          L,          L,          L,          L,          M,
    M,          M,          M,          M, /* P to _ */
    M,          L,          L,          L,          L,          L,
    L,          L,          L,          L,          L,          L,
    L,          L,          L,          L, /* ` to o */
    L,          L,          L,          L,          L,          L,
    L,          L,          L,          L,          L,          M,
    M,          M,          M,          M, /* p on */
    SIXTEEN(W), SIXTEEN(W), SIXTEEN(W), SIXTEEN(W), SIXTEEN(W), SIXTEEN(W),
    SIXTEEN(W), SIXTEEN(W),
};
#undef M
#undef S
#undef D
#undef L
#undef W
#undef SIXTEEN

static inline enum byte_class class_of(char c)
{
    return (enum byte_class)byte_classes[(unsigned char)c];
}

/* Bytes of the UTF-8 character at p, and whether it is a symbol rather than a letter. */
static uint32_t wide_at(const char *p, uint32_t room, bool *symbol)
{
    unsigned char c = (unsigned char)*p;
    uint32_t len = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;
    if (len > room) len = room;
    /* U+0080..BF, and U+2000..2BFF: punctuation, currency, arrows, boxes. */
    *symbol = c == 0xC2 || (c == 0xE2 && len > 1 && (unsigned char)p[1] < 0xB0) || len == 1;
    return len;
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}
static bool is_letter(char c)
{
    return class_of(c) == B_LETTER;
}
static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Where the letters and digits of ASCII from `at` end: nearly all of nearly every word. */
static inline uint32_t plain_end(const char *t, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    while (end - i >= 8) {
        uint64_t others = eight_others(eight_at(t + i));
        if (others) return i + (uint32_t)__builtin_ctzll(others) / 8;
        i += 8;
    }
    while (i < end && class_of(t[i]) <= B_DIGIT) i++;
    return i;
}

/* Whether the word whose plain letters end at `stop` is not one with more behind them: "don't",
 * "U.S.". */
static inline bool ends_plainly(const char *t, uint32_t at, uint32_t stop, uint32_t end)
{
    if (stop == end) return true;
    char next = t[stop];
    return class_of(next) != B_WIDE && next != '\'' && (next != '.' || stop > at + 1);
}

/* Letters and digits from `at`, apostrophes between letters included; *quote is the first of those,
 * or the end. */
static uint32_t letters_end(const char *t, uint32_t at, uint32_t end, uint32_t *quote)
{
    uint32_t i = at, first = UINT32_MAX;
    for (;;) {
        i = plain_end(t, i, end);
        if (i == end) break;
        if (class_of(t[i]) == B_WIDE) {
            bool symbol;
            uint32_t len = wide_at(t + i, end - i, &symbol);
            if (symbol) break;
            i += len;
        } else if (t[i] == '\'' && i > at && i + 1 < end && is_letter(t[i + 1])) {
            if (first > i) first = i;
            i++;
        } else {
            break;
        }
    }
    *quote = first < i ? first : i;
    return i;
}

/* "1,000.5": separators only between digits, a comma only before three of them. */
static uint32_t digits_end(const char *t, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    while (i < end) {
        if (is_digit(t[i])) {
            i++;
        } else if (t[i] == '.' && i + 1 < end && is_digit(t[i + 1])) {
            i++;
        } else if (t[i] == ',' && i + 3 < end && is_digit(t[i + 1]) && is_digit(t[i + 2]) &&
                   is_digit(t[i + 3]) && !(i + 4 < end && is_digit(t[i + 4]))) {
            i++;
        } else {
            break;
        }
    }
    return i;
}

/* The end of "U.S." or "p.m.": single letters, each with its full stop, two at least; else 0. */
static uint32_t dotted_end(const char *t, uint32_t at, uint32_t end)
{
    uint32_t i = at, letters = 0;
    while (i + 1 < end && is_letter(t[i]) && t[i + 1] == '.') i += 2, letters++;
    return letters >= 2 && !(i < end && is_letter(t[i])) ? i : 0;
}

/* Where a word with an apostrophe at q is cut: before n't, 's, 're, 've, 'll, 'd, 'm; else end. */
static uint32_t cut_at(const char *t, uint32_t at, uint32_t q, uint32_t end)
{
    if (q == end) return end;
    const char *s = t + q + 1;
    uint32_t tail = end - q - 1;
    if (tail == 1 && (*s | 32) == 't' && q > at && (t[q - 1] | 32) == 'n')
        return q - 1 > at ? q - 1 : end;
    if (tail == 1 && strchr("sdmSDM", *s)) return q;
    if (tail == 2 &&
        (memcmp(s, "re", 2) == 0 || memcmp(s, "ve", 2) == 0 || memcmp(s, "ll", 2) == 0))
        return q;
    return end;
}

/* Of a word of letters. `end` is that of the text. */
static inline uint8_t shape_of(const char *t, uint32_t at, uint32_t stop, uint32_t end)
{
    uint32_t len = stop - at, i = at;
    if (!is_upper(t[at])) return SHAPE_WORD;
    bool upper = len >= 2;
    if (end - at >= 8) {
        upper &= !eight_within(eight_first(eight_at(t + at), len), 'a', 'z');
        i += 8;
    }
    while (upper && i < stop) upper = t[i] < 'a' || t[i] > 'z', i++;
    return (uint8_t)(SHAPE_WORD | SHAPE_CAPITAL | upper * SHAPE_UPPER);
}

/*
 * Room for all of the text at once, so that a long document is not copied time
 * and again: English has a word or mark every five bytes. Memory that no word
 * comes to lie in is never touched.
 */
static void first_room(struct arena *a, const struct plain *p, struct words *ws)
{
    ws->room = p->len / 4 + 8;
    ws->word = NEW_ARRAY(a, ws->room, struct word);
    ws->sentence_room = p->len / 64 + 2;
    ws->sentence = NEW_ARRAY(a, ws->sentence_room, struct sentence);
}

/* The end of a word that does not begin with a letter of ASCII; *begins is its shape beside. */
static uint32_t odd_end(const char *t, uint32_t at, uint32_t begin, uint32_t end, uint8_t *shape)
{
    uint32_t quote, stop = at + 1;
    bool symbol = false;
    enum byte_class c = class_of(t[at]);
    if (c == B_DIGIT) {
        *shape |= SHAPE_NUMBER;
        return digits_end(t, at, end);
    }
    if (c == B_WIDE) stop = at + wide_at(t + at, end - at, &symbol);
    if (c == B_WIDE && !symbol) {
        stop = letters_end(t, at, end, &quote);
        stop = cut_at(t, at, quote, stop);
        *shape |= shape_of(t, at, stop, end);
        return stop;
    }
    bool tail = t[at] == '\'' && (*shape & SHAPE_GLUED || at == begin);
    if (tail && at + 1 < end && is_letter(t[at + 1])) { /* the 's that cut_at left */
        *shape |= SHAPE_WORD;
        return letters_end(t, at + 1, end, &quote);
    }
    while (t[at] == '.' && stop < end && t[stop] == '.') stop++;
    *shape |= SHAPE_MARK;
    return stop;
}

/* The end of a word that begins with a letter of ASCII. */
static inline uint32_t letter_end(const char *t, uint32_t at, uint32_t end, uint8_t *shape)
{
    uint32_t quote, stop = plain_end(t, at, end);
    if (!ends_plainly(t, at, stop, end)) {
        stop = dotted_end(t, at, end);
        if (stop) {
            *shape |= SHAPE_WORD | SHAPE_CAPITAL;
            return stop;
        }
        stop = letters_end(t, at, end, &quote);
        stop = cut_at(t, at, quote, stop);
    }
    *shape |= shape_of(t, at, stop, end);
    return stop;
}

void words_split(struct arena *a, const struct plain *p, uint32_t begin, uint32_t end,
                 struct words *out)
{
    const char *t = p->text;
    out->text = t;
    if (!out->room) first_room(a, p, out);
    struct word *words = out->word;
    uint32_t count = out->count, room = out->room;
    uint8_t shape = SHAPE_LINE; /* of the next word, as far as what is before it says */
    for (uint32_t i = begin; i < end;) {
        if (class_of(t[i]) == B_SPACE) {
            if (t[i] == '\n') shape |= SHAPE_LINE;
            shape &= (uint8_t)~SHAPE_GLUED;
            i++;
            continue;
        }
        if (t[i] == '*' && shape & SHAPE_LINE && i + 1 < end && t[i + 1] == ' ') {
            shape |= SHAPE_BULLET;
            i++;
            continue;
        }
        uint32_t at = i;
        i = is_letter(t[i]) ? letter_end(t, i, end, &shape) : odd_end(t, i, begin, end, &shape);
        uint32_t len = i - at < UINT16_MAX ? i - at : UINT16_MAX;
        if (count == room) words = arena_more(a, words, count, &room, sizeof *words);
        words[count++] = (struct word){.at = at, .len = (uint16_t)len, .shape = shape, .span = 1};
        shape = SHAPE_GLUED;
        if (i < end && t[i] == ' ') shape = 0, i++; /* what stands behind most words */
    }
    out->word = words;
    out->count = count;
    out->room = room;
}

/* Empty lines between two places. */
static bool paragraph_between(const char *t, uint32_t from, uint32_t to)
{
    uint32_t breaks = 0;
    for (uint32_t i = from; i < to; i++) breaks += t[i] == '\n';
    return breaks > 1;
}

static bool is_mark(const struct words *ws, uint32_t i, char c)
{
    return ws->word[i].shape & SHAPE_MARK && ws->text[ws->word[i].at] == c;
}

/* Whether the full stop, question or exclamation mark at i ends a sentence. */
static bool ends_sentence(const struct words *ws, uint32_t i, uint32_t count)
{
    const struct word *w = &ws->word[i];
    char c = ws->text[w->at];
    if (c != '.' && c != '?' && c != '!') return false;
    if (i + 1 >= count) return true;
    const struct word *next = &ws->word[i + 1];
    if (next->shape & SHAPE_GLUED) return false;
    if (c != '.') return true;
    if (i > 0 && ws->word[i - 1].shape & SHAPE_WORD && w->shape & SHAPE_GLUED) {
        const struct word *before = &ws->word[i - 1];
        if (word_classes(before) & IS(abbreviation) || before->span > 2)
            return false; /* "Mr.", "Mr. Putin" */
        bool type = i > 1 && before->shape & SHAPE_GLUED && is_mark(ws, i - 2, '-'); /* IRIS-T */
        if (before->len == 1 && before->shape & SHAPE_CAPITAL && ws->text[before->at] != 'I' &&
            !type)
            return false; /* an initial */
    }
    if (w->len > 1) return next->shape & SHAPE_CAPITAL; /* an ellipsis */
    unsigned char n = (unsigned char)ws->text[next->at];
    return !(n >= 'a' && n <= 'z');
}

/* A full stop within quotation marks or brackets, which close here before a capital. */
static bool closes_sentence(const struct words *ws, uint32_t i, uint32_t start)
{
    char c = ws->text[ws->word[i].at];
    if ((c != '"' && c != ')' && c != ']') || i == start || i + 1 >= ws->count) return false;
    uint8_t next = ws->word[i + 1].shape;
    return next & SHAPE_CAPITAL && !(next & SHAPE_GLUED) &&
           (is_mark(ws, i - 1, '.') || is_mark(ws, i - 1, '?') || is_mark(ws, i - 1, '!'));
}

/* Add what stands from `open` on as a sentence, and open the next one at `end`. */
static inline void add_sentence(struct arena *a, struct words *ws, struct sentence *open,
                                uint32_t end)
{
    if (end > open->first) {
        ws->sentence = arena_more(a, ws->sentence, ws->sentence_count, &ws->sentence_room,
                                  sizeof *ws->sentence);
        open->count = end - open->first;
        open->bullet = (ws->word[open->first].shape & SHAPE_BULLET) != 0;
        open->heading = is_mark(ws, end - 1, ':');
        ws->sentence[ws->sentence_count++] = *open;
    }
    *open = (struct sentence){.first = end, .paragraph = open->paragraph};
}

/* The lines of a text, empty ones too. */
static uint32_t lines_of(const char *t, uint32_t begin, uint32_t end)
{
    uint32_t lines = 1;
    const char *lf = t + begin;
    while ((lf = memchr(lf, '\n', (size_t)(t + end - lf))) != NULL) lf++, lines++;
    return lines;
}

/* Whether the words from `first` on have a mark for every fourth line. */
static bool punctuated(const struct words *ws, uint32_t first, uint32_t lines)
{
    uint32_t stops = 0;
    for (uint32_t i = first; stops * 4 < lines && i < ws->count; i++)
        stops += is_mark(ws, i, '.') || is_mark(ws, i, '?') || is_mark(ws, i, '!') ||
                 is_mark(ws, i, ',') || is_mark(ws, i, ';');
    return stops * 4 >= lines;
}

/*
 * Captions: many lines, and hardly a mark. A fact sheet's long sentences have commas. The lines
 * of the text, which are more, tell nearly always; else those are counted that have words.
 */
static bool unpunctuated(const struct words *ws, uint32_t first, uint32_t most)
{
    enum { MANY = 6 };
    if (most < MANY || punctuated(ws, first, most)) return false;
    uint32_t lines = 0;
    for (uint32_t i = first; i < ws->count; i++) lines += (ws->word[i].shape & SHAPE_LINE) != 0;
    return lines >= MANY && !punctuated(ws, first, lines);
}

/* A line of captions that a sentence may begin with: a name, a pronoun, "and", "so", "in". */
static bool begins_anew(const struct word *w)
{
    return word_classes(w) & (IS(party) | IS(group) | IS(we) | IS(you) | IS(they) | IS(person) |
                              IS(demonym) | IS(function) | IS(when) | IS(about) | IS(digit));
}

/* A word that cannot end a sentence: what it governs is still to come. */
static bool hangs(const struct words *ws, uint32_t i)
{
    static const char *const words[] = {"of",   "to",      "for",   "with", "from",    "by",
                                        "in",   "on",      "the",   "and",  "other",   "than",
                                        "at",   "against", "our",   "a",    "an",      "between",
                                        "that", "these",   "those", "all",  "some",    "many",
                                        "more", "new",     "their", "its",  "western", "including"};
    return word_in(ws, i, words, sizeof words / sizeof *words);
}

/* Captions without marks: a subject with its verb soon behind it, and nothing hanging before it. */
static bool begins_clause(const struct words *ws, uint32_t i, uint32_t first)
{
    enum { NEAR = 3 };
    if (!(word_classes(&ws->word[i]) & (IS(party) | IS(person) | IS(we) | IS(they) | IS(demonym))))
        return false;
    if (i == first || hangs(ws, i - 1)) return false;
    for (uint32_t k = i + 1; k < ws->count && k < i + NEAR; k++)
        if (word_classes(&ws->word[k]) &
            (IS(aux) | IS(future) | IS(give) | IS(promise) | IS(commit) | IS(decide) | IS(aid)))
            return true;
    return false;
}

/* Captions in small letters only: what is a name elsewhere is one here. */
static void name_the_small(struct words *ws, uint32_t first)
{
    uint32_t capitals = 0;
    for (uint32_t i = first; i < ws->count; i++)
        capitals += ws->word[i].shape & SHAPE_CAPITAL && ws->word[i].len > 1;
    if (capitals * 50 > ws->count - first) return;
    for (uint32_t i = first; i < ws->count; i++) {
        struct word *w = &ws->word[i];
        if (w->len > 2 && word_classes(w) & (IS(party) | IS(demonym) | IS(seat) | IS(person)))
            w->shape |= SHAPE_CAPITAL;
    }
}

/* A dash of any length, or a comma. */
static bool is_pause(const struct words *ws, uint32_t i)
{
    const struct word *w = &ws->word[i];
    const char *t = ws->text + w->at;
    return w->shape & SHAPE_MARK &&
           (*t == ',' || *t == '-' || (w->len == 3 && !memcmp(t, "\xe2\x80", 2)));
}

/* "We send rifles - right? - to Moldova": the question mark at word i asks nothing. */
static bool asks_nothing(const struct words *ws, uint32_t first, uint32_t i)
{
    return i >= first + 2 && i + 1 < ws->count && is_mark(ws, i, '?') && is_pause(ws, i + 1) &&
           word_is_whole(ws, i - 1, "right") && is_pause(ws, i - 2);
}

/* Whether the text can go on with a pause behind the question mark. */
static bool may_pause(const char *mark, const char *end)
{
    while (++mark < end && *mark == ' ') continue;
    return mark < end && strchr("\n\t,-\xe2", *mark);
}

/* Leave such tags out of the words from `first` on, so that the sentence goes on. */
static void drop_tags(struct words *ws, uint32_t first, uint32_t begin, uint32_t end)
{
    const char *t = ws->text, *mark = t + begin;
    while (
        (mark = memchr(mark, '?', (size_t)(t + end - mark))) != NULL &&
        (mark - t < begin + 5 || mark[-1] != 't' || mark[-2] != 'h' || !may_pause(mark, t + end)))
        mark++; /* most documents have none */
    if (!mark) return;
    uint32_t kept = first;
    for (uint32_t i = first; i < ws->count; i++) {
        ws->word[kept++] = ws->word[i];
        if (i + 3 < ws->count && is_pause(ws, i) && asks_nothing(ws, first, i + 2))
            kept--, i += 3; /* both pauses, and the tag between them */
    }
    ws->count = kept;
}

void words_of(struct arena *a, const struct plain *p, uint32_t begin, uint32_t end,
              struct words *out)
{
    lexicon_load();
    struct sentence open = {.first = out->count};
    words_split(a, p, begin, end, out);
    drop_tags(out, open.first, begin, end);
    lexicon_look_up(out, open.first, end);

    if (out->sentence_count) open.paragraph = out->sentence[out->sentence_count - 1].paragraph + 1;
    bool bare = unpunctuated(out, open.first, lines_of(p->text, begin, end));
    if (bare) name_the_small(out, open.first);
    const struct word *word = out->word; /* sentences are added, and no words */
    for (uint32_t i = open.first, count = out->count; i < count; i++) {
        const struct word *w = &word[i];
        if (w->shape & SHAPE_LINE && i > open.first) {
            uint32_t gap = out->word[i - 1].at + out->word[i - 1].len;
            bool apart = paragraph_between(p->text, gap, w->at);
            if (apart || w->shape & SHAPE_BULLET || is_mark(out, i - 1, ':') ||
                (bare && begins_anew(w) && !hangs(out, i - 1))) {
                add_sentence(a, out, &open, i);
                open.paragraph += apart;
            }
        } else if (bare && begins_clause(out, i, open.first)) {
            add_sentence(a, out, &open, i);
        }
        open.classes |= word_classes(w);
        open.shape |= w->shape;
        if (!(w->shape & SHAPE_MARK)) continue;
        if (closes_sentence(out, i, open.first) || ends_sentence(out, i, out->count))
            add_sentence(a, out, &open, i + 1);
    }
    add_sentence(a, out, &open, out->count);
}

const char *word_value_of(const struct word *w, enum word_class class)
{
    const struct entry *e = word_entry(w->entry);
    for (int i = 0; i < 4; i++)
        if (e->class_of[i] == class) return e->value[i];
    return "";
}

bool word_is_whole(const struct words *ws, uint32_t i, const char *lower)
{
    const struct word *w = &ws->word[i];
    for (uint32_t k = 0; k < w->len; k++) {
        char c = ws->text[w->at + k];
        if (c >= 'A' && c <= 'Z') c = (char)(c + 32);
        if (lower[k] == '\0' || c != lower[k]) return false;
    }
    return lower[w->len] == '\0';
}
