/*
 * settle.c - as the plan before had it, where nothing is lost by that.
 *
 * A plan that is made again sends the same from the same lot to the same sink
 * by other hubs and in other months, because one is as good as the other. All
 * of that goes back to where it was, as long as it comes no later; then, where
 * a hub would be overrun, so much of it does not.
 */
#include <math.h>
#include <string.h>

#include "plan/inside.h"

/* A way of a lot: what it carries, and what it carried. */
struct trip {
    struct flow flow;
    double was;
    int32_t hub; /* row */
};

struct move {
    uint32_t from, to;
    double x;
};

struct settling {
    struct solver *s;
    struct arena *arena;
    struct trip *trip;
    uint32_t count;
    struct move *move;
    uint32_t moves, room;
    double *left; /* by row, of hubs */
};

static bool same_way(const struct flow *a, const struct flow *b)
{
    return a->sink == b->sink && a->hub == b->hub && a->month == b->month;
}

static struct flow *by_lot(struct arena *a, const struct solver *s, const struct flow *flow,
                           uint32_t count, uint32_t *begin)
{
    struct flow *sorted = NEW_ARRAY(a, (size_t)count + 1, struct flow);
    uint32_t *at = NEW_ARRAY(a, (size_t)s->m->lots + 2, uint32_t);
    for (uint32_t i = 0; i < count; i++) begin[flow[i].lot + 1]++;
    for (int32_t l = 0; l < s->m->lots; l++) at[l + 1] = begin[l + 1] += begin[l];
    for (uint32_t i = 0; i < count; i++) sorted[at[flow[i].lot]++] = flow[i];
    return sorted;
}

static void put_trip(struct settling *t, uint32_t first, const struct flow *f, double x, double was)
{
    const struct solver *s = t->s;
    for (uint32_t i = first; i < t->count; i++) {
        if (!same_way(&t->trip[i].flow, f)) continue;
        t->trip[i].flow.x += x;
        t->trip[i].was += was;
        return;
    }
    int32_t far = s->m->far[f->hub * s->m->receivers + s->sink[f->sink].receiver];
    struct trip *new = &t->trip[t->count++];
    *new = (struct trip){*f, was, s->hub0 + f->hub * s->m->months + f->month - far};
    new->flow.x = x;
}

/* No later in the objective; of a system no later at all. */
static bool no_later(const struct solver *s, const struct flow *to, const struct flow *from)
{
    const struct sink *k = &s->sink[to->sink];
    return sink_late(k, to->month) <= sink_late(k, from->month) &&
           (k->type == SINK_NEED || to->month <= from->month);
}

static void shift(struct settling *t, const struct move *m, double x)
{
    double mass = t->s->exact[t->trip[m->from].flow.lot].mass;
    t->trip[m->from].flow.x -= x;
    t->trip[m->to].flow.x += x;
    t->left[t->trip[m->from].hub] += mass * x;
    t->left[t->trip[m->to].hub] -= mass * x;
}

/* Of a lot, trips from `first` on: what is more than it was goes where it is less. */
static void go_back(struct settling *t, uint32_t first)
{
    for (uint32_t i = first; i < t->count; i++) {
        const struct trip *from = &t->trip[i];
        for (uint32_t j = first; j < t->count && from->flow.x > from->was; j++) {
            const struct trip *to = &t->trip[j];
            if (from->flow.sink != to->flow.sink || !(to->was > to->flow.x)) continue;
            if (!no_later(t->s, &to->flow, &from->flow)) continue;
            struct move m = {i, j, fmin(from->flow.x - from->was, to->was - to->flow.x)};
            if (t->moves == t->room) {
                t->move = arena_more(t->arena, t->move, t->moves, &t->room, sizeof *t->move);
            }
            t->move[t->moves++] = m;
            shift(t, &m, m.x);
        }
    }
}

/*
 * What overruns a hub does not go back after all; at worst none does, and all is as it came. First
 * as much as must, but hubs may hand the rest round for thousands of turns: then all of a move.
 */
static void keep_to_hubs(struct settling *t)
{
    enum { PATIENCE = 20 };
    bool over = true;
    for (int turn = 0; over; turn++) {
        over = false;
        for (uint32_t i = 0; i < t->moves; i++) {
            struct move *m = &t->move[i];
            const struct exact_lot *e = &t->s->exact[t->trip[m->to].flow.lot];
            double left = t->left[t->trip[m->to].hub];
            if (!(m->x > 0) || !(left < -1e-12 * (1 + t->s->b[t->trip[m->to].hub]))) continue;
            double x = fmin(m->x, -left / e->mass);
            if (e->whole || x > 0.5 * m->x || turn >= PATIENCE) x = m->x;
            m->x -= x;
            shift(t, m, -x);
            over = true;
        }
    }
}

static void hub_room(struct settling *t)
{
    memcpy(t->left, t->s->b, (size_t)t->s->rows * sizeof *t->left);
    for (uint32_t i = 0; i < t->count; i++) {
        const struct flow *f = &t->trip[i].flow;
        t->left[t->trip[i].hub] -= t->s->exact[f->lot].mass * f->x;
    }
}

struct flow *engine_settle(struct solver *s, struct arena *a, const struct flow *flow,
                           uint32_t *count)
{
    size_t lots = (size_t)s->m->lots + 2;
    uint32_t *now = NEW_ARRAY(a, lots, uint32_t), *then = NEW_ARRAY(a, lots, uint32_t), kept = 0;
    uint32_t *first = NEW_ARRAY(a, lots, uint32_t);
    const struct flow *new = by_lot(a, s, flow, *count, now);
    const struct flow *old = by_lot(a, s, s->last, s->lasts, then);
    struct settling t = {.s = s, .arena = a};
    t.trip = NEW_ARRAY(a, (size_t)*count + s->lasts + 1, struct trip);
    t.left = NEW_ARRAY(a, (size_t)s->rows + 1, double);
    for (int32_t l = 0; l < s->m->lots; l++) {
        first[l] = t.count;
        for (uint32_t i = now[l]; i < now[l + 1]; i++) put_trip(&t, first[l], &new[i], new[i].x, 0);
        for (uint32_t i = then[l]; i < then[l + 1]; i++) {
            put_trip(&t, first[l], &old[i], 0, old[i].x);
        }
    }
    first[s->m->lots] = t.count;
    hub_room(&t);
    uint32_t all = t.count;
    for (int32_t l = 0; l < s->m->lots; l++) {
        t.count = first[l + 1];
        go_back(&t, first[l]);
    }
    t.count = all;
    keep_to_hubs(&t);
    struct flow *out = NEW_ARRAY(a, (size_t)t.count + 1, struct flow);
    double *was = NEW_ARRAY(a, (size_t)t.count + 1, double);
    for (uint32_t i = 0; i < t.count; i++) {
        out[i] = t.trip[i].flow;
        was[i] = t.trip[i].was;
    }
    engine_tidy_back(s, out, was, t.count);
    for (uint32_t i = 0; i < t.count; i++) {
        bool crumb = out[i].x < was[i] && out[i].x <= 1e-12 * s->lot[out[i].lot].qty;
        if (out[i].x > 0 && !crumb) out[kept++] = out[i];
    }
    *count = kept;
    return out;
}
