/*
 * figures.h - a publisher's own figures against what its rows come to; a part
 * of doubts.h, which is what callers use.
 */
#ifndef MUSTER_MEASURE_FIGURES_H
#define MUSTER_MEASURE_FIGURES_H

#include "base/map.h"
#include "measure/doubts.h"

/* What every rule is given. */
struct doubting {
    struct arena *arena;
    struct book *book;
    const struct clocks *at;
    doubt_fn *fn;
    void *ctx;
};

/*
 * When each series was last stated, by the publisher's instant, over its
 * statements and flags as known: keys are series, values UTC ms.
 */
void series_stated(struct map *out, const struct book *b, int64_t known);

/* Whether the record is of the newest state of its series, or of none. */
bool is_newest(const struct map *stated, const struct record *r);

/* The rules from boundary-mark-differs to weapons-differ. */
void figures_doubt(struct doubting *d);

#endif
