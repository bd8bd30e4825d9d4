/*
 * write.c - see write.h.
 *
 * Elements that the form only keeps (contact-info, results, ...) are written
 * as they were read, at the place that the schema has for their name; those of
 * other namespaces at the end.
 */
#include "iati/write.h"

#include <libxml/xmlwriter.h>
#include <stdio.h>
#include <string.h>

struct iati_writer {
    struct arena *arena;
    xmlTextWriterPtr xml;
    bool bad; /* libxml2 could not */
    iati_sink *sink;
    void *ctx;
    struct err err; /* of the sink */
    enum rc rc;
    bool organisations;
    const char *prefix, *ns;
    const char *lang; /* of what is being written */
};

/* --- markup --- */

static void check(struct iati_writer *w, int written)
{
    w->bad |= written < 0;
}

static void begin(struct iati_writer *w, const char *name)
{
    check(w, xmlTextWriterStartElement(w->xml, BAD_CAST name));
}

static void finish(struct iati_writer *w)
{
    check(w, xmlTextWriterEndElement(w->xml));
}

static void attr(struct iati_writer *w, const char *name, const char *value)
{
    check(w, xmlTextWriterWriteAttribute(w->xml, BAD_CAST name, BAD_CAST value));
}

/* Only where there is something to say. */
static void attr_if(struct iati_writer *w, const char *name, const char *value)
{
    if (value && *value) attr(w, name, value);
}

static void text(struct iati_writer *w, const char *words)
{
    check(w, xmlTextWriterWriteString(w->xml, BAD_CAST words));
}

static void day_attr(struct iati_writer *w, const char *name, int32_t day)
{
    char date[DAY_TEXT];
    if (day != IATI_NO_DAY) attr(w, name, day_format(day, date));
}

static void instant_attr(struct iati_writer *w, const char *name, int64_t ms)
{
    char instant[INSTANT_TEXT];
    if (ms) attr(w, name, instant_format(ms, instant));
}

/* <name code="..."/>, unless there is none. */
static void coded(struct iati_writer *w, const char *name, const char *code)
{
    if (!code || !*code) return;
    begin(w, name);
    attr(w, "code", code);
    finish(w);
}

static void dated(struct iati_writer *w, const char *name, int32_t day)
{
    if (day == IATI_NO_DAY) return;
    begin(w, name);
    day_attr(w, "iso-date", day);
    finish(w);
}

static void narratives(struct iati_writer *w, const struct iati_text *t)
{
    for (uint32_t i = 0; i < t->count; i++) {
        const struct iati_narrative *n = &t->list[i];
        begin(w, "narrative");
        if (n->lang && *n->lang && (!w->lang || strcmp(n->lang, w->lang) != 0))
            attr(w, "xml:lang", n->lang);
        text(w, n->text);
        finish(w);
    }
}

static void said(struct iati_writer *w, const char *name, const struct iati_text *t)
{
    if (!t->count) return;
    begin(w, name);
    narratives(w, t);
    finish(w);
}

/* --- what was only kept --- */

static void one_node(struct iati_writer *w, const struct iati_node *n)
{
    bool own = *n->ns && w->ns && strcmp(n->ns, w->ns) == 0;
    if (own)
        check(w, xmlTextWriterStartElementNS(w->xml, BAD_CAST w->prefix, BAD_CAST n->name, NULL));
    else if (*n->ns)
        check(w, xmlTextWriterStartElementNS(w->xml, NULL, BAD_CAST n->name, BAD_CAST n->ns));
    else
        begin(w, n->name);
    for (uint32_t i = 0; i < n->attr_count; i++) {
        const struct iati_attr *a = &n->attrs[i];
        bool xml = strcmp(a->ns, "http://www.w3.org/XML/1998/namespace") == 0;
        if (xml) {
            char name[80];
            snprintf(name, sizeof name, "xml:%.70s", a->name);
            attr(w, name, a->value);
        } else if (!*a->ns) {
            attr(w, a->name, a->value);
        }
    }
    if (*n->text) text(w, n->text);
    for (const struct iati_node *c = n->children; c; c = c->next) one_node(w, c);
    finish(w);
}

static void kept(struct iati_writer *w, const struct iati_node *rest, const char *name)
{
    for (; rest; rest = rest->next) {
        if (!*rest->ns && strcmp(rest->name, name) == 0) one_node(w, rest);
    }
}

static void kept_of_others(struct iati_writer *w, const struct iati_node *rest)
{
    for (; rest; rest = rest->next) {
        if (*rest->ns) one_node(w, rest);
    }
}

/* --- what many elements have --- */

static void organisation(struct iati_writer *w, const char *name, const struct iati_org *o,
                         const char *activity_attr)
{
    if (!*o->ref && !o->name.count) return;
    begin(w, name);
    attr_if(w, "ref", o->ref);
    attr_if(w, "type", o->type);
    attr_if(w, "role", o->role);
    attr_if(w, activity_attr, o->activity);
    if (strcmp(name, "participating-org") == 0) attr_if(w, "crs-channel-code", o->channel);
    narratives(w, &o->name);
    finish(w);
}

static void reporting(struct iati_writer *w, const struct iati_org *o)
{
    begin(w, "reporting-org");
    attr(w, "ref", o->ref);
    attr(w, "type", o->type);
    if (o->secondary) attr(w, "secondary-reporter", "1");
    narratives(w, &o->name);
    finish(w);
}

enum code_parts { CODE_SHARE = 1, CODE_VOCABULARY = 2, CODE_NAME = 4 };

static void codes(struct iati_writer *w, const char *name, const struct iati_codes *c,
                  unsigned parts)
{
    char digits[DEC_TEXT];
    for (uint32_t i = 0; i < c->count; i++) {
        const struct iati_code *one = &c->list[i];
        if (!*one->code && !(parts & CODE_NAME && one->name.count)) continue; /* says nothing */
        begin(w, name);
        attr_if(w, "type", one->type);
        if (parts & CODE_VOCABULARY) attr_if(w, "vocabulary", one->vocabulary);
        if (parts & CODE_VOCABULARY) attr_if(w, "vocabulary-uri", one->uri);
        attr(w, "code", one->code);
        attr_if(w, "significance", one->significance);
        if (parts & CODE_SHARE && one->has_percentage)
            attr(w, "percentage", dec_format(one->percentage, digits));
        if (parts & CODE_NAME) narratives(w, &one->name);
        finish(w);
    }
}

static void value(struct iati_writer *w, const struct iati_value *v)
{
    char digits[DEC_TEXT];
    begin(w, "value");
    attr_if(w, "currency", v->currency);
    day_attr(w, "value-date", v->day);
    text(w, dec_format(v->amount, digits));
    finish(w);
}

static void document(struct iati_writer *w, const struct iati_document *d)
{
    begin(w, "document-link");
    attr(w, "format", d->format);
    attr(w, "url", d->url);
    said(w, "title", &d->title);
    said(w, "description", &d->description);
    for (uint32_t i = 0; i < d->category_count; i++) coded(w, "category", d->categories[i]);
    for (uint32_t i = 0; i < d->language_count; i++) coded(w, "language", d->languages[i]);
    dated(w, "document-date", d->day);
    codes(w, "recipient-country", &d->countries, CODE_NAME);
    finish(w);
}

/* --- an activity --- */

static void head(struct iati_writer *w, const struct iati_activity *a)
{
    begin(w, "iati-identifier");
    text(w, a->id);
    finish(w);
    reporting(w, &a->reporter);
    said(w, "title", &a->title);
    for (uint32_t i = 0; i < a->description_count; i++) {
        begin(w, "description");
        attr_if(w, "type", a->descriptions[i].type);
        narratives(w, &a->descriptions[i].text);
        finish(w);
    }
    for (uint32_t i = 0; i < a->participant_count; i++)
        organisation(w, "participating-org", &a->participants[i], "activity-id");
    for (uint32_t i = 0; i < a->identifier_count; i++) {
        begin(w, "other-identifier");
        attr(w, "ref", a->identifiers[i].ref);
        attr(w, "type", a->identifiers[i].type);
        organisation(w, "owner-org", &a->identifiers[i].owner, "");
        finish(w);
    }
    coded(w, "activity-status", a->status);
    for (uint32_t i = 0; i < a->date_count; i++) {
        if (a->dates[i].day == IATI_NO_DAY) continue;
        begin(w, "activity-date");
        attr(w, "type", a->dates[i].type);
        day_attr(w, "iso-date", a->dates[i].day);
        narratives(w, &a->dates[i].note);
        finish(w);
    }
}

static void classes(struct iati_writer *w, const struct iati_activity *a)
{
    kept(w, a->rest, "contact-info");
    coded(w, "activity-scope", a->scope);
    codes(w, "recipient-country", &a->countries, CODE_SHARE | CODE_NAME);
    codes(w, "recipient-region", &a->regions, CODE_SHARE | CODE_VOCABULARY | CODE_NAME);
    kept(w, a->rest, "location");
    codes(w, "sector", &a->sectors, CODE_SHARE | CODE_VOCABULARY | CODE_NAME);
    codes(w, "tag", &a->tags, CODE_VOCABULARY | CODE_NAME);
    kept(w, a->rest, "country-budget-items");
    codes(w, "humanitarian-scope", &a->humanitarian_scopes, CODE_VOCABULARY | CODE_NAME);
    codes(w, "policy-marker", &a->policy_markers, CODE_VOCABULARY | CODE_NAME);
    coded(w, "collaboration-type", a->collaboration_type);
    coded(w, "default-flow-type", a->default_flow_type);
    coded(w, "default-finance-type", a->default_finance_type);
    codes(w, "default-aid-type", &a->default_aid_types, CODE_VOCABULARY);
    coded(w, "default-tied-status", a->default_tied_status);
}

static void plans(struct iati_writer *w, const struct iati_activity *a)
{
    for (uint32_t i = 0; i < a->budget_count; i++) {
        const struct iati_budget *b = &a->budgets[i];
        begin(w, "budget");
        attr_if(w, "type", b->type);
        attr_if(w, "status", b->status);
        dated(w, "period-start", b->since);
        dated(w, "period-end", b->until);
        value(w, &b->value);
        finish(w);
    }
    for (uint32_t i = 0; i < a->planned_count; i++) {
        const struct iati_planned *p = &a->planned[i];
        begin(w, "planned-disbursement");
        attr_if(w, "type", p->type);
        dated(w, "period-start", p->since);
        dated(w, "period-end", p->until);
        value(w, &p->value);
        organisation(w, "provider-org", &p->provider, "provider-activity-id");
        organisation(w, "receiver-org", &p->receiver, "receiver-activity-id");
        finish(w);
    }
    if (*a->capital_spend) {
        begin(w, "capital-spend");
        attr(w, "percentage", a->capital_spend);
        finish(w);
    }
}

static void transaction(struct iati_writer *w, const struct iati_transaction *t)
{
    begin(w, "transaction");
    attr_if(w, "ref", t->ref);
    attr_if(w, "humanitarian", t->humanitarian);
    coded(w, "transaction-type", t->type);
    dated(w, "transaction-date", t->day);
    value(w, &t->value);
    said(w, "description", &t->description);
    organisation(w, "provider-org", &t->provider, "provider-activity-id");
    organisation(w, "receiver-org", &t->receiver, "receiver-activity-id");
    coded(w, "disbursement-channel", t->channel);
    codes(w, "sector", &t->sectors, CODE_VOCABULARY | CODE_NAME);
    codes(w, "recipient-country", &t->countries, CODE_NAME);
    codes(w, "recipient-region", &t->regions, CODE_VOCABULARY | CODE_NAME);
    coded(w, "flow-type", t->flow_type);
    coded(w, "finance-type", t->finance_type);
    codes(w, "aid-type", &t->aid_types, CODE_VOCABULARY);
    coded(w, "tied-status", t->tied_status);
    kept_of_others(w, t->rest);
    finish(w);
}

static void tail(struct iati_writer *w, const struct iati_activity *a)
{
    for (uint32_t i = 0; i < a->document_count; i++) document(w, &a->documents[i]);
    for (uint32_t i = 0; i < a->related_count; i++) {
        begin(w, "related-activity");
        attr(w, "ref", a->related[i].ref);
        attr(w, "type", a->related[i].type);
        finish(w);
    }
    kept(w, a->rest, "legacy-data");
    if (*a->conditions_attached) {
        begin(w, "conditions");
        attr(w, "attached", a->conditions_attached);
        for (uint32_t i = 0; i < a->condition_count; i++) {
            begin(w, "condition");
            attr(w, "type", a->conditions[i].type);
            narratives(w, &a->conditions[i].text);
            finish(w);
        }
        finish(w);
    }
    kept(w, a->rest, "result");
    kept(w, a->rest, "crs-add");
    kept(w, a->rest, "fss");
    kept_of_others(w, a->rest);
}

static enum rc outcome(struct iati_writer *w, struct err *err)
{
    if (w->rc)
        *err = w->err;
    else if (w->bad)
        w->rc = fail(err, RC_STORE, "the file could not be put together");
    return w->rc;
}

enum rc iati_write_activity(struct iati_writer *w, const struct iati_activity *a, struct err *err)
{
    w->lang = a->lang;
    begin(w, "iati-activity");
    instant_attr(w, "last-updated-datetime", a->updated_ms);
    attr_if(w, "xml:lang", a->lang);
    attr_if(w, "default-currency", a->default_currency);
    attr_if(w, "humanitarian", a->humanitarian);
    attr_if(w, "hierarchy", a->hierarchy);
    attr_if(w, "linked-data-uri", a->linked_data);
    attr_if(w, "budget-not-provided", a->budget_not_provided);
    head(w, a);
    classes(w, a);
    plans(w, a);
    for (uint32_t i = 0; i < a->transaction_count; i++) transaction(w, &a->transactions[i]);
    tail(w, a);
    finish(w);
    return outcome(w, err);
}

/* --- an organisation --- */

static const char *const budget_names[] = {"total-budget", "recipient-org-budget",
                                           "recipient-region-budget", "recipient-country-budget",
                                           "total-expenditure"};

static void organisation_budget(struct iati_writer *w, const struct iati_org_budget *b)
{
    struct iati_codes place = {.list = &b->place, .count = 1};
    begin(w, budget_names[b->kind]);
    if (b->kind != IATI_TOTAL_EXPENDITURE) attr_if(w, "status", b->status);
    if (b->kind == IATI_RECIPIENT_ORG_BUDGET) organisation(w, "recipient-org", &b->recipient, "");
    if (b->kind == IATI_RECIPIENT_REGION_BUDGET)
        codes(w, "recipient-region", &place, CODE_VOCABULARY | CODE_NAME);
    if (b->kind == IATI_RECIPIENT_COUNTRY_BUDGET) codes(w, "recipient-country", &place, CODE_NAME);
    dated(w, "period-start", b->since);
    dated(w, "period-end", b->until);
    value(w, &b->value);
    for (uint32_t i = 0; i < b->line_count; i++) {
        begin(w, b->kind == IATI_TOTAL_EXPENDITURE ? "expense-line" : "budget-line");
        attr_if(w, "ref", b->lines[i].ref);
        value(w, &b->lines[i].value);
        narratives(w, &b->lines[i].name);
        finish(w);
    }
    finish(w);
}

enum rc iati_write_organisation(struct iati_writer *w, const struct iati_organisation *o,
                                struct err *err)
{
    w->lang = o->lang;
    begin(w, "iati-organisation");
    instant_attr(w, "last-updated-datetime", o->updated_ms);
    attr_if(w, "xml:lang", o->lang);
    attr_if(w, "default-currency", o->default_currency);
    begin(w, "organisation-identifier");
    text(w, o->id);
    finish(w);
    said(w, "name", &o->name);
    reporting(w, &o->reporter);
    for (int kind = 0; kind <= IATI_TOTAL_EXPENDITURE; kind++) {
        for (uint32_t i = 0; i < o->budget_count; i++) {
            if ((int)o->budgets[i].kind == kind) organisation_budget(w, &o->budgets[i]);
        }
    }
    for (uint32_t i = 0; i < o->document_count; i++) document(w, &o->documents[i]);
    kept_of_others(w, o->rest);
    finish(w);
    return outcome(w, err);
}

/* --- the file --- */

static int hand_on(void *ctx, const char *bytes, int len)
{
    struct iati_writer *w = ctx;
    if (!w->rc && len > 0) w->rc = w->sink(w->ctx, bytes, (size_t)len, &w->err);
    return len; /* libxml2 would say something on stderr itself */
}

enum rc iati_write_begin(struct arena *a, bool organisations, int64_t generated_ms,
                         const char *prefix, const char *ns, iati_sink *sink, void *ctx,
                         struct iati_writer **out, struct err *err)
{
    struct iati_writer *w = NEW(a, struct iati_writer);
    w->arena = a;
    w->sink = sink;
    w->ctx = ctx;
    w->prefix = prefix;
    w->ns = ns;
    w->organisations = organisations;
    xmlOutputBufferPtr bytes = xmlOutputBufferCreateIO(hand_on, NULL, w, NULL);
    w->xml = bytes ? xmlNewTextWriter(bytes) : NULL;
    if (!w->xml) {
        if (bytes) xmlOutputBufferClose(bytes);
        return fail(err, RC_STORE, "the file could not be begun");
    }
    check(w, xmlTextWriterSetIndent(w->xml, 1));
    check(w, xmlTextWriterStartDocument(w->xml, NULL, "UTF-8", NULL));
    begin(w, organisations ? "iati-organisations" : "iati-activities");
    attr(w, "version", "2.03");
    instant_attr(w, "generated-datetime", generated_ms);
    if (ns) {
        char name[80];
        snprintf(name, sizeof name, "xmlns:%.60s", prefix);
        attr(w, name, ns);
    }
    *out = w;
    return outcome(w, err);
}

enum rc iati_write_beside(struct iati_writer *w, const struct iati_node *list, struct err *err)
{
    kept_of_others(w, list);
    return outcome(w, err);
}

enum rc iati_write_end(struct iati_writer *w, bool whole, struct err *err)
{
    if (whole) {
        finish(w);
        check(w, xmlTextWriterEndDocument(w->xml));
    }
    xmlFreeTextWriter(w->xml); /* and what it still held goes to the sink */
    return whole ? outcome(w, err) : RC_OK;
}
