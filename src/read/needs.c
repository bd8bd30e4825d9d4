/*
 * needs.c - needs without a number, and thanks: what others are to give or gave.
 *
 * Both are told by who gets the thing. Whose need it is, is said more freely
 * than who gives: by the subject, by whose call or request the noun is, behind
 * "for", or, where things are lacked, by nobody but the document. What is only
 * described by a need ("the equipment that they need") is not said to be
 * lacking, and nothing was given by those who are thanked for words.
 */
#include <string.h>

#include "read/deeds.h"

/* "the weapons that Ukraine has requested": the thing stands before. */
static struct things asked_before(const struct line *l, const struct act *act)
{
    uint32_t begin = clause_begin(l, act->from);
    if (begin > l->first + 1) begin = clause_begin(l, begin - 1);
    return things_in(l, act->from > begin + 18 ? act->from - 18 : begin, act->from);
}

/* "equipment that Ukraine needs": says what is given, not what is needed. */
static bool relative(const struct line *l, const struct act *act)
{
    if (act->asks) return false;
    for (uint32_t i = act->from; i-- > l->first && i + 4 > act->from;) {
        bool it = word_is(l->ws, i, "they") || word_is(l->ws, i, "it");
        if (!it && !word_is(l->ws, i, "that") && !word_is(l->ws, i, "what")) continue;
        if (i == l->first) return false;
        uint64_t before = word_classes(&l->ws->word[i - 1]);
        if (it) { /* "the weapons they need", but "that they need weapons" */
            if (before & (IS(goods) | IS(soft))) return true;
            continue;
        }
        return (before & (IS(goods) | IS(soft) | IS(function))) != 0 ||
               (l->ws->word[i - 1].shape & SHAPE_MARK && !mark_at(l, i - 1, ','));
    }
    return false;
}

/* "ammunition is needed most", "medicine is in urgent need": what is lacked is the subject. */
static bool is_lacked(const struct line *l, const struct act *act)
{
    if (act->form == 'd') return act->passive;
    return act->form == 'n' && act->at > l->first &&
           (word_is(l->ws, act->at - 1, "in") || word_is(l->ws, act->at, "in")) &&
           !word_is(l->ws, act->end - 1, "of");
}

/* "calls for the withdrawal of all troops": what is to go away is needed by nobody. */
static bool wants_gone(const struct line *l, uint32_t from, uint32_t to)
{
    static const char *const nouns[] = {
        "withdrawal",  "withdraw", "removal",       "remove",      "release",    "end", "halt",
        "return",      "leave",    "stop",          "cessation",   "reduction",  "ban", "ceasing",
        "elimination", "cease",    "dismantlement", "disarmament", "destruction"};
    for (uint32_t i = from; i < to; i++)
        if (word_in(l->ws, i, nouns, sizeof nouns / sizeof *nouns)) return true;
    return false;
}

/* "President Zelenskyy's call for", "Moldova's most urgent requirements": whose noun it is. */
static const struct mention *whose_need(const struct line *l, const struct act *act)
{
    uint32_t far = act->form == 'n' ? 7 : 1;
    for (uint32_t i = act->from; i > l->first && i + far > act->from; i--) {
        const struct mention *m = mention_before(l, i);
        if (m || l->ws->word[i - 1].shape & SHAPE_MARK) return m;
    }
    return NULL;
}

/* "we heard his request for tanks": whoever hears it needs nothing. */
static bool another_asks(const struct line *l, const struct act *act)
{
    enum { NEAR = 3 };
    static const char *const words[] = {"his", "her", "their", "its"};
    for (uint32_t i = act->from; act->form == 'n' && i > l->first && i + NEAR > act->from; i--)
        if (word_in(l->ws, i - 1, words, sizeof words / sizeof *words)) return true;
    return false;
}

/* "They underscored the need for fuel": who speaks of a need is not in it. */
static bool spoken_of(const struct line *l, const struct act *act)
{
    static const char *const before[] = {"the", "of", "about", "this", "on"};
    uint32_t i = act->from;
    if (act->form != 'n' || i < l->first + 2 || word_is(l->ws, act->at, "in")) return false;
    if (!word_in(l->ws, i - 1, before, sizeof before / sizeof *before)) return false;
    return !(at_class(l, i - 2) & IS(have));
}

/* "your continued support": nothing that anybody could be asked for by name. */
static bool only_help(const struct line *l, const struct things *t)
{
    static const char *const words[] = {"support", "help", "aid", "assistance", "backing"};
    return t->end == t->first + 1 && word_in(l->ws, t->first, words, sizeof words / sizeof *words);
}

void read_need(struct scene *s, const struct line *l, const struct act *act, uint32_t since)
{
    uint32_t end = clause_end(l, act->at), first = act->from;
    struct things t = object_of(l, act, end);
    bool lacked = is_lacked(l, act) && !t.goods;
    if (lacked || (!t.count && act->asks)) t = asked_before(l, act);
    if (act->asks && t.count && wants_gone(l, act->end, t.end + 2 < end ? t.end + 2 : end)) return;
    if (act->denied || relative(l, act) || (!t.goods && !(t.soft & ~(1u << GOODS_MONEY)))) return;
    if (said_already(s, l, SAID_NEED, act->from, end, since)) return;
    struct said_parties receiver = {0};
    const struct mention *whose = whose_need(l, act);
    if (whose && whose->possessive && code_of(s, whose)) /* "President Zelenskyy's call for" */
        add_party(&receiver, code_of(s, whose));
    else if (lacked)
        receiver = receiver_in(s, l, act->at, end, &receiver);
    else if (!another_asks(l, act) && !spoken_of(l, act))
        subject_of(s, l, clause_begin(l, act->at), act->from, &receiver, &first);
    if (s->adversary && has_party(&receiver, s->adversary)) return; /* "Russia seeks missiles" */
    struct said_parties behind = {0}; /* "the UN called for fuel for Moldova" */
    if (act->asks && t.goods && !is_beneficiary(s, &receiver))
        behind = receiver_in(s, l, t.end, end, &receiver);
    if (any_named(&behind)) receiver = behind;
    bool they = s->beneficiary && first < act->from && at_class(l, first) & IS(they) &&
                (!any_named(&receiver) || /* "they need it": not those who give it */
                 (s->out->said_count && has_party(&s->giver, receiver.code[0])));
    bool home = s->home && has_party(&receiver, s->home); /* "we see the need that they have" */
    bool anyones = !receiver.count && s->home && spoken_of(l, act) && !s->focused;
    if ((home || anyones) && !names_beneficiary(s, l)) {
        if (t.soft) s->warmth = WARM; /* nobody's need, but help is spoken of */
        return;
    }
    if (they || home) receiver.count = 0;
    if (!receiver.count) add_party(&receiver, needer(s, l, t.first, t.end));
    if (!receiver.count || (s->adversary && has_party(&receiver, s->adversary))) return;

    uint32_t from = first < act->from ? first : act->from;
    bool before = t.end <= act->from;
    if (before && t.first < from) from = t.first;
    struct said *d = add_said(s, l, SAID_NEED, from, before ? act->end : quote_end(l, &t, end));
    d->item = phrase_of(s->a, l, t.first, t.end);
    d->goods = class_of_list(l, &t, GOODS_MIXED);
    d->receiver = receiver;
    s->needing = 6;
    if (has_party(&receiver, s->side.we) && (t.goods || !only_help(l, &t)))
        add_asked(s, l, act->from, t.first, d);
    else if (t.goods && !d->giver.count)
        giver_beside(s, l, t.end, t.end + 4 < end ? t.end + 4 : end, &d->giver);
    if (has_party(&d->giver, "Congress"))
        d->giver.count = 0; /* one's own parliament gives nothing */
}

/* "Ukraine has requested", "as they have requested these jets": and no parliament is asked. */
static bool helped_ones_ask(const struct scene *s, const struct line *l, const struct act *act)
{
    struct said_parties who = {0};
    uint32_t first;
    if (subject_of(s, l, clause_begin(l, act->at), act->from, &who, &first))
        return is_beneficiary(s, &who);
    static const char *const words[] = {"they", "it"};
    if (!s->beneficiary || !s->warmth || act->from == l->first || s->request) return false;
    struct things t = nearest_things(l, act->end, act->end + 8);
    return word_in(l->ws, act->from - 1, words, sizeof words / sizeof *words) &&
           t.goods & (1u << GOODS_EQUIPMENT | 1u << GOODS_AMMUNITION);
}

void read_request(struct scene *s, const struct line *l, const struct act *act, uint32_t since)
{
    if (!helped_ones_ask(s, l, act)) return;
    struct act asks = *act;
    asks.kind = ACT_NEED;
    asks.asks = true;
    read_need(s, l, &asks, since);
}

void read_growth(struct scene *s, const struct line *l, const struct act *act, uint32_t since)
{
    enum { ADVERBS = 3, OBJECT = 6 };
    static const char *const verbs[] = {"strengthen", "bolster",   "reinforce", "increase",
                                        "improve",    "replenish", "expand",    "enhance"};
    struct said_parties receiver = {0};
    uint32_t first = act->from, verb = act->end;
    while (verb < l->end && verb < act->end + ADVERBS &&
           !word_in(l->ws, verb, verbs, sizeof verbs / sizeof *verbs))
        verb++;
    bool needs = word_is(l->ws, act->at, "need") || word_is(l->ws, act->at, "needs") ||
                 word_is(l->ws, act->at, "must");
    if (!needs || act->denied || !word_in(l->ws, verb, verbs, sizeof verbs / sizeof *verbs)) return;
    uint32_t end = clause_end(l, act->at);
    struct things t = nearest_things(l, verb + 1, verb + OBJECT < end ? verb + OBJECT : end);
    if (!t.goods || !subject_of(s, l, clause_begin(l, act->at), act->from, &receiver, &first))
        return;
    if (!is_beneficiary(s, &receiver) || said_already(s, l, SAID_NEED, act->from, end, since))
        return;
    struct said *d = add_said(s, l, SAID_NEED, first, quote_end(l, &t, end));
    d->item = phrase_of(s->a, l, t.first, t.end);
    d->goods = class_of_list(l, &t, GOODS_MIXED);
    d->receiver = receiver;
    s->needing = 6;
}

/* "thank you for condemning the use of missiles": nothing was given. */
static bool condemns(const struct line *l, uint32_t from, uint32_t to)
{
    enum { NEAR = 4 };
    static const char *const words[] = {"condemning", "condemnation", "denouncing", "opposing",
                                        "calling",    "demanding",    "asking",     "urging"};
    for (uint32_t i = from; i < to && i <= from + NEAR; i++)
        if (word_in(l->ws, i, words, sizeof words / sizeof *words)) return true;
    return false;
}

void read_thanks(struct scene *s, const struct line *l, const struct act *act, uint32_t since)
{
    uint32_t end = clause_end(l, act->at), what = act->end;
    if (word_is(l->ws, act->end - 1, "for")) what--; /* "thank you for" */
    while (what < end && !word_is(l->ws, what, "for")) what++;
    if (what >= end || l->question || condemns(l, what, end)) return;
    struct things t = things_in(l, what, what + 10 < end ? what + 10 : end);
    if (!t.goods && mark_at(l, end, ':') && classes_in(l, what, end) & IS(bundle)) {
        t = things_in(l, end + 1, clause_end(l, end + 1)); /* "for the package: rockets, shells" */
        end = t.goods ? t.end : end;
    }
    if (t.goods && counted_within(l, t.end, end)) end = quote_end(l, &t, end);
    if (!t.goods || said_already(s, l, SAID_SUPPORT, act->from, end, since)) return;
    bool theirs = word_is(l->ws, what + 1, "their") || word_is(l->ws, what + 1, "its");
    for (uint32_t k = 0; theirs && k < l->act_count; k++) /* "their decision to send tanks" */
        if (l->acts[k].kind == ACT_GIVE && l->acts[k].infinitive && l->acts[k].at > what &&
            l->acts[k].at < t.first)
            return;
    struct said_parties giver = {0};
    for (uint32_t k = 0; k < l->party_count; k++)
        if (l->parties[k].first >= act->end && l->parties[k].first < what)
            add_party(&giver, code_of(s, &l->parties[k]));
    const struct mention *whose = mention_at(l, what + 1); /* "grateful for Italy's system" */
    if (!giver.count && whose && whose->possessive) add_party(&giver, code_of(s, whose));
    whose = mark_at(l, act->from - (act->from > l->first), ',') ? mention_at(l, l->first) : NULL;
    if (!giver.count && whose && whose->first + whose->count + 1 == act->from)
        add_party(&giver, code_of(s, whose)); /* "Sweden, thank you for" */
    if (!giver.count) add_party(&giver, s->addressed);
    if (!giver.count || is_beneficiary(s, &giver)) return;
    struct said *d = add_said(s, l, SAID_SUPPORT, act->from, end);
    d->item = phrase_of(s->a, l, t.first, t.end);
    d->goods = class_of_list(l, &t, GOODS_MIXED);
    d->giver = giver;
    d->receiver = receiver_of(s, l, what, end, &giver);
    bool guest = s->side.we && is_country(s->side.we) && s->side.home &&
                 strcmp(s->side.we, s->side.home) != 0;
    if (!d->receiver.count && guest && !has_party(&giver, s->side.we))
        add_party(&d->receiver, s->side.we); /* nobody else is helped: who thanks is */
    d->stage = SAID_PROVIDED;
    for (uint32_t k = 0; k < l->act_count; k++) /* "for committing to provide jets" */
        if (l->acts[k].kind == ACT_GIVE && l->acts[k].infinitive && l->acts[k].at > what &&
            l->acts[k].at < t.first)
            d->stage = SAID_ANNOUNCED;
    remember(s, d);
}
