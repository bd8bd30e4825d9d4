/*
 * lp.h - a linear programme with bounds that move, for the tree of whole.c.
 *
 *     min cost'x    low <= (x, Ax) <= high
 *
 * Variables are the columns and, behind them, what each row comes to: a row is
 * bounded as a column is, and a branch on a row's sum is a change of its
 * bounds. All bounds are finite, so that any prices of the rows prove a bound,
 * and every basis can go on when bounds were changed: the dual simplex method
 * with an explicit inverse. Made for some hundred rows.
 *
 * What it finds is not trusted: lp_bound() reckons what prices prove, in
 * double with a margin outward, whatever they are.
 */
#ifndef MUSTER_PLAN_LP_H
#define MUSTER_PLAN_LP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

struct lp_entry {
    int32_t at; /* row, or column */
    double coef;
};

struct lp {
    struct arena *arena;
    int32_t rows, cols;
    int32_t *col_begin, *row_begin;   /* cols + 1, rows + 1 */
    struct lp_entry *by_col, *by_row; /* the same entries */
    double *cost;                     /* by column */
    double *low, *high;               /* by variable: cols + rows */

    double *x;       /* by variable: where the last solution stands */
    double *reduced; /* by variable: of a row, its price */
    uint64_t work;   /* entries touched: the same on every machine */

    /* lp.c's own */
    double *leaning; /* costs, each off by a little of its own, so that ties are few */
    int32_t *basic;  /* by place: the variable */
    int32_t *place;  /* by variable: its place, or -1 */
    double *inverse, *norm;
    double *step, *column, *side;
    int32_t *touched, *passed, *nonzero, *turn;
    struct lp_ratio *ratio;
    uint32_t pivots;
};

/* Entries by column; the caller fills cost, low and high, then calls lp_begin(). */
struct lp *lp_new(struct arena *a, int32_t rows, int32_t cols, const int32_t *col_begin,
                  const struct lp_entry *by_col);
void lp_begin(struct lp *lp);

enum lp_end {
    LP_OPTIMAL,
    LP_ABOVE, /* proved to be at `cutoff` or above, or to have no solution */
    LP_LOST   /* too long, or rounding got the better of it: x is of no use */
};

/* From the basis of the last time, with the bounds as they are now. */
enum lp_end lp_solve(struct lp *lp, double cutoff);

/* No x within the bounds costs less; by the prices of the last lp_solve(). */
double lp_bound(const struct lp *lp);

/* What the objective rises by at least, about, when basic variable `var` must go up, or down. */
double lp_penalty(struct lp *lp, int32_t var, double by, bool up);

#endif
