/*
 * history_test.c - the life of a line: nothing that happened to it is left
 * out, and what was not known yet is not told.
 */
#include <jansson.h>
#include <stdlib.h>

#include "desk.h"
#include "report/history.h"

/* The answer as parsed JSON, or NULL when refused. */
static json_t *ask(struct desk *d, const char *what, struct clocks at, struct err *err)
{
    struct answer *w;
    struct buf b = {.arena = &d->arena};
    if (report_history(&d->arena, &d->view, what, &at, &w, err)) return NULL;
    answer_json(w, &b);
    return json_loads(b.text, 0, NULL);
}

static json_t *asked(struct desk *d, const char *what, struct clocks at)
{
    struct err err = {0};
    json_t *j = ask(d, what, at, &err);
    if (!j) printf("# %s\n", err.msg);
    CHECK(j != NULL);
    return j;
}

static const char *text(json_t *j, const char *list, size_t row, const char *member)
{
    const char *s =
        json_string_value(json_object_get(json_array_get(json_object_get(j, list), row), member));
    return s ? s : "(none)";
}

static int64_t number(json_t *j, const char *list, size_t row, const char *member)
{
    return json_integer_value(
        json_object_get(json_array_get(json_object_get(j, list), row), member));
}

static size_t length(json_t *j, const char *list)
{
    return json_array_size(json_object_get(j, list));
}

/* What stands where, as "committed 2.50; delivered 8". */
static const char *stands(struct desk *d, json_t *j)
{
    struct buf b = {.arena = &d->arena};
    buf_add(&b, "");
    for (size_t i = 0; i < length(j, "stands"); i++) {
        char *n =
            json_dumps(json_object_get(json_array_get(json_object_get(j, "stands"), i), "quantity"),
                       JSON_ENCODE_ANY);
        buf_addf(&b, "%s%s %s", i ? "; " : "", text(j, "stands", i, "stage"), n);
        free(n);
    }
    return b.text;
}

static void every_movement_is_told_with_its_evidence(void)
{
    struct desk d;
    desk_begin(&d);
    struct paper *p = paper_new(&d, 1000);
    paper_row(p, "pub/a", 1000, 800);
    paper_row(p, "pub/b", 500, 0);
    desk_import(&d, p);
    json_t *j = asked(&d, "pub/a", CLOCKS_NOW);
    CHECK_I64((int64_t)length(j, "entries"), 2);
    CHECK_TEXT(text(j, "entries", 0, "to"), "committed");
    CHECK_TEXT(text(j, "entries", 1, "to"), "delivered");
    CHECK_TEXT(text(j, "entries", 1, "confirmed"), "reported");
    CHECK_TEXT(text(j, "entries", 0, "confirmed"), "(none)");
    CHECK_TEXT(text(j, "entries", 0, "evidence"), "a list, pub/a");
    CHECK_TEXT(text(j, "entries", 0, "address"), "pub.csv");
    CHECK_TEXT(text(j, "entries", 0, "author"), "import:test");
    CHECK_I64(number(j, "entries", 0, "quantity"), 10); /* cents are shown as whole EUR */
    CHECK_TEXT(stands(&d, j), "committed 2; delivered 8");
    json_decref(j);
    desk_end(&d);
}

static void a_restatement_shows_what_it_took_back_and_what_changed(void)
{
    struct desk d;
    desk_begin(&d);
    struct paper *p = paper_new(&d, 1000);
    paper_row(p, "pub/a", 1000, 0);
    desk_import(&d, p);
    int64_t then = d.now_ms;
    p = paper_new(&d, 2000);
    paper_line(p, "pub/a", "now with a note");
    paper_entry(p, "pub/a", "committed", STAGE_WORLD, STAGE_COMMITTED, 1200, 10);
    desk_import(&d, p);

    json_t *j = asked(&d, "pub/a", CLOCKS_NOW);
    CHECK_TEXT(stands(&d, j), "committed 12");
    CHECK_I64((int64_t)length(j, "versions"), 2);
    json_t *changed = json_object_get(json_array_get(json_object_get(j, "versions"), 1), "changed");
    CHECK_I64((int64_t)json_array_size(changed), 1);
    CHECK_TEXT(json_string_value(json_object_get(json_array_get(changed, 0), "field")), "note");
    CHECK(json_is_null(json_object_get(json_array_get(changed, 0), "from")));
    CHECK_TEXT(json_string_value(json_object_get(json_array_get(changed, 0), "to")),
               "now with a note");
    size_t entries = length(j, "entries");
    bool named = false;
    for (size_t i = 0; i < entries; i++) {
        int64_t by = number(j, "entries", i, "reversed_by");
        if (!by) continue;
        for (size_t k = i + 1; k < entries; k++) {
            if (number(j, "entries", k, "id") != by) continue;
            named = true;
            CHECK_I64(number(j, "entries", k, "reverses"), number(j, "entries", i, "id"));
            CHECK_TEXT(text(j, "entries", k, "why"), "restated by the publisher, 1970-01-01");
        }
    }
    CHECK(named);
    json_decref(j);

    struct clocks at = {.effective = DAY_MAX, .known = then};
    j = asked(&d, "pub/a", at); /* the answer as it was given then */
    CHECK_TEXT(stands(&d, j), "committed 10");
    CHECK_I64((int64_t)length(j, "entries"), 1);
    CHECK_I64((int64_t)length(j, "versions"), 1);
    CHECK_TEXT(text(j, "entries", 0, "reversed_by"), "(none)");
    CHECK_I64(number(j, "entries", 0, "reversed_by"), 0);
    json_decref(j);

    at = (struct clocks){.effective = 5, .known = INT64_MAX}; /* before anything was effective */
    j = asked(&d, "pub/a", at);
    CHECK_I64((int64_t)length(j, "entries"), 0);
    CHECK_TEXT(stands(&d, j), "");
    json_decref(j);
    desk_end(&d);
}

static void an_id_or_an_entry_names_its_line(void)
{
    struct desk d;
    char id[24];
    desk_begin(&d);
    struct paper *p = paper_new(&d, 1000);
    paper_row(p, "pub/a", 1000, 800);
    desk_import(&d, p);
    uint32_t count;
    const struct line *lines = book_lines(d.view.book, &count);
    const struct columns *c = book_columns(d.view.book);
    uint64_t ids[] = {lines[0].id, c->id[0]};
    for (int i = 0; i < 2; i++) {
        snprintf(id, sizeof id, "%" PRIu64, ids[i]);
        json_t *j = asked(&d, id, CLOCKS_NOW);
        CHECK_TEXT(json_string_value(json_object_get(j, "line")), "pub/a");
        json_decref(j);
    }
    json_t *j = asked(&d, "pub/a/delivered", CLOCKS_NOW);
    CHECK_TEXT(json_string_value(json_object_get(j, "line")), "pub/a");
    json_decref(j);
    desk_end(&d);
}

static void an_unknown_line_is_refused_with_what_is_near(void)
{
    struct desk d;
    struct err err = {0};
    desk_begin(&d);
    int64_t before = d.now_ms;
    struct paper *p = paper_new(&d, 1000);
    paper_row(p, "pub/alpha", 1000, 0);
    paper_row(p, "pub/beta", 1000, 0);
    desk_import(&d, p);
    const char *typed[] = {"alpha", "pub/alhpa", "PUB/ALPHA", "pub/alpa"};
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        CHECK(ask(&d, typed[i], CLOCKS_NOW, &err) == NULL);
        CHECK(err.code == RC_ABSENT && strstr(err.msg, "near: pub/alpha)"));
    }
    CHECK(ask(&d, "zzz", CLOCKS_NOW, &err) == NULL);
    CHECK_TEXT(err.msg, "no line or package 'zzz' in this book");
    struct clocks at = {.effective = DAY_MAX, .known = before};
    CHECK(ask(&d, "pub/alpha", at, &err) == NULL); /* not known yet: not even as a near name */
    CHECK_TEXT(err.msg, "no line or package 'pub/alpha' in this book");
    CHECK(ask(&d, "999999999999999999999", CLOCKS_NOW, &err) == NULL && err.code == RC_ABSENT);
    CHECK(ask(&d, "", CLOCKS_NOW, &err) == NULL && err.code == RC_ABSENT);
    CHECK(ask(&d, "DEU", CLOCKS_NOW, &err) == NULL && err.code == RC_ABSENT);
    desk_end(&d);
}

/* A package with two lines, one of them undisclosed, and its value. */
static void a_package_is_told_with_its_lines_and_values(void)
{
    struct desk d;
    desk_begin(&d);
    struct paper *p = paper_new(&d, 1000);
    struct record *r = intake_add(&p->in, KIND_PACKAGE);
    record_set_text(&d.arena, r, F_KEY, "pub/p");
    record_set_key(&d.arena, r, F_PARTY, "DEU");
    r = paper_line(p, "pub/p/1", NULL);
    record_set_key(&d.arena, r, F_PACKAGE, "pub/p");
    paper_entry(p, "pub/p/1", "committed", STAGE_WORLD, STAGE_COMMITTED, 300, 10);
    r = paper_line(p, "pub/p/2", "number not disclosed");
    record_set_key(&d.arena, r, F_PACKAGE, "pub/p");
    r = intake_add(&p->in, KIND_VALUE);
    record_set_text(&d.arena, r, F_KEY, "pub/p/value");
    record_set_key(&d.arena, r, F_OF, "pub/p");
    record_set_text(&d.arena, r, F_BASIS, "stated");
    record_set_int(&d.arena, r, F_LOW, 12300);
    record_set_int(&d.arena, r, F_HIGH, 12300);
    record_set_text(&d.arena, r, F_CURRENCY, "EUR");
    desk_import(&d, p);

    json_t *j = asked(&d, "pub/p", CLOCKS_NOW);
    CHECK_TEXT(json_string_value(json_object_get(j, "package")), "pub/p");
    CHECK_I64((int64_t)length(j, "lines"), 2);
    CHECK_TEXT(text(j, "stands", 0, "line"), "pub/p/1");
    CHECK_TEXT(stands(&d, j), "committed 3");
    CHECK_TEXT(text(j, "values", 0, "of"), "pub/p");
    CHECK_I64(number(j, "values", 0, "low"), 123);
    json_decref(j);

    j = asked(&d, "pub/p/2", CLOCKS_NOW); /* a line is told with its package's value */
    CHECK_I64((int64_t)length(j, "stands"), 0);
    CHECK_TEXT(text(j, "values", 0, "of"), "pub/p");
    json_decref(j);
    desk_end(&d);
}

static void what_was_said_about_a_line_is_told(void)
{
    struct desk d;
    desk_begin(&d);
    struct paper *p = paper_new(&d, 1000);
    paper_row(p, "pub/a", 1000, 0);
    struct record *r = intake_add(&p->in, KIND_STATEMENT);
    record_set_text(&d.arena, r, F_KEY, "pub@1/a");
    record_set_text(&d.arena, r, F_TYPE, "figure");
    record_set_text(&d.arena, r, F_MEASURE, "value");
    record_set_int(&d.arena, r, F_LOW, 999);
    record_set_text(&d.arena, r, F_CURRENCY, "EUR");
    record_set_text(&d.arena, r, F_LINK, "pub/a");
    desk_import(&d, p);
    struct posting post = desk_posting(&d);
    uint64_t said = 0;
    r = record_new(&d.arena, KIND_STATEMENT);
    record_set_text(&d.arena, r, F_TYPE, "support");
    record_set_text(&d.arena, r, F_TEXT, "ten million for Ukraine");
    record_set_text(&d.arena, r, F_SPEAKER, "the minister");
    GOOD(posting_add(&post, r, &said, oops));
    r = record_new(&d.arena, KIND_EDGE);
    record_set_text(&d.arena, r, F_TYPE, "makes");
    record_set_ref(&d.arena, r, F_OF, said);
    uint32_t noun = book_noun(d.view.book, KIND_LINE, "pub/a");
    record_set_ref(&d.arena, r, F_OBJECT, book_latest(d.view.book, noun)->id);
    GOOD(posting_add(&post, r, NULL, oops));
    GOOD(posting_commit(&post, oops));

    json_t *j = asked(&d, "pub/a", CLOCKS_NOW);
    CHECK_I64((int64_t)length(j, "statements"), 2);
    CHECK_TEXT(text(j, "statements", 0, "said"), "value 9.99 EUR");
    CHECK_TEXT(text(j, "statements", 1, "relation"), "makes");
    CHECK_TEXT(text(j, "statements", 1, "said"), "ten million for Ukraine");
    CHECK_TEXT(text(j, "statements", 1, "speaker"), "the minister");
    json_decref(j);
    desk_end(&d);
}

int main(void)
{
    RUN(every_movement_is_told_with_its_evidence);
    RUN(a_restatement_shows_what_it_took_back_and_what_changed);
    RUN(an_id_or_an_entry_names_its_line);
    RUN(an_unknown_line_is_refused_with_what_is_near);
    RUN(a_package_is_told_with_its_lines_and_values);
    RUN(what_was_said_about_a_line_is_told);
    return tap_done();
}
