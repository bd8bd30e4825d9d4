/*
 * value.c - what shipments do, month by month.
 *
 * Systems go into service as early as they can: what a complement can carry
 * only grows with the months, so whoever waits never serves more in any month,
 * and the sum over the months that the objective asks for is the largest.
 */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "plan/value.h"

/* Whose due and end count: a complement is counted by its system's. */
static const struct model_sink *counted(const struct model *m, int32_t sink)
{
    const struct model_sink *k = &m->sink[sink];
    return k->type == SINK_KEEPING ? &m->sink[k->system] : k;
}

struct span sink_span(const struct model *m, int32_t sink)
{
    const struct model_sink *k = &m->sink[sink], *c = counted(m, sink);
    return (struct span){.from = k->first < c->due ? k->first : c->due,
                         .until = k->last > c->end ? k->last : c->end};
}

double sink_eta(const struct model *m, int32_t sink, int32_t item)
{
    const struct model_sink *k = &m->sink[sink];
    for (int32_t i = k->accepts; i < k->accepts_end; i++) {
        if (m->accepted[i].item == item) return m->accepted[i].eta;
    }
    return 0;
}

static void arrive(const struct model *m, struct fate *fate, const struct shipment *s)
{
    const struct model_sink *k = &m->sink[s->sink];
    double units = s->qty * sink_eta(m, s->sink, m->lot[s->lot].item);
    if (k->type != SINK_NEED) {
        fate[s->sink].got[s->month - sink_span(m, s->sink).from] += units;
        return;
    }
    fate[s->sink].met += units;
    if (s->month <= k->due)
        fate[s->sink].on_time += units;
    else
        fate[s->sink].harm += k->weight * units * (s->month - k->due);
}

/* Systems in service at most, in month s, as complement j sees it: `used` were carried before. */
static double carried(const struct model *m, const struct fate *fate, int32_t j, int32_t s,
                      double used)
{
    if (!(m->sink[j].rate > 0)) return INFINITY;
    double left = fate[j].got[s - sink_span(m, j).from] / m->sink[j].rate - used;
    return left > 0 ? left : 0;
}

static void serve(const struct model *m, struct fate *fate, int32_t k)
{
    const struct model_sink *sink = &m->sink[k];
    struct span span = sink_span(m, k);
    double used = 0;
    for (int32_t s = sink->due; s <= sink->end; s++) {
        double serving = fmin(fate[k].got[s - span.from], sink->qty);
        for (int32_t j = k + 1; j < m->sinks && m->sink[j].system == k; j++) {
            serving = fmin(serving, carried(m, fate, j, s, used));
        }
        used += serving;
        fate[k].serving[s - span.from] = serving;
        fate[k].harm += sink->weight * (sink->qty - serving);
        if (s == sink->due) fate[k].on_time = serving;
    }
}

struct fate *plan_fates(struct arena *a, const struct model *m, const struct plan *p)
{
    struct fate *fate = NEW_ARRAY(a, (size_t)m->sinks + 1, struct fate);
    for (int32_t k = 0; k < m->sinks; k++) {
        struct span span = sink_span(m, k);
        if (m->sink[k].type == SINK_NEED || span.until < span.from) continue;
        size_t months = (size_t)(span.until - span.from + 1);
        fate[k].got = NEW_ARRAY(a, months, double);
        fate[k].got[0] = m->sink[k].there;
        if (m->sink[k].type == SINK_SYSTEM) fate[k].serving = NEW_ARRAY(a, months, double);
    }
    for (size_t i = 0; i < p->count; i++) arrive(m, fate, &p->ship[i]);
    for (int32_t k = 0; k < m->sinks; k++) {
        const struct model_sink *sink = &m->sink[k];
        struct span span = sink_span(m, k);
        for (int32_t s = span.from + 1; fate[k].got && s <= span.until; s++) {
            fate[k].got[s - span.from] += fate[k].got[s - span.from - 1];
        }
        if (sink->type != SINK_NEED) continue;
        fate[k].harm += sink->weight * (sink->qty - fate[k].met) * (sink->end - sink->due + 1);
    }
    for (int32_t k = 0; k < m->sinks; k++) {
        if (m->sink[k].type == SINK_SYSTEM) serve(m, fate, k);
    }
    return fate;
}

bool plan_opens(const struct model *m, const struct plan *p, int32_t line)
{
    if (p->open) return p->open[line];
    for (size_t i = 0; i < p->count; i++) {
        if (m->lot[p->ship[i].lot].line == line) return true;
    }
    return false;
}

static double unfairness(struct arena *a, const struct model *m, const struct plan *p)
{
    double *burden = NEW_ARRAY(a, (size_t)m->givers + 1, double), all = 0, sum = 0;
    for (size_t i = 0; i < p->count; i++) {
        const struct model_lot *lot = &m->lot[p->ship[i].lot];
        burden[lot->giver] += p->ship[i].qty * lot->value;
        all += p->ship[i].qty * lot->value;
    }
    for (int32_t d = 0; d < m->givers; d++) sum += fabs(burden[d] - m->giver[d].key * all);
    return sum;
}

struct plan_value plan_value(struct arena *a, const struct model *m, const struct plan *p)
{
    struct plan_value v = {.fairness = m->fairness * unfairness(a, m, p)};
    struct fate *fate = plan_fates(a, m, p);
    double stood = 0, asked = 0;
    for (int32_t k = 0; k < m->sinks; k++) {
        const struct model_sink *sink = &m->sink[k];
        if (sink->type == SINK_KEEPING) continue;
        *(sink->type == SINK_SYSTEM ? &v.systems : &v.needs) += fate[k].harm;
        stood += fate[k].on_time * m->item[sink->item].value;
        asked += sink->qty * m->item[sink->item].value;
    }
    v.on_time = asked > 0 ? stood / asked : 1;
    for (size_t i = 0; i < p->count; i++) {
        v.thrift += m->thrift * p->ship[i].qty * m->lot[p->ship[i].lot].cost;
    }
    for (int32_t g = 0; g < m->lines; g++) {
        if (plan_opens(m, p, g)) v.thrift += m->thrift * m->line[g].fixed;
    }
    v.total = v.needs + v.systems + v.fairness + v.thrift;
    return v;
}
