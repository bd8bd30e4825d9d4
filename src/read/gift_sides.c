/*
 * gift_sides.c - who gives what a verb gives, and to whom.
 *
 * Often neither stands in the sentence: "this funding will provide", "we are
 * sending radars". Then the sentences before say it, or nobody can tell and
 * it is no gift of ours.
 */
#include <string.h>

#include "read/deeds.h"
#include "read/gifts.h"
#include "read/wars.h"

bool is_beneficiary(const struct scene *s, const struct said_parties *ps)
{
    return s->beneficiary && ps->count == 1 && has_party(ps, s->beneficiary);
}

/* Whether the sentence is about supporting somebody at all. */
bool on_topic(const struct scene *s, const struct line *l)
{
    return s->warmth || names_beneficiary(s, l);
}

/* Arms that were given, in a document about somebody's defence, went to them. */
static bool arms_given(const struct scene *s, const struct act *act, const struct things *t)
{
    return s->beneficiary && s->adversary && act->perfect && act->form == 'd' &&
           t->goods & (1u << GOODS_AMMUNITION | 1u << GOODS_EQUIPMENT);
}

/* "We are providing radars": to whom, was said a few sentences before. */
bool arms_flow(const struct scene *s, const struct act *act, const struct things *t)
{
    enum { SINCE = 8 };
    if (act->moves && !s->adversary) return false; /* whatever moves there is anybody's */
    return s->beneficiary && act->kind == ACT_GIVE && act->form != 'n' && s->unnamed < SINCE &&
           !at_home_now(s) && t->goods & (1u << GOODS_AMMUNITION | 1u << GOODS_EQUIPMENT);
}

/* "This funding will provide", "Additional assistance brings": support is the subject. */
static bool soft_subject(const struct line *l, const struct act *act)
{
    uint64_t subject = classes_in(l, clause_begin(l, act->at), act->from);
    return (subject & (IS(soft) | IS(bundle) | IS(channel))) != 0;
}

/* "This funding will provide": the sentence goes on about what was just given. */
bool goes_on(const struct scene *s, const struct line *l, const struct act *act)
{
    static const char *const words[] = {"this", "these", "it", "that", "they", "which", "the"};
    uint32_t begin = clause_begin(l, act->at);
    bool support = soft_subject(l, act);
    if (support && is_named(s->side.we) && act->form != 'g') return true;
    if (!s->warmth || !s->giver.count) return false;
    if (act->form == 'g' && act->from == act->at && act->at > l->first && s->warmth + 1 >= WARM &&
        (mark_at(l, act->at - 1, ',') || word_is(l->ws, act->at - 1, "by") ||
         (word_is(l->ws, act->at - 1, "from") && act->at == clause_begin(l, act->at) + 1)))
        return true; /* "..., providing them food and shelter", "- from sending tanks to" */
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        if (word_is(l->ws, begin, words[k]) && (support || act->from <= begin + 2)) return true;
        if (k < 6 && act->from > begin && word_is(l->ws, act->from - 1, words[k])) return true;
    }
    return false;
}

/* Food, fuel, medicine: everybody speaks of them; one word of them is no gift. */
bool everyday(uint32_t goods)
{
    return !(goods &
             ~(1u << GOODS_FOOD | 1u << GOODS_FUEL | 1u << GOODS_MEDICAL | 1u << GOODS_OTHER));
}

/* "a ship bound for Aden", "trucks into Gaza": it carries something, and is no gift itself. */
bool carrier_alone(const struct scene *s, const struct line *l, const struct things *t)
{
    static const char *const carriers[] = {"ship",   "ships",  "vessel",  "vessels", "plane",
                                           "planes", "boat",   "boats",   "tanker",  "tankers",
                                           "truck",  "trucks", "lorries", "convoy",  "convoys"};
    return t->count == 1 && word_in(l->ws, t->end - 1, carriers, s->grieved ? 15 : 10);
}

/* "the United Kingdom announced that it is donating": it is who was named before. */
const struct mention *what_it_is(const struct scene *s, const struct line *l, const struct act *act)
{
    if (act->from == l->first || !word_is(l->ws, act->from - 1, "it")) return NULL;
    const struct mention *found = NULL;
    for (uint32_t k = 0; k < l->party_count && l->parties[k].first < act->from; k++) {
        const char *code = code_of(s, &l->parties[k]);
        if (l->parties[k].kind == MENTION_NAME && is_named(code) &&
            !(s->beneficiary && strcmp(code, s->beneficiary) == 0))
            found = &l->parties[k];
    }
    return found;
}

/* "Iran will pay for its delivery of drones": the country named last before "its". */
static const struct mention *whose_its(const struct line *l, const struct act *act)
{
    const struct mention *found = NULL;
    for (uint32_t k = 0; k < l->party_count && l->parties[k].first < act->at; k++)
        if (l->parties[k].kind == MENTION_NAME && is_country(l->parties[k].code))
            found = &l->parties[k];
    return found;
}

/* "Iran's provision of drones": whose noun of giving it is. */
static const struct mention *owner_of(const struct line *l, const struct act *act)
{
    if (act->at == l->first) return NULL;
    if (word_is(l->ws, act->at - 1, "its")) return whose_its(l, act);
    const struct mention *m = mention_before(l, act->at);
    if (m && (m->possessive || m->modifier)) return m;
    m = at_class(l, act->at - 1) & IS(function) ? NULL : mention_before(l, act->at - 1);
    return m && m->possessive ? m : NULL; /* "Iran's reckless provision" */
}

/* "a Disaster Assistance Response Team", "an advisor", "doctors": people who help. */
static bool help_team(const struct line *l, const struct things *t)
{
    static const char *const nouns[] = {
        "team",   "teams",   "advisor",    "advisors",     "adviser", "advisers", "doctors",
        "medics", "experts", "volunteers", "firefighters", "dart",    "rescuers"};
    for (uint32_t i = t->first; i < t->end; i++)
        if (word_in(l->ws, i, nouns, sizeof nouns / sizeof *nouns)) return true;
    return false;
}

/* "Deliveries of radars to Georgia continue": the noun is the subject, and who speaks gives. */
bool goes_on_by_itself(const struct scene *s, const struct line *l, const struct act *act)
{
    static const char *const goes[] = {"continue", "continues", "ongoing", "underway", "accelerate",
                                       "begin",    "begun",     "began",   "start",    "started"};
    if (act->form != 'n' || act->at > clause_begin(l, act->at) + 2) return false;
    if (!is_named(s->side.we) || !names_beneficiary(s, l) || speaks_for_itself(s)) return false;
    for (uint32_t i = act->end; i < clause_end(l, act->at); i++)
        if (word_in(l->ws, i, goes, sizeof goes / sizeof *goes)) return true;
    return false;
}

/* Who gives what an act without a number gives; *first is where its words begin. */
static struct said_parties giver_of_gift(const struct scene *s, const struct line *l,
                                         const struct act *act, const struct things *t,
                                         const struct mention *whose, uint32_t *first)
{
    struct said_parties giver = {0};
    uint32_t begin = clause_begin(l, act->at), end = clause_end(l, act->at);
    if (whose && code_of(s, whose)) {
        *first = add_owners(s, l, whose, &giver);
    } else if (!giver_beside(s, l, act->end, end, &giver) &&
               !(act->form == 'n' && !s->warmth) && /* "the transfer of missiles": by nobody */
               !subject_of(s, l, begin, act->from, &giver, first)) {
        giver = giver_of(s, l, begin, act->end, act->end, end);
        bool joins = act->form == 'g' && begin > l->first + 1 && act->from <= begin + 1;
        if (!giver.count && joins) { /* "we took steps - from sending tanks to" */
            uint32_t before = clause_begin(l, begin - 1), it;
            (void)subject_of(s, l, before, begin - 1, &giver, &it);
        }
    }
    if (act->form == 'n' && !s->warmth && !giver.count) return giver;
    add_companions(s, l, begin, t->first, &giver);
    allies_not_nato(s, &giver);
    return giver;
}

/* Who gives where the sentence leaves it out: "it", the support just spoken of, or "we". */
static void inherit_giver(const struct scene *s, const struct line *l, const struct act *act,
                          struct said_parties *giver)
{
    const struct mention *it = what_it_is(s, l, act);
    if (it)
        add_party(giver, code_of(s, it));
    else if (!(soft_subject(l, act) && is_named(s->side.we)) && any_named(&s->giver))
        *giver = s->giver;
    if (!giver->count) add_us(s, giver);
}

/* "- Providing radars to Kenya.": an item of a paper that nobody speaks, and whose it is. */
static bool opens_item(const struct scene *s, const struct line *l, const struct act *act)
{
    const struct turn *turn = &s->talk->turns[s->turn].turn;
    return !turn->speaker && s->talk->count == 1 && l->ws->sentence[l->index].bullet &&
           act->form != 'n' && act->from == clause_begin(l, act->at) && act->from < l->first + 8 &&
           !s->list && is_named(s->side.we);
}

/* Find who gives it; false when that cannot be told, or it is who is helped. */
bool find_who_gives(const struct scene *s, const struct line *l, struct gift *g)
{
    const struct act *act = g->act;
    g->whose = act->form == 'n' ? owner_of(l, act) : NULL;
    g->giver = giver_of_gift(s, l, act, &g->t, g->whose, &g->first);
    const struct mention *it = act->from > l->first + 1 && word_is(l->ws, act->from - 2, "that")
                                   ? what_it_is(s, l, act)
                                   : NULL;
    if (!g->giver.count && it) add_party(&g->giver, code_of(s, it)); /* "the pledge that it will" */
    if (act->form == 'n' && !g->giver.count && !s->warmth && !goes_on_by_itself(s, l, act))
        return false;
    bool the = act->form == 'n' && word_is(l->ws, clause_begin(l, act->at), "the");
    g->inherited = !g->giver.count && !the && goes_on(s, l, act);
    if (g->inherited) inherit_giver(s, l, act, &g->giver);
    if (!g->giver.count && (goes_on_by_itself(s, l, act) || opens_item(s, l, act)))
        add_party(&g->giver, s->side.we);
    return g->giver.count && !is_beneficiary(s, &g->giver);
}

/* "We will provide Moldova with rifles", whomever else the document is about. */
static bool arms_somebody(const struct scene *s, const struct line *l, const struct gift *g)
{
    const uint32_t arms = 1u << GOODS_EQUIPMENT | 1u << GOODS_AMMUNITION | 1u << GOODS_TRAINING;
    if (g->act->kind != ACT_GIVE || g->act->form == 'n' || !(g->t.goods & arms)) return false;
    const struct mention *m = mention_at(l, g->act->end);
    if (m && word_is(l->ws, m->first, "the")) m = NULL;
    return m && !m->possessive && !m->modifier && m->kind == MENTION_NAME && is_country(m->code) &&
           !has_party(&g->giver, m->code) && word_is(l->ws, m->first + m->count, "with") &&
           s->side.we;
}

/* "providing missiles to Russia": whether the attacker gets what the act gives. */
static bool to_attacker(const struct scene *s, const struct line *l, const struct act *act)
{
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        if (m->first <= act->end || m->possessive || m->modifier || !m->code) continue;
        if (strcmp(m->code, s->adversary) == 0 && word_is(l->ws, m->first - 1, "to")) return true;
    }
    return false;
}

/* The country named last before word `to` that is none of those, spoken to or not; NULL. */
static const char *other_before(const struct scene *s, const struct line *l, uint32_t to,
                                const struct said_parties * not, bool spoken_to)
{
    static const char *const links[] = {"to", "with", "on", "upon"};
    for (uint32_t k = l->party_count; k-- > 0;) {
        const struct mention *m = &l->parties[k];
        const char *code = code_of(s, m);
        if (m->first >= to || m->first < l->first + 2 || !is_country(code ? code : "")) continue;
        uint32_t i = word_is(l->ws, m->first - 1, "the") ? m->first - 1 : m->first;
        bool linked = i > l->first && word_in(l->ws, i - 1, links, sizeof links / sizeof *links);
        if (spoken_to ? !linked : m->possessive || m->modifier) continue;
        if (has_party(not, code) || strcmp(code, s->adversary) == 0) continue;
        if (spoken_to || !s->beneficiary || strcmp(code, s->beneficiary) != 0) return code;
    }
    return NULL;
}

/*
 * "We spoke with China about the supply of chips to Russia", "we hold Iran accountable for
 * providing drones to Russia": not ours, but theirs.
 */
static bool told_to(const struct scene *s, const struct line *l, struct gift *g)
{
    if (!has_party(&g->giver, s->side.we) || !s->adversary) return true;
    if (!to_attacker(s, l, g->act) && (names_beneficiary(s, l) || !for_attacker(s, l))) return true;
    const char *code = other_before(s, l, g->act->at, &g->giver, true);
    if (!code) code = other_before(s, l, g->act->at, &g->giver, false);
    if (code) g->giver = (struct said_parties){.code = {code}, .count = 1};
    return code != NULL;
}

/* "food into Gaza": somebody whom the document helps, or who gets several things. */
static bool to_known(const struct scene *s, const struct line *l, const struct gift *g)
{
    struct said_parties to = receiver_in(s, l, g->act->at, g->end, &g->giver);
    for (uint32_t k = 0; k < s->helped_count; k++)
        if (has_party(&to, s->helped[k])) return true;
    return g->t.count > 1 && to.count == 1 && is_country(to.code[0]);
}

/* "our training of Ukrainian pilots in Texas": who is trained gets it. */
static void add_trainees(const struct scene *s, const struct line *l, uint32_t from, uint32_t to,
                         struct said_parties *receiver)
{
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        if (m->first < from || m->first >= to || !code_of(s, m)) continue;
        *receiver = (struct said_parties){.code = {code_of(s, m)}, .count = 1};
        return;
    }
}

/* "Israel sent tanks into Rafah": not to somebody, and not by those who help. */
static bool marches_in(const struct scene *s, const struct line *l, const struct gift *g)
{
    const uint32_t force = 1u << GOODS_EQUIPMENT | 1u << GOODS_AMMUNITION | 1u << GOODS_PERSONNEL;
    if (!word_is(l->ws, g->t.end, "into") || !(g->t.goods & force)) return false;
    if (has_party(&g->giver, s->side.we) || has_party(&g->giver, "ALLIES")) return false;
    const struct mention *m = mention_at(l, g->t.end + 1);
    const char *code = m ? code_of(s, m) : NULL;
    return !code || !s->beneficiary || strcmp(code, s->beneficiary) != 0;
}

/* "The World Food Programme has distributed flour": to whom was said a few sentences before. */
static bool others_feed(const struct scene *s, const struct gift *g)
{
    enum { SINCE = 8 };
    return s->beneficiary && s->unnamed < SINCE && g->act->kind == ACT_GIVE &&
           g->act->form != 'n' && any_named(&g->giver) && !has_party(&g->giver, s->side.we) &&
           !has_party(&g->giver, s->adversary) && !g->act->denied;
}

/* "North Korea has sent soldiers to Russia": the attacker gets them. */
static bool sends_troops(const struct scene *s, const struct line *l, const struct gift *g)
{
    if (counted_within(l, g->act->end, g->t.end)) return false; /* the figure says it */
    if (!s->adversary || g->act->kind != ACT_GIVE || g->act->modal || !any_named(&g->giver))
        return false;
    struct said_parties to = receiver_in(s, l, g->act->at, g->end, &g->giver);
    return has_party(&to, s->adversary) && !has_party(&g->giver, s->side.we);
}

/* Find who gets it; false when this is no help of ours: troops, a word of food, an attacker's. */
bool find_who_gets(const struct scene *s, const struct line *l, struct gift *g)
{
    const struct act *act = g->act;
    const struct things *t = &g->t;
    bool troops = t->goods == 1u << GOODS_PERSONNEL && !help_team(l, t);
    if (troops && !act->train && !sends_troops(s, l, g)) return false; /* figures, if counted */
    if (!told_to(s, l, g)) return false;
    if (act->host && !(t->goods & (1u << GOODS_PERSONNEL | 1u << GOODS_TRAINING)))
        return false; /* "to house jets" */
    if (act->kind == ACT_GIVE && word_is(l->ws, act->at, "used")) return false;
    if (marches_in(s, l, g)) return false;
    bool by_purpose = t->goods && t->soft && !things_in(l, t->first, t->end).goods;
    if (by_purpose && !contents_behind(l, t, g->end) && has_party(&g->giver, s->side.we) &&
        !names_beneficiary(s, l) && !receiver_in(s, l, act->at, g->end, &g->giver).count)
        return false; /* "announced funding for school buses" */
    bool paper = s->focused && s->talk->count == 1 && act->kind == ACT_GIVE && act->form != 'n';
    static const char *const drops[] = {"drop", "brin", "brou"}; /* "meals over Gaza" */
    bool there = word_begins(l->ws, act->at, drops, sizeof drops / sizeof *drops);
    if (everyday(t->goods) && t->count < 2 && !others_feed(s, g) && !paper && !there &&
        !receiver_in(s, l, act->at, g->end, &g->giver).count)
        return false;
    if (has_party(&g->giver, s->side.we) && !on_topic(s, l) && !paper && !arms_given(s, act, t) &&
        !arms_flow(s, act, t) && !arms_somebody(s, l, g) && !to_known(s, l, g))
        return false;
    static const char *const deploys[] = {"deploy", "deploys", "deployed", "deploying"};
    if (word_in(l->ws, act->at, deploys, sizeof deploys / sizeof *deploys) && !act->train &&
        !receiver_in(s, l, act->at, g->end, &g->giver).count && !help_team(l, t))
        return false; /* one's own posture */
    struct said_parties towards = receiver_towards(s, l, act->at, g->end, &g->giver);
    g->receiver = receiver_of(s, l, act->at, g->end, &g->giver);
    bool taught = act->train || t->goods == 1u << GOODS_TRAINING; /* "training in Denmark" */
    if (taught && s->beneficiary && war_attacker(s->beneficiary, 0) && !towards.count)
        g->receiver = (struct said_parties){.code = {s->beneficiary}, .count = 1}; /* not where */
    if (act->train) add_trainees(s, l, act->end, t->end, &g->receiver);
    if (carrier_alone(s, l, t) && s->grieved && has_party(&g->receiver, s->stricken)) return false;
    bool attackers = s->adversary && has_party(&g->giver, s->adversary);
    return !attackers || (g->receiver.count && !has_party(&g->receiver, s->beneficiary));
}
