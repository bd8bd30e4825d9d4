/*
 * kinds.c - what a number makes: a gift, a need, a figure, a decision, or nothing.
 *
 * A number is no gift by itself: it needs a verb of giving, a kind of support,
 * or a list that gives. What nobody gives but somebody has, spends or hosts is
 * a figure. Numbers of war, prices and dates are nobody's.
 */
#include <string.h>

#include "read/amounts.h"

/*
 * Kinds of support in [from, to) that are nothing else: not "investment", not
 * "resources"; a loan only where somebody attacked is helped.
 */
static bool strong_support(const struct scene *s, const struct line *l, uint32_t from, uint32_t to)
{
    bool attacked = s->beneficiary && s->adversary;
    for (uint32_t i = from; i < to && i < l->end; i += l->ws->word[i].span) {
        const struct word *w = &l->ws->word[i];
        if (word_classes(w) & IS(channel)) return true;
        if (!(word_classes(w) & IS(soft))) continue;
        const char *sort = strchr(word_value(w, WORD_soft), '/');
        if (!sort || (attacked && strcmp(sort, "/lent") == 0)) return true;
    }
    return false;
}

/* "student loan", "infrastructure": matters at home; "two-way trade": nobody's gift anywhere. */
static bool has_matter(const struct line *l, uint32_t from, uint32_t to, const char *matter)
{
    for (uint32_t i = from; i < to && i < l->end; i += l->ws->word[i].span)
        if (at_class(l, i) & IS(hostile) &&
            strcmp(word_value(&l->ws->word[i], WORD_hostile), matter) == 0)
            return true;
    return false;
}

/* War and prices, but matters at home only where nothing but them is meant. */
static bool hostile_in(const struct line *l, uint32_t from, uint32_t to)
{
    if (!(classes_in(l, from, to) & IS(hostile))) return false;
    for (uint32_t i = from; i < to && i < l->end; i += l->ws->word[i].span) {
        const struct word *w = &l->ws->word[i];
        bool chip = word_is(l->ws, i, "semiconductor") || word_is(l->ws, i, "semiconductors");
        if (word_classes(w) & IS(hostile) && !chip) return true;
    }
    return false;
}

/* A named party that gives is the subject: "the EU is sending half a billion". */
static bool gives_by_name(const struct scene *s, const struct line *l, const struct reach *r)
{
    struct said_parties giver = {0};
    uint32_t first;
    for (uint32_t k = 0; k < l->act_count; k++) {
        const struct act *act = &l->acts[k];
        if ((act->kind == ACT_GIVE || act->kind == ACT_COMMIT || act->kind == ACT_PROMISE) &&
            act->at >= r->begin && act->at < r->end &&
            subject_of(s, l, r->begin, act->from, &giver, &first))
            return giver.count && giver.code[0] != s->side.we &&
                   (any_named(&giver) || names_beneficiary(s, l) || s->abroad);
    }
    return false;
}

/* "This $33 billion request for funding": of one's own parliament, unless the beneficiary asks. */
bool own_request(const struct scene *s, const struct line *l, const struct around *acts)
{
    if (speaks_for_itself(s)) return false;
    for (uint32_t i = 0; i < acts->count; i++) {
        const struct act *act = acts->act[i];
        if (act->kind != ACT_NEED) continue;
        if (word_is(l->ws, act->at, "request") || word_is(l->ws, act->at, "requests")) return true;
        struct said_parties who = {0}; /* "are you going to ask for another $50 billion?" */
        uint32_t first;
        if (act->asks && subject_of(s, l, clause_begin(l, act->at), act->from, &who, &first) &&
            (has_party(&who, s->side.we) || has_party(&who, s->addressed)))
            return !has_party(&who, s->beneficiary);
    }
    return false;
}

/* NATO or the Allies are the subject: what they establish is a decision, not a gift. */
static bool alliance_acts(const struct scene *s, const struct line *l, const struct value *v,
                          const struct reach *r)
{
    struct said_parties who = {0};
    uint32_t first;
    if (!subject_of(s, l, r->begin, v->first, &who, &first)) return !is_named(s->side.we);
    return !any_named(&who);
}

static bool has_ought(const struct line *l, const struct reach *r)
{
    return (classes_in(l, r->begin, r->end) & (IS(ought) | IS(need))) != 0;
}

/* "an annual defence budget of about $6 billion": what the sum is of stands right before it. */
static bool of_theme(const struct line *l, const struct value *v, const struct reach *r)
{
    enum { NEAR = 4 };
    uint32_t i = v->first > r->begin + NEAR ? v->first - NEAR : r->begin;
    for (; i < v->first; i++)
        if (strcmp(word_value(&l->ws->word[i], WORD_theme), "money") == 0) return true;
    uint32_t last = v->first + v->count; /* "100 billion euros for its armed forces" */
    return last < r->end && strcmp(word_value(&l->ws->word[last], WORD_theme), "money") == 0;
}

/* "a special fund for its armed forces of 20 billion euros" */
static bool of_own_forces(const struct line *l, const struct value *v, const struct reach *r)
{
    enum { BACK = 8 };
    static const char *const whose[] = {"its", "their", "our", "own"};
    static const char *const forces[] = {"military", "army", "armed", "forces", "navy", "troops"};
    for (uint32_t i = v->first; i > r->begin + 2 && i + BACK > v->first; i--)
        if (word_in(l->ws, i - 1, forces, sizeof forces / sizeof *forces) &&
            word_in(l->ws, i - 2, whose, sizeof whose / sizeof *whose) &&
            (word_is(l->ws, i - 3, "for") || word_is(l->ws, i - 3, "in")))
            return true;
    return false;
}

/* A contract or a commitment in it is only a noun: what NATO agrees on is decided. */
static bool gives_by_verb(const struct around *acts)
{
    for (uint32_t i = 0; i < acts->count; i++) {
        const struct act *act = acts->act[i];
        if (act->form == 'n' || act->kind == ACT_DECIDE || act->kind == ACT_HAVE) continue;
        if (act->kind == ACT_NEED || act->kind == ACT_OUGHT || act->kind == ACT_CONSIDER) continue;
        return true;
    }
    return false;
}

/* "The Senate passed a bill with $60 billion": its country's gift, as far as it goes. */
static bool by_parliament(const struct scene *s, const struct line *l, const struct value *v,
                          const struct reach *r)
{
    struct said_parties who = {0};
    uint32_t first;
    if (!subject_of(s, l, r->begin, v->first, &who, &first)) return false;
    return has_party(&who, "Senate") || has_party(&who, "House of Representatives");
}

/* Defence spending, and not the production of food. */
static bool theme_of_money(const struct line *l, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to && i < l->end; i += l->ws->word[i].span)
        if (strcmp(word_value(&l->ws->word[i], WORD_theme), "money") == 0) return true;
    return false;
}

/* "freeze $280 billion in central bank funds": taken from somebody, and nobody's gift. */
static bool frozen_sum(const struct line *l, const struct value *v)
{
    enum { BACK = 4, FAR = 14 };
    static const char *const adjectives[] = {"frozen", "immobilize", "immobilized", "immobilised",
                                             "block"};
    static const char *const verbs[] = {"freeze", "froze",   "freezing",    "seize",
                                        "seized", "seizing", "immobilizing"};
    for (uint32_t i = v->first; i > l->first && i + FAR > v->first; i--) {
        if (word_in(l->ws, i - 1, verbs, sizeof verbs / sizeof *verbs)) return true;
        bool near = i + BACK > v->first;
        if (near && word_in(l->ws, i - 1, adjectives, sizeof adjectives / sizeof *adjectives))
            return true;
        if (at_class(l, i - 1) & (IS(give) | IS(promise) | IS(commit) | IS(soft))) return false;
    }
    return false;
}

/* "40 countries supporting renewable energy": about what is not ours, and nothing that is. */
static bool else_matter(const struct line *l, uint32_t from, uint32_t to)
{
    bool other = false;
    for (uint32_t i = from; i < to && i < l->end; i += l->ws->word[i].span) {
        const char *matter = word_value(&l->ws->word[i], WORD_matter);
        if (strcmp(matter, "ours") == 0 && !word_is(l->ws, i, "coalition")) return false;
        other |= strcmp(matter, "else") == 0;
    }
    return other;
}

/* Goods that are more than food, fuel and medicine: shares and growth of those are trade. */
static bool of_arms(const struct line *l, uint32_t from, uint32_t to)
{
    uint32_t trade = 1u << GOODS_FOOD | 1u << GOODS_FUEL | 1u << GOODS_MEDICAL | 1u << GOODS_OTHER;
    return (things_in(l, from, to).goods & ~trade) != 0;
}

/* "43 percent of Americans want to help": what is thought of it, and nothing of ours. */
static bool of_opinion(const struct line *l, const struct value *v)
{
    enum { NEAR = 4, BEHIND = 6 };
    static const char *const who[] = {"americans", "voters",     "population",  "people",
                                      "public",    "ukrainians", "respondents", "electorate"};
    static const char *const thinks[] = {"want",  "support", "oppose",     "say",       "believe",
                                         "favor", "think",   "approve",    "back",      "supports",
                                         "wants", "opposes", "supporting", "disapprove"};
    uint32_t i = v->first + v->count, stop = i + NEAR;
    while (i < stop && !word_in(l->ws, i, who, sizeof who / sizeof *who)) i++;
    for (uint32_t k = i + 1; i < stop && k < i + BEHIND; k++)
        if (word_in(l->ws, k, thinks, sizeof thinks / sizeof *thinks)) return true;
    return false;
}

/* "90 percent of our assistance", "a 17 percent increase in defence spending": of what we ask for.
 */
static bool share_of_ours(const struct scene *s, const struct line *l, const struct value *v,
                          const struct reach *r)
{
    enum { BEHIND = 6 };
    uint32_t behind = value_end(v), stop = behind + BEHIND < r->end ? behind + BEHIND : r->end;
    uint64_t noun = v->noun_count ? classes_in(l, v->noun, v->noun + v->noun_count) : 0;
    static const char *const changes[] = {"increase", "boost", "rise", "growth", "jump", "cut"};
    if (of_opinion(l, v)) return false;
    if (theme_of_money(l, r->from, r->to)) return true;
    if (s->spending && v->noun_count &&
        word_in(l->ws, v->head, changes, sizeof changes / sizeof *changes))
        return true;
    if (word_is(l->ws, behind, "of") || v->noun_count) noun |= classes_in(l, behind, stop);
    if (noun & (IS(soft) | IS(theme))) return true;
    return noun & IS(goods) && of_arms(l, v->noun_count ? v->noun : behind, stop);
}

/* "already a $1 billion tech hub": what something is worth, and nobody gives it. */
static bool worth_of(const struct line *l, const struct value *v)
{
    enum { NEAR = 3 };
    static const char *const nouns[] = {
        "hub",     "industry",   "market", "company", "economy",  "factory",    "business",
        "startup", "industries", "bank",   "banks",   "pipeline", "institution"};
    uint32_t last = v->first + v->count;
    if (v->first == l->first) return false;
    if (!word_is(l->ws, v->first - 1, "a") && !word_is(l->ws, v->first - 1, "an")) return false;
    for (uint32_t i = last; i < l->end && i < last + NEAR; i++)
        if (word_in(l->ws, i, nouns, sizeof nouns / sizeof *nouns)) return true;
    return false;
}

/* "holds more than $50 billion in assets": what somebody owns. */
static bool owned_sum(const struct line *l, const struct value *v)
{
    enum { NEAR = 4 };
    uint32_t last = v->first + v->count;
    for (uint32_t i = last; word_is(l->ws, last, "in") && i < l->end && i < last + NEAR; i++)
        if (word_is(l->ws, i, "assets") || word_is(l->ws, i, "deposits")) return true;
    return false;
}

/* "withheld hundreds of millions in aid": kept back. */
static bool withheld(const struct line *l, const struct value *v, const struct reach *r)
{
    static const char *const verbs[] = {"withhold",    "withholds", "withheld",
                                        "withholding", "paused",    "pausing"};
    static const char *const held[] = {"paused", "suspended", "halted"};
    for (uint32_t i = r->begin; i < v->first; i++)
        if (word_in(l->ws, i, verbs, sizeof verbs / sizeof *verbs)) return true;
    for (uint32_t i = value_end(v) + 1; i < r->end; i++) /* "200 bombs has been paused" */
        if (word_in(l->ws, i, held, sizeof held / sizeof *held) &&
            word_classes(&l->ws->word[i - 1]) & IS(aux))
            return true;
    return false;
}

/* "Korean businesses are investing $12 billion": whoever they are, it is no country's gift. */
static bool private_money(const struct line *l, const struct value *v, const struct reach *r)
{
    enum { NEAR = 4 };
    static const char *const owners[] = {"companies",    "businesses",   "firms",
                                         "corporations", "investors",    "manufacturers",
                                         "investor",     "shareholders", "company"};
    for (uint32_t i = r->begin; i < v->first; i++)
        if (word_in(l->ws, i, owners, sizeof owners / sizeof *owners)) return true;
    static const char *const money[] = {"sector",    "investment", "investments", "capital",
                                        "financing", "funding",    "investors",   "finance"};
    uint32_t behind = v->first + v->count; /* "$7 million in private capital"; not "public and" */
    static const char *const links[] = {"in", "of", "from"};
    bool linked = word_in(l->ws, behind, links, sizeof links / sizeof *links);
    for (uint32_t i = behind; linked && i < behind + NEAR && i + 1 < r->end; i++)
        if (word_is(l->ws, i, "private") && !word_is(l->ws, i - 1, "and") &&
            word_in(l->ws, i + 1, money, sizeof money / sizeof *money))
            return true;
    uint32_t low = v->first > r->begin + NEAR + 1 ? v->first - NEAR - 1 : r->begin;
    for (uint32_t i = low; i + 2 < v->first; i++) /* "private investment of $9 million" */
        if (word_is(l->ws, i, "private") && word_is(l->ws, v->first - 1, "of") &&
            word_in(l->ws, i + 1, money, sizeof money / sizeof *money))
            return true;
    uint32_t that = v->first; /* "the $12 billion that Korean companies invest" */
    while (that < r->end && !word_is(l->ws, that, "that")) that++;
    for (uint32_t i = that; i < r->end && i < that + NEAR; i++)
        if (word_in(l->ws, i, owners, sizeof owners / sizeof *owners)) return true;
    return false;
}

/* "the last estimate was $400 billion", "the cost of rebuilding is $400 billion" */
static bool estimated(const struct line *l, const struct value *v, const struct reach *r)
{
    enum { BACK = 9 };
    static const char *const nouns[] = {"estimate", "estimates", "estimated", "cost",
                                        "costs",    "damage",    "losses"};
    uint32_t low = v->first > r->begin + BACK ? v->first - BACK : r->begin;
    for (uint32_t i = low; i < v->first; i++)
        if (word_in(l->ws, i, nouns, sizeof nouns / sizeof *nouns)) return true;
    return false;
}

/* "that $33 billion": a sum that was a gift before is the same one again. */
static bool said_again(const struct scene *s, const struct value *v)
{
    enum { BACK = 30 };
    static const struct dec large = {100000000, 0};
    const struct reading *out = s->out;
    if (!v->unit || dec_cmp(v->low, large) < 0 || dec_cmp(v->low, v->high) != 0) return false;
    for (uint32_t i = out->said_count; i > 0 && i + BACK > out->said_count; i--) {
        const struct said *d = &out->said[i - 1];
        if (d->kind == SAID_SUPPORT && d->counted && d->unit && strcmp(d->unit, v->unit) == 0 &&
            dec_cmp(d->low, v->low) == 0 && dec_cmp(d->high, v->high) == 0)
            return true;
    }
    return false;
}

/* "$14 billion is for Israel", "the bill has $9 billion for Taiwan": whom it is meant for is said.
 */
static bool meant_for(const struct scene *s, const struct line *l, const struct value *v)
{
    uint32_t i = v->first + v->count;
    static const char *const skipped[] = {"is", "was", "would", "be", "will", "go", "goes", "went"};
    for (uint32_t most = i + 3;
         i < most && word_in(l->ws, i, skipped, sizeof skipped / sizeof *skipped);)
        i++;
    if (!word_is(l->ws, i, "for") && !word_is(l->ws, i, "to")) return false;
    const struct mention *m = mention_at(l, word_is(l->ws, i + 1, "the") ? i + 2 : i + 1);
    const char *code = m && m->kind <= MENTION_DEMONYM && !m->possessive ? code_of(s, m) : NULL;
    return code && is_country(code) && (!s->home || strcmp(code, s->home) != 0) &&
           (!s->side.we || strcmp(code, s->side.we) != 0) &&
           (!s->adversary || strcmp(code, s->adversary) != 0);
}

/* "Norway's initial $2 million investment will": whose sum it is stands right before it. */
static bool owned_gift(const struct line *l, const struct value *v, const struct reach *r)
{
    enum { NEAR = 3 };
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        uint32_t last = m->first + m->count;
        if (m->possessive && m->kind <= MENTION_BODY && last <= v->first && last + NEAR > v->first)
            return (classes_in(l, v->first, r->to) & IS(soft)) != 0;
    }
    return false;
}

/* "gave $20 million to UNICEF": to somebody who is named, and not at home. */
static bool goes_abroad(const struct scene *s, const struct line *l, const struct value *v,
                        const struct reach *r)
{
    struct said_parties home = {0}, to;
    add_party(&home, s->home);
    add_party(&home, "private sector");
    to = receiver_in(s, l, v->first + v->count, r->to, &home);
    return s->home && any_named(&to);
}

/* "to leverage $5 billion", "unlocking $2 billion": what others are to give. */
static bool draws_others(const struct line *l, uint32_t from, uint32_t to)
{
    static const char *const verbs[] = {"leverage",   "leveraging", "leveraged",  "mobilize",
                                        "mobilizing", "mobilized",  "catalyze",   "catalyzing",
                                        "catalyzed",  "attract",    "attracting", "attracted",
                                        "unlock",     "unlocking",  "unlocked",   "source"};
    for (uint32_t i = from; i < to; i++)
        if (word_in(l->ws, i, verbs, sizeof verbs / sizeof *verbs)) return true;
    return false;
}

/* What a government gives by its own verb in a sheet about another country, or USAID anywhere:
 * whatever it is for. */
static bool given_outward(const struct scene *s, const struct line *l, const struct value *v,
                          const struct reach *r)
{
    enum { NEAR = 12 };
    struct said_parties giver = {0};
    uint32_t first;
    for (uint32_t k = 0; (s->outward || l->classes & IS(envoy)) && k < l->act_count; k++) {
        const struct act *act = &l->acts[k];
        if (!s->outward && !(classes_in(l, r->begin, act->from) & IS(envoy))) continue;
        if (act->at < r->begin || act->end > v->first || act->end + NEAR < v->first) continue;
        if (act->kind != ACT_GIVE && act->kind != ACT_PROMISE && act->kind != ACT_COMMIT) continue;
        if (act->form == 'n' || act->denied || act->passive) continue;
        if (draws_others(l, act->at, v->first)) continue;
        if (subject_of(s, l, r->begin, act->from, &giver, &first) && is_country(giver.code[0]))
            return true;
    }
    return false;
}

/* "USAID launched a $3 million programme", "will help farmers through a $1 million grant". */
static bool launched_outward(const struct scene *s, const struct line *l, const struct value *v,
                             const struct reach *r, const struct around *acts)
{
    enum { NEAR = 5 };
    static const char *const through[] = {"through", "with", "under"};
    static const char *const launches[] = {"launch",    "launched",    "launches", "launching",
                                           "create",    "created",     "creates",  "creating",
                                           "establish", "established", "creates",  "establishing"};
    struct said_parties giver = {0};
    uint32_t first, low = v->first > r->begin + NEAR ? v->first - NEAR : r->begin;
    if (!s->outward && !(classes_in(l, r->begin, v->first) & IS(envoy))) return false;
    for (uint32_t k = 0; k < acts->count; k++) {
        const struct act *act = acts->act[k];
        if (act->end > v->first || act->denied || act->passive || act->form == 'n') continue;
        bool near = act->kind == ACT_DECIDE && act->end > low &&
                    word_in(l->ws, act->at, launches, sizeof launches / sizeof *launches);
        for (uint32_t i = low; i < v->first && !near; i++)
            near = (act->kind == ACT_AID || act->kind == ACT_DECIDE) && i >= act->end &&
                   word_in(l->ws, i, through, sizeof through / sizeof *through);
        if (near && !draws_others(l, act->at, v->first) &&
            subject_of(s, l, r->begin, act->from, &giver, &first) && is_country(giver.code[0]))
            return true;
    }
    return false;
}

/* "$152 million in U.S. exports", "$13 million in projected sales": bought, and not of arms. */
static bool of_trade(const struct line *l, const struct value *v)
{
    enum { NEAR = 7 };
    static const char *const nouns[] = {"exports", "sales", "profits", "earnings"};
    static const char *const ends[] = {"to", "for", "from", "by", "through", "and"};
    static const char *const arms[] = {"arms", "military", "weapons", "defense", "defence"};
    uint32_t i = v->first + v->count;
    for (; i < l->end && i < v->first + v->count + NEAR; i++) {
        if (word_in(l->ws, i, nouns, sizeof nouns / sizeof *nouns)) return true;
        if (word_in(l->ws, i, ends, sizeof ends / sizeof *ends)) return false;
        if (word_in(l->ws, i, arms, sizeof arms / sizeof *arms)) return false;
        enum goods g = goods_of(word_value(&l->ws->word[i], WORD_goods));
        if (mark_at(l, i, ',') || g == GOODS_AMMUNITION || g == GOODS_EQUIPMENT) return false;
        if (word_classes(&l->ws->word[i]) & (IS(aid) | IS(give))) return false; /* "to back" */
    }
    return false;
}

static bool money_kind(const struct scene *s, const struct line *l, const struct value *v,
                       const struct reach *r, const struct around *acts, enum said_kind *kind)
{
    uint64_t own = classes_in(l, r->from, r->to), all = classes_in(l, r->begin, r->end);
    bool strong = acts->gives
                      ? strong_support(s, l, l->first, l->end) /* "and we will keep that aid" */
                      : strong_support(s, l, r->begin, r->end);
    bool topic = s->warmth || s->dispersed || names_beneficiary(s, l) ||
                 ((s->focused || s->passage) && acts->gives);
    bool again = said_again(s, v);
    bool support = strong || (topic && all & IS(soft)) || (acts->gives && all & IS(goods)) || again;
    bool outward = given_outward(s, l, v, r) || launched_outward(s, l, v, r, acts) ||
                   (s->outward && in_budget(l, r->begin, v->first));
    if (frozen_sum(l, v) || worth_of(l, v)) return false;
    if (of_trade(l, v)) return false;
    if (has_matter(l, r->begin, outward ? value_end(v) : r->end, "trade")) return false;
    if (!outward && has_matter(l, r->begin, r->end, "home")) return false;
    if (!acts->gives && estimated(l, v, r)) return false;
    if (owned_sum(l, v)) return false;
    if (private_money(l, v, r)) return false;
    bool dear = !v->unit || unit_is(v, "USD") || unit_is(v, "EUR"); /* not of yen */
    if (dear && dec_cmp(v->high, (struct dec){1000000000000, 0}) >= 0 && !of_theme(l, v, r))
        return false; /* "from billions to trillions": nobody gives as much */
    bool ours = s->beneficiary && (!s->adversary || names_beneficiary(s, l));
    bool away = outward || (acts->gives && goes_abroad(s, l, v, r));
    if (!strong && !ours && !away && else_matter(l, r->from, r->to)) return false;
    if (dec_cmp(v->low, (struct dec){10000, 0}) < 0) return false; /* prices, fares, allowances */
    bool passed = has_kind(acts, ACT_DECIDE) && topic && by_parliament(s, l, v, r);
    if (has_kind(acts, ACT_DECIDE) && !passed && !outward && !gives_by_verb(acts) &&
        !names_beneficiary(s, l) && (!strong || alliance_acts(s, l, v, r))) {
        *kind = SAID_DECISION;
        return topic || (s->side.we && !is_named(s->side.we));
    }
    if ((word_between(l, r->begin, v->first, "agreed") ||
         word_between(l, r->begin, v->first, "agree")) &&
        alliance_acts(s, l, v, r) && !names_beneficiary(s, l) && !(own & IS(soft))) {
        *kind = SAID_DECISION; /* "NATO has agreed contracts worth 10 billion" */
        return true;
    }
    if (acts->needs && !acts->gives && (support || topic) && !own_request(s, l, acts)) {
        *kind = SAID_NEED;
        return true;
    }
    if (of_theme(l, v, r) || of_own_forces(l, v, r) ||
        ((theme_of_money(l, r->from, r->to) || s->spending) && !(all & (IS(soft) | IS(channel))))) {
        *kind = SAID_FIGURE;
        return true;
    }
    *kind = SAID_SUPPORT;
    if (!outward && all & IS(hostile) && !(own & IS(soft))) return false;
    bool asks = speaks_for_itself(s);
    if (asks && !acts->gives && has_ought(l, r)) { /* "we will have to rebuild for $600 billion" */
        *kind = SAID_NEED;
        return true;
    }
    if (own & IS(goods) && (topic || is_named(s->side.we))) return true;
    if (acts->gives && s->beneficiary && gives_by_name(s, l, r)) return true;
    if (away) return true;
    return support || meant_for(s, l, v) || owned_gift(l, v, r) ||
           (topic && (acts->gives || acts->needs || s->list || s->stage));
}

/* "30 Allies": how many members NATO has (30 from 2020, 31 from 2023, 32 from 2024) is no figure.
 */
static bool membership(const struct value *v)
{
    return v->approx == APPROX_EXACT && dec_cmp(v->low, (struct dec){28, 0}) >= 0 &&
           dec_cmp(v->high, (struct dec){32, 0}) <= 0;
}

/* "some are doing more than 2.5 percent": as little as is spent on defence, and no change of it. */
static bool some_percent(const struct line *l, const struct value *v)
{
    static const char *const before[] = {"by", "increase", "inflation", "grew", "rose"};
    static const char *const does[] = {"doing", "spending", "above", "over", "at", "than", "as"};
    if (!unit_is(v, "percent") || l->classes & IS(hostile)) return false;
    if (dec_cmp(v->low, (struct dec){1, 0}) < 0 || dec_cmp(v->high, (struct dec){6, 0}) > 0)
        return false;
    static const char *const verbs[] = {"is", "was", "are", "were", "should", "will", "must"};
    uint32_t behind = v->first + v->count; /* "Two percent was enough", "Now 3 percent is needed" */
    bool spent =
        v->first < l->first + 3 && word_in(l->ws, behind, verbs, sizeof verbs / sizeof *verbs);
    for (uint32_t i = l->first; i < v->first; i++) {
        if (word_in(l->ws, i, before, sizeof before / sizeof *before)) return false;
        spent |= i + 8 > v->first && word_in(l->ws, i, does, sizeof does / sizeof *does);
    }
    return spent;
}

/* "the 2 percent", "2 percent is a floor": NATO's guideline of 2014 is of the GDP, said or not. */
bool of_gdp(const struct scene *s, const struct line *l, const struct value *v)
{
    if (s->shares && some_percent(l, v)) return true;
    const struct value *two = v > l->values && v < l->values + l->value_count ? v - 1 : NULL;
    if (two && unit_is(v, "percent") && unit_is(two, "percent") &&
        word_is(l->ws, v->first - 1, "to") && two->first > l->first &&
        word_is(l->ws, two->first - 1, "from"))
        return of_gdp(s, l, two); /* "from 2 percent to 3 percent" */
    if (!unit_is(v, "percent") || dec_cmp(v->low, (struct dec){2, 0}) != 0) return false;
    if (dec_cmp(v->high, v->low) != 0) return false;
    if (l->classes & IS(theme) || by_nato(s)) return true;
    if (s->alliance && strcmp(s->alliance, "NATO") == 0) return true;
    for (uint32_t k = 0; k < l->party_count; k++)
        if (l->parties[k].code && !is_named(l->parties[k].code)) return true;
    return false;
}

bool by_nato(const struct scene *s)
{
    return s->side.we && strcmp(s->side.we, "NATO") == 0;
}

bool of_coalition(const struct line *l, const struct value *v, const struct reach *r)
{
    enum { BEHIND = 3 };
    uint32_t last = v->first + v->count; /* "the 50-nation coalition" */
    for (uint32_t i = r->begin; i < v->first; i++)
        if (word_is(l->ws, i, "coalition")) return true;
    for (uint32_t i = last; i < last + BEHIND && i < r->end; i++)
        if (word_is(l->ws, i, "coalition")) return true;
    return false;
}

/* "40 countries stand behind Ukraine", "have rallied around it" */
static bool nations_stand(const struct scene *s, const struct line *l, uint32_t from, uint32_t to)
{
    static const char *const by[] = {"behind", "with", "beside", "around"};
    for (uint32_t i = from; i + 1 < to; i++) {
        if (!word_in(l->ws, i, by, sizeof by / sizeof *by)) continue;
        const struct mention *m = mention_at(l, i + 1);
        const char *code = m ? code_of(s, m) : NULL;
        if (code && s->beneficiary && strcmp(code, s->beneficiary) == 0) return true;
    }
    return false;
}

/* "50 nations have committed", "a coalition of 40 countries": those count that do something. */
static bool nations_act(const struct scene *s, const struct line *l, const struct value *v,
                        const struct reach *r)
{
    enum { NEAR = 8, BACK = 4 };
    static const char *const gathers[] = {"rallied", "rallying",  "brought",  "bringing", "united",
                                          "uniting", "assembled", "gathered", "convened", "bring",
                                          "rally",   "unite",     "pulled"};
    uint32_t last = value_end(v);
    for (uint32_t i = v->first; i > l->first && i + BACK > v->first; i--)
        if (word_in(l->ws, i - 1, gathers, sizeof gathers / sizeof *gathers)) return true;
    for (uint32_t i = last; i < r->end && i < last + 2 * NEAR; i++)
        if (word_is(l->ws, i, "together") &&
            (word_is(l->ws, i - 1, "get") ||
             word_in(l->ws, i - 1, gathers, sizeof gathers / sizeof *gathers)))
            return true; /* "whom he has brought together" */
    for (uint32_t i = last; i < r->end && i < last + NEAR; i++)
        if (word_classes(&l->ws->word[i]) &
                (IS(give) | IS(commit) | IS(promise) | IS(decide) | IS(theme) | IS(aid)) ||
            word_is(l->ws, i, "represented") || word_is(l->ws, i, "attended"))
            return true;
    if (of_coalition(l, v, r)) return true;
    if (nations_stand(s, l, last, r->end < last + NEAR ? r->end : last + NEAR)) return true;
    if (v->first > r->begin && word_is(l->ws, v->first - 1, "with")) /* "signed accords with 20" */
        for (uint32_t i = r->begin; i < v->first; i++)
            if (word_is(l->ws, i, "agreements")) return true;
    return v->first > l->first && !of_people(l, v->first - 1) &&
           (word_is(l->ws, v->first - 1, "by") || word_is(l->ws, v->first - 1, "from"));
}

bool beside_gdp(const struct scene *s, const struct line *l, const struct reach *r)
{
    for (uint32_t k = 0; k < l->value_count; k++) {
        const struct value *v = &l->values[k];
        if (v->kind != VALUE_SHARE || v->first < r->begin || v->first >= r->end) continue;
        if (unit_is(v, "percent_gdp") && dec_cmp(v->low, (struct dec){20, 0}) > 0)
            return false; /* "80 percent of the world's GDP" */
        if (unit_is(v, "percent_gdp") || of_gdp(s, l, v)) return true;
    }
    return false;
}

bool meets_target(const struct scene *s, const struct line *l, const struct value *v,
                  const struct reach *r)
{
    enum { NEAR = 7 };
    static const char *const verbs[] = {"meet",    "met",      "meets",  "meeting",
                                        "reach",   "hit",      "exceed", "reached",
                                        "hitting", "exceeded", "spend",  "achieve"};
    static const char *const targets[] = {"target",     "targets", "commitment", "guideline",
                                          "guidelines", "pledge",  "goal",       "benchmark"};
    bool meets = false;
    if (!unit_is(v, "country") || (!s->shares && !by_nato(s) && !(l->classes & IS(theme))))
        return false;
    for (uint32_t i = value_end(v); i < r->end && i < value_end(v) + 2 * NEAR; i++) {
        meets |= word_in(l->ws, i, verbs, sizeof verbs / sizeof *verbs);
        if (meets && (word_in(l->ws, i, targets, sizeof targets / sizeof *targets) ||
                      (s->shares && word_is(l->ws, i, "it"))))
            return true;
    }
    return false;
}

bool spenders(const struct scene *s, const struct line *l, const struct value *v)
{
    enum { MOST = 60 };
    static const char *const nouns[] = {"allies", "countries", "nations", "members"};
    static const char *const spend[] = {"spending", "meeting", "investing", "spend", "meet"};
    struct reach r = {.begin = clause_begin(l, v->first), .end = clause_end(l, v->first)};
    uint32_t behind = v->first + v->count;
    bool ours = word_in(l->ws, behind, spend, sizeof spend / sizeof *spend);
    bool counts = v->kind == VALUE_BARE || (v->kind == VALUE_COUNT && ours);
    if (!counts || v->low.scale > 0 || dec_cmp(v->high, (struct dec){MOST, 0}) > 0) return false;
    if (!beside_gdp(s, l, &r)) return false;
    bool change = v->first > l->first &&
                  (word_is(l->ws, v->first - 1, "from") || word_is(l->ws, v->first - 1, "to"));
    for (uint32_t i = l->first; change && !ours && i < v->first; i++)
        ours = word_in(l->ws, i, nouns, sizeof nouns / sizeof *nouns);
    return ours;
}

/* "53 billion - million, pardon me": another scale follows, and that number was not meant. */
static bool taken_back(const struct line *l, const struct value *v)
{
    uint32_t i = v->first + v->count;
    if (i + 1 >= l->end || l->ws->word[i].len != 3 || !(l->ws->word[i].shape & SHAPE_MARK))
        return false;
    if (word_classes(&l->ws->word[i + 1]) & IS(scale) && mark_at(l, i + 2, ',')) return true;
    uint32_t digits = mark_at(l, i + 1, '$') && i + 2 < l->end ? i + 2 : i + 1;
    const struct word *same = &l->ws->word[digits];
    for (uint32_t k = v->first; k < i && same->shape & SHAPE_NUMBER; k++) {
        const struct word *w = &l->ws->word[k];
        if (!(w->shape & SHAPE_NUMBER)) continue; /* "100 billion - 100 million" */
        bool again =
            w->len == same->len && memcmp(l->ws->text + w->at, l->ws->text + same->at, w->len) == 0;
        for (uint32_t n = 0; again && n < l->value_count; n++)
            if (l->values[n].first == i + 1 && l->values[n].kind == v->kind)
                return dec_cmp(l->values[n].low, v->low) != 0;
    }
    return false;
}

/* "the three countries", "our two nations": those who speak, and nobody counts them. */
static bool these_few(const struct line *l, const struct value *v)
{
    static const char *const words[] = {"the", "our", "these", "all", "both", "those"};
    if (v->approx != APPROX_EXACT || dec_cmp(v->high, (struct dec){5, 0}) > 0) return false;
    if (dec_cmp(v->high, (struct dec){3, 0}) <= 0) return true;
    return v->first > l->first && word_in(l->ws, v->first - 1, words, sizeof words / sizeof *words);
}

bool kind_of(const struct scene *s, const struct line *l, const struct value *v,
             const struct reach *r, const struct around *acts, enum said_kind *kind)
{
    uint64_t all = classes_in(l, r->begin, r->end);
    *kind = SAID_FIGURE;
    if (dec_cmp(v->high, (struct dec){0, 0}) == 0) return false; /* "zero emissions" */
    for (uint32_t i = v->first; i > r->begin && i + 2 > v->first; i--)
        if (word_is(l->ws, i - 1, "equivalent")) return false; /* "the equivalent of one brigade" */
    if (withheld(l, v, r) || taken_back(l, v)) return false;
    switch (v->kind) {
    case VALUE_MONEY: return money_kind(s, l, v, r, acts, kind);
    case VALUE_SHARE:
        if (unit_is(v, "percent_gdp") && dec_cmp(v->low, (struct dec){20, 0}) > 0)
            return false; /* "80 percent of the world's GDP" */
        if (unit_is(v, "percent_gdp") || of_gdp(s, l, v)) return true;
        if ((acts->needs || speaks_for_itself(s)) && classes_in(l, r->from, r->to) & IS(goods)) {
            *kind = SAID_NEED;
            return true;
        }
        return share_of_ours(s, l, v, r) && !hostile_in(l, r->begin, r->end);
    case VALUE_BARE:
        *kind = SAID_SUPPORT;
        if (dec_cmp(v->low, v->high) != 0 && !strong_support(s, l, r->from, r->to)) return false;
        return (acts->gives || s->currency || strong_support(s, l, r->from, r->to)) &&
               dec_cmp(v->low, (struct dec){1000000, 0}) >= 0 && !(all & IS(hostile)) &&
               (s->warmth || names_beneficiary(s, l) || gives_by_name(s, l, r));
    case VALUE_COUNT: break;
    default: return false;
    }
    if (unit_is(v, "country") && dec_cmp(v->high, (struct dec){200, 0}) > 0)
        return false; /* "76,000 Afghan allies" are people */
    if (unit_is(v, "country") && (beside_gdp(s, l, r) || meets_target(s, l, v, r))) return true;
    if (unit_is(v, "country") && aided(l, v)) return false; /* "to help 50 countries" */
    bool ours = by_nato(s) || !v->noun_count || !word_is(l->ws, v->head, "countries");
    if (unit_is(v, "country") &&
        ((ours && membership(v)) || dec_cmp(v->high, (struct dec){3, 0}) < 0))
        return false;
    if (unit_is(v, "country") && v->first > l->first &&
        (word_is(l->ws, v->first - 1, "in") || word_is(l->ws, v->first - 1, "across")))
        return false;
    if (unit_is(v, "country") && acts->gives && v->first > l->first &&
        word_is(l->ws, v->first - 1, "from") && all & IS(goods)) {
        *kind = SAID_SUPPORT; /* "transfers of equipment from more than 14 countries" */
        return true;
    }
    if (unit_is(v, "country") && (else_matter(l, l->first, l->end) || these_few(l, v)))
        return false;
    if (unit_is(v, "country") && s->press_room && !names_beneficiary(s, l) &&
        !(all & (IS(soft) | IS(goods) | IS(theme) | IS(channel) | IS(give))) &&
        !of_coalition(l, v, r))
        return false; /* "24 countries joined us in that statement" */
    if (unit_is(v, "country")) return nations_act(s, l, v, r) || by_nato(s);
    if (unit_is(v, "site")) return s->side.we && strcmp(s->side.we, "NATO") == 0;
    if (unit_is(v, "times"))
        return classes_in(l, r->from, r->to) & IS(theme) || of_arms(l, r->from, r->to);
    if (unit_is(v, "people")) return people_kind(s, l, v, r, acts, kind);
    return thing_kind(s, l, v, r, acts, kind);
}
