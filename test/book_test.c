/*
 * book_test.c - what the book refuses, and that a refusal changes nothing.
 *
 * Positions against an oracle are law 1's test, the past is law 3's.
 */
#include "book/image.h"

#include "base/text.h"
#include "draft.h"
#include "tap.h"

struct shelf {
    struct arena arena;
    struct cast cast;
    struct book *book;
    uint64_t line;
    struct record *committed;
};

static void shelf_begin(struct shelf *s)
{
    struct record *first[CAST_FIRST];
    *s = (struct shelf){.line = 0};
    s->book = book_new(&s->arena);
    cast_begin(&s->cast, &s->arena, first);
    for (int i = 0; i < CAST_FIRST; i++) GOOD(book_apply(s->book, first[i], oops));
    struct record *line = cast_line(&s->cast, "L");
    s->line = line->id;
    GOOD(book_apply(s->book, line, oops));
    s->committed = cast_entry(&s->cast, s->line, STAGE_WORLD, STAGE_COMMITTED, 10, 5);
    GOOD(book_apply(s->book, s->committed, oops));
}

/* All that can be asked of a book, as text. */
static const char *everything(struct shelf *s)
{
    struct buf out = {.arena = &s->arena};
    const struct book *b = s->book;
    const struct columns *c = book_columns(b);
    uint32_t lines;
    buf_addf(&out, "head %" PRIu64 " at %" PRId64 "\n", book_head(b), book_last_ms(b));
    for (uint32_t row = 0; row < c->count; row++) {
        buf_addf(&out, "%u: %u %" PRId64 " %d %d %d %u %u\n", row, c->line[row], c->qty[row],
                 (int)c->day[row], c->stages[row], c->flags[row], c->corrects[row], c->prev[row]);
    }
    const struct line *line = book_lines(b, &lines);
    for (uint32_t i = 0; i < lines; i++) buf_addf(&out, "line %u %u\n", i, line[i].last_row);
    for (uint32_t noun = 0; noun < book_noun_count(b); noun++) {
        const struct latest *l = book_latest(b, noun);
        buf_addf(&out, "%s %u %" PRIu64 "\n", book_key(b, noun), l->versions, (uint64_t)l->id);
    }
    for (int kind = 1; kind < KIND_COUNT; kind++) {
        uint32_t count;
        book_records(b, (enum kind)kind, &count);
        buf_addf(&out, "%d: %u ", kind, count);
    }
    return out.text;
}

/* Refused in these words, and the book is as it was. */
static void refused(struct shelf *s, struct record *r, const char *words)
{
    struct err err = {0};
    const char *before = everything(s);
    CHECK(book_apply(s->book, r, &err) == RC_RULE);
    CHECK(strstr(err.msg, words) != NULL);
    CHECK_TEXT(everything(s), before);
    CHECK(!book_has(s->book, r->id) || r->id <= book_head(s->book));
    if (!tap_this_ok) printf("# wanted '%s': %s\n", words, err.msg);
}

static struct record *move(struct shelf *s, enum stage from, enum stage to, int64_t qty,
                           int32_t day)
{
    return cast_entry(&s->cast, s->line, from, to, qty, day);
}

static void a_refused_record_changes_nothing(void)
{
    struct shelf s;
    struct record *r;
    shelf_begin(&s);
    struct cast *c = &s.cast;
    refused(&s, move(&s, STAGE_COMMITTED, STAGE_DELIVERED, 11, 9), "it holds 10");
    refused(&s, move(&s, STAGE_COMMITTED, STAGE_DELIVERED, 1, 4), "it holds 0"); /* a day early */
    refused(&s, move(&s, STAGE_DISPATCHED, STAGE_DELIVERED, 1, 9), "it holds 0");
    refused(&s, move(&s, STAGE_COMMITTED, STAGE_ANNOUNCED, 1, 9), "take the entry back");
    refused(&s, move(&s, STAGE_COMMITTED, STAGE_WORLD, 1, 9), "by taking an entry back");
    refused(&s, move(&s, STAGE_COMMITTED, STAGE_COMMITTED, 1, 9), "to itself");
    refused(&s, move(&s, STAGE_WORLD, STAGE_LOST, 1, 9), "never was in the book");
    refused(&s, move(&s, STAGE_LAPSED, STAGE_LOST, 1, 9), "moves no more");
    refused(&s, move(&s, STAGE_WORLD, STAGE_COMMITTED, 0, 9), "no quantity");
    refused(&s, move(&s, STAGE_WORLD, STAGE_COMMITTED, INT64_MAX, 9), "more than a line can hold");

    r = move(&s, STAGE_WORLD, STAGE_COMMITTED, 1, 9);
    r->id = book_head(s.book);
    refused(&s, r, "comes after");
    r = move(&s, STAGE_WORLD, STAGE_COMMITTED, 1, 9);
    r->recorded_ms = book_last_ms(s.book) - 1;
    refused(&s, r, "before the last");
    r = move(&s, STAGE_WORLD, STAGE_COMMITTED, 1, 9);
    record_set_int(&s.arena, r, F_LINE, 4000);
    refused(&s, r, "which is not there");
    record_set_int(&s.arena, r, F_LINE, (int64_t)c->giver);
    refused(&s, r, "points at a party");
    r = move(&s, STAGE_WORLD, STAGE_COMMITTED, 1, 9);
    record_set_ref(&s.arena, r, F_PASSAGE, r->id); /* itself */
    refused(&s, r, "which is not there");

    struct record *rate = cast_new(c, KIND_RATE);
    record_set_text(&s.arena, rate, F_SERIES, "ecb");
    record_set_text(&s.arena, rate, F_CURRENCY, "USD");
    record_set_text(&s.arena, rate, F_BASE, "EUR");
    record_set_int(&s.arena, rate, F_DAY, 3);
    record_set_dec(&s.arena, rate, F_AMOUNT, (struct dec){0, 0});
    refused(&s, rate, "a rate of nothing");
    record_set_dec(&s.arena, rate, F_AMOUNT, (struct dec){11, 1});
    record_set_text(&s.arena, rate, F_CURRENCY, "DOLLAR");
    refused(&s, rate, "three letters");
    arena_free(&s.arena);
}

static void a_reversal_is_the_exact_mirror(void)
{
    static const enum tag parts[] = {F_QTY, F_DAY, F_FROM};
    struct shelf s;
    shelf_begin(&s);
    for (size_t i = 0; i < 3; i++) {
        struct record *r = cast_reversal(&s.cast, s.committed);
        record_set_int(&s.arena, r, parts[i], record_int(r, parts[i], 0) + 1);
        refused(&s, r, "mirrors entry");
    }
    struct record *r = cast_reversal(&s.cast, s.committed);
    struct record *other = cast_line(&s.cast, "M");
    other->id = book_head(s.book) + 1;
    GOOD(book_apply(s.book, other, oops));
    s.cast.id = 100;
    r = cast_reversal(&s.cast, s.committed);
    record_set_ref(&s.arena, r, F_LINE, other->id);
    refused(&s, r, "mirrors entry");
    r = cast_reversal(&s.cast, s.committed);
    struct record *why = cast_entry(&s.cast, s.line, STAGE_COMMITTED, STAGE_WORLD, 10, 5);
    record_set_ref(&s.arena, why, F_REVERSES, s.committed->id);
    refused(&s, why, "needs a reason");
    r = cast_reversal(&s.cast, s.committed);
    GOOD(book_apply(s.book, r, oops));
    refused(&s, cast_reversal(&s.cast, s.committed), "taken back already");
    refused(&s, cast_reversal(&s.cast, r), "takes another back");
    arena_free(&s.arena);
}

static void an_entry_that_others_rest_on_stays(void)
{
    struct shelf s;
    shelf_begin(&s);
    struct record *delivered = move(&s, STAGE_COMMITTED, STAGE_DELIVERED, 4, 9);
    GOOD(book_apply(s.book, delivered, oops));
    refused(&s, cast_reversal(&s.cast, s.committed), "it holds 6");
    GOOD(book_apply(s.book, cast_reversal(&s.cast, delivered), oops));
    GOOD(book_apply(s.book, cast_reversal(&s.cast, s.committed), oops));
    struct sums sums;
    uint32_t key = 0;
    struct clocks now = CLOCKS_NOW;
    book_sum(s.book, &now, &key, 1, &sums);
    for (int stage = 0; stage < STAGE_COUNT; stage++) {
        CHECK(sums.at[stage] == 0 && sums.entered[stage] == 0);
    }
    arena_free(&s.arena);
}

static void reached_counts_what_went_further(void)
{
    struct shelf s;
    shelf_begin(&s);
    GOOD(book_apply(s.book, move(&s, STAGE_COMMITTED, STAGE_DELIVERED, 4, 9), oops));
    GOOD(book_apply(s.book, move(&s, STAGE_COMMITTED, STAGE_WITHDRAWN, 1, 9), oops));
    struct sums sums;
    uint32_t key = 0, out = NONE;
    struct clocks at = CLOCKS_NOW;
    book_sum(s.book, &at, &key, 1, &sums);
    CHECK_I64((int64_t)sums_reached(&sums, STAGE_COMMITTED), 9);
    CHECK_I64((int64_t)sums_reached(&sums, STAGE_DISPATCHED), 4);
    CHECK_I64((int64_t)sums.entered[STAGE_COMMITTED], 10);
    at.effective = 8;
    book_sum(s.book, &at, &key, 1, &sums);
    CHECK_I64((int64_t)sums_reached(&sums, STAGE_DELIVERED), 0);
    book_sum(s.book, &at, &out, 1, &sums); /* NONE leaves the line out */
    CHECK_I64((int64_t)sums.at[STAGE_COMMITTED], 0);
    arena_free(&s.arena);
}

static void a_noun_is_what_its_versions_were(void)
{
    struct shelf s;
    shelf_begin(&s);
    int64_t before = book_last_ms(s.book);
    uint32_t noun = book_noun(s.book, KIND_PARTY, "DEU");
    CHECK_TEXT(book_name(s.book, noun, INT64_MAX), "DEU"); /* no name: its key */
    struct record *r = cast_party(&s.cast, "DEU");
    record_set_text(&s.arena, r, F_NAME, "Germany");
    GOOD(book_apply(s.book, r, oops));
    CHECK(book_noun_of(s.book, r->id) == noun && book_noun_of(s.book, s.cast.giver) == noun);
    CHECK_TEXT(book_name(s.book, noun, INT64_MAX), "Germany");
    CHECK_TEXT(book_name(s.book, noun, before), "DEU");
    CHECK(book_version(s.book, noun, 0) == NULL);
    CHECK_I64(book_latest(s.book, noun)->versions, 2);
    const struct record *kept = book_record(s.book, r->id),
                        *old = book_record(s.book, s.cast.giver);
    CHECK(book_current(s.book, kept, INT64_MAX) && !book_current(s.book, kept, before));
    CHECK(!book_current(s.book, old, INT64_MAX) && book_current(s.book, old, before));
    CHECK(book_noun(s.book, KIND_ITEM, "DEU") == NONE && book_noun(s.book, KIND_PARTY, "") == NONE);
    CHECK(!book_record(s.book, 4000) && !book_record(s.book, 0) && !book_has(s.book, 0));
    CHECK(book_row(s.book, s.line) == NONE && book_line(s.book, s.committed->id) == NONE);
    arena_free(&s.arena);
}

static void membership_has_its_days(void)
{
    struct shelf s;
    shelf_begin(&s);
    struct record *group = cast_party(&s.cast, "G"), *m = cast_new(&s.cast, KIND_MEMBERSHIP);
    GOOD(book_apply(s.book, group, oops));
    m->id = ++s.cast.id;
    record_set_ref(&s.arena, m, F_PARTY, s.cast.giver);
    record_set_ref(&s.arena, m, F_PARENT, group->id);
    record_set_int(&s.arena, m, F_SINCE, 10);
    record_set_int(&s.arena, m, F_UNTIL, 20);
    m->recorded_ms = s.cast.now_ms += 1000;
    GOOD(book_apply(s.book, m, oops));
    uint32_t deu = book_noun(s.book, KIND_PARTY, "DEU"), ukr = book_noun(s.book, KIND_PARTY, "UKR");
    uint32_t g = book_noun(s.book, KIND_PARTY, "G");
    static const struct {
        int32_t day;
        bool in;
    } want[] = {{9, false}, {10, true}, {20, true}, {21, false}};
    for (size_t i = 0; i < 4; i++) {
        CHECK(book_member(s.book, deu, g, want[i].day, INT64_MAX) == want[i].in);
    }
    CHECK(!book_member(s.book, ukr, g, 15, INT64_MAX) &&
          !book_member(s.book, g, deu, 15, INT64_MAX));
    CHECK(!book_member(s.book, deu, g, 15, m->recorded_ms - 1)); /* not known yet */
    arena_free(&s.arena);
}

/* A publisher of months says "March"; who asks on the tenth must be able to tell. */
static void an_entry_of_a_month_is_marked_and_so_is_what_takes_it_back(void)
{
    struct shelf s;
    shelf_begin(&s);
    struct record *e = cast_entry(&s.cast, s.line, STAGE_WORLD, STAGE_COMMITTED, 3, 30);
    record_set_int(&s.arena, e, F_PRECISION, PRECISION_MONTH);
    GOOD(book_apply(s.book, e, oops));
    GOOD(book_apply(s.book, cast_reversal(&s.cast, e), oops));
    const struct columns *c = book_columns(s.book);
    CHECK_I64(c->flags[0] & ROW_MONTH, 0);
    CHECK_I64(c->flags[1] & ROW_MONTH, ROW_MONTH);
    CHECK_I64(c->flags[2] & ROW_MONTH, ROW_MONTH);
    arena_free(&s.arena);
}

/* Its own, that of what it takes back, and none behind the question's day; also in a copy. */
static void a_value_date_says_whose_rate_holds(void)
{
    struct shelf s;
    struct arena other = {0};
    shelf_begin(&s);
    struct record *plain = cast_entry(&s.cast, s.line, STAGE_WORLD, STAGE_COMMITTED, 3, 30);
    GOOD(book_apply(s.book, plain, oops));
    struct record *e = cast_entry(&s.cast, s.line, STAGE_WORLD, STAGE_COMMITTED, 3, 30);
    record_set_int(&s.arena, e, F_VALUED, 90);
    GOOD(book_apply(s.book, e, oops));
    struct record *early = cast_entry(&s.cast, s.line, STAGE_WORLD, STAGE_COMMITTED, 3, 30);
    record_set_int(&s.arena, early, F_VALUED, 10);
    GOOD(book_apply(s.book, early, oops));
    GOOD(book_apply(s.book, cast_reversal(&s.cast, e), oops));
    const struct clocks all = CLOCKS_NOW, then = {.effective = 40, .known = INT64_MAX};
    const struct book *both[] = {s.book, book_copy(&other, s.book)};
    CHECK(book_same(both[0], both[1]));
    for (int i = 0; i < 2; i++) {
        uint32_t last = book_columns(both[i])->count - 1;
        CHECK_I64(book_rate_day(both[i], last - 3, &all), 30);
        CHECK_I64(book_rate_day(both[i], last - 2, &all), 90);
        CHECK_I64(book_rate_day(both[i], last - 1, &all), 10);
        CHECK_I64(book_rate_day(both[i], last, &all), 90);
        CHECK_I64(book_rate_day(both[i], last - 2, &then), 40);
        CHECK_I64(book_rate_day(both[i], last - 1, &then), 10);
    }
    arena_free(&other);
    arena_free(&s.arena);
}

int main(void)
{
    RUN(a_value_date_says_whose_rate_holds);
    RUN(an_entry_of_a_month_is_marked_and_so_is_what_takes_it_back);
    RUN(a_refused_record_changes_nothing);
    RUN(a_reversal_is_the_exact_mirror);
    RUN(an_entry_that_others_rest_on_stays);
    RUN(reached_counts_what_went_further);
    RUN(a_noun_is_what_its_versions_were);
    RUN(membership_has_its_days);
    return tap_done();
}
