/*
 * plan_generate_test.c - the made-up instances are the ones that were measured.
 *
 * The counts and sums were taken from the first program that drew them; an
 * instance under an old name must never become another one.
 */
#include "planned/generate.h"
#include "tap.h"

static struct arena arena;

static void sizes_are_those_of_the_published_table(void)
{
    static const struct {
        char size;
        int32_t givers, items, months, lots, sinks;
    } want[] = {{'S', 12, 48, 24, 150, 66},
                {'M', 24, 160, 36, 1300, 335},
                {'L', 40, 500, 48, 8000, 2508},
                {'X', 40, 500, 60, 100000, 24779}};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        struct generated *g = generate(&arena, want[i].size, 1, 0);
        CHECK_I64(g->givers, want[i].givers);
        CHECK_I64(g->items, want[i].items);
        CHECK_I64(g->months, want[i].months);
        CHECK_I64(g->lots, want[i].lots);
        CHECK_I64(g->sinks, want[i].sinks);
    }
}

static int64_t sum_of_lots(const struct generated *g)
{
    int64_t sum = 0;
    for (int32_t l = 0; l < g->lots; l++) {
        sum += g->lot[l].qty % 1000003 + g->lot[l].cost + g->lot[l].ready * (l + 1);
    }
    return sum;
}

static void numbers_stay_what_they_were(void)
{
    CHECK_I64(sum_of_lots(generate(&arena, 'S', 1, 0)), INT64_C(22661409253));
    CHECK_I64(sum_of_lots(generate(&arena, 'M', 2, 20)), INT64_C(257424568506));
}

static void every_number_has_a_few_digits(void)
{
    struct generated *g = generate(&arena, 'X', 1, 0);
    for (int32_t l = 0; l < g->lots; l++) CHECK(g->lot[l].qty > 1000 && g->lot[l].cost > 1000);
    for (int32_t i = 0; i < g->items; i++) CHECK(g->item[i].value > 1000 && g->item[i].mass > 1000);
    for (int32_t k = 0; k < g->sinks; k++) {
        const struct generated_sink *s = &g->sink[k];
        CHECK(s->type == SINK_KEEPING ? s->rate > 1000 : s->qty > 1000 && s->weight > 1000);
    }
}

static void complements_stand_behind_their_system(void)
{
    struct generated *g = generate(&arena, 'L', 3, 0);
    int32_t system = MODEL_NONE;
    for (int32_t k = 0; k < g->sinks; k++) {
        if (g->sink[k].type == SINK_SYSTEM) system = k;
        CHECK_I64(g->sink[k].system, g->sink[k].type == SINK_KEEPING ? system : MODEL_NONE);
    }
}

int main(void)
{
    RUN(sizes_are_those_of_the_published_table);
    RUN(numbers_stay_what_they_were);
    RUN(every_number_has_a_few_digits);
    RUN(complements_stand_behind_their_system);
    arena_free(&arena);
    return tap_done();
}
