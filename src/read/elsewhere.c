/*
 * elsewhere.c - see elsewhere.h.
 *
 * Each rule looks at a few words on either side. They are tried in the order
 * in which they are certain: joined numerals first, capitals last.
 */
#include "read/elsewhere.h"

#include <string.h>

bool value_put(struct value *out, uint32_t first, uint32_t end, enum value_kind kind)
{
    *out = (struct value){
        .first = first, .count = end - first, .noun = end, .head = end, .kind = kind};
    return true;
}

/* The whole number that the numeral at i shows, or -1. */
static int64_t numeral(const struct glance *v, uint32_t i)
{
    if (!(shape(v, i) & SHAPE_NUMBER) || v->ws->word[i].len > 4) return -1;
    int64_t n = 0;
    for (uint32_t k = 0; k < v->ws->word[i].len; k++) {
        char c = v->ws->text[v->ws->word[i].at + k];
        if (c < '0' || c > '9') return -1;
        n = n * 10 + (c - '0');
    }
    return n;
}

static bool year_like(const struct glance *v, uint32_t i)
{
    int64_t n = numeral(v, i), oldest = is(v, i - 1, "in") || is(v, i - 1, "since") ? 1500 : 1900;
    return v->ws->word[i].len == 4 && n >= oldest && n <= 2099;
}

static bool month(const struct glance *v, uint32_t i)
{
    return classes(v, i) & IS(month) && shape(v, i) & SHAPE_CAPITAL;
}

static bool ordinal_tail(const struct glance *v, uint32_t i)
{
    static const char *const tails[] = {"st", "nd", "rd", "th"};
    return glued(v, i) && ONE_OF(v, i, tails);
}

/* What words_join numerals to one name, date or clock: 9/11, 10:30, 202-456-1111, 2022-04-05, 1+1.
 */
static uint32_t chain_end(const struct glance *v, uint32_t i, char *joint, uint32_t *links)
{
    uint32_t at = i + 1;
    *links = 0;
    *joint = '\0';
    while (glued(v, at) && glued(v, at + 1) && shape(v, at + 1) & SHAPE_NUMBER) {
        char c = mark(v, at);
        if (c != '/' && c != ':' && c != '-' && c != '+') break;
        *joint = c;
        ++*links;
        at += 2;
    }
    return at;
}

static bool chain(const struct glance *v, uint32_t i, struct value *out)
{
    char joint;
    uint32_t links, end = chain_end(v, i, &joint, &links);
    if (links == 0) return false;
    if (joint == ':') return value_put(out, i, end, VALUE_TIME);
    if (joint == '-' && links == 1) {
        bool score = numeral(v, i) > numeral(v, i + 2) && numeral(v, i + 2) >= 0; /* "a 7-2 vote" */
        if (!year_like(v, i) && !score) return false; /* a range, perhaps */
        return value_put(out, i, end, year_like(v, i) ? VALUE_TIME : VALUE_NAME);
    }
    return value_put(out, i, end,
                     joint == '-' && links == 2 && year_like(v, i) ? VALUE_TIME : VALUE_NAME);
}

/* "(2)", "[12]", "2)" and "1." at the head of a line. */
static bool footnote(const struct glance *v, uint32_t i, struct value *out)
{
    if (!(shape(v, i) & SHAPE_NUMBER)) return false;
    char before = i > v->first ? mark(v, i - 1) : '\0', after = mark(v, i + 1);
    bool bracketed = (before == '(' && after == ')') || (before == '[' && after == ']');
    bool listed = shape(v, i) & SHAPE_LINE && glued(v, i + 1) && (after == ')' || after == '.') &&
                  i + 2 < v->end && !glued(v, i + 2);
    return (bracketed || listed) && numeral(v, i) >= 0 && value_put(out, i, i + 1, VALUE_NAME);
}

/* "Article 5", "No. 7", "#3", "F-16", "Leopard 2": the words before make it a name. */
static bool named_before(const struct glance *v, uint32_t i)
{
    if (i == v->first) return false;
    uint32_t before = i - 1;
    if (mark(v, before) == '#' || (mark(v, before) == '+' && glued(v, before))) return true;
    if (mark(v, before) == '.' && glued(v, i) && glued(v, before)) return true; /* BA.2 */
    if (mark(v, before) == '.' && is(v, before - 1, "no") && glued(v, before)) return true;
    if (mark(v, before) == '-') {
        if (!glued(v, i) || !glued(v, before) || before == v->first) return false;
        uint64_t c = classes(v, before - 1);
        return shape(v, before - 1) & SHAPE_WORD && !(c & (IS(digit) | IS(currency) | IS(scale)));
    }
    return unit_is(v, before, "name");
}

/* An unknown capitalised word, not first in its sentence, and a small numeral: a type. */
static bool type_before(const struct glance *v, uint32_t i)
{
    if (i < v->first + 2 || numeral(v, i) < 0 || v->ws->word[i].len > 3 || glued(v, i))
        return false;
    uint8_t s = shape(v, i - 1);
    if (!(s & SHAPE_CAPITAL) || !(s & SHAPE_WORD) || s & (SHAPE_LINE | SHAPE_BULLET)) return false;
    if (shape(v, i - 2) & SHAPE_MARK && mark(v, i - 2) != ',' && mark(v, i - 2) != '-')
        return false;
    uint64_t c = classes(v, i - 1);
    return c == 0 || (c & IS(goods) && v->ws->word[i].len == 1);
}

static bool street(const struct glance *v, uint32_t i)
{
    static const char *const ways[] = {"avenue", "street", "road", "boulevard", "drive"};
    for (uint32_t k = i + 1; k < i + 4 && shape(v, k) & SHAPE_CAPITAL; k++)
        if (k > i + 1 && ONE_OF(v, k, ways)) return true;
    return false;
}

/* "World War Three": a number word with a capital behind another. */
static bool title_before(const struct glance *v, uint32_t i)
{
    uint8_t capital = SHAPE_CAPITAL | SHAPE_WORD;
    if (i == v->first || (shape(v, i) & capital) != capital) return false;
    if (shape(v, i) & (SHAPE_LINE | SHAPE_BULLET) || shape(v, i - 1) & SHAPE_MARK) return false;
    if ((shape(v, i + 1) & capital) == capital) return true; /* "our One China policy" */
    return i >= v->first + 2 && (shape(v, i - 1) & (capital | SHAPE_LINE)) == capital &&
           classes(v, i - 1) == 0;
}

/* "day 19": which one it is, and no duration. */
static bool counted_day(const struct glance *v, uint32_t i)
{
    static const char *const units[] = {"day", "week", "month", "year", "hour", "minute"};
    return i > v->first && shape(v, i) & SHAPE_NUMBER && ONE_OF(v, i - 1, units);
}

static bool name(const struct glance *v, uint32_t i, struct value *out)
{
    if (counted_day(v, i) && numeral(v, i) >= 0) return value_put(out, i, i + 1, VALUE_TIME);
    bool short_year = i > v->first && mark(v, i - 1) == '\'' && glued(v, i) && numeral(v, i) >= 0;
    if (short_year) return value_put(out, i, i + 1, VALUE_TIME); /* '23 */
    bool committee = shape(v, i) & SHAPE_NUMBER && shape(v, i + 1) & SHAPE_CAPITAL &&
                     (is(v, i + 1, "committee") || is(v, i + 1, "commission"));
    bool named = committee || named_before(v, i) || title_before(v, i) ||
                 (shape(v, i) & SHAPE_NUMBER && (type_before(v, i) || street(v, i)));
    if (!named) return false;
    bool dated = mark(v, i - 1) == '-' && year_like(v, i); /* pre-2014, mid-2023 */
    return value_put(out, i, i + 1, dated ? VALUE_TIME : VALUE_NAME);
}

/* --- dates and years --- */

/* "24 March", "the 24th of February": where the month is, or 0. */
static uint32_t month_behind(const struct glance *v, uint32_t i)
{
    if (ordinal_tail(v, i)) i++;
    if (month(v, i)) return i;
    return is(v, i, "of") && month(v, i + 1) ? i + 1 : 0;
}

/* "March 24, 2022", "24 March 2022", "April 6 and 7", "March 24-25", "6 and 7 April". */
static bool date(const struct glance *v, uint32_t i, struct value *out)
{
    int64_t n = numeral(v, i);
    if (n < 0) return false;
    uint32_t end = i + 1, at = month_behind(v, i + 1);
    bool day = n >= 1 && n <= 31 && v->ws->word[i].len <= 2;
    uint32_t second =
        is(v, i + 1, "and") || is(v, i + 1, "to") || mark(v, i + 1) == '-' ? i + 2 : 0;
    if (day && at) {
        end = at + 1;
    } else if (day && second && numeral(v, second) >= 1 && numeral(v, second) <= 31 &&
               month_behind(v, second + 1)) {
        end = month_behind(v, second + 1) + 1;
    } else if (i > v->first && month(v, i - 1) && (day || year_like(v, i))) {
        if (ordinal_tail(v, end)) end++;
        bool days = day && second && numeral(v, second) > n && numeral(v, second) <= 31 &&
                    v->ws->word[second].len <= 2 &&
                    !(classes(v, second + 1) & (IS(unit) | IS(scale)));
        if (days) end = second + 1;
    } else {
        return false;
    }
    uint32_t year = mark(v, end) == ',' ? end + 1 : end;
    if (day && year < v->end && year_like(v, year)) end = year + 1;
    return value_put(out, i, end, VALUE_TIME);
}

/* Words that a year follows, and an amount hardly ever does. */
static const char *const year_before[] = {
    "in", "since", "until",   "till", "before", "after",  "during",  "by",     "year", "fiscal",
    "fy", "early", "late",    "mid",  "from",   "summer", "winter",  "spring", "fall", "autumn",
    "of", "for",   "january", "end",  "to",     "and",    "through", "the"};

/* Whether an approximation of several words ends right before i: "up to", "more than". */
static bool approximated(const struct glance *v, uint32_t i)
{
    for (uint32_t k = 2; k < 6 && i >= v->first + k; k++) {
        uint64_t c = classes(v, i - k);
        if (c & (IS(over) | IS(under) | IS(about) | IS(nearly)) && v->ws->word[i - k].span == k)
            return true;
    }
    return false;
}

/* 2022, unless it counts people or things: "2000 soldiers", "about 2000". */
static bool year(const struct glance *v, uint32_t i, struct value *out)
{
    if (!year_like(v, i)) return false;
    uint32_t next = i + 1;
    if (classes(v, next) & (IS(scale) | IS(currency))) return false;
    if (mark(v, next) == '%' || unit_is(v, next, "percent")) return false;
    uint64_t c = i > v->first ? classes(v, i - 1) : 0;
    if (c & IS(currency)) return false;
    bool after_year_word = i > v->first && ONE_OF(v, i - 1, year_before) && !approximated(v, i);
    bool counted = !after_year_word &&
                   classes(v, next) & (IS(unit) | IS(goods) | IS(demonym) | IS(group)) &&
                   !(shape(v, next) & SHAPE_CAPITAL && !(classes(v, next) & IS(demonym)));
    return !counted && value_put(out, i, next, VALUE_TIME);
}

static bool clock_time(const struct glance *v, uint32_t i, struct value *out)
{
    if (!(shape(v, i) & SHAPE_NUMBER)) return false;
    static const char *const halves[] = {"am", "pm", "a.m", "p.m", "a.m.", "p.m."};
    return ONE_OF(v, i + 1, halves) && value_put(out, i, i + 2, VALUE_TIME);
}

/* "11th tranche", "1990s"; else the letters that hang on a numeral make it a name: "5G", "2nd". */
static bool lettered(const struct glance *v, uint32_t i, struct value *out)
{
    uint32_t next = i + 1;
    if (!(shape(v, i) & SHAPE_NUMBER) || !glued(v, next) || !(shape(v, next) & SHAPE_WORD))
        return false;
    uint64_t c = classes(v, next);
    if (is(v, next, "s") || is(v, next, "'s") || c & (IS(scale) | IS(currency) | IS(unit)))
        return false;
    return value_put(out, i, next + 1, VALUE_NAME);
}

/* "155 ammunition": a calibre, though nobody says millimetres. */
static bool calibre(const struct glance *v, uint32_t i, struct value *out)
{
    static const char *const sizes[] = {"155", "152"};
    static const char *const loads[] = {"ammunition", "ammo",   "artillery",
                                        "shells",     "rounds", "munitions"};
    if (!ONE_OF(v, i, sizes) || !ONE_OF(v, i + 1, loads)) return false;
    return value_put(out, i, i + 1, VALUE_DISTANCE);
}

bool number_elsewhere(const struct glance *v, uint32_t i, struct value *out)
{
    if (!(shape(v, i) & SHAPE_NUMBER)) return name(v, i, out);
    if (i > v->first && classes(v, i - 1) & IS(currency) && shape(v, i - 1) & SHAPE_MARK)
        return false;
    return calibre(v, i, out) || chain(v, i, out) || clock_time(v, i, out) || date(v, i, out) ||
           footnote(v, i, out) || name(v, i, out) || year(v, i, out) || lettered(v, i, out);
}
