/*
 * total.h - the rows of the money questions: total, burden, late, and what is
 * behind a figure. Each fills one answer, for every face.
 */
#ifndef MUSTER_REPORT_TOTAL_H
#define MUSTER_REPORT_TOTAL_H

#include "measure/burden.h"
#include "measure/total.h"
#include "report/answer.h"
#include "view/view.h"

/* rows: by, name, incoming. Head: boundary, currency, incoming ... naive. */
MUST_CHECK enum rc report_total(struct arena *a, const struct exchange *x,
                                const struct total_question *q, struct answer **out,
                                struct err *err);

/* rows: party, name, financial, humanitarian, military, total, gdp_percent, key_share, gap. */
MUST_CHECK enum rc report_burden(struct arena *a, const struct exchange *x,
                                 const struct burden_question *q, struct answer **out,
                                 struct err *err);

/*
 * One party's burden by each key of which it has a figure, or by q->key alone. rows: key, table,
 * financial, humanitarian, military, total, gdp_percent, key_percent, key_share, gap.
 */
MUST_CHECK enum rc report_burden_keys(struct arena *a, const struct exchange *x,
                                      const struct burden_question *q, const char *party,
                                      struct answer **out, struct err *err);

/*
 * The same in things: donor, item, name, unit, quantity, of_all, key_share, gap. party NULL: all.
 * Without q->key, a party's first key is taken (gdp, where it has one).
 */
MUST_CHECK enum rc report_things(struct arena *a, const struct exchange *x,
                                 const struct burden_question *q, const char *party,
                                 struct answer **out, struct err *err);

/*
 * Every amount that passes a boundary, with how it passes, whether it was
 * added and why not, and the passage that says so. `row` (NULL: all) keeps
 * those that fall into that row of q->by.
 */
MUST_CHECK enum rc report_explain_total(struct arena *a, const struct view *v,
                                        const struct exchange *x, const struct total_question *q,
                                        const char *row, struct answer **out, struct err *err);

/* Every amount that the burden of a party (key; NULL: of all) counts. */
MUST_CHECK enum rc report_explain_burden(struct arena *a, const struct view *v,
                                         const struct exchange *x, const struct burden_question *q,
                                         const char *party, struct answer **out, struct err *err);

#endif
