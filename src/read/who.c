/*
 * who.c - who gives, who gets, and whom a document is about.
 *
 * The order of trust is that of the sentence: "from X" and "by X" beside the
 * thing, then the subject of the nearest verb, then whose name stands before
 * the thing ("US assistance"). Nothing is taken from far away: an inherited
 * giver is the scene's business.
 */
#include <string.h>

#include "read/scene.h"

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

bool is_named(const char *code)
{
    return code && strcmp(code, "NATO") != 0 && strcmp(code, "ALLIES") != 0;
}

bool any_named(const struct said_parties *ps)
{
    for (uint32_t i = 0; i < ps->count; i++)
        if (is_named(ps->code[i])) return true;
    return false;
}

static bool same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
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

#define ONE_OF(ws, i, list) word_in((ws), (i), (list), sizeof(list) / sizeof *(list))

/* Only commas, "and" and the like stand between two mentions: they are one list. */
static bool joined(const struct line *l, const struct mention *left, const struct mention *right)
{
    static const char *const joints[] = {"and", "the", "but",  "also", "as", "well",
                                         "our", "its", "both", "then", "or"};
    uint32_t from = left->first + left->count, to = right->first;
    if (to < from || to - from > 5) return false;
    bool joint = false;
    for (uint32_t i = from; i < to; i++) {
        bool comma = mark_at(l, i, ',');
        if (comma && right->kind == MENTION_WE && word_is(l->ws, to, "we"))
            return false; /* "with our partners, and we're providing" */
        if (!comma && !ONE_OF(l->ws, i, joints)) return false;
        joint |= comma || word_is(l->ws, i, "and") || word_is(l->ws, i, "well");
    }
    bool anew = to == from + 2 && mark_at(l, from, ',') && word_is(l->ws, from + 1, "and") &&
                left->first > l->first && word_is(l->ws, left->first - 1, "to");
    return joint && !anew; /* "shells to Russia, and Iran sent" */
}

/* Two names need an "and" to be a list: "to help Ukraine, President Biden will send". */
static bool with_and(const struct line *l, const struct mention *left, const struct mention *right)
{
    for (uint32_t i = left->first + left->count; i < right->first; i++)
        if (word_is(l->ws, i, "and") || word_is(l->ws, i, "well") || word_is(l->ws, i, "or"))
            return true;
    return false;
}

/* The list that mention k belongs to. Returns the first word of it. */
static uint32_t add_list(const struct scene *s, const struct line *l, uint32_t k, uint32_t to,
                         struct said_parties *out)
{
    uint32_t low = k, high = k;
    while (low > 0 && joined(l, &l->parties[low - 1], &l->parties[low])) low--;
    while (high + 1 < l->party_count && l->parties[high + 1].first < to &&
           joined(l, &l->parties[high], &l->parties[high + 1]))
        high++;
    if (high == low + 1 && !with_and(l, &l->parties[low], &l->parties[high])) low = high = k;
    for (uint32_t i = low; i <= high; i++) add_party(out, code_of(s, &l->parties[i]));
    return l->parties[low].first;
}

/* The first word before i that is no article or possessive. */
static uint32_t before_article(const struct line *l, uint32_t i)
{
    static const char *const articles[] = {"the", "our", "a", "its", "their", "your"};
    while (i > l->first && ONE_OF(l->ws, i - 1, articles)) i--;
    return i;
}

static bool behind_preposition(const struct line *l, uint32_t i)
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

/* "President of Ukraine", "people of Moldova": what the preposition's noun does, the party does. */
static bool of_a_person(const struct line *l, uint32_t i)
{
    static const char *const nouns[] = {"people",      "government", "president",
                                        "governments", "leaders",    "citizens",
                                        "minister",    "forces",     "members"};
    i = before_article(l, i);
    return i >= l->first + 2 && word_is(l->ws, i - 1, "of") && ONE_OF(l->ws, i - 2, nouns);
}

/* "Germany's decision", "its recent decision": whose the noun at word i is; NULL: nobody says. */
static const struct mention *whose_noun(const struct line *l, uint32_t begin, uint32_t i)
{
    enum { ADJECTIVES = 3 };
    for (uint32_t k = i; k > begin && k + ADJECTIVES >= i; k--) {
        if (l->ws->word[k - 1].shape & SHAPE_MARK) return NULL;
        const struct mention *m = mention_at(l, k - 1);
        if (!m && k >= begin + 2 && word_is(l->ws, k - 1, "'s")) m = mention_at(l, k - 2);
        if (m) return m->possessive || m->modifier ? m : NULL;
    }
    return NULL;
}

/* "for its recent pledge": the noun at word i is of who was named; *first is its "its". */
static bool their_noun(const struct line *l, uint32_t begin, uint32_t i, uint32_t *first)
{
    for (uint32_t k = i; k > begin + 1 && k + 2 > i; k--) {
        if (!word_is(l->ws, k - 1, "its") || !word_is(l->ws, k - 2, "for")) continue;
        *first = k - 1;
        return true;
    }
    return false;
}

/* "holding Russia to account", "supporting Ukraine": to whom something is done. */
static bool object_of_verb(const struct line *l, const struct mention *m)
{
    static const char *const verbs[] = {"make",  "makes",  "made",    "force", "help",
                                        "helps", "helped", "support", "forced"};
    static const char *const lists[] = {"including", "seeing",    "having", "meaning",
                                        "letting",   "depending", "during", "getting"};
    if (m->first == l->first || m->kind > MENTION_DEMONYM) return false;
    if (ONE_OF(l->ws, m->first - 1, verbs)) return !m->modifier;
    const struct word *w = &l->ws->word[m->first - 1];
    if (w->len < 6 || w->shape & (SHAPE_CAPITAL | SHAPE_MARK)) return false;
    if (memcmp(l->ws->text + w->at + w->len - 3, "ing", 3) != 0) return false;
    return !ONE_OF(l->ws, m->first - 1, lists);
}

/* All that are named before word `to`, but not whose they are: not the G7 in "the G7 president". */
static bool add_before(const struct scene *s, const struct line *l, uint32_t to,
                       struct said_parties *out)
{
    static const char *const offices[] = {"president", "presidency", "chair", "host", "member"};
    static const char *const places[] = {"in", "against", "on", "near"};
    for (uint32_t k = 0; k < l->party_count && l->parties[k].first < to; k++) {
        const struct mention *m = &l->parties[k];
        bool office = ONE_OF(l->ws, m->first + m->count, offices); /* "the G7 president" */
        if (same(m->code, s->adversary) || same(m->code, s->beneficiary)) continue;
        bool there = m->first > l->first && ONE_OF(l->ws, before_article(l, m->first) - 1, places);
        if (there || object_of_verb(l, m)) continue; /* "in Ukraine", "holding Russia to account" */
        if (is_named(code_of(s, m)) && m->kind != MENTION_WE && !m->modifier && !office)
            add_party(out, code_of(s, m));
    }
    return out->count > 0;
}

/* "announcement by France today to send": who stands before the "to" at word i, days aside; NULL.
 */
static const struct mention *said_by(const struct line *l, uint32_t begin, uint32_t i)
{
    enum { DAYS = 3 };
    for (uint32_t k = i; k > begin && k + DAYS > i; k--) {
        const struct mention *m = mention_at(l, k - 1);
        if (m || !(word_classes(&l->ws->word[k - 1]) & IS(when))) return m;
    }
    return NULL;
}

/*
 * "Germany's decision to send", "the pledge by France to give": who decides is
 * who does what the infinitive at word i says.
 */
static bool decider_of(const struct scene *s, const struct line *l, uint32_t begin, uint32_t i,
                       struct said_parties *out, uint32_t *first)
{
    static const char *const nouns[] = {
        "decision",      "decisions",     "commitment",   "commitments", "pledge",    "pledges",
        "promise",       "promises",      "offer",        "offers",      "plan",      "plans",
        "readiness",     "willingness",   "announcement", "agreement",   "intention", "intentions",
        "announcements", "determination", "move",         "efforts",     "effort"};
    uint32_t to = i; /* "today to send" is one group of words */
    while (to < l->end && to < i + 2 && word_classes(&l->ws->word[to]) & IS(when)) to++;
    if (i <= begin + 1 || !word_is(l->ws, to, "to")) return false;
    const struct mention *m = NULL;
    uint32_t noun = i - 1;
    if (ONE_OF(l->ws, i - 1, nouns)) {
        m = whose_noun(l, begin, i - 1);
        if (!m && their_noun(l, begin, i - 1, first))
            return add_before(s, l, *first, out); /* "thank Japan for its recent pledge to" */
    } else if ((m = said_by(l, begin, i)) != NULL) {
        uint32_t at = before_article(l, m->first);
        const struct mention *whose =
            m->kind == MENTION_GROUP && at > begin ? mention_at(l, at - 1) : NULL;
        if (whose && whose->kind == MENTION_DEMONYM) { /* "by our German allies" */
            m = whose;
            at = before_article(l, m->first);
        }
        bool by =
            at >= begin + 2 && (word_is(l->ws, at - 1, "by") || word_is(l->ws, at - 1, "from") ||
                                word_is(l->ws, at - 1, "of"));
        if (!by || !ONE_OF(l->ws, at - 2, nouns)) return false;
        noun = at - 2;
    }
    if (!m) return false;
    *first = m->first < noun ? m->first : noun;
    if (m->kind == MENTION_THEY) { /* "thank Germany and Spain for their decision" */
        if (!add_before(s, l, m->first, out)) *out = s->signers.count ? s->signers : s->giver;
        return out->count > 0;
    }
    add_list(s, l, (uint32_t)(m - l->parties), i, out);
    return out->count > 0;
}

/* "Iran is to blame because they gave": the name that the sentence of a "they" begins with. */
static const struct mention *first_subject(const struct line *l, uint32_t they)
{
    enum { NEAR = 4 };
    for (uint32_t k = 0; k < l->party_count && l->parties[k].first < they; k++) {
        const struct mention *m = &l->parties[k];
        if (m->first > l->first + NEAR) return NULL;
        if (m->kind > MENTION_DEMONYM || m->possessive || m->modifier) continue;
        return behind_preposition(l, m->first) ? NULL : m;
    }
    return NULL;
}

/* "the Ukrainians say they need": whom mention k, a "they", means in its own sentence; NULL. */
static const struct mention *they_are(const struct line *l, uint32_t k)
{
    static const char *const says[] = {"say",   "says",   "said",      "believe",   "told", "think",
                                       "claim", "claims", "confirmed", "announced", "that"};
    static const char *const links[] = {"because", "and", "since", "as", "but"};
    uint32_t they = l->parties[k].first;
    if (k == 0 || they == l->first) return NULL;
    if (mark_at(l, they - 1, ',') || ONE_OF(l->ws, they - 1, links)) return first_subject(l, they);
    if (!ONE_OF(l->ws, they - 1, says)) return NULL;
    const struct mention *m = &l->parties[k - 1];
    uint32_t behind = m->first + m->count;
    if (m->possessive || m->modifier || m->kind > MENTION_GROUP || behind + 4 < they) return NULL;
    if (behind_preposition(l, m->first)) return NULL; /* "their support to Russia and that they" */
    return m;
}

/* "Minister Sidorov said she will send": who "she" is, where somebody is named before. */
static const struct mention *whom_said(const struct line *l, uint32_t begin, uint32_t i,
                                       uint32_t *first)
{
    enum { NEAR = 3 };
    uint32_t at = l->end;
    for (uint32_t k = i; k > begin && k + NEAR > i; k--)
        if (word_is(l->ws, k - 1, "he") || word_is(l->ws, k - 1, "she")) at = k - 1;
    if (at == l->end) return NULL;
    *first = at;
    for (uint32_t k = l->party_count; k-- > 0;) {
        const struct mention *m = &l->parties[k];
        if (m->first < at && (m->kind == MENTION_PERSON || m->kind == MENTION_OFFICE)) return m;
    }
    return NULL;
}

/* "It has also provided": the party that the sentence before was about. */
static bool it_acts(const struct scene *s, const struct line *l, uint32_t begin, uint32_t i,
                    uint32_t *first)
{
    enum { NEAR = 3 };
    if (!s->topic || begin != l->first) return false;
    for (uint32_t k = begin; k < i && k < begin + NEAR; k++)
        if (word_is(l->ws, k, "it")) {
            *first = k;
            return k + NEAR > i;
        }
    return false;
}

/* "He just signed": whoever was spoken of last. */
static bool he_acts(const struct scene *s, const struct line *l, uint32_t begin, uint32_t i,
                    uint32_t *first)
{
    enum { NEAR = 3 };
    for (uint32_t k = i; s->he && k > begin && k + NEAR > i; k--)
        if (word_is(l->ws, k - 1, "he") || word_is(l->ws, k - 1, "she")) {
            *first = k - 1;
            return true;
        }
    return false;
}

/* "The President has directed": an office without a name is of the speaker's own side. */
static bool office_at(const struct scene *s, const struct line *l, uint32_t i)
{
    static const char *const offices[] = {"president",  "secretary",  "administration",
                                          "department", "chancellor", "cabinet",
                                          "pentagon",   "government"};
    if (i == l->first || !is_named(s->side.we) || !word_is(l->ws, i - 1, "the")) return false;
    return ONE_OF(l->ws, i, offices) && l->ws->word[i].shape & SHAPE_CAPITAL && !mention_at(l, i) &&
           !word_is(l->ws, i + 1, "of") && !(l->ws->word[i + 1].shape & SHAPE_CAPITAL);
}

/* "The President and Chancellor Scholz": the office before the first name of a list. */
static void add_office(const struct scene *s, const struct line *l, uint32_t *first,
                       struct said_parties *out)
{
    uint32_t i = *first;
    if (i < l->first + 3 || !word_is(l->ws, i - 1, "and") || !office_at(s, l, i - 2)) return;
    add_party(out, s->side.we);
    *first = i - 3;
}

/* "Korea: Delivered 10,000 generators", or an item under the heading "Korea". */
static bool labelled(const struct scene *s, const struct line *l, uint32_t begin,
                     struct said_parties *out)
{
    const struct mention *m = l->party_count ? &l->parties[0] : NULL;
    uint32_t at = l->first;
    while (at < begin && l->ws->word[at].shape & SHAPE_MARK) at++;
    if (at < begin && word_is(l->ws, at, "the")) at++;
    if (m && m->kind == MENTION_NAME && m->first == at && is_named(m->code)) {
        for (uint32_t i = m->first + m->count; i < begin; i++)
            if (!(l->ws->word[i].shape & SHAPE_MARK)) return false;
        if (begin <= m->first + m->count || !mark_at(l, begin - 1, ':')) return false;
        add_party(out, m->code);
        return true;
    }
    if (begin != l->first || !s->section || !l->ws->sentence[l->index].bullet) return false;
    add_party(out, s->section);
    return true;
}

/* "to meet Ukraine's needs": who is helped acts by its people, and by nothing else it has. */
static bool owns_a_thing(const struct scene *s, const struct line *l, const struct mention *m)
{
    static const char *const people[] = {"military",   "army",     "armed",     "forces",
                                         "government", "people",   "president", "parliament",
                                         "soldiers",   "leaders",  "leader",    "minister",
                                         "navy",       "citizens", "ministry",  "defenders"};
    if (!same(m->code, s->beneficiary)) return false;
    uint32_t i = m->first + m->count;
    if (word_is(l->ws, i, "'s")) i++;
    return !ONE_OF(l->ws, i, people);
}

/* "sent Ukraine radars and will send": who is helped, right behind the verb, gets and acts not. */
static bool handed_to(const struct scene *s, const struct line *l, const struct mention *m,
                      uint32_t i)
{
    if (m->first == l->first || m->first + m->count + 1 >= i) return false;
    if (m->possessive || !same(m->code, s->beneficiary)) return false;
    const struct word *verb = &l->ws->word[m->first - 1];
    if (!(word_classes(verb) & IS(give)) || *word_value(verb, WORD_give) == 'n') return false;
    bool joined_on = false;
    for (uint32_t k = m->first + m->count; k < i; k++) {
        if (word_is(l->ws, k, "it") || mark_at(l, k, ',')) return false;
        joined_on |= word_is(l->ws, k, "and");
    }
    return joined_on;
}

/* "Africa", "the Sahel": where help goes; a region gives nothing. */
static bool is_region(const struct mention *m)
{
    return m->kind == MENTION_GROUP && m->code && m->code[0] >= 'A' && m->code[0] <= 'Z' &&
           m->code[1] >= 'a' && m->code[1] <= 'z';
}

/* ", I believe,": an aside, and nobody who gives. */
static bool aside(const struct line *l, const struct mention *m)
{
    static const char *const verbs[] = {"believe", "think", "guess", "suppose", "understand"};
    return m->kind == MENTION_WE && m->first > l->first && mark_at(l, m->first - 1, ',') &&
           ONE_OF(l->ws, m->first + m->count, verbs) && mark_at(l, m->first + m->count + 1, ',');
}

/* "The President", "she": an office without a name, or a person of whom the sentence spoke. */
static bool subject_unnamed(const struct scene *s, const struct line *l, uint32_t begin, uint32_t i,
                            struct said_parties *out, uint32_t *first)
{
    enum { OFFICE = 4 };
    for (uint32_t k = i; k > begin && k + OFFICE > i; k--)
        if (office_at(s, l, k - 1)) {
            add_party(out, s->side.we);
            *first = k - 2;
            return true;
        }
    const struct mention *who = whom_said(l, begin, i, first);
    if (who) add_party(out, code_of(s, who));
    return out->count > 0;
}

/* "China has sent no arms, but it exports chips": "it" is whom the clause before was about. */
static void it_again(const struct scene *s, const struct line *l, uint32_t begin, uint32_t i,
                     struct said_parties *out, uint32_t *first)
{
    uint32_t at = begin + 1 < i && (word_is(l->ws, begin, "but") || word_is(l->ws, begin, "and"))
                      ? begin + 1
                      : begin;
    if (begin <= l->first + 1 || !word_is(l->ws, at, "it") || at + 3 < i) return;
    uint32_t low = clause_begin(l, begin - 1);
    for (uint32_t k = 0; k < l->party_count && l->parties[k].first < begin; k++) {
        const struct mention *m = &l->parties[k];
        if (m->first < low || m->kind != MENTION_NAME || m->possessive || m->modifier) continue;
        if (behind_preposition(l, m->first) || !is_named(code_of(s, m))) continue;
        add_party(out, code_of(s, m));
        *first = at;
        return;
    }
}

/* "Poland, which decided", a label or heading, "it": subjects that stand before the clause. */
static bool subject_elsewhere(const struct scene *s, const struct line *l, uint32_t begin,
                              uint32_t i, struct said_parties *out, uint32_t *first)
{
    if (begin > l->first + 1 && (word_is(l->ws, begin, "which") || word_is(l->ws, begin, "who"))) {
        const struct mention *m = mention_at(l, begin - 2);
        if (m) add_list(s, l, (uint32_t)(m - l->parties), begin, out);
        *first = begin;
        return out->count > 0;
    }
    if (i < begin + 4 && labelled(s, l, begin, out)) {
        *first = begin;
        return true;
    }
    if (it_acts(s, l, begin, i, first)) add_party(out, s->topic);
    if (!out->count) it_again(s, l, begin, i, out, first);
    return out->count > 0;
}

/* "we count on Allies to provide", "calling on Greece to give": who is relied on. */
static bool relied_on(const struct scene *s, const struct line *l, uint32_t i,
                      struct said_parties *out, uint32_t *first)
{
    static const char *const verbs[] = {"count", "counting", "rely",   "relying", "call",
                                        "calls", "calling",  "called", "depend",  "counted"};
    const struct mention *m = i > l->first && word_is(l->ws, i, "to") ? mention_at(l, i - 1) : NULL;
    if (!m || m->possessive || !code_of(s, m)) return false;
    uint32_t at = before_article(l, m->first);
    if (at < l->first + 2 || !word_is(l->ws, at - 1, "on")) return false;
    if (!ONE_OF(l->ws, at - 2, verbs) && !word_is(l->ws, at - 2, "call")) return false;
    *first = m->first;
    add_party(out, code_of(s, m));
    return true;
}

/* "the generosity of the Irish people in hosting": who does what the "-ing" at word i says. */
static bool doer_of(const struct scene *s, const struct line *l, uint32_t begin, uint32_t i,
                    struct said_parties *out, uint32_t *first)
{
    enum { NEAR = 4 };
    if (i < begin + 3 || !word_is(l->ws, i - 1, "in")) return false;
    const struct word *w = &l->ws->word[i];
    if (w->len < 6 || memcmp(l->ws->text + w->at + w->len - 3, "ing", 3) != 0) return false;
    for (uint32_t k = l->party_count; k-- > 0;) {
        const struct mention *m = &l->parties[k];
        uint32_t at = before_article(l, m->first);
        if (m->first >= i || m->first + m->count + NEAR < i || m->first <= begin) continue;
        if (at == l->first || !word_is(l->ws, at - 1, "of") || !is_named(code_of(s, m))) continue;
        add_party(out, code_of(s, m));
        *first = m->first;
        return true;
    }
    return false;
}

/* "the British government's announcement that it will": the government has announced it. */
static bool of_government(const struct line *l, const struct mention *m)
{
    uint32_t i = m->first + m->count;
    return word_is(l->ws, i, "government") && word_is(l->ws, i + 1, "'s");
}

/* "Chinese companies have provided": they stand for their country right before the verb at i. */
static bool acts_for(const struct line *l, const struct mention *m, uint32_t i)
{
    static const char *const nouns[] = {"companies", "company",  "entities", "firms",
                                        "military",  "industry", "army",     "authorities",
                                        "banks",     "officials"};
    uint32_t noun = m->first + m->count;
    return noun + 1 == i && ONE_OF(l->ws, noun, nouns);
}

bool subject_of(const struct scene *s, const struct line *l, uint32_t begin, uint32_t i,
                struct said_parties *out, uint32_t *first)
{
    static const char *const giving[] = {"contributing", "providing", "giving",   "sending",
                                         "supplying",    "donating",  "spending", "investing"};
    uint32_t adjective = l->party_count;
    if (decider_of(s, l, begin, i, out, first)) return true;
    if (doer_of(s, l, begin, i, out, first) || relied_on(s, l, i, out, first)) return true;
    for (uint32_t k = l->party_count; k-- > 0;) {
        const struct mention *m = &l->parties[k];
        if (m->first + m->count > i) continue;
        if (m->first < begin) break;
        if (m->possessive && (m->kind != MENTION_NAME || owns_a_thing(s, l, m))) continue;
        if (object_of_verb(l, m) || aside(l, m) || is_region(m)) continue;
        if (handed_to(s, l, m, i)) continue;
        bool with = m->first + m->count == i && !m->modifier && /* "with Spain contributing" */
                    ONE_OF(l->ws, i, giving);
        if (behind_preposition(l, m->first) && !of_a_person(l, m->first) && !with) {
            /* "...from France, Germany and Italy": the whole list stands behind the preposition */
            while (k > 0 && joined(l, &l->parties[k - 1], &l->parties[k])) k--;
            continue;
        }
        uint32_t low = k;
        while (low > 0 && joined(l, &l->parties[low - 1], &l->parties[low])) low--;
        if (low + 1 == k && !with_and(l, &l->parties[low], m)) low = k; /* "near Kyiv, the US is" */
        bool listed =
            low < k && !m->modifier && m->first + m->count == i && ONE_OF(l->ws, i, giving);
        if (low < k && !listed && behind_preposition(l, l->parties[low].first)) {
            k = low;
            continue;
        }
        if (m->kind == MENTION_THEY) {
            const struct mention *who = they_are(l, k);
            if (who) add_list(s, l, (uint32_t)(who - l->parties), m->first, out);
            if (!who) *out = s->they.count ? s->they : s->giver;
            if (has_party(out, s->adversary) && has_party(out, s->beneficiary))
                *out = (struct said_parties){.code = {s->beneficiary}, .count = 1};
            *first = m->first;
            return out->count > 0;
        }
        if (m->modifier && m->kind == MENTION_DEMONYM && acts_for(l, m, i)) {
            add_party(out, code_of(s, m));
            *first = m->first;
            return out->count > 0;
        }
        if (m->modifier && m->kind == MENTION_DEMONYM && !of_government(l, m)) {
            if (adjective == l->party_count) adjective = k;
            continue;
        }
        *first = add_list(s, l, k, l->end, out);
        add_office(s, l, first, out);
        return out->count > 0;
    }
    if (subject_unnamed(s, l, begin, i, out, first)) return true;
    if (adjective == l->party_count && subject_elsewhere(s, l, begin, i, out, first)) return true;
    if (adjective == l->party_count && he_acts(s, l, begin, i, first)) {
        add_party(out, s->he);
        return true;
    }
    /* "Italian pilots help": an adjective stands for the subject when nothing else does */
    if (adjective == l->party_count) return false;
    *first = add_list(s, l, adjective, l->end, out);
    return out->count > 0;
}

/* "from a combination of our partners, including Canada and Japan": who they are. */
static bool listed_behind(const struct scene *s, const struct line *l, uint32_t k,
                          struct said_parties *out)
{
    enum { FAR = 4, BACK = 5 };
    const struct mention *m = &l->parties[k];
    uint32_t i = m->first + m->count,
             back = m->first > l->first + BACK ? m->first - BACK : l->first;
    bool from = false;
    for (uint32_t j = back; j < m->first; j++)
        from |= word_is(l->ws, j, "from") || word_is(l->ws, j, "by");
    if (!from || k + 1 >= l->party_count || l->parties[k + 1].first > i + FAR) return false;
    for (; i < l->parties[k + 1].first; i++) {
        const struct word *w = &l->ws->word[i];
        if (!(word_classes(w) & IS(list)) || *word_value(w, WORD_list)) continue;
        add_list(s, l, k + 1, l->end, out);
        return out->count > 0;
    }
    return false;
}

/* "permitted by the UN": what somebody does here is nothing that is done with a gift. */
static bool done_otherwise(const struct line *l, uint32_t by)
{
    if (by < l->first + 1) return false;
    const struct word *w = &l->ws->word[by - 1];
    if (w->len < 4 || w->shape & SHAPE_MARK) return false;
    bool ed = memcmp(l->ws->text + w->at + w->len - 2, "ed", 2) == 0;
    return ed && !(word_classes(w) & (IS(give) | IS(commit) | IS(promise) | IS(aid) | IS(decide) |
                                      IS(call) | IS(list)));
}

bool giver_beside(const struct scene *s, const struct line *l, uint32_t from, uint32_t to,
                  struct said_parties *out)
{
    static const char *const uses[] = {"use", "used", "operated", "needed", "required"};
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        if (m->first < from || m->first >= to || !code_of(s, m)) continue;
        if (!any_named(out) && !is_country(m->code ? m->code : "") && listed_behind(s, l, k, out))
            return true;
        if (same(code_of(s, m), s->beneficiary) || same(code_of(s, m), s->adversary)) continue;
        bool us =
            m->kind == MENTION_WE && word_is(l->ws, m->first, "us"); /* "$5 billion from us" */
        if (m->kind >= MENTION_WE && m->kind <= MENTION_OFFICE && m->kind != MENTION_YOU && !us)
            continue;
        uint32_t i = before_article(l, m->first), behind = m->first + m->count;
        if (i <= l->first) continue;
        if (m->kind == MENTION_DEMONYM && m->modifier && behind < l->end &&
            !word_is(l->ws, i - 1, "by") && word_classes(&l->ws->word[behind]) & IS(goods))
            continue; /* "protect us from Russian bombs" */
        bool thanks = i >= l->first + 2 && word_is(l->ws, i - 1, "to") &&
                      word_is(l->ws, i - 2, "thanks"); /* "20 more tanks thanks to Poland" */
        if (!word_is(l->ws, i - 1, "from") && !word_is(l->ws, i - 1, "by") && !thanks) continue;
        if (i >= l->first + 2 && ONE_OF(l->ws, i - 2, uses)) continue; /* "for use by Wagner" */
        if (word_is(l->ws, i - 1, "by") && done_otherwise(l, i - 1)) continue;
        add_list(s, l, k, l->end, out);
        return true;
    }
    return false;
}

/* "US assistance", "Germany's contribution": the name right before the thing. */
static bool giver_before(const struct scene *s, const struct line *l, uint32_t from, uint32_t to,
                         struct said_parties *out)
{
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        const char *code = code_of(s, m);
        if (!code || m->first < from || m->first >= to) continue;
        if (!m->modifier && !m->possessive) continue;
        if (m->kind == MENTION_GROUP && !m->possessive) continue;
        if (same(code, s->beneficiary) || same(code, s->adversary)) continue;
        if (behind_preposition(l, m->first) && !m->possessive) continue;
        uint32_t behind = m->first + m->count;
        struct things t = things_in(l, behind, behind + 6);
        if (!t.count) continue;
        add_party(out, code);
        return true;
    }
    return false;
}

void with_allies(const struct scene *s, const struct line *l, uint32_t begin, uint32_t to,
                 struct said_parties *giver)
{
    static const char *const joins[] = {"together", "along", "partnership", "coordination",
                                        "concert"};
    if (!s->side.we || !is_country(s->side.we) || !has_party(giver, s->side.we)) return;
    if (word_is(l->ws, begin, "and")) begin++;
    if (mark_at(l, begin, ',')) begin++;
    uint32_t we = mark_at(l, begin + 1, ',') ? begin + 2 : begin + 1;
    if (word_is(l->ws, begin, "together") && word_is(l->ws, we, "we")) add_party(giver, "ALLIES");
    for (uint32_t k = 0; k < l->party_count; k++) { /* "together with our Allies, we have sent" */
        const struct mention *m = &l->parties[k];
        uint32_t i = before_article(l, m->first);
        if (m->kind != MENTION_GROUP || m->first < begin || m->first >= to || i < l->first + 2)
            continue;
        if (word_is(l->ws, i - 1, "with") && ONE_OF(l->ws, i - 2, joins))
            add_party(giver, code_of(s, m));
    }
}

void add_partners(const struct scene *s, const struct line *l, uint32_t begin, uint32_t to,
                  struct said_parties *giver)
{
    static const char *const joins[] = {"joined", "together", "along", "jointly", "joining"};
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        if (m->first < begin + 2 || m->first >= to || m->kind > MENTION_DEMONYM || m->modifier ||
            m->possessive)
            continue;
        uint32_t i = before_article(l, m->first);
        if (i < begin + 2 || !word_is(l->ws, i - 1, "with") || !ONE_OF(l->ws, i - 2, joins))
            continue;
        if (same(m->code, s->beneficiary) || same(m->code, s->adversary)) continue;
        add_list(s, l, k, to, giver);
    }
}

void add_companions(const struct scene *s, const struct line *l, uint32_t begin, uint32_t to,
                    struct said_parties *giver)
{
    if (any_named(giver)) add_partners(s, l, begin, to, giver);
    if (!has_party(giver, s->side.we)) return;
    with_allies(s, l, begin, to, giver);
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        if (m->first < begin || m->first >= to || m->kind != MENTION_GROUP) continue;
        uint32_t i = before_article(l, m->first);
        if (i > l->first && word_is(l->ws, i - 1, "with")) add_party(giver, m->code);
    }
}

/* "the people Ireland has taken in": behind a noun at word i begins a clause without a "that". */
static bool relative_at(const struct line *l, uint32_t i)
{
    uint32_t at = i + 1; /* "the commitment the EU made", "billions our Allies have given" */
    while (at < l->end && at < i + 3 && (word_is(l->ws, at, "the") || word_is(l->ws, at, "our")))
        at++;
    const struct mention *m = at < l->end ? mention_at(l, at) : NULL;
    if (!m || m->first > at || m->possessive) return false;
    uint64_t noun = word_classes(&l->ws->word[i]), behind;
    bool promised = *word_value(&l->ws->word[i], WORD_commit) == 'n' ||
                    *word_value(&l->ws->word[i], WORD_promise) == 'n' || noun & IS(soft);
    if (!promised &&
        !(noun & (IS(goods) | IS(fled) | IS(demonym) | IS(unit) | IS(currency) | IS(scale))))
        return false;
    uint32_t verb = m->first + m->count;
    const struct mention *group = m->modifier ? mention_at(l, verb) : m; /* "European Allies" */
    if (!group || group->possessive || group->modifier) return false;
    verb = group->first + group->count;
    if (verb >= l->end) return false;
    if (promised && word_is(l->ws, verb, "made")) return true;
    behind = word_classes(&l->ws->word[verb]);
    return (behind & (IS(aux) | IS(give) | IS(host) | IS(commit) | IS(promise))) != 0;
}

/* "drones that Russia has used": who uses them gives nothing. */
static bool uses_it(const struct line *l, uint32_t i)
{
    enum { NEAR = 4 };
    static const char *const verbs[] = {"used",     "use",   "uses",   "using", "needs",    "need",
                                        "launched", "fired", "wanted", "wants", "requested"};
    for (uint32_t k = i; k < l->end && k < i + NEAR; k++)
        if (ONE_OF(l->ws, k, verbs)) return true;
    return false;
}

/* "the 7,000 refugees that Ireland has taken in". */
static bool giver_behind(const struct scene *s, const struct line *l, uint32_t i,
                         struct said_parties *out)
{
    enum { NEAR = 8 };
    for (uint32_t k = i; k < l->end && k < i + NEAR; k++) {
        if (!word_is(l->ws, k, "that") && !word_is(l->ws, k, "which") && !relative_at(l, k))
            continue;
        uint32_t next = k + 1;
        while (next < l->end && next < k + 3 &&
               (word_is(l->ws, next, "the") || word_is(l->ws, next, "our")))
            next++;
        for (uint32_t m = 0; m < l->party_count; m++) {
            if (l->parties[m].first != next || !code_of(s, &l->parties[m])) continue;
            if (l->parties[m].possessive || same(code_of(s, &l->parties[m]), s->beneficiary) ||
                uses_it(l, next + l->parties[m].count))
                continue;
            add_list(s, l, m, l->end, out);
            return out->count > 0;
        }
    }
    return false;
}

/* Between word `from` and word `to` only a noun phrase stands: no verb, no comma. */
static bool one_phrase(const struct line *l, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        if (word_classes(&l->ws->word[i]) &
                (IS(aux) | IS(future) | IS(we) | IS(they) | IS(thank)) ||
            mark_at(l, i, ','))
            return false;
    return true;
}

/* "the $54 million Denmark announced", "the tanks our Allies have sent": no "that" between. */
static bool giver_contact(const struct scene *s, const struct line *l, uint32_t i,
                          struct said_parties *out)
{
    enum { NEAR = 7, VERB = 3 };
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        uint32_t at = before_article(l, m->first), behind = m->first + m->count;
        if (m->first <= i || m->first > i + NEAR) continue;
        if (m->possessive || m->modifier || m->kind > MENTION_WE || !code_of(s, m)) continue;
        if (same(code_of(s, m), s->beneficiary) || same(code_of(s, m), s->adversary)) continue;
        const struct word *before = &l->ws->word[at - 1];
        bool noun = word_classes(before) & (IS(goods) | IS(soft) | IS(currency) | IS(unit)) ||
                    *word_value(before, WORD_commit) == 'n' ||
                    *word_value(before, WORD_promise) == 'n' || at - 1 == i;
        if (!noun || !one_phrase(l, i, at)) continue;
        for (uint32_t n = behind; n < l->end && n < behind + VERB; n++) {
            uint64_t c = word_classes(&l->ws->word[n]);
            if (c & (IS(give) | IS(commit) | IS(promise)) || word_is(l->ws, n, "made")) {
                add_list(s, l, k, l->end, out);
                return out->count > 0;
            }
            if (!(c & (IS(aux) | IS(future))) && !word_is(l->ws, n, "already") &&
                !word_is(l->ws, n, "just"))
                break;
        }
    }
    return false;
}

/* "members of this group have committed", "other countries gave": partners nobody names. */
static bool partners_before(const struct line *l, uint32_t i)
{
    static const char *const nouns[] = {"members",  "countries",   "nations",
                                        "partners", "governments", "group"};
    if (i > l->first && word_is(l->ws, i - 1, "already")) i--;
    if (i == l->first || mention_at(l, i - 1)) return false;
    return ONE_OF(l->ws, i - 1, nouns);
}

/* "both countries", "our two governments": of a joint statement, those who issue it. */
static bool both_before(const struct line *l, uint32_t i)
{
    static const char *const words[] = {"both", "our", "two"};
    return i >= l->first + 2 && ONE_OF(l->ws, i - 2, words);
}

/* "grateful to Germany for the systems and to Italy for 20 guns": the last one thanked before i. */
static bool thanked(const struct scene *s, const struct line *l, uint32_t from, uint32_t i,
                    struct said_parties *out)
{
    for (uint32_t k = l->party_count; k-- > 0;) {
        const struct mention *m = &l->parties[k];
        if (m->first < from || m->first >= i || m->modifier) continue;
        add_list(s, l, k, i, out);
        return out->count > 0;
    }
    return false;
}

static bool word_between(const struct line *l, uint32_t from, uint32_t to, const char *word)
{
    for (uint32_t i = from; i < to; i++)
        if (word_is(l->ws, i, word)) return true;
    return false;
}

/* "the EU's approval of the facility of 50 billion euros", "the $50 billion G7 commitment": whose
 * the sum at word i is. */
static const struct mention *owner_beside(const struct scene *s, const struct line *l,
                                          uint32_t begin, uint32_t i, uint32_t to)
{
    enum { BEFORE = 10, BEHIND = 5 };
    for (uint32_t k = l->party_count; k-- > 0;) {
        const struct mention *m = &l->parties[k];
        uint32_t behind = m->first + m->count;
        if (m->kind > MENTION_BODY || m->kind == MENTION_GROUP || !is_named(code_of(s, m)))
            continue;
        if (same(m->code, s->beneficiary) || same(m->code, s->adversary)) continue;
        if (m->possessive && m->first >= begin && behind < i && behind + BEFORE > i &&
            word_is(l->ws, i - 1, "of") && one_phrase(l, behind + 1, i))
            return m;
        if (!m->modifier || m->first < i + 1 || m->first >= to || m->first > i + BEHIND) continue;
        if (behind_preposition(l, m->first) || !one_phrase(l, i, m->first)) continue;
        if (word_between(l, i, m->first, "to")) continue; /* "$4 million to match MCC's gift" */
        for (uint32_t n = behind; n < to && n < behind + BEHIND; n++)
            if (*word_value(&l->ws->word[n], WORD_commit) == 'n' ||
                *word_value(&l->ws->word[n], WORD_promise) == 'n' ||
                *word_value(&l->ws->word[n], WORD_give) == 'n' ||
                strcmp(word_value(&l->ws->word[n], WORD_soft), "money/weak") == 0)
                return m;
    }
    return NULL;
}

/* "Canada went public with $5 billion": the one country named that does something with it. */
static void goes_with(const struct scene *s, const struct line *l, uint32_t begin, uint32_t i,
                      struct said_parties *out)
{
    struct said_parties who = {0};
    uint32_t first, with = i;
    while (with > begin && with + 4 > i && !word_is(l->ws, with, "with")) with--;
    if (!word_is(l->ws, with, "with") || !subject_of(s, l, begin, with, &who, &first)) return;
    bool others = who.count > 0 && !has_party(&who, s->side.we);
    for (uint32_t k = 0; k < who.count; k++)
        others &= (is_country(who.code[k]) || same(who.code[k], "ALLIES")) &&
                  !same(who.code[k], s->beneficiary) && !same(who.code[k], s->adversary);
    if (others) *out = who;
}

/* "..., over half of which will come from Norway": behind it a part is spoken of. */
static uint32_t part_of_it(const struct line *l, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i + 1 < to; i++)
        if (word_is(l->ws, i, "of") && word_is(l->ws, i + 1, "which")) return i;
    return to;
}

/* "Greece will spend another two billion on this": whose it is, though the verb gives nothing. */
static bool spender_of(const struct scene *s, const struct line *l, uint32_t begin, uint32_t i,
                       struct said_parties *out)
{
    static const char *const verbs[] = {"spend", "spends", "spent", "spending"};
    uint32_t first;
    for (uint32_t k = i; k > begin + 1; k--)
        if (ONE_OF(l->ws, k - 1, verbs)) {
            if (subject_of(s, l, begin, k - 1, out, &first) && any_named(out) &&
                !has_party(out, s->adversary))
                return true;
            out->count = 0;
            return false;
        }
    return false;
}

struct said_parties giver_of(const struct scene *s, const struct line *l, uint32_t begin,
                             uint32_t i, uint32_t from, uint32_t to)
{
    static const char *const more[] = {"another", "additional", "further", "an", "a", "some"};
    struct said_parties out = {0};
    if (giver_beside(s, l, i, part_of_it(l, i, to), &out)) return out;
    if (giver_behind(s, l, i, &out) || giver_contact(s, l, i, &out)) return out;
    const struct mention *whose = whose_noun(l, begin, i); /* "Australia's $30 million" */
    bool owns = whose && (whose->kind <= MENTION_DEMONYM || whose->kind == MENTION_PERSON);
    if (owns && whose->possessive && !same(code_of(s, whose), s->beneficiary)) {
        add_party(&out, code_of(s, whose));
        return out;
    }
    const struct mention *owner = owner_beside(s, l, begin, i, to);
    if (owner) {
        add_party(&out, code_of(s, owner));
        return out;
    }
    uint32_t amount = i; /* "France pledged 10 tanks, and Canada another 200" */
    while (amount > begin + 1 && ONE_OF(l->ws, amount - 1, more)) amount--;
    const struct mention *right = amount > begin + 1 ? mention_at(l, amount - 1) : NULL;
    uint32_t j = right ? before_article(l, right->first) : 0; /* behind a comma, or ", and" */
    if (j > begin + 1 && word_is(l->ws, j - 1, "and")) j--;
    if (right && right->kind == MENTION_NAME && !right->possessive && j > begin &&
        mark_at(l, j - 1, ',') && is_named(code_of(s, right))) {
        add_party(&out, code_of(s, right)); /* "France pledged 10 tanks, Canada 200 vehicles" */
        return out;
    }

    const struct act *acts[ACTS_MAX];
    uint32_t n = acts_between(l, begin, i, acts), first;
    if (n && acts[n - 1]->kind == ACT_THANK && thanked(s, l, acts[n - 1]->end, i, &out)) return out;
    for (uint32_t k = n; k-- > 0;) {
        out.count = 0;
        bool for_it = acts[k]->at > begin && word_is(l->ws, acts[k]->at - 1, "for");
        if (k && for_it && acts[k - 1]->kind == ACT_THANK && /* "for sending 14 tanks" */
            thanked(s, l, acts[k - 1]->end, acts[k]->at, &out))
            return out;
        if (partners_before(l, acts[k]->from)) {
            if (s->signers.count && both_before(l, acts[k]->from)) return s->signers;
            add_party(&out, "ALLIES");
            return out;
        }
        if (!subject_of(s, l, begin, acts[k]->from, &out, &first)) continue;
        if (acts[k]->passive && acts[k]->kind == ACT_GIVE) continue;
        if (out.count) return out;
    }
    out.count = 0;
    if (!n && spender_of(s, l, begin, i, &out)) return out;
    if (!giver_before(s, l, begin, to, &out) && !giver_beside(s, l, from, i, &out) && !n &&
        !labelled(s, l, begin, &out))
        goes_with(s, l, begin, i, &out);
    return out;
}

/* "Ukrainian forces", "Polish people": those get it; "American-made F-16s" do not. */
static bool people_behind(const struct line *l, uint32_t i)
{
    static const char *const nouns[] = {"people",   "government", "armed",    "military",
                                        "partners", "defenders",  "brothers", "authorities"};
    if (i >= l->end) return false;
    return ONE_OF(l->ws, i, nouns) ||
           goods_of(word_value(&l->ws->word[i], WORD_goods)) == GOODS_PERSONNEL;
}

/* Whether the speaker's own side is among the givers, or nobody known is: they give no adversary.
 */
static bool ours(const struct scene *s, const struct said_parties *givers)
{
    return !givers->count || has_party(givers, s->side.we) || has_party(givers, "ALLIES") ||
           has_party(givers, "NATO");
}

void add_asked(const struct scene *s, const struct line *l, uint32_t from, uint32_t to,
               struct said *d)
{
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        if (m->first < from || m->first >= to || m->modifier) continue;
        const char *code = code_of(s, m);
        if (!code || has_party(&d->receiver, code) || !m->first) continue;
        if (word_classes(&l->ws->word[before_article(l, m->first) - 1]) & IS(need)) {
            add_party(&d->giver, code);
            return;
        }
    }
    if (!s->addressed || has_party(&d->receiver, s->addressed)) return;
    if (s->you || s->side.you) add_party(&d->giver, s->addressed);
}

void allies_not_nato(const struct scene *s, struct said_parties *giver)
{
    if (s->side.we && strcmp(s->side.we, "NATO") == 0 && giver->count == 1 &&
        strcmp(giver->code[0], "NATO") == 0 && s->warmth && s->giver.count == 1 &&
        strcmp(s->giver.code[0], "ALLIES") == 0)
        giver->code[0] = "ALLIES";
}

/* "Moldova has already received": the subject of getting gets it. */
static bool receives(const struct line *l, const struct mention *m)
{
    enum { NEAR = 3 };
    uint32_t behind = m->first + m->count;
    if (m->possessive || m->modifier || behind_preposition(l, m->first)) return false;
    for (uint32_t i = behind; i < l->end && i < behind + NEAR; i++) {
        uint64_t c = word_classes(&l->ws->word[i]);
        if (c & IS(receive)) return true;
        if (!(c & (IS(aux) | IS(future))) && !word_is(l->ws, i, "already")) return false;
    }
    return false;
}

/* "grateful to Germany for tanks and to Spain for": thanked, unless somebody acts in between. */
static bool is_thanked(const struct line *l, uint32_t i)
{
    bool thanked = false;
    for (uint32_t k = l->first; k < i; k++) {
        uint64_t c = word_classes(&l->ws->word[k]);
        if (c & IS(thank)) thanked = true;
        if (thanked && c & (IS(give) | IS(aid) | IS(train) | IS(host) | IS(decide))) return false;
    }
    return thanked;
}

/* "the NATO Comprehensive Assistance Package for Ukraine": the name of a fund, no receiver. */
static bool names_fund(const struct line *l, const struct mention *m)
{
    enum { NEAR = 6 };
    uint32_t i = m->first + m->count, stop = i + NEAR;
    for (; i < l->end && i < stop && l->ws->word[i].shape & SHAPE_CAPITAL; i++)
        if (word_classes(&l->ws->word[i]) & (IS(channel) | IS(bundle) | IS(body))) return true;
    return false;
}

static bool is_parliament(const char *code)
{
    return same(code, "Congress") || same(code, "Senate") || same(code, "House of Representatives");
}

/* Who is named as getting it in [from, to); `places`: "in Germany" is one of them. */
static struct said_parties receiver_by(const struct scene *s, const struct line *l, uint32_t from,
                                       uint32_t to, const struct said_parties *givers, bool places)
{
    static const char *const towards[] = {"to", "for", "into", "towards", "toward", "in", "inside"};
    static const char *const strengthens[] = {"reinforce", "strengthen", "bolster", "boost"};
    static const char *const areas[] = {"areas", "parts", "regions", "north", "south", "east"};
    static const char *const adjectives[] = {"regional", "other", "key", "all", "these", "close"};
    static const char *const answers[] = {"response", "respond",  "responding", "due",
                                          "threat",   "threats",  "contrast",   "contrary",
                                          "answer",   "according"};
    struct said_parties out = {0};
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        const char *code = code_of(s, m);
        if (m->first < from || m->first >= to || !code || has_party(givers, code)) continue;
        uint32_t i = before_article(l, m->first);
        if (givers->count && receives(l, m)) {
            add_list(s, l, k, to, &out);
            return out;
        }
        if (m->kind == MENTION_GROUP && i > l->first + 1 && ONE_OF(l->ws, i - 1, adjectives)) i--;
        if (i <= l->first) continue;
        bool to_it = word_in(l->ws, i - 1, towards, places ? 7 : 5) || of_a_person(l, m->first);
        to_it |= i >= l->first + 2 && word_is(l->ws, i - 1, "of") &&
                 word_is(l->ws, i - 2, "support"); /* "in support of Russia's war" */
        to_it |= i >= l->first + 2 && word_is(l->ws, i - 1, "of") && ONE_OF(l->ws, i - 2, areas);
        if (i >= l->first + 2 && ONE_OF(l->ws, i - 2, answers)) continue;
        if (same(code, s->adversary) && ours(s, givers)) continue;
        if (is_parliament(code)) continue;
        if (m->modifier && names_fund(l, m)) continue;
        uint64_t before = word_classes(&l->ws->word[i - 1]);
        bool object = (before & (IS(give) | IS(aid) | IS(train) | IS(host))) != 0 ||
                      ONE_OF(l->ws, i - 1, strengthens);
        if (object && !to_it && m->kind == MENTION_DEMONYM && m->modifier &&
            !people_behind(l, m->first + m->count))
            continue;
        if (!to_it && !object) continue;
        if (word_is(l->ws, i - 1, "to") && is_thanked(l, i)) continue;
        struct said_parties list = {0};
        add_list(s, l, k, to, &list);
        for (uint32_t c = 0; c < list.count; c++)
            if (!has_party(givers, list.code[c]) && !is_parliament(list.code[c]))
                add_party(&out, list.code[c]);
        return out;
    }
    return out;
}

struct said_parties receiver_towards(const struct scene *s, const struct line *l, uint32_t from,
                                     uint32_t to, const struct said_parties *givers)
{
    return receiver_by(s, l, from, to, givers, false);
}

struct said_parties receiver_in(const struct scene *s, const struct line *l, uint32_t from,
                                uint32_t to, const struct said_parties *givers)
{
    struct said_parties out = receiver_by(s, l, from, to, givers, false);
    return out.count ? out : receiver_by(s, l, from, to, givers, true);
}

/* "around the globe", "worldwide": for nobody in particular. */
bool for_the_world(const struct line *l, uint32_t from, uint32_t to)
{
    static const char *const words[] = {"globe",  "world",    "worldwide",
                                        "global", "globally", "vulnerable"};
    bool world = false;
    for (uint32_t i = from; i < to && i < l->end; i++) {
        if (word_is(l->ws, i, "vulnerable") && i > from && word_is(l->ws, i - 1, "most"))
            return true;
        if (word_is(l->ws, i, "war") || word_is(l->ws, i, "invasion")) return false;
        world |= ONE_OF(l->ws, i, words);
    }
    return world;
}

/* Whether the one giver arms the adversary in this document. */
static bool supplies(const struct scene *s, const struct said_parties *givers)
{
    for (uint32_t k = 0; givers->count == 1 && k < s->supplier_count; k++)
        if (same(s->suppliers[k], givers->code[0])) return true;
    return false;
}

/* Another party gives again: to whom it gave before in this document. */
static bool before_to(const struct scene *s, const struct said_parties *givers,
                      struct said_parties *out)
{
    if (givers->count != 1 || !is_named(givers->code[0]) || same(givers->code[0], s->side.we))
        return false;
    for (uint32_t i = s->out->said_count; i-- > 0;) {
        const struct said *d = &s->out->said[i];
        if (d->kind != SAID_SUPPORT || d->giver.count == 0 || !d->receiver.count) continue;
        if (!has_party(&d->giver, givers->code[0])) continue;
        if (has_party(&d->receiver, s->adversary) && !supplies(s, givers)) continue;
        *out = d->receiver;
        return true;
    }
    return false;
}

/* "... $5 million for Gaza - on top of the 3 it has given": to whom the same sentence said. */
static bool beside_to(const struct scene *s, const struct line *l,
                      const struct said_parties *givers, struct said_parties *out)
{
    size_t begin = plain_file(s->plain, l->ws->word[l->first].at);
    for (uint32_t i = s->out->said_count; i-- > 0 && s->out->said[i].start >= begin;) {
        const struct said *d = &s->out->said[i];
        if (d->kind != SAID_SUPPORT || !d->giver.count || !d->receiver.count) continue;
        bool same_giver = givers->count == d->giver.count && has_party(givers, d->giver.code[0]);
        if (s->beneficiary && !same_giver) continue;
        *out = d->receiver;
        return true;
    }
    return false;
}

/* "Russia has received dozens of drones": from whom it gets them in this document. */
bool got_from(const struct scene *s, const struct line *l, uint32_t begin, uint32_t to,
              struct said_parties *giver)
{
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        if (m->first < begin || m->first >= to || !same(code_of(s, m), s->adversary)) continue;
        if (!receives(l, m)) continue;
        giver->count = 0;
        if (!giver_beside(s, l, m->first, l->end, giver) && s->supplier_count)
            add_party(giver, s->suppliers[0]);
        return true;
    }
    return false;
}

/* "China has sent him drones", where the sentences are about an adversary. */
static bool gives_to_him(const struct scene *s, const struct line *l, uint32_t from, uint32_t to)
{
    for (uint32_t i = from + 1; i < to && i < l->end; i++)
        if (word_is(l->ws, i, "him") && word_classes(&l->ws->word[i - 1]) & (IS(give) | IS(aid)))
            return s->adversary != NULL;
    return false;
}

/* Whom the document is about was named long ago: the passage may be about another place. */
static bool away(const struct scene *s)
{
    enum { FAR = 8 };
    return s->beneficiary && s->unnamed >= FAR && (s->place || s->unnamed >= 2 * FAR);
}

/* "we should sell them jets", "we gave them tanks": the country named last; NULL: nobody is. */
static const char *gives_to_them(const struct scene *s, const struct line *l, uint32_t from,
                                 uint32_t to, const struct said_parties *givers)
{
    static const char *const whom[] = {"them", "him", "her"};
    for (uint32_t i = from + 1; i < to && i < l->end; i++)
        if (ONE_OF(l->ws, i, whom) && word_classes(&l->ws->word[i - 1]) & IS(give))
            return s->recent && !has_party(givers, s->recent) ? s->recent : NULL;
    return NULL;
}

/* "support for Russia's war", "drones to Russia": the attacker is named as who gets it. */
bool for_attacker(const struct scene *s, const struct line *l)
{
    enum { NEAR = 6 };
    static const char *const before[] = {"for", "to"};
    static const char *const answers[] = {"response", "respond",  "responding", "due",  "threat",
                                          "answer",   "contrast", "contrary",   "reply"};
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        if (!same(code_of(s, m), s->adversary) || m->first <= l->first + 1) continue;
        uint32_t i = before_article(l, m->first);
        if (i <= l->first + 1 || !ONE_OF(l->ws, i - 1, before)) continue;
        if (ONE_OF(l->ws, i - 2, answers)) continue; /* "in response to Russia's war" */
        uint32_t low = i > l->first + NEAR ? i - NEAR : l->first;
        if (classes_in(l, low, i - 1) & (IS(goods) | IS(soft))) return true;
    }
    return false;
}

/* "drones that Russia has used": who uses them has got them. */
static bool used_by_adversary(const struct scene *s, const struct line *l, uint32_t from,
                              uint32_t to)
{
    for (uint32_t k = 0; s->adversary && k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        uint32_t i = m->first;
        if (i <= from || i >= to || m->possessive || !same(code_of(s, m), s->adversary)) continue;
        if ((word_is(l->ws, i - 1, "that") || word_is(l->ws, i - 1, "which")) &&
            uses_it(l, i + m->count))
            return true;
    }
    return false;
}

struct said_parties receiver_of(const struct scene *s, const struct line *l, uint32_t from,
                                uint32_t to, const struct said_parties *givers)
{
    struct said_parties out = receiver_in(s, l, from, to, givers);
    if (out.count) return out;
    if (used_by_adversary(s, l, from, to) && !ours(s, givers)) {
        add_party(&out, s->adversary);
        return out;
    }
    bool outside = givers->count == 1 && !same(givers->code[0], s->adversary) && !ours(s, givers);
    if (supplies(s, givers) || (outside && s->adversary && gives_to_him(s, l, from, to))) {
        add_party(&out, s->adversary); /* "North Korea's shells", "China sends him engines" */
        return out;
    }
    const char *them = gives_to_them(s, l, from, to, givers);
    if (them) {
        add_party(&out, them);
        return out;
    }
    if (outside && s->adversary && for_attacker(s, l)) {
        add_party(&out, s->adversary);
        return out;
    }
    bool just = s->beneficiary && s->unnamed < 2 && !has_party(givers, s->beneficiary);
    if (beside_to(s, l, givers, &out)) return out;
    if (!just && before_to(s, givers, &out)) return out;
    if (has_party(givers, s->beneficiary) || for_the_world(l, from, to)) return out;
    add_party(&out, away(s) ? s->place : s->beneficiary);
    return out;
}

bool names_beneficiary(const struct scene *s, const struct line *l)
{
    for (uint32_t k = 0; k < l->party_count; k++)
        if (same(code_of(s, &l->parties[k]), s->beneficiary)) return true;
    return false;
}

bool speaks_for_itself(const struct scene *s)
{
    return same(s->side.we, s->beneficiary);
}
