/*
 * names_test.c - what sources call countries, currencies and groups.
 *
 * The tables are data, so most of this is data too. The last tests walk every
 * name that the sources in ../shared use, where they are present.
 */
#include "names/names.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/text.h"
#include "record/record.h"
#include "tap.h"

static const char *key_of(const char *name)
{
    const struct known_party *p = names_party(name);
    return p ? p->key : "nobody";
}

static void what_sources_write_is_found(void)
{
    static const char *const want[][2] = {
        {"DEU", "DEU"},
        {"DE", "DEU"},
        {"Germany", "DEU"},
        {"Federal Republic of Germany", "DEU"},
        {"  GERMANY\t", "DEU"},
        {"Turkey", "TUR"},
        {"TÜRKİYE", "TUR"},
        {"Turkiye", "TUR"},
        {"Türkiye, Republic of", "TUR"},
        {"Czech Republic", "CZE"},
        {"Czechia", "CZE"},
        {"South Korea", "KOR"},
        {"Korea, Republic of", "KOR"},
        {"Korea (Republic of)", "KOR"},
        {"Republic of Korea", "KOR"},
        {"KOREA (THE DEMOCRATIC PEOPLE'S REPUBLIC OF)", "PRK"},
        {"Russia", "RUS"},
        {"Moldova", "MDA"},
        {"Republic of Moldova", "MDA"},
        {"EU (Commission and Council)", "EU"},
        {"European Union", "EU"},
        {"European Commission", "EU"},
        {"European Peace Facility", "EPF"},
        {"European Investment Bank", "EIB"},
        {"occupied Palestinian territory", "PSE"},
        {"Kosovo", "XKX"},
        {"XK", "XKX"},
        {"Democratic Republic of the Congo", "COD"},
        {"Congo, The Democratic Republic of the", "COD"},
        {"Congo", "COG"},
        {"Syrian Arab Republic (the)", "SYR"},
        {"Syria", "SYR"},
        {"Cote d'Ivoire", "CIV"},
        {"Côte d’Ivoire", "CIV"},
        {"Bolivia", "BOL"},
        {"Venezuela (Bolivarian Republic of)", "VEN"},
        {"Iran (Islamic Republic of)", "IRN"},
        {"Laos", "LAO"},
        {"Viet Nam", "VNM"},
        {"TANZANIA, THE UNITED REPUBLIC OF", "TZA"},
        {"Macedonia, The former Yugoslav Republic of", "MKD"},
        {"Micronesia", "FSM"},
        {"United States of America", "USA"},
        {"UK", "GBR"},
        {"Britain", "GBR"},
        {"USA", "USA"},
        {"US", "USA"},
        {"UAE", "ARE"},
        {"Swaziland", "SWZ"},
        {"Burma", "MMR"},
        {"Cape Verde", "CPV"},
        {"Netherlands (the)", "NLD"},
        {"the Netherlands", "NLD"},
        {"Bahamas, The", "BHS"},
        {"Slovak Republic", "SVK"},
        {"Hong Kong", "HKG"},
        {"Taiwan", "TWN"},
        {"Saudi Arabia (Kingdom of)", "SAU"},
        {"Saint Martin (French part)", "MAF"},
        {"Guinea", "GIN"},
        {"Guinea-Bissau", "GNB"},
        {"Netherlands Antilles", "ANT"},
        {"Niger", "NER"},
    };
    for (size_t i = 0; i < sizeof want / sizeof *want; i++)
        CHECK_TEXT(key_of(want[i][0]), want[i][1]);
}

static void what_is_no_party_is_nobody(void)
{
    static const char *const names[] = {
        "",
        ",",
        " (",
        "()",
        ", ,",
        "(the)",
        "the ",
        "and",
        "deu",
        "Atlantis",
        "World",
        "WLD",
        "Euro area",
        "EMU",
        "Africa Eastern and Southern",
        "East Asia & Pacific (IDA & IBRD countries)",
        "North America",
        "Channel Islands",
        "NATO Total",
        "NATO Europe and Canada",
        "DAC Countries, Total",
        "West African Economic and Monetary Union (WAEMU)",
        "Georgia, Government of",
        "Latvia, Lithuania, Iceland",
        "\xff\xfe",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        CHECK_TEXT(key_of(names[i]), "nobody");
}

static void parties_say_their_sort_and_short_name(void)
{
    CHECK_TEXT(names_party("KOR")->name, "South Korea");
    CHECK_TEXT(names_party("KOR")->type, "nation");
    CHECK_TEXT(names_party("BOL")->name, "Bolivia");
    CHECK_TEXT(names_party("COD")->name, "Democratic Republic of the Congo");
    CHECK_TEXT(names_party("USA")->name, "United States");
    CHECK_TEXT(names_party("TUR")->name, "Türkiye");
    CHECK_TEXT(names_party("XKX")->type, "nation");
    CHECK_TEXT(names_party("EU")->type, "institution");
    CHECK_TEXT(names_party("EU")->name, "European Union institutions");
    CHECK_TEXT(names_party("EPF")->type, "fund");
    CHECK_TEXT(names_party("EIB")->type, "institution");
}

/* A row that somebody else's name already shadows would be a row that does nothing. */
static void every_alias_leads_to_its_key(void)
{
    FILE *f = fopen("data/aliases.csv", "r");
    char line[400];
    int rows = 0;
    CHECK(f != NULL);
    while (f && fgets(line, sizeof line, f)) {
        char *name = line, *rest;
        if (*line == '#' || text_starts(line, "name,")) continue;
        if (*line == '"') {
            name++;
            rest = strstr(name, "\",");
            CHECK(rest != NULL);
            if (!rest) break;
            *rest = 0;
            rest += 2;
        } else {
            rest = strchr(line, ',');
            CHECK(rest != NULL);
            if (!rest) break;
            *rest++ = 0;
        }
        char *type = strchr(rest, ',');
        CHECK(type != NULL);
        if (!type) break;
        *type++ = 0;
        type[strcspn(type, ",\n")] = 0;
        bool group = strcmp(type, "group") == 0;
        const char *got = group ? names_group(name) : key_of(name);
        CHECK_TEXT(got ? got : "nobody", rest);
        bool known = false;
        for (const char *const *t = record_types(KIND_PARTY); *t; t++) known |= !strcmp(*t, type);
        CHECK(known);
        rows++;
    }
    CHECK(rows > 200);
    if (f) fclose(f);
}

static void dead_and_odd_currencies_have_their_decimals(void)
{
    static const struct {
        const char *code;
        int places;
    } want[] = {
        {"EUR", 2},   {"USD", 2},        {"JPY", 0},   {"KWD", 3},  {"KRW", 0}, {"ISK", 0},
        {"HUF", 2},   {"CLF", 4},        {"EEK", 2},   {"LTL", 2},  {"LVL", 2}, {"SKK", 2},
        {"SIT", 2},   {"CYP", 2},        {"MTL", 2},   {"ROL", 2},  {"TRL", 0}, {"HRK", 2},
        {"ITL", 0},   {"AFN", 2},        {"IQD", 3},   {"SYP", 2},  {"LBP", 2}, {"XDR", 2},
        {"XAU", 2},   {NO_CURRENCY, -1}, {"XTS", -1},  {"ZZZ", -1}, {"", -1},   {"eur", -1},
        {"EURO", -1}, {"E", -1},         {"\xff", -1},
    };
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        CHECK_I64(names_currency_places(want[i].code), want[i].places);
    }
}

static bool member_on(const char *party, const char *group, int year, int month, int day)
{
    uint32_t count;
    const struct known_membership *m = names_memberships(party, &count);
    int32_t at = day_from_civil(year, month, day);
    for (uint32_t i = 0; i < count; i++) {
        if (!strcmp(m[i].group, group) && m[i].since <= at && at <= m[i].until) return true;
    }
    return false;
}

static int members_on(const char *group, int year, int month, int day)
{
    int count = 0;
    for (char a = 'A'; a <= 'Z'; a++) {
        for (char b = 'A'; b <= 'Z'; b++) {
            for (char c = 'A'; c <= 'Z'; c++) {
                count += member_on((char[]){a, b, c, 0}, group, year, month, day);
            }
        }
    }
    return count;
}

static void groups_grow_and_shrink_on_their_days(void)
{
    CHECK_TEXT(names_group("NATO"), "Allies");
    CHECK_TEXT(names_group("nato allies"), "Allies");
    CHECK_TEXT(names_group("Allies"), "Allies");
    CHECK_TEXT(names_group("EU"), "EU-members");
    CHECK_TEXT(names_group("EU member states"), "EU-members");
    CHECK_TEXT(names_group("G7"), "G7");
    CHECK(names_group("NATO Total") == NULL);
    CHECK(names_group("DEU") == NULL);

    CHECK_I64(members_on("Allies", 2024, 3, 7), 32);
    CHECK_I64(members_on("Allies", 2024, 3, 6), 31);
    CHECK_I64(members_on("Allies", 2022, 2, 24), 30);
    CHECK_I64(members_on("Allies", 1949, 8, 24), 12);
    CHECK_I64(members_on("EU-members", 2020, 1, 31), 28);
    CHECK_I64(members_on("EU-members", 2020, 2, 1), 27);
    CHECK_I64(members_on("EU-members", 2004, 4, 30), 15);
    CHECK_I64(members_on("G7", 2022, 1, 1), 7);
    CHECK(member_on("FIN", "Allies", 2023, 4, 4) && !member_on("FIN", "Allies", 2023, 4, 3));
    CHECK(!member_on("EU", "EU-members", 2022, 1, 1));

    uint32_t count = 9;
    CHECK(names_memberships("BRA", &count) == NULL);
    CHECK_I64(count, 0);
}

static void *ask(void *ok)
{
    for (int i = 0; i < 200; i++) {
        if (strcmp(key_of("Slovak Republic"), "SVK") != 0) *(bool *)ok = false;
    }
    return NULL;
}

static void many_threads_may_ask(void)
{
    pthread_t threads[8];
    bool ok[8];
    for (int i = 0; i < 8; i++) {
        ok[i] = true;
        CHECK(pthread_create(&threads[i], NULL, ask, &ok[i]) == 0);
    }
    for (int i = 0; i < 8; i++) {
        pthread_join(threads[i], NULL);
        CHECK(ok[i]);
    }
}

/* --- every name in the data --- */

static FILE *shared_file(const char *path)
{
    const char *root = getenv("MUSTER_SHARED");
    char full[512];
    snprintf(full, sizeof full, "%s/data/%s", root ? root : "../shared", path);
    return fopen(full, "r");
}

/* The cell at column (from 0) of a line of simple CSV, unquoted, in place; NULL beyond the end. */
static char *cell_at(char *line, int column)
{
    for (char *p = line;; column--) {
        bool quoted = *p == '"';
        char *from = p + quoted;
        char *end = quoted ? strchr(from, '"') : from + strcspn(from, ",\r\n");
        if (!end) return NULL;
        char *next = quoted ? end + 1 : end;
        if (column == 0) {
            *end = 0;
            return from;
        }
        if (*next != ',') return NULL;
        p = next + 1;
    }
}

/*
 * Every distinct name of a column resolves, to the code in the column beside
 * where there is one, except those listed; and those do not.
 */
static void check_column(const char *path, int column, int code_column, const char *const *others)
{
    FILE *f = shared_file(path);
    char line[4096], copy[4096];
    CHECK(f != NULL);
    if (!f || !fgets(line, sizeof line, f)) return;
    while (fgets(line, sizeof line, f)) {
        memcpy(copy, line, sizeof copy);
        const char *name = cell_at(line, column);
        const char *code = code_column >= 0 ? cell_at(copy, code_column) : NULL;
        if (!name || !*name) continue;
        bool other = false;
        for (const char *const *o = others; *o; o++) other |= !strcmp(*o, name);
        const char *got = key_of(name);
        bool right = other  ? !strcmp(got, "nobody")
                     : code ? !strcmp(got, code)
                            : strcmp(got, "nobody") != 0;
        if (!right) printf("# %s: '%s' (%s) is %s\n", path, name, code ? code : "", got);
        CHECK(right);
    }
    fclose(f);
}

static void every_name_in_the_sources_is_known(void)
{
    static const char *const none[] = {NULL};
    static const char *const nato[] = {"NATO Total", "NATO Europe and Canada", NULL};
    static const char *const dac[] = {"DAC Countries, Total", NULL};
    static const char *const imf[] = {
        "Benelux",
        "Central African Economic and Monetary Community (CEMAC)",
        "Curaçao and Sint Maarten",
        "Czechoslovakia",
        "Eastern Caribbean Currency Union (ECCU)",
        "Euro Area (EA)",
        "IMF Special Drawing Rights",
        "Union of Soviet Socialist Republics (USSR)",
        "West African Economic and Monetary Union (WAEMU)",
        "Yemen Arab Republic",
        "Yemen, People's Democratic Republic of",
        "Yugoslavia, Socialist Federal Republic of",
        NULL,
    };
    check_column("kiel/release-29/data_explorer.csv", 0, -1, none);
    check_column("kiel/release-29/weapons.csv", 0, -1, none);
    check_column("kiel/release-29/eu_aid_shares.csv", 0, 1, none);
    check_column("gdp/defence_per.csv", 0, -1, nato);
    check_column("gdp/nato_spending_conflicting.csv", 0, -1, none);
    check_column("refugees/raw_data/gni.csv", 1, -1, dac);
    check_column("refugees/output/hcr_data.csv", 1, 0, none);
    check_column("rates/imf_exchangerates_A_ENDA_USD.csv", 6, -1, imf);
}

/* World Bank: what has a code of ISO 3166 (or is Kosovo) is that party, the rest is nobody. */
static void the_world_banks_aggregates_are_no_countries(void)
{
    FILE *f = shared_file("gdp/gdp.csv");
    char line[4096], copy[4096];
    int countries = 0, others = 0;
    CHECK(f != NULL);
    if (!f || !fgets(line, sizeof line, f)) return;
    while (fgets(line, sizeof line, f)) {
        memcpy(copy, line, sizeof copy);
        const char *name = cell_at(line, 0), *code = cell_at(copy, 1);
        CHECK(name && code);
        if (!name || !code) break;
        const char *got = key_of(name);
        bool country = strcmp(key_of(code), code) == 0;
        const char *want = country ? code : strcmp(code, "EUU") == 0 ? "EU" : "nobody";
        CHECK_TEXT(got, want);
        countries += country;
        others += !country;
    }
    CHECK(countries > 4000 && others > 900);
    fclose(f);
}

int main(void)
{
    RUN(what_sources_write_is_found);
    RUN(what_is_no_party_is_nobody);
    RUN(parties_say_their_sort_and_short_name);
    RUN(every_alias_leads_to_its_key);
    RUN(dead_and_odd_currencies_have_their_decimals);
    RUN(groups_grow_and_shrink_on_their_days);
    RUN(many_threads_may_ask);
    FILE *f = shared_file("gdp/gdp.csv");
    if (f) {
        fclose(f);
        RUN(every_name_in_the_sources_is_known);
        RUN(the_world_banks_aggregates_are_no_countries);
    } else {
        printf("ok %d - every_name_in_the_sources_is_known # SKIP no ../shared\n", ++tap_count);
        printf("ok %d - the_world_banks_aggregates_are_no_countries # SKIP no ../shared\n",
               ++tap_count);
    }
    return tap_done();
}
