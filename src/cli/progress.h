/*
 * progress.h - one line on stderr while something long goes on, and Ctrl-C.
 *
 * Drawn only when stderr is a terminal and --no-progress was not given, at
 * most ten times a second; wiped at the end, so that it is never part of what
 * was said. Ctrl-C sets a flag that long loops see through their watch; a
 * second one ends the program at once.
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
    struct watch watch; /* give &p.watch to the layers below */
};

/* The progress must stay where it is while its watch is used. */
void progress_begin(struct progress *p, const struct context *ctx, const char *what);
void progress_end(struct progress *p);

/* Have Ctrl-C set the flag instead of ending the program; the second one ends it. */
void interrupt_catch(void);

/* Whether Ctrl-C was pressed. */
bool interrupted(void);

#endif
