/*
 * stands.h - where lines stand, and what of each was delivered when.
 *
 * For as many lines as are asked about at once. All versions of a line have
 * one stand, for a correction stands on another version than what it corrects.
 */
#ifndef MUSTER_MEASURE_STANDS_H
#define MUSTER_MEASURE_STANDS_H

#include "book/book.h"

/* What was delivered on one day, less what was taken back of that day's. */
struct delivered {
    int32_t day;
    uint32_t stand; /* index */
    int64_t qty;    /* 0 or more */
};

/*
 * Parts of its item, by stage up to delivered: at[STAGE_COMMITTED]. Where a stage holds what is out
 * of the way, two more: one cache line a line of the book.
 */
enum { STAND_GONE = STAGE_WORLD, STAND_LOST = STAGE_DELIVERED + 1, STAND_PLACES };

struct stand {
    int64_t at[STAND_PLACES]; /* STAND_GONE: withdrawn or lapsed */
};

struct stand_of {
    uint32_t line;       /* index of the version as known */
    uint32_t first, end; /* range of deliveries, by day */
    int64_t off;         /* of what was delivered, lost or the like after all */
};

struct stands {
    struct stand *list;
    struct stand_of *of; /* the same: of which line, and its deliveries */
    uint32_t count;
    struct delivered *deliveries;
};

/* Room for a stand of each line; add them with stands_add, then call stands_find. */
void stands_begin(struct arena *a, const struct book *b, struct stands *s);
void stands_add(struct stands *s, uint32_t line);

/* Lines must be versions as known at these clocks (line_current). Deliveries only with `days`. */
void stands_find(struct arena *a, const struct book *b, const struct clocks *at, bool days,
                 struct stands *s);

#endif
