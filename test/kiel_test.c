/*
 * The tracker's workbook: the publisher's own sums out of the drafts of raw
 * rows, with and without the sheets that hold those sums.
 */
#include "drafts.h"
#include "names/names.h"
#include "source/kiel.h"

static const char real_file[] = "data/kiel/release-07.xlsx";

struct real {
    struct arena arena;
    struct input input;
    struct workbook book;
    struct intake in;
};

static bool read_real(struct real *r)
{
    struct err err = {0};
    const char *path = shared_path(&r->arena, real_file);
    if (!path) return false;
    r->input = input_read(&r->arena, path);
    r->in.arena = &r->arena;
    CHECK(source_reader_named("kiel-workbook")->sniff(&r->input, 1));
    CHECK(xlsx_read(&r->arena, r->input.bytes, r->input.len, &r->book, &err) == RC_OK);
    CHECK(kiel_workbook_take(&r->book, &r->input, &r->in, &err) == RC_OK);
    CHECK_TEXT(err.msg, "");
    return true;
}

/* --- published totals --- */

static const struct record *rate_of(const struct intake *in, const char *currency)
{
    return draft(in, KIND_RATE, text_format(in->arena, "kiel:r07/rate/%s", currency));
}

/* Cents of EUR that a party's packages of a class are worth: sums by currency first. */
static int64_t published_eur(const struct intake *in, const char *party, const char *class_)
{
    static const char *const currencies[] = {"EUR", "USD", "CAD", "GBP", "PLN", "RON",
                                             "SEK", "HRK", "CZK", "DKK", "AUD", "NOK",
                                             "CHF", "NZD", "HUF", "CNY", "TWD"};
    int64_t sum = 0;
    for (size_t c = 0; c < sizeof currencies / sizeof *currencies; c++) {
        i128 parts = 0, eur = 0;
        for (uint32_t i = 0; i < in->count; i++) {
            const struct record *v = in->records[i];
            if (v->kind != KIND_VALUE || strcmp(text_of(v, F_CURRENCY), currencies[c]) != 0 ||
                record_int(v, F_TO, 0) != STAGE_COMMITTED || record_int(v, F_OUTSIDE, 0)) {
                continue;
            }
            const struct record *p = draft(in, KIND_PACKAGE, text_of(v, F_OF));
            if (strcmp(text_of(p, F_PARTY), party) || strcmp(text_of(p, F_CLASS), class_)) continue;
            parts += record_int(v, F_LOW, 0);
        }
        const struct record *rate = rate_of(in, currencies[c]);
        struct err err = {0};
        struct dec one = {1, 0};
        CHECK(!parts_convert(parts, names_currency_places(currencies[c]), one,
                             rate ? record_dec(rate, F_AMOUNT) : one, 2, &eur, &err));
        sum += (int64_t)eur;
    }
    return sum;
}

static void the_country_table_comes_out_within_1000_eur(void)
{
    struct real r = {0};
    uint32_t cells = 0;
    if (read_real(&r)) {
        CHECK_I64(drafts_of(&r.in, KIND_PACKAGE), 432 + 6 + 14);
        CHECK_I64(r.in.stated_ms, INT64_C(1664841599999)); /* end of 2022-10-03 */
        for (uint32_t i = 0; i < r.in.count; i++) {
            const struct record *s = r.in.records[i];
            const char *class_ = text_of(s, F_MEASURE);
            if (s->kind != KIND_STATEMENT ||
                !text_starts(text_of(s, F_LINK), "kiel:r07/country-summary/") ||
                strcmp(class_, "total") == 0) {
                continue;
            }
            int64_t ours = published_eur(&r.in, text_of(s, F_PARTY), class_);
            int64_t off = ours - record_int(s, F_LOW, 0);
            if (off > 100000 || off < -100000) {
                printf("# %s: off by %lld cents\n", text_of(s, F_KEY), (long long)off);
                FAIL("within 1,000 EUR");
            }
            cells++;
        }
        CHECK_I64(cells, 41 * 3);
        check_drafts(&r.in);
    }
    arena_free(&r.arena);
}

/* Units that entries bring to a stage, by giver and item: "DEU/kiel:item:..." */
static struct map units_at(struct intake *in, enum stage stage)
{
    struct map lines = {.arena = in->arena}, sums = {.arena = in->arena};
    for (uint32_t i = 0; i < in->count; i++) {
        const struct record *l = in->records[i];
        if (l->kind == KIND_LINE) map_put(&lines, text_of(l, F_KEY), i + 1);
    }
    for (uint32_t i = 0; i < in->count; i++) {
        const struct record *e = in->records[i];
        const uint64_t *at = e->kind == KIND_ENTRY ? map_get(&lines, text_of(e, F_LINE)) : NULL;
        if (!at || record_int(e, F_TO, 0) != (int64_t)stage) continue;
        const struct record *l = in->records[*at - 1];
        const char *key = text_format(in->arena, "%s/%s", text_of(l, F_PARTY), text_of(l, F_ITEM));
        const uint64_t *had = map_get(&sums, key);
        map_put(&sums, key, (had ? *had : 0) + (uint64_t)record_int(e, F_QTY, 0));
    }
    return sums;
}

static uint32_t compare_weapons(struct real *r, const char *measure, enum stage stage)
{
    uint32_t cells = 0;
    struct map sums = units_at(&r->in, stage);
    for (uint32_t i = 0; i < r->in.count; i++) {
        const struct record *s = r->in.records[i];
        if (s->kind != KIND_STATEMENT || strcmp(text_of(s, F_MEASURE), measure) != 0) continue;
        const char *key = text_format(&r->arena, "%s/%s", text_of(s, F_PARTY), text_of(s, F_ITEM));
        const uint64_t *ours = map_get(&sums, key);
        struct dec said = record_dec(s, F_AMOUNT);
        if (said.scale != 0 || said.n != (int64_t)(ours ? *ours : 0)) {
            printf("# %s: %lld\n", text_of(s, F_KEY), (long long)(ours ? *ours : 0));
            FAIL("the sum of the rows");
        }
        cells++;
    }
    return cells;
}

static void weapons_are_the_sums_of_the_lines(void)
{
    struct real r = {0};
    if (read_real(&r)) {
        CHECK_I64(compare_weapons(&r, "committed units", STAGE_COMMITTED), 1560);
        CHECK_I64(compare_weapons(&r, "delivered units", STAGE_DELIVERED), 1520);
    }
    arena_free(&r.arena);
}

static void what_is_typed_oddly_is_said(void)
{
    struct real r = {0};
    if (read_real(&r)) {
        CHECK_I64(diags_of(&r.in, "date-in-prose"), 182 + 1); /* one in Multilateral assistance */
        CHECK_I64(diags_of(&r.in, "date-out-of-range"), 1);
        const struct diag *far = diag_of(&r.in, "date-out-of-range", NULL);
        CHECK_TEXT(far ? far->value : "", "373319");
        CHECK_I64(far ? far->row : 0, 214);
        CHECK_I64(diags_of(&r.in, "not-a-number"), 3 + 1); /* "1.000.00", and a price with blanks */
        CHECK_I64(diags_of(&r.in, "total-typed-over"), 3); /* USM1, USM5, USM6 */
        CHECK_I64(diags_of(&r.in, "total-differs"), 0);
        CHECK_I64(diags_of(&r.in, "converted-differs"), 0);
        CHECK_I64(diags_of(&r.in, "fraction"), 2);          /* HUH5, INH2 */
        CHECK_I64(diags_of(&r.in, "delivered-differs"), 1); /* USM1: a formula of its own */
        static const char *const left_out[] = {"CAF6", "DEM2", "ESM7"};
        for (int i = 0; i < 3; i++) {
            const char *key = text_format(&r.arena, "kiel:r07:%s", left_out[i]);
            const struct record *p = draft(&r.in, KIND_PACKAGE, key);
            CHECK(p && record_int(p, F_OUTSIDE, 0));
        }
        uint32_t outside = 0;
        for (uint32_t i = 0; i < r.in.count; i++) {
            const struct record *p = r.in.records[i];
            outside += p->kind == KIND_PACKAGE && record_int(p, F_OUTSIDE, 0) &&
                       strcmp(text_of(p, F_SERIES), "kiel:r07") == 0;
        }
        CHECK_I64(outside, 3);
    }
    arena_free(&r.arena);
}

/* --- the same without the publisher's answers --- */

/* A formula's value is the publisher's; where raw rows hold formulas, their values are raw. */
static void forget_computed(struct arena *a, struct sheet *s)
{
    static const char *const computed[] = {"Type of item",
                                           "Unit Price in USD",
                                           "Value committed (own estimate, in USD)",
                                           "Value delivered (own estimate, in USD)",
                                           "Total",
                                           "Converted Value in EUR",
                                           "Total monetary value delivered in EUR"};
    for (size_t c = 0; c < sizeof computed / sizeof *computed; c++) {
        int column = row_find(&s->rows[0], computed[c]);
        for (uint32_t i = 1; column >= 0 && i < s->count; i++) {
            struct sheet_row *row = &s->rows[i];
            if ((uint32_t)column >= row->count || !row->cells[column].is_formula) continue;
            struct cell *cells = NEW_ARRAY(a, row->count, struct cell);
            memcpy(cells, row->cells, row->count * sizeof *cells);
            cells[column] = (struct cell){CELL_NUMBER, true, "12345678"};
            row->cells = cells;
        }
    }
}

static struct workbook without_answers(struct arena *a, const struct workbook *w)
{
    static const char *const kept[] = {"Updates and Corrections", "Bilateral assistance, MAIN DATA",
                                       "Commercial assistance",   "Multilateral assistance",
                                       "Exchange rates",          "Price List, Weapons & Items"};
    struct workbook out = {0, NEW_ARRAY(a, w->count, struct sheet)};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        const struct sheet *s = workbook_sheet(w, kept[i]);
        struct sheet *copy = &out.sheets[out.count++];
        *copy = *s;
        copy->rows = NEW_ARRAY(a, s->count, struct sheet_row);
        memcpy(copy->rows, s->rows, s->count * sizeof *copy->rows);
        if (i == 1) forget_computed(a, copy);
    }
    return out;
}

static bool is_books(const struct record *r)
{
    return r->kind == KIND_LINE || r->kind == KIND_ENTRY || r->kind == KIND_VALUE ||
           r->kind == KIND_PACKAGE || r->kind == KIND_PRICE || r->kind == KIND_RATE;
}

static const struct record *next_of_book(const struct intake *in, uint32_t *at)
{
    while (*at < in->count && !is_books(in->records[*at])) ++*at;
    return *at < in->count ? in->records[(*at)++] : NULL;
}

static void the_same_comes_without_the_publishers_answers(void)
{
    struct real r = {0};
    if (read_real(&r)) {
        struct err err = {0};
        struct workbook less = without_answers(&r.arena, &r.book);
        struct intake in = {.arena = &r.arena};
        CHECK(kiel_workbook_take(&less, &r.input, &in, &err) == RC_OK);
        uint32_t i = 0, j = 0, compared = 0;
        for (;; compared++) {
            const struct record *full = next_of_book(&r.in, &i), *bare = next_of_book(&in, &j);
            CHECK(!full == !bare);
            if (!full || !bare) break;
            if (!record_same(full, bare)) {
                printf("# %s\n", text_of(full, F_KEY));
                FAIL("the same draft");
                break;
            }
        }
        CHECK(compared > 2500);
        CHECK_I64(drafts_of(&in, KIND_INDICATOR), 0);
    }
    arena_free(&r.arena);
}

static void one_raw_amount_changed_changes_its_package_by_it(void)
{
    struct real r = {0};
    if (read_real(&r)) {
        struct err err = {0};
        struct workbook more = without_answers(&r.arena, &r.book);
        struct sheet *s = (struct sheet *)(uintptr_t)workbook_sheet(&more, "Bilateral assistance, "
                                                                           "MAIN DATA");
        int column = row_find(&s->rows[0], "Monetary Value as Given by Source");
        struct sheet_row *row = &s->rows[1]; /* AUH1, 35 million AUD */
        struct cell *cells = NEW_ARRAY(&r.arena, row->count, struct cell);
        memcpy(cells, row->cells, row->count * sizeof *cells);
        CHECK_TEXT(cells[column].text, "35000000");
        cells[column].text = "35001000.5";
        row->cells = cells;
        struct intake in = {.arena = &r.arena};
        CHECK(kiel_workbook_take(&more, &r.input, &in, &err) == RC_OK);
        uint32_t i = 0, j = 0, changed = 0;
        const struct record *was, *is;
        while ((was = next_of_book(&r.in, &i)) && (is = next_of_book(&in, &j))) {
            if (record_same(was, is)) continue;
            changed++;
            CHECK_TEXT(text_of(is, F_KEY), "kiel:r07:AUH1/value/committed");
            CHECK_I64(record_int(is, F_LOW, 0) - record_int(was, F_LOW, 0), 100050);
        }
        CHECK_I64(changed, 1);
    }
    arena_free(&r.arena);
}

/* --- made by hand --- */

enum { ROWS = 12, CELLS = 12 };

/* Cells between bars; "#" a number, "=" a formula with a number, "!" an error, else text. */
static void lay(struct arena *a, struct sheet *s, const char *name, const char *const *rows)
{
    s->name = name;
    s->rows = NEW_ARRAY(a, ROWS, struct sheet_row);
    for (s->count = 0; rows[s->count]; s->count++) {
        struct sheet_row *row = &s->rows[s->count];
        row->number = s->count + 1;
        row->cells = NEW_ARRAY(a, CELLS, struct cell);
        for (const char *at = rows[s->count]; row->count < CELLS; row->count++) {
            size_t len = strcspn(at, "|");
            struct cell *c = &row->cells[row->count];
            const char *text = arena_bytes(a, at, len);
            bool marked = *text == '#' || *text == '=' || *text == '!';
            c->type = *text == '!' ? CELL_ERROR
                      : marked     ? CELL_NUMBER
                      : *text      ? CELL_TEXT
                                   : CELL_EMPTY;
            c->is_formula = *text == '=';
            c->text = marked ? text + 1 : text;
            if (!at[len]) {
                row->count++;
                break;
            }
            at += len + 1;
        }
    }
}

#define MAIN_HEAD                                                                                  \
    "ID|countries|Announcement Date|Type of Aid General|Original Currency|"                        \
    "Monetary Value as Given by Source|Item|No. of Units|No. of Units delivered|"                  \
    "Converted Value in EUR|value_source_commitments|value_source_deliveries"

struct small {
    struct arena arena;
    struct workbook book;
    struct intake in;
    struct err err;
};

static enum rc take_with(struct small *s, const char *name, const char *const *rows,
                         const char *const *stocks)
{
    static const char *const rates[] = {"Currency|1 EUR", "USD|#0.5", "GBP|#0", NULL};
    static const char *const prices[] = {"Item|Unit Price|Currency", "tank|#100.5|USD",
                                         "Gun|#3|USD", NULL};
    struct input input = input_text("release-09.xlsx", "bytes");
    s->in.arena = &s->arena;
    s->book = (struct workbook){stocks ? 4 : 3, NEW_ARRAY(&s->arena, 4, struct sheet)};
    lay(&s->arena, &s->book.sheets[0], name, rows);
    if (stocks) lay(&s->arena, &s->book.sheets[3], "Heavy weapon stocks", stocks);
    lay(&s->arena, &s->book.sheets[1], "Exchange rates", rates);
    lay(&s->arena, &s->book.sheets[2], "Price List, Weapons & Items", prices);
    return kiel_workbook_take(&s->book, &input, &s->in, &s->err);
}

static enum rc take_small(struct small *s, const char *name, const char *const *rows)
{
    return take_with(s, name, rows, NULL);
}

static int64_t qty(const struct small *s, const char *key, enum stage from)
{
    const struct record *e = draft(&s->in, KIND_ENTRY, key);
    return e && record_int(e, F_FROM, 99) == (int64_t)from ? record_int(e, F_QTY, 0) : -1;
}

static void rows_move_units_and_packages_carry_money(void)
{
    static const char *const rows[] = {
        MAIN_HEAD,
        "A1|Germany|#44621|Military|USD|Not given|tank|#10|#4|=1|Value is calculated with "
        "prices|Value is calculated with prices",
        "A1|Germany|#44622|Military|USD|Not given|gun|undisclosed|#7|=1||",
        "A2|Poland|until 3/15/2022|Military|EUR|#1000.005|.|.|.|=1|Value is given by the "
        "source|Value is given by the source",
        "A3|Poland|#44630|Military|EUR|#5|tank|#2|#3|=1||",
        "A4|Poland|#44640|Humanitarian|EUR|#5|ton of rice|#1.5|.|||",
        NULL};
    struct small s = {0};
    CHECK(take_small(&s, "Bilateral assistance, MAIN DATA", rows) == RC_OK);
    CHECK_TEXT(s.err.msg, "");
    CHECK_I64(qty(&s, "kiel:r09:A1/1/committed", STAGE_WORLD), 10);
    CHECK_I64(qty(&s, "kiel:r09:A1/1/delivered", STAGE_COMMITTED), 4);
    CHECK_I64(qty(&s, "kiel:r09:A1/2/delivered", STAGE_WORLD), 7);
    CHECK_I64(qty(&s, "kiel:r09:A3/1/delivered", STAGE_COMMITTED), 2);
    CHECK_I64(qty(&s, "kiel:r09:A3/1/delivered-beyond", STAGE_WORLD), 1);
    CHECK_I64(diags_of(&s.in, "delivered-above-committed"), 1);
    CHECK_I64(qty(&s, "kiel:r09:A4/1/committed", STAGE_WORLD), 1500);
    CHECK_I64(diags_of(&s.in, "fraction"), 1);

    const struct record *v = draft(&s.in, KIND_VALUE, "kiel:r09:A1/value/committed");
    CHECK_I64(v ? record_int(v, F_LOW, 0) : 0, 100500); /* 10 x 100.50; the guns are unknown */
    CHECK_TEXT(text_of(v, F_BASIS), "estimate");
    v = draft(&s.in, KIND_VALUE, "kiel:r09:A1/value/delivered");
    CHECK_I64(v ? record_int(v, F_LOW, 0) : 0, 42300); /* 4 x 100.50 + 7 x 3 */
    v = draft(&s.in, KIND_VALUE, "kiel:r09:A2/value/delivered");
    CHECK_I64(v ? record_int(v, F_LOW, 0) : 0, 100000); /* half to even, once */
    CHECK_TEXT(text_of(v, F_BASIS), "stated");
    CHECK_TEXT(text_of(draft(&s.in, KIND_LINE, "kiel:r09:A2/1"), F_ITEM), "money/EUR");
    const struct record *left_out = draft(&s.in, KIND_PACKAGE, "kiel:r09:A4");
    CHECK(left_out && record_int(left_out, F_OUTSIDE, 0));
    check_drafts(&s.in);
    arena_free(&s.arena);
}

static const char *sort_of(const struct small *s, const char *item)
{
    return text_of(draft(&s->in, KIND_ITEM, item), F_PARENT);
}

/* Sums of a part, and of sums, stand side by side: the cells tell which of them is whose. */
static void stocks_are_of_the_sort_that_they_add_up_to(void)
{
    static const char *const rows[] = {MAIN_HEAD,
                                       "A1|Germany|#44621|Military|EUR|#5|tank|#1|.|=1||", NULL};
    static const char *const stocks[] = {"Countries|Population|Ongoing conflict|Tanks|Old "
                                         "tanks|T-1|T-2|Air defence|Far|S-1|Near|S-2",
                                         "Germany|#80|.|=7|=3|#3|#4|=30|=10|#10|=20|#20",
                                         "Poland|#40|.|=9|=0|.|#9|=5|=0|unknown|=5|=5",
                                         "France|#60|.|=2|=2|#2|.|=0|=0|.|=0|.", NULL};
    struct small s = {0};
    CHECK(take_with(&s, "Bilateral assistance, MAIN DATA", rows, stocks) == RC_OK);
    CHECK_TEXT(sort_of(&s, "kiel:item:t-1"), "kiel:class:tanks");
    CHECK_TEXT(sort_of(&s, "kiel:item:t-2"), "kiel:class:tanks");
    CHECK_TEXT(sort_of(&s, "kiel:item:s-1"), "kiel:class:far");
    CHECK_TEXT(sort_of(&s, "kiel:item:s-2"), "kiel:class:near");
    const struct record *lot = draft(&s.in, KIND_LOT, "kiel:r09:lot/POL/T-2");
    CHECK_TEXT(text_of(lot, F_PARTY), "POL");
    CHECK_I64(lot ? record_int(lot, F_QTY, 0) : 0, 9);
    lot = draft(&s.in, KIND_LOT, "kiel:r09:lot/POL/S-1");
    CHECK(lot && !record_field(lot, F_QTY));
    CHECK_TEXT(text_of(lot, F_NOTE), "unknown");
    check_drafts(&s.in);
    arena_free(&s.arena);
}

static void a_bad_row_is_said_and_the_rest_is_taken(void)
{
    static const char *const rows[] = {
        MAIN_HEAD,
        "B1|Germany|#373319|Military|EUR|#5|tank|1.000.00|.|=1||",
        "|Germany|#44621|Military|EUR|#5|tank|#1|.|=1||",
        "B2||#44621|Military|EUR|#5|tank|#1|.|=1||",
        "B3|Atlantis|#44621|Martial|XXQ|#5|tank|#-4|dozens|=1||",
        "B1|Germany|#44621|Military|EUR|#5|tank|!#REF!|.|=1||",
        "B4|Poland|#44621|Military|CHF|#1e17|tank|#99999999999999999999|.|=1||",
        NULL};
    struct small s = {0};
    CHECK(take_small(&s, "Bilateral assistance, MAIN DATA", rows) == RC_OK);
    static const char *const rules[] = {"date-out-of-range", "not-a-number",  "no-id",
                                        "no-donor",          "party-unknown", "class-unknown",
                                        "currency-unknown",  "negative",      "quantity-in-words",
                                        "duplicate-id",      "formula-error", "missing-rate",
                                        "out-of-range"};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (!diags_of(&s.in, rules[i])) printf("# nothing says %s\n", rules[i]);
        CHECK(diags_of(&s.in, rules[i]) > 0);
    }
    const struct diag *d = diag_of(&s.in, "formula-error", "DEU");
    CHECK(d && d->row == 6 && d->severity == DIAG_SKIPPED);
    CHECK_TEXT(d ? d->column : "", "H");
    CHECK_TEXT(d ? d->value : "", "#REF!");
    CHECK(s.in.rows_read == s.in.rows_taken + 3); /* two rows, and the rate of 0 */
    check_drafts(&s.in);
    arena_free(&s.arena);
}

static void a_broken_file_is_refused_with_a_sentence(void)
{
    static const char *const no_item[] = {
        "ID|countries|Announcement Date|Type of Aid General|Original Currency|No. of Units", NULL};
    static const char *const no_rows[] = {MAIN_HEAD, NULL};
    static const char *const other[] = {"a|b", NULL};
    static const struct {
        const char *sheet;
        const char *const *rows;
        const char *why;
    } bad[] = {
        {"Sheet1", other, "release-09.xlsx has no sheet 'Bilateral assistance, MAIN DATA'"},
        {"Bilateral assistance, MAIN DATA", other,
         "release-09.xlsx: sheet 'Bilateral assistance, MAIN DATA' has no row with the headings ID "
         "and countries"},
        {"Bilateral assistance, MAIN DATA", no_item,
         "release-09.xlsx: sheet 'Bilateral assistance, MAIN DATA': row 1 has no column 'Monetary "
         "Value as Given by Source'"},
        {"Bilateral assistance, MAIN DATA", no_rows,
         "release-09.xlsx: sheet 'Bilateral assistance, MAIN DATA' holds no rows that could be "
         "taken"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct small s = {0};
        CHECK(take_small(&s, bad[i].sheet, bad[i].rows) == RC_INPUT);
        CHECK_TEXT(s.err.msg, bad[i].why);
        arena_free(&s.arena);
    }
}

static void a_truncated_workbook_is_refused(void)
{
    struct real r = {0};
    const struct reader *reader = source_reader_named("kiel-workbook");
    if (read_real(&r)) {
        for (size_t len = 1; len < r.input.len; len += r.input.len / 7) {
            struct input cut = r.input;
            struct intake in = {.arena = &r.arena};
            struct err err = {0};
            cut.len = len;
            CHECK(!reader->sniff(&cut, 1));
            CHECK(reader->read(&cut, 1, &in, &err) == RC_INPUT);
            CHECK(text_starts(err.msg, "release-07.xlsx: "));
        }
    }
    arena_free(&r.arena);
}

static void days_are_read_from_words(void)
{
    static const struct {
        const char *text, *day;
        enum kiel_day how;
        enum precision precision;
    } cases[] = {
        {"until 7/27/2022", "2022-07-27", KIEL_DAY_PROSE, PRECISION_UNTIL},
        {"until 3/10/2022", "2022-10-03", KIEL_DAY_PROSE, PRECISION_UNTIL}, /* the later reading */
        {"until 9/11/2022", "2022-09-11", KIEL_DAY_PROSE, PRECISION_UNTIL}, /* the other is later */
        {"until 4/6/2027", "2022-10-03", KIEL_DAY_PROSE, PRECISION_UNTIL},
        {"between 3/4/22 & 3/11/22", "2022-03-11", KIEL_DAY_PROSE, PRECISION_UNTIL},
        {"since 2/24/2022", "2022-10-03", KIEL_DAY_PROSE, PRECISION_UNTIL},
        {"unclear, 04/22", "2022-04-30", KIEL_DAY_PROSE, PRECISION_MONTH},
        {"29/06/2022", "2022-06-29", KIEL_DAY_PLAIN, PRECISION_DAY},
        {"March 4, 2022", "2022-03-04", KIEL_DAY_PLAIN, PRECISION_DAY},
        {"Undisclosed", "2022-10-03", KIEL_DAY_NONE, PRECISION_UNTIL},
        {"13/13/2022", "2022-10-03", KIEL_DAY_NONE, PRECISION_UNTIL},
    };
    int32_t cutoff = day_from_civil(2022, 10, 3);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t day;
        enum precision precision;
        char text[DAY_TEXT];
        CHECK_I64(kiel_prose_day(cases[i].text, cutoff, &day, &precision), cases[i].how);
        CHECK_TEXT(day_format(day, text), cases[i].day);
        CHECK_I64(precision, cases[i].precision);
    }
}

int main(void)
{
    struct arena a = {0};
    bool real = shared_path(&a, real_file) != NULL;
    arena_free(&a);
#define REAL(test)                                                                                 \
    do {                                                                                           \
        if (real)                                                                                  \
            RUN(test);                                                                             \
        else                                                                                       \
            skip(#test);                                                                           \
    } while (0)
    REAL(the_country_table_comes_out_within_1000_eur);
    REAL(weapons_are_the_sums_of_the_lines);
    REAL(what_is_typed_oddly_is_said);
    REAL(the_same_comes_without_the_publishers_answers);
    REAL(one_raw_amount_changed_changes_its_package_by_it);
    REAL(a_truncated_workbook_is_refused);
    RUN(rows_move_units_and_packages_carry_money);
    RUN(stocks_are_of_the_sort_that_they_add_up_to);
    RUN(a_bad_row_is_said_and_the_rest_is_taken);
    RUN(a_broken_file_is_refused_with_a_sentence);
    RUN(days_are_read_from_words);
    return tap_done();
}
