/*
 * parties.c - see parties.h.
 *
 * The lexicon has already found the longest name at each word; what is left
 * is to tell names from what only looks like one. Capitals do that for most
 * ("Turkey", not "turkey"; "US", not "us"), and for the seats of governments
 * the words around them: a capital that announces something is a government,
 * a capital that somebody travels to is a place.
 */
#include "read/parties.h"

#include <string.h>

#include "base/text.h"
#include "names/names.h"
#include "read/glance.h"

#define THINGS                                                                                     \
    (IS(goods) | IS(unit) | IS(soft) | IS(theme) | IS(channel) | IS(group) | IS(body) | IS(fled) | \
     IS(person))
#define VERBS                                                                                      \
    (IS(aux) | IS(future) | IS(give) | IS(commit) | IS(promise) | IS(decide) | IS(need) |          \
     IS(consider) | IS(whether) | IS(have) | IS(receive) | IS(ought) | IS(proceed) | IS(deny))

/* --- names --- */

/* The last character of the word is a capital or a digit, or no letter of ASCII. */
static bool ends_high(const struct words *ws, const struct word *w)
{
    char c = ws->text[w->at + w->len - 1];
    return !(c >= 'a' && c <= 'z');
}

/*
 * Whether the name at i is written as one: capitals where the table's value
 * has them ("humanitarian organizations" needs none), and an acronym of up to
 * three letters in full ("WHO", not "Who").
 */
static bool written_as_name(const struct glance *v, uint32_t i, const char *code)
{
    const struct word *w = &v->ws->word[i];
    if (code[0] >= 'a' && code[0] <= 'z') return true;
    unsigned char c = (unsigned char)v->ws->text[w->at];
    if (!(w->shape & (SHAPE_CAPITAL | SHAPE_NUMBER)) && c < 0x80) return false;
    return w->span > 1 || w->len > 3 || ends_high(v->ws, w);
}

/* A first name before "Jordan", "Georgia", "Israel": an unknown capitalised word. */
static bool surname(const struct glance *v, uint32_t i)
{
    static const char *const names[] = {"jordan", "georgia", "israel", "chad",
                                        "paris",  "sofia",   "london"};
    if (v->ws->word[i].span > 1 || !ONE_OF(v, i, names)) return false;
    static const char *const titles[] = {"mr", "ms", "mrs", "dr", "congressman", "senator"};
    if (i > v->first && ONE_OF(v, i - 1, titles)) return true;
    if (is(v, i - 1, ".") && i > v->first + 1 && ONE_OF(v, i - 2, titles)) return true;
    uint8_t before = i > v->first ? shape(v, i - 1) : 0;
    bool named =
        before & SHAPE_CAPITAL && before & SHAPE_WORD && classes(v, i - 1) == 0 && i - 1 > v->first;
    /* "Chad Smith": an unknown capitalised word behind it, and no state's word */
    bool first_name =
        shape(v, i + 1) & SHAPE_CAPITAL && shape(v, i + 1) & SHAPE_WORD && classes(v, i + 1) == 0;
    return named || first_name;
}

/* Whether goods or money stand in the five words before i: what goes "to Kyiv" then is a gift. */
static bool goods_before(const struct glance *v, uint32_t i)
{
    uint32_t low = i > v->first + 5 ? i - 5 : v->first;
    for (uint32_t k = low; k < i; k++)
        if (classes(v, k) & (IS(goods) | IS(soft) | IS(channel) | IS(currency))) return true;
    return false;
}

/* Whether the capital at i stands for its government. */
static bool acts(const struct glance *v, uint32_t i)
{
    uint32_t next = i + v->ws->word[i].span;
    if (i > v->first) {
        static const char *const carriers[] = {"to", "for", "from"};
        static const char *const places[] = {"in",    "at",       "near",    "outside", "around",
                                             "into",  "through",  "leaving", "of",      "reach",
                                             "visit", "visiting", "over",    "via",     "on"};
        static const char *const moves[] = {"convince", "persuade", "urge", "press", "ask"};
        if (ONE_OF(v, i - 1, carriers)) return goods_before(v, i - 1);
        if (ONE_OF(v, i - 1, moves) && is(v, next, "to")) return true; /* "persuade Rome to" */
        if (ONE_OF(v, i - 1, places)) return false;
        if (shape(v, i - 1) & SHAPE_CAPITAL && classes(v, i - 1) == 0 && i - 1 > v->first)
            return false;
    }
    if (shape(v, next) & SHAPE_CAPITAL) return false;
    if (is(v, next, "'s")) return !(shape(v, next + 1) & SHAPE_MARK);
    if (is(v, next, "and") && classes(v, next + 1) & IS(seat)) return true;
    return classes(v, next) & VERBS;
}

/* The code of the name at i, or NULL; *kind is how it is said. */
static const char *name_at(const struct glance *v, uint32_t i, enum mention_kind *kind)
{
    const struct word *w = &v->ws->word[i];
    uint64_t c = word_classes(w);
    static const struct {
        uint64_t class;
        enum word_class value;
        enum mention_kind kind;
    } forms[] = {{IS(person), WORD_person, MENTION_PERSON},
                 {IS(party), WORD_party, MENTION_NAME},
                 {IS(demonym), WORD_demonym, MENTION_DEMONYM},
                 {IS(group), WORD_group, MENTION_GROUP},
                 {IS(seat), WORD_seat, MENTION_NAME}};
    for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
        if (!(c & forms[k].class)) continue;
        const char *code = word_value(w, forms[k].value);
        bool group = forms[k].kind == MENTION_GROUP;
        if (!*code || (!group && !written_as_name(v, i, code))) continue;
        if (forms[k].class == IS(party) && surname(v, i)) continue;
        if (forms[k].class == IS(seat) && !acts(v, i)) continue;
        *kind = forms[k].kind;
        return code;
    }
    return NULL;
}

/* Whether the code is one of the contract's: a country, NATO, EU, UN, G7, ALLIES. */
static bool coded(const char *code)
{
    static const char *const bodies[] = {"NATO", "EU", "UN", "G7", "ALLIES"};
    for (size_t k = 0; k < sizeof bodies / sizeof *bodies; k++)
        if (*code == *bodies[k] && strcmp(code, bodies[k]) == 0) return true;
    if (strlen(code) != 3) return false;
    const struct known_party *p = names_party(code);
    return p && strcmp(p->type, "nation") == 0;
}

/* A spelling of several words that only looks like a party: "Bank of England", a named fund. */
static bool covered(const struct glance *v, uint32_t i)
{
    const struct word *w = &v->ws->word[i];
    if (w->span < 2 || !(w->shape & SHAPE_CAPITAL)) return false;
    return word_classes(w) & (IS(function) | IS(channel));
}

/* --- what follows --- */

static bool possessive(const struct glance *v, uint32_t next)
{
    if (is(v, next, "'s")) return true;
    return is(v, next, "'") && shape(v, next) & SHAPE_GLUED;
}

/* Ends like an adverb: "Germany quickly". */
static bool adverb(const struct glance *v, uint32_t i)
{
    const struct word *w = &v->ws->word[i];
    const char *end = v->ws->text + w->at + w->len;
    return w->len > 3 && end[-1] == 'y' && end[-2] == 'l';
}

/* Whether the mention stands before the noun it belongs to: "German tanks", "US troops". */
static bool modifier(const struct glance *v, uint32_t i, uint32_t next, enum mention_kind kind)
{
    uint8_t s = shape(v, next);
    if (is(v, next, "-") && s & SHAPE_GLUED && shape(v, next + 1) & SHAPE_GLUED) return true;
    if (!(s & SHAPE_WORD) || s & SHAPE_BULLET || shape(v, next) & SHAPE_NUMBER) return false;
    uint64_t c = classes(v, next);
    if (c & (IS(aux) | IS(future) | IS(we) | IS(you) | IS(they) | IS(ought) | IS(deny)))
        return false;
    char last = v->ws->text[v->ws->word[next - 1].at + v->ws->word[next - 1].len - 1];
    if (kind == MENTION_DEMONYM && last == 's' && !word_is(v->ws, i, "swiss")) return false;
    if (c & THINGS || *value(v, next, WORD_give) == 'n') return true; /* "the Danish delivery of" */
    if (c & (IS(function) | IS(when) | VERBS)) return false;
    static const char *const verbs[] = {
        "said", "says",  "say",  "told",  "made",  "saw",   "did",    "came",    "went", "met",
        "took", "began", "got",  "stood", "led",   "held",  "kept",   "left",    "ran",  "fell",
        "won",  "lost",  "knew", "knows", "spoke", "wrote", "thinks", "believes"};
    if (ONE_OF(v, next, verbs)) return false;
    if (kind == MENTION_DEMONYM) return !adverb(v, next);
    if (c != 0 || adverb(v, next)) return false;
    return shape(v, i) & SHAPE_UPPER || word_is(v->ws, i, "u.s.");
}

static void put(const struct glance *v, uint32_t i, struct mention *m, enum mention_kind kind,
                const char *code)
{
    uint32_t count = v->ws->word[i].span;
    if (i + count > v->end) count = v->end - i;
    uint32_t next = i + count;
    *m = (struct mention){.first = i, .count = count, .kind = kind, .code = code};
    m->possessive = possessive(v, next);
    if (!m->possessive) m->modifier = modifier(v, i, next, kind);
}

/* "the President", "this administration": nobody's by name, nor "of" anybody. */
static bool office(const struct glance *v, uint32_t i, struct mention *m)
{
    static const char *const articles[] = {"the", "this", "our"};
    uint32_t next = behind(v, i);
    uint8_t s = shape(v, next);
    if (i == v->first || !ONE_OF(v, i - 1, articles) || is(v, next, "of") || is(v, next, "-"))
        return false;
    if (s & SHAPE_CAPITAL && s & SHAPE_WORD) return false;
    *m = (struct mention){.first = i, .count = next - i, .kind = MENTION_OFFICE};
    m->possessive = possessive(v, next);
    return true;
}

/* "we", "your", "them": who is meant is for the caller to say. */
static bool pronoun(const struct glance *v, uint32_t i, struct mention *m)
{
    uint64_t c = classes(v, i);
    if (c & IS(office)) return office(v, i, m);
    if (!(c & (IS(we) | IS(you) | IS(they))) || v->ws->word[i].span > 1) return false;
    enum mention_kind kind = c & IS(we) ? MENTION_WE : c & IS(you) ? MENTION_YOU : MENTION_THEY;
    static const char *const owned[] = {"our", "ours", "my", "your", "yours", "their", "theirs"};
    *m = (struct mention){.first = i, .count = 1, .kind = kind};
    m->possessive = ONE_OF(v, i, owned);
    return true;
}

uint32_t parties_of(struct arena *a, const struct words *ws, const struct sentence *s,
                    struct mention out[MENTIONS_MAX])
{
    (void)a; /* every code lives in the lexicon */
    struct glance v = {ws, s->first, s->first + s->count, NULL};
    uint64_t any = NAME_WORDS | IS(we) | IS(you) | IS(they) | IS(office);
    uint32_t n = 0;
    if (!(s->classes & any)) return 0;
    for (uint32_t i = v.first; i < v.end && n < MENTIONS_MAX;) {
        const struct word *w = &ws->word[i];
        uint64_t c = word_classes(w); /* of entry 0: none */
        if (!(c & any)) {
            i += w->span > 1 && covered(&v, i) ? w->span : 1;
            continue;
        }
        enum mention_kind kind;
        const char *code = name_at(&v, i, &kind);
        if (code) {
            if (kind == MENTION_NAME && !coded(code)) kind = MENTION_BODY;
            put(&v, i, &out[n], kind, code);
            i += out[n++].count;
        } else if (pronoun(&v, i, &out[n])) {
            i += out[n++].count;
        } else {
            i++;
        }
    }
    return n;
}

/* --- whose side --- */

/* Text as words, for the few words of a role or heading. */
struct phrase {
    struct words ws;
    struct glance v;
};

static void phrase_of(struct arena *a, const char *text, struct phrase *out)
{
    struct plain p = {.text = text, .len = (uint32_t)strlen(text)};
    *out = (struct phrase){0};
    words_of(a, &p, 0, p.len, &out->ws);
    out->v = (struct glance){&out->ws, 0, out->ws.count, NULL};
}

/* The first party named in [from, end), a capital that is only a place included; NULL. */
static const char *first_party(const struct phrase *p, uint32_t from, uint32_t end, uint64_t of)
{
    static const enum word_class values[] = {WORD_party, WORD_demonym, WORD_seat, WORD_person};
    for (uint32_t i = from; i < end && i < p->ws.count; i++) {
        const struct word *w = &p->ws.word[i];
        for (size_t k = 0; k < sizeof values / sizeof *values; k++) {
            if (!(word_classes(w) & of & UINT64_C(1) << values[k])) continue;
            const char *code = word_value(w, values[k]);
            /* an office may be written small: "senior administration official" */
            bool office = values[k] == WORD_person && w->span > 1;
            if (*code && (office || written_as_name(&p->v, i, code))) return code;
        }
        if (covered(&p->v, i)) i += w->span - 1u;
    }
    return NULL;
}

const char *region_of(struct arena *a, const char *title)
{
    struct phrase p;
    if (!title) return NULL;
    phrase_of(a, title, &p);
    for (uint32_t i = 0; i < p.ws.count; i++) {
        const char *code = word_value(&p.ws.word[i], WORD_group);
        bool region = code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'a' && code[1] <= 'z';
        if (region && p.ws.word[i].shape & SHAPE_CAPITAL) return code;
        if (covered(&p.v, i)) i += p.ws.word[i].span - 1u;
    }
    return NULL;
}

bool signers_of(struct arena *a, const char *title, struct said_parties *out)
{
    static const char *const kinds[] = {"Joint Statement", "Joint Press Statement",
                                        "Joint Declaration", "Joint Leaders"};
    bool joint = false;
    for (size_t k = 0; title && k < sizeof kinds / sizeof *kinds; k++)
        joint |= strstr(title, kinds[k]) != NULL;
    out->count = 0;
    bool readout = title && strncmp(title, "Readout of ", 11) == 0; /* by both who have met */
    if ((!joint && !readout) || strncmp(title, "Remarks", 7) == 0) return false;
    struct phrase p;
    phrase_of(a, title, &p);
    uint32_t end = 0; /* "... on Air Defense for Ukraine": whom it is about has not signed */
    while (end < p.ws.count && !word_is(&p.ws, end, "on") && !word_is(&p.ws, end, "in") &&
           !word_is(&p.ws, end, "for"))
        end++;
    uint32_t from = 0, by = end; /* "... for Ukraine by President Biden and": those have */
    while (by < p.ws.count && !word_is(&p.ws, by, "by") && !word_is(&p.ws, by, "from")) by++;
    if (by < p.ws.count) from = by + 1, end = p.ws.count;
    for (uint32_t i = from; i < end && out->count < SAID_PARTIES_MAX; i++) {
        const char *code = first_party(&p, i, i + 1, IS(party) | IS(demonym) | IS(person));
        bool known = !code;
        for (uint32_t k = 0; k < out->count && !known; k++) known = strcmp(out->code[k], code) == 0;
        if (!known) out->code[out->count++] = code;
    }
    bool one = out->count == 1; /* beside others who have no code */
    if (one) out->count = 0;
    return joint && !one;
}

static const char *party_in(struct arena *a, const char *text, uint64_t of)
{
    if (!text || !*text) return NULL;
    struct phrase p;
    phrase_of(a, text, &p);
    return first_party(&p, 0, p.ws.count, of);
}

/* Host of an address, without user and port; len 0 when there is none. */
static const char *host_of(const char *address, size_t *len)
{
    const char *slashes = strstr(address, "://");
    const char *host = slashes ? slashes + 3 : address;
    *len = strcspn(host, "/:?# ");
    return memchr(host, '.', *len) ? host : NULL;
}

static bool host_ends(const char *host, size_t len, const char *tail)
{
    size_t n = strlen(tail);
    if (len < n || strncmp(host + len - n, tail, n) != 0) return false;
    return len == n || host[len - n - 1] == '.' || tail[0] == '.';
}

/* Whose press room the address is: by its domain; NULL when it is nobody's in particular. */
static const char *publisher(const char *address)
{
    if (!address) return NULL;
    size_t len;
    const char *host = host_of(address, &len);
    if (!host) return NULL;
    static const struct {
        const char *tail, *code;
    } hosts[] = {{"nato.int", "NATO"}, {"europa.eu", "EU"}, {"un.org", "UN"},
                 {".gov", "USA"},      {".mil", "USA"},     {"gov.uk", "GBR"}};
    for (size_t k = 0; k < sizeof hosts / sizeof *hosts; k++)
        if (host_ends(host, len, hosts[k].tail)) return hosts[k].code;
    if (len < 3 || host[len - 3] != '.') return NULL;
    char alpha2[3] = {(char)(host[len - 2] & ~32), (char)(host[len - 1] & ~32), '\0'};
    const struct known_party *p = names_party(alpha2);
    return p && strcmp(p->type, "nation") == 0 ? p->key : NULL;
}

/* The last word of a name, folded. */
static const char *family_name(struct arena *a, const char *name)
{
    const char *folded = text_fold(a, name), *space = strrchr(folded, ' ');
    return space ? space + 1 : folded;
}

static const char *folded_word(struct arena *a, const struct phrase *p, uint32_t i)
{
    const struct word *w = &p->ws.word[i];
    return text_fold(a, arena_bytes(a, p->ws.text + w->at, w->len));
}

/* What separates two people of a heading. */
static bool parts_people(const struct phrase *p, uint32_t i)
{
    static const char *const words[] = {"and", "with", "by", "before", "after", "in", "at", "to"};
    return p->ws.word[i].shape & SHAPE_MARK ? !is(&p->v, i, ".") : ONE_OF(&p->v, i, words);
}

/* Where the words that belong to the one before `end` begin, `most` of them at most. */
static uint32_t segment(const struct phrase *p, uint32_t end, uint32_t most)
{
    uint32_t from = end;
    while (from > 0 && end - from < most && !parts_people(p, from - 1)) from--;
    return from;
}

/* "President Andrzej Duda of Poland", "German Chancellor Olaf Scholz": whose the name in the
 * heading is. */
static const char *named_in(struct arena *a, const struct phrase *title, const char *speaker)
{
    if (!speaker) return NULL;
    enum { BEFORE = 8, AFTER = 6 };
    static const char *const offices[] = {"president", "prime", "chancellor", "minister",
                                          "secretary", "king",  "queen",      "chairman"};
    const char *name = family_name(a, speaker);
    uint32_t count = title->ws.count;
    for (uint32_t i = 0; i < count; i++) {
        if (title->ws.word[i].shape & SHAPE_MARK || strcmp(folded_word(a, title, i), name) != 0)
            continue;
        if (is(&title->v, i + 1, "of")) {
            uint32_t end = i + 2;
            while (end < count && end < i + AFTER && !parts_people(title, end)) end++;
            const char *code = first_party(title, i + 2, end, IS(party));
            if (code) return code;
        }
        uint32_t from = segment(title, i, BEFORE);
        /* "the Prime Minister of Norway, Ex Ample": the comma parts office and name */
        bool name_alone = from > 1 && is(&title->v, from - 1, ",") && i - from <= 2 &&
                          !ONE_OF(&title->v, from, offices);
        if (name_alone) from = segment(title, from - 1, BEFORE);
        const char *code = first_party(title, from, i, IS(party) | IS(demonym) | IS(person));
        if (code) return code;
    }
    return NULL;
}

/* A country's own dollar; "USD" for everybody else. */
static const char *dollar_of(const char *code)
{
    static const struct {
        const char *code, *dollar;
    } own[] = {{"CAN", "CAD"}, {"AUS", "AUD"}, {"NZL", "NZD"},
               {"SGP", "SGD"}, {"TWN", "TWD"}, {"HKG", "HKD"}};
    for (size_t k = 0; code && k < sizeof own / sizeof *own; k++)
        if (strcmp(own[k].code, code) == 0) return own[k].dollar;
    return "USD";
}

/* Who speaks, when neither label nor heading gives a country: the table of people, then the
 * publisher. */
static const char *known_speaker(struct arena *a, const struct turn *t)
{
    const char *code = party_in(a, t->speaker, IS(person));
    if (code || !t->speaker || !t->role) return code;
    return party_in(a, text_format(a, "%s %s", t->role, t->speaker), IS(person));
}

/* The last party of the heading that is not the speaker's: whom a guest addresses. */
static const char *addressed(const struct phrase *title, const char *we)
{
    uint64_t of = IS(party) | IS(person) | IS(demonym);
    for (uint32_t i = title->ws.count; i-- > 0;) {
        const char *code = first_party(title, i, i + 1, of);
        if (!code || strcmp(code, we) == 0) continue;
        return strcmp(code, "NATO") == 0 ? "ALLIES" : code;
    }
    return NULL;
}

const char *partner_of(struct arena *a, const char *title, const char *we)
{
    struct phrase p;
    const char *found = NULL;
    if (!title) return NULL;
    phrase_of(a, title, &p);
    for (uint32_t i = 0; i < p.ws.count; i++) {
        const char *code = first_party(&p, i, i + 1, IS(party) | IS(demonym) | IS(person));
        if (!code || strcmp(code, we) == 0) continue;
        if (found && strcmp(found, code) != 0) return NULL;
        found = code;
    }
    return found;
}

/* Whether the heading is of a speech to somebody, and not of questions and answers. */
static bool speech(const struct glance *v)
{
    static const char *const words[] = {"speech", "address", "addresses"};
    for (uint32_t i = v->first; i < v->end; i++)
        if (ONE_OF(v, i, words)) return true;
    return false;
}

/* "Pentagon Press Secretary Holds a Briefing": whose heading it is; not "Briefing on Ukraine". */
static const char *heading_of(const struct phrase *title)
{
    static const char *const about[] = {"on",      "for", "to",      "about", "in",   "with",
                                        "against", "of",  "meeting", "with",  "from", "into"};
    uint64_t office = IS(party) | IS(demonym) | IS(seat) | IS(person);
    for (uint32_t i = 0; i < title->ws.count; i++) {
        const char *code = first_party(title, i, i + 1, office);
        if (!code) continue;
        uint32_t before = i > 0 && is(&title->v, i - 1, "the") ? i - 1 : i;
        return before > 0 && ONE_OF(&title->v, before - 1, about) ? NULL : code;
    }
    return NULL;
}

/* The body whose statement it is, whoever publishes it; NULL: none, or a country's own. */
static const char *issuer(const char *title, const struct phrase *heading)
{
    enum { NEAR = 4 };
    static const char *const kinds[] = {"Statement", "Declaration", "Communiqu"};
    bool statement = false;
    for (size_t k = 0; title && k < sizeof kinds / sizeof *kinds; k++)
        statement |= strstr(title, kinds[k]) != NULL;
    if (!statement) return NULL;
    const char *code = first_party(heading, 0, NEAR, IS(party));
    return code && (strcmp(code, "G7") == 0 || strcmp(code, "EU") == 0) ? code : NULL;
}

/* "Remarks by President Kant | Vilnius, Lithuania": the title without the place it was said at. */
static const char *without_place(struct arena *a, const char *title)
{
    const char *bar = title ? strstr(title, " | ") : NULL;
    if (!bar || !strchr(bar, ',') || strstr(bar, " of ") || strstr(bar, "President")) return title;
    return text_format(a, "%.*s", (int)(bar - title), title);
}

struct side side_of(struct arena *a, const struct turn *t, const char *title, const char *address)
{
    struct side side = {.dollar = "USD"};
    const char *host = publisher(address);
    if (t->kind == TURN_QUESTION) {
        side.dollar = dollar_of(host);
        return side;
    }
    struct phrase heading = {0};
    title = without_place(a, title);
    if (title) phrase_of(a, title, &heading);
    uint64_t office = IS(party) | IS(demonym) | IS(seat);
    const char *we = party_in(a, t->role, office | IS(person));
    if (!we) we = known_speaker(a, t);
    if (!we) we = named_in(a, &heading, t->speaker);
    if (!we) we = party_in(a, t->affiliation, office);
    if (!we && !t->speaker && !t->role) we = issuer(title, &heading); /* "G7 Leaders' Statement" */
    if (!we) we = host;
    if (!we && !t->speaker && !t->role) /* no label: a fact sheet, a speech */
        we = first_party(&heading, 0, heading.ws.count, office | IS(person));
    if (!we) we = heading_of(&heading);
    side.we = we;
    side.home = host;
    side.dollar = dollar_of(we);
    bool guest = we && host && strcmp(we, host) != 0;
    if (guest || (we && speech(&heading.v))) side.you = addressed(&heading, we);
    return side;
}
