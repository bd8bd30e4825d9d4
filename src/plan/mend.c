/*
 * mend.c - prices that fit every possible shipment, from prices that fit some.
 *
 * The bound lets every lot answer the best offer, so one sink that pays a
 * little too much costs that much times all there is of its items. But what a
 * sink has to pay is known: the cheapest lot that reaches it, at the prices of
 * lots and hubs, and no more than the harm of going without. Paying exactly
 * that is the best answer of the sinks, as the bound is the best answer of the
 * lots; between the two the bound only rises.
 */
#include <math.h>
#include <string.h>

#include "plan/inside.h"

/* The cheapest lot of an item that can pass a hub in a month, or before. */
struct supply {
    double price;
    int32_t lot;
};

/* items x hubs x months */
static struct supply *supplies(struct solver *s, struct arena *a, const double *y)
{
    const struct model *m = s->m;
    size_t months = (size_t)m->months, hubs = (size_t)m->hubs;
    struct supply *supply = NEW_ARRAY(a, (size_t)m->items * hubs * months + 1, struct supply);
    double *credit = NEW_ARRAY(a, (size_t)m->givers + 1, double), shared = 0;
    for (size_t i = 0; i < (size_t)m->items * hubs * months; i++) {
        supply[i] = (struct supply){INFINITY, MODEL_NONE};
    }
    for (int32_t d = 0; d < m->givers; d++) shared += s->key[d] * y[s->giver0 + d];
    for (int32_t d = 0; d < m->givers; d++) credit[d] = y[s->giver0 + d] - shared;
    for (int32_t l = 0; l < m->lots; l++) {
        const struct exact_lot *e = &s->exact[l];
        if (!(s->lot[l].qty > 0)) continue;
        double price = e->cost - y[l] - e->paid * y[s->budget0 + s->lot[l].budget] -
                       e->burden * credit[e->giver];
        for (int32_t h = 0; h < m->hubs; h++) {
            int32_t near = m->near[e->giver * m->hubs + h], from = e->ready + near;
            if (near < 0 || from >= m->months) continue;
            size_t at = ((size_t)e->item * hubs + (size_t)h) * months + (size_t)from;
            if (price < supply[at].price) supply[at] = (struct supply){price, l};
        }
    }
    for (size_t row = 0; row < (size_t)m->items * hubs; row++) {
        for (size_t t = 1; t < months; t++) {
            struct supply *now = &supply[row * months + t];
            if (now[-1].price < now->price) *now = now[-1];
        }
    }
    return supply;
}

struct cheapest {
    double price; /* of one for the sink; lateness not counted */
    int32_t lot, hub;
};

static struct cheapest cheapest(const struct solver *s, const struct supply *supply,
                                const double *y, int32_t k, int32_t month)
{
    const struct model *m = s->m;
    const struct sink *sink = &s->sink[k];
    struct cheapest best = {INFINITY, MODEL_NONE, MODEL_NONE};
    for (int32_t i = m->sink[k].accepts; i < m->sink[k].accepts_end; i++) {
        const struct accept *a = &s->accept[i];
        double mass = m->item[a->item].mass / s->item_unit[a->item] / s->tonnes;
        for (int32_t h = 0; h < m->hubs; h++) {
            int32_t far = m->far[h * m->receivers + sink->receiver], passes = month - far;
            if (far < 0 || passes < 0 || !hub_open(s, h * m->months + passes, mass)) continue;
            size_t at = ((size_t)a->item * (size_t)m->hubs + (size_t)h) * (size_t)m->months;
            const struct supply *from = &supply[at + (size_t)passes];
            double price = (from->price - mass * y[s->hub0 + h * m->months + passes]) / a->eta;
            if (price < best.price) best = (struct cheapest){price, from->lot, h};
        }
    }
    return best;
}

static void offer_column(const struct solver *s, struct wanted_list *w, int32_t k,
                         const struct cheapest *c, int32_t month)
{
    (void)s;
    if (w && c->lot != MODEL_NONE) {
        want(w, &(struct wanted){c->lot, k, (int16_t)c->hub, (int16_t)month, 0});
    }
}

static void mend_need(const struct solver *s, const struct supply *supply, const double *y,
                      int32_t k, double *mended, struct wanted_list *w)
{
    const struct sink *sink = &s->sink[k];
    double pays = sink->penalty;
    struct cheapest best = {INFINITY, MODEL_NONE, MODEL_NONE};
    int32_t at = 0;
    for (int32_t t = sink->first; t <= sink->last; t++) {
        struct cheapest c = cheapest(s, supply, y, k, t);
        double price = c.price + sink_late(sink, t);
        if (price < pays) {
            pays = price;
            best = c;
            at = t;
        }
    }
    if (pays < y[s->cell0 + (int32_t)sink->cell]) offer_column(s, w, k, &best, at);
    mended[s->cell0 + (int32_t)sink->cell] = pays;
}

/* What an arrival is worth only falls with the months, and is nowhere above its price. */
static void mend_member(const struct solver *s, const struct supply *supply, const double *y,
                        int32_t k, double *mended, struct wanted_list *w)
{
    const struct sink *sink = &s->sink[k];
    int32_t row = s->cell0 + (int32_t)sink->cell, cells = (int32_t)sink->cells;
    double worth = sink->most == MODEL_NONE ? 0 : y[sink->most], price = INFINITY;
    if (cells == 0) return;
    double *most = mended + row; /* first the least price of an arrival until then */
    for (int32_t c = 0; c < cells; c++) most[c] = INFINITY;
    for (int32_t t = sink->first; t <= sink->last; t++) {
        struct cheapest c = cheapest(s, supply, y, k, t);
        int32_t cell = (int32_t)(sink_cell(sink, t) - sink->cell);
        if (c.price < most[cell]) most[cell] = c.price;
        double left = worth;
        for (int32_t i = cell; i < cells; i++) left += y[row + i];
        if (c.price < left - 1e-9) offer_column(s, w, k, &c, t);
    }
    for (int32_t c = cells; c-- > 0;) worth += y[row + c]; /* at the first cell */
    for (int32_t c = 0; c < cells; c++) {
        double here = worth;
        worth -= y[row + c];
        price = fmin(price, fmin(most[c], here));
        most[c] = price;
    }
    double end = sink->most == MODEL_NONE ? 0 : y[sink->most];
    for (int32_t c = 0; c < cells; c++) {
        double next = c + 1 < cells ? most[c + 1] : end;
        mended[row + c] = fmax(most[c] - next, 0);
    }
}

void engine_mend(struct solver *s, const double *y, double *mended, struct wanted_list *w)
{
    struct arena scratch = {0};
    struct supply *supply = supplies(s, &scratch, y);
    if (mended != y) memcpy(mended, y, (size_t)s->rows * sizeof *y);
    for (int32_t k = 0; k < s->m->sinks; k++) {
        if (s->sink[k].type == SINK_NEED)
            mend_need(s, supply, y, k, mended, w);
        else
            mend_member(s, supply, y, k, mended, w);
    }
    arena_free(&scratch);
}
