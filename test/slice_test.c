/*
 * slice_test.c - the large questions, against figures that were worked out by hand.
 *
 * Whether the book's sums are those of its entries is cube_test.c's.
 */
#include "measure/slice.h"

#include <string.h>

#include "draft.h"
#include "tap.h"

#define IS(got, want) CHECK_I64((int64_t)(got), (want))

enum { JAN = 20089, FEB = 20120, APR = 20179 }; /* 2025-01-01, 2025-02-01, 2025-04-01 */

struct world {
    struct arena arena;
    struct cast cast;
    struct book *book;
    uint64_t weapons, shells, tanks, euro, donor[2];
    uint64_t shell_line, tank_line, money_line;
};

static uint64_t take(struct world *w, struct record *r)
{
    GOOD(book_apply(w->book, r, oops));
    return r->id;
}

static uint64_t item(struct world *w, const char *key, uint64_t above)
{
    struct record *r = cast_item(&w->cast, key);
    if (above) record_set_ref(&w->arena, r, F_PARENT, above);
    if (strncmp(key, "money/", 6) == 0) record_set_int(&w->arena, r, F_PARTS, 2);
    return take(w, r);
}

static uint64_t line(struct world *w, const char *key, int donor, uint64_t of, int64_t low)
{
    struct record *r = cast_line(&w->cast, key);
    record_set_ref(&w->arena, r, F_PARTY, w->donor[donor]);
    record_set_ref(&w->arena, r, F_ITEM, of);
    if (low) record_set_int(&w->arena, r, F_LOW, low);
    return take(w, r);
}

static struct record *value(struct world *w, const char *key, uint64_t of, const char *currency,
                            int64_t parts)
{
    struct record *r = cast_new(&w->cast, KIND_VALUE);
    record_set_text(&w->arena, r, F_KEY, key);
    record_set_ref(&w->arena, r, F_OF, of);
    record_set_int(&w->arena, r, F_TO, STAGE_COMMITTED);
    record_set_text(&w->arena, r, F_BASIS, "stated");
    record_set_text(&w->arena, r, F_CURRENCY, currency);
    record_set_int(&w->arena, r, F_LOW, parts);
    return r;
}

static void rate(struct world *w, int32_t day, int64_t hundredths)
{
    struct record *r = cast_new(&w->cast, KIND_RATE);
    record_set_text(&w->arena, r, F_SERIES, "ecb");
    record_set_text(&w->arena, r, F_CURRENCY, "USD");
    record_set_text(&w->arena, r, F_BASE, "EUR");
    record_set_int(&w->arena, r, F_DAY, day);
    record_set_dec(&w->arena, r, F_AMOUNT, (struct dec){hundredths, 2});
    take(w, r);
}

static uint64_t entry(struct world *w, uint64_t of, enum stage from, enum stage to, int64_t qty,
                      int32_t day)
{
    return take(w, cast_entry(&w->cast, of, from, to, qty, day));
}

/*
 * One giver promises ten shells worth 1,000.00 dollars, of which four came in
 * January and three in February; and 500.00 euros, paid in February. Another
 * promises two tanks worth 300.00 euros, of which one was withdrawn. A dollar
 * is 0.80 euro in January, 0.50 from February on.
 */
static void world_begin(struct world *w)
{
    struct record *first[CAST_FIRST];
    *w = (struct world){.weapons = 0};
    w->book = book_new(&w->arena);
    cast_begin(&w->cast, &w->arena, first);
    for (int i = 0; i < CAST_FIRST; i++) take(w, first[i]);
    w->donor[0] = w->cast.giver;
    w->donor[1] = take(w, cast_party(&w->cast, "POL"));
    w->weapons = item(w, "weapons", 0);
    w->shells = item(w, "shells", w->weapons);
    w->tanks = item(w, "tanks", w->weapons);
    w->euro = item(w, "money/EUR", 0);
    rate(w, JAN, 125);
    rate(w, FEB, 200);
    w->shell_line = line(w, "S", 0, w->shells, 10);
    take(w, value(w, "S", w->shell_line, "USD", 100000));
    w->money_line = line(w, "M", 0, w->euro, 0);
    w->tank_line = line(w, "T", 1, w->tanks, 2);
    take(w, value(w, "T", w->tank_line, "EUR", 30000));
    entry(w, w->shell_line, STAGE_WORLD, STAGE_COMMITTED, 10, JAN);
    entry(w, w->shell_line, STAGE_COMMITTED, STAGE_DELIVERED, 4, JAN + 5);
    entry(w, w->shell_line, STAGE_COMMITTED, STAGE_DELIVERED, 3, FEB + 5);
    entry(w, w->money_line, STAGE_WORLD, STAGE_COMMITTED, 50000, FEB);
    entry(w, w->money_line, STAGE_COMMITTED, STAGE_DELIVERED, 50000, FEB + 1);
    entry(w, w->tank_line, STAGE_WORLD, STAGE_ANNOUNCED, 2, APR);
    entry(w, w->tank_line, STAGE_ANNOUNCED, STAGE_WITHDRAWN, 1, APR + 1);
}

static struct exchange euros(const struct world *w)
{
    return (struct exchange){.book = w->book, .currency = "EUR", .at = CLOCKS_NOW};
}

static const struct slice_row *row_of(const struct world *w, const struct slice *s, uint64_t id)
{
    static const struct slice_row none;
    for (uint32_t i = 0; i < s->count; i++) {
        if (s->rows[i].noun == book_noun_of(w->book, id)) return &s->rows[i];
    }
    tap_check(false, __FILE__, __LINE__, "it has a row");
    return &none;
}

static void givers_stand_in_money(void)
{
    struct world w;
    struct slice s;
    world_begin(&w);
    struct exchange x = euros(&w);
    GOOD(slice_givers(&w.arena, &x, &s, oops));
    IS(s.count, 2);
    IS(s.places, 2);
    const struct slice_row *one = row_of(&w, &s, w.donor[0]), *two = row_of(&w, &s, w.donor[1]);
    IS(one->at[STAGE_COMMITTED], 3 * 5000);
    IS(one->at[STAGE_DELIVERED], 7 * 5000 + 50000);
    CHECK(!one->any[STAGE_ANNOUNCED] && one->any[STAGE_COMMITTED]);
    IS(two->at[STAGE_ANNOUNCED], 15000);
    IS(two->at[STAGE_WITHDRAWN], 15000);
    /* At the rate of January, and without what came later. */
    x.at.effective = FEB - 1;
    GOOD(slice_givers(&w.arena, &x, &s, oops));
    IS(s.count, 1);
    IS(s.rows[0].at[STAGE_COMMITTED], 6 * 8000);
    IS(s.rows[0].at[STAGE_DELIVERED], 4 * 8000);
    x.latest = true;
    GOOD(slice_givers(&w.arena, &x, &s, oops));
    IS(s.rows[0].at[STAGE_DELIVERED], 4 * 5000);
    arena_free(&w.arena);
}

static void what_is_restated_changes_the_past_but_not_what_was_known(void)
{
    struct world w;
    struct slice s;
    world_begin(&w);
    struct exchange x = euros(&w);
    int64_t before = book_last_ms(w.book);
    take(&w, value(&w, "S", w.shell_line, "EUR", 20000));
    GOOD(slice_givers(&w.arena, &x, &s, oops));
    IS(row_of(&w, &s, w.donor[0])->at[STAGE_DELIVERED], 7 * 2000 + 50000);
    x.at.known = before;
    GOOD(slice_givers(&w.arena, &x, &s, oops));
    IS(row_of(&w, &s, w.donor[0])->at[STAGE_DELIVERED], 7 * 5000 + 50000);
    arena_free(&w.arena);
}

static void items_stand_in_quantities(void)
{
    struct world w;
    struct slice s;
    struct clocks now = CLOCKS_NOW;
    world_begin(&w);
    GOOD(slice_items(&w.arena, w.book, &now, &s, oops));
    IS(s.count, 3);
    IS(row_of(&w, &s, w.shells)->at[STAGE_DELIVERED], 7);
    IS(row_of(&w, &s, w.shells)->at[STAGE_COMMITTED], 3);
    IS(row_of(&w, &s, w.tanks)->at[STAGE_WITHDRAWN], 1);
    IS(row_of(&w, &s, w.euro)->at[STAGE_DELIVERED], 50000);
    arena_free(&w.arena);
}

static void one_promise_stands_in_both(void)
{
    struct world w;
    struct slice_line l;
    struct clocks at = CLOCKS_NOW;
    world_begin(&w);
    uint32_t noun = book_noun(w.book, KIND_LINE, "S");
    GOOD(slice_line(w.book, noun, &at, &l, oops));
    CHECK_TEXT(l.currency, "USD");
    IS(l.qty[STAGE_DELIVERED], 7);
    IS(l.amount[STAGE_DELIVERED], 70000);
    IS(l.amount[STAGE_COMMITTED], 30000);
    at.effective = FEB;
    GOOD(slice_line(w.book, noun, &at, &l, oops));
    IS(l.qty[STAGE_DELIVERED], 4);
    IS(l.amount[STAGE_COMMITTED], 60000);
    arena_free(&w.arena);
}

static i128 month_of(const struct world *w, const struct slice_months *m, uint64_t id, int32_t day)
{
    uint32_t noun = id ? book_noun_of(w->book, id) : NONE;
    for (uint32_t i = 0; i < m->count; i++) {
        bool same = m->rows[i].month == (day ? month_of_day(day) : 0);
        if (m->rows[i].noun == noun && same) return m->rows[i].amount;
    }
    return -1;
}

static void deliveries_by_month_at_the_rates_of_the_month(void)
{
    struct world w;
    struct slice_months m;
    world_begin(&w);
    struct exchange x = euros(&w);
    GOOD(slice_delivered(&w.arena, &x, SLICE_GROUP_MONTH, &m, oops));
    IS(m.count, 3);
    IS(month_of(&w, &m, w.weapons, JAN), 4 * 8000);
    IS(month_of(&w, &m, w.weapons, FEB), 3 * 5000);
    IS(month_of(&w, &m, 0, FEB), 50000);
    GOOD(slice_delivered(&w.arena, &x, SLICE_ITEM_MONTH, &m, oops));
    IS(month_of(&w, &m, w.shells, FEB), 3 * 5000);
    GOOD(slice_delivered(&w.arena, &x, SLICE_GIVER, &m, oops));
    IS(m.count, 1);
    IS(month_of(&w, &m, w.donor[0], 0), 4 * 8000 + 3 * 5000 + 50000);
    /* Money is put below weapons, which are put below everything: then that is the top. */
    uint64_t all = item(&w, "all", 0);
    item(&w, "weapons", all);
    item(&w, "money/EUR", w.weapons);
    GOOD(slice_delivered(&w.arena, &x, SLICE_TOP_MONTH, &m, oops));
    IS(m.count, 2);
    IS(month_of(&w, &m, all, JAN), 4 * 8000);
    IS(month_of(&w, &m, all, FEB), 3 * 5000 + 50000);
    arena_free(&w.arena);
}

static void open_promises_and_their_age(void)
{
    struct world w;
    struct slice_opens o;
    world_begin(&w);
    struct exchange x = euros(&w);
    GOOD(slice_open(&w.arena, &x, &o, oops));
    IS(o.count, 2);
    for (uint32_t i = 0; i < o.count; i++) {
        bool first = o.rows[i].noun == book_noun_of(w.book, w.donor[0]);
        IS(o.rows[i].count, 1);
        IS(o.rows[i].first_days, first ? JAN : APR);
        IS(o.rows[i].amount, first ? 3 * 5000 : 15000);
    }
    arena_free(&w.arena);
}

static void what_part_of_promises_came(void)
{
    struct world w;
    struct slice_cohorts o;
    struct clocks now = CLOCKS_NOW;
    world_begin(&w);
    GOOD(slice_cohorts(&w.arena, w.book, &now, &o, oops));
    IS(o.count, 2);
    for (uint32_t i = 0; i < o.count; i++) {
        bool first = o.rows[i].noun == book_noun_of(w.book, w.donor[0]);
        IS(o.rows[i].count, first ? 2 : 1);
        IS(o.rows[i].quarter, 125 * 4 + (first ? 0 : 1));
        IS(o.rows[i].share / 1000000000, first ? 1700 : 0);
    }
    arena_free(&w.arena);
}

static void a_rate_that_is_not_there_is_said(void)
{
    struct world w;
    struct slice s;
    struct err err = {0};
    world_begin(&w);
    struct exchange x = euros(&w);
    x.currency = "GBP";
    CHECK(slice_givers(&w.arena, &x, &s, &err) == RC_ABSENT);
    CHECK(strncmp(err.msg, "no rate from USD to GBP", 23) == 0);
    arena_free(&w.arena);
}

int main(void)
{
    RUN(givers_stand_in_money);
    RUN(what_is_restated_changes_the_past_but_not_what_was_known);
    RUN(items_stand_in_quantities);
    RUN(one_promise_stands_in_both);
    RUN(deliveries_by_month_at_the_rates_of_the_month);
    RUN(open_promises_and_their_age);
    RUN(what_part_of_promises_came);
    RUN(a_rate_that_is_not_there_is_said);
    return tap_done();
}
