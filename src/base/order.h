/*
 * order.h - a list put in order only as far as somebody looks.
 *
 * Of a hundred thousand rows a page shows a hundred. To have any stretch of
 * them in place costs one way through the list and the sorting of that
 * stretch; who goes through all of it pays what sorting all costs.
 */
#ifndef MUSTER_BASE_ORDER_H
#define MUSTER_BASE_ORDER_H

#include <stdint.h>

#include "base/arena.h"

struct order {
    uint32_t *list; /* whatever is put in order, as numbers; the owner's */
    uint32_t count;
    /* Below, equal to, above 0: a comes before b. What is equal comes by number. */
    int (*compare)(const void *ctx, uint32_t a, uint32_t b);
    const void *ctx;
    /* By number: the lower one comes before, and only what is alike is compared; NULL: all is. */
    const uint64_t *heads;

    uint32_t from, end; /* of list: this stretch is in place; private */
};

/*
 * Heads for what is put in order by texts, so that comparing reads few of
 * them: text(ctx, i) for each i below count, in the order of strcmp.
 */
uint64_t *order_heads(struct arena *a, uint32_t count,
                      const char *(*text)(const void *ctx, uint32_t i), const void *ctx);

/* The number that has that place (below count) in the order. */
uint32_t order_at(struct order *o, uint32_t place);

#endif
