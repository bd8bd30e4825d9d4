/*
 * near.c - plan --near: what a round proposed, as shipments of a model, so that
 * a plan keeps to it unless moving away is worth what it is charged.
 */
#include "cli/planned.h"
#include "plan/rounds.h"
#include "plan/value.h"

static int32_t lot_of(const struct instance *in, const struct proposal *p)
{
    for (int32_t l = 0; l < in->model.lots; l++) {
        const struct instance_lot *lot = &in->lot[l];
        if (lot->noun == (lot->promised ? p->line : p->lot)) return l;
    }
    return MODEL_NONE;
}

static int32_t sink_of(const struct instance *in, const struct proposal *p, int32_t item)
{
    int32_t due = (int32_t)record_int(p->record, F_UNTIL, DAY_MAX);
    for (int32_t k = 0; k < in->model.sinks; k++) {
        const struct instance_sink *s = &in->sink[k];
        if (s->need != p->need || !(sink_eta(&in->model, k, item) > 0)) continue;
        if (s->month == MODEL_NONE || s->month == instance_month_of(in->day, due)) return k;
    }
    return MODEL_NONE;
}

static int32_t hub_of(const struct instance *in, const struct proposal *p)
{
    for (int32_t h = 0; h < in->model.hubs; h++) {
        if (in->hub[h] == p->hub) return h;
    }
    return MODEL_NONE;
}

static double in_units(const struct instance *in, const struct proposal *p)
{
    const struct record *item = book_version(in->book, p->item, in->at.known);
    double qty = (double)p->qty;
    for (int64_t i = record_int(item, F_PARTS, 0); i > 0; i--) qty /= 10;
    return qty;
}

/* A proposal in the numbers of the model; false when it could not be sent so any more. */
static bool shipment_of(const struct instance *in, const struct proposal *p, struct shipment *out)
{
    const struct model *m = &in->model;
    int32_t lot = lot_of(in, p), hub = hub_of(in, p);
    if (lot == MODEL_NONE || hub == MODEL_NONE) return false;
    int32_t sink = sink_of(in, p, m->lot[lot].item);
    if (sink == MODEL_NONE) return false;
    int32_t month = instance_month_of(in->day, (int32_t)record_int(p->record, F_DAY, 0));
    int near = m->near[m->lot[lot].giver * m->hubs + hub];
    int far = m->far[hub * m->receivers + m->sink[sink].receiver];
    *out = (struct shipment){lot, sink, hub, month, in_units(in, p)};
    return near >= 0 && far >= 0 && month >= m->sink[sink].first && month <= m->sink[sink].last &&
           month - near - far >= m->lot[lot].ready;
}

int near_read(struct context *ctx, const struct instance *in, const char *key, double moving,
              struct solve_stay *out)
{
    struct rounds rounds;
    struct err err = {0};
    rounds_read(ctx->arena, in->book, in->at.known, &rounds);
    uint32_t noun = book_noun(in->book, KIND_ROUND, key);
    const struct round *r = noun == NONE ? NULL : rounds_find(&rounds, noun);
    if (!r) {
        fail(&err, RC_ABSENT, "--near: no round '%.80s' in the book", key);
        return cmd_refuse(ctx, &err);
    }
    struct shipment *list = NEW_ARRAY(ctx->arena, (size_t)(r->end - r->begin) + 1, struct shipment);
    *out = (struct solve_stay){.ship = list, .charge = moving / 1e6};
    for (uint32_t i = r->begin; i < r->end; i++) {
        const struct proposal *p = &rounds.proposals[i];
        bool open = p->state == PROPOSAL_ASKED || p->state == PROPOSAL_LAPSED;
        if (open && shipment_of(in, p, &list[out->count])) out->count++;
    }
    return EXIT_DONE;
}
