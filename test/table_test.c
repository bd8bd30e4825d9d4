/*
 * table_test.c - CSV files, workbooks and archives: what is read, and what is
 * refused with which sentence.
 */
#include "source/table.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/day.h"
#include "base/text.h"
#include "tap.h"
#include "zipmem.h"

static struct arena arena;
static struct err err;
static struct workbook got;

/* --- helpers --- */

static enum rc read_csv(const char *text)
{
    return csv_read(&arena, text, strlen(text), 0, &got, &err);
}

/* The cells of the first sheet on one line: "1:A=n12 B=tdog|3:A=..."; = for a formula. */
static const char *flat(void)
{
    static const char letter[] = {'-', 't', 'n', 'b', 'e'};
    struct buf b = {.arena = &arena};
    buf_add(&b, "");
    for (uint32_t r = 0; r < got.sheets[0].count; r++) {
        const struct sheet_row *row = &got.sheets[0].rows[r];
        buf_addf(&b, "%s%u:", r ? "|" : "", row->number);
        for (uint32_t c = 0; c < row->count; c++) {
            const struct cell *cell = &row->cells[c];
            if (cell->type == CELL_EMPTY && !cell->is_formula) continue;
            buf_addf(&b, " %s%s%c%s", column_name(&arena, c), cell->is_formula ? "=" : " ",
                     letter[cell->type], cell->text);
        }
    }
    return b.text;
}

static enum rc read_book(const struct zipmem_book *book)
{
    struct zipmem z;
    zipmem_workbook(&z, book);
    enum rc rc = xlsx_read(&arena, z.bytes, z.len, &got, &err);
    zipmem_free(&z);
    return rc;
}

/* A workbook with these rows, and these <si> items. */
static enum rc read_rows(const char *rows, const char *strings)
{
    return read_book(&(struct zipmem_book){
        .sheet = text_format(
            &arena, ZIPMEM_XML "<worksheet " ZIPMEM_MAIN "><sheetData>%s</sheetData></worksheet>",
            rows),
        .strings = text_format(&arena, ZIPMEM_XML "<sst " ZIPMEM_MAIN ">%s</sst>", strings),
    });
}

#define REFUSED(call, sentence)                                                                    \
    do {                                                                                           \
        err = (struct err){0};                                                                     \
        got = (struct workbook){.count = 77};                                                      \
        CHECK_I64(call, RC_INPUT);                                                                 \
        CHECK_TEXT(err.msg, sentence);                                                             \
        CHECK_I64(got.count, 77);                                                                  \
    } while (0)

/* --- CSV --- */

static void quoted_fields_hold_separators_quotes_and_line_ends(void)
{
    CHECK(!read_csv("a,\"b,\"\"c\"\"\",d\n\"one\r\ntwo\",\"\",\"3\" \n"));
    CHECK_TEXT(flat(), "1: A ta B tb,\"c\" C td|2: A tone\ntwo C n3");
    CHECK(!read_csv("5\" pipe,x\n"));
    CHECK_TEXT(flat(), "1: A t5\" pipe B tx");
}

static void every_line_end_ends_a_line(void)
{
    const char *const files[] = {"a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r1,2\r", "a,b\n1,2",
                                 "\xef\xbb\xbf\x61,b\r\n1,2"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        CHECK(!read_csv(files[i]));
        CHECK_TEXT(flat(), "1: A ta B tb|2: A n1 B n2");
        CHECK_TEXT(got.sheets[0].name, "");
    }
}

static void rows_keep_their_numbers_and_their_lengths(void)
{
    CHECK(!read_csv("\na\n,,\n\"\"\nb,,c,\n"));
    CHECK_TEXT(flat(), "2: A ta|5: A tb C tc");
    CHECK_I64(got.sheets[0].rows[1].count, 3);
    CHECK(!read_csv(""));
    CHECK_I64(got.sheets[0].count, 0);
}

static void the_separator_is_the_one_that_every_row_has(void)
{
    const char *const files[] = {"a;b;c\n1,5;2,5;3,5\n",        "a\tb\tc\n1,5\t2,5\t3,5\n",
                                 "a,b,c\nx;y,\"2,5\",3\n",      "\"a;a;a;a\",b,c\n1,2,3\n",
                                 "a;b;c\n\"x,\ny,\nz,\";1;2\n", "1,5;2;3\n1,5;2,5;3,5\n"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        CHECK(!read_csv(files[i]));
        CHECK_I64(got.sheets[0].rows[0].count, 3);
        CHECK_I64(got.sheets[0].rows[1].count, 3);
    }
    CHECK(!read_csv("a;b;c,d\n"));
    CHECK_TEXT(flat(), "1: A ta B tb C tc,d");
    CHECK(!csv_read(&arena, "a,b;c", 5, ';', &got, &err));
    CHECK_TEXT(flat(), "1: A ta,b B tc");
}

static void a_number_is_a_cell_that_is_nothing_else(void)
{
    const char *const numbers[] = {"0", "-1", "+1.50", "007", "1e5", "1.0E-5", "-2.5e+10", " 12 "};
    const char *const texts[] = {"1.", ".5",   "1,000", "1 000", "1e",  "-",   "+",
                                 "e5", "0x10", "1.2.3", "12%",   "NaN", "1-2", "\xc2\xa0\x31"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        CHECK(!csv_read(&arena, numbers[i], strlen(numbers[i]), ';', &got, &err));
        CHECK_I64(got.sheets[0].rows[0].cells[0].type, CELL_NUMBER);
        CHECK_TEXT(got.sheets[0].rows[0].cells[0].text, numbers[i][0] == ' ' ? "12" : numbers[i]);
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        CHECK(!csv_read(&arena, texts[i], strlen(texts[i]), ';', &got, &err));
        CHECK_I64(got.sheets[0].rows[0].cells[0].type, CELL_TEXT);
        CHECK_TEXT(got.sheets[0].rows[0].cells[0].text, texts[i]);
    }
}

static void text_is_made_normal_form_c(void)
{
    CHECK(!read_csv("Tu\xcc\x88rkiye,C\xc3\xb4te\n"));
    CHECK_TEXT(flat(), "1: A tT\xc3\xbcrkiye B tC\xc3\xb4te");
}

static void csv_that_is_not_what_it_claims_is_refused_by_its_line(void)
{
    REFUSED(read_csv("a,b\nc,\"d\ne\"\nf,T\xfcrkiye\n"), "line 4: text is not UTF-8");
    REFUSED(read_csv("a\nb\ax\n"), "line 2: text holds a control character");
    REFUSED(csv_read(&arena, "a\nb\0c", 5, 0, &got, &err),
            "line 2 holds a NUL byte: this is not a text file");
    REFUSED(csv_read(&arena,
                     "\xff\xfe"
                     "a\0",
                     4, 0, &got, &err),
            "the file is UTF-16: save it as CSV in UTF-8");
    REFUSED(read_csv("a\n\"b\nc\n"),
            "the quote opened in line 2 never closes: is the file cut short?");
    REFUSED(read_csv("a\r\n\"b\r\nb\"x,c\n"), "line 3 has text after a closing quote");
    REFUSED(csv_read(&arena, "", (size_t)2 << 30, 0, &got, &err), "the file is larger than 1 GiB");
}

static void csv_limits_on_rows_and_columns_hold(void)
{
    size_t rows = (size_t)1 << 20, columns = (size_t)1 << 14;
    char *text = malloc(2 * rows + 2);
    for (size_t i = 0; i <= rows; i++) memcpy(text + 2 * i, "1\n", 2);
    CHECK(!csv_read(&arena, text, 2 * rows, ',', &got, &err));
    CHECK_I64(got.sheets[0].count, (int64_t)rows);
    CHECK_I64(sheet_row(&got.sheets[0], (uint32_t)rows)->number, (int64_t)rows);
    REFUSED(csv_read(&arena, text, 2 * rows + 1, ',', &got, &err), "more than 1048576 rows");

    for (size_t i = 0; i <= columns; i++) memcpy(text + 2 * i, "1,", 2);
    CHECK(!csv_read(&arena, text, 2 * columns, ',', &got, &err));
    CHECK_I64(got.sheets[0].rows[0].count, (int64_t)columns);
    REFUSED(csv_read(&arena, text, 2 * columns + 1, ',', &got, &err),
            "line 1: row 1 has more than 16384 columns");
    free(text);
}

/* Any table, written as RFC 4180 says, is read back; the seed is printed. */
static void csv_written_by_the_rules_is_read_back(void)
{
    static const char *const pieces[] = {"x", "\"", ",", "\n", ";", "7", " ", "\xc3\xa9", "."};
    for (unsigned seed = 1; seed <= 3000; seed++) {
        struct arena a = {0};
        struct buf file = {.arena = &a}, want = {.arena = &a}, have = {.arena = &a};
        srand(seed);
        uint32_t rows = 1 + (uint32_t)rand() % 4, columns = 1 + (uint32_t)rand() % 4;
        for (uint32_t r = 0; r < rows; r++) {
            for (uint32_t c = 0; c < columns; c++) {
                buf_add(&file, c ? ",\"" : "\"");
                buf_add(&want, "[t"); /* a letter ends each text, so that none is a number */
                for (int n = rand() % 6; n > 0; n--) {
                    const char *piece = pieces[(size_t)rand() % (sizeof pieces / sizeof *pieces)];
                    buf_add(&file, *piece == '"' ? "\"\"" : piece);
                    buf_add(&want, piece);
                }
                buf_add(&file, "z\"");
                buf_add(&want, "z]");
            }
            buf_add(&file, rand() % 2 ? "\r\n" : "\n");
        }
        CHECK(!csv_read(&a, file.text, file.len, ',', &got, &err));
        CHECK_I64(got.sheets[0].count, rows);
        for (uint32_t r = 0; r < rows; r++) {
            for (uint32_t c = 0; c < columns; c++) {
                const struct cell *cell = row_cell(sheet_row(&got.sheets[0], r + 1), c);
                buf_addf(&have, "[%c%s]", cell->type == CELL_TEXT ? 't' : '?', cell->text);
            }
        }
        CHECK_TEXT(have.text, want.text);
        arena_free(&a);
        if (!tap_this_ok) {
            printf("# seed %u\n", seed);
            return;
        }
    }
}

/* --- workbooks --- */

static void cells_of_every_type_are_read(void)
{
    CHECK(!read_rows("<row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"B2\"><v>12.50</v></c>"
                     "<c r=\"C2\" t=\"b\"><v>1</v></c><c r=\"D2\" t=\"e\"><v>#REF!</v></c>"
                     "<c r=\"F2\" t=\"inlineStr\"><is><t>in</t></is></c><c r=\"G2\" s=\"4\"/>"
                     "<c r=\"AD2\" t=\"str\"><f>A1</f><v>calc</v></c>"
                     "<c r=\"AE2\" t=\"d\"><v>2022-03-01</v></c></row>",
                     "<si><t>zero</t></si><si><t>one</t></si>"));
    CHECK_TEXT(flat(), "2: A tone B n12.50 C b1 D e#REF! F tin AD=tcalc AE t2022-03-01");
    CHECK_TEXT(got.sheets[0].name, "Gifts");
    CHECK_I64(got.sheets[0].rows[0].count, 31);
}

static void numbers_stay_the_text_that_stood_there(void)
{
    CHECK(!read_rows("<row><c><v>0.98870000000000002</v></c><c><v> 1E-5\n</v></c>"
                     "<c><v>123456789012345678901234567890</v></c><c><v>-0</v></c></row>",
                     ""));
    CHECK_TEXT(flat(), "1: A n0.98870000000000002 B n1E-5 C n123456789012345678901234567890 D n-0");
}

static void cells_and_rows_that_do_not_say_where_follow_the_last(void)
{
    CHECK(!read_rows("<row><c><v>1</v></c><c r=\"C1\"><v>2</v></c><c><v>3</v></c></row><row/>"
                     "<row><c/><c><v>4</v></c></row><row r=\"9\"><c><v>5</v></c></row>"
                     "<row><c><v>6</v></c></row>",
                     ""));
    CHECK_TEXT(flat(), "1: A n1 C n2 D n3|3: B n4|9: A n5|10: A n6");
}

static void formulas_are_known_and_keep_their_cached_value(void)
{
    CHECK(!read_rows("<row><c><f>1+1</f><v>2</v></c><c><f t=\"shared\" ref=\"B1:B2\" si=\"0\">A1"
                     "</f><v>2</v></c><c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c><c><v>2</v></c>"
                     "<c t=\"str\"><f>\"\"</f><v></v></c><c><f>1</f></c></row>"
                     "<row r=\"2\"><c r=\"B2\"><f t=\"shared\" si=\"0\"/><v>3</v></c></row>",
                     ""));
    CHECK_TEXT(flat(), "1: A=n2 B=n2 C=e#DIV/0! D n2 E=- F=-|2: B=n3");
}

static void strings_are_joined_runs_without_their_phonetic_guide(void)
{
    CHECK(!read_rows("<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c>"
                     "<c t=\"inlineStr\"><is><r><t xml:space=\"preserve\">a </t></r><r><rPr><b/>"
                     "</rPr><t>b</t></r></is></c></row>",
                     "<si><r><t xml:space=\"preserve\">five </t></r><r><rPr><b/></rPr><t>tanks</t>"
                     "</r></si><si/><si><t>\xe6\x9d\xb1</t><rPh sb=\"0\" eb=\"1\"><t>higashi</t>"
                     "</rPh><phoneticPr fontId=\"1\"/></si>"));
    CHECK_TEXT(flat(), "1: A tfive tanks C t\xe6\x9d\xb1 D ta b");
}

static void text_is_unescaped_and_normal(void)
{
    CHECK(
        !read_rows("<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c>"
                   "<c t=\"s\"><v>3</v></c><c t=\"str\"><v>_x0041_&lt;</v></c></row>",
                   "<si><t>a_x000D_\nb&#13;c</t></si>"
                   "<si><t>_x005F_x0041_ _xD83D__xDE00_ _x00g1_ _x12</t></si>"
                   "<si><t> cut </t></si>"
                   "<si><t xml:space=\"preserve\"> Tu\xcc\x88 <![CDATA[<]]><!-- no -->k</t></si>"));
    CHECK_TEXT(flat(), "1: A ta\nb\nc B t_x0041_ \xf0\x9f\x98\x80 _x00g1_ _x12 C tcut "
                       "D t T\xc3\xbc <k E tA<");
}

static void a_cell_that_cannot_be_read_is_named(void)
{
    REFUSED(read_rows("<row r=\"7\"><c r=\"AD7\" t=\"s\"><v>0</v></c></row>",
                      "<si><t>_x0007_</t></si>"),
            "sheet 'Gifts', cell AD7: text holds a control character");
    REFUSED(read_rows("<row><c t=\"str\"><v>_xD83D_</v></c></row>", ""),
            "sheet 'Gifts', cell A1: text is not UTF-8");
    REFUSED(read_rows("<row><c t=\"s\"><v>1</v></c></row>", "<si/>"),
            "sheet 'Gifts', cell A1: there is no shared string '1'");
    REFUSED(read_rows("<row><c t=\"s\"><v>-1</v></c></row>", "<si/>"),
            "sheet 'Gifts', cell A1: there is no shared string '-1'");
    REFUSED(read_rows("<row><c/><c><v>1.000.00</v></c></row>", ""),
            "sheet 'Gifts', cell B1: not a number: '1.000.00'");
    REFUSED(read_rows("<row><c t=\"b\"><v>2</v></c></row>", ""),
            "sheet 'Gifts', cell A1: neither true nor false: '2'");
    REFUSED(read_rows("<row><c t=\"zz\"><v>2</v></c></row>", ""),
            "sheet 'Gifts', cell A1: unknown type of cell 'zz'");
    CHECK(!read_rows("<row><c t=\"s\"><v>0</v></c></row>",
                     "<si><t>used</t></si><si><t>_x0007_</t></si>"));
}

static void rows_and_cells_out_of_place_are_refused(void)
{
    REFUSED(read_rows("<row r=\"5\"/><row r=\"3\"/>", ""),
            "sheet 'Gifts': row 3 comes after row 5");
    REFUSED(read_rows("<row r=\"5\"/><row r=\"5\"/>", ""),
            "sheet 'Gifts': row 5 comes after row 5");
    REFUSED(read_rows("<row r=\"x\"/>", ""), "sheet 'Gifts' has a row without a proper number");
    REFUSED(read_rows("<row r=\"1048577\"/>", ""), "sheet 'Gifts': more than 1048576 rows");
    REFUSED(read_rows("<row><c r=\"B1\"/><c r=\"A1\"/></row>", ""),
            "sheet 'Gifts', cell A1: stands after a cell to its right");
    REFUSED(read_rows("<row><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>", ""),
            "sheet 'Gifts', cell A1: stands after a cell to its right");
    REFUSED(read_rows("<row><c r=\"B2\"/></row>", ""),
            "sheet 'Gifts', row 1: a cell is called 'B2'");
    REFUSED(read_rows("<row><c r=\"12\"/></row>", ""),
            "sheet 'Gifts', row 1: a cell is called '12'");
    REFUSED(read_rows("<row><c r=\"ZZZZZZZZZZZ1\"/></row>", ""),
            "sheet 'Gifts', row 1: a cell is called 'ZZZZZZZZZZZ1'");
    REFUSED(read_rows("<row><c r=\"XFE1\"><v>1</v></c></row>", ""),
            "sheet 'Gifts': row 1 has more than 16384 columns");
    REFUSED(read_rows("<c><v>1</v></c>", ""), "sheet 'Gifts' has a cell in no row");
    CHECK(!read_rows("<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>", ""));
    CHECK_TEXT(flat(), "1048576: XFD n1");
}

static void a_few_bytes_a_row_cannot_ask_for_gigabytes(void)
{
    struct buf rows = {.arena = &arena};
    for (int i = 1; i <= 300; i++) {
        buf_addf(&rows, "<row r=\"%d\"><c r=\"XFD%d\"><v>1</v></c></row>", i, i);
    }
    REFUSED(read_rows(rows.text, ""),
            "sheet 'Gifts': nearly all gaps: 257 cells are spread over 4210688 places");
}

#define SHEET(name, id) "<sheet name=\"" name "\" sheetId=\"1\" r:id=\"" id "\"/>"
#define WORKBOOK(inside)                                                                           \
    ZIPMEM_XML "<workbook " ZIPMEM_MAIN " xmlns:r=\"" ZIPMEM_REL "\">" inside "</workbook>"
#define REL(id, kind, target)                                                                      \
    "<Relationship Id=\"" id "\" Type=\"" ZIPMEM_REL "/" kind "\" Target=\"" target "\"/>"
#define RELS(inside) ZIPMEM_XML "<Relationships " ZIPMEM_RELS ">" inside "</Relationships>"

static void sheets_are_found_wherever_their_target_points(void)
{
    const char *const targets[] = {
        RELS(REL("rId1", "worksheet", "/xl/worksheets/sheet1.xml")),
        RELS(REL("rId1", "worksheet", "../xl/./worksheets/sheet1.xml")),
        RELS(REL("rId1", "worksheet", "worksheets/SHEET1.xml")),
        RELS("<Relationship Target=\"worksheets/sheet1.xml\" Type=\"http://purl.oclc.org/ooxml/"
             "officeDocument/relationships/worksheet\" Id=\"rId1\"/>"),
    };
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        struct zipmem_book book = {
            .rels = targets[i],
            .sheet = "<x:worksheet xmlns:x=\"x\"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c>"
                     "</x:row></x:sheetData></x:worksheet>"};
        CHECK(!read_book(&book));
        CHECK_TEXT(flat(), "1: A n1");
    }
}

static void a_workbook_that_does_not_hold_together_is_refused(void)
{
    struct zipmem_book book = {.rels = RELS("")};
    REFUSED(read_book(&book), "the workbook lists sheet 'Gifts' and does not hold it");
    book.rels = RELS(REL("rId1", "worksheet", "worksheets/sheet9.xml"));
    REFUSED(read_book(&book), "the workbook has no part 'xl/worksheets/sheet9.xml'");
    book.rels = RELS("<Relationship Id=\"rId1\" Type=\"worksheet\" Target=\"http://example.org/\" "
                     "TargetMode=\"External\"/>");
    REFUSED(read_book(&book), "the workbook lists sheet 'Gifts' and does not hold it");
    book = (struct zipmem_book){
        .workbook = WORKBOOK("<sheets>" SHEET("A", "rId1") SHEET("B", "rId1") "</sheets>")};
    REFUSED(read_book(&book), "sheet 'B' is another sheet over again");
    book.workbook = WORKBOOK("<sheets/>");
    REFUSED(read_book(&book), "the workbook has no sheets");
    book.workbook = WORKBOOK("<workbookPr date1904=\"1\"/><sheets>" SHEET("A", "rId1") "</sheets>");
    REFUSED(read_book(&book),
            "the workbook counts its days from 1904: save it with the 1900 date system");
    book.workbook = WORKBOOK("<workbookPr date1904=\"0\"/><sheets>" SHEET("A", "rId1") "</sheets>");
    CHECK(!read_book(&book));
    book = (struct zipmem_book){.package = RELS("")};
    REFUSED(read_book(&book), "the zip archive is not an .xlsx workbook");
    REFUSED(xlsx_read(&arena, "\xd0\xcf\x11\xe0\xa1\xb1", 6, &got, &err),
            "this is an old .xls workbook or one with a password: save it as .xlsx without a "
            "password");
    REFUSED(xlsx_read(&arena, "a,b\n", 4, &got, &err),
            "not a readable .xlsx workbook: not a zip archive");
    REFUSED(xlsx_read(&arena, "", 0, &got, &err),
            "not a readable .xlsx workbook: not a zip archive");
}

static void entities_are_refused_and_never_expanded(void)
{
    const char *const declared[] = {
        "<!DOCTYPE s [<!ENTITY x \"y\">]><sst><si><t>&x;</t></si></sst>",
        "<!DOCTYPE s [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><sst><si><t>&x;</t></si></sst>",
        "<!DOCTYPE s SYSTEM \"http://example.org/s.dtd\"><sst/>",
        "<!DOCTYPE sst><sst/>",
    };
    for (size_t i = 0; i < sizeof declared / sizeof *declared; i++) {
        struct zipmem_book book = {.strings = declared[i]};
        REFUSED(read_book(&book),
                "part 'xl/sharedStrings.xml' of the workbook declares entities: refused");
    }
    /* Ten billion letters, in text and in an attribute: libxml2 stops even before we do. */
    struct buf bomb = {.arena = &arena};
    buf_add(&bomb, "<!DOCTYPE s [<!ENTITY a \"aaaaaaaaaa\">");
    for (char c = 'b'; c < 'k'; c++) {
        buf_addf(&bomb, "<!ENTITY %c \"", c);
        for (int i = 0; i < 10; i++) buf_addf(&bomb, "&%c;", c - 1);
        buf_add(&bomb, "\">");
    }
    struct zipmem_book book = {
        .strings = text_format(&arena, "%s]><sst><si><t>&j;</t></si></sst>", bomb.text)};
    REFUSED(read_book(&book),
            "part 'xl/sharedStrings.xml' of the workbook is not well-formed XML (line 1)");
    book.strings = text_format(&arena, "%s]><sst><si a=\"&j;\"/></sst>", bomb.text);
    REFUSED(read_book(&book),
            "part 'xl/sharedStrings.xml' of the workbook is not well-formed XML (line 1)");
    book.strings = "<sst><si><t>&x;</t></si></sst>";
    REFUSED(read_book(&book),
            "part 'xl/sharedStrings.xml' of the workbook is not well-formed XML (line 1)");
}

static void parts_in_wrong_encodings_are_refused(void)
{
    struct zipmem_book book = {.strings = "<sst><si><t>T\xfcrkiye</t></si></sst>"};
    REFUSED(read_book(&book),
            "part 'xl/sharedStrings.xml' of the workbook is not well-formed XML (line 1)");
    book.strings = "<?xml version=\"1.0\" encoding=\"no-such\"?>\n<sst><si><t>a</t></si></sst>";
    CHECK_I64(read_book(&book), RC_INPUT);
    book.strings = "<sst><si><t>a</t></si>";
    CHECK_I64(read_book(&book), RC_INPUT);
    book.strings = "";
    CHECK_I64(read_book(&book), RC_INPUT);
    book = (struct zipmem_book){.strings = "\xff\xfe<\0s\0s\0t\0/\0>\0", .strings_len = 14};
    CHECK(!read_book(&book)); /* UTF-16 with its mark is allowed by the standard */
}

static void small_book(struct zipmem *z)
{
    struct zipmem_book book = {
        .sheet = "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c><c><v>44621</v></c></row>"
                 "</sheetData></worksheet>",
        .strings = "<sst><si><t>AUH1</t></si></sst>"};
    zipmem_workbook(z, &book);
}

static void a_workbook_cut_short_anywhere_is_refused(void)
{
    struct zipmem z;
    small_book(&z);
    CHECK(!xlsx_read(&arena, z.bytes, z.len, &got, &err));
    CHECK_TEXT(flat(), "1: A tAUH1 B n44621");
    for (size_t len = 0; len < z.len; len++) {
        struct arena a = {0};
        char *cut = malloc(len + 1); /* exactly so long, for the sanitizer to see */
        memcpy(cut, z.bytes, len);
        cut = realloc(cut, len ? len : 1);
        err = (struct err){0};
        CHECK_I64(xlsx_read(&a, cut, len, &got, &err), RC_INPUT);
        CHECK(*err.msg);
        free(cut);
        arena_free(&a);
    }
    zipmem_free(&z);
}

static void a_workbook_with_any_byte_changed_is_read_the_same_or_refused(void)
{
    struct zipmem z;
    int refused = 0;
    small_book(&z);
    for (size_t i = 0; i < z.len; i++) {
        for (int bit = 0; bit < 8; bit++) {
            z.bytes[i] = (char)(z.bytes[i] ^ 1 << bit);
            enum rc rc = xlsx_read(&arena, z.bytes, z.len, &got, &err);
            CHECK(rc == RC_OK || rc == RC_INPUT);
            refused += rc == RC_INPUT;
            if (!rc) CHECK_TEXT(flat(), "1: A tAUH1 B n44621");
            z.bytes[i] = (char)(z.bytes[i] ^ 1 << bit);
        }
        arena_free(&arena);
    }
    CHECK(refused > (int)z.len * 4);
    zipmem_free(&z);
}

/* --- archives --- */

static const char *unpacked;
static size_t unpacked_len;

static enum rc read_zip(const struct zipmem *z, const char *name)
{
    return zip_read(&arena, z->bytes, z->len, name, &unpacked, &unpacked_len, &err);
}

static void the_only_file_or_the_named_one_is_unpacked(void)
{
    struct zipmem z;
    zipmem_begin(&z);
    zipmem_text(&z, "__MACOSX/._a.csv", "note");
    zipmem_text(&z, "d/", "");
    zipmem_text(&z, "d/a.csv", "1,2\n");
    zipmem_end(&z);
    CHECK(!read_zip(&z, NULL));
    CHECK_TEXT(unpacked, "1,2\n");
    CHECK(unpacked_len == 4);
    zipmem_free(&z);

    zipmem_begin(&z);
    zipmem_add(&z, "a", "stored", 6, 0);
    zipmem_text(&z, "b", "");
    zipmem_end(&z);
    CHECK(!read_zip(&z, "a"));
    CHECK_TEXT(unpacked, "stored");
    CHECK(!read_zip(&z, "B"));
    CHECK(unpacked_len == 0);
    REFUSED(read_zip(&z, NULL), "the zip archive does not hold exactly one file");
    CHECK_I64(read_zip(&z, "c"), RC_ABSENT);
    CHECK_TEXT(err.msg, "the zip archive has no 'c'");
    zipmem_free(&z);

    zipmem_begin(&z);
    zipmem_end(&z);
    REFUSED(read_zip(&z, NULL), "the zip archive is empty");
    zipmem_free(&z);
}

/* Set the little-endian number of `bytes` bytes at an offset in the k-th header with this mark. */
static void patch(struct zipmem *z, const char *mark, int k, size_t offset, int bytes,
                  uint32_t value)
{
    for (size_t i = 0; i + 4 <= z->len; i++) {
        if (memcmp(z->bytes + i, mark, 4) || k-- != 0) continue;
        for (int b = 0; b < bytes; b++) z->bytes[i + offset + (size_t)b] = (char)(value >> 8 * b);
        return;
    }
    CHECK(mark == NULL); /* the header is not there */
}

/* Patch what both headers of the k-th part say: local at offset, central two bytes further. */
static void patch_both(struct zipmem *z, int k, size_t offset, int bytes, uint32_t value)
{
    patch(z, "PK\3\4", k, offset, bytes, value);
    patch(z, "PK\1\2", k, offset + 2, bytes, value);
}

enum { LOCAL_FLAG = 6, LOCAL_METHOD = 8, LOCAL_PACKED = 18, LOCAL_SIZE = 22 };

static void one_file(struct zipmem *z, const void *bytes, size_t len)
{
    zipmem_begin(z);
    zipmem_add(z, "a.csv", bytes, len, 9);
    zipmem_end(z);
}

static void zip_bombs_are_refused_before_they_are_unpacked(void)
{
    size_t len = (size_t)32 << 20;
    char *zeros = calloc(len, 1);
    struct zipmem z;
    one_file(&z, zeros, len);
    CHECK(z.len < 64 * 1024);
    REFUSED(read_zip(&z, NULL),
            "'a.csv' in the zip archive unpacks to more than 200 times its size");
    patch_both(&z, 0, LOCAL_SIZE, 4, 0x40000001);
    REFUSED(read_zip(&z, NULL), "'a.csv' in the zip archive is larger than 1 GiB unpacked");
    patch_both(&z, 0, LOCAL_SIZE, 4, 1000); /* a lie: it would go on */
    REFUSED(read_zip(&z, NULL), "'a.csv' in the zip archive is damaged or cut short");
    zipmem_free(&z);

    one_file(&z, zeros, 1 << 20); /* small things may pack as well as they like */
    CHECK(!read_zip(&z, NULL));
    CHECK(unpacked_len == 1 << 20);
    zipmem_free(&z);
    free(zeros);
}

static void archives_that_cannot_be_trusted_are_refused(void)
{
    struct zipmem z;
    one_file(&z, "secret", 6);
    patch_both(&z, 0, LOCAL_FLAG, 2, 1);
    REFUSED(read_zip(&z, NULL),
            "'a.csv' in the zip archive is encrypted: save it without a password");
    patch_both(&z, 0, LOCAL_FLAG, 2, 0);
    patch_both(&z, 0, LOCAL_METHOD, 2, 12);
    REFUSED(read_zip(&z, NULL),
            "'a.csv' in the zip archive is packed by method 12, which is not read");
    patch_both(&z, 0, LOCAL_METHOD, 2, 8);
    CHECK(!read_zip(&z, NULL));
    patch_both(&z, 0, LOCAL_SIZE, 4, 7); /* says more than it holds */
    REFUSED(read_zip(&z, NULL), "'a.csv' in the zip archive is damaged or cut short");
    patch_both(&z, 0, LOCAL_SIZE, 4, 6);
    patch(&z, "PK\3\4", 0, 36, 1, 0xff);
    REFUSED(read_zip(&z, NULL), "'a.csv' in the zip archive is damaged or cut short");
    zipmem_free(&z);

    zipmem_begin(&z);
    zipmem_text(&z, "a.csv", "1");
    zipmem_text(&z, "a.csv", "2");
    zipmem_end(&z);
    REFUSED(read_zip(&z, "a.csv"), "the zip archive has 'a.csv' twice");
    patch(&z, "PK\1\2", 1, 46, 1, '\n');
    REFUSED(read_zip(&z, "a.csv"), "the zip archive has a part without a proper name");
    patch(&z, "PK\1\2", 1, 46, 1, 'b');
    patch(&z, "PK\1\2", 1, 20, 4, (uint32_t)z.len - 1);
    REFUSED(read_zip(&z, "a.csv"), "the zip archive's parts are together larger than itself");
    zipmem_free(&z);
}

static void an_archive_cut_short_anywhere_is_refused(void)
{
    struct zipmem z;
    one_file(&z, "a,b\n1,2\n", 8);
    for (size_t len = 0; len < z.len; len++) {
        err = (struct err){0};
        CHECK_I64(zip_read(&arena, z.bytes, len, NULL, &unpacked, &unpacked_len, &err), RC_INPUT);
        if (len < 4) CHECK_TEXT(err.msg, "not a zip archive");
        if (len == z.len - 1) CHECK_TEXT(err.msg, "the zip archive is cut short");
        CHECK(*err.msg);
    }
    zipmem_free(&z);
}

/* --- looking things up --- */

static void rows_are_found_by_number(void)
{
    CHECK(!read_csv("\n\na\n\nb\nc\n\n\n\nd\n"));
    for (uint32_t number = 0; number < 15; number++) {
        const struct sheet_row *want = NULL;
        for (uint32_t i = 0; i < got.sheets[0].count; i++) {
            if (got.sheets[0].rows[i].number == number) want = &got.sheets[0].rows[i];
        }
        CHECK(sheet_row(&got.sheets[0], number) == want);
    }
    CHECK(sheet_row(&got.sheets[0], UINT32_MAX) == NULL);
    CHECK_TEXT(row_cell(NULL, 0)->text, "");
    CHECK_TEXT(row_cell(sheet_row(&got.sheets[0], 3), 1)->text, "");
    CHECK_I64(row_cell(sheet_row(&got.sheets[0], 3), UINT32_MAX)->type, CELL_EMPTY);
}

static void headings_and_sheets_are_found_whatever_their_spelling(void)
{
    CHECK(!read_csv("id,  Total\n value ,ID,T\xc3\xbcrkiye\n"));
    CHECK_I64(got.sheets[0].count, 2);
    CHECK(!read_csv("id,\"  Total\n value \",ID,T\xc3\xbcrkiye,,12\n"));
    const struct sheet_row *row = &got.sheets[0].rows[0];
    CHECK_I64(row_find(row, "ID"), 2); /* letter for letter wins */
    CHECK_I64(row_find(row, "Id"), 0);
    CHECK_I64(row_find(row, "total value"), 1);
    CHECK_I64(row_find(row, "TURKIYE"), 3);
    CHECK_I64(row_find(row, "12"), 5);
    CHECK_I64(row_find(row, "nothing"), -1);
    CHECK_I64(row_find(row, ""), -1);
    CHECK_I64(row_find(NULL, "id"), -1);

    struct sheet sheets[] = {{.name = "Country Summary"}, {.name = "country summary "}};
    struct workbook w = {.count = 2, .sheets = sheets};
    CHECK(workbook_sheet(&w, "Country Summary") == &sheets[0]);
    CHECK(workbook_sheet(&w, "country summary ") == &sheets[1]);
    CHECK(workbook_sheet(&w, "COUNTRY  SUMMARY") == &sheets[0]);
    CHECK(workbook_sheet(&w, "Country") == NULL);
}

static void columns_have_letters(void)
{
    CHECK_TEXT(column_name(&arena, 0), "A");
    CHECK_TEXT(column_name(&arena, 25), "Z");
    CHECK_TEXT(column_name(&arena, 26), "AA");
    CHECK_TEXT(column_name(&arena, 29), "AD");
    CHECK_TEXT(column_name(&arena, 701), "ZZ");
    CHECK_TEXT(column_name(&arena, 702), "AAA");
    CHECK_TEXT(column_name(&arena, 16383), "XFD");
    CHECK(strlen(column_name(&arena, UINT32_MAX)) == 7);
}

/* --- serial numbers --- */

static void serial_numbers_are_days_as_a_spreadsheet_counts(void)
{
    static const struct {
        const char *serial, *day;
    } known[] = {
        {"1", "1900-01-01"},         {"1.0", "1900-01-01"},    {"59", "1900-02-28"},
        {"61", "1900-03-01"},        {"44621", "2022-03-01"},  {"44621.999988425923", "2022-03-01"},
        {"4.4621E4", "2022-03-01"},  {"36526", "2000-01-01"},  {"109574", "2199-12-31"},
        {"109574.75", "2199-12-31"}, {"44616.5", "2022-02-24"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        char text[DAY_TEXT];
        int32_t day = 0;
        CHECK(!serial_day(known[i].serial, &day, &err));
        CHECK_TEXT(day_format(day, text), known[i].day);
    }
    /* Day by day from 1900-01-01, one day more in February than there was. */
    int32_t want = day_from_civil(1900, 1, 1);
    for (int serial = 1; serial <= 109574; serial++) {
        char text[16];
        int32_t day = 0;
        snprintf(text, sizeof text, "%d", serial);
        enum rc rc = serial_day(text, &day, &err);
        CHECK(rc == (serial == 60 ? RC_INPUT : RC_OK));
        if (rc) continue;
        CHECK_I64(day, want);
        want++;
        if (!tap_this_ok) return;
    }
    CHECK_I64(want, DAY_MAX + 1);
}

static void serial_numbers_of_no_day_are_refused(void)
{
    static const struct {
        const char *serial, *sentence;
    } bad[] = {
        {"60", "day number 60 is 1900-02-29, a day that never was"},
        {"60.5", "day number 60.5 is 1900-02-29, a day that never was"},
        {"0", "day number 0 is before 1900-01-01"},
        {"0.75", "day number 0.75 is before 1900-01-01"},
        {"-0.5", "day number -0.5 is before 1900-01-01"},
        {"-44621", "day number -44621 is before 1900-01-01"},
        {"109575", "day number 109575 is after 2199-12-31"},
        {"373336", "day number 373336 is after 2199-12-31"},
        {"9e17", "day number 9e17 is after 2199-12-31"},
        {"1e300", "'1e300' is not a day number of a spreadsheet"},
        {"2022-03-01", "'2022-03-01' is not a day number of a spreadsheet"},
        {"", "'' is not a day number of a spreadsheet"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int32_t day = 12345;
        CHECK_I64(serial_day(bad[i].serial, &day, &err), RC_INPUT);
        CHECK_TEXT(err.msg, bad[i].sentence);
        CHECK_I64(day, 12345);
    }
}

/* --- the real files --- */

static const char *shared_file(const char *path, size_t *len)
{
    const char *root = getenv("MUSTER_SHARED");
    FILE *f = fopen(text_format(&arena, "%s/data/%s", root ? root : "../shared", path), "rb");
    if (!f) return NULL;
    fseek(f, 0, SEEK_END);
    long size = ftell(f);
    rewind(f);
    char *bytes = NEW_ARRAY(&arena, (size_t)size + 1, char);
    *len = fread(bytes, 1, (size_t)size, f);
    fclose(f);
    return bytes;
}

/* The counts were made by another program, in another language. */
static void the_kiel_workbook_reads_cell_for_cell(void)
{
    size_t len;
    const char *bytes = shared_file("kiel/release-07.xlsx", &len);
    CHECK(bytes && !xlsx_read(&arena, bytes, len, &got, &err));
    if (!tap_this_ok) return;
    int64_t counts[5] = {0}, formulas = 0;
    for (uint32_t s = 0; s < got.count; s++) {
        for (uint32_t r = 0; r < got.sheets[s].count; r++) {
            for (uint32_t c = 0; c < got.sheets[s].rows[r].count; c++) {
                const struct cell *cell = &got.sheets[s].rows[r].cells[c];
                counts[cell->type]++;
                formulas += cell->is_formula;
            }
        }
    }
    CHECK_I64(got.count, 37);
    CHECK_I64(counts[CELL_TEXT], 35745);
    CHECK_I64(counts[CELL_NUMBER], 28721);
    CHECK_I64(counts[CELL_ERROR], 1);
    CHECK_I64(counts[CELL_BOOL], 0);
    CHECK_I64(formulas, 30264);

    const struct sheet *main_data = workbook_sheet(&got, "Bilateral assistance, MAIN DATA");
    CHECK(main_data && main_data->count == 1033);
    if (!tap_this_ok) return;
    CHECK_I64(main_data->rows[1032].number, 1033);
    const struct sheet_row *row = sheet_row(main_data, 2);
    CHECK_TEXT(row_cell(row, 0)->text, "AUH1");
    CHECK_I64(row_cell(row, 2)->type, CELL_NUMBER);
    CHECK_TEXT(row_cell(row, 2)->text, "44621");
    CHECK_TEXT(row_cell(row, 17)->text, "35000000");
    CHECK(row_cell(row, 17)->is_formula);
    CHECK(!row_cell(row, 29)->is_formula);
    CHECK_TEXT(row_cell(row, 29)->text, "1");
    CHECK_TEXT(row_cell(sheet_row(main_data, 650), 43)->text, "#NAME?");
    CHECK_I64(row_find(sheet_row(main_data, 1), "announcement date"), 2);
}

static void the_rates_archive_reads_to_its_first_day(void)
{
    size_t len, csv_len;
    const char *bytes = shared_file("rates/eurofxref-hist.zip", &len), *csv;
    CHECK(bytes && !zip_read(&arena, bytes, len, NULL, &csv, &csv_len, &err));
    CHECK(tap_this_ok && !csv_read(&arena, csv, csv_len, 0, &got, &err));
    if (!tap_this_ok) return;
    const struct sheet *s = &got.sheets[0];
    int64_t numbers = 0, texts = 0;
    for (uint32_t r = 0; r < s->count; r++) {
        for (uint32_t c = 0; c < s->rows[r].count; c++) {
            numbers += s->rows[r].cells[c].type == CELL_NUMBER;
            texts += s->rows[r].cells[c].type == CELL_TEXT;
        }
    }
    CHECK_I64(numbers, 217555);
    CHECK_I64(texts, 293328 - 217555);
    const struct sheet_row *last = &s->rows[s->count - 1];
    CHECK_I64(last->number, 6984);
    CHECK_TEXT(last->cells[0].text, "1999-01-04");
    CHECK_TEXT(row_cell(last, (uint32_t)row_find(&s->rows[0], "SEK"))->text, "9.4696");
}

#define RUN_SHARED(file, test)                                                                     \
    do {                                                                                           \
        size_t unused_len;                                                                         \
        if (shared_file(file, &unused_len))                                                        \
            RUN(test);                                                                             \
        else                                                                                       \
            printf("ok %d - " #test " # SKIP no ../shared\n", ++tap_count);                        \
        arena_free(&arena);                                                                        \
    } while (0)

int main(void)
{
    RUN(quoted_fields_hold_separators_quotes_and_line_ends);
    RUN(every_line_end_ends_a_line);
    RUN(rows_keep_their_numbers_and_their_lengths);
    RUN(the_separator_is_the_one_that_every_row_has);
    RUN(a_number_is_a_cell_that_is_nothing_else);
    RUN(text_is_made_normal_form_c);
    RUN(csv_that_is_not_what_it_claims_is_refused_by_its_line);
    RUN(csv_limits_on_rows_and_columns_hold);
    RUN(csv_written_by_the_rules_is_read_back);
    RUN(cells_of_every_type_are_read);
    RUN(numbers_stay_the_text_that_stood_there);
    RUN(cells_and_rows_that_do_not_say_where_follow_the_last);
    RUN(formulas_are_known_and_keep_their_cached_value);
    RUN(strings_are_joined_runs_without_their_phonetic_guide);
    RUN(text_is_unescaped_and_normal);
    RUN(a_cell_that_cannot_be_read_is_named);
    RUN(rows_and_cells_out_of_place_are_refused);
    RUN(a_few_bytes_a_row_cannot_ask_for_gigabytes);
    arena_free(&arena);
    RUN(sheets_are_found_wherever_their_target_points);
    RUN(a_workbook_that_does_not_hold_together_is_refused);
    RUN(entities_are_refused_and_never_expanded);
    RUN(parts_in_wrong_encodings_are_refused);
    RUN(a_workbook_cut_short_anywhere_is_refused);
    RUN(a_workbook_with_any_byte_changed_is_read_the_same_or_refused);
    RUN(the_only_file_or_the_named_one_is_unpacked);
    RUN(zip_bombs_are_refused_before_they_are_unpacked);
    RUN(archives_that_cannot_be_trusted_are_refused);
    RUN(an_archive_cut_short_anywhere_is_refused);
    RUN(rows_are_found_by_number);
    RUN(headings_and_sheets_are_found_whatever_their_spelling);
    RUN(columns_have_letters);
    RUN(serial_numbers_are_days_as_a_spreadsheet_counts);
    RUN(serial_numbers_of_no_day_are_refused);
    arena_free(&arena);
    RUN_SHARED("kiel/release-07.xlsx", the_kiel_workbook_reads_cell_for_cell);
    RUN_SHARED("rates/eurofxref-hist.zip", the_rates_archive_reads_to_its_first_day);
    return tap_done();
}
