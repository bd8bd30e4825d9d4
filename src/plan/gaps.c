/*
 * gaps.c - whose the gap is.
 *
 * Objective less bound falls apart into what each lot could do better at these
 * prices, what each sink pays for and does not get, and what hubs and budgets
 * cost and do not use. After a change nearly all of it is with a few lots and
 * sinks: those are planned again.
 */
#include <math.h>
#include <string.h>

#include "plan/near.h"

void cell_values(const struct solver *s, const double *y, double *value)
{
    for (uint32_t c = 0; c < s->needs; c++) value[c] = y[s->cell0 + (int32_t)c];
    for (int32_t k = 0; k < s->m->sinks; k++) {
        const struct sink *sink = &s->sink[k];
        if (sink->type == SINK_NEED) continue;
        double sum = sink->most == MODEL_NONE ? 0 : y[sink->most];
        for (uint32_t c = sink->cells; c-- > 0;) {
            value[sink->cell + c] = sum += y[s->cell0 + (int32_t)(sink->cell + c)];
        }
    }
}

double flow_reduced(const struct solver *s, const double *y, const double *value,
                    const struct flow *f)
{
    const struct exact_lot *e = &s->exact[f->lot];
    const struct sink *k = &s->sink[f->sink];
    double eta = sink_takes(s, f->sink, e->item);
    double worth = eta * (value[sink_cell(k, f->month)] - sink_late(k, f->month));
    return e->cost - worth - e->mass * y[s->hub0 + flow_hub(s, f)] -
           e->paid * y[s->budget0 + s->lot[f->lot].budget] - e->burden * y[s->giver0 + e->giver];
}

/* Of a system with its complements: services, and rows that are overfull and priced. */
static double system_gap(const struct solver *s, const double *y, const double *value, int32_t k,
                         double *until)
{
    const struct sink *system = &s->sink[k];
    double used = 0, sum = 0;
    for (int32_t j = k; j < system->next; j++) {
        double *got = until + s->sink[j].cell;
        for (uint32_t c = 1; c < s->sink[j].cells; c++) got[c] += got[c - 1];
    }
    for (uint32_t c = 0; c < system->cells; c++) {
        double serving = fmin(until[system->cell + c], system->qty);
        for (int32_t j = k + 1; j < system->next; j++) {
            double rate = s->sink[j].rate;
            if (rate > 0) {
                serving = fmin(serving, fmax(0, until[s->sink[j].cell + c] / rate - used));
            }
        }
        used += serving;
        double out = system->qty - serving;
        double price = y[s->cell0 + (int32_t)(system->cell + c)];
        sum += price * (until[system->cell + c] - serving);
        for (int32_t j = k + 1; j < system->next; j++) {
            const struct sink *sink = &s->sink[j];
            double later = value[sink->cell + c];
            if (sink->most != MODEL_NONE) later -= y[sink->most];
            price += sink->rate * later;
            sum += y[s->cell0 + (int32_t)(sink->cell + c)] *
                   (until[sink->cell + c] - sink->rate * used);
        }
        double left = system->weight - price;
        sum += left * out - (left < 0 ? left * system->qty : 0);
    }
    return sum;
}

static void shared_gaps(const struct solver *s, const double *y, const struct standing *p,
                        struct gaps *out)
{
    const struct model *m = s->m;
    double all = 0, fair = m->fairness * s->weights.fairness * s->money;
    for (int32_t r = s->most0; r < s->giver0 - 1; r++) out->rest -= y[r] * p->left[r];
    for (int32_t d = 0; d < m->givers; d++) all += p->burden[d];
    for (int32_t d = 0; d < m->givers; d++) {
        double off = p->burden[d] - s->key[d] * all;
        out->rest += fair * fabs(off) + y[s->giver0 + d] * off;
    }
}

/* What is not charged of the earlier plan. */
static double stayed(const struct solver *s, int32_t l, const struct standing *p)
{
    double sum = 0;
    for (uint32_t n = s->kink ? s->kept_begin[l] : 0; s->kink && n < s->kept_begin[l + 1]; n++) {
        const struct kept *k = &s->kept[n];
        double there = 0;
        for (uint32_t i = p->begin[l]; i < p->begin[l + 1]; i++) {
            const struct flow *f = &p->flow[i];
            if (f->sink == k->sink && f->hub == k->hub && f->month == k->month) there += f->x;
        }
        sum += s->charge * fmin(there, k->most);
    }
    return sum;
}

void gaps_find(struct solver *s, struct arena *a, const double *y, const struct standing *p,
               struct gaps *out)
{
    const struct model *m = s->m;
    double *value = NEW_ARRAY(a, s->cells + 1, double), shared = 0;
    double *until = NEW_ARRAY(a, s->cells + 1, double);
    *out = (struct gaps){.lot = NEW_ARRAY(a, (size_t)m->lots + 1, double),
                         .sink = NEW_ARRAY(a, (size_t)m->sinks + 1, double)};
    memcpy(until, p->got, s->cells * sizeof *until);
    cell_values(s, y, value);
    for (int32_t d = 0; d < m->givers; d++) shared += s->key[d] * y[s->giver0 + d];
    for (int32_t l = 0; l < m->lots; l++) {
        double sum = -s->answer[l];
        for (uint32_t i = p->begin[l]; i < p->begin[l + 1]; i++) {
            const struct flow *f = &p->flow[i];
            sum += f->x * (flow_reduced(s, y, value, f) + s->exact[l].burden * shared);
        }
        sum -= stayed(s, l, p);
        out->lot[l] = sum;
        out->lots += sum;
    }
    for (int32_t k = 0; k < m->sinks; k++) {
        const struct sink *sink = &s->sink[k];
        if (sink->type == SINK_NEED && sink->cells)
            out->sink[k] = (sink->penalty - y[s->cell0 + (int32_t)sink->cell]) *
                           p->left[s->cell0 + (int32_t)sink->cell];
        else if (sink->type == SINK_SYSTEM)
            out->sink[k] = system_gap(s, y, value, k, until);
        out->sinks += out->sink[k];
    }
    shared_gaps(s, y, p, out);
}
