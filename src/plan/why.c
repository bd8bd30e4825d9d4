/*
 * why.c - see why.h.
 *
 * Which changes are tried follows from what is short and what its price is: so
 * much of a lot, a month of a hub, a budget as the need is missing. Nothing is
 * tried that the prices say is free.
 */
#include "plan/why.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LEVERS_MAX = 64 };

struct finding_levers {
    struct arena *arena;
    const struct model *m;
    const struct solution *s;
    struct lever *list;
    uint32_t count, room;
};

static void add_lever(struct finding_levers *f, struct lever l)
{
    if (!(l.amount > 1e-9) || !(l.price > 1e-12)) return;
    for (uint32_t i = 0; i < f->count; i++) {
        struct lever *old = &f->list[i];
        if (old->kind != l.kind || old->at != l.at || old->month != l.month) continue;
        if (l.price > old->price) *old = l;
        return;
    }
    f->list = arena_more(f->arena, f->list, f->count, &f->room, sizeof *f->list);
    f->list[f->count++] = l;
}

static int by_price(const void *x, const void *y)
{
    const struct lever *a = x, *b = y;
    if (a->price != b->price) return a->price > b->price ? -1 : 1;
    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    if (a->at != b->at) return a->at < b->at ? -1 : 1;
    return a->month < b->month ? -1 : a->month > b->month;
}

static struct lever *sorted(struct finding_levers *f, uint32_t *count)
{
    if (f->count) qsort(f->list, f->count, sizeof *f->list, by_price);
    *count = f->count < LEVERS_MAX ? f->count : LEVERS_MAX;
    return f->list;
}

/* --- ways --- */

/* Months from leaving the giver to the receiver by the shortest way; MODEL_NONE: none. */
static int32_t shortest(const struct model *m, int32_t giver, int32_t receiver)
{
    int32_t best = MODEL_NONE;
    for (int32_t h = 0; h < m->hubs; h++) {
        int near = m->near[giver * m->hubs + h], far = m->far[h * m->receivers + receiver];
        if (near == MODEL_NONE || far == MODEL_NONE) continue;
        if (best == MODEL_NONE || near + far < best) best = near + far;
    }
    return best;
}

/* --- what is short --- */

/* Units of the sink that did not stand when due; of a complement, what all its system would use. */
static double short_of(const struct model *m, const struct fate *fate, int32_t k)
{
    const struct model_sink *s = &m->sink[k];
    if (s->type != SINK_KEEPING) return s->qty - fate[k].on_time;
    const struct model_sink *of = &m->sink[s->system];
    struct span span = sink_span(m, k);
    double used = s->rate * of->qty * (of->end - of->due + 1);
    double got = fate[k].got ? fate[k].got[span.until - span.from] : 0;
    return used - got;
}

/* --- levers of one sink --- */

static void levers_of_lots(struct finding_levers *f, int32_t k, double missing, double weight)
{
    const struct model *m = f->m;
    const struct model_sink *sink = &m->sink[k];
    for (int32_t l = 0; l < m->lots; l++) {
        const struct model_lot *lot = &m->lot[l];
        double eta = sink_eta(m, k, lot->item);
        int32_t way = eta > 0 ? shortest(m, lot->giver, sink->receiver) : MODEL_NONE;
        if (way == MODEL_NONE) continue;
        double units = missing / eta;
        if (m->item[lot->item].whole) units = ceil(units - 1e-9);
        int32_t due = sink->type == SINK_KEEPING ? m->sink[sink->system].due : sink->due;
        int32_t late = lot->ready + way - due;
        add_lever(f, (struct lever){LEVER_LOT, l, MODEL_NONE, units, f->s->price.lot[l] * units});
        if (lot->budget != MODEL_NONE) {
            double money = units * lot->cost;
            add_lever(f, (struct lever){LEVER_BUDGET, lot->budget, MODEL_NONE, money,
                                        f->s->price.budget[lot->budget] * money});
        }
        if (late > 0 && late <= lot->ready) {
            double moved = fmin(lot->qty * eta, missing);
            add_lever(f, (struct lever){LEVER_READY, l, MODEL_NONE, late, weight * moved * late});
        }
    }
}

/* The month in which a tonne more is worth most; of months that are worth the same, the last. */
static void add_hub(struct finding_levers *f, int32_t hub, int32_t from, int32_t until,
                    double tonnes)
{
    const double *price = f->s->price.hub + hub * f->m->months;
    int32_t best = MODEL_NONE;
    for (int32_t t = from < 0 ? 0 : from; t <= until && t < f->m->months; t++) {
        if (best == MODEL_NONE || price[t] > 0.99 * price[best]) best = t;
    }
    if (best == MODEL_NONE) return;
    add_lever(f, (struct lever){LEVER_HUB, hub, best, tonnes, price[best] * tonnes});
}

static void levers_of_hubs(struct finding_levers *f, int32_t k, double missing)
{
    const struct model *m = f->m;
    const struct model_sink *sink = &m->sink[k];
    double mass = INFINITY;
    for (int32_t i = sink->accepts; i < sink->accepts_end; i++) {
        double one = m->item[m->accepted[i].item].mass / m->accepted[i].eta;
        if (one > 0 && one < mass) mass = one;
    }
    if (!isfinite(mass)) return;
    for (int32_t h = 0; h < m->hubs; h++) {
        int far = m->far[h * m->receivers + sink->receiver];
        int32_t from = sink->first - far, until = sink->last - far;
        if (far != MODEL_NONE) add_hub(f, h, from, until, missing * mass);
    }
}

struct lever *why_levers(struct arena *a, const struct model *m, const struct solution *s,
                         int32_t sink, uint32_t *count)
{
    struct finding_levers f = {.arena = a, .m = m, .s = s};
    struct fate *fate = plan_fates(a, m, &s->plan);
    int32_t k = m->sink[sink].type == SINK_KEEPING ? m->sink[sink].system : sink;
    double weight = m->sink[k].weight;
    for (int32_t j = k; j < m->sinks && (j == k || m->sink[j].system == k); j++) {
        double missing = short_of(m, fate, j);
        if (!(missing > 1e-9)) continue;
        double each = j == k ? weight : m->sink[j].rate > 0 ? weight / m->sink[j].rate : 0;
        levers_of_lots(&f, j, missing, each);
        levers_of_hubs(&f, j, missing);
    }
    return sorted(&f, count);
}

struct lever *why_levers_of_lot(struct arena *a, const struct model *m, const struct solution *s,
                                int32_t lot, uint32_t *count)
{
    struct finding_levers f = {.arena = a, .m = m, .s = s};
    const struct model_lot *l = &m->lot[lot];
    double left = l->qty;
    for (size_t i = 0; i < s->plan.count; i++) {
        if (s->plan.ship[i].lot == lot) left -= s->plan.ship[i].qty;
    }
    double units = left > 1e-9 ? left : l->qty;
    add_lever(&f, (struct lever){LEVER_LOT, lot, MODEL_NONE, l->qty, s->price.lot[lot] * l->qty});
    if (l->budget != MODEL_NONE) {
        add_lever(&f, (struct lever){LEVER_BUDGET, l->budget, MODEL_NONE, units * l->cost,
                                     s->price.budget[l->budget] * units * l->cost});
    }
    for (int32_t h = 0; h < m->hubs; h++) {
        int near = m->near[l->giver * m->hubs + h];
        double tonnes = units * m->item[l->item].mass;
        if (near != MODEL_NONE) add_hub(&f, h, l->ready + near, m->months - 1, tonnes);
    }
    return sorted(&f, count);
}

struct lever why_without(const struct shipment *ship)
{
    return (struct lever){LEVER_WITHOUT, ship->lot, MODEL_NONE, ship->qty, 0};
}

/* --- changing --- */

static void *copied(struct arena *a, const void *list, size_t count, size_t size)
{
    void *out = arena_alloc(a, count + 1, size);
    if (count) memcpy(out, list, count * size);
    return out;
}

struct model *why_changed(struct arena *a, const struct model *m, const struct lever *lever)
{
    struct model *out = NEW(a, struct model);
    *out = *m;
    out->lot = copied(a, m->lot, (size_t)m->lots, sizeof *m->lot);
    switch (lever->kind) {
    case LEVER_LOT: out->lot[lever->at].qty += lever->amount; break;
    case LEVER_WITHOUT:
        out->lot[lever->at].qty = fmax(0, m->lot[lever->at].qty - lever->amount);
        break;
    case LEVER_READY: out->lot[lever->at].ready -= (int32_t)lever->amount; break;
    case LEVER_HUB:
        out->capacity = copied(a, m->capacity, (size_t)(m->hubs * m->months), sizeof *m->capacity);
        out->capacity[lever->at * m->months + lever->month] += lever->amount;
        break;
    case LEVER_BUDGET:
        out->budget = copied(a, m->budget, (size_t)m->budgets, sizeof *m->budget);
        out->budget[lever->at] += lever->amount;
        break;
    }
    return out;
}

/* --- comparing --- */

double *why_course(struct arena *a, const struct model *m, const struct plan *p, int32_t sink)
{
    struct span span = sink_span(m, sink);
    int32_t months = span.until < span.from ? 0 : span.until - span.from + 1;
    double *course = NEW_ARRAY(a, (size_t)months + 1, double);
    if (!months) return course;
    if (m->sink[sink].type == SINK_SYSTEM) {
        struct fate *fate = plan_fates(a, m, p);
        for (int32_t t = span.from; t <= span.until; t++) {
            course[t - span.from] = fate[sink].serving[t - span.from];
        }
        return course;
    }
    for (size_t i = 0; i < p->count; i++) {
        const struct shipment *s = &p->ship[i];
        if (s->sink != sink) continue;
        course[s->month - span.from] += s->qty * sink_eta(m, sink, m->lot[s->lot].item);
    }
    for (int32_t t = span.from + 1; t <= span.until; t++) {
        course[t - span.from] += course[t - span.from - 1];
    }
    return course;
}

struct gained why_gained(const struct model *m, int32_t sink, const double *before,
                         const double *after)
{
    struct span span = sink_span(m, sink);
    struct gained g = {.month = MODEL_NONE, .instead = MODEL_NONE};
    double tolerance = 1e-6 * (1 + m->sink[sink].qty);
    for (int32_t t = span.from; t <= span.until; t++) {
        double more = after[t - span.from] - before[t - span.from];
        if (fabs(more) <= fabs(g.qty) + tolerance) continue;
        g.qty = more;
        g.month = t;
    }
    if (g.month == MODEL_NONE) return g;
    const double *ahead = g.qty > 0 ? after : before, *behind = g.qty > 0 ? before : after;
    for (int32_t t = g.month; t <= span.until && g.instead == MODEL_NONE; t++) {
        if (behind[t - span.from] >= ahead[g.month - span.from] - tolerance) g.instead = t;
    }
    return g;
}

int why_level(const struct level *before, const struct level *after)
{
    for (int i = 0; i + 1 < LEVEL_COUNT; i++) {
        double change = fabs(before[i].value - after[i].value);
        double off =
            fmax(fabs(before[i].value - before[i].bound), fabs(after[i].value - after[i].bound));
        if (change > off + 1e-9 * (1 + before[i].value)) return i;
    }
    return LEVEL_COUNT - 1;
}

static void compare_levels(struct effect *e, const struct level *before)
{
    e->level = why_level(before, e->by_level);
    const struct level *was = &before[e->level], *is = &e->by_level[e->level];
    e->gain = was->value - is->value;
    e->least = level_floor(was) - is->value;
    e->most = was->value - level_floor(is);
}

struct effect why_try(struct arena *a, const struct model *m, const struct solver *solver,
                      const struct solution *before, const struct lever *lever, int32_t sink,
                      const struct solve_params *params, const struct level *levels)
{
    struct effect e = {.lever = *lever};
    struct model *changed = why_changed(a, m, lever);
    if (levels) {
        e.after = solve_levels(a, changed, params, e.by_level);
        compare_levels(&e, levels);
    } else {
        struct arena own = {0};
        struct solver *again = solver_new(&own, changed);
        if (solver) solver_take(again, solver, NULL, NULL);
        e.after = solver_run(again, a, params);
        arena_free(&own);
        e.gain = before->objective - e.after.objective;
        e.least = before->bound - e.after.objective;
        e.most = before->objective - e.after.bound;
    }
    if (sink != MODEL_NONE) {
        e.gained = why_gained(m, sink, why_course(a, m, &before->plan, sink),
                              why_course(a, changed, &e.after.plan, sink));
    }
    return e;
}
