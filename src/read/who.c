/*
 * who.c - the names in a sentence, and the lists and phrases they stand in.
 *
 * A name alone says little: "France and Italy" act together, who stands behind
 * a preposition does nothing, and "the people of Moldova" are Moldova. What
 * subjects.c, givers.c and receivers.c ask of a name before they believe it is
 * told here once, so that the three never differ about it.
 */
#include <string.h>

#include "read/who.h"

void add_party(struct said_parties *ps, const char *code)
{
    if (!code || ps->count == SAID_PARTIES_MAX || has_party(ps, code)) return;
    ps->code[ps->count++] = code;
}

bool has_party(const struct said_parties *ps, const char *code)
{
    for (uint32_t i = 0; i < ps->count; i++)
        if (code && strcmp(ps->code[i], code) == 0) return true;
    return false;
}

void add_us(const struct scene *s, struct said_parties *ps)
{
    if (!s->together) add_party(ps, s->side.we);
    for (uint32_t i = 0; s->together && i < s->signers.count; i++)
        add_party(ps, s->signers.code[i]);
}

/* Countries only: an alliance or a fund is nobody's beneficiary. */
bool is_named(const char *code)
{
    return code && !(*code == 'N' && strcmp(code, "NATO") == 0) &&
           !(*code == 'A' && strcmp(code, "ALLIES") == 0);
}

bool any_named(const struct said_parties *ps)
{
    for (uint32_t i = 0; i < ps->count; i++)
        if (is_named(ps->code[i])) return true;
    return false;
}

const char *code_of(const struct scene *s, const struct mention *m)
{
    switch (m->kind) {
    case MENTION_WE: return s->side.we;
    case MENTION_YOU: return s->addressed;
    case MENTION_THEY: return NULL;
    case MENTION_OFFICE: return s->office;
    default: return m->code;
    }
}

/* Only commas, "and" and the like stand between two mentions: they are one list. */
static bool joined(const struct line *l, const struct mention *left, const struct mention *right)
{
    static const char *const joints[] = {"and", "the", "but",  "also", "as", "well",
                                         "our", "its", "both", "then", "or"};
    static const char *const repeated[] = {"to", "for", "in", "from"};
    uint32_t from = left->first + left->count, to = right->first;
    if (to < from || to - from > 5) return false;
    uint32_t before = left->first > l->first ? before_article(l, left->first) : 0;
    bool joint = false;
    for (uint32_t i = from; i < to; i++) {
        bool comma = mark_at(l, i, ',');
        if (comma && right->kind == MENTION_WE && word_is(l->ws, to, "we"))
            return false; /* "with our partners, and we're providing" */
        bool again = i + 1 == to && before && ONE_OF(l->ws, i, repeated) && /* "to X and to Y" */
                     l->ws->word[i].first == l->ws->word[before - 1].first;
        if (!comma && !again && !ONE_OF(l->ws, i, joints)) return false;
        joint |= comma || word_is(l->ws, i, "and") || word_is(l->ws, i, "well");
    }
    bool and = mark_at(l, from, ',') && word_is(l->ws, from + 1, "and");
    bool anew = to == from + 2 && and&&left->first > l->first &&
                word_is(l->ws, left->first - 1, "to"); /* "shells to Russia, and Iran sent" */
    uint32_t verb = right->first + right->count;
    anew |= and&&verb < l->end && behind_preposition(l, left->first) && /* "in Gaza, and the US" */
            (at_class(l, verb) & (IS(aux) | IS(future)));
    return joint && !anew;
}

bool with_and(const struct line *l, const struct mention *left, const struct mention *right)
{
    for (uint32_t i = left->first + left->count; i < right->first; i++)
        if (word_is(l->ws, i, "and") || word_is(l->ws, i, "well") || word_is(l->ws, i, "or"))
            return true;
    return false;
}

uint32_t list_start(const struct line *l, uint32_t k)
{
    while (k > 0 && joined(l, &l->parties[k - 1], &l->parties[k])) k--;
    return k;
}

uint32_t add_list(const struct scene *s, const struct line *l, uint32_t k, uint32_t to,
                  struct said_parties *out)
{
    uint32_t low = list_start(l, k), high = k;
    while (high + 1 < l->party_count && l->parties[high + 1].first < to &&
           joined(l, &l->parties[high], &l->parties[high + 1]))
        high++;
    if (high == low + 1 && !with_and(l, &l->parties[low], &l->parties[high])) low = high = k;
    for (uint32_t i = low; i <= high; i++)
        if (l->parties[i].kind == MENTION_WE)
            add_us(s, out);
        else
            add_party(out, code_of(s, &l->parties[i]));
    return l->parties[low].first;
}

uint32_t before_article(const struct line *l, uint32_t i)
{
    static const char *const articles[] = {"the",  "our",   "a",       "its", "their",
                                           "your", "other", "several", "key", "many"};
    while (i > l->first && ONE_OF(l->ws, i - 1, articles)) i--;
    return i;
}

bool behind_preposition(const struct line *l, uint32_t i)
{
    static const char *const words[] = {
        "to",      "for",     "of",      "with",   "in",     "from",   "by",
        "on",      "into",    "against", "at",     "across", "inside", "within",
        "toward",  "towards", "near",    "behind", "around", "than",   "under",
        "through", "between", "join",    "joins",  "joined", "joining"};
    i = before_article(l, i);
    for (const struct mention *m;
         i > l->first && (m = mention_at(l, i - 1)) != NULL && m->modifier;)
        i = before_article(l, m->first); /* "with our Ukrainian partners" */
    return i > l->first && ONE_OF(l->ws, i - 1, words);
}

uint32_t worked_with(const struct line *l, uint32_t begin, uint32_t i)
{
    enum { FAR = 12 };
    static const char *const works[] = {"work", "works", "working", "worked"};
    for (uint32_t k = i; k > begin + 1 && k + FAR > i; k--) {
        const struct word *w = &l->ws->word[k - 1];
        if (w->shape & SHAPE_MARK || word_classes(w) & (IS(aux) | IS(future) | IS(give))) return 0;
        if (!word_is(l->ws, k - 1, "with")) continue;
        for (uint32_t n = 2; n <= 4 && k >= begin + n; n++)
            if (ONE_OF(l->ws, k - n, works)) return k;
        return 0;
    }
    return 0;
}

bool of_a_person(const struct line *l, uint32_t i)
{
    static const char *const nouns[] = {"people",   "government", "president", "governments",
                                        "leaders",  "citizens",   "group",     "majority",
                                        "minister", "forces",     "members"};
    i = before_article(l, i);
    return i >= l->first + 2 && word_is(l->ws, i - 1, "of") && ONE_OF(l->ws, i - 2, nouns);
}

const struct mention *whose_noun(const struct line *l, uint32_t begin, uint32_t i)
{
    enum { ADJECTIVES = 3 };
    for (uint32_t k = i; k > begin && k + ADJECTIVES >= i; k--) {
        bool owned =
            word_is(l->ws, k - 1, "'s") || mark_at(l, k - 1, '\''); /* "the Allies' pledge" */
        if (!owned && l->ws->word[k - 1].shape & SHAPE_MARK) return NULL;
        const struct mention *m = mention_at(l, k - 1);
        if (!m && k >= begin + 2 && owned) m = mention_at(l, k - 2);
        if (m) return m->possessive || m->modifier ? m : NULL;
    }
    return NULL;
}

bool names_beneficiary(const struct scene *s, const struct line *l)
{
    for (uint32_t k = 0; k < l->party_count; k++)
        if (same(code_of(s, &l->parties[k]), s->beneficiary)) return true;
    return false;
}

bool says_relief(const struct words *ws, uint32_t i)
{
    static const char *const words[] = {"humanitarian", "relief", "airdrop", "airdrops",
                                        "food",         "meals",  "trucks"};
    return ONE_OF(ws, i, words);
}

bool speaks_for_itself(const struct scene *s)
{
    return same(s->side.we, s->beneficiary);
}
