/*
 * instance_demand.c - what is asked for: needs, month by month where they are
 * monthly, systems with what keeps them going, and what each of them accepts.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "plan/instance_inside.h"

struct accept_list {
    int32_t from, end; /* of model.accepted; from < 0: not made yet */
    int32_t item;
};

/* The catalogue: `one` stands in for `other`, or uses it up. Items by number. */
struct relation {
    const struct record *record;
    int32_t one, other;
};

struct demand {
    struct build *b;
    uint32_t *need; /* nouns, in the order of the book */
    uint32_t need_count;
    double *had; /* by noun of a need */

    /* Lines, by the need they name (first by noun, next by line), and others by receiver. */
    uint32_t *line_first, *line_next;
    const struct line_group *groups;
    uint32_t group_count;
    double *placed; /* by line: units that count for some need already */

    /* Lists by noun, each the first and then the next. NONE ends them. */
    uint32_t *kept_first, *kept_next; /* needs that keep a need going */
    uint32_t *own_first, *own_next;   /* substitutes for one need only, by index of `own` */

    struct relation *substitutes, *sustains, *own;
    uint32_t substitute_count, sustain_count, own_count;
    uint32_t *seen; /* by item: scratch of the search for circles */

    struct accept_list *usual; /* by item x receiver: what the catalogue says */
    struct accept_list *made;  /* by noun of a need: of its own item */
    bool *has_above;           /* by item: stands under another in the catalogue */
    double *eta;               /* by item; scratch */
    int32_t *touched;          /* the items whose eta was set */
    uint32_t touched_count;
};

/* --- relations --- */

static bool is_type(const struct record *r, const char *type)
{
    const char *is = record_text(r, F_TYPE);
    return is && strcmp(is, type) == 0;
}

/* Whether what `from` uses up uses up `to`, directly or round corners. */
static bool uses_up(struct demand *d, int32_t from, int32_t to, uint32_t stamp)
{
    if (from == to) return true;
    if (d->seen[from] == stamp) return false;
    d->seen[from] = stamp;
    for (uint32_t i = 0; i < d->sustain_count; i++) {
        if (d->sustains[i].one == from && uses_up(d, d->sustains[i].other, to, stamp)) return true;
    }
    return false;
}

/* What keeps itself going in the end would never be in service: planned without. */
static void drop_circles(struct demand *d)
{
    struct build *b = d->b;
    uint32_t kept = 0;
    bool *circle = NEW_ARRAY(b->arena, (size_t)d->sustain_count + 1, bool);
    d->seen = NEW_ARRAY(b->arena, (size_t)b->m->items + 1, uint32_t);
    for (uint32_t i = 0; i < d->sustain_count; i++) {
        const struct relation *s = &d->sustains[i];
        circle[i] = uses_up(d, s->other, s->one, i + 1);
        if (!circle[i]) continue;
        find_fault(b, FINDING_CYCLE, s->record,
                   "relation %s: in the end %s keeps itself going; planned without",
                   record_text(s->record, F_KEY), book_key(b->book, b->items[s->one].noun));
    }
    for (uint32_t i = 0; i < d->sustain_count; i++) {
        if (!circle[i]) d->sustains[kept++] = d->sustains[i];
    }
    d->sustain_count = kept;
}

static void read_relations(struct demand *d)
{
    struct build *b = d->b;
    uint32_t total = book_noun_count(b->book), count;
    const struct record *const *list = book_records(b->book, KIND_RELATION, &count);
    d->substitutes = NEW_ARRAY(b->arena, (size_t)count + 1, struct relation);
    d->sustains = NEW_ARRAY(b->arena, (size_t)count + 1, struct relation);
    d->own = NEW_ARRAY(b->arena, (size_t)count + 1, struct relation);
    d->own_next = NEW_ARRAY(b->arena, (size_t)count + 1, uint32_t);
    d->own_first = NEW_ARRAY(b->arena, (size_t)total + 1, uint32_t);
    for (uint32_t i = 0; i < total; i++) d->own_first[i] = NONE;
    for (uint32_t i = 0; i < count; i++) {
        struct relation r = {.record = list[i]};
        uint32_t need = noun_of_ref(b, list[i], F_NEED);
        if (!book_current(b->book, list[i], b->known) || record_text(list[i], F_VERDICT)) continue;
        r.one = number_of_ref(b, list[i], F_ITEM);
        r.other = number_of_ref(b, list[i], F_PARENT);
        if (r.one == MODEL_NONE || r.other == MODEL_NONE) continue;
        if (is_type(list[i], "sustains")) {
            d->sustains[d->sustain_count++] = r;
        } else if (need == NONE) {
            d->substitutes[d->substitute_count++] = r;
        } else {
            d->own_next[d->own_count] = d->own_first[need];
            d->own_first[need] = d->own_count;
            d->own[d->own_count++] = r;
        }
    }
    drop_circles(d);
}

/* --- what is accepted --- */

static void set_eta(struct demand *d, int32_t item, double eta)
{
    if (item == MODEL_NONE || eta <= 0) return;
    if (d->eta[item] == 0) d->touched[d->touched_count++] = item;
    if (eta > d->eta[item]) d->eta[item] = eta;
}

static void set_substitute(struct demand *d, const struct relation *r)
{
    struct dec amount = record_dec(r->record, F_AMOUNT);
    double eta;
    if (exact_number(amount.n, amount.scale, &eta)) {
        set_eta(d, r->one, eta);
    } else {
        find_fault(d->b, FINDING_OVERFLOW, r->record,
                   "relation %s: the efficiency has too many digits",
                   record_text(r->record, F_KEY));
    }
}

/* What stands under an item in the catalogue counts as the item does. */
static void set_below(struct demand *d)
{
    struct build *b = d->b;
    uint32_t seeds = d->touched_count;
    for (int32_t i = 0; i < b->m->items; i++) {
        if (!d->has_above[i] || d->eta[i] > 0) continue;
        for (uint32_t s = 0; s < seeds; s++) {
            uint32_t above = b->items[d->touched[s]].noun;
            if (!book_item_within(b->book, b->items[i].noun, above, b->known)) continue;
            set_eta(d, i, d->eta[d->touched[s]]);
        }
    }
}

/* What was promised to the receiver alone counts as the item does. */
static void set_promised(struct demand *d, int32_t receiver)
{
    struct build *b = d->b;
    for (int32_t i = 0; i < b->m->items; i++) {
        if (b->items[i].receiver != receiver || d->eta[i] > 0) continue;
        int32_t plain = b->number[b->items[i].noun];
        if (d->eta[plain] > 0) set_eta(d, i, d->eta[plain]);
    }
}

static int touched_order(const void *x, const void *y)
{
    int32_t a = *(const int32_t *)x, b = *(const int32_t *)y;
    return a < b ? -1 : a > b;
}

/* Into the model by item, and the scratch is clean again. */
static struct accept_list write_accepts(struct demand *d)
{
    struct build *b = d->b;
    struct accept_list list = {.from = (int32_t)b->accept_count};
    qsort(d->touched, d->touched_count, sizeof *d->touched, touched_order);
    for (uint32_t i = 0; i < d->touched_count; i++) {
        int32_t item = d->touched[i];
        b->m->accepted = arena_more(b->arena, b->m->accepted, b->accept_count, &b->accept_room,
                                    sizeof *b->m->accepted);
        b->m->accepted[b->accept_count++] =
            (struct model_accept){.item = item, .eta = d->eta[item]};
        d->eta[item] = 0;
    }
    d->touched_count = 0;
    list.end = (int32_t)b->accept_count;
    return list;
}

static struct accept_list usual_accepts(struct demand *d, int32_t item, int32_t receiver)
{
    struct build *b = d->b;
    struct accept_list *known = &d->usual[item * b->m->receivers + receiver];
    if (known->from >= 0) return *known;
    set_eta(d, item, 1);
    for (uint32_t i = 0; i < d->substitute_count; i++) {
        if (d->substitutes[i].other == item) set_substitute(d, &d->substitutes[i]);
    }
    set_below(d);
    set_promised(d, receiver);
    return *known = write_accepts(d);
}

/* A need with substitutes of its own takes those and no others. */
static struct accept_list accepts_of(struct demand *d, uint32_t need, int32_t item,
                                     int32_t receiver)
{
    bool own = false;
    if (d->made[need].end > 0 && d->made[need].item == item) return d->made[need];
    for (uint32_t i = d->own_first[need]; i != NONE; i = d->own_next[i]) {
        if (d->own[i].other != item) continue;
        set_substitute(d, &d->own[i]);
        own = true;
    }
    if (!own) return usual_accepts(d, item, receiver);
    set_eta(d, item, 1);
    set_promised(d, receiver);
    d->made[need] = write_accepts(d);
    d->made[need].item = item;
    return d->made[need];
}

/* --- what was had already --- */

struct had {
    const struct record *r;
    uint32_t noun;
    int32_t due;
    int64_t priority;
};

static int had_order(const void *x, const void *y)
{
    const struct had *a = x, *b = y;
    if (a->due != b->due) return a->due < b->due ? -1 : 1;
    if (a->priority != b->priority) return a->priority < b->priority ? -1 : 1;
    return a->noun < b->noun ? -1 : a->noun > b->noun;
}

static double eta_in(const struct build *b, struct accept_list list, int32_t item)
{
    for (int32_t i = list.from; i < list.end; i++) {
        if (b->m->accepted[i].item == item) return b->m->accepted[i].eta;
    }
    return 0;
}

/* So much of it a month is what one of the system takes; false where nobody says. */
static bool rate_of_need(const struct record *r, double *rate)
{
    struct dec said = record_dec(r, F_AMOUNT);
    return exact_number(said.n, said.scale, rate) && *rate > 0;
}

static bool rate_of_relation(const struct demand *d, const struct relation *s, double *rate)
{
    struct dec said = record_dec(s->record, F_AMOUNT);
    bool told = record_field(s->record, F_QTY) ? in_units(d->b, d->b->items[s->other].noun,
                                                          record_int(s->record, F_QTY, 0), rate)
                                               : exact_number(said.n, said.scale, rate);
    return told && *rate > 0;
}

/* Whether something keeps the need's systems going: needs that say so, else the catalogue. */
static bool is_kept_going(const struct demand *d, uint32_t need, int32_t item)
{
    double rate;
    bool said = false;
    for (uint32_t k = d->kept_first[need]; k != NONE; k = d->kept_next[k]) {
        const struct record *r = record_there(d->b, k, KIND_NEED);
        if (number_of_ref(d->b, r, F_ITEM) == MODEL_NONE) continue;
        if (rate_of_need(r, &rate)) said = true;
    }
    for (uint32_t i = 0; !said && i < d->sustain_count; i++) {
        said = d->sustains[i].one == item && rate_of_relation(d, &d->sustains[i], &rate);
    }
    return said;
}

/* A line that names a need for howitzers may be of the shells that the catalogue asks for. */
static bool is_for_keeping(struct demand *d, uint32_t need, int32_t item, int32_t receiver,
                           uint32_t noun)
{
    for (uint32_t i = 0; i < d->sustain_count; i++) {
        if (d->sustains[i].one != item) continue;
        struct accept_list list = accepts_of(d, need, d->sustains[i].other, receiver);
        if (eta_in(d->b, list, d->b->number[noun]) > 0) return true;
    }
    return false;
}

/* By lines that name the need. */
static void had_named(struct demand *d)
{
    struct build *b = d->b;
    uint32_t count;
    const struct line *line = book_lines(b->book, &count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t need = line[i].need;
        const struct record *r = need == NONE ? NULL : record_there(b, need, KIND_NEED);
        double qty;
        if (!r || b->lines[i].allocated <= 0 || number_of_ref(b, r, F_ITEM) == MODEL_NONE) continue;
        if (!in_units(b, line[i].item, b->lines[i].allocated, &qty)) continue;
        int32_t item = number_of_ref(b, r, F_ITEM);
        int32_t receiver = b->receiver_of[noun_of_ref(b, r, F_RECEIVER)];
        d->line_next[i] = d->line_first[need];
        d->line_first[need] = i;
        double eta = eta_in(b, accepts_of(d, need, item, receiver), b->number[line[i].item]);
        if (!(eta > 0) && is_for_keeping(d, need, item, receiver, line[i].item)) continue;
        d->had[need] += qty * (eta > 0 ? eta : 1);
    }
}

/*
 * By others to the receiver (a noun) of what the list accepts: units, `most` at most. What counts
 * for one need counts for no other, and what had been delivered when it was stated for none.
 */
static double had_unnamed(struct demand *d, struct accept_list list, uint32_t receiver,
                          const struct record *r, double most)
{
    struct build *b = d->b;
    uint32_t found;
    double had = 0;
    int32_t said = (int32_t)record_int(r, F_DAY, stated_day(r));
    for (int32_t i = list.from; i < list.end; i++) {
        const struct model_accept *accept = &b->m->accepted[i];
        if (b->items[accept->item].receiver != MODEL_NONE) continue;
        uint32_t noun = b->items[accept->item].noun;
        const struct line_group *g =
            line_group_of(d->groups, d->group_count, receiver, noun, &found);
        for (uint32_t k = 0; k < found && had < most; k++) {
            uint32_t line = g[k].line;
            double qty, left = most - had;
            int64_t parts = b->lines[line].allocated - line_delivered(b, line, said - 1);
            if (parts <= 0 || !in_units(b, noun, parts, &qty)) continue;
            qty -= d->placed[line];
            if (qty <= 0) continue;
            if (qty * accept->eta > left) qty = left / accept->eta;
            d->placed[line] += qty;
            had += qty * accept->eta;
        }
    }
    return had;
}

static void had_by_need(struct demand *d, const struct had *h)
{
    struct build *b = d->b;
    double asked;
    uint32_t item = noun_of_ref(b, h->r, F_ITEM), receiver = noun_of_ref(b, h->r, F_RECEIVER);
    if (record_field(h->r, F_MONTHLY) || !in_units(b, item, record_int(h->r, F_QTY, 0), &asked)) {
        return;
    }
    struct accept_list list = accepts_of(d, h->noun, b->number[item], b->receiver_of[receiver]);
    d->had[h->noun] += had_unnamed(d, list, receiver, h->r, asked - d->had[h->noun]);
}

/* What keeps going what the need has already, `most` at most: by lines that name it, and others. */
static double had_keeping(struct demand *d, uint32_t need, struct accept_list list, double most)
{
    struct build *b = d->b;
    uint32_t count;
    const struct line *line = book_lines(b->book, &count);
    const struct record *r = record_there(b, need, KIND_NEED);
    double had = 0, qty;
    for (uint32_t i = d->line_first[need]; i != NONE; i = d->line_next[i]) {
        double eta = eta_in(b, list, b->number[line[i].item]);
        if (eta > 0 && in_units(b, line[i].item, b->lines[i].allocated, &qty)) had += qty * eta;
    }
    if (had < most) had += had_unnamed(d, list, noun_of_ref(b, r, F_RECEIVER), r, most - had);
    return had < most ? had : most;
}

static void count_had(struct demand *d)
{
    struct build *b = d->b;
    uint32_t lines, count = 0;
    book_lines(b->book, &lines);
    d->line_next = NEW_ARRAY(b->arena, (size_t)lines + 1, uint32_t);
    d->placed = NEW_ARRAY(b->arena, (size_t)lines + 1, double);
    had_named(d);
    d->groups = group_lines(b, false, &d->group_count);
    if (!d->group_count) return;
    struct had *order = NEW_ARRAY(b->arena, (size_t)d->need_count + 1, struct had);
    for (uint32_t i = 0; i < d->need_count; i++) {
        const struct record *r = record_there(b, d->need[i], KIND_NEED);
        if (record_ref(r, F_KEEPS)) continue;
        order[count++] = (struct had){.r = r,
                                      .noun = d->need[i],
                                      .due = (int32_t)record_int(r, F_UNTIL, b->q->day),
                                      .priority = record_int(r, F_PRIORITY, 3)};
    }
    if (count) qsort(order, count, sizeof *order, had_order);
    for (uint32_t i = 0; i < count; i++) had_by_need(d, &order[i]);
}

/* --- sinks --- */

static struct model_sink *add_sink(struct build *b, struct instance_sink what)
{
    struct model *m = b->m;
    uint32_t n = (uint32_t)m->sinks;
    b->sinks = arena_more(b->arena, b->sinks, n, &b->sink_room, sizeof *b->sinks);
    m->sink = arena_more(b->arena, m->sink, n, &b->model_sink_room, sizeof *m->sink);
    b->sinks[n] = what;
    m->sinks++;
    return &m->sink[n];
}

static double weight_of(struct build *b, const struct record *r, int32_t item, double qty)
{
    const struct instance_weights *w = &b->q->weights;
    struct dec said = record_dec(r, F_WEIGHT);
    double weight;
    if (record_field(r, F_WEIGHT) && exact_number(said.n, said.scale, &weight) && weight >= 0) {
        return weight;
    }
    int64_t priority = record_int(r, F_PRIORITY, 3);
    if (priority < 1) priority = 1;
    if (priority > 9) priority = 9;
    double price = item_price(b, item) / 1e6;
    weight = w->need * (price > 0 ? price : 1 / qty) * (record_field(r, F_URGENT) ? w->urgent : 1);
    for (; priority < 3; priority++) weight *= w->step;
    for (; priority > 3; priority--) weight /= w->step;
    return weight;
}

/* When it is wanted and when something may arrive; false and a finding when that is never. */
static bool window_of(struct build *b, const struct record *r, int32_t due, bool since,
                      struct model_sink *s)
{
    int32_t last = b->m->months - 1;
    if (due > last) {
        find_fault(b, FINDING_WINDOW, r, "need %s: due after the last month that is planned",
                   record_text(r, F_KEY));
        return false;
    }
    s->due = due > 0 ? due : 0;
    s->first = s->due - b->q->early;
    if (since && record_field(r, F_SINCE)) {
        s->first = instance_month_of(b->q->day, (int32_t)record_int(r, F_SINCE, 0));
    }
    if (s->first < 1) s->first = 1;
    s->last = s->due + b->q->late < last ? s->due + b->q->late : last;
    s->end = s->due + b->q->late + 1 < last ? s->due + b->q->late + 1 : last;
    if (s->first <= s->last) return true;
    find_fault(b, FINDING_WINDOW, r, "need %s: it ends before anything can arrive",
               record_text(r, F_KEY));
    return false;
}

/* What keeps the system `at` going: `item`, so much of it a month. */
static void add_keeping(struct demand *d, int32_t at, uint32_t need, uint32_t keeps, int32_t item,
                        double rate)
{
    struct build *b = d->b;
    struct instance_sink what = b->sinks[at];
    what.need = need;
    what.keeps = keeps;
    what.asked = what.had = 0;
    struct accept_list list = accepts_of(d, need, item, b->m->sink[at].receiver);
    struct model_sink *s = add_sink(b, what);
    struct model_sink *system = &b->m->sink[at];
    system->type = SINK_SYSTEM;
    *s = *system;
    s->type = SINK_KEEPING;
    s->item = item;
    s->system = at;
    s->qty = s->weight = 0;
    s->rate = rate;
    double all = rate * system->qty * (system->end - system->due + 1);
    s->there = had_keeping(d, need, list, all);
    s->accepts = list.from;
    s->accepts_end = list.end;
    if (isfinite(system->most)) {
        s->most = all - s->there;
        if (b->m->item[item].whole) s->most = ceil(s->most - 1e-9 * all);
    }
}

/* By needs that say so. Whether there were any. */
static bool keep_by_needs(struct demand *d, int32_t at, uint32_t need)
{
    struct build *b = d->b;
    bool any = false;
    for (uint32_t k = d->kept_first[need]; k != NONE; k = d->kept_next[k]) {
        const struct record *r = record_there(b, k, KIND_NEED);
        double rate;
        if (number_of_ref(b, r, F_ITEM) == MODEL_NONE) continue;
        if (!rate_of_need(r, &rate)) {
            find_fault(b, FINDING_STOCK, r, "need %s: nobody says how much one system takes",
                       record_text(r, F_KEY));
            continue;
        }
        add_keeping(d, at, k, NONE, number_of_ref(b, r, F_ITEM), rate);
        any = true;
    }
    return any;
}

/* By the catalogue. */
static void keep_by_relations(struct demand *d, int32_t at, uint32_t need, int32_t item)
{
    struct build *b = d->b;
    for (uint32_t i = 0; i < d->sustain_count; i++) {
        if (d->sustains[i].one != item) continue;
        int32_t other = d->sustains[i].other;
        double rate;
        if (!rate_of_relation(d, &d->sustains[i], &rate)) continue;
        add_keeping(d, at, need, b->items[other].noun, other, rate);
    }
}

/*
 * One need, or one month of a monthly one. What is had of systems that something must keep going
 * is there and not met: it counts in the months in which it is kept going.
 */
static void one_sink(struct demand *d, uint32_t need, const struct record *r, int32_t due,
                     int32_t month, double asked, double had)
{
    struct build *b = d->b;
    bool urgent = record_field(r, F_URGENT) != NULL;
    int32_t item = number_of_ref(b, r, F_ITEM), at = b->m->sinks;
    bool kept = is_kept_going(d, need, item), all = asked - had <= asked * 1e-12;
    struct model_sink s = {.type = SINK_NEED,
                           .receiver = b->receiver_of[noun_of_ref(b, r, F_RECEIVER)],
                           .item = item,
                           .system = MODEL_NONE,
                           .tier = urgent ? 0 : 1,
                           .qty = kept ? asked : asked - had,
                           .there = kept ? had : 0};
    if (all && !kept) {
        b->out->met++;
        return;
    }
    if (!window_of(b, r, due, month == MODEL_NONE, &s)) return;
    s.weight = weight_of(b, r, item, asked);
    s.most = all ? 0 : asked - had;
    struct accept_list list = accepts_of(d, need, item, s.receiver);
    s.accepts = list.from;
    s.accepts_end = list.end;
    *add_sink(b, (struct instance_sink){.need = need,
                                        .keeps = NONE,
                                        .month = month,
                                        .asked = asked,
                                        .had = had,
                                        .urgent = urgent}) = s;
    if (record_field(r, F_SURPLUS)) b->m->sink[at].most = INFINITY;
    if (!keep_by_needs(d, at, need)) keep_by_relations(d, at, need, item);
    if (b->m->sink[at].type == SINK_NEED) b->m->sink[at].most = s.qty;
}

/* Months that are past are past: what was missing then is not made up for. */
static void monthly_sinks(struct demand *d, uint32_t need, const struct record *r, double asked)
{
    struct build *b = d->b;
    int32_t since = instance_month_of(b->q->day, (int32_t)record_int(r, F_SINCE, b->q->day));
    int32_t until = instance_month_of(b->q->day, (int32_t)record_int(r, F_UNTIL, b->q->day));
    double had = d->had[need];
    if (since < 0) since = 0;
    if (until >= b->m->months) {
        find_fault(b, FINDING_WINDOW, r, "need %s: goes on after the last month that is planned",
                   record_text(r, F_KEY));
        until = b->m->months - 1;
    }
    for (int32_t month = since; month <= until; month++) {
        double part = had < asked ? had : asked;
        had -= part;
        one_sink(d, need, r, month, month, asked, part);
    }
}

static void one_need(struct demand *d, uint32_t need)
{
    struct build *b = d->b;
    const struct record *r = record_there(b, need, KIND_NEED);
    uint32_t item = noun_of_ref(b, r, F_ITEM);
    double asked;
    if (!units_told(b, r, item, record_int(r, F_QTY, 0), &asked)) return;
    if (asked <= 0) {
        find_fault(b, FINDING_STOCK, r, "need %s: asks for nothing", record_text(r, F_KEY));
        return;
    }
    if (record_field(r, F_MONTHLY)) {
        monthly_sinks(d, need, r, asked);
        return;
    }
    int32_t day = (int32_t)record_int(r, F_UNTIL, record_int(r, F_SINCE, b->q->day));
    double had = d->had[need] < asked ? d->had[need] : asked;
    one_sink(d, need, r, instance_month_of(b->q->day, day), MODEL_NONE, asked, had);
}

/* --- all of it --- */

/* A need that keeps going what itself keeps something going cannot be planned. */
static bool is_kept_rightly(struct build *b, const struct record *r)
{
    uint32_t kept = noun_of_ref(b, r, F_KEEPS);
    const struct record *system = record_there(b, kept, KIND_NEED);
    if (system && !record_ref(system, F_KEEPS)) {
        return noun_of_ref(b, system, F_RECEIVER) == noun_of_ref(b, r, F_RECEIVER);
    }
    if (system) {
        find_fault(b, FINDING_CYCLE, r,
                   "need %s: %s, which it keeps going, keeps another going;"
                   " planned without",
                   record_text(r, F_KEY), book_key(b->book, kept));
    }
    return false;
}

static void read_needs(struct demand *d)
{
    struct build *b = d->b;
    uint32_t total = book_noun_count(b->book);
    d->need = NEW_ARRAY(b->arena, (size_t)total + 1, uint32_t);
    d->had = NEW_ARRAY(b->arena, (size_t)total + 1, double);
    d->kept_first = NEW_ARRAY(b->arena, (size_t)total + 1, uint32_t);
    d->kept_next = NEW_ARRAY(b->arena, (size_t)total + 1, uint32_t);
    d->line_first = NEW_ARRAY(b->arena, (size_t)total + 1, uint32_t);
    for (uint32_t i = 0; i < total; i++) {
        d->kept_first[i] = d->kept_next[i] = d->line_first[i] = NONE;
    }
    for (uint32_t noun = 0; noun < total; noun++) {
        const struct record *r = record_there(b, noun, KIND_NEED);
        uint32_t item = r ? noun_of_ref(b, r, F_ITEM) : NONE;
        if (item == NONE) continue;
        if (item_is_money(b, item)) b->out->money++;
        if (b->number[item] != MODEL_NONE) d->need[d->need_count++] = noun;
    }
    for (uint32_t i = d->need_count; i-- > 0;) {
        const struct record *r = record_there(b, d->need[i], KIND_NEED);
        if (!record_ref(r, F_KEEPS) || !is_kept_rightly(b, r)) continue;
        uint32_t kept = noun_of_ref(b, r, F_KEEPS);
        d->kept_next[d->need[i]] = d->kept_first[kept];
        d->kept_first[kept] = d->need[i];
    }
}

void build_sinks(struct build *b)
{
    struct demand d = {.b = b};
    size_t items = (size_t)b->m->items, lists = items * (size_t)b->m->receivers;
    d.eta = NEW_ARRAY(b->arena, items + 1, double);
    d.touched = NEW_ARRAY(b->arena, items + 1, int32_t);
    d.usual = NEW_ARRAY(b->arena, lists + 1, struct accept_list);
    for (size_t i = 0; i < lists; i++) d.usual[i].from = -1;
    d.made = NEW_ARRAY(b->arena, (size_t)book_noun_count(b->book) + 1, struct accept_list);
    d.has_above = NEW_ARRAY(b->arena, items + 1, bool);
    for (size_t i = 0; i < items; i++) {
        const struct record *r = book_version(b->book, b->items[i].noun, b->known);
        d.has_above[i] = b->items[i].receiver == MODEL_NONE && record_ref(r, F_PARENT);
    }
    read_relations(&d);
    read_needs(&d);
    count_had(&d);
    for (uint32_t i = 0; i < d.need_count; i++) {
        const struct record *r = record_there(b, d.need[i], KIND_NEED);
        if (!record_ref(r, F_KEEPS)) one_need(&d, d.need[i]);
    }
}
