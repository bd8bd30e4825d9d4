/*
 * day.h - the two clocks: civil days and recorded instants.
 *
 * An effective day is a civil day without zone, counted from 1970-01-01 in
 * the proleptic Gregorian calendar (ISO 8601). A recorded instant is UTC
 * milliseconds since the same midnight. Nothing here reads a clock.
 */
#ifndef MUSTER_BASE_DAY_H
#define MUSTER_BASE_DAY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

/* How well a day is known. Codes are on disk and never change. */
enum precision {
    PRECISION_DAY = 0,
    PRECISION_MONTH = 1,   /* some day of that month; kept as the month's last day */
    PRECISION_UNTIL = 2,   /* by that day, perhaps before */
    PRECISION_UNKNOWN = 3, /* the day is a stand-in */
    PRECISION_COUNT
};

/* Days that a book may hold: 1900-01-01 to 2199-12-31. A date in 2922 is a slip. */
enum { DAY_MIN = -25567, DAY_MAX = 84005, DAY_TEXT = 16, INSTANT_TEXT = 32 };

#define MS_PER_DAY INT64_C(86400000)

int32_t day_from_civil(int year, int month, int day);
void day_to_civil(int32_t day, int *year, int *month, int *dom);
int32_t day_month_last(int year, int month); /* last day of that month */
int day_year(int32_t day);

/*
 * "2022-03-31", "2022-03" (its last day, PRECISION_MONTH). RC_INPUT for any
 * other form, a day that no calendar has, or one outside DAY_MIN..DAY_MAX.
 */
MUST_CHECK enum rc day_parse(const char *text, int32_t *day, enum precision *precision,
                             struct err *err);

/* "2022-03-31" into out; returns out. */
const char *day_format(int32_t day, char out[DAY_TEXT]);

/* "2022-03" for a month, else the day; arena text. */
const char *day_text(struct arena *a, int32_t day, enum precision precision);

/* RFC 3339 ("2022-03-31T12:00:00.250Z", any offset); a bare date is the end of that day, UTC. */
MUST_CHECK enum rc instant_parse(const char *text, int64_t *ms, struct err *err);

/* "2022-03-31T12:00:00.250Z" into out; returns out. */
const char *instant_format(int64_t ms, char out[INSTANT_TEXT]);

#endif
