/*
 * mps.c - the model as MPS, row by row and column by column.
 *
 * The same walk over rows serves the sections ROWS and RHS, the same walk over
 * columns COLUMNS and BOUNDS, so that the sections cannot disagree and nothing
 * is kept between them. What a column is made of stands in the order of
 * model.h; mps.h has the names.
 */
#include <math.h>
#include <string.h>

#include "plan/mps_net.h"
#include "plan/mps_text.h"

enum section { ROWS, COLUMNS, RHS, BOUNDS };

enum {
    CACHED = 1024
}; /* numbers already spelled: the same masses and costs come again and again */

struct cached {
    double value;
    size_t len; /* 0: nothing here */
    char text[MPS_NUMBER];
};

struct writer {
    const struct model *m;
    enum mps_form form;
    enum section section;
    double money; /* in what it is counted */
    struct mps_labels name;
    struct mps_net net;
    int32_t *by_item, *item_at; /* lots by item: by_item[item_at[i]] .. */
    struct mps_out out;
    struct cached cache[CACHED];
    char column[MPS_NAME];
    size_t column_len;
    int32_t entries; /* of this column so far */
    bool whole;      /* inside integer markers */
};

/* --- lines --- */

static void number(struct writer *w, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    struct cached *c = &w->cache[(bits * UINT64_C(0x9e3779b97f4a7c15)) >> 54];
    if (!c->len || memcmp(&c->value, &value, sizeof value) != 0) {
        c->value = value;
        c->len = mps_number(c->text, value);
    }
    mps_put(&w->out, c->text, c->len);
}

/* Without a limit, a row is there all the same, and free. */
static void row(struct writer *w, char sense, double rhs, const char *kind, const char *a,
                const char *b, const char *c)
{
    char name[MPS_NAME];
    if (isinf(rhs)) sense = 'N';
    if (w->section == RHS && (isinf(rhs) || !(rhs != 0))) return;
    size_t len = mps_name(name, kind, a, b, c, NULL);
    char lead[] = {' ', sense, ' '};
    if (w->section == ROWS)
        mps_put(&w->out, lead, sizeof lead);
    else
        mps_put_text(&w->out, " RHS ");
    mps_put(&w->out, name, len);
    if (w->section == RHS) {
        mps_put(&w->out, " ", 1);
        number(w, rhs);
    }
    mps_put(&w->out, "\n", 1);
}

static void entry(struct writer *w, double coefficient, const char *kind, const char *a,
                  const char *b, const char *c)
{
    char name[MPS_NAME];
    if (w->section != COLUMNS || !(coefficient != 0)) return;
    size_t len = mps_name(name, kind, a, b, c, NULL);
    if (w->entries % 2 == 0) { /* two to a line */
        mps_put(&w->out, w->entries ? "\n " : " ", w->entries ? 2 : 1);
        mps_put(&w->out, w->column, w->column_len);
    }
    mps_put(&w->out, " ", 1);
    mps_put(&w->out, name, len);
    mps_put(&w->out, " ", 1);
    number(w, coefficient);
    w->entries++;
}

static void column_ends(struct writer *w)
{
    if (w->entries) mps_put(&w->out, "\n", 1);
    w->entries = 0;
}

static void marker(struct writer *w, bool whole)
{
    if (w->whole == whole) return;
    w->whole = whole;
    mps_put_text(&w->out, whole ? " MARKER 'MARKER' 'INTORG'\n" : " MARKER 'MARKER' 'INTEND'\n");
}

enum { FREE = -1 }; /* no upper bound */

/*
 * Begins a column; its entries follow. A whole one always has a line among the
 * bounds: readers differ about whether an integer without one ends at 1.
 */
static void column(struct writer *w, double cost, double upper, bool whole, const char *kind,
                   const char *a, const char *b, const char *c, const char *d)
{
    if (w->section == BOUNDS && upper < 0 && !whole) return;
    if (w->section == COLUMNS) {
        column_ends(w);
        marker(w, whole);
    }
    w->column_len = mps_name(w->column, kind, a, b, c, d);
    if (w->section == COLUMNS) {
        entry(w, cost, "objective", NULL, NULL, NULL);
        return;
    }
    mps_put_text(&w->out, upper < 0 ? " PL BOUND " : " UP BOUND ");
    mps_put(&w->out, w->column, w->column_len);
    if (!(upper < 0)) {
        mps_put(&w->out, " ", 1);
        number(w, upper);
    }
    mps_put(&w->out, "\n", 1);
}

/* --- what both forms share --- */

static const char *month(const struct writer *w, int32_t t)
{
    return w->name.month[t];
}

/* A need's row is its limit; of the others a row of their own is, where there is one. */
static bool has_most(const struct model_sink *s)
{
    return s->type != SINK_NEED && isfinite(s->most);
}

static void sink_rows(struct writer *w, int32_t k)
{
    const struct model_sink *s = &w->m->sink[k];
    const char *name = w->name.sink[k];
    struct span span = sink_span(w->m, k);
    if (has_most(s)) row(w, 'L', s->most, "most", name, NULL, NULL);
    if (s->type == SINK_NEED) {
        row(w, 'E', s->qty, "need", name, NULL, NULL);
    } else if (s->type == SINK_SYSTEM) {
        for (int32_t t = s->first; t <= s->last; t++)
            row(w, 'E', t == s->first ? 0 - s->there : 0, "got", name, month(w, t), NULL);
        for (int32_t t = s->due; t <= s->end; t++) {
            double asked = t < s->first ? s->qty - s->there : s->qty;
            row(w, 'G', asked, "serve", name, month(w, t), NULL);
        }
    } else {
        const struct model_sink *system = &w->m->sink[s->system];
        for (int32_t t = span.from; t <= span.until; t++) {
            bool used = t >= system->due && t <= system->end;
            double uses = used ? s->rate * system->qty : 0;
            if (t == span.from) uses -= s->there;
            row(w, 'E', uses, "left", name, month(w, t), NULL);
        }
    }
}

static void shared_rows(struct writer *w)
{
    const struct model *m = w->m;
    for (int32_t h = 0; h < m->hubs; h++) {
        for (int32_t t = 0; t < m->months; t++) {
            row(w, 'L', m->capacity[h * m->months + t], "hub", w->name.hub[h], month(w, t), NULL);
        }
    }
    for (int32_t b = 0; b < m->budgets; b++) {
        row(w, 'L', m->budget[b] / w->money, "budget", w->name.budget[b], NULL, NULL);
    }
    for (int32_t d = 0; d < m->givers && m->fairness > 0; d++) {
        row(w, 'E', 0, "burden", w->name.giver[d], NULL, NULL);
        row(w, 'E', 0, "fair", w->name.giver[d], NULL, NULL);
    }
    if (m->fairness > 0) row(w, 'E', 0, "burden", NULL, NULL, NULL);
    for (int32_t k = 0; k < m->sinks; k++) sink_rows(w, k);
}

static void fairness_columns(struct writer *w)
{
    const struct model *m = w->m;
    for (int32_t d = 0; d < m->givers; d++) {
        const char *giver = w->name.giver[d];
        column(w, 0, FREE, false, "burden", giver, NULL, NULL, NULL);
        entry(w, -1, "burden", giver, NULL, NULL);
        entry(w, 1, "burden", NULL, NULL, NULL);
        entry(w, 1, "fair", giver, NULL, NULL);
        column(w, m->fairness * w->money, FREE, false, "over", giver, NULL, NULL, NULL);
        entry(w, -1, "fair", giver, NULL, NULL);
        column(w, m->fairness * w->money, FREE, false, "under", giver, NULL, NULL, NULL);
        entry(w, 1, "fair", giver, NULL, NULL);
    }
    column(w, 0, FREE, false, "burden", NULL, NULL, NULL, NULL);
    entry(w, -1, "burden", NULL, NULL, NULL);
    for (int32_t d = 0; d < m->givers; d++) {
        entry(w, -m->giver[d].key, "fair", w->name.giver[d], NULL, NULL);
    }
}

static bool has_arcs(const struct writer *w, int32_t l)
{
    const struct model_lot *lot = &w->m->lot[l];
    return lot->ready <= w->net.until[mps_stock(w->m, lot->giver, lot->item)];
}

static void line_columns(struct writer *w)
{
    const struct model *m = w->m;
    for (int32_t g = 0; g < m->lines; g++) {
        const struct model_line *line = &m->line[g];
        column(w, m->thrift * line->fixed, 1, true, "open", w->name.line[g], NULL, NULL, NULL);
        if (line->budget >= 0) {
            entry(w, line->fixed / w->money, "budget", w->name.budget[line->budget], NULL, NULL);
        }
        for (int32_t l = 0; w->section == COLUMNS && l < m->lots; l++) {
            if (m->lot[l].line != g || (w->form == MPS_ARC && !has_arcs(w, l))) continue;
            entry(w, -m->lot[l].qty, "lot", w->name.lot[l], NULL, NULL);
        }
        /* A line that nothing needs still is a column: a plan may name it. */
        if (w->section == COLUMNS && !w->entries) {
            mps_put(&w->out, " ", 1);
            mps_put(&w->out, w->column, w->column_len);
            mps_put_text(&w->out, " objective 0");
            w->entries++;
        }
    }
}

static void system_columns(struct writer *w, int32_t k)
{
    const struct model *m = w->m;
    const struct model_sink *s = &m->sink[k];
    const char *name = w->name.sink[k];
    for (int32_t t = s->first; t <= s->last; t++) {
        column(w, 0, FREE, false, "got", name, month(w, t), NULL, NULL);
        entry(w, -1, "got", name, month(w, t), NULL);
        if (t < s->last) entry(w, 1, "got", name, month(w, t + 1), NULL);
        int32_t until = t < s->last ? t : s->end; /* what came last stays */
        for (int32_t u = t < s->due ? s->due : t; u <= until; u++) {
            entry(w, 1, "serve", name, month(w, u), NULL);
        }
    }
    for (int32_t t = s->due; t <= s->end; t++) {
        column(w, s->weight, s->qty, false, "out", name, month(w, t), NULL, NULL);
        entry(w, 1, "serve", name, month(w, t), NULL);
        for (int32_t j = k + 1; j < m->sinks && m->sink[j].system == k; j++) {
            entry(w, m->sink[j].rate, "left", w->name.sink[j], month(w, t), NULL);
        }
    }
}

static void keeping_columns(struct writer *w, int32_t j)
{
    const char *name = w->name.sink[j];
    struct span span = sink_span(w->m, j);
    for (int32_t t = span.from; t <= span.until; t++) {
        column(w, 0, FREE, false, "left", name, month(w, t), NULL, NULL);
        entry(w, -1, "left", name, month(w, t), NULL);
        if (t < span.until) entry(w, 1, "left", name, month(w, t + 1), NULL);
    }
}

static void sink_columns(struct writer *w, int32_t k)
{
    const struct model_sink *s = &w->m->sink[k];
    if (s->type == SINK_SYSTEM) {
        system_columns(w, k);
    } else if (s->type == SINK_KEEPING) {
        keeping_columns(w, k);
    } else {
        column(w, s->weight * (s->end - s->due + 1), FREE, false, "unmet", w->name.sink[k], NULL,
               NULL, NULL);
        entry(w, 1, "need", w->name.sink[k], NULL, NULL);
    }
}

/* What a unit for sink k that arrives in month t adds to its row. */
static void arrival(struct writer *w, int32_t k, int32_t t, double eta)
{
    static const char *const kind[] = {
        [SINK_NEED] = "need", [SINK_SYSTEM] = "got", [SINK_KEEPING] = "left"};
    const struct model_sink *s = &w->m->sink[k];
    entry(w, eta, kind[s->type], w->name.sink[k], s->type == SINK_NEED ? NULL : month(w, t), NULL);
    if (has_most(s)) entry(w, eta, "most", w->name.sink[k], NULL, NULL);
}

/* What it costs that a unit comes late. */
static double lateness(const struct model_sink *s, int32_t t, double eta)
{
    return s->type == SINK_NEED && t > s->due ? s->weight * eta * (t - s->due) : 0;
}

/* What a unit out of lot l is paid from and credited to. */
static void lot_entries(struct writer *w, int32_t l)
{
    const struct model_lot *lot = &w->m->lot[l];
    double cost = lot->cost / w->money, value = lot->value / w->money;
    if (lot->budget >= 0) entry(w, cost, "budget", w->name.budget[lot->budget], NULL, NULL);
    if (w->m->fairness > 0) entry(w, value, "burden", w->name.giver[lot->giver], NULL, NULL);
}

/* --- path form --- */

static void path_rows(struct writer *w)
{
    for (int32_t l = 0; l < w->m->lots; l++) {
        const struct model_lot *lot = &w->m->lot[l];
        row(w, 'L', lot->line >= 0 ? 0 : lot->qty, "lot", w->name.lot[l], NULL, NULL);
    }
}

static void path_through(struct writer *w, int32_t k, double eta, int32_t l, int32_t h)
{
    const struct model *m = w->m;
    const struct model_sink *s = &m->sink[k];
    const struct model_lot *lot = &m->lot[l];
    int32_t near = mps_near(m, lot->giver, h), far = mps_far(m, h, s->receiver);
    if (near < 0 || far < 0) return;
    int32_t first = lot->ready + near + far;
    bool whole = m->item[lot->item].whole;
    for (int32_t t = first < s->first ? s->first : first; t <= s->last; t++) {
        column(w, m->thrift * lot->cost + lateness(s, t, eta), whole ? floor(lot->qty) : FREE,
               whole, "x", w->name.lot[l], w->name.sink[k], w->name.hub[h], month(w, t));
        entry(w, 1, "lot", w->name.lot[l], NULL, NULL);
        arrival(w, k, t, eta);
        entry(w, m->item[lot->item].mass, "hub", w->name.hub[h], month(w, t - far), NULL);
        lot_entries(w, l);
    }
}

static void path_columns(struct writer *w)
{
    const struct model *m = w->m;
    for (int32_t k = 0; k < m->sinks && !w->out.rc; k++) {
        for (int32_t a = m->sink[k].accepts; a < m->sink[k].accepts_end; a++) {
            int32_t item = m->accepted[a].item;
            if (w->section == BOUNDS && !m->item[item].whole) continue;
            for (int32_t z = w->item_at[item]; z < w->item_at[item + 1]; z++) {
                for (int32_t h = 0; h < m->hubs; h++) {
                    path_through(w, k, m->accepted[a].eta, w->by_item[z], h);
                }
            }
        }
    }
}

/* --- arc form --- */

static void arc_rows(struct writer *w)
{
    const struct model *m = w->m;
    for (int32_t l = 0; l < m->lots; l++) {
        if (m->lot[l].line >= 0 && has_arcs(w, l))
            row(w, 'L', 0, "lot", w->name.lot[l], NULL, NULL);
    }
    for (int32_t i = 0; i < m->items; i++) {
        const char *item = w->name.item[i];
        for (int32_t d = 0; d < m->givers; d++) {
            size_t at = mps_stock(m, d, i);
            for (int32_t t = w->net.from[at]; t <= w->net.until[at]; t++) {
                row(w, 'E', 0, "giver", w->name.giver[d], item, month(w, t));
            }
        }
        for (int32_t t = 0; t < m->months; t++) {
            for (int32_t h = 0; h < m->hubs; h++) {
                if (!w->net.via[mps_via(m, i, h, t)]) continue;
                row(w, 'E', 0, "via", item, w->name.hub[h], month(w, t));
            }
            for (int32_t r = 0; r < m->receivers; r++) {
                if (!w->net.at[mps_at(m, i, r, t)]) continue;
                row(w, 'E', 0, "at", item, w->name.receiver[r], month(w, t));
            }
        }
    }
}

static void use_columns(struct writer *w)
{
    const struct model *m = w->m;
    for (int32_t l = 0; l < m->lots; l++) {
        const struct model_lot *lot = &m->lot[l];
        if (!has_arcs(w, l)) continue;
        bool whole = m->item[lot->item].whole;
        column(w, m->thrift * lot->cost, whole ? floor(lot->qty) : lot->qty, whole, "use",
               w->name.lot[l], NULL, NULL, NULL);
        entry(w, 1, "giver", w->name.giver[lot->giver], w->name.item[lot->item],
              month(w, lot->ready));
        if (lot->line >= 0) entry(w, 1, "lot", w->name.lot[l], NULL, NULL);
        lot_entries(w, l);
    }
}

static void giver_columns(struct writer *w, int32_t d, int32_t i)
{
    const struct model *m = w->m;
    const char *giver = w->name.giver[d], *item = w->name.item[i];
    size_t at = mps_stock(m, d, i);
    for (int32_t t = w->net.from[at]; t <= w->net.until[at]; t++) {
        if (t < w->net.until[at]) {
            column(w, 0, FREE, false, "keep", giver, item, month(w, t), NULL);
            entry(w, -1, "giver", giver, item, month(w, t));
            entry(w, 1, "giver", giver, item, month(w, t + 1));
        }
        for (int32_t h = 0; h < m->hubs; h++) {
            int32_t there = t + mps_near(m, d, h);
            if (there < t || there >= m->months || !w->net.via[mps_via(m, i, h, there)]) continue;
            column(w, 0, FREE, m->item[i].whole, "send", giver, item, w->name.hub[h], month(w, t));
            entry(w, -1, "giver", giver, item, month(w, t));
            entry(w, 1, "via", item, w->name.hub[h], month(w, there));
        }
    }
}

static void hub_columns(struct writer *w, int32_t i, int32_t h)
{
    const struct model *m = w->m;
    const char *item = w->name.item[i], *hub = w->name.hub[h];
    for (int32_t t = 0; t < m->months; t++) {
        if (!w->net.via[mps_via(m, i, h, t)]) continue;
        for (int32_t r = 0; r < m->receivers; r++) {
            int32_t there = t + mps_far(m, h, r);
            if (there < t || there >= m->months || !w->net.at[mps_at(m, i, r, there)]) continue;
            column(w, 0, FREE, m->item[i].whole, "pass", item, hub, w->name.receiver[r],
                   month(w, t));
            entry(w, -1, "via", item, hub, month(w, t));
            entry(w, 1, "at", item, w->name.receiver[r], month(w, there));
            entry(w, m->item[i].mass, "hub", hub, month(w, t), NULL);
        }
    }
}

static void give_columns(struct writer *w, int32_t k)
{
    const struct model *m = w->m;
    const struct model_sink *s = &m->sink[k];
    for (int32_t a = s->accepts; a < s->accepts_end; a++) {
        int32_t i = m->accepted[a].item;
        for (int32_t t = s->first; t <= s->last; t++) {
            if (!w->net.at[mps_at(m, i, s->receiver, t)]) continue;
            column(w, lateness(s, t, m->accepted[a].eta), FREE, m->item[i].whole, "give",
                   w->name.item[i], w->name.sink[k], month(w, t), NULL);
            entry(w, -1, "at", w->name.item[i], w->name.receiver[s->receiver], month(w, t));
            arrival(w, k, t, m->accepted[a].eta);
        }
    }
}

static void arc_columns(struct writer *w)
{
    const struct model *m = w->m;
    use_columns(w);
    for (int32_t i = 0; i < m->items && !w->out.rc; i++) {
        for (int32_t d = 0; d < m->givers; d++) giver_columns(w, d, i);
        for (int32_t h = 0; h < m->hubs; h++) hub_columns(w, i, h);
    }
    for (int32_t k = 0; k < m->sinks && !w->out.rc; k++) give_columns(w, k);
}

/* --- the file --- */

static void walk_rows(struct writer *w, enum section section)
{
    w->section = section;
    shared_rows(w);
    if (w->form == MPS_PATH)
        path_rows(w);
    else
        arc_rows(w);
}

static void walk_columns(struct writer *w, enum section section)
{
    w->section = section;
    if (w->m->fairness > 0) fairness_columns(w);
    line_columns(w);
    for (int32_t k = 0; k < w->m->sinks; k++) sink_columns(w, k);
    if (w->form == MPS_PATH)
        path_columns(w);
    else
        arc_columns(w);
    if (section != COLUMNS) return;
    column_ends(w);
    marker(w, false);
}

static void lots_by_item(struct writer *w, struct arena *a)
{
    const struct model *m = w->m;
    w->item_at = NEW_ARRAY(a, (size_t)m->items + 2, int32_t);
    w->by_item = NEW_ARRAY(a, (size_t)m->lots + 1, int32_t);
    for (int32_t l = 0; l < m->lots; l++) w->item_at[m->lot[l].item + 2]++;
    for (int32_t i = 0; i < m->items; i++) w->item_at[i + 1] += w->item_at[i];
    for (int32_t l = 0; l < m->lots; l++) w->by_item[w->item_at[m->lot[l].item + 1]++] = l;
}

static const char about[] =
    "* A plan's model. Names: x.LOT.SINK.HUB.MONTH is what arrives in MONTH; LOT is\n"
    "* GIVER:ITEM:LOT. use, keep, send, pass, give: from the lot to the sink, by month.\n"
    "* unmet: never arrives. out: systems not in service. got, left: stocks at the sink.\n"
    "* over, under: a giver above and below its share of the burden. open: 0 or 1.\n";

enum rc mps_write(const struct model *m, const struct mps_names *names, enum mps_form form,
                  mps_sink *sink, void *ctx, struct err *err)
{
    struct arena arena = {0};
    struct writer *w = NEW(&arena, struct writer);
    *w = (struct writer){.m = m, .form = form, .out = {.sink = sink, .ctx = ctx, .err = err}};
    mps_label(&arena, m, names, &w->name);
    w->money = mps_money(m);
    lots_by_item(w, &arena);
    if (form == MPS_ARC) mps_net_make(&arena, m, &w->net);

    mps_put_text(&w->out, about);
    if (w->money > 1) mps_put_text(&w->out, "* Money in budget, burden and fair is in millions.\n");
    mps_put_text(&w->out, form == MPS_PATH ? "NAME muster-path\n" : "NAME muster-arc\n");
    mps_put_text(&w->out, "ROWS\n N objective\n");
    walk_rows(w, ROWS);
    mps_put_text(&w->out, "COLUMNS\n");
    walk_columns(w, COLUMNS);
    mps_put_text(&w->out, "RHS\n");
    walk_rows(w, RHS);
    mps_put_text(&w->out, "BOUNDS\n");
    walk_columns(w, BOUNDS);
    mps_put_text(&w->out, "ENDATA\n");
    enum rc rc = mps_flush(&w->out);
    arena_free(&arena);
    return rc;
}
