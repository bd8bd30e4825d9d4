/*
 * acts.c - what is done in a sentence: its verbs and their nouns, and how far
 * they have come.
 *
 * English verb groups are short: what changes a verb's meaning (not, will,
 * has been, could, ready to, continue to) stands within a few words before
 * it. So an act looks back over helpers until a word that is none.
 */
#include "read/line.h"

#include <string.h>

enum { HELPERS_MAX = 9 }; /* words before a verb that can belong to it */

struct act_class {
    enum word_class class;
    enum act_kind kind;
};

/* A word that is several: the first of these decides. */
static const struct act_class act_classes[] = {
    {WORD_call, ACT_CALL},     {WORD_consider, ACT_CONSIDER}, {WORD_need, ACT_NEED},
    {WORD_commit, ACT_COMMIT}, {WORD_promise, ACT_PROMISE},   {WORD_give, ACT_GIVE},
    {WORD_decide, ACT_DECIDE}, {WORD_give, ACT_GIVE},         {WORD_host, ACT_GIVE},
    {WORD_train, ACT_GIVE},    {WORD_aid, ACT_AID},           {WORD_ought, ACT_OUGHT},
    {WORD_thank, ACT_THANK},   {WORD_have, ACT_HAVE},
};

#define ACT_WORDS                                                                                  \
    (IS(call) | IS(aid) | IS(consider) | IS(need) | IS(commit) | IS(promise) | IS(decide) |        \
     IS(give) | IS(host) | IS(train) | IS(ought) | IS(thank) | IS(have))

/* "Denmark said that it would send": the promise of another, told again. */
static bool told_would(const struct line *l, uint32_t i)
{
    enum { BACK = 7 };
    static const char *const told[] = {"said",     "announced", "pledged",   "promised",
                                       "declared", "confirmed", "committed", "agreed"};
    if (!word_is(l->ws, i, "would")) return false;
    for (uint32_t k = i; k > l->first && k + BACK > i; k--) {
        if (word_is(l->ws, k - 1, "if")) return false;
        if (word_in(l->ws, k - 1, told, sizeof told / sizeof *told)) return true;
    }
    return false;
}

/* What the word before the verb says of it; false when it is no helper. */
static bool take_helper(const struct line *l, uint32_t i, struct act *act, bool *been)
{
    const struct word *w = &l->ws->word[i];
    uint64_t c = word_classes(w);
    if (c & IS(deny)) act->denied = true;
    if (c & IS(future)) act->future = true;
    if (c & IS(whether)) {
        bool plan = strcmp(word_value(w, WORD_whether), "plan") == 0 || told_would(l, i);
        act->future |= plan;
        act->modal |= !plan;
    }
    if (c & IS(proceed) || word_is(l->ws, i, "still")) act->proceeds = true;
    if (c & IS(ought)) act->ought = true;
    if (c & IS(aux)) {
        const char *v = word_value(w, WORD_aux);
        if (strcmp(v, "have") == 0) act->perfect = true;
        if (strcmp(v, "past") == 0 || strcmp(v, "been") == 0) *been = true, act->perfect = true;
        if (strcmp(v, "be") == 0 || strcmp(v, "being") == 0) *been = true;
    }
    if (word_is(l->ws, i, "to")) {
        act->infinitive = true;
        return true;
    }
    bool gives = (act->kind == ACT_GIVE || act->kind == ACT_AID) && act->form != 'd';
    if (gives && word_is(l->ws, i, "can"))
        return act->modal = true; /* "so that we can send"; but "I can announce" */
    if (c & (IS(deny) | IS(future) | IS(whether) | IS(proceed) | IS(aux) | IS(ought))) return true;
    /* adverbs: "have already provided", "are now actively looking" */
    size_t len = w->len;
    if (len > 3 && !(w->shape & SHAPE_CAPITAL) &&
        memcmp(l->ws->text + w->at + len - 2, "ly", 2) == 0)
        return true;
    static const char *const between[] = {"help",    "yet",  "proud",   "able", "pleased", "happy",
                                          "glad",    "also", "already", "now",  "just",    "both",
                                          "all",     "be",   "still",   "even", "today",   "then",
                                          "further", "soon", "each"};
    return word_in(l->ws, i, between, sizeof between / sizeof *between);
}

/* "don't have any plans to send", "no decision to": what is planned by nobody is denied. */
static bool no_plan(const struct line *l, uint32_t to)
{
    enum { BACK = 7 };
    static const char *const nouns[] = {
        "plan", "plans", "intention", "intentions", "decision", "decisions", "proposal", "desire",
        "need", "move",  "moves",     "idea",       "calls",    "effort",    "efforts"};
    if (word_is(l->ws, to, "to") && to > l->first) to--; /* "plans to" may be one spelling */
    if (!word_in(l->ws, to, nouns, sizeof nouns / sizeof *nouns)) return false;
    for (uint32_t i = to; i > l->first && i + BACK > to; i--)
        if (at_class(l, i - 1) & IS(deny)) return true;
    return false;
}

/* "paused a shipment of bombs", "held up the delivery": what is stopped is not given. */
static bool halted(const struct line *l, uint32_t i)
{
    enum { BACK = 5, BEHIND = 12 };
    static const char *const verbs[] = {
        "pause",    "paused",   "pausing",   "halt",       "halted",      "halting", "suspend",
        "withhold", "withheld", "suspended", "suspending", "withholding", "delayed", "blocked",
        "stopped",  "stop",     "blocking",  "stopping",   "delaying"};
    static const char *const stopped[] = {"paused", "withheld", "halted", "suspended"};
    for (uint32_t k = i; k > l->first && k + BACK > i; k--) {
        if (l->ws->word[k - 1].shape & SHAPE_MARK) return false;
        if (word_in(l->ws, k - 1, verbs, sizeof verbs / sizeof *verbs)) return true;
    }
    for (uint32_t k = i + 2; k < l->end && k < i + BEHIND;
         k++) { /* "the one that has been paused" */
        if (mark_at(l, k, ',') || mark_at(l, k, ';')) return false;
        bool is = at_class(l, k - 1) & IS(aux) || word_is(l->ws, k - 1, "remains");
        if (is && word_in(l->ws, k, stopped, 4)) return true;
    }
    return false;
}

/* "opposed the delivery", "ruled out any transfer of": what stands before the article. */
static bool noun_denied(const struct line *l, uint32_t i)
{
    static const char *const articles[] = {"the", "a", "an", "any", "all", "such", "this"};
    if (i < l->first + 2 || !word_in(l->ws, i - 1, articles, sizeof articles / sizeof *articles))
        return false;
    for (uint32_t span = 1; span <= 3 && span < i - l->first; span++)
        if (l->ws->word[i - 1 - span].span == span && at_class(l, i - 1 - span) & IS(deny))
            return true;
    return false;
}

/* "to prevent Iran from sending drones", "stops them from selling": what is prevented is no gift.
 */
static bool prevented(const struct line *l, uint32_t i)
{
    enum { BACK = 7 };
    static const char *const verbs[] = {
        "prevent",  "prevents",  "prevented",  "preventing", "stop",   "stops",    "stopped",
        "keep",     "keeps",     "keeping",    "block",      "blocks", "stopping", "deter",
        "bar",      "bars",      "barred",     "blocking",   "ban",    "hinder",   "deterring",
        "prohibit", "prohibits", "prohibited", "prohibiting"};
    if (i <= l->first + 1 || !word_is(l->ws, i - 1, "from")) return false;
    for (uint32_t k = i - 1; k > l->first && k + BACK > i; k--)
        if (word_in(l->ws, k - 1, verbs, sizeof verbs / sizeof *verbs)) return true;
    return false;
}

/* "USAID's recent provision of a turbine": it has been provided. */
static bool recent(const struct line *l, uint32_t i)
{
    enum { BACK = 3 };
    for (uint32_t k = i; k > l->first && k + BACK > i; k--)
        if (word_is(l->ws, k - 1, "recent") || word_is(l->ws, k - 1, "previous")) return true;
    return false;
}

/* "any such transfer of missiles": what might be, and nobody has said that it is. */
static bool of_any(const struct line *l, uint32_t i)
{
    enum { BACK = 2 };
    for (uint32_t k = i; k > l->first && k + BACK >= i; k--)
        if (word_is(l->ws, k - 1, "any")) return true;
    return false;
}

/* "We will make sure that we give them radars": what is made sure of is yet to come. */
static bool assured(const struct line *l, uint32_t i)
{
    enum { BACK = 6 };
    static const char *const sure[] = {"sure", "ensure", "see"}; /* "you will see us give" */
    for (uint32_t k = i; k > l->first + 1 && k + BACK > i; k--) {
        if (l->ws->word[k - 1].shape & SHAPE_MARK) return false;
        if (!word_in(l->ws, k - 1, sure, sizeof sure / sizeof *sure)) continue;
        uint32_t verb = word_is(l->ws, k - 2, "make") ? k - 2 : k - 1;
        uint32_t from = verb > l->first + 2 ? verb - 2 : l->first;
        return (classes_in(l, from, verb) & IS(future)) != 0;
    }
    return false;
}

static void add_act(struct line *l, uint32_t i, enum act_kind kind, const char *value)
{
    if (l->act_count == ACTS_MAX) return;
    const struct word *w = &l->ws->word[i];
    struct act *act = &l->acts[l->act_count++];
    *act = (struct act){.at = i, .end = i + w->span, .from = i, .kind = kind, .form = *value};
    if (act->end > l->end) act->end = l->end; /* captions: "been asking" and a new line */
    if (!*value) act->form = 'b';
    uint64_t c = word_classes(w);
    act->announces = act->form == 'g' && strchr(value, 'a') != NULL;
    act->moves = strchr(value, 'i') != NULL;
    act->asks = kind == ACT_NEED && strcmp(value, "ask") == 0;
    if (kind == ACT_NEED && strcmp(value, "noun") == 0) act->form = 'n';
    act->host = (c & IS(host)) != 0;
    act->train = (c & IS(train)) != 0;
    act->weak = strchr(value, 'w') != NULL;
    act->faint = strchr(value, 'v') != NULL;
    static const char *const binds[] = {"agreed", "decided", "reached", "made"};
    act->agrees = kind == ACT_DECIDE && act->form == 'd' &&
                  word_in(l->ws, i, binds, sizeof binds / sizeof *binds);

    bool been = false;
    for (uint32_t k = 0; k < HELPERS_MAX && act->from > l->first; k++) {
        uint32_t before = act->from - 1;
        for (uint32_t span = 2; span <= 4 && span <= act->from - l->first; span++)
            if (l->ws->word[act->from - span].span == span) before = act->from - span;
        if (!take_helper(l, before, act, &been)) break; /* "going to", "look forward to" too */
        act->from = before;
    }
    act->passive =
        (been || (i + w->span < l->end && word_is(l->ws, i + w->span, "by"))) && act->form == 'd';
    act->passive |= act->moves;
    act->denied |=
        no_plan(l, act->from) || (act->form == 'n' && (noun_denied(l, i) || of_any(l, i)));
    if (kind == ACT_GIVE && (act->form == 'n' || act->form == 'g')) act->denied |= halted(l, i);
    if (act->form == 'g') act->denied |= prevented(l, i);
    act->perfect |= act->form == 'n' && recent(l, i);
    if (act->form == 'g' && act->from == i && !(i > l->first && word_is(l->ws, i - 1, "by")))
        act->train = false; /* a noun: "training"; but "by training their pilots" */
    if (act->form == 'd' && !act->future && !act->modal && !act->infinitive) act->perfect = true;
    if (act->form == 'b' && act->from == i && kind == ACT_GIVE) act->future = assured(l, i);
}

/* "to send needed weapons": says which; not "they needed weapons", "the weapons were needed". */
static bool only_needed(const struct line *l, uint32_t i)
{
    if (!word_is(l->ws, i, "needed") || i == l->first || i + 1 >= l->end) return false;
    const struct mention *m = mention_at(l, i - 1);
    if ((m && !m->possessive) || at_class(l, i - 1) & (IS(aux) | IS(they))) return false;
    return (at_class(l, i + 1) & (IS(goods) | IS(soft))) != 0;
}

/* "previously approved authorities", "recently announced systems": a participle that describes. */
static bool said_before(const struct line *l, uint32_t i)
{
    static const char *const adverbs[] = {"previously", "newly", "recently"};
    if (i < l->first + 1 || i + 1 >= l->end) return false;
    if (!word_in(l->ws, i - 1, adverbs, sizeof adverbs / sizeof *adverbs)) return false;
    if (i >= l->first + 2 && (mention_at(l, i - 2) || at_class(l, i - 2) & IS(aux))) return false;
    const struct word *next = &l->ws->word[i + 1];
    return next->shape & SHAPE_WORD && !(word_classes(next) & (IS(function) | IS(aux)));
}

/* "their newly established fund", "much needed equipment": a participle that only describes. */
static bool adjective_here(const struct line *l, uint32_t i, const char *value)
{
    static const char *const articles[] = {"the", "a",    "an",   "our", "their",
                                           "its", "your", "this", "of",  "with"};
    if (*value != 'd' || i == l->first) return false;
    if (only_needed(l, i) || said_before(l, i)) return true;
    if (i >= l->first + 2 && mark_at(l, i - 1, '-') && l->ws->word[i].shape & SHAPE_GLUED)
        return true; /* "U.S.-provided missiles" */
    const struct word *before = &l->ws->word[i - 1];
    if (before->len > 3 && memcmp(l->ws->text + before->at + before->len - 2, "ly", 2) == 0 &&
        i >= l->first + 2)
        i--;
    return word_in(l->ws, i - 1, articles, sizeof articles / sizeof *articles);
}

/* A form that is noun as well as verb is a noun behind an article or an adjective of amount. */
static bool noun_here(const struct line *l, uint32_t i)
{
    static const char *const before[] = {"the", "a",    "an",    "our",  "their", "its",  "your",
                                         "of",  "this", "these", "more", "new",   "that", "in"};
    if (i == l->first) return false;
    return word_in(l->ws, i - 1, before, sizeof before / sizeof *before);
}

/* "support from Finland": a noun, unless a verb's place is shown by what stands before. */
static bool bare_noun(const struct line *l, uint32_t i, const char *value)
{
    if (*value && *value != 'b') return false;
    if (i == l->first) return false; /* "Support small businesses": a list item's verb */
    const struct mention *m = mention_at(l, i - 1);
    uint64_t before = word_classes(&l->ws->word[i - 1]);
    if (m && !m->possessive && !m->modifier && m->kind != MENTION_DEMONYM) return false;
    return !(word_is(l->ws, i - 1, "to") ||
             before & (IS(aux) | IS(future) | IS(whether) | IS(proceed)));
}

/* "ships", "supplies" are things, unless somebody named stands right before. */
static bool plural_here(const struct line *l, uint32_t i)
{
    const struct word *w = &l->ws->word[i];
    if (l->ws->text[w->at + w->len - 1] != 's' || i == l->first) return false;
    if (i > l->first + 1 && word_is(l->ws, i - 1, "also")) i--; /* "Italy also supplies" */
    const struct mention *m = mention_at(l, i - 1);
    return !m || m->possessive || m->modifier || m->kind == MENTION_DEMONYM;
}

/* "Japan will host a conference": of people or forces only is it support. */
static bool hosts_a_meeting(const struct line *l, uint32_t i)
{
    enum { OBJECT = 7 };
    static const char *const forms[] = {"host", "hosts", "hosted", "hosting"};
    static const char *const meetings[] = {"conference", "meeting", "summit",   "event",
                                           "forum",      "talks",   "dialogue", "roundtable",
                                           "meetings",   "call",    "ceremony", "ministerial"};
    if (!word_in(l->ws, i, forms, sizeof forms / sizeof *forms)) return false;
    for (uint32_t k = i + 1; k < l->end && k < i + OBJECT; k++)
        if (word_in(l->ws, k, meetings, sizeof meetings / sizeof *meetings)) return true;
    return false;
}

/* "a surge in goods": no verb behind an article, unless it is of something. */
static bool noun_of_verb(const struct line *l, uint32_t i, uint64_t classes)
{
    if (!(classes & IS(give)) || classes & (IS(host) | IS(train)) || i == l->first) return false;
    const char *form = word_value(&l->ws->word[i], WORD_give);
    if (*form && *form != 'b') return false;
    if (word_is(l->ws, i - 1, "of")) return true; /* "the trade of export commodities" */
    uint32_t behind = i + l->ws->word[i].span;
    if (word_is(l->ws, behind, "of") || word_is(l->ws, behind, "to")) return false;
    return word_is(l->ws, i - 1, "a") || word_is(l->ws, i - 1, "an") ||
           word_is(l->ws, i - 1, "the") || word_is(l->ws, i - 1, "this");
}

/* "anti-ship missiles", "air-supply": nothing is shipped. */
static bool compound_part(const struct line *l, uint32_t i)
{
    const struct word *w = &l->ws->word[i];
    if (i <= l->first + 1 || !(w->shape & SHAPE_GLUED) || !mark_at(l, i - 1, '-')) return false;
    if (l->ws->word[i - 2].span > 1) return true;
    char last = l->ws->text[w->at + w->len - 1];
    return last != 'd' && last != 'g' && last != 'n'; /* but "U.S.-provided", "EU-given" */
}

/* "We welcome Germany's decision": only people are taken in. */
static bool welcomes_no_people(const struct line *l, uint32_t i)
{
    enum { OBJECT = 12 };
    static const char *const forms[] = {"welcome", "welcomes", "welcomed", "welcoming"};
    if (!word_in(l->ws, i, forms, sizeof forms / sizeof *forms)) return false;
    for (uint32_t k = i + 1; k < l->end && k < i + OBJECT; k += l->ws->word[k].span) {
        const struct word *w = &l->ws->word[k];
        if (word_classes(w) & IS(fled) || strcmp(word_value(w, WORD_unit), "people") == 0)
            return false;
        const struct mention *m = mention_at(l, k);
        if (m && m->kind == MENTION_DEMONYM && !m->modifier) return false; /* "Ukrainians" */
    }
    return true;
}

/* "to get Ukraine tanks", "got 180 trucks into Gaza": somebody gives. Adds that act. */
static bool gets_to(struct line *l, uint32_t i)
{
    enum { OBJECT = 14 };
    static const struct {
        const char *word, *form;
    } verbs[] = {{"get", "b"}, {"got", "d"}, {"gotten", "d"}, {"getting", "g"}};
    const char *form = NULL;
    for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++)
        if (l->ws->word[i].span == 1 && word_is(l->ws, i, verbs[k].word)) form = verbs[k].form;
    if (!form) return false;
    const struct mention *whom = mention_at(l, i + 1);
    bool gives = whom && whom->kind == MENTION_NAME && !whom->possessive &&
                 (!whom->modifier || (*form != 'd' && i + 1 == whom->first));
    static const char *const tries[] = {"try", "trying", "tried", "tries"};
    bool tried = i >= l->first + 2 && word_in(l->ws, i - 2, tries, sizeof tries / sizeof *tries);
    bool things = false, them = word_is(l->ws, i + 1, "them") && *form != 'd';
    if (them && !tried) gives = (classes_in(l, i + 2, i + 6) & IS(goods)) != 0;
    for (uint32_t k = i + 1; k < l->end && k < i + OBJECT && !gives && !tried; k++) {
        if (l->ws->word[k].shape & SHAPE_MARK && !mark_at(l, k, ',') &&
            !(l->ws->word[k].shape & SHAPE_GLUED))
            break; /* but "SAMP-T" */
        if (at_class(l, k) & (IS(we) | IS(they) | IS(aux))) break;
        things |= (at_class(l, k) & IS(goods)) != 0;
        bool into = things && (word_is(l->ws, k, "into") || word_is(l->ws, k, "to"));
        gives = into && k + 1 < l->end &&
                (mention_at(l, k + 1) || (word_is(l->ws, k + 1, "the") && mention_at(l, k + 2)));
    }
    bool yet = *form == 'g' && i > l->first && word_is(l->ws, i - 1, "on"); /* "is working on" */
    if (gives) add_act(l, i, ACT_GIVE, yet ? "ga" : form);
    return gives;
}

/* "brought blankets to Kenya", "dropped meals over Gaza": behind the things stands where. */
static bool brings_there(struct line *l, uint32_t i)
{
    enum { OBJECT = 10 };
    static const struct {
        const char *word, *form;
    } verbs[] = {{"bring", "b"}, {"brings", "s"}, {"brought", "d"}, {"bringing", "ga"},
                 {"drop", "b"},  {"drops", "s"},  {"dropped", "d"}, {"dropping", "ga"}};
    static const char *const over[] = {"over", "into", "to", "across", "on"};
    const char *form = NULL;
    for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++)
        if (l->ws->word[i].span == 1 && word_is(l->ws, i, verbs[k].word)) form = verbs[k].form;
    bool drops = form && l->ws->text[l->ws->word[i].at] == 'd', things = false;
    for (uint32_t k = i + 1; form && k + 1 < l->end && k < i + OBJECT; k++) {
        if (l->ws->word[k].shape & SHAPE_MARK && !mark_at(l, k, ',')) return false;
        if (at_class(l, k) & (IS(we) | IS(they) | IS(aux) | IS(hostile))) return false;
        const char *goods = word_value(&l->ws->word[k], WORD_goods);
        bool fired = strncmp(goods, "ammu", 4) == 0 || strncmp(goods, "equi", 4) == 0;
        if (drops && fired) return false; /* bombs */
        things |= *goods && strncmp(goods, "pers", 4) != 0;
        if (!things || !word_in(l->ws, k, over, sizeof over / sizeof *over)) continue;
        const struct mention *m = mention_at(l, k + 1);
        if (!m && k + 2 < l->end) m = mention_at(l, k + 2); /* "northern Gaza" */
        if (!m || m->possessive || m->kind > MENTION_DEMONYM) continue;
        add_act(l, i, ACT_GIVE, form);
        return true;
    }
    return false;
}

/* "multiple launches of missiles": a plural, unless somebody or "which" stands right before. */
static bool plural_of_act(const struct line *l, uint32_t i)
{
    static const char *const before[] = {"who", "which", "that", "and",  "also",
                                         "it",  "he",    "she",  "then", "now"};
    const struct word *w = &l->ws->word[i];
    if (!(word_classes(w) & IS(decide)) || *word_value(w, WORD_decide) != 's') return false;
    if (i == l->first || w->span > 1 || mention_at(l, i - 1)) return false;
    return word_classes(&l->ws->word[i - 1]) & (IS(scale) | IS(digit) | IS(vague)) ||
           (!word_in(l->ws, i - 1, before, sizeof before / sizeof *before) &&
            word_is(l->ws, i + 1, "of"));
}

/* "make sure Ukraine has weapons", "ensure that Moldova gets fuel": who makes sure gives. */
static bool makes_sure(struct line *l, uint32_t i)
{
    enum { OBJECT = 8, WHO = 18 };
    static const char *const gets[] = {"has", "have", "had", "gets", "get", "receives", "receive"};
    static const char *const sure[] = {"ensure", "ensures", "ensuring", "sure"};
    if (!word_in(l->ws, i, sure, sizeof sure / sizeof *sure)) return false;
    uint32_t at = word_is(l->ws, i, "sure") && i > l->first ? i - 1 : i, k = i + 1;
    if (k < l->end && word_is(l->ws, k, "that")) k++;
    const struct mention *m = k < l->end ? mention_at(l, k) : NULL;
    if (!m && k + 1 < l->end && !at_class(l, k)) m = mention_at(l, k + 1); /* "brave Ukrainians" */
    if (m && (m->possessive || m->modifier)) return false;
    if (!m && !word_is(l->ws, k, "they") && !word_is(l->ws, k, "it")) return false;
    k = m ? m->first + m->count : k + 1;
    if (word_is(l->ws, k, "who")) /* "Ukrainians who defend their homes have" */
        while (k < l->end && k < i + WHO && !(l->ws->word[k].shape & SHAPE_MARK) &&
               !word_in(l->ws, k, gets, sizeof gets / sizeof *gets))
            k++;
    if (k >= l->end || !word_in(l->ws, k, gets, sizeof gets / sizeof *gets)) return false;
    const struct word *next = &l->ws->word[k + 1 < l->end ? k + 1 : k];
    if (next->len > 4 && memcmp(l->ws->text + next->at + next->len - 2, "ed", 2) == 0)
        return false;      /* "sure they have registered" */
    uint32_t need = k + 1; /* "what it needs" is nothing, "the radars it needs" are things */
    while (need < l->end && need < k + 1 + OBJECT && !(at_class(l, need) & IS(need))) need++;
    if (!(classes_in(l, k + 1, need) & IS(goods))) return false;
    bool making = word_is(l->ws, at, "making") || word_is(l->ws, at, "ensuring");
    add_act(l, at, ACT_GIVE, making ? "ga" : "b");
    return true;
}

/* "the 16 individuals who received clemency": they are taken in by nobody. */
static bool gets_something(const struct line *l, uint32_t i)
{
    return i > l->first && word_is(l->ws, i, "received") &&
           (word_is(l->ws, i - 1, "who") || word_is(l->ws, i - 1, "they"));
}

/* "keeping weapons flowing to Ukraine" */
static bool keeps_flowing(struct line *l, uint32_t i)
{
    enum { OBJECT = 8 };
    static const char *const keeps[] = {"keep", "keeps", "keeping", "kept"};
    static const char *const moves[] = {"flowing", "coming", "moving", "going"};
    if (!word_in(l->ws, i, keeps, sizeof keeps / sizeof *keeps)) return false;
    bool things = false;
    for (uint32_t k = i + 1; k < l->end && k < i + OBJECT; k++) {
        things |= (at_class(l, k) & IS(goods)) != 0;
        if (!things || !word_in(l->ws, k, moves, sizeof moves / sizeof *moves)) continue;
        add_act(l, i, ACT_GIVE, word_is(l->ws, i, "keeping") ? "g" : "b");
        return true;
    }
    return false;
}

/* "is committed to working with Congress": to do something, and nothing is given. */
static bool commits_to_do(const struct line *l, uint32_t i)
{
    uint32_t to = i + l->ws->word[i].span, verb = to + 1;
    if (verb >= l->end || !word_is(l->ws, to, "to")) return false;
    const struct word *w = &l->ws->word[verb];
    bool doing = w->len > 5 && memcmp(l->ws->text + w->at + w->len - 3, "ing", 3) == 0;
    return doing && !(word_classes(w) & (IS(give) | IS(aid) | IS(commit)));
}

/* "put $7 billion on the table", "going to put F-16s into Ukraine": it is given. */
static bool puts_there(struct line *l, uint32_t i)
{
    enum { OBJECT = 12 };
    static const char *const puts[] = {"put", "puts", "putting"};
    if (!word_in(l->ws, i, puts, sizeof puts / sizeof *puts) || l->ws->word[i].span > 1)
        return false;
    bool money = false, things = false, table = false, there = false;
    for (uint32_t k = i + 1; k + 1 < l->end && k < i + OBJECT && !there; k++) {
        const struct word *w = &l->ws->word[k];
        if (w->shape & SHAPE_MARK && !mark_at(l, k, ',') && !mark_at(l, k, '$') &&
            !mark_at(l, k, '-'))
            return false;
        money |= (word_classes(w) & (IS(currency) | IS(scale))) != 0 || mark_at(l, k, '$');
        const char *goods = word_value(w, WORD_goods);
        things |= *goods && strncmp(goods, "personnel", strlen("personnel")) != 0;
        table = money && word_is(l->ws, k, "on") && word_is(l->ws, k + 2, "table");
        there = table || (things && word_is(l->ws, k, "into") && mention_at(l, k + 1));
    }
    if (!there) return false;
    bool to = i > l->first && (word_is(l->ws, i - 1, "to") || at_class(l, i - 1) & IS(future));
    add_act(l, i, table ? ACT_PROMISE : ACT_GIVE,
            word_is(l->ws, i, "putting") ? "ga"
            : to                         ? "b"
                                         : "d");
    return true;
}

/* "will make another $8 million available to Moldova": it is given. */
static bool makes_available(struct line *l, uint32_t i)
{
    enum { OBJECT = 12 };
    static const struct {
        const char *word, *form;
    } verbs[] = {{"make", "b"}, {"makes", "s"}, {"made", "d"}, {"making", "ga"}};
    bool things = false;
    for (uint32_t k = i + 1; k < l->end && k < i + OBJECT && l->ws->word[i].span == 1; k++) {
        const struct word *w = &l->ws->word[k];
        if (things && word_is(l->ws, k, "available")) {
            for (size_t v = 0; v < sizeof verbs / sizeof *verbs; v++)
                if (word_is(l->ws, i, verbs[v].word)) add_act(l, i, ACT_GIVE, verbs[v].form);
            return true;
        }
        things |= word_classes(w) & IS(goods) || mark_at(l, k, '$') || word_classes(w) & IS(scale);
        bool ends = w->shape & SHAPE_MARK && !(w->shape & SHAPE_GLUED) && !mark_at(l, k, '$');
        if (ends || mark_at(l, k, ',') || word_classes(w) & (IS(aux) | IS(we))) return false;
    }
    return false;
}

/* "will double its contribution", "raised their aid to 90 million": more is given. */
static bool raises_aid(struct line *l, uint32_t i)
{
    static const struct {
        const char *word, *form;
    } verbs[] = {{"double", "b"},    {"doubles", "s"},     {"doubled", "d"},  {"doubling", "ga"},
                 {"triple", "b"},    {"tripled", "d"},     {"increase", "b"}, {"increases", "s"},
                 {"increased", "d"}, {"increasing", "ga"}, {"raise", "b"},    {"raised", "d"},
                 {"raising", "ga"},  {"boost", "b"},       {"boosted", "d"},  {"boosting", "ga"}};
    static const char *const whose[] = {"its", "their", "our", "his", "her"};
    if (l->ws->word[i].len < 5 || i + 2 >= l->end ||
        !word_in(l->ws, i + 1, whose, sizeof whose / sizeof *whose))
        return false;
    if (!(classes_in(l, i + 2, i + 5) & IS(soft))) return false;
    for (uint32_t k = i + 2; k < i + 5 && k < l->end; k++)
        if (strcmp(word_value(&l->ws->word[k], WORD_theme), "money") == 0) return false;
    for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++) {
        if (!word_is(l->ws, i, verbs[k].word)) continue;
        add_act(l, i, ACT_GIVE, verbs[k].form);
        return true;
    }
    return false;
}

/* "gave guidance to Ukraine", "give an update on the trucks": only words are given. */
static bool gives_words(const struct line *l, uint32_t i)
{
    enum { OBJECT = 6 };
    static const char *const words[] = {
        "update",  "updates",  "guidance", "readout",    "details",     "detail",
        "remarks", "speech",   "answer",   "answers",    "information", "sense",
        "preview", "overview", "briefing", "briefings",  "comment",     "statement",
        "clarity", "mandate",  "timeline", "permission", "message",     "signal",
        "warning", "notice",   "thanks",   "chance",     "opportunity", "credit"};
    static const char *const ends[] = {"that", "which", "to", "about", "on", "of"};
    static const char *const selves[] = {"itself",  "themselves", "himself",
                                         "herself", "ourselves",  "yourself"};
    const struct word *w = &l->ws->word[i];
    if (!(word_classes(w) & IS(give)) || *word_value(w, WORD_give) == 'n') return false;
    if (word_in(l->ws, i + w->span, selves, sizeof selves / sizeof *selves)) return true;
    for (uint32_t k = i + w->span; k < l->end && k < i + OBJECT; k++) {
        const struct word *o = &l->ws->word[k];
        if (o->shape & SHAPE_MARK || word_classes(o) & (IS(goods) | IS(soft))) return false;
        if (o->len < 6 && word_in(l->ws, k, ends, sizeof ends / sizeof *ends)) return false;
        if (o->len > 4 && word_in(l->ws, k, words, sizeof words / sizeof *words)) return true;
    }
    return false;
}

/* "food, shelter, and medicine": one of the things, and nobody is sheltered. */
static bool shelter_noun(const struct line *l, uint32_t i)
{
    if (!word_is(l->ws, i, "shelter") || i == l->first) return false;
    if (!mark_at(l, i - 1, ',') && !word_is(l->ws, i - 1, "and")) return false;
    return i + 1 == l->end || l->ws->word[i + 1].shape & SHAPE_MARK ||
           word_is(l->ws, i + 1, "and") || word_is(l->ws, i + 1, "for") ||
           word_is(l->ws, i + 1, "to");
}

/* "humanitarian needs", "Moldova's needs": a noun, and not what somebody says. */
static bool needs_noun(const struct line *l, uint32_t i)
{
    static const char *const before[] = {
        "humanitarian", "energy",    "defense",        "defence",   "security",
        "urgent",       "immediate", "battlefield",    "basic",     "critical",
        "winter",       "financing", "financial",      "funding",   "military",
        "medical",      "emergency", "reconstruction", "recovery",  "infrastructure",
        "economic",     "own",       "growing",        "specific",  "development",
        "essential",    "term",      "these",          "those",     "our",
        "their",        "your",      "strategic",      "budgetary", "operational",
        "equipment",    "'s"};
    return i > l->first && l->ws->word[i].span == 1 && word_is(l->ws, i, "needs") &&
           word_in(l->ws, i - 1, before, sizeof before / sizeof *before);
}

/* "seek to deepen", "seek opportunities": an aim is no need, unless it is to get something. */
static bool only_aims(const struct line *l, uint32_t i)
{
    static const char *const forms[] = {"seek", "seeks", "seeking", "sought"};
    static const char *const gets[] = {"acquire", "obtain", "buy",     "purchase",
                                       "get",     "secure", "procure", "receive"};
    static const char *const aims[] = {"opportunities", "ways", "cooperation", "input"};
    if (l->ws->word[i].span > 1 || !word_in(l->ws, i, forms, sizeof forms / sizeof *forms))
        return false;
    if (word_is(l->ws, i + 1, "to"))
        return !word_in(l->ws, i + 2, gets, sizeof gets / sizeof *gets);
    return word_in(l->ws, i + 1, aims, sizeof aims / sizeof *aims);
}

/* "turned back", "back in May": backs nobody; "we back Moldova" does. */
static bool only_back(const struct line *l, uint32_t i)
{
    static const char *const whom[] = {"the", "its", "their", "our", "up", "this", "these"};
    return word_is(l->ws, i, "back") && l->ws->word[i].span == 1 &&
           !(i + 1 < l->end && mention_at(l, i + 1)) &&
           !word_in(l->ws, i + 1, whom, sizeof whom / sizeof *whom);
}

/* "to address urgent needs for food": what meets them is given, and they are no need of it. */
static bool meets_needs(const struct line *l, uint32_t i)
{
    enum { BACK = 6 };
    static const char *const meets[] = {"address", "addressing", "meet",   "meets", "meeting",
                                        "met",     "serve",      "serves", "cover", "fill"};
    if (!word_is(l->ws, i + l->ws->word[i].span - 1u, "needs")) return false;
    for (uint32_t k = i; k > l->first && k + BACK > i; k--)
        if (word_in(l->ws, k - 1, meets, sizeof meets / sizeof *meets)) return true;
    return false;
}

/* "asked about the jets", "I asked you whether": a question is no request. */
static bool only_asks(const struct line *l, uint32_t i)
{
    static const char *const forms[] = {"ask", "asks", "asked", "asking"};
    static const char *const whom[] = {"you", "me", "him", "her", "them", "us"};
    static const char *const openers[] = {"about", "when", "where", "whether", "why",
                                          "how",   "what", "who",   "which",   "if"};
    if (l->ws->word[i].span > 1 || !word_in(l->ws, i, forms, sizeof forms / sizeof *forms))
        return false;
    uint32_t k = i + 1;
    if (word_in(l->ws, k, whom, sizeof whom / sizeof *whom)) k++;
    if (k < l->end && l->ws->word[k].len > 3 && !word_is(l->ws, k, "only") &&
        memcmp(l->ws->text + l->ws->word[k].at + l->ws->word[k].len - 2, "ly", 2) == 0)
        k++; /* "ask you briefly about" */
    return k < l->end && (word_in(l->ws, k, openers, sizeof openers / sizeof *openers) ||
                          mark_at(l, k, ':') || mark_at(l, k, '"'));
}

/* "conducted extensive training of soldiers", "is pursuing training for pilots" */
static bool gives_training(struct line *l, uint32_t i)
{
    enum { NEAR = 6 };
    static const struct {
        const char *word, *form;
    } verbs[] = {{"conduct", "b"},    {"conducts", "s"},   {"conducted", "d"}, {"conducting", "g"},
                 {"pursuing", "ga"},  {"begin", "b"},      {"begun", "d"},     {"began", "d"},
                 {"beginning", "ga"}, {"start", "b"},      {"started", "d"},   {"starting", "ga"},
                 {"continue", "b"},   {"continuing", "g"}, {"expand", "b"},    {"expanding", "ga"}};
    uint32_t k = i + 1;
    while (k < l->end && k < i + NEAR && !word_is(l->ws, k, "training") &&
           (!(l->ws->word[k].shape & SHAPE_MARK) || mark_at(l, k, '-')))
        k++; /* "F-16 training" */
    if (!word_is(l->ws, k, "training")) return false;
    static const char *const whose[] = {"of", "for"};
    bool of = k + 1 < l->end && word_in(l->ws, k + 1, whose, sizeof whose / sizeof *whose) &&
              classes_in(l, k + 2, k + 6) & (IS(goods) | IS(demonym) | IS(party));
    bool whom = k == i + 1 && classes_in(l, k + 1, k + 4) & IS(goods); /* "begin training pilots" */
    if (!of && !whom) return false;
    for (size_t v = 0; v < sizeof verbs / sizeof *verbs; v++) {
        if (!word_is(l->ws, i, verbs[v].word)) continue;
        add_act(l, i, ACT_GIVE, verbs[v].form);
        if (l->act_count) l->acts[l->act_count - 1].train = whom || of;
        return true;
    }
    return false;
}

/* "our training of Ukrainian pilots": a noun of giving, if people stand behind. */
static bool training_of_people(struct line *l, uint32_t i)
{
    enum { NEAR = 5 };
    if (!word_is(l->ws, i, "training") || i == l->first) return false;
    if (!word_is(l->ws, i + 1, "of") && !word_is(l->ws, i + 1, "for")) return false;
    const struct mention *m = mention_before(l, i);
    if (!m || !(m->possessive || m->modifier)) return false;
    for (uint32_t k = i + 2; k < l->end && k < i + NEAR; k++) {
        if (!(at_class(l, k) & (IS(goods) | IS(demonym)))) continue;
        add_act(l, i, ACT_GIVE, "n");
        if (l->act_count) l->acts[l->act_count - 1].train = true;
        return true;
    }
    return false;
}

/*
 * Whether the word's first and third letters are those of one of the words below: asked of every
 * word, this is a few steps where all of them would be a step each. Bits by a letter's number.
 */
static bool may_begin(uint32_t first)
{
#define LETTER(c) (UINT32_C(1) << ((c)&31))
    static const uint32_t thirds[32] = {
        ['b' & 31] = LETTER('g') | LETTER('i') | LETTER('o'), /* begin, bring, boost, brought */
        ['c' & 31] = LETTER('n'),                             /* conduct, continue */
        ['d' & 31] = LETTER('o') | LETTER('u'),               /* drop, double */
        ['e' & 31] = LETTER('p') | LETTER('s'),               /* expand, ensure */
        ['g' & 31] = LETTER('t'),                             /* get, got */
        ['i' & 31] = LETTER('c'),                             /* increase */
        ['k' & 31] = LETTER('e') | LETTER('p'),               /* keep, kept */
        ['m' & 31] = LETTER('d') | LETTER('k'),               /* made, make */
        ['p' & 31] = LETTER('r') | LETTER('t'),               /* pursuing, put */
        ['r' & 31] = LETTER('i'),                             /* raise */
        ['s' & 31] = LETTER('a') | LETTER('r'),               /* start, sure */
        ['t' & 31] = LETTER('i'),                             /* triple */
    };
#undef LETTER
    return thirds[first & 31] >> (first >> 16 & 31) & 1;
}

/* Phrases that give although no word of them does. */
static bool phrase_of_giving(struct line *l, uint32_t i)
{
    /* how such a phrase begins: a row for each letter, of which most words have another */
    static const char *const begins[] = {
        "get",  "got",  "gott", "gett", "ensu", "sure", "keep", "kept", "doub", "trip",
        "incr", "rais", "boos", "put",  "puts", "putt", "cond", "purs", "begi", "bega",
        "begu", "star", "cont", "expa", "make", "made", "maki", "brin", "brou", "drop"};
    if (!may_begin(l->ws->word[i].first)) return false;
    if (!word_begins(l->ws, i, begins, sizeof begins / sizeof *begins)) return false;
    switch (l->ws->word[i].first & 0xff) {
    case 'g': return gets_to(l, i);
    case 'e':
    case 's': return makes_sure(l, i) || gives_training(l, i);
    case 'k': return keeps_flowing(l, i);
    case 'm': return makes_available(l, i);
    case 'c': return gives_training(l, i);
    case 'd': return raises_aid(l, i) || brings_there(l, i);
    case 'b': return raises_aid(l, i) || brings_there(l, i) || gives_training(l, i);
    case 'p': return puts_there(l, i) || gives_training(l, i);
    default: return raises_aid(l, i) || gives_training(l, i);
    }
}

/* "the House", "House and Senate leaders": a chamber houses nobody. */
static bool the_house(const struct line *l, uint32_t i)
{
    if (!word_is(l->ws, i, "house")) return false;
    return (l->ws->word[i].shape & SHAPE_CAPITAL && i > l->first) || noun_here(l, i);
}

/* "I also want to discuss": what somebody speaks of now is no thought of a gift. */
static bool speaks_now(const struct line *l, uint32_t i)
{
    enum { BACK = 6 };
    if (!(at_class(l, i) & IS(consider)) || *word_value(&l->ws->word[i], WORD_consider))
        return false;
    for (uint32_t k = i; k > l->first && k + BACK > i; k--) {
        if (l->ws->word[k - 1].shape & SHAPE_MARK) return false;
        if (word_is(l->ws, k - 1, "i")) return true;
    }
    return false;
}

/* "will provide drones, train pilots and deliver shells", "is going to meet them and send tanks":
 * what is said of the first verb. */
static void share_helpers(struct line *l)
{
    enum { BACK = 16 };
    static const char *const subjects[] = {"we", "i", "they", "he", "she"};
    for (uint32_t k = 0; k < l->act_count; k++) {
        struct act *act = &l->acts[k];
        if (act->form != 'b' || act->from != act->at || act->kind != ACT_GIVE) continue;
        if (act->at <= l->first + 1) continue;
        if (!mark_at(l, act->at - 1, ',') && !word_is(l->ws, act->at - 1, "and")) continue;
        uint32_t begin = clause_begin(l, act->at), i = act->at - 1;
        if (begin + BACK < act->at) begin = act->at - BACK;
        while (i > begin && !(at_class(l, i) & (IS(future) | IS(whether) | IS(aux))) &&
               !word_in(l->ws, i, subjects, sizeof subjects / sizeof *subjects))
            i--;
        act->future = (at_class(l, i) & IS(future)) != 0;
        act->modal = strcmp(word_value(&l->ws->word[i], WORD_whether), "modal") == 0;
    }
}

/* "are sending tanks and training your crews": a verb, if people stand behind it. */
static void trains_beside(struct line *l)
{
    enum { NEAR = 4 };
    for (uint32_t k = 1; k < l->act_count; k++) {
        struct act *act = &l->acts[k];
        const struct act *before = &l->acts[k - 1];
        if (act->form != 'g' || act->from != act->at || !word_is(l->ws, act->at, "training"))
            continue;
        if (before->form != 'g' || before->from == before->at) continue;
        if (!mark_at(l, act->at - 1, ',') && !word_is(l->ws, act->at - 1, "and")) continue;
        if (word_is(l->ws, act->end, "of") || word_is(l->ws, act->end, "for")) continue;
        if (!(classes_in(l, act->end, act->end + NEAR) & (IS(goods) | IS(demonym)))) continue;
        act->train = true;
        act->future = before->future;
        act->announces = before->announces;
    }
}

void find_acts(struct line *l)
{
    for (uint32_t i = l->first; i < l->end; i += l->ws->word[i].span) {
        uint64_t c = at_class(l, i);
        l->classes |= c;
        if (phrase_of_giving(l, i) || training_of_people(l, i)) continue;
        if (!(c & ACT_WORDS) || plural_of_act(l, i) || speaks_now(l, i)) continue;
        if (c & IS(need) && (only_asks(l, i) || only_aims(l, i) || meets_needs(l, i))) continue;
        if (c & IS(aid) && only_back(l, i)) continue;
        if (c & IS(need) && needs_noun(l, i)) {
            add_act(l, i, ACT_NEED, "noun");
            continue;
        }
        if (c & IS(host) && (shelter_noun(l, i) || the_house(l, i))) continue;
        if (c & IS(give) && gives_words(l, i)) continue;
        if (c & (IS(goods) | IS(soft)) && (noun_here(l, i) || plural_here(l, i))) continue;
        enum word_class as = c & IS(aid) ? WORD_aid : WORD_give; /* "support", "fund" */
        if (c & IS(soft) && c & (IS(aid) | IS(give)) &&
            bare_noun(l, i, word_value(&l->ws->word[i], as)))
            continue;
        if (compound_part(l, i) || hosts_a_meeting(l, i) || noun_of_verb(l, i, c)) continue;
        if (c & IS(commit) && commits_to_do(l, i)) continue;
        bool thanks = welcomes_no_people(l, i) || gets_something(l, i);
        for (size_t k = 0; k < sizeof act_classes / sizeof *act_classes; k++) {
            if (!(c >> act_classes[k].class & 1)) continue;
            if (thanks && act_classes[k].kind == ACT_GIVE) continue;
            const char *value = word_value(&l->ws->word[i], act_classes[k].class);
            if (!adjective_here(l, i, value)) add_act(l, i, act_classes[k].kind, value);
            break;
        }
    }
    share_helpers(l);
    if (l->classes & IS(train)) trains_beside(l);
}

uint32_t acts_between(const struct line *l, uint32_t begin, uint32_t i,
                      const struct act *out[ACTS_MAX])
{
    uint32_t n = 0;
    for (uint32_t k = 0; k < l->act_count; k++) {
        const struct act *act = &l->acts[k];
        if (act->at >= begin && act->at < i) out[n++] = act;
    }
    return n;
}

/* --- stages --- */

static enum said_stage stage_of_giving(const struct act *act)
{
    if (act->modal) return SAID_CONSIDERED;
    if (act->future) return SAID_ANNOUNCED;
    if (act->infinitive && act->perfect) return SAID_PROVIDED; /* "have been able to provide" */
    if (act->infinitive && act->form == 'd') return SAID_ANNOUNCED; /* "to be provided" */
    if (act->form == 'd') return SAID_PROVIDED;
    if (act->form == 'g') /* but "is still sending" */
        return act->announces && !act->perfect && !act->proceeds ? SAID_ANNOUNCED : SAID_PROVIDED;
    if (act->infinitive && !act->proceeds) return SAID_ANNOUNCED;
    if (act->form == 'n') return act->perfect ? SAID_PROVIDED : SAID_ANNOUNCED;
    return SAID_PROVIDED;
}

enum said_stage stage_of(const struct act *const *acts, uint32_t count)
{
    enum said_stage stage = SAID_NO_STAGE;
    bool over = false, to = false; /* to: only "to provide" has been said so far */
    for (uint32_t k = count; k-- > 0;) {
        const struct act *act = acts[k];
        switch (act->kind) {
        case ACT_CONSIDER: /* but "they discussed what Iran has provided" */
            if (over && stage == SAID_PROVIDED && act->form != 'r') break;
            return SAID_CONSIDERED;
        case ACT_CALL: return SAID_CONSIDERED;
        case ACT_PROMISE:
            if (act->modal && stage != SAID_PROVIDED) return SAID_CONSIDERED;
            if (!over) stage = SAID_ANNOUNCED;
            break;
        case ACT_COMMIT:
            if (act->modal)
                stage = SAID_CONSIDERED; /* but "I announce that we are ready to commit" */
            else if (stage == SAID_NO_STAGE || stage == SAID_PROVIDED || (to && act->form == 'd'))
                stage = act->future ? SAID_ANNOUNCED : SAID_COMMITTED;
            over = act->perfect && act->from < act->at; /* "announced that it has approved" */
            break;
        case ACT_GIVE:
        case ACT_AID:
            if (stage != SAID_NO_STAGE) break;
            if ((act->form == 'n' || (act->form == 'g' && act->from == act->at)) && k &&
                acts[k - 1]->kind == ACT_COMMIT && acts[k - 1]->form == 'd')
                break; /* "ordered the deployment of", "approved sending" */
            stage = stage_of_giving(act);
            to = act->infinitive && !act->perfect && !act->future && !act->modal;
            over = act->perfect && act->form == 'd'; /* "I can announce that we have delivered" */
            break;
        case ACT_THANK:
            if (stage == SAID_NO_STAGE) stage = SAID_PROVIDED;
            break;
        case ACT_DECIDE: /* "has agreed to send" */
            if (to && act->agrees && !act->modal && stage == SAID_ANNOUNCED)
                stage = act->future ? SAID_ANNOUNCED : SAID_COMMITTED;
            break;
        case ACT_NEED:
        case ACT_OUGHT:
        case ACT_HAVE: break;
        }
    }
    return stage;
}
