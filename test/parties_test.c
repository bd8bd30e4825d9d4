/*
 * parties_test.c - who is meant, and whose side somebody speaks for.
 *
 * Sentences of our own beside the mentions in them; roles and headings in the
 * forms that press rooms use, with made-up people where the rule must not
 * need to know them.
 */
#include "read/parties.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "names/names.h"
#include "tap.h"

/* "UKR's", "DEU+" before a noun, "ALLIES*" a group, "we", "(Congress)" a body, "[]" the publisher's
 * government, "<USA>" a person. */
static void add_mention(struct buf *b, const struct mention *m)
{
    static const char *const open[] = {"", "", "", "(", "we", "you", "they", "[", "<"};
    static const char *const close[] = {"", "", "*", ")", "", "", "", "]", ">"};
    buf_add(b, open[m->kind]);
    if (m->code) buf_add(b, m->code);
    buf_add(b, close[m->kind]);
    if (m->possessive) buf_add(b, "'s");
    if (m->modifier) buf_add(b, "+");
}

static const char *read_parties(struct arena *a, const char *text)
{
    struct plain p = {.text = text, .len = (uint32_t)strlen(text)};
    struct words ws = {0};
    words_of(a, &p, 0, p.len, &ws);
    struct buf b = {.arena = a};
    buf_add(&b, "");
    for (uint32_t s = 0; s < ws.sentence_count; s++) {
        struct mention m[MENTIONS_MAX];
        uint32_t n = parties_of(a, &ws, &ws.sentence[s], m);
        for (uint32_t i = 0; i < n; i++) {
            if (b.len) buf_add(&b, " ");
            add_mention(&b, &m[i]);
        }
    }
    return b.text;
}

struct phrasing {
    const char *text, *want;
};

static void each_is(const struct phrasing *table, size_t count)
{
    struct arena a = {0};
    for (size_t i = 0; i < count; i++) {
        const char *got = read_parties(&a, table[i].text);
        if (strcmp(got, table[i].want) != 0) printf("# in: %s\n", table[i].text);
        CHECK_TEXT(got, table[i].want);
    }
    arena_free(&a);
}
#define EACH(table) each_is(table, sizeof table / sizeof *table)

static void countries_are_known_by_name_and_people(void)
{
    static const struct phrasing table[] = {
        {"Ukraine's army got German tanks from South Korea.", "UKR's DEU+ KOR"},
        {"The Republic of Korea and the Czech Republic agreed.", "KOR CZE"},
        {"The Ukrainians thanked the Germans.", "UKR DEU"},
        {"A Ukrainian spoke.", "UKR"},
        {"The Slovak Republic and Czechia came.", "SVK CZE"},
        {"Bosnia and Herzegovina and North Macedonia came.", "BIH MKD"},
        {"T\xC3\xBCrkiye's drones and Turkey's ships came.", "TUR's TUR's"},
        {"The Netherlands' F-16s came.", "NLD's"},
        {"The United Kingdom, the UK, the U.K. and Britain came.", "GBR GBR GBR GBR"},
        {"British and Dutch ships came.", "GBR NLD+"},
        {"Russia, the Russian Federation and Russians came.", "RUS RUS RUS"},
        {"The Democratic People's Republic of Korea came.", "PRK"},
        {"C\xC3\xB4te d'Ivoire and Myanmar came.", "CIV MMR"},
        {"A German-led brigade came.", "DEU+"},
    };
    EACH(table);
}

static void small_letters_make_no_country(void)
{
    static const struct phrasing table[] = {
        {"They ate turkey from fine china.", "they"},
        {"Polish the boots. He will polish them.", "POL they"},
        {"Who told us? Tell us.", "we we"},
        {"The US told us.", "USA we"},
        {"The WHO told those who asked.", "(WHO)"},
        {"US troops came.", "USA+"},
    };
    EACH(table);
}

static void names_of_other_things_are_no_party(void)
{
    static const struct phrasing table[] = {
        {"The Washington Post and the Bank of England wrote.", ""},
        {"The Budapest Memorandum and the Warsaw Pact ended.", ""},
        {"They live in New Mexico and New Jersey.", "they"},
        {"Michael Jordan and Mr. Jordan asked.", ""},
        {"Jordan and Georgia asked.", "JOR GEO"},
        {"The Latin American markets and the Gulf of Mexico are far.", ""},
    };
    EACH(table);
}

static void a_capital_is_a_government_where_it_acts(void)
{
    static const struct phrasing table[] = {
        {"Washington will send more.", "USA"},
        {"The summit in Washington ended.", ""},
        {"Berlin has announced two systems.", "DEU"},
        {"Kyiv's forces hold.", "UKR's"},
        {"Military aid to Kyiv went on.", "UKR"},
        {"He travelled to Kyiv.", ""},
        {"Moscow and Beijing must stop.", "RUS CHN"},
        {"The Kremlin and the White House spoke.", "RUS USA"},
        {"The Pentagon, the State Department and USAID gave.", "USA USA USA"},
        {"The Bundestag voted.", "DEU"},
        {"10 Downing Street confirmed it.", "GBR"},
    };
    EACH(table);
}

static void groups_and_bodies_keep_their_names(void)
{
    static const struct phrasing table[] = {
        {"NATO Allies and NATO agreed.", "ALLIES* NATO"},
        {"Our Allies and partners gave.", "we's ALLIES*"},
        {"The European Union and the European Commission gave.", "EU EU"},
        {"The G7, the G-7 and the Group of Seven met.", "G7 G7 G7"},
        {"The UN, the U.N. and the United Nations met.", "UN UN UN"},
        {"The World Bank and Congress approved.", "(World Bank) (Congress)"},
        {"The World Food Programme fed them.", "(World Food Programme) they"},
        {"The Baltic countries gave.", "(Baltic countries)"},
        {"The Alliance stands; an alliance of hope.", "NATO"},
        {"EU leaders met.", "EU+"},
        {"President Biden met Chancellor Scholz.", "<USA> <DEU>"},
        {"You gave your word to them.", "you you's they"},
    };
    EACH(table);
}

struct speaking {
    const char *role, *speaker, *affiliation, *title, *address;
    const char *we, *you, *dollar;
};

static void each_side_is(const struct speaking *table, size_t count)
{
    struct arena a = {0};
    for (size_t i = 0; i < count; i++) {
        const struct speaking *s = &table[i];
        struct turn t = {.kind = TURN_ANSWER,
                         .role = s->role,
                         .speaker = s->speaker,
                         .affiliation = s->affiliation};
        struct side side = side_of(&a, &t, s->title, s->address);
        CHECK_TEXT(side.we ? side.we : "nobody", s->we);
        CHECK_TEXT(side.you ? side.you : "nobody", s->you);
        CHECK_TEXT(side.dollar, s->dollar);
        if (!tap_this_ok) printf("# speaking %zu\n", i);
    }
    arena_free(&a);
}

static void the_role_says_for_whom_one_speaks(void)
{
    static const struct speaking table[] = {
        {"NATO Secretary General", "Ann Example", "NATO", NULL, NULL, "NATO", "nobody", "USD"},
        {"President of Ukraine", "An Other", NULL, NULL, NULL, "UKR", "nobody", "USD"},
        {"Finnish Minister of Defence", "Matti Example", NULL, NULL, NULL, "FIN", "nobody", "USD"},
        {"Prime Minister of Canada", "Ex Ample", NULL, NULL, NULL, "CAN", "nobody", "CAD"},
        {"senior administration official", NULL, NULL,
         "Background Press Call by Senior Administration Officials",
         "https://www.whitehouse.gov/briefing-room/a/", "USA", "nobody", "USD"},
        {"European Commission President", "Ex Ample", NULL, NULL, NULL, "EU", "nobody", "USD"},
    };
    each_side_is(table, sizeof table / sizeof *table);
}

static void the_heading_says_it_for_guests(void)
{
    static const char joint[] = "Remarks by President Roe and President Jan Example of Poland";
    static const char host[] = "https://www.whitehouse.gov/briefing-room/b/";
    static const struct speaking table[] = {
        {"President", "Jan Example", NULL, joint, host, "POL", "nobody", "USD"},
        {"President", "Roe", NULL, joint, host, "USA", "nobody", "USD"},
        {"President", "EXAMPLE", NULL, joint, host, "POL", "nobody", "USD"},
        {NULL, "Max Muster", NULL, "Press conference by German Chancellor Max Muster", NULL, "DEU",
         "nobody", "USD"},
        {NULL, "Max Muster", NULL,
         "Press conference by Ann Other with the Prime Minister of the Czech Republic, Max Muster",
         "https://www.nato.int/x", "CZE", "nobody", "USD"},
        {NULL, NULL, NULL, "Speech by President of Ukraine at the NATO Summit",
         "https://www.president.gov.ua/en/news/1", "UKR", "ALLIES", "USD"},
        {"President of Ukraine", NULL, NULL, "Speech by the President of Ukraine to the G7 leaders",
         NULL, "UKR", "G7", "USD"},
        {"President of Ukraine", NULL, NULL,
         "Speech by the President of Ukraine at the NATO Summit", NULL, "UKR", "ALLIES", "USD"},
        {NULL, NULL, NULL, "FACT SHEET: U.S. Assistance for Ukraine", NULL, "USA", "nobody", "USD"},
        {"senior administration official", NULL, NULL,
         "Background Press Call by Senior Administration Officials on Ukraine", NULL, "USA",
         "nobody", "USD"},
        {NULL, "Ex Ample", NULL, "Background Press Call on Ukraine", NULL, "nobody", "nobody",
         "USD"},
    };
    each_side_is(table, sizeof table / sizeof *table);
}

static void whoever_asks_speaks_for_nobody(void)
{
    struct arena a = {0};
    struct turn t = {
        .kind = TURN_QUESTION, .speaker = "Iva Example", .affiliation = "Ukrainian TV"};
    struct side side = side_of(&a, &t, "Press conference by NATO", "https://www.nato.int/x");
    CHECK(side.we == NULL && side.you == NULL);
    t.kind = TURN_MODERATOR;
    t.affiliation = NULL;
    side = side_of(&a, &t, NULL, "https://www.gov.uk/x");
    CHECK_TEXT(side.we, "GBR");
    side = side_of(&a, &t, NULL, "https://www.bundesregierung.de/x");
    CHECK_TEXT(side.we, "DEU");
    side = side_of(&a, &t, NULL, "https://example.org/x");
    CHECK(side.we == NULL);
    arena_free(&a);
}

static void every_nation_of_iso_is_found_by_its_names(void)
{
    struct arena a = {0};
    uint32_t count;
    const struct known_name *names = names_nations(&count);
    CHECK(count > 249);
    for (uint32_t i = 0; i < count; i++) {
        if (strstr(names[i].name, ". ")) continue; /* "Dem. Rep. Congo": of tables, not of speech */
        const char *text = text_format(&a, "It is %s.", names[i].name);
        const char *got = read_parties(&a, text);
        /* "occupied Palestinian territory" is the demonym before a noun */
        bool found = strncmp(got, names[i].key, 3) == 0 && (got[3] == '\0' || got[3] == '+');
        if (!found) printf("# %s is '%s'\n", names[i].name, got);
        CHECK(found);
    }
    arena_free(&a);
}

int main(void)
{
    RUN(countries_are_known_by_name_and_people);
    RUN(small_letters_make_no_country);
    RUN(names_of_other_things_are_no_party);
    RUN(a_capital_is_a_government_where_it_acts);
    RUN(groups_and_bodies_keep_their_names);
    RUN(the_role_says_for_whom_one_speaks);
    RUN(the_heading_says_it_for_guests);
    RUN(whoever_asks_speaks_for_nobody);
    RUN(every_nation_of_iso_is_found_by_its_names);
    return tap_done();
}
