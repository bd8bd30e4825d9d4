/*
 * values.h - the numbers of a sentence, multiplied out, with what they count.
 *
 * Private to read/. "nearly half a billion euros", "between 60 and 90,000
 * troops", "2% of GDP", "10s of 1000s of soldiers", "$5 to $7 billion a month",
 * "more than fif- - more than 50": one value each. Numbers that count nothing
 * of ours are found as well, so that nobody else takes them for something:
 * dates, years, ages, clock times, distances, model names.
 */
#ifndef MUSTER_READ_VALUES_H
#define MUSTER_READ_VALUES_H

#include "read/read.h"
#include "read/words.h"

enum value_kind {
    VALUE_MONEY,    /* unit: ISO 4217, or NULL: the sentence names no currency, yet it is a sum */
    VALUE_SHARE,    /* unit: percent or percent_gdp */
    VALUE_COUNT,    /* of the noun; unit: each, people, round, tonne, country, site, times, ... */
    VALUE_BARE,     /* of nothing in reach; unit NULL */
    VALUE_TIME,     /* duration, age, date, year, clock */
    VALUE_DISTANCE, /* range, calibre, weight of a model */
    VALUE_NAME,     /* part of a name: Article 5, F-16, AT-4, 11th tranche, Resolution 1325 */
};

struct value {
    uint32_t first, count; /* words it covers, approximation and unit included */
    /*
     * The noun phrase counted; count 0: none. It stands behind the number, but
     * before it in "the troops from 40,000 to 60,000", and in a sentence before
     * in "ten million fled. Three and a half of them are here".
     */
    uint32_t noun, noun_count;
    uint32_t head; /* its head noun; == noun when there is none */
    enum value_kind kind;
    struct dec low, high;
    const char *unit;
    enum approx approx;
};

enum { VALUES_MAX = 64 }; /* of one sentence; further ones are left out */

/*
 * The values of a sentence, in order. `dollar`: the currency that "$" and
 * "dollars" mean here ("USD").
 */
uint32_t values_of(const struct words *ws, const struct sentence *s, const char *dollar,
                   struct value out[VALUES_MAX]);

#endif
