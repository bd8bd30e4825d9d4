/*
 * decisions.c - who decided what: bodies that agree and task, countries that
 * sign with each other.
 *
 * A decision is one only where what was decided has a name, or is of defence:
 * agreements on climate, trade and culture are others' business.
 */
#include <string.h>

#include "read/deeds.h"

/* A country's own name: no programme, whatever its capitals. */
static bool only_a_name(const struct line *l, uint32_t i)
{
    const struct mention *m = mention_at(l, i);
    return m && (m->kind == MENTION_NAME || m->kind == MENTION_PERSON) && !m->modifier;
}

/* Two words with capitals in a row soon behind the verb: "the European Resilience Initiative". */
bool names_something(const struct line *l, uint32_t from, uint32_t to)
{
    if (to > from + 12) to = from + 12;
    if (from < to && word_is(l->ws, from, "by")) return false; /* who did it, and not what */
    for (uint32_t i = from; i + 1 < to; i++)
        if (l->ws->word[i].shape & SHAPE_CAPITAL && l->ws->word[i + 1].shape & SHAPE_CAPITAL &&
            !(only_a_name(l, i) && only_a_name(l, i + 1)))
            return true;
    return false;
}

/* What the words are about: defence ("ours"), or climate, trade, culture ("else"); "" for neither.
 */
static const char *matter_of(const struct line *l, uint32_t from, uint32_t to)
{
    const char *found = "";
    for (uint32_t i = from; i < to && i < l->end;) {
        const char *v = word_value(&l->ws->word[i], WORD_matter);
        bool weak = l->ws->word[i].span == 1 && word_is(l->ws, i, "strategic"); /* trade as well */
        if (strcmp(v, "ours") == 0 && !weak) return v;
        if (*v && (!weak || !*found)) found = v;
        i += *v ? l->ws->word[i].span : 1; /* the matter within "on defence" too */
    }
    return found;
}

/* "the Climate and Forest Compact": a name that says it is not ours, whatever is said beside it. */
static bool other_title(const struct line *l, uint32_t from, uint32_t to)
{
    enum { NEAR = 6 };
    for (uint32_t i = from; i < to && i < from + NEAR; i++) {
        const char *v = word_value(&l->ws->word[i], WORD_matter);
        if (*v) return strcmp(v, "else") == 0 && l->ws->word[i].shape & SHAPE_CAPITAL;
    }
    return false;
}

bool paper_at(const struct line *l, uint32_t i)
{
    static const char *const papers[] = {
        "agreement", "agreements", "memorandum",  "memoranda", "treaty",     "treaties",
        "pact",      "accord",     "declaration", "protocol",  "compact",    "charter",
        "statement", "framework",  "arrangement", "mou",       "convention", "resolution"};
    return word_in(l->ws, i, papers, sizeof papers / sizeof *papers);
}

/* "conditions for a peace process": others' doing; but "a process to negotiate" is founded. */
static bool peace_process(const struct line *l, uint32_t i)
{
    return word_is(l->ws, i, "process") && i > l->first && !word_is(l->ws, i - 1, "a") &&
           !word_is(l->ws, i - 1, "the");
}

bool undertakes(const struct line *l, uint32_t from, uint32_t to)
{
    enum { NEAR = 6 };
    static const char *const nouns[] = {"partnership",  "initiative", "coalition", "mission",
                                        "command",      "programme",  "program",   "facility",
                                        "headquarters", "plan",       "mechanism", "process",
                                        "fund",         "platform",   "plans"};
    for (uint32_t i = from; i < to && i < from + NEAR; i++)
        if (word_in(l->ws, i, nouns, sizeof nouns / sizeof *nouns) && !peace_process(l, i))
            return (classes_in(l, from, to) & (IS(goods) | IS(soft) | IS(matter))) != 0;
    return false;
}

/* "a treaty", "the memorandum": what two sides sign without giving each other anything. */
bool signs_paper(const struct line *l, const struct act *act, uint32_t end)
{
    enum { NEAR = 18 };
    uint32_t from = act->end;
    while (word_is(l->ws, from, "on") || word_is(l->ws, from, "to")) from++; /* "signed on to a" */
    for (uint32_t i = from; i < end && i < act->end + NEAR; i++) {
        if (word_is(l->ws, i, "to") || word_is(l->ws, i, "for")) break;
        if (paper_at(l, i)) return true;
    }
    return false;
}

/* "signed the bill", "passed the supplemental": money that a parliament grants. */
bool passes_law(const struct line *l, const struct act *act, uint32_t end)
{
    enum { NEAR = 9 };
    static const char *const verbs[] = {"pass", "passed", "passing", "enact", "enacted"};
    static const char *const laws[] = {"bill",        "bills",        "law",
                                       "legislation", "supplemental", "package"};
    bool into = act->end > act->at + 1 && word_is(l->ws, act->end - 1, "law");
    if (word_is(l->ws, act->at, "signed") || word_is(l->ws, act->at, "sign"))
        for (uint32_t i = act->end; i + 1 < end && i < act->end + NEAR && !into; i++)
            into = word_is(l->ws, i, "into") && word_is(l->ws, i + 1, "law"); /* "the bill" */
    if (!into && !word_in(l->ws, act->at, verbs, sizeof verbs / sizeof *verbs)) return false;
    for (uint32_t i = act->end; i < end && i < act->end + NEAR; i++)
        if (word_in(l->ws, i, laws, sizeof laws / sizeof *laws)) return true;
    return false;
}

/* "additional forces and capabilities to deploy": their leave to go. */
static bool sends_forces(const struct line *l, const struct act *act)
{
    enum { NEAR = 8 };
    static const char *const forces[] = {"forces", "troops", "units", "battalion", "brigade"};
    bool force = false;
    for (uint32_t i = act->end; i + 1 < l->end && i < act->end + NEAR; i++) {
        force |= word_in(l->ws, i, forces, sizeof forces / sizeof *forces);
        if (word_is(l->ws, i, "to")) return force && word_is(l->ws, i + 1, "deploy");
    }
    return false;
}

/* "authorized Ukraine to strike": leave is given, and no thing. */
bool gives_leave(const struct line *l, const struct act *act)
{
    const struct mention *m = mention_at(l, act->end);
    if (sends_forces(l, act)) return true;
    return m && !m->possessive && !m->modifier && word_is(l->ws, m->first + m->count, "to");
}

/* "an Individual Partnership Programme": a name that ends in what it is. */
static bool named_programme(const struct line *l, uint32_t i)
{
    static const char *const nouns[] = {"program", "programme", "partnership", "plan", "strategy"};
    return i > l->first && l->ws->word[i].shape & SHAPE_CAPITAL &&
           l->ws->word[i - 1].shape & SHAPE_CAPITAL &&
           word_in(l->ws, i, nouns, sizeof nouns / sizeof *nouns);
}

/* "the security agreement you signed": the paper stands before its subject, at *at. */
static bool signed_before(const struct line *l, const struct act *act, uint32_t subject,
                          uint32_t *at)
{
    uint32_t i = subject;
    if (i > l->first && (word_is(l->ws, i - 1, "that") || word_is(l->ws, i - 1, "which"))) i--;
    if (i <= l->first || act->form != 'd' || !(paper_at(l, i - 1) || named_programme(l, i - 1)))
        return false;
    *at = i - 1;
    for (uint32_t k = 0; k < 6 && *at > l->first; k++) {
        if (word_is(l->ws, *at - 1, "the") || l->ws->word[*at - 1].shape & SHAPE_MARK) break;
        --*at;
    }
    return true;
}

/* "the framework established in 2021", "started by Canada": describes the noun before it. */
static bool only_describes(const struct line *l, const struct act *act)
{
    static const char *const behind[] = {"in", "by", "at", "under", "through", "during", "with"};
    if (act->form != 'd' || act->from < act->at) return false;
    for (size_t k = 0; k < sizeof behind / sizeof *behind; k++)
        if (word_is(l->ws, act->end, behind[k])) return true;
    return false;
}

/* "the war in Ukraine", "attacks on Ukraine": nothing is decided for who is attacked there. */
static bool attacked_there(const struct line *l, const struct mention *m)
{
    enum { BACK = 4 };
    for (uint32_t i = m->first; i > l->first && i + BACK > m->first; i--)
        if (word_classes(&l->ws->word[i - 1]) & IS(hostile) || word_is(l->ws, i - 1, "against"))
            return true;
    return false;
}

/* "the Ukraine Compact", "a bilateral agreement" with whom the document helps: it is for them. */
static bool for_the_helped(const struct scene *s, const struct line *l, uint32_t from, uint32_t to,
                           const struct said_parties *giver)
{
    enum { NEAR = 3 };
    if (!s->beneficiary || !s->adversary) return false; /* partners decide for each other */
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        const char *code = code_of(s, m);
        if (m->first < from || m->first >= to || !code || strcmp(code, s->beneficiary) != 0)
            continue;
        if (!attacked_there(l, m)) return true;
    }
    bool pact = has_party(giver, s->beneficiary);
    for (uint32_t i = from; i < to; i++) {
        if (strcmp(word_value(&l->ws->word[i], WORD_seat), s->beneficiary) == 0)
            return true; /* "a representative in Kyiv" */
        if (pact && (word_is(l->ws, i, "bilateral") || word_is(l->ws, i, "security") ||
                     at_class(l, i) & (IS(bundle) | IS(soft))))
            return true;
        if (s->unnamed < NEAR && (word_is(l->ws, i, "assistance") || word_is(l->ws, i, "aid")))
            return true; /* "a plan for security assistance", where they are spoken of */
    }
    return false;
}

/* Whom a decision is for: "support for Ukraine", "cooperation with Finland and Sweden". */
static struct said_parties concerned(const struct scene *s, const struct line *l, uint32_t from,
                                     uint32_t to, const struct said_parties *giver)
{
    struct said_parties out = receiver_in(s, l, from, to, giver);
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        if (out.count || m->first <= from || m->first >= to || !code_of(s, m)) continue;
        if (word_is(l->ws, m->first - 1, "with") && !has_party(giver, code_of(s, m))) {
            for (uint32_t j = k; j < l->party_count && l->parties[j].first < to; j++)
                if (is_named(code_of(s, &l->parties[j])))
                    add_party(&out, code_of(s, &l->parties[j]));
        }
    }
    for (uint32_t i = from + 1; i < to; i++)
        if (word_is(l->ws, i, "between") || /* "the agreement between X and Y" */
            (mention_at(l, i) && (word_is(l->ws, i - 1, "in") || word_is(l->ws, i - 1, "into"))))
            out.count = 0;
    if (!out.count && for_the_helped(s, l, from, to, giver)) add_party(&out, s->beneficiary);
    return out;
}

/* "our historic decision to": whose it is stands one word before it, or right there. */
static const struct mention *our_decision(const struct line *l, const struct act *act)
{
    for (uint32_t i = act->at; i > l->first && i + 2 > act->at; i--) {
        const struct mention *m = mention_at(l, i - 1);
        if (m && m->kind == MENTION_WE && m->possessive) return m;
    }
    return NULL;
}

/* "Germany's decision to send tanks", "grateful to the EU for their decision to". */
static void read_their_decision(struct scene *s, const struct line *l, const struct act *act,
                                uint32_t since)
{
    uint32_t end = clause_end(l, act->at), first = act->at;
    if (!word_is(l->ws, act->at, "decision") || !word_is(l->ws, act->at + 1, "to")) return;
    struct said_parties giver = {0};
    const struct mention *m = act->at > l->first ? mention_at(l, act->at - 1) : NULL;
    if (m && m->kind == MENTION_THEY) {
        for (uint32_t k = 0; k < l->party_count && l->parties[k].first < act->at; k++)
            add_party(&giver, l->parties[k].kind == MENTION_THEY || l->parties[k].kind == MENTION_WE
                                  ? NULL
                                  : code_of(s, &l->parties[k]));
        if (giver.count) first = l->parties[0].first;
    } else if ((m = our_decision(l, act)) != NULL) {
        add_party(&giver, code_of(s, m));
        first = m->first;
    } else if (act->at >= l->first + 2 && (m = mention_at(l, act->at - 2)) != NULL &&
               word_is(l->ws, act->at - 1, "'s")) {
        add_party(&giver, code_of(s, m));
        first = m->first;
    }
    if (!any_named(&giver) || has_party(&giver, s->adversary) || is_beneficiary(s, &giver)) return;
    bool ours = strcmp(matter_of(l, act->end, end), "ours") == 0 ||
                classes_in(l, act->end, end) & (IS(goods) | IS(soft) | IS(channel));
    bool own = s->home && has_party(&giver, s->home);
    if (own && !ours && !on_topic(s, l)) return; /* "the President's decision to run again" */
    if (word_is(l->ws, act->at + 2, "have") && !ours) return; /* "to have a conversation" */
    if (said_already(s, l, SAID_DECISION, first, end, since)) return;
    if (said_already(s, l, SAID_SUPPORT, first, end, since)) return; /* it is the gift */
    if (said_already(s, l, SAID_FIGURE, first, end, since)) return;
    struct said *d = add_said(s, l, SAID_DECISION, first, end);
    d->item = phrase_of(s->a, l, act->at + 2, end);
    d->giver = giver;
    struct things t = things_in(l, act->end, end);
    d->goods = class_of(&t, GOODS_OTHER);
    d->receiver = concerned(s, l, act->end, end, &giver);
}

/* "It is vital that the Congress agrees": wished for, not decided. */
static bool wished(const struct line *l, const struct act *act)
{
    static const char *const words[] = {"vital", "important", "essential", "urgent",
                                        "hope",  "crucial",   "expect",    "critical"};
    if ((act->form != 's' && act->form != 'b') || act->future) return false;
    for (uint32_t i = l->first; i < act->from; i++)
        if (word_in(l->ws, i, words, sizeof words / sizeof *words) &&
            (word_is(l->ws, i + 1, "that") || word_is(l->ws, i, "hope")))
            return true;
    return false;
}

/* "decide where they put their troops", "decided about it": what was decided is not said. */
static bool leaves_open(const struct line *l, const struct act *act)
{
    if (word_is(l->ws, act->at, "concluded") && word_is(l->ws, act->end, "that"))
        return true; /* what somebody thinks */
    static const char *const opens[] = {"where", "what", "how",   "when", "whether",
                                        "so",    "why",  "about", "who"};
    bool called = word_is(l->ws, act->end + 2, "call") || word_is(l->ws, act->end + 2, "called");
    return !called && word_in(l->ws, act->end, opens, sizeof opens / sizeof *opens);
}

/* "to get that bill passed": what is yet to be decided. */
static bool to_get_passed(const struct line *l, const struct act *act)
{
    enum { BACK = 8 };
    static const char *const gets[] = {"get", "getting", "see", "seeing", "want", "need", "needs"};
    if (act->form != 'd' || act->from < act->at) return false;
    for (uint32_t i = act->at; i > l->first && i + BACK > act->at; i--) {
        if (word_in(l->ws, i - 1, gets, sizeof gets / sizeof *gets)) return true;
        if (mention_at(l, i - 1) || l->ws->word[i - 1].shape & SHAPE_MARK) return false;
    }
    return false;
}

/* "the G7 has endorsed it", "backed a ceasefire": what was endorsed is not named, or not ours. */
static bool endorses_any(const struct scene *s, const struct line *l, const struct act *act,
                         uint32_t end)
{
    enum { NEAR = 4 };
    static const char *const verbs[] = {"endorse", "endorses", "endorsed", "endorsing"};
    if (!word_in(l->ws, act->at, verbs, sizeof verbs / sizeof *verbs)) return false;
    if (mark_at(l, act->end, ',')) return true;
    if (names_something(l, act->end, end) || strcmp(matter_of(l, act->end, end), "ours") == 0)
        return false;
    for (uint32_t i = act->end; i < end && i < act->end + NEAR; i++)
        if (paper_at(l, i)) return false;
    uint64_t object = classes_in(l, act->end, end);
    return !(object & (IS(soft) | IS(goods) | IS(channel) | IS(theme))) && !names_beneficiary(s, l);
}

/* "our efforts to establish a safer region", "on the Charter, signed November 10": nothing new. */
static bool tries(const struct line *l, const struct act *act)
{
    static const char *const tries[] = {"efforts", "effort", "how", "ways", "seek", "aims"};
    if (act->form == 'd' && act->from == act->at && act->end < l->end &&
        word_classes(&l->ws->word[act->end]) & IS(month))
        return true;
    static const char *const towards[] = {"toward", "towards", "on", "of"};
    uint32_t i = act->from; /* of the infinitive, whose "to" belongs to it */
    if (act->weak && act->form == 'g' && i == act->at && i > l->first)
        return word_in(l->ws, i - 1, towards, sizeof towards / sizeof *towards);
    return act->weak && act->infinitive && i > l->first &&
           word_in(l->ws, i - 1, tries, sizeof tries / sizeof *tries);
}

/* Support that is nothing else: not "investment", not "resources". */
static bool strong_soft(const struct line *l, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to && i < l->end; i += l->ws->word[i].span) {
        const struct word *w = &l->ws->word[i];
        if (word_classes(w) & IS(soft) && !strchr(word_value(w, WORD_soft), '/')) return true;
    }
    return false;
}

/* "that Ukraine will become a member of NATO", "its application to join the Alliance" */
static bool of_membership(const struct line *l, uint32_t from, uint32_t to)
{
    static const char *const words[] = {"member", "membership", "join", "accession"};
    static const char *const bodies[] = {"nato", "alliance", "eu", "union"};
    bool member = false, body = false;
    for (uint32_t i = from; i < to; i++) {
        member |= word_in(l->ws, i, words, sizeof words / sizeof *words);
        body |= word_in(l->ws, i, bodies, sizeof bodies / sizeof *bodies);
    }
    return member && body;
}

/* "agreed to remain in contact", "agreed that talks are useful": nothing is decided by it. */
static bool stays_in_touch(const struct line *l, const struct act *act, uint32_t end)
{
    enum { NEAR = 7 };
    static const char *const verbs[] = {"remain", "stay", "keep", "meet", "follow", "speak"};
    static const char *const ties[] = {"touch",   "contact", "aligned", "communication",
                                       "engaged", "consult", "again",   "up"};
    static const char *const views[] = {"importance", "need", "urgency", "necessity"};
    if (!word_is(l->ws, act->at, "agreed") && !word_is(l->ws, act->at, "agree")) return false;
    if (word_is(l->ws, act->end, "on") && word_is(l->ws, act->end + 1, "the") &&
        word_in(l->ws, act->end + 2, views, sizeof views / sizeof *views))
        return true;
    if (word_is(l->ws, act->end, "that"))
        return !strong_soft(l, act->end, end) &&
               !(classes_in(l, act->end, end) & (IS(goods) | IS(theme) | IS(channel))) &&
               !names_something(l, act->end, end) && !of_membership(l, act->end, end);
    if (!word_is(l->ws, act->end, "to")) return false;
    for (uint32_t i = act->end + 1; i < end && i < act->end + 10; i++)
        if (word_is(l->ws, i, "impose")) return true; /* "to impose costs on" */
    if (!word_in(l->ws, act->end + 1, verbs, sizeof verbs / sizeof *verbs)) return false;
    for (uint32_t i = act->end + 2; i < end && i < act->end + NEAR; i++)
        if (word_in(l->ws, i, ties, sizeof ties / sizeof *ties)) return true;
    return false;
}

/* "both leaders", "the two Presidents", "we" of a joint statement: who issues it. */
static bool signers_decide(const struct scene *s, const struct line *l, uint32_t begin,
                           uint32_t verb, uint32_t *first)
{
    enum { NEAR = 6 };
    static const char *const words[] = {"leaders", "presidents", "sides", "ministers",
                                        "both",    "countries",  "they",  "we"};
    if (!s->signers.count) return false;
    for (uint32_t i = verb; i > begin && i + NEAR > verb; i--) {
        if (!word_in(l->ws, i - 1, words, sizeof words / sizeof *words)) continue;
        *first = i > begin + 2 ? i - 3 : begin;
        return true;
    }
    return false;
}

/* "We have agreed", said beside a guest or a host: the two of them have. */
static bool mutual(const struct scene *s, const struct line *l, const struct act *act,
                   const struct said_parties *giver)
{
    static const char *const verbs[] = {"agreed", "agree", "concurred", "concur"};
    if (giver->count != 1 || !has_party(giver, s->side.we) || !is_country(s->side.we)) return false;
    bool beside = s->addressed && is_country(s->addressed);
    if (!beside && s->speaker_count != 3) return false;
    if (!word_in(l->ws, act->at, verbs, sizeof verbs / sizeof *verbs)) return false;
    for (uint32_t k = 0; k < l->party_count; k++)
        if (l->parties[k].kind == MENTION_WE && l->parties[k].first < act->from &&
            word_is(l->ws, l->parties[k].first, "we"))
            return true;
    return false;
}

/* "we are going to approve a new NATO Strategic Concept": the alliance does. */
static const struct mention *alliance_behind(const struct line *l, const struct act *act)
{
    enum { NEAR = 4 };
    for (uint32_t i = act->end; i < act->end + NEAR && i + 1 < l->end; i++) {
        const struct mention *m = mention_at(l, i);
        if (!m || !m->code) continue;
        bool title = l->ws->word[m->first + m->count].shape & SHAPE_CAPITAL;
        return title && strcmp(m->code, "NATO") == 0 ? m : NULL;
    }
    return NULL;
}

/* Who decides what the act at hand says; *first is where its words begin. */
static struct said_parties decider(const struct scene *s, const struct line *l,
                                   const struct act *act, uint32_t *first)
{
    struct said_parties giver = {0};
    uint32_t begin = clause_begin(l, act->at), end = clause_end(l, act->at);
    if (act->passive) {
        giver_beside(s, l, act->end, end, &giver);
        if (!giver.count) add_party(&giver, s->side.we);
        return giver;
    }
    if (signers_decide(s, l, begin, act->from, first)) return s->signers;
    if (pair_acts(s, l, begin, act->from, first, &giver)) return giver;
    subject_of(s, l, begin, act->from, &giver, first);
    bool greeted = act->infinitive && act->from >= l->first + 3 && s->alliance &&
                   word_is(l->ws, act->from - 1, "decision") &&
                   word_is(l->ws, act->from - 2, "the") &&
                   word_classes(&l->ws->word[act->from - 3]) & IS(thank);
    if (greeted) { /* "I welcome the decision to activate": the alliance's */
        giver = (struct said_parties){0};
        add_party(&giver, s->alliance);
        return giver;
    }
    if (mutual(s, l, act, &giver)) {
        if (s->speaker_count == 3)
            add_speakers(s, &giver);
        else
            add_party(&giver, s->addressed);
    }
    const struct mention *whose = alliance_behind(l, act);
    if (whose && giver.count == 1 && has_party(&giver, s->side.we)) giver.code[0] = whose->code;
    bool it = act->from > l->first && word_is(l->ws, act->from - 1, "it");
    if (!giver.count && it && s->alliance) add_party(&giver, s->alliance);
    if (!giver.count && classes_in(l, begin, act->from) & IS(body))
        add_party(&giver, s->alliance && is_named(s->side.we) ? s->alliance : s->side.we);
    return giver;
}

/* "announced the Ukraine Compact", but not "announced at the Madrid Summit". */
static bool announces(const struct scene *s, const struct line *l, const struct act *act,
                      uint32_t end, bool ours)
{
    enum { NEAR = 6 };
    static const char *const places[] = {"at",   "in",   "on",      "by",
                                         "that", "last", "earlier", "during"};
    if (act->passive || word_in(l->ws, act->end, places, sizeof places / sizeof *places))
        return false;
    uint32_t soon = act->end + NEAR < end ? act->end + NEAR : end;
    if (!ours && !on_topic(s, l)) return false;
    return names_something(l, act->end, soon) || signs_paper(l, act, end) ||
           undertakes(l, act->end, end);
}

static bool invites(const struct line *l, const struct act *act)
{
    return word_is(l->ws, act->at, "invite") || word_is(l->ws, act->at, "invited");
}

/* "... Finland and Sweden to join NATO" */
static bool joins_behind(const struct line *l, const struct act *act, uint32_t end)
{
    for (uint32_t i = act->end; i + 1 < end && i < act->end + 8; i++)
        if (word_is(l->ws, i, "to") && word_is(l->ws, i + 1, "join")) return true;
    return false;
}

/* "our Pacific Partnership Strategy", "the Blue Coast initiative", not "a Planning Cell": a name
 * that stands for a programme.
 */
static bool programme(const struct line *l, uint32_t from, uint32_t to)
{
    enum { NEAR = 12 };
    static const char *const nouns[] = {
        "initiative", "strategy", "partnership", "framework",  "program",  "programme", "fund",
        "center",     "centre",   "command",     "coalition",  "compact",  "council",   "platform",
        "facility",   "alliance", "roadmap",     "commission", "agreement"};
    for (uint32_t i = from; i < to && i < from + NEAR; i++)
        if ((l->ws->word[i].shape | (i > from ? l->ws->word[i - 1].shape : 0)) & SHAPE_CAPITAL &&
            word_in(l->ws, i, nouns, sizeof nouns / sizeof *nouns))
            return true;
    return false;
}

/* "signed an agreement with Chile": the other side signs as well. */
static void add_signatory(const struct scene *s, const struct line *l, const struct act *act,
                          uint32_t end, struct said_parties *giver)
{
    if (!signs_paper(l, act, end)) return;
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        const char *code = code_of(s, m);
        if (m->first <= act->end || m->first >= end || !is_named(code)) continue;
        uint32_t i = m->first - 1;
        while (i > act->end && (word_is(l->ws, i, "the") || word_is(l->ws, i, "of") ||
                                word_is(l->ws, i, "government")))
            i--;
        if (word_is(l->ws, i, "with") && !(s->beneficiary && strcmp(code, s->beneficiary) == 0))
            add_party(giver, code);
    }
}

/* "adopted a new concept, | which describes threats": where only more is said of what was decided.
 */
static uint32_t decided_until(const struct line *l, uint32_t from, uint32_t end)
{
    enum { LEAST = 7 };
    static const char *const more[] = {"which", "who", "the", "that", "as"};
    for (uint32_t i = from + LEAST; i + 1 < end; i++)
        if (word_is(l->ws, i, "that") ||
            (mark_at(l, i, ',') && word_in(l->ws, i + 1, more, sizeof more / sizeof *more)))
            return i;
    return end;
}

/* "Kenya and Peru signed a pact", "the Security Council passed a resolution": of several, or a
 * body.
 */
static bool joint_paper(const struct scene *s, const struct line *l, const struct act *act,
                        uint32_t end, const struct said_parties *giver)
{
    struct said_parties both = *giver;
    if (!signs_paper(l, act, end)) return false;
    add_signatory(s, l, act, end, &both);
    return both.count > 1 || (any_named(giver) && !is_country(giver->code[0]));
}

/* "ratified Sweden's membership", "agreed to ratify the accession protocols" */
static bool lets_join(const struct line *l, const struct act *act, uint32_t end)
{
    enum { NEAR = 12 };
    static const char *const verbs[] = {"ratify",       "ratified", "ratifies", "ratifying",
                                        "ratification", "approve",  "approved"};
    static const char *const what[] = {"accession", "membership"};
    bool ratifies = false;
    for (uint32_t i = act->at; i < end && i < act->end + NEAR; i++) {
        ratifies |= word_in(l->ws, i, verbs, sizeof verbs / sizeof *verbs);
        if (ratifies && word_in(l->ws, i, what, sizeof what / sizeof *what)) return true;
    }
    return false;
}

/* Whether what is decided is of interest, whoever decides it. */
static bool concerns_us(const struct scene *s, const struct line *l, const struct act *act,
                        uint32_t end, const struct said_parties *giver, bool ours)
{
    uint64_t object = classes_in(l, act->end, end);
    bool named = any_named(giver), title = names_something(l, act->end, end);
    if (act->kind == ACT_PROMISE) return announces(s, l, act, end, ours);
    if (invites(l, act)) return joins_behind(l, act, end);
    if (word_is(l->ws, act->at, "tasked") && giver->count > 1) return true; /* "their teams" */
    if (act->faint && act->passive) return false; /* "joined by the Director" */
    if (act->faint && !ours && !(object & (IS(goods) | IS(channel)))) return false;
    if (act->weak && named && !title && !undertakes(l, act->end, end)) return false;
    bool about = (object & (IS(goods) | IS(soft) | IS(channel) | IS(theme))) ||
                 names_beneficiary(s, l) || programme(l, act->end, end);
    if (act->weak && named && !about && !ours && is_country(giver->code[0])) return false;
    if (!named || act->weak || ours || has_party(giver, "EU") || has_party(giver, "G7") ||
        has_party(giver, "NATO"))
        return true;
    if (passes_law(l, act, end) && counted_within(l, act->end, end)) return false;
    if (joint_paper(s, l, act, end, giver) || lets_join(l, act, end)) return true;
    if (object & (IS(goods) | IS(channel) | IS(theme))) return true;
    if (object & IS(soft) && (on_topic(s, l) || strong_soft(l, act->end, end))) return true;
    if (passes_law(l, act, end) || gives_leave(l, act)) return on_topic(s, l);
    return title && (on_topic(s, l) || (giver->count > 1 && is_country(giver->code[1])));
}

/* "to strengthen their cooperation in defence", what two sides mean to do with each other; "to join
 * NATO", "for membership".
 */
static bool deepens(const struct line *l, uint32_t from, uint32_t to)
{
    enum { NEAR = 5 };
    static const char *const verbs[] = {
        "strengthen", "deepen",   "expand",     "intensify", "enhance",    "develop",   "build",
        "increase",   "continue", "work",       "improve",   "modernize",  "modernise", "bolster",
        "accelerate", "step",     "coordinate", "cooperate", "prioritize", "establish", "create"};
    if (word_is(l->ws, from, "for") || word_is(l->ws, from + 1, "join"))
        return of_membership(l, from, from + NEAR < to ? from + NEAR : to);
    if (!word_is(l->ws, from, "to") || from + 1 >= to) return false;
    for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++)
        if (word_is(l->ws, from + 1, verbs[k])) return strcmp(matter_of(l, from, to), "ours") == 0;
    return false;
}

/* What the act at hand says, in the words [from, end). */
static struct said *add_decision(struct scene *s, const struct line *l, const struct act *act,
                                 const struct said_parties *giver, uint32_t from, uint32_t end)
{
    uint32_t told = decided_until(l, act->end > from + 3 ? act->end - 3 : from, end);
    struct said *d = add_said(s, l, SAID_DECISION, from, told);
    d->item = phrase_of(s->a, l, act->end, told);
    d->giver = *giver;
    uint32_t stop = act->end;
    while (stop < end && stop < act->end + 18 && !word_is(l->ws, stop, "by")) stop++;
    struct things t = things_in(l, act->end, stop);
    bool title = !t.goods && names_something(l, act->end, end);
    d->goods =
        title ? GOODS_OTHER : class_of(&(struct things){.goods = t.goods | t.soft}, GOODS_OTHER);
    d->receiver = concerned(s, l, act->end, end, giver);
    for (uint32_t k = 0; (invites(l, act) || gives_leave(l, act)) && k < l->party_count; k++)
        if (l->parties[k].first >= act->end && l->parties[k].first < act->end + 4 &&
            !has_party(giver, code_of(s, &l->parties[k])))
            add_party(&d->receiver, code_of(s, &l->parties[k]));
    return d;
}

/* "a declaration between X and Y": both. */
static void add_between(const struct scene *s, const struct line *l, uint32_t from, uint32_t to,
                        struct said_parties *giver)
{
    for (uint32_t k = 0; k + 1 < l->party_count; k++) {
        uint32_t i = l->parties[k].first;
        if (i <= from || i >= to) continue;
        if (word_is(l->ws, i - 1, "the")) i--;
        if (!word_is(l->ws, i - 1, "between")) continue;
        add_party(giver, code_of(s, &l->parties[k]));
        add_party(giver, code_of(s, &l->parties[k + 1]));
        return;
    }
}

/* "will announce commitments to", but not "their commitment to" */
static bool is_said(const struct line *l, const struct act *act)
{
    bool said = act->form != 'n';
    for (uint32_t k = 0; k < l->act_count && l->acts[k].at < act->at; k++)
        said |= l->acts[k].kind == ACT_PROMISE && l->acts[k].at >= clause_begin(l, act->at);
    return said;
}

/* "Both sides committed to deepen their defence cooperation", "announced a joint declaration". */
void read_undertaking(struct scene *s, const struct line *l, const struct act *act, uint32_t since)
{
    uint32_t end = clause_end(l, act->at), first = act->from;
    if (act->denied || act->modal || l->question || conditional_at(l, act->from)) return;
    bool means = is_said(l, act) && deepens(l, act->end, end);
    bool paper = act->kind == ACT_PROMISE && signs_paper(l, act, end) &&
                 strcmp(matter_of(l, act->end, end), "ours") == 0;
    if ((!means && !paper) || counted_within(l, act->from, end)) return;
    if (said_already(s, l, SAID_SUPPORT, act->from, end, since)) return;
    if (said_already(s, l, SAID_DECISION, act->from, end, since)) return;
    struct said_parties giver = {0};
    if (paper) add_between(s, l, act->end, end, &giver);
    if (!giver.count) giver = decider(s, l, act, &first);
    if (!giver.count || is_beneficiary(s, &giver) || has_party(&giver, s->adversary)) return;
    (void)add_decision(s, l, act, &giver, first < act->from ? first : act->from, end);
}

/* Whose founding it is: "the EU's adoption of", "by Poland", "of the EU legal acts", else ours. */
static struct said_parties founder(const struct scene *s, const struct line *l,
                                   const struct act *act, uint32_t end)
{
    struct said_parties giver = {0};
    const struct mention *m = mention_before(l, act->at);
    if (m && m->possessive && is_named(code_of(s, m))) {
        add_party(&giver, code_of(s, m));
        return giver;
    }
    if (giver_beside(s, l, act->end, end, &giver)) return giver;
    uint32_t behind = act->end < end && word_is(l->ws, act->end, "the") ? act->end + 1 : act->end;
    m = mention_at(l, behind);
    if (m && m->modifier && m->code && !is_country(m->code)) {
        add_party(&giver, m->code);
        return giver;
    }
    if (s->signers.count) return s->signers;
    add_party(&giver, s->side.we);
    return giver;
}

/* "We welcome the establishment of the Donor Platform": founded by whoever welcomes it. */
static void read_founding(struct scene *s, const struct line *l, const struct act *act,
                          uint32_t since)
{
    uint32_t end = clause_end(l, act->at);
    static const char *const greets[] = {"welcome",    "welcomed",  "announce", "announced",
                                         "announcing", "celebrate", "commend",  "support",
                                         "include",    "includes"};
    const struct mention *whose = mention_before(l, act->at);
    const char *code = whose && whose->possessive ? code_of(s, whose) : NULL;
    bool owned = is_named(code) && !(s->home && strcmp(code, s->home) == 0), greeted = owned;
    for (uint32_t i = clause_begin(l, act->at); i < act->at; i++)
        greeted |= word_in(l->ws, i, greets, sizeof greets / sizeof *greets);
    if (!greeted || act->denied || l->question || !word_is(l->ws, act->end - 1, "of")) return;
    if (classes_in(l, act->end, end) & IS(hostile)) return;
    const char *matter = matter_of(l, act->end, end);
    bool joins = owned && lets_join(l, act, end), ours = strcmp(matter, "ours") == 0;
    if (!names_something(l, act->end, end) && !joins && !(ours && signs_paper(l, act, end))) return;
    if (strcmp(matter, "else") == 0 || (!*matter && !joins && !on_topic(s, l))) return;
    if (said_already(s, l, SAID_DECISION, act->from, end, since)) return;
    struct said_parties giver = founder(s, l, act, end);
    if (!giver.count || is_beneficiary(s, &giver) || has_party(&giver, s->adversary)) return;
    uint32_t stop = act->end + 3 < end ? act->end + 3 : end;
    while (stop < end && !mark_at(l, stop, ',') && !word_is(l->ws, stop, "to")) stop++;
    uint32_t from = code && has_party(&giver, code) ? whose->first : act->from;
    struct said *d = add_said(s, l, SAID_DECISION, from, stop);
    d->item = phrase_of(s->a, l, act->end, stop);
    d->giver = giver;
    d->receiver = concerned(s, l, act->end, end, &giver);
}

/* "Today we announce the Compact": said here and now, it is done by saying it. */
static bool done_by_saying(const struct line *l, const struct act *act)
{
    static const char *const verbs[] = {"announce",  "launch", "establish", "endorse",
                                        "adopt",     "task",   "approve",   "activate",
                                        "authorize", "sign",   "ask"};
    return act->from > l->first && act->from == act->at && word_is(l->ws, act->from - 1, "we") &&
           word_in(l->ws, act->at, verbs, sizeof verbs / sizeof *verbs);
}

/* "issued a Joint Declaration", not "issued a waiver": of papers alone it is a decision; "applied
 * to join NATO", not "applied to cars".
 */
static bool publishes_else(const struct line *l, const struct act *act, uint32_t end)
{
    static const char *const verbs[] = {"issued", "issuing", "released", "releasing"};
    if (word_is(l->ws, act->at, "applied")) return !deepens(l, act->end, end);
    if (!word_in(l->ws, act->at, verbs, sizeof verbs / sizeof *verbs)) return false;
    for (uint32_t i = act->end; i < end && i < act->end + 6; i++)
        if (word_is(l->ws, i, "declaration")) return false;
    return true;
}

/* "The Facility was approved by the Council": what was decided stands before, who behind "by". */
bool read_decided(struct scene *s, const struct line *l, const struct act *act, uint32_t since)
{
    enum { NEAR = 3 };
    uint32_t begin = clause_begin(l, act->at), end = clause_end(l, act->at);
    bool paper = act->from == act->at && act->at > begin && paper_at(l, act->at - 1);
    uint32_t by = act->end; /* "the pact signed in May by" */
    while (paper && by < end && by < act->end + 6 && !word_is(l->ws, by, "by")) by++;
    if ((!act->passive && !paper) || act->form != 'd' || act->faint || !word_is(l->ws, by, "by"))
        return false;
    if ((act->from == act->at && !paper) || act->denied || act->modal || l->question) return false;
    uint32_t from = begin;
    while (from < act->from && (l->ws->word[from].shape & SHAPE_MARK)) from++;
    if (act->from <= from + 1 || classes_in(l, from, end) & IS(hostile)) return false;
    const char *matter = matter_of(l, from, act->from);
    if (!names_something(l, from, act->from) && !programme(l, from, act->from) &&
        (strcmp(matter, "ours") != 0 || act->from > from + 8))
        return false;
    if (strcmp(matter, "else") == 0 || (!*matter && !on_topic(s, l))) return false;
    struct said_parties giver = {0};
    uint32_t who = by + 1;
    while (who < end && who < by + NEAR && !mention_at(l, who)) who++;
    if (who >= end || !mention_at(l, who) || !giver_beside(s, l, by, end, &giver)) return false;
    if (is_beneficiary(s, &giver) || has_party(&giver, s->adversary)) return false;
    if (said_already(s, l, SAID_DECISION, from, end, since)) return false;
    if (said_already(s, l, SAID_SUPPORT, from, end, since)) return false;
    struct said *d = add_said(s, l, SAID_DECISION, from, end);
    d->item = phrase_of(s->a, l, from, act->from);
    d->giver = giver;
    d->goods = GOODS_OTHER;
    d->receiver = concerned(s, l, from, act->from, &giver);
    return true;
}

/* "You are authorized and directed to publish this memorandum": nothing is decided by it. */
static bool lets_publish(const struct line *l, const struct act *act)
{
    enum { NEAR = 4 };
    if (!act->passive) return false;
    for (uint32_t i = act->end; i < act->end + NEAR; i++)
        if (word_is(l->ws, i, "publish")) return true;
    return act->from > l->first && word_is(l->ws, act->from - 1, "you");
}

/* "has agreed to hand over", "decided, with our partners, to support": and what it does. */
static bool decides_to(const struct line *l, const struct act *act, uint32_t end)
{
    enum { ASIDE = 8 };
    uint32_t i = act->end;
    for (uint32_t k = i + 1; mark_at(l, act->end, ',') && k < end && k < act->end + ASIDE; k++)
        if (mark_at(l, k, ',')) i = k + 1;
    return i < end && word_is(l->ws, i, "to");
}

/* Nothing is decided yet, or by nobody. */
static bool undecided(const struct line *l, const struct act *act, uint32_t end)
{
    if (act->denied || act->modal || act->ought || l->question || conditional_at(l, act->from))
        return true;
    if (act->passive && act->infinitive && !act->future) return true; /* "to be finalized" */
    if (tries(l, act) || stays_in_touch(l, act, end)) return true;
    if (act->passive && (word_is(l->ws, act->at, "strengthened") || /* nothing was decided */
                         word_is(l->ws, act->at, "appointed")))
        return true;
    return lets_publish(l, act);
}

void read_decision(struct scene *s, const struct line *l, const struct act *act, uint32_t since)
{
    enum { SOON = 6 };
    uint32_t begin = clause_begin(l, act->at), end = clause_end(l, act->at), first = act->from;
    if (act->form == 'n') {
        read_their_decision(s, l, act, since);
        read_founding(s, l, act, since);
        return;
    }
    if (undecided(l, act, end)) return;
    if (read_decided(s, l, act, since)) return;
    if (act->passive && word_is(l->ws, act->end, "by")) return; /* "it was endorsed by the G7" */
    if (to_get_passed(l, act) || leaves_open(l, act) || wished(l, act) ||
        endorses_any(s, l, act, end) || (act->weak && mark_at(l, act->end, ',')))
        return;
    if (said_already(s, l, SAID_DECISION, act->from, end, since)) return;
    if ((act->kind != ACT_DECIDE || act->weak || act->faint) &&
        said_already(s, l, SAID_SUPPORT, act->from, end, since))
        return;
    uint32_t soon =
        act->end + SOON < end ? act->end + SOON : end; /* "agreed a 5 million package" */
    if (act->end < soon && counted_within(l, act->end, soon) &&
        said_already(s, l, SAID_SUPPORT, act->end, soon, since))
        return;
    if (act->infinitive && !act->future && counted_within(l, begin, act->from) &&
        said_already(s, l, SAID_SUPPORT, begin, act->from, since))
        return; /* "gives $5 million to launch a programme": what the sum is for */
    bool does = decides_to(l, act, end);
    if (does && said_already(s, l, SAID_SUPPORT, act->from, end, since)) return;
    if (does && said_already(s, l, SAID_FIGURE, act->from, end, since)) return;
    struct said_parties giver = decider(s, l, act, &first);
    if (act->form == 'b' && !act->future && !act->infinitive && (giver.count < 2 || !does) &&
        !done_by_saying(l, act))
        return;
    if (publishes_else(l, act, end)) return;
    bool signs = word_is(l->ws, act->at, "sign") && act->infinitive;
    if (signs && !act->future) return; /* "will work with them to sign agreements" */
    if (!giver.count || end <= act->end + 1 || is_beneficiary(s, &giver)) return;
    if (s->adversary && has_party(&giver, s->adversary)) return;
    uint64_t object = classes_in(l, act->end, end);
    if ((object | (act->form == 'g' ? classes_in(l, begin, end) : 0)) & IS(hostile)) return;
    uint32_t from = first < act->from ? first : act->from;
    bool before = signed_before(l, act, from, &from);
    const char *matter = matter_of(l, before ? from : act->end, end);
    if (strcmp(matter, "else") == 0 || other_title(l, act->end, end)) return;
    if (act->weak && only_describes(l, act)) return;
    bool named = before || names_something(l, act->end, end) || signs_paper(l, act, end) ||
                 undertakes(l, act->end, end) || deepens(l, act->end, end);
    bool ours = *matter && (named || does || passes_law(l, act, end));
    bool deploys = word_classes(&l->ws->word[act->at]) & IS(give) && !signs_paper(l, act, end);
    if (deploys && any_named(&giver)) return; /* a country's deployment is a figure */
    bool told = deploys || act->weak || act->kind == ACT_PROMISE;
    if (told && said_already(s, l, SAID_FIGURE, begin, end, since)) return;
    if (!concerns_us(s, l, act, end, &giver, ours)) return;

    add_signatory(s, l, act, end, &giver);
    struct said *d = add_decision(s, l, act, &giver, from, end);
    if (before) d->item = phrase_of(s->a, l, from, first);
}
