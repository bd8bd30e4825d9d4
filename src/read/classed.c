/*
 * classed.c - how much of what a number says: its unit and the class of its goods.
 *
 * What a sum is for stands behind it, more rarely before, or in the sentence
 * before; what is counted is known by its noun, whose head decides.
 */
#include <string.h>

#include "read/amounts.h"

static const char *unit_of_value(const struct line *l, const struct value *v)
{
    if (v->unit || v->kind != VALUE_COUNT) return v->unit;
    for (uint32_t i = v->noun + v->noun_count; i-- > v->noun;) {
        const char *value = word_value(&l->ws->word[i], WORD_goods);
        if (*value) return unit_of(value);
    }
    return "each";
}

bool refers_back(const struct line *l, const struct value *v)
{
    static const char *const words[] = {"that", "this", "the", "these", "those"};
    uint32_t i = v->first;
    if (i > l->first && l->ws->word[i - 1].shape & SHAPE_MARK) return false;
    for (size_t k = 0; i > l->first && k < sizeof words / sizeof *words; k++)
        if (word_is(l->ws, i - 1, words[k])) return true;
    return false;
}

bool paid_to_fund(const struct line *l, const struct value *v)
{
    enum { FAR = 9 };
    static const char *const funds[] = {"fund",       "program", "programme", "facility", "package",
                                        "initiative", "bank",    "trust",     "mechanism"};
    uint32_t i = v->first + v->count, names = 0;
    if (word_is(l->ws, i, "to"))
        i++;
    else
        return false;
    if (word_is(l->ws, i, "the")) i++;
    for (uint32_t end = i + FAR; i < end && i < l->end; i++) {
        const struct word *w = &l->ws->word[i];
        if (!(w->shape & SHAPE_CAPITAL) && !word_is(l->ws, i, "and") && !word_is(l->ws, i, "for"))
            return false;
        if (names++ && word_in(l->ws, i, funds, sizeof funds / sizeof *funds)) return true;
    }
    return false;
}

/* Before the words that say how exact the sum is, "more than", "an additional". */
static uint32_t before_sum(const struct line *l, const struct value *v)
{
    static const char *const words[] = {"the",     "a",     "an",      "additional",
                                        "another", "some",  "further", "over",
                                        "nearly",  "about", "around",  "almost"};
    uint32_t i = v->first;
    while (i > l->first && word_in(l->ws, i - 1, words, sizeof words / sizeof *words)) i--;
    return i;
}

/* Behind the sum it is said what it is for, or whose. */
static bool says_what_for(const struct line *l, const struct value *v)
{
    static const char *const words[] = {"for", "to", "in", "from", "of", "that", "which"};
    return word_in(l->ws, v->first + v->count, words, sizeof words / sizeof *words);
}

/* "humanitarian aid - over $5 million": what the sum is of stands right before the mark. */
static struct things beside_sum(const struct line *l, const struct value *v)
{
    enum { NEAR = 7 };
    uint32_t i = before_sum(l, v), low;
    if (i < l->first + 2) return (struct things){0};
    if (word_is(l->ws, i - 1, "to") &&
        !word_is(l->ws, i - 2, "contribution")) { /* "triples its humanitarian aid to $5 million" */
        struct things raised = things_in(l, i - 2, i - 1);
        return raised.goods ? (struct things){0} : raised;
    }
    bool with = word_is(l->ws, i - 1, "with");
    bool dash = clause_begin(l, v->first) == i && !mark_at(l, i - 1, ';');
    if (!with && !dash && !mark_at(l, i - 1, ',')) return (struct things){0};
    low = i > l->first + NEAR ? i - NEAR : l->first;
    struct things t = things_in(l, low, i);
    return with && t.goods ? (struct things){0} : t;
}

/* "$9 million in aid, $5 million of it today": the sum goes on about what the one before is of. */
static bool goes_on_from(const struct line *l, const struct value *v)
{
    uint32_t i = before_sum(l, v), from = 0;
    for (uint32_t k = 0; k < l->value_count; k++)
        if (l->values[k].kind == VALUE_MONEY && l->values[k].first < v->first)
            from = value_end(&l->values[k]);
    if (!from || i <= from) return false;
    if (word_is(l->ws, i - 1, "including")) return true;
    if (!mark_at(l, i - 1, ',') && !word_is(l->ws, i - 1, "and")) return false;
    return !(classes_in(l, from, i) & (IS(give) | IS(soft) | IS(goods)));
}

static enum goods class_of_money(const struct scene *s, const struct line *l, const struct value *v,
                                 const struct reach *r)
{
    if (paid_to_fund(l, v)) return GOODS_MONEY;
    struct things before = things_in(l, r->from, v->first), t = before;
    bool of = v->first > r->from &&
              (word_is(l->ws, v->first - 1, "of") || word_is(l->ws, v->first - 1, "worth"));
    bool close = of && before.count && before.end + 4 >= v->first; /* "aid to the tune of" */
    uint32_t to = v->first + v->count; /* "in shells under the Security Assistance Initiative" */
    while (to < r->to && !word_is(l->ws, to, "under") && !word_is(l->ws, to, "through")) to++;
    if (!before.count && v->first > r->begin && word_is(l->ws, v->first - 1, "worth")) {
        t = things_in(l, r->begin, v->first); /* "a contract for 9,000 shells worth $5 million" */
        close = t.goods != 0;
    }
    if (!close) t = nearest_things(l, v->first + v->count, to);
    if (!close && !t.count) t = nearest_things(l, v->first + v->count, r->to);
    bool total = strcmp(list_word(l, r->begin, v->first), "") != 0;
    bool brings = brings_to(l, v, r);
    if (!t.count && (total || brings))
        t = things_in(l, r->begin, v->first); /* "the total assistance to $1 billion" */
    if (!t.count && classes_in(l, r->begin, v->first) & IS(bundle)) return GOODS_MIXED;
    if (!t.count && !says_what_for(l, v)) t = beside_sum(l, v);
    if (!t.count && !says_what_for(l, v) && goes_on_from(l, v)) return s->money;
    bool again = refers_back(l, v);
    for (uint32_t i = r->begin; i < v->first; i++) /* "the previous one was for 150" */
        again |= word_is(l->ws, i, "one");
    if (!t.count) return s->warmth && again ? s->money : GOODS_MONEY;
    if (t.goods && t.soft & ~(1u << GOODS_MONEY)) return GOODS_MIXED;
    if (t.goods == 1u << GOODS_PERSONNEL && t.count == 1)
        return s->warmth && again ? s->money : GOODS_MONEY; /* who gets it */
    if (t.goods) return class_of(&t, GOODS_MONEY);
    /* the first kind named is the head: "in funding towards humanitarian assistance" is money */
    bool listed =
        t.first > v->first && (word_is(l->ws, t.first - 1, "and") || mark_at(l, t.first - 1, ','));
    if (listed && t.soft) return GOODS_MIXED; /* "in humanitarian and economic assistance" */
    struct things head = things_in(l, t.first, t.first + 1);
    return class_of(head.count ? &head : &t, GOODS_MONEY);
}

bool needs_named(const struct line *l, const struct value *v)
{
    return v->noun_count && classes_in(l, v->noun, v->noun + v->noun_count) & IS(need);
}

/* "39,000 US service members": forces that are taken in, no refugees. */
static bool soldiers(const struct line *l, const struct value *v)
{
    return v->noun_count && classes_in(l, v->noun, v->noun + v->noun_count) & IS(goods);
}

static enum goods class_of_count(const struct scene *s, const struct line *l, const struct value *v,
                                 const struct reach *r, const struct around *acts)
{
    if ((acts->train || training_of(l, v)) && class_of_noun(l, v) == GOODS_PERSONNEL)
        return GOODS_TRAINING;
    if (unit_is(v, "people") && acts->host)
        return class_of_noun(l, v) == GOODS_PERSONNEL && soldiers(l, v) ? GOODS_PERSONNEL
                                                                        : GOODS_SHELTER;
    if (carries_aid(s, l, v)) return GOODS_MIXED;
    bool load = unit_is(v, "tonne") || unit_is(v, "pound");
    if (v->noun_count && !load) {
        static const char *const holds[] = {"containers", "truckloads", "pallets", "boxes",
                                            "crates",     "shiploads",  "loads",   "trainloads"};
        if (word_in(l->ws, v->head, holds, sizeof holds / sizeof *holds)) {
            struct things held = things_in(l, v->head + 1, v->noun + v->noun_count);
            if (held.goods) return class_of(&held, GOODS_OTHER); /* "containers of shells" */
        }
        /* the head noun decides: "rounds of small arms ammunition" */
        struct things head = things_in(l, v->head, v->head + 1);
        bool jets = head.goods == 1u << GOODS_PERSONNEL && !unit_is(v, "people"); /* fighters */
        if (head.goods && !jets) return class_of(&head, GOODS_OTHER);
        if (word_classes(&l->ws->word[v->head]) & IS(bundle)) return GOODS_MIXED;
        struct things noun = things_in(l, v->noun, v->noun + v->noun_count);
        if (noun.goods) return class_of(&noun, GOODS_OTHER);
    }
    if (unit_is(v, "each") && aided(l, v)) return GOODS_OTHER;
    if (needs_named(l, v)) return GOODS_MIXED;
    struct things own = things_in(l, v->first, r->to);
    if (unit_is(v, "people") && !own.goods) own = things_in(l, r->begin, r->to);
    bool helped = unit_is(v, "people") && aided(l, v);
    return class_of(&own, load || helped ? GOODS_MIXED : GOODS_OTHER);
}

const char *own_currency(const struct line *l, const struct value *v,
                         const struct said_parties *giver)
{
    static const struct {
        const char *word, *giver, *code;
    } own[] = {
        {"kroner", "NOR", "NOK"}, {"kroner", "DNK", "DKK"}, {"kroner", "SWE", "SEK"},
        {"krone", "NOR", "NOK"},  {"krone", "DNK", "DKK"},  {"crowns", "NOR", "NOK"},
        {"crowns", "DNK", "DKK"}, {"crowns", "SWE", "SEK"}, {"crowns", "CZE", "CZK"},
        {"francs", "CHE", "CHF"}, {"lei", "ROU", "RON"},    {"lei", "MDA", "MDL"},
    };
    for (size_t k = 0; k < sizeof own / sizeof *own; k++)
        if (has_party(giver, own[k].giver))
            for (uint32_t i = v->first; i < v->first + v->count; i++)
                if (word_is(l->ws, i, own[k].word)) return own[k].code;
    return NULL;
}

enum goods class_of_theme(const struct line *l, const struct reach *r, enum goods otherwise)
{
    for (uint32_t i = r->begin; i < r->end; i += l->ws->word[i].span) {
        const char *v = word_value(&l->ws->word[i], WORD_theme);
        if (*v) return goods_of(v);
    }
    return otherwise;
}

/* "five nations have committed radars", "commitments of five nations for radars": of the radars. */
static enum goods class_of_nations(const struct line *l, const struct value *v,
                                   const struct reach *r)
{
    struct things t = things_in(l, r->begin, v->first);
    if (!t.goods) t = nearest_things(l, value_end(v), r->to);
    return class_of(&(struct things){.goods = t.goods}, GOODS_MIXED);
}

void fill_amount(struct scene *s, const struct line *l, const struct value *v,
                 const struct reach *r, const struct around *acts, const struct said_parties *giver,
                 struct said *d)
{
    d->counted = true;
    d->low = v->low;
    d->high = v->high;
    d->approx = v->approx;
    d->unit = v->kind == VALUE_BARE ? s->currency : unit_of_value(l, v);
    if (v->kind == VALUE_MONEY && !v->unit) d->unit = own_currency(l, v, giver);
    if (v->kind == VALUE_MONEY && v->unit) s->currency = v->unit;
    d->item = v->noun_count ? phrase_of(s->a, l, v->noun, v->noun + v->noun_count) : "funding";
    d->goods = v->kind == VALUE_MONEY || v->kind == VALUE_BARE ? class_of_money(s, l, v, r)
                                                               : class_of_count(s, l, v, r, acts);
    d->giver = *giver;
    if (of_gdp(s, l, v)) {
        d->unit = "percent_gdp";
        d->goods = GOODS_MONEY;
        uint32_t first;
        bool guest = s->side.you && s->side.we && is_country(s->side.we); /* speaks of its own */
        const char *us = s->side.we ? s->side.we : s->addressed; /* "You said the 2 percent" */
        if (!guest && d->giver.count == 1 && has_party(&d->giver, us)) d->giver.count = 0;
        if (!d->giver.count) subject_of(s, l, r->begin, v->first, &d->giver, &first);
        if (!any_named(&d->giver) || (has_party(&d->giver, us) && !guest)) d->giver.count = 0;
        if (!d->giver.count) add_party(&d->giver, "ALLIES");
    } else if (v->kind == VALUE_SHARE && d->kind == SAID_FIGURE) {
        d->goods = class_of_theme(l, r, d->goods);
    }
    if (v->kind == VALUE_MONEY) s->money = d->goods;
    if (unit_is(v, "percent_gdp")) d->goods = GOODS_MONEY;
    if (unit_is(v, "country"))
        d->goods = d->kind == SAID_SUPPORT ? class_of_nations(l, v, r) : GOODS_OTHER;
}
