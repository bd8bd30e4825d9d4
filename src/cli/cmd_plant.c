/*
 * cmd_plant.c - muster plant: production lines that a giver can open, at a cost.
 *
 * The lots that need one name it (lot --plant). "Line" is taken: a line of
 * the book is a promise.
 */
#include "cli/entry.h"

static const struct noun_column columns[] = {
    {F_NAME, "name"},   {F_PARTY, "giver"},       {F_ORDERED, "ordered"},
    {F_AMOUNT, "cost"}, {F_CURRENCY, "currency"}, {0},
};
static const struct noun plants = {
    .kind = KIND_PLANT, .title = "Production lines", .columns = columns};
NOUN_PARTS(plants);

struct plant_args {
    struct entry_args entry;
    const char *key, *name, *giver, *ordered, *cost, *currency;
};

#define PLANT_OPTS                                                                                 \
    {"giver", INTO(struct plant_args, giver), .arg = "PARTY", .help = "who can open it"},          \
        {"cost", INTO(struct plant_args, cost), .arg = "AMOUNT",                                   \
         .help = "of opening it, whatever is then made"},                                          \
        {"currency", INTO(struct plant_args, currency), .arg = "CUR", .help = "in which money"},   \
        {"ordered", INTO(struct plant_args, ordered), .arg = "DATE",                               \
         .help = "when that must be decided: that period's budget pays"},                          \
        {"name", INTO(struct plant_args, name), .arg = "NAME", .help = "what it is called"},       \
        EVIDENCE_OPTS(struct plant_args), LABEL_OPT(struct plant_args)

static const struct opt add_opts[] = {PLANT_OPTS, {0}};
static const struct opt revise_opts[] = {PLANT_OPTS, WHY_OPT(struct plant_args), {0}};

static const struct typed fields[] = {
    {"giver", F_PARTY, TYPED_PARTY, true},
    {"cost", F_AMOUNT, TYPED_DECIMAL, true},
    {"currency", F_CURRENCY, TYPED_CURRENCY, true},
    {"ordered", F_ORDERED, TYPED_FIRST, false},
    {"name", F_NAME, TYPED_TEXT, false},
    {0},
};

static enum rc add(struct entry *e, const void *given, struct err *err)
{
    const struct plant_args *args = given;
    struct record *r = record_new(e->arena, KIND_PLANT);
    const char *key = NULL;
    enum rc rc = args->key ? entry_new_key(e, KIND_PLANT, args->key, &key, err) : RC_OK;
    record_set_text(e->arena, r, F_KEY, key);
    if (!rc) rc = entry_fill(e, r, add_opts, args, fields, err);
    return rc ? rc : entry_add(e, r, NULL, err);
}

static enum rc revise(struct entry *e, const void *given, struct err *err)
{
    const struct plant_args *args = given;
    struct record *r;
    enum rc rc = entry_current(e, KIND_PLANT, args->key, &r, err);
    if (!rc) rc = entry_fill(e, r, revise_opts, args, fields, err);
    return rc ? rc : entry_revise(e, r, err);
}

ENTRY_RUN(add_run, ENTRY_ADD, add, struct plant_args)
ENTRY_RUN(revise_run, ENTRY_REVISE, revise, struct plant_args)

static const struct command part_add = {
    .name = "add",
    .about = "a production line that a giver can open",
    .examples = "muster plant add kassel-2 --giver DEU --cost 60000000 --currency EUR --ordered"
                " 2026-03-01\nmuster lot add --giver DEU --item howitzer-155 --qty 24 --type"
                " production --ready 2027-06 --plant kassel-2\n",
    .operands =
        (const struct operand[]){
            {"KEY", INTO(struct plant_args, key), .optional = true,
             .help = "what it is called for ever: one word; else plant/ID"},
            {0},
        },
    .opts = add_opts,
    .uses = USES_ENTRY,
    .args_size = sizeof(struct plant_args),
    .run = add_run,
};

static const struct command part_revise = {
    .name = "revise",
    .about = "say something else of a production line",
    .details = ENTRY_REVISE_DETAILS,
    .operands = ENTRY_KEY_OPERAND(struct plant_args),
    .opts = revise_opts,
    .uses = USES_ENTRY,
    .args_size = sizeof(struct plant_args),
    .run = revise_run,
};

const struct command cmd_plant = {
    .name = "plant",
    .group = GROUP_ENTER,
    .about = "production lines that can be opened: list, show, add, revise",
    .opts = noun_list_opts,
    .uses = USES_QUESTION,
    .args_size = sizeof(struct noun_args),
    .run = list_run,
    .parts = (const struct command *const[]){&part_list, &part_show, &part_add, &part_revise, NULL},
};
