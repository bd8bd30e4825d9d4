/*
 * numbers.c - a number becomes a statement: a gift, a need or a figure, and of whom.
 *
 * Each number is asked in turn: what it makes, whose it is, and for a gift or a
 * need who gets it, by the words behind it before anything said elsewhere. The
 * questions that are a subject of their own have files of their own: amounts.h.
 */
#include <string.h>

#include "read/amounts.h"
#include "read/deeds.h"

/* "65,000 Afghan evacuees": whose people are counted; NULL: nobody says. */
static const char *whose_people(const struct line *l, const struct value *v)
{
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        if (m->first >= v->first + v->count && m->first < v->noun + v->noun_count &&
            (m->kind == MENTION_NAME || m->kind == MENTION_DEMONYM) && is_named(m->code))
            return m->code;
        if (unit_is(v, "people") && m->kind == MENTION_NAME && is_named(m->code) &&
            m->first == value_end(v) + 1 && word_is(l->ws, value_end(v), "from"))
            return m->code; /* "refugees from South Sudan" */
    }
    return NULL;
}

/* "hosts a German brigade with 4,800 soldiers": whose the forces are; NULL. */
static const char *whose_forces_before(const struct line *l, const struct reach *r,
                                       const struct value *v)
{
    static const char *const nouns[] = {"brigade", "battalion", "battlegroup", "division",
                                        "forces",  "troops",    "contingent",  "squadron"};
    for (uint32_t k = l->party_count; k-- > 0;) {
        const struct mention *m = &l->parties[k];
        uint32_t noun = m->first + m->count;
        if (m->first < r->begin || noun >= v->first || m->kind > MENTION_DEMONYM) continue;
        if (m->modifier && word_in(l->ws, noun, nouns, sizeof nouns / sizeof *nouns))
            return m->code;
    }
    return NULL;
}

/* "to help 50 countries, Japan plans to give": a name of its own acts behind the count. */
static bool names_giver(const struct scene *s, const struct line *l, uint32_t from, uint32_t to)
{
    struct said_parties who = {0};
    uint32_t first;
    for (uint32_t k = l->act_count; k-- > 0;)
        if (l->acts[k].at > from && l->acts[k].end <= to)
            return subject_of(s, l, from, l->acts[k].from, &who, &first) && any_named(&who);
    return false;
}

/* "More than 50 nations have committed 2,000 tanks": the count is the subject. */
static bool nations_before(const struct scene *s, const struct line *l, const struct reach *r,
                           const struct value *v)
{
    uint32_t begin = r->begin;
    for (uint32_t i = l->first; i < v->first; i++)
        if (mark_at(l, i, ':')) begin = l->first; /* "50 nations pledge much: 90 guns" */
    for (uint32_t k = 0; k < l->value_count; k++) {
        const struct value *n = &l->values[k];
        if (s->partner && word_is(l->ws, n->first, "two")) continue; /* "our two nations" */
        if (unit_is(n, "country") && n->first >= begin && n->first < v->first &&
            (n->first == l->first ||
             !(word_is(l->ws, n->first - 1, "in") || word_is(l->ws, n->first - 1, "from"))))
            return !names_giver(s, l, n->first + n->count, v->first);
    }
    return false;
}

/* What a parliament appropriates, its country gives. */
static void own_parliament(struct said_parties *giver)
{
    for (uint32_t i = 0; i < giver->count; i++)
        if (strcmp(giver->code[i], "Congress") == 0 || strcmp(giver->code[i], "Senate") == 0 ||
            strcmp(giver->code[i], "House of Representatives") == 0)
            giver->code[i] = "USA";
}

/* "16,000 Ukrainian soldiers", "40 pilots from Moldova": whose people are counted; NULL. */
static const char *people_of(const struct line *l, const struct value *v)
{
    static const char *const givers[] = {"trainers", "instructors", "experts", "advisers"};
    uint32_t from = value_end(v);
    bool ours = !(classes_in(l, l->first, v->first) & IS(train)) || /* "troops from X who train" */
                (v->noun_count && word_in(l->ws, v->head, givers, sizeof givers / sizeof *givers));
    const struct mention *home = unit_is(v, "people") && !ours && word_is(l->ws, from, "from")
                                     ? mention_at(l, from + 1)
                                     : NULL;
    if (home && home->kind == MENTION_NAME && !home->modifier) return home->code;
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        if (m->first >= v->first + v->count && m->first < v->noun + v->noun_count &&
            m->kind <= MENTION_DEMONYM)
            return m->code;
    }
    return NULL;
}

/*
 * "$12 billion for security, and $500 million for Moldova's needs": what the
 * first is for is said, so whom the second is for says nothing of it.
 */
static uint32_t own_end(const struct line *l, const struct value *v, const struct reach *r)
{
    for (uint32_t i = value_end(v); i < r->to && r->to < r->end; i++)
        if (word_is(l->ws, i, "for") || word_is(l->ws, i, "to") ||
            (word_is(l->ws, i, "in") && i + 1 < r->to)) /* but "in 19 projects there" */
            return r->to;
    return r->end;
}

/* "53 million" is hardly said of two gifts, as "50 million" may be. */
static bool uneven(const struct value *v)
{
    int64_t digits = v->low.n;
    while (digits && digits % 10 == 0) digits /= 10;
    return digits > 10 && digits % 5 != 0;
}

/* "the $53 million" again: the gift that has been said with the same sum; NULL. */
static const struct said *same_sum(const struct scene *s, const struct line *l,
                                   const struct value *v)
{
    enum { BACK = 30 };
    const struct said *said = s->out->said;
    uint32_t n = s->out->said_count - 1; /* the last one is being filled in */
    bool again = refers_back(l, v) || (uneven(v) && !s->dispersed);
    for (uint32_t i = n; v->kind == VALUE_MONEY && again && i > 0 && i + BACK > n; i--) {
        const struct said *d = &said[i - 1];
        if (d->kind == SAID_SUPPORT && d->counted && d->unit && v->unit &&
            strcmp(d->unit, v->unit) == 0 && dec_cmp(d->low, v->low) == 0 &&
            d->receiver.count == 1 && is_country(d->receiver.code[0]))
            return d;
    }
    return NULL;
}

/* "$60 billion for Ukraine, 14 for Israel and 9 for relief": the last is for neither. */
static bool parted(const struct scene *s, const struct line *l)
{
    size_t begin = plain_file(s->plain, l->ws->word[l->first].at);
    const char *one = NULL;
    for (uint32_t i = s->out->said_count - 1; i > 0 && s->out->said[i - 1].start >= begin; i--) {
        const struct said *d = &s->out->said[i - 1];
        if (d->kind != SAID_SUPPORT || !d->counted || d->receiver.count != 1) continue;
        if (one && strcmp(one, d->receiver.code[0]) != 0) return true;
        one = d->receiver.code[0];
    }
    return false;
}

/* "This includes $5 million", "That aid includes 30 guns": of what was spoken of just before. */
static bool part_of_last(const struct line *l, const struct reach *r)
{
    enum { NEAR = 4 };
    static const char *const words[] = {"this", "that", "these", "those"};
    static const char *const holds[] = {"includes", "include", "included"};
    if (r->begin != l->first || !word_in(l->ws, r->begin, words, sizeof words / sizeof *words))
        return false;
    for (uint32_t i = r->begin + 1; i < r->begin + NEAR; i++)
        if (word_in(l->ws, i, holds, sizeof holds / sizeof *holds)) return true;
    return false;
}

/* Who gives it, whatever the sentence leaves out. */
static void fill_giver(const struct scene *s, const struct line *l, const struct value *v,
                       const struct reach *r, struct said *d)
{
    if (d->giver.count == 1 && has_party(&d->giver, s->beneficiary) && s->side.we &&
        strcmp(s->side.we, s->beneficiary) != 0 && !gives_as_well(s, l, r->begin, v->first))
        d->giver.count = 0; /* who is helped speaks of it, and does not give */
    if (!d->giver.count && s->list) d->giver = s->list_giver;
    allies_not_nato(s, &d->giver);
    if (!d->giver.count && s->warmth + 1 >= WARM && part_of_last(l, r)) d->giver = s->giver;
    if (!d->giver.count && !is_named(s->side.we) && s->warmth) d->giver = s->giver;
    bool receives = speaks_for_itself(s);
    if (receives && has_party(&d->giver, s->side.we)) d->giver.count = 0;
    if (receives && !d->giver.count) add_party(&d->giver, s->addressed);
    uint32_t first; /* "Spain launches a fund, which gives $5 million" */
    if (!d->giver.count && r->begin > l->first + 2 && word_is(l->ws, r->begin, "which"))
        (void)subject_of(s, l, clause_begin(l, r->begin - 2), r->begin - 1, &d->giver, &first);
    own_parliament(&d->giver);
    if (!d->giver.count && !receives) add_us(s, &d->giver);
    if (!d->giver.count) d->giver = s->giver;
    if (!d->giver.count) add_party(&d->giver, s->addressed);
    if (any_named(&d->giver)) add_partners(s, l, r->begin, v->first, &d->giver);
    with_allies(s, l, r->begin, v->first, &d->giver);
}

/* Who gets it where nobody is named right behind it: in the clause, the list, the document. */
static void fill_receiver(const struct scene *s, const struct line *l, const struct value *v,
                          const struct reach *r, struct said *d)
{
    bool rest = !d->receiver.count && v->kind == VALUE_MONEY && parted(s, l);
    if (!d->receiver.count && s->list && any_named(&s->list_receiver) &&
        !for_the_world(l, r->begin, r->end))
        d->receiver = s->list_receiver;
    if (!d->receiver.count && !rest)
        d->receiver = receiver_in(s, l, r->begin, own_end(l, v, r), &d->giver);
    const struct said *before = d->receiver.count ? NULL : same_sum(s, l, v);
    if (before && !has_party(&before->receiver, s->adversary)) d->receiver = before->receiver;
    if (!d->receiver.count)
        d->receiver = receiver_towards(s, l, v->first, own_end(l, v, r), &d->giver);
    if (!d->receiver.count && !rest) d->receiver = receiver_of(s, l, r->begin, r->to, &d->giver);
    if (has_party(&d->receiver, s->region) && paid_to_fund(l, v)) d->receiver.count = 0;
}

static void fill_support(struct scene *s, const struct line *l, const struct value *v,
                         const struct reach *r, const struct around *acts, struct said *d)
{
    fill_giver(s, l, v, r, d);
    if (v->kind == VALUE_MONEY && !d->unit) d->unit = own_currency(l, v, &d->giver);
    const char *whose = acts->train ? people_of(l, v) : NULL;
    bool forces = acts->host && d->goods == GOODS_PERSONNEL;
    if (acts->host && (unit_is(v, "people") || whose_people(l, v)))
        add_party(&d->receiver, whose_people(l, v) ? whose_people(l, v)
                                : forces           ? whose_forces_before(l, r, v)
                                                   : s->beneficiary);
    else if (whose && !has_party(&d->giver, whose))
        add_party(&d->receiver, whose);
    else if (acts->train && s->adversary && !has_party(&d->giver, s->beneficiary)) {
        d->receiver = receiver_towards(s, l, v->first, r->to, &d->giver); /* "in Germany": nobody */
        if (!d->receiver.count) add_party(&d->receiver, s->beneficiary);
    } else
        d->receiver = receiver_in(s, l, v->first, r->to, &d->giver);
    if (!forces) fill_receiver(s, l, v, r, d);
    d->stage = stage_of_value(s, l, v, r, acts, &d->giver);
    if (has_kind(acts, ACT_CALL)) s->requested = REQUESTED;
    if (unit_is(v, "people") && classes_in(l, v->noun, v->noun + v->noun_count) & IS(fled) &&
        !acts->host && !acts->gives) {
        d->goods = GOODS_SHELTER; /* "Poland has taken ... 1.5 million refugees in" */
        d->stage = SAID_PROVIDED;
    }
}

/* The verb by which somebody buys for itself what the number counts; NULL: nobody does. */
static const struct act *purchase_of(const struct scene *s, const struct line *l,
                                     const struct value *v, const struct reach *r,
                                     struct said_parties *buyer)
{
    enum { NEAR = 6 };
    const struct act *found = NULL;
    for (uint32_t k = 0; k < l->act_count; k++) {
        const struct act *act = &l->acts[k];
        if (act->kind == ACT_HAVE || act->at < r->begin || act->end > v->first) continue;
        found = act;
    }
    if (!found || found->end + NEAR < v->first) return NULL;
    return buys_for_itself(s, l, found, r->end, buyer) ? found : NULL;
}

/* "not even offered - we have transferred $650 million": a verb of its own follows what is denied.
 */
static bool said_after_denial(const struct around *acts, const struct value *v)
{
    bool denied = false, given = false;
    for (uint32_t i = 0; i < acts->count; i++) {
        const struct act *act = acts->act[i];
        if (act->kind == ACT_HAVE) continue;
        bool before = act->at < v->first && (act->kind == ACT_GIVE || act->kind == ACT_COMMIT ||
                                             act->kind == ACT_PROMISE);
        given |= before && !act->denied;
        if (given && act->denied && act->from > value_end(v)) continue; /* another's denial */
        if (act->denied)
            denied = true;
        else if (act->at < v->first && act->from < act->at && !act->infinitive && act->perfect &&
                 act->form == 'd' && (act->kind == ACT_GIVE || act->kind == ACT_COMMIT))
            denied = false;
    }
    return !denied;
}

/* Nothing is done but that it comes. */
static bool moves_by(const struct around *acts)
{
    bool moves = false;
    for (uint32_t i = 0; i < acts->count; i++) {
        enum act_kind kind = acts->act[i]->kind;
        moves |= kind == ACT_CONSIDER && acts->count == 1; /* "we're talking of 90 trucks a day" */
        if (kind == ACT_PROMISE || kind == ACT_COMMIT) return false;
        if (kind == ACT_GIVE && !acts->act[i]->moves) return false;
        moves |= acts->act[i]->moves;
    }
    return moves;
}

static void fill_need(const struct scene *s, const struct line *l, const struct value *v,
                      const struct reach *r, struct said *d)
{
    struct said_parties giver = d->giver;
    bool asks = speaks_for_itself(s) || needs_named(l, v); /* "their 13 requirements" */
    d->receiver = asks ? (struct said_parties){0} : receiver_in(s, l, v->first, r->to, &giver);
    if (!asks && !d->receiver.count) d->receiver = giver;
    d->giver.count = 0;
    if (!d->receiver.count) add_party(&d->receiver, s->beneficiary);
    add_asked(s, l, r->begin, v->first, d);
}

/* "120 trucks have gotten in", "90 went through", "we got 8 tons in": there already. */
static bool has_arrived(const struct line *l, const struct value *v)
{
    enum { BACK = 4 };
    static const char *const there[] = {"have",   "has",   "had",     "went", "got",
                                        "rolled", "moved", "crossed", "came", "entered"};
    static const char *const brought[] = {"got",   "gotten",    "brought", "moved",
                                          "flown", "conducted", "carried", "made"};
    uint32_t last = value_end(v), i = v->first > l->first + BACK ? v->first - BACK : l->first;
    bool past = word_in(l->ws, last, there, sizeof there / sizeof *there);
    for (; i < v->first; i++) past |= word_in(l->ws, i, brought, sizeof brought / sizeof *brought);
    return past;
}

/* Let the following sentences know what was counted: forces, a need, spending, shares. */
static void note_number(struct scene *s, const struct value *v, const struct around *acts,
                        const struct said *d)
{
    bool things = d->goods == GOODS_PERSONNEL || d->goods == GOODS_EQUIPMENT;
    if (d->kind == SAID_FIGURE && v->kind == VALUE_COUNT && things && !acts->gives) s->forces = 3;
    if (d->kind == SAID_NEED) s->needing = 6;
    if (d->kind == SAID_FIGURE && v->kind != VALUE_COUNT && d->goods == GOODS_MONEY) {
        s->spending = 3;
        s->spender = d->giver;
        s->spent = 2;
    }
    if (d->unit && strcmp(d->unit, "percent_gdp") == 0) s->shares = 3;
}

/* "Acme Shipping has committed $40 million": a name that no table knows is a firm's. */
static bool by_stranger(const struct line *l, const struct value *v, const struct reach *r)
{
    static const char *const people[] = {
        "secretary", "administrator", "ambassador", "minister", "president", "director",
        "senator",   "advisor",       "mr",         "ms",       "dr",        "program"};
    const struct act *act = NULL;
    for (uint32_t k = l->act_count; k-- > 0;) {
        const struct act *a = &l->acts[k];
        bool gives = a->kind == ACT_COMMIT || a->kind == ACT_PROMISE || a->kind == ACT_GIVE;
        if (a->at >= r->begin && a->end <= v->first && gives && a->form != 'n' && !a->infinitive)
            act = a; /* the first one */
    }
    if (!act) return false;
    uint32_t i = act->from;
    while (i > r->begin && (mark_at(l, i - 1, '*') || word_is(l->ws, i - 1, "also"))) i--;
    uint32_t last = i;
    for (; i > r->begin && l->ws->word[i - 1].shape & SHAPE_CAPITAL && !mention_at(l, i - 1); i--)
        if (word_in(l->ws, i - 1, people, sizeof people / sizeof *people)) return false;
    if (i == last || (i > r->begin && !(l->ws->word[i - 1].shape & SHAPE_MARK))) return false;
    const struct word *name = &l->ws->word[last - 1];
    bool plural = last == l->first + 1 && l->ws->text[name->at + name->len - 1] == 's';
    return !(name->shape & (SHAPE_UPPER | SHAPE_NUMBER)) && !plural && !word_classes(name) &&
           !word_is(l->ws, i, "the");
}

/* "Ukraine has requested 50 jets": no parliament is asked, but those who help. */
static bool helped_ask(const struct scene *s, const struct line *l, const struct value *v,
                       const struct around *acts)
{
    if (has_kind(acts, ACT_GIVE) || has_kind(acts, ACT_PROMISE) || has_kind(acts, ACT_COMMIT))
        return false;
    for (uint32_t i = 0; i < acts->count; i++) {
        const struct act *act = acts->act[i];
        struct said_parties who = {0};
        uint32_t first;
        if (act->kind == ACT_CALL && act->end <= v->first && act->form != 'n' &&
            subject_of(s, l, clause_begin(l, act->at), act->from, &who, &first) &&
            is_beneficiary(s, &who))
            return true;
    }
    return false;
}

/* "Ukraine wants 50 jets": those who are helped, and a thing of war. */
static bool helped_want(const struct scene *s, const struct line *l, const struct value *v,
                        const struct reach *r)
{
    enum { NEAR = 4 };
    static const char *const verbs[] = {"wants", "want", "wanted"};
    const uint32_t arms = 1u << GOODS_EQUIPMENT | 1u << GOODS_AMMUNITION;
    if (v->kind != VALUE_COUNT || !(1u << class_of_noun(l, v) & arms)) return false;
    for (uint32_t i = v->first; i > r->begin && i + NEAR > v->first; i--) {
        struct said_parties who = {0};
        uint32_t first;
        if (word_in(l->ws, i - 1, verbs, 3) && subject_of(s, l, r->begin, i - 1, &who, &first))
            return is_beneficiary(s, &who) && !asked_at(l, i - 1);
    }
    return false;
}

/* "Ukraine has requested 20 guns from us" */
static void fill_request(const struct scene *s, const struct line *l, const struct value *v,
                         const struct reach *r, struct said *d)
{
    d->receiver = (struct said_parties){.code = {s->beneficiary}, .count = 1};
    d->giver.count = 0;
    (void)giver_beside(s, l, value_end(v), r->end, &d->giver);
}

/* "80 trucks got in. That brings the total to 650": how many loads have come by now. */
static bool total_of_loads(struct scene *s, const struct line *l, const struct value *v)
{
    const struct reading *out = s->out;
    bool total = false;
    for (uint32_t i = l->first; i < v->first; i++)
        total |= word_is(l->ws, i, "total") || word_is(l->ws, i, "totaling");
    if (!total || v->kind != VALUE_BARE || !out->said_count) return false;
    const struct said last = out->said[out->said_count - 1];
    if (last.kind != SAID_SUPPORT || last.turn != s->turn || last.giver.count) return false;
    if (!last.counted || last.goods != GOODS_MIXED || !last.unit) return false;
    if (strcmp(last.unit, "each") != 0) return false;
    if (dec_cmp(v->low, last.low) <= 0) return false;
    struct said *d = add_said(s, l, SAID_SUPPORT, l->first, v->first + v->count);
    d->counted = true;
    d->low = v->low;
    d->high = v->high;
    d->approx = v->approx;
    d->unit = last.unit;
    d->item = last.item;
    d->goods = last.goods;
    d->receiver = last.receiver;
    d->stage = SAID_PROVIDED;
    return true;
}

/* A number on its way to a statement. */
struct telling {
    const struct value *v;
    struct value otherwise; /* what it counts, where that stands elsewhere */
    struct reach r;
    struct around acts;
    enum said_kind kind;
    struct said_parties giver, buyer, seller;
    bool before;   /* what it counts stands elsewhere: v is `otherwise` */
    bool now;      /* "Now it's 23": as many spend today */
    bool level;    /* "raise the number of destroyers to six" */
    bool asked;    /* those who are helped ask for it */
    bool bought;   /* its buyer's own affair, or sold to it */
    bool got;      /* told by who gets it */
    bool taken_in; /* "6,000 refugees from South Sudan": behind it stands whose they are */
};

/* What the number makes; false: nothing. */
static bool find_kind(const struct scene *s, const struct line *l, uint32_t k, struct telling *n)
{
    n->before = counts_otherwise(s, l, k, &n->otherwise);
    if (n->before) n->v = &n->otherwise;
    const struct value *v = n->v;
    n->r = reach_of(l, k);
    n->acts = acts_around(l, &n->r);
    n->now = n->before && spenders_now(s, l, &l->values[k]);
    n->level = n->before && v->noun < v->first && v->first > l->first &&
               word_is(l->ws, v->first - 1, "to");
    bool wanted = !n->level && !n->now && helped_want(s, l, v, &n->r);
    if (n->level || n->now)
        n->kind = SAID_FIGURE;
    else if (wanted)
        n->kind = SAID_NEED;
    else if (!kind_of(s, l, v, &n->r, &n->acts, &n->kind))
        return false;
    if (n->kind != SAID_FIGURE && n->acts.denied && !said_after_denial(&n->acts, v)) return false;
    n->asked = wanted || (n->kind == SAID_SUPPORT && helped_ask(s, l, v, &n->acts));
    if (n->asked) n->kind = SAID_NEED;
    n->taken_in = (n->acts.host && unit_is(v, "people")) ||
                  (n->acts.train && word_is(l->ws, value_end(v), "from") && people_of(l, v));
    return true;
}

/* Whose the number is; false when it is nobody's whom we ask for. */
static bool find_whose(const struct scene *s, const struct line *l, struct telling *n)
{
    const struct value *v = n->v;
    const struct reach *r = &n->r;
    n->giver = giver_of(s, l, r->begin, v->first, r->from, n->taken_in ? v->first : r->to);
    const struct act *buys = n->kind == SAID_SUPPORT ? purchase_of(s, l, v, r, &n->buyer) : NULL;
    n->bought = buys != NULL;
    if (buys && (v->kind != VALUE_COUNT || !seller_of(s, l, buys, r->end, &n->seller))) {
        n->kind = SAID_FIGURE;
        n->giver = n->buyer;
    }
    struct said_parties beside = {0};
    bool nations = nations_before(s, l, r, v) && !giver_beside(s, l, value_end(v), r->to, &beside);
    if (nations || (unit_is(v, "country") && n->kind == SAID_SUPPORT))
        n->giver = (struct said_parties){.code = {"ALLIES"}, .count = 1};
    bool sheet = s->talk->count == 1 && !s->talk->turns[0].turn.speaker;
    if (sheet && n->kind == SAID_SUPPORT && v->kind == VALUE_MONEY && !n->giver.count &&
        by_stranger(l, v, r))
        return false;
    n->got =
        n->kind == SAID_SUPPORT && !n->taken_in && got_from(s, l, r->begin, v->first, &n->giver);
    if (n->got && !n->giver.count) return false;
    return n->kind != SAID_SUPPORT || !s->adversary || !has_party(&n->giver, s->adversary);
}

/* What is left to say of a gift when it is known who gives it. */
static void fill_gift(struct scene *s, const struct line *l, const struct telling *n,
                      struct said *d)
{
    const struct value *v = n->v;
    bool nobody = carries_aid(s, l, v) && /* "240 trucks got in", "came in from Egypt" */
                  (!n->giver.count || moves_by(&n->acts));
    fill_support(s, l, v, &n->r, &n->acts, d);
    if (n->seller.count) d->giver = n->seller, d->receiver = n->buyer;
    if (nobody) d->giver.count = 0;
    if (nobody && !d->receiver.count && s->warmth && !s->giver.count)
        d->receiver = s->receiver; /* "a thousand lorries now that have gotten in" */
    if (n->got && !n->acts.gives && d->stage == SAID_ANNOUNCED) d->stage = SAID_PROVIDED;
    bool load = nobody || unit_is(v, "tonne") || carries_aid(s, l, v);
    bool bound = d->stage == SAID_COMMITTED && has_kind(&n->acts, ACT_COMMIT);
    if (d->stage != SAID_CONSIDERED && !bound && load && has_arrived(l, v))
        d->stage = SAID_PROVIDED;
}

static void read_number(struct scene *s, const struct line *l, uint32_t k)
{
    struct telling n = {.v = &l->values[k]};
    if (n.v->kind > VALUE_BARE || converted(l, k) || rises_from(l, k)) return;
    if (total_of_loads(s, l, n.v) || !find_kind(s, l, k, &n) || !find_whose(s, l, &n)) return;
    const struct value *v = n.v;
    uint32_t from = carried_from(s, l, v, &n.r), to = carried_to(l, v, &n.r, from);
    if (n.kind == SAID_FIGURE && unit_is(v, "country")) {
        words_of_nations(s, l, v, &n.r, &n.acts, n.before, &from, &to);
    } else if (n.level) { /* "increase the number of destroyers stationed there to six" */
        from = v->noun > n.r.begin + 5 ? v->noun - 5 : n.r.begin;
        to = v->first + v->count;
    }
    if (n.kind == SAID_FIGURE && v->kind == VALUE_SHARE) from = share_begin(s, l, k, from);
    struct said *d = add_said(s, l, n.kind, from, to);
    fill_amount(s, l, v, &n.r, &n.acts, &n.giver, d);
    if (n.kind == SAID_SUPPORT) {
        fill_gift(s, l, &n, d);
    } else if (n.kind == SAID_NEED) {
        d->giver = n.giver;
        fill_need(s, l, v, &n.r, d);
        if (n.asked) fill_request(s, l, v, &n.r, d);
    } else {
        fill_figure(s, l, v, &n.r, d);
        share_from(s, l, v, &n.r, d);
        if (n.bought) d->giver = n.buyer;
        if (n.now) d->goods = GOODS_MONEY;
    }
    note_number(s, v, &n.acts, d);
    remember(s, d);
}

void read_numbers(struct scene *s, const struct line *l)
{
    for (uint32_t k = 0; k < l->value_count; k++) read_number(s, l, k);
}
