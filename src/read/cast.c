/*
 * cast.c - whom a document is about: who is helped, who attacks, who gives most.
 *
 * Mentions vote by the words around them, over the whole document. Where
 * several are helped, the one named last is meant; note_names() follows that
 * from sentence to sentence, and whom "it" means.
 */
#include <string.h>

#include "read/wars.h"
#include "read/who.h"

struct votes {
    const char *code[64];
    uint32_t count[64], kinds;
};

static void vote(struct votes *v, const char *code, uint32_t weight)
{
    uint32_t j = 0; /* mostly it is the same string, not only the same code */
    while (j < v->kinds && v->code[j] != code && strcmp(v->code[j], code) != 0) j++;
    if (j == sizeof v->code / sizeof *v->code) return;
    if (j == v->kinds) v->code[v->kinds] = code, v->count[v->kinds++] = 0;
    v->count[j] += weight;
}

static uint32_t votes_of(const struct votes *v, const char *code)
{
    for (uint32_t j = 0; j < v->kinds; j++)
        if (same(v->code[j], code)) return v->count[j];
    return 0;
}

static const char *winner(const struct votes *v, const char * not, uint32_t least)
{
    const char *best = NULL;
    uint32_t most = least - 1;
    for (uint32_t j = 0; j < v->kinds; j++)
        if (v->count[j] > most && !same(v->code[j], not )) most = v->count[j], best = v->code[j];
    return best;
}

/* A word of war soon before or behind: "Russia's invasion", "the war on Ukraine". */
static bool war_near(const struct words *ws, uint32_t from, uint32_t to)
{
    static const char *const war[] = {"war",     "invasion",  "aggression", "attack", "attacks",
                                      "assault", "onslaught", "invades",    "invaded"};
    for (uint32_t i = from; i < to; i++)
        if (ONE_OF(ws, i, war)) return true;
    return false;
}

/* "Russia's brutal war", "Russia invaded"; not "the Ukraine war", "drew America into a war". */
static bool attacks_soon(const struct words *ws, const struct mention *m, uint32_t from,
                         uint32_t to)
{
    static const char *const links[] = {"in",    "into",   "to",      "from",      "at",
                                        "by",    "on",     "with",    "under",     "faces",
                                        "faced", "facing", "resists", "withstands"};
    if (m->modifier && m->kind == MENTION_NAME) return false;
    for (uint32_t i = from; i < to; i++) {
        if (war_near(ws, i, i + 1)) return true;
        if (ONE_OF(ws, i, links)) return false;
    }
    return false;
}

/* A verb of giving right behind the name: "the United States has provided". */
static bool gives_soon(const struct words *ws, const struct sentence *sent, const struct mention *m)
{
    static const char *const before[] = {"to", "for", "into", "against"};
    uint32_t from = m->first + m->count, end = sent->first + sent->count;
    if (m->first > sent->first && ONE_OF(ws, m->first - 1, before)) return false;
    if (m->possessive || m->modifier) {
        for (uint32_t i = from; i < end && i < from + 4; i++)
            if (word_classes(&ws->word[i]) & (m->possessive ? IS(soft) | IS(currency) : IS(soft)))
                return true; /* "U.S. assistance", "Canada's $5 million" */
        return false;
    }
    for (uint32_t i = from; i < end && i < from + 4; i++)
        if (word_classes(&ws->word[i]) & (IS(give) | IS(commit) | IS(promise) | IS(aid)))
            return true;
    return false;
}

static void cast_mention(const struct words *ws, const struct sentence *sent,
                         const struct mention *m, struct votes *helped, struct votes *attacks)
{
    static const char *const onto[] = {"of", "on", "against", "in"};
    uint32_t first = sent->first, end = first + sent->count, behind = m->first + m->count;
    /* "we support Ukraine" says more than "Iran sold Russia drones" */
    bool we = sent->classes & IS(we);
    uint32_t far = m->possessive ? 6 : 4; /* "Russia's full-scale invasion" */
    uint32_t at = m->first, stop = behind + far < end ? behind + far : end;
    while (at > first && word_is(ws, at - 1, "the")) at--;
    uint32_t back = at > first + 6 ? at - 6 : first;
    if (at > first) {
        bool to_it = word_is(ws, at - 1, "to") || word_is(ws, at - 1, "for");
        uint64_t before = word_classes(&ws->word[at - 1]), around = 0;
        if (before & IS(thank)) before = 0;                 /* "I welcome Germany's decision" */
        if (m->modifier && !(before & IS(aid))) before = 0; /* "to send U.S. trainers" */
        for (uint32_t i = back; i < at; i++) around |= word_classes(&ws->word[i]);
        for (uint32_t i = first; i < at && word_is(ws, at - 1, "to");
             i++) /* "grateful to Germany" */
            if (word_classes(&ws->word[i]) & IS(thank)) return;
        if (before & (IS(give) | IS(aid)) ||
            (to_it && around & (IS(give) | IS(soft) | IS(goods) | IS(aid))))
            vote(helped, m->code, we && before & (IS(give) | IS(aid)) ? 3 : 1);
        if (ONE_OF(ws, at - 1, onto) && war_near(ws, back, at)) {
            vote(helped, m->code, 1);
            return;
        }
    }
    if (attacks_soon(ws, m, behind, stop) && !gives_soon(ws, sent, m)) vote(attacks, m->code, 1);
    for (uint32_t i = behind; i < stop && i < behind + 2; i++)
        if (word_classes(&ws->word[i]) & IS(need)) vote(helped, m->code, 1);
}

/* More of "global" than of any country: what is given goes to the world. */
static bool about_the_world(const struct scene *s, uint32_t named)
{
    static const char *const words[] = {"global", "globe", "globally", "worldwide"};
    uint32_t count = 0;
    const struct word *word = s->ws->word, *end = word + s->ws->count;
    for (const struct word *w = word; w < end; w++) /* of every word: so two numbers, and on */
        if (w->first == first_four("glob") || w->first == first_four("worl"))
            count += ONE_OF(s->ws, (uint32_t)(w - word), words);
    return count > named;
}

/* Whether somebody speaks for it in this document. */
static bool speaks(const struct scene *s, const char *code)
{
    for (uint32_t k = 0; k < s->speaker_count; k++)
        if (same(s->speakers[k], code)) return true;
    return false;
}

/* All who are helped as much as a part of the most helped one is; the most helped first. */
static void keep_helped(struct scene *s, const struct votes *helped, const struct votes *gives)
{
    enum { LEAST = 2, PART = 5 };
    s->helped_count = 0;
    if (!s->beneficiary) return;
    uint32_t most = votes_of(helped, s->beneficiary);
    s->helped[s->helped_count++] = s->beneficiary;
    for (uint32_t j = 0; j < helped->kinds; j++) {
        if (s->helped_count == sizeof s->helped / sizeof *s->helped) return;
        const char *code = helped->code[j];
        bool few = helped->count[j] < (most > LEAST ? LEAST : 1) || helped->count[j] * PART < most;
        if (!helped->count[j] || (few && !war_attacker(code, 0))) continue;
        if (same(code, s->beneficiary) || same(code, s->adversary) || same(code, s->principal))
            continue;
        if (4 * votes_of(gives, code) > helped->count[j] || speaks(s, code)) continue;
        s->helped[s->helped_count++] = code;
    }
}

static bool is_helped(const struct scene *s, const char *code)
{
    for (uint32_t k = 0; k < s->helped_count; k++)
        if (same(s->helped[k], code)) return true;
    return false;
}

/* "humanitarian assistance into Gaza": where relief goes. */
static void relief_mention(const struct scene *s, const struct sentence *sent,
                           const struct mention *m, struct votes *relief)
{
    static const char *const before[] = {"in", "to", "for", "into", "across", "of", "throughout"};
    static const char *const parts[] = {"the", "northern", "southern", "eastern", "western"};
    uint32_t at = m->first;
    while (at > sent->first && ONE_OF(s->ws, at - 1, parts)) at--;
    if (at == sent->first || m->possessive || !ONE_OF(s->ws, at - 1, before)) return;
    if (m->modifier && m->kind == MENTION_NAME) return; /* but "to Palestinian civilians" */
    for (uint32_t i = sent->first; i < at; i++)
        if (says_relief(s->ws, i)) {
            vote(relief, m->code, 1);
            return;
        }
}

/* All to whom relief goes as much as a part of what goes to the first one; the first one first. */
static void keep_relieved(struct scene *s, struct votes *relief)
{
    enum { LEAST = 2, PART = 4 };
    s->relieved_count = 0;
    for (uint32_t j = 0; j < relief->kinds; j++) {
        const char *code = relief->code[j];
        if (same(code, s->home) || same(code, s->adversary) || speaks(s, code))
            relief->count[j] = 0;
    }
    s->stricken = winner(relief, NULL, s->adversary ? LEAST : 1);
    if (s->stricken) s->relieved[s->relieved_count++] = s->stricken;
    uint32_t most = votes_of(relief, s->stricken);
    for (uint32_t j = 0; j < relief->kinds; j++) {
        if (s->relieved_count == sizeof s->relieved / sizeof *s->relieved) return;
        if (same(relief->code[j], s->stricken) || relief->count[j] < LEAST) continue;
        if (relief->count[j] * PART >= most) s->relieved[s->relieved_count++] = relief->code[j];
    }
}

/* Who is spoken of, of those who get relief: the last one named, for some time. */
static void note_stricken(struct scene *s, const struct mention *m, uint32_t n)
{
    enum { LASTS = 20 };
    if (s->grieved) s->grieved--;
    for (uint32_t k = n; k-- > 0;)
        for (uint32_t j = 0; j < s->relieved_count; j++)
            if (same(m[k].code, s->relieved[j])) {
                s->stricken = m[k].code;
                s->grieved = LASTS;
                return;
            }
}

/* Whoever is known to be at war is meant where it is named, though little is said of it here. */
static void keep_attacked(struct scene *s, const struct votes *named)
{
    for (uint32_t j = 0; s->beneficiary && j < named->kinds; j++) {
        const char *code = named->code[j];
        if (s->helped_count == sizeof s->helped / sizeof *s->helped) return;
        if (!war_attacker(code, 0) || is_helped(s, code) || speaks(s, code)) continue;
        if (!same(code, s->adversary)) s->helped[s->helped_count++] = code;
    }
}

/* Its subject, if the sentence begins with a name: "In 2024, Japan decided". */
static const char *begins_with(const struct scene *s, const struct sentence *sent,
                               const struct mention *m, uint32_t n)
{
    enum { NEAR = 5 };
    static const char *const before[] = {"to",   "for",  "of",      "with", "in",  "from",
                                         "by",   "on",   "against", "at",   "as",  "than",
                                         "into", "near", "through", "and",  "like"};
    if (!n || m->first >= sent->first + NEAR || m->kind != MENTION_NAME) return NULL;
    if (m->possessive || m->modifier || !is_named(m->code)) return NULL;
    uint32_t at = m->first, behind = m->first + m->count;
    while (at > sent->first && word_is(s->ws, at - 1, "the")) at--;
    if (at > sent->first && ONE_OF(s->ws, at - 1, before)) return NULL;
    return word_is(s->ws, behind, "and") ? NULL : m->code;
}

/* ", and the Netherlands has been": whoever begins a clause that is joined to another. */
static bool heads_clause(const struct scene *s, const struct sentence *sent,
                         const struct mention *m)
{
    uint32_t at = m->first, behind = m->first + m->count;
    while (at > sent->first && word_is(s->ws, at - 1, "the")) at--;
    if (at < sent->first + 2 || !word_is(s->ws, at - 1, "and")) return false;
    if (s->ws->text[s->ws->word[at - 2].at] != ',' || m->possessive || m->modifier) return false;
    return behind < sent->first + sent->count && word_classes(&s->ws->word[behind]) & IS(aux);
}

enum { SOON = 3 };

/* "The Germans and the Dutch", "Our partners", "Some 20 countries" at the head of a sentence. */
static struct said_parties several(const struct scene *s, const struct sentence *sent,
                                   const struct mention *m, uint32_t n)
{
    enum { NEAR = 5 };
    static const char *const before[] = {"to", "for", "of", "with", "in",   "from",
                                         "by", "on",  "at", "like", "than", "into"};
    struct said_parties they = {0};
    uint32_t end = sent->first;
    for (uint32_t k = 0; k < n; k++) {
        if (m[k].first > end + (they.count ? SOON : NEAR)) break;
        if (they.count && (word_classes(&s->ws->word[end]) & IS(aux)) != 0)
            break; /* "Korea is a strong partner" */
        bool us = m[k].kind > MENTION_GROUP && m[k].kind != MENTION_PERSON;
        if (us || m[k].possessive || m[k].modifier) break;
        uint32_t at = m[k].first;
        while (at > sent->first && word_is(s->ws, at - 1, "the")) at--;
        if (at > sent->first && ONE_OF(s->ws, at - 1, before)) break;
        uint64_t between = 0; /* "Italy is a NATO Ally": it is one, and no other stands beside it */
        for (uint32_t i = end; they.count && i < at; i++) between |= word_classes(&s->ws->word[i]);
        if (between & IS(aux)) break;
        add_party(&they, m[k].code);
        end = m[k].first + m[k].count;
    }
    for (uint32_t k = 0; !they.count && k < n; k++) /* "..., and the Dutch have been" */
        if (m[k].kind <= MENTION_DEMONYM && heads_clause(s, sent, &m[k]))
            add_party(&they, m[k].code);
    uint32_t near = !they.count && sent->classes & IS(unit) ? sent->count : 0;
    if (near > NEAR) near = NEAR;
    for (uint32_t i = sent->first; i < sent->first + near && !they.count; i++)
        if (word_classes(&s->ws->word[i]) & IS(unit) &&
            strcmp(word_value(&s->ws->word[i], WORD_unit), "country") == 0)
            they = (struct said_parties){.code = {"ALLIES"}, .count = 1};
    return they;
}

/* Whom "they" means from here on. */
static void note_many(struct scene *s, const struct sentence *sent, const struct mention *m,
                      uint32_t n)
{
    struct said_parties they;
    they.count = 0; /* most sentences name nobody, and the rest of it need not be made empty */
    if (n || sent->classes & IS(unit)) they = several(s, sent, m, n);
    if (they.count)
        s->they = they, s->plural = SOON;
    else if (s->plural && --s->plural == 0)
        s->they.count = 0;
}

/* Many are helped, each in its own passage: the last country named that gives nothing is meant. */
static void note_passage(struct scene *s, const struct sentence *sent, const struct mention *m,
                         uint32_t n)
{
    enum { LASTS = 3 };
    const char *named = NULL;
    for (uint32_t k = 0; k < n; k++) {
        if (m[k].kind > MENTION_DEMONYM || !m[k].code || !is_country(m[k].code)) continue;
        if (same(m[k].code, s->side.we) || speaks(s, m[k].code)) continue;
        if (gives_soon(s->ws, sent, &m[k])) continue;
        if (!named) named = m[k].code;
        if (same(m[k].code, s->beneficiary)) return;
    }
    if (named) {
        s->beneficiary = named;
        s->passage = LASTS;
    } else if (s->passage && --s->passage == 0) {
        s->beneficiary = NULL;
    }
}

/*
 * Many countries are named and none has a fair part of it: a fact sheet about a
 * region. Of a sheet that names an attacker too, only if few of them give and
 * nobody is helped, or so many are named that whoever is helped is one of them.
 */
static bool is_dispersed(const struct scene *s, const struct votes *named,
                         const struct votes *gives)
{
    enum { KINDS = 5, MANY = 20, PART = 3, FEW = 5 };
    uint32_t all = 0, kinds = 0, most = 0, given = 0;
    for (uint32_t j = 0; j < named->kinds; j++) {
        if (same(named->code[j], s->principal) || speaks(s, named->code[j])) continue;
        all += named->count[j];
        kinds += named->count[j] > 0;
        given += votes_of(gives, named->code[j]);
        if (named->count[j] > most) most = named->count[j];
    }
    const char *title = s->out->title ? s->out->title : "";
    bool sheet = strncmp(title, "FACT SHEET", 10) == 0 || strncmp(title, "Fact Sheet", 10) == 0;
    if (s->adversary && (!sheet || given * FEW > all || (s->beneficiary && kinds < MANY)))
        return false;
    return kinds >= KINDS && most * PART <= all;
}

/* "Somalia faces a famine", "In Gaza, people are suffering": who needs help in what follows. */
static const char *struck_in(const struct scene *s, const struct sentence *sent,
                             const struct mention *m, uint32_t n)
{
    enum { NEAR = 4 };
    static const char *const words[] = {
        "famine",    "earthquake",   "earthquakes", "floods", "flooding", "cyclone",   "drought",
        "hunger",    "starvation",   "crisis",      "suffer", "suffers",  "suffering", "suffered",
        "displaced", "displacement", "struck",      "faces",  "facing",   "devastated"};
    const char *code = NULL;
    for (uint32_t k = 0; k < n; k++) {
        if (m[k].kind > MENTION_DEMONYM || !m[k].code || !is_country(m[k].code)) continue;
        if (is_helped(s, m[k].code)) return NULL;
        if (m[k].first > sent->first + NEAR || same(m[k].code, s->adversary)) continue;
        if (same(m[k].code, s->side.we) || speaks(s, m[k].code)) continue;
        if (!code && !gives_soon(s->ws, sent, &m[k])) code = m[k].code;
    }
    for (uint32_t i = sent->first; code && i < sent->first + sent->count; i++)
        if (ONE_OF(s->ws, i, words)) return code;
    return NULL;
}

/* "Japan" alone: what is listed below is Japan's. */
static const char *heads(const struct scene *s, const struct sentence *sent,
                         const struct mention *m, uint32_t n)
{
    if (n != 1 || m->kind != MENTION_NAME || !m->code || !is_country(m->code)) return NULL;
    for (uint32_t i = sent->first; i < sent->first + sent->count; i++)
        if (!(s->ws->word[i].shape & SHAPE_MARK) && !word_is(s->ws, i, "the") &&
            (i < m->first || i >= m->first + m->count))
            return NULL;
    return m->code;
}

/* "Recovery in Mozambique" on a line of its own: the one country that what stands below is about.
 */
static void note_heading(struct scene *s, const struct sentence *sent, const struct mention *m,
                         uint32_t n)
{
    enum { LONGEST = 16 };
    uint32_t last = sent->first + sent->count - 1;
    if (sent->bullet || !sent->count || sent->count > LONGEST) return;
    while (last > sent->first && s->ws->word[last].shape & SHAPE_MARK) {
        char c = s->ws->text[s->ws->word[last--].at];
        if (c == '.' || c == '!' || c == '?' || c == ';' || c == ',') return;
    }
    s->titled = NULL;
    for (uint32_t k = 0; k < n; k++) {
        if (m[k].kind > MENTION_DEMONYM || !m[k].code || !is_country(m[k].code)) continue;
        if (same(m[k].code, s->home) || same(m[k].code, s->side.we)) continue;
        if (s->titled && !same(s->titled, m[k].code)) {
            s->titled = NULL;
            return;
        }
        s->titled = m[k].code;
    }
}

/* Where help is said to go: "in Sudan", "for the Sahel", whoever the rest is about. */
static void note_place(struct scene *s, const struct sentence *sent, const struct mention *m,
                       uint32_t n)
{
    enum { LASTS = 3 };
    static const char *const before[] = {"in", "to", "for", "into", "across", "of", "throughout"};
    static const char *const strengthens[] = {"reinforce", "strengthen", "bolster", "boost"};
    const char *place = NULL;
    s->unnamed++;
    for (uint32_t k = 0; k < n; k++) {
        if (m[k].code && same(m[k].code, s->beneficiary)) s->unnamed = 0;
        uint32_t at = m[k].first; /* words before names: few of them say where help goes */
        while (at > sent->first && word_is(s->ws, at - 1, "the")) at--;
        if (at == sent->first || m[k].kind > MENTION_GROUP) continue;
        uint32_t behind = m[k].first + m[k].count;
        if (word_is(s->ws, behind, "-") && word_is(s->ws, behind + 1, "led")) continue;
        bool helps = (word_classes(&s->ws->word[at - 1]) & (IS(give) | IS(aid))) != 0 ||
                     (behind < sent->first + sent->count && /* "a new Ukraine aid bill" */
                      m[k].modifier && word_classes(&s->ws->word[behind]) & IS(soft));
        if (!helps && !ONE_OF(s->ws, at - 1, before) && !ONE_OF(s->ws, at - 1, strengthens))
            continue;
        if (!is_named(m[k].code) || same(m[k].code, s->adversary)) continue;
        if (same(m[k].code, s->home) || same(m[k].code, s->side.we) || speaks(s, m[k].code))
            continue;
        place = m[k].code;
    }
    if (place)
        s->place = place, s->placed = LASTS;
    else if (s->placed && --s->placed == 0)
        s->place = NULL;
}

/* "The President met them. He signed": whom "he" and "she" mean, and of whose side they are. */
static void note_person(struct scene *s, const struct mention *m, uint32_t n)
{
    enum { LASTS = 3 };
    for (uint32_t k = n; k-- > 0;) {
        if (m[k].kind != MENTION_PERSON && m[k].kind != MENTION_OFFICE) continue;
        s->he = m[k].kind == MENTION_OFFICE ? s->office : m[k].code;
        s->spoken = LASTS;
        return;
    }
    if (s->spoken && --s->spoken == 0) s->he = NULL;
}

/* The country named last that neither speaks nor attacks. */
static void note_recent(struct scene *s, const struct mention *m, uint32_t n)
{
    enum { LASTS = 4 };
    if (s->recency && --s->recency == 0) s->recent = NULL;
    for (uint32_t k = n; k-- > 0;) {
        bool names = m[k].kind == MENTION_NAME || m[k].kind == MENTION_PERSON ||
                     m[k].kind == MENTION_DEMONYM;
        if (!names || !m[k].code || !is_country(m[k].code) || m[k].modifier) continue;
        if (same(m[k].code, s->home) || same(m[k].code, s->side.we)) continue;
        if (same(m[k].code, s->adversary) || speaks(s, m[k].code)) continue;
        s->recent = m[k].code;
        s->recency = LASTS;
        return;
    }
}

void note_names(struct scene *s, const struct sentence *sent, const struct mention *m, uint32_t n)
{
    note_many(s, sent, m, n);
    note_person(s, m, n);
    note_recent(s, m, n);
    note_place(s, sent, m, n);
    note_stricken(s, m, n);
    note_heading(s, sent, m, n);
    enum { TOPICAL = 3, STRUCK = 2 };
    const char *topic = begins_with(s, sent, m, n), *named = NULL;
    if (!sent->bullet) s->section = heads(s, sent, m, n);
    if (topic)
        s->topic = topic, s->topical = TOPICAL;
    else if (s->topical && --s->topical == 0)
        s->topic = NULL;
    if (s->dispersed) {
        note_passage(s, sent, m, n);
        return;
    }
    const char *struck = struck_in(s, sent, m, n);
    if (struck) {
        s->beneficiary = struck;
        s->passage = STRUCK;
        return;
    }
    if (s->passage && --s->passage == 0) s->beneficiary = s->helped_count ? s->helped[0] : NULL;
    for (uint32_t k = 0; s->helped_count > 1 && k < n; k++) {
        if (m[k].kind > MENTION_DEMONYM || !is_helped(s, m[k].code)) continue;
        if (same(m[k].code, s->beneficiary)) return;
        if (!named) named = m[k].code;
    }
    if (named) {
        s->beneficiary = named;
        s->passage = s->unnamed = 0;
        const char *known = war_attacker(named, 0); /* from Gaza on to Ukraine */
        s->adversary = known ? known : s->attacker;
    }
}

/* "Iran sold drones to Russia": who gives to whom, whatever the document is about. */
struct deals {
    const char *from[32], *to[32];
    uint32_t count;
};

/* "Russia has received missiles from North Korea": whether it gets what it is named for. */
static bool gets_it(const struct words *ws, const struct mention *m)
{
    enum { NEAR = 3 };
    uint32_t i = m->first + m->count;
    for (uint32_t k = i; k < ws->count && k < i + NEAR; k++)
        if (word_classes(&ws->word[k]) & IS(receive)) return !m->possessive && !m->modifier;
    return false;
}

static void note_deal(struct deals *deals, const char *from, const char *to)
{
    if (deals->count == sizeof deals->from / sizeof *deals->from || same(from, to)) return;
    deals->from[deals->count] = from;
    deals->to[deals->count++] = to;
}

static void note_deals(const struct words *ws, const struct sentence *sent,
                       const struct mention *found, uint32_t n, struct deals *deals)
{
    if (!(sent->classes & (IS(goods) | IS(give)))) return;
    for (uint32_t k = 1; k < n; k++) {
        const struct mention *to = &found[k];
        if (!to->code || to->modifier || to->possessive || to->first == sent->first) continue;
        bool gets = word_is(ws, to->first - 1, "to") ||
                    (word_classes(&ws->word[to->first - 1]) & IS(give)) != 0; /* "gave Russia" */
        if (!gets || !is_country(to->code)) continue;
        for (uint32_t j = 0; j < k; j++) {
            if (!found[j].code || !is_country(found[j].code)) continue;
            if (found[j].kind <= MENTION_DEMONYM) note_deal(deals, found[j].code, to->code);
        }
    }
    for (uint32_t k = 1; k < n; k++) { /* "received missiles from North Korea" */
        if (!found[k].code || !is_country(found[k].code) || found[k].first == sent->first) continue;
        if (!word_is(ws, found[k].first - 1, "from") || !found[k - 1].code) continue;
        if (is_country(found[k - 1].code) && gets_it(ws, &found[k - 1]))
            note_deal(deals, found[k].code, found[k - 1].code);
    }
}

/* Those who give to the adversary more often than to whom the document is about. */
static void keep_suppliers(struct scene *s, const struct deals *deals)
{
    s->supplier_count = 0;
    for (uint32_t k = 0; s->adversary && k < deals->count; k++) {
        const char *code = deals->from[k];
        uint32_t against = 0, with = 0;
        for (uint32_t j = 0; j < deals->count; j++) {
            if (!same(deals->from[j], code)) continue;
            against += same(deals->to[j], s->adversary);
            with += same(deals->to[j], s->beneficiary);
        }
        bool known = same(code, s->beneficiary) || speaks(s, code);
        for (uint32_t j = 0; j < s->supplier_count; j++) known |= same(s->suppliers[j], code);
        if (known || against <= with || s->supplier_count == 4) continue;
        s->suppliers[s->supplier_count++] = code;
    }
}

/* Who is no part of the cast: whose house publishes. */
static void leave_out(const struct scene *s, struct votes *helped, struct votes *attacks)
{
    for (uint32_t j = 0; j < helped->kinds; j++)
        if (same(helped->code[j], s->home)) helped->count[j] = 0;
    for (uint32_t j = 0; j < attacks->kinds; j++)
        if (same(attacks->code[j], s->home)) attacks->count[j] = 0;
}

/* Who is named and attacks whom the document helps, though nobody says so; NULL. */
static const char *silent_attacker(const struct scene *s, const struct votes *named)
{
    const char *code = NULL;
    for (uint32_t n = 0; s->beneficiary && (code = war_attacker(s->beneficiary, n)); n++)
        if (votes_of(named, code)) return code;
    return NULL;
}

/* In a war that everybody knows the attacker is helped by none, and the attacked attacks none. */
static void leave_out_attackers(struct votes *helped, struct votes *attacks,
                                const struct votes *named)
{
    const char *code;
    for (uint32_t j = 0; j < named->kinds; j++)
        for (uint32_t n = 0; (code = war_attacker(named->code[j], n)); n++) {
            if (!votes_of(named, code)) continue;
            for (uint32_t k = 0; k < helped->kinds; k++)
                if (same(helped->code[k], code)) helped->count[k] = 0;
            for (uint32_t k = 0; k < attacks->kinds; k++)
                if (same(attacks->code[k], named->code[j])) attacks->count[k] = 0;
        }
}

/* Whether somebody who is named is attacked by it in such a war. */
static bool known_attacker(const struct votes *named, const char *who)
{
    const char *code;
    for (uint32_t j = 0; j < named->kinds; j++)
        for (uint32_t n = 0; (code = war_attacker(named->code[j], n)); n++)
            if (same(code, who)) return true;
    return false;
}

/* Who is helped is attacked, not attacking. */
static void weigh_attacks(struct votes *attacks, const struct votes *helped,
                          const struct deals *deals)
{
    for (uint32_t j = 0; j < attacks->kinds; j++) {
        uint32_t against = 3 * attacks->count[j], helps = votes_of(helped, attacks->code[j]);
        uint32_t armed = 0; /* "Iran sold drones to Russia" is no help of ours */
        for (uint32_t k = 0; k < deals->count; k++) armed += same(deals->to[k], attacks->code[j]);
        helps -= armed < helps ? armed : helps;
        attacks->count[j] = against > helps ? against - helps : 0;
    }
}

/* Nobody is helped in so many words: then who is spoken of most, and is no attacker or giver. */
static const char *most_spoken_of(const struct scene *s, const struct votes *named)
{
    struct votes spoken = *named;
    for (uint32_t j = 0; j < spoken.kinds; j++)
        if (same(spoken.code[j], s->adversary) || same(spoken.code[j], s->principal) ||
            known_attacker(named, spoken.code[j]))
            spoken.count[j] = 0;
    return winner(&spoken, NULL, 2);
}

/* NATO is named more than any country that might speak: its meeting. */
static bool is_alliance_talk(const struct scene *s, const struct votes *spoken,
                             const struct votes *named, const struct votes *gives)
{
    uint32_t most = votes_of(named, s->principal);
    return votes_of(spoken, "NATO") > (votes_of(gives, s->principal) > 1 ? 4 : 2) * most;
}

/*
 * Nobody says who speaks: the country that is spoken of most, by its people and
 * offices too, is not helped and arms no attacker.
 */
static void find_we(struct scene *s, const struct votes *spoken, const struct votes *helped,
                    const struct deals *deals)
{
    struct votes left = *spoken;
    for (uint32_t j = 0; j < left.kinds; j++) {
        const char *code = left.code[j];
        bool out = !is_country(code) || same(code, s->adversary) || same(code, s->beneficiary) ||
                   4 * votes_of(helped, code) > left.count[j];
        for (uint32_t k = 0; k < deals->count; k++)
            out |= same(deals->from[k], code) && same(deals->to[k], s->adversary);
        if (out) left.count[j] = 0;
    }
    const char *we = winner(&left, NULL, 1);
    if (we) s->principal = we;
}

/* Whom the sentence names: looked for once; whoever reads it takes them from there. */
static uint32_t keep_names(const struct scene *s, struct sentence *sent,
                           struct mention found[MENTIONS_MAX])
{
    uint32_t n = sent->classes & NAME_WORDS ? parties_of(s->a, s->ws, sent, found) : 0;
    if (!n) return 0;
    struct mention *kept = NEW_ARRAY(s->a, n, struct mention);
    memcpy(kept, found, n * sizeof *found);
    sent->named = kept;
    sent->named_count = n;
    return n;
}

/* Who is attacked and speaks is helped, though nobody names it. */
static void vote_for_speakers(const struct scene *s, struct votes *named, struct votes *helped)
{
    for (uint32_t k = 0; k < s->speaker_count; k++) {
        const char *attacker = war_attacker(s->speakers[k], 0);
        if (!attacker || !votes_of(named, attacker) || votes_of(helped, s->speakers[k])) continue;
        vote(named, s->speakers[k], 1);
        vote(helped, s->speakers[k], 3);
    }
}

void cast_of(struct scene *s)
{
    struct votes helped = {0}, attacks = {0}, named = {0}, gives = {0}, relief = {0}, spoken = {0};
    struct deals deals = {.count = 0};
    struct mention found[MENTIONS_MAX];

    for (uint32_t i = 0; i < s->ws->sentence_count; i++) {
        struct sentence *sent = &s->ws->sentence[i];
        uint32_t n = keep_names(s, sent, found);
        note_deals(s->ws, sent, found, n, &deals);
        for (uint32_t k = 0; k < n; k++) {
            if (!found[k].code) continue;
            if (is_country(found[k].code) || same(found[k].code, "NATO"))
                vote(&spoken, found[k].code, 1);
            if (found[k].kind > MENTION_DEMONYM || !is_country(found[k].code)) continue;
            vote(&named, found[k].code, 1);
            if (gives_soon(s->ws, sent, &found[k])) vote(&gives, found[k].code, 1);
            cast_mention(s->ws, sent, &found[k], &helped, &attacks);
            if (sent->classes & (IS(soft) | IS(goods))) relief_mention(s, sent, &found[k], &relief);
        }
    }
    vote_for_speakers(s, &named, &helped);
    weigh_attacks(&attacks, &helped, &deals);
    for (uint32_t j = 0; j < helped.kinds; j++) /* who speaks and gives is not who is helped */
        if (s->speaker_count && same(s->speakers[0], helped.code[j]) &&
            2 * votes_of(&gives, helped.code[j]) >= helped.count[j])
            helped.count[j] = 0;
    leave_out(s, &helped, &attacks);
    leave_out_attackers(&helped, &attacks, &named);
    const struct votes everybody = named;
    s->adversary = winner(&attacks, NULL, 1);
    s->principal = winner(&gives, s->adversary, 2);
    s->beneficiary = winner(&helped, s->adversary, 1);
    const char *known = silent_attacker(s, &named); /* whoever else attacks somebody */
    if (known) s->adversary = known;
    if (same(s->principal, s->adversary) || same(s->principal, s->beneficiary)) s->principal = NULL;
    if (!s->beneficiary && s->adversary) s->beneficiary = most_spoken_of(s, &named);
    uint32_t mentioned = s->beneficiary ? votes_of(&named, s->beneficiary) : 0;
    if (!s->principal) { /* else whoever is named most, beside those two */
        for (uint32_t j = 0; j < named.kinds; j++)
            if (same(named.code[j], s->adversary) || votes_of(&helped, named.code[j]))
                named.count[j] = 0;
        s->principal = winner(&named, NULL, 1);
    }
    if (!s->speaker_count) find_we(s, &spoken, &helped, &deals);
    if (!s->speaker_count && is_alliance_talk(s, &spoken, &everybody, &gives))
        s->principal = "NATO";
    bool world = s->beneficiary && about_the_world(s, mentioned);
    if (world) s->beneficiary = NULL;
    keep_helped(s, &helped, &gives);
    keep_attacked(s, &everybody);
    if (!world) keep_relieved(s, &relief);
    s->dispersed = is_dispersed(s, &everybody, &gives);
    if (s->dispersed) s->beneficiary = NULL;
    keep_suppliers(s, &deals);
    s->attacker = s->adversary;
}
