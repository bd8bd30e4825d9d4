/*
 * planned.h - what every verb that plans takes, and from that the instance and
 * the plan.
 *
 * `muster plan` and its parts share these options, so that a question about a
 * plan is about the plan that was shown.
 */
#ifndef MUSTER_CLI_PLANNED_H
#define MUSTER_CLI_PLANNED_H

#include "cli/opened.h"
#include "report/plan.h"

struct planned_args {
    const char *mode, *gap, *time, *threads, *horizon, *early, *late, *group, *key, *table,
        *key_year;
    const char *near, *moving; /* a round's key: stay near it; what moving away counts */
    struct texts weight;
    bool later; /* no option: needs stated after --effective are planned with too */
};

/* Rows of a verb's option table; `args` has a member `planned`. */
#define PLANNED_OPTS(args)                                                                         \
    {"mode",                                                                                       \
     INTO(args, planned.mode),                                                                     \
     .arg = "MODE",                                                                                \
     .choices = "weighted lexicographic",                                                          \
     .fallback = "weighted",                                                                       \
     .help = "everything by its weight, or urgent needs first, then the others, then fair shares," \
             " then cost"},                                                                        \
        {"gap", INTO(args, planned.gap), .arg = "X", .fallback = "0.001",                          \
         .help = "how near to the best it must be proved to be: 0.001 is a thousandth"},           \
        {"time", INTO(args, planned.time), .arg = "SECONDS",                                       \
         .help = "stop then, with the best plan so far"},                                          \
        {"threads",       INTO(args, planned.threads),                                             \
         .arg = "N",      .choices = "1 2",                                                        \
         .fallback = "2", .help = "how many processors to use; the plan is the same"},             \
        {"horizon", INTO(args, planned.horizon), .arg = "MONTHS",                                  \
         .help = "how many months to plan for (default: until the last hub is known to close, or"  \
                 " a year after the last need is due)"},                                           \
        {"early", INTO(args, planned.early), .arg = "MONTHS", .fallback = "2",                     \
         .help = "how long before it is due something may arrive"},                                \
        {"late", INTO(args, planned.late), .arg = "MONTHS", .fallback = "12",                      \
         .help = "how long after it was due something is still of use"},                           \
        {"asked", INTO(args, planned.group), .arg = "GROUP",                                       \
         .help = "ask, and share among, the members of that group only"},                          \
        {"weight", INTO(args, planned.weight), .arg = "NAME=X",                                    \
         .help = "how much something counts: need, urgent, step, fairness or cost"},               \
        {"key", INTO(args, planned.key), .arg = "MEASURE",                                         \
         .help = "fair shares by gdp (default, if the book has it), gni, ... or none"},            \
        {"table", INTO(args, planned.table), .arg = "SERIES", .help = "whose figures of that"},    \
    {                                                                                              \
        "key-year", INTO(args, planned.key_year), .arg = "YYYY",                                   \
                                                  .help = "the figures of that year"               \
    }

/* The instance; else the exit code, after saying why. */
int planned_instance(struct context *ctx, const struct opened *o, const struct planned_args *args,
                     struct instance *out, const char **key_table);

/* What building an instance made of the book's records goes, and with it every record borrowed from
 * the book; but of a server's book, which is others' too. */
void planned_rest(const struct context *ctx, const struct opened *o);

/* Gap and threads; else the exit code. */
int planned_params(struct context *ctx, const struct planned_args *args,
                   struct solve_params *params);

/* Solved, with what there is to show of it; else the exit code. Ctrl-C gives the best so far. */
struct planned {
    struct solver *solver; /* NULL: by level, which takes several */
    struct arena *own;     /* it lives there */
    struct solution solution;
    struct solve_params params; /* to plan again with; nobody watches */
    struct level level[LEVEL_COUNT];
    struct plan_shown shown; /* its times are those of the process so far */
};
int planned_solve(struct context *ctx, const struct planned_args *args, const struct instance *in,
                  const char *key_table, struct planned *out);

/* The same, beginning with what an earlier plan learnt: solver_take(). That one's solver is then
 * gone. */
struct planned_before {
    struct planned *planned;
    const int32_t *lot_was, *sink_was;
    const struct solve_stay *stay; /* NULL: moving away from it is free */
};
int planned_again(struct context *ctx, const struct planned_args *args, const struct instance *in,
                  const char *key_table, const struct planned_before *before, struct planned *out);

/* What that round asked and nobody answered, each million of value charged `moving`: near.c. Else
 * the exit code. */
int near_read(struct context *ctx, const struct instance *in, const char *key, double moving,
              struct solve_stay *out);

/* Names for the model as a file: keys, and months. */
struct mps_names *planned_names(struct arena *a, const struct instance *in);

#endif
