/*
 * instance_ways.c - hubs, the ways to and from them, and what passes them by month.
 *
 * A route by itself is a hub. One with --via is a giver's way to it, its way
 * to a receiver, or a change of what passes it. As long as nobody's way to any
 * hub is in the book, every giver reaches every hub at once; as long as no way
 * from any is, every hub reaches every receiver in its own days.
 */
#include <string.h>

#include "plan/instance_inside.h"

enum { MONTH_DAYS = 30, MONTHS_ON_THE_WAY = 120 };

struct change {
    int32_t since, until, hub;
    int64_t grams;
    int64_t recorded_ms;
};

struct ways {
    struct build *b;
    uint32_t *hub; /* nouns */
    struct change *changes;
    uint32_t change_count, change_room;
};

/* --- horizon --- */

/* Until when the last hub is known to be open; -1 when one is open without end, or there is none.
 */
static int32_t open_until(const struct build *b)
{
    int32_t last = -1;
    for (uint32_t noun = 0; noun < book_noun_count(b->book); noun++) {
        const struct record *r = record_there(b, noun, KIND_ROUTE);
        if (!r || record_ref(r, F_VIA)) continue;
        if (!record_field(r, F_UNTIL)) return -1;
        int32_t month = instance_month_of(b->q->day, (int32_t)record_int(r, F_UNTIL, 0));
        if (month > last) last = month;
    }
    return last;
}

static int32_t last_due(const struct build *b)
{
    int32_t last = 0;
    for (uint32_t noun = 0; noun < book_noun_count(b->book); noun++) {
        const struct record *r = record_there(b, noun, KIND_NEED);
        if (!r || !record_field(r, F_UNTIL) || item_is_money(b, noun_of_ref(b, r, F_ITEM)))
            continue;
        int32_t month = instance_month_of(b->q->day, (int32_t)record_int(r, F_UNTIL, 0));
        if (month > last && month < INSTANCE_MONTHS_MAX) last = month;
    }
    return last;
}

static int32_t months_to_plan(const struct build *b)
{
    int32_t months = b->q->months;
    if (months <= 0) months = open_until(b) + 1;
    if (months <= 0) months = last_due(b) + b->q->late + 2;
    if (months < 2) months = 2;
    return months < INSTANCE_MONTHS_MAX ? months : INSTANCE_MONTHS_MAX;
}

/* --- what passes --- */

/* Grams a month; -1 where nobody says. */
static int64_t grams_of(struct build *b, const struct record *r)
{
    int64_t grams = record_int(r, F_MASS, -1), tonnes = record_int(r, F_TONNES, -1);
    if (grams >= 0) return grams;
    if (tonnes < 0) return -1;
    if (tonnes < (INT64_C(1) << 53) / 1000000) return tonnes * 1000000;
    find_fault(b, FINDING_OVERFLOW, r, "route %s: more tonnes than can be planned with",
               record_text(r, F_KEY));
    return -1;
}

static void add_change(struct ways *w, const struct record *r, int32_t hub)
{
    struct build *b = w->b;
    int64_t grams = grams_of(b, r);
    if (grams < 0) return;
    w->changes =
        arena_more(b->arena, w->changes, w->change_count, &w->change_room, sizeof *w->changes);
    w->changes[w->change_count++] =
        (struct change){.since = (int32_t)record_int(r, F_SINCE, DAY_MIN),
                        .until = (int32_t)record_int(r, F_UNTIL, DAY_MAX),
                        .hub = hub,
                        .grams = grams,
                        .recorded_ms = r->recorded_ms};
}

/* Of the changes that hold on a day the one that was recorded last. */
static int64_t grams_on(const struct ways *w, const struct record *hub, const uint32_t *list,
                        uint32_t count, int64_t usual, int32_t day)
{
    bool open =
        record_int(hub, F_SINCE, DAY_MIN) <= day && day <= record_int(hub, F_UNTIL, DAY_MAX);
    const struct change *best = NULL;
    for (uint32_t i = 0; i < count; i++) {
        const struct change *c = &w->changes[list[i]];
        if (day < c->since || day > c->until) continue;
        if (!best || c->recorded_ms >= best->recorded_ms) best = c;
    }
    return best ? best->grams : open ? usual : 0;
}

/* A month is as its days are: closed for half of it, half as much passes. */
static double month_grams(const struct ways *w, const struct record *hub, const uint32_t *list,
                          uint32_t count, int64_t usual, int32_t month)
{
    int year, month_of_year, dom;
    day_to_civil(w->b->q->day, &year, &month_of_year, &dom);
    int32_t n = year * 12 + month_of_year - 1 + month;
    int32_t first = day_from_civil(n / 12, n % 12 + 1, 1);
    int32_t last = day_month_last(n / 12, n % 12 + 1);
    double sum = 0;
    for (int32_t day = first; day <= last; day++) {
        sum += (double)grams_on(w, hub, list, count, usual, day);
    }
    return sum / (last - first + 1);
}

static void capacity_of(const struct ways *w, int32_t h, int64_t unlimited)
{
    struct build *b = w->b;
    const struct record *hub = book_version(b->book, w->hub[h], b->known);
    uint32_t count = 0, *list = NEW_ARRAY(b->arena, (size_t)w->change_count + 1, uint32_t);
    int64_t usual = grams_of(b, hub);
    for (uint32_t i = 0; i < w->change_count; i++) {
        if (w->changes[i].hub == h) list[count++] = i;
    }
    if (usual < 0) usual = unlimited;
    for (int32_t t = 0; t < b->m->months; t++) {
        b->m->capacity[h * b->m->months + t] =
            month_grams(w, hub, list, count, usual, t) / 1000000.0;
    }
}

/* --- ways --- */

static int8_t months_on_the_way(const struct record *r)
{
    int64_t months = (record_int(r, F_LEAD, 0) + MONTH_DAYS / 2) / MONTH_DAYS;
    return months <= MONTHS_ON_THE_WAY ? (int8_t)months : MODEL_NONE;
}

/* The way that takes least time, where there are several. */
static void put_way(int8_t *at, int8_t months)
{
    if (months != MODEL_NONE && (*at == MODEL_NONE || months < *at)) *at = months;
}

static void one_way(struct ways *w, const struct record *r, bool *any_near, bool *any_far)
{
    struct build *b = w->b;
    struct model *m = b->m;
    int32_t hub = number_of_ref(b, r, F_VIA);
    uint32_t giver = noun_of_ref(b, r, F_GIVER), receiver = noun_of_ref(b, r, F_RECEIVER);
    if (hub == MODEL_NONE) return;
    if (giver != NONE) {
        *any_near = true;
        if (b->giver_of[giver] == MODEL_NONE) return;
        put_way(&m->near[b->giver_of[giver] * m->hubs + hub], months_on_the_way(r));
    } else if (receiver != NONE) {
        *any_far = true;
        put_way(&m->far[hub * m->receivers + b->receiver_of[receiver]], months_on_the_way(r));
    } else {
        add_change(w, r, hub);
    }
}

static void open_to_all(const struct ways *w, bool any_near, bool any_far)
{
    struct model *m = w->b->m;
    if (!any_near) memset(m->near, 0, (size_t)(m->givers * m->hubs));
    for (int32_t h = 0; h < m->hubs && !any_far; h++) {
        const struct record *hub =
            w->hub[h] == NONE ? NULL : book_version(w->b->book, w->hub[h], w->b->known);
        int8_t months = hub ? months_on_the_way(hub) : 0;
        memset(m->far + h * m->receivers, months, (size_t)m->receivers);
    }
}

static void number_hubs(struct ways *w)
{
    struct build *b = w->b;
    uint32_t total = book_noun_count(b->book);
    w->hub = NEW_ARRAY(b->arena, (size_t)total + 1, uint32_t);
    for (uint32_t noun = 0; noun < total; noun++) {
        const struct record *r = record_there(b, noun, KIND_ROUTE);
        if (!r || record_ref(r, F_VIA)) continue;
        b->number[noun] = b->m->hubs;
        w->hub[b->m->hubs++] = noun;
    }
    if (b->m->hubs) return;
    find_fault(b, FINDING_HUB, NULL, "no route is in the book: things go straight, at once");
    w->hub[b->m->hubs++] = NONE;
}

/* As good as no limit, and a number that a solver can live with. */
static int64_t all_there_is(struct build *b)
{
    double grams = 1e6;
    for (uint32_t noun = 0; noun < book_noun_count(b->book); noun++) {
        const struct record *r = record_there(b, noun, KIND_LOT);
        int32_t item = r ? number_of_ref(b, r, F_ITEM) : MODEL_NONE;
        double qty;
        if (item == MODEL_NONE ||
            !in_units(b, b->items[item].noun, record_int(r, F_QTY, 0), &qty)) {
            continue;
        }
        grams += qty * b->m->item[item].mass * 1e6;
    }
    uint32_t lines;
    const struct line *line = book_lines(b->book, &lines);
    for (uint32_t i = 0; i < lines; i++) {
        double qty;
        int32_t item = line[i].item == NONE ? MODEL_NONE : b->number[line[i].item];
        if (item == MODEL_NONE || b->lines[i].promised <= 0) continue;
        if (!in_units(b, line[i].item, b->lines[i].promised, &qty)) continue;
        grams += qty * b->m->item[item].mass * 1e6;
    }
    return grams < 9e15 ? (int64_t)grams : INT64_C(9000000000000000);
}

void build_ways(struct build *b)
{
    struct ways w = {.b = b};
    struct model *m = b->m;
    bool any_near = false, any_far = false;
    m->months = months_to_plan(b);
    number_hubs(&w);
    m->near = NEW_ARRAY(b->arena, (size_t)(m->givers * m->hubs) + 1, int8_t);
    m->far = NEW_ARRAY(b->arena, (size_t)(m->hubs * m->receivers) + 1, int8_t);
    m->capacity = NEW_ARRAY(b->arena, (size_t)(m->hubs * m->months), double);
    memset(m->near, MODEL_NONE, (size_t)(m->givers * m->hubs));
    memset(m->far, MODEL_NONE, (size_t)(m->hubs * m->receivers));
    for (uint32_t noun = 0; noun < book_noun_count(b->book); noun++) {
        const struct record *r = record_there(b, noun, KIND_ROUTE);
        if (r && record_ref(r, F_VIA)) one_way(&w, r, &any_near, &any_far);
    }
    open_to_all(&w, any_near, any_far);
    int64_t unlimited = all_there_is(b);
    for (int32_t h = 0; h < m->hubs; h++) {
        if (w.hub[h] != NONE) {
            capacity_of(&w, h, unlimited);
            continue;
        }
        for (int32_t t = 0; t < m->months; t++) {
            m->capacity[h * m->months + t] = (double)unlimited / 1000000.0;
        }
    }
    b->out->hub = w.hub;
}
