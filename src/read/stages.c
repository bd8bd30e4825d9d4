/*
 * stages.c - how far the support that a number counts has come.
 *
 * The verbs before it decide, then a relative clause behind it ("that we have
 * provided"), then the scene. Requests, conditions and questions are at most
 * considered, whatever their verbs say.
 */
#include <string.h>

#include "read/amounts.h"

static bool pronoun_subject(const struct line *l, const struct reach *r)
{
    static const char *const words[] = {"this", "these", "it", "that"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (word_is(l->ws, r->begin, words[k])) return true;
    return false;
}

/* "is providing another $1 billion": new money in the progressive is being announced. */
static bool freshly_given(const struct line *l, const struct value *v,
                          const struct act *const *before, uint32_t n)
{
    static const char *const fresh[] = {"another", "additional", "new", "further"};
    if (!n || before[n - 1]->form != 'g' || before[n - 1]->perfect) return false;
    for (uint32_t i = before[n - 1]->end; i < v->first + v->count + 4 && i < l->end; i++)
        for (size_t k = 0; k < sizeof fresh / sizeof *fresh; k++)
            if (word_is(l->ws, i, fresh[k])) return true;
    return false;
}

/* "the 90 million in aid they have given": a subject and helpers, and no word joins the two. */
static bool clause_alone(const struct line *l, uint32_t last, uint32_t verb)
{
    const struct mention *m = mention_at(l, verb - 1);
    if (!m || m->possessive || m->modifier || m->kind > MENTION_PERSON) return false;
    uint32_t at = m->first;
    while (at > last && (word_is(l->ws, at - 1, "the") || word_is(l->ws, at - 1, "our") ||
                         mention_at(l, at - 1)))
        at--; /* "the billions our European Allies have given" */
    if (at <= last) return at == last;
    return (word_classes(&l->ws->word[at - 1]) & (IS(soft) | IS(goods) | IS(unit))) != 0;
}

/* "the $2 billion that we have provided", "the $300 million already contributed": said behind. */
static enum said_stage stage_behind(const struct line *l, const struct value *v)
{
    enum { NEAR = 12 };
    uint32_t last = v->kind == VALUE_MONEY ? v->first + v->count : value_end(v);
    for (uint32_t k = 0; k < l->act_count; k++) {
        const struct act *act = &l->acts[k];
        if (act->from < last || act->from > last + NEAR) continue;
        if (act->kind != ACT_GIVE && act->kind != ACT_COMMIT && act->kind != ACT_PROMISE) continue;
        const struct mention *who = act->from > l->first ? mention_at(l, act->from - 1) : NULL;
        bool relative = word_is(l->ws, act->from, "already") ||
                        (who && who->first <= last && !who->possessive); /* "the 8 Japan gave" */
        for (uint32_t i = last; i < act->from; i++)
            relative |= word_is(l->ws, i, "that") || word_is(l->ws, i, "which");
        bool alone = act->from < act->at && act->from > last && clause_alone(l, last, act->from);
        if (alone && (act->infinitive || act->future || act->modal) && !act->perfect)
            return stage_of(&act, 1); /* "the aid the United States is prepared to give" */
        relative |= alone;
        if (!relative || (!act->perfect && act->form != 'd')) return SAID_NO_STAGE;
        return stage_of(&act, 1);
    }
    return SAID_NO_STAGE;
}

static bool over(const struct around *acts)
{
    for (uint32_t i = 0; i < acts->count; i++)
        if (acts->act[i]->perfect) return true;
    return false;
}

/* "there is $9 billion allocated to": a participle without helpers says what is planned for it. */
static bool only_describes(const struct line *l, const struct value *v, const struct act *act)
{
    return act->form == 'd' && act->from == act->at && act->at >= v->first + v->count &&
           !(act->at > l->first && mention_at(l, act->at - 1));
}

/* Some act is over: it is not the request any more that is spoken of. */
static bool done(const struct line *l, const struct value *v, const struct around *acts)
{
    for (uint32_t i = 0; i < acts->count; i++) {
        const struct act *act = acts->act[i];
        if (act->kind == ACT_HAVE || act->kind == ACT_DECIDE || act->kind == ACT_NEED) continue;
        if (only_describes(l, v, act)) continue;
        if (act->kind == ACT_PROMISE || act->kind == ACT_COMMIT) return true;
        if (act->perfect && !act->infinitive && !act->modal) return true;
    }
    return false;
}

/* "since the invasion", "the last one was for 150": a sum of what was bound before. */
static bool bygone(const struct line *l, const struct reach *r)
{
    static const char *const words[] = {"since", "previous", "last"};
    bool past = false, back = false;
    for (uint32_t i = r->begin; i < r->end; i++) {
        back |= word_is(l->ws, i, words[1]) || word_is(l->ws, i, words[2]);
        past |= word_is(l->ws, i, "was") || word_is(l->ws, i, "were");
        if (word_is(l->ws, i, words[0])) return true;
    }
    return past && back;
}

/* "has given $3 million, which lets it call for": what is given already waits for nobody. */
static bool given_before(const struct line *l, const struct value *v, const struct around *acts)
{
    for (uint32_t i = 0; i < acts->count; i++) {
        const struct act *act = acts->act[i];
        if (act->kind == ACT_GIVE && act->form == 'd' && act->perfect && !act->infinitive &&
            act->at < v->first && act->at + 6 > v->first && act->from > l->first)
            return true;
    }
    return false;
}

/* "plans to give $3 million and has requested another million": that is asked for, and not this. */
static bool called_behind(const struct line *l, const struct value *v, const struct around *acts)
{
    for (uint32_t i = 0; i < acts->count; i++) {
        const struct act *act = acts->act[i];
        if (act->kind != ACT_CALL) continue;
        if (act->at > v->first && given_before(l, v, acts)) continue;
        if (act->at < v->first || act->from == l->first || !word_is(l->ws, act->from - 1, "and"))
            return false;
    }
    return true;
}

/* "the United States plans to give $3 million": no request, though one is spoken of nearby. */
static bool plans(const struct scene *s, const struct line *l, const struct act *const *before,
                  uint32_t n)
{
    struct said_parties who = {0};
    uint32_t first;
    if (s->request || !n) return false;
    const struct act *act = before[n - 1];
    if (act->kind != ACT_GIVE || !act->future || act->modal) return false;
    return subject_of(s, l, clause_begin(l, act->at), act->from, &who, &first) && any_named(&who);
}

bool in_budget(const struct line *l, uint32_t from, uint32_t to)
{
    enum { NEAR = 12 };
    static const char *const verbs[] = {"includes", "included", "include",  "requests", "requested",
                                        "proposes", "proposed", "provides", "invests"};
    for (uint32_t i = from; i + 1 < to; i++) {
        if (!word_is(l->ws, i, "budget") || !(l->ws->word[i].shape & SHAPE_CAPITAL)) continue;
        for (uint32_t k = i + 1; k < to && k < i + NEAR; k++)
            if (word_in(l->ws, k, verbs, sizeof verbs / sizeof *verbs)) return true;
    }
    return false;
}

static bool promised(const struct act *const *before, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (before[i]->kind == ACT_PROMISE && before[i]->form != 'n') return true;
    return false;
}

/* "over the next year", "in the coming weeks": what flows then is announced today. */
static bool in_future(const struct line *l, const struct reach *r)
{
    static const char *const times[] = {"year",  "years", "month",  "months", "week",
                                        "weeks", "days",  "winter", "decade"};
    for (uint32_t i = r->begin; i + 1 < r->end; i++) {
        if (!word_is(l->ws, i, "next") && !word_is(l->ws, i, "coming")) continue;
        uint32_t k = i + 1;
        if (k + 1 < r->end && !word_in(l->ws, k, times, sizeof times / sizeof *times)) k++;
        if (word_in(l->ws, k, times, sizeof times / sizeof *times)) return true;
    }
    return false;
}

/* "annual assistance of $9 million": what comes every year has come. */
static bool every_year(const struct line *l, const struct reach *r)
{
    static const char *const words[] = {"annual", "annually", "yearly", "ongoing"};
    for (uint32_t i = r->begin; i < r->end; i++)
        if (word_in(l->ws, i, words, sizeof words / sizeof *words)) return true;
    return false;
}

/* A request is of one's own parliament: what another country gives does not wait for it. */
static bool asked_of_ours(const struct scene *s, const struct said_parties *giver)
{
    for (uint32_t i = 0; i < giver->count; i++)
        if (!is_country(giver->code[i]) || (s->side.we && strcmp(giver->code[i], s->side.we) == 0))
            return true;
    return !giver->count || !s->side.we || !is_country(s->side.we);
}

/* "urging the House to pass", "puts pressure on Congress to quickly approve": it has yet to. */
static bool pressed_to(const struct line *l, uint32_t begin, uint32_t to)
{
    static const char *const chambers[] = {"congress", "senate", "house", "lawmakers",
                                           "representatives"};
    static const char *const verbs[] = {"pass", "approve",     "act",     "authorize", "fund",
                                        "take", "appropriate", "provide", "vote",      "grant"};
    static const char *const waits[] = {"not", "yet", "failed", "refuses", "refused", "blocks"};
    for (uint32_t i = begin; i + 2 < to; i++) {
        if (!word_in(l->ws, i, chambers, sizeof chambers / sizeof *chambers)) continue;
        for (uint32_t k = i + 1; k < i + 4 && k < to; k++) /* "the House has not acted on" */
            if (word_in(l->ws, k, waits, sizeof waits / sizeof *waits)) return true;
        if (!word_is(l->ws, i + 1, "to")) continue;
        uint32_t back = i > begin + 6 ? i - 6 : begin; /* "working with Congress to" */
        bool decided = word_is(l->ws, i - (i > begin), "with");
        for (uint32_t k = back; k < i; k++) decided |= word_is(l->ws, k, "decision");
        if (decided) continue; /* "the decision by Congress to approve" */
        for (uint32_t k = i + 2; k < i + 5 && k < to; k++)
            if (word_in(l->ws, k, verbs, sizeof verbs / sizeof *verbs)) return true;
    }
    return false;
}

/*
 * "The House passed a bill with $13 billion", "the Senate is to pass": one chamber only considers
 * it, the whole Congress commits it; what somebody is urged to pass is considered.
 */
static enum said_stage stage_in_parliament(const struct scene *s, const struct line *l,
                                           const struct value *v, const struct reach *r)
{
    struct said_parties who = {0};
    uint32_t first;
    if (pressed_to(l, r->begin, v->first)) return SAID_CONSIDERED;
    for (uint32_t i = r->begin; i < v->first; i++) {
        if (!word_is(l->ws, i, "passed")) continue;
        if (!subject_of(s, l, r->begin, i, &who, &first)) return SAID_NO_STAGE;
        if (has_party(&who, "Congress")) return SAID_COMMITTED;
        bool one = has_party(&who, "Senate") || has_party(&who, "House of Representatives");
        return one ? SAID_CONSIDERED : SAID_NO_STAGE;
    }
    return SAID_NO_STAGE;
}

/* "builds on $800 million", "on top of the $1 billion": what is added to is there already. */
static bool added_to(const struct line *l, const struct value *v)
{
    enum { BACK = 4 };
    static const char *const builds[] = {"builds", "build", "building", "built", "addition", "top"};
    static const char *const links[] = {"on", "upon", "to", "of"};
    bool added = false, promised = false;
    for (uint32_t i = v->first; i > l->first + 1 && i + BACK > v->first; i--)
        added |= word_in(l->ws, i - 1, links, sizeof links / sizeof *links) &&
                 word_in(l->ws, i - 2, builds, sizeof builds / sizeof *builds);
    for (uint32_t k = 0; k < l->act_count && added; k++) /* "the $8 million announced in July" */
        promised |= l->acts[k].kind == ACT_PROMISE && l->acts[k].at > v->first;
    return added && !promised;
}

bool brings_to(const struct line *l, const struct value *v, const struct reach *r)
{
    return v->first > r->begin && word_is(l->ws, v->first - 1, "to") &&
           (word_is(l->ws, r->begin, "this") || word_is(l->ws, r->begin, "that")) &&
           word_is(l->ws, r->begin + 1, "brings");
}

/* "We have $4 billion left", "we had $3 billion in aid": of what was bound before. */
static bool is_left(const struct line *l, const struct value *v, const struct reach *r)
{
    if (v->first > r->begin && word_is(l->ws, v->first - 1, "had")) return true;
    static const char *const words[] = {"left", "remaining", "remains"};
    for (uint32_t i = r->begin; i < r->end; i++)
        if (word_in(l->ws, i, words, sizeof words / sizeof *words)) return true;
    return false;
}

/* What is asked for, conditional, or before a parliament, whatever its verbs say; else nothing. */
static enum said_stage held_back(const struct scene *s, const struct line *l, const struct value *v,
                                 const struct reach *r, const struct around *acts,
                                 enum said_stage stage)
{
    const struct act *before[ACTS_MAX];
    uint32_t n = acts_between(l, r->begin, v->first, before);
    bool called = has_kind(acts, ACT_CALL) && !called_behind(l, v, acts);
    if (called || own_request(s, l, acts)) return SAID_CONSIDERED;
    if (conditional_at(l, v->first) || in_budget(l, r->begin, v->first)) return SAID_CONSIDERED;
    for (uint32_t i = 0; i < n; i++) /* "Congress must pass the $60 billion package" */
        if (before[i]->kind == ACT_OUGHT && !done(l, v, acts)) return SAID_CONSIDERED;
    bool asked = l->question && word_classes(&l->ws->word[l->first]) & (IS(aux) | IS(future));
    if (asked && stage > SAID_CONSIDERED) return SAID_CONSIDERED; /* "has Germany sent them?" */
    if (l->question && stage == SAID_PROVIDED && !over(acts))
        return l->classes & IS(future) ? SAID_ANNOUNCED : SAID_CONSIDERED; /* "will they send" */
    return stage_in_parliament(s, l, v, r);
}

/* Where the verbs leave it open: by the list, the sentence, or what was said before. */
static enum said_stage stage_in_scene(const struct scene *s, const struct line *l,
                                      const struct value *v, const struct reach *r,
                                      enum said_stage stage, enum said_stage behind)
{
    const struct act *before[ACTS_MAX];
    uint32_t n = acts_between(l, r->begin, v->first, before);
    if (s->list && stage == SAID_NO_STAGE) stage = s->list_stage;
    if (stage == SAID_NO_STAGE && !(l->classes & (IS(future) | IS(whether))) &&
        carries_aid(s, l, v))
        return SAID_PROVIDED; /* "we were up to 200 trucks a day" */
    if (stage == SAID_NO_STAGE &&
        (word_between(l, r->begin, r->end, "today") || word_between(l, r->begin, r->end, "new")))
        return SAID_ANNOUNCED;
    if (stage == SAID_NO_STAGE && n == 0 && every_year(l, r)) return SAID_PROVIDED;
    if (stage == SAID_NO_STAGE &&
        word_between(l, r->begin, r->end, "included")) /* "drawdowns included 9 guns" */
        return s->stage == SAID_COMMITTED ? SAID_COMMITTED : SAID_PROVIDED;
    if (stage == SAID_NO_STAGE ||
        (pronoun_subject(l, r) && s->stage && stage == SAID_PROVIDED && !behind &&
         !(n && before[n - 1]->perfect))) /* but "It has trained 50 pilots" */
        stage = s->stage ? s->stage : stage;
    if (stage == SAID_PROVIDED && n && before[n - 1]->form == 'g' && !before[n - 1]->perfect &&
        in_future(l, r))
        return SAID_ANNOUNCED;
    if (stage == SAID_PROVIDED && v->kind == VALUE_MONEY && freshly_given(l, v, before, n))
        return SAID_ANNOUNCED;
    if (stage == SAID_NO_STAGE) stage = SAID_ANNOUNCED;
    return stage == SAID_ANNOUNCED && !behind && added_to(l, v) ? SAID_PROVIDED : stage;
}

/* "Ukraine will get $500 million": what is to be got soon is announced. */
static bool will_be_got(const struct line *l, const struct value *v)
{
    enum { BACK = 5 };
    for (uint32_t i = v->first; i > l->first + 1 && i + BACK > v->first; i--)
        if ((word_is(l->ws, i - 1, "get") || word_is(l->ws, i - 1, "receive")) &&
            word_classes(&l->ws->word[i - 2]) & IS(future))
            return true;
    return false;
}

enum said_stage stage_of_value(const struct scene *s, const struct line *l, const struct value *v,
                               const struct reach *r, const struct around *acts,
                               const struct said_parties *giver)
{
    const struct act *before[ACTS_MAX];
    uint32_t n = acts_between(l, r->begin, v->first, before);
    enum said_stage stage = stage_behind(l, v), behind = stage;
    if (stage == SAID_NO_STAGE) stage = stage_of(before, n);
    if (stage == SAID_NO_STAGE) stage = stage_of(acts->act, acts->count);
    if (stage == SAID_NO_STAGE && n && before[n - 1]->kind == ACT_DECIDE &&
        before[n - 1]->form == 'd' && !before[n - 1]->future && !before[n - 1]->infinitive &&
        !before[n - 1]->modal)
        stage = SAID_COMMITTED; /* "the EU has agreed a 5 billion euro facility" */
    enum said_stage held = held_back(s, l, v, r, acts, stage);
    if (held != SAID_NO_STAGE) return held;
    bool nouns = true;
    for (uint32_t i = 0; i < acts->count; i++)
        nouns &= acts->act[i]->form == 'n' || acts->act[i]->kind == ACT_HAVE;
    if ((stage == SAID_NO_STAGE || nouns) && bygone(l, r))
        return s->stage == SAID_PROVIDED ? SAID_PROVIDED : SAID_COMMITTED;
    if ((stage == SAID_NO_STAGE || nouns) && v->kind == VALUE_MONEY && is_left(l, v, r))
        return SAID_COMMITTED;
    if (s->requested && asked_of_ours(s, giver) && !done(l, v, acts) && !plans(s, l, before, n))
        return SAID_CONSIDERED;
    if (will_be_got(l, v)) return SAID_ANNOUNCED;
    bool thanks = n > 0 && behind != SAID_PROVIDED;
    for (uint32_t i = 0; i < n; i++)
        thanks &= before[i]->kind == ACT_THANK || before[i]->kind == ACT_HAVE;
    if (thanks && has_kind(acts, ACT_THANK))
        return SAID_ANNOUNCED; /* "thank you for $45 billion" */
    bool total = strcmp(list_word(l, r->begin, v->first), "total") == 0 || brings_to(l, v, r);
    bool sums = v->first > r->begin && (word_is(l->ws, v->first - 1, "totaling") ||
                                        word_is(l->ws, v->first - 1, "totalling"));
    bool said = n && before[n - 1]->kind == ACT_PROMISE && before[n - 1]->form != 'n' &&
                before[n - 1]->end + 2 >= v->first; /* "bringing them together and announcing" */
    bool news = said || (sums && stage == SAID_ANNOUNCED && promised(before, n));
    if (total && !news && stage != SAID_PROVIDED && stage != SAID_CONSIDERED) return SAID_COMMITTED;
    if (training_of(l, v) && in_future(l, r)) return SAID_ANNOUNCED;
    return stage_in_scene(s, l, v, r, stage, behind);
}
