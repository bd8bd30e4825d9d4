/*
 * generate.h - made-up planning problems, the same for the same size and seed.
 *
 * Allies with shares, two hubs each, stocks, repairs, production and purchases;
 * needs by family of items that stand in for one another, some of them systems
 * with complements. Plausible, not calibrated: nothing is to be concluded from
 * them about anybody.
 *
 * Every number is a whole number of smallest parts, as a store keeps it, and
 * generated_model() divides: whole / scale, one rounding, in double. Who builds
 * a model out of a store that was filled from this gets the same doubles.
 */
#ifndef MUSTER_TEST_GENERATE_H
#define MUSTER_TEST_GENERATE_H

#include "base/arena.h"
#include "plan/model.h"

enum {
    GENERATED_QTY = 100000000, /* parts of a unit of any item */
    GENERATED_QTY_PLACES = 8,
    GENERATED_MONEY = 100,       /* cents of a euro */
    GENERATED_MASS = 1000000,    /* grams of a tonne */
    GENERATED_RATE = 1000000000, /* of keys, weights, etas and rates */
    GENERATED_RATE_PLACES = 9,
    GENERATED_HUBS = 6,
};

/* Of the objective, for a euro: GENERATED_RATE parts. */
enum { GENERATED_FAIRNESS = 500, GENERATED_THRIFT = 20 };

enum generated_kind { LOT_STOCK, LOT_REPAIR, LOT_PRODUCTION, LOT_PURCHASE };

struct generated_giver {
    int64_t key; /* not yet adding up to 1: generated_model() divides by their sum */
};

struct generated_item {
    int32_t family;
    int64_t value, mass; /* cents and grams a unit */
};

struct generated_lot {
    int32_t giver, item;
    enum generated_kind kind; /* all but stock are paid from the budget of the month of order */
    int32_t order, announced, ready; /* months */
    int32_t line;                    /* or MODEL_NONE */
    int64_t qty, cost, value;        /* cost and value in cents a unit */
};

struct generated_sink {
    enum sink_type type;
    int32_t receiver, item, system;
    int32_t announced, due, first, last, end;
    bool urgent;
    int64_t qty, weight, rate;
    int32_t accepts, accepts_end;
};

struct generated_accept {
    int32_t item;
    int64_t eta;
};

struct generated_line {
    int32_t giver, year;
    int64_t fixed; /* cents */
};

struct generated {
    char size;
    uint64_t seed;
    int32_t months, years, givers, receivers, items, families, lots, sinks, lines;
    struct generated_giver *giver;
    struct generated_item *item;
    struct generated_lot *lot;
    struct generated_sink *sink; /* the complements of a system stand right behind it */
    struct generated_accept *accepted;
    int32_t accepts;
    struct generated_line *line;
    int8_t *near, *far; /* as in model.h */
    int64_t *capacity;  /* GENERATED_HUBS x months: grams */
    int64_t *budget;    /* givers x years: cents */
};

/*
 * size is S, M, L or X: 150, 1300, 8000, 100000 lots and about a quarter as
 * many sinks (half of 150 at S). `lines` optional production lines; 0 is usual.
 */
struct generated *generate(struct arena *a, char size, uint64_t seed, int32_t lines);

/* Budget y of giver d is number d x years + y. Urgent needs are tier 0, others tier 1. */
struct model *generated_model(struct arena *a, const struct generated *g);

#endif
