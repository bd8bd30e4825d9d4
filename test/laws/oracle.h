/*
 * oracle.h - the obvious book: a list of entries and no cleverness at all.
 *
 * It decides on its own whether an entry may be taken up and where everything
 * stands. It knows nothing of src/book: no columns, no chains, no bisection;
 * it only counts. Stages are the numbers of record.h.
 */
#ifndef MUSTER_TEST_ORACLE_H
#define MUSTER_TEST_ORACLE_H

#include <stdbool.h>
#include <stdint.h>

enum { ORACLE_MAX = 512, ORACLE_STAGES = 10, ORACLE_DELIVERED = 6, ORACLE_WITHDRAWN = 7 };

struct oracle_entry {
    uint64_t id, line;
    int64_t ms;
    int from, to;
    int64_t qty;
    int32_t day;
    bool confirmed, reason;
    uint64_t reverses; /* id, or 0 */
};

struct oracle {
    struct oracle_entry list[ORACLE_MAX];
    int count;
};

/* Quantity at a stage of a line, as of a day, as known at an instant. */
__extension__ typedef __int128 oracle_int;
oracle_int oracle_at(const struct oracle *o, uint64_t line, int stage, int32_t effective,
                     int64_t known, bool confirmed_only);

/* Take the entry up, or say no and stay as it was. */
bool oracle_post(struct oracle *o, struct oracle_entry e);

#endif
