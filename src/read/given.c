/*
 * given.c - gifts of which the thing stands before the verb: "the tanks that were sent".
 *
 * And who is trained: "Ukrainian crews are being trained by Norway".
 */
#include "read/deeds.h"
#include "read/gifts.h"

static bool comma_between(const struct line *l, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        if (mark_at(l, i, ',')) return true;
    return false;
}

/* "does not say which systems will be provided": nothing is said of them. */
static bool asked_which(const struct line *l, uint32_t i)
{
    for (uint32_t k = i; k > l->first && k + 3 > i; k--)
        if (word_is(l->ws, k - 1, "which") || word_is(l->ws, k - 1, "what") ||
            (word_is(l->ws, k - 1, "when") && k > l->first + 1 && !mark_at(l, k - 2, ',')))
            return true;
    return false;
}

/* "the systems that Slovakia transferred", "a battery will be delivered": the thing stands before.
 */
void read_given(struct scene *s, const struct line *l, const struct act *act, uint32_t since)
{
    enum { BACK = 16, GAP = 4 };
    bool gives = act->kind == ACT_GIVE || act->kind == ACT_COMMIT || act->kind == ACT_PROMISE;
    if (!gives || act->train || act->denied || asked_at(l, act->at) || act->form == 'n') return;
    if (unseen(l, act)) return;
    uint32_t begin = clause_begin(l, act->from), end = clause_end(l, act->at), first = act->from;
    struct said_parties giver = {0};
    if (act->passive)
        (void)(giver_beside(s, l, act->end, end, &giver) ||
               giver_beside(s, l, begin, act->from, &giver)); /* "a battery from Spain was sent" */
    else if (!subject_of(s, l, begin, act->from, &giver, &first) && goes_on(s, l, act) &&
             !word_is(l->ws, act->from - 1, "that")) /* "systems that provide heat": by nobody */
        giver = s->giver;
    else if (!giver.count)
        return;
    if (first + BACK < act->from) return;
    uint32_t back = first > l->first + BACK ? first - BACK : l->first;
    if (act->passive && back < begin && begin + 1 < first && word_is(l->ws, begin - 1, "and"))
        back = begin; /* "... in aid, and more rifles are on the way" */
    struct things t = things_in(l, back, first);
    if (!t.goods || t.end + GAP < first || t.goods == 1u << GOODS_PERSONNEL) return;
    t = things_in(l, t.end > back + 8 ? t.end - 8 : back, first); /* the nearest ones */
    if (act->kind != ACT_GIVE && comma_between(l, t.end, first)) return;
    if (act->passive && !giver.count && word_is(l->ws, act->end, "by")) return;
    if (asked_which(l, t.first) || (act->passive && word_is(l->ws, act->at, "used"))) return;
    if (everyday(t.goods)) return;
    const struct mention *own = mention_before(l, t.first); /* "Lithuania's howitzers arrived" */
    if (!giver.count && own && own->possessive && own->kind <= MENTION_DEMONYM &&
        is_named(code_of(s, own)))
        add_party(&giver, code_of(s, own));
    if (!giver.count && is_named(s->side.we)) add_party(&giver, s->side.we);
    if (!giver.count || is_beneficiary(s, &giver) || has_party(&giver, s->adversary)) return;
    bool ours =
        !act->passive && act->from < first + 4 && arms_flow(s, act, &t); /* "what we are sending" */
    if (has_party(&giver, s->side.we) && !on_topic(s, l) && !ours) return;
    if (act->moves && carrier_alone(s, l, &t)) return;
    if (act->moves && s->warmth + 1 < WARM && !receiver_in(s, l, act->at, end, &giver).count)
        return; /* "a destroyer arriving this fall" */
    if (said_already(s, l, SAID_SUPPORT, t.first, act->end, since)) return;
    if (counted_within(l, t.first > l->first + 2 ? t.first - 2 : l->first, act->end)) return;

    uint32_t to = act->end;
    while (to < end && to < act->end + 8 && !mark_at(l, to, ',') && !word_is(l->ws, to, "and"))
        to++;
    struct said *d = add_said(s, l, SAID_SUPPORT, t.first, to);
    d->item = phrase_of(s->a, l, t.first, t.end);
    d->goods = class_of(&(struct things){.goods = t.goods}, GOODS_MIXED);
    d->giver = giver;
    d->receiver = receiver_of(s, l, act->end, to, &giver);
    d->stage = stage_of(&act, 1);
    remember(s, d);
}

/* "Ukrainian crews are being trained by Norway": who gets the training stands before. */
void read_trained(struct scene *s, const struct line *l, const struct act *act, uint32_t since)
{
    enum { BACK = 8 };
    uint32_t begin = clause_begin(l, act->from), end = clause_end(l, act->at);
    struct said_parties giver = {0};
    if (!act->passive || act->denied || asked_at(l, act->at) || act->form == 'n') return;
    if (begin + BACK < act->from) begin = act->from - BACK;
    if (!giver_beside(s, l, act->end, end, &giver) || is_beneficiary(s, &giver)) return;
    struct things t = things_in(l, begin, act->from);
    struct said_parties who = {0};
    for (uint32_t k = 0; k < l->party_count; k++)
        if (l->parties[k].first >= begin && l->parties[k].first < act->from)
            add_party(&who, code_of(s, &l->parties[k]));
    if (!(t.goods & 1u << GOODS_PERSONNEL) && !who.count) return;
    if (said_already(s, l, SAID_SUPPORT, begin, act->end, since)) return;
    struct said *d = add_said(s, l, SAID_SUPPORT, begin, end);
    d->item = t.count ? phrase_of(s->a, l, t.first, t.end) : "training";
    d->goods = GOODS_TRAINING;
    d->giver = giver;
    d->receiver = who;
    if (!who.count) add_party(&d->receiver, s->beneficiary);
    d->stage = stage_of(&act, 1);
    remember(s, d);
}
