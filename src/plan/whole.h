/*
 * whole.h - what whole.c and its programme say to each other. Only src/plan reads this.
 *
 * The programme has a column for each shipment worth looking at, in the
 * engine's numbers, and the engine's rows. Left out is what another column does
 * as well: of the ways of a lot to a sink through hub months that all lots
 * together could not fill, only the earliest is of use.
 */
#ifndef MUSTER_PLAN_WHOLE_H
#define MUSTER_PLAN_WHOLE_H

#include "plan/inside.h"
#include "plan/lp.h"

/* What must be whole: a variable of the programme, a multiple of `unit`. */
struct whole_var {
    int32_t var;
    double unit;
};

struct programme {
    struct lp *lp;
    double constant; /* of the objective */
    struct flow *flow;
    int32_t flows;       /* columns below this are shipments: these */
    int32_t *service_of; /* by service: its column */
    int32_t *line_of;    /* by line: its column */
    struct whole_var *whole;
    uint32_t wholes;
};

/* NULL: too large for a tree. */
struct programme *programme_new(struct solver *s, struct arena *a);

#endif
