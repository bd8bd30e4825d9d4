/*
 * stay.c - a plan near an earlier one, unless moving is worth it.
 *
 * A column that an earlier plan used has a kink in its cost: up to what was
 * shipped there each one is cheaper by the charge, beyond it is not. The step
 * of the iteration knows kinks, and the bound lets each lot fill its cheapest
 * pieces first, so both stay exact.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plan/inside.h"

enum { PIECES_MOST = 64 };

static int compare_kept(const void *one, const void *other)
{
    const struct kept *a = one, *b = other;
    if (a->lot != b->lot) return a->lot < b->lot ? -1 : 1;
    if (a->cell != b->cell) return a->cell < b->cell ? -1 : 1;
    return a->passes < b->passes ? -1 : a->passes > b->passes;
}

static bool possible(const struct solver *s, const struct shipment *of)
{
    const struct model *m = s->m;
    const struct sink *k = &s->sink[of->sink];
    const struct exact_lot *e = &s->exact[s->lot_at[of->lot]];
    int32_t near = m->near[e->giver * m->hubs + of->hub];
    int32_t far = m->far[of->hub * m->receivers + k->receiver];
    return near >= 0 && far >= 0 && of->month - near - far >= e->ready && k->cells > 0 &&
           of->month >= k->first && of->month <= k->last && of->qty > 0 &&
           sink_takes(s, of->sink, e->item) > 0 &&
           hub_open(s, of->hub * m->months + of->month - far, e->mass);
}

static uint32_t merge_same(struct kept *k, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (kept && compare_kept(&k[kept - 1], &k[i]) == 0)
            k[kept - 1].most += k[i].most;
        else
            k[kept++] = k[i];
    }
    return kept;
}

/* What is no longer possible is not kept: nothing would be won by charging for it. */
void engine_stay(struct solver *s, struct arena *a, const struct solve_stay *stay)
{
    const struct model *m = s->m;
    s->kepts = 0;
    s->kink = NULL;
    if (!stay || !(stay->charge > 0) || stay->count == 0) return;
    s->charge = stay->charge * s->money;
    s->kept = NEW_ARRAY(a, stay->count, struct kept);
    s->kept_begin = NEW_ARRAY(a, (size_t)m->lots + 1, uint32_t);
    s->kink = NEW_ARRAY(a, s->room, float);
    for (size_t i = 0; i < stay->count; i++) {
        const struct shipment *of = &stay->ship[i];
        const struct sink *k = &s->sink[of->sink];
        if (!possible(s, of)) continue;
        int32_t far = m->far[of->hub * m->receivers + k->receiver], l = s->lot_at[of->lot];
        s->kept[s->kepts++] =
            (struct kept){.lot = l,
                          .sink = of->sink,
                          .hub = (int16_t)of->hub,
                          .month = (int16_t)of->month,
                          .cell = sink_cell(k, of->month),
                          .passes = (uint16_t)(of->hub * m->months + of->month - far),
                          .most = of->qty * s->exact[l].unit};
    }
    qsort(s->kept, s->kepts, sizeof *s->kept, compare_kept);
    s->kepts = merge_same(s->kept, s->kepts);
    for (int32_t l = 0, i = 0; l <= m->lots; l++) {
        while (i < (int32_t)s->kepts && s->kept[i].lot < l) i++;
        s->kept_begin[l] = (uint32_t)i;
    }
}

void stay_columns(struct solver *s, int32_t lot, uint32_t first, uint32_t *kept, uint32_t room)
{
    for (uint32_t i = s->kept_begin[lot]; i < s->kept_begin[lot + 1] && *kept < room; i++) {
        const struct kept *k = &s->kept[i];
        bool there = false;
        for (uint32_t j = first; j < *kept; j++) {
            there |= s->spare[j].cell == k->cell && s->spare[j].hub == k->passes;
        }
        if (!there) {
            s->spare[(*kept)++] = column_of(s, &(struct wanted){lot, k->sink, k->hub, k->month, 0});
        }
    }
}

void stay_kinks(struct solver *s)
{
    memset(s->kink, 0, s->columns * sizeof *s->kink);
    for (uint32_t i = 0; i < s->kepts; i++) {
        const struct kept *k = &s->kept[i];
        for (uint32_t j = s->lot_begin[k->lot]; j < s->lot_begin[k->lot + 1]; j++) {
            const struct column *c = &s->column[j];
            if (c->cell == k->cell && c->hub == k->passes) s->kink[j] = (float)k->most;
        }
    }
}

double stay_charged(const struct solver *s, struct arena *a, const struct flow *f, uint32_t count)
{
    if (!s->kink) return 0;
    double *there = NEW_ARRAY(a, s->kepts + 1, double), sum = 0;
    for (uint32_t n = 0; n < count; n++) {
        for (uint32_t i = s->kept_begin[f[n].lot]; i < s->kept_begin[f[n].lot + 1]; i++) {
            const struct kept *k = &s->kept[i];
            if (k->sink == f[n].sink && k->hub == f[n].hub && k->month == f[n].month) {
                there[i] += f[n].x;
            }
        }
    }
    for (uint32_t i = 0; i < s->kepts; i++) {
        double left = s->kept[i].most - there[i];
        if (left > 0) sum += left * s->charge;
    }
    return sum;
}

struct piece {
    double gain, most;
};

static int compare_pieces(const void *one, const void *other)
{
    const struct piece *a = one, *b = other;
    return a->gain > b->gain ? -1 : a->gain < b->gain;
}

/* Pieces beyond the most that are told apart are taken as if they had no end: still a bound. */
double stay_answer(const struct solver *s, int32_t lot, double cost, double best,
                   const double *value, const double *y)
{
    struct piece piece[PIECES_MOST];
    const struct exact_lot *e = &s->exact[lot];
    double anywhere = best > cost ? best - cost : 0, left = s->lot[lot].qty, sum = 0;
    int count = 0;
    for (uint32_t i = s->kept_begin[lot]; i < s->kept_begin[lot + 1]; i++) {
        const struct kept *k = &s->kept[i];
        double eta = sink_takes(s, k->sink, e->item);
        double worth = eta * (value[k->cell] - sink_late(&s->sink[k->sink], k->month)) +
                       e->mass * y[s->hub0 + k->passes];
        double gain = worth + s->charge - cost;
        if (gain <= anywhere) continue;
        if (count == PIECES_MOST)
            anywhere = gain;
        else
            piece[count++] = (struct piece){gain, k->most};
    }
    qsort(piece, (size_t)count, sizeof *piece, compare_pieces);
    for (int i = 0; i < count && left > 0 && piece[i].gain > anywhere; i++) {
        double x = piece[i].most < left ? piece[i].most : left;
        sum -= x * piece[i].gain;
        left -= x;
    }
    return sum - left * anywhere;
}
