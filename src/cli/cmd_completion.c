/*
 * cmd_completion.c - muster completion: scripts that let a shell complete
 * commands, options and their values, from the option tables.
 */
#include <string.h>

#include "base/text.h"
#include "cli/cmd.h"

struct completion_args {
    const char *shell;
};

/* One place where words are typed: a verb, or a part of one. */
struct spot {
    const struct command *command, *whole; /* whole NULL: a verb */
};

static bool takes_files(const struct command *c)
{
    for (const struct operand *o = c->operands; o && o->name; o++) {
        if (!strcmp(o->name, "FILE")) return true;
    }
    return false;
}

static bool is_file(const struct opt *o)
{
    return o->arg && (!strcmp(o->arg, "FILE") || !strcmp(o->arg, "URL"));
}

/* The text with `mark` before every character of `special`. */
static const char *escaped(struct arena *a, const char *text, const char *special, const char *mark)
{
    struct buf b = {.arena = a};
    buf_add(&b, "");
    for (; *text; text++) {
        if (strchr(special, *text)) buf_add(&b, mark);
        buf_add_bytes(&b, text, 1);
    }
    return b.text;
}

/* Inside single quotes of bash and zsh: ' is '\''. */
static const char *quotable(struct arena *a, const char *text)
{
    return escaped(a, text, "'", "'\\'");
}

/* Every spot, NULL-ended by its command. */
static struct spot *spots(struct arena *a, const struct command *const *list)
{
    size_t count = 1, at = 0;
    for (const struct command *const *c = list; *c; c++) {
        count++;
        for (const struct command *const *p = (*c)->parts; p && *p; p++) count++;
    }
    struct spot *all = NEW_ARRAY(a, count, struct spot);
    for (const struct command *const *c = list; *c; c++) {
        all[at++] = (struct spot){*c, NULL};
        for (const struct command *const *p = (*c)->parts; p && *p; p++) {
            all[at++] = (struct spot){*p, *c};
        }
    }
    return all;
}

static const char *spot_name(struct arena *a, const struct spot *s)
{
    if (!s->whole) return s->command->name;
    return text_format(a, "%s %s", s->whole->name, s->command->name);
}

/* --- bash --- */

static void bash_options(struct buf *b, const struct opt *opts, const struct command *c)
{
    for (const struct opt *o = opts; o && o->name; o++) {
        if (command_heeds(c, o)) buf_addf(b, " --%s", o->name);
    }
}

/* "--to|--from" of the options that take a value; nothing when there are none. */
static void bash_valued(struct buf *b, const struct opt *opts, bool *any)
{
    for (const struct opt *o = opts; o && o->name; o++) {
        if (o->type == OPT_SWITCH) continue;
        buf_addf(b, "%s--%s", *any ? "|" : "", o->name);
        if (o->letter) buf_addf(b, "|-%c", o->letter);
        *any = true;
    }
}

static void bash_values(struct arena *a, struct buf *b, const char *spot, const struct opt *opts)
{
    for (const struct opt *o = opts; o && o->name; o++) {
        if (o->type == OPT_SWITCH) continue;
        buf_addf(b, "    %s--%s)", spot, o->name);
        if (o->choices) {
            buf_addf(b, " COMPREPLY=($(compgen -W '%s' -- \"$cur\"));", quotable(a, o->choices));
        } else if (is_file(o)) {
            buf_add(b, " COMPREPLY=($(compgen -f -- \"$cur\"));");
        }
        buf_add(b, " return ;;\n");
    }
}

static void bash_script(struct arena *a, struct buf *b, const struct spot *all)
{
    bool any = false;
    buf_add(b, "# bash completion, made by 'muster completion bash'\n_muster()\n{\n"
               "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
               "    local verb='' part='' words='' files='' i\n"
               "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
               "        case ${COMP_WORDS[i]} in\n        ");
    bash_valued(b, global_opts, &any);
    for (const struct spot *s = all; s->command; s++) bash_valued(b, s->command->opts, &any);
    buf_add(b, ") ((i++)) ;;\n        -*) ;;\n"
               "        *) if [ -z \"$verb\" ]; then verb=${COMP_WORDS[i]}\n"
               "           elif [ -z \"$part\" ]; then part=${COMP_WORDS[i]}; fi ;;\n"
               "        esac\n    done\n    case $prev in\n");
    bash_values(a, b, "", global_opts);
    buf_add(b, "    esac\n    case \"$verb $prev\" in\n");
    for (const struct spot *s = all; s->command; s++) {
        if (!s->whole) {
            bash_values(a, b, text_format(a, "'%s '", s->command->name), s->command->opts);
        }
    }
    buf_add(b, "    esac\n    case \"$verb $part $prev\" in\n");
    for (const struct spot *s = all; s->command; s++) {
        if (s->whole) {
            bash_values(a, b, text_format(a, "'%s '", spot_name(a, s)), s->command->opts);
        }
    }
    buf_add(b, "    esac\n    case $verb in\n    '') words='");
    for (const struct spot *s = all; s->command; s++) {
        if (!s->whole) buf_addf(b, "%s ", s->command->name);
    }
    buf_add(b, "--help --version' ;;\n");
    for (const struct spot *s = all; s->command; s++) {
        if (s->whole) continue;
        buf_addf(b, "    %s) words='", s->command->name);
        for (const struct command *const *p = s->command->parts; p && *p; p++) {
            buf_addf(b, "%s ", (*p)->name);
        }
        bash_options(b, s->command->opts, s->command);
        bash_options(b, global_opts, s->command);
        buf_addf(b, "'%s ;;\n", takes_files(s->command) ? " files=yes" : "");
    }
    buf_add(b, "    esac\n    case \"$verb $part\" in\n");
    for (const struct spot *s = all; s->command; s++) {
        if (!s->whole) continue;
        buf_addf(b, "    '%s') words='", spot_name(a, s));
        bash_options(b, s->command->opts, s->command);
        bash_options(b, global_opts, s->command);
        buf_addf(b, "'%s ;;\n", takes_files(s->command) ? " files=yes" : "");
    }
    buf_add(b, "    esac\n    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
               "    if [ -n \"$files\" ] && [[ $cur != -* ]]; then\n"
               "        COMPREPLY=($(compgen -f -- \"$cur\"))\n    fi\n}\n"
               "complete -o filenames -F _muster muster\n");
}

/* --- zsh --- */

static void zsh_options(struct arena *a, struct buf *b, const struct opt *opts,
                        const struct command *c)
{
    for (const struct opt *o = opts; o && o->name; o++) {
        if (!command_heeds(c, o)) continue;
        const char *help = quotable(a, escaped(a, o->help, "[]:\\", "\\"));
        buf_addf(b, " \\\n            '%s--%s%s[%s]", o->type == OPT_LIST ? "*" : "", o->name,
                 o->type == OPT_SWITCH ? "" : "=", help);
        if (o->choices) {
            buf_addf(b, ":%s:(%s)", o->arg, quotable(a, o->choices));
        } else if (o->type != OPT_SWITCH) {
            buf_addf(b, ":%s:%s", o->arg, is_file(o) ? "_files" : " ");
        }
        buf_add(b, "'");
    }
}

/* "total:what reached a boundary", as _describe takes it. */
static const char *zsh_described(struct arena *a, const struct command *c)
{
    const char *about = quotable(a, escaped(a, c->about, ":\\", "\\"));
    return text_format(a, "%s:%s", c->name, about);
}

static void zsh_arguments(struct arena *a, struct buf *b, const struct command *c)
{
    buf_add(b, "_arguments");
    zsh_options(a, b, c->opts, c);
    zsh_options(a, b, global_opts, c);
    buf_addf(b, " \\\n            '*:word:%s' ;;\n", takes_files(c) ? "_files" : " ");
}

static void zsh_script(struct arena *a, struct buf *b, const struct spot *all)
{
    buf_add(b, "#compdef muster\n# zsh completion, made by 'muster completion zsh'\n"
               "_muster()\n{\n    local -a names\n    local state line\n"
               "    _arguments -C '1:command:->verb' '*::word:->rest' && return\n"
               "    if [[ $state == verb ]]; then\n        names=(");
    for (const struct spot *s = all; s->command; s++) {
        if (!s->whole) buf_addf(b, "\n            '%s'", zsh_described(a, s->command));
    }
    buf_add(b, ")\n        _describe command names\n        return\n    fi\n"
               "    case \"$words[1] $words[2]\" in\n");
    for (const struct spot *s = all; s->command; s++) {
        if (!s->whole) continue;
        buf_addf(b, "    '%s')\n        shift words; ((CURRENT--))\n        ", spot_name(a, s));
        zsh_arguments(a, b, s->command);
    }
    for (const struct spot *s = all; s->command; s++) {
        if (s->whole) continue;
        buf_addf(b, "    '%s '*)\n        ", s->command->name);
        if (s->command->parts) {
            buf_add(b, "names=(");
            for (const struct command *const *p = s->command->parts; *p; p++) {
                buf_addf(b, "'%s' ", zsh_described(a, *p));
            }
            buf_add(b, ")\n        ((CURRENT == 2)) && _describe command names\n        ");
        }
        zsh_arguments(a, b, s->command);
    }
    buf_add(b, "    esac\n}\n"
               "if [ \"$funcstack[1]\" = _muster ]; then _muster \"$@\"; "
               "else compdef _muster muster; fi\n");
}

/* --- fish --- */

static const char *fish_quoted(struct arena *a, const char *text)
{
    return escaped(a, text, "'\\", "\\");
}

static void fish_options(struct arena *a, struct buf *b, const struct opt *opts,
                         const struct command *c, const char *when)
{
    for (const struct opt *o = opts; o && o->name; o++) {
        if (!command_heeds(c, o)) continue;
        buf_addf(b, "complete -c muster -n '%s' -l %s", when, o->name);
        if (o->letter) buf_addf(b, " -s %c", o->letter);
        if (o->type != OPT_SWITCH) buf_add(b, is_file(o) ? " -rF" : " -x");
        if (o->choices) buf_addf(b, " -a '%s'", fish_quoted(a, o->choices));
        buf_addf(b, " -d '%s'\n", fish_quoted(a, o->help));
    }
}

static void fish_script(struct arena *a, struct buf *b, const struct spot *all)
{
    buf_add(b, "# fish completion, made by 'muster completion fish'\ncomplete -c muster -f\n");
    for (const struct spot *s = all; s->command; s++) {
        const struct command *c = s->command;
        const char *where = s->whole
                                ? text_format(a, "__fish_seen_subcommand_from %s", s->whole->name)
                                : "__fish_use_subcommand";
        const char *when = text_format(a, "%s%s__fish_seen_subcommand_from %s",
                                       s->whole ? where : "", s->whole ? "; and " : "", c->name);
        buf_addf(b, "complete -c muster -n '%s' -a %s -d '%s'\n", where, c->name,
                 fish_quoted(a, c->about));
        if (takes_files(c)) buf_addf(b, "complete -c muster -n '%s' -F\n", when);
        fish_options(a, b, c->opts, c, when);
        fish_options(a, b, global_opts, c, when);
    }
}

static int run(struct context *ctx, const void *given)
{
    const struct completion_args *args = given;
    struct buf b = {.arena = ctx->arena};
    const struct spot *all = spots(ctx->arena, ctx->commands);
    if (!strcmp(args->shell, "bash")) {
        bash_script(ctx->arena, &b, all);
    } else if (!strcmp(args->shell, "zsh")) {
        zsh_script(ctx->arena, &b, all);
    } else if (!strcmp(args->shell, "fish")) {
        fish_script(ctx->arena, &b, all);
    } else {
        return cmd_misuse(ctx, "no completion for '%.60s'; there is bash, zsh and fish",
                          args->shell);
    }
    out_bytes(ctx->out, b.text, b.len);
    return EXIT_DONE;
}

const struct command cmd_completion = {
    .name = "completion",
    .group = GROUP_OTHER,
    .about = "print a script that lets a shell complete muster's commands",
    .details = "bash: put the script into ~/.local/share/bash-completion/completions/muster. "
               "zsh: into a file _muster in a directory of $fpath. "
               "fish: into ~/.config/fish/completions/muster.fish.",
    .operands =
        (const struct operand[]){
            {"SHELL", INTO(struct completion_args, shell), .help = "bash, zsh or fish"},
            {0},
        },
    .args_size = sizeof(struct completion_args),
    .run = run,
};
