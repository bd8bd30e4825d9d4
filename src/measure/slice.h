/*
 * slice.h - the large questions, answered from the sums that the book keeps (book/cube.h).
 *
 * What an amount is, and when a promise is open, is said in cube.h. There are
 * no packages here, no boundaries, no series that show the same support twice:
 * the questions of total.h and worth.h weigh those, these add up everything.
 *
 * The eight questions of the benchmark (make bench-book):
 *   Q1  giver x stage, money at the latest rates, now     slice_givers(), latest
 *   Q2  item x stage, quantity, now                       slice_items()
 *   Q3  one promise by stage, quantity and money          slice_line()
 *   Q4  Q1 as known on D, effective by E                  slice_givers(), x->at = {E, D}
 *   Q5  delivered by group and month, at month rates      slice_delivered(), SLICE_TOP
 *   Q6  open promises and their age by giver              slice_open()
 *   Q7  delivered by giver at month rates, as known on D  slice_delivered(), SLICE_GIVER
 *   Q8  part delivered, by giver and quarter of promise   slice_cohorts()
 *
 * An amount in another currency is converted at the rate of a day, known by
 * then: the latest, that of the question's own day, or that of the last day of
 * its month (yet none behind the question's own), by the tables that amounts of no series are
 * converted by
 * (money.h). Sums are rounded once, half to even, to minor units; what was
 * converted is right to 15 digits before.
 *
 * Movements and months that come to nothing are left out, and with them rows
 * that have no other. Rows stand in the order in which the book came to them,
 * which is the same for the same book and clocks.
 */
#ifndef MUSTER_MEASURE_SLICE_H
#define MUSTER_MEASURE_SLICE_H

#include "book/cube.h"
#include "measure/money.h"

/*
 * The currency that all amounts of the book share: RC_INPUT naming two that
 * differ and the option to add; x's own where it has one.
 */
MUST_CHECK enum rc slice_currency(const struct exchange *x, const char **out, struct err *err);

/*
 * Whether the sums kept are those of the entries: RC_STORE with a sentence
 * when they are not. One in a thousand questions below does so by itself.
 */
MUST_CHECK enum rc slice_check(struct arena *a, const struct book *b, enum cube_by by,
                               const struct clocks *at, struct err *err);

/* Where one giver, or one item, stands. */
struct slice_row {
    uint32_t noun;         /* NONE: lines without one */
    bool any[STAGE_COUNT]; /* something came or left, on balance */
    i128 at[STAGE_COUNT];  /* of STAGE_WORLD nothing */
};

struct slice {
    const char *currency; /* NULL: quantities, each in parts of its item */
    int places;
    struct slice_row *rows;
    uint32_t count;
};

/*
 * Money by giver and stage at x->at, in x->currency, which must be there; at
 * the rates of x->at.effective, or the latest (x->latest). RC_ABSENT: there is
 * no rate; RC_RULE: more than can be added up.
 */
MUST_CHECK enum rc slice_givers(struct arena *a, const struct exchange *x, struct slice *out,
                                struct err *err);

/* Quantities by item and stage. */
MUST_CHECK enum rc slice_items(struct arena *a, const struct book *b, const struct clocks *at,
                               struct slice *out, struct err *err);

/* One promise, all its versions together. */
struct slice_line {
    const char *currency; /* NULL: it has no worth */
    int64_t qty[STAGE_COUNT], amount[STAGE_COUNT];
};

/* At any clocks: it costs the entries of that line, and now not even those. */
MUST_CHECK enum rc slice_line(const struct book *b, uint32_t noun, const struct clocks *at,
                              struct slice_line *out, struct err *err);

enum slice_by {
    SLICE_GIVER, /* all months together: month is 0 */
    SLICE_GIVER_MONTH,
    SLICE_ITEM_MONTH,
    SLICE_GROUP_MONTH, /* the item above the item */
    SLICE_TOP_MONTH    /* the item above all those above the item, as known then */
};

struct slice_month {
    uint32_t noun; /* NONE: what has none above */
    int32_t month; /* month_first_day() */
    i128 amount;   /* delivered, less what was lost after all */
};

struct slice_months {
    const char *currency;
    int places;
    struct slice_month *rows;
    uint32_t count;
};

/* Each month at the rates of its last day, or all at the latest (x->latest). As slice_givers. */
MUST_CHECK enum rc slice_delivered(struct arena *a, const struct exchange *x, enum slice_by by,
                                   struct slice_months *out, struct err *err);

/* Open promises of one giver. */
struct slice_open {
    uint32_t noun;
    uint32_t count;
    int64_t
        first_days; /* sum of their first days: count * day - first_days is their age on a day */
    i128 amount;    /* that stands open, at the rates of x->at.effective, or the latest */
};

struct slice_opens {
    const char *currency;
    int places;
    struct slice_open *rows;
    uint32_t count;
};

MUST_CHECK enum rc slice_open(struct arena *a, const struct exchange *x, struct slice_opens *out,
                              struct err *err);

struct slice_cohort {
    uint32_t noun;
    int32_t quarter; /* of the year 1900 the first is 0 */
    uint32_t count;  /* promises */
    i128 share;      /* the sum of what part of each was delivered, in 10^-12 */
};

struct slice_cohorts {
    struct slice_cohort *rows;
    uint32_t count;
};

MUST_CHECK enum rc slice_cohorts(struct arena *a, const struct book *b, const struct clocks *at,
                                 struct slice_cohorts *out, struct err *err);

#endif
