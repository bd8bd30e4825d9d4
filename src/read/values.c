/*
 * values.c - see values.h.
 *
 * Numbers are found left to right. First what a number is part of is ruled
 * out (names, dates, clocks); then an amount is read with its sign and its
 * range (range.c), and given its unit and noun from the words behind it.
 * Every look in either direction is bounded, so time is linear.
 */
#include "read/values.h"

#include <stdlib.h>
#include <string.h>

#include "read/elsewhere.h"
#include "read/glance.h"
#include "read/joined.h"
#include "read/noun.h"
#include "read/range.h"

/* --- what an amount is of --- */

/* "of GDP", "of their GDP", "of its gross domestic product" behind a share: where it ends, or 0. */
static uint32_t of_gdp(const struct glance *v, uint32_t i)
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
static bool gdp_meant(const struct glance *v, const struct value *x)
{
    static const char *const spent[] = {"meet",  "meets",  "meeting",  "met",
                                        "spend", "spends", "spending", "invest"};
    if (x->first > v->first && ONE_OF(v, x->first - 1, spent) && !is(v, x->first + x->count, "of"))
        return true;
    static const char *const aims[] = {"target", "guideline", "benchmark",  "pledge",
                                       "goal",   "mark",      "commitment", "threshold",
                                       "club",   "level",     "standard"};
    if (dec_cmp(x->high, (struct dec){5, 0}) > 0 || dec_cmp(x->low, (struct dec){1, 0}) < 0)
        return false;
    uint32_t end = x->first + x->count;
    for (uint32_t k = end; k < end + 3; k++) {
        if (ONE_OF(v, k, aims)) return true;
        if (is(v, k, "on") && (is(v, k + 1, "defence") || is(v, k + 1, "defense"))) return true;
    }
    return false;
}

static void share(const struct glance *v, struct value *x)
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
    static const char *const articles[] = {"the", "all", "our", "their", "its", "your"};
    for (int k = 0; k < 3 && ONE_OF(v, from, articles); k++) from++;
    if (is(v, from, "of")) from++;
    struct noun n = counted_noun(v->ws, from, v->end);
    if (n.count == 0) return;
    x->noun = n.first;
    x->noun_count = n.count;
    x->head = n.head;
}

/* Over what was broken off at i, and the preposition said again: "in hum- - in humanitarian aid".
 */
static uint32_t past_broken(const struct glance *v, uint32_t i)
{
    if (i >= v->end || !word_broken(v->ws, i, v->end)) return i;
    uint32_t at = i + 2;
    if (at < v->end && shape(v, at) & SHAPE_MARK) at++;
    return is(v, at, "in") || is(v, at, "of") ? at + 1 : at;
}

/* "food, shelter and other humanitarian aid": where the list of things that begins before i ends.
 */
static uint32_t list_end(const struct glance *v, uint32_t i)
{
    enum { ITEMS = 8 };
    uint32_t at = i;
    for (int k = 0; k < ITEMS; k++) {
        bool comma = mark(v, at) == ',';
        uint32_t next = comma ? at + 1 : at;
        bool last = is(v, next, "and") || is(v, next, "or");
        if (last) next++;
        if (next == at) return i;
        if (shape(v, next) & SHAPE_NUMBER) return i;
        struct noun n = counted_noun(v->ws, next, v->end);
        if (!n.count || !n.known || !(n.classes & (IS(soft) | IS(goods)))) return i;
        at = n.first + n.count;
        if (last) return at;
    }
    return i;
}

/* The noun of a sum: "$700 million package", "$800 million in security assistance", "worth of aid".
 */
static void sum_noun(const struct glance *v, struct value *x)
{
    uint32_t i = x->first + x->count;
    if (is(v, i, "'")) i++;
    if (words_join(v->ws, i, v->end)) i++;
    if (is(v, i, "worth")) i++;
    if (classes(v, i) & IS(when) && is(v, behind(v, i), "in"))
        i = behind(v, i); /* a month in aid */
    bool dash = is(v, i, "that") && shape(v, i + 1) & SHAPE_MARK && is(v, i + 2, "in");
    if (dash) i += 2; /* "$2 billion that - in aid" */
    bool linked = is(v, i, "in") || is(v, i, "of");
    if (linked) i = past_broken(v, i + 1);
    if (linked && classes(v, i) & IS(party) && !(classes(v, i + 1) & (IS(soft) | IS(goods))))
        return;
    struct noun n = counted_noun(v->ws, i, v->end);
    bool named = n.count && shape(v, n.head) & SHAPE_CAPITAL; /* "the 50bn Ukraine Facility" */
    if (n.count == 0 || (!n.known && !linked && !named)) return;
    if (n.unit && (strcmp(n.unit, "time") == 0 || strcmp(n.unit, "length") == 0)) return;
    x->noun = n.first;
    x->noun_count = n.count;
    x->head = n.head;
    if (linked) x->noun_count = list_end(v, n.first + n.count) - n.first;
}

static void money(const struct glance *v, struct value *x, const char *currency)
{
    x->kind = VALUE_MONEY;
    x->unit = currency && *currency && strcmp(currency, "?") != 0 ? currency : NULL;
    sum_noun(v, x);
}

/* Where the words begin that one still has in mind at word `at`: three sentences back at most. */
static uint32_t context(const struct glance *v, const struct sentence *s, uint32_t at)
{
    enum { SENTENCES = 3, WORDS = 240 };
    const struct words *ws = v->ws;
    uint32_t from = v->first;
    /* A caller's copy of a sentence has no sentences before it. */
    uintptr_t all = (uintptr_t)ws->sentence, at_s = (uintptr_t)s;
    bool ours = at_s >= all && at_s < all + ws->sentence_count * sizeof *s;
    for (int k = 0; ours && k < SENTENCES && s > ws->sentence; k++) from = (--s)->first;
    return at - from > WORDS ? at - WORDS : from;
}

/*
 * A currency said before in the sentence or up to three sentences back; NULL.
 * *people: people were counted since, so that "two million more" are people.
 */
static const char *currency_around(const struct glance *v, const struct sentence *s, uint32_t at,
                                   bool *people)
{
    *people = false;
    const struct words *ws = v->ws;
    for (uint32_t i = at, from = context(v, s, at); i-- > from;) {
        const struct word *w = &ws->word[i];
        if (word_classes(w) & IS(unit) && strcmp(word_value(w, WORD_unit), "people") == 0)
            *people = true;
        if (!(word_classes(w) & IS(currency)) || *people) continue;
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

/* Ends like a plural. */
static bool plural_noun(const struct glance *v, uint32_t i)
{
    if (i >= v->end) return false;
    const struct word *w = &v->ws->word[i];
    return w->len > 3 && v->ws->text[w->at + w->len - 1] == 's';
}

/* "hundreds of thousands affected": no noun. */
static bool participle(const struct glance *v, uint32_t i)
{
    const struct word *w = &v->ws->word[i];
    return w->len > 4 && memcmp(v->ws->text + w->at + w->len - 2, "ed", 2) == 0;
}

/* "of the 30 Allies", "of our soldiers", "of them": what a number of many counts. */
static uint32_t noun_start(const struct glance *v, uint32_t i)
{
    static const char *const articles[] = {"the",   "our",   "your", "their", "its",
                                           "these", "those", "his",  "my",    "all"};
    if (words_join(v->ws, i, v->end)) return i + 1;
    if (!is(v, i, "of")) return i;
    i++;
    for (int k = 0; k < 2 && ONE_OF(v, i, articles); k++) i++;
    return i;
}

/* "times" that compare: "three times as much"; else occasions. */
static bool compares(const struct glance *v, uint32_t i)
{
    static const char *const words[] = {"more",    "as",   "the",  "larger", "higher",  "bigger",
                                        "greater", "what", "that", "over",   "stronger"};
    return ONE_OF(v, i, words);
}

/* "54,000 pounds of flour and blankets": a load, if things are known to be weighed. */
static bool loaded(const struct glance *v, uint32_t at, struct value *x)
{
    enum { NEAR = 6 };
    if (!is(v, at, "pounds") || !is(v, at + 1, "of")) return false;
    struct noun n = counted_noun(v->ws, at + 2, v->end);
    for (uint32_t i = at + 2; !(n.classes & IS(goods)) && i < at + 2 + NEAR && !mark(v, i); i++) {
        if (!(classes(v, i) & IS(goods))) continue;
        n.classes = classes(v, i); /* "special tools and equipment" */
        n.count = behind(v, i) - n.first;
        n.head = i;
    }
    if (!n.count || !(n.classes & (IS(goods) | IS(soft)))) return false;
    x->kind = VALUE_COUNT;
    x->unit = "pound";
    x->count = at + 1 - x->first;
    x->noun = n.first;
    x->noun_count = n.count;
    x->head = n.head;
    return true;
}

/* The unit right behind the number: "20 percent" is read already; years, kilometres, times,
 * "-strong". */
static bool measured(const struct glance *v, uint32_t i, struct value *x)
{
    static const char *const adjectives[] = {
        "full",  "more",     "long",     "consecutive", "straight", "additional", "short",
        "whole", "calendar", "business", "working",     "fiscal",   "and"};
    uint32_t at = i;
    if (words_join(v->ws, at, v->end) || mark(v, at) == '-') at++;
    for (int k = 0; k < 2 && ONE_OF(v, at, adjectives) && !(classes(v, at) & IS(unit)); k++) at++;
    const char *unit = classes(v, at) & IS(unit) ? value(v, at, WORD_unit) : "";
    bool clocked = strcmp(unit, "time") == 0, length = strcmp(unit, "length") == 0;
    if (loaded(v, at, x)) return true;
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
static bool compound(const struct glance *v, struct value *x)
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

/* "raise the troops from 40,000 to 60,000": people and rounds that stand before their number. */
static bool counted_before(const struct glance *v, struct value *x)
{
    uint32_t i = x->first;
    if (i == v->first || !(is(v, i - 1, "from") || is(v, i - 1, "to"))) return false;
    uint32_t low = i > v->first + 9 ? i - 9 : v->first;
    for (uint32_t k = i - 1; k-- > low && !(shape(v, k) & SHAPE_MARK);) {
        if (!unit_is(v, k, "people") && !unit_is(v, k, "round")) continue;
        x->kind = VALUE_COUNT;
        x->unit = value(v, k, WORD_unit);
        x->noun = x->head = k;
        x->noun_count = v->ws->word[k].span;
        return true;
    }
    return false;
}

static bool currency_in(const struct glance *v, uint32_t end)
{
    for (uint32_t i = v->first; i < end; i++)
        if (classes(v, i) & IS(currency) && (shape(v, i) & SHAPE_MARK || v->ws->word[i].len > 3))
            return true;
    return false;
}

/*
 * What a number counts. One battery "and munitions" is one battery: only
 * above one may singulars be modifiers of what ends their list.
 */
static struct noun noun_of(const struct glance *v, uint32_t from, bool one)
{
    struct noun whole = counted_noun(v->ws, from, v->end);
    if (!one) return whole;
    for (uint32_t i = from; i < whole.head; i++) {
        if (mark(v, i) != ',' && !is(v, i, "and") && !is(v, i, "or")) continue;
        struct noun first = counted_noun(v->ws, from, i);
        if (!first.count || !first.known) return whole;
        first.count = whole.count;
        return first;
    }
    return whole;
}

/* "Three and a half of them" behind "ten million people": the scale and unit are those of before.
 */
static bool of_them(const struct glance *v, const struct sentence *s, struct value *x)
{
    static const char *const those[] = {"them", "those", "these"};
    uint32_t end = x->first + x->count;
    if (number_whole(x->low) >= 0 || !is(v, end, "of") || !ONE_OF(v, end + 1, those)) return false;
    for (uint32_t i = x->first, from = context(v, s, i); i-- > from;) {
        const struct word *w = &v->ws->word[i];
        if (!(word_classes(w) & IS(scale)) || w->len < 4) continue;
        int64_t scale = strtoll(word_value(w, WORD_scale), NULL, 10);
        struct dec low, high;
        if (!dec_times(x->low, scale, &low) || !dec_times(x->high, scale, &high)) return false;
        struct noun n = counted_noun(v->ws, i + 1, v->first > i + 1 ? v->first : x->first);
        if (!n.count) return false;
        x->low = low;
        x->high = high;
        x->kind = VALUE_COUNT;
        x->unit = n.unit;
        give_noun(x, &n);
        return true;
    }
    return false;
}

/* A number without currency or sign: what it counts. */
static void count(const struct glance *v, const struct sentence *s, const struct amount *a,
                  struct value *x)
{
    uint32_t end = x->first + x->count;
    if (measured(v, end, x) || compound(v, x) || of_them(v, s, x)) return;
    bool large = a->n.scale >= 1000000 || dec_cmp(x->low, (struct dec){1000000, 0}) >= 0;
    if (is(v, end, "strong")) x->count = ++end - x->first;
    uint32_t from = noun_start(v, end);
    bool partitive = is(v, end, "of");
    struct noun n = {0};
    if (!partitive || a->n.form == NUMBER_VAGUE || from > end + 1 || a->n.scale > 1)
        n = noun_of(v, from, dec_cmp(x->high, (struct dec){1, 0}) == 0);
    bool odd = !n.known && !plural_noun(v, n.head) && dec_cmp(x->high, (struct dec){1, 0}) > 0;
    if (odd && (large || participle(v, n.head))) n.count = 0; /* "two million right now" */
    if (n.count && number_whole(x->low) < 0 && strcmp(n.unit, "each") == 0) n.count = 0;
    if (n.count && !(large && sum_of(&n))) {
        x->kind = VALUE_COUNT;
        x->unit = n.unit;
        give_noun(x, &n);
        if (strcmp(n.unit, "time") == 0) x->kind = VALUE_TIME;
        if (strcmp(n.unit, "length") == 0) x->kind = VALUE_DISTANCE;
        if (x->kind != VALUE_COUNT || strcmp(n.unit, "percent") == 0) x->unit = NULL;
        return;
    }
    x->kind = VALUE_BARE;
    if (a->n.form == NUMBER_VAGUE && a->n.scale == 1 && large && is(v, end, "in")) {
        bool people;
        money(v, x, currency_around(v, s, a->first, &people)); /* "billions in assets" */
        return;
    }
    if (counted_before(v, x)) return;
    if (a->n.scale < 1000000) return;
    bool subject = classes(v, end) & (IS(aux) | IS(they) | IS(we)); /* "two million have fled" */
    if (subject && !currency_in(v, a->first)) return;
    if (is(v, end, "per") || (is(v, end, "a") && unit_is(v, end + 1, "time")))
        return; /* barrels a day */
    bool people;
    const char *currency = currency_around(v, s, a->first, &people);
    if (currency || !people) money(v, x, currency);
}

/* --- one value --- */

/* "no one", "this one", "one of the": a pronoun and no number. */
static bool pronoun(const struct glance *v, const struct amount *a)
{
    if (!is(v, a->n.first, "one") || a->n.end != a->n.first + 1 || a->percent || a->currency)
        return false;
    static const char *const before[] = {"no",    "this", "that",  "any",  "some",
                                         "every", "each", "which", "the",  "another",
                                         "last",  "next", "first", "only", "another"};
    if (a->first > v->first && ONE_OF(v, a->first - 1, before)) return true;
    if (words_join(v->ws, a->end, v->end)) return false;
    struct noun n = counted_noun(v->ws, a->end, v->end);
    return n.count == 0 || !n.known;
}

/* "doubled", "tripling the size of": a factor. */
static bool factor(const struct glance *v, uint32_t i, struct value *x)
{
    uint64_t both = IS(digit) | IS(unit);
    if ((classes(v, i) & both) != both || is(v, i + 1, "down")) return false;
    value_put(x, i, i + 1, VALUE_COUNT);
    const char *times = value(v, i, WORD_digit);
    x->low = x->high = (struct dec){times[1] ? 10 : times[0] - '0', 0};
    x->unit = "times";
    static const char *const articles[] = {"the", "our", "its", "their", "of", "of", "in"};
    uint32_t from = i + 1;
    for (int k = 0; k < 2 && ONE_OF(v, from, articles); k++) from++;
    struct noun n = counted_noun(v->ws, from, v->end);
    if (!n.count) return true;
    give_noun(x, &n);
    uint32_t end = n.first + n.count, of = is(v, end, "of") ? end + 1 : 0;
    if (of && ONE_OF(v, of, articles)) of++;
    struct noun whole = of ? counted_noun(v->ws, of, v->end) : (struct noun){0};
    if (whole.count) x->noun_count = whole.first + whole.count - x->noun;
    return true;
}

/* "10 to 1": a ratio, which counts nothing. */
static bool ratio(const struct glance *v, const struct amount *a, struct value *x)
{
    uint32_t i = a->end;
    if (a->currency || a->percent || !is(v, i, "to") || dec_cmp(a->n.low, (struct dec){1, 0}) <= 0)
        return false;
    if (!is(v, i + 1, "1") && !is(v, i + 1, "one")) return false;
    if (shape(v, i + 2) & SHAPE_WORD && classes(v, i + 2) & (IS(scale) | IS(unit) | IS(goods)))
        return false;
    return value_put(x, a->first, i + 2, VALUE_NAME);
}

static bool read_amount(const struct glance *v, const struct sentence *s, uint32_t i,
                        struct value *x)
{
    bool between = i > v->first && (is(v, i - 1, "between") || is(v, i - 2, "between"));
    struct amount a, b;
    if (!amount_at(v, i, between, &a)) return false;
    if (a.n.form == NUMBER_FRACTION) return value_put(x, a.first, a.end, VALUE_NAME);
    if (a.n.form == NUMBER_DECADE) return value_put(x, a.first, a.end, VALUE_TIME);
    if (pronoun(v, &a)) return false;
    if (ratio(v, &a, x)) return true;

    value_put(x, a.first, a.end, VALUE_BARE);
    x->low = a.n.low;
    x->high = a.n.high;
    const struct amount *unit = &a;
    if (range_behind(v, &a, between, &b)) {
        x->high = b.n.high;
        x->count = b.end - x->first;
        if (!b.currency && !b.percent && a.currency) b.currency = a.currency;
        unit = &b;
    } else {
        x->high = a.n.high;
    }
    x->low = a.n.low;
    uint32_t first = x->first, end = x->first + x->count;
    if (mark(v, end) == '(' && shape(v, end + 1) & SHAPE_NUMBER && mark(v, end + 2) == ')')
        end += 3; /* "two (2) batteries" */
    x->approx = approx_before(v, &first);
    if (x->approx == APPROX_EXACT && a.n.about) x->approx = APPROX_ABOUT;
    if (unit->n.plus) x->approx = APPROX_AT_LEAST;
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

/* Words that can begin a number, beside digits. */
#define NUMBER_WORDS (IS(digit) | IS(scale) | IS(vague) | IS(fraction))

/* Whether the word can begin a number at all. */
static bool begins(const struct word *w)
{
    return w->shape & SHAPE_NUMBER || word_classes(w) & NUMBER_WORDS;
}

/* The value at or behind a sign at i; false when the word is none. */
static bool value_at(const struct glance *v, const struct sentence *s, uint32_t i, struct value *x)
{
    if (factor(v, i, x)) return true;
    if (number_elsewhere(v, i, x) || read_amount(v, s, i, x)) return true;
    /* more digits than any amount has */
    return shape(v, i) & SHAPE_NUMBER && value_put(x, i, i + 1, VALUE_NAME);
}

uint32_t values_of(const struct words *ws, const struct sentence *s, const char *dollar,
                   struct value out[VALUES_MAX])
{
    struct glance v = {ws, s->first, s->first + s->count, dollar ? dollar : "USD"};
    uint32_t n = 0, named = v.first;
    if (!(s->shape & SHAPE_NUMBER || s->classes & NUMBER_WORDS)) return 0;
    for (uint32_t i = v.first; i < v.end && n < VALUES_MAX;) {
        const struct word *w = &ws->word[i];
        if (w->span == 1 && !begins(w)) {
            i++;
            continue;
        }
        /* "Leopard 2", "155 shells": a spelling of the lexicon that holds a number is a name. */
        if (w->span > 1 && w->entry &&
            word_classes(w) & (IS(goods) | IS(channel) | IS(party) | IS(body)))
            named = i + w->span > named ? i + w->span : named;
        if (!begins(w)) {
            i++;
            continue;
        }
        struct value x = {0};
        bool found = i < named && w->shape & (SHAPE_NUMBER | SHAPE_CAPITAL)
                         ? value_put(&x, i, i + 1, VALUE_NAME)
                         : value_at(&v, s, i, &x);
        if (!found) {
            i++;
            continue;
        }
        uint32_t end = x.first + x.count;
        n = value_joined(&v, out, n, &x);
        i = end > i ? end : i + 1;
    }
    return n;
}
