/* cmd_inbox.c - muster inbox: what programs read and nobody chose about yet. */
#include "cli/inbox.h"

#include <stdlib.h>
#include <string.h>

#include "report/inbox.h"

enum rc inbox_read(struct arena *a, const struct view *v, struct inbox_read *out, struct err *err)
{
    enum rc rc = candidates_read(a, v, &out->all, err);
    if (rc) return rc;
    relation_find(a, v, &out->all, &out->relation);
    catalogue_read(a, v->book, &out->catalogue);
    return RC_OK;
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
    const char *kind, *giver, *document, *again, *state, *limit, *id;
    bool pairs;
};

static int answer(struct context *ctx, struct opened *o, const struct inbox_args *args)
{
    struct err err = {0};
    struct inbox_read read;
    enum rc rc = inbox_read(ctx->arena, &o->view, &read, &err);
    if (rc) return cmd_refuse(ctx, &err);
    struct inbox in = {o->view.book, &read.all, &read.relation, &read.catalogue};
    struct inbox_question q = {.state = args->state,
                               .kind = args->kind,
                               .giver = opened_party(o, args->giver),
                               .document = args->document,
                               .again = args->again};
    const char *limit = args->limit ? args->limit : cmd_whole(ctx) ? "0" : "40";
    if (strlen(limit) > 8 || strspn(limit, "0123456789") != strlen(limit) || !*limit) {
        return cmd_misuse(ctx, "--limit: '%.20s' is no whole number", limit);
    }
    q.limit = (uint32_t)strtoul(limit, NULL, 10);
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
            {"limit", INTO(struct inbox_args, limit), .arg = "N",
             .help =
                 "at most so many rows, 0 for all (default: 40; all in JSON, CSV and workbooks)"},
            {"pairs", INTO(struct inbox_args, pairs),
             .help = "pairs of candidates, the later of which repeats the earlier"},
            {0},
        },
    .uses = USES_STORE | USES_ANSWER | USES_EYES | USES_PROGRESS,
    .args_size = sizeof(struct inbox_args),
    .run = run,
    .parts = (const struct command *const[]){&part_reopen, NULL},
};
