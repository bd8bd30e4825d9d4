/*
 * cmd.h - what a command is, and what it is given to run with.
 *
 * A command is data and one function. Write cmd_VERB.c with a constant
 * `cmd_VERB`, add its line to commands.c, and it has parsing, --help, a man
 * page and completion. It reads the context, does its work through the layers
 * below, hands an answer to cmd_answer() and returns an exit code.
 */
#ifndef MUSTER_CLI_CMD_H
#define MUSTER_CLI_CMD_H

#include <stdio.h>

#include "base/watch.h"
#include "cli/opt.h"
#include "cli/out.h"
#include "cli/progress.h"
#include "report/answer.h"

struct book;

#define MUSTER_VERSION "0.1.0"

/* Exit codes; documented in muster(1). A bug aborts. */
enum {
    EXIT_DONE = 0,
    EXIT_FINDING = 1, /* a check failed, nothing by that name, the book's rules say no */
    EXIT_USAGE = 2,
    EXIT_INPUT = 3, /* a file or value is not what it claims to be */
    EXIT_STORE = 4, /* disk, database, network, or the answer could not be written */
    EXIT_INTERRUPTED = 130,
};

/*
 * Which options of every command a command heeds. Giving one that it does not
 * heed is refused: an --as that changed nothing would be a leak.
 */
enum uses {
    USES_STORE = 1,     /* --store */
    USES_ANSWER = 2,    /* --json, --csv, --xlsx */
    USES_CLOCKS = 4,    /* --effective, --known */
    USES_EYES = 8,      /* --as */
    USES_MONEY = 16,    /* --currency, --rates */
    USES_AUTHOR = 32,   /* --author */
    USES_PROGRESS = 64, /* --no-progress */
    USES_BRANCH = 128,  /* --scenario */
    USES_REQUEST = 256  /* --request */
};
enum {
    USES_QUESTION =
        USES_STORE | USES_ANSWER | USES_CLOCKS | USES_EYES | USES_PROGRESS | USES_BRANCH,
    USES_ENTRY =
        USES_STORE | USES_ANSWER | USES_AUTHOR | USES_PROGRESS | USES_BRANCH | USES_REQUEST,
};

struct host; /* host.h */

/* What every command gets. */
struct context {
    struct arena *arena;                   /* of this run; everything may live in it */
    const struct command *const *commands; /* every verb: `commands`, or a test's */

    /* options of every command; NULL where not given and without fallback */
    const char *store, *as, *currency, *rates, *author, *effective, *known, *scenario, *request;
    bool json, csv, xlsx, no_progress, help, version;

    int32_t effective_day; /* inclusive; DAY_MAX when not given */
    int64_t known_ms;      /* inclusive; INT64_MAX when not given */

    const char *words; /* the command as it was typed, a word a line */

    const struct book *asked; /* the book of the last view that was opened, or NULL */
    int64_t asked_ms;         /* its last record, where that book has gone */

    int64_t (*now_ms)(void); /* the instant to record; clock.h, or a test's */
    const struct host *host; /* who runs the command, if it is not a person's own process; NULL */
    bool borrows; /* `as` was set by the command itself, for a part of its work: a host heeds it */
    struct out *out;  /* answers */
    struct out *talk; /* everything else: stderr */
};

enum group { GROUP_BOOK, GROUP_ASK, GROUP_ENTER, GROUP_OTHER, GROUP_COUNT };

struct command {
    const char *name;
    enum group group;     /* under which heading `muster help` lists it */
    const char *about;    /* one line, lower case, no full stop */
    const char *details;  /* paragraphs with an empty line between; or NULL */
    const char *examples; /* lines to type; one with "# " in front explains the next; or NULL */
    const struct operand *operands; /* or NULL */
    const struct opt *opts;         /* or NULL */
    unsigned uses;
    bool passes_on;   /* what follows the first word is another command's: no option of ours */
    size_t args_size; /* of the struct that operands and opts fill, zeroed before */

    /* NULL where only the parts do something. */
    int (*run)(struct context *ctx, const void *args);

    /*
     * NULL-ended: "add" of `muster party add`; or NULL. A first word that
     * names no part is an operand of the verb itself, if that has a run.
     */
    const struct command *const *parts;
};

/* Every verb, NULL-ended: commands.c. */
extern const struct command *const commands[];

/* The options of every command. */
extern const struct opt global_opts[];

/* Parse, run, and say what went wrong; the exit code. Writes of the answer are checked by the
 * caller. */
int cmd_main(struct context *ctx, int argc, char **argv);

/* --- for commands --- */

/* Print the answer as the person asked for it; EXIT_DONE, or EXIT_STORE after saying why. */
int cmd_answer(struct context *ctx, const struct answer *w);

/* The same as a workbook, whatever was asked for. */
int cmd_workbook(struct context *ctx, const struct answer *w);

/* Whether a program or a spreadsheet reads the answer: then nothing of it is left out. */
bool cmd_whole(const struct context *ctx);

/* Say what was refused, on talk; returns the exit code for err->code. */
int cmd_refuse(struct context *ctx, const struct err *err);

/* Say how the command was used wrongly; returns EXIT_USAGE. */
int cmd_misuse(struct context *ctx, const char *fmt, ...) PRINTF(2);

/* RC_RULE and RC_ABSENT 1, RC_INPUT 3, RC_STORE 4. */
int exit_code(enum rc rc);

/* --- for help, man and completion --- */

/* Whether an option of every command means something to this one. */
bool command_heeds(const struct command *c, const struct opt *o);

/* NULL when there is none of that name. */
const struct command *command_named(const struct command *const *list, const char *name);

/* "muster total [options] [FILE...]" */
const char *command_usage(struct arena *a, const struct command *c, const struct command *whole);

/* Everything about one command, as text for a terminal. `whole` is the verb it is a part of, or
 * NULL. */
void command_help(struct arena *a, const struct command *c, const struct command *whole,
                  struct buf *out);

/* The heading of a group: "questions". */
const char *group_title(enum group g);

/* What `muster` alone prints: every verb with its line. */
void overview_help(const struct command *const *list, struct buf *out);

#endif
