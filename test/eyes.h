/*
 * eyes.h - a growing log with something hidden from everybody, and what each sees of it.
 *
 * A random writer says what a book can hold: promises and their new versions,
 * movements and reversals, rates, people who join groups; each with a label
 * of its own. What a viewer sees is put into one text, so that two views of
 * it are the same exactly when their texts are.
 */
#ifndef MUSTER_TEST_EYES_H
#define MUSTER_TEST_EYES_H

#include "base/text.h"
#include "draft.h"
#include "post/post.h"
#include "seed.h"

static const char *const eyes_nations[] = {"DEU", "POL", "UKR", "NOR"};
static const char *const eyes_groups[] = {"friends", "makers"};
static const char *const eyes_labels[] = {
    "public",        "public",       "public",      "public",          "public",
    "group:friends", "group:makers", "parties:DEU", "parties:POL,NOR", "owner",
};
static const char *const eyes_viewers[] = {NULL, "", "DEU", "POL", "UKR", "NOR", "friends"};
enum { EYES_NATIONS = 4, EYES_LABELS = 10, EYES_LINES = 8, EYES_VIEWERS = 7 };

struct writer {
    struct arena arena; /* of one commit */
    struct store *store;
    int64_t now_ms;
};

static inline struct record *eyes_new(struct writer *w, struct rng *r, enum kind kind)
{
    struct record *record = record_new(&w->arena, kind);
    record->label = eyes_labels[rng_below(r, EYES_LABELS)];
    return record;
}

static inline void eyes_first(struct writer *w, struct posting *p)
{
    for (int i = 0; i < EYES_NATIONS + 2; i++) {
        bool nation = i < EYES_NATIONS;
        struct record *party = record_new(&w->arena, KIND_PARTY);
        record_set_text(&w->arena, party, F_KEY,
                        nation ? eyes_nations[i] : eyes_groups[i - EYES_NATIONS]);
        record_set_text(&w->arena, party, F_TYPE, nation ? "nation" : "group");
        GOOD(posting_add(p, party, NULL, oops));
    }
    struct record *item = record_new(&w->arena, KIND_ITEM);
    record_set_text(&w->arena, item, F_KEY, "shell");
    record_set_text(&w->arena, item, F_UNIT, "piece");
    GOOD(posting_add(p, item, NULL, oops));
    struct record *source = record_new(&w->arena, KIND_SOURCE);
    record_set_text(&w->arena, source, F_KEY, "list");
    GOOD(posting_add(p, source, NULL, oops));
    struct record *passage = record_new(&w->arena, KIND_PASSAGE);
    record_set_text(&w->arena, passage, F_KEY, "list#1");
    record_set_key(&w->arena, passage, F_SOURCE, "list");
    GOOD(posting_add(p, passage, NULL, oops));
}

static inline void eyes_movement(struct writer *w, struct rng *r, struct record *e)
{
    static const enum stage way[] = {STAGE_WORLD, STAGE_ANNOUNCED, STAGE_COMMITTED,
                                     STAGE_DELIVERED};
    uint32_t from = rng_one_in(r, 2) ? 0 : rng_below(r, 3);
    record_set_key(&w->arena, e, F_LINE,
                   text_format(&w->arena, "L%u", (unsigned)rng_below(r, EYES_LINES)));
    record_set_int(&w->arena, e, F_FROM, way[from]);
    record_set_int(&w->arena, e, F_TO, way[from + 1 + rng_below(r, 3 - from)]);
    record_set_int(&w->arena, e, F_QTY, 1 + rng_below(r, 9));
    record_set_int(&w->arena, e, F_DAY, 10 + (int)rng_below(r, 30));
    record_set_key(&w->arena, e, F_PASSAGE, "list#1");
    record_set_text(&w->arena, e, F_AUTHOR, "desk:anna");
}

/* One thing that somebody might say; what breaks a rule of the book is not said. */
static inline void eyes_say(struct writer *w, struct rng *r, struct posting *p)
{
    struct err err;
    struct record *d = NULL;
    switch (rng_below(r, 8)) {
    case 0:
    case 1:
    case 2:
        d = eyes_new(w, r, KIND_LINE);
        record_set_text(&w->arena, d, F_KEY,
                        text_format(&w->arena, "L%u", (unsigned)rng_below(r, EYES_LINES)));
        record_set_key(&w->arena, d, F_PARTY, eyes_nations[rng_below(r, EYES_NATIONS)]);
        record_set_key(&w->arena, d, F_ITEM, "shell");
        break;
    case 3:
        d = eyes_new(w, r, KIND_MEMBERSHIP);
        record_set_key(&w->arena, d, F_PARTY, eyes_nations[rng_below(r, EYES_NATIONS)]);
        record_set_key(&w->arena, d, F_PARENT, eyes_groups[rng_below(r, 2)]);
        if (rng_one_in(r, 4)) record_set_int(&w->arena, d, F_UNTIL, 20);
        break;
    case 4:
        d = eyes_new(w, r, KIND_RATE);
        record_set_text(&w->arena, d, F_CURRENCY, "USD");
        record_set_text(&w->arena, d, F_BASE, "EUR");
        record_set_int(&w->arena, d, F_DAY, 10 + (int)rng_below(r, 30));
        record_set_dec(&w->arena, d, F_AMOUNT, (struct dec){1 + rng_below(r, 99), 1});
        record_set_text(&w->arena, d, F_SERIES, "ecb");
        break;
    default: d = eyes_new(w, r, KIND_ENTRY); eyes_movement(w, r, d);
    }
    if (posting_add(p, d, NULL, &err)) CHECK(err.code == RC_RULE || err.code == RC_ABSENT);
}

/* Take back some live entry. */
static inline void eyes_take_back(struct rng *r, struct posting *p)
{
    struct err err;
    const struct columns *c = book_columns(p->view->book);
    if (!c->count) return;
    uint32_t row = rng_below(r, c->count);
    if (c->flags[row] & (ROW_REVERSED | ROW_REVERSAL)) return;
    if (posting_reverse(p, row, "typed twice", "desk:anna", NULL, NULL, &err)) {
        CHECK(err.code == RC_RULE);
    }
}

/* One commit of one to six things in a view, which is the owner's; or all but the commit. */
static inline void eyes_post(struct writer *w, struct rng *r, struct view *v, bool commit)
{
    struct posting p;
    posting_begin(&p, &w->arena, v, w->now_ms += 60000);
    if (v->head.last == 0) eyes_first(w, &p);
    for (uint32_t n = 1 + rng_below(r, 6); n > 0; n--) eyes_say(w, r, &p);
    if (rng_one_in(r, 3)) eyes_take_back(r, &p);
    if (commit) GOOD(posting_commit(&p, oops));
}

static inline void eyes_commit(struct writer *w, struct rng *r)
{
    struct view v;
    GOOD(view_open(&w->arena, w->store, NULL, NULL, &v, oops));
    eyes_post(w, r, &v, true);
    arena_reset(&w->arena);
}

/* --- what is seen --- */

static inline void eyes_see_lines(struct buf *out, const struct book *b)
{
    uint32_t count;
    const struct line *l = book_lines(b, &count);
    for (uint32_t i = 0; i < count; i++) {
        buf_addf(out, "%s of %s id %" PRIu64 " last %u after %u\n", book_key(b, l[i].noun),
                 book_key(b, l[i].giver), (uint64_t)l[i].id, l[i].last_row, l[i].after);
        for (int stage = 1; stage < STAGE_COUNT; stage++) {
            for (int32_t day = 9; day < 42; day += 8) {
                int64_t holds = (int64_t)book_holds(b, i, (enum stage)stage, day);
                if (holds) buf_addf(out, "  %d on %d: %" PRId64 "\n", stage, day, holds);
            }
        }
    }
}

static inline void eyes_see_rows(struct buf *out, const struct book *b)
{
    const struct columns *c = book_columns(b);
    for (uint32_t i = 0; i < c->count; i++) {
        buf_addf(out, "%u: %" PRId64 " line %u stages %x flags %x corrects %u prev %u day %d\n",
                 c->id[i], c->qty[i], c->line[i], c->stages[i], c->flags[i], c->corrects[i],
                 c->prev[i], c->day[i]);
    }
}

/* All that questions are answered from. */
static inline const char *eyes_see(struct arena *a, const struct view *v)
{
    struct buf out = {.arena = a};
    uint32_t rates;
    struct book *b = v->book;
    buf_addf(&out, "head %" PRIu64 " book %" PRIu64 " at %" PRId64 "\n", v->head.last, book_head(b),
             book_last_ms(b));
    for (uint64_t id = 1; id <= v->head.last; id++) buf_add(&out, book_has(b, id) ? "1" : "0");
    buf_add(&out, "\n");
    for (uint32_t noun = 0; noun < book_noun_count(b); noun++) {
        const struct latest *l = book_latest(b, noun);
        buf_addf(&out, "%s %s %u %" PRIu64 "\n", kind_name(book_kind(b, noun)), book_key(b, noun),
                 l->versions, (uint64_t)l->id);
    }
    eyes_see_lines(&out, b);
    eyes_see_rows(&out, b);
    const struct rate *rate = book_rates(b, &rates);
    for (uint32_t i = 0; i < rates; i++) {
        buf_addf(&out, "rate %u on %d %" PRId64 "\n", rate[i].id, rate[i].day, rate[i].per_base.n);
    }
    return out.text;
}

#endif
