/* cmd_export.c - muster export: the log as a file that another muster takes in. */
#include <string.h>

#include "cli/opened.h"
#include "export/muster.h"

struct export_args {
    const char *to;
};

static enum rc to_out(void *ctx, const char *bytes, size_t len, struct err *err)
{
    struct out *out = ctx;
    out_bytes(out, bytes, len);
    return out->error
               ? fail(err, RC_STORE, "the file could not be written: %s", strerror(out->error))
               : RC_OK;
}

static int run(struct context *ctx, const void *args)
{
    struct opened o;
    struct err err = {0};
    struct progress progress;
    (void)args;
    int code = opened_begin(ctx, false, &o);
    if (code) return code;
    interrupt_catch();
    progress_begin(&progress, ctx, "writing the book");
    enum rc rc = export_muster(&o.view, to_out, ctx->out, &progress.watch, &err);
    progress_end(&progress);
    opened_end(&o);
    if (rc && interrupted()) return EXIT_INTERRUPTED;
    if (rc && ctx->out->error) return exit_code(rc); /* out_close() says it */
    return rc ? cmd_refuse(ctx, &err) : EXIT_DONE;
}

const struct command cmd_export = {
    .name = "export",
    .group = GROUP_BOOK,
    .about = "give the book out",
    .details = "The exchange file (--to muster) is plain text, a line a record, and lossless:"
               " 'muster import' of it into an empty store gives the same log, byte for byte."
               " It carries the records and the hashes of the evidence, not the evidence itself.",
    .examples = "muster export --to muster > book.muster\n# keep a copy, or send it on\n",
    .opts =
        (const struct opt[]){
            {"to", INTO(struct export_args, to), .arg = "FORMAT", .choices = "muster",
             .fallback = "muster", .help = "the format"},
            {0},
        },
    .uses = USES_STORE | USES_PROGRESS,
    .args_size = sizeof(struct export_args),
    .run = run,
};
