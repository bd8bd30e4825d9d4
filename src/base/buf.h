/*
 * buf.h - text that grows inside an arena.
 *
 * Always NUL-terminated; never NULL once anything was added. The text is
 * borrowed from the arena: nothing to free.
 */
#ifndef MUSTER_BASE_BUF_H
#define MUSTER_BASE_BUF_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

struct buf {
    struct arena *arena;
    char *text;
    size_t len, room; /* room counts the NUL */

    /* Where the text goes now and then instead of growing on; NULL: nowhere. See buf_drain(). */
    void (*drain)(void *ctx, const char *bytes, size_t len);
    void *drain_ctx;
};

/* Hand on what is there, if it is much and somebody takes it: the buffer is empty then. */
void buf_drain(struct buf *b);

/* Room for len more bytes behind the text, to be written by the caller, who then adds to b->len. */
char *buf_room(struct buf *b, size_t len);

void buf_add(struct buf *b, const char *text);
void buf_add_bytes(struct buf *b, const char *bytes, size_t len);
void buf_addf(struct buf *b, const char *fmt, ...) PRINTF(2);

#endif
