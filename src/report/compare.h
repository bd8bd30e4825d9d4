/* compare.h - scenarios side by side: needs met, what is missing, who carries it. */
#ifndef MUSTER_REPORT_COMPARE_H
#define MUSTER_REPORT_COMPARE_H

#include "measure/burden.h"
#include "measure/coverage.h"
#include "report/answer.h"

/* One branch of the book, measured. */
struct compared {
    const char *name; /* "base" for the book itself */
    const struct book *book;
    struct coverage coverage;
    struct burden burden;
    bool planned;            /* whether a plan was made of it */
    double objective, bound; /* of that */
};

/*
 * scenarios: scenario, needs, in_time, late, in_part, not_at_all, support, objective, bound; needs:
 * need, item, unit, due, and by scenario asked, in_time, late, missing; burden: party, and by
 * scenario total.
 */
struct answer *report_compare(struct arena *a, const struct compared *list, uint32_t count);

#endif
