/*
 * columns.c - the few possible shipments that are looked at.
 *
 * Out of 10^8 some 10^4 are enough, if they are the right ones: those that a
 * plan uses and those whose price says that one should. The set is small
 * because a step over it is what the time goes into, so it is renewed in every
 * round: in comes what pricing asks for, out goes what is at 0 and too dear.
 */
#include <math.h>
#include <string.h>

#include "plan/inside.h"

void want(struct wanted_list *w, const struct wanted *item)
{
    if (w->count == w->room) {
        const struct wanted *was = w->item;
        w->item = arena_more(w->arena, w->item, w->count, &w->room, sizeof *w->item);
        arena_drop(w->arena, was);
    }
    w->item[w->count++] = *item;
}

struct column column_of(const struct solver *s, const struct wanted *w)
{
    const struct model *m = s->m;
    const struct sink *k = &s->sink[w->sink];
    const struct exact_lot *e = &s->exact[w->lot];
    double eta = sink_takes(s, w->sink, e->item);
    int32_t passes = w->month - m->far[w->hub * m->receivers + k->receiver];
    return (struct column){.cell = sink_cell(k, w->month),
                           .hub = (uint16_t)(w->hub * m->months + passes),
                           .eta = eta,
                           .x = w->x,
                           .cost = (float)(e->cost + eta * sink_late(k, w->month))};
}

static bool is_there(const struct column *c, uint32_t count, const struct column *new)
{
    for (uint32_t j = 0; j < count; j++) {
        if (c[j].cell == new->cell && c[j].hub == new->hub) return true;
    }
    return false;
}

float column_reduced(const struct solver *s, int32_t l, const struct column *c)
{
    const struct lot *lot = &s->lot[l];
    float at = (float)s->y[l] + lot->paid * s->budget_price[lot->budget] +
               lot->burden * s->giver_price[lot->giver];
    return c->cost - at - (float)c->eta * s->cell_price[c->cell] - lot->mass * s->hub_price[c->hub];
}

/* A column of before, by its own right. */
static bool stays(const struct solver *s, int32_t l, const struct column *c, double keep)
{
    if (!hub_open(s, c->hub, (double)s->lot[l].mass)) return false;
    return c->x > 0 || (double)column_reduced(s, l, c) <= keep;
}

/* As many at most as there will be: a list of all that `room` allows would mostly lie empty. */
static uint32_t renewed_most(const struct solver *s, const struct wanted_list *w, double keep)
{
    uint64_t most = (uint64_t)w->count + (s->kink ? s->kepts : 0);
    for (int32_t l = 0; !s->fresh && l < s->m->lots; l++) {
        for (uint32_t j = s->lot_begin[l]; j < s->lot_begin[l + 1]; j++) {
            most += stays(s, l, &s->column[j], keep);
        }
    }
    return most < s->room ? (uint32_t)most : s->room;
}

uint32_t columns_renew(struct solver *s, const struct wanted_list *w, double keep)
{
    uint32_t kept = 0, taken = 0, next = 0, begin = 0;
    struct arena list = {0};
    if (s->columns + w->count > s->room) keep = 0;
    s->spare = NEW_ARRAY(&list, (size_t)renewed_most(s, w, keep) + 1, struct column);
    for (int32_t l = 0; l < s->m->lots; l++) {
        uint32_t first = kept, end = s->fresh ? 0 : s->lot_begin[l + 1];
        for (uint32_t j = begin; j < end; j++) {
            if (stays(s, l, &s->column[j], keep)) s->spare[kept++] = s->column[j];
        }
        begin = end;
        s->lot_begin[l] = first;
        /* What is still to come of the old ones has its place. */
        uint32_t room = s->room - (s->fresh ? 0 : s->columns - end);
        for (; next < w->count && w->item[next].lot == l; next++) {
            struct column c = column_of(s, &w->item[next]);
            if (!hub_open(s, c.hub, (double)s->lot[l].mass)) continue;
            if (kept >= room || is_there(s->spare + first, kept - first, &c)) continue;
            s->spare[kept++] = c;
            taken++;
        }
        if (s->kink) stay_columns(s, l, first, &kept, room);
    }
    s->lot_begin[s->m->lots] = kept;
    s->column = s->spare;
    s->spare = NULL;
    arena_free(&s->list);
    s->list = list;
    s->columns = kept;
    s->fresh = false;
    if (s->kink) stay_kinks(s);
    return taken;
}

/* First lot of each item; lots of an item stand together. */
static int32_t *lots_of_items(struct arena *a, const struct solver *s)
{
    int32_t items = s->m->items, *begin = NEW_ARRAY(a, (size_t)items * 2 + 2, int32_t);
    for (int32_t l = s->m->lots; l-- > 0;) begin[2 * s->exact[l].item] = l;
    for (int32_t l = 0; l < s->m->lots; l++) begin[2 * s->exact[l].item + 1] = l + 1;
    return begin;
}

void columns_by_lot(struct arena *a, struct wanted_list *w, int32_t lots)
{
    uint32_t *at = NEW_ARRAY(a, (size_t)lots + 1, uint32_t);
    struct wanted *sorted = NEW_ARRAY(a, (size_t)w->count + 1, struct wanted);
    for (uint32_t i = 0; i < w->count; i++) at[w->item[i].lot + 1]++;
    for (int32_t l = 0; l < lots; l++) at[l + 1] += at[l];
    for (uint32_t i = 0; i < w->count; i++) sorted[at[w->item[i].lot]++] = w->item[i];
    arena_drop(w->arena, w->item);
    w->item = sorted;
}

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static void begin_pair(const struct solver *s, struct wanted_list *w, int32_t l, int32_t k)
{
    const struct model *m = s->m;
    const struct sink *sink = &s->sink[k];
    const struct exact_lot *e = &s->exact[l];
    for (int32_t h = 0; h < m->hubs; h++) {
        int32_t near = m->near[e->giver * m->hubs + h],
                far = m->far[h * m->receivers + sink->receiver];
        if (near < 0 || far < 0) continue;
        int32_t month = later(later(e->ready + near + far, sink->first), sink->due);
        if (month > sink->last) continue;
        want(w, &(struct wanted){l, k, (int16_t)h, (int16_t)month, 0});
    }
}

/* A sample of pairs of lots and sinks, each by the first way that is not early. */
void columns_begin(struct solver *s)
{
    const struct model *m = s->m;
    struct arena scratch = {0};
    struct wanted_list w = {.arena = &scratch};
    int32_t *begin = lots_of_items(&scratch, s);
    uint64_t pairs = 0, most = 20000 + 2 * (uint64_t)m->lots, at = 0;
    for (int32_t k = 0; k < m->sinks; k++) {
        for (int32_t i = m->sink[k].accepts; i < m->sink[k].accepts_end; i++) {
            int32_t item = s->accept[i].item;
            pairs += (uint64_t)(begin[2 * item + 1] - begin[2 * item]);
        }
    }
    uint64_t every = pairs / most + 1;
    for (int32_t k = 0; k < m->sinks; k++) {
        for (int32_t i = m->sink[k].accepts; s->sink[k].cells && i < m->sink[k].accepts_end; i++) {
            int32_t item = s->accept[i].item;
            for (int32_t l = begin[2 * item]; l < begin[2 * item + 1]; l++) {
                at = at * 1664525 + 1013904223;
                if (every == 1 || (at & 0xffffffff) / 256 % every == 0) begin_pair(s, &w, l, k);
            }
        }
    }
    columns_by_lot(&scratch, &w, m->lots);
    columns_renew(s, &w, 0);
    memset(s->y, 0, (size_t)s->rows * sizeof *s->y);
    for (uint32_t c = 0; c < s->needs; c++) s->y[s->cell0 + (int32_t)c] = 0.5 * s->need_most[c];
    arena_free(&scratch);
}

/* Lots of an item that can pass a hub, by month; until each month; all that until then add up to.
 */
static uint32_t *ways_until(const struct solver *s, struct arena *a)
{
    const struct model *m = s->m;
    size_t hubs = (size_t)m->hubs, months = (size_t)m->months;
    uint32_t *ways = NEW_ARRAY(a, (size_t)m->items * hubs * months + 1, uint32_t);
    for (int32_t l = 0; l < m->lots; l++) {
        const struct exact_lot *e = &s->exact[l];
        for (int32_t h = 0; h < m->hubs; h++) {
            int32_t near = m->near[e->giver * m->hubs + h], from = e->ready + near;
            if (near < 0 || from >= m->months) continue;
            ways[((size_t)e->item * hubs + (size_t)h) * months + (size_t)from]++;
        }
    }
    for (size_t row = 0; row < (size_t)m->items * hubs; row++) {
        uint32_t lots = 0, all = 0;
        for (size_t t = 0; t < months; t++) {
            lots += ways[row * months + t];
            ways[row * months + t] = all += lots;
        }
    }
    return ways;
}

uint64_t columns_possible(const struct solver *s)
{
    const struct model *m = s->m;
    struct arena scratch = {0};
    size_t hubs = (size_t)m->hubs, months = (size_t)m->months, sum = 0;
    const uint32_t *ways = ways_until(s, &scratch);
    for (int32_t k = 0; k < m->sinks; k++) {
        const struct sink *sink = &s->sink[k];
        for (int32_t i = m->sink[k].accepts; i < m->sink[k].accepts_end; i++) {
            for (int32_t h = 0; h < m->hubs; h++) {
                int32_t far = m->far[h * m->receivers + sink->receiver];
                size_t at = ((size_t)s->accept[i].item * hubs + (size_t)h) * months;
                if (far < 0 || sink->last < far || sink->last < sink->first) continue;
                sum += ways[at + (size_t)(sink->last - far)];
                if (sink->first > far) sum -= ways[at + (size_t)(sink->first - far) - 1];
            }
        }
    }
    arena_free(&scratch);
    return sum;
}
