/*
 * plain.h - a plain problem to change by hand: one giver, one receiver, one hub.
 *
 * Lot i is of item i (of the last one where there are fewer), so is sink i: an
 * ordinary need without a quantity or weight, due in month 0 and open to the
 * end. Nothing weighs, costs or is worth more than 1, no way takes a month, and
 * hub and budget have room for all. A test sets what it is about and nothing else.
 */
#ifndef MUSTER_TEST_PLAIN_H
#define MUSTER_TEST_PLAIN_H

#include "base/arena.h"
#include "plan/model.h"

struct plain {
    int32_t months, items, lots, sinks;
};

static inline struct model *plain_model(struct arena *a, struct plain p)
{
    struct model *m = NEW(a, struct model);
    *m = (struct model){.months = p.months,
                        .givers = 1,
                        .receivers = 1,
                        .items = p.items,
                        .hubs = 1,
                        .lots = p.lots,
                        .sinks = p.sinks,
                        .budgets = 1};
    m->giver = NEW_ARRAY(a, 1, struct model_giver);
    m->item = NEW_ARRAY(a, (size_t)p.items, struct model_item);
    m->lot = NEW_ARRAY(a, (size_t)p.lots, struct model_lot);
    m->sink = NEW_ARRAY(a, (size_t)p.sinks, struct model_sink);
    m->accepted = NEW_ARRAY(a, (size_t)p.sinks, struct model_accept);
    m->line = NEW_ARRAY(a, 1, struct model_line);
    m->capacity = NEW_ARRAY(a, (size_t)p.months, double);
    m->budget = NEW_ARRAY(a, 1, double);
    m->near = NEW_ARRAY(a, 1, int8_t);
    m->far = NEW_ARRAY(a, 1, int8_t);
    m->giver[0].key = 1;
    m->budget[0] = 1e6;
    for (int32_t t = 0; t < p.months; t++) m->capacity[t] = 1e6;
    for (int32_t i = 0; i < p.items; i++) m->item[i] = (struct model_item){.value = 1, .mass = 1};
    for (int32_t i = 0; i < p.lots; i++) {
        int32_t item = i < p.items ? i : p.items - 1;
        m->lot[i] =
            (struct model_lot){.item = item, .budget = MODEL_NONE, .line = MODEL_NONE, .value = 1};
    }
    for (int32_t k = 0; k < p.sinks; k++) {
        int32_t item = k < p.items ? k : p.items - 1;
        m->accepted[k] = (struct model_accept){.item = item, .eta = 1};
        m->sink[k] = (struct model_sink){.item = item,
                                         .last = p.months - 1,
                                         .end = p.months - 1,
                                         .system = MODEL_NONE,
                                         .accepts = k,
                                         .accepts_end = k + 1};
    }
    return m;
}

/* Asked for in that month: so much, each missing month of one counting so much. */
static inline void plain_need(struct model *m, int32_t k, int32_t due, double qty, double weight)
{
    m->sink[k].due = due;
    m->sink[k].qty = m->sink[k].most = qty;
    m->sink[k].weight = weight;
}

#endif
