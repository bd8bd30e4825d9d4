/*
 * range.h - a number with its currency or percent sign, ranges of two, how exact they are.
 *
 * Private to values.c, which asks what is counted. Amounts are read apart from
 * it because they look at signs and at words of number alone, never at nouns.
 */
#ifndef MUSTER_READ_RANGE_H
#define MUSTER_READ_RANGE_H

#include "read/glance.h"
#include "read/number.h"
#include "read/read.h"

/* A number with its currency or percent sign: half of a range, or all of it. */
struct amount {
    struct number n;
    uint32_t first, end;  /* sign included */
    const char *currency; /* NULL: none; "?": one that is not said */
    bool percent;
};

/* An amount that begins at i, which may be its sign. between: "and" joins a range. */
bool amount_at(const struct glance *v, uint32_t i, bool between, struct amount *a);

/* Join what follows to *a if it is a range: then b is its upper end. */
bool range_behind(const struct glance *v, struct amount *a, bool between, struct amount *b);

/* Approximation before the amount, over "a", "an additional", "another" between them. */
enum approx approx_before(const struct glance *v, uint32_t *first);

/* "40-plus", "40+", "40-odd", "40 or more", "30,000 or so". */
enum approx approx_behind(const struct glance *v, enum approx approx, uint32_t *end);

#endif
