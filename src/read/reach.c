/*
 * reach.c - the words that speak for a number.
 *
 * A clause with three numbers has words for each: from the neighbour on the
 * left to the one on the right. What follows "including", or begins another
 * promise, is not the number's any more; a piece between dashes without a
 * verb belongs to what stands before it.
 */
#include "read/amounts.h"

#include <string.h>

uint32_t value_end(const struct value *v)
{
    uint32_t number = v->first + v->count, noun = v->noun + v->noun_count;
    return v->noun_count && noun > number ? noun : number;
}

bool converted(const struct line *l, uint32_t k)
{
    const struct value *v = &l->values[k], *before = k ? v - 1 : NULL;
    if (!before || v->kind != VALUE_MONEY || before->kind != VALUE_MONEY || !v->unit) return false;
    if (before->unit && strcmp(before->unit, v->unit) == 0) return false;
    uint32_t i = before->first + before->count;
    return mark_at(l, i, '(') && v->first > i && v->first < i + 4;
}

/* "..., including artillery and ammunition": what follows is a statement of its own. */
static void cut_before_contents(const struct line *l, uint32_t last, struct reach *r)
{
    for (uint32_t i = last; i < r->to; i += l->ws->word[i].span) {
        const struct word *w = &l->ws->word[i];
        if (!(word_classes(w) & IS(list)) || *word_value(w, WORD_list)) continue;
        if (!(classes_in(l, i + w->span, r->to) & IS(goods))) continue;
        r->to = i;
        return;
    }
}

/* "$225 million ... to help people obtain water, food and shelter": the goods are said apart. */
static void cut_before_purpose(const struct line *l, uint32_t last, struct reach *r)
{
    for (uint32_t k = 0; k < l->act_count; k++) {
        const struct act *act = &l->acts[k];
        if (act->from <= last || act->from >= r->to) continue;
        if (act->kind != ACT_GIVE && act->kind != ACT_AID) continue;
        struct things t = things_in(l, act->end, r->to);
        if (t.count < 2 || !t.goods || t.first > act->end + 6) continue;
        r->to = act->from;
        return;
    }
}

/* "800 tanks, helicopters, drones and radars": what follows the counted thing has no number. */
static void cut_before_rest(const struct line *l, uint32_t last, struct reach *r)
{
    if (!mark_at(l, last, ',')) return;
    struct things t = things_in(l, last + 1, r->to);
    uint32_t least = word_is(l->ws, last + 1, "and") ? 1 : 2;
    if (t.goods && t.count >= least && t.first <= last + 4) r->to = last;
}

static bool has_verb(const struct line *l, uint32_t from, uint32_t to)
{
    for (uint32_t k = 0; k < l->act_count; k++)
        if (l->acts[k].at >= from && l->acts[k].at < to && l->acts[k].kind != ACT_HAVE) return true;
    return false;
}

/* "I'm announcing the next tranche: $2 billion": the sum is what stands before the colon. */
static void reach_over_colon(const struct line *l, const struct value *v, struct reach *r)
{
    if (r->from != r->begin || r->begin <= l->first + 1 || !mark_at(l, r->begin - 1, ':')) return;
    if (has_verb(l, r->begin, v->first) || v->first > r->begin + 3) return;
    uint32_t begin = clause_begin(l, r->begin - 1);
    for (uint32_t k = 0; k < l->value_count; k++)
        if (l->values[k].first >= begin && l->values[k].first < r->begin) return;
    if (has_verb(l, begin, r->begin)) r->begin = r->from = begin;
}

/* A piece between dashes without a verb belongs to what stands before it. */
static void reach_back(const struct line *l, struct reach *r)
{
    for (int pieces = 0; pieces < 2; pieces++) {
        if (has_verb(l, r->begin, r->end) || r->begin <= l->first + 1) return;
        r->begin = clause_begin(l, r->begin - 1);
    }
}

struct reach reach_of(const struct line *l, uint32_t k)
{
    static const char *const joints[] = {"and", "the", "to", "as", "well", "a", "an", "of", "with"};
    const struct value *v = &l->values[k];
    uint32_t last = value_end(v);
    struct reach r = {.begin = clause_begin(l, v->first), .end = clause_end(l, last - 1)};
    if (r.end < last) r.end = last;
    r.from = r.begin;
    r.to = r.end;
    for (uint32_t p = k; p-- > 0;) {
        if (l->values[p].kind > VALUE_BARE) continue;
        uint32_t stop = value_end(&l->values[p]);
        if (stop > r.from) r.from = stop < v->first ? stop : v->first;
        break;
    }
    for (uint32_t n = k + 1; n < l->value_count; n++) {
        if (l->values[n].kind > VALUE_BARE || (n == k + 1 && converted(l, n))) continue;
        uint32_t stop = l->values[n].first;
        for (bool back = true; back && stop > last;) {
            back = (l->ws->word[stop - 1].shape & SHAPE_MARK) != 0;
            for (size_t j = 0; !back && j < sizeof joints / sizeof *joints; j++)
                back = word_is(l->ws, stop - 1, joints[j]);
            if (back) stop--;
        }
        if (stop < r.to) r.to = stop;
        break;
    }
    if (r.to < last) r.to = last;
    cut_before_contents(l, last, &r);
    cut_before_purpose(l, last, &r);
    if (v->kind == VALUE_COUNT) cut_before_rest(l, last, &r);
    reach_over_colon(l, v, &r);
    reach_back(l, &r);
    return r;
}

bool has_kind(const struct around *acts, enum act_kind kind)
{
    for (uint32_t i = 0; i < acts->count; i++)
        if (acts->act[i]->kind == kind) return true;
    return false;
}

struct around acts_around(const struct line *l, const struct reach *r)
{
    struct around out = {.count = 0};
    for (uint32_t k = 0; k < l->act_count; k++) {
        const struct act *act = &l->acts[k];
        if (act->at < r->begin || act->at >= r->end || act->faint) continue;
        out.act[out.count++] = act;
        switch (act->kind) {
        case ACT_AID:
            if (act->passive ||
                (act->form == 'd' && act->end < l->end && word_is(l->ws, act->end, "by"))) {
                out.has = true; /* "supported by hundreds of ships" */
                break;
            }
            out.gives = true;
            break;
        case ACT_GIVE:
        case ACT_COMMIT:
        case ACT_PROMISE:
        case ACT_CALL:
        case ACT_THANK: out.gives = true; break;
        case ACT_NEED: /* but "to meet their needs" */
            out.needs |= !(act->form == 'n' && word_is(l->ws, act->at, "needs"));
            break;
        case ACT_HAVE: out.has = true; break;
        default: break;
        }
        out.train |= act->train;
        out.host |= act->host;
        out.denied |= act->denied && act->kind != ACT_HAVE;
    }
    return out;
}

bool unit_is(const struct value *v, const char *unit)
{
    return v->unit && strcmp(v->unit, unit) == 0;
}

/* A word of the reach that says "worth", "a total of". */
const char *list_word(const struct line *l, uint32_t from, uint32_t to)
{
    const char *found = "";
    for (uint32_t i = from; i < to && i < l->end; i += l->ws->word[i].span) {
        const char *v = word_value(&l->ws->word[i], WORD_list);
        if (*v) found = v;
    }
    return found;
}
