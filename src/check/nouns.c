/*
 * nouns.c - what a figure counts; see hearing.h.
 *
 * The nearest noun of the table decides, first behind the number ("$3 billion
 * in security assistance"), then before it ("support of more than $3 billion").
 */
#include <string.h>

#include "check/hearing.h"

static const char *const reasons[] = {
    [N_FORCES] = "forces are no support, and not in the book",
    [N_TERRITORY] = "territory is not in the book",
    [N_SPENDING] = "spending on one's own defence is no support, and not in the book",
    [N_PEOPLE] = "people are not what the book counts",
    [N_THINGS] = "numbers of things are not compared here; 'muster position' has them",
    [N_ASSETS] = "assets and sanctions are no support, and not in the book",
    [N_DAMAGE] = "damage and losses are not in the book",
    [N_PART] = "one channel or budget line only, which the book does not tell apart",
    [N_REQUEST] = "a request, not support",
    [N_KIND] = "one kind or purpose of support, which the book does not tell apart",
    [N_MARKET] = "trade, prices and budgets are not in the book",
};

static const struct phrase nouns[] = {{"support", N_SUPPORT},
                                      {"assistance", N_SUPPORT},
                                      {"aid", N_SUPPORT},
                                      {"help", N_SUPPORT},
                                      {"donations", N_SUPPORT},
                                      {"contributions", N_SUPPORT},
                                      {"military", N_MILITARY},
                                      {"security assistance", N_MILITARY},
                                      {"security aid", N_MILITARY},
                                      {"security support", N_MILITARY},
                                      {"security", N_MILITARY},
                                      {"defence assistance", N_MILITARY},
                                      {"defense assistance", N_MILITARY},
                                      {"defense articles", N_MILITARY},
                                      {"lethal", N_MILITARY},
                                      {"weapons", N_MILITARY},
                                      {"weaponry", N_MILITARY},
                                      {"arms", N_MILITARY},
                                      {"ammunition", N_MILITARY},
                                      {"equipment", N_MILITARY},
                                      {"defensive", N_MILITARY},
                                      {"humanitarian", N_HUMANITARIAN},
                                      {"financial", N_FINANCIAL},
                                      {"economic", N_FINANCIAL},
                                      {"budget support", N_FINANCIAL},
                                      {"budgetary", N_FINANCIAL},
                                      {"macro financial", N_FINANCIAL},
                                      {"countries", N_COUNTRY},
                                      {"nations", N_COUNTRY},
                                      {"governments", N_COUNTRY},
                                      {"donors", N_COUNTRY},
                                      {"states", N_COUNTRY},
                                      {"partners", N_COUNTRY},
                                      {"other countries", N_COUNTRY},
                                      {"allies", N_ALLY},
                                      {"nato allies", N_ALLY},
                                      {"nato nations", N_ALLY},
                                      {"nato countries", N_ALLY},
                                      {"nato members", N_ALLY},
                                      {"allied countries", N_ALLY},
                                      {"allied nations", N_ALLY},
                                      {"troops", N_FORCES},
                                      {"forces", N_FORCES},
                                      {"soldiers", N_FORCES},
                                      {"personnel", N_FORCES},
                                      {"battlegroups", N_FORCES},
                                      {"battalions", N_FORCES},
                                      {"brigades", N_FORCES},
                                      {"jets", N_FORCES},
                                      {"planes", N_FORCES},
                                      {"ships", N_FORCES},
                                      {"response force", N_FORCES},
                                      {"presence", N_FORCES},
                                      {"territory", N_TERRITORY},
                                      {"land", N_TERRITORY},
                                      {"gdp", N_SPENDING},
                                      {"defence spending", N_SPENDING},
                                      {"defense spending", N_SPENDING},
                                      {"defence budget", N_SPENDING},
                                      {"defense budget", N_SPENDING},
                                      {"defence budgets", N_SPENDING},
                                      {"spending", N_SPENDING},
                                      {"on defence", N_SPENDING},
                                      {"on defense", N_SPENDING},
                                      {"investment", N_SPENDING},
                                      {"investments", N_SPENDING},
                                      {"people", N_PEOPLE},
                                      {"refugees", N_PEOPLE},
                                      {"children", N_PEOPLE},
                                      {"ukrainians", N_PEOPLE},
                                      {"civilians", N_PEOPLE},
                                      {"families", N_PEOPLE},
                                      {"women", N_PEOPLE},
                                      {"idps", N_PEOPLE},
                                      {"migrants", N_PEOPLE},
                                      {"tanks", N_THINGS},
                                      {"vehicles", N_THINGS},
                                      {"drones", N_THINGS},
                                      {"missiles", N_THINGS},
                                      {"rounds", N_THINGS},
                                      {"shells", N_THINGS},
                                      {"systems", N_THINGS},
                                      {"howitzers", N_THINGS},
                                      {"launchers", N_THINGS},
                                      {"helicopters", N_THINGS},
                                      {"aircraft", N_THINGS},
                                      {"rifles", N_THINGS},
                                      {"javelin", N_THINGS},
                                      {"javelins", N_THINGS},
                                      {"stinger", N_THINGS},
                                      {"stingers", N_THINGS},
                                      {"batteries", N_THINGS},
                                      {"pieces", N_THINGS},
                                      {"assets", N_ASSETS},
                                      {"sanctions", N_ASSETS},
                                      {"sanctioned", N_ASSETS},
                                      {"reserves", N_ASSETS},
                                      {"yacht", N_ASSETS},
                                      {"yachts", N_ASSETS},
                                      {"frozen", N_ASSETS},
                                      {"seized", N_ASSETS},
                                      {"damage", N_DAMAGE},
                                      {"losses", N_DAMAGE},
                                      {"lost", N_DAMAGE},
                                      {"killed", N_DAMAGE},
                                      {"wounded", N_DAMAGE},
                                      {"casualties", N_DAMAGE},
                                      {"destroyed", N_DAMAGE},
                                      {"rebuild", N_DAMAGE},
                                      {"reconstruction", N_DAMAGE},
                                      {"drawdown authority", N_PART},
                                      {"drawdown", N_PART},
                                      {"loans", N_PART},
                                      {"loan", N_PART},
                                      {"grants", N_PART},
                                      {"request", N_REQUEST},
                                      {"supplemental", N_REQUEST},
                                      {"bill", N_REQUEST},
                                      {"food", N_KIND},
                                      {"food security", N_KIND},
                                      {"energy", N_KIND},
                                      {"health", N_KIND},
                                      {"medical", N_KIND},
                                      {"democracy", N_KIND},
                                      {"human rights", N_KIND},
                                      {"development", N_KIND},
                                      {"training", N_KIND},
                                      {"shelter", N_KIND},
                                      {"fuel", N_KIND},
                                      {"winterization", N_KIND},
                                      {"in kind", N_KIND},
                                      {"united states", -1},
                                      {"oil", N_MARKET},
                                      {"gas", N_MARKET},
                                      {"trade", N_MARKET},
                                      {"imports", N_MARKET},
                                      {"exports", N_MARKET},
                                      {"prices", N_MARKET},
                                      {"inflation", N_MARKET},
                                      {"economy", N_MARKET},
                                      {"fund", N_PART},
                                      {"budget", N_MARKET},
                                      {NULL, 0}};

unsigned class_bit(int noun)
{
    switch (noun) {
    case N_MILITARY: return 1u << CLASS_MILITARY;
    case N_HUMANITARIAN: return 1u << CLASS_HUMANITARIAN;
    case N_FINANCIAL: return 1u << CLASS_FINANCIAL;
    default: return 0;
    }
}

bool is_support(int noun)
{
    return noun >= 0 && noun <= N_FINANCIAL;
}
const char *noun_reason(int noun)
{
    return noun < 0 ? NULL : reasons[noun];
}

bool says(const struct work *w, const char *phrase)
{
    for (uint32_t i = 0; i < w->s.count; i++) {
        if (phrase_at(&w->s, i, phrase)) return true;
    }
    return false;
}

void cannot(struct work *w, const char *why)
{
    if (!w->out->why) w->out->why = why;
}

bool parts_clauses(const struct sentence_tokens *s, uint32_t i)
{
    return token_is(s, i, ";") || token_is(s, i, "~") || token_is(s, i, "?") ||
           token_is(s, i, ":") || token_is(s, i, "while") || token_is(s, i, "which");
}

bool ends_phrase(const struct sentence_tokens *s, uint32_t i)
{
    return parts_clauses(s, i) || token_is(s, i, ",") || token_is(s, i, "since") ||
           token_is(s, i, "for") || token_is(s, i, "while") || token_is(s, i, "from");
}

/* Whether another figure than the one asked about begins at the token. */
bool other_figure(const struct work *w, uint32_t i)
{
    for (uint32_t k = 0; k < w->figure_count; k++) {
        if (k != w->at && w->figures[k].first == i) return true;
    }
    return false;
}

static const struct phrase before_verbs[] = {{"to", 1},  {"will", 1},  {"would", 1},
                                             {"can", 1}, {"could", 1}, {"must", 1},
                                             {"who", 1}, {"that", 1},  {NULL, 0}};

int noun_in(const struct sentence_tokens *s, uint32_t i, uint32_t *n)
{
    const struct phrase *p = phrase_longest(s, i, nouns, n);
    return p ? p->value : -1;
}

int noun_heard(const struct work *w, uint32_t i, uint32_t *n)
{
    uint32_t ignored;
    int noun = noun_in(&w->s, i, n);
    if ((noun == N_COUNTRY || noun == N_ALLY) && w->f.kind != FIGURE_BARE) return -1;
    bool verb = noun == N_SUPPORT && i > 0 && phrase_longest(&w->s, i - 1, before_verbs, &ignored);
    return verb ? -1 : noun; /* "to support", "will help" */
}

bool in_time(const struct work *w, uint32_t i)
{
    for (uint32_t k = 0; k < w->time_count; k++) {
        const struct time_said *t = &w->times[k];
        if (t->kind != TIME_TOTAL && i >= t->first && i < t->first + t->count) return true;
    }
    return false;
}

/* Take one noun into account; true when the search may stop. */
static void hear_noun(struct work *w, int noun)
{
    if (w->noun < 0 || (is_support(w->noun) && !class_bit(w->noun) && class_bit(noun))) {
        w->noun = noun;
    }
    w->classes |= class_bit(noun);
}

static void nouns_behind(struct work *w)
{
    uint32_t i = w->f.first + w->f.count, n;
    enum { REACH = 14 };
    uint32_t end = i + REACH;
    bool done = false;
    if (phrase_at(&w->s, i, ", in terms of")) i++;
    while (i < w->s.count && i < end && !ends_phrase(&w->s, i) && !other_figure(w, i)) {
        int noun = noun_heard(w, i, &n);
        if (noun >= 0 && !in_time(w, i)) {
            if (w->noun >= 0 && done) break;
            if (w->noun >= 0 && !is_support(w->noun)) break;
            if (noun == N_KIND && w->noun >= 0) w->noun = N_KIND; /* "economic, health, ..." */
            if (w->noun >= 0 && !is_support(noun)) break;
            hear_noun(w, noun);
            done = noun == N_SUPPORT;
        }
        if (w->noun >= 0 && token_is(&w->s, i, "to")) break;
        i += n ? n : 1;
    }
}

/* "security assistance to $1 billion this year, and $2 billion since": one noun for both. */
static bool same_kind_at(const struct work *w, uint32_t i)
{
    for (uint32_t k = 0; k < w->figure_count; k++) {
        if (w->figures[k].first == i) return w->figures[k].kind == w->f.kind;
    }
    return false;
}

static void nouns_before(struct work *w)
{
    uint32_t i = w->f.first, n;
    uint32_t stop = i > 30 ? i - 30 : 0;
    while (i > stop) {
        i--;
        if (parts_clauses(&w->s, i)) break;
        if (other_figure(w, i) && !same_kind_at(w, i)) break;
        int noun = noun_heard(w, i, &n);
        if (noun < 0 || in_time(w, i)) continue;
        if (w->noun >= 0 && (!is_support(w->noun) || !class_bit(noun))) break;
        hear_noun(w, noun);
    }
}

bool verb_of_giving(const struct sentence_tokens *s, uint32_t i)
{
    static const struct phrase verbs[] = {{"provided", 1}, {"given", 1},    {"gave", 1},
                                          {"sent", 1},     {"supplied", 1}, {"give", 1},
                                          {"provide", 1},  {"donated", 1},  {NULL, 0}};
    uint32_t n;
    return phrase_longest(s, i, verbs, &n) != NULL;
}

/* "gave Ukraine a billion a year": money that is given is support, though no noun says so. */
static void given_money(struct work *w)
{
    uint32_t from = w->f.first > 8 ? w->f.first - 8 : 0;
    for (uint32_t i = from; i < w->f.first && w->f.kind == FIGURE_MONEY; i++) {
        if (verb_of_giving(&w->s, i)) w->noun = N_SUPPORT;
        if (parts_clauses(&w->s, i)) w->noun = -1;
    }
}

/* "$250 million for generators", "$2.8 billion to scale up operations": a part, for one purpose. */
static bool one_purpose(const struct work *w)
{
    static const struct phrase serves[] = {{"help", 1}, {"support", 1}, {"assist", 1},
                                           {"aid", 1},  {"date", 1},    {NULL, 0}};
    const struct sentence_tokens *s = &w->s;
    uint32_t i = w->f.first + w->f.count, n;
    bool is_for = token_is(s, i, "for"), is_to = token_is(s, i, "to");
    if (w->f.kind != FIGURE_MONEY || (!is_for && !is_to)) return false;
    for (uint32_t at = i + 1; at <= i + 3 && at < s->count; at++) {
        if (s->token[at].capital || s->token[at].digits) return false;
        if (phrase_longest(s, at, serves, &n)) return false;
        if (is_support(noun_heard(w, at, &n))) return false;
    }
    return true;
}

/* "through their newly established fund" */
static bool one_channel(const struct work *w)
{
    const struct sentence_tokens *s = &w->s;
    for (uint32_t i = w->f.first + w->f.count; i < s->count && !parts_clauses(s, i); i++) {
        if (other_figure(w, i) || token_is(s, i, ",")) return false;
        if ((token_is(s, i, "through") || token_is(s, i, "via") || token_is(s, i, "under")) &&
            !in_time(w, i)) {
            return true;
        }
    }
    return false;
}

void find_noun(struct work *w)
{
    w->noun = -1;
    if (one_purpose(w)) {
        w->noun = N_KIND;
        return;
    }
    nouns_behind(w);
    if (w->noun < 0) nouns_before(w);
    if (w->noun < 0) given_money(w);
    if (w->noun >= 0 && is_support(w->noun) && one_channel(w)) w->noun = N_PART;
}
