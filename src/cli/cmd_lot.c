/* cmd_lot.c - muster lot: what a giver holds or can make, and what of it it keeps for itself. */
#include "cli/entry.h"

static const struct noun_column columns[] = {
    {F_NAME, "name"}, {F_PARTY, "giver"}, {F_ITEM, "item"},
    {F_QTY, "qty"},   {F_FLOOR, "floor"}, {F_DAY, "ready"},
    {F_TYPE, "type"}, {F_PLACE, "place"}, {0},
};
static const struct noun lots = {.kind = KIND_LOT, .title = "Lots", .columns = columns};
NOUN_PARTS(lots);

struct lot_args {
    struct entry_args entry;
    const char *key, *name, *giver, *item, *qty, *floor, *ready, *type, *place, *series;
};

#define LOT_OPTS                                                                                   \
    {"giver", INTO(struct lot_args, giver), .arg = "PARTY", .help = "who holds or makes it"},      \
        {"item", INTO(struct lot_args, item), .arg = "ITEM", .help = "what"},                      \
        {"qty", INTO(struct lot_args, qty), .arg = "QTY", .help = "how much, in whole units"},     \
        {"floor", INTO(struct lot_args, floor), .arg = "QTY",                                      \
         .help = "how much of it the giver keeps for itself"},                                     \
        {"ready", INTO(struct lot_args, ready), .arg = "DATE", .help = "when it can leave"},       \
        {"type", INTO(struct lot_args, type), .arg = "TYPE",                                       \
         .choices = "stock refurbishment production", .help = "where it comes from"},              \
        {"place", INTO(struct lot_args, place), .arg = "TEXT", .help = "where it lies"},           \
        {"series", INTO(struct lot_args, series), .arg = "NAME",                                   \
         .help = "the list it belongs to"},                                                        \
        {"name", INTO(struct lot_args, name), .arg = "NAME", .help = "what it is called"},         \
        EVIDENCE_OPTS(struct lot_args), LABEL_OPT(struct lot_args)

static const struct opt add_opts[] = {LOT_OPTS, {0}};
static const struct opt revise_opts[] = {LOT_OPTS, WHY_OPT(struct lot_args), {0}};

static const struct typed fields[] = {
    {"giver", F_PARTY, TYPED_PARTY, true}, {"item", F_ITEM, TYPED_ITEM, true},
    {"qty", F_QTY, TYPED_QUANTITY, true},  {"floor", F_FLOOR, TYPED_QUANTITY, false},
    {"ready", F_DAY, TYPED_LAST, false},   {"type", F_TYPE, TYPED_TEXT, false},
    {"place", F_PLACE, TYPED_TEXT, false}, {"series", F_SERIES, TYPED_TEXT, false},
    {"name", F_NAME, TYPED_TEXT, false},   {0},
};

static enum rc fill(struct entry *e, struct record *r, const struct opt *opts,
                    const struct lot_args *args, struct err *err)
{
    if (e->revising && args->item && (!args->qty || !args->floor)) {
        return fail(err, RC_INPUT, "--item goes with --qty and --floor: how much of it");
    }
    enum rc rc = entry_fill(e, r, opts, args, fields, err);
    if (!rc && record_int(r, F_FLOOR, 0) > record_int(r, F_QTY, INT64_MAX)) {
        return fail(err, RC_INPUT, "--floor is more than the lot holds");
    }
    return rc;
}

static enum rc add(struct entry *e, const void *given, struct err *err)
{
    const struct lot_args *args = given;
    struct record *r = record_new(e->arena, KIND_LOT);
    const char *key = NULL;
    enum rc rc = args->key ? entry_new_key(e, KIND_LOT, args->key, &key, err) : RC_OK;
    record_set_text(e->arena, r, F_KEY, key);
    if (!rc) rc = fill(e, r, add_opts, args, err);
    return rc ? rc : entry_add(e, r, NULL, err);
}

static enum rc revise(struct entry *e, const void *given, struct err *err)
{
    const struct lot_args *args = given;
    struct record *r;
    enum rc rc = entry_current(e, KIND_LOT, args->key, &r, err);
    if (!rc) rc = fill(e, r, revise_opts, args, err);
    return rc ? rc : entry_revise(e, r, err);
}

ENTRY_RUN(add_run, ENTRY_ADD, add, struct lot_args)
ENTRY_RUN(revise_run, ENTRY_REVISE, revise, struct lot_args)

static const struct command part_add = {
    .name = "add",
    .about = "a giver holds or can make something",
    .examples = "muster lot add --giver CZE --item shells-155 --qty 50000 --floor 10000 --type"
                " stock --ready 2026-03\n",
    .operands =
        (const struct operand[]){
            {"KEY", INTO(struct lot_args, key), .optional = true,
             .help = "what it is called for ever: one word; else lot/ID"},
            {0},
        },
    .opts = add_opts,
    .uses = USES_ENTRY,
    .args_size = sizeof(struct lot_args),
    .run = add_run,
};

static const struct command part_revise = {
    .name = "revise",
    .about = "say something else of a lot",
    .details = ENTRY_REVISE_DETAILS,
    .operands = ENTRY_KEY_OPERAND(struct lot_args),
    .opts = revise_opts,
    .uses = USES_ENTRY,
    .args_size = sizeof(struct lot_args),
    .run = revise_run,
};

const struct command cmd_lot = {
    .name = "lot",
    .group = GROUP_ENTER,
    .about = "what givers hold or can make: list, show, add, revise",
    .opts = noun_list_opts,
    .uses = USES_QUESTION,
    .args_size = sizeof(struct noun_args),
    .run = list_run,
    .parts = (const struct command *const[]){&part_list, &part_show, &part_add, &part_revise, NULL},
};
