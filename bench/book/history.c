/*
 * history.c - see history.h. One promise at a time, from its first word to the
 * end of the data; then all rows are put in the order of recording.
 */
#include "history.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "seed.h"

enum { TRANCHES = 60, MOVES = 4 + 3 * TRANCHES, AMENDS = 2 * MOVES };

const char *const currency_codes[CURRENCIES] = {"USD", "EUR", "GBP", "PLN", "SEK", "NOK",
                                                "DKK", "CAD", "RON", "CZK", "CHF", "AUD"};

/* A movement as it was meant; its row changes when it is said again. */
struct move {
    double at; /* recorded, in days after FIRST_DAY */
    int64_t qty;
    int32_t day;   /* effective, after FIRST_DAY */
    int32_t rests; /* on that move; -1: on nothing */
    uint8_t from, to;
    uint32_t row; /* that holds it now, NO_ROW */
};

enum amends { EARLIER, LESS, REPRICED };

struct amend {
    double at;
    int32_t move;
    enum amends how;
};

struct maker {
    struct history *h;
    struct rng rng;
    uint32_t room, promise_room;
    double giver[GIVERS], receiver[RECEIVERS], item[ITEMS], channel[CHANNELS]; /* cumulated */
    uint8_t currency_of[GIVERS], label_of[GIVERS];
    double price[ITEMS];

    int64_t unit_value; /* of the promise at hand */
    struct move moves[MOVES];
    int32_t count;
    struct amend amends[AMENDS];
    int32_t amend_count;
};

/* --- chance --- */

static double uniform(struct maker *m)
{
    return (double)(rng_next(&m->rng) >> 11) * 0x1p-53;
}

static bool chance(struct maker *m, double p)
{
    return uniform(m) < p;
}

static double normal(struct maker *m)
{
    double a = uniform(m), b = uniform(m);
    return sqrt(-2 * log(a < 1e-300 ? 1e-300 : a)) * cos(6.283185307179586 * b);
}

static double lognormal(struct maker *m, double middle, double spread)
{
    return exp(middle + spread * normal(m));
}

static void zipf_fill(double *sums, int n, double power)
{
    double sum = 0;
    for (int i = 0; i < n; i++) sums[i] = sum += 1 / pow(i + 1, power);
    for (int i = 0; i < n; i++) sums[i] /= sum;
}

static uint16_t zipf(struct maker *m, const double *sums, int n)
{
    double u = uniform(m);
    int low = 0, high = n - 1;
    while (low < high) {
        int mid = (low + high) / 2;
        if (sums[mid] < u)
            low = mid + 1;
        else
            high = mid;
    }
    return (uint16_t)low;
}

/* --- the world --- */

static void make_rates(struct maker *m)
{
    for (int c = 0; c < CURRENCIES; c++) {
        double rate = c == 1 ? 1 : lognormal(m, 1, 1.2);
        if (rate < 0.05) rate = 0.05;
        for (int month = 0; month < MONTHS; month++) {
            m->h->rate[c][month] = (int64_t)(rate * 10000 + 0.5);
            if (c != 1) rate *= exp(0.012 * normal(m));
        }
    }
}

static void make_world(struct maker *m)
{
    struct history *h = m->h;
    zipf_fill(m->giver, GIVERS, 1.05);
    zipf_fill(m->receiver, RECEIVERS, 1.4);
    zipf_fill(m->item, ITEMS, 0.9);
    zipf_fill(m->channel, CHANNELS, 1.0);
    for (int i = 0; i < GIVERS; i++) {
        m->currency_of[i] = chance(m, 0.45) ? 1 : (uint8_t)rng_below(&m->rng, CURRENCIES);
        m->label_of[i] = chance(m, 0.6) ? 0 : (uint8_t)(1 + rng_below(&m->rng, LABELS - 1));
        h->gdp[i] = round(lognormal(m, 4, 1.6) * 1000) / 1000;
    }
    for (int i = 0; i < CLASSES; i++) {
        h->domain_of[i] = (uint8_t)(i < DOMAINS ? (uint32_t)i : rng_below(&m->rng, DOMAINS));
    }
    for (int i = 0; i < ITEMS; i++) {
        h->class_of[i] = (uint8_t)(i < CLASSES ? (uint32_t)i : rng_below(&m->rng, CLASSES));
        m->price[i] = lognormal(m, 8.5, 2.3);
        if (m->price[i] > 3e8) m->price[i] = 3e8;
    }
    make_rates(m);
}

/* --- what is meant to happen to a promise --- */

/* Its place among the moves, or -1 when it lies beyond the end of the data. */
static int32_t move(struct maker *m, int32_t rests, double at, double before, enum stage to,
                    int64_t qty)
{
    enum stage from = rests < 0 ? STAGE_WORLD : (enum stage)m->moves[rests].to;
    double day = at - before;
    int32_t least = rests < 0 ? 0 : m->moves[rests].day;
    if (at >= END_DAY - FIRST_DAY) return -1;
    m->moves[m->count] = (struct move){.at = at,
                                       .qty = qty,
                                       .day = day < least ? least : (int32_t)day,
                                       .rests = rests,
                                       .from = (uint8_t)from,
                                       .to = (uint8_t)to,
                                       .row = NO_ROW};
    return m->count++;
}

static int64_t make_promise(struct maker *m)
{
    struct history *h = m->h;
    if (h->promise_count == m->promise_room) {
        m->promise_room *= 2;
        h->promises = realloc(h->promises, m->promise_room * sizeof *h->promises);
        if (!h->promises) abort();
    }
    struct promise *p = &h->promises[h->promise_count++];
    *p = (struct promise){.giver = (uint8_t)zipf(m, m->giver, GIVERS),
                          .receiver = (uint8_t)zipf(m, m->receiver, RECEIVERS),
                          .item = zipf(m, m->item, ITEMS),
                          .channel = (uint8_t)zipf(m, m->channel, CHANNELS)};
    double which = uniform(m);
    p->currency = which < 0.7 ? m->currency_of[p->giver] : which < 0.9 ? 0 : 1;
    p->label = chance(m, 0.8) ? m->label_of[p->giver] : (uint8_t)rng_below(&m->rng, LABELS);
    double price = m->price[p->item];
    m->unit_value = (int64_t)(price * exp(0.15 * normal(m))) + 1;
    double qty = lognormal(m, 3, 1.8) * (1e6 / (1e6 + price) * 2);
    p->qty = qty > 2000000 ? 2000000 : (int64_t)qty + 1;
    return p->qty;
}

/* One tranche of what was committed, on its way; some stop short of the end. */
static void send(struct maker *m, int32_t commit, double at, int64_t qty)
{
    int32_t allocated = move(m, commit, at, lognormal(m, 0, 0.6), STAGE_ALLOCATED, qty);
    if (allocated < 0 || chance(m, 0.1)) return;
    at += lognormal(m, 2.9, 0.9);
    int32_t sent = move(m, allocated, at, lognormal(m, 1, 0.8), STAGE_DISPATCHED, qty);
    if (sent < 0 || chance(m, 0.07)) return;
    double arrived = at + lognormal(m, 2.3, 0.8), late = lognormal(m, 2.2, 1.1);
    move(m, sent, arrived + late, late, STAGE_DELIVERED, qty);
}

static void deliver(struct maker *m, int32_t commit, double at, int64_t qty)
{
    int parts = (int)pow(uniform(m), -0.55);
    if (parts > TRANCHES || parts < 1) parts = parts < 1 ? 1 : TRANCHES;
    if (chance(m, 0.05) && qty >= 4) {
        double later = at + lognormal(m, 4.5, 0.8);
        move(m, commit, later, 1, STAGE_WITHDRAWN, qty / 4);
        qty -= qty / 4;
    }
    if (parts > qty) parts = (int)qty;
    for (int i = 0; i < parts; i++) {
        int64_t part = i == parts - 1 ? qty : qty / (parts - i);
        qty -= part;
        send(m, commit, at + lognormal(m, 2.5, 0.9) * (i + 1) * 0.6, part);
    }
}

static void mean_promise(struct maker *m)
{
    int64_t qty = make_promise(m);
    const double days = END_DAY - FIRST_DAY;
    double at = uniform(m) * days;
    if (chance(m, 0.25)) at = floor(at / 91) * 91 + fabs(4 * normal(m)); /* quarters begin so */
    if (at >= days) at = days - 1e-3;
    double lag = chance(m, 0.5) ? uniform(m) : lognormal(m, 0.8, 1);
    bool firm = chance(m, 0.12);
    m->count = 0;
    int32_t last = move(m, -1, at, lag, firm ? STAGE_COMMITTED : STAGE_ANNOUNCED, qty);
    if (!firm) {
        if (chance(m, 0.1)) {
            move(m, last, at + lognormal(m, 4.5, 0.8), 2, STAGE_WITHDRAWN, qty);
            return;
        }
        if (chance(m, 0.08)) return;
        at += lognormal(m, 2.8, 1);
        if (!chance(m, 0.7)) qty = (int64_t)((double)qty * (0.5 + 0.5 * uniform(m)));
        if (qty < 1) qty = 1;
        last = move(m, last, at, lognormal(m, 0, 0.5), STAGE_COMMITTED, qty);
    }
    if (last >= 0 && !chance(m, 0.12)) deliver(m, last, at, qty);
}

/* --- what is corrected afterwards --- */

/* Few: a correction takes what rests on the move back as well. */
static void mean_amends(struct maker *m)
{
    m->amend_count = 0;
    for (int32_t i = 0; i < m->count; i++) {
        struct amend a = {.move = i};
        if (m->amend_count >= MOVES || !chance(m, 0.0175)) continue;
        a.at = m->moves[i].at + lognormal(m, 3.5, 1);
        double how = uniform(m);
        if (m->moves[i].to != STAGE_DELIVERED)
            a.how = EARLIER;
        else
            a.how = how < 0.5 ? EARLIER : how < 0.7 ? REPRICED : LESS;
        m->amends[m->amend_count++] = a;
    }
}

static int by_time(const void *x, const void *y)
{
    double a = ((const struct amend *)x)->at, b = ((const struct amend *)y)->at;
    return a < b ? -1 : a > b;
}

/* --- as rows --- */

static uint32_t put(struct maker *m, double at, const struct event *row)
{
    struct history *h = m->h;
    if (h->count == m->room) {
        m->room += m->room / 2;
        h->rows = realloc(h->rows, m->room * sizeof *h->rows);
        if (!h->rows) abort();
    }
    struct event *r = &h->rows[h->count];
    *r = *row;
    r->recorded_ms = (int64_t)((FIRST_DAY + at) * 86400000.0);
    r->promise = h->promise_count - 1;
    r->unit_value = m->unit_value;
    return h->count++;
}

static void say(struct maker *m, struct move *v, double at, uint32_t corrects)
{
    v->row = put(m, at,
                 &(struct event){.qty = v->qty,
                                 .corrects = corrects,
                                 .day = FIRST_DAY + v->day,
                                 .from = v->from,
                                 .to = v->to});
}

static void unsay(struct maker *m, const struct move *v, double at)
{
    const struct event was = m->h->rows[v->row];
    put(m, at,
        &(struct event){.qty = was.qty,
                        .corrects = v->row,
                        .day = was.day,
                        .from = was.to,
                        .to = was.from,
                        .reversal = true});
}

/* Whether a move that was said rests on that one, over however many others. */
static bool rests_on(const struct maker *m, int32_t i, int32_t on)
{
    if (m->moves[i].row == NO_ROW) return false;
    while (i > on) i = m->moves[i].rests;
    return i == on;
}

static void change(struct maker *m, const struct amend *a)
{
    struct move *v = &m->moves[a->move];
    int32_t least = v->rests < 0 ? 0 : m->moves[v->rests].day;
    if (a->how == EARLIER) {
        v->day -= 1 + (int32_t)rng_below(&m->rng, 30);
        if (v->day < least) v->day = least;
    } else if (a->how == LESS) {
        v->qty = (int64_t)((double)v->qty * (0.7 + 0.3 * uniform(m)));
        if (v->qty < 1) v->qty = 1;
    } else {
        m->unit_value = (int64_t)((double)m->unit_value * (0.7 + 0.6 * uniform(m))) + 1;
    }
}

static void amend(struct maker *m, const struct amend *a)
{
    int32_t root = a->how == REPRICED ? 0 : a->move;
    if (m->moves[a->move].row == NO_ROW) return;
    for (int32_t i = m->count; i-- > 0;) {
        if (rests_on(m, i, root)) unsay(m, &m->moves[i], a->at);
    }
    change(m, a);
    for (int32_t i = 0; i < m->count; i++) {
        if (rests_on(m, i, root)) say(m, &m->moves[i], a->at, m->moves[i].row);
    }
}

static int by_saying(const void *x, const void *y)
{
    const struct move *const *a = x, *const *b = y;
    if ((*a)->at != (*b)->at) return (*a)->at < (*b)->at ? -1 : 1;
    return *a < *b ? -1 : 1;
}

static void tell(struct maker *m)
{
    struct move *order[MOVES];
    int32_t next = 0;
    for (int32_t i = 0; i < m->count; i++) order[i] = &m->moves[i];
    qsort(order, (size_t)m->count, sizeof *order, by_saying);
    qsort(m->amends, (size_t)m->amend_count, sizeof *m->amends, by_time);
    for (int32_t i = 0; i <= m->count; i++) {
        double until = i < m->count ? order[i]->at : END_DAY - FIRST_DAY;
        for (; next < m->amend_count && m->amends[next].at < until; next++) {
            amend(m, &m->amends[next]);
        }
        if (i < m->count) say(m, order[i], order[i]->at, NO_ROW);
    }
}

struct place {
    int64_t ms;
    uint32_t row;
};

static int by_place(const void *x, const void *y)
{
    const struct place *a = x, *b = y;
    if (a->ms != b->ms) return a->ms < b->ms ? -1 : 1;
    return a->row < b->row ? -1 : 1;
}

/* In recorded order, cut behind the instant of the last one wanted. */
static void put_in_order(struct history *h, uint32_t wanted)
{
    uint32_t count = h->count;
    struct place *order = malloc(count * sizeof *order);
    struct event *rows = malloc(count * sizeof *rows);
    uint32_t *now = malloc(count * sizeof *now);
    if (!order || !rows || !now) abort();
    for (uint32_t i = 0; i < count; i++) order[i] = (struct place){h->rows[i].recorded_ms, i};
    qsort(order, count, sizeof *order, by_place);
    while (wanted < count && order[wanted].ms == order[wanted - 1].ms) wanted++;
    for (uint32_t i = 0; i < count; i++) now[order[i].row] = i;
    for (uint32_t i = 0; i < wanted && i < count; i++) {
        rows[i] = h->rows[order[i].row];
        if (rows[i].corrects != NO_ROW) rows[i].corrects = now[rows[i].corrects];
    }
    free(order);
    free(now);
    free(h->rows);
    h->rows = rows;
    h->count = wanted < count ? wanted : count;
}

void history_make(struct history *h, uint32_t wanted, uint64_t seed)
{
    struct maker *m = calloc(1, sizeof *m);
    *h = (struct history){0};
    if (!m) abort();
    m->h = h;
    m->rng.state = seed;
    m->room = wanted + wanted / 8 + 4096;
    m->promise_room = 4096;
    h->rows = malloc(m->room * sizeof *h->rows);
    h->promises = malloc(m->promise_room * sizeof *h->promises);
    if (!h->rows || !h->promises) abort();
    make_world(m);
    /* A little more than wanted: what the end cuts off would otherwise be quite new. */
    while (h->count < wanted + wanted / 200 + 64) {
        mean_promise(m);
        mean_amends(m);
        tell(m);
    }
    put_in_order(h, wanted);
    free(m);
}

void history_free(struct history *h)
{
    free(h->rows);
    free(h->promises);
    *h = (struct history){0};
}
