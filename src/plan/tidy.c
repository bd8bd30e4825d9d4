/*
 * tidy.c - the same plan in fewer shipments.
 *
 * Prices leave many plans equally good, and the iteration ends in the middle of
 * them: every lot of an item goes a little to every sink. Where shipments of an
 * item go round in a ring (lot, sink, another lot, another sink, back), some
 * quantity can be passed along it until one of them is gone. Lots and sinks
 * keep their totals, so budgets, shares and needs do; lateness only falls,
 * because the ring is passed in the direction in which it does; hubs are
 * looked after. What is left has no rings: about as many shipments as lots and
 * sinks together.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plan/inside.h"

enum { RING_MOST = 400 };

struct edge {
    uint32_t flow;
    int32_t end[2];  /* nodes: a lot, a cell */
    int32_t next[2]; /* edges of the same node */
    int32_t passes;  /* row of the hub month */
    double late;     /* cost of one for being late */
    bool in;         /* in the forest */
};

struct knot {
    struct solver *s;
    struct arena arena;
    struct flow *flow;
    const double *was; /* by flow: what it should rather be; NULL: rather gone */
    double *left;      /* of hub months, by row */
    struct edge *edge;
    int32_t *first, nodes, edges; /* edges in the forest by node */
    int32_t *node_of_cell;
    int32_t *from;  /* edge by which a search came to a node */
    int32_t *queue; /* nodes of the search */
    double mass, unit;
    bool whole;
};

static int compare_flows(const void *one, const void *other)
{
    const struct flow *a = one, *b = other;
    if (a->lot != b->lot) return a->lot < b->lot ? -1 : 1;
    if (a->x != b->x) return a->x > b->x ? -1 : 1; /* large ones come first, and stay */
    if (a->sink != b->sink) return a->sink < b->sink ? -1 : 1;
    if (a->hub != b->hub) return a->hub < b->hub ? -1 : 1;
    return a->month < b->month ? -1 : a->month > b->month;
}

static int32_t other_end(const struct edge *e, int32_t node)
{
    return e->end[e->end[0] == node];
}

static void link_edge(struct knot *k, int32_t e)
{
    for (int i = 0; i < 2; i++) {
        k->edge[e].next[i] = k->first[k->edge[e].end[i]];
        k->first[k->edge[e].end[i]] = e;
    }
    k->edge[e].in = true;
}

static void unlink_edge(struct knot *k, int32_t e)
{
    for (int i = 0; i < 2; i++) {
        int32_t node = k->edge[e].end[i], *at = &k->first[node];
        while (*at != e) at = &k->edge[*at].next[k->edge[*at].end[1] == node];
        *at = k->edge[e].next[i];
    }
    k->edge[e].in = false;
}

/* The way through the forest from one node to another; its length, 0 if there is none. */
static int32_t way_between(struct knot *k, int32_t from, int32_t to, int32_t *ring)
{
    int32_t head = 0, tail = 0;
    for (int32_t i = 0; i < k->nodes; i++) k->from[i] = -1;
    k->queue[tail++] = from;
    k->from[from] = k->edges;
    while (head < tail && k->from[to] < 0) {
        int32_t node = k->queue[head++];
        for (int32_t e = k->first[node]; e >= 0; e = k->edge[e].next[k->edge[e].end[1] == node]) {
            int32_t there = other_end(&k->edge[e], node);
            if (k->from[there] >= 0) continue;
            k->from[there] = e;
            k->queue[tail++] = there;
        }
    }
    if (k->from[to] < 0) return 0;
    int32_t length = 0;
    for (int32_t node = to; node != from; node = other_end(&k->edge[k->from[node]], node)) {
        if (length == RING_MOST) return 0;
        ring[length++] = k->from[node];
    }
    return length;
}

/* As much as can be passed: what goes down does not fall below 0, no hub is overrun. */
static double passable(const struct knot *k, const int32_t *ring, int32_t length, int sign)
{
    double most = INFINITY;
    for (int32_t i = 0; i < length; i++) {
        const struct edge *e = &k->edge[ring[i]];
        bool down = (i % 2 == 1) == (sign > 0);
        double x = k->flow[e->flow].x, off = k->was ? x - k->was[e->flow] : 0;
        if (down && x < most) most = x;
        if (off * (down ? 1 : -1) > 0 && fabs(off) < most) most = fabs(off);
    }
    for (int32_t i = 0; i < length && k->mass > 0; i++) {
        int32_t net = 0;
        for (int32_t j = 0; j < length; j++) {
            if (k->edge[ring[j]].passes == k->edge[ring[i]].passes) {
                net += (j % 2 == 1) == (sign > 0) ? -1 : 1;
            }
        }
        double room = k->left[k->edge[ring[i]].passes];
        if (net > 0 && room / (k->mass * net) < most) most = room / (k->mass * net);
    }
    if (k->whole) most = floor(most / k->unit * (1 + 1e-12) + 1e-9) * k->unit;
    return most > 0 ? most : 0;
}

/* How many more of them come nearer to what they were than go away from it. */
static int32_t nearer(const struct knot *k, const int32_t *ring, int32_t length, int sign)
{
    int32_t sum = 0;
    for (int32_t i = 0; i < length; i++) {
        uint32_t f = k->edge[ring[i]].flow;
        bool down = (i % 2 == 1) == (sign > 0);
        sum += (k->flow[f].x > k->was[f]) == down ? 1 : -1;
    }
    return sum;
}

/* An edge that is done with: nothing of it is left, or all is as it was. */
static bool settled(const struct knot *k, const struct edge *e)
{
    double x = k->flow[e->flow].x;
    return !(x > 0) || (k->was && x == k->was[e->flow]);
}

/* Rings begin with the new edge, then go on from its cell. */
static void pass_round(struct knot *k, const int32_t *ring, int32_t length)
{
    double late = 0;
    for (int32_t i = 0; i < length; i++) late += (i % 2 ? -1 : 1) * k->edge[ring[i]].late;
    int sign = late > 0 ? -1 : 1;
    double x = passable(k, ring, length, sign);
    bool either = fabs(late) <= 1e-12;
    if (either && k->was ? nearer(k, ring, length, sign) < 0
                         : either && passable(k, ring, length, -sign) > x) {
        sign = -sign;
        x = passable(k, ring, length, sign);
    }
    if (k->was && nearer(k, ring, length, sign) < 0) return;
    for (int32_t i = 0; i < length; i++) {
        struct edge *e = &k->edge[ring[i]];
        double way = (i % 2 == 1) == (sign > 0) ? -x : x, *flow = &k->flow[e->flow].x;
        *flow += way;
        if (!(*flow > 1e-12 * x)) *flow = 0;
        if (k->was && fabs(*flow - k->was[e->flow]) <= 1e-12 * x) *flow = k->was[e->flow];
        k->left[e->passes] -= way * k->mass;
    }
}

static void add_edge(struct knot *k, int32_t e)
{
    int32_t ring[RING_MOST + 1];
    int32_t length = way_between(k, k->edge[e].end[0], k->edge[e].end[1], ring + 1);
    ring[0] = e;
    if (length) pass_round(k, ring, length + 1);
    for (int32_t i = 1; i <= length; i++) {
        if (settled(k, &k->edge[ring[i]])) unlink_edge(k, ring[i]);
    }
    bool broken = length == 0;
    for (int32_t i = 1; i <= length; i++) broken |= !k->edge[ring[i]].in;
    if (broken && !settled(k, &k->edge[e])) link_edge(k, e);
}

/* Flows begin .. end - 1 are those of one item. */
static void tidy_item(struct knot *k, uint32_t begin, uint32_t end)
{
    const struct model *m = k->s->m;
    const struct exact_lot *first = &k->s->exact[k->flow[begin].lot];
    int32_t lot = MODEL_NONE;
    k->mass = first->mass;
    k->unit = first->unit;
    k->whole = first->whole;
    k->nodes = k->edges = 0;
    for (uint32_t i = begin; i < end; i++) {
        const struct flow *f = &k->flow[i];
        const struct sink *sink = &k->s->sink[f->sink];
        uint32_t cell = sink_cell(sink, f->month);
        int32_t far = m->far[f->hub * m->receivers + sink->receiver];
        if (k->was && f->x == k->was[i]) continue;
        if (f->lot != lot) {
            k->first[k->nodes++] = -1;
            lot = f->lot;
            k->from[0] = k->nodes - 1;
        }
        int32_t here = k->from[0];
        if (k->node_of_cell[cell] < 0) {
            k->first[k->nodes] = -1;
            k->node_of_cell[cell] = k->nodes++;
        }
        k->edge[k->edges++] = (struct edge){
            .flow = i,
            .end = {here, k->node_of_cell[cell]},
            .passes = k->s->hub0 + f->hub * m->months + f->month - far,
            .late = sink_takes(k->s, f->sink, first->item) * sink_late(sink, f->month)};
    }
    for (int32_t e = 0; e < k->edges; e++) add_edge(k, e);
    for (uint32_t i = begin; i < end; i++) {
        const struct flow *f = &k->flow[i];
        k->node_of_cell[sink_cell(&k->s->sink[f->sink], f->month)] = -1;
    }
}

/* Next to nothing, for its lot as for its sink. */
static bool crumb(const struct solver *s, const struct flow *f)
{
    const struct exact_lot *e = &s->exact[f->lot];
    double eta = sink_takes(s, f->sink, e->item);
    return f->x < 1e-6 * s->lot[f->lot].qty && eta * f->x < 1e-6 * s->sink[f->sink].qty;
}

static void hub_room(struct knot *k, uint32_t count)
{
    const struct solver *s = k->s;
    const struct model *m = s->m;
    memcpy(k->left, s->b, (size_t)s->rows * sizeof *s->b);
    for (uint32_t i = 0; i < count; i++) {
        const struct flow *f = &k->flow[i];
        int32_t far = m->far[f->hub * m->receivers + s->sink[f->sink].receiver];
        k->left[s->hub0 + f->hub * m->months + f->month - far] -= s->exact[f->lot].mass * f->x;
    }
}

static void knot_begin(struct knot *k, uint32_t count)
{
    struct arena *a = &k->arena;
    k->left = NEW_ARRAY(a, (size_t)k->s->rows, double);
    k->edge = NEW_ARRAY(a, count + 1, struct edge);
    k->first = NEW_ARRAY(a, 2 * (size_t)count + 2, int32_t);
    k->from = NEW_ARRAY(a, 2 * (size_t)count + 2, int32_t);
    k->queue = NEW_ARRAY(a, 2 * (size_t)count + 2, int32_t);
    k->node_of_cell = NEW_ARRAY(a, k->s->cells + 1, int32_t);
    for (uint32_t c = 0; c < k->s->cells; c++) k->node_of_cell[c] = -1;
    hub_room(k, count);
}

static void tidy_items(struct knot *k, uint32_t count)
{
    for (uint32_t begin = 0, end = 0; begin < count; begin = end) {
        int32_t item = k->s->exact[k->flow[begin].lot].item;
        while (end < count && k->s->exact[k->flow[end].lot].item == item) end++;
        tidy_item(k, begin, end);
    }
}

uint32_t engine_tidy(struct solver *s, struct flow *flow, uint32_t count)
{
    struct knot k = {.s = s, .flow = flow};
    uint32_t kept = 0;
    if (count) qsort(flow, count, sizeof *flow, compare_flows);
    knot_begin(&k, count);
    tidy_items(&k, count);
    for (uint32_t i = 0; i < count; i++) {
        if (flow[i].x > 0 && !crumb(s, &flow[i])) flow[kept++] = flow[i];
    }
    arena_free(&k.arena);
    return kept;
}

void engine_tidy_back(struct solver *s, struct flow *flow, const double *was, uint32_t count)
{
    struct knot k = {.s = s, .flow = flow, .was = was};
    knot_begin(&k, count);
    tidy_items(&k, count);
    arena_free(&k.arena);
}
