/*
 * fts_plans.c - the plan overview of the OCHA Financial Tracking Service.
 *
 * A humanitarian plan is a need for money: so much, for a country, from a day
 * until a day. Its quantity is the revised requirement, which is what FTS
 * measures against; both requirements, and the funding that FTS itself
 * computes, are kept as the publisher's figures. A plan for several countries
 * is asked for by the plan itself, as a party: FTS does not say whose share
 * is how much.
 */
#include <string.h>

#include "base/text.h"
#include "names/names.h"
#include "source/json_text.h"
#include "source/readers.h"
#include "source/source.h"

enum { SNIFF_BYTES = 64 * 1024 };

struct overview {
    struct intake *in;
    struct arena *a;
    const struct input *input;
    const char *source;
};

struct plan {
    const json_t *json;
    uint32_t row;
    const char *id, *key;
    int64_t stated_ms;
};

static void diag(struct overview *o, const struct plan *p, enum severity severity, const char *rule,
                 const char *member, const char *value, const char *expected)
{
    struct diag d = {
        .severity = severity,
        .rule = rule,
        .file = o->input->name,
        .row = p->row,
        .column = p->id ? text_format(o->a, "plan %s/%s", p->id, member) : member,
        .value = value,
        .expected = expected,
    };
    intake_diag(o->in, &d);
}

static bool sniff_plans(const struct input *inputs, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        size_t len = inputs[i].len < SNIFF_BYTES ? inputs[i].len : SNIFF_BYTES;
        struct arena a = {0};
        const char *head = arena_bytes(&a, inputs[i].bytes, len);
        head += text_starts(head, "\xef\xbb\xbf") ? 3 : 0;
        head += strspn(head, " \t\r\n");
        bool ours = *head == '{' && strstr(head, "\"plans\"") && strstr(head, "\"requirements\"");
        arena_free(&a);
        if (!ours) return false;
    }
    return count > 0;
}

/* Who asks: the plan's one country, else the plan. */
static const char *plan_receiver(struct overview *o, const struct plan *p, const char *name)
{
    const json_t *countries = json_object_get(p->json, "countries");
    if (json_array_size(countries) == 1) {
        const json_t *country = json_array_get(countries, 0);
        const struct known_party *known = names_party(json_member_text(o->a, country, "iso3"));
        if (!known) known = names_party(json_member_text(o->a, country, "name"));
        if (known) return intake_party(o->in, known->key, known->name, known->type);
        diag(o, p, DIAG_NOTE, "unknown-place", "countries", json_member_text(o->a, country, "name"),
             "a country of ISO 3166 or of data/aliases.csv");
    }
    return intake_party(o->in, p->key, *name ? name : p->key, "initiative");
}

/* A member in cents. False when it is not there, or (with a diagnostic) is no such amount. */
static bool plan_money(struct overview *o, const struct plan *p, const json_t *object,
                       const char *member, int64_t *cents)
{
    struct dec d;
    struct err err;
    const char *text = json_member_text(o->a, object, member);
    if (!*text) return false;
    if (dec_parse(text, &d, &err) || d.n < 0 || dec_to_parts(d, 2, cents, NULL, &err)) {
        diag(o, p, DIAG_FLAG, "bad-amount", member, text,
             "an amount of 0 or more below 90,000,000,000,000,000");
        return false;
    }
    return true;
}

static void add_figure(struct overview *o, const struct plan *p, const char *receiver,
                       const char *passage, const char *measure, int64_t cents)
{
    struct record *s = intake_add(o->in, KIND_STATEMENT);
    record_set_text(o->a, s, F_KEY,
                    text_format(o->a, "%s@%lld/%s", p->key, (long long)p->stated_ms, measure));
    record_set_text(o->a, s, F_TYPE, "figure");
    record_set_text(o->a, s, F_MEASURE, measure);
    record_set_key(o->a, s, F_PARTY, receiver);
    record_set_int(o->a, s, F_LOW, cents);
    record_set_int(o->a, s, F_HIGH, cents);
    record_set_text(o->a, s, F_CURRENCY, "USD");
    record_set_text(o->a, s, F_LINK, p->key);
    record_set_text(o->a, s, F_SERIES, "fts");
    record_set_key(o->a, s, F_PASSAGE, passage);
    if (p->stated_ms) record_set_int(o->a, s, F_STATED, p->stated_ms);
}

static void set_day(struct overview *o, const struct plan *p, struct record *need, enum tag tag,
                    const char *member)
{
    int32_t day;
    struct err err;
    enum precision precision;
    const char *text = json_member_text(o->a, p->json, member);
    if (!*text) return;
    const char *date = arena_bytes(o->a, text, strcspn(text, "T "));
    if (day_parse(date, &day, &precision, &err) == RC_OK) {
        record_set_int(o->a, need, tag, day);
        return;
    }
    diag(o, p, DIAG_FLAG, "date-out-of-range", member, text, "a date between 1900 and 2199");
}

static void take_plan(struct overview *o, struct plan *p)
{
    const json_t *requirements = json_object_get(p->json, "requirements");
    int64_t original = 0, revised = 0, funded = 0;
    bool has_original = plan_money(o, p, requirements, "origRequirements", &original);
    bool has_revised = plan_money(o, p, requirements, "revisedRequirements", &revised);
    if (!has_original && !has_revised) {
        diag(o, p, DIAG_SKIPPED, "no-requirement", "requirements", "",
             "how much is needed, in USD");
        return;
    }
    const char *name = json_member_text(o->a, p->json, "name");
    const char *passage = intake_passage(o->in, o->source, text_format(o->a, "plan %s", p->id));
    const char *receiver = plan_receiver(o, p, name), *item = intake_money(o->in, "USD");

    struct record *need = intake_add(o->in, KIND_NEED);
    record_set_text(o->a, need, F_KEY, p->key);
    record_set_text(o->a, need, F_NAME, name);
    record_set_text(o->a, need, F_TYPE, "stated");
    record_set_key(o->a, need, F_RECEIVER, receiver);
    record_set_key(o->a, need, F_ITEM, item);
    record_set_int(o->a, need, F_QTY, has_revised ? revised : original);
    set_day(o, p, need, F_SINCE, "startDate");
    set_day(o, p, need, F_UNTIL, "endDate");
    record_set_key(o->a, need, F_PASSAGE, passage);
    if (p->stated_ms) record_set_int(o->a, need, F_STATED, p->stated_ms);
    if (has_original) {
        record_set_text(o->a, need, F_NOTE,
                        text_format(o->a, "originally %s USD",
                                    json_member_text(o->a, requirements, "origRequirements")));
        add_figure(o, p, receiver, passage, "origRequirements", original);
    }
    if (has_revised) add_figure(o, p, receiver, passage, "revisedRequirements", revised);
    if (plan_money(o, p, json_object_get(p->json, "funding"), "totalFunding", &funded)) {
        add_figure(o, p, receiver, passage, "totalFunding", funded);
    }
    o->in->rows_taken++;
}

/* id and version; false, with a diagnostic, when it has no id or had its turn already. */
static bool open_plan(struct overview *o, struct plan *p, struct map *seen)
{
    struct err err;
    const char *id = json_member_text(o->a, p->json, "id");
    if (!*id || strlen(id) > 40 || strspn(id, "0123456789") != strlen(id)) {
        diag(o, p, DIAG_SKIPPED, "missing-id", "id", id, "the number of the plan");
        return false;
    }
    p->id = id;
    p->key = text_format(o->a, "fts:plan:%s", id);
    if (map_get(seen, id)) {
        diag(o, p, DIAG_SKIPPED, "duplicate-id", "id", id,
             "one plan of that id; the first was taken");
        return false;
    }
    map_put(seen, id, 1);
    const char *updated = json_member_text(o->a, p->json, "updatedAt");
    if (instant_parse(updated, &p->stated_ms, &err)) {
        p->stated_ms = 0;
        diag(o, p, DIAG_FLAG, "bad-version", "updatedAt", updated,
             "an instant like 2020-06-08T12:22:23Z");
    }
    if (p->stated_ms > o->in->stated_ms) o->in->stated_ms = p->stated_ms;
    return true;
}

static enum rc read_one(struct intake *in, const struct input *input, struct map *seen,
                        struct err *err)
{
    json_t *root;
    if (json_file_read(input, &root, err)) return err->code;
    const json_t *plans = json_object_get(json_object_get(root, "data"), "plans");
    enum rc rc = RC_OK;
    if (!json_is_array(plans)) {
        rc = fail(err, RC_INPUT, "%.80s is no FTS plan overview: it has no list \"data.plans\"",
                  input->name);
        goto out;
    }
    struct overview o = {.in = in, .a = in->arena, .input = input};
    o.source = intake_source(in, input, "UN OCHA Financial Tracking Service", "FTS plan overview",
                             0, "application/json");
    for (size_t i = 0; i < json_array_size(plans); i++) {
        struct plan p = {.json = json_array_get(plans, i), .row = (uint32_t)i + 1};
        in->rows_read++;
        if (open_plan(&o, &p, seen)) take_plan(&o, &p);
    }
out:
    json_decref(root);
    return rc;
}

static enum rc read_plans(const struct input *inputs, uint32_t count, struct intake *out,
                          struct err *err)
{
    struct map seen = {.arena = out->arena};
    out->format = "fts-plans";
    for (uint32_t i = 0; i < count; i++) {
        if (read_one(out, &inputs[i], &seen, err)) return err->code;
    }
    return RC_OK;
}

const struct reader fts_plans_reader = {
    .name = "fts-plans",
    .about = "plan overview of the OCHA Financial Tracking Service: requirements by plan",
    .sniff = sniff_plans,
    .read = read_plans,
};
