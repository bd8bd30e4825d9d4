/*
 * line.c - see line.h.
 *
 * A clause is what one verb can reach. It ends where a mark or a conjunction
 * lets somebody else begin to act, and goes on over the commas and the "and" of
 * a list; a condition at its head or behind it holds for all of it.
 */
#include "read/line.h"

#include <string.h>

bool mark_at(const struct line *l, uint32_t i, char c)
{
    return i < l->end && l->ws->word[i].shape & SHAPE_MARK && l->ws->text[l->ws->word[i].at] == c &&
           l->ws->word[i].len == 1;
}

/* A dash; not the one behind a word that breaks off: "in human- - humanitarian", "to - for". */
static bool dash_at(const struct line *l, uint32_t i)
{
    const struct word *w = &l->ws->word[i];
    if (i > l->first && i + 1 < l->end) {
        const struct word *before = &l->ws->word[i - 1];
        if (mark_at(l, i - 1, '-') && before->shape & SHAPE_GLUED) return false;
        if (before->shape & SHAPE_WORD && before->span == 1 &&
            word_classes(before) & (IS(function) | IS(aux)) && before->len < 6)
            return false;
    }
    return w->shape & SHAPE_MARK && w->len == 3 &&
           memcmp(l->ws->text + w->at, "\xE2\x80\x94", 3) == 0;
}

bool word_between(const struct line *l, uint32_t from, uint32_t to, const char *word)
{
    for (uint32_t i = from; i < to; i++)
        if (word_is(l->ws, i, word)) return true;
    return false;
}

uint64_t classes_in(const struct line *l, uint32_t from, uint32_t to)
{
    uint64_t all = 0;
    for (uint32_t i = from; i < to && i < l->end; i += l->ws->word[i].span) all |= at_class(l, i);
    return all;
}

/* A comma, and behind it a word that begins a statement of its own. */
static bool turns_at(const struct line *l, uint32_t i)
{
    static const char *const openers[] = {"but", "while", "which",   "because", "although",
                                          "so",  "where", "whereas", "when",    "who"};
    if (i + 1 >= l->end || i == l->first) return false;
    if (word_is(l->ws, i, "because")) return true;
    if (word_is(l->ws, i, "so") && word_is(l->ws, i + 1, "that")) return true;
    if (!mark_at(l, i, ',')) return false;
    return word_in(l->ws, i + 1, openers, sizeof openers / sizeof *openers);
}

/* "Sweden will send guns, the UK announced tanks": a comma, and behind it who gives as well. */
static bool gives_anew(const struct line *l, uint32_t i)
{
    enum { BACK = 16 };
    static const char *const opens[] = {"to",   "in",    "since", "if",    "as",    "with",
                                        "by",   "for",   "when",  "after", "on",    "at",
                                        "from", "while", "given", "like",  "during"};
    if (i <= l->first + 2 || i + 1 >= l->end || !mark_at(l, i, ',')) return false;
    if (!(l->ws->word[i + 1].shape & SHAPE_CAPITAL) && !word_is(l->ws, i + 1, "the")) return false;
    uint32_t next = i + 1 < l->end && word_is(l->ws, i + 1, "the") ? i + 2 : i + 1;
    const struct mention *m = next < l->end ? mention_at(l, next) : NULL;
    if (!m || m->first != next || m->kind != MENTION_NAME || m->possessive || m->modifier)
        return false;
    uint32_t verb = m->first + m->count;
    if (verb >= l->end || word_in(l->ws, l->first, opens, sizeof opens / sizeof *opens))
        return false;
    if (!(at_class(l, verb) & (IS(give) | IS(promise) | IS(commit)))) return false;
    uint32_t low = i > l->first + BACK ? i - BACK : l->first;
    if (mention_at(l, i - 1)) return false; /* "Norway, Sweden pledged" */
    return (classes_in(l, low, i) & (IS(give) | IS(promise) | IS(commit))) != 0;
}

/* A hyphen between spaces: a dash that somebody typed. */
static bool spaced_hyphen(const struct line *l, uint32_t i)
{
    return mark_at(l, i, '-') && !(l->ws->word[i].shape & SHAPE_GLUED) && i + 1 < l->end &&
           !(l->ws->word[i + 1].shape & SHAPE_GLUED);
}

/* "... and more shipments of rifles are on the way": things and their verb behind "and". */
static bool and_things(const struct line *l, uint32_t i)
{
    enum { SUBJECT = 7 };
    static const char *const fresh[] = {"more", "additional", "further", "another", "new"};
    if (!word_in(l->ws, i + 1, fresh, sizeof fresh / sizeof *fresh)) return false;
    uint64_t seen = 0;
    for (uint32_t k = i + 1; k < l->end && k < i + SUBJECT; k++) {
        const struct word *w = &l->ws->word[k];
        if (word_classes(w) & (IS(aux) | IS(future))) return (seen & (IS(goods) | IS(soft))) != 0;
        if (w->shape & SHAPE_MARK || word_is(l->ws, k, "that")) return false;
        seen |= word_classes(w);
    }
    return false;
}

/* "50 nations", "50 Allies" with its last word at i: what is joined to it is counted as well. */
static bool nations_counted(const struct line *l, uint32_t i)
{
    const struct mention *m = mention_at(l, i);
    bool group = m && m->kind == MENTION_GROUP;
    uint32_t noun = group ? m->first : i;
    if (!group && strcmp(word_value(&l->ws->word[i], WORD_unit), "country") != 0) return false;
    return noun > l->first && (l->ws->word[noun - 1].shape & SHAPE_NUMBER ||
                               at_class(l, noun - 1) & (IS(digit) | IS(vague)));
}

/* "... and they also have": a subject and its verb behind "and". */
static bool and_subject(const struct line *l, uint32_t i)
{
    if (!word_is(l->ws, i, "and") || i == l->first) return false;
    if (and_things(l, i)) return true;
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        if (m->first != i + 1 || m->possessive) continue;
        uint32_t behind = m->first + m->count;
        if (behind < l->end && word_is(l->ws, behind, "also")) behind++;
        return behind < l->end &&
               word_classes(&l->ws->word[behind]) &
                   (IS(aux) | IS(future) | IS(give) | IS(decide) | IS(need) | IS(whether) |
                    IS(promise) | IS(commit) | IS(aid) | IS(ought)) &&
               !nations_counted(l, i - 1);
    }
    return false;
}

static bool splits_there(const struct line *l, uint32_t i)
{
    if (!(l->ws->word[i].shape & SHAPE_MARK)) return and_subject(l, i);
    if (l->ws->word[i].len != 1) return dash_at(l, i);
    switch (l->ws->text[l->ws->word[i].at]) {
    case ';':
    case ':': return true;
    case '-': return spaced_hyphen(l, i);
    case ',': return turns_at(l, i) || gives_anew(l, i);
    default: return false;
    }
}

/* Whether a clause ends at word i. Asked of every word many times over: few can at all. */
static inline bool splits_at(const struct line *l, uint32_t i)
{
    const struct word *w = &l->ws->word[i];
    return (w->shape & SHAPE_MARK || w->first == first_four("and")) && splits_there(l, i);
}

uint32_t clause_begin(const struct line *l, uint32_t i)
{
    while (i > l->first && !splits_at(l, i - 1)) i--;
    return i;
}

uint32_t clause_end(const struct line *l, uint32_t i)
{
    while (i < l->end && !splits_at(l, i)) i++;
    return i;
}

/* "if the House agrees, we will"; "if you remember" is an aside, one phrase of several words. */
static bool condition_from(const struct line *l, uint32_t begin)
{
    for (uint32_t i = begin; i < begin + 3 && i < l->end; i++)
        if (l->ws->word[i].span > 1 || word_is(l->ws, i + 1, "not")) /* "shortly, if not already" */
            continue;
        else if (word_is(l->ws, i, "if") || word_is(l->ws, i, "unless") ||
                 (word_is(l->ws, i, "whether") && i > l->first))
            return true;
    return false;
}

/* "... will send 16 jets if the parliament agrees"; not "see if", "even if", "if I remember". */
static bool condition_behind(const struct line *l, uint32_t i)
{
    static const char *const links[] = {"as",  "even", "and",  "or",  "what",   "see",
                                        "ask", "know", "only", "say", "wonder", "decide"};
    static const char *const asides[] = {"i", "you", "not", "any", "anything"};
    for (uint32_t end = clause_end(l, i), k = i + 1; k < end; k++)
        if (word_is(l->ws, k, "if") || word_is(l->ws, k, "unless"))
            return !word_in(l->ws, k - 1, links, sizeof links / sizeof *links) &&
                   (k + 1 == end || !word_in(l->ws, k + 1, asides, sizeof asides / sizeof *asides));
    return false;
}

/* "... go further if China sells them": only the subject stands between the "if" and the verb. */
static bool condition_before(const struct line *l, uint32_t i)
{
    enum { BACK = 6 };
    static const char *const asides[] = {"as", "even", "only"};
    for (uint32_t k = i; k > l->first && k + BACK > i; k--) {
        const struct word *w = &l->ws->word[k - 1];
        if (mark_at(l, k - 1, ',')) continue; /* "if, for example, China sells" */
        if (w->shape & SHAPE_MARK || word_classes(w) & (IS(give) | IS(aux) | IS(promise)))
            return false;
        if (word_is(l->ws, k - 1, "if") && word_is(l->ws, k, "not")) return false;
        if (word_is(l->ws, k - 1, "if") || word_is(l->ws, k - 1, "unless"))
            return k - 1 == l->first ||
                   !word_in(l->ws, k - 2, asides, sizeof asides / sizeof *asides);
    }
    return false;
}

bool conditional_at(const struct line *l, uint32_t i)
{
    return condition_from(l, l->first) || condition_from(l, clause_begin(l, i)) ||
           condition_behind(l, i) || condition_before(l, i);
}

const struct mention *mention_at(const struct line *l, uint32_t i)
{
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        if (i >= m->first && i < m->first + m->count) return m;
    }
    return NULL;
}

const struct mention *mention_before(const struct line *l, uint32_t i)
{
    const struct mention *m = i > l->first ? mention_at(l, i - 1) : NULL;
    if (!m && i >= l->first + 2 && word_is(l->ws, i - 1, "'s")) m = mention_at(l, i - 2);
    return m;
}

/* "our Allies", "Polish President Duda": one is meant, and nobody else beside. */
static void drop_our_before_group(struct line *l)
{
    uint32_t kept = 0;
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        bool our = m->possessive &&
                   (m->kind == MENTION_WE || m->kind == MENTION_YOU || m->kind == MENTION_THEY);
        struct mention *next = k + 1 < l->party_count ? &l->parties[k + 1] : NULL;
        bool adjacent = next && next->first == m->first + m->count;
        if (our && adjacent) continue;
        if (adjacent && m->kind == MENTION_DEMONYM && next->kind == MENTION_PERSON && m->code &&
            next->code && strcmp(m->code, next->code) == 0) {
            next->first = m->first; /* "Ukrainian President Zelenskyy" is one */
            next->count += m->count;
            continue;
        }
        l->parties[kept++] = *m;
    }
    l->party_count = kept;
}

/* "why has", "will you", "is there": a word that asks, at the head of its clause. */
static bool asks_there(const struct line *l, uint32_t i)
{
    static const char *const wh[] = {"why", "how", "what", "whether", "where", "who"};
    static const char *const verbs[] = {"will", "would",  "can", "could", "do",  "does",
                                        "did",  "should", "is",  "are",   "has", "have"};
    if (word_in(l->ws, i, wh, sizeof wh / sizeof *wh)) return true;
    return i + 1 < l->end && word_in(l->ws, i, verbs, sizeof verbs / sizeof *verbs);
}

/* Where a question begins to ask: "Since Iran has sent drones, why have you not?" claims first. */
static uint32_t asking_of(const struct line *l)
{
    enum { HEAD = 12, WHY = 4 };
    static const char *const happens[] = {"is", "are", "has", "have", "was", "were"};
    for (uint32_t i = l->first; i + 1 < l->end && i < l->first + WHY; i++)
        if (word_is(l->ws, i, "why") && word_in(l->ws, i + 1, happens, 6))
            return l->end; /* "Why is Iran sending drones": nobody asks whether it does */
    static const char *const claims[] = {"since",   "given", "while",   "now",
                                         "because", "as",    "although"};
    bool claimed = false;
    for (uint32_t i = l->first; i < l->end && !claimed; i++) {
        if (i > l->first + HEAD || asks_there(l, i)) return l->first;
        claimed = word_in(l->ws, i, claims, sizeof claims / sizeof *claims);
    }
    for (uint32_t i = l->first + 1; claimed && i < l->end; i++)
        if (mark_at(l, i - 1, ',') && asks_there(l, i)) return i;
    return l->first;
}

/* "We have sent tanks, right?", "..., isn't it?": said, and only then asked. */
static bool only_tagged(const struct line *l)
{
    static const char *const tags[] = {"right", "okay", "correct", "yeah"};
    uint32_t end = l->end;
    if (end < l->first + 6) return false;
    if (word_in(l->ws, end - 2, tags, sizeof tags / sizeof *tags))
        return mark_at(l, end - 3, ',') || mark_at(l, end - 3, '-');
    return word_is(l->ws, end - 3, "n't") && mark_at(l, end - 5, ',');
}

/* "into Ukraine [Gaza]": the transcript corrects who was meant. */
static void drop_corrected(struct line *l)
{
    uint32_t kept = 0;
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        uint32_t behind = m->first + m->count;
        bool corrected = k + 1 < l->party_count && mark_at(l, behind, '[') &&
                         l->parties[k + 1].first == behind + 1;
        if (corrected) { /* it stands where the other stood */
            uint32_t first = m->first;
            l->parties[k + 1].count += l->parties[k + 1].first - first;
            l->parties[k + 1].first = first;
            continue;
        }
        l->parties[kept++] = *m;
    }
    l->party_count = kept;
}

void line_of(struct arena *a, struct words *ws, uint32_t index, const char *dollar,
             struct line *out)
{
    const struct sentence *s = &ws->sentence[index];
    out->ws = ws;
    out->index = index;
    out->first = s->first;
    out->end = s->first + s->count;
    out->classes = 0;
    out->question = mark_at(out, out->end - 1, '?') && !only_tagged(out);
    out->value_count = values_of(ws, s, dollar, out->values);
    out->party_count = s->named ? s->named_count : parties_of(a, ws, s, out->parties);
    if (s->named) memcpy(out->parties, s->named, s->named_count * sizeof *s->named);
    drop_our_before_group(out);
    drop_corrected(out);
    out->asking = out->question ? asking_of(out) : out->end;
    out->act_count = 0;
    find_acts(out);
}
