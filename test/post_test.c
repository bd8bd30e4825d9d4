/*
 * post_test.c - what of a publisher's file is news.
 *
 * The oracle of the random test is the law itself: whatever states came in,
 * in whatever order and how often, the book stands where the newest says.
 */
#include "desk.h"
#include "seed.h"

static void the_same_file_twice_adds_nothing(void)
{
    struct desk d;
    desk_begin(&d);
    for (int i = 0; i < 3; i++) {
        struct paper *p = paper_new(&d, 1000);
        paper_row(p, "pub/a", 10, 8);
        paper_row(p, "pub/b", 5, 0);
        uint64_t wrote = desk_import(&d, p);
        CHECK((wrote == 0) == (i > 0));
        CHECK(i == 0 || (d.last.added == 0 && d.last.restated == 0 && d.last.removed == 0));
        CHECK_TEXT(desk_stands(&d), "pub/a committed 2 delivered 8; pub/b committed 5");
    }
    desk_check_fold(&d);
    desk_end(&d);
}

static void a_new_retrieval_of_the_same_figures_is_a_state_and_no_more(void)
{
    struct desk d;
    desk_begin(&d);
    struct paper *p = paper_new(&d, 1000);
    paper_row(p, "pub/a", 10, 8);
    desk_import(&d, p);
    p = paper_new(&d, 2000); /* another file, later, other passages, the same content */
    paper_row(p, "pub/a", 10, 8);
    CHECK_I64((int64_t)desk_import(&d, p), 1); /* that it was still so at 2000 */
    CHECK_I64((int64_t)desk_import(&d, p), 0);
    p = paper_new(&d, 1500); /* what was said between the two is older than the second */
    paper_row(p, "pub/a", 99, 0);
    desk_import(&d, p);
    CHECK_TEXT(desk_stands(&d), "pub/a committed 2 delivered 8");
    desk_end(&d);
}

static void a_value_no_longer_stated_counts_no_more(void)
{
    struct desk d;
    desk_begin(&d);
    for (int i = 0; i < 3; i++) {
        struct paper *p = paper_new(&d, 1000 * (i + 1));
        paper_row(p, "pub/a", 10, 0);
        if (i != 1) {
            struct record *v = intake_add(&p->in, KIND_VALUE);
            record_set_text(p->in.arena, v, F_KEY, "pub/a/value");
            record_set_key(p->in.arena, v, F_OF, "pub/a");
            record_set_int(p->in.arena, v, F_TO, STAGE_COMMITTED);
            record_set_text(p->in.arena, v, F_BASIS, "stated");
            record_set_text(p->in.arena, v, F_CURRENCY, "EUR");
            record_set_int(p->in.arena, v, F_LOW, 700);
            record_set_int(p->in.arena, v, F_HIGH, 700);
            record_set_int(p->in.arena, v, F_STATED, p->in.stated_ms);
        }
        desk_import(&d, p);
        CHECK_I64((int64_t)d.last.removed, i == 1);
        const struct record *now =
            book_version(d.view.book, book_noun(d.view.book, KIND_VALUE, "pub/a/value"), INT64_MAX);
        CHECK_I64(record_int(now, F_LOW, -1), i == 1 ? -1 : 700);
    }
    desk_check_fold(&d);
    desk_end(&d);
}

/* A row that cannot be right is flagged; what the book held before stays, and again is no news. */
static void a_restatement_that_the_book_refuses_changes_nothing(void)
{
    struct desk d;
    desk_begin(&d);
    struct paper *p = paper_new(&d, 1000);
    paper_row(p, "pub/a", 10, 8);
    desk_import(&d, p);
    for (int again = 0; again < 2; again++) {
        p = paper_new(&d, 2000);
        paper_row(p, "pub/a", 10, 12); /* more delivered than was committed */
        uint64_t wrote = desk_import(&d, p);
        CHECK_I64((int64_t)d.last.refused, 1);
        CHECK((wrote == 0) == again);
        CHECK_TEXT(desk_stands(&d), "pub/a committed 2 delivered 8");
    }
    p = paper_new(&d, 3000);
    paper_row(p, "pub/a", 15, 12);
    desk_import(&d, p);
    CHECK_I64((int64_t)d.last.refused, 0);
    CHECK_TEXT(desk_stands(&d), "pub/a committed 3 delivered 12");
    desk_check_fold(&d);
    desk_end(&d);
}

/* The committed stage holds nothing until the deliveries of the old state have gone. */
static void deliveries_under_new_keys_take_the_place_of_those_no_longer_stated(void)
{
    struct desk d;
    desk_begin(&d);
    struct paper *p = paper_new(&d, 1000);
    paper_line(p, "pub/a", NULL);
    paper_entry(p, "pub/a", "committed", STAGE_WORLD, STAGE_COMMITTED, 10, 10);
    paper_entry(p, "pub/a", "delivery 1", STAGE_COMMITTED, STAGE_DELIVERED, 10, 20);
    desk_import(&d, p);
    for (int again = 0; again < 2; again++) {
        p = paper_new(&d, 2000);
        paper_line(p, "pub/a", NULL);
        paper_entry(p, "pub/a", "delivery 2", STAGE_COMMITTED, STAGE_DELIVERED, 4, 15);
        paper_entry(p, "pub/a", "delivery 3", STAGE_COMMITTED, STAGE_DELIVERED, 5, 30);
        paper_entry(p, "pub/a", "committed", STAGE_WORLD, STAGE_COMMITTED, 10, 10);
        uint64_t wrote = desk_import(&d, p);
        CHECK((wrote == 0) == again);
        CHECK_I64((int64_t)d.last.refused, 0);
        CHECK_I64((int64_t)d.last.removed, !again);
        CHECK_I64((int64_t)d.last.added, again ? 0 : 5); /* with their passage, file and state */
        CHECK_TEXT(desk_stands(&d), "pub/a committed 1 delivered 9");
    }
    desk_check_fold(&d);
    desk_end(&d);
}

static void a_restated_entry_is_reversed_and_posted_again(void)
{
    struct desk d;
    desk_begin(&d);
    struct paper *p = paper_new(&d, 1000);
    paper_row(p, "pub/a", 10, 0);
    desk_import(&d, p);
    int64_t then = d.now_ms;
    p = paper_new(&d, 2000);
    paper_row(p, "pub/a", 12, 0);
    desk_import(&d, p);
    CHECK_I64((int64_t)d.last.restated, 1);
    CHECK_TEXT(desk_stands(&d), "pub/a committed 12");
    const struct columns *c = book_columns(d.view.book);
    CHECK_I64(c->count, 3);
    CHECK(c->flags[0] == ROW_REVERSED && c->flags[1] == ROW_REVERSAL && c->corrects[1] == 0);
    struct clocks at = {.effective = DAY_MAX, .known = then};
    CHECK_TEXT(desk_positions(&d, d.view.book, at), "pub/a committed 10");
    desk_check_fold(&d);
    desk_end(&d);
}

static void what_rests_on_a_restated_entry_is_built_again(void)
{
    struct desk d;
    desk_begin(&d);
    struct paper *p = paper_new(&d, 1000);
    paper_row(p, "pub/a", 10, 8);
    desk_import(&d, p);
    p = paper_new(&d, 2000);
    paper_row(p, "pub/a", 5, 4); /* 10 cannot be taken back while 8 of it are delivered */
    desk_import(&d, p);
    CHECK_I64((int64_t)d.last.refused, 0);
    CHECK_TEXT(desk_stands(&d), "pub/a committed 1 delivered 4");
    p = paper_new(&d, 3000);
    paper_row(p, "pub/a", 3, 0); /* lower, and the delivery gone */
    desk_import(&d, p);
    CHECK_I64((int64_t)d.last.refused, 0);
    CHECK_TEXT(desk_stands(&d), "pub/a committed 3");
    p = paper_new(&d, 3000);
    paper_row(p, "pub/a", 3, 0);
    CHECK_I64((int64_t)desk_import(&d, p), 0);
    desk_check_fold(&d);
    desk_end(&d);
}

static void what_is_no_longer_stated_is_taken_back_whole(void)
{
    struct desk d;
    desk_begin(&d);
    struct paper *p = paper_new(&d, 1000);
    paper_row(p, "pub/a", 10, 8); /* the delivery rests on the commitment */
    paper_row(p, "pub/b", 5, 0);
    desk_import(&d, p);
    for (int i = 0; i < 2; i++) {
        p = paper_new(&d, 2000);
        paper_row(p, "pub/b", 5, 0);
        uint64_t wrote = desk_import(&d, p);
        CHECK_I64((int64_t)wrote, i ? 0 : 3); /* two reversals, and the state */
        CHECK_I64((int64_t)d.last.removed, i ? 0 : 2);
        CHECK_TEXT(desk_stands(&d), "pub/b committed 5");
    }
    CHECK_I64(p->in.diag_count, 0);
    desk_check_fold(&d);
    desk_end(&d);
}

static void other_publishers_entries_are_left_alone(void)
{
    struct desk d;
    desk_begin(&d);
    struct paper *p = paper_new(&d, 1000);
    paper_row(p, "pub/a", 10, 0);
    paper_row(p, "other/a", 7, 0);
    desk_import(&d, p);
    p = paper_new(&d, 2000);
    desk_import(&d, p); /* "pub/" is empty now */
    CHECK_TEXT(desk_stands(&d), "other/a committed 7");
    p = paper_new(&d, 1000);
    paper_row(p, "pub/a", 10, 0);
    desk_import(&d, p); /* the older state again: it does not bring back what went */
    CHECK_TEXT(desk_stands(&d), "other/a committed 7");
    p = paper_new(&d, 3000);
    paper_row(p, "pub/a", 10, 0);
    desk_import(&d, p); /* a newer one does */
    CHECK_TEXT(desk_stands(&d), "pub/a committed 10; other/a committed 7");
    desk_end(&d);
}

static void what_a_person_took_back_stays_taken_back(void)
{
    struct desk d;
    desk_begin(&d);
    struct paper *p = paper_new(&d, 1000);
    paper_row(p, "pub/a", 10, 0);
    desk_import(&d, p);
    struct posting undo = desk_posting(&d);
    uint64_t id = 0;
    GOOD(posting_reverse(&undo, desk_row(&d, "pub/a/committed"), "typed twice", "desk:anna", NULL,
                         &id, oops));
    GOOD(posting_commit(&undo, oops));
    CHECK(id == d.view.head.last);
    CHECK_TEXT(desk_stands(&d), "");
    for (int64_t stated = 1000; stated <= 2000; stated += 1000) {
        p = paper_new(&d, stated);
        paper_row(p, "pub/a", 10, 0);
        CHECK_I64((int64_t)desk_import(&d, p), stated > 1000); /* the new state, no entry */
        CHECK_TEXT(desk_stands(&d), "");
    }
    desk_check_fold(&d);
    desk_end(&d);
}

static void a_revised_line_carries_its_entries(void)
{
    struct desk d;
    desk_begin(&d);
    struct paper *p = paper_new(&d, 1000);
    paper_row(p, "pub/a", 10, 8);
    desk_import(&d, p);
    p = paper_new(&d, 2000);
    paper_line(p, "pub/a", "now through the fund");
    paper_entry(p, "pub/a", "committed", STAGE_WORLD, STAGE_COMMITTED, 10, 10);
    paper_entry(p, "pub/a", "delivered", STAGE_COMMITTED, STAGE_DELIVERED, 8, 20);
    desk_import(&d, p);
    CHECK_TEXT(desk_stands(&d), "pub/a committed 2 delivered 8");
    uint32_t lines;
    CHECK(book_lines(d.view.book, &lines) && lines == 2);
    CHECK_I64(book_columns(d.view.book)->count, 6); /* two, two taken back, two on the new line */
    CHECK(desk_row(&d, "pub/a/delivered") != NONE);
    CHECK_I64(book_columns(d.view.book)->line[desk_row(&d, "pub/a/delivered")], 1);
    desk_check_fold(&d);
    desk_end(&d);
}

static void a_revised_line_carries_entries_whatever_was_corrected_before(void)
{
    struct desk d;
    desk_begin(&d);
    struct paper *p = paper_new(&d, 1000);
    paper_row(p, "pub/a", 10, 10);
    desk_import(&d, p);
    p = paper_new(&d, 2000); /* a second commitment; then the first is taken back */
    paper_row(p, "pub/a", 10, 10);
    paper_entry(p, "pub/a", "second", STAGE_WORLD, STAGE_COMMITTED, 10, 5);
    desk_import(&d, p);
    struct posting undo = desk_posting(&d);
    GOOD(posting_reverse(&undo, desk_row(&d, "pub/a/committed"), "booked twice", "desk:anna", NULL,
                         NULL, oops));
    GOOD(posting_commit(&undo, oops));
    CHECK_TEXT(desk_stands(&d), "pub/a delivered 10"); /* recorded before what it rests on now */
    struct posting revise = desk_posting(&d);
    struct record *line = record_copy(
        &d.arena, book_version(d.view.book, book_noun(d.view.book, KIND_LINE, "pub/a"), INT64_MAX));
    record_set_text(&d.arena, line, F_NOTE, "another depot");
    GOOD(posting_revise_line(&revise, line, "corrected", "desk:anna", NULL, oops));
    GOOD(posting_commit(&revise, oops));
    CHECK_TEXT(desk_stands(&d), "pub/a delivered 10");
    desk_check_fold(&d);
    desk_end(&d);
}

static void a_bad_revision_takes_nothing_back(void)
{
    struct desk d;
    desk_begin(&d);
    struct paper *p = paper_new(&d, 1000);
    paper_row(p, "pub/a", 10, 8);
    desk_import(&d, p);
    for (int i = 0; i < 2; i++) {
        p = paper_new(&d, 2000);
        struct record *line = paper_line(p, "pub/a", NULL);
        record_set_key(&d.arena, line, F_CHANNEL, "nobody knows this fund");
        paper_entry(p, "pub/a", "committed", STAGE_WORLD, STAGE_COMMITTED, 10, 10);
        struct record *entry =
            paper_entry(p, "pub/a", "delivered", STAGE_COMMITTED, STAGE_DELIVERED, 9, 20);
        record_set_int(&d.arena, entry, F_PRECISION, 77);
        uint64_t wrote = desk_import(&d, p);
        CHECK(wrote == 0 || i == 0); /* the passage, once */
        CHECK_I64((int64_t)d.last.refused, 2);
        CHECK_I64(p->in.diag_count, 2);
        CHECK(strstr(p->in.diags[0].expected, "nobody knows this fund") != NULL);
        CHECK_I64(book_columns(d.view.book)->count, 2);
        CHECK_TEXT(desk_stands(&d), "pub/a committed 2 delivered 8");
    }
    desk_end(&d);
}

static void a_posting_that_is_refused_is_as_it_was(void)
{
    struct desk d;
    desk_begin(&d);
    struct paper *p = paper_new(&d, 1000);
    paper_row(p, "pub/a", 10, 0);
    desk_import(&d, p);
    struct posting out = desk_posting(&d);
    struct err err = {0};
    struct paper *q = paper_new(&d, 2000);
    struct record *bad[] = {
        paper_entry(q, "pub/a", "x", STAGE_COMMITTED, STAGE_DELIVERED, 11, 20), /* too much */
        paper_entry(q, "pub/a", "x", STAGE_COMMITTED, STAGE_ANNOUNCED, 1, 20),  /* backwards */
        paper_entry(q, "pub/zz", "x", STAGE_WORLD, STAGE_DELIVERED, 1, 20),     /* no such line */
        paper_entry(q, "pub/a", "x", STAGE_WORLD, STAGE_DELIVERED, 0, 20),      /* nothing */
    };
    static const enum rc want[] = {RC_RULE, RC_RULE, RC_ABSENT, RC_RULE};
    for (size_t i = 0; i < 4; i++) {
        record_set_key(&d.arena, bad[i], F_PASSAGE, text_format(&d.arena, "%s#pub/a", p->source));
        CHECK(posting_add(&out, bad[i], NULL, &err) == want[i]);
        CHECK(out.count == 0 && err.msg[0]);
        CHECK_TEXT(desk_stands(&d), "pub/a committed 10");
    }
    desk_end(&d);
}

static void instants_rise_even_if_the_clock_falls(void)
{
    struct desk d;
    desk_begin(&d);
    int64_t last = INT64_MIN;
    for (int i = 0; i < 5; i++) {
        struct paper *p = paper_new(&d, 1000 + i);
        paper_row(p, "pub/a", 10 + i, 0);
        d.now_ms = INT64_C(1700000000000) - i * 3600000;
        desk_import(&d, p);
        CHECK(d.view.head.recorded_ms > last);
        last = d.view.head.recorded_ms;
    }
    desk_check_fold(&d);
    desk_end(&d);
}

/* --- states in any order --- */

enum { ROWS = 4, STATES = 3 };
struct state {
    int64_t committed[ROWS], delivered[ROWS];
};

static void import_state(struct desk *d, const struct state *s, int64_t stated)
{
    struct paper *p = paper_new(d, stated);
    for (int row = 0; row < ROWS; row++) {
        if (!s->committed[row]) continue;
        paper_row(p, text_format(&d->arena, "pub/%d", row), s->committed[row], s->delivered[row]);
    }
    desk_import(d, p);
    CHECK_I64((int64_t)d->last.refused, 0);
}

static void random_states_in_any_order(struct rng *r)
{
    struct desk d;
    struct state state[STATES] = {{{0}, {0}}};
    desk_begin(&d);
    for (int s = 0; s < STATES; s++) {
        for (int row = 0; row < ROWS; row++) {
            bool there = row == 0 || !rng_one_in(r, 3); /* a state says something */
            state[s].committed[row] = there ? 1 + rng_below(r, 9) : 0;
            if (there) {
                state[s].delivered[row] = rng_below(r, (uint32_t)state[s].committed[row] + 1);
            }
        }
    }
    int newest = -1;
    for (int i = 0; i < 6 && tap_this_ok; i++) {
        int s = (int)rng_below(r, STATES);
        import_state(&d, &state[s], 1000 * (s + 1));
        if (s > newest) newest = s;
        for (int row = 0; row < ROWS; row++) { /* the newest that came in, and nothing else */
            const char *key = text_format(&d.arena, "pub/%d", row);
            uint32_t noun = book_noun(d.view.book, KIND_LINE, key), lines;
            struct sums sums = {{0}, {0}};
            const struct line *line = book_lines(d.view.book, &lines);
            uint32_t *group = NEW_ARRAY(&d.arena, lines + 1, uint32_t);
            for (uint32_t k = 0; k < lines; k++) group[k] = line[k].noun == noun ? 0 : NONE;
            struct clocks now = CLOCKS_NOW;
            book_sum(d.view.book, &now, group, 1, &sums);
            int64_t got = (int64_t)sums.at[STAGE_DELIVERED];
            CHECK_I64(got, state[newest].delivered[row]);
            CHECK_I64(got + (int64_t)sums.at[STAGE_COMMITTED], state[newest].committed[row]);
        }
    }
    uint64_t head = d.view.head.last;
    import_state(&d, &state[newest], 1000 * (newest + 1));
    CHECK(d.view.head.last == head);
    desk_check_fold(&d);
    desk_end(&d);
}

static void in_any_order_the_newest_state_stands(void)
{
    seeds_run(150, random_states_in_any_order);
}

/* One flag as "key series stated". */
static const char *flag_words(struct desk *d, uint32_t at)
{
    uint32_t count;
    const struct record *const *list = book_records(d->view.book, KIND_FLAG, &count);
    if (at >= count) return "none";
    const char *series = record_text(list[at], F_SERIES);
    return text_format(&d->arena, "%s %s %" PRId64, record_text(list[at], F_KEY),
                       series ? series : "-", record_int(list[at], F_STATED, 0));
}

static void a_flag_says_of_which_state_it_is_and_a_refusal_is_kept_as_one(void)
{
    struct desk d;
    desk_begin(&d);
    for (int again = 0; again < 2; again++) {
        struct paper *p = paper_new(&d, 1000);
        struct diag odd = {.severity = DIAG_FLAG,
                           .rule = "odd",
                           .file = "pub.csv",
                           .row = 3,
                           .column = "B",
                           .value = "7",
                           .party = "DEU"};
        struct diag note = {.severity = DIAG_NOTE, .rule = "repaired", .file = "pub.csv"};
        intake_diag(&p->in, &odd);
        intake_diag(&p->in, &note);
        paper_line(p, "pub/a", NULL);
        paper_entry(p, "pub/a", "d", STAGE_COMMITTED, STAGE_DELIVERED, 4, 15);
        CHECK((desk_import(&d, p) == 0) == again);
        CHECK_I64((int64_t)d.last.refused, 1);
        CHECK_TEXT(flag_words(&d, 0), "odd/test@1970-01-01/pub.csv!R3!B/7/DEU pub 1000");
        CHECK_TEXT(flag_words(&d, 1), "breaks-a-rule/test@1970-01-01/pub.csv!R0!pub/a/d/pub/a/d"
                                      " pub 1000");
        CHECK_TEXT(flag_words(&d, 2), "none");
    }
    desk_check_fold(&d);
    desk_end(&d);
}

static enum rc no_head(struct store *s, struct commit *out, struct err *err)
{
    (void)s, (void)out;
    return fail(err, RC_STORE, "the server is gone");
}

/* What was kept is not called lost because the store cannot be asked for more. */
static void a_commit_is_done_also_where_the_store_goes_away_behind_it(void)
{
    struct desk d;
    struct store_ops gone;
    struct commit head;
    desk_begin(&d);
    struct posting p = desk_posting(&d);
    struct record *party = record_new(&d.arena, KIND_PARTY);
    record_set_text(&d.arena, party, F_KEY, "DEU");
    record_set_text(&d.arena, party, F_TYPE, "nation");
    GOOD(posting_add(&p, party, NULL, oops));
    const struct store_ops *ops = d.store->ops;
    gone = *ops;
    gone.head = no_head;
    d.store->ops = &gone;
    GOOD(posting_commit(&p, oops));
    d.store->ops = ops;
    GOOD(ops->head(d.store, &head, oops));
    CHECK_I64((int64_t)head.last, 1);
    CHECK_I64((int64_t)d.view.head.last, 1);
    desk_end(&d);
}

/* Two writers with one view each ask for the same; one of them is sent away. */
static void a_request_is_recorded_once_for_its_key(void)
{
    struct desk d;
    struct view other;
    struct err err;
    const struct record *before;
    struct request r = {.key = "anna/1", .author = "anna", .label = "owner", .asked = "DEU"};
    desk_begin(&d);
    GOOD(view_open(&d.arena, d.store, NULL, NULL, &other, oops));
    struct record *party = record_new(&d.arena, KIND_PARTY);
    record_set_text(&d.arena, party, F_KEY, "DEU");
    record_set_text(&d.arena, party, F_TYPE, "nation");
    struct posting p = desk_posting(&d), q = p;
    q.view = &other;
    GOOD(posting_once(&p, &r, &before, oops));
    GOOD(posting_once(&q, &r, &before, oops));
    CHECK(!before);
    GOOD(posting_add(&p, party, NULL, oops));
    GOOD(posting_commit(&p, oops));
    CHECK(posting_commit(&q, &err) == RC_RULE);
    for (int i = 0; i < 2; i++) { /* also where the view is a new one */
        GOOD(view_open(&d.arena, d.store, NULL, NULL, &other, oops));
        struct posting again;
        posting_begin(&again, &d.arena, i ? &other : &d.view, d.now_ms += 1000);
        GOOD(posting_once(&again, &r, &before, oops));
        CHECK(before && before->id == 1 && again.count == 0);
        struct request another = r;
        another.asked = "POL";
        CHECK(posting_once(&again, &another, &before, &err) == RC_RULE && again.count == 0);
        another.key = "olena/1";
        GOOD(posting_once(&again, &another, &before, oops));
        CHECK(!before && again.count == 1);
    }
    struct verdict v;
    GOOD(store_verify(d.store, &v, oops));
    CHECK_I64((int64_t)v.rows, 2);
    desk_end(&d);
}

int main(void)
{
    RUN(a_request_is_recorded_once_for_its_key);
    RUN(the_same_file_twice_adds_nothing);
    RUN(a_new_retrieval_of_the_same_figures_is_a_state_and_no_more);
    RUN(a_restatement_that_the_book_refuses_changes_nothing);
    RUN(a_value_no_longer_stated_counts_no_more);
    RUN(deliveries_under_new_keys_take_the_place_of_those_no_longer_stated);
    RUN(a_restated_entry_is_reversed_and_posted_again);
    RUN(what_rests_on_a_restated_entry_is_built_again);
    RUN(what_is_no_longer_stated_is_taken_back_whole);
    RUN(other_publishers_entries_are_left_alone);
    RUN(what_a_person_took_back_stays_taken_back);
    RUN(a_revised_line_carries_its_entries);
    RUN(a_revised_line_carries_entries_whatever_was_corrected_before);
    RUN(a_bad_revision_takes_nothing_back);
    RUN(a_posting_that_is_refused_is_as_it_was);
    RUN(a_commit_is_done_also_where_the_store_goes_away_behind_it);
    RUN(instants_rise_even_if_the_clock_falls);
    RUN(in_any_order_the_newest_state_stands);
    RUN(a_flag_says_of_which_state_it_is_and_a_refusal_is_kept_as_one);
    return tap_done();
}
