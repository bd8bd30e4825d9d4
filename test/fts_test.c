/*
 * fts_test.c - flows of the Financial Tracking Service as lines.
 *
 * On the real pages: every flow is one line, and the published totals come
 * out of the emitted tags by the boundary rule, written here a second time.
 * On small pages made up here: what happens to what cannot be right.
 */
#include "source/readers.h"

#include <stdlib.h>

#include "base/text.h"
#include "record/record.h"
#include "source/source.h"
#include "tap.h"

/* --- reading --- */

static struct arena arena;

static struct input input_of(const char *name, const char *text)
{
    return (struct input){.path = name, .name = name, .bytes = text, .len = strlen(text)};
}

static struct intake *read_inputs(const struct input *inputs, uint32_t count, struct err *err)
{
    struct intake *in = NEW(&arena, struct intake);
    in->arena = &arena;
    enum rc rc = fts_reader.read(inputs, count, in, err);
    return rc ? NULL : in;
}

/* One page with these flows (the inside of the list). */
static struct intake *read_flows(const char *flows)
{
    struct err err = {0};
    const char *text = text_format(&arena, "{\"data\":{\"flows\":[%s]}}", flows);
    struct input input = input_of("page.json", text);
    struct intake *in = read_inputs(&input, 1, &err);
    if (!in) printf("# %s\n", err.msg);
    return in;
}

/* A good flow with `change` as its last members; a member named there is left out before. */
#define MEMBERS(id)                                                                                \
    "\"id\":\"" id "\",\"updatedAt\":\"2020-06-08T12:22:23.506Z\",\"versionId\":1,"                \
    "\"description\":\"Tents\",\"newMoney\":false,\"parentFlowId\":null,"                          \
    "\"sourceObjects\":[{\"type\":\"Organization\",\"id\":\"2930\",\"name\":"                      \
    "\"Norway, Government of\",\"behavior\":\"single\",\"organizationTypes\":[\"Government\"]}],"  \
    "\"destinationObjects\":[{\"type\":\"Organization\",\"id\":\"2915\",\"name\":\"UNHCR\","       \
    "\"behavior\":\"single\",\"organizationTypes\":[\"UN agency\"]},"                              \
    "{\"type\":\"Location\",\"id\":\"114\",\"name\":\"Jordan\",\"behavior\":\"single\"},"          \
    "{\"type\":\"UsageYear\",\"id\":\"41\",\"name\":\"2020\",\"behavior\":\"single\"}]"
#define AMOUNT "\"amountUSD\":100"
#define STATUS "\"status\":\"paid\""
#define DATE "\"date\":\"2020-05-13T00:00:00Z\""
#define GOOD "{" MEMBERS("1") "," AMOUNT "," STATUS "," DATE "}"
#define WITH_AMOUNT(json) "{" MEMBERS("1") "," STATUS "," DATE ",\"amountUSD\":" json "}"
#define WITH_STATUS(json) "{" MEMBERS("1") "," AMOUNT "," DATE ",\"status\":" json "}"
#define WITH_DATE(json) "{" MEMBERS("1") "," AMOUNT "," STATUS ",\"date\":" json "}"
#define WITH(more) "{" MEMBERS("1") "," AMOUNT "," STATUS "," DATE "," more "}"

static const struct record *find(const struct intake *in, enum kind kind, const char *key)
{
    for (uint32_t i = 0; in && i < in->count; i++) {
        const char *is = record_text(in->records[i], F_KEY);
        if (in->records[i]->kind == kind && is && strcmp(is, key) == 0) return in->records[i];
    }
    return NULL;
}

static uint32_t count_kind(const struct intake *in, enum kind kind)
{
    uint32_t count = 0;
    for (uint32_t i = 0; in && i < in->count; i++) count += in->records[i]->kind == kind;
    return count;
}

static const char *text_of(const struct record *r, enum tag tag)
{
    const char *text = r ? record_text(r, tag) : NULL;
    return text ? text : "";
}

/* The key that a draft's reference names. */
static const char *key_of(const struct record *r, enum tag tag)
{
    const struct field *f = r ? record_field(r, tag) : NULL;
    return f && f->text ? f->text : "";
}

/* "severity rule column", for each diagnostic. */
static const char *diags(const struct intake *in)
{
    static const char *const words[] = {"note", "flag", "skipped"};
    struct buf out = {.arena = &arena};
    buf_add(&out, "");
    for (uint32_t i = 0; in && i < in->diag_count; i++) {
        const struct diag *d = &in->diags[i];
        buf_addf(&out, "%s%s %s %s", i ? "; " : "", words[d->severity], d->rule, d->column);
    }
    return out.text;
}

static void check_records(const struct intake *in)
{
    struct err err;
    for (uint32_t i = 0; in && i < in->count; i++) {
        enum rc rc = record_check(in->records[i], &err);
        CHECK(rc == RC_OK);
        if (rc) printf("# %s\n", err.msg);
    }
}

/* --- the real pages --- */

enum { PAGES = 3 };

static const char *shared(void)
{
    const char *root = getenv("MUSTER_SHARED");
    return root ? root : "../shared";
}

static bool load(const char *name, struct input *out)
{
    const char *path = text_format(&arena, "%s/data/fts/%s", shared(), name);
    FILE *f = fopen(path, "rb");
    if (!f) return false;
    struct buf all = {.arena = &arena};
    char part[65536];
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;) buf_add_bytes(&all, part, n);
    fclose(f);
    *out = (struct input){path, arena_text(&arena, name), all.text, all.len};
    return true;
}

static bool load_pages(int location, struct input out[PAGES])
{
    bool ok = true;
    for (int i = 0; i < PAGES; i++) {
        const char *page = i ? text_format(&arena, "-page-%d", i + 1) : "";
        ok &= load(
            text_format(&arena, "custom-search-locationid-%d-year-2020%s.json", location, page),
            &out[i]);
    }
    return ok;
}

/* Parts of a tag "TYPE/ID/CODE/BEHAVIOUR/NAME": whether it has this type and code. */
static bool tag_is(const char *tag, const char *type, const char *code)
{
    const char *id = strchr(tag, '/'), *third = id ? strchr(id + 1, '/') : NULL;
    size_t len = strlen(type);
    if (!third || (size_t)(id - tag) != len || memcmp(tag, type, len) != 0) return false;
    return !code || (text_starts(third + 1, code) && third[1 + strlen(code)] == '/');
}

static bool tag_shared(const char *tag)
{
    for (int i = 0; i < 3 && tag; i++) {
        tag = strchr(tag, '/');
        if (tag) tag++;
    }
    return tag && text_starts(tag, "shared/");
}

struct side {
    bool place, year, shared;
    const char *plan;
};

static struct side side_of(const struct record *line, enum tag tag, const char *place,
                           const char *year)
{
    struct side s = {.plan = ""};
    for (uint32_t i = 0; i < line->count; i++) {
        if (line->fields[i].tag != tag) continue;
        const char *t = line->fields[i].text;
        bool location = tag_is(t, "Location", NULL), usage = tag_is(t, "UsageYear", NULL);
        s.place |= tag_is(t, "Location", place);
        s.year |= tag_is(t, "UsageYear", year);
        s.shared |= (location || usage) && tag_shared(t);
        if (tag_is(t, "Plan", NULL)) s.plan = t;
    }
    return s;
}

/* The rule of OCHA FTS over lines and entries alone, in cents. */
struct totals {
    int64_t incoming, pledged, shared;
    int64_t plan; /* of incoming: into the plan asked for, from outside it */
};

static struct totals totals_of(const struct intake *in, const char *place, const char *year,
                               const char *plan)
{
    struct totals t = {0};
    for (uint32_t i = 0; i < in->count; i++) {
        const struct record *e = in->records[i];
        if (e->kind != KIND_ENTRY) continue;
        const struct record *line = find(in, KIND_LINE, key_of(e, F_LINE));
        if (!line) continue;
        struct side d = side_of(line, F_DESTINATION_TAG, place, year);
        struct side s = side_of(line, F_SOURCE_TAG, place, year);
        bool into = d.place && d.year;
        bool from = s.place && s.year && !record_int(line, F_NEW_MONEY, 0);
        int64_t qty = record_int(e, F_QTY, 0);
        bool pledge = record_int(e, F_TO, 0) == STAGE_ANNOUNCED;
        if (into && !from) {
            *(pledge ? &t.pledged : d.shared ? &t.shared : &t.incoming) += qty;
        }
        bool to_plan = into && !pledge && !d.shared && tag_is(d.plan, "Plan", plan);
        if (to_plan && !(from && tag_is(s.plan, "Plan", plan))) t.plan += qty;
    }
    return t;
}

static void every_flow_of_both_countries_is_one_line(void)
{
    struct input pages[2 * PAGES];
    struct err err = {0};
    CHECK(load_pages(1, pages) && load_pages(114, pages + PAGES));
    struct intake *afg = read_inputs(pages, PAGES, &err);
    struct intake *jor = read_inputs(pages + PAGES, PAGES, &err);
    struct intake *both = read_inputs(pages, 2 * PAGES, &err);

    CHECK_I64(count_kind(afg, KIND_LINE), 484);
    CHECK_I64(count_kind(jor, KIND_LINE), 478);
    CHECK_I64(count_kind(both, KIND_LINE), 484 + 478 - 1);
    CHECK(find(afg, KIND_LINE, "fts:207188") && find(jor, KIND_LINE, "fts:207188"));
    CHECK(record_same(find(afg, KIND_LINE, "fts:207188"), find(jor, KIND_LINE, "fts:207188")));
    CHECK_I64(both->scope_count, 961);
    CHECK_I64((int64_t)both->rows_read, 962);
    CHECK_I64((int64_t)both->rows_taken, 961);
    CHECK_I64(count_kind(both, KIND_ENTRY), 961 - 51);
    CHECK_I64(both->evidence_count, 6);
    CHECK_TEXT(diags(both), "");
    check_records(both);
}

static void published_totals_come_out_of_the_tags(void)
{
    struct input pages[2 * PAGES];
    struct err err = {0};
    CHECK(load_pages(1, pages) && load_pages(114, pages + PAGES));
    struct intake *both = read_inputs(pages, 2 * PAGES, &err);
    struct totals afg = totals_of(both, "AFG", "2020", "929");
    struct totals jor = totals_of(both, "JOR", "2020", "943");

    CHECK_I64(afg.incoming, INT64_C(72559129900));
    CHECK_I64(afg.shared, INT64_C(2852631200));
    CHECK_I64(afg.pledged, 0);
    CHECK_I64(afg.incoming + afg.shared, INT64_C(75411761100));
    CHECK_I64(afg.plan, INT64_C(56446776500));
    CHECK_I64(jor.incoming, INT64_C(71424626100));
    CHECK_I64(jor.pledged, 8112800);
    CHECK_I64(jor.incoming + jor.shared, INT64_C(88989320100));
    CHECK_I64(jor.plan, INT64_C(59724984300));
}

/* Sum of amountUSD in a page's text by status, found without any JSON. */
static int64_t naive_sum(const struct input *pages, int count, const char *status)
{
    int64_t sum = 0;
    for (int i = 0; i < count; i++) {
        const char *p = pages[i].bytes;
        while ((p = strstr(p, "\"amountUSD\": "))) {
            const char *s = strstr(p, "\"status\": \"");
            int64_t amount = strtoll(p + 13, NULL, 10);
            if (s && text_starts(s + 11, status)) sum += amount * 100;
            p += 13;
        }
    }
    return sum;
}

static void sums_by_stage_are_those_of_the_bytes(void)
{
    static const struct {
        const char *status;
        enum stage stage;
    } stages[] = {
        {"paid", STAGE_DELIVERED}, {"commitment", STAGE_COMMITTED}, {"pledge", STAGE_ANNOUNCED}};
    struct input pages[PAGES];
    struct err err = {0};
    CHECK(load_pages(114, pages));
    struct intake *in = read_inputs(pages, PAGES, &err);
    for (size_t k = 0; k < 3; k++) {
        int64_t sum = 0;
        for (uint32_t i = 0; i < in->count; i++) {
            const struct record *e = in->records[i];
            if (e->kind != KIND_ENTRY || record_int(e, F_TO, 0) != stages[k].stage) continue;
            sum += record_int(e, F_QTY, 0);
        }
        CHECK_I64(sum, naive_sum(pages, PAGES, stages[k].status));
        CHECK(sum > 0);
    }
}

static void publishers_figures_are_kept_apart(void)
{
    struct input pages[2 * PAGES];
    struct err err = {0};
    CHECK(load_pages(1, pages) && load_pages(114, pages + PAGES));
    struct intake *in = read_inputs(pages, 2 * PAGES, &err);
    int marks = 0, totals = 0;
    for (uint32_t i = 0; i < in->count; i++) {
        const struct record *s = in->records[i];
        if (s->kind != KIND_STATEMENT) continue;
        const char *measure = text_of(s, F_MEASURE);
        marks += !strcmp(measure, "boundary");
        if (strcmp(measure, "incoming") != 0) continue;
        totals++;
        bool afg = !strcmp(key_of(s, F_PARTY), "AFG");
        CHECK(afg || !strcmp(key_of(s, F_PARTY), "JOR"));
        CHECK_I64(record_int(s, F_LOW, 0), (afg ? INT64_C(725591299) : INT64_C(714246261)) * 100);
        CHECK_I64(record_int(s, F_DAY, 0), day_from_civil(2020, 12, 31));
    }
    CHECK_I64(marks, 962);
    CHECK_I64(totals, 2);
}

/* A copy of the page from "flows" on: no totals, and no marks on its flows. */
static struct input without_figures(const struct input *page)
{
    const char *flows = strstr(page->bytes, "\"flows\"");
    struct buf out = {.arena = &arena};
    buf_add(&out, "{\"data\": {");
    for (const char *p = flows; *p;) {
        const char *mark = strstr(p, ", \"boundary\": ");
        if (!mark) {
            buf_add(&out, p);
            break;
        }
        buf_add_bytes(&out, p, (size_t)(mark - p));
        p = strstr(strstr(mark, "\"onBoundary\": \"") + 15, "\"") + 1;
    }
    return (struct input){page->path, page->name, out.text, out.len};
}

static void pages_without_totals_and_marks_give_the_same(void)
{
    struct input pages[PAGES], bare[PAGES];
    struct err err = {0};
    CHECK(load_pages(1, pages));
    for (int i = 0; i < PAGES; i++) bare[i] = without_figures(&pages[i]);
    CHECK(fts_reader.sniff(bare, PAGES));
    struct intake *with = read_inputs(pages, PAGES, &err);
    struct intake *in = read_inputs(bare, PAGES, &err);
    if (!in) printf("# %s\n", err.msg);
    CHECK(in != NULL);
    if (!in) return;
    CHECK_I64(count_kind(in, KIND_LINE), 484);
    for (uint32_t i = 0; i < with->count; i++) {
        const struct record *r = with->records[i];
        if (r->kind != KIND_LINE && r->kind != KIND_ENTRY && r->kind != KIND_VALUE) continue;
        const struct record *other = find(in, r->kind, text_of(r, F_KEY));
        CHECK(other && record_same(r, other));
    }
    CHECK_I64(totals_of(in, "AFG", "2020", "929").incoming, INT64_C(72559129900));
    for (uint32_t i = 0; i < in->count; i++) {
        CHECK(strcmp(text_of(in->records[i], F_MEASURE), "boundary") != 0);
        CHECK(strcmp(text_of(in->records[i], F_MEASURE), "incoming") != 0);
    }
}

static void the_order_of_pages_changes_no_key(void)
{
    struct input pages[PAGES];
    struct err err = {0};
    CHECK(load_pages(114, pages));
    struct input back[PAGES] = {pages[2], pages[1], pages[0]};
    struct intake *a = read_inputs(pages, PAGES, &err), *b = read_inputs(back, PAGES, &err);
    CHECK_I64(a->count, b->count);
    for (uint32_t i = 0; i < a->count; i++) {
        const char *key = text_of(a->records[i], F_KEY);
        const struct record *other = find(b, a->records[i]->kind, key);
        CHECK(other && (a->records[i]->kind == KIND_PARTY || record_same(a->records[i], other)));
    }
}

static void missing_pages_are_noted(void)
{
    struct input pages[PAGES];
    struct err err = {0};
    CHECK(load_pages(1, pages));
    struct intake *in = read_inputs(pages, 2, &err);
    CHECK_TEXT(diags(in), "note pages-missing meta/count");
    CHECK_TEXT(in->diags[0].value, "400");
}

static void plans_become_needs(void)
{
    struct input input;
    struct err err = {0};
    struct intake in = {.arena = &arena};
    CHECK(load("2-fts-flow-plan-overview-progress-2020.json", &input));
    CHECK(fts_plans_reader.sniff(&input, 1));
    CHECK(!fts_reader.sniff(&input, 1));
    CHECK(fts_plans_reader.read(&input, 1, &in, &err) == RC_OK);
    check_records(&in);
    CHECK_I64(count_kind(&in, KIND_NEED), 6);
    CHECK_TEXT(diags(&in), "");
    const struct record *afg = find(&in, KIND_NEED, "fts:plan:929");
    CHECK_TEXT(key_of(afg, F_RECEIVER), "AFG");
    CHECK_TEXT(key_of(afg, F_ITEM), "money/USD");
    CHECK_I64(record_int(afg, F_QTY, 0), INT64_C(113105082000));
    CHECK_I64(record_int(afg, F_UNTIL, 0), day_from_civil(2020, 12, 31));
    CHECK_TEXT(text_of(afg, F_NOTE), "originally 732600000 USD");
    CHECK_TEXT(key_of(find(&in, KIND_NEED, "fts:plan:832"), F_RECEIVER), "PSE");
    CHECK_TEXT(key_of(find(&in, KIND_NEED, "fts:plan:943"), F_RECEIVER), "fts:plan:943");
    CHECK_I64(count_kind(&in, KIND_STATEMENT), 18);
}

/* --- one flow --- */

static void a_flow_says_what_its_members_say(void)
{
    struct intake *in = read_flows(
        "{" MEMBERS("9") ",\"amountUSD\":244218.05," STATUS "," DATE
                         ",\"originalAmount\":200000,\"originalCurrency\":\"JPY\","
                         "\"flowType\":\"Standard\",\"refCode\":\"R/1\",\"budgetYear\":\"2019\"}");
    const struct record *line = find(in, KIND_LINE, "fts:9");
    const struct record *entry = find(in, KIND_ENTRY, "fts:9/paid");
    const struct record *value = find(in, KIND_VALUE, "fts:9/original");
    CHECK(line && entry && value);
    check_records(in);
    CHECK_TEXT(diags(in), "");
    CHECK_TEXT(key_of(line, F_PARTY), "NOR");
    CHECK_TEXT(key_of(line, F_RECEIVER), "fts:org:2915");
    CHECK_TEXT(text_of(line, F_NAME), "Tents");
    CHECK_TEXT(text_of(line, F_NOTE), "Standard; ref R/1; budget year 2019");
    CHECK_TEXT(text_of(line, F_SOURCE_TAG), "Organization/2930//single/Norway, Government of");
    CHECK_TEXT(text_of(line, F_DESTINATION_TAG), "Location/114/JOR/single/Jordan");
    CHECK_I64(record_int(line, F_LOW, 0), 24421805);
    CHECK_I64(record_int(line, F_NEW_MONEY, 0), 0);
    CHECK_I64(record_int(line, F_STATED, 0), INT64_C(1591618943506));
    CHECK_I64(record_int(entry, F_QTY, 0), 24421805);
    CHECK_I64(record_int(entry, F_FROM, -1), STAGE_WORLD);
    CHECK_I64(record_int(entry, F_TO, -1), STAGE_DELIVERED);
    CHECK_I64(record_int(entry, F_DAY, 0), day_from_civil(2020, 5, 13));
    CHECK_I64(record_int(value, F_LOW, 0), 200000);
    CHECK_I64(record_int(value, F_TO, -1), STAGE_DELIVERED);
    CHECK_TEXT(key_of(value, F_OF), "fts:9");
    CHECK_I64(in->scope_count, 1);
    CHECK_TEXT(in->scopes[0], "fts:9/");
    CHECK_I64(in->stated_ms, 0);
}

static void amounts_never_pass_through_a_double(void)
{
    static const struct {
        const char *flow;
        int64_t cents;
    } want[] = {
        {WITH_AMOUNT("90071992547409.93"), INT64_C(9007199254740993)},
        {WITH_AMOUNT("9007199254740993"), INT64_C(900719925474099300)},
        {WITH_AMOUNT("0.29"), 29},
        {WITH_AMOUNT("1.15E2"), 11500},
        {WITH_AMOUNT("\"12.50\""), 1250},
    };
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        struct intake *in = read_flows(want[i].flow);
        const struct record *e = find(in, KIND_ENTRY, "fts:1/paid");
        CHECK(e != NULL);
        if (e) CHECK_I64(record_int(e, F_QTY, 0), want[i].cents);
    }
}

static void parties_are_countries_institutions_or_organizations(void)
{
#define ORG(id, name, type)                                                                        \
    "[{\"type\":\"Organization\",\"id\":\"" id "\",\"name\":\"" name                               \
    "\",\"organizationTypes\":[\"" type "\"]}]"
#define PLACE(id, name) "[{\"type\":\"Location\",\"id\":\"" id "\",\"name\":\"" name "\"}]"
    static const struct {
        const char *objects, *key, *type;
    } want[] = {
        {ORG("2929", "Korea, Republic of, Government of", "Government"), "KOR", "nation"},
        {ORG("2998", "Saudi Arabia (Kingdom of), Government of", "Government"), "SAU", "nation"},
        {ORG("7", "Government of Chad", "Government"), "TCD", "nation"},
        {ORG("2966", "European Commission", "Inter-governmental"), "EU", "institution"},
        {ORG("8523", "European Commission's Humanitarian Aid and Civil Protection Department",
             "Inter-governmental"),
         "EU", "institution"},
        {ORG("8148", "Afghanistan Humanitarian Fund", "Pooled fund"), "fts:org:8148", "fund"},
        {ORG("5", "Atlantis, Government of", "Government"), "fts:org:5", "institution"},
        {ORG("6", "Jordan", "NGO"), "fts:org:6", "other"},
        {PLACE("171", "occupied Palestinian territory"), "PSE", "nation"},
        {PLACE("99", "Mu"), "fts:location:99", "other"},
        {"[]", "unknown", "other"},
        {"null", "unknown", "other"},
    };
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        const char *flow = text_format(
            &arena,
            "{\"id\":1,\"updatedAt\":\"2020-06-08T12:22:23Z\"," AMOUNT "," STATUS "," DATE
            ",\"newMoney\":true,\"parentFlowId\":77,\"destinationObjects\":" PLACE(
                "114", "Jordan") ",\"sourceObjects\":%s}",
            want[i].objects);
        struct intake *in = read_flows(flow);
        const struct record *line = find(in, KIND_LINE, "fts:1");
        CHECK_TEXT(key_of(line, F_PARTY), want[i].key);
        CHECK_TEXT(text_of(find(in, KIND_PARTY, want[i].key), F_TYPE), want[i].type);
        CHECK_TEXT(key_of(line, F_RECEIVER), "JOR");
        CHECK_TEXT(text_of(line, F_LINK), "fts:77");
        CHECK_I64(line ? record_int(line, F_NEW_MONEY, 0) : 0, 1);
        check_records(in);
    }
}

/* --- what cannot be right --- */

static void rows_that_cannot_be_right_are_named(void)
{
    static const struct {
        const char *flow, *diags;
        int lines, entries;
    } want[] = {
        {GOOD, "", 1, 1},
        {WITH_AMOUNT("0"), "", 1, 0},
        {WITH_AMOUNT("-5"), "skipped negative-amount flow 1/amountUSD", 0, 0},
        {WITH_AMOUNT("-0.001"), "skipped negative-amount flow 1/amountUSD", 0, 0},
        {WITH_AMOUNT("1e30"), "skipped overflow flow 1/amountUSD", 0, 0},
        {WITH_AMOUNT("1e17"), "skipped overflow flow 1/amountUSD", 0, 0},
        {WITH_AMOUNT("1234567890123456789"), "skipped overflow flow 1/amountUSD", 0, 0},
        {WITH_AMOUNT("1e999999999999"), "skipped overflow flow 1/amountUSD", 0, 0},
        {WITH_AMOUNT("\"1.000.00\""), "skipped not-a-number flow 1/amountUSD", 0, 0},
        {WITH_AMOUNT("\"\""), "skipped not-a-number flow 1/amountUSD", 0, 0},
        {WITH_AMOUNT("[1]"), "skipped not-a-number flow 1/amountUSD", 0, 0},
        {WITH_AMOUNT("null"), "flag no-amount flow 1/amountUSD", 1, 0},
        {WITH_AMOUNT("1.005"), "note rounded flow 1/amountUSD", 1, 1},
        {WITH_STATUS("\"cancelled\""), "skipped unknown-status flow 1/status", 0, 0},
        {WITH_STATUS("null"), "skipped unknown-status flow 1/status", 0, 0},
        {WITH_DATE("\"2922-05-13T00:00:00Z\""), "skipped date-out-of-range flow 1/date", 0, 0},
        {WITH_DATE("\"2020-02-30T00:00:00Z\""), "skipped date-out-of-range flow 1/date", 0, 0},
        {WITH_DATE("\"May 2020\""), "skipped date-out-of-range flow 1/date", 0, 0},
        {WITH_DATE("null"), "skipped date-out-of-range flow 1/date", 0, 0},
        {WITH_DATE("\"2922-05-13T00:00:00Z\",\"firstReportedDate\":\"2020-06-01T00:00:00Z\""),
         "flag date-out-of-range flow 1/date", 1, 1},
        {WITH("\"originalAmount\":5,\"originalCurrency\":\"ZZZ\""),
         "flag unknown-currency flow 1/originalCurrency", 1, 1},
        {WITH("\"originalAmount\":-5,\"originalCurrency\":\"EUR\""),
         "flag negative-amount flow 1/originalAmount", 1, 1},
        {WITH("\"originalAmount\":5.5,\"originalCurrency\":\"JPY\""),
         "note rounded flow 1/originalAmount", 1, 1},
        {"{" AMOUNT "," STATUS "," DATE "}", "skipped missing-id flow/id", 0, 0},
        {"{\"id\":\"a b\"}", "skipped missing-id flow/id", 0, 0},
        {"{\"id\":\"\"}", "skipped missing-id flow/id", 0, 0},
        {"7, null, [], \"x\"",
         "skipped missing-id flow/id; skipped missing-id flow/id; skipped missing-id flow/id; "
         "skipped missing-id flow/id",
         0, 0},
        {"{\"id\":5," AMOUNT "," STATUS "," DATE "}",
         "flag bad-version flow 5/updatedAt; flag no-destination flow 5/destinationObjects", 1, 1},
        {GOOD "," GOOD, "", 1, 1},
        {GOOD "," WITH_AMOUNT("101"), "flag duplicate-id flow 1", 1, 1},
    };
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        struct intake *in = read_flows(want[i].flow);
        CHECK_TEXT(diags(in), want[i].diags);
        CHECK_I64(count_kind(in, KIND_LINE), want[i].lines);
        CHECK_I64(count_kind(in, KIND_ENTRY), want[i].entries);
        CHECK_I64(in ? in->scope_count : 99, want[i].lines);
        check_records(in);
    }
}

static void the_newest_version_is_taken_whatever_the_order(void)
{
    static const char older[] = "{" MEMBERS("1") "," AMOUNT ",\"status\":\"pledge\"," DATE "}";
    const char *newer =
        text_format(&arena, "{\"id\":1,\"updatedAt\":\"2021-01-01T00:00:00Z\"," AMOUNT "," STATUS
                            "," DATE ",\"destinationObjects\":" PLACE("114", "Jordan") "}");
    for (int i = 0; i < 2; i++) {
        struct intake *in = read_flows(i ? text_format(&arena, "%s,%s", older, newer)
                                         : text_format(&arena, "%s,%s", newer, older));
        CHECK_TEXT(diags(in), "note older-version flow 1/updatedAt");
        CHECK(find(in, KIND_ENTRY, "fts:1/paid") != NULL);
        CHECK(find(in, KIND_ENTRY, "fts:1/pledge") == NULL);
    }
}

static void odd_text_becomes_clean_text(void)
{
    struct intake *in =
        read_flows("{\"id\":3,\"updatedAt\":\"2020-06-08T12:22:23Z\"," AMOUNT "," STATUS "," DATE
                   ",\"description\":\" a\\r\\n b\\u0001 \\u0085e\\u0301\","
                   "\"destinationObjects\":[{\"type\":\"A/B\",\"id\":\"1/2\",\"name\":\"c/d\"}]}");
    const struct record *line = find(in, KIND_LINE, "fts:3");
    CHECK_TEXT(text_of(line, F_NAME), "a b é");
    CHECK_TEXT(text_of(line, F_DESTINATION_TAG), "A-B/1-2///c/d");
    check_records(in);
}

static void a_flow_of_too_many_objects_is_left_out(void)
{
    struct buf flow = {.arena = &arena};
    buf_add(&flow, "{\"id\":3,\"updatedAt\":\"2020-06-08T12:22:23Z\"," AMOUNT "," STATUS "," DATE
                   ",\"destinationObjects\":[{}");
    for (int i = 0; i < 200; i++) buf_addf(&flow, ",{\"type\":\"Location\",\"id\":%d}", i);
    buf_add(&flow, "]}");
    struct intake *in = read_flows(flow.text);
    CHECK_TEXT(diags(in), "skipped too-many-objects flow 3");
    CHECK_I64(count_kind(in, KIND_LINE), 0);
}

static void files_that_are_not_pages_are_refused_whole(void)
{
    static const struct {
        const char *text, *says;
    } want[] = {
        {"", "page.json is empty"},
        {"{\"data\":{\"flows\":[" GOOD, "page.json, line 1, about byte "},
        {"{\"data\":{\"flows\":[\n\n{\"id\":01}]}}", "page.json, line 3, about byte 28: not JSON"},
        {"{\"data\":{\"flows\":[{1:2}]}}", "not JSON"},
        {"{\"data\":{\"flows\":[{\"id\":1,\"id\":2}]}}", "not JSON: duplicate object key"},
        {"{\"data\":{\"flows\":[1 2]}}", "not JSON"},
        {"{\"data\":{\"flows\":[-]}}", "not JSON"},
        {"{\"data\":{\"flows\":[1.]}}", "not JSON"},
        {"{\"data\":{\"flows\":[\"\xff\"]}}", "not JSON"},
        {"{\"data\":{\"flows\":[\"\\u0000\"]}}", "not JSON"},
        {"\xff\xfe{", "not JSON"},
        {"a,b\n1,2\n", "not JSON"},
        {"7", "not JSON"},
        {"[]", "page.json is no page of FTS flows: it has no list \"data.flows\""},
        {"{\"flows\":[]}", "it has no list \"data.flows\""},
        {"{\"data\":{\"flows\":{}}}", "it has no list \"data.flows\""},
        {"{\"data\":null}", "it has no list \"data.flows\""},
        {"{\"status\":\"error\",\"message\":\"x\"}", "it has no list \"data.flows\""},
    };
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        struct err err = {0};
        struct input inputs[2] = {input_of("good.json", "{\"data\":{\"flows\":[" GOOD "]}}"),
                                  input_of("page.json", want[i].text)};
        CHECK(read_inputs(inputs, 2, &err) == NULL);
        CHECK_I64(err.code, RC_INPUT);
        bool right = strstr(err.msg, want[i].says) != NULL;
        CHECK(right);
        if (!right) printf("# '%s' wants '%s'\n", err.msg, want[i].says);
    }
    struct err err = {0};
    struct input large = {"big.json", "big.json", "{}", ((size_t)256 << 20) + 1};
    CHECK(read_inputs(&large, 1, &err) == NULL);
    CHECK_TEXT(err.msg, "big.json has 256 MB; a JSON file may have at most 256");
    CHECK(read_inputs(NULL, 0, &err) == NULL);
}

static void deep_nesting_is_refused(void)
{
    struct err err = {0};
    struct buf deep = {.arena = &arena};
    for (int i = 0; i < 200000; i++) buf_add(&deep, "[");
    struct input input = input_of("deep.json", deep.text);
    CHECK(read_inputs(&input, 1, &err) == NULL);
    CHECK_I64(err.code, RC_INPUT);
}

static void only_flow_pages_are_recognised(void)
{
    struct input yes[] = {input_of("a", "\xef\xbb\xbf {\"data\":{\"flows\" : [ {}]}}"),
                          input_of("b", "{\"status\":\"ok\",\"data\":{\"flows\":[")};
    struct input no[] = {input_of("a", "[{\"flows\":[]}]"), input_of("b", "flows,\"flows\":["),
                         input_of("c", "{\"flows\":3}"), input_of("d", "")};
    CHECK(fts_reader.sniff(yes, 2));
    for (int i = 0; i < 4; i++) CHECK(!fts_reader.sniff(&no[i], 1));
    struct input mixed[] = {yes[0], no[0]};
    CHECK(!fts_reader.sniff(mixed, 2));
    CHECK(!fts_reader.sniff(NULL, 0));
    CHECK(source_reader_named("fts") == &fts_reader);
}

static void bad_plans_are_named(void)
{
    static const char text[] =
        "{\"data\":{\"plans\":[{\"id\":1,\"updatedAt\":\"2020-01-01T00:00:00Z\","
        "\"countries\":[{\"iso3\":\"JOR\"}],\"requirements\":{\"revisedRequirements\":10.5},"
        "\"startDate\":\"2922-01-01\"},{\"id\":1},{\"name\":\"x\"},3,"
        "{\"id\":2,\"updatedAt\":\"x\",\"requirements\":{\"origRequirements\":-1}},"
        "{\"id\":3,\"updatedAt\":\"2020-01-01T00:00:00Z\",\"countries\":[{\"iso3\":\"QQQ\"}],"
        "\"requirements\":{\"origRequirements\":0}}]}}";
    struct err err = {0};
    struct intake in = {.arena = &arena};
    struct input input = input_of("plans.json", text);
    CHECK(fts_plans_reader.read(&input, 1, &in, &err) == RC_OK);
    CHECK_TEXT(diags(&in),
               "flag date-out-of-range plan 1/startDate; skipped duplicate-id plan 1/id; "
               "skipped missing-id id; skipped missing-id id; flag bad-version plan 2/updatedAt; "
               "flag bad-amount plan 2/origRequirements; "
               "skipped no-requirement plan 2/requirements; note unknown-place plan 3/countries");
    CHECK_I64(record_int(find(&in, KIND_NEED, "fts:plan:1"), F_QTY, 0), 1050);
    CHECK_TEXT(key_of(find(&in, KIND_NEED, "fts:plan:3"), F_RECEIVER), "fts:plan:3");
    check_records(&in);

    input = input_of("plans.json", "{\"data\":{\"flows\":[]}}");
    CHECK(fts_plans_reader.read(&input, 1, &in, &err) == RC_INPUT);
    CHECK_TEXT(err.msg, "plans.json is no FTS plan overview: it has no list \"data.plans\"");
}

#define RUN_SHARED(test)                                                                           \
    do {                                                                                           \
        struct input probe;                                                                        \
        if (load("custom-search-locationid-1-year-2020.json", &probe)) {                           \
            RUN(test);                                                                             \
        } else {                                                                                   \
            printf("ok %d - %s # SKIP no ../shared\n", ++tap_count, #test);                        \
        }                                                                                          \
        arena_free(&arena);                                                                        \
    } while (0)

int main(void)
{
    RUN_SHARED(every_flow_of_both_countries_is_one_line);
    RUN_SHARED(published_totals_come_out_of_the_tags);
    RUN_SHARED(sums_by_stage_are_those_of_the_bytes);
    RUN_SHARED(publishers_figures_are_kept_apart);
    RUN_SHARED(pages_without_totals_and_marks_give_the_same);
    RUN_SHARED(the_order_of_pages_changes_no_key);
    RUN_SHARED(missing_pages_are_noted);
    RUN_SHARED(plans_become_needs);
    RUN(a_flow_says_what_its_members_say);
    RUN(amounts_never_pass_through_a_double);
    RUN(parties_are_countries_institutions_or_organizations);
    RUN(rows_that_cannot_be_right_are_named);
    RUN(the_newest_version_is_taken_whatever_the_order);
    RUN(odd_text_becomes_clean_text);
    RUN(a_flow_of_too_many_objects_is_left_out);
    RUN(files_that_are_not_pages_are_refused_whole);
    RUN(deep_nesting_is_refused);
    RUN(only_flow_pages_are_recognised);
    RUN(bad_plans_are_named);
    arena_free(&arena);
    return tap_done();
}
