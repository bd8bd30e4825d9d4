/* plan_practice_test.c - rules of thumb keep every limit, look ahead of nothing, and do as they
 * say. */
#include "plan/practice.h"

#include "planned/judge.h"
#include "planned/small.h"
#include "planned/solvers.h"

static struct temp temp;

/* The plan passes plan-check in both forms with the objective that value.h gives it. */
static void passes(const struct model *m, const struct plan *p)
{
    static const enum mps_form forms[] = {MPS_PATH, MPS_ARC};
    struct arena a = {0};
    struct err err;
    double total = plan_value(&a, m, p).total;
    for (int i = 0; i < 2; i++) {
        const char *mps = temp_path(&temp, "m.mps"), *answer = temp_path(&temp, "s.txt");
        solver_write(mps, m, forms[i]);
        FILE *f = fopen(answer, "w");
        CHECK(f && !mps_write_plan(m, NULL, forms[i], p, mps_to_file, f, &err));
        if (f) fclose(f);
        CHECK(judge_agrees(mps, answer, total));
    }
    arena_free(&a);
}

static int32_t leaves(const struct model *m, const struct shipment *s)
{
    return s->month - m->far[s->hub * m->receivers + m->sink[s->sink].receiver] -
           m->near[m->lot[s->lot].giver * m->hubs + s->hub];
}

static int32_t months_known(struct rng *r, const struct model *m, int32_t *list, int32_t count)
{
    for (int32_t i = 0; i < count; i++) list[i] = (int32_t)rng_below(r, (uint32_t)m->months);
    return count;
}

static void any_rule(struct rng *r)
{
    struct arena a = {0};
    struct small shape = {.lots = 1 + (int32_t)rng_below(r, 25),
                          .sinks = 1 + (int32_t)rng_below(r, 12),
                          .months = 2 + (int32_t)rng_below(r, 8),
                          .lines = rng_one_in(r, 3),
                          .whole = rng_one_in(r, 3)};
    struct model *m = small_model(&a, r, &shape);
    int32_t *lot = NEW_ARRAY(&a, (size_t)m->lots, int32_t);
    int32_t *sink = NEW_ARRAY(&a, (size_t)m->sinks, int32_t);
    months_known(r, m, lot, m->lots);
    months_known(r, m, sink, m->sinks);
    struct known known = {lot, sink};
    bool ahead = rng_one_in(r, 2);
    for (enum practice rule = PRACTICE_FIRST_COME; rule <= PRACTICE_CARE; rule++) {
        struct plan p = practice_plan(&a, m, ahead ? NULL : &known, rule);
        passes(m, &p);
        for (size_t i = 0; i < p.count && !ahead; i++) {
            const struct shipment *s = &p.ship[i];
            int32_t system = m->sink[s->sink].system, asks = system >= 0 ? system : s->sink;
            CHECK(leaves(m, s) >= lot[s->lot] && leaves(m, s) >= sink[asks]);
        }
        if (!tap_this_ok) printf("# rule %d\n", rule);
    }
    arena_free(&a);
}

static void every_rule_keeps_every_limit_and_looks_ahead_of_nothing(void)
{
    seeds_run(60, any_rule);
}

/* Two items; two lots of 5, ready at once; a hub to one receiver; four months. */
struct stage {
    struct model m;
    struct model_giver giver;
    struct model_item item[2];
    struct model_lot lot[2];
    struct model_sink sink[2];
    struct model_accept accept[2];
    double capacity[4];
    int8_t near, far;
};

static void set(struct stage *s)
{
    *s = (struct stage){.giver = {1}, .item = {{1, 1, false}, {1, 1, false}}};
    s->m = (struct model){.months = 4,
                          .givers = 1,
                          .receivers = 1,
                          .items = 2,
                          .hubs = 1,
                          .lots = 2,
                          .sinks = 2,
                          .giver = &s->giver,
                          .item = s->item,
                          .lot = s->lot,
                          .sink = s->sink,
                          .accepted = s->accept,
                          .capacity = s->capacity,
                          .near = &s->near,
                          .far = &s->far};
    for (int i = 0; i < 4; i++) s->capacity[i] = 100;
    for (int i = 0; i < 2; i++) {
        s->lot[i] =
            (struct model_lot){.item = i, .budget = MODEL_NONE, .line = MODEL_NONE, .qty = 5};
        s->sink[i] = (struct model_sink){.item = i,
                                         .due = 1,
                                         .last = 3,
                                         .end = 3,
                                         .qty = 5,
                                         .weight = 1,
                                         .system = MODEL_NONE,
                                         .most = INFINITY,
                                         .accepts = i,
                                         .accepts_end = i + 1};
        s->accept[i] = (struct model_accept){.item = i, .eta = 1};
    }
}

static double sent(const struct plan *p, int32_t sink)
{
    double sum = 0;
    for (size_t i = 0; i < p->count; i++) sum += p->ship[i].sink == sink ? p->ship[i].qty : 0;
    return sum;
}

static void first_come_is_first_served_and_priority_is_not_asked(void)
{
    struct arena a = {0};
    struct stage s;
    int32_t lots[] = {0, 0}, sinks[] = {1, 0};
    struct known known = {lots, sinks};
    set(&s);
    s.accept[0].item = 1; /* both want the second lot; the first is wanted more, and asked later */
    s.sink[0].weight = 9;
    struct plan p = practice_plan(&a, &s.m, &known, PRACTICE_FIRST_COME);
    CHECK(sent(&p, 0) <= 0 && solver_same(sent(&p, 1), 5));
    p = practice_plan(&a, &s.m, NULL, PRACTICE_PRIORITY);
    CHECK(sent(&p, 1) <= 0 && solver_same(sent(&p, 0), 5));
    s.sink[0].tier = 1; /* a lower tier waits, whatever it weighs */
    p = practice_plan(&a, &s.m, NULL, PRACTICE_PRIORITY);
    CHECK(sent(&p, 0) <= 0 && solver_same(sent(&p, 1), 5));
    s.sink[0].tier = 0;
    s.sink[0].due = 2; /* with care, the earlier date goes first */
    p = practice_plan(&a, &s.m, NULL, PRACTICE_CARE);
    CHECK(sent(&p, 0) <= 0 && solver_same(sent(&p, 1), 5));
    arena_free(&a);
}

static void care_sends_no_system_that_cannot_be_kept_going(void)
{
    struct arena a = {0};
    struct stage s;
    set(&s);
    s.sink[0].type = SINK_SYSTEM;
    s.sink[1] = (struct model_sink){.type = SINK_KEEPING,
                                    .system = 0,
                                    .item = 1,
                                    .due = 1,
                                    .last = 3,
                                    .end = 3,
                                    .rate = 1,
                                    .most = INFINITY,
                                    .accepts = 1,
                                    .accepts_end = 2};
    struct plan p = practice_plan(&a, &s.m, NULL, PRACTICE_CARE);
    CHECK(solver_same(sent(&p, 0), 5.0 / 3)); /* three months at one each: five keep 5/3 going */
    CHECK(solver_same(sent(&p, 1), 5));
    p = practice_plan(&a, &s.m, NULL, PRACTICE_PRIORITY);
    CHECK(solver_same(sent(&p, 0), 5));
    arena_free(&a);
}

static void a_full_hub_is_gone_round_or_waited_for(void)
{
    struct arena a = {0};
    struct stage s;
    set(&s);
    s.m.lots = s.m.sinks = 1;
    s.capacity[0] = 1.5, s.capacity[1] = 0, s.capacity[2] = 2;
    struct plan p = practice_plan(&a, &s.m, NULL, PRACTICE_PRIORITY);
    CHECK_I64((int64_t)p.count, 3);
    CHECK(p.count == 3 && p.ship[0].month == 0 && solver_same(p.ship[0].qty, 1.5));
    CHECK(p.count == 3 && p.ship[1].month == 2 && solver_same(p.ship[1].qty, 2));
    CHECK(p.count == 3 && p.ship[2].month == 3 && solver_same(p.ship[2].qty, 1.5));
    s.item[0].whole = true;
    p = practice_plan(&a, &s.m, NULL, PRACTICE_PRIORITY);
    CHECK(p.count == 3 && solver_same(p.ship[0].qty, 1) && solver_same(p.ship[2].qty, 2));
    arena_free(&a);
}

int main(int argc, char **argv)
{
    (void)argc;
    judge_find(argv[0]);
    temp_make(&temp);
    RUN(every_rule_keeps_every_limit_and_looks_ahead_of_nothing);
    RUN(first_come_is_first_served_and_priority_is_not_asked);
    RUN(care_sends_no_system_that_cannot_be_kept_going);
    RUN(a_full_hub_is_gone_round_or_waited_for);
    temp_remove(&temp);
    return tap_done();
}
