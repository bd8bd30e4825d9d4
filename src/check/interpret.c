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
#include "check/sentence.h"
#include "names/names.h"

/* --- what is counted --- */

enum noun {
    N_SUPPORT,
    N_MILITARY,
    N_HUMANITARIAN,
    N_FINANCIAL,
    N_COUNTRY,
    N_ALLY,
    N_FORCES,
    N_TERRITORY,
    N_SPENDING,
    N_PEOPLE,
    N_THINGS,
    N_ASSETS,
    N_DAMAGE,
    N_PART,
    N_REQUEST,
    N_MARKET,
    N_KIND,
};

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

static unsigned class_bit(int noun)
{
    switch (noun) {
    case N_MILITARY: return 1u << CLASS_MILITARY;
    case N_HUMANITARIAN: return 1u << CLASS_HUMANITARIAN;
    case N_FINANCIAL: return 1u << CLASS_FINANCIAL;
    default: return 0;
    }
}

static bool is_support(int noun)
{
    return noun <= N_FINANCIAL;
}

/* --- the work --- */

struct work {
    struct arena *a;
    const struct spoken *spoken;
    struct sentence_tokens s;
    struct figure figures[FIGURES_MAX];
    struct time_said times[TIMES_MAX];
    uint32_t figure_count, time_count;
    struct figure f; /* the one asked about */
    uint32_t at;     /* its index; figure_count when the sentence has it not */
    unsigned classes;
    int noun; /* the nearest; -1: none */
    bool allies, countries;
    struct heard *out;
};

static void cannot(struct work *w, const char *why)
{
    if (!w->out->why) w->out->why = why;
}

static bool parts_clauses(const struct sentence_tokens *s, uint32_t i)
{
    return token_is(s, i, ";") || token_is(s, i, "~") || token_is(s, i, "?") ||
           token_is(s, i, ":") || token_is(s, i, "while") || token_is(s, i, "which");
}

static bool ends_phrase(const struct sentence_tokens *s, uint32_t i)
{
    return parts_clauses(s, i) || token_is(s, i, ",") || token_is(s, i, "since") ||
           token_is(s, i, "for") || token_is(s, i, "while") || token_is(s, i, "from");
}

/* Whether another figure than the one asked about begins at the token. */
static bool other_figure(const struct work *w, uint32_t i)
{
    for (uint32_t k = 0; k < w->figure_count; k++) {
        if (k != w->at && w->figures[k].first == i) return true;
    }
    return false;
}

static const struct phrase before_verbs[] = {{"to", 1},  {"will", 1},  {"would", 1},
                                             {"can", 1}, {"could", 1}, {"must", 1},
                                             {"who", 1}, {"that", 1},  {NULL, 0}};

/* A noun of the table at i that the figure can be of: "Allies" are counted, and give no percent. */
static const struct phrase *noun_at(const struct work *w, uint32_t i, uint32_t *n)
{
    const struct phrase *p = phrase_longest(&w->s, i, nouns, n);
    uint32_t ignored;
    if (!p || p->value < 0) return NULL;
    bool party = p->value == N_COUNTRY || p->value == N_ALLY;
    if (party && w->f.kind != FIGURE_BARE) return NULL;
    bool verb =
        p->value == N_SUPPORT && i > 0 && phrase_longest(&w->s, i - 1, before_verbs, &ignored);
    return verb ? NULL : p; /* "to support", "will help" */
}

static bool in_time(const struct work *w, uint32_t i)
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
    while (i < w->s.count && i < end && !ends_phrase(&w->s, i) && !other_figure(w, i)) {
        const struct phrase *p = noun_at(w, i, &n);
        if (p && !in_time(w, i)) {
            if (w->noun >= 0 && done) break;
            if (w->noun >= 0 && !is_support(w->noun)) break;
            if (p->value == N_KIND && w->noun >= 0) w->noun = N_KIND; /* "economic, health, ..." */
            if (w->noun >= 0 && !is_support(p->value)) break;
            hear_noun(w, p->value);
            done = p->value == N_SUPPORT;
        }
        if (w->noun >= 0 && token_is(&w->s, i, "to")) break;
        i += p ? n : 1;
    }
}

static void nouns_before(struct work *w)
{
    uint32_t i = w->f.first, n;
    uint32_t stop = i > 16 ? i - 16 : 0;
    while (i > stop) {
        i--;
        if (parts_clauses(&w->s, i)) break;
        if (other_figure(w, i) && i != w->f.first) break;
        const struct phrase *p = noun_at(w, i, &n);
        if (!p || in_time(w, i)) continue;
        if (w->noun >= 0 && (!is_support(w->noun) || !class_bit(p->value))) break;
        hear_noun(w, p->value);
    }
}

static bool verb_of_giving(const struct sentence_tokens *s, uint32_t i)
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
        const struct phrase *p = noun_at(w, at, &n);
        if (p && is_support(p->value)) return false;
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

static void find_noun(struct work *w)
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

/* --- the verb: is it so, or may it be --- */

enum mood { M_IS, M_PLAN, M_MAY, M_NOT, M_NEED, M_ASK, M_NEW };

static const struct phrase moods[] = {
    {"has", M_IS},         {"have", M_IS},          {"had", M_IS},
    {"is", M_IS},          {"are", M_IS},           {"was", M_IS},
    {"were", M_IS},        {"gave", M_IS},          {"sent", M_IS},
    {"provided", M_IS},    {"committed", M_IS},     {"providing", M_IS},
    {"brings", M_IS},      {"brought", M_IS},       {"provision", M_IS},
    {"bringing", M_IS},    {"will", M_PLAN},        {"shall", M_PLAN},
    {"going to", M_PLAN},  {"plan to", M_PLAN},     {"plans to", M_PLAN},
    {"intend to", M_PLAN}, {"intends to", M_PLAN},  {"intended to", M_PLAN},
    {"propose", M_PLAN},   {"proposed", M_PLAN},    {"proposes", M_PLAN},
    {"expect", M_PLAN},    {"expected to", M_PLAN}, {"aim to", M_PLAN},
    {"goal", M_PLAN},      {"target", M_PLAN},      {"sustain", M_PLAN},
    {"would", M_MAY},      {"could", M_MAY},        {"might", M_MAY},
    {"may", M_MAY},        {"should", M_MAY},       {"if", M_MAY},
    {"unless", M_MAY},     {"whether", M_MAY},      {"not", M_NOT},
    {"never", M_NOT},      {"no", M_NOT},           {"without", M_NOT},
    {"cannot", M_NOT},     {"need", M_NEED},        {"needs", M_NEED},
    {"needed", M_NEED},    {"must", M_NEED},        {"asking", M_ASK},
    {"asked", M_ASK},      {"requesting", M_ASK},   {"requested", M_ASK},
    {"calling on", M_ASK}, {"calls on", M_ASK},     {NULL, 0}};

/* "no more than", "not only", "not counting": negations of something else. */
static const struct phrase harmless[] = {
    {"no more", 1},       {"no less", 1},  {"no fewer", 1}, {"not more", 1},
    {"not less", 1},      {"not only", 1}, {"not just", 1}, {"not counting", 1},
    {"not including", 1}, {"no doubt", 1}, {NULL, 0}};

static const char *mood_reason(int mood)
{
    switch (mood) {
    case M_PLAN: return "a plan for the future";
    case M_MAY: return "a condition or a wish, not what is";
    case M_NOT: return "it is denied, not claimed";
    case M_NEED: return "a need, not support";
    case M_ASK: return "a request, not support";
    default: return NULL;
    }
}

/* The mood of the words before the number, the nearest first; "if" wherever it stands. */
static const char *mood_of(const struct work *w)
{
    uint32_t n, ignored;
    for (uint32_t i = 0; i < w->s.count; i++) {
        if (token_is(&w->s, i, "if") || token_is(&w->s, i, "unless")) return mood_reason(M_MAY);
    }
    if (w->s.count && token_is(&w->s, w->s.count - 1, "?")) return "a question, not a claim";
    uint32_t i = w->f.first, stop = i > 16 ? i - 16 : 0;
    bool is = false;
    while (i > stop) {
        i--;
        if (parts_clauses(&w->s, i)) break;
        const struct phrase *p = phrase_longest(&w->s, i, moods, &n);
        if (!p || i + n > w->f.first || phrase_longest(&w->s, i, harmless, &ignored)) continue;
        if (in_time(w, i) || (token_is(&w->s, i, "may") && w->s.token[i].capital)) continue;
        if (p->value == M_IS) {
            is = true;
            continue; /* "has not provided", "would have provided" */
        }
        bool governs = !is || p->value == M_MAY || p->value == M_NOT;
        if (governs) return mood_reason(p->value);
    }
    return NULL;
}

static const struct phrase fresh_words[] = {{"additional", 1}, {"another", 1}, {"new", 1},
                                            {"newly", 1},      {"further", 1}, {"tranche", 1},
                                            {"package", 1},    {NULL, 0}};

/* "an additional $800 million", "a $800 million package": one gift. */
static bool is_fresh(const struct work *w)
{
    uint32_t n, from = w->f.first > 6 ? w->f.first - 6 : 0;
    uint32_t to = w->f.first + w->f.count + 4;
    for (uint32_t i = from; i < to && i < w->s.count; i++) {
        if (i >= w->f.first + w->f.count && ends_phrase(&w->s, i)) break;
        if (phrase_longest(&w->s, i, fresh_words, &n)) return true;
    }
    return false;
}

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

/* --- whose --- */

static bool says(const struct work *w, const char *phrase)
{
    for (uint32_t i = 0; i < w->s.count; i++) {
        if (phrase_at(&w->s, i, phrase)) return true;
    }
    return false;
}

static void add_subject(struct claim *c, const char *key)
{
    for (uint32_t i = 0; i < c->subjects; i++) {
        if (strcmp(c->subject[i], key) == 0) return;
    }
    if (c->subjects < CLAIM_PARTIES_MAX) c->subject[c->subjects++] = key;
}

/* A party's code as the reader gives it, as keys of givers; false when the book keeps no such. */
static bool add_giver(struct work *w, struct claim *c, const char *code)
{
    if (strcmp(code, "ALLIES") == 0) {
        if (says(w, "allies") || says(w, "nato")) {
            /* "Allies and partners" are more than the Allies: all who give. */
            if (!says(w, "allies and partners") && !says(w, "partners and allies")) {
                add_subject(c, "Allies");
            }
        }
        return true;
    }
    if (strcmp(code, "EU") == 0) {
        add_subject(c, "EU");
        if (says(w, "member states") || says(w, "members")) add_subject(c, "EU-members");
        return true;
    }
    const char *group = names_group(code);
    const struct known_party *p = names_party(code);
    if (group || p) {
        add_subject(c, group ? group : p->key);
        return true;
    }
    cannot(w, text_format(w->a, "%s is not one that the book tells apart", code));
    return false;
}

/* A name at token i: how many tokens, and its key. Capitals only, but for "allies". */
static uint32_t name_at(const struct work *w, uint32_t i, const char **key)
{
    static const struct {
        const char *words, *key;
    } houses[] = {{"america", "USA"},     {"us", "USA"},        {"u.s", "USA"},
                  {"britain", "GBR"},     {"kyiv", "UKR"},      {"washington", "USA"},
                  {"white house", "USA"}, {"ukrainians", "UKR"}};
    const struct sentence_tokens *s = &w->s;
    for (uint32_t n = 4; n >= 1; n--) {
        if (i + n > s->count) continue;
        if (!s->token[i].capital && !token_is(s, i, "allies")) return 0;
        const struct token *from = &s->token[i], *to = &s->token[i + n - 1];
        const char *text = arena_bytes(w->a, s->text + from->at, to->end - from->at);
        const char *group = names_group(text);
        const struct known_party *p = group ? NULL : names_party(text);
        if (n == 1 && from->end - from->at < 4 && strcmp(from->word, "eu") != 0 && p &&
            strcmp(text, p->key) != 0 && strcmp(text, "US") != 0 && strcmp(text, "UK") != 0) {
            p = NULL; /* "In", "To", "Is" are no codes of countries */
        }
        *key = group ? group : p ? p->key : NULL;
        if (*key) return n;
    }
    for (size_t k = 0; k < sizeof houses / sizeof *houses; k++) {
        uint32_t n = phrase_at(s, i, houses[k].words);
        if (!n || (strcmp(houses[k].words, "us") == 0 && s->token[i].end - s->token[i].at != 2)) {
            continue;
        }
        const char *raw = s->text + s->token[i].at;
        if (strcmp(houses[k].words, "us") == 0 && raw[1] != 'S') continue;
        *key = houses[k].key;
        return n;
    }
    return 0;
}

static bool preposition(const struct sentence_tokens *s, uint32_t i, const char *word)
{
    if (i > 0 && token_is(s, i - 1, word)) return true;
    return i > 1 && token_is(s, i - 1, "the") && token_is(s, i - 2, word);
}

/* Givers and receiver of a sentence that nobody read: by prepositions and order. */
static void find_parties(struct work *w, struct claim *c)
{
    const char *key;
    const struct sentence_tokens *s = &w->s;
    uint32_t giver_end = 0; /* behind the last name that gives; 0: none yet */
    for (uint32_t i = 0; i < s->count;) {
        uint32_t n = name_at(w, i, &key);
        if (!n) {
            i++;
            continue;
        }
        bool gets = preposition(s, i, "to") || preposition(s, i, "for") ||
                    (i > 0 && verb_of_giving(s, i - 1)) || strcmp(key, "UKR") == 0;
        bool gives = preposition(s, i, "by") || preposition(s, i, "from");
        bool aside = in_time(w, i) || preposition(s, i, "against") || preposition(s, i, "into") ||
                     strcmp(key, "RUS") == 0;
        bool joined = giver_end && i > giver_end && i <= giver_end + 2 &&
                      (token_is(s, giver_end, "and") || token_is(s, giver_end, ","));
        if (gives && !in_time(w, i) && strcmp(key, "RUS") != 0) {
            c->subjects = giver_end && !joined ? 0 : c->subjects;
            add_giver(w, c, key);
            giver_end = i + n;
        } else if (gets && !aside) {
            if (!c->receiver) c->receiver = key;
        } else if (!aside && (!giver_end || joined)) {
            add_giver(w, c, key);
            giver_end = i + n;
        }
        i += n;
    }
}

/* A receiver that the reader did not give, but the sentence names. */
static void find_receiver(struct work *w, struct claim *c)
{
    struct claim found = {.subjects = 0};
    const char *why = w->out->why;
    find_parties(w, &found);
    w->out->why = why;
    c->receiver = found.receiver;
}

/* "we, the G7," and "we, the Leaders of the Group of Seven (G7),": the key of who says "we". */
static const char *apposition(const struct work *w)
{
    const struct sentence_tokens *s = &w->s;
    const char *key;
    for (uint32_t i = 0; i + 3 < s->count; i++) {
        if (!token_is(s, i, "we") || !token_is(s, i + 1, ",") || !token_is(s, i + 2, "the"))
            continue;
        for (uint32_t at = i + 3; at < i + 12 && at < s->count && !token_is(s, at, ","); at++) {
            if (name_at(w, at, &key)) return key;
        }
    }
    return NULL;
}

static bool we_speak(const struct work *w)
{
    return says(w, "we") || says(w, "our") || says(w, "us");
}

static bool set_parties(struct work *w, struct claim *c)
{
    const struct said *said = w->spoken->said;
    const char *we = apposition(w);
    if (we) add_subject(c, we);
    for (uint32_t i = 0; !we && said && i < said->giver.count; i++) {
        if (!add_giver(w, c, said->giver.code[i])) return false;
    }
    if (said && said->receiver.count > 1) {
        cannot(w, "it counts support for others beside");
        return false;
    }
    if (said && said->receiver.count == 1) {
        const struct known_party *p = names_party(said->receiver.code[0]);
        if (!p) {
            cannot(w, text_format(w->a, "%s is not one that the book tells apart",
                                  said->receiver.code[0]));
            return false;
        }
        c->receiver = p->key;
    }
    if (!said || (said->giver.count == 0 && said->receiver.count == 0)) find_parties(w, c);
    if (w->allies || w->countries) c->subjects = 0;
    if (w->allies) add_subject(c, "Allies");
    bool named = c->subjects || (said && said->giver.count);
    if (named || w->countries) return true;
    if (we_speak(w) && w->spoken->side) return add_giver(w, c, w->spoken->side);
    if (c->measure == CLAIM_COUNT || w->countries || says(w, "world") || says(w, "community")) {
        return true;
    }
    cannot(w, "who gives is not said");
    return false;
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
        const struct phrase *p = noun_at(w, at, &n);
        if (token_is(&w->s, at, "that") || token_is(&w->s, at, "who")) break;
        near = p && is_support(p->value);
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

/* Where the noun of countries stands behind the figure, adjectives between; 0: nowhere near. */
static uint32_t countries_at(const struct work *w)
{
    uint32_t n, from = w->f.first + w->f.count;
    for (uint32_t i = from; i < from + 4 && i < w->s.count && !ends_phrase(&w->s, i); i++) {
        const struct phrase *p = phrase_longest(&w->s, i, nouns, &n);
        if (p && (p->value == N_COUNTRY || p->value == N_ALLY)) return i + n;
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
    uint32_t n, i = countries_at(w);
    bool gives_said = false;
    if (w->f.kind != FIGURE_BARE || (w->noun != N_COUNTRY && w->noun != N_ALLY)) return false;
    w->countries = w->noun == N_COUNTRY;
    w->allies = w->noun == N_ALLY;
    w->classes = 0;
    for (; i && i < w->s.count && !parts_clauses(&w->s, i) && !other_figure(w, i); i++) {
        if (token_is(&w->s, i, ",")) break;
        const struct phrase *mood = phrase_longest(&w->s, i, moods, &n);
        if (!gives_said && mood && mood_reason(mood->value)) cannot(w, mood_reason(mood->value));
        if (phrase_longest(&w->s, i, gives, &n)) gives_said = true;
        const struct phrase *p = phrase_longest(&w->s, i, nouns, &n);
        if (!p || in_time(w, i) || p->value < 0 || !is_support(p->value)) continue;
        w->classes |= class_bit(p->value);
        if (p->value == N_SUPPORT && gives_said && !phrase_longest(&w->s, i, gives, &n)) break;
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

/* The sentence's figure that the reader read; what the reader made of it goes before. */
static bool figure_read(struct work *w, const struct said *said)
{
    for (uint32_t i = 0; i < w->figure_count; i++) {
        const struct figure *f = &w->figures[i];
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

static bool find_figure(struct work *w)
{
    const struct spoken *spoken = w->spoken;
    w->figure_count = sentence_figures(w->a, &w->s, dollar_of(spoken), w->figures);
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
    if (said->unit && strcmp(said->unit, "percent_gdp") == 0) return reasons[N_SPENDING];
    if (said->channel) {
        return "through one channel only, which the book does not tell apart";
    }
    return NULL;
}

static void hear(struct work *w)
{
    struct claim *c = &w->out->claim;
    if (!find_figure(w)) return;
    w->time_count = sentence_times(w->a, &w->s, w->spoken->day, w->times);
    find_noun(w);
    const char *why = mood_of(w);
    if (!why) why = not_claimed(w->spoken->said);
    if (w->noun >= 0 && reasons[w->noun]) why = reasons[w->noun];
    if (why) {
        cannot(w, why);
        return;
    }
    if (w->noun < 0) {
        cannot(w, "what it counts is not in the book");
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
    struct sentence_tokens s;
    struct figure figures[FIGURES_MAX];
    sentence_tokens(a, sentence, &s);
    return sentence_figures(a, &s, "USD", figures);
}
