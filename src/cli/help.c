/*
 * help.c - --help, from the same tables as everything else.
 *
 * The words stand 80 wide whatever the terminal: that is what people paste
 * into messages, and what tests compare.
 */
#include <string.h>

#include "base/term.h"
#include "base/text.h"
#include "cli/cmd.h"

enum { WIDTH = 80, INDENT = 2, LEFT_MAX = 26 };

static void blanks(struct buf *b, size_t count)
{
    while (count-- > 0) buf_add(b, " ");
}

/* Words wrapped at WIDTH; every line but the first begins at `indent`. */
static void wrapped(struct buf *b, const char *text, size_t indent)
{
    for (bool first = true; *text; first = false) {
        const char *next;
        size_t len = term_line(text, WIDTH - indent, &next);
        if (!first) blanks(b, indent);
        buf_add_bytes(b, text, len);
        buf_add(b, "\n");
        text = next;
    }
}

/* "  --by WHAT      what it means", the meanings of a list under each other. */
static void entry(struct buf *b, const char *left, const char *meaning, size_t column)
{
    size_t used = INDENT + strlen(left);
    blanks(b, INDENT);
    buf_add(b, left);
    if (used + 2 > column) {
        buf_add(b, "\n");
        used = 0;
    }
    blanks(b, column - used);
    wrapped(b, meaning, column);
}

/* Paragraphs have an empty line between them; inside, line breaks are only spaces. */
static void paragraphs(struct arena *a, struct buf *b, const char *text)
{
    while (text && *text) {
        const char *end = strstr(text, "\n\n");
        size_t len = end ? (size_t)(end - text) : strlen(text);
        buf_add(b, "\n");
        wrapped(b, text_squeeze(a, arena_bytes(a, text, len)), 0);
        text += len;
        text += strspn(text, "\n");
    }
}

static size_t wider(size_t column, const char *left)
{
    size_t needs = strlen(left) + INDENT + 2;
    if (needs > LEFT_MAX) return column;
    return needs > column ? needs : column;
}

static size_t meaning_column(struct arena *a, const struct command *c)
{
    size_t column = 0;
    for (const struct operand *o = c->operands; o && o->name; o++) column = wider(column, o->name);
    for (const struct opt *o = c->opts; o && o->name; o++) {
        column = wider(column, opt_spelling(a, o));
    }
    for (const struct opt *o = global_opts; o->name; o++) {
        if (command_heeds(c, o)) column = wider(column, opt_spelling(a, o));
    }
    for (const struct command *const *p = c->parts; p && *p; p++) {
        column = wider(column, (*p)->name);
    }
    return column;
}

const char *command_usage(struct arena *a, const struct command *c, const struct command *whole)
{
    struct buf b = {.arena = a};
    buf_addf(&b, "muster %s%s%s", whole ? whole->name : "", whole ? " " : "", c->name);
    if (!c->run && c->parts) buf_add(&b, " COMMAND");
    buf_add(&b, " [options]");
    for (const struct operand *o = c->operands; o && o->name; o++) {
        buf_addf(&b, " %s", operand_spelling(a, o));
    }
    return b.text;
}

void command_help(struct arena *a, const struct command *c, const struct command *whole,
                  struct buf *out)
{
    size_t column = meaning_column(a, c);
    buf_addf(out, "usage: %s\n\n", command_usage(a, c, whole));
    wrapped(
        out,
        text_format(a, "%s%s%s: %s", whole ? whole->name : "", whole ? " " : "", c->name, c->about),
        0);
    paragraphs(a, out, c->details);
    if (c->operands && c->operands->name) buf_add(out, "\narguments\n");
    for (const struct operand *o = c->operands; o && o->name; o++) {
        entry(out, o->name, o->help, column);
    }
    if (c->parts) buf_add(out, "\ncommands\n");
    for (const struct command *const *p = c->parts; p && *p; p++) {
        entry(out, (*p)->name, (*p)->about, column);
    }
    if (c->opts && c->opts->name) buf_add(out, "\noptions\n");
    for (const struct opt *o = c->opts; o && o->name; o++) {
        entry(out, opt_spelling(a, o), opt_meaning(a, o), column);
    }
    buf_add(out, "\noptions of every command\n");
    for (const struct opt *o = global_opts; o->name; o++) {
        if (command_heeds(c, o)) entry(out, opt_spelling(a, o), opt_meaning(a, o), column);
    }
    if (c->examples) buf_add(out, "\nexamples\n");
    for (const char *line = c->examples; line && *line;) {
        size_t len = strcspn(line, "\n");
        buf_add(out, "  ");
        buf_add_bytes(out, line, len);
        buf_add(out, "\n");
        line += len + (line[len] == '\n');
    }
}

void overview_help(const struct command *const *list, struct buf *out)
{
    size_t column = 0;
    wrapped(out,
            "muster keeps the book of a coalition's support: what is needed, what was promised, "
            "what is on its way and what arrived.",
            0);
    buf_add(out, "\nusage: muster COMMAND [options]\n");
    for (const struct command *const *c = list; *c; c++) column = wider(column, (*c)->name);
    for (enum group g = 0; g < GROUP_COUNT; g++) {
        bool any = false;
        for (const struct command *const *c = list; *c; c++) {
            if ((*c)->group != g) continue;
            if (!any) buf_addf(out, "\n%s\n", group_title(g));
            entry(out, (*c)->name, (*c)->about, column);
            any = true;
        }
    }
    buf_add(out, "\n'muster help COMMAND' says more; 'muster man' prints the manual.\n");
}

const char *group_title(enum group g)
{
    switch (g) {
    case GROUP_BOOK: return "a book";
    case GROUP_ASK: return "questions";
    case GROUP_ENTER: return "entries";
    case GROUP_OTHER: return "muster itself";
    case GROUP_COUNT: break;
    }
    return "";
}
