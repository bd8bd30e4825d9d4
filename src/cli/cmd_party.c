/*
 * cmd_party.c - muster party: nations, institutions, funds, coalitions, groups.
 *
 * A country is known by itself: its name, type and the groups it belonged to,
 * with their dates, come along when it is added, or first named by a line.
 */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "cli/entry.h"
#include "names/names.h"

/* --- list and show --- */

static const struct noun_column columns[] = {{F_NAME, "name"}, {F_TYPE, "type"}, {0}};

/* Groups on that day; what the party belonged to, and when. */
static void groups_shown(const struct opened *o, uint32_t noun, struct answer *w)
{
    const struct book *b = o->view.book;
    const struct clocks *at = &o->exchange.at;
    uint32_t count;
    const struct record *const *list = book_records(b, KIND_MEMBERSHIP, &count);
    struct rows *rows = answer_rows(w, "groups");
    rows->title = "Groups";
    rows_columns(rows, "group since until");
    for (uint32_t i = 0; i < count; i++) {
        const struct record *m = list[i];
        if (book_noun_of(b, record_ref(m, F_PARTY)) != noun) continue;
        if (!book_current(b, m, at->known)) continue;
        int32_t since = (int32_t)record_int(m, F_SINCE, DAY_MIN);
        int32_t until = (int32_t)record_int(m, F_UNTIL, DAY_MAX);
        if (since > at->effective) continue;
        if (at->effective != DAY_MAX && until < at->effective) continue;
        ROW(rows, cell_text(book_key(b, book_noun_of(b, record_ref(m, F_PARENT)))),
            since == DAY_MIN ? cell_null() : cell_text(day_text(w->arena, since, PRECISION_DAY)),
            until == DAY_MAX ? cell_null() : cell_text(day_text(w->arena, until, PRECISION_DAY)));
    }
}

static const struct noun parties = {
    .kind = KIND_PARTY, .title = "Parties", .columns = columns, .more_shown = groups_shown};
NOUN_PARTS(parties);

/* --- add and revise --- */

struct party_args {
    struct entry_args entry;
    const char *key, *name, *type, *group, *since, *until;
    struct texts code;
};

static const char party_types[] = "nation institution fund coalition initiative group other";

static const struct opt opts[] = {
    {"name", INTO(struct party_args, name), .arg = "NAME", .help = "what it is called"},
    {"type", INTO(struct party_args, type), .arg = "TYPE", .choices = party_types,
     .help = "what sort of party it is"},
    {"code", INTO(struct party_args, code), .arg = "CODE", .help = "a code that others give it"},
    EVIDENCE_OPTS(struct party_args),
    LABEL_OPT(struct party_args),
    WHY_OPT(struct party_args),
    {0},
};

static const struct typed fields[] = {
    {"name", F_NAME, TYPED_TEXT, false},
    {"type", F_TYPE, TYPED_TEXT, false},
    {"code", F_CODE, TYPED_TEXTS, false},
    {0},
};

/* The groups of a known party, for a record that all may see. */
static enum rc add_groups(struct entry *e, const struct known_party *known, struct err *err)
{
    struct intake in = {.arena = e->arena};
    if (strcmp(e->label, "public") != 0) return RC_OK;
    intake_party(&in, known->key, known->name, known->type);
    return entry_known(e, &in, err);
}

static enum rc add(struct entry *e, const void *given, struct err *err)
{
    const struct party_args *args = given;
    struct record *r = record_new(e->arena, KIND_PARTY);
    const struct known_party *known = names_party(args->key);
    const char *key;
    enum rc rc = entry_new_key(e, KIND_PARTY, known ? known->key : args->key, &key, err);
    record_set_text(e->arena, r, F_KEY, rc ? NULL : key);
    if (known) record_set_text(e->arena, r, F_NAME, known->name);
    if (known) record_set_text(e->arena, r, F_TYPE, known->type);
    if (!rc) rc = entry_fill(e, r, opts, args, fields, err);
    if (!rc && !record_field(r, F_TYPE)) rc = fail(err, RC_INPUT, "--type is missing");
    if (!rc) rc = entry_add(e, r, NULL, err);
    if (!rc && known) rc = add_groups(e, known, err);
    return rc;
}

static enum rc revise(struct entry *e, const void *given, struct err *err)
{
    const struct party_args *args = given;
    struct record *r;
    enum rc rc = entry_current(e, KIND_PARTY, args->key, &r, err);
    if (!rc) rc = entry_fill(e, r, opts, args, fields, err);
    return rc ? rc : entry_revise(e, r, err);
}

/* The same party, group and first day again say anew when it ended. */
static enum rc join(struct entry *e, const void *given, struct err *err)
{
    const struct party_args *args = given;
    struct record *r = record_new(e->arena, KIND_MEMBERSHIP);
    uint64_t party = 0, group = 0;
    int32_t since = DAY_MIN, until = DAY_MAX;
    enum precision precision;
    enum rc rc = entry_ref(e, "PARTY", KIND_PARTY, args->key, &party, err);
    if (!rc) rc = entry_ref(e, "GROUP", KIND_PARTY, args->group, &group, err);
    if (!rc && !args->since) rc = fail(err, RC_INPUT, "--since is missing");
    if (!rc) rc = entry_day("--since", args->since, true, &since, &precision, err);
    if (!rc && args->until) rc = entry_day("--until", args->until, false, &until, &precision, err);
    if (!rc && until < since) rc = fail(err, RC_INPUT, "--until is before --since");
    if (rc) return rc;
    const struct record *of = book_record(e->book, group);
    if (strcmp(record_text(of, F_TYPE), "group") != 0) {
        return fail(err, RC_RULE, "'%.60s' is no group but of type %.20s", record_text(of, F_KEY),
                    record_text(of, F_TYPE));
    }
    record_set_text(e->arena, r, F_KEY,
                    text_format(e->arena, "%s/%s/%" PRId32, record_text(of, F_KEY),
                                record_text(book_record(e->book, party), F_KEY), since));
    record_set_ref(e->arena, r, F_PARTY, party);
    record_set_ref(e->arena, r, F_PARENT, group);
    record_set_int(e->arena, r, F_SINCE, since);
    if (until != DAY_MAX) record_set_int(e->arena, r, F_UNTIL, until);
    return entry_add(e, r, NULL, err);
}

ENTRY_RUN(add_run, ENTRY_ADD, add, struct party_args)
ENTRY_RUN(revise_run, ENTRY_REVISE, revise, struct party_args)
ENTRY_RUN(join_run, ENTRY_MOVE, join, struct party_args)

static const struct command part_add = {
    .name = "add",
    .about = "put a party into the book",
    .details = "A country needs only its code or name: what it is called and the groups it"
               " belonged to come along.",
    .examples = "muster party add DEU\n"
                "muster party add drone-coalition --name 'Drone coalition' --type coalition\n",
    .operands =
        (const struct operand[]){
            {"KEY", INTO(struct party_args, key),
             .help = "what it is called for ever: ISO 3166 alpha-3 for a country, else one word"},
            {0},
        },
    .opts = opts,
    .uses = USES_ENTRY,
    .args_size = sizeof(struct party_args),
    .run = add_run,
};

static const struct command part_revise = {
    .name = "revise",
    .about = "say something else of a party",
    .details = ENTRY_REVISE_DETAILS,
    .examples = "muster party revise drone-coalition --name 'Drone capability coalition'"
                " --why 'its own name since 2025'\n",
    .operands = ENTRY_KEY_OPERAND(struct party_args),
    .opts = opts,
    .uses = USES_ENTRY,
    .args_size = sizeof(struct party_args),
    .run = revise_run,
};

static const struct command part_join = {
    .name = "join",
    .about = "a party is in a group, from a day, until a day",
    .details = "The same party, group and --since again, with --until, says when it left.",
    .examples = "muster party join CHE drone-donors --since 2025-03-01\n",
    .operands =
        (const struct operand[]){
            {"PARTY", INTO(struct party_args, key), .help = "who"},
            {"GROUP", INTO(struct party_args, group), .help = "a party of type group"},
            {0},
        },
    .opts =
        (const struct opt[]){
            {"since", INTO(struct party_args, since), .arg = "DATE", .help = "first day"},
            {"until", INTO(struct party_args, until), .arg = "DATE", .help = "last day"},
            EVIDENCE_OPTS(struct party_args),
            LABEL_OPT(struct party_args),
            {0},
        },
    .uses = USES_ENTRY,
    .args_size = sizeof(struct party_args),
    .run = join_run,
};

const struct command cmd_party = {
    .name = "party",
    .group = GROUP_ENTER,
    .about = "who gives and who gets: list, show, add, revise, join",
    .opts = noun_list_opts,
    .uses = USES_QUESTION,
    .args_size = sizeof(struct noun_args),
    .run = list_run,
    .parts = (const struct command *const[]){&part_list, &part_show, &part_add, &part_revise,
                                             &part_join, NULL},
};
