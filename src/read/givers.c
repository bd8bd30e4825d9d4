/*
 * givers.c - who gives what a sentence speaks of.
 *
 * The order of trust is that of the sentence: "from X" and "by X" beside the
 * thing, then the subject of the nearest verb, then whose name stands before
 * the thing ("US assistance"). Nothing is taken from far away: an inherited
 * giver is the scene's business.
 */
#include <string.h>

#include "read/wars.h"
#include "read/who.h"

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
    static const char *const efforts[] = {"initiative", "coalition", "effort", "efforts",
                                          "programme",  "program",   "group",  "mechanism"};
    const struct word *w = &l->ws->word[by - 1];
    if (word_is(l->ws, by - 1, "led") && ONE_OF(l->ws, by - 2, efforts)) return true;
    if (w->len < 4 || w->shape & SHAPE_MARK) return false;
    bool ed = memcmp(l->ws->text + w->at + w->len - 2, "ed", 2) == 0;
    return ed && !(word_classes(w) & (IS(give) | IS(commit) | IS(promise) | IS(aid) | IS(decide) |
                                      IS(call) | IS(list)));
}

/* "Norway will open a centre in June, providing $3 million": whoever the sentence begins with. */
static bool doing_it(const struct scene *s, const struct line *l, uint32_t begin,
                     const struct act *act, struct said_parties *out)
{
    if (act->form != 'g' || act->from != act->at || !mark_at(l, act->from - 1, ',')) return false;
    uint32_t i = word_is(l->ws, begin, "the") ? begin + 1 : begin;
    const struct mention *m = mention_at(l, i);
    if (!m || m->kind != MENTION_NAME || m->possessive || m->modifier) return false;
    add_party(out, code_of(s, m));
    return out->count > 0;
}

bool of_people(const struct line *l, uint32_t from)
{
    static const char *const who[] = {
        "students",   "officials", "experts",  "specialists", "leaders",  "teachers", "journalists",
        "executives", "people",    "migrants", "workers",     "scholars", "refugees", "displaced",
        "evacuees",   "families",  "victims",  "survivors",   "children", "civilians"};
    return from > l->first && word_is(l->ws, from, "from") && ONE_OF(l->ws, from - 1, who);
}

/* "we will give $3 million, with support from Japan": mention k only helps whoever gives. */
static bool helps_us(const struct scene *s, const struct line *l, uint32_t k, uint32_t from)
{
    if (from < l->first + 2 || !word_is(l->ws, from - 2, "with")) return false;
    if (!word_is(l->ws, from, "from") || !(word_classes(&l->ws->word[from - 1]) & IS(soft)))
        return false;
    for (uint32_t n = 0; n < k; n++)
        if (same(code_of(s, &l->parties[n]), s->side.we)) return true;
    return false;
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
        if (of_people(l, i - 1) || helps_us(s, l, k, i - 1)) continue;
        if (word_is(l->ws, i - 1, "by") && done_otherwise(l, i - 1)) continue;
        if (i >= l->first + 2 && word_is(l->ws, i - 1, "from") &&
            word_classes(&l->ws->word[i - 2]) & IS(fled))
            continue; /* "for refugees from Sudan" */
        add_list(s, l, k, l->end, out);
        return true;
    }
    return false;
}

uint32_t add_owners(const struct scene *s, const struct line *l, const struct mention *m,
                    struct said_parties *out)
{
    uint32_t k = (uint32_t)(m - l->parties), low = list_start(l, k);
    const struct mention *first = &l->parties[low];
    bool all = m->possessive && m->kind == MENTION_NAME && low < k && with_and(l, first, m) &&
               !behind_preposition(l, first->first);
    for (uint32_t i = low; all && i < k; i++)
        all = l->parties[i].kind == MENTION_NAME && !l->parties[i].modifier &&
              !same(code_of(s, &l->parties[i]), s->beneficiary);
    for (uint32_t i = all ? low : k; i <= k; i++) add_party(out, code_of(s, &l->parties[i]));
    return all ? first->first : m->first;
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
        if (same(code, "private sector")) continue; /* "to draw private sector investment" */
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
    uint32_t end = to > begin ? clause_end(l, to - 1) : to; /* "sends radars together with Spain" */
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        if (m->first < begin + 2 || m->first >= end || m->kind > MENTION_DEMONYM || m->modifier ||
            m->possessive)
            continue;
        uint32_t i = before_article(l, m->first);
        if (i < begin + 2 || !word_is(l->ws, i - 1, "with") || !ONE_OF(l->ws, i - 2, joins))
            continue;
        if (m->first >= to && !word_is(l->ws, i - 2, "together")) continue;
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
    for (uint32_t k = 0; k < l->party_count; k++) { /* "with Germany and other partners to get" */
        const struct mention *m = &l->parties[k];
        bool names = m->kind <= MENTION_GROUP && !m->possessive && !m->modifier && m->first < to;
        if (names && m->first >= begin && worked_with(l, begin, m->first) &&
            !same(code_of(s, m), s->beneficiary))
            add_party(giver, code_of(s, m));
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
    if (i > l->first && word_is(l->ws, i - 1, "to")) return false; /* "to help countries host" */
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

bool uses_it(const struct line *l, uint32_t i)
{
    enum { NEAR = 4 };
    static const char *const verbs[] = {"used",   "use",   "uses",     "using", "needs",
                                        "need",   "fired", "launched", "fire",  "launch",
                                        "wanted", "wants", "fires",    "fly",   "requested"};
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
    enum { NEAR = 10, VERB = 5 };
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
        if (!noun || word_is(l->ws, at - 2, "to") || !one_phrase(l, i, at)) continue;
        for (uint32_t n = behind; n < l->end && n < behind + VERB; n += l->ws->word[n].span) {
            uint64_t c = word_classes(&l->ws->word[n]);
            if (c & (IS(give) | IS(commit) | IS(promise)) || word_is(l->ws, n, "made")) {
                add_list(s, l, k, l->end, out);
                return out->count > 0;
            }
            if (!(c & (IS(aux) | IS(future) | IS(whether))) && !word_is(l->ws, n, "already") &&
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

/* "the American people", "the British government": they stand for their country. */
static bool of_its_people(const struct line *l, const struct mention *m)
{
    static const char *const nouns[] = {"people", "government", "taxpayers", "taxpayer",
                                        "nation", "parliament", "leadership"};
    return ONE_OF(l->ws, m->first + m->count, nouns);
}

/* "grateful to Germany for the systems and to Italy for 20 guns": the last one thanked before i. */
static bool thanked(const struct scene *s, const struct line *l, uint32_t from, uint32_t i,
                    struct said_parties *out)
{
    for (uint32_t k = l->party_count; k-- > 0;) {
        const struct mention *m = &l->parties[k];
        if (m->first < from || m->first >= i || (m->modifier && !of_its_people(l, m))) continue;
        if (m->kind == MENTION_THEY || same(m->code, s->beneficiary)) continue;
        add_list(s, l, k, i, out);
        return out->count > 0;
    }
    for (uint32_t k = from > l->first + 3 ? from - 3 : l->first; k < from; k++)
        if (word_is(l->ws, k, "you")) add_party(out, s->addressed); /* "Thank you for the 5 guns" */
    return out->count > 0;
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
        if (same(m->code, "private sector")) continue;
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
                strchr(word_value(&l->ws->word[n], WORD_soft), '/'))
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
    static const char *const verbs[] = {"spend", "spends", "spent", "spending", "use",
                                        "uses",  "using",  "put",   "puts",     "putting"};
    uint32_t first;
    for (uint32_t k = i; k > begin + 1; k--)
        if (ONE_OF(l->ws, k - 1, verbs)) {
            if (subject_of(s, l, begin, k - 1, out, &first) &&
                (any_named(out) || has_party(out, "ALLIES")) && !has_party(out, s->adversary))
                return true;
            out->count = 0;
            return false;
        }
    return false;
}

/* "The Jordanians dropped another 9,000 meals": whoever does what a verb says that no table knows.
 */
static bool doer_before(const struct scene *s, const struct line *l, uint32_t begin, uint32_t i,
                        struct said_parties *out)
{
    for (uint32_t k = l->party_count; k-- > 0;) {
        const struct mention *m = &l->parties[k];
        uint32_t verb = m->first + m->count;
        if (m->first < begin || verb + 1 > i || m->kind > MENTION_DEMONYM || m->possessive)
            continue;
        if (m->modifier || behind_preposition(l, m->first) || !is_named(code_of(s, m))) continue;
        if (same(m->code, s->beneficiary) || same(m->code, s->adversary)) return false;
        const struct word *w = &l->ws->word[verb];
        bool did = w->len > 4 && memcmp(l->ws->text + w->at + w->len - 2, "ed", 2) == 0;
        if (!did || word_classes(w) || verb + 4 < i) return false;
        add_list(s, l, k, verb, out);
        return out->count > 0;
    }
    return false;
}

void add_speakers(const struct scene *s, struct said_parties *out)
{
    for (uint32_t k = 0; k < s->speaker_count; k++)
        if (is_country(s->speakers[k])) add_party(out, s->speakers[k]);
}

bool pair_acts(const struct scene *s, const struct line *l, uint32_t begin, uint32_t verb,
               uint32_t *first, struct said_parties *out)
{
    enum { NEAR = 10 };
    static const char *const pairs[] = {"two", "both", "three"};
    static const char *const nouns[] = {"nations", "countries",  "leaders",
                                        "sides",   "presidents", "governments"};
    if (!s->side.we || !is_country(s->side.we)) return false;
    if (s->speaker_count != 3 && (!s->partner || !is_country(s->partner))) return false;
    for (uint32_t i = begin; i + 1 < verb; i++) {
        if (i + NEAR < verb || !ONE_OF(l->ws, i, pairs)) continue;
        if (!ONE_OF(l->ws, i + 1, nouns)) continue;
        bool three = word_is(l->ws, i, "three");
        if (three && s->speaker_count != 3) continue;
        add_party(out, s->side.we);
        if (three)
            add_speakers(s, out);
        else
            add_party(out, s->partner);
        *first = i;
        return out->count == (three ? 3 : 2);
    }
    return false;
}

/* "Look at what Spain did: 5 tanks": whom the clause before the colon is about. */
static bool before_colon(const struct scene *s, const struct line *l, uint32_t begin, uint32_t i,
                         struct said_parties *out)
{
    enum { NEAR = 3 };
    uint32_t colon = begin > l->first + 2 ? begin - 1 : l->first, first;
    for (uint32_t k = i; k > begin && k + NEAR > i; k--)
        if (mark_at(l, k - 1, ':')) colon = k - 1;
    if (colon < l->first + 2 || !mark_at(l, colon, ':')) return false;
    return subject_of(s, l, clause_begin(l, colon - 1), colon, out, &first) && any_named(out) &&
           !has_party(out, s->beneficiary) && !has_party(out, s->adversary);
}

/* Whether a number of ours ends right before word i. */
static bool value_before(const struct line *l, uint32_t i)
{
    for (uint32_t k = 0; k < l->value_count; k++) {
        const struct value *v = &l->values[k];
        uint32_t end = v->noun + v->noun_count;
        if (end < v->first + v->count) end = v->first + v->count;
        if (v->kind > VALUE_BARE || end > i || i > end + 2 || v->first >= i) continue;
        const struct mention *to = v->first > l->first ? mention_at(l, v->first - 1) : NULL;
        return !to || to->possessive || to->kind > MENTION_DEMONYM; /* "gave Ukraine 5, Spain 6" */
    }
    return false;
}

struct said_parties giver_of(const struct scene *s, const struct line *l, uint32_t begin,
                             uint32_t i, uint32_t from, uint32_t to)
{
    static const char *const more[] = {"another", "additional", "further", "an",
                                       "a",       "some",       "more",    "than",
                                       "over",    "about",      "nearly",  "almost"};
    struct said_parties out = {0};
    if (giver_beside(s, l, i, part_of_it(l, i, to), &out)) return out;
    if (giver_behind(s, l, i, &out) || giver_contact(s, l, i, &out)) return out;
    const struct mention *whose = whose_noun(l, begin, i); /* "Australia's $30 million" */
    bool owns = whose && (whose->kind <= MENTION_BODY || whose->kind == MENTION_PERSON);
    if (owns && whose->possessive && !same(code_of(s, whose), s->beneficiary)) {
        (void)add_owners(s, l, whose, &out);
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
    uint32_t low = right ? list_start(l, (uint32_t)(right - l->parties)) : 0;
    uint32_t j = right ? before_article(l, l->parties[low].first) : 0; /* behind a comma, ", and" */
    bool and = j > begin + 1 && word_is(l->ws, j - 1, "and");
    if (and) j--; /* "France pledged 10 tanks and Canada about 200": right behind what is counted */
    bool named = right && (right->kind == MENTION_NAME || right->kind == MENTION_GROUP) &&
                 !right->possessive && code_of(s, right);
    if (named && j > begin && (mark_at(l, j - 1, ',') || (and&&value_before(l, j)))) {
        add_list(s, l, low, amount, &out); /* "France pledged 10 tanks, Canada 200 vehicles" */
        return out;
    }

    const struct act *acts[ACTS_MAX];
    uint32_t n = acts_between(l, begin, i, acts), first;
    uint32_t thank =
        n; /* "thank Spain for its aid, including 5 tanks": behind it only nouns give */
    while (thank > 0 && acts[thank - 1]->form == 'n' && acts[thank - 1]->kind != ACT_THANK) thank--;
    if (thank && acts[thank - 1]->kind == ACT_THANK && thanked(s, l, acts[thank - 1]->end, i, &out))
        return out;
    for (uint32_t k = n; k-- > 0;) {
        out.count = 0;
        bool for_it = acts[k]->at > begin && word_is(l->ws, acts[k]->at - 1, "for");
        if (k && for_it && acts[k - 1]->kind == ACT_THANK && /* "for sending 14 tanks" */
            thanked(s, l, acts[k - 1]->end, acts[k]->at, &out))
            return out;
        if (from < i && pair_acts(s, l, begin, acts[k]->from, &first, &out)) return out;
        out.count = 0;
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
    if (n && doing_it(s, l, begin, acts[n - 1], &out)) return out;
    if (!n && (spender_of(s, l, begin, i, &out) || doer_before(s, l, begin, i, &out))) return out;
    if (!n && before_colon(s, l, begin, i, &out)) return out;
    out.count = 0;
    if (!giver_before(s, l, begin, to, &out) && !giver_beside(s, l, from, i, &out) && !n &&
        !labelled(s, l, begin, &out))
        goes_with(s, l, begin, i, &out);
    return out;
}

bool gives_as_well(const struct scene *s, const struct line *l, uint32_t begin, uint32_t to)
{
    enum { NEAR = 4 };
    if (war_attacker(s->beneficiary, 0)) return false;
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        uint32_t i = m->first + m->count, end = i + NEAR < to ? i + NEAR : to;
        if (m->kind != MENTION_NAME || m->possessive || m->modifier || m->first < begin ||
            behind_preposition(l, m->first) || !same(m->code, s->beneficiary))
            continue;
        while (i < end && word_classes(&l->ws->word[i]) & (IS(aux) | IS(future))) i++;
        if (i < end && word_classes(&l->ws->word[i]) & (IS(give) | IS(promise) | IS(commit)))
            return true;
    }
    return false;
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
