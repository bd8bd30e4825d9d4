/*
 * The tracker's CSV releases: published totals out of the drafts, and what a
 * broken file is answered.
 */
#include "drafts.h"

static const struct reader *reader;

static const char *const file_names[] = {"data_explorer.csv",      "eu_aid_shares.csv",
                                         "procurement_trends.csv", "release_info.csv",
                                         "total_allocations.csv",  "weapons.csv"};
enum { FILES = sizeof file_names / sizeof *file_names };

/* A release of the real data; false when it is not here. */
static bool read_real(struct arena *a, const char *release, struct intake *out)
{
    struct input *inputs = NEW_ARRAY(a, FILES, struct input);
    struct err err = {0};
    for (int i = 0; i < FILES; i++) {
        const char *rest = text_format(a, "data/kiel/%s/%s", release, file_names[i]);
        const char *path = shared_path(a, rest);
        if (!path) return false;
        inputs[i] = input_read(a, path);
    }
    out->arena = a;
    CHECK(reader->sniff(inputs, FILES));
    enum rc rc = reader->read(inputs, FILES, out, &err);
    CHECK_TEXT(err.msg, "");
    return rc == RC_OK;
}

/* Cents that entered at a stage, of lines of a series and a class ("" any). */
static int64_t entered(const struct intake *in, const char *series, const char *class_)
{
    struct map lines = {.arena = in->arena};
    int64_t sum = 0;
    for (uint32_t i = 0; i < in->count; i++) {
        const struct record *r = in->records[i];
        if (r->kind != KIND_LINE || strcmp(text_of(r, F_SERIES), series) != 0) continue;
        if (*class_ && strcmp(text_of(r, F_CLASS), class_) != 0) continue;
        map_put(&lines, text_of(r, F_KEY), 1);
    }
    for (uint32_t i = 0; i < in->count; i++) {
        const struct record *r = in->records[i];
        if (r->kind == KIND_ENTRY && map_get(&lines, text_of(r, F_LINE))) {
            sum += record_int(r, F_QTY, 0);
        }
    }
    return sum;
}

static void published_totals_come_out(void)
{
    struct arena a = {0};
    struct intake in = {0};
    if (read_real(&a, "release-29", &in)) {
        /* Billions with six decimals, in cents. */
        CHECK_I64(entered(&in, "kiel:29:allocations", "military"), INT64_C(17299299600000));
        CHECK_I64(entered(&in, "kiel:29:allocations", "financial"), INT64_C(15968419500000));
        CHECK_I64(entered(&in, "kiel:29:allocations", "humanitarian"), INT64_C(2572231000000));
        CHECK_I64(entered(&in, "kiel:29:allocations", ""), INT64_C(35839950100000));
        CHECK_I64(entered(&in, "kiel:29:commitments", ""), INT64_C(54798384600000));
        CHECK_I64(in.stated_ms, INT64_C(1785887999999)); /* end of 2026-08-04 */
        CHECK_TEXT(
            text_of(draft(&in, KIND_ENTRY, "kiel:29/allocations/FRA/2024-10/military"), F_LINE),
            "kiel:29/allocations/FRA/military");
        CHECK_TEXT(text_of(draft(&in, KIND_LINE, "kiel:29/commitments/FRA"), F_CLASS), "");
        check_drafts(&in);
    }
    arena_free(&a);
}

static void the_earlier_state_is_another_state_of_the_same_cells(void)
{
    struct arena a = {0};
    struct intake earlier = {0}, later = {0};
    if (read_real(&a, "release-29-earlier", &earlier) && read_real(&a, "release-29", &later)) {
        CHECK_I64(entered(&earlier, "kiel:29:allocations", ""), INT64_C(35088464400000));
        CHECK(earlier.stated_ms < later.stated_ms);
        const struct record *was =
            draft(&earlier, KIND_STATEMENT, "kiel:29@2026-07-26/FRA/2024-10/military");
        const struct record *is =
            draft(&later, KIND_STATEMENT, "kiel:29@2026-08-04/FRA/2024-10/military");
        CHECK(was && is);
        CHECK_TEXT(text_of(was, F_LINK), text_of(is, F_LINK));

        uint32_t restated = 0, pairs = 0;
        for (uint32_t i = 0; i < later.count; i++) {
            const struct record *r = later.records[i];
            if (r->kind != KIND_VALUE) continue;
            const struct record *old = draft(&earlier, KIND_VALUE, text_of(r, F_KEY));
            pairs += old != NULL;
            restated += old && record_int(old, F_LOW, 0) != record_int(r, F_LOW, 0);
        }
        CHECK_I64(pairs, 61);
        CHECK_I64(restated, 61);
    }
    arena_free(&a);
}

static void rows_that_cannot_be_right_are_named(void)
{
    struct arena a = {0};
    struct intake in = {0};
    if (read_real(&a, "release-29", &in)) {
        CHECK_I64(diags_of(&in, "allocated-above-committed"), 3);
        const struct diag *irl = diag_of(&in, "allocated-above-committed", "IRL");
        const struct diag *aus = diag_of(&in, "allocated-above-committed", "AUS");
        const struct diag *svk = diag_of(&in, "allocated-above-committed", "SVK");
        CHECK_TEXT(irl ? irl->value : "", "-0.1242");
        CHECK_TEXT(aus ? aus->value : "", "-0.020429");
        CHECK_TEXT(svk ? svk->value : "", "-0.013707");
        CHECK_I64(diags_of(&in, "unit-value-implausible"), 1);
        const struct diag *gbr = diag_of(&in, "unit-value-implausible", "GBR");
        CHECK(gbr && gbr->row == 54);
        CHECK_I64(diags_of(&in, "two-spellings"), 1);
        const struct diag *est = diag_of(&in, "two-spellings", "EST");
        CHECK_TEXT(est ? est->value : "", "D-30 Howitzer");
        CHECK(in.diag_count <= 40);
    }
    arena_free(&a);
}

static void gdp_is_the_publishers_and_none_for_institutions(void)
{
    struct arena a = {0};
    struct intake in = {0};
    if (read_real(&a, "release-29", &in)) {
        const struct record *usa = draft(&in, KIND_INDICATOR, "kiel:29/gdp/USA/2021");
        struct dec d = usa ? record_dec(usa, F_AMOUNT) : (struct dec){0};
        char text[DEC_TEXT];
        CHECK_TEXT(dec_format(d, text), "19712763961238.4");
        CHECK_TEXT(text_of(usa, F_CURRENCY), "EUR");
        CHECK(!draft(&in, KIND_INDICATOR, "kiel:29/gdp/EU/2021"));
    }
    arena_free(&a);
}

/* --- made by hand --- */

#define HEAD                                                                                       \
    "\"country\",\"iso\",\"year\",\"month\",\"total\",\"financial\",\"humanitarian\","             \
    "\"military\",\"commitments\",\"to_be_allocated\",\"gdp\",\"pct_gdp\"\n"
#define FRANCE "\"France\",\"FRA\",2024,10,3,1,1,1,4,1,2500.87,0.1\n"

static enum rc read_small(struct arena *a, const char *explorer, struct intake *out,
                          struct err *err)
{
    struct input input = input_text("renamed.csv", explorer);
    out->arena = a;
    return reader->read(&input, 1, out, err);
}

static void one_file_is_enough_and_known_by_its_headings(void)
{
    struct arena a = {0};
    struct intake in = {0};
    struct err err = {0};
    struct input good = input_text("x.csv", HEAD FRANCE);
    struct input other = input_text("data_explorer.csv", "a,b,c\n1,2,3\n");
    CHECK(reader->sniff(&good, 1));
    CHECK(!reader->sniff(&other, 1));
    CHECK(read_small(&a, HEAD FRANCE, &in, &err) == RC_OK);
    CHECK_I64(in.diag_count, 0);
    CHECK_I64(in.stated_ms, 0);
    CHECK_I64(entered(&in, "kiel:allocations", "military"), INT64_C(100000000000));
    CHECK(draft(&in, KIND_ENTRY, "kiel/commitments/FRA/2024-10") != NULL);
    check_drafts(&in);
    arena_free(&a);
}

static void a_bad_row_is_said_and_the_rest_is_taken(void)
{
    struct arena a = {0};
    struct intake in = {0};
    struct err err = {0};
    CHECK(read_small(&a,
                     HEAD FRANCE "\"France\",\"FRA\",2024,10,3,1,1,1,4,1,2500.87,0.1\n"
                                 "\"France\",\"FRA\",2024,13,3,1,1,1,4,1,2500.87,0.1\n"
                                 "\"France\",\"FRA\",2922,1,3,1,1,1,4,1,2500.87,0.1\n"
                                 "\"France\",\"FRA\",2024,11,3,1,1,one,4,1,2500.87,0.1\n"
                                 "\"France\",\"FRA\",2024,12,3,1,1,2,4,1,2500.87,0.1\n"
                                 "\"France\",\"FRA\",2025,1,0,1,1,-2,4,4,2500.87,0.1\n"
                                 "\"Poland\",\"DEU\",2025,1,3,1,1,1,1e30,1,2500.87,0.1\n",
                     &in, &err) == RC_OK);
    CHECK_TEXT(err.msg, "");
    CHECK_I64(diags_of(&in, "duplicate-row"), 1);
    CHECK_I64(diags_of(&in, "date-out-of-range"), 2);
    CHECK_I64(diags_of(&in, "not-a-number"), 2); /* "one", and more digits than are kept */
    CHECK_I64(diags_of(&in, "does-not-add-up"), 1);
    CHECK_I64(diags_of(&in, "negative"), 1);
    CHECK_I64(diags_of(&in, "name-and-code-differ"), 1);
    const struct diag *d = diag_of(&in, "not-a-number", NULL);
    CHECK(d && d->row == 6 && d->severity == DIAG_SKIPPED);
    CHECK_TEXT(d ? d->column : "", "military");
    CHECK_TEXT(d ? d->value : "", "one");
    /* October and December of France, once each; DEU's by its code. */
    CHECK_I64(entered(&in, "kiel:allocations", "military"), INT64_C(400000000000));
    check_drafts(&in);
    arena_free(&a);
}

static void a_broken_file_is_refused_with_a_sentence(void)
{
    static const struct {
        const char *text, *why;
    } bad[] = {
        {"\"country\",\"iso\",\"year\",\"month\",\"total\",\"financial\",\"humanitarian\","
         "\"commitments\"\nFrance,FRA,2024,10,3,1,1,4\n",
         "renamed.csv: row 1 has no column 'military'"},
        {HEAD, "renamed.csv holds no rows"},
        {HEAD FRANCE "\"France\",\"FRA\",2024,1",
         "renamed.csv: line 3 has 4 of 12 columns and no line end: is the file cut short?"},
        {HEAD "France,FRA,2024,10,3,1,1,1,4,1,2500.87,0.1",
         "renamed.csv is cut off: its last row, 2, has no line end"},
        {HEAD "\"France\",\"FRA\",2024,14,3,1,1,1,4,1,2500.87,0.1\n",
         "renamed.csv: no row could be taken"},
        {"a,b\n1,2\n", "no file of the release has the columns country, iso, year, month, total, "
                       "commitments"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct arena a = {0};
        struct intake in = {0};
        struct err err = {0};
        CHECK(read_small(&a, bad[i].text, &in, &err) == RC_INPUT);
        CHECK_TEXT(err.msg, bad[i].why);
        arena_free(&a);
    }
}

static void one_raw_amount_changed_changes_the_total_by_it(void)
{
    struct arena a = {0};
    struct intake in = {0}, more = {0};
    struct err err = {0};
    CHECK(read_small(&a, HEAD FRANCE, &in, &err) == RC_OK);
    CHECK(read_small(&a, HEAD "France,FRA,2024,10,3,1,1,1.000001,4,1,2500.87,0.1\n", &more, &err) ==
          RC_OK);
    CHECK_I64(entered(&more, "kiel:allocations", "") - entered(&in, "kiel:allocations", ""),
              100000); /* 1,000 EUR */
    arena_free(&a);
}

int main(void)
{
    reader = source_reader_named("kiel-release");
    struct arena a = {0};
    bool real = shared_path(&a, "data/kiel/release-29/data_explorer.csv") != NULL;
    arena_free(&a);
#define REAL(test)                                                                                 \
    do {                                                                                           \
        if (real)                                                                                  \
            RUN(test);                                                                             \
        else                                                                                       \
            skip(#test);                                                                           \
    } while (0)
    REAL(published_totals_come_out);
    REAL(the_earlier_state_is_another_state_of_the_same_cells);
    REAL(rows_that_cannot_be_right_are_named);
    REAL(gdp_is_the_publishers_and_none_for_institutions);
    RUN(one_file_is_enough_and_known_by_its_headings);
    RUN(a_bad_row_is_said_and_the_rest_is_taken);
    RUN(a_broken_file_is_refused_with_a_sentence);
    RUN(one_raw_amount_changed_changes_the_total_by_it);
    return tap_done();
}
