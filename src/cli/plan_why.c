/* plan_why.c - muster plan why: what binds a need or a lot, and what would help. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/plan_parts.h"
#include "cli/planned.h"
#include "report/why.h"

struct why_args {
    struct planned_args planned;
    const char *what, *tries;
};

enum { TRIES_MAX = 200 };

/* A need's sink: by its whole key (of what is asked every month, with the month), else the first
 * one of that need. */
static int32_t sink_named(struct arena *a, const struct instance *in, const char *typed)
{
    int32_t first = MODEL_NONE;
    for (int32_t k = in->model.sinks; k-- > 0;) {
        if (strcmp(instance_sink_key(a, in, k), typed) == 0) return k;
        if (strcmp(book_key(in->book, in->sink[k].need), typed) == 0) first = k;
    }
    return first;
}

static int32_t lot_named(const struct instance *in, const char *typed)
{
    for (int32_t l = 0; l < in->model.lots; l++) {
        if (strcmp(instance_lot_key(in, l), typed) == 0) return l;
    }
    return MODEL_NONE;
}

/* Why it is not in the plan at all: a finding says so, or it is not there. */
static int not_planned(struct context *ctx, const struct instance *in, const char *typed)
{
    struct err err = {0};
    static const enum kind kinds[] = {KIND_NEED, KIND_LOT, KIND_LINE};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        uint32_t noun = book_noun(in->book, kinds[i], typed);
        if (noun == NONE) continue;
        for (uint32_t k = 0; k < in->finding_count; k++) {
            uint64_t id = in->findings[k].record;
            if (!id || book_noun_of(in->book, id) != noun) continue;
            fail(&err, RC_ABSENT, "%s", in->findings[k].text);
            return cmd_refuse(ctx, &err);
        }
        fail(&err, RC_ABSENT,
             kinds[i] == KIND_NEED ? "need '%.80s' is met, or is not planned for: nothing is sent"
             : kinds[i] == KIND_LOT
                 ? "lot '%.80s' holds nothing that could be sent"
                 : "nothing of line '%.80s' is committed and waits to be allocated",
             typed);
        return cmd_refuse(ctx, &err);
    }
    fail(&err, RC_ABSENT, "no need, lot or line '%.80s' in this book", typed);
    return cmd_refuse(ctx, &err);
}

static int explain(struct context *ctx, const struct opened *o, const struct why_args *args)
{
    struct instance *in = NEW(ctx->arena, struct instance);
    struct planned planned;
    const char *table;
    char *end;
    long tries = strtol(args->tries, &end, 10);
    if (*end || tries < 0 || tries > TRIES_MAX) {
        return cmd_misuse(ctx, "--tries: '%.20s' is not 0 to %d", args->tries, TRIES_MAX);
    }
    int code = planned_instance(ctx, o, &args->planned, in, &table);
    if (code) return code;
    int32_t sink = sink_named(ctx->arena, in, args->what);
    int32_t lot = sink == MODEL_NONE ? lot_named(in, args->what) : MODEL_NONE;
    if (sink == MODEL_NONE && lot == MODEL_NONE) return not_planned(ctx, in, args->what);
    planned_rest(ctx, o);
    code = planned_solve(ctx, &args->planned, in, table, &planned);
    if (code) return code;
    struct why_question q = {.in = in,
                             .s = &planned.solution,
                             .solver = planned.solver,
                             .levels = planned.shown.levels,
                             .params = planned.params,
                             .tries = (uint32_t)tries};
    q.refused = rounds_refused(ctx->arena, o->view.book, o->exchange.at.known, &q.refused_count);
    return cmd_answer(ctx, sink != MODEL_NONE ? report_why_need(ctx->arena, &q, sink)
                                              : report_why_lot(ctx->arena, &q, lot));
}

static int run(struct context *ctx, const void *args)
{
    struct opened o;
    int code = opened_begin(ctx, false, &o);
    if (code) return code;
    code = explain(ctx, &o, args);
    opened_end(&o);
    return code;
}

const struct command plan_why = {
    .name = "why",
    .about = "what binds a need or a lot in the plan, and what would help most",
    .details =
        "Of a need: how far it is met, what is sent for it, what doing without each shipment would"
        " cost and what would come in its place, and what binds: stock, a floor, a refusal, a date,"
        " a hub's month or a budget. Of a lot, or of a line that is promised: what it is planned"
        " for, or why for nothing.\n\nPrices of the plan choose what is tried; each gain is found "
        "by"
        " planning again with that change, and given with what is certain of it and what it may"
        " be at most. --gap makes that tell more. By level, gains are of the first level that a"
        " change moves for certain, and every level's stands beside.\n\n"
        "JSON of a need: need, receiver, item, unit, due, asked, had, in_time, met, missing,"
        " objective, bound; of a lot: lot, giver, item, unit, ready, holds, planned, left, one_more"
        " (what one unit more would take off the objective), idle, objective, bound; sent of lot,"
        " giver, need, hub, leaves, arrives, quantity, costs, costs_least, costs_most, instead;"
        " helps of binds (stock, floor, consent, date, hub, budget), what, amount, unit, month,"
        " gain, gain_least, gain_most, words; by level also levels of level, value, bound, and in "
        "sent"
        " and helps level, gain_urgent, gain_others, gain_fairness, gain_cost.",
    .examples = "muster plan why shells-2026\nmuster plan why diesel@2026-03 --gap 0.0001\n"
                "muster plan why cze-shells\n",
    .operands =
        (const struct operand[]){
            {"NEED|LINE|LOT", INTO(struct why_args, what),
             .help = "the key of a need (KEY@MONTH of a monthly one), a lot or a promised line"},
            {0},
        },
    .opts =
        (const struct opt[]){
            PLANNED_OPTS(struct why_args),
            {"tries", INTO(struct why_args, tries), .arg = "N", .fallback = "5",
             .help = "try so many changes, and do without so many shipments"},
            {0},
        },
    .uses = USES_QUESTION | USES_MONEY,
    .args_size = sizeof(struct why_args),
    .run = run,
};
