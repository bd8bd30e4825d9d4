/* cmd_sums.c - muster sums: what the book keeps added up. */
#include "cli/asked.h"
#include "report/sums.h"

struct sums_args {
    const char *by;
    bool check, confirmed;
};

static int run(struct context *ctx, const void *given)
{
    const struct sums_args *args = given;
    struct opened o;
    struct err err = {0};
    struct answer *w;
    struct sums_question q = {.by = sums_by_named(args->by), .check = args->check};
    bool whole = args->check || args->confirmed;
    int code = whole ? opened_begin(ctx, false, &o) : opened_sums(ctx, &o);
    if (code) return code;
    q.today = asked_day(ctx);
    o.exchange.at.confirmed = args->confirmed;
    enum rc rc = report_sums(ctx->arena, &o.exchange, &q, &w, &err);
    code = rc ? asked_refuse(ctx, &err) : cmd_answer(ctx, w);
    opened_end(&o);
    return code;
}

const struct command cmd_sums = {
    .name = "sums",
    .group = GROUP_ASK,
    .about = "the sums that the book keeps: at once, however large it is",
    .details =
        "Every line counts, once and by itself: money by its quantity, a thing by its part of the"
        " line's value. No package, boundary or second series is weighed here; that is what total,"
        " burden and position are for. What a line without a value moves is in no amount.\n\n"
        "--by donor: money by donor and stage, at the rates of --effective. --by item: quantities"
        " by item and stage. --by month: what was delivered, by the item at the top of the"
        " catalogue and month, at the rates of the month. --by share: the same by donor, with its"
        " part of all. --by open: promises of which something is still to come, what they come to"
        " and how old they are on average, from their first movement to --effective, else today."
        " --by quarter: promises by donor and the quarter of their first movement, and what part"
        " of them was delivered on average.\n\n"
        "--check goes over all entries as well: should they come to anything else, that is said,"
        " and nothing is answered.\n\n"
        "JSON: currency, rows of donor or item, unit, a member for each stage; of item, month,"
        " delivered; of donor, delivered, percent; of donor, promises, amount, age; of donor,"
        " quarter, promises, percent.",
    .examples = "muster sums --currency EUR\n# who stands where, in money\n"
                "muster sums --by open --known 2024-12-31 --currency EUR\n"
                "# what was still to come, as it was known at the end of the year\n",
    .opts =
        (const struct opt[]){
            {"by", INTO(struct sums_args, by), .arg = "WHAT",
             .choices = "donor item month share open quarter", .fallback = "donor",
             .help = "what is added up, and by what"},
            {"confirmed", INTO(struct sums_args, confirmed),
             .help = "leave out deliveries that no receiver confirmed"},
            {"check", INTO(struct sums_args, check), .help = "compare with the entries first"},
            {0},
        },
    .uses = USES_QUESTION | USES_MONEY,
    .args_size = sizeof(struct sums_args),
    .run = run,
};
