/*
 * objects.c - what the object of a verb names, and whether its words were told already.
 *
 * "send", "the delivery of", "support for": the things stand soon behind, or
 * behind "with" and "for", or in what the object is said to hold. Only
 * concrete things count ("tanks", "training", not "support" or "help").
 */
#include "read/deeds.h"
#include "read/gifts.h"

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
bool unseen(const struct line *l, const struct act *act)
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
uint32_t contents_behind(const struct line *l, const struct things *t, uint32_t to)
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
