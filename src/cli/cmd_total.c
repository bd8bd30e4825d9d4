/* cmd_total.c - muster total: what crossed a boundary, each flow once. */
#include "cli/asked.h"
#include "report/total.h"

static int run(struct context *ctx, const void *args)
{
    struct opened o;
    struct err err = {0};
    struct total_question q;
    struct answer *w;
    int code = opened_begin(ctx, false, &o);
    if (code) return code;
    code = asked_total(ctx, &o, args, &q);
    if (!code) {
        enum rc rc = report_total(ctx->arena, &o.exchange, &q, &w, &err);
        code = rc ? asked_refuse(ctx, &err) : cmd_answer(ctx, w);
    }
    opened_end(&o);
    return code;
}

const struct command cmd_total = {
    .name = "total",
    .group = GROUP_ASK,
    .about = "support across a boundary: a recipient and year, a plan, a group",
    .details =
        "A flow has a source and a destination. Against the boundary it is incoming, internal,"
        " outgoing or outside. incoming counts what is committed or beyond and not shared with"
        " another place or year; pledged and shared are shown, not added; naive is the double"
        " count that adding the shared flows would make. Without --boundary it goes around "
        "everybody who"
        " gets something: what givers give comes in, and only what was given before and is passed"
        " on is internal.\n\n"
        "JSON: boundary, currency, incoming, internal, outgoing, pledged, shared, naive, rows of"
        " by, name, incoming. With --by plan what enters a plan from elsewhere inside leaves that"
        " other row, so that the rows add up to incoming.",
    .examples = "muster total --boundary 'recipient=JOR year=2020' --by plan\n"
                "# what Jordan received in 2020, by response plan\n",
    .opts =
        (const struct opt[]){
            {"boundary", INTO(struct asked_total, boundary), .arg = "RULE",
             .help = "recipient=PARTY, year=YYYY, plan=ID, group=PARTY, several at once"},
            {"by", INTO(struct asked_total, by), .arg = "WHAT", .choices = BY_CHOICES,
             .help = "one row for each of these"},
            {"series", INTO(struct asked_total, series), .arg = "SERIES",
             .help = "only this series and those below it: fts, kiel:r07"},
            {"published", INTO(struct asked_total, published),
             .help = "leave out what the publisher leaves out of its own totals"},
            {"confirmed", INTO(struct asked_total, confirmed),
             .help = "leave out deliveries that no receiver confirmed"},
            {0},
        },
    .uses = USES_QUESTION | USES_MONEY,
    .args_size = sizeof(struct asked_total),
    .run = run,
};
