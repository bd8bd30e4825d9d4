/*
 * mps_plan.c - a plan as values of the columns that mps.c writes.
 *
 * Each shipment is split into what it adds to single columns; these are sorted
 * and added up, so memory grows with the plan and never with the model.
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

static int by_name(const void *x, const void *y)
{
    const struct flow *f = x, *g = y;
    if (f->kind != g->kind) return f->kind < g->kind ? -1 : 1;
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
        f->list = more;
        f->room = room;
    }
    f->list[f->count++] = flow;
}

static void along_arcs(struct arena *a, struct flows *f, const struct model *m,
                       const struct shipment *s)
{
    const struct model_lot *lot = &m->lot[s->lot];
    int32_t receiver = m->sink[s->sink].receiver;
    int32_t passes = s->month - mps_far(m, s->hub, receiver);
    int32_t leaves = passes - mps_near(m, lot->giver, s->hub);
    double q = s->qty;
    put(a, f, (struct flow){FLOW_USE, s->lot, 0, 0, 0, q});
    for (int32_t t = lot->ready; t < leaves; t++) {
        put(a, f, (struct flow){FLOW_KEEP, lot->giver, lot->item, t, 0, q});
    }
    put(a, f, (struct flow){FLOW_SEND, lot->giver, lot->item, s->hub, leaves, q});
    put(a, f, (struct flow){FLOW_PASS, lot->item, s->hub, receiver, passes, q});
    put(a, f, (struct flow){FLOW_GIVE, lot->item, s->sink, s->month, 0, q});
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

static void flows(struct arena *a, struct answer *w, enum mps_form form)
{
    struct flows f = {0};
    for (size_t i = 0; i < w->plan->count; i++) {
        const struct shipment *s = &w->plan->ship[i];
        if (form == MPS_ARC)
            along_arcs(a, &f, w->m, s);
        else
            put(a, &f, (struct flow){FLOW_X, s->lot, s->sink, s->hub, s->month, s->qty});
    }
    if (f.count) qsort(f.list, f.count, sizeof *f.list, by_name);
    for (size_t i = 0, next; i < f.count; i = next) {
        double qty = f.list[i].qty;
        for (next = i + 1; next < f.count; next++) {
            const struct flow *x = &f.list[i], *y = &f.list[next];
            if (x->kind != y->kind || x->a != y->a || x->b != y->b || x->c != y->c || x->d != y->d)
                break;
            qty += y->qty;
        }
        say_flow(w, &f.list[i], qty);
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
