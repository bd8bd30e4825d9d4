/*
 * forms.h - how people write dates and numbers in tables.
 *
 * A reader says which forms its publisher uses; whatever is not exactly one
 * of them is refused, never guessed at: 03/04/2024 is read only by somebody
 * who was told which half is the month.
 */
#ifndef MUSTER_SOURCE_FORMS_H
#define MUSTER_SOURCE_FORMS_H

#include <stdint.h>

#include "base/day.h"
#include "base/dec.h"
#include "base/err.h"

/* Bits, to be or-ed. English month names, whole or of three letters, in any case. */
enum date_form {
    DATE_ISO = 1 << 0,       /* 2024-04-03, 2024-04 */
    DATE_D_M_Y = 1 << 1,     /* 3/4/2024, 03.04.2024, 03-04-2024 */
    DATE_M_D_Y = 1 << 2,     /* 4/3/2024 */
    DATE_D_MONTH_Y = 1 << 3, /* 3 April 2024, 03-Apr-2024 */
    DATE_MONTH_D_Y = 1 << 4, /* April 3, 2024 */
    DATE_MONTH_Y = 1 << 5,   /* April 2024, Apr-2024: the month's last day */
    DATE_M_Y = 1 << 6,       /* 04/2024, 04-2024: the same */
    DATE_YEAR = 1 << 7,      /* 2024: its last day, PRECISION_UNTIL */
    DATE_SERIAL = 1 << 8,    /* 45385: days of the 1900 system, five digits */
    DATE_FORMS_MAX = (1 << 9) - 1,
};

/*
 * The forms named in a list such as "d/m/y, month y, iso"; 0 with a sentence
 * in err when a word is no form, or when d/m/y and m/d/y stand together.
 */
unsigned date_forms_named(const char *list, struct err *err);

/*
 * RC_INPUT when the text has none of the forms, RC_RULE when it has one and
 * no calendar has that day or it lies outside 1900..2199.
 */
MUST_CHECK enum rc date_read(const char *text, unsigned forms, int32_t *day,
                             enum precision *precision, struct err *err);

struct number_form {
    char decimal;   /* '.' or ','; 0 stands for '.' */
    char thousands; /* ',' '.' '\'' or ' ' (no-break spaces included); 0: none are written */
    int power;      /* the number written counts 10^power; -18..18 */
};

/*
 * "1,234.5", "-3", "12.5 million". Separators must stand at every third digit
 * or nowhere. A word after the number (thousand, million, mn, billion, bn)
 * multiplies. RC_INPUT when it is no such number, RC_RULE when too large.
 */
MUST_CHECK enum rc number_read(const char *text, const struct number_form *form, struct dec *out,
                               struct err *err);

/* d * 10^power. RC_RULE when too large to keep. */
MUST_CHECK enum rc dec_scale(struct dec d, int power, struct dec *out, struct err *err);

/* 3 for "thousand", "1000", "1e3"; 6, 9; 0 for "1"; any power of ten. -1: none of them. */
int power_named(const char *word);

#endif
