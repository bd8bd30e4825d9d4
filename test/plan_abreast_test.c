/*
 * plan_abreast_test.c - steps four abreast are the steps that they are said to be.
 *
 * The same steps in another way: a matrix with every entry written out, in double, row by row, no
 * sums over months, nothing side by side. Problems are small and have everything in them, and
 * begin anywhere.
 */
#include "plan/abreast.h"
#include "planned/small.h"
#include "seed.h"
#include "tap.h"

/* A x <= b and so on, as inside.h says; services come behind the columns. */
struct plain {
    struct solver *s;
    int32_t rows, cols;
    double *entry; /* rows x cols */
    double *cost, *most, *x, *x0, *x_next, *x_step;
    double *low, *high, *y, *y0, *y_next, *y_step;
    bool *moves, *row_moves;
};

static double *entry(struct plain *p, int32_t row, uint32_t col)
{
    return &p->entry[(size_t)row * (size_t)p->cols + col];
}

static void put_column(struct plain *p, int32_t l, uint32_t j)
{
    const struct solver *s = p->s;
    const struct column *c = &s->column[j];
    const struct sink *k = &s->sink[s->cell_sink[c->cell]];
    const struct lot *lot = &s->lot[l];
    for (uint32_t n = c->cell; n < k->cell + k->cells; n++) {
        *entry(p, s->cell0 + (int32_t)n, j) = c->eta;
    }
    if (k->most != MODEL_NONE) *entry(p, k->most, j) = c->eta;
    *entry(p, l, j) = 1;
    *entry(p, s->hub0 + c->hub, j) = (double)lot->mass;
    *entry(p, s->budget0 + lot->budget, j) = (double)lot->paid;
    for (int32_t d = 0; d < s->m->givers; d++) {
        double share = (d == lot->giver) - s->key[d];
        *entry(p, s->giver0 + d, j) = share * (double)lot->burden;
    }
    p->cost[j] = (double)c->cost;
    p->most[j] = INFINITY;
    p->x[j] = (double)c->x;
    p->x_step[j] = (double)column_step(c);
}

static void put_services(struct plain *p, int32_t k)
{
    const struct solver *s = p->s;
    const struct sink *system = &s->sink[k];
    for (uint32_t t = 0; t < system->cells; t++) {
        uint32_t j = s->columns + system->service + t;
        *entry(p, s->cell0 + (int32_t)(system->cell + t), j) = 1;
        for (int32_t i = k + 1; i < system->next; i++) {
            for (uint32_t n = t; n < s->sink[i].cells; n++) {
                *entry(p, s->cell0 + (int32_t)(s->sink[i].cell + n), j) = s->sink[i].rate;
            }
        }
        p->cost[j] = system->weight;
        p->most[j] = system->qty;
        p->x[j] = s->service[system->service + t];
        p->x_step[j] = s->service_step[system->service + t];
    }
}

static void put_rows(struct plain *p)
{
    const struct solver *s = p->s;
    double fair = s->m->fairness * s->weights.fairness * s->money;
    for (int32_t r = 0; r < p->rows; r++) {
        bool cell = r >= s->cell0 && r < s->cell0 + (int32_t)s->cells;
        p->low[r] = cell ? 0 : -INFINITY;
        p->high[r] = cell ? INFINITY : 0;
        p->y[r] = s->y[r];
        p->y_step[r] = s->step[r];
        if (r >= s->giver0) p->low[r] = -fair;
        if (r >= s->giver0) p->high[r] = fair;
    }
    for (uint32_t c = 0; c < s->needs; c++) {
        p->low[s->cell0 + (int32_t)c] = -INFINITY;
        p->high[s->cell0 + (int32_t)c] = s->need_most[c];
    }
}

static void put_moving(struct plain *p)
{
    const struct solver *s = p->s;
    for (int32_t r = s->hub0; r < p->rows; r++) p->row_moves[r] = true;
    for (int32_t i = 0; i < s->movings; i++) {
        int32_t l = s->moving[i];
        p->row_moves[l] = true;
        for (uint32_t j = s->lot_begin[l]; j < s->lot_begin[l + 1]; j++) p->moves[j] = true;
    }
    for (uint32_t i = 0; i < s->moving_needs; i++) {
        p->row_moves[s->cell0 + (int32_t)s->moving_need[i]] = true;
    }
    for (int32_t i = 0; i < s->moving_systems; i++) {
        const struct sink *k = &s->sink[s->moving_system[i]];
        for (uint32_t t = 0; t < k->cells; t++) p->moves[s->columns + k->service + t] = true;
        for (int32_t j = s->moving_system[i]; j < k->next; j++) {
            const struct sink *sink = &s->sink[j];
            if (!sink->cells) continue;
            if (sink->most != MODEL_NONE) p->row_moves[sink->most] = true;
            for (uint32_t c = 0; c < sink->cells; c++) {
                p->row_moves[s->cell0 + (int32_t)(sink->cell + c)] = true;
            }
        }
    }
}

static struct plain plain_of(struct arena *a, struct solver *s)
{
    struct plain p = {.s = s, .rows = s->rows, .cols = (int32_t)(s->columns + s->services)};
    size_t rows = (size_t)p.rows + 1, cols = (size_t)p.cols + 1;
    double **of_cols[] = {&p.cost, &p.most, &p.x, &p.x0, &p.x_next, &p.x_step};
    double **of_rows[] = {&p.low, &p.high, &p.y, &p.y0, &p.y_next, &p.y_step};
    for (size_t i = 0; i < sizeof of_cols / sizeof *of_cols; i++) {
        *of_cols[i] = NEW_ARRAY(a, cols, double);
        *of_rows[i] = NEW_ARRAY(a, rows, double);
    }
    p.entry = NEW_ARRAY(a, rows * cols, double);
    p.moves = NEW_ARRAY(a, cols, bool);
    p.row_moves = NEW_ARRAY(a, rows, bool);
    for (int32_t l = 0; l < s->m->lots; l++) {
        for (uint32_t j = s->lot_begin[l]; j < s->lot_begin[l + 1]; j++) put_column(&p, l, j);
    }
    for (int32_t k = 0; k < s->m->sinks; k++) {
        if (s->sink[k].type == SINK_SYSTEM) put_services(&p, k);
    }
    put_rows(&p);
    put_moving(&p);
    memcpy(p.x0, p.x, cols * sizeof *p.x);
    memcpy(p.y0, p.y, rows * sizeof *p.y);
    memcpy(p.x_next, p.x, cols * sizeof *p.x);
    memcpy(p.y_next, p.y, rows * sizeof *p.y);
    return p;
}

static double clamp(double v, double low, double high)
{
    return v < low ? low : v > high ? high : v;
}

static void plain_step(struct plain *p, struct arena *a, const struct pace *pace, double moved[2])
{
    double *bar = NEW_ARRAY(a, (size_t)p->cols + 1, double), ahead = (double)pace->ahead;
    moved[0] = moved[1] = 0;
    for (int32_t j = 0; j < p->cols; j++) {
        double paid = 0, old = p->x[j];
        bar[j] = old;
        if (!p->moves[j]) continue;
        for (int32_t r = 0; r < p->rows; r++) paid += *entry(p, r, (uint32_t)j) * p->y[r];
        double v = old - (double)pace->primal * p->x_step[j] * (p->cost[j] - paid);
        p->x_next[j] = v = clamp(v, 0, p->most[j]);
        bar[j] = 2 * v - old;
        moved[0] += (v - old) * (v - old) / p->x_step[j];
        p->x[j] = ahead * bar[j] + (1 - ahead) * p->x0[j];
    }
    for (int32_t r = 0; r < p->rows; r++) {
        double sum = 0, old = p->y[r];
        if (!p->row_moves[r]) continue;
        for (int32_t j = 0; j < p->cols; j++) sum += *entry(p, r, (uint32_t)j) * bar[j];
        double v = old + (double)pace->dual * p->y_step[r] * (p->s->b[r] - sum);
        p->y_next[r] = v = clamp(v, p->low[r], p->high[r]);
        moved[1] += (v - old) * (v - old) / p->y_step[r];
        p->y[r] = ahead * (2 * v - old) + (1 - ahead) * p->y0[r];
    }
}

static void plain_again(struct plain *p)
{
    memcpy(p->x, p->x_next, (size_t)p->cols * sizeof *p->x);
    memcpy(p->x0, p->x_next, (size_t)p->cols * sizeof *p->x);
    memcpy(p->y, p->y_next, (size_t)p->rows * sizeof *p->y);
    memcpy(p->y0, p->y_next, (size_t)p->rows * sizeof *p->y);
}

/* --- where it begins --- */

static double part(struct rng *r)
{
    return rng_one_in(r, 3) ? 0 : rng_below(r, 1000) / 1000.0;
}

static void begin_anywhere(struct solver *s, struct rng *r)
{
    double fair = s->m->fairness * s->weights.fairness * s->money;
    for (int32_t l = 0; l < s->m->lots; l++) {
        for (uint32_t j = s->lot_begin[l]; j < s->lot_begin[l + 1]; j++) {
            s->column[j].x = (float)(part(r) * s->lot[l].qty);
        }
    }
    for (int32_t row = 0; row < s->rows; row++) s->y[row] = -0.1 * part(r);
    for (uint32_t c = 0; c < s->cells; c++) s->y[s->cell0 + (int32_t)c] = part(r);
    for (uint32_t c = 0; c < s->needs; c++) {
        s->y[s->cell0 + (int32_t)c] = s->need_most[c] * part(r);
    }
    for (int32_t row = s->giver0; row < s->rows; row++) s->y[row] = fair * (2 * part(r) - 1);
    s->y[s->giver0 - 1] = 0;
    for (int32_t k = 0; k < s->m->sinks; k++) {
        const struct sink *sink = &s->sink[k];
        for (uint32_t t = 0; sink->type == SINK_SYSTEM && t < sink->cells; t++) {
            s->service[sink->service + t] = sink->qty * part(r);
        }
    }
}

/* Some lots stay where they are, and what they bring is there all the same. */
static void hold_some(struct solver *s, struct arena *a, struct rng *r)
{
    bool *active = NEW_ARRAY(a, (size_t)s->m->lots + 1, bool);
    bool *also = NEW_ARRAY(a, (size_t)s->m->sinks + 1, bool);
    struct flow *flow = NEW_ARRAY(a, (size_t)s->columns + 1, struct flow);
    uint32_t count = 0;
    for (int32_t k = 0; k < s->m->sinks; k++) also[k] = rng_one_in(r, 4);
    for (int32_t l = 0; l < s->m->lots; l++) {
        active[l] = !rng_one_in(r, 3);
        for (uint32_t j = s->lot_begin[l]; j < s->lot_begin[l + 1]; j++) {
            const struct column *c = &s->column[j];
            flow[count++] = (struct flow){.lot = l,
                                          .sink = s->cell_sink[c->cell],
                                          .hub = (int16_t)(c->hub / s->m->months),
                                          .month = (int16_t)column_month(s, c),
                                          .x = (double)c->x};
        }
    }
    engine_hold(s, a, active, also, flow, count);
}

/* --- the two side by side --- */

static bool near(double one, double other, double size)
{
    return fabs(one - other) <= 1e-4 * (1 + size);
}

static double largest(const double *v, int32_t count)
{
    double most = 0;
    for (int32_t i = 0; i < count; i++) most = fmax(most, fabs(v[i]));
    return most;
}

static void agrees(const struct plain *p)
{
    const struct solver *s = p->s;
    double x = largest(p->x, p->cols), y = largest(p->y, p->rows);
    for (uint32_t j = 0; j < s->columns && tap_this_ok; j++) {
        CHECK(near((double)s->column[j].x, p->x[j], x));
    }
    for (uint32_t u = 0; u < s->services && tap_this_ok; u++) {
        CHECK(near(s->service[u], p->x[s->columns + u], x));
    }
    for (int32_t r = 0; r < s->rows && tap_this_ok; r++) CHECK(near(s->y[r], p->y[r], y));
}

static void some_steps(struct rng *r)
{
    enum { STEPS = 9 };
    struct arena a = {0};
    struct small shape = {.lots = 1 + (int32_t)rng_below(r, 30),
                          .sinks = 1 + (int32_t)rng_below(r, 9),
                          .months = 2 + (int32_t)rng_below(r, 9)};
    struct solver *s = solver_new(&a, small_model(&a, r, &shape));
    s->lanes = 1 + rng_below(r, LANES);
    columns_begin(s);
    begin_anywhere(s, r);
    if (rng_one_in(r, 2)) hold_some(s, &a, r);
    engine_steps(s, 4);
    engine_prices(s, s->y);
    struct plain p = plain_of(&a, s);
    struct abreast *f = abreast_new(s, &a);
    uint32_t anew = rng_below(r, STEPS), run = 0; /* that one, and the last */
    for (uint32_t i = 0; i < STEPS; i++, run++) {
        double moved[2];
        float ahead = (float)((run + 1.0) / (run + 2.0));
        struct pace pace = {.primal = (float)(0.9 / s->norm),
                            .dual = (float)(0.9 / s->norm),
                            .ahead = ahead,
                            .back = 1 - ahead,
                            .look = i == anew || i + 1 == STEPS || rng_one_in(r, 2)};
        abreast_step(f, &pace);
        plain_step(&p, &a, &pace, moved);
        CHECK(!pace.look || near(f->moved, moved[0], 10 * moved[0]));
        CHECK(!pace.look || near(f->moved_y, moved[1], 10 * moved[1]));
        if (i != anew && i + 1 < STEPS) continue;
        abreast_again(f);
        plain_again(&p);
        run = (uint32_t)-1;
    }
    abreast_end(f);
    agrees(&p);
    arena_free(&a);
}

static void steps_four_abreast_are_those_of_the_matrix(void)
{
    seeds_run(400, some_steps);
}

int main(void)
{
    RUN(steps_four_abreast_are_those_of_the_matrix);
    return tap_done();
}
