/*
 * law10_test.c - whole numbers: what does not fit is refused, what fits is exact.
 *
 * Quantities here live at the ends of 64 bits. The oracle adds them in 128
 * bits one by one, and decimals as digits on paper.
 */
#include "base/dec.h"
#include "trial.h"

/* What lines hold, kept or summed, is what the oracle and the rows say. */
static void check_held(struct trial *t, const struct clocks *at)
{
    const struct columns *c = book_columns(t->book);
    const struct held *held = book_held(&t->arena, t->book, at);
    for (uint32_t line = 0; line < TRIAL_LINES && tap_this_ok; line++) {
        i128 came[STAGE_COUNT] = {0};
        for (uint32_t row = 0; row < book_rows_known(t->book, at->known); row++) {
            if (c->line[row] != line || !row_seen(c, row, at)) continue;
            bool back = c->flags[row] & ROW_REVERSAL;
            came[back ? row_from(c, row) : row_to(c, row)] += back ? -c->qty[row] : c->qty[row];
            if (row_to(c, row) != STAGE_DELIVERED || back) continue;
            CHECK(c->day[row] >= held[line].first && c->day[row] <= held[line].last);
        }
        for (int stage = 1; stage < STAGE_COUNT; stage++) {
            CHECK(held[line].at[stage] == oracle_at(&t->oracle, t->lines[line], stage,
                                                    at->effective, at->known, at->confirmed));
            CHECK(held[line].came[stage] == came[stage]);
        }
    }
}

static void huge_entries(struct rng *r)
{
    static const int64_t most[] = {INT64_MAX, INT64_MAX / 4, INT64_MAX / 8, 3};
    struct trial t;
    trial_begin(&t);
    for (int i = 0; i < 60 && tap_this_ok; i++) {
        struct oracle_entry e = trial_random(&t, r, most[rng_below(r, 4)]);
        if (!e.reverses && rng_one_in(r, 8)) e.qty = INT64_MAX / 4 - (int64_t)rng_below(r, 2);
        if (!e.reverses && rng_one_in(r, 8)) e.qty = INT64_MAX - (int64_t)rng_below(r, 2);
        trial_post(&t, &e);
    }
    for (int i = 0; i < 5; i++) {
        struct clocks at = CLOCKS_NOW;
        if (i && !rng_one_in(r, 3)) at.effective = (int32_t)rng_below(r, TRIAL_DAYS + 2);
        if (i && rng_one_in(r, 2)) at.known = book_last_ms(t.book) - (int64_t)rng_below(r, 40);
        at.confirmed = i && rng_one_in(r, 3);
        check_held(&t, &at);
    }
    /* All lines as one group: beyond what 64 bits would wrap at three quarters of. */
    uint32_t key[TRIAL_LINES] = {0, 0, 0};
    struct clocks now = CLOCKS_NOW;
    struct sums sums;
    book_sum(t.book, &now, key, 1, &sums);
    for (int stage = 1; stage < STAGE_COUNT; stage++) {
        oracle_int want = 0;
        for (int line = 0; line < TRIAL_LINES; line++) {
            want += oracle_at(&t.oracle, t.lines[line], stage, DAY_MAX, INT64_MAX, false);
        }
        CHECK(sums.at[stage] == want);
    }
    trial_end(&t);
}

static void at_the_limits_sums_are_exact_and_overflow_is_refused(void)
{
    seeds_run(400, huge_entries);
}

static void a_group_may_sum_to_more_than_64_bits(void)
{
    enum { LINES = 40 };
    struct arena a = {0};
    struct cast c;
    struct record *first[CAST_FIRST];
    struct book *b = book_new(&a);
    uint32_t key[LINES + 1] = {0};
    struct clocks now = CLOCKS_NOW;
    struct sums sums;
    cast_begin(&c, &a, first);
    for (int i = 0; i < CAST_FIRST; i++) GOOD(book_apply(b, first[i], oops));
    for (int i = 0; i < LINES; i++) {
        char name[8];
        snprintf(name, sizeof name, "L%d", i);
        struct record *line = cast_line(&c, name);
        GOOD(book_apply(b, line, oops));
        struct record *e = cast_entry(&c, line->id, STAGE_WORLD, STAGE_COMMITTED, INT64_MAX / 4, 1);
        GOOD(book_apply(b, e, oops));
    }
    book_sum(b, &now, key, 1, &sums);
    CHECK(sums.at[STAGE_COMMITTED] == (i128)(INT64_MAX / 4) * LINES);
    /* The same where not all is seen, so that the entries are added up one by one. */
    struct record *last = cast_line(&c, "later");
    GOOD(book_apply(b, last, oops));
    struct record *later = cast_entry(&c, last->id, STAGE_WORLD, STAGE_COMMITTED, 1, 5);
    GOOD(book_apply(b, later, oops));
    const struct clocks before = {.effective = 4, .known = INT64_MAX};
    book_sum(b, &before, key, 1, &sums);
    CHECK(sums.at[STAGE_COMMITTED] == (i128)(INT64_MAX / 4) * LINES);
    CHECK(sums_reached(&sums, STAGE_ANNOUNCED) == (i128)(INT64_MAX / 4) * LINES);
    int64_t out = 7;
    struct err err = {0};
    CHECK(narrow(sums.at[STAGE_COMMITTED], &out, "the total", &err) == RC_RULE && out == 7);
    CHECK(strstr(err.msg, "the total") != NULL);
    CHECK(!narrow(INT64_MAX, &out, "it", &err) && out == INT64_MAX);
    CHECK(!narrow(INT64_MIN, &out, "it", &err) && out == INT64_MIN);
    CHECK(narrow((i128)INT64_MIN - 1, &out, "it", &err) == RC_RULE);
    arena_free(&a);
}

/* --- decimals as digits on paper --- */

/* n / 10^scale with `places` decimals, half to even, by looking at the digits. */
static void round_on_paper(const char *digits, int scale, int places, bool negative, char *out)
{
    char all[80];
    snprintf(all, sizeof all, "%0*d%s", scale + 20 > 60 ? 60 - (int)strlen(digits) : 30, 0, digits);
    int len = (int)strlen(all), keep = len - (scale - places);
    bool up = false;
    if (keep < len) {
        bool rest = false;
        for (int i = keep + 1; i < len; i++) rest |= all[i] != '0';
        up = all[keep] > '5' || (all[keep] == '5' && (rest || (all[keep - 1] - '0') % 2));
        all[keep] = '\0';
    }
    for (int i = keep - 1; up; i--) {
        up = all[i] == '9';
        all[i] = up ? '0' : (char)(all[i] + 1);
    }
    char *from = all;
    while (*from == '0' && from[1]) from++;
    sprintf(out, "%s%s", negative && strcmp(from, "0") != 0 ? "-" : "", from);
}

static void random_rounding(struct rng *r)
{
    struct arena a = {0};
    for (int i = 0; i < 40 && tap_this_ok; i++) {
        char digits[40], want[100];
        int64_t n = (int64_t)(rng_next(r) >> (1 + rng_below(r, 62)));
        if (rng_one_in(r, 3)) n = n / 1000 * 1000 + 500; /* ties */
        int scale = (int)rng_below(r, 16), places = (int)rng_below(r, (uint32_t)scale + 1);
        bool negative = rng_one_in(r, 2), exact;
        int64_t got = 0;
        struct err err;
        snprintf(digits, sizeof digits, "%" PRId64, n);
        round_on_paper(digits, scale, places, negative, want);
        CHECK(!dec_to_parts((struct dec){negative ? -n : n, scale}, places, &got, &exact, &err));
        CHECK_TEXT(parts_format(&a, got, 0, 0, 0), want);
        int64_t by = 1;
        for (int k = places; k < scale; k++) by *= 10;
        CHECK(exact == (n % by == 0));
    }
    arena_free(&a);
}

static void rounding_agrees_with_digits_on_paper(void)
{
    seeds_run(400, random_rounding);
}

static void what_does_not_fit_is_refused(void)
{
    struct err err = {0};
    int64_t parts = 7;
    i128 out = 7;
    CHECK(dec_to_parts((struct dec){INT64_MAX, 0}, 2, &parts, NULL, &err) == RC_RULE);
    CHECK(dec_to_parts((struct dec){INT64_MIN, 0}, 18, &parts, NULL, &err) == RC_RULE);
    CHECK_I64(parts, 7);
    CHECK(!dec_to_parts((struct dec){INT64_MAX, 18}, 18, &parts, NULL, &err));
    CHECK_I64(parts, INT64_MAX);
    struct dec one = {1, 0}, huge = {INT64_MAX, 0};
    CHECK(parts_convert(power10(36), 2, huge, one, 2, &out, &err) == RC_RULE && out == 7);
    CHECK(parts_convert(-power10(36), 2, huge, one, 2, &out, &err) == RC_RULE && out == 7);
    CHECK(!parts_convert((i128)INT64_MAX * 4, 2, one, one, 2, &out, &err));
    CHECK(out == (i128)INT64_MAX * 4);
    /* 10.00 EUR at 1.0956 USD and back, one rounding each */
    struct dec rate = {10956, 4};
    CHECK(!parts_convert(1000, 2, rate, one, 2, &out, &err) && out == 1096);
    CHECK(!parts_convert(1096, 2, one, rate, 2, &out, &err) && out == 1000);
    CHECK(!parts_convert(5, 0, one, (struct dec){2, 0}, 0, &out, &err) && out == 2); /* to even */
}

int main(void)
{
    RUN(at_the_limits_sums_are_exact_and_overflow_is_refused);
    RUN(a_group_may_sum_to_more_than_64_bits);
    RUN(rounding_agrees_with_digits_on_paper);
    RUN(what_does_not_fit_is_refused);
    return tap_done();
}
