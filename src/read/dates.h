/*
 * dates.h - a day as press rooms write it.
 *
 * Private to read/. "05 Apr. 2022", "April 5, 2022", "5th of April 2022",
 * "2022-04-05". Days whose order of figures is doubtful (05/04/2022) are not read.
 */
#ifndef MUSTER_READ_DATES_H
#define MUSTER_READ_DATES_H

#include <stdint.h>

#include "base/arena.h"

/* The first day written in text [0, len), as "2022-04-05"; NULL if there is none. */
const char *date_in(struct arena *a, const char *text, uint32_t len);

/* An instant as RFC 3339 has it ("2022-03-16 13:28:18-04:00" gets its T), or NULL. */
const char *instant_in(struct arena *a, const char *text);

#endif
