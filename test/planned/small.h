/*
 * small.h - small random planning problems with everything in them.
 *
 * Systems with several complements, substitutes that count for less or more,
 * hubs that nobody reaches or that carry nothing, budgets, optional lines, whole
 * items, needs nobody can meet, lots that come too late: all of it often, and
 * sizes so small that every oracle is fast.
 */
#ifndef MUSTER_TEST_SMALL_H
#define MUSTER_TEST_SMALL_H

#include <math.h>

#include "base/arena.h"
#include "plan/model.h"
#include "seed.h"

struct small {
    int32_t lots, sinks; /* about */
    int32_t months;
    bool whole; /* some items are whole */
    bool lines; /* some lots need a line */
};

/* 0.1 .. below `most`, in tenths, so that numbers are as ugly in binary as in life */
static inline double small_tenths(struct rng *r, uint32_t most)
{
    return (1 + rng_below(r, most * 10)) / 10.0;
}

static inline void small_sink(struct model *m, struct rng *r, int32_t k, int32_t system)
{
    struct model_sink *s = &m->sink[k];
    int32_t last = m->months - 1;
    *s = (struct model_sink){.type = system >= 0 ? SINK_KEEPING : SINK_NEED, .system = system};
    s->receiver = (int32_t)rng_below(r, (uint32_t)m->receivers);
    s->due = (int32_t)rng_below(r, (uint32_t)m->months);
    s->first = s->due - (int32_t)rng_below(r, 3) + (rng_one_in(r, 6) ? 1 : 0);
    s->last = s->due + (int32_t)rng_below(r, 4);
    if (s->first < 0) s->first = 0;
    if (s->last > last) s->last = last;
    if (s->first > s->last) s->first = s->last;
    s->end = s->last + (int32_t)rng_below(r, 3);
    if (s->end < s->due) s->end = s->due;
    if (s->end > last) s->end = last;
    s->qty = system >= 0 ? 0 : small_tenths(r, 12);
    s->weight = system >= 0 ? 0 : small_tenths(r, 5);
    s->tier = system >= 0 ? m->sink[system].tier : (int32_t)rng_below(r, 3);
    if (system >= 0) {
        const struct model_sink *of = &m->sink[system];
        s->receiver = of->receiver, s->due = of->due, s->end = of->end;
        if (s->first > of->last) s->first = of->first;
        if (s->last > of->end) s->last = of->end;
        if (s->first > s->last) s->first = s->last;
        s->rate = rng_one_in(r, 6) ? 0 : small_tenths(r, 2);
    }
    s->most = s->type == SINK_NEED || rng_one_in(r, 2) ? INFINITY : small_tenths(r, 20);
    s->accepts = k ? m->sink[k - 1].accepts_end : 0;
    s->accepts_end = s->accepts;
    for (int32_t i = 0; i < m->items; i++) {
        if (!rng_one_in(r, 2)) continue;
        s->item = i;
        m->accepted[s->accepts_end++] =
            (struct model_accept){.item = i, .eta = rng_one_in(r, 2) ? 1 : small_tenths(r, 2)};
    }
}

static inline void small_sinks(struct model *m, struct rng *r, int32_t about)
{
    while (m->sinks < about) {
        int32_t k = m->sinks++;
        small_sink(m, r, k, MODEL_NONE);
        if (!rng_one_in(r, 3)) continue;
        m->sink[k].type = SINK_SYSTEM;
        if (rng_one_in(r, 2)) m->sink[k].most = m->sink[k].qty;
        if (rng_one_in(r, 3)) m->sink[k].there = m->sink[k].qty * rng_below(r, 5) / 4;
        for (uint32_t j = rng_below(r, 4); j > 0; j--) {
            small_sink(m, r, m->sinks++, k);
            if (rng_one_in(r, 3)) m->sink[m->sinks - 1].there = small_tenths(r, 6);
        }
    }
}

static inline void small_lots(struct model *m, struct rng *r, const struct small *shape)
{
    for (int32_t l = 0; l < m->lots; l++) {
        struct model_lot *lot = &m->lot[l];
        lot->giver = (int32_t)rng_below(r, (uint32_t)m->givers);
        lot->item = (int32_t)rng_below(r, (uint32_t)m->items);
        lot->ready = (int32_t)rng_below(r, (uint32_t)m->months);
        if (rng_one_in(r, 2)) lot->ready = 0;
        lot->budget = rng_one_in(r, 2) ? MODEL_NONE : (int32_t)rng_below(r, (uint32_t)m->budgets);
        lot->line = MODEL_NONE;
        if (shape->lines && rng_one_in(r, 2)) lot->line = (int32_t)rng_below(r, (uint32_t)m->lines);
        lot->qty = rng_one_in(r, 8) ? 0 : small_tenths(r, 8);
        lot->cost = small_tenths(r, 3);
        lot->value = small_tenths(r, 3);
    }
}

static inline void small_ways(struct model *m, struct rng *r)
{
    for (int32_t i = 0; i < m->givers * m->hubs; i++) {
        m->near[i] = rng_one_in(r, 4) ? MODEL_NONE : (int8_t)rng_below(r, 2);
    }
    for (int32_t i = 0; i < m->hubs * m->receivers; i++) {
        m->far[i] = rng_one_in(r, 5) ? MODEL_NONE : (int8_t)rng_below(r, 2);
    }
    for (int32_t i = 0; i < m->hubs * m->months; i++) {
        m->capacity[i] = rng_one_in(r, 5) ? 0 : small_tenths(r, 12);
    }
    for (int32_t b = 0; b < m->budgets; b++) {
        m->budget[b] = rng_one_in(r, 6) ? 0 : small_tenths(r, 12);
    }
}

static inline struct model *small_model(struct arena *a, struct rng *r, const struct small *shape)
{
    struct model *m = NEW(a, struct model);
    m->months = shape->months;
    m->givers = 1 + (int32_t)rng_below(r, 4);
    m->receivers = 1 + (int32_t)rng_below(r, 2);
    m->items = 1 + (int32_t)rng_below(r, 4);
    m->hubs = 1 + (int32_t)rng_below(r, 3);
    m->lots = shape->lots;
    m->budgets = 1 + (int32_t)rng_below(r, 3);
    m->lines = shape->lines ? 1 + (int32_t)rng_below(r, 3) : 0;
    m->fairness = rng_one_in(r, 4) ? 0 : small_tenths(r, 1);
    m->thrift = rng_one_in(r, 4) ? 0 : small_tenths(r, 1);
    int32_t most = shape->sinks + 4;
    m->giver = NEW_ARRAY(a, (size_t)m->givers, struct model_giver);
    m->item = NEW_ARRAY(a, (size_t)m->items, struct model_item);
    m->lot = NEW_ARRAY(a, (size_t)m->lots + 1, struct model_lot);
    m->sink = NEW_ARRAY(a, (size_t)most, struct model_sink);
    m->accepted = NEW_ARRAY(a, (size_t)(most * m->items), struct model_accept);
    m->line = NEW_ARRAY(a, (size_t)m->lines + 1, struct model_line);
    m->capacity = NEW_ARRAY(a, (size_t)(m->hubs * m->months), double);
    m->budget = NEW_ARRAY(a, (size_t)m->budgets, double);
    m->near = NEW_ARRAY(a, (size_t)(m->givers * m->hubs), int8_t);
    m->far = NEW_ARRAY(a, (size_t)(m->hubs * m->receivers), int8_t);
    for (int32_t d = 0; d < m->givers; d++) m->giver[d].key = 1.0 / m->givers;
    for (int32_t i = 0; i < m->items; i++) {
        m->item[i] = (struct model_item){.value = small_tenths(r, 3),
                                         .mass = rng_one_in(r, 5) ? 0 : small_tenths(r, 2),
                                         .whole = shape->whole && rng_one_in(r, 2)};
    }
    for (int32_t g = 0; g < m->lines; g++) {
        m->line[g].giver = (int32_t)rng_below(r, (uint32_t)m->givers);
        m->line[g].budget = rng_one_in(r, 2) ? MODEL_NONE : 0;
        m->line[g].fixed = small_tenths(r, 6);
    }
    small_sinks(m, r, shape->sinks);
    small_lots(m, r, shape);
    small_ways(m, r);
    return m;
}

#endif
