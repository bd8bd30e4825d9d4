/* cmd_export.c - muster export: what leaves the book for other programs. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/opened.h"
#include "export/atom.h"
#include "export/iati.h"
#include "export/ical.h"
#include "export/muster.h"
#include "report/tables.h"

struct export_args {
    const char *to, *link, *limit, *reporter, *reporter_name, *reporter_type;
};

/* --- the log --- */

static enum rc to_out(void *ctx, const char *bytes, size_t len, struct err *err)
{
    struct out *out = ctx;
    out_bytes(out, bytes, len);
    return out->error
               ? fail(err, RC_STORE, "the file could not be written: %s", strerror(out->error))
               : RC_OK;
}

static enum rc write_log(struct context *ctx, const struct opened *o, struct err *err)
{
    struct progress progress;
    progress_begin(&progress, ctx, "writing the book");
    enum rc rc = export_muster(&o->view, to_out, ctx->out, &progress.watch, err);
    progress_end(&progress);
    return rc;
}

/* --- for others --- */

static int write_tables(struct context *ctx, const struct opened *o)
{
    struct progress progress;
    struct answer *w;
    struct err err = {0};
    progress_begin(&progress, ctx, "reading the entries");
    enum rc rc = report_tables(ctx->arena, &o->view, &o->exchange.at, &progress.watch, &w, &err);
    progress_end(&progress);
    return rc ? cmd_refuse(ctx, &err) : cmd_workbook(ctx, w);
}

static enum rc write_feed(struct context *ctx, const struct opened *o,
                          const struct export_args *args, struct err *err)
{
    struct buf b = {.arena = ctx->arena};
    struct feed feed = {.viewer = ctx->as,
                        .base = args->link,
                        .at = o->exchange.at,
                        .limit = (uint32_t)strtoul(args->limit, NULL, 10)};
    enum rc rc = export_atom(&o->view, &feed, &b, err);
    if (!rc) out_bytes(ctx->out, b.text, b.len);
    return rc;
}

static enum rc write_calendar(struct context *ctx, const struct opened *o,
                              const struct export_args *args, struct err *err)
{
    struct buf b = {.arena = ctx->arena};
    struct calendar calendar = {.base = args->link, .question = {.at = o->exchange.at}};
    int32_t *day = &calendar.question.at.effective;
    if (*day == DAY_MAX) *day = (int32_t)(ctx->now_ms() / MS_PER_DAY);
    enum rc rc = export_ical(o->view.book, &calendar, &b, err);
    if (!rc) out_bytes(ctx->out, b.text, b.len);
    return rc;
}

static enum rc write_iati(struct context *ctx, const struct opened *o,
                          const struct export_args *args, struct err *err)
{
    struct iati_export x = {.at = o->exchange.at,
                            .today = (int32_t)(ctx->now_ms() / MS_PER_DAY),
                            .organisations = strcmp(args->to, "iati-organisations") == 0,
                            .reporter = args->reporter,
                            .reporter_name = args->reporter_name,
                            .reporter_type = args->reporter_type};
    struct progress progress;
    progress_begin(&progress, ctx, "writing activities");
    enum rc rc = export_iati(&o->view, &x, to_out, ctx->out, &progress.watch, err);
    progress_end(&progress);
    return rc;
}

/* --- the verb --- */

/* The exchange file is the whole log, or it would not come out at its root. */
static const char *narrowed(const struct context *ctx)
{
    return ctx->as ? "as" : ctx->effective ? "effective" : ctx->known ? "known" : NULL;
}

/* EXIT_DONE, or why these options do not go together. */
static int misused(struct context *ctx, const struct export_args *args)
{
    const char *option = strcmp(args->to, "muster") == 0 ? narrowed(ctx) : NULL;
    if (option) {
        return cmd_misuse(ctx,
                          "--%s: the exchange file is the whole log, always; the others"
                          " are of what a question sees",
                          option);
    }
    if (ctx->out->terminal && strcmp(args->to, "xlsx") == 0) {
        return cmd_misuse(ctx, "--to xlsx: a terminal cannot show a workbook; send it to a file,"
                               " '> book.xlsx'");
    }
    if (args->link &&
        ((!text_starts(args->link, "https://") && !text_starts(args->link, "http://")) ||
         strpbrk(args->link, " \"<>\\^`{|}\t\n"))) {
        return cmd_misuse(ctx, "--link: '%.100s' is no address of a server", args->link);
    }
    size_t digits = strspn(args->limit, "0123456789");
    if (!digits || digits > 6 || args->limit[digits]) {
        return cmd_misuse(ctx, "--limit: '%.40s' is no number of entries", args->limit);
    }
    return EXIT_DONE;
}

static int run(struct context *ctx, const void *given)
{
    const struct export_args *args = given;
    struct opened o;
    struct err err = {0};
    int code = misused(ctx, args);
    if (!code) code = opened_begin(ctx, false, &o);
    if (code) return code;
    if (strcmp(args->to, "xlsx") == 0) {
        code = write_tables(ctx, &o);
        opened_end(&o);
        return code;
    }
    interrupt_catch();
    enum rc rc = !strcmp(args->to, "atom")       ? write_feed(ctx, &o, args, &err)
                 : !strcmp(args->to, "ical")     ? write_calendar(ctx, &o, args, &err)
                 : text_starts(args->to, "iati") ? write_iati(ctx, &o, args, &err)
                                                 : write_log(ctx, &o, &err);
    opened_end(&o);
    if (rc && interrupted()) return EXIT_INTERRUPTED;
    if (rc && ctx->out->error) return exit_code(rc); /* out_close() says it */
    return rc ? cmd_refuse(ctx, &err) : EXIT_DONE;
}

const struct command cmd_export = {
    .name = "export",
    .group = GROUP_BOOK,
    .about = "give the book out: whole, as tables, what changed, what is to come",
    .details =
        "The exchange file (--to muster) is plain text, a line a record, and lossless:"
        " 'muster import' of it into an empty store gives the same log, byte for byte."
        " It carries the records and the hashes of the evidence, not the evidence itself.\n\n"
        "--to xlsx is a workbook of the whole book: parties, memberships, items, needs, lines with"
        " what stands at each stage, entries with who recorded them and why, sources. It can be"
        " looked through and counted, and not taken in again.\n\n"
        "--to atom is a feed (RFC 4287) of what changed, newest first: an entry for each line and"
        " each commit that moved something of it, as 'Netherlands: 6,000 drones to Ukraine"
        " announced'.\n\n"
        "--to ical is a calendar (RFC 5545) of what was promised by a day and is not all there: an"
        " all-day event on the last day of each promised window. As of --effective, else of"
        " today.\n\n"
        "--to iati is a file of activities in IATI 2.03, which keeps to the schema and the standard"
        " ruleset ('validate'), and --to iati-organisations one of who gives and plans to spend."
        " What the standard has no words for, things, quantities and stages below a pledge, stands"
        " beside it in elements of a namespace of ours, so that 'import' of the file gives the same"
        " records again. To publish, ask for what everybody may see: --as ''.\n\n"
        "Workbook, feed, calendar and activities hold what the viewer may see at the two clocks, "
        "and nothing "
        "of the"
        " rest; the same book gives the same bytes.",
    .examples =
        "muster export --to muster > book.muster\n# keep a copy, or send it on\n"
        "muster export --to ical --as DEU > deliveries.ics\n# what Germany may see is to"
        " come\n"
        "muster export --to iati --as '' --reporter XM-DAC-7 > activities.xml\n# to publish\n",
    .opts =
        (const struct opt[]){
            {"to", INTO(struct export_args, to), .arg = "FORMAT",
             .choices = "muster xlsx atom ical iati iati-organisations", .fallback = "muster",
             .help = "the format"},
            {"link", INTO(struct export_args, link), .arg = "URL",
             .help = "where 'muster serve' answers: feed and calendar point there"},
            {"limit", INTO(struct export_args, limit), .arg = "N", .fallback = "100",
             .help = "of a feed: at most so many entries"},
            {"reporter", INTO(struct export_args, reporter), .arg = "REF",
             .help = "of IATI: who publishes, by its organisation identifier"},
            {"reporter-name", INTO(struct export_args, reporter_name), .arg = "NAME",
             .help = "of IATI: what who publishes is called"},
            {"reporter-type", INTO(struct export_args, reporter_type), .arg = "CODE",
             .help = "of IATI: its sort, a code of the list OrganisationType"},
            {0},
        },
    .uses = USES_STORE | USES_PROGRESS | USES_CLOCKS | USES_EYES,
    .args_size = sizeof(struct export_args),
    .run = run,
};
