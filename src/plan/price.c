/*
 * price.c - what prices prove, over all possible shipments.
 *
 * With prices given, each lot does the best it can: it goes, all of it, to
 * where a unit is worth most after costs, or nowhere. No plan is better than
 * the sum of that, so the sum is a bound, whatever the prices are. There may
 * be 10^9 ways, but what a sink pays does not depend on who sends: the best
 * sink by item, receiver and month, then the best month from each month on by
 * hub, and a lot looks at a handful of numbers.
 *
 * All of it in double; the magnitudes of all terms are summed too, and the
 * bound is lowered by more than their rounding can have been.
 */
#include <float.h>
#include <math.h>

#include "plan/inside.h"

struct tally {
    double sum, size;
    uint64_t terms;
};

static void add(struct tally *t, double term, double size)
{
    t->sum += term;
    t->size += size;
    t->terms++;
}

static double outward(const struct tally *t)
{
    return t->sum - t->size * DBL_EPSILON * ((double)t->terms + 64);
}

static void add_product(struct tally *t, double a, double b)
{
    if (b != 0) add(t, a * b, fabs(a * b));
}

static double line_cost(const struct solver *s, int32_t g)
{
    return s->m->thrift * s->weights.thrift * s->money * s->fixed[g];
}

/* Rows other than lots, and services at their best. `value` gets what an arrival is worth. */
static void add_rows(const struct solver *s, const double *y, double *value, struct tally *t)
{
    for (int32_t r = s->cell0; r < s->giver0; r++) add_product(t, s->b[r], y[r]);
    for (uint32_t c = 0; c < s->needs; c++) value[c] = y[s->cell0 + (int32_t)c];
    for (int32_t k = 0; k < s->m->sinks; k++) {
        const struct sink *system = &s->sink[k];
        if (system->type != SINK_SYSTEM) continue;
        for (int32_t j = k; j < system->next; j++) {
            const struct sink *sink = &s->sink[j];
            double sum = sink->most == MODEL_NONE ? 0 : y[sink->most];
            for (uint32_t c = sink->cells; c-- > 0;) {
                value[sink->cell + c] = sum += y[s->cell0 + (int32_t)(sink->cell + c)];
            }
        }
        for (uint32_t c = 0; c < system->cells; c++) {
            double price = y[s->cell0 + (int32_t)(system->cell + c)], size = fabs(price);
            for (int32_t j = k + 1; j < system->next; j++) {
                const struct sink *sink = &s->sink[j];
                double later = value[sink->cell + c];
                if (sink->most != MODEL_NONE) later -= y[sink->most];
                price += sink->rate * later;
                size += sink->rate * fabs(later);
            }
            double left = system->weight - price;
            if (left < 0) add(t, left * system->qty, (system->weight + size) * system->qty);
        }
    }
}

/* For one of an item that arrives in that month. */
static inline __attribute__((always_inline)) double pays(const struct sink *k, const double *value,
                                                         double eta, int32_t t)
{
    return eta * (value[sink_cell(k, t)] - sink_late(k, t));
}

/* Of an item, by receiver and month: the most that any sink pays. */
static void best_offers(struct solver *s, const double *value, int32_t item)
{
    const struct model *m = s->m;
    for (int32_t i = 0; i < m->receivers * m->months; i++) s->offered[i] = -INFINITY;
    for (int32_t i = s->item_taker[item]; i < s->item_taker[item + 1]; i++) {
        const struct taker *taker = &s->taker[i];
        const struct sink *k = &s->sink[taker->sink];
        double *best = s->offered + k->receiver * m->months, eta = taker->eta;
        if (k->cells == 0 || k->first > k->last) continue;
        int32_t t = k->first, due = k->due < k->last ? k->due : k->last;
        double at_first = pays(k, value, eta, t), weight = k->weight;
        for (; t <= due; t++) best[t] = at_first > best[t] ? at_first : best[t];
        due = k->due;
        if (k->type == SINK_NEED) {
            double one = value[k->cell];
            for (; t <= k->last; t++) {
                double v = eta * (one - weight * (t - due));
                best[t] = v > best[t] ? v : best[t];
            }
        } else {
            const double *of = value + k->cell;
            for (; t <= k->last; t++) {
                double v = eta * of[t - due];
                best[t] = v > best[t] ? v : best[t];
            }
        }
    }
}

/* And by hub, from each month on: the best for any receiver. */
static void best_reach(struct solver *s, const double *y, int32_t item)
{
    const struct model *m = s->m;
    double mass = m->item[item].mass / s->item_unit[item] / s->tonnes;
    for (int32_t h = 0; h < m->hubs; h++) {
        double *any = s->reach_any + h * m->months, *through = s->through + h * m->months;
        for (int32_t t = 0; t < m->months; t++) {
            bool open = hub_open(s, h * m->months + t, mass);
            through[t] = open ? mass * y[s->hub0 + h * m->months + t] : -INFINITY;
            any[t] = -INFINITY;
        }
        for (int32_t r = 0; r < m->receivers; r++) {
            int32_t far = m->far[h * m->receivers + r];
            if (far < 0 || far >= m->months) continue;
            const double *best = s->offered + r * m->months + far;
            for (int32_t t = 0; t < m->months - far; t++) {
                double v = best[t] + through[t];
                any[t] = v > any[t] ? v : any[t];
            }
        }
        double from = -INFINITY;
        for (int32_t t = m->months; t-- > 0;) any[t] = from = any[t] > from ? any[t] : from;
    }
}

/* The two sinks that pay most: where columns are asked for. */
static void make_offers(struct solver *s, const double *value, int32_t item)
{
    const struct model *m = s->m;
    int32_t offers = m->receivers * m->months;
    for (int32_t i = 0; i < offers; i++) {
        s->offer[i] = (struct offer){-INFINITY, -INFINITY, MODEL_NONE, MODEL_NONE};
    }
    for (int32_t i = s->item_taker[item]; i < s->item_taker[item + 1]; i++) {
        const struct taker *taker = &s->taker[i];
        const struct sink *sink = &s->sink[taker->sink];
        if (sink->cells == 0) continue;
        for (int32_t t = sink->first; t <= sink->last; t++) {
            struct offer *o = &s->offer[sink->receiver * m->months + t];
            double v = pays(sink, value, taker->eta, t);
            if (v > o->best) {
                *o = (struct offer){v, o->best, taker->sink, o->sink};
            } else if (v > o->second) {
                o->second = v;
                o->other = taker->sink;
            }
        }
    }
}

/* For each receiver, from each month on: the best month to pass a hub. After best_reach(). */
static void make_reach(struct solver *s)
{
    const struct model *m = s->m;
    size_t months = (size_t)m->months, receivers = (size_t)m->receivers;
    for (int32_t h = 0; h < m->hubs; h++) {
        const double *through = s->through + h * m->months;
        for (int32_t r = 0; r < m->receivers; r++) {
            const double *offered = s->offered + r * m->months;
            size_t at = ((size_t)h * receivers + (size_t)r) * months;
            int32_t far = m->far[h * m->receivers + r], best_at = MODEL_NONE;
            double best = -INFINITY;
            for (int32_t t = m->months - 1; t >= 0; t--) {
                bool leads = far >= 0 && t + far < m->months;
                double v = leads ? offered[t + far] + through[t] : -INFINITY;
                bool better = v >= best && v > -INFINITY;
                best = better ? v : best;
                best_at = better ? t : best_at;
                s->reach[at + (size_t)t] = best;
                s->reach_at[at + (size_t)t] = (int16_t)best_at;
            }
        }
    }
}

struct way {
    double worth; /* of one, after costs on the way */
    int32_t hub, receiver, month;
};

/* The best way of a lot of the item that best_reach() was for. */
static double best_way(const struct solver *s, const struct exact_lot *l)
{
    const struct model *m = s->m;
    double best = -INFINITY;
    for (int32_t h = 0; h < m->hubs; h++) {
        int32_t near = m->near[l->giver * m->hubs + h], from = l->ready + near;
        if (near < 0 || from >= m->months) continue;
        double v = s->reach_any[h * m->months + from];
        if (v > best) best = v;
    }
    return best;
}

/* And the best for each receiver. */
static void best_ways(const struct solver *s, const struct exact_lot *l, struct way *to)
{
    const struct model *m = s->m;
    for (int32_t r = 0; r < m->receivers; r++) to[r].worth = -INFINITY;
    for (int32_t h = 0; h < m->hubs; h++) {
        int32_t near = m->near[l->giver * m->hubs + h], from = l->ready + near;
        if (near < 0 || from >= m->months) continue;
        for (int32_t r = 0; r < m->receivers; r++) {
            int32_t here = (h * m->receivers + r) * m->months + from;
            double v = s->reach[here];
            if (v > to[r].worth) to[r] = (struct way){v, h, r, s->reach_at[here]};
        }
    }
}

static void want_ways(struct solver *s, int32_t l, double cost, const struct way *to,
                      struct wanted_list *w)
{
    const struct model *m = s->m;
    for (int32_t r = 0; r < m->receivers; r++) {
        if (!(cost - to[r].worth < -w->least)) continue;
        int32_t arrives = to[r].month + m->far[to[r].hub * m->receivers + r];
        const struct offer *o = &s->offer[r * m->months + arrives];
        double second = to[r].worth - o->best + o->second;
        struct wanted item = {l, o->sink, (int16_t)to[r].hub, (int16_t)arrives, 0};
        want(w, &item);
        if (o->other == MODEL_NONE || !(cost - second < -w->least)) continue;
        item.sink = o->other;
        want(w, &item);
    }
}

double engine_bound(struct solver *s, const double *y, struct wanted_list *w, double *worth)
{
    const struct model *m = s->m;
    struct tally t = {0};
    struct arena scratch = {0};
    double *value = NEW_ARRAY(&scratch, s->cells + 1, double);
    double *credit = NEW_ARRAY(&scratch, (size_t)m->givers + 1, double);
    double *line_size = NEW_ARRAY(&scratch, (size_t)m->lines + 1, double);
    double *line = NEW_ARRAY(&scratch, (size_t)m->lines + 1, double);
    struct way *to = NEW_ARRAY(&scratch, (size_t)m->receivers + 1, struct way);
    double shared = 0;
    bool told = false; /* who pays most for the item at hand */
    add_rows(s, y, value, &t);
    for (int32_t d = 0; d < m->givers; d++) shared += s->key[d] * y[s->giver0 + d];
    for (int32_t d = 0; d < m->givers; d++) credit[d] = y[s->giver0 + d] - shared;
    for (int32_t l = 0; l < m->lots; l++) {
        const struct exact_lot *e = &s->exact[l];
        double paid = e->paid * y[s->budget0 + s->lot[l].budget];
        double borne = e->burden * credit[e->giver];
        double cost = e->cost - paid - borne;
        bool look = w != NULL && s->lot[l].qty > 0;
        if (l == 0 || e->item != e[-1].item) {
            best_offers(s, value, e->item);
            best_reach(s, y, e->item);
            told = false;
        }
        double best = best_way(s, e);
        if (look && cost - y[l] - best < -w->least) {
            if (!told) make_offers(s, value, e->item);
            if (!told) make_reach(s);
            told = true;
            best_ways(s, e, to);
            want_ways(s, l, cost - y[l], to, w);
        }
        if (worth) worth[l] = best > cost ? best - cost : 0;
        bool stays = s->kink && s->kept_begin[l] < s->kept_begin[l + 1];
        if (s->answer) s->answer[l] = 0;
        if (cost >= best && !stays) continue;
        double size =
            s->lot[l].qty * (e->cost + fabs(paid) + fabs(borne) + fabs(best) + fabs(shared));
        double answer = s->lot[l].qty * (cost - best);
        if (stays) {
            answer = stay_answer(s, l, cost, best, value, y);
            size += s->lot[l].qty * s->charge;
        }
        if (s->answer) s->answer[l] = answer;
        if (s->lot[l].line == MODEL_NONE) {
            add(&t, answer, size);
        } else {
            line[s->lot[l].line] += answer;
            line_size[s->lot[l].line] += size;
        }
    }
    for (int32_t g = 0; g < m->lines; g++) {
        int32_t b = m->line[g].budget;
        double paid = b == MODEL_NONE ? 0 : s->fixed[g] * y[s->budget0 + b];
        double open = line_cost(s, g) - paid + line[g];
        bool opens = s->line_state[g] == LINE_OPEN || (s->line_state[g] == LINE_FREE && open < 0);
        if (opens) add(&t, open, line_cost(s, g) + fabs(paid) + line_size[g]);
    }
    for (uint32_t i = 0; s->kink && i < s->kepts; i++) {
        add_product(&t, s->kept[i].most, s->charge);
    }
    arena_free(&scratch);
    return outward(&t);
}
