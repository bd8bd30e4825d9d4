/* cmd_route.c - muster route: the hubs things go through, how much a month and how long. */
#include "cli/entry.h"

static const struct noun_column columns[] = {
    {F_NAME, "name"},    {F_PLACE, "hub"},     {F_MODE, "mode"},
    {F_PARTY, "keeper"}, {F_TONNES, "tonnes"}, {F_LEAD, "lead"},
    {F_SINCE, "from"},   {F_UNTIL, "until"},   {0},
};
static const struct noun routes = {.kind = KIND_ROUTE, .title = "Routes", .columns = columns};
NOUN_PARTS(routes);

struct route_args {
    struct entry_args entry;
    const char *key, *name, *hub, *mode, *keeper, *tonnes, *lead, *from, *until;
};

#define ROUTE_OPTS                                                                                 \
    {"hub", INTO(struct route_args, hub), .arg = "TEXT", .help = "the place it goes through"},     \
        {"mode", INTO(struct route_args, mode), .arg = "TEXT", .help = "road, rail, sea, air"},    \
        {"keeper", INTO(struct route_args, keeper), .arg = "PARTY", .help = "who runs it"},        \
        {"tonnes", INTO(struct route_args, tonnes), .arg = "N",                                    \
         .help = "tonnes that pass in a month"},                                                   \
        {"lead", INTO(struct route_args, lead), .arg = "DAYS",                                     \
         .help = "days from the giver to the receiver"},                                           \
        {"from", INTO(struct route_args, from), .arg = "DATE", .help = "first day it is open"},    \
        {"until", INTO(struct route_args, until), .arg = "DATE", .help = "last day it is open"},   \
        {"name", INTO(struct route_args, name), .arg = "NAME", .help = "what it is called"},       \
        EVIDENCE_OPTS(struct route_args), LABEL_OPT(struct route_args)

static const struct opt add_opts[] = {ROUTE_OPTS, {0}};
static const struct opt revise_opts[] = {ROUTE_OPTS, WHY_OPT(struct route_args), {0}};

static const struct typed fields[] = {
    {"hub", F_PLACE, TYPED_TEXT, false},
    {"mode", F_MODE, TYPED_TEXT, false},
    {"keeper", F_PARTY, TYPED_PARTY, false},
    {"tonnes", F_TONNES, TYPED_COUNT, false},
    {"lead", F_LEAD, TYPED_COUNT, false},
    {"from", F_SINCE, TYPED_FIRST, false},
    {"until", F_UNTIL, TYPED_LAST, false},
    {"name", F_NAME, TYPED_TEXT, false},
    {0},
};

static enum rc fill(struct entry *e, struct record *r, const struct opt *opts, const void *args,
                    struct err *err)
{
    enum rc rc = entry_fill(e, r, opts, args, fields, err);
    if (!rc && record_int(r, F_UNTIL, DAY_MAX) < record_int(r, F_SINCE, DAY_MIN)) {
        return fail(err, RC_INPUT, "the route closes before it opens");
    }
    return rc;
}

static enum rc add(struct entry *e, const void *given, struct err *err)
{
    const struct route_args *args = given;
    struct record *r = record_new(e->arena, KIND_ROUTE);
    const char *key = NULL;
    enum rc rc = entry_new_key(e, KIND_ROUTE, args->key, &key, err);
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
    .examples = "muster route add rzeszow-road --hub Rzeszow --mode road --tonnes 4000 --lead 21\n",
    .operands =
        (const struct operand[]){
            {"KEY", INTO(struct route_args, key), .help = "what it is called for ever: one word"},
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
