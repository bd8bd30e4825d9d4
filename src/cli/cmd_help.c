/* cmd_help.c - muster help: what commands there are, and what one does. */
#include "cli/cmd.h"

struct help_args {
    const char *verb, *part;
};

static int run(struct context *ctx, const void *given)
{
    const struct help_args *args = given;
    struct buf b = {.arena = ctx->arena};
    const struct command *whole = NULL, *c = NULL;
    if (!args->verb) {
        overview_help(ctx->commands, &b);
    } else {
        c = command_named(ctx->commands, args->verb);
        if (c && args->part) {
            whole = c;
            c = command_named(c->parts, args->part);
        }
        if (!c) {
            return cmd_misuse(ctx, "no command '%.60s%s%.60s'; 'muster help' lists them",
                              args->verb, args->part ? " " : "", args->part ? args->part : "");
        }
        command_help(ctx->arena, c, whole, &b);
    }
    out_bytes(ctx->out, b.text, b.len);
    return EXIT_DONE;
}

const struct command cmd_help = {
    .name = "help",
    .group = GROUP_OTHER,
    .about = "what commands there are, and what one of them does",
    .operands =
        (const struct operand[]){
            {"COMMAND", INTO(struct help_args, verb), .optional = true, .help = "the command"},
            {"PART", INTO(struct help_args, part), .optional = true,
             .help = "a command of that command, such as 'add'"},
            {0},
        },
    .args_size = sizeof(struct help_args),
    .run = run,
};
