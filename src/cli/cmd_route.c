/*
 * cmd_route.c - muster route: the hubs things go through, how much a month and
 * how long.
 *
 * A route by itself is a hub with what passes it in a month. One that names
 * another (--via) is a giver's way to that hub, the hub's way to a receiver,
 * or a change of what passes it for some time: closed is 0 tonnes.
 */
#include "cli/entry.h"

static const struct noun_column columns[] = {
    {F_NAME, "name"},
    {F_PLACE, "hub"},
    {F_MODE, "mode"},
    {F_PARTY, "keeper"},
    {F_TONNES, "tonnes"},
    {F_MASS, "grams"},
    {F_LEAD, "lead"},
    {F_SINCE, "from"},
    {F_UNTIL, "until"},
    {F_VIA, "via"},
    {F_GIVER, "giver"},
    {F_RECEIVER, "receiver"},
    {0},
};
static const struct noun routes = {.kind = KIND_ROUTE, .title = "Routes", .columns = columns};
NOUN_PARTS(routes);

struct route_args {
    struct entry_args entry;
    const char *key, *name, *hub, *mode, *keeper, *tonnes, *lead, *from, *until, *via, *giver,
        *receiver;
};

#define ROUTE_OPTS                                                                                 \
    {"hub", INTO(struct route_args, hub), .arg = "TEXT", .help = "the place it goes through"},     \
        {"mode", INTO(struct route_args, mode), .arg = "TEXT", .help = "road, rail, sea, air"},    \
        {"keeper", INTO(struct route_args, keeper), .arg = "PARTY", .help = "who runs it"},        \
        {"via", INTO(struct route_args, via), .arg = "ROUTE",                                      \
         .help = "the route of the hub that this is a way to, a way from or a change of"},         \
        {"giver", INTO(struct route_args, giver), .arg = "PARTY",                                  \
         .help = "whose way to that hub it is"},                                                   \
        {"receiver", INTO(struct route_args, receiver), .arg = "PARTY",                            \
         .help = "to whom that hub's way leads"},                                                  \
        {"tonnes", INTO(struct route_args, tonnes), .arg = "X",                                    \
         .help = "tonnes that pass in a month: 4000, 12.5"},                                       \
        {"lead", INTO(struct route_args, lead), .arg = "DAYS", .help = "days on the way"},         \
        {"from", INTO(struct route_args, from), .arg = "DATE", .help = "first day it is open"},    \
        {"until", INTO(struct route_args, until), .arg = "DATE", .help = "last day it is open"},   \
        {"name", INTO(struct route_args, name), .arg = "NAME", .help = "what it is called"},       \
        EVIDENCE_OPTS(struct route_args), LABEL_OPT(struct route_args)

static const struct opt add_opts[] = {ROUTE_OPTS, {0}};
static const struct opt revise_opts[] = {ROUTE_OPTS, WHY_OPT(struct route_args), {0}};

static const struct typed fields[] = {
    {"hub", F_PLACE, TYPED_TEXT, false},     {"mode", F_MODE, TYPED_TEXT, false},
    {"keeper", F_PARTY, TYPED_PARTY, false}, {"tonnes", F_TONNES, TYPED_TONNES, false},
    {"lead", F_LEAD, TYPED_COUNT, false},    {"via", F_VIA, TYPED_ROUTE, false},
    {"giver", F_GIVER, TYPED_PARTY, false},  {"receiver", F_RECEIVER, TYPED_PARTY, false},
    {"from", F_SINCE, TYPED_FIRST, false},   {"until", F_UNTIL, TYPED_LAST, false},
    {"name", F_NAME, TYPED_TEXT, false},     {0},
};

/* A hub, a giver's way, a receiver's way or a change of capacity: one of the four. */
static enum rc check_way(const struct entry *e, const struct record *r, struct err *err)
{
    bool giver = record_field(r, F_GIVER), receiver = record_field(r, F_RECEIVER);
    bool tonnes = record_field(r, F_TONNES) || record_field(r, F_MASS), way = giver || receiver;
    uint64_t id = record_ref(r, F_VIA);
    const struct record *hub = id ? book_record(e->book, id) : NULL;
    if (!id) {
        return way ? fail(err, RC_INPUT, "--giver and --receiver go with --via: which hub") : RC_OK;
    }
    if (hub && record_ref(hub, F_VIA)) {
        return fail(err, RC_RULE, "--via: '%.60s' is itself a way or a change of one",
                    record_text(hub, F_KEY));
    }
    if (giver && receiver) {
        return fail(err, RC_INPUT, "--giver and --receiver: a way leads to the hub or from it");
    }
    if (way && tonnes) {
        return fail(err, RC_INPUT, "--tonnes: what passes is said of the hub, not of a way to it");
    }
    if (way && (record_field(r, F_SINCE) || record_field(r, F_UNTIL))) {
        return fail(err, RC_INPUT, "--from and --until are said of the hub or a change of it");
    }
    if (!way && !tonnes) {
        return fail(err, RC_INPUT, "--via goes with --giver, --receiver or --tonnes");
    }
    if (!way && record_field(r, F_LEAD)) {
        return fail(err, RC_INPUT, "--lead: a change of capacity takes no days");
    }
    return RC_OK;
}

static enum rc fill(struct entry *e, struct record *r, const struct opt *opts, const void *args,
                    struct err *err)
{
    enum rc rc = entry_fill(e, r, opts, args, fields, err);
    if (!rc && record_int(r, F_UNTIL, DAY_MAX) < record_int(r, F_SINCE, DAY_MIN)) {
        return fail(err, RC_INPUT, "the route closes before it opens");
    }
    return rc ? rc : check_way(e, r, err);
}

static enum rc add(struct entry *e, const void *given, struct err *err)
{
    const struct route_args *args = given;
    struct record *r = record_new(e->arena, KIND_ROUTE);
    const char *key = NULL;
    enum rc rc = args->key ? entry_new_key(e, KIND_ROUTE, args->key, &key, err) : RC_OK;
    record_set_text(e->arena, r, F_KEY, rc ? NULL : key);
    if (!rc) rc = fill(e, r, add_opts, args, err);
    return rc ? rc : entry_add(e, r, NULL, err);
}

static enum rc revise(struct entry *e, const void *given, struct err *err)
{
    const struct route_args *args = given;
    struct record *r;
    enum rc rc = entry_current(e, KIND_ROUTE, args->key, &r, err);
    if (!rc) rc = fill(e, r, revise_opts, args, err);
    return rc ? rc : entry_revise(e, r, err);
}

ENTRY_RUN(add_run, ENTRY_ADD, add, struct route_args)
ENTRY_RUN(revise_run, ENTRY_REVISE, revise, struct route_args)

static const struct command part_add = {
    .name = "add",
    .about = "a way for things to go",
    .details =
        "A route by itself is a hub and what passes it in a month. As long as no giver's way"
        " (--via HUB --giver PARTY) is in the book, every giver reaches every hub at once, and as"
        " long as no receiver's way (--via HUB --receiver PARTY) is, every hub reaches every"
        " receiver in its own --lead. With --via and --tonnes what passes the hub is another, from"
        " --from until --until.",
    .examples = "muster route add rzeszow-road --hub Rzeszow --mode road --tonnes 4000 --lead 21\n"
                "muster route add --via rzeszow-road --giver NOR --lead 12\n"
                "muster route add --via rzeszow-road --receiver UKR --lead 4\n"
                "muster route add --via rzeszow-road --tonnes 0 --from 2026-03-01 --until"
                " 2026-03-20\n# closed for three weeks\n",
    .operands =
        (const struct operand[]){
            {"KEY", INTO(struct route_args, key), .optional = true,
             .help = "what it is called for ever: one word; else route/ID"},
            {0},
        },
    .opts = add_opts,
    .uses = USES_ENTRY,
    .args_size = sizeof(struct route_args),
    .run = add_run,
};

static const struct command part_revise = {
    .name = "revise",
    .about = "say something else of a route",
    .details = ENTRY_REVISE_DETAILS,
    .operands = ENTRY_KEY_OPERAND(struct route_args),
    .opts = revise_opts,
    .uses = USES_ENTRY,
    .args_size = sizeof(struct route_args),
    .run = revise_run,
};

const struct command cmd_route = {
    .name = "route",
    .group = GROUP_ENTER,
    .about = "hubs and ways: list, show, add, revise",
    .opts = noun_list_opts,
    .uses = USES_QUESTION,
    .args_size = sizeof(struct noun_args),
    .run = list_run,
    .parts = (const struct command *const[]){&part_list, &part_show, &part_add, &part_revise, NULL},
};
