/*
 * tree.h - one activity as elements, between the parser and the form.
 *
 * Private to iati/. Elements that the form knows by name carry a number for
 * it, so that taking an activity apart compares no texts.
 */
#ifndef MUSTER_IATI_TREE_H
#define MUSTER_IATI_TREE_H

#include "iati/read.h"

/* clang-format off */
#define IATI_NAMES(X) \
    X(ACTIVITIES, "iati-activities") X(ACTIVITY, "iati-activity") \
    X(ORGANISATIONS, "iati-organisations") X(ORGANISATION, "iati-organisation") \
    X(IDENTIFIER, "iati-identifier") X(ORG_IDENTIFIER, "organisation-identifier") \
    X(REPORTING_ORG, "reporting-org") X(PARTICIPATING_ORG, "participating-org") \
    X(TITLE, "title") X(DESCRIPTION, "description") X(OTHER_IDENTIFIER, "other-identifier") \
    X(OWNER_ORG, "owner-org") X(STATUS, "activity-status") X(DATE, "activity-date") \
    X(SCOPE, "activity-scope") X(COUNTRY, "recipient-country") X(REGION, "recipient-region") \
    X(SECTOR, "sector") X(TAG, "tag") X(HUMANITARIAN_SCOPE, "humanitarian-scope") \
    X(POLICY_MARKER, "policy-marker") X(COLLABORATION, "collaboration-type") \
    X(DEFAULT_FLOW, "default-flow-type") X(DEFAULT_FINANCE, "default-finance-type") \
    X(DEFAULT_AID, "default-aid-type") X(DEFAULT_TIED, "default-tied-status") \
    X(CAPITAL_SPEND, "capital-spend") X(BUDGET, "budget") X(BUDGET_PLANNED, "budget-planned") \
    X(PLANNED, "planned-disbursement") X(TRANSACTION, "transaction") \
    X(TRANSACTION_TYPE, "transaction-type") X(TRANSACTION_DATE, "transaction-date") \
    X(VALUE, "value") X(PROVIDER, "provider-org") X(RECEIVER, "receiver-org") \
    X(PROVIDER_ACTIVITY, "provider-activity") X(RECEIVER_ACTIVITY, "receiver-activity") \
    X(CHANNEL, "disbursement-channel") X(FLOW, "flow-type") X(FINANCE, "finance-type") \
    X(AID, "aid-type") X(TIED, "tied-status") X(OLD_STATUS, "status") \
    X(DOCUMENT, "document-link") X(CATEGORY, "category") X(LANGUAGE, "language") \
    X(DOCUMENT_DATE, "document-date") X(RELATED, "related-activity") \
    X(CONDITIONS, "conditions") X(CONDITION, "condition") X(PERIOD_START, "period-start") \
    X(PERIOD_END, "period-end") X(NARRATIVE, "narrative") X(NAME, "name") \
    X(TOTAL_BUDGET, "total-budget") X(ORG_BUDGET, "recipient-org-budget") \
    X(REGION_BUDGET, "recipient-region-budget") X(COUNTRY_BUDGET, "recipient-country-budget") \
    X(EXPENDITURE, "total-expenditure") X(BUDGET_LINE, "budget-line") \
    X(EXPENSE_LINE, "expense-line") X(RECIPIENT_ORG, "recipient-org")
/* clang-format on */

enum iati_name {
    E_OTHER,
#define X(id, name) E_##id,
    IATI_NAMES(X)
#undef X
        E_COUNT
};

extern const char *const iati_names[E_COUNT];

struct tree_text {
    char *at;
    size_t len, room;
};

struct tree {
    struct iati_node node; /* first: a tree is its node */
    enum iati_name id;
    uint32_t place;    /* among its parent's children of that name, from 1; 0: nobody counted */
    struct tree *last; /* child */
    struct tree *parent;
    struct tree_text text;
};

static inline const struct tree *tree_first(const struct tree *t)
{
    return (const struct tree *)(const void *)t->node.children;
}

static inline const struct tree *tree_next(const struct tree *t)
{
    return (const struct tree *)(const void *)t->node.next;
}

/* The value of an attribute without a namespace (xml:lang counts as "lang"); "" when absent. */
const char *tree_attr(const struct tree *t, const char *name);

/* What a file says around an activity. */
struct around {
    const char *version;
    int64_t generated_ms;
    const char *currency, *lang; /* defaults on the list itself, as some publishers have it */
};

/* Whoever makes the form, and tells what had to be repaired. */
struct former {
    struct arena *arena;
    const struct iati_listener *listener;
    struct around around;
    const char *currency; /* the activity's default */
    const char *lang;
    const char *element;    /* "iati-activity" */
    uint32_t index;         /* of the activity in its file */
    const struct tree *top; /* the activity, and how many children it has of each name */
    uint32_t has[E_COUNT];
};

/* "2013-03-08 11:41:12", "2014-01-22T04:27:31Z", a bare day: UTC ms; 0 for anything else. */
int64_t form_instant(const char *text);

/*
 * What its elements say, and what the file says around it. Blanks, comments
 * and how a character is written are no part of it.
 */
void tree_digest(const struct tree *t, const struct around *around, uint8_t out[SHA_BYTES]);

void form_activity(struct former *f, const struct tree *t, struct iati_activity *out);
void form_organisation(struct former *f, const struct tree *t, struct iati_organisation *out);

#endif
