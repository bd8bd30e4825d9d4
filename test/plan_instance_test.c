/*
 * plan_instance_test.c - the book as a planning problem.
 *
 * A store that was filled from a made-up problem gives that very problem, to
 * the last bit of every number. What a book says that no plan can hold is
 * named, each with its record; what lines took is gone from lots and needs.
 */
#include <math.h>

#include "desk.h"
#include "plan/instance_known.h"
#include "planned/fill.h"

/* --- a filled store gives the very model --- */

static bool same(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static bool same_numbers(const double *a, const double *b, int32_t n)
{
    return n == 0 || memcmp(a, b, (size_t)n * sizeof *a) == 0;
}

static void check_sinks(const struct model *m, const struct model *w)
{
    for (int32_t k = 0; k < w->sinks; k++) {
        const struct model_sink *s = &m->sink[k], *t = &w->sink[k];
        CHECK(s->type == t->type && s->receiver == t->receiver && s->item == t->item);
        CHECK(s->due == t->due && s->first == t->first && s->last == t->last && s->end == t->end);
        CHECK(s->system == t->system && s->tier == t->tier);
        CHECK(same(s->qty, t->qty) && same(s->weight, t->weight) && same(s->rate, t->rate));
        CHECK(same(s->most, t->most));
        CHECK_I64(s->accepts_end - s->accepts, t->accepts_end - t->accepts);
        if (!tap_this_ok) return;
        for (int32_t i = 0; i < t->accepts_end - t->accepts; i++) {
            const struct model_accept *x = &m->accepted[s->accepts + i];
            const struct model_accept *y = &w->accepted[t->accepts + i];
            CHECK(x->item == y->item && same(x->eta, y->eta));
        }
    }
}

static void check_lots(const struct model *m, const struct model *w)
{
    for (int32_t l = 0; l < w->lots; l++) {
        const struct model_lot *s = &m->lot[l], *t = &w->lot[l];
        CHECK(s->giver == t->giver && s->item == t->item && s->ready == t->ready);
        CHECK(s->budget == t->budget && s->line == t->line);
        CHECK(same(s->qty, t->qty) && same(s->cost, t->cost) && same(s->value, t->value));
        if (!tap_this_ok) return;
    }
    for (int32_t g = 0; g < w->lines; g++) {
        CHECK(m->line[g].giver == w->line[g].giver && m->line[g].budget == w->line[g].budget);
        CHECK(same(m->line[g].fixed, w->line[g].fixed));
    }
}

static void check_model(const struct model *m, const struct model *w)
{
    CHECK_I64(m->months, w->months);
    CHECK_I64(m->givers, w->givers);
    CHECK_I64(m->receivers, w->receivers);
    CHECK_I64(m->items, w->items);
    CHECK_I64(m->hubs, w->hubs);
    CHECK_I64(m->lots, w->lots);
    CHECK_I64(m->sinks, w->sinks);
    CHECK_I64(m->budgets, w->budgets);
    CHECK_I64(m->lines, w->lines);
    CHECK(same(m->fairness, w->fairness) && same(m->thrift, w->thrift));
    if (!tap_this_ok) return;
    for (int32_t d = 0; d < w->givers; d++) CHECK(same(m->giver[d].key, w->giver[d].key));
    for (int32_t i = 0; i < w->items; i++) {
        CHECK(same(m->item[i].value, w->item[i].value) && same(m->item[i].mass, w->item[i].mass));
        CHECK(m->item[i].whole == w->item[i].whole);
    }
    CHECK(same_numbers(m->capacity, w->capacity, w->hubs * w->months));
    CHECK(same_numbers(m->budget, w->budget, w->budgets));
    CHECK(memcmp(m->near, w->near, (size_t)(w->givers * w->hubs)) == 0);
    CHECK(memcmp(m->far, w->far, (size_t)(w->hubs * w->receivers)) == 0);
    check_lots(m, w);
    check_sinks(m, w);
}

/* Every GDP in the book. */
static struct instance_key *all_keys(struct arena *a, struct book *b, uint32_t *count)
{
    const struct indicator *list = book_indicators(b, count);
    struct instance_key *keys = NEW_ARRAY(a, (size_t)*count + 1, struct instance_key);
    for (uint32_t i = 0; i < *count; i++) {
        keys[i] = (struct instance_key){list[i].party, list[i].amount};
    }
    return keys;
}

/* A lot is known from its order on; the needs were all stated before the first month. */
static void check_known(struct arena *a, const struct instance *in, const struct generated *g)
{
    struct known known = instance_known(a, in, false);
    for (int32_t l = 0; l < g->lots; l++) CHECK_I64(known.lot[l], g->lot[l].order);
    for (int32_t k = 0; k < g->sinks; k++) CHECK_I64(known.sink[k], 0);
}

static void filled_and_read(char size, uint64_t seed, int32_t lines)
{
    struct arena a = {0};
    struct store *store;
    struct view view;
    struct instance in;
    const struct clocks now = CLOCKS_NOW;
    struct generated *g = generate(&a, size, seed, lines);
    GOOD(store_open(&a, "memory:", true, &store, oops));
    GOOD(fill_store(&a, store, g, oops));
    GOOD(view_open(&a, store, NULL, NULL, &view, oops));
    struct instance_question q =
        instance_asked(view.book, &now, (int32_t)(book_last_ms(view.book) / MS_PER_DAY));
    q.keys = all_keys(&a, view.book, &q.key_count);
    GOOD(instance_build(&a, &q, &in, oops));
    check_model(&in.model, generated_model(&a, g));
    check_known(&a, &in, g);
    for (uint32_t i = 0; i < in.finding_count; i++) {
        CHECK(in.findings[i].rule == FINDING_UNMEETABLE || in.findings[i].rule == FINDING_HUB);
    }
    if (!tap_this_ok) printf("# size %c seed %d\n", size, (int)seed);
    store_close(store);
    arena_free(&a);
}

static void a_filled_store_gives_the_very_model(void)
{
    for (uint64_t seed = 1; seed <= 12; seed++) filled_and_read('S', seed, 0);
    filled_and_read('M', 1, 0);
    filled_and_read('L', 1, 0);
}

static void with_production_lines_too(void)
{
    for (uint64_t seed = 1; seed <= 4; seed++) filled_and_read('S', seed, 8);
    filled_and_read('M', 2, 20);
}

int main(void)
{
    RUN(a_filled_store_gives_the_very_model);
    RUN(with_production_lines_too);
    return tap_done();
}
