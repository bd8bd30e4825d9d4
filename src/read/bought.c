/*
 * bought.c - what somebody buys for itself.
 *
 * "Poland is purchasing 96 helicopters" helps nobody who is attacked: it is a
 * figure of Poland's, and with a seller ("from the United States", "American
 * tanks") it is what the seller lets it have. Who buys for somebody else
 * ("for Ukraine"), or speaks of its own help, gives.
 */
#include <string.h>

#include "read/amounts.h"

bool is_purchase(const struct line *l, const struct act *act)
{
    static const char *const verbs[] = {"purchase", "purchases", "purchased", "purchasing",
                                        "buy",      "buys",      "bought",    "buying",
                                        "procure",  "procures",  "procured",  "procuring",
                                        "order",    "ordered",   "orders",    "ordering"};
    return act->kind == ACT_COMMIT && word_in(l->ws, act->at, verbs, sizeof verbs / sizeof *verbs);
}

/* "Norway's purchase of", "for Saudi Arabia to purchase": who stands between "for" and the verb. */
static bool buyer_before(const struct scene *s, const struct line *l, const struct act *act,
                         struct said_parties *out)
{
    const struct mention *whose = mention_before(l, act->from);
    if (whose && whose->possessive) add_party(out, code_of(s, whose));
    if (!act->infinitive) return out->count > 0;
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        if (m->first + m->count != act->from || m->first == l->first) continue;
        uint32_t i = m->first;
        if (word_is(l->ws, i - 1, "the")) i--;
        if (i == l->first || !word_is(l->ws, i - 1, "for")) return false;
        add_party(out, code_of(s, m));
        return out->count > 0;
    }
    return false;
}

bool buys_for_itself(const struct scene *s, const struct line *l, const struct act *act,
                     uint32_t to, struct said_parties *buyer)
{
    uint32_t first, begin = clause_begin(l, act->at);
    *buyer = (struct said_parties){0};
    if (!is_purchase(l, act) || act->passive) return false;
    if (!buyer_before(s, l, act, buyer) && !subject_of(s, l, begin, act->from, buyer, &first))
        return false;
    for (uint32_t k = 0; k < buyer->count; k++) /* a relief organisation buys for others */
        if (!is_country(buyer->code[k]) && strcmp(buyer->code[k], "ALLIES") != 0) return false;
    if (!buyer->count || has_party(buyer, s->beneficiary)) return false;
    struct said_parties seller;
    bool guest = s->home && s->side.we && strcmp(s->home, s->side.we) != 0;
    bool host_sells = guest && seller_of(s, l, act, to, &seller) && has_party(&seller, s->home);
    if (has_party(buyer, s->side.we) && !host_sells) return false; /* "we buy tanks from you" */
    if (names_beneficiary(s, l)) return false;
    for (uint32_t k = 0; k < l->party_count; k++) { /* "for Ukraine", "for the mission" */
        const struct mention *m = &l->parties[k];
        if (m->first > act->end && m->first < to && word_is(l->ws, m->first - 1, "for"))
            return false;
    }
    return true;
}

bool seller_of(const struct scene *s, const struct line *l, const struct act *act, uint32_t to,
               struct said_parties *seller)
{
    *seller = (struct said_parties){0};
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        const char *code = code_of(s, m);
        if (m->first < act->end || m->first >= to || !is_named(code)) continue;
        uint32_t i = m->first;
        if (word_is(l->ws, i - 1, "the")) i--;
        bool from = word_is(l->ws, i - 1, "from") && !m->modifier;
        bool made = m->modifier && m->kind <= MENTION_DEMONYM && m->first < act->end + 6;
        if ((from || made) && is_country(code)) add_party(seller, code);
    }
    if (has_party(seller, s->adversary)) seller->count = 0;
    return seller->count > 0;
}
