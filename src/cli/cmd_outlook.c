/* cmd_outlook.c - muster outlook: what is likely to arrive, month by month. */
#include "cli/asked.h"
#include "report/outlook.h"

struct outlook_args {
    const char *item, *receiver, *donor, *class_, *series, *by, *months, *reached;
    bool confirmed;
};

static int run(struct context *ctx, const void *given)
{
    const struct outlook_args *args = given;
    struct opened o;
    struct err err = {0};
    struct answer *w;
    struct outlook_question q = {.reached = stage_named(args->reached),
                                 .item = args->item,
                                 .class_ = args->class_,
                                 .series = args->series,
                                 .by = outlook_by_named(args->by)};
    int code = asked_months(ctx, "--months", args->months, OUTLOOK_MONTHS_MAX, &q.months);
    if (!code) code = opened_begin(ctx, false, &o);
    if (code) return code;
    q.receiver = opened_party(&o, args->receiver);
    q.donor = opened_party(&o, args->donor);
    q.today = o.exchange.at.effective = asked_day(ctx);
    o.exchange.at.confirmed = args->confirmed;
    q.at = o.exchange.at;
    if (o.exchange.currency) q.x = &o.exchange;
    enum rc rc = report_outlook(ctx->arena, o.view.book, &q, &w, &err);
    code = rc ? asked_refuse(ctx, &err) : cmd_answer(ctx, w);
    opened_end(&o);
    return code;
}

const struct command cmd_outlook = {
    .name = "outlook",
    .group = GROUP_ASK,
    .about = "what is likely to arrive, month by month, with its uncertainty",
    .details =
        "As of --effective, else of today: of every line what is promised and not delivered. It is"
        " expected on the last day of its promised window, or as much later as promises of the same"
        " giver came whose day is past: a Kaplan-Meier curve, in which what is still open counts "
        "for"
        " as long as it has been late, and what was withdrawn or lapsed never comes. A giver with"
        " fewer than 10 such promises is taken by those of its class, else by all; where those are"
        " too few too, the promised days are all there is, and the answer says so. What is late"
        " already is expected as what was late for as long.\n\n"
        "likely is the mean of all that may come; low and high leave one in ten chances each below"
        " and above. Quantities stand by item; with --currency values: money, and things that have"
        " a value of their own. Month by month where all is of one unit.\n\n"
        "JSON: as_of, horizon, reached, currency, lines, observations (promises whose day is past),"
        " method; months, when all is of one unit, of month (the months, then 'later' and 'no"
        " date'), promised (by the promised days alone), firm, soft, likely, low, high (in that"
        " month), likely_by, low_by, high_by (until its end); rows of what --by says, name, item,"
        " item_name (of rows by something else), unit, lines, open, firm, soft, overdue, likely, "
        "low, high"
        " (within the months), later, no_date (likely, later and no_date are open together),"
        " by_month (likely, an object by month); delays, the 20 most used, of from, promises, "
        "came, open, never,"
        " on_time_percent, half_days, most_days (null: fewer ever came), lines.",
    .examples = "muster outlook --item drone --receiver Ukraine\n"
                "# how many drones, by when, firm and soft\n"
                "muster outlook --by donor --currency EUR --months 24\n"
                "# money, and things that have a value\n",
    .opts =
        (const struct opt[]){
            {"item", INTO(struct outlook_args, item), .arg = "ITEM",
             .help = "only that item, and those below it in the catalogue"},
            {"receiver", INTO(struct outlook_args, receiver), .arg = "PARTY",
             .help = "only what was promised to that party"},
            {"donor", INTO(struct outlook_args, donor), .arg = "PARTY",
             .help = "only what that party promised"},
            {"class", INTO(struct outlook_args, class_), .arg = "CLASS",
             .help = "only that class: financial, humanitarian, military"},
            {"series", INTO(struct outlook_args, series), .arg = "SERIES",
             .help = "only this series and those below it"},
            {"by", INTO(struct outlook_args, by), .arg = "WHAT",
             .choices = "item class donor receiver", .fallback = "item",
             .help = "one row for each of these, and for each item of it"},
            {"months", INTO(struct outlook_args, months), .arg = "N", .fallback = "12",
             .help = "how far to look, this month included"},
            {"reached", INTO(struct outlook_args, reached), .arg = "STAGE",
             .choices = "considered announced committed allocated dispatched",
             .fallback = "considered", .help = "only what has reached at least that stage"},
            {"confirmed", INTO(struct outlook_args, confirmed),
             .help = "leave out deliveries that no receiver confirmed"},
            {0},
        },
    .uses = USES_QUESTION | USES_MONEY,
    .args_size = sizeof(struct outlook_args),
    .run = run,
};
