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
    int32_t *before, *last; /* by item: the one before it in its family; by family: the last */
    struct supply *supply;  /* items of one family x hubs x months */
    double *least;  /* the same items x receivers x months: by any hub, with what it costs */
    double *at_hub; /* of one item, hubs x months: with what the hub costs */
    double *price;  /* of one sink, by month: of one that arrives; lateness not counted */
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
    of.before = NEW_ARRAY(a, (size_t)m->items + 1, int32_t);
    of.last = NEW_ARRAY(a, (size_t)m->items + 1, int32_t);
    for (int32_t i = 0; i < m->items; i++) of.last[i] = MODEL_NONE;
    for (int32_t i = 0; i < m->items; i++) {
        of.place[i] = of.items[s->family[i]]++;
        of.before[i] = of.last[s->family[i]];
        of.last[s->family[i]] = i;
        if (of.place[i] >= most) most = of.place[i] + 1;
    }
    of.supply = NEW_ARRAY(a, (size_t)most * (size_t)(m->hubs * m->months) + 1, struct supply);
    of.least = NEW_ARRAY(a, (size_t)most * (size_t)(m->receivers * m->months) + 1, double);
    of.at_hub = NEW_ARRAY(a, (size_t)(m->hubs * m->months) + 1, double);
    of.price = NEW_ARRAY(a, (size_t)m->months + 1, double);
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

/* A closed hub lets nothing pass that weighs anything. */
static void set_at_hubs(struct market *of, int32_t item)
{
    const struct solver *s = of->s;
    const struct model *m = s->m;
    const struct supply *supply = stall(of, item, 0);
    double mass = m->item[item].mass / s->item_unit[item] / s->tonnes;
    for (int32_t i = 0; i < m->hubs * m->months; i++) {
        bool open = hub_open(s, i, mass);
        of->at_hub[i] = open ? supply[i].price - mass * of->y[s->hub0 + i] : INFINITY;
    }
}

/* By whichever hub, where and when it arrives. */
static void set_least(struct market *of, int32_t item)
{
    const struct model *m = of->s->m;
    double *least = of->least + (size_t)(of->place[item] * m->receivers) * (size_t)m->months;
    set_at_hubs(of, item);
    for (int32_t r = 0; r < m->receivers; r++, least += m->months) {
        for (int32_t t = 0; t < m->months; t++) least[t] = INFINITY;
        for (int32_t h = 0; h < m->hubs; h++) {
            int32_t far = m->far[h * m->receivers + r];
            if (far < 0 || far >= m->months) continue;
            const double *from = of->at_hub + h * m->months;
            double *to = least + far;
            for (int32_t t = 0; t < m->months - far; t++) to[t] = from[t] < to[t] ? from[t] : to[t];
        }
    }
}

static void set_price(struct market *of, int32_t k)
{
    const struct model *m = of->s->m;
    const struct sink *sink = &of->s->sink[k];
    double *price = of->price;
    for (int32_t t = sink->first; t <= sink->last; t++) price[t] = INFINITY;
    for (int32_t i = m->sink[k].accepts; i < m->sink[k].accepts_end; i++) {
        const struct accept *a = &of->s->accept[i];
        int32_t row = of->place[a->item] * m->receivers + sink->receiver;
        const double *from = of->least + (size_t)row * (size_t)m->months;
        double eta = a->eta;
        for (int32_t t = sink->first; t <= sink->last; t++) {
            double v = from[t] / eta;
            price[t] = v < price[t] ? v : price[t];
        }
    }
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

/* The column that says so, if anybody wants to know. */
static void offer_column(const struct market *of, struct wanted_list *w, int32_t k, int32_t month)
{
    if (!w) return;
    struct cheapest c = cheapest(of, k, month);
    if (c.lot == MODEL_NONE) return;
    want(w, &(struct wanted){c.lot, k, (int16_t)c.hub, (int16_t)month, 0});
}

static void mend_need(const struct market *of, int32_t k, double *mended, struct wanted_list *w)
{
    const struct solver *s = of->s;
    const struct sink *sink = &s->sink[k];
    double pays = sink->penalty;
    int32_t at = MODEL_NONE;
    for (int32_t t = sink->first; t <= sink->last; t++) {
        double price = of->price[t] + sink_late(sink, t);
        if (price < pays) {
            pays = price;
            at = t;
        }
    }
    if (at != MODEL_NONE && pays < of->y[s->cell0 + (int32_t)sink->cell]) {
        offer_column(of, w, k, at);
    }
    mended[s->cell0 + (int32_t)sink->cell] = pays;
}

/* What an arrival is worth only falls with the months, and is nowhere above its price. */
static void mend_member(const struct market *of, int32_t k, double *mended, struct wanted_list *w)
{
    const struct solver *s = of->s;
    const double *y = of->y;
    const struct sink *sink = &s->sink[k];
    int32_t row = s->cell0 + (int32_t)sink->cell, cells = (int32_t)sink->cells;
    double end = sink->most == MODEL_NONE ? 0 : y[sink->most], worth = end, price = INFINITY;
    if (cells == 0) return;
    double *most = mended + row; /* first the least price of an arrival until then */
    for (int32_t c = 0; c < cells; c++) most[c] = INFINITY;
    for (int32_t c = cells; c-- > 0;) worth += y[row + c]; /* at the first cell */
    double left = worth;                                   /* at the cell of the month */
    for (int32_t t = sink->first, at = 0; t <= sink->last; t++) {
        int32_t cell = (int32_t)(sink_cell(sink, t) - sink->cell);
        for (; at < cell; at++) left -= y[row + at];
        if (of->price[t] < most[cell]) most[cell] = of->price[t];
        if (of->price[t] < left - 1e-9) offer_column(of, w, k, t);
    }
    for (int32_t c = 0; c < cells; c++) {
        double here = worth;
        worth -= y[row + c];
        price = fmin(price, fmin(most[c], here));
        most[c] = price;
    }
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
        for (int32_t i = of.last[family]; i != MODEL_NONE; i = of.before[i]) set_least(&of, i);
        for (int32_t i = of.first[family]; i < of.first[family + 1]; i++) {
            int32_t k = of.sinks[i];
            set_price(&of, k);
            if (s->sink[k].type == SINK_NEED)
                mend_need(&of, k, mended, w);
            else
                mend_member(&of, k, mended, w);
        }
    }
    arena_free(&scratch);
}
