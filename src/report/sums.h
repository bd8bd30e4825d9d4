/* sums.h - the sums that the book keeps, as rows: large books answer these at once. */
#ifndef MUSTER_REPORT_SUMS_H
#define MUSTER_REPORT_SUMS_H

#include "measure/slice.h"
#include "report/answer.h"

enum sums_by {
    SUMS_DONOR,   /* money by donor and stage */
    SUMS_ITEM,    /* quantities by item and stage */
    SUMS_MONTH,   /* what was delivered, by month and the item above all others */
    SUMS_SHARE,   /* what was delivered, by donor, and its part of all */
    SUMS_OPEN,    /* open promises by donor */
    SUMS_QUARTER, /* what part of promises came, by donor and the quarter they began in */
    SUMS_BY_COUNT
};

/* SUMS_BY_COUNT when there is none of that name. */
enum sums_by sums_by_named(const char *name);

struct sums_question {
    enum sums_by by;
    int32_t today; /* on which promises are as old as is said */
    bool check;    /* go over the entries too: RC_STORE where they come to something else */
};

/* RC_INPUT when the amounts share no currency, RC_ABSENT when a rate is missing. */
MUST_CHECK enum rc report_sums(struct arena *a, const struct exchange *x,
                               const struct sums_question *q, struct answer **out, struct err *err);

#endif
