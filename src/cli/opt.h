/*
 * opt.h - options as data.
 *
 * A command describes what it takes in two constant tables: options and
 * operands. The parser, --help, the man page and shell completion all read
 * them, so the four cannot drift apart. Each entry says which member of the
 * command's own struct it fills; the member's type says what it takes:
 *
 *     struct total_args {
 *         const char *boundary;  // a text: the last one given
 *         struct texts by;       // a list: may be given again and again
 *         bool confirmed;        // a switch
 *     };
 *     static const struct opt opts[] = {
 *         {"boundary", INTO(struct total_args, boundary), .arg = "RULE", .help = "..."},
 *         {"by", INTO(struct total_args, by), .arg = "WHAT", .help = "..."},
 *         {"confirmed", INTO(struct total_args, confirmed), .help = "..."},
 *         {0},
 *     };
 *
 * A wrong type of member does not compile. Texts are borrowed from argv and
 * the environment.
 */
#ifndef MUSTER_CLI_OPT_H
#define MUSTER_CLI_OPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

struct texts {
    const char **at;
    uint32_t count, room;
};

enum opt_type { OPT_SWITCH, OPT_TEXT, OPT_LIST };

/* The target of an option or operand: a member of the command's struct, and how to fill it. */
#define INTO(args, member)                                                                         \
    .type = _Generic(((args *)0)->member, bool                                                     \
                     : OPT_SWITCH, const char *                                                    \
                     : OPT_TEXT, struct texts                                                      \
                     : OPT_LIST),                                                                  \
    .at = offsetof(args, member)

struct opt {
    const char *name; /* without the dashes; NULL ends the table */
    enum opt_type type;
    size_t at;
    char letter;          /* of the short form, or 0 */
    const char *arg;      /* what the value is called: "FILE" completes file names */
    const char *help;     /* lower case, no full stop */
    const char *choices;  /* the only values taken, with spaces between; NULL: any */
    const char *env;      /* environment variable that stands in when the option is not given */
    const char *fallback; /* the value when neither is given; NULL stays NULL */
    unsigned uses;        /* for options of every command: see enum uses in cmd.h */
};

struct operand {
    const char *name;   /* "FILE"; NULL ends the table */
    enum opt_type type; /* a list takes all that are left, and comes last */
    size_t at;
    bool optional; /* a list: may be empty */
    const char *help;
};

/* A table of options and the struct that it fills. */
struct opt_table {
    const struct opt *opts;
    void *into;
};

/* What remains to be parsed. */
struct argv {
    char **at;
    int count;
};

/*
 * Take options from the tables until the first word that is none, or, with
 * `words`, all options and words; "--" ends the options. A text that starts
 * with "--" is taken as a value only after "=". "-5" is a word.
 * RC_INPUT and a sentence for a person, and then nothing may be used.
 */
MUST_CHECK enum rc opt_parse(struct arena *a, struct argv *argv, const struct opt_table *tables,
                             uint32_t table_count, struct texts *words, struct err *err);

/* What was not given: from the environment, else the fallback. */
MUST_CHECK enum rc opt_defaults(const struct opt *opts, void *into, struct err *err);

/* Hand out the words; RC_INPUT when there are too few or too many. */
MUST_CHECK enum rc operand_take(const struct operand *operands, const struct texts *words,
                                struct arena *a, void *into, struct err *err);

/* Whether an option was given (a switch on, a text or list not empty). */
bool opt_given(const struct opt *o, const void *into);

void texts_add(struct texts *t, struct arena *a, const char *text);

/* " (did you mean '--by'?)" for the nearest of the names, or "" when none is near. */
const char *did_you_mean(struct arena *a, const char *prefix, const char *given,
                         const struct texts *names);

/* "--by WHAT", "-n, --dry-run": how an option is written. */
const char *opt_spelling(struct arena *a, const struct opt *o);

/* "FILE...", "[PARTY]": how an operand is written. */
const char *operand_spelling(struct arena *a, const struct operand *o);

/* The help with choices, variable and fallback in words. */
const char *opt_meaning(struct arena *a, const struct opt *o);

#endif
