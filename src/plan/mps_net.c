/*
 * mps_net.c - the nodes of the arc form, from both ends: where supply can be,
 * and from where something can still be of use.
 */
#include <string.h>

#include "plan/mps_net.h"

/* Where each item of each giver can first leave. */
static void begin(const struct model *m, struct mps_net *net)
{
    size_t pairs = (size_t)m->givers * (size_t)m->items;
    for (size_t i = 0; i < pairs; i++) {
        net->from[i] = m->months;
        net->until[i] = -1;
    }
    for (int32_t l = 0; l < m->lots; l++) {
        int32_t *from = &net->from[mps_stock(m, m->lot[l].giver, m->lot[l].item)];
        if (m->lot[l].ready < *from) *from = m->lot[l].ready;
    }
}

/* First month in which the item can pass the hub; m->months if in none. */
static int32_t first_pass(const struct mps_net *net, int32_t item, int32_t hub)
{
    const struct model *m = net->m;
    int32_t first = m->months;
    for (int32_t d = 0; d < m->givers; d++) {
        int32_t near = mps_near(m, d, hub), from = net->from[mps_stock(m, d, item)];
        if (near >= 0 && from + near < first) first = from + near;
    }
    return first;
}

static void wanted(const struct model *m, bool *at)
{
    for (int32_t k = 0; k < m->sinks; k++) {
        const struct model_sink *s = &m->sink[k];
        for (int32_t i = s->accepts; i < s->accepts_end; i++) {
            for (int32_t t = s->first; t <= s->last; t++) {
                at[mps_at(m, m->accepted[i].item, s->receiver, t)] = true;
            }
        }
    }
}

/* Marks `via` and keeps of `wanted` what something can reach, in net->at. */
static void connect(struct mps_net *net, const bool *wanted_at, int32_t item, int32_t hub)
{
    const struct model *m = net->m;
    for (int32_t t = first_pass(net, item, hub); t < m->months; t++) {
        for (int32_t r = 0; r < m->receivers; r++) {
            int32_t far = mps_far(m, hub, r);
            if (far < 0 || t + far >= m->months || !wanted_at[mps_at(m, item, r, t + far)]) {
                continue;
            }
            net->via[mps_via(m, item, hub, t)] = true;
            net->at[mps_at(m, item, r, t + far)] = true;
        }
    }
}

/* The last month in which it is of use that something leaves the giver. */
static void end(struct mps_net *net, int32_t giver, int32_t item)
{
    const struct model *m = net->m;
    int32_t *until = &net->until[mps_stock(m, giver, item)];
    for (int32_t h = 0; h < m->hubs; h++) {
        int32_t near = mps_near(m, giver, h);
        for (int32_t t = m->months - 1; near >= 0 && t - near > *until; t--) {
            if (net->via[mps_via(m, item, h, t)]) *until = t - near;
        }
    }
}

void mps_net_make(struct arena *a, const struct model *m, struct mps_net *net)
{
    size_t pairs = (size_t)m->givers * (size_t)m->items + 1, months = (size_t)m->months;
    *net = (struct mps_net){.m = m};
    net->from = NEW_ARRAY(a, pairs, int32_t);
    net->until = NEW_ARRAY(a, pairs, int32_t);
    net->via = NEW_ARRAY(a, (size_t)m->items * (size_t)m->hubs * months + 1, bool);
    net->at = NEW_ARRAY(a, (size_t)m->items * (size_t)m->receivers * months + 1, bool);
    bool *want = NEW_ARRAY(a, (size_t)m->items * (size_t)m->receivers * months + 1, bool);
    begin(m, net);
    wanted(m, want);
    for (int32_t i = 0; i < m->items; i++) {
        for (int32_t h = 0; h < m->hubs; h++) connect(net, want, i, h);
    }
    for (int32_t d = 0; d < m->givers; d++) {
        for (int32_t i = 0; i < m->items; i++) end(net, d, i);
    }
}
