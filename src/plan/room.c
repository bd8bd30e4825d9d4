/* room.c - see room.h. */
#include "plan/room.h"

#include <math.h>

#include "plan/value.h"

/* The lot of the model, or MODEL_NONE when nothing of it is left. */
static int32_t lot_of(const struct instance *in, const struct proposal *p)
{
    for (int32_t l = 0; l < in->model.lots; l++) {
        const struct instance_lot *lot = &in->lot[l];
        if (lot->noun == (lot->promised ? p->line : p->lot)) return l;
    }
    return MODEL_NONE;
}

/* Whether the sink is the need of the proposal; of what is asked every month, the right month. */
static bool is_need(const struct instance *in, int32_t k, const struct proposal *p)
{
    const struct instance_sink *s = &in->sink[k];
    if (s->need != p->need) return false;
    if (s->month == MODEL_NONE) return true;
    int32_t due = (int32_t)record_int(p->record, F_UNTIL, DAY_MAX);
    return s->month == instance_month_of(in->day, due);
}

/* Whole parts of the item; what was parts once comes out as they were. */
static int64_t in_parts(const struct book *b, uint32_t item, double units)
{
    const struct record *r = book_version(b, item, INT64_MAX);
    for (int64_t i = record_int(r, F_PARTS, 0); i > 0; i--) units *= 10;
    units = floor(units * (1 + 1e-12));
    return units < 9e18 ? (int64_t)units : INT64_MAX;
}

enum rc proposal_room(struct arena *a, struct book *b, const struct proposal *p, int32_t day,
                      struct room *out, struct err *err)
{
    struct clocks now = CLOCKS_NOW;
    struct instance in;
    struct instance_question q = instance_asked(b, &now, day);
    q.months = INSTANCE_MONTHS_MAX;
    q.currency = ""; /* no amount matters here */
    *out = (struct room){0};
    enum rc rc = instance_build(a, &q, &in, err);
    int32_t lot = rc ? MODEL_NONE : lot_of(&in, p);
    if (rc || lot == MODEL_NONE) return rc;
    double need = 0;
    out->lot = in_parts(b, p->item, in.model.lot[lot].qty);
    for (int32_t k = 0; k < in.model.sinks; k++) {
        const struct model_sink *s = &in.model.sink[k];
        double eta = sink_eta(&in.model, k, in.model.lot[lot].item);
        if (!is_need(&in, k, p) || !(eta > 0)) continue;
        bool keeping = s->type == SINK_KEEPING;
        out->keeps |= keeping && in.sink[k].keeps != NONE;
        need += keeping ? INFINITY : s->most / eta;
    }
    out->need = in_parts(b, p->item, need);
    return RC_OK;
}
