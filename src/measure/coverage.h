/*
 * coverage.h - what is asked for against what came and what is to come: enough, and in time?
 *
 * What was delivered comes on its day. What has reached the stage asked about
 * and is not there yet is expected on the last day of its promised window, and
 * not before today; without a window nobody can say when, and it meets nothing.
 *
 * Each quantity meets one need at most: the one that its line is for (F_NEED),
 * else needs of its receiver for that item, for one above it in the catalogue,
 * or for one that it may stand in for; the earliest due first, then by priority.
 * What came before a need was asked is no answer to it, unless its line says so.
 * A need for so much a month is a need a month.
 */
#ifndef MUSTER_MEASURE_COVERAGE_H
#define MUSTER_MEASURE_COVERAGE_H

#include "book/book.h"

struct coverage_question {
    struct clocks at;
    int32_t today;        /* what is overdue is expected today at the earliest */
    enum stage reached;   /* what counts as promised: at least this; above dispatched: deliveries */
    const char *receiver; /* only its needs; a party's key, or NULL */
};

enum coverage_status { COVERAGE_IN_TIME, COVERAGE_LATE, COVERAGE_PART, COVERAGE_NONE };

struct coverage_row {
    uint32_t need, item; /* nouns */
    int32_t due;         /* of what is asked every month: the last month's; DAY_MAX: no day */
    i128 asked;          /* parts of the need's item, over all months; so are the others */
    i128 in_time, late, missing;
    enum coverage_status status;
};

struct coverage {
    struct coverage_row *rows; /* by due day, then as the book met them */
    uint32_t count;
    uint32_t of[COVERAGE_NONE + 1]; /* rows by status */
    uint32_t keeping;               /* needs that keep others going: not counted here */
    uint32_t undated;               /* lines that promise something asked for, and no day */
};

const char *coverage_name(enum coverage_status s);

/* RC_ABSENT when the receiver is not in the book. */
MUST_CHECK enum rc measure_coverage(struct arena *a, const struct book *b,
                                    const struct coverage_question *q, struct coverage *out,
                                    struct err *err);

#endif
