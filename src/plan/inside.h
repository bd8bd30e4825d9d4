/*
 * inside.h - the solver's own numbers. Only src/plan reads this.
 *
 * Quantities are counted by what they are worth, money and tonnes in units of
 * the model's own size, so that prices are numbers around one. Lots and sinks
 * stand in an order of their own, items that stand in for each other together:
 * what a loop over shipments touches then lies close.
 *
 * The rows, each with a price y: lots | cells | most | hubs x months | budgets | givers.
 * A need has one cell, a system or complement one a month from due to end, and
 * its row holds what arrived until then. The problem that is iterated on is
 *
 *     min c'x + w'U + (lines)   max over y   y'(b - A x - B U)
 *
 * with every penalty of the model turned into a bound of a price: a need's is
 * at most what never meeting it costs, a giver's at most what unfairness costs.
 */
#ifndef MUSTER_PLAN_INSIDE_H
#define MUSTER_PLAN_INSIDE_H

#include <string.h>

#include "plan/crew.h"
#include "plan/solve.h"

/* One possible shipment that is looked at. */
struct column {
    double eta;    /* what one counts for at the sink: sink_takes() */
    uint32_t cell; /* says the sink */
    uint16_t hub;  /* hub x months + month in which it passes */
    uint16_t step; /* the upper half of a float: column_step() */
    float cost;    /* money and lateness */
    float x;       /* how much */
};

static inline float column_step(const struct column *c)
{
    uint32_t bits = (uint32_t)c->step << 16;
    float step;
    memcpy(&step, &bits, sizeof step);
    return step;
}

struct lot {
    float mass, paid, burden; /* of one: tonnes, money from the budget, credit */
    int32_t budget, giver;    /* rows; budget is a row that never binds where nothing is paid */
    int32_t line;             /* or MODEL_NONE */
    double qty;
};

struct exact_lot { /* the same, as pricing and repair need it */
    double mass, paid, burden, cost;
    int32_t item, ready, giver, id;
    double unit; /* engine's quantity of one whole unit */
    bool whole;
};

struct sink {
    enum sink_type type;
    uint32_t cell, cells;
    uint32_t service; /* of a system: its first of the services */
    int32_t most;     /* its row, or MODEL_NONE */
    int32_t next;     /* sinks behind it up to this are its complements */
    int32_t receiver, due, first, last;
    double qty, weight, penalty, rate; /* of a complement qty and rate are for its own unit */
    double there;
};

struct accept {
    int32_t item;
    double eta;
};

/* What one thread goes over, of those that move. */
struct lane {
    int32_t begin, end;
};
enum { LANES = 2 };
enum { LINE_FREE = -1, LINE_SHUT, LINE_OPEN };

/* A sink that takes an item. */
struct taker {
    int32_t sink;
    double eta;
};

/* The best two sinks for an item at a receiver in a month. */
struct offer {
    double best, second;
    int32_t sink, other;
};

struct flow {
    int32_t lot, sink;
    int16_t hub, month; /* in which it arrives */
    double x;
};

/* A shipment of an earlier plan: up to `most` of it, each one is worth `charge` where it was. */
struct kept {
    int32_t lot, sink;
    int16_t hub, month;
    uint32_t cell;
    uint16_t passes; /* hub x months + month */
    double most;
};

/* What the lots that are held do, whatever happens to the others. */
struct rest {
    double *sum;  /* by row, from the first cell on: arrivals in a cell's month, use of rows */
    double *left; /* by row, up to the givers: what that leaves */
    const struct flow *flow;
    uint32_t flows;
};

struct solver {
    struct arena *arena;
    const struct model *m;
    struct solve_weights weights;
    double money, tonnes; /* units of the model in one of the engine's */
    double usual_size;    /* what quantities' sizes are measured by */
    int32_t *lot_at;      /* place of a model's lot */
    double *item_unit;    /* engine's quantity of one unit */
    int32_t *family;      /* by item: the first item of those that stand in for each other */

    struct lot *lot;
    struct exact_lot *exact;
    int32_t *item_lot, *item_lots; /* first of each item's lots in the list, and the list */
    struct sink *sink;
    struct accept *accept; /* as model.accepted */
    int32_t *cell_sink;
    double *need_most; /* by cell of a need: its price is at most this */
    uint32_t needs;    /* cells below this are those of ordinary needs */
    int32_t *need_sink;

    int32_t rows, cell0, most0, hub0, budget0, giver0;
    uint32_t cells, services;
    double *y, *step, *b; /* by row */
    float *cell_price;    /* what one more arriving at a cell is worth */
    float *hub_price, *budget_price, *giver_price;
    double *service, *service_step, *service_price;
    /* Lines: how far open, counted by the quantity of their lots, so that steps are alike. */
    double *opening, *opening_anchor, *opening_next, *opening_step, *opening_price;
    double *opening_bar; /* the reflected point, as a part of the whole */
    double *line_qty, *fixed;
    double *opened;     /* sum of its lots' part of it x price */
    int8_t *line_state; /* LINE_FREE, or decided */
    int8_t *line_try;   /* how the next plan has it */
    double *key;
    double *probe, *probe_to; /* of the power iteration */

    struct column *column, *spare; /* spare: those to come, while they are renewed */
    uint32_t columns, room;        /* room: never more than that */
    struct arena list;             /* the columns */
    uint32_t *lot_begin;           /* columns of a lot; lots + 1 */
    bool fresh, warm;              /* no columns yet; prices of nearly the same */

    /* What moves: all, or what engine_hold() says. Needs by their cell; systems with complements.
     */
    int32_t *moving, movings; /* lots, in their order */
    uint32_t *moving_need, moving_needs;
    int32_t *moving_system, moving_systems;
    const struct rest *rest; /* what is held; NULL: nothing is */
    const bool *stays;       /* by row: prices that stay as they are; NULL: none does */

    struct lane lane[LANES];
    uint32_t lanes;
    struct crew *crew;   /* for the time of a run; NULL: one thread does all */
    double weight;       /* of primal against dual steps */
    double weight_least; /* as low as it may go */
    double norm;         /* of the operator, with the steps taken out */
    uint64_t iterations;

    int32_t *item_taker; /* first of each item's takers in the list, and the list */
    struct taker *taker;
    /* Of one item: */
    double *offered;     /* receivers x months: the best */
    struct offer *offer; /* the same: the best two, and whose */
    double *reach;       /* hubs x receivers x months: best from this month on, and ... */
    int16_t *reach_at;   /* ... the month in which */
    double *reach_any;   /* hubs x months: for any receiver */
    double *through;     /* hubs x months: what passing one is worth */

    struct kept *kept; /* by lot */
    uint32_t kepts, *kept_begin;
    double charge; /* for one of the engine's units */
    float *kink;   /* by column: its `most`, or 0; NULL without an earlier plan */

    double *answer; /* by lot, if any: its share of the bound */

    struct flow *last; /* the plan of the run before */
    uint32_t lasts, last_room;
    double bound;
    double *best_y; /* prices of the bound */
    double *mended;
};

/* setup.c */
void engine_numbers(struct solver *s); /* what the model's quantities and weights say */
void engine_units(struct solver *s, double money, double tonnes); /* and all numbers by them */

/* What rows allow at all: nothing that weighs anything passes a closed hub. */
static inline bool hub_open(const struct solver *s, int32_t hub_month, double mass)
{
    return s->b[s->hub0 + hub_month] > 0 || !(mass > 0);
}

int32_t column_month(const struct solver *s, const struct column *c); /* of arrival */
double sink_takes(const struct solver *s, int32_t k, int32_t item);   /* eta, or 0 */

/* The cell that an arrival in this month is counted in. */
static inline uint32_t sink_cell(const struct sink *k, int32_t month)
{
    return k->type == SINK_NEED || month <= k->due ? k->cell : k->cell + (uint32_t)(month - k->due);
}

/* What one arriving in this month costs for being late. */
static inline double sink_late(const struct sink *k, int32_t month)
{
    return k->type == SINK_NEED && month > k->due ? k->weight * (month - k->due) : 0;
}

/*
 * hold.c: only lots that are active move from now on, and the sinks that their columns or `also`
 * lead to; the others go on as in `flow`, which is in order of lots and is there as long.
 */
void engine_hold(struct solver *s, struct arena *a, const bool *active, const bool *also,
                 const struct flow *flow, uint32_t count);
void engine_hold_none(struct solver *s);

/* columns.c */
struct wanted {
    int32_t lot, sink;
    int16_t hub, month; /* hub, and month of arrival */
    float x;            /* to begin with */
};
struct wanted_list {
    struct arena *arena;
    struct wanted *item;
    uint32_t count, room;
    double least; /* how far below 0 a reduced cost must be */
};
void want(struct wanted_list *w, const struct wanted *item);

struct column column_of(const struct solver *s, const struct wanted *w);
void columns_begin(struct solver *s);
void columns_by_lot(struct arena *a, struct wanted_list *w, int32_t lots); /* sorts */
/* Take these in (sorted by lot), leave out those at 0 with a reduced cost above `keep`. */
uint64_t columns_possible(const struct solver *s);
uint32_t columns_renew(struct solver *s, const struct wanted_list *w, double keep);
float column_reduced(const struct solver *s, int32_t lot, const struct column *c);

/* iterate.c */
void engine_prices(struct solver *s, const double *y);        /* what shipments see of prices */
void engine_shared_prices(struct solver *s, const double *y); /* of hubs, budgets and givers */
void engine_line_prices(struct solver *s, const double *y, const double *opened);
int32_t line_budget(const struct solver *s, int32_t g); /* its row */
void engine_steps(struct solver *s, uint32_t tries);
void engine_iterate(struct solver *s, uint32_t n);

/*
 * price.c: the certified bound of these prices; into w, if any, the columns that
 * would lower it most, and into `worth` what one more of each lot would bring.
 */
double engine_bound(struct solver *s, const double *y, struct wanted_list *w, double *worth);

/*
 * mend.c: what sinks at least have to pay at the prices of lots and hubs; into
 * w the columns that say so and cost less than is paid now.
 */
void engine_mend(struct solver *s, const double *y, double *mended, struct wanted_list *w);

/* repair.c */
struct repaired {
    struct flow *flow;
    uint32_t count, room;
    double objective;
};
/* A plan out of what the columns hold; what it returns lives in the arena. */
struct repaired engine_repair(struct solver *s, struct arena *a, bool thorough);

/* Out of shipments, no more of each than there is room for; `fill`: and what is left, elsewhere. */
struct repaired engine_repair_flows(struct solver *s, struct arena *a, const struct flow *flow,
                                    uint32_t count, bool fill);

/* Weighted, and charged for moving away from an earlier plan. */
double engine_objective(const struct solver *s, const struct flow *flow, uint32_t count);

/* System-months of system k in service; `got`, by cell, is what arrived until its month. */
double engine_served(const struct solver *s, int32_t k, const double *got);

/*
 * kinds.c: the same needs met no later, shares no less fair, by fewer kinds of
 * items for a need; the objective rises by no more than is allowed. Flows then
 * live in the arena; false: nothing changed.
 */
bool engine_kinds(struct solver *s, struct arena *a, struct repaired *plan, double allowed);

/* tidy.c: the same plan in fewer shipments; how many are left. */
uint32_t engine_tidy(struct solver *s, struct flow *flow, uint32_t count);
/* The same plan in more flows as they were: each is rather was[] than gone. By lot. */
void engine_tidy_back(struct solver *s, struct flow *flow, const double *was, uint32_t count);

/* settle.c: as the plan before (s->last) had it, where nothing is lost; in the arena. */
struct flow *engine_settle(struct solver *s, struct arena *a, const struct flow *flow,
                           uint32_t *count);

/* stay.c */
void engine_stay(struct solver *s, struct arena *a, const struct solve_stay *stay);
/* Into s->spare, up to `room` in all. */
void stay_columns(struct solver *s, int32_t lot, uint32_t first, uint32_t *kept, uint32_t room);
void stay_kinks(struct solver *s);
/* What leaving them costs, of the flows. */
double stay_charged(const struct solver *s, struct arena *a, const struct flow *f, uint32_t count);
/*
 * The best answer of a lot whose earlier shipments are worth more: `best` is
 * what one is worth anywhere, `cost` what it costs; value[] by cell and y as in
 * price.c. The sum over all it has, 0 or below.
 */
double stay_answer(const struct solver *s, int32_t lot, double cost, double best,
                   const double *value, const double *y);

/* warm.c */
void engine_keep_plan(struct solver *s, const struct flow *flow, uint32_t count);
struct repaired engine_repair_last(struct solver *s, struct arena *a); /* out of that plan */

/* solve.c */
struct search {
    struct solver *s;
    struct arena *arena;             /* of what is returned */
    struct arena round, better, own; /* of this round; of the best plan so far; of the run */
    const struct watch *watch;
    struct repaired best;
    struct repaired before; /* what can still be carried out of the plan before, if there is one */
    double gap;
    uint32_t rounds, rounds_most, steps, nodes;
    bool stopped, near, same; /* near: the plan before was changed here and there */
    bool mends;               /* mended prices proved more the last time */
};
double gap_of(double objective, double bound);
uint32_t engine_look(struct search *q);
bool engine_round(struct search *q); /* false: stop */
void keep_if_better(struct search *q, const struct repaired *r);

/* revert.c: as many lots as before as the gap allows. */
void engine_revert(struct search *q);

/* near.c: by planning again only what is no longer good; false: that was not enough. */
bool search_near(struct search *q);

/* lines.c: which production lines to open; leaves the bound over all choices in s->bound. */
void search_lines(struct search *q);

/* whole.c: whole things, in a tree, where the model is small; raises the bound and the plan. */
void search_whole(struct search *q);
bool whole_decides_lines(struct solver *s); /* with lots in whole things: one tree for both */

#endif
