/*
 * history.h - a made-up coalition's support over 57 months, as rows.
 *
 * The shape is what trackers of support look like: few givers give most (Zipf),
 * quantities and prices are lognormal, promises come in bursts after a quarter
 * begins, are cut into few or very many tranches (Pareto), reported late, and
 * some never move on. What was reported is corrected later: an earlier day, a
 * smaller delivery, another price.
 *
 * A row moves a quantity of one promise between two stages. A correction is
 * rows too, all at one instant: whatever rests on the corrected row is taken
 * back, last first, and said again. So no stage of a promise is ever below
 * zero, on any day, as known at any instant; and a new price takes the whole
 * promise back and says it again, so that value and quantity never disagree.
 */
#ifndef MUSTER_BENCH_BOOK_HISTORY_H
#define MUSTER_BENCH_BOOK_HISTORY_H

#include <stdint.h>

#include "record/record.h"

enum {
    GIVERS = 200,
    RECEIVERS = 50,
    CHANNELS = 10,
    ITEMS = 2000,
    CLASSES = 150,
    DOMAINS = 12,
    CURRENCIES = 12,
    LABELS = 4,
    MONTHS = 58,            /* 2022-01 .. 2026-10 */
    FIRST_DAY = 18993,      /* 2022-01-01 */
    END_DAY = 18993 + 1765, /* 2026-11-01: nothing is recorded then or later */
};

#define NO_ROW UINT32_MAX

struct event {
    int64_t recorded_ms, qty;
    int64_t unit_value;         /* of one piece, in the smallest part of the promise's currency */
    uint32_t promise, corrects; /* the row taken back or said again, NO_ROW */
    int32_t day;
    uint8_t from, to;
    bool reversal;
};

struct promise {
    int64_t qty;
    uint16_t item;
    uint8_t giver, receiver, channel, currency, label;
};

struct history {
    struct event *rows; /* in recorded order; corrects is an index */
    uint32_t count;
    struct promise *promises;
    uint32_t promise_count; /* of those, some may have no row */
    double gdp[GIVERS];     /* thousand million EUR */
    uint8_t class_of[ITEMS];
    uint8_t domain_of[CLASSES];
    /* Units of the currency for one EUR in that month, in parts of 10,000. */
    int64_t rate[CURRENCIES][MONTHS];
};

/* ISO codes, all of two decimal places; number 1 is EUR. */
extern const char *const currency_codes[CURRENCIES];

/*
 * The first `wanted` rows of the history that the seed tells, and those that
 * belong to a correction begun with them. The same seed, the same history, as
 * far as the machine's exp, log and pow agree. All of it is malloc'ed.
 */
void history_make(struct history *h, uint32_t wanted, uint64_t seed);
void history_free(struct history *h);

#endif
