/*
 * practice.c - rules of thumb over what is left: of lots, room at hubs, budgets, requests.
 *
 * The desk keeps what is left and a list of what was decided; a decision can be
 * taken back from the end of the list, which is how systems are tried before
 * they are promised and how a month's undone decisions go.
 */
#include "plan/practice.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LITTLE 1e-9 /* of a unit: nothing is sent for less */

struct desk {
    struct arena *arena;
    const struct model *m;
    enum practice rule;
    int32_t now;
    const int32_t *lot_known, *sink_known;
    double *lot, *asked, *hub, *budget; /* what is left */
    int32_t *used;                      /* lines: decisions that use it; the first opened it */
    int32_t *lots, *lots_at;            /* by item, in order of announcement */
    int32_t *sinks;                     /* in the rule's order */
    bool *tried;                        /* hubs */
    struct shipment *ship;
    size_t count, room;
};

static int32_t owner(const struct model *m, int32_t k)
{
    return m->sink[k].type == SINK_KEEPING ? m->sink[k].system : k;
}

static bool lot_known(const struct desk *d, int32_t l)
{
    return !d->lot_known || d->lot_known[l] <= d->now;
}

static bool sink_known(const struct desk *d, int32_t k)
{
    return !d->sink_known || d->sink_known[owner(d->m, k)] <= d->now;
}

/* --- one decision --- */

static int32_t near(const struct desk *d, int32_t l, int32_t h)
{
    return d->m->near[d->m->lot[l].giver * d->m->hubs + h];
}

static int32_t far(const struct desk *d, int32_t h, int32_t k)
{
    return d->m->far[h * d->m->receivers + d->m->sink[k].receiver];
}

static int32_t leaves(const struct desk *d, const struct shipment *s)
{
    return s->month - far(d, s->hub, s->sink) - near(d, s->lot, s->hub);
}

static double *hub_room(const struct desk *d, const struct shipment *s)
{
    return &d->hub[s->hub * d->m->months + s->month - far(d, s->hub, s->sink)];
}

/* Books a shipment (sign 1) or takes it back (-1). */
static void enter(struct desk *d, const struct shipment *s, int sign)
{
    const struct model_lot *lot = &d->m->lot[s->lot];
    double q = sign * s->qty;
    d->lot[s->lot] -= q;
    d->asked[s->sink] -= q * sink_eta(d->m, s->sink, lot->item);
    *hub_room(d, s) -= q * d->m->item[lot->item].mass;
    if (lot->budget >= 0) d->budget[lot->budget] -= q * lot->cost;
    if (lot->line < 0) return;
    const struct model_line *line = &d->m->line[lot->line];
    bool turns = sign > 0 ? d->used[lot->line]++ == 0 : --d->used[lot->line] == 0;
    if (turns && line->budget >= 0) d->budget[line->budget] -= sign * line->fixed;
}

static void decide(struct desk *d, struct shipment s)
{
    if (d->count == d->room) {
        size_t room = d->room ? d->room * 2 : 256;
        struct shipment *more = NEW_ARRAY(d->arena, room, struct shipment);
        if (d->count) memcpy(more, d->ship, d->count * sizeof *more);
        d->ship = more;
        d->room = room;
    }
    d->ship[d->count++] = s;
    enter(d, &s, 1);
}

static void take_back(struct desk *d, size_t to)
{
    while (d->count > to) enter(d, &d->ship[--d->count], -1);
}

/* What its line leaves of the lot's budget, if it had to be opened; below 0: it cannot be. */
static double payable(const struct desk *d, int32_t l)
{
    const struct model_lot *lot = &d->m->lot[l];
    double left = lot->budget >= 0 ? d->budget[lot->budget] : INFINITY;
    if (lot->line < 0 || d->used[lot->line] > 0) return left;
    const struct model_line *line = &d->m->line[lot->line];
    if (line->budget < 0) return left;
    if (line->budget == lot->budget) return left - line->fixed;
    return d->budget[line->budget] < line->fixed ? -1 : left;
}

/* As much of s, up to s->qty, as room and money allow; whole things whole. */
static double possible(const struct desk *d, const struct shipment *s)
{
    const struct model_lot *lot = &d->m->lot[s->lot];
    const struct model_item *item = &d->m->item[lot->item];
    double q = s->qty, money = payable(d, s->lot);
    if (money < 0) return 0;
    if (item->mass > 0) q = fmin(q, *hub_room(d, s) / item->mass);
    if (lot->cost > 0) q = fmin(q, money / lot->cost);
    return item->whole ? floor(q + LITTLE) : q;
}

/* The hub to try next for this month, or MODEL_NONE; sets tried. */
static int32_t next_hub(struct desk *d, int32_t l, int32_t k, int32_t month)
{
    const struct model_lot *lot = &d->m->lot[l];
    int32_t from = lot->ready > d->now ? lot->ready : d->now, best = MODEL_NONE;
    double most = 0;
    for (int32_t h = 0; h < d->m->hubs; h++) {
        struct shipment s = {.lot = l, .sink = k, .hub = h, .month = month};
        bool way = near(d, l, h) >= 0 && far(d, h, k) >= 0;
        if (d->tried[h] || !way || leaves(d, &s) < from) continue;
        double room = *hub_room(d, &s);
        if (best >= 0 && (d->rule != PRACTICE_CARE || room <= most)) continue;
        best = h;
        most = room;
    }
    if (best >= 0) d->tried[best] = true;
    return best;
}

/* Sends of lot l what it can, for at most `units` at sink k, to arrive in that month. */
static double give(struct desk *d, int32_t l, int32_t k, double eta, double units, int32_t month)
{
    double given = 0;
    memset(d->tried, 0, (size_t)d->m->hubs * sizeof *d->tried);
    for (int32_t h; (h = next_hub(d, l, k, month)) >= 0;) {
        struct shipment s = {.lot = l, .sink = k, .hub = h, .month = month};
        s.qty = fmin(d->lot[l], (units - given) / eta);
        s.qty = possible(d, &s);
        if (s.qty <= LITTLE) continue;
        decide(d, s);
        given += s.qty * eta;
    }
    return given;
}

/* --- one request --- */

/* Sends up to `units` from lots of one item, that arrive from `first` to `last`. */
static double from_item(struct desk *d, int32_t k, const struct model_accept *accept, double units,
                        int32_t first, int32_t last)
{
    double given = 0;
    for (int32_t z = d->lots_at[accept->item]; z < d->lots_at[accept->item + 1]; z++) {
        int32_t l = d->lots[z];
        if (!lot_known(d, l)) continue;
        for (int32_t t = first; t <= last; t++) {
            if (d->lot[l] <= LITTLE || units - given <= LITTLE) break;
            given += give(d, l, k, accept->eta, units - given, t);
        }
    }
    return given;
}

static double fill(struct desk *d, int32_t k, double units)
{
    const struct model_sink *s = &d->m->sink[k];
    bool by_month = d->rule == PRACTICE_CARE;
    double given = 0;
    for (int32_t t = s->first > d->now ? s->first : d->now; t <= s->last; t++) {
        for (int32_t i = s->accepts; i < s->accepts_end && units - given > LITTLE; i++) {
            given += from_item(d, k, &d->m->accepted[i], units - given, t, by_month ? t : s->last);
        }
        if (!by_month) break;
    }
    return given;
}

/* Of a complement: what one system uses in all the months that count. */
static double each_needs(const struct model *m, int32_t j)
{
    const struct model_sink *system = &m->sink[m->sink[j].system];
    return m->sink[j].rate * (system->end - system->due + 1);
}

static double request(const struct model *m, int32_t k)
{
    const struct model_sink *s = &m->sink[k];
    if (s->type == SINK_NEED) return s->qty;
    double all = s->type == SINK_SYSTEM ? s->qty : each_needs(m, k) * m->sink[s->system].qty;
    return fmin(fmax(all - s->there, 0), s->most);
}

/* How many systems can be complete: try all, see what falls short, take it back. */
static double complete(struct desk *d, int32_t k)
{
    const struct model *m = d->m;
    size_t before = d->count;
    double systems = INFINITY;
    for (int32_t j = k + 1; j < m->sinks && m->sink[j].system == k; j++) {
        double there = request(m, j) - d->asked[j] + fill(d, j, d->asked[j]);
        if (each_needs(m, j) > 0) systems = fmin(systems, there / each_needs(m, j));
    }
    systems = fmin(systems, request(m, k) - d->asked[k] + fill(d, k, d->asked[k]));
    take_back(d, before);
    return systems;
}

static void bundle(struct desk *d, int32_t k)
{
    const struct model *m = d->m;
    double systems = complete(d, k), sent = request(m, k) - d->asked[k];
    fill(d, k, systems - sent);
    for (int32_t j = k + 1; j < m->sinks && m->sink[j].system == k; j++) {
        fill(d, j, each_needs(m, j) * systems - (request(m, j) - d->asked[j]));
    }
}

/* --- the rules --- */

/* Sorting needs the desk: what compare() looks at stands with each number. */
struct turn {
    int32_t index, first, second, third;
    double weight; /* higher goes first, between second and third */
};

static int compare(const void *x, const void *y)
{
    const struct turn *s = x, *t = y;
    if (s->first != t->first) return s->first < t->first ? -1 : 1;
    if (s->second != t->second) return s->second < t->second ? -1 : 1;
    if (s->weight < t->weight || s->weight > t->weight) return s->weight > t->weight ? -1 : 1;
    if (s->third != t->third) return s->third < t->third ? -1 : 1;
    return (s->index > t->index) - (s->index < t->index);
}

static void order_sinks(struct desk *d)
{
    const struct model *m = d->m;
    struct turn *turn = NEW_ARRAY(d->arena, (size_t)m->sinks + 1, struct turn);
    for (int32_t k = 0; k < m->sinks; k++) {
        int32_t of = owner(m, k);
        const struct model_sink *s = &m->sink[of];
        double value = m->item[s->item].value;
        turn[k] = (struct turn){.index = k, .first = s->tier, .third = of};
        turn[k].weight = value > 0 ? s->weight / value : s->weight;
        if (d->rule == PRACTICE_CARE) turn[k].second = s->due;
        if (d->rule != PRACTICE_FIRST_COME) continue;
        turn[k].first = d->sink_known ? d->sink_known[of] : 0;
        turn[k].weight = 0;
    }
    qsort(turn, (size_t)m->sinks, sizeof *turn, compare);
    for (int32_t k = 0; k < m->sinks; k++) d->sinks[k] = turn[k].index;
}

/* Lots in the order of announcement; then, in that order, by item. */
static struct turn *order_lots(struct desk *d)
{
    const struct model *m = d->m;
    struct turn *turn = NEW_ARRAY(d->arena, (size_t)m->lots + 1, struct turn);
    for (int32_t l = 0; l < m->lots; l++) {
        turn[l] = (struct turn){.index = l, .first = d->lot_known ? d->lot_known[l] : 0};
    }
    qsort(turn, (size_t)m->lots, sizeof *turn, compare);
    for (int32_t l = 0; l < m->lots; l++) d->lots_at[m->lot[l].item + 2]++;
    for (int32_t i = 0; i < m->items; i++) d->lots_at[i + 1] += d->lots_at[i];
    for (int32_t l = 0; l < m->lots; l++) {
        d->lots[d->lots_at[m->lot[turn[l].index].item + 1]++] = turn[l].index;
    }
    return turn;
}

/* Each lot for the oldest request that it fits. `turn` are all lots in their order. */
static void first_come(struct desk *d, const struct turn *turn, const int32_t *at,
                       const int32_t *fits)
{
    const struct model *m = d->m;
    for (int32_t z = 0; z < m->lots; z++) {
        int32_t l = turn[z].index, item = m->lot[l].item;
        if (!lot_known(d, l)) continue;
        for (int32_t y = at[item]; y < at[item + 1] && d->lot[l] > LITTLE; y++) {
            int32_t k = fits[y];
            double eta = sink_eta(m, k, item);
            if (!sink_known(d, k)) continue;
            for (int32_t t = m->sink[k].first; t <= m->sink[k].last; t++) {
                if (d->asked[k] <= LITTLE || d->lot[l] <= LITTLE) break;
                give(d, l, k, eta, d->asked[k], t);
            }
        }
    }
}

/* Which requests accept each item, in the desk's order: fits[at[item]] .. */
static int32_t *order_fits(struct desk *d, int32_t *at)
{
    const struct model *m = d->m;
    size_t all = 0;
    for (int32_t k = 0; k < m->sinks; k++) {
        for (int32_t i = m->sink[k].accepts; i < m->sink[k].accepts_end; i++, all++) {
            at[m->accepted[i].item + 2]++;
        }
    }
    int32_t *fits = NEW_ARRAY(d->arena, all + 1, int32_t);
    for (int32_t i = 0; i < m->items; i++) at[i + 1] += at[i];
    for (int32_t z = 0; z < m->sinks; z++) {
        const struct model_sink *s = &m->sink[d->sinks[z]];
        for (int32_t i = s->accepts; i < s->accepts_end; i++) {
            fits[at[m->accepted[i].item + 1]++] = d->sinks[z];
        }
    }
    return fits;
}

static void by_request(struct desk *d)
{
    const struct model *m = d->m;
    for (int32_t z = 0; z < m->sinks; z++) {
        int32_t k = d->sinks[z];
        bool together = d->rule == PRACTICE_CARE;
        if (!sink_known(d, k) || (together && m->sink[k].type == SINK_KEEPING)) continue;
        if (together && m->sink[k].type == SINK_SYSTEM)
            bundle(d, k);
        else
            fill(d, k, d->asked[k]);
    }
}

/* Of what was decided this month, only what leaves in it stays. */
static void month_ends(struct desk *d, size_t from)
{
    size_t kept = from;
    for (size_t i = from; i < d->count; i++) {
        if (leaves(d, &d->ship[i]) == d->now)
            d->ship[kept++] = d->ship[i];
        else
            enter(d, &d->ship[i], -1);
    }
    d->count = kept;
}

static double *copied(struct arena *a, const double *list, size_t count)
{
    double *copy = NEW_ARRAY(a, count + 1, double);
    if (count) memcpy(copy, list, count * sizeof *copy);
    return copy;
}

static void sit_down(struct desk *d)
{
    const struct model *m = d->m;
    d->lot = NEW_ARRAY(d->arena, (size_t)m->lots + 1, double);
    d->asked = NEW_ARRAY(d->arena, (size_t)m->sinks + 1, double);
    for (int32_t l = 0; l < m->lots; l++) d->lot[l] = m->lot[l].qty;
    for (int32_t k = 0; k < m->sinks; k++) d->asked[k] = request(m, k);
    d->hub = copied(d->arena, m->capacity, (size_t)m->hubs * (size_t)m->months);
    d->budget = copied(d->arena, m->budget, (size_t)m->budgets);
    d->used = NEW_ARRAY(d->arena, (size_t)m->lines + 1, int32_t);
    d->lots = NEW_ARRAY(d->arena, (size_t)m->lots + 1, int32_t);
    d->lots_at = NEW_ARRAY(d->arena, (size_t)m->items + 2, int32_t);
    d->sinks = NEW_ARRAY(d->arena, (size_t)m->sinks + 1, int32_t);
    d->tried = NEW_ARRAY(d->arena, (size_t)m->hubs + 1, bool);
}

struct plan practice_plan(struct arena *a, const struct model *m, const struct known *known,
                          enum practice rule)
{
    struct desk d = {.arena = a, .m = m, .rule = rule};
    if (known) d.lot_known = known->lot, d.sink_known = known->sink;
    sit_down(&d);
    order_sinks(&d);
    const struct turn *turn = order_lots(&d);
    int32_t *at = NEW_ARRAY(a, (size_t)m->items + 2, int32_t), *fits = order_fits(&d, at);
    for (d.now = 0; d.now < m->months; d.now++) {
        size_t before = d.count;
        if (rule == PRACTICE_FIRST_COME)
            first_come(&d, turn, at, fits);
        else
            by_request(&d);
        month_ends(&d, before);
    }
    return (struct plan){.ship = d.ship, .count = d.count};
}
