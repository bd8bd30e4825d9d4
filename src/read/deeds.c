/*
 * deeds.c - acts without a number: every verb is asked whether it gives, needs,
 * thanks or decides, and here which thing a verb of giving gives.
 *
 * Only concrete things count ("tanks", "training", not "support" or "help"),
 * or a statement would be found in every second sentence. Denials are no
 * gifts, and a question that only asks claims nothing.
 */
#include "read/deeds.h"
#include "read/amounts.h"
#include "read/gifts.h"

/* "support Ukraine with tanks", but not "supported by tanks". */
static bool aids_with(const struct line *l, const struct act *act, const struct things *t)
{
    static const char *const links[] = {"with", "acquire", "obtain", "procure", "get", "buy"};
    static const char *const verbs[] = {"support", "supports", "supported", "supporting"};
    static const char *const relief[] = {"assistance", "aid", "care", "supplies", "treatment"};
    if (t->goods && t->first < act->end + 3 && word_in(l->ws, act->at, verbs, 4) &&
        word_in(l->ws, t->end - 1, relief, sizeof relief / sizeof *relief))
        return true; /* "is supporting food assistance in Chad" */
    for (uint32_t i = act->end; i < t->first; i++)
        for (size_t k = 0; k < sizeof links / sizeof *links; k++)
            if (word_is(l->ws, i, links[k])) return true;
    return false;
}

/* "is providing more Stinger missiles": new things in the progressive are being announced. */
static bool fresh_object(const struct line *l, const struct act *act, const struct things *t)
{
    static const char *const fresh[] = {"another", "additional", "new", "further", "more"};
    for (uint32_t i = act->end; i < t->first; i++)
        for (size_t k = 0; k < sizeof fresh / sizeof *fresh; k++)
            if (word_is(l->ws, i, fresh[k])) return true;
    return false;
}

/* "Denmark is investing in their industry. That is 1.4 billion": who gives is known from here on.
 */
static void speaks_of(struct scene *s, const struct line *l, const struct act *act)
{
    struct said_parties giver = {0};
    uint32_t first;
    if (!subject_of(s, l, clause_begin(l, act->at), act->from, &giver, &first)) return;
    if (s->warmth && act->kind == ACT_GIVE && any_named(&giver) &&
        !has_party(&giver, s->beneficiary) && !has_party(&giver, s->adversary) &&
        !has_party(&giver, "Congress"))
        s->giver = giver;
}

/* "Saudi Arabia will buy American tanks": the seller lets it have them. */
static void read_sale(struct scene *s, const struct line *l, const struct act *act,
                      const struct things *t, const struct said_parties *buyer, uint32_t since)
{
    uint32_t end = clause_end(l, act->at);
    struct said_parties seller;
    if (act->denied || act->modal || l->question) return;
    bool sold = seller_of(s, l, act, end, &seller);
    if (!t->goods || t->goods == 1u << GOODS_FUEL) return; /* trade */
    if (said_already(s, l, SAID_SUPPORT, act->from, end, since)) return;
    if (said_already(s, l, SAID_FIGURE, act->from, end, since)) return;
    if (!sold && !(t->goods & (1u << GOODS_EQUIPMENT | 1u << GOODS_AMMUNITION))) return;
    struct said *d = add_said(s, l, sold ? SAID_SUPPORT : SAID_DECISION, act->from, end);
    d->item = phrase_of(s->a, l, t->first, t->end);
    d->goods = class_of(&(struct things){.goods = t->goods}, GOODS_MIXED);
    d->giver = sold ? seller : *buyer;
    if (!sold) return; /* who arms itself has decided so */
    d->receiver = *buyer;
    d->stage = act->future || act->modal ? SAID_ANNOUNCED : SAID_COMMITTED;
}

/* "contracts to replenish our stocks": what was given is bought again, for oneself. */
static bool replenishes(const struct line *l, const struct act *act)
{
    enum { NEAR = 5 };
    static const char *const verbs[] = {"replace",   "replenish",    "restock",    "refill",
                                        "replacing", "replenishing", "restocking", "refilling"};
    if (act->kind != ACT_COMMIT) return false;
    for (uint32_t i = act->end; i < act->end + NEAR && i < l->end; i++)
        if (word_in(l->ws, i, verbs, sizeof verbs / sizeof *verbs)) return true;
    return false;
}

/* "forces conduct exercises in Kenya to train": what they do already. */
static bool conducts(const struct line *l, const struct act *act)
{
    static const char *const verbs[] = {"conduct", "conducts", "conducting", "conducted"};
    for (uint32_t i = clause_begin(l, act->at); i < act->from; i++)
        if (word_in(l->ws, i, verbs, sizeof verbs / sizeof *verbs))
            return !(word_classes(&l->ws->word[i - (i > l->first)]) & IS(future));
    return false;
}

/* "we have worked with partners to get Ukraine tanks": it has been done. */
static bool worked_to(const struct line *l, const struct act *act)
{
    enum { BACK = 16 };
    if (!act->infinitive) return false;
    for (uint32_t i = act->from; i > l->first + 2 && i + BACK > act->from; i--)
        if (word_is(l->ws, i - 1, "worked")) return (classes_in(l, i - 3, i - 1) & IS(aux)) != 0;
    return false;
}

/* "approved the purchase of 35 jets": the number has said it. */
static bool buys_figure(const struct scene *s, const struct line *l, const struct act *act,
                        const struct things *t, uint32_t since)
{
    uint32_t end = clause_end(l, act->at);
    for (uint32_t k = 0; k < l->act_count; k++)
        if (is_purchase(l, &l->acts[k]) && l->acts[k].at >= act->end && l->acts[k].at < t->first &&
            said_already(s, l, SAID_FIGURE, l->acts[k].at, end, since))
            return true;
    return false;
}

/* "will join us in supplying": what is to come is in the verb before. */
static bool yet_to_come(const struct line *l, const struct act *act)
{
    enum { BACK = 14 };
    if (act->form != 'g' || act->from != act->at || act->at == l->first) return false;
    if (!word_is(l->ws, act->at - 1, "in")) return false;
    uint32_t begin = clause_begin(l, act->at);
    if (begin + BACK < act->at) begin = act->at - BACK;
    return (classes_in(l, begin, act->at) & IS(future)) != 0;
}

/* "is helping them, including through the provision of arms": it goes on as the verb before does.
 */
static bool goes_through(const struct line *l, const struct act *act)
{
    enum { BACK = 7 };
    if (act->form != 'n') return false;
    for (uint32_t i = act->at; i > l->first && i + BACK > act->at; i--)
        if (word_is(l->ws, i - 1, "through")) {
            uint32_t begin = clause_begin(l, act->at);
            return !(classes_in(l, begin, i) &
                     (IS(future) | IS(whether) | IS(promise) | IS(ought)));
        }
    return false;
}

/* How far the gift of an act without a number has come. */
static enum said_stage stage_of_gift(const struct scene *s, const struct line *l,
                                     const struct act *act, const struct things *t, bool inherited)
{
    const struct act *acts[ACTS_MAX];
    enum said_stage stage =
        stage_of(acts, acts_between(l, clause_begin(l, act->at), act->end, acts));
    bool done = act->perfect && act->form == 'd' && act->from < act->at; /* "It has delivered" */
    if (inherited && s->stage && stage != SAID_COMMITTED && !act->future && !done) stage = s->stage;
    if (s->requested && !(act->perfect && !act->infinitive)) stage = SAID_CONSIDERED;
    if (act->train && act->infinitive && conducts(l, act)) stage = SAID_PROVIDED;
    if (stage == SAID_PROVIDED && act->form == 'g' && !act->perfect && !act->proceeds &&
        fresh_object(l, act, t))
        stage = SAID_ANNOUNCED;
    if (worked_to(l, act) || goes_on_by_itself(s, l, act) || goes_through(l, act))
        stage = SAID_PROVIDED;
    if (stage == SAID_PROVIDED && yet_to_come(l, act)) stage = SAID_ANNOUNCED;
    bool goes = act->form == 'g' && act->perfect; /* "has been sending them if it is asked" */
    if (act->ought || (conditional_at(l, act->from) && !goes)) return SAID_CONSIDERED;
    return stage == SAID_NO_STAGE ? SAID_ANNOUNCED : stage;
}

/* "announced sanctions on those who transfer weapons": the things are others'. */
static bool announces_sanctions(const struct line *l, const struct act *act, uint32_t to)
{
    for (uint32_t i = act->end; i < to + 3 && i < l->end; i++)
        if (word_is(l->ws, i, "sanctions") || word_is(l->ws, i, "sanction")) return true;
    return false;
}

/* "announced new tariffs on goods", "an offer of a reward for information" */
static bool taxes(const struct line *l, const struct act *act, const struct things *t)
{
    static const char *const nouns[] = {"tariffs", "tariff",     "sanctions",  "sanction",
                                        "reward",  "rewards",    "ban",        "restrictions",
                                        "strikes", "strike",     "airstrikes", "hostages",
                                        "fine",    "indictment", "charges",    "controls"};
    for (uint32_t i = act->end; i < t->first; i++)
        if (word_in(l->ws, i, nouns, sizeof nouns / sizeof *nouns)) return true;
    return false;
}

/* "There is no commitment by Poland to send jets": what is not meant is not given. */
static bool nobody_means_to(const struct line *l, const struct act *act)
{
    enum { BACK = 10 };
    if (!act->infinitive) return false;
    for (uint32_t k = 0; k < l->act_count; k++) {
        const struct act *noun = &l->acts[k];
        bool means =
            noun->kind == ACT_COMMIT || noun->kind == ACT_PROMISE || noun->kind == ACT_DECIDE;
        if (means && noun->form == 'n' && noun->denied && noun->at < act->from &&
            noun->at + BACK > act->from)
            return true;
    }
    return false;
}

/* "pledged to look into why the tanks": something else is promised than what stands behind. */
static bool promises_to_do(const struct line *l, const struct act *act, const struct things *t)
{
    uint32_t verb = act->end + 1;
    bool binds = act->kind == ACT_PROMISE || act->kind == ACT_COMMIT;
    if (!binds || act->form == 'n' || !word_is(l->ws, act->end, "to") || verb + 1 >= t->first)
        return false;
    if (mention_at(l, verb) || l->ws->word[verb].shape & SHAPE_CAPITAL) return false;
    if (at_class(l, verb) & (IS(function) | IS(we) | IS(goods) | IS(soft))) return false;
    for (uint32_t k = 0; k < l->act_count; k++)
        if (l->acts[k].at > act->at && l->acts[k].at <= t->first &&
            (l->acts[k].kind == ACT_GIVE || l->acts[k].kind == ACT_AID ||
             l->acts[k].kind == ACT_COMMIT))
            return false;
    return true;
}

/* "urged Norway to send tanks", "hope that it will": wished of another, who has not said so. */
static bool wished_of_another(const struct line *l, const struct act *act)
{
    enum { BACK = 7 };
    static const char *const verbs[] = {
        "ask",    "asked",      "asking",      "urge",       "urged",    "urging",  "encourage",
        "want",   "encouraged", "encouraging", "pressed",    "pressing", "press",   "wants",
        "wanted", "like",       "hope",        "hopes",      "hoped",    "hoping",  "implored",
        "begged", "pleaded",    "pushed",      "encourages", "urges",    "begging", "pleading"};
    static const char *const whom[] = {"us",        "them",    "you",    "him",      "her",
                                       "countries", "nations", "others", "partners", "everybody"};
    uint32_t i = act->from;
    if ((!act->infinitive && !act->future) || i < l->first + 2) return false;
    const struct mention *m = mention_at(l, i - 1);
    if (!m && !word_in(l->ws, i - 1, whom, sizeof whom / sizeof *whom)) return false;
    if (m && m->kind == MENTION_WE && !word_is(l->ws, i - 1, "us")) return false;
    for (uint32_t k = m ? m->first : i - 1; k > l->first && k + BACK > i; k--) {
        if (mark_at(l, k - 1, ',') || mark_at(l, k - 1, ';')) return false;
        if (word_in(l->ws, k - 1, verbs, sizeof verbs / sizeof *verbs)) return true;
    }
    return false;
}

/* "whether it will send tanks", "ran out of money to send": nobody says that it is done. */
static bool left_open(const struct line *l, const struct act *act)
{
    enum { NEAR = 4, BACK = 5 };
    for (uint32_t i = act->from; i > l->first && i + NEAR > act->from; i--)
        if (word_is(l->ws, i - 1, "whether")) return true;
    for (uint32_t i = act->from; act->infinitive && i > l->first + 1 && i + BACK > act->from; i--)
        if (word_is(l->ws, i - 1, "of") && word_is(l->ws, i - 2, "out")) return true;
    return false;
}

/* Whether a thing is given at all: nothing is denied, asked or only worked on. */
static bool gives_something(const struct line *l, const struct gift *g)
{
    const struct act *act = g->act;
    if (announces_sanctions(l, act, g->t.first) || replenishes(l, act)) return false;
    if (classes_in(l, g->t.first, g->t.end) & IS(hostile)) return false;
    if (taxes(l, act, &g->t) || promises_to_do(l, act, &g->t)) return false;
    uint32_t use = word_is(l->ws, act->end, "the") ? act->end + 1 : act->end;
    if (word_is(l->ws, use, "use")) return false; /* "authorized the use of weapons" */
    bool bundle = act->kind != ACT_AID && classes_in(l, act->end, act->end + 8) & IS(bundle) &&
                  !counted_within(l, l->first, l->end);
    if ((!g->t.goods && !bundle) || act->denied || act->passive) return false;
    if (asked_at(l, act->at) || nobody_means_to(l, act)) return false;
    if (wished_of_another(l, act) || left_open(l, act)) return false;
    return !unseen(l, act);
}

/* "I can't give you a list of the weapons": told to those who ask, and to no guest. */
static bool tells_those_who_ask(const struct scene *s, const struct line *l, const struct act *act)
{
    return s->press_room && !s->addressed && !l->question && word_is(l->ws, act->end, "you") &&
           (word_is(l->ws, act->at, "give") || word_is(l->ws, act->at, "provide"));
}

/* "grateful for sending tanks and for the delivery of": what is said behind is another gift. */
static bool gives_again(const struct line *l, uint32_t from, uint32_t to)
{
    for (uint32_t k = 0; k < l->act_count; k++)
        if (l->acts[k].kind == ACT_GIVE && l->acts[k].at >= from && l->acts[k].at < to) return true;
    return false;
}

/* Add it, if its words have not been said. */
static void add_gift(struct scene *s, const struct line *l, const struct gift *g, uint32_t since)
{
    const struct act *act = g->act;
    uint32_t from = g->first < act->from ? g->first : act->from;
    if (counted_within(l, act->end, g->t.first) && /* "supplies 90 percent of Russia's chips" */
        said_already(s, l, SAID_FIGURE, g->t.first, g->t.end, since))
        return;
    if (counted_within(l, from, act->from)) from = act->from; /* its words are said by the number */
    uint32_t tail = quote_end(l, &g->t, g->end);
    bool bare = act->form == 'g' && act->from == act->at && !act->train; /* ", providing them" */
    if (from < act->from && act->kind == ACT_GIVE && act->form != 'n' && !bare && g->t.goods &&
        said_already(s, l, SAID_SUPPORT, from, act->from, since))
        from = act->from; /* "we send radars and continue to deliver shells" */
    bool again = gives_again(l, tail, g->end) && !counted_within(l, from, tail);
    if (said_already(s, l, SAID_SUPPORT, from, from == act->from || again ? tail : g->end, since))
        return;
    bool binds = act->form == 'n' || act->kind == ACT_COMMIT; /* "agreed contracts" */
    if (binds && said_already(s, l, SAID_DECISION, from, g->end, since)) return;

    bool owed = act->ought && !has_party(&g->giver, s->side.we); /* "South Korea should send" */
    struct said *d = add_said(s, l, owed ? SAID_NEED : SAID_SUPPORT, from, tail);
    d->item = phrase_of(s->a, l, g->t.first, g->t.end);
    d->goods = class_of_list(l, &g->t, GOODS_MIXED);
    d->giver = g->giver;
    d->receiver = g->receiver;
    d->stage = stage_of_gift(s, l, act, &g->t, g->inherited && !what_it_is(s, l, act));
    if (act->train) d->goods = GOODS_TRAINING;
    bool others = g->whose && (act->train || !has_party(&g->giver, s->side.we));
    if (others && d->stage != SAID_CONSIDERED) d->stage = SAID_PROVIDED;
    if (owed) d->stage = SAID_NO_STAGE;
    remember(s, d);
}

/* "we invest in new missiles", "funds from Congress": nobody else is named as getting it. */
static bool arms_itself(const struct scene *s, const struct line *l, const struct gift *g)
{
    static const char *const verbs[] = {"invest",    "invests",  "invested",
                                        "investing", "procures", "procuring"};
    if (has_party(&g->giver, "Congress")) return true;
    if (!word_in(l->ws, g->act->at, verbs, sizeof verbs / sizeof *verbs)) return false;
    if (s->focused || names_beneficiary(s, l)) return false;
    if (g->t.goods & ~(1u << GOODS_EQUIPMENT | 1u << GOODS_AMMUNITION)) return false;
    if (l->classes & (IS(channel) | IS(bundle))) return false;
    return has_party(&g->giver, s->side.we) &&
           !receiver_in(s, l, g->act->at, g->end, &g->giver).count;
}

/* "called for the free flow of food": asked for, by whoever calls. */
static bool called_for(const struct line *l, const struct act *act)
{
    enum { NEAR = 4 };
    for (uint32_t k = 0; k < l->act_count; k++)
        if (l->acts[k].kind == ACT_NEED && l->acts[k].asks && l->acts[k].end <= act->at &&
            l->acts[k].end + NEAR >= act->at)
            return true;
    return false;
}

/* "the radars that we provided help Ukraine": the next verb, and not what was provided. */
static bool verb_behind(const struct line *l, const struct act *act, const struct things *t)
{
    static const char *const verbs[] = {"help", "support"};
    if (t->goods || t->first != act->end || !word_in(l->ws, act->end, verbs, 2)) return false;
    const struct mention *m = mention_at(l, act->end + 1);
    return m && !m->possessive;
}

static void read_gift(struct scene *s, const struct line *l, const struct act *act, uint32_t since)
{
    struct gift g = {.act = act, .first = act->from, .end = clause_end(l, act->at)};
    g.t = object_of(l, act, g.end);
    if (act->passive || !g.t.count || verb_behind(l, act, &g.t)) {
        if (act->train) read_trained(s, l, act, since);
        read_given(s, l, act, since);
        if (!act->passive && s->out->said_count == since) speaks_of(s, l, act);
        return;
    }
    if (act->form == 'n' && called_for(l, act)) return;
    if (act->kind == ACT_AID && !aids_with(l, act, &g.t)) return;
    if (buys_figure(s, l, act, &g.t, since)) return;
    struct said_parties buyer;
    if (buys_for_itself(s, l, act, g.end, &buyer)) {
        read_sale(s, l, act, &g.t, &buyer, since);
        return;
    }
    if (tells_those_who_ask(s, l, act)) return;
    if (gives_something(l, &g) && find_who_gives(s, l, &g) && find_who_gets(s, l, &g) &&
        !arms_itself(s, l, &g))
        add_gift(s, l, &g, since);
}

/* "is weighing tanks for Ukraine": the things are named, and for whom they are. */
static bool considers_things(const struct line *l, const struct act *act)
{
    enum { SOON = 8, BEHIND = 4 };
    static const char *const verbs[] = {"considering", "consider",  "considers",  "weighing",
                                        "looking",     "exploring", "evaluating", "considered"};
    if (!word_in(l->ws, act->at, verbs, sizeof verbs / sizeof *verbs)) return false;
    struct things t = nearest_things(l, act->end, clause_end(l, act->at));
    const uint32_t arms = 1u << GOODS_EQUIPMENT | 1u << GOODS_AMMUNITION;
    if (!(t.goods & arms) || t.first > act->end + SOON) return false;
    for (uint32_t i = t.end; i < l->end && i < t.end + BEHIND; i++)
        if ((word_is(l->ws, i, "for") || word_is(l->ws, i, "to")) &&
            at_class(l, i + 1) & (IS(party) | IS(demonym) | IS(they) | IS(function)))
            return true;
    return false;
}

void read_deeds(struct scene *s, const struct line *l, uint32_t since)
{
    read_received(s, l, since);
    for (uint32_t k = 0; k < l->act_count; k++) {
        const struct act *act = &l->acts[k];
        switch (act->kind) {
        case ACT_GIVE: {
            uint32_t before = s->out->said_count;
            read_gift(s, l, act, since);
            bool both = word_classes(&l->ws->word[act->at]) & IS(decide); /* "deploy" */
            if (both && s->out->said_count == before) read_decision(s, l, act, since);
            break;
        }
        case ACT_AID: read_gift(s, l, act, since); break;
        case ACT_PROMISE: {
            uint32_t end = clause_end(l, act->at);
            read_gift(s, l, act, since);
            bool says = word_classes(&l->ws->word[act->at]) & IS(decide) && act->end < end;
            if (says && !said_already(s, l, SAID_SUPPORT, act->from, end, since))
                read_decision(s, l, act, since);
            if (!said_already(s, l, SAID_SUPPORT, act->from, end, since))
                read_undertaking(s, l, act, since);
            break;
        }
        case ACT_COMMIT: {
            uint32_t before = s->out->said_count, end = clause_end(l, act->at);
            bool decides = word_classes(&l->ws->word[act->at]) & IS(decide);
            bool paper = decides && signs_paper(l, act, end);
            if (!paper) read_gift(s, l, act, since);
            for (uint32_t i = act->from; i > l->first && i + 5 > act->from; i--)
                paper |= paper_at(l, i - 1); /* "the agreement that they signed" */
            if (s->out->said_count == before && decides &&
                (paper || names_something(l, act->end, end) || passes_law(l, act, end) ||
                 gives_leave(l, act) || undertakes(l, act->end, end)))
                read_decision(s, l, act, since);
            else if (s->out->said_count == before && !(decides && read_decided(s, l, act, since)))
                read_undertaking(s, l, act, since);
            break;
        }
        case ACT_CONSIDER:
            if (considers_things(l, act)) read_gift(s, l, act, since);
            break;
        case ACT_NEED: read_need(s, l, act, since); break;
        case ACT_OUGHT: read_growth(s, l, act, since); break;
        case ACT_CALL: read_request(s, l, act, since); break;
        case ACT_THANK: read_thanks(s, l, act, since); break;
        default: break;
        }
    }
    for (uint32_t k = 0; k < l->act_count; k++) /* last: what was decided may be said as a gift */
        if (l->acts[k].kind == ACT_DECIDE) read_decision(s, l, &l->acts[k], since);
    read_transfers(s, l, since);
}
