/*
 * warm.c - to begin with what is known of nearly the same problem.
 *
 * Prices say most of it: a pledge more or a hub less moves few of them. They
 * are carried over by what they are prices of, with the columns that were
 * looked at and what they held; a column that is no longer possible is left
 * behind.
 */
#include <math.h>
#include <string.h>

#include "plan/inside.h"

/* Is this way, of the old problem, one of the new? */
static bool fits(const struct solver *s, const struct flow *f)
{
    const struct model *m = s->m;
    if (f->lot == MODEL_NONE || f->sink == MODEL_NONE || f->hub >= m->hubs) return false;
    const struct exact_lot *e = &s->exact[f->lot];
    const struct sink *sink = &s->sink[f->sink];
    int32_t near = m->near[e->giver * m->hubs + f->hub];
    int32_t far = m->far[f->hub * m->receivers + sink->receiver];
    return near >= 0 && far >= 0 && f->month - far - near >= e->ready && f->month >= sink->first &&
           f->month <= sink->last && sink->cells > 0 && sink_takes(s, f->sink, e->item) > 0;
}

static void take_columns(struct solver *s, const struct solver *old, const int32_t *lot_was,
                         const int32_t *sink_now)
{
    struct arena scratch = {0};
    struct wanted_list w = {.arena = &scratch};
    for (int32_t l = 0; l < s->m->lots; l++) {
        int32_t id = s->exact[l].id, was = lot_was ? lot_was[id] : id;
        if (was < 0 || was >= old->m->lots) continue;
        int32_t there = old->lot_at[was];
        for (uint32_t j = old->lot_begin[there]; j < old->lot_begin[there + 1]; j++) {
            const struct column *c = &old->column[j];
            struct flow f = {.lot = l, .sink = sink_now[old->cell_sink[c->cell]]};
            f.hub = (int16_t)(c->hub / old->m->months);
            f.month = (int16_t)column_month(old, c);
            if (fits(s, &f)) want(&w, &(struct wanted){l, f.sink, f.hub, f.month, c->x});
        }
    }
    columns_renew(s, &w, 0);
    arena_free(&scratch);
}

/* The plan, as far as both its ends are still there. */
static void take_plan(struct solver *s, const struct solver *old, const int32_t *lot_was,
                      const int32_t *sink_now)
{
    struct arena scratch = {0};
    int32_t *now = NEW_ARRAY(&scratch, (size_t)old->m->lots + 1, int32_t);
    for (int32_t l = 0; l < old->m->lots; l++) now[l] = MODEL_NONE;
    for (int32_t l = 0; l < s->m->lots; l++) {
        int32_t was = lot_was ? lot_was[l] : l;
        if (was >= 0 && was < old->m->lots) now[old->lot_at[was]] = s->lot_at[l];
    }
    s->last = NEW_ARRAY(s->arena, old->lasts + 1, struct flow);
    s->last_room = old->lasts + 1;
    s->lasts = 0;
    for (uint32_t i = 0; i < old->lasts; i++) {
        struct flow f = old->last[i];
        f.lot = now[f.lot];
        f.sink = sink_now[f.sink];
        if (fits(s, &f)) s->last[s->lasts++] = f;
    }
    arena_free(&scratch);
}

static void take_sink(struct solver *s, int32_t k, const struct solver *old, int32_t was)
{
    const struct sink *now = &s->sink[k], *then = &old->sink[was];
    double *y = s->y + s->cell0 + now->cell;
    const double *from = old->y + old->cell0 + then->cell;
    if (now->type != then->type) return;
    for (uint32_t c = 0; c < now->cells && c < then->cells; c++) y[c] = from[c];
    if (now->type == SINK_NEED && y[0] > now->penalty) y[0] = now->penalty;
    if (now->most != MODEL_NONE && then->most != MODEL_NONE) s->y[now->most] = old->y[then->most];
    for (uint32_t c = 0; now->type == SINK_SYSTEM && c < now->cells && c < then->cells; c++) {
        double u = old->service[then->service + c];
        s->service[now->service + c] = u < now->qty ? u : now->qty;
    }
}

static int32_t fewer(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static void take_shared(struct solver *s, const struct solver *old)
{
    const struct model *m = s->m, *o = old->m;
    for (int32_t h = 0; h < fewer(m->hubs, o->hubs); h++) {
        for (int32_t t = 0; t < fewer(m->months, o->months); t++) {
            s->y[s->hub0 + h * m->months + t] = old->y[old->hub0 + h * o->months + t];
        }
    }
    for (int32_t b = 0; b < fewer(m->budgets, o->budgets); b++) {
        s->y[s->budget0 + b] = old->y[old->budget0 + b];
    }
    double fair = m->fairness * s->weights.fairness * s->money;
    for (int32_t d = 0; d < fewer(m->givers, o->givers); d++) {
        double y = old->y[old->giver0 + d];
        s->y[s->giver0 + d] = y > fair ? fair : y < -fair ? -fair : y;
    }
    for (int32_t g = 0; g < fewer(m->lines, o->lines); g++) {
        double part = old->line_qty[g] > 0 ? old->opening[g] / old->line_qty[g] : 0;
        s->opening[g] = part * s->line_qty[g];
    }
}

/* Where iterations ran away there is nothing to learn; the bound that was kept is from before. */
static bool is_sane(const struct solver *old)
{
    bool sane = old->weight > 1e-20 && old->weight < 1e20;
    for (int32_t i = 0; i < old->rows; i++) sane &= isfinite(old->y[i]);
    return sane;
}

void solver_take(struct solver *s, const struct solver *old, const int32_t *lot_was,
                 const int32_t *sink_was)
{
    struct arena scratch = {0};
    if (old->fresh || !is_sane(old)) return;
    engine_units(s, old->money, old->tonnes);
    int32_t *sink_now = NEW_ARRAY(&scratch, (size_t)old->m->sinks + 1, int32_t);
    for (int32_t k = 0; k < old->m->sinks; k++) sink_now[k] = MODEL_NONE;
    memset(s->y, 0, (size_t)s->rows * sizeof *s->y);
    for (int32_t k = 0; k < s->m->sinks; k++) {
        int32_t was = sink_was ? sink_was[k] : k;
        bool known = was >= 0 && was < old->m->sinks;
        if (known) {
            sink_now[was] = k;
            take_sink(s, k, old, was);
        } else if (s->sink[k].type == SINK_NEED) {
            s->y[s->cell0 + (int32_t)s->sink[k].cell] = 0.5 * s->sink[k].penalty;
        }
    }
    for (int32_t l = 0; l < s->m->lots; l++) {
        int32_t id = s->exact[l].id, was = lot_was ? lot_was[id] : id;
        if (was >= 0 && was < old->m->lots) s->y[l] = old->y[old->lot_at[was]];
    }
    take_shared(s, old);
    take_columns(s, old, lot_was, sink_now);
    take_plan(s, old, lot_was, sink_now);
    s->weight = old->weight;
    s->warm = true;
    arena_free(&scratch);
}

/* Prices within their bounds, and columns by the new numbers. */
void solver_changed(struct solver *s)
{
    engine_numbers(s);
    for (int32_t l = 0; !s->fresh && l < s->m->lots; l++) {
        for (uint32_t j = s->lot_begin[l]; j < s->lot_begin[l + 1]; j++) {
            struct column *c = &s->column[j];
            const struct sink *sink = &s->sink[s->cell_sink[c->cell]];
            c->cost = (float)(s->exact[l].cost + c->eta * sink_late(sink, column_month(s, c)));
        }
    }
    for (uint32_t c = 0; c < s->needs; c++) {
        double *y = &s->y[s->cell0 + (int32_t)c];
        if (*y > s->need_most[c]) *y = s->need_most[c];
    }
    double fair = s->m->fairness * s->weights.fairness * s->money;
    for (int32_t r = s->giver0; r < s->rows; r++) {
        s->y[r] = s->y[r] > fair ? fair : s->y[r] < -fair ? -fair : s->y[r];
    }
    for (int32_t k = 0; k < s->m->sinks; k++) {
        const struct sink *sink = &s->sink[k];
        for (uint32_t c = 0; sink->type == SINK_SYSTEM && c < sink->cells; c++) {
            double *u = &s->service[sink->service + c];
            if (*u > sink->qty) *u = sink->qty;
        }
    }
    s->warm = !s->fresh;
}

void engine_keep_plan(struct solver *s, const struct flow *flow, uint32_t count)
{
    if (count > s->last_room) {
        s->last = NEW_ARRAY(s->arena, count, struct flow);
        s->last_room = count;
    }
    if (count) memcpy(s->last, flow, count * sizeof *flow);
    s->lasts = count;
}

void solver_stand(struct solver *s, const struct plan *p)
{
    struct arena scratch = {0};
    struct flow *flow = NEW_ARRAY(&scratch, p->count + 1, struct flow);
    for (size_t i = 0; i < p->count; i++) {
        const struct shipment *of = &p->ship[i];
        int32_t l = s->lot_at[of->lot];
        flow[i] = (struct flow){.lot = l,
                                .sink = of->sink,
                                .hub = (int16_t)of->hub,
                                .month = (int16_t)of->month,
                                .x = of->qty * s->exact[l].unit};
    }
    engine_keep_plan(s, flow, (uint32_t)p->count);
    arena_free(&scratch);
}

struct repaired engine_repair_last(struct solver *s, struct arena *a)
{
    const struct model *m = s->m;
    struct wanted_list w = {.arena = a};
    for (uint32_t i = 0; i < s->lasts; i++) {
        const struct flow *f = &s->last[i];
        want(&w, &(struct wanted){f->lot, f->sink, f->hub, f->month, 0});
    }
    columns_by_lot(a, &w, m->lots);
    columns_renew(s, &w, INFINITY);
    float *x = NEW_ARRAY(a, s->columns + 1, float);
    for (uint32_t j = 0; j < s->columns; j++) {
        x[j] = s->column[j].x;
        s->column[j].x = 0;
    }
    for (uint32_t i = 0; i < s->lasts; i++) {
        const struct flow *f = &s->last[i];
        const struct sink *k = &s->sink[f->sink];
        uint32_t cell = sink_cell(k, f->month);
        int32_t hub = f->hub * m->months + f->month - m->far[f->hub * m->receivers + k->receiver];
        for (uint32_t j = s->lot_begin[f->lot]; j < s->lot_begin[f->lot + 1]; j++) {
            struct column *c = &s->column[j];
            if (c->cell == cell && c->hub == hub) c->x = (float)f->x;
        }
    }
    struct repaired r = engine_repair(s, a, true);
    for (uint32_t j = 0; j < s->columns; j++) s->column[j].x = x[j];
    return r;
}
