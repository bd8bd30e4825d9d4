/*
 * desk.h - a desk with a store, a view of it and a file of some publisher's.
 *
 * What the tests of posting share: a publisher's state is a few rows (line,
 * committed, delivered); the desk takes states in and says where everything
 * stands as one text, line by line.
 */
#ifndef MUSTER_TEST_DESK_H
#define MUSTER_TEST_DESK_H

#include "base/text.h"
#include "draft.h"
#include "post/post.h"
#include "tap.h"

struct desk {
    struct arena arena;
    struct store *store;
    struct view view;
    int64_t now_ms;
    struct posted last; /* what the last intake came to */
};

static inline void desk_begin(struct desk *d)
{
    *d = (struct desk){.now_ms = INT64_C(1700000000000)};
    GOOD(store_open(&d->arena, "memory:", true, &d->store, oops));
    GOOD(view_open(&d->arena, d->store, NULL, NULL, &d->view, oops));
}

static inline void desk_end(struct desk *d)
{
    store_close(d->store);
    arena_free(&d->arena);
}

static inline struct posting desk_posting(struct desk *d)
{
    struct posting p;
    posting_begin(&p, &d->arena, &d->view, d->now_ms += 60000);
    return p;
}

/* A publisher's file, state `stated_ms`, that says everything under "pub/". */
struct paper {
    struct intake in;
    struct input file;
    const char *source, *passage;
};

static inline struct paper *paper_new(struct desk *d, int64_t stated_ms)
{
    struct paper *p = NEW(&d->arena, struct paper);
    const char *bytes = text_format(&d->arena, "state %" PRId64, stated_ms);
    p->file =
        (struct input){.path = "pub.csv", .name = "pub.csv", .bytes = bytes, .len = strlen(bytes)};
    p->in = (struct intake){.arena = &d->arena, .format = "test", .stated_ms = stated_ms};
    p->source = intake_source(&p->in, &p->file, "pub", "a list", stated_ms, "text/csv");
    intake_money(&p->in, "EUR");
    intake_party(&p->in, "DEU", "Germany", "nation");
    intake_party(&p->in, "UKR", "Ukraine", "nation");
    intake_scope(&p->in, "pub/");
    return p;
}

static inline struct record *paper_line(struct paper *p, const char *key, const char *note)
{
    struct record *r = intake_add(&p->in, KIND_LINE);
    record_set_text(p->in.arena, r, F_KEY, key);
    record_set_key(p->in.arena, r, F_PARTY, "DEU");
    record_set_key(p->in.arena, r, F_RECEIVER, "UKR");
    record_set_key(p->in.arena, r, F_ITEM, "money/EUR");
    record_set_text(p->in.arena, r, F_NOTE, note);
    record_set_key(p->in.arena, r, F_PASSAGE, intake_passage(&p->in, p->source, key));
    record_set_int(p->in.arena, r, F_STATED, p->in.stated_ms);
    return r;
}

static inline struct record *paper_entry(struct paper *p, const char *line, const char *what,
                                         enum stage from, enum stage to, int64_t qty, int32_t day)
{
    struct record *r = intake_add(&p->in, KIND_ENTRY);
    record_set_text(p->in.arena, r, F_KEY, text_format(p->in.arena, "%s/%s", line, what));
    record_set_key(p->in.arena, r, F_LINE, line);
    record_set_int(p->in.arena, r, F_FROM, from);
    record_set_int(p->in.arena, r, F_TO, to);
    record_set_int(p->in.arena, r, F_QTY, qty);
    record_set_int(p->in.arena, r, F_DAY, day);
    record_set_key(p->in.arena, r, F_PASSAGE, intake_passage(&p->in, p->source, line));
    record_set_text(p->in.arena, r, F_AUTHOR, "import:test");
    record_set_int(p->in.arena, r, F_STATED, p->in.stated_ms);
    return r;
}

/* One row: committed, and of that delivered (0: no such entry). */
static inline void paper_row(struct paper *p, const char *key, int64_t committed, int64_t delivered)
{
    paper_line(p, key, NULL);
    if (committed) paper_entry(p, key, "committed", STAGE_WORLD, STAGE_COMMITTED, committed, 10);
    if (delivered) {
        paper_entry(p, key, "delivered", STAGE_COMMITTED, STAGE_DELIVERED, delivered, 20);
    }
}

/* Take the paper in, as one commit. Returns how many records that wrote. */
static inline uint64_t desk_import(struct desk *d, struct paper *paper)
{
    struct posting p = desk_posting(d);
    GOOD(post_intake(&p, &paper->in, "import:test", &d->last, oops));
    uint64_t wrote = p.count;
    GOOD(posting_commit(&p, oops));
    return wrote;
}

/* "pub/a committed 2 delivered 8; ..." of every line that holds anything, in key order of birth. */
static inline const char *desk_positions(struct desk *d, const struct book *b, struct clocks at)
{
    struct buf out = {.arena = &d->arena};
    uint32_t count;
    const struct line *lines = book_lines(b, &count);
    uint32_t nouns = book_noun_count(b);
    uint32_t *key = NEW_ARRAY(&d->arena, count + 1, uint32_t);
    struct sums *sums = NEW_ARRAY(&d->arena, nouns + 1, struct sums);
    for (uint32_t i = 0; i < count; i++) key[i] = lines[i].noun;
    book_sum(b, &at, key, nouns, sums);
    buf_add(&out, "");
    for (uint32_t noun = 0; noun < nouns; noun++) {
        bool named = false;
        for (int stage = 1; stage < STAGE_COUNT; stage++) {
            if (!sums[noun].at[stage]) continue;
            if (!named) buf_addf(&out, "%s%s", out.len ? "; " : "", book_key(b, noun));
            named = true;
            buf_addf(&out, " %s %s", stage_name((enum stage)stage),
                     parts_format(&d->arena, sums[noun].at[stage], 0, 0, 0));
        }
    }
    return out.text;
}

static inline const char *desk_stands(struct desk *d)
{
    return desk_positions(d, d->view.book, CLOCKS_NOW);
}

/* The live row of the entry with that natural key, NONE. */
static inline uint32_t desk_row(const struct desk *d, const char *key)
{
    uint32_t noun = book_noun(d->view.book, KIND_ENTRY, key);
    if (noun == NONE) return NONE;
    uint32_t row = book_row(d->view.book, book_latest(d->view.book, noun)->id);
    const struct columns *c = book_columns(d->view.book);
    return c->flags[row] & (ROW_REVERSED | ROW_REVERSAL) ? NONE : row;
}

/* The store folded anew must give the book that ran ahead of it. */
static inline void desk_check_fold(struct desk *d)
{
    struct arena a = {0};
    struct view again;
    struct verdict v;
    GOOD(view_open(&a, d->store, NULL, NULL, &again, oops));
    CHECK_TEXT(desk_positions(d, again.book, CLOCKS_NOW), desk_stands(d));
    CHECK(book_head(again.book) == book_head(d->view.book));
    GOOD(store_verify(d->store, &v, oops));
    arena_free(&a);
}

#endif
