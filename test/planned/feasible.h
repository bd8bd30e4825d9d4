/*
 * feasible.h - can this plan be carried out? Asked of the model alone.
 *
 * Written without a look at the solver: every constraint of model.h is added
 * up from the shipments in the model's own units.
 */
#ifndef MUSTER_TEST_FEASIBLE_H
#define MUSTER_TEST_FEASIBLE_H

#include <math.h>
#include <stdlib.h>

#include "plan/value.h"

/* The largest excess over any limit, as a part of it; INFINITY: a shipment that is not possible. */
static inline double plan_excess(const struct model *m, const struct plan *p)
{
    double worst = 0;
    double *lot = calloc((size_t)m->lots + 1, sizeof *lot);
    double *sink = calloc((size_t)m->sinks + 1, sizeof *sink);
    double *hub = calloc((size_t)(m->hubs * m->months) + 1, sizeof *hub);
    double *budget = calloc((size_t)m->budgets + 1, sizeof *budget);
    for (size_t i = 0; i < p->count; i++) {
        const struct shipment *s = &p->ship[i];
        const struct model_lot *l = &m->lot[s->lot];
        const struct model_sink *k = &m->sink[s->sink];
        int near = m->near[l->giver * m->hubs + s->hub];
        int far = m->far[s->hub * m->receivers + k->receiver];
        double eta = sink_eta(m, s->sink, l->item);
        if (near < 0 || far < 0 || !(eta > 0) || !(s->qty > 0) || s->month < k->first ||
            s->month > k->last || s->month >= m->months || s->month - far - near < l->ready ||
            (m->item[l->item].whole && s->qty != floor(s->qty)) ||
            (l->line != MODEL_NONE && !plan_opens(m, p, l->line))) {
            worst = INFINITY;
            continue;
        }
        lot[s->lot] += s->qty;
        sink[s->sink] += s->qty * eta;
        hub[s->hub * m->months + s->month - far] += s->qty * m->item[l->item].mass;
        if (l->budget != MODEL_NONE) budget[l->budget] += s->qty * l->cost;
    }
    for (int32_t g = 0; g < m->lines; g++) {
        if (plan_opens(m, p, g) && m->line[g].budget != MODEL_NONE) {
            budget[m->line[g].budget] += m->line[g].fixed;
        }
    }
#define OVER(got, limit) worst = fmax(worst, ((got) - (limit)) / fmax((limit), 1e-6))
    for (int32_t l = 0; l < m->lots; l++) OVER(lot[l], m->lot[l].qty);
    for (int32_t k = 0; k < m->sinks; k++) {
        OVER(sink[k], m->sink[k].type == SINK_NEED ? m->sink[k].qty : m->sink[k].most);
    }
    for (int32_t h = 0; h < m->hubs * m->months; h++) OVER(hub[h], m->capacity[h]);
    for (int32_t b = 0; b < m->budgets; b++) OVER(budget[b], m->budget[b]);
#undef OVER
    free(lot), free(sink), free(hub), free(budget);
    return worst;
}

#endif
