/*
 * view_test.c - a viewer's book holds what that viewer may see, and nothing else.
 *
 * Each record below is named by what it carries; the test says who sees it.
 * What is hidden must make no difference at all, so the same log without it
 * gives the same answers.
 */
#include "desk.h"

/* DEU and POL are in the group from the start, UKR is in none. */
static void people(struct desk *d)
{
    static const char *const keys[] = {"DEU", "POL", "UKR"};
    struct posting p = desk_posting(d);
    struct record *group = record_new(&d->arena, KIND_PARTY);
    record_set_text(&d->arena, group, F_KEY, "friends");
    record_set_text(&d->arena, group, F_TYPE, "group");
    GOOD(posting_add(&p, group, NULL, oops));
    for (int i = 0; i < 3; i++) {
        struct record *r = record_new(&d->arena, KIND_PARTY);
        record_set_text(&d->arena, r, F_KEY, keys[i]);
        record_set_text(&d->arena, r, F_TYPE, "nation");
        GOOD(posting_add(&p, r, NULL, oops));
        if (i == 2) continue;
        struct record *m = record_new(&d->arena, KIND_MEMBERSHIP);
        record_set_key(&d->arena, m, F_PARTY, keys[i]);
        record_set_key(&d->arena, m, F_PARENT, "friends");
        GOOD(posting_add(&p, m, NULL, oops));
    }
    struct record *item = record_new(&d->arena, KIND_ITEM);
    record_set_text(&d->arena, item, F_KEY, "shell");
    record_set_text(&d->arena, item, F_UNIT, "piece");
    GOOD(posting_add(&p, item, NULL, oops));
    struct record *source = record_new(&d->arena, KIND_SOURCE);
    record_set_text(&d->arena, source, F_KEY, "list");
    GOOD(posting_add(&p, source, NULL, oops));
    struct record *passage = record_new(&d->arena, KIND_PASSAGE);
    record_set_text(&d->arena, passage, F_KEY, "list#1");
    record_set_key(&d->arena, passage, F_SOURCE, "list");
    GOOD(posting_add(&p, passage, NULL, oops));
    GOOD(posting_commit(&p, oops));
}

static void line(struct desk *d, const char *key, const char *label)
{
    struct posting p = desk_posting(d);
    struct record *r = record_new(&d->arena, KIND_LINE);
    r->label = label;
    record_set_text(&d->arena, r, F_KEY, key);
    record_set_key(&d->arena, r, F_PARTY, "DEU");
    record_set_key(&d->arena, r, F_ITEM, "shell");
    GOOD(posting_add(&p, r, NULL, oops));
    GOOD(posting_commit(&p, oops));
}

static void entry(struct desk *d, const char *key, enum stage from, enum stage to, int64_t qty,
                  const char *label)
{
    struct posting p = desk_posting(d);
    struct record *r = record_new(&d->arena, KIND_ENTRY);
    r->label = label;
    record_set_key(&d->arena, r, F_LINE, key);
    record_set_int(&d->arena, r, F_FROM, from);
    record_set_int(&d->arena, r, F_TO, to);
    record_set_int(&d->arena, r, F_QTY, qty);
    record_set_int(&d->arena, r, F_DAY, 10);
    record_set_key(&d->arena, r, F_PASSAGE, "list#1");
    record_set_text(&d->arena, r, F_AUTHOR, "desk:anna");
    GOOD(posting_add(&p, r, NULL, oops));
    GOOD(posting_commit(&p, oops));
}

static const char *seen_by(struct desk *d, const char *viewer)
{
    struct view v;
    GOOD(view_open(&d->arena, d->store, viewer, NULL, &v, oops));
    return desk_positions(d, v.book, CLOCKS_NOW);
}

static void labels_say_who_sees(void)
{
    struct desk d;
    desk_begin(&d);
    people(&d);
    line(&d, "A", "public");
    entry(&d, "A", STAGE_WORLD, STAGE_COMMITTED, 1, "public");
    line(&d, "B", "group:friends");
    entry(&d, "B", STAGE_WORLD, STAGE_COMMITTED, 2, "group:friends");
    line(&d, "C", "parties:UKR,POL");
    entry(&d, "C", STAGE_WORLD, STAGE_COMMITTED, 3, "parties:UKR,POL");
    line(&d, "D", "parties:UK");
    entry(&d, "D", STAGE_WORLD, STAGE_COMMITTED, 4, "parties:UK");
    line(&d, "E", "group:nobody");
    entry(&d, "E", STAGE_WORLD, STAGE_COMMITTED, 5, "group:nobody");
    CHECK_TEXT(seen_by(&d, NULL),
               "A committed 1; B committed 2; C committed 3; D committed 4; E committed 5");
    CHECK_TEXT(seen_by(&d, "DEU"), "A committed 1; B committed 2");
    CHECK_TEXT(seen_by(&d, "POL"), "A committed 1; B committed 2; C committed 3");
    CHECK_TEXT(seen_by(&d, "UKR"), "A committed 1; C committed 3"); /* "UK" is not "UKR" */
    struct view v;
    struct err err = {0};
    CHECK(view_open(&d.arena, d.store, "ATL", NULL, &v, &err) == RC_ABSENT);
    desk_end(&d);
}

static void what_points_at_a_hidden_record_is_hidden(void)
{
    struct desk d;
    desk_begin(&d);
    people(&d);
    line(&d, "A", "parties:DEU");
    entry(&d, "A", STAGE_WORLD, STAGE_COMMITTED, 9, "public"); /* of a line nobody else sees */
    CHECK_TEXT(seen_by(&d, "DEU"), "A committed 9");
    CHECK_TEXT(seen_by(&d, "POL"), "");
    struct view v;
    GOOD(view_open(&d.arena, d.store, "POL", NULL, &v, oops));
    CHECK(book_noun(v.book, KIND_LINE, "A") == NONE);
    desk_end(&d);
}

static void what_rests_on_a_hidden_entry_is_hidden(void)
{
    struct desk d;
    desk_begin(&d);
    people(&d);
    line(&d, "A", "public");
    entry(&d, "A", STAGE_WORLD, STAGE_COMMITTED, 9, "parties:DEU");
    entry(&d, "A", STAGE_COMMITTED, STAGE_DELIVERED, 4, "public");
    entry(&d, "A", STAGE_WORLD, STAGE_COMMITTED, 1, "public");
    CHECK_TEXT(seen_by(&d, "DEU"), "A committed 6 delivered 4");
    CHECK_TEXT(seen_by(&d, "POL"), "A committed 1");
    desk_end(&d);
}

/* Edges may end at a rate or an indicator, which the book keeps in another way. */
static void what_points_at_a_visible_figure_is_visible(void)
{
    struct desk d;
    desk_begin(&d);
    people(&d);
    struct posting p = desk_posting(&d);
    uint64_t id = 0, edge_id = 0;
    struct record *r = record_new(&d.arena, KIND_INDICATOR);
    record_set_text(&d.arena, r, F_KEY, "gdp/DEU");
    record_set_key(&d.arena, r, F_PARTY, "DEU");
    record_set_text(&d.arena, r, F_MEASURE, "gdp");
    record_set_int(&d.arena, r, F_DAY, 10);
    record_set_dec(&d.arena, r, F_AMOUNT, (struct dec){5, 0});
    GOOD(posting_add(&p, r, &id, oops));
    struct record *edge = record_new(&d.arena, KIND_EDGE);
    record_set_text(&d.arena, edge, F_TYPE, "contradicts");
    record_set_ref(&d.arena, edge, F_OF, id);
    record_set_ref(&d.arena, edge, F_OBJECT, id);
    GOOD(posting_add(&p, edge, &edge_id, oops));
    GOOD(posting_commit(&p, oops));
    struct view all, pol;
    GOOD(view_open(&d.arena, d.store, NULL, NULL, &all, oops));
    GOOD(view_open(&d.arena, d.store, "POL", NULL, &pol, oops));
    CHECK(book_record(all.book, edge_id) != NULL);
    CHECK(book_record(pol.book, edge_id) != NULL);
    desk_end(&d);
}

static void a_view_is_a_snapshot(void)
{
    struct desk d;
    desk_begin(&d);
    people(&d);
    line(&d, "A", "public");
    entry(&d, "A", STAGE_WORLD, STAGE_COMMITTED, 1, "public");
    struct view before;
    struct record r;
    struct err err = {0};
    GOOD(view_open(&d.arena, d.store, NULL, NULL, &before, oops));
    uint64_t last = before.head.last;
    entry(&d, "A", STAGE_WORLD, STAGE_COMMITTED, 5, "public");
    CHECK_TEXT(desk_positions(&d, before.book, CLOCKS_NOW), "A committed 1");
    CHECK(view_record(&d.arena, &before, last + 1, &r, &err) == RC_ABSENT);
    CHECK(view_record(&d.arena, &before, 0, &r, &err) == RC_ABSENT);
    GOOD(view_record(&d.arena, &before, last, &r, oops));
    CHECK(r.id == last && r.kind == KIND_ENTRY && record_int(&r, F_QTY, 0) == 1);
    desk_end(&d);
}

int main(void)
{
    RUN(labels_say_who_sees);
    RUN(what_points_at_a_hidden_record_is_hidden);
    RUN(what_rests_on_a_hidden_entry_is_hidden);
    RUN(what_points_at_a_visible_figure_is_visible);
    RUN(a_view_is_a_snapshot);
    return tap_done();
}
