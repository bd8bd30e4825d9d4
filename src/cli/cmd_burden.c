/* cmd_burden.c - muster burden: who carries how much, and what would be fair. */
#include "cli/asked.h"
#include "report/total.h"

static int run(struct context *ctx, const void *args)
{
    struct opened o;
    struct err err = {0};
    struct burden_question q;
    struct answer *w;
    int code = opened_begin(ctx, false, &o);
    if (code) return code;
    code = asked_burden(ctx, &o, args, &q);
    if (!code) {
        enum rc rc = report_burden(ctx->arena, &o.exchange, &q, &w, &err);
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
        "JSON: currency, reached, sum, gdp_table, rows of party, financial, humanitarian,"
        " military, total, gdp_percent, key_percent, key_share, gap.",
    .examples = "muster burden --reached allocated --currency EUR\n# what was allocated, by donor\n"
                "muster burden --group Allies --key gdp --amount 40bn\n"
                "# what each Ally's fair share of 40 billion would be\n",
    .opts =
        (const struct opt[]){
            {"reached", INTO(struct asked_burden, reached), .arg = "STAGE",
             .choices = STAGE_CHOICES, .fallback = "committed",
             .help = "count what has reached at least that stage"},
            {"group", INTO(struct asked_burden, group), .arg = "GROUP",
             .help = "only its members, each at the day of the support: Allies, EU"},
            {"members-on", INTO(struct asked_burden, members_on), .arg = "DATE",
             .help = "who is a member on that day, whatever the day of the support"},
            {"receiver", INTO(struct asked_burden, receiver), .arg = "PARTY",
             .help = "only support to that party"},
            {"year", INTO(struct asked_burden, year), .arg = "YYYY",
             .help = "only support effective in that year"},
            {"key", INTO(struct asked_burden, key), .arg = "MEASURE",
             .help = "share out by gdp, gni, population or any other table in the book"},
            {"table", INTO(struct asked_burden, table), .arg = "SERIES",
             .help = "whose figures: worldbank, kiel:29, ... (default: the tracker's own)"},
            {"key-year", INTO(struct asked_burden, key_year), .arg = "YYYY",
             .help = "the figures of that year (default: the last by --effective)"},
            {"amount", INTO(struct asked_burden, amount), .arg = "AMOUNT",
             .help = "what to share out: 40bn, 2500000 (default: the sum of the rows)"},
            {"series", INTO(struct asked_burden, series), .arg = "SERIES",
             .help = "only this series and those below it: fts, kiel:r07"},
            {"published", INTO(struct asked_burden, published),
             .help = "leave out what the publisher leaves out of its own totals"},
            {"confirmed", INTO(struct asked_burden, confirmed),
             .help = "leave out deliveries that no receiver confirmed"},
            {0},
        },
    .uses = USES_QUESTION | USES_MONEY,
    .args_size = sizeof(struct asked_burden),
    .run = run,
};
