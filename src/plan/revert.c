/*
 * revert.c - who need not have moved does not.
 *
 * Prices on their way to rest move a little of everything, and a plan out of
 * them has thousands of shipments that are a little other than they were. Of
 * some lots that is the answer to the change; the others happened to be on
 * the way. So the lots that moved most keep their new plan, all others get back the
 * old one, as far as there is room, and what that leaves open is filled: the
 * fewest lots, found by halving, with which it is still good enough.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plan/inside.h"

struct mover {
    double moved;
    int32_t lot;
};

struct plan_by_lot {
    struct flow *flow;
    uint32_t *begin; /* by lot; lots + 1 */
};

static int compare_movers(const void *one, const void *other)
{
    const struct mover *a = one, *b = other;
    if (a->moved != b->moved) return a->moved > b->moved ? -1 : 1;
    return a->lot < b->lot ? -1 : a->lot > b->lot;
}

static struct plan_by_lot by_lot(const struct solver *s, struct arena *a, const struct flow *flow,
                                 uint32_t count)
{
    size_t lots = (size_t)s->m->lots + 2;
    struct plan_by_lot p = {NEW_ARRAY(a, (size_t)count + 1, struct flow),
                            NEW_ARRAY(a, lots, uint32_t)};
    uint32_t *at = NEW_ARRAY(a, lots, uint32_t);
    for (uint32_t i = 0; i < count; i++) p.begin[flow[i].lot + 1]++;
    for (int32_t l = 0; l < s->m->lots; l++) at[l + 1] = p.begin[l + 1] += p.begin[l];
    for (uint32_t i = 0; i < count; i++) p.flow[at[flow[i].lot]++] = flow[i];
    return p;
}

static double sent(const struct plan_by_lot *p, const struct flow *way)
{
    double sum = 0;
    for (uint32_t i = p->begin[way->lot]; i < p->begin[way->lot + 1]; i++) {
        const struct flow *f = &p->flow[i];
        if (f->sink == way->sink && f->hub == way->hub && f->month == way->month) sum += f->x;
    }
    return sum;
}

/* What of a lot goes otherwise than before. */
static double moved(const struct plan_by_lot *was, const struct plan_by_lot *is, int32_t l)
{
    double sum = 0;
    for (uint32_t i = was->begin[l]; i < was->begin[l + 1]; i++) {
        sum += fabs(was->flow[i].x - sent(is, &was->flow[i]));
    }
    for (uint32_t i = is->begin[l]; i < is->begin[l + 1]; i++) {
        if (sent(was, &is->flow[i]) == 0) sum += is->flow[i].x;
    }
    return sum;
}

static struct mover *movers(const struct solver *s, struct arena *a, const struct plan_by_lot *was,
                            const struct plan_by_lot *is, uint32_t *count, double *sum)
{
    struct mover *list = NEW_ARRAY(a, (size_t)s->m->lots + 1, struct mover);
    *count = 0;
    *sum = 0;
    for (int32_t l = 0; l < s->m->lots; l++) {
        double x = moved(was, is, l);
        if (!(x > 0)) continue;
        list[(*count)++] = (struct mover){x, l};
        *sum += x;
    }
    if (*count) qsort(list, *count, sizeof *list, compare_movers);
    return list;
}

static uint32_t put(const struct plan_by_lot *p, int32_t l, struct flow *flow, uint32_t count)
{
    for (uint32_t i = p->begin[l]; i < p->begin[l + 1]; i++) flow[count++] = p->flow[i];
    return count;
}

/* A plan in which the first so many of the movers go as they do now, all others as before. */
static struct repaired part_of(struct search *q, struct arena *a, const struct plan_by_lot *was,
                               const struct plan_by_lot *is, const struct mover *mover,
                               uint32_t count)
{
    const struct solver *s = q->s;
    bool *moves = NEW_ARRAY(a, (size_t)s->m->lots + 1, bool);
    struct flow *flow = NEW_ARRAY(a, (size_t)q->before.count + q->best.count + 1, struct flow);
    uint32_t all = 0;
    for (uint32_t i = 0; i < count; i++) moves[mover[i].lot] = true;
    for (int32_t l = 0; l < s->m->lots; l++) {
        if (moves[l]) all = put(is, l, flow, all);
    }
    for (int32_t l = 0; l < s->m->lots; l++) {
        if (!moves[l]) all = put(was, l, flow, all);
    }
    return engine_repair_flows(q->s, a, flow, all, true);
}

void engine_revert(struct search *q)
{
    enum { TRIES = 8 };
    struct solver *s = q->s;
    struct arena scratch = {0};
    struct plan_by_lot was = by_lot(s, &scratch, q->before.flow, q->before.count);
    struct plan_by_lot is = by_lot(s, &scratch, q->best.flow, q->best.count);
    uint32_t movers_count, few = 0, enough;
    double sum, allowed = s->bound > 0 ? s->bound / (1 - q->gap) : q->best.objective;
    struct mover *mover = movers(s, &scratch, &was, &is, &movers_count, &sum);
    allowed = fmax(allowed, q->best.objective);
    enough = movers_count;
    for (int i = 0; i < TRIES && few < enough; i++) {
        uint32_t count = few + (enough - few) / 2;
        arena_reset(&q->round);
        struct repaired r = part_of(q, &q->round, &was, &is, mover, count);
        if (r.objective > allowed) {
            few = count + 1;
            continue;
        }
        enough = count;
        arena_reset(&q->better);
        q->best = r;
        q->best.flow = NEW_ARRAY(&q->better, (size_t)r.count + 1, struct flow);
        if (r.count) memcpy(q->best.flow, r.flow, r.count * sizeof *r.flow);
    }
    arena_free(&scratch);
}
