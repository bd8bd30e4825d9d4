/*
 * fts.c - flows of the OCHA Financial Tracking Service, as its API gives them.
 *
 * A flow is a line with one entry, world to the stage its status names. All
 * objects of both sides are kept as tags, because what is incoming depends on
 * the boundary of the question, not on the flow. What the pages themselves
 * say of that (their totals, the marks `boundary` and `onBoundary`) is kept
 * as statements and never used: a page without them gives the same lines.
 *
 * Pages given together are one unit. A flow in several of them is one line:
 * the newest version by updatedAt. Pages with the same totals answer the same
 * query and are called a set.
 *
 * The intake as a whole states no instant: every flow has its own, and an old
 * flow must not look newer for having come with a page of new ones.
 */
#include <stdlib.h>
#include <string.h>

#include "base/sha.h"
#include "base/text.h"
#include "names/names.h"
#include "source/json_text.h"
#include "source/readers.h"
#include "source/source.h"

enum { TAGS_MAX = 200, CANDIDATES_MAX = 64, SNIFF_BYTES = 64 * 1024, SET_HEX = 17 };

#define PUBLISHER "UN OCHA Financial Tracking Service"

/* What all incoming flows of a set have in common; `known` once the first was seen. */
struct common {
    const char *texts[CANDIDATES_MAX];
    uint32_t count;
    bool known;
};

struct set {
    const char *totals; /* the totals as canonical JSON: what tells sets apart */
    char hash[SET_HEX]; /* of its pages, whatever their order */
    uint32_t page_count, flow_count;
    int64_t stated_ms;
    struct common places, years;
};

struct page {
    const struct input *input;
    json_t *root;  /* owned: read_fts() lets go of it */
    json_t *data;  /* borrowed from root */
    json_t *flows; /* borrowed from root */
    struct set *set;
    const char *source; /* key of its source record */
    int64_t stated_ms;  /* newest updatedAt */
};

struct flow {
    const json_t *json;
    const struct page *page;
    uint32_t row; /* from 1, in its page */
    const char *id, *key;
    int64_t stated_ms; /* updatedAt, 0: not said */
};

struct reading {
    struct intake *in;
    struct arena *a;
    struct page *pages;
    uint32_t page_count;
    struct set *sets;
    uint32_t set_count;
    struct flow *flows; /* every flow of every page that has an id */
    uint32_t flow_count;
    struct map newest; /* id -> index into flows */
};

static void diag(struct reading *r, const struct flow *f, enum severity severity, const char *rule,
                 const char *member, const char *value, const char *expected)
{
    const char *name = f->id ? text_format(r->a, "flow %s", f->id) : "flow";
    struct diag d = {
        .severity = severity,
        .rule = rule,
        .file = f->page->input->name,
        .row = f->row,
        .column = *member ? text_format(r->a, "%s/%s", name, member) : name,
        .value = value,
        .expected = expected,
    };
    intake_diag(r->in, &d);
}

/* --- pages --- */

static bool sniff_fts(const struct input *inputs, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const char *p = inputs[i].bytes;
        size_t len = inputs[i].len < SNIFF_BYTES ? inputs[i].len : SNIFF_BYTES;
        struct arena a = {0};
        const char *head = arena_bytes(&a, p, len);
        head += text_starts(head, "\xef\xbb\xbf") ? 3 : 0;
        head += strspn(head, " \t\r\n");
        const char *flows = *head == '{' ? strstr(head, "\"flows\"") : NULL;
        flows = flows ? flows + 7 + strspn(flows + 7, " \t\r\n") : "";
        bool ours = *flows == ':' && flows[1 + strspn(flows + 1, " \t\r\n")] == '[';
        arena_free(&a);
        if (!ours) return false;
    }
    return count > 0;
}

static enum rc open_page(struct page *page, const struct input *input, struct err *err)
{
    page->input = input;
    if (json_file_read(input, &page->root, err)) return err->code;
    page->data = json_object_get(page->root, "data");
    page->flows = json_object_get(page->data, "flows");
    if (!json_is_array(page->flows)) {
        return fail(err, RC_INPUT, "%.80s is no page of FTS flows: it has no list \"data.flows\"",
                    input->name);
    }
    return RC_OK;
}

/* updatedAt, else createdAt, else 0 and a flag. */
static int64_t flow_stated(struct reading *r, const struct flow *f)
{
    int64_t ms;
    struct err err;
    const char *updated = json_member_text(r->a, f->json, "updatedAt");
    if (instant_parse(updated, &ms, &err) == RC_OK) return ms;
    diag(r, f, DIAG_FLAG, "bad-version", "updatedAt", updated,
         "an instant like 2020-06-08T12:22:23Z");
    const char *created = json_member_text(r->a, f->json, "createdAt");
    return instant_parse(created, &ms, &err) == RC_OK ? ms : 0;
}

static bool good_id(const char *id)
{
    size_t len = strspn(id, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_");
    return len > 0 && len <= 40 && !id[len];
}

/* Whether two flows say the same but for the marks, which depend on the query. */
static bool same_flow(const json_t *a, const json_t *b)
{
    json_t *x = json_copy((json_t *)(uintptr_t)a), *y = json_copy((json_t *)(uintptr_t)b);
    json_object_del(x, "boundary");
    json_object_del(x, "onBoundary");
    json_object_del(y, "boundary");
    json_object_del(y, "onBoundary");
    bool same = json_equal(x, y);
    json_decref(x);
    json_decref(y);
    return same;
}

/* Keep the newer of two versions of one flow under its id. */
static void keep_newest(struct reading *r, uint32_t at)
{
    const struct flow *f = &r->flows[at];
    uint64_t *known = map_get(&r->newest, f->id);
    if (!known) {
        map_put(&r->newest, f->id, at);
        return;
    }
    const struct flow *other = &r->flows[*known];
    if (f->stated_ms == other->stated_ms) {
        if (same_flow(f->json, other->json)) return;
        diag(r, f, DIAG_FLAG, "duplicate-id", "", f->id,
             "one flow of that id and version; the first was taken");
        return;
    }
    bool newer = f->stated_ms > other->stated_ms;
    diag(r, newer ? other : f, DIAG_NOTE, "older-version", "updatedAt",
         json_member_text(r->a, newer ? other->json : f->json, "updatedAt"),
         "the newest version, which was taken");
    if (newer) *known = at;
}

static void list_flows(struct reading *r)
{
    size_t total = 0;
    for (uint32_t i = 0; i < r->page_count; i++) total += json_array_size(r->pages[i].flows);
    r->flows = NEW_ARRAY(r->a, total + 1, struct flow);
    for (uint32_t i = 0; i < r->page_count; i++) {
        struct page *page = &r->pages[i];
        for (size_t k = 0; k < json_array_size(page->flows); k++) {
            struct flow f = {json_array_get(page->flows, k), page, (uint32_t)k + 1, NULL, NULL, 0};
            const char *id = json_member_text(r->a, f.json, "id");
            r->in->rows_read++;
            if (!good_id(id)) {
                diag(r, &f, DIAG_SKIPPED, "missing-id", "id", id, "the number of the flow");
                continue;
            }
            f.id = id;
            f.key = text_format(r->a, "fts:%s", id);
            f.stated_ms = flow_stated(r, &f);
            if (f.stated_ms > page->stated_ms) page->stated_ms = f.stated_ms;
            r->flows[r->flow_count] = f;
            keep_newest(r, r->flow_count++);
        }
    }
}

static void add_source(struct reading *r, struct page *page)
{
    page->source = intake_source(r->in, page->input, PUBLISHER, "FTS flows", page->stated_ms,
                                 "application/json");
}

/* --- what both sides name --- */

static bool is_type(struct reading *r, const json_t *object, const char *type)
{
    return strcmp(json_member_text(r->a, object, "type"), type) == 0;
}

/* The nation of that name, or NULL. */
static const struct known_party *nation(const char *name)
{
    const struct known_party *p = names_party(name);
    return p && strcmp(p->type, "nation") == 0 ? p : NULL;
}

/* The country of "Korea, Republic of, Government of" or "Government of Chad"; NULL for others. */
static const struct known_party *government_of(struct arena *a, const char *name)
{
    static const char before[] = "Government of ", after[] = ", Government of";
    size_t len = strlen(name), tail = sizeof after - 1;
    if (text_starts(name, before)) return nation(name + sizeof before - 1);
    if (len <= tail || strcmp(name + len - tail, after) != 0) return NULL;
    return nation(arena_bytes(a, name, len - tail));
}

static const char *organization_type(struct reading *r, const json_t *object)
{
    const char *type =
        json_value_text(r->a, json_array_get(json_object_get(object, "organizationTypes"), 0));
    if (strstr(type, "fund") || strstr(type, "Fund")) return "fund";
    if (!*type || strstr(type, "NGO") || strstr(type, "Private") || strstr(type, "Other")) {
        return "other";
    }
    return "institution";
}

static const char *organization_party(struct reading *r, const json_t *object)
{
    const char *name = json_member_text(r->a, object, "name"),
               *id = json_member_text(r->a, object, "id");
    const struct known_party *p = government_of(r->a, name);
    if (!p) {
        /* The EU's institutions by any of their names; but "Jordan" alone is no organization. */
        const struct known_party *known = names_party(name);
        if (known && strcmp(known->type, "nation") != 0) p = known;
    }
    if (p) return intake_party(r->in, p->key, p->name, p->type);
    const char *key = text_format(r->a, "fts:org:%s", *id ? id : text_fold(r->a, name));
    return intake_party(r->in, key, *name ? name : key, organization_type(r, object));
}

static const char *place_party(struct reading *r, const json_t *object)
{
    const char *name = json_member_text(r->a, object, "name"),
               *id = json_member_text(r->a, object, "id");
    const struct known_party *p = nation(name);
    if (p) return intake_party(r->in, p->key, p->name, p->type);
    const char *key = text_format(r->a, "fts:location:%s", *id ? id : text_fold(r->a, name));
    return intake_party(r->in, key, *name ? name : key, "other");
}

/* The first Organization of a side, else its first Location, else nobody known. */
static const char *side_party(struct reading *r, const json_t *objects)
{
    for (size_t i = 0; i < json_array_size(objects); i++) {
        const json_t *object = json_array_get(objects, i);
        if (is_type(r, object, "Organization")) return organization_party(r, object);
    }
    for (size_t i = 0; i < json_array_size(objects); i++) {
        const json_t *object = json_array_get(objects, i);
        if (is_type(r, object, "Location")) return place_party(r, object);
    }
    return intake_party(r->in, "unknown", "Unknown", "other");
}

/* "2020", for a year that a book may hold; "" else. */
static const char *usage_year(const char *name)
{
    bool year = strlen(name) == 4 && strspn(name, "0123456789") == 4;
    return year && strcmp(name, "1900") >= 0 && strcmp(name, "2200") < 0 ? name : "";
}

/* What a boundary compares: a country, a year, a plan; "" for the rest. */
static const char *object_code(struct reading *r, const json_t *object)
{
    const char *name = json_member_text(r->a, object, "name");
    if (is_type(r, object, "Plan")) return json_member_text(r->a, object, "id");
    if (is_type(r, object, "UsageYear")) return usage_year(name);
    const struct known_party *p = is_type(r, object, "Location") ? nation(name) : NULL;
    return p ? p->key : "";
}

/* A part of a tag before its name may hold no slash. */
static const char *tag_part(struct arena *a, const char *text)
{
    char *part = NEW_ARRAY(a, strlen(text) + 1, char);
    for (size_t i = 0; text[i]; i++) part[i] = text[i] == '/' ? '-' : text[i];
    return part;
}

static const char *object_tag(struct reading *r, const struct flow *f, const json_t *object)
{
    const char *name = json_member_text(r->a, object, "name"), *code = object_code(r, object);
    if (!*code && is_type(r, object, "Location")) {
        diag(r, f, DIAG_NOTE, "unknown-place", "Location", name,
             "a country of ISO 3166 or of data/aliases.csv");
    }
    return text_format(r->a, "%s/%s/%s/%s/%s",
                       tag_part(r->a, json_member_text(r->a, object, "type")),
                       tag_part(r->a, json_member_text(r->a, object, "id")), tag_part(r->a, code),
                       tag_part(r->a, json_member_text(r->a, object, "behavior")), name);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted, each once: FTS gives the objects of one flow in any order. */
static void add_tags(struct reading *r, const struct flow *f, struct record *line, enum tag tag,
                     const json_t *objects)
{
    const char *tags[TAGS_MAX];
    size_t count = json_array_size(objects);
    for (size_t i = 0; i < count; i++) tags[i] = object_tag(r, f, json_array_get(objects, i));
    if (count) qsort(tags, count, sizeof *tags, by_text);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && strcmp(tags[i], tags[i - 1]) == 0) continue;
        record_set_text(r->a, line, tag, tags[i]);
    }
}

/* --- a flow --- */

/* What of a flow was understood; made before anything is added. */
struct reading_flow {
    const char *status;
    enum stage stage;
    bool has_amount;
    int64_t cents;
    int32_t day;
    enum precision precision;
    const char *passage;
};

static bool flow_stage(const char *status, enum stage *stage)
{
    static const struct {
        const char *status;
        enum stage stage;
    } stages[] = {
        {"pledge", STAGE_ANNOUNCED}, {"commitment", STAGE_COMMITTED}, {"paid", STAGE_DELIVERED}};
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        if (strcmp(stages[i].status, status) != 0) continue;
        *stage = stages[i].stage;
        return true;
    }
    return false;
}

/* A member in minor units; a diagnostic of that severity and false when it cannot be one. */
static bool flow_money(struct reading *r, const struct flow *f, const char *member, int places,
                       enum severity severity, int64_t *parts)
{
    struct dec d;
    struct err err = {0};
    bool exact;
    size_t digits = 0;
    const char *text = json_member_text(r->a, f->json, member);
    for (const char *c = text; *c; c++) digits += *c >= '0' && *c <= '9';
    bool number = digits > 0 && !text[strspn(text, "0123456789+-.eE")] &&
                  strchr(text, '.') == strrchr(text, '.');
    if (dec_parse(text, &d, &err) && !number) {
        diag(r, f, severity, "not-a-number", member, text, "an amount like 244218 or 244218.50");
        return false;
    }
    if (err.code || digits > 18 || dec_to_parts(d, places, parts, &exact, &err)) {
        diag(r, f, severity, "overflow", member, text, "an amount below 90,000,000,000,000,000");
        return false;
    }
    if (d.n < 0) {
        diag(r, f, severity, "negative-amount", member, text, "an amount of 0 or more");
        return false;
    }
    if (!exact) diag(r, f, DIAG_NOTE, "rounded", member, text, "no fraction of the minor unit");
    return true;
}

/* "2020-05-13T00:00:00Z": the date part. Only whole days between 1900 and 2199. */
static bool date_part(struct arena *a, const char *text, int32_t *day)
{
    struct err err;
    enum precision precision;
    size_t len = strcspn(text, "T ");
    return len == 10 && day_parse(arena_bytes(a, text, len), day, &precision, &err) == RC_OK;
}

/* The date; else the decision's or first report's as a stand-in, flagged; false: none is a date. */
static bool flow_day(struct reading *r, const struct flow *f, struct reading_flow *out)
{
    static const char *const members[] = {"date", "decisionDate", "firstReportedDate"};
    static const char want[] = "a date between 1900 and 2199, like 2020-05-13";
    const char *date = json_member_text(r->a, f->json, members[0]);
    for (int i = 0; i < 3; i++) {
        if (!date_part(r->a, json_member_text(r->a, f->json, members[i]), &out->day)) continue;
        out->precision = i == 0 ? PRECISION_DAY : PRECISION_UNKNOWN;
        if (i > 0) {
            diag(r, f, DIAG_FLAG, "date-out-of-range", members[0], date,
                 text_format(r->a, "%s; %s stands in", want, members[i]));
        }
        return true;
    }
    diag(r, f, DIAG_SKIPPED, "date-out-of-range", members[0], date, want);
    return false;
}

static bool understand(struct reading *r, const struct flow *f, struct reading_flow *out)
{
    size_t sources = json_array_size(json_object_get(f->json, "sourceObjects"));
    size_t destinations = json_array_size(json_object_get(f->json, "destinationObjects"));
    out->status = json_member_text(r->a, f->json, "status");
    if (!flow_stage(out->status, &out->stage)) {
        diag(r, f, DIAG_SKIPPED, "unknown-status", "status", out->status,
             "pledge, commitment or paid");
        return false;
    }
    if (sources > TAGS_MAX || destinations > TAGS_MAX || sources + destinations > TAGS_MAX) {
        diag(r, f, DIAG_SKIPPED, "too-many-objects", "",
             text_format(r->a, "%zu", sources + destinations), "at most 200 objects");
        return false;
    }
    const json_t *amount = json_object_get(f->json, "amountUSD");
    out->has_amount = amount && !json_is_null(amount);
    if (out->has_amount && !flow_money(r, f, "amountUSD", 2, DIAG_SKIPPED, &out->cents)) {
        return false;
    }
    if (!flow_day(r, f, out)) return false;
    if (!out->has_amount) {
        diag(r, f, DIAG_FLAG, "no-amount", "amountUSD", "", "an amount in USD");
    }
    if (destinations == 0) {
        diag(r, f, DIAG_FLAG, "no-destination", "destinationObjects", "",
             "at least a Location and a UsageYear");
    }
    out->passage = intake_passage(r->in, f->page->source, text_format(r->a, "flow %s", f->id));
    return true;
}

static void note_part(struct buf *note, const char *prefix, const char *text)
{
    if (!*text) return;
    if (note->len) buf_add(note, "; ");
    buf_add(note, prefix);
    buf_add(note, text);
}

static const char *flow_note(struct reading *r, const struct flow *f)
{
    struct buf note = {.arena = r->a};
    note_part(&note, "", json_member_text(r->a, f->json, "flowType"));
    note_part(&note, "", json_member_text(r->a, f->json, "contributionType"));
    note_part(&note, "", json_member_text(r->a, f->json, "method"));
    note_part(&note, "ref ", json_member_text(r->a, f->json, "refCode"));
    note_part(&note, "budget year ", json_member_text(r->a, f->json, "budgetYear"));
    const json_t *keywords = json_object_get(f->json, "keywords");
    for (size_t i = 0; i < json_array_size(keywords) && i < 20; i++) {
        note_part(&note, "keyword ", json_value_text(r->a, json_array_get(keywords, i)));
    }
    return note.text;
}

static void add_conditions(struct reading *r, const struct flow *f, struct record *line)
{
    const json_t *kinds = json_object_get(f->json, "grandBargainEarmarkingType");
    for (size_t i = 0; i < json_array_size(kinds) && i < 8; i++) {
        record_set_text(r->a, line, F_CONDITION, json_value_text(r->a, json_array_get(kinds, i)));
    }
}

static void add_line(struct reading *r, const struct flow *f, const struct reading_flow *said)
{
    const json_t *sources = json_object_get(f->json, "sourceObjects");
    const json_t *destinations = json_object_get(f->json, "destinationObjects");
    const char *giver = side_party(r, sources), *receiver = side_party(r, destinations);
    const char *item = intake_money(r->in, "USD");
    const char *parent = json_member_text(r->a, f->json, "parentFlowId");

    struct record *line = intake_add(r->in, KIND_LINE);
    record_set_text(r->a, line, F_KEY, f->key);
    record_set_text(r->a, line, F_NAME, json_member_text(r->a, f->json, "description"));
    record_set_key(r->a, line, F_PARTY, giver);
    record_set_key(r->a, line, F_RECEIVER, receiver);
    record_set_key(r->a, line, F_ITEM, item);
    record_set_text(r->a, line, F_CLASS, "humanitarian");
    record_set_text(r->a, line, F_SERIES, "fts");
    record_set_int(r->a, line, F_DAY, said->day);
    if (said->precision) record_set_int(r->a, line, F_PRECISION, said->precision);
    record_set_key(r->a, line, F_PASSAGE, said->passage);
    if (f->stated_ms) record_set_int(r->a, line, F_STATED, f->stated_ms);
    if (said->has_amount) {
        record_set_int(r->a, line, F_LOW, said->cents);
        record_set_int(r->a, line, F_HIGH, said->cents);
    }
    if (json_is_true(json_object_get(f->json, "newMoney"))) {
        record_set_int(r->a, line, F_NEW_MONEY, 1);
    }
    if (good_id(parent)) {
        record_set_text(r->a, line, F_LINK, text_format(r->a, "fts:%s", parent));
    }
    record_set_text(r->a, line, F_NOTE, flow_note(r, f));
    add_conditions(r, f, line);
    add_tags(r, f, line, F_SOURCE_TAG, sources);
    add_tags(r, f, line, F_DESTINATION_TAG, destinations);
}

static void add_entry(struct reading *r, const struct flow *f, const struct reading_flow *said)
{
    if (!said->has_amount || said->cents == 0) return;
    struct record *entry = intake_add(r->in, KIND_ENTRY);
    record_set_text(r->a, entry, F_KEY, text_format(r->a, "%s/%s", f->key, said->status));
    record_set_key(r->a, entry, F_LINE, f->key);
    record_set_int(r->a, entry, F_FROM, STAGE_WORLD);
    record_set_int(r->a, entry, F_TO, said->stage);
    record_set_int(r->a, entry, F_QTY, said->cents);
    record_set_int(r->a, entry, F_DAY, said->day);
    if (said->precision) record_set_int(r->a, entry, F_PRECISION, said->precision);
    record_set_key(r->a, entry, F_PASSAGE, said->passage);
    record_set_text(r->a, entry, F_AUTHOR, "import:fts");
    if (f->stated_ms) record_set_int(r->a, entry, F_STATED, f->stated_ms);
}

/* The original amount: a second value of the same support, never added to the first. */
static void add_original(struct reading *r, const struct flow *f, const struct reading_flow *said)
{
    const json_t *amount = json_object_get(f->json, "originalAmount");
    const char *currency = json_member_text(r->a, f->json, "originalCurrency");
    int64_t parts;
    if (!amount || json_is_null(amount) || !*currency) return;
    int places = names_currency_places(currency);
    if (places < 0) {
        diag(r, f, DIAG_FLAG, "unknown-currency", "originalCurrency", currency,
             "a code of ISO 4217");
        return;
    }
    if (!flow_money(r, f, "originalAmount", places, DIAG_FLAG, &parts) || parts == 0) return;
    struct record *value = intake_add(r->in, KIND_VALUE);
    record_set_text(r->a, value, F_KEY, text_format(r->a, "%s/original", f->key));
    record_set_key(r->a, value, F_OF, f->key);
    record_set_int(r->a, value, F_TO, said->stage);
    record_set_text(r->a, value, F_BASIS, "stated");
    record_set_int(r->a, value, F_LOW, parts);
    record_set_int(r->a, value, F_HIGH, parts);
    record_set_text(r->a, value, F_CURRENCY, currency);
    record_set_int(r->a, value, F_DAY, said->day);
    record_set_text(r->a, value, F_SERIES, "fts");
    record_set_key(r->a, value, F_PASSAGE, said->passage);
    if (f->stated_ms) record_set_int(r->a, value, F_STATED, f->stated_ms);
}

static void take_flow(struct reading *r, const struct flow *f)
{
    struct reading_flow said = {0};
    if (!understand(r, f, &said)) return;
    add_line(r, f, &said);
    add_entry(r, f, &said);
    add_original(r, f, &said);
    /* One entry a flow: with another status, or with nothing left, the older one goes. */
    intake_scope(r->in, text_format(r->a, "%s/", f->key));
    r->in->rows_taken++;
}

/* --- what the publisher computed --- */

static const char *page_totals(struct reading *r, const struct page *page)
{
    static const char *const parts[] = {"incoming", "outgoing", "internal"};
    struct buf out = {.arena = r->a};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        json_t *part = json_object_get(page->data, parts[i]);
        char *text = part ? json_dumps(part, JSON_SORT_KEYS | JSON_ENCODE_ANY) : NULL;
        buf_add(&out, text ? text : "-");
        free(text);
    }
    buf_add(&out, json_member_text(r->a, json_object_get(page->root, "meta"), "count"));
    return out.text;
}

/* The hash of a set's pages, in order of their own hashes, each once. */
static void hash_set(struct reading *r, struct set *set)
{
    const char **keys = NEW_ARRAY(r->a, r->page_count, const char *);
    struct buf all = {.arena = r->a};
    size_t count = 0;
    for (uint32_t i = 0; i < r->page_count; i++) {
        if (r->pages[i].set == set) keys[count++] = r->pages[i].source;
    }
    qsort(keys, count, sizeof *keys, by_text);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || strcmp(keys[i], keys[i - 1]) != 0) buf_add(&all, keys[i]);
    }
    uint8_t hash[SHA_BYTES];
    sha256(all.text, all.len, hash);
    hex_encode(hash, (SET_HEX - 1) / 2, set->hash);
}

static void find_sets(struct reading *r)
{
    r->sets = NEW_ARRAY(r->a, r->page_count, struct set);
    for (uint32_t i = 0; i < r->page_count; i++) {
        struct page *page = &r->pages[i];
        const char *totals = page_totals(r, page);
        uint32_t s = 0;
        while (s < r->set_count && strcmp(r->sets[s].totals, totals) != 0) s++;
        if (s == r->set_count) r->sets[r->set_count++].totals = totals;
        page->set = &r->sets[s];
        page->set->page_count++;
        if (page->stated_ms > page->set->stated_ms) page->set->stated_ms = page->stated_ms;
    }
    for (uint32_t s = 0; s < r->set_count; s++) hash_set(r, &r->sets[s]);
}

/* Keep in `common` only what this flow's destination names too. */
static void narrow_common(struct reading *r, const struct flow *f, const char *type,
                          struct common *common)
{
    const json_t *objects = json_object_get(f->json, "destinationObjects");
    const char *codes[CANDIDATES_MAX];
    uint32_t count = 0, kept = 0;
    for (size_t i = 0; i < json_array_size(objects) && count < CANDIDATES_MAX; i++) {
        const json_t *object = json_array_get(objects, i);
        const char *code = is_type(r, object, type) ? object_code(r, object) : "";
        if (*code) codes[count++] = code;
    }
    if (!common->known) {
        if (count) memcpy(common->texts, codes, count * sizeof *codes);
        common->count = count;
        common->known = true;
        return;
    }
    for (uint32_t i = 0; i < common->count; i++) {
        bool here = false;
        for (uint32_t k = 0; k < count; k++) here |= !strcmp(codes[k], common->texts[i]);
        if (here) common->texts[kept++] = common->texts[i];
    }
    common->count = kept;
}

/* The page's mark on a flow: "incoming single". It holds for the set's query only. */
static void add_mark(struct reading *r, const struct flow *f)
{
    struct set *set = f->page->set;
    const char *boundary = json_member_text(r->a, f->json, "boundary");
    const char *on = json_member_text(r->a, f->json, "onBoundary");
    set->flow_count++;
    if (!*boundary) return;
    if (strcmp(boundary, "incoming") == 0) {
        narrow_common(r, f, "Location", &set->places);
        narrow_common(r, f, "UsageYear", &set->years);
    }
    struct record *s = intake_add(r->in, KIND_STATEMENT);
    record_set_text(r->a, s, F_KEY, text_format(r->a, "%s/boundary@%s", f->key, set->hash));
    record_set_text(r->a, s, F_TYPE, "figure");
    record_set_text(r->a, s, F_MEASURE, "boundary");
    record_set_text(r->a, s, F_TEXT, text_format(r->a, "%s%s%s", boundary, *on ? " " : "", on));
    record_set_text(r->a, s, F_LINK, f->key);
    record_set_text(r->a, s, F_SERIES, "fts");
    record_set_key(r->a, s, F_PASSAGE,
                   intake_passage(r->in, f->page->source, text_format(r->a, "flow %s", f->id)));
    if (f->stated_ms) record_set_int(r->a, s, F_STATED, f->stated_ms);
}

/* One total of a set; about the one country and year that all its incoming flows name, if so. */
static void add_total(struct reading *r, const struct page *page, const char *measure, bool money,
                      const json_t *value)
{
    const struct set *set = page->set;
    struct dec d;
    struct err err;
    int64_t cents = 0;
    const char *text = json_value_text(r->a, value);
    if (dec_parse(text, &d, &err) || (money && dec_to_parts(d, 2, &cents, NULL, &err))) return;
    struct record *s = intake_add(r->in, KIND_STATEMENT);
    record_set_text(r->a, s, F_KEY, text_format(r->a, "fts:page/%s/%s", set->hash, measure));
    record_set_text(r->a, s, F_TYPE, "figure");
    record_set_text(r->a, s, F_MEASURE, measure);
    if (money) {
        record_set_int(r->a, s, F_LOW, cents);
        record_set_int(r->a, s, F_HIGH, cents);
        record_set_text(r->a, s, F_CURRENCY, "USD");
    } else {
        record_set_dec(r->a, s, F_AMOUNT, d);
    }
    if (set->places.count == 1 && set->years.count == 1) {
        const struct known_party *p = names_party(set->places.texts[0]);
        record_set_key(r->a, s, F_PARTY, intake_party(r->in, p->key, p->name, p->type));
        record_set_int(r->a, s, F_DAY, day_from_civil(atoi(set->years.texts[0]), 12, 31));
    }
    record_set_text(r->a, s, F_SERIES, "fts");
    record_set_key(r->a, s, F_PASSAGE, intake_passage(r->in, page->source, "totals"));
    if (set->stated_ms) record_set_int(r->a, s, F_STATED, set->stated_ms);
}

/* The totals that stand on every page of a set, once; and whether all its flows are here. */
static void add_totals(struct reading *r, const struct page *page)
{
    static const struct {
        const char *part, *member, *measure;
        bool money;
    } totals[] = {
        {"incoming", "fundingTotal", "incoming", true},
        {"incoming", "pledgeTotal", "pledged", true},
        {"incoming", "flowCount", "incoming-flows", false},
        {"outgoing", "fundingTotal", "outgoing", true},
        {"outgoing", "pledgeTotal", "outgoing-pledged", true},
        {"outgoing", "flowCount", "outgoing-flows", false},
        {"internal", "fundingTotal", "internal", true},
        {"internal", "flowCount", "internal-flows", false},
    };
    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++) {
        const json_t *part = json_object_get(page->data, totals[i].part);
        const json_t *value = json_object_get(part, totals[i].member);
        if (value) add_total(r, page, totals[i].measure, totals[i].money, value);
    }
    const json_t *count = json_object_get(json_object_get(page->root, "meta"), "count");
    const char *said = json_value_text(r->a, count);
    const char *here = text_format(r->a, "%u", page->set->flow_count);
    if (!*said) return;
    add_total(r, page, "flows", false, count);
    if (strcmp(said, here) != 0) {
        struct diag d = {.severity = DIAG_NOTE,
                         .rule = "pages-missing",
                         .file = page->input->name,
                         .column = "meta/count",
                         .value = here,
                         .expected = text_format(r->a, "%s flows; give all pages together", said)};
        intake_diag(r->in, &d);
    }
}

static void take_all(struct reading *r)
{
    list_flows(r);
    for (uint32_t i = 0; i < r->page_count; i++) add_source(r, &r->pages[i]);
    find_sets(r);
    for (uint32_t i = 0; i < r->flow_count; i++) {
        if (*map_get(&r->newest, r->flows[i].id) == i) take_flow(r, &r->flows[i]);
    }
    struct map marked = {.arena = r->a};
    for (uint32_t i = 0; i < r->flow_count; i++) {
        const struct flow *f = &r->flows[i];
        const char *key = text_format(r->a, "%s@%s", f->id, f->page->set->hash);
        if (!map_get(&marked, key)) add_mark(r, f);
        map_put(&marked, key, 1);
    }
    for (uint32_t s = 0; s < r->set_count; s++) {
        /* Of the pages that say the same, the one of the lowest hash: any order, one passage. */
        const struct page *first = NULL;
        for (uint32_t i = 0; i < r->page_count; i++) {
            const struct page *page = &r->pages[i];
            if (page->set != &r->sets[s]) continue;
            if (!first || strcmp(page->source, first->source) < 0) first = page;
        }
        add_totals(r, first);
    }
}

static enum rc read_fts(const struct input *inputs, uint32_t count, struct intake *out,
                        struct err *err)
{
    struct reading r = {.in = out, .a = out->arena, .page_count = count};
    enum rc rc = count ? RC_OK : fail(err, RC_INPUT, "no page of FTS flows was given");
    r.newest.arena = r.a;
    r.pages = NEW_ARRAY(r.a, count + 1, struct page);
    out->format = "fts";
    for (uint32_t i = 0; i < count && !rc; i++) rc = open_page(&r.pages[i], &inputs[i], err);
    if (!rc) take_all(&r);
    for (uint32_t i = 0; i < count; i++) json_decref(r.pages[i].root);
    return rc;
}

const struct reader fts_reader = {
    .name = "fts",
    .about = "flows of the OCHA Financial Tracking Service: JSON pages of its API",
    .sniff = sniff_fts,
    .read = read_fts,
};
