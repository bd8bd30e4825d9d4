/*
 * iterate.c - prices and quantities pull at each other until they agree.
 *
 * A primal-dual step on the columns that are looked at: quantities move where
 * it pays at today's prices, prices move where rows are over- or underfull, and
 * the point goes on past the step and back towards where the run began
 * (reflected Halpern iteration), with a new run when progress slows. Steps are
 * scaled by row and column sums. What makes it fast is that a row of months is
 * never stored: cells are added up on the way (a shipment is in one lot, one
 * cell, one hub month, one budget and one giver's account), and that lots go
 * four abreast (abreast.h). Here is when a run begins anew, and how long steps are.
 */
#include <math.h>
#include <string.h>

#include "plan/abreast.h"

/*
 * Of primal against dual steps. As sizes are taken care of, good weights lie
 * close together; what a run that comes to rest says of them leads far away.
 */
static const double weight_most = 3;

static void system_prices(struct solver *s, int32_t k, const double *from)
{
    const struct sink *system = &s->sink[k];
    for (int32_t j = k; j < system->next; j++) {
        const struct sink *sink = &s->sink[j];
        const double *y = from + s->cell0 + sink->cell;
        double sum = 0, whole = sink->most == MODEL_NONE ? 0 : from[sink->most];
        double *price = s->service_price + system->service;
        for (uint32_t t = sink->cells; t-- > 0;) {
            sum += y[t];
            s->cell_price[sink->cell + t] = (float)(sum + whole);
            price[t] = j == k ? y[t] : price[t] + sink->rate * sum;
        }
    }
}

void engine_shared_prices(struct solver *s, const double *y)
{
    double sum = 0;
    for (int32_t r = s->hub0; r < s->budget0; r++) s->hub_price[r - s->hub0] = (float)y[r];
    for (int32_t r = s->budget0; r < s->giver0; r++) s->budget_price[r - s->budget0] = (float)y[r];
    for (int32_t d = 0; d < s->m->givers; d++) sum += s->key[d] * y[s->giver0 + d];
    for (int32_t d = 0; d < s->m->givers; d++) s->giver_price[d] = (float)(y[s->giver0 + d] - sum);
}

int32_t line_budget(const struct solver *s, int32_t g)
{
    int32_t b = s->m->line[g].budget;
    return s->budget0 + (b == MODEL_NONE ? s->m->budgets : b);
}

void engine_line_prices(struct solver *s, const double *y, const double *opened)
{
    for (int32_t g = 0; g < s->m->lines; g++) {
        double qty = s->line_qty[g];
        s->opening_price[g] = qty > 0 ? (s->fixed[g] * y[line_budget(s, g)] - opened[g]) / qty : 0;
    }
}

void engine_prices(struct solver *s, const double *y)
{
    double *opened = s->opened;
    for (uint32_t c = 0; c < s->needs; c++) s->cell_price[c] = (float)y[s->cell0 + (int32_t)c];
    for (int32_t k = 0; k < s->m->sinks; k++) {
        if (s->sink[k].type == SINK_SYSTEM) system_prices(s, k, y);
    }
    engine_shared_prices(s, y);
    memset(opened, 0, (size_t)s->m->lines * sizeof *opened);
    for (int32_t l = 0; s->m->lines && l < s->m->lots; l++) {
        if (s->lot[l].line != MODEL_NONE) opened[s->lot[l].line] += s->lot[l].qty * y[l];
    }
    engine_line_prices(s, y, opened);
}

/* How far primal and dual went in a run says how to weigh their steps in the next. */
static void weigh(struct solver *s, const struct abreast *f)
{
    if (!(f->moved > 1e-20) || !(f->moved_y > 1e-20)) return;
    double weight = sqrt(s->weight * sqrt(f->moved_y / f->moved));
    if (s->warm) weight = fmin(fmax(weight, s->weight / 1.2), s->weight * 1.2);
    s->weight = fmin(fmax(weight, s->weight_least), weight_most);
}

static struct pace pace_of(const struct solver *s, uint32_t run, bool look)
{
    double pace = 0.998 / s->norm;
    float ahead = (float)((run + 1.0) / (run + 2.0));
    return (struct pace){.primal = (float)(pace / s->weight),
                         .dual = (float)(pace * s->weight),
                         .ahead = ahead,
                         .back = 1 - ahead,
                         .look = look};
}

void engine_iterate(struct solver *s, uint32_t n)
{
    double first = -1, before = INFINITY;
    struct arena scratch = {0};
    uint32_t run = 0;
    engine_prices(s, s->y);
    if (n == 0) return;
    struct abreast *f = abreast_new(s, &scratch);
    for (uint32_t done = 0; done < n; done++, run++) {
        bool look = run == 0 || run % 16 == 15 || done == n - 1;
        struct pace pace = pace_of(s, run, look);
        abreast_step(f, &pace);
        s->iterations++;
        if (!look) continue;
        double way = sqrt(s->weight * f->moved + f->moved_y / s->weight);
        if (first < 0) first = way;
        bool anew = run > 0 && (way <= 0.2 * first || (way <= 0.8 * first && way > before) ||
                                run + 1 >= 0.36 * (double)s->iterations + 32);
        before = way;
        if (!anew && done < n - 1) continue;
        abreast_again(f);
        weigh(s, f);
        run = (uint32_t)-1;
        first = -1;
        before = INFINITY;
    }
    abreast_end(f);
    engine_prices(s, s->y);
    arena_free(&scratch);
}

/* ---- steps ---- */

/*
 * Quantities differ by orders of magnitude, and prices do not: what may become
 * large moves further, and where only little can go a little says as much about
 * the price. Between doing that in full and not at all, the root is the best.
 */
static double size_of(const struct solver *s, double most)
{
    double size = sqrt(most) / s->usual_size; /* fmin() is a call, and it is asked of all columns */
    return size < 1e-3 ? 1e-3 : size > 1e3 ? 1e3 : size;
}

static void usual_size(struct solver *s)
{
    double sum = 0;
    for (int32_t l = 0; l < s->m->lots; l++) sum += sqrt(s->lot[l].qty);
    s->usual_size = sum > 0 && isfinite(sum) ? sum / s->m->lots : 1;
}

/* Row sums of the columns that are looked at, cells added up over the months. */
static void row_sums(struct solver *s, double *sum)
{
    double size = 1; /* of a system's services, which its complements stand behind */
    for (int32_t k = 0; k < s->m->sinks; k++) {
        const struct sink *sink = &s->sink[k];
        double here = 0, *cell = sum + s->cell0 + sink->cell;
        if (sink->type == SINK_NEED) continue;
        if (sink->type == SINK_SYSTEM) size = size_of(s, sink->qty);
        for (uint32_t t = 0; t < sink->cells; t++) {
            here += cell[t];
            cell[t] = here + (sink->type == SINK_SYSTEM ? 1 : sink->rate * (t + 1)) * size;
        }
        if (sink->most != MODEL_NONE) sum[sink->most] = here;
    }
    double all = 0, *giver = sum + s->giver0;
    for (int32_t d = 0; d < s->m->givers; d++) all += giver[d];
    for (int32_t d = 0; d < s->m->givers; d++) {
        giver[d] = giver[d] * (1 - s->key[d]) + s->key[d] * (all - giver[d]);
    }
}

/* Most of a lot that one column may come to carry. */
static double column_most(const struct lot *lot, const struct sink *sink, double eta)
{
    double most = sink->type == SINK_KEEPING ? 0.5 * sink->qty * sink->cells : sink->qty;
    return most < eta * lot->qty ? most / eta : lot->qty;
}

static uint16_t upper_half(float step)
{
    uint32_t bits;
    memcpy(&bits, &step, sizeof bits);
    return (uint16_t)(bits >> 16);
}

static void column_steps(struct solver *s, double *sum)
{
    for (int32_t i = 0; i < s->movings; i++) {
        int32_t l = s->moving[i];
        const struct lot *lot = &s->lot[l];
        double mass = (double)lot->mass, paid = (double)lot->paid, burden = (double)lot->burden;
        double sizes = 0;
        for (uint32_t j = s->lot_begin[l]; j < s->lot_begin[l + 1]; j++) {
            struct column *c = &s->column[j];
            const struct sink *sink = &s->sink[s->cell_sink[c->cell]];
            uint32_t rows = sink->cell + sink->cells - c->cell + (sink->most != MODEL_NONE);
            double eta = c->eta, size = size_of(s, column_most(lot, sink, eta));
            c->step = upper_half((float)(size / (1 + eta * rows + mass + paid + 1.3 * burden)));
            sum[s->cell0 + (int32_t)c->cell] += eta * size;
            sum[s->hub0 + c->hub] += mass * size;
            sizes += size;
        }
        sum[l] = sizes;
        sum[s->budget0 + lot->budget] += paid * sizes;
        sum[s->giver0 + lot->giver] += burden * sizes;
        if (lot->line != MODEL_NONE) {
            double qty = s->line_qty[lot->line];
            sum[l] += lot->qty / qty * size_of(s, qty);
        }
    }
}

static void other_steps(struct solver *s, double *sum)
{
    for (int32_t i = 0; i < s->moving_systems; i++) {
        int32_t k = s->moving_system[i];
        const struct sink *system = &s->sink[k];
        for (uint32_t t = 0; t < system->cells; t++) {
            double rows = 1;
            for (int32_t j = k + 1; j < system->next; j++) {
                rows += s->sink[j].rate * (system->cells - t);
            }
            s->service_step[system->service + t] = size_of(s, system->qty) / rows;
        }
    }
    for (int32_t g = 0; g < s->m->lines; g++) {
        double paid = s->line_qty[g] > 0 ? s->fixed[g] / s->line_qty[g] : 0;
        double size = size_of(s, s->line_qty[g]);
        s->opening_step[g] = size / (1 + paid);
        sum[line_budget(s, g)] += paid * size;
    }
}

/* probe_to = A D A' probe, with the prices of probe already spread. */
static void apply(struct solver *s, double *to)
{
    double *cells = to + s->cell0, *hubs = to + s->hub0;
    memset(to, 0, (size_t)s->rows * sizeof *to);
    for (int32_t g = 0; g < s->m->lines; g++) {
        double v = s->opening_step[g] * s->opening_price[g];
        s->opening_bar[g] = s->line_qty[g] > 0 ? v / s->line_qty[g] : 0;
        to[line_budget(s, g)] += s->fixed[g] * s->opening_bar[g];
    }
    for (int32_t i = 0; i < s->movings; i++) {
        int32_t l = s->moving[i];
        const struct lot *lot = &s->lot[l];
        float mass = lot->mass, sum = 0;
        float at = (float)s->probe[l] + lot->paid * s->budget_price[lot->budget] +
                   lot->burden * s->giver_price[lot->giver];
        for (uint32_t j = s->lot_begin[l]; j < s->lot_begin[l + 1]; j++) {
            const struct column *c = &s->column[j];
            float eta = (float)c->eta;
            float v =
                column_step(c) * (at + eta * s->cell_price[c->cell] + mass * s->hub_price[c->hub]);
            sum += v;
            cells[c->cell] += (double)(eta * v);
            hubs[c->hub] += (double)(mass * v);
        }
        to[l] = (double)sum;
        if (lot->line != MODEL_NONE) to[l] -= lot->qty * s->opening_bar[lot->line];
        to[s->budget0 + lot->budget] += (double)(lot->paid * sum);
        to[s->giver0 + lot->giver] += (double)(lot->burden * sum);
    }
}

static void apply_rest(struct solver *s, double *to)
{
    for (int32_t i = 0; i < s->moving_systems; i++) {
        int32_t k = s->moving_system[i];
        const struct sink *system = &s->sink[k];
        const double *price = s->service_price + system->service;
        const double *step = s->service_step + system->service;
        for (int32_t j = k; j < system->next; j++) {
            const struct sink *sink = &s->sink[j];
            double here = 0, used = 0, *cell = to + s->cell0 + sink->cell;
            for (uint32_t t = 0; t < sink->cells; t++) {
                here += cell[t];
                used += step[t] * price[t];
                cell[t] = here + (j == k ? step[t] * price[t] : sink->rate * used);
            }
            if (sink->most != MODEL_NONE) to[sink->most] = here;
        }
    }
    double all = 0, *giver = to + s->giver0;
    for (int32_t d = 0; d < s->m->givers; d++) all += giver[d];
    for (int32_t d = 0; d < s->m->givers; d++) giver[d] -= s->key[d] * all;
}

/* To the length of one, times `by`; what the length was. */
static double scale(double *v, const double *by, int32_t rows)
{
    double sum = 0;
    for (int32_t r = 0; r < rows; r++) sum += v[r] * v[r];
    double one = sum > 0 ? 1 / sqrt(sum) : 0;
    for (int32_t r = 0; r < rows; r++) v[r] *= by[r] * one;
    return sqrt(sum);
}

/* The norm of the operator with its steps, by the power method; a little more to be sure. */
static void measure_norm(struct solver *s, uint32_t tries)
{
    double square = 1, *to = s->probe_to;
    struct arena scratch = {0};
    double *root = NEW_ARRAY(&scratch, (size_t)s->rows + 1, double);
    for (int32_t r = 0; r < s->rows; r++) root[r] = sqrt(s->step[r]);
    for (uint32_t i = 0; i < tries; i++) {
        if (!(scale(s->probe, root, s->rows) > 0)) break;
        engine_prices(s, s->probe);
        apply(s, to);
        apply_rest(s, to);
        square = 0;
        for (int32_t r = 0; r < s->rows; r++) {
            s->probe[r] = to[r] * root[r];
            square += s->probe[r] * s->probe[r];
        }
        square = sqrt(square);
    }
    arena_free(&scratch);
    s->norm = square > 0 ? sqrt(square) * 1.03 : 1;
}

void engine_steps(struct solver *s, uint32_t tries)
{
    double *sum = s->step;
    memset(sum, 0, (size_t)s->rows * sizeof *sum);
    usual_size(s);
    column_steps(s, sum);
    other_steps(s, sum);
    row_sums(s, sum);
    for (int32_t r = 0; r < s->rows; r++) {
        sum[r] = sum[r] > 0 ? 1 / sum[r] : s->rest ? 1e-9 : 1;
        if (s->stays && s->stays[r]) sum[r] = 1e-30;
    }
    if (s->probe[0] == 0) {
        for (int32_t r = 0; r < s->rows; r++) s->probe[r] = 0.2 + (r * 37 % 101) / 101.0;
    }
    measure_norm(s, tries);
    /* Lanes of about as many columns each, cut between lots. */
    int32_t at = 0;
    uint64_t columns = 0, before = 0;
    for (int32_t i = 0; i < s->movings; i++) {
        columns += s->lot_begin[s->moving[i] + 1] - s->lot_begin[s->moving[i]];
    }
    for (uint32_t i = 0; i < s->lanes; i++) {
        s->lane[i].begin = at;
        uint64_t until = columns * (i + 1) / s->lanes;
        for (; at < s->movings && (before < until || i + 1 == s->lanes); at++) {
            before += s->lot_begin[s->moving[at] + 1] - s->lot_begin[s->moving[at]];
        }
        s->lane[i].end = at;
    }
}
