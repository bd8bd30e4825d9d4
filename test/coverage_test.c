/*
 * coverage_test.c - each quantity meets one need, and as many as it can in time.
 *
 * The oracle of the seeded test is a matching of single pieces by augmenting
 * paths: with one item and nothing meant for anybody, serving the earliest due
 * need first meets as much in time as any way of sharing out could.
 */
#include "measure/coverage.h"

#include "desk.h"
#include "seed.h"

static void post(struct desk *d, struct record *r)
{
    struct posting p = desk_posting(d);
    GOOD(posting_add(&p, r, NULL, oops));
    GOOD(posting_commit(&p, oops));
}

static struct record *named(struct desk *d, enum kind kind, const char *key)
{
    struct record *r = record_new(&d->arena, kind);
    record_set_text(&d->arena, r, F_KEY, key);
    return r;
}

static void thing(struct desk *d, const char *key, int places, const char *parent)
{
    struct record *r = named(d, KIND_ITEM, key);
    record_set_text(&d->arena, r, F_UNIT, "piece");
    if (places) record_set_int(&d->arena, r, F_PARTS, places);
    record_set_key(&d->arena, r, F_PARENT, parent);
    post(d, r);
}

static void world(struct desk *d)
{
    desk_begin(d);
    d->now_ms = 0; /* the book hears of everything on day 0 */
    static const char *const keys[] = {"DEU", "UKR", "MDA"};
    for (int i = 0; i < 3; i++) {
        struct record *r = named(d, KIND_PARTY, keys[i]);
        record_set_text(&d->arena, r, F_TYPE, "nation");
        post(d, r);
    }
    thing(d, "gun", 0, NULL);
    thing(d, "big-gun", 0, "gun");
    thing(d, "cannon", 1, NULL);
    post(d, named(d, KIND_SOURCE, "list"));
    struct record *r = named(d, KIND_PASSAGE, "list#1");
    record_set_key(&d->arena, r, F_SOURCE, "list");
    post(d, r);
}

static struct record *need(struct desk *d, const char *key, const char *item, int64_t qty,
                           int32_t due)
{
    struct record *r = named(d, KIND_NEED, key);
    record_set_key(&d->arena, r, F_RECEIVER, "UKR");
    record_set_key(&d->arena, r, F_ITEM, item);
    record_set_int(&d->arena, r, F_QTY, qty);
    record_set_int(&d->arena, r, F_UNTIL, due);
    return r;
}

static struct record *a_line(struct desk *d, const char *key, const char *item)
{
    struct record *r = named(d, KIND_LINE, key);
    record_set_key(&d->arena, r, F_PARTY, "DEU");
    record_set_key(&d->arena, r, F_RECEIVER, "UKR");
    record_set_key(&d->arena, r, F_ITEM, item);
    return r;
}

static void move(struct desk *d, const char *line, enum stage from, enum stage to, int64_t qty,
                 int32_t day)
{
    struct record *r = record_new(&d->arena, KIND_ENTRY);
    record_set_key(&d->arena, r, F_LINE, line);
    record_set_int(&d->arena, r, F_FROM, from);
    record_set_int(&d->arena, r, F_TO, to);
    record_set_int(&d->arena, r, F_QTY, qty);
    record_set_int(&d->arena, r, F_DAY, day);
    record_set_key(&d->arena, r, F_PASSAGE, "list#1");
    record_set_text(&d->arena, r, F_AUTHOR, "anna");
    post(d, r);
}

/* "n1 5/10 late 3; ..." of every need: in time, asked, late. */
static const char *covered(struct desk *d, int32_t today)
{
    struct coverage c;
    struct buf out = {.arena = &d->arena};
    struct coverage_question q = {
        .at = CLOCKS_NOW, .today = today, .reached = STAGE_COMMITTED, .receiver = "UKR"};
    GOOD(measure_coverage(&d->arena, d->view.book, &q, &c, oops));
    buf_add(&out, "");
    for (uint32_t i = 0; i < c.count; i++) {
        const struct coverage_row *r = &c.rows[i];
        CHECK(r->in_time + r->late + r->missing == r->asked && r->in_time >= 0 && r->late >= 0);
        buf_addf(&out, "%s%s %d/%d", i ? "; " : "", book_key(d->view.book, r->need),
                 (int)r->in_time, (int)r->asked);
        if (r->late) buf_addf(&out, " late %d", (int)r->late);
    }
    return out.text;
}

static void what_came_and_what_is_promised_meets_needs(void)
{
    struct desk d;
    world(&d);
    post(&d, need(&d, "n", "gun", 10, 100));
    CHECK_TEXT(covered(&d, 50), "n 0/10");
    post(&d, a_line(&d, "a", "gun"));
    move(&d, "a", STAGE_WORLD, STAGE_DELIVERED, 4, 60);
    CHECK_TEXT(covered(&d, 50), "n 4/10");
    struct record *r = a_line(&d, "b", "big-gun");
    record_set_int(&d.arena, r, F_UNTIL, 90);
    post(&d, r);
    move(&d, "b", STAGE_WORLD, STAGE_ANNOUNCED, 3, 10);
    CHECK_TEXT(covered(&d, 50), "n 4/10"); /* only committed counts here */
    move(&d, "b", STAGE_ANNOUNCED, STAGE_COMMITTED, 3, 11);
    CHECK_TEXT(covered(&d, 50), "n 7/10");
    CHECK_TEXT(covered(&d, 100), "n 7/10");
    CHECK_TEXT(covered(&d, 101), "n 4/10 late 3"); /* overdue: not before today */
    move(&d, "b", STAGE_COMMITTED, STAGE_DELIVERED, 3, 95);
    CHECK_TEXT(covered(&d, 101), "n 7/10");
    post(&d, a_line(&d, "c", "gun"));
    move(&d, "c", STAGE_WORLD, STAGE_COMMITTED, 9, 10); /* nobody says when */
    CHECK_TEXT(covered(&d, 50), "n 7/10");
    move(&d, "a", STAGE_DELIVERED, STAGE_LOST, 1, 70);
    CHECK_TEXT(covered(&d, 50), "n 6/10");
    desk_end(&d);
}

static void each_quantity_meets_one_need(void)
{
    struct desk d;
    world(&d);
    post(&d, need(&d, "late", "gun", 5, 200));
    post(&d, need(&d, "soon", "gun", 5, 100));
    post(&d, a_line(&d, "a", "gun"));
    move(&d, "a", STAGE_WORLD, STAGE_DELIVERED, 7, 60);
    CHECK_TEXT(covered(&d, 50), "soon 5/5; late 2/5");
    /* what is meant for one goes there, and what is left over to others last */
    struct record *r = a_line(&d, "b", "gun");
    record_set_key(&d.arena, r, F_NEED, "late");
    post(&d, r);
    move(&d, "b", STAGE_WORLD, STAGE_DELIVERED, 5, 50);
    CHECK_TEXT(covered(&d, 50), "soon 5/5; late 5/5");
    r = need(&d, "more", "gun", 3, 300);
    record_set_int(&d.arena, r, F_DAY, 55); /* asked after 5 of them came */
    post(&d, r);
    CHECK_TEXT(covered(&d, 50), "soon 5/5; late 5/5; more 2/3");
    desk_end(&d);
}

static void stand_ins_count_as_what_they_replace(void)
{
    struct desk d;
    world(&d);
    post(&d, need(&d, "n", "gun", 10, 100));
    post(&d, a_line(&d, "a", "cannon"));
    move(&d, "a", STAGE_WORLD, STAGE_DELIVERED, 65, 60); /* 6.5 of them */
    CHECK_TEXT(covered(&d, 50), "n 0/10");
    struct record *r = record_new(&d.arena, KIND_RELATION);
    record_set_text(&d.arena, r, F_TYPE, "substitutes");
    record_set_key(&d.arena, r, F_ITEM, "cannon");
    record_set_key(&d.arena, r, F_PARENT, "gun");
    record_set_dec(&d.arena, r, F_AMOUNT, (struct dec){8, 1});
    post(&d, r);
    CHECK_TEXT(covered(&d, 50), "n 5/10"); /* 6.5 at 0.8 are 5.2 */
    desk_end(&d);
}

static void a_monthly_need_is_a_need_a_month(void)
{
    struct desk d;
    world(&d);
    struct record *r = need(&d, "n", "gun", 4, day_from_civil(1970, 3, 31));
    record_set_int(&d.arena, r, F_SINCE, day_from_civil(1970, 1, 1));
    record_set_int(&d.arena, r, F_MONTHLY, 1);
    post(&d, r);
    post(&d, a_line(&d, "a", "gun"));
    move(&d, "a", STAGE_WORLD, STAGE_DELIVERED, 6, 20); /* January, and half of February */
    CHECK_TEXT(covered(&d, 0), "n 6/12");
    move(&d, "a", STAGE_WORLD, STAGE_DELIVERED, 3, day_from_civil(1970, 3, 5));
    CHECK_TEXT(covered(&d, 0), "n 9/12"); /* too late for February: March has it */
    desk_end(&d);
}

/* --- any needs and deliveries of one item --- */

enum { PIECES = 24 };

static bool augment(int want, const int32_t *due, int pieces, const int32_t *day, int *holder,
                    bool *tried)
{
    for (int i = 0; i < pieces; i++) {
        if (day[i] > due[want] || tried[i]) continue;
        tried[i] = true;
        if (holder[i] >= 0 && !augment(holder[i], due, pieces, day, holder, tried)) continue;
        holder[i] = want;
        return true;
    }
    return false;
}

static void any_case(struct rng *r)
{
    struct desk d;
    int32_t due[PIECES], day[PIECES];
    int wants = 0, pieces = 0, in_time = 0, holder[PIECES];
    world(&d);
    for (int i = 0; i < 4; i++) {
        int32_t when = 20 + (int32_t)rng_below(r, 80);
        int64_t qty = 1 + rng_below(r, 6);
        post(&d, need(&d, text_format(&d.arena, "n%d", i), "gun", qty, when));
        while (qty--) due[wants++] = when;
    }
    for (int i = 0; i < 4; i++) {
        int32_t when = 20 + (int32_t)rng_below(r, 80);
        int64_t qty = 1 + rng_below(r, 6);
        const char *key = text_format(&d.arena, "l%d", i);
        post(&d, a_line(&d, key, rng_one_in(r, 2) ? "gun" : "big-gun"));
        move(&d, key, STAGE_WORLD, STAGE_DELIVERED, qty, when);
        while (qty--) day[pieces++] = when;
    }
    for (int i = 0; i < pieces; i++) holder[i] = -1;
    for (int i = 0; i < wants; i++) {
        bool tried[PIECES] = {false};
        in_time += augment(i, due, pieces, day, holder, tried);
    }
    struct coverage c;
    i128 got = 0, all = 0;
    struct coverage_question q = {.at = CLOCKS_NOW, .reached = STAGE_COMMITTED};
    GOOD(measure_coverage(&d.arena, d.view.book, &q, &c, oops));
    for (uint32_t i = 0; i < c.count; i++) {
        got += c.rows[i].in_time;
        all += c.rows[i].in_time + c.rows[i].late;
    }
    CHECK_I64((int64_t)got, in_time);
    CHECK_I64((int64_t)all, wants < pieces ? wants : pieces);
    desk_end(&d);
}

static void as_much_as_can_be_is_met_in_time(void)
{
    seeds_run(300, any_case);
}

int main(void)
{
    RUN(what_came_and_what_is_promised_meets_needs);
    RUN(each_quantity_meets_one_need);
    RUN(stand_ins_count_as_what_they_replace);
    RUN(a_monthly_need_is_a_need_a_month);
    RUN(as_much_as_can_be_is_met_in_time);
    return tap_done();
}
