/* leave_out.c - see leave_out.h. */
#include "plan/leave_out.h"

#include <string.h>

static bool is_of(const struct instance *in, int32_t lot, const struct refused *r)
{
    const struct instance_lot *l = &in->lot[lot];
    return l->noun == (l->promised ? r->line : r->lot);
}

static void *longer(struct arena *a, const void *list, int32_t count, int32_t more, size_t size)
{
    char *out = arena_alloc(a, (size_t)(count + more) + 1, size);
    if (count) memcpy(out, list, (size_t)count * size);
    return out;
}

/* Lots that some need is not to get, each once: its number by lot, MODEL_NONE for others. */
static int32_t number_own(const struct instance *in, const struct refused *list, uint32_t count,
                          int32_t *own)
{
    int32_t n = 0;
    for (int32_t l = 0; l < in->model.lots; l++) {
        own[l] = MODEL_NONE;
        for (uint32_t i = 0; i < count && own[l] == MODEL_NONE; i++) {
            if (list[i].need != NONE && is_of(in, l, &list[i])) own[l] = n++;
        }
    }
    return n;
}

static bool is_refused(const struct instance *in, int32_t lot, int32_t sink,
                       const struct refused *list, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (list[i].need == in->sink[sink].need && is_of(in, lot, &list[i])) return true;
    }
    return false;
}

/* Items, and the lots that have one of their own now. was[i] is the item that own item i was. */
static void part_lots(struct arena *a, struct instance *in, const int32_t *own, int32_t owns)
{
    struct model *m = &in->model;
    struct instance_item *items = longer(a, in->item, m->items, owns, sizeof *items);
    m->item = longer(a, m->item, m->items, owns, sizeof *m->item);
    m->lot = longer(a, m->lot, m->lots, 0, sizeof *m->lot);
    for (int32_t l = 0; l < m->lots; l++) {
        if (own[l] == MODEL_NONE) continue;
        int32_t item = m->items + own[l];
        items[item] = items[m->lot[l].item];
        m->item[item] = m->item[m->lot[l].item];
        m->lot[l].item = item;
    }
    in->item = items;
}

/* Every need accepts what it did, and the parted lots that were not refused for it. */
static void accept_again(struct arena *a, struct instance *in, const struct model *was,
                         const int32_t *own, const struct refused *list, uint32_t count)
{
    struct model *m = &in->model;
    struct model_accept *accepted = NULL;
    uint32_t accepts = 0, room = 0;
    m->sink = longer(a, m->sink, m->sinks, 0, sizeof *m->sink);
    for (int32_t k = 0; k < m->sinks; k++) {
        struct model_sink *s = &m->sink[k];
        int32_t from = s->accepts, end = s->accepts_end;
        s->accepts = (int32_t)accepts;
        for (int32_t i = from; i < end; i++) {
            accepted = arena_more(a, accepted, accepts, &room, sizeof *accepted);
            accepted[accepts++] = was->accepted[i];
        }
        for (int32_t l = 0; l < m->lots; l++) {
            double eta = own[l] == MODEL_NONE ? 0 : sink_eta(was, k, was->lot[l].item);
            if (!(eta > 0) || is_refused(in, l, k, list, count)) continue;
            accepted = arena_more(a, accepted, accepts, &room, sizeof *accepted);
            accepted[accepts++] = (struct model_accept){.item = m->lot[l].item, .eta = eta};
        }
        s->accepts_end = (int32_t)accepts;
    }
    m->accepted = accepted;
}

void leave_out(struct arena *a, struct instance *in, const struct refused *refused, uint32_t count)
{
    struct model was = in->model, *m = &in->model;
    int32_t *own = NEW_ARRAY(a, (size_t)m->lots + 1, int32_t);
    if (!count) return;
    int32_t owns = number_own(in, refused, count, own);
    part_lots(a, in, own, owns);
    for (int32_t l = 0; l < m->lots; l++) {
        for (uint32_t i = 0; i < count; i++) {
            if (refused[i].need == NONE && is_of(in, l, &refused[i])) m->lot[l].qty = 0;
        }
    }
    if (owns) accept_again(a, in, &was, own, refused, count);
    m->items += owns;
}
