/*
 * part.c - some lots of a problem as a problem of their own.
 *
 * What all other lots do stays as it is: hubs, budgets and needs have what that
 * leaves, systems get what that brings. The sinks are all that take an item of
 * these lots. A plan of the part is a plan of the whole with the rest, at the
 * same difference in the objective.
 */
#include <math.h>
#include <string.h>

#include "plan/near.h"

/* Numbers of the part: of items, by item of the whole. */
static int32_t *items_of(struct arena *a, const struct solver *s, const bool *active,
                         int32_t *count)
{
    const struct model *m = s->m;
    int32_t *item = NEW_ARRAY(a, (size_t)m->items + 1, int32_t);
    *count = 0;
    for (int32_t i = 0; i < m->items; i++) item[i] = MODEL_NONE;
    for (int32_t l = 0; l < m->lots; l++) {
        if (active[l] && item[s->exact[l].item] == MODEL_NONE) item[s->exact[l].item] = (*count)++;
    }
    return item;
}

static bool takes_any(const struct model *m, int32_t k, const int32_t *item)
{
    for (int32_t i = m->sink[k].accepts; i < m->sink[k].accepts_end; i++) {
        if (item[m->accepted[i].item] != MODEL_NONE) return true;
    }
    return false;
}

/* Sinks of the part: systems and complements come together. */
static void choose_sinks(struct arena *a, struct part *t, const struct solver *s, struct model *n,
                         const int32_t *item)
{
    const struct model *m = s->m;
    t->sink = NEW_ARRAY(a, (size_t)m->sinks + 1, int32_t);
    t->sink_now = NEW_ARRAY(a, (size_t)m->sinks + 1, int32_t);
    n->sinks = 0;
    for (int32_t k = 0; k < m->sinks; k++) t->sink_now[k] = MODEL_NONE;
    for (int32_t k = 0; k < m->sinks; k = s->sink[k].next) {
        bool any = false;
        if (s->sink[k].type == SINK_KEEPING) continue; /* of nothing */
        for (int32_t j = k; j < s->sink[k].next; j++) any |= takes_any(m, j, item);
        for (int32_t j = k; any && j < s->sink[k].next; j++) {
            t->sink[n->sinks] = j;
            t->sink_now[j] = n->sinks++;
        }
    }
}

static void copy_sinks(struct arena *a, const struct part *t, const struct solver *s,
                       struct model *n, int32_t *item)
{
    const struct model *m = s->m;
    int32_t accepts = 0, at = 0;
    for (int32_t k = 0; k < n->sinks; k++) {
        const struct model_sink *of = &m->sink[t->sink[k]];
        accepts += of->accepts_end - of->accepts;
    }
    struct model_sink *sink = NEW_ARRAY(a, (size_t)n->sinks + 1, struct model_sink);
    struct model_accept *accepted = NEW_ARRAY(a, (size_t)accepts + 1, struct model_accept);
    for (int32_t k = 0; k < n->sinks; k++) {
        const struct model_sink *of = &m->sink[t->sink[k]];
        sink[k] = *of;
        sink[k].accepts = at;
        for (int32_t i = of->accepts; i < of->accepts_end; i++) {
            struct model_accept one = m->accepted[i];
            if (item[one.item] == MODEL_NONE) continue;
            one.item = item[one.item];
            accepted[at++] = one;
        }
        sink[k].accepts_end = at;
        if (of->type == SINK_KEEPING) sink[k].system = t->sink_now[of->system];
        if (item[of->item] == MODEL_NONE) item[of->item] = n->items++;
        sink[k].item = item[of->item];
    }
    n->sink = sink;
    n->accepted = accepted;
}

static void copy_items(struct arena *a, const struct model *m, struct model *n, const int32_t *item)
{
    n->item = NEW_ARRAY(a, (size_t)n->items + 1, struct model_item);
    for (int32_t i = 0; i < m->items; i++) {
        if (item[i] != MODEL_NONE) n->item[item[i]] = m->item[i];
    }
}

static void copy_lots(struct arena *a, struct part *t, const struct solver *s, struct model *n,
                      const bool *active, const int32_t *item)
{
    const struct model *m = s->m;
    t->lot = NEW_ARRAY(a, (size_t)n->lots + 1, int32_t);
    n->lot = NEW_ARRAY(a, (size_t)n->lots + 1, struct model_lot);
    n->lots = 0;
    for (int32_t l = 0; l < m->lots; l++) {
        if (!active[l]) continue;
        struct model_lot lot = m->lot[s->exact[l].id];
        lot.item = item[lot.item];
        t->lot[n->lots] = l;
        n->lot[n->lots++] = lot;
    }
}

static struct model *model_of(struct arena *a, struct part *t, const struct solver *s,
                              const bool *active)
{
    struct model *n = NEW(a, struct model);
    *n = *s->m;
    n->lines = 0;
    n->lots = 0;
    for (int32_t l = 0; l < s->m->lots; l++) n->lots += active[l];
    int32_t *item = items_of(a, s, active, &n->items);
    choose_sinks(a, t, s, n, item);
    copy_sinks(a, t, s, n, item);
    copy_items(a, s->m, n, item);
    copy_lots(a, t, s, n, active, item);
    return n;
}

/* What the other lots do: arrivals by cell of the part, burdens, and what they leave of rows. */
static void rest_of_plan(struct arena *a, struct part *t, const struct solver *s,
                         const bool *active, const struct standing *p)
{
    struct solver *n = t->s;
    const struct model *m = s->m;
    double *left = NEW_ARRAY(a, (size_t)s->rows + 1, double);
    double *got = NEW_ARRAY(a, s->cells + 1, double);
    double *given = NEW_ARRAY(a, n->cells + 1, double);
    double *burden = NEW_ARRAY(a, (size_t)m->givers + 1, double), all = 0;
    memcpy(left, p->left, (size_t)s->rows * sizeof *left);
    memcpy(got, p->got, s->cells * sizeof *got);
    memcpy(burden, p->burden, (size_t)m->givers * sizeof *burden);
    for (int32_t l = 0; l < m->lots; l++) {
        const struct exact_lot *e = &s->exact[l];
        if (!active[l]) continue;
        for (uint32_t i = p->begin[l]; i < p->begin[l + 1]; i++) {
            const struct flow *f = &p->flow[i];
            const struct sink *k = &s->sink[f->sink];
            double here = f->x * sink_takes(s, f->sink, e->item);
            uint32_t cell = sink_cell(k, f->month);
            left[s->hub0 + flow_hub(s, f)] += e->mass * f->x;
            left[s->budget0 + s->lot[l].budget] += e->paid * f->x;
            burden[e->giver] -= e->burden * f->x;
            if (k->type == SINK_NEED)
                left[s->cell0 + (int32_t)cell] += here;
            else
                got[cell] -= here;
            if (k->type != SINK_NEED && k->most != MODEL_NONE) left[k->most] += here;
        }
    }
    for (int32_t r = 0; r < s->giver0 - s->hub0; r++) {
        n->b[n->hub0 + r] = left[s->hub0 + r] > 0 ? left[s->hub0 + r] : 0;
        if (!(s->b[s->hub0 + r] > 0)) n->b[n->hub0 + r] = s->b[s->hub0 + r];
    }
    for (int32_t d = 0; d < m->givers; d++) all += burden[d];
    for (int32_t d = 0; d < m->givers; d++) n->b[n->giver0 + d] = s->key[d] * all - burden[d];
    for (int32_t k = 0; k < n->m->sinks; k++) {
        const struct sink *was = &s->sink[t->sink[k]];
        struct sink *sink = &n->sink[k];
        double sum = 0;
        if (sink->type == SINK_NEED) {
            double open = left[s->cell0 + (int32_t)was->cell];
            sink->qty = n->b[n->cell0 + (int32_t)sink->cell] = open > 0 ? open : 0;
            continue;
        }
        for (uint32_t c = 0; c < sink->cells; c++) {
            double here = got[was->cell + c];
            given[sink->cell + c] = here > 0 ? here : 0;
            sum += given[sink->cell + c];
            n->b[n->cell0 + (int32_t)(sink->cell + c)] -= sum;
        }
        if (sink->most != MODEL_NONE) n->b[sink->most] = left[was->most] > 0 ? left[was->most] : 0;
    }
    n->given = given;
    n->given_burden = burden;
}

/* So far apart are what others could do instead: when its price moves by that, a flow is gone. */
static const double spread = 0.06;

static void rest_gives(struct arena *a, struct part *t, const struct solver *s, const bool *active,
                       const struct standing *p)
{
    struct solver *n = t->s;
    double *cell = NEW_ARRAY(a, s->cells + 1, double);
    n->giving = NEW_ARRAY(a, (size_t)n->rows + 1, double);
    n->home = NEW_ARRAY(a, (size_t)n->rows + 1, double);
    n->rigid = NEW_ARRAY(a, (size_t)n->rows + 1, double);
    n->rigid_step = NEW_ARRAY(a, (size_t)n->rows + 1, double);
    memcpy(n->home, n->y, (size_t)n->rows * sizeof *n->y);
    for (int32_t l = 0; l < s->m->lots; l++) {
        const struct exact_lot *e = &s->exact[l];
        for (uint32_t i = p->begin[l]; !active[l] && i < p->begin[l + 1]; i++) {
            const struct flow *f = &p->flow[i];
            double eta = sink_takes(s, f->sink, e->item), x = f->x / spread;
            cell[sink_cell(&s->sink[f->sink], f->month)] += eta * eta * x;
            n->giving[n->hub0 + flow_hub(s, f)] += e->mass * e->mass * x;
            n->giving[n->budget0 + s->lot[l].budget] += e->paid * e->paid * x;
            n->giving[n->giver0 + e->giver] += e->burden * e->burden * x;
        }
    }
    for (int32_t k = 0; k < n->m->sinks; k++) {
        const struct sink *was = &s->sink[t->sink[k]], *sink = &n->sink[k];
        double sum = 0;
        for (uint32_t c = 0; c < sink->cells; c++) {
            sum += cell[was->cell + c];
            n->giving[n->cell0 + (int32_t)(sink->cell + c)] = sum;
        }
        if (sink->most != MODEL_NONE) n->giving[sink->most] = sum;
    }
}

static void take_prices(const struct part *t, const struct solver *s, const double *y)
{
    struct solver *n = t->s;
    for (int32_t k = 0; k < n->m->sinks; k++) {
        const struct sink *now = &n->sink[k], *was = &s->sink[t->sink[k]];
        memcpy(n->y + n->cell0 + now->cell, y + s->cell0 + was->cell, now->cells * sizeof *y);
        if (now->most != MODEL_NONE) n->y[now->most] = y[was->most];
        if (now->type != SINK_SYSTEM) continue;
        memcpy(n->service + now->service, s->service + was->service, now->cells * sizeof *y);
    }
    memcpy(n->y + n->hub0, y + s->hub0, (size_t)(s->rows - s->hub0) * sizeof *y);
    for (int32_t l = 0; l < n->m->lots; l++) n->y[l] = s->y[t->lot[n->exact[l].id]];
    n->weight = s->weight;
}

void part_prices(const struct part *t, const struct solver *s, const double *from, double *y)
{
    const struct solver *n = t->s;
    for (int32_t k = 0; k < n->m->sinks; k++) {
        const struct sink *now = &n->sink[k], *was = &s->sink[t->sink[k]];
        memcpy(y + s->cell0 + was->cell, from + n->cell0 + now->cell, now->cells * sizeof *y);
        if (now->most != MODEL_NONE) y[was->most] = from[now->most];
    }
    memcpy(y + s->hub0, from + n->hub0, (size_t)(s->rows - s->hub0) * sizeof *y);
}

/* What these lots do now, and other ways that were looked at. */
static void take_ways(struct arena *a, struct part *t, const struct solver *s,
                      const struct standing *p)
{
    struct solver *n = t->s;
    struct arena scratch = {0};
    struct wanted_list w = {.arena = &scratch};
    uint32_t count = 0;
    for (int32_t l = 0; l < n->m->lots; l++) {
        int32_t was = t->lot[n->exact[l].id];
        count += p->begin[was + 1] - p->begin[was];
    }
    t->flow = NEW_ARRAY(a, count + 1, struct flow);
    for (int32_t l = 0; l < n->m->lots; l++) {
        int32_t was = t->lot[n->exact[l].id];
        for (uint32_t i = p->begin[was]; i < p->begin[was + 1]; i++) {
            struct flow f = p->flow[i];
            f.lot = l;
            f.sink = t->sink_now[f.sink];
            t->flow[t->flows++] = f;
            want(&w, &(struct wanted){l, f.sink, f.hub, f.month, (float)f.x});
        }
        for (uint32_t j = s->lot_begin[was]; !s->fresh && j < s->lot_begin[was + 1]; j++) {
            const struct column *c = &s->column[j];
            int32_t k = t->sink_now[s->cell_sink[c->cell]];
            int16_t hub = (int16_t)(c->hub / s->m->months);
            if (k != MODEL_NONE)
                want(&w, &(struct wanted){l, k, hub, (int16_t)column_month(s, c), 0});
        }
    }
    columns_renew(n, &w, 0);
    arena_free(&scratch);
}

/* What leaving the earlier plan costs, of these lots. */
static void take_stay(struct arena *a, struct part *t, const struct solver *s)
{
    struct shipment *list = NEW_ARRAY(a, (size_t)s->kepts + 1, struct shipment);
    struct solve_stay stay = {.ship = list, .charge = s->charge / s->money};
    for (int32_t l = 0; s->kink && l < t->s->m->lots; l++) {
        int32_t was = t->lot[l];
        for (uint32_t i = s->kept_begin[was]; i < s->kept_begin[was + 1]; i++) {
            const struct kept *k = &s->kept[i];
            if (t->sink_now[k->sink] == MODEL_NONE) continue;
            list[stay.count++] = (struct shipment){.lot = l,
                                                   .sink = t->sink_now[k->sink],
                                                   .hub = k->hub,
                                                   .month = k->month,
                                                   .qty = k->most / s->exact[was].unit};
        }
    }
    engine_stay(t->s, a, &stay);
}

struct part *part_new(struct arena *a, struct solver *s, const bool *active,
                      const struct standing *p, const double *y)
{
    struct part *t = NEW(a, struct part);
    t->s = solver_new(a, model_of(a, t, s, active));
    t->s->weights = s->weights;
    engine_units(t->s, s->money, s->tonnes);
    rest_of_plan(a, t, s, active, p);
    take_prices(t, s, y);
    take_stay(a, t, s);
    take_ways(a, t, s, p);
    rest_gives(a, t, s, active, p);
    t->s->bound = -INFINITY;
    return t;
}
