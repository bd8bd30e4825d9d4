/*
 * iati_said.c - what an activity says of itself in codes, as its publisher wrote it.
 *
 * How it is financed, how far it is, how it stands above others: the book has
 * no use for these, and whoever publishes the activity again must say them. So
 * they are links of the activity's own record, "said-WHAT:CODE", and a code
 * that no list has is kept like the others.
 */
#include "base/text.h"
#include "source/iati_in.h"

enum { SAID_MAX = 40 /* of each list */ };

static void say(struct iati_in *r, struct record *to, const char *what, const char *code)
{
    if (*code)
        record_set_text(r->a, to, F_LINK,
                        TEXT_JOIN(r->a, "said-", what, ":", iati_short(r->a, code)));
}

/* "said-policy-marker:1/2/0": vocabulary, code, and what else there is. */
static void say_list(struct iati_in *r, struct record *to, const char *what,
                     const struct iati_codes *list)
{
    for (uint32_t i = 0; i < list->count && i < SAID_MAX; i++) {
        const struct iati_code *c = &list->list[i];
        const char *vocabulary = *c->vocabulary ? iati_key_part(r->a, c->vocabulary) : "1";
        if (!*c->code) continue;
        say(r, to, what,
            TEXT_JOIN(r->a, vocabulary, "/", iati_key_part(r->a, c->code),
                      *c->significance ? "/" : "", iati_key_part(r->a, c->significance)));
    }
}

void iati_keep_codes(struct iati_in *r, struct record *to, const struct iati_activity *a)
{
    say(r, to, "hierarchy", a->hierarchy);
    say(r, to, "humanitarian", a->humanitarian);
    say(r, to, "status", a->status);
    say(r, to, "scope", a->scope);
    say(r, to, "collaboration-type", a->collaboration_type);
    say(r, to, "flow-type", a->default_flow_type);
    say(r, to, "finance-type", a->default_finance_type);
    say(r, to, "tied-status", a->default_tied_status);
    say(r, to, "capital-spend", a->capital_spend);
    say(r, to, "budget-not-provided", a->budget_not_provided);
    say_list(r, to, "aid-type", &a->default_aid_types);
    say_list(r, to, "policy-marker", &a->policy_markers);
    say_list(r, to, "tag", &a->tags);
}
