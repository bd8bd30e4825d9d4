/*
 * names.c - what the world's codes and names mean, read once.
 *
 * Everything is turned into dictionaries at the first question (pthread_once)
 * and never changes afterwards, so any thread may ask. Order of trust: a
 * current ISO code or name, then our aliases, then names of countries that
 * are no more.
 *
 * The data is built into the program and covered by tests: a fault in it is a
 * bug in muster, so it is asserted, not reported.
 */
#include "names/names.h"

#include <assert.h>
#include <jansson.h>
#include <pthread.h>
#include <string.h>
#include <unicode/ucurr.h>
#include <unicode/uenum.h>
#include <unicode/ustring.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/day.h"
#include "base/map.h"
#include "base/text.h"
#include "names/embedded.h"

static struct {
    struct arena arena; /* lives as long as the process */
    struct known_party *parties;
    uint32_t party_count, party_room;
    struct map codes; /* alpha-2, alpha-3 and keys of our own, exact -> party */
    struct map names; /* folded name -> party */
    struct known_name *nations;
    uint32_t nation_count, nation_room;
    struct map currencies; /* code -> decimal places */
    struct map groups;     /* folded name of a group -> index into memberships */
    struct known_membership *memberships;
    uint32_t membership_count;
    struct map members; /* party -> first of its memberships << 32 | how many */
} all;

/* --- reading the tables --- */

enum { CSV_CELLS = 6 };

/* The next line that is no comment into cells; false at the end. RFC 4180 without line breaks. */
static bool next_row(const char **at, const char *end, const char *cells[CSV_CELLS])
{
    while (*at < end && (**at == '#' || **at == '\n')) {
        const char *eol = memchr(*at, '\n', (size_t)(end - *at));
        *at = eol ? eol + 1 : end;
    }
    if (*at >= end) return false;

    const char *p = *at;
    for (int i = 0; i < CSV_CELLS; i++) {
        struct buf cell = {.arena = &all.arena};
        bool quoted = p < end && *p == '"';
        if (quoted) p++;
        buf_add(&cell, "");
        for (; p < end && *p != '\n' && (quoted || *p != ','); p++) {
            if (quoted && *p == '"') {
                p++;
                if (p >= end || *p != '"') break;
            }
            buf_add_bytes(&cell, p, 1);
        }
        cells[i] = cell.text;
        if (p < end && *p == ',') p++;
    }
    assert(p >= end || *p == '\n');
    *at = p < end ? p + 1 : end;
    return true;
}

static uint32_t count_lines(const char *p, const char *end)
{
    uint32_t count = 1;
    for (; p < end; p++) count += *p == '\n';
    return count;
}

/* The array called key of an iso-codes file; the caller decrefs *root. */
static json_t *iso_array(const char *begin, const char *end, const char *key, json_t **root)
{
    *root = json_loadb(begin, (size_t)(end - begin), 0, NULL);
    json_t *array = json_object_get(*root, key);
    assert(json_is_array(array));
    return array;
}

static const char *member(const json_t *object, const char *key)
{
    return arena_text(&all.arena, json_string_value(json_object_get(object, key)));
}

/* --- parties --- */

static uint32_t add_party(const char *key, const char *name, const char *type)
{
    assert(all.party_count < all.party_room);
    all.parties[all.party_count] = (struct known_party){.key = key, .name = name, .type = type};
    return all.party_count++;
}

/* How names stand in the dictionary: folded, and "the State of Eritrea" without its article. */
static const char *without_the(const char *folded)
{
    return text_starts(folded, "the ") ? folded + 4 : folded;
}

/* The first to claim a name or code keeps it. NULL claims nothing. */
static void claim_code(const char *code, uint32_t party)
{
    if (code && !map_get(&all.codes, code)) map_put(&all.codes, code, party);
}

static bool claim_name(const char *name, uint32_t party)
{
    if (!name) return false;
    const char *folded = without_the(text_fold(&all.arena, name));
    if (map_get(&all.names, folded)) return false;
    map_put(&all.names, folded, party);
    return true;
}

static const char *set_right(struct arena *a, const char *folded);

/* A nation of today by a name that people may use for it. */
static void claim_nation(const char *name, uint32_t party)
{
    const struct known_party *p = &all.parties[party];
    if (!claim_name(name, party) || strcmp(p->type, "nation") != 0) return;
    if (strlen(name) <= 3) return; /* "XK": a code */
    const char *right = set_right(&all.arena, name);
    all.nations = arena_more(&all.arena, all.nations, all.nation_count, &all.nation_room,
                             sizeof *all.nations);
    all.nations[all.nation_count++] = (struct known_name){right ? right : name, p->key};
}

static void add_country(const json_t *country)
{
    const char *name = member(country, "name"), *common = member(country, "common_name");
    const char *code = member(country, "alpha_3");
    assert(code && name);
    uint32_t party = add_party(code, common ? common : name, "nation");
    claim_code(code, party);
    claim_code(member(country, "alpha_2"), party);
    claim_nation(name, party);
    claim_nation(common, party);
    claim_nation(member(country, "official_name"), party);
}

static void add_alias(const char *const *cells)
{
    const char *name = cells[0], *key = cells[1], *type = cells[2], *note = cells[3];
    assert(*name && *key && *type);
    if (strcmp(type, "group") == 0) return; /* see add_groups() */
    const uint64_t *known = map_get(&all.codes, key);
    uint32_t party = known ? (uint32_t)*known : add_party(key, name, type);
    claim_code(key, party);
    claim_nation(name, party);
    if (strcmp(note, "short") == 0) all.parties[party].name = name;
}

/* A country that is no more: only by what nobody else is called today. */
static void add_withdrawn(const json_t *country)
{
    const char *name = member(country, "name"), *code = member(country, "alpha_3");
    assert(code && name);
    if (map_get(&all.codes, code)) return;
    uint32_t party = add_party(code, name, "nation");
    claim_code(code, party);
    claim_name(name, party);
}

static void add_parties(void)
{
    json_t *root, *old_root;
    json_t *now = iso_array(names_iso_3166_1_begin, names_iso_3166_1_end, "3166-1", &root);
    json_t *old = iso_array(names_iso_3166_3_begin, names_iso_3166_3_end, "3166-3", &old_root);
    all.party_room = (uint32_t)(json_array_size(now) + json_array_size(old)) +
                     count_lines(names_aliases_begin, names_aliases_end);
    all.parties = NEW_ARRAY(&all.arena, all.party_room, struct known_party);

    for (size_t i = 0; i < json_array_size(now); i++) add_country(json_array_get(now, i));
    const char *at = names_aliases_begin, *cells[CSV_CELLS];
    bool header = next_row(&at, names_aliases_end, cells);
    assert(header);
    (void)header;
    while (next_row(&at, names_aliases_end, cells)) add_alias(cells);
    for (size_t i = 0; i < json_array_size(old); i++) add_withdrawn(json_array_get(old, i));
    json_decref(root);
    json_decref(old_root);
}

/* --- groups --- */

static int32_t group_day(const char *text)
{
    int32_t day = DAY_MAX;
    struct err err;
    enum precision precision;
    enum rc rc = *text ? day_parse(text, &day, &precision, &err) : RC_OK;
    assert(rc == RC_OK);
    (void)rc;
    return day;
}

/* Memberships sorted by party, and in order of the file within one. */
static void add_memberships(void)
{
    uint32_t room = count_lines(names_groups_begin, names_groups_end);
    all.memberships = NEW_ARRAY(&all.arena, room, struct known_membership);
    const char *at = names_groups_begin, *cells[CSV_CELLS];
    bool header = next_row(&at, names_groups_end, cells);
    assert(header);
    (void)header;
    while (next_row(&at, names_groups_end, cells)) {
        struct known_membership m = {cells[0], cells[1], cells[2], group_day(cells[3]),
                                     group_day(cells[4])};
        assert(map_get(&all.codes, m.party));
        uint32_t to = all.membership_count++;
        for (; to > 0 && strcmp(all.memberships[to - 1].party, m.party) > 0; to--) {
            all.memberships[to] = all.memberships[to - 1];
        }
        all.memberships[to] = m;
    }
    for (uint32_t i = 0, n; i < all.membership_count; i += n) {
        const char *party = all.memberships[i].party;
        for (n = 1; i + n < all.membership_count; n++) {
            if (strcmp(all.memberships[i + n].party, party) != 0) break;
        }
        map_put(&all.members, party, (uint64_t)i << 32 | n);
    }
}

static void add_groups(void)
{
    add_memberships();
    const char *at = names_aliases_begin, *cells[CSV_CELLS];
    while (next_row(&at, names_aliases_end, cells)) {
        if (strcmp(cells[2], "group") != 0) continue;
        uint32_t i = 0;
        while (i < all.membership_count && strcmp(all.memberships[i].group, cells[1]) != 0) i++;
        assert(i < all.membership_count);
        map_put(&all.groups, text_fold(&all.arena, cells[0]), i);
    }
}

/* --- currencies --- */

/*
 * ICU says how many decimals are in daily use, and for these currencies that
 * is fewer than ISO 4217 gives them; published amounts may use what ISO gives.
 */
static const struct {
    char code[4];
    int places;
} iso_places[] = {
    {"AFN", 2}, {"ALL", 2}, {"IQD", 3}, {"IRR", 2}, {"KPW", 2}, {"LAK", 2}, {"LBP", 2},
    {"MGA", 2}, {"MMK", 2}, {"RSD", 2}, {"SLL", 2}, {"SOS", 2}, {"SYP", 2}, {"YER", 2},
};

static void add_currency(const char *code)
{
    /* One means no currency and the other, XTS, a test: nobody pays in them. */
    if (!code || strlen(code) != 3 || strcmp(code, NO_CURRENCY) == 0 || strcmp(code, "XTS") == 0)
        return;
    UChar wide[4];
    UErrorCode status = U_ZERO_ERROR;
    u_charsToUChars(code, wide, 4);
    int places = ucurr_getDefaultFractionDigits(wide, &status);
    assert(U_SUCCESS(status) && places >= 0);
    map_put(&all.currencies, code, (uint64_t)places);
}

static void add_currencies(void)
{
    UErrorCode status = U_ZERO_ERROR;
    UEnumeration *ever = ucurr_openISOCurrencies(UCURR_ALL, &status);
    assert(U_SUCCESS(status));
    for (const char *code; (code = uenum_next(ever, NULL, &status));) add_currency(code);
    uenum_close(ever);

    json_t *root;
    json_t *now = iso_array(names_iso_4217_begin, names_iso_4217_end, "4217", &root);
    for (size_t i = 0; i < json_array_size(now); i++) {
        add_currency(json_string_value(json_object_get(json_array_get(now, i), "alpha_3")));
    }
    json_decref(root);
    for (size_t i = 0; i < sizeof iso_places / sizeof *iso_places; i++) {
        map_put(&all.currencies, iso_places[i].code, (uint64_t)iso_places[i].places);
    }
}

static void read_all(void)
{
    struct map *maps[] = {&all.codes, &all.names, &all.currencies, &all.groups, &all.members};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) maps[i]->arena = &all.arena;
    add_parties();
    add_groups();
    add_currencies();
}

static void ready(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, read_all);
}

/* --- asking --- */

static const struct known_party *party_at(const uint64_t *at)
{
    return at ? &all.parties[*at] : NULL;
}

/*
 * An inverted name set right: "korea, republic of" and "korea (republic of)"
 * are "republic of korea", "bahamas, the" is "bahamas". NULL when it is not
 * of that form.
 */
static const char *set_right(struct arena *a, const char *folded)
{
    const char *comma = strchr(folded, ','), *paren = strstr(folded, " (");
    const char *cut = comma ? comma : paren;
    if (!cut || cut == folded) return NULL;
    const char *rest = cut + (comma ? 1 : 2);
    while (*rest == ' ') rest++;
    size_t len = strlen(rest);
    if (!comma && (len == 0 || rest[len - 1] != ')')) return NULL;
    if (!comma) len--;
    const char *whole = text_format(a, "%.*s %.*s", (int)len, rest, (int)(cut - folded), folded);
    return without_the(whole);
}

/* Folded, without article and footnote stars: tables print "Russian Federation***". */
static const struct known_party *party_named(struct arena *a, const char *name)
{
    const char *folded = without_the(text_fold(a, name));
    size_t len = strlen(folded);
    while (len > 0 && folded[len - 1] == '*') len--;
    folded = text_format(a, "%.*s", (int)len, folded);
    const struct known_party *p = party_at(map_get(&all.names, folded));
    const char *right = p ? NULL : set_right(a, folded);
    return right ? party_at(map_get(&all.names, right)) : p;
}

const struct known_party *names_party(const char *name)
{
    ready();
    const struct known_party *p = party_at(map_get(&all.codes, name));
    if (p) return p;
    struct arena a = {0};
    p = party_named(&a, name);
    arena_free(&a);
    return p;
}

const struct known_name *names_nations(uint32_t *count)
{
    ready();
    *count = all.nation_count;
    return all.nations;
}

int names_currency_places(const char *code)
{
    ready();
    const uint64_t *places = map_get(&all.currencies, code);
    return places ? (int)*places : -1;
}

const struct known_membership *names_memberships(const char *party, uint32_t *count)
{
    ready();
    const uint64_t *at = map_get(&all.members, party);
    *count = at ? (uint32_t)*at : 0;
    return at ? &all.memberships[*at >> 32] : NULL;
}

const char *names_group(const char *name)
{
    ready();
    struct arena a = {0};
    const uint64_t *at = map_get(&all.groups, text_fold(&a, name));
    arena_free(&a);
    return at ? all.memberships[*at].group : NULL;
}
