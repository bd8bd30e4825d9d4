/*
 * coverage.h - what is asked for against what came and what is to come: enough, and in time?
 *
 * What was delivered comes on its day. What has reached the stage asked about
 * and is not there yet is expected on the last day of its promised window, and
 * not before today; without a window nobody can say when: it is counted apart.
 *
 * Each quantity meets one need at most: the one that its line is for (F_NEED),
 * else needs of its receiver for that item, for one above it in the catalogue,
 * or for one that it, or what stands above it, may stand in for; the earliest
 * due first, then by priority, and what is there before what is but promised.
 * A need with substitutes of its own takes those and no others.
 * What came before a need was asked is no answer to it, unless its line says so.
 * A need for so much a month is a need a month.
 *
 * A system counts as complete while what keeps it going (needs that say which
 * they keep, else what the catalogue says) arrives in step: for each month
 * from the one in which it is due, at the end of that month at the latest.
 * What keeps it going is shared out with everything else, by the same rule.
 */
#ifndef MUSTER_MEASURE_COVERAGE_H
#define MUSTER_MEASURE_COVERAGE_H

#include "book/book.h"

enum { COVERAGE_MONTHS = 12, COVERAGE_MONTHS_MAX = 120 };

struct coverage_question {
    struct clocks at;
    int32_t today;        /* what is overdue is expected today at the earliest */
    enum stage reached;   /* what counts as promised: at least this; above dispatched: deliveries */
    const char *receiver; /* only its needs; a party's key, or NULL */
    int32_t months;       /* for how long systems are to be kept going; 0: not asked */
};

/* When it comes. */
enum coverage_status { COVERAGE_IN_TIME, COVERAGE_LATE, COVERAGE_PART, COVERAGE_NONE };

/* How it stands, in the words that people are told. */
enum coverage_state {
    STATE_NOBODY,     /* nothing came, and nothing is promised */
    STATE_SHORT,      /* some of it is promised by nobody, or without a day */
    STATE_INCOMPLETE, /* all there or to come, but not what keeps it going */
    STATE_LATE,       /* all there or to come, some of it after the day */
    STATE_ON_COURSE,  /* all there or to come, by the day */
    STATE_COVERED,    /* all there */
    STATE_COUNT
};

/* What keeps a system going, over the months that are asked about. */
struct coverage_keep {
    uint32_t row;      /* of the system, in rows */
    uint32_t item;     /* noun */
    uint32_t need;     /* the need that asks for it; NONE: the catalogue does */
    struct dec rate;   /* units for one system a month */
    i128 asked, comes; /* parts of its item: for the systems that come; what arrives in step */
};

struct coverage_row {
    uint32_t need, item; /* nouns */
    uint32_t receiver;
    int32_t due; /* of what is asked every month: the last month's; DAY_MAX: no day */
    i128 asked;  /* parts of the need's item, over all months; so are the others */
    i128 in_time, late;
    i128 undated;                     /* promised, and nobody says for when */
    i128 missing;                     /* neither there nor promised */
    i128 by_day[STAGE_DELIVERED + 1]; /* of in_time, by the stage where it stands */
    i128 after[STAGE_DELIVERED + 1];  /* of late */
    enum coverage_status status;
    enum coverage_state state;

    /* Of a system, when months are asked about. */
    bool system;
    int32_t month;     /* last day of the one looked at: when it is due, or today's */
    i128 there;        /* systems that are there by then */
    i128 complete;     /* of them, those that are kept going in it */
    i128 kept, wanted; /* system-months: kept going, of those asked for */
};

struct coverage {
    struct coverage_row *rows; /* by due day, then as the book met them */
    uint32_t count;
    uint32_t of[COVERAGE_NONE + 1]; /* rows by status */
    uint32_t stands[STATE_COUNT];   /* rows by state */
    struct coverage_keep *keeps;    /* by row */
    uint32_t keep_count;
    uint32_t keeping; /* needs that keep others going: not counted here */
    uint32_t undated; /* lines that promise something asked for, and no day */
};

const char *coverage_name(enum coverage_status s);
const char *coverage_state_name(enum coverage_state s);

/* RC_ABSENT when the receiver is not in the book. */
MUST_CHECK enum rc measure_coverage(struct arena *a, const struct book *b,
                                    const struct coverage_question *q, struct coverage *out,
                                    struct err *err);

#endif
