/*
 * bounds.c - which words tell a number: where its quote begins and ends.
 *
 * From the verb that carries the number, with its subject, to the end of its
 * reach: few enough to be read at a glance, and enough to judge the statement by.
 */
#include <string.h>

#include "read/amounts.h"

/* "hasn't", "Norway's": where the word begins whose end is the word at i. */
static uint32_t whole_word(const struct line *l, uint32_t begin, uint32_t i)
{
    while (i > begin && l->ws->word[i].shape & SHAPE_GLUED &&
           !((l->ws->word[i].shape | l->ws->word[i - 1].shape) & SHAPE_MARK))
        i--;
    return i;
}

/* Up to eight words before; in a list of contents none beyond a comma. */
static uint32_t words_before(const struct line *l, uint32_t begin, uint32_t from)
{
    uint32_t least = from - begin > 8 ? from - 8 : begin;
    bool contents = false;
    for (uint32_t i = begin; i < from; i++)
        contents |=
            word_classes(&l->ws->word[i]) & IS(list) && !*word_value(&l->ws->word[i], WORD_list);
    while (from > least && !(contents && mark_at(l, from - 1, ',')) &&
           !(mark_at(l, from - 1, ',') && word_is(l->ws, from, "and"))) /* "guns, and it has" */
        from--;
    return whole_word(l, begin, from);
}

/* "an increase of | $90 million", "takes aid to | $3 billion": a few words before, of no list. */
static uint32_t lead_of(const struct line *l, uint32_t begin, uint32_t from)
{
    enum { LEAD = 5 };
    uint32_t least = from - begin > LEAD ? from - LEAD : begin, i = from;
    while (i > least && !(l->ws->word[i - 1].shape & SHAPE_MARK) && !word_is(l->ws, i - 1, "and") &&
           !word_is(l->ws, i - 1, "or"))
        i--;
    return whole_word(l, begin, i);
}

/* "historic funding — $13.6 billion — to address": from the verb before the dash. */
static uint32_t before_dash(const struct line *l, const struct value *v, const struct reach *r)
{
    enum { FEW = 6, FAR = 14 };
    uint32_t own = clause_begin(l, v->first);
    if (r->to > own + FEW || r->begin >= own || own == l->first) return own;
    uint32_t low = own > r->begin + FAR ? own - FAR : r->begin;
    for (uint32_t k = l->act_count; k-- > 0;)
        if (l->acts[k].at < own && l->acts[k].from >= low) return l->acts[k].from;
    for (uint32_t i = own; i-- > low;)
        if (word_classes(&l->ws->word[i]) & IS(list)) return i; /* "includes funding - $5" */
    struct things t = things_in(l, low, own);
    return t.count ? t.first : own;
}

uint32_t carried_from(const struct scene *s, const struct line *l, const struct value *v,
                      const struct reach *r)
{
    enum { CLOSE = 12 };
    uint32_t from = v->first;
    for (uint32_t n = 0; n < l->act_count; n++) {
        const struct act *act = &l->acts[n];
        if (act->kind == ACT_HAVE || act->moves || act->from < r->from) continue;
        if (act->at >= v->first) continue;
        if (v->first - act->from > CLOSE || act->from > v->first) continue;
        from = act->from; /* the nearest one */
        if (from > r->from && l->ws->text[l->ws->word[from].at] == '\'') from--; /* "we've" */
    }
    if (from == v->first && *list_word(l, r->from, v->first)) {
        struct things t = things_in(l, r->from, v->first);
        if (t.count) from = t.first;
    }
    struct said_parties subject = {0}; /* and its subject, right before it */
    uint32_t first;
    if (from < v->first && subject_of(s, l, r->from, from, &subject, &first) && first + 5 >= from &&
        first < from)
        from = first;
    if (r->to - from < 8 && from > r->from) /* few words: with those before them */
        from = words_before(l, r->from, from);
    else if (from == v->first)
        from = lead_of(l, r->from, from);
    bool alone = v->kind != VALUE_MONEY && r->to <= from + 4 && from == clause_begin(l, v->first);
    if (alone && from > l->first + 2) /* "has doubled it: 4 percent" */
        from = words_before(l, l->first, from - 1);
    if (v->kind == VALUE_MONEY && from == clause_begin(l, v->first)) from = before_dash(l, v, r);
    bool joined = word_is(l->ws, v->first - 1, "and") || word_is(l->ws, v->first - 1, "as");
    if (v->kind == VALUE_MONEY && v->first > from && joined &&
        things_in(l, from, v->first).count > 1)
        return v->first; /* "includes rifles and rockets, as well as $5 million in grants" */
    return from;
}

/* "that", "which", "who" between: the verb belongs to a relative clause of the words. */
static bool said_relative(const struct line *l, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        if (word_is(l->ws, i, "that") || word_is(l->ws, i, "which") || word_is(l->ws, i, "who"))
            return true;
    return to == from + 1 && mention_at(l, from) != NULL; /* "the tanks Germany is sending" */
}

uint32_t carried_to(const struct line *l, const struct value *v, const struct reach *r,
                    uint32_t from)
{
    enum { LONG = 24 };
    uint32_t last = value_end(v);
    bool times = unit_is(v, "times");
    for (uint32_t i = last; v->kind == VALUE_MONEY && i + 1 < r->to && i < last + 6;
         i++) /* "$5 million to X, | will help" */
        if (mark_at(l, i, ',') && word_classes(&l->ws->word[i + 1]) & (IS(aux) | IS(future)))
            return i;
    for (uint32_t i = last + 3; i < r->to; i++) /* "31 tanks to Ukraine | is very much a sign" */
        if (i > from + 8 && word_classes(&l->ws->word[i]) & (IS(aux) | IS(future)) &&
            !said_relative(l, last, i))
            return i;
    if (v->kind == VALUE_COUNT && r->to > last + 10) /* "800 systems | to make sure that ..." */
        for (uint32_t i = last; i + 1 < r->to; i++)
            if (word_is(l->ws, i, "to") && !mention_at(l, i + 1) && !mention_at(l, i + 2)) return i;
    if (v->kind == VALUE_COUNT && mark_at(l, last, ',') && last + 1 < r->to) {
        const struct word *w = &l->ws->word[last + 1]; /* "12 dogs, quickly deployed from" */
        const char *tail = l->ws->text + w->at + w->len - 2;
        if (w->len > 4 && (memcmp(tail, "ly", 2) == 0 || memcmp(tail, "ed", 2) == 0)) return last;
    }
    if (r->to - from <= LONG && !times) return r->to;
    for (uint32_t i = last + (times ? 0 : 5); i < r->to; i++)
        if (mark_at(l, i, ',')) return i;
    return r->to;
}

bool rises_from(const struct line *l, uint32_t k)
{
    if (k + 1 >= l->value_count) return false;
    const struct value *v = &l->values[k], *next = v + 1;
    bool share = unit_is(next, "percent_gdp") || unit_is(next, "percent");
    return share && v->kind != VALUE_MONEY && v->first > l->first &&
           word_is(l->ws, v->first - 1, "from") && word_is(l->ws, next->first - 1, "to") &&
           next->first <= value_end(v) + 3;
}

uint32_t share_begin(const struct scene *s, const struct line *l, uint32_t k, uint32_t from)
{
    enum { FAR = 12 };
    const struct value *v = &l->values[k];
    if (k && rises_from(l, k - 1)) {
        struct reach r = reach_of(l, k - 1);
        return carried_from(s, l, v - 1, &r);
    }
    uint32_t own = clause_begin(l, v->first), behind = value_end(v);
    if (own < l->first + 2 || own != v->first || behind + 1 < clause_end(l, v->first)) return from;
    uint32_t begin = clause_begin(l, own - 2);
    return begin + FAR < own ? own - FAR : begin;
}

void words_of_nations(const struct scene *s, const struct line *l, const struct value *v,
                      const struct reach *r, const struct around *acts, bool before, uint32_t *from,
                      uint32_t *to)
{
    enum { CLAUSE = 24 };
    if (beside_gdp(s, l, r)) {
        *from = before ? r->begin : v->first;
        *to = r->end;
    } else if (acts->gives && *to <= value_end(v)) {
        *to = r->end < v->first + CLAUSE ? r->end : v->first + CLAUSE;
    }
}
