/* why.h - what binds a need or a lot in a plan, what would help, what a shipment is worth: rows. */
#ifndef MUSTER_REPORT_WHY_H
#define MUSTER_REPORT_WHY_H

#include "plan/instance.h"
#include "plan/rounds.h"
#include "plan/why.h"
#include "report/answer.h"

/* A plan to be explained, and how hard to try. */
struct why_question {
    const struct instance *in;
    const struct solution *s;
    const struct solver *solver; /* what found it; NULL: by level */
    const struct level *levels;  /* of a plan by level; NULL: weighted */
    struct solve_params params;  /* of planning again */
    uint32_t tries;              /* changes tried at most, and shipments taken away */
    const struct refused *refused;
    uint32_t refused_count;
};

/*
 * Head: need, receiver, item, unit, asked, had, in_time, met, missing, due;
 * objective, gap. sent: lot, giver, hub, leaves, arrives, quantity, costs,
 * costs_least, costs_most, instead (what would come in its place). helps: binds
 * (stock, floor, consent, date, hub, budget), what, amount, unit, month, gain,
 * gain_least, gain_most, words. Of a plan by level also levels: level, value, bound; and `level`
 * says which one costs and gains are of, and gain_urgent, gain_others, gain_fairness, gain_cost
 * how each of them changes.
 */
struct answer *report_why_need(struct arena *a, const struct why_question *q, int32_t sink);

/* The same of a lot, or of a promise: lot, giver, item, unit, holds, planned, left, one_more. */
struct answer *report_why_lot(struct arena *a, const struct why_question *q, int32_t lot);

#endif
