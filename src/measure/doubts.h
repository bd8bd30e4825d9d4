/*
 * doubts.h - what the book itself shows cannot be right.
 *
 * A reader flags rows while it reads them; these rules need the whole book.
 * Some look at one record or line, others compare what a publisher computed
 * with what its own rows come to: such figures are compared, never used.
 * A publisher's figure is compared only in its newest state as known, and
 * only if all that it sums is in the book.
 */
#ifndef MUSTER_MEASURE_DOUBTS_H
#define MUSTER_MEASURE_DOUBTS_H

#include "measure/money.h"

struct doubt_rule {
    const char *name;  /* stable: "page-total-differs" */
    const char *about; /* one line, lower case */
};

/* The rules, in the order they are applied; ended by a NULL name. */
extern const struct doubt_rule doubt_rules[];

struct doubt {
    const char *rule;
    uint32_t party;   /* noun, NONE */
    uint64_t passage; /* evidence of what is doubted, 0 */
    const char *series;
    const char *what; /* which part: a key, and a measure or field */
    const char *value, *expected;
};

/* Called in a fixed order; the doubt is borrowed for the call, its texts live in the arena. */
typedef void doubt_fn(void *ctx, const struct doubt *d);

/* Every doubt as known, on entries and figures effective by the day. */
void measure_doubts(struct arena *a, struct book *b, const struct clocks *at, doubt_fn *fn,
                    void *ctx);

#endif
