/*
 * setup.c - from the model's numbers to the solver's.
 *
 * The order of lots and cells follows the families of items that stand in for
 * each other, because then the iteration finds what it touches in the cache.
 */
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plan/inside.h"

/* A penalty of a need is about this in the engine's money; steps were tuned at that. */
static const double usual_penalty = 7;
static const double usual_mass = 4;

/* Families: items that some sink accepts side by side. */
static int32_t root(int32_t *of, int32_t i)
{
    while (of[i] != i) i = of[i] = of[of[i]];
    return i;
}

static int32_t *families(struct arena *a, const struct model *m)
{
    int32_t *of = NEW_ARRAY(a, (size_t)m->items + 1, int32_t);
    for (int32_t i = 0; i < m->items; i++) of[i] = i;
    for (int32_t k = 0; k < m->sinks; k++) {
        const struct model_sink *s = &m->sink[k];
        for (int32_t j = s->accepts; j < s->accepts_end; j++) {
            int32_t one = root(of, m->accepted[s->accepts].item);
            int32_t other = root(of, m->accepted[j].item);
            of[one > other ? one : other] = one > other ? other : one;
        }
    }
    for (int32_t i = 0; i < m->items; i++) root(of, i);
    for (int32_t i = 0; i < m->items; i++) of[i] = root(of, i);
    return of;
}

struct place {
    int32_t family, item, ready, giver, id;
};

static int compare_places(const void *one, const void *other)
{
    const struct place *a = one, *b = other;
    if (a->family != b->family) return a->family < b->family ? -1 : 1;
    if (a->item != b->item) return a->item < b->item ? -1 : 1;
    if (a->ready != b->ready) return a->ready < b->ready ? -1 : 1;
    if (a->giver != b->giver) return a->giver < b->giver ? -1 : 1;
    return a->id < b->id ? -1 : 1;
}

/* First by item, of which there are few, then each item's by themselves. */
static void sort_places(struct arena *a, struct place *p, int32_t count, const struct model *m,
                        const int32_t *family)
{
    struct place *item = NEW_ARRAY(a, (size_t)m->items + 1, struct place);
    struct place *by_item = NEW_ARRAY(a, (size_t)count + 1, struct place);
    int32_t *at = NEW_ARRAY(a, (size_t)m->items + 1, int32_t), sum = 0;
    for (int32_t i = 0; i < m->items; i++) item[i] = (struct place){.family = family[i], .item = i};
    qsort(item, (size_t)m->items, sizeof *item, compare_places);
    for (int32_t i = 0; i < count; i++) at[p[i].item]++;
    for (int32_t i = 0; i < m->items; i++) {
        int32_t here = at[item[i].item];
        at[item[i].item] = sum;
        sum += here;
    }
    for (int32_t i = 0; i < count; i++) by_item[at[p[i].item]++] = p[i];
    for (int32_t i = 0, end; i < count; i = end) {
        end = at[by_item[i].item];
        qsort(by_item + i, (size_t)(end - i), sizeof *p, compare_places);
    }
    memcpy(p, by_item, (size_t)count * sizeof *p);
}

static struct place *places_of_lots(struct arena *a, const struct model *m, const int32_t *family)
{
    struct place *p = NEW_ARRAY(a, (size_t)m->lots + 1, struct place);
    for (int32_t l = 0; l < m->lots; l++) {
        const struct model_lot *lot = &m->lot[l];
        p[l] = (struct place){family[lot->item], lot->item, lot->ready, lot->giver, l};
    }
    sort_places(a, p, m->lots, m, family);
    return p;
}

static struct place *places_of_sinks(struct arena *a, const struct model *m, const int32_t *family)
{
    struct place *p = NEW_ARRAY(a, (size_t)m->sinks + 1, struct place);
    for (int32_t k = 0; k < m->sinks; k++) {
        const struct model_sink *s = &m->sink[k];
        p[k] = (struct place){family[s->item], s->item, s->due, s->receiver, k};
    }
    sort_places(a, p, m->sinks, m, family);
    return p;
}

static void item_units(struct solver *s)
{
    const struct model *m = s->m;
    for (int32_t i = 0; i < m->items; i++) {
        double value = m->item[i].value / s->money;
        s->item_unit[i] = value > 0 && isfinite(value) ? value : 1;
    }
}

static void choose_units(struct solver *s)
{
    const struct model *m = s->m;
    double penalties = 0, values = 0, masses = 0, worth = 0;
    for (int32_t k = 0; k < m->sinks; k++) {
        const struct model_sink *sink = &m->sink[k];
        int32_t months = sink->end - sink->due + 1;
        if (months <= 0) continue;
        penalties += sink->weight * sink->qty * months;
        values += sink->qty * m->item[sink->item].value;
    }
    s->money = penalties > 0 && values > 0 ? usual_penalty * values / penalties : 1;
    if (!isfinite(s->money) || s->money <= 0) s->money = 1;
    item_units(s);
    for (int32_t l = 0; l < m->lots; l++) {
        masses += m->lot[l].qty * m->item[m->lot[l].item].mass;
        worth += m->lot[l].qty * s->item_unit[m->lot[l].item];
    }
    s->tonnes = masses > 0 && worth > 0 ? masses / worth / usual_mass : 1;
    if (!isfinite(s->tonnes) || s->tonnes <= 0) s->tonnes = 1;
}

static void place_sinks(struct solver *s, const struct place *order)
{
    const struct model *m = s->m;
    int32_t most = 0;
    s->need_sink = NEW_ARRAY(s->arena, (size_t)m->sinks + 1, int32_t);
    for (int32_t i = 0; i < m->sinks; i++) {
        if (m->sink[order[i].id].type != SINK_NEED) continue;
        s->sink[order[i].id].cell = s->needs;
        s->sink[order[i].id].cells = 1;
        s->need_sink[s->needs++] = order[i].id;
    }
    s->cells = s->needs;
    for (int32_t i = 0; i < m->sinks; i++) {
        const struct model_sink *of = &m->sink[order[i].id];
        struct sink *sink = &s->sink[order[i].id];
        if (of->type == SINK_NEED) continue;
        const struct model_sink *clock = of->type == SINK_KEEPING ? &m->sink[of->system] : of;
        sink->cell = s->cells;
        sink->cells = clock->end < clock->due ? 0 : (uint32_t)(clock->end - clock->due + 1);
        s->cells += sink->cells;
    }
    for (int32_t k = 0; k < m->sinks; k++) {
        const struct model_sink *of = &m->sink[k];
        struct sink *sink = &s->sink[k];
        sink->type = of->type;
        sink->most = of->type != SINK_NEED && isfinite(of->most) ? most++ : MODEL_NONE;
        sink->next = k + 1;
        sink->receiver = of->receiver;
        sink->due = of->type == SINK_KEEPING ? m->sink[of->system].due : of->due;
        sink->first = of->first > 0 ? of->first : 0;
        sink->last = of->last < m->months - 1 ? of->last : m->months - 1;
        if (of->type == SINK_SYSTEM) {
            sink->service = s->services;
            s->services += sink->cells;
        }
        if (of->type == SINK_KEEPING) s->sink[of->system].next = k + 1;
    }
    s->most0 = most; /* how many; engine_rows() makes it a row */
    s->cell_sink = NEW_ARRAY(s->arena, (size_t)s->cells + 1, int32_t);
    for (int32_t k = 0; k < m->sinks; k++) {
        const struct sink *sink = &s->sink[k];
        for (uint32_t c = 0; c < sink->cells; c++) s->cell_sink[sink->cell + c] = k;
    }
}

static void place_rows(struct solver *s)
{
    const struct model *m = s->m;
    struct arena *a = s->arena;
    int32_t mosts = s->most0;
    s->cell0 = m->lots;
    s->most0 = s->cell0 + (int32_t)s->cells;
    s->hub0 = s->most0 + mosts;
    s->budget0 = s->hub0 + m->hubs * m->months;
    s->giver0 = s->budget0 + m->budgets + 1; /* the last budget is nobody's and never binds */
    s->rows = s->giver0 + m->givers;
    assert((int64_t)m->hubs * m->months <= UINT16_MAX);
    for (int32_t k = 0; k < m->sinks; k++) {
        if (s->sink[k].most != MODEL_NONE) s->sink[k].most += s->most0;
    }
    size_t rows = (size_t)s->rows, cells = s->cells + 1;
    s->y = NEW_ARRAY(a, rows, double);
    s->step = NEW_ARRAY(a, rows, double);
    s->b = NEW_ARRAY(a, rows, double);
    s->mended = NEW_ARRAY(a, rows, double);
    s->best_y = NEW_ARRAY(a, rows, double);
    s->probe = NEW_ARRAY(a, rows, double);
    s->probe_to = NEW_ARRAY(a, rows, double);
    s->cell_price = NEW_ARRAY(a, cells, float);
    s->hub_price = NEW_ARRAY(a, (size_t)(m->hubs * m->months) + 1, float);
    s->budget_price = NEW_ARRAY(a, (size_t)m->budgets + 1, float);
    s->giver_price = NEW_ARRAY(a, (size_t)m->givers + 1, float);
    double **of_services[] = {&s->service, &s->service_step, &s->service_price};
    for (size_t i = 0; i < sizeof of_services / sizeof *of_services; i++) {
        *of_services[i] = NEW_ARRAY(a, s->services + 1, double);
    }
    double **of_lines[] = {&s->opening,      &s->opening_anchor, &s->opening_next,
                           &s->opening_step, &s->opening_price,  &s->opening_bar,
                           &s->line_qty,     &s->fixed,          &s->opened};
    for (size_t i = 0; i < sizeof of_lines / sizeof *of_lines; i++) {
        *of_lines[i] = NEW_ARRAY(a, (size_t)m->lines + 1, double);
    }
    s->line_try = NEW_ARRAY(a, (size_t)m->lines + 1, int8_t);
    s->line_state = NEW_ARRAY(a, (size_t)m->lines + 1, int8_t);
    for (int32_t g = 0; g < m->lines; g++) s->line_state[g] = LINE_FREE;
    s->need_most = NEW_ARRAY(a, s->needs + 1, double);
}

static void place_lots(struct solver *s, const struct place *order)
{
    const struct model *m = s->m;
    s->lot = NEW_ARRAY(s->arena, (size_t)m->lots + 1, struct lot);
    s->exact = NEW_ARRAY(s->arena, (size_t)m->lots + 1, struct exact_lot);
    s->lot_at = NEW_ARRAY(s->arena, (size_t)m->lots + 1, int32_t);
    s->lot_begin = NEW_ARRAY(s->arena, (size_t)m->lots + 1, uint32_t);
    for (int32_t l = 0; l < m->lots; l++) {
        s->exact[l].id = order[l].id;
        s->lot_at[order[l].id] = l;
    }
    s->item_lot = NEW_ARRAY(s->arena, (size_t)m->items + 3, int32_t);
    s->item_lots = NEW_ARRAY(s->arena, (size_t)m->lots + 1, int32_t);
    for (int32_t l = 0; l < m->lots; l++) s->item_lot[order[l].item + 2]++;
    for (int32_t i = 0; i < m->items; i++) s->item_lot[i + 2] += s->item_lot[i + 1];
    for (int32_t l = 0; l < m->lots; l++) s->item_lots[s->item_lot[order[l].item + 1]++] = l;
}

static double tier_weight(const struct solver *s, int32_t tier)
{
    if (tier < 0) tier = 0;
    return s->weights.tier[tier < SOLVE_TIERS ? tier : SOLVE_TIERS - 1];
}

/* In the order of sinks. */
static void list_takers(struct solver *s)
{
    const struct model *m = s->m;
    int32_t *end = s->item_taker + 1;
    memset(s->item_taker, 0, ((size_t)m->items + 2) * sizeof *end);
    for (int32_t k = 0; k < m->sinks; k++) {
        for (int32_t i = m->sink[k].accepts; i < m->sink[k].accepts_end; i++) {
            end[s->accept[i].item + 1]++;
        }
    }
    for (int32_t i = 0; i < m->items; i++) end[i + 1] += end[i];
    for (int32_t k = 0; k < m->sinks; k++) {
        for (int32_t i = m->sink[k].accepts; i < m->sink[k].accepts_end; i++) {
            s->taker[end[s->accept[i].item]++] = (struct taker){k, s->accept[i].eta};
        }
    }
}

static void sink_numbers(struct solver *s)
{
    const struct model *m = s->m;
    for (int32_t k = 0; k < m->sinks; k++) {
        const struct model_sink *of = &m->sink[k];
        struct sink *sink = &s->sink[k];
        double unit = s->item_unit[of->item], *b = s->b + s->cell0 + sink->cell;
        if (sink->most != MODEL_NONE) s->b[sink->most] = of->most * unit;
        if (of->type == SINK_KEEPING) {
            const struct sink *system = &s->sink[of->system];
            sink->rate = of->rate * unit / s->item_unit[m->sink[of->system].item];
            sink->qty = sink->rate * system->qty;
            sink->there = of->there * unit;
            for (uint32_t t = 0; t < sink->cells; t++) b[t] = sink->qty * (t + 1) - sink->there;
            continue;
        }
        sink->qty = of->qty * unit;
        sink->weight = of->weight / unit * tier_weight(s, of->tier);
        int32_t months = of->end - of->due + 1;
        sink->penalty = months > 0 ? sink->weight * months : 0;
        if (of->type == SINK_NEED) s->need_most[sink->cell] = sink->penalty;
        sink->there = of->type == SINK_SYSTEM ? of->there * unit : 0;
        for (uint32_t t = 0; t < sink->cells; t++) b[t] = sink->qty - sink->there;
    }
    for (int32_t k = 0; k < m->sinks; k++) {
        const struct model_sink *of = &m->sink[k];
        for (int32_t i = of->accepts; i < of->accepts_end; i++) {
            const struct model_accept *a = &m->accepted[i];
            double eta = a->eta * s->item_unit[of->item] / s->item_unit[a->item];
            s->accept[i] = (struct accept){.item = a->item, .eta = eta};
        }
    }
    list_takers(s);
}

/*
 * What of a lot can go at all: whole ones where it is whole, and no more than
 * its budget buys. Where that is some part of it the budget's own row says so.
 */
static double most_of(const struct model *m, const struct model_lot *of)
{
    const double next_to_nothing = 1e-3;
    double qty = of->qty, bought = INFINITY;
    bool whole = m->item[of->item].whole;
    if (of->budget != MODEL_NONE && of->cost > 0) bought = m->budget[of->budget] / of->cost;
    if (bought < (whole ? 1 : next_to_nothing) * qty) qty = bought;
    return whole ? floor(qty * (1 + 1e-12) + 1e-9) : qty;
}

static void lot_numbers(struct solver *s)
{
    const struct model *m = s->m;
    double thrift = m->thrift * s->weights.thrift * s->money;
    for (int32_t l = 0; l < m->lots; l++) {
        struct exact_lot *e = &s->exact[l];
        const struct model_lot *of = &m->lot[e->id];
        double unit = s->item_unit[of->item], qty = most_of(m, of) * unit;
        bool paid = of->budget != MODEL_NONE;
        e->item = of->item;
        e->ready = of->ready > 0 ? of->ready : 0;
        e->giver = of->giver;
        e->unit = unit;
        e->whole = m->item[of->item].whole;
        e->mass = m->item[of->item].mass / unit / s->tonnes;
        e->paid = paid ? of->cost / unit / s->money : 0;
        e->burden = of->value / unit / s->money;
        e->cost = thrift * (of->cost / unit / s->money);
        s->lot[l] = (struct lot){.mass = (float)e->mass,
                                 .paid = (float)e->paid,
                                 .burden = (float)e->burden,
                                 .budget = paid ? of->budget : m->budgets,
                                 .giver = of->giver,
                                 .line = of->line,
                                 .qty = qty};
        s->b[l] = qty;
    }
    for (int32_t g = 0; g < m->lines; g++) {
        s->fixed[g] = m->line[g].fixed / s->money;
        s->line_qty[g] = 0;
    }
    for (int32_t l = 0; l < m->lots; l++) {
        if (s->lot[l].line != MODEL_NONE) s->line_qty[s->lot[l].line] += s->lot[l].qty;
    }
}

void engine_numbers(struct solver *s)
{
    const struct model *m = s->m;
    sink_numbers(s);
    lot_numbers(s);
    for (int32_t h = 0; h < m->hubs * m->months; h++)
        s->b[s->hub0 + h] = m->capacity[h] / s->tonnes;
    for (int32_t i = 0; i < m->budgets; i++) s->b[s->budget0 + i] = m->budget[i] / s->money;
    s->b[s->giver0 - 1] = 1e30;
}

void engine_units(struct solver *s, double money, double tonnes)
{
    s->money = money;
    s->tonnes = tonnes;
    item_units(s);
    engine_numbers(s);
}

int32_t column_month(const struct solver *s, const struct column *c)
{
    int32_t months = s->m->months, hub = c->hub / months;
    int32_t receiver = s->sink[s->cell_sink[c->cell]].receiver;
    return c->hub % months + s->m->far[hub * s->m->receivers + receiver];
}

double sink_takes(const struct solver *s, int32_t k, int32_t item)
{
    const struct model_sink *of = &s->m->sink[k];
    for (int32_t i = of->accepts; i < of->accepts_end; i++) {
        if (s->accept[i].item == item) return s->accept[i].eta;
    }
    return 0;
}

static void solver_end(void *ctx)
{
    struct solver *s = ctx;
    arena_free(&s->list);
}

struct solver *solver_new(struct arena *a, const struct model *m)
{
    struct solver *s = NEW(a, struct solver);
    struct arena scratch = {0};
    int32_t *family = families(a, m), accepts = 0, takers = 0;
    s->arena = a;
    s->m = m;
    s->family = family;
    s->weights = (struct solve_weights){.fairness = 1, .thrift = 1};
    for (int32_t t = 0; t < SOLVE_TIERS; t++) s->weights.tier[t] = 1;
    s->item_unit = NEW_ARRAY(a, (size_t)m->items + 1, double);
    s->sink = NEW_ARRAY(a, (size_t)m->sinks + 1, struct sink);
    for (int32_t k = 0; k < m->sinks; k++) {
        if (m->sink[k].accepts_end > accepts) accepts = m->sink[k].accepts_end;
        takers += m->sink[k].accepts_end - m->sink[k].accepts;
    }
    s->accept = NEW_ARRAY(a, (size_t)accepts + 1, struct accept);
    s->item_taker = NEW_ARRAY(a, (size_t)m->items + 3, int32_t);
    s->taker = NEW_ARRAY(a, (size_t)takers + 1, struct taker);
    choose_units(s);
    place_sinks(s, places_of_sinks(&scratch, m, family));
    place_lots(s, places_of_lots(&scratch, m, family));
    place_rows(s);
    arena_free(&scratch);
    engine_numbers(s);
    s->offered = NEW_ARRAY(a, (size_t)(m->receivers * m->months) + 1, double);
    s->offer = NEW_ARRAY(a, (size_t)(m->receivers * m->months) + 1, struct offer);
    size_t ways = (size_t)m->hubs * (size_t)m->months;
    s->reach = NEW_ARRAY(a, ways * (size_t)m->receivers + 1, double);
    s->reach_at = NEW_ARRAY(a, ways * (size_t)m->receivers + 1, int16_t);
    s->reach_any = NEW_ARRAY(a, ways + 1, double);
    s->through = NEW_ARRAY(a, ways + 1, double);
    s->key = NEW_ARRAY(a, (size_t)m->givers + 1, double);
    for (int32_t d = 0; d < m->givers; d++) s->key[d] = m->giver[d].key;
    s->room = 30000 + 12 * (uint32_t)m->lots;
    arena_at_end(a, solver_end, s);
    s->lanes = m->lots > 20000 ? LANES : 1;
    s->weight = 1;
    s->fresh = true;
    s->moving = NEW_ARRAY(a, (size_t)m->lots + 1, int32_t);
    s->moving_need = NEW_ARRAY(a, s->needs + 1, uint32_t);
    s->moving_system = NEW_ARRAY(a, (size_t)m->sinks + 1, int32_t);
    engine_hold_none(s);
    return s;
}
