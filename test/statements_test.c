/*
 * statements_test.c - a reading into the log: turns, candidates, and a
 * document that is published again.
 */
#include "drafts.h"
#include "read/original.h"
#include "said.h"
#include "seed.h"
#include "source/sketch.h"

static const char briefing[] =
    "---\ndate: 2031-05-04\ntitle: Briefing at the Harbour\n---\n\n"
    "MINISTER HANSEN:  Good morning. Norway will send 400 trucks to Ukraine.\n"
    "We have also set aside nearly 70 million kroner for spare parts.\n\n"
    "Q    Is it true that Latvia and Estonia will give 20 tugboats?\n\n"
    "MINISTER HANSEN:  I cannot speak for them. But the 400 trucks leave on Monday,\n"
    "and the harbour needs cranes.\n";

static struct document *briefing_of(struct arena *a, const char *text)
{
    struct document *d = document_new(a, "harbour.md", text);
    document_head(d, "Briefing at the Harbour", "2031-05-04", "https://www.example.org/harbour",
                  "2031-05-04 11:00:00+02:00");
    struct turn *t =
        document_turn(d, "Kari Hansen", TURN_STATEMENT,
                      "Good morning. Norway will send 400 trucks to Ukraine.\n"
                      "We have also set aside nearly 70 million kroner for spare parts.");
    t->role = "Minister";
    said_to(said_amount(document_said(d, SAID_SUPPORT, "NOR", "trucks",
                                      "Norway will send 400 trucks to Ukraine"),
                        400, 400, "each"),
            "UKR");
    said_amount(document_said(d, SAID_SUPPORT, "NOR", "spare parts",
                              "nearly 70 million kroner for spare parts"),
                70000000, 70000000, "NOK")
        ->approx = APPROX_NEARLY;
    document_turn(d, NULL, TURN_QUESTION,
                  "Is it true that Latvia and Estonia will give 20 tugboats?");
    struct said *s = document_said(d, SAID_SUPPORT, "LVA", "tugboats",
                                   "Latvia and Estonia will give 20 tugboats");
    s->giver.code[s->giver.count++] = "EST";
    said_amount(s, 20, 20, "each");
    document_turn(d, "Kari Hansen", TURN_ANSWER,
                  "I cannot speak for them. But the 400 trucks leave on Monday,\n"
                  "and the harbour needs cranes.");
    said_amount(document_said(d, SAID_SUPPORT, "NOR", "trucks", "the 400 trucks leave on Monday"),
                400, 400, "each");
    document_said(d, SAID_NEED, NULL, "cranes", "the harbour needs cranes");
    return d;
}

static struct document *plain_briefing(struct arena *a)
{
    return briefing_of(a, briefing);
}

/* The drafts of a document. */
static struct intake *intake_of(struct arena *a, const struct document *d)
{
    struct intake *in = NEW(a, struct intake);
    *in = (struct intake){.arena = a, .format = "statements"};
    statements_intake(&d->file, &d->reading, in);
    check_drafts(in);
    return in;
}

static const struct record *draft_at(const struct intake *in, enum kind kind, const char *words)
{
    for (uint32_t i = 0; i < in->count; i++) {
        const struct record *r = in->records[i];
        if (r->kind == kind &&
            strstr(text_of(r, kind == KIND_PASSAGE ? F_TEXT : F_SAID_ITEM), words))
            return r;
    }
    return NULL;
}

/* Of a field that stands more than once. */
static const char *last_text(const struct record *r, enum tag tag)
{
    const char *last = "";
    for (uint32_t i = 0; i < r->count; i++) {
        if (r->fields[i].tag == tag) last = r->fields[i].text;
    }
    return last;
}

static void a_document_keeps_its_address_publisher_instant_and_title(void)
{
    struct arena a = {0};
    const struct intake *in = intake_of(&a, plain_briefing(&a));
    const struct record *source = in->records[0];
    CHECK(source->kind == KIND_SOURCE);
    CHECK_TEXT(text_of(source, F_NAME), "Briefing at the Harbour");
    CHECK_TEXT(text_of(source, F_PUBLISHER), "example.org");
    CHECK_TEXT(text_of(source, F_MEDIA), "text/markdown");
    CHECK_TEXT(text_of(source, F_ADDRESS), "harbour.md");
    CHECK_TEXT(last_text(source, F_ADDRESS), "https://www.example.org/harbour");
    CHECK_I64(record_int(source, F_STATED, 0), INT64_C(1935651600000));
    CHECK_I64(record_int(source, F_DAY, 0), day_from_civil(2031, 5, 4));
    CHECK_I64(in->evidence_count, 1);
    arena_free(&a);
}

static void a_known_press_room_has_its_name(void)
{
    static const struct {
        const char *address, *publisher;
    } rows[] = {{"https://www.nato.int/cps/en/x.htm", "NATO"},
                {"http://bidenwhitehouse.archives.gov/a/", "The White House"},
                {"https://WWW.GOV.UK/x?y", "UK Government"},
                {"https://notnato.int/x", "notnato.int"},
                {"harbour.md", ""},
                {"https://", ""}};
    struct arena a = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct document *d = document_new(&a, "x.txt", "words");
        document_head(d, NULL, NULL, rows[i].address, NULL);
        CHECK_TEXT(text_of(intake_of(&a, d)->records[0], F_PUBLISHER), rows[i].publisher);
    }
    arena_free(&a);
}

static void a_turn_is_a_passage_with_its_bytes_and_who_speaks(void)
{
    struct arena a = {0};
    const struct intake *in = intake_of(&a, plain_briefing(&a));
    const char *source = text_of(in->records[0], F_KEY);
    const struct record *t = draft(in, KIND_PASSAGE, text_format(&a, "%s#turn 1", source));
    CHECK_TEXT(text_of(t, F_TYPE), "statement");
    CHECK_TEXT(text_of(t, F_SPEAKER), "Kari Hansen");
    CHECK_TEXT(text_of(t, F_ROLE), "Minister");
    CHECK_TEXT(text_of(t, F_SOURCE), source);
    CHECK(strncmp(briefing + record_int(t, F_BEGIN, 0), "Good morning.", 13) == 0);
    CHECK(briefing[record_int(t, F_END, 0)] == '\n');
    t = draft(in, KIND_PASSAGE, text_format(&a, "%s#turn 2", source));
    CHECK_TEXT(text_of(t, F_TYPE), "question");
    CHECK(!record_field(t, F_SPEAKER));
    CHECK(!draft(in, KIND_PASSAGE, text_format(&a, "%s#turn 4", source)));
    arena_free(&a);
}

static void a_statement_is_a_candidate_in_the_words_used(void)
{
    struct arena a = {0};
    const struct intake *in = intake_of(&a, plain_briefing(&a));
    const struct record *s = draft_at(in, KIND_STATEMENT, "spare parts");
    CHECK_TEXT(text_of(s, F_TYPE), "support");
    CHECK_I64(record_int(s, F_INFERRED, 0), 1);
    CHECK_TEXT(text_of(s, F_SAID_GIVER), "NOR");
    CHECK_TEXT(text_of(s, F_SAID_STAGE), "announced");
    CHECK_TEXT(text_of(s, F_UNIT), "NOK");
    CHECK_TEXT(text_of(s, F_APPROX), "nearly");
    CHECK_TEXT(text_of(s, F_SPEAKER), "Kari Hansen");
    CHECK(dec_cmp(record_dec(s, F_AMOUNT), (struct dec){70000000, 0}) == 0);
    CHECK(!record_field(s, F_UPTO) && !record_field(s, F_PARTY) && !record_field(s, F_ITEM));
    const struct record *p = draft(in, KIND_PASSAGE, text_of(s, F_PASSAGE));
    CHECK_TEXT(text_of(p, F_TEXT), "nearly 70 million kroner for spare parts");
    CHECK(!record_field(p, F_TYPE));
    CHECK(text_starts(text_of(p, F_LINK), "sha256:") && strstr(text_of(p, F_LINK), "#turn 1"));
    CHECK(drafts_of(in, KIND_PARTY) == 0 && drafts_of(in, KIND_ITEM) == 0);
    arena_free(&a);
}

static void several_givers_stand_in_one_statement_in_their_order(void)
{
    struct arena a = {0};
    const struct record *s =
        draft_at(intake_of(&a, plain_briefing(&a)), KIND_STATEMENT, "tugboats");
    CHECK_TEXT(text_of(s, F_SAID_GIVER), "LVA");
    CHECK_TEXT(last_text(s, F_SAID_GIVER), "EST");
    arena_free(&a);
}

static void two_statements_in_the_same_words_share_a_passage(void)
{
    struct arena a = {0};
    struct document *d = plain_briefing(&a);
    d->from = 0;
    d->reading.said_count = 0;
    for (int i = 0; i < 3; i++)
        document_said(d, SAID_NEED, NULL, "cranes", "the harbour needs cranes");
    const struct intake *in = intake_of(&a, d);
    CHECK_I64(drafts_of(in, KIND_STATEMENT), 3);
    CHECK_I64(drafts_of(in, KIND_PASSAGE), 3 + 1);
    arena_free(&a);
}

static void a_document_without_turns_is_one_text(void)
{
    struct desk d;
    desk_begin(&d);
    struct document *doc =
        document_new(&d.arena, "captions.txt", "a few words that nobody labelled");
    CHECK_I64((int64_t)desk_read(&d, doc), 2);
    CHECK_I64((int64_t)desk_read(&d, doc), 0);
    desk_end(&d);
}

/* --- in the log --- */

static uint32_t current(const struct desk *d, enum kind kind)
{
    uint32_t count, n = 0;
    const struct record *const *list = book_records(d->view.book, kind, &count);
    for (uint32_t i = 0; i < count; i++) n += book_current(d->view.book, list[i], INT64_MAX);
    return n;
}

/* Edges of that type between records of that kind. */
static uint32_t edges(const struct desk *d, const char *type, enum kind kind)
{
    uint32_t count, n = 0;
    const struct record *const *list = book_records(d->view.book, KIND_EDGE, &count);
    for (uint32_t i = 0; i < count; i++) {
        const struct record *of = book_record(d->view.book, record_ref(list[i], F_OF));
        n += strcmp(record_text(list[i], F_TYPE), type) == 0 && of->kind == kind;
    }
    return n;
}

static void the_same_document_twice_adds_nothing(void)
{
    struct desk d;
    desk_begin(&d);
    for (int i = 0; i < 3; i++) {
        uint64_t wrote = desk_read(&d, plain_briefing(&d.arena));
        CHECK_I64((int64_t)wrote, i ? 0 : 1 + 3 + 5 + 5);
        CHECK(i == 0 || d.last.added == 0);
    }
    CHECK_I64(current(&d, KIND_STATEMENT), 5);
    CHECK_I64(current(&d, KIND_EDGE), 0);
    desk_check_fold(&d);
    desk_end(&d);
}

/* A text that is long enough to be like another, with some words replaced. */
static const char *long_text(struct arena *a, const char *words, const char *by)
{
    struct buf b = {.arena = a}, out = {.arena = a};
    buf_add(&b, briefing);
    for (int i = 0; i < 200; i++) buf_addf(&b, "Sentence %d is here for the length of it.\n", i);
    const char *at = strstr(b.text, words);
    buf_add_bytes(&out, b.text, (size_t)(at - b.text));
    buf_add(&out, by);
    buf_add(&out, at + strlen(words));
    return out.text;
}

/* The last turn takes the whole tail in, so that most of the words are alike. */
static struct document *long_briefing(struct arena *a, const char *words, const char *by)
{
    const char *text = long_text(a, words, by);
    struct document *d = briefing_of(a, text);
    d->reading.turns[d->reading.turn_count - 1].end = strlen(text);
    return d;
}

static void a_document_published_twice_is_linked_and_not_doubled(void)
{
    struct desk d;
    desk_begin(&d);
    desk_read(&d, long_briefing(&d.arena, "2031-05-04\ntitle", "2031-05-04\ntitle"));
    desk_read(&d, long_briefing(&d.arena, "2031-05-04\ntitle", "2031-05-05\ntitle"));
    CHECK_I64(edges(&d, "restates", KIND_SOURCE), 1);
    CHECK_I64(edges(&d, "revises", KIND_SOURCE), 0);
    CHECK_I64(edges(&d, "restates", KIND_STATEMENT), 5);
    CHECK_I64(
        (int64_t)desk_read(&d, long_briefing(&d.arena, "2031-05-04\ntitle", "2031-05-05\ntitle")),
        0);
    desk_check_fold(&d);
    desk_end(&d);
}

static const struct record *edge_of_sources(const struct desk *d)
{
    uint32_t count;
    const struct record *const *list = book_records(d->view.book, KIND_EDGE, &count);
    for (uint32_t i = 0; i < count; i++) {
        const struct record *of = book_record(d->view.book, record_ref(list[i], F_OF));
        if (of->kind == KIND_SOURCE) return list[i];
    }
    return NULL;
}

static void a_correction_revises_whatever_comes_in_first(void)
{
    for (int corrected_first = 0; corrected_first < 2; corrected_first++) {
        struct desk d;
        desk_begin(&d);
        struct document *first = long_briefing(&d.arena, "Sentence 7 is", "Sentence 7 is");
        struct document *corrected = long_briefing(&d.arena, "Sentence 7 is", "Sentence 7 was");
        struct said *changed = &corrected->reading.said[3];
        changed->item = "lorries"; /* one statement says something else now */
        corrected->reading.published = "2031-05-04 18:00:00+02:00";
        desk_read(&d, corrected_first ? corrected : first);
        desk_read(&d, corrected_first ? first : corrected);
        CHECK_I64(edges(&d, "revises", KIND_SOURCE), 1);
        CHECK_I64(edges(&d, "restates", KIND_STATEMENT), 4);
        const struct record *edge = edge_of_sources(&d);
        const struct record *of = book_record(d.view.book, record_ref(edge, F_OF));
        CHECK_I64(record_int(of, F_STATED, 0), INT64_C(1935651600000) + 7 * 3600000);
        desk_check_fold(&d);
        desk_end(&d);
    }
}

static void another_briefing_of_the_same_title_is_another_document(void)
{
    struct desk d;
    desk_begin(&d);
    desk_read(&d, plain_briefing(&d.arena));
    struct document *other =
        document_new(&d.arena, "harbour2.md",
                     "MINISTER HANSEN:  Today we speak of nets and of nothing else, for the\n"
                     "fishermen have waited long enough and the season begins in a week or two.\n");
    document_head(other, "Briefing at the Harbour", "2031-05-05", "https://www.example.org/nets",
                  NULL);
    desk_read(&d, other);
    CHECK_I64(current(&d, KIND_EDGE), 0);
    CHECK_I64(current(&d, KIND_SOURCE), 2);
    desk_end(&d);
}

static void a_far_day_makes_the_same_words_another_document(void)
{
    struct desk d;
    desk_begin(&d);
    desk_read(&d, long_briefing(&d.arena, "Sentence 7 is", "Sentence 7 is"));
    struct document *later = long_briefing(&d.arena, "Sentence 7 is", "Sentence 7 was");
    later->reading.date = "2032-05-04"; /* an address given every year */
    desk_read(&d, later);
    CHECK_I64(current(&d, KIND_EDGE), 0);
    desk_end(&d);
}

/* A candidate's verdict now, "" while it is open. */
static const char *verdict(struct desk *d, const char *item)
{
    uint32_t count;
    const struct record *const *list = book_records(d->view.book, KIND_STATEMENT, &count);
    for (uint32_t i = 0; i < count; i++) {
        const struct record *r = list[i];
        if (strcmp(text_of(r, F_SAID_ITEM), item) != 0) continue;
        if (book_current(d->view.book, r, INT64_MAX)) return text_of(r, F_VERDICT);
    }
    return "absent";
}

static void what_a_better_reader_no_longer_finds_waits_no_more(void)
{
    struct desk d;
    desk_begin(&d);
    desk_read(&d, plain_briefing(&d.arena));
    struct document *fewer = plain_briefing(&d.arena);
    fewer->reading.said_count--; /* the cranes */
    CHECK_I64((int64_t)desk_read(&d, fewer), 1);
    CHECK_I64((int64_t)d.last.removed, 1);
    CHECK_TEXT(verdict(&d, "cranes"), "rejected");
    CHECK_TEXT(verdict(&d, "tugboats"), "");
    CHECK_I64((int64_t)desk_read(&d, fewer), 0); /* and again: nothing */
    CHECK_I64((int64_t)desk_read(&d, plain_briefing(&d.arena)), 1);
    CHECK_TEXT(verdict(&d, "cranes"), ""); /* found again */
    desk_check_fold(&d);
    desk_end(&d);
}

/* --- sketches: the oracle counts the runs of five words that both have --- */

enum { VOCABULARY = 40, TEXT_WORDS = 3000 };

static const char *text_of_words(struct arena *a, const uint32_t *words, uint32_t count)
{
    struct buf b = {.arena = a};
    for (uint32_t i = 0; i < count; i++) buf_addf(&b, "w%u%s", words[i], i % 9 ? " " : ",\n");
    return b.text;
}

static void add_runs(struct map *to, struct arena *a, const uint32_t *w, uint32_t count)
{
    for (uint32_t i = 0; i + 5 <= count; i++) {
        map_put(to, text_format(a, "%u %u %u %u %u", w[i], w[i + 1], w[i + 2], w[i + 3], w[i + 4]),
                1);
    }
}

static const char *sketch_text(struct arena *a, const char *text)
{
    struct reading none = {0};
    struct original o = original_of(text, strlen(text));
    return sketch_of(a, &o, &none);
}

static void one_sketch(struct rng *r)
{
    struct arena a = {0};
    uint32_t x[TEXT_WORDS], y[TEXT_WORDS], changed = rng_below(r, 4) * 60 + rng_below(r, 60);
    for (uint32_t i = 0; i < TEXT_WORDS; i++) x[i] = y[i] = rng_below(r, VOCABULARY);
    for (uint32_t i = 0; i < changed; i++) y[rng_below(r, TEXT_WORDS)] = VOCABULARY + i;
    struct map one = {.arena = &a}, other = {.arena = &a}, both = {.arena = &a};
    add_runs(&one, &a, x, TEXT_WORDS);
    add_runs(&other, &a, y, TEXT_WORDS);
    add_runs(&both, &a, x, TEXT_WORDS);
    add_runs(&both, &a, y, TEXT_WORDS);
    int exact = (int)((uint64_t)(one.count + other.count - both.count) * 100 / both.count);
    const char *sx = sketch_text(&a, text_of_words(&a, x, TEXT_WORDS));
    const char *sy = sketch_text(&a, text_of_words(&a, y, TEXT_WORDS));
    int alike = sketch_alike(sx, sy);
    CHECK(alike >= exact - 25 && alike <= exact + 25); /* four standard deviations of 64 drawers */
    CHECK(sketch_alike(sy, sx) == alike && sketch_alike(sx, sx) == 100);
    CHECK(sketch_same(sx, sy) == (changed == 0 || memcmp(x, y, sizeof x) == 0));
    arena_free(&a);
}

static void a_sketch_tells_about_how_many_runs_are_shared(void)
{
    seeds_run(60, one_sketch);
}

static void line_breaks_quotes_and_encoding_leave_a_sketch_alone(void)
{
    struct arena a = {0};
    const char *one =
        "He said \xe2\x80\x9cwe\xe2\x80\x99ll send  \xc3\xa9l\xc3\xa9phants\xe2\x80\x9d "
        "to the zoo \xe2\x80\x93 all of them";
    const char *two =
        "He said \x93we\x92ll\r\nsend \xe9l\xe9phants\x94 TO the zoo \x97 all of them";
    CHECK_TEXT(sketch_text(&a, one), sketch_text(&a, two));
    CHECK(sketch_text(&a, " \n--") == NULL);
    arena_free(&a);
}

static void original_bytes_become_clean_text(void)
{
    struct arena a = {0};
    const char *bytes = "\x93"
                        "A\x94\r\nb\x01\x81\tc";
    struct original o = original_of(bytes, strlen(bytes));
    CHECK(!o.utf8);
    CHECK_TEXT(original_text(&a, &o, 0, 99), "\xe2\x80\x9c"
                                             "A\xe2\x80\x9d\nb \xef\xbf\xbd\tc");
    const char *apart = "e\xcc\x81t\xc3\xa9";
    o = original_of(apart, strlen(apart));
    CHECK_TEXT(original_text(&a, &o, 0, o.len), "\xc3\xa9t\xc3\xa9");
    CHECK_TEXT(original_text(&a, &o, 2, 3), "\xef\xbf\xbd");
    CHECK_TEXT(original_text(&a, &o, 5, 2), "");
    arena_free(&a);
}

int main(void)
{
    RUN(a_document_keeps_its_address_publisher_instant_and_title);
    RUN(a_known_press_room_has_its_name);
    RUN(a_turn_is_a_passage_with_its_bytes_and_who_speaks);
    RUN(a_statement_is_a_candidate_in_the_words_used);
    RUN(several_givers_stand_in_one_statement_in_their_order);
    RUN(two_statements_in_the_same_words_share_a_passage);
    RUN(a_document_without_turns_is_one_text);
    RUN(the_same_document_twice_adds_nothing);
    RUN(a_document_published_twice_is_linked_and_not_doubled);
    RUN(a_correction_revises_whatever_comes_in_first);
    RUN(another_briefing_of_the_same_title_is_another_document);
    RUN(a_far_day_makes_the_same_words_another_document);
    RUN(what_a_better_reader_no_longer_finds_waits_no_more);
    RUN(a_sketch_tells_about_how_many_runs_are_shared);
    RUN(line_breaks_quotes_and_encoding_leave_a_sketch_alone);
    RUN(original_bytes_become_clean_text);
    return tap_done();
}
