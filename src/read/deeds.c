/*
 * deeds.c - acts without a number: who gives which thing, who needs it, who
 * decided what.
 *
 * Only concrete things count ("tanks", "training", not "support" or "help"),
 * or a statement would be found in every second sentence. Denials are no
 * gifts, and a question that only asks claims nothing.
 */
#include <string.h>

#include "read/scene.h"

enum { OBJECT_MAX = 26 }; /* words behind a verb that its object can reach */

static bool counted_within(const struct line *l, uint32_t from, uint32_t to)
{
    for (uint32_t k = 0; k < l->value_count; k++)
        if (l->values[k].kind <= VALUE_BARE && l->values[k].first >= from &&
            l->values[k].first < to)
            return true;
    return false;
}

/* "We have no indication that China supplies weapons": what is not seen did not happen. */
static bool unseen(const struct line *l, const struct act *act)
{
    static const char *const nouns[] = {"indication", "indications", "evidence", "sign", "signs"};
    bool deny = false;
    for (uint32_t i = l->first; i < act->from; i++) {
        deny |= (word_classes(&l->ws->word[i]) & IS(deny)) != 0;
        for (size_t k = 0; deny && k < sizeof nouns / sizeof *nouns; k++)
            if (word_is(l->ws, i, nouns[k])) return true;
    }
    return false;
}

/* Whether one of the statements of this sentence covers some of the words [from, to). */
static bool said_already(const struct scene *s, const struct line *l, enum said_kind kind,
                         uint32_t from, uint32_t to, uint32_t since)
{
    const struct word *last = &l->ws->word[to - 1];
    size_t begin = plain_file(s->plain, l->ws->word[from].at);
    size_t end = plain_file_end(s->plain, last->at + last->len);
    for (uint32_t i = since; i < s->out->said_count; i++) {
        const struct said *d = &s->out->said[i];
        if (d->kind == kind && d->start < end && d->end > begin) return true;
    }
    return false;
}

/* Where the words that carry a thing end: soon behind it, at a comma or an "and". */
static uint32_t quote_end(const struct line *l, const struct things *t, uint32_t end)
{
    enum { TAIL = 8 };
    if (!t->count) return end;
    for (uint32_t i = t->end; i < end; i++)
        if (i > t->end + TAIL || mark_at(l, i, ',') || word_is(l->ws, i, "and")) return i;
    return end;
}

static bool is_beneficiary(const struct scene *s, const struct said_parties *ps)
{
    return s->beneficiary && ps->count == 1 && has_party(ps, s->beneficiary);
}

/* What the verb's object names: things soon behind it. */
static struct things object_of(const struct line *l, const struct act *act, uint32_t end)
{
    uint32_t to = act->end + OBJECT_MAX < end ? act->end + OBJECT_MAX : end;
    if (act->kind == ACT_NEED) return things_in(l, act->end, to);
    for (uint32_t k = 0; k < l->act_count; k++) /* what the next verb gives is its own */
        if (l->acts[k].at > act->at && l->acts[k].from < to && l->acts[k].from >= act->end &&
            (l->acts[k].kind == ACT_GIVE || l->acts[k].kind == ACT_AID) && l->acts[k].form != 'n')
            to = l->acts[k].from;
    struct things t = nearest_things(l, act->end, to);
    if (t.count && t.first > act->end + 12) t.count = 0, t.goods = 0, t.soft = 0;
    return t;
}

/* "support Ukraine with tanks", but not "supported by tanks". */
static bool aids_with(const struct line *l, const struct act *act, const struct things *t)
{
    static const char *const links[] = {"with", "acquire", "obtain", "procure", "get", "buy"};
    for (uint32_t i = act->end; i < t->first; i++)
        for (size_t k = 0; k < sizeof links / sizeof *links; k++)
            if (word_is(l->ws, i, links[k])) return true;
    return false;
}

/* Whether the sentence is about supporting somebody at all. */
static bool on_topic(const struct scene *s, const struct line *l)
{
    return s->warmth || names_beneficiary(s, l);
}

/* Arms that were given, in a document about somebody's defence, went to them. */
static bool arms_given(const struct scene *s, const struct act *act, const struct things *t)
{
    return s->beneficiary && s->adversary && act->perfect && act->form == 'd' &&
           t->goods & (1u << GOODS_AMMUNITION | 1u << GOODS_EQUIPMENT);
}

/* "This funding will provide", "Additional assistance brings": support is the subject. */
static bool soft_subject(const struct line *l, const struct act *act)
{
    uint64_t subject = classes_in(l, clause_begin(l, act->at), act->from);
    return (subject & (IS(soft) | IS(bundle) | IS(channel))) != 0;
}

/* "This funding will provide": the sentence goes on about what was just given. */
static bool goes_on(const struct scene *s, const struct line *l, const struct act *act)
{
    static const char *const words[] = {"this", "these", "it", "that", "they", "which", "the"};
    uint32_t begin = clause_begin(l, act->at);
    bool support = soft_subject(l, act);
    if (support && is_named(s->side.we) && act->form != 'g') return true;
    if (!s->warmth || !s->giver.count) return false;
    if (act->form == 'g' && act->from == act->at && act->at > l->first && s->warmth + 1 >= WARM &&
        (mark_at(l, act->at - 1, ',') || word_is(l->ws, act->at - 1, "by")))
        return true; /* "..., providing them food and shelter" */
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        if (word_is(l->ws, begin, words[k]) && (support || act->from <= begin + 2)) return true;
        if (k < 6 && act->from > begin && word_is(l->ws, act->from - 1, words[k])) return true;
    }
    return false;
}

/* Food, fuel, medicine: everybody speaks of them; one word of them is no gift. */
static bool everyday(uint32_t goods)
{
    return !(goods &
             ~(1u << GOODS_FOOD | 1u << GOODS_FUEL | 1u << GOODS_MEDICAL | 1u << GOODS_OTHER));
}

static bool comma_between(const struct line *l, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        if (mark_at(l, i, ',')) return true;
    return false;
}

/* "the systems that Slovakia transferred", "a battery will be delivered": the thing stands before.
 */
static void read_given(struct scene *s, const struct line *l, const struct act *act, uint32_t since)
{
    enum { BACK = 16, GAP = 4 };
    bool gives = act->kind == ACT_GIVE || act->kind == ACT_COMMIT || act->kind == ACT_PROMISE;
    if (!gives || act->train || act->denied || l->question || act->form == 'n') return;
    uint32_t begin = clause_begin(l, act->from), end = clause_end(l, act->at), first = act->from;
    struct said_parties giver = {0};
    if (act->passive)
        (void)(giver_beside(s, l, act->end, end, &giver) ||
               giver_beside(s, l, begin, act->from, &giver)); /* "a battery from Spain was sent" */
    else if (!subject_of(s, l, begin, act->from, &giver, &first) && goes_on(s, l, act))
        giver = s->giver;
    else if (!giver.count)
        return;
    if (first + BACK < act->from) return;
    uint32_t back = first > l->first + BACK ? first - BACK : l->first;
    struct things t = things_in(l, back, first);
    if (!t.goods || t.end + GAP < first || t.goods == 1u << GOODS_PERSONNEL) return;
    t = things_in(l, t.end > back + 8 ? t.end - 8 : back, first); /* the nearest ones */
    if (act->kind != ACT_GIVE && comma_between(l, t.end, first)) return;
    if (act->passive && !giver.count && word_is(l->ws, act->end, "by")) return;
    if (everyday(t.goods)) return;
    if (!giver.count && is_named(s->side.we)) add_party(&giver, s->side.we);
    if (!giver.count || is_beneficiary(s, &giver) || has_party(&giver, s->adversary)) return;
    if (has_party(&giver, s->side.we) && !on_topic(s, l)) return;
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

/* "the United Kingdom announced that it is donating": it is who was named before. */
static const struct mention *what_it_is(const struct scene *s, const struct line *l,
                                        const struct act *act)
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

/* "Iran's provision of drones": whose noun of giving it is. */
static const struct mention *owner_of(const struct line *l, const struct act *act)
{
    if (act->at == l->first) return NULL;
    const struct mention *m = mention_at(l, act->at - 1);
    if (!m && act->at >= l->first + 2 && word_is(l->ws, act->at - 1, "'s"))
        m = mention_at(l, act->at - 2);
    return m && (m->possessive || m->modifier) ? m : NULL;
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

static void read_gift(struct scene *s, const struct line *l, const struct act *act, uint32_t since)
{
    uint32_t end = clause_end(l, act->at), first = act->from;
    struct things t = object_of(l, act, end);
    if (act->passive || !t.count) {
        read_given(s, l, act, since);
        if (!act->passive && s->out->said_count == since) speaks_of(s, l, act);
        return;
    }
    if (act->kind == ACT_AID && !aids_with(l, act, &t)) return;
    bool bundle = act->kind != ACT_AID && classes_in(l, act->end, act->end + 8) & IS(bundle) &&
                  !counted_within(l, l->first, l->end);
    if ((!t.goods && !bundle) || act->denied || act->passive || l->question) return;
    if (unseen(l, act)) return;
    struct said_parties giver = {0};
    const struct mention *whose = act->form == 'n' ? owner_of(l, act) : NULL;
    if (whose && code_of(s, whose)) {
        add_party(&giver, code_of(s, whose));
        first = whose->first;
    } else if (act->form == 'n' && !giver_beside(s, l, act->end, end, &giver) && !s->warmth) {
        return; /* "the transfer of missiles": by nobody */
    } else if (!giver.count && !giver_beside(s, l, act->end, end, &giver) &&
               !subject_of(s, l, clause_begin(l, act->at), act->from, &giver, &first))
        giver = giver_of(s, l, clause_begin(l, act->at), act->end, act->end, end);
    add_companions(s, l, clause_begin(l, act->at), t.first, &giver);
    allies_not_nato(s, &giver);
    bool the = act->form == 'n' && word_is(l->ws, clause_begin(l, act->at), "the");
    bool inherited = !giver.count && !the && goes_on(s, l, act);
    const struct mention *it = inherited ? what_it_is(s, l, act) : NULL;
    if (it)
        add_party(&giver, code_of(s, it));
    else if (inherited && soft_subject(l, act) && is_named(s->side.we))
        add_party(&giver, s->side.we);
    else if (inherited && any_named(&s->giver))
        giver = s->giver;
    if (inherited && !giver.count) add_party(&giver, s->side.we);
    if (!giver.count || is_beneficiary(s, &giver)) return;
    if (t.goods == 1u << GOODS_PERSONNEL && !act->train) return; /* troops: figures, if counted */
    if (everyday(t.goods) && t.count < 2 && !receiver_in(s, l, act->at, end, &giver).count) return;
    if (has_party(&giver, s->side.we) && !on_topic(s, l) && !arms_given(s, act, &t)) return;
    struct said_parties receiver = receiver_of(s, l, act->at, end, &giver);
    if (s->adversary && has_party(&giver, s->adversary) &&
        (!receiver.count || has_party(&receiver, s->beneficiary)))
        return;
    uint32_t from = first < act->from ? first : act->from;
    if (counted_within(l, from, act->from)) from = act->from; /* its words are said by the number */
    if (said_already(s, l, SAID_SUPPORT, from, end, since)) return;

    bool owed = act->ought && !has_party(&giver, s->side.we); /* "South Korea should send" */
    struct said *d = add_said(s, l, owed ? SAID_NEED : SAID_SUPPORT, from, quote_end(l, &t, end));
    d->item = phrase_of(s->a, l, t.first, t.end);
    d->goods = class_of(&(struct things){.goods = t.goods}, GOODS_MIXED);
    d->giver = giver;
    d->receiver = receiver;
    const struct act *acts[ACTS_MAX];
    d->stage = stage_of(acts, acts_between(l, clause_begin(l, act->at), act->end, acts));
    if (inherited && s->stage && d->stage != SAID_COMMITTED && !act->future) d->stage = s->stage;
    if (s->requested && !(act->perfect && !act->infinitive)) d->stage = SAID_CONSIDERED;
    if (act->train) d->goods = GOODS_TRAINING;
    if (d->stage == SAID_PROVIDED && act->form == 'g' && !act->perfect && !act->proceeds &&
        fresh_object(l, act, &t))
        d->stage = SAID_ANNOUNCED;
    if (whose && !has_party(&giver, s->side.we)) d->stage = SAID_PROVIDED;
    if (act->ought || conditional_at(l, act->from)) d->stage = SAID_CONSIDERED;
    if (d->stage == SAID_NO_STAGE) d->stage = SAID_ANNOUNCED;
    if (owed) d->stage = SAID_NO_STAGE;
    remember(s, d);
}

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
        if (!word_is(l->ws, i, "that") && !word_is(l->ws, i, "what") && !word_is(l->ws, i, "they"))
            continue;
        if (i == l->first) return false;
        uint64_t before = word_classes(&l->ws->word[i - 1]);
        if (word_is(l->ws, i, "they")) { /* "the weapons they need", but "that they need weapons" */
            if (before & (IS(goods) | IS(soft))) return true;
            continue;
        }
        return (before & (IS(goods) | IS(soft) | IS(function))) != 0 ||
               (l->ws->word[i - 1].shape & SHAPE_MARK && !mark_at(l, i - 1, ','));
    }
    return false;
}

static void read_need(struct scene *s, const struct line *l, const struct act *act, uint32_t since)
{
    uint32_t end = clause_end(l, act->at), first = act->from;
    struct things t = object_of(l, act, end);
    if (!t.count && act->asks) t = asked_before(l, act);
    if (act->denied || relative(l, act) || (!t.goods && !(t.soft & ~(1u << GOODS_MONEY)))) return;
    if (said_already(s, l, SAID_NEED, act->from, end, since)) return;
    struct said_parties receiver = {0};
    const struct mention *whose = act->from > l->first ? mention_at(l, act->from - 1) : NULL;
    if (!whose && act->from >= l->first + 2 && word_is(l->ws, act->from - 1, "'s"))
        whose = mention_at(l, act->from - 2);
    if (whose && whose->possessive && code_of(s, whose)) /* "President Zelenskyy's call for" */
        add_party(&receiver, code_of(s, whose));
    else
        subject_of(s, l, clause_begin(l, act->at), act->from, &receiver, &first);
    if (!receiver.count) add_party(&receiver, s->beneficiary);
    if (!receiver.count || (s->adversary && has_party(&receiver, s->adversary))) return;

    uint32_t from = first < act->from ? first : act->from;
    bool before = t.end <= act->from;
    if (before && t.first < from) from = t.first;
    struct said *d = add_said(s, l, SAID_NEED, from, before ? act->end : quote_end(l, &t, end));
    d->item = phrase_of(s->a, l, t.first, t.end);
    d->goods = class_of_list(l, &t, GOODS_MIXED);
    d->receiver = receiver;
    s->needing = 6;
    if (has_party(&receiver, s->side.we)) add_asked(s, l, act->from, t.first, d);
}

/* Two words with capitals in a row soon behind the verb: "the European Resilience Initiative". */
static bool names_something(const struct line *l, uint32_t from, uint32_t to)
{
    if (to > from + 12) to = from + 12;
    for (uint32_t i = from; i + 1 < to; i++)
        if (l->ws->word[i].shape & SHAPE_CAPITAL && l->ws->word[i + 1].shape & SHAPE_CAPITAL)
            return true;
    return false;
}

/* Whom a decision is for: "support for Ukraine", "cooperation with Finland and Sweden". */
static struct said_parties concerned(const struct scene *s, const struct line *l, uint32_t from,
                                     uint32_t to, const struct said_parties *giver)
{
    struct said_parties none = {0}, out = receiver_in(s, l, from, to, giver);
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        if (out.count || m->first <= from || m->first >= to || !code_of(s, m)) continue;
        if (word_is(l->ws, m->first - 1, "with") && !has_party(giver, code_of(s, m))) {
            for (uint32_t j = k; j < l->party_count && l->parties[j].first < to; j++)
                if (is_named(code_of(s, &l->parties[j])))
                    add_party(&out, code_of(s, &l->parties[j]));
        }
    }
    for (uint32_t i = from + 1; i < to; i++)
        if (mention_at(l, i) && (word_is(l->ws, i - 1, "in") || word_is(l->ws, i - 1, "into")))
            return none;
    return out;
}

/* "Germany's decision to send tanks", "grateful to the EU for their decision to". */
static void read_their_decision(struct scene *s, const struct line *l, const struct act *act,
                                uint32_t since)
{
    uint32_t end = clause_end(l, act->at), first = act->at;
    if (!word_is(l->ws, act->at, "decision") || !word_is(l->ws, act->at + 1, "to")) return;
    struct said_parties giver = {0};
    const struct mention *m = act->at > l->first ? mention_at(l, act->at - 1) : NULL;
    if (m && m->kind == MENTION_THEY) {
        for (uint32_t k = 0; k < l->party_count && l->parties[k].first < act->at; k++)
            add_party(&giver, l->parties[k].kind == MENTION_THEY || l->parties[k].kind == MENTION_WE
                                  ? NULL
                                  : code_of(s, &l->parties[k]));
        if (giver.count) first = l->parties[0].first;
    } else if (act->at >= l->first + 2 && (m = mention_at(l, act->at - 2)) != NULL &&
               word_is(l->ws, act->at - 1, "'s")) {
        add_party(&giver, code_of(s, m));
        first = m->first;
    }
    if (!any_named(&giver) || has_party(&giver, s->adversary) || is_beneficiary(s, &giver)) return;
    if (said_already(s, l, SAID_DECISION, first, end, since)) return;
    if (said_already(s, l, SAID_SUPPORT, first, end, since)) return; /* it is the gift */
    struct said *d = add_said(s, l, SAID_DECISION, first, end);
    d->item = phrase_of(s->a, l, act->at + 2, end);
    d->giver = giver;
    struct things t = things_in(l, act->end, end);
    d->goods = class_of(&t, GOODS_OTHER);
    d->receiver = concerned(s, l, act->end, end, &giver);
}

static void read_decision(struct scene *s, const struct line *l, const struct act *act,
                          uint32_t since)
{
    uint32_t begin = clause_begin(l, act->at), end = clause_end(l, act->at), first = act->from;
    if (act->form == 'n') {
        read_their_decision(s, l, act, since);
        return;
    }
    if (act->denied || act->modal || l->question || conditional_at(l, act->from)) return;
    if (act->form == 'b' && !act->future && !act->infinitive) return;
    if (said_already(s, l, SAID_DECISION, act->from, end, since)) return;
    bool does = act->end < end && word_is(l->ws, act->end, "to"); /* "has agreed to hand over" */
    if (does && said_already(s, l, SAID_SUPPORT, act->from, end, since)) return;
    struct said_parties giver = {0};
    if (act->passive) {
        giver_beside(s, l, act->end, end, &giver);
        if (!giver.count) add_party(&giver, s->side.we);
    } else {
        subject_of(s, l, clause_begin(l, act->at), act->from, &giver, &first);
        bool it = act->from > l->first && word_is(l->ws, act->from - 1, "it");
        if (!giver.count && it && s->alliance) add_party(&giver, s->alliance);
        if (!giver.count && classes_in(l, begin, act->from) & IS(body))
            add_party(&giver, s->alliance && is_named(s->side.we) ? s->alliance : s->side.we);
    }
    if (!giver.count || end <= act->end + 1 || is_beneficiary(s, &giver)) return;
    if (s->adversary && has_party(&giver, s->adversary)) return;
    uint64_t object = classes_in(l, act->end, end);
    if (object & IS(hostile)) return;
    bool deploys = word_classes(&l->ws->word[act->at]) & IS(give);
    if (deploys && any_named(&giver)) return; /* a country's deployment is a figure */
    if ((deploys || act->weak) && said_already(s, l, SAID_FIGURE, begin, end, since)) return;
    if (act->weak && any_named(&giver) && !names_something(l, act->end, end)) return;
    if (any_named(&giver) && !act->weak && !has_party(&giver, "EU") && !has_party(&giver, "G7") &&
        !(object & (IS(goods) | IS(soft) | IS(channel) | IS(theme))) &&
        !(on_topic(s, l) && names_something(l, act->end, end)))
        return;

    struct said *d = add_said(s, l, SAID_DECISION, first < act->from ? first : act->from, end);
    d->item = phrase_of(s->a, l, act->end, end);
    d->giver = giver;
    uint32_t stop = act->end;
    while (stop < end && stop < act->end + 18 && !word_is(l->ws, stop, "by")) stop++;
    struct things t = things_in(l, act->end, stop);
    bool title = !t.goods && names_something(l, act->end, end);
    d->goods =
        title ? GOODS_OTHER : class_of(&(struct things){.goods = t.goods | t.soft}, GOODS_OTHER);
    d->receiver = concerned(s, l, act->end, end, &giver);
}

/* The statement that these contents are of: the last one, if it is support and near. */
static void fill_contents(struct scene *s, struct said *d, const struct things *t)
{
    d->goods = class_of(t, GOODS_MIXED);
    d->giver = s->list && s->list_giver.count ? s->list_giver : s->giver;
    if (!d->giver.count) add_party(&d->giver, s->side.we);
    d->receiver = s->list && any_named(&s->list_receiver) ? s->list_receiver : s->receiver;
    if (!d->receiver.count && !has_party(&d->giver, s->beneficiary))
        add_party(&d->receiver, s->beneficiary);
    d->stage = s->list && s->list_stage ? s->list_stage : s->stage;
    if (d->stage == SAID_NO_STAGE) d->stage = SAID_ANNOUNCED;
    if (s->requested) d->stage = SAID_CONSIDERED;
}

/* Items of one sentence, "...; and" at their ends, are one statement without numbers. */
static bool joins_item(struct scene *s, const struct line *l)
{
    struct reading *r = s->out;
    if (!r->said_count || l->index == 0) return false;
    struct said *d = &r->said[r->said_count - 1];
    const struct sentence *before = &l->ws->sentence[l->index - 1];
    uint32_t last = before->first + before->count - 1;
    size_t end = plain_file_end(s->plain, l->ws->word[last].at + l->ws->word[last].len);
    bool open = word_is(l->ws, last, "and") || l->ws->text[l->ws->word[last].at] == ';';
    if (d->counted || !before->bullet || !open || d->end + 8 < end) return false;
    const struct word *w = &l->ws->word[l->end - 1];
    d->end = plain_file_end(s->plain, w->at + w->len);
    return true;
}

/* "This is the 11th tranche of our assistance": no verb of giving, and yet a promise. */
static void read_bundle(struct scene *s, const struct line *l, uint32_t since)
{
    static const char *const starts[] = {"this", "that", "it"};
    if (s->out->said_count > since || !is_named(s->side.we) || l->question) return;
    uint32_t i = l->first, begin = l->end;
    for (; i < l->end && i < l->first + 6 && begin == l->end; i++)
        for (size_t k = 0; k < sizeof starts / sizeof *starts; k++)
            if (word_is(l->ws, i, starts[k]) && i + 1 < l->end &&
                word_classes(&l->ws->word[i + 1]) & IS(aux))
                begin = i;
    for (i = begin; i + 1 < l->end && i < begin + 9; i++) {
        if (!(word_classes(&l->ws->word[i + 1]) & IS(bundle))) continue;
        bool th = word_is(l->ws, i, "th") || word_is(l->ws, i, "st") || word_is(l->ws, i, "nd") ||
                  word_is(l->ws, i, "rd") || word_is(l->ws, i, "latest") ||
                  word_is(l->ws, i, "next");
        if (!th) continue;
        struct said *d = add_said(s, l, SAID_SUPPORT, begin, clause_end(l, i));
        d->item = phrase_of(s->a, l, i + 1, i + 1 + l->ws->word[i + 1].span);
        d->goods = GOODS_MIXED;
        add_party(&d->giver, s->side.we);
        add_party(&d->receiver, s->beneficiary);
        d->stage = SAID_ANNOUNCED;
        remember(s, d);
        return;
    }
}

/* The uncounted rest of a list whose first item had a number. */
static void read_rest(struct scene *s, const struct line *l, uint32_t since)
{
    for (uint32_t k = 0; k < l->value_count; k++) {
        const struct value *v = &l->values[k];
        uint32_t last = v->noun + v->noun_count;
        if (v->kind != VALUE_COUNT || !v->noun_count || !mark_at(l, last, ',')) continue;
        uint32_t end = clause_end(l, last);
        if (k + 1 < l->value_count && l->values[k + 1].first < end) end = l->values[k + 1].first;
        struct things t = things_in(l, last + 1, end);
        uint32_t least = word_is(l->ws, last + 1, "and") ? 1 : 2;
        if (!t.goods || t.count < least || t.first > last + 4) continue;
        if (!s->out->said_count || s->out->said_count == since) return;
        const struct said *head = &s->out->said[s->out->said_count - 1];
        if (head->kind != SAID_SUPPORT || said_already(s, l, SAID_SUPPORT, last + 1, end, since))
            continue;
        struct said_parties giver = head->giver, receiver = head->receiver;
        enum said_stage stage = head->stage;
        struct said *d = add_said(s, l, SAID_SUPPORT, last + 1, quote_end(l, &t, end));
        d->item = phrase_of(s->a, l, t.first, t.end);
        d->goods = class_of(&(struct things){.goods = t.goods}, GOODS_MIXED);
        d->giver = giver;
        d->receiver = receiver;
        d->stage = stage;
    }
}

/* "As well as armoured vehicles from France": no verb, but who and what. */
static bool read_fragment(struct scene *s, const struct line *l)
{
    struct said_parties giver = {0};
    struct things t = things_in(l, l->first, l->end);
    if (!t.goods || !giver_beside(s, l, l->first, l->end, &giver)) return false;
    for (uint32_t k = 0; k < l->act_count; k++)
        if (l->acts[k].kind != ACT_HAVE) return false;
    struct said *d = add_said(s, l, SAID_SUPPORT, l->first, l->end);
    d->item = phrase_of(s->a, l, t.first, t.end);
    fill_contents(s, d, &t);
    d->giver = giver;
    remember(s, d);
    return true;
}

/* "MLRS systems. Anti-ship weapons.": things named alone behind a need are needed. */
static bool read_needed(struct scene *s, const struct line *l)
{
    struct things t = things_in(l, l->first, l->end);
    if (!s->needing || !t.goods || l->act_count || l->value_count || l->question) return false;
    struct said_parties beside = {0};
    if (l->end - l->first > 9 || l->classes & (IS(aux) | IS(list))) return false;
    if (giver_beside(s, l, l->first, l->end, &beside)) return false;
    s->needing = 6;
    struct reading *r = s->out;
    struct said *last = r->said_count ? &r->said[r->said_count - 1] : NULL;
    const struct word *end = &l->ws->word[l->end - 1];
    if (last && last->kind == SAID_NEED && !last->counted && s->fragments) {
        last->end = plain_file_end(s->plain, end->at + end->len); /* one list in fragments */
        return true;
    }
    struct said_parties giver = last ? last->giver : (struct said_parties){0};
    struct said *d = add_said(s, l, SAID_NEED, l->first, l->end);
    d->item = phrase_of(s->a, l, t.first, t.end);
    d->goods = class_of(&(struct things){.goods = t.goods}, GOODS_MIXED);
    add_party(&d->receiver, s->beneficiary);
    d->giver = giver;
    s->fragments = true;
    return true;
}

/* "weapons, including rocket systems": contents of things without a number are the same statement.
 */
static bool runs_on(struct scene *s, const struct line *l, uint32_t i, uint32_t end)
{
    struct said *last = &s->out->said[s->out->said_count - 1];
    if (last->counted || last->kind != SAID_SUPPORT || i < l->first + 2) return false;
    const struct word *before = &l->ws->word[i - 1];
    if (before->shape & SHAPE_MARK) before--;
    if (last->end != plain_file_end(s->plain, before->at + before->len)) return false;
    while (end > i + 1 && l->ws->word[end - 1].shape & SHAPE_MARK) end--;
    const struct word *w = &l->ws->word[end - 1];
    last->end = plain_file_end(s->plain, w->at + w->len);
    return true;
}

void read_contents(struct scene *s, const struct line *l, uint32_t since)
{
    const struct sentence *sent = &l->ws->sentence[l->index];
    read_bundle(s, l, since);
    if (s->out->said_count == since && read_needed(s, l)) return;
    s->fragments = false;
    if (s->list && sent->bullet && s->out->said_count == since) {
        struct things t = things_in(l, l->first, l->end);
        bool ours = t.count && !(l->classes & IS(hostile));
        if (ours && !counted_within(l, l->first, l->end) && !joins_item(s, l)) {
            struct said *d = add_said(s, l, SAID_SUPPORT, l->first, l->end);
            d->item = phrase_of(s->a, l, t.first, t.end);
            fill_contents(s, d, &t);
            if (!t.goods && s->money == GOODS_MONEY) d->goods = GOODS_MONEY;
        }
        return;
    }
    if (s->warmth + 2 < WARM || !s->stage || has_party(&s->giver, s->adversary)) return;
    if (s->out->said_count == since && read_fragment(s, l)) return;
    read_rest(s, l, since);
    for (uint32_t i = l->first; i < l->end; i += l->ws->word[i].span) {
        const struct word *w = &l->ws->word[i];
        if (!(word_classes(w) & IS(list)) || *word_value(w, WORD_list)) continue;
        if (word_is(l->ws, i + w->span, "by")) continue; /* "including by supporting" */
        uint32_t end = clause_end(l, i);
        struct things t = things_in(l, i + w->span, end);
        for (uint32_t k = 0; k < l->value_count; k++) /* "including drones and 100 radars" */
            if (l->values[k].kind <= VALUE_BARE && l->values[k].first > i + 2 &&
                l->values[k].first < end)
                end = l->values[k].first;
        t = things_in(l, i + w->span, end);
        if (!t.goods || t.first > i + 8 || counted_within(l, i, t.end)) continue;
        if (classes_in(l, i, end) & IS(hostile)) continue;
        if (s->out->said_count > since && runs_on(s, l, i, end)) return;
        t.soft = 0;
        if (said_already(s, l, SAID_SUPPORT, i, t.end, since)) continue;
        struct said *d = add_said(s, l, SAID_SUPPORT, i, end);
        d->item = phrase_of(s->a, l, t.first, t.end);
        fill_contents(s, d, &t);
        struct said_parties beside = {0};
        if (giver_beside(s, l, i, end, &beside)) d->giver = beside;
        if (i > l->first && word_classes(&l->ws->word[i - 1]) & IS(future) && !s->requested)
            d->stage = SAID_ANNOUNCED;
        return;
    }
}

/* "I am grateful to each of you for the weapons": what one is thanked for was given. */
static void read_thanks(struct scene *s, const struct line *l, const struct act *act,
                        uint32_t since)
{
    uint32_t end = clause_end(l, act->at), what = act->end;
    while (what < end && !word_is(l->ws, what, "for")) what++;
    if (what >= end || l->question) return;
    struct things t = things_in(l, what, what + 10 < end ? what + 10 : end);
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
    if (!giver.count) add_party(&giver, s->addressed);
    if (!giver.count || is_beneficiary(s, &giver)) return;
    struct said *d = add_said(s, l, SAID_SUPPORT, act->from, end);
    d->item = phrase_of(s->a, l, t.first, t.end);
    d->goods = class_of_list(l, &t, GOODS_MIXED);
    d->giver = giver;
    d->receiver = receiver_of(s, l, what, end, &giver);
    d->stage = SAID_PROVIDED;
    remember(s, d);
}

void read_deeds(struct scene *s, const struct line *l, uint32_t since)
{
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
        case ACT_AID:
        case ACT_PROMISE: read_gift(s, l, act, since); break;
        case ACT_COMMIT: {
            uint32_t before = s->out->said_count;
            read_gift(s, l, act, since);
            bool named = word_classes(&l->ws->word[act->at]) & IS(decide) &&
                         names_something(l, act->end, clause_end(l, act->at));
            if (s->out->said_count == before && named) read_decision(s, l, act, since);
            break;
        }
        case ACT_NEED: read_need(s, l, act, since); break;
        case ACT_CALL: { /* "weapons that Ukraine has requested" */
            struct said_parties who = {0};
            uint32_t first;
            struct act asks = *act;
            asks.kind = ACT_NEED;
            asks.asks = true;
            if (subject_of(s, l, clause_begin(l, act->at), act->from, &who, &first) &&
                is_beneficiary(s, &who))
                read_need(s, l, &asks, since);
            break;
        }
        case ACT_THANK: read_thanks(s, l, act, since); break;
        default: break;
        }
    }
    for (uint32_t k = 0; k < l->act_count; k++) /* last: what was decided may be said as a gift */
        if (l->acts[k].kind == ACT_DECIDE) read_decision(s, l, &l->acts[k], since);
}
