/*
 * iati.h - activities and organisations of the IATI standard in one form.
 *
 * Readers fill it from any version from 1.01 to 2.03 and from what came before
 * them, writers write it as 2.03. Names are those of 2.03, and so are codes:
 * what an older version calls "C", "Funding" or "start-actual" stands here as
 * "2", "1" and "2", with the repair named. A code nobody knows stays as it was
 * written. Texts are UTF-8, squeezed, never NULL ("" when absent) but where
 * said; amounts are decimals as written, days are civil days (base/day.h).
 *
 * Elements that the form has no place for (results, forms of other
 * organisations in their own namespaces) are kept as nodes in `rest`, in the
 * order of the file, so that nothing is lost between reading and writing.
 *
 * Everything of one activity lives in the arena it was read into.
 */
#ifndef MUSTER_IATI_IATI_H
#define MUSTER_IATI_IATI_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/dec.h"
#include "base/err.h"

#define IATI_NO_DAY INT32_MIN /* no date there, or none that can be told */

/* --- any element --- */

struct iati_attr {
    const char *name; /* local name: "ref"; xml:lang is "lang" */
    const char *ns;   /* namespace, "" for none */
    const char *value;
};

/* An element with what is in it. */
struct iati_node {
    const char *name; /* local name */
    const char *ns;   /* namespace, "" for none */
    const char *text; /* all text directly in it, squeezed; "" */
    const struct iati_attr *attrs;
    uint32_t attr_count;
    uint32_t line;              /* of the file; 0: made here */
    struct iati_node *children; /* first child, NULL */
    struct iati_node *next;     /* sibling, NULL */
};

/* --- what many elements have --- */

struct iati_narrative {
    const char *text;
    const char *lang; /* "en"; the activity's own where none is given; "" */
};

struct iati_text {
    const struct iati_narrative *list;
    uint32_t count;
};

/* The first narrative in English, else the first of all, else "". */
const char *iati_say(const struct iati_text *t);

/* Reporting, participating, providing, receiving, owning. */
struct iati_org {
    const char *ref, *type, *role;
    const char *activity; /* its own activity: provider-activity-id, activity-id */
    const char *channel;  /* crs-channel-code */
    struct iati_text name;
    uint32_t line;  /* 0: there is no such element */
    bool secondary; /* of the reporting one */
};

/* Sector, country, region, marker, scope, tag, aid type: a code of some list. */
struct iati_code {
    const char *code, *vocabulary, *uri;
    const char *type;         /* of a humanitarian-scope: 1 emergency, 2 appeal */
    const char *significance; /* of a policy-marker */
    struct dec percentage;
    bool has_percentage;
    struct iati_text name;
    uint32_t line;
};

struct iati_codes {
    const struct iati_code *list;
    uint32_t count;
};

struct iati_value {
    struct dec amount;    /* may be negative */
    bool has_amount;      /* false: nothing there that is a number */
    const char *written;  /* the amount as it stood in the file */
    const char *currency; /* ISO 4217; the activity's default where none is given; "" */
    int32_t day;          /* value-date */
    uint32_t line;
};

struct iati_document {
    const char *url, *format;
    struct iati_text title, description;
    const char *const *categories;
    uint32_t category_count;
    const char *const *languages;
    uint32_t language_count;
    struct iati_codes countries; /* of an organisation's document */
    int32_t day;
    uint32_t line;
};

/* --- an activity --- */

struct iati_dated {
    const char *type; /* ActivityDateType: 1 planned start, 2 actual start, 3, 4 ends */
    int32_t day;
    struct iati_text note;
    uint32_t line;
};

struct iati_description {
    const char *type; /* DescriptionType */
    struct iati_text text;
};

struct iati_identifier {
    const char *ref, *type; /* OtherIdentifierType */
    struct iati_org owner;
};

struct iati_related {
    const char *ref;
    const char *type; /* 1 parent, 2 child, 3 sibling, 4 co-funded, 5 third party */
    uint32_t line;
};

struct iati_budget {
    const char *type;   /* 1 original, 2 revised */
    const char *status; /* 1 indicative, 2 committed */
    int32_t since, until;
    struct iati_value value;
    uint32_t line;
};

struct iati_planned {
    const char *type; /* 1 original, 2 revised */
    int32_t since, until;
    struct iati_value value;
    struct iati_org provider, receiver;
    uint32_t line;
};

struct iati_transaction {
    const char *ref;
    const char *type; /* TransactionType: 1 to 13 */
    int32_t day;      /* transaction-date */
    struct iati_value value;
    struct iati_text description;
    struct iati_org provider, receiver; /* .activity: provider-activity-id */
    const char *channel;                /* disbursement-channel */
    struct iati_codes sectors, countries, regions;
    const char *flow_type, *finance_type, *tied_status;
    struct iati_codes aid_types;
    const char *humanitarian; /* "1", "0" or "" */
    const struct iati_node *rest;
    uint32_t line;
};

struct iati_condition {
    const char *type; /* 1 policy, 2 performance, 3 fiduciary */
    struct iati_text text;
};

struct iati_activity {
    /* Of the file, or of the element itself where that says otherwise. */
    const char *version;
    int64_t generated_ms; /* generated-datetime, 0: none */

    const char *id;     /* iati-identifier; see has_id */
    bool has_id;        /* false: the publisher gave none and `id` was made from what it gave */
    int64_t updated_ms; /* last-updated-datetime, 0 */
    const char *lang, *default_currency;
    const char *humanitarian; /* "1", "0" or "" */
    const char *hierarchy;
    const char *linked_data, *budget_not_provided;

    struct iati_org reporter;
    struct iati_text title;
    const struct iati_description *descriptions;
    uint32_t description_count;
    const struct iati_org *participants;
    uint32_t participant_count;
    const struct iati_identifier *identifiers;
    uint32_t identifier_count;
    const char *status, *scope;
    const struct iati_dated *dates;
    uint32_t date_count;
    struct iati_codes countries, regions, sectors, tags, humanitarian_scopes, policy_markers;
    struct iati_codes default_aid_types;
    const char *collaboration_type, *default_flow_type, *default_finance_type, *default_tied_status;
    const char *capital_spend; /* percentage as written */
    const struct iati_budget *budgets;
    uint32_t budget_count;
    const struct iati_planned *planned;
    uint32_t planned_count;
    const struct iati_transaction *transactions;
    uint32_t transaction_count;
    const struct iati_document *documents;
    uint32_t document_count;
    const struct iati_related *related;
    uint32_t related_count;
    const char *conditions_attached; /* "1", "0" or "" */
    const struct iati_condition *conditions;
    uint32_t condition_count;
    const struct iati_node
        *rest; /* location, contact-info, result, crs-add, fss, other namespaces */

    uint32_t index; /* which activity of its file, from 1 */
    uint32_t line;
};

/* --- an organisation --- */

struct iati_line {
    const char *ref;
    struct iati_value value;
    struct iati_text name;
};

enum iati_budget_kind {
    IATI_TOTAL_BUDGET,
    IATI_RECIPIENT_ORG_BUDGET,
    IATI_RECIPIENT_REGION_BUDGET,
    IATI_RECIPIENT_COUNTRY_BUDGET,
    IATI_TOTAL_EXPENDITURE
};

struct iati_org_budget {
    enum iati_budget_kind kind;
    const char *status;        /* 1 indicative, 2 committed */
    struct iati_org recipient; /* IATI_RECIPIENT_ORG_BUDGET */
    struct iati_code place;    /* ..._REGION_BUDGET, ..._COUNTRY_BUDGET */
    int32_t since, until;
    struct iati_value value;
    const struct iati_line *lines;
    uint32_t line_count;
    uint32_t line;
};

struct iati_organisation {
    const char *version;
    int64_t generated_ms;
    const char *id; /* organisation-identifier */
    bool has_id;
    int64_t updated_ms;
    const char *lang, *default_currency;
    struct iati_text name;
    struct iati_org reporter;
    const struct iati_org_budget *budgets;
    uint32_t budget_count;
    const struct iati_document *documents;
    uint32_t document_count;
    const struct iati_node *rest;
    uint32_t index, line;
};

/* --- words of older versions --- */

enum iati_list {
    IATI_LIST_TRANSACTION_TYPE,
    IATI_LIST_ORG_ROLE,
    IATI_LIST_ORG_TYPE,
    IATI_LIST_DATE_TYPE,
    IATI_LIST_RELATED_TYPE,
    IATI_LIST_BUDGET_TYPE,
    IATI_LIST_STATUS,
    IATI_LIST_SECTOR_VOCABULARY,
    IATI_LIST_DESCRIPTION_TYPE,
    IATI_LIST_TIED_STATUS,
    IATI_LIST_CHANNEL,
    IATI_LIST_CONDITION_TYPE
};

/*
 * The code of 2.03 for a word of an older version or a common mistake ("D" ->
 * "3", "Funding" -> "1", "parent" -> "1"); NULL when it is none of these.
 */
const char *iati_modern(enum iati_list list, const char *word);

enum { IATI_REF_MAX = 400 }; /* bytes of a reference or code: longer ones say nothing more */

/*
 * The text itself up to that; of a longer one the beginning and a digest, so
 * that two are still told apart and no key is as long as a file.
 */
const char *iati_short(struct arena *a, const char *text);

/*
 * An identifier as a part of a natural key, where '/' ends a part: "a/b" is
 * "a%2Fb", and a long one is short (iati_short). The text itself where nothing of it needs to
 * change.
 */
const char *iati_key_part(struct arena *a, const char *text);

#endif
