/*
 * cmd_accept.c - muster accept: a candidate into the book.
 *
 * Four ways: as it was read or as edited here; as a restatement of a line that
 * is there (--line); as what holds where sources disagree (--resolve); by a
 * rule file (--rules). What each does is in inbox/; here are the options.
 */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "cli/asked.h"
#include "cli/files.h"
#include "cli/inbox.h"

struct accept_args {
    struct entry_args entry;
    struct texts ids, against;
    struct typed_edits typed;
    const char *make_item, *line, *rules;
    bool resolve, dry_run;
};

/* --- as it was read, or as edited --- */

/* An item for the catalogue, called and counted as the candidate says. */
static enum rc make_item(struct entry *e, const struct candidate *c, const char *typed,
                         struct edits *edits, struct err *err)
{
    static const char *const units[][2] = {{"each", "piece"}, {"people", "person"}, {"tonne", "t"}};
    const char *unit = record_text(c->record, F_UNIT);
    struct record *r = record_new(e->arena, KIND_ITEM);
    uint64_t id = 0;
    enum rc rc = entry_new_key(e, KIND_ITEM, typed, &edits->item, err);
    if (rc) return rc;
    for (size_t i = 0; unit && i < sizeof units / sizeof *units; i++) {
        if (strcmp(unit, units[i][0]) == 0) unit = units[i][1];
    }
    record_set_text(e->arena, r, F_KEY, edits->item);
    record_set_text(e->arena, r, F_NAME, record_text(c->record, F_SAID_ITEM));
    record_set_text(e->arena, r, F_CLASS, record_text(c->record, F_CLASS));
    record_set_text(e->arena, r, F_UNIT, unit ? unit : "piece");
    record_set_text(e->arena, r, F_AUTHOR, e->author);
    record_set_ref(e->arena, r, F_PASSAGE, record_ref(c->record, F_PASSAGE));
    rc = posting_add(&e->posting, r, &id, err);
    if (!rc) entry_recorded(e, id);
    return rc;
}

static bool is_edited(const struct accept_args *args)
{
    const struct typed_edits *t = &args->typed;
    return t->giver || t->receiver || t->item || args->make_item || t->qty || t->stage || t->on ||
           t->class_;
}

static enum rc accept_read(struct entry *e, const struct accept_args *args, struct inbox_read *read,
                           const struct choice *choice, struct made *made, struct err *err)
{
    struct edits edits;
    enum rc rc = edits_read(e, &args->typed, &edits, err);
    for (uint32_t i = 0; i < args->ids.count && !rc; i++) {
        const struct candidate *c;
        rc = candidate_find(e, &read->all, args->ids.at[i], &c, err);
        if (!rc && args->make_item) rc = make_item(e, c, args->make_item, &edits, err);
        if (!rc && args->make_item) catalogue_read(e->arena, e->book, &read->catalogue);
        if (!rc) {
            rc = settle_accept(&e->posting, &read->catalogue, c, &edits, choice, made, err);
        }
        if (rc == RC_RULE) return fail_in(err, "candidate %.40s", args->ids.at[i]);
    }
    return rc;
}

/* --- the other ways --- */

static enum rc accept_line(struct entry *e, const struct accept_args *args,
                           const struct inbox_read *read, const struct choice *choice,
                           struct made *made, struct err *err)
{
    uint32_t line;
    enum rc rc = noun_find(e->arena, e->book, KIND_LINE, "--line", args->line, &line, err);
    for (uint32_t i = 0; i < args->ids.count && !rc; i++) {
        const struct candidate *c;
        rc = candidate_find(e, &read->all, args->ids.at[i], &c, err);
        if (!rc) rc = settle_link(&e->posting, c, line, choice, made, err);
        if (rc == RC_RULE) return fail_in(err, "candidate %.40s", args->ids.at[i]);
    }
    return rc;
}

/* A statement or a value, by id or key. */
static enum rc disagreeing(struct entry *e, const char *typed, uint32_t *noun, struct err *err)
{
    struct err ignored;
    *noun = noun_typed(e->book, KIND_VALUE, typed);
    if (*noun != NONE) return RC_OK;
    enum rc rc = noun_find(e->arena, e->book, KIND_STATEMENT, NULL, typed, noun, &ignored);
    return rc ? fail(err, RC_ABSENT, "no statement or value '%.60s' in the book", typed) : RC_OK;
}

static enum rc accept_resolved(struct entry *e, const struct accept_args *args,
                               const struct choice *choice, struct made *made, struct err *err)
{
    uint32_t noun = NONE, *against = NEW_ARRAY(e->arena, args->against.count + 1, uint32_t);
    if (args->ids.count != 1) return fail(err, RC_INPUT, "--resolve: one holds, not several");
    if (!e->why) return fail(err, RC_INPUT, "--why is missing: why this one holds");
    enum rc rc = disagreeing(e, args->ids.at[0], &noun, err);
    for (uint32_t i = 0; i < args->against.count && !rc; i++) {
        rc = disagreeing(e, args->against.at[i], &against[i], err);
    }
    return rc ? rc
              : settle_resolve(&e->posting, noun, against, args->against.count, choice, made, err);
}

static enum rc accept_by_rules(struct entry *e, const struct accept_args *args,
                               const struct inbox_read *read, struct err *err)
{
    struct input *file = NEW(e->arena, struct input);
    struct rules rules;
    struct ruling ruling;
    uint64_t accepted = 0, rejected = 0, left = 0;
    enum rc rc = file_input(e->arena, args->rules, file, err);
    if (!rc) rc = rules_parse(e->arena, file->name, file->bytes, file->len, &rules, err);
    if (!rc) {
        rc = rules_apply(&e->posting, &read->all, &read->relation, &rules, file, &ruling, err);
    }
    if (rc) return rc;
    for (uint32_t i = 0; i < ruling.count; i++) {
        const struct ruled *r = &ruling.list[i];
        accepted += !r->left && r->rule->accepts;
        rejected += !r->left && !r->rule->accepts;
        left += r->left != NULL;
        if (r->left) {
            entry_note(e, text_format(e->arena, "%" PRIu64 " waits for a person: %s",
                                      read->all.list[r->candidate].record->id, r->left));
        }
    }
    entry_note(e, text_format(e->arena,
                              "by the rules %s: %" PRIu64 " accepted, %" PRIu64
                              " rejected, %" PRIu64 " left to a person",
                              rules.name, accepted, rejected, left));
    return RC_OK;
}

/* --- which way --- */

static enum rc check_args(const struct accept_args *args, struct err *err)
{
    int ways = (args->line != NULL) + args->resolve + (args->rules != NULL);
    if (ways > 1) return fail(err, RC_INPUT, "--line, --resolve and --rules: only one of them");
    if (ways && is_edited(args))
        return fail(err, RC_INPUT,
                    "what is edited becomes an entry of its own: not with --line,"
                    " --resolve or --rules");
    if (args->against.count && !args->resolve)
        return fail(err, RC_INPUT, "--against goes with --resolve");
    if (args->dry_run && !args->rules) return fail(err, RC_INPUT, "--dry-run goes with --rules");
    if (args->rules && args->ids.count)
        return fail(err, RC_INPUT, "--rules looks at all candidates; name none");
    if (!args->rules && !args->ids.count)
        return fail(err, RC_INPUT, "CANDIDATE is missing: 'muster inbox' lists them");
    if (is_edited(args) && args->ids.count > 1)
        return fail(err, RC_INPUT, "an edit is of one candidate, not of several");
    if (args->typed.item && args->make_item)
        return fail(err, RC_INPUT, "--item and --make-item: only one of them");
    return RC_OK;
}

static enum rc accept(struct entry *e, const void *given, struct err *err)
{
    const struct accept_args *args = given;
    struct choice choice = {.author = e->author, .why = e->why};
    struct made made = {0};
    struct inbox_read read;
    enum rc rc = check_args(args, err);
    if (!rc) rc = inbox_read(e->arena, &e->opened.view, &read, err);
    if (rc) return rc;
    e->dry_run = args->dry_run;
    if (args->rules) return accept_by_rules(e, args, &read, err);
    if (args->resolve)
        rc = accept_resolved(e, args, &choice, &made, err);
    else if (args->line)
        rc = accept_line(e, args, &read, &choice, &made, err);
    else
        rc = accept_read(e, args, &read, &choice, &made, err);
    if (!rc) entry_made(e, &made);
    return rc;
}

ENTRY_RUN(run, ENTRY_MOVE, accept, struct accept_args)

const struct command cmd_accept = {
    .name = "accept",
    .group = GROUP_ENTER,
    .about = "a candidate into the book, as read, edited, or by rules",
    .details =
        "Support becomes a line, and its quantity enters the book at the stage that was said, on"
        " the day of the document; 'has provided' is the giver's word and enters as dispatched. A"
        " promise without a quantity is a line alone. A need with a quantity becomes a need, a"
        " decision a decision; a figure, or a need without one, is kept as a statement that a"
        " person accepted. All rest on the passage in which it was said.\n\n"
        "What is missing, or was misread, is said by the options; the reading stays in the log.\n\n"
        "--line: it says again what that line has; nothing enters, the two are linked.\n\n"
        "--resolve: sources disagree, and this statement or value holds; --against names the"
        " others, --why the reason. The others stay.\n\n"
        "--rules: what a person has decided to trust, as a file: see muster-rules(5).\n\n"
        "'muster inbox reopen' takes any of it back.",
    .examples = "muster accept 1290\n# as it was read\n"
                "muster accept 1291 --item drones --qty 10000 --on 2024-04-03\n# as edited\n"
                "muster accept 1292 --line said/3fa9c0d1e2b3/1620-1695\n# said again\n"
                "muster accept --rules trust.rules --dry-run\n# what the rules would take\n",
    .operands =
        (const struct operand[]){
            {"CANDIDATE", INTO(struct accept_args, ids), .optional = true,
             .help = "ids or keys of candidates"},
            {0},
        },
    .opts =
        (const struct opt[]){
            {"giver", INTO(struct accept_args, typed.giver), .arg = "PARTY", .help = "who gives"},
            {"receiver", INTO(struct accept_args, typed.receiver), .arg = "PARTY",
             .help = "who gets it, or asks"},
            {"item", INTO(struct accept_args, typed.item), .arg = "ITEM",
             .help = "what: an item, or a currency"},
            {"make-item", INTO(struct accept_args, make_item), .arg = "KEY",
             .help = "what: an item of that key is put into the catalogue, called as it was said"},
            {"qty", INTO(struct accept_args, typed.qty), .arg = "QTY",
             .help = "how much, in whole units: 1000, 1000..2000, undisclosed"},
            {"stage", INTO(struct accept_args, typed.stage), .arg = "STAGE",
             .choices = STAGE_CHOICES, .help = "how far it is"},
            {"on", INTO(struct accept_args, typed.on), .arg = "DATE",
             .help = "the day of the promise"},
            {"class", INTO(struct accept_args, typed.class_), .arg = "CLASS",
             .choices = "financial humanitarian military", .help = "the class of support"},
            {"line", INTO(struct accept_args, line), .arg = "LINE",
             .help = "it restates this line: no new entry"},
            {"resolve", INTO(struct accept_args, resolve),
             .help = "it holds where sources disagree"},
            {"against", INTO(struct accept_args, against), .arg = "ID",
             .help = "what it disagrees with"},
            {"rules", INTO(struct accept_args, rules), .arg = "FILE",
             .help = "accept and reject by a rule file"},
            {"dry-run", INTO(struct accept_args, dry_run), .letter = 'n',
             .help = "with --rules: say what would be recorded, and write nothing"},
            {"why", INTO(struct accept_args, entry.why), .arg = "TEXT",
             .help = "a reason to keep with it; needed with --resolve"},
            {0},
        },
    .uses = USES_ENTRY,
    .args_size = sizeof(struct accept_args),
    .run = run,
};
