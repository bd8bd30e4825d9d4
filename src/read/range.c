/*
 * range.c - see range.h.
 *
 * A sign may stand on either side of its number, and a dollar may be anybody's;
 * of two amounts that are joined, one often lends the other its sign or scale.
 */
#include "read/range.h"

#include <string.h>

#include "read/noun.h"

/* --- amounts --- */

static const char *currency_named(const struct glance *v, uint32_t i)
{
    const char *code = value(v, i, WORD_currency);
    return strcmp(code, "$") == 0 ? v->dollar : code;
}

/* "US$", "C$", "A$", "CAD $": whose dollar the sign at i is, and where that begins. */
static const char *dollar_prefix(const struct glance *v, uint32_t i, uint32_t *first)
{
    static const struct {
        const char *prefix, *code;
    } dollars[] = {{"us", "USD"},  {"u.s.", "USD"}, {"usd", "USD"}, {"c", "CAD"},  {"ca", "CAD"},
                   {"can", "CAD"}, {"a", "AUD"},    {"au", "AUD"},  {"nz", "NZD"}, {"nt", "TWD"},
                   {"cad", "CAD"}, {"aud", "AUD"},  {"nzd", "NZD"}};
    if (i == v->first || mark(v, i) != '$') return NULL;
    bool code = v->ws->word[i - 1].len == 3 && shape(v, i - 1) & SHAPE_UPPER;
    if (!glued(v, i) && !code) return NULL;
    for (size_t k = 0; k < sizeof dollars / sizeof *dollars; k++) {
        if (!is(v, i - 1, dollars[k].prefix) || !(shape(v, i - 1) & SHAPE_CAPITAL)) continue;
        *first = i - 1;
        return dollars[k].code;
    }
    return NULL;
}

/* A sign or code that stands before the number at i: "$", "EUR". */
static const char *currency_before(const struct glance *v, uint32_t i, uint32_t *first)
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
static bool weighed(const struct glance *v, uint32_t i, const struct amount *a)
{
    if (strcmp(currency_named(v, i), "GBP") != 0) return false;
    bool pounds = is(v, i, "pound") || is(v, i, "pounds"), goods = a->n.scale < 1000000;
    for (uint32_t k = i + 2; k < i + 5; k++) /* "2 million pounds of relief supplies" */
        goods |= (classes(v, k) & (IS(goods) | IS(soft))) == IS(goods) || classes(v, k) & IS(give);
    goods |= is(v, i + 2, "aid") || is(v, i + 2, "humanitarian") || is(v, i + 2, "relief");
    if (!goods) return false;
    return pounds && v->ws->word[i].span == 1 && (is(v, i + 1, "of") || is(v, i, "pound"));
}

/* The currency behind the number: "euros", "of euros", "-dollar", "EUR". */
static void currency_behind(const struct glance *v, struct amount *a)
{
    static const char *const fillers[] = {"additional", "more", "extra", "new", "further"};
    uint32_t i = a->end;
    if (words_join(v->ws, i, v->end))
        i++;
    else if (a->n.form == NUMBER_VAGUE && is(v, i, "of"))
        i++;
    if (ONE_OF(v, i, fillers) && classes(v, i + 1) & IS(currency)) i++;
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
static void percent_behind(const struct glance *v, struct amount *a)
{
    uint32_t i = a->end;
    if (words_join(v->ws, i, v->end)) i++;
    if (!unit_is(v, i, "percent")) return;
    a->percent = true;
    a->end = behind(v, i);
}

bool amount_at(const struct glance *v, uint32_t i, bool between, struct amount *a)
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
    if (scale == 1 && number_whole(a->n.low) < 10 && whole >= 100 && whole < 1000 &&
        whole % 100 == 0) {
        scale = 100; /* "3- to 400" */
        said = (struct dec){whole / 100, 0};
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
static uint32_t joint_at(const struct glance *v, uint32_t i, bool between, bool *loose)
{
    *loose = false;
    if (is(v, i, "to") || (between && is(v, i, "and"))) return 1;
    bool suspended = is(v, i + 1, "to") || is(v, i + 1, "or") || (between && is(v, i + 1, "and"));
    if (mark(v, i) == '-' && suspended) return mark(v, i + 2) == '-' ? 3 : 2; /* 5- to 10-year */
    if (mark(v, i) == '-') return 1;
    *loose = true;
    if (is(v, i, "or")) return 1;
    if (mark(v, i) == ',' && !glued(v, i + 1)) return is(v, i + 1, "or") ? 2 : 1;
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
    /* "60, 90,000" and "10, 20 tanks", but not "12, 300 tanks" */
    struct dec two;
    return !comma || a->n.scale != 1 ||
           (dec_times(a->n.low, 2, &two) && dec_cmp(b->n.low, two) <= 0);
}

/* A change, not a range: "from 40,000 to 60,000" are two numbers. */
static bool change(const struct glance *v, const struct amount *a)
{
    return a->first > v->first && is(v, a->first - 1, "from");
}

bool range_behind(const struct glance *v, struct amount *a, bool between, struct amount *b)
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
    bool loud = mark(v, a->end) == '-' && joint >= 2;
    if ((loud || b->n.scale != 1 || b->n.low.n >= 1000) && !share_scale(&shared, b)) return false;
    if (!joinable(&shared, b, loose, comma)) return false;
    *a = shared;
    if (!change(v, a)) return true;
    if (!a->currency) a->currency = b->currency;
    a->percent |= b->percent;
    return false;
}

/* --- how exact --- */

/* The approximation that ends right before word i: its class and where it begins. */
static bool approx_ends(const struct glance *v, uint32_t i, enum approx *approx, uint32_t *first)
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

enum approx approx_before(const struct glance *v, uint32_t *first)
{
    static const char *const fillers[] = {"a",     "an",      "additional", "another",
                                          "total", "extra",   "further",    "of",
                                          "just",  "between", "roughly"};
    enum approx approx = APPROX_EXACT;
    uint32_t i = *first;
    for (int k = 0; k < 4; k++) {
        if (approx_ends(v, i, &approx, first)) break;
        if (i == v->first || !ONE_OF(v, i - 1, fillers)) break;
        i--;
    }
    /* "more 2 million": "than" is lost in speech */
    bool more = approx == APPROX_EXACT && i == *first && i > v->first && is(v, i - 1, "more");
    if (more && shape(v, i) & SHAPE_NUMBER &&
        !(i > v->first + 1 && shape(v, i - 2) & SHAPE_NUMBER)) {
        *first = i - 1;
        return APPROX_AT_LEAST;
    }
    return approx;
}

enum approx approx_behind(const struct glance *v, enum approx approx, uint32_t *end)
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
        if (is(v, at + 1, "odd"))
            at++; /* "40-some odd" */
        else if (mark(v, at + 1) == '-' && is(v, at + 2, "odd"))
            at += 2;
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
