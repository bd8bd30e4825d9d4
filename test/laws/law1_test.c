/*
 * law1_test.c - conservation: what entered a line stands somewhere in it, and
 * no stage is ever below zero, on any day, as known at any instant.
 */
#include "trial.h"

/* Every stage as the oracle counts it; nothing negative; nothing lost or made. */
static void check_pair(const struct trial *t, int line, const struct clocks *at)
{
    const struct oracle *o = &t->oracle;
    struct sums sums = trial_sums(t, line, at);
    i128 everywhere = 0;
    for (int stage = 1; stage < STAGE_COUNT; stage++) {
        i128 want = oracle_at(o, t->lines[line], stage, at->effective, at->known, at->confirmed);
        CHECK(sums.at[stage] == want);
        CHECK(sums.at[stage] >= 0);
        everywhere += sums.at[stage];
    }
    CHECK(everywhere == -oracle_at(o, t->lines[line], 0, at->effective, at->known, at->confirmed));
    CHECK(sums.at[STAGE_WORLD] == 0);
    for (int stage = 1; stage < STAGE_COUNT && !at->confirmed; stage++) {
        i128 entered = 0;
        for (int i = 0; i < o->count; i++) {
            const struct oracle_entry *e = &o->list[i];
            if (e->line != t->lines[line] || e->day > at->effective || e->ms > at->known) continue;
            if (!e->reverses && e->to == stage) entered += e->qty;
            if (e->reverses && e->from == stage) entered -= e->qty;
        }
        CHECK(sums.entered[stage] == entered);
    }
}

static void random_entries(struct rng *r)
{
    struct trial t;
    trial_begin(&t);
    int64_t first = book_last_ms(t.book);
    uint32_t tries = 20 + rng_below(r, 100), taken = 0;
    for (uint32_t i = 0; i < tries && tap_this_ok; i++) {
        struct oracle_entry e = trial_random(&t, r, 6);
        taken += trial_post(&t, &e);
    }
    CHECK(taken > 0);
    uint32_t span = (uint32_t)(book_last_ms(t.book) - first) + 3;
    for (int i = 0; i < 60 && tap_this_ok; i++) {
        struct clocks at = {.effective = (int32_t)rng_below(r, TRIAL_DAYS + 3),
                            .known = first - 1 + (int64_t)rng_below(r, span),
                            .confirmed = rng_one_in(r, 3)};
        if (i < 2) at.known = INT64_MAX;
        if (i == 0) at.effective = DAY_MAX;
        check_pair(&t, (int)rng_below(r, TRIAL_LINES), &at);
        if (!tap_this_ok) {
            printf("# effective %d known +%" PRId64 "%s\n", (int)at.effective,
                   at.known == INT64_MAX ? -1 : at.known - first, at.confirmed ? " confirmed" : "");
        }
    }
    trial_end(&t);
}

static void nothing_is_lost_made_or_negative(void)
{
    seeds_run(1500, random_entries);
}

/* Beyond some dozen entries the book keeps a line's days in another way. */
static void random_entries_of_one_line(struct rng *r)
{
    struct trial t;
    trial_begin(&t);
    uint32_t taken = 0;
    for (uint32_t i = 0; i < 300 && tap_this_ok; i++) {
        struct oracle_entry e = trial_random(&t, r, 6);
        if (!e.reverses) e.line = t.lines[0];
        if (!e.reverses && rng_one_in(r, 2)) e.day += (int32_t)rng_below(r, 400);
        taken += trial_post(&t, &e);
    }
    CHECK(taken > 100);
    for (int i = 0; i < 10 && tap_this_ok; i++) {
        struct clocks at = {.effective = (int32_t)rng_below(r, 420), .known = INT64_MAX};
        check_pair(&t, 0, &at);
    }
    trial_end(&t);
}

static void a_long_line_obeys_as_a_short_one(void)
{
    seeds_run(12, random_entries_of_one_line);
}

/* The sentence of the law, as one small example that a person can follow. */
static void an_entry_may_not_take_what_a_later_day_already_spent(void)
{
    struct trial t;
    trial_begin(&t);
    struct oracle_entry e = {.line = t.lines[0], .qty = 10, .to = STAGE_COMMITTED, .day = 1};
    static const struct {
        int from, to, day;
        int64_t qty;
        bool taken;
    } step[] = {
        {STAGE_COMMITTED, STAGE_DELIVERED, 6, 8, true},
        {STAGE_COMMITTED, STAGE_DELIVERED, 3, 3, false}, /* on day 6 only 2 would be left of 8 */
        {STAGE_COMMITTED, STAGE_DELIVERED, 3, 2, true},
        {STAGE_COMMITTED, STAGE_WITHDRAWN, 7, 1, false},
        {STAGE_DELIVERED, STAGE_COMMITTED, 7, 1, false}, /* back: only by taking an entry back */
    };
    e.id = book_head(t.book) + 1;
    e.ms = book_last_ms(t.book);
    CHECK(trial_post(&t, &e));
    for (size_t i = 0; i < sizeof step / sizeof *step; i++) {
        e.id = book_head(t.book) + 1;
        e.from = step[i].from;
        e.to = step[i].to;
        e.day = step[i].day;
        e.qty = step[i].qty;
        CHECK(trial_post(&t, &e) == step[i].taken);
    }
    trial_end(&t);
}

static void what_was_confirmed_is_never_below_zero_either(void)
{
    struct trial t;
    trial_begin(&t);
    struct oracle_entry e = {.line = t.lines[0], .qty = 10, .to = STAGE_DELIVERED, .day = 1};
    e.id = book_head(t.book) + 1;
    e.ms = book_last_ms(t.book);
    CHECK(trial_post(&t, &e)); /* ten reported by the giver */
    e.id++;
    e.qty = 3;
    e.confirmed = true;
    CHECK(trial_post(&t, &e)); /* three confirmed by the receiver */
    e.id++;
    e.from = STAGE_DELIVERED;
    e.to = STAGE_LOST;
    e.qty = 4;
    CHECK(!trial_post(&t, &e)); /* who confirmed three cannot confirm the loss of four */
    e.qty = 3;
    CHECK(trial_post(&t, &e));
    trial_end(&t);
}

int main(void)
{
    RUN(an_entry_may_not_take_what_a_later_day_already_spent);
    RUN(what_was_confirmed_is_never_below_zero_either);
    RUN(nothing_is_lost_made_or_negative);
    RUN(a_long_line_obeys_as_a_short_one);
    return tap_done();
}
