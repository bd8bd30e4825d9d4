/*
 * stages_test.c - lines and money at each stage, against book_sum line by line.
 */
#include "measure/stages.h"

#include "base/text.h"
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

static void world(struct desk *d)
{
    desk_begin(d);
    for (const char *keys = "DEU\0UKR\0"; *keys; keys += strlen(keys) + 1) {
        struct record *r = named(d, KIND_PARTY, keys);
        record_set_text(&d->arena, r, F_TYPE, "nation");
        post(d, r);
    }
    for (const char *keys = "money/EUR\0gun\0"; *keys; keys += strlen(keys) + 1) {
        struct record *r = named(d, KIND_ITEM, keys);
        record_set_text(&d->arena, r, F_UNIT, *keys == 'm' ? "EUR" : "piece");
        if (*keys == 'm') record_set_int(&d->arena, r, F_PARTS, 2);
        post(d, r);
    }
    post(d, named(d, KIND_SOURCE, "list"));
    struct record *r = named(d, KIND_PASSAGE, "list#1");
    record_set_key(&d->arena, r, F_SOURCE, "list");
    post(d, r);
}

static struct record *a_line(struct desk *d, const char *key, const char *item)
{
    struct record *r = named(d, KIND_LINE, key);
    record_set_key(&d->arena, r, F_PARTY, "DEU");
    record_set_key(&d->arena, r, F_RECEIVER, "UKR");
    record_set_key(&d->arena, r, F_ITEM, item);
    return r;
}

static void move(struct desk *d, const char *line, enum stage from, enum stage to, int64_t qty)
{
    struct record *r = record_new(&d->arena, KIND_ENTRY);
    record_set_key(&d->arena, r, F_LINE, line);
    record_set_int(&d->arena, r, F_FROM, from);
    record_set_int(&d->arena, r, F_TO, to);
    record_set_int(&d->arena, r, F_QTY, qty);
    record_set_int(&d->arena, r, F_DAY, 100);
    record_set_key(&d->arena, r, F_PASSAGE, "list#1");
    record_set_text(&d->arena, r, F_AUTHOR, "anna");
    post(d, r);
}

static void worth(struct desk *d, const char *of, int64_t parts)
{
    struct record *r = record_new(&d->arena, KIND_VALUE);
    record_set_key(&d->arena, r, F_OF, of);
    record_set_text(&d->arena, r, F_BASIS, "stated");
    record_set_text(&d->arena, r, F_CURRENCY, "EUR");
    record_set_int(&d->arena, r, F_LOW, parts);
    record_set_int(&d->arena, r, F_TO, STAGE_COMMITTED);
    post(d, r);
}

/* "announced 2 7.50; ..." of every stage that has lines: how many, and cents. */
static const char *words(struct desk *d, struct clocks at)
{
    struct exchange x = {.book = d->view.book, .at = at};
    struct stages_question q = {.x = &x};
    struct stages o;
    struct buf b = {.arena = &d->arena};
    GOOD(measure_stages(&d->arena, &q, &o, oops));
    buf_add(&b, "");
    for (int s = STAGE_CONSIDERED; s < STAGE_COUNT; s++) {
        int64_t amount = s <= STAGE_DELIVERED ? (int64_t)o.amount[s] : 0;
        if (!o.lines[s] && !amount) continue;
        buf_addf(&b, "%s%s %u %" PRId64, b.len ? "; " : "", stage_name((enum stage)s),
                 (unsigned)o.lines[s], amount);
    }
    buf_addf(&b, " unvalued %u", (unsigned)o.unvalued);
    return b.text;
}

static void the_currency_of_most_stands_in_where_amounts_share_none(void)
{
    struct desk d;
    world(&d);
    struct exchange x = {.book = d.view.book, .at = CLOCKS_NOW};
    CHECK(!currency_of_most(&x));
    post(&d, a_line(&d, "cash", "money/EUR"));
    post(&d, a_line(&d, "guns", "gun"));
    worth(&d, "guns", 2000);
    CHECK(!currency_of_most(&x)); /* they share one */
    for (const char *key = "GBP\0USD\0"; *key; key += 4) {
        struct record *r = named(&d, KIND_ITEM, text_format(&d.arena, "money/%s", key));
        record_set_text(&d.arena, r, F_UNIT, key);
        post(&d, r);
    }
    post(&d, a_line(&d, "pounds", "money/GBP"));
    CHECK_TEXT(currency_of_most(&x), "EUR");
    struct exchange then = {.book = d.view.book, .at = {.effective = DAY_MAX, .known = d.now_ms}};
    for (const char *key = "a\0b\0c\0"; *key; key += 2) post(&d, a_line(&d, key, "money/USD"));
    CHECK_TEXT(currency_of_most(&x), "USD");
    CHECK_TEXT(currency_of_most(&then), "EUR"); /* what came later changes nothing said before */
    /* A series with a table of its own publishes in the base of that table. */
    struct record *r = record_new(&d.arena, KIND_RATE);
    record_set_text(&d.arena, r, F_SERIES, "tracker");
    record_set_text(&d.arena, r, F_CURRENCY, "USD");
    record_set_text(&d.arena, r, F_BASE, "GBP");
    record_set_dec(&d.arena, r, F_AMOUNT, (struct dec){2, 0});
    record_set_int(&d.arena, r, F_DAY, 1);
    post(&d, r);
    for (const char *key = "d\0e\0f\0"; *key; key += 2) {
        r = a_line(&d, key, "money/USD");
        record_set_text(&d.arena, r, F_SERIES, "tracker");
        post(&d, r);
    }
    CHECK_TEXT(currency_of_most(&x), "GBP");
    desk_end(&d);
}

static void things_take_their_value_along_and_packages_count_once(void)
{
    struct desk d;
    world(&d);
    post(&d, a_line(&d, "cash", "money/EUR"));
    move(&d, "cash", STAGE_WORLD, STAGE_ANNOUNCED, 1000);
    move(&d, "cash", STAGE_ANNOUNCED, STAGE_DELIVERED, 400);
    move(&d, "cash", STAGE_ANNOUNCED, STAGE_LAPSED, 100);
    CHECK_TEXT(words(&d, CLOCKS_NOW), "announced 1 500; delivered 1 400; withdrawn 1 0 unvalued 0");
    post(&d, a_line(&d, "guns", "gun"));
    move(&d, "guns", STAGE_WORLD, STAGE_COMMITTED, 10);
    move(&d, "guns", STAGE_COMMITTED, STAGE_DISPATCHED, 4);
    CHECK_TEXT(words(&d, CLOCKS_NOW), "announced 1 500; committed 1 0; dispatched 1 0; "
                                      "delivered 1 400; withdrawn 1 0 unvalued 1");
    struct clocks then = {.effective = DAY_MAX, .known = d.now_ms};
    worth(&d, "guns", 2000);
    const char *now = "announced 1 500; committed 1 1200; dispatched 1 800; "
                      "delivered 1 400; withdrawn 1 0 unvalued 0";
    CHECK_TEXT(words(&d, CLOCKS_NOW), now);
    CHECK_TEXT(words(&d, then), "announced 1 500; committed 1 0; dispatched 1 0; "
                                "delivered 1 400; withdrawn 1 0 unvalued 1");
    struct record *r = named(&d, KIND_PACKAGE, "aid");
    post(&d, r);
    r = a_line(&d, "more", "money/EUR");
    record_set_key(&d.arena, r, F_PACKAGE, "aid");
    post(&d, r);
    move(&d, "more", STAGE_WORLD, STAGE_COMMITTED, 70);
    CHECK_TEXT(words(&d, CLOCKS_NOW), "announced 1 500; committed 2 1270; dispatched 1 800; "
                                      "delivered 1 400; withdrawn 1 0 unvalued 0");
    worth(&d, "aid", 3000);
    CHECK_TEXT(words(&d, CLOCKS_NOW), "announced 1 500; committed 2 4200; dispatched 1 800; "
                                      "delivered 1 400; withdrawn 1 0 unvalued 0");
    desk_end(&d);
}

/* What came at least as far as each stage, in cents. */
static const char *came(struct desk *d)
{
    struct exchange x = {.book = d->view.book, .at = CLOCKS_NOW};
    struct stages_question q = {.x = &x};
    struct stages o;
    struct buf b = {.arena = &d->arena};
    GOOD(measure_stages(&d->arena, &q, &o, oops));
    for (int s = STAGE_CONSIDERED; s <= STAGE_DELIVERED; s++) {
        buf_addf(&b, "%s%" PRId64, b.len ? " " : "", (int64_t)o.reached[s]);
    }
    return b.text;
}

/* A publisher who shows the same support twice: what is committed, and what of it is allocated. */
static void what_came_as_far_is_what_the_series_for_it_says(void)
{
    struct desk d;
    world(&d);
    for (int i = 0; i < 2; i++) {
        struct record *r = a_line(&d, i ? "allocated" : "committed", "money/EUR");
        record_set_text(&d.arena, r, F_SAME, "all");
        record_set_text(&d.arena, r, F_SERIES, i ? "pub:allocated" : "pub:committed");
        post(&d, r);
    }
    move(&d, "committed", STAGE_WORLD, STAGE_COMMITTED, 900);
    move(&d, "allocated", STAGE_WORLD, STAGE_ALLOCATED, 500);
    CHECK_TEXT(words(&d, CLOCKS_NOW), "committed 1 900 unvalued 0");
    CHECK_TEXT(came(&d), "0 0 900 500 0 0");
    post(&d, a_line(&d, "said", "money/EUR"));
    move(&d, "said", STAGE_WORLD, STAGE_ANNOUNCED, 70);
    move(&d, "said", STAGE_ANNOUNCED, STAGE_DELIVERED, 30);
    CHECK_TEXT(came(&d), "0 40 930 530 30 30");
    desk_end(&d);
}

static void any_money(struct rng *r)
{
    enum { LINES = 8, MOVES = 40 };
    struct desk d;
    uint32_t count, want[STAGE_COUNT] = {0}, key[LINES];
    struct sums sums[LINES];
    int64_t amount[STAGE_COUNT] = {0}, reached[STAGE_COUNT] = {0};
    world(&d);
    for (int i = 0; i < LINES; i++) {
        post(&d, a_line(&d, text_format(&d.arena, "l%d", i), "money/EUR"));
    }
    for (int i = 0; i < MOVES; i++) {
        uint32_t at = rng_below(r, LINES);
        enum stage from = (enum stage)rng_below(r, STAGE_DELIVERED);
        enum stage to = (enum stage)(from + 1 + rng_below(r, STAGE_DELIVERED - from));
        i128 held = from ? book_holds(d.view.book, at, from, 100) : 50;
        if (from && rng_one_in(r, 5)) to = (enum stage)(STAGE_WITHDRAWN + rng_below(r, 3));
        if (held <= 0) continue;
        move(&d, text_format(&d.arena, "l%u", (unsigned)at), from, to,
             1 + rng_below(r, (uint32_t)held));
    }
    book_lines(d.view.book, &count);
    for (uint32_t i = 0; i < count; i++) key[i] = i;
    struct clocks now = CLOCKS_NOW;
    book_sum(d.view.book, &now, key, count, sums);
    for (uint32_t i = 0; i < count; i++) {
        sums[i].at[STAGE_WITHDRAWN] += sums[i].at[STAGE_LAPSED];
        sums[i].at[STAGE_LAPSED] = 0;
        for (int s = STAGE_CONSIDERED; s < STAGE_COUNT; s++) {
            want[s] += sums[i].at[s] > 0;
            if (s <= STAGE_DELIVERED) amount[s] += (int64_t)sums[i].at[s];
            if (s <= STAGE_DELIVERED) reached[s] += (int64_t)sums_reached(&sums[i], (enum stage)s);
        }
    }
    struct exchange x = {.book = d.view.book, .at = now};
    struct stages_question q = {.x = &x};
    struct stages o;
    GOOD(measure_stages(&d.arena, &q, &o, oops));
    for (int s = STAGE_CONSIDERED; s < STAGE_COUNT; s++) {
        CHECK_I64(o.lines[s], want[s]);
        if (s <= STAGE_DELIVERED) CHECK_I64((int64_t)o.amount[s], amount[s]);
        if (s < STAGE_COMMITTED || s > STAGE_DELIVERED) continue;
        CHECK_I64((int64_t)o.reached[s], reached[s]);
    }
    desk_end(&d);
}

static void money_stands_where_its_movements_left_it(void)
{
    seeds_run(100, any_money);
}

int main(void)
{
    RUN(the_currency_of_most_stands_in_where_amounts_share_none);
    RUN(things_take_their_value_along_and_packages_count_once);
    RUN(what_came_as_far_is_what_the_series_for_it_says);
    RUN(money_stands_where_its_movements_left_it);
    return tap_done();
}
