/* cmd_flags.c - muster flags: rows that cannot be right. */
#include "cli/opened.h"
#include "report/flags.h"

struct flags_args {
    const char *party, *rule, *series;
};

static int run(struct context *ctx, const void *given)
{
    const struct flags_args *args = given;
    struct opened o;
    struct err err = {0};
    struct answer *w;
    int code = opened_begin(ctx, false, &o);
    if (code) return code;
    struct flags_question q = {.at = o.exchange.at,
                               .party = opened_party(&o, args->party),
                               .rule = args->rule,
                               .series = args->series};
    enum rc rc = report_flags(ctx->arena, o.view.book, &q, &w, &err);
    code = rc ? cmd_refuse(ctx, &err) : cmd_answer(ctx, w);
    opened_end(&o);
    return code;
}

const struct command cmd_flags = {
    .name = "flags",
    .group = GROUP_ASK,
    .about = "rows that cannot be right, each with its rule and its place",
    .details =
        "First what 'import' flagged, or could not take, in the newest state of each series; an"
        " older state's flags show with --known. Then what the book itself shows:\n\n"
        "boundary-mark-differs: how FTS marks a flow against how it passes the boundary.\n\n"
        "page-total-differs: a total of FTS against the flows that it sums, if all its pages are"
        " here.\n\n"
        "country-total-differs: the tracker's country summary against its own packages, by more"
        " than 1,000 EUR.\n\n"
        "weapons-differ: the tracker's numbers of weapons against its own rows.\n\n"
        "delivered-above-promised: more delivered on a line than it promises.\n\n"
        "effective-after-recorded: a movement dated after the day on which it was recorded.\n\n"
        "low-above-high: a lower bound above the upper one.\n\n"
        "ends-before-it-begins: a window whose last day is before its first.\n\n"
        "worth-nothing: a package or line with a value of nothing.\n\n"
        "Rules of 'import', among others: allocated-above-committed, balance-below-zero,"
        " balance-differs, does-not-add-up, total-differs, total-typed-over, gdp-differs,"
        " unit-value-implausible, unit-mislabelled, two-spellings, delivered-above-committed,"
        " stated-twice, duplicate-id, duplicate-row, date-in-prose, date-out-of-range, bad-date,"
        " bad-amount, not-a-number, quantity-in-words, out-of-range, formula-error,"
        " unknown-party, unknown-currency, missing-rate, breaks-a-rule; of files of IATI"
        " no-identifier, duplicate-identifier, unknown-type, not-a-date, no-date, no-value,"
        " no-currency, beyond-zero, not-a-percentage, wrong-encoding, and what schema and ruleset"
        " say.\n\n"
        "JSON: flags of rule, party, place (file, sheet, row, column), value, expected.",
    .examples = "muster flags --party Ireland\n# what is odd about one donor\n"
                "muster flags --rule two-spellings --json\n# one rule, for a program\n",
    .opts =
        (const struct opt[]){
            {"party", INTO(struct flags_args, party), .arg = "PARTY",
             .help = "only rows about that party"},
            {"rule", INTO(struct flags_args, rule), .arg = "RULE", .help = "only that rule"},
            {"series", INTO(struct flags_args, series), .arg = "SERIES",
             .help = "only this series and those below it: fts, kiel:29"},
            {0},
        },
    .uses = USES_QUESTION,
    .args_size = sizeof(struct flags_args),
    .run = run,
};
