/*
 * xlsx_test.c - workbooks that are written, read back by our own reader.
 *
 * The reader was written for other people's workbooks and shares no line with
 * the writer; it keeps numbers as the digits that stand in the file.
 */
#include <assert.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "export/xlsx.h"
#include "hostile.h"
#include "temp.h"
#include "workbook.h"

static const struct xlsx_about NOW = {.effective = DAY_MAX, .known = INT64_MAX};

/* The answer written and read back. */
static struct workbook read_back(struct arena *a, const struct answer *w,
                                 const struct xlsx_about *about)
{
    struct buf out = {.arena = a};
    struct workbook book = {0};
    struct err err = {0};
    enum rc rc = export_xlsx(w, about, &out, &err);
    if (!rc) rc = xlsx_read(a, out.text, out.len, &book, &err);
    if (rc) printf("# %s\n", err.msg);
    CHECK(rc == RC_OK);
    return book;
}

static const struct read_cell *at(const struct workbook *w, uint32_t sheet, uint32_t row,
                                  uint32_t column)
{
    static const struct sheet none = {.name = ""};
    const struct sheet *s = sheet < w->count ? &w->sheets[sheet] : &none;
    return row_cell(sheet_row(s, row), column);
}

#define CHECK_CELL(w, sheet, row, column, want_type, want)                                         \
    do {                                                                                           \
        const struct read_cell *cell_ = at((w), (sheet), (row), (column));                         \
        CHECK(cell_->type == (want_type));                                                         \
        CHECK_TEXT(cell_->text, (want));                                                           \
        CHECK(!cell_->is_formula);                                                                 \
    } while (0)

/* The value beside a name on the sheet "about", which is the last one; the nth of that name. */
static const char *said(const struct workbook *w, const char *name, int nth)
{
    const struct sheet *s = w->count ? &w->sheets[w->count - 1] : NULL;
    for (uint32_t i = 0; s && i < s->count; i++) {
        const struct sheet_row *row = &s->rows[i];
        if (strcmp(row_cell(row, 0)->text, name) == 0 && nth-- == 0) return row_cell(row, 1)->text;
    }
    return "(not said)";
}

static struct answer *sample(struct arena *a)
{
    struct answer *w = answer_new(a, "Support inside a boundary");
    struct object *boundary = object_new(a), *place = object_new(a);
    object_put(boundary, "recipient", cell_text("JOR"));
    object_put(boundary, "year", cell_label(2020));
    object_put(place, "file", cell_text("flows.json"));
    object_put(place, "row", cell_label(12));
    answer_put(w, "boundary", cell_object(boundary));
    answer_put(w, "incoming", cell_amount(61585412350, 2));
    struct rows *r = answer_rows(w, "rows");
    rows_column(r, "by", NULL, 0);
    rows_column(r, "name", "plan", COLUMN_ONLY_TEXT);
    rows_column(r, "incoming", NULL, COLUMN_BAR);
    rows_column(r, "place", NULL, 0);
    rows_column(r, "known", NULL, 0);
    ROW(r, cell_text("943"), cell_text("Jordan"), cell_amount(59724984305, 2), cell_object(place),
        cell_bool(true));
    ROW(r, cell_null(), cell_null(), cell_amount(-1860428050, 2), cell_null(), cell_bool(false));
    TOTAL(r, cell_text("total"), cell_null(), cell_amount(61585412350, 2), cell_null(),
          cell_null());
    struct rows *second = answer_rows(w, "flags");
    rows_columns(second, "rule count");
    ROW(second, cell_text("=SUM(A1:A9)"), cell_count(3));
    answer_note(w, "2 flows are %s.", "left out");
    w->main = r;
    return w;
}

static void a_sheet_for_each_list_and_one_about_it(void)
{
    struct arena a = {0};
    struct xlsx_about about = {.effective = 19900, .known = INT64_C(1700000000000), .viewer = ""};
    struct workbook w = read_back(&a, sample(&a), &about);
    CHECK_I64(w.count, 3);
    CHECK_TEXT(w.count == 3 ? w.sheets[0].name : "", "rows");
    CHECK_TEXT(w.count == 3 ? w.sheets[1].name : "", "flags");
    CHECK_TEXT(w.count == 3 ? w.sheets[2].name : "", "about");
    CHECK_CELL(&w, 0, 1, 0, READ_TEXT, "by");
    CHECK_CELL(&w, 0, 1, 1, READ_TEXT, "incoming");
    CHECK_CELL(&w, 0, 1, 2, READ_TEXT, "place.file");
    CHECK_CELL(&w, 0, 1, 3, READ_TEXT, "place.row");
    CHECK_CELL(&w, 0, 1, 4, READ_TEXT, "known");
    CHECK_CELL(&w, 0, 2, 0, READ_TEXT, "943");
    CHECK_CELL(&w, 0, 2, 1, READ_NUMBER, "597249843.05");
    CHECK_CELL(&w, 0, 2, 2, READ_TEXT, "flows.json");
    CHECK_CELL(&w, 0, 2, 3, READ_NUMBER, "12");
    CHECK_CELL(&w, 0, 2, 4, READ_BOOL, "1");
    CHECK_CELL(&w, 0, 3, 0, READ_EMPTY, "");
    CHECK_CELL(&w, 0, 3, 1, READ_NUMBER, "-18604280.5");
    CHECK_CELL(&w, 0, 3, 4, READ_BOOL, "0");
    CHECK(!sheet_row(&w.sheets[0], 4)); /* no total among the rows */
    CHECK_CELL(&w, 1, 2, 0, READ_TEXT, "=SUM(A1:A9)");
    CHECK_TEXT(said(&w, "title", 0), "Support inside a boundary");
    CHECK_TEXT(said(&w, "as of", 0), "2024-06-26");
    CHECK_TEXT(said(&w, "as known at", 0), "2023-11-14T22:13:20.000Z");
    CHECK_TEXT(said(&w, "seen by", 0), "the public");
    CHECK_TEXT(said(&w, "boundary.recipient", 0), "JOR");
    CHECK_TEXT(said(&w, "boundary.year", 0), "2020");
    CHECK_TEXT(said(&w, "incoming", 0), "615854123.5");
    CHECK_TEXT(said(&w, "note", 0), "2 flows are left out.");
    CHECK_TEXT(said(&w, "note", 1), "(not said)");
    arena_free(&a);
}

static void an_answer_without_lists_is_all_on_about(void)
{
    struct arena a = {0};
    struct answer *w = answer_new(&a, "As it was written");
    answer_put(w, "ok", cell_bool(true));
    struct workbook book = read_back(&a, w, &NOW);
    CHECK_I64(book.count, 1);
    CHECK_TEXT(said(&book, "ok", 0), "1");
    CHECK_TEXT(said(&book, "as of", 0), "every day");
    CHECK_TEXT(said(&book, "as known at", 0), "all that is recorded");
    CHECK_TEXT(said(&book, "seen by", 0), "(not said)");
    arena_free(&a);
}

static void no_digit_of_a_number_is_lost(void)
{
    static const struct {
        i128 n;
        int scale;
        enum read_cell_type type;
        const char *want;
    } cases[] = {
        {0, 0, READ_NUMBER, "0"},
        {999999999999999, 0, READ_NUMBER, "999999999999999"},
        {1000000000000001, 0, READ_TEXT, "1000000000000001"},
        {-1000000000000001, 3, READ_TEXT, "-1000000000000.001"},
        {1000000000000000, 2, READ_NUMBER, "10000000000000"},
        {725591299, 6, READ_NUMBER, "725.591299"},
    };
    struct arena a = {0};
    struct answer *w = answer_new(&a, "Numbers");
    struct rows *r = answer_rows(w, "rows");
    rows_columns(r, "n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ROW(r, cell_quantity(cases[i].n, cases[i].scale));
    }
    struct workbook book = read_back(&a, w, &NOW);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CHECK_CELL(&book, 0, (uint32_t)i + 2, 0, cases[i].type, cases[i].want);
    }
    CHECK(text_starts(said(&book, "note", 0), "2 numbers have more digits"));
    arena_free(&a);
}

static void names_of_sheets_are_legal_and_differ(void)
{
    static const char *const names[] = {"rows",
                                        "Rows",
                                        "about",
                                        "History",
                                        "a/b:[c]?*'",
                                        "a name that is far too long for a sheet of a workbook",
                                        "a name that is far too long for a sheet of another",
                                        "  "};
    static const char *const want[] = {"rows",
                                       "Rows 2",
                                       "about 2",
                                       "History 2",
                                       "a_b__c____",
                                       "a name that is far too long for",
                                       "a name that is far too long f 2",
                                       "sheet"};
    struct arena a = {0};
    struct answer *w = answer_new(&a, "Names");
    for (size_t i = 0; i < 8; i++) rows_columns(answer_rows(w, names[i]), "n");
    struct workbook book = read_back(&a, w, &NOW);
    CHECK_I64(book.count, 9);
    for (uint32_t i = 0; i < 8 && i < book.count; i++) CHECK_TEXT(book.sheets[i].name, want[i]);
    arena_free(&a);
}

static void a_text_longer_than_a_cell_is_cut_and_that_is_said(void)
{
    struct arena a = {0};
    struct answer *w = answer_new(&a, "Long");
    struct rows *r = answer_rows(w, "rows");
    char *fits = NEW_ARRAY(&a, XLSX_TEXT + 1, char), *longer = NEW_ARRAY(&a, XLSX_TEXT + 2, char);
    memset(fits, 'x', XLSX_TEXT);
    memset(longer, 'y', XLSX_TEXT + 1);
    rows_columns(r, "text");
    ROW(r, cell_text(fits));
    ROW(r, cell_text(longer));
    struct workbook book = read_back(&a, w, &NOW);
    const char *kept = at(&book, 0, 2, 0)->text, *cut = at(&book, 0, 3, 0)->text;
    CHECK_TEXT(kept, fits);
    CHECK_I64((int64_t)strlen(cut), XLSX_TEXT - 1 + 3);
    CHECK(strncmp(cut, longer, XLSX_TEXT - 1) == 0);
    CHECK(text_starts(said(&book, "note", 0), "1 texts are longer"));
    arena_free(&a);
}

static void make_number(void *ctx, uint32_t row, struct cell *cells, struct arena *a)
{
    (void)ctx;
    (void)a;
    cells[0] = cell_count(row);
}

static void a_list_longer_than_a_sheet_goes_on_in_the_next(void)
{
    struct arena a = {0};
    struct answer *w = answer_new(&a, "Long");
    struct rows *r = answer_rows(w, "rows");
    rows_columns(r, "n");
    rows_made(r, XLSX_ROWS + 5, make_number, NULL);
    struct workbook book = read_back(&a, w, &NOW);
    CHECK_I64(book.count, 3);
    CHECK_TEXT(book.count == 3 ? book.sheets[1].name : "", "rows 2");
    CHECK_CELL(&book, 0, XLSX_ROWS, 0, READ_NUMBER, "1048574");
    CHECK_CELL(&book, 1, 1, 0, READ_TEXT, "n");
    CHECK_CELL(&book, 1, 2, 0, READ_NUMBER, "1048575");
    CHECK_CELL(&book, 1, 7, 0, READ_NUMBER, "1048580");
    CHECK(book.count == 3 && !sheet_row(&book.sheets[1], 8));
    arena_free(&a);
}

static void the_same_answer_gives_the_same_bytes(void)
{
    struct arena a = {0};
    struct buf once = {.arena = &a}, again = {.arena = &a};
    struct err err = {0};
    struct xlsx_about about = {
        .effective = DAY_MAX, .known = INT64_MAX, .created_ms = INT64_C(1700000000000)};
    CHECK(export_xlsx(sample(&a), &about, &once, &err) == RC_OK);
    sleep(1); /* a clock that got in would show */
    CHECK(export_xlsx(sample(&a), &about, &again, &err) == RC_OK);
    CHECK(once.len == again.len && memcmp(once.text, again.text, once.len) == 0);
    arena_free(&a);
}

/* --- hostile answers --- */

/* What a workbook can hold of a text, said again in other words: character by character. */
static const char *expected(struct arena *a, const char *text)
{
    struct buf b = {.arena = a};
    size_t len = strlen(text);
    buf_add(&b, "");
    for (size_t i = 0; i < len;) {
        size_t from = i;
        int32_t c = text_next(text, len, &i);
        if (c < 0) i = from + 1;
        if (c == '\r' && text[i] == '\n') continue;
        if (c == '\r')
            buf_add(&b, "\n");
        else if (c < 0 || (c < 32 && c != '\t' && c != '\n') || (c > 126 && c < 160) ||
                 c == 0xffff || c == 0xfffe)
            buf_add(&b, "\xef\xbf\xbd");
        else
            buf_add_bytes(&b, text + from, i - from);
    }
    const char *clean = NULL;
    struct err err;
    CHECK(text_clean(a, b.text, b.len, &clean, &err) == RC_OK || !*b.text);
    return clean ? clean : "";
}

/* A number as a spreadsheet takes it: to 15 digits. */
static const char *to_15(struct arena *a, const char *number)
{
    char *out = NEW_ARRAY(a, 64, char);
    snprintf(out, 64, "%.15G", strtod(number, NULL));
    return out;
}

enum { ROWS = 12, COLUMNS = 4 };

static void check_cells(struct arena *a, const struct workbook *book, const struct rows *r)
{
    for (uint32_t i = 0; i < ROWS * COLUMNS; i++) {
        const struct cell *want = &r->cells[i];
        const struct read_cell *got = at(book, 0, i / COLUMNS + 2, i % COLUMNS);
        CHECK(!got->is_formula);
        if (want->type == CELL_TEXT) {
            CHECK(got->type == (*want->text ? READ_TEXT : READ_EMPTY));
            CHECK_TEXT(got->text, expected(a, want->text));
        } else if (got->type == READ_TEXT) { /* too long for a number */
            CHECK_TEXT(got->text, cell_digits(a, want));
            CHECK(strlen(got->text) > 15);
        } else {
            CHECK(got->type == READ_NUMBER);
            CHECK_TEXT(to_15(a, got->text), to_15(a, cell_digits(a, want)));
        }
    }
}

static void hostile_answer(struct rng *rng)
{
    struct arena a = {0};
    struct answer *w = answer_new(&a, hostile_text(rng, &a, false));
    struct rows *r = answer_rows(w, hostile_text(rng, &a, false));
    for (int k = 0; k < COLUMNS; k++) rows_column(r, hostile_text(rng, &a, false), NULL, 0);
    for (int i = 0; i < ROWS; i++) {
        struct cell cells[COLUMNS];
        for (int k = 0; k < COLUMNS; k++) {
            cells[k] = rng_one_in(rng, 2)
                           ? cell_text(hostile_text(rng, &a, false))
                           : cell_quantity(hostile_number(rng), (int)rng_below(rng, 19));
        }
        rows_add(r, cells, COLUMNS);
    }
    answer_put(w, "said", cell_text(hostile_text(rng, &a, false)));
    answer_note(w, "%s", hostile_text(rng, &a, false));
    struct workbook book = read_back(&a, w, &NOW);
    CHECK_I64(book.count, 2);
    check_cells(&a, &book, r);
    arena_free(&a);
}

static void hostile_answers_come_back_as_they_were(void)
{
    seeds_run(150, hostile_answer);
}

/* --- a full disk --- */

static struct answer *large(struct arena *a)
{
    struct answer *w = answer_new(a, "Large");
    struct rows *r = answer_rows(w, "rows");
    rows_columns(r, "n");
    rows_made(r, 20000, make_number, NULL);
    return w;
}

/* In a child: no file may grow beyond so many bytes. 0: written whole; 1: refused; 2: neither. */
static int written_within(rlim_t bytes)
{
    pid_t child = fork();
    if (child == 0) {
        struct arena a = {0};
        struct buf out = {.arena = &a};
        struct err err = {0};
        struct rlimit most = {bytes, bytes};
        signal(SIGXFSZ, SIG_IGN);
        if (setrlimit(RLIMIT_FSIZE, &most) != 0 || !freopen("/dev/null", "w", stderr)) _exit(3);
        enum rc rc = export_xlsx(large(&a), &NOW, &out, &err);
        struct workbook book;
        if (rc == RC_STORE && *err.msg && out.len == 0) _exit(1);
        if (rc || xlsx_read(&a, out.text, out.len, &book, &err)) _exit(2);
        _exit(book.count == 2 && book.sheets[0].count == 20001 ? 0 : 2);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 4;
}

static bool refused_within(rlim_t bytes)
{
    int how = written_within(bytes);
    if (how > 1) printf("# at %lu bytes: %d\n", (unsigned long)bytes, how);
    CHECK(how <= 1);
    return how == 1;
}

/* Of every file that goes into it any may be the one that does not fit. */
static void a_full_disk_never_makes_a_workbook_with_fewer_rows(void)
{
    rlim_t low = 0, high = 4000000;
    while (high - low > 1) { /* the least that is enough */
        rlim_t middle = low + (high - low) / 2;
        if (refused_within(middle))
            low = middle;
        else
            high = middle;
    }
    CHECK(high < 4000000);
    /* There the rows fit, and not what stands around them in the sheet. */
    for (rlim_t less = 1; less < 1600; less += 97) CHECK(refused_within(high - less));
    for (rlim_t bytes = 512; bytes < low; bytes += bytes / 2) CHECK(refused_within(bytes));
    CHECK_I64(written_within(RLIM_INFINITY), 0);
}

static void nothing_is_left_behind(void)
{
    struct temp t;
    temp_make(&t);
    struct arena a = {0};
    struct buf out = {.arena = &a};
    struct err err = {0};
    const char *was = getenv("TMPDIR");
    was = arena_text(&a, was);
    setenv("TMPDIR", t.dir, 1);
    CHECK(export_xlsx(sample(&a), &NOW, &out, &err) == RC_OK);
    CHECK(rmdir(t.dir) == 0); /* it is empty */
    CHECK(export_xlsx(sample(&a), &NOW, &out, &err) == RC_STORE);
    CHECK(text_starts(err.msg, "no temporary file in "));
    if (was)
        setenv("TMPDIR", was, 1);
    else
        unsetenv("TMPDIR");
    arena_free(&a);
}

int main(void)
{
    RUN(a_sheet_for_each_list_and_one_about_it);
    RUN(an_answer_without_lists_is_all_on_about);
    RUN(no_digit_of_a_number_is_lost);
    RUN(names_of_sheets_are_legal_and_differ);
    RUN(a_text_longer_than_a_cell_is_cut_and_that_is_said);
    RUN(a_list_longer_than_a_sheet_goes_on_in_the_next);
    RUN(the_same_answer_gives_the_same_bytes);
    RUN(hostile_answers_come_back_as_they_were);
    RUN(a_full_disk_never_makes_a_workbook_with_fewer_rows);
    RUN(nothing_is_left_behind);
    return tap_done();
}
