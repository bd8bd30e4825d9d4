/*
 * hold.c - what is at rest is left at rest.
 *
 * After one change most shipments have no reason to move. Iterating over them
 * all the same is what planning again costs. So lots can be held: what they do
 * is added up once, and an iteration goes over the others and over the sinks
 * that these can reach.
 */
#include <string.h>

#include "plan/near.h"

/* Sums of what the held lots do, and what that leaves of rows. */
static struct rest *rest_of(struct solver *s, struct arena *a, const bool *active,
                            const struct flow *flow, uint32_t count)
{
    struct rest *rest = NEW(a, struct rest);
    struct flow *held = NEW_ARRAY(a, (size_t)count + 1, struct flow);
    rest->sum = NEW_ARRAY(a, (size_t)(s->rows - s->cell0) + 1, double);
    rest->left = NEW_ARRAY(a, (size_t)s->rows + 1, double);
    rest->flow = held;
    double *sum = rest->sum - s->cell0;
    memcpy(rest->left, s->b, (size_t)s->rows * sizeof *s->b);
    for (uint32_t i = 0; i < count; i++) {
        const struct flow *f = &flow[i];
        const struct exact_lot *e = &s->exact[f->lot];
        const struct sink *k = &s->sink[f->sink];
        if (active[f->lot]) continue;
        double here = f->x * sink_takes(s, f->sink, e->item);
        int32_t cell = s->cell0 + (int32_t)sink_cell(k, f->month);
        int32_t hub = s->hub0 + flow_hub(s, f), budget = s->budget0 + s->lot[f->lot].budget;
        held[rest->flows++] = *f;
        sum[cell] += here;
        sum[hub] += e->mass * f->x;
        sum[budget] += e->paid * f->x;
        sum[s->giver0 + e->giver] += e->burden * f->x;
        rest->left[f->lot] -= f->x;
        rest->left[hub] -= e->mass * f->x;
        rest->left[budget] -= e->paid * f->x;
        if (k->type == SINK_NEED)
            rest->left[cell] -= here;
        else if (k->most != MODEL_NONE)
            rest->left[k->most] -= here;
    }
    return rest;
}

/* A complement moves with its system. */
static void put_sinks(struct solver *s, const bool *moves)
{
    s->moving_needs = 0;
    s->moving_systems = 0;
    for (uint32_t c = 0; c < s->needs; c++) {
        if (!moves || moves[s->need_sink[c]]) s->moving_need[s->moving_needs++] = c;
    }
    for (int32_t k = 0; k < s->m->sinks; k = s->sink[k].next) {
        bool any = !moves;
        for (int32_t j = k; moves && j < s->sink[k].next; j++) any |= moves[j];
        if (any && s->sink[k].type == SINK_SYSTEM) s->moving_system[s->moving_systems++] = k;
    }
}

void engine_hold(struct solver *s, struct arena *a, const bool *active, const bool *also,
                 const struct flow *flow, uint32_t count)
{
    bool *moves = NEW_ARRAY(a, (size_t)s->m->sinks + 1, bool);
    if (s->m->sinks) memcpy(moves, also, (size_t)s->m->sinks * sizeof *moves);
    s->movings = 0;
    for (int32_t l = 0; l < s->m->lots; l++) {
        if (!active[l]) continue;
        s->moving[s->movings++] = l;
        for (uint32_t j = s->lot_begin[l]; j < s->lot_begin[l + 1]; j++) {
            if (s->column[j].x > 0) moves[s->cell_sink[s->column[j].cell]] = true;
        }
    }
    put_sinks(s, moves);
    s->rest = rest_of(s, a, active, flow, count);
    int32_t each = s->movings / (int32_t)s->lanes;
    for (uint32_t i = 0; i < s->lanes; i++) {
        s->lane[i].begin = (int32_t)i * each;
        s->lane[i].end = i + 1 == s->lanes ? s->movings : (int32_t)(i + 1) * each;
    }
}

void engine_hold_none(struct solver *s)
{
    s->movings = s->m->lots;
    for (int32_t l = 0; l < s->m->lots; l++) s->moving[l] = l;
    put_sinks(s, NULL);
    s->rest = NULL;
}
