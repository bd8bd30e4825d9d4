/* cmd_budget.c - muster budget: what a giver may spend on orders placed within a period. */
#include "cli/entry.h"

static const struct noun_column columns[] = {
    {F_NAME, "name"},
    {F_PARTY, "giver"},
    {F_SINCE, "from"},
    {F_UNTIL, "until"},
    {F_AMOUNT, "amount"},
    {F_CURRENCY, "currency"},
    {0},
};
static const struct noun budgets = {.kind = KIND_BUDGET, .title = "Budgets", .columns = columns};
NOUN_PARTS(budgets);

struct budget_args {
    struct entry_args entry;
    const char *key, *name, *giver, *from, *until, *amount, *currency;
};

#define BUDGET_OPTS                                                                                \
    {"giver", INTO(struct budget_args, giver), .arg = "PARTY", .help = "whose money it is"},       \
        {"from", INTO(struct budget_args, from), .arg = "DATE", .help = "first day of orders"},    \
        {"until", INTO(struct budget_args, until), .arg = "DATE", .help = "last day of orders"},   \
        {"amount", INTO(struct budget_args, amount), .arg = "AMOUNT",                              \
         .help = "in whole units of the currency: 250000000"},                                     \
        {"currency", INTO(struct budget_args, currency), .arg = "CUR", .help = "in which money"},  \
        {"name", INTO(struct budget_args, name), .arg = "NAME", .help = "what it is called"},      \
        EVIDENCE_OPTS(struct budget_args), LABEL_OPT(struct budget_args)

static const struct opt add_opts[] = {BUDGET_OPTS, {0}};
static const struct opt revise_opts[] = {BUDGET_OPTS, WHY_OPT(struct budget_args), {0}};

static const struct typed fields[] = {
    {"giver", F_PARTY, TYPED_PARTY, true},
    {"from", F_SINCE, TYPED_FIRST, true},
    {"until", F_UNTIL, TYPED_LAST, true},
    {"amount", F_AMOUNT, TYPED_DECIMAL, true},
    {"currency", F_CURRENCY, TYPED_CURRENCY, true},
    {"name", F_NAME, TYPED_TEXT, false},
    {0},
};

static enum rc fill(struct entry *e, struct record *r, const struct opt *opts, const void *args,
                    struct err *err)
{
    enum rc rc = entry_fill(e, r, opts, args, fields, err);
    if (!rc && record_int(r, F_UNTIL, DAY_MAX) < record_int(r, F_SINCE, DAY_MIN)) {
        return fail(err, RC_INPUT, "the budget ends before it begins");
    }
    return rc;
}

static enum rc add(struct entry *e, const void *given, struct err *err)
{
    const struct budget_args *args = given;
    struct record *r = record_new(e->arena, KIND_BUDGET);
    const char *key = NULL;
    enum rc rc = args->key ? entry_new_key(e, KIND_BUDGET, args->key, &key, err) : RC_OK;
    record_set_text(e->arena, r, F_KEY, key);
    if (!rc) rc = fill(e, r, add_opts, args, err);
    return rc ? rc : entry_add(e, r, NULL, err);
}

static enum rc revise(struct entry *e, const void *given, struct err *err)
{
    const struct budget_args *args = given;
    struct record *r;
    enum rc rc = entry_current(e, KIND_BUDGET, args->key, &r, err);
    if (!rc) rc = fill(e, r, revise_opts, args, err);
    return rc ? rc : entry_revise(e, r, err);
}

ENTRY_RUN(add_run, ENTRY_ADD, add, struct budget_args)
ENTRY_RUN(revise_run, ENTRY_REVISE, revise, struct budget_args)

static const struct command part_add = {
    .name = "add",
    .about = "what a giver may spend in a period",
    .examples = "muster budget add --giver DEU --from 2026-01-01 --until 2026-12-31 --amount"
                " 4000000000 --currency EUR\n",
    .operands =
        (const struct operand[]){
            {"KEY", INTO(struct budget_args, key), .optional = true,
             .help = "what it is called for ever: one word; else budget/ID"},
            {0},
        },
    .opts = add_opts,
    .uses = USES_ENTRY,
    .args_size = sizeof(struct budget_args),
    .run = add_run,
};

static const struct command part_revise = {
    .name = "revise",
    .about = "a budget was changed; the original is kept beside it",
    .details = ENTRY_REVISE_DETAILS,
    .operands = ENTRY_KEY_OPERAND(struct budget_args),
    .opts = revise_opts,
    .uses = USES_ENTRY,
    .args_size = sizeof(struct budget_args),
    .run = revise_run,
};

const struct command cmd_budget = {
    .name = "budget",
    .group = GROUP_ENTER,
    .about = "what givers may spend on orders: list, show, add, revise",
    .opts = noun_list_opts,
    .uses = USES_QUESTION,
    .args_size = sizeof(struct noun_args),
    .run = list_run,
    .parts = (const struct command *const[]){&part_list, &part_show, &part_add, &part_revise, NULL},
};
