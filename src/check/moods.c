/*
 * moods.c - whether a sentence says that something is so; see hearing.h.
 *
 * Read from the number back to its verb: a plan, a wish, a denial, a need and
 * a question are no claims about what the book holds.
 */
#include "check/hearing.h"

static const struct phrase moods[] = {
    {"has", M_IS},         {"have", M_IS},          {"had", M_IS},
    {"is", M_IS},          {"are", M_IS},           {"was", M_IS},
    {"were", M_IS},        {"gave", M_IS},          {"sent", M_IS},
    {"provided", M_IS},    {"committed", M_IS},     {"providing", M_IS},
    {"brings", M_IS},      {"brought", M_IS},       {"provision", M_IS},
    {"bringing", M_IS},    {"will", M_PLAN},        {"shall", M_PLAN},
    {"going to", M_PLAN},  {"plan to", M_PLAN},     {"plans to", M_PLAN},
    {"intend to", M_PLAN}, {"intends to", M_PLAN},  {"intended to", M_PLAN},
    {"propose", M_PLAN},   {"proposed", M_PLAN},    {"proposes", M_PLAN},
    {"expect", M_PLAN},    {"expected to", M_PLAN}, {"aim to", M_PLAN},
    {"goal", M_PLAN},      {"target", M_PLAN},      {"sustain", M_PLAN},
    {"would", M_MAY},      {"could", M_MAY},        {"might", M_MAY},
    {"may", M_MAY},        {"should", M_MAY},       {"if", M_MAY},
    {"unless", M_MAY},     {"whether", M_MAY},      {"not", M_NOT},
    {"never", M_NOT},      {"no", M_NOT},           {"without", M_NOT},
    {"cannot", M_NOT},     {"need", M_NEED},        {"needs", M_NEED},
    {"needed", M_NEED},    {"must", M_NEED},        {"asking", M_ASK},
    {"asked", M_ASK},      {"requesting", M_ASK},   {"requested", M_ASK},
    {"calling on", M_ASK}, {"calls on", M_ASK},     {NULL, 0}};

/* "no more than", "not only", "not counting": negations of something else. */
static const struct phrase harmless[] = {
    {"no more", 1},       {"no less", 1},  {"no fewer", 1}, {"not more", 1},
    {"not less", 1},      {"not only", 1}, {"not just", 1}, {"not counting", 1},
    {"not including", 1}, {"no doubt", 1}, {NULL, 0}};

const char *mood_reason(int mood)
{
    switch (mood) {
    case M_PLAN: return "a plan for the future";
    case M_MAY: return "a condition or a wish, not what is";
    case M_NOT: return "it is denied, not claimed";
    case M_NEED: return "a need, not support";
    case M_ASK: return "a request, not support";
    default: return NULL;
    }
}

int mood_at(const struct sentence_tokens *s, uint32_t i)
{
    uint32_t n;
    const struct phrase *p = phrase_longest(s, i, moods, &n);
    return p && !phrase_longest(s, i, harmless, &n) ? p->value : M_IS;
}

/* The mood of the words before the number, the nearest first; "if" wherever it stands. */
const char *mood_of(const struct work *w)
{
    uint32_t n, ignored;
    for (uint32_t i = 0; i < w->s.count; i++) {
        if (token_is(&w->s, i, "if") || token_is(&w->s, i, "unless")) return mood_reason(M_MAY);
    }
    if (w->s.count && token_is(&w->s, w->s.count - 1, "?")) return "a question, not a claim";
    uint32_t i = w->f.first, stop = i > 16 ? i - 16 : 0;
    bool is = false;
    while (i > stop) {
        i--;
        if (parts_clauses(&w->s, i)) break;
        const struct phrase *p = phrase_longest(&w->s, i, moods, &n);
        if (!p || i + n > w->f.first || phrase_longest(&w->s, i, harmless, &ignored)) continue;
        if (in_time(w, i) || (token_is(&w->s, i, "may") && w->s.token[i].capital)) continue;
        if (p->value == M_IS) {
            is = true;
            continue; /* "has not provided", "would have provided" */
        }
        bool governs = !is || p->value == M_MAY || p->value == M_NOT;
        if (governs) return mood_reason(p->value);
    }
    return NULL;
}

static const struct phrase fresh_words[] = {{"additional", 1}, {"another", 1}, {"new", 1},
                                            {"newly", 1},      {"further", 1}, {"tranche", 1},
                                            {"package", 1},    {NULL, 0}};

/* "an additional $800 million", "a $800 million package": one gift. */
bool is_fresh(const struct work *w)
{
    uint32_t n, from = w->f.first > 6 ? w->f.first - 6 : 0;
    uint32_t to = w->f.first + w->f.count + 4;
    for (uint32_t i = from; i < to && i < w->s.count; i++) {
        if (i >= w->f.first + w->f.count && ends_phrase(&w->s, i)) break;
        if (phrase_longest(&w->s, i, fresh_words, &n)) return true;
    }
    return false;
}
