/* cmd_coverage.c - muster coverage: is it enough? */
#include "cli/asked.h"
#include "report/coverage.h"

struct coverage_args {
    const char *need, *receiver, *by, *reached, *months;
    bool open, confirmed;
};

static int run(struct context *ctx, const void *given)
{
    const struct coverage_args *args = given;
    struct opened o;
    struct err err = {0};
    struct answer *w;
    struct coverage_question q = {.reached = stage_named(args->reached)};
    int code = asked_months(ctx, "--months", args->months, COVERAGE_MONTHS_MAX, &q.months);
    if (!code) code = opened_begin(ctx, false, &o);
    if (code) return code;
    q.at = o.exchange.at;
    q.receiver = opened_party(&o, args->receiver);
    struct coverage_shown shown = {
        .by = coverage_by_named(args->by), .need = args->need, .open = args->open};
    q.at.confirmed = args->confirmed;
    q.today = q.at.effective = asked_day(ctx);
    enum rc rc = report_coverage(ctx->arena, o.view.book, &q, &shown, &w, &err);
    code = rc ? cmd_refuse(ctx, &err) : cmd_answer(ctx, w);
    opened_end(&o);
    return code;
}

const struct command cmd_coverage = {
    .name = "coverage",
    .group = GROUP_ASK,
    .about = "is it enough: what is asked for, there, to come, and missing",
    .details =
        "As of --effective, else of today. What was delivered counts on its day; what is promised"
        " or on its way is expected on the last day of its promised window, and what is overdue not"
        " before today. Each quantity meets one need at most: the one that its line is for, else"
        " the earliest due of its receiver for that item, for one above it in the catalogue, or for"
        " one that it stands in for, at its efficiency. What came before a need was asked for is no"
        " answer to it. A need for so much a month is a need a month.\n\n"
        "A system without what keeps it going (interceptors, spares, fuel: needs that keep it, else"
        " what the catalogue says it takes) does not count. complete is how many are kept going in"
        " the month in which they are wanted, or in this one if that is past; kept going, what part"
        " of all months from then until --months on. The second table says of what there is too"
        " little.\n\n"
        "Status: covered (all there), on course (all there or promised, by the day), late (all, but"
        " some of it after the day), incomplete (all, but not what keeps it going), short (some is"
        " promised by nobody, or without a date), nobody promised.\n\n"
        "JSON: as_of, reached, needs, covered, on_course, late, incomplete, short, nobody_promised"
        " (counts of needs), met_percent (covered and on course), rows of need, name, receiver,"
        " item, item_name, class, unit, urgent, due (null: no day), asked, delivered, on_way,"
        " promised (each by the day), after, delivered_after, on_way_after, promised_after, "
        "no_date,"
        " missing (asked is delivered, on_way, promised, after, no_date and missing together),"
        " there, complete, kept_percent (null: needs nothing to keep going), covered_percent (by"
        " the day; of systems what is complete), status; keeping of need, item, item_name, unit,"
        " each_month, asked, comes, comes_percent. With --by receiver, item or class rows of that,"
        " name, needs by status, met_percent, unit and the quantities, which are null where they"
        " are of several items.",
    .examples = "muster coverage --receiver Ukraine --open\n# what is missing, and who waits\n"
                "muster coverage --by receiver --reached committed\n"
                "# counting only what is committed\n",
    .opts =
        (const struct opt[]){
            {"need", INTO(struct coverage_args, need), .arg = "NEED", .help = "only that need"},
            {"receiver", INTO(struct coverage_args, receiver), .arg = "PARTY",
             .help = "only what that party asks for"},
            {"by", INTO(struct coverage_args, by), .arg = "WHAT",
             .choices = "need receiver item class", .fallback = "need",
             .help = "one row for each of these"},
            {"open", INTO(struct coverage_args, open),
             .help = "only needs that are not promised in full, or whose systems do not count"},
            {"reached", INTO(struct coverage_args, reached), .arg = "STAGE",
             .choices = STAGE_CHOICES, .fallback = "announced",
             .help = "count as promised what has reached at least that stage"},
            {"months", INTO(struct coverage_args, months), .arg = "N", .fallback = "12",
             .help = "how long systems are to be kept going"},
            {"confirmed", INTO(struct coverage_args, confirmed),
             .help = "leave out deliveries that no receiver confirmed"},
            {0},
        },
    .uses = USES_QUESTION,
    .args_size = sizeof(struct coverage_args),
    .run = run,
};
