/* things.c - see things.h. */
#include "read/things.h"

#include <string.h>

enum goods goods_of(const char *value)
{
    size_t len = strcspn(value, "/");
    for (int g = 0; g < GOODS_COUNT; g++) {
        const char *name = goods_name((enum goods)g);
        if (*name == *value && strlen(name) == len && memcmp(name, value, len) == 0)
            return (enum goods)g;
    }
    return GOODS_COUNT;
}

const char *unit_of(const char *value)
{
    const char *slash = strchr(value, '/');
    return slash ? slash + 1 : "each";
}

/* "Patriot missile battery": a thing right before another says of what sort it is. */
static bool describes(const struct line *l, uint32_t next, uint32_t to, uint64_t class)
{
    if (next < to && mark_at(l, next, '-')) next++;
    if (next >= to || next >= l->end) return false;
    const struct word *w = &l->ws->word[next];
    return (word_classes(w) & class) && !(w->shape & SHAPE_MARK);
}

/* "arms transfer policy", "air defence industry", "bridge to membership": no thing is meant. */
static bool heads_elsewhere(const struct line *l, uint32_t i)
{
    static const char *const nouns[] = {
        "policy",    "policies",  "industry", "industries", "industrial", "sector",
        "market",    "markets",   "talks",    "embargo",    "maker",      "makers",
        "companies", "producers", "threat",   "threats",    "tests",      "testing",
        "strike",    "strikes",   "attack",   "attacks",    "barrage"};
    static const char *const titles[] = {
        "network", "networks", "mission",  "academy",   "agency",  "act", "forum",    "conference",
        "center",  "centre",   "dialogue", "institute", "council", "day", "strategy", "convention"};
    if (i >= l->end) return false;
    for (uint32_t k = i; k < i + 4 && k < l->end && l->ws->word[k].shape & SHAPE_CAPITAL; k++)
        if (word_in(l->ws, k, titles, sizeof titles / sizeof *titles))
            return l->ws->word[i - 1].shape & SHAPE_CAPITAL; /* "Open Radio Access Network" */
    if (word_in(l->ws, i, nouns, sizeof nouns / sizeof *nouns)) return true;
    if (word_is(l->ws, i, "supply"))
        return word_is(l->ws, i + 1, "chain") || word_is(l->ws, i + 1, "chains");
    return i + 1 < l->end && word_is(l->ws, i, "transfer") &&
           word_in(l->ws, i + 1, nouns, sizeof nouns / sizeof *nouns);
}

struct things things_in(const struct line *l, uint32_t from, uint32_t to)
{
    struct things t = {.first = from, .end = from};
    for (uint32_t i = from; i < to && i < l->end; i += l->ws->word[i].span) {
        const struct word *w = &l->ws->word[i];
        uint64_t c = word_classes(w);
        if (t.goods && c & IS(function) && word_is(l->ws, i, "for")) { /* "ammunition for HIMARS" */
            while (i + 1 < to && i + 1 < l->end && !mark_at(l, i + 1, ',') &&
                   !mark_at(l, i + 1, ';'))
                i++;
            continue;
        }
        if (!(c & (IS(goods) | IS(soft)))) continue;
        if (c & IS(soft) && c & IS(aid) && i > l->first && /* "$9 million to support farmers" */
            (word_is(l->ws, i - 1, "to") || word_is(l->ws, i - 1, "that") ||
             word_is(l->ws, i - 1, "who") || word_classes(&l->ws->word[i - 1]) & IS(future)))
            continue;
        if (c & IS(goods) && heads_elsewhere(l, i + w->span)) continue;
        if (describes(l, i + w->span, to, c & IS(goods) ? IS(goods) : IS(soft))) continue;
        enum goods g = goods_of(word_value(w, c & IS(goods) ? WORD_goods : WORD_soft));
        if (g == GOODS_COUNT) continue;
        if (c & IS(goods))
            t.goods |= 1u << g;
        else
            t.soft |= 1u << g;
        if (t.count++ == 0) t.first = i;
        t.end = i + w->span;
    }
    return t;
}

/* "tanks, and training for soldiers": what is given, nobody's doing. */
static bool training_noun(const struct line *l, uint32_t i)
{
    static const char *const behind[] = {"for", "to", "of", "in"};
    if (!word_is(l->ws, i, "training")) return false;
    if (i + 1 >= l->end || l->ws->word[i + 1].shape & SHAPE_MARK) return true;
    for (size_t k = 0; k < sizeof behind / sizeof *behind; k++)
        if (word_is(l->ws, i + 1, behind[k])) return true;
    return false;
}

struct things nearest_things(const struct line *l, uint32_t from, uint32_t to)
{
    static const char *const ends[] = {"to", "for", "towards", "that", "which", "from", "by", "so"};
    struct things all = things_in(l, from, to);
    if (!all.count) return all;
    uint32_t end = all.first;
    while (end < to && end < l->end) {
        const struct word *w = &l->ws->word[end];
        uint64_t c = word_classes(w);
        if (end > all.first && !(c & (IS(goods) | IS(soft)))) {
            if (c & (IS(give) | IS(aux) | IS(future) | IS(commit) | IS(aid))) break;
            if (c & IS(list) && !*word_value(w, WORD_list))
                break; /* "including", not "as well as" */
            bool over = false;
            for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
                over |= word_is(l->ws, end, ends[k]);
            if (over || (word_is(l->ws, end, "with") && all.goods)) break;
        }
        if (end > all.first && word_is(l->ws, end - 1, "and") && c & (IS(train) | IS(give)) &&
            !training_noun(l, end))
            break;
        end += w->span;
    }
    return things_in(l, all.first, end < to ? end : to);
}

static enum goods only(uint32_t bits)
{
    if (bits & (bits - 1)) return GOODS_MIXED;
    for (int g = 0; g < GOODS_COUNT; g++)
        if (bits >> g & 1) return (enum goods)g;
    return GOODS_COUNT;
}

enum goods class_of(const struct things *t, enum goods fallback)
{
    if (t->goods) return only(t->goods);
    if (t->soft) return only(t->soft);
    return fallback;
}

enum goods class_of_list(const struct line *l, const struct things *t, enum goods fallback)
{
    struct things all = *t;
    for (uint32_t i = t->first; i < t->end && t->goods; i++) {
        if (!(word_classes(&l->ws->word[i]) & IS(soft)) || i == l->first) continue;
        bool item =
            mark_at(l, i - 1, ',') || word_is(l->ws, i - 1, "and") || word_is(l->ws, i - 1, "more");
        uint32_t next = i + l->ws->word[i].span; /* "financial assistance and transformers" */
        if (next + 1 < t->end && (mark_at(l, next, ',') || word_is(l->ws, next, "and")) &&
            !(word_classes(&l->ws->word[next + 1]) & IS(list)) && things_in(l, next, t->end).goods)
            item = true;
        if (item) all.goods |= 1u << GOODS_MIXED; /* "weapons, sanctions and support" */
    }
    return class_of(&all, fallback);
}

const char *phrase_of(struct arena *a, const struct line *l, uint32_t from, uint32_t to)
{
    static const char *const leading[] = {"the", "a",    "an",         "more", "additional",
                                          "new", "some", "our",        "any",  "of",
                                          "in",  "for",  "additional", "their"};
    if (to > l->end) to = l->end;
    for (bool again = true; again && from + 1 < to;) {
        again = false;
        for (size_t k = 0; k < sizeof leading / sizeof *leading; k++)
            if (word_is(l->ws, from, leading[k])) again = true;
        if (again) from++;
    }
    if (from >= to) return "";
    uint32_t at = l->ws->word[from].at;
    uint32_t end = l->ws->word[to - 1].at + l->ws->word[to - 1].len;
    char *out = NEW_ARRAY(a, end - at + 1, char);
    uint32_t n = 0;
    for (uint32_t i = at; i < end; i++) {
        char c = l->ws->text[i] == '\n' ? ' ' : l->ws->text[i];
        if (c == ' ' && n > 0 && out[n - 1] == ' ') continue;
        out[n++] = c;
    }
    return out;
}
