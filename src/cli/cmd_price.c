/* cmd_price.c - muster price: what one whole unit of an item costs, on a basis, on a day. */
#include "cli/entry.h"

static const struct noun_column columns[] = {
    {F_ITEM, "item"},
    {F_AMOUNT, "amount"},
    {F_CURRENCY, "currency"},
    {F_BASIS, "basis"},
    {F_DAY, "day"},
    {F_SERIES, "series"},
    {0},
};
static const struct noun prices = {.kind = KIND_PRICE, .title = "Prices", .columns = columns};
NOUN_PARTS(prices);

struct price_args {
    struct entry_args entry;
    const char *key, *item, *amount, *currency, *basis, *day, *series;
};

#define PRICE_OPTS                                                                                 \
    {"amount", INTO(struct price_args, amount), .arg = "AMOUNT",                                   \
     .help = "for one whole unit, in whole units of the currency: 12.50"},                         \
        {"currency", INTO(struct price_args, currency), .arg = "CUR", .help = "in which money"},   \
        {"basis", INTO(struct price_args, basis), .arg = "BASIS",                                  \
         .help = "stated, net book, replacement, market, list, estimate"},                         \
        {"day", INTO(struct price_args, day), .arg = "DATE", .help = "the day it is of"},          \
        {"series", INTO(struct price_args, series), .arg = "NAME",                                 \
         .help = "the list it belongs to"},                                                        \
        EVIDENCE_OPTS(struct price_args), LABEL_OPT(struct price_args)

static const struct opt add_opts[] = {
    {"item", INTO(struct price_args, item), .arg = "ITEM", .help = "of what"},
    PRICE_OPTS,
    {0},
};
static const struct opt revise_opts[] = {PRICE_OPTS, WHY_OPT(struct price_args), {0}};

static const struct typed item_field[] = {{"item", F_ITEM, TYPED_ITEM, true}, {0}};
static const struct typed fields[] = {
    {"amount", F_AMOUNT, TYPED_DECIMAL, true}, {"currency", F_CURRENCY, TYPED_CURRENCY, true},
    {"basis", F_BASIS, TYPED_TEXT, false},     {"day", F_DAY, TYPED_LAST, false},
    {"series", F_SERIES, TYPED_TEXT, false},   {0},
};

static enum rc add(struct entry *e, const void *given, struct err *err)
{
    const struct price_args *args = given;
    struct record *r = record_new(e->arena, KIND_PRICE);
    const char *key = NULL;
    enum rc rc = args->key ? entry_new_key(e, KIND_PRICE, args->key, &key, err) : RC_OK;
    record_set_text(e->arena, r, F_KEY, key);
    record_set_int(e->arena, r, F_DAY, entry_today(e));
    if (!rc) rc = entry_fill(e, r, add_opts, args, item_field, err);
    if (!rc) rc = entry_fill(e, r, add_opts, args, fields, err);
    return rc ? rc : entry_add(e, r, NULL, err);
}

static enum rc revise(struct entry *e, const void *given, struct err *err)
{
    const struct price_args *args = given;
    struct record *r;
    enum rc rc = entry_current(e, KIND_PRICE, args->key, &r, err);
    if (!rc) rc = entry_fill(e, r, revise_opts, args, fields, err);
    return rc ? rc : entry_revise(e, r, err);
}

ENTRY_RUN(add_run, ENTRY_ADD, add, struct price_args)
ENTRY_RUN(revise_run, ENTRY_REVISE, revise, struct price_args)

static const struct command part_add = {
    .name = "add",
    .about = "what one unit of an item costs",
    .examples = "muster price add --item shells-155 --amount 3200 --currency EUR --basis list"
                " --day 2026-01-05\n",
    .operands =
        (const struct operand[]){
            {"KEY", INTO(struct price_args, key), .optional = true,
             .help = "what it is called for ever: one word; else price/ID"},
            {0},
        },
    .opts = add_opts,
    .uses = USES_ENTRY,
    .args_size = sizeof(struct price_args),
    .run = add_run,
};

static const struct command part_revise = {
    .name = "revise",
    .about = "a price was wrong; a new price of another day is added",
    .details = ENTRY_REVISE_DETAILS,
    .operands = ENTRY_KEY_OPERAND(struct price_args),
    .opts = revise_opts,
    .uses = USES_ENTRY,
    .args_size = sizeof(struct price_args),
    .run = revise_run,
};

const struct command cmd_price = {
    .name = "price",
    .group = GROUP_ENTER,
    .about = "what things cost: list, show, add, revise",
    .opts = noun_list_opts,
    .uses = USES_QUESTION,
    .args_size = sizeof(struct noun_args),
    .run = list_run,
    .parts = (const struct command *const[]){&part_list, &part_show, &part_add, &part_revise, NULL},
};
