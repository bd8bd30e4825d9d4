/*
 * plan_lp_test.c - small linear programmes, whose answers prove themselves: what is possible at
 * the cost that prices prove to be the least is the optimum, whoever found it.
 */
#include "plan/lp.h"

#include <math.h>

#include "seed.h"

enum { ROWS_MOST = 8, COLS_MOST = 12, CUTOFF = 1000000 };

static int solved, empty;

static double whole(struct rng *r, int32_t from, int32_t to)
{
    return from + (double)rng_below(r, (uint32_t)(to - from + 1));
}

/* The box of a variable, wider for rows; now and then of one point only. */
static void set_box(struct lp *lp, struct rng *r, int32_t var)
{
    bool row = var >= lp->cols;
    lp->low[var] = row ? whole(r, -40, 4) : whole(r, -2, 3);
    lp->high[var] = lp->low[var] + (rng_one_in(r, 6) ? 0 : whole(r, 0, row ? 60 : 9));
}

static struct lp *any_programme(struct arena *a, struct rng *r)
{
    int32_t rows = 1 + (int32_t)rng_below(r, ROWS_MOST),
            cols = 1 + (int32_t)rng_below(r, COLS_MOST);
    int32_t begin[COLS_MOST + 1] = {0}, count = 0;
    struct lp_entry entry[ROWS_MOST * COLS_MOST];
    for (int32_t j = 0; j < cols; j++) {
        for (int32_t i = 0; i < rows; i++) {
            double coef = rng_one_in(r, 2) ? whole(r, -3, 3) : 0;
            if (coef != 0) entry[count++] = (struct lp_entry){i, coef};
        }
        begin[j + 1] = count;
    }
    struct lp *lp = lp_new(a, rows, cols, begin, entry);
    for (int32_t j = 0; j < cols; j++) lp->cost[j] = rng_one_in(r, 4) ? 0 : whole(r, -5, 9);
    for (int32_t v = 0; v < cols + rows; v++) set_box(lp, r, v);
    lp_begin(lp);
    return lp;
}

static bool is_possible(const struct lp *lp, const double *x)
{
    const double slack = 1e-7;
    bool possible = true;
    for (int32_t j = 0; j < lp->cols; j++) {
        possible &= x[j] >= lp->low[j] - slack && x[j] <= lp->high[j] + slack;
    }
    for (int32_t i = 0; i < lp->rows; i++) {
        double sum = 0;
        for (int32_t e = lp->row_begin[i]; e < lp->row_begin[i + 1]; e++) {
            sum += lp->by_row[e].coef * x[lp->by_row[e].at];
        }
        possible &= sum >= lp->low[lp->cols + i] - slack && sum <= lp->high[lp->cols + i] + slack;
    }
    return possible;
}

static double cost_of(const struct lp *lp, const double *x)
{
    double cost = 0;
    for (int32_t j = 0; j < lp->cols; j++) cost += lp->cost[j] * x[j];
    return cost;
}

static void check_answer(struct lp *lp, struct rng *r)
{
    enum lp_end end = lp_solve(lp, CUTOFF);
    double bound = lp_bound(lp);
    CHECK(end != LP_LOST);
    if (end == LP_OPTIMAL) {
        double cost = cost_of(lp, lp->x);
        CHECK(is_possible(lp, lp->x));
        CHECK(bound <= cost + 1e-7 * (1 + fabs(cost)) && bound >= cost - 1e-6 * (1 + fabs(cost)));
        solved++;
    } else {
        CHECK(bound >= CUTOFF); /* no costs here reach that: there is nothing */
        empty++;
    }
    for (int n = 0; n < 30; n++) { /* whatever was proved holds for whatever is possible */
        double x[COLS_MOST];
        for (int32_t j = 0; j < lp->cols; j++) {
            x[j] = lp->low[j] + whole(r, 0, (int32_t)(lp->high[j] - lp->low[j]));
        }
        if (is_possible(lp, x)) CHECK(bound <= cost_of(lp, x) + 1e-6);
    }
}

static void bounds_that_move(struct rng *r)
{
    struct arena a = {0};
    struct lp *lp = any_programme(&a, r);
    check_answer(lp, r);
    for (int n = 0; n < 6 && tap_this_ok; n++) {
        int32_t var = (int32_t)rng_below(r, (uint32_t)(lp->cols + lp->rows));
        set_box(lp, r, var);
        check_answer(lp, r);
    }
    arena_free(&a);
}

static void answers_prove_themselves_and_again_after_bounds_have_moved(void)
{
    solved = empty = 0;
    seeds_run(2000, bounds_that_move);
    printf("# %d solved, %d without any solution\n", solved, empty);
    CHECK(!tap_this_ok || (solved > 100 && empty > 100));
}

/* Prices that mean nothing prove little, and nothing false. */
static void any_prices_prove_a_bound(struct rng *r)
{
    struct arena a = {0};
    struct lp *lp = any_programme(&a, r);
    if (lp_solve(lp, CUTOFF) == LP_OPTIMAL) {
        double cost = cost_of(lp, lp->x);
        for (int32_t i = 0; i < lp->rows; i++) lp->reduced[lp->cols + i] += whole(r, -4, 4) / 3;
        CHECK(lp_bound(lp) <= cost + 1e-7 * (1 + fabs(cost)));
    }
    arena_free(&a);
}

static void prices_that_are_wrong_prove_nothing_false(void)
{
    seeds_run(1000, any_prices_prove_a_bound);
}

int main(void)
{
    RUN(answers_prove_themselves_and_again_after_bounds_have_moved);
    RUN(prices_that_are_wrong_prove_nothing_false);
    return tap_done();
}
