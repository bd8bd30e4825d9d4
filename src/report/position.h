/* position.h - where everything stands: quantities by stage, in each item's own unit. */
#ifndef MUSTER_REPORT_POSITION_H
#define MUSTER_REPORT_POSITION_H

#include "measure/money.h"
#include "report/answer.h"
#include "view/view.h"

enum position_by {
    POSITION_DONOR,
    POSITION_RECEIVER,
    POSITION_ITEM,
    POSITION_CLASS,
    POSITION_CHANNEL,
    POSITION_PACKAGE,
    POSITION_LINE,
    POSITION_SERIES,
    POSITION_BY_COUNT
};

struct position_question {
    struct clocks at;
    enum position_by by[POSITION_BY_COUNT]; /* in the order of the columns */
    uint32_t by_count;
    enum stage reached;
    bool published;      /* leave out what the publisher leaves out */
    enum stage standing; /* only lines of which something stands there; STAGE_WORLD: all */
    bool reaching;       /* only rows of which something has reached `reached` */
    /* Keys to keep, or NULL: of the donor, receiver, item (or its parents), line; series as
     * F_SERIES. */
    const char *donor, *receiver, *item, *line, *series, *class_;
};

/* POSITION_BY_COUNT when there is none of that name. */
enum position_by position_by_named(const char *name);

/*
 * rows: the keys, unit, then what stands at each stage, `reached` (at least
 * that stage now) and `entered` (ever came into it). Quantities of different
 * units are never added: the unit is always part of the key. Of several series
 * that show the same support in one item only one counts in `reached`.
 */
MUST_CHECK enum rc report_position(struct arena *a, const struct book *b,
                                   const struct position_question *q, struct answer **out,
                                   struct err *err);

/*
 * From what was said to what was delivered, one row a stage: step (said,
 * promised, on its way, delivered, out of the way), stage, lines of which
 * something stands there, amount and reached: what that is worth, and what came
 * at least as far, where it is known, in one currency: x's, else the one that all of it shares,
 * else null. by, by_count and reached of the question do not count.
 */
MUST_CHECK enum rc report_stages(struct arena *a, const struct exchange *x,
                                 const struct position_question *q, struct answer **out,
                                 struct err *err);

#endif
