/*
 * acts.h - what people and publishers do to a book, at random.
 *
 * Each act is one commit: a publisher's new or old state, a person's move, an
 * entry taken back, a line revised. Refused acts are part of the story.
 */
#ifndef MUSTER_TEST_ACTS_H
#define MUSTER_TEST_ACTS_H

#include "desk.h"
#include "seed.h"

enum { ACT_LINES = 4 };

static inline void act_import(struct desk *d, struct rng *r)
{
    struct paper *p = paper_new(d, 1000 + (int64_t)rng_below(r, 6));
    for (int i = 0; i < ACT_LINES; i++) {
        const char *key = text_format(&d->arena, "pub/%d", i);
        int64_t committed = 1 + rng_below(r, 20), delivered = rng_below(r, (uint32_t)committed);
        if (rng_one_in(r, 4)) continue;
        paper_line(p, key, rng_one_in(r, 3) ? "another channel" : NULL);
        int32_t day = (int32_t)rng_below(r, 30);
        paper_entry(p, key, "committed", STAGE_WORLD, STAGE_COMMITTED, committed, day);
        if (delivered) {
            paper_entry(p, key, "delivered", STAGE_COMMITTED, STAGE_DELIVERED, delivered,
                        day + (int32_t)rng_below(r, 30));
        }
    }
    desk_import(d, p);
}

/* A line that the book has, by its latest version; NONE. */
static inline uint32_t act_line(const struct desk *d, struct rng *r)
{
    const struct book *b = d->view.book;
    uint32_t noun = book_noun(
        b, KIND_LINE, text_format((struct arena *)&d->arena, "pub/%u", rng_below(r, ACT_LINES)));
    return noun == NONE ? NONE : book_line(b, book_latest(b, noun)->id);
}

static inline enum rc act_move(struct desk *d, struct rng *r, struct posting *p, struct err *err)
{
    uint32_t line = act_line(d, r), lines, passages;
    if (line == NONE) return RC_OK;
    const struct record *version =
        line_record(d->view.book, &book_lines(d->view.book, &lines)[line]);
    const struct record *passage =
        book_records(d->view.book, KIND_PASSAGE, &passages)[rng_below(r, passages)];
    struct record *e = record_new(&d->arena, KIND_ENTRY);
    int from = rng_below(r, 2) ? STAGE_WORLD : STAGE_COMMITTED;
    record_set_ref(&d->arena, e, F_LINE, version->id);
    record_set_int(&d->arena, e, F_FROM, from);
    record_set_int(&d->arena, e, F_TO, from + 3 + (int)rng_below(r, 3));
    record_set_int(&d->arena, e, F_QTY, 1 + rng_below(r, 6));
    record_set_int(&d->arena, e, F_DAY, rng_below(r, 60));
    record_set_ref(&d->arena, e, F_PASSAGE, passage->id);
    record_set_text(&d->arena, e, F_AUTHOR, "desk:anna");
    return posting_add(p, e, NULL, err);
}

static inline enum rc act_undo(struct desk *d, struct rng *r, struct posting *p, struct err *err)
{
    const struct columns *c = book_columns(d->view.book);
    if (!c->count) return RC_OK;
    return posting_reverse(p, rng_below(r, c->count), "typed twice", "desk:anna", NULL, NULL, err);
}

static inline enum rc act_revise(struct desk *d, struct rng *r, struct posting *p, struct err *err)
{
    uint32_t line = act_line(d, r), lines;
    if (line == NONE) return RC_OK;
    struct record *again =
        record_copy(&d->arena, line_record(d->view.book, &book_lines(d->view.book, &lines)[line]));
    record_set_text(&d->arena, again, F_NOTE, text_format(&d->arena, "note %u", rng_below(r, 99)));
    return posting_revise_line(p, again, "corrected", "desk:anna", NULL, err);
}

/* One act, one commit. */
static inline void act(struct desk *d, struct rng *r)
{
    struct err err = {0};
    uint32_t what = d->view.head.last ? rng_below(r, 8) : 0;
    if (what < 2) {
        act_import(d, r);
        return;
    }
    struct posting p = desk_posting(d);
    enum rc rc = what < 5   ? act_move(d, r, &p, &err)
                 : what < 7 ? act_undo(d, r, &p, &err)
                            : act_revise(d, r, &p, &err);
    CHECK(rc == RC_OK || (rc == RC_RULE && p.count == 0)); /* a refusal leaves nothing behind */
    if (!tap_this_ok) printf("# act %u: %s\n", what, err.msg);
    GOOD(posting_commit(&p, oops));
}

#endif
