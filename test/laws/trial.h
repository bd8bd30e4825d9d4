/*
 * trial.h - the same random entries for the book and for the oracle.
 *
 * Quantities and days are few, so that stages run dry, entries come out of
 * order and reversals meet what rests on them all the time.
 */
#ifndef MUSTER_TEST_TRIAL_H
#define MUSTER_TEST_TRIAL_H

#include "book/book.h"
#include "draft.h"
#include "oracle.h"
#include "seed.h"

enum { TRIAL_LINES = 3, TRIAL_DAYS = 8 };

struct trial {
    struct arena arena;
    struct cast cast;
    struct book *book;
    struct oracle oracle;
    uint64_t lines[TRIAL_LINES]; /* record ids; their index in the book is the same */
};

static inline void trial_begin(struct trial *t)
{
    static const char *const keys[TRIAL_LINES] = {"L0", "L1", "L2"};
    struct record *first[CAST_FIRST];
    *t = (struct trial){.cast = {0}};
    t->book = book_new(&t->arena);
    cast_begin(&t->cast, &t->arena, first);
    for (int i = 0; i < CAST_FIRST; i++) GOOD(book_apply(t->book, first[i], oops));
    for (int i = 0; i < TRIAL_LINES; i++) {
        struct record *line = cast_line(&t->cast, keys[i]);
        GOOD(book_apply(t->book, line, oops));
        t->lines[i] = line->id;
    }
}

static inline void trial_end(struct trial *t)
{
    arena_free(&t->arena);
}

static inline struct record *trial_record(struct trial *t, const struct oracle_entry *e)
{
    struct record *r =
        cast_entry(&t->cast, e->line, (enum stage)e->from, (enum stage)e->to, e->qty, e->day);
    r->id = e->id;
    r->recorded_ms = e->ms;
    t->cast.id--; /* ids are the trial's own: a refused entry takes none */
    if (e->confirmed) record_set_int(&t->arena, r, F_CONFIRMED, 1);
    if (e->reason) record_set_text(&t->arena, r, F_WHY, "typed twice");
    record_set_ref(&t->arena, r, F_REVERSES, e->reverses);
    return r;
}

/* Quantities up to `most`. A fifth take something back, most of those rightly. */
static inline struct oracle_entry trial_random(struct trial *t, struct rng *r, int64_t most)
{
    struct oracle_entry e = {.line = t->lines[rng_below(r, TRIAL_LINES)],
                             .from = (int)rng_below(r, 8) % 7,
                             .to = 1 + (int)rng_below(r, 9),
                             .qty = 1 + (int64_t)(rng_next(r) % (uint64_t)most),
                             .day = 1 + (int32_t)rng_below(r, TRIAL_DAYS),
                             .confirmed = rng_one_in(r, 3),
                             .reason = true};
    if (rng_one_in(r, 3)) e.from = 0;
    if (rng_one_in(r, 20)) e.to = 0;
    if (rng_one_in(r, 50)) e.qty = 0;
    if (t->oracle.count > 0 && rng_one_in(r, 5)) {
        const struct oracle_entry *old = &t->oracle.list[rng_below(r, (uint32_t)t->oracle.count)];
        e = (struct oracle_entry){.line = old->line,
                                  .from = old->to,
                                  .to = old->from,
                                  .qty = old->qty,
                                  .day = old->day,
                                  .reason = !rng_one_in(r, 10),
                                  .reverses = old->id};
        if (rng_one_in(r, 12)) e.qty++;
        if (rng_one_in(r, 12)) e.day++;
        if (rng_one_in(r, 12)) e.line = t->lines[rng_below(r, TRIAL_LINES)];
        if (rng_one_in(r, 12)) e.to = (e.to + 1) % 7;
    }
    e.id = book_head(t->book) + 1;
    e.ms = book_last_ms(t->book) + (int64_t)rng_below(r, 3);
    return e;
}

/* Both decide; they must decide alike. True if the entry was taken up. */
static inline bool trial_post(struct trial *t, const struct oracle_entry *e)
{
    struct err err = {0};
    uint32_t before = book_columns(t->book)->count;
    uint64_t head = book_head(t->book);
    enum rc rc = book_apply(t->book, trial_record(t, e), &err);
    bool taken = oracle_post(&t->oracle, *e);
    CHECK(rc == (taken ? RC_OK : RC_RULE));
    CHECK(book_columns(t->book)->count == before + taken);
    CHECK(book_head(t->book) == (taken ? e->id : head));
    if (!tap_this_ok) {
        printf("# entry %" PRIu64 " line %" PRIu64 " %d>%d qty %" PRId64
               " day %d%s reverses %" PRIu64 ": %s\n",
               e->id, e->line, e->from, e->to, e->qty, (int)e->day,
               e->confirmed ? " confirmed" : "", e->reverses, rc ? err.msg : "taken up");
    }
    return taken;
}

/* One line's sums in the book. */
static inline struct sums trial_sums(const struct trial *t, int line, const struct clocks *at)
{
    struct sums sums;
    uint32_t key[TRIAL_LINES] = {NONE, NONE, NONE};
    key[line] = 0;
    book_sum(t->book, at, key, 1, &sums);
    return sums;
}

#endif
