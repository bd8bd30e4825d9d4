/*
 * flags_test.c - what cannot be right is named, and what is right is not.
 *
 * Each rule is tried on a small book with one fault planted, and on the same
 * book without it. The real inputs are right but for what is known of them;
 * with one amount changed, exactly the sums that hold it differ.
 */
#include <jansson.h>

#include "cli/cmd.h"
#include "desk.h"
#include "drafts.h"
#include "report/flags.h"

extern const struct command cmd_flags;

/* "rule PARTY file!sheet!row!column value|expected; ..." */
static const char *flags(struct desk *d, struct flags_question q)
{
    struct answer *w;
    struct buf json = {.arena = &d->arena}, out = {.arena = &d->arena};
    GOOD(report_flags(&d->arena, d->view.book, &q, &w, oops));
    answer_json(w, &json);
    json_t *j = json_loads(json.text, 0, NULL), *flag;
    size_t i;
    CHECK_I64((int64_t)json_object_size(j), 2); /* version and flags: nothing else */
    buf_add(&out, "");
    json_array_foreach(json_object_get(j, "flags"), i, flag)
    {
        const json_t *place = json_object_get(flag, "place");
        const char *members[] = {"file", "sheet", "column"}, *texts[3];
        for (int k = 0; k < 3; k++) {
            texts[k] = json_string_value(json_object_get(place, members[k]));
            if (!texts[k]) texts[k] = "";
        }
        const char *party = json_string_value(json_object_get(flag, "party"));
        buf_addf(&out, "%s%s %s %s!%s!%d!%s %s|%s", i ? "; " : "",
                 json_string_value(json_object_get(flag, "rule")), party ? party : "-", texts[0],
                 texts[1], (int)json_integer_value(json_object_get(place, "row")), texts[2],
                 json_string_value(json_object_get(flag, "value")),
                 json_string_value(json_object_get(flag, "expected")));
    }
    json_decref(j);
    return out.text;
}

static struct flags_question all(void)
{
    return (struct flags_question){.at = CLOCKS_NOW};
}

static void paper_flag(struct paper *p, const char *rule, const char *sheet, uint32_t row)
{
    struct diag d = {.severity = DIAG_FLAG,
                     .rule = rule,
                     .file = "pub.csv",
                     .sheet = sheet,
                     .row = row,
                     .column = "C",
                     .value = "7",
                     .expected = "8",
                     .party = "DEU"};
    intake_diag(&p->in, &d);
}

static void import_flags(struct desk *d, int64_t stated_ms, const char *rule)
{
    struct paper *p = paper_new(d, stated_ms);
    paper_row(p, "pub/a", 10, 0);
    paper_flag(p, rule, "A, B! C", 12);
    desk_import(d, p);
}

static void a_newer_state_takes_the_place_of_an_older_ones_flags(void)
{
    struct desk d;
    desk_begin(&d);
    import_flags(&d, 1000, "first");
    int64_t then = d.now_ms;
    CHECK_TEXT(flags(&d, all()), "first DEU pub.csv!A, B! C!12!C 7|8");
    import_flags(&d, 3000, "third");
    import_flags(&d, 2000, "second"); /* late, and out of date already */
    CHECK_TEXT(flags(&d, all()), "third DEU pub.csv!A, B! C!12!C 7|8");
    struct flags_question q = all();
    q.at.known = then;
    CHECK_TEXT(flags(&d, q), "first DEU pub.csv!A, B! C!12!C 7|8");
    desk_end(&d);
}

static void party_rule_and_series_keep_what_they_name(void)
{
    struct desk d;
    struct answer *w;
    struct err err = {0};
    desk_begin(&d);
    import_flags(&d, 1000, "first");
    struct flags_question q = all();
    q.party = "DEU", q.rule = "first", q.series = "pub";
    CHECK_TEXT(flags(&d, q), "first DEU pub.csv!A, B! C!12!C 7|8");
    q.party = "UKR";
    CHECK_TEXT(flags(&d, q), "");
    q.party = NULL, q.rule = "firs";
    CHECK_TEXT(flags(&d, q), "");
    q.rule = NULL, q.series = "pu";
    CHECK_TEXT(flags(&d, q), "");
    q.party = "FRA";
    CHECK(report_flags(&d.arena, d.view.book, &q, &w, &err) == RC_ABSENT);
    CHECK_TEXT(err.msg, "no party 'FRA' in this book");
    desk_end(&d);
}

/* A sound line "pub/a": 10 committed, `delivered` of them. Returns the line. */
static struct record *sound(struct desk *d, struct paper *p, int64_t delivered)
{
    struct record *r = paper_line(p, "pub/a", NULL);
    record_set_int(&d->arena, r, F_LOW, 800);
    record_set_int(&d->arena, r, F_HIGH, 1000);
    record_set_int(&d->arena, r, F_SINCE, 5);
    record_set_int(&d->arena, r, F_UNTIL, 5);
    paper_entry(p, "pub/a", "d", STAGE_WORLD, STAGE_DELIVERED, delivered, 10);
    return r;
}

static void each_fault_of_a_line_is_named_and_a_sound_one_is_not(void)
{
    static const struct {
        enum tag tag;
        int64_t n, delivered;
        const char *want;
    } cases[] = {
        {F_LOW, 800, 1000, ""},
        {F_LOW, 800, 1001,
         "delivered-above-promised DEU pub.csv!!0!pub/a delivered 10.01|10 promised, or less"},
        {F_LOW, 1001, 1,
         "low-above-high DEU pub.csv!!0!pub/a low 10.01|10, the upper bound, or less"},
        {F_SINCE, 6, 1,
         "ends-before-it-begins DEU pub.csv!!0!pub/a until 1970-01-06|1970-01-07, its first day,"
         " or later"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct desk d;
        desk_begin(&d);
        struct paper *p = paper_new(&d, 1000);
        record_set_int(&d.arena, sound(&d, p, cases[i].delivered), cases[i].tag, cases[i].n);
        desk_import(&d, p);
        CHECK_TEXT(flags(&d, all()), cases[i].want);
        desk_end(&d);
    }
}

static void a_movement_dated_after_its_record_is_named_until_it_is_taken_back(void)
{
    struct desk d;
    desk_begin(&d);
    int32_t today = (int32_t)(d.now_ms / MS_PER_DAY);
    struct paper *p = paper_new(&d, 1000);
    paper_line(p, "pub/a", NULL);
    paper_entry(p, "pub/a", "x", STAGE_WORLD, STAGE_COMMITTED, 5, today + 1); /* elsewhere */
    paper_entry(p, "pub/a", "y", STAGE_WORLD, STAGE_COMMITTED, 5, today + 2);
    desk_import(&d, p);
    CHECK(text_starts(flags(&d, all()), "effective-after-recorded DEU pub.csv!!0!pub/a entry "));
    CHECK(strstr(flags(&d, all()), ";") == NULL); /* one */
    struct posting post = desk_posting(&d);
    GOOD(posting_reverse(&post, desk_row(&d, "pub/a/y"), "a slip", "desk:anna", NULL, NULL, oops));
    GOOD(posting_commit(&post, oops));
    CHECK_TEXT(flags(&d, all()), "");
    desk_end(&d);
}

static void a_value_of_nothing_is_named_and_an_unknown_one_is_not(void)
{
    struct desk d;
    desk_begin(&d);
    struct paper *p = paper_new(&d, 1000);
    sound(&d, p, 1);
    for (int i = 0; i < 2; i++) {
        struct record *r = intake_add(&p->in, KIND_VALUE);
        record_set_text(&d.arena, r, F_KEY, i ? "pub/a/nothing" : "pub/a/unknown");
        record_set_key(&d.arena, r, F_OF, "pub/a");
        record_set_text(&d.arena, r, F_BASIS, "stated");
        record_set_text(&d.arena, r, F_CURRENCY, "EUR");
        if (i) record_set_int(&d.arena, r, F_LOW, 0);
        if (i) record_set_int(&d.arena, r, F_HIGH, 0);
    }
    desk_import(&d, p);
    CHECK_TEXT(flags(&d, all()), "worth-nothing - !!0!pub/a/nothing value 0|"
                                 "an amount, or none where it is not known");
    desk_end(&d);
}

/* The tracker's figure of a cell: money in EUR cents, or units of an item. */
static void figure(struct paper *p, int64_t state, const char *cell, const char *measure,
                   int64_t cents, const char *item, int64_t units)
{
    struct arena *a = p->in.arena;
    struct record *r = intake_add(&p->in, KIND_STATEMENT);
    record_set_text(a, r, F_KEY, text_format(a, "pub@%d/%s", (int)state, cell));
    record_set_text(a, r, F_TYPE, "figure");
    record_set_text(a, r, F_MEASURE, measure);
    record_set_text(a, r, F_SERIES, "pub");
    record_set_int(a, r, F_STATED, state);
    record_set_key(a, r, F_PARTY, "DEU");
    record_set_key(a, r, F_ITEM, item);
    if (item) record_set_dec(a, r, F_AMOUNT, (struct dec){units, 0});
    if (!item) record_set_int(a, r, F_LOW, cents);
    if (!item) record_set_text(a, r, F_CURRENCY, "EUR");
    record_set_key(a, r, F_PASSAGE, intake_passage(&p->in, p->source, "Sums!R7"));
}

static void a_country_summary_may_be_a_thousand_euros_off_and_no_more(void)
{
    struct desk d;
    desk_begin(&d);
    struct paper *p = paper_new(&d, 1000);
    struct record *r = paper_line(p, "pub/a", NULL);
    record_set_text(&d.arena, r, F_SERIES, "pub");
    record_set_text(&d.arena, r, F_CLASS, "military");
    paper_entry(p, "pub/a", "c", STAGE_WORLD, STAGE_COMMITTED, 500000000, 10);
    figure(p, 1000, "country-summary/DEU/military", "military", 500100000, NULL, 0);
    figure(p, 1000, "country-summary/DEU/financial", "financial", -100001, NULL, 0);
    figure(p, 1000, "country-summary/DEU/total", "total", 499900000, NULL, 0);
    desk_import(&d, p);
    CHECK_TEXT(flags(&d, all()), "country-total-differs DEU pub.csv!Sums!7!financial -1000.01|"
                                 "0 EUR, the sum of its packages");
    p = paper_new(&d, 2000); /* the next state mends it: the old figure is no longer looked at */
    figure(p, 2000, "country-summary/DEU/financial", "financial", 0, NULL, 0);
    desk_import(&d, p);
    CHECK_TEXT(flags(&d, all()), "");
    desk_end(&d);
}

static void numbers_of_weapons_are_compared_with_the_rows_of_their_series(void)
{
    struct desk d;
    desk_begin(&d);
    struct paper *p = paper_new(&d, 1000);
    const char *item = intake_item(&p->in, "pub:tank", "tank", "equipment", "piece", 1);
    const char *lines[] = {"pub/a", "pub/b", "other/c"};
    for (int i = 0; i < 3; i++) {
        struct record *r = paper_line(p, lines[i], NULL);
        record_set_key(&d.arena, r, F_ITEM, item);
        record_set_text(&d.arena, r, F_SERIES, i < 2 ? "pub:weapons" : "other");
        paper_entry(p, lines[i], "c", STAGE_WORLD, STAGE_COMMITTED, 30, 10);
        if (i == 0) paper_entry(p, lines[i], "d", STAGE_COMMITTED, STAGE_DELIVERED, 30, 11);
    }
    figure(p, 1000, "committed-weapons/DEU/tank", "committed units", 0, item, 6);
    figure(p, 1000, "delivered-weapons/DEU/tank", "delivered units", 0, item, 2);
    desk_import(&d, p);
    CHECK_TEXT(flags(&d, all()), "weapons-differ DEU pub.csv!Sums!7!delivered units tank 2|"
                                 "3, the sum of its rows");
    desk_end(&d);
}

static void every_rule_stands_in_the_help_by_its_name(void)
{
    for (const struct doubt_rule *r = doubt_rules; r->name; r++) {
        if (strstr(cmd_flags.details, r->name)) continue;
        printf("# %s\n", r->name);
        CHECK(false);
    }
}

/* --- the real inputs --- */

/* Take files of one unit in; their bytes may have been changed. */
static void import_real(struct desk *d, const struct input *inputs, uint32_t count)
{
    struct intake in = {.arena = &d->arena};
    for (size_t i = 0; source_readers[i]; i++) {
        if (!source_readers[i]->sniff(inputs, count)) continue;
        in.format = source_readers[i]->name;
        GOOD(source_readers[i]->read(inputs, count, &in, oops));
        break;
    }
    struct posting p = desk_posting(d);
    GOOD(post_intake(&p, &in, "import:test", &d->last, oops));
    GOOD(posting_commit(&p, oops));
}

enum { PAGES = 3 };

static void read_pages(struct arena *a, struct input pages[PAGES])
{
    static const char *const names[PAGES] = {"custom-search-locationid-1-year-2020.json",
                                             "custom-search-locationid-1-year-2020-page-2.json",
                                             "custom-search-locationid-1-year-2020-page-3.json"};
    for (int i = 0; i < PAGES; i++) {
        pages[i] = input_read(a, shared_path(a, text_format(a, "data/fts/%s", names[i])));
    }
}

/* Set a member of the first incoming flow of a page that is shared with nobody. */
static void change_flow(struct arena *a, struct input *page, const char *member, json_t *value)
{
    json_t *root = json_loadb(page->bytes, page->len, 0, NULL), *flow;
    size_t i;
    json_array_foreach(json_object_get(json_object_get(root, "data"), "flows"), i, flow)
    {
        const char *boundary = json_string_value(json_object_get(flow, "boundary"));
        const char *on = json_string_value(json_object_get(flow, "onBoundary"));
        if (strcmp(boundary, "incoming") != 0 || strcmp(on, "single") != 0) continue;
        if (json_integer_value(json_object_get(flow, "amountUSD")) == 0) continue;
        json_object_set_new(flow, member, value);
        break;
    }
    char *text = json_dumps(root, 0);
    page->bytes = arena_text(a, text);
    page->len = strlen(text);
    free(text);
    json_decref(root);
}

static void the_totals_and_marks_of_fts_are_compared_with_its_flows(void)
{
    for (int fault = 0; fault < 4; fault++) {
        struct desk d;
        struct input pages[PAGES];
        desk_begin(&d);
        read_pages(&d.arena, pages);
        if (fault == 1) change_flow(&d.arena, &pages[0], "amountUSD", json_integer(1));
        if (fault == 2) change_flow(&d.arena, &pages[0], "boundary", json_string("internal"));
        import_real(&d, pages, fault == 3 ? 2 : PAGES);
        const char *found = flags(&d, all());
        if (fault == 0 || fault == 3) CHECK_TEXT(found, ""); /* a page is missing: not compared */
        if (fault == 1) {
            CHECK(text_starts(found, "page-total-differs AFG "));
            CHECK(strstr(found, "incoming 2020 725591299|") != NULL);
        }
        if (fault == 2) CHECK(text_starts(found, "boundary-mark-differs AFG "));
        CHECK(strstr(found, "; ") == NULL);
        desk_end(&d);
    }
}

static void release_29_has_its_six_known_faults_and_no_other(void)
{
    static const char *const names[] = {"data_explorer.csv",      "eu_aid_shares.csv",
                                        "procurement_trends.csv", "release_info.csv",
                                        "total_allocations.csv",  "weapons.csv"};
    static const char *const starts[] = {
        "allocated-above-committed AUS data_explorer.csv!!0!commitments -0.020429|",
        "allocated-above-committed IRL data_explorer.csv!!0!commitments -0.1242|",
        "allocated-above-committed SVK data_explorer.csv!!0!commitments -0.013707|",
        "balance-below-zero - data_explorer.csv!!0!to_be_allocated 406 rows below zero|",
        "unit-value-implausible GBR weapons.csv!!54!monetary_value_eur 90750 EUR for 19",
        "two-spellings EST weapons.csv!!16!weapons_list D-30 Howitzer|",
    };
    static const char *const releases[] = {"release-29", "release-29-earlier"};
    for (int order = 0; order < 3; order++) { /* alone, then both in either order */
        struct desk d;
        desk_begin(&d); /* whose clock is years behind the release: no reason for doubt */
        for (int k = 0; k < (order ? 2 : 1); k++) {
            struct input inputs[6];
            const char *release = releases[order == 2 ? !k : k];
            for (int i = 0; i < 6; i++) {
                const char *rest = text_format(&d.arena, "data/kiel/%s/%s", release, names[i]);
                inputs[i] = input_read(&d.arena, shared_path(&d.arena, rest));
            }
            import_real(&d, inputs, 6);
        }
        const char *at = flags(&d, all());
        for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
            CHECK(text_starts(at, starts[i]));
            const char *next = strstr(at, "; ");
            at = next ? next + 2 : "";
        }
        CHECK_TEXT(at, "");
        desk_end(&d);
    }
}

static void no_figure_of_release_7_differs_from_its_rows(void)
{
    struct desk d;
    desk_begin(&d);
    struct input book = input_read(&d.arena, shared_path(&d.arena, "data/kiel/release-07.xlsx"));
    import_real(&d, &book, 1);
    for (const struct doubt_rule *r = doubt_rules; r->name; r++) {
        struct flags_question q = all();
        q.rule = r->name;
        CHECK_TEXT(flags(&d, q), "");
    }
    uint32_t count, figures = 0;
    const struct record *const *list = book_records(d.view.book, KIND_STATEMENT, &count);
    for (uint32_t i = 0; i < count; i++) {
        figures += strstr(record_text(list[i], F_KEY), "-weapons/") != NULL;
        figures += strstr(record_text(list[i], F_KEY), "/country-summary/") != NULL;
    }
    CHECK_I64(figures, 1560 + 1520 + 4 * 41); /* and there was something to compare */
    desk_end(&d);
}

int main(void)
{
    struct arena a = {0};
    RUN(a_newer_state_takes_the_place_of_an_older_ones_flags);
    RUN(party_rule_and_series_keep_what_they_name);
    RUN(each_fault_of_a_line_is_named_and_a_sound_one_is_not);
    RUN(a_movement_dated_after_its_record_is_named_until_it_is_taken_back);
    RUN(a_value_of_nothing_is_named_and_an_unknown_one_is_not);
    RUN(a_country_summary_may_be_a_thousand_euros_off_and_no_more);
    RUN(numbers_of_weapons_are_compared_with_the_rows_of_their_series);
    RUN(every_rule_stands_in_the_help_by_its_name);
    if (shared_path(&a, "data/README.md")) {
        RUN(the_totals_and_marks_of_fts_are_compared_with_its_flows);
        RUN(release_29_has_its_six_known_faults_and_no_other);
        RUN(no_figure_of_release_7_differs_from_its_rows);
    } else {
        skip("the_totals_and_marks_of_fts_are_compared_with_its_flows");
        skip("release_29_has_its_six_known_faults_and_no_other");
        skip("no_figure_of_release_7_differs_from_its_rows");
    }
    arena_free(&a);
    return tap_done();
}
