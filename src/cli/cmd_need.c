/* cmd_need.c - muster need: a receiver asks for a quantity of an item by a day. */
#include <string.h>

#include "cli/entry.h"

static const struct noun_column columns[] = {
    {F_NAME, "name"},       {F_RECEIVER, "receiver"},
    {F_ITEM, "item"},       {F_QTY, "qty"},
    {F_SINCE, "since"},     {F_UNTIL, "by"},
    {F_MONTHLY, "monthly"}, {F_PRIORITY, "priority"},
    {F_URGENT, "urgent"},   {F_WEIGHT, "weight"},
    {F_KEEPS, "keeps"},     {F_AMOUNT, "rate"},
    {F_SURPLUS, "surplus"}, {F_PLACE, "place"},
    {F_TYPE, "type"},       {0},
};
static const struct noun needs = {.kind = KIND_NEED, .title = "Needs", .columns = columns};
NOUN_PARTS(needs);

struct need_args {
    struct entry_args entry;
    const char *key, *name, *receiver, *item, *qty, *by, *from, *until, *priority, *place, *type,
        *on, *weight, *keeps, *rate;
    bool monthly, once, urgent, calm, surplus;
};

#define NEED_OPTS                                                                                  \
    {"receiver", INTO(struct need_args, receiver), .arg = "PARTY", .help = "who needs it"},        \
        {"item", INTO(struct need_args, item), .arg = "ITEM",                                      \
         .help = "what: an item, or a currency"},                                                  \
        {"qty", INTO(struct need_args, qty), .arg = "QTY", .help = "how much, in whole units"},    \
        {"by", INTO(struct need_args, by), .arg = "DATE", .help = "the day it is needed by"},      \
        {"from", INTO(struct need_args, from), .arg = "DATE", .help = "first day of the need"},    \
        {"until", INTO(struct need_args, until), .arg = "DATE",                                    \
         .help = "last day of the need: the same as --by"},                                        \
        {"monthly", INTO(struct need_args, monthly),                                               \
         .help = "the quantity is needed every month, --from to --until"},                         \
        {"priority", INTO(struct need_args, priority), .arg = "N", .help = "1 comes first"},       \
        {"urgent", INTO(struct need_args, urgent), .help = "lives hang on it"},                    \
        {"weight", INTO(struct need_args, weight), .arg = "X",                                     \
         .help = "what one unit, missing for a month, counts in a plan; else by its price,"        \
                 " priority and urgency"},                                                         \
        {"keeps", INTO(struct need_args, keeps), .arg = "NEED",                                    \
         .help = "the need whose systems it keeps going, with --rate in place of --qty"},          \
        {"rate", INTO(struct need_args, rate), .arg = "X",                                         \
         .help = "how much one of those systems takes a month: 40, 0.25"},                         \
        {"surplus", INTO(struct need_args, surplus),                                               \
         .help = "more than is asked for is welcome, of what others keep going"},                  \
        {"place", INTO(struct need_args, place), .arg = "TEXT", .help = "where it is needed"},     \
        {"type", INTO(struct need_args, type), .arg = "TYPE", .choices = "stated validated",       \
         .help = "as the receiver says, or as somebody checked"},                                  \
        {"on", INTO(struct need_args, on), .arg = "DATE", .help = "the day it was asked for"},     \
        {"name", INTO(struct need_args, name), .arg = "NAME", .help = "what it is called"},        \
        EVIDENCE_OPTS(struct need_args), LABEL_OPT(struct need_args)

static const struct opt add_opts[] = {NEED_OPTS, {0}};
static const struct opt revise_opts[] = {
    NEED_OPTS,
    {"once", INTO(struct need_args, once), .help = "not every month after all"},
    {"not-urgent", INTO(struct need_args, calm), .help = "not urgent any more"},
    WHY_OPT(struct need_args),
    {0},
};

static const struct typed fields[] = {
    {"receiver", F_RECEIVER, TYPED_PARTY, true}, {"item", F_ITEM, TYPED_ITEM, true},
    {"qty", F_QTY, TYPED_QUANTITY, false},       {"by", F_UNTIL, TYPED_LAST, false},
    {"from", F_SINCE, TYPED_FIRST, false},       {"until", F_UNTIL, TYPED_LAST, false},
    {"monthly", F_MONTHLY, TYPED_SWITCH, false}, {"priority", F_PRIORITY, TYPED_COUNT, false},
    {"urgent", F_URGENT, TYPED_SWITCH, false},   {"weight", F_WEIGHT, TYPED_DECIMAL, false},
    {"keeps", F_KEEPS, TYPED_NEED, false},       {"rate", F_AMOUNT, TYPED_DECIMAL, false},
    {"surplus", F_SURPLUS, TYPED_SWITCH, false}, {"place", F_PLACE, TYPED_TEXT, false},
    {"type", F_TYPE, TYPED_TEXT, false},         {"on", F_DAY, TYPED_LAST, false},
    {"name", F_NAME, TYPED_TEXT, false},         {0},
};

/* What keeps a system going is wanted where the system is, and keeps nothing that keeps others. */
static enum rc check_kept(const struct entry *e, const struct record *r, struct err *err)
{
    uint64_t id = record_ref(r, F_KEEPS);
    const struct record *kept = id ? book_record(e->book, id) : NULL;
    bool rate = record_field(r, F_AMOUNT);
    if (!kept) return rate ? fail(err, RC_INPUT, "--rate goes with --keeps") : RC_OK;
    if (record_dec(r, F_AMOUNT).n <= 0) return fail(err, RC_INPUT, "--keeps goes with --rate");
    const char *key = record_text(r, F_KEY), *other = record_text(kept, F_KEY);
    if (key && other && strcmp(key, other) == 0) {
        return fail(err, RC_RULE, "--keeps: a need does not keep itself going");
    }
    if (record_ref(kept, F_KEEPS)) {
        return fail(err, RC_RULE, "--keeps: '%.60s' itself keeps another need going", other);
    }
    if (book_noun_of(e->book, record_ref(kept, F_RECEIVER)) !=
        book_noun_of(e->book, record_ref(r, F_RECEIVER))) {
        return fail(err, RC_RULE, "--keeps: '%.60s' is a need of another receiver", other);
    }
    if (record_field(r, F_MONTHLY) || record_field(r, F_WEIGHT) || record_int(r, F_QTY, 0)) {
        return fail(err, RC_INPUT, "--keeps: how much and how urgent follows from '%.60s'", other);
    }
    return RC_OK;
}

static enum rc fill(struct entry *e, struct record *r, const struct opt *opts,
                    const struct need_args *args, struct err *err)
{
    if (args->by && args->until) return fail(err, RC_INPUT, "--by and --until: only one of them");
    if (e->revising && args->item && !args->qty) {
        return fail(err, RC_INPUT, "--item goes with --qty: how much of it");
    }
    enum rc rc = entry_fill(e, r, opts, args, fields, err);
    if (rc) return rc;
    if (args->once) draft_drop(r, F_MONTHLY);
    if (args->calm) draft_drop(r, F_URGENT);
    if (record_field(r, F_KEEPS) && !record_field(r, F_QTY)) {
        record_set_int(e->arena, r, F_QTY, 0); /* how much follows from what it keeps going */
    }
    if (!record_field(r, F_QTY)) return fail(err, RC_INPUT, "--qty is missing");
    bool window = record_field(r, F_SINCE) && record_field(r, F_UNTIL);
    if (record_field(r, F_MONTHLY) && !window) {
        return fail(err, RC_INPUT, "--monthly goes with --from and --until");
    }
    if (window && record_int(r, F_UNTIL, 0) < record_int(r, F_SINCE, 0)) {
        return fail(err, RC_INPUT, "the need ends before it begins");
    }
    return check_kept(e, r, err);
}

static enum rc add(struct entry *e, const void *given, struct err *err)
{
    const struct need_args *args = given;
    struct record *r = record_new(e->arena, KIND_NEED);
    const char *key = NULL;
    enum rc rc = args->key ? entry_new_key(e, KIND_NEED, args->key, &key, err) : RC_OK;
    record_set_text(e->arena, r, F_KEY, key);
    if (!rc) rc = fill(e, r, add_opts, args, err);
    return rc ? rc : entry_add(e, r, NULL, err);
}

static enum rc revise(struct entry *e, const void *given, struct err *err)
{
    const struct need_args *args = given;
    struct record *r;
    enum rc rc = entry_current(e, KIND_NEED, args->key, &r, err);
    if (!rc) rc = fill(e, r, revise_opts, args, err);
    return rc ? rc : entry_revise(e, r, err);
}

ENTRY_RUN(add_run, ENTRY_ADD, add, struct need_args)
ENTRY_RUN(revise_run, ENTRY_REVISE, revise, struct need_args)

static const struct command part_add = {
    .name = "add",
    .about = "a receiver asks for something",
    .examples =
        "muster need add --receiver UKR --item shells-155 --qty 20000 --by 2026-12-31\n"
        "muster need add --receiver UKR --item diesel --qty 900 --monthly --from 2026-01 --until"
        " 2026-12\n"
        "muster need add barrels --receiver UKR --item barrel-155 --rate 0.3 --keeps howitzers\n"
        "# so many new barrels a month for each howitzer of the need 'howitzers' in service\n",
    .operands =
        (const struct operand[]){
            {"KEY", INTO(struct need_args, key), .optional = true,
             .help = "what it is called for ever: one word; else need/ID"},
            {0},
        },
    .opts = add_opts,
    .uses = USES_ENTRY,
    .args_size = sizeof(struct need_args),
    .run = add_run,
};

static const struct command part_revise = {
    .name = "revise",
    .about = "a need was changed; the original is kept beside it",
    .details = ENTRY_REVISE_DETAILS,
    .operands = ENTRY_KEY_OPERAND(struct need_args),
    .opts = revise_opts,
    .uses = USES_ENTRY,
    .args_size = sizeof(struct need_args),
    .run = revise_run,
};

const struct command cmd_need = {
    .name = "need",
    .group = GROUP_ENTER,
    .about = "what is asked for, by whom, by when: list, show, add, revise",
    .opts = noun_list_opts,
    .uses = USES_QUESTION,
    .args_size = sizeof(struct noun_args),
    .run = list_run,
    .parts = (const struct command *const[]){&part_list, &part_show, &part_add, &part_revise, NULL},
};
