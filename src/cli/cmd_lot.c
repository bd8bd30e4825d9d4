/* cmd_lot.c - muster lot: what a giver holds or can make, and what of it it keeps for itself. */
#include "cli/entry.h"

static const struct noun_column columns[] = {
    {F_NAME, "name"},       {F_PARTY, "giver"},
    {F_ITEM, "item"},       {F_QTY, "qty"},
    {F_FLOOR, "floor"},     {F_DAY, "ready"},
    {F_TYPE, "type"},       {F_PLACE, "place"},
    {F_ORDERED, "ordered"}, {F_COST, "cost"},
    {F_WORTH, "worth"},     {F_CURRENCY, "currency"},
    {F_PLANT, "plant"},     {0},
};
static const struct noun lots = {.kind = KIND_LOT, .title = "Lots", .columns = columns};
NOUN_PARTS(lots);

struct lot_args {
    struct entry_args entry;
    const char *key, *name, *giver, *item, *qty, *floor, *ready, *type, *place, *series, *ordered,
        *cost, *worth, *currency, *plant;
};

#define LOT_OPTS                                                                                   \
    {"giver", INTO(struct lot_args, giver), .arg = "PARTY", .help = "who holds or makes it"},      \
        {"item", INTO(struct lot_args, item), .arg = "ITEM", .help = "what"},                      \
        {"qty", INTO(struct lot_args, qty), .arg = "QTY", .help = "how much, in whole units"},     \
        {"floor", INTO(struct lot_args, floor), .arg = "QTY",                                      \
         .help = "how much of it the giver keeps for itself"},                                     \
        {"ready", INTO(struct lot_args, ready), .arg = "DATE", .help = "when it can leave"},       \
        {"type", INTO(struct lot_args, type), .arg = "TYPE",                                       \
         .choices = "stock refurbishment production purchase", .help = "where it comes from"},     \
        {"ordered", INTO(struct lot_args, ordered), .arg = "DATE",                                 \
         .help = "when it must be ordered: that period's budget pays; stock is paid by none"},     \
        {"cost", INTO(struct lot_args, cost), .arg = "AMOUNT",                                     \
         .help = "what one whole unit costs the giver in cash"},                                   \
        {"worth", INTO(struct lot_args, worth), .arg = "AMOUNT",                                   \
         .help = "what the giver is credited with for one whole unit; else the item's price"},     \
        {"currency", INTO(struct lot_args, currency), .arg = "CUR",                                \
         .help = "of --cost and --worth"},                                                         \
        {"plant", INTO(struct lot_args, plant), .arg = "KEY",                                      \
         .help = "the production line that must be opened for it"},                                \
        {"place", INTO(struct lot_args, place), .arg = "TEXT", .help = "where it lies"},           \
        {"series", INTO(struct lot_args, series), .arg = "NAME",                                   \
         .help = "the list it belongs to"},                                                        \
        {"name", INTO(struct lot_args, name), .arg = "NAME", .help = "what it is called"},         \
        EVIDENCE_OPTS(struct lot_args), LABEL_OPT(struct lot_args)

static const struct opt add_opts[] = {LOT_OPTS, {0}};
static const struct opt revise_opts[] = {LOT_OPTS, WHY_OPT(struct lot_args), {0}};

static const struct typed fields[] = {
    {"giver", F_PARTY, TYPED_PARTY, true},
    {"item", F_ITEM, TYPED_ITEM, true},
    {"qty", F_QTY, TYPED_QUANTITY, true},
    {"floor", F_FLOOR, TYPED_QUANTITY, false},
    {"ready", F_DAY, TYPED_LAST, false},
    {"type", F_TYPE, TYPED_TEXT, false},
    {"place", F_PLACE, TYPED_TEXT, false},
    {"series", F_SERIES, TYPED_TEXT, false},
    {"name", F_NAME, TYPED_TEXT, false},
    {"ordered", F_ORDERED, TYPED_FIRST, false},
    {"cost", F_COST, TYPED_DECIMAL, false},
    {"worth", F_WORTH, TYPED_DECIMAL, false},
    {"currency", F_CURRENCY, TYPED_CURRENCY, false},
    {"plant", F_PLANT, TYPED_PLANT, false},
    {0},
};

/* A giver opens its own production lines only. */
static enum rc own_plant(const struct entry *e, const struct record *r, struct err *err)
{
    uint64_t id = record_ref(r, F_PLANT);
    const struct record *plant = id ? book_record(e->book, id) : NULL;
    if (!plant) return RC_OK;
    uint32_t owner = book_noun_of(e->book, record_ref(plant, F_PARTY));
    if (owner == book_noun_of(e->book, record_ref(r, F_PARTY))) return RC_OK;
    return fail(err, RC_RULE, "--plant: '%.60s' is a production line of %.60s",
                record_text(plant, F_KEY), book_key(e->book, owner));
}

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
    bool money = record_field(r, F_COST) || record_field(r, F_WORTH);
    if (!rc && money && !record_field(r, F_CURRENCY)) {
        return fail(err, RC_INPUT, "--cost and --worth go with --currency");
    }
    return rc ? rc : own_plant(e, r, err);
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
                " stock --ready 2026-03\n"
                "muster lot add --giver DEU --item shells-155 --qty 30000 --type production"
                " --ordered 2026-02-01 --ready 2027-01 --cost 3300 --currency EUR\n",
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
