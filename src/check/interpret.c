/*
 * interpret.c - the grammar of a claim; see interpret.h.
 *
 * From the number outwards: how it was put and in what unit (sentence.c),
 * what it counts (the nearest noun of the tables below, first behind it, then
 * before it), whose giving, over which time (times.c), and whether the verb
 * says that it is so, or only that it may be.
 */
#include "check/interpret.h"

#include <string.h>

#include "base/text.h"
#include "check/hearing.h"
#include "names/names.h"
/* --- the time --- */

/* The time that belongs to the figure: the first behind it before the next figure, else before. */
static const struct time_said *time_of(const struct work *w, bool compared)
{
    const struct time_said *best = NULL;
    uint32_t next = w->at + 1 < w->figure_count ? w->figures[w->at + 1].first : w->s.count;
    for (uint32_t i = 0; i < w->time_count; i++) {
        const struct time_said *t = &w->times[i];
        if (t->compared != compared || t->kind == TIME_YEARLY || t->kind == TIME_TOTAL) continue;
        bool behind = t->first >= w->f.first;
        if (behind && t->first < next) return t;
        if (!behind) best = t;
    }
    return best;
}

/* Whether a time of that kind stands near the figure, or in its clause. */
static bool has_time(const struct work *w, enum time_kind kind)
{
    for (uint32_t i = 0; i < w->time_count; i++) {
        if (w->times[i].kind == kind) return true;
    }
    return false;
}

/* "each year" belongs to the figure before it. */
static bool is_yearly(const struct work *w)
{
    uint32_t next = w->at + 1 < w->figure_count ? w->figures[w->at + 1].first : w->s.count;
    for (uint32_t i = 0; i < w->time_count; i++) {
        const struct time_said *t = &w->times[i];
        if (t->kind != TIME_YEARLY) continue;
        if (t->first > w->f.first && t->first < next) return true;
        if (t->first < w->f.first && w->at == 0) return true;
    }
    return token_is(&w->s, w->f.first + w->f.count, "annual");
}

static bool set_time(struct work *w, struct claim *c)
{
    const struct time_said *t = time_of(w, false);
    c->since = DAY_MIN;
    c->until = DAY_MAX;
    if (!t) return true;
    if (t->kind == TIME_VAGUE) {
        cannot(w, "over which time is not said so that it can be dated");
        return false;
    }
    if (t->kind == TIME_FRESH) return true;
    c->since = t->since;
    if (t->kind == TIME_WITHIN) c->until = t->until;
    const struct time_said *from = t > w->times ? t - 1 : NULL;
    if (from && from->compared && from->first + from->count == t->first) {
        c->since = from->since; /* "from 2022 to 2023" */
    }
    if (!c->receiver && t->receiver) c->receiver = t->receiver;
    return true;
}

/* --- how far it had come --- */

static const struct phrase stages[] = {{"committed", STAGE_COMMITTED},
                                       {"commitments", STAGE_COMMITTED},
                                       {"commitment", STAGE_COMMITTED},
                                       {"pledged", STAGE_COMMITTED},
                                       {"pledges", STAGE_COMMITTED},
                                       {"promised", STAGE_COMMITTED},
                                       {"announced", STAGE_COMMITTED},
                                       {"approved", STAGE_COMMITTED},
                                       {"authorized", STAGE_COMMITTED},
                                       {"authorised", STAGE_COMMITTED},
                                       {NULL, 0}};

static void set_stage(const struct work *w, struct claim *c)
{
    uint32_t n;
    const struct said *said = w->spoken->said;
    c->reached = STAGE_ALLOCATED;
    if (said && said->stage == SAID_COMMITTED) c->reached = STAGE_COMMITTED;
    for (uint32_t i = 0; i < w->s.count; i++) {
        if (phrase_longest(&w->s, i, stages, &n)) c->reached = STAGE_COMMITTED;
    }
}

/* --- the measures --- */

static const struct phrase grew[] = {{"increased", 1}, {"increase", 1}, {"grown", 1}, {"grew", 1},
                                     {"rose", 1},      {"risen", 1},    {"up", 1},    {"growth", 1},
                                     {"higher", 1},    {"raised", 1},   {"rise", 1},  {NULL, 0}};

static bool is_growth(const struct work *w)
{
    uint32_t n, from = w->f.first > 12 ? w->f.first - 12 : 0;
    uint32_t to = w->f.first + w->f.count + 2;
    if (w->f.kind == FIGURE_TIMES) return true;
    if (w->f.kind != FIGURE_PERCENT) return false;
    for (uint32_t i = from; i < to && i < w->s.count; i++) {
        if (phrase_longest(&w->s, i, grew, &n)) return true;
    }
    return false;
}

static bool is_share(const struct work *w)
{
    uint32_t n, i = w->f.first + w->f.count;
    bool share = says(w, "share") || says(w, "part") || says(w, "proportion");
    bool near = false; /* "99% of all military support", not "of the borrowers that it will help" */
    for (uint32_t at = i; at < i + 7 && at < w->s.count && !near; at++) {
        if (token_is(&w->s, at, "that") || token_is(&w->s, at, "who")) break;
        near = is_support(noun_heard(w, at, &n));
    }
    bool of = token_is(&w->s, i, "of") || token_is(&w->s, i, "the");
    return w->f.kind == FIGURE_PERCENT && ((of && near) || share);
}

/* "to 100 countries", "from 14 countries": those that are counted do not give. */
static bool is_object(const struct work *w)
{
    static const struct phrase before[] = {{"to", 1},  {"from", 1}, {"in", 1},   {"across", 1},
                                           {"for", 1}, {"into", 1}, {"with", 1}, {NULL, 0}};
    uint32_t n, from = w->f.first > 3 ? w->f.first - 3 : 0;
    for (uint32_t i = from; i < w->f.first; i++) {
        bool upto = token_is(&w->s, i, "to") && i > 0 && token_is(&w->s, i - 1, "up");
        if (phrase_longest(&w->s, i, before, &n) && !upto) return true;
    }
    return false;
}

/* What may stand between the number and its countries without saying which ones. */
static const struct phrase plain_countries[] = {
    {"other", 1}, {"different", 1}, {"individual", 1}, {"of", 1},    {"the", 1},   {"our", 1},
    {"odd", 1},   {"some", 1},      {"plus", 1},       {"more", 1},  {"donor", 1}, {"partner", 1},
    {"nato", 1},  {"allied", 1},    {"or", 1},         {"world", 1}, {"these", 1}, {"those", 1},
    {"s", 1},     {"united", 1},    {NULL, 0}};

/* Where the noun of countries stands behind the figure, adjectives between; 0: nowhere near. */
static uint32_t countries_at(struct work *w)
{
    uint32_t n, from = w->f.first + w->f.count;
    for (uint32_t i = from; i < from + 4 && i < w->s.count && !ends_phrase(&w->s, i); i++) {
        int noun = noun_in(&w->s, i, &n);
        if (noun == N_COUNTRY || noun == N_ALLY) return i + n;
        if (token_is(&w->s, i, "eu")) {
            w->group = "EU-members";
        } else if (token_is(&w->s, i, "member")) {
            continue;
        } else if (token_is(&w->s, i, "g7")) {
            w->group = "G7";
        } else if (!phrase_longest(&w->s, i, plain_countries, &n)) {
            cannot(w, "which countries is not said so that the book can tell");
        }
    }
    return 0;
}

static const struct phrase gives[] = {
    {"provide", 1},   {"provided", 1},   {"providing", 1},   {"provides", 1},     {"give", 1},
    {"given", 1},     {"giving", 1},     {"gave", 1},        {"support", 1},      {"supporting", 1},
    {"supported", 1}, {"contribute", 1}, {"contributed", 1}, {"contributing", 1}, {"donated", 1},
    {"committed", 1}, {"delivered", 1},  {"delivering", 1},  {"sent", 1},         {"sending", 1},
    {"pledged", 1},   {"helping", 1},    {NULL, 0}};

/* "30 countries have provided security assistance": that they give, and of which class. */
static bool hear_count(struct work *w)
{
    if (w->f.kind != FIGURE_BARE || (w->noun != N_COUNTRY && w->noun != N_ALLY)) return false;
    uint32_t n, i = countries_at(w);
    bool gives_said = false;
    w->countries = w->noun == N_COUNTRY;
    w->allies = w->noun == N_ALLY;
    w->classes = 0;
    for (; i && i < w->s.count && !parts_clauses(&w->s, i) && !other_figure(w, i); i++) {
        if (token_is(&w->s, i, ",")) break;
        const char *why = mood_reason(token_is(&w->s, i, "can") ? M_MAY : mood_at(&w->s, i));
        if (!gives_said && why) cannot(w, why);
        if (phrase_longest(&w->s, i, gives, &n)) gives_said = true;
        int noun = noun_in(&w->s, i, &n);
        if (in_time(w, i) || !is_support(noun)) continue;
        w->classes |= class_bit(noun);
        if (noun == N_SUPPORT && gives_said && !phrase_longest(&w->s, i, gives, &n)) break;
    }
    if (!gives_said || is_object(w)) cannot(w, "that they give support is not said");
    return true;
}

static int year_of(int32_t day)
{
    return day_year(day);
}

static void set_growth(struct work *w, struct claim *c)
{
    const struct time_said *base = time_of(w, true), *when = time_of(w, false);
    if (when && when->kind == TIME_SINCE) {
        base = base ? base : when;
        when = NULL;
    }
    if (base && base->since != DAY_MIN) c->base_year = year_of(base->since);
    if (when && when->kind == TIME_WITHIN) c->year = year_of(when->since);
    if (c->year && !c->base_year) c->base_year = c->year - 1;
    c->since = DAY_MIN;
    c->until = DAY_MAX;
}

static bool measure_of(struct work *w, struct claim *c)
{
    if (hear_count(w)) {
        c->open = !says(w, "only") && !has_time(w, TIME_TOTAL);
        c->measure = CLAIM_COUNT;
        c->unit = "country";
    } else if (is_growth(w)) {
        c->measure = CLAIM_GROWTH;
        c->unit = w->f.unit;
    } else if (is_share(w)) {
        c->measure = CLAIM_SHARE;
        c->unit = "percent";
    } else if (w->f.kind == FIGURE_MONEY) {
        c->measure = is_yearly(w) ? CLAIM_YEARLY : CLAIM_TOTAL;
        c->unit = w->f.unit;
    } else {
        cannot(w, "the book has no such measure");
        return false;
    }
    return !w->out->why;
}

/* A sum that names no time may be one gift, or all until that day. */
static bool is_sum(struct work *w, const struct claim *c)
{
    const struct said *said = w->spoken->said;
    if (c->measure != CLAIM_TOTAL || c->since != DAY_MIN) return true;
    bool total = has_time(w, TIME_TOTAL) && !is_fresh(w);
    w->out->claim.open = !total;
    bool perfect = says(w, "has") || says(w, "have") || says(w, "received");
    bool fresh = is_fresh(w) || has_time(w, TIME_FRESH) || (said && said->stage == SAID_ANNOUNCED);
    if (total || (perfect && !fresh)) return true;
    cannot(w, "one gift, not a sum; 'muster inbox' has it as a candidate");
    return false;
}

/* --- the figure asked about --- */

static const char *dollar_of(const struct spoken *s)
{
    static const char *const other[][2] = {{"CAN", "CAD"}, {"AUS", "AUD"}, {"NZL", "NZD"}};
    for (size_t i = 0; s->side && i < sizeof other / sizeof *other; i++) {
        if (strcmp(s->side, other[i][0]) == 0) return other[i][1];
    }
    return "USD";
}

static bool same_unit(const struct figure *f, const struct said *said)
{
    bool money = said->unit && names_currency_places(said->unit) >= 0;
    if (said->unit && strncmp(said->unit, "percent", 7) == 0) return f->kind == FIGURE_PERCENT;
    if (money) return f->kind == FIGURE_MONEY || f->kind == FIGURE_BARE;
    return f->kind == FIGURE_BARE || f->kind == FIGURE_TIMES;
}

static enum claim_bound bound_of(enum approx approx)
{
    switch (approx) {
    case APPROX_ABOUT:
    case APPROX_NEARLY: return BOUND_ABOUT;
    case APPROX_AT_LEAST: return BOUND_LEAST;
    case APPROX_AT_MOST: return BOUND_MOST;
    default: return BOUND_EXACT;
    }
}

/* The tokens of the sentence that the quote is; all of them when it is not found. */
static void find_quote(struct work *w, uint32_t *from, uint32_t *to)
{
    enum { ENOUGH = 8 }; /* words that tell where a quote stands */
    struct sentence_tokens quote;
    *from = 0;
    *to = w->s.count;
    if (!w->spoken->quote) return;
    sentence_tokens(w->a, w->spoken->quote, &quote);
    for (uint32_t i = 0; i + quote.count <= w->s.count && quote.count; i++) {
        uint32_t n = 0;
        while (n < quote.count && n < ENOUGH && token_is(&w->s, i + n, quote.token[n].word)) n++;
        if (n < quote.count && n < ENOUGH) continue;
        *from = i;
        *to = i + quote.count;
        return;
    }
}

/* The sentence's figure that the reader read; what the reader made of it goes before. */
static bool figure_read(struct work *w, const struct said *said)
{
    uint32_t from, to;
    find_quote(w, &from, &to);
    for (uint32_t i = 0; i < w->figure_count; i++) {
        const struct figure *f = &w->figures[i];
        if (f->first + f->count <= from || f->first >= to) continue;
        if (dec_cmp(f->low, said->low) != 0 && dec_cmp(f->high, said->high) != 0) continue;
        if (!same_unit(f, said)) continue;
        w->f = *f;
        w->at = i;
        w->f.low = said->low;
        w->f.high = said->high;
        if (!f->bound_said) w->f.bound = bound_of(said->approx);
        if (f->kind == FIGURE_BARE && said->unit && names_currency_places(said->unit) >= 0) {
            w->f.kind = FIGURE_MONEY;
        }
        if (w->f.kind == FIGURE_MONEY && said->unit) w->f.unit = said->unit;
        return true;
    }
    return false;
}

static const struct phrase vague[] = {{"tens", 1},     {"10s", 1},       {"hundreds", 1},
                                      {"100s", 1},     {"thousands", 1}, {"1000s", 1},
                                      {"millions", 1}, {"billions", 1},  {"dozens", 1},
                                      {"scores", 1},   {NULL, 0}};

/* "hundreds of millions of euros": no figure of the sentence, but where it stands. */
static bool vague_read(struct work *w, const struct said *said)
{
    uint32_t n, i = 0;
    while (i < w->s.count && !phrase_longest(&w->s, i, vague, &n)) i++;
    if (i == w->s.count) return false;
    bool money = said->unit && names_currency_places(said->unit) >= 0;
    w->f = (struct figure){.first = i,
                           .count = 1,
                           .kind = money ? FIGURE_MONEY : FIGURE_BARE,
                           .unit = said->unit,
                           .low = said->low,
                           .high = said->high,
                           .bound = BOUND_EXACT,
                           .bound_said = true};
    return true;
}

/* Times and figures; the "two" of "the past two months" is no figure. */
static void take_apart(struct work *w)
{
    struct figure all[FIGURES_MAX];
    uint32_t count = sentence_figures(w->a, &w->s, dollar_of(w->spoken), all);
    w->time_count = sentence_times(&w->s, w->spoken->day, w->times);
    w->figure_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (all[i].kind == FIGURE_BARE && in_time(w, all[i].first)) continue;
        w->figures[w->figure_count++] = all[i];
    }
}

static bool find_figure(struct work *w)
{
    const struct spoken *spoken = w->spoken;
    take_apart(w);
    w->at = w->figure_count;
    if (spoken->said) {
        if (!spoken->said->counted) {
            cannot(w, "no figure was said");
            return false;
        }
        if (figure_read(w, spoken->said) || vague_read(w, spoken->said)) return true;
        cannot(w, "the number stands in no sentence that can be told");
        return false;
    }
    if (spoken->nth >= w->figure_count) {
        cannot(w, "no figure was said");
        return false;
    }
    w->at = spoken->nth;
    w->f = w->figures[w->at];
    return true;
}

static void tell_figure(struct work *w)
{
    const struct said *said = w->spoken->said;
    struct heard *out = w->out;
    if (w->at < w->figure_count) {
        out->counted = true;
        out->low = w->f.low;
        out->high = w->f.high;
        out->unit = w->f.unit;
        out->bound = w->f.bound;
    } else if (said && said->counted) {
        out->counted = true;
        out->low = said->low;
        out->high = said->high;
        out->bound = bound_of(said->approx);
    }
    if (said && said->unit) out->unit = said->unit;
}

/* Kinds and stages of the reader that are no claim about what is. */
static const char *not_claimed(const struct said *said)
{
    if (!said) return NULL;
    if (said->kind == SAID_NEED) return mood_reason(M_NEED);
    if (said->kind == SAID_DECISION) return "a decision, not a figure";
    if (said->stage == SAID_CONSIDERED) return "considered, not given";
    if (said->unit && strcmp(said->unit, "percent_gdp") == 0) return noun_reason(N_SPENDING);
    if (said->channel) {
        return "through one channel only, which the book does not tell apart";
    }
    return NULL;
}

/* Why a number of that unit, of nothing that the tables know, is no claim. */
static const char *of_unit(const struct said *said)
{
    const char *unit = said && said->unit ? said->unit : "";
    if (strcmp(unit, "people") == 0) return noun_reason(N_PEOPLE);
    if (strcmp(unit, "each") == 0 || strcmp(unit, "round") == 0) return noun_reason(N_THINGS);
    return "what it counts is not in the book";
}

static void hear(struct work *w)
{
    struct claim *c = &w->out->claim;
    if (!find_figure(w)) return;
    find_noun(w);
    const char *why = mood_of(w);
    if (!why) why = not_claimed(w->spoken->said);
    if (noun_reason(w->noun)) why = noun_reason(w->noun);
    if (why) {
        cannot(w, why);
        return;
    }
    if (w->noun < 0) {
        cannot(w, of_unit(w->spoken->said));
        return;
    }
    if (!measure_of(w, c)) return;
    if (c->measure != CLAIM_COUNT && !is_support(w->noun)) {
        cannot(w, "the book has no such measure");
        return;
    }
    if (!set_parties(w, c) || !set_time(w, c) || !is_sum(w, c)) return;
    if (w->spoken->said && !c->receiver) find_receiver(w, c);
    if (w->spoken->said && !c->receiver) {
        cannot(w, "who gets it is not said");
        return;
    }
    if (c->measure == CLAIM_GROWTH) set_growth(w, c);
    set_stage(w, c);
    c->classes = w->classes;
    c->low = w->f.low;
    c->high = w->f.high;
    c->last_digit = w->f.last_digit;
    c->bound = w->f.bound;
    c->day = w->spoken->day;
    w->out->measurable = true;
}

void interpret(struct arena *a, const struct spoken *s, struct heard *out)
{
    struct work *w = NEW(a, struct work);
    w->a = a;
    w->spoken = s;
    w->out = out;
    *out = (struct heard){0};
    sentence_tokens(a, s->sentence, &w->s);
    hear(w);
    tell_figure(w);
}

uint32_t figures_in(struct arena *a, const char *sentence)
{
    struct work *w = NEW(a, struct work);
    struct spoken spoken = {.sentence = sentence, .day = DAY_MAX};
    w->a = a;
    w->spoken = &spoken;
    sentence_tokens(a, sentence, &w->s);
    take_apart(w);
    return w->figure_count;
}
