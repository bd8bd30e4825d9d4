/*
 * model.h - one planning problem as plain numbers, and what its optimum means.
 *
 * Givers hold lots; receivers have sinks (what they need, month by month);
 * hubs stand between them. A shipment is a quantity of one lot that arrives at
 * one sink, through one hub, in one month. There may be hundreds of millions
 * of possible shipments, so none is stored here: what is stored is what they
 * follow from.
 *
 * x(l,k,h,s) >= 0, whole units of lot l for sink k through hub h, arriving in
 * month s, is possible if l's item is accepted by k, s lies in k's window,
 * the giver reaches h, h reaches the receiver, and
 * s - far(h,receiver) - near(giver,h) >= ready(l). It passes the hub in month
 * s - far(h,receiver). The plan minimises
 *
 *     sum over ordinary needs k of  w ( sum_x eta x max(0, s - due)  +  (end - due + 1) u_k )
 *   + sum over system needs k of    w sum over s = due..end of U(k,s)
 *   + fairness sum over givers of |V_d - key_d sum_e V_e|,   V_d = sum value(l) x
 *   + thrift sum cost(l) x   + thrift sum over lines g of fixed(g) o_g
 *
 * subject to
 *
 *   lot      sum x <= qty(l)                       (times o_g where l needs line g)
 *   need     sum eta x + u_k = qty(k), u_k >= 0
 *   system   there(k) + sum over s' <= s of eta x + U(k,s) >= qty(k)       for s = due..end
 *   keeping  there(j) + sum over s' <= s of eta x(.,j,.,s') >= rate_j sum over due <= s' <= s
 *            of (qty(k) - U(k,s'))      for each complement j of k and s = due..end
 *   hub      sum mass x <= capacity(h,month)
 *   budget   sum cost x + sum fixed o_g <= budget(b), over the paid lots and lines of b
 *   most     sum eta x <= most(k)       of a system or complement, where it is finite
 *   0 <= U(k,s) <= qty(k);  o_g is 0 or 1
 *   sum x over the shipments of a whole lot to one sink through one hub in one month is whole
 *
 * so a system without what keeps it going does not count, and more than a need
 * asks for is never sent to it. (Without `most` a giver below its share may send
 * a system more than it asks for, only to stand better.) Quantities are in whole units of the item
 * (3 howitzers, 2.5 t), money in whole units of `currency`, masses in tonnes,
 * time in months from the first. Every number is finite (but `most`), none below 0. The arrays
 * belong to whoever built the model; solvers borrow them.
 */
#ifndef MUSTER_PLAN_MODEL_H
#define MUSTER_PLAN_MODEL_H

#include <stdbool.h>
#include <stdint.h>

enum { MODEL_NONE = -1 }; /* no such thing; no way from here to there */

struct model_giver {
    double key; /* its fair share, all givers' adding up to 1 */
};

struct model_item {
    double value; /* what one unit is worth on the common scale: only scales, never an objective */
    double mass;  /* tonnes a unit, 0 or more */
    bool whole;   /* batteries, vehicles: moved in whole units */
};

struct model_lot {
    int32_t giver, item;
    int32_t ready;  /* first month in which it can leave */
    int32_t budget; /* index of the budget it is paid from, MODEL_NONE: costs the giver no budget */
    int32_t line;   /* production line that must be opened for it, MODEL_NONE */
    double qty;     /* above the giver's floor */
    double cost;    /* money a unit */
    double value;   /* burden a unit: what the giver is credited with */
};

enum sink_type {
    SINK_NEED,    /* an ordinary need: every unit counts by itself */
    SINK_SYSTEM,  /* counts only while all its complements keep pace */
    SINK_KEEPING, /* a complement of the system before it: spares, interceptors, fuel */
};

struct model_sink {
    enum sink_type type;
    int32_t receiver, item;
    int32_t due;         /* the month in which it is wanted */
    int32_t first, last; /* months in which something may arrive for it */
    int32_t end;         /* last month whose lateness is counted, at least `last` */
    int32_t system;      /* of a complement: the sink it keeps going, which stands before it with
                            nothing but its own complements between; else MODEL_NONE */
    double qty;          /* asked for; of a complement 0 */
    double weight;       /* what one unit, missing for one month, counts; of a complement 0 */
    double rate;         /* of a complement: units used by one system in service in a month */
    double there;        /* of a system, a complement: units it has already; of a need 0 */
    double most;         /* more never arrives: of a need its qty, of others INFINITY is no limit */
    int32_t tier;        /* plans by level: 0 is served before all others, then 1 and so on;
                            a complement's is its system's */
    int32_t accepts, accepts_end; /* range of model.accepted */
};

/* Item `item` counts for `eta` units of what the sink asks for. */
struct model_accept {
    int32_t item;
    double eta; /* above 0 */
};

struct model_line {
    int32_t giver, budget; /* budget may be MODEL_NONE */
    double fixed;          /* money to open it at all */
};

struct model {
    int32_t months, givers, receivers, items, hubs, lots, sinks, budgets, lines;
    double fairness, thrift; /* weights of the third and fourth part of the objective */
    struct model_giver *giver;
    struct model_item *item;
    struct model_lot *lot;
    struct model_sink *sink;
    struct model_accept *accepted;
    struct model_line *line;
    double *capacity;   /* hubs x months: tonnes; the month is that in which it passes the hub */
    double *budget;     /* budgets: money */
    int8_t *near, *far; /* givers x hubs, hubs x receivers: months on the way, or MODEL_NONE */
};

#endif
