/*
 * things.c - see things.h.
 *
 * The sums are folded once, by giver and item; what all give of an item is
 * added up from them, so that parts and whole cannot disagree.
 */
#include "measure/things.h"

#include <stdlib.h>

#include "base/text.h"

struct pair {
    uint32_t party, item;
    i128 qty;
};

struct gathering {
    struct arena *arena;
    const struct exchange *x;
    const struct burden_question *q;
    uint32_t group, receiver;
    uint32_t *slots, slot_room; /* open addressing: 1 + index of pairs */
    struct pair *pairs;
    uint32_t count, room;
};

static bool counts(const struct gathering *g, const struct line *l)
{
    const struct burden_question *q = g->q;
    const struct book *b = g->x->book;
    if (l->giver == NONE || l->item == NONE || l->recorded_ms > g->x->at.known) return false;
    if (q->published && l->flags & LINE_OUTSIDE) return false;
    if (q->receiver && l->receiver != g->receiver) return false;
    if (q->series && !series_within(book_word_text(b, l->series), q->series)) return false;
    return !q->group || book_member(b, l->giver, g->group, q->members_day, g->x->at.known);
}

static uint32_t *pair_slot(const struct gathering *g, uint32_t party, uint32_t item)
{
    uint64_t hash = ((uint64_t)party << 32 | item) * UINT64_C(0x9e3779b97f4a7c15);
    uint32_t at = (uint32_t)(hash >> 32) & (g->slot_room - 1);
    while (g->slots[at] &&
           (g->pairs[g->slots[at] - 1].party != party || g->pairs[g->slots[at] - 1].item != item)) {
        at = (at + 1) & (g->slot_room - 1);
    }
    return &g->slots[at];
}

static struct pair *pair_of(struct gathering *g, uint32_t party, uint32_t item)
{
    if (g->count * 2 >= g->slot_room) {
        g->slot_room = g->slot_room ? g->slot_room * 4 : 256;
        g->slots = NEW_ARRAY(g->arena, g->slot_room, uint32_t);
        for (uint32_t i = 0; i < g->count; i++) {
            *pair_slot(g, g->pairs[i].party, g->pairs[i].item) = i + 1;
        }
    }
    uint32_t *slot = pair_slot(g, party, item);
    if (!*slot) {
        g->pairs = arena_more(g->arena, g->pairs, g->count, &g->room, sizeof *g->pairs);
        g->pairs[g->count] = (struct pair){.party = party, .item = item};
        *slot = ++g->count;
    }
    return &g->pairs[*slot - 1];
}

static void gather(struct gathering *g)
{
    uint32_t lines;
    const struct book *b = g->x->book;
    const struct line *line = book_lines(b, &lines);
    const struct held *held = book_held(g->arena, b, &g->x->at);
    const bool *second = worth_second_series(g->arena, b, &g->x->at, g->q->reached);
    for (uint32_t i = 0; i < lines; i++) {
        if (second[i] || !counts(g, &line[i])) continue;
        struct pair *p = pair_of(g, line[i].giver, line[i].item);
        for (int s = (int)g->q->reached; s <= STAGE_DELIVERED; s++) p->qty += held[i].at[s];
    }
}

/* --- shares --- */

/* Numbers by noun of the givers and of the items. */
struct index {
    uint32_t *of, *noun, count; /* of: + 1, 0 none */
};

static uint32_t index_of(struct index *n, uint32_t noun)
{
    if (!n->of[noun]) {
        n->noun[n->count++] = noun;
        n->of[noun] = n->count;
    }
    return n->of[noun] - 1;
}

static struct index index_new(struct arena *a, uint32_t nouns)
{
    return (struct index){.of = NEW_ARRAY(a, nouns + 1, uint32_t),
                          .noun = NEW_ARRAY(a, nouns + 1, uint32_t)};
}

struct sharing {
    const struct gathering *g;
    struct index givers, items;
    i128 *all;   /* by item */
    i128 *share; /* by giver, of the item at hand */
    struct key_table table;
    bool keyed;
    uint32_t donor;
    struct things *out;
    uint32_t room;
};

static int by_item(const void *x, const void *y)
{
    const struct pair *a = x, *b = y;
    if (a->item != b->item) return a->item < b->item ? -1 : 1;
    return (a->party > b->party) - (a->party < b->party);
}

static void add_row(struct sharing *s, uint32_t party, uint32_t item, i128 qty)
{
    struct things *out = s->out;
    uint32_t at = s->givers.of[party]; /* 0: gives nothing at all, and has no share */
    struct thing_row r = {
        .party = party, .item = item, .qty = qty, .all = s->all[s->items.of[item] - 1]};
    if (at && s->keyed && s->table.weight[at - 1] > 0) {
        r.has_key = true;
        r.share = s->share[at - 1];
        r.gap = r.share - qty;
    }
    out->rows = arena_more(s->g->arena, out->rows, out->count, &s->room, sizeof *out->rows);
    out->rows[out->count++] = r;
}

/* The rows of one item: pairs from `first` on. Returns behind its last. */
static uint32_t add_item(struct sharing *s, uint32_t first)
{
    const struct pair *pairs = s->g->pairs;
    uint32_t item = pairs[first].item, end = first, told = s->out->count;
    while (end < s->g->count && pairs[end].item == item) end++;
    if (!s->items.of[item] || item_currency(s->g->x->book, item)) return end;
    i128 all = s->all[s->items.of[item] - 1];
    if (s->keyed) key_share_out(&s->table, s->givers.count, all, s->share);
    for (uint32_t i = first; i < end; i++) {
        bool asked = s->donor == NONE || pairs[i].party == s->donor;
        if (asked && pairs[i].qty != 0) add_row(s, pairs[i].party, item, pairs[i].qty);
    }
    if (s->donor != NONE && s->out->count == told) add_row(s, s->donor, item, 0);
    return end;
}

static uint32_t party_named(const struct exchange *x, const char *key)
{
    return key ? book_noun(x->book, KIND_PARTY, key) : NONE;
}

enum rc measure_things(struct arena *a, const struct exchange *x, const struct burden_question *q,
                       uint32_t donor, struct things *out, struct err *err)
{
    struct gathering g = {.arena = a,
                          .x = x,
                          .q = q,
                          .group = party_named(x, q->group),
                          .receiver = party_named(x, q->receiver)};
    uint32_t nouns = book_noun_count(x->book);
    struct sharing s = {.g = &g, .givers = index_new(a, nouns), .items = index_new(a, nouns)};
    *out = (struct things){0};
    if (q->group && g.group == NONE) {
        return fail(err, RC_ABSENT, "no group '%.80s' in this book", q->group);
    }
    if (q->receiver && g.receiver == NONE) {
        return fail(err, RC_ABSENT, "no party '%.80s' in this book", q->receiver);
    }
    gather(&g);
    if (g.count) qsort(g.pairs, g.count, sizeof *g.pairs, by_item);
    s.all = NEW_ARRAY(a, g.count + 1, i128);
    for (uint32_t i = 0; i < g.count; i++) {
        if (g.pairs[i].qty == 0) continue;
        index_of(&s.givers, g.pairs[i].party);
        s.all[index_of(&s.items, g.pairs[i].item)] += g.pairs[i].qty;
    }
    s.share = NEW_ARRAY(a, s.givers.count + 1, i128);
    s.donor = donor;
    s.out = out;
    out->givers = s.givers.count;
    if (q->key && s.givers.count) {
        enum rc rc = key_weights(a, x, q->key, q->table, NULL, q->key_year, s.givers.noun,
                                 s.givers.count, &s.table, err);
        if (rc && !(rc == RC_ABSENT && q->any_key)) return rc;
        s.keyed = !rc;
        out->key_table = s.keyed ? s.table.name : NULL;
    }
    for (uint32_t i = 0; i < g.count;) i = add_item(&s, i);
    return RC_OK;
}
