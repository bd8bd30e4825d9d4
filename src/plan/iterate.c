/*
 * iterate.c - prices and quantities pull at each other until they agree.
 *
 * A primal-dual step on the columns that are looked at: quantities move where
 * it pays at today's prices, prices move where rows are over- or underfull, and
 * the point goes on past the step and back towards where the run began
 * (reflected Halpern iteration), with a new run when progress slows. Steps are
 * scaled by row and column sums. What makes it fast is that a row of months is
 * never stored: cells are added up on the way (a shipment is in one lot, one
 * cell, one hub month, one budget and one giver's account).
 */
#include <math.h>
#include <string.h>

#include "plan/inside.h"

struct pace {
    double primal, dual; /* how far */
    double ahead, back;  /* parts of the reflected point and of the anchor */
    bool look;           /* note the plain step too, and how far it moved */
};

/*
 * Of primal against dual steps. As sizes are taken care of, good weights lie
 * close together; what a run that comes to rest says of them leads far away.
 */
static const double weight_most = 3;

enum bounds { AT_LEAST_0, AT_MOST_0, BETWEEN };

/*
 * One row: the price after the step goes to next, the point to y. Without a
 * branch where it is the bound 0 that counts: v + |v| is twice the part above.
 */
static inline double move_price(struct solver *s, int32_t row, enum bounds bounds, double least,
                                double most, double slack, const struct pace *p, double *moved)
{
    double old = s->y[row], v = old + p->dual * s->step[row] * slack;
    if (bounds == AT_LEAST_0)
        v = 0.5 * (v + fabs(v));
    else if (bounds == AT_MOST_0)
        v = 0.5 * (v - fabs(v));
    else
        v = v < least ? least : v > most ? most : v;
    if (p->look) {
        s->next[row] = v;
        *moved += (v - old) * (v - old) / s->step[row];
    }
    return s->y[row] = p->ahead * (2 * v - old) + p->back * s->anchor[row];
}

/* Up to the kink each one is cheaper, which is worth `more` of a step. */
static inline float before_kink(float v, float kink, float more)
{
    if (v >= kink) return v;
    return v + more < kink ? v + more : kink;
}

static inline __attribute__((always_inline)) void go_over_lots(struct solver *s, struct lane *lane,
                                                               const struct pace *p, bool look)
{
    double *cells = lane->sum, *hubs = lane->sum + (s->hub0 - s->cell0);
    double *budgets = lane->sum + (s->budget0 - s->cell0);
    double *givers = lane->sum + (s->giver0 - s->cell0);
    const float *cell_price = s->cell_price, *hub_price = s->hub_price;
    float primal = (float)p->primal, ahead = (float)p->ahead, back = (float)p->back;
    const float *kink = s->kink;
    float charge = (float)s->charge;
    double moved = 0, moved_y = 0;
    for (int32_t i = lane->begin; i < lane->end; i++) {
        int32_t l = s->moving[i];
        const struct lot *lot = &s->lot[l];
        float mass = lot->mass, sum = 0;
        float at = (float)s->y[l] + lot->paid * s->budget_price[lot->budget] +
                   lot->burden * s->giver_price[lot->giver];
        for (uint32_t j = s->lot_begin[l]; j < s->lot_begin[l + 1]; j++) {
            struct column *c = &s->column[j];
            float old = c->x, step = primal * column_step(c);
            float v = old - step * (c->cost - at - c->eta * cell_price[c->cell] -
                                    mass * hub_price[c->hub]);
            if (kink && kink[j] > 0) v = before_kink(v, kink[j], step * charge);
            float twice = v + fabsf(v); /* of what is not below 0: a branch would often miss */
            float bar = twice - old;
            if (look) {
                float d = 0.5F * twice - old;
                s->column_next[j] = 0.5F * twice;
                moved += (double)(d * d / column_step(c));
            }
            sum += bar;
            cells[c->cell] += (double)(c->eta * bar);
            hubs[c->hub] += (double)(mass * bar);
            c->x = ahead * bar + back * c->anchor;
        }
        budgets[lot->budget] += (double)(lot->paid * sum);
        givers[lot->giver] += (double)(lot->burden * sum);
        double part = lot->line == MODEL_NONE ? 1 : s->opening_bar[lot->line];
        double y = move_price(s, l, AT_MOST_0, 0, 0, lot->qty * part - (double)sum, p, &moved_y);
        if (lot->line != MODEL_NONE) lane->opened[lot->line] += lot->qty * y;
    }
    lane->moved += moved;
    lane->moved_y += moved_y;
}

/* Sums of what is held, where it is looked at. */
static void begin_with_rest(const struct solver *s, double *sum)
{
    const double *rest = s->rest->sum;
    int32_t shared = s->hub0 - s->cell0;
    for (uint32_t i = 0; i < s->moving_needs; i++) sum[s->moving_need[i]] = rest[s->moving_need[i]];
    for (int32_t i = 0; i < s->moving_systems; i++) {
        int32_t k = s->moving_system[i];
        for (int32_t j = k; j < s->sink[k].next; j++) {
            const struct sink *sink = &s->sink[j];
            memcpy(sum + sink->cell, rest + sink->cell, sink->cells * sizeof *sum);
        }
    }
    memcpy(sum + shared, rest + shared, (size_t)(s->rows - s->hub0) * sizeof *sum);
}

static void lane_run(struct solver *s, struct lane *lane, const struct pace *p)
{
    if (s->rest && lane == s->lane)
        begin_with_rest(s, lane->sum);
    else
        memset(lane->sum, 0, (size_t)(s->rows - s->cell0) * sizeof *lane->sum);
    memset(lane->opened, 0, (size_t)s->m->lines * sizeof *lane->opened);
    lane->moved = lane->moved_y = 0;
    if (p->look)
        go_over_lots(s, lane, p, true);
    else
        go_over_lots(s, lane, p, false);
}

/* What all lanes found, in the first. */
static void add_lanes(struct solver *s)
{
    for (uint32_t i = 1; i < s->lanes; i++) {
        for (int32_t r = 0; r < s->rows - s->cell0; r++) s->lane[0].sum[r] += s->lane[i].sum[r];
        for (int32_t g = 0; g < s->m->lines; g++) s->lane[0].opened[g] += s->lane[i].opened[g];
        s->lane[0].moved += s->lane[i].moved;
        s->lane[0].moved_y += s->lane[i].moved_y;
    }
}

/* Services of a system: they move first; `bar` goes into the rows. */
static void move_services(struct solver *s, const struct sink *k, const struct pace *p,
                          double *moved)
{
    for (uint32_t u = k->service; u < k->service + k->cells; u++) {
        double old = s->service[u];
        double v = old - p->primal * s->service_step[u] * (k->weight - s->service_price[u]);
        v = v < 0 ? 0 : v > k->qty ? k->qty : v;
        double bar = 2 * v - old;
        if (p->look) {
            s->service_next[u] = v;
            *moved += (v - old) * (v - old) / s->service_step[u];
        }
        s->service[u] = p->ahead * bar + p->back * s->service_anchor[u];
        s->service_price[u] = bar; /* until the prices are made again */
    }
}

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

static void move_system(struct solver *s, int32_t k, const struct pace *p, struct lane *lane)
{
    const struct sink *system = &s->sink[k];
    const double *bar = s->service_price + system->service;
    move_services(s, system, p, &lane->moved);
    for (int32_t j = k; j < system->next; j++) {
        const struct sink *sink = &s->sink[j];
        const double *got = lane->sum + sink->cell;
        int32_t row = s->cell0 + (int32_t)sink->cell;
        double here = 0, used = 0;
        for (int32_t t = 0; t < (int32_t)sink->cells; t++) {
            here += got[t];
            used += bar[t];
            double served = j == k ? bar[t] : sink->rate * used;
            move_price(s, row + t, AT_LEAST_0, 0, 0, s->b[row + t] - here - served, p,
                       &lane->moved_y);
        }
        if (sink->most == MODEL_NONE) continue;
        move_price(s, sink->most, AT_MOST_0, 0, 0, s->b[sink->most] - here, p, &lane->moved_y);
    }
    system_prices(s, k, s->y);
}

static void move_needs(struct solver *s, const struct pace *p, struct lane *lane, uint32_t from,
                       uint32_t until)
{
    for (uint32_t i = from; i < until; i++) {
        uint32_t c = s->moving_need[i];
        int32_t row = s->cell0 + (int32_t)c;
        double slack = s->b[row] - lane->sum[c];
        s->cell_price[c] = (float)move_price(s, row, BETWEEN, -INFINITY, s->need_most[c], slack, p,
                                             &lane->moved_y);
    }
}

static double fairness_of(const struct solver *s)
{
    return s->m->fairness * s->weights.fairness * s->money;
}

static void giver_prices(struct solver *s, const double *y)
{
    double sum = 0;
    for (int32_t d = 0; d < s->m->givers; d++) sum += s->key[d] * y[s->giver0 + d];
    for (int32_t d = 0; d < s->m->givers; d++) s->giver_price[d] = (float)(y[s->giver0 + d] - sum);
}

static void move_shared(struct solver *s, const struct pace *p, struct lane *lane)
{
    const double *sum = lane->sum - s->cell0;
    for (int32_t r = s->hub0; r < s->giver0; r++) {
        double y = move_price(s, r, AT_MOST_0, 0, 0, s->b[r] - sum[r], p, &lane->moved_y);
        if (r < s->budget0)
            s->hub_price[r - s->hub0] = (float)y;
        else
            s->budget_price[r - s->budget0] = (float)y;
    }
    double all = 0, fair = fairness_of(s);
    for (int32_t d = 0; d < s->m->givers; d++) all += sum[s->giver0 + d];
    for (int32_t d = 0; d < s->m->givers; d++) {
        double slack = s->b[s->giver0 + d] + s->key[d] * all - sum[s->giver0 + d];
        move_price(s, s->giver0 + d, BETWEEN, -fair, fair, slack, p, &lane->moved_y);
    }
    giver_prices(s, s->y);
}

static int32_t line_budget(const struct solver *s, int32_t g)
{
    int32_t b = s->m->line[g].budget;
    return s->budget0 + (b == MODEL_NONE ? s->m->budgets : b);
}

/* What opening a line by one of its quantity costs, less what its lots and budget say. */
static double line_cost(const struct solver *s, int32_t g)
{
    double thrift = s->m->thrift * s->weights.thrift * s->money;
    return s->line_qty[g] > 0 ? thrift * s->fixed[g] / s->line_qty[g] : 0;
}

static void move_lines(struct solver *s, const struct pace *p, struct lane *lane)
{
    for (int32_t g = 0; g < s->m->lines; g++) {
        double qty = s->line_qty[g], old = s->opening[g];
        double least = s->line_state[g] == LINE_OPEN ? qty : 0;
        double most = s->line_state[g] == LINE_SHUT ? 0 : qty;
        double v = old - p->primal * s->opening_step[g] * (line_cost(s, g) - s->opening_price[g]);
        v = v < least ? least : v > most ? most : v;
        double bar = 2 * v - old;
        if (p->look) {
            s->opening_next[g] = v;
            lane->moved += (v - old) * (v - old) / s->opening_step[g];
        }
        s->opening[g] = p->ahead * bar + p->back * s->opening_anchor[g];
        s->opening_bar[g] = qty > 0 ? bar / qty : 0;
    }
}

/* Openings count in the rows of lots (at once) and of budgets (here). */
static void add_lines(struct solver *s, struct lane *lane)
{
    for (int32_t g = 0; g < s->m->lines; g++) {
        lane->sum[line_budget(s, g) - s->cell0] += s->fixed[g] * s->opening_bar[g];
    }
}

static void line_prices(struct solver *s, const double *y, const double *opened)
{
    for (int32_t g = 0; g < s->m->lines; g++) {
        double qty = s->line_qty[g];
        s->opening_price[g] = qty > 0 ? (s->fixed[g] * y[line_budget(s, g)] - opened[g]) / qty : 0;
    }
}

void engine_prices(struct solver *s, const double *y)
{
    double *opened = s->lane[0].opened;
    for (uint32_t c = 0; c < s->needs; c++) s->cell_price[c] = (float)y[s->cell0 + (int32_t)c];
    for (int32_t k = 0; k < s->m->sinks; k++) {
        if (s->sink[k].type == SINK_SYSTEM) system_prices(s, k, y);
    }
    for (int32_t r = s->hub0; r < s->budget0; r++) s->hub_price[r - s->hub0] = (float)y[r];
    for (int32_t r = s->budget0; r < s->giver0; r++) s->budget_price[r - s->budget0] = (float)y[r];
    giver_prices(s, y);
    memset(opened, 0, (size_t)s->m->lines * sizeof *opened);
    for (int32_t l = 0; s->m->lines && l < s->m->lots; l++) {
        if (s->lot[l].line != MODEL_NONE) opened[s->lot[l].line] += s->lot[l].qty * y[l];
    }
    line_prices(s, y, opened);
}

/* What one of the two does: its lots; or, when all lots are done, its half of the sinks. */
struct share {
    struct solver *s;
    const struct pace *pace;
    bool sinks;
};

static void do_sinks(struct solver *s, const struct pace *p, uint32_t i)
{
    struct lane *lane = &s->lane[0], own = {.sum = lane->sum};
    uint32_t n = s->lanes;
    uint32_t needs = s->moving_needs, systems = (uint32_t)s->moving_systems;
    move_needs(s, p, &own, needs / n * i, i + 1 == n ? needs : needs / n * (i + 1));
    uint32_t until = i + 1 == n ? systems : systems / n * (i + 1);
    for (uint32_t k = systems / n * i; k < until; k++) {
        move_system(s, s->moving_system[k], p, &own);
    }
    s->sinks_moved[i] = own.moved;
    s->sinks_moved_y[i] = own.moved_y;
}

static void do_share(void *ctx, int part)
{
    const struct share *share = ctx;
    uint32_t i = (uint32_t)part;
    if (share->sinks)
        do_sinks(share->s, share->pace, i);
    else
        lane_run(share->s, &share->s->lane[i], share->pace);
}

static void do_all(struct solver *s, const struct pace *p, bool sinks)
{
    struct share share = {s, p, sinks};
    if (s->lanes == 1)
        do_share(&share, 0);
    else
        crew_do(s->crew, do_share, &share);
}

static void iterate_once(struct solver *s, const struct pace *p)
{
    struct lane *lane = &s->lane[0];
    double moved = 0;
    if (s->m->lines) {
        struct lane only = {0};
        move_lines(s, p, &only);
        moved = only.moved;
    }
    do_all(s, p, false);
    add_lanes(s);
    lane->moved += moved;
    add_lines(s, lane);
    do_all(s, p, true);
    for (uint32_t i = 0; i < s->lanes; i++) {
        lane->moved += s->sinks_moved[i];
        lane->moved_y += s->sinks_moved_y[i];
    }
    if (!s->still) move_shared(s, p, lane);
    line_prices(s, s->y, lane->opened);
}

/* The point becomes the last plain step, and the anchor of a new run. */
static void begin_run(struct solver *s)
{
    double moved = 0, moved_y = 0;
    for (int32_t i = 0; i < s->movings; i++) {
        int32_t l = s->moving[i];
        for (uint32_t j = s->lot_begin[l]; j < s->lot_begin[l + 1]; j++) {
            struct column *c = &s->column[j];
            double d = (double)(s->column_next[j] - c->anchor);
            moved += d * d / (double)column_step(c);
            c->x = c->anchor = s->column_next[j];
        }
    }
    for (uint32_t u = 0; u < s->services; u++) {
        double d = s->service_next[u] - s->service_anchor[u];
        moved += d * d / s->service_step[u];
        s->service[u] = s->service_anchor[u] = s->service_next[u];
    }
    for (int32_t g = 0; g < s->m->lines; g++) {
        double d = s->opening_next[g] - s->opening_anchor[g];
        moved += d * d / s->opening_step[g];
        s->opening[g] = s->opening_anchor[g] = s->opening_next[g];
    }
    for (int32_t r = 0; r < s->rows; r++) {
        double d = s->next[r] - s->anchor[r];
        moved_y += d * d / s->step[r];
        s->y[r] = s->anchor[r] = s->next[r];
    }
    if (moved > 1e-20 && moved_y > 1e-20) {
        double weight = sqrt(s->weight * sqrt(moved_y / moved));
        if (s->warm) weight = fmin(fmax(weight, s->weight / 1.2), s->weight * 1.2);
        s->weight = fmin(fmax(weight, s->weight_least), weight_most);
    }
    engine_prices(s, s->y);
}

static void set_anchors(struct solver *s)
{
    for (uint32_t j = 0; j < s->columns; j++) s->column[j].anchor = s->column[j].x;
    memcpy(s->service_anchor, s->service, s->services * sizeof *s->service);
    memcpy(s->opening_anchor, s->opening, (size_t)s->m->lines * sizeof *s->opening);
    memcpy(s->anchor, s->y, (size_t)s->rows * sizeof *s->y);
    if (!s->rest) return; /* what is held is where it was after each step */
    memcpy(s->next, s->y, (size_t)s->rows * sizeof *s->y);
    memcpy(s->service_next, s->service, s->services * sizeof *s->service);
}

void engine_iterate(struct solver *s, uint32_t n)
{
    double first = -1, before = INFINITY, pace = 0.998 / s->norm;
    uint32_t run = 0;
    set_anchors(s);
    engine_prices(s, s->y);
    for (uint32_t done = 0; done < n; done++, run++) {
        double ahead = (run + 1.0) / (run + 2.0);
        bool look = run == 0 || run % 16 == 15 || done == n - 1;
        iterate_once(s, &(struct pace){.primal = pace / s->weight,
                                       .dual = pace * s->weight,
                                       .ahead = ahead,
                                       .back = 1 - ahead,
                                       .look = look});
        s->iterations++;
        if (!look) continue;
        double way = sqrt(s->weight * s->lane[0].moved + s->lane[0].moved_y / s->weight);
        if (first < 0) first = way;
        bool anew = run > 0 && (way <= 0.2 * first || (way <= 0.8 * first && way > before) ||
                                run + 1 >= 0.36 * (double)s->iterations + 32);
        before = way;
        if (!anew && done < n - 1) continue;
        begin_run(s);
        run = (uint32_t)-1;
        first = -1;
        before = INFINITY;
    }
}

/* ---- steps ---- */

/*
 * Quantities differ by orders of magnitude, and prices do not: what may become
 * large moves further, and where only little can go a little says as much about
 * the price. Between doing that in full and not at all, the root is the best.
 */
static double size_of(const struct solver *s, double most)
{
    return fmin(fmax(sqrt(most) / s->usual_size, 1e-3), 1e3);
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
    return fmin(most / eta, lot->qty);
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
            double eta = (double)c->eta, size = size_of(s, column_most(lot, sink, eta));
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
            float v = column_step(c) *
                      (at + c->eta * s->cell_price[c->cell] + mass * s->hub_price[c->hub]);
            sum += v;
            cells[c->cell] += (double)(c->eta * v);
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

/* The norm of the operator with its steps, by the power method; a little more to be sure. */
static void measure_norm(struct solver *s, uint32_t tries)
{
    double square = 1;
    double *to = s->next;
    for (uint32_t i = 0; i < tries; i++) {
        double length = 0;
        for (int32_t r = 0; r < s->rows; r++) length += s->probe[r] * s->probe[r];
        length = sqrt(length);
        if (!(length > 0)) break;
        for (int32_t r = 0; r < s->rows; r++) s->probe[r] *= sqrt(s->step[r]) / length;
        engine_prices(s, s->probe);
        apply(s, to);
        apply_rest(s, to);
        length = 0;
        for (int32_t r = 0; r < s->rows; r++) {
            s->probe[r] = to[r] * sqrt(s->step[r]);
            length += s->probe[r] * s->probe[r];
        }
        square = sqrt(length);
    }
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
    for (int32_t r = 0; r < s->rows; r++) sum[r] = sum[r] > 0 ? 1 / sum[r] : s->rest ? 1e-9 : 1;
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
