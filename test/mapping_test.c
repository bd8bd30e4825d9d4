/*
 * mapping_test.c - tables through mapping files: what a row becomes, which row
 * is refused with which sentence, and which mapping file is.
 */
#include "source/mapping.h"

#include "base/buf.h"
#include "drafts.h"
#include "source/forms.h"
#include "source/readers.h"
#include "source/table.h"
#include "zipmem.h"

static struct arena arena;
static struct err err;
static struct intake in;

/* --- helpers --- */

static enum rc read_tables(const char *map, const struct input *tables, uint32_t count)
{
    struct input *m = NEW(&arena, struct input);
    struct input *kept = NEW_ARRAY(&arena, count + 1, struct input);
    *m = input_text("a.map", map);
    memcpy(kept, tables, count * sizeof *kept);
    in = (struct intake){.arena = &arena, .format = "mapping"};
    err = (struct err){0};
    enum rc rc = mapping_read(m, kept, count, &in, &err);
    if (!rc) check_drafts(&in);
    return rc;
}

static enum rc read_csv(const char *map, const char *csv)
{
    struct input table = input_text("t.csv", csv);
    return read_tables(map, &table, 1);
}

/* Diagnostics on one line each: "rule row column 'value'; ...". */
static const char *said(void)
{
    struct buf b = {.arena = &arena};
    buf_add(&b, "");
    for (uint32_t i = 0; i < in.diag_count; i++) {
        const struct diag *d = &in.diags[i];
        buf_addf(&b, "%s%s %u %s '%s'", i ? "; " : "", d->rule, (unsigned)d->row, d->column,
                 d->value);
    }
    return b.text;
}

/* -1 when there is no record or no such field. */
static int64_t int_of(const struct record *r, enum tag tag)
{
    return r ? record_int(r, tag, -1) : -1;
}

static const char *day_of(const struct record *r, enum tag tag)
{
    char text[DAY_TEXT];
    if (!r || !record_field(r, tag)) return "";
    return arena_text(&arena, day_format((int32_t)record_int(r, tag, 0), text));
}

static const char line_map[] = "[line]\nkey = d:{id}\ngiver = {donor}\nreceiver = UKR\n"
                               "item = {item}\nquantity = {n}\n"
                               "[entry]\nto = announced\nquantity = {n}\ndate = {day}\n";

/* --- the worked example of the manual --- */

static void the_worked_example_becomes_promises_and_deliveries(void)
{
    struct input files[3] = {input_read(&arena, "test/data/mapping/promises.csv"),
                             input_read(&arena, "test/data/mapping/conference.map"),
                             input_read(&arena, "test/data/mapping/deliveries.csv")};
    in = (struct intake){.arena = &arena};
    CHECK(mapping_reader.sniff(files, 3));
    CHECK(mapping_reader.read(files, 3, &in, &err) == RC_OK);
    CHECK_TEXT(err.msg, "");
    check_drafts(&in);

    const struct record *r = draft(&in, KIND_LINE, "conference:1");
    CHECK_TEXT(text_of(r, F_PARTY), "DNK");
    CHECK_TEXT(text_of(r, F_RECEIVER), "UKR");
    CHECK_TEXT(text_of(r, F_ITEM), "item:field-ambulance");
    CHECK_TEXT(text_of(r, F_PACKAGE), "conference:1");
    CHECK_TEXT(text_of(r, F_PASSAGE),
               "https://example.org/2024/denmark#third paragraph/the minister of defence");
    CHECK_TEXT(day_of(r, F_UNTIL), "2024-06-30");
    CHECK_I64(int_of(r, F_LOW), 12);
    CHECK_I64(int_of(r, F_HIGH), 12);

    r = draft(&in, KIND_PASSAGE, text_of(r, F_PASSAGE));
    CHECK_TEXT(text_of(r, F_SPEAKER), "the minister of defence");
    CHECK_TEXT(text_of(r, F_PLACE), "third paragraph");
    r = draft(&in, KIND_SOURCE, text_of(r, F_SOURCE));
    CHECK_TEXT(text_of(r, F_PUBLISHER), "Conference desk");
    CHECK_TEXT(text_of(r, F_ADDRESS), "https://example.org/2024/denmark");
    CHECK_TEXT(day_of(r, F_DAY), "2024-04-03");

    r = draft(&in, KIND_VALUE, "conference:1/stated");
    CHECK_TEXT(text_of(r, F_OF), "conference:1");
    CHECK_TEXT(text_of(r, F_CURRENCY), "EUR");
    CHECK_I64(int_of(r, F_LOW), 360000000); /* 3.6 million euros in cents */
    CHECK_I64(drafts_of(&in, KIND_VALUE), 1);

    /* A quantity nobody disclosed: a promise, and no movement of a quantity. */
    CHECK(draft(&in, KIND_LINE, "conference:2") != NULL);
    CHECK_I64(int_of(draft(&in, KIND_LINE, "conference:2"), F_LOW), -1);
    CHECK(!draft(&in, KIND_ENTRY, "conference:2/announced"));

    r = draft(&in, KIND_ENTRY, "conference:3/committed");
    CHECK_I64(int_of(r, F_QTY), 125000050);
    CHECK_TEXT(text_of(draft(&in, KIND_LINE, "conference:3"), F_ITEM), "money/EUR");
    CHECK_TEXT(day_of(draft(&in, KIND_LINE, "conference:3"), F_UNTIL), "2024-12-31");

    r = draft(&in, KIND_ENTRY, "conference:1/A-2");
    CHECK_TEXT(text_of(r, F_LINE), "conference:1");
    CHECK_I64(int_of(r, F_FROM), STAGE_DISPATCHED);
    CHECK_I64(int_of(r, F_TO), STAGE_DELIVERED);
    CHECK_I64(int_of(r, F_QTY), 8);
    CHECK_I64(int_of(r, F_CONFIRMED), 1);
    CHECK_I64(int_of(draft(&in, KIND_ENTRY, "conference:1/A-1"), F_CONFIRMED), -1);

    CHECK_I64(drafts_of(&in, KIND_LINE), 3);
    CHECK_I64(drafts_of(&in, KIND_ENTRY), 5);
    CHECK_I64((int64_t)in.rows_read, 11);
    CHECK_I64((int64_t)in.rows_taken, 6);
    CHECK_TEXT(said(), "bad-number 5 Number 'many'; unknown-party 6 Donor 'Ruritania'; "
                       "date-out-of-range 8 Announced '31 February 2024'; "
                       "unknown-line 5 Promise 'conference:9'");
    /* What a refused row names is not in the book either. */
    CHECK(!draft(&in, KIND_ITEM, "item:winter-coat"));
    CHECK(!draft(&in, KIND_PARTY, "NOR"));
    CHECK(!draft(&in, KIND_PACKAGE, "conference:7"));
}

/* What the manual shows is what was tested above. */
static void the_manual_shows_this_very_mapping(void)
{
    struct input map = input_read(&arena, "test/data/mapping/conference.map");
    struct input manual = input_read(&arena, "docs/mapping.md");
    struct buf shown = {.arena = &arena};
    CHECK(map.len > 0 && manual.len > 0);
    for (size_t at = 0; at < map.len;) {
        size_t len = 0;
        while (at + len < map.len && map.bytes[at + len] != '\n') len++;
        if (len) buf_add(&shown, "    ");
        buf_add_bytes(&shown, map.bytes + at, len);
        buf_add(&shown, "\n");
        at += len + 1;
    }
    CHECK(shown.len > 0 && strstr(manual.bytes, shown.text) != NULL);
}

static void the_tables_of_a_map_may_come_in_any_order(void)
{
    struct input tables[2] = {
        input_text("moves.csv", "line,n,day\nd:1,2,2024-02-01\n"),
        input_text("lines.csv", "id,donor,item,n,day\n1,Poland,tent,5,2024-01-01\n")};
    const char *map = text_format(&arena,
                                  "[table]\nfile = moves.csv\n[entry]\nline = {line}\n"
                                  "from = announced\nto = delivered\nquantity = {n}\ndate = {day}\n"
                                  "[table]\nfile = lines.csv\n%s",
                                  line_map);
    CHECK(read_tables(map, tables, 2) == RC_OK);
    CHECK_TEXT(said(), "");
    CHECK_I64(drafts_of(&in, KIND_ENTRY), 2);
    CHECK_I64((int64_t)in.rows_taken, 2);
}

/* --- rows that cannot be taken --- */

static void a_row_that_cannot_be_taken_is_named_and_adds_nothing(void)
{
    static const struct {
        const char *row, *said;
    } cases[] = {
        {"1,Poland,tent,-5,2024-01-01", "negative 2 n '-5'"},
        {"1,Poland,tent,5x,2024-01-01", "bad-number 2 n '5x'"},
        {"1,Poland,tent,\"1,5\",2024-01-01", "bad-number 2 n '1,5'"},
        {"1,Poland,tent,99999999999999999999,2024-01-01", "overflow 2 n '99999999999999999999'"},
        {"1,Poland,tent,5,2922-01-01", "date-out-of-range 2 day '2922-01-01'"},
        {"1,Poland,tent,5,01/02/2024", "bad-date 2 day '01/02/2024'"},
        {"1,Poland,tent,5,", "missing 2 day ''"},
        {"1,Polnd,tent,5,2024-01-01", "unknown-party 2 donor 'Polnd'"},
        {"1,Poland,money/XQZ,5,2024-01-01", "unknown-currency 2 item 'XQZ'"},
        {"1,Poland,,5,2024-01-01", "missing 2 item ''"},
        {",Poland,tent,5,2024-01-01", "missing 2 id ''"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CHECK(read_csv(line_map, text_format(&arena, "id,donor,item,n,day\n%s\n", cases[i].row)) ==
              RC_OK);
        CHECK_TEXT(said(), cases[i].said);
        CHECK_I64(in.count, 2); /* the table and the map themselves */
        CHECK_I64((int64_t)in.rows_taken, 0);
        CHECK(*in.diags[0].expected);
    }
}

static void a_key_stands_once_in_a_file(void)
{
    CHECK(read_csv(line_map, "id,donor,item,n,day\n"
                             "1,Poland,tent,5,2024-01-01\n"
                             "1,Poland,tent,5,2024-01-01\n"
                             "1,Poland,tent,6,2024-01-01\n") == RC_OK);
    CHECK_TEXT(said(), "duplicate-key 3  'd:1/announced'; duplicate-key 4  'd:1'");
    CHECK_I64(drafts_of(&in, KIND_LINE), 1);
    CHECK_I64(drafts_of(&in, KIND_ENTRY), 1);
}

static void what_rows_share_is_stated_alike_or_refused(void)
{
    static const char map[] = "[package]\nkey = p:{p}\nname = {name}\n"
                              "[line]\nkey = d:{id}\ngiver = Norway\nitem = {item}\n";
    CHECK(read_csv(map, "id,p,name,item\n1,a,First,tent\n2,a,First,stove\n3,a,Second,bed\n"
                        "4,,,cup\n") == RC_OK);
    CHECK_TEXT(said(), "duplicate-key 4  'p:a'");
    CHECK_I64(drafts_of(&in, KIND_PACKAGE), 1);
    CHECK_I64(drafts_of(&in, KIND_LINE), 3);
    CHECK_TEXT(text_of(draft(&in, KIND_LINE, "d:4"), F_PACKAGE), "");
    CHECK(!draft(&in, KIND_ITEM, "item:bed"));
}

static void fractions_go_to_the_smallest_part_and_are_flagged(void)
{
    CHECK(read_csv("[line]\nkey = {id}\ncurrency = {c}\namount = {n}\n"
                   "[entry]\nto = announced\namount = {n}\ndate = 2024-01-01\n",
                   "id,c,n\n1,EUR,0.125\n2,JPY,1.5\n3,KWD,1.234\n4,EUR,1e2\n") == RC_OK);
    CHECK_I64(int_of(draft(&in, KIND_LINE, "1"), F_LOW), 12); /* half to even */
    CHECK_I64(int_of(draft(&in, KIND_LINE, "2"), F_LOW), 2);
    CHECK_I64(int_of(draft(&in, KIND_LINE, "3"), F_LOW), 1234);
    CHECK_I64(int_of(draft(&in, KIND_LINE, "4"), F_LOW), 10000);
    CHECK_TEXT(said(), "rounded 2 n '0.125'; rounded 3 n '1.5'");
    CHECK_I64(in.diags[0].severity, DIAG_FLAG);
}

static void words_for_an_unknown_quantity_make_a_line_without_movement(void)
{
    static const char *const words_of[] = {"", "undisclosed", "Dozens", "n/a", "..", "a few"};
    for (size_t i = 0; i < sizeof words_of / sizeof *words_of; i++) {
        CHECK(read_csv(text_format(&arena, "unknown = a few, some more\n%s", line_map),
                       text_format(&arena, "id,donor,item,n,day\n1,Poland,tent,%s,2024-01-01\n",
                                   words_of[i])) == RC_OK);
        CHECK_TEXT(said(), "");
        CHECK_I64(drafts_of(&in, KIND_LINE), 1);
        CHECK_I64(drafts_of(&in, KIND_ENTRY), 0);
    }
}

static void rows_may_be_skipped_by_what_a_cell_says(void)
{
    static const char csv[] = "id,donor,item,n,day\n1,Poland,tent,5,2024-01-01\n"
                              "2,Norway,tent,5,2024-01-01\n3,,,,\nTotal,,,10,\n";
    CHECK(read_csv(text_format(&arena,
                               "skip when = {donor} is blank\nskip when = {donor} is norway, x\n%s",
                               line_map),
                   csv) == RC_OK);
    CHECK_TEXT(said(), "");
    CHECK_I64(drafts_of(&in, KIND_LINE), 1);
    CHECK_I64((int64_t)in.rows_read, 4);
    CHECK(read_csv(text_format(&arena, "skip when = {donor} is not norway\n%s", line_map), csv) ==
          RC_OK);
    CHECK(draft(&in, KIND_LINE, "d:2") != NULL);
    CHECK_I64(drafts_of(&in, KIND_LINE), 1);
}

/* --- every kind --- */

static void every_kind_of_record_can_be_made(void)
{
    CHECK(read_csv("series = demo\n"
                   "[party]\nkey = org:{a}\nname = {a}\n"
                   "[item]\nkey = i:{b}\nname = {b}\nunit = t\nparts = 3\n",
                   "a,b\nRedHelp,flour\n") == RC_OK);
    CHECK_TEXT(text_of(draft(&in, KIND_PARTY, "org:RedHelp"), F_TYPE), "other");
    CHECK_I64(int_of(draft(&in, KIND_ITEM, "i:flour"), F_PARTS), 3);
    CHECK(read_csv("series = demo\ndates = iso, year\n"
                   "[rate]\ncurrency = USD\nbase = EUR\namount = {x}\ndate = {d}\n"
                   "[indicator]\nparty = {p}\nmeasure = gdp\namount = {x}\nmultiply = 1e9\n"
                   "currency = USD\ndate = 2021\n"
                   "[price]\nitem = {i}\ncurrency = EUR\namount = {x}\ndate = {d}\n"
                   "[need]\nkey = n:1\nreceiver = {p}\nitem = {i}\nquantity = 70\nunit = t\n"
                   "parts = 1\npriority = 2\n"
                   "[lot]\nkey = l:1\nowner = {p}\nitem = {i}\nquantity = 4\ntype = stock\n"
                   "[statement]\nkey = s:1\nmeasure = total\nparty = {p}\namount = {x}\n"
                   "currency = EUR\nmultiply = million\n"
                   "[statement]\nkey = s:2\nmeasure = index\nparty = {p}\namount = {x}\n",
                   "p,i,x,d\nGermany,flour,1.25,2024-01-05\n") == RC_OK);
    CHECK_TEXT(said(), "");
    const struct record *r = draft(&in, KIND_RATE, "demo/USD/2024-01-05");
    CHECK_I64(r ? record_dec(r, F_AMOUNT).n : 0, 125);
    r = draft(&in, KIND_INDICATOR, "demo/gdp/DEU/2021-12-31");
    CHECK_I64(r ? record_dec(r, F_AMOUNT).n : 0, 1250000000);
    CHECK_I64(r ? int_of(r, F_PRECISION) : 0, PRECISION_UNTIL);
    r = draft(&in, KIND_PRICE, "demo/item:flour/2024-01-05");
    CHECK_TEXT(text_of(r, F_ITEM), "item:flour");
    r = draft(&in, KIND_NEED, "n:1");
    CHECK_I64(int_of(r, F_PRIORITY), 2);
    CHECK_TEXT(text_of(draft(&in, KIND_LOT, "l:1"), F_PARTY), "DEU");
    CHECK_I64(int_of(draft(&in, KIND_STATEMENT, "s:1"), F_LOW), 125000000);
    r = draft(&in, KIND_STATEMENT, "s:2");
    CHECK_I64(r ? record_dec(r, F_AMOUNT).scale : 0, 2);
}

static void declared_parties_and_items_are_found_by_name(void)
{
    struct input tables[3] = {
        input_text("lines.csv", "id,donor,item,n,day\n1,Red Help,Flour,2.5,2024-01-01\n"),
        input_text("items.csv", "key,name\ni:flour,Flour\n"),
        input_text("parties.csv", "key,name\norg:7,Red Help\n")};
    const char *map =
        text_format(&arena,
                    "file = lines.csv\n%s[table]\nfile = items.csv\n[item]\nkey = {key}\n"
                    "name = {name}\nunit = t\nparts = 3\n[table]\nfile = parties.csv\n"
                    "[party]\nkey = {key}\nname = {name}\ntype = fund\n",
                    line_map);
    CHECK(read_tables(map, tables, 3) == RC_OK);
    CHECK_TEXT(said(), "");
    const struct record *r = draft(&in, KIND_LINE, "d:1");
    CHECK_TEXT(text_of(r, F_PARTY), "org:7");
    CHECK_TEXT(text_of(r, F_ITEM), "i:flour");
    CHECK_I64(int_of(r, F_LOW), 2500);
    CHECK_I64((int64_t)in.rows_taken, 3);
}

static void unknown_parties_are_added_only_when_the_map_says_so(void)
{
    static const char csv[] = "id,donor,item,n,day\n1,Red  Help e.V.,tent,1,2024-01-01\n";
    CHECK(read_csv(text_format(&arena, "unknown parties = add\n%s", line_map), csv) == RC_OK);
    CHECK_TEXT(text_of(draft(&in, KIND_LINE, "d:1"), F_PARTY), "party:red-help-e-v");
    CHECK_TEXT(text_of(draft(&in, KIND_PARTY, "party:red-help-e-v"), F_NAME), "Red Help e.V.");
    CHECK(read_csv("label = public\nunknown parties = add\n[line]\nkey = {id}\nitem = tent\n"
                   "giver = {donor}\nlabel = {who}\n",
                   "id,donor,who\n1,A,group:x\n2,B,group:x\n3,A,public\n4,Poland,group:x\n") ==
          RC_OK);
    CHECK_TEXT(draft(&in, KIND_PARTY, "party:a")->label, "public");
    CHECK_TEXT(draft(&in, KIND_PARTY, "party:b")->label, "group:x");
    CHECK_TEXT(draft(&in, KIND_PARTY, "POL")->label, "public");
}

/* A table of both: the party is made before the line, and a row is counted once. */
static void a_row_may_make_a_party_and_its_line(void)
{
    const char *map =
        text_format(&arena, "[party]\nkey = org:{donor}\nname = {donor}\n%s", line_map);
    CHECK(read_csv(map, "id,donor,item,n,day\n1,Help,tent,5,2024-01-01\n"
                        "2,Help,tent,5,2024-01-01\n3,Help,tent,-5,2024-01-01\n") == RC_OK);
    CHECK_TEXT(said(), "negative 4 n '-5'");
    CHECK_TEXT(text_of(draft(&in, KIND_LINE, "d:2"), F_PARTY), "org:Help");
    CHECK_I64((int64_t)in.rows_read, 3);
    CHECK_I64((int64_t)in.rows_taken, 2);
}

static void a_row_that_makes_nothing_is_named(void)
{
    static const char map[] = "[source]\naddress = {where}\n[indicator]\nparty = {p}\n"
                              "measure = gdp\namount = {x}\ndate = 2021-12-31\n";
    CHECK(read_csv(map, "p,x,where\nPOL,1,https://a.example\nDEU,,https://b.example\n") == RC_OK);
    CHECK_TEXT(said(), "nothing-in-row 3  ''");
    CHECK(!draft(&in, KIND_SOURCE, "https://b.example"));
    CHECK_I64((int64_t)in.rows_taken, 1);
}

static void a_movement_of_nothing_is_no_movement(void)
{
    CHECK(read_csv(line_map, "id,donor,item,n,day\n1,Poland,tent,0,2024-01-01\n") == RC_OK);
    CHECK_TEXT(said(), "");
    CHECK_I64(int_of(draft(&in, KIND_LINE, "d:1"), F_LOW), 0);
    CHECK_I64(drafts_of(&in, KIND_ENTRY), 0);
}

static void labels_are_never_public_by_mistake(void)
{
    static const char map[] = "label = group:cell\n[line]\nkey = {id}\nitem = {item}\n"
                              "label = {who}\n";
    CHECK(read_csv(map, "id,item,who\n1,tent,public\n2,drone,parties:DNK\n3,radar,\n"
                        "4,tank,secret\n") == RC_OK);
    CHECK_TEXT(draft(&in, KIND_LINE, "1")->label, "public");
    CHECK_TEXT(draft(&in, KIND_LINE, "2")->label, "parties:DNK");
    CHECK_TEXT(draft(&in, KIND_ITEM, "item:tent")->label, "public");
    CHECK_TEXT(draft(&in, KIND_ITEM, "item:drone")->label, "parties:DNK");
    CHECK(!draft(&in, KIND_LINE, "3") && !draft(&in, KIND_LINE, "4"));
    for (uint32_t i = 0; i < in.count; i++) { /* the files, and their rows as evidence */
        const struct record *r = in.records[i];
        if (r->kind == KIND_SOURCE || r->kind == KIND_PASSAGE) CHECK_TEXT(r->label, "group:cell");
    }
    CHECK_I64(in.diag_count, 2);

    /* Half a label is none; a thing that a public row names as well is no secret. */
    CHECK(read_csv("label = public\n[line]\nkey = {id}\nitem = {item}\nlabel = parties:{who}\n"
                   "[need]\nkey = n:{id}\nreceiver = UKR\nitem = {need}\nquantity = 1\n",
                   "id,item,who,need\n1,drone,DNK,coat\n2,tank,,coat\n3,bed,DNK,drone\n") == RC_OK);
    CHECK_TEXT(said(), "missing 3 who 'parties:'");
    CHECK_TEXT(draft(&in, KIND_ITEM, "item:drone")->label, "public");
    CHECK_TEXT(draft(&in, KIND_ITEM, "item:bed")->label, "parties:DNK");
    CHECK(read_csv("[line]\nkey = {id}\nitem = x\nlabel = {id}\n", "id\n1\n") == RC_INPUT);
    CHECK_TEXT(err.msg, "a.map line 1: [line] has a label, so the table needs 'label =' too: who "
                        "may see the file");
}

static void a_map_says_when_it_was_stated_and_what_is_complete(void)
{
    CHECK(read_csv(text_format(&arena, "stated = {on}\ncomplete = d:\ncomplete = e:\n%s", line_map),
                   "id,donor,item,n,day,on\n1,Poland,tent,5,2024-01-01,2024-05-12T10:00:00Z\n"
                   "2,Poland,tent,5,2024-01-01,2024-05-13\n3,Poland,tent,5,2024-01-01,\n") ==
          RC_OK);
    CHECK_TEXT(said(), "");
    int64_t noon = day_from_civil(2024, 5, 12) * MS_PER_DAY;
    CHECK_I64(int_of(draft(&in, KIND_ENTRY, "d:1/announced"), F_STATED), noon + 36000000);
    CHECK_I64(int_of(draft(&in, KIND_ENTRY, "d:2/announced"), F_STATED), noon + 2 * MS_PER_DAY - 1);
    CHECK_I64(int_of(draft(&in, KIND_ENTRY, "d:3/announced"), F_STATED), -1);
    CHECK_I64(in.stated_ms, noon + 2 * MS_PER_DAY - 1);
    CHECK_I64(in.scope_count, 2);
    CHECK_TEXT(in.scopes[0], "d:");
}

static void rows_of_one_document_share_it(void)
{
    CHECK(read_csv("[source]\naddress = {where}\ntitle = Talk\ntext = {said}\nspeaker = {who}\n"
                   "[line]\nkey = {id}\nitem = {item}\n",
                   "id,item,where,who,said\n1,tent,https://a.example,A,we give tents\n"
                   "2,coat,https://a.example,A,we give coats\n3,bed,https://a.example,A,\n"
                   "4,cup,https://a.example,A,\n5,jug,,A,\n") == RC_OK);
    CHECK_TEXT(said(), "");
    CHECK_I64(drafts_of(&in, KIND_LINE), 5);
    CHECK_I64(drafts_of(&in, KIND_PASSAGE), 5 - 1 /* 3 and 4 share one */);
    CHECK_I64(drafts_of(&in, KIND_SOURCE), 4); /* map, table, the talk, and one without address */
    const struct record *r =
        draft(&in, KIND_PASSAGE, text_of(draft(&in, KIND_LINE, "2"), F_PASSAGE));
    CHECK_TEXT(text_of(r, F_TEXT), "we give coats");
    CHECK_TEXT(text_of(draft(&in, KIND_LINE, "3"), F_PASSAGE),
               "https://a.example#whole document/A");
}

/* --- workbooks --- */

static void workbooks_keep_their_own_numbers_and_dates(void)
{
    static const char rows[] =
        "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>id</t></is></c>"
        "<c r=\"B2\" t=\"inlineStr\"><is><t>n</t></is></c>"
        "<c r=\"C2\" t=\"inlineStr\"><is><t>day</t></is></c></row>"
        "<row r=\"3\"><c r=\"A3\"><v>1</v></c><c r=\"B3\"><v>1.5E3</v></c>"
        "<c r=\"C3\"><v>44621</v></c></row>"
        "<row r=\"4\"><c r=\"A4\"><v>2</v></c>"
        "<c r=\"B4\" t=\"inlineStr\"><is><t>1.500,00</t></is></c>"
        "<c r=\"C4\" t=\"inlineStr\"><is><t>01.03.2022</t></is></c></row>"
        "<row r=\"5\"><c r=\"A5\"><v>3</v></c><c r=\"B5\" t=\"e\"><v>#REF!</v></c>"
        "<c r=\"C5\"><v>44621</v></c></row>"
        "<row r=\"6\"><c r=\"A6\"><v>4</v></c><c r=\"B6\"><v>1</v></c>"
        "<c r=\"C6\"><v>999999</v></c></row>";
    struct zipmem z;
    zipmem_workbook(&z,
                    &(struct zipmem_book){
                        .sheet = text_format(&arena,
                                             ZIPMEM_XML "<worksheet " ZIPMEM_MAIN
                                                        "><sheetData>%s</sheetData></worksheet>",
                                             rows)});
    struct input book = {"b.xlsx", "b.xlsx", z.bytes, z.len};
    static const char map[] = "sheet = gifts\nheadings = 2\ndates = d/m/y\ndecimal = comma\n"
                              "thousands = point\n[line]\nkey = x:{id}\nitem = tent\n"
                              "quantity = {n}\nsince = {day}\n";
    CHECK(read_tables(map, &book, 1) == RC_OK);
    CHECK_I64(int_of(draft(&in, KIND_LINE, "x:1"), F_LOW), 1500);
    CHECK_I64(int_of(draft(&in, KIND_LINE, "x:2"), F_LOW), 1500);
    CHECK_TEXT(day_of(draft(&in, KIND_LINE, "x:1"), F_SINCE), "2022-03-01");
    CHECK_TEXT(day_of(draft(&in, KIND_LINE, "x:2"), F_SINCE), "2022-03-01");
    CHECK_TEXT(said(), "formula-error 5 n '#REF!'; date-out-of-range 6 day '999999'");
    CHECK_TEXT(in.diags[0].sheet, "Gifts");
    CHECK_TEXT(strchr(text_of(draft(&in, KIND_LINE, "x:1"), F_PASSAGE), '#'), "#Gifts, row 3");
    CHECK(read_tables("sheet = Other\n[line]\nkey = 1\nitem = x\n", &book, 1) == RC_INPUT);
    CHECK_TEXT(err.msg, "a.map line 1: b.xlsx has no sheet 'Other'");
    zipmem_free(&z);
}

static void a_real_workbook_can_be_mapped(void)
{
    const char *path =
        shared_path(&arena, "data/refugees/output/ukraine_refugee_cost_estimates.xlsx");
    struct input book = path ? input_read(&arena, path) : (struct input){0};
    CHECK(read_tables("series = cost\n[indicator]\nparty = {donor}\nmeasure = refugee-cost\n"
                      "amount = {additional_cost_2022}\ncurrency = USD\ndate = 2022-12-31\n",
                      &book, 1) == RC_OK);
    CHECK_TEXT(said(), "");
    CHECK_I64((int64_t)in.rows_taken, drafts_of(&in, KIND_INDICATOR));
    CHECK(in.rows_taken > 20);
    const struct record *r = draft(&in, KIND_INDICATOR, "cost/refugee-cost/AUT/2022-12-31");
    struct dec want;
    CHECK(dec_parse("122146645.4583333", &want, &err) == RC_OK);
    CHECK(r && dec_cmp(record_dec(r, F_AMOUNT), want) == 0);
}

/* The same figures as the reader made for that file gives. */
static void a_map_and_a_reader_of_its_own_agree_on_gdp(void)
{
    struct input csv = input_read(&arena, shared_path(&arena, "data/gdp/gdp.csv"));
    CHECK(read_tables("series = worldbank\ndates = year\nunknown parties = refuse\n[indicator]\n"
                      "key = worldbank/gdp/{Country Code}/{Year}\nparty = {Country Code}\n"
                      "measure = gdp\namount = {Value}\ncurrency = USD\ndate = {Year}\n",
                      &csv, 1) == RC_OK);
    struct intake mapped = in;
    in = (struct intake){.arena = &arena};
    CHECK(indicators_reader.read(&csv, 1, &in, &err) == RC_OK);
    struct map amounts = {.arena = &arena};
    for (uint32_t i = 0; i < mapped.count; i++) {
        const struct record *r = mapped.records[i];
        if (r->kind == KIND_INDICATOR) map_put(&amounts, text_of(r, F_KEY), i);
    }
    uint32_t same = 0, count = 0;
    for (uint32_t i = 0; i < in.count; i++) {
        const struct record *r = in.records[i];
        if (r->kind != KIND_INDICATOR) continue;
        uint64_t *at = map_get(&amounts, text_of(r, F_KEY));
        count++;
        same +=
            at && dec_cmp(record_dec(mapped.records[*at], F_AMOUNT), record_dec(r, F_AMOUNT)) == 0;
    }
    CHECK(count > 10000);
    printf("# %u of %u alike\n", same, count);
    CHECK_I64(same, count);
}

/* --- mapping files at fault --- */

static void a_mapping_file_at_fault_is_refused_with_its_line(void)
{
    static const struct {
        const char *map, *message;
    } cases[] = {
        {"", "a.map line 1: expected a section such as [line] that says what a row becomes"},
        {"# c\nfoo", "a.map line 2: expected 'key = value' or '[section]', got 'foo'"},
        {"colour = red", "a.map line 1: 'colour' is no setting of a table; fields stand below a "
                         "section such as [line]"},
        {"[promise]", "a.map line 1: [promise] is no section; expected [table], [line], [entry], "
                      "[package], [value], [need], [price], [source] ..."},
        {"[line", "a.map line 1: expected ] after '[line'"},
        {"[line]\ncolour = red", "a.map line 2: [line] has no 'colour'"},
        {"[line]\nkey = {id", "a.map line 2: expected } after '{id'"},
        {"[line]\nkey =", "a.map line 2: expected something after 'key ='"},
        {"[line]\nkey = 1\nkey = 2", "a.map line 3: 'key' stands twice in this [line]"},
        {"[line]\nitem = x", "a.map line 1: [line] needs 'key ='"},
        {"[line]\nkey = 1",
         "a.map line 1: [line] needs 'item =' or 'currency =': what is promised"},
        {"[line]\nkey = 1\nitem = x\ncurrency = EUR",
         "a.map line 1: [line] has both an item and a currency; it is one or the other"},
        {"[entry]\nto = sent", "a.map line 2: 'sent' is no stage; expected announced, committed, "
                               "delivered ..."},
        {"[entry]\nto = announced\nquantity = 1\ndate = 2024",
         "a.map line 1: [entry] needs 'line ='"},
        {"dates = d/m/y, m/d/y", "a.map line 1: d/m/y and m/d/y cannot both be meant: 03/04/2024 "
                                 "would be two days"},
        {"dates = sometimes", "a.map line 1: 'sometimes' is no form of dates: expected iso, d/m/y, "
                              "m/d/y, d month y, month d y, month y, m/y, year or serial"},
        {"thousands = point\n[line]\nkey = 1\nitem = x",
         "a.map line 1: decimal and thousands are both '.'; expected two signs"},
        {"multiply = lots", "a.map line 1: expected thousand, million, billion or a power of ten "
                            "such as 1e6, got 'lots'"},
        {"headings = 0\n", "a.map line 1: expected the row of the headings, counted from 1"},
        {"skip when = Status is x", "a.map line 1: expected '{Column} is blank', '{Column} is not "
                                    "blank' or '{Column} is word, word', got 'Status is x'"},
        {"translate x = a, b", "a.map line 1: expected 'their word -> our word', got 'a'"},
        {"[line]\nkey = {nr}\nitem = x", "a.map line 2: t.csv has no column 'nr'; it has id, n"},
        {"translate nr = a -> b\n[line]\nkey = 1\nitem = x",
         "a.map line 1: t.csv has no column 'nr'; it has id, n"},
        {"file = other*.csv\n[line]\nkey = 1\nitem = x",
         "a.map line 1: none of the files given is called 'other*.csv'"},
        {"\xff", "a.map: text is not UTF-8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CHECK(read_csv(cases[i].map, "id,n\n1,2\n") == RC_INPUT);
        if (strstr(cases[i].message, "UTF-8"))
            CHECK(strstr(err.msg, "UTF-8") != NULL);
        else
            CHECK_TEXT(err.msg, cases[i].message);
    }
}

static void a_mapping_file_is_read_as_people_write_it(void)
{
    CHECK(read_csv("\xEF\xBB\xBF# head\r\n\r\n  file =  t.csv   # which\r\n[ line ]\r\n"
                   "key = \"a #{ id }\"\r\nitem={{{column B}}\r\nnote = {row} = {id}\r\n",
                   "ID,n\n1,2\n") == RC_OK);
    const struct record *r = draft(&in, KIND_LINE, "a #1");
    CHECK(r != NULL);
    CHECK_TEXT(text_of(draft(&in, KIND_ITEM, text_of(r, F_ITEM)), F_NAME), "{2}");
    CHECK_TEXT(text_of(r, F_NOTE), "2 = 1");
}

static void the_reader_wants_one_map_and_a_table(void)
{
    struct input map = input_text("a.map", "[line]\n"), csv = input_text("a.csv", "a\n");
    struct input alone[] = {map}, none[] = {csv}, two[] = {map, map, csv}, good[] = {map, csv};
    CHECK(!mapping_reader.sniff(alone, 1));
    CHECK(!mapping_reader.sniff(none, 1));
    CHECK(!mapping_reader.sniff(two, 3));
    CHECK(mapping_reader.sniff(good, 2));
}

/* --- forms, against obvious oracles --- */

/* What a number means, by cutting it at its signs; false when it is none. */
static bool obvious_number(const char *text, char point, char thousands, i128 *n, int *scale)
{
    char copy[64];
    bool negative = *text == '-';
    snprintf(copy, sizeof copy, "%s", text + (*text == '-' || *text == '+'));
    char *fraction = strchr(copy, point);
    if (fraction) *fraction++ = '\0';
    if (fraction && (!*fraction || fraction[strspn(fraction, "0123456789")])) return false;
    if (!fraction && !*copy) return false;
    *n = 0;
    int digits = 0, group = 0, groups = 1;
    for (char *at = copy; *at; at++) {
        if (*at >= '0' && *at <= '9') {
            *n = *n * 10 + (*at - '0');
            group++;
            digits++;
        } else if (thousands && *at == thousands) {
            if (groups == 1 ? group < 1 || group > 3 : group != 3) return false;
            groups++;
            group = 0;
        } else {
            return false;
        }
    }
    if (groups > 1 && group != 3) return false;
    *scale = 0;
    for (; fraction && *fraction; fraction++, ++*scale) *n = *n * 10 + (*fraction - '0');
    if (negative) *n = -*n;
    return true;
}

static void numbers_are_read_as_an_obvious_reader_does(void)
{
    static const struct number_form forms[] = {
        {'.', 0, 0}, {'.', ',', 0}, {',', '.', 0}, {',', ' ', 0}, {'.', '\'', 0}};
    static const char alphabet[] = "0123456789012345678901234567890,.,. '-";
    uint32_t good = 0;
    for (unsigned seed = 1; seed <= 200000; seed++) {
        char text[24];
        srand(seed);
        const struct number_form *f = &forms[rand() % 5];
        int len = 1 + rand() % 9;
        for (int i = 0; i < len; i++) text[i] = alphabet[(size_t)rand() % (sizeof alphabet - 1)];
        text[len] = '\0';
        i128 n = 0;
        int scale = 0;
        struct dec got;
        bool want = obvious_number(text, f->decimal, f->thousands, &n, &scale);
        bool is = number_read(text, f, &got, &err) == RC_OK;
        good += want;
        if (want != is || (is && got.n * power10(scale) != n * power10(got.scale))) {
            printf("# seed %u: '%s' with point '%c'\n", seed, text, f->decimal);
            tap_check(false, __FILE__, __LINE__, "numbers agree");
            return;
        }
    }
    CHECK(good > 20000);
    struct dec d;
    struct number_form million = {'.', ',', 6};
    CHECK(number_read("12.5 billion", &forms[0], &d, &err) == RC_OK && d.n == 12500000000);
    CHECK(number_read("3.25", &million, &d, &err) == RC_OK && d.n == 3250000);
    CHECK(number_read("1\xC2\xA0"
                      "234,5",
                      &forms[3], &d, &err) == RC_OK &&
          d.n == 12345);
    CHECK(number_read("1.5e3", &forms[0], &d, &err) == RC_OK && d.n == 1500);
    CHECK(number_read("1e400", &forms[0], &d, &err) == RC_RULE);
    CHECK(number_read("12 dozen", &forms[0], &d, &err) == RC_INPUT);
    CHECK(number_read("\xE2\x88\x92"
                      "4",
                      &forms[0], &d, &err) == RC_OK &&
          d.n == -4);
}

/* Days counted one by one from 1900-01-01. */
static void next_day(int *y, int *m, int *d)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (*y % 4 == 0 && *y % 100 != 0) || *y % 400 == 0;
    if (++*d <= days[*m - 1] + (*m == 2 && leap)) return;
    *d = 1;
    if (++*m <= 12) return;
    *m = 1;
    ++*y;
}

/* The day as people write it, in the which-th way; 0 when there are no more. */
static unsigned write_day(int which, int y, int m, int d, char out[64])
{
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    const char *name = names[m - 1];
    switch (which) {
    case 0: return snprintf(out, 64, "%04d-%02d-%02d", y, m, d), DATE_ISO;
    case 1: return snprintf(out, 64, "%d/%d/%d", d, m, y), DATE_D_M_Y;
    case 2: return snprintf(out, 64, "%02d.%02d.%d", d, m, y), DATE_D_M_Y;
    case 3: return snprintf(out, 64, "%d/%d/%d", m, d, y), DATE_M_D_Y;
    case 4: return snprintf(out, 64, "%d %s %d", d, name, y), DATE_D_MONTH_Y;
    case 5: return snprintf(out, 64, "%02d-%.3s-%d", d, name, y), DATE_D_MONTH_Y;
    case 6: return snprintf(out, 64, "%s %d, %d", name, d, y), DATE_MONTH_D_Y;
    default: return 0;
    }
}

static void every_day_is_read_back_in_every_form(void)
{
    int y = 1900, m = 1, d = 1;
    char text[64];
    for (int32_t day = DAY_MIN; day <= DAY_MAX; day++, next_day(&y, &m, &d)) {
        unsigned form;
        for (int i = 0; (form = write_day(i, y, m, d, text)) != 0; i++) {
            int32_t got = 0;
            enum precision precision = PRECISION_UNKNOWN;
            bool ok = date_read(text, form, &got, &precision, &err) == RC_OK && got == day &&
                      precision == PRECISION_DAY;
            if (!ok) {
                printf("# '%s' is %d, want %d\n", text, (int)got, (int)day);
                tap_check(false, __FILE__, __LINE__, "a day reads back");
                return;
            }
        }
    }
    CHECK_I64(y, 2200); /* the counting came out */
}

static void dates_that_are_none_are_refused(void)
{
    static const struct {
        const char *text;
        unsigned forms;
        enum rc rc;
    } cases[] = {
        {"2922-01-01", DATE_ISO, RC_RULE},
        {"1899-12-31", DATE_ISO, RC_RULE},
        {"2023-02-29", DATE_ISO, RC_RULE},
        {"29/2/2023", DATE_D_M_Y, RC_RULE},
        {"1/13/2023", DATE_D_M_Y, RC_RULE},
        {"1/2/23", DATE_D_M_Y, RC_INPUT},
        {"1/2.2023", DATE_D_M_Y, RC_INPUT},
        {"3 Avril 2023", DATE_D_MONTH_Y, RC_INPUT},
        {"3 April 2023", DATE_ISO, RC_INPUT},
        {"2023-1-2", DATE_ISO, RC_INPUT},
        {"", DATE_FORMS_MAX, RC_INPUT},
        {"2023", DATE_ISO, RC_INPUT},
        {"202", DATE_YEAR, RC_INPUT},
        {"0/2023", DATE_M_Y, RC_RULE},
        {"4 5 2023", DATE_D_M_Y, RC_INPUT},
        {"1/2/2023/", DATE_D_M_Y, RC_INPUT},
        {"123456", DATE_SERIAL, RC_INPUT},
        {"00060", DATE_SERIAL, RC_RULE},
        {"3 April 2023 x", DATE_D_MONTH_Y, RC_INPUT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t day = 77;
        enum rc rc = date_read(cases[i].text, cases[i].forms, &day, NULL, &err);
        if (rc != cases[i].rc) printf("# '%s'\n", cases[i].text);
        CHECK_I64(rc, cases[i].rc);
        CHECK_I64(day, 77);
    }
    int32_t day;
    enum precision p;
    CHECK(date_read("Apr-2024", DATE_MONTH_Y, &day, &p, &err) == RC_OK && p == PRECISION_MONTH);
    CHECK_I64(day, day_from_civil(2024, 4, 30));
    CHECK(date_read("02/2024", DATE_M_Y, &day, &p, &err) == RC_OK && p == PRECISION_MONTH);
    CHECK_I64(day, day_from_civil(2024, 2, 29));
    CHECK(date_read("2024", DATE_YEAR, &day, &p, &err) == RC_OK && p == PRECISION_UNTIL);
    CHECK(date_read("45385", DATE_SERIAL, &day, &p, &err) == RC_OK);
    CHECK_I64(day, day_from_civil(2024, 4, 3));
}

/* Random tables: what is taken adds up as plain arithmetic over the good rows does. */
static void random_tables_add_up_as_plain_arithmetic_does(void)
{
    for (unsigned seed = 1; seed <= 300; seed++) {
        struct buf csv = {.arena = &arena};
        int64_t want_cents = 0, want_lines = 0, want_bad = 0, cents = 0;
        srand(seed);
        buf_add(&csv, "id;donor;amount;day\n");
        for (int id = 1; id <= 40; id++) {
            int euros = rand() % 5000, rest = rand() % 100, fault = rand() % 6;
            bool blank = rand() % 8 == 0;
            const char *amount = blank           ? "undisclosed"
                                 : euros >= 1000 ? text_format(&arena, "%d.%03d,%02d", euros / 1000,
                                                               euros % 1000, rest)
                                                 : text_format(&arena, "%d,%02d", euros, rest);
            if (!blank && fault == 0) amount = "1.00.00";
            buf_addf(&csv, "%d;%s;%s;%s\n", fault == 1 ? 1000 : id, fault == 2 ? "Nowhere" : "LVA",
                     amount, fault == 3 ? "31.02.2024" : "28.02.2024");
            bool bad = (fault == 0 && !blank) || fault == 2 || fault == 3;
            static unsigned seen_seed;
            if (fault == 1) { /* the key 1000 again */
                bad = seen_seed == seed;
                seen_seed = seed;
            }
            want_bad += bad;
            want_lines += !bad;
            if (!bad && !blank) want_cents += euros * 100 + rest;
        }
        CHECK(read_csv("dates = d/m/y\ndecimal = comma\nthousands = point\n"
                       "[line]\nkey = r:{id}\ngiver = {donor}\ncurrency = EUR\n"
                       "amount = {amount}\nsince = {day}\n"
                       "[entry]\nto = committed\namount = {amount}\ndate = {day}\n",
                       csv.text) == RC_OK);
        for (uint32_t i = 0; i < in.count; i++) {
            if (in.records[i]->kind == KIND_ENTRY) cents += int_of(in.records[i], F_QTY);
        }
        CHECK_I64(cents, want_cents);
        CHECK_I64(drafts_of(&in, KIND_LINE), want_lines);
        CHECK_I64(in.diag_count, want_bad);
        CHECK_I64((int64_t)in.rows_taken, want_lines);
        arena_free(&arena);
        if (!tap_this_ok) {
            printf("# seed %u\n", seed);
            return;
        }
    }
}

#define RUN_HERE(test)                                                                             \
    do {                                                                                           \
        RUN(test);                                                                                 \
        arena_free(&arena);                                                                        \
    } while (0)
#define RUN_SHARED(test)                                                                           \
    do {                                                                                           \
        if (shared_path(&arena, "data/gdp/gdp.csv"))                                               \
            RUN_HERE(test);                                                                        \
        else                                                                                       \
            skip(#test);                                                                           \
    } while (0)

static void a_lot_says_what_it_costs_in_which_currency(void)
{
    CHECK(read_csv("[lot]\nkey = l:1\nowner = {p}\nitem = {i}\nquantity = {q}\ncost = 4.25\n"
                   "currency = EUR\n",
                   "p,i,q\nFrance,Field ambulance,12\n") == RC_OK);
    const struct record *lot = NULL;
    for (uint32_t i = 0; i < in.count; i++) {
        if (in.records[i]->kind == KIND_LOT) lot = in.records[i];
    }
    CHECK_I64(int_of(lot, F_QTY), 12); /* pieces, and not cents */
    CHECK(lot && strcmp(record_text(lot, F_CURRENCY), "EUR") == 0);
    CHECK(lot && dec_cmp(record_dec(lot, F_COST), (struct dec){425, 2}) == 0);
}

int main(void)
{
    RUN_HERE(the_worked_example_becomes_promises_and_deliveries);
    RUN_HERE(the_manual_shows_this_very_mapping);
    RUN_HERE(the_tables_of_a_map_may_come_in_any_order);
    RUN_HERE(a_row_that_cannot_be_taken_is_named_and_adds_nothing);
    RUN_HERE(a_key_stands_once_in_a_file);
    RUN_HERE(what_rows_share_is_stated_alike_or_refused);
    RUN_HERE(fractions_go_to_the_smallest_part_and_are_flagged);
    RUN_HERE(words_for_an_unknown_quantity_make_a_line_without_movement);
    RUN_HERE(rows_may_be_skipped_by_what_a_cell_says);
    RUN_HERE(every_kind_of_record_can_be_made);
    RUN_HERE(declared_parties_and_items_are_found_by_name);
    RUN_HERE(unknown_parties_are_added_only_when_the_map_says_so);
    RUN_HERE(a_row_may_make_a_party_and_its_line);
    RUN_HERE(a_row_that_makes_nothing_is_named);
    RUN_HERE(a_movement_of_nothing_is_no_movement);
    RUN_HERE(labels_are_never_public_by_mistake);
    RUN_HERE(a_map_says_when_it_was_stated_and_what_is_complete);
    RUN_HERE(rows_of_one_document_share_it);
    RUN_HERE(workbooks_keep_their_own_numbers_and_dates);
    RUN_SHARED(a_real_workbook_can_be_mapped);
    RUN_SHARED(a_map_and_a_reader_of_its_own_agree_on_gdp);
    RUN_HERE(a_mapping_file_at_fault_is_refused_with_its_line);
    RUN_HERE(a_mapping_file_is_read_as_people_write_it);
    RUN_HERE(the_reader_wants_one_map_and_a_table);
    RUN_HERE(numbers_are_read_as_an_obvious_reader_does);
    RUN_HERE(every_day_is_read_back_in_every_form);
    RUN_HERE(dates_that_are_none_are_refused);
    RUN_HERE(random_tables_add_up_as_plain_arithmetic_does);
    RUN(a_lot_says_what_it_costs_in_which_currency);
    return tap_done();
}
