/*
 * factor.h - rates of many days as whole numbers to multiply by, for sums of many amounts.
 *
 * What purse_total() (money.h) converts by, of amounts of no series.
 */
#ifndef MUSTER_MEASURE_FACTOR_H
#define MUSTER_MEASURE_FACTOR_H

#include "measure/money.h"

/*
 * What turns minor units of one currency into those of another: times `times`,
 * by 2^`shift`. Right to 18 digits; exact where they are one currency.
 */
struct factor {
    int64_t times; /* 0: there is no rate */
    int shift;
};

/* Factors from one currency into another on many days, in rising order. */
void factors_on(const struct exchange *x, const char *from, const char *to, const int32_t *days,
                uint32_t count, struct factor *out);

enum { FACTOR_BITS = 32 }; /* behind the point of what factor_times() gives */

/* *lost is set, and 0 given, where it is beyond all amounts. */
i128 factor_up(struct factor f, int64_t parts, bool *lost);
static inline i128 factor_times(struct factor f, int64_t parts, bool *lost)
{
    unsigned right = (unsigned)(f.shift - FACTOR_BITS);
    return right < 127 ? ((i128)parts * f.times) >> right : factor_up(f, parts, lost);
}

#endif
