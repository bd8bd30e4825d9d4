/*
 * answer_test.c - one answer, three renderings.
 *
 * jansson is the oracle for JSON; a CSV reader of thirty lines, written from
 * RFC 4180, is the one for CSV.
 */
#include <jansson.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/term.h"
#include "base/text.h"
#include "report/answer.h"
#include "tap.h"

static const struct look plain = {.unicode = true};

static const char *json_of(struct arena *a, const struct answer *w)
{
    struct buf b = {.arena = a};
    answer_json(w, &b);
    return b.text;
}

static const char *csv_of(struct arena *a, const struct answer *w)
{
    struct buf b = {.arena = a};
    answer_csv(w, &b);
    return b.text;
}

static const char *text_of(struct arena *a, const struct answer *w, const struct look *look)
{
    struct buf b = {.arena = a};
    answer_text(w, look, &b);
    return b.text;
}

/* A small total: two plans, one of them unknown. */
static struct answer *sample(struct arena *a)
{
    struct answer *w = answer_new(a, "Support inside a boundary");
    struct object *boundary = object_new(a);
    object_put(boundary, "recipient", cell_text("JOR"));
    object_put(boundary, "year", cell_label(2020));
    answer_put(w, "boundary", cell_object(boundary));
    answer_put(w, "incoming", cell_amount(61585412350, 2));
    struct rows *r = answer_rows(w, "rows");
    rows_column(r, "by", NULL, 0);
    rows_column(r, "name", "plan", COLUMN_ONLY_TEXT);
    rows_column(r, "incoming", NULL, COLUMN_BAR);
    rows_column(r, "key_share", NULL, 0);
    ROW(r, cell_text("943"), cell_text("Jordan"), cell_amount(59724984300, 2),
        cell_decimal((struct dec){96975, 3}, 2));
    ROW(r, cell_null(), cell_null(), cell_amount(1860428050, 2), cell_null());
    TOTAL(r, cell_text("total"), cell_null(), cell_amount(61585412350, 2), cell_null());
    return w;
}

static void make_square(void *ctx, uint32_t row, struct cell *cells, struct arena *a)
{
    (void)ctx;
    cells[0] = cell_text(text_format(a, "row %u", (unsigned)row));
    cells[1] = cell_count((i128)row * row);
}

static void gather(void *ctx, const char *bytes, size_t len)
{
    buf_add_bytes(ctx, bytes, len);
}

/* A list that is made as it is printed says what a list of cells says, also piece by piece. */
static void rows_that_are_made_are_rows(void)
{
    enum { ROWS = 5000 };
    struct arena a = {0};
    struct buf whole = {.arena = &a}, pieces = {.arena = &a, .drain = gather, .drain_ctx = &whole};
    struct answer *kept = answer_new(&a, "Squares"), *made = answer_new(&a, "Squares");
    struct rows *k = answer_rows(kept, "rows"), *m = answer_rows(made, "rows");
    rows_columns(k, "name square");
    rows_columns(m, "name square");
    for (uint32_t i = 0; i < ROWS; i++) {
        ROW(k, cell_text(text_format(&a, "row %u", (unsigned)i)), cell_count((i128)i * i));
    }
    rows_made(m, ROWS, make_square, NULL);
    CHECK_TEXT(json_of(&a, made), json_of(&a, kept));
    CHECK_TEXT(csv_of(&a, made), csv_of(&a, kept));
    CHECK_TEXT(text_of(&a, made, &plain), text_of(&a, kept, &plain));
    answer_json(made, &pieces);
    CHECK(whole.len > 0 && pieces.len < whole.len);
    buf_add_bytes(&whole, pieces.text, pieces.len);
    CHECK_TEXT(whole.text, json_of(&a, kept));
    arena_free(&a);
}

static void json_has_the_documented_shape(void)
{
    struct arena a = {0};
    struct answer *w = sample(&a);
    CHECK_TEXT(json_of(&a, w), "{\"version\":1,\"boundary\":{\"recipient\":\"JOR\",\"year\":2020},"
                               "\"incoming\":615854123.5,\"rows\":[\n"
                               "{\"by\":\"943\",\"incoming\":597249843,\"key_share\":96.98},\n"
                               "{\"by\":null,\"incoming\":18604280.5,\"key_share\":null}]}\n");
    arena_free(&a);
}

static void several_lists_and_nested_lists_keep_their_names(void)
{
    struct arena a = {0};
    struct answer *w = answer_new(&a, NULL);
    struct object *place = object_new(&a);
    object_put(place, "file", cell_text("x.csv"));
    object_put(place, "row", cell_label(12));
    const struct object *items[] = {place, place};
    struct object_list both = {items, 2}, none = {NULL, 0};
    answer_put(w, "places", cell_list(&both));
    answer_put(w, "nothing", cell_list(&none));
    struct rows *totals = answer_rows(w, "totals"), *changes = answer_rows(w, "changes");
    rows_column(totals, "ok", NULL, 0);
    rows_column(changes, "place", NULL, 0);
    ROW(totals, cell_bool(true));
    answer_note(w, "%d %s", 3, "left out");
    CHECK_TEXT(json_of(&a, w),
               "{\"version\":1,\"places\":[{\"file\":\"x.csv\",\"row\":12},"
               "{\"file\":\"x.csv\",\"row\":12}],\"nothing\":[],\"totals\":[\n{\"ok\":true}],"
               "\"changes\":[],\"notes\":[\"3 left out\"]}\n");
    CHECK_TEXT(csv_of(&a, w), "place\r\n"); /* the main list is the last one */
    w->main = totals;
    CHECK_TEXT(csv_of(&a, w), "ok\r\ntrue\r\n");
    arena_free(&a);
}

static void numbers_keep_every_digit(void)
{
    struct arena a = {0};
    i128 huge = (i128)INT64_MAX * 1000000;
    const struct {
        struct cell cell;
        const char *want;
    } cases[] = {
        {cell_amount(72559129900, 2), "725591299"},
        {cell_amount(1250, 2), "12.5"},
        {cell_amount(-5, 2), "-0.05"},
        {cell_amount(0, 2), "0"},
        {cell_amount(7, 0), "7"},
        {cell_amount(1225, 3), "1.22"}, /* half to even, once */
        {cell_amount(1235, 3), "1.24"},
        {cell_amount(12349999, 7), "1.23"},
        {cell_amount(huge, 2), "92233720368547758070000"},
        {cell_amount(-huge - 1, 2), "-92233720368547758070000.01"},
        {cell_quantity(216670, 3), "216.67"},
        {cell_count((i128)UINT64_MAX), "18446744073709551615"},
        {cell_label(2020), "2020"},
        {cell_decimal((struct dec){1, 18}, 18), "0.000000000000000001"},
        {cell_decimal((struct dec){25, 1}, 0), "2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CHECK_TEXT(cell_digits(&a, &cases[i].cell), cases[i].want);
    }
    arena_free(&a);
}

/* Bytes of every sort, more of them dangerous than chance would give. */
static const char *random_text(struct arena *a)
{
    static const char *const nasty[] = {"\x1b[2J",
                                        "\xc2\x9b[31m",
                                        "\xe2\x80\xae",
                                        "\xff",
                                        "\xc3",
                                        "\"",
                                        "\\",
                                        "\r\n",
                                        ",",
                                        "=1+1",
                                        "-",
                                        "\t",
                                        "\xe4\xb8\xad",
                                        "e\xcc\x81",
                                        "\x7f",
                                        "\xed\xa0\x80",
                                        "plain",
                                        " ",
                                        "\xf0\x9f\x98\x80",
                                        "\xf4\x90\x80\x80",
                                        "\xe2\x80\xa8",
                                        "\b\f",
                                        "@x",
                                        "Kiel"};
    struct buf b = {.arena = a};
    buf_add(&b, "");
    for (int n = rand() % 8; n > 0; n--) {
        char byte = (char)(rand() % 255 + 1);
        if (rand() % 2)
            buf_add(&b, nasty[(size_t)rand() % (sizeof nasty / sizeof *nasty)]);
        else
            buf_add_bytes(&b, &byte, 1);
    }
    return b.text;
}

static struct answer *random_answer(struct arena *a)
{
    struct answer *w = answer_new(a, random_text(a));
    struct object *o = object_new(a);
    object_put(o, "inner", cell_text(random_text(a)));
    answer_put(w, "head", cell_text(random_text(a)));
    answer_put(w, "object", cell_object(o));
    struct rows *r = answer_rows(w, "rows");
    r->title = random_text(a);
    rows_column(r, "a", random_text(a), 0);
    rows_column(r, "b", NULL, COLUMN_BAR);
    rows_column(r, "c", NULL, 0);
    for (int n = rand() % 4; n >= 0; n--) {
        ROW(r, cell_text(random_text(a)), cell_amount(rand() % 2001 - 1000, 2),
            cell_text(random_text(a)));
    }
    answer_note(w, "%s", random_text(a));
    return w;
}

static void any_bytes_make_valid_json(void)
{
    for (unsigned seed = 1; seed <= 2000; seed++) {
        struct arena a = {0};
        srand(seed);
        const char *text = json_of(&a, random_answer(&a));
        json_error_t error;
        json_t *parsed = json_loads(text, 0, &error);
        CHECK(parsed != NULL);
        CHECK(text_is_utf8(text, strlen(text)));
        CHECK(text_is_clean(text, strlen(text)) || strstr(text, "e\xcc\x81")); /* no controls */
        json_decref(parsed);
        arena_free(&a);
        if (!tap_this_ok) {
            printf("# seed %u: %s\n", seed, text ? error.text : "");
            return;
        }
    }
}

static void json_texts_come_back_as_they_went_in(void)
{
    static const char *const texts[] = {"",
                                        "\"\\/",
                                        "\b\f\n\r\t\x01\x1f",
                                        "\x7f\xc2\x80\xc2\x9f",
                                        "\xe4\xb8\xad\xe6\x96\x87",
                                        "\xf0\x9f\x98\x80"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct arena a = {0};
        struct buf b = {.arena = &a};
        struct jsonw j = {.out = &b};
        jsonw_text(&j, texts[i]);
        json_t *parsed = json_loads(b.text, JSON_DECODE_ANY, NULL);
        CHECK(parsed != NULL);
        if (parsed) CHECK_TEXT(json_string_value(parsed), texts[i]);
        json_decref(parsed);
        arena_free(&a);
    }
}

static bool is_control(int32_t c)
{
    return (c < 0x20 && c != '\n') || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069);
}

static void no_control_character_reaches_a_terminal(void)
{
    for (unsigned seed = 1; seed <= 2000; seed++) {
        struct arena a = {0};
        srand(seed);
        struct look look = {.unicode = seed % 2, .width = (int)(seed % 3) * 30};
        const char *text = text_of(&a, random_answer(&a), &look);
        size_t len = strlen(text);
        for (size_t i = 0; i < len && tap_this_ok;) {
            int32_t c = text_next(text, len, &i);
            CHECK(c >= 0 && !is_control(c));
            if (c < 0) break;
        }
        arena_free(&a);
        if (!tap_this_ok) {
            printf("# seed %u\n", seed);
            return;
        }
    }
}

/* The next field of RFC 4180 text into out; the character that ended it. */
static char csv_field(const char **at, char *out)
{
    const char *p = *at;
    if (*p == '"') {
        for (p++; *p && (*p != '"' || p[1] == '"'); p++) {
            if (*p == '"') p++;
            *out++ = *p;
        }
        p++;
    } else {
        while (*p && *p != ',' && *p != '\r') *out++ = *p++;
    }
    *out = '\0';
    char end = *p;
    *at = p + (end == '\r' ? 2 : end ? 1 : 0);
    return end;
}

static void csv_comes_back_as_it_went_in_and_is_no_formula(void)
{
    for (unsigned seed = 1; seed <= 2000; seed++) {
        struct arena a = {0};
        srand(seed);
        const char *first = random_text(&a), *second = random_text(&a);
        struct answer *w = answer_new(&a, NULL);
        struct rows *r = answer_rows(w, "rows");
        rows_column(r, "one", NULL, 0);
        rows_column(r, "two", NULL, 0);
        ROW(r, cell_text(first), cell_text(second));
        const char *at = csv_of(&a, w);
        char field[256];
        CHECK(csv_field(&at, field) == ',');
        CHECK(csv_field(&at, field) == '\r');
        CHECK_TEXT(field, "two");
        for (int i = 0; i < 2; i++) {
            const char *want = i ? second : first;
            CHECK(csv_field(&at, field) == (i ? '\r' : ','));
            bool formula = *want && strchr("=+-@\t\r", *want);
            CHECK((field[0] == '\'') == (formula || *want == '\''));
            if (text_is_utf8(want, strlen(want))) CHECK_TEXT(field + formula, want);
        }
        CHECK_TEXT(at, "");
        arena_free(&a);
        if (!tap_this_ok) {
            printf("# seed %u\n", seed);
            return;
        }
    }
}

static void csv_tells_null_from_empty_and_a_number_from_a_formula(void)
{
    struct arena a = {0};
    struct answer *w = answer_new(&a, NULL);
    struct rows *r = answer_rows(w, "rows");
    rows_column(r, "a", NULL, 0);
    rows_column(r, "b", NULL, COLUMN_NO_TEXT);
    rows_column(r, "c", NULL, COLUMN_ONLY_TEXT);
    rows_column(r, "d", NULL, 0);
    ROW(r, cell_null(), cell_text(""), cell_text("x"), cell_amount(-1250, 2));
    ROW(r, cell_text("a,b"), cell_text("-1"), cell_text("x"), cell_count(1234567));
    CHECK_TEXT(csv_of(&a, w), "a,b,d\r\n,\"\",-12.5\r\n\"a,b\",\"'-1\",1234567\r\n");
    arena_free(&a);
}

static void csv_spreads_the_members_of_objects_over_columns(void)
{
    struct arena a = {0};
    struct answer *w = answer_new(&a, NULL);
    struct rows *r = answer_rows(w, "flags");
    struct object *one = object_new(&a), *two = object_new(&a);
    object_put(one, "file", cell_text("a.csv"));
    object_put(one, "row", cell_label(3));
    object_put(two, "file", cell_text("b.csv"));
    object_put(two, "column", cell_text("C"));
    rows_column(r, "rule", NULL, 0);
    rows_column(r, "place", NULL, 0);
    rows_column(r, "value", NULL, 0);
    ROW(r, cell_text("x"), cell_object(one), cell_count(1));
    ROW(r, cell_text("y"), cell_object(two), cell_count(2));
    ROW(r, cell_text("z"), cell_null(), cell_count(3));
    CHECK_TEXT(csv_of(&a, w), "rule,place.file,place.row,place.column,value\r\n"
                              "x,a.csv,3,,1\r\ny,b.csv,,C,2\r\nz,,,,3\r\n");
    arena_free(&a);
}

static void an_answer_without_rows_is_one_row_of_its_head_in_csv(void)
{
    struct arena a = {0};
    struct answer *w = answer_new(&a, "x");
    answer_put(w, "id", cell_label(17));
    answer_put(w, "id", cell_label(18)); /* put again: replaced */
    answer_put(w, "key", cell_text("fts:1"));
    CHECK_TEXT(csv_of(&a, w), "id,key\r\n18,fts:1\r\n");
    arena_free(&a);
}

static void the_table_is_laid_out_for_people(void)
{
    struct arena a = {0};
    struct look ascii = {0};
    struct answer *w = sample(&a);
    answer_note(w, "One note.");
    CHECK_TEXT(text_of(&a, w, &ascii),
               "Support inside a boundary\n"
               "\n"
               "boundary  recipient JOR, year 2020\n"
               "incoming  615,854,124\n"
               "\n"
               "by     plan       incoming                        key share\n"
               "-----  ------  -----------                        ---------\n"
               "943    Jordan  597,249,843  ####################      96.98\n"
               "-      -        18,604,280  #                             -\n"
               "-----  ------  -----------                        ---------\n"
               "total          615,854,124\n"
               "\n"
               "One note.\n");
    arena_free(&a);
}

static void plain_columns_are_named_in_one_word_list(void)
{
    struct arena a = {0};
    struct buf out = {.arena = &a};
    struct answer *w = answer_new(&a, NULL);
    struct rows *r = answer_rows(w, "rows");
    rows_columns(r, "");
    rows_columns(r, "from key_share");
    ROW(r, cell_count(1), cell_count(2));
    answer_csv(w, &out);
    CHECK_TEXT(out.text, "from,key_share\r\n1,2\r\n");
    arena_free(&a);
}

static void cents_show_until_there_are_millions(void)
{
    struct arena a = {0};
    struct look ascii = {0};
    struct answer *w = answer_new(&a, NULL);
    struct rows *r = answer_rows(w, "rows");
    rows_column(r, "n", NULL, 0);
    ROW(r, cell_amount(999999999, 2));
    CHECK(strstr(text_of(&a, w, &ascii), "9,999,999.99") != NULL);
    ROW(r, cell_amount(-1000000050, 2));
    CHECK(strstr(text_of(&a, w, &ascii), "-10,000,000\n") != NULL);
    CHECK(strstr(text_of(&a, w, &ascii), "10,000,000\n") != NULL);
    arena_free(&a);
}

static void a_list_without_rows_says_so(void)
{
    struct arena a = {0};
    struct answer *w = answer_new(&a, NULL);
    struct rows *r = answer_rows(w, "flags");
    rows_column(r, "rule", NULL, 0);
    CHECK_TEXT(text_of(&a, w, &plain), "none\n");
    r->title = "Flags";
    r->empty = "nothing that cannot be right";
    CHECK_TEXT(text_of(&a, w, &plain), "Flags\nnothing that cannot be right\n");
    arena_free(&a);
}

static void widths_are_those_of_a_terminal(void)
{
    static const struct {
        const char *text;
        int cells;
    } cases[] = {
        {"", 0},
        {"Kiel", 4},
        {"\xc3\xa9", 1},                 /* one letter, two bytes */
        {"e\xcc\x81", 1},                /* a letter and a mark on it */
        {"\xe4\xb8\xad\xe6\x96\x87", 4}, /* two wide ones */
        {"\xe2\x80\x8b", 0},             /* a space of no width */
        {"\xc2\xad", 0},                 /* a soft hyphen */
        {"\xf0\x9f\x98\x80", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CHECK_I64((int64_t)term_cells(cases[i].text, strlen(cases[i].text)), cases[i].cells);
    }
}

static void columns_stand_under_each_other_whatever_the_script(void)
{
    static const char *const names[] = {"Kiel", "\xe4\xb8\xad\xe6\x96\x87", "e\xcc\x81t\xc3\xa9",
                                        "\xd0\x9a\xd0\xb8\xd1\x97\xd0\xb2"};
    struct arena a = {0};
    struct answer *w = answer_new(&a, NULL);
    struct rows *r = answer_rows(w, "rows");
    rows_column(r, "name", NULL, 0);
    rows_column(r, "n", NULL, 0);
    for (size_t i = 0; i < 4; i++) ROW(r, cell_text(names[i]), cell_count(7));
    const char *line = text_of(&a, w, &plain);
    for (int i = 0; i < 6; i++) {
        size_t len = strcspn(line, "\n");
        CHECK_I64((int64_t)term_cells(line, len), 7);
        line += len + 1;
    }
    arena_free(&a);
}

static void a_narrow_terminal_wraps_and_loses_nothing(void)
{
    struct arena a = {0};
    struct look look = {.unicode = true, .width = 60};
    struct answer *w = answer_new(&a, NULL);
    struct rows *r = answer_rows(w, "rows");
    struct buf long_text = {.arena = &a};
    for (int i = 0; i < 60; i++) buf_addf(&long_text, "%sword%d", i ? " " : "", i);
    rows_column(r, "text", NULL, 0);
    rows_column(r, "n", NULL, COLUMN_BAR);
    ROW(r, cell_text(long_text.text), cell_count(1234));
    ROW(r, cell_text("one-word-that-is-longer-than-the-column-in-which-it-has-to-stand-here-now"),
        cell_count(5));
    const char *text = text_of(&a, w, &look);
    for (int i = 0; i < 60; i++) {
        CHECK(strstr(text, text_format(&a, "word%d", i)) != NULL);
    }
    for (const char *line = text; *line;) {
        size_t len = strcspn(line, "\n");
        CHECK(term_cells(line, len) <= 60);
        CHECK(len == 0 || line[len - 1] != ' ');
        line += len + 1;
    }
    arena_free(&a);
}

static int count_of(const char *text, const char *what)
{
    int n = 0;
    for (; (text = strstr(text, what)); text += strlen(what)) n++;
    return n;
}

static void bars_are_in_proportion_and_what_is_not_zero_shows(void)
{
    struct arena a = {0};
    struct look ascii = {0};
    struct answer *w = answer_new(&a, NULL);
    struct rows *r = answer_rows(w, "rows");
    rows_column(r, "n", NULL, COLUMN_BAR);
    ROW(r, cell_amount(4000000000, 2)); /* 20 cells */
    ROW(r, cell_amount(20000000, 0));   /* 10: another scale, the same half */
    ROW(r, cell_amount(1, 2));          /* 1: a cent shows */
    ROW(r, cell_amount(0, 2));
    ROW(r, cell_null());
    const char *text = text_of(&a, w, &ascii);
    CHECK_I64(count_of(text, "#"), 31);
    CHECK(strstr(text, "\n         0\n") != NULL); /* beside millions nobody reads cents */
    ROW(r, cell_amount(-1000000000, 2));           /* 5, hatched */
    text = text_of(&a, w, &plain);
    CHECK_I64(count_of(text, "\xe2\x96\x88"), 30);
    CHECK_I64(count_of(text, "\xe2\x96\x92"), 5);
    ROW(r, cell_amount((i128)1 << 120, 2)); /* too large to draw: no bars, and no overflow */
    CHECK_I64(count_of(text_of(&a, w, &ascii), "#"), 0);
    arena_free(&a);
}

static void colour_changes_no_letter(void)
{
    struct arena a = {0};
    struct look colour = {.unicode = true, .color = true};
    struct answer *w = sample(&a);
    const char *painted = text_of(&a, w, &colour);
    struct buf bare = {.arena = &a};
    CHECK(strstr(painted, "\x1b[1mSupport") != NULL);
    for (const char *at = painted; *at; at++) {
        if (*at == '\x1b')
            at = strchr(at, 'm');
        else
            buf_add_bytes(&bare, at, 1);
    }
    CHECK_TEXT(bare.text, text_of(&a, w, &plain));
    arena_free(&a);
}

static void a_thousand_rows_keep_their_order(void)
{
    struct arena a = {0};
    struct answer *w = answer_new(&a, NULL);
    struct rows *r = answer_rows(w, "rows");
    rows_column(r, "n", NULL, 0);
    for (int i = 0; i < 1000; i++) ROW(r, cell_label(i));
    json_t *parsed = json_loads(json_of(&a, w), 0, NULL);
    json_t *rows = json_object_get(parsed, "rows");
    CHECK_I64((int64_t)json_array_size(rows), 1000);
    for (size_t i = 0; i < 1000; i++) {
        CHECK_I64(json_integer_value(json_object_get(json_array_get(rows, i), "n")), (int64_t)i);
    }
    json_decref(parsed);
    arena_free(&a);
}

int main(void)
{
    RUN(json_has_the_documented_shape);
    RUN(several_lists_and_nested_lists_keep_their_names);
    RUN(numbers_keep_every_digit);
    RUN(any_bytes_make_valid_json);
    RUN(json_texts_come_back_as_they_went_in);
    RUN(no_control_character_reaches_a_terminal);
    RUN(csv_comes_back_as_it_went_in_and_is_no_formula);
    RUN(csv_tells_null_from_empty_and_a_number_from_a_formula);
    RUN(csv_spreads_the_members_of_objects_over_columns);
    RUN(an_answer_without_rows_is_one_row_of_its_head_in_csv);
    RUN(the_table_is_laid_out_for_people);
    RUN(plain_columns_are_named_in_one_word_list);
    RUN(cents_show_until_there_are_millions);
    RUN(a_list_without_rows_says_so);
    RUN(widths_are_those_of_a_terminal);
    RUN(columns_stand_under_each_other_whatever_the_script);
    RUN(a_narrow_terminal_wraps_and_loses_nothing);
    RUN(bars_are_in_proportion_and_what_is_not_zero_shows);
    RUN(colour_changes_no_letter);
    RUN(a_thousand_rows_keep_their_order);
    RUN(rows_that_are_made_are_rows);
    return tap_done();
}
