/*
 * abroad.c - whether the talk is of the world, or of matters at home.
 *
 * A government speaks of aid and arms for ten minutes and of school meals for
 * the next forty. What is given at home are gifts by every sign of grammar, and
 * none of ours. So every sentence is asked whom it names. Words of home
 * ("Medicare") last until somebody abroad is named; and a press room that is
 * asked about anything is at home again some sentences after the last one that
 * named anybody abroad, or a thing of war. There nothing is read.
 */
#include <string.h>

#include "read/scene.h"

enum {
    HOMELY = 4, /* sentences for which the talk stays at home after a word of home */
    ABROAD = 8, /* and abroad after somebody there was named, in a press room */
};

/* Somebody outside the house that publishes: "Poland", "Allies", "the United Nations". */
static bool abroad(const struct scene *s, const struct mention *m)
{
    static const char *const domestic[] = {"Congress",        "Senate",         "House",
                                           "Federal Reserve", "private sector", "Microsoft",
                                           "Google",          "Boeing"};
    if (!m->code || m->code == s->home || strcmp(m->code, s->home) == 0) return false;
    const struct word *w = &s->ws->word[m->first];
    if (word_classes(w) & IS(namesake) && strcmp(word_value(w, WORD_namesake), s->home) == 0)
        return false;
    if (m->kind == MENTION_GROUP && !is_named(m->code))
        return s->ws->word[m->first].first == first_four("alli");
    for (size_t k = 0; m->kind == MENTION_BODY && k < sizeof domestic / sizeof *domestic; k++)
        if (strcmp(m->code, domestic[k]) == 0) return false;
    return true;
}

static bool one_abroad(const struct scene *s, const struct mention *m, uint32_t n)
{
    for (uint32_t k = 0; k < n; k++)
        if (abroad(s, &m[k])) return true;
    return false;
}

/* Apart from one_abroad(), as most sentences name nobody. */
static inline bool names_abroad(const struct scene *s, const struct sentence *sent)
{
    return sent->classes & IS(envoy) ||
           (sent->named_count && one_abroad(s, sent->named, sent->named_count));
}

/* "humanitarian assistance": for others, wherever it is spoken of. */
static bool humanitarian(const struct scene *s, const struct sentence *sent)
{
    if (!(sent->classes & IS(soft))) return false;
    for (uint32_t i = sent->first; i < sent->first + sent->count; i++)
        if (word_is(s->ws, i, "humanitarian")) return true;
    return false;
}

/* "military", "missiles", "Abrams", "refugees": a word of war. */
static bool of_war(const struct scene *s, const struct sentence *sent)
{
    static const char *const words[] = {"refugee",   "refugees",  "displaced", "tanks", "drones",
                                        "artillery", "howitzers", "pilots",    "jets"};
    if (!(sent->classes & (IS(matter) | IS(goods) | IS(fled)))) return false;
    for (uint32_t i = sent->first; i < sent->first + sent->count; i += s->ws->word[i].span) {
        const struct word *w = &s->ws->word[i];
        uint64_t c = word_classes(w);
        if (!(c & (IS(matter) | IS(goods) | IS(fled)))) continue;
        if (c & IS(matter) && strcmp(word_value(w, WORD_matter), "ours") == 0 &&
            !word_is(s->ws, i, "security"))
            return true;
        if (word_in(s->ws, i, words, sizeof words / sizeof *words)) return true;
        if (!(c & IS(goods))) continue;
        enum goods g = goods_of(word_value(w, WORD_goods));
        bool name = w->shape & SHAPE_CAPITAL && i > sent->first; /* "Abrams", "F-16s" */
        if (g == GOODS_AMMUNITION || (g == GOODS_EQUIPMENT && name)) return true;
    }
    return false;
}

/* The sentences that name somebody abroad, of a hundred. */
static uint32_t share_abroad(const struct scene *s)
{
    uint32_t named = 0, n = s->ws->sentence_count;
    for (uint32_t i = 0; i < n; i++) named += names_abroad(s, &s->ws->sentence[i]);
    return n ? named * 100 / n : 0;
}

void note_room(struct scene *s)
{
    enum { FEW = 10, HOMELY_SHARE = 4, OUTWARD_SHARE = 40 };
    if (!s->home || !is_country(s->home) || s->focused || s->request) return;
    uint32_t share = s->ws->sentence_count < FEW ? HOMELY_SHARE : share_abroad(s);
    bool asks = s->out->title && strstr(s->out->title, "Congress"); /* for home as well */
    s->outward = share >= OUTWARD_SHARE && s->talk->count == 1 && !asks && !s->joint &&
                 !s->together && !s->talk->turns[0].turn.speaker;
    s->press_room = share < HOMELY_SHARE && !s->adversary; /* about bridges, schools, broadband */
    for (uint32_t t = 0; t < s->talk->count && !s->press_room; t++)
        s->press_room = s->talk->turns[t].turn.kind == TURN_QUESTION ||
                        (s->talk->turns[t].turn.speaker && !s->adversary); /* remarks on anything */
}

/* "we won't walk away from you": said to a guest, who is of another country. */
static bool told_to_guest(const struct scene *s, const struct sentence *sent)
{
    return sent->classes & IS(you) && s->addressed && is_country(s->addressed) &&
           strcmp(s->addressed, s->home) != 0 &&
           s->talk->turns[s->turn].turn.kind == TURN_STATEMENT;
}

void note_whereabouts(struct scene *s, const struct sentence *sent)
{
    if (!s->home || !is_country(s->home)) return;
    bool guest = s->side.we && s->side.we != s->home && strcmp(s->side.we, s->home) != 0,
         home = sent->classes & IS(home) && !s->outward;
    if (names_abroad(s, sent) || told_to_guest(s, sent)) {
        s->domestic = 0;
        s->abroad = ABROAD;
        return;
    }
    bool aid = humanitarian(s, sent);
    if (aid || (sent->bullet && !home))
        s->domestic = 0;
    else if (home)
        s->domestic = sent->bullet ? 1 : HOMELY;
    else if (s->domestic)
        s->domestic--;
    if (guest || aid || (s->press_room && !home && of_war(s, sent)))
        s->abroad = ABROAD;
    else if (home)
        s->abroad = 0;
    else if (s->abroad)
        s->abroad--;
}

bool at_home_now(const struct scene *s)
{
    return s->domestic || (s->press_room && !s->abroad);
}
