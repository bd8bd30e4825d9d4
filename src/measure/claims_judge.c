/*
 * claims_judge.c - the verdict on a figure, and why; see claims.h.
 *
 * All comparing is of whole numbers: a fraction from the book against a
 * decimal that was said. Where the book cannot reach as far as the claim does,
 * a bound that holds already is held; everything else cannot be told.
 */
#include <string.h>

#include "base/text.h"
#include "measure/claims_inside.h"

static const char *const measures[] = {"share", "total", "yearly", "count", "growth"};
static const char *const bounds[] = {"exact", "about", "more", "least", "less", "most"};
static const char *const verdicts[] = {"holds", "roughly", "fails", "unknown"};

static int named(const char *const *names, int count, const char *name)
{
    int i = 0;
    while (i < count && strcmp(names[i], name) != 0) i++;
    return i;
}

const char *claim_measure_name(enum claim_measure m)
{
    return measures[m];
}

const char *claim_verdict_name(enum claim_verdict v)
{
    return verdicts[v];
}

const char *claim_bound_name(enum claim_bound b)
{
    return bounds[b];
}

enum claim_bound claim_bound_named(const char *name)
{
    return (enum claim_bound)named(bounds, BOUND_COUNT, name);
}

enum claim_measure claim_measure_named(const char *name)
{
    return (enum claim_measure)named(measures, CLAIM_MEASURE_COUNT, name);
}

enum claim_verdict claim_verdict_named(const char *name)
{
    return (enum claim_verdict)named(verdicts, CLAIM_UNKNOWN + 1, name);
}

/* --- comparing --- */

#define SAID_MAX INT64_C(100000000000000000) /* 10^17: with the sums' limit, inside 128 bits */
enum { SAID_SCALE_MAX = 4, NEAR_PERCENT = 5, ROUGH_PERCENT = 10 };

static bool small(struct dec d)
{
    d = dec_trim(d);
    return d.scale <= SAID_SCALE_MAX && d.n >= 0 && d.n <= SAID_MAX / power10(4 - d.scale);
}

bool claim_comparable(const struct claim *c)
{
    return small(c->low) && small(c->high) && small(c->last_digit);
}

/* Everything in ten-thousandths of the unit, times the fraction's denominator. */
static i128 said(struct dec d, const struct fraction *f)
{
    d = dec_trim(d);
    return (i128)d.n * power10(SAID_SCALE_MAX - d.scale) * f->den;
}

static i128 measured(const struct fraction *f)
{
    return f->num * power10(SAID_SCALE_MAX);
}

static bool within(const struct claim *c, const struct fraction *f, int percent)
{
    return measured(f) * 100 >= said(c->low, f) * (100 - percent) &&
           measured(f) * 100 <= said(c->high, f) * (100 + percent);
}

static bool within_digit(const struct claim *c, const struct fraction *f)
{
    i128 step = said(c->last_digit, f);
    return 2 * measured(f) >= 2 * said(c->low, f) - step &&
           2 * measured(f) <= 2 * said(c->high, f) + step;
}

static bool is_bound(const struct claim *c)
{
    return c->bound != BOUND_EXACT && c->bound != BOUND_ABOUT;
}

/*
 * A bound that is met, and so far from the figure that a third nearer would
 * still be: "more than 66 %" of 99 %. It is true, and tells something else.
 */
static bool says_little(const struct claim *c, const struct fraction *f)
{
    if (c->bound == BOUND_MORE || c->bound == BOUND_LEAST) {
        return 2 * measured(f) >= 3 * said(c->low, f);
    }
    return 4 * measured(f) <= 3 * said(c->high, f);
}

static enum claim_verdict judge(const struct claim *c, const struct fraction *f)
{
    bool holds = false;
    if (!f->known) return CLAIM_UNKNOWN;
    switch (c->bound) {
    case BOUND_MORE: holds = measured(f) > said(c->low, f); break;
    case BOUND_LEAST: holds = measured(f) >= said(c->low, f); break;
    case BOUND_LESS: holds = measured(f) < said(c->high, f); break;
    case BOUND_MOST: holds = measured(f) <= said(c->high, f); break;
    case BOUND_ABOUT: holds = within(c, f, NEAR_PERCENT); break;
    case BOUND_EXACT:
    case BOUND_COUNT: holds = within_digit(c, f); break;
    }
    if (is_bound(c) && !holds) return CLAIM_FAILS;
    if (is_bound(c)) return says_little(c, f) ? CLAIM_ROUGHLY : CLAIM_HOLDS;
    if (holds) return CLAIM_HOLDS;
    return within(c, f, ROUGH_PERCENT) ? CLAIM_ROUGHLY : CLAIM_FAILS;
}

/* --- in words --- */

static const char *money_words(struct arena *a, struct dec d, const char *currency)
{
    static const struct {
        int zeros;
        const char *word;
    } scales[] = {{9, " bn"}, {6, " m"}};
    for (int i = 0; i < 2; i++) {
        i128 least = power10(scales[i].zeros + d.scale);
        if (d.n < least && d.n > -least) continue;
        return text_format(a, "%s%s %s", parts_format(a, d.n, d.scale + scales[i].zeros, 2, 0),
                           scales[i].word, currency);
    }
    return text_format(a, "%s %s", parts_format(a, d.n, d.scale, 2, 0), currency);
}

static const char *words(struct arena *a, const struct claim *c, const struct claim_number *n)
{
    const char *digits = parts_format(a, n->value.n, n->value.scale, 2, 0);
    switch (c->measure) {
    case CLAIM_TOTAL: return money_words(a, n->value, c->unit);
    case CLAIM_YEARLY: return text_format(a, "%s a year", money_words(a, n->value, c->unit));
    case CLAIM_COUNT: return text_format(a, "%s nations", digits);
    default: break;
    }
    if (strcmp(c->unit, "percent") == 0) return text_format(a, "%s %%", digits);
    return text_format(a, "%s times", digits);
}

static const char *years(struct arena *a, const struct claim *c, const struct claim_answer *out,
                         int to)
{
    if (!to) return "";
    if (c->measure == CLAIM_GROWTH) {
        return text_format(a, " from %d to %d", out->year_first, to);
    }
    return out->year_first == to ? text_format(a, " in %d", to)
                                 : text_format(a, " over %d to %d", out->year_first, to);
}

/* "99.38 % by 2024-06-13, 99.28 % now" */
static const char *figures(struct arena *a, const struct claim *c, const struct claim_answer *out)
{
    char date[DAY_TEXT];
    const char *then = "", *now = "";
    if (out->then.known) {
        then = text_format(a, "%s%s by %s", words(a, c, &out->then),
                           years(a, c, out, out->year_then), day_format(c->day, date));
    }
    if (out->now.known) {
        now = text_format(a, "%s%s now", words(a, c, &out->now), years(a, c, out, out->year));
    }
    return text_format(a, "%s%s%s", then, *then && *now ? ", " : "", now);
}

/* --- how far the book reaches --- */

/* Why the book does not cover the claim's time, or NULL. */
static const char *gap(struct arena *a, const struct claim *c, const struct claim_figures *f)
{
    int32_t until = c->until < c->day ? c->until : c->day;
    int year, month, day, last_year, last_month;
    if (c->since != DAY_MIN && day_year(c->since) < day_year(f->first)) {
        return text_format(a, "it counts from %d, and the book begins in %d", day_year(c->since),
                           day_year(f->first));
    }
    if (until == DAY_MAX || c->measure == CLAIM_YEARLY || c->measure == CLAIM_GROWTH) return NULL;
    day_to_civil(until, &year, &month, &day);
    day_to_civil(f->last, &last_year, &last_month, &day);
    if (year * 12 + month <= last_year * 12 + last_month) return NULL;
    return text_format(a, "the book ends in %d-%02d", last_year, last_month);
}

/* What is not covered can only add to a sum or a number of nations. */
static bool only_grows(const struct claim *c)
{
    return (c->measure == CLAIM_TOTAL || c->measure == CLAIM_COUNT) &&
           (c->bound == BOUND_MORE || c->bound == BOUND_LEAST);
}

/* --- the verdict --- */

/* Whether what was said lies between two figures, neither of which it is near. */
static bool lies_between(const struct claim *c, const struct fraction *f, const struct fraction *g)
{
    return measured(f) < said(c->low, f) && said(c->high, g) < measured(g);
}

static bool cannot_count(const struct claim *c, const struct claim_figures *f)
{
    struct fraction known = {.known = true, .num = f->nations, .den = 1};
    if (c->measure != CLAIM_COUNT || c->bound == BOUND_LESS || c->bound == BOUND_MOST) return false;
    return measured(&known) < said(c->low, &known) ||
           (c->bound == BOUND_MORE && measured(&known) == said(c->low, &known));
}

/* The book has more than was said, of a sum that may be of a shorter time. */
static bool may_be_part(const struct claim *c, const struct claim_figures *f)
{
    const struct fraction *one = f->then.known ? &f->then : &f->now;
    bool bare = c->bound == BOUND_EXACT || c->bound == BOUND_ABOUT;
    return c->open && bare && measured(one) > said(c->high, one);
}

static void say(struct claim_answer *out, enum claim_verdict v, const char *why)
{
    out->verdict = v;
    out->why = why;
}

/* The months' two ends: one verdict, or none. */
static void judge_then(struct arena *a, const struct claim *c, const struct claim_figures *f,
                       struct claim_answer *out)
{
    enum claim_verdict upper = judge(c, &f->then);
    enum claim_verdict lower = f->before.known ? judge(c, &f->before) : upper;
    const char *all = figures(a, c, out);
    bool between = f->before.known &&
                   (lies_between(c, &f->before, &f->then) || lies_between(c, &f->then, &f->before));
    if (upper == lower && (upper != CLAIM_FAILS || !between)) {
        say(out, upper, all);
        return;
    }
    if (!between && upper != CLAIM_HOLDS && lower != CLAIM_HOLDS) {
        say(out, upper, all);
        return;
    }
    if (upper != CLAIM_FAILS && lower != CLAIM_FAILS) {
        say(out, is_bound(c) ? CLAIM_HOLDS : CLAIM_ROUGHLY, all);
        return;
    }
    say(out, CLAIM_UNKNOWN,
        text_format(a, "the book knows months only: %s before that of the statement, %s with it",
                    words(a, c, &out->before), words(a, c, &out->then)));
}

static void judge_known(struct arena *a, const struct claim *c, const struct claim_figures *f,
                        struct claim_answer *out)
{
    if (out->then.known) {
        judge_then(a, c, f, out);
    } else if (out->now.known) {
        say(out, judge(c, &f->now), figures(a, c, out));
    } else if (c->measure == CLAIM_YEARLY) {
        say(out, CLAIM_UNKNOWN, "no year of that time is whole in the book");
    } else if (c->measure == CLAIM_GROWTH) {
        say(out, CLAIM_UNKNOWN,
            c->base_year ? "the book has not both years whole, or nothing in the first"
                         : "since when it grew is not said");
    } else {
        say(out, CLAIM_UNKNOWN, "the book has no such support in that time");
    }
}

void claim_judge(struct arena *a, const struct claim *c, const struct claim_figures *f,
                 struct claim_answer *out)
{
    judge_known(a, c, f, out);
    const char *why = gap(a, c, f);
    bool met = out->verdict == CLAIM_HOLDS || out->verdict == CLAIM_ROUGHLY;
    bool holds_already = met && only_grows(c);
    if (why && !holds_already && (out->then.known || out->now.known)) {
        say(out, CLAIM_UNKNOWN, text_format(a, "%s: %s", why, figures(a, c, out)));
    }
    if (out->verdict == CLAIM_FAILS && may_be_part(c, f)) {
        say(out, CLAIM_UNKNOWN, text_format(a, "since when it counts is not said: %s", out->why));
    }
    bool short_of = out->verdict == CLAIM_FAILS || out->verdict == CLAIM_ROUGHLY;
    if (short_of && cannot_count(c, f)) {
        say(out, CLAIM_UNKNOWN,
            text_format(a, "only %u such nations give anything in this book: %s",
                        (unsigned)f->nations, out->why));
    }
    if (out->verdict == CLAIM_ROUGHLY && is_bound(c)) {
        out->why = text_format(a, "true, and far from the figure: %s", out->why);
    }
    if (f->lower_stage_lacked) {
        out->why =
            text_format(a, "%s; by what was allocated, as commitments have no class", out->why);
    }
    if (f->several_receivers) {
        out->why = text_format(a, "%s; for every receiver in the book, as none is said", out->why);
    }
    if (c->since == DAY_MIN && c->measure == CLAIM_TOTAL && out->verdict != CLAIM_UNKNOWN) {
        out->why =
            text_format(a, "%s; from %d, where the book begins", out->why, day_year(f->first));
    }
}
