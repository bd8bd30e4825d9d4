/*
 * people.c - see people.h.
 *
 * A label with a name lends it to the labels without ("NATO Secretary
 * General:"); a surname is looked for in longer labels, then in the heading,
 * then in the text, where the word before it must be a first name: a capital,
 * no office, and no word that a sentence begins with.
 */
#include "read/people.h"

#include <string.h>

#include "base/text.h"
#include "names/names.h"
#include "read/offices.h"

enum {
    SEARCH_BYTES = 1 << 20, /* of the text, for a first name */
    SEARCH_LABELS = 48,     /* so many labels at most are looked for */
    CANDIDATES = 8,
};

static bool same_letter(char x, char y)
{
    if (x >= 'A' && x <= 'Z') x = (char)(x + 32);
    if (y >= 'A' && y <= 'Z') y = (char)(y + 32);
    return x == y;
}

static bool same_bytes(const char *x, const char *y, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!same_letter(x[i], y[i])) return false;
    }
    return true;
}

/* The length of a name without "III" or ", Jr.". */
static size_t bare_length(const char *name)
{
    static const char *const suffixes[] = {" II",  " III", " IV", ", Jr.",
                                           " Jr.", ", Jr", " Jr", " Sr."};
    size_t n = strlen(name);
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        size_t m = strlen(suffixes[i]);
        if (n > m && same_bytes(name + n - m, suffixes[i], m)) return n - m;
    }
    return n;
}

/* Whether `whole` ends with the words `tail`, case and what follows a surname ignored. */
static bool ends_with_words(const char *whole, const char *tail)
{
    size_t n = bare_length(whole), m = bare_length(tail);
    if (m > n || !same_bytes(whole + n - m, tail, m)) return false;
    return m == n || whole[n - m - 1] == ' ';
}

static bool starts_with_words(const char *whole, const char *front)
{
    size_t m = strlen(front);
    if (strlen(whole) < m || !same_bytes(whole, front, m)) return false;
    return !whole[m] || whole[m] == ' ';
}

/* --- first names before a surname --- */

static bool upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool name_byte(char c)
{
    return upper(c) || (c >= 'a' && c <= 'z') || c == '.' || c == '-' || c == '\'' ||
           (unsigned char)c >= 0x80;
}

/* A dash or a mark beyond ASCII is no letter. */
static bool has_mark(const char *word, uint32_t len)
{
    return memchr(word, '\xe2', len) != NULL;
}

static bool is_first_name(const char *word, uint32_t len)
{
    static const char *const never[] = {
        "and",     "with",   "thanks", "thank",  "hi",      "hey",    "hello",     "yes",
        "no",      "okay",   "ask",    "said",   "says",    "like",   "about",     "under",
        "than",    "does",   "did",    "has",    "have",    "is",     "was",       "are",
        "were",    "will",   "would",  "can",    "could",   "should", "according", "both",
        "between", "given",  "since",  "until",  "against", "even",   "maybe",     "perhaps",
        "yeah",    "oh",     "well",   "former", "brother", "sister", "beautiful", "great",
        "mister",  "family", "team",   "pre",    "post",    "anti",   "pro",       NULL};
    bool initial = len == 2 && word[1] == '.';
    if (!upper(*word) && (unsigned char)*word < 0x80) return false;
    if (initial) return true;
    if (has_mark(word, len)) return false;
    if (len < 2 || word[len - 1] == '.' || word[len - 1] == '-' || office_word(word, len))
        return false;
    if (len > 2 && !memcmp(word + len - 2, "'s", 2)) return false;
    for (const char *const *n = never; *n; n++) {
        if (strlen(*n) == len && same_bytes(*n, word, len)) return false;
    }
    return true;
}

/*
 * Where the first names before text[at] begin; `at` when there are none. At
 * most three, one space or line end between.
 */
static uint32_t first_names(const char *text, uint32_t at, bool wraps)
{
    uint32_t begin = at;
    for (int n = 0; n < 3 && begin > 1; n++) {
        if (text[begin - 1] != ' ' && !(wraps && text[begin - 1] == '\n')) break;
        uint32_t end = begin - 1, from = end;
        while (from > 0 && name_byte(text[from - 1])) from--;
        if (from == end || !is_first_name(text + from, end - from)) break;
        if (text[from] == '-') break;
        begin = from;
    }
    /* Initials alone are no first name of anybody. */
    return begin < at && text[begin + 1] == '.' && begin + 3 >= at ? at : begin;
}

static uint32_t next_word(const char *text, uint32_t at, uint32_t end)
{
    while (at < end && text[at] != ' ' && text[at] != '\n') at++;
    while (at < end && (text[at] == ' ' || text[at] == '\n')) at++;
    return at;
}

/* Where the word before the one at `at` begins. */
static uint32_t previous_word(const char *text, uint32_t at)
{
    if (at < 2 || text[at - 1] != ' ') return at;
    for (at--; at > 0 && name_byte(text[at - 1]);) at--;
    return at;
}

/*
 * "the President of South Korea Yun Lind": what is left of [from, at) when no
 * country begins it. A country alone may well be a first name ("Georgia"),
 * unless an "of" stands before it.
 */
static uint32_t behind_country(struct arena *a, const char *text, uint32_t from, uint32_t at)
{
    enum { COUNTRY_WORDS = 3 };
    uint32_t first = previous_word(text, previous_word(text, from)), best = from;
    for (uint32_t w = first; w < at; w = next_word(text, w, at)) {
        uint32_t stop = w;
        for (int n = 0; n < COUNTRY_WORDS && stop < at; n++) {
            stop = next_word(text, stop, at);
            if (stop <= best) continue;
            const char *name = text_squeeze(a, arena_bytes(a, text + w, stop - w));
            bool of =
                w >= 4 && (!memcmp(text + w - 3, "of ", 3) || !memcmp(text + w - 3, "OF ", 3));
            if (strlen(name) > 3 && (of || stop < at) && names_party(name)) best = stop;
        }
    }
    return best;
}

/* The word before text[at], or length 0. */
static const char *word_before(const char *text, uint32_t at, uint32_t *len)
{
    uint32_t end = at;
    while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '\n')) end--;
    uint32_t from = end;
    while (from > 0 && name_byte(text[from - 1])) from--;
    *len = end - from;
    return text + from;
}

/* "the President of the United States, | Ada Lind": behind a country, and the office held there. */
static bool behind_office_of(struct arena *a, const char *text, uint32_t at)
{
    enum { OFFICE_BYTES = 60 };
    if (at < 2 || text[at - 2] != ',') return false;
    uint32_t from = at > OFFICE_BYTES ? at - OFFICE_BYTES : 0, n;
    const char *before = text_squeeze(a, arena_bytes(a, text + from, at - 2 - from)), *of = before;
    for (const char *next = before; (next = strstr(next + 1, " of ")) != NULL;) of = next;
    if (of == before) return false;
    const char *office = word_before(before, (uint32_t)(of - before), &n), *country = of + 4;
    if (starts_with_words(country, "the")) country += 4;
    return n && office_word(office, n) & OFFICE_HEAD && names_party(country);
}

struct candidate {
    const char *name;
    uint32_t count;
    bool in_office; /* once, an office stood before it */
};

static bool boundary(const char *text, uint32_t at, uint32_t len)
{
    return at >= len || !((text[at] >= 'a' && text[at] <= 'z') || upper(text[at]) ||
                          (unsigned char)text[at] >= 0x80 || text[at] == '-');
}

static void add_candidate(struct arena *a, const char *text, uint32_t from, uint32_t end,
                          struct candidate list[CANDIDATES], uint32_t *count)
{
    uint32_t n;
    const char *before = word_before(text, from, &n);
    unsigned sorts = n ? office_word(before, n) : 0;
    bool wife = n >= 3 && (same_bytes(before, "mrs", 3) || same_bytes(before, "lady", 4));
    if (wife) return;
    bool doctor = n >= 2 && same_bytes(before, "dr", 2);
    const char *name = text_squeeze(a, arena_bytes(a, text + from, end - from));
    uint32_t i = 0;
    while (i < *count && strcmp(list[i].name, name) != 0) i++;
    if (i == CANDIDATES) return;
    if (i == *count) list[(*count)++] = (struct candidate){.name = name};
    list[i].count++;
    unsigned offices = OFFICE_HEAD | OFFICE_RANK | OFFICE_PART | OFFICE_HONOUR;
    list[i].in_office |= ((sorts & offices) != 0 && !doctor) || behind_office_of(a, text, from);
}

/* A name that is not in ordinary spelling: the next hit of `name` in text from *at on. */
static bool find_name(const char *text, uint32_t len, const char *name, uint32_t *at)
{
    size_t n = strlen(name);
    while (*at + n <= len) {
        const char *hit = memchr(text + *at, name[0], len - *at - n + 1);
        if (!hit) return false;
        *at = (uint32_t)(hit - text);
        if (same_bytes(hit, name, n) && boundary(text, *at + (uint32_t)n, len)) return true;
        ++*at;
    }
    return false;
}

/*
 * The fullest name with this surname in the text; NULL if there is none. Where
 * the text is not `sure` to mean the speaker, the name must follow an office,
 * or be the only one and stand twice: the President's son is not the President.
 */
static const char *search(struct arena *a, const char *text, uint32_t len, const char *surname,
                          bool sure, bool wraps)
{
    struct candidate list[CANDIDATES] = {0};
    uint32_t count = 0, n = (uint32_t)strlen(surname);
    for (uint32_t at = 0; find_name(text, len, surname, &at); at += n) {
        uint32_t from = first_names(text, at, wraps), end = at + n;
        if (from < at) from = behind_country(a, text, from, at);
        static const char *const suffixes[] = {" III", " II", " IV", ", Jr.", " Jr.", " Sr.", NULL};
        for (const char *const *s = suffixes; *s; s++) {
            size_t m = strlen(*s);
            if (end + m <= len && !memcmp(text + end, *s, m)) {
                end += (uint32_t)m;
                break;
            }
        }
        if (from < at) add_candidate(a, text, from, end, list, &count);
    }
    const struct candidate *best = NULL;
    for (uint32_t i = 0; i < count; i++) {
        bool better = !best || (list[i].in_office && !best->in_office) ||
                      (list[i].in_office == best->in_office && list[i].count > best->count);
        if (better) best = &list[i];
    }
    if (!best) return NULL;
    return sure || best->in_office || (count == 1 && best->count > 1) ? best->name : NULL;
}

/* "Kishida Fumio of Japan": a surname first, with the first name behind it. */
static const char *surname_first(struct arena *a, const struct called *c, const char *surname)
{
    bool fits = c->name && c->words == 2 && starts_with_words(c->name, surname);
    return fits ? arena_text(a, c->name) : NULL;
}

/* --- labels --- */

struct people {
    struct arena *arena;
    const struct plain *plain;
    const struct heading *heading;
    struct called in_heading[CALLED_MAX];
    uint32_t in_heading_count;
    uint32_t searched;
};

static bool has_small(const char *text)
{
    for (; *text; text++) {
        if (*text >= 'a' && *text <= 'z') return true;
    }
    return false;
}

static const char *full_name(struct people *p, const struct called *c, struct called **labels,
                             uint32_t count)
{
    const char *best = c->name;
    for (uint32_t i = 0; i < count; i++) {
        const char *other = labels[i]->name;
        if (!other || strlen(other) <= strlen(best) || labels[i]->words < 2) continue;
        if (ends_with_words(other, c->name)) best = other;
    }
    if (best != c->name || c->words >= 2) return best;
    const char *found = search(p->arena, p->heading->lines, (uint32_t)strlen(p->heading->lines),
                               c->name, true, false);
    for (uint32_t i = 0; !found && i < p->in_heading_count; i++) {
        found = surname_first(p->arena, &p->in_heading[i], c->name);
    }
    if (!found && p->searched < SEARCH_LABELS) {
        p->searched++;
        uint32_t len = p->plain->len < SEARCH_BYTES ? p->plain->len : SEARCH_BYTES;
        found = search(p->arena, p->plain->text, len, c->name, !c->role, true);
    }
    if (!found) return best;
    return has_small(found) ? found : label_ordinary(p->arena, found);
}

static const char *bare_role(const char *role)
{
    return starts_with_words(role, "the") ? role + 4 : role;
}

static bool same_office(const char *x, const char *y)
{
    x = bare_role(x);
    y = bare_role(y);
    return ends_with_words(x, y) || ends_with_words(y, x) || starts_with_words(x, y) ||
           starts_with_words(y, x);
}

static bool same_person(const struct called *x, const struct called *y)
{
    return ends_with_words(x->name, y->name) || ends_with_words(y->name, x->name);
}

/* The only one of the labels that has this office and a name; NULL if none or several. */
static const struct called *labelled(const struct called *c, struct called **labels, uint32_t count,
                                     bool exact)
{
    const struct called *only = NULL;
    for (uint32_t i = 0; i < count; i++) {
        const struct called *o = labels[i];
        if (o == c || !o->name || !o->role || o->honour) continue;
        const char *x = bare_role(o->role), *y = bare_role(c->role);
        bool same = same_office(x, y) && (!exact || strlen(x) == strlen(y));
        if (same && only && !same_person(only, o)) return NULL;
        if (same && !only) only = o;
    }
    return only;
}

static bool is_labelled(const struct called *c, struct called **labels, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (labels[i]->name && same_person(labels[i], c)) return true;
    }
    return false;
}

/*
 * Who holds this office, by the other labels, else by the heading; NULL if
 * nobody is named. Of a heading's two presidents the one without a label of
 * the name is "The President".
 */
static const struct called *holder(const struct people *p, const struct called *c,
                                   struct called **labels, uint32_t count)
{
    const struct called *only = labelled(c, labels, count, true), *first = NULL;
    if (!only) only = labelled(c, labels, count, false);
    if (only) return only;
    for (uint32_t i = 0; i < p->in_heading_count; i++) {
        const struct called *o = &p->in_heading[i];
        if (!o->name || !o->role || !same_office(o->role, c->role)) continue;
        if (!is_labelled(o, labels, count)) return o;
        if (!first) first = o;
    }
    return first;
}

const char *role_affiliation(struct arena *a, const char *role)
{
    if (!role) return NULL;
    static const char *const bodies[] = {"NATO", "NSC", "EU", "UN", "USAID", "OMB", "OSCE", NULL};
    for (const char *const *b = bodies; *b; b++) {
        if (starts_with_words(role, *b)) return *b;
    }
    const char *of = strstr(role, " of ");
    if (!of) of = strstr(role, " OF ");
    if (!of) return NULL;
    of += 4;
    if (starts_with_words(of, "the")) of += 4;
    return names_party(of) ? arena_text(a, of) : NULL;
}

/* "MR. HILL" has the office that the heading gives Bo Hill. */
static void office_of_heading(const struct people *p, struct called *c)
{
    for (uint32_t i = 0; i < p->in_heading_count && c->name && !c->role; i++) {
        const struct called *o = &p->in_heading[i];
        if (!o->name || !o->role || strcmp(o->name, c->name) != 0) continue;
        c->role = o->role;
        c->sorts |= o->sorts;
    }
}

/* "SENIOR ADMINISTRATION OFFICIAL" in ordinary letters; names of bodies keep theirs. */
static const char *ordinary_role(struct arena *a, const struct called *c)
{
    if (!c->role || !c->capitals) return c->role;
    char *out = (char *)(uintptr_t)label_ordinary(a, c->role);
    if (c->sorts & OFFICE_NOBODY || !(c->sorts & (OFFICE_HEAD | OFFICE_RANK))) {
        for (char *s = out; *s; s++) {
            if (upper(*s)) *s = (char)(*s + 32);
        }
    }
    for (size_t at = 0; c->role[at];) {
        size_t n = strcspn(c->role + at, " ");
        unsigned sorts = office_word(c->role + at, (uint32_t)n);
        if (sorts & OFFICE_SHORT) memcpy(out + at, c->role + at, n);
        if (sorts & OFFICE_LINK && upper(out[at]) && at) out[at] = (char)(out[at] + 32);
        at += n + (c->role[at + n] != '\0');
    }
    return out;
}

void people_complete(struct arena *a, const struct plain *p, const struct heading *h,
                     struct called **labels, uint32_t count)
{
    struct people people = {.arena = a, .plain = p, .heading = h};
    people.in_heading_count = heading_read(a, h->lines, people.in_heading);
    enum { NOBODY = OFFICE_NOBODY | OFFICE_ASKS | OFFICE_CALLS };
    const char **full = NEW_ARRAY(a, count + 1, const char *);
    for (uint32_t i = 0; i < count; i++) {
        if (labels[i]->name) full[i] = full_name(&people, labels[i], labels, count);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (full[i]) labels[i]->name = full[i];
    }
    for (uint32_t i = 0; i < count; i++) labels[i]->role = ordinary_role(a, labels[i]);
    for (uint32_t i = 0; i < count; i++) {
        struct called *c = labels[i];
        office_of_heading(&people, c);
        if (c->name || !c->role || c->sorts & NOBODY) continue;
        const struct called *who = holder(&people, c, labels, count);
        if (!who) continue;
        c->name = who->name;
        c->words = who->words;
        c->name = full_name(&people, c, labels, count);
        if (strlen(who->role) > strlen(bare_role(c->role)) || c->capitals) c->role = who->role;
    }
}

void people_name(struct arena *a, const struct plain *p, const struct heading *h,
                 struct called **labels, uint32_t count, struct called *c)
{
    struct people people = {.arena = a, .plain = p, .heading = h};
    c->name = full_name(&people, c, labels, count);
}

/* A label without an office takes that of the first label of the same name. */
void people_share(struct called **labels, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        struct called *c = labels[i];
        for (uint32_t k = 0; k < count && c->name && !c->role; k++) {
            const struct called *o = labels[k];
            if (!o->role || !o->name || strcmp(o->name, c->name) != 0) continue;
            c->role = o->role;
            c->sorts |= o->sorts;
        }
    }
}

static bool has_word(const char *text, const char *lower)
{
    size_t n = strlen(lower);
    for (const char *t = text; *t; t++) {
        if ((*t | 32) != (*lower | 32)) continue;
        if ((t == text || !name_byte(t[-1])) && strlen(t) >= n && same_bytes(t, lower, n))
            return true;
    }
    return false;
}

struct called heading_speaker(struct arena *a, const struct heading *h)
{
    static const char *const none[] = {"fact sheet",      "factsheet",          "readout",
                                       "joint statement", "leaders' statement", "communique",
                                       "declaration",     "joint declaration",  NULL};
    struct called list[CALLED_MAX], nobody = {0};
    for (const char *const *n = none; *n; n++) {
        if (has_word(h->lines, *n)) return nobody;
    }
    const char *by = NULL;
    for (const char *s = h->lines; *s && !by; s++) {
        bool word = s == h->lines || s[-1] == ' ' || s[-1] == '\n';
        if (word && (starts_with_words(s, "by") || starts_with_words(s, "from"))) by = s;
    }
    /* "Press conference with NATO Secretary General Ada Lind": one name and no "by". */
    static const char *const speech[] = {
        "remarks",   "speech",   "press conference", "address",   "doorstep", "keynote",
        "interview", "briefing", "lecture",          "statement", NULL};
    bool spoken = by != NULL;
    for (const char *const *w = speech; *w; w++) spoken |= has_word(h->lines, *w);
    const char *from = by ? by : h->lines, *line = from + strcspn(from, "\n");
    uint32_t count = heading_read(a, arena_bytes(a, from, (size_t)(line - from)), list);
    bool sure = by ? count > 0 : count == 1 && list[0].name && spoken;
    return sure ? list[0] : nobody;
}
