/*
 * late_test.c - promised dates against deliveries.
 *
 * Each rule of punctual.h as a small book; then 400 seeded ones against an
 * oracle that replays a line's deliveries day by day.
 */
#include <stdlib.h>

#include "desk.h"
#include "report/late.h"
#include "seed.h"

enum { TODAY = 100 };

/* A line "pub/KEY" promised by a day, with that much committed. */
static void promise(struct desk *d, struct paper *p, const char *key, int32_t until, int64_t qty)
{
    struct record *r = paper_line(p, key, NULL);
    if (until != DAY_MAX) record_set_int(&d->arena, r, F_UNTIL, until);
    if (qty) paper_entry(p, key, "committed", STAGE_WORLD, STAGE_COMMITTED, qty, 1);
}

static void deliver(struct paper *p, const char *key, const char *what, int64_t qty, int32_t day)
{
    paper_entry(p, key, what, STAGE_COMMITTED, STAGE_DELIVERED, qty, day);
}

static struct punctual_question today(void)
{
    return (struct punctual_question){.at = {.effective = TODAY, .known = INT64_MAX}};
}

/* "pub/a late 5+0 missing 5 days 10; ..." */
static const char *words(struct desk *d, const struct punctual_question *q)
{
    struct punctual p;
    struct buf b = {.arena = &d->arena};
    uint32_t count;
    GOOD(measure_punctual(&d->arena, d->view.book, q, &p, oops));
    const struct line *lines = book_lines(d->view.book, &count);
    buf_add(&b, "");
    for (uint32_t i = 0; i < p.count; i++) {
        const struct punctual_row row = punctual_row(&p, i), *r = &row;
        buf_addf(&b, "%s%s %s %d+%d missing %d days %d", i ? "; " : "",
                 book_key(d->view.book, lines[r->line].noun), punctual_name(r->status),
                 (int)r->in_time, (int)r->late, (int)r->missing, (int)r->days);
    }
    return b.text;
}

static void what_is_missing_after_the_day_is_late_and_the_latest_comes_first(void)
{
    struct desk d;
    desk_begin(&d);
    struct paper *p = paper_new(&d, 1000);
    promise(&d, p, "pub/a", 90, 10);
    deliver(p, "pub/a", "d1", 4, 90); /* the day itself is in time */
    deliver(p, "pub/a", "d2", 1, 91);
    promise(&d, p, "pub/b", 20, 10);
    promise(&d, p, "pub/c", 100, 10); /* today is not past */
    promise(&d, p, "pub/d", 50, 10);
    deliver(p, "pub/d", "d1", 10, 50);
    promise(&d, p, "pub/e", 50, 10);
    deliver(p, "pub/e", "d1", 4, 40);
    deliver(p, "pub/e", "d2", 6, 57);
    desk_import(&d, p);
    struct punctual_question q = today();
    CHECK_TEXT(words(&d, &q), "pub/b late 0+0 missing 10 days 80; "
                              "pub/a late 4+1 missing 5 days 10; "
                              "pub/e delivered late 4+6 missing 0 days 7; "
                              "pub/c due 0+0 missing 10 days 0; "
                              "pub/d on time 10+0 missing 0 days 0");
    q.at.effective = 56; /* what was known of the world then */
    CHECK_TEXT(words(&d, &q), "pub/b late 0+0 missing 10 days 36; "
                              "pub/e late 4+0 missing 6 days 6; "
                              "pub/a due 0+0 missing 10 days -34; "
                              "pub/c due 0+0 missing 10 days -44; "
                              "pub/d on time 10+0 missing 0 days 0");
    desk_end(&d);
}

static void what_was_taken_back_is_not_owed_and_what_was_lost_is(void)
{
    struct desk d;
    desk_begin(&d);
    struct paper *p = paper_new(&d, 1000);
    promise(&d, p, "pub/a", 50, 10);
    paper_entry(p, "pub/a", "w", STAGE_COMMITTED, STAGE_WITHDRAWN, 4, 60);
    deliver(p, "pub/a", "d", 6, 45);
    promise(&d, p, "pub/b", 50, 10);
    paper_entry(p, "pub/b", "w", STAGE_COMMITTED, STAGE_LAPSED, 10, 60);
    promise(&d, p, "pub/c", 50, 10);
    paper_entry(p, "pub/c", "s", STAGE_COMMITTED, STAGE_DISPATCHED, 10, 30);
    paper_entry(p, "pub/c", "l", STAGE_DISPATCHED, STAGE_LOST, 10, 31);
    promise(&d, p, "pub/d", 50, 0);
    paper_entry(p, "pub/d", "c", STAGE_WORLD, STAGE_CONSIDERED, 10, 31);
    desk_import(&d, p);
    struct punctual_question q = today();
    struct punctual t;
    CHECK_TEXT(words(&d, &q), "pub/c late 0+0 missing 10 days 50; "
                              "pub/a on time 6+0 missing 0 days 0");
    GOOD(measure_punctual(&d.arena, d.view.book, &q, &t, oops));
    CHECK_I64(t.taken_back, 2);
    desk_end(&d);
}

static void what_cannot_be_told_is_counted_and_named(void)
{
    struct desk d;
    desk_begin(&d);
    struct paper *p = paper_new(&d, 1000);
    promise(&d, p, "pub/a", DAY_MAX, 10);
    promise(&d, p, "pub/b", 50, 0);                                    /* a date and no quantity */
    promise(&d, p, "pub/c", DAY_MAX, 0);                               /* neither */
    record_set_int(&d.arena, paper_line(p, "pub/d", NULL), F_LOW, 10); /* said, and no entry */
    promise(&d, p, "pub/e", 101 + LATE_AHEAD_DAYS, 10);
    promise(&d, p, "pub/f", 100 + LATE_AHEAD_DAYS, 10);
    desk_import(&d, p);
    struct punctual_question q = today();
    struct punctual t;
    struct answer *w;
    struct buf b = {.arena = &d.arena};
    struct look look = {0};
    GOOD(measure_punctual(&d.arena, d.view.book, &q, &t, oops));
    CHECK_I64(t.of[PUNCTUAL_NOT_TOLD], 1);
    CHECK_I64(t.dateless_count, 2);
    CHECK_I64(t.silent, 1);
    GOOD(report_late(&d.arena, d.view.book, &q, false, &w, oops));
    CHECK_I64(w->lists[0]->count, 1); /* pub/f: due within the days */
    answer_text(w, &look, &b);
    CHECK(strstr(b.text, "2 lines with a quantity and no promised date") != NULL);
    CHECK(strstr(b.text, "pub/a, pub/d") != NULL);
    GOOD(report_late(&d.arena, d.view.book, &q, true, &w, oops));
    CHECK_I64(w->lists[0]->count, 3);
    desk_end(&d);
}

static void the_version_as_known_then_says_the_date(void)
{
    struct desk d;
    desk_begin(&d);
    struct paper *p = paper_new(&d, 1000);
    promise(&d, p, "pub/a", 50, 10);
    deliver(p, "pub/a", "d", 10, 60);
    desk_import(&d, p);
    int64_t then = d.now_ms;
    p = paper_new(&d, 2000); /* the publisher moves the date */
    promise(&d, p, "pub/a", 70, 10);
    deliver(p, "pub/a", "d", 10, 60);
    desk_import(&d, p);
    struct punctual_question q = today();
    CHECK_TEXT(words(&d, &q), "pub/a on time 10+0 missing 0 days 0");
    q.at.known = then;
    CHECK_TEXT(words(&d, &q), "pub/a delivered late 0+10 missing 0 days 10");
    desk_end(&d);
}

static void filters_keep_what_they_name_and_refuse_what_nobody_knows(void)
{
    struct desk d;
    desk_begin(&d);
    struct paper *p = paper_new(&d, 1000);
    promise(&d, p, "pub/a", 50, 10);
    desk_import(&d, p);
    struct punctual_question q = today();
    q.donor = "DEU", q.receiver = "UKR", q.item = "money/EUR";
    CHECK_TEXT(words(&d, &q), "pub/a late 0+0 missing 10 days 50");
    q.donor = "UKR";
    CHECK_TEXT(words(&d, &q), "");
    struct punctual t;
    struct err err = {0};
    q.donor = "FRA";
    CHECK(measure_punctual(&d.arena, d.view.book, &q, &t, &err) == RC_ABSENT);
    CHECK_TEXT(err.msg, "no party 'FRA' in this book");
    q.donor = NULL, q.item = "tanks";
    CHECK(measure_punctual(&d.arena, d.view.book, &q, &t, &err) == RC_ABSENT);
    desk_end(&d);
}

/* What a promise comes to, replayed a day at a time from what the publisher last said. */
static struct punctual_row replay(const int64_t *by_day, int64_t promised, int32_t until)
{
    struct punctual_row want = {.days = TODAY - until};
    int32_t complete = -1;
    for (int32_t day = 0; day <= TODAY; day++) {
        *(day <= until ? &want.in_time : &want.late) += by_day[day];
        if (want.in_time + want.late >= promised && complete < 0) complete = day;
    }
    want.missing = promised - want.in_time - want.late;
    want.status = TODAY > until ? PUNCTUAL_LATE : PUNCTUAL_DUE;
    if (complete < 0) return want;
    want.status = complete <= until ? PUNCTUAL_ON_TIME : PUNCTUAL_DELIVERED_LATE;
    want.days = complete <= until ? 0 : complete - until;
    return want;
}

/* Two states of one line, the second restating dates and quantities of the first. */
static void agrees_with_replay(struct rng *r)
{
    enum { PROMISED = 20, DAYS = 160 };
    static const char *const keys[] = {"d0", "d1", "d2", "d3", "d4"};
    struct desk d;
    int64_t by_day[DAYS] = {0};
    int32_t until = 0;
    desk_begin(&d);
    for (int state = 1; state <= 2; state++) {
        struct paper *p = paper_new(&d, state * 1000);
        int64_t left = PROMISED;
        memset(by_day, 0, sizeof by_day);
        until = 40 + (int32_t)rng_below(r, 100);
        promise(&d, p, "pub/a", until, PROMISED);
        for (size_t i = 0; i < sizeof keys / sizeof *keys && left > 0; i++) {
            int32_t day = 20 + (int32_t)rng_below(r, 100);
            int64_t qty = rng_one_in(r, 3) ? left : 1 + rng_below(r, (uint32_t)left);
            if (rng_one_in(r, 3)) continue;
            deliver(p, "pub/a", keys[i], qty, day);
            by_day[day] += qty;
            left -= qty;
        }
        desk_import(&d, p);
    }
    struct punctual_question q = today();
    struct punctual t;
    GOOD(measure_punctual(&d.arena, d.view.book, &q, &t, oops));
    CHECK_I64(t.count, 1);
    if (t.count) {
        struct punctual_row want = replay(by_day, PROMISED, until);
        const struct punctual_row got = punctual_row(&t, 0);
        CHECK_I64(got.status, want.status);
        CHECK_I64((int64_t)got.in_time, (int64_t)want.in_time);
        CHECK_I64((int64_t)got.late, (int64_t)want.late);
        CHECK_I64((int64_t)got.missing, (int64_t)want.missing);
        CHECK_I64(got.days, want.days);
    }
    desk_end(&d);
}

static void agrees_with_a_replay_day_by_day(void)
{
    seeds_run(400, agrees_with_replay);
}

int main(void)
{
    RUN(what_is_missing_after_the_day_is_late_and_the_latest_comes_first);
    RUN(what_was_taken_back_is_not_owed_and_what_was_lost_is);
    RUN(what_cannot_be_told_is_counted_and_named);
    RUN(the_version_as_known_then_says_the_date);
    RUN(filters_keep_what_they_name_and_refuse_what_nobody_knows);
    RUN(agrees_with_a_replay_day_by_day);
    return tap_done();
}
