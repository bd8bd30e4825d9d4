/* plan.c - see plan.h. */
#include "report/plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "measure/keys.h"
#include "measure/worth.h"
#include "report/evidence.h"
#include "report/words.h"

/* --- what is asked --- */

struct planning planning_usual(const struct exchange *x)
{
    int32_t day = x->at.effective;
    if (day == DAY_MAX) {
        int64_t last = book_last_ms(x->book);
        if (last > x->at.known) last = x->at.known;
        day = last > 0 ? (int32_t)(last / MS_PER_DAY) : 0;
    }
    return (struct planning){.x = x,
                             .day = day,
                             .early = INSTANCE_EARLY,
                             .late = INSTANCE_LATE,
                             .weights = instance_weights_usual};
}

static enum rc read_keys(struct arena *a, const struct planning *p, struct instance_question *q,
                         const char **name, struct err *err)
{
    uint32_t series, count;
    const char *key = p->key ? p->key : "gdp";
    const struct indicator *any = NULL;
    struct exchange x = *p->x;
    *name = NULL;
    if (strcmp(key, "none") == 0) return RC_OK;
    if (key_series(&x, key, p->table, NULL, &series, err)) {
        if (p->key || p->table) return err->code;
        *err = (struct err){0};
        return RC_OK;
    }
    const struct indicator *list = book_indicators(x.book, &count);
    struct instance_key *keys = NEW_ARRAY(a, (size_t)count + 1, struct instance_key);
    bool *seen = NEW_ARRAY(a, (size_t)book_noun_count(x.book) + 1, bool);
    x.at.effective = p->day;
    for (uint32_t i = 0; i < count; i++) {
        if (seen[list[i].party] || list[i].series != series) continue;
        const struct indicator *f = key_figure(&x, series, key, list[i].party, p->key_year);
        if (!f) continue;
        seen[list[i].party] = true;
        keys[q->key_count++] = (struct instance_key){f->party, f->amount};
        any = f;
    }
    if (!any) return fail(err, RC_ABSENT, "no party has a figure of '%.60s' by then", key);
    q->keys = keys;
    *name = key_name(a, &x, series, key, any);
    return RC_OK;
}

static enum rc convert(void *ctx, struct dec amount, const char *from, int32_t day, const char *to,
                       struct dec *out, struct err *err)
{
    const struct exchange *x = ctx;
    i128 parts;
    enum rc rc = convert_units(x, amount, from, NULL, day, to, &parts, err);
    if (rc) return rc;
    out->scale = currency_places(x->book, to);
    return narrow(parts, &out->n, "an amount", err);
}

enum rc planning_instance(struct arena *a, const struct planning *p, struct instance *out,
                          const char **key_table, struct err *err)
{
    struct exchange x = *p->x;
    struct instance_question q = instance_asked(x.book, &x.at, p->day);
    enum rc rc = read_keys(a, p, &q, key_table, err);
    if (rc) return rc;
    if (p->group) q.group = book_noun(x.book, KIND_PARTY, p->group);
    if (p->group && q.group == NONE) {
        return fail(err, RC_ABSENT, "no group '%.80s' in this book", p->group);
    }
    q.later = p->later;
    q.months = p->months;
    q.early = p->early;
    q.late = p->late;
    q.weights = p->weights;
    q.currency = x.currency;
    q.left_out = worth_second_series(a, x.book, &x.at, STAGE_COMMITTED);
    q.convert = convert;
    q.convert_ctx = &x;
    return instance_build(a, &q, out, err);
}

/* --- numbers --- */

struct cell double_cell(double x, int places, enum rounding rounding)
{
    double scaled;
    while (places > 0 && fabs(x) * pow(10, places) > 9e17) places--;
    scaled = x * pow(10, places);
    scaled = rounding == ROUND_DOWN ? floor(scaled)
             : rounding == ROUND_UP ? ceil(scaled)
                                    : round(scaled);
    if (!(fabs(scaled) < 9.2e18)) return cell_null();
    return cell_decimal((struct dec){(int64_t)scaled, places}, places);
}

static int places_of(const struct instance *in, int32_t item)
{
    int places;
    item_unit(in->book, in->item[item].noun, in->at.known, &places);
    return places;
}

/* A hair is added so that 0.29 of a unit is 29 hundredths; it is far below any part. */
int64_t whole_parts(const struct instance *in, int32_t item, double qty)
{
    double parts = qty * pow(10, places_of(in, item));
    return (int64_t)floor(parts + 1e-3);
}

static struct cell units_cell(const struct instance *in, int32_t item, double qty)
{
    return cell_quantity(whole_parts(in, item, qty), places_of(in, item));
}

/* --- shipments --- */

struct shown {
    struct arena *arena;
    const struct plan_shown *p;
    const struct instance *in;
    const struct model *m;
    const char **month; /* "2026-03", by month */
    struct answer *w;
    struct fate *fates;
    const struct shipment *list; /* to be shown, in order */
};

static const char *noun_key(const struct shown *s, uint32_t noun)
{
    return book_key(s->in->book, noun);
}

static double eta_of(const struct shown *s, const struct shipment *one)
{
    return sink_eta(s->m, one->sink, s->m->lot[one->lot].item);
}

static const char *why_sent(const struct shown *s, const struct shipment *one)
{
    const struct model_sink *k = &s->m->sink[one->sink];
    const struct instance_sink *what = &s->in->sink[one->sink];
    struct buf b = {.arena = s->arena};
    double eta = eta_of(s, one);
    int late = one->month - k->due;
    if (what->urgent) buf_add(&b, "urgent");
    if (k->type == SINK_KEEPING) {
        buf_addf(&b, "%skeeps %s going", b.len ? ", " : "",
                 instance_sink_key(s->arena, s->in, k->system));
    } else if (late > 0) {
        buf_addf(&b, "%s%d month%s late", b.len ? ", " : "", late, late == 1 ? "" : "s");
    } else {
        buf_addf(&b, "%sin time", b.len ? ", " : "");
    }
    if (s->in->item[s->m->lot[one->lot].item].noun != s->in->item[k->item].noun) {
        buf_addf(&b, ", counts as %.3g %s", eta, noun_key(s, s->in->item[k->item].noun));
    }
    if (s->in->lot[one->lot].promised) buf_add(&b, ", promised already");
    return b.text;
}

static void make_shipment(void *ctx, uint32_t row, struct cell *cells, struct arena *a)
{
    struct shown here = *(const struct shown *)ctx, *s = &here;
    const struct shipment *one = &s->list[row];
    const struct model_lot *lot = &s->m->lot[one->lot];
    const struct model_sink *k = &s->m->sink[one->sink];
    const struct instance *in = s->in;
    int places;
    uint32_t item = in->item[lot->item].noun;
    const char *unit = item_unit(in->book, item, in->at.known, &places);
    int near = s->m->near[lot->giver * s->m->hubs + one->hub];
    int far = s->m->far[one->hub * s->m->receivers + k->receiver];
    here.arena = a;
    *cells++ = cell_text(s->month[one->month - far - near]);
    *cells++ = cell_text(s->month[one->month]);
    *cells++ = cell_text(noun_key(s, in->giver[lot->giver]));
    *cells++ = cell_text(noun_key(s, item));
    *cells++ = units_cell(in, lot->item, one->qty);
    *cells++ = cell_text(unit);
    *cells++ = cell_text(instance_lot_key(in, one->lot));
    *cells++ = cell_text(instance_hub_key(in, one->hub));
    *cells++ = cell_text(noun_key(s, in->receiver[k->receiver]));
    *cells++ = cell_text(instance_sink_key(a, in, one->sink));
    *cells++ = cell_text(s->month[k->due]);
    *cells++ = cell_text(why_sent(s, one));
}

static int shipment_order(const void *x, const void *y)
{
    const struct shipment *a = x, *b = y;
    if (a->month != b->month) return a->month < b->month ? -1 : 1;
    if (a->sink != b->sink) return a->sink < b->sink ? -1 : 1;
    if (a->lot != b->lot) return a->lot < b->lot ? -1 : 1;
    return a->hub < b->hub ? -1 : a->hub > b->hub;
}

static const struct rows *add_shipments(struct shown *s)
{
    const struct plan *plan = &s->p->s->plan;
    struct rows *rows = answer_rows(s->w, "shipments");
    struct shipment *list = NEW_ARRAY(s->arena, plan->count + 1, struct shipment);
    uint32_t count = 0, shown;
    rows->title = "Proposed";
    rows->empty = "nothing that anybody holds can reach a need in time";
    rows_column(rows, "leaves", NULL, 0);
    rows_column(rows, "month", "arrives", 0);
    rows_column(rows, "giver", NULL, 0);
    rows_column(rows, "item", NULL, 0);
    rows_column(rows, "quantity", NULL, 0);
    rows_column(rows, "unit", NULL, 0);
    rows_column(rows, "lot", NULL, 0);
    rows_column(rows, "hub", NULL, 0);
    rows_column(rows, "receiver", "to", 0);
    rows_column(rows, "need", "for", 0);
    rows_column(rows, "due", NULL, 0);
    rows_column(rows, "why", NULL, 0);
    for (size_t i = 0; i < plan->count; i++) {
        const struct shipment *one = &plan->ship[i];
        if (whole_parts(s->in, s->m->lot[one->lot].item, one->qty) > 0) list[count++] = *one;
    }
    if (count) qsort(list, count, sizeof *list, shipment_order);
    if (s->p->limit && count > s->p->limit)
        shown = s->p->limit;
    else
        shown = count;
    s->list = list;
    rows_made(rows, shown, make_shipment, s);
    if (shown < count) {
        answer_note(s->w, "%u more shipments: --all shows them.", (unsigned)(count - shown));
    }
    return rows;
}

/* --- what stays unmet --- */

/* Of each item: is any left that no budget holds back, or only such as one does? */
enum left { LEFT_NONE, LEFT_PAID, LEFT_FREE };

static enum left *what_is_left(const struct shown *s)
{
    const struct model *m = s->m;
    const struct plan *plan = &s->p->s->plan;
    double *used = NEW_ARRAY(s->arena, (size_t)m->lots + 1, double);
    enum left *left = NEW_ARRAY(s->arena, (size_t)m->items + 1, enum left);
    for (size_t i = 0; i < plan->count; i++) used[plan->ship[i].lot] += plan->ship[i].qty;
    for (int32_t l = 0; l < m->lots; l++) {
        const struct model_lot *lot = &m->lot[l];
        if (lot->qty - used[l] <= 1e-6 * lot->qty) continue;
        enum left is = lot->budget == MODEL_NONE ? LEFT_FREE : LEFT_PAID;
        if (is > left[lot->item]) left[lot->item] = is;
    }
    return left;
}

/* Of a system: some of it is there at the end, and not in service. */
static bool stands_idle(const struct shown *s, int32_t sink)
{
    const struct model_sink *k = &s->m->sink[sink];
    const struct fate *f = &s->fates[sink];
    struct span span = sink_span(s->m, sink);
    if (k->type != SINK_SYSTEM) return false;
    int32_t last = span.until - span.from;
    return fmin(f->got[last], k->qty) > f->serving[last] + 1e-6 * k->qty;
}

static const char *why_unmet(const struct shown *s, int32_t sink, const enum left *left,
                             const char *const *found)
{
    const struct model_sink *k = &s->m->sink[sink];
    enum left best = LEFT_NONE;
    bool idle = stands_idle(s, sink);
    if (found[sink] && !idle) return found[sink];
    for (int32_t c = sink + 1; c < s->m->sinks && s->m->sink[c].system == sink; c++) {
        if (found[c]) return text_format(s->arena, "what keeps it going: %s", found[c]);
    }
    for (int32_t i = k->accepts; i < k->accepts_end; i++) {
        if (left[s->m->accepted[i].item] > best) best = left[s->m->accepted[i].item];
    }
    if (found[sink]) return found[sink];
    if (best == LEFT_NONE && idle) return "what keeps it going is not enough";
    if (best == LEFT_NONE) return "all there is of it goes to needs that count more or came first";
    if (best == LEFT_PAID) return "what is left must be ordered: budgets, or more than it is worth";
    return k->type == SINK_SYSTEM
               ? "what is left cannot come in time, or what keeps it going cannot"
               : "what is left cannot come in time: hubs are full or far";
}

/* The findings that say of a sink that nobody can meet it, as words behind the key. */
static const char **find_reasons(const struct shown *s)
{
    const struct instance *in = s->in;
    const char **reason = NEW_ARRAY(s->arena, (size_t)s->m->sinks + 1, const char *);
    for (uint32_t i = 0; i < in->finding_count; i++) {
        const struct finding *f = &in->findings[i];
        if (f->rule != FINDING_UNMEETABLE) continue;
        const char *words = strstr(f->text, ": ");
        reason[f->sink] = words ? words + 2 : f->text;
    }
    return reason;
}

/* Of a system: in service in the last month that counts. */
static double met_of(const struct shown *s, int32_t sink)
{
    const struct model_sink *k = &s->m->sink[sink];
    const struct fate *f = &s->fates[sink];
    if (k->type != SINK_SYSTEM) return f->met;
    struct span span = sink_span(s->m, sink);
    return f->serving[span.until - span.from];
}

static void add_unmet(const struct shown *s)
{
    struct rows *rows = answer_rows(s->w, "unmet");
    const enum left *left = what_is_left(s);
    const char **reasons = find_reasons(s);
    uint32_t hidden = 0;
    rows->title = "Unmet";
    rows->empty = "every need is met";
    rows_columns(rows, "need receiver item asked had met unmet unit due urgent why");
    for (int32_t k = 0; k < s->m->sinks; k++) {
        const struct model_sink *sink = &s->m->sink[k];
        const struct instance_sink *what = &s->in->sink[k];
        int places;
        if (sink->type == SINK_KEEPING) continue;
        double met = met_of(s, k), unmet = sink->qty - met;
        if (unmet <= 1e-6 * sink->qty) continue;
        if (s->p->limit && rows->count >= s->p->limit) {
            hidden++;
            continue;
        }
        const char *unit =
            item_unit(s->in->book, s->in->item[sink->item].noun, s->in->at.known, &places);
        int64_t whole = whole_parts(s->in, sink->item, sink->qty);
        int64_t had = whole_parts(s->in, sink->item, met > 0 ? met : 0);
        int64_t there = whole_parts(s->in, sink->item, sink->there); /* told by itself */
        ROW(rows, cell_text(instance_sink_key(s->arena, s->in, k)),
            cell_text(noun_key(s, s->in->receiver[sink->receiver])),
            cell_text(noun_key(s, s->in->item[sink->item].noun)),
            units_cell(s->in, sink->item, what->asked), units_cell(s->in, sink->item, what->had),
            cell_quantity(had > there ? had - there : 0, places),
            cell_quantity(whole - had, places), cell_text(unit), cell_text(s->month[sink->due]),
            cell_bool(what->urgent), cell_text(why_unmet(s, k, left, reasons)));
    }
    if (hidden) answer_note(s->w, "%u more unmet needs: --all shows them.", (unsigned)hidden);
}

/* --- findings --- */

/* What the plan asks of each giver, against its part of the key. Who is asked for nothing and has
   no part of it is left out. */
static void add_burdens(const struct shown *s)
{
    const struct model *m = s->m;
    struct rows *rows = answer_rows(s->w, "burdens");
    double *worth = NEW_ARRAY(s->arena, (size_t)m->givers + 1, double), all = 0;
    rows->title = "Who carries how much of it";
    rows_columns(rows, "giver worth share_percent fair_percent above_fair");
    const struct plan *plan = &s->p->s->plan;
    for (size_t i = 0; i < plan->count; i++) {
        const struct model_lot *lot = &m->lot[plan->ship[i].lot];
        worth[lot->giver] += lot->value * plan->ship[i].qty;
        all += lot->value * plan->ship[i].qty;
    }
    for (int32_t d = 0; d < m->givers; d++) {
        double fair = m->fairness > 0 ? m->giver[d].key : NAN;
        if (worth[d] <= 0 && !(fair > 0)) continue;
        ROW(rows, cell_text(noun_key(s, s->in->giver[d])), double_cell(worth[d], 0, ROUND_NEAREST),
            double_cell(all > 0 ? 100 * worth[d] / all : 0, 2, ROUND_NEAREST),
            double_cell(100 * fair, 2, ROUND_NEAREST),
            double_cell(worth[d] - fair * all, 0, ROUND_NEAREST));
    }
    rows->empty = "nobody is asked for anything that has a price";
}

struct sent_kind {
    int32_t receiver, sink, item;
};

static int kind_order(const void *x, const void *y)
{
    const struct sent_kind *a = x, *b = y;
    if (a->receiver != b->receiver) return a->receiver < b->receiver ? -1 : 1;
    if (a->sink != b->sink) return a->sink < b->sink ? -1 : 1;
    return a->item < b->item ? -1 : a->item > b->item;
}

/* What each receiver must train on and stock parts for: kinds over all its needs, and for one. */
static void add_kinds(const struct shown *s)
{
    const struct plan *plan = &s->p->s->plan;
    struct rows *rows = answer_rows(s->w, "kinds");
    struct sent_kind *sent = NEW_ARRAY(s->arena, plan->count + 1, struct sent_kind);
    int32_t *last_of = NEW_ARRAY(s->arena, (size_t)s->m->items + 1, int32_t); /* receiver + 1 */
    size_t count = 0;
    rows->title = "Kinds of equipment by receiver";
    rows->empty = "nothing is sent";
    rows_columns(rows, "receiver needs kinds most_for_one_need");
    for (size_t i = 0; i < plan->count; i++) {
        const struct shipment *one = &plan->ship[i];
        int32_t item = s->m->lot[one->lot].item;
        if (whole_parts(s->in, item, one->qty) <= 0) continue;
        sent[count++] = (struct sent_kind){s->m->sink[one->sink].receiver, one->sink, item};
    }
    if (count) qsort(sent, count, sizeof *sent, kind_order);
    for (size_t i = 0; i < count;) {
        int32_t receiver = sent[i].receiver, needs = 0, kinds = 0, of_need = 0, most = 0;
        for (; i < count && sent[i].receiver == receiver; i++) {
            bool new_need = i == 0 || sent[i - 1].sink != sent[i].sink;
            needs += new_need;
            if (new_need) of_need = 0;
            if (new_need || sent[i - 1].item != sent[i].item) of_need++;
            if (of_need > most) most = of_need;
            if (last_of[sent[i].item] == receiver + 1) continue;
            last_of[sent[i].item] = receiver + 1;
            kinds++;
        }
        ROW(rows, cell_text(noun_key(s, s->in->receiver[receiver])), cell_count(needs),
            cell_count(kinds), cell_count(most));
    }
}

static void add_findings(struct answer *w, const struct instance *in, uint32_t limit)
{
    struct rows *rows = answer_rows(w, "findings");
    uint32_t hidden = 0;
    rows->title = "What is wrong with the book";
    rows->empty = "nothing that a plan would notice";
    rows_columns(rows, "rule finding record evidence");
    for (uint32_t i = 0; i < in->finding_count; i++) {
        const struct finding *f = &in->findings[i];
        const struct record *r = f->record ? book_record(in->book, f->record) : NULL;
        if (limit && rows->count >= limit) {
            hidden++;
            continue;
        }
        ROW(rows, cell_text(finding_name(f->rule)), cell_text(f->text),
            f->record ? cell_label((i128)f->record) : cell_null(),
            cell_text(r ? evidence_words(w->arena, in->book, record_ref(r, F_PASSAGE)) : ""));
    }
    if (hidden) answer_note(w, "%u more findings: --all shows them.", (unsigned)hidden);
}

struct answer *report_plan_findings(struct arena *a, const struct instance *in)
{
    struct answer *w = answer_new(a, "Not planned");
    add_findings(w, in, 0);
    return w;
}

/* --- the head --- */

static void add_values(const struct shown *s)
{
    double value[LEVEL_COUNT];
    struct object *o = object_new(s->arena);
    level_values(s->m, &s->p->s->plan, value);
    for (int i = 0; i < LEVEL_COUNT; i++) {
        object_put(o, level_name(i), double_cell(value[i], 6, ROUND_NEAREST));
    }
    answer_put(s->w, "by_level", cell_object(o));
}

static void add_levels(const struct shown *s)
{
    struct rows *rows = answer_rows(s->w, "levels");
    rows->title = "Level by level: no plan that is no worse above is below the bound";
    rows_columns(rows, "level value bound");
    for (int i = 0; i < LEVEL_COUNT; i++) {
        const struct level *l = &s->p->levels[i];
        ROW(rows, cell_text(level_name(i)), double_cell(l->value, 6, ROUND_UP),
            double_cell(l->bound, 6, ROUND_DOWN));
    }
}

/*
 * Objective up, bound down (no plan is below nothing), and the gap of what is
 * then shown, up: still a certificate.
 */
static void add_certificate(const struct shown *s)
{
    enum { PLACES = 6 };
    const struct solution *p = s->p->s;
    const double scale = 1e6;
    double objective = ceil(p->objective * scale) / scale;
    double bound = p->bound > 0 ? floor(p->bound * scale) / scale : 0;
    answer_put(s->w, "objective", double_cell(p->objective, PLACES, ROUND_UP));
    answer_put(s->w, "bound", double_cell(bound, PLACES, ROUND_NEAREST));
    double gap = objective > 0 ? (objective - bound) / objective : 0;
    answer_put(s->w, "gap", double_cell(gap > 0 ? gap : 0, 9, ROUND_UP));
}

static void add_head(const struct shown *s)
{
    const struct plan_shown *p = s->p;
    const struct instance *in = s->in;
    add_certificate(s);
    answer_put(s->w, "cpu_seconds",
               p->cpu_ms < 0 ? cell_null() : cell_decimal((struct dec){p->cpu_ms, 3}, 3));
    answer_put(s->w, "wall_seconds", cell_decimal((struct dec){p->wall_ms, 3}, 3));
    answer_put(s->w, "peak_mb",
               p->peak_kb < 0 ? cell_null()
                              : cell_decimal((struct dec){p->peak_kb * 1000 / 1024, 3}, 1));
    answer_put(s->w, "mode", cell_text(p->mode));
    answer_put(s->w, "planned_from", cell_text(day_text(s->arena, in->day, PRECISION_DAY)));
    answer_put(s->w, "months", cell_count(s->m->months));
    answer_put(s->w, "currency", cell_text(*in->currency ? in->currency : NULL));
    answer_put(s->w, "key", cell_text(p->key_table));
    answer_put(s->w, "lots", cell_count(s->m->lots));
    answer_put(s->w, "needs", cell_count(s->m->sinks));
    answer_put(s->w, "possible_shipments", cell_count((i128)p->s->possible));
    answer_put(s->w, "on_time_percent", double_cell(p->s->value.on_time * 100, 1, ROUND_NEAREST));
    add_values(s);
}

static void add_notes(const struct shown *s)
{
    const struct instance *in = s->in;
    if (s->p->s->stopped) {
        answer_note(s->w, "Stopped before the gap was reached: this is the best plan so far.");
    } else if (!s->p->s->reached && s->p->s->gap > 1e-6) {
        answer_note(s->w, "The gap that was asked for was not reached.");
    }
    if (s->p->s->charged > 0) {
        struct cell charged = double_cell(s->p->s->charged, 4, ROUND_NEAREST);
        answer_note(s->w, "Of the objective %s is for sending otherwise than the round asked.",
                    cell_digits(s->arena, &charged));
    }
    if (in->met) answer_note(s->w, "%u needs have all they asked for.", (unsigned)in->met);
    if (in->money) {
        answer_note(s->w, "%u needs of money are not planned: money is not shipped.",
                    (unsigned)in->money);
    }
    if (!s->p->key_table) answer_note(s->w, "No key for fair shares: burdens are not compared.");
    answer_note(s->w, "Nothing moves by this: a giver's consent does ('muster round').");
}

struct answer *report_plan(struct arena *a, const struct plan_shown *p)
{
    struct shown *s = NEW(a, struct shown);
    *s = (struct shown){.arena = a, .p = p, .in = p->in, .m = &p->in->model};
    s->w = answer_new(a, "A plan");
    s->month = NEW_ARRAY(a, (size_t)s->m->months + 1, const char *);
    for (int32_t t = 0; t < s->m->months; t++) s->month[t] = instance_month(a, p->in, t);
    s->fates = plan_fates(a, s->m, &p->s->plan);
    add_head(s);
    if (p->levels) add_levels(s);
    const struct rows *shipments = add_shipments(s);
    add_unmet(s);
    add_burdens(s);
    add_kinds(s);
    add_findings(s->w, p->in, p->limit);
    s->w->main = shipments;
    add_notes(s);
    return s->w;
}
