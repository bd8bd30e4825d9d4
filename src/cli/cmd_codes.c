/*
 * cmd_codes.c - muster codes: the lists of codes, and newer editions of them.
 *
 * An edition is taken in like any other file: its bytes are evidence, and what
 * is recorded is a figure that names the list (source/codelists.c). So a book
 * knows at each instant the codes that were known then, and they go with it.
 */
#include <string.h>

#include "base/text.h"
#include "cli/files.h"
#include "cli/kept_codes.h"
#include "cli/opened.h"
#include "post/post.h"

enum { TRIES = 8 };

/* --- asking --- */

struct show_args {
    const char *list, *code;
};

/* The lists of the book, or those built in where there is no book yet. */
static int codes_begin(struct context *ctx, struct codes **codes)
{
    struct opened o;
    struct err err = {0};
    struct store *there = NULL;
    enum rc rc = store_open(ctx->arena, ctx->store, false, &there, &err);
    if (!rc) store_close(there);
    if (rc == RC_ABSENT) {
        *codes = codes_new(ctx->arena);
        return EXIT_DONE;
    }
    int code = opened_begin(ctx, false, &o);
    if (code) return code;
    rc = kept_codes(ctx->arena, &o.view, ctx->known_ms, codes, &err);
    opened_end(&o);
    return rc ? cmd_refuse(ctx, &err) : EXIT_DONE;
}

static int run_list(struct context *ctx, const void *given)
{
    (void)given;
    struct codes *codes;
    uint32_t count;
    int code = codes_begin(ctx, &codes);
    if (code) return code;
    struct answer *w = answer_new(ctx->arena, "Lists of codes");
    struct rows *rows = answer_rows(w, "rows");
    rows_columns(rows, "list codes edition complete embedded source");
    const struct codelist *const *all = codes_lists(codes, &count);
    for (uint32_t i = 0; i < count; i++) {
        const struct codelist *l = all[i];
        ROW(rows, cell_text(l->name), cell_count(l->count),
            cell_text(*l->edition ? l->edition : NULL), cell_bool(l->complete),
            cell_bool(l->embedded), cell_text(*l->source ? l->source : NULL));
    }
    return cmd_answer(ctx, w);
}

static void add_code(struct rows *rows, const struct code *c)
{
    ROW(rows, cell_text(c->code), cell_text(*c->name ? c->name : NULL),
        cell_text(c->withdrawn ? "withdrawn" : "active"), cell_text(*c->from ? c->from : NULL),
        cell_text(*c->until ? c->until : NULL), cell_text(*c->category ? c->category : NULL));
}

static int run_show(struct context *ctx, const void *given)
{
    const struct show_args *args = given;
    struct codes *codes;
    struct err err = {0};
    int code = codes_begin(ctx, &codes);
    if (code) return code;
    const struct codelist *l = codes_list(codes, args->list);
    if (!l) {
        fail(&err, RC_ABSENT, "no list of codes is called '%.60s'", args->list);
        return cmd_refuse(ctx, &err);
    }
    struct answer *w = answer_new(ctx->arena, l->name);
    answer_put(w, "list", cell_text(l->name));
    answer_put(w, "edition", cell_text(*l->edition ? l->edition : NULL));
    struct rows *rows = answer_rows(w, "rows");
    rows_columns(rows, "code name status from until category");
    const struct code *one = args->code ? codes_find(codes, l->name, args->code) : NULL;
    if (args->code && !one) {
        fail(&err, RC_ABSENT, "the list %s has no code '%.60s'", l->name, args->code);
        return cmd_refuse(ctx, &err);
    }
    if (one) add_code(rows, one);
    for (uint32_t i = 0; i < l->count && !one; i++) add_code(rows, &l->codes[i]);
    return cmd_answer(ctx, w);
}

static int run_export(struct context *ctx, const void *given)
{
    (void)given;
    struct codes *codes;
    struct buf out = {.arena = ctx->arena};
    int code = codes_begin(ctx, &codes);
    if (code) return code;
    codes_write(codes, &out);
    out_bytes(ctx->out, out.text, out.len);
    return EXIT_DONE;
}

/* --- taking in --- */

struct import_args {
    struct texts files;
    const char *edition;
};

struct taken {
    struct intake in;
    struct posted posted;
};

/* Of files that do not say it themselves. */
static void set_edition(struct intake *in, const char *edition)
{
    enum precision precision;
    int32_t day;
    struct err ignored;
    if (!edition || day_parse(edition, &day, &precision, &ignored)) return;
    for (uint32_t i = 0; i < in->count; i++) {
        struct record *r = in->records[i];
        if (r->kind != KIND_STATEMENT || record_field(r, F_DAY)) continue;
        record_set_int(in->arena, r, F_DAY, day);
        record_set_int(in->arena, r, F_STATED, day * MS_PER_DAY);
    }
}

static enum rc take(struct context *ctx, struct opened *o, const struct import_args *args,
                    struct input *inputs, struct taken *t, struct err *err)
{
    const struct reader *reader = source_reader_named("codelist");
    struct posting p;
    t->in = (struct intake){.arena = ctx->arena, .format = reader->name};
    enum rc rc = reader->read(inputs, args->files.count, &t->in, err);
    if (rc) return rc;
    set_edition(&t->in, args->edition);
    posting_begin(&p, ctx->arena, &o->view, ctx->now_ms());
    rc = post_intake(&p, &t->in, "import:codelist", &t->posted, err);
    return rc ? rc : posting_commit(&p, err);
}

static int run_import(struct context *ctx, const void *given)
{
    const struct import_args *args = given;
    struct err err = {0};
    struct taken t = {0};
    enum precision precision;
    int32_t day;
    if (args->edition && day_parse(args->edition, &day, &precision, &err))
        return cmd_misuse(ctx, "--edition: %s", err.msg);
    struct input *inputs = NEW_ARRAY(ctx->arena, args->files.count, struct input);
    enum rc rc = RC_OK;
    for (uint32_t i = 0; i < args->files.count && !rc; i++)
        rc = file_input(ctx->arena, args->files.at[i], &inputs[i], &err);
    if (rc) return cmd_refuse(ctx, &err);
    rc = RC_RULE;
    for (int i = 0; i < TRIES && rc == RC_RULE; i++) {
        struct opened o;
        int code = opened_begin(ctx, true, &o);
        if (code) return code;
        rc = take(ctx, &o, args, inputs, &t, &err);
        opened_end(&o);
    }
    if (rc) return cmd_refuse(ctx, &err);
    struct answer *w = answer_new(ctx->arena, "Taken");
    answer_put(w, "codes", cell_count((i128)t.in.rows_taken));
    answer_put(w, "new", cell_count((i128)t.posted.added));
    answer_put(w, "restated", cell_count((i128)t.posted.restated));
    answer_put(w, "known", cell_count((i128)t.posted.same));
    answer_put(w, "older", cell_count((i128)t.posted.older));
    return cmd_answer(ctx, w);
}

/* --- the verb --- */

static const struct command codes_list_part = {
    .name = "list",
    .about = "every list, how many codes it has and of when it is",
    .uses = USES_STORE | USES_ANSWER | USES_CLOCKS,
    .run = run_list,
};

static const struct command codes_show = {
    .name = "show",
    .about = "the codes of a list, or one of them",
    .operands =
        (const struct operand[]){
            {"LIST", INTO(struct show_args, list), .help = "its name: Sector, AidType, Country"},
            {"CODE", INTO(struct show_args, code), .optional = true, .help = "only this code"},
            {0},
        },
    .uses = USES_STORE | USES_ANSWER | USES_CLOCKS,
    .args_size = sizeof(struct show_args),
    .run = run_show,
};

static const struct command codes_import = {
    .name = "import",
    .about = "take newer editions of lists into the book",
    .details =
        "IATI's codelist XML, the tables of the DAC and CRS lists (sectors.csv, aid_types.csv, as"
        " datasets/dac-crs-codes has them), or what 'codes export' wrote. A list is replaced as a"
        " whole; an older edition than the book has is left aside. 'import' takes the same files.",
    .examples = "muster codes import --edition 2026-06-22 Sector.xml AidType.xml\n",
    .operands =
        (const struct operand[]){
            {"FILE", INTO(struct import_args, files), .help = "lists of codes"},
            {0},
        },
    .opts =
        (const struct opt[]){
            {"edition", INTO(struct import_args, edition), .arg = "DATE",
             .help = "the day of the edition, where the files do not say it"},
            {0},
        },
    .uses = USES_STORE | USES_ANSWER,
    .args_size = sizeof(struct import_args),
    .run = run_import,
};

static const struct command codes_export = {
    .name = "export",
    .about = "all lists as one table, tab-separated",
    .uses = USES_STORE | USES_CLOCKS,
    .run = run_export,
};

const struct command cmd_codes = {
    .name = "codes",
    .group = GROUP_BOOK,
    .about = "lists of codes that IATI uses: show them, take newer ones",
    .details =
        "The lists that were current when this program was made are built in, with the day of each"
        " edition. A book may hold newer ones; then they count for what is imported into it and"
        " for what it is asked. A code that its list does not have is flagged where it is met, and"
        " kept.",
    .examples = "muster codes show Sector 72010\n"
                "muster codes import --edition 2026-06-22 Sector.xml\n",
    .parts = (const struct command *const[]){&codes_list_part, &codes_show, &codes_import,
                                             &codes_export, NULL},
};
