/*
 * otherwise.c - numbers that count what is not said behind them.
 *
 * "The number of troops there is 2,027", "2,500 troops in Iraq and 900 in Syria",
 * "now it's 23": values.c leaves these bare, as it sees one number of one
 * sentence; what the clause and the statements before it say gives them a noun.
 */
#include <string.h>

#include "read/amounts.h"

/* "increase the number of destroyers in Rota from four to six": the number follows what it counts.
 */
static bool grows(const struct line *l, uint32_t from, uint32_t to)
{
    static const char *const verbs[] = {"increase", "increased", "increasing", "raise",  "raised",
                                        "raising",  "grow",      "grown",      "grew",   "expand",
                                        "expanded", "bring",     "brings",     "brought"};
    uint32_t back = from > l->first + 3 ? from - 3 : l->first;
    bool towards = word_is(l->ws, to - 1, "to");
    for (uint32_t i = back; towards && i < from; i++)
        if (word_in(l->ws, i, verbs, sizeof verbs / sizeof *verbs)) return true;
    return false;
}

/* "bringing our force total in Europe to 100,000": where the forces stand; `to`: nowhere. */
static uint32_t force_level(const struct line *l, uint32_t begin, uint32_t to)
{
    enum { NEAR = 8 };
    static const char *const forces[] = {"force", "troop", "forces", "troops"};
    static const char *const levels[] = {"total", "level", "levels", "presence", "strength"};
    if (to == begin || !word_is(l->ws, to - 1, "to")) return to;
    for (uint32_t i = begin; i + 1 < to; i++)
        if (word_in(l->ws, i, forces, sizeof forces / sizeof *forces) &&
            word_in(l->ws, i + 1, levels, sizeof levels / sizeof *levels) && i + NEAR > to - 1)
            return i;
    return to;
}

/* "The number of US forces there is approximately 2,027": what it counts stands before it. */
static bool counts_before(const struct line *l, const struct value *v, struct value *out)
{
    enum { BACK = 4 };
    uint32_t begin = clause_begin(l, v->first), of = v->first;
    bool is = false;
    for (uint32_t i = v->first; i > begin && i + BACK > v->first; i--)
        is |= (word_classes(&l->ws->word[i - 1]) & IS(aux)) != 0;
    for (uint32_t i = begin; i + 1 < v->first; i++)
        if ((is || grows(l, i, v->first)) && word_is(l->ws, i, "number") &&
            word_is(l->ws, i + 1, "of"))
            of = i + 2;
    if (of == v->first) of = force_level(l, begin, v->first);
    struct things t = nearest_things(l, of, v->first);
    if (of == v->first || !t.goods || t.first > of + 4) return false;
    *out = *v;
    out->kind = VALUE_COUNT;
    out->noun = t.first;
    out->noun_count = t.end - t.first;
    out->unit = t.goods == 1u << GOODS_PERSONNEL ? "people" : NULL;
    return true;
}

/* "2,500 troops in Iraq and 900 in Syria": what the number before it counts. */
static bool counts_the_same(const struct line *l, uint32_t k, struct value *out)
{
    enum { NEAR = 12 };
    const struct value *v = &l->values[k], *before = v;
    if (dec_cmp(v->low, v->high) != 0) return false;
    do { /* dates between them count nothing */
        if (before == l->values) return false;
        before--;
    } while (before->kind > VALUE_BARE);
    uint32_t end = value_end(before);
    if (before->kind != VALUE_COUNT || !before->noun_count || unit_is(before, "country"))
        return false;
    if (v->first < end || v->first > end + NEAR || dec_cmp(v->low, (struct dec){20, 0}) < 0)
        return false;
    bool and = false;
    for (uint32_t i = end; i < v->first; i++) {
        if (mark_at(l, i, ';') || mark_at(l, i, ':')) return false;
        and |= word_is(l->ws, i, "and") || mark_at(l, i, ',');
    }
    uint32_t behind = v->first + v->count; /* a number alone: nothing of its own follows */
    bool alone = behind >= l->end || l->ws->word[behind].shape & SHAPE_MARK ||
                 word_is(l->ws, behind, "in") || word_is(l->ws, behind, "by") ||
                 word_is(l->ws, behind, "more") || word_is(l->ws, behind, "from") ||
                 word_is(l->ws, behind, "to");
    if (!and || !alone) return false;
    *out = *v;
    out->kind = VALUE_COUNT;
    out->unit = before->unit;
    out->noun = before->noun;
    out->noun_count = before->noun_count;
    out->head = before->head;
    return true;
}

bool spenders_now(const struct scene *s, const struct line *l, const struct value *v)
{
    enum { BACK = 4, RECENT = 4 };
    bool now = false;
    if (v->kind != VALUE_BARE || v->low.scale > 0 || dec_cmp(v->low, v->high) != 0) return false;
    if (dec_cmp(v->low, (struct dec){3, 0}) < 0 || dec_cmp(v->high, (struct dec){32, 0}) > 0)
        return false;
    uint32_t behind = v->first + v->count;
    if (behind < l->end && !(l->ws->word[behind].shape & SHAPE_MARK)) return false;
    for (uint32_t i = v->first; i > l->first && i + BACK > v->first; i--)
        now |= word_is(l->ws, i - 1, "now") || word_is(l->ws, i - 1, "today");
    const struct reading *out = s->out;
    for (uint32_t i = out->said_count; now && i > 0 && i + RECENT > out->said_count; i--) {
        const struct said *d = &out->said[i - 1];
        if (d->kind == SAID_FIGURE && d->goods == GOODS_MONEY && d->unit &&
            strcmp(d->unit, "country") == 0)
            return true;
    }
    return false;
}

bool counts_otherwise(const struct scene *s, const struct line *l, uint32_t k, struct value *who)
{
    const struct value *v = &l->values[k];
    bool bare = v->kind == VALUE_BARE || (v->kind == VALUE_MONEY && !v->unit);
    bool before = bare && (counts_before(l, v, who) || counts_the_same(l, k, who));
    if (spenders(s, l, before ? who : v) || spenders_now(s, l, v)) {
        if (!before) *who = *v;
        who->kind = VALUE_COUNT;
        who->unit = "country";
        who->noun_count = 0;
        who->noun = who->head = v->first + v->count;
        return true;
    }
    if (before || v->kind != VALUE_BARE || !word_is(l->ws, v->first + v->count, "who"))
        return before;
    *who = *v;
    who->kind = VALUE_COUNT;
    who->unit = "people";
    return true;
}
