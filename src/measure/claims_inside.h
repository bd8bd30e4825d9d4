/*
 * claims_inside.h - what gathering and judging of claims share; see claims.h.
 *
 * Private to measure/claims*.c. Figures stay fractions until they are shown,
 * so that "more than 99 %" is decided by the amounts and not by their rounding.
 */
#ifndef MUSTER_MEASURE_CLAIMS_INSIDE_H
#define MUSTER_MEASURE_CLAIMS_INSIDE_H

#include "measure/claims.h"

/* num / den in whole units of the claim's unit; den above 0. */
struct fraction {
    bool known;
    i128 num, den;
};

struct claim_figures {
    struct fraction then, before, now, all, known_then;
    int32_t first, last;     /* days of the first and last amount of every giver */
    uint32_t nations;        /* of the subjects, that give anything at all to that receiver */
    bool several_receivers;  /* while the claim names none */
    bool lower_stage_lacked; /* the class is not known at the stage asked for */
};

/* Fill verdict and why from the figures; the numbers are in *out already. */
void claim_judge(struct arena *a, const struct claim *c, const struct claim_figures *f,
                 struct claim_answer *out);

/* Whether the number said and the amounts are of a size that can be compared exactly. */
bool claim_comparable(const struct claim *c);

/* Sums above this are refused before they are compared: 10^18 minor units. */
#define CLAIM_SUM_MAX ((i128)1000000000000000000)

#endif
