/* opened.h - a command's store and the view of it that its options ask for. */
#ifndef MUSTER_CLI_OPENED_H
#define MUSTER_CLI_OPENED_H

#include "cli/cmd.h"
#include "measure/money.h"
#include "view/view.h"

struct opened {
    struct store *store;
    struct view view;
    const struct host *host;  /* who lent it; NULL */
    struct exchange exchange; /* the book, the clocks and the currency of a question */
};

/*
 * Open ctx->store and fold it. `create` makes a file that is not there; a
 * question does not. On failure everything is closed and the sentence is said:
 * the exit code, or EXIT_DONE.
 */
int opened_begin(struct context *ctx, bool create, struct opened *out);
/* The same for a question of report/sums.h alone: its book may be one of the sums. */
int opened_sums(struct context *ctx, struct opened *out);
void opened_end(struct opened *o);

/*
 * The key of a party as typed: a key of the book, else a known name or alias
 * ("Germany", "NATO"). What nobody knows is returned as it is.
 */
const char *opened_party(const struct opened *o, const char *typed);

/*
 * The key of a group as typed. "EU" is a party and also what people call its
 * members: where a group is asked for, the members are meant.
 */
const char *opened_group(const struct opened *o, const char *typed);

#endif
