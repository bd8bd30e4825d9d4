/*
 * lp.c - see lp.h.
 *
 * The leaving row is the steepest; the entering column is the last that the
 * slope lets pass, those before it go to their other bound. The inverse is kept
 * row by row in full, because then the norms that steepness needs come with the
 * update, and there are few rows.
 */
#include "plan/lp.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { FRESH = 400, PIVOTS_MOST = 4000, LOOK = 16 };
static const double primal_slack = 1e-9, least_pivot = 1e-7, nothing = 1e-13;

struct lp_ratio {
    double at; /* dual step at which the reduced cost is 0 */
    int32_t var;
};

struct lp *lp_new(struct arena *a, int32_t rows, int32_t cols, const int32_t *col_begin,
                  const struct lp_entry *by_col)
{
    struct lp *lp = NEW(a, struct lp);
    size_t vars = (size_t)(rows + cols), m = (size_t)rows, entries = (size_t)col_begin[cols];
    lp->arena = a;
    lp->rows = rows;
    lp->cols = cols;
    lp->col_begin = NEW_ARRAY(a, (size_t)cols + 1, int32_t);
    lp->by_col = NEW_ARRAY(a, entries + 1, struct lp_entry);
    lp->row_begin = NEW_ARRAY(a, m + 2, int32_t);
    lp->by_row = NEW_ARRAY(a, entries + 1, struct lp_entry);
    memcpy(lp->col_begin, col_begin, ((size_t)cols + 1) * sizeof *col_begin);
    if (entries) memcpy(lp->by_col, by_col, entries * sizeof *by_col);
    for (size_t e = 0; e < entries; e++) lp->row_begin[by_col[e].at + 2]++;
    for (size_t i = 1; i <= m; i++) lp->row_begin[i + 1] += lp->row_begin[i];
    for (int32_t j = 0; j < cols; j++) {
        for (int32_t e = col_begin[j]; e < col_begin[j + 1]; e++) {
            lp->by_row[lp->row_begin[by_col[e].at + 1]++] = (struct lp_entry){j, by_col[e].coef};
        }
    }
    lp->cost = NEW_ARRAY(a, (size_t)cols + 1, double);
    lp->leaning = NEW_ARRAY(a, (size_t)cols + 1, double);
    double **of_vars[] = {&lp->low, &lp->high, &lp->x, &lp->reduced, &lp->step};
    for (size_t i = 0; i < sizeof of_vars / sizeof *of_vars; i++) {
        *of_vars[i] = NEW_ARRAY(a, vars + 1, double);
    }
    double **of_rows[] = {&lp->norm, &lp->column, &lp->side};
    for (size_t i = 0; i < sizeof of_rows / sizeof *of_rows; i++) {
        *of_rows[i] = NEW_ARRAY(a, m + 1, double);
    }
    lp->basic = NEW_ARRAY(a, m + 1, int32_t);
    lp->turn = NEW_ARRAY(a, m + 1, int32_t);
    lp->nonzero = NEW_ARRAY(a, m + 1, int32_t);
    lp->place = NEW_ARRAY(a, vars + 1, int32_t);
    lp->touched = NEW_ARRAY(a, vars + 1, int32_t);
    lp->passed = NEW_ARRAY(a, vars + 1, int32_t);
    lp->ratio = NEW_ARRAY(a, vars + 1, struct lp_ratio);
    lp->inverse = NEW_ARRAY(a, m * m + 1, double);
    return lp;
}

static double *inverse_row(const struct lp *lp, int32_t r)
{
    return lp->inverse + (size_t)r * (size_t)lp->rows;
}

/* --- the basis --- */

static void rows_are_basic(struct lp *lp)
{
    int32_t m = lp->rows;
    memset(lp->inverse, 0, (size_t)m * (size_t)m * sizeof *lp->inverse);
    for (int32_t v = 0; v < lp->cols + m; v++) lp->place[v] = v < lp->cols ? -1 : v - lp->cols;
    for (int32_t r = 0; r < m; r++) {
        lp->basic[r] = lp->cols + r;
        lp->norm[r] = 1;
        inverse_row(lp, r)[r] = -1;
    }
}

/* inverse x the variable's column, into lp->column. */
static void through_inverse(struct lp *lp, int32_t var)
{
    int32_t m = lp->rows;
    for (int32_t r = 0; r < m; r++) {
        const double *row = inverse_row(lp, r);
        double sum = 0;
        if (var >= lp->cols) {
            sum = -row[var - lp->cols];
        } else {
            for (int32_t e = lp->col_begin[var]; e < lp->col_begin[var + 1]; e++) {
                sum += lp->by_col[e].coef * row[lp->by_col[e].at];
            }
        }
        lp->column[r] = sum;
    }
    int32_t entries = var < lp->cols ? lp->col_begin[var + 1] - lp->col_begin[var] : 1;
    lp->work += (uint64_t)m * (uint64_t)entries;
}

/* The variable whose column that is stands at place r from now on. */
static void pivot(struct lp *lp, int32_t r, int32_t var)
{
    int32_t m = lp->rows, n = 0;
    double *row = inverse_row(lp, r), by = lp->column[r], square = 0;
    for (int32_t i = 0; i < m; i++) {
        if (fabs(row[i]) < nothing) {
            row[i] = 0;
            continue;
        }
        row[i] /= by;
        square += row[i] * row[i];
        lp->nonzero[n++] = i;
    }
    for (int32_t p = 0; p < m; p++) {
        double f = lp->column[p], *other = inverse_row(lp, p), dot = 0;
        if (p == r || fabs(f) < nothing) continue;
        for (int32_t i = 0; i < n; i++) {
            int32_t at = lp->nonzero[i];
            dot += other[at] * row[at];
            other[at] -= f * row[at];
        }
        double norm = lp->norm[p] - 2 * f * dot + f * f * square;
        lp->norm[p] = norm > 1e-12 ? norm : 1e-12;
        lp->work += (uint64_t)n;
    }
    lp->norm[r] = square > 1e-12 ? square : 1e-12;
    lp->place[lp->basic[r]] = -1;
    lp->basic[r] = var;
    lp->place[var] = r;
    lp->pivots++;
}

/* The inverse of the same basis from nothing; what cannot be had any more is left out of it. */
static void refresh(struct lp *lp)
{
    int32_t m = lp->rows, n = 0;
    for (int32_t r = 0; r < m; r++) {
        if (lp->basic[r] < lp->cols) lp->turn[n++] = lp->basic[r];
    }
    bool *wanted = (bool *)lp->touched; /* rows that stay basic; touched has room for it */
    for (int32_t r = 0; r < m; r++) wanted[r] = lp->place[lp->cols + r] >= 0;
    rows_are_basic(lp);
    for (int32_t i = 0; i < n; i++) {
        int32_t best = -1;
        through_inverse(lp, lp->turn[i]);
        for (int32_t r = 0; r < m; r++) {
            if (lp->basic[r] < lp->cols || wanted[lp->basic[r] - lp->cols]) continue;
            if (best < 0 || fabs(lp->column[r]) > fabs(lp->column[best])) best = r;
        }
        if (best >= 0 && fabs(lp->column[best]) > least_pivot) pivot(lp, best, lp->turn[i]);
    }
    lp->pivots = 0;
}

/* Reduced costs from the basis alone. */
static void price(struct lp *lp)
{
    int32_t m = lp->rows;
    double *y = lp->reduced + lp->cols; /* a row's reduced cost is its price */
    memset(y, 0, (size_t)m * sizeof *y);
    for (int32_t r = 0; r < m; r++) {
        if (lp->basic[r] >= lp->cols || lp->leaning[lp->basic[r]] == 0) continue;
        const double *row = inverse_row(lp, r);
        for (int32_t i = 0; i < m; i++) y[i] += lp->leaning[lp->basic[r]] * row[i];
        lp->work += (uint64_t)m;
    }
    for (int32_t r = 0; r < m; r++) {
        if (lp->basic[r] >= lp->cols) y[lp->basic[r] - lp->cols] = 0;
    }
    for (int32_t j = 0; j < lp->cols; j++) {
        double d = lp->leaning[j];
        for (int32_t e = lp->col_begin[j]; e < lp->col_begin[j + 1]; e++) {
            d -= lp->by_col[e].coef * y[lp->by_col[e].at];
        }
        lp->reduced[j] = lp->place[j] >= 0 ? 0 : d;
    }
    lp->work += (uint64_t)lp->col_begin[lp->cols];
}

/* Everything outside the basis to the bound that its reduced cost wants, and the basis by that. */
static void place_all(struct lp *lp)
{
    int32_t m = lp->rows;
    double *side = lp->side;
    memset(side, 0, (size_t)m * sizeof *side);
    for (int32_t v = 0; v < lp->cols + m; v++) {
        if (lp->place[v] >= 0) continue;
        double d = lp->reduced[v], middle = 0.5 * (lp->low[v] + lp->high[v]);
        bool up = d < 0 || (!(d > 0) && lp->x[v] > middle);
        double x = lp->x[v] = up ? lp->high[v] : lp->low[v];
        if (x == 0) continue;
        if (v >= lp->cols) {
            side[v - lp->cols] -= x;
            continue;
        }
        for (int32_t e = lp->col_begin[v]; e < lp->col_begin[v + 1]; e++) {
            side[lp->by_col[e].at] += lp->by_col[e].coef * x;
        }
    }
    for (int32_t r = 0; r < m; r++) {
        const double *row = inverse_row(lp, r);
        double sum = 0;
        for (int32_t i = 0; i < m; i++) sum += row[i] * side[i];
        lp->x[lp->basic[r]] = -sum;
    }
    lp->work += (uint64_t)m * (uint64_t)m;
}

void lp_begin(struct lp *lp)
{
    uint64_t state = 88172645463325252U;
    for (int32_t j = 0; j < lp->cols; j++) {
        state ^= state << 13, state ^= state >> 7, state ^= state << 17;
        double off = (double)(state >> 11) / 9007199254740992.0;
        lp->leaning[j] = lp->cost[j] + 1e-9 * (fabs(lp->cost[j]) + 1e-4) * off;
    }
    rows_are_basic(lp);
    price(lp);
}

/* --- a step --- */

static double too_low(const struct lp *lp, int32_t v)
{
    double over = lp->x[v] - lp->high[v], under = lp->low[v] - lp->x[v];
    double slack = primal_slack * (1 + fabs(lp->x[v]));
    return under > slack ? under : over > slack ? -over : 0;
}

static int32_t steepest(const struct lp *lp)
{
    int32_t best = -1;
    double most = 0;
    for (int32_t r = 0; r < lp->rows; r++) {
        double off = too_low(lp, lp->basic[r]);
        if (off == 0) continue;
        double steep = off * off / lp->norm[r];
        if (steep > most) most = steep, best = r;
    }
    return best;
}

/* Row r of the tableau, into lp->step; how many variables have a part in it. */
static int32_t tableau_row(struct lp *lp, int32_t r)
{
    const double *row = inverse_row(lp, r);
    int32_t count = 0;
    for (int32_t i = 0; i < lp->rows; i++) {
        if (fabs(row[i]) < nothing) continue;
        if (lp->place[lp->cols + i] < 0) {
            lp->step[lp->cols + i] = -row[i];
            lp->touched[count++] = lp->cols + i;
        }
        for (int32_t e = lp->row_begin[i]; e < lp->row_begin[i + 1]; e++) {
            int32_t j = lp->by_row[e].at;
            if (lp->place[j] >= 0) continue;
            if (lp->step[j] == 0) lp->touched[count++] = j;
            lp->step[j] += lp->by_row[e].coef * row[i];
            if (lp->step[j] == 0) lp->step[j] = 1e-300; /* touched once */
        }
        lp->work += (uint64_t)(lp->row_begin[i + 1] - lp->row_begin[i]);
    }
    return count;
}

static void forget_row(struct lp *lp, int32_t count)
{
    for (int32_t i = 0; i < count; i++) lp->step[lp->touched[i]] = 0;
}

static bool comes_first(const struct lp *lp, const struct lp_ratio *a, const struct lp_ratio *b)
{
    if (a->at != b->at) return a->at < b->at;
    double x = fabs(lp->step[a->var]), y = fabs(lp->step[b->var]);
    return x != y ? x > y : a->var < b->var;
}

static void sift(struct lp *lp, int32_t at, int32_t count)
{
    struct lp_ratio *heap = lp->ratio, item = heap[at];
    for (int32_t child = 2 * at + 1; child < count; child = 2 * at + 1) {
        if (child + 1 < count && comes_first(lp, &heap[child + 1], &heap[child])) child++;
        if (!comes_first(lp, &heap[child], &item)) break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = item;
}

/* Those whose reduced cost falls to 0, as a heap; way is -1 when the leaving one must rise. */
static int32_t ratios(struct lp *lp, int32_t count, double way)
{
    int32_t n = 0;
    for (int32_t i = 0; i < count; i++) {
        int32_t v = lp->touched[i];
        double a = way * lp->step[v], d = lp->reduced[v];
        if (fabs(a) < 1e-9 || lp->low[v] >= lp->high[v]) continue;
        bool high = lp->x[v] > 0.5 * (lp->low[v] + lp->high[v]);
        if (high ? a > 0 : a < 0) continue;
        double at = d / a;
        lp->ratio[n++] = (struct lp_ratio){at > 0 ? at : 0, v};
    }
    for (int32_t i = n / 2; i-- > 0;) sift(lp, i, n);
    return n;
}

static int32_t pop(struct lp *lp, int32_t *n)
{
    int32_t v = lp->ratio[0].var;
    lp->ratio[0] = lp->ratio[--*n];
    if (*n) sift(lp, 0, *n);
    return v;
}

/* To their other bound, and what that does to the basis. */
static void flip(struct lp *lp, const int32_t *vars, int32_t count)
{
    if (count == 0) return;
    memset(lp->side, 0, (size_t)lp->rows * sizeof *lp->side);
    for (int32_t i = 0; i < count; i++) {
        int32_t v = vars[i];
        bool high = lp->x[v] > 0.5 * (lp->low[v] + lp->high[v]);
        double to = high ? lp->low[v] : lp->high[v], by = to - lp->x[v];
        lp->x[v] = to;
        if (v >= lp->cols) {
            lp->side[v - lp->cols] -= by;
            continue;
        }
        for (int32_t e = lp->col_begin[v]; e < lp->col_begin[v + 1]; e++) {
            lp->side[lp->by_col[e].at] += lp->by_col[e].coef * by;
        }
    }
    int32_t n = 0;
    for (int32_t i = 0; i < lp->rows; i++) {
        if (lp->side[i] != 0) lp->nonzero[n++] = i;
    }
    for (int32_t r = 0; r < lp->rows; r++) {
        const double *row = inverse_row(lp, r);
        double sum = 0;
        for (int32_t i = 0; i < n; i++) sum += row[lp->nonzero[i]] * lp->side[lp->nonzero[i]];
        lp->x[lp->basic[r]] -= sum;
    }
    lp->work += (uint64_t)lp->rows * (uint64_t)n;
}

/*
 * Which enters; those before it go to lp->passed. -1: none, so there
 * is no solution; -2: only with a pivot that rounding could have made.
 */
static int32_t entering(struct lp *lp, int32_t n, double off, int32_t *count)
{
    double slope = fabs(off);
    *count = 0;
    while (n > 0) {
        double at = lp->ratio[0].at;
        int32_t v = pop(lp, &n);
        slope -= fabs(lp->step[v]) * (lp->high[v] - lp->low[v]);
        if (slope > primal_slack * (1 + fabs(off))) {
            lp->passed[(*count)++] = v;
            continue;
        }
        /* Of those as near, the one with the largest pivot. */
        while (n > 0 && lp->ratio[0].at <= at + 1e-9 && fabs(lp->step[v]) < 1e-3) {
            int32_t other = pop(lp, &n);
            if (fabs(lp->step[other]) > fabs(lp->step[v])) v = other;
        }
        return fabs(lp->step[v]) > least_pivot ? v : -2;
    }
    return -1;
}

static void make_step(struct lp *lp, int32_t r, int32_t var, int32_t count, bool rises)
{
    int32_t leaves = lp->basic[r];
    double to = rises ? lp->low[leaves] : lp->high[leaves];
    double dual = lp->reduced[var] / lp->step[var];
    for (int32_t i = 0; i < count; i++) {
        int32_t v = lp->touched[i];
        lp->reduced[v] -= dual * lp->step[v];
    }
    lp->reduced[var] = 0;
    lp->reduced[leaves] = -dual;
    through_inverse(lp, var);
    double by = (lp->x[leaves] - to) / lp->column[r];
    for (int32_t p = 0; p < lp->rows; p++) lp->x[lp->basic[p]] -= by * lp->column[p];
    lp->x[var] += by;
    lp->x[leaves] = to;
    pivot(lp, r, var);
}

/* Prices go on in the direction that proves it, as far as they must. */
static void prove_empty(struct lp *lp, int32_t r, double cutoff)
{
    enum { FARTHER = 16 };
    const double *row = inverse_row(lp, r);
    double off = too_low(lp, lp->basic[r]), bound = lp_bound(lp);
    double far = (2 * (cutoff - bound) + 1) / off, *y = lp->reduced + lp->cols;
    for (int n = 0; n < FARTHER && bound < cutoff; n++, far *= 3) {
        for (int32_t i = 0; i < lp->rows; i++) y[i] -= far * row[i];
        bound = lp_bound(lp);
    }
}

enum lp_end lp_solve(struct lp *lp, double cutoff)
{
    int32_t flips;
    bool retried = false;
    if (lp->pivots > FRESH) refresh(lp);
    price(lp);
    place_all(lp);
    for (uint32_t n = 0; n < PIVOTS_MOST; n++) {
        if (n % LOOK == LOOK - 1 && lp_bound(lp) >= cutoff) return LP_ABOVE;
        if (lp->pivots > FRESH) {
            refresh(lp);
            price(lp);
            place_all(lp);
        }
        int32_t r = steepest(lp);
        if (r < 0) return LP_OPTIMAL;
        double off = too_low(lp, lp->basic[r]);
        int32_t count = tableau_row(lp, r);
        int32_t room = ratios(lp, count, off > 0 ? -1 : 1);
        int32_t var = entering(lp, room, off, &flips);
        if (var == -1) {
            forget_row(lp, count);
            prove_empty(lp, r, cutoff);
            return LP_ABOVE;
        }
        if (var == -2) {
            forget_row(lp, count);
            if (retried) return LP_LOST;
            retried = true;
            refresh(lp);
            price(lp);
            place_all(lp);
            continue;
        }
        flip(lp, lp->passed, flips);
        make_step(lp, r, var, count, off > 0);
        forget_row(lp, count);
    }
    return LP_LOST;
}

double lp_bound(const struct lp *lp)
{
    const double *y = lp->reduced + lp->cols;
    double sum = 0, size = 0;
    for (int32_t j = 0; j < lp->cols; j++) {
        double d = lp->cost[j], terms = fabs(d);
        for (int32_t e = lp->col_begin[j]; e < lp->col_begin[j + 1]; e++) {
            double part = lp->by_col[e].coef * y[lp->by_col[e].at];
            d -= part;
            terms += fabs(part);
        }
        double at = d > 0 ? lp->low[j] : lp->high[j];
        sum += d * at;
        size += terms * fmax(fabs(lp->low[j]), fabs(lp->high[j]));
    }
    for (int32_t i = 0; i < lp->rows; i++) {
        double low = lp->low[lp->cols + i], high = lp->high[lp->cols + i];
        sum += y[i] * (y[i] > 0 ? low : high);
        size += fabs(y[i]) * fmax(fabs(low), fabs(high));
    }
    return sum - size * DBL_EPSILON * ((double)(lp->cols + lp->rows) + 64);
}

double lp_penalty(struct lp *lp, int32_t var, double by, bool up)
{
    if (lp->place[var] < 0) return 0;
    int32_t count = tableau_row(lp, lp->place[var]);
    int32_t n = ratios(lp, count, up ? -1 : 1);
    double at = n ? lp->ratio[0].at : INFINITY;
    forget_row(lp, count);
    return at * by;
}
