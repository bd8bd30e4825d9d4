/*
 * generate.c - one stream of random numbers, drawn in one fixed order.
 *
 * The order of the draws is the file format: to move one is to make other
 * instances under the same names. Figures are worked out in millions (euro,
 * for money) and rounded to four digits, as estimates are, then to parts.
 */
#include <assert.h>
#include <math.h>

#include "planned/generate.h"
#include "seed.h"

enum { EARLY = 2, LATE = 12, FAMILY_LEAST = 2 };
static const double asked_in_all = 60000; /* millions */
static const double hub_share[GENERATED_HUBS] = {0.34, 0.24, 0.16, 0.12, 0.09, 0.05};

struct maker {
    struct arena *arena;
    struct rng rng;
    struct generated *g;
    int32_t needs;      /* drawn needs: sinks without their complements */
    int32_t *family_at; /* first item of each family, and the end */
    double *share;      /* of each family among needs and lots; then its supply per demand */
    bool *scarce, *is_system;
    double *asked, *there; /* millions asked for and there, by family */
    double share_sum;
    /* what is rounded to parts only at the end */
    double *key, *value, *mass, *lot_qty, *lot_cost, *lot_value;
    uint32_t accept_room;
};

static double unit(struct maker *m)
{
    return (double)(rng_next(&m->rng) >> 11) * (1.0 / 9007199254740992.0);
}

static int32_t below(struct maker *m, int32_t n)
{
    return (int32_t)(unit(m) * n);
}

/* Log-normal around 1. */
static double spread(struct maker *m, double sigma)
{
    double a = unit(m) + 1e-300, b = unit(m);
    return exp(sigma * (sqrt(-2 * log(a)) * cos(6.283185307179586 * b)));
}

/* To four digits. */
static double estimate(double x)
{
    if (x <= 0) return 0;
    double place = pow(10, floor(log10(x)) - 3);
    return floor(x / place + 0.5) * place;
}

static int64_t in_parts(double x, double scale)
{
    return (int64_t)llround(x * scale);
}

static int64_t cents(double millions)
{
    return in_parts(millions, 1e6 * GENERATED_MONEY);
}

static int32_t draw_hub(struct maker *m)
{
    double u = unit(m);
    int32_t h = 0;
    while (h < GENERATED_HUBS - 1 && u > hub_share[h]) u -= hub_share[h++];
    return h;
}

static void make_givers(struct maker *m)
{
    struct generated *g = m->g;
    double sum = 0;
    for (int32_t d = 0; d < g->givers; d++) {
        int8_t *near = g->near + d * GENERATED_HUBS;
        m->key[d] = pow(d + 1, -1.15) * spread(m, 0.25);
        sum += m->key[d];
        int32_t one = draw_hub(m), other = draw_hub(m);
        while (other == one) other = draw_hub(m);
        bool far = d == 0 || unit(m) < 0.12;
        for (int32_t h = 0; h < GENERATED_HUBS; h++) {
            int8_t months = (int8_t)(far + (unit(m) < 0.3));
            near[h] = h == one || h == other ? months : MODEL_NONE;
        }
    }
    for (int32_t d = 0; d < g->givers; d++) {
        m->key[d] /= sum;
        g->giver[d].key = in_parts(m->key[d], GENERATED_RATE);
    }
    for (int32_t h = 0; h < GENERATED_HUBS; h++) {
        for (int32_t r = 0; r < g->receivers; r++) {
            g->far[h * g->receivers + r] = unit(m) < 0.45;
        }
    }
}

static void make_families(struct maker *m)
{
    struct generated *g = m->g;
    int32_t i = 0, f = 0;
    while (i < g->items) {
        int32_t n = FAMILY_LEAST + below(m, 5);
        if (i + n > g->items || g->items - (i + n) < FAMILY_LEAST) n = g->items - i;
        m->family_at[f] = i;
        double value = exp(-4 + 8 * unit(m)), density = spread(m, 0.8) * 3;
        m->scarce[f] = unit(m) < 0.15;
        for (int32_t end = i + n; i < end; i++) {
            m->value[i] = estimate(value * spread(m, 0.35));
            m->mass[i] = estimate(m->value[i] * density * spread(m, 0.3));
            g->item[i] = (struct generated_item){.family = f,
                                                 .value = cents(m->value[i]),
                                                 .mass = in_parts(m->mass[i], GENERATED_MASS)};
        }
        f++;
    }
    m->family_at[f] = g->items;
    g->families = f;
    for (int32_t k = 0; k < f; k++) m->share_sum += m->share[k] = spread(m, 1.0);
    for (int32_t k = 0; k < f; k++) m->is_system[k] = unit(m) < 0.15;
}

static int32_t draw_family(struct maker *m)
{
    double u = unit(m) * m->share_sum;
    int32_t f = 0;
    while (f < m->g->families - 1 && u > m->share[f]) u -= m->share[f++];
    return f;
}

static int32_t draw_item(struct maker *m, int32_t family)
{
    return m->family_at[family] + below(m, m->family_at[family + 1] - m->family_at[family]);
}

/* The item itself, and about half of its family at what they are worth beside it. */
static void accept(struct maker *m, struct generated_sink *s)
{
    struct generated *g = m->g;
    int32_t family = g->item[s->item].family;
    s->accepts = g->accepts;
    for (int32_t i = m->family_at[family]; i < m->family_at[family + 1]; i++) {
        double eta = 1;
        if (i != s->item) {
            if (unit(m) >= 0.5) continue;
            eta = estimate((0.5 + 0.45 * unit(m)) * m->value[i] / m->value[s->item]);
        }
        uint32_t count = (uint32_t)g->accepts;
        if (count == m->accept_room) {
            g->accepted =
                arena_more(m->arena, g->accepted, count, &m->accept_room, sizeof *g->accepted);
        }
        g->accepted[g->accepts++] =
            (struct generated_accept){.item = i, .eta = in_parts(eta, GENERATED_RATE)};
    }
    s->accepts_end = g->accepts;
}

static int32_t at_least(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int32_t at_most(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static void make_complement(struct maker *m, int32_t system, double qty)
{
    struct generated *g = m->g;
    const struct generated_sink *of = &g->sink[system];
    struct generated_sink *s = &g->sink[g->sinks++];
    int32_t f = below(m, g->families), months = of->end - of->due + 1;
    while (m->is_system[f]) f = below(m, g->families);
    *s = *of;
    s->type = SINK_KEEPING;
    s->system = system;
    s->item = draw_item(m, f);
    double rate = estimate(0.15 * spread(m, 0.5) * m->value[of->item] / m->value[s->item] / 4);
    s->qty = s->weight = 0;
    s->rate = in_parts(rate, GENERATED_RATE);
    accept(m, s);
    m->asked[f] += rate * qty * months * m->value[s->item];
}

static void make_need(struct maker *m, int32_t n)
{
    struct generated *g = m->g;
    int32_t last = g->months - 1, number = g->sinks++;
    struct generated_sink *s = &g->sink[number];
    int32_t f = draw_family(m);
    if (n < g->families) f = n;
    s->item = draw_item(m, f);
    s->receiver = below(m, g->receivers);
    if (unit(m) < 0.5) s->receiver = 0;
    s->due = 2 + below(m, g->months - 5);
    s->urgent = unit(m) < 0.3;
    double value = m->value[s->item];
    double worth = asked_in_all / m->needs * spread(m, 1.1) * (s->urgent ? 0.6 : 1.2);
    double qty = estimate(worth / value);
    double weight = estimate((s->urgent ? 5.0 : 1.0) * value * spread(m, 0.4) * 0.25);
    s->qty = in_parts(qty, GENERATED_QTY);
    s->weight = in_parts(weight, GENERATED_RATE);
    s->type = m->is_system[f] ? SINK_SYSTEM : SINK_NEED;
    s->system = MODEL_NONE;
    s->announced = s->due - 1 - below(m, 8);
    s->first = at_least(s->due - EARLY, 1);
    s->last = at_most(s->due + LATE, last);
    s->end = at_most(s->due + LATE + 1, last);
    accept(m, s);
    m->asked[f] += qty * value;
    if (s->type == SINK_NEED) return;
    int32_t complements = 1 + (unit(m) < 0.4);
    for (int32_t j = 0; j < complements; j++) make_complement(m, number, qty);
}

/* Months from the order until it can leave. */
static int32_t draw_lead(struct maker *m, enum generated_kind kind)
{
    switch (kind) {
    case LOT_STOCK: return below(m, 2);
    case LOT_REPAIR: return 2 + below(m, 6);
    case LOT_PRODUCTION: return 4 + below(m, 8);
    default: return 6 + below(m, 12);
    }
}

static int32_t draw_line(struct maker *m, int32_t giver)
{
    for (int32_t tries = 0; tries < 20; tries++) {
        int32_t line = below(m, m->g->lines);
        if (m->g->line[line].giver == giver) return line;
    }
    return MODEL_NONE;
}

static void make_lot(struct maker *m, int32_t l)
{
    static const double price[] = {0.02, 0.25, 0.6, 1.15};
    struct generated *g = m->g;
    struct generated_lot *lot = &g->lot[l];
    lot->giver = at_most((int32_t)(g->givers * pow(unit(m), 1.6)), g->givers - 1);
    int32_t f = draw_family(m);
    if (l < 3 * g->families) f = l % g->families;
    lot->item = draw_item(m, f);
    double z = unit(m), value = m->value[lot->item];
    lot->kind = z < 0.5    ? LOT_STOCK
                : z < 0.65 ? LOT_REPAIR
                : z < 0.82 ? LOT_PRODUCTION
                           : LOT_PURCHASE;
    lot->order = (int32_t)((g->months - 4) * pow(unit(m), 1.6));
    int32_t lead = draw_lead(m, lot->kind);
    if (lot->order + lead > g->months - 4) {
        lot->order = at_least(g->months - 4 - lead, 0);
        lead = at_most(lead, g->months - 4);
    }
    lot->ready = lot->order + lead;
    lot->announced = lot->order;
    m->lot_value[l] = estimate(value * spread(m, 0.15) * (lot->kind == LOT_STOCK ? 0.8 : 1));
    m->lot_cost[l] = estimate(value * price[lot->kind] * spread(m, 0.1));
    m->lot_qty[l] = spread(m, 1.0) * pow(m->key[lot->giver], 0.5) / value;
    lot->line = MODEL_NONE;
    if (g->lines > 0 && lot->kind == LOT_PRODUCTION && unit(m) < 0.5) {
        lot->line = draw_line(m, lot->giver);
    }
    m->there[f] += m->lot_qty[l] * value;
}

/* Supply as a part of demand, by family, and with it the lots' quantities. */
static void balance(struct maker *m)
{
    struct generated *g = m->g;
    double *opening = NEW_ARRAY(m->arena, (size_t)g->lines + 1, double);
    for (int32_t f = 0; f < g->families; f++) {
        m->share[f] = m->scarce[f] ? 0.3 + 0.35 * unit(m) : 0.8 + 1.0 * unit(m);
    }
    for (int32_t l = 0; l < g->lots; l++) {
        struct generated_lot *lot = &g->lot[l];
        int32_t f = g->item[lot->item].family;
        double *qty = &m->lot_qty[l];
        *qty = estimate(*qty * m->share[f] * m->asked[f] / m->there[f]);
        if (lot->line != MODEL_NONE) opening[lot->line] += 0.15 * *qty * m->lot_value[l];
        lot->qty = in_parts(*qty, GENERATED_QTY);
        lot->cost = cents(m->lot_cost[l]);
        lot->value = cents(m->lot_value[l]);
    }
    for (int32_t n = 0; n < g->lines; n++) g->line[n].fixed = cents(estimate(opening[n] + 1));
}

/* Hubs are nearly full, and now and then disrupted. */
static void make_hubs(struct maker *m)
{
    struct generated *g = m->g;
    double tonnes = 0;
    for (int32_t l = 0; l < g->lots; l++) {
        int32_t item = g->lot[l].item;
        double supply = m->share[g->item[item].family];
        tonnes += m->lot_qty[l] * m->mass[item] * (supply > 1 ? 1 / supply : 1);
    }
    for (int32_t h = 0; h < GENERATED_HUBS; h++) {
        for (int32_t t = 0; t < g->months; t++) {
            double ramp = 0.6 + 0.6 * (t < g->months / 3 ? 3.0 * t / g->months : 1);
            double usual = tonnes / g->months * hub_share[h] * 0.95 * ramp * spread(m, 0.2);
            double open = unit(m) < 0.06 ? 0.3 : 1;
            g->capacity[h * g->months + t] = in_parts(estimate(usual * open), GENERATED_MASS);
        }
    }
}

/* 45 % of what all paid lots of the year would cost. */
static void make_budgets(struct maker *m)
{
    struct generated *g = m->g;
    double *sum = NEW_ARRAY(m->arena, (size_t)(g->givers * g->years), double);
    for (int32_t l = 0; l < g->lots; l++) {
        const struct generated_lot *lot = &g->lot[l];
        if (lot->kind == LOT_STOCK) continue;
        sum[lot->giver * g->years + lot->order / 12] += 0.45 * m->lot_qty[l] * m->lot_cost[l];
    }
    for (int32_t b = 0; b < g->givers * g->years; b++) {
        g->budget[b] = cents(estimate(sum[b] * spread(m, 0.3)));
    }
}

static struct generated *sized(struct arena *a, char size, int32_t *needs)
{
    struct generated *g = NEW(a, struct generated);
    switch (size) {
    case 'S':
        *g = (struct generated){.givers = 12, .receivers = 2, .items = 48, .months = 24};
        g->lots = 150, *needs = 66;
        break;
    case 'M':
        *g = (struct generated){.givers = 24, .receivers = 3, .items = 160, .months = 36};
        g->lots = 1300, *needs = 260;
        break;
    case 'L':
        *g = (struct generated){.givers = 40, .receivers = 4, .items = 500, .months = 48};
        g->lots = 8000, *needs = 1900;
        break;
    default:
        assert(size == 'X');
        *g = (struct generated){.givers = 40, .receivers = 5, .items = 500, .months = 60};
        g->lots = 100000, *needs = 20000;
    }
    g->size = size;
    g->years = (g->months + 11) / 12;
    return g;
}

static void make_room(struct maker *m)
{
    struct arena *a = m->arena;
    struct generated *g = m->g;
    size_t givers = (size_t)g->givers, items = (size_t)g->items, lots = (size_t)g->lots;
    g->giver = NEW_ARRAY(a, givers, struct generated_giver);
    g->item = NEW_ARRAY(a, items, struct generated_item);
    g->lot = NEW_ARRAY(a, lots, struct generated_lot);
    g->sink = NEW_ARRAY(a, (size_t)m->needs * 3, struct generated_sink);
    g->line = NEW_ARRAY(a, (size_t)g->lines + 1, struct generated_line);
    g->near = NEW_ARRAY(a, givers * GENERATED_HUBS, int8_t);
    g->far = NEW_ARRAY(a, (size_t)(GENERATED_HUBS * g->receivers), int8_t);
    g->capacity = NEW_ARRAY(a, (size_t)(GENERATED_HUBS * g->months), int64_t);
    g->budget = NEW_ARRAY(a, givers * (size_t)g->years, int64_t);
    m->family_at = NEW_ARRAY(a, items + 1, int32_t);
    m->share = NEW_ARRAY(a, items, double);
    m->asked = NEW_ARRAY(a, items, double);
    m->there = NEW_ARRAY(a, items, double);
    m->scarce = NEW_ARRAY(a, items, bool);
    m->is_system = NEW_ARRAY(a, items, bool);
    m->key = NEW_ARRAY(a, givers, double);
    m->value = NEW_ARRAY(a, items, double);
    m->mass = NEW_ARRAY(a, items, double);
    m->lot_qty = NEW_ARRAY(a, lots, double);
    m->lot_cost = NEW_ARRAY(a, lots, double);
    m->lot_value = NEW_ARRAY(a, lots, double);
}

struct generated *generate(struct arena *a, char size, uint64_t seed, int32_t lines)
{
    struct maker m = {.arena = a};
    struct generated *g = m.g = sized(a, size, &m.needs);
    m.rng.state = seed * 7919 + (uint64_t)size;
    g->seed = seed;
    g->lines = lines;
    make_room(&m);
    make_givers(&m);
    make_families(&m);
    for (int32_t n = 0; n < m.needs; n++) make_need(&m, n);
    for (int32_t n = 0; n < lines; n++) {
        g->line[n].giver = below(&m, at_most(g->givers, 8));
        g->line[n].year = below(&m, at_least(g->years - 1, 1));
    }
    for (int32_t l = 0; l < g->lots; l++) make_lot(&m, l);
    balance(&m);
    make_hubs(&m);
    make_budgets(&m);
    return g;
}

static void model_sinks(const struct generated *g, struct model *m)
{
    for (int32_t k = 0; k < g->sinks; k++) {
        const struct generated_sink *s = &g->sink[k];
        m->sink[k] = (struct model_sink){
            .type = s->type,
            .receiver = s->receiver,
            .item = s->item,
            .due = s->due,
            .first = s->first,
            .last = s->last,
            .end = s->end,
            .system = s->system,
            .qty = (double)s->qty / GENERATED_QTY,
            .weight = (double)s->weight / GENERATED_RATE,
            .rate = (double)s->rate / GENERATED_RATE,
            .most = s->type == SINK_NEED ? (double)s->qty / GENERATED_QTY : INFINITY,
            .tier = s->urgent ? 0 : 1,
            .accepts = s->accepts,
            .accepts_end = s->accepts_end,
        };
    }
    for (int32_t i = 0; i < g->accepts; i++) {
        m->accepted[i] = (struct model_accept){.item = g->accepted[i].item,
                                               .eta = (double)g->accepted[i].eta / GENERATED_RATE};
    }
}

static void model_lots(const struct generated *g, struct model *m)
{
    for (int32_t l = 0; l < g->lots; l++) {
        const struct generated_lot *lot = &g->lot[l];
        m->lot[l] = (struct model_lot){
            .giver = lot->giver,
            .item = lot->item,
            .ready = lot->ready,
            .budget = lot->kind == LOT_STOCK ? MODEL_NONE : lot->giver * g->years + lot->order / 12,
            .line = lot->line,
            .qty = (double)lot->qty / GENERATED_QTY,
            .cost = (double)lot->cost / GENERATED_MONEY,
            .value = (double)lot->value / GENERATED_MONEY,
        };
    }
    for (int32_t n = 0; n < g->lines; n++) {
        const struct generated_line *line = &g->line[n];
        m->line[n] = (struct model_line){.giver = line->giver,
                                         .budget = line->giver * g->years + line->year,
                                         .fixed = (double)line->fixed / GENERATED_MONEY};
    }
}

struct model *generated_model(struct arena *a, const struct generated *g)
{
    struct model *m = NEW(a, struct model);
    *m = (struct model){.months = g->months,
                        .givers = g->givers,
                        .receivers = g->receivers,
                        .items = g->items,
                        .hubs = GENERATED_HUBS,
                        .lots = g->lots,
                        .sinks = g->sinks,
                        .budgets = g->givers * g->years,
                        .lines = g->lines,
                        .fairness = (double)GENERATED_FAIRNESS / GENERATED_RATE,
                        .thrift = (double)GENERATED_THRIFT / GENERATED_RATE,
                        .near = g->near,
                        .far = g->far};
    int32_t cells = GENERATED_HUBS * g->months;
    int64_t keys = 0;
    m->giver = NEW_ARRAY(a, (size_t)g->givers, struct model_giver);
    m->item = NEW_ARRAY(a, (size_t)g->items, struct model_item);
    m->lot = NEW_ARRAY(a, (size_t)g->lots, struct model_lot);
    m->sink = NEW_ARRAY(a, (size_t)g->sinks, struct model_sink);
    m->accepted = NEW_ARRAY(a, (size_t)g->accepts, struct model_accept);
    m->line = NEW_ARRAY(a, (size_t)g->lines + 1, struct model_line);
    m->capacity = NEW_ARRAY(a, (size_t)cells, double);
    m->budget = NEW_ARRAY(a, (size_t)m->budgets, double);
    for (int32_t d = 0; d < g->givers; d++) keys += g->giver[d].key;
    for (int32_t d = 0; d < g->givers; d++) {
        m->giver[d].key = (double)g->giver[d].key / (double)keys;
    }
    for (int32_t i = 0; i < g->items; i++) {
        m->item[i] = (struct model_item){.value = (double)g->item[i].value / GENERATED_MONEY,
                                         .mass = (double)g->item[i].mass / GENERATED_MASS};
    }
    for (int32_t c = 0; c < cells; c++) m->capacity[c] = (double)g->capacity[c] / GENERATED_MASS;
    for (int32_t b = 0; b < m->budgets; b++) m->budget[b] = (double)g->budget[b] / GENERATED_MONEY;
    model_sinks(g, m);
    model_lots(g, m);
    return m;
}
