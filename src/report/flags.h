/* flags.h - rows that cannot be right, each with its rule and place. */
#ifndef MUSTER_REPORT_FLAGS_H
#define MUSTER_REPORT_FLAGS_H

#include "measure/doubts.h"
#include "report/answer.h"

struct flags_question {
    struct clocks at;
    const char *party;  /* key; NULL: any */
    const char *rule;   /* NULL: any */
    const char *series; /* that and those below it; NULL: any */
};

/*
 * flags: rule, party, place {file, sheet, row, column}, value, expected. First
 * what readers flagged, in the newest state of each series, in log order; then
 * what the rules of doubts.h find. RC_ABSENT for a party that is not there.
 */
MUST_CHECK enum rc report_flags(struct arena *a, struct book *b, const struct flags_question *q,
                                struct answer **out, struct err *err);

#endif
