/*
 * asks.c - see asks.h.
 *
 * The second plan of a giver is made of a model from which the first is taken
 * out: ordinary needs ask for less, hubs and budgets carry less, lots hold
 * less. A system counts only with all that keeps it going, so what the first
 * plan sends for systems is planned again with them, from the same lots.
 */
#include "cli/asks.h"

#include <math.h>
#include <string.h>

#include "base/map.h"
#include "base/text.h"

struct asking_plan {
    struct context *ctx;
    const struct planned_args *args;
    struct asks *out;
    struct opened public;
    struct instance first;
    struct solution plan;
};

/* --- what a shipment asks --- */

static int32_t month_end(const struct instance *in, int32_t month)
{
    int year, m, day;
    day_to_civil(in->day, &year, &m, &day);
    int32_t n = year * 12 + m - 1 + month;
    return day_month_last(n / 12, n % 12 + 1);
}

/* Only from what the giver may see: the need, its day, the way. */
static const char *reason(struct arena *a, const struct instance *in, const struct shipment *s)
{
    const struct model_sink *k = &in->model.sink[s->sink];
    int32_t due = k->type == SINK_KEEPING ? in->model.sink[k->system].due : k->due;
    int32_t late = s->month - due;
    const char *what = k->type == SINK_KEEPING    ? "keeps systems going that are needed"
                       : in->sink[s->sink].urgent ? "urgently needed"
                                                  : "needed";
    const char *by = instance_month(a, in, due);
    if (late <= 0) return text_format(a, "%s by %s, and there in time", what, by);
    return text_format(a, "%s by %s, and there %d month%s later", what, by, (int)late,
                       late == 1 ? "" : "s");
}

static void add_ask(struct asking_plan *p, const struct instance *in, const struct shipment *s,
                    double qty)
{
    struct arena *a = p->ctx->arena;
    const struct model *m = &in->model;
    const struct instance_lot *lot = &in->lot[s->lot];
    int64_t parts = whole_parts(in, m->lot[s->lot].item, qty);
    uint64_t source = book_latest(in->book, lot->noun)->id;
    uint32_t hub = in->hub[s->hub];
    if (parts <= 0) return;
    struct asks *out = p->out;
    out->list = arena_more(a, out->list, out->count, &out->room, sizeof *out->list);
    out->list[out->count++] = (struct ask){
        .giver = book_latest(in->book, in->giver[m->lot[s->lot].giver])->id,
        .lot = lot->promised ? 0 : source,
        .line = lot->promised ? source : 0,
        .need = book_latest(in->book, in->sink[s->sink].need)->id,
        .hub = hub == NONE ? 0 : book_latest(in->book, hub)->id,
        .month = month_end(in, s->month),
        .due = month_end(in, m->sink[s->sink].due),
        .qty = parts,
        .why = reason(a, in, s),
    };
}

/* --- the first plan, found again in another instance --- */

static const char *lot_name(struct arena *a, const struct instance *in, int32_t lot)
{
    return text_format(a, "%s/%s", in->lot[lot].promised ? "line" : "lot",
                       instance_lot_key(in, lot));
}

static struct map numbers_of_lots(struct arena *a, const struct instance *in)
{
    struct map map = {.arena = a};
    for (int32_t l = 0; l < in->model.lots; l++) map_put(&map, lot_name(a, in, l), (uint64_t)l);
    return map;
}

static struct map numbers_of_sinks(struct arena *a, const struct instance *in)
{
    struct map map = {.arena = a};
    for (int32_t k = 0; k < in->model.sinks; k++) {
        map_put(&map, instance_sink_key(a, in, k), (uint64_t)k);
    }
    return map;
}

static struct map numbers_of_hubs(struct arena *a, const struct instance *in)
{
    struct map map = {.arena = a};
    for (int32_t h = 0; h < in->model.hubs; h++)
        map_put(&map, instance_hub_key(in, h), (uint64_t)h);
    return map;
}

static int32_t number_in(const struct map *map, const char *name)
{
    const uint64_t *at = map_get(map, name);
    return at ? (int32_t)*at : MODEL_NONE;
}

/* The first plan in the numbers of another instance; what that one does not know is left out. */
static struct plan carried_over(struct arena *a, const struct asking_plan *p,
                                const struct instance *in)
{
    struct map lots = numbers_of_lots(a, in), sinks = numbers_of_sinks(a, in);
    struct map hubs = numbers_of_hubs(a, in);
    struct plan out = {.ship = NEW_ARRAY(a, p->plan.plan.count + 1, struct shipment)};
    int32_t later = instance_month_of(in->day, p->first.day);
    for (size_t i = 0; i < p->plan.plan.count; i++) {
        struct shipment s = p->plan.plan.ship[i];
        s.lot = number_in(&lots, lot_name(a, &p->first, s.lot));
        s.sink = number_in(&sinks, instance_sink_key(a, &p->first, s.sink));
        s.hub = number_in(&hubs, instance_hub_key(&p->first, s.hub));
        s.month += later;
        if (s.lot == MODEL_NONE || s.sink == MODEL_NONE || s.hub == MODEL_NONE) continue;
        if (s.month >= 0 && s.month < in->model.months) out.ship[out.count++] = s;
    }
    return out;
}

static double less(double x, double by)
{
    return x > by ? x - by : 0;
}

/* What is left for a giver: its own lots, and all the rest as the first plan left it. */
static void take_out(struct arena *a, struct model *m, const struct plan *first, int32_t giver)
{
    double *for_systems = NEW_ARRAY(a, (size_t)m->lots + 1, double);
    for (size_t i = 0; i < first->count; i++) {
        const struct shipment *s = &first->ship[i];
        struct model_lot *lot = &m->lot[s->lot];
        struct model_sink *k = &m->sink[s->sink];
        if (k->type != SINK_NEED) {
            for_systems[s->lot] += s->qty;
            continue;
        }
        double brings = s->qty * sink_eta(m, s->sink, lot->item);
        int32_t passes = s->month - m->far[s->hub * m->receivers + k->receiver];
        if (passes >= 0) {
            double *capacity = &m->capacity[s->hub * m->months + passes];
            *capacity = less(*capacity, s->qty * m->item[lot->item].mass);
        }
        if (lot->budget != MODEL_NONE) {
            m->budget[lot->budget] = less(m->budget[lot->budget], s->qty * lot->cost);
        }
        lot->qty = less(lot->qty, s->qty);
        k->qty = less(k->qty, brings);
        k->most = less(k->most, brings);
    }
    for (int32_t l = 0; l < m->lots; l++) {
        if (m->lot[l].giver != giver) m->lot[l].qty = for_systems[l];
    }
}

/* What the second plan asks of the giver beyond what the first did for systems, earliest first. */
static void ask_more(struct asking_plan *p, const struct instance *in, const struct plan *first,
                     const struct plan *second, int32_t giver)
{
    for (size_t i = 0; i < second->count; i++) {
        const struct shipment *s = &second->ship[i];
        double asked = 0, before = 0;
        if (in->model.lot[s->lot].giver != giver) continue;
        bool system = in->model.sink[s->sink].type != SINK_NEED;
        for (size_t k = 0; system && k < first->count; k++) {
            const struct shipment *f = &first->ship[k];
            if (f->lot == s->lot && f->sink == s->sink) asked += f->qty;
        }
        for (size_t k = 0; system && k < second->count; k++) {
            const struct shipment *f = &second->ship[k];
            bool earlier = f->month < s->month || (f->month == s->month && k < i);
            if (f->lot == s->lot && f->sink == s->sink && earlier) before += f->qty;
        }
        double left = less(asked, before); /* of what the first plan asked, for this shipment */
        add_ask(p, in, s, less(s->qty, left));
    }
}

/* --- giver by giver --- */

/* How many lots, promises and needs a book has: more than the public's where some are hidden. */
static uint32_t visible(const struct book *b)
{
    uint32_t lots, lines, needs;
    book_records(b, KIND_LOT, &lots);
    book_records(b, KIND_LINE, &lines);
    book_records(b, KIND_NEED, &needs);
    return lots + lines + needs;
}

static int second_plan(struct asking_plan *p, const char *key, const struct opened *o)
{
    struct context *ctx = p->ctx;
    struct arena *a = ctx->arena;
    struct instance *in = NEW(a, struct instance);
    struct planned planned;
    const char *table;
    uint32_t party = book_noun(o->view.book, KIND_PARTY, key);
    int32_t giver = MODEL_NONE;
    int code = planned_instance(ctx, o, p->args, in, &table);
    if (code) return code;
    for (int32_t d = 0; d < in->model.givers; d++) {
        if (in->giver[d] == party) giver = d;
    }
    if (giver == MODEL_NONE) return EXIT_DONE;
    struct plan first = carried_over(a, p, in);
    take_out(a, &in->model, &first, giver);
    code = planned_solve(ctx, p->args, in, table, &planned);
    if (!code) ask_more(p, in, &first, &planned.solution.plan, giver);
    return code;
}

static int as_giver(struct asking_plan *p, const char *key)
{
    struct context inside = *p->ctx;
    struct opened o;
    inside.as = key;
    inside.borrows = true;
    int code = opened_begin(&inside, false, &o);
    if (code) return code;
    if (visible(o.view.book) > visible(p->public.view.book)) code = second_plan(p, key, &o);
    opened_end(&o);
    return code;
}

/* Whoever has a lot or promised something, as the owner sees the book. */
static bool gives(const struct book *b, uint32_t party)
{
    uint32_t lots, lines;
    const struct record *const *lot = book_records(b, KIND_LOT, &lots);
    const struct line *line = book_lines(b, &lines);
    for (uint32_t i = 0; i < lots; i++) {
        if (book_noun_of(b, record_ref(lot[i], F_PARTY)) == party) return true;
    }
    for (uint32_t i = 0; i < lines; i++) {
        if (line[i].giver == party) return true;
    }
    return false;
}

static int each_giver(struct asking_plan *p, const char *giver)
{
    struct context inside = *p->ctx;
    struct opened all;
    inside.as = NULL;
    inside.borrows = true;
    int code = opened_begin(&inside, false, &all);
    if (code) return code;
    p->out->head = all.view.head;
    bool hidden = visible(all.view.book) > visible(p->public.view.book);
    const struct book *b = all.view.book;
    for (uint32_t noun = 0; hidden && noun < book_noun_count(b) && !code; noun++) {
        if (book_kind(b, noun) != KIND_PARTY || !gives(b, noun)) continue;
        const char *key = book_key(b, noun);
        if (!giver || strcmp(giver, key) == 0) code = as_giver(p, key);
    }
    opened_end(&all);
    return code;
}

static int first_plan(struct asking_plan *p, const char *giver)
{
    struct planned planned;
    const char *table;
    int code = planned_instance(p->ctx, &p->public, p->args, &p->first, &table);
    if (!code) code = planned_solve(p->ctx, p->args, &p->first, table, &planned);
    if (code) return code;
    p->plan = planned.solution;
    p->out->day = p->first.day;
    p->out->currency = p->first.currency;
    p->out->objective = p->plan.objective;
    p->out->bound = p->plan.bound;
    for (size_t i = 0; i < p->plan.plan.count; i++) {
        const struct shipment *s = &p->plan.plan.ship[i];
        const char *of = book_key(p->first.book, p->first.giver[p->first.model.lot[s->lot].giver]);
        if (!giver || strcmp(giver, of) == 0) add_ask(p, &p->first, s, s->qty);
    }
    return EXIT_DONE;
}

int asks_plan(struct context *ctx, const struct planned_args *args, const char *giver,
              struct asks *out)
{
    struct asking_plan p = {.ctx = ctx, .args = args, .out = out};
    struct context inside = *ctx;
    *out = (struct asks){0};
    inside.as = "";
    inside.borrows = true;
    int code = opened_begin(&inside, false, &p.public);
    if (code) return code;
    code = first_plan(&p, giver);
    if (!code) code = each_giver(&p, giver);
    opened_end(&p.public);
    return code;
}
