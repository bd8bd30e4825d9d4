/*
 * progress.h - one line on stderr while something long goes on, and Ctrl-C.
 *
 * Drawn only when stderr is a terminal and --no-progress was not given, at
 * most ten times a second; wiped at the end, so that it is never part of what
 * was said.
 *
 * Between begin and end Ctrl-C sets a flag that the loop sees through its
 * watch, so that it can leave things tidy and say what it did; a second one
 * ends the program at once. At other times the first one does.
 */
#ifndef MUSTER_CLI_PROGRESS_H
#define MUSTER_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/watch.h"

struct context;

struct progress {
    struct out *to;   /* NULL: silent */
    const char *what; /* "reading release-07.xlsx" */
    int64_t start_ms, shown_ms;
    bool shown;
    const struct host *host; /* whose signals are not ours to catch; NULL */
    struct watch watch;      /* give &p.watch to the layers below */
};

/* The progress must stay where it is while its watch is used. */
void progress_begin(struct progress *p, const struct context *ctx, const char *what);
void progress_end(struct progress *p);

/* Have Ctrl-C set the flag; and no longer. progress_begin() and progress_end() do this. */
void interrupt_catch(void);
void interrupt_release(void);

/* Whether Ctrl-C was pressed. */
bool interrupted(void);

#endif
