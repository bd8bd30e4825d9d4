/*
 * received.c - gifts told by who gets them: "Russia is receiving shells from North Korea".
 *
 * What deeds.c asks of a verb of giving is asked here of one of getting: its
 * subject gets, and who stands behind "from" gives, whoever the document is
 * about. Without a giver it is nobody's gift, and not read.
 */
#include <string.h>

#include "read/deeds.h"

enum {
    OBJECT = 14, /* words in which what is got, and from whom, must stand */
    CLAUSE = 40, /* and who gets it */
};

/* The party behind "from" in [from, to), or NULL. */
static const struct mention *source_in(const struct scene *s, const struct line *l, uint32_t from,
                                       uint32_t to)
{
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        uint32_t i = m->first;
        if (i <= from || i >= to || !is_named(code_of(s, m)) || m->kind > MENTION_YOU) continue;
        if (m->modifier || m->kind == MENTION_GROUP) continue;
        while (i > from && word_is(l->ws, i - 1, "the")) i--;
        if (i > from && word_is(l->ws, i - 1, "from")) return m;
    }
    return NULL;
}

/* How far it has come, by the helpers in [from, i) of the verb at word i. */
static enum said_stage stage_of_getting(const struct line *l, uint32_t from, uint32_t i)
{
    uint64_t helpers = classes_in(l, from, i);
    if (helpers & (IS(whether) | IS(ought) | IS(consider) | IS(call)) || conditional_at(l, i))
        return SAID_CONSIDERED;
    if (helpers & IS(future)) return SAID_ANNOUNCED;
    if (helpers & IS(proceed)) return SAID_PROVIDED;
    if (i > from && word_is(l->ws, i - 1, "to")) return SAID_CONSIDERED; /* "is trying to get" */
    return SAID_PROVIDED;
}

/* Those who are named behind `m` and joined to it: "from Iran and North Korea". */
static uint32_t add_sources(const struct scene *s, const struct line *l, const struct mention *m,
                            struct said_parties *out)
{
    add_party(out, code_of(s, m));
    uint32_t end = m->first + m->count;
    for (const struct mention *next = m + 1; next < l->parties + l->party_count; next++) {
        uint32_t i = end;
        while (i < next->first && (mark_at(l, i, ',') || word_is(l->ws, i, "and"))) i++;
        while (i < next->first && (word_is(l->ws, i, "from") || word_is(l->ws, i, "the"))) i++;
        if (i != next->first || next->possessive || next->modifier) break;
        if (!is_named(code_of(s, next))) break;
        add_party(out, code_of(s, next));
        end = next->first + next->count;
    }
    return end;
}

/* "Russia has received Iranian rockets": whose they are by name, or by who arms the attacker. */
static const char *maker_of(const struct scene *s, const struct line *l, const struct things *t,
                            uint32_t verb, const struct said_parties *receiver)
{
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        bool hands =
            m->first > verb + 2 &&
            word_is(l->ws, m->first - 2, "hands"); /* "into the hands of Ukrainian soldiers" */
        if (m->first > verb && m->first < t->end && m->modifier && m->kind == MENTION_DEMONYM &&
            !hands && is_named(code_of(s, m)) && !has_party(receiver, code_of(s, m)))
            return code_of(s, m);
    }
    return has_party(receiver, s->adversary) && s->supplier_count ? s->suppliers[0] : NULL;
}

struct receipt {
    struct things t;
    struct said_parties giver, receiver;
};

/* Its words are [first, end); the verb says how far it is. */
static void add_receipt(struct scene *s, const struct line *l, uint32_t first, uint32_t verb,
                        uint32_t end, const struct receipt *got)
{
    struct said *d = add_said(s, l, SAID_SUPPORT, first, end);
    d->item = phrase_of(s->a, l, got->t.first, got->t.end);
    d->goods = class_of_list(l, &got->t, GOODS_MIXED);
    d->giver = got->giver;
    d->receiver = got->receiver;
    d->stage = stage_of_getting(l, first, verb);
    remember(s, d);
}

/* "Moldova has received Spanish radars": nobody stands behind "from". */
static void read_made(struct scene *s, const struct line *l, uint32_t verb, uint32_t since)
{
    uint32_t begin = clause_begin(l, verb), end = clause_end(l, verb), first = verb;
    if (end > verb + OBJECT) end = verb + OBJECT;
    struct things t = nearest_things(l, verb + 1, end);
    struct said_parties receiver = {0}, giver = {0};
    if (!(t.goods & (1u << GOODS_EQUIPMENT | 1u << GOODS_AMMUNITION))) return;
    if (asked_at(l, verb) || counted_within(l, verb, end)) return;
    if (!subject_of(s, l, begin, verb, &receiver, &first) || !any_named(&receiver)) return;
    if (first + OBJECT < verb || classes_in(l, first, verb) & IS(deny)) return;
    add_party(&giver, maker_of(s, l, &t, verb, &receiver));
    bool soon = classes_in(l, first, verb) & IS(future) && has_party(&receiver, s->beneficiary);
    if (!giver.count && soon && s->warmth + 2 >= WARM && any_named(&s->giver))
        giver = s->giver; /* "Norway sends radars. Moldova will get the first ones in May." */
    if (!giver.count || said_already(s, l, SAID_SUPPORT, first, t.end, since)) return;
    add_receipt(s, l, first, verb, quote_end(l, &t, end), &(struct receipt){t, giver, receiver});
}

/* Where "they", "he" or "it" stands right before the helpers of the verb; the verb when it does
 * not.
 */
static uint32_t they_before(const struct line *l, uint32_t begin, uint32_t verb)
{
    enum { HELPERS = 5 };
    static const char *const words[] = {"they", "he", "it"};
    for (uint32_t i = verb; i > begin && i + HELPERS > verb; i--)
        if (word_in(l->ws, i - 1, words, sizeof words / sizeof *words)) return i - 1;
    return verb;
}

/* "... and rockets from Spain": what else was got, and from whom, behind word i. */
static void read_more_sources(struct scene *s, const struct line *l, uint32_t i, uint32_t end,
                              const struct said_parties *receiver)
{
    enum { MORE = 8 };
    enum said_stage stage = s->out->said[s->out->said_count - 1].stage;
    for (int k = 0; k < MORE; k++) {
        const struct mention *from = source_in(s, l, i, end);
        struct things t = things_in(l, i, from ? from->first : i);
        if (!from || !t.goods || t.end + 3 < from->first || counted_within(l, i, from->first))
            return;
        struct said_parties giver = {0};
        uint32_t behind = add_sources(s, l, from, &giver);
        struct said *d = add_said(s, l, SAID_SUPPORT, i, behind);
        d->item = phrase_of(s->a, l, t.first, t.end);
        d->goods = class_of_list(l, &t, GOODS_MIXED);
        d->giver = giver;
        d->receiver = *receiver;
        d->stage = stage;
        i = behind;
    }
}

static void read_receipt(struct scene *s, const struct line *l, uint32_t verb, uint32_t since)
{
    uint32_t begin = clause_begin(l, verb), end = clause_end(l, verb), first = verb;
    if (verb > begin + CLAUSE) begin = verb - CLAUSE;
    for (uint32_t i = begin; i < verb; i++) /* "we are concerned that Russia is getting" */
        if (word_is(l->ws, i, "that") && i + 1 < verb) begin = i + 1;
    if (end > verb + OBJECT) end = verb + OBJECT;
    const struct mention *from = source_in(s, l, verb + 1, end);
    if (!from) read_made(s, l, verb, since);
    if (!from || asked_at(l, verb)) return;
    struct things t = nearest_things(l, verb + 1, from->first);
    if (!t.goods || counted_within(l, verb, from->first)) return;
    struct said_parties receiver = {0}, giver = {0};
    if (!subject_of(s, l, begin, verb, &receiver, &first) || !any_named(&receiver)) {
        receiver.count = 0; /* "they're getting drones from Iran": who arms the attacker arms it */
        for (uint32_t k = 0; k < s->supplier_count && first == verb; k++)
            if (strcmp(s->suppliers[k], code_of(s, from)) == 0) first = they_before(l, begin, verb);
        if (first < verb) add_party(&receiver, s->adversary);
    }
    if (!receiver.count) return;
    bool trade = t.goods == 1u << GOODS_FUEL && !is_beneficiary(s, &receiver);
    if (trade || first + OBJECT < verb || classes_in(l, first, verb) & IS(deny)) return;
    end = add_sources(s, l, from, &giver);
    if (has_party(&receiver, giver.code[0]) || said_already(s, l, SAID_SUPPORT, first, end, since))
        return;
    add_receipt(s, l, first, verb, end, &(struct receipt){t, giver, receiver});
    read_more_sources(s, l, end, clause_end(l, verb), &receiver);
}

/* --- traffic in arms, told by its noun --- */

/* The country behind the preposition in [from, to): "to Russia", "by the Iranians"; or NULL. */
static const struct mention *country_behind(const struct scene *s, const struct line *l,
                                            uint32_t from, uint32_t to, const char *preposition)
{
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        const char *code = code_of(s, m);
        uint32_t i = m->first;
        if (i <= from || i >= to || m->possessive || !code || !is_country(code)) continue;
        if (word_is(l->ws, i - 1, "the")) i--;
        if (i > from && word_is(l->ws, i - 1, preposition)) return m;
    }
    return NULL;
}

/* "Iran's dangerous shipments", "its drone sales": whose the noun with its words from i on is. */
static const char *owner_before(const struct scene *s, const struct line *l, uint32_t i)
{
    enum { ADJECTIVES = 4 };
    const char *named = NULL;
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        uint32_t end = m->first + m->count;
        if (end > i || !code_of(s, m) || !is_country(code_of(s, m))) continue;
        if (m->possessive && end + ADJECTIVES >= i) return code_of(s, m);
        named = m->kind <= MENTION_DEMONYM ? code_of(s, m) : named;
    }
    return i > l->first && word_is(l->ws, i - 1, "its") ? named : NULL;
}

/* "Iranian drones": whose the things are by name. */
static const char *made_by(const struct scene *s, const struct line *l, const struct things *t,
                           uint32_t from)
{
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        if (m->first >= from && m->first < t->end && m->modifier && m->kind == MENTION_DEMONYM &&
            m->first + m->count + 2 >= t->first)
            return code_of(s, m);
    }
    return NULL;
}

/* "will stop the transfer", "no shipment", "any sale would be": nothing has been sent. */
static bool only_feared(const struct line *l, uint32_t begin, uint32_t i, uint32_t end)
{
    static const char *const words[] = {"any",    "no",       "potential", "possible", "prevent",
                                        "stop",   "stopping", "future",    "halt",     "if",
                                        "ending", "another",  "block",     "end"};
    for (uint32_t k = begin; k < i; k++)
        if (word_in(l->ws, k, words, sizeof words / sizeof *words)) return true;
    return classes_in(l, begin, i) & (IS(deny) | IS(consider)) || word_is(l->ws, end, "would") ||
           word_is(l->ws, end, "could");
}

/*
 * "the shipment of Iranian drones to Russia", "Russia's procurement of shells from North Korea":
 * weapons that go from one country to another, both of which are said at the noun.
 */
static void read_traffic(struct scene *s, const struct line *l, uint32_t i, bool buys,
                         uint32_t since)
{
    const uint32_t arms = 1u << GOODS_EQUIPMENT | 1u << GOODS_AMMUNITION | 1u << GOODS_SPARES;
    uint32_t begin = clause_begin(l, i), end = clause_end(l, i), head = i;
    if (end > i + OBJECT) end = i + OBJECT;
    struct things t = things_in(l, i > begin + 3 ? i - 3 : begin, i);
    if (t.count && t.end == i)
        head = t.first; /* "drone sales" */
    else if (word_is(l->ws, i + 1, "of"))
        t = nearest_things(l, i + 2, end);
    else
        return;
    if (!(t.goods & arms) || l->question || counted_within(l, head, end)) return;
    const char *owner = owner_before(s, l, head), *made = made_by(s, l, &t, i);
    const struct mention *to = country_behind(s, l, i, end, "to");
    const struct mention *from = country_behind(s, l, i, end, "from");
    if (!from && !buys) from = country_behind(s, l, i, end, "by");
    struct said_parties giver = {0}, receiver = {0};
    add_party(&giver, from ? code_of(s, from) : !buys && owner ? owner : made);
    add_party(&receiver, buys ? owner : to ? code_of(s, to) : NULL);
    if (!giver.count || !receiver.count || has_party(&giver, receiver.code[0])) return;
    if (!is_country(giver.code[0]) || has_party(&giver, s->beneficiary)) return;
    if (has_party(&giver, s->side.we)) return; /* what we give has verbs of its own */
    const struct mention *last = !from || (to && to->first > from->first) ? to : from;
    uint32_t stop = last && last->first + last->count > t.end ? last->first + last->count : t.end;
    if (only_feared(l, i > begin + 5 ? i - 5 : begin, i, stop)) return;
    if (said_already(s, l, SAID_SUPPORT, head, stop, since)) return;
    struct said *d = add_said(s, l, SAID_SUPPORT, head, stop);
    d->item = phrase_of(s->a, l, t.first, t.end);
    d->goods = class_of_list(l, &t, GOODS_MIXED);
    d->giver = giver;
    d->receiver = receiver;
    d->stage = SAID_PROVIDED;
}

void read_transfers(struct scene *s, const struct line *l, uint32_t since)
{
    static const char *const sends[] = {"sale",     "sales",      "transfer",  "transfers",
                                        "shipment", "shipments",  "delivery",  "deliveries",
                                        "export",   "exports",    "provision", "proliferation",
                                        "supply",   "deployment", "supplies"};
    static const char *const buys[] = {"procurement", "purchase", "purchases", "acquisition"};
    if (l->party_count < 2 || !(l->classes & IS(goods))) return;
    for (uint32_t i = l->first; i < l->end; i++) {
        bool bought = word_in(l->ws, i, buys, sizeof buys / sizeof *buys);
        if (bought || word_in(l->ws, i, sends, sizeof sends / sizeof *sends))
            read_traffic(s, l, i, bought, since);
    }
}

void read_received(struct scene *s, const struct line *l, uint32_t since)
{
    if (!(l->classes & IS(receive)) || !l->party_count) return;
    for (uint32_t i = l->first; i < l->end; i += l->ws->word[i].span)
        if (word_classes(&l->ws->word[i]) & IS(receive) && i > l->first &&
            !word_is(l->ws, i - 1, "from") && /* "keep them from receiving" */
            *word_value(&l->ws->word[i], WORD_receive) != 'n')
            read_receipt(s, l, i, since);
}
