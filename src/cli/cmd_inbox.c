/* cmd_inbox.c - muster inbox: what programs read and nobody chose about yet. */
#include "cli/inbox.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/asked.h"
#include "report/inbox.h"

static enum rc read_known(struct arena *a, const struct view *v, int64_t known,
                          struct inbox_read *out, struct err *err)
{
    enum rc rc = candidates_known(a, v, known, &out->all, err);
    if (rc) return rc;
    relation_find(a, v, &out->all, &out->relation);
    catalogue_read(a, v->book, &out->catalogue);
    out->catalogue.known = known;
    return RC_OK;
}

enum rc inbox_read(struct arena *a, const struct view *v, struct inbox_read *out, struct err *err)
{
    return read_known(a, v, INT64_MAX, out, err);
}

enum rc statement_find(struct entry *e, const char *typed, uint32_t *noun, struct err *err)
{
    const char *key;
    enum rc rc = entry_text(e, "CANDIDATE", typed, &key, err);
    return rc ? rc : noun_find(e->arena, e->book, KIND_STATEMENT, NULL, key, noun, err);
}

enum rc candidate_find(struct entry *e, const struct candidates *all, const char *typed,
                       const struct candidate **out, struct err *err)
{
    uint32_t noun;
    enum rc rc = statement_find(e, typed, &noun, err);
    if (rc) return rc;
    for (uint32_t i = 0; i < all->count; i++) {
        *out = &all->list[i];
        if (all->list[i].noun == noun) return RC_OK;
    }
    return fail(err, RC_RULE, "statement '%.60s' is no candidate: nothing is to be chosen about it",
                typed);
}

void entry_made(struct entry *e, const struct made *made)
{
    for (uint32_t i = 0; i < made->count; i++) entry_recorded(e, made->ids[i]);
}

struct inbox_args {
    struct entry_args entry;
    const char *kind, *giver, *document, *again, *state, *limit, *skip, *id, *candidate;
    struct typed_edits typed;
    bool pairs;
};

static bool whole_number(const char *typed, uint32_t *out)
{
    size_t len = strlen(typed);
    if (len == 0 || len > 8 || strspn(typed, "0123456789") != len) return false;
    *out = (uint32_t)strtoul(typed, NULL, 10);
    return true;
}

static int answer(struct context *ctx, struct opened *o, const struct inbox_args *args)
{
    struct err err = {0};
    struct inbox_read read;
    uint32_t one = NONE;
    enum rc rc = read_known(ctx->arena, &o->view, o->exchange.at.known, &read, &err);
    if (!rc && args->candidate) {
        rc = noun_find(ctx->arena, o->view.book, KIND_STATEMENT, NULL, args->candidate, &one, &err);
    }
    if (rc) return cmd_refuse(ctx, &err);
    struct inbox in = {o->view.book, &read.all, &read.relation, &read.catalogue};
    struct inbox_question q = {.one = args->candidate != NULL,
                               .noun = one,
                               .effective = o->exchange.at.effective,
                               .state = args->candidate ? "all" : args->state,
                               .kind = args->kind,
                               .giver = opened_party(o, args->giver),
                               .document = args->document,
                               .again = args->again};
    const char *limit = args->limit ? args->limit : cmd_whole(ctx) ? "0" : "40";
    if (!whole_number(limit, &q.limit)) {
        return cmd_misuse(ctx, "--limit: '%.20s' is no whole number", limit);
    }
    if (args->skip && !whole_number(args->skip, &q.skip)) {
        return cmd_misuse(ctx, "--skip: '%.20s' is no whole number", args->skip);
    }
    return cmd_answer(ctx, args->pairs ? report_pairs(ctx->arena, &in, &q)
                                       : report_inbox(ctx->arena, &in, &q));
}

static int run(struct context *ctx, const void *given)
{
    struct opened o;
    int code = opened_begin(ctx, false, &o);
    if (code) return code;
    code = answer(ctx, &o, given);
    opened_end(&o);
    return code;
}

static enum rc reopen(struct entry *e, const void *given, struct err *err)
{
    const struct inbox_args *args = given;
    struct choice choice = {.author = e->author, .why = e->why};
    struct made made = {0};
    uint32_t noun;
    if (!e->why) return fail(err, RC_INPUT, "--why is missing: the reason for taking it back");
    enum rc rc = statement_find(e, args->id, &noun, err);
    if (rc == RC_ABSENT) { /* a value that somebody settled on */
        struct err ignored;
        if (!noun_find(e->arena, e->book, KIND_VALUE, NULL, args->id, &noun, &ignored)) rc = RC_OK;
    }
    if (!rc) rc = settle_reopen(&e->posting, noun, &choice, &made, err);
    if (!rc) entry_made(e, &made);
    return rc;
}

ENTRY_RUN(reopen_run, ENTRY_MOVE, reopen, struct inbox_args)

static const struct command part_reopen = {
    .name = "reopen",
    .about = "take a choice back: it is a candidate again",
    .details = "What an acceptance made goes with it: its entries are taken back with the reason,"
               " its line, need or decision is marked taken back. Where something was moved on"
               " since, nothing is done, and the entry is named.",
    .examples = "muster inbox reopen 1290 --why 'it was last year'\\''s money'\n",
    .operands =
        (const struct operand[]){
            {"CANDIDATE", INTO(struct inbox_args, id), .help = "the id or key of a statement"},
            {0},
        },
    .opts =
        (const struct opt[]){
            {"why", INTO(struct inbox_args, entry.why), .arg = "TEXT",
             .help = "the reason; needed"},
            {0},
        },
    .uses = USES_ENTRY,
    .args_size = sizeof(struct inbox_args),
    .run = reopen_run,
};

/* Parties by the keys of the book, each: "Germany, NOR" is "DEU, NOR". */
static const char *parties_typed(const struct entry *e, const char *typed)
{
    struct buf b = {.arena = e->arena};
    for (const char *at = typed; at && *at;) {
        size_t len = strcspn(at, ",");
        const char *one = text_squeeze(e->arena, arena_bytes(e->arena, at, len));
        if (*one) buf_addf(&b, "%s%s", b.len ? ", " : "", opened_party(&e->opened, one));
        at += len + (at[len] == ',');
    }
    return typed && !b.len ? "" : typed ? b.text : NULL;
}

static enum rc edit(struct entry *e, const void *given, struct err *err)
{
    const struct inbox_args *args = given;
    struct choice choice = {.author = e->author, .why = e->why};
    struct made made = {0};
    struct inbox_read read;
    struct edits edits;
    const struct candidate *c;
    struct typed_edits typed = args->typed;
    if (!e->why) return fail(err, RC_INPUT, "--why is missing: the reason for the edit");
    typed.may_empty = true;
    typed.giver = parties_typed(e, typed.giver);
    typed.receiver = parties_typed(e, typed.receiver);
    enum rc rc = inbox_read(e->arena, &e->opened.view, &read, err);
    if (!rc) rc = edits_read(e, &typed, &edits, err);
    if (!rc) rc = candidate_find(e, &read.all, args->id, &c, err);
    if (!rc) rc = settle_edit(&e->posting, c, &edits, &choice, &made, err);
    if (!rc) entry_made(e, &made);
    return rc == RC_RULE ? fail_in(err, "candidate %.40s", args->id) : rc;
}

ENTRY_RUN(edit_run, ENTRY_MOVE, edit, struct inbox_args)

static const struct command part_edit = {
    .name = "edit",
    .about = "a candidate was misread: say what it says",
    .details = "It still waits for a choice, with what you say in place of what was read. An empty"
               " value takes away what was read: --unit=. The reading stays in the log, and so do"
               " the reason and who edited.",
    .examples = "muster inbox edit 1290 --qty 60 --why 'sixty, not six hundred'\n",
    .operands =
        (const struct operand[]){
            {"CANDIDATE", INTO(struct inbox_args, id), .help = "the id or key of a statement"},
            {0},
        },
    .opts =
        (const struct opt[]){
            {"giver", INTO(struct inbox_args, typed.giver), .arg = "PARTY",
             .help = "who gives; several with commas between"},
            {"receiver", INTO(struct inbox_args, typed.receiver), .arg = "PARTY",
             .help = "who gets it, or asks"},
            {"item", INTO(struct inbox_args, typed.item), .arg = "WORDS",
             .help = "what, in the words used or as the catalogue calls it"},
            {"qty", INTO(struct inbox_args, typed.qty), .arg = "QTY",
             .help = "how much, in whole units: 1000, 1000..2000, undisclosed"},
            {"unit", INTO(struct inbox_args, typed.unit), .arg = "UNIT",
             .help = "of the quantity: a currency, each, tonne"},
            {"stage", INTO(struct inbox_args, typed.stage), .arg = "STAGE",
             .choices = STAGE_CHOICES, .help = "how far it is said to be"},
            {"on", INTO(struct inbox_args, typed.on), .arg = "DATE",
             .help = "the day on which it was said"},
            {"why", INTO(struct inbox_args, entry.why), .arg = "TEXT",
             .help = "the reason; needed"},
            {0},
        },
    .uses = USES_ENTRY,
    .args_size = sizeof(struct inbox_args),
    .run = edit_run,
};

const struct command cmd_inbox = {
    .name = "inbox",
    .group = GROUP_ENTER,
    .about = "what was read in public statements and waits for a choice",
    .details =
        "Each candidate with its sentence, who spoke and when, and the entry that 'muster accept'"
        " would make of it, or what is missing for one.\n\n"
        "What was probably said before comes first, with the reason:\n\n"
        "in-the-book: a line of the book has it; 'accept --line' links the two.\n\n"
        "asked-about: a question repeats what was announced.\n\n"
        "part-of-package: listed under an amount that was said as a whole.\n\n"
        "total-so-far: a sum over time, in which the newest promise is contained.\n\n"
        "back-reference: \"the 600 million\", \"that package\".\n\n"
        "same-document, same-day, said-before: the same again, there, on that day or the next, or"
        " later.\n\n"
        "Another issue of a document, corrected or published twice, shows its candidates once.\n\n"
        "--pairs lists every pair that is called a restatement. JSON: pairs of again, points,"
        " later and earlier (id, document, start, end, day, speaker, quote, sentence), reason.",
    .examples = "muster inbox --giver DEU --again no\n# what Germany promised anew\n"
                "muster inbox --pairs --json\n# everything that was said twice\n",
    .opts =
        (const struct opt[]){
            {"kind", INTO(struct inbox_args, kind), .arg = "KIND",
             .choices = "support need figure decision", .help = "only that kind of statement"},
            {"giver", INTO(struct inbox_args, giver), .arg = "PARTY",
             .help = "only what that party gives"},
            {"document", INTO(struct inbox_args, document), .arg = "TEXT",
             .help = "only documents with that in their title or address"},
            {"again", INTO(struct inbox_args, again), .arg = "REASON",
             .choices = "yes no in-the-book asked-about part-of-package total-so-far back-reference"
                        " same-document same-day said-before reissue",
             .help = "only what was said before, or only what was not, or for that reason"},
            {"state", INTO(struct inbox_args, state), .arg = "STATE",
             .choices = "open accepted rejected all", .fallback = "open",
             .help = "what waits, or what was chosen about"},
            {"candidate", INTO(struct inbox_args, candidate), .arg = "ID",
             .help = "only that one, whatever its state"},
            {"limit", INTO(struct inbox_args, limit), .arg = "N",
             .help =
                 "at most so many rows, 0 for all (default: 40; all in JSON, CSV and workbooks)"},
            {"skip", INTO(struct inbox_args, skip), .arg = "N",
             .help = "leave out the first so many: the next rows of a long list"},
            {"pairs", INTO(struct inbox_args, pairs),
             .help = "pairs of candidates, the later of which repeats the earlier"},
            {0},
        },
    .uses = USES_STORE | USES_ANSWER | USES_CLOCKS | USES_EYES | USES_PROGRESS,
    .args_size = sizeof(struct inbox_args),
    .run = run,
    .parts = (const struct command *const[]){&part_edit, &part_reopen, NULL},
};
