/*
 * values.c - see values.h.
 *
 * Numbers are found left to right. First what a number is part of is ruled
 * out (names, dates, clocks); then an amount is read with its currency or
 * percent sign, joined with a second one to a range, and given its
 * approximation from the words before it and its unit from those behind.
 * Every look in either direction is bounded, so time is linear.
 */
#include "read/values.h"

#include <string.h>

#include "read/noun.h"
#include "read/number.h"

/* The sentence at hand. */
struct view {
    const struct words *ws;
    uint32_t first, end;
    const char *dollar;
};

static bool is(const struct view *v, uint32_t i, const char *word)
{
    return i >= v->first && i < v->end && word_is(v->ws, i, word);
}

static uint64_t classes(const struct view *v, uint32_t i)
{
    return i >= v->first && i < v->end ? word_classes(&v->ws->word[i]) : 0;
}

static uint8_t shape(const struct view *v, uint32_t i)
{
    return i >= v->first && i < v->end ? v->ws->word[i].shape : 0;
}

static bool glued(const struct view *v, uint32_t i)
{
    return (shape(v, i) & SHAPE_GLUED) != 0;
}

static char mark(const struct view *v, uint32_t i)
{
    if (!(shape(v, i) & SHAPE_MARK) || v->ws->word[i].len != 1) return '\0';
    return v->ws->text[v->ws->word[i].at];
}

static const char *value(const struct view *v, uint32_t i, enum word_class class)
{
    return i < v->end ? word_value(&v->ws->word[i], class) : "";
}

static bool unit_is(const struct view *v, uint32_t i, const char *unit)
{
    return classes(v, i) & IS(unit) && strcmp(value(v, i, WORD_unit), unit) == 0;
}

/* Where the word's spelling ends. */
static uint32_t behind(const struct view *v, uint32_t i)
{
    uint32_t end = i + v->ws->word[i].span;
    return end < v->end ? end : v->end;
}

static bool one_of(const struct view *v, uint32_t i, const char *const *list)
{
    for (; *list; list++)
        if (is(v, i, *list)) return true;
    return false;
}

/* --- numbers that are no amounts --- */

/* The whole number that the numeral at i shows, or -1. */
static int64_t numeral(const struct view *v, uint32_t i)
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

static bool year_like(const struct view *v, uint32_t i)
{
    int64_t n = numeral(v, i);
    return v->ws->word[i].len == 4 && n >= 1900 && n <= 2099;
}

static bool month(const struct view *v, uint32_t i)
{
    return classes(v, i) & IS(month) && shape(v, i) & SHAPE_CAPITAL;
}

static bool ordinal_tail(const struct view *v, uint32_t i)
{
    static const char *const tails[] = {"st", "nd", "rd", "th", NULL};
    return glued(v, i) && one_of(v, i, tails);
}

static struct value *put(struct value *out, uint32_t first, uint32_t end, enum value_kind kind)
{
    *out = (struct value){
        .first = first, .count = end - first, .noun = end, .head = end, .kind = kind};
    return out;
}

/* What words_join numerals to one name, date or clock: 9/11, 10:30, 202-456-1111, 2022-04-05, 1+1.
 */
static uint32_t chain_end(const struct view *v, uint32_t i, char *joint, uint32_t *links)
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

static bool chain(const struct view *v, uint32_t i, struct value *out)
{
    char joint;
    uint32_t links, end = chain_end(v, i, &joint, &links);
    if (links == 0) return false;
    if (joint == ':') return put(out, i, end, VALUE_TIME);
    if (joint == '-' && links == 1) {
        if (!year_like(v, i)) return false; /* a range, perhaps */
        return put(out, i, end, VALUE_TIME);
    }
    return put(out, i, end,
               joint == '-' && links == 2 && year_like(v, i) ? VALUE_TIME : VALUE_NAME);
}

/* "(2)", "[12]", "2)" and "1." at the head of a line. */
static bool footnote(const struct view *v, uint32_t i, struct value *out)
{
    if (!(shape(v, i) & SHAPE_NUMBER)) return false;
    char before = i > v->first ? mark(v, i - 1) : '\0', after = mark(v, i + 1);
    bool bracketed = (before == '(' && after == ')') || (before == '[' && after == ']');
    bool listed = shape(v, i) & SHAPE_LINE && glued(v, i + 1) && (after == ')' || after == '.') &&
                  i + 2 < v->end && !glued(v, i + 2);
    return (bracketed || listed) && numeral(v, i) >= 0 && put(out, i, i + 1, VALUE_NAME);
}

/* "Article 5", "No. 7", "#3", "F-16", "Leopard 2": the words before make it a name. */
static bool named_before(const struct view *v, uint32_t i)
{
    if (i == v->first) return false;
    uint32_t before = i - 1;
    if (mark(v, before) == '#') return true;
    if (mark(v, before) == '.' && is(v, before - 1, "no") && glued(v, before)) return true;
    if (mark(v, before) == '-') {
        if (!glued(v, i) || !glued(v, before) || before == v->first) return false;
        uint64_t c = classes(v, before - 1);
        return shape(v, before - 1) & SHAPE_WORD && !(c & (IS(digit) | IS(currency) | IS(scale)));
    }
    return unit_is(v, before, "name");
}

/* An unknown capitalised word, not first in its sentence, and a small numeral: a type. */
static bool type_before(const struct view *v, uint32_t i)
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

static bool street(const struct view *v, uint32_t i)
{
    static const char *const ways[] = {"avenue", "street", "road", "boulevard", "drive", NULL};
    for (uint32_t k = i + 1; k < i + 4 && shape(v, k) & SHAPE_CAPITAL; k++)
        if (k > i + 1 && one_of(v, k, ways)) return true;
    return false;
}

static bool name(const struct view *v, uint32_t i, struct value *out)
{
    bool named =
        named_before(v, i) || (shape(v, i) & SHAPE_NUMBER && (type_before(v, i) || street(v, i)));
    if (!named) return false;
    bool dated = mark(v, i - 1) == '-' && year_like(v, i); /* pre-2014, mid-2023 */
    return put(out, i, i + 1, dated ? VALUE_TIME : VALUE_NAME);
}

/* --- dates and years --- */

/* "24 March", "the 24th of February": where the month is, or 0. */
static uint32_t month_behind(const struct view *v, uint32_t i)
{
    if (ordinal_tail(v, i)) i++;
    if (month(v, i)) return i;
    return is(v, i, "of") && month(v, i + 1) ? i + 1 : 0;
}

/* "March 24, 2022", "24 March 2022", "April 6 and 7", "March 24-25", "6 and 7 April". */
static bool date(const struct view *v, uint32_t i, struct value *out)
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
    return put(out, i, end, VALUE_TIME);
}

/* Words that a year follows, and an amount hardly ever does. */
static const char *const year_before[] = {
    "in", "since", "until",   "till", "before", "after",  "during",  "by",     "year", "fiscal",
    "fy", "early", "late",    "mid",  "from",   "summer", "winter",  "spring", "fall", "autumn",
    "of", "for",   "january", "end",  "to",     "and",    "through", "the",    NULL};

/* 2022, unless it counts people or things: "2000 soldiers", "about 2000". */
static bool year(const struct view *v, uint32_t i, struct value *out)
{
    if (!year_like(v, i)) return false;
    uint32_t next = i + 1;
    if (classes(v, next) & (IS(scale) | IS(currency))) return false;
    if (mark(v, next) == '%' || unit_is(v, next, "percent")) return false;
    uint64_t c = i > v->first ? classes(v, i - 1) : 0;
    if (c & IS(currency)) return false;
    bool approx =
        c & (IS(over) | IS(under) | IS(about) | IS(nearly)) && !one_of(v, i - 1, year_before);
    bool after_year_word = i > v->first && one_of(v, i - 1, year_before);
    if (approx) return false;
    bool counted = !after_year_word &&
                   classes(v, next) & (IS(unit) | IS(goods) | IS(demonym) | IS(group)) &&
                   !(shape(v, next) & SHAPE_CAPITAL && !(classes(v, next) & IS(demonym)));
    return !counted && put(out, i, next, VALUE_TIME);
}

static bool clock(const struct view *v, uint32_t i, struct value *out)
{
    if (!(shape(v, i) & SHAPE_NUMBER)) return false;
    static const char *const halves[] = {"am", "pm", "a.m", "p.m", "a.m.", "p.m.", NULL};
    return one_of(v, i + 1, halves) && put(out, i, i + 2, VALUE_TIME);
}

/* "11th tranche", "1990s"; else the letters that hang on a numeral make it a name: "5G", "2nd". */
static bool lettered(const struct view *v, uint32_t i, struct value *out)
{
    uint32_t next = i + 1;
    if (!(shape(v, i) & SHAPE_NUMBER) || !glued(v, next) || !(shape(v, next) & SHAPE_WORD))
        return false;
    uint64_t c = classes(v, next);
    if (is(v, next, "s") || is(v, next, "'s") || c & (IS(scale) | IS(currency) | IS(unit)))
        return false;
    return put(out, i, next + 1, VALUE_NAME);
}

/* --- amounts --- */

/* A number with its currency or percent sign: half of a range, or all of it. */
struct amount {
    struct number n;
    uint32_t first, end;  /* sign included */
    const char *currency; /* NULL: none; "?": one that is not said */
    bool percent;
};

static const char *currency_named(const struct view *v, uint32_t i)
{
    const char *code = value(v, i, WORD_currency);
    return strcmp(code, "$") == 0 ? v->dollar : code;
}

/* "US$", "C$", "A$": whose dollar the sign at i is, and where that begins. */
static const char *dollar_prefix(const struct view *v, uint32_t i, uint32_t *first)
{
    static const struct {
        const char *prefix, *code;
    } dollars[] = {{"us", "USD"},  {"u.s.", "USD"}, {"usd", "USD"}, {"c", "CAD"},  {"ca", "CAD"},
                   {"can", "CAD"}, {"a", "AUD"},    {"au", "AUD"},  {"nz", "NZD"}, {"nt", "TWD"}};
    if (i == v->first || !glued(v, i) || mark(v, i) != '$') return NULL;
    for (size_t k = 0; k < sizeof dollars / sizeof *dollars; k++) {
        if (!is(v, i - 1, dollars[k].prefix) || !(shape(v, i - 1) & SHAPE_CAPITAL)) continue;
        *first = i - 1;
        return dollars[k].code;
    }
    return NULL;
}

/* A sign or code that stands before the number at i: "$", "EUR". */
static const char *currency_before(const struct view *v, uint32_t i, uint32_t *first)
{
    if (i == v->first || !(classes(v, i - 1) & IS(currency))) return NULL;
    const char *prefixed = dollar_prefix(v, i - 1, first);
    if (prefixed) return prefixed;
    bool code = shape(v, i - 1) & SHAPE_UPPER && v->ws->word[i - 1].len == 3;
    if (!(shape(v, i - 1) & SHAPE_MARK) && !code) return NULL;
    *first = i - 1;
    return currency_named(v, i - 1);
}

/* Weight, not money: "500 pounds of flour", "2,000-pound bomb". */
static bool weighed(const struct view *v, uint32_t i, const struct amount *a)
{
    if (strcmp(currency_named(v, i), "GBP") != 0 || a->n.scale >= 1000000) return false;
    bool pounds = is(v, i, "pound") || is(v, i, "pounds");
    return pounds && v->ws->word[i].span == 1 && (is(v, i + 1, "of") || is(v, i, "pound"));
}

/* The currency behind the number: "euros", "of euros", "-dollar", "EUR". */
static void currency_behind(const struct view *v, struct amount *a)
{
    static const char *const fillers[] = {"additional", "more", "extra", "new", "further", NULL};
    uint32_t i = a->end;
    if (words_join(v->ws, i, v->end))
        i++;
    else if (a->n.form == NUMBER_VAGUE && is(v, i, "of"))
        i++;
    if (one_of(v, i, fillers) && classes(v, i + 1) & IS(currency)) i++;
    if (!(classes(v, i) & IS(currency))) return;
    if (mark(v, i) == '$' && !glued(v, i)) return; /* belongs to the next number */
    bool code = v->ws->word[i].len == 3 && !is(v, i, "yen") && !is(v, i, "lei");
    if (code && !(shape(v, i) & SHAPE_UPPER)) return;
    if (shape(v, i + 1) & SHAPE_NUMBER && code) return;
    if (weighed(v, i, a)) return;
    if (!a->currency || strcmp(a->currency, "?") == 0)
        a->currency = currency_named(v, i);
    else if (v->ws->word[i].span > 1)
        a->currency = currency_named(v, i); /* "$5 Canadian dollars" */
    a->end = behind(v, i);
}

/* "%", "percent", "percentage points", "-percent". */
static void percent_behind(const struct view *v, struct amount *a)
{
    uint32_t i = a->end;
    if (words_join(v->ws, i, v->end)) i++;
    if (!unit_is(v, i, "percent")) return;
    a->percent = true;
    a->end = behind(v, i);
}

/* An amount that begins at i, which may be its sign. */
static bool amount_at(const struct view *v, uint32_t i, bool between, struct amount *a)
{
    *a = (struct amount){.first = i};
    if (classes(v, i) & IS(currency) && i + 1 < v->end) i++;
    if (i >= v->end || !number_at(v->ws, i, v->end, between, &a->n)) return false;
    a->end = a->n.end;
    uint32_t first = i;
    a->currency = currency_before(v, i, &first);
    a->first = first;
    if (a->n.form == NUMBER_FRACTION || a->n.form == NUMBER_DECADE) return true;
    /* "m" and "b" count money or nothing of ours: "100m" are metres. */
    percent_behind(v, a);
    if (!a->percent) currency_behind(v, a);
    return true;
}

/* --- ranges --- */

static bool rescale(struct dec *d, int64_t scale)
{
    return dec_times(*d, scale, d);
}

/* Give the first of "5 to 7 billion" the scale of the second; false if it has another of its own.
 */
static bool share_scale(struct amount *a, const struct amount *b)
{
    int64_t scale = b->n.scale;
    struct dec said = b->n.said;
    /* "60, 90,000": thousands that only the second spells out */
    int64_t whole = number_whole(b->n.low);
    if (scale == 1 && whole >= 1000 && whole % 1000 == 0 && a->n.whole &&
        number_whole(a->n.low) < 1000 && number_whole(a->n.low) < whole / 1000) {
        int64_t thousands = whole / 1000;
        if (thousands <= 10 * number_whole(a->n.low)) {
            scale = 1000;
            said = (struct dec){thousands, 0};
        }
    }
    if (a->n.scale != 1 || scale == 1) return true;
    if (a->n.form == NUMBER_VAGUE || dec_cmp(a->n.low, said) >= 0) return true;
    if (a->n.low.n >= 1000) return true;
    if (!rescale(&a->n.low, scale)) return false;
    a->n.high = a->n.low;
    a->n.scale = scale;
    return true;
}

/* The joint of a range at i: its words, or 0. *loose: "or" and a comma join only what is close. */
static uint32_t joint_at(const struct view *v, uint32_t i, bool between, bool *loose)
{
    *loose = false;
    if (is(v, i, "to") || (between && is(v, i, "and"))) return 1;
    if (mark(v, i) == '-') return 1;
    *loose = true;
    if (is(v, i, "or")) return 1;
    if (mark(v, i) == ',') return is(v, i + 1, "or") ? 2 : 1;
    return 0;
}

/* Whether a second amount makes the first a range, and not a list. */
static bool joinable(const struct amount *a, const struct amount *b, bool loose, bool comma)
{
    if (a->n.form == NUMBER_FRACTION || b->n.form == NUMBER_FRACTION) return false;
    if (a->percent && !b->percent) return false;
    if (a->currency && b->currency && strcmp(a->currency, b->currency) != 0) return false;
    if (a->currency && !b->currency && b->n.scale == 1 && a->n.scale > 1) return false;
    if (b->currency && !a->currency && a->n.scale > 1 && b->n.scale == 1) return false;
    if (dec_cmp(a->n.low, b->n.low) >= 0) return false;
    struct dec ten;
    if (loose && (!dec_times(a->n.low, 10, &ten) || dec_cmp(b->n.low, ten) > 0)) return false;
    return !comma || a->n.scale != 1;
}

/* A change, not a range: "from 40,000 to 60,000" are two numbers. */
static bool change(const struct view *v, const struct amount *a)
{
    return a->first > v->first && is(v, a->first - 1, "from");
}

/* Join what follows to *a if it is a range: then b is its upper end. */
static bool range_behind(const struct view *v, struct amount *a, bool between, struct amount *b)
{
    bool loose;
    uint32_t joint = joint_at(v, a->end, between, &loose);
    if (!joint) return false;
    uint32_t i = a->end + joint;
    bool comma = mark(v, a->end) == ',';
    uint64_t next = classes(v, i);
    if (!(shape(v, i) & SHAPE_NUMBER) &&
        !(next & (IS(digit) | IS(scale) | IS(currency) | IS(fraction)))) {
        if (!is(v, i, "a") || !(classes(v, i + 1) & IS(scale))) return false;
        i++;
    }
    if (!amount_at(v, i, false, b)) return false;
    if (comma && (!b->n.whole && b->n.scale == 1 ? a->n.form != NUMBER_NUMERAL : a->n.scale != 1))
        return false;
    struct amount shared = *a;
    if (!share_scale(&shared, b)) return false;
    if (!joinable(&shared, b, loose, comma)) return false;
    *a = shared;
    return !change(v, a);
}

/* --- what surrounds an amount --- */

/* The approximation that ends right before word i: its class and where it begins. */
static bool approx_ends(const struct view *v, uint32_t i, enum approx *approx, uint32_t *first)
{
    bool found = false;
    uint32_t low = i > v->first + 8 ? i - 8 : v->first;
    for (uint32_t k = i; k-- > low && !(shape(v, k) & SHAPE_MARK && mark(v, k) != '~');) {
        uint64_t c = classes(v, k);
        if (k + v->ws->word[k].span != i || !(c & (IS(over) | IS(under) | IS(about) | IS(nearly))))
            continue;
        *approx = c & IS(nearly)  ? APPROX_NEARLY
                  : c & IS(over)  ? APPROX_AT_LEAST
                  : c & IS(under) ? APPROX_AT_MOST
                                  : APPROX_ABOUT;
        *first = k;
        found = true;
    }
    return found;
}

/* Approximation before the amount, over "a", "an additional", "another" between them. */
static enum approx approx_before(const struct view *v, uint32_t *first)
{
    static const char *const fillers[] = {"a",     "an",      "additional", "another",
                                          "total", "extra",   "further",    "of",
                                          "just",  "between", "roughly",    NULL};
    enum approx approx = APPROX_EXACT;
    uint32_t i = *first;
    for (int k = 0; k < 4; k++) {
        if (approx_ends(v, i, &approx, first)) break;
        if (i == v->first || !one_of(v, i - 1, fillers)) break;
        i--;
    }
    return approx;
}

/* "40-plus", "40+", "40-odd", "40 or more", "30,000 or so". */
static enum approx approx_behind(const struct view *v, enum approx approx, uint32_t *end)
{
    uint32_t i = *end;
    uint32_t at = words_join(v->ws, i, v->end) ? i + 1 : i;
    enum approx found = APPROX_EXACT;
    if (is(v, at, "plus") && (at > i || !(shape(v, at + 1) & SHAPE_NUMBER)))
        found = APPROX_AT_LEAST;
    else if (mark(v, i) == '+' && glued(v, i))
        found = APPROX_AT_LEAST;
    else if (is(v, at, "odd") || is(v, at, "some") || is(v, at, "ish"))
        found = APPROX_ABOUT;
    if (found != APPROX_EXACT) {
        *end = at + 1;
        return found;
    }
    bool or_words =
        is(v, i, "or") && (is(v, i + 1, "more") || is(v, i + 1, "so") || is(v, i + 1, "less") ||
                           is(v, i + 1, "fewer") || is(v, i + 1, "thereabouts"));
    if (!or_words) return approx;
    *end = i + 2;
    if (is(v, i + 1, "more")) return APPROX_AT_LEAST;
    return is(v, i + 1, "so") || is(v, i + 1, "thereabouts") ? APPROX_ABOUT : APPROX_AT_MOST;
}

/* "of GDP", "of their GDP", "of its gross domestic product" behind a share: where it ends, or 0. */
static uint32_t of_gdp(const struct view *v, uint32_t i)
{
    if (words_join(v->ws, i, v->end)) i++;
    if (is(v, i, "gdp")) return i + 1;
    if (!is(v, i, "of") && !is(v, i, "in")) return 0;
    for (uint32_t k = i + 1; k < i + 6; k++) {
        if (is(v, k, "gdp")) return k + 1;
        if (is(v, k, "gross") && is(v, k + 1, "domestic") && is(v, k + 2, "product")) return k + 3;
        if (shape(v, k) & SHAPE_MARK) return 0;
    }
    return 0;
}

/* "the 2% target", "spend 2% on defence": of GDP, though nobody says so. */
static bool gdp_meant(const struct view *v, const struct value *x)
{
    static const char *const aims[] = {"target", "guideline", "benchmark",  "pledge",
                                       "goal",   "mark",      "commitment", "threshold",
                                       "club",   "level",     "standard",   NULL};
    if (dec_cmp(x->high, (struct dec){5, 0}) > 0 || dec_cmp(x->low, (struct dec){1, 0}) < 0)
        return false;
    uint32_t end = x->first + x->count;
    for (uint32_t k = end; k < end + 3; k++) {
        if (one_of(v, k, aims)) return true;
        if (is(v, k, "on") && (is(v, k + 1, "defence") || is(v, k + 1, "defense"))) return true;
    }
    return false;
}

static void share(const struct view *v, struct value *x)
{
    x->kind = VALUE_SHARE;
    uint32_t end = x->first + x->count, gdp = of_gdp(v, end);
    x->unit = "percent";
    if (gdp) {
        x->count = gdp - x->first;
        end = gdp;
    }
    if (gdp || gdp_meant(v, x)) x->unit = "percent_gdp";
    x->noun = x->head = end;
    if (gdp) return;
    uint32_t from = is(v, end, "of") ? end + 1 : end;
    static const char *const articles[] = {"the", "all", "our", "their", "its", "your", NULL};
    for (int k = 0; k < 3 && one_of(v, from, articles); k++) from++;
    if (is(v, from, "of")) from++;
    struct noun n = counted_noun(v->ws, from, v->end);
    if (n.count == 0) return;
    x->noun = n.first;
    x->noun_count = n.count;
    x->head = n.head;
}

/* The noun of a sum: "$700 million package", "$800 million in security assistance", "worth of aid".
 */
static void sum_noun(const struct view *v, struct value *x)
{
    uint32_t i = x->first + x->count;
    if (is(v, i, "'")) i++;
    if (words_join(v->ws, i, v->end)) i++;
    bool linked = false;
    if (is(v, i, "worth")) i++;
    if (is(v, i, "in") || is(v, i, "of")) {
        linked = true;
        i++;
    }
    if (linked && classes(v, i) & IS(party) && !(classes(v, i + 1) & (IS(soft) | IS(goods))))
        return;
    struct noun n = counted_noun(v->ws, i, v->end);
    if (n.count == 0 || (!n.known && !linked)) return;
    if (n.unit && (strcmp(n.unit, "time") == 0 || strcmp(n.unit, "length") == 0)) return;
    x->noun = n.first;
    x->noun_count = n.count;
    x->head = n.head;
}

static void money(const struct view *v, struct value *x, const char *currency)
{
    x->kind = VALUE_MONEY;
    x->unit = currency && *currency && strcmp(currency, "?") != 0 ? currency : NULL;
    sum_noun(v, x);
}

/* A currency said before in the sentence or up to three sentences back; NULL. */
static const char *currency_around(const struct view *v, const struct sentence *s, uint32_t at)
{
    enum { SENTENCES = 3, WORDS = 240 };
    const struct words *ws = v->ws;
    uint32_t from = v->first;
    for (int k = 0; k < SENTENCES && s > ws->sentence && s - 1 < s; k++) {
        s--;
        from = s->first;
    }
    if (at - from > WORDS) from = at - WORDS;
    for (uint32_t i = at; i-- > from;) {
        const struct word *w = &ws->word[i];
        if (!(word_classes(w) & IS(currency))) continue;
        const char *code = word_value(w, WORD_currency);
        bool bare_code =
            w->len == 3 && !(w->shape & (SHAPE_UPPER | SHAPE_MARK)) && !word_is(ws, i, "yen");
        if (bare_code || strcmp(code, "?") == 0) continue;
        return strcmp(code, "$") == 0 ? v->dollar : code;
    }
    return NULL;
}

/* Things that are counted in money when millions of them are said: "an 800 million package". */
static bool sum_of(const struct noun *n)
{
    return n->classes & (IS(soft) | IS(channel)) && !(n->classes & (IS(unit) | IS(goods)));
}

/* "of the 30 Allies", "of our soldiers", "of them": what a number of many counts. */
static uint32_t noun_start(const struct view *v, uint32_t i)
{
    static const char *const articles[] = {"the",   "our", "your", "their", "its", "these",
                                           "those", "his", "my",   "all",   NULL};
    if (words_join(v->ws, i, v->end)) return i + 1;
    if (!is(v, i, "of")) return i;
    i++;
    for (int k = 0; k < 2 && one_of(v, i, articles); k++) i++;
    return i;
}

/* "times" that compare: "three times as much"; else occasions. */
static bool compares(const struct view *v, uint32_t i)
{
    static const char *const words[] = {"more",    "as",   "the",  "larger", "higher",   "bigger",
                                        "greater", "what", "that", "over",   "stronger", NULL};
    return one_of(v, i, words);
}

/* The unit right behind the number: "20 percent" is read already; years, kilometres, times,
 * "-strong". */
static bool measured(const struct view *v, uint32_t i, struct value *x)
{
    static const char *const adjectives[] = {
        "full",  "more",     "long",     "consecutive", "straight", "additional", "short",
        "whole", "calendar", "business", "working",     "fiscal",   "and",        NULL};
    uint32_t at = i;
    if (words_join(v->ws, at, v->end) || mark(v, at) == '-') at++;
    for (int k = 0; k < 2 && one_of(v, at, adjectives) && !(classes(v, at) & IS(unit)); k++) at++;
    const char *unit = classes(v, at) & IS(unit) ? value(v, at, WORD_unit) : "";
    bool clocked = strcmp(unit, "time") == 0, length = strcmp(unit, "length") == 0;
    if (strcmp(unit, "times") == 0 && (is(v, at, "times") || is(v, at, "fold"))) {
        bool factor = is(v, at, "fold") || compares(v, at + 1);
        x->kind = factor ? VALUE_COUNT : VALUE_TIME;
        x->unit = factor ? "times" : NULL;
    } else if (clocked || length || is(v, at, "pound") ||
               (is(v, at, "pounds") && is(v, at + 1, "of"))) {
        x->kind = clocked ? VALUE_TIME : VALUE_DISTANCE;
    } else {
        return false;
    }
    x->count = behind(v, at) - x->first;
    x->noun = x->head = x->first + x->count;
    return true;
}

static void give_noun(struct value *x, const struct noun *n)
{
    x->noun = n->first;
    x->noun_count = n->count;
    x->head = n->head;
}

/* "25-person team", "5,000-strong brigade", "30-nation alliance": the unit hangs on the number. */
static bool compound(const struct view *v, struct value *x)
{
    uint32_t i = x->first + x->count;
    if (!words_join(v->ws, i, v->end)) return false;
    bool strong = is(v, i + 1, "strong");
    const char *unit = strong ? "people" : value(v, i + 1, WORD_unit);
    bool counts =
        strcmp(unit, "people") == 0 || strcmp(unit, "country") == 0 || strcmp(unit, "tonne") == 0;
    if (!counts) {
        if (!(shape(v, i + 1) & SHAPE_WORD)) return false;
        x->kind = VALUE_NAME; /* two-pronged, 7-point */
        x->count += 2;
    } else {
        x->kind = VALUE_COUNT;
        x->unit = unit;
        x->count += 2;
        struct noun n = counted_noun(v->ws, x->first + x->count, v->end);
        if (n.count) give_noun(x, &n);
    }
    if (!x->noun_count) x->noun = x->head = x->first + x->count;
    return true;
}

/* A number without currency or sign: what it counts. */
static void count(const struct view *v, const struct sentence *s, const struct amount *a,
                  struct value *x)
{
    uint32_t end = x->first + x->count;
    if (measured(v, end, x) || compound(v, x)) return;
    bool large = a->n.scale >= 1000000 || dec_cmp(x->low, (struct dec){10000000, 0}) >= 0;
    uint32_t from = noun_start(v, end);
    bool partitive = is(v, end, "of");
    struct noun n = {0};
    if (!partitive || a->n.form == NUMBER_VAGUE || from > end + 1)
        n = counted_noun(v->ws, from, v->end);
    if (n.count && !(large && sum_of(&n))) {
        x->kind = VALUE_COUNT;
        x->unit = n.unit;
        give_noun(x, &n);
        if (strcmp(n.unit, "time") == 0) x->kind = VALUE_TIME;
        if (strcmp(n.unit, "length") == 0) x->kind = VALUE_DISTANCE;
        if (x->kind != VALUE_COUNT || strcmp(n.unit, "percent") == 0) x->unit = NULL;
        return;
    }
    if (a->n.scale >= 1000000) {
        money(v, x, currency_around(v, s, a->first));
        return;
    }
    x->kind = VALUE_BARE;
}

/* --- one value --- */

/* "no one", "this one", "one of the": a pronoun and no number. */
static bool pronoun(const struct view *v, const struct amount *a)
{
    if (!is(v, a->n.first, "one") || a->n.end != a->n.first + 1 || a->percent || a->currency)
        return false;
    static const char *const before[] = {"no",    "this",  "that",    "any",     "some", "every",
                                         "each",  "which", "the",     "another", "last", "next",
                                         "first", "only",  "another", NULL};
    if (a->first > v->first && one_of(v, a->first - 1, before)) return true;
    if (words_join(v->ws, a->end, v->end)) return false;
    struct noun n = counted_noun(v->ws, a->end, v->end);
    return n.count == 0 || !n.known;
}

/* "doubled", "tripling the size of": a factor. */
static bool factor(const struct view *v, uint32_t i, struct value *x)
{
    uint64_t both = IS(digit) | IS(unit);
    if ((classes(v, i) & both) != both || is(v, i + 1, "down")) return false;
    put(x, i, i + 1, VALUE_COUNT);
    const char *times = value(v, i, WORD_digit);
    x->low = x->high = (struct dec){times[1] ? 10 : times[0] - '0', 0};
    x->unit = "times";
    static const char *const articles[] = {"the", "our", "its", "their", "of", "of", "in", NULL};
    uint32_t from = i + 1;
    for (int k = 0; k < 2 && one_of(v, from, articles); k++) from++;
    struct noun n = counted_noun(v->ws, from, v->end);
    if (n.count) give_noun(x, &n);
    return true;
}

static bool read_amount(const struct view *v, const struct sentence *s, uint32_t i, struct value *x)
{
    bool between = i > v->first && (is(v, i - 1, "between") || is(v, i - 2, "between"));
    struct amount a, b;
    if (!amount_at(v, i, between, &a)) return false;
    if (a.n.form == NUMBER_FRACTION) return put(x, a.first, a.end, VALUE_NAME);
    if (a.n.form == NUMBER_DECADE) return put(x, a.first, a.end, VALUE_TIME);
    if (pronoun(v, &a)) return put(x, a.first, a.end, VALUE_NAME);

    put(x, a.first, a.end, VALUE_BARE);
    x->low = a.n.low;
    x->high = a.n.high;
    const struct amount *unit = &a;
    if (range_behind(v, &a, between, &b)) {
        x->high = b.n.high;
        x->count = b.end - x->first;
        if (!b.currency && !b.percent && a.currency) b.currency = a.currency;
        unit = &b;
    }
    x->low = a.n.low;
    uint32_t first = x->first, end = x->first + x->count;
    x->approx = approx_before(v, &first);
    if (x->approx == APPROX_EXACT && a.n.about) x->approx = APPROX_ABOUT;
    x->approx = approx_behind(v, x->approx, &end);
    x->first = first;
    x->count = end - first;
    x->noun = x->head = end;

    struct amount whole = *unit;
    whole.first = a.first;
    const char *currency = whole.currency ? whole.currency : a.currency;
    if (whole.percent)
        share(v, x);
    else if (currency)
        money(v, x, currency);
    else
        count(v, s, &whole, x);
    return true;
}

/* Whether the word can begin a number at all. */
static bool begins(const struct word *w)
{
    if (w->shape & SHAPE_NUMBER) return true;
    return w->entry && word_classes(w) & (IS(digit) | IS(scale) | IS(vague) | IS(fraction));
}

/* The value at or behind a sign at i; false when the word is none. */
static bool value_at(const struct view *v, const struct sentence *s, uint32_t i, struct value *x)
{
    if (factor(v, i, x)) return true;
    if (shape(v, i) & SHAPE_NUMBER) {
        bool signed_ =
            i > v->first && classes(v, i - 1) & IS(currency) && shape(v, i - 1) & SHAPE_MARK;
        if (!signed_ && (chain(v, i, x) || clock(v, i, x) || date(v, i, x) || footnote(v, i, x) ||
                         name(v, i, x) || year(v, i, x) || lettered(v, i, x)))
            return true;
        if (read_amount(v, s, i, x)) return true;
        return put(x, i, i + 1, VALUE_NAME); /* more digits than any amount has */
    }
    if (name(v, i, x)) return true;
    return read_amount(v, s, i, x);
}

/* "$45 billion - $45 billion": said twice. */
static bool said_again(const struct view *v, const struct value *old, const struct value *new)
{
    if (new->kind == VALUE_TIME || new->kind == VALUE_NAME || new->kind == VALUE_DISTANCE)
        return false;
    if (dec_cmp(old->low, new->low) || dec_cmp(old->high, new->high)) return false;
    if (old->kind != new->kind && old->kind != VALUE_BARE) return false;
    uint32_t gap = old->first + old->count;
    if (new->first < gap || new->first > gap + 3 || gap >= v->end) return false;
    const struct word *w = &v->ws->word[gap];
    return new->first > gap && w->shape &SHAPE_MARK && (mark(v, gap) == '-' || w->len > 1);
}

uint32_t values_of(const struct words *ws, const struct sentence *s, const char *dollar,
                   struct value out[VALUES_MAX])
{
    struct view v = {ws, s->first, s->first + s->count, dollar ? dollar : "USD"};
    uint32_t n = 0, named = v.first;
    for (uint32_t i = v.first; i < v.end && n < VALUES_MAX;) {
        const struct word *w = &ws->word[i];
        /* "Leopard 2", "155 shells": a spelling of the lexicon that holds a number is a name. */
        if (w->span > 1 && w->entry &&
            word_classes(w) & (IS(goods) | IS(channel) | IS(party) | IS(body)))
            named = i + w->span > named ? i + w->span : named;
        if (!begins(w)) {
            i++;
            continue;
        }
        struct value x;
        bool found = i < named && w->shape & SHAPE_NUMBER ? put(&x, i, i + 1, VALUE_NAME) != NULL
                                                          : value_at(&v, s, i, &x);
        if (!found) {
            i++;
            continue;
        }
        uint32_t end = x.first + x.count;
        if (n > 0 && said_again(&v, &out[n - 1], &x)) {
            x.count = end - out[n - 1].first;
            x.first = out[n - 1].first;
            if (x.approx == APPROX_EXACT) x.approx = out[n - 1].approx;
            out[n - 1] = x;
        } else {
            out[n++] = x;
        }
        i = end > i ? end : i + 1;
    }
    return n;
}
