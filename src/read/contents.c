/*
 * contents.c - what packages and lists hold, and things named without a verb.
 */
#include <string.h>

#include <string.h>

#include "read/deeds.h"
#include "read/who.h"

/* The statement that these contents are of: the last one, if it is support and near. */
static void fill_contents(struct scene *s, struct said *d, const struct things *t)
{
    d->goods = class_of(t, GOODS_MIXED);
    d->giver = s->list && s->list_giver.count ? s->list_giver : s->giver;
    if (!d->giver.count) add_us(s, &d->giver);
    d->receiver = s->list && any_named(&s->list_receiver) ? s->list_receiver : s->receiver;
    bool moved = !s->list && s->warmth + 1 < WARM && s->unnamed < 2 && s->helped_count > 1 &&
                 d->receiver.count == 1 && is_country(d->receiver.code[0]);
    if (moved) d->receiver.count = 0; /* another has been spoken of since */
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
    if (!(l->ws->sentence[l->index].classes & IS(bundle))) return;
    if (s->out->said_count > since || !is_named(s->side.we) || l->question) return;
    uint32_t i = l->first, begin = l->end;
    for (; i < l->end && i < l->first + 6 && begin == l->end; i++)
        for (size_t k = 0; k < sizeof starts / sizeof *starts; k++)
            if (word_is(l->ws, i, starts[k]) && i + 1 < l->end &&
                word_classes(&l->ws->word[i + 1]) & (IS(aux) | IS(future)))
                begin = i;
    for (i = begin; i + 1 < l->end && i < begin + 9; i++) {
        if (!(word_classes(&l->ws->word[i + 1]) & IS(bundle))) continue;
        static const char *const ordinals[] = {"first", "second", "third",    "fourth",
                                               "fifth", "sixth",  "seventh",  "eighth",
                                               "ninth", "tenth",  "eleventh", "twelfth"};
        bool th = word_in(l->ws, i, ordinals, sizeof ordinals / sizeof *ordinals) ||
                  word_is(l->ws, i, "th") || word_is(l->ws, i, "st") || word_is(l->ws, i, "nd") ||
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

/* "$2 billion in equipment to Ukraine - rifles, radars and helmets": what a sum is spent on. */
static void read_dashed(struct scene *s, const struct line *l, uint32_t since)
{
    enum { SOON = 4 };
    const struct reading *r = s->out;
    if (r->said_count == since || l->value_count != 1 || l->values[0].kind != VALUE_MONEY) return;
    if (!r->said[since].counted || r->said[since].kind != SAID_SUPPORT) return;
    uint32_t dash = clause_end(l, l->values[0].first), end;
    if (dash + SOON >= l->end || mark_at(l, dash, ',')) return;
    end = clause_end(l, dash + 1);
    struct things t = things_in(l, dash + 1, end);
    if (t.count < 2 || !t.goods || t.soft || t.first > dash + SOON) return;
    for (uint32_t k = 0; k < l->act_count; k++)
        if (l->acts[k].at > dash && l->acts[k].at < end && l->acts[k].form != 'n') return;
    if (said_already(s, l, SAID_SUPPORT, dash + 1, end, since)) return;
    struct said head = r->said[since];
    struct said *d = add_said(s, l, SAID_SUPPORT, dash + 1, end);
    d->item = phrase_of(s->a, l, t.first, t.end);
    d->goods = class_of(&t, GOODS_MIXED);
    d->giver = head.giver;
    d->receiver = head.receiver;
    d->stage = head.stage;
}

/* Behind the word that says that a package holds things, or 0: "has", "is", "there were", ':'. */
static uint32_t held_from(const struct line *l)
{
    enum { NEAR = 4 };
    static const char *const is[] = {"is", "are", "was", "were", "'s"};
    for (uint32_t i = l->first; i < l->end; i += l->ws->word[i].span) {
        if (word_is(l->ws, i, "there") && word_in(l->ws, i + 1, is, sizeof is / sizeof *is))
            return i + 2;
        if (!(word_classes(&l->ws->word[i]) & IS(bundle))) continue;
        uint32_t next = i + l->ws->word[i].span;
        if (mark_at(l, next, ':') || word_is(l->ws, next, "with")) return next + 1;
        for (uint32_t k = next; k < l->end && k < next + NEAR; k++)
            if (strcmp(word_value(&l->ws->word[k], WORD_aux), "have") == 0 ||
                (k == next && word_in(l->ws, k, is, 4)))
                return k + 1;
    }
    return 0;
}

/* "The package has more rockets", "there were radars in this package": what it holds is given. */
static bool read_held(struct scene *s, const struct line *l, uint32_t since)
{
    enum { SOON = 4, BACK = 10 };
    if (!(l->classes & IS(bundle)) || !(l->classes & IS(goods)) || l->question) return false;
    if (s->out->said_count > since || !is_named(s->side.we) || s->requested) return false;
    if (l->classes & (IS(deny) | IS(hostile) | IS(whether))) return false;
    if (!s->warmth && !s->beneficiary) return false;
    uint32_t from = held_from(l), end = from ? clause_end(l, from) : 0;
    struct things t = from ? nearest_things(l, from, end) : (struct things){0};
    uint32_t arms = 1u << GOODS_EQUIPMENT | 1u << GOODS_AMMUNITION;
    if (!(t.goods & arms) || t.first > from + SOON || counted_within(l, from, t.end)) return false;
    struct said *d = add_said(s, l, SAID_SUPPORT, l->first + BACK > from ? l->first : from,
                              quote_end(l, &t, end));
    d->item = phrase_of(s->a, l, t.first, t.end);
    t.soft = 0;
    fill_contents(s, d, &t);
    return true;
}

/* "Weapons", "that capability": a word that could mean any of the things that were spoken of. */
static bool generic_at(const struct line *l, uint32_t i)
{
    static const char *const nouns[] = {
        "weapon",    "weapons", "weaponry",     "system",    "systems",  "equipment",
        "arms",      "gear",    "capabilities", "hardware",  "materiel", "military",
        "munitions", "missile", "missiles",     "defensive", "lethal"};
    return word_in(l->ws, i, nouns, sizeof nouns / sizeof *nouns);
}

/* Whether one of the things is of a certain sort, or there are several. */
static bool specific(const struct line *l, const struct things *t)
{
    for (uint32_t i = t->first; i < t->end; i += l->ws->word[i].span)
        if (at_class(l, i) & IS(goods) && !generic_at(l, i)) return true;
    return false;
}

/* Behind "it is mostly", "that'll be", "there are": where what a package holds is named; 0. */
static uint32_t equated_from(const struct line *l)
{
    enum { OPENING = 3, SOON = 5 };
    static const char *const subjects[] = {"it", "this", "that", "these", "there", "those"};
    static const char *const fillers[] = {"mostly",    "largely", "primarily", "mainly",
                                          "basically", "for",     "like",      "really"};
    static const char *const be[] = {"is", "are", "was", "were", "be", "'s"};
    for (uint32_t i = l->first; i < l->end && i < l->first + OPENING; i++) {
        if (!word_in(l->ws, i, subjects, sizeof subjects / sizeof *subjects)) continue;
        uint32_t k = i + 1;
        while (k < l->end && at_class(l, k) & IS(future)) k += l->ws->word[k].span;
        if (k >= l->end || !word_in(l->ws, k, be, sizeof be / sizeof *be)) return 0;
        for (k++; k < l->end && k < i + 2 + SOON; k++)
            if (!word_in(l->ws, k, fillers, sizeof fillers / sizeof *fillers)) return k;
    }
    return 0;
}

/* Behind the things a fragment ends, or a phrase says for whom or what they are. */
static bool ends_behind(const struct line *l, uint32_t i)
{
    static const char *const links[] = {"for", "to",  "in",  "of",   "as",   "with",
                                        "on",  "too", "and", "that", "which"};
    return i >= l->end || l->ws->word[i].shape & SHAPE_MARK ||
           word_in(l->ws, i, links, sizeof links / sizeof *links);
}

/* "And radars.", "More radars", "radars as well": a thing alone is one more of what was said. */
static bool goes_on_at(const struct line *l, uint32_t end)
{
    static const char *const opens[] = {"and", "also", "plus", "more", "additional", "new"};
    return word_in(l->ws, l->first, opens, sizeof opens / sizeof *opens) ||
           at_class(l, l->first) & IS(list) || word_is(l->ws, end, "as") ||
           word_is(l->ws, end, "too");
}

/* Whether somebody acts, or is named who neither speaks nor is helped, in the words [from, to). */
static bool done_there(const struct scene *s, const struct line *l, uint32_t from, uint32_t to)
{
    for (uint32_t k = 0; k < l->act_count; k++)
        if (l->acts[k].kind != ACT_HAVE && l->acts[k].at >= from && l->acts[k].at < to) return true;
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        if (m->first >= from && m->first < to && !m->modifier &&
            !same(code_of(s, m), s->beneficiary))
            return true;
    }
    return false;
}

/* "And air defense interceptors.", "It's mostly artillery.": what was just given, by its name. */
static bool read_bare(struct scene *s, const struct line *l)
{
    enum { SOON = 6, LONG = 36 };
    const uint32_t arms = 1u << GOODS_EQUIPMENT | 1u << GOODS_AMMUNITION;
    const uint64_t other = IS(deny) | IS(hostile) | IS(whether) | IS(ought);
    const struct turn *turn = &s->talk->turns[s->turn].turn;
    if (!(l->classes & IS(goods)) || l->question || l->end > l->first + LONG) return false;
    if (turn->kind == TURN_QUESTION || s->warmth + 1 < WARM || l->value_count) return false;
    if (l->classes & other || s->requested) return false;
    uint32_t equated = equated_from(l), from = equated ? equated : l->first;
    struct things t = nearest_things(l, from, l->end);
    if (!(t.goods & arms) || t.first > from + SOON || !specific(l, &t)) return false;
    if (equated && (word_is(l->ws, t.end, "that") || word_is(l->ws, t.end, "which"))) return false;
    if (!ends_behind(l, t.end) || done_there(s, l, l->first, t.end)) return false;
    static const char *const about[] = {"about", "why", "how", "where", "what", "when", "in"};
    for (uint32_t i = equated ? from : t.first; i < (equated ? t.first : t.end); i++)
        if (word_in(l->ws, i, about, sizeof about / sizeof *about)) return false;
    if (!equated && t.end + 1 < l->end && l->ws->word[t.end].shape & SHAPE_MARK) return false;
    bool says = classes_in(l, l->first, t.end) & (IS(aux) | IS(future));
    bool capital = l->ws->word[l->first].shape & SHAPE_CAPITAL;
    bool alone = t.count < 2 && !goes_on_at(l, t.end);
    if (!equated && (says || !capital || alone)) return false;
    struct said *d = add_said(s, l, SAID_SUPPORT, l->first, quote_end(l, &t, l->end));
    d->item = phrase_of(s->a, l, t.first, t.end);
    fill_contents(s, d, &t);
    if (classes_in(l, l->first, from) & IS(future)) d->stage = SAID_ANNOUNCED;
    return true;
}

/* "As well as armoured vehicles from France": no verb, but who and what. */
static bool read_fragment(struct scene *s, const struct line *l)
{
    struct said_parties giver = {0};
    if (!(l->classes & IS(goods))) return false;
    for (uint32_t k = 0; k < l->act_count; k++)
        if (l->acts[k].kind != ACT_HAVE) return false;
    struct things t = things_in(l, l->first, l->end);
    if (!t.goods || !giver_beside(s, l, l->first, l->end, &giver)) return false;
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
    if (!s->needing || l->act_count || l->value_count || l->question) return false;
    struct things t = things_in(l, l->first, l->end);
    if (!t.goods) return false;
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

/* Whose contributions the words [from, to) name: "Norway's", "its", "German", or nobody's. */
static struct said_parties contributor(const struct scene *s, const struct line *l, uint32_t from,
                                       uint32_t to)
{
    struct said_parties out = {0};
    for (uint32_t k = 0; k < l->party_count && !out.count; k++) {
        const struct mention *m = &l->parties[k];
        if (m->first < from || m->first >= to || m->kind == MENTION_THEY) continue;
        if (m->possessive || m->modifier) add_party(&out, code_of(s, m));
    }
    for (uint32_t i = from; i < to && !out.count; i++)
        if (word_is(l->ws, i, "its") || word_is(l->ws, i, "their")) add_party(&out, s->topic);
    if (out.count) return out;
    if (any_named(&s->giver) && s->warmth) return s->giver;
    add_party(&out, s->topic);
    return out;
}

/* "Contributions", "military support", "deliveries": what may hold things. */
static bool names_giving(const struct line *l, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i += l->ws->word[i].span) {
        const struct word *w = &l->ws->word[i];
        if (word_classes(w) & (IS(need) | IS(bundle))) return false;
        if (*word_value(w, WORD_give) == 'n') return true;
        if (word_classes(w) & IS(soft) && !strchr(word_value(w, WORD_soft), '/')) return true;
    }
    return false;
}

/* "This support includes": what was just spoken of. */
static bool points_back(const struct line *l, uint32_t i)
{
    static const char *const words[] = {"this", "that", "these", "those", "the", "such"};
    return word_in(l->ws, i, words, sizeof words / sizeof *words);
}

/* "Norway's contributions include tanks and howitzers": no verb of giving, and yet given. */
static bool read_contribution(struct scene *s, const struct line *l, uint32_t since)
{
    enum { SUBJECT = 14 };
    if (!(l->classes & IS(list))) return false;
    if (s->out->said_count > since || l->question || s->list || s->requested) return false;
    for (uint32_t i = l->first; i < l->end && i < l->first + SUBJECT; i += l->ws->word[i].span) {
        const struct word *w = &l->ws->word[i];
        if (!(word_classes(w) & IS(list)) || *word_value(w, WORD_list)) continue;
        if (!word_is(l->ws, i, "include") && !word_is(l->ws, i, "includes") &&
            !word_is(l->ws, i, "included"))
            continue;
        uint32_t from = clause_begin(l, i), end = clause_end(l, i);
        struct things t = things_in(l, i + w->span, end);
        if (!names_giving(l, from, i) || !t.goods || t.first > i + 8) return false;
        if (counted_within(l, i, t.end) || classes_in(l, i, end) & IS(hostile)) return false;
        struct said_parties giver = contributor(s, l, from, i);
        if (!any_named(&giver) || is_beneficiary(s, &giver) || has_party(&giver, s->adversary))
            return false;
        struct said *d = add_said(s, l, SAID_SUPPORT, from, end);
        d->item = phrase_of(s->a, l, t.first, t.end);
        d->goods = class_of_list(l, &t, GOODS_MIXED);
        d->giver = giver;
        d->receiver = receiver_of(s, l, from, end, &giver);
        bool will = i > from && word_classes(&l->ws->word[i - 1]) & IS(future);
        bool again = s->stage && s->warmth + 1 >= WARM && points_back(l, from);
        d->stage = will ? SAID_ANNOUNCED : again ? s->stage : SAID_PROVIDED;
        remember(s, d);
        return true;
    }
    return false;
}

/* "The package includes", "a package which will include, of course": ours, where whom it is for
 * is named or help is spoken of. */
static bool package_of(const struct scene *s, const struct line *l)
{
    enum { BACK = 18 };
    const struct sentence *sent = &l->ws->sentence[l->index];
    if (!(sent->classes & IS(list)) || !(sent->classes & IS(bundle))) return false;
    if (!is_named(s->side.we) || l->question) return false;
    uint32_t arms = 1u << GOODS_EQUIPMENT | 1u << GOODS_AMMUNITION;
    bool told = s->focused || s->warmth || names_beneficiary(s, l);
    if (!told && !(s->beneficiary && things_in(l, l->first, l->end).goods & arms)) return false;
    for (uint32_t i = l->first; i < l->end; i++) {
        const struct word *w = &l->ws->word[i];
        if (!(word_classes(w) & IS(list)) || *word_value(w, WORD_list)) continue;
        if (word_is(l->ws, i, "included") && i == l->first) /* "Included in this package are" */
            return (classes_in(l, i, i + 5) & IS(bundle)) != 0;
        bool verb = i + 1 < l->end && !word_is(l->ws, i, "including") && !word_is(l->ws, i, "such");
        uint32_t from = i > l->first + BACK ? i - BACK : l->first;
        if (verb && classes_in(l, from, i) & IS(bundle)) return true;
    }
    return false;
}

/* "Women's Leadership Fund", "Director of Humane Intelligence": a thing only by its name. */
static bool named_after(const struct line *l, const struct things *t)
{
    uint32_t i = t->first;
    if (t->count != 1 || t->end != i + 1 || i < l->first + 2) return false;
    if (!(l->ws->word[i].shape & SHAPE_CAPITAL) || l->ws->word[i].shape & SHAPE_UPPER) return false;
    return (l->ws->word[i - 1].shape & SHAPE_CAPITAL) != 0;
}

/* "To save the sea, Canada and Norway have agreed": an item with a verb of its own has been read.
 */
static bool whole(const struct line *l)
{
    static const char *const relatives[] = {"that", "which", "who", "as", "where", "when", "what"};
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        uint32_t behind = m->first + m->count, i = m->first;
        if (m->possessive || m->modifier || behind >= l->end) continue;
        if (i > l->first && word_is(l->ws, i - 1, "the")) i--;
        bool subject = i == l->first || mark_at(l, i - 1, ',') || word_is(l->ws, i - 1, "and");
        if (i > l->first && word_in(l->ws, i - 1, relatives, sizeof relatives / sizeof *relatives))
            return false;
        if (subject && word_classes(&l->ws->word[behind]) & (IS(aux) | IS(future) | IS(commit)))
            return true;
    }
    return false;
}

/* "radars, rifles and over 3 million rounds": the number behind word i says its things itself. */
static uint32_t uncounted_end(const struct line *l, uint32_t i, uint32_t end)
{
    for (uint32_t k = 0; k < l->value_count; k++)
        if (l->values[k].kind <= VALUE_BARE && l->values[k].first > i && l->values[k].first < end)
            end = l->values[k].first;
    return end;
}

/* "In it you will find rifles and radars", "It's got": what is in a package that was spoken of. */
static void read_inside(struct scene *s, const struct line *l, uint32_t since)
{
    enum { SOON = 6, NEAR = 8 };
    static const char *const opens[] = {"find", "see", "got"};
    if (s->warmth + 2 < WARM || !s->stage || l->question || s->money != GOODS_MIXED) return;
    if (!is_named(s->side.we)) return;
    for (uint32_t k = 0; k < l->party_count; k++)
        if (l->parties[k].kind <= MENTION_BODY && is_named(code_of(s, &l->parties[k]))) return;
    for (uint32_t i = l->first + 1; i < l->end && i < l->first + SOON; i++) {
        if (!word_in(l->ws, i, opens, sizeof opens / sizeof *opens)) continue;
        bool you = word_classes(&l->ws->word[i - 1]) & IS(future);
        bool it = word_is(l->ws, i, "got") && word_is(l->ws, i - 1, "'s");
        if (!you && !it) continue;
        uint32_t end = uncounted_end(l, i, clause_end(l, i));
        struct things t = things_in(l, i + 1, end);
        if (!t.goods || t.first > i + NEAR) return;
        if (said_already(s, l, SAID_SUPPORT, i, i + 1, since)) return;
        struct said *d = add_said(s, l, SAID_SUPPORT, i, end);
        d->item = phrase_of(s->a, l, t.first, t.end);
        fill_contents(s, d, &t);
        return;
    }
}

/* "includes missiles; radars and rifles to defend it; and boots": behind its last piece. */
static uint32_t pieces_end(const struct scene *s, const struct line *l, uint32_t end)
{
    struct said_parties giver = {0};
    while (end + 1 < l->end && mark_at(l, end, ';')) {
        uint32_t next = clause_end(l, end + 1);
        struct things t = things_in(l, end + 1, next);
        if (!t.goods || t.first > end + 6 || counted_within(l, end + 1, next)) break;
        if (giver_beside(s, l, end, next, &giver)) break;
        end = next;
    }
    return end;
}

/* "Both countries will work on standards": an item with a subject and a verb holds nothing. */
static bool states_something(const struct line *l)
{
    enum { HEAD = 12, SUBJECT = 5, VERB = 8 };
    static const char *const both[] = {"both", "our", "we"};
    static const char *const before[] = {"for", "of", "to", "with", "from", "by", "and"};
    static const char *const plans[] = {"plan", "plans", "intend", "intends", "committed"};
    uint32_t at = l->first;
    for (uint32_t i = at; i < l->end && i < l->first + HEAD; i++)
        if (mark_at(l, i, ':')) at = i + 1; /* "Space: The two countries plan" */
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        if (m->first < at || m->possessive || m->modifier) continue;
        if (m->first > at + SUBJECT) break;
        bool behind = false; /* "Support for Ukrainians will ..." */
        for (uint32_t i = at; i < m->first; i++)
            behind |= word_in(l->ws, i, before, sizeof before / sizeof *before);
        if (behind) break;
        for (uint32_t i = m->first + m->count; i < l->end && i < m->first + VERB; i++)
            if (word_classes(&l->ws->word[i]) & (IS(aux) | IS(future)) ||
                word_in(l->ws, i, plans, sizeof plans / sizeof *plans))
                return true;
    }
    return word_in(l->ws, at, both, 3) && (classes_in(l, at, at + VERB) & (IS(aux) | IS(future)));
}

/* "includes rounds, and the guns that we have sent": behind what a verb has not said already. */
static uint32_t unsaid_end(const struct scene *s, const struct line *l, uint32_t i, uint32_t end,
                           uint32_t since)
{
    enum { LEAST = 3, CUTS = 16 };
    uint32_t to = end;
    for (int k = 0; k < CUTS && to > i + LEAST && said_already(s, l, SAID_SUPPORT, i, to, since);
         k++) {
        to--;
        while (to > i + LEAST && !mark_at(l, to, ',') && !word_is(l->ws, to, "and")) to--;
    }
    return to > i + LEAST ? to : end;
}

/* "Artillery: shells and rockets", "Air defense - radars": behind what only heads the item. */
static uint32_t behind_head(const struct line *l)
{
    enum { HEAD = 7 };
    for (uint32_t i = l->first + 1; i + 1 < l->end && i < l->first + HEAD; i++)
        if (mark_at(l, i, ':') && things_in(l, i + 1, l->end).goods) return i + 1;
    return l->first;
}

/* "Norway: launchers", "Latvia repairs tanks": who is named first gives what the item names. */
static bool item_of(const struct scene *s, const struct line *l, struct said_parties *giver)
{
    const struct mention *m = l->party_count ? &l->parties[0] : NULL;
    if (labelled(s, l, l->first, giver)) return true;
    bool whose = m && m->kind == MENTION_NAME && !m->modifier && !m->possessive &&
                 m->first <= l->first + 1 && is_named(code_of(s, m));
    return whose && add_list(s, l, 0, l->end, giver) <= l->first + 1;
}

/* "Sharing best practices for repair systems", "Expanding mapping": what is done, and not given. */
static bool does_something(const struct line *l)
{
    static const char *const other[] = {"including", "upcoming", "existing", "ongoing"};
    uint32_t i = l->first;
    while (i < l->end && l->ws->word[i].shape & SHAPE_MARK) i++;
    if (i >= l->end || word_in(l->ws, i, other, sizeof other / sizeof *other)) return false;
    const struct word *w = &l->ws->word[i];
    uint64_t known = IS(goods) | IS(soft) | IS(give) | IS(aid) | IS(commit) | IS(promise) |
                     IS(train) | IS(host) | IS(list);
    return w->len > 5 && memcmp(l->ws->text + w->at + w->len - 3, "ing", 3) == 0 &&
           !(word_classes(w) & known);
}

/* An item of a list that gives: what it names is given, unless it states something itself. */
static void read_item(struct scene *s, const struct line *l)
{
    uint32_t from = behind_head(l);
    struct things t = things_in(l, from, l->end);
    bool ours = t.count && !(classes_in(l, l->first, t.goods ? t.end : l->end) & IS(hostile)) &&
                !named_after(l, &t) && !whole(l);
    if (ours && states_something(l)) {
        s->warmth = WARM; /* still an item of the list */
        return;
    }
    if (!ours || counted_within(l, l->first, l->end) || joins_item(s, l)) return;
    struct said_parties whose = {0};
    bool own = item_of(s, l, &whose);
    if (own && (is_beneficiary(s, &whose) || has_party(&whose, s->adversary))) return;
    if (does_something(l) && !(l->classes & IS(give))) return;
    struct said *d = add_said(s, l, SAID_SUPPORT, l->first, l->end);
    d->item = phrase_of(s->a, l, t.first, t.end);
    fill_contents(s, d, &t);
    if (own) d->giver = whose;
    bool trains = word_is(l->ws, t.first, "train") || word_is(l->ws, t.first, "training");
    const struct mention *m = trains ? mention_at(l, t.first + 1) : NULL;
    struct said_parties there = receiver_in(s, l, l->first, l->end, &d->giver);
    if (m && code_of(s, m)) there = (struct said_parties){.code = {code_of(s, m)}, .count = 1};
    if (m) d->goods = GOODS_TRAINING;     /* "Train Kenyan pilots in Texas" */
    if (there.count) d->receiver = there; /* "stationing radars in Italy" */
    if (!t.goods && s->currency && s->money == GOODS_MONEY) d->goods = GOODS_MONEY;
}

/* "Russia's ships are there, including cruisers": the contents listed at word i are its own. */
static bool attackers_own(const struct scene *s, const struct line *l, uint32_t i)
{
    struct said_parties whose = {0};
    uint32_t first;
    return s->adversary && subject_of(s, l, l->first, i, &whose, &first) &&
           has_party(&whose, s->adversary) && first <= l->first + 2;
}

/* "radars from Spain, and tanks from Latvia and Poland" in [from, end): each of its own giver. */
static bool read_sources(struct scene *s, const struct line *l, uint32_t from, uint32_t end,
                         enum said_stage stage)
{
    uint32_t behind[MENTIONS_MAX], at[MENTIONS_MAX], n = 0;
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        uint32_t i = before_article(l, m->first);
        if (m->first < from || m->first >= end || i <= from || !word_is(l->ws, i - 1, "from"))
            continue;
        if (m->kind > MENTION_DEMONYM || !is_named(code_of(s, m))) continue;
        uint32_t begin = n ? behind[n - 1] : from, last = k;
        if (!things_in(l, begin, i - 1).goods || counted_within(l, begin, i)) return false;
        while (last + 1 < l->party_count && list_start(l, last + 1) == list_start(l, k)) last++;
        at[n] = k;
        behind[n++] = l->parties[last].first + l->parties[last].count;
    }
    for (uint32_t k = 0; n > 1 && k < n; k++) {
        uint32_t begin = k ? behind[k - 1] : from;
        struct things t = things_in(l, begin, l->parties[at[k]].first);
        struct said *d = add_said(s, l, SAID_SUPPORT, begin, behind[k]);
        d->item = phrase_of(s->a, l, t.first, t.end);
        fill_contents(s, d, &t);
        d->giver.count = 0;
        add_list(s, l, at[k], end, &d->giver);
        d->stage = stage;
    }
    return n > 1;
}

/* "Allies have pledged more, including radars from Spain and tanks from Latvia" */
static bool read_from_several(struct scene *s, const struct line *l)
{
    const struct act *acts[ACTS_MAX];
    if (!(l->classes & IS(list)) || l->party_count < 2 || l->question || !s->beneficiary)
        return false;
    for (uint32_t i = l->first; i < l->end; i += l->ws->word[i].span) {
        const struct word *w = &l->ws->word[i];
        if (!(word_classes(w) & IS(list)) || *word_value(w, WORD_list)) continue;
        uint32_t end = clause_end(l, i), n = acts_between(l, l->first, i, acts);
        if (classes_in(l, l->first, end) & (IS(hostile) | IS(deny))) return false;
        enum said_stage stage = stage_of(acts, n);
        if (n && stage && read_sources(s, l, i + w->span, end, stage)) return true;
    }
    return false;
}

/* "including missiles that were fired at Israel": what strikes somebody is no content. */
static bool strikes(const struct line *l, const struct things *t)
{
    enum { NEAR = 7 };
    static const char *const verbs[] = {"fired", "launched", "shot"};
    for (uint32_t i = t->end + 1; i < l->end && i < t->end + NEAR && !mark_at(l, i, ','); i++) {
        bool fired = word_in(l->ws, i, verbs, sizeof verbs / sizeof *verbs);
        if (fired && at_class(l, i - 1) & IS(aux)) return true;
        if (word_is(l->ws, i, "used") && word_is(l->ws, i - 1, "being")) return true;
    }
    return false;
}

/* "We announced a package, which includes": what the contents at word i are of is announced. */
static bool announced_before(const struct line *l, uint32_t i)
{
    for (uint32_t k = 0; k < l->act_count; k++)
        if (l->acts[k].kind == ACT_PROMISE && l->acts[k].form != 'n' && l->acts[k].end < i &&
            classes_in(l, l->acts[k].end, i) & IS(bundle))
            return true;
    return false;
}

/* "including X and Y", listed at word i. True when no further list of the sentence is asked. */
static bool read_listed(struct scene *s, const struct line *l, uint32_t i, uint32_t since)
{
    uint32_t from = i + l->ws->word[i].span, end = clause_end(l, i);
    if (mark_at(l, end, ':') && end + 1 < l->end) { /* "a new capability: a Patriot battery" */
        struct things named = things_in(l, end + 1, clause_end(l, end + 1));
        if (named.goods) end = quote_end(l, &named, clause_end(l, end + 1));
    }
    end = pieces_end(s, l, end);
    if (attackers_own(s, l, i) || asked_at(l, i)) return false;
    end = uncounted_end(l, i + 2, end);
    struct things t = things_in(l, from, end);
    if (!t.goods || t.first > i + 8 || counted_within(l, i, t.end)) return false;
    uint32_t use = t.end; /* "radars, to protect them against attacks" */
    while (use < end && !word_is(l->ws, use, "to")) use++;
    if (classes_in(l, i, use) & IS(hostile) || strikes(l, &t)) return false;
    if (s->out->said_count > since && runs_on(s, l, i, end)) return true;
    end = unsaid_end(s, l, i, end, since);
    t = things_in(l, from, end);
    if (!t.goods || said_already(s, l, SAID_SUPPORT, i, end, since)) return false;
    t.soft = 0;
    struct said *d = add_said(s, l, SAID_SUPPORT, i, end);
    d->item = phrase_of(s->a, l, t.first, t.end);
    fill_contents(s, d, &t);
    struct said_parties beside = {0};
    if (giver_beside(s, l, i, end, &beside)) d->giver = beside;
    struct said_parties there = receiver_towards(s, l, i, end, &d->giver);
    if (there.count && any_named(&there)) d->receiver = there;
    bool next = i > l->first && word_classes(&l->ws->word[i - 1]) & IS(future);
    bool will = s->out->said_count == since + 1 && d->stage == SAID_PROVIDED &&
                classes_in(l, clause_begin(l, i), i) & IS(future); /* "we'll send it, including" */
    bool holds = d->stage == SAID_PROVIDED && s->out->said_count == since + 1 &&
                 classes_in(l, clause_begin(l, i), i) & IS(bundle) &&
                 !word_is(l->ws, i, "included");
    holds |= s->out->said_count == since + 1 && announced_before(l, i);
    if ((next || will || holds) && !s->requested) d->stage = SAID_ANNOUNCED;
    return true;
}

/* "including improving the water": what is done is no thing. */
static bool begins_doing(const struct line *l, uint32_t i)
{
    enum { SHORTEST = 6 };
    if (i + 1 >= l->end || l->ws->word[i].len < SHORTEST) return false;
    const struct word *w = &l->ws->word[i];
    if (memcmp(l->ws->text + w->at + w->len - 3, "ing", 3) != 0 || w->shape & SHAPE_CAPITAL)
        return false;
    return !(word_classes(w) & (IS(goods) | IS(soft) | IS(give) | IS(train) | IS(bundle)));
}

void read_contents(struct scene *s, const struct line *l, uint32_t since)
{
    static const char *const no_things[] = {"by", "in", "on", "at", "where", "when"};
    const struct sentence *sent = &l->ws->sentence[l->index];
    read_bundle(s, l, since);
    if (s->out->said_count == since && read_needed(s, l)) return;
    s->fragments = false;
    if (s->list && sent->bullet && s->out->said_count == since) {
        read_item(s, l);
        return;
    }
    if (read_contribution(s, l, since) || read_held(s, l, since)) return;
    if (read_from_several(s, l)) return;
    bool own = package_of(s, l); /* "The package includes rounds to help Ukraine" */
    if ((!own && (s->warmth + 2 < WARM || !s->stage)) || has_party(&s->giver, s->adversary)) return;
    if (s->out->said_count == since && (read_fragment(s, l) || read_bare(s, l))) return;
    read_rest(s, l, since);
    read_dashed(s, l, since);
    read_inside(s, l, since);
    if (!(l->classes & IS(list))) return;
    for (uint32_t i = l->first; i < l->end; i += l->ws->word[i].span) {
        const struct word *w = &l->ws->word[i];
        if (!(word_classes(w) & IS(list)) || *word_value(w, WORD_list)) continue;
        if (word_in(l->ws, i + w->span, no_things, sizeof no_things / sizeof *no_things)) continue;
        if (begins_doing(l, i + w->span)) continue;
        if (read_listed(s, l, i, since)) return;
    }
}
