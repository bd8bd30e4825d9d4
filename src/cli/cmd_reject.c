/* cmd_reject.c - muster reject: a candidate is nothing for the book, and why. */
#include "cli/inbox.h"

struct reject_args {
    struct entry_args entry;
    struct texts ids;
};

static enum rc reject(struct entry *e, const void *given, struct err *err)
{
    const struct reject_args *args = given;
    struct choice choice = {.author = e->author, .why = e->why};
    struct made made = {0};
    struct inbox_read read;
    if (!e->why) return fail(err, RC_INPUT, "--why is missing: why it is nothing for the book");
    enum rc rc = inbox_read(e->arena, &e->opened.view, &read, err);
    for (uint32_t i = 0; i < args->ids.count && !rc; i++) {
        const struct candidate *c;
        rc = candidate_find(e, &read.all, args->ids.at[i], &c, err);
        if (!rc) rc = settle_reject(&e->posting, c, &choice, &made, err);
    }
    if (!rc) entry_made(e, &made);
    return rc;
}

ENTRY_RUN(run, ENTRY_MOVE, reject, struct reject_args)

const struct command cmd_reject = {
    .name = "reject",
    .group = GROUP_ENTER,
    .about = "a candidate is nothing for the book, and why",
    .details = "The statement stays in the log with the reason and the author; 'muster inbox"
               " --state rejected' lists them, 'muster inbox reopen' takes it back.",
    .examples = "muster reject 1290 1291 --why 'loan guarantees of the bank, not a gift'\n",
    .operands =
        (const struct operand[]){
            {"CANDIDATE", INTO(struct reject_args, ids), .help = "ids or keys of candidates"},
            {0},
        },
    .opts =
        (const struct opt[]){
            {"why", INTO(struct reject_args, entry.why), .arg = "TEXT",
             .help = "the reason; needed"},
            {0},
        },
    .uses = USES_ENTRY,
    .args_size = sizeof(struct reject_args),
    .run = run,
};
