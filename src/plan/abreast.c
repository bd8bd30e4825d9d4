/*
 * abreast.c - out of the solver's columns and prices, what a step goes over, and back.
 *
 * Four lots side by side take as many turns as the one with most shipments, so lots are sorted by
 * that; but only among some thousand, because neighbours share cells, and what lies together in
 * the cache should be used together. The four come from places far apart: lots of one family add
 * to the same cells, and would wait for each other.
 */
#include "plan/abreast.h"

enum { NEIGHBOURS = 8192, COUNTS = 64 };

static uint32_t columns_of(const struct solver *s, int32_t l)
{
    return s->lot_begin[l + 1] - s->lot_begin[l];
}

/* Lots of a lane that do not rest; how many. */
static uint32_t lots_of(const struct solver *s, const struct lane *lane, int32_t *lot)
{
    uint32_t count = 0;
    for (int32_t i = lane->begin; i < lane->end; i++) {
        int32_t l = s->moving[i];
        bool rests = columns_of(s, l) == 0 && s->y[l] >= 0 && s->lot[l].line == MODEL_NONE;
        if (!rests) lot[count++] = l;
    }
    return count;
}

/* One from each quarter in turn. */
static void mix(const int32_t *lot, uint32_t count, int32_t *mixed)
{
    uint32_t quarter = (count + 3) / 4, n = 0;
    for (uint32_t i = 0; i < quarter; i++) {
        for (uint32_t j = i; j < count; j += quarter) mixed[n++] = lot[j];
    }
}

/* By how many columns they have, the most first, otherwise as they are. */
static void sort_neighbours(const struct solver *s, const int32_t *lot, uint32_t count,
                            int32_t *sorted)
{
    uint32_t at[COUNTS + 1] = {0};
    for (int side = 0; side < 2; side++) {
        for (uint32_t i = 0; i < count; i++) {
            uint32_t columns = columns_of(s, lot[i]);
            uint32_t turn = columns < COUNTS ? COUNTS - 1 - columns : 0;
            if (side == 0)
                at[turn + 1]++;
            else
                sorted[at[turn]++] = lot[i];
        }
        for (int i = 0; side == 0 && i < COUNTS; i++) at[i + 1] += at[i];
    }
}

/* Lots of a lane in the order in which they come to stand side by side. */
static uint32_t order_lots(const struct solver *s, const struct lane *lane, int32_t *lot,
                           int32_t *mixed)
{
    uint32_t count = lots_of(s, lane, lot);
    mix(lot, count, mixed);
    for (uint32_t i = 0; i < count; i += NEIGHBOURS) {
        uint32_t here = count - i < NEIGHBOURS ? count - i : NEIGHBOURS;
        sort_neighbours(s, mixed + i, here, lot + i);
    }
    return count;
}

static void set_mover(struct mover *q, uint32_t k, double at, double step)
{
    q->at[k] = q->anchor[k] = q->next[k] = (float)at;
    q->step[k] = (float)step;
}

static void put_lot(const struct solver *s, struct bundle *b, uint32_t k, int32_t l)
{
    const struct lot *lot = &s->lot[l];
    b->lot[k] = l;
    b->mass[k] = lot->mass;
    b->paid[k] = lot->paid;
    b->burden[k] = lot->burden;
    b->qty[k] = (float)lot->qty;
    b->budget[k] = lot->budget;
    b->giver[k] = lot->giver;
    set_mover(&b->price, k, s->y[l], s->step[l]);
    if (columns_of(s, l) > b->strands) b->strands = columns_of(s, l);
}

/* All parts' bundles; how many strands they have. */
static void put_bundles(struct abreast *f, struct arena *a)
{
    struct solver *s = f->s;
    int32_t *lot = NEW_ARRAY(a, (size_t)s->movings + 1, int32_t);
    int32_t *mixed = NEW_ARRAY(a, (size_t)s->movings + 1, int32_t);
    f->bundle = NEW_ARRAY(a, (size_t)s->movings / 4 + s->lanes, struct bundle);
    for (uint32_t n = 0; n < s->lanes; n++) {
        struct part *part = &f->part[n];
        uint32_t count = order_lots(s, &s->lane[n], lot, mixed);
        part->begin = f->bundles;
        part->strand = f->strands;
        for (uint32_t i = 0; i < count; i += 4) {
            struct bundle *b = &f->bundle[f->bundles++];
            for (uint32_t k = 0; k < 4; k++) {
                b->lot[k] = MODEL_NONE;
                if (i + k < count) put_lot(s, b, k, lot[i + k]);
            }
            f->strands += b->strands;
        }
        part->end = f->bundles;
    }
}

/* The number of a cell; those of sinks that stay are numbered as shipments lead there. */
static uint32_t cell_number(struct abreast *f, uint32_t cell)
{
    if (!f->place[cell]) f->place[cell] = ++f->cells;
    return f->place[cell] - 1;
}

static void put_column(struct abreast *f, uint32_t strand, uint32_t k, uint32_t j)
{
    const struct solver *s = f->s;
    const struct column *c = &s->column[j];
    struct strand *to = &f->strand[strand];
    to->eta[k] = (float)c->eta;
    to->cost[k] = c->cost;
    to->anchor[k] = f->x[strand][k] = f->strand_next[strand][k] = c->x;
    to->cell[k] = cell_number(f, c->cell);
    to->way[k] = c->hub | (uint32_t)c->step << 16;
    if (f->kink) f->kink[strand][k] = s->kink[j];
}

/* It would cost all the world, and leads to no sink. */
static void put_none(struct abreast *f, uint32_t strand, uint32_t k)
{
    const uint32_t one = 0x3f80; /* the upper half of 1.0 */
    struct strand *to = &f->strand[strand];
    to->cost[k] = 1e30F;
    to->cell[k] = f->nowhere + k;
    to->way[k] = one << 16;
}

static void put_strands(struct abreast *f, struct arena *a)
{
    const struct solver *s = f->s;
    f->strand = NEW_ARRAY(a, (size_t)f->strands + 1, struct strand);
    f->x = NEW_ARRAY(a, (size_t)f->strands + 1, four);
    f->strand_next = NEW_ARRAY(a, (size_t)f->strands + 1, four);
    if (s->kink) f->kink = NEW_ARRAY(a, (size_t)f->strands + 1, four);
    f->nowhere = f->cells;
    f->cells += 4;
    for (uint32_t i = 0, at = 0; i < f->bundles; i++) {
        const struct bundle *b = &f->bundle[i];
        for (uint32_t k = 0; k < 4; k++) {
            int32_t l = b->lot[k];
            uint32_t begin = l == MODEL_NONE ? 0 : s->lot_begin[l];
            uint32_t count = l == MODEL_NONE ? 0 : columns_of(s, l);
            for (uint32_t n = 0; n < b->strands; n++) {
                if (n < count)
                    put_column(f, at + n, k, begin + n);
                else
                    put_none(f, at + n, k);
            }
        }
        at += b->strands;
    }
}

/* --- sinks --- */

static void number_sinks(struct abreast *f, struct arena *a)
{
    const struct solver *s = f->s;
    uint32_t members = 0;
    f->place = NEW_ARRAY(a, s->cells + 1, uint32_t);
    for (uint32_t i = 0; i < s->moving_needs; i++) f->place[s->moving_need[i]] = i + 1;
    f->needs = f->fours = (s->moving_needs + 3) / 4;
    for (int32_t i = 0; i < s->moving_systems; i++) {
        int32_t k = s->moving_system[i];
        uint32_t count = (s->sink[k].cells + 3) / 4;
        if (!count) continue;
        f->systems++;
        f->services += count;
        for (int32_t j = k; j < s->sink[k].next; j++, members++) {
            const struct sink *sink = &s->sink[j];
            for (uint32_t c = 0; c < sink->cells; c++) {
                f->place[sink->cell + c] = 4 * f->fours + c + 1;
            }
            f->fours += count;
        }
    }
    f->cells = 4 * f->fours;
    f->system = NEW_ARRAY(a, (size_t)f->systems + 1, struct system);
    f->member = NEW_ARRAY(a, (size_t)members + 1, struct member);
    f->service = NEW_ARRAY(a, (size_t)f->services + 1, struct mover);
    f->wanted = NEW_ARRAY(a, (size_t)f->services + 1, four);
    f->idle = NEW_ARRAY(a, (size_t)f->services + 1, four);
    f->need = NEW_ARRAY(a, (size_t)f->needs + 1, struct need_bounds);
    f->cell = NEW_ARRAY(a, (size_t)f->fours + 1, struct mover);
}

static void put_needs(struct abreast *f)
{
    const struct solver *s = f->s;
    for (uint32_t i = 0; i < s->moving_needs; i++) {
        uint32_t c = s->moving_need[i];
        int32_t row = s->cell0 + (int32_t)c;
        set_mover(&f->cell[i / 4], i % 4, s->y[row], s->step[row]);
        f->need[i / 4].b[i % 4] = (float)s->b[row];
        f->need[i / 4].most[i % 4] = (float)s->need_most[c];
    }
}

static void put_member(struct abreast *f, struct member *to, const struct sink *sink)
{
    const struct solver *s = f->s;
    *to = (struct member){.first = (f->place[sink->cell] - 1) / 4,
                          .count = (sink->cells + 3) / 4,
                          .rate = (float)sink->rate,
                          .there = (float)sink->there,
                          .most = sink->most};
    for (uint32_t c = 0; c < sink->cells; c++) {
        int32_t row = s->cell0 + (int32_t)(sink->cell + c);
        set_mover(&f->cell[to->first + c / 4], c % 4, s->y[row], s->step[row]);
    }
}

static void put_systems(struct abreast *f)
{
    const struct solver *s = f->s;
    struct system *to = f->system;
    uint32_t members = 0, services = 0;
    for (int32_t i = 0; i < s->moving_systems; i++) {
        int32_t k = s->moving_system[i];
        const struct sink *sink = &s->sink[k];
        if (!sink->cells) continue;
        *to = (struct system){.service = services,
                              .begin = members,
                              .end = members + (uint32_t)(sink->next - k),
                              .weight = (float)sink->weight,
                              .qty = (float)sink->qty};
        for (int32_t j = k; j < sink->next; j++) put_member(f, &f->member[members++], &s->sink[j]);
        for (uint32_t c = 0; c < sink->cells; c++) {
            set_mover(&f->service[services + c / 4], c % 4, s->service[sink->service + c],
                      s->service_step[sink->service + c]);
        }
        services += (sink->cells + 3) / 4;
        to++;
    }
}

/* What is added up, and what shipments see: also of the cells that stay. */
static void put_sums(struct abreast *f, struct arena *a)
{
    const struct solver *s = f->s;
    size_t cells = ((size_t)f->cells + 3) / 4 * 4, alone = (size_t)(s->rows - s->most0);
    f->price = (float *)NEW_ARRAY(a, cells / 4, four);
    if (s->rest) f->rest = (float *)NEW_ARRAY(a, cells / 4, four);
    for (uint32_t c = 0; c < s->cells; c++) {
        if (!f->place[c]) continue;
        f->price[f->place[c] - 1] = s->cell_price[c];
        if (s->rest) f->rest[f->place[c] - 1] = (float)s->rest->sum[c];
    }
    f->shared = NEW_ARRAY(a, (size_t)(s->rows - s->hub0) + 1, double);
    f->anchor = NEW_ARRAY(a, alone + 1, double);
    f->next = NEW_ARRAY(a, alone + 1, double);
    memcpy(f->anchor, s->y + s->most0, alone * sizeof *s->y);
    memcpy(f->next, s->y + s->most0, alone * sizeof *s->y);
    for (uint32_t n = 0; n < s->lanes; n++) {
        struct part *part = &f->part[n];
        part->sum = (float *)NEW_ARRAY(a, cells / 4, four);
        part->shared = (float(*)[4])NEW_ARRAY(a, (size_t)(s->rows - s->hub0) + 1, four);
        part->opened = NEW_ARRAY(a, (size_t)s->m->lines + 1, double);
    }
}

struct abreast *abreast_new(struct solver *s, struct arena *a)
{
    struct abreast *f = NEW(a, struct abreast);
    f->s = s;
    number_sinks(f, a);
    put_needs(f);
    put_systems(f);
    put_bundles(f, a);
    put_strands(f, a);
    put_sums(f, a);
    memcpy(s->opening_anchor, s->opening, (size_t)s->m->lines * sizeof *s->opening);
    abreast_prices(f);
    return f;
}

/* --- and back --- */

static void lots_back(const struct abreast *f)
{
    struct solver *s = f->s;
    for (uint32_t i = 0, at = 0; i < f->bundles; i++) {
        const struct bundle *b = &f->bundle[i];
        for (uint32_t k = 0; k < 4; k++) {
            int32_t l = b->lot[k];
            if (l == MODEL_NONE) continue;
            s->y[l] = (double)b->price.at[k];
            struct column *c = &s->column[s->lot_begin[l]];
            for (uint32_t n = 0; n < columns_of(s, l); n++) c[n].x = f->x[at + n][k];
        }
        at += b->strands;
    }
}

/* What is proved rests on a need's price being at most its penalty, not what a float makes of it.
 */
static void cells_back(const struct abreast *f)
{
    struct solver *s = f->s;
    for (uint32_t c = 0; c < s->cells; c++) {
        uint32_t at = f->place[c] - 1;
        if (!f->place[c] || at >= 4 * f->fours) continue;
        double y = (double)f->cell[at / 4].at[at % 4];
        if (c < s->needs && y > s->need_most[c]) y = s->need_most[c];
        s->y[s->cell0 + (int32_t)c] = y;
    }
}

void abreast_end(struct abreast *f)
{
    struct solver *s = f->s;
    lots_back(f);
    cells_back(f);
    for (int32_t i = 0, n = 0; i < s->moving_systems; i++) {
        const struct sink *sink = &s->sink[s->moving_system[i]];
        if (!sink->cells) continue;
        const struct mover *from = f->service + f->system[n++].service;
        for (uint32_t c = 0; c < sink->cells; c++) {
            s->service[sink->service + c] = (double)from[c / 4].at[c % 4];
        }
    }
}
