/*
 * rules_test.c - what a person has decided to trust: read strictly, applied
 * first line first, and named on whatever it lets in.
 */
#include "base/sha.h"
#include "inbox/rules.h"
#include "inbox/settle.h"
#include "said.h"
#include "seed.h"

static enum rc parse(struct arena *a, const char *text, struct rules *out, struct err *err)
{
    return rules_parse(a, "trust.rules", text, strlen(text), out, err);
}

static void a_rule_file_is_read(void)
{
    struct arena a = {0};
    struct rules r;
    GOOD(parse(&a,
               "# what we trust\r\n"
               "rules desk-trust\n\n"
               "accept support publisher:\"NATO\" stage:announced giver:* unit:EUR,USD"
               " min:5 max:1000000000.50\n"
               "  accept * since:2031-01-01 until:2031-12-31 again:yes\n"
               "reject figure turn:question why:\"the asker's\"",
               &r, oops));
    CHECK_TEXT(r.name, "desk-trust");
    CHECK_I64(r.count, 3);
    CHECK(r.list[0].accepts && r.list[0].count == 6 && r.list[0].line == 4 && !r.list[0].again);
    CHECK(r.list[1].kind == NULL && r.list[1].again && r.list[1].line == 5);
    CHECK(!r.list[2].accepts);
    CHECK_TEXT(r.list[2].why, "the asker's");
    arena_free(&a);
}

static void what_the_format_does_not_say_is_refused_with_its_line(void)
{
    static const struct {
        const char *text, *sentence;
    } rows[] = {
        {"", "trust.rules:0: no rules: the first line is 'rules NAME'"},
        {"# only\n", "trust.rules:1: no rules: the first line is 'rules NAME'"},
        {"accept support\n", "trust.rules:1: the file begins with 'rules NAME', not 'accept'"},
        {"rules a\nrules b\n", "trust.rules:2: the name stands once: rules"},
        {"rules\n", "trust.rules:1: the name of the rules is missing: rules NAME"},
        {"rules a b\n", "trust.rules:1: one word too many: 'b'"},
        {"rules a/b\n", "trust.rules:1: a name is letters, digits, . _ and -, not 'a/b'"},
        {"rules a\ntrust support\n",
         "trust.rules:2: a rule begins with accept or reject, not 'trust'"},
        {"rules a\naccept\n",
         "trust.rules:2: a kind is missing: support, need, figure, decision or *"},
        {"rules a\naccept gift\n",
         "trust.rules:2: a kind is support, need, figure, decision or *, not 'gift'"},
        {"rules a\naccept support NATO\n", "trust.rules:2: a condition is NAME:VALUE, not 'NATO'"},
        {"rules a\naccept support colour:red\n", "trust.rules:2: no such condition: 'colour'"},
        {"rules a\naccept support giver:DEU giver:FRA\n",
         "trust.rules:2: a condition that stands twice: 'giver'"},
        {"rules a\naccept support giver:\n", "trust.rules:2: an empty value"},
        {"rules a\naccept support giver:DEU,\n", "trust.rules:2: an empty value"},
        {"rules a\naccept support giver:\"DEU\n", "trust.rules:2: a quote that is not closed"},
        {"rules a\naccept support giver:\"DEU\"x\n",
         "trust.rules:2: words glued to a closing quote: 'x'"},
        {"rules a\naccept support giver:D\"E\n", "trust.rules:2: a quote inside a word: 'D'"},
        {"rules a\naccept support stage:gone\n",
         "trust.rules:2: stage is one of considered announced committed provided, not 'gone'"},
        {"rules a\naccept support max:100\n",
         "trust.rules:2: min and max go with unit: 100 of what?"},
        {"rules a\naccept support unit:EUR max:1,000\n",
         "trust.rules:2: it takes one value: 'max'"},
        {"rules a\naccept support unit:EUR max:1e9\n",
         "trust.rules:2: max is a number in plain digits, not '1e9'"},
        {"rules a\naccept support since:2031-02-30\n",
         "trust.rules:2: since is a day like 2022-03-31, not '2031-02-30'"},
        {"rules a\naccept support again:no\n", "trust.rules:2: again is yes, or is left out"},
        {"rules a\nreject figure\n", "trust.rules:2: a rule that rejects says why:\"...\""},
        {"rules a\nreject figure again:yes why:x\n", "trust.rules:2: again goes with accept"},
        {"rules a\n\xff\n", "trust.rules:2: text is not UTF-8"},
    };
    struct arena a = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct rules r;
        struct err err = {0};
        CHECK(parse(&a, rows[i].text, &r, &err) == RC_INPUT);
        CHECK_TEXT(err.msg, rows[i].sentence);
    }
    arena_free(&a);
}

/* --- applied --- */

static const char speech[] = "Norway gives 500 million kroner. Sweden gives 900 million kroner."
                             " Denmark gives 7 million kroner. So Norway gives 500 million kroner."
                             " There are 10 ships.";

enum { NORWAY, SWEDEN, DENMARK, AGAIN, SHIPS, SAID };

static void desk_speech(struct desk *d)
{
    static const char *const givers[] = {"NOR", "SWE", "DNK"};
    static const char *const words[] = {"500 million kroner", "900 million kroner",
                                        "7 million kroner"};
    static const int64_t amounts[] = {500000000, 900000000, 7000000};
    struct document *doc = document_new(&d->arena, "speech.txt", speech);
    document_head(doc, "Speech", "2031-05-04", "https://www.example.org/speech", NULL);
    document_turn(doc, "Kari Hansen", TURN_STATEMENT, speech)->affiliation = "Harbour";
    for (int i = 0; i < 3; i++) {
        said_to(said_amount(document_said(doc, SAID_SUPPORT, givers[i], "repairs", words[i]),
                            amounts[i], amounts[i], "NOK"),
                "UKR");
    }
    doc->from = (size_t)(strstr(speech, "So") - speech);
    said_to(said_amount(document_said(doc, SAID_SUPPORT, "NOR", "repairs", "500 million kroner"),
                        500000000, 500000000, "NOK"),
            "UKR");
    said_amount(document_said(doc, SAID_FIGURE, NULL, "ships", "10 ships"), 10, 10, "each");
    desk_read(d, doc);
}

/* "AAR.." of each candidate: accepted, rejected, left to a person, not decided. */
static const char *ruled(struct desk *d, const char *text)
{
    struct candidates all;
    struct relation relation;
    struct rules rules;
    struct ruling ruling;
    char *out = NEW_ARRAY(&d->arena, SAID + 1, char);
    struct input file = {"trust.rules", "trust.rules", text, strlen(text)};
    GOOD(parse(&d->arena, text, &rules, oops));
    GOOD(candidates_read(&d->arena, &d->view, &all, oops));
    relation_find(&d->arena, &d->view, &all, &relation);
    struct posting p = desk_posting(d);
    GOOD(rules_apply(&p, &all, &relation, &rules, &file, &ruling, oops));
    GOOD(posting_commit(&p, oops));
    memset(out, '.', SAID);
    for (uint32_t i = 0; i < ruling.count; i++) {
        const struct ruled *r = &ruling.list[i];
        out[r->candidate] = r->left ? 'L' : r->rule->accepts ? 'A' : 'R';
    }
    return out;
}

static void rules_decide_first_line_first_and_leave_restatements_alone(void)
{
    static const struct {
        const char *rules, *ruled;
    } rows[] = {
        {"accept support", "AAA.."},
        {"accept support again:yes", "AAAA."},
        {"accept *", "AAA.A"},
        {"accept support giver:NOR,DNK", "A.A.."},
        {"accept support giver:nor", "A...."},
        {"accept support giver:* unit:NOK max:900000000", "AAA.."},
        {"accept support unit:NOK max:899999999", "A.A.."},
        {"accept support unit:NOK min:500000000", "AA..."},
        {"accept support unit:EUR", "....."},
        {"accept support publisher:example.org affiliation:harbour", "AAA.."},
        {"accept support publisher:NATO", "....."},
        {"accept support address:speech.txt", "AAA.."},
        {"accept support role:*", "....."},
        {"accept support since:2031-05-04 until:2031-05-04", "AAA.."},
        {"accept support since:2031-05-05", "....."},
        {"reject support giver:SWE why:x\naccept support", "ARA.."},
        {"accept support\nreject support giver:SWE why:x", "AAA.."},
        {"accept support stage:committed", "....."},
        {"reject * item:ships why:\"no gift\"", "....R"},
        {"accept support turn:statement speaker:\"KARI HANSEN\" title:speech", "AAA.."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct desk d;
        desk_begin(&d);
        desk_speech(&d);
        const char *text = text_format(&d.arena, "rules t\n%s\n", rows[i].rules);
        CHECK_TEXT(ruled(&d, text), rows[i].ruled);
        CHECK_TEXT(ruled(&d, text), "....."); /* what is decided is not decided again */
        desk_check_fold(&d);
        desk_end(&d);
    }
}

static void an_entry_by_rule_names_the_rule_and_the_file_is_kept(void)
{
    struct desk d;
    uint32_t lines, count;
    desk_begin(&d);
    desk_speech(&d);
    ruled(&d, "rules harbour\n# first\naccept support giver:DNK\n");
    const struct line *line = &book_lines(d.view.book, &lines)[0];
    struct record entry;
    GOOD(view_record(&d.arena, &d.view, book_columns(d.view.book)->id[line->last_row], &entry,
                     oops));
    CHECK_I64(lines, 1);
    CHECK_TEXT(record_text(&entry, F_AUTHOR), "rule:harbour");
    CHECK_TEXT(record_text(&entry, F_WHY), "line 3: accept support giver:DNK");
    const char *link = record_text(&entry, F_LINK);
    uint32_t noun = book_noun(d.view.book, KIND_PASSAGE, link ? link : "");
    CHECK(noun != NONE);
    if (noun == NONE) return;
    CHECK_TEXT(record_text(book_version(d.view.book, noun, INT64_MAX), F_TEXT),
               "accept support giver:DNK");
    const struct record *const *list = book_records(d.view.book, KIND_SOURCE, &count);
    uint8_t hash[SHA_BYTES];
    struct evidence e;
    CHECK(!hex_decode(record_text(list[count - 1], F_HASH), SHA_BYTES, hash));
    GOOD(d.store->ops->evidence(d.store, &d.arena, hash, &e, oops));
    desk_end(&d);
}

/* --- any bytes --- */

static void any_bytes(struct rng *r)
{
    static const char *const parts[] = {"rules", "accept", "reject", "support", " ",   " ",   ":",
                                        "\"",    ",",      "*",      "giver",   "max", "7",   "\n",
                                        "why",   "unit",   "EUR",    "a",       "#",   "\xc3"};
    struct arena a = {0};
    struct buf b = {.arena = &a};
    struct rules rules;
    struct err err = {0};
    buf_add(&b, rng_one_in(r, 2) ? "rules t\n" : "");
    for (uint32_t i = 0, n = rng_below(r, 60); i < n; i++) buf_add(&b, parts[rng_below(r, 20)]);
    enum rc rc = rules_parse(&a, "f", b.text, b.len, &rules, &err);
    CHECK(rc == RC_OK || (rc == RC_INPUT && strncmp(err.msg, "f:", 2) == 0));
    arena_free(&a);
}

static void any_text_is_read_or_refused(void)
{
    seeds_run(3000, any_bytes);
}

int main(void)
{
    RUN(a_rule_file_is_read);
    RUN(what_the_format_does_not_say_is_refused_with_its_line);
    RUN(rules_decide_first_line_first_and_leave_restatements_alone);
    RUN(an_entry_by_rule_names_the_rule_and_the_file_is_kept);
    RUN(any_text_is_read_or_refused);
    return tap_done();
}
