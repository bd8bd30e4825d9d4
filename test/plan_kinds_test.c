/*
 * plan_kinds_test.c - of plans that are equal above, the one with fewer kinds of equipment.
 */
#include "plan/inside.h"
#include "planned/small.h"
#include "planned/tried.h"

/* A small problem in which items stand in for each other, so that many plans are equal. */
static struct model *tied_model(struct arena *a, struct rng *r)
{
    for (;;) {
        struct small shape = {.lots = 2 + (int32_t)rng_below(r, 3),
                              .sinks = 2 + (int32_t)rng_below(r, 2),
                              .months = 2};
        struct model *m = small_model(a, r, &shape);
        struct trial t = {.m = m};
        if (m->items < 2) continue;
        m->thrift = 0.01;
        for (int32_t i = 0; i < m->items; i++) {
            m->item[i] = (struct model_item){.value = 1, .mass = 0.5, .whole = true};
        }
        for (int32_t l = 0; l < m->lots; l++) {
            m->lot[l].qty = 1 + rng_below(r, 3);
            m->lot[l].value = 1;
            m->lot[l].ready = 0;
            m->lot[l].item = l % m->items;
            if (rng_one_in(r, 2)) m->lot[l].giver = 0;
        }
        for (int32_t k = 0; k < m->sinks; k++) {
            struct model_sink *s = &m->sink[k];
            if (s->type != SINK_KEEPING) s->qty = 1 + rng_below(r, 4);
            if (s->most < INFINITY) s->most = s->qty;
            s->first = s->last = s->due;
            for (int32_t i = s->accepts; i < s->accepts_end; i++) m->accepted[i].eta = 1;
        }
        tried_columns(&t);
        if (t.columns > 3 && t.columns <= TRIED_COLUMNS) return m;
    }
}

/* Kinds of items by need, added up. */
static int kinds_of(const struct model *m, const struct plan *p)
{
    int kinds = 0;
    for (size_t i = 0; i < p->count; i++) {
        bool before = false;
        for (size_t j = 0; j < i; j++) {
            before |= p->ship[j].sink == p->ship[i].sink &&
                      m->lot[p->ship[j].lot].item == m->lot[p->ship[i].lot].item;
        }
        kinds += !before;
    }
    return kinds;
}

enum { SINKS_MOST = 16 };
static const double slack = 1e-9;

struct ties {
    double best;             /* objective of the best of all */
    double harm[SINKS_MOST]; /* of the plan that is looked for, by need */
    double fairness, most;   /* its unfairness; what the objective may be */
    int kinds;               /* most of them (first time), then fewest */
    bool found;
    struct shipment ship[TRIED_COLUMNS];
    struct plan plan;
};

/* Of the best plans, the one with most kinds. */
static void look_for_motley(struct trial *t, const struct plan *p)
{
    struct ties *ties = t->ctx;
    struct plan_value v = plan_value(&t->arena, t->m, p);
    int kinds = kinds_of(t->m, p);
    if (v.total > ties->best + slack || kinds <= ties->kinds) return;
    struct fate *fates = plan_fates(&t->arena, t->m, p);
    for (int32_t k = 0; k < t->m->sinks; k++) ties->harm[k] = fates[k].harm;
    ties->kinds = kinds;
    ties->fairness = v.fairness;
    if (p->count) memcpy(ties->ship, p->ship, p->count * sizeof *p->ship);
    ties->plan = (struct plan){.ship = ties->ship, .count = p->count};
}

static bool is_equal_above(struct arena *a, const struct model *m, const struct plan *p,
                           const struct ties *ties)
{
    struct plan_value v = plan_value(a, m, p);
    struct fate *fates = plan_fates(a, m, p);
    bool equal = v.total <= ties->most + slack && v.fairness <= ties->fairness + slack;
    for (int32_t k = 0; k < m->sinks; k++) equal &= fates[k].harm <= ties->harm[k] + slack;
    return equal;
}

static void look_for_plain(struct trial *t, const struct plan *p)
{
    struct ties *ties = t->ctx;
    int kinds = kinds_of(t->m, p);
    if (kinds < ties->kinds && is_equal_above(&t->arena, t->m, p, ties)) ties->kinds = kinds;
}

/* What kinds.c makes of that plan when the objective may rise so much. */
static struct plan fewer(struct arena *a, const struct model *m, const struct plan *p,
                         double allowed)
{
    struct solver *s = solver_new(a, m);
    struct repaired r = {.flow = NEW_ARRAY(a, p->count + 1, struct flow)};
    struct plan out = {.ship = NEW_ARRAY(a, 64, struct shipment)};
    for (size_t i = 0; i < p->count; i++) {
        const struct shipment *one = &p->ship[i];
        int32_t l = s->lot_at[one->lot];
        r.flow[r.count++] = (struct flow){l, one->sink, (int16_t)one->hub, (int16_t)one->month,
                                          one->qty * s->exact[l].unit};
    }
    engine_kinds(s, a, &r, allowed);
    for (uint32_t i = 0; i < r.count && i < 64; i++) {
        const struct flow *f = &r.flow[i];
        double qty = round(f->x / s->exact[f->lot].unit);
        if (qty > 0) {
            out.ship[out.count++] =
                (struct shipment){s->exact[f->lot].id, f->sink, f->hub, f->month, qty};
        }
    }
    return out;
}

static int motley, lessened, fewest; /* plans with a plainer equal; made plainer; to the plainest */

static void against_all(struct rng *r)
{
    struct arena a = {0};
    const struct model *m = tied_model(&a, r);
    struct ties ties = {.kinds = -1};
    double allowed = rng_one_in(r, 2) ? 0.02 : 0;
    CHECK(m->sinks <= SINKS_MOST);
    ties.best = tried_best(m, NULL, NULL);
    if (!isinf(ties.best) && m->sinks <= SINKS_MOST) {
        tried_best(m, look_for_motley, &ties);
        int before = ties.kinds;
        ties.most = ties.best + allowed;
        tried_best(m, look_for_plain, &ties);
        struct plan after = fewer(&a, m, &ties.plan, allowed);
        int now = kinds_of(m, &after);
        CHECK(plan_excess(m, &after) < 1e-9);
        CHECK(is_equal_above(&a, m, &after, &ties));
        CHECK(now <= before && now >= ties.kinds);
        motley += ties.kinds < before;
        lessened += now < before;
        fewest += ties.kinds < before && now == ties.kinds;
    }
    arena_free(&a);
}

static void no_plan_becomes_worse_and_most_as_plain_as_any_of_all_that_are_equal(void)
{
    motley = lessened = fewest = 0;
    seeds_run(1500, against_all);
    printf("# %d motley plans with a plainer one among all their equals: %d made plainer, %d as"
           " plain as any\n",
           motley, lessened, fewest);
    CHECK(!tap_this_ok || motley > 20);
    CHECK(!tap_this_ok || fewest * 4 >= motley * 3);
}

int main(void)
{
    RUN(no_plan_becomes_worse_and_most_as_plain_as_any_of_all_that_are_equal);
    return tap_done();
}
