/*
 * out.h - a stream that remembers that a write failed.
 *
 * A full disk or a closed pipe must not look like an answer: the first error
 * is kept, later writes do nothing, and out_close() says it, so that the
 * program ends with exit 4 and a sentence.
 */
#ifndef MUSTER_CLI_OUT_H
#define MUSTER_CLI_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/err.h"
#include "report/answer.h"

struct out {
    FILE *file;
    bool terminal; /* somebody is looking */
    bool dumb;     /* a terminal that can only print onwards */
    struct look look;
    int error; /* errno of the first write that failed, or 0 */
};

/* What the stream is, from the descriptor and TERM, NO_COLOR, LC_ALL, LC_CTYPE, LANG. */
struct out out_of(FILE *file);

void out_bytes(struct out *o, const char *bytes, size_t len);
void out_text(struct out *o, const char *text);
void outf(struct out *o, const char *fmt, ...) PRINTF(2);

/* Flush; RC_STORE with a sentence when anything was not written. */
MUST_CHECK enum rc out_flush(struct out *o, struct err *err);

/* The same, and close: some disks say only then that they are full. */
MUST_CHECK enum rc out_close(struct out *o, struct err *err);

#endif
