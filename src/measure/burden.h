/*
 * burden.h - who carries how much, and what a key says would be fair.
 *
 * A key is a table of indicators (GDP, GNI, population, any other) of one
 * series; the answer names it. A party's fair share of an amount is its part
 * of the key's sum over the parties in the answer.
 */
#ifndef MUSTER_MEASURE_BURDEN_H
#define MUSTER_MEASURE_BURDEN_H

#include "measure/keys.h"
#include "measure/money.h"
#include "measure/worth.h"

enum burden_class { CLASS_FINANCIAL, CLASS_HUMANITARIAN, CLASS_MILITARY, CLASS_OTHER, CLASS_COUNT };

struct burden_row {
    uint32_t party; /* noun */
    bool classed;   /* false: published without classes, so amount[] but CLASS_OTHER is unknown */
    i128 amount[CLASS_COUNT];
    i128 total;
    bool has_gdp, has_key;
    struct dec gdp_percent; /* total in percent of GDP, four decimals */
    struct dec key_percent; /* of the key's sum, four decimals */
    i128 key_share;         /* fair share of `amount` */
    i128 gap;               /* key_share - total: above 0, still to give */
};

struct burden {
    const char *currency;
    int places;
    enum stage reached;
    struct burden_row *rows; /* by falling total */
    uint32_t count;
    struct burden_row sum;
    i128 amount;           /* what key_share shares out */
    const char *series;    /* of the first amount; NULL */
    const char *gdp_table; /* "worldbank, 2021-12-31"; NULL: no GDP in the book */
    const char *key_table; /* the same for the key; NULL: none asked for */
    uint32_t unvalued;     /* packages and lines of things without a value */
    uint32_t passed_on;    /* movements of money that was given before: not their givers' burden */
    uint32_t no_key;       /* parties without a figure in the key */
};

struct burden_question {
    enum stage reached;
    bool published;
    const char *series; /* only this series and those below it; NULL: all */
    const char *group;  /* only members of this group (party key), on the amount's own day; NULL */
    bool has_members_day;
    int32_t members_day;  /* membership is judged on this day for every amount */
    const char *receiver; /* only support to this party (key); NULL */
    const char *year;     /* only this effective year; NULL */
    const char *key;      /* measure of the key: "gdp"; NULL: none */
    bool any_key;         /* the key is left out when nobody here has a figure of it */
    const char *table;    /* series of the key's and GDP's figures; NULL: the book's own choice */
    const char *key_year; /* year of the figures; NULL: the last by the effective day */
    bool has_amount;      /* share out this amount, not the rows' sum */
    struct dec amount;    /* in whole units of the currency */
};

/*
 * RC_INPUT when the amounts share no currency, RC_ABSENT when a rate, the
 * group or the key is not in the book.
 */
MUST_CHECK enum rc measure_burden(struct arena *a, const struct exchange *x,
                                  const struct burden_question *q, struct burden *out,
                                  struct err *err);

/* The same burden, shared out by q->key: the rows' key_share and gap are filled in anew. */
MUST_CHECK enum rc burden_share(struct arena *a, const struct exchange *x,
                                const struct burden_question *q, struct burden *out,
                                struct err *err);

/* Every amount that the burden of a party counts (NONE: of all). */
void measure_carried(const struct exchange *x, const struct burden_question *q, uint32_t party,
                     worth_fn *fn, void *ctx);

enum burden_class burden_class(const char *name); /* CLASS_OTHER for NULL and others */
const char *burden_class_name(enum burden_class c);

#endif
