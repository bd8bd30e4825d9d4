/*
 * iati_judge_test.c - the standard's own cases, and rules on activities of ours.
 *
 * The schemas' 694 files and the rulesets' meta tests are IATI's and are read
 * from ../shared. What each meta test must give is its own table, here.
 */
#define _XOPEN_SOURCE 700 /* nftw */
#include "iati/judge.h"

#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/day.h"
#include "base/text.h"
#include "iati/codes.h"
#include "iati/rules.h"
#include "tap.h"

/* --- what was complained about --- */

struct heard {
    struct arena *a;
    uint32_t count, unplaced; /* without line, path, rule or reason */
    struct buf all;           /* "line path rule\n" */
};

static void hear(void *ctx, const struct complaint *c)
{
    struct heard *h = ctx;
    h->count++;
    h->unplaced += !c->line || c->path[0] != '/' || !*c->rule || !*c->expect;
    buf_addf(&h->all, "%u %s %s %s\n", (unsigned)c->line, c->path, c->rule, c->value);
}

static int64_t present(void)
{
    struct err err;
    int64_t ms = 0;
    CHECK(!instant_parse("2022-06-30", &ms, &err));
    return ms;
}

static const char *shared(struct arena *a, const char *rest)
{
    const char *root = getenv("MUSTER_SHARED");
    const char *path = text_format(a, "%s/data/iati/%s", root ? root : "../shared", rest);
    struct stat st;
    return stat(path, &st) ? NULL : path;
}

static const char *file_bytes(struct arena *a, const char *path, size_t *len)
{
    FILE *f = fopen(path, "rb");
    if (!f) return NULL;
    struct buf b = {.arena = a};
    char piece[8192];
    for (size_t got; (got = fread(piece, 1, sizeof piece, f)) > 0;) buf_add_bytes(&b, piece, got);
    fclose(f);
    *len = b.len;
    return b.text ? b.text : "";
}

/* --- the schemas' own files --- */

static struct {
    uint32_t pass, fail, wrong;
} tried;

static int try_file(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st, (void)ftw;
    size_t path_len = strlen(path), len;
    if (type != FTW_F || path_len < 4 || strcmp(path + path_len - 4, ".xml")) return 0;
    bool should_pass = strstr(path, "/should-pass/") != NULL;
    struct arena a = {0};
    struct heard h = {.a = &a, .all = {.arena = &a}};
    struct judge j = {.schema = true, .complain = hear, .ctx = &h};
    struct judged out;
    struct err err = {0};
    const char *bytes = file_bytes(&a, path, &len);
    enum rc rc = judge_bytes(&a, &j, bytes, len, &out, &err);
    bool passed = !rc && !out.errors;
    if (should_pass)
        tried.pass++;
    else
        tried.fail++;
    if (passed != should_pass || h.unplaced || (rc && !*err.msg)) {
        printf("# %s: %s %s\n", path, h.all.text ? h.all.text : "no complaint", err.msg);
        tried.wrong++;
    }
    arena_free(&a);
    return 0;
}

static void the_schemas_own_694_files_come_out_as_they_should(void)
{
    struct arena a = {0};
    const char *tests = shared(&a, "schemas-2.03/tests");
    if (tests) {
        CHECK(!nftw(tests, try_file, 16, FTW_PHYS));
        CHECK_I64(tried.pass, 239);
        CHECK_I64(tried.fail, 455);
        CHECK_I64(tried.wrong, 0);
    } else {
        printf("# skipped: IATI's own files are not here (../shared)\n");
    }
    arena_free(&a);
}

/* --- the rulesets' own cases --- */

/* Rule file, document, what it must give: meta_tests.sh, and what the names say beyond it. */
static const struct {
    const char *rules, *document;
    bool good;
} meta[] = {
    {"empty", "empty", true},
    {"title_exists", "empty", true},
    {"title_exists", "empty_activity", false},
    {"title_exists", "title", true},
    {"title_text_exists", "title", false},
    {"title_text_exists", "title_text", true},
    {"no_paths", "empty", true},
    {"no_paths", "empty_activity", false},
    {"no_more_than_one_title", "title", true},
    {"no_more_than_one_title", "empty_activity", true},
    {"no_more_than_one_title", "title_twice", false},
    {"dependent_title_description", "empty_activity", true},
    {"dependent_title_description", "title", false},
    {"dependent_title_description", "description", false},
    {"dependent_title_description", "title_description", true},
    {"sum", "sum_good", true},
    {"sum", "sum_bad", false},
    {"sum_two", "sum_two_good", true},
    {"sum_two", "sum_two_bad", false},
    {"date_order", "empty_activity", true},
    {"date_order", "date_good", true},
    {"date_order", "date_bad", false},
    {"regex_matches", "regex_good", true},
    {"regex_matches", "regex_bad", false},
    {"regex_no_matches", "regex_bad", true},
    {"regex_no_matches", "regex_good", false},
    {"starts_with", "identifiers", true},
    {"starts_with", "identifiers_bad", false},
    {"unique", "unique_good", true},
    {"unique", "unique_bad", false},
    {"unique_title_description", "title_description_content", true},
    {"if_then", "if_then_good", true},
    {"if_then", "if_then_bad", false},
    {"condition", "empty_activity", true},
    {"condition", "activity_status_2", true},
    {"condition", "activity_status_3", false},
    {"only_one_of", "only_one_of_activity_bad", false},
    {"only_one_of", "only_one_of_activity_good", true},
    {"only_one_of", "only_one_of_transaction_bad", false},
    {"only_one_of", "only_one_of_transaction_good", true},
    {"period_time", "period_time_good", true},
    {"period_time", "period_time_bad", false},
    {"time_limit", "time_limit_good", true},
    {"time_limit", "time_limit_bad", false},
    {"date_now", "date_now_good", true},
    {"date_now", "date_now_bad", false},
    {"at_least_one", "at_least_one_bad", false},
    {"at_least_one", "at_least_one_ref", true},
    {"at_least_one", "at_least_one_narrative", true},
    {"at_least_one", "at_least_one_no_element_good", true},
    {"one_or_all", "one_or_all_lang_bad", false},
    {"one_or_all", "one_or_all_lang_good", true},
    {"one_or_all", "one_or_all_lang_bad_all", false},
    {"one_or_all", "one_or_all_lang_good_all", true},
    {"one_or_all", "one_or_all_sector_bad", false},
    {"one_or_all", "one_or_all_sector_good", true},
    {"one_or_all", "one_or_all_sector_all_good", true},
    {"one_or_all", "one_or_all_sector_all_bad", false},
    {"one_or_all", "one_or_all_currency_bad", false},
    {"one_or_all", "one_or_all_currency_good", true},
    {"one_or_all", "one_or_all_currency_all_bad", false},
    {"one_or_all", "one_or_all_currency_all_good", true},
    {"one_or_all_org", "one_or_all_org_currency_good", true},
    {"one_or_all_org", "one_or_all_org_currency_bad", false},
    {"between_dates", "between_dates_good", true},
    {"between_dates", "between_dates_bad", false},
    {"range", "range_good", true},
    {"range", "range_bad", false},
    {"forloop", "forloop_good", true},
    {"forloop", "forloop_bad", false},
    {"sector_percentage_sum", "sector_percentage_sum_good", true},
    {"sector_percentage_sum", "sector_percentage_sum_bad", false},
    {"recipient_country", "recipient_country_good", true},
    {"recipient_country", "recipient_country_bad", false},
    {"recipient_region_budget", "recipient_region_budget_good", true},
    {"recipient_region_budget", "recipient_region_budget_bad", false},
    {"total_expenditure", "total_expenditure_good", true},
    {"total_expenditure", "total_expenditure_bad", false},
    {"results_references", "results_refs_good", true},
    {"results_references", "results_refs_bad", false},
    {"result_indicator_baseline_selector_with_conditions", "results_indicator_baseline_value_good",
     true},
    {"result_indicator_baseline_selector_with_conditions", "results_indicator_baseline_value_bad",
     false},
    {"result_indicator_baseline_selector_with_conditions",
     "results_indicator_baseline_value_not_relevant", true},
    {"result_indicator_period_actual_selector_with_conditions",
     "results_indicator_period_actual_value_good", true},
    {"result_indicator_period_actual_selector_with_conditions",
     "results_indicator_period_actual_value_bad", false},
    {"result_indicator_period_actual_selector_with_conditions",
     "results_indicator_period_actual_value_not_relevant", true},
    {"result_indicator_period_target_selector_with_conditions",
     "results_indicator_period_target_value_good", true},
    {"result_indicator_period_target_selector_with_conditions",
     "results_indicator_period_target_value_bad", false},
    {"result_indicator_period_target_selector_with_conditions",
     "results_indicator_period_target_value_not_relevant", true},
};

static void the_rulesets_own_cases_come_out_as_they_should(void)
{
    struct arena a = {0};
    const char *dir = shared(&a, "rulesets/meta_tests");
    if (!dir) printf("# skipped: IATI's own cases are not here (../shared)\n");
    for (size_t i = 0; dir && i < sizeof meta / sizeof *meta; i++) {
        struct err err = {0};
        struct ruleset *rules = NULL;
        struct judged out = {0};
        struct heard h = {.a = &a, .all = {.arena = &a}};
        size_t rules_len = 0, len = 0;
        const char *json =
            file_bytes(&a, text_format(&a, "%s/%s.json", dir, meta[i].rules), &rules_len);
        const char *xml = file_bytes(&a, text_format(&a, "%s/%s.xml", dir, meta[i].document), &len);
        CHECK(json && xml && !ruleset_read(json, rules_len, NULL, &rules, &err));
        struct judge j = {.rules = rules, .now_ms = present(), .complain = hear, .ctx = &h};
        CHECK(rules && !judge_bytes(&a, &j, xml, len, &out, &err));
        CHECK(!h.unplaced);
        if ((h.count == 0) != meta[i].good) {
            printf("# %s on %s: %s%s\n", meta[i].rules, meta[i].document,
                   h.all.text ? h.all.text : "no complaint", err.msg);
            CHECK((h.count == 0) == meta[i].good);
        }
        ruleset_free(rules);
    }
    arena_free(&a);
}

/* --- the standard ruleset, every case of it --- */

/* An activity that keeps to everything, with a place for one thing more or another. */
static const char good_activity[] =
    "<iati-activities version=\"2.03\">\n"
    "<iati-activity default-currency=\"EUR\" xml:lang=\"en\""
    " last-updated-datetime=\"2022-06-01T10:00:00Z\" humanitarian=\"1\">\n"
    "<iati-identifier>GB-CHC-1-A</iati-identifier>\n"
    "<reporting-org ref=\"GB-CHC-1\" type=\"21\"><narrative>Us</narrative></reporting-org>\n"
    "<title><narrative>Blankets</narrative></title>\n"
    "<description><narrative>Blankets for winter</narrative></description>\n"
    "<participating-org ref=\"GB-CHC-1\" role=\"1\" type=\"21\"/>\n"
    "<!--org-->\n"
    "<activity-status code=\"2\"/>\n"
    "<activity-date type=\"1\" iso-date=\"2022-01-01\"/>\n"
    "<!--date-->\n"
    "<!--country--><recipient-country code=\"UA\"/><!--/country-->\n"
    "<!--sector--><sector code=\"72010\"/><!--/sector-->\n"
    "<!--marker-->\n"
    "<!--aid--><default-aid-type code=\"C01\"/><!--/aid-->\n"
    "<!--budget-->\n"
    "<transaction><transaction-type code=\"2\"/>"
    "<transaction-date iso-date=\"2022-03-01\"/>"
    "<value value-date=\"2022-03-01\">5</value><!--in--></transaction>\n"
    "<!--after-->\n"
    "</iati-activity>\n</iati-activities>\n";

static const char good_organisation[] =
    "<iati-organisations version=\"2.03\">\n"
    "<iati-organisation default-currency=\"EUR\" xml:lang=\"en\""
    " last-updated-datetime=\"2022-06-01T10:00:00Z\">\n"
    "<organisation-identifier>GB-CHC-1</organisation-identifier>\n"
    "<name><narrative>Us</narrative></name>\n"
    "<reporting-org ref=\"GB-CHC-1\" type=\"21\"><narrative>Us</narrative></reporting-org>\n"
    "<!--budget-->\n"
    "</iati-organisation>\n</iati-organisations>\n";

static const char *replaced(struct arena *a, const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    CHECK(at != NULL);
    if (!at) return text;
    return text_format(a, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

#define COUNTRY "<!--country--><recipient-country code=\"UA\"/><!--/country-->"
#define SECTOR "<!--sector--><sector code=\"72010\"/><!--/sector-->"
#define IDENTIFIER "<iati-identifier>GB-CHC-1-A</iati-identifier>"
#define REPORTING "<reporting-org ref=\"GB-CHC-1\""
#define PERIOD(a, b) "<period-start iso-date=\"" a "\"/><period-end iso-date=\"" b "\"/>"
#define BUDGET(tag, a, b) "<" tag ">" PERIOD(a, b) "<value value-date=\"" a "\">1</value></" tag ">"
#define RESULT(measure, inside)                                                                    \
    "<result type=\"1\"><title><narrative>r</narrative></title><indicator measure=\"" measure      \
    "\"><title><narrative>i</narrative></title>" inside "</indicator></result>"

/* What makes the good one bad, and the rule that must say so; where it is said to be. */
static const struct {
    const char *rule, *from, *to, *path;
} breaks[] = {
    {"1.1.3", IDENTIFIER, "<iati-identifier>GB-CHC-1</iati-identifier>", "/iati-identifier"},
    {"1.1.21", IDENTIFIER, "<iati-identifier>GB-CHC-2-A</iati-identifier>", "/iati-identifier"},
    {"1.14.8", REPORTING, "<reporting-org ref=\"QQ-XX-1\"", "/reporting-org/@ref"},
    {"6.11.1", "type=\"1\" iso-date", "type=\"3\" iso-date", "/iati-activity[1]"},
    {"6.2.2", SECTOR, "", "/iati-activity[1]"},
    {"4.1.1", " xml:lang=\"en\"", "", "/title/narrative"},
    {"6.7.2", SECTOR, "", "/transaction"},
    {"7.8.1", " default-currency=\"EUR\"", "", "/transaction/value"},
    {"11.1.1", "2022-06-01T10", "2022-07-01T10", "/@last-updated-datetime"},
    {"11.1.2", "<!--date-->", "<activity-date type=\"3\" iso-date=\"2021-12-31\"/>", "/@iso-date"},
    {"11.1.3", "<!--date-->",
     "<activity-date type=\"2\" iso-date=\"2022-02-02\"/><activity-date type=\"4\""
     " iso-date=\"2022-02-01\"/>",
     "/activity-date[2]/@iso-date"},
    {"11.1.4", "<!--date-->", "<activity-date type=\"2\" iso-date=\"2022-07-01\"/>", "/@iso-date"},
    {"11.1.5", "<!--date-->", "<activity-date type=\"4\" iso-date=\"2022-07-01\"/>", "/@iso-date"},
    {"11.2.1", "<transaction-date iso-date=\"2022-03-01\"/>",
     "<transaction-date iso-date=\"2022-07-01\"/>", "/transaction/transaction-date/@iso-date"},
    {"11.2.2", "<value value-date=\"2022-03-01\">", "<value value-date=\"2022-07-01\">",
     "/transaction/value/@value-date"},
    {"1.3.13", IDENTIFIER, "<iati-identifier>GB-CHC-1-A&amp;B</iati-identifier>",
     "/iati-identifier"},
    {"1.14.13", REPORTING, "<reporting-org ref=\"GB-CHC-1|2\"", "/reporting-org/@ref"},
    {"1.3.1", IDENTIFIER, "<iati-identifier>GB-CHC-1-A </iati-identifier>", "/iati-identifier"},
    {"1.14.1", REPORTING, "<reporting-org ref=\"GB-CHC-1&#xA0;\"", "/reporting-org/@ref"},
    {"1.16.1", "<!--after-->", "<other-identifier ref=\" X\" type=\"B1\"/>", "/@ref"},
    {"1.6.1", "<!--after-->", "<other-identifier ref=\"X \" type=\"A3\"/>", "/@ref"},
    {"1.7.1", "<!--after-->", "<related-activity ref=\"X \" type=\"1\"/>",
     "/related-activity/@ref"},
    {"3.4.1", COUNTRY,
     "<recipient-region code=\"1\" vocabulary=\"1\"/><recipient-region code=\"2\" "
     "vocabulary=\"1\"/>",
     "/recipient-region[1]"},
    {"3.4.4", COUNTRY, "<recipient-region code=\"1\" vocabulary=\"1\" percentage=\"50\"/>",
     "/recipient-region"},
    {"3.4.2", COUNTRY,
     "<recipient-country code=\"UA\" percentage=\"50\"/>"
     "<recipient-region code=\"1\" vocabulary=\"1\" percentage=\"49.9\"/>",
     "/recipient-region/@percentage"},
    {"7.9.2", "<!--budget-->",
     "<country-budget-items vocabulary=\"2\"><budget-item code=\"1\" percentage=\"50\"/>"
     "<budget-item code=\"2\" percentage=\"51\"/></country-budget-items>",
     "/budget-item[1]/@percentage"},
    {"7.9.1", "<!--budget-->",
     "<country-budget-items vocabulary=\"2\"><budget-item code=\"1\"/><budget-item code=\"2\"/>"
     "</country-budget-items>",
     "/iati-activity[1]"},
    {"7.9.4", "<!--budget-->",
     "<country-budget-items vocabulary=\"2\"><budget-item code=\"1\" percentage=\"9\"/>"
     "</country-budget-items>",
     "/budget-item/@percentage"},
    {"107.1.2", "<!--aid-->",
     "<default-aid-type code=\"1\" vocabulary=\"2\"/><default-aid-type code=\"2\""
     " vocabulary=\"2\"/>",
     "/default-aid-type[2]"},
    {"2.1.1", SECTOR,
     "<sector code=\"1\" vocabulary=\"3\"/><sector code=\"2\" vocabulary=\"3\"/>"
     "<sector code=\"72010\"/>",
     "/sector[1]"},
    {"2.1.4", SECTOR, "<sector code=\"1\" vocabulary=\"3\" percentage=\"7\"/>", "/sector"},
    {"107.1.2", "<!--aid-->", "<default-aid-type code=\"C01\"/>", "/default-aid-type[2]"},
    {"2.1.2", SECTOR,
     "<sector code=\"72010\" percentage=\"33.33\"/><sector code=\"72011\" percentage=\"66\"/>",
     "/sector[1]/@percentage"},
    {"3.1.2", COUNTRY,
     "<recipient-country code=\"UA\" percentage=\"50\"/><recipient-country code=\"MD\""
     " percentage=\"60\"/>",
     "/recipient-country[1]/@percentage"},
    {"12.1.1", COUNTRY, "<recipient-country code=\"UA\" percentage=\"101\"/>",
     "/recipient-country/@percentage"},
    {"12.1.1", COUNTRY, "<recipient-region code=\"1\" percentage=\"-1\"/>",
     "/recipient-region/@percentage"},
    {"12.3.1", SECTOR, "<sector code=\"72010\" percentage=\"100.01\"/>", "/sector/@percentage"},
    {"12.2.1", "<!--budget-->", "<capital-spend percentage=\"100.5\"/>",
     "/capital-spend/@percentage"},
    {"12.2.1", "<!--budget-->",
     "<country-budget-items vocabulary=\"2\"><budget-item code=\"1\" percentage=\"-9\"/>"
     "</country-budget-items>",
     "/budget-item/@percentage"},
    {"2.2.1", SECTOR, "<sector code=\"72010\"/><sector code=\"X\" vocabulary=\"99\"/>",
     "/sector[2]"},
    {"102.1.1", SECTOR, "<sector code=\"X\" vocabulary=\"7\"/>", "/sector"},
    {"2.1.1", SECTOR, "<sector code=\"72010\"/><sector code=\"72011\"/>", "/sector[1]"},
    {"2.1.4", SECTOR, "<sector code=\"72010\" percentage=\"50\"/>", "/sector"},
    {"107.1.1", "<default-aid-type code=\"C01\"/>",
     "<default-aid-type code=\"1\" vocabulary=\"2\"/>", "/default-aid-type"},
    {"107.2.1", "<!--in-->", "<aid-type code=\"1\" vocabulary=\"2\"/>", "/transaction/aid-type"},
    {"6.6.2", "<!--in-->", "<sector code=\"72010\"/>", "/sector"},
    {"3.6.2", "<!--in-->", "<recipient-country code=\"UA\"/>", "/recipient-country"},
    {"3.7.1", COUNTRY, "", "/iati-activity[1]"},
    {"3.7.2", COUNTRY, "", "/transaction"},
    {"3.1.1", COUNTRY, "<recipient-country code=\"UA\"/><recipient-country code=\"MD\"/>",
     "/recipient-country[1]"},
    {"3.1.4", COUNTRY, "<recipient-country code=\"UA\" percentage=\"50\"/>", "/recipient-country"},
    {"107.2.2", "<!--in-->", "<aid-type code=\"C01\"/><aid-type code=\"C02\"/>",
     "/transaction/aid-type[2]"},
    {"107.2.2", "<!--in-->",
     "<aid-type code=\"1\" vocabulary=\"2\"/><aid-type code=\"2\" vocabulary=\"2\"/>",
     "/transaction/aid-type[2]"},
    {"6.8.1", "<!--after-->",
     "<other-identifier ref=\"X\" type=\"A1\"><owner-org/></other-identifier>", "/owner-org"},
    {"1.11.1", "<!--after-->",
     "<other-identifier ref=\"X\" type=\"A1\"><owner-org ref=\"X \"/></other-identifier>",
     "/owner-org/@ref"},
    {"1.11.13", "<!--after-->",
     "<other-identifier ref=\"X\" type=\"A1\"><owner-org ref=\"X?\"/></other-identifier>",
     "/owner-org/@ref"},
    {"6.9.1", "<!--in-->", "<provider-org/>", "/transaction/provider-org"},
    {"1.10.13", "<!--in-->", "<provider-org ref=\"A/B\"/>", "/provider-org/@ref"},
    {"1.10.1", "<!--in-->", "<provider-org ref=\" A\"/>", "/provider-org/@ref"},
    {"1.4.1", "<!--in-->", "<provider-org ref=\"A\" provider-activity-id=\"A \"/>",
     "/@provider-activity-id"},
    {"6.9.2", "<!--budget-->",
     "<planned-disbursement>" PERIOD(
         "2022-01-01", "2022-02-01") "<value value-date=\"2022-01-01\">"
                                     "1</value><receiver-org/></planned-disbursement>",
     "/planned-disbursement/receiver-org"},
    {"1.15.1", "<!--in-->", "<receiver-org ref=\"A \"/>", "/receiver-org/@ref"},
    {"1.5.1", "<!--in-->", "<receiver-org ref=\"A\" receiver-activity-id=\"A \"/>",
     "/@receiver-activity-id"},
    {"1.15.13", "<!--in-->", "<receiver-org ref=\"A/B\"/>", "/receiver-org/@ref"},
    {"6.14.1", "<!--marker-->", "<policy-marker code=\"1\"/>", "/policy-marker"},
    {"6.13.1", "<!--marker-->", "<policy-marker code=\"1\" vocabulary=\"99\"/>", "/policy-marker"},
    {"6.10.1", "<!--org-->", "<participating-org role=\"4\"/>", "/participating-org[2]"},
    {"1.8.13", "<!--org-->", "<participating-org ref=\"A|B\" role=\"4\"/>",
     "/participating-org[2]/@ref"},
    {"1.8.1", "<!--org-->", "<participating-org ref=\"A \" role=\"4\"/>",
     "/participating-org[2]/@ref"},
    {"1.9.1", "<!--org-->", "<participating-org ref=\"A\" activity-id=\" A\" role=\"4\"/>",
     "/@activity-id"},
    {"8.6.3", "<!--budget-->", BUDGET("planned-disbursement", "2022-02-02", "2022-02-01"),
     "/planned-disbursement/period-start/@iso-date"},
    {"8.6.3", "<!--budget-->", BUDGET("budget", "2022-02-02", "2022-02-01"),
     "/budget/period-start/@iso-date"},
    {"7.5.3", "<!--budget-->", BUDGET("budget", "2022-02-02", "2023-02-03"),
     "/budget/period-end/@iso-date"},
    {"8.11.1", "<!--after-->",
     "<result type=\"1\"><reference/><indicator measure=\"1\"><reference/></indicator></result>",
     "/reference"},
    {"8.6.1", "<!--after-->",
     RESULT("1", "<period>" PERIOD("2022-02-02", "2022-02-01") "</period>"),
     "/period/period-start/@iso-date"},
    {"8.8.1", "<!--after-->", RESULT("2", "<baseline/>"), "/baseline"},
    {"8.8.2", "<!--after-->", RESULT("2", "<baseline value=\"few\"/>"), "/baseline/@value"},
    {"8.8.3", "<!--after-->", RESULT("5", "<baseline value=\"1\"/>"), "/baseline/@value"},
    {"8.9.1", "<!--after-->", RESULT("2", "<period><target/></period>"), "/target"},
    {"8.9.2", "<!--after-->", RESULT("2", "<period><target value=\"x\"/></period>"),
     "/target/@value"},
    {"8.9.3", "<!--after-->", RESULT("5", "<period><target value=\"1\"/></period>"),
     "/target/@value"},
    {"8.10.1", "<!--after-->", RESULT("2", "<period><actual/></period>"), "/actual"},
    {"8.10.2", "<!--after-->", RESULT("2", "<period><actual value=\"x\"/></period>"),
     "/actual/@value"},
    {"8.10.3", "<!--after-->", RESULT("5", "<period><actual value=\"1\"/></period>"),
     "/actual/@value"},
};

static const struct {
    const char *rule, *from, *to, *path;
} organisation_breaks[] = {
    {"1.18.8", REPORTING, "<reporting-org ref=\"QQ-XX-1\"", "/reporting-org/@ref"},
    {"1.12.13", ">GB-CHC-1<", ">GB-CHC-1&amp;2<", "/organisation-identifier"},
    {"1.18.13", REPORTING, "<reporting-org ref=\"GB-CHC-1/2\"", "/reporting-org/@ref"},
    {"1.12.1", ">GB-CHC-1<", ">GB-CHC-1\n<", "/organisation-identifier"},
    {"1.17.1", "<!--budget-->",
     "<recipient-org-budget><recipient-org ref=\"X \"/></recipient-org-budget>",
     "/recipient-org/@ref"},
    {"1.18.1", REPORTING, "<reporting-org ref=\" GB-CHC-1\"", "/reporting-org/@ref"},
    {"11.4.1", "2022-06-01T10", "2022-07-01T10", "/@last-updated-datetime"},
    {"4.5.1", " xml:lang=\"en\"", "", "/name/narrative"},
    {"7.8.2", " default-currency=\"EUR\" xml:lang=\"en\"", " xml:lang=\"en\"",
     "/total-budget/value"},
    {"8.6.3", "<!--budget-->", BUDGET("total-budget", "2022-02-02", "2022-02-01"), "/@iso-date"},
    {"7.5.3", "<!--budget-->", BUDGET("total-budget", "2022-02-02", "2023-02-03"), "/@iso-date"},
    {"8.6.3", "<!--budget-->", BUDGET("recipient-country-budget", "2022-02-02", "2022-02-01"),
     "/@iso-date"},
    {"11.3.1", "<!--budget-->",
     "<recipient-country-budget>" PERIOD("2022-01-01",
                                         "2022-02-01") "<budget-line><value"
                                                       " value-date=\"2022-02-02\">1</value></"
                                                       "budget-line></recipient-country-budget>",
     "/budget-line/value/@value-date"},
    {"7.5.3", "<!--budget-->", BUDGET("recipient-country-budget", "2022-02-02", "2023-02-03"),
     "/@iso-date"},
    {"8.6.3", "<!--budget-->", BUDGET("recipient-org-budget", "2022-02-02", "2022-02-01"),
     "/@iso-date"},
    {"7.5.3", "<!--budget-->", BUDGET("recipient-org-budget", "2022-02-02", "2023-02-03"),
     "/@iso-date"},
    {"8.6.3", "<!--budget-->", BUDGET("recipient-region-budget", "2022-02-02", "2022-02-01"),
     "/@iso-date"},
    {"7.5.3", "<!--budget-->", BUDGET("recipient-region-budget", "2022-02-02", "2023-02-03"),
     "/@iso-date"},
    {"8.6.3", "<!--budget-->", BUDGET("total-expenditure", "2022-02-02", "2022-02-01"),
     "/@iso-date"},
    {"7.5.3", "<!--budget-->", BUDGET("total-expenditure", "2022-02-02", "2023-02-03"),
     "/@iso-date"},
};

static const char *complaints_about(struct arena *a, const char *xml, const struct ruleset *rules,
                                    const struct codes *codes, bool schema)
{
    struct heard h = {.a = a, .all = {.arena = a}};
    struct judge j = {.schema = schema,
                      .rules = rules,
                      .codes = codes,
                      .now_ms = present(),
                      .complain = hear,
                      .ctx = &h};
    struct judged out;
    struct err err = {0};
    CHECK(!judge_bytes(a, &j, xml, strlen(xml), &out, &err));
    CHECK_TEXT(err.msg, "");
    return h.all.text ? h.all.text : "";
}

/* Whether some complaint's rule begins with the id, and its path ends so. */
static bool says(struct arena *a, const char *all, const char *rule, const char *path)
{
    return strstr(all, text_format(a, "%s %s ", path, rule)) != NULL;
}

static void check_break(struct arena *a, const struct ruleset *rules, const char *good,
                        const char *rule, const char *from, const char *to, const char *path)
{
    const char *xml = replaced(a, good, from, to);
    if (!strcmp(rule, "7.8.2"))
        xml = replaced(a, xml, "<!--budget-->", BUDGET("total-budget", "2022-01-01", "2022-12-31"));
    const char *all = complaints_about(a, xml, rules, NULL, false);
    if (says(a, all, rule, path)) return;
    printf("# rule %s at %s is not among: %s\n", rule, path, all);
    CHECK(says(a, all, rule, path));
}

static void each_case_of_the_standard_ruleset_is_broken_and_said_where(void)
{
    struct arena a = {0};
    struct err err = {0};
    struct ruleset *rules = NULL;
    struct codes *codes = codes_new(&a);
    CHECK(!ruleset_standard(codes, &rules, &err));
    CHECK_TEXT(complaints_about(&a, good_activity, rules, codes, true), "");
    CHECK_TEXT(complaints_about(&a, good_organisation, rules, codes, true), "");
    for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++)
        check_break(&a, rules, good_activity, breaks[i].rule, breaks[i].from, breaks[i].to,
                    breaks[i].path);
    for (size_t i = 0; i < sizeof organisation_breaks / sizeof *organisation_breaks; i++)
        check_break(&a, rules, good_organisation, organisation_breaks[i].rule,
                    organisation_breaks[i].from, organisation_breaks[i].to,
                    organisation_breaks[i].path);
    ruleset_free(rules);
    arena_free(&a);
}

/* --- codes --- */

static void a_code_that_its_list_does_not_have_is_said_and_one_withdrawn_warned_of(void)
{
    struct arena a = {0};
    struct codes *codes = codes_new(&a);
    const char *xml = replaced(&a, good_activity, "<activity-status code=\"2\"/>",
                               "<activity-status code=\"9\"/>");
    CHECK(strstr(complaints_about(&a, xml, NULL, codes, false),
                 "/activity-status/@code codelist ActivityStatus 9\n"));
    xml = replaced(&a, good_activity, "code=\"72010\"", "code=\"15140\"");
    CHECK(strstr(complaints_about(&a, xml, NULL, codes, false), "codelist Sector 15140\n"));
    xml = replaced(&a, good_activity, "<sector code=\"72010\"/>",
                   "<sector code=\"any\" vocabulary=\"99\"/>");
    CHECK_TEXT(complaints_about(&a, xml, NULL, codes, false), "");
    CHECK(codes_agency(codes, "GB-CHC-285908"));
    CHECK(!codes_agency(codes, "44000"));
    arena_free(&a);
}

/* --- what a file may not do --- */

static const char *refusal(struct arena *a, const char *xml, size_t len)
{
    static struct err err;
    struct judge j = {.schema = true};
    struct judged out;
    err = (struct err){0};
    CHECK(judge_bytes(a, &j, xml, len, &out, &err) == RC_INPUT);
    return err.msg;
}

static void what_is_not_xml_or_declares_entities_is_refused_with_its_line(void)
{
    struct arena a = {0};
    const char *cut = "<iati-activities version=\"2.03\">\n<iati-activity>\n<iati-identifier>A";
    CHECK(text_starts(refusal(&a, cut, strlen(cut)), "line 3: the file is not well-formed XML"));
    const char *bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\">\n<!ENTITY b \"&a;&a;\">]>\n"
                       "<iati-activities>&b;</iati-activities>";
    CHECK_TEXT(refusal(&a, bomb, strlen(bomb)),
               "line 1: the file declares the entity 'a'; files that do are not read");
    const char *file = "<!DOCTYPE x SYSTEM \"file:///etc/passwd\" [\n"
                       "<!ENTITY a SYSTEM \"file:///etc/passwd\">]><iati-activities/>";
    CHECK_TEXT(refusal(&a, file, strlen(file)),
               "line 2: the file declares the entity 'a'; files that do are not read");
    CHECK(text_starts(refusal(&a, "", 0), "line "));
    CHECK(text_starts(refusal(&a, "{\"a\":1}", 7), "line 1: the file is not well-formed XML"));
    struct buf deep = {.arena = &a};
    for (int i = 0; i < 100000; i++) buf_add(&deep, "<a>");
    CHECK(strstr(refusal(&a, deep.text, deep.len), "depth"));
    struct buf many = {.arena = &a};
    buf_add(&many, "<iati-activities version=\"2.03\"><iati-activity>");
    for (int i = 0; i < 2200000; i++) buf_add(&many, "<a/>");
    CHECK_TEXT(refusal(&a, many.text, many.len),
               "line 1: one activity has more than 2097152 elements and attributes");
    struct buf wide = {.arena = &a};
    buf_add(&wide, "<iati-activities version=\"");
    for (int i = 0; i < 1200000; i++) buf_add(&wide, "123456789");
    buf_add(&wide, "\"/>");
    CHECK(text_starts(refusal(&a, wide.text, wide.len), "line 1: the file is not well-formed XML"));
    arena_free(&a);
}

/* A file of n activities comes in without being here. */
struct long_file {
    uint64_t left;
    size_t at;
};

static int feed_long(void *ctx, char *out, int len, struct err *err)
{
    static const char begin[] = "<iati-activities version=\"2.03\">";
    struct long_file *f = ctx;
    (void)err;
    if (f->at == 0) {
        memcpy(out, begin, sizeof begin - 1);
        f->at = 1;
        return (int)(sizeof begin - 1);
    }
    static char one[64];
    memset(one, 'x', sizeof one);
    if (f->left == 0) return 0;
    f->left--;
    if (f->left == 0) {
        memcpy(out, "</iati-activities>", 18);
        return 18;
    }
    memcpy(out, "<iati-activity><title>", 22);
    int used = 22;
    while (used + (int)sizeof one + 40 < len) {
        memcpy(out + used, one, sizeof one);
        used += (int)sizeof one;
    }
    memcpy(out + used, "</title></iati-activity>\n", 25);
    return used + 25;
}

static long resident_pages(void)
{
    long total, resident = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (f && fscanf(f, "%ld %ld", &total, &resident) != 2) resident = 0;
    if (f) fclose(f);
    return resident;
}

static void a_long_file_takes_no_more_room_than_a_short_one(void)
{
    struct arena a = {0};
    struct err err = {0};
    struct judged out;
    struct judge j = {.schema = true};
    struct long_file warm = {.left = 50}, file = {.left = 3000}; /* some 200 MB */
    CHECK(!judge_file(&a, &j, feed_long, &warm, &out, &err));
    long before = resident_pages();
    CHECK(!judge_file(&a, &j, feed_long, &file, &out, &err));
    CHECK_TEXT(err.msg, "");
    CHECK_I64((int64_t)out.activities, 2999);
    CHECK(out.errors >= 2999);               /* no identifier in any */
#if !defined(__SANITIZE_ADDRESS__)           /* which keeps what was freed for a while */
    CHECK(resident_pages() - before < 8192); /* 32 MB */
#endif
    (void)before;
    arena_free(&a);
}

int main(void)
{
    RUN(the_schemas_own_694_files_come_out_as_they_should);
    RUN(the_rulesets_own_cases_come_out_as_they_should);
    RUN(each_case_of_the_standard_ruleset_is_broken_and_said_where);
    RUN(a_code_that_its_list_does_not_have_is_said_and_one_withdrawn_warned_of);
    RUN(what_is_not_xml_or_declares_entities_is_refused_with_its_line);
    RUN(a_long_file_takes_no_more_room_than_a_short_one);
    return tap_done();
}
