/*
 * abreast_step.c - one step: quantities, then prices, four side by side.
 *
 * What a shipment adds to a cell and to a hub month is a load, a sum and a store of one number,
 * and the next one that goes there waits for it. So each of four lots has a sum of its
 * own by hub, and lots side by side come from different families, which share no cell.
 */
#include "plan/abreast.h"

static const float nearly_none = 1e-30F; /* steps of what only fills up are 0 */

/* Where the plain step and the anchor lead; `moved` gets how far that was. */
static inline __attribute__((always_inline)) four go_on(struct mover *q, four v,
                                                        const struct pace *p, bool look,
                                                        four *moved)
{
    four old = q->at, bar = v + v - old;
    if (look) {
        four d = v - old;
        q->next = v;
        *moved += d * d / (q->step + nearly_none);
    }
    q->at = p->ahead * bar + p->back * q->anchor;
    return bar;
}

/* --- lots --- */

static inline four pick(const float *from, const int32_t *at)
{
    return (four){from[at[0]], from[at[1]], from[at[2]], from[at[3]]};
}

/* Up to the kink each one is cheaper, which is worth `more` of a step. */
static inline four before_kink(four v, four kink, four more)
{
    four cheaper = lesser(v + more, kink);
    four_bits below = (four_bits)(v < kink) & (four_bits)(kink > 0);
    return (four)(((four_bits)cheaper & below) | ((four_bits)v & ~below));
}

static inline __attribute__((always_inline)) void go_over_strand(struct abreast *f,
                                                                 struct part *part, uint32_t i,
                                                                 const struct pace *p, four at,
                                                                 four mass, bool look, bool kinks,
                                                                 four *sum, four *moved)
{
    struct strand *c = &f->strand[i];
    const float *cell_price = f->price, *hub_price = f->s->hub_price;
    float *cells = part->sum;
    float(*hubs)[4] = part->shared;
    uint32_t hub[4];
    four_bits way;
    memcpy(&way, c->way, sizeof way);
    four step = (four)(way & 0xffff0000);
    for (int k = 0; k < 4; k++) hub[k] = c->way[k] & 0xffff;
    four paid = {cell_price[c->cell[0]], cell_price[c->cell[1]], cell_price[c->cell[2]],
                 cell_price[c->cell[3]]};
    four through = {hub_price[hub[0]], hub_price[hub[1]], hub_price[hub[2]], hub_price[hub[3]]};
    four old = f->x[i], by = p->primal * step;
    four v = old - by * (c->cost - at - c->eta * paid - mass * through);
    if (kinks) v = before_kink(v, f->kink[i], by * (float)f->s->charge);
    v = above_0(v);
    four bar = v + v - old;
    if (look) {
        four d = v - old;
        f->strand_next[i] = v;
        *moved += d * d / step;
    }
    f->x[i] = p->ahead * bar + p->back * c->anchor;
    *sum += bar;
    four here = c->eta * bar, weighs = mass * bar;
    for (int k = 0; k < 4; k++) {
        cells[c->cell[k]] += here[k];
        hubs[hub[k]][k] += weighs[k];
    }
}

/* How much of each of the four lots there is, as their lines are open. */
static four opened_part(const struct solver *s, const struct bundle *b)
{
    four qty = b->qty;
    for (int k = 0; k < 4; k++) {
        int32_t line = b->lot[k] == MODEL_NONE ? MODEL_NONE : s->lot[b->lot[k]].line;
        if (line != MODEL_NONE) qty[k] *= (float)s->opening_bar[line];
    }
    return qty;
}

static void add_opened(const struct solver *s, struct part *part, const struct bundle *b)
{
    for (int k = 0; k < 4; k++) {
        if (b->lot[k] == MODEL_NONE) continue;
        const struct lot *lot = &s->lot[b->lot[k]];
        if (lot->line != MODEL_NONE) part->opened[lot->line] += lot->qty * (double)b->price.at[k];
    }
}

static inline __attribute__((always_inline)) void go_over_lots(struct abreast *f, struct part *part,
                                                               const struct pace *p, bool look,
                                                               bool kinks)
{
    const struct solver *s = f->s;
    float(*budgets)[4] = part->shared + (s->budget0 - s->hub0);
    float(*givers)[4] = part->shared + (s->giver0 - s->hub0);
    const struct pace pace = *p; /* of our own: nothing that is stored can change it */
    p = &pace;
    uint32_t j = part->strand;
    for (uint32_t i = part->begin; i < part->end; i++) {
        struct bundle *b = &f->bundle[i];
        four mass = b->mass, sum = {0}, moved = {0}, moved_y = {0}, qty = b->qty;
        four at = b->price.at + b->paid * pick(s->budget_price, b->budget) +
                  b->burden * pick(s->giver_price, b->giver);
        for (uint32_t end = j + b->strands; j < end; j++) {
            go_over_strand(f, part, j, p, at, mass, look, kinks, &sum, &moved);
        }
        four paid = b->paid * sum, borne = b->burden * sum;
        for (int k = 0; k < 4; k++) {
            budgets[b->budget[k]][k] += paid[k];
            givers[b->giver[k]][k] += borne[k];
        }
        if (s->m->lines) qty = opened_part(s, b);
        four v = below_0(b->price.at + p->dual * b->price.step * (qty - sum));
        go_on(&b->price, v, p, look, &moved_y);
        if (s->m->lines) add_opened(s, part, b);
        if (!look) continue;
        part->moved += sum_of(moved);
        part->moved_y += sum_of(moved_y);
    }
}

static void do_part(struct abreast *f, struct part *part, const struct pace *p)
{
    const struct solver *s = f->s;
    bool first = part == f->part;
    if (f->rest && first)
        memcpy(part->sum, f->rest, f->cells * sizeof *part->sum);
    else
        memset(part->sum, 0, f->cells * sizeof *part->sum);
    memset(part->shared, 0, (size_t)(s->rows - s->hub0) * sizeof *part->shared);
    memset(part->opened, 0, (size_t)s->m->lines * sizeof *part->opened);
    part->moved = part->moved_y = 0;
    if (p->look)
        go_over_lots(f, part, p, true, f->kink != NULL);
    else if (f->kink)
        go_over_lots(f, part, p, false, true);
    else
        go_over_lots(f, part, p, false, false);
}

/* --- rows that are alone, in double --- */

enum bounds { AT_MOST_0, BETWEEN };

static void move_row(struct abreast *f, int32_t row, enum bounds bounds, double most, double slack,
                     const struct pace *p, double *moved_y)
{
    struct solver *s = f->s;
    double old = s->y[row], v = old + (double)p->dual * s->step[row] * slack;
    int32_t at = row - s->most0;
    if (bounds == AT_MOST_0)
        v = v < 0 ? v : 0;
    else
        v = v < -most ? -most : v > most ? most : v;
    if (p->look) {
        f->next[at] = v;
        *moved_y += (v - old) * (v - old) / s->step[row];
    }
    s->y[row] = (double)p->ahead * (2 * v - old) + (double)p->back * f->anchor[at];
}

/* --- sinks --- */

/* What arrived in these cells, of all parts. */
static inline four arrived(const struct abreast *f, uint32_t i)
{
    four sum = load(f->part[0].sum + 4 * (size_t)i);
    for (uint32_t n = 1; n < f->s->lanes; n++) sum += load(f->part[n].sum + 4 * (size_t)i);
    return sum;
}

static void move_needs(struct abreast *f, const struct pace *p, uint32_t from, uint32_t until,
                       double *moved_y)
{
    for (uint32_t i = from; i < until; i++) {
        struct mover *y = &f->cell[i];
        const struct need_bounds *n = &f->need[i];
        four v = lesser(y->at + p->dual * y->step * (n->b - arrived(f, i)), n->most);
        four moved = {0};
        go_on(y, v, p, p->look, &moved);
        store(f->price + 4 * (size_t)i, y->at);
        if (p->look) *moved_y += sum_of(moved);
    }
}

/* Each with those before it; with those behind it. */
static inline four until_each(four v)
{
    const four none = {0};
    v += __builtin_shufflevector(v, none, 4, 0, 1, 2);
    return v + __builtin_shufflevector(v, none, 4, 5, 0, 1);
}

static inline four from_each(four v)
{
    const four none = {0};
    v += __builtin_shufflevector(v, none, 1, 2, 3, 4);
    return v + __builtin_shufflevector(v, none, 2, 3, 4, 5);
}

static inline four all_first(four v)
{
    return __builtin_shufflevector(v, v, 0, 0, 0, 0);
}

static inline four all_last(four v)
{
    return __builtin_shufflevector(v, v, 3, 3, 3, 3);
}

/* Services move first; what their rows see of them is how many are not in service. */
static void move_services(struct abreast *f, const struct system *k, const struct pace *p,
                          double *moved)
{
    uint32_t count = f->member[k->begin].count;
    four sum = {0};
    for (uint32_t i = k->service; i < k->service + count; i++) {
        struct mover *u = &f->service[i];
        four v = u->at - p->primal * u->step * (k->weight - f->wanted[i]);
        v = lesser(above_0(v), k->qty - (four){0});
        f->idle[i] = k->qty - go_on(u, v, p, p->look, &sum);
    }
    if (p->look) *moved += sum_of(sum);
}

/* At its rows' new prices: what an arrival is worth, and what a service is. */
static void member_prices(struct abreast *f, const struct system *k, uint32_t j)
{
    const struct member *n = &f->member[j];
    four *wanted = f->wanted + k->service, sum = {0};
    float whole = n->most == MODEL_NONE ? 0 : (float)f->s->y[n->most];
    for (uint32_t i = n->count; i-- > 0;) {
        four y = f->cell[n->first + i].at;
        sum = from_each(y) + all_first(sum);
        store(f->price + 4 * (size_t)(n->first + i), sum + whole);
        wanted[i] = j == k->begin ? y : wanted[i] + n->rate * sum;
    }
}

static void move_member(struct abreast *f, const struct system *k, uint32_t j, const struct pace *p,
                        double *moved_y)
{
    const struct member *n = &f->member[j];
    const four *idle = f->idle + k->service;
    four here = {0}, out = {0}, moved = {0};
    for (uint32_t i = 0; i < n->count; i++) {
        struct mover *y = &f->cell[n->first + i];
        here = until_each(arrived(f, n->first + i)) + all_last(here);
        out = j == k->begin ? idle[i] : until_each(n->rate * idle[i]) + all_last(out);
        four v = above_0(y->at + p->dual * y->step * (out - n->there - here));
        go_on(y, v, p, p->look, &moved);
    }
    if (p->look) *moved_y += sum_of(moved);
    if (n->most != MODEL_NONE) {
        double slack = f->s->b[n->most] - (double)here[3];
        move_row(f, n->most, AT_MOST_0, 0, slack, p, moved_y);
    }
}

static void do_sinks(struct abreast *f, const struct pace *p, uint32_t i, double *moved,
                     double *moved_y)
{
    uint32_t n = f->s->lanes, last = i + 1 == n;
    move_needs(f, p, f->needs / n * i, last ? f->needs : f->needs / n * (i + 1), moved_y);
    uint32_t until = last ? f->systems : f->systems / n * (i + 1);
    for (uint32_t k = f->systems / n * i; k < until; k++) {
        const struct system *system = &f->system[k];
        move_services(f, system, p, moved);
        for (uint32_t j = system->begin; j < system->end; j++) {
            move_member(f, system, j, p, moved_y);
            member_prices(f, system, j);
        }
    }
}

/* --- what all share --- */

static void move_shared(struct abreast *f, const struct pace *p, double *moved_y)
{
    struct solver *s = f->s;
    const double *sum = f->shared - s->hub0;
    for (int32_t r = s->hub0; r < s->giver0; r++) {
        move_row(f, r, AT_MOST_0, 0, s->b[r] - sum[r], p, moved_y);
    }
    double all = 0, fair = s->m->fairness * s->weights.fairness * s->money;
    for (int32_t d = 0; d < s->m->givers; d++) all += sum[s->giver0 + d];
    for (int32_t d = 0; d < s->m->givers; d++) {
        double slack = s->b[s->giver0 + d] + s->key[d] * all - sum[s->giver0 + d];
        move_row(f, s->giver0 + d, BETWEEN, fair, slack, p, moved_y);
    }
    engine_shared_prices(s, s->y);
}

static void add_shared(struct abreast *f)
{
    const struct solver *s = f->s;
    for (int32_t r = 0; r < s->rows - s->hub0; r++) {
        double sum = s->rest ? s->rest->sum[s->hub0 - s->cell0 + r] : 0;
        for (uint32_t n = 0; n < s->lanes; n++) {
            const float *of = f->part[n].shared[r];
            sum += ((double)of[0] + (double)of[1]) + ((double)of[2] + (double)of[3]);
        }
        f->shared[r] = sum;
    }
    for (int32_t g = 0; g < s->m->lines; g++) {
        f->shared[line_budget(s, g) - s->hub0] += s->fixed[g] * s->opening_bar[g];
    }
}

/* What opening a line by one of its quantity costs, less what its lots and budget say. */
static double line_cost(const struct solver *s, int32_t g)
{
    double thrift = s->m->thrift * s->weights.thrift * s->money;
    return s->line_qty[g] > 0 ? thrift * s->fixed[g] / s->line_qty[g] : 0;
}

static void move_lines(struct solver *s, const struct pace *p, double *moved)
{
    for (int32_t g = 0; g < s->m->lines; g++) {
        double qty = s->line_qty[g], old = s->opening[g];
        double least = s->line_state[g] == LINE_OPEN ? qty : 0;
        double most = s->line_state[g] == LINE_SHUT ? 0 : qty;
        double v =
            old - (double)p->primal * s->opening_step[g] * (line_cost(s, g) - s->opening_price[g]);
        v = v < least ? least : v > most ? most : v;
        double bar = 2 * v - old;
        if (p->look) {
            s->opening_next[g] = v;
            *moved += (v - old) * (v - old) / s->opening_step[g];
        }
        s->opening[g] = (double)p->ahead * bar + (double)p->back * s->opening_anchor[g];
        s->opening_bar[g] = qty > 0 ? bar / qty : 0;
    }
}

static void line_prices(struct abreast *f)
{
    double *opened = f->part[0].opened;
    for (uint32_t n = 1; n < f->s->lanes; n++) {
        for (int32_t g = 0; g < f->s->m->lines; g++) opened[g] += f->part[n].opened[g];
    }
    engine_line_prices(f->s, f->s->y, opened);
}

/* --- a step --- */

/* What one of the two does: its lots; or, when all lots are done, its half of the sinks. */
struct share {
    struct abreast *f;
    const struct pace *pace;
    bool sinks;
};

static void do_share(void *ctx, int which)
{
    const struct share *share = ctx;
    struct part *part = &share->f->part[which];
    if (share->sinks)
        do_sinks(share->f, share->pace, (uint32_t)which, &part->moved, &part->moved_y);
    else
        do_part(share->f, part, share->pace);
}

static void do_all(struct abreast *f, const struct pace *p, bool sinks)
{
    struct share share = {f, p, sinks};
    if (f->s->lanes == 1)
        do_share(&share, 0);
    else
        crew_do(f->s->crew, do_share, &share);
}

void abreast_step(struct abreast *f, const struct pace *p)
{
    struct solver *s = f->s;
    f->moved = f->moved_y = 0;
    move_lines(s, p, &f->moved);
    do_all(f, p, false);
    add_shared(f);
    do_all(f, p, true);
    for (uint32_t n = 0; n < s->lanes; n++) {
        f->moved += f->part[n].moved;
        f->moved_y += f->part[n].moved_y;
    }
    move_shared(f, p, &f->moved_y);
    line_prices(f);
}

void abreast_prices(struct abreast *f)
{
    struct solver *s = f->s;
    for (uint32_t i = 0; i < f->needs; i++) store(f->price + 4 * (size_t)i, f->cell[i].at);
    for (uint32_t k = 0; k < f->systems; k++) {
        const struct system *system = &f->system[k];
        for (uint32_t j = system->begin; j < system->end; j++) member_prices(f, system, j);
    }
    engine_shared_prices(s, s->y);
    if (!s->m->lines) return;
    for (uint32_t n = 0; n < s->lanes; n++) {
        struct part *part = &f->part[n];
        memset(part->opened, 0, (size_t)s->m->lines * sizeof *part->opened);
        for (uint32_t i = part->begin; i < part->end; i++) add_opened(s, part, &f->bundle[i]);
    }
    line_prices(f);
}

/* --- a new run --- */

/* From the last plain step; how far that is from where the run before began. */
static four again(struct mover *q)
{
    four d = q->next - q->anchor;
    q->at = q->anchor = q->next;
    return d * d / (q->step + nearly_none);
}

static void again_for_lots(struct abreast *f, double *moved, double *moved_y)
{
    for (uint32_t i = 0, j = 0; i < f->bundles; i++) {
        struct bundle *b = &f->bundle[i];
        four sum = {0};
        for (uint32_t end = j + b->strands; j < end; j++) {
            struct strand *c = &f->strand[j];
            four_bits way;
            memcpy(&way, c->way, sizeof way);
            four d = f->strand_next[j] - c->anchor;
            f->x[j] = c->anchor = f->strand_next[j];
            sum += d * d / (four)(way & 0xffff0000);
        }
        *moved += sum_of(sum);
        *moved_y += sum_of(again(&b->price));
    }
}

void abreast_again(struct abreast *f)
{
    struct solver *s = f->s;
    double moved = 0, moved_y = 0;
    again_for_lots(f, &moved, &moved_y);
    for (uint32_t i = 0; i < f->services; i++) moved += sum_of(again(&f->service[i]));
    for (uint32_t i = 0; i < f->fours; i++) moved_y += sum_of(again(&f->cell[i]));
    for (int32_t g = 0; g < s->m->lines; g++) {
        double d = s->opening_next[g] - s->opening_anchor[g];
        moved += d * d / s->opening_step[g];
        s->opening[g] = s->opening_anchor[g] = s->opening_next[g];
    }
    for (int32_t r = s->most0; r < s->rows; r++) {
        double d = f->next[r - s->most0] - f->anchor[r - s->most0];
        moved_y += d * d / s->step[r];
        s->y[r] = f->anchor[r - s->most0] = f->next[r - s->most0];
    }
    f->moved = moved;
    f->moved_y = moved_y;
    abreast_prices(f);
}
