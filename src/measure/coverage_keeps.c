/*
 * coverage_keeps.c - what keeps systems going, month by month.
 *
 * A system in service in a month uses so much of each complement. How much is
 * asked for follows from how many systems are there, so the whole is shared
 * out twice: first to see which systems come, then with what keeps those
 * going asked for too, each month's by the end of the month.
 */
#include <string.h>

#include "base/dec.h"
#include "measure/coverage_inside.h"

struct sustain {
    uint32_t item;   /* what is used up */
    uint32_t next;   /* of the same system's item: 1 + index, 0 none */
    struct dec rate; /* units for one system a month */
};

struct finding {
    struct covering *c;
    struct sustain *sustains;
    uint32_t *sustained;        /* by noun of an item: 1 + index of sustains */
    uint32_t *kept, *kept_next; /* by noun of a need: 1 + noun of those that keep it going */
};

static bool rate_of(const struct record *r, uint32_t item, const struct book *b, struct dec *rate)
{
    *rate = record_field(r, F_QTY) && r->kind == KIND_RELATION
                ? (struct dec){record_int(r, F_QTY, 0), coverage_places(b, item)}
                : record_dec(r, F_AMOUNT);
    return rate->n > 0;
}

static void find_sustains(struct finding *f)
{
    struct covering *c = f->c;
    uint32_t count;
    const struct record *const *list = book_records(c->book, KIND_RELATION, &count);
    f->sustains = NEW_ARRAY(c->arena, count + 1, struct sustain);
    for (uint32_t i = count; i-- > 0;) { /* so that lists are in the book's order */
        const struct record *r = list[i];
        struct sustain *s = &f->sustains[i];
        if (strcmp(record_text(r, F_TYPE), "sustains") != 0 || record_text(r, F_VERDICT)) continue;
        if (!book_current(c->book, r, c->q->at.known)) continue;
        uint32_t item = book_noun_of(c->book, record_ref(r, F_ITEM));
        s->item = book_noun_of(c->book, record_ref(r, F_PARENT));
        if (s->item == item || !rate_of(r, s->item, c->book, &s->rate)) continue;
        s->next = f->sustained[item];
        f->sustained[item] = i + 1;
    }
}

/* A need that keeps going what itself keeps something going counts for nothing. */
static void find_kept(struct finding *f)
{
    struct covering *c = f->c;
    uint32_t count;
    const struct record *const *list = book_records(c->book, KIND_NEED, &count);
    for (uint32_t i = count; i-- > 0;) {
        const struct record *r = list[i];
        if (!book_current(c->book, r, c->q->at.known) || record_text(r, F_VERDICT)) continue;
        if (!record_ref(r, F_KEEPS) || record_int(r, F_DAY, DAY_MIN) > c->q->at.effective) continue;
        uint32_t noun = book_noun_of(c->book, r->id);
        uint32_t kept = book_noun_of(c->book, record_ref(r, F_KEEPS));
        const struct record *system = book_version(c->book, kept, c->q->at.known);
        if (!system || record_ref(system, F_KEEPS)) continue;
        if (book_noun_of(c->book, record_ref(system, F_RECEIVER)) !=
            book_noun_of(c->book, record_ref(r, F_RECEIVER))) {
            continue;
        }
        f->kept_next[noun] = f->kept[kept];
        f->kept[kept] = noun + 1;
    }
}

static void add_keep(struct covering *c, const struct record *need, uint32_t noun, uint32_t row,
                     uint32_t asking, uint32_t item, struct dec rate)
{
    struct coverage *out = c->out;
    out->keeps =
        arena_more(c->arena, out->keeps, out->keep_count, &c->keep_room, sizeof *out->keeps);
    out->keeps[out->keep_count] =
        (struct coverage_keep){.row = row, .item = item, .need = asking, .rate = rate};
    uint32_t claim = coverage_claim(c, need, noun, item);
    c->claims[claim].row = row;
    c->claims[claim].keep = out->keep_count++;
}

/* Needs that say so go before the catalogue. */
static void find_keeps(struct finding *f, uint32_t row)
{
    struct covering *c = f->c;
    const struct coverage_row *r = &c->out->rows[row];
    const struct record *need = book_version(c->book, r->need, c->q->at.known);
    uint32_t before = c->out->keep_count;
    for (uint32_t k = f->kept[r->need]; k; k = f->kept_next[k - 1]) {
        const struct record *keeping = book_version(c->book, k - 1, c->q->at.known);
        uint32_t item = book_noun_of(c->book, record_ref(keeping, F_ITEM));
        struct dec rate;
        if (!rate_of(keeping, item, c->book, &rate)) continue;
        add_keep(c, keeping, k - 1, row, k - 1, item, rate);
    }
    if (c->out->keep_count > before) return;
    for (uint32_t i = f->sustained[r->item]; i; i = f->sustains[i - 1].next) {
        const struct sustain *s = &f->sustains[i - 1];
        add_keep(c, need, r->need, row, NONE, s->item, s->rate);
    }
}

/* From the month in which it is due, or from the one asked about if that is past, so many on. */
static struct system system_of(struct covering *c, uint32_t row, int32_t due)
{
    int32_t today = coverage_month(c->q->today),
            first = due == DAY_MAX ? today : coverage_month(due);
    struct system s = {.row = row, .look = first > today ? first : today};
    s.first = first > today - c->q->months ? first : today - c->q->months;
    s.months = s.look - s.first + c->q->months;
    s.there = NEW_ARRAY(c->arena, (size_t)s.months, i128);
    return s;
}

void coverage_find_systems(struct covering *c)
{
    uint32_t nouns = book_noun_count(c->book), rows = c->out->count, claims = c->claim_count;
    c->system_of = NEW_ARRAY(c->arena, rows + 1, uint32_t);
    if (c->q->months <= 0) return;
    struct finding f = {.c = c,
                        .sustained = NEW_ARRAY(c->arena, nouns + 1, uint32_t),
                        .kept = NEW_ARRAY(c->arena, nouns + 1, uint32_t),
                        .kept_next = NEW_ARRAY(c->arena, nouns + 1, uint32_t)};
    int32_t *first_due = NEW_ARRAY(c->arena, rows + 1, int32_t);
    for (uint32_t i = 0; i < rows; i++) first_due[i] = DAY_MAX;
    for (uint32_t i = 0; i < c->want_count; i++) {
        int32_t *due = &first_due[c->claims[c->wants[i].claim].row];
        if (c->wants[i].due < *due) *due = c->wants[i].due;
    }
    find_sustains(&f);
    find_kept(&f);
    for (uint32_t row = 0; row < rows; row++) {
        uint32_t before = c->out->keep_count;
        find_keeps(&f, row);
        if (c->out->keep_count == before) continue;
        c->systems =
            arena_more(c->arena, c->systems, c->system_count, &c->system_room, sizeof *c->systems);
        struct system *s = &c->systems[c->system_count++];
        *s = system_of(c, row, first_due[row]);
        s->keeps = before;
        s->keeps_end = c->out->keep_count;
        c->system_of[row] = c->system_count;
    }
    for (uint32_t i = claims; i < c->claim_count; i++) { /* those of the needs stand by row */
        c->claims[i].asked_day = c->claims[c->claims[i].row].asked_day;
    }
}

/* How many parts so many systems (parts of theirs) use up in a month. */
static i128 used_by(const struct covering *c, const struct coverage_keep *k, i128 systems)
{
    const struct coverage_row *r = &c->out->rows[k->row];
    i128 down = power10(coverage_places(c->book, r->item)) * power10(k->rate.scale);
    i128 up = k->rate.n * power10(coverage_places(c->book, k->item));
    return (coverage_times(systems, up) + down - 1) / down;
}

/* How many systems so much keeps going for a month. */
static i128 kept_by(const struct covering *c, const struct coverage_keep *k, i128 qty)
{
    const struct coverage_row *r = &c->out->rows[k->row];
    i128 up = power10(coverage_places(c->book, r->item)) * power10(k->rate.scale);
    i128 down = k->rate.n * power10(coverage_places(c->book, k->item));
    return coverage_times(qty, up) / down;
}

static void want_keep(struct covering *c, const struct system *s, uint32_t keep, uint32_t claim)
{
    struct coverage_keep *k = &c->out->keeps[keep];
    struct keeping *g = &c->keepings[keep];
    g->asked = NEW_ARRAY(c->arena, (size_t)s->months, i128);
    g->given = NEW_ARRAY(c->arena, (size_t)s->months, i128);
    for (int32_t m = 0; m < s->months; m++) {
        g->asked[m] = used_by(c, k, s->there[m]);
        k->asked += g->asked[m];
        if (g->asked[m] == 0) continue;
        c->wants = arena_more(c->arena, c->wants, c->want_count, &c->want_room, sizeof *c->wants);
        c->wants[c->want_count++] = (struct want){.claim = claim,
                                                  .due = coverage_month_last(s->first + m),
                                                  .slot = m,
                                                  .open = g->asked[m]};
    }
}

void coverage_want_keeping(struct covering *c)
{
    c->keepings = NEW_ARRAY(c->arena, c->out->keep_count + 1, struct keeping);
    for (uint32_t i = 0; i < c->claim_count; i++) {
        uint32_t keep = c->claims[i].keep;
        if (keep == NONE) continue;
        want_keep(c, &c->systems[c->system_of[c->claims[i].row] - 1], keep, i);
    }
}

void coverage_judge_systems(struct covering *c)
{
    for (uint32_t i = 0; i < c->system_count; i++) {
        const struct system *s = &c->systems[i];
        struct coverage_row *r = &c->out->rows[s->row];
        r->system = true;
        r->month = coverage_month_last(s->look);
        r->there = s->there[s->look - s->first];
        r->wanted = r->asked * s->months;
        for (int32_t m = 0; m < s->months; m++) {
            i128 serving = s->there[m];
            for (uint32_t k = s->keeps; k < s->keeps_end; k++) {
                const struct keeping *g = &c->keepings[k];
                if (g->given[m] >= g->asked[m]) continue;
                i128 kept = kept_by(c, &c->out->keeps[k], g->given[m]);
                if (kept < serving) serving = kept;
            }
            r->kept += serving;
            if (m == s->look - s->first) r->complete = serving;
        }
        for (uint32_t k = s->keeps; k < s->keeps_end; k++) {
            for (int32_t m = 0; m < s->months; m++)
                c->out->keeps[k].comes += c->keepings[k].given[m];
        }
    }
}
