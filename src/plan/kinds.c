/*
 * kinds.c - the same plan with fewer kinds of equipment for each need.
 *
 * A receiver that gets three sorts of howitzer for one need must train on
 * three and stock parts for three. Where lots stand in for each other, many
 * plans are equal in what is met, when, and who carries it; among them the one
 * with fewer kinds is to be had before the cheaper one. So a kind is taken off
 * a need, piece by piece: exchanged with another need for a kind that stays,
 * or replaced by what nobody uses. All of it must go, or none does.
 *
 * Nothing that was met is met less or later, for no need by itself; shares are
 * no less fair; money may cost more, but the objective only as far as the
 * caller allows. It ends where no single kind can be taken off that way, which
 * is not yet the fewest there could be.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plan/work.h"

/* Sinks whose kinds and harm one attempt may change. */
enum { TOUCHED_MOST = 64, KINDS_MOST = 32, SWEEPS = 8 };
static const uint64_t work_most = 30000000; /* looks at a shipment or a way: a tenth of a second */

struct undo {
    uint32_t flow;
    double x; /* what it was */
};

/* The flow before this one of the same sink, of the same item; + 1. */
struct before {
    uint32_t of_sink, of_item;
};

struct touched {
    int32_t sink;
    uint32_t kinds;
    double harm; /* of it, or of the system that it keeps going */
};

struct change {
    struct solver *s;
    struct arena *arena;
    struct repaired *plan;
    uint32_t *of_sink, *of_item; /* the last flow of each, + 1 */
    struct before *before;       /* by flow */
    uint32_t room;
    double *left; /* by row up to the givers */
    double *got;  /* by cell: of systems and complements until then */
    double *late; /* by sink */
    double *burden, all, money;
    bool *opened; /* by line */
    struct undo *undo;
    uint32_t undos, undo_room;
    struct touched touched[TOUCHED_MOST];
    uint32_t touches;
    double allowed;
    uint64_t work;
    uint32_t *asked; /* by sink: the number of the question that it answered last, */
    bool *answer;    /* and what it said, if nothing was changed there since */
    uint32_t question;
    int32_t about; /* an item: whether the sink gets any */
};

static int32_t hub_row(const struct solver *s, const struct flow *f)
{
    const struct model *m = s->m;
    int32_t far = m->far[f->hub * m->receivers + s->sink[f->sink].receiver];
    return s->hub0 + f->hub * m->months + f->month - far;
}

/* The rows as they are when this much more flows. */
static void flows_more(struct change *c, const struct flow *f, double x)
{
    struct solver *s = c->s;
    const struct exact_lot *e = &s->exact[f->lot];
    const struct sink *sink = &s->sink[f->sink];
    double here = x * sink_takes(s, f->sink, e->item);
    uint32_t cell = sink_cell(sink, f->month);
    c->left[f->lot] -= x;
    c->left[hub_row(s, f)] -= e->mass * x;
    c->left[s->budget0 + s->lot[f->lot].budget] -= e->paid * x;
    if (sink->most != MODEL_NONE) c->left[sink->most] -= here;
    if (sink->type == SINK_NEED)
        c->got[cell] += here;
    else
        for (uint32_t t = cell; t < sink->cell + sink->cells; t++) c->got[t] += here;
    c->late[f->sink] += here * sink_late(sink, f->month);
    c->asked[f->sink] = 0;
    c->burden[e->giver] += e->burden * x;
    c->all += e->burden * x;
    c->money += e->cost * x;
}

static void link_flow(struct change *c, uint32_t i)
{
    const struct flow *f = &c->plan->flow[i];
    int32_t item = c->s->exact[f->lot].item;
    if (i == c->room) c->before = arena_more(c->arena, c->before, i, &c->room, sizeof *c->before);
    c->before[i] = (struct before){c->of_sink[f->sink], c->of_item[item]};
    c->of_sink[f->sink] = c->of_item[item] = i + 1;
}

static void set_flow(struct change *c, uint32_t i, double x)
{
    struct flow *f = &c->plan->flow[i];
    if (c->undos == c->undo_room) {
        c->undo = arena_more(c->arena, c->undo, c->undos, &c->undo_room, sizeof *c->undo);
    }
    c->undo[c->undos++] = (struct undo){i, f->x};
    flows_more(c, f, x - f->x);
    f->x = x;
}

static void take_back(struct change *c, uint32_t until)
{
    while (c->undos > until) {
        const struct undo *u = &c->undo[--c->undos];
        struct flow *f = &c->plan->flow[u->flow];
        flows_more(c, f, u->x - f->x);
        f->x = u->x;
    }
}

/* --- what must not become worse --- */

static double harm_of(const struct change *c, int32_t k)
{
    const struct solver *s = c->s;
    const struct sink *sink = &s->sink[k];
    if (sink->type == SINK_NEED)
        return sink->penalty * (sink->qty - c->got[sink->cell]) + c->late[k];
    if (sink->type == SINK_KEEPING) return harm_of(c, s->m->sink[k].system);
    return sink->weight * ((double)sink->cells * sink->qty - engine_served(s, k, c->got));
}

static uint32_t kinds_of(const struct change *c, int32_t k)
{
    const struct solver *s = c->s;
    uint32_t count = 0;
    for (int32_t a = s->m->sink[k].accepts; a < s->m->sink[k].accepts_end; a++) {
        bool used = false;
        for (uint32_t i = c->of_sink[k]; i && !used; i = c->before[i - 1].of_sink) {
            const struct flow *f = &c->plan->flow[i - 1];
            used = f->x > 0 && s->exact[f->lot].item == s->accept[a].item;
        }
        count += used;
    }
    return count;
}

static double unfairness(const struct change *c)
{
    const struct solver *s = c->s;
    double sum = 0;
    for (int32_t d = 0; d < s->m->givers; d++) sum += fabs(c->burden[d] - s->key[d] * c->all);
    return s->m->fairness * s->weights.fairness * s->money * sum;
}

/* Before anything of it changes; false: too many sinks at once. */
static bool touch(struct change *c, int32_t k)
{
    for (uint32_t i = 0; i < c->touches; i++) {
        if (c->touched[i].sink == k) return true;
    }
    if (c->touches == TOUCHED_MOST) return false;
    c->touched[c->touches++] = (struct touched){k, kinds_of(c, k), harm_of(c, k)};
    return true;
}

/* Fewer kinds, and nothing worse; `cost` gets what the objective rises by. */
static bool is_better(const struct change *c, double fair, double money, double *cost)
{
    const double hair = 1e-12;
    int64_t kinds = 0;
    *cost = 0;
    for (uint32_t i = 0; i < c->touches; i++) {
        const struct touched *t = &c->touched[i];
        const struct sink *sink = &c->s->sink[t->sink];
        double harm = harm_of(c, t->sink);
        if (harm > t->harm + hair * (t->harm + sink->penalty * sink->qty)) return false;
        if (sink->type == SINK_NEED && c->got[sink->cell] > sink->qty * (1 + hair)) return false;
        kinds += (int64_t)kinds_of(c, t->sink) - (int64_t)t->kinds;
        if (sink->type != SINK_KEEPING) *cost += harm - t->harm;
    }
    double now = unfairness(c);
    if (kinds >= 0 || now > fair * (1 + hair)) return false;
    *cost += now - fair + c->money - money;
    return *cost <= c->allowed + hair * fabs(money);
}

/* --- exchanging --- */

static bool is_way(const struct change *c, const struct flow *f)
{
    const struct solver *s = c->s;
    const struct model *m = s->m;
    const struct exact_lot *e = &s->exact[f->lot];
    const struct sink *sink = &s->sink[f->sink];
    int32_t near = m->near[e->giver * m->hubs + f->hub];
    int32_t far = m->far[f->hub * m->receivers + sink->receiver];
    if (near < 0 || far < 0 || f->month - far - near < e->ready) return false;
    if (f->month < sink->first || f->month > sink->last) return false;
    int32_t row = hub_row(s, f);
    if (!hub_open(s, row - s->hub0, e->mass)) return false;
    return e->mass * f->x <= c->left[row] + 1e-12 * s->b[row];
}

static void add_flow(struct change *c, const struct flow *f)
{
    for (uint32_t i = c->of_sink[f->sink]; i; i = c->before[i - 1].of_sink) {
        const struct flow *g = &c->plan->flow[i - 1];
        if (g->lot == f->lot && g->hub == f->hub && g->month == f->month) {
            set_flow(c, i - 1, g->x + f->x);
            return;
        }
    }
    struct repaired *p = c->plan;
    if (p->count == p->room) {
        p->flow = arena_more(c->arena, p->flow, p->count, &p->room, sizeof *p->flow);
    }
    uint32_t i = p->count++;
    p->flow[i] = *f;
    p->flow[i].x = 0;
    link_flow(c, i);
    set_flow(c, i, f->x);
}

/* So much of the lot there, no later than `like` came if it was late: the same way, or another. */
static bool send_like(struct change *c, int32_t lot, const struct flow *like, double x)
{
    const struct model *m = c->s->m;
    const struct sink *sink = &c->s->sink[like->sink];
    struct flow f = *like;
    f.lot = lot;
    f.x = x;
    if (is_way(c, &f)) {
        add_flow(c, &f);
        return true;
    }
    int32_t by = like->month > sink->due ? like->month : sink->due;
    for (int32_t t = by < sink->last ? by : sink->last; t >= sink->first; t--) {
        for (int32_t h = 0; h < m->hubs; h++) {
            f.hub = (int16_t)h;
            f.month = (int16_t)t;
            c->work++;
            if (!is_way(c, &f)) continue;
            add_flow(c, &f);
            return true;
        }
    }
    return false;
}

static bool is_whole(const struct exact_lot *e, double x)
{
    return !e->whole || fabs(x / e->unit - round(x / e->unit)) < 1e-9;
}

static double exactly(const struct exact_lot *e, double x)
{
    return e->whole ? round(x / e->unit) * e->unit : x;
}

/* As much of flow i as the other brings goes where the other went, and the other comes here. */
static void exchange(struct change *c, uint32_t i, uint32_t j)
{
    const struct solver *s = c->s;
    struct flow f = c->plan->flow[i], g = c->plan->flow[j];
    const struct exact_lot *a = &s->exact[f.lot], *b = &s->exact[g.lot];
    double ratio = sink_takes(s, f.sink, a->item) / sink_takes(s, f.sink, b->item);
    double there = sink_takes(s, g.sink, a->item), here = sink_takes(s, g.sink, b->item);
    if (!(there > 0) || fabs(here * ratio - there) > 1e-12 * there) return;
    double x = wholly(a, least(f.x, g.x / ratio)), z = x * ratio;
    if (!(x > 0) || !is_whole(b, z) || !touch(c, g.sink)) return;
    uint32_t before = c->undos;
    z = least(exactly(b, z), g.x);
    set_flow(c, i, f.x - x);
    set_flow(c, j, g.x - z);
    if (!send_like(c, f.lot, &g, x) || !send_like(c, g.lot, &f, z)) take_back(c, before);
}

/* What is left of a lot instead. */
static void replace(struct change *c, uint32_t i, int32_t lot)
{
    const struct solver *s = c->s;
    struct flow f = c->plan->flow[i];
    const struct exact_lot *a = &s->exact[f.lot], *b = &s->exact[lot];
    int32_t line = s->lot[lot].line;
    double ratio = sink_takes(s, f.sink, a->item) / sink_takes(s, f.sink, b->item);
    double room = c->left[lot];
    if (line != MODEL_NONE && !c->opened[line]) return;
    if (b->paid > 0) room = least(room, c->left[s->budget0 + s->lot[lot].budget] / b->paid);
    if (!(room > 1e-9 * s->lot[lot].qty)) return;
    double z = wholly(b, least(room, f.x * ratio)), x = z / ratio;
    if (!(z > 0) || !is_whole(a, x)) return;
    uint32_t before = c->undos;
    set_flow(c, i, x >= f.x * (1 - 1e-12) ? 0 : f.x - exactly(a, x));
    if (!send_like(c, lot, &f, z)) take_back(c, before);
}

static bool has_item(struct change *c, int32_t k, int32_t item)
{
    for (uint32_t i = c->of_sink[k]; i; i = c->before[i - 1].of_sink) {
        const struct flow *f = &c->plan->flow[i - 1];
        c->work++;
        if (f->x > 0 && c->s->exact[f->lot].item == item) return true;
    }
    return false;
}

/* The same, where it is asked about one item of many sinks again and again. */
static bool gets(struct change *c, int32_t k, int32_t item)
{
    if (c->question == 0 || c->about != item) c->question++;
    c->about = item;
    if (c->asked[k] != c->question) {
        c->answer[k] = has_item(c, k, item);
        c->asked[k] = c->question;
    }
    return c->answer[k];
}

/* Away with flow i, for items that its sink gets anyway; first where its own is no new kind. */
static bool move_away(struct change *c, uint32_t i)
{
    const struct solver *s = c->s;
    int32_t k = c->plan->flow[i].sink, item = s->exact[c->plan->flow[i].lot].item;
    for (int round = 0; round < 3; round++) {
        for (int32_t a = s->m->sink[k].accepts; a < s->m->sink[k].accepts_end; a++) {
            int32_t other = s->accept[a].item;
            if (other == item || !has_item(c, k, other)) continue;
            for (uint32_t j = round < 2 ? c->of_item[other] : 0; j; j = c->before[j - 1].of_item) {
                const struct flow *g = &c->plan->flow[j - 1];
                if (c->work++ > work_most) return false;
                if (!(g->x > 0) || g->sink == k) continue;
                if (gets(c, g->sink, item) == (round == 0)) exchange(c, i, j - 1);
                if (!(c->plan->flow[i].x > 0)) return true;
            }
            for (int32_t n = s->item_lot[other]; round == 2 && n < s->item_lot[other + 1]; n++) {
                c->work++;
                replace(c, i, s->item_lots[n]);
                if (!(c->plan->flow[i].x > 0)) return true;
            }
        }
    }
    return false;
}

/* Sink k without that item; false: not possible, nothing changed. */
static bool without(struct change *c, int32_t k, int32_t item)
{
    double fair = unfairness(c), money = c->money, cost;
    bool gone = true;
    c->touches = c->undos = 0;
    touch(c, k);
    for (uint32_t i = c->of_sink[k]; i && gone; i = c->before[i - 1].of_sink) {
        const struct flow *f = &c->plan->flow[i - 1];
        if (f->x > 0 && c->s->exact[f->lot].item == item) gone = move_away(c, i - 1);
    }
    if (gone && is_better(c, fair, money, &cost)) {
        c->allowed -= cost;
        return true;
    }
    take_back(c, 0);
    return false;
}

struct kind {
    double x;
    int32_t item;
};

static int compare_kinds(const void *one, const void *other)
{
    const struct kind *a = one, *b = other;
    if (a->x != b->x) return a->x < b->x ? -1 : 1;
    return a->item < b->item ? -1 : a->item > b->item;
}

/* Its kinds, the least of them first; how many were taken off. */
static uint32_t fewer_kinds(struct change *c, int32_t k)
{
    const struct solver *s = c->s;
    struct kind kind[KINDS_MOST];
    uint32_t kinds = 0, gone = 0;
    for (int32_t a = s->m->sink[k].accepts; a < s->m->sink[k].accepts_end; a++) {
        struct kind one = {0, s->accept[a].item};
        for (uint32_t i = c->of_sink[k]; i; i = c->before[i - 1].of_sink) {
            const struct flow *f = &c->plan->flow[i - 1];
            if (s->exact[f->lot].item == one.item) one.x += f->x * s->accept[a].eta;
        }
        if (one.x > 0 && kinds < KINDS_MOST) kind[kinds++] = one;
    }
    if (kinds > 1) qsort(kind, kinds, sizeof *kind, compare_kinds);
    for (uint32_t i = 0; kinds > 1 && i < kinds; i++) {
        if (has_item(c, k, kind[i].item) && without(c, k, kind[i].item)) gone++;
    }
    return gone;
}

static void begin(struct change *c)
{
    struct solver *s = c->s;
    const struct model *m = s->m;
    c->of_sink = NEW_ARRAY(c->arena, (size_t)m->sinks + 1, uint32_t);
    c->of_item = NEW_ARRAY(c->arena, (size_t)m->items + 1, uint32_t);
    c->room = c->plan->count + 1;
    c->before = NEW_ARRAY(c->arena, c->room, struct before);
    c->left = NEW_ARRAY(c->arena, (size_t)s->rows, double);
    c->got = NEW_ARRAY(c->arena, s->cells + 1, double);
    c->late = NEW_ARRAY(c->arena, (size_t)m->sinks + 1, double);
    c->burden = NEW_ARRAY(c->arena, (size_t)m->givers + 1, double);
    c->opened = NEW_ARRAY(c->arena, (size_t)m->lines + 1, bool);
    c->asked = NEW_ARRAY(c->arena, (size_t)m->sinks + 1, uint32_t);
    c->answer = NEW_ARRAY(c->arena, (size_t)m->sinks + 1, bool);
    memcpy(c->left, s->b, (size_t)s->rows * sizeof *s->b);
    for (uint32_t i = 0; i < c->plan->count; i++) {
        const struct flow *f = &c->plan->flow[i];
        int32_t g = s->lot[f->lot].line;
        if (g != MODEL_NONE && !c->opened[g]) {
            int32_t b = m->line[g].budget;
            c->opened[g] = true;
            if (b != MODEL_NONE) c->left[s->budget0 + b] -= s->fixed[g];
        }
        flows_more(c, f, f->x);
        link_flow(c, i);
    }
}

bool engine_kinds(struct solver *s, struct arena *a, struct repaired *plan, double allowed)
{
    struct arena own = {0};
    struct repaired mine = *plan;
    struct change c = {.s = s, .arena = &own, .plan = &mine, .allowed = allowed};
    uint32_t gone = 0, now = 1;
    mine.room = mine.count + 1;
    mine.flow = NEW_ARRAY(&own, mine.room, struct flow);
    if (mine.count) memcpy(mine.flow, plan->flow, mine.count * sizeof *mine.flow);
    begin(&c);
    for (int sweep = 0; sweep < SWEEPS && now; sweep++) {
        now = 0;
        for (int32_t k = 0; k < s->m->sinks && c.work < work_most; k++) now += fewer_kinds(&c, k);
        gone += now;
    }
    if (gone) {
        plan->flow = NEW_ARRAY(a, mine.count, struct flow);
        plan->room = mine.count;
        plan->count = 0;
        for (uint32_t i = 0; i < mine.count; i++) {
            if (mine.flow[i].x > 0) plan->flow[plan->count++] = mine.flow[i];
        }
        plan->objective = engine_objective(s, plan->flow, plan->count);
    }
    arena_free(&own);
    return gone > 0;
}
