/*
 * cmd_same.c - muster same: reports that look like the same money, and a
 * person's word on them.
 *
 * The word is an edge between two lines with a verdict. Accepted, the second
 * line stands beside the first and is added no more; rejected, they are not
 * proposed again. Either can be said anew: the latest word holds.
 */
#include <string.h>

#include "cli/entry.h"
#include "report/same.h"

struct same_args {
    bool reports;
};

static int run(struct context *ctx, const void *given)
{
    const struct same_args *args = given;
    struct opened o;
    int code = opened_begin(ctx, false, &o);
    if (code) return code;
    code = cmd_answer(ctx, args->reports ? report_known_same(ctx->arena, &o.exchange)
                                         : report_same(ctx->arena, &o.exchange));
    opened_end(&o);
    return code;
}

struct said_args {
    struct entry_args entry;
    const char *counts, *other;
};

static enum rc find_line(struct entry *e, const char *typed, uint32_t *noun, struct err *err)
{
    uint64_t id;
    enum rc rc = entry_ref(e, "LINE", KIND_LINE, typed, &id, err);
    if (!rc) *noun = book_noun_of(e->book, id);
    return rc;
}

static enum rc say(struct entry *e, const struct said_args *args, const char *verdict,
                   struct err *err)
{
    uint32_t counts, other;
    uint64_t id = 0;
    if (!e->why) return fail(err, RC_INPUT, "--why is missing: how you know");
    enum rc rc = find_line(e, args->counts, &counts, err);
    if (!rc) rc = find_line(e, args->other, &other, err);
    if (rc) return rc;
    if (counts == other) return fail(err, RC_RULE, "a line is always the same as itself");
    struct record *edge = record_new(e->arena, KIND_EDGE);
    record_set_text(e->arena, edge, F_KEY, likeness_edge(e->arena, e->book, counts, other));
    record_set_text(e->arena, edge, F_TYPE, "same");
    record_set_ref(e->arena, edge, F_OF, book_latest(e->book, counts)->id);
    record_set_ref(e->arena, edge, F_OBJECT, book_latest(e->book, other)->id);
    record_set_text(e->arena, edge, F_VERDICT, verdict);
    return entry_add(e, edge, &id, err);
}

static enum rc accept(struct entry *e, const void *given, struct err *err)
{
    return say(e, given, "accepted", err);
}

static enum rc reject(struct entry *e, const void *given, struct err *err)
{
    return say(e, given, "rejected", err);
}

ENTRY_RUN(run_accept, ENTRY_MOVE, accept, struct said_args)
ENTRY_RUN(run_reject, ENTRY_MOVE, reject, struct said_args)

static const struct operand two_lines[] = {
    {"COUNTS", INTO(struct said_args, counts), .help = "key or id of the line that counts"},
    {"OTHER", INTO(struct said_args, other), .help = "key or id of the line beside it"},
    {0},
};

static const struct opt said_opts[] = {
    EVIDENCE_OPTS(struct said_args),
    LABEL_OPT(struct said_args),
    {"why", INTO(struct said_args, entry.why), .arg = "TEXT", .help = "how you know; needed"},
    {0},
};

static const struct command same_accept = {
    .name = "accept",
    .about = "they are the same money: the first counts",
    .details = "The other line stays in the book as a report of the same flow: 'muster explain'"
               " shows both with their amounts.",
    .examples = "muster same accept iati:AA-1/out/\\>/EUR iati:BB-2/in/AA\\>/EUR"
                " --why 'agreed with BB by mail'\n",
    .operands = two_lines,
    .opts = said_opts,
    .uses = USES_ENTRY,
    .args_size = sizeof(struct said_args),
    .run = run_accept,
};

static const struct command same_reject = {
    .name = "reject",
    .about = "they are two payments: both count, and are proposed no more",
    .examples = "muster same reject iati:AA-1/out/\\>/EUR iati:BB-2/in/AA\\>/EUR"
                " --why 'two instalments of one size'\n",
    .operands = two_lines,
    .opts = said_opts,
    .uses = USES_ENTRY,
    .args_size = sizeof(struct said_args),
    .run = run_reject,
};

const struct command cmd_same = {
    .name = "same",
    .group = GROUP_ASK,
    .about = "reports of different publishers that look like the same money",
    .details =
        "What activities say of each other is used by itself: see 'muster explain --boundary'."
        " --reports lists it, each report beside the one that counts, where they differ most first."
        " What is listed without it only looks alike: two reports of different activities in one"
        " currency, related or of one giver, of which at least half of the smaller was moved in"
        " amounts that the larger moved too, within 31 days. They count both until a person"
        " says that they are the same.\n\n"
        "JSON: rows of counts, other, currency, matched, counts_total, other_total, why; with"
        " --reports differ in place of matched.",
    .examples = "muster same\n"
                "muster same --reports\n# which reports of one payment say different amounts\n",
    .opts =
        (const struct opt[]){
            {"reports", INTO(struct same_args, reports),
             .help = "what is known to be the same, with what each report says"},
            {0},
        },
    .uses = USES_QUESTION,
    .args_size = sizeof(struct same_args),
    .run = run,
    .parts = (const struct command *const[]){&same_accept, &same_reject, NULL},
};
