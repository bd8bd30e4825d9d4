/*
 * outlook.h - what is likely to arrive, month by month, and how sure that is.
 *
 * Of every line what has reached the stage asked about and is not delivered is
 * open: firm from committed on, soft before; what a line says that it promises
 * and no entry tells of is soft. It is expected on the last day of its promised
 * window, or so many days later as what its giver promised before came late
 * (delay.h): the giver's own promises where there are enough, else those of its
 * class, else all; where those are too few too, the promised days are all there
 * is. What is late already is expected as what was late for as long.
 *
 * likely is the expected quantity: of all ways in which it may come, the mean.
 * Months, `later` and `undated` add up to what is open, to the last part. low
 * and high leave about one in ten chances each below and above (a normal band):
 * givers late independently of one another, each with all it gives at once,
 * which is the widest that its own chances allow.
 */
#ifndef MUSTER_MEASURE_OUTLOOK_H
#define MUSTER_MEASURE_OUTLOOK_H

#include "measure/delay.h"
#include "measure/money.h"

enum { OUTLOOK_MONTHS = 12, OUTLOOK_MONTHS_MAX = 60 };

enum outlook_by { OUTLOOK_ITEM, OUTLOOK_CLASS, OUTLOOK_DONOR, OUTLOOK_RECEIVER, OUTLOOK_BY_COUNT };

struct outlook_question {
    struct clocks at;
    int32_t today;      /* what is not there by its end is to come; at.effective */
    int32_t months;     /* from today's month on */
    enum stage reached; /* at least this */
    /* Keys to keep, or NULL: an item also keeps those below it. */
    const char *item, *receiver, *donor, *class_, *series;
    enum outlook_by by;
    const struct exchange *x; /* values in its currency; NULL: quantities, each item apart */
};

/* By month: what is to be expected in it, and until its end. */
struct outlook_month {
    i128 promised; /* by the promised days alone */
    i128 firm, soft, low, high;
    i128 firm_by, soft_by, low_by, high_by;
};

struct outlook_row {
    const char *by, *name; /* key, "" for none; and for people */
    uint32_t item;         /* noun; NONE: several, in money */
    uint32_t lines;
    i128 firm, soft; /* open, in all; parts of the item or of the currency */
    i128 overdue;    /* of it: the promised day is past */
    i128 undated;    /* of it: nobody says when, or nothing tells how late it will be */
    i128 later;      /* of it: not to be expected within the months, or ever */
    struct outlook_month *month;
};

/* What was learned, and from whose promises. */
struct outlook_source {
    uint32_t party;     /* noun of the giver; NONE: of several */
    const char *class_; /* of which class; NULL: of all */
    struct delay delay;
    uint32_t lines; /* open promises that it is used for */
};

struct outlook {
    struct outlook_row *rows; /* by key, then item */
    uint32_t count;
    struct outlook_row total; /* when all is of one unit */
    bool one_unit;
    int32_t *month_end;             /* days */
    struct outlook_source *sources; /* those that are used */
    uint32_t source_count;
    uint32_t lines;        /* open */
    uint32_t plain;        /* of them: dated, and nothing learned to go by */
    uint32_t undated;      /* of them: without a date */
    uint32_t unvalued;     /* left out: things without a value of their own */
    uint32_t observations; /* promises whose day is past, of whomever */
};

/* OUTLOOK_BY_COUNT when there is none of that name. */
enum outlook_by outlook_by_named(const char *name);
const char *outlook_by_name(enum outlook_by by);

/* RC_ABSENT when a party or item asked for is not in the book, or a rate is missing. */
MUST_CHECK enum rc measure_outlook(struct arena *a, const struct book *b,
                                   const struct outlook_question *q, struct outlook *out,
                                   struct err *err);

#endif
