/* cmd_history.c - muster history: the life of one line or package. */
#include "report/history.h"

#include "cli/opened.h"

struct history_args {
    const char *line;
};

static int run(struct context *ctx, const void *given)
{
    const struct history_args *args = given;
    struct opened o;
    struct err err = {0};
    struct answer *w;
    int code = opened_begin(ctx, false, &o);
    if (code) return code;
    enum rc rc = report_history(ctx->arena, &o.view, args->line, &o.exchange.at, &w, &err);
    code = rc ? cmd_refuse(ctx, &err) : cmd_answer(ctx, w);
    opened_end(&o);
    return code;
}

const struct command cmd_history = {
    .name = "history",
    .group = GROUP_ASK,
    .about = "the life of a line or package, and who says so",
    .details =
        "A line is named by its key or by the id of its record; so is a package, which is told"
        " with all its lines. The key or id of an entry or value tells of what it belongs to."
        " Entries come in the order in which they were recorded: one that is taken back stays,"
        " with the entry that takes it back and its reason.\n\n"
        "JSON: line or package, name, giver, receiver, item, stands (line, stage, quantity,"
        " unit), fields (field, value), versions (version, id, recorded, stated, author,"
        " changed: field, from, to; why, evidence, address), entries (id, key, line, day,"
        " precision, from, to, quantity, unit, confirmed, reverses, reversed_by, recorded,"
        " author, why, evidence, address), values, statements. CSV: the entries.",
    .examples = "muster history fts:211794\n# one flow of FTS\n"
                "muster history kiel:r07:UKM6 --known 2026-01-01\n"
                "# a package of the tracker as the book knew it then\n",
    .operands =
        (const struct operand[]){
            {"LINE", INTO(struct history_args, line), .help = "key or id of a line or package"},
            {0},
        },
    .uses = USES_QUESTION,
    .args_size = sizeof(struct history_args),
    .run = run,
};
