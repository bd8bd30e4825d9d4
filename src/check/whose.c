/*
 * whose.c - who gives and who gets; see hearing.h.
 *
 * What the reader took goes before what is found here, for it knows the
 * speaker. A sentence typed by hand has only its prepositions and its order.
 */
#include <string.h>

#include "base/text.h"
#include "check/hearing.h"
#include "names/names.h"

/* --- whose --- */

static void add_subject(struct claim *c, const char *key)
{
    for (uint32_t i = 0; i < c->subjects; i++) {
        if (strcmp(c->subject[i], key) == 0) return;
    }
    if (c->subjects < CLAIM_PARTIES_MAX) c->subject[c->subjects++] = key;
}

/* "European Allies", "some Allies": not all of them, and not said which. */
static bool some_allies(const struct work *w)
{
    static const struct phrase before[] = {
        {"european", 1}, {"eastern", 1}, {"western", 1},    {"some", 1},
        {"several", 1},  {"many", 1},    {"most", 1},       {"other", 1},
        {"certain", 1},  {"baltic", 1},  {"nordic", 1},     {"these", 1},
        {"those", 1},    {"few", 1},     {"individual", 1}, {NULL, 0}};
    uint32_t n;
    for (uint32_t i = 1; i < w->s.count; i++) {
        if (!token_is(&w->s, i, "allies")) continue;
        uint32_t at = token_is(&w->s, i - 1, "nato") && i > 1 ? i - 2 : i - 1;
        if (phrase_longest(&w->s, at, before, &n)) return true;
    }
    return false;
}

/* The Allies; "Allies and partners" and whoever has no name are all who give. */
static bool add_allies(struct work *w, struct claim *c)
{
    if (some_allies(w)) {
        cannot(w, "which Allies is not said");
        return false;
    }
    bool partners = says(w, "allies and partners") || says(w, "partners and allies") ||
                    says(w, "allies and our partners");
    if ((says(w, "allies") || says(w, "nato")) && !partners)
        add_subject(c, "Allies");
    else
        w->countries = true;
    return true;
}

/* A party's code as the reader gives it, as keys of givers; false when the book keeps no such. */
static bool add_giver(struct work *w, struct claim *c, const char *code)
{
    if (strcmp(code, "ALLIES") == 0 || strcmp(code, "Allies") == 0 || strcmp(code, "NATO") == 0) {
        return add_allies(w, c);
    }
    if (strcmp(code, "EU") == 0) {
        add_subject(c, "EU");
        if (says(w, "member states") || says(w, "members")) add_subject(c, "EU-members");
        return true;
    }
    const char *group = names_group(code);
    const struct known_party *p = names_party(code);
    if (group || p) {
        add_subject(c, p ? p->key : group);
        return true;
    }
    cannot(w, text_format(w->a, "%s is not one that the book tells apart", code));
    return false;
}

/* A name at token i: how many tokens, and its key. Capitals only, but for "allies". */
static uint32_t name_at(const struct work *w, uint32_t i, const char **key)
{
    static const struct {
        const char *words, *key;
    } houses[] = {{"america", "USA"},     {"us", "USA"},        {"u.s", "USA"},
                  {"britain", "GBR"},     {"kyiv", "UKR"},      {"washington", "USA"},
                  {"white house", "USA"}, {"ukrainians", "UKR"}};
    const struct sentence_tokens *s = &w->s;
    for (uint32_t n = 4; n >= 1; n--) {
        if (i + n > s->count) continue;
        if (!s->token[i].capital && !token_is(s, i, "allies")) return 0;
        const struct token *from = &s->token[i], *to = &s->token[i + n - 1];
        const char *text = arena_bytes(w->a, s->text + from->at, to->end - from->at);
        const struct known_party *p = names_party(text);
        const char *group = p ? NULL : names_group(text);
        if (n == 1 && from->end - from->at < 4 && strcmp(from->word, "eu") != 0 && p &&
            strcmp(text, p->key) != 0 && strcmp(text, "US") != 0 && strcmp(text, "UK") != 0) {
            p = NULL; /* "In", "To", "Is" are no codes of countries */
        }
        *key = group ? group : p ? p->key : NULL;
        if (*key) return n;
    }
    for (size_t k = 0; k < sizeof houses / sizeof *houses; k++) {
        uint32_t n = phrase_at(s, i, houses[k].words);
        if (!n || (strcmp(houses[k].words, "us") == 0 && s->token[i].end - s->token[i].at != 2)) {
            continue;
        }
        const char *raw = s->text + s->token[i].at;
        if (strcmp(houses[k].words, "us") == 0 && raw[1] != 'S') continue;
        *key = houses[k].key;
        return n;
    }
    return 0;
}

static bool preposition(const struct sentence_tokens *s, uint32_t i, const char *word)
{
    if (i > 0 && token_is(s, i - 1, word)) return true;
    return i > 1 && token_is(s, i - 1, "the") && token_is(s, i - 2, word);
}

/* Givers and receiver of a sentence that nobody read: by prepositions and order. */
static void find_parties(struct work *w, struct claim *c)
{
    const char *key;
    const struct sentence_tokens *s = &w->s;
    uint32_t giver_end = 0; /* behind the last name that gives; 0: none yet */
    for (uint32_t i = 0; i < s->count;) {
        uint32_t n = name_at(w, i, &key);
        if (!n) {
            i++;
            continue;
        }
        bool gets = preposition(s, i, "to") || preposition(s, i, "for") ||
                    (i > 0 && verb_of_giving(s, i - 1)) || strcmp(key, "UKR") == 0;
        bool gives = preposition(s, i, "by") || preposition(s, i, "from");
        bool aside = in_time(w, i) || preposition(s, i, "against") || preposition(s, i, "into") ||
                     strcmp(key, "RUS") == 0;
        bool joined = giver_end && i > giver_end && i <= giver_end + 2 &&
                      (token_is(s, giver_end, "and") || token_is(s, giver_end, ","));
        if (gives && !in_time(w, i) && strcmp(key, "RUS") != 0) {
            c->subjects = giver_end && !joined ? 0 : c->subjects;
            add_giver(w, c, key);
            giver_end = i + n;
        } else if (gets && !aside) {
            if (!c->receiver) c->receiver = key;
        } else if (!aside && (!giver_end || joined)) {
            add_giver(w, c, key);
            giver_end = i + n;
        }
        i += n;
    }
}

/* A receiver that the reader did not give, but the sentence names. */
void find_receiver(struct work *w, struct claim *c)
{
    struct claim found = {.subjects = 0};
    const char *why = w->out->why;
    find_parties(w, &found);
    w->out->why = why;
    c->receiver = found.receiver;
}

/* "we, the G7," and "we, the Leaders of the Group of Seven (G7),": the key of who says "we". */
static const char *apposition(const struct work *w)
{
    const struct sentence_tokens *s = &w->s;
    const char *key;
    for (uint32_t i = 0; i + 3 < s->count; i++) {
        if (!token_is(s, i, "we") || !token_is(s, i + 1, ",") || !token_is(s, i + 2, "the"))
            continue;
        for (uint32_t at = i + 3; at < i + 12 && at < s->count && !token_is(s, at, ","); at++) {
            if (name_at(w, at, &key)) return key;
        }
    }
    return NULL;
}

/*
 * Whether the sentence names a country as the place or the receiver of it, and
 * never this one: a speech about Ukraine has a sentence on floods elsewhere.
 */
static bool is_elsewhere(const struct work *w, const char *receiver)
{
    const char *key;
    bool other = false;
    for (uint32_t i = 0; i < w->s.count;) {
        uint32_t n = name_at(w, i, &key);
        if (n && strcmp(key, receiver) == 0) return false;
        bool place = preposition(&w->s, i, "in") || preposition(&w->s, i, "to") ||
                     preposition(&w->s, i, "for");
        if (n && place && !in_time(w, i)) other = true;
        i += n ? n : 1;
    }
    return other;
}

static bool we_speak(const struct work *w)
{
    return says(w, "we") || says(w, "our") || says(w, "us");
}

bool set_parties(struct work *w, struct claim *c)
{
    const struct said *said = w->spoken->said;
    const char *we = apposition(w);
    if (we) add_subject(c, we);
    for (uint32_t i = 0; !we && said && i < said->giver.count; i++) {
        if (!add_giver(w, c, said->giver.code[i])) return false;
    }
    if (said && said->receiver.count > 1) {
        cannot(w, "it counts support for others beside");
        return false;
    }
    if (said && said->receiver.count == 1) {
        const struct known_party *p = names_party(said->receiver.code[0]);
        if (!p) {
            cannot(w, text_format(w->a, "%s is not one that the book tells apart",
                                  said->receiver.code[0]));
            return false;
        }
        c->receiver = p->key;
        if (is_elsewhere(w, p->key)) {
            cannot(w, "it is for somebody else than the document is about");
            return false;
        }
    }
    if (!said || (said->giver.count == 0 && said->receiver.count == 0)) find_parties(w, c);
    if (w->allies || w->countries) c->subjects = 0;
    if (w->allies) add_subject(c, "Allies");
    if (w->group && c->measure == CLAIM_COUNT) add_subject(c, w->group);
    bool named = c->subjects || (said && said->giver.count);
    if (named || w->countries) return true;
    if (we_speak(w) && w->spoken->side) return add_giver(w, c, w->spoken->side);
    bool everybody = c->measure == CLAIM_COUNT || c->measure == CLAIM_GROWTH || says(w, "world") ||
                     says(w, "community");
    if (everybody) return true;
    cannot(w, "who gives is not said");
    return false;
}
