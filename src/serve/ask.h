/*
 * ask.h - a command, run for a visit.
 *
 * The command line and the server answer with the same code: the words of the
 * command go in, its answer or its refusal comes out. The view is the
 * visit's; a command that records folds the book anew, as that person may see
 * it, so that it stands on what is there now.
 */
#ifndef MUSTER_SERVE_ASK_H
#define MUSTER_SERVE_ASK_H

#include "serve/site.h"

/* Beside the exit codes of commands: not now. Planning takes a processor for seconds. */
enum { EXIT_BUSY = 75 };

struct told {
    int code;                    /* exit code: EXIT_DONE, EXIT_FINDING, ... */
    const struct answer *answer; /* NULL when there is none; lives as long as the visit */
    const char *json;            /* in its place, of a command that records */
    const char *said;            /* what it printed otherwise */
    const char *why;             /* what it said on stderr, without "muster: " and the line end */
};

/* The words without "muster". The clocks and the scenario of the visit are added. */
void ask_words(struct visit *v, const struct texts *words, struct told *out);

/*
 * The same from a line like "position --by item --donor={donor}": a word with
 * a {name} takes the visit's parameter of that name, and is left out where the
 * visit has none ({name|word}: takes that word); "--open={open?}" is the switch
 * --open, where it has one.
 * Nothing that a visit brings is ever read as a second word, and operands
 * stand behind a "--", so that none is read as an option.
 */
void ask(struct visit *v, const char *line, struct told *out);

/* One word of such a line, filled in; NULL when it is left out. */
const char *ask_word(const struct visit *v, const char *word);

/* What somebody looked at before deciding something about it. */
struct about {
    enum kind kind;
    const char *key;
    uint64_t seen; /* head of the viewer's book then */
};

/*
 * Run a command that records, as the visit's person: as far as its role and
 * party go (rights.h), and only if nobody changed what it is about (NULL:
 * nothing) meanwhile; else EXIT_FINDING, and `why` says what changed.
 */
void ask_record(struct visit *v, const struct texts *words, const struct about *about,
                struct told *out);

/* The store of the visit's worker, opened if need be. */
MUST_CHECK enum rc visit_store(struct visit *v, struct store **out, struct err *err);

/* 200, 400, 404, 422, 500, 503 for an exit code. */
int ask_status(int code);

#endif
