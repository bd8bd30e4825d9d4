/* planned.c - see planned.h. */
#include "cli/planned.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/peak.h"
#include "cli/clock.h"
#include "plan/leave_out.h"
#include "plan/mps.h"

/* --- options --- */

/* A number above or equal 0, in plain digits; false for anything else. */
static bool plain_number(const char *typed, double *out)
{
    size_t len = strlen(typed);
    if (!len || len > 24 || strspn(typed, "0123456789.eE-+") != len || *typed == '-') return false;
    char *end;
    *out = strtod(typed, &end);
    return !*end && isfinite(*out) && *out >= 0;
}

static bool whole_number(const char *typed, int32_t most, int32_t *out)
{
    double x;
    if (strspn(typed, "0123456789") != strlen(typed) || !plain_number(typed, &x) || x > most) {
        return false;
    }
    *out = (int32_t)x;
    return true;
}

static bool one_weight(struct instance_weights *w, const char *typed)
{
    const struct {
        const char *name;
        double *at;
    } names[] = {{"need", &w->need},
                 {"urgent", &w->urgent},
                 {"step", &w->step},
                 {"fairness", &w->fairness},
                 {"cost", &w->thrift}};
    size_t len = strcspn(typed, "=");
    for (size_t i = 0; i < sizeof names / sizeof *names && typed[len]; i++) {
        double x;
        if (strlen(names[i].name) != len || strncmp(names[i].name, typed, len) != 0) continue;
        if (!plain_number(typed + len + 1, &x) || x > 1e12) return false;
        if (names[i].at == &w->step && x <= 0) return false;
        /* Typed for a million, as the weights of needs are. */
        *names[i].at = names[i].at == &w->fairness || names[i].at == &w->thrift ? x / 1e6 : x;
        return true;
    }
    return false;
}

static int read_options(struct context *ctx, const struct planned_args *args, struct planning *p)
{
    if (args->horizon &&
        (!whole_number(args->horizon, INSTANCE_MONTHS_MAX, &p->months) || p->months < 2)) {
        return cmd_misuse(ctx, "--horizon: '%.20s' is not 2 to %d months", args->horizon,
                          INSTANCE_MONTHS_MAX);
    }
    if (!whole_number(args->early, INSTANCE_MONTHS_MAX, &p->early)) {
        return cmd_misuse(ctx, "--early: '%.20s' is no number of months", args->early);
    }
    if (!whole_number(args->late, INSTANCE_MONTHS_MAX, &p->late)) {
        return cmd_misuse(ctx, "--late: '%.20s' is no number of months", args->late);
    }
    for (uint32_t i = 0; i < args->weight.count; i++) {
        if (one_weight(&p->weights, args->weight.at[i])) continue;
        return cmd_misuse(
            ctx, "--weight: '%.40s' is not need, urgent, step, fairness or cost = a number",
            args->weight.at[i]);
    }
    p->group = args->group;
    p->later = args->later;
    p->key = args->key;
    p->table = args->table;
    p->key_year = args->key_year;
    return EXIT_DONE;
}

/* What givers refused in rounds is not planned with again. */
static void leave_refused_out(struct arena *a, const struct opened *o, struct instance *in)
{
    uint32_t count;
    struct refused *list = rounds_refused(a, o->view.book, o->exchange.at.known, &count);
    leave_out(a, in, list, count);
}

int planned_instance(struct context *ctx, const struct opened *o, const struct planned_args *args,
                     struct instance *out, const char **key_table)
{
    struct err err = {0};
    struct planning p = planning_usual(&o->exchange);
    int code = read_options(ctx, args, &p);
    if (code) return code;
    enum rc rc = planning_instance(ctx->arena, &p, out, key_table, &err);
    if (rc == RC_INPUT) return cmd_misuse(ctx, "%s", err.msg);
    if (rc) return cmd_refuse(ctx, &err);
    leave_refused_out(ctx->arena, o, out);
    return EXIT_DONE;
}

void planned_rest(const struct context *ctx, const struct opened *o)
{
    if (!ctx->host) book_rest(o->view.book);
}

/* --- solving --- */

/* A watch that also says stop when the time is over. */
struct timed {
    const struct watch *inner;
    int64_t until_ms; /* INT64_MAX: no limit */
};

static bool step(void *ctx, uint64_t done, uint64_t total)
{
    const struct timed *t = ctx;
    return watch_step(t->inner, done, total) && clock_ticks_ms() < t->until_ms;
}

/* A server's time and memory are those of all its visitors: no single one is told. */
static void measure(const struct context *ctx, struct plan_shown *p, int64_t start_ms)
{
    struct rusage u;
    p->wall_ms = clock_ticks_ms() - start_ms;
    p->cpu_ms = p->peak_kb = -1;
    if (ctx->host) return;
    getrusage(RUSAGE_SELF, &u);
    p->cpu_ms = (int64_t)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1000 +
                (u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1000;
    p->peak_kb = peak_kb();
}

int planned_params(struct context *ctx, const struct planned_args *args,
                   struct solve_params *params)
{
    *params = (struct solve_params){.threads = *args->threads == '1' ? 1 : 2};
    if (plain_number(args->gap, &params->gap) && params->gap < 1) return EXIT_DONE;
    return cmd_misuse(ctx, "--gap: '%.20s' is not between 0 and 1", args->gap);
}

/* --near and --moving. */
static int stay_near(struct context *ctx, const struct planned_args *args,
                     const struct instance *in, struct solve_params *params)
{
    double moving = 1;
    if (args->moving && !args->near) return cmd_misuse(ctx, "--moving goes with --near");
    if (args->moving && !plain_number(args->moving, &moving)) {
        return cmd_misuse(ctx, "--moving: '%.20s' is no number from 0", args->moving);
    }
    if (!args->near) return EXIT_DONE;
    struct solve_stay *stay = NEW(ctx->arena, struct solve_stay);
    params->stay = stay;
    return near_read(ctx, in, args->near, moving, stay);
}

int planned_solve(struct context *ctx, const struct planned_args *args, const struct instance *in,
                  const char *key_table, struct planned *out)
{
    return planned_again(ctx, args, in, key_table, NULL, out);
}

static void end_own(void *own)
{
    arena_free(own);
}

/* Two solvers at once hold as much as all else, and the earlier one has said what it knew. */
static void learn(struct solver *s, const struct planned_before *before)
{
    solver_take(s, before->planned->solver, before->lot_was, before->sink_was);
    arena_free(before->planned->own);
    before->planned->solver = NULL;
}

int planned_again(struct context *ctx, const struct planned_args *args, const struct instance *in,
                  const char *key_table, const struct planned_before *before, struct planned *out)
{
    struct progress progress;
    struct solve_params params;
    double seconds = 0;
    int64_t start_ms = clock_ticks_ms();
    int code = planned_params(ctx, args, &params);
    if (code) return code;
    if (args->time && (!plain_number(args->time, &seconds) || seconds > 1e9)) {
        return cmd_misuse(ctx, "--time: '%.20s' is no number of seconds", args->time);
    }
    code = stay_near(ctx, args, in, &params);
    if (code) return code;
    if (before && before->stay) params.stay = before->stay;
    progress_begin(&progress, ctx, "planning, round");
    struct timed timed = {.inner = &progress.watch,
                          .until_ms =
                              args->time ? start_ms + (int64_t)(seconds * 1000) : INT64_MAX};
    struct watch watch = {.ctx = &timed, .step = step};
    params.watch = &watch;
    bool weighted = strcmp(args->mode, "weighted") == 0;
    *out = (struct planned){.own = NEW(ctx->arena, struct arena)};
    arena_at_end(ctx->arena, end_own, out->own);
    if (weighted) out->solver = solver_new(out->own, &in->model);
    if (weighted && before && before->planned->solver) learn(out->solver, before);
    out->solution = weighted ? solver_run(out->solver, ctx->arena, &params)
                             : solve_levels(ctx->arena, &in->model, &params, out->level);
    progress_end(&progress);
    out->params = params;
    out->params.watch = NULL;
    out->shown = (struct plan_shown){.in = in,
                                     .s = &out->solution,
                                     .mode = args->mode,
                                     .key_table = key_table,
                                     .levels = weighted ? NULL : out->level};
    measure(ctx, &out->shown, start_ms);
    return EXIT_DONE;
}

/* --- names --- */

static const char **keys_of(struct arena *a, const struct book *b, const uint32_t *nouns,
                            int32_t count)
{
    const char **keys = NEW_ARRAY(a, (size_t)count + 1, const char *);
    for (int32_t i = 0; i < count; i++) keys[i] = book_key(b, nouns[i]);
    return keys;
}

struct mps_names *planned_names(struct arena *a, const struct instance *in)
{
    const struct model *m = &in->model;
    const struct book *b = in->book;
    const char **item = NEW_ARRAY(a, (size_t)m->items + 1, const char *);
    const char **hub = NEW_ARRAY(a, (size_t)m->hubs + 1, const char *);
    const char **lot = NEW_ARRAY(a, (size_t)m->lots + 1, const char *);
    const char **sink = NEW_ARRAY(a, (size_t)m->sinks + 1, const char *);
    const char **month = NEW_ARRAY(a, (size_t)m->months + 1, const char *);
    for (int32_t i = 0; i < m->items; i++) item[i] = book_key(b, in->item[i].noun);
    for (int32_t h = 0; h < m->hubs; h++) hub[h] = instance_hub_key(in, h);
    for (int32_t l = 0; l < m->lots; l++) lot[l] = instance_lot_key(in, l);
    for (int32_t k = 0; k < m->sinks; k++) sink[k] = instance_sink_key(a, in, k);
    for (int32_t t = 0; t < m->months; t++) month[t] = instance_month(a, in, t);
    struct mps_names *names = NEW(a, struct mps_names);
    *names = (struct mps_names){.giver = keys_of(a, b, in->giver, m->givers),
                                .item = item,
                                .hub = hub,
                                .receiver = keys_of(a, b, in->receiver, m->receivers),
                                .lot = lot,
                                .sink = sink,
                                .budget = keys_of(a, b, in->budget, m->budgets),
                                .line = keys_of(a, b, in->line, m->lines),
                                .month = month};
    return names;
}
