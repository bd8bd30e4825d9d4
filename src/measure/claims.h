/*
 * claims.h - figures that were said, against the book.
 *
 * A claim here is plain fields: whose giving, to whom, of which class, how far
 * it had come, over which time, and the number that was said of it. What is
 * computed is the same figure from the book, twice, and for every giver beside:
 *
 *   then   what was effective by the day of the statement. What is known only
 *          to its month counts from the month's first day on.
 *   now    all that is recorded.
 *   before then without the month in which it was said: where months are all
 *          that is known, the truth of the day lies between the two.
 *
 * The measures:
 *   share   of every giver's sum, in percent
 *   total   the sum since a day, or until one
 *   yearly  the mean of whole calendar years, from the year in which the time
 *           begins to the year of the statement; then: those that were over by
 *           its day, now: its own year too, once the book has it whole
 *   count   the nations whose sum is above zero
 *   growth  of one whole year over another, in percent or as a factor
 *
 * A group is its members on the day of the statement. The verdict is on then
 * (on now where there is none), and there is no verdict where then and before
 * would give two. docs/decisions/0012-claims.md says why.
 */
#ifndef MUSTER_MEASURE_CLAIMS_H
#define MUSTER_MEASURE_CLAIMS_H

#include "measure/burden.h"

enum claim_measure {
    CLAIM_SHARE,
    CLAIM_TOTAL,
    CLAIM_YEARLY,
    CLAIM_COUNT,
    CLAIM_GROWTH,
    CLAIM_MEASURE_COUNT
};

/* How a number was put. */
enum claim_bound {
    BOUND_EXACT, /* bare: within half of its last digit */
    BOUND_ABOUT, /* around, about, nearly: within 5 % */
    BOUND_MORE,  /* more than, over: strictly */
    BOUND_LEAST, /* at least: or just as much */
    BOUND_LESS,
    BOUND_MOST,
    BOUND_COUNT
};

/* Roughly: within 10 % of what was said, or a bound that is met from far away. */
enum claim_verdict { CLAIM_HOLDS, CLAIM_ROUGHLY, CLAIM_FAILS, CLAIM_UNKNOWN };

enum { CLAIM_PARTIES_MAX = 16, CLAIM_PLACES = 4 };

struct claim {
    enum claim_measure measure;
    const char *subject[CLAIM_PARTIES_MAX]; /* keys of givers or groups of them */
    uint32_t subjects;                      /* 0: every giver */
    const char *receiver;                   /* party key; NULL: anybody */
    unsigned classes;                       /* bits 1 << enum burden_class; 0: all */
    enum stage reached;
    const char *unit;      /* ISO 4217, "percent", "country" or "times" */
    struct dec low, high;  /* in whole units; equal unless a range was said */
    struct dec last_digit; /* what one step of the last digit written is worth */
    enum claim_bound bound;
    int32_t day;          /* of the statement; DAY_MAX: not known */
    int32_t since, until; /* DAY_MIN, DAY_MAX where not said */
    bool open;            /* nobody said that it is all there was: may be a part of it */
    int year, base_year;  /* growth: this one over that one; 0: the last whole year; not said */
    const char *series;   /* only this series; NULL: all */
};

/* A number, or that there is none. */
struct claim_number {
    bool known;
    struct dec value; /* money to its minor unit, percent and times to CLAIM_PLACES */
};

/* What one giver gave: the figures are made of these. A year for yearly and growth, else 0. */
struct claim_row {
    uint32_t party;
    int year;
    bool subject;   /* one of those the claim is about */
    i128 then, now; /* minor units of the answer's currency */
    uint32_t entries;
    uint64_t passage; /* evidence of one of them */
};

struct claim_answer {
    enum claim_verdict verdict;
    const char *why; /* a sentence without capital and full stop; never NULL */
    struct claim_number then, now, before, all;
    struct claim_number known_then; /* then, as recorded by that day: only if the log is so old */
    const char *currency;           /* of the rows; "" when there are none */
    int places;
    enum stage reached;              /* not the claim's where its class is not known that early */
    int year_first, year_then, year; /* yearly and growth: from, to by then, to now; 0: none */
    struct claim_row *rows;          /* what the subjects gave first, the most first */
    uint32_t count;
};

/*
 * Compare. x->currency serves where the claim is not of money. What cannot be
 * told is a verdict, not a refusal: a missing rate, a party that the book does
 * not have, a time it does not reach. Everything lives in the arena.
 */
void measure_claim(struct arena *a, const struct exchange *x, const struct claim *c,
                   struct claim_answer *out);

const char *claim_measure_name(enum claim_measure m);
const char *claim_verdict_name(enum claim_verdict v);
const char *claim_bound_name(enum claim_bound b);

/* BOUND_COUNT, CLAIM_MEASURE_COUNT, CLAIM_UNKNOWN + 1 for what is no such name. */
enum claim_bound claim_bound_named(const char *name);
enum claim_measure claim_measure_named(const char *name);
enum claim_verdict claim_verdict_named(const char *name);

#endif
