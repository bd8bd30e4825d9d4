/*
 * cmd_man.c - muster man: manual pages in scdoc, from the option tables.
 *
 * `make man` renders them. Only what no table knows is written by hand here:
 * what all commands have in common.
 */
#include <string.h>

#include "base/text.h"
#include "cli/cmd.h"

struct man_args {
    const char *verb;
    bool list;
};

/* Text with scdoc's own marks escaped. */
static const char *plain(struct arena *a, const char *text)
{
    struct buf b = {.arena = a};
    buf_add(&b, "");
    for (const char *at = text; *at; at++) {
        bool first = at == text && strchr("-[|]`+", *at);
        if (first || strchr("\\*_#", *at)) buf_add(&b, "\\");
        buf_add_bytes(&b, at, 1);
    }
    return b.text;
}

static void paragraphs(struct arena *a, struct buf *b, const char *text)
{
    while (text && *text) {
        const char *end = strstr(text, "\n\n");
        size_t len = end ? (size_t)(end - text) : strlen(text);
        buf_addf(b, "\n%s\n", plain(a, text_squeeze(a, arena_bytes(a, text, len))));
        text += len;
        text += strspn(text, "\n");
    }
}

static void option(struct arena *a, struct buf *b, const struct opt *o)
{
    buf_add(b, "\n");
    if (o->letter) buf_addf(b, "*-%c*, ", o->letter);
    buf_addf(b, "*--%s*", o->name);
    if (o->arg) buf_addf(b, " _%s_", plain(a, o->arg));
    buf_addf(b, "\n\t%s\n", plain(a, opt_meaning(a, o)));
}

/* Operands and options of one command. */
static void takes(struct arena *a, struct buf *b, const struct command *c)
{
    for (const struct operand *o = c->operands; o && o->name; o++) {
        buf_addf(b, "\n_%s_\n\t%s\n", plain(a, o->name), plain(a, o->help));
    }
    for (const struct opt *o = c->opts; o && o->name; o++) option(a, b, o);
}

static void examples(struct buf *b, const struct command *c, const char *mark)
{
    if (c->examples) buf_addf(b, "\n%s EXAMPLES\n\n```\n%s\n```\n", mark, c->examples);
}

/* A part of a verb, as a section of the verb's page. */
static void part_section(struct arena *a, struct buf *b, const struct command *c,
                         const struct command *whole)
{
    buf_addf(b, "\n## %s\n", plain(a, command_usage(a, c, whole)));
    paragraphs(a, b, c->about);
    paragraphs(a, b, c->details);
    takes(a, b, c);
    if (c->examples) buf_addf(b, "\n```\n%s\n```\n", c->examples);
}

/* Which options of every command the verb, or one of its parts, heeds. */
static void shared_options(struct arena *a, struct buf *b, const struct command *c)
{
    buf_add(b, "\n# OPTIONS OF EVERY COMMAND\n");
    for (const struct opt *o = global_opts; o->name; o++) {
        bool any = command_heeds(c, o);
        for (const struct command *const *p = c->parts; p && *p; p++) any |= command_heeds(*p, o);
        if (any) option(a, b, o);
    }
}

static void verb_page(struct arena *a, struct buf *b, const struct command *c)
{
    buf_addf(b, "muster-%s(1)\n\n# NAME\n\nmuster-%s - %s\n", c->name, c->name, plain(a, c->about));
    buf_addf(b, "\n# SYNOPSIS\n\n%s\n", plain(a, command_usage(a, c, NULL)));
    if (c->details) buf_add(b, "\n# DESCRIPTION\n");
    paragraphs(a, b, c->details);
    bool own = (c->opts && c->opts->name) || (c->operands && c->operands->name);
    if (own) buf_add(b, "\n# OPTIONS\n");
    takes(a, b, c);
    if (c->parts) buf_add(b, "\n# COMMANDS\n");
    for (const struct command *const *p = c->parts; p && *p; p++) part_section(a, b, *p, c);
    shared_options(a, b, c);
    examples(b, c, "#");
    buf_add(b, "\n# SEE ALSO\n\n*muster*(1), *muster-json*(5)\n");
}

static const char conventions[] =
    "\n# EXIT STATUS\n"
    "\n*0*\n\tdone\n"
    "\n*1*\n\ta finding: a check failed, there is nothing by that name, or a rule of the book "
    "forbids what was asked\n"
    "\n*2*\n\tthe command was used wrongly\n"
    "\n*3*\n\ta file or value is not what it claims to be\n"
    "\n*4*\n\tthe store, a disk or the network failed, or the answer could not be written\n"
    "\n*130*\n\tended by Ctrl-C\n"
    "\n# TIME\n\n"
    "Two clocks run. *--effective* asks what had happened by a day, *--known* what had been "
    "recorded by an instant; both include the moment named. An instant is written as in RFC 3339; "
    "a bare date means the end of that day, UTC.\n"
    "\n# OUTPUT\n\n"
    "The answer goes to standard output, everything else to standard error. Tables are for "
    "people and may change; *--json* is described in *muster-json*(5) and does not.\n\n"
    "*--csv* prints the rows of the main table after RFC 4180, without totals and notes. A text "
    "that a spreadsheet would take for a formula, because it starts with =, +, -, @, a tab or a "
    "carriage return, gets a leading apostrophe; numbers never do. What is not known is an empty "
    "field, an empty text is a quoted one.\n\n"
    "*--xlsx* is a workbook: a sheet for each list of the answer, with the columns of CSV, and "
    "last "
    "a sheet _about_ with title, clocks, head and notes. Numbers are numbers; one with more than "
    "the "
    "15 digits that a spreadsheet keeps is a text, and so is whatever looks like a formula. The "
    "same "
    "answer gives the same file.\n\n"
    "Colour is used on terminals only, and never alone carries a meaning.\n"
    "\n# ENVIRONMENT\n"
    "\n*NO\\_COLOR*\n\twhen set and not empty, no colour\n"
    "\n*TERM*\n\twhen _dumb_, no colour, no progress, and bars of plain characters\n"
    "\n*LC\\_ALL*, *LC\\_CTYPE*, *LANG*\n\twhether the terminal shows UTF-8\n";

static void main_page(struct arena *a, struct buf *b, const struct command *const *list)
{
    buf_add(b, "muster(1)\n\n# NAME\n\nmuster - keep the book of a coalition's support\n"
               "\n# SYNOPSIS\n\n*muster* _COMMAND_ [options]\n"
               "\n# DESCRIPTION\n\n"
               "muster keeps what is needed, what was promised, what is on its way and what "
               "arrived, as a log that only grows. Every total can be followed to the sentence "
               "or table cell it came from.\n"
               "\n# COMMANDS\n");
    for (enum group g = 0; g < GROUP_COUNT; g++) {
        bool any = false;
        for (const struct command *const *c = list; *c; c++) {
            if ((*c)->group != g) continue;
            if (!any) buf_addf(b, "\n## %s\n", group_title(g));
            buf_addf(b, "\n*muster-%s*(1)\n\t%s\n", (*c)->name, plain(a, (*c)->about));
            any = true;
        }
    }
    buf_add(b, "\n# OPTIONS\n\nThese may stand before the command or after it. A command "
               "refuses those that mean nothing to it.\n");
    for (const struct opt *o = global_opts; o->name; o++) option(a, b, o);
    buf_add(b, conventions);
    for (const struct opt *o = global_opts; o->name; o++) {
        if (o->env) buf_addf(b, "\n*%s*\n\tstands in for *--%s*\n", plain(a, o->env), o->name);
    }
    buf_add(b, "\n# SEE ALSO\n\n*muster-json*(5)\n");
}

static int run(struct context *ctx, const void *given)
{
    const struct man_args *args = given;
    struct buf b = {.arena = ctx->arena};
    if (args->list) {
        buf_add(&b, "muster\n");
        for (const struct command *const *c = ctx->commands; *c; c++) {
            buf_addf(&b, "muster-%s\n", (*c)->name);
        }
    } else if (!args->verb || !strcmp(args->verb, "muster")) {
        main_page(ctx->arena, &b, ctx->commands);
    } else {
        const char *verb = args->verb + (text_starts(args->verb, "muster-") ? 7 : 0);
        const struct command *c = command_named(ctx->commands, verb);
        if (!c) return cmd_misuse(ctx, "no page '%.60s'; 'muster man --list' lists them", verb);
        verb_page(ctx->arena, &b, c);
    }
    out_bytes(ctx->out, b.text, b.len);
    return EXIT_DONE;
}

const struct command cmd_man = {
    .name = "man",
    .group = GROUP_OTHER,
    .about = "print a manual page, in scdoc",
    .details = "Without a page, that of muster itself. To read one: "
               "muster man total | scdoc | man -l -",
    .operands =
        (const struct operand[]){
            {"PAGE", INTO(struct man_args, verb), .optional = true,
             .help = "a command, or the name of its page"},
            {0},
        },
    .opts =
        (const struct opt[]){
            {"list", INTO(struct man_args, list), .help = "print the names of all pages"},
            {0},
        },
    .args_size = sizeof(struct man_args),
    .run = run,
};
