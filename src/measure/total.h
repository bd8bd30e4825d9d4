/* total.h - what passed a boundary, in money, and how naive adding gets it wrong. */
#ifndef MUSTER_MEASURE_TOTAL_H
#define MUSTER_MEASURE_TOTAL_H

#include "book/boundary.h"
#include "measure/money.h"
#include "measure/worth.h"

enum by {
    BY_NOTHING,
    BY_DONOR,
    BY_RECEIVER,
    BY_CLASS,
    BY_ITEM,
    BY_MONTH,
    BY_YEAR,
    BY_CHANNEL,
    BY_PLAN,
    BY_COUNT
};

/* BY_COUNT when there is none of that name. */
enum by by_named(const char *name);
const char *by_name(enum by by);

struct total_row {
    const char *by;   /* key: "DEU", "929", "2020-03"; "" for none ("no plan") */
    const char *name; /* for people */
    i128 incoming;
};

/* Minor units of `currency`, which has `places` decimals. */
struct total {
    const char *currency;
    int places;
    i128 incoming; /* in, not shared, committed or beyond */
    i128 internal, outgoing;
    i128 pledged; /* in, not shared, announced and no further */
    i128 shared;  /* in, shared with another place or year, not a pledge: shown, not added */
    i128 naive;   /* incoming and shared added up, as naive summing does */
    struct total_row *rows; /* by falling amount; NULL for BY_NOTHING */
    uint32_t count;
    uint32_t unvalued; /* packages and lines of things without a value */
    /* What no rate converts, and so is in none of these amounts: by where it would be. */
    struct total_lack {
        const char *in; /* "incoming", ... */
        struct lacking what;
    } * lacks;
    uint32_t lack_count;
};

/* How one amount passes, for explaining. */
struct passing {
    struct worth worth;
    enum flow flow;
    bool shared, pledge;
};
typedef void passing_fn(void *ctx, const struct passing *p);

struct total_question {
    struct boundary boundary;
    enum by by;
    bool published;
    const char *series; /* only this series; NULL: all */
};

/* RC_INPUT when the amounts share no currency; RC_ABSENT when no rate converts any of them. */
MUST_CHECK enum rc measure_total(struct arena *a, const struct exchange *x,
                                 const struct total_question *q, struct total *out,
                                 struct err *err);

/*
 * Every amount that passes the boundary or lies inside it: the rows behind the total, and
 * (worth.second) those that it does not add because the same money counts elsewhere.
 */
void measure_passing(const struct exchange *x, const struct total_question *q, passing_fn *fn,
                     void *ctx);

/* The row that an amount falls into under `by`: its key, and a name. */
void total_key(struct arena *a, const struct book *b, enum by by, const struct worth *w,
               int64_t known, const char **key, const char **name);

/*
 * The row that an amount leaves as it enters its own: with BY_PLAN, what
 * enters a plan from elsewhere inside the boundary. NULL when it leaves none.
 */
const char *total_left_key(struct arena *a, const struct book *b, enum by by,
                           const struct passing *p, const char **name);

#endif
