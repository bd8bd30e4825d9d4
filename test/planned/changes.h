/*
 * changes.h - one change of a planning problem, of every kind that a desk asks about, and
 * what a plan keeps of the one before it.
 *
 * Where there is a choice, once where the plan says that it matters most (by
 * price times quantity), once in the middle.
 */
#ifndef MUSTER_TEST_CHANGES_H
#define MUSTER_TEST_CHANGES_H

#include <math.h>
#include <string.h>

#include "plan/solve.h"
#include "planned/generate.h"

enum change {
    CHANGE_NOTHING,
    CHANGE_LOT_NEW,
    CHANGE_LOT_MORE,
    CHANGE_LOT_GONE,
    CHANGE_NEED_MORE,
    CHANGE_NEED_GONE,
    CHANGE_SYSTEMS_MORE,
    CHANGE_BUDGET_CUT,
    CHANGE_SMALL_HUB,
    CHANGE_DEAR_LOT_MORE,
    CHANGE_DEAR_LOT_GONE,
    CHANGE_DEAR_NEED_MORE,
    CHANGE_DEAR_BUDGET_CUT,
    CHANGE_LARGE_HUB,
    CHANGES
};

static inline const char *change_name(enum change c)
{
    static const char *const names[] = {"nothing",
                                        "a pledge more",
                                        "a lot three times as large",
                                        "a lot withdrawn",
                                        "a need doubled",
                                        "a need gone",
                                        "a need of systems doubled",
                                        "a budget cut by half",
                                        "a small hub closed for three months",
                                        "the dearest lot three times as large",
                                        "the dearest lot withdrawn",
                                        "the dearest need doubled",
                                        "the dearest budget cut by half",
                                        "the largest hub closed for 3 months"};
    return names[c];
}

static inline int shipment_order(const struct shipment *a, const struct shipment *b)
{
    if (a->lot != b->lot) return a->lot < b->lot ? -1 : 1;
    if (a->sink != b->sink) return a->sink < b->sink ? -1 : 1;
    if (a->hub != b->hub) return a->hub < b->hub ? -1 : 1;
    return (a->month > b->month) - (a->month < b->month);
}

/* Of what has a price: the dearest, or the first from the middle on that counts for anything. */
static inline int32_t changed_lot(const struct model *m, const struct solution *s, bool dearest)
{
    int32_t best = 0;
    if (!dearest) return s->plan.count ? s->plan.ship[s->plan.count / 2].lot : 0;
    for (int32_t l = 0; l < m->lots; l++) {
        if (s->price.lot[l] * m->lot[l].qty > s->price.lot[best] * m->lot[best].qty) best = l;
    }
    return best;
}

static inline int32_t changed_sink(const struct model *m, const struct solution *s,
                                   enum sink_type type, bool dearest)
{
    int32_t best = MODEL_NONE;
    double most = -1;
    for (int32_t k = 0; k < m->sinks; k++) {
        double worth = s->price.sink[k] * m->sink[k].qty;
        if (m->sink[k].type != type || (dearest && worth <= most)) continue;
        if (!dearest && best != MODEL_NONE && k > m->sinks / 2) break;
        best = k;
        most = worth;
    }
    return best;
}

static inline int32_t changed_budget(const struct model *m, const struct solution *s, bool dearest)
{
    int32_t best = m->budgets / 2;
    for (int32_t b = 0; dearest && b < m->budgets; b++) {
        if (s->price.budget[b] * m->budget[b] > s->price.budget[best] * m->budget[best]) best = b;
    }
    return best;
}

static inline void *changes_copy(struct arena *a, const void *list, int32_t count, size_t size)
{
    void *out = arena_alloc(a, (size_t)count + 1, size);
    if (count) memcpy(out, list, (size_t)count * size);
    return out;
}

/* A model of its own; what did not change is shared. */
static inline struct model *model_with(struct arena *a, const struct model *m,
                                       const struct solution *s, enum change c)
{
    bool dearest = c >= CHANGE_DEAR_LOT_MORE;
    int32_t lot = changed_lot(m, s, dearest), budget = changed_budget(m, s, dearest);
    int32_t need = changed_sink(m, s, SINK_NEED, dearest);
    int32_t systems = changed_sink(m, s, SINK_SYSTEM, false);
    int32_t hub = c == CHANGE_SMALL_HUB ? m->hubs / 2 : 0;
    struct model *n = NEW(a, struct model);
    *n = *m;
    n->lot = changes_copy(a, m->lot, m->lots, sizeof *n->lot);
    n->sink = changes_copy(a, m->sink, m->sinks, sizeof *n->sink);
    n->capacity = changes_copy(a, m->capacity, m->hubs * m->months, sizeof *n->capacity);
    n->budget = changes_copy(a, m->budget, m->budgets, sizeof *n->budget);
    switch (c) {
    case CHANGE_NOTHING:
    case CHANGES: break;
    case CHANGE_LOT_NEW:
        n->lot[n->lots] = m->lot[lot];
        n->lot[n->lots].budget = MODEL_NONE;
        n->lot[n->lots++].ready = m->months / 4;
        break;
    case CHANGE_LOT_MORE:
    case CHANGE_DEAR_LOT_MORE: n->lot[lot].qty *= 3; break;
    case CHANGE_LOT_GONE:
    case CHANGE_DEAR_LOT_GONE: n->lot[lot].qty = 0; break;
    case CHANGE_NEED_MORE:
    case CHANGE_DEAR_NEED_MORE:
        n->sink[need].qty *= 2;
        n->sink[need].most *= 2;
        break;
    case CHANGE_NEED_GONE: n->sink[need].qty = n->sink[need].most = 0; break;
    case CHANGE_SYSTEMS_MORE:
        if (systems != MODEL_NONE) n->sink[systems].qty *= 2;
        break;
    case CHANGE_BUDGET_CUT:
    case CHANGE_DEAR_BUDGET_CUT: n->budget[budget] /= 2; break;
    case CHANGE_SMALL_HUB:
    case CHANGE_LARGE_HUB:
        for (int t = 0; t < 3; t++) n->capacity[hub * m->months + m->months / 3 + t] = 0;
    }
    return n;
}

/* Of what is shipped by value, how much is shipped as before; shipments in their order. */
static inline double change_kept(const struct model *m, const struct plan *before,
                                 const struct plan *after)
{
    double same = 0, all = 0;
    size_t j = 0;
    for (size_t i = 0; i < before->count; i++) {
        const struct shipment *one = &before->ship[i];
        double value = m->item[m->lot[one->lot].item].value;
        while (j < after->count && shipment_order(&after->ship[j], one) < 0) j++;
        all += value * one->qty;
        if (j == after->count || shipment_order(&after->ship[j], one) != 0) continue;
        same += value * fmin(one->qty, after->ship[j].qty);
    }
    return all > 0 ? same / all : 1;
}

#endif
