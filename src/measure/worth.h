/*
 * worth.h - support as amounts of money, each counted once.
 *
 * The rules, in one place for every total:
 *   - a package with a value counts by that value, and its lines do not;
 *   - another line of money counts by its own quantity;
 *   - a line of things outside such a package counts by its own value, if it
 *     has one at all; what has none is counted as a line without a value;
 *   - of several values the one at the lowest stage that is far enough counts,
 *     a resolved one first, then a stated one;
 *   - of several series that show the same support (F_SAME) only one counts:
 *     what its publisher counts before what it does not, then the one that
 *     enters the book at the lowest stage that is far enough, then the newest;
 *   - of several reports of one flow only one counts: reports.h;
 *   - what its publisher leaves out of its own totals is left out on demand.
 */
#ifndef MUSTER_MEASURE_WORTH_H
#define MUSTER_MEASURE_WORTH_H

#include "measure/reports.h"

struct worth {
    const struct record *package;           /* NULL for a line */
    uint32_t line;                          /* index, NONE for a package */
    uint32_t row;                           /* the entry, NONE for a value */
    uint32_t giver, receiver, channel;      /* nouns, NONE */
    const char *class_, *series, *currency; /* class_ and series may be NULL */
    int32_t day;
    int32_t rate_day; /* whose rate converts it: its value date, else the day */
    i128 parts;       /* minor units; below 0 where a movement takes something away */
    uint64_t passage; /* id of the evidence, 0 */
    bool second;      /* not counted: the same support or flow counts elsewhere */
    uint32_t instead; /* the line that does, where `second` and it is one; NONE */
    const char *same; /* how that is known; NULL */
};

/* The record of the line or package. */
const struct record *worth_record(const struct book *b, const struct worth *w);

struct worth_question {
    struct clocks at;
    enum stage low, high; /* counted while it stands between these two, inclusive */
    bool published;       /* leave out what the publisher leaves out */
    const char *series;   /* only this series and those below it ("kiel:r07"); NULL: all */
    bool seconds;         /* give what counts elsewhere too, marked */
};

typedef void worth_fn(void *ctx, const struct worth *w);

/*
 * Every amount that the question counts. Lines come first, row by row, then
 * packages; the same amount may come in several pieces (a move in and a move
 * out). *unvalued (may be NULL) counts the packages and lines without a value.
 */
void worth_each(const struct book *b, const struct worth_question *q, worth_fn *fn, void *ctx,
                uint32_t *unvalued);

/* The same of packages alone. */
void worth_each_package(const struct book *b, const struct worth_question *q, worth_fn *fn,
                        void *ctx);

/*
 * By line: whether another series shows the same support in the same item and
 * goes before this one, so that a sum of quantities must leave it out. In the
 * arena.
 */
bool *worth_second_series(struct arena *a, const struct book *b, const struct clocks *at,
                          enum stage low);

/* The same for amounts of money, whatever the item: what worth_each leaves out for that reason. */
bool *worth_second_amount(struct arena *a, const struct book *b, const struct worth_question *q);

/* Whether a series is the one asked for or one below it: "a:b" is below "a". NULL asks for all. */
bool series_within(const char *series, const char *asked);

/*
 * The value record of a package or line (its noun) that counts, or NULL. Its
 * stage is at least `low`; INT64_MAX known for now.
 */
const struct record *worth_value(const struct book *b, uint32_t noun, enum stage low,
                                 const struct clocks *at);

/* The same for many nouns: found once, then asked for each. In the arena. */
struct worth_values;
const struct worth_values *worth_values(struct arena *a, const struct book *b, enum stage low,
                                        const struct clocks *at);
const struct record *worth_value_of(const struct worth_values *v, uint32_t noun);

#endif
