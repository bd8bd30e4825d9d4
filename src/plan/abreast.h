/*
 * abreast.h - what a step goes over, four side by side.
 *
 * Lots have three or four shipments that are looked at, which is too little for a loop of its own.
 * So four lots go side by side, the first shipment of each, then the second, and so on; of
 * needs, and of months of a system, four lie side by side too. Cells are numbered anew: what moves
 * lies together, each sink from a whole four on. All is float: what is proved does not
 * depend on it.
 *
 * Vectors are those of the compiler (gcc, clang) and of no machine in particular.
 */
#ifndef MUSTER_PLAN_ABREAST_H
#define MUSTER_PLAN_ABREAST_H

#include "plan/inside.h"

typedef float four __attribute__((vector_size(16)));
typedef uint32_t four_bits __attribute__((vector_size(16)));

/* A price, or the service of a month: where it is, where the run began, the last plain step. */
struct mover {
    four at, anchor, step, next;
};

/* One shipment of each of four lots. What fills up the shorter lots costs too much to go. */
struct strand {
    four eta, cost, anchor;
    uint32_t cell[4];
    uint32_t way[4]; /* hub x months + month | step: struct column */
};

struct bundle {
    four mass, paid, burden, qty;
    struct mover price;
    int32_t lot[4];    /* MODEL_NONE: nothing */
    int32_t budget[4]; /* from the first budget on */
    int32_t giver[4];
    uint32_t strands;
};

struct need_bounds {
    four b, most;
};

/* A system, or what keeps it going. */
struct member {
    uint32_t first, count; /* fours of cells */
    float rate, there;
    int32_t most; /* row, or MODEL_NONE */
};

struct system {
    uint32_t service;    /* first of its fours */
    uint32_t begin, end; /* members */
    float weight, qty;
};

struct part {                    /* what one thread does, and adds up */
    uint32_t begin, end, strand; /* bundles; the first one's first strand */
    float *sum;                  /* by cell */
    float (*shared)[4]; /* by row from the first hub on; of each of the four lots its own */
    double *opened;     /* by line: sum of its lots' part of it x price */
    double moved, moved_y;
};

struct abreast {
    struct solver *s;
    struct bundle *bundle;
    struct strand *strand;
    four *x; /* by strand, apart: only it is written, and where lots are many that tells */
    four *strand_next, *kink; /* by strand; kink: NULL without an earlier plan */
    uint32_t bundles, strands;
    struct part part[LANES];

    struct mover *cell; /* by four of cells */
    float *price;       /* by cell: what one more arriving is worth */
    float *rest;        /* by cell: what is held brings; NULL: nothing is */
    struct need_bounds *need;
    uint32_t needs; /* fours */
    struct system *system;
    struct member *member;
    uint32_t systems;
    struct mover *service;
    four *wanted;    /* by four of services: what one more is worth */
    four *idle;      /* the same: how many are not in service */
    uint32_t *place; /* by the solver's cell: its number here and 1; 0: no shipment leads there */
    uint32_t fours, services; /* that move */
    uint32_t cells, nowhere;  /* with those that stay; first of four that lead to no sink */

    double *anchor, *next; /* of rows from the first `most` on */
    double *shared;        /* by row from the first hub on: what goes there */
    double moved, moved_y; /* how far the last step or run went */
};

struct pace {
    float primal, dual; /* how far */
    float ahead, back;  /* parts of the reflected point and of the anchor */
    bool look;          /* note the plain step too, and how far it moved */
};

static inline four load(const float *p)
{
    four v;
    memcpy(&v, p, sizeof v);
    return v;
}

static inline void store(float *p, four v)
{
    memcpy(p, &v, sizeof v);
}

static inline four above_0(four v)
{
    return (four)((four_bits)v & (four_bits)(v > 0));
}

static inline four below_0(four v)
{
    return (four)((four_bits)v & (four_bits)(v < 0));
}

static inline four lesser(four a, four b)
{
    four_bits less = (four_bits)(a < b);
    return (four)(((four_bits)a & less) | ((four_bits)b & ~less));
}

static inline double sum_of(four v)
{
    return ((double)v[0] + (double)v[1]) + ((double)v[2] + (double)v[3]);
}

/* abreast.c */
struct abreast *abreast_new(struct solver *s, struct arena *a); /* out of what moves, where it is */
void abreast_end(struct abreast *f); /* where it came to, into the solver's columns and prices */

/* abreast_step.c */
void abreast_step(struct abreast *f, const struct pace *p);
void abreast_prices(struct abreast *f); /* what shipments see, of where prices are */
void abreast_again(struct abreast *f);  /* a new run, from the last plain step */

#endif
