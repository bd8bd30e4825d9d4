/*
 * noun.c - see noun.h.
 *
 * There is no part-of-speech tagger here. A phrase runs over words that can
 * stand before a noun until one that cannot; its head is the last word in it
 * that the lexicon knows as a noun, for the lexicon knows what is given in
 * such documents. Where it knows none, the head is the first plural, or the
 * last word. Phrases are short: how far anything looks is bounded.
 */
#include "read/noun.h"

#include <string.h>

enum { RUN_MAX = 16, AHEAD_MAX = 12 };

#define VERBS                                                                                      \
    (IS(give) | IS(commit) | IS(promise) | IS(decide) | IS(receive) | IS(consider) | IS(need) |    \
     IS(host) | IS(train) | IS(have) | IS(call))
#define STOPS                                                                                      \
    (IS(aux) | IS(we) | IS(you) | IS(they) | IS(deny) | IS(whether) | IS(future) | IS(when) |      \
     IS(ought) | IS(proceed) | IS(list) | IS(thank) | IS(over) | IS(under) | IS(nearly) |          \
     IS(currency))
#define THINGS (IS(unit) | IS(goods) | IS(channel) | IS(group) | IS(fled) | IS(body))

static char mark_of(const struct words *ws, uint32_t i, uint32_t end)
{
    const struct word *w = &ws->word[i];
    return i < end && w->shape & SHAPE_MARK && w->len == 1 ? ws->text[w->at] : '\0';
}

bool words_join(const struct words *ws, uint32_t i, uint32_t end)
{
    return i + 1 < end && mark_of(ws, i, end) == '-' && ws->word[i].shape & SHAPE_GLUED &&
           ws->word[i + 1].shape & SHAPE_GLUED;
}

static char last_letter(const struct words *ws, uint32_t i)
{
    const struct word *w = &ws->word[i];
    return ws->text[w->at + w->len - 1];
}

/* Ends like a plural: "tanks", not "wireless". */
static bool plural(const struct words *ws, uint32_t i)
{
    const struct word *w = &ws->word[i];
    if (w->len < 4 || last_letter(ws, i) != 's') return false;
    char before = ws->text[w->at + w->len - 2];
    return before != 's' && before != 'u' && before != 'i';
}

static bool upper(const struct words *ws, uint32_t i)
{
    return (ws->word[i].shape & SHAPE_UPPER) != 0;
}

/* "deliveries", "commitments", "requirements": nouns among the verbs. */
static bool verbal_noun(const struct words *ws, uint32_t i)
{
    const struct word *w = &ws->word[i];
    if (w->span > 1 && !(i + w->span <= ws->count && plural(ws, i + w->span - 1u))) return false;
    static const enum word_class classes[] = {WORD_give, WORD_commit, WORD_promise, WORD_decide,
                                              WORD_need};
    for (size_t k = 0; k < sizeof classes / sizeof *classes; k++)
        if (*word_value(w, classes[k]) == 'n') return true;
    return false;
}

enum role { ROLE_STOP, ROLE_VERB, ROLE_THING, ROLE_WEAK, ROLE_OTHER };

/* A number that is part of a type: "155-millimetre", "155mm", the 2 of "Leopard 2". */
static bool number_in_name(const struct words *ws, uint32_t i, uint32_t from, uint32_t end)
{
    if (ws->word[i].shape & SHAPE_GLUED) return true;
    bool tail = i + 1 < end && ws->word[i + 1].shape & SHAPE_GLUED;
    if (i + 1 < end && strcmp(word_value(&ws->word[i + 1], WORD_unit), "length") == 0) return true;
    if (tail && (words_join(ws, i + 1, end) || !(ws->word[i + 1].shape & SHAPE_MARK))) return true;
    if (ws->word[i].shape & SHAPE_LINE && i + 1 < end && ws->word[i + 1].shape & SHAPE_CAPITAL)
        return false; /* "31 Abrams tanks" below a heading */
    return i > from && ws->word[i].len <= 3 && ws->word[i - 1].shape & SHAPE_CAPITAL && !tail;
}

static bool closed_class(const struct words *ws, uint32_t i, uint64_t classes)
{
    if (ws->word[i].span > 1) classes &= ~IS(function); /* "urgently needed" */
    if (classes & (IS(unit) | IS(goods)) && !(classes & (IS(aux) | IS(when)))) return false;
    if (upper(ws, i) && classes & (IS(party) | IS(goods))) return false; /* US, no us */
    return classes & (STOPS | IS(function)) ||
           (classes & IS(month) && ws->word[i].shape & SHAPE_CAPITAL);
}

/* "half a million Sudanese": people, where no noun follows. */
static bool ends_ese(const struct words *ws, uint32_t i)
{
    const struct word *w = &ws->word[i];
    if (w->len < 6 || memcmp(ws->text + w->at + w->len - 3, "ese", 3) != 0) return false;
    return i + 1 >= ws->count || ws->word[i + 1].shape & SHAPE_MARK ||
           word_classes(&ws->word[i + 1]) & (IS(function) | IS(aux));
}

static enum role role_of(const struct words *ws, uint32_t i)
{
    const struct word *w = &ws->word[i];
    uint64_t classes = word_classes(w);
    if (classes == 0) return ROLE_OTHER;
    if (w->span > 1 && (word_is(ws, i, "in") || word_is(ws, i, "on") || word_is(ws, i, "for")))
        return ROLE_STOP; /* "on defence" */
    if (closed_class(ws, i, classes)) return ROLE_STOP;
    if (classes & IS(unit) && strcmp(word_value(w, WORD_unit), "name") != 0) return ROLE_THING;
    if (classes & (THINGS & ~IS(unit))) return ROLE_THING;
    if (classes & IS(demonym)) return plural(ws, i) || ends_ese(ws, i) ? ROLE_THING : ROLE_OTHER;
    if (classes & VERBS)
        return verbal_noun(ws, i) ? ROLE_THING : classes & IS(soft) ? ROLE_WEAK : ROLE_VERB;
    if (classes & (IS(soft) | IS(theme))) return ROLE_WEAK;
    if (classes & (IS(digit) | IS(scale) | IS(vague))) return ROLE_STOP;
    return ROLE_OTHER;
}

static bool link_at(const struct words *ws, uint32_t i)
{
    return word_is(ws, i, "and") || word_is(ws, i, "or");
}

/* Whether a list of modifiers goes on behind the comma or "and" at i: "grenade, mortar and
 * artillery rounds". */
static bool list_of_modifiers(const struct words *ws, uint32_t i, uint32_t end, bool any)
{
    uint32_t stop = i + AHEAD_MAX < end ? i + AHEAD_MAX : end;
    for (uint32_t k = i + 1; k < stop; k++) {
        if (ws->word[k].shape & SHAPE_NUMBER) return false;
        char m = mark_of(ws, k, end);
        if (link_at(ws, k) || word_is(ws, k, "other") || (m && strchr("-,[]", m))) continue;
        enum role role = role_of(ws, k);
        if (m || role == ROLE_STOP || role == ROLE_VERB) return false;
        uint32_t last = k + ws->word[k].span - 1u;
        if (any && (role == ROLE_THING || role == ROLE_WEAK)) return true;
        if (role == ROLE_THING && last < end && plural(ws, last)) return true;
    }
    return false;
}

/* A word that its speaker broke off: "hum- - humanitarian". */
bool word_broken(const struct words *ws, uint32_t i, uint32_t end)
{
    if (i + 1 >= end || mark_of(ws, i + 1, end) != '-') return false;
    if (!(ws->word[i + 1].shape & SHAPE_GLUED) || !(ws->word[i].shape & SHAPE_WORD)) return false;
    return i + 2 >= end || !(ws->word[i + 2].shape & (SHAPE_GLUED | SHAPE_WORD | SHAPE_NUMBER));
}

/* Behind the break: over the hyphen, and the dash that follows it. */
static uint32_t past_break(const struct words *ws, uint32_t i, uint32_t end)
{
    uint32_t next = i + 2;
    return next < end && ws->word[next].shape & SHAPE_MARK ? next + 1 : next;
}

/* A run of words: where it ends, and the last thing in it. */
struct run {
    uint32_t end; /* behind the last word that belongs to it */
    uint32_t head;
    uint32_t entry; /* the word whose spelling the head ends */
    bool any, thing, weak;
    bool known;         /* the head is one of these */
    uint32_t plural_at; /* first plural that the lexicon does not know; UINT32_MAX */
    bool finished;      /* a plural thing: only another thing may follow */
};

/* Ends like an adjective that names a field: "economic", "medical", "military". */
static bool field(const struct words *ws, uint32_t i)
{
    static const char *const tails[] = {"ic", "al", "ary", "ian"};
    const struct word *w = &ws->word[i];
    for (size_t k = 0; k < sizeof tails / sizeof *tails; k++) {
        size_t n = strlen(tails[k]);
        if (w->len > n + 2 && memcmp(ws->text + w->at + w->len - n, tails[k], n) == 0) return true;
    }
    return false;
}

/* Whether the run goes on behind the comma or "and" at i. */
static bool goes_on(const struct words *ws, const struct run *r, uint32_t i, uint32_t end)
{
    if (!r->any || r->finished || plural(ws, i - 1)) return false;
    bool any = (!r->thing && !r->weak) || field(ws, i - 1);
    return list_of_modifiers(ws, i, end, any);
}

/* Whether the mark at i belongs to the run. */
static bool mark_inside(const struct words *ws, const struct run *r, uint32_t i, uint32_t end)
{
    if (words_join(ws, i, end)) return true;
    char m = mark_of(ws, i, end);
    bool glue =
        ws->word[i].shape & SHAPE_GLUED && i + 1 < end && ws->word[i + 1].shape & SHAPE_GLUED;
    if ((m == '/' || m == '&') && glue) return true;
    if (m == '[' || m == ']') return r->any && !r->finished; /* "anti-[air] missiles" */
    return m == ',' && goes_on(ws, r, i, end);
}

static void take_thing(struct run *r, const struct words *ws, uint32_t i, enum role role)
{
    uint32_t last = i + ws->word[i].span - 1u, head = last;
    for (uint32_t k = i + 1; k < last; k++)
        if (word_is(ws, k, "of")) head = k - 1;            /* "sets of body armor" */
    if (ws->word[head].shape & SHAPE_NUMBER && head > i) { /* "Challenger 2s" */
        head = i;
        bool many = last + 1 < ws->count && word_is(ws, last + 1, "s");
        if (many && ws->word[last + 1].shape & SHAPE_GLUED) last++;
    }
    r->head = head;
    r->entry = i;
    r->thing |= role == ROLE_THING;
    r->weak |= role == ROLE_WEAK;
    uint64_t classes = word_classes(&ws->word[i]);
    bool people = strcmp(word_value(&ws->word[i], WORD_unit), "people") == 0;
    r->finished = role == ROLE_THING && (plural(ws, head) || people || classes & IS(group));
    r->end = last + 1;
}

/* One word into the run; false when it ends before the word. */
static bool take_word(struct run *r, const struct words *ws, uint32_t from, uint32_t i,
                      uint32_t end)
{
    const struct word *w = &ws->word[i];
    bool glue = i > from && w->shape & SHAPE_GLUED;
    if (w->shape & SHAPE_NUMBER) return number_in_name(ws, i, from, end);
    enum role role = role_of(ws, i);
    if (glue && role != ROLE_THING && role != ROLE_WEAK) return true; /* "Czech-led" */
    if (role == ROLE_STOP) {
        if (word_is(ws, i, "other") && i > from) return link_at(ws, i - 1);
        return link_at(ws, i) && goes_on(ws, r, i, end);
    }
    if (i + w->span > end) return false;
    if (words_join(ws, i + w->span, end)) return true; /* the first half of a compound */
    if (r->finished) {
        if (role != ROLE_THING || !(word_classes(w) & (IS(unit) | IS(goods)))) return false;
        take_thing(r, ws, i, role);
        return true;
    }
    /* "rocket launching systems" */
    bool ing = role == ROLE_VERB && r->thing && w->len > 5 && last_letter(ws, i) == 'g';
    if (ing && i + 1 < end && role_of(ws, i + 1) == ROLE_THING) return true;
    bool verb = role == ROLE_WEAK && word_classes(w) & VERBS;
    if (verb && r->any && r->plural_at == i - 1) return false; /* "two presidents pledge" */
    if (role == ROLE_VERB) return !r->thing && !r->weak && !(r->any && r->plural_at != UINT32_MAX);
    bool who =
        word_classes(w) & IS(body) && w->shape & SHAPE_CAPITAL; /* "authority Congress gave" */
    if (who && (r->thing || r->weak)) return false;
    bool compound =
        role == ROLE_WEAK && !(word_classes(w) & VERBS); /* "food production assistance" */
    if (role == ROLE_THING || compound || (role == ROLE_WEAK && !r->thing)) {
        take_thing(r, ws, i, role);
    } else if (role == ROLE_WEAK) {
        return false;
    } else if (r->plural_at == UINT32_MAX && plural(ws, i)) {
        r->plural_at = i;
    }
    return true;
}

static struct run run_from(const struct words *ws, uint32_t from, uint32_t end)
{
    struct run r = {.end = from, .plural_at = UINT32_MAX};
    uint32_t stop = from + RUN_MAX < end ? from + RUN_MAX : end, last = from;
    for (uint32_t i = from; i < stop;) {
        const struct word *w = &ws->word[i];
        uint32_t next = i + 1;
        if (i > from && w->shape & SHAPE_BULLET) break;
        if (w->shape & SHAPE_MARK) {
            if (i == from || !mark_inside(ws, &r, i, end)) break;
        } else if (word_broken(ws, i, end)) {
            next = past_break(ws, i, end); /* "M777 how- - 155-millimeter howitzers" */
            if (i == from) break;
        } else if (word_is(ws, i, "'s")) {
            if (i == from) break;
        } else {
            if (!take_word(&r, ws, from, i, end)) break;
            if (r.end > i) next = r.end; /* a thing of several words */
            r.any = true;
            if (!link_at(ws, i) && !word_is(ws, i, "other")) last = next - 1;
        }
        i = next;
    }
    /* "economic relationship", "battalion tactical groups": a modifier that the lexicon knows */
    bool tail = r.plural_at != UINT32_MAX && r.plural_at > r.head && !plural(ws, r.head);
    bool adjective = r.weak && !r.thing && field(ws, r.head) && last > r.head;
    if ((r.thing || r.weak) && (tail || adjective)) {
        r.head = r.entry = tail ? r.plural_at : last;
        r.end = r.head + 1;
        r.known = false;
        return r;
    }
    r.known = r.thing || r.weak;
    if (r.known) return r;
    /* The lexicon knows none of them: the first plural, or the last of a short run. */
    r.head = r.plural_at != UINT32_MAX ? r.plural_at : last;
    r.entry = r.head;
    r.end = r.any ? r.head + 1 : from;
    return r;
}

static uint32_t skip(const struct words *ws, uint32_t i, uint32_t end)
{
    static const char *const words[] = {"more",    "additional", "extra",   "new",       "other",
                                        "further", "such",       "another", "different", "various"};
    for (bool again = true; again && i < end;) {
        again = false;
        for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
            if (!word_is(ws, i, words[k])) continue;
            if (i + 1 < end && word_is(ws, i + 1, "than")) return i;
            i++;
            again = true;
            break;
        }
    }
    return i;
}

static const char *unit_of(const struct words *ws, const struct run *r)
{
    const struct word *w = &ws->word[r->entry];
    uint64_t classes = word_classes(w);
    if (!r->known) return "each";
    const char *unit = word_value(w, WORD_unit);
    if (*unit && strcmp(unit, "name") != 0) return unit;
    if (classes & IS(group)) return "country";
    if (classes & (IS(demonym) | IS(fled))) return "people";
    const char *slash = strchr(word_value(w, WORD_goods), '/');
    if (slash && (strcmp(slash, "/people") == 0 || strcmp(slash, "/round") == 0)) return slash + 1;
    return "each";
}

/* "(HMMWVs)" behind the head. */
static uint32_t past_acronym(const struct words *ws, uint32_t i, uint32_t end)
{
    if (mark_of(ws, i, end) != '(' || i + 2 >= end) return i;
    if (mark_of(ws, i + 2, end) != ')' || !(ws->word[i + 1].shape & SHAPE_CAPITAL)) return i;
    return i + 3;
}

/* "of small arms ammunition", without an article. */
static uint32_t past_of(const struct words *ws, uint32_t i, uint32_t end)
{
    if (i >= end || !word_is(ws, i, "of")) return i;
    uint32_t from = skip(ws, i + 1, end);
    struct run r = run_from(ws, from, end);
    return r.end > from ? r.end : i;
}

/* "and other armoured vehicles", "and ammunition": goods that share the number. */
static uint32_t past_and(const struct words *ws, uint32_t i, uint32_t end)
{
    if (i >= end || !link_at(ws, i)) return i;
    uint32_t from = skip(ws, i + 1, end);
    if (from >= end || ws->word[from].shape & (SHAPE_NUMBER | SHAPE_MARK)) return i;
    struct run r = run_from(ws, from, end);
    if (!r.thing || !(word_classes(&ws->word[r.entry]) & IS(goods))) return i;
    return past_acronym(ws, r.end, end);
}

struct noun counted_noun(const struct words *ws, uint32_t i, uint32_t end)
{
    uint32_t from = skip(ws, i, end);
    struct noun n = {.first = from, .head = from, .unit = NULL};
    if (from >= end) return n;
    struct run r = run_from(ws, from, end);
    if (r.end <= from) return n;
    n.head = r.head;
    n.known = r.known;
    n.classes = r.known ? word_classes(&ws->word[r.entry]) : 0;
    n.unit = unit_of(ws, &r);
    uint32_t last = past_acronym(ws, r.end, end);
    last = past_of(ws, last, end);
    if (n.classes & IS(goods) && strcmp(n.unit, "people") != 0) last = past_and(ws, last, end);
    n.count = last - from;
    return n;
}
