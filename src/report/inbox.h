/* inbox.h - candidates as rows, and what each repeats; see inbox/candidates.h. */
#ifndef MUSTER_REPORT_INBOX_H
#define MUSTER_REPORT_INBOX_H

#include "inbox/plan.h"
#include "inbox/relation.h"
#include "report/answer.h"

struct inbox_question {
    const char *state;    /* open, accepted, rejected, all */
    const char *kind;     /* support, need, figure, decision; NULL: any */
    const char *giver;    /* as read: "DEU"; NULL */
    const char *document; /* words of its title, address or file name; NULL */
    const char *again;    /* again_name(), or "yes": any restatement, "no": none; NULL */
    bool one;             /* only the candidate of that noun */
    uint32_t noun;
    int32_t effective; /* what was said later is left out */
    uint32_t skip;     /* rows left out first */
    uint32_t limit;    /* rows shown; 0: all */
};

struct inbox {
    const struct book *book;
    const struct candidates *all;
    const struct relation *relation;
    const struct catalogue *catalogue;
};

/* What waits, restatements first, each with its sentence, its reason and the entry it would make.
 */
struct answer *report_inbox(struct arena *a, const struct inbox *in,
                            const struct inbox_question *q);

/* Every pair that is called a restatement, with its reason. */
struct answer *report_pairs(struct arena *a, const struct inbox *in,
                            const struct inbox_question *q);

/* "DEU to UKR: 600000000 EUR announced on 2024-04-03", or what is missing. */
const char *plan_words(struct arena *a, const struct plan *plan);

#endif
