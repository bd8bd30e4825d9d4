/*
 * alone.c - some sinks by themselves, at the prices of what they share with others.
 *
 * A change shows in one family of items, whose prices are far from right by
 * now, while hubs, budgets, shares and all other sinks are about where they
 * were. At these prices a lot knows what one of it is worth elsewhere, and what
 * is left is a small problem: these sinks, systems with their complements, and
 * the lots that can serve them. It has a solver of its own, of some hundred
 * rows, whose steps take microseconds. All ways that could pay are there from
 * the beginning, because prices that come to rest on some of the ways mislead
 * the bound by the others.
 *
 * What such a change upsets besides is mostly the budget and the share of one
 * giver. These then move too, and with them all that the giver has: what goes
 * elsewhere is one column more of each lot.
 */
#include <math.h>
#include <string.h>

#include "plan/near.h"

enum { STEPS = 100, ROUNDS = 15, PATIENCE = 2, WAYS_MOST = 5000 };
/* Of what a sink pays: ways that are dearer by that are not looked at. Of what there is to gain. */
static const double dearer = 0.3, little = 0.02;
/* Of dual against primal steps. What goes elsewhere has no end. */
static const double lighter = 0.1, no_end = 1e12;

struct alone {
    struct solver *s;
    struct arena *arena;
    const bool *sinks;
    struct upset *upset;
    double *value, *credit; /* by cell: what an arrival is worth; by giver */
    double shared;          /* of a giver's price: what all givers' burden takes off it */
    struct wanted_list way; /* by lot */
    int32_t *lot, lots;     /* the engine's number of each that takes part */
    int32_t *outer;         /* its best column for other sinks, or MODEL_NONE */
    int32_t *place;         /* by the engine's sink: its own, or MODEL_NONE */
    struct model model;
    struct solver own;
};

/* --- which ways --- */

/* What one of a lot costs before it is on the way. */
static double own_cost(const struct alone *p, int32_t l)
{
    const struct solver *s = p->s;
    const struct exact_lot *e = &s->exact[l];
    return e->cost - e->paid * s->y[s->budget0 + s->lot[l].budget] -
           e->burden * p->credit[e->giver];
}

/* The best that one of a lot can do for other sinks, of the columns that are looked at. */
static int32_t best_outer(const struct alone *p, int32_t l, double own, double *cost)
{
    const struct solver *s = p->s;
    int32_t at = MODEL_NONE;
    *cost = 0;
    for (uint32_t j = s->lot_begin[l]; j < s->lot_begin[l + 1]; j++) {
        const struct column *c = &s->column[j];
        if (p->sinks[s->cell_sink[c->cell]]) continue;
        double here = own + (double)c->cost - s->exact[l].cost -
                      (double)c->eta * p->value[c->cell] -
                      s->exact[l].mass * s->y[s->hub0 + c->hub];
        if (at != MODEL_NONE && here >= *cost) continue;
        *cost = here;
        at = (int32_t)j;
    }
    *cost = fmin(*cost, 0);
    return at;
}

/* To a sink in month t by the hub that costs least; INFINITY: there is no way. */
static double cheapest_hub(const struct solver *s, int32_t l, const struct sink *k, int32_t t,
                           int32_t *by)
{
    const struct model *m = s->m;
    const struct exact_lot *e = &s->exact[l];
    double best = INFINITY;
    for (int32_t h = 0; h < m->hubs; h++) {
        int32_t near = m->near[e->giver * m->hubs + h];
        int32_t far = m->far[h * m->receivers + k->receiver];
        if (near < 0 || far < 0 || t - far - near < e->ready) continue;
        int32_t hub = h * m->months + t - far;
        double cost = -e->mass * s->y[s->hub0 + hub];
        if (!(cost < best) || !hub_open(s, hub, e->mass)) continue;
        best = cost;
        *by = h;
    }
    return best;
}

/* To a need one way is the best; to others each that comes later must cost less. */
static void ways_to(struct alone *p, int32_t l, const struct taker *to, double own)
{
    const struct solver *s = p->s;
    const struct sink *k = &s->sink[to->sink];
    uint32_t first = p->way.count;
    double best = INFINITY, dear = dearer * to->eta * p->value[k->cell];
    for (int32_t t = k->first; t <= k->last; t++) {
        int32_t by = 0;
        double cost = to->eta * sink_late(k, t) + cheapest_hub(s, l, k, t, &by);
        if (!(cost < best - 1e-9)) continue;
        best = cost;
        if (own + cost - to->eta * p->value[sink_cell(k, t)] > dear) continue;
        if (p->way.count > first && (k->type == SINK_NEED || t <= k->due)) p->way.count--;
        want(&p->way, &(struct wanted){l, to->sink, (int16_t)by, (int16_t)t, 0});
    }
}

/* What goes to these sinks now, by whatever way. */
static void ways_in_use(struct alone *p, int32_t l)
{
    const struct solver *s = p->s;
    for (uint32_t j = s->lot_begin[l]; j < s->lot_begin[l + 1]; j++) {
        const struct column *c = &s->column[j];
        int32_t k = s->cell_sink[c->cell], hub = c->hub / s->m->months;
        if (!p->sinks[k] || !(c->x > 0)) continue;
        want(&p->way, &(struct wanted){l, k, (int16_t)hub, (int16_t)column_month(s, c), c->x});
        p->upset->lot[l] = true;
    }
}

static bool is_taken(const struct alone *p, int32_t item)
{
    const struct solver *s = p->s;
    bool any = false;
    for (int32_t i = s->item_taker[item]; i < s->item_taker[item + 1]; i++) {
        any |= p->sinks[s->taker[i].sink];
    }
    return any;
}

static void ways_of(struct alone *p, int32_t l, bool moves)
{
    const struct solver *s = p->s;
    int32_t item = s->exact[l].item;
    uint32_t before = p->way.count;
    double own = own_cost(p, l), elsewhere;
    int32_t outer = best_outer(p, l, own, &elsewhere);
    ways_in_use(p, l);
    for (int32_t i = s->item_taker[item]; i < s->item_taker[item + 1]; i++) {
        int32_t k = s->taker[i].sink;
        if (p->sinks[k] && s->sink[k].cells) ways_to(p, l, &s->taker[i], own - elsewhere);
    }
    if (p->way.count == before && !moves) return;
    p->outer[p->lots] = outer;
    p->lot[p->lots++] = l;
}

/* Of lots that these sinks take, and of those whose budget or share moves. */
static bool find_ways(struct alone *p)
{
    const struct solver *s = p->s;
    int32_t lots = s->m->lots;
    bool taken = false;
    p->lot = NEW_ARRAY(p->arena, (size_t)lots + 1, int32_t);
    p->outer = NEW_ARRAY(p->arena, (size_t)lots + 1, int32_t);
    for (int32_t l = 0; l < lots && p->way.count <= WAYS_MOST; l++) {
        const struct exact_lot *e = &s->exact[l];
        if (l == 0 || e->item != e[-1].item) taken = is_taken(p, e->item);
        bool moves = p->upset->budget[s->lot[l].budget] || p->upset->giver[e->giver];
        if ((taken || moves) && s->lot[l].qty > 0) ways_of(p, l, moves);
    }
    return p->lots > 0 && p->way.count <= WAYS_MOST;
}

/* --- a solver of its own --- */

/* The first pays nothing and takes all that goes elsewhere; the others are in their order. */
static void put_sinks(struct alone *p)
{
    const struct solver *s = p->s;
    struct solver *o = &p->own;
    struct arena *a = p->arena;
    p->place = NEW_ARRAY(a, (size_t)s->m->sinks + 1, int32_t);
    o->sink = NEW_ARRAY(a, (size_t)s->m->sinks + 2, struct sink);
    o->sink[p->model.sinks++] =
        (struct sink){.type = SINK_NEED, .cells = 1, .next = 1, .most = MODEL_NONE, .qty = no_end};
    for (int32_t k = 0; k < s->m->sinks; k++) {
        int32_t at = p->sinks[k] ? p->model.sinks++ : MODEL_NONE;
        p->place[k] = at;
        if (at == MODEL_NONE) continue;
        o->sink[at] = s->sink[k];
        o->sink[at].next = at + s->sink[k].next - k;
    }
}

/* Cells of needs come first; then rows as in setup.c. */
static void number_rows(struct alone *p)
{
    const struct solver *s = p->s;
    struct solver *o = &p->own;
    int32_t most = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (int32_t k = 0; k < p->model.sinks; k++) {
            if ((o->sink[k].type == SINK_NEED) != (pass == 0)) continue;
            o->sink[k].cell = o->cells;
            o->cells += o->sink[k].cells;
        }
        if (pass == 0) o->needs = o->cells;
    }
    o->cell0 = p->model.lots;
    o->most0 = o->cell0 + (int32_t)o->cells;
    o->cell_sink = NEW_ARRAY(p->arena, o->cells + 1, int32_t);
    for (int32_t k = 0; k < p->model.sinks; k++) {
        struct sink *sink = &o->sink[k];
        for (uint32_t c = 0; c < sink->cells; c++) o->cell_sink[sink->cell + c] = k;
        if (sink->most != MODEL_NONE) sink->most = o->most0 + most++;
        if (sink->type != SINK_SYSTEM) continue;
        sink->service = o->services;
        o->services += sink->cells;
    }
    o->hub0 = o->most0 + most;
    o->budget0 = o->hub0 + s->budget0 - s->hub0;
    o->giver0 = o->budget0 + s->giver0 - s->budget0;
    o->rows = o->giver0 + s->m->givers;
}

static void make_rows(struct alone *p)
{
    struct solver *o = &p->own;
    struct arena *a = p->arena;
    double **of_rows[] = {&o->y, &o->step, &o->b, &o->probe, &o->probe_to, &o->best_y};
    for (size_t i = 0; i < sizeof of_rows / sizeof *of_rows; i++) {
        *of_rows[i] = NEW_ARRAY(a, (size_t)o->rows + 1, double);
    }
    double **of_services[] = {&o->service, &o->service_step, &o->service_price};
    for (size_t i = 0; i < sizeof of_services / sizeof *of_services; i++) {
        *of_services[i] = NEW_ARRAY(a, o->services + 1, double);
    }
    o->cell_price = NEW_ARRAY(a, o->cells + 1, float);
    o->hub_price = NEW_ARRAY(a, (size_t)(o->budget0 - o->hub0) + 1, float);
    o->budget_price = NEW_ARRAY(a, (size_t)(o->giver0 - o->budget0) + 1, float);
    o->giver_price = NEW_ARRAY(a, (size_t)p->model.givers + 1, float);
    o->key = NEW_ARRAY(a, (size_t)p->model.givers + 1, double);
    o->need_most = NEW_ARRAY(a, o->needs + 1, double);
    o->moving = NEW_ARRAY(a, (size_t)p->lots + 1, int32_t);
    o->moving_need = NEW_ARRAY(a, o->needs + 1, uint32_t);
    o->moving_system = NEW_ARRAY(a, (size_t)p->model.sinks + 1, int32_t);
    o->opening = o->opening_anchor = o->opened = NEW_ARRAY(a, 1, double); /* there are no lines */
}

/*
 * What all givers bear is taken to stay as it is: a giver's share of it is what its row allows,
 * and what others' prices take off its own is in the columns' costs.
 */
static void put_shared(struct alone *p)
{
    const struct solver *s = p->s;
    struct solver *o = &p->own;
    size_t shared = (size_t)(o->rows - o->hub0);
    bool *stays = NEW_ARRAY(p->arena, (size_t)o->rows + 1, bool);
    double all = 0;
    memcpy(o->y + o->hub0, s->y + s->hub0, shared * sizeof *o->y);
    memcpy(o->b + o->hub0, s->b + s->hub0, shared * sizeof *o->b);
    for (int32_t l = 0; l < s->m->lots; l++) {
        for (uint32_t j = s->lot_begin[l]; j < s->lot_begin[l + 1]; j++) {
            all += s->exact[l].burden * (double)s->column[j].x;
        }
    }
    for (int32_t r = o->hub0; r < o->rows; r++) stays[r] = true;
    for (int32_t b = 0; b < s->m->budgets; b++) stays[o->budget0 + b] = !p->upset->budget[b];
    for (int32_t d = 0; d < s->m->givers; d++) {
        stays[o->giver0 + d] = !p->upset->giver[d];
        o->b[o->giver0 + d] = s->key[d] * all;
    }
    stays[o->cell0] = true; /* elsewhere */
    o->b[o->cell0] = no_end;
    o->stays = stays;
}

static void put_rows(struct alone *p)
{
    const struct solver *s = p->s;
    struct solver *o = &p->own;
    for (int32_t k = 0; k < s->m->sinks; k++) {
        if (p->place[k] == MODEL_NONE) continue;
        const struct sink *from = &s->sink[k], *to = &o->sink[p->place[k]];
        size_t cells = from->cells;
        memcpy(o->y + o->cell0 + to->cell, s->y + s->cell0 + from->cell, cells * sizeof *o->y);
        memcpy(o->b + o->cell0 + to->cell, s->b + s->cell0 + from->cell, cells * sizeof *o->b);
        if (to->type == SINK_NEED && cells) o->need_most[to->cell] = s->need_most[from->cell];
        if (to->type == SINK_SYSTEM) {
            memcpy(o->service + to->service, s->service + from->service,
                   cells * sizeof *o->service);
        }
        if (to->most == MODEL_NONE) continue;
        o->y[to->most] = s->y[from->most];
        o->b[to->most] = s->b[from->most];
    }
}

/* All that goes elsewhere, as if it went by the best column. */
static void put_elsewhere(struct alone *p, int32_t i)
{
    const struct solver *s = p->s;
    struct solver *o = &p->own;
    int32_t l = p->lot[i];
    if (p->outer[i] == MODEL_NONE) return;
    struct column *to = &o->column[o->columns++];
    *to = s->column[p->outer[i]];
    to->cost += (float)(s->exact[l].burden * p->shared - (double)to->eta * p->value[to->cell]);
    to->cell = 0;
    to->eta = 1;
    to->x = 0;
    for (uint32_t j = s->lot_begin[l]; j < s->lot_begin[l + 1]; j++) {
        if (!p->sinks[s->cell_sink[s->column[j].cell]]) to->x += s->column[j].x;
    }
}

static bool is_there(const struct column *c, uint32_t count, const struct column *new)
{
    for (uint32_t j = 0; j < count; j++) {
        if (c[j].cell == new->cell && c[j].hub == new->hub) return true;
    }
    return false;
}

static void put_lots(struct alone *p)
{
    const struct solver *s = p->s;
    struct solver *o = &p->own;
    size_t lots = (size_t)p->lots + 1;
    o->lot = NEW_ARRAY(p->arena, lots, struct lot);
    o->lot_begin = NEW_ARRAY(p->arena, lots, uint32_t);
    o->column = NEW_ARRAY(p->arena, p->way.count + lots, struct column);
    for (uint32_t i = 0, next = 0; i < (uint32_t)p->lots; i++) {
        int32_t l = p->lot[i];
        uint32_t first = o->lot_begin[i] = o->columns;
        o->lot[i] = s->lot[l];
        o->b[i] = s->lot[l].qty;
        o->y[i] = fmin(0, s->y[l]);
        put_elsewhere(p, (int32_t)i);
        for (; next < p->way.count && p->way.item[next].lot == l; next++) {
            struct column c = column_of(s, &p->way.item[next]);
            int32_t k = s->cell_sink[c.cell];
            c.cell += o->sink[p->place[k]].cell - s->sink[k].cell;
            c.cost += (float)(s->exact[l].burden * p->shared);
            if (!is_there(o->column + first, o->columns - first, &c)) o->column[o->columns++] = c;
        }
    }
    o->lot_begin[p->lots] = o->columns;
}

static void make_own(struct alone *p)
{
    const struct solver *s = p->s;
    struct solver *o = &p->own;
    p->model = *s->m;
    p->model.lots = p->lots;
    p->model.sinks = p->model.lines = 0;
    o->m = &p->model;
    o->weights = s->weights;
    o->money = s->money;
    o->lanes = 1;
    o->warm = true;
    o->weight = lighter;
    put_sinks(p);
    number_rows(p);
    make_rows(p);
    put_shared(p);
    put_rows(p);
    put_lots(p);
    engine_hold_none(o);
}

/* What its prices prove of it, but for rounding: each lot goes the best of its ways. */
static double own_bound(const struct alone *p)
{
    const struct solver *o = &p->own;
    double sum = 0;
    for (int32_t r = o->cell0; r < o->rows; r++) {
        if (!o->stays[r]) sum += o->b[r] * o->y[r];
    }
    for (int32_t k = 0; k < p->model.sinks; k++) {
        const struct sink *system = &o->sink[k];
        for (uint32_t c = 0; system->type == SINK_SYSTEM && c < system->cells; c++) {
            double left = system->weight - o->service_price[system->service + c];
            if (left < 0) sum += left * system->qty;
        }
    }
    for (int32_t l = 0; l < p->lots; l++) {
        float best = 0, own = (float)o->y[l];
        for (uint32_t j = o->lot_begin[l]; j < o->lot_begin[l + 1]; j++) {
            best = fminf(best, column_reduced(o, l, &o->column[j]) + own);
        }
        sum += (double)best * o->lot[l].qty;
    }
    return sum;
}

/* Until it gains little of what there is to gain. */
static void settle(struct alone *p, double gap)
{
    struct solver *o = &p->own;
    double best = -INFINITY, marked = -INFINITY;
    engine_steps(o, 12);
    for (int i = 0, since = 0; i < ROUNDS && since < PATIENCE; i++) {
        engine_iterate(o, STEPS);
        engine_prices(o, o->y);
        double bound = own_bound(p);
        if (bound > best) {
            best = bound;
            memcpy(o->best_y, o->y, (size_t)o->rows * sizeof *o->y);
        }
        since = bound > marked + little * gap ? 0 : since + 1;
        marked = fmax(marked, bound);
    }
}

/* --- what it says --- */

static void take_prices(struct alone *p)
{
    struct solver *s = p->s;
    const struct solver *o = &p->own;
    for (int32_t k = 0; k < s->m->sinks; k++) {
        if (p->place[k] == MODEL_NONE) continue;
        const struct sink *to = &s->sink[k], *from = &o->sink[p->place[k]];
        memcpy(s->y + s->cell0 + to->cell, o->best_y + o->cell0 + from->cell,
               to->cells * sizeof *s->y);
        if (to->most != MODEL_NONE) s->y[to->most] = o->best_y[from->most];
        if (to->type != SINK_SYSTEM) continue;
        memcpy(s->service + to->service, o->service + from->service,
               to->cells * sizeof *s->service);
    }
    for (int32_t r = o->hub0; r < o->rows; r++) {
        if (!o->stays[r]) s->y[s->hub0 + r - o->hub0] = o->best_y[r];
    }
    for (int32_t i = 0; i < p->lots; i++) s->y[p->lot[i]] = o->best_y[i];
}

/* What goes elsewhere becomes as much as that, and nothing goes to these sinks for now. */
static void go_elsewhere(struct alone *p, int32_t i, double as_much)
{
    static const double hardly = 0.01;
    struct solver *s = p->s;
    int32_t l = p->lot[i];
    double others = 0;
    for (uint32_t j = s->lot_begin[l]; j < s->lot_begin[l + 1]; j++) {
        struct column *c = &s->column[j];
        if (p->sinks[s->cell_sink[c->cell]]) c->x = 0;
        others += (double)c->x;
    }
    if (fabs(others - as_much) < hardly * s->lot[l].qty) return;
    p->upset->lot[l] = true;
    for (uint32_t j = s->lot_begin[l]; others > 0 && j < s->lot_begin[l + 1]; j++) {
        struct column *c = &s->column[j];
        if (!(c->x > 0)) continue;
        p->upset->sink[s->cell_sink[c->cell]] = true;
        c->x *= (float)(as_much / others);
    }
    if (!(others > 0)) s->column[p->outer[i]].x = (float)as_much;
}

/* Columns that carry something, or nearly could. */
static void list_columns(struct alone *p, struct wanted_list *w)
{
    static const float close = 0.05F;
    const struct solver *s = p->s;
    const struct solver *o = &p->own;
    int32_t *sink = NEW_ARRAY(p->arena, (size_t)p->model.sinks + 1, int32_t);
    for (int32_t k = 0; k < s->m->sinks; k++) {
        if (p->place[k] != MODEL_NONE) sink[p->place[k]] = k;
    }
    for (int32_t i = 0; i < p->lots; i++) {
        uint32_t first = o->lot_begin[i] + (p->outer[i] != MODEL_NONE);
        for (uint32_t j = first; j < o->lot_begin[i + 1]; j++) {
            struct column c = o->column[j];
            if (!(c.x > 0) && column_reduced(o, i, &c) > close) continue;
            int32_t k = sink[o->cell_sink[c.cell]];
            c.cell += s->sink[k].cell - o->sink[p->place[k]].cell;
            want(w, &(struct wanted){p->lot[i], k, (int16_t)(c.hub / s->m->months),
                                     (int16_t)column_month(s, &c), c.x});
            p->upset->lot[p->lot[i]] |= c.x > 0;
        }
    }
}

static void take_quantities(struct alone *p)
{
    struct solver *s = p->s;
    const struct solver *o = &p->own;
    struct wanted_list w = {.arena = p->arena};
    engine_prices(&p->own, o->best_y);
    list_columns(p, &w);
    for (int32_t i = 0; i < p->lots; i++) {
        bool any = p->outer[i] != MODEL_NONE;
        go_elsewhere(p, i, any ? (double)o->column[o->lot_begin[i]].x : 0);
    }
    columns_renew(s, &w, INFINITY);
    for (uint32_t i = 0; i < w.count; i++) {
        int32_t l = w.item[i].lot;
        struct column new = column_of(s, &w.item[i]);
        for (uint32_t j = s->lot_begin[l]; j < s->lot_begin[l + 1]; j++) {
            struct column *c = &s->column[j];
            if (c->cell == new.cell && c->hub == new.hub) c->x = new.x;
        }
    }
}

/* Budgets and shares of which much more, or less, is used than in the plan that stands. */
static void note_upset(const struct alone *p, const struct standing *plan)
{
    static const double much = 0.02;
    const struct solver *s = p->s;
    double *paid = NEW_ARRAY(p->arena, (size_t)s->m->budgets + 1, double);
    double *borne = NEW_ARRAY(p->arena, (size_t)s->m->givers + 1, double);
    for (int32_t l = 0; l < s->m->lots; l++) {
        double sum = 0;
        for (uint32_t j = s->lot_begin[l]; j < s->lot_begin[l + 1]; j++) {
            sum += (double)s->column[j].x;
        }
        paid[s->lot[l].budget] += s->exact[l].paid * sum;
        borne[s->exact[l].giver] += s->exact[l].burden * sum;
    }
    for (int32_t b = 0; b < s->m->budgets; b++) {
        double has = s->b[s->budget0 + b], was = has - plan->left[s->budget0 + b];
        bool binds = paid[b] > has || s->y[s->budget0 + b] < 0;
        p->upset->budget[b] |= binds && fabs(paid[b] - was) > much * has;
    }
    for (int32_t d = 0; d < s->m->givers; d++) {
        p->upset->giver[d] |= fabs(borne[d] - plan->burden[d]) > much * plan->burden[d];
    }
}

bool engine_alone(struct solver *s, struct arena *a, const bool *sinks, const struct standing *plan,
                  double gap, struct upset *upset)
{
    const struct model *m = s->m;
    struct alone p = {.s = s, .arena = a, .sinks = sinks, .upset = upset, .way = {.arena = a}};
    p.value = NEW_ARRAY(a, s->cells + 1, double);
    p.credit = NEW_ARRAY(a, (size_t)m->givers + 1, double);
    cell_values(s, s->y, p.value);
    for (int32_t d = 0; d < m->givers; d++) p.shared += s->key[d] * s->y[s->giver0 + d];
    for (int32_t d = 0; d < m->givers; d++) p.credit[d] = s->y[s->giver0 + d] - p.shared;
    if (!find_ways(&p)) return false;
    make_own(&p);
    settle(&p, gap);
    take_prices(&p);
    take_quantities(&p);
    note_upset(&p, plan);
    return true;
}
