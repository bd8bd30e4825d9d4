/*
 * leave_out_test.c - what was refused is not to be had, and everything else is as it was.
 */
#include "plan/leave_out.h"
#include "plan/solve.h"
#include "planned/feasible.h"
#include "planned/small.h"
#include "seed.h"
#include "tap.h"

enum { NEEDS_FROM = 1000 }; /* nouns of lots count from 0, of needs from here */

static struct instance any_instance(struct arena *a, struct rng *r)
{
    struct instance in = {0};
    struct model *m = small_model(a, r, &(struct small){.lots = 8, .sinks = 6, .months = 6});
    in.model = *m;
    struct instance_lot *lot = NEW_ARRAY(a, (size_t)m->lots + 1, struct instance_lot);
    struct instance_sink *sink = NEW_ARRAY(a, (size_t)m->sinks + 1, struct instance_sink);
    struct instance_item *item = NEW_ARRAY(a, (size_t)m->items + 1, struct instance_item);
    for (int32_t l = 0; l < m->lots; l++) {
        lot[l] = (struct instance_lot){.noun = (uint32_t)l / 2, .promised = l % 2};
    }
    for (int32_t k = 0; k < m->sinks; k++) {
        uint32_t of = (uint32_t)(m->sink[k].system >= 0 ? m->sink[k].system : k);
        sink[k].need = NEEDS_FROM + of;
    }
    for (int32_t i = 0; i < m->items; i++) item[i] = (struct instance_item){.noun = (uint32_t)i};
    in.lot = lot;
    in.sink = sink;
    in.item = item;
    return in;
}

static bool named(const struct instance *in, int32_t l, const struct refused *r, uint32_t need)
{
    uint32_t noun = in->lot[l].noun;
    return (in->lot[l].promised ? r->line : r->lot) == noun && r->need == need;
}

static void any_refusals(struct rng *r)
{
    struct arena a = {0};
    struct instance in = any_instance(&a, r), was = in;
    struct refused list[4];
    uint32_t count = rng_below(r, 5);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t noun = rng_below(r, (uint32_t)in.model.lots / 2 + 1);
        bool line = rng_one_in(r, 2), all = rng_one_in(r, 3);
        list[i] = (struct refused){.lot = line ? NONE : noun, .line = line ? noun : NONE};
        list[i].need = all ? NONE : NEEDS_FROM + rng_below(r, (uint32_t)in.model.sinks + 1);
    }
    leave_out(&a, &in, list, count);
    const struct model *m = &in.model, *w = &was.model;
    for (int32_t l = 0; l < m->lots; l++) {
        bool gone = false;
        for (uint32_t i = 0; i < count; i++) gone |= named(&was, l, &list[i], NONE);
        CHECK(m->lot[l].qty == (gone ? 0 : w->lot[l].qty));
        CHECK(m->lot[l].ready == w->lot[l].ready && m->lot[l].giver == w->lot[l].giver);
        CHECK(in.item[m->lot[l].item].noun == was.item[w->lot[l].item].noun);
        CHECK(m->item[m->lot[l].item].mass == w->item[w->lot[l].item].mass);
        for (int32_t k = 0; k < m->sinks; k++) {
            bool refused = false;
            for (uint32_t i = 0; i < count; i++) {
                refused |= named(&was, l, &list[i], was.sink[k].need);
            }
            CHECK(sink_eta(m, k, m->lot[l].item) == (refused ? 0 : sink_eta(w, k, w->lot[l].item)));
        }
    }
    struct solution s = solve(&a, m, &(struct solve_params){.gap = 0.01, .threads = 1});
    CHECK(plan_excess(m, &s.plan) < 1e-9);
    for (size_t i = 0; i < s.plan.count; i++) {
        for (uint32_t n = 0; n < count; n++) {
            CHECK(!named(&was, s.plan.ship[i].lot, &list[n], NONE));
            CHECK(!named(&was, s.plan.ship[i].lot, &list[n], was.sink[s.plan.ship[i].sink].need));
        }
    }
    arena_free(&a);
}

static void what_was_refused_is_left_out_and_nothing_else(void)
{
    seeds_run(200, any_refusals);
}

int main(void)
{
    RUN(what_was_refused_is_left_out_and_nothing_else);
    return tap_done();
}
