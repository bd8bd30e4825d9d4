/*
 * iati_judged.c - what a file of IATI should have said otherwise, beside what
 * had to be repaired to read it.
 *
 * A file of 2.03 is held against schema and ruleset, as 'muster validate' does.
 * Codes are looked up in files of every version, in the form that reading made
 * of them. All of it is taken as it is; these are flags. What a file does wrong
 * it does wrong everywhere, so each rule is told some times and then counted,
 * and each code once.
 */
#include <string.h>

#include "base/text.h"
#include "iati/codes.h"
#include "iati/judge.h"
#include "iati/rules.h"
#include "source/iati_in.h"

enum { TOLD_MAX = 10 /* of one rule, in one file */ };

/* --- schema and ruleset --- */

struct telling {
    struct iati_in *r;
    struct map told; /* rule -> how often */
    uint64_t left_out;
};

static void tell(void *ctx, const struct complaint *c)
{
    struct telling *t = ctx;
    uint64_t *times = map_get(&t->told, c->rule);
    uint64_t count = times ? *times + 1 : 1;
    map_put(&t->told, c->rule, count);
    if (count > TOLD_MAX) {
        t->left_out++;
        return;
    }
    iati_diag(t->r, c->warning ? DIAG_NOTE : DIAG_FLAG, c->rule, c->line, c->path, c->value,
              c->expect);
}

/* What is there already, word for word, was judged where it stands first. */
static bool judged_before(void *ctx, uint64_t child)
{
    const struct telling *t = ctx;
    return iati_passed_over(t->r, child);
}

static int feed_stream(void *ctx, char *out, int len, struct err *err)
{
    const struct stream *s = ctx;
    (void)err;
    return (int)s->read(s->ctx, out, (size_t)len);
}

/* A file that is fed is gone through once more, from its beginning. */
static enum rc judge_all(const struct iati_in *r, struct arena *a, const struct judge *j,
                         struct judged *out, struct err *err)
{
    if (!r->feed) return judge_bytes(a, j, r->file->bytes, r->file->len, out, err);
    if (!r->feed->again(r->feed->ctx)) return fail(err, RC_STORE, "the file cannot be read again");
    return judge_file(a, j, feed_stream, (void *)(uintptr_t)r->feed, out, err);
}

/* A file that was read and goes beyond a limit here was judged so far. */
void iati_judge_file(struct iati_in *r)
{
    struct err ignored;
    struct ruleset *rules = NULL;
    struct judged out;
    struct telling t = {.r = r, .told = {.arena = r->a}};
    if (ruleset_standard(r->codes, &rules, &ignored)) return;
    struct judge j = {.schema = true,
                      .rules = rules,
                      .now_ms = r->in->present_ms,
                      .complain = tell,
                      .ctx = &t,
                      .known = judged_before};
    struct arena own = {0};
    enum rc rc = judge_all(r, &own, &j, &out, &ignored);
    ruleset_free(rules);
    arena_free(&own);
    if (rc || !t.left_out) return;
    iati_diag(r, DIAG_NOTE, "more-complaints", 1, "",
              text_format(r->a, "%llu", (unsigned long long)t.left_out),
              "each rule told ten times at most; 'muster validate' tells all");
}

/* --- codes --- */

static void look(struct iati_in *r, const char *list, const char *code, uint32_t line,
                 const char *path)
{
    if (!r->codes || !code || !*code || codes_find(r->codes, list, code)) return;
    const struct codelist *l = codes_list(r->codes, list);
    const char *both = text_format(r->a, "code %s %s", list, code);
    if (!l || map_get(&r->told, both)) return;
    map_put(&r->told, both, 1);
    iati_diag(r, l->complete ? DIAG_FLAG : DIAG_NOTE, "unknown-code", line, path, code,
              text_format(r->a, "a code of the list %s%s%s; kept as it is", list,
                          *l->edition ? " of " : "", l->edition));
}

static void look_all(struct iati_in *r, const char *list, const struct iati_codes *c,
                     const char *vocabulary, const char *path)
{
    for (uint32_t i = 0; i < c->count; i++) {
        const struct iati_code *one = &c->list[i];
        bool other = *one->vocabulary && strcmp(one->vocabulary, vocabulary) != 0;
        if (!other) look(r, list, one->code, one->line, path);
    }
}

static void look_sectors(struct iati_in *r, const struct iati_codes *c, const char *path)
{
    for (uint32_t i = 0; i < c->count; i++) {
        const struct iati_code *s = &c->list[i];
        look(r, "SectorVocabulary", s->vocabulary, s->line, path);
        if (!*s->vocabulary || strcmp(s->vocabulary, "1") == 0)
            look(r, "Sector", s->code, s->line, path);
        if (strcmp(s->vocabulary, "2") == 0) look(r, "SectorCategory", s->code, s->line, path);
    }
}

static void look_money(struct iati_in *r, const struct iati_value *v, const char *path)
{
    look(r, "Currency", v->currency, v->line, path);
}

static void look_transaction(struct iati_in *r, const struct iati_transaction *t)
{
    look(r, "TransactionType", t->type, t->line, "transaction/transaction-type/@code");
    look(r, "DisbursementChannel", t->channel, t->line, "transaction/disbursement-channel/@code");
    look(r, "FlowType", t->flow_type, t->line, "transaction/flow-type/@code");
    look(r, "FinanceType", t->finance_type, t->line, "transaction/finance-type/@code");
    look(r, "TiedStatus", t->tied_status, t->line, "transaction/tied-status/@code");
    look_all(r, "AidType", &t->aid_types, "1", "transaction/aid-type/@code");
    look_all(r, "Country", &t->countries, "", "transaction/recipient-country/@code");
    look_all(r, "Region", &t->regions, "1", "transaction/recipient-region/@code");
    look_sectors(r, &t->sectors, "transaction/sector/@code");
    look_money(r, &t->value, "transaction/value/@currency");
}

void iati_look_up_codes(struct iati_in *r, const struct iati_activity *a)
{
    look(r, "OrganisationType", a->reporter.type, a->reporter.line, "reporting-org/@type");
    for (uint32_t i = 0; i < a->participant_count; i++) {
        const struct iati_org *o = &a->participants[i];
        look(r, "OrganisationType", o->type, o->line, "participating-org/@type");
        look(r, "OrganisationRole", o->role, o->line, "participating-org/@role");
        look(r, "CRSChannelCode", o->channel, o->line, "participating-org/@crs-channel-code");
    }
    look(r, "ActivityStatus", a->status, a->line, "activity-status/@code");
    look(r, "ActivityScope", a->scope, a->line, "activity-scope/@code");
    look(r, "CollaborationType", a->collaboration_type, a->line, "collaboration-type/@code");
    look(r, "FlowType", a->default_flow_type, a->line, "default-flow-type/@code");
    look(r, "FinanceType", a->default_finance_type, a->line, "default-finance-type/@code");
    look(r, "TiedStatus", a->default_tied_status, a->line, "default-tied-status/@code");
    look_all(r, "AidType", &a->default_aid_types, "1", "default-aid-type/@code");
    look_all(r, "Country", &a->countries, "", "recipient-country/@code");
    look_all(r, "Region", &a->regions, "1", "recipient-region/@code");
    look_all(r, "PolicyMarker", &a->policy_markers, "1", "policy-marker/@code");
    look_sectors(r, &a->sectors, "sector/@code");
    for (uint32_t i = 0; i < a->date_count; i++)
        look(r, "ActivityDateType", a->dates[i].type, a->dates[i].line, "activity-date/@type");
    for (uint32_t i = 0; i < a->budget_count; i++)
        look_money(r, &a->budgets[i].value, "budget/value/@currency");
    for (uint32_t i = 0; i < a->related_count; i++)
        look(r, "RelatedActivityType", a->related[i].type, a->related[i].line,
             "related-activity/@type");
    for (uint32_t i = 0; i < a->transaction_count; i++) look_transaction(r, &a->transactions[i]);
}
