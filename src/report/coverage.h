/* coverage.h - what is asked for against what came and what is to come, as rows. */
#ifndef MUSTER_REPORT_COVERAGE_H
#define MUSTER_REPORT_COVERAGE_H

#include "measure/coverage.h"
#include "report/answer.h"

enum coverage_by {
    COVERAGE_BY_NEED,
    COVERAGE_BY_RECEIVER,
    COVERAGE_BY_ITEM,
    COVERAGE_BY_CLASS,
    COVERAGE_BY_COUNT
};

/* COVERAGE_BY_COUNT when there is none of that name. */
enum coverage_by coverage_by_named(const char *name);

struct coverage_shown {
    enum coverage_by by;
    const char *need; /* only that one; NULL: all */
    bool open;        /* only needs of which something is missing, or what keeps it going */
};

/*
 * rows by need: need, receiver, item, unit, due, asked, delivered, on_way,
 * promised (by the day), after, no_date, missing, complete, covered_percent,
 * status; by anything else: needs by status, and quantities where all are of
 * one item. keeping: what keeps systems going. Head: as_of, reached, months,
 * counts of needs by status. RC_ABSENT when the need asked for is not in the
 * book.
 */
MUST_CHECK enum rc report_coverage(struct arena *a, const struct book *b,
                                   const struct coverage_question *q,
                                   const struct coverage_shown *shown, struct answer **out,
                                   struct err *err);

#endif
