/*
 * bad_input_test.c - files that are not what they claim to be, and rows that cannot be right.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include <time.h>

#include "refusal.h"
#include "zipmem.h"

/* --- files that are not what they claim --- */

static void a_file_of_another_kind_is_told_apart(void)
{
    static const struct {
        const char *name, *bytes;
        size_t len; /* 0: a text */
        const char *want;
    } files[] = {
        {"empty.csv", "", 0, "empty.csv is empty"},
        {"latin.csv", "Donor;Place\nNorway;S\xf8r\n", 0, "latin.csv, line 2: not UTF-8; save"},
        {"le.csv",
         "\xff\xfe"
         "N\0o\0,\0D\0",
         10, "le.csv is text in UTF-16: save it in UTF-8"},
        {"be.csv",
         "\xfe\xff"
         "\0N\0o\0,\0D",
         10, "be.csv is text in UTF-16: save it in UTF-8"},
        {"bare.csv", "N\0o\0,\0D\0o\0n\0", 12, "bare.csv is text in UTF-16: save it in UTF-8"},
        {"le.json", "\xff\xfe{\0\"\0d\0", 8, "le.json is text in UTF-16: save it in UTF-8"},
        {"nul.csv", "No,Donor\n1,Nor\0way\n", 19, "nul.csv is neither text nor a workbook"},
        {"a.pdf", "%PDF-1.7\n", 0, "a.pdf is a PDF: save its tables as CSV or XLSX"},
        {"old.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, "old.xls is an old .xls workbook"},
        {"cut.xlsx", "PK\x03\x04\x14\0\0\0\x08\0", 10, "cut.xlsx: the zip archive is cut short"},
        {"other.json", "{\"a\":[1,2]}", 0, "other.json is JSON, and no page of FTS flows"},
        {"other.csv", "a,b\n1,2\n", 0, "other.csv has the headings of no table that muster knows"},
        {"crlf.muster", "muster 1\r\nend 0 00\r\n", 0, "crlf.muster is an exchange file that some"},
        {"mark.muster", "\xef\xbb\xbfmuster 1\nend 0 00\n", 0, "that some program changed"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        put(files[i].name, files[i].bytes, files[i].len ? files[i].len : strlen(files[i].bytes));
        import_refused(files[i].name, files[i].want);
    }
    import_refused("- </dev/null", "standard input is empty");
    import_refused("gifts.map", "gifts.map is a mapping file: name the tables");
    import_refused("gifts.csv", "needs --mapping");
}

static void what_is_not_there_or_not_a_file_is_said(void)
{
    refused(2, "import nosuch.csv", "there is no file 'nosuch.csv'");
    refused(2, "import gifts.csv nosuch.csv", "there is no file 'nosuch.csv'");
    refused(2, "import nosuch/at.csv", "there is no file 'nosuch/at.csv'");
    refused(2, "import --mapping nosuch.map gifts.csv", "there is no file 'nosuch.map'");
    refused(2, "import --mapping gifts.map nosuch.csv", "there is no file 'nosuch.csv'");
    refused(2, "import", "FILE is missing");
    import_refused("/dev/zero", "'/dev/zero' is a device, not a file");
    mkdir("folder", 0755);
    import_refused("--mapping folder gifts.csv", "'folder' is a directory, not a file");
    import_refused("folder", "'folder' holds no files");
}

static void what_may_not_be_read_is_said(void)
{
    char was[sizeof program_path];
    put_text("secret.csv", "a,b\n");
    chmod("secret.csv", 0);
    mkdir("shut", 0);
    put_text("readable.db", "");
    done(0, "--store mine.db import --mapping gifts.map gifts.csv");
    chmod("mine.db", 0400);
    if (geteuid() == 0 && chown("mine.db", 1, 1) != 0) abort();
    if (!as_nobody(was, sizeof was)) {
        printf("# skipped here: nobody else may run %s\n", program_path);
        return;
    }
    free(program(&temp, "--store memory: import secret.csv"));
    CHECK_I64(program_exit, 2);
    said_well("you may not read 'secret.csv'");
    free(program(&temp, "--store memory: import shut"));
    CHECK_I64(program_exit, 2);
    said_well("you may not read 'shut'");
    if (geteuid() == 0) {
        free(program(&temp, "--store mine.db verify"));
        CHECK_I64(program_exit, 4);
        said_well("'mine.db' cannot be opened: you may not read it");
    }
    strcpy(program_path, was);
    chmod("secret.csv", 0600);
    chmod("shut", 0700);
}

static void a_large_file_is_refused_at_once(void)
{
    struct timespec from, to;
    put_text("big.json", "{\"data\":{\"flows\":[");
    put_text("long.json", "{\"data\":{\"flows\":[");
    if (truncate("big.json", (off_t)1 << 31) != 0 || truncate("long.json", 257 << 20) != 0) abort();
    clock_gettime(CLOCK_MONOTONIC, &from);
    import_refused("big.json", "'big.json' is larger than 1 GiB");
    import_refused("--mapping gifts.map big.json", "'big.json' is larger than 1 GiB");
    import_refused("--mapping big.json gifts.csv", "'big.json' is larger than 1 GiB");
    clock_gettime(CLOCK_MONOTONIC, &to);
    CHECK(to.tv_sec - from.tv_sec < 5);
    import_refused("--format fts long.json", "long.json has 257 MB; a JSON file may have at most");
    unlink("big.json");
    unlink("long.json");
}

static void a_json_page_cut_anywhere_is_refused(void)
{
    size_t len;
    char *page = fixture("fuzz/seeds/fts/flows.json", &len);
    while (page[len - 1] == '\n') len--;
    for (size_t i = 1; i < 24; i++) {
        put("page.json", page, len * i / 24);
        import_refused("--format fts page.json", "the file is cut off here");
    }
    put("page.json", page, len * 3 / 4);
    import_refused("page.json", "page.json, line ");
    page[200] = '\xff';
    put("page.json", page, len);
    import_refused("--format fts page.json", "the text is not UTF-8");
    free(page);
}

/* Cut in the last row. One cut behind a whole field of the last column cannot be told from whole.
 */
static void a_table_cut_in_its_last_row_is_refused(void)
{
    size_t len;
    char *table = fixture("data/bad/gifts.csv", &len);
    char *last = strstr(table, "3,T"), *day = strstr(last, "2024");
    for (char *at = last + 1; at < day; at++) {
        put("cut.csv", table, (size_t)(at - table));
        bool half = (at[0] & 0xc0) == 0x80; /* of the letter */
        import_refused("--mapping gifts.map cut.csv",
                       half ? "cut.csv: line 4: text is not UTF-8" : "cut.csv: line 4 has ");
    }
    put_text("cut.csv", "No,Donor,Currency,Amount,Day\n1,\"Den");
    import_refused("--mapping gifts.map cut.csv", "cut.csv: the quote opened in line 2 never");
    free(table);
}

/* --- workbooks --- */

#define STRING(text) "<c t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define HEAD                                                                                       \
    "<row r=\"1\">" STRING("No") STRING("Donor") STRING("Currency") STRING("Amount")               \
        STRING("Day") "</row>"
#define SHEET(rows) "<worksheet " ZIPMEM_MAIN "><sheetData>" rows "</sheetData></worksheet>"
#define ROW(n, donor, amount)                                                                      \
    "<row r=\"" n "\"><c><v>" n "</v></c>" STRING(donor) STRING("EUR")                             \
        amount STRING("2024-04-05") "</row>"

static void put_workbook(const char *name, const char *sheet, size_t cut)
{
    struct zipmem z;
    struct zipmem_book book = {.sheet = sheet};
    zipmem_workbook(&z, &book);
    put(name, z.bytes, cut ? z.len * cut / 24 : z.len);
    zipmem_free(&z);
}

static void a_workbook_cut_anywhere_is_refused(void)
{
    const char *sheet = SHEET(HEAD ROW("2", "Norway", "<c><v>5</v></c>"));
    for (size_t cut = 1; cut < 24; cut++) {
        put_workbook("gifts.xlsx", sheet, cut);
        import_refused("--mapping gifts.map gifts.xlsx", "gifts.xlsx: not a readable .xlsx");
        import_refused("gifts.xlsx", "gifts.xlsx: the zip archive is cut short");
    }
}

static void a_zip_bomb_is_refused(void)
{
    size_t len = 32 << 20;
    char *zeros = calloc(len, 1);
    struct zipmem z;
    if (!zeros) abort();
    memset(zeros, ' ', len);
    struct zipmem_book book = {.sheet = zeros, .sheet_len = len};
    zipmem_workbook(&z, &book);
    CHECK(z.len < 200000);
    put("bomb.xlsx", z.bytes, z.len);
    import_refused("bomb.xlsx", "unpacks to more than 200 times its size");
    import_refused("--mapping gifts.map bomb.xlsx", "bomb.xlsx: not a readable .xlsx workbook");
    zipmem_free(&z);
    free(zeros);
}

static void the_wrong_sheet_or_column_is_named(void)
{
    put_workbook("gifts.xlsx", SHEET(HEAD ROW("2", "Norway", "<c><v>5</v></c>")), 0);
    put_changed("sheet.map", "data/bad/gifts.map", "dates", "sheet = Promises\ndates");
    import_refused("--mapping sheet.map gifts.xlsx", "Promises");
    import_refused("--mapping sheet.map gifts.xlsx", "gifts.xlsx");
    put_changed("column.map", "data/bad/gifts.map", "{Donor}", "{Giver}");
    import_refused("--mapping column.map gifts.xlsx",
                   "gifts.xlsx has no column 'Giver'; it has No, Donor, Currency, Amount, Day");
    import_refused("--mapping column.map gifts.csv", "column.map line 7: gifts.csv has no column");
    import_refused("--format kiel-workbook gifts.xlsx",
                   "gifts.xlsx has no sheet 'Bilateral assistance, MAIN DATA'");
    import_refused("gifts.xlsx", "gifts.xlsx is a workbook of no publisher that muster knows");
}

/* --- rows --- */

/* The diagnostic of that rule: where it stands, or "none". */
static const char *place_of(const json_t *answer, const char *rule)
{
    static char place[200];
    const json_t *row = json_row(answer, "diagnostics", "rule", rule);
    if (!row) return "none";
    snprintf(place, sizeof place, "%s %s!%" PRId64 "!%s '%s'",
             json_string_value(json_object_get(row, "severity")),
             json_string_value(json_object_get(row, "sheet")),
             (int64_t)json_integer_value(json_object_get(row, "row")),
             json_string_value(json_object_get(row, "column")),
             json_string_value(json_object_get(row, "value")));
    return place;
}

static void check_rows(const char *store, json_t *answer, int64_t skipped, int64_t lines)
{
    size_t i;
    json_t *row;
    int64_t count = 0;
    json_array_foreach(json_object_get(answer, "diagnostics"), i, row)
    {
        count += strcmp(json_string_value(json_object_get(row, "severity")), "skipped") == 0;
        CHECK(strlen(json_string_value(json_object_get(row, "expected"))) > 5);
    }
    CHECK_I64(count, skipped);
    char *log = log_of(store), *at = log;
    for (count = 0; (at = strstr(at, "\nline ")); at++) count++;
    CHECK_I64(count, lines);
    free(log);
    json_decref(answer);
    char verify[100];
    snprintf(verify, sizeof verify, "--store %s verify", store);
    done(0, verify);
}

static void a_row_that_cannot_be_taken_is_named_and_the_rest_is_taken(void)
{
    put_text("rows.csv", "No,Donor,Currency,Amount,Day\n"
                         "1,Denmark,EUR,100,2024-04-03\n"
                         "2,Norway,NOK,200,2922-04-04\n"
                         "3,Norway,NOK,-200,2024-04-04\n"
                         "4,Norway,NOK,99999999999999999999999999,2024-04-04\n"
                         "5,Norway,ZZZ,200,2024-04-04\n"
                         "1,Norway,NOK,200,2024-04-04\n"
                         "7,Ruritania,NOK,200,2024-04-04\n"
                         "8,Norway,NOK,1.000.00,2024-04-04\n"
                         "9,T\xc3\xbcrkiye,EUR,900,2024-04-09\n");
    json_t *a = program_json(&temp, "--store rows.db import --json --mapping gifts.map rows.csv");
    CHECK_TEXT(place_of(a, "date-out-of-range"), "skipped !3!Day '2922-04-04'");
    CHECK_TEXT(place_of(a, "negative"), "skipped !4!Amount '-200'");
    CHECK_TEXT(place_of(a, "overflow"), "skipped !5!Amount '99999999999999999999999999'");
    CHECK_TEXT(place_of(a, "unknown-currency"), "skipped !6!Currency 'ZZZ'");
    CHECK_TEXT(place_of(a, "duplicate-key"), "skipped !7! 'conference:1'");
    CHECK_TEXT(place_of(a, "unknown-party"), "skipped !8!Donor 'Ruritania'");
    check_rows("rows.db", a, 7, 2);
    import_refused("--strict --mapping gifts.map rows.csv",
                   "--strict: rows.csv, row 3, column Day, '2922-04-04': expected a day between");
}

static void a_formulas_error_skips_its_row_if_the_column_is_used(void)
{
    put_workbook("errors.xlsx",
                 SHEET(HEAD ROW("2", "Norway", "<c t=\"e\"><f>A1/0</f><v>#REF!</v></c>")
                           ROW("3", "Denmark",
                               "<c><v>5</v></c>") "<row r=\"4\"><c><v>4</v></c>" STRING("Norway")
                               STRING("EUR") "<c><v>7</v></c>" STRING(
                                   "2024-04-05") "<c t=\"e\"><v>#DIV/0!</v></c></row>"),
                 0);
    json_t *a =
        program_json(&temp, "--store errors.db import --json --mapping gifts.map errors.xlsx");
    CHECK_TEXT(place_of(a, "formula-error"), "skipped Gifts!2!Amount '#REF!'");
    check_rows("errors.db", a, 1, 2);
    import_refused("--strict --mapping gifts.map errors.xlsx",
                   "errors.xlsx, sheet Gifts, row 2, column Amount, '#REF!': expected a value");
}

/* --- questions that lack something --- */

static void a_missing_rate_says_what_to_import(void)
{
    refused(1, "burden --currency EUR",
            "no rate from NOK to EUR on or before 2024-04-04; import some");
    refused(1, "total --boundary 'recipient=UKR year=2024' --currency SEK", "no rate from ");
    refused(2, "burden", "amounts in EUR and in NOK: add --currency");
    refused(2, "burden --currency XYQ", "'XYQ' is no currency");
}

/* --- options --- */

static void a_format_that_does_not_fit_is_refused(void)
{
    static const struct {
        const char *format, *want;
    } formats[] = {
        {"fts", "gifts.csv, line 1"},
        {"fts-plans", "gifts.csv, line 1"},
        {"kiel-workbook", "gifts.csv: not a readable .xlsx workbook"},
        {"kiel-release", "no file of the release has the columns"},
        {"ecb-rates", "gifts.csv: expected a row 'Date,USD,...'"},
        {"imf-rates", "gifts.csv: expected the heading row"},
        {"indicators", "gifts.csv: expected a head row"},
        {"mapping", "expected one mapping file (.map) together with its tables"},
        {"muster", "gifts.csv is no exchange file: it does not begin with 'muster 1'"},
    };
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        char args[100];
        snprintf(args, sizeof args, "--format %s gifts.csv", formats[i].format);
        import_refused(args, formats[i].want);
    }
    refused(2, "import --format nonsense gifts.csv",
            "no 'nonsense'; there is muster, mapping, fts");
    refused(2, "import --format fts --mapping gifts.map gifts.csv", "only one of them");
}

static void a_fault_of_a_mapping_file_is_named_with_its_line(void)
{
    static const struct {
        const char *from, *to, *want;
    } faults[] = {
        {"dates = iso", "dates = yesterday", "bad.map line 2: 'yesterday' is no form of dates"},
        {"dates = iso", "datum = iso", "bad.map line 2: 'datum' is no setting"},
        {"[line]", "[lines]", "bad.map line 5: [lines] is no section"},
        {"[line]", "[line", "bad.map line 5: expected ] after"},
        {"giver    =", "giver", "bad.map line 7: expected 'key = value'"},
        {"giver ", "quantty ", "bad.map line 7: [line] has no 'quantty'"},
        {"{No}", "{No", "bad.map line 6: expected } after"},
        {"key      = conference:{No}\n", "", "bad.map line 5: [line] needs 'key ='"},
        {"committed", "promised", "bad.map line 13: 'promised' is no stage"},
        {"{Day}", "{Tag}", "bad.map line 15: gifts.csv has no column 'Tag'"},
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        put_changed("bad.map", "data/bad/gifts.map", faults[i].from, faults[i].to);
        import_refused("--mapping bad.map gifts.csv", faults[i].want);
        import_refused("bad.map gifts.csv", faults[i].want);
    }
    import_refused("--mapping latin.csv gifts.csv", "latin.csv: text is not UTF-8");
    import_refused("--mapping cut.xlsx gifts.csv", "cut.xlsx");
    import_refused("--mapping empty.csv gifts.csv", "empty.csv");
}

static void a_dry_run_writes_nothing(void)
{
    free(program(&temp, "--store dry.db import --dry-run --mapping gifts.map gifts.csv"));
    CHECK_I64(program_exit, 0);
    CHECK(!there("dry.db") && !there("dry.db-wal"));
    put_text("dry0.db", "");
    done(0, "--store dry0.db import --dry-run --mapping gifts.map gifts.csv");
    struct stat st;
    CHECK(stat("dry0.db", &st) == 0 && st.st_size == 0);
    put_changed("more.csv", "data/bad/gifts.csv", "3,T", "4,Spain,EUR,1,2024-05-01\n3,T");
    char *before = log_of("book.db");
    json_t *a =
        program_json(&temp, "--store book.db import --json -n --mapping gifts.map more.csv");
    CHECK(json_member(json_array_get(json_object_get(a, "units"), 0), "new") >= 2);
    json_decref(a);
    char *after = log_of("book.db");
    CHECK(strcmp(before, after) == 0);
    free(before);
    free(after);
    import_refused("-n page.json", "not JSON");
}

/* --- several files --- */

static void make_directory(const char *dir, const char *bad)
{
    char path[300], copy[400];
    size_t len;
    mkdir(dir, 0755);
    char *page = fixture("fuzz/seeds/fts/flows.json", &len);
    snprintf(path, sizeof path, "%.200s/a.json", dir);
    put(path, page, len);
    free(page);
    snprintf(path, sizeof path, "%.200s/b.csv", dir);
    put_text(path, "Date,USD,JPY,\n2024-04-03,1.0783,163.66,\n");
    if (!bad) return;
    snprintf(copy, sizeof copy, "cp -r %s %.200s/", bad, dir);
    if (system(copy) != 0) abort();
}

static void a_directory_is_taken_whole_or_not_at_all(void)
{
    make_directory("mixed", NULL);
    json_t *a = program_json(&temp, "--store mixed.db import --json mixed");
    CHECK_I64((int64_t)json_array_size(json_object_get(a, "units")), 2);
    json_decref(a);
    char *log = log_of("mixed.db"), *commit = strstr(log, "\ncommit ");
    CHECK(commit && !strstr(commit + 1, "\ncommit ")); /* one for both */
    free(log);
    done(0, "--store mixed.db verify");
    CHECK_I64(evidence_of("mixed.db") >> 40, 2);

    put_text("z.json", "{\"data\":{\"flows\":[{\"id\":1,");
    put_text("late.csv", "Date,USD,JPY,\n2024-04-03,1.0783,163.66,\n2024-04-04,1.0");
    static const struct {
        const char *file, *want;
    } bad[] = {
        {"empty.csv", "empty.csv is empty"},
        {"z.json", "z.json, line 1"},
        {"late.csv", "late.csv: line 3 has 2 of 4 columns"},
        {"latin.csv", "latin.csv, line 2: not UTF-8"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char dir[20];
        snprintf(dir, sizeof dir, "mixed%zu", i);
        make_directory(dir, bad[i].file);
        import_refused(dir, bad[i].want);
    }
    free(program(&temp, "--store book.db export > book.muster"));
    make_directory("mixed8", "book.muster");
    import_refused("mixed8", "book.muster is an exchange file: name it apart");
}

static void what_was_named_before_a_bad_file_is_taken_and_said(void)
{
    put_text("rates.csv", "Date,USD,JPY,\n2024-04-03,1.0783,163.66,\n");
    free(program(&temp, "--store two.db import rates.csv z.json"));
    CHECK_I64(program_exit, 3);
    char *second = strchr(program_said, '\n');
    CHECK(second && strstr(second, "muster: what was named before it was taken: rates.csv\n"));
    if (second) second[1] = '\0';
    said_well("z.json, line 1");
    char *log = log_of("two.db");
    CHECK(strstr(log, "\nrate ") != NULL && !strstr(log, "fts:"));
    free(log);
    done(0, "--store two.db verify");
    /* What can be told before anything is read refuses all of it. */
    import_refused("rates.csv empty.csv", "empty.csv is empty");
    import_refused("-n rates.csv z.json", "z.json, line 1");
}

/* --- sentences --- */

/* A quoted value is cut somewhere; never in the middle of a letter, whatever the letters. */
static void a_long_value_is_never_cut_within_a_letter(void)
{
    static const char *const letters[] = {"\xc3\xa9", "\xe2\x82\xac", "\xf0\x9d\x84\x9e", "a"};
    char word[700], map[2000], name[300];
    for (size_t n = 0; n < sizeof letters / sizeof *letters; n++) {
        for (size_t shift = 0; shift < 4; shift++) {
            size_t len = shift, letter = strlen(letters[n]);
            memset(word, 'x', shift);
            while (len + letter < 600) {
                memcpy(word + len, letters[n], letter);
                len += letter;
            }
            word[len] = '\0';
            snprintf(map, sizeof map, "[line]\nkey = {%s}\nitem = a\n", word);
            put_text("long.map", map);
            import_refused("--mapping long.map gifts.csv", "long.map line 2: gifts.csv has no");
            put_text("long.map", word);
            import_refused("--mapping long.map gifts.csv", "long.map line 1: expected");
            snprintf(map, sizeof map, "No,Donor,Currency,Amount,Day\n1,%s,EUR,1,2024-01-01\n",
                     word);
            put_text("long.csv", map);
            import_refused("--strict --mapping gifts.map long.csv",
                           "long.csv, row 2, column Donor");
            snprintf(name, sizeof name, "%.*s", (int)(240 / letter * letter), word + shift);
            put_text(name, "a,b\n1,2\n");
            import_refused(name, "needs --mapping");
            unlink(name);
            snprintf(map, sizeof map, "burden --currency %s", word);
            refused(2, map, "is no currency");
        }
    }
}

/* --- the real files, cut --- */

static void real_files_cut_off_are_refused(void)
{
    char command[2000];
    snprintf(command, sizeof command,
             "for f in fts/custom-search-locationid-1-year-2020.json kiel/release-07.xlsx; do "
             "  head -c 200000 '%s'/$f > cut.${f##*.} || exit; done; "
             "cp -r '%s'/kiel/release-29 cut29 && chmod -R u+w cut29 && "
             "head -c 20000 '%s'/kiel/release-29/data_explorer.csv > cut29/data_explorer.csv",
             data, data, data);
    if (system(command) != 0) abort();
    import_refused("cut.json",
                   "cut.json, line 1, about byte 200000: not JSON: the file is cut off");
    import_refused("cut.xlsx", "cut.xlsx: the zip archive is cut short");
    import_refused("cut29", "data_explorer.csv is cut off: its last row");
}

int main(int argc, char **argv)
{
    (void)argc;
    setvbuf(stdout, NULL, _IOLBF, 0);
    go_to_own_directory(argv[0]);
    make_book();
    RUN(a_file_of_another_kind_is_told_apart);
    RUN(what_is_not_there_or_not_a_file_is_said);
    RUN(what_may_not_be_read_is_said);
    RUN(a_large_file_is_refused_at_once);
    RUN(a_json_page_cut_anywhere_is_refused);
    RUN(a_table_cut_in_its_last_row_is_refused);
    RUN(a_workbook_cut_anywhere_is_refused);
    RUN(a_zip_bomb_is_refused);
    RUN(the_wrong_sheet_or_column_is_named);
    RUN(a_row_that_cannot_be_taken_is_named_and_the_rest_is_taken);
    RUN(a_formulas_error_skips_its_row_if_the_column_is_used);
    RUN(a_missing_rate_says_what_to_import);
    RUN(a_format_that_does_not_fit_is_refused);
    RUN(a_fault_of_a_mapping_file_is_named_with_its_line);
    RUN(a_dry_run_writes_nothing);
    RUN(a_directory_is_taken_whole_or_not_at_all);
    RUN(what_was_named_before_a_bad_file_is_taken_and_said);
    RUN(a_long_value_is_never_cut_within_a_letter);
    if (*data)
        RUN(real_files_cut_off_are_refused);
    else
        printf("ok %d - real_files_cut_off_are_refused # SKIP no ../shared\n", ++tap_count);
    leave_own_directory();
    return tap_done();
}
