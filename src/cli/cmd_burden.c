/* cmd_burden.c - muster burden: who carries how much, and what would be fair. */
#include "cli/asked.h"
#include "report/total.h"

struct burden_args {
    struct asked_burden asked;
    const char *donor;
    bool things;
};

static enum rc answer(struct context *ctx, struct opened *o, const struct burden_args *args,
                      struct burden_question *q, struct answer **w, struct err *err)
{
    const char *donor = opened_party(o, args->donor);
    if (args->things) {
        if (!q->has_members_day) q->members_day = asked_day(ctx);
        return report_things(ctx->arena, &o->exchange, q, donor, w, err);
    }
    return donor ? report_burden_keys(ctx->arena, &o->exchange, q, donor, w, err)
                 : report_burden(ctx->arena, &o->exchange, q, w, err);
}

static int run(struct context *ctx, const void *given)
{
    const struct burden_args *args = given;
    struct opened o;
    struct err err = {0};
    struct burden_question q;
    struct answer *w;
    if (args->things && (args->asked.amount || args->asked.year || ctx->currency)) {
        return cmd_misuse(ctx, "--things counts things: no --amount, --year or --currency");
    }
    int code = opened_begin(ctx, false, &o);
    if (code) return code;
    code = asked_burden(ctx, &o, &args->asked, &q);
    if (!code) {
        enum rc rc = answer(ctx, &o, args, &q, &w, &err);
        code = rc ? asked_refuse(ctx, &err) : cmd_answer(ctx, w);
    }
    opened_end(&o);
    return code;
}

const struct command cmd_burden = {
    .name = "burden",
    .group = GROUP_ASK,
    .about = "who carries how much, as amounts, share of GDP and fair share",
    .details =
        "Each donor's support that has reached at least a stage, by class. A package counts by"
        " its value and not by its lines; where one publisher shows the same support in several"
        " series, only one of them counts; money that was given before and is passed on is nobody's"
        " burden twice; the classes are empty where they were not published.\n\n"
        "With --key the rows' sum, or --amount, is shared out by a table of indicators: fair"
        " share, and the gap to it (above zero: still to give). The answer names its table.\n\n"
        "--donor is one party's burden by every key. --things shares out what all give of a thing"
        " in place of money: among the givers of whom anything has come so far, members of --group"
        " as of --members-on, else of the day asked for. JSON of the first: party, name, currency,"
        " reached, total, of_all, rows of key, table, financial, humanitarian, military, total,"
        " gdp_percent, key_percent, key_share, gap; of the second: reached, key_table, rows of"
        " donor, item, name, unit, quantity, of_all, key_share, gap.\n\n"
        "JSON: currency, reached, sum, gdp_table, rows of party, financial, humanitarian,"
        " military, total, gdp_percent, key_percent, key_share, gap.",
    .examples = "muster burden --reached allocated --currency EUR\n# what was allocated, by donor\n"
                "muster burden --group Allies --key gdp --amount 40bn\n"
                "# what each Ally's fair share of 40 billion would be\n",
    .opts =
        (const struct opt[]){
            {"reached", INTO(struct burden_args, asked.reached), .arg = "STAGE",
             .choices = STAGE_CHOICES, .fallback = "committed",
             .help = "count what has reached at least that stage"},
            {"donor", INTO(struct burden_args, donor), .arg = "PARTY",
             .help = "only that party, by --key or else by every key of which it has a figure"},
            {"things", INTO(struct burden_args, things),
             .help = "quantities by donor and item in place of money; with --donor, of every item"
                     " that anybody gives"},
            {"group", INTO(struct burden_args, asked.group), .arg = "GROUP",
             .help = "only its members, each at the day of the support: Allies, EU"},
            {"members-on", INTO(struct burden_args, asked.members_on), .arg = "DATE",
             .help = "who is a member on that day, whatever the day of the support"},
            {"receiver", INTO(struct burden_args, asked.receiver), .arg = "PARTY",
             .help = "only support to that party"},
            {"year", INTO(struct burden_args, asked.year), .arg = "YYYY",
             .help = "only support effective in that year"},
            {"key", INTO(struct burden_args, asked.key), .arg = "MEASURE",
             .help = "share out by gdp, gni, population or any other table in the book; 'any' is "
                     "gdp, or"
                     " the first that the book has, if it has one"},
            {"table", INTO(struct burden_args, asked.table), .arg = "SERIES",
             .help = "whose figures: worldbank, kiel:29, ... (default: the tracker's own)"},
            {"key-year", INTO(struct burden_args, asked.key_year), .arg = "YYYY",
             .help = "the figures of that year (default: the last by --effective)"},
            {"amount", INTO(struct burden_args, asked.amount), .arg = "AMOUNT",
             .help = "what to share out: 40bn, 2500000 (default: the sum of the rows)"},
            {"series", INTO(struct burden_args, asked.series), .arg = "SERIES",
             .help = "only this series and those below it: fts, kiel:r07"},
            {"published", INTO(struct burden_args, asked.published),
             .help = "leave out what the publisher leaves out of its own totals"},
            {"confirmed", INTO(struct burden_args, asked.confirmed),
             .help = "leave out deliveries that no receiver confirmed"},
            {0},
        },
    .uses = USES_QUESTION | USES_MONEY,
    .args_size = sizeof(struct burden_args),
    .run = run,
};
