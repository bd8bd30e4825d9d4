/*
 * plan.h - a plan as rows: what to send, what stays unmet and why, how good it is.
 *
 * How a question about a plan becomes an instance stands here too, because it
 * takes keys and rates from measure/, which plan/ does not know.
 */
#ifndef MUSTER_REPORT_PLAN_H
#define MUSTER_REPORT_PLAN_H

#include "measure/money.h"
#include "plan/instance.h"
#include "plan/levels.h"
#include "plan/solve.h"
#include "report/answer.h"

/* What a plan is asked for. planning_usual() fills in what is usual. */
struct planning {
    const struct exchange *x;
    int32_t day;         /* the planning day */
    int32_t months;      /* 0: as far as the book goes */
    bool later;          /* also needs stated after that day */
    int32_t early, late; /* months around the due one */
    const char *group;   /* only its members are asked; NULL: everybody */
    struct instance_weights weights;
    const char *key, *table, *key_year; /* as of burden; key NULL: gdp, if there is any; "none" */
};

/*
 * As of --effective, else of the day of the last record that is known: no
 * clock is read, so that the same book gives the same plan.
 */
struct planning planning_usual(const struct exchange *x);

/*
 * *key_table names the table of the key; NULL when shares do not count.
 * RC_ABSENT when the key or the group that was asked for is not in the book.
 */
MUST_CHECK enum rc planning_instance(struct arena *a, const struct planning *p,
                                     struct instance *out, const char **key_table, struct err *err);

/* A solution and how it came about. */
struct plan_shown {
    const struct instance *in;
    const struct solution *s;
    const char *mode, *key_table;
    const struct level *levels;       /* LEVEL_COUNT of the lexicographic mode; or NULL */
    uint32_t limit;                   /* rows of a list at most; 0: all */
    int64_t cpu_ms, wall_ms, peak_kb; /* below 0: not told */
};

/*
 * Head: objective, bound, gap, ..., by_level; lists: levels (of the
 * lexicographic mode), shipments, unmet, findings.
 * CSV has the shipments.
 */
struct answer *report_plan(struct arena *a, const struct plan_shown *p);

/* What is wrong with the book, and no plan: for --strict. */
struct answer *report_plan_findings(struct arena *a, const struct instance *in);

/* A double as a decimal cell: nearest, or rounded down or up so that bounds stay bounds. */
enum rounding { ROUND_NEAREST, ROUND_DOWN, ROUND_UP };
struct cell double_cell(double x, int places, enum rounding rounding);

/* Units of an item as whole parts; never more than there are. */
int64_t whole_parts(const struct instance *in, int32_t item, double qty);

#endif
