/*
 * claims_test.c - figures that were said, measured in books whose every cent is known.
 *
 * The oracle is an array of what was given; claims made from its sums hold,
 * and with their number changed by a third they do not.
 */
#include "measure/claims.h"

#include "claims_world.h"
#include "seed.h"

enum { M = 2 /* military, in the array */ };

static struct claim_answer ask(struct world *w, const struct claim *c)
{
    struct claim_answer out;
    measure_claim(&w->arena, &w->x, c, &out);
    CHECK(out.why && *out.why);
    return out;
}

static enum claim_verdict verdict(struct world *w, const struct claim *c)
{
    return ask(w, c).verdict;
}

#define CHECK_VERDICT(got, want) CHECK_TEXT(claim_verdict_name(got), claim_verdict_name(want))

static void check_number(const struct claim_number *n, int64_t parts, int scale)
{
    CHECK(n->known);
    CHECK(dec_cmp(n->value, (struct dec){parts, scale}) == 0);
}

/* Germany gives 1,000 EUR a month of military aid, Japan 250, all three years. */
static void steady(struct world *w)
{
    world_begin(w);
    for (int m = 0; m < WORLD_MONTHS; m++) {
        world_give(w, 0, M, m, 100000);
        world_give(w, 4, M, m, 25000);
    }
}

/* --- each measure --- */

static void a_share_is_of_all_givers(void)
{
    struct world w;
    steady(&w);
    struct claim c = world_claim(CLAIM_SHARE, 80, world_month_end(20));
    c.unit = "percent";
    struct claim_answer a = ask(&w, &c);
    CHECK_VERDICT(a.verdict, CLAIM_HOLDS);
    check_number(&a.then, 80, 0);
    check_number(&a.now, 80, 0);
    check_number(&a.all, 100, 0);
    CHECK_I64(a.count, 2);
    CHECK_I64((int64_t)a.rows[0].then, 2100000);
    CHECK_I64((int64_t)a.rows[0].now, 3600000);
    CHECK(a.rows[0].subject && !a.rows[1].subject);
    world_end(&w);
}

static void a_total_is_what_was_effective_by_the_day(void)
{
    struct world w;
    steady(&w);
    struct claim c = world_claim(CLAIM_TOTAL, 10000, world_month_end(9));
    struct claim_answer a = ask(&w, &c);
    CHECK_VERDICT(a.verdict, CLAIM_HOLDS);
    check_number(&a.then, 10000, 0);
    check_number(&a.now, 36000, 0);
    check_number(&a.all, 45000, 0);
    c.since = day_from_civil(2022, 3, 15); /* of a month, so March counts whole */
    a = ask(&w, &c);
    check_number(&a.then, 8000, 0);
    c.until = day_from_civil(2022, 5, 1);
    a = ask(&w, &c);
    check_number(&a.then, 3000, 0);
    check_number(&a.now, 3000, 0);
    world_end(&w);
}

static void a_yearly_amount_is_of_whole_years_only(void)
{
    struct world w;
    steady(&w);
    world_give(&w, 0, M, 30, 1200000); /* July 2024 */
    struct claim c = world_claim(CLAIM_YEARLY, 12000, day_from_civil(2024, 6, 13));
    c.since = day_from_civil(2022, 2, 24);
    struct claim_answer a = ask(&w, &c);
    CHECK_VERDICT(a.verdict, CLAIM_HOLDS);
    check_number(&a.then, 12000, 0);
    check_number(&a.now, 16000, 0);
    check_number(&a.all, 19000, 0);
    CHECK_I64(a.year_first, 2022);
    CHECK_I64(a.year_then, 2023);
    CHECK_I64(a.year, 2024);
    c.day = day_from_civil(2023, 6, 1); /* later years are not what was spoken of */
    a = ask(&w, &c);
    check_number(&a.now, 12000, 0);
    CHECK_I64(a.year, 2023);
    c.day = day_from_civil(2022, 6, 1);
    a = ask(&w, &c);
    CHECK(!a.then.known); /* no year was over */
    CHECK_VERDICT(a.verdict, CLAIM_HOLDS);
    world_end(&w);
}

static void a_year_that_the_book_has_not_whole_is_no_year(void)
{
    struct world w;
    world_begin(&w);
    for (int m = 0; m < 10; m++) world_give(&w, 0, M, m, 100000);
    struct claim c = world_claim(CLAIM_YEARLY, 12000, day_from_civil(2023, 6, 1));
    struct claim_answer a = ask(&w, &c);
    CHECK_VERDICT(a.verdict, CLAIM_UNKNOWN);
    CHECK_TEXT(a.why, "no year of that time is whole in the book");
    world_end(&w);
}

static void countries_are_nations_that_gave(void)
{
    struct world w;
    steady(&w);
    world_give(&w, 1, 0, 3, 500);  /* France, financial only */
    world_give(&w, 7, M, 3, 500);  /* the EU is no nation */
    world_give(&w, 2, M, 30, 500); /* Norway, later */
    struct claim c = world_claim(CLAIM_COUNT, 2, world_month_end(9));
    c.unit = "country";
    c.subjects = 0;
    struct claim_answer a = ask(&w, &c);
    CHECK_VERDICT(a.verdict, CLAIM_HOLDS);
    check_number(&a.then, 2, 0);
    check_number(&a.now, 3, 0);
    c.classes = 0;
    a = ask(&w, &c);
    check_number(&a.then, 3, 0);
    c.low = c.high = (struct dec){30, 0}; /* more than the book can ever count */
    CHECK_VERDICT(verdict(&w, &c), CLAIM_UNKNOWN);
    c.low = c.high = (struct dec){4, 0}; /* it knows four givers: it could have counted them */
    c.bound = BOUND_LEAST;
    CHECK_VERDICT(verdict(&w, &c), CLAIM_FAILS);
    world_end(&w);
}

static void growth_is_of_one_whole_year_over_another(void)
{
    struct world w;
    world_begin(&w);
    for (int m = 0; m < WORLD_MONTHS; m++) world_give(&w, 0, M, m, m < 12 ? 1000 : 2000);
    struct claim c = world_claim(CLAIM_GROWTH, 2, day_from_civil(2024, 2, 1));
    c.unit = "times";
    c.base_year = 2022;
    struct claim_answer a = ask(&w, &c);
    CHECK_VERDICT(a.verdict, CLAIM_HOLDS);
    check_number(&a.then, 2, 0);
    c.unit = "percent";
    c.low = c.high = (struct dec){100, 0};
    CHECK_VERDICT(verdict(&w, &c), CLAIM_HOLDS);
    c.year = 2024;
    c.base_year = 2023;
    a = ask(&w, &c);
    CHECK_VERDICT(a.verdict, CLAIM_FAILS);
    CHECK(!a.then.known); /* 2024 was not over */
    check_number(&a.now, 0, 0);
    c.base_year = 0;
    CHECK_TEXT(ask(&w, &c).why, "since when it grew is not said");
    world_end(&w);
}

/* --- how a number is put --- */

static void each_bound_has_its_edge(void)
{
    static const struct {
        enum claim_bound bound;
        int64_t said;
        enum claim_verdict want;
    } cases[] = {
        /* The figure is 12,000. */
        {BOUND_MORE, 12000, CLAIM_FAILS},    {BOUND_MORE, 11999, CLAIM_HOLDS},
        {BOUND_MORE, 12001, CLAIM_FAILS},    {BOUND_LEAST, 12000, CLAIM_HOLDS},
        {BOUND_LEAST, 12001, CLAIM_FAILS},   {BOUND_LESS, 12000, CLAIM_FAILS},
        {BOUND_LESS, 12001, CLAIM_HOLDS},    {BOUND_MOST, 12000, CLAIM_HOLDS},
        {BOUND_MOST, 11999, CLAIM_FAILS},    {BOUND_ABOUT, 12631, CLAIM_HOLDS},
        {BOUND_ABOUT, 12632, CLAIM_ROUGHLY}, {BOUND_ABOUT, 11429, CLAIM_HOLDS},
        {BOUND_ABOUT, 11428, CLAIM_ROUGHLY}, {BOUND_ABOUT, 13333, CLAIM_ROUGHLY},
        {BOUND_ABOUT, 13334, CLAIM_FAILS},   {BOUND_ABOUT, 10910, CLAIM_ROUGHLY},
        {BOUND_ABOUT, 10909, CLAIM_FAILS},   {BOUND_EXACT, 12000, CLAIM_HOLDS},
        {BOUND_MORE, 8001, CLAIM_HOLDS},     {BOUND_MORE, 8000, CLAIM_ROUGHLY},
        {BOUND_LEAST, 8000, CLAIM_ROUGHLY},  {BOUND_LESS, 15999, CLAIM_HOLDS},
        {BOUND_LESS, 16000, CLAIM_ROUGHLY},  {BOUND_MOST, 16000, CLAIM_ROUGHLY},
        {BOUND_EXACT, 12001, CLAIM_ROUGHLY}, {BOUND_EXACT, 13334, CLAIM_FAILS},
    };
    struct world w;
    steady(&w);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct claim c = world_claim(CLAIM_TOTAL, cases[i].said, world_month_end(11));
        c.bound = cases[i].bound;
        CHECK_VERDICT(verdict(&w, &c), cases[i].want);
    }
    world_end(&w);
}

static void a_bare_number_is_good_to_half_of_its_last_digit(void)
{
    struct world w;
    steady(&w);
    world_give(&w, 0, M, 0, 50000); /* 12,500 by the end of 2022 */
    struct claim c = world_claim(CLAIM_TOTAL, 12000, world_month_end(11));
    c.last_digit = (struct dec){1000, 0};
    CHECK_VERDICT(verdict(&w, &c), CLAIM_HOLDS);
    c.low = c.high = (struct dec){13000, 0};
    CHECK_VERDICT(verdict(&w, &c), CLAIM_HOLDS);
    c.last_digit = (struct dec){100, 0};
    CHECK_VERDICT(verdict(&w, &c), CLAIM_ROUGHLY);
    c.low = (struct dec){11000, 0};
    CHECK_VERDICT(verdict(&w, &c), CLAIM_HOLDS); /* a range, and the figure in it */
    world_end(&w);
}

/* --- what cannot be told --- */

static void within_its_month_a_sum_is_told_only_if_both_ends_agree(void)
{
    struct world w;
    steady(&w);
    world_give(&w, 0, M, 9, 1000000); /* October 2022: 9,000 before, 20,000 with it */
    struct claim c = world_claim(CLAIM_TOTAL, 12000, day_from_civil(2022, 10, 12));
    struct claim_answer a = ask(&w, &c);
    CHECK_VERDICT(a.verdict, CLAIM_UNKNOWN);
    CHECK(strstr(a.why, "months only") != NULL);
    check_number(&a.before, 9000, 0);
    check_number(&a.then, 20000, 0);
    c.bound = BOUND_MORE;
    CHECK_VERDICT(verdict(&w, &c), CLAIM_UNKNOWN);
    c.low = c.high = (struct dec){8000, 0};
    CHECK_VERDICT(verdict(&w, &c), CLAIM_HOLDS);
    c.low = c.high = (struct dec){21000, 0};
    CHECK_VERDICT(verdict(&w, &c), CLAIM_FAILS);
    c.day = world_month_end(9); /* on its last day the month is over */
    CHECK(ask(&w, &c).before.known);
    c.low = c.high = (struct dec){20000, 0};
    c.bound = BOUND_EXACT;
    CHECK_VERDICT(verdict(&w, &c), CLAIM_HOLDS);
    world_end(&w);
}

static void before_the_book_begins_only_a_bound_that_holds_already_holds(void)
{
    struct world w;
    steady(&w);
    struct claim c = world_claim(CLAIM_TOTAL, 12000, world_month_end(11));
    c.since = day_from_civil(2021, 1, 20);
    struct claim_answer a = ask(&w, &c);
    CHECK_VERDICT(a.verdict, CLAIM_UNKNOWN);
    CHECK(strstr(a.why, "the book begins in 2022") != NULL);
    c.bound = BOUND_MORE;
    c.low = c.high = (struct dec){11000, 0};
    CHECK_VERDICT(verdict(&w, &c), CLAIM_HOLDS);
    c.low = c.high = (struct dec){13000, 0};
    CHECK_VERDICT(verdict(&w, &c), CLAIM_UNKNOWN);
    world_end(&w);
}

static void behind_the_end_of_the_book_nothing_is_told(void)
{
    struct world w;
    steady(&w);
    struct claim c = world_claim(CLAIM_TOTAL, 36000, day_from_civil(2025, 3, 1));
    CHECK_VERDICT(verdict(&w, &c), CLAIM_UNKNOWN);
    c.until = day_from_civil(2023, 12, 31);
    c.low = c.high = (struct dec){24000, 0};
    CHECK_VERDICT(verdict(&w, &c), CLAIM_HOLDS);
    world_end(&w);
}

static void a_part_is_not_compared_with_the_whole(void)
{
    struct world w;
    steady(&w);
    struct claim c = world_claim(CLAIM_TOTAL, 500, world_month_end(11));
    c.open = true;
    CHECK_VERDICT(verdict(&w, &c), CLAIM_UNKNOWN);
    c.low = c.high = (struct dec){50000, 0}; /* but it cannot be more than the whole */
    CHECK_VERDICT(verdict(&w, &c), CLAIM_FAILS);
    world_end(&w);
}

static void who_is_not_in_the_book_is_not_measured(void)
{
    struct world w;
    steady(&w);
    struct claim c = world_claim(CLAIM_TOTAL, 1, world_month_end(11));
    c.subject[0] = "BRA";
    CHECK_TEXT(ask(&w, &c).why, "BRA is not in the book");
    c.subject[0] = "IRL"; /* there, and gave nothing */
    CHECK_TEXT(ask(&w, &c).why, "the book has no such giver");
    c.subject[0] = "DEU";
    c.receiver = "MDA";
    CHECK_TEXT(ask(&w, &c).why, "nothing for MDA is in the book");
    c.receiver = "DEU";
    CHECK_TEXT(ask(&w, &c).why, "the book has no such support");
    c.receiver = "UKR";
    c.unit = "USD";
    struct claim_answer a = ask(&w, &c);
    CHECK_VERDICT(a.verdict, CLAIM_UNKNOWN);
    CHECK(strstr(a.why, "no rate from EUR to USD") != NULL);
    c.unit = "EUR";
    c.low = (struct dec){INT64_MAX, 0};
    CHECK_VERDICT(verdict(&w, &c), CLAIM_UNKNOWN);
    world_end(&w);
}

static void commitments_without_class_are_stood_in_for_by_allocations(void)
{
    struct world w;
    steady(&w);
    struct record *line = cast_line(&w.cast, "commitments/DEU");
    record_set_ref(&w.arena, line, F_PARTY, w.giver[0]);
    record_set_text(&w.arena, line, F_SERIES, "t:commitments");
    record_set_text(&w.arena, line, F_SAME, "t");
    world_apply(&w, line);
    world_apply(&w, cast_entry(&w.cast, line->id, STAGE_WORLD, STAGE_COMMITTED, 9900000,
                               world_month_end(3)));
    struct claim c = world_claim(CLAIM_TOTAL, 12000, world_month_end(11));
    c.reached = STAGE_COMMITTED;
    struct claim_answer a = ask(&w, &c);
    CHECK_VERDICT(a.verdict, CLAIM_HOLDS);
    CHECK(a.reached == STAGE_ALLOCATED && strstr(a.why, "commitments have no class"));
    c.classes = 0;
    a = ask(&w, &c);
    CHECK(a.reached == STAGE_COMMITTED);
    check_number(&a.then, 99000, 0);
    world_end(&w);
}

/* Sweden joined in March 2024: on the day before, its past support is no Ally's. */
static void a_group_is_its_members_of_that_day(void)
{
    struct world w;
    steady(&w);
    world_member(&w, w.giver[4], book_record(w.book, 2)->id, day_from_civil(2024, 3, 7));
    struct claim c = world_claim(CLAIM_SHARE, 80, day_from_civil(2024, 3, 6));
    c.unit = "percent";
    CHECK_VERDICT(verdict(&w, &c), CLAIM_HOLDS);
    c.day++;
    c.low = c.high = (struct dec){100, 0};
    CHECK_VERDICT(verdict(&w, &c), CLAIM_HOLDS);
    world_end(&w);
}

static void what_was_known_then_is_asked_only_as_far_as_the_log_reaches(void)
{
    struct world w;
    steady(&w); /* recorded in November 2023 */
    struct claim c = world_claim(CLAIM_TOTAL, 10000, world_month_end(9));
    CHECK(!ask(&w, &c).known_then.known);
    w.cast.now_ms = INT64_C(1750000000000); /* June 2025 */
    world_give(&w, 0, M, 3, 5000000);
    c.day = day_from_civil(2024, 12, 31);
    struct claim_answer a = ask(&w, &c);
    check_number(&a.then, 86000, 0);
    check_number(&a.known_then, 36000, 0);
    world_end(&w);
}

/* --- properties --- */

static void random_giving(struct world *w, struct rng *r)
{
    world_begin(w);
    world_give(w, 0, M, 0, 100 + rng_below(r, 100000));
    world_give(w, 4, M, 0, 100 + rng_below(r, 100000));
    world_give(w, 0, M, WORLD_MONTHS - 1, 100 + rng_below(r, 100000));
    for (int i = 0; i < 120; i++) {
        world_give(w, (int)rng_below(r, WORLD_GIVERS), (int)rng_below(r, 3),
                   (int)rng_below(r, WORLD_MONTHS), 1 + rng_below(r, 10000000));
    }
}

/* A random claim whose number is the oracle's; its figure by the end of the month is num / den. */
struct truth {
    struct claim c;
    i128 num, den;
};

static int count_oracle(const struct world *w, int giver, int class, int to)
{
    int n = 0;
    for (int g = 0; g < WORLD_GIVERS - 1; g++) {
        if (giver >= 0 ? g != giver : giver == -2 && !w->ally[g]) continue;
        n += world_sum(w, g, class, 0, to) > 0;
    }
    return n;
}

static struct truth random_truth(const struct world *w, struct rng *r)
{
    int month = (int)rng_below(r, WORLD_MONTHS), giver = (int)rng_below(r, 3) - 2;
    int class = rng_one_in(r, 3) ? -1 : M;
    if (giver == 0) giver = rng_one_in(r, 2) ? 0 : 4; /* Germany, Japan */
    struct truth t = {.c = world_claim((enum claim_measure)rng_below(r, CLAIM_MEASURE_COUNT), 0,
                                       world_month_end(month)),
                      .den = 100};
    if (giver == -1) t.c.subjects = 0;
    if (giver >= 0) t.c.subject[0] = world_keys[giver];
    if (class < 0) t.c.classes = 0;
    int whole = (month + 1) / 12; /* years that are over */
    switch (t.c.measure) {
    case CLAIM_SHARE:
        t.c.unit = "percent";
        t.num = 100 * (i128)world_sum(w, giver, class, 0, month);
        t.den = world_sum(w, -1, class, 0, month);
        break;
    case CLAIM_TOTAL: t.num = world_sum(w, giver, class, 0, month); break;
    case CLAIM_YEARLY:
        if (!whole) whole = 1; /* then is not known, and now is the statement's own year */
        t.num = world_sum(w, giver, class, 0, 12 * whole - 1);
        t.den = 100 * whole;
        break;
    case CLAIM_COUNT:
        t.c.unit = "country";
        t.num = count_oracle(w, giver, class, month);
        t.den = 1;
        break;
    default:
        t.c.unit = "times";
        t.c.base_year = WORLD_FIRST;
        t.c.year = WORLD_FIRST + 1;
        t.num = world_sum(w, giver, class, 12, 23);
        t.den = world_sum(w, giver, class, 0, 11);
    }
    return t;
}

/* num / den times percent / 100, to four decimals. */
static void say(struct claim *c, const struct truth *t, int percent)
{
    i128 n = div_half_even(t->num * percent * 100, t->den);
    c->low = c->high = (struct dec){(int64_t)n, 4};
    c->last_digit = (struct dec){1, 4};
}

static void a_true_number_holds_and_a_third_more_or_less_turns(struct rng *r)
{
    struct world w;
    random_giving(&w, r);
    for (int i = 0; i < 20 && tap_this_ok; i++) {
        struct truth t = random_truth(&w, r);
        struct claim c = t.c;
        if (t.den <= 0 || t.num <= 0) continue;
        say(&c, &t, 100);
        if (c.low.n < 3000) continue; /* so that four decimals can tell a third */
        struct claim_answer a = ask(&w, &c);
        CHECK_VERDICT(a.verdict, CLAIM_HOLDS);
        if (!tap_this_ok) printf("# %s: %s\n", claim_measure_name(c.measure), a.why);
        for (int k = 0; k < 2; k++) {
            say(&c, &t, k ? 134 : 66);
            c.bound = rng_one_in(r, 2) ? BOUND_ABOUT : BOUND_EXACT;
            CHECK(verdict(&w, &c) != CLAIM_HOLDS);
            c.bound = k ? BOUND_MORE : BOUND_LESS;
            CHECK(verdict(&w, &c) != CLAIM_HOLDS);
            c.bound = k ? BOUND_LESS : BOUND_MORE;
            CHECK_VERDICT(verdict(&w, &c), CLAIM_ROUGHLY); /* true, and far away */
        }
        say(&c, &t, 104);
        c.bound = BOUND_ABOUT;
        CHECK_VERDICT(verdict(&w, &c), CLAIM_HOLDS);
        say(&c, &t, 107);
        enum claim_verdict v = verdict(&w, &c);
        CHECK(v == CLAIM_ROUGHLY || (v == CLAIM_UNKNOWN && c.measure == CLAIM_COUNT));
    }
    world_end(&w);
}

/* The rows of the subjects are the figure: nothing is in it that is not shown. */
static void rows_add_up_to_the_figure(struct rng *r)
{
    struct world w;
    random_giving(&w, r);
    for (int i = 0; i < 20 && tap_this_ok; i++) {
        struct truth t = random_truth(&w, r);
        if (t.c.measure != CLAIM_TOTAL && t.c.measure != CLAIM_YEARLY) continue;
        t.c.day -= (int32_t)rng_below(r, 20); /* somewhere in the month */
        struct claim_answer a = ask(&w, &t.c);
        i128 then = 0, now = 0, all = 0;
        for (uint32_t k = 0; k < a.count; k++) {
            if (a.rows[k].subject) then += a.rows[k].then;
            if (a.rows[k].subject) now += a.rows[k].now;
            all += a.rows[k].now;
        }
        bool yearly = t.c.measure == CLAIM_YEARLY;
        i128 years = yearly && a.year ? a.year - a.year_first + 1 : 1;
        i128 years_then = yearly && a.year_then ? a.year_then - a.year_first + 1 : 1;
        if (a.then.known) {
            check_number(&a.then, (int64_t)div_half_even(then, years_then), 2);
        }
        if (a.now.known) check_number(&a.now, (int64_t)div_half_even(now, years), 2);
        if (a.now.known) check_number(&a.all, (int64_t)div_half_even(all, years), 2);
    }
    world_end(&w);
}

static void true_numbers_hold_and_changed_ones_turn(void)
{
    seeds_run(60, a_true_number_holds_and_a_third_more_or_less_turns);
}

static void rows_are_the_figure(void)
{
    seeds_run(40, rows_add_up_to_the_figure);
}

int main(void)
{
    RUN(a_share_is_of_all_givers);
    RUN(a_total_is_what_was_effective_by_the_day);
    RUN(a_yearly_amount_is_of_whole_years_only);
    RUN(a_year_that_the_book_has_not_whole_is_no_year);
    RUN(countries_are_nations_that_gave);
    RUN(growth_is_of_one_whole_year_over_another);
    RUN(each_bound_has_its_edge);
    RUN(a_bare_number_is_good_to_half_of_its_last_digit);
    RUN(within_its_month_a_sum_is_told_only_if_both_ends_agree);
    RUN(before_the_book_begins_only_a_bound_that_holds_already_holds);
    RUN(behind_the_end_of_the_book_nothing_is_told);
    RUN(a_part_is_not_compared_with_the_whole);
    RUN(who_is_not_in_the_book_is_not_measured);
    RUN(commitments_without_class_are_stood_in_for_by_allocations);
    RUN(a_group_is_its_members_of_that_day);
    RUN(what_was_known_then_is_asked_only_as_far_as_the_log_reaches);
    RUN(true_numbers_hold_and_changed_ones_turn);
    RUN(rows_are_the_figure);
    return tap_done();
}
