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
    for (uint32_t i = from; i < to && i < l->end; i += l->ws->word[i].span) {
        const char *v = word_value(&l->ws->word[i], WORD_matter);
        if (strcmp(v, "ours") == 0) return v;
        if (*v) found = v;
    }
    return found;
}

bool paper_at(const struct line *l, uint32_t i)
{
    static const char *const papers[] = {
        "agreement", "agreements", "memorandum",  "memoranda", "treaty",    "treaties",
        "pact",      "accord",     "declaration", "protocol",  "compact",   "charter",
        "statement", "framework",  "arrangement", "mou",       "convention"};
    for (size_t k = 0; k < sizeof papers / sizeof *papers; k++)
        if (word_is(l->ws, i, papers[k])) return true;
    return false;
}

/* "a partnership on food security": an undertaking without a name of its own. */
static bool undertakes(const struct line *l, uint32_t from, uint32_t to)
{
    enum { NEAR = 6 };
    static const char *const nouns[] = {"partnership", "initiative", "coalition", "mission",
                                        "command",     "programme",  "program",   "facility"};
    for (uint32_t i = from; i < to && i < from + NEAR; i++)
        for (size_t k = 0; k < sizeof nouns / sizeof *nouns; k++)
            if (word_is(l->ws, i, nouns[k]))
                return (classes_in(l, i, to) & (IS(goods) | IS(soft) | IS(matter))) != 0;
    return false;
}

/* "a treaty", "the memorandum": what two sides sign without giving each other anything. */
bool signs_paper(const struct line *l, const struct act *act, uint32_t end)
{
    enum { NEAR = 9 };
    for (uint32_t i = act->end; i < end && i < act->end + NEAR; i++) {
        if (word_is(l->ws, i, "to") || word_is(l->ws, i, "for")) break;
        if (paper_at(l, i)) return true;
    }
    return false;
}

/* "the security agreement you signed": the paper stands before its subject, at *at. */
static bool signed_before(const struct line *l, const struct act *act, uint32_t subject,
                          uint32_t *at)
{
    uint32_t i = subject;
    if (i > l->first && (word_is(l->ws, i - 1, "that") || word_is(l->ws, i - 1, "which"))) i--;
    if (i <= l->first || act->form != 'd' || !paper_at(l, i - 1)) return false;
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

/* Whom a decision is for: "support for Ukraine", "cooperation with Finland and Sweden". */
static struct said_parties concerned(const struct scene *s, const struct line *l, uint32_t from,
                                     uint32_t to, const struct said_parties *giver)
{
    struct said_parties none = {0}, out = receiver_in(s, l, from, to, giver);
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
        if (mention_at(l, i) && (word_is(l->ws, i - 1, "in") || word_is(l->ws, i - 1, "into")))
            return none;
    return out;
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
    } else if (act->at >= l->first + 2 && (m = mention_at(l, act->at - 2)) != NULL &&
               word_is(l->ws, act->at - 1, "'s")) {
        add_party(&giver, code_of(s, m));
        first = m->first;
    }
    if (!any_named(&giver) || has_party(&giver, s->adversary) || is_beneficiary(s, &giver)) return;
    if (said_already(s, l, SAID_DECISION, first, end, since)) return;
    if (said_already(s, l, SAID_SUPPORT, first, end, since)) return; /* it is the gift */
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

void read_decision(struct scene *s, const struct line *l, const struct act *act, uint32_t since)
{
    uint32_t begin = clause_begin(l, act->at), end = clause_end(l, act->at), first = act->from;
    if (act->form == 'n') {
        read_their_decision(s, l, act, since);
        return;
    }
    if (act->denied || act->modal || l->question || conditional_at(l, act->from)) return;
    if (act->form == 'b' && !act->future && !act->infinitive) return;
    if (wished(l, act)) return;
    if (said_already(s, l, SAID_DECISION, act->from, end, since)) return;
    bool does = act->end < end && word_is(l->ws, act->end, "to"); /* "has agreed to hand over" */
    if (does && said_already(s, l, SAID_SUPPORT, act->from, end, since)) return;
    struct said_parties giver = {0};
    if (act->passive) {
        giver_beside(s, l, act->end, end, &giver);
        if (!giver.count) add_party(&giver, s->side.we);
    } else {
        subject_of(s, l, clause_begin(l, act->at), act->from, &giver, &first);
        bool it = act->from > l->first && word_is(l->ws, act->from - 1, "it");
        if (!giver.count && it && s->alliance) add_party(&giver, s->alliance);
        if (!giver.count && classes_in(l, begin, act->from) & IS(body))
            add_party(&giver, s->alliance && is_named(s->side.we) ? s->alliance : s->side.we);
    }
    if (!giver.count || end <= act->end + 1 || is_beneficiary(s, &giver)) return;
    if (s->adversary && has_party(&giver, s->adversary)) return;
    uint64_t object = classes_in(l, act->end, end);
    if (object & IS(hostile)) return;
    uint32_t from = first < act->from ? first : act->from;
    bool before = signed_before(l, act, from, &from);
    const char *matter = matter_of(l, before ? from : act->end, end);
    if (strcmp(matter, "else") == 0 && any_named(&giver)) return;
    if (act->weak && only_describes(l, act)) return;
    bool ours =
        *matter && (before || names_something(l, act->end, end) || signs_paper(l, act, end));
    if (act->faint && !ours && !(object & (IS(goods) | IS(channel)))) return;
    bool deploys = word_classes(&l->ws->word[act->at]) & IS(give);
    if (deploys && any_named(&giver)) return; /* a country's deployment is a figure */
    if ((deploys || act->weak) && said_already(s, l, SAID_FIGURE, begin, end, since)) return;
    if (act->weak && any_named(&giver) && !names_something(l, act->end, end) &&
        !undertakes(l, act->end, end))
        return;
    if (any_named(&giver) && !act->weak && !ours && !has_party(&giver, "EU") &&
        !has_party(&giver, "G7") && !(object & (IS(goods) | IS(soft) | IS(channel) | IS(theme))) &&
        !(on_topic(s, l) && names_something(l, act->end, end)))
        return;

    struct said *d = add_said(s, l, SAID_DECISION, from, end);
    d->item = before ? phrase_of(s->a, l, from, first) : phrase_of(s->a, l, act->end, end);
    d->giver = giver;
    uint32_t stop = act->end;
    while (stop < end && stop < act->end + 18 && !word_is(l->ws, stop, "by")) stop++;
    struct things t = things_in(l, act->end, stop);
    bool title = !t.goods && names_something(l, act->end, end);
    d->goods =
        title ? GOODS_OTHER : class_of(&(struct things){.goods = t.goods | t.soft}, GOODS_OTHER);
    d->receiver = concerned(s, l, act->end, end, &giver);
}
