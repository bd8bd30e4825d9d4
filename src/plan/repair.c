/*
 * repair.c - a plan that can be carried out, from quantities that nearly can.
 *
 * Systems first: what is too much somewhere is cut there in proportion, and given
 * back where there is room. Then needs, whichever would suffer most from being
 * cut before the others: most of what does not fit is then cut where nearly
 * nothing is lost by it. Room that is left is filled, and what arrives late is
 * moved to earlier months.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plan/rank.h"
#include "plan/work.h"

struct chance {
    float reduced; /* ranked() looks at it */
    int32_t lot;
    uint32_t column; /* among s->column */
};

static int32_t sink_of(const struct solver *s, const struct column *c)
{
    return s->cell_sink[c->cell];
}

/*
 * Every flow to systems, times the least of what its rows can take of all
 * theirs. In proportion, because where one part is missing the others are for
 * nothing.
 */
static void cut_systems(struct work *w)
{
    struct solver *s = w->s;
    struct arena scratch = {0};
    double *used = NEW_ARRAY(&scratch, (size_t)s->rows, double);
    for (int32_t i = 0; i < s->movings; i++) {
        int32_t l = s->moving[i];
        const struct exact_lot *e = &s->exact[l];
        for (uint32_t j = s->lot_begin[l]; j < s->lot_begin[l + 1]; j++) {
            const struct column *c = &s->column[j];
            double x = (double)c->x;
            if (c->cell < s->needs) continue;
            int32_t most = s->sink[sink_of(s, c)].most;
            used[l] += x;
            used[s->hub0 + c->hub] += e->mass * x;
            used[s->budget0 + s->lot[l].budget] += e->paid * x;
            if (most != MODEL_NONE) used[most] += c->eta * x;
        }
    }
    for (int32_t r = 0; r < s->giver0; r++) {
        used[r] = used[r] > w->left[r] ? (w->left[r] > 0 ? w->left[r] / used[r] : 0) : 1;
    }
    for (int32_t i = 0; i < s->movings; i++) {
        int32_t l = s->moving[i];
        for (uint32_t j = s->lot_begin[l]; j < s->lot_begin[l + 1]; j++) {
            const struct column *c = &s->column[j];
            if (c->cell < s->needs || !(c->x > 0)) continue;
            int32_t k = sink_of(s, c), most = s->sink[k].most;
            double part = least(used[l], used[s->hub0 + c->hub]);
            part = least(part, used[s->budget0 + s->lot[l].budget]);
            if (most != MODEL_NONE) part = least(part, used[most]);
            double x = least((double)c->x * part, room_for(w, l, k, c->hub, c->eta));
            x = wholly(&s->exact[l], x);
            if (!(x > 0)) continue;
            w->x[j] = x;
            take(w, l, k, c->hub, c->eta, x);
        }
    }
    arena_free(&scratch);
}

/* What going without one would cost beyond its price. */
static double regret(const struct solver *s, int32_t k)
{
    return s->sink[k].penalty - s->y[s->cell0 + (int32_t)s->sink[k].cell];
}

struct turn {
    double regret; /* for a tonne: what runs short is mostly room at hubs */
    uint32_t cell;
};

static int compare_turns(const void *one, const void *other)
{
    const struct turn *a = one, *b = other;
    if (a->regret != b->regret) return a->regret > b->regret ? -1 : 1;
    return a->cell < b->cell ? -1 : 1;
}

/* By cell of a need: when it is its turn. */
static uint32_t *turns(const struct solver *s, struct arena *a)
{
    const struct model *m = s->m;
    struct turn *turn = NEW_ARRAY(a, s->needs + 1, struct turn);
    uint32_t *at = NEW_ARRAY(a, s->needs + 1, uint32_t);
    for (uint32_t c = 0; c < s->needs; c++) {
        int32_t k = s->need_sink[c], item = m->sink[k].item;
        double mass = m->item[item].mass / s->item_unit[item] / s->tonnes;
        turn[c] = (struct turn){regret(s, k) / (mass + 1e-6), c};
    }
    if (s->needs) qsort(turn, s->needs, sizeof *turn, compare_turns);
    for (uint32_t i = 0; i < s->needs; i++) at[turn[i].cell] = i;
    return at;
}

struct place {
    int32_t lot;
    uint32_t column;
};

/* Columns that bring something to needs, in the order of the needs' turns. */
static struct place *by_turn(const struct solver *s, struct arena *a, uint32_t *count)
{
    uint32_t *turn = turns(s, a), *at = NEW_ARRAY(a, s->needs + 2, uint32_t);
    for (int32_t i = 0; i < s->movings; i++) {
        int32_t l = s->moving[i];
        for (uint32_t j = s->lot_begin[l]; j < s->lot_begin[l + 1]; j++) {
            const struct column *c = &s->column[j];
            if (c->cell < s->needs && c->x > 0) at[turn[c->cell] + 1]++;
        }
    }
    for (uint32_t i = 0; i < s->needs; i++) at[i + 1] += at[i];
    *count = at[s->needs];
    struct place *place = NEW_ARRAY(a, (size_t)*count + 1, struct place);
    for (int32_t i = 0; i < s->movings; i++) {
        int32_t l = s->moving[i];
        for (uint32_t j = s->lot_begin[l]; j < s->lot_begin[l + 1]; j++) {
            const struct column *c = &s->column[j];
            if (c->cell < s->needs && c->x > 0) {
                place[at[turn[c->cell]]++] = (struct place){l, j};
            }
        }
    }
    return place;
}

static void serve_needs(struct work *w)
{
    struct solver *s = w->s;
    struct arena scratch = {0};
    uint32_t count;
    const struct place *place = by_turn(s, &scratch, &count);
    for (uint32_t i = 0; i < count; i++) {
        int32_t l = place[i].lot;
        const struct column *c = &s->column[place[i].column];
        int32_t k = sink_of(s, c);
        double x = wholly(&s->exact[l], least((double)c->x, room_for(w, l, k, c->hub, c->eta)));
        if (!(x > 0)) continue;
        w->x[place[i].column] = x;
        take(w, l, k, c->hub, c->eta, x);
    }
    arena_free(&scratch);
}

/* What one more of it is worth, where the row of its need is not full. */
static double profit(const struct solver *s, int32_t l, const struct sink *k, int32_t month,
                     double eta)
{
    const struct lot *lot = &s->lot[l];
    double fair = (double)(lot->burden * s->giver_price[lot->giver]);
    return eta * (k->penalty - sink_late(k, month)) - s->exact[l].cost + fair;
}

/* Least that is worth a shipment: room is often what rounding left. */
static double worth_sending(const struct solver *s, int32_t l)
{
    return 1e-9 * s->lot[l].qty;
}

/* How much more a column may take: back to what it held, or all that a need still misses. */
static double more_for(const struct work *w, int32_t l, uint32_t j, bool back)
{
    const struct solver *s = w->s;
    const struct column *c = &s->column[j];
    int32_t k = sink_of(s, c);
    const struct sink *sink = &s->sink[k];
    if (w->left[l] <= worth_sending(s, l)) return 0;
    if (sink->type == SINK_NEED && w->left[s->cell0 + (int32_t)c->cell] <= 1e-9 * sink->qty) {
        return 0;
    }
    double x = room_for(w, l, k, c->hub, c->eta);
    if (back || sink->type != SINK_NEED)
        x = least(x, (double)c->x - w->x[j]);
    else if (profit(s, l, sink, column_month(s, c), c->eta) <= 0)
        return 0;
    return x > worth_sending(s, l) ? wholly(&s->exact[l], x) : 0;
}

static void fill_columns(struct work *w, bool back)
{
    struct solver *s = w->s;
    struct arena scratch = {0};
    uint32_t count = 0;
    struct chance *chance = NEW_ARRAY(&scratch, (size_t)s->columns + 1, struct chance);
    for (int32_t i = 0; i < s->movings; i++) {
        int32_t l = s->moving[i];
        for (uint32_t j = s->lot_begin[l]; j < s->lot_begin[l + 1]; j++) {
            if (!(more_for(w, l, j, back) > 0)) continue;
            const struct column *c = &s->column[j];
            float reduced = column_reduced(s, l, c);
            if (c->cell < s->needs) reduced -= (float)c->eta * (float)regret(s, sink_of(s, c));
            if (back || reduced <= 0.05F) chance[count++] = (struct chance){reduced, l, j};
        }
    }
    const uint32_t *order = ranked(&scratch, chance, count, sizeof *chance);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t j = chance[order[i]].column;
        int32_t l = chance[order[i]].lot, k = sink_of(s, &s->column[j]);
        double x = more_for(w, l, j, back);
        if (!(x > 0)) continue;
        w->x[j] += x;
        take(w, l, k, s->column[j].hub, s->column[j].eta, x);
    }
    arena_free(&scratch);
}

/* Until each month of a system or complement: what the prices' plan wants there. */
static double *wanted_by_cell(struct work *w)
{
    struct solver *s = w->s;
    double *wanted = NEW_ARRAY(w->arena, s->cells + 1, double);
    for (int32_t k = 0; k < s->m->sinks; k++) {
        const struct sink *system = &s->sink[k];
        if (system->type != SINK_SYSTEM) continue;
        double used = 0;
        for (uint32_t t = 0; t < system->cells; t++) {
            double serving = system->qty - s->service[system->service + t];
            used += serving;
            wanted[system->cell + t] = serving - system->there;
            for (int32_t j = k + 1; j < system->next; j++) {
                wanted[s->sink[j].cell + t] = s->sink[j].rate * used - s->sink[j].there;
            }
        }
    }
    return wanted;
}

/* What there is by each month, added up. */
static double *got_by_cell(struct work *w)
{
    struct solver *s = w->s;
    double *got = NEW_ARRAY(w->arena, s->cells + 1, double);
    if (s->rest) memcpy(got, s->rest->sum, s->cells * sizeof *got);
    for (int32_t i = 0; i < s->movings; i++) {
        int32_t l = s->moving[i];
        for (uint32_t j = s->lot_begin[l]; j < s->lot_begin[l + 1]; j++) {
            const struct column *c = &s->column[j];
            if (w->x[j] > 0) got[c->cell] += w->x[j] * c->eta;
        }
    }
    for (int32_t k = 0; k < s->m->sinks; k++) {
        const struct sink *sink = &s->sink[k];
        for (uint32_t c = 1; c < sink->cells; c++) got[sink->cell + c] += got[sink->cell + c - 1];
    }
    return got;
}

/* What is missing most from this column's month on. */
static double missing_from(const struct work *w, const struct column *c)
{
    const struct sink *sink = &w->s->sink[sink_of(w->s, c)];
    double most = 0;
    for (uint32_t t = c->cell; t < sink->cell + sink->cells; t++) {
        if (w->wanted[t] - w->got[t] > most) most = w->wanted[t] - w->got[t];
    }
    return most;
}

static void fill_systems(struct work *w)
{
    struct solver *s = w->s;
    struct arena scratch = {0};
    uint32_t count = 0;
    w->wanted = wanted_by_cell(w);
    w->got = got_by_cell(w);
    double *got = w->got;
    struct chance *chance = NEW_ARRAY(&scratch, (size_t)s->columns + 1, struct chance);
    for (int32_t i = 0; i < s->movings; i++) {
        int32_t l = s->moving[i];
        for (uint32_t j = s->lot_begin[l]; j < s->lot_begin[l + 1]; j++) {
            if (s->column[j].cell < s->needs || w->left[l] <= worth_sending(s, l)) continue;
            if (!(missing_from(w, &s->column[j]) > 0)) continue;
            float reduced = column_reduced(s, l, &s->column[j]);
            if (reduced < 0.05F) chance[count++] = (struct chance){reduced, l, j};
        }
    }
    const uint32_t *order = ranked(&scratch, chance, count, sizeof *chance);
    for (uint32_t i = 0; i < count; i++) {
        const struct chance *next = &chance[order[i]];
        const struct column *c = &s->column[next->column];
        int32_t l = next->lot, k = sink_of(s, c);
        const struct sink *sink = &s->sink[k];
        double missing = missing_from(w, c), eta = c->eta;
        double x = wholly(&s->exact[l], least(room_for(w, l, k, c->hub, eta), missing / eta));
        if (!(x > 0)) continue;
        for (uint32_t t = c->cell; t < sink->cell + sink->cells; t++) got[t] += eta * x;
        w->x[next->column] += x;
        take(w, l, k, c->hub, eta, x);
    }
    arena_free(&scratch);
}

void put_flow(struct work *w, const struct flow *f)
{
    struct repaired *out = &w->out;
    if (out->count == out->room) {
        const struct flow *was = out->flow;
        out->flow = arena_more(w->arena, out->flow, out->count, &out->room, sizeof *out->flow);
        arena_drop(w->arena, was);
    }
    out->flow[out->count++] = *f;
}

static void columns_to_flows(struct work *w)
{
    struct solver *s = w->s;
    for (int32_t i = 0; i < s->movings; i++) {
        int32_t l = s->moving[i];
        for (uint32_t j = s->lot_begin[l]; j < s->lot_begin[l + 1]; j++) {
            const struct column *c = &s->column[j];
            if (!(w->x[j] > 0)) continue;
            put_flow(w, &(struct flow){.lot = l,
                                       .sink = sink_of(s, c),
                                       .hub = (int16_t)(c->hub / s->m->months),
                                       .month = (int16_t)column_month(s, c),
                                       .x = w->x[j]});
        }
    }
}

double engine_served(const struct solver *s, int32_t k, const double *got)
{
    const struct sink *system = &s->sink[k];
    double used = 0;
    for (uint32_t t = 0; t < system->cells; t++) {
        double serving = least(got[system->cell + t] + system->there, system->qty);
        for (int32_t j = k + 1; j < system->next; j++) {
            if (!(s->sink[j].rate > 0)) continue;
            const struct sink *keeps = &s->sink[j];
            double left = (got[keeps->cell + t] + keeps->there) / keeps->rate - used;
            serving = least(serving, left > 0 ? left : 0);
        }
        used += serving;
    }
    return used;
}

/* Objective in the engine's numbers of what the flows do. */
double engine_objective(const struct solver *s, const struct flow *flow, uint32_t count)
{
    struct arena scratch = {0};
    const struct model *m = s->m;
    double *got = NEW_ARRAY(&scratch, s->cells + 1, double);
    double *burden = NEW_ARRAY(&scratch, (size_t)m->givers + 1, double), all = 0, sum = 0;
    bool *opened = NEW_ARRAY(&scratch, (size_t)m->lines + 1, bool);
    for (uint32_t i = 0; i < count; i++) {
        const struct flow *f = &flow[i];
        const struct exact_lot *e = &s->exact[f->lot];
        const struct sink *k = &s->sink[f->sink];
        double here = f->x * sink_takes(s, f->sink, e->item);
        got[sink_cell(k, f->month)] += here;
        burden[e->giver] += e->burden * f->x;
        sum += e->cost * f->x + here * sink_late(k, f->month);
        if (s->lot[f->lot].line != MODEL_NONE) opened[s->lot[f->lot].line] = true;
    }
    for (int32_t g = 0; g < m->lines; g++) {
        if (opened[g]) sum += m->thrift * s->weights.thrift * s->money * s->fixed[g];
    }
    for (int32_t d = 0; d < m->givers; d++) all += burden[d];
    sum += stay_charged(s, &scratch, flow, count);
    double fair = m->fairness * s->weights.fairness * s->money;
    for (int32_t d = 0; d < m->givers; d++) sum += fair * fabs(burden[d] - s->key[d] * all);
    for (int32_t k = 0; k < m->sinks; k++) {
        const struct sink *sink = &s->sink[k];
        for (uint32_t c = 1; c < sink->cells; c++) got[sink->cell + c] += got[sink->cell + c - 1];
    }
    for (int32_t k = 0; k < m->sinks; k++) {
        const struct sink *sink = &s->sink[k];
        if (sink->type == SINK_NEED) sum += sink->penalty * (sink->qty - got[sink->cell]);
        if (sink->type == SINK_SYSTEM)
            sum += sink->weight * (double)sink->cells * sink->qty -
                   sink->weight * engine_served(s, k, got);
    }
    arena_free(&scratch);
    return sum;
}

/* Lines that are tried are paid for, if the budget lasts; the lots of others are not there. */
static void set_lines(struct work *w)
{
    struct solver *s = w->s;
    for (int32_t g = 0; g < s->m->lines; g++) {
        int32_t b = s->m->line[g].budget;
        double *left = &w->left[s->budget0 + (b == MODEL_NONE ? s->m->budgets : b)];
        if (s->line_try[g] && s->fixed[g] <= *left)
            *left -= s->fixed[g];
        else
            s->line_try[g] = 0;
    }
    for (int32_t l = 0; s->m->lines && l < s->m->lots; l++) {
        int32_t g = s->lot[l].line;
        if (g != MODEL_NONE && !s->line_try[g]) w->left[l] = 0;
    }
}

struct repaired engine_repair(struct solver *s, struct arena *a, bool thorough)
{
    struct work w = {.s = s, .arena = a};
    w.left = NEW_ARRAY(a, (size_t)s->rows, double);
    w.x = NEW_ARRAY(a, (size_t)s->columns + 1, double);
    memcpy(w.left, s->rest ? s->rest->left : s->b, (size_t)s->rows * sizeof *s->b);
    set_lines(&w);
    cut_systems(&w);
    fill_systems(&w);
    serve_needs(&w);
    fill_columns(&w, true);
    fill_columns(&w, false);
    if (thorough) {
        w.got = got_by_cell(&w);
        fill_anywhere(&w);
    }
    columns_to_flows(&w);
    for (uint32_t i = 0; s->rest && i < s->rest->flows; i++) put_flow(&w, &s->rest->flow[i]);
    if (thorough) send_sooner(&w);
    w.out.objective = engine_objective(s, w.out.flow, w.out.count);
    return w.out;
}

/* The same from shipments as they are: no more of each than there is room for, then what is left.
 */
struct repaired engine_repair_flows(struct solver *s, struct arena *a, const struct flow *flow,
                                    uint32_t count, bool fill)
{
    struct work w = {.s = s, .arena = a};
    w.left = NEW_ARRAY(a, (size_t)s->rows, double);
    w.got = NEW_ARRAY(a, s->cells + 1, double);
    w.wanted = wanted_by_cell(&w);
    memcpy(w.left, s->b, (size_t)s->rows * sizeof *s->b);
    set_lines(&w);
    for (uint32_t i = 0; i < count; i++) {
        struct flow f = flow[i];
        const struct sink *k = &s->sink[f.sink];
        int32_t far = s->m->far[f.hub * s->m->receivers + k->receiver];
        uint32_t hub = (uint32_t)(f.hub * s->m->months + f.month - far);
        double eta = sink_takes(s, f.sink, s->exact[f.lot].item);
        f.x = wholly(&s->exact[f.lot], least(f.x, room_for(&w, f.lot, f.sink, hub, eta)));
        if (!(f.x > 0)) continue;
        take(&w, f.lot, f.sink, hub, eta, f.x);
        for (uint32_t c = sink_cell(k, f.month); c < k->cell + k->cells; c++) {
            w.got[c] += eta * f.x;
        }
        put_flow(&w, &f);
    }
    if (fill) {
        fill_anywhere(&w);
        send_sooner(&w);
    }
    w.out.objective = engine_objective(s, w.out.flow, w.out.count);
    return w.out;
}
