/* check.h - figures of public statements against the book, as rows. */
#ifndef MUSTER_REPORT_CHECK_H
#define MUSTER_REPORT_CHECK_H

#include "measure/claims.h"
#include "report/answer.h"

/* One figure that was said, and what the book makes of it. */
struct checked {
    const char *document; /* NULL: typed */
    const char *speaker;  /* NULL: not known */
    const char *quote;    /* the words that carry it */
    int32_t day;          /* DAY_MAX: not known */
    bool ranged;          /* start and end are bytes of the document */
    size_t start, end;
    bool counted; /* low, high, unit and bound are said */
    struct dec low, high;
    const char *unit; /* NULL: none */
    enum claim_bound bound;
    const struct claim *claim; /* NULL: none that a book can measure; then answer is verdict, why */
    struct claim_answer answer;
};

struct check_question {
    const struct checked *list;
    uint32_t count;
    uint32_t without; /* statements left out because they carry no figure */
    bool rows;        /* the rows behind, as a table for people; JSON has them always */
};

/* claims: quote, said, unit, then, now, all_givers, verdict, why, rows, and where it stands. */
struct answer *report_check(struct arena *a, const struct exchange *x,
                            const struct check_question *q);

#endif
