/*
 * things.h - who gives how many, and what a key says would be fair: burden in
 * things instead of money.
 *
 * A giver's fair share of a thing is its part, by the key, of what all givers
 * in the question give of it: givers are those of whom anything (money too)
 * has reached the stage. Quantities are whole parts and shares add up to them.
 */
#ifndef MUSTER_MEASURE_THINGS_H
#define MUSTER_MEASURE_THINGS_H

#include "measure/burden.h"

struct thing_row {
    uint32_t party, item; /* nouns */
    i128 qty, all;        /* of that giver, of all givers: parts of the item */
    bool has_key;
    i128 share, gap; /* share - qty: above 0, still to give */
};

struct things {
    struct thing_row *rows; /* by item, then giver; items of money are left out */
    uint32_t count;
    uint32_t givers;
    const char *key_table; /* NULL: without a key */
};

/*
 * q as for measure_burden(); group and members_day: members on that day (which
 * must be given with a group). donor: a noun, of which every item that
 * anybody gives has a row; NONE: all givers, with a row for what each gives.
 */
MUST_CHECK enum rc measure_things(struct arena *a, const struct exchange *x,
                                  const struct burden_question *q, uint32_t donor,
                                  struct things *out, struct err *err);

#endif
