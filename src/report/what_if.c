/* what_if.c - see what_if.h. Both plans are of one book, so that nouns tell what is the same. */
#include "report/what_if.h"

#include <math.h>
#include <stdlib.h>

#include "base/text.h"
#include "plan/why.h"
#include "report/plan.h"
#include "report/words.h"

struct comparing {
    struct arena *arena;
    const struct planned_state *before, *after;
    int32_t *lot_was, *sink_was; /* by number after */
    uint32_t limit;
    struct answer *w;
};

/* --- what is the same --- */

int32_t *lots_before(struct arena *a, const struct instance *before, const struct instance *after)
{
    uint32_t nouns = book_noun_count(after->book);
    int32_t *of_noun = NEW_ARRAY(a, 2 * (size_t)nouns + 2, int32_t);
    int32_t *was = NEW_ARRAY(a, (size_t)after->model.lots + 1, int32_t);
    for (uint32_t i = 0; i < 2 * nouns; i++) of_noun[i] = MODEL_NONE;
    for (int32_t l = 0; l < before->model.lots; l++) {
        of_noun[2 * before->lot[l].noun + before->lot[l].promised] = l;
    }
    for (int32_t l = 0; l < after->model.lots; l++) {
        was[l] = of_noun[2 * after->lot[l].noun + after->lot[l].promised];
    }
    return was;
}

static bool same_sink(const struct instance_sink *a, const struct instance_sink *b)
{
    return a->need == b->need && a->keeps == b->keeps && a->month == b->month;
}

/* Sinks stand in the same order in both, but for those that are new or gone. */
int32_t *sinks_before(struct arena *a, const struct instance *before, const struct instance *after)
{
    int32_t *was = NEW_ARRAY(a, (size_t)after->model.sinks + 1, int32_t), at = 0;
    for (int32_t k = 0; k < after->model.sinks; k++) {
        int32_t seen = at;
        was[k] = MODEL_NONE;
        while (seen < before->model.sinks && !same_sink(&before->sink[seen], &after->sink[k])) {
            seen++;
        }
        if (seen == before->model.sinks) continue;
        was[k] = seen;
        at = seen + 1;
    }
    return was;
}

/* --- needs --- */

struct stood {
    double in_time, met;
};

static struct stood stood(const struct model *m, const struct fate *fates, int32_t sink)
{
    struct span span = sink_span(m, sink);
    const struct fate *f = &fates[sink];
    bool system = m->sink[sink].type == SINK_SYSTEM && span.until >= span.from;
    return (struct stood){f->on_time, system ? f->serving[span.until - span.from] : f->met};
}

static void put_needs(struct comparing *c)
{
    const struct instance *in = c->after->in;
    const struct model *m = &in->model;
    const struct model *old = &c->before->in->model;
    const struct fate *before = plan_fates(c->arena, old, &c->before->s->plan);
    const struct fate *after = plan_fates(c->arena, m, &c->after->s->plan);
    struct rows *rows = answer_rows(c->w, "needs");
    rows->title = "Needs that are met otherwise";
    rows_columns(rows, "need unit due in_time_before in_time_after met_before met_after");
    for (int32_t k = 0; k < m->sinks; k++) {
        const struct model_sink *s = &m->sink[k];
        struct stood was = {0}, is = stood(m, after, k);
        if (c->sink_was[k] != MODEL_NONE) was = stood(old, before, c->sink_was[k]);
        double tolerance = 1e-3 * s->qty; /* less is the gap's noise */
        if (s->type == SINK_KEEPING) continue;
        if (fabs(was.in_time - is.in_time) < tolerance && fabs(was.met - is.met) < tolerance) {
            continue;
        }
        int places;
        const char *unit = item_unit(in->book, in->item[s->item].noun, in->at.known, &places);
        ROW(rows, cell_text(instance_sink_key(c->arena, in, k)), cell_text(unit),
            cell_text(instance_month(c->arena, in, s->due)),
            cell_quantity(whole_parts(in, s->item, was.in_time), places),
            cell_quantity(whole_parts(in, s->item, is.in_time), places),
            cell_quantity(whole_parts(in, s->item, was.met), places),
            cell_quantity(whole_parts(in, s->item, is.met), places));
    }
}

/* --- shipments --- */

/* One way of both plans, in the numbers of the second; a lot or sink that is gone keeps its old
 * one, and `gone`. */
struct way {
    int32_t lot, sink, hub, month;
    bool gone;
    double before, after;
    double worth; /* of what changes */
};

static int by_way(const void *x, const void *y)
{
    const struct way *a = x, *b = y;
    if (a->gone != b->gone) return a->gone ? 1 : -1;
    if (a->lot != b->lot) return a->lot < b->lot ? -1 : 1;
    if (a->sink != b->sink) return a->sink < b->sink ? -1 : 1;
    if (a->month != b->month) return a->month < b->month ? -1 : 1;
    return a->hub < b->hub ? -1 : a->hub > b->hub;
}

/* was[] the other way round. */
static int32_t *turned(struct arena *a, const int32_t *was, int32_t count, int32_t before)
{
    int32_t *now = NEW_ARRAY(a, (size_t)before + 1, int32_t);
    for (int32_t i = 0; i < before; i++) now[i] = MODEL_NONE;
    for (int32_t i = 0; i < count; i++) {
        if (was[i] != MODEL_NONE) now[was[i]] = i;
    }
    return now;
}

static struct way *find_ways(struct comparing *c, uint32_t *count)
{
    const struct plan *old = &c->before->s->plan, *new = &c->after->s->plan;
    const struct model *was = &c->before->in->model, *m = &c->after->in->model;
    int32_t *lot_now = turned(c->arena, c->lot_was, m->lots, was->lots);
    int32_t *sink_now = turned(c->arena, c->sink_was, m->sinks, was->sinks);
    struct way *list = NEW_ARRAY(c->arena, old->count + new->count + 1, struct way);
    uint32_t n = 0;
    for (size_t i = 0; i < old->count; i++) {
        const struct shipment *s = &old->ship[i];
        int32_t lot = lot_now[s->lot], sink = sink_now[s->sink];
        bool gone = lot == MODEL_NONE || sink == MODEL_NONE;
        list[n++] = (struct way){.lot = gone ? s->lot : lot,
                                 .sink = gone ? s->sink : sink,
                                 .hub = s->hub,
                                 .month = s->month,
                                 .gone = gone,
                                 .before = s->qty};
    }
    for (size_t i = 0; i < new->count; i++) {
        const struct shipment *s = &new->ship[i];
        list[n++] = (struct way){
            .lot = s->lot, .sink = s->sink, .hub = s->hub, .month = s->month, .after = s->qty};
    }
    if (n) qsort(list, n, sizeof *list, by_way);
    *count = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (*count && by_way(&list[*count - 1], &list[i]) == 0) {
            list[*count - 1].before += list[i].before;
            list[*count - 1].after += list[i].after;
        } else {
            list[(*count)++] = list[i];
        }
    }
    return list;
}

static int by_worth(const void *x, const void *y)
{
    const struct way *a = x, *b = y;
    if (a->worth != b->worth) return a->worth > b->worth ? -1 : 1;
    return by_way(x, y);
}

/* Less than a hundredth of a shipment, or next to nothing of both its lot and its need, is noise.
 */
static bool matters(const struct instance *in, const struct way *w)
{
    const struct model *m = &in->model;
    const struct model_lot *lot = &m->lot[w->lot];
    double change = fabs(w->before - w->after), eta = sink_eta(m, w->sink, lot->item);
    return whole_parts(in, lot->item, w->before) != whole_parts(in, lot->item, w->after) &&
           change >= 0.01 * fmax(w->before, w->after) &&
           (change >= 0.002 * lot->qty || eta * change >= 0.002 * m->sink[w->sink].qty);
}

/* Those that change, by what the change is worth, the most first. */
static uint32_t only_changes(const struct comparing *c, struct way *list, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct way *w = &list[i];
        const struct instance *in = w->gone ? c->before->in : c->after->in;
        if (!matters(in, w)) continue;
        w->worth = fabs(w->before - w->after) * in->model.item[in->model.lot[w->lot].item].value;
        list[kept++] = *w;
    }
    if (kept) qsort(list, kept, sizeof *list, by_worth);
    return kept;
}

static void put_shipments(struct comparing *c)
{
    struct rows *rows = answer_rows(c->w, "shipments");
    uint32_t count, hidden = 0;
    struct way *list = find_ways(c, &count);
    count = only_changes(c, list, count);
    rows->title = "Shipments that change";
    rows_columns(rows, "lot giver need hub month unit before after");
    for (uint32_t i = 0; i < count; i++) {
        const struct way *w = &list[i];
        const struct instance *in = w->gone ? c->before->in : c->after->in;
        const struct model_lot *lot = &in->model.lot[w->lot];
        int places;
        const char *unit = item_unit(in->book, in->item[lot->item].noun, in->at.known, &places);
        int64_t before = whole_parts(in, lot->item, w->before);
        int64_t after = whole_parts(in, lot->item, w->after);
        if (c->limit && rows->count >= c->limit) {
            hidden++;
            continue;
        }
        ROW(rows, cell_text(instance_lot_key(in, w->lot)),
            cell_text(book_key(in->book, in->giver[lot->giver])),
            cell_text(instance_sink_key(c->arena, in, w->sink)),
            cell_text(instance_hub_key(in, w->hub)),
            cell_text(instance_month(c->arena, in, w->month)), cell_text(unit),
            cell_quantity(before, places), cell_quantity(after, places));
    }
    c->w->main = rows;
    if (hidden) answer_note(c->w, "%u more shipments change: --all shows them.", (unsigned)hidden);
}

static void put_levels(struct comparing *c)
{
    const struct level *before = c->before->levels, *after = c->after->levels;
    if (!before || !after) return;
    struct rows *rows = answer_rows(c->w, "levels");
    rows->title = "Level by level";
    rows_columns(rows, "level before after bound_after better better_least better_most");
    for (int i = 0; i < LEVEL_COUNT; i++) {
        const struct level *was = &before[i], *is = &after[i];
        ROW(rows, cell_text(level_name(i)), double_cell(was->value, 6, ROUND_UP),
            double_cell(is->value, 6, ROUND_UP), double_cell(is->bound, 6, ROUND_DOWN),
            double_cell(was->value - is->value, 6, ROUND_NEAREST),
            double_cell(level_floor(was) - is->value, 6, ROUND_DOWN),
            double_cell(was->value - level_floor(is), 6, ROUND_UP));
    }
    answer_note(c->w,
                "A lower level's bounds hold as long as the levels above stay what they are.");
}

static void put_worth(struct comparing *c)
{
    const struct solution *before = c->before->s, *after = c->after->s;
    struct answer *w = c->w;
    struct level was = {before->objective, before->bound}, is = {after->objective, after->bound};
    if (c->before->levels && c->after->levels) {
        int level = why_level(c->before->levels, c->after->levels);
        answer_put(w, "level", cell_text(level_name(level)));
        was = c->before->levels[level];
        is = c->after->levels[level];
    }
    answer_put(w, "objective_before", double_cell(was.value, 4, ROUND_UP));
    answer_put(w, "objective_after", double_cell(is.value, 4, ROUND_UP));
    answer_put(w, "bound_after", double_cell(is.bound, 4, ROUND_DOWN));
    answer_put(w, "better", double_cell(was.value - is.value, 4, ROUND_NEAREST));
    answer_put(w, "better_least", double_cell(level_floor(&was) - is.value, 4, ROUND_DOWN));
    answer_put(w, "better_most", double_cell(was.value - level_floor(&is), 4, ROUND_UP));
    answer_put(w, "on_time_percent_before",
               double_cell(100 * before->value.on_time, 1, ROUND_NEAREST));
    answer_put(w, "on_time_percent_after",
               double_cell(100 * after->value.on_time, 1, ROUND_NEAREST));
}

struct answer *report_what_if(struct arena *a, const char *change,
                              const struct planned_state *before, const struct planned_state *after,
                              uint32_t limit)
{
    struct comparing c = {.arena = a,
                          .before = before,
                          .after = after,
                          .limit = limit,
                          .lot_was = lots_before(a, before->in, after->in),
                          .sink_was = sinks_before(a, before->in, after->in),
                          .w = answer_new(a, text_format(a, "What if %s", change))};
    answer_put(c.w, "change", cell_text(change));
    put_worth(&c);
    put_levels(&c);
    put_needs(&c);
    put_shipments(&c);
    answer_note(c.w, "Nothing was recorded. Better is less of the objective; least is certain.");
    return c.w;
}
