/*
 * diff.h - what changed: between two instants of the book, or between two
 * states of what a publisher stated.
 *
 * A state of a release is all the figures that carry its date. Every figure
 * names its cell (F_LINK), so two states are compared cell by cell: new,
 * removed or restated. Between two instants the lines of the book are
 * compared: new, removed (taken back whole), restated (reversed and posted
 * anew), or moved (from stage to stage).
 */
#ifndef MUSTER_REPORT_DIFF_H
#define MUSTER_REPORT_DIFF_H

#include "report/answer.h"
#include "view/view.h"

/* One state of a series: "kiel:29@2026-08-04". */
struct state {
    const char *series;
    int64_t stated_ms;
    const char *name;
};

/* Every state of every restatable series, by series and date. In the arena. */
struct states {
    struct state *list;
    uint32_t count;
};
void report_states(struct arena *a, const struct book *b, int64_t known, struct states *out);

/* totals: measure, from, to, change. movers: by party. changes: cause, key, party, from, to. */
void report_diff_states(struct arena *a, const struct book *b, int64_t known,
                        const struct state *from, const struct state *to, struct answer **out);

/* The same for two instants; at.known is not used. */
void report_diff_instants(struct arena *a, const struct book *b, const struct clocks *at,
                          int64_t from_ms, int64_t to_ms, struct answer **out);

#endif
