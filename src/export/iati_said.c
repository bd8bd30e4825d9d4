/*
 * iati_said.c - codes that a publisher gave an activity, in its own elements again.
 *
 * They stand in the activity's record as "said-WHAT:CODE"
 * (source/iati_said.c). What no list has stays there: the file must keep to
 * the standard, and our own elements carry it.
 */
#include <string.h>

#include "base/text.h"
#include "export/iati_inside.h"

enum { SAID_MAX = 40 };

/* What stands behind "said-WHAT:", of the i-th such link; NULL. */
static const char *said_at(const struct record *r, const char *what, uint32_t *i)
{
    size_t len = strlen(what);
    for (; *i < r->count; ++*i) {
        const struct field *f = &r->fields[*i];
        if (f->tag != F_LINK || !text_starts(f->text, "said-")) continue;
        if (strncmp(f->text + 5, what, len) == 0 && f->text[5 + len] == ':')
            return r->fields[(*i)++].text + 6 + len;
    }
    return NULL;
}

/* The code, if its list has it; else what there was. */
static const char *code_of(struct iati_out *o, const struct record *r, const char *what,
                           const char *list, const char *otherwise)
{
    uint32_t i = 0;
    const char *code = said_at(r, what, &i);
    if (!code || (list && !codes_find(o->codes, list, code))) return otherwise;
    return arena_text(o->scratch, code);
}

/* Vocabularies whose codes are known here, with their lists. */
static const struct {
    const char *what, *vocabulary, *list;
} vocabularies[] = {{"aid-type", "1", "AidType"},
                    {"aid-type", "2", "EarmarkingCategory"},
                    {"aid-type", "4", "CashandVoucherModalities"},
                    {"policy-marker", "1", "PolicyMarker"},
                    {"tag", "2", "UNSDG-Goals"},
                    {"tag", "3", "UNSDG-Targets"}};

static const char *list_of(const char *what, const char *vocabulary)
{
    for (size_t i = 0; i < sizeof vocabularies / sizeof *vocabularies; i++) {
        if (!strcmp(vocabularies[i].what, what) && !strcmp(vocabularies[i].vocabulary, vocabulary))
            return vocabularies[i].list;
    }
    return NULL;
}

static bool read_code(struct iati_out *o, const char *what, const char *text, struct iati_code *out)
{
    const char *slash = strchr(text, '/'), *more = slash ? strchr(slash + 1, '/') : NULL;
    if (!slash) return false;
    size_t len = more ? (size_t)(more - slash - 1) : strlen(slash + 1);
    *out = (struct iati_code){.vocabulary = arena_bytes(o->scratch, text, (size_t)(slash - text)),
                              .code = arena_bytes(o->scratch, slash + 1, len),
                              .uri = "",
                              .type = "",
                              .significance = more ? arena_text(o->scratch, more + 1) : ""};
    const char *list = list_of(what, out->vocabulary);
    if (!list || !codes_find(o->codes, list, out->code)) return false;
    bool marker = strcmp(what, "policy-marker") == 0;
    return !marker || codes_find(o->codes, "PolicySignificance", out->significance);
}

static struct iati_codes codes_said(struct iati_out *o, const struct record *r, const char *what)
{
    struct iati_code *list = NEW_ARRAY(o->scratch, SAID_MAX, struct iati_code);
    uint32_t count = 0, i = 0;
    for (const char *text; count < SAID_MAX && (text = said_at(r, what, &i));)
        count += read_code(o, what, text, &list[count]);
    return (struct iati_codes){list, count};
}

/* A whole number, as the schema wants the hierarchy. */
static const char *number_of(struct iati_out *o, const struct record *r, const char *what)
{
    const char *text = code_of(o, r, what, NULL, "");
    size_t len = strlen(text);
    return len && len < 9 && strspn(text, "0123456789") == len ? text : "";
}

static const char *share_of(struct iati_out *o, const struct record *r, const char *what)
{
    struct dec share;
    struct err ignored;
    const char *text = code_of(o, r, what, NULL, "");
    if (!*text || strspn(text, "0123456789.") != strlen(text)) return "";
    if (dec_parse(text, &share, &ignored) || dec_cmp(share, (struct dec){100, 0}) > 0) return "";
    return text;
}

static const char *flag_of(const char *text, const char *otherwise)
{
    if (strcmp(text, "1") == 0 || strcmp(text, "true") == 0) return "1";
    if (strcmp(text, "0") == 0 || strcmp(text, "false") == 0) return "0";
    return otherwise;
}

void iati_say_codes(struct iati_out *o, const struct record *r, struct iati_activity *out)
{
    out->hierarchy = number_of(o, r, "hierarchy");
    out->humanitarian = flag_of(code_of(o, r, "humanitarian", NULL, ""), out->humanitarian);
    out->status = code_of(o, r, "status", "ActivityStatus", out->status);
    out->scope = code_of(o, r, "scope", "ActivityScope", "");
    out->collaboration_type = code_of(o, r, "collaboration-type", "CollaborationType", "");
    out->default_flow_type = code_of(o, r, "flow-type", "FlowType", "");
    out->default_finance_type = code_of(o, r, "finance-type", "FinanceType", "");
    out->default_tied_status = code_of(o, r, "tied-status", "TiedStatus", "");
    out->capital_spend = share_of(o, r, "capital-spend");
    if (!out->budget_count)
        out->budget_not_provided = code_of(o, r, "budget-not-provided", "BudgetNotProvided", "");
    out->default_aid_types = codes_said(o, r, "aid-type");
    out->policy_markers = codes_said(o, r, "policy-marker");
    out->tags = codes_said(o, r, "tag");
}
