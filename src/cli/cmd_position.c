/* cmd_position.c - muster position: where everything stands. */
#include <string.h>

#include "base/text.h"
#include "cli/asked.h"
#include "report/position.h"

struct position_args {
    const char *by, *reached, *donor, *receiver, *item, *line, *series, *class_;
    const char *standing;
    bool published, confirmed, reaching;
};

static int parse_by(struct context *ctx, const char *by, struct position_question *q)
{
    for (const char *at = by; *at;) {
        size_t len = strcspn(at, ",");
        enum position_by one = position_by_named(arena_bytes(ctx->arena, at, len));
        for (uint32_t i = 0; i < q->by_count; i++) {
            if (q->by[i] == one) one = POSITION_BY_COUNT;
        }
        if (one == POSITION_BY_COUNT) {
            return cmd_misuse(ctx,
                              "--by: '%.*s' is none of donor, receiver, item, class, channel,"
                              " package, line, series, each once",
                              (int)(len < 40 ? len : 40), at);
        }
        q->by[q->by_count++] = one;
        at += len + (at[len] == ',');
    }
    return EXIT_DONE;
}

static int run(struct context *ctx, const void *given)
{
    const struct position_args *args = given;
    struct opened o;
    struct err err = {0};
    struct answer *w;
    struct position_question q = {.reached = stage_named(args->reached),
                                  .published = args->published,
                                  .reaching = args->reaching,
                                  .standing =
                                      args->standing ? stage_named(args->standing) : STAGE_WORLD,
                                  .item = args->item,
                                  .line = args->line,
                                  .series = args->series,
                                  .class_ = args->class_};
    bool stages = strcmp(args->by, "stage") == 0;
    int code = stages ? EXIT_DONE : parse_by(ctx, args->by, &q);
    if (!code && !stages && (ctx->currency || ctx->rates)) {
        code = cmd_misuse(ctx, "amounts are converted with --by stage only");
    }
    if (!code) code = opened_begin(ctx, false, &o);
    if (code) return code;
    o.exchange.at.confirmed = args->confirmed;
    q.at = o.exchange.at;
    q.donor = opened_party(&o, args->donor);
    q.receiver = opened_party(&o, args->receiver);
    enum rc rc = stages ? report_stages(ctx->arena, &o.exchange, &q, &w, &err)
                        : report_position(ctx->arena, o.view.book, &q, &w, &err);
    code = rc ? cmd_refuse(ctx, &err) : cmd_answer(ctx, w);
    opened_end(&o);
    return code;
}

const struct command cmd_position = {
    .name = "position",
    .group = GROUP_ASK,
    .about = "where everything stands, by stage",
    .details =
        "Quantities in each item's own unit (money in whole units of its currency), one column a"
        " stage: what stands there now. reached is what has come at least as far as --reached;"
        " entered (JSON and CSV) is all that ever came into that stage, reversals taken off.\n\n"
        "Quantities of different units are never added. Where one publisher shows the same"
        " support in several series, one of them counts in reached.\n\n"
        "--by stage: from what was said to what was delivered, one row a stage, with the lines of"
        " which something stands there, what that is worth, and from committed on what came at "
        "least"
        " as far, in one currency (else null: say --currency). JSON: currency, rows of step (said,"
        " promised, on its way, delivered, out of the way), stage, lines, amount, reached.",
    .examples = "muster position --by donor,item\n# who stands where with what\n"
                "muster position --item money/EUR --by donor,series\n# money, series apart\n"
                "muster position --by stage --currency EUR\n# how far everything is\n",
    .opts =
        (const struct opt[]){
            {"by", INTO(struct position_args, by), .arg = "WHAT,...", .fallback = "item",
             .help = "row keys: donor, receiver, item, class, channel, package, line, series; or"
                     " stage alone"},
            {"reached", INTO(struct position_args, reached), .arg = "STAGE",
             .choices = STAGE_CHOICES, .fallback = "committed",
             .help = "the stage that reached and entered are about"},
            {"standing", INTO(struct position_args, standing), .arg = "STAGE",
             .choices = STAGE_CHOICES " withdrawn lapsed lost",
             .help = "only lines of which something stands there now"},
            {"reaching", INTO(struct position_args, reaching),
             .help = "only rows of which something has reached it"},
            {"donor", INTO(struct position_args, donor), .arg = "PARTY",
             .help = "only what that party gives"},
            {"receiver", INTO(struct position_args, receiver), .arg = "PARTY",
             .help = "only what that party gets"},
            {"item", INTO(struct position_args, item), .arg = "ITEM",
             .help = "only that item and those below it in the catalogue"},
            {"line", INTO(struct position_args, line), .arg = "LINE", .help = "only that line"},
            {"class", INTO(struct position_args, class_), .arg = "CLASS",
             .help = "only that class: financial, humanitarian, military"},
            {"series", INTO(struct position_args, series), .arg = "SERIES",
             .help = "only this series and those below it"},
            {"published", INTO(struct position_args, published),
             .help = "leave out what the publisher leaves out of its own totals"},
            {"confirmed", INTO(struct position_args, confirmed),
             .help = "leave out deliveries that no receiver confirmed"},
            {0},
        },
    .uses = USES_QUESTION | USES_MONEY,
    .args_size = sizeof(struct position_args),
    .run = run,
};
