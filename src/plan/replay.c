/*
 * replay.c - what is left in a month, planned; what leaves in it, sent; and on.
 *
 * The past goes into each month's model as lots (see replay.h), not as numbers
 * that every solver would have to know of: a system counts while what keeps it
 * going has not run out, and that depends on all that ever arrived for it.
 */
#include "plan/replay.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LITTLE 1e-9 /* of a unit: as good as nothing */

int32_t shipment_leaves(const struct model *m, const struct shipment *s)
{
    return s->month - m->far[s->hub * m->receivers + m->sink[s->sink].receiver] -
           m->near[m->lot[s->lot].giver * m->hubs + s->hub];
}

/* --- what is left --- */

struct making {
    const struct model *m;
    const struct known *known;
    int32_t now;
    const struct plan *sent;
    struct arena *arena;
    struct rest *out;
    double *lot, *met, *burden; /* sent of each lot, for each sink (in its units), by each giver */
    bool *open;                 /* lines */
    int32_t accepted_room;
};

static void add_up(struct making *w)
{
    const struct model *m = w->m;
    w->lot = NEW_ARRAY(w->arena, (size_t)m->lots + 1, double);
    w->met = NEW_ARRAY(w->arena, (size_t)m->sinks + 1, double);
    w->burden = NEW_ARRAY(w->arena, (size_t)m->givers + 1, double);
    w->open = NEW_ARRAY(w->arena, (size_t)m->lines + 1, bool);
    for (size_t i = 0; i < w->sent->count; i++) {
        const struct shipment *s = &w->sent->ship[i];
        const struct model_lot *lot = &m->lot[s->lot];
        w->lot[s->lot] += s->qty;
        w->met[s->sink] += s->qty * sink_eta(m, s->sink, lot->item);
        w->burden[lot->giver] += s->qty * lot->value;
        if (lot->line >= 0) w->open[lot->line] = true;
    }
}

static double at_least_none(double x)
{
    return x > 0 ? x : 0;
}

static void hubs_and_budgets(struct making *w)
{
    const struct model *m = w->m;
    struct model *r = w->out->model;
    size_t rooms = (size_t)m->hubs * (size_t)m->months;
    r->capacity = NEW_ARRAY(w->arena, rooms + (size_t)m->months, double);
    r->budget = NEW_ARRAY(w->arena, (size_t)m->budgets + 1, double);
    if (rooms) memcpy(r->capacity, m->capacity, rooms * sizeof *r->capacity);
    for (int32_t t = 0; t < m->months; t++) r->capacity[rooms + (size_t)t] = 1;
    if (m->budgets) memcpy(r->budget, m->budget, (size_t)m->budgets * sizeof *r->budget);
    for (size_t i = 0; i < w->sent->count; i++) {
        const struct shipment *s = &w->sent->ship[i];
        const struct model_lot *lot = &m->lot[s->lot];
        int32_t passes = s->month - m->far[s->hub * m->receivers + m->sink[s->sink].receiver];
        r->capacity[s->hub * m->months + passes] -= s->qty * m->item[lot->item].mass;
        if (lot->budget >= 0) r->budget[lot->budget] -= s->qty * lot->cost;
    }
    for (int32_t g = 0; g < m->lines; g++) {
        if (w->open[g] && m->line[g].budget >= 0) r->budget[m->line[g].budget] -= m->line[g].fixed;
    }
    for (size_t i = 0; i < rooms; i++) r->capacity[i] = at_least_none(r->capacity[i]);
    for (int32_t b = 0; b < m->budgets; b++) r->budget[b] = at_least_none(r->budget[b]);
}

/* One more giver, from whom the past comes, by one more hub that nobody else reaches. */
static void ways(struct making *w)
{
    const struct model *m = w->m;
    struct model *r = w->out->model;
    r->giver = NEW_ARRAY(w->arena, (size_t)r->givers, struct model_giver);
    if (m->givers) memcpy(r->giver, m->giver, (size_t)m->givers * sizeof *r->giver);
    r->near = NEW_ARRAY(w->arena, (size_t)(r->givers * r->hubs), int8_t);
    r->far = NEW_ARRAY(w->arena, (size_t)(r->hubs * r->receivers) + 1, int8_t);
    for (int32_t d = 0; d < r->givers; d++) {
        for (int32_t h = 0; h < r->hubs; h++) {
            bool past = d == m->givers, there = h == m->hubs;
            r->near[d * r->hubs + h] = past && there   ? 0
                                       : past || there ? MODEL_NONE
                                                       : m->near[d * m->hubs + h];
        }
    }
    size_t ways = (size_t)(m->hubs * m->receivers); /* to the last hub's row all is 0 */
    if (ways) memcpy(r->far, m->far, ways);
}

static struct model_sink *new_sink(struct making *w, int32_t was)
{
    struct model *r = w->out->model;
    w->out->sink[r->sinks] = was;
    return &r->sink[r->sinks++];
}

static struct model_lot *new_lot(struct making *w, int32_t was)
{
    struct model *r = w->out->model;
    w->out->lot[r->lots] = was;
    return &r->lot[r->lots++];
}

static void accept(struct making *w, struct model_sink *s, int32_t item, double eta)
{
    struct model *r = w->out->model;
    r->accepted[s->accepts_end++] = (struct model_accept){.item = item, .eta = eta};
}

/* Is anything still to be decided about sink k, or about what it keeps going? */
static bool open_still(const struct making *w, int32_t k)
{
    const struct model *m = w->m;
    const struct model_sink *s = &m->sink[k];
    int32_t of = s->type == SINK_KEEPING ? s->system : k;
    if (w->known && w->known->sink && w->known->sink[of] > w->now) return false;
    if (s->type == SINK_NEED) return s->last >= w->now && s->qty - w->met[k] > LITTLE;
    return m->sink[of].end >= w->now;
}

/* What came or comes for a system or a complement, by month, as lots that go nowhere else. */
static void what_came(struct making *w, int32_t k, struct model_sink *s, const double *came)
{
    struct model *r = w->out->model;
    int32_t item = r->items++;
    r->item[item] = (struct model_item){.value = w->m->item[s->item].value};
    accept(w, s, item, 1);
    for (int32_t t = s->first; t <= s->last; t++) {
        if (!(came[(size_t)k * (size_t)w->m->months + (size_t)t] > LITTLE)) continue;
        *new_lot(w, MODEL_NONE) =
            (struct model_lot){.giver = w->m->givers,
                               .item = item,
                               .ready = t,
                               .line = MODEL_NONE,
                               .budget = MODEL_NONE,
                               .qty = came[(size_t)k * (size_t)w->m->months + (size_t)t]};
    }
}

/* By sink and month, in the sink's units. */
static double *arrivals(struct making *w)
{
    const struct model *m = w->m;
    double *came = NEW_ARRAY(w->arena, (size_t)m->sinks * (size_t)m->months + 1, double);
    for (size_t i = 0; i < w->sent->count; i++) {
        const struct shipment *s = &w->sent->ship[i];
        came[(size_t)s->sink * (size_t)m->months + (size_t)s->month] +=
            s->qty * sink_eta(m, s->sink, m->lot[s->lot].item);
    }
    return came;
}

static void sinks(struct making *w)
{
    const struct model *m = w->m;
    struct model *r = w->out->model;
    const double *came = arrivals(w);
    int32_t accepts = 0, system = MODEL_NONE;
    for (int32_t k = 0; k < m->sinks; k++) {
        if (!open_still(w, k)) continue;
        struct model_sink *s = new_sink(w, k);
        *s = m->sink[k];
        if (s->type == SINK_SYSTEM) system = r->sinks - 1;
        if (s->type == SINK_KEEPING) s->system = system;
        if (s->type == SINK_NEED) s->qty -= w->met[k];
        w->out->room[r->sinks - 1] = s->type == SINK_NEED ? s->qty : s->most - w->met[k];
        s->accepts = s->accepts_end = accepts;
        for (int32_t i = m->sink[k].accepts; i < m->sink[k].accepts_end; i++) {
            accept(w, s, m->accepted[i].item, m->accepted[i].eta);
        }
        if (s->type != SINK_NEED && w->met[k] > LITTLE) what_came(w, k, s, came);
        accepts = s->accepts_end;
    }
}

static void lots(struct making *w)
{
    const struct model *m = w->m;
    for (int32_t l = 0; l < m->lots; l++) {
        double left = m->lot[l].qty - w->lot[l];
        bool known = !w->known || !w->known->lot || w->known->lot[l] <= w->now;
        if (!known || left <= LITTLE) continue;
        struct model_lot *lot = new_lot(w, l);
        *lot = m->lot[l];
        lot->qty = left;
        if (lot->ready < w->now) lot->ready = w->now;
        if (lot->line >= 0 && w->open[lot->line]) lot->line = MODEL_NONE;
    }
}

/* What a giver has carried: a lot of that worth, which a need of its own outbids all else for. */
static void carried(struct making *w, int32_t giver, int32_t receiver)
{
    const struct model *m = w->m;
    struct model *r = w->out->model;
    int32_t last = m->months - 1, accepts = r->sinks ? r->sink[r->sinks - 1].accepts_end : 0;
    int32_t item = r->items++;
    r->item[item] = (struct model_item){.value = 1};
    *new_lot(w, MODEL_NONE) = (struct model_lot){.giver = giver,
                                                 .item = item,
                                                 .budget = MODEL_NONE,
                                                 .line = MODEL_NONE,
                                                 .qty = w->burden[giver],
                                                 .value = 1};
    struct model_sink *s = new_sink(w, MODEL_NONE);
    *s = (struct model_sink){.type = SINK_NEED,
                             .receiver = receiver,
                             .item = item,
                             .due = last,
                             .last = last,
                             .end = last,
                             .system = MODEL_NONE,
                             .qty = w->burden[giver],
                             .most = w->burden[giver],
                             .weight = 4 * m->fairness,
                             .accepts = accepts,
                             .accepts_end = accepts};
    accept(w, s, item, 1);
}

static void burdens(struct making *w)
{
    const struct model *m = w->m;
    int32_t *receiver = NEW_ARRAY(w->arena, (size_t)m->givers + 1, int32_t);
    for (size_t i = 0; i < w->sent->count; i++) {
        const struct shipment *s = &w->sent->ship[i];
        receiver[m->lot[s->lot].giver] = m->sink[s->sink].receiver;
    }
    for (int32_t d = 0; d < m->givers; d++) {
        if (w->burden[d] > LITTLE) carried(w, d, receiver[d]);
    }
}

void rest_of(struct arena *a, const struct model *m, const struct known *known, int32_t now,
             const struct plan *sent, struct rest *out)
{
    struct making w = {.m = m, .known = known, .now = now, .sent = sent, .arena = a, .out = out};
    size_t accepts = 0, most_lots = (size_t)(m->lots + m->givers) + sent->count + 1;
    size_t most_sinks = (size_t)(m->sinks + m->givers) + 1;
    struct model *r = NEW(a, struct model);
    *out = (struct rest){.model = r};
    *r = *m;
    r->givers++, r->hubs++;
    r->lots = r->sinks = 0;
    for (int32_t k = 0; k < m->sinks; k++) {
        accepts += (size_t)(m->sink[k].accepts_end - m->sink[k].accepts) + 1;
    }
    out->lot = NEW_ARRAY(a, most_lots, int32_t);
    out->sink = NEW_ARRAY(a, most_sinks, int32_t);
    out->room = NEW_ARRAY(a, most_sinks, double);
    r->lot = NEW_ARRAY(a, most_lots, struct model_lot);
    r->sink = NEW_ARRAY(a, most_sinks, struct model_sink);
    r->accepted = NEW_ARRAY(a, accepts + (size_t)m->givers + 1, struct model_accept);
    r->item = NEW_ARRAY(a, (size_t)m->items + most_sinks + 1, struct model_item);
    memcpy(r->item, m->item, (size_t)m->items * sizeof *r->item);
    add_up(&w);
    hubs_and_budgets(&w);
    ways(&w);
    sinks(&w);
    lots(&w);
    if (m->fairness > 0) burdens(&w);
}

bool rest_shipment(struct rest *r, const struct shipment *planned, struct shipment *out)
{
    if (r->lot[planned->lot] < 0 || r->sink[planned->sink] < 0) return false;
    int32_t item = r->model->lot[planned->lot].item;
    double eta = sink_eta(r->model, planned->sink, item), room = r->room[planned->sink] / eta;
    *out = *planned;
    if (out->qty > room) out->qty = r->model->item[item].whole ? floor(room + LITTLE) : room;
    if (out->qty <= LITTLE) return false;
    r->room[planned->sink] -= out->qty * eta;
    out->lot = r->lot[planned->lot];
    out->sink = r->sink[planned->sink];
    return true;
}

/* --- no later than it must --- */

struct haste {
    const struct model *m;
    double *left; /* hubs x months: tonnes that may still pass */
    struct plan out;
    size_t room;
    struct arena *arena;
};

static void append(struct arena *a, struct plan *p, size_t *room, struct shipment s)
{
    if (p->count == *room) {
        *room = *room ? *room * 2 : 256;
        struct shipment *more = NEW_ARRAY(a, *room, struct shipment);
        if (p->count) memcpy(more, p->ship, p->count * sizeof *more);
        p->ship = more;
    }
    p->ship[p->count++] = s;
}

/* Units of it that fit through the hub so as to arrive in month t. */
static double fits(const struct haste *h, const struct shipment *s, int32_t t)
{
    const struct model *m = h->m;
    const struct model_item *item = &m->item[m->lot[s->lot].item];
    int32_t far = m->far[s->hub * m->receivers + m->sink[s->sink].receiver];
    double left = h->left[s->hub * m->months + t - far];
    if (item->mass <= 0 || s->qty * item->mass <= left) return s->qty;
    double units = left / item->mass;
    return item->whole ? floor(units + LITTLE) : units;
}

static void pass(struct haste *h, const struct shipment *s, int32_t t, double qty)
{
    const struct model *m = h->m;
    int32_t far = m->far[s->hub * m->receivers + m->sink[s->sink].receiver];
    h->left[s->hub * m->months + t - far] -= qty * m->item[m->lot[s->lot].item].mass;
}

/* As much of a shipment as fits, in each month from the first that is possible. */
static void hasten_one(struct haste *h, struct shipment s)
{
    const struct model *m = h->m;
    const struct model_lot *lot = &m->lot[s.lot];
    int32_t way = s.month - shipment_leaves(m, &s), first = lot->ready + way, last = s.month;
    if (first < m->sink[s.sink].first) first = m->sink[s.sink].first;
    pass(h, &s, last, -s.qty);
    for (int32_t t = first; t < last && s.qty > LITTLE; t++) {
        struct shipment part = s;
        part.month = t;
        part.qty = fits(h, &s, t);
        if (part.qty <= LITTLE) continue;
        pass(h, &s, t, part.qty);
        append(h->arena, &h->out, &h->room, part);
        s.qty -= part.qty;
    }
    if (s.qty <= LITTLE) return;
    pass(h, &s, last, s.qty);
    append(h->arena, &h->out, &h->room, s);
}

static int by_month(const void *one, const void *other)
{
    const struct shipment *a = one, *b = other;
    if (a->month != b->month) return a->month < b->month ? -1 : 1;
    if (a->lot != b->lot) return a->lot < b->lot ? -1 : 1;
    if (a->sink != b->sink) return a->sink < b->sink ? -1 : 1;
    return a->hub < b->hub ? -1 : a->hub > b->hub;
}

/*
 * The same plan, each part of it as early as the hubs allow. That costs nothing,
 * for nothing comes too early within its window; and the room that it leaves
 * later is there for needs that nobody knows of yet.
 */
static struct plan hasten(struct arena *a, const struct rest *r, const struct plan *plan)
{
    const struct model *m = r->model;
    size_t cells = (size_t)m->hubs * (size_t)m->months;
    struct haste h = {.m = m, .arena = a, .left = NEW_ARRAY(a, cells + 1, double)};
    struct shipment *order = NEW_ARRAY(a, plan->count + 1, struct shipment);
    size_t count = 0;
    if (cells) memcpy(h.left, m->capacity, cells * sizeof *h.left);
    for (size_t i = 0; i < plan->count; i++) {
        if (r->lot[plan->ship[i].lot] < 0 || r->sink[plan->ship[i].sink] < 0) continue;
        order[count++] = plan->ship[i];
        pass(&h, &plan->ship[i], plan->ship[i].month, plan->ship[i].qty);
    }
    if (count) qsort(order, count, sizeof *order, by_month);
    for (size_t i = 0; i < count; i++) hasten_one(&h, order[i]);
    return h.out;
}

/* --- month by month --- */

struct plan replay_plan(struct arena *a, const struct model *m, const struct known *known,
                        const struct solve_params *params)
{
    struct plan sent = {0};
    struct arena month = {0};
    size_t room = 0;
    struct solve_params each = *params;
    each.watch = NULL;
    for (int32_t now = 0; now < m->months; now++) {
        struct rest rest;
        if (!watch_step(params->watch, (uint64_t)now, (uint64_t)m->months)) break;
        rest_of(&month, m, known, now, &sent, &rest);
        struct solution found = solve(&month, rest.model, &each);
        struct plan soon = hasten(&month, &rest, &found.plan);
        for (size_t i = 0; i < soon.count; i++) {
            struct shipment s;
            if (!rest_shipment(&rest, &soon.ship[i], &s)) continue;
            if (shipment_leaves(m, &s) == now) append(a, &sent, &room, s);
        }
        arena_reset(&month);
    }
    arena_free(&month);
    return sent;
}

void replay_all(struct arena *a, const struct model *m, const struct known *known,
                const struct solve_params *params, struct replay_row row[REPLAY_WAYS])
{
    struct solve_params once = *params;
    once.watch = NULL;
    for (int way = 0; way < REPLAY_PLAN; way++) {
        row[way].plan = practice_plan(a, m, known, (enum practice)way);
    }
    row[REPLAY_PLAN].plan = replay_plan(a, m, known, params);
    row[REPLAY_FORESIGHT].plan = solve(a, m, &once).plan;
    for (int way = 0; way < REPLAY_WAYS; way++) row[way].value = plan_value(a, m, &row[way].plan);
}
