/*
 * cmd_import.c - muster import: files in, a report of what was taken.
 *
 * Each unit is one commit: a file, a directory, pages of one answer. When
 * somebody else writes meanwhile the unit is worked out anew against what is
 * there then, so nothing is counted twice.
 */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "cli/files.h"
#include "cli/opened.h"
#include "post/post.h"
#include "record/exchange.h"
#include "source/mapping.h"

enum { DIAGS_SHOWN = 20, TRIES = 8 };

struct import_args {
    struct texts files;
    const char *format, *mapping;
    bool dry_run, strict;
};

struct import_work {
    struct context *ctx;
    const struct import_args *args;
    struct rows *units, *diags;
    uint64_t shown, flagged, skipped, written;
};

static void add_unit(struct import_work *w, const struct unit *u, const char *format,
                     const struct posted *p, const struct intake *in)
{
    uint64_t flagged = 0, skipped = 0;
    for (uint32_t i = 0; in && i < in->diag_count; i++) {
        const struct diag *d = &in->diags[i];
        flagged += d->severity == DIAG_FLAG;
        skipped += d->severity == DIAG_SKIPPED;
        const char *severity = d->severity == DIAG_NOTE   ? "note"
                               : d->severity == DIAG_FLAG ? "flagged"
                                                          : "skipped";
        if (!w->ctx->json && !w->ctx->csv && w->shown >= DIAGS_SHOWN) continue;
        w->shown++;
        ROW(w->diags, cell_text(severity), cell_text(d->file), cell_text(d->sheet),
            d->row ? cell_label(d->row) : cell_null(), cell_text(d->column), cell_text(d->rule),
            cell_text(d->value), cell_text(d->expected), cell_text(d->party));
    }
    w->flagged += flagged;
    w->skipped += skipped;
    ROW(w->units, cell_text(u->name), cell_text(format),
        cell_count(in ? (i128)in->rows_read : (i128)(p->added + p->same)), cell_count(p->added),
        cell_count(p->same), cell_count(p->restated), cell_count(p->removed), cell_count(p->older),
        cell_count(flagged), cell_count(skipped));
}

/* --- one unit --- */

static enum rc read_unit(struct import_work *w, const struct unit *u, struct intake *in,
                         struct err *err)
{
    *in = (struct intake){.arena = w->ctx->arena};
    if (w->args->mapping) {
        struct input map;
        enum rc rc = file_input(w->ctx->arena, w->args->mapping, &map, err);
        if (rc) return rc;
        in->format = "mapping";
        return mapping_read(&map, u->inputs, u->count, in, err);
    }
    in->format = u->reader->name;
    return u->reader->read(u->inputs, u->count, in, err);
}

static bool nothing_may_be_skipped(const struct intake *in, struct err *err)
{
    for (uint32_t i = 0; i < in->diag_count; i++) {
        const struct diag *d = &in->diags[i];
        if (d->severity != DIAG_SKIPPED) continue;
        fail(err, RC_INPUT, "--strict: %.60s%s%.40s row %" PRIu32 " %.40s '%.40s': expected %.80s",
             d->file, *d->sheet ? ", " : "", d->sheet, d->row, d->column, d->value, d->expected);
        return false;
    }
    return true;
}

static enum rc post_unit(struct import_work *w, struct opened *o, const struct unit *u,
                         struct intake *in, struct posted *posted, struct err *err)
{
    struct posting p;
    enum rc rc = read_unit(w, u, in, err);
    if (rc) return rc;
    const char *author = text_format(w->ctx->arena, "import:%s", in->format);
    posting_begin(&p, w->ctx->arena, &o->view, w->ctx->now_ms());
    rc = post_intake(&p, in, author, posted, err);
    if (!rc && w->args->strict && !nothing_may_be_skipped(in, err)) return err->code;
    if (rc || w->args->dry_run) return rc;
    w->written += p.count;
    return posting_commit(&p, err);
}

static enum rc post_exchange_unit(struct import_work *w, struct opened *o, const struct unit *u,
                                  struct posted *posted, struct err *err)
{
    const struct input *in = &u->inputs[0];
    struct exchange_file file = {.name = in->name, .text = in->bytes, .len = in->len};
    struct progress progress;
    progress_begin(&progress, w->ctx, u->name);
    enum rc rc = post_exchange(w->ctx->arena, &o->view, &file, w->ctx->now_ms(), w->args->dry_run,
                               &progress.watch, posted, err);
    progress_end(&progress);
    return rc;
}

/* A whole unit, again from the start when somebody else wrote meanwhile. */
static int import_unit(struct import_work *w, const struct unit *u)
{
    struct err err = {0};
    enum rc rc = RC_RULE;
    for (int i = 0; i < TRIES && rc == RC_RULE; i++) {
        struct opened o;
        struct intake in = {0};
        struct posted posted = {0};
        int code = opened_begin(w->ctx, true, &o);
        if (code) return code;
        rc = u->reader ? post_unit(w, &o, u, &in, &posted, &err)
                       : post_exchange_unit(w, &o, u, &posted, &err);
        opened_end(&o);
        if (!rc) add_unit(w, u, in.format ? in.format : "muster", &posted, u->reader ? &in : NULL);
    }
    if (rc && interrupted()) return EXIT_INTERRUPTED;
    return rc ? cmd_refuse(w->ctx, &err) : EXIT_DONE;
}

/* --- all of them --- */

static struct answer *new_answer(struct import_work *w)
{
    struct answer *a = answer_new(w->ctx->arena, w->args->dry_run ? "Would take" : "Taken");
    answer_put(a, "dry_run", cell_bool(w->args->dry_run));
    w->units = answer_rows(a, "units");
    rows_column(w->units, "unit", NULL, 0);
    rows_column(w->units, "format", NULL, 0);
    rows_column(w->units, "rows", NULL, 0);
    rows_column(w->units, "new", "new records", 0);
    rows_column(w->units, "same", "known", 0);
    rows_column(w->units, "restated", NULL, 0);
    rows_column(w->units, "removed", NULL, 0);
    rows_column(w->units, "older", NULL, 0);
    rows_column(w->units, "flagged", NULL, 0);
    rows_column(w->units, "skipped", NULL, 0);
    w->diags = answer_rows(a, "diagnostics");
    w->diags->title = "Worth a look";
    w->diags->empty = "nothing to flag";
    rows_column(w->diags, "severity", NULL, 0);
    rows_column(w->diags, "file", NULL, 0);
    rows_column(w->diags, "sheet", NULL, 0);
    rows_column(w->diags, "row", NULL, 0);
    rows_column(w->diags, "column", NULL, 0);
    rows_column(w->diags, "rule", NULL, 0);
    rows_column(w->diags, "value", NULL, 0);
    rows_column(w->diags, "expected", NULL, 0);
    rows_column(w->diags, "party", NULL, COLUMN_NO_TEXT);
    a->main = w->units;
    return a;
}

/* With a mapping file every named file is one unit of that mapping. */
static enum rc mapped_units(struct import_work *w, struct units *out, struct err *err)
{
    struct context *ctx = w->ctx;
    struct unit *u = NEW(ctx->arena, struct unit);
    *out = (struct units){u, 1};
    u->reader = source_reader_named("mapping");
    u->count = w->args->files.count;
    u->inputs = NEW_ARRAY(ctx->arena, u->count, struct input);
    for (uint32_t i = 0; i < u->count; i++) {
        enum rc rc = file_input(ctx->arena, w->args->files.at[i], &u->inputs[i], err);
        if (rc) return rc;
    }
    u->name =
        u->count == 1 ? u->inputs[0].name : text_format(ctx->arena, "%" PRIu32 " files", u->count);
    return RC_OK;
}

static int run(struct context *ctx, const void *given)
{
    struct import_work w = {.ctx = ctx, .args = given};
    struct err err = {0};
    struct units units;
    enum rc rc = w.args->mapping
                     ? mapped_units(&w, &units, &err)
                     : files_units(ctx->arena, &w.args->files, w.args->format, &units, &err);
    if (rc) return rc == RC_ABSENT ? cmd_misuse(ctx, "%s", err.msg) : cmd_refuse(ctx, &err);
    interrupt_catch();
    struct answer *a = new_answer(&w);
    int code = EXIT_DONE;
    for (uint32_t i = 0; i < units.count && !code; i++) {
        if (interrupted()) return EXIT_INTERRUPTED;
        code = import_unit(&w, &units.list[i]);
    }
    if (code) {
        if (w.units->count) outf(ctx->talk, "muster: what was named before it was taken\n");
        return code;
    }
    if (w.shown < w.flagged + w.skipped && !ctx->json) {
        answer_note(a, "%" PRIu64 " more; --json lists all, 'muster flags' keeps them",
                    w.flagged + w.skipped - w.shown);
    }
    return cmd_answer(ctx, a);
}

const struct command cmd_import = {
    .name = "import",
    .group = GROUP_BOOK,
    .about = "take files in: flows, trackers, rates, tables, exchange files",
    .details =
        "The format is told from the content. A directory, or pages of one answer named"
        " together, is one unit: all of it is taken or nothing.\n\n"
        "The same file again adds nothing. When a publisher revised something, the old entry is"
        " reversed and the new one posted, whatever the order the files come in. What the"
        " publisher computed is kept beside the book as its own figure and never used as an"
        " answer.\n\n"
        "A file that is not what it claims is refused whole (exit 3). A row that cannot be taken"
        " is listed with its place, and the rest is taken.",
    .examples = "muster import flows-page-1.json flows-page-2.json\n# pages of one answer\n"
                "muster import --mapping donors.map announcements.csv\n# a table of your own\n",
    .operands =
        (const struct operand[]){
            {"FILE", INTO(struct import_args, files), .help = "files or directories; - is stdin"},
            {0},
        },
    .opts =
        (const struct opt[]){
            {"format", INTO(struct import_args, format), .arg = "NAME",
             .help = "take the files as this, whatever they look like"},
            {"mapping", INTO(struct import_args, mapping), .arg = "FILE",
             .help = "a mapping file that says what the columns mean"},
            {"dry-run", INTO(struct import_args, dry_run), .letter = 'n',
             .help = "say what would be taken, and write nothing"},
            {"strict", INTO(struct import_args, strict),
             .help = "take nothing at all when a row cannot be taken (exit 3)"},
            {0},
        },
    .uses = USES_STORE | USES_ANSWER | USES_PROGRESS,
    .args_size = sizeof(struct import_args),
    .run = run,
};
