/*
 * receivers.c - who gets what a sentence speaks of.
 *
 * Whoever is named behind "to" or "for" in the sentence gets it. Where nobody
 * is, the document tells: who gave arms the attacker gives them to him again,
 * other givers give to whom they gave before, and the rest goes to whom the
 * document is about supporting, unless it has long been about another place.
 */
#include "read/wars.h"
#include "read/who.h"

/* "Ukrainian forces", "Polish people": those get it; "American-made F-16s" do not. */
static bool people_behind(const struct line *l, uint32_t i)
{
    static const char *const nouns[] = {"people",   "government", "armed",    "military",
                                        "partners", "defenders",  "brothers", "authorities"};
    if (i >= l->end) return false;
    return ONE_OF(l->ws, i, nouns) ||
           goods_of(word_value(&l->ws->word[i], WORD_goods)) == GOODS_PERSONNEL;
}

/* Whether the speaker's own side is among the givers, or nobody known is: they give no adversary.
 */
static bool ours(const struct scene *s, const struct said_parties *givers)
{
    return !givers->count || has_party(givers, s->side.we) || has_party(givers, "ALLIES") ||
           has_party(givers, "NATO");
}

/* "Moldova has already received": the subject of getting gets it. */
static bool receives(const struct line *l, const struct mention *m)
{
    enum { NEAR = 3 };
    uint32_t behind = m->first + m->count;
    if (m->possessive || m->modifier || behind_preposition(l, m->first)) return false;
    for (uint32_t i = behind; i < l->end && i < behind + NEAR; i++) {
        uint64_t c = word_classes(&l->ws->word[i]);
        if (c & IS(receive)) return true;
        if (!(c & (IS(aux) | IS(future))) && !word_is(l->ws, i, "already")) return false;
    }
    return false;
}

/* "grateful to Germany for tanks and to Spain for": thanked, unless somebody acts in between. */
static bool is_thanked(const struct line *l, uint32_t i)
{
    bool thanked = false;
    for (uint32_t k = l->first; k < i; k++) {
        uint64_t c = word_classes(&l->ws->word[k]);
        if (c & IS(thank)) thanked = true;
        if (thanked && c & (IS(give) | IS(aid) | IS(train) | IS(host) | IS(decide))) return false;
    }
    return thanked;
}

/* "the NATO Comprehensive Assistance Package for Ukraine": the name of a fund, no receiver. */
static bool names_fund(const struct line *l, const struct mention *m)
{
    enum { NEAR = 6 };
    uint32_t i = m->first + m->count, stop = i + NEAR;
    for (; i < l->end && i < stop && l->ws->word[i].shape & SHAPE_CAPITAL; i++)
        if (word_classes(&l->ws->word[i]) & (IS(channel) | IS(bundle) | IS(body))) return true;
    return false;
}

/* A parliament grants and gets nothing; what is for firms is for their country. */
static bool gets_nothing(const char *code)
{
    return same(code, "Congress") || same(code, "Senate") ||
           same(code, "House of Representatives") || same(code, "private sector");
}

/* Where "the", "northern" and the like right before word i begin. */
static uint32_t before_part(const struct line *l, uint32_t i)
{
    static const char *const parts[] = {"northern", "southern", "eastern", "western", "central"};
    i = before_article(l, i);
    while (i > l->first && ONE_OF(l->ws, i - 1, parts)) i = before_article(l, i - 1);
    return i;
}

/* "those who have fled to neighbouring countries": they get it, wherever they are. */
static bool is_fled(const struct line *l, uint32_t i)
{
    static const char *const words[] = {"fled", "flee", "fleeing", "escaped", "traveled"};
    return ONE_OF(l->ws, i, words);
}

/* "to a port in Egypt for delivery to people in Gaza": mention k is on the way to another. */
static bool on_the_way(const struct line *l, uint32_t k, uint32_t to)
{
    static const char *const ends[] = {"delivery",     "distribution", "onward",   "transit",
                                       "transfer",     "use",          "people",   "civilians",
                                       "palestinians", "families",     "displaced"};
    static const char *const links[] = {"to", "in", "into", "of", "inside"};
    enum { NEAR = 7 };
    const struct mention *m = &l->parties[k];
    uint32_t i = m->first + m->count;
    if (k + 1 == l->party_count || !word_is(l->ws, i, "for") || !ONE_OF(l->ws, i + 1, ends))
        return false;
    uint32_t next = m[1].first;
    return next < to && next <= i + NEAR && ONE_OF(l->ws, before_part(l, next) - 1, links);
}

/* "our Allies in Poland": where a group is that has no name of its own; NULL. */
static const struct mention *who_live_in(const struct line *l, uint32_t k)
{
    const struct mention *m = &l->parties[k];
    uint32_t i = m->first + m->count;
    if (m->kind != MENTION_GROUP || is_named(m->code) || !word_is(l->ws, i, "in")) return NULL;
    const struct mention *there = mention_at(l, i + 1);
    if (!there && word_is(l->ws, i + 1, "the")) there = mention_at(l, i + 2);
    if (!there || there->possessive || there->modifier) return NULL;
    bool country = there->kind == MENTION_NAME && is_country(there->code);
    return country || (there->kind == MENTION_GROUP && is_named(there->code)) ? there : NULL;
}

/* The words before a name that make it a receiver: "to Ukraine", "in Ukraine", "across Ukraine". */
enum links { TOWARDS = 5, PLACES = 7, SPREAD = 9 };

/* Who is named as getting it in [from, to), behind so many kinds of words. */
static struct said_parties receiver_by(const struct scene *s, const struct line *l, uint32_t from,
                                       uint32_t to, const struct said_parties *givers,
                                       enum links links)
{
    static const char *const towards[] = {"to", "for",    "into",   "towards",   "toward",
                                          "in", "inside", "across", "throughout"};
    static const char *const strengthens[] = {"reinforce", "strengthen", "bolster", "boost"};
    static const char *const areas[] = {"areas", "parts", "regions", "north", "south", "east"};
    static const char *const pacts[] = {"program", "compact", "grant", "loan", "deal"};
    static const char *const adjectives[] = {"regional", "other", "key", "all", "these", "close"};
    static const char *const answers[] = {"response", "respond",  "responding", "due",
                                          "threat",   "threats",  "contrast",   "contrary",
                                          "answer",   "according"};
    struct said_parties out = {0};
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        const char *code = code_of(s, m);
        if (m->first < from || m->first >= to || !code || has_party(givers, code)) continue;
        bool attacker = same(code, s->adversary); /* "moved men into western Russia" */
        uint32_t i = attacker ? before_article(l, m->first) : before_part(l, m->first);
        if (givers->count && receives(l, m)) {
            add_list(s, l, k, to, &out);
            return out;
        }
        if (m->kind == MENTION_GROUP && i > l->first + 1 && ONE_OF(l->ws, i - 1, adjectives)) i--;
        if (i <= l->first) continue;
        bool to_it = word_in(l->ws, i - 1, towards, links) || of_a_person(l, m->first);
        to_it |= i >= l->first + 2 && word_is(l->ws, i - 1, "of") &&
                 word_is(l->ws, i - 2, "support"); /* "in support of Russia's war" */
        to_it |= i >= l->first + 2 && word_is(l->ws, i - 1, "of") && ONE_OF(l->ws, i - 2, areas);
        to_it |= i >= l->first + 2 && word_is(l->ws, i - 1, "with") && is_country(code) &&
                 ONE_OF(l->ws, i - 2, pacts); /* "signed a $60 million program with Kenya" */
        if (i >= l->first + 2 && word_is(l->ws, i - 1, "to") && ONE_OF(l->ws, i - 2, answers))
            continue;
        if (attacker && ours(s, givers)) continue;
        if (gets_nothing(code)) continue;
        if (m->modifier && names_fund(l, m)) continue;
        uint64_t before = word_classes(&l->ws->word[i - 1]);
        bool object = (before & (IS(give) | IS(aid) | IS(train) | IS(host))) != 0 ||
                      ONE_OF(l->ws, i - 1, strengthens);
        if (object && !to_it && m->kind == MENTION_DEMONYM && m->modifier &&
            !people_behind(l, m->first + m->count))
            continue;
        if (!to_it && !object) continue;
        if (word_is(l->ws, i - 1, "to") && is_thanked(l, i)) continue;
        if (on_the_way(l, k, to) || (i >= l->first + 2 && is_fled(l, i - 2))) continue;
        const struct mention *there = who_live_in(l, k);
        if (there && !has_party(givers, code_of(s, there))) {
            add_party(&out, code_of(s, there));
            return out;
        }
        struct said_parties list = {0};
        bool apart = !m->possessive && k + 1 < l->party_count && /* "to Russia and China's help" */
                     l->parties[k + 1].possessive && l->parties[k + 1].kind == MENTION_NAME;
        add_list(s, l, k, apart ? m->first + m->count : to, &list);
        for (uint32_t c = 0; c < list.count; c++)
            if (!has_party(givers, list.code[c]) && !gets_nothing(list.code[c]))
                add_party(&out, list.code[c]);
        return out;
    }
    return out;
}

struct said_parties receiver_towards(const struct scene *s, const struct line *l, uint32_t from,
                                     uint32_t to, const struct said_parties *givers)
{
    return receiver_by(s, l, from, to, givers, TOWARDS);
}

struct said_parties receiver_in(const struct scene *s, const struct line *l, uint32_t from,
                                uint32_t to, const struct said_parties *givers)
{
    struct said_parties out = receiver_by(s, l, from, to, givers, TOWARDS);
    return out.count ? out : receiver_by(s, l, from, to, givers, PLACES);
}

/* "around the globe", "worldwide": for nobody in particular. */
bool for_the_world(const struct line *l, uint32_t from, uint32_t to)
{
    static const char *const words[] = {"globe",  "world",    "worldwide",
                                        "global", "globally", "vulnerable"};
    bool world = false;
    for (uint32_t i = from; i < to && i < l->end; i++) {
        if (word_is(l->ws, i, "vulnerable") && i > from && word_is(l->ws, i - 1, "most"))
            return true;
        if (word_is(l->ws, i, "war") || word_is(l->ws, i, "invasion")) return false;
        world |= ONE_OF(l->ws, i, words);
    }
    return world;
}

/* Whether the one giver arms the adversary, in this document or as everybody knows. */
static bool supplies(const struct scene *s, const struct said_parties *givers)
{
    if (givers->count == 1 && s->adversary && war_arms(s->adversary, givers->code[0])) return true;
    for (uint32_t k = 0; givers->count == 1 && k < s->supplier_count; k++)
        if (same(s->suppliers[k], givers->code[0])) return true;
    return false;
}

/* Whom the document is about was named long ago: the passage may be about another place. */
static bool away(const struct scene *s)
{
    enum { FAR = 8 };
    return s->beneficiary && s->unnamed >= FAR && (s->place || s->unnamed >= 2 * FAR);
}

/* Another party gives again: to whom it gave before in this document. */
static bool before_to(const struct scene *s, const struct said_parties *givers,
                      struct said_parties *out)
{
    if (givers->count != 1 || !is_named(givers->code[0])) return false;
    if (same(givers->code[0], s->side.we)) return false;
    bool home = same(givers->code[0], s->home); /* it gives to whoever is spoken of */
    if (home && s->beneficiary && (s->place || !away(s))) return false;
    for (uint32_t i = s->out->said_count; i-- > 0;) {
        const struct said *d = &s->out->said[i];
        if (d->kind != SAID_SUPPORT || d->giver.count == 0 || !d->receiver.count) continue;
        if (!has_party(&d->giver, givers->code[0])) continue;
        if (has_party(&d->receiver, s->adversary) && !supplies(s, givers)) continue;
        *out = d->receiver;
        return true;
    }
    return false;
}

/* "... $5 million for Gaza - on top of the 3 it has given": to whom the same sentence said. */
static bool beside_to(const struct scene *s, const struct line *l,
                      const struct said_parties *givers, struct said_parties *out)
{
    size_t begin = plain_file(s->plain, l->ws->word[l->first].at);
    for (uint32_t i = s->out->said_count; i-- > 0 && s->out->said[i].start >= begin;) {
        const struct said *d = &s->out->said[i];
        if (d->kind != SAID_SUPPORT || !d->giver.count || !d->receiver.count) continue;
        bool same_giver = givers->count == d->giver.count && has_party(givers, d->giver.code[0]);
        if (s->beneficiary && !same_giver) continue;
        *out = d->receiver;
        return true;
    }
    return false;
}

/*
 * "Russia has received dozens of drones": whether the attacker gets them, and from whom in this
 * document. "Taiwan will receive $500 million": who gets does not give.
 */
bool got_from(const struct scene *s, const struct line *l, uint32_t begin, uint32_t to,
              struct said_parties *giver)
{
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        const char *code = code_of(s, m);
        if (m->first < begin || m->first >= to || !code || !receives(l, m)) continue;
        bool attacker = same(code, s->adversary);
        /* "Qatar got 180 lorries into Pakistan": who gets something into a place gives it */
        if (!attacker && (!has_party(giver, code) || word_between(l, m->first, l->end, "into")))
            continue;
        giver->count = 0;
        if (!giver_beside(s, l, m->first, l->end, giver) && attacker && s->supplier_count)
            add_party(giver, s->suppliers[0]);
        return attacker;
    }
    return false;
}

/* "China has sent him drones", where the sentences are about an adversary. */
static bool gives_to_him(const struct scene *s, const struct line *l, uint32_t from, uint32_t to)
{
    for (uint32_t i = from + 1; i < to && i < l->end; i++)
        if (word_is(l->ws, i, "him") && word_classes(&l->ws->word[i - 1]) & (IS(give) | IS(aid)))
            return s->adversary != NULL;
    return false;
}

/* "meals", "tents", "90 trucks of aid": for those who suffer, and not for an army. */
static bool of_relief(const struct line *l, uint32_t from, uint32_t to)
{
    static const char *const loads[] = {"truck", "bundles", "crossing", "crossings"};
    static const char *const arms[] = {"military", "security", "defense", "defence", "weapons"};
    static const char *const weights[] = {"tons", "tonnes", "pounds", "pallets", "loads"};
    bool relief = false;
    for (uint32_t i = from; i < to && i < l->end; i += l->ws->word[i].span) {
        enum goods g = goods_of(word_value(&l->ws->word[i], WORD_goods));
        if (g == GOODS_AMMUNITION || g == GOODS_TRAINING || ONE_OF(l->ws, i, arms)) return false;
        relief |= g == GOODS_FOOD || g == GOODS_MEDICAL || g == GOODS_SHELTER || g == GOODS_FUEL;
        relief |= says_relief(l->ws, i) || ONE_OF(l->ws, i, loads);
        relief |= ONE_OF(l->ws, i, weights) && !word_is(l->ws, i + 1, "of");
        relief |= word_is(l->ws, i, "aid") && i > from + 1 && word_is(l->ws, i - 1, "of") &&
                  ONE_OF(l->ws, i - 2, weights);
    }
    return relief;
}

/* Whether it is known where relief goes; where many are helped, a press room alone stays there. */
static bool relief_known(const struct scene *s)
{
    return s->grieved && (!s->dispersed || (s->press_room && !s->beneficiary));
}

const char *needer(const struct scene *s, const struct line *l, uint32_t from, uint32_t to)
{
    return relief_known(s) && of_relief(l, from, to) ? s->stricken : s->beneficiary;
}

/* "we should sell them jets", "we gave them tanks": the country named last; NULL: nobody is. */
static const char *gives_to_them(const struct scene *s, const struct line *l, uint32_t from,
                                 uint32_t to, const struct said_parties *givers)
{
    static const char *const whom[] = {"them", "him", "her"};
    for (uint32_t i = from + 1; i < to && i < l->end; i++)
        if (ONE_OF(l->ws, i, whom) && word_classes(&l->ws->word[i - 1]) & IS(give))
            return s->recent && !has_party(givers, s->recent) ? s->recent : NULL;
    return NULL;
}

/* "support for Russia's war", "drones to Russia": the attacker is named as who gets it. */
bool for_attacker(const struct scene *s, const struct line *l)
{
    enum { NEAR = 6 };
    static const char *const before[] = {"for", "to"};
    static const char *const answers[] = {"response", "respond",  "responding", "due",  "threat",
                                          "answer",   "contrast", "contrary",   "reply"};
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        if (!same(code_of(s, m), s->adversary) || m->first <= l->first + 1) continue;
        uint32_t i = before_article(l, m->first);
        if (i <= l->first + 1 || !ONE_OF(l->ws, i - 1, before)) continue;
        if (ONE_OF(l->ws, i - 2, answers)) continue; /* "in response to Russia's war" */
        uint32_t low = i > l->first + NEAR ? i - NEAR : l->first;
        if (classes_in(l, low, i - 1) & (IS(goods) | IS(soft))) return true;
    }
    return false;
}

/* "drones that Russia has used", "Russia's purchase of them": who uses or buys them gets them. */
static bool takes(const struct line *l, const struct mention *m)
{
    enum { BACK = 6 };
    static const char *const nouns[] = {"procurement", "purchase",    "purchases",
                                        "receipt",     "acquisition", "acquisitions"};
    uint32_t i = m->first, behind = i + m->count;
    if (m->possessive) return ONE_OF(l->ws, behind + 1, nouns);
    if (!word_is(l->ws, i - 1, "that") && !word_is(l->ws, i - 1, "which")) return false;
    if (i > l->first + 1 && word_is(l->ws, i - 2, "so")) return true; /* "so that he can build" */
    for (uint32_t k = i; k > l->first && k + BACK > i; k--)
        if (word_is(l->ws, k - 1, "against")) return false; /* "shields against what he uses" */
    return uses_it(l, behind);
}

/* "rockets for use against Ukraine": whoever is shot at does not get them. */
static bool aimed_at(const struct line *l, const struct mention *m)
{
    uint32_t i = before_article(l, m->first);
    while (i > l->first && of_a_person(l, i)) i = before_article(l, i - 2);
    return i > l->first && word_is(l->ws, i - 1, "against");
}

/* Whether what another gives ends with the attacker, by what is done with it behind word `from`. */
static bool used_by_adversary(const struct scene *s, const struct line *l, uint32_t from)
{
    for (uint32_t k = 0; s->adversary && k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        if (m->first == l->first || (m->first <= from && !m->possessive)) continue;
        if (same(code_of(s, m), s->adversary) && takes(l, m)) return true;
        if (same(code_of(s, m), s->beneficiary) && aimed_at(l, m)) return true;
    }
    return false;
}

/* "for the region": all of it, whichever country was named before. */
static bool for_the_region(const struct line *l, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i + 2 < to && i + 2 < l->end; i++)
        if (word_is(l->ws, i + 2, "region") && word_is(l->ws, i + 1, "the")) return true;
    return false;
}

struct said_parties receiver_of(const struct scene *s, const struct line *l, uint32_t from,
                                uint32_t to, const struct said_parties *givers)
{
    struct said_parties out = {0};
    if (!ours(s, givers) && used_by_adversary(s, l, from)) {
        add_party(&out, s->adversary);
        return out;
    }
    bool arms = supplies(s, givers); /* "weapons that kill people in Ukraine": not for those */
    out = arms ? receiver_towards(s, l, from, to, givers) : receiver_in(s, l, from, to, givers);
    if (out.count) return out;
    if (!arms) out = receiver_by(s, l, from, to, givers, SPREAD);
    if (out.count) return out;
    bool outside = givers->count == 1 && !same(givers->code[0], s->adversary) && !ours(s, givers);
    if (arms || (outside && s->adversary && gives_to_him(s, l, from, to))) {
        add_party(&out, s->adversary); /* "North Korea's shells", "China sends him engines" */
        return out;
    }
    const char *them = gives_to_them(s, l, from, to, givers);
    if (them) {
        add_party(&out, them);
        return out;
    }
    if (outside && s->adversary && for_attacker(s, l)) {
        add_party(&out, s->adversary);
        return out;
    }
    bool just = s->beneficiary && s->unnamed < 2 && !has_party(givers, s->beneficiary);
    if (beside_to(s, l, givers, &out)) return out;
    if (relief_known(s) && !has_party(givers, s->stricken) && of_relief(l, from, to) &&
        !for_the_world(l, from, to)) {
        struct said_parties said = receiver_in(s, l, l->first, l->end, givers);
        add_party(&out, has_party(&said, s->beneficiary) ? s->beneficiary : s->stricken);
        return out; /* "aid to Ukraine, including millions for food" */
    }
    if (!just && before_to(s, givers, &out)) return out;
    if (has_party(givers, s->beneficiary) || for_the_world(l, from, to)) return out;
    if (s->region && s->dispersed && for_the_region(l, from, to)) {
        add_party(&out, s->region);
        return out;
    }
    add_party(&out, away(s) ? s->place : s->beneficiary);
    if (!s->beneficiary) add_party(&out, s->region);
    return out;
}
