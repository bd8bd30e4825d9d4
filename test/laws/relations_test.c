/*
 * relations_test.c - what must hold between answers, whatever they are.
 *
 * Nobody has to know what is right to see that these are wrong: another order
 * of what is independent, a transfer in two parts, a movement taken back and
 * made again, the present asked for as a moment of the past, sums by one key
 * and by another. Of all that can be asked: where everything stands, money by
 * month, what is late, what is open (asked.h).
 */
#include "asked.h"

/* Moves of few lines, which any of them may make without the others. */
struct move {
    uint32_t line;
    int from, to;
    int64_t qty;
    int32_t day;
    bool confirmed;
};
enum { MOVES = 60 };

/* The same parties, items, lines and rates each time. */
static void same_world(struct desk *d)
{
    struct rng r = {17};
    desk_begin(d);
    add_first(d);
    struct posting p = desk_posting(d);
    for (uint32_t i = 0; i < LINES; i++) {
        GOOD(posting_add(&p, line_draft(d, &r, i, "public"), NULL, oops));
    }
    for (int i = 0; i < 6; i++) {
        add_rate(d, &p, FIRST_DAY + (int32_t)rng_below(&r, DAYS), 8000 + rng_below(&r, 5000));
    }
    GOOD(posting_commit(&p, oops));
}

static enum rc make_move(struct desk *d, const struct move *m)
{
    struct posting p = desk_posting(d);
    struct err err = {0};
    struct record *e = entry_draft(d, line_key(d, m->line), m->from, m->to, m->qty, m->day);
    if (m->confirmed) record_set_int(&d->arena, e, F_CONFIRMED, 1);
    enum rc rc = posting_add(&p, e, NULL, &err);
    if (!rc) GOOD(posting_commit(&p, oops));
    return rc;
}

/* A world of random moves, and which of them were made. */
static uint32_t random_moves(struct desk *d, struct rng *r, struct move *made)
{
    static const int way[] = {STAGE_WORLD, STAGE_ANNOUNCED, STAGE_COMMITTED, STAGE_DISPATCHED,
                              STAGE_DELIVERED};
    uint32_t count = 0;
    same_world(d);
    for (int i = 0; i < MOVES; i++) {
        uint32_t from = rng_one_in(r, 2) ? 0 : rng_below(r, 4);
        struct move m = {.line = rng_below(r, LINES),
                         .from = way[from],
                         .to = way[from + 1 + rng_below(r, 4 - from)],
                         .qty = 1 + rng_below(r, 40),
                         .day = FIRST_DAY + (int32_t)rng_below(r, DAYS)};
        m.confirmed = m.to == STAGE_DELIVERED && rng_one_in(r, 2);
        if (!make_move(d, &m)) made[count++] = m;
    }
    return count;
}

static void put_figures(struct buf *out, const struct figures *f)
{
    for (uint32_t i = 0; i < f->count; i++) {
        bool any = false;
        for (int k = 0; k < FIGURES; k++) any |= f->at[i][k] != 0;
        if (any) buf_addf(out, "\n%s:", f->keys[i]);
        for (int k = 0; k < FIGURES && any; k++) buf_addf(out, " %" PRId64, (int64_t)f->at[i][k]);
    }
}

/* All answers at those clocks: lines stand in one order in every such world. */
static const char *answers(struct desk *d, struct clocks at)
{
    struct arena *a = &d->arena;
    struct buf out = {.arena = a};
    struct figures f;
    for (int by = 0; by <= KEY_LINE; by++) {
        struct question q = {.at = at, .by = (enum key)by};
        our_stands(a, d->view.book, &q, &f);
        put_figures(&out, &f);
    }
    struct question q = {.at = at, .by = KEY_MONTH};
    our_money(a, d->view.book, &q, &f);
    put_figures(&out, &f);
    our_promises(a, d->view.book, &q, &f);
    put_figures(&out, &f);
    buf_addf(&out, "\nmonths of deliveries, open promises");
    struct figures o = {.count = 0}, sorted = {.count = 0};
    our_opens(a, d->view.book, &q, &o);
    for (int i = 0; i < GIVERS; i++)
        memcpy(figures_of(&sorted, givers[i]), figures_of(&o, givers[i]), sizeof o.at[0]);
    put_figures(&out, &sorted);
    return out.text;
}

static const struct clocks moments[] = {{DAY_MAX, INT64_MAX, false},
                                        {FIRST_DAY + DAYS / 2, INT64_MAX, false},
                                        {FIRST_DAY + DAYS / 3, INT64_MAX, true}};

static void same_answers(struct desk *a, struct desk *b)
{
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        CHECK_TEXT(answers(b, moments[i]), answers(a, moments[i]));
    }
}

/* Lines know nothing of each other: theirs may come in any order. */
static void moves_in_another_order(struct rng *r)
{
    struct desk a, b;
    struct move made[MOVES];
    uint32_t count = random_moves(&a, r, made), at[LINES] = {0}, left = count;
    same_world(&b);
    while (left) {
        uint32_t line = rng_below(r, LINES), *next = &at[line];
        while (*next < count && made[*next].line != line) ++*next;
        if (*next == count) continue;
        CHECK(make_move(&b, &made[(*next)++]) == RC_OK);
        left--;
    }
    same_answers(&a, &b);
    desk_end(&a);
    desk_end(&b);
}

static void the_order_of_independent_entries_does_not_matter(void)
{
    seeds_run(60, moves_in_another_order);
}

static void moves_in_parts(struct rng *r)
{
    struct desk a, b;
    struct move made[MOVES];
    uint32_t count = random_moves(&a, r, made);
    same_world(&b);
    for (uint32_t i = 0; i < count; i++) {
        struct move part = made[i], rest = made[i];
        part.qty = made[i].qty > 1 ? 1 + rng_below(r, (uint32_t)made[i].qty - 1) : 1;
        rest.qty -= part.qty;
        CHECK(make_move(&b, &part) == RC_OK);
        if (rest.qty) CHECK(make_move(&b, &rest) == RC_OK);
    }
    same_answers(&a, &b);
    desk_end(&a);
    desk_end(&b);
}

static void a_transfer_may_be_split(void)
{
    seeds_run(60, moves_in_parts);
}

/* Taken back and said again it is as it was; and what was known before stays known so. */
static void said_again(struct rng *r)
{
    struct desk d;
    struct move made[MOVES];
    uint32_t count = random_moves(&d, r, made), done = 0;
    const char *before[3], *then[3];
    const struct columns *c = book_columns(d.view.book);
    struct clocks known = {DAY_MAX, d.view.head.recorded_ms, false};
    CHECK(c->count == count);
    for (int i = 0; i < 3; i++) before[i] = answers(&d, moments[i]);
    for (int i = 0; i < 3; i++) {
        known = moments[i];
        known.known = d.view.head.recorded_ms;
        then[i] = answers(&d, known);
        CHECK_TEXT(then[i], before[i]); /* as of now is now */
    }
    int64_t last = d.view.head.recorded_ms;
    for (uint32_t i = 0; i < count; i++) {
        struct err err;
        struct posting p = desk_posting(&d);
        if (!rng_one_in(r, 3)) continue;
        if (posting_reverse(&p, i, "typed wrong", "desk:anna", NULL, NULL, &err)) continue;
        GOOD(posting_commit(&p, oops));
        CHECK(make_move(&d, &made[i]) == RC_OK);
        done++;
    }
    for (int i = 0; i < 3; i++) {
        known = moments[i];
        known.known = last;
        CHECK_TEXT(answers(&d, moments[i]), before[i]);
        CHECK_TEXT(answers(&d, known), before[i]);
    }
    CHECK(done > 0);
    desk_end(&d);
}

static void taken_back_and_said_again_changes_nothing(void)
{
    seeds_run(60, said_again);
}

/* The sum over all keys and stages, which is what ever came in. */
static i128 all_of(struct desk *d, enum key by, struct clocks at)
{
    struct figures f;
    struct question q = {.at = at, .by = by};
    i128 all = 0;
    our_stands(&d->arena, d->view.book, &q, &f);
    for (uint32_t i = 0; i < f.count; i++) {
        for (int stage = 1; stage < STAGE_COUNT; stage++) all += f.at[i][stage];
    }
    return all;
}

/* By whatever it is asked it is as much; and of what nobody took back there is never less. */
static void sums_that_grow(struct rng *r)
{
    struct desk d;
    struct move made[MOVES];
    uint32_t count = random_moves(&d, r, made);
    i128 entered = 0, last[2] = {0, 0};
    for (uint32_t i = 0; i < count; i++) entered += made[i].from ? 0 : made[i].qty;
    for (int by = 0; by <= KEY_LINE; by++) {
        CHECK(all_of(&d, (enum key)by, CLOCKS_NOW) == entered);
    }
    int64_t first_ms = INT64_C(1700000000000), span = d.view.head.recorded_ms - first_ms;
    for (int i = 0; i <= 40; i++) {
        struct clocks day = CLOCKS_NOW, ms = CLOCKS_NOW;
        day.effective = FIRST_DAY + i * DAYS / 40;
        ms.known = first_ms + i * span / 40;
        i128 by_day = all_of(&d, KEY_GIVER, day), by_ms = all_of(&d, KEY_ITEM, ms);
        CHECK(by_day >= last[0] && by_ms >= last[1]);
        CHECK(by_day == all_of(&d, KEY_LINE, day) && by_ms == all_of(&d, KEY_RECEIVER, ms));
        last[0] = by_day;
        last[1] = by_ms;
    }
    CHECK(last[0] == entered && last[1] == entered);
    desk_end(&d);
}

static void what_entered_stands_somewhere_and_grows(void)
{
    seeds_run(60, sums_that_grow);
}

int main(void)
{
    RUN(the_order_of_independent_entries_does_not_matter);
    RUN(a_transfer_may_be_split);
    RUN(taken_back_and_said_again_changes_nothing);
    RUN(what_entered_stands_somewhere_and_grows);
    return tap_done();
}
