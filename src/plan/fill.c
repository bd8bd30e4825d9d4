/*
 * fill.c - room that is left, and what could still use it.
 *
 * The columns are few, and after a change (a hub closed, a lot withdrawn) they
 * are the wrong ones: what was to go another way finds none among them. Here
 * every way of every lot that is left over counts, for the needs that are not
 * met; there are few of both, so that it takes no time.
 */
#include "plan/rank.h"
#include "plan/work.h"

struct way {
    float reduced; /* ranked() looks at it */
    int32_t lot, sink;
    int16_t hub, month;
};

struct ways {
    struct arena arena;
    struct way *item;
    uint32_t count, room;
};

/* Units of the sink still missing that an arrival in this month would bring. */
static double missing(const struct work *w, int32_t k, int32_t month)
{
    const struct sink *sink = &w->s->sink[k];
    if (sink->type == SINK_NEED) return w->left[w->s->cell0 + (int32_t)sink->cell];
    double most = 0;
    for (uint32_t c = sink_cell(sink, month); c < sink->cell + sink->cells; c++) {
        if (w->wanted[c] - w->got[c] > most) most = w->wanted[c] - w->got[c];
    }
    return most;
}

/* What the price of one here leaves out: going without costs the full penalty. */
static double premium(const struct solver *s, int32_t k)
{
    const struct sink *sink = &s->sink[k];
    if (sink->type != SINK_NEED) return 0.5 * (double)s->cell_price[sink->cell];
    return sink->penalty - s->y[s->cell0 + (int32_t)sink->cell];
}

static void ways_of_lot(struct work *w, struct ways *ways, int32_t l, int32_t k, double eta)
{
    const struct solver *s = w->s;
    const struct model *m = s->m;
    const struct exact_lot *e = &s->exact[l];
    const struct lot *lot = &s->lot[l];
    const struct sink *sink = &s->sink[k];
    double at = s->y[l] + (double)(lot->paid * s->budget_price[lot->budget] +
                                   lot->burden * s->giver_price[lot->giver]);
    double most = eta * premium(s, k);
    for (int32_t h = 0; h < m->hubs; h++) {
        int32_t near = m->near[e->giver * m->hubs + h];
        int32_t far = m->far[h * m->receivers + sink->receiver];
        if (near < 0 || far < 0) continue;
        int32_t from = e->ready + near + far;
        for (int32_t t = from > sink->first ? from : sink->first; t <= sink->last; t++) {
            int32_t hub = h * m->months + t - far;
            if (e->mass > 0 && w->left[s->hub0 + hub] < 1e-9 * s->b[s->hub0 + hub]) continue;
            double price = (double)s->cell_price[sink_cell(sink, t)];
            double reduced = e->cost - at - e->mass * (double)s->hub_price[hub] -
                             eta * (price - sink_late(sink, t));
            if (reduced >= most) continue;
            if (ways->count == ways->room) {
                const struct way *was = ways->item;
                ways->item = arena_more(&ways->arena, ways->item, ways->count, &ways->room,
                                        sizeof *ways->item);
                arena_drop(&ways->arena, was);
            }
            ways->item[ways->count++] = (struct way){(float)reduced, l, k, (int16_t)h, (int16_t)t};
        }
    }
}

static void take_way(struct work *w, const struct way *way)
{
    struct solver *s = w->s;
    const struct model *m = s->m;
    const struct sink *sink = &s->sink[way->sink];
    double eta = sink_takes(s, way->sink, s->exact[way->lot].item);
    int32_t far = m->far[way->hub * m->receivers + sink->receiver];
    uint32_t hub = (uint32_t)(way->hub * m->months + way->month - far);
    double x =
        least(room_for(w, way->lot, way->sink, hub, eta), missing(w, way->sink, way->month) / eta);
    x = wholly(&s->exact[way->lot], x);
    if (!(x > 1e-9 * s->lot[way->lot].qty)) return;
    take(w, way->lot, way->sink, hub, eta, x);
    for (uint32_t c = sink_cell(sink, way->month);
         sink->type != SINK_NEED && c < sink->cell + sink->cells; c++) {
        w->got[c] += eta * x;
    }
    put_flow(w, &(struct flow){way->lot, way->sink, way->hub, way->month, x});
}

void fill_anywhere(struct work *w)
{
    enum { WAYS_MOST = 50000 };
    struct solver *s = w->s;
    struct ways ways = {0};
    for (int32_t k = 0; k < s->m->sinks && ways.count < WAYS_MOST; k++) {
        const struct sink *sink = &s->sink[k];
        if (!sink->cells || sink->last < sink->first) continue;
        if (!(missing(w, k, sink->first) > 1e-6 * sink->qty)) continue;
        for (int32_t i = s->m->sink[k].accepts; i < s->m->sink[k].accepts_end; i++) {
            const struct accept *a = &s->accept[i];
            for (int32_t l = s->item_lot[a->item]; l < s->item_lot[a->item + 1]; l++) {
                if (w->left[s->item_lots[l]] > 1e-6 * s->lot[s->item_lots[l]].qty) {
                    ways_of_lot(w, &ways, s->item_lots[l], k, a->eta);
                }
            }
        }
    }
    const uint32_t *order = ranked(&ways.arena, ways.item, ways.count, sizeof *ways.item);
    for (uint32_t i = 0; i < ways.count; i++) take_way(w, &ways.item[order[i]]);
    arena_free(&ways.arena);
}

/* Moves what it can of a late flow to the earliest month from `first` on that has room. */
static void sooner(struct work *w, uint32_t i)
{
    struct solver *s = w->s;
    const struct model *m = s->m;
    struct flow f = w->out.flow[i];
    const struct sink *sink = &s->sink[f.sink];
    const struct exact_lot *e = &s->exact[f.lot];
    int32_t far = m->far[f.hub * m->receivers + sink->receiver];
    int32_t here = s->hub0 + f.hub * m->months + f.month - far;
    for (int32_t t = sink->due; t < f.month && w->out.flow[i].x > 0; t++) {
        for (int32_t h = 0; h < m->hubs && w->out.flow[i].x > 0; h++) {
            int32_t near = m->near[e->giver * m->hubs + h];
            int32_t out = m->far[h * m->receivers + sink->receiver];
            if (near < 0 || out < 0 || t < sink->first || t - out - near < e->ready) continue;
            int32_t hub = s->hub0 + h * m->months + t - out;
            double x = w->out.flow[i].x;
            if (e->mass > 0) x = least(x, w->left[hub] / e->mass);
            x = wholly(e, x);
            if (!(x > 1e-6 * w->out.flow[i].x)) continue;
            w->left[hub] -= e->mass * x;
            w->left[here] += e->mass * x;
            w->out.flow[i].x -= x;
            put_flow(w, &(struct flow){f.lot, f.sink, (int16_t)h, (int16_t)t, x});
        }
    }
}

void send_sooner(struct work *w)
{
    uint32_t count = w->out.count;
    for (uint32_t i = 0; i < count; i++) {
        const struct flow *f = &w->out.flow[i];
        const struct sink *sink = &w->s->sink[f->sink];
        if (sink->type == SINK_NEED && f->month > sink->due) sooner(w, i);
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < w->out.count; i++) {
        if (w->out.flow[i].x > 0) w->out.flow[kept++] = w->out.flow[i];
    }
    w->out.count = kept;
}
