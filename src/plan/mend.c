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

/*
 * What is for sale. One family of items at a time: sinks of one never look at
 * another, and what all have together is the largest table of all.
 */
struct market {
    const struct solver *s;
    const double *y;
    double *credit;         /* by giver: what bearing a unit of burden brings */
    int32_t *place, *items; /* by item: its number within its family; by family: how many */
    int32_t *sinks, *first; /* sinks by family; where each family, named by its item, begins */
    struct supply *supply;  /* items of one family x hubs x months */
};

static int32_t family_of_sink(const struct solver *s, int32_t k)
{
    const struct model_sink *of = &s->m->sink[k];
    return s->family[of->accepts < of->accepts_end ? s->accept[of->accepts].item : of->item];
}

static void sort_sinks(struct market *of, struct arena *a)
{
    const struct solver *s = of->s;
    of->sinks = NEW_ARRAY(a, (size_t)s->m->sinks + 1, int32_t);
    of->first = NEW_ARRAY(a, (size_t)s->m->items + 3, int32_t);
    int32_t *at = of->first + 1;
    for (int32_t k = 0; k < s->m->sinks; k++) at[family_of_sink(s, k) + 1]++;
    for (int32_t i = 0; i < s->m->items; i++) at[i + 1] += at[i];
    for (int32_t k = 0; k < s->m->sinks; k++) of->sinks[at[family_of_sink(s, k)]++] = k;
}

static struct market market_new(const struct solver *s, struct arena *a, const double *y)
{
    const struct model *m = s->m;
    struct market of = {.s = s, .y = y};
    int32_t most = 0;
    double shared = 0;
    of.items = NEW_ARRAY(a, (size_t)m->items + 1, int32_t);
    of.place = NEW_ARRAY(a, (size_t)m->items + 1, int32_t);
    for (int32_t i = 0; i < m->items; i++) {
        of.place[i] = of.items[s->family[i]]++;
        if (of.place[i] >= most) most = of.place[i] + 1;
    }
    of.supply = NEW_ARRAY(a, (size_t)most * (size_t)(m->hubs * m->months) + 1, struct supply);
    of.credit = NEW_ARRAY(a, (size_t)m->givers + 1, double);
    for (int32_t d = 0; d < m->givers; d++) shared += s->key[d] * y[s->giver0 + d];
    for (int32_t d = 0; d < m->givers; d++) of.credit[d] = y[s->giver0 + d] - shared;
    sort_sinks(&of, a);
    return of;
}

/* Of an item, at a hub, by month. */
static struct supply *stall(const struct market *of, int32_t item, int32_t hub)
{
    const struct model *m = of->s->m;
    return of->supply +
           ((size_t)of->place[item] * (size_t)m->hubs + (size_t)hub) * (size_t)m->months;
}

static void offer_lot(struct market *of, int32_t l)
{
    const struct solver *s = of->s;
    const struct model *m = s->m;
    const struct exact_lot *e = &s->exact[l];
    double price = e->cost - of->y[l] - e->paid * of->y[s->budget0 + s->lot[l].budget] -
                   e->burden * of->credit[e->giver];
    for (int32_t h = 0; h < m->hubs; h++) {
        int32_t near = m->near[e->giver * m->hubs + h], from = e->ready + near;
        if (near < 0 || from >= m->months) continue;
        struct supply *at = stall(of, e->item, h) + from;
        if (price < at->price) *at = (struct supply){price, l};
    }
}

/* What there is of a family; its lots begin at l. The first lot behind them. */
static int32_t market_open(struct market *of, int32_t family, int32_t l)
{
    const struct solver *s = of->s;
    const struct model *m = s->m;
    size_t months = (size_t)m->months, rows = (size_t)of->items[family] * (size_t)m->hubs;
    for (size_t i = 0; i < rows * months; i++) {
        of->supply[i] = (struct supply){INFINITY, MODEL_NONE};
    }
    for (; l < m->lots && s->family[s->exact[l].item] == family; l++) {
        if (s->lot[l].qty > 0) offer_lot(of, l);
    }
    for (size_t row = 0; row < rows; row++) {
        for (size_t t = 1; t < months; t++) {
            struct supply *now = &of->supply[row * months + t];
            if (now[-1].price < now->price) *now = now[-1];
        }
    }
    return l;
}

struct cheapest {
    double price; /* of one for the sink; lateness not counted */
    int32_t lot, hub;
};

static struct cheapest cheapest(const struct market *of, int32_t k, int32_t month)
{
    const struct solver *s = of->s;
    const struct model *m = s->m;
    const struct sink *sink = &s->sink[k];
    struct cheapest best = {INFINITY, MODEL_NONE, MODEL_NONE};
    for (int32_t i = m->sink[k].accepts; i < m->sink[k].accepts_end; i++) {
        const struct accept *a = &s->accept[i];
        double mass = m->item[a->item].mass / s->item_unit[a->item] / s->tonnes;
        for (int32_t h = 0; h < m->hubs; h++) {
            int32_t far = m->far[h * m->receivers + sink->receiver], passes = month - far;
            if (far < 0 || passes < 0 || !hub_open(s, h * m->months + passes, mass)) continue;
            const struct supply *from = stall(of, a->item, h) + passes;
            double toll = mass * of->y[s->hub0 + h * m->months + passes];
            double price = (from->price - toll) / a->eta;
            if (price < best.price) best = (struct cheapest){price, from->lot, h};
        }
    }
    return best;
}

static void offer_column(struct wanted_list *w, int32_t k, const struct cheapest *c, int32_t month)
{
    if (w && c->lot != MODEL_NONE) {
        want(w, &(struct wanted){c->lot, k, (int16_t)c->hub, (int16_t)month, 0});
    }
}

static void mend_need(const struct market *of, int32_t k, double *mended, struct wanted_list *w)
{
    const struct solver *s = of->s;
    const struct sink *sink = &s->sink[k];
    double pays = sink->penalty;
    struct cheapest best = {INFINITY, MODEL_NONE, MODEL_NONE};
    int32_t at = 0;
    for (int32_t t = sink->first; t <= sink->last; t++) {
        struct cheapest c = cheapest(of, k, t);
        double price = c.price + sink_late(sink, t);
        if (price < pays) {
            pays = price;
            best = c;
            at = t;
        }
    }
    if (pays < of->y[s->cell0 + (int32_t)sink->cell]) offer_column(w, k, &best, at);
    mended[s->cell0 + (int32_t)sink->cell] = pays;
}

/* What an arrival is worth only falls with the months, and is nowhere above its price. */
static void mend_member(const struct market *of, int32_t k, double *mended, struct wanted_list *w)
{
    const struct solver *s = of->s;
    const double *y = of->y;
    const struct sink *sink = &s->sink[k];
    int32_t row = s->cell0 + (int32_t)sink->cell, cells = (int32_t)sink->cells;
    double worth = sink->most == MODEL_NONE ? 0 : y[sink->most], price = INFINITY;
    if (cells == 0) return;
    double *most = mended + row; /* first the least price of an arrival until then */
    for (int32_t c = 0; c < cells; c++) most[c] = INFINITY;
    for (int32_t t = sink->first; t <= sink->last; t++) {
        struct cheapest c = cheapest(of, k, t);
        int32_t cell = (int32_t)(sink_cell(sink, t) - sink->cell);
        if (c.price < most[cell]) most[cell] = c.price;
        double left = worth;
        for (int32_t i = cell; i < cells; i++) left += y[row + i];
        if (c.price < left - 1e-9) offer_column(w, k, &c, t);
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
    struct market of = market_new(s, &scratch, y);
    if (mended != y) memcpy(mended, y, (size_t)s->rows * sizeof *y);
    for (int32_t family = 0, l = 0; family < s->m->items; family++) {
        if (s->family[family] != family) continue;
        l = market_open(&of, family, l);
        for (int32_t i = of.first[family]; i < of.first[family + 1]; i++) {
            int32_t k = of.sinks[i];
            if (s->sink[k].type == SINK_NEED)
                mend_need(&of, k, mended, w);
            else
                mend_member(&of, k, mended, w);
        }
    }
    arena_free(&scratch);
}
