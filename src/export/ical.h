/*
 * ical.h - promised deliveries that are to come, as a calendar (RFC 5545).
 *
 * One all-day event for each line with a promised date of which some is still
 * missing, on the last day of its window: that is the day by which `late`
 * judges it. VTODO would say the same with a name of its own, but the calendars
 * of phones and offices show no tasks of a calendar that they subscribe to. The
 * event takes nobody's time (TRANSP).
 *
 * The same book gives the same bytes: DTSTAMP is when the line, or what moved
 * of it, was last recorded, and UID follows from the line's key.
 */
#ifndef MUSTER_EXPORT_ICAL_H
#define MUSTER_EXPORT_ICAL_H

#include "base/buf.h"
#include "measure/punctual.h"

/* What those who subscribe to it are given: more, no calendar shows and every fetch pays for. */
enum { ICAL_EVENTS_MAX = 1000 };

struct calendar {
    const char *base; /* events link to BASE/line/KEY; NULL: to nothing */
    uint32_t most;    /* so many events, those nearest to the day `near` first; 0: all of them */
    int32_t near;
    /* Here it may be of DAY_MAX: then no event is called late, and no day changes the calendar. */
    struct punctual_question question;
};

/* The calendar, added to *out. Errors as those of measure_punctual(). */
MUST_CHECK enum rc export_ical(const struct book *b, const struct calendar *c, struct buf *out,
                               struct err *err);

/*
 * One property: NAME:VALUE, folded so that no line is longer than 75 bytes and
 * no character is torn. The value is escaped as TEXT is; `raw`: it is none.
 */
void ical_property(struct arena *a, struct buf *out, const char *name, const char *value, bool raw);

#endif
