/*
 * money.h - amounts of several currencies, days and series as one amount.
 *
 * A purse sums by currency first (apart for each series with a rate table of
 * its own, and for each day where there is none), converts with six guard
 * digits and rounds once, half to even. A past day never uses a later rate,
 * unless the person asked for the latest (--rates latest).
 */
#ifndef MUSTER_MEASURE_MONEY_H
#define MUSTER_MEASURE_MONEY_H

#include "book/book.h"

/* How a question converts. */
struct exchange {
    struct book *book;
    const char *currency; /* asked for; NULL: the one that all amounts share */
    bool latest;          /* the latest rate instead of the effective day's */
    struct clocks at;
};

struct purse {
    struct arena *arena;
    struct purse_heap *heaps;
    uint32_t count, room;
};

/* Decimal places of a currency as its money item in the book counts it; 2 if there is none. */
int currency_places(const struct book *b, const char *currency);

/* The currency of a money item ("money/EUR" gives "EUR"), or NULL for a thing. */
const char *item_currency(const struct book *b, uint32_t item);

/* Put `parts` minor units in. series: F_SERIES of what it is the amount of, or NULL. */
void purse_add(struct purse *p, const struct exchange *x, const char *currency, const char *series,
               int32_t day, i128 parts);

/*
 * The currency that everything in the purses shares as published: the base of
 * a series' own table, else the currency itself. RC_INPUT naming two that
 * differ and the option to add; *out is NULL when the purses are empty.
 */
MUST_CHECK enum rc purse_shared(const struct purse *purses, uint32_t count,
                                const struct exchange *x, const char **out, struct err *err);

/*
 * The currency in which most is published where not all is published in one: of lines of money
 * and of the values of things, by how many there are. A series with a table of its own publishes
 * in the base of that table. NULL where all share one, or there is no money.
 */
const char *currency_of_most(const struct exchange *x);

/* Everything in it as minor units of the currency. RC_ABSENT names the rate that is missing. */
MUST_CHECK enum rc purse_total(const struct purse *p, const struct exchange *x,
                               const char *currency, i128 *out, struct err *err);

/* Amounts of one currency that no rate converts, from the first day to the last; 0: of no day. */
struct lacking {
    char currency[4];
    int32_t since, until;
    i128 parts;
};

struct lacks {
    struct arena *arena;
    struct lacking *list;
    uint32_t count, room;
    bool some; /* something was converted */
};

/*
 * The same of all that can be converted; what cannot is added to the lacks, so that
 * one amount of an absurd day or of no currency does not stand in the way of the others.
 */
MUST_CHECK enum rc purse_total_but(const struct purse *p, const struct exchange *x,
                                   const char *currency, struct lacks *lacks, i128 *out,
                                   struct err *err);

/* A refusal that names the first rate that is missing, if nothing at all was converted. */
MUST_CHECK enum rc lacks_all(const struct lacks *lacks, const char *currency, struct err *err);

/* Whether there is a rate for such an amount. */
bool money_converts(const struct exchange *x, const char *currency, const char *series, int32_t day,
                    const char *to);

/* RC_ABSENT: there is no rate from a currency to another by that day (0: at all). */
enum rc missing_rate(const char *from, const char *to, int32_t day, struct err *err);

/* A decimal amount of whole units (an indicator) in another currency, as minor units. */
MUST_CHECK enum rc convert_units(const struct exchange *x, struct dec units, const char *from,
                                 const char *series, int32_t day, const char *to, i128 *out,
                                 struct err *err);

#endif
