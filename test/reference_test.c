/*
 * reference_test.c - exchange rates and the tables that fair shares are
 * measured by: what is taken of them, and what is said of the rest.
 */
#include <time.h>

#include "base/buf.h"
#include "drafts.h"
#include "names/names.h"
#include "source/forms.h"
#include "source/readers.h"
#include "zipmem.h"

static struct arena arena;
static struct err err;
static struct intake in;

static enum rc read_all(const struct reader *reader, const struct input *inputs, uint32_t count)
{
    in = (struct intake){.arena = &arena, .format = reader->name};
    err = (struct err){0};
    struct input *kept = NEW_ARRAY(&arena, count, struct input);
    memcpy(kept, inputs, count * sizeof *kept);
    CHECK(reader->sniff(kept, count));
    enum rc rc = reader->read(kept, count, &in, &err);
    if (rc)
        printf("# %s\n", err.msg);
    else
        check_drafts(&in);
    return rc;
}

static enum rc read_text(const struct reader *reader, const char *name, const char *text)
{
    struct input input = input_text(name, text);
    return read_all(reader, &input, 1);
}

/* The amount of a rate or indicator as text; "" when it is not there. */
static const char *amount(enum kind kind, const char *key)
{
    char text[DEC_TEXT];
    const struct record *r = draft(&in, kind, key);
    return r ? arena_text(&arena, dec_format(record_dec(r, F_AMOUNT), text)) : "";
}

/* "rule row column" of a diagnostic. */
static const char *said(uint32_t at)
{
    if (at >= in.diag_count) return "";
    const struct diag *d = &in.diags[at];
    return text_format(&arena, "%s %s %u %s '%s'", d->rule, d->file, (unsigned)d->row, d->column,
                       d->value);
}

static bool load(const char *rest, struct input *out)
{
    const char *path = shared_path(&arena, rest);
    if (!path) return false;
    *out = input_read(&arena, path);
    return out->len > 0;
}

/* --- the real files --- */

static void ecb_rates_since_1999_are_all_there(void)
{
    struct input zip;
    CHECK(load("data/rates/eurofxref-hist.zip", &zip));
    struct timespec begin, end;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    CHECK(read_all(&ecb_rates_reader, &zip, 1) == RC_OK);
    clock_gettime(CLOCK_MONOTONIC, &end);
    printf("# %u records in %ld ms\n", in.count,
           (long)(end.tv_sec - begin.tv_sec) * 1000 + (end.tv_nsec - begin.tv_nsec) / 1000000);
    CHECK_I64(drafts_of(&in, KIND_RATE), 217555); /* cells of the file that are numbers */
    CHECK_I64(drafts_of(&in, KIND_PASSAGE), 1);
    CHECK_I64((int64_t)in.rows_read, 6983);
    CHECK_I64((int64_t)in.rows_taken, 6983);
    CHECK_I64(in.diag_count, 0);
    CHECK_TEXT(amount(KIND_RATE, "ecb/USD/2026-04-13"), "1.1684");
    CHECK_TEXT(amount(KIND_RATE, "ecb/EEK/1999-01-04"), "15.6466");
    CHECK_TEXT(amount(KIND_RATE, "ecb/TRL/1999-01-05"), "372816");
    CHECK_TEXT(amount(KIND_RATE, "ecb/BGN/2026-04-13"), ""); /* N/A */
    const struct record *r = draft(&in, KIND_RATE, "ecb/JPY/1999-01-04");
    CHECK_TEXT(text_of(r, F_BASE), "EUR");
    CHECK_TEXT(text_of(r, F_SERIES), "ecb");
    CHECK_I64(record_int(r, F_DAY, 0), day_from_civil(1999, 1, 4));
    CHECK_I64(in.stated_ms, (day_from_civil(2026, 4, 13) + INT64_C(1)) * MS_PER_DAY - 1);
}

static void the_daily_file_and_the_long_one_are_one_series(void)
{
    struct input files[2];
    CHECK(load("data/rates/eurofxref.csv", &files[0]));
    CHECK(load("data/rates/eurofxref-hist.zip", &files[1]));
    CHECK(read_all(&ecb_rates_reader, files, 1) == RC_OK);
    CHECK_I64(drafts_of(&in, KIND_RATE), 29);
    CHECK_TEXT(amount(KIND_RATE, "ecb/SEK/2026-04-13"), "10.892");
    CHECK(read_all(&ecb_rates_reader, files, 2) == RC_OK);
    CHECK_I64(drafts_of(&in, KIND_RATE), 217555);
}

static void imf_rates_are_one_a_currency_and_year(void)
{
    struct input csv;
    CHECK(load("data/rates/imf_exchangerates_A_ENDA_USD.csv", &csv));
    CHECK(read_all(&imf_rates_reader, &csv, 1) == RC_OK);
    CHECK_TEXT(amount(KIND_RATE, "imf/AFN/1955-12-31"), "14.4451109778044");
    CHECK_TEXT(text_of(draft(&in, KIND_RATE, "imf/AFN/1955-12-31"), F_BASE), "USD");
    CHECK_TEXT(amount(KIND_RATE, "imf/USD/2020-12-31"), ""); /* the base itself */
    CHECK_I64(diags_of(&in, "rates-differ"), 1);
}

static void gdp_is_of_countries_and_their_sums_are_left_out(void)
{
    struct input csv;
    CHECK(load("data/gdp/gdp.csv", &csv));
    CHECK(read_all(&indicators_reader, &csv, 1) == RC_OK);
    CHECK_TEXT(amount(KIND_INDICATOR, "worldbank/gdp/AFG/2000"), "3521418059.923445");
    CHECK(*amount(KIND_INDICATOR, "worldbank/gdp/DEU/2021"));
    CHECK(!draft(&in, KIND_INDICATOR, "worldbank/gdp/WLD/2021"));
    CHECK(!draft(&in, KIND_INDICATOR, "worldbank/gdp/EU/2021"));
    CHECK(*amount(KIND_INDICATOR, "worldbank/gdp/XKX/2021") ||
          *amount(KIND_INDICATOR, "worldbank/gdp/XKK/2021"));
    const struct record *r = draft(&in, KIND_INDICATOR, "worldbank/gdp/USA/2021");
    CHECK_TEXT(text_of(r, F_CURRENCY), "USD");
    CHECK_TEXT(text_of(r, F_MEASURE), "gdp");
    CHECK_I64(record_int(r, F_DAY, 0), day_from_civil(2021, 12, 31));
    CHECK_I64(diags_of(&in, "aggregates"), 1);
    CHECK_I64(in.diag_count, 1);
    printf("# %u of %u rows; %s\n", drafts_of(&in, KIND_INDICATOR), (unsigned)in.rows_read,
           said(0));
}

/* The shares of 40 bn euros that the project promises, by World Bank GDP of 2021. */
static void fair_shares_come_out_of_the_gdp_of_2021(void)
{
    static const char *const allies[] = {"USA", "DEU", "GBR", "FRA", "ITA", "CAN", "BEL", "BGR",
                                         "HRV", "CZE", "DNK", "EST", "FIN", "GRC", "HUN", "ISL",
                                         "LVA", "LTU", "LUX", "NLD", "NOR", "POL", "PRT", "ROU",
                                         "SVK", "SVN", "ESP", "SWE", "TUR"};
    static const int64_t millions[] = {20354, 3691, 2710, 2553, 1859, 1732};
    struct input csv;
    CHECK(load("data/gdp/gdp.csv", &csv));
    CHECK(read_all(&indicators_reader, &csv, 1) == RC_OK);
    i128 total = 0, each[29];
    for (int i = 0; i < 29; i++) {
        const struct record *r =
            draft(&in, KIND_INDICATOR, text_format(&arena, "worldbank/gdp/%s/2021", allies[i]));
        CHECK(r != NULL);
        if (!r) return;
        struct dec d = record_dec(r, F_AMOUNT);
        each[i] = d.n * power10(8 - d.scale);
        total += each[i];
    }
    for (int i = 0; i < 6; i++) {
        CHECK_I64((int64_t)div_half_even(each[i] / 1000 * 40000, total / 1000), millions[i]);
    }
}

static void gni_counts_dollars_and_not_millions(void)
{
    struct input csv;
    CHECK(load("data/refugees/raw_data/gni.csv", &csv));
    CHECK(read_all(&indicators_reader, &csv, 1) == RC_OK);
    CHECK_TEXT(amount(KIND_INDICATOR, "oda-tracker/gni/USA/2010"), "14635600000000");
    CHECK_TEXT(amount(KIND_INDICATOR, "oda-tracker/gni/AUT/2010"), "374794700000");
    CHECK(*amount(KIND_INDICATOR, "oda-tracker/gni/KOR/2010"));
    CHECK(*amount(KIND_INDICATOR, "oda-tracker/gni/SVK/2010"));
    CHECK(*amount(KIND_INDICATOR, "oda-tracker/gni/CZE/2010"));
    CHECK_I64(diags_of(&in, "unknown-party"), 0);
}

static void two_tables_that_disagree_are_both_kept(void)
{
    struct input tables[2];
    CHECK(load("data/gdp/defence_per.csv", &tables[0]));
    CHECK(load("data/gdp/nato_spending_conflicting.csv", &tables[1]));
    CHECK(read_all(&indicators_reader, tables, 2) == RC_OK);
    CHECK_TEXT(amount(KIND_INDICATOR, "defence_per/defence-gdp-percent/DEU/2023"), "1.6149766");
    CHECK_TEXT(amount(KIND_INDICATOR, "nato_spending_conflicting/defence-gdp-percent/DEU/2023"),
               "2.12");
    const struct record *r = draft(&in, KIND_INDICATOR, "defence_per/defence-gdp-percent/POL/2024");
    CHECK_TEXT(text_of(r, F_NOTE), "estimate");
    CHECK_TEXT(text_of(r, F_UNIT), "percent of GDP");
    r = draft(&in, KIND_INDICATOR, "defence_per/defence-gdp-percent/POL/2023");
    CHECK_TEXT(text_of(r, F_NOTE), "");
    CHECK_I64(drafts_of(&in, KIND_INDICATOR), 31 * 11 + 10 * 10);
    CHECK_I64(diags_of(&in, "aggregates"), 1);
    CHECK_I64(in.diag_count, 1);
}

static void refugee_snapshots_are_dated_and_stated_once(void)
{
    struct input snapshots[2], months, costs;
    CHECK(load("data/refugees/raw_data/late_november_hcr_data.csv", &snapshots[0]));
    CHECK(load("data/refugees/raw_data/early_december_hcr_data.csv", &snapshots[1]));
    CHECK(load("data/refugees/output/hcr_data.csv", &months));
    CHECK(load("data/refugees/output/ukraine_refugee_cost_estimates.csv", &costs));
    CHECK(read_all(&indicators_reader, snapshots, 2) == RC_OK);
    CHECK_TEXT(amount(KIND_INDICATOR, "unhcr/refugees-from-ukraine/POL/2022-11-22"), "1507893");
    CHECK_TEXT(amount(KIND_INDICATOR, "unhcr/refugees-from-ukraine/POL/2022-11-29"), "1521085");
    CHECK_TEXT(amount(KIND_INDICATOR, "unhcr/refugees-protected/MDA/2022-11-22"), "");
    CHECK_TEXT(amount(KIND_INDICATOR, "unhcr/refugees-from-ukraine/RUS/2022-10-03"), "2852395");
    CHECK_I64(in.diag_count, 0);

    CHECK(read_all(&indicators_reader, &months, 1) == RC_OK);
    const struct record *r =
        draft(&in, KIND_INDICATOR, "oda-tracker/refugees-from-ukraine/CAN/2022-04");
    CHECK_TEXT(amount(KIND_INDICATOR, "oda-tracker/refugees-from-ukraine/CAN/2022-04"), "22253");
    CHECK_I64(record_int(r, F_DAY, 0), day_from_civil(2022, 4, 30));
    CHECK_I64(record_int(r, F_PRECISION, 0), PRECISION_MONTH);

    CHECK(read_all(&indicators_reader, &costs, 1) == RC_OK);
    CHECK_TEXT(amount(KIND_INDICATOR, "oda-tracker/ukraine-refugee-cost/AUT/2022"), "372070000");
    CHECK_I64(drafts_of(&in, KIND_INDICATOR), 29 * 3 - 3); /* three cells are blank */
}

/* Every refugee snapshot as one unit: each differing restatement is named. */
static void all_snapshots_together_are_one_unit(void)
{
    static const char *const when[] = {
        "july",           "late_july",      "early_august",  "mid_august",     "early_september",
        "mid_september",  "late_september", "early_october", "mid_october",    "late_october",
        "early_november", "mid_november",   "late_november", "early_december", "mid_december",
        "late_december",  "early_january",  "mid_january"};
    enum { COUNT = sizeof when / sizeof *when };
    struct input inputs[COUNT];
    for (int i = 0; i < COUNT; i++) {
        CHECK(load(text_format(&arena, "data/refugees/raw_data/%s_hcr_data.csv", when[i]),
                   &inputs[i]));
    }
    CHECK(read_all(&indicators_reader, inputs, COUNT) == RC_OK);
    CHECK_I64((int64_t)in.rows_taken, (int64_t)in.rows_read);
    printf("# %u indicators, %u restated\n", drafts_of(&in, KIND_INDICATOR),
           diags_of(&in, "stated-twice"));
    CHECK_I64(in.diag_count, diags_of(&in, "stated-twice"));
}

static void the_readers_know_their_files_and_no_others(void)
{
    static const char *const files[] = {"rates/eurofxref.csv",
                                        "rates/eurofxref-hist.zip",
                                        "rates/imf_exchangerates_A_ENDA_USD.csv",
                                        "gdp/gdp.csv",
                                        "gdp/defence_per.csv",
                                        "refugees/raw_data/gni.csv",
                                        "rates/eurozone.csv",
                                        "refugees/output/updates.csv",
                                        "refugees/output/table.csv",
                                        "kiel/release-29/data_explorer.csv",
                                        "kiel/release-07.xlsx"};
    static const char *const want[] = {"ecb-rates",  "ecb-rates",  "imf-rates", "indicators",
                                       "indicators", "indicators", "",          "",
                                       "",           "",           ""};
    static const struct reader *const ours[] = {&ecb_rates_reader, &imf_rates_reader,
                                                &indicators_reader, &mapping_reader};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct input input;
        const char *found = "";
        if (!load(text_format(&arena, "data/%s", files[i]), &input)) continue;
        for (int k = 0; k < 4; k++) {
            if (ours[k]->sniff(&input, 1)) found = ours[k]->name;
        }
        CHECK_TEXT(found, want[i]);
    }
}

/* --- bad input --- */

static void a_bad_rate_is_named_and_the_rest_taken(void)
{
    CHECK(read_text(&ecb_rates_reader, "fx.csv",
                    "Date,USD,JPY,XQZ,\n"
                    "2024-01-02,1.0956,155.6,1,\n"
                    "2922-01-03,1.0919,156.1,1,\n"
                    "2024-13-04,1.0953,156.2,1,\n"
                    "2024-01-05,-1.09,N/A,1,\n"
                    "2024-01-02,9.9,9.9,1,\n"
                    "2024-01-08,1.0.9,99999999999999999999999,1,\n") == RC_OK);
    CHECK_I64(drafts_of(&in, KIND_RATE), 2);
    CHECK_I64(in.diag_count, 7);
    CHECK_TEXT(said(0), "unknown-currency fx.csv 1 D 'XQZ'");
    CHECK_TEXT(said(1), "date-out-of-range fx.csv 3 Date '2922-01-03'");
    CHECK_TEXT(said(2), "date-out-of-range fx.csv 4 Date '2024-13-04'");
    CHECK_TEXT(said(3), "bad-rate fx.csv 5 USD '-1.09'");
    CHECK_TEXT(said(4), "duplicate-key fx.csv 6 Date '2024-01-02'");
    CHECK_TEXT(said(5), "bad-rate fx.csv 7 USD '1.0.9'");
    CHECK_TEXT(said(6), "overflow fx.csv 7 JPY '99999999999999999999999'");
}

static void a_zip_that_is_cut_short_is_refused(void)
{
    struct zipmem z;
    zipmem_begin(&z);
    zipmem_text(&z, "eurofxref-hist.csv", "Date,USD,\n2024-01-02,1.0956,\n");
    zipmem_end(&z);
    struct input input = {"fx.zip", "fx.zip", z.bytes, z.len};
    CHECK(read_all(&ecb_rates_reader, &input, 1) == RC_OK);
    CHECK_TEXT(amount(KIND_RATE, "ecb/USD/2024-01-02"), "1.0956");
    for (size_t len = 0; len < z.len; len += 7) {
        input.len = len;
        in = (struct intake){.arena = &arena};
        if (!ecb_rates_reader.sniff(&input, 1)) continue;
        CHECK(ecb_rates_reader.read(&input, 1, &in, &err) == RC_INPUT);
        CHECK(text_starts(err.msg, "fx.zip: "));
    }
    zipmem_free(&z);
}

static void the_issuing_country_settles_a_disputed_rate(void)
{
    CHECK(read_text(&imf_rates_reader, "imf.csv",
                    "Date,Rate,Currency,Frequency,Source,Country code,Country\n"
                    "2001-12-31,0.70,GBP,A,IMF,IM,Isle of Man\n"
                    "2001-12-31,0.70,GBP,A,IMF,GG,Guernsey\n"
                    "2001-12-31,0.69,GBP,A,IMF,GB,United Kingdom\n"
                    "2001-12-31,5,XOF,A,IMF,ML,Mali\n"
                    "2001-12-31,7,XOF,A,IMF,SN,Senegal\n"
                    "2001-12-31,7,XOF,A,IMF,TG,Togo\n"
                    "2001-12-31,0,XAF,A,IMF,TD,Chad\n") == RC_OK);
    CHECK_TEXT(amount(KIND_RATE, "imf/GBP/2001-12-31"), "0.69");
    CHECK_TEXT(amount(KIND_RATE, "imf/XOF/2001-12-31"), "7");
    CHECK_I64(drafts_of(&in, KIND_RATE), 2);
    CHECK_TEXT(said(0), "bad-rate imf.csv 8 Rate '0'");
    CHECK_TEXT(said(1), "rates-differ imf.csv 0 Rate '2 currency-years, the first GBP 2001-12-31'");
}

static void bad_indicator_rows_are_named_and_the_rest_taken(void)
{
    CHECK(read_text(&indicators_reader, "spending.csv",
                    "Country,2021,2022,2023e\n"
                    "Germany,1.44%,1.5,..\n"
                    "Atlantis,1,2,3\n"
                    "France,-1,x,\n"
                    "Poland,2.2,120,N/A\n"
                    "NATO Total,2.5,2.4,2.4\n") == RC_OK);
    CHECK_I64(drafts_of(&in, KIND_INDICATOR), 4);
    CHECK_TEXT(amount(KIND_INDICATOR, "spending/defence-gdp-percent/DEU/2021"), "1.44");
    CHECK_TEXT(said(0), "unknown-party spending.csv 3  'Atlantis'");
    CHECK_TEXT(said(1), "negative spending.csv 4 2021 '-1'");
    CHECK_TEXT(said(2), "bad-number spending.csv 4 2022 'x'");
    CHECK_TEXT(said(3), "above-100-percent spending.csv 5 2022 '120'");
    CHECK_TEXT(said(4), "aggregates spending.csv 0  '1 rows of 1: NATO Total'");
    CHECK_I64(in.diag_count, 5);
}

static void world_bank_tables_are_read_in_both_forms(void)
{
    CHECK(read_text(&indicators_reader, "x.csv",
                    "\"Country Name\",\"Country Code\",\"Year\",\"Value\"\n"
                    "Germany,DEU,2021,83196078\nWorld,WLD,2021,7888305693\n"
                    "France,FRA,2922,1\nFrance,FRA,2020,\n") == RC_OK);
    CHECK_TEXT(amount(KIND_INDICATOR, "worldbank/population/DEU/2021"), "83196078");
    CHECK_I64(drafts_of(&in, KIND_INDICATOR), 1);
    CHECK_TEXT(said(0), "date-out-of-range x.csv 4 Year '2922'");
    CHECK(read_text(&indicators_reader, "API_NY.GDP.MKTP.CD.csv",
                    "\"Data Source\",\"World Development Indicators\",\n\n"
                    "\"Last Updated Date\",\"2025-07-01\",\n\n"
                    "\"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator Code\","
                    "\"2021\",\"2022\",\n"
                    "\"Germany\",\"DEU\",\"GDP\",\"NY.GDP.MKTP.CD\",\"4278503934708.4\",\"\",\n"
                    "\"World\",\"WLD\",\"GDP\",\"NY.GDP.MKTP.CD\",\"9\",\"9\",\n"
                    "\"Germany\",\"DEU\",\"Rain\",\"AG.LND.PRCP\",\"9\",\"9\",\n") == RC_OK);
    CHECK_TEXT(amount(KIND_INDICATOR, "worldbank/gdp/DEU/2021"), "4278503934708.4");
    CHECK_I64(drafts_of(&in, KIND_INDICATOR), 1);
    CHECK_TEXT(said(0), "unknown-indicator API_NY.GDP.MKTP.CD.csv 8 Indicator Code 'AG.LND.PRCP'");
    CHECK_TEXT(said(1), "aggregates API_NY.GDP.MKTP.CD.csv 0  '1 rows of 1: WLD'");
}

static void one_value_stated_twice_differently_is_named(void)
{
    struct input two[2] = {
        input_text("a.csv", "iso_code,country,date,value\nJPN,Japan,June-2022,1300\n"
                            "USA,United States,June-2022,71000\n"),
        input_text("b.csv", "iso_code,country,date,value\nJPN,Japan,June-2022,1301\n"
                            "USA,United States,June-2022,71000\n")};
    CHECK(read_all(&indicators_reader, two, 2) == RC_OK);
    CHECK_TEXT(amount(KIND_INDICATOR, "oda-tracker/refugees-from-ukraine/JPN/2022-06"), "1300");
    CHECK_I64(in.diag_count, 1);
    CHECK_TEXT(said(0), "stated-twice b.csv 2 value '1301'");
}

static void broken_files_are_refused_whole(void)
{
    struct input bad[] = {input_text("a.csv", "Country Name,Country Code,Year,Value\n"),
                          input_text("b.csv", "Country Name,Country Code,Year,Value\n\xff\xfe,A\n"),
                          input_text("c.csv", "Country,2020,2021,2022\n")};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        in = (struct intake){.arena = &arena};
        CHECK(indicators_reader.read(&bad[i], 1, &in, &err) == RC_INPUT);
        CHECK(text_starts(err.msg, bad[i].name));
    }
    struct input fx = input_text("d.csv", "Date,USD,\n");
    CHECK(ecb_rates_reader.read(&fx, 1, &in, &err) == RC_INPUT);
}

#define RUN_SHARED(test)                                                                           \
    do {                                                                                           \
        if (shared_path(&arena, "data/rates/eurofxref.csv"))                                       \
            RUN(test);                                                                             \
        else                                                                                       \
            skip(#test);                                                                           \
        arena_free(&arena);                                                                        \
    } while (0)
#define RUN_HERE(test)                                                                             \
    do {                                                                                           \
        RUN(test);                                                                                 \
        arena_free(&arena);                                                                        \
    } while (0)

int main(void)
{
    RUN_SHARED(ecb_rates_since_1999_are_all_there);
    RUN_SHARED(the_daily_file_and_the_long_one_are_one_series);
    RUN_SHARED(imf_rates_are_one_a_currency_and_year);
    RUN_SHARED(gdp_is_of_countries_and_their_sums_are_left_out);
    RUN_SHARED(fair_shares_come_out_of_the_gdp_of_2021);
    RUN_SHARED(gni_counts_dollars_and_not_millions);
    RUN_SHARED(two_tables_that_disagree_are_both_kept);
    RUN_SHARED(refugee_snapshots_are_dated_and_stated_once);
    RUN_SHARED(all_snapshots_together_are_one_unit);
    RUN_SHARED(the_readers_know_their_files_and_no_others);
    RUN_HERE(a_bad_rate_is_named_and_the_rest_taken);
    RUN_HERE(a_zip_that_is_cut_short_is_refused);
    RUN_HERE(the_issuing_country_settles_a_disputed_rate);
    RUN_HERE(bad_indicator_rows_are_named_and_the_rest_taken);
    RUN_HERE(world_bank_tables_are_read_in_both_forms);
    RUN_HERE(one_value_stated_twice_differently_is_named);
    RUN_HERE(broken_files_are_refused_whole);
    return tap_done();
}
