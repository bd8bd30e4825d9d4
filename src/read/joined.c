/*
 * joined.c - see joined.h.
 */
#include "read/joined.h"

#include <string.h>

#include "read/noun.h"

/* "more than fif- - more than 50", "eight thou- - 8,000": broken off between the two. */
static bool said_anew(const struct glance *v, const struct value *old, const struct value *new)
{
    uint32_t gap = old->first + old->count;
    if (old->kind != VALUE_BARE && old->noun != gap) return false;
    bool cut =
        mark(v, gap) == '-' && glued(v, gap) && new->first == gap + 2; /* "80- - about 80,000" */
    if (cut && shape(v, gap + 1) & SHAPE_MARK && !glued(v, gap + 1)) return true;
    return new->first > gap &&new->first <= gap + 3 && word_broken(v->ws, gap, v->end);
}

/* "$45 billion - $45 billion": said twice. */
static bool said_again(const struct glance *v, const struct value *old, const struct value *new)
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

/* "four of its 20 launchers", "18 out of 32 Allies": 4 and 18, however many there are. */
static bool part_of(const struct glance *v, const struct value *old, const struct value *new)
{
    static const char *const whose[] = {"the", "its", "our",   "their", "his",
                                        "her", "my",  "these", "those"};
    uint32_t gap = old->first + old->count;
    if (old->kind != VALUE_BARE || new->kind != VALUE_COUNT) return false;
    if (is(v, gap, "out")) gap++;
    if (!is(v, gap, "of") || dec_cmp(old->high, new->low) > 0) return false;
    return new->first == gap + (ONE_OF(v, gap + 1, whose) ? 2 : 1);
}

/* "from 40,000, which is today's level, to 60,000": the second counts what the first did. */
static void count_alike(const struct glance *v, const struct value *old, struct value *x)
{
    bool to = x->first > v->first && is(v, x->first - 1, "to");
    if (x->kind != VALUE_BARE || !to || old->kind != VALUE_COUNT || old->noun >= old->first) return;
    x->kind = VALUE_COUNT;
    x->unit = old->unit;
    x->noun = old->noun;
    x->noun_count = old->noun_count;
    x->head = old->head;
}

/* "2 percent of GDP, and many see the 2 percent as a floor": the same share again. */
static bool shared_gdp(const struct value *out, uint32_t n, const struct value *x)
{
    for (uint32_t k = 0; k < n; k++) {
        if (out[k].kind != VALUE_SHARE || strcmp(out[k].unit, "percent_gdp") != 0) continue;
        if (dec_cmp(out[k].low, x->low) == 0) return true;
    }
    return false;
}

/* "5 percent of GDP: 3.5 percent on core defence": parts of the share. */
static bool part_of_gdp(const struct glance *v, const struct value *out, uint32_t n,
                        const struct value *x)
{
    static const char *const uses[] = {"on", "for"};
    if (strcmp(x->unit, "percent") != 0 || !ONE_OF(v, x->first + x->count, uses)) return false;
    for (uint32_t k = 0; k < n; k++)
        if (out[k].kind == VALUE_SHARE && strcmp(out[k].unit, "percent_gdp") == 0 &&
            dec_cmp(x->low, out[k].low) < 0)
            return true;
    return false;
}

/* "2 percent of GDP on defence, and 2.5 percent by 2030": of it as well. */
static bool more_of_gdp(const struct glance *v, const struct value *old, const struct value *x)
{
    uint32_t end = x->first + x->count, low = old->first + old->count;
    if (old->kind != VALUE_SHARE || strcmp(old->unit, "percent_gdp") != 0) return false;
    if (is(v, end, "of") || dec_cmp(x->high, (struct dec){6, 0}) > 0) return false;
    for (uint32_t i = x->first; i > low && i + 4 > x->first; i--)
        if (is(v, i - 1, "and")) return i == x->first || is(v, i, "to");
    return false;
}

/* "from 2.2 to 4 percent of GDP": both are of it. */
static bool grows_to(const struct glance *v, const struct value *old, const struct value *x)
{
    uint32_t i = old->first + old->count;
    return old->kind == VALUE_SHARE && x->kind == VALUE_SHARE && i + 1 == x->first &&
           is(v, i, "to") && old->first > v->first && is(v, old->first - 1, "from");
}

uint32_t value_joined(const struct glance *v, struct value *out, uint32_t n, struct value *x)
{
    x->low = dec_trim(x->low);
    x->high = dec_trim(x->high);
    if (n == 0) {
        out[0] = *x;
        return 1;
    }
    struct value *old = &out[n - 1];
    uint32_t gap = old->first + old->count, end = x->first + x->count;
    if (x->first < gap) {
        x->first = gap; /* a sign both could claim: "5$ 6" */
        x->count = end - gap;
    }
    count_alike(v, old, x);
    if (x->kind == VALUE_SHARE &&
        (shared_gdp(out, n, x) || part_of_gdp(v, out, n, x) || more_of_gdp(v, old, x)))
        x->unit = "percent_gdp";
    if (grows_to(v, old, x)) old->unit = x->unit;
    if (part_of(v, old, x)) {
        x->low = old->low;
        x->high = old->high;
        x->approx = old->approx;
    } else if (said_again(v, old, x) || said_anew(v, old, x)) {
        if (x->approx == APPROX_EXACT) x->approx = old->approx;
    } else {
        out[n] = *x;
        return n + 1;
    }
    x->first = old->first;
    x->count = end - old->first;
    *old = *x;
    return n;
}
