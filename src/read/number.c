/*
 * number.c - see number.h.
 *
 * A small grammar by hand: numerals with separators, number words, scales
 * that multiply what stands before them, vague plurals that multiply each
 * other, and fractions of a scale. It reads each word once and never looks
 * back further than the word before the number.
 */
#include "read/number.h"

#include <stdlib.h>
#include <string.h>

/* What is read so far: a cursor over the words of one sentence. */
struct cursor {
    const struct words *ws;
    uint32_t at, end;
    bool between;
};

static const struct word *word_at(const struct cursor *c, uint32_t i)
{
    return i < c->end ? &c->ws->word[i] : NULL;
}

static bool has(const struct cursor *c, uint32_t i, uint64_t classes)
{
    const struct word *w = word_at(c, i);
    return w && word_classes(w) & classes;
}

static bool is(const struct cursor *c, uint32_t i, const char *word)
{
    return i < c->end && word_is(c->ws, i, word);
}

static bool glued(const struct cursor *c, uint32_t i)
{
    const struct word *w = word_at(c, i);
    return w && w->shape & SHAPE_GLUED;
}

static bool numeral(const struct cursor *c, uint32_t i)
{
    const struct word *w = word_at(c, i);
    return w && w->shape & SHAPE_NUMBER;
}

static char mark(const struct cursor *c, uint32_t i)
{
    const struct word *w = word_at(c, i);
    return w && w->shape & SHAPE_MARK && w->len == 1 ? c->ws->text[w->at] : '\0';
}

/* A hyphen with nothing but letters around it: the word behind it is part of the same. */
static bool hyphen(const struct cursor *c, uint32_t i)
{
    return mark(c, i) == '-' && glued(c, i) && glued(c, i + 1);
}

bool dec_times(struct dec a, int64_t b, struct dec *out)
{
    a = dec_trim(a);
    while (a.scale > 0 && b % 10 == 0 && b != 0) {
        a.scale--;
        b /= 10;
    }
    if (__builtin_mul_overflow(a.n, b, &out->n)) return false;
    out->scale = a.scale;
    return true;
}

static bool dec_plus(struct dec a, struct dec b, struct dec *out)
{
    while (a.scale < b.scale) {
        if (__builtin_mul_overflow(a.n, 10, &a.n)) return false;
        a.scale++;
    }
    while (b.scale < a.scale) {
        if (__builtin_mul_overflow(b.n, 10, &b.n)) return false;
        b.scale++;
    }
    out->scale = a.scale;
    return !__builtin_add_overflow(a.n, b.n, &out->n);
}

int64_t number_whole(struct dec d)
{
    d = dec_trim(d);
    return d.scale == 0 && d.n >= 0 ? d.n : -1;
}

/* --- numerals --- */

enum { NUMERAL_DIGITS = 17 };

/* Whether a '.' or ',' at p groups thousands: three digits behind it, and none or a group after. */
static bool groups(const char *p, const char *end)
{
    return end - p > 3 && (end - p == 4 || p[4] == *p);
}

/*
 * "90,000", "2.5", "1.000.000"; a comma that groups no thousands is a decimal
 * one. False when there are more digits than any amount has.
 */
static bool numeral_value(const char *text, uint32_t len, bool scaled, struct dec *out)
{
    const char *end = text + len;
    bool point = false;
    int digits = 0;
    *out = (struct dec){0};
    for (const char *p = text; p < end; p++) {
        if (*p == ',' || *p == '.') {
            /* "40.000" is forty thousand where no scale follows; "2.500 million" is not. */
            bool zeros = !scaled && end - p == 4 && memcmp(p, ".000", 4) == 0;
            bool again = *p == '.' && memchr(p + 1, '.', (size_t)(end - p - 1)) != NULL;
            if (!point && (*p == ',' ? groups(p, end) : zeros || again)) continue;
            if (point && *p == '.') continue;
            if (point) return false;
            point = true;
            continue;
        }
        if (digits > 0 || *p != '0') digits++;
        if (digits > NUMERAL_DIGITS || out->scale >= NUMERAL_DIGITS) return false;
        out->n = out->n * 10 + (*p - '0');
        out->scale += point;
    }
    return true;
}

static bool plain_digits(const struct cursor *c, uint32_t i, uint32_t most)
{
    const struct word *w = word_at(c, i);
    if (!w || !(w->shape & SHAPE_NUMBER) || w->len > most) return false;
    for (uint32_t k = 0; k < w->len; k++) {
        char d = c->ws->text[w->at + k];
        if (d < '0' || d > '9') return false;
    }
    return true;
}

/* Thousands apart: "40 000", but not "18 155-millimetre". */
static bool spaced_group(const struct cursor *c, uint32_t i)
{
    const struct word *w = word_at(c, i);
    if (has(c, i + 1, IS(unit)) && strcmp(word_value(word_at(c, i + 1), WORD_unit), "length") == 0)
        return false; /* "18 155 mm howitzers" */
    return plain_digits(c, i, 3) && w->len == 3 && !glued(c, i) && !(w->shape & SHAPE_LINE) &&
           !glued(c, i + 1);
}

/* --- scales --- */

/* The scale at i, or 0. One letter is a scale only where it touches its digits. */
static int64_t scale_at(const struct cursor *c, uint32_t i)
{
    if (!has(c, i, IS(scale))) return 0;
    const struct word *w = word_at(c, i);
    if (w->len == 1 && (!glued(c, i) || i == 0 || !numeral(c, i - 1))) return 0;
    if (w->len == 1 && glued(c, i + 1) && (mark(c, i + 1) == '\0' || mark(c, i + 1) == '&'))
        return 0;
    return strtoll(word_value(w, WORD_scale), NULL, 10);
}

/* Where the scale behind a number stands: after a space, a hyphen or in brackets; 0: none. */
static uint32_t scale_behind(const struct cursor *c, uint32_t i, uint32_t *next)
{
    *next = i + 1;
    if (scale_at(c, i)) return i;
    if (hyphen(c, i) && scale_at(c, i + 1)) {
        *next = i + 2;
        return i + 1;
    }
    if (mark(c, i) == '[' && scale_at(c, i + 1) && mark(c, i + 2) == ']') {
        *next = i + 3;
        return i + 1;
    }
    return 0;
}

/* "and a half" from i on: where it ends, or 0. Hyphens between its words are fine. */
static uint32_t and_a_half(const struct cursor *c, uint32_t i)
{
    static const char *const parts[] = {"and", "a", "half"};
    for (int k = 0; k < 3; k++) {
        if (hyphen(c, i)) i++;
        if (!is(c, i, parts[k])) return 0;
        i++;
    }
    return i;
}

static bool add_half(struct dec *d)
{
    return dec_plus(*d, (struct dec){5, 1}, d);
}

/* "-plus" between a number and its scale: how many words it has. */
static uint32_t plus_at(const struct cursor *c, uint32_t i)
{
    uint32_t at = hyphen(c, i) ? i + 1 : i;
    return is(c, at, "plus") && scale_at(c, at + 1) ? at + 1 - i : 0;
}

/* Multiply by all scales that follow. */
static bool take_scales(struct cursor *c, struct number *n)
{
    uint32_t plus = plus_at(c, c->at);
    n->plus = plus > 0;
    c->at += plus;
    for (uint32_t next, at; (at = scale_behind(c, c->at, &next)) != 0; c->at = next) {
        if (n->scale > 1 && at == c->at + 1 && mark(c, c->at) == '[') /* "650 billion [million]" */
            n->scale = 1;
        if (__builtin_mul_overflow(n->scale, scale_at(c, at), &n->scale)) return false;
    }
    return true;
}

static bool finish(struct cursor *c, struct number *n)
{
    n->said = n->low;
    if (!take_scales(c, n)) return false;
    uint32_t half = n->scale > 1 ? and_a_half(c, c->at) : 0; /* "a million and a half" */
    if (half) {
        if (!add_half(&n->said)) return false;
        c->at = half;
    }
    if (!dec_times(n->said, n->scale, &n->low)) return false;
    n->high = n->low;
    n->end = c->at;
    return true;
}

/* "1 billion 200 million": what the smaller scale says is more of the same. */
static bool take_lower(struct cursor *c, struct number *n)
{
    struct dec group = {0};
    int64_t scale = plain_digits(c, c->at, 3) ? scale_at(c, c->at + 1) : 0;
    if (scale < 1000 || scale >= n->scale) return true;
    const struct word *w = word_at(c, c->at);
    if (!numeral_value(c->ws->text + w->at, w->len, true, &group)) return true;
    if (!dec_times(group, scale, &group) || !dec_plus(n->low, group, &n->low)) return false;
    n->high = n->low;
    n->end = c->at += 2;
    return true;
}

static bool numerals(struct cursor *c, struct number *n)
{
    const struct word *w = word_at(c, c->at);
    const char *text = c->ws->text + w->at;
    uint32_t next;
    bool scaled = scale_behind(c, c->at + 1, &next) != 0;
    if (!numeral_value(text, w->len, scaled, &n->low)) return false;
    n->form = NUMBER_NUMERAL;
    n->whole = plain_digits(c, c->at, 9);
    c->at++;

    /* "1,5 million": a decimal comma */
    const struct word *tenths = word_at(c, c->at + 1);
    bool decimal = n->whole && mark(c, c->at) == ',' && glued(c, c->at) && glued(c, c->at + 1) &&
                   plain_digits(c, c->at + 1, 2) && scale_behind(c, c->at + 2, &next);
    for (uint32_t k = 0; decimal && k < tenths->len; k++, n->low.scale++)
        n->low.n = n->low.n * 10 + (c->ws->text[tenths->at + k] - '0');
    if (decimal) c->at += 2;

    bool few = n->whole && !decimal && w->len <= 3 && n->low.n > 0;
    while (few && spaced_group(c, c->at)) {
        struct dec group = {0};
        const struct word *g = word_at(c, c->at);
        if (!numeral_value(c->ws->text + g->at, g->len, false, &group)) return false;
        if (n->low.n > INT64_MAX / 1000 - 1) return false;
        n->low.n = n->low.n * 1000 + group.n;
        n->whole = false;
        c->at++;
    }
    uint32_t half = and_a_half(c, c->at);
    if (half) {
        if (!add_half(&n->low)) return false;
        c->at = half;
    }
    if (!finish(c, n) || !take_lower(c, n)) return false;
    if (n->scale > 1 || half) n->whole = false;
    return true;
}

/* --- vague plurals --- */

static void vague_value(const struct cursor *c, uint32_t i, int64_t *low, int64_t *high)
{
    const char *value = word_value(word_at(c, i), WORD_vague);
    char *slash;
    *low = strtoll(value, &slash, 10);
    *high = *slash == '/' ? strtoll(slash + 1, NULL, 10) : *low;
}

/* "10s", "100s", "1000s": as tens, hundreds, thousands. 0 when it is none of them. */
static int64_t numeral_plural(const struct cursor *c, uint32_t i)
{
    if (!numeral(c, i) || !glued(c, i + 1) || !is(c, i + 1, "s")) return 0;
    struct dec d;
    const struct word *w = word_at(c, i);
    if (!numeral_value(c->ws->text + w->at, w->len, false, &d)) return 0;
    return d.n == 10 || d.n == 100 || d.n == 1000 ? d.n : 0;
}

/* A vague plural that can stand alone, at i: its bounds and how many words it has; 0: none. */
static uint32_t plural_at(const struct cursor *c, uint32_t i, int64_t *low, int64_t *high)
{
    int64_t power = numeral_plural(c, i);
    if (power) {
        *low = power;
        *high = power * 10 - 1;
        return 2;
    }
    if (!has(c, i, IS(vague))) return 0;
    vague_value(c, i, low, high);
    return *high >= 10 ? word_at(c, i)->span : 0;
}

/* low..high times a vague plural: both are rounded down, so "tens of thousands" end at 99,999. */
static bool vague_times(int64_t by, int64_t *low, int64_t *high)
{
    bool one = *low == *high;
    if (__builtin_mul_overflow(*low, by, low)) return false;
    if (one) {
        *high = *low;
        return true;
    }
    return !__builtin_mul_overflow(*high + 1, by, high) && (*high -= 1, true);
}

static bool vague(struct cursor *c, struct number *n)
{
    int64_t low, high, scale = 1, by, ignored;
    uint32_t words = plural_at(c, c->at, &low, &high);
    bool bare = words > 0; /* "thousands", not "several" */
    if (!words) {
        vague_value(c, c->at, &low, &high);
        words = word_at(c, c->at)->span;
    }
    c->at += words;

    /* "thousands and thousands" */
    int64_t again, again_high;
    for (uint32_t more; bare && is(c, c->at, "and"); c->at += 1 + more) {
        more = plural_at(c, c->at + 1, &again, &again_high);
        if (!more || again != low) break;
    }

    bool tens = bare && low == 10;
    bool joined = false;
    for (;;) {
        uint32_t of = is(c, c->at, "of") ? 1 : 0, next = 0;
        uint32_t more_words = bare && of ? plural_at(c, c->at + 1, &by, &ignored) : 0;
        if (more_words) {
            next = c->at + 1 + more_words;
        } else {
            /* "several hundred", "a couple of thousand", "dozen" */
            uint32_t after;
            if (!bare && scale_behind(c, c->at, &after)) {
                by = scale_at(c, c->at);
                next = after;
            }
        }
        if (!next || by <= 1) break;
        if (!vague_times(by, &low, &high)) return false;
        if (__builtin_mul_overflow(scale, by, &scale)) return false;
        c->at = next;
        joined = true;
    }
    if (!bare && !joined) return false;
    if (tens && !joined && !is(c, c->at, "of")) return false;
    n->form = NUMBER_VAGUE;
    n->low = n->said = (struct dec){low, 0};
    n->high = (struct dec){high, 0};
    n->scale = scale;
    n->about = true;
    n->end = c->at;
    return true;
}

/* --- number words --- */

static int64_t digit_at(const struct cursor *c, uint32_t i)
{
    if (!has(c, i, IS(digit)) || has(c, i, IS(unit))) return -1; /* "tripled" is no three */
    return strtoll(word_value(word_at(c, i), WORD_digit), NULL, 10);
}

/* The fraction at i in tenths of percent; -1: none. 0: one that has no exact decimals. */
static int64_t fraction_at(const struct cursor *c, uint32_t i, struct dec *out)
{
    if (!has(c, i, IS(fraction))) return -1;
    struct err err;
    if (dec_parse(word_value(word_at(c, i), WORD_fraction), out, &err)) return -1;
    return out->n;
}

/* "[a] half [of] [a] million": the scale behind a fraction; 0 when there is none. */
static bool fraction_scale(struct cursor *c, struct number *n)
{
    uint32_t i = c->at;
    for (int k = 0; k < 4; k++) {
        if (hyphen(c, i)) i++;
        if (scale_at(c, i)) break;
        if (!is(c, i, "of") && !is(c, i, "a")) return false;
        i++;
    }
    if (!scale_at(c, i)) return false;
    c->at = i;
    return finish(c, n);
}

/* What stands before "of the ..." and counts nothing by itself. */
static bool no_count(struct cursor *c, struct number *n)
{
    n->form = NUMBER_FRACTION;
    n->low = n->high = n->said = (struct dec){0};
    n->end = c->at;
    return true;
}

static bool fraction(struct cursor *c, struct number *n, int64_t times)
{
    struct dec part;
    if (fraction_at(c, c->at, &part) < 0) return false;
    c->at++;
    if (!dec_times(part, times, &n->low)) return false;
    n->form = NUMBER_WORDS;
    if (part.n != 0 && fraction_scale(c, n)) return true;
    return no_count(c, n);
}

/* Below a thousand in words: "a hundred and thirty-two"; false when there is no number word. */
struct small {
    int64_t value;
    bool any, hundred;
};

static bool small_digit(struct small *s, int64_t d)
{
    int64_t rest = s->value % 100;
    bool fits =
        !s->any || (s->hundred && rest == 0) || (rest >= 20 && rest % 10 == 0 && d < 10 && d > 0);
    if (!fits) return false;
    s->value += d;
    s->any = true;
    return true;
}

static void take_small(struct cursor *c, struct small *s)
{
    for (;;) {
        uint32_t i = c->at;
        if (s->any && hyphen(c, i)) i++;
        if (s->hundred && !c->between && is(c, i, "and") && digit_at(c, i + 1) > 0) i++;
        int64_t d = digit_at(c, i);
        if (d >= 0 && small_digit(s, d)) {
            c->at = i + 1;
        } else if (s->any && !s->hundred && scale_at(c, i) == 100) {
            s->value *= 100;
            s->hundred = true;
            c->at = i + 1;
        } else {
            return;
        }
    }
}

/* "one point five": digits one by one. */
static void take_point(struct cursor *c, struct dec *d)
{
    if (!is(c, c->at, "point") || digit_at(c, c->at + 1) < 0) return;
    c->at++;
    for (int64_t v; d->scale < 6 && (v = digit_at(c, c->at)) >= 0 && v < 10; c->at++) {
        d->n = d->n * 10 + v;
        d->scale++;
    }
}

/* A further group behind a scale: "two thousand (and) five hundred", "one million two hundred
 * thousand". */
static bool take_groups(struct cursor *c, struct number *n)
{
    int64_t last = n->scale;
    while (last >= 1000) {
        struct cursor ahead = *c;
        if (!c->between && is(&ahead, ahead.at, "and")) ahead.at++;
        if (mark(&ahead, ahead.at) == ',') ahead.at++;
        struct small s = {0};
        if (is(&ahead, ahead.at, "a") && scale_at(&ahead, ahead.at + 1) == 100) {
            s = (struct small){100, true, true};
            ahead.at += 2;
        }
        take_small(&ahead, &s);
        if (!s.any || ahead.at == c->at) return true;
        int64_t scale = scale_at(&ahead, ahead.at);
        bool comma = mark(c, c->at) == ',';
        if (scale) ahead.at++;
        /* "a thousand, two hundred" is one number; "two thousand, five" and "a thousand five" are
         * not */
        if (scale >= last || (scale == 0 && last > 1000)) return true;
        if (scale == 0 && s.value < 100 && (comma || !is(c, c->at, "and"))) return true;
        int64_t group;
        if (__builtin_mul_overflow(s.value, scale ? scale : 1, &group)) return false;
        if (group >= last || !dec_plus(n->low, (struct dec){group, 0}, &n->low))
            return group >= last;
        *c = ahead;
        last = scale;
        n->end = c->at;
        n->high = n->low;
    }
    return true;
}

static bool in_words(struct cursor *c, struct number *n)
{
    struct small s = {0};
    take_small(c, &s);
    if (!s.any) return false;
    struct dec part;
    uint32_t i = c->at + (hyphen(c, c->at) ? 1 : 0);
    if (s.value < 10 && fraction_at(c, i, &part) >= 0) { /* three quarters, two-thirds */
        c->at = i;
        return fraction(c, n, s.value);
    }
    n->form = NUMBER_WORDS;
    n->low = (struct dec){s.value, 0};
    take_point(c, &n->low);
    uint32_t half = and_a_half(c, c->at);
    if (half) {
        if (!add_half(&n->low)) return false;
        c->at = half;
    }
    if (!finish(c, n)) return false;
    if (s.hundred && s.value % 100 == 0 && n->scale == 1) { /* "three to four hundred" */
        n->said.n = s.value / 100;
        n->scale = 100;
        return true;
    }
    return take_groups(c, n);
}

/* "a hundred", "a million", "the billion dollars", "another thousand": a scale counts one. */
static bool lone_scale(struct cursor *c, struct number *n, uint32_t from)
{
    if (!scale_at(c, c->at) || from == c->at) return false;
    n->form = NUMBER_WORDS;
    n->low = (struct dec){1, 0};
    struct small s = {0};
    if (scale_at(c, c->at) == 100) {
        s = (struct small){100, true, true};
        c->at++;
        take_small(c, &s);
        n->low.n = s.value;
    }
    if (!finish(c, n)) return false;
    return take_groups(c, n);
}

/* A word before a lone scale that makes it a number; the number begins with "a" or with the scale.
 */
static bool one_of(const struct cursor *c, uint32_t i)
{
    static const char *const words[] = {"a", "an", "the", "another", "this", "that", "additional"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (is(c, i, words[k])) return true;
    return false;
}

bool number_at(const struct words *ws, uint32_t i, uint32_t end, bool between, struct number *out)
{
    struct cursor c = {ws, i, end, between};
    *out = (struct number){.first = i, .scale = 1};
    const struct word *w = &ws->word[i];
    if (w->shape & SHAPE_NUMBER) {
        if (numeral_plural(&c, i)) return vague(&c, out);
        if (glued(&c, i + 1) && is(&c, i + 1, "s")) {
            out->form = NUMBER_DECADE;
            out->end = i + 2;
            return true;
        }
        return numerals(&c, out);
    }
    uint64_t classes = word_classes(w);
    if (classes & IS(vague)) return vague(&c, out);
    if (classes & IS(digit)) return in_words(&c, out);
    if (classes & IS(fraction)) return fraction(&c, out, 1);
    if (classes & IS(scale)) {
        bool counts = i > 0 && one_of(&c, i - 1) && !(w->shape & SHAPE_GLUED);
        return lone_scale(&c, out, counts ? i - 1 : i);
    }
    return false;
}
