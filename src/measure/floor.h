/*
 * floor.h - the least that was agreed for every year, and what the years came to.
 *
 * A floor is a decision whose F_MEASURE is FLOOR_MEASURE: who agreed (a party,
 * or a group of them; F_PARTY), to whom (F_RECEIVER), of which class, how much
 * a year (F_AMOUNT, F_CURRENCY), from which day on (F_SINCE) and until when.
 * Its years begin on the day and month of F_SINCE, so an amount agreed from
 * July on is held against Julys.
 *
 * A year counts what had reached a stage, as `burden` counts it: each flow
 * once, in the floor's own currency. Of a group it counts who is a member on
 * the day of the support, or, for support before the floor was agreed, who was
 * one on the day it was: those who agreed to go on as before.
 *
 * The years before the floor are told as well, without a floor: whether it was
 * a rise is seen from them.
 */
#ifndef MUSTER_MEASURE_FLOOR_H
#define MUSTER_MEASURE_FLOOR_H

#include "measure/burden.h"

#define FLOOR_MEASURE "yearly floor"

enum floor_state {
    FLOOR_NONE,     /* a year before it, or after it ended */
    FLOOR_MET,      /* as much or more, whether or not the year is over */
    FLOOR_BELOW,    /* the year is over, and the book goes on to its last month */
    FLOOR_SO_FAR,   /* neither: more may come, or is not in the book yet */
    FLOOR_NOT_TOLD, /* nothing in the book is so late, or a rate is missing */
    FLOOR_STATE_COUNT
};
const char *floor_state_name(enum floor_state s);

struct floor_year {
    int32_t from, until; /* its first and last day */
    enum floor_state state;
    bool known, bound; /* the amount is; a floor holds */
    i128 amount, gap;  /* minor units; floor - amount: above 0, still to give */
};

struct floor {
    const struct record *record;
    uint32_t party, receiver; /* nouns; NONE: everybody, anybody */
    bool classed;
    enum burden_class class; /* where classed */
    const char *currency;
    int places;
    i128 amount;
    int32_t agreed, since, until; /* DAY_MAX: open */
    struct floor_year *years;     /* in order */
    uint32_t count;
    const char *lacks; /* the rate that is missing, as a sentence; NULL */
    int32_t last;      /* the last day of any amount in it; DAY_MIN */
};

struct floor_question {
    enum stage reached;
    const char *series; /* NULL: all */
    const char *key;    /* only that floor; NULL: all */
    const char *with;   /* only those with these words in their key or text; NULL */
    int32_t today;      /* years that are over end before it */
};

/* RC_ABSENT when there is no floor of that key. In the order in which they were recorded. */
MUST_CHECK enum rc measure_floors(struct arena *a, const struct exchange *x,
                                  const struct floor_question *q, struct floor **out,
                                  uint32_t *count, struct err *err);

/* Every amount of one floor, or of its year that begins in that calendar year (0: of all). */
void floor_each(const struct exchange *x, const struct floor_question *q, const struct floor *f,
                int year, worth_fn *fn, void *ctx);

#endif
