/*
 * plan_replay.c - what planning is worth without foresight: plan_replay SIZE SEED GAP.
 *
 * Lots and needs become known in the months that the generator says. A line
 * each: practice's rules, the plan made anew each month, and the plan that knew
 * everything from the first. Weighted unmet months, part on time by value,
 * objective, shipments, CPU seconds of all together.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "plan/replay.h"
#include "planned/generate.h"

int main(int argc, char **argv)
{
    static const char *const name[REPLAY_WAYS] = {"first come", "priority", "care", "plan",
                                                  "foresight"};
    if (argc != 4) return fprintf(stderr, "plan_replay SIZE SEED GAP\n"), 2;
    struct arena a = {0};
    const struct generated *g = generate(&a, argv[1][0], strtoull(argv[2], NULL, 10), 0);
    struct model *m = generated_model(&a, g);
    int32_t *lot = NEW_ARRAY(&a, (size_t)m->lots, int32_t);
    int32_t *sink = NEW_ARRAY(&a, (size_t)m->sinks, int32_t);
    for (int32_t l = 0; l < m->lots; l++) lot[l] = g->lot[l].announced;
    for (int32_t k = 0; k < m->sinks; k++) sink[k] = g->sink[k].announced;
    struct replay_row row[REPLAY_WAYS];
    struct solve_params params = {.gap = atof(argv[3]), .threads = 1};
    replay_all(&a, m, &(struct known){lot, sink}, &params, row);
    for (int way = 0; way < REPLAY_WAYS; way++) {
        const struct plan_value *v = &row[way].value;
        printf("%s%s\t%s\t%.0f\t%.3f\t%.0f\t%zu\n", argv[1], argv[2], name[way],
               v->needs + v->systems, v->on_time, v->total, row[way].plan.count);
    }
    fprintf(stderr, "%.1f s of cpu\n", (double)clock() / CLOCKS_PER_SEC);
    arena_free(&a);
    return 0;
}
