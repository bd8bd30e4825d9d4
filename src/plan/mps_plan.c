/*
 * mps_plan.c - a plan as values of the columns that mps.c writes.
 *
 * Each shipment is split into what it adds to single columns; these are sorted
 * and added up, one kind after the other: memory grows with the plan, and never
 * with the model or with how long things wait.
 */
#include <math.h>
#include <stdlib.h>

#include "plan/mps_net.h"
#include "plan/mps_text.h"

enum flow_kind { FLOW_X, FLOW_USE, FLOW_KEEP, FLOW_SEND, FLOW_PASS, FLOW_GIVE };

struct flow {
    enum flow_kind kind;
    int32_t a, b, c, d; /* in the order of the name */
    double qty;
};

struct flows {
    struct flow *list;
    size_t count, room;
};

struct answer {
    const struct model *m;
    const struct plan *plan;
    struct mps_labels name;
    struct mps_out out;
};

/* Of one kind. */
static int by_name(const void *x, const void *y)
{
    const struct flow *f = x, *g = y;
    if (f->a != g->a) return f->a < g->a ? -1 : 1;
    if (f->b != g->b) return f->b < g->b ? -1 : 1;
    if (f->c != g->c) return f->c < g->c ? -1 : 1;
    if (f->d != g->d) return f->d < g->d ? -1 : 1;
    return (f->qty > g->qty) - (f->qty < g->qty);
}

static void put(struct arena *a, struct flows *f, struct flow flow)
{
    if (f->count == f->room) {
        size_t room = f->room ? f->room * 2 : 1024;
        struct flow *more = NEW_ARRAY(a, room, struct flow);
        for (size_t i = 0; i < f->count; i++) more[i] = f->list[i];
        arena_drop(a, f->list);
        f->list = more;
        f->room = room;
    }
    f->list[f->count++] = flow;
}

/* What a shipment adds to columns of that kind. */
static void along_arcs(struct arena *a, struct flows *f, const struct model *m,
                       const struct shipment *s, enum flow_kind kind)
{
    const struct model_lot *lot = &m->lot[s->lot];
    int32_t receiver = m->sink[s->sink].receiver;
    int32_t passes = s->month - mps_far(m, s->hub, receiver);
    int32_t leaves = passes - mps_near(m, lot->giver, s->hub);
    double q = s->qty;
    switch (kind) {
    case FLOW_X: put(a, f, (struct flow){kind, s->lot, s->sink, s->hub, s->month, q}); break;
    case FLOW_USE: put(a, f, (struct flow){kind, s->lot, 0, 0, 0, q}); break;
    case FLOW_KEEP:
        for (int32_t t = lot->ready; t < leaves; t++) {
            put(a, f, (struct flow){kind, lot->giver, lot->item, t, 0, q});
        }
        break;
    case FLOW_SEND: put(a, f, (struct flow){kind, lot->giver, lot->item, s->hub, leaves, q}); break;
    case FLOW_PASS: put(a, f, (struct flow){kind, lot->item, s->hub, receiver, passes, q}); break;
    case FLOW_GIVE: put(a, f, (struct flow){kind, lot->item, s->sink, s->month, 0, q}); break;
    }
}

static void say(struct answer *w, double value, const char *kind, const char *a, const char *b,
                const char *c, const char *d)
{
    char name[MPS_NAME], number[MPS_NUMBER];
    if (!(fabs(value) > 0)) return;
    mps_put(&w->out, name, mps_name(name, kind, a, b, c, d));
    mps_put(&w->out, " ", 1);
    mps_put(&w->out, number, mps_number(number, value));
    mps_put(&w->out, "\n", 1);
}

static void say_flow(struct answer *w, const struct flow *f, double qty)
{
    const struct mps_labels *n = &w->name;
    switch (f->kind) {
    case FLOW_X: say(w, qty, "x", n->lot[f->a], n->sink[f->b], n->hub[f->c], n->month[f->d]); break;
    case FLOW_USE: say(w, qty, "use", n->lot[f->a], NULL, NULL, NULL); break;
    case FLOW_KEEP: say(w, qty, "keep", n->giver[f->a], n->item[f->b], n->month[f->c], NULL); break;
    case FLOW_SEND:
        say(w, qty, "send", n->giver[f->a], n->item[f->b], n->hub[f->c], n->month[f->d]);
        break;
    case FLOW_PASS:
        say(w, qty, "pass", n->item[f->a], n->hub[f->b], n->receiver[f->c], n->month[f->d]);
        break;
    case FLOW_GIVE: say(w, qty, "give", n->item[f->a], n->sink[f->b], n->month[f->c], NULL); break;
    }
}

/* In the order of names, what is of one column added up; and the list is empty. */
static void say_flows(struct answer *w, struct flows *f)
{
    if (f->count) qsort(f->list, f->count, sizeof *f->list, by_name);
    for (size_t i = 0, next; i < f->count; i = next) {
        double qty = f->list[i].qty;
        for (next = i + 1; next < f->count; next++) {
            const struct flow *x = &f->list[i], *y = &f->list[next];
            if (x->a != y->a || x->b != y->b || x->c != y->c || x->d != y->d) break;
            qty += y->qty;
        }
        say_flow(w, &f->list[i], qty);
    }
    f->count = 0;
}

/* A shipment, by who gives what. */
struct given {
    int32_t giver, item;
    size_t ship;
};

static int by_giver(const void *x, const void *y)
{
    const struct given *f = x, *g = y;
    if (f->giver != g->giver) return f->giver < g->giver ? -1 : 1;
    if (f->item != g->item) return f->item < g->item ? -1 : 1;
    return f->ship < g->ship ? -1 : f->ship > g->ship;
}

static struct given *given(struct arena *a, const struct answer *w)
{
    struct given *list = NEW_ARRAY(a, w->plan->count + 1, struct given);
    for (size_t i = 0; i < w->plan->count; i++) {
        const struct model_lot *lot = &w->m->lot[w->plan->ship[i].lot];
        list[i] = (struct given){lot->giver, lot->item, i};
    }
    if (w->plan->count) qsort(list, w->plan->count, sizeof *list, by_giver);
    return list;
}

/*
 * One kind of columns after the other; what is kept with its giver month by
 * month, which is most of them, one giver's item after the other.
 */
static void flows(struct arena *a, struct answer *w, enum mps_form form)
{
    struct flows f = {0};
    size_t count = w->plan->count;
    const struct given *of = given(a, w);
    enum flow_kind first = form == MPS_ARC ? FLOW_USE : FLOW_X;
    enum flow_kind last = form == MPS_ARC ? FLOW_GIVE : FLOW_X;
    for (enum flow_kind kind = first; kind <= last; kind++) {
        for (size_t i = 0; i < count; i++) {
            along_arcs(a, &f, w->m, &w->plan->ship[of[i].ship], kind);
            bool last_of_these =
                i + 1 == count || of[i].giver != of[i + 1].giver || of[i].item != of[i + 1].item;
            if (kind == FLOW_KEEP && last_of_these) say_flows(w, &f);
        }
        say_flows(w, &f);
    }
}

static double fallen_short(double asked, double met)
{
    return asked > met ? asked - met : 0;
}

/* Of a complement: what came, less what the systems in service have used. */
static void left(struct answer *w, const struct fate *fate, int32_t j)
{
    const struct model_sink *s = &w->m->sink[j], *system = &w->m->sink[s->system];
    struct span span = sink_span(w->m, j), of = sink_span(w->m, s->system);
    double used = 0;
    for (int32_t t = span.from; t <= span.until; t++) {
        if (t >= system->due && t <= system->end) {
            used += s->rate * fate[s->system].serving[t - of.from];
        }
        say(w, fallen_short(fate[j].got[t - span.from], used), "left", w->name.sink[j],
            w->name.month[t], NULL, NULL);
    }
}

static void states(struct arena *a, struct answer *w)
{
    const struct model *m = w->m;
    struct fate *fate = plan_fates(a, m, w->plan);
    for (int32_t k = 0; k < m->sinks; k++) {
        const struct model_sink *s = &m->sink[k];
        const char *name = w->name.sink[k];
        struct span span = sink_span(m, k);
        if (s->type == SINK_NEED) {
            say(w, fallen_short(s->qty, fate[k].met), "unmet", name, NULL, NULL, NULL);
        } else if (s->type == SINK_KEEPING) {
            left(w, fate, k);
        } else {
            for (int32_t t = s->first; t <= s->last; t++) {
                say(w, fate[k].got[t - span.from], "got", name, w->name.month[t], NULL, NULL);
            }
            for (int32_t t = s->due; t <= s->end; t++) {
                say(w, fallen_short(s->qty, fate[k].serving[t - span.from]), "out", name,
                    w->name.month[t], NULL, NULL);
            }
        }
    }
}

static void fairness(struct arena *a, struct answer *w)
{
    const struct model *m = w->m;
    double *burden = NEW_ARRAY(a, (size_t)m->givers + 1, double), all = 0, money = mps_money(m);
    for (size_t i = 0; i < w->plan->count; i++) {
        const struct shipment *s = &w->plan->ship[i];
        burden[m->lot[s->lot].giver] += s->qty * (m->lot[s->lot].value / money);
    }
    for (int32_t d = 0; d < m->givers; d++) all += burden[d];
    for (int32_t d = 0; d < m->givers; d++) {
        double share = m->giver[d].key * all;
        say(w, burden[d], "burden", w->name.giver[d], NULL, NULL, NULL);
        say(w, fallen_short(burden[d], share), "over", w->name.giver[d], NULL, NULL, NULL);
        say(w, fallen_short(share, burden[d]), "under", w->name.giver[d], NULL, NULL, NULL);
    }
    say(w, all, "burden", NULL, NULL, NULL, NULL);
}

enum rc mps_write_plan(const struct model *m, const struct mps_names *names, enum mps_form form,
                       const struct plan *p, mps_sink *sink, void *ctx, struct err *err)
{
    struct arena arena = {0};
    struct answer *w = NEW(&arena, struct answer);
    *w = (struct answer){.m = m, .plan = p, .out = {.sink = sink, .ctx = ctx, .err = err}};
    mps_label(&arena, m, names, &w->name);
    flows(&arena, w, form);
    states(&arena, w);
    if (m->fairness > 0) fairness(&arena, w);
    for (int32_t g = 0; g < m->lines; g++) {
        say(w, plan_opens(m, p, g), "open", w->name.line[g], NULL, NULL, NULL);
    }
    enum rc rc = mps_flush(&w->out);
    arena_free(&arena);
    return rc;
}
