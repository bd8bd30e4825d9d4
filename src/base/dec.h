/*
 * dec.h - whole numbers and decimals; no float touches the book.
 *
 * Quantities and money are int64 counts of the smallest part (cents, pieces).
 * Rates, prices and indicators are decimals: an integer and a scale. Sums and
 * products run in 128 bits and are narrowed with a check. Every rounding is
 * half to even (ISO 80000-1, rule A), once, at the end.
 */
#ifndef MUSTER_BASE_DEC_H
#define MUSTER_BASE_DEC_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

__extension__ typedef __int128 i128;

/* n / 10^scale. scale is 0..DEC_SCALE_MAX. */
struct dec {
    int64_t n;
    int32_t scale;
};

enum { DEC_SCALE_MAX = 18, DEC_TEXT = 48 };

/*
 * "12.50", "-3", "1.2E-3". Digits beyond the 18th significant one are
 * rounded half to even (spreadsheets print 17). RC_INPUT for anything else,
 * thousands separators included.
 */
MUST_CHECK enum rc dec_parse(const char *text, struct dec *out, struct err *err);

/* The same value without trailing zeros after the point. */
struct dec dec_trim(struct dec d);

/* Compare by value: below, equal, above zero. */
int dec_cmp(struct dec a, struct dec b);

/* d * 10^places as a whole number, rounded half to even; *exact says nothing was lost. */
MUST_CHECK enum rc dec_to_parts(struct dec d, int places, int64_t *out, bool *exact,
                                struct err *err);

/* "12.50" into out, exactly; returns out. */
const char *dec_format(struct dec d, char out[DEC_TEXT]);

/* a / b rounded half to even; b > 0. */
i128 div_half_even(i128 a, i128 b);

/* 10^n for n in 0..36. */
i128 power10(int n);

/* n / 10^scale rounded half to even to at most `places` decimals, zeros trimmed down to `least`. */
const char *parts_format(struct arena *a, i128 n, int scale, int places, int least);

/* "1234567.50" as people read it: "1,234,567.50". */
const char *digits_grouped(struct arena *a, const char *digits);

/* RC_RULE with `what` in the sentence when n does not fit. */
MUST_CHECK enum rc narrow(i128 n, int64_t *out, const char *what, struct err *err);

/*
 * parts of one currency as parts of another: amount * num / den with decimals,
 * where each side counts 10^-places of its unit. One rounding.
 */
MUST_CHECK enum rc parts_convert(i128 amount, int from_places, struct dec num, struct dec den,
                                 int to_places, i128 *out, struct err *err);

#endif
