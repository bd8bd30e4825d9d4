/*
 * why.c - see why.h.
 *
 * Prices choose what is tried; every figure here comes from planning again. A
 * gain is given with what is certain of it and what it may be at most, since
 * plans and bounds stand a gap apart.
 */
#include "report/why.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/plan.h"
#include "report/words.h"

struct telling {
    struct arena *arena;
    const struct why_question *q;
    const struct instance *in;
    const struct model *m;
    const struct solution *s;
    struct answer *w;
};

static const char *key_of(const struct telling *t, uint32_t noun)
{
    return book_key(t->in->book, noun);
}

static const char *month_of(const struct telling *t, int32_t month)
{
    return instance_month(t->arena, t->in, month);
}

static int places_of(const struct telling *t, int32_t item, const char **unit)
{
    int places;
    *unit = item_unit(t->in->book, t->in->item[item].noun, t->in->at.known, &places);
    return places;
}

static struct cell units(const struct telling *t, int32_t item, double qty)
{
    const char *unit;
    int places = places_of(t, item, &unit);
    return cell_quantity(whole_parts(t->in, item, qty), places);
}

static const char *number(const struct telling *t, double x)
{
    struct cell c = double_cell(x, x < 10 ? 1 : 0, ROUND_NEAREST);
    return cell_digits(t->arena, &c);
}

/* "40", "2.5": as near as one says it */
static const char *spoken(const struct telling *t, int32_t item, double qty)
{
    const char *unit;
    if (places_of(t, item, &unit) > 0) return number(t, fabs(qty));
    struct cell c = units(t, item, fabs(qty));
    return cell_digits(t->arena, &c);
}

/* --- what a change does, in words --- */

/* "would bring 40 into service in 2026-03 instead of 2026-04" */
static const char *gained_words(const struct telling *t, const struct effect *e, int32_t sink)
{
    const struct gained *g = &e->gained;
    const struct model_sink *k = sink == MODEL_NONE ? NULL : &t->m->sink[sink];
    if (!k) return "would make the plan better by its gain";
    const char *what = k->type == SINK_SYSTEM ? "into service" : "there";
    const char *qty = spoken(t, k->item, g->qty), *when = month_of(t, g->month);
    if (g->instead == MODEL_NONE) {
        return text_format(t->arena, "would bring %s more %s by %s, which else never come", qty,
                           what, when);
    }
    return text_format(t->arena, "would bring %s %s in %s instead of %s", qty, what, when,
                       month_of(t, g->instead));
}

static bool is_refused(const struct telling *t, int32_t lot)
{
    for (uint32_t i = 0; i < t->q->refused_count; i++) {
        const struct refused *r = &t->q->refused[i];
        const struct instance_lot *l = &t->in->lot[lot];
        if (r->need == NONE && l->noun == (l->promised ? r->line : r->lot)) return true;
    }
    return false;
}

/* Units that the giver keeps of a lot for itself. */
static double kept_back(const struct telling *t, int32_t lot)
{
    const struct record *r = book_version(t->in->book, t->in->lot[lot].noun, t->in->at.known);
    const char *unit;
    double floor_units = (double)record_int(r, F_FLOOR, 0);
    for (int i = places_of(t, t->m->lot[lot].item, &unit); i > 0; i--) floor_units /= 10;
    return floor_units;
}

/* What a lever is called: the limit that binds, the amount of it, and "20 t more through x". */
struct named {
    const char *binds, *what, *unit, *words, *month;
    struct cell amount;
};

static struct named name_lot(const struct telling *t, const struct lever *l)
{
    const struct model_lot *lot = &t->m->lot[l->at];
    const char *key = instance_lot_key(t->in, l->at), *unit;
    const char *qty = spoken(t, lot->item, l->amount);
    struct named n = {.binds = "stock", .what = key, .amount = units(t, lot->item, l->amount)};
    places_of(t, lot->item, &unit);
    n.unit = unit;
    if (is_refused(t, l->at)) {
        n.binds = "consent";
        n.words = text_format(t->arena, "%s of %s, which %s refused,", qty, key,
                              key_of(t, t->in->giver[lot->giver]));
    } else if (kept_back(t, l->at) >= l->amount) {
        n.binds = "floor";
        n.words = text_format(t->arena, "%s of %s that %s keeps back", qty, key,
                              key_of(t, t->in->giver[lot->giver]));
    } else {
        n.words = text_format(t->arena, "%s more in %s", qty, key);
    }
    return n;
}

static struct named name_lever(const struct telling *t, const struct lever *l)
{
    struct named n = {0};
    int32_t months = (int32_t)l->amount;
    switch (l->kind) {
    case LEVER_LOT:
    case LEVER_WITHOUT: return name_lot(t, l);
    case LEVER_READY:
        n = (struct named){
            .binds = "date", .what = instance_lot_key(t->in, l->at), .unit = "months"};
        n.amount = cell_count(months);
        n.words = text_format(t->arena, "%s ready %d month%s earlier", n.what, (int)months,
                              months == 1 ? "" : "s");
        return n;
    case LEVER_HUB:
        n = (struct named){.binds = "hub", .what = instance_hub_key(t->in, l->at), .unit = "t"};
        n.amount = double_cell(l->amount, 3, ROUND_NEAREST);
        n.month = month_of(t, l->month);
        n.words = text_format(t->arena, "%s t more through %s in %s", number(t, l->amount), n.what,
                              n.month);
        return n;
    case LEVER_BUDGET:
        n = (struct named){
            .binds = "budget", .what = key_of(t, t->in->budget[l->at]), .unit = t->in->currency};
        n.amount = double_cell(l->amount, 2, ROUND_NEAREST);
        n.words = text_format(t->arena, "%s %s more in budget %s", number(t, l->amount),
                              t->in->currency, n.what);
        return n;
    }
    return n;
}

/* --- what would help --- */

static int by_gain(const void *x, const void *y)
{
    const struct effect *a = x, *b = y;
    if (a->level != b->level && (a->gain > 0 || b->gain > 0)) return a->level < b->level ? -1 : 1;
    if (a->gain != b->gain) return a->gain > b->gain ? -1 : 1;
    if (a->lever.kind != b->lever.kind) return a->lever.kind < b->lever.kind ? -1 : 1;
    return a->lever.at < b->lever.at ? -1 : a->lever.at > b->lever.at;
}

/* What is kept back cannot become more than it is. */
static struct lever within_floor(const struct telling *t, struct lever l)
{
    if (l.kind != LEVER_LOT) return l;
    double floor_units = kept_back(t, l.at);
    if (floor_units > 0 && floor_units < l.amount && !is_refused(t, l.at)) {
        l.price *= floor_units / l.amount;
        l.amount = floor_units;
    }
    return l;
}

/* Of plans by level: which level a gain is of, and what every level gains. */
static void name_levels(const struct telling *t, struct rows *rows)
{
    if (t->q->levels) {
        rows_columns(rows, "level gain_urgent gain_others gain_fairness gain_cost");
    }
}

enum { LEVEL_CELLS = 1 + LEVEL_COUNT };

/* The cells of that; how many. No effect: it was not tried. */
static size_t level_cells(const struct telling *t, const struct effect *e, struct cell *to)
{
    if (!t->q->levels) return 0;
    to[0] = e ? cell_text(level_name(e->level)) : cell_null();
    for (int i = 0; i < LEVEL_COUNT; i++) {
        double gain = e ? t->q->levels[i].value - e->by_level[i].value : 0;
        to[1 + i] = e ? double_cell(gain, 6, ROUND_NEAREST) : cell_null();
    }
    return LEVEL_CELLS;
}

static void put_helps(const struct telling *t, const struct lever *levers, uint32_t count,
                      int32_t sink)
{
    struct rows *rows = answer_rows(t->w, "helps");
    uint32_t tries = count < t->q->tries ? count : t->q->tries;
    struct effect *tried = NEW_ARRAY(t->arena, (size_t)tries + 1, struct effect);
    rows->title = "What binds, and what would help most";
    rows->empty = "nothing that more of would help";
    rows_columns(rows, "binds what amount unit month");
    rows_columns(rows, "gain gain_least gain_most words");
    name_levels(t, rows);
    for (uint32_t i = 0; i < tries; i++) {
        struct lever l = within_floor(t, levers[i]);
        tried[i] =
            why_try(t->arena, t->m, t->q->solver, t->s, &l, sink, &t->q->params, t->q->levels);
    }
    if (tries) qsort(tried, tries, sizeof *tried, by_gain);
    for (uint32_t i = 0; i < tries; i++) {
        const struct effect *e = &tried[i];
        struct named n = name_lever(t, &e->lever);
        double least = e->least > 0 ? e->least : 0;
        bool here = sink == MODEL_NONE || e->gained.qty > 1e-6 * (1 + t->m->sink[sink].qty);
        if (!(e->gain > 1e-9) || !here) continue;
        struct cell row[9 + LEVEL_CELLS] = {
            cell_text(n.binds),
            cell_text(n.what),
            n.amount,
            cell_text(n.unit),
            cell_text(n.month),
            double_cell(e->gain, 4, ROUND_NEAREST),
            double_cell(least, 4, ROUND_DOWN),
            double_cell(e->most, 4, ROUND_UP),
            cell_text(text_format(t->arena, "%s %s", n.words, gained_words(t, e, sink)))};
        rows_add(rows, row, 9 + level_cells(t, e, row + 9));
    }
}

/* --- what is sent --- */

/* What comes to a sink in a plan by lot; the largest growth from one plan to another, in words. */
static const char *in_its_place(const struct telling *t, const struct plan *after, int32_t sink)
{
    double *more = NEW_ARRAY(t->arena, (size_t)t->m->lots + 1, double);
    const struct plan *before = &t->s->plan;
    int32_t best = MODEL_NONE;
    for (size_t i = 0; i < before->count; i++) {
        if (before->ship[i].sink == sink) more[before->ship[i].lot] -= before->ship[i].qty;
    }
    for (size_t i = 0; i < after->count; i++) {
        if (after->ship[i].sink == sink) more[after->ship[i].lot] += after->ship[i].qty;
    }
    for (int32_t l = 0; l < t->m->lots; l++) {
        if (more[l] > 1e-6 && (best == MODEL_NONE || more[l] > more[best])) best = l;
    }
    if (best == MODEL_NONE) return NULL;
    return text_format(t->arena, "%s from %s", spoken(t, t->m->lot[best].item, more[best]),
                       instance_lot_key(t->in, best));
}

static int by_quantity(const void *x, const void *y)
{
    const struct shipment *a = x, *b = y;
    if (a->qty != b->qty) return a->qty > b->qty ? -1 : 1;
    if (a->lot != b->lot) return a->lot < b->lot ? -1 : 1;
    if (a->sink != b->sink) return a->sink < b->sink ? -1 : 1;
    return a->month < b->month ? -1 : a->month > b->month;
}

static void put_shipment(const struct telling *t, struct rows *rows, const struct shipment *one,
                         bool tried)
{
    const struct model_lot *lot = &t->m->lot[one->lot];
    const struct model_sink *k = &t->m->sink[one->sink];
    int near = t->m->near[lot->giver * t->m->hubs + one->hub];
    int far = t->m->far[one->hub * t->m->receivers + k->receiver];
    struct cell costs[3] = {cell_null(), cell_null(), cell_null()};
    const char *instead = NULL;
    struct effect e = {0};
    if (tried) {
        struct lever without = why_without(one);
        e = why_try(t->arena, t->m, t->q->solver, t->s, &without, one->sink, &t->q->params,
                    t->q->levels);
        costs[0] = double_cell(e.gain < 0 ? -e.gain : 0, 4, ROUND_NEAREST);
        costs[1] = double_cell(e.most < 0 ? -e.most : 0, 4, ROUND_DOWN);
        costs[2] = double_cell(e.least < 0 ? -e.least : 0, 4, ROUND_UP);
        instead = in_its_place(t, &e.after.plan, one->sink);
    }
    struct cell row[11 + LEVEL_CELLS] = {cell_text(instance_lot_key(t->in, one->lot)),
                                         cell_text(key_of(t, t->in->giver[lot->giver])),
                                         cell_text(instance_sink_key(t->arena, t->in, one->sink)),
                                         cell_text(instance_hub_key(t->in, one->hub)),
                                         cell_text(month_of(t, one->month - far - near)),
                                         cell_text(month_of(t, one->month)),
                                         units(t, lot->item, one->qty),
                                         costs[0],
                                         costs[1],
                                         costs[2],
                                         cell_text(instead)};
    rows_add(rows, row, 11 + level_cells(t, tried ? &e : NULL, row + 11));
}

/* Of the sink and its complements, or of the lot; MODEL_NONE is any. */
static void put_sent(const struct telling *t, int32_t sink, int32_t lot)
{
    struct rows *rows = answer_rows(t->w, "sent");
    const struct plan *plan = &t->s->plan;
    struct shipment *list = NEW_ARRAY(t->arena, plan->count + 1, struct shipment);
    uint32_t count = 0;
    for (size_t i = 0; i < plan->count; i++) {
        const struct shipment *s = &plan->ship[i];
        bool of = sink == MODEL_NONE || s->sink == sink || t->m->sink[s->sink].system == sink;
        if (of && (lot == MODEL_NONE || s->lot == lot)) list[count++] = *s;
    }
    if (count) qsort(list, count, sizeof *list, by_quantity);
    rows->title = "Proposed, and what it would cost to do without";
    rows->empty = "nothing is proposed";
    rows_columns(rows, "lot giver need hub leaves arrives quantity");
    rows_columns(rows, "costs costs_least costs_most instead");
    name_levels(t, rows);
    for (uint32_t i = 0; i < count; i++) put_shipment(t, rows, &list[i], i < t->q->tries);
    if (count > t->q->tries) {
        answer_note(t->w, "What it would cost to do without: of the %u largest only; --tries N.",
                    (unsigned)t->q->tries);
    }
}

/* --- answers --- */

static struct telling begin(struct arena *a, const struct why_question *q, const char *title)
{
    return (struct telling){
        .arena = a, .q = q, .in = q->in, .m = &q->in->model, .s = q->s, .w = answer_new(a, title)};
}

/* Objective and bound of such a plan are the first level's. */
static void put_own_levels(const struct telling *t)
{
    struct rows *rows = answer_rows(t->w, "levels");
    rows->title = "Level by level";
    rows_columns(rows, "level value bound");
    for (int i = 0; i < LEVEL_COUNT; i++) {
        const struct level *l = &t->q->levels[i];
        ROW(rows, cell_text(level_name(i)), double_cell(l->value, 6, ROUND_UP),
            double_cell(l->bound, 6, ROUND_DOWN));
    }
    answer_note(t->w,
                "Gains and costs are of the first level that a change moves for certain, found by"
                " planning again: so much for certain, and so much at most, as long as the"
                " levels above stay what they are.");
}

static void put_plan(const struct telling *t)
{
    answer_put(t->w, "objective", double_cell(t->s->objective, 4, ROUND_UP));
    answer_put(t->w, "bound", double_cell(t->s->bound, 4, ROUND_DOWN));
    struct cell gap = double_cell(t->s->objective - t->s->bound, 4, ROUND_UP);
    if (t->q->levels) {
        put_own_levels(t);
        return;
    }
    answer_note(t->w, "Gains and costs are of the objective, found by planning again: so much for"
                      " certain, and so much at most.");
    answer_note(t->w, "What changes less than %s cannot be told: a smaller --gap tells more.",
                cell_digits(t->arena, &gap));
}

struct answer *report_why_need(struct arena *a, const struct why_question *q, int32_t sink)
{
    const char *key = instance_sink_key(a, q->in, sink);
    struct telling t = begin(a, q, text_format(a, "Why %s is met as it is", key));
    const struct model_sink *k = &t.m->sink[sink];
    const struct instance_sink *what = &t.in->sink[sink];
    struct fate *fate = plan_fates(a, t.m, &t.s->plan);
    struct span span = sink_span(t.m, sink);
    const char *unit;
    double met = k->type == SINK_SYSTEM && span.until >= span.from
                     ? fate[sink].serving[span.until - span.from]
                     : fate[sink].met;
    uint32_t count;
    places_of(&t, k->item, &unit);
    answer_put(t.w, "need", cell_text(key));
    answer_put(t.w, "receiver", cell_text(key_of(&t, t.in->receiver[k->receiver])));
    answer_put(t.w, "item", cell_text(key_of(&t, t.in->item[k->item].noun)));
    answer_put(t.w, "unit", cell_text(unit));
    answer_put(t.w, "due", cell_text(month_of(&t, k->due)));
    answer_put(t.w, "asked", units(&t, k->item, what->asked));
    answer_put(t.w, "had", units(&t, k->item, what->had));
    answer_put(t.w, "in_time", units(&t, k->item, fate[sink].on_time));
    answer_put(t.w, "met", units(&t, k->item, met));
    answer_put(t.w, "missing", units(&t, k->item, fmax(0, k->qty - met)));
    put_plan(&t);
    put_sent(&t, sink, MODEL_NONE);
    struct lever *levers = why_levers(a, t.m, t.s, sink, &count);
    put_helps(&t, levers, count, sink);
    return t.w;
}

/* Why nothing leaves a lot that holds something. */
static const char *why_idle(const struct telling *t, int32_t lot)
{
    const struct model_lot *l = &t->m->lot[lot];
    bool accepted = false, reached = false;
    if (is_refused(t, lot)) return "its giver refused";
    if (!(l->qty > 0)) return "it holds nothing above its floor";
    for (int32_t k = 0; k < t->m->sinks; k++) {
        const struct model_sink *s = &t->m->sink[k];
        if (!(sink_eta(t->m, k, l->item) > 0)) continue;
        accepted = true;
        for (int32_t h = 0; h < t->m->hubs; h++) {
            int near = t->m->near[l->giver * t->m->hubs + h];
            int far = t->m->far[h * t->m->receivers + s->receiver];
            reached |= near >= 0 && far >= 0 && l->ready + near + far <= s->last;
        }
    }
    if (!accepted) return "no need that is open accepts it";
    if (!reached) return "it cannot arrive in time for any need that accepts it";
    return "the needs that accept it are met by others, or hubs and budgets leave no room";
}

struct answer *report_why_lot(struct arena *a, const struct why_question *q, int32_t lot)
{
    const char *key = instance_lot_key(q->in, lot), *unit;
    struct telling t = begin(a, q, text_format(a, "What %s is planned for", key));
    const struct model_lot *l = &t.m->lot[lot];
    double used = 0;
    uint32_t count;
    for (size_t i = 0; i < t.s->plan.count; i++) {
        if (t.s->plan.ship[i].lot == lot) used += t.s->plan.ship[i].qty;
    }
    places_of(&t, l->item, &unit);
    answer_put(t.w, "lot", cell_text(key));
    answer_put(t.w, "giver", cell_text(key_of(&t, t.in->giver[l->giver])));
    answer_put(t.w, "item", cell_text(key_of(&t, t.in->item[l->item].noun)));
    answer_put(t.w, "unit", cell_text(unit));
    answer_put(t.w, "ready", cell_text(month_of(&t, l->ready)));
    answer_put(t.w, "holds", units(&t, l->item, l->qty));
    answer_put(t.w, "planned", units(&t, l->item, used));
    answer_put(t.w, "left", units(&t, l->item, fmax(0, l->qty - used)));
    answer_put(t.w, "one_more", double_cell(t.s->price.lot[lot], 6, ROUND_NEAREST));
    answer_put(t.w, "idle", cell_text(used > 1e-9 ? NULL : why_idle(&t, lot)));
    put_plan(&t);
    put_sent(&t, MODEL_NONE, lot);
    struct lever *levers = why_levers_of_lot(a, t.m, t.s, lot, &count);
    put_helps(&t, levers, count, MODEL_NONE);
    return t.w;
}
