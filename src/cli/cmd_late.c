/* cmd_late.c - muster late: promised dates against deliveries. */
#include "cli/opened.h"
#include "report/late.h"

struct late_args {
    const char *donor, *receiver, *item, *group, *series;
    bool all, confirmed;
};

static int run(struct context *ctx, const void *given)
{
    const struct late_args *args = given;
    struct opened o;
    struct err err = {0};
    struct answer *w;
    int code = opened_begin(ctx, false, &o);
    if (code) return code;
    struct punctual_question q = {
        .at = o.exchange.at,
        .donor = opened_party(&o, args->donor),
        .receiver = opened_party(&o, args->receiver),
        .item = args->item,
        .group = opened_group(&o, args->group),
        .series = args->series,
    };
    q.at.confirmed = args->confirmed;
    if (q.at.effective == DAY_MAX) q.at.effective = (int32_t)(ctx->now_ms() / MS_PER_DAY);
    enum rc rc = report_late(ctx->arena, o.view.book, &q, args->all, &w, &err);
    code = rc ? cmd_refuse(ctx, &err) : cmd_answer(ctx, w);
    opened_end(&o);
    return code;
}

const struct command cmd_late = {
    .name = "late",
    .group = GROUP_ASK,
    .about = "promised dates against deliveries: what is late, and by how much",
    .details =
        "As of --effective, else of today. A line is late when the last day of its promised window"
        " is past and some of it is missing; delivered late when all is there, but the last of it"
        " came after that day; due when the day is to come. What was withdrawn or lapsed is no"
        " longer owed, what was lost on the way still is, and what is only considered is no"
        " promise. Shown are late lines and those due within 90 days, most late first. Lines"
        " without a promised date cannot be told: they are counted and named below.\n\n"
        "JSON: as_of, lines, late, delivered_late, due, on_time, not_told, without_date,"
        " without_date_and_quantity (all counts of lines), on_time_percent (of those on time, late"
        " or delivered late; null if there are none), rows of line, name, donor, item, item_name,"
        " unit, until, promised, in_time, late, missing (in units; null if not disclosed), days"
        " (late; below zero: to go), status (late, delivered late, due, on time, not told).",
    .examples = "muster late --donor Germany\n# what Germany promised and is late\n"
                "muster late --group Allies --effective 2023-06-30 --all\n"
                "# how punctual the Allies were by then\n",
    .opts =
        (const struct opt[]){
            {"donor", INTO(struct late_args, donor), .arg = "PARTY",
             .help = "only what that party promised"},
            {"receiver", INTO(struct late_args, receiver), .arg = "PARTY",
             .help = "only what was promised to that party"},
            {"item", INTO(struct late_args, item), .arg = "ITEM",
             .help = "only that item, and those below it in the catalogue"},
            {"group", INTO(struct late_args, group), .arg = "GROUP",
             .help = "only donors that are members on the promised day: Allies, EU"},
            {"series", INTO(struct late_args, series), .arg = "SERIES",
             .help = "only this series and those below it"},
            {"confirmed", INTO(struct late_args, confirmed),
             .help = "leave out deliveries that no receiver confirmed"},
            {"all", INTO(struct late_args, all),
             .help = "also what is on time, due later, or cannot be told"},
            {0},
        },
    .uses = USES_QUESTION,
    .args_size = sizeof(struct late_args),
    .run = run,
};
