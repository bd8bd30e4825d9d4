/*
 * cmd.c - from argv to a running command.
 *
 * Options of every command may stand before the verb or after it. What a
 * command does not heed is refused rather than ignored.
 */
#include "cli/cmd.h"

#include <pwd.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "base/day.h"
#include "base/term.h"
#include "base/text.h"
#include "book/book.h"
#include "cli/host.h"
#include "export/xlsx.h"

const struct opt global_opts[] = {
    {"store", INTO(struct context, store), .arg = "URL", .uses = USES_STORE, .env = "MUSTER_STORE",
     .fallback = "muster.db",
     .help = "the book: a file, made on first use, 'postgresql://HOST/DATABASE', or 'memory:'"},
    {"json", INTO(struct context, json), .uses = USES_ANSWER, .help = "answer in JSON"},
    {"csv", INTO(struct context, csv), .uses = USES_ANSWER, .help = "answer in CSV"},
    {"xlsx", INTO(struct context, xlsx), .uses = USES_ANSWER,
     .help = "answer as a workbook, for a file: --xlsx > answer.xlsx"},
    {"effective", INTO(struct context, effective), .arg = "DATE", .uses = USES_CLOCKS,
     .help = "only what happened up to and on that day"},
    {"known", INTO(struct context, known), .arg = "INSTANT", .uses = USES_CLOCKS,
     .help = "only what had been recorded by then: 2024-06-30, or 2024-06-30T12:00:00Z"},
    {"as", INTO(struct context, as), .arg = "PARTY", .uses = USES_EYES,
     .help = "see only what that party may see"},
    {"scenario", INTO(struct context, scenario), .arg = "NAME", .uses = USES_BRANCH,
     .help = "in that scenario, not in the book itself"},
    {"currency", INTO(struct context, currency), .arg = "CUR", .uses = USES_MONEY,
     .help =
         "give amounts in that currency (default: the one that all share); most: where they share"
         " none, the one in which most is published"},
    {"rates", INTO(struct context, rates), .arg = "WHICH", .uses = USES_MONEY, .choices = "latest",
     .help = "convert at these rates, not at those of the time"},
    {"author", INTO(struct context, author), .arg = "NAME", .uses = USES_AUTHOR,
     .env = "MUSTER_AUTHOR", .help = "who records this, if not the name you are logged in with"},
    {"request", INTO(struct context, request), .arg = "KEY", .uses = USES_REQUEST,
     .help =
         "a key of your own for what is recorded: asked again under it, nothing is recorded twice"},
    {"no-progress", INTO(struct context, no_progress), .uses = USES_PROGRESS,
     .help = "do not draw how far it is"},
    {"help", INTO(struct context, help), .letter = 'h', .help = "print this and stop"},
    {"version", INTO(struct context, version), .help = "print the version and stop"},
    {0},
};

/* --- for commands --- */

int exit_code(enum rc rc)
{
    switch (rc) {
    case RC_OK: return EXIT_DONE;
    case RC_RULE:
    case RC_ABSENT: return EXIT_FINDING;
    case RC_INPUT: return EXIT_INPUT;
    case RC_STORE: return EXIT_STORE;
    }
    return EXIT_STORE;
}

static void print_part(void *out, const char *bytes, size_t len)
{
    out_bytes(out, bytes, len);
}

bool cmd_whole(const struct context *ctx)
{
    return ctx->json || ctx->csv || ctx->xlsx;
}

/* The file says of itself when the last record was made that it could rest on, and not what the
 * clock says: asked again, it is the same file. */
int cmd_workbook(struct context *ctx, const struct answer *w)
{
    struct buf b = {.arena = ctx->arena};
    struct err err = {0};
    int64_t last = ctx->asked ? book_last_ms(ctx->asked) : ctx->asked_ms;
    struct xlsx_about about = {.effective = ctx->effective_day,
                               .known = ctx->known_ms,
                               .viewer = ctx->as,
                               .created_ms = last < ctx->known_ms ? last : ctx->known_ms};
    if (export_xlsx(w, &about, &b, &err)) return cmd_refuse(ctx, &err);
    out_bytes(ctx->out, b.text, b.len);
    return EXIT_DONE;
}

int cmd_answer(struct context *ctx, const struct answer *answer)
{
    struct buf b = {.arena = ctx->arena, .drain = print_part, .drain_ctx = ctx->out};
    struct answer marked = *answer, *w = &marked;
    if (ctx->scenario)
        answer_note(w, "supposed in scenario '%s', not so in the book", ctx->scenario);
    if (ctx->host && ctx->host->take) {
        ctx->host->take(ctx->host, ctx, w);
        return EXIT_DONE;
    }
    if (ctx->xlsx) return cmd_workbook(ctx, w);
    if (ctx->json) {
        answer_json(w, &b);
    } else if (ctx->csv) {
        answer_csv(w, &b);
    } else {
        answer_text(w, &ctx->out->look, &b);
    }
    out_bytes(ctx->out, b.text, b.len);
    return EXIT_DONE;
}

int cmd_refuse(struct context *ctx, const struct err *err)
{
    outf(ctx->talk, "muster: %s\n", term_safe(ctx->arena, err->msg));
    return exit_code(err->code);
}

int cmd_misuse(struct context *ctx, const char *fmt, ...)
{
    char msg[1024];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(msg, sizeof msg, fmt, ap);
    va_end(ap);
    text_mend(msg);
    outf(ctx->talk, "muster: %s\n", term_safe(ctx->arena, msg));
    return EXIT_USAGE;
}

/* --- finding the command --- */

const struct command *command_named(const struct command *const *list, const char *name)
{
    for (; list && *list; list++) {
        if (strcmp((*list)->name, name) == 0) return *list;
    }
    return NULL;
}

bool command_heeds(const struct command *c, const struct opt *o)
{
    return !o->uses || (o->uses & c->uses);
}

/* A command being called: the verb, the part of it that was named, what is left of argv. */
struct call {
    const struct command *whole; /* NULL, or the verb that `command` is a part of */
    const struct command *command;
    struct argv rest;
    struct texts words;
    void *args;
};

static const char *full_name(struct arena *a, const struct call *call)
{
    const char *of = call->whole ? text_format(a, "%s ", call->whole->name) : "";
    return text_format(a, "muster %s%s", of, call->command->name);
}

static int misused(struct context *ctx, const struct call *call, const struct err *err)
{
    const char *name = full_name(ctx->arena, call);
    return cmd_misuse(ctx, "%s; '%s --help' says how", err->msg, name);
}

static int no_such_command(struct context *ctx, const char *name)
{
    struct texts names = {0};
    for (const struct command *const *c = ctx->commands; *c; c++) {
        texts_add(&names, ctx->arena, (*c)->name);
    }
    return cmd_misuse(ctx, "no command '%.80s'%s; 'muster help' lists them", name,
                      did_you_mean(ctx->arena, "", name, &names));
}

/* `muster party add`: when the next word names a part of the verb, that is what is called. */
static void descend(struct context *ctx, struct call *call)
{
    const struct opt_table tables[] = {{global_opts, ctx}};
    struct argv ahead = call->rest;
    struct err ignored; /* an option of the verb itself: its own parse will say more */
    if (!call->command->parts) return;
    if (opt_parse(ctx->arena, &ahead, tables, 1, NULL, &ignored) || ahead.count == 0) return;
    const struct command *part = command_named(call->command->parts, ahead.at[0]);
    if (!part) return;
    call->whole = call->command;
    call->command = part;
    call->rest = (struct argv){ahead.at + 1, ahead.count - 1};
}

/* --- what was given --- */

/* An option of every command that this one does not heed, or NULL. */
static const struct opt *unheeded(const struct context *ctx, const struct command *c)
{
    for (const struct opt *o = global_opts; o->name; o++) {
        if (!command_heeds(c, o) && opt_given(o, ctx)) return o;
    }
    return NULL;
}

static enum rc clocks(struct context *ctx, struct err *err)
{
    enum precision precision;
    ctx->effective_day = DAY_MAX;
    ctx->known_ms = INT64_MAX;
    if (ctx->effective && day_parse(ctx->effective, &ctx->effective_day, &precision, err)) {
        return fail_in(err, "--effective");
    }
    if (ctx->known && instant_parse(ctx->known, &ctx->known_ms, err)) {
        return fail_in(err, "--known");
    }
    return RC_OK;
}

static const char *login_name(struct arena *a)
{
    const struct passwd *who = getpwuid(getuid());
    return who ? arena_text(a, who->pw_name) : text_format(a, "uid:%lu", (unsigned long)getuid());
}

/* One form of the answer, which must be able to get to where it goes. */
static enum rc form(const struct context *ctx, struct err *err)
{
    if (ctx->json && ctx->csv) return fail(err, RC_INPUT, "--json and --csv: only one of them");
    if (!ctx->xlsx) return RC_OK;
    if (ctx->json || ctx->csv) {
        return fail(err, RC_INPUT, "--xlsx and --%s: only one of them", ctx->json ? "json" : "csv");
    }
    if (!ctx->out->terminal) return RC_OK;
    return fail(err, RC_INPUT,
                "--xlsx: a terminal cannot show a workbook; send it to a file, '>"
                " answer.xlsx'");
}

/* Everything that was not said, and what was said as values. */
static enum rc complete(struct context *ctx, struct call *call, struct err *err)
{
    const struct command *c = call->command;
    const struct opt *o = unheeded(ctx, c);
    if (o) {
        return fail(err, RC_INPUT, "option '--%s' means nothing to '%s'", o->name,
                    full_name(ctx->arena, call));
    }
    enum rc rc = form(ctx, err);
    if (!rc) rc = operand_take(c->operands, &call->words, ctx->arena, call->args, err);
    if (!rc) rc = opt_defaults(c->opts, call->args, err);
    if (!rc) rc = opt_defaults(global_opts, ctx, err);
    if (!rc) rc = clocks(ctx, err);
    if (!rc && !ctx->author) ctx->author = login_name(ctx->arena);
    return rc;
}

static int only_parts(struct context *ctx, const struct call *call)
{
    struct buf b = {.arena = ctx->arena};
    struct texts names = {0};
    for (const struct command *const *p = call->command->parts; p && *p; p++) {
        buf_addf(&b, "%s%s", b.len ? ", " : "", (*p)->name);
        texts_add(&names, ctx->arena, (*p)->name);
    }
    const char *name = full_name(ctx->arena, call);
    if (!call->words.count) return cmd_misuse(ctx, "'%s' needs one of: %s", name, b.text);
    return cmd_misuse(ctx, "'%s' has no '%.60s'%s; it has: %s", name, call->words.at[0],
                      did_you_mean(ctx->arena, "", call->words.at[0], &names), b.text);
}

static int version(struct context *ctx)
{
    out_text(ctx->out, "muster " MUSTER_VERSION "\n");
    return EXIT_DONE;
}

static int run(struct context *ctx, struct call *call)
{
    struct err err = {0};
    const struct command *c = call->command;
    const struct opt_table tables[] = {{c->opts, call->args}, {global_opts, ctx}};
    struct texts *words = c->passes_on ? NULL : &call->words;
    if (opt_parse(ctx->arena, &call->rest, tables, 2, words, &err)) {
        return misused(ctx, call, &err);
    }
    for (int i = 0; c->passes_on && i < call->rest.count; i++) {
        texts_add(&call->words, ctx->arena, call->rest.at[i]);
    }
    if (ctx->version) return version(ctx);
    if (ctx->help) {
        struct buf b = {.arena = ctx->arena};
        command_help(ctx->arena, c, call->whole, &b);
        out_bytes(ctx->out, b.text, b.len);
        return EXIT_DONE;
    }
    if (!c->run) return only_parts(ctx, call);
    if (complete(ctx, call, &err)) return misused(ctx, call, &err);
    return c->run(ctx, call->args);
}

static const char *as_typed(struct arena *a, int argc, char **argv)
{
    struct buf b = {.arena = a};
    buf_add(&b, "");
    for (int i = 1; i < argc; i++) buf_addf(&b, "%s\n", argv[i]);
    return b.text;
}

int cmd_main(struct context *ctx, int argc, char **argv)
{
    struct err err = {0};
    ctx->words = as_typed(ctx->arena, argc, argv);
    struct call call = {.rest = {argv + (argc > 0), argc - (argc > 0)}};
    const struct opt_table tables[] = {{global_opts, ctx}};
    if (opt_parse(ctx->arena, &call.rest, tables, 1, NULL, &err)) {
        return cmd_misuse(ctx, "%s; options of one command come after its name", err.msg);
    }
    if (ctx->version) return version(ctx);
    if (call.rest.count == 0) {
        struct buf b = {.arena = ctx->arena};
        overview_help(ctx->commands, &b);
        out_bytes(ctx->out, b.text, b.len);
        return EXIT_DONE;
    }
    const char *name = call.rest.at[0];
    call.command = command_named(ctx->commands, name);
    if (!call.command) return no_such_command(ctx, name);
    call.rest = (struct argv){call.rest.at + 1, call.rest.count - 1};
    descend(ctx, &call);
    size_t size = call.command->args_size;
    call.args = arena_alloc(ctx->arena, 1, size ? size : 1);
    return run(ctx, &call);
}
