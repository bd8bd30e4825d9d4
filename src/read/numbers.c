/*
 * numbers.c - every number is asked what it counts and what is done with it.
 *
 * A number is no gift by itself: it needs a verb of giving, a kind of support,
 * or a list that gives. What nobody gives but somebody has, spends or hosts is
 * a figure. Numbers of war, prices and dates are nobody's.
 */
#include <string.h>

#include "read/scene.h"

/* The words a number can speak for: from its neighbour on the left to that on the right. */
struct reach {
    uint32_t from, to;   /* the value's part of the clause */
    uint32_t begin, end; /* the clause */
};

static uint32_t value_end(const struct value *v)
{
    uint32_t number = v->first + v->count, noun = v->noun + v->noun_count;
    return v->noun_count && noun > number ? noun : number;
}

/* "..., including artillery and ammunition": what follows is a statement of its own. */
static void cut_before_contents(const struct line *l, uint32_t last, struct reach *r)
{
    for (uint32_t i = last; i < r->to; i += l->ws->word[i].span) {
        const struct word *w = &l->ws->word[i];
        if (!(word_classes(w) & IS(list)) || *word_value(w, WORD_list)) continue;
        if (!(classes_in(l, i + w->span, r->to) & IS(goods))) continue;
        r->to = i;
        return;
    }
}

/* "$225 million ... to help people obtain water, food and shelter": the goods are said apart. */
static void cut_before_purpose(const struct line *l, uint32_t last, struct reach *r)
{
    for (uint32_t k = 0; k < l->act_count; k++) {
        const struct act *act = &l->acts[k];
        if (act->from <= last || act->from >= r->to) continue;
        if (act->kind != ACT_GIVE && act->kind != ACT_AID) continue;
        struct things t = things_in(l, act->end, r->to);
        if (t.count < 2 || !t.goods || t.first > act->end + 6) continue;
        r->to = act->from;
        return;
    }
}

/* "800 tanks, helicopters, drones and radars": what follows the counted thing has no number. */
static void cut_before_rest(const struct line *l, uint32_t last, struct reach *r)
{
    if (!mark_at(l, last, ',')) return;
    struct things t = things_in(l, last + 1, r->to);
    uint32_t least = word_is(l->ws, last + 1, "and") ? 1 : 2;
    if (t.goods && t.count >= least && t.first <= last + 4) r->to = last;
}

static bool has_verb(const struct line *l, uint32_t from, uint32_t to)
{
    for (uint32_t k = 0; k < l->act_count; k++)
        if (l->acts[k].at >= from && l->acts[k].at < to && l->acts[k].kind != ACT_HAVE) return true;
    return false;
}

/* A piece between dashes without a verb belongs to what stands before it. */
static void reach_back(const struct line *l, struct reach *r)
{
    for (int pieces = 0; pieces < 2; pieces++) {
        if (has_verb(l, r->begin, r->end) || r->begin <= l->first + 1) return;
        r->begin = clause_begin(l, r->begin - 1);
    }
}

static struct reach reach_of(const struct line *l, uint32_t k)
{
    static const char *const joints[] = {"and", "the", "to", "as", "well", "a", "an", "of", "with"};
    const struct value *v = &l->values[k];
    uint32_t last = value_end(v);
    struct reach r = {.begin = clause_begin(l, v->first), .end = clause_end(l, last - 1)};
    if (r.end < last) r.end = last;
    r.from = r.begin;
    r.to = r.end;
    for (uint32_t p = k; p-- > 0;) {
        if (l->values[p].kind > VALUE_BARE) continue;
        uint32_t stop = value_end(&l->values[p]);
        if (stop > r.from) r.from = stop < v->first ? stop : v->first;
        break;
    }
    for (uint32_t n = k + 1; n < l->value_count; n++) {
        if (l->values[n].kind > VALUE_BARE) continue;
        uint32_t stop = l->values[n].first;
        for (bool back = true; back && stop > last;) {
            back = (l->ws->word[stop - 1].shape & SHAPE_MARK) != 0;
            for (size_t j = 0; !back && j < sizeof joints / sizeof *joints; j++)
                back = word_is(l->ws, stop - 1, joints[j]);
            if (back) stop--;
        }
        if (stop < r.to) r.to = stop;
        break;
    }
    if (r.to < last) r.to = last;
    cut_before_contents(l, last, &r);
    cut_before_purpose(l, last, &r);
    if (v->kind == VALUE_COUNT) cut_before_rest(l, last, &r);
    reach_back(l, &r);
    return r;
}

struct around {
    const struct act *act[ACTS_MAX];
    uint32_t count;
    bool gives, needs, asks, has, train, host, denied;
};

static bool has_kind(const struct around *acts, enum act_kind kind)
{
    for (uint32_t i = 0; i < acts->count; i++)
        if (acts->act[i]->kind == kind) return true;
    return false;
}

static struct around acts_around(const struct line *l, const struct reach *r)
{
    struct around out = {.count = 0};
    for (uint32_t k = 0; k < l->act_count; k++) {
        const struct act *act = &l->acts[k];
        if (act->at < r->begin || act->at >= r->end) continue;
        out.act[out.count++] = act;
        switch (act->kind) {
        case ACT_AID:
            if (act->passive ||
                (act->form == 'd' && act->end < l->end && word_is(l->ws, act->end, "by"))) {
                out.has = true; /* "supported by hundreds of ships" */
                break;
            }
            out.gives = true;
            break;
        case ACT_GIVE:
        case ACT_COMMIT:
        case ACT_PROMISE:
        case ACT_CALL:
        case ACT_THANK: out.gives = true; break;
        case ACT_NEED: out.needs = true; break;
        case ACT_HAVE: out.has = true; break;
        default: break;
        }
        out.train |= act->train;
        out.host |= act->host;
        out.denied |= act->denied && act->kind != ACT_HAVE;
    }
    return out;
}

static bool unit_is(const struct value *v, const char *unit)
{
    return v->unit && strcmp(v->unit, unit) == 0;
}

/* A word of the reach that says "worth", "a total of". */
static const char *list_word(const struct line *l, uint32_t from, uint32_t to)
{
    const char *found = "";
    for (uint32_t i = from; i < to && i < l->end; i += l->ws->word[i].span) {
        const char *v = word_value(&l->ws->word[i], WORD_list);
        if (*v) found = v;
    }
    return found;
}

/* --- what kind of statement --- */

/* Kinds of support in [from, to) that are nothing else: not "investment", not "resources". */
static bool strong_support(const struct line *l, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to && i < l->end; i += l->ws->word[i].span) {
        const struct word *w = &l->ws->word[i];
        if (word_classes(w) & IS(channel)) return true;
        if (word_classes(w) & IS(soft) && !strchr(word_value(w, WORD_soft), '/')) return true;
    }
    return false;
}

/* Whether the beneficiary is named in the sentence. */
static bool beneficiary_named(const struct scene *s, const struct line *l)
{
    for (uint32_t k = 0; k < l->party_count; k++) {
        const char *code = code_of(s, &l->parties[k]);
        if (code && s->beneficiary && strcmp(code, s->beneficiary) == 0) return true;
    }
    return false;
}

/* "COVID", "student loan", "jobs": matters at home, whatever is given there. */
static bool at_home(const struct line *l, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to && i < l->end; i += l->ws->word[i].span)
        if (strcmp(word_value(&l->ws->word[i], WORD_hostile), "home") == 0) return true;
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
            return any_named(&giver) && giver.code[0] != s->side.we;
    }
    return false;
}

/* "This $33 billion request for funding": of one's own parliament, unless the beneficiary asks. */
static bool own_request(const struct scene *s, const struct line *l, const struct around *acts)
{
    if (s->side.we && s->beneficiary && strcmp(s->side.we, s->beneficiary) == 0) return false;
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

static bool money_kind(const struct scene *s, const struct line *l, const struct value *v,
                       const struct reach *r, const struct around *acts, enum said_kind *kind)
{
    uint64_t own = classes_in(l, r->from, r->to), all = classes_in(l, r->begin, r->end);
    bool strong = strong_support(l, r->begin, r->end);
    bool topic = s->warmth || beneficiary_named(s, l);
    bool support = strong || (topic && all & IS(soft)) || (acts->gives && all & IS(goods));
    if (at_home(l, r->begin, r->end)) return false;
    if (dec_cmp(v->low, (struct dec){10000, 0}) < 0) return false; /* prices, fares, allowances */
    if (has_kind(acts, ACT_DECIDE) && !acts->gives && (!strong || alliance_acts(s, l, v, r))) {
        *kind = SAID_DECISION;
        return topic || !is_named(s->side.we);
    }
    if (acts->needs && !acts->gives && (support || topic) && !own_request(s, l, acts)) {
        *kind = SAID_NEED;
        return true;
    }
    if ((own & IS(theme) || s->spending) && !(all & (IS(soft) | IS(channel)))) {
        *kind = SAID_FIGURE;
        return true;
    }
    *kind = SAID_SUPPORT;
    if (all & IS(hostile) && !(own & IS(soft))) return false;
    bool asks = s->side.we && s->beneficiary && strcmp(s->side.we, s->beneficiary) == 0;
    if (asks && !acts->gives && has_ought(l, r)) { /* "we will have to rebuild for $600 billion" */
        *kind = SAID_NEED;
        return true;
    }
    if (own & IS(goods) && (topic || is_named(s->side.we))) return true;
    if (acts->gives && s->beneficiary && gives_by_name(s, l, r)) return true;
    return support || (topic && (acts->gives || acts->needs || s->list || s->stage));
}

/* "1.5 million people need shelter" */
static bool needs_behind(const struct line *l, const struct value *v, const struct reach *r)
{
    uint32_t last = value_end(v);
    for (uint32_t k = 0; k < l->act_count; k++)
        if (l->acts[k].kind == ACT_NEED && l->acts[k].form != 'n' && l->acts[k].from >= last &&
            l->acts[k].from < last + 4 && l->acts[k].at < r->end)
            return true;
    return false;
}

/* "the training of an additional 18 pilots" */
static bool training_of(const struct line *l, const struct value *v)
{
    for (uint32_t i = v->first; i > l->first + 1 && i + 5 > v->first; i--)
        if (word_is(l->ws, i - 1, "of") && word_is(l->ws, i - 2, "training")) return true;
    return false;
}

/* The subject before the number is a named party that takes people in. */
static bool takes_in(const struct scene *s, const struct line *l, const struct value *v,
                     const struct reach *r)
{
    struct said_parties ps = {0};
    uint32_t first;
    if (!subject_of(s, l, r->begin, v->first, &ps, &first)) return false;
    return any_named(&ps) && !has_party(&ps, s->beneficiary) && !has_party(&ps, s->adversary);
}

static bool people_kind(const struct scene *s, const struct line *l, const struct value *v,
                        const struct reach *r, const struct around *acts, enum said_kind *kind)
{
    uint64_t noun = v->noun_count ? classes_in(l, v->noun, v->noun + v->noun_count) : 0;
    *kind = SAID_SUPPORT;
    if (dec_cmp(v->high, (struct dec){10, 0}) < 0 && !acts->train)
        return false; /* two presidents */
    if (classes_in(l, r->from, r->to) & IS(hostile)) return false;
    if (needs_behind(l, v, r)) {
        *kind = SAID_NEED;
        return true;
    }
    if (acts->train || acts->host) return true;
    if ((noun | (classes_in(l, r->from, r->to) & ~(IS(goods)))) & IS(fled)) {
        if (!takes_in(s, l, v, r)) *kind = SAID_FIGURE;
        return true;
    }
    if (training_of(l, v)) return true;
    if (noun & IS(goods)) {
        *kind = SAID_FIGURE;
        return !(classes_in(l, r->begin, r->end) & IS(hostile));
    }
    return acts->gives && classes_in(l, r->begin, r->end) & (IS(soft) | IS(goods));
}

/* Words of force that is one's own: ships, planes and troops on alert are no gift. */
static bool posture(const struct line *l, const struct reach *r, const struct around *acts)
{
    return acts->has && !acts->gives && classes_in(l, r->from, r->to) & IS(have);
}

static bool lists_contents(const struct line *l, const struct reach *r)
{
    for (uint32_t i = r->begin; i < r->end && i < l->end; i += l->ws->word[i].span) {
        const struct word *w = &l->ws->word[i];
        if (word_classes(w) & IS(list) && !*word_value(w, WORD_list)) return true;
    }
    return false;
}

static enum goods class_of_noun(const struct line *l, const struct value *v)
{
    if (!v->noun_count) return unit_is(v, "people") ? GOODS_PERSONNEL : GOODS_OTHER;
    struct things noun = things_in(l, v->noun, v->noun + v->noun_count);
    if (!noun.goods && unit_is(v, "people")) return GOODS_PERSONNEL;
    return class_of(&(struct things){.goods = noun.goods}, GOODS_OTHER);
}

/* A verb of helping right before the number. */
static bool aided(const struct line *l, const struct value *v)
{
    for (uint32_t k = 0; k < l->act_count; k++)
        if (l->acts[k].kind == ACT_AID && l->acts[k].end <= v->first &&
            l->acts[k].end + 2 >= v->first)
            return true;
    return false;
}

/* "31 tanks going to Ukraine" */
static bool goes_to(const struct scene *s, const struct line *l, const struct value *v)
{
    uint32_t i = value_end(v);
    if (!word_is(l->ws, i, "going") && !word_is(l->ws, i, "headed")) return false;
    const struct mention *m = i + 2 < l->end ? mention_at(l, i + 2) : NULL;
    return m && s->beneficiary && code_of(s, m) && strcmp(code_of(s, m), s->beneficiary) == 0;
}

/* Some verb stands there, and it is none of giving. */
static bool gives_nothing(const struct around *acts)
{
    return acts->count > 0;
}

static bool thing_kind(const struct scene *s, const struct line *l, const struct value *v,
                       const struct reach *r, const struct around *acts, enum said_kind *kind)
{
    uint64_t noun = v->noun_count ? classes_in(l, v->noun, v->noun + v->noun_count) : 0;
    *kind = SAID_FIGURE;
    if (!(noun & IS(goods))) {
        *kind = SAID_SUPPORT; /* "is supporting 55 protection teams" */
        bool few = dec_cmp(v->high, (struct dec){100000, 0}) < 0;
        return v->noun_count && few && s->warmth && is_named(s->side.we) && aided(l, v);
    }
    if (class_of_noun(l, v) == GOODS_PERSONNEL && training_of(l, v)) {
        *kind = SAID_SUPPORT;
        return true;
    }
    if (acts->needs && !acts->gives) {
        *kind = SAID_NEED;
        return true;
    }
    bool package = classes_in(l, r->begin, v->first) & IS(bundle);
    if (s->warmth && !acts->gives && (package || lists_contents(l, r))) {
        *kind = SAID_SUPPORT;
        return true;
    }
    if (s->forces && !acts->gives && !s->list) return true;
    if (class_of_noun(l, v) == GOODS_PERSONNEL && !acts->train) return true;
    if (goes_to(s, l, v)) {
        *kind = SAID_SUPPORT;
        return true;
    }
    struct said_parties beside = {0};
    bool given = acts->gives || s->list || (s->warmth && lists_contents(l, r)) ||
                 giver_beside(s, l, r->from, r->to, &beside) ||
                 (s->warmth && s->giver.count && !gives_nothing(acts) &&
                  !(classes_in(l, r->begin, r->end) & IS(hostile)));
    if (given && !posture(l, r, acts)) {
        *kind = SAID_SUPPORT;
        return true;
    }
    uint32_t goods = things_in(l, v->noun, v->noun + v->noun_count).goods;
    bool arms = goods & (1u << GOODS_EQUIPMENT | 1u << GOODS_AMMUNITION | 1u << GOODS_PERSONNEL);
    return acts->has && arms && !(classes_in(l, r->begin, r->end) & IS(hostile));
}

/* "30 Allies": how many members NATO has (30 from 2020, 31 from 2023, 32 from 2024) is no figure.
 */
static bool membership(const struct value *v)
{
    return v->approx == APPROX_EXACT && dec_cmp(v->low, (struct dec){28, 0}) >= 0 &&
           dec_cmp(v->high, (struct dec){32, 0}) <= 0;
}

/* "the 2 percent", "2 percent is a floor": NATO's guideline of 2014 is of the GDP, said or not. */
static bool of_gdp(const struct scene *s, const struct line *l, const struct value *v)
{
    if (!unit_is(v, "percent") || dec_cmp(v->low, (struct dec){2, 0}) != 0) return false;
    if (dec_cmp(v->high, v->low) != 0) return false;
    if (l->classes & IS(theme) || (s->alliance && strcmp(s->alliance, "NATO") == 0)) return true;
    for (uint32_t k = 0; k < l->party_count; k++)
        if (l->parties[k].code && !is_named(l->parties[k].code)) return true;
    return false;
}

static bool by_nato(const struct scene *s)
{
    return s->side.we && strcmp(s->side.we, "NATO") == 0;
}

static bool of_coalition(const struct line *l, const struct value *v, const struct reach *r)
{
    for (uint32_t i = r->begin; i < v->first; i++)
        if (word_is(l->ws, i, "coalition")) return true;
    return false;
}

/* "50 nations have committed", "a coalition of 40 countries": those count that do something. */
static bool nations_act(const struct line *l, const struct value *v, const struct reach *r)
{
    enum { NEAR = 8 };
    uint32_t last = value_end(v);
    for (uint32_t i = last; i < r->end && i < last + NEAR; i++)
        if (word_classes(&l->ws->word[i]) &
            (IS(give) | IS(commit) | IS(promise) | IS(decide) | IS(theme) | IS(aid)))
            return true;
    if (of_coalition(l, v, r)) return true;
    return v->first > l->first &&
           (word_is(l->ws, v->first - 1, "by") || word_is(l->ws, v->first - 1, "from"));
}

/* Whether the number is ours, and what it makes. */
static bool kind_of(const struct scene *s, const struct line *l, const struct value *v,
                    const struct reach *r, const struct around *acts, enum said_kind *kind)
{
    uint64_t all = classes_in(l, r->begin, r->end);
    *kind = SAID_FIGURE;
    switch (v->kind) {
    case VALUE_MONEY: return money_kind(s, l, v, r, acts, kind);
    case VALUE_SHARE:
        if (unit_is(v, "percent_gdp") || of_gdp(s, l, v)) return true;
        if ((acts->needs ||
             (s->side.we && s->beneficiary && strcmp(s->side.we, s->beneficiary) == 0)) &&
            classes_in(l, r->from, r->to) & IS(goods)) {
            *kind = SAID_NEED;
            return true;
        }
        return (all & (IS(theme) | IS(soft) | IS(goods))) && !(all & IS(hostile));
    case VALUE_BARE:
        *kind = SAID_SUPPORT;
        if (dec_cmp(v->low, v->high) != 0 && !strong_support(l, r->from, r->to)) return false;
        return (acts->gives || s->currency || strong_support(l, r->from, r->to)) &&
               dec_cmp(v->low, (struct dec){1000000, 0}) >= 0 && !(all & IS(hostile)) &&
               (s->warmth || beneficiary_named(s, l) || gives_by_name(s, l, r));
    case VALUE_COUNT: break;
    default: return false;
    }
    if (unit_is(v, "country") && (membership(v) || dec_cmp(v->high, (struct dec){3, 0}) < 0))
        return false;
    if (unit_is(v, "country") && v->first > l->first &&
        (word_is(l->ws, v->first - 1, "in") || word_is(l->ws, v->first - 1, "across")))
        return false;
    if (unit_is(v, "country") && acts->gives && v->first > l->first &&
        word_is(l->ws, v->first - 1, "from") && all & IS(goods)) {
        *kind = SAID_SUPPORT; /* "transfers of equipment from more than 14 countries" */
        return true;
    }
    if (unit_is(v, "country")) return nations_act(l, v, r) || by_nato(s);
    if (unit_is(v, "site")) return s->side.we && strcmp(s->side.we, "NATO") == 0;
    if (unit_is(v, "times")) return (classes_in(l, r->from, r->to) & (IS(goods) | IS(theme))) != 0;
    if (unit_is(v, "people")) return people_kind(s, l, v, r, acts, kind);
    return thing_kind(s, l, v, r, acts, kind);
}

/* --- fields --- */

static const char *unit_of_value(const struct line *l, const struct value *v)
{
    if (v->unit || v->kind != VALUE_COUNT) return v->unit;
    for (uint32_t i = v->noun + v->noun_count; i-- > v->noun;) {
        const char *value = word_value(&l->ws->word[i], WORD_goods);
        if (*value) return unit_of(value);
    }
    return "each";
}

/* "that billion dollars", "the $40 billion", "a billion more": of a sum spoken of before. */
static bool refers_back(const struct line *l, const struct value *v)
{
    static const char *const words[] = {"that", "this", "the", "these", "those"};
    uint32_t i = v->first;
    if (i > l->first && l->ws->word[i - 1].shape & SHAPE_MARK) return false;
    for (size_t k = 0; i > l->first && k < sizeof words / sizeof *words; k++)
        if (word_is(l->ws, i - 1, words[k])) return true;
    return false;
}

static enum goods class_of_money(const struct scene *s, const struct line *l, const struct value *v,
                                 const struct reach *r)
{
    struct things before = things_in(l, r->from, v->first), t = before;
    bool of = v->first > r->from &&
              (word_is(l->ws, v->first - 1, "of") || word_is(l->ws, v->first - 1, "worth"));
    bool close = of && before.count && before.end + 3 >= v->first; /* "funding of", "aid worth" */
    if (!close) t = nearest_things(l, v->first + v->count, r->to);
    bool total = strcmp(list_word(l, r->begin, v->first), "") != 0;
    if (!t.count && total)
        t = things_in(l, r->begin, v->first); /* "the total assistance to $1 billion" */
    if (!t.count && classes_in(l, r->begin, v->first) & IS(bundle)) return GOODS_MIXED;
    if (!t.count) return s->warmth && refers_back(l, v) ? s->money : GOODS_MONEY;
    if (t.goods && t.soft & ~(1u << GOODS_MONEY)) return GOODS_MIXED;
    if (t.goods) return class_of(&t, GOODS_MONEY);
    /* the first kind named is the head: "in funding towards humanitarian assistance" is money */
    bool listed =
        t.first > v->first && (word_is(l->ws, t.first - 1, "and") || mark_at(l, t.first - 1, ','));
    if (listed && t.soft) return GOODS_MIXED; /* "in humanitarian and economic assistance" */
    struct things head = things_in(l, t.first, t.first + 1);
    return class_of(head.count ? &head : &t, GOODS_MONEY);
}

static enum goods class_of_count(const struct line *l, const struct value *v, const struct reach *r,
                                 const struct around *acts)
{
    if ((acts->train || training_of(l, v)) && class_of_noun(l, v) == GOODS_PERSONNEL)
        return GOODS_TRAINING;
    if (unit_is(v, "people") && acts->host) return GOODS_SHELTER;
    if (v->noun_count && !unit_is(v, "tonne")) {
        /* the head noun decides: "rounds of small arms ammunition" */
        struct things head = things_in(l, v->head, v->head + 1);
        if (head.goods) return class_of(&head, GOODS_OTHER);
        struct things noun = things_in(l, v->noun, v->noun + v->noun_count);
        if (noun.goods) return class_of(&noun, GOODS_OTHER);
    }
    if (unit_is(v, "each") && aided(l, v)) return GOODS_OTHER;
    struct things own = things_in(l, v->first, r->to);
    if (unit_is(v, "people") && !own.goods) own = things_in(l, r->begin, r->to);
    return class_of(&own, GOODS_OTHER);
}

/* Up to eight words before; in a list of contents none beyond a comma. */
static uint32_t words_before(const struct line *l, uint32_t begin, uint32_t from)
{
    uint32_t least = from - begin > 8 ? from - 8 : begin;
    bool contents = false;
    for (uint32_t i = begin; i < from; i++)
        contents |=
            word_classes(&l->ws->word[i]) & IS(list) && !*word_value(&l->ws->word[i], WORD_list);
    while (from > least && !(contents && mark_at(l, from - 1, ','))) from--;
    return from;
}

/* Where the words that carry the value begin: its nearest act or "package worth", if close. */
static uint32_t carried_from(const struct scene *s, const struct line *l, const struct value *v,
                             const struct reach *r)
{
    enum { CLOSE = 12 };
    uint32_t from = v->first;
    for (uint32_t n = 0; n < l->act_count; n++) {
        const struct act *act = &l->acts[n];
        if (act->kind == ACT_HAVE || act->from < r->from || act->at >= v->first) continue;
        if (v->first - act->from > CLOSE || act->from > v->first) continue;
        from = act->from; /* the nearest one */
        if (from > r->from && l->ws->text[l->ws->word[from].at] == '\'') from--; /* "we've" */
    }
    if (from == v->first && *list_word(l, r->from, v->first)) {
        struct things t = things_in(l, r->from, v->first);
        if (t.count) from = t.first;
    }
    struct said_parties subject = {0}; /* and its subject, right before it */
    uint32_t first;
    if (from < v->first && subject_of(s, l, r->from, from, &subject, &first) && first + 5 >= from &&
        first < from)
        from = first;
    if (r->to - from < 8 && from > r->from) /* few words: with those before them */
        from = words_before(l, r->from, from);
    return from;
}

/* "that", "which", "who" between: the verb belongs to a relative clause of the words. */
static bool said_relative(const struct line *l, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        if (word_is(l->ws, i, "that") || word_is(l->ws, i, "which") || word_is(l->ws, i, "who"))
            return true;
    return to == from + 1 && mention_at(l, from) != NULL; /* "the tanks Germany is sending" */
}

/* Where they end: long stretches are cut at a comma. */
static uint32_t carried_to(const struct line *l, const struct value *v, const struct reach *r,
                           uint32_t from)
{
    enum { LONG = 24 };
    uint32_t last = value_end(v);
    bool times = unit_is(v, "times");
    for (uint32_t i = last + 3; i < r->to; i++) /* "31 tanks to Ukraine | is very much a sign" */
        if (i > from + 8 && word_classes(&l->ws->word[i]) & (IS(aux) | IS(future)) &&
            !said_relative(l, last, i))
            return i;
    if (v->kind == VALUE_COUNT && r->to > last + 10) /* "800 systems | to make sure that ..." */
        for (uint32_t i = last; i + 1 < r->to; i++)
            if (word_is(l->ws, i, "to") && !mention_at(l, i + 1) && !mention_at(l, i + 2)) return i;
    if (r->to - from <= LONG && !times) return r->to;
    for (uint32_t i = last + (times ? 0 : 5); i < r->to; i++)
        if (mark_at(l, i, ',')) return i;
    return r->to;
}

static bool pronoun_subject(const struct line *l, const struct reach *r)
{
    static const char *const words[] = {"this", "these", "it", "that"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (word_is(l->ws, r->begin, words[k])) return true;
    return false;
}

/* "is providing another $1 billion": new money in the progressive is being announced. */
static bool freshly_given(const struct line *l, const struct value *v,
                          const struct act *const *before, uint32_t n)
{
    static const char *const fresh[] = {"another", "additional", "new", "further"};
    if (!n || before[n - 1]->form != 'g' || before[n - 1]->perfect) return false;
    for (uint32_t i = before[n - 1]->end; i < v->first + v->count + 4 && i < l->end; i++)
        for (size_t k = 0; k < sizeof fresh / sizeof *fresh; k++)
            if (word_is(l->ws, i, fresh[k])) return true;
    return false;
}

/* "the $2 billion that we have provided", "the $300 million already contributed": said behind. */
static enum said_stage stage_behind(const struct line *l, const struct value *v)
{
    enum { NEAR = 12 };
    uint32_t last = value_end(v);
    for (uint32_t k = 0; k < l->act_count; k++) {
        const struct act *act = &l->acts[k];
        if (act->from < last || act->from > last + NEAR) continue;
        if (act->kind != ACT_GIVE && act->kind != ACT_COMMIT && act->kind != ACT_PROMISE) continue;
        bool relative = word_is(l->ws, act->from, "already");
        for (uint32_t i = last; i < act->from; i++)
            relative |= word_is(l->ws, i, "that") || word_is(l->ws, i, "which");
        if (!relative || (!act->perfect && act->form != 'd')) return SAID_NO_STAGE;
        return stage_of(&act, 1);
    }
    return SAID_NO_STAGE;
}

static bool says_today(const struct line *l, const struct reach *r)
{
    for (uint32_t i = r->begin; i < r->end; i++)
        if (word_is(l->ws, i, "today") || word_is(l->ws, i, "new")) return true;
    return false;
}

/* "drawdowns 7 to 10 included 108 howitzers": told in the past. */
static bool word_included(const struct line *l, const struct reach *r)
{
    for (uint32_t i = r->begin; i < r->end; i++)
        if (word_is(l->ws, i, "included")) return true;
    return false;
}

static bool over(const struct around *acts)
{
    for (uint32_t i = 0; i < acts->count; i++)
        if (acts->act[i]->perfect) return true;
    return false;
}

/* Some act is over: it is not the request any more that is spoken of. */
static bool done(const struct around *acts)
{
    for (uint32_t i = 0; i < acts->count; i++) {
        const struct act *act = acts->act[i];
        if (act->kind == ACT_HAVE || act->kind == ACT_DECIDE || act->kind == ACT_NEED) continue;
        if (act->kind == ACT_PROMISE || act->kind == ACT_COMMIT) return true;
        if (act->perfect && !act->infinitive && !act->modal) return true;
    }
    return false;
}

/* "since the invasion", "the last one was for 150": a sum of what was bound before. */
static bool bygone(const struct line *l, const struct reach *r)
{
    static const char *const words[] = {"since", "previous", "last"};
    bool past = false, back = false;
    for (uint32_t i = r->begin; i < r->end; i++) {
        back |= word_is(l->ws, i, words[1]) || word_is(l->ws, i, words[2]);
        past |= word_is(l->ws, i, "was") || word_is(l->ws, i, "were");
        if (word_is(l->ws, i, words[0])) return true;
    }
    return past && back;
}

static enum said_stage stage_of_value(const struct scene *s, const struct line *l,
                                      const struct value *v, const struct reach *r,
                                      const struct around *acts)
{
    const struct act *before[ACTS_MAX];
    uint32_t n = acts_between(l, r->begin, v->first, before);
    enum said_stage stage = stage_behind(l, v);
    if (stage == SAID_NO_STAGE) stage = stage_of(before, n);
    if (stage == SAID_NO_STAGE) stage = stage_of(acts->act, acts->count);
    if (has_kind(acts, ACT_CALL) || own_request(s, l, acts)) return SAID_CONSIDERED;
    if (conditional_at(l, v->first)) return SAID_CONSIDERED;
    for (uint32_t i = 0; i < n; i++) /* "Congress must pass the $60 billion package" */
        if (before[i]->kind == ACT_OUGHT && !done(acts)) return SAID_CONSIDERED;
    bool asked = l->question && word_classes(&l->ws->word[l->first]) & (IS(aux) | IS(future));
    if (asked && stage > SAID_CONSIDERED) return SAID_CONSIDERED; /* "has Germany sent them?" */
    if (l->question && stage == SAID_PROVIDED && !over(acts))
        return l->classes & IS(future) ? SAID_ANNOUNCED : SAID_CONSIDERED; /* "will they send" */
    if (s->requested && !done(acts)) return SAID_CONSIDERED;
    bool thanks = n > 0;
    for (uint32_t i = 0; i < n; i++)
        thanks &= before[i]->kind == ACT_THANK || before[i]->kind == ACT_HAVE;
    if (thanks && has_kind(acts, ACT_THANK))
        return SAID_ANNOUNCED; /* "thank you for $45 billion" */
    bool nouns = true;
    for (uint32_t i = 0; i < acts->count; i++)
        nouns &= acts->act[i]->form == 'n' || acts->act[i]->kind == ACT_HAVE;
    if ((stage == SAID_NO_STAGE || nouns) && bygone(l, r))
        return s->stage == SAID_PROVIDED ? SAID_PROVIDED : SAID_COMMITTED;
    bool total = strcmp(list_word(l, r->begin, v->first), "total") == 0;
    if (total && stage != SAID_PROVIDED && stage != SAID_CONSIDERED) return SAID_COMMITTED;
    if (s->list && stage == SAID_NO_STAGE) stage = s->list_stage;
    if (stage == SAID_NO_STAGE && says_today(l, r)) return SAID_ANNOUNCED;
    if (stage == SAID_NO_STAGE && word_included(l, r))
        return s->stage == SAID_COMMITTED ? SAID_COMMITTED : SAID_PROVIDED;
    if (stage == SAID_NO_STAGE || (pronoun_subject(l, r) && s->stage && stage == SAID_PROVIDED))
        stage = s->stage ? s->stage : stage;
    if (stage == SAID_PROVIDED && v->kind == VALUE_MONEY && freshly_given(l, v, before, n))
        return SAID_ANNOUNCED;
    return stage == SAID_NO_STAGE ? SAID_ANNOUNCED : stage;
}

/* "More than 50 nations have committed 2,000 tanks": the count is the subject. */
static bool nations_before(const struct line *l, const struct reach *r, const struct value *v)
{
    for (uint32_t k = 0; k < l->value_count; k++) {
        const struct value *n = &l->values[k];
        if (unit_is(n, "country") && n->first >= r->begin && n->first < v->first &&
            (n->first == l->first ||
             !(word_is(l->ws, n->first - 1, "in") || word_is(l->ws, n->first - 1, "from"))))
            return true;
    }
    return false;
}

/* What a parliament appropriates, its country gives. */
static void own_parliament(const struct scene *s, struct said_parties *giver)
{
    for (uint32_t i = 0; i < giver->count; i++)
        if (strcmp(giver->code[i], "Congress") == 0 || strcmp(giver->code[i], "Senate") == 0 ||
            strcmp(giver->code[i], "House") == 0)
            giver->code[i] = "USA";
    (void)s;
}

static void fill_support(struct scene *s, const struct line *l, const struct value *v,
                         const struct reach *r, const struct around *acts, struct said *d)
{
    own_parliament(s, &d->giver);
    if (d->giver.count == 1 && has_party(&d->giver, s->beneficiary) && s->side.we &&
        strcmp(s->side.we, s->beneficiary) != 0)
        d->giver.count = 0; /* who is helped speaks of it, and does not give */
    if (!d->giver.count && s->list) d->giver = s->list_giver;
    allies_not_nato(s, &d->giver);
    if (!d->giver.count && !is_named(s->side.we) && s->warmth) d->giver = s->giver;
    bool receives = s->side.we && s->beneficiary && strcmp(s->side.we, s->beneficiary) == 0;
    if (receives && has_party(&d->giver, s->side.we)) d->giver.count = 0;
    if (receives && !d->giver.count) add_party(&d->giver, s->addressed);
    if (!d->giver.count && !receives) add_party(&d->giver, s->side.we);
    if (!d->giver.count) d->giver = s->giver;
    if (!d->giver.count) add_party(&d->giver, s->addressed);
    if (acts->host && unit_is(v, "people"))
        add_party(&d->receiver, s->beneficiary);
    else
        d->receiver = receiver_in(s, l, v->first, r->to, &d->giver);
    if (!d->receiver.count && s->list && any_named(&s->list_receiver) &&
        !for_the_world(l, r->begin, r->end))
        d->receiver = s->list_receiver;
    if (!d->receiver.count) d->receiver = receiver_of(s, l, r->begin, r->end, &d->giver);
    d->stage = stage_of_value(s, l, v, r, acts);
    if (has_kind(acts, ACT_CALL)) s->requested = true;
    if (unit_is(v, "people") && classes_in(l, v->noun, v->noun + v->noun_count) & IS(fled) &&
        !acts->host && !acts->gives) {
        d->goods = GOODS_SHELTER; /* "Poland has taken ... 1.5 million refugees in" */
        d->stage = SAID_PROVIDED;
    }
}

static void fill_figure(const struct scene *s, const struct line *l, const struct value *v,
                        const struct reach *r, struct said *d)
{
    uint32_t first;
    for (uint32_t i = r->from; i < r->to; i += l->ws->word[i].span)
        if (*word_value(&l->ws->word[i], WORD_have)) { /* "under NATO command" */
            d->giver.count = 0;
            add_party(&d->giver, word_value(&l->ws->word[i], WORD_have));
        }
    if (unit_is(v, "country")) {
        const struct mention *whose = v->noun_count ? mention_at(l, v->noun) : NULL;
        d->giver.count = 0;
        bool nato = v->noun_count && word_is(l->ws, v->noun, "nato") && by_nato(s);
        add_party(&d->giver, nato ? "NATO" : whose && whose->code ? whose->code : "ALLIES");
    }
    if (!d->giver.count) subject_of(s, l, r->begin, v->first, &d->giver, &first);
    if (!d->giver.count && unit_is(v, "percent_gdp")) add_party(&d->giver, "ALLIES");
    if (!d->giver.count && s->side.we) add_party(&d->giver, s->side.we);
    uint64_t all = classes_in(l, r->begin, r->end);
    bool spend = (all & IS(theme)) != 0;
    if (unit_is(v, "country") && spend) d->goods = GOODS_MONEY;
    if (unit_is(v, "country") && !spend &&
        (all & (IS(soft) | IS(give) | IS(commit) | IS(channel)) || of_coalition(l, v, r)))
        add_party(&d->receiver, s->beneficiary);
    else if (all & IS(soft))
        d->receiver = receiver_in(s, l, r->begin, r->end, &d->giver);
}

/* "defence spending by 18 percent": of money. */
static enum goods class_of_theme(const struct line *l, const struct reach *r, enum goods otherwise)
{
    for (uint32_t i = r->begin; i < r->end; i += l->ws->word[i].span) {
        const char *v = word_value(&l->ws->word[i], WORD_theme);
        if (*v) return goods_of(v);
    }
    return otherwise;
}

static void read_number(struct scene *s, const struct line *l, uint32_t k)
{
    struct value who; /* "the nearly 3.5 million who have fled" */
    const struct value *v = &l->values[k];
    if (v->kind > VALUE_BARE) return;
    if (v->kind == VALUE_BARE && word_is(l->ws, v->first + v->count, "who")) {
        who = *v;
        who.kind = VALUE_COUNT;
        who.unit = "people";
        v = &who;
    }
    struct reach r = reach_of(l, k);
    struct around acts = acts_around(l, &r);
    enum said_kind kind;
    if (!kind_of(s, l, v, &r, &acts, &kind)) return;
    if (kind != SAID_FIGURE && acts.denied) return;

    struct said_parties giver = giver_of(s, l, r.begin, v->first, r.from, r.to);
    if (nations_before(l, &r, v) || (unit_is(v, "country") && kind == SAID_SUPPORT))
        giver = (struct said_parties){.code = {"ALLIES"}, .count = 1};
    if (kind == SAID_SUPPORT && s->adversary && has_party(&giver, s->adversary)) return;

    uint32_t from = carried_from(s, l, v, &r);
    struct said *d = add_said(s, l, kind, from, carried_to(l, v, &r, from));
    d->counted = true;
    d->low = v->low;
    d->high = v->high;
    d->approx = v->approx;
    d->unit = v->kind == VALUE_BARE ? s->currency : unit_of_value(l, v);
    if (v->kind == VALUE_MONEY && v->unit) s->currency = v->unit;
    d->item = v->noun_count ? phrase_of(s->a, l, v->noun, v->noun + v->noun_count) : "funding";
    d->goods = v->kind == VALUE_MONEY || v->kind == VALUE_BARE ? class_of_money(s, l, v, &r)
                                                               : class_of_count(l, v, &r, &acts);
    d->giver = giver;
    if (of_gdp(s, l, v)) {
        d->unit = "percent_gdp";
        d->goods = GOODS_MONEY;
        if (d->giver.count == 1 && has_party(&d->giver, s->side.we)) d->giver.count = 0;
        if (!d->giver.count) add_party(&d->giver, "ALLIES");
    } else if (v->kind == VALUE_SHARE && kind == SAID_FIGURE) {
        d->goods = class_of_theme(l, &r, d->goods);
    }
    if (v->kind == VALUE_MONEY) s->money = d->goods;
    if (unit_is(v, "percent_gdp")) d->goods = GOODS_MONEY;
    if (unit_is(v, "country"))
        d->goods = kind == SAID_SUPPORT
                       ? class_of(&(struct things){.goods = things_in(l, r.begin, v->first).goods},
                                  GOODS_MIXED)
                       : GOODS_OTHER;
    if (kind == SAID_SUPPORT) {
        fill_support(s, l, v, &r, &acts, d);
    } else if (kind == SAID_NEED) {
        bool asks = s->side.we && s->beneficiary && strcmp(s->side.we, s->beneficiary) == 0;
        d->receiver = asks ? (struct said_parties){0} : receiver_in(s, l, v->first, r.to, &giver);
        if (!asks && !d->receiver.count) d->receiver = giver;
        d->giver.count = 0;
        if (!d->receiver.count) add_party(&d->receiver, s->beneficiary);
        add_asked(s, l, r.begin, v->first, d);
    } else {
        fill_figure(s, l, v, &r, d);
    }
    bool things = d->goods == GOODS_PERSONNEL || d->goods == GOODS_EQUIPMENT;
    if (kind == SAID_FIGURE && v->kind == VALUE_COUNT && things && !acts.gives) s->forces = 3;
    if (kind == SAID_NEED) s->needing = 3;
    if (kind == SAID_FIGURE && v->kind != VALUE_COUNT && d->goods == GOODS_MONEY) s->spending = 3;
    remember(s, d);
}

void read_numbers(struct scene *s, const struct line *l)
{
    for (uint32_t k = 0; k < l->value_count; k++) read_number(s, l, k);
}
