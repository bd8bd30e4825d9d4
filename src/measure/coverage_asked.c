/*
 * coverage_asked.c - needs as wants, and which items are an answer to each.
 *
 * What is an answer is found from below: each item of the catalogue goes up
 * through what stands above it, and joins the list of every claim that it
 * meets on the way. So the cost is that of the catalogue, whatever is asked.
 */
#include <stdlib.h>
#include <string.h>

#include "measure/coverage_inside.h"

int32_t coverage_month(int32_t day)
{
    int year, month, dom;
    day_to_civil(day, &year, &month, &dom);
    return year * 12 + month - 1;
}

int32_t coverage_month_last(int32_t month)
{
    return day_month_last(month / 12, month % 12 + 1);
}

/* --- needs --- */

uint32_t coverage_claim(struct covering *c, const struct record *need, uint32_t noun, uint32_t item)
{
    c->claims = arena_more(c->arena, c->claims, c->claim_count, &c->claim_room, sizeof *c->claims);
    c->claims[c->claim_count] =
        (struct claim){.need = noun,
                       .receiver = book_noun_of(c->book, record_ref(need, F_RECEIVER)),
                       .item = item,
                       .keep = NONE,
                       .accepted = NONE,
                       .priority = record_int(need, F_PRIORITY, INT64_MAX)};
    return c->claim_count++;
}

static void add_want(struct covering *c, const struct record *r, uint32_t claim, int32_t due)
{
    c->wants = arena_more(c->arena, c->wants, c->want_count, &c->want_room, sizeof *c->wants);
    c->wants[c->want_count++] =
        (struct want){.claim = claim, .due = due, .open = record_int(r, F_QTY, 0)};
    c->out->rows[c->claims[claim].row].asked += record_int(r, F_QTY, 0);
}

static void add_months(struct covering *c, const struct record *r, uint32_t claim)
{
    int32_t until = (int32_t)record_int(r, F_UNTIL, DAY_MAX), due;
    int32_t month = coverage_month((int32_t)record_int(r, F_SINCE, until));
    do {
        due = coverage_month_last(month++);
        add_want(c, r, claim, due < until ? due : until);
    } while (due < until);
}

/* The day it was asked for, else the one on which the book heard of it. */
static int32_t asked_on(const struct record *r, int64_t first_ms)
{
    return (int32_t)record_int(r, F_DAY, first_ms / MS_PER_DAY);
}

static void add_need(struct covering *c, uint32_t noun, int64_t first_ms)
{
    const struct record *r = book_version(c->book, noun, c->q->at.known);
    if (!r || record_text(r, F_VERDICT)) return;
    if (record_int(r, F_DAY, DAY_MIN) > c->q->at.effective) return;
    uint32_t receiver = book_noun_of(c->book, record_ref(r, F_RECEIVER));
    if (c->receiver != NONE && receiver != c->receiver) return;
    if (record_ref(r, F_KEEPS)) {
        c->out->keeping++;
        return;
    }
    struct coverage *out = c->out;
    out->rows = arena_more(c->arena, out->rows, out->count, &c->row_room, sizeof *out->rows);
    out->rows[out->count] =
        (struct coverage_row){.need = noun,
                              .receiver = receiver,
                              .item = book_noun_of(c->book, record_ref(r, F_ITEM)),
                              .due = (int32_t)record_int(r, F_UNTIL, DAY_MAX)};
    uint32_t claim = coverage_claim(c, r, noun, out->rows[out->count].item);
    c->claims[claim].row = out->count++;
    c->claims[claim].asked_day = asked_on(r, first_ms);
    if (record_field(r, F_MONTHLY))
        add_months(c, r, claim);
    else
        add_want(c, r, claim, (int32_t)record_int(r, F_UNTIL, DAY_MAX));
}

void coverage_find_needs(struct covering *c)
{
    uint32_t count;
    const struct record *const *list = book_records(c->book, KIND_NEED, &count);
    bool *seen = NEW_ARRAY(c->arena, book_noun_count(c->book) + 1, bool);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t noun = book_noun_of(c->book, list[i]->id);
        if (!seen[noun]) add_need(c, noun, list[i]->recorded_ms);
        seen[noun] = true;
    }
}

/* --- what is an answer to them --- */

/* That an item may stand in for another, so many for one. */
struct stand_in {
    uint32_t of, need; /* need NONE: for any */
    uint32_t next;     /* of the same item: 1 + index, 0 none */
    struct dec rate;
};

struct catalogue {
    struct covering *c;
    struct stand_in *stand_ins;

    /* Lists begin with 1 + index, 0 ends them: a book has a million nouns, and few are touched. */
    uint32_t *first; /* by noun: its stand_ins */
    uint32_t *asked; /* by noun: claims for that item */
    uint32_t *more;  /* by claim: the next for the same item */
    bool *own;       /* by noun of a need: it has substitutes of its own */
    int places;      /* of the item that climbs */
};

static bool rate_told(const struct record *r, struct dec *rate)
{
    enum { SCALE = 6 };
    *rate = record_field(r, F_AMOUNT) ? record_dec(r, F_AMOUNT) : (struct dec){1, 0};
    for (; rate->scale > SCALE; rate->scale--) rate->n /= 10;
    return rate->n > 0 && rate->n <= INT64_C(1000000000);
}

static void find_stand_ins(struct catalogue *k)
{
    struct covering *c = k->c;
    uint32_t count;
    const struct record *const *list = book_records(c->book, KIND_RELATION, &count);
    k->stand_ins = NEW_ARRAY(c->arena, count + 1, struct stand_in);
    for (uint32_t i = 0; i < count; i++) {
        const struct record *r = list[i];
        struct stand_in *s = &k->stand_ins[i];
        if (strcmp(record_text(r, F_TYPE), "substitutes") != 0 || record_text(r, F_VERDICT)) {
            continue;
        }
        if (!book_current(c->book, r, c->q->at.known) || !rate_told(r, &s->rate)) continue;
        uint32_t item = book_noun_of(c->book, record_ref(r, F_ITEM));
        s->of = book_noun_of(c->book, record_ref(r, F_PARENT));
        s->need = record_ref(r, F_NEED) ? book_noun_of(c->book, record_ref(r, F_NEED)) : NONE;
        s->next = k->first[item];
        k->first[item] = i + 1;
        if (s->need != NONE) k->own[s->need] = true;
    }
}

/* Of several ways to be an answer the best counts. */
static void accept(const struct catalogue *k, struct claim *claim, uint32_t item, struct dec rate)
{
    struct covering *c = k->c;
    struct accept *newest = claim->accepted == NONE ? NULL : &c->accepts[claim->accepted];
    if (newest && newest->item == item) {
        if (dec_cmp(rate, newest->rate) > 0) newest->rate = rate;
        return;
    }
    c->accepts =
        arena_more(c->arena, c->accepts, c->accept_count, &c->accept_room, sizeof *c->accepts);
    c->accepts[c->accept_count] = (struct accept){item, claim->accepted, k->places, rate};
    claim->accepted = c->accept_count++;
}

static void stand_in_for(struct catalogue *k, const struct stand_in *s, uint32_t item)
{
    for (uint32_t i = k->asked[s->of]; i; i = k->more[i - 1]) {
        struct claim *claim = &k->c->claims[i - 1];
        bool own = k->own[claim->need];
        if (own ? s->need == claim->need : s->need == NONE) accept(k, claim, item, s->rate);
    }
}

/* From the item up through the catalogue, which may run in circles. */
static void climb(struct catalogue *k, uint32_t item)
{
    struct covering *c = k->c;
    uint32_t above = item;
    k->places = coverage_places(c->book, item);
    for (int depth = 0; above != NONE && depth < 64; depth++) {
        for (uint32_t i = k->asked[above]; i; i = k->more[i - 1]) {
            accept(k, &c->claims[i - 1], item, (struct dec){1, 0});
        }
        for (uint32_t i = k->first[above]; i; i = k->stand_ins[i - 1].next) {
            stand_in_for(k, &k->stand_ins[i - 1], item);
        }
        const struct record *r = book_version(c->book, above, c->q->at.known);
        above = r ? book_noun_of(c->book, record_ref(r, F_PARENT)) : NONE;
    }
}

/*
 * By claim: the first that takes the same, whose list they share: all for one item, but those of
 * needs with substitutes of their own. Only that one is met by what climbs.
 */
static uint32_t *first_alike(struct catalogue *k)
{
    struct covering *c = k->c;
    uint32_t *like = NEW_ARRAY(c->arena, c->claim_count + 1, uint32_t);
    uint32_t *usual = NEW_ARRAY(c->arena, book_noun_count(c->book) + 1, uint32_t);
    for (uint32_t i = 0; i < c->claim_count; i++) {
        uint32_t item = c->claims[i].item;
        bool own = k->own[c->claims[i].need];
        like[i] = !own && usual[item] ? usual[item] - 1 : i;
        if (like[i] != i) continue;
        if (!own) usual[item] = i + 1;
        k->more[i] = k->asked[item];
        k->asked[item] = i + 1;
    }
    return like;
}

void coverage_find_accepted(struct covering *c)
{
    uint32_t nouns = book_noun_count(c->book), count;
    struct catalogue k = {.c = c,
                          .first = NEW_ARRAY(c->arena, nouns + 1, uint32_t),
                          .asked = NEW_ARRAY(c->arena, nouns + 1, uint32_t),
                          .more = NEW_ARRAY(c->arena, c->claim_count + 1, uint32_t),
                          .own = NEW_ARRAY(c->arena, nouns + 1, bool)};
    find_stand_ins(&k);
    uint32_t *like = first_alike(&k);
    const struct record *const *items = book_records(c->book, KIND_ITEM, &count);
    for (uint32_t i = count; i-- > 0;) { /* the lists are then in the order of the catalogue */
        /* Each item once: by the version that is current, not by all it ever had. */
        if (book_current(c->book, items[i], c->q->at.known)) {
            climb(&k, book_noun_of(c->book, items[i]->id));
        }
    }
    for (uint32_t i = 0; i < c->claim_count; i++) {
        c->claims[i].accepted = c->claims[like[i]].accepted;
    }
}
