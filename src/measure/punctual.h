/*
 * punctual.h - promised dates against deliveries: what is late, and by how much.
 *
 * What a line promises, by its version as known: what has been announced or
 * more, and was not withdrawn and did not lapse (what was lost on the way is
 * still owed); at least its lower quantity, if that is disclosed. The date is
 * the last day of its promised window (F_UNTIL), and counts as in time.
 * What is only considered is no promise.
 *
 * Deliveries count on their effective day, up to the day asked for. Lines of
 * several units are never added up: only lines are counted over all.
 */
#ifndef MUSTER_MEASURE_PUNCTUAL_H
#define MUSTER_MEASURE_PUNCTUAL_H

#include "book/book.h"

enum punctual_status {
    PUNCTUAL_LATE,           /* the date is past and some is missing */
    PUNCTUAL_DELIVERED_LATE, /* all there, the last of it after the date */
    PUNCTUAL_DUE,            /* some is missing, the date is to come */
    PUNCTUAL_ON_TIME,        /* all there by the date */
    PUNCTUAL_NOT_TOLD,       /* a date, but the quantity is not disclosed */
    PUNCTUAL_COUNT
};

const char *punctual_name(enum punctual_status s);

struct punctual_question {
    struct clocks at;             /* effective: the day as of which is asked; not DAY_MAX */
    const char *donor, *receiver; /* party keys; NULL: any */
    const char *item;             /* key of an item; those below it too; NULL: any */
    const char *group;            /* donors that are in this group on the promised day; NULL */
    const char *series;           /* only this series and those below it; NULL: all */
};

struct punctual_row {
    uint32_t line; /* index of the version as known */
    enum punctual_status status;
    int32_t until; /* promised by */
    i128 promised; /* parts of the item's unit; all four 0 if not told */
    i128 in_time, late, missing;
    /* Late: days since the date, so far or until it was complete; due: below 0, days to go. */
    int32_t days;
};

/* What is known of each row before it is looked at. */
struct punctual_found {
    uint32_t line; /* index of the version as known */
    int32_t until, days;
    enum punctual_status status;
};

struct punctual {
    struct punctual_found *found; /* in the order of the book's lines */
    uint32_t count;
    struct punctual_work *work;  /* private */
    uint32_t of[PUNCTUAL_COUNT]; /* rows by status */
    uint32_t taken_back; /* dated lines of which all was withdrawn, lapsed, or is but considered */
    uint32_t *dateless;  /* lines with a quantity promised and no date: line indexes */
    uint32_t dateless_count;
    uint32_t silent; /* lines with neither a date nor a quantity */
};

/* RC_ABSENT when a party, group or item asked for is not in the book. */
MUST_CHECK enum rc measure_punctual(struct arena *a, const struct book *b,
                                    const struct punctual_question *q, struct punctual *out,
                                    struct err *err);

/*
 * The row at that place (below count): by status, then most late first, then
 * nearest date, then key. Good as long as the book and the arena.
 */
struct punctual_row punctual_row(const struct punctual *p, uint32_t place);

#endif
