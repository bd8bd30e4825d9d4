/*
 * counted.c - what a number of people or of things makes.
 *
 * People are given to nobody: they are trained, taken in or helped, and all
 * others are a figure. Things are a gift where somebody gives them, where they
 * are in a package or come from somebody; what is shot down, made or had at
 * the ready is none.
 */
#include <string.h>

#include "read/amounts.h"

/* "1.5 million people need shelter" */
static bool needs_behind(const struct line *l, const struct value *v, const struct reach *r)
{
    enum { VERB = 4, NOUN = 8 }; /* "15 million people there are still in need of food" */
    uint32_t last = value_end(v);
    for (uint32_t k = 0; k < l->act_count; k++) {
        const struct act *act = &l->acts[k];
        if (act->kind != ACT_NEED || act->from < last || act->at >= r->to) continue;
        if (act->form != 'n' ? act->from < last + VERB
                             : act->from < last + NOUN && word_is(l->ws, act->at, "in"))
            return true;
    }
    return false;
}

/* "the training of an additional 18 pilots" */
bool training_of(const struct line *l, const struct value *v)
{
    static const char *const links[] = {"of", "for", "to"};
    for (uint32_t i = v->first; i > l->first + 1 && i + 5 > v->first; i--)
        if ((word_is(l->ws, i - 2, "training") || word_is(l->ws, i - 2, "trainings")) &&
            word_in(l->ws, i - 1, links, 3))
            return true;
    return false;
}

/* The subject before the number is a named party that takes people in; "we" only if it helps:
 * "we are talking of a million refugees". */
static bool takes_in(const struct scene *s, const struct line *l, const struct value *v,
                     const struct reach *r, bool helps)
{
    struct said_parties ps = {0};
    uint32_t first;
    if (!subject_of(s, l, r->begin, v->first, &ps, &first)) return false;
    if (!helps && has_party(&ps, s->side.we)) return false;
    return any_named(&ps) && !has_party(&ps, s->beneficiary) && !has_party(&ps, s->adversary);
}

/* "700 volunteers", "three teams of doctors": who is sent to help, and is no force. */
static bool helpers(const struct line *l, const struct value *v)
{
    static const char *const nouns[] = {"volunteers",  "experts",    "doctors",      "medics",
                                        "nurses",      "engineers",  "firefighters", "rescuers",
                                        "specialists", "technicians"};
    return v->noun_count && word_in(l->ws, v->head, nouns, sizeof nouns / sizeof *nouns);
}

/* "There are thousands of soldiers who like music": forces of somebody, or that do something. */
static bool whose_forces(const struct scene *s, const struct line *l, const struct reach *r,
                         const struct around *acts)
{
    if (s->forces || acts->has || acts->gives) return true;
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        if (m->first >= r->begin && m->first < r->end && m->kind != MENTION_OFFICE &&
            m->kind != MENTION_YOU)
            return true;
    }
    return false;
}

/*
 * Whether somebody takes in the people that are counted: the verb stands before the number, or
 * who does stands before the verb behind it; not "a million people who are sheltering there".
 */
static bool taken_in(const struct line *l, const struct value *v, const struct reach *r)
{
    for (uint32_t k = 0; k < l->act_count; k++) {
        const struct act *act = &l->acts[k];
        if (!act->host || act->at < r->begin || act->at >= r->end) continue;
        if (act->end <= v->first || act->passive) return true;
        for (uint32_t m = 0; m < l->party_count; m++)
            if (l->parties[m].first >= value_end(v) && l->parties[m].first < act->from) return true;
    }
    return false;
}

/* "a million people sheltering there": taken in by nobody, if nothing else is given. */
static bool shelters_there(const struct line *l, const struct value *v, const struct reach *r,
                           const struct around *acts)
{
    if (!acts->host || taken_in(l, v, r)) return false;
    for (uint32_t k = 0; k < acts->count; k++)
        if ((acts->act[k]->kind == ACT_GIVE || acts->act[k]->kind == ACT_AID) &&
            !acts->act[k]->host)
            return false;
    return true;
}

/* "millions of Americans", in a document of their own government. */
static bool at_home_people(const struct scene *s, const struct line *l, const struct value *v)
{
    for (uint32_t i = v->noun; s->home && i < v->noun + v->noun_count; i++)
        if (strcmp(word_value(&l->ws->word[i], WORD_demonym), s->home) == 0) return true;
    return false;
}

/* "hosted ten students": guests, whom nobody shelters. */
static bool guests(const struct line *l, const struct value *v)
{
    static const char *const nouns[] = {"students",  "journalists", "leaders",    "athletes",
                                        "guests",    "delegates",   "visitors",   "participants",
                                        "fellows",   "reporters",   "teachers",   "senators",
                                        "ministers", "officials",   "ambassadors"};
    return v->noun_count && word_in(l->ws, v->head, nouns, sizeof nouns / sizeof *nouns);
}

/* "provided shelter to 9,000 refugees": a verb of giving or helping soon before the number. */
static bool helped_near(const struct line *l, const struct value *v)
{
    enum { NEAR = 8 };
    for (uint32_t k = 0; k < l->act_count; k++) {
        const struct act *act = &l->acts[k];
        if ((act->kind == ACT_GIVE || act->kind == ACT_AID) && act->end <= v->first &&
            act->end + NEAR > v->first)
            return true;
    }
    return false;
}

/* "have reached 13 million people in Ukraine": by help, where the one helped is named. */
static bool reached(const struct scene *s, const struct line *l, const struct value *v)
{
    static const char *const verbs[] = {"reach", "reached", "reaching", "reaches"};
    return v->first > l->first && names_beneficiary(s, l) &&
           word_in(l->ws, v->first - 1, verbs, sizeof verbs / sizeof *verbs);
}

/* "food for 2,000 families", "gave 300 farmers": who is counted gets it, and does not only stand
 * by. */
static bool gets_aid(const struct line *l, const struct value *v)
{
    static const char *const towards[] = {
        "to", "for",  "serve",   "feed",    "benefit",    "cover",      "treat",     "among",
        "of", "with", "serving", "feeding", "benefiting", "connecting", "impacting", "vaccinating"};
    static const char *const articles[] = {"the",   "a",     "an",   "additional", "another",
                                           "these", "those", "some", "their",      "more"};
    uint32_t behind = value_end(v), i = v->first;
    while (i > l->first && word_in(l->ws, i - 1, articles, sizeof articles / sizeof *articles)) i--;
    if (i == l->first || at_class(l, behind < l->end ? behind : i) & IS(receive)) return true;
    if (word_in(l->ws, i - 1, towards, sizeof towards / sizeof *towards)) return true;
    for (uint32_t k = 0; k < l->act_count; k++) { /* "the team that we have sent" */
        const struct act *act = &l->acts[k];
        if (act->kind != ACT_HAVE && act->end <= i && act->end + 2 >= i) return true;
        if (act->kind == ACT_GIVE && act->perfect && act->from > behind && act->from < behind + 6)
            return true;
    }
    return false;
}

/* "trained over 400 technicians": right before the number. */
static bool trained_near(const struct line *l, const struct value *v)
{
    enum { NEAR = 2 };
    for (uint32_t k = 0; k < l->act_count; k++) {
        const struct act *act = &l->acts[k];
        if (act->train && !act->denied && act->end <= v->first && act->end + NEAR > v->first)
            return true;
    }
    return false;
}

/* "375,000 people have fled": nobody says of which country, and they are not of whose house it is.
 */
static bool only_told(const struct scene *s, const struct line *l, const struct value *v)
{
    enum { NEAR = 3 };
    for (uint32_t k = 0; k < l->party_count; k++)
        if (l->parties[k].first >= v->first && l->parties[k].first < value_end(v) + NEAR)
            return false;
    return s->home && s->side.we && strcmp(s->home, s->side.we) == 0;
}

bool people_kind(const struct scene *s, const struct line *l, const struct value *v,
                 const struct reach *r, const struct around *acts, enum said_kind *kind)
{
    uint64_t noun = v->noun_count ? classes_in(l, v->noun, v->noun + v->noun_count) : 0;
    *kind = SAID_SUPPORT;
    if (dec_cmp(v->high, (struct dec){10, 0}) < 0 && !acts->train)
        return false; /* two presidents */
    bool trains = trained_near(l, v);
    if (!trains && classes_in(l, r->from, r->to) & IS(hostile)) return false;
    if (noun & IS(body)) return false; /* "12 leaders gathered" */
    if (needs_behind(l, v, r)) {
        *kind = SAID_NEED;
        return true;
    }
    if (acts->train) return true;
    if (acts->host && !guests(l, v) && taken_in(l, v, r)) return true;
    if ((noun | (classes_in(l, r->from, r->to) & ~(IS(goods)))) & IS(fled)) {
        bool helps = helped_near(l, v) || acts->host || s->list;
        bool driven = (classes_in(l, r->begin, v->first) & IS(fled)) != 0; /* "has displaced" */
        if (!driven && takes_in(s, l, v, r, helps)) return true;
        *kind = SAID_FIGURE;
        return acts->host || !only_told(s, l, v);
    }
    if (training_of(l, v)) return true;
    if (helpers(l, v) && acts->gives) return true;
    if (noun & IS(goods)) {
        *kind = SAID_FIGURE;
        return !(classes_in(l, r->begin, r->end) & IS(hostile)) && whose_forces(s, l, r, acts);
    }
    bool paid = false; /* "$5 million to facilitate the return of 20,000 people" */
    for (uint32_t k = 0; k < l->value_count; k++)
        paid |= l->values[k].kind == VALUE_MONEY && l->values[k].first >= r->begin &&
                l->values[k].first < v->first;
    if (!acts->gives || at_home_people(s, l, v) || shelters_there(l, v, r, acts)) return false;
    return paid || reached(s, l, v) ||
           (gets_aid(l, v) && classes_in(l, r->begin, r->end) & (IS(soft) | IS(goods)));
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

/* "Among those items: 50 mortars, 200 rifles": read out behind a colon, with nothing done to it. */
static bool read_out(const struct line *l, const struct value *v, const struct around *acts)
{
    static const char *const words[] = {"items", "list", "things", "contents", "them"};
    uint32_t colon = v->first;
    while (colon > l->first && !mark_at(l, colon - 1, ':')) colon--;
    for (uint32_t i = l->first; i + 1 < colon; i++)
        if (word_in(l->ws, i, words, sizeof words / sizeof *words)) return !acts->gives;
    return false;
}

enum goods class_of_noun(const struct line *l, const struct value *v)
{
    if (!v->noun_count) return unit_is(v, "people") ? GOODS_PERSONNEL : GOODS_OTHER;
    struct things noun = things_in(l, v->noun, v->noun + v->noun_count);
    if (!noun.goods && unit_is(v, "people")) return GOODS_PERSONNEL;
    return class_of(&(struct things){.goods = noun.goods}, GOODS_OTHER);
}

/* A verb of helping right before the number. */
bool aided(const struct line *l, const struct value *v)
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

/* "hundreds of trucks waiting at the crossing": they have brought nothing yet. */
static bool stands_still(const struct line *l, uint32_t i)
{
    enum { NEAR = 4 };
    static const char *const words[] = {"waiting", "wait", "stuck", "lined", "queued", "idle"};
    for (uint32_t k = i; k < i + NEAR; k++)
        if (word_in(l->ws, k, words, sizeof words / sizeof *words)) return true;
    return false;
}

/* "240 trucks a day", "90 lorries carrying flour went in": not the vehicles are given, but their
 * loads. */
bool carries_aid(const struct scene *s, const struct line *l, const struct value *v)
{
    static const char *const carriers[] = {"truck",  "trucks",  "lorry",   "lorries",
                                           "planes", "ships",   "vessels", "barge",
                                           "barges", "flights", "wagons",  "trailers"};
    static const char *const loads[] = {"carrying", "delivering", "bringing", "loaded",
                                        "laden",    "filled",     "full",     "daily",
                                        "per",      "a",          "each"};
    static const char *const drops[] = {"airdrop", "airdrops", "airlift", "airlifts"};
    if (v->noun_count && word_in(l->ws, v->head, drops, sizeof drops / sizeof *drops))
        return !(classes_in(l, l->first, l->end) & IS(hostile));
    if (!v->noun_count || !word_in(l->ws, v->head, carriers, sizeof carriers / sizeof *carriers))
        return false;
    uint32_t last = value_end(v);
    static const char *const moves[] = {"in",      "into",  "enter",   "entered", "entering",
                                        "go",      "going", "getting", "cross",   "gone",
                                        "crossed", "moved", "gotten",  "moving",  "got",
                                        "rolled",  "came",  "went",    "through"};
    static const char *const skipped[] = {"that", "have", "has", "been",
                                          "were", "are",  "now", "had"};
    if (word_in(l->ws, last, loads, sizeof loads / sizeof *loads)) return true;
    static const char *const relief[] = {"aid", "relief", "humanitarian"};
    for (uint32_t i = v->noun; i < v->head; i++)
        if (word_in(l->ws, i, relief, sizeof relief / sizeof *relief)) return true;
    bool same = s->grieved && s->beneficiary && strcmp(s->stricken, s->beneficiary) == 0;
    if (s->adversary && names_beneficiary(s, l) && !same) return false; /* lorries for an army */
    bool lorries = word_in(l->ws, v->head, carriers, 4);
    if (lorries && s->grieved) /* "we saw 80 trucks yesterday" */
        return !stands_still(l, last) &&
               !(classes_in(l, v->first, clause_end(l, v->first)) & IS(hostile));
    for (uint32_t most = last + 5; last < most; last++) /* "trucks that have now gotten in" */
        if (!(word_in(l->ws, last, skipped, sizeof skipped / sizeof *skipped))) break;
    static const char *const came[] = {"gotten", "entered", "crossed", "made", "gone", "come"};
    for (uint32_t i = last; lorries && i < last + 3; i++) /* "have entered" */
        if ((i == last && word_in(l->ws, i, moves, sizeof moves / sizeof *moves)) ||
            (i > last && word_in(l->ws, i, came, sizeof came / sizeof *came)))
            return !(classes_in(l, l->first, l->end) & IS(hostile));
    if (s->adversary) return false;
    for (uint32_t k = 0; k < l->act_count; k++) {
        const struct act *act = &l->acts[k];
        bool goes = act->moves || act->kind == ACT_AID || word_is(l->ws, act->at, "got");
        if (goes && act->from + 8 >= v->first && act->from < last + 6) return true;
    }
    return false;
}

/* "20 Lynxes", "50 CV-90s": a type that nobody told us of. */
static bool typed(const struct line *l, const struct value *v)
{
    if (!v->noun_count) return false;
    const struct word *w = &l->ws->word[v->head];
    return w->shape & (SHAPE_CAPITAL | SHAPE_NUMBER) && word_classes(w) == 0;
}

/* "Germany will send Ukraine 12 rescue dogs": whatever they are, somebody named gives them. */
static bool handed_over(const struct scene *s, const struct line *l, const struct value *v,
                        const struct reach *r)
{
    struct said_parties giver = {0};
    uint32_t first;
    for (uint32_t k = 0; k < l->act_count; k++) {
        const struct act *act = &l->acts[k];
        bool told = (act->kind == ACT_PROMISE || act->kind == ACT_COMMIT) && typed(l, v);
        if ((act->kind != ACT_GIVE && !told) || act->train || act->host) continue;
        if (act->form == 'n' || act->passive) continue;
        if (act->at < r->begin || act->end > v->first || act->end + 3 < v->first) continue;
        if (!subject_of(s, l, r->begin, act->from, &giver, &first) || !any_named(&giver)) continue;
        struct said_parties receiver = receiver_in(s, l, act->end, r->to, &giver);
        if (receiver.count)
            return has_party(&receiver, s->beneficiary) || has_party(&receiver, s->stricken);
        return s->warmth && s->beneficiary && !has_party(&giver, s->beneficiary) &&
               !has_party(&giver, s->adversary);
    }
    return false;
}

/* "a plant that will produce 200,000 shells": made, not given. */
static bool produced(const struct line *l, const struct value *v, const struct reach *r)
{
    static const char *const words[] = {
        "produce",      "produces",     "produced",      "producing", "manufacture",
        "manufactures", "manufactured", "manufacturing", "built",     "builds",
        "make",         "making",       "build"};
    enum { BACK = 4 };
    for (uint32_t i = v->first; i > r->begin && i + BACK > v->first; i--)
        if (word_in(l->ws, i - 1, words, sizeof words / sizeof *words)) return true;
    return false;
}

/* "have come off the ship", "that has gone in": it has arrived, whoever sent it. */
static bool has_come(const struct line *l, const struct value *v)
{
    enum { NEAR = 5 };
    static const char *const came[] = {"come", "came", "gone", "entered", "crossed", "arrived"};
    uint32_t last = value_end(v);
    for (uint32_t i = last; i < last + NEAR; i++)
        if (word_in(l->ws, i, came, sizeof came / sizeof *came)) return true;
    return false;
}

/* "were able to get 90 tons of flour into Gaza": brought there, whoever gave it. */
static bool brought_in(const struct line *l, const struct value *v)
{
    enum { BACK = 4, BEHIND = 4 };
    static const char *const brings[] = {"get",   "got",     "gotten",  "getting",
                                         "bring", "brought", "moved",   "moving",
                                         "flown", "dropped", "dropping"};
    static const char *const where[] = {"into", "in", "across", "through", "over", "along"};
    uint32_t last = value_end(v), i = v->first > l->first + BACK ? v->first - BACK : l->first;
    bool brought = false, there = false;
    for (; i < v->first; i++) brought |= word_in(l->ws, i, brings, sizeof brings / sizeof *brings);
    for (i = last; brought && i < last + BEHIND; i++)
        there |= word_in(l->ws, i, where, sizeof where / sizeof *where);
    return there;
}

/* Whether somebody is named before the number in its clause: "our industry", "Germany". */
static bool somebodys(const struct line *l, const struct value *v, const struct reach *r)
{
    for (uint32_t k = 0; k < l->party_count; k++)
        if (l->parties[k].first >= r->begin && l->parties[k].first < v->first) return true;
    return false;
}

/* "14,000 shells a month", "100,000 rounds per year": how many are made is a figure. */
static bool by_the_month(const struct line *l, const struct value *v)
{
    static const char *const each[] = {"a", "per", "every", "each"};
    uint32_t i = value_end(v);
    return word_in(l->ws, i, each, sizeof each / sizeof *each) &&
           (word_is(l->ws, i + 1, "month") || word_is(l->ws, i + 1, "year")) &&
           class_of_noun(l, v) != GOODS_OTHER;
}

/* "100 missiles in the sky", "launched 150 drones": fired at somebody, and given to nobody. */
static bool in_flight(const struct line *l, const struct value *v, const struct reach *r)
{
    enum { BACK = 6, BEHIND = 5 };
    uint32_t last = value_end(v), low = v->first > r->begin + BACK ? v->first - BACK : r->begin;
    static const char *const words[] = {
        "launched", "launching",  "fired",    "firing", "intercepted", "shot",
        "shoot",    "shooting",   "sky",      "skies",  "airspace",    "salvo",
        "barrage",  "knock",      "knocked",  "threw",  "flying",      "flown",
        "overhead", "registered", "targeted", "aimed"};
    for (uint32_t i = low; i < last + BEHIND && i < r->end; i++)
        if ((i < v->first || i >= last) && word_in(l->ws, i, words, sizeof words / sizeof *words))
            return true;
    return false;
}

/* "to shoot down 300 missiles", "40 drones fired at": whatever else is done in the clause. */
static bool fired_at(const struct line *l, const struct value *v)
{
    enum { BACK = 5, BEHIND = 2, LIST = 10 };
    static const char *const words[] = {"launched", "launching", "fired",       "firing",
                                        "shot",     "shoot",     "intercepted", "knock",
                                        "knocked",  "detected",  "downed",      "destroyed",
                                        "defeated", "knocking",  "hitting"};
    uint32_t last = value_end(v), i = v->first > l->first + BACK ? v->first - BACK : l->first;
    enum goods of = class_of_noun(l, v);
    for (uint32_t k = last; k < last + LIST && k + 1 < l->end && of != GOODS_PERSONNEL; k++)
        if ((word_is(l->ws, k, "were") || word_is(l->ws, k, "been")) &&
            word_in(l->ws, k + 1, words, sizeof words / sizeof *words))
            return true; /* "300 drones, rockets and missiles were fired" */
    for (; i < last + BEHIND; i++)
        if (word_is(l->ws, i, "to") && word_is(l->ws, i + 1, "fire") && i < v->first)
            return true;
        else if ((i < v->first || i >= last) &&
                 word_in(l->ws, i, words, sizeof words / sizeof *words))
            return of == GOODS_AMMUNITION || of == GOODS_EQUIPMENT || of == GOODS_MIXED;
    return false;
}

/* "10 Avengers in that package" */
static bool in_package(const struct line *l, const struct value *v)
{
    uint32_t i = value_end(v);
    return i + 2 < l->end && (word_is(l->ws, i, "in") || word_is(l->ws, i, "into")) &&
           classes_in(l, i + 1, i + 3) & IS(bundle);
}

/* "have done 47": done soon before the number, and no verb of giving says how. */
static bool done_before(const struct line *l, const struct value *v)
{
    enum { NEAR = 3 };
    for (uint32_t i = v->first; i > l->first && i + NEAR > v->first; i--)
        if (word_is(l->ws, i - 1, "done")) return true;
    return false;
}

/* "six security packages": of help, as the topic or their name says. */
static bool few_packages(const struct scene *s, const struct line *l, const struct value *v,
                         const struct around *acts)
{
    uint64_t noun = v->noun_count ? classes_in(l, v->noun, v->noun + v->noun_count) : 0;
    bool help = s->warmth || names_beneficiary(s, l) || noun & IS(soft);
    return noun & IS(bundle) && acts->gives && help && dec_cmp(v->high, (struct dec){99, 0}) <= 0;
}

/* "has three ships", "three ships are deployed"; but "three ships had to turn back". */
static bool possessed(const struct line *l, const struct value *v, const struct around *acts)
{
    static const char *const forms[] = {"have", "has", "had", "having"};
    for (uint32_t k = 0; k < acts->count; k++) {
        const struct act *act = acts->act[k];
        if (act->kind != ACT_HAVE || act->denied) continue;
        if (act->at < v->first || !word_in(l->ws, act->at, forms, sizeof forms / sizeof *forms))
            return true;
    }
    return false;
}

/* What is no thing of the tables, and yet is given: packages, tonnes, teams that are supported. */
static bool no_goods_given(const struct scene *s, const struct line *l, const struct value *v,
                           const struct reach *r, const struct around *acts)
{
    uint64_t noun = v->noun_count ? classes_in(l, v->noun, v->noun + v->noun_count) : 0;
    if (few_packages(s, l, v, acts)) return dec_cmp(v->low, (struct dec){1, 0}) > 0;
    if (unit_is(v, "tonne") && acts->gives &&
        (s->warmth || noun & (IS(soft) | IS(goods)))) /* "8,100 tons have gone across" */
        return !(classes_in(l, r->begin, r->end) & IS(hostile));
    if (noun & IS(bundle) && done_before(l, v)) /* "we've done 47 drawdown packages" */
        return s->warmth || names_beneficiary(s, l);
    bool few = dec_cmp(v->high, (struct dec){100000, 0}) < 0;
    if (!v->noun_count || !few || noun & IS(hostile)) return false;
    if (classes_in(l, r->from, v->first) & IS(hostile)) return false; /* "jobs in 40 states" */
    return (s->warmth && is_named(s->side.we) && aided(l, v)) || handed_over(s, l, v, r);
}

/* "66 bundles across three aircraft", "packed into two planes": what carries it is not given. */
static bool carrier(const struct line *l, const struct value *v)
{
    static const char *const before[] = {"across", "aboard", "onto", "on", "into", "from", "board"};
    static const char *const nouns[] = {"aircraft",  "planes",      "plane",
                                        "airplanes", "flights",     "ships",
                                        "vessels",   "helicopters", "jets"};
    bool hulls = v->noun_count &&
                 (word_in(l->ws, v->head, nouns, sizeof nouns / sizeof *nouns) ||
                  word_in(l->ws, v->noun + v->noun_count - 1, nouns, sizeof nouns / sizeof *nouns));
    return hulls && v->first > l->first &&
           word_in(l->ws, v->first - 1, before, sizeof before / sizeof *before);
}

/* A number of things that are fired, made or only spoken of: "the ten parts of our plan". */
static bool given_to_nobody(const struct scene *s, const struct line *l, const struct value *v,
                            const struct reach *r, const struct around *acts)
{
    if (fired_at(l, v) || carrier(l, v)) return true;
    if (!acts->gives && (produced(l, v, r) || in_flight(l, v, r))) return true;
    if (word_is(l->ws, v->head, "parts") && word_is(l->ws, value_end(v), "of")) return true;
    bool one = !acts->gives && !s->list && dec_cmp(v->high, (struct dec){1, 0}) == 0;
    return one && v->count == 1 && word_is(l->ws, v->first, "one");
}

bool thing_kind(const struct scene *s, const struct line *l, const struct value *v,
                const struct reach *r, const struct around *acts, enum said_kind *kind)
{
    uint64_t noun = v->noun_count ? classes_in(l, v->noun, v->noun + v->noun_count) : 0;
    *kind = SAID_FIGURE;
    if (noun & IS(need) && v->noun_count && !acts->gives) { /* "their top 13 requirements" */
        *kind = SAID_NEED;
        return s->beneficiary != NULL;
    }
    bool load = unit_is(v, "tonne") || unit_is(v, "pound") || class_of_noun(l, v) == GOODS_FOOD;
    if (load && (has_come(l, v) || brought_in(l, v) || (acts->gives && s->grieved))) {
        *kind = SAID_SUPPORT; /* "700 tons of food have come off the ship" */
        return !(classes_in(l, r->begin, r->end) & IS(hostile));
    }
    if (few_packages(s, l, v, acts) || !(noun & IS(goods))) {
        *kind = SAID_SUPPORT;
        return no_goods_given(s, l, v, r, acts);
    }
    if (class_of_noun(l, v) == GOODS_PERSONNEL && training_of(l, v)) {
        *kind = SAID_SUPPORT;
        return true;
    }
    if (acts->needs && !acts->gives) {
        *kind = SAID_NEED;
        return true;
    }
    bool made = !acts->gives && produced(l, v, r) && by_the_month(l, v) && somebodys(l, v, r);
    if (made && !fired_at(l, v)) return true;
    if (given_to_nobody(s, l, v, r, acts)) return false;
    bool package =
        classes_in(l, r->begin, v->first) & IS(bundle) || in_package(l, v) || read_out(l, v, acts);
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
    bool from_them = giver_beside(s, l, r->from, r->to, &beside);
    uint64_t next = classes_in(l, value_end(v), value_end(v) + 1); /* "ships have been forced" */
    bool given = acts->gives || s->list || (s->warmth && lists_contents(l, r)) || from_them ||
                 (s->warmth && !(next & (IS(aux) | IS(future))) &&
                  (s->giver.count || is_named(s->side.we)) && !acts->count &&
                  !(classes_in(l, r->begin, r->end) & IS(hostile)));
    bool came = from_them && s->warmth && any_named(&beside) && acts->has;
    if (given && (came || !posture(l, r, acts))) { /* "you had the 40 guns from Norway" */
        *kind = SAID_SUPPORT;
        return true;
    }
    if (carries_aid(s, l, v)) {
        *kind = SAID_SUPPORT;
        return true;
    }
    uint32_t goods = things_in(l, v->noun, v->noun + v->noun_count).goods;
    bool arms = goods & (1u << GOODS_EQUIPMENT | 1u << GOODS_AMMUNITION | 1u << GOODS_PERSONNEL);
    return possessed(l, v, acts) && arms && !(classes_in(l, r->begin, r->end) & IS(hostile));
}
