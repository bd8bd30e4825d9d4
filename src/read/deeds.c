/*
 * deeds.c - acts without a number: every verb is asked whether it gives, needs,
 * thanks or decides, and here which thing a verb of giving gives.
 *
 * Only concrete things count ("tanks", "training", not "support" or "help"),
 * or a statement would be found in every second sentence. Denials are no
 * gifts, and a question that only asks claims nothing.
 */
#include <string.h>

#include "read/amounts.h"
#include "read/deeds.h"
#include "read/wars.h"

enum { OBJECT_MAX = 26 }; /* words behind a verb that its object can reach */

bool counted_within(const struct line *l, uint32_t from, uint32_t to)
{
    for (uint32_t k = 0; k < l->value_count; k++)
        if (l->values[k].kind <= VALUE_BARE && l->values[k].first >= from &&
            l->values[k].first < to)
            return true;
    return false;
}

/* "ruled out sending", "closed the door on": soon before the verb at word i. */
static bool shut_out(const struct line *l, uint32_t i)
{
    enum { BACK = 5 };
    for (uint32_t k = i; k > l->first + 1 && k + BACK > i; k--)
        if ((word_is(l->ws, k - 1, "out") && word_is(l->ws, k - 2, "ruled")) ||
            (word_is(l->ws, k - 1, "on") && word_is(l->ws, k - 2, "door")))
            return true;
    return false;
}

/* "We have no indication that China supplies weapons": what is not seen did not happen. */
static bool unseen(const struct line *l, const struct act *act)
{
    static const char *const nouns[] = {"indication",   "indications", "evidence", "sign",
                                        "signs",        "confirm",     "aware",    "confirmation",
                                        "verification", "seen"};
    static const char *const phrases[] = {"think", "believe"};
    if (shut_out(l, act->from)) return true;
    bool deny = false;
    for (uint32_t i = l->first; l->classes & IS(deny) && i < act->from; i++) {
        deny |= (word_classes(&l->ws->word[i]) & IS(deny)) != 0;
        if (deny && word_in(l->ws, i, nouns, sizeof nouns / sizeof *nouns)) return true;
        bool doubts = deny && act->infinitive && /* "don't think it useful to send" */
                      word_in(l->ws, i, phrases, sizeof phrases / sizeof *phrases);
        if (doubts) return true;
    }
    return false;
}

/* Whether one of the statements of this sentence covers some of the words [from, to). */
bool said_already(const struct scene *s, const struct line *l, enum said_kind kind, uint32_t from,
                  uint32_t to, uint32_t since)
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
uint32_t quote_end(const struct line *l, const struct things *t, uint32_t end)
{
    enum { TAIL = 8 };
    if (!t->count) return end;
    for (uint32_t i = t->end; i < end; i++)
        if (i > t->end + TAIL || mark_at(l, i, ',') || word_is(l->ws, i, "and")) return i;
    return end;
}

bool is_beneficiary(const struct scene *s, const struct said_parties *ps)
{
    return s->beneficiary && ps->count == 1 && has_party(ps, s->beneficiary);
}

/* "provides training", "to train, advise, and assist forces": no verb with things of its own. */
static bool shares_object(const struct line *l, const struct act *act, const struct act *next)
{
    enum { CHAIN = 4 };
    if (next->from == next->at && !next->train && word_is(l->ws, next->at, "training")) return true;
    if (!act->train || next->from > act->end + CHAIN) return false;
    bool joint = false;
    for (uint32_t i = act->end; i < next->from; i++) {
        joint |= mark_at(l, i, ',') || word_is(l->ws, i, "and");
        if (word_classes(&l->ws->word[i]) & (IS(goods) | IS(unit) | IS(demonym) | IS(we)))
            return false;
    }
    return joint;
}

/* "capabilities for the fight they are in, including": at its comma; i where nothing is listed. */
static uint32_t behind_purpose(const struct line *l, uint32_t i, uint32_t to)
{
    enum { FAR = 10 };
    if (!word_is(l->ws, i, "for") && !word_is(l->ws, i, "to")) return i;
    for (uint32_t k = i + 1; k + 1 < to && k < i + FAR; k++)
        if (mark_at(l, k, ','))
            return word_is(l->ws, k + 1, "including") || word_is(l->ws, k + 1, "such") ? k : i;
    return i;
}

/* Behind the "including" right behind support without a thing; 0: there is none. */
static uint32_t contents_behind(const struct line *l, const struct things *t, uint32_t to)
{
    if (!t->count || t->goods) return 0;
    static const char *const whose[] = {"it", "they"};
    uint32_t i = t->end;
    if (i < to && word_is(l->ws, i, "with") && classes_in(l, t->first, i) & (IS(bundle) | IS(aid)))
        return i + 1; /* "a new package with tanks", "support with ammunition" */
    if (word_is(l->ws, i, "as") || word_is(l->ws, i, "that")) i++;
    if (word_in(l->ws, i, whose, 2) && word_classes(&l->ws->word[i + 1]) & IS(need)) {
        i += 2; /* "the assistance it needs to defend itself, including" */
        while (i < to && !mark_at(l, i, ',') && !(word_classes(&l->ws->word[i]) & IS(list))) i++;
    }
    i = behind_purpose(l, i, to);
    while (i < to && (mark_at(l, i, ',') || word_classes(&l->ws->word[i]) & IS(when))) i++;
    if (word_is(l->ws, i, "to") && mention_at(l, i + 1)) { /* "aid to Latvia, as well as radars" */
        const struct mention *m = mention_at(l, i + 1);
        uint32_t next = m->first + m->count + mark_at(l, m->first + m->count, ',');
        if (next < to && word_is(l->ws, next, "as") && word_is(l->ws, next + 1, "well"))
            return next + l->ws->word[next].span;
    }
    if (i >= to || !(word_classes(&l->ws->word[i]) & IS(list))) return 0;
    return *word_value(&l->ws->word[i], WORD_list) ? 0 : i + l->ws->word[i].span;
}

/* "new funding for drones", "aid to Kenya for radars": support is a thing by what it is for. */
static uint32_t purpose_of(const struct line *l, const struct things *t, uint32_t to)
{
    enum { SOON = 4 };
    uint32_t i = t->end;
    const struct mention *m = word_is(l->ws, i, "to") ? mention_at(l, i + 1) : NULL;
    if (m && !m->possessive && !m->modifier) i = m->first + m->count;
    if (i >= to || !word_is(l->ws, i, "for")) return 0;
    struct things in = nearest_things(l, i + 1, to);
    if (!in.goods || in.goods & 1u << GOODS_PERSONNEL || in.first > i + SOON) return 0;
    if (in.end < to && !(l->ws->word[in.end].shape & SHAPE_MARK) &&
        !(at_class(l, in.end) & (IS(function) | IS(when) | IS(list))))
        return 0; /* "for gun safety" */
    uint32_t money = 1u << GOODS_MONEY;
    return t->soft == money ? money : in.goods;
}

struct things object_of(const struct line *l, const struct act *act, uint32_t end)
{
    uint32_t to = act->end + OBJECT_MAX < end ? act->end + OBJECT_MAX : end;
    bool noun = act->kind == ACT_NEED && act->form == 'n'; /* "meets needs by providing radars" */
    for (uint32_t k = 0; k < l->act_count && noun; k++)
        if (l->acts[k].kind == ACT_GIVE && l->acts[k].form != 'n' && l->acts[k].from >= act->end &&
            l->acts[k].from < to && word_is(l->ws, l->acts[k].from - 1, "by"))
            to = l->acts[k].from;
    if (act->kind == ACT_NEED) return things_in(l, act->end, to);
    if (act->train) { /* "is training Ukrainians": people without another word for them */
        const struct mention *m = mention_at(l, act->end);
        bool people = m && m->kind == MENTION_DEMONYM && !m->modifier;
        if (people || (m && word_is(l->ws, act->end, "them")))
            return (struct things){m->first, m->first + m->count, 1u << GOODS_PERSONNEL, 0, 1};
    }
    if (act->end + 2 < l->end && mark_at(l, act->end, ',') && word_is(l->ws, act->end + 1, "and") &&
        word_is(l->ws, act->end + 2, "of"))
        to = act->end; /* "spoke of what was given, and of weapons to come" */
    for (uint32_t k = 0; k < l->act_count; k++) /* what the next verb gives is its own */
        if (l->acts[k].at > act->at && l->acts[k].from < to && l->acts[k].from >= act->end &&
            (l->acts[k].kind == ACT_GIVE || l->acts[k].kind == ACT_AID) && l->acts[k].form != 'n' &&
            !shares_object(l, act, &l->acts[k]))
            to = l->acts[k].from;
    for (uint32_t i = act->end; i + 1 < to; i++) /* "we have given so much, we must think of" */
        if (mark_at(l, i, ',') && word_classes(&l->ws->word[i + 1]) & (IS(we) | IS(they)) &&
            !word_is(l->ws, i + 1, "i"))
            to = i;
    struct things t = nearest_things(l, act->end, to);
    uint32_t list = contents_behind(l, &t, to), sources = 0;
    for (uint32_t i = list; list && i < end; i++) sources += word_is(l->ws, i, "from");
    if (list && sources < 2) { /* "military aid, including interceptors" */
        struct things in = things_in(l, list, end);
        if (in.goods && in.first <= list + 6) t.goods = in.goods, t.end = in.end;
    }
    if (!t.goods && t.soft) t.goods = purpose_of(l, &t, to);
    if (t.count && t.first > act->end + 12) t.count = 0, t.goods = 0, t.soft = 0;
    return t;
}

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
static bool arms_flow(const struct scene *s, const struct act *act, const struct things *t)
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
static bool goes_on(const struct scene *s, const struct line *l, const struct act *act)
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

/* "does not say which systems will be provided": nothing is said of them. */
static bool asked_which(const struct line *l, uint32_t i)
{
    for (uint32_t k = i; k > l->first && k + 3 > i; k--)
        if (word_is(l->ws, k - 1, "which") || word_is(l->ws, k - 1, "what") ||
            (word_is(l->ws, k - 1, "when") && k > l->first + 1 && !mark_at(l, k - 2, ',')))
            return true;
    return false;
}

/* "a ship bound for Aden", "trucks into Gaza": it carries something, and is no gift itself. */
static bool carrier_alone(const struct scene *s, const struct line *l, const struct things *t)
{
    static const char *const carriers[] = {"ship",   "ships",  "vessel",  "vessels", "plane",
                                           "planes", "boat",   "boats",   "tanker",  "tankers",
                                           "truck",  "trucks", "lorries", "convoy",  "convoys"};
    return t->count == 1 && word_in(l->ws, t->end - 1, carriers, s->grieved ? 15 : 10);
}

/* "the systems that Slovakia transferred", "a battery will be delivered": the thing stands before.
 */
static void read_given(struct scene *s, const struct line *l, const struct act *act, uint32_t since)
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
static void read_trained(struct scene *s, const struct line *l, const struct act *act,
                         uint32_t since)
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

/* "Deliveries of radars to Georgia continue": the noun is the subject, and who speaks gives. */
static bool goes_on_by_itself(const struct scene *s, const struct line *l, const struct act *act)
{
    static const char *const goes[] = {"continue", "continues", "ongoing", "underway", "accelerate",
                                       "begin",    "begun",     "began",   "start",    "started"};
    if (act->form != 'n' || act->at > clause_begin(l, act->at) + 2) return false;
    if (!is_named(s->side.we) || !names_beneficiary(s, l) || speaks_for_itself(s)) return false;
    for (uint32_t i = act->end; i < clause_end(l, act->at); i++)
        if (word_in(l->ws, i, goes, sizeof goes / sizeof *goes)) return true;
    return false;
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

/* What an act without a number gives, on its way to a statement. */
struct gift {
    const struct act *act;
    struct things t;
    const struct mention *whose; /* whose noun of giving it is, or NULL */
    struct said_parties giver, receiver;
    uint32_t first, end; /* words: where its giver begins, and where its clause ends */
    bool inherited;      /* who gives was said before */
};

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

/* "- Providing radars to Kenya.": an item of a paper that nobody speaks, and whose it is. */
static bool opens_item(const struct scene *s, const struct line *l, const struct act *act)
{
    const struct turn *turn = &s->talk->turns[s->turn].turn;
    return !turn->speaker && s->talk->count == 1 && l->ws->sentence[l->index].bullet &&
           act->form != 'n' && act->from == clause_begin(l, act->at) && act->from < l->first + 8 &&
           !s->list && is_named(s->side.we);
}

/* Find who gives it; false when that cannot be told, or it is who is helped. */
static bool find_giver(const struct scene *s, const struct line *l, struct gift *g)
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
static bool find_receiver(const struct scene *s, const struct line *l, struct gift *g)
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
    if (gives_something(l, &g) && find_giver(s, l, &g) && find_receiver(s, l, &g) &&
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
