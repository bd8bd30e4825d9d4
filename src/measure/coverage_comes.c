/*
 * coverage_comes.c - what comes, on piles: one for each receiver and item that is asked for.
 *
 * Only lines that are an answer to something are looked at. What comes is put
 * in order by counting, pile by pile: only what is on one pile has to be
 * compared.
 */
#include <string.h>

#include "measure/coverage_inside.h"
#include "measure/stands.h"
#include "measure/worth.h"

/* --- piles --- */

static struct pile_slot *slot_of(const struct covering *c, uint32_t receiver, uint32_t item)
{
    uint64_t key = (uint64_t)receiver << 32 | item;
    uint32_t at = (uint32_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> 32) & (c->pile_slot_room - 1);
    while (c->pile_slots[at].pile && c->pile_slots[at].key != key) {
        at = (at + 1) & (c->pile_slot_room - 1);
    }
    return &c->pile_slots[at];
}

static uint32_t pile_of(struct covering *c, uint32_t receiver, uint32_t item)
{
    struct pile_slot *slot = slot_of(c, receiver, item);
    if (slot->pile) return slot->pile - 1;
    c->piles = arena_more(c->arena, c->piles, c->pile_count, &c->pile_room, sizeof *c->piles);
    c->piles[c->pile_count++] =
        (struct pile){.receiver = receiver, .item = item, .asked_from = DAY_MAX};
    *slot = (struct pile_slot){(uint64_t)receiver << 32 | item, c->pile_count};
    return c->pile_count - 1;
}

/* What each claim may take from, the very item first. */
static void find_ways(struct covering *c)
{
    uint32_t ways = 0;
    for (uint32_t i = 0; i < c->claim_count; i++) {
        for (uint32_t k = c->claims[i].accepted; k != NONE; k = c->accepts[k].next) ways++;
    }
    for (c->pile_slot_room = 16; c->pile_slot_room / 2 < ways;) c->pile_slot_room *= 2;
    c->pile_slots = NEW_ARRAY(c->arena, c->pile_slot_room, struct pile_slot);
    struct way *all = NEW_ARRAY(c->arena, ways + 1, struct way);
    for (uint32_t i = 0; i < c->claim_count; i++) {
        struct claim *claim = &c->claims[i];
        i128 up = power10(coverage_places(c->book, claim->item));
        claim->ways = all;
        for (int other = 0; other < 2; other++) {
            for (uint32_t k = claim->accepted; k != NONE; k = c->accepts[k].next) {
                const struct accept *a = &c->accepts[k];
                if ((a->item != claim->item) != other) continue;
                uint32_t pile = pile_of(c, claim->receiver, a->item);
                struct pile *p = &c->piles[pile];
                if (claim->asked_day < p->asked_from) p->asked_from = claim->asked_day;
                i128 down = power10(a->places);
                *all++ = (struct way){
                    .pile = pile, .up = a->rate.n * up, .down = power10(a->rate.scale) * down};
            }
        }
        claim->way_count = (uint32_t)(all - claim->ways);
    }
}

/* --- lines --- */

struct coming {
    struct covering *c;
    struct stands stands;     /* of lines that are an answer to something */
    uint32_t *pile_of;        /* by stand */
    struct arrival *arrivals; /* not yet by pile */
    uint32_t *piles;          /* by arrival */
    int32_t *asked_from;      /* by pile; apart, for each arrival asks */
    uint32_t arrival_count;
};

static void find_lines(struct coming *m)
{
    struct covering *c = m->c;
    uint32_t count;
    const struct line *lines = book_lines(c->book, &count);
    const bool *second = worth_second_series(c->arena, c->book, &c->q->at, c->q->reached);
    stands_begin(c->arena, c->book, &m->stands);
    m->pile_of = NEW_ARRAY(c->arena, count + 1, uint32_t);
    for (uint32_t i = 0; i < count; i++) {
        const struct line *l = &lines[i];
        if (second[i] || l->receiver == NONE || l->item == NONE) continue;
        if (l->flags & LINE_TAKEN_BACK || !line_current(lines, i, c->q->at.known)) continue;
        uint32_t pile = slot_of(c, l->receiver, l->item)->pile;
        if (!pile) continue;
        m->pile_of[m->stands.count] = pile - 1;
        stands_add(&m->stands, i);
    }
    stands_find(c->arena, c->book, &c->q->at, true, &m->stands);
}

/* --- arrivals --- */

/* What came before anybody asked for it is an answer to none that it was not meant for. */
static void arrive(struct coming *m, uint32_t stand, int32_t grade, int32_t day, int64_t qty)
{
    uint32_t count, line = m->stands.of[stand].line, pile = m->pile_of[stand];
    const struct line *l = &book_lines(m->c->book, &count)[line];
    if (qty <= 0 || (l->need == NONE && day < m->asked_from[pile])) return;
    m->piles[m->arrival_count] = pile;
    m->arrivals[m->arrival_count++] = (struct arrival){
        .key = arrival_key(l->need, grade, day), .left = qty, .line = line, .day = day};
}

/* What is off is off the latest. */
static void delivered(struct coming *m, uint32_t stand)
{
    const struct stand_of *t = &m->stands.of[stand];
    int64_t off = t->off;
    for (uint32_t i = t->end; i-- > t->first;) {
        const struct delivered *d = &m->stands.deliveries[i];
        int64_t less = off < d->qty ? off : d->qty;
        if (less < 0) less = 0;
        off -= less;
        arrive(m, stand, STAGE_DELIVERED, d->day, d->qty - less);
    }
}

static void promised(struct coming *m, uint32_t stand)
{
    const struct coverage_question *q = m->c->q;
    const struct stand *t = &m->stands.list[stand];
    uint32_t count;
    const struct line *l = &book_lines(m->c->book, &count)[m->stands.of[stand].line];
    bool dated = l->flags & LINE_DATED;
    int32_t day = dated && l->until > q->today ? l->until : q->today;
    int64_t undated = 0;
    for (int s = (int)q->reached; s < STAGE_DELIVERED; s++) {
        if (dated) arrive(m, stand, s, day, t->at[s]);
        undated += t->at[s];
    }
    if (dated || undated <= 0) return;
    arrive(m, stand, GRADE_UNDATED, INT32_MAX, undated);
    m->c->out->undated++;
}

/*
 * On one pile: by need, the furthest stage first, then by day. Both ways leave those of one key in
 * the order in which they were put there, that of the lines.
 */
static void sort_few(struct arrival *list, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        struct arrival one = list[i];
        uint32_t at = i;
        for (; at > 0 && list[at - 1].key > one.key; at--) list[at] = list[at - 1];
        list[at] = one;
    }
}

/* Byte by byte from the last; bytes that all keys share are passed over. */
static void sort_many(struct arrival *list, uint32_t count, struct arrival *spare)
{
    enum { BYTE = 256, KEY_BITS = 64 };
    uint64_t differs = 0;
    struct arrival *from = list, *to = spare;
    for (uint32_t i = 1; i < count; i++) differs |= list[i].key ^ list[0].key;
    for (int shift = 0; shift < KEY_BITS; shift += 8) {
        uint32_t at[BYTE + 1] = {0};
        if (!(differs >> shift & (BYTE - 1))) continue;
        for (uint32_t i = 0; i < count; i++) at[(from[i].key >> shift & (BYTE - 1)) + 1]++;
        for (int i = 0; i < BYTE; i++) at[i + 1] += at[i];
        for (uint32_t i = 0; i < count; i++) {
            to[at[from[i].key >> shift & (BYTE - 1)]++] = from[i];
        }
        struct arrival *swap = from;
        from = to;
        to = swap;
    }
    if (from != list) memcpy(list, from, count * sizeof *list);
}

static void make_shelves(struct covering *c, uint32_t pile, uint32_t begin, uint32_t count,
                         struct arrival *spare)
{
    enum { FEW = 48 };
    struct pile *p = &c->piles[pile];
    struct arrival *list = c->arrivals + begin;
    if (count <= FEW)
        sort_few(list, count);
    else
        sort_many(list, count, spare);
    p->meant = p->meant_end = c->shelf_count;
    for (uint32_t i = 0, end; i < count; i = end) {
        int grade = arrival_grade(&list[i]);
        for (end = i + 1; end < count && list[end].key >> 28 == list[i].key >> 28;) end++;
        struct shelf s = {arrival_need(&list[i]), begin + i, begin + end};
        if (s.need == NONE) {
            c->free[(size_t)pile * GRADES + (size_t)grade] = s;
            c->grades[pile] |= UINT32_C(1) << grade;
            continue;
        }
        c->shelves =
            arena_more(c->arena, c->shelves, c->shelf_count, &c->shelf_room, sizeof *c->shelves);
        c->shelves[c->shelf_count++] = s;
        p->meant_end = c->shelf_count;
    }
}

static void put_on_piles(struct coming *m)
{
    struct covering *c = m->c;
    uint32_t *begin = NEW_ARRAY(c->arena, c->pile_count + 2, uint32_t);
    c->arrivals = NEW_ARRAY(c->arena, m->arrival_count + 1, struct arrival);
    c->arrival_count = m->arrival_count;
    c->free = NEW_ARRAY(c->arena, (size_t)c->pile_count * GRADES + 1, struct shelf);
    c->grades = NEW_ARRAY(c->arena, c->pile_count + 1, uint32_t);
    for (uint32_t i = 0; i < m->arrival_count; i++) begin[m->piles[i] + 2]++;
    for (uint32_t p = 0; p < c->pile_count; p++) begin[p + 2] += begin[p + 1];
    for (uint32_t i = 0; i < m->arrival_count; i++) {
        c->arrivals[begin[m->piles[i] + 1]++] = m->arrivals[i];
    }
    for (uint32_t p = 0; p < c->pile_count; p++) {
        make_shelves(c, p, begin[p], begin[p + 1] - begin[p], m->arrivals); /* used no more */
    }
}

/* Only ways to piles that hold anything are kept. */
static void keep_ways(struct covering *c)
{
    uint32_t ways = 0;
    for (uint32_t i = 0; i < c->claim_count; i++) {
        struct claim *claim = &c->claims[i];
        uint32_t kept = 0;
        for (uint32_t k = 0; k < claim->way_count; k++) {
            const struct pile *p = &c->piles[claim->ways[k].pile];
            uint32_t grades = c->grades[claim->ways[k].pile];
            if (!grades && p->meant == p->meant_end) continue;
            claim->grades |= grades;
            for (uint32_t s = p->meant; s < p->meant_end; s++) {
                *(c->shelves[s].need == claim->need ? &claim->named : &claim->others) = true;
            }
            claim->ways[kept] = claim->ways[k];
            claim->ways[kept++].number = ways++;
        }
        claim->way_count = kept;
    }
    c->start_count = ways * GRADES;
    c->starts = NEW_ARRAY(c->arena, (size_t)c->start_count + 1, struct start);
}

void coverage_find_arrivals(struct covering *c)
{
    struct coming m = {.c = c};
    size_t room = 1;
    find_ways(c);
    find_lines(&m);
    for (uint32_t i = 0; i < m.stands.count; i++) {
        room += GRADES + m.stands.of[i].end - m.stands.of[i].first;
    }
    m.arrivals = NEW_ARRAY(c->arena, room, struct arrival);
    m.piles = NEW_ARRAY(c->arena, room, uint32_t);
    m.asked_from = NEW_ARRAY(c->arena, c->pile_count + 1, int32_t);
    for (uint32_t i = 0; i < c->pile_count; i++) m.asked_from[i] = c->piles[i].asked_from;
    for (uint32_t i = 0; i < m.stands.count; i++) {
        delivered(&m, i);
        promised(&m, i);
    }
    put_on_piles(&m);
    keep_ways(c);
    c->next = NEW_ARRAY(c->arena, c->arrival_count + 1, uint32_t);
}
