/*
 * host.h - commands that run inside another program of ours: the server.
 *
 * A command does not know who runs it. Where there is a host, it gives the
 * book (already folded, as its reader may see it), takes the answer before it
 * is rendered, and says what may be recorded. What a command would do with
 * the terminal, a signal or a file of this machine is left out then.
 */
#ifndef MUSTER_CLI_HOST_H
#define MUSTER_CLI_HOST_H

#include "cli/opened.h"

struct host {
    /* The store and the view of it for ctx; RC_ABSENT for a viewer or scenario that is not there.
     */
    enum rc (*open)(const struct host *h, struct context *ctx, struct opened *out, struct err *err);
    void (*close)(const struct host *h, struct opened *o);

    /* Every answer, as it is given; NULL: it is rendered to ctx->out. */
    void (*take)(const struct host *h, const struct context *ctx, const struct answer *w);

    /*
     * Whether that person may record this; RC_RULE with a sentence if not. Asked of every record
     * of a posting, before anything is written. `book` holds the posting already. NULL: all.
     */
    enum rc (*allow)(const struct host *h, const struct book *book, const struct record *r,
                     struct err *err);

    const char *viewer; /* whose eyes it has: a party's key; NULL: it sees everything */

    /* Whether the answer is still wanted; NULL: yes. */
    bool (*wanted)(const struct host *h);
    void *ctx;
};

#endif
