/*
 * subjects.c - who does what a verb says.
 *
 * The nearest name before the verb that is no object, no aside and behind no
 * preposition is its subject, with all that are joined to it. Who decides or is
 * relied on to do it comes first; an office without a name, "it" and "he" come
 * when nobody is named, and an adjective ("Italian pilots") last of all.
 */
#include <string.h>

#include "read/who.h"

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

/* "joined the WHO and gave": the object of a past verb that goes on with "and". */
static bool joined_and(const struct line *l, const struct mention *m)
{
    uint32_t at = before_article(l, m->first);
    if (at < l->first + 2 || m->kind > MENTION_BODY) return false;
    const struct word *w = &l->ws->word[at - 1];
    return w->len > 4 && !(w->shape & (SHAPE_CAPITAL | SHAPE_MARK)) &&
           memcmp(l->ws->text + w->at + w->len - 2, "ed", 2) == 0 &&
           word_is(l->ws, m->first + m->count, "and");
}

/* "holding Russia to account", "supporting Ukraine": to whom something is done. */
static bool object_of_verb(const struct line *l, const struct mention *m)
{
    static const char *const verbs[] = {"make",  "makes",  "made",    "force", "help",
                                        "helps", "helped", "support", "forced"};
    static const char *const lists[] = {"including", "seeing",    "having", "meaning",
                                        "letting",   "depending", "during", "getting"};
    if (joined_and(l, m)) return true;
    if (m->first == l->first || m->kind > MENTION_GROUP) return false;
    static const char *const gathers[] = {"brought", "bringing", "brings", "bring"};
    if (ONE_OF(l->ws, m->first - 1, verbs)) return !m->modifier;
    uint32_t at = before_article(l, m->first); /* "bringing together key partners" */
    if (at > l->first + 1 && word_is(l->ws, at - 1, "together") && ONE_OF(l->ws, at - 2, gathers))
        return true;
    if (m->kind == MENTION_GROUP && !word_is(l->ws, m->first - 1, "a")) return false;
    if (m->kind != MENTION_GROUP || at == l->first) at = m->first; /* "building a coalition" */
    const struct word *w = &l->ws->word[at - 1];
    if (w->len < 6 || w->shape & (SHAPE_CAPITAL | SHAPE_MARK)) return false;
    if (memcmp(l->ws->text + w->at + w->len - 3, "ing", 3) != 0) return false;
    return !ONE_OF(l->ws, at - 1, lists);
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
        uint32_t low = list_start(l, (uint32_t)(m - l->parties)); /* "by Denmark and Norway" */
        if (with_and(l, &l->parties[low], m)) m = &l->parties[low];
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

/* Whom mention k, a "they", means: in its own sentence, else who was spoken of before. */
static void add_them(const struct scene *s, const struct line *l, uint32_t k,
                     struct said_parties *out)
{
    const struct mention *who = they_are(l, k);
    if (who) add_list(s, l, (uint32_t)(who - l->parties), l->parties[k].first, out);
    if (!who) *out = s->they.count ? s->they : s->giver;
    if (has_party(out, s->adversary) && has_party(out, s->beneficiary))
        *out = (struct said_parties){.code = {s->beneficiary}, .count = 1};
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

bool labelled(const struct scene *s, const struct line *l, uint32_t begin, struct said_parties *out)
{
    const struct mention *m = l->party_count ? &l->parties[0] : NULL;
    uint32_t at = l->first;
    while (at < l->end && l->ws->word[at].shape & SHAPE_MARK) at++;
    if (word_is(l->ws, at, "the")) at++;
    if (m && (m->kind == MENTION_NAME || m->kind == MENTION_BODY) && m->first == at &&
        is_named(m->code)) {
        uint32_t i = at + m->count;
        bool ends = false;
        for (; i < l->end && l->ws->word[i].shape & SHAPE_MARK; i++)
            ends |= clause_begin(l, i + 1) == i + 1 || mark_at(l, i, ':');
        if (!ends || (begin != l->first && begin != i)) return false;
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

/* ", I believe,", ", like the British,": an aside, and nobody who gives. */
static bool aside(const struct line *l, const struct mention *m)
{
    uint32_t at = before_article(l, m->first);
    if (at > l->first + 2 && mark_at(l, at - 2, ',') &&
        (word_is(l->ws, at - 1, "like") || word_is(l->ws, at - 1, "unlike")))
        return true;
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

/* "the generosity of the Irish people in hosting", "Germany, for its role in hosting": who does
 * what the "-ing" at word i says. */
static bool doer_of(const struct scene *s, const struct line *l, uint32_t begin, uint32_t i,
                    struct said_parties *out, uint32_t *first)
{
    enum { NEAR = 4 };
    if (i < begin + 3 || !word_is(l->ws, i - 1, "in")) return false;
    const struct word *w = &l->ws->word[i];
    if (w->len < 6 || memcmp(l->ws->text + w->at + w->len - 3, "ing", 3) != 0) return false;
    if ((word_is(l->ws, i - 2, "role") || word_is(l->ws, i - 2, "leadership")) &&
        their_noun(l, begin, i - 2, first))
        return add_before(s, l, *first, out);
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

/* "my government", "our parliament": the speaker's side, as "we" is. */
static bool our_government(const struct line *l, const struct mention *m)
{
    static const char *const nouns[] = {"government", "country", "nation", "parliament",
                                        "taxpayers"};
    return m->kind == MENTION_WE && ONE_OF(l->ws, m->first + m->count, nouns);
}

/* "a dinner with the allies who have signed": whoever stands right before "who". */
static bool antecedent_of(const struct scene *s, const struct line *l, uint32_t begin, uint32_t i,
                          struct said_parties *out, uint32_t *first)
{
    if (i < begin + 2 || !word_is(l->ws, i - 1, "who")) return false;
    const struct mention *m = mention_at(l, i - 2);
    if (!m || m->possessive || m->modifier || !code_of(s, m)) return false;
    *first = add_list(s, l, (uint32_t)(m - l->parties), i, out);
    return out->count > 0;
}

bool subject_of(const struct scene *s, const struct line *l, uint32_t begin, uint32_t i,
                struct said_parties *out, uint32_t *first)
{
    static const char *const giving[] = {"contributing", "providing", "giving",   "sending",
                                         "supplying",    "donating",  "spending", "investing"};
    uint32_t adjective = l->party_count;
    if (antecedent_of(s, l, begin, i, out, first)) return true;
    if (decider_of(s, l, begin, i, out, first)) return true;
    if (doer_of(s, l, begin, i, out, first) || relied_on(s, l, i, out, first)) return true;
    for (uint32_t k = l->party_count; k-- > 0;) {
        const struct mention *m = &l->parties[k];
        if (m->first + m->count > i) continue;
        if (m->first < begin) break;
        if (m->possessive && !our_government(l, m) &&
            (m->kind != MENTION_NAME || owns_a_thing(s, l, m)))
            continue;
        if (object_of_verb(l, m) || aside(l, m) || is_region(m)) continue;
        if (handed_to(s, l, m, i) || worked_with(l, begin, m->first)) continue;
        bool with = m->first + m->count == i && !m->modifier && /* "with Spain contributing" */
                    ONE_OF(l->ws, i, giving);
        if (behind_preposition(l, m->first) && !of_a_person(l, m->first) && !with) {
            /* "...from France, Germany and Italy": the whole list stands behind the preposition */
            k = list_start(l, k);
            continue;
        }
        uint32_t low = list_start(l, k);
        if (low + 1 == k && !with_and(l, &l->parties[low], m)) low = k; /* "near Kyiv, the US is" */
        bool listed =
            low < k && !m->modifier && m->first + m->count == i && ONE_OF(l->ws, i, giving);
        if (low < k && !listed && behind_preposition(l, l->parties[low].first)) {
            k = low;
            continue;
        }
        if (m->kind == MENTION_THEY) {
            add_them(s, l, k, out);
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
