/*
 * inbox_test.c - candidates in their context, and what is called a restatement.
 *
 * Each document here is of our own writing; a case is a first sentence, a
 * second one, and whether the second repeats the first.
 */
#include "inbox/plan.h"
#include "inbox/relation.h"
#include "said.h"
#include "seed.h"

/* --- sentences --- */

static const char *around(struct arena *a, const char *text, const char *words)
{
    size_t begin = (size_t)(strstr(text, words) - text), end = begin + strlen(words);
    sentence_around(text, 0, strlen(text), &begin, &end);
    return text_squeeze(a, arena_bytes(a, text + begin, end - begin));
}

static void a_sentence_ends_where_a_person_would_end_it(void)
{
    static const struct {
        const char *text, *words, *sentence;
    } rows[] = {
        {"We came. We sent 5 trucks today. We left.", "5 trucks", "We sent 5 trucks today."},
        {"One\nlong line, 5 trucks\nand more. Next.", "5 trucks",
         "One long line, 5 trucks and more."},
        {"Heading\n\nWe sent 5 trucks\n\nNext", "5 trucks", "We sent 5 trucks"},
        {"The list:\n- 4 vans;\n- 5 trucks;\n- 6 cars.", "5 trucks", "- 5 trucks;"},
        {"Mr. Hansen of the U.S. Navy sent 5 trucks.", "5 trucks",
         "Mr. Hansen of the U.S. Navy sent 5 trucks."},
        {"He said \"no.\" (Laughter.) We sent 2.5 t of tea.", "t of tea", "We sent 2.5 t of tea."},
        {"5 trucks", "5 trucks", "5 trucks"},
        {"Was it so? 5 trucks! Yes.", "5 trucks", "5 trucks!"},
        {"We sent 5 trucks. Then", "5 trucks.", "We sent 5 trucks."},
    };
    struct arena a = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CHECK_TEXT(around(&a, rows[i].text, rows[i].words), rows[i].sentence);
    }
    arena_free(&a);
}

static void a_sentence_of_a_megabyte_is_cut(void)
{
    struct arena a = {0};
    enum { LEN = 1 << 20 };
    char *text = NEW_ARRAY(&a, LEN + 1, char);
    memset(text, 'x', LEN);
    size_t begin = LEN / 2, end = begin + 10;
    sentence_around(text, 0, LEN, &begin, &end);
    CHECK(begin < LEN / 2 && end > LEN / 2 + 10 && end - begin < 3000);
    arena_free(&a);
}

/* --- a desk with documents --- */

static struct document *a_document(struct desk *d, const char *date, const char *text)
{
    struct document *doc = document_new(&d->arena, text_format(&d->arena, "%s.txt", date), text);
    document_head(doc, text_format(&d->arena, "Briefing of %s", date), date, NULL, NULL);
    return doc;
}

struct read {
    struct candidates all;
    struct relation relation;
};

static struct read read_inbox(struct desk *d)
{
    struct read r;
    GOOD(candidates_read(&d->arena, &d->view, &r.all, oops));
    relation_find(&d->arena, &d->view, &r.all, &r.relation);
    return r;
}

static void a_candidate_comes_with_its_context(void)
{
    struct desk d;
    desk_begin(&d);
    struct document *doc = a_document(&d, "2031-05-04",
                                      "Intro.\n\nKARI: It rains. Norway will send 400\ntrucks to"
                                      " Ukraine. They leave soon. Thanks.\n");
    document_turn(doc, "Kari Hansen", TURN_STATEMENT,
                  "It rains. Norway will send 400\ntrucks to Ukraine. They leave soon. Thanks.");
    said_amount(document_said(doc, SAID_SUPPORT, "NOR", "trucks", "400\ntrucks"), 400, 400, "each");
    desk_read(&d, doc);
    struct read r = read_inbox(&d);
    const struct candidate *c = &r.all.list[0];
    CHECK_I64(r.all.count, 1);
    CHECK_TEXT(c->before, "It rains.");
    CHECK_TEXT(c->sentence, "Norway will send 400 trucks to Ukraine.");
    CHECK_TEXT(c->after, "They leave soon.");
    CHECK(strncmp(c->sentence + c->quote_at, " 400", 4) == 0);
    CHECK_TEXT(record_text(c->turn, F_SPEAKER), "Kari Hansen");
    CHECK_TEXT(candidate_document(c), "Briefing of 2031-05-04");
    CHECK(candidate_waits(&r.all, 0) && r.relation.of[0].why == AGAIN_NOT);
    desk_end(&d);
}

/* --- what is called a restatement --- */

struct half {
    const char *date, *text, *words, *giver, *item;
    int64_t amount; /* 0: none said */
    const char *unit;
    enum turn_kind turn;
    enum said_kind kind;
};

static void add_half(struct desk *d, const struct half *h)
{
    struct document *doc = a_document(d, h->date, h->text);
    document_turn(doc, "Kari Hansen", h->turn, h->text);
    struct said *s = said_to(document_said(doc, h->kind, h->giver, h->item, h->words), "UKR");
    if (h->amount) said_amount(s, h->amount, h->amount, h->unit);
    desk_read(d, doc);
}

/* What the second of two halves in documents of their own is called. */
static const char *called(const struct half *first, const struct half *second)
{
    struct desk d;
    desk_begin(&d);
    add_half(&d, first);
    add_half(&d, second);
    struct read r = read_inbox(&d);
    const char *name = again_name(r.relation.of[1].why);
    CHECK(r.all.count == 2 && r.relation.of[0].why == AGAIN_NOT);
    if (r.all.count == 2)
        CHECK((r.relation.of[1].why == AGAIN_NOT) == (*r.relation.of[1].words == '\0'));
    desk_end(&d);
    return name;
}

static const struct half first_promise = {"2031-05-04",
                                          "Norway will give 600 million kroner for repairs.",
                                          "600 million kroner",
                                          "NOR",
                                          "repairs",
                                          600000000,
                                          "NOK",
                                          TURN_STATEMENT,
                                          SAID_SUPPORT};

static struct half again_on(const char *date, const char *text)
{
    struct half h = first_promise;
    h.date = date;
    h.text = text;
    return h;
}

static void the_same_amount_said_again_is_no_new_promise(void)
{
    struct half h = again_on("2031-05-05", "So we give 600 million kroner for repairs.");
    CHECK_TEXT(called(&first_promise, &h), "same-day");
    h = again_on("2031-05-20", "Norway gives 600 million kroner for repairs.");
    CHECK_TEXT(called(&first_promise, &h), "said-before");
    h = again_on("2031-05-20", "You saw the 600 million kroner for repairs.");
    CHECK_TEXT(called(&first_promise, &h), "back-reference");
    h.turn = TURN_QUESTION;
    CHECK_TEXT(called(&first_promise, &h), "asked-about");
}

static void another_of_a_later_day_is_a_new_promise(void)
{
    struct half h = again_on("2031-05-20", "Norway gives another 600 million kroner for repairs.");
    CHECK_TEXT(called(&first_promise, &h), "new");
    h = again_on("2031-05-20", "Norway gives an additional 600 million kroner for repairs.");
    CHECK_TEXT(called(&first_promise, &h), "new");
    h = again_on("2031-05-20", "Norway gives more than 600 million kroner for repairs.");
    CHECK_TEXT(called(&first_promise, &h), "said-before"); /* that "more" adds nothing */
    h = again_on("2031-05-05", "Norway gives an additional 600 million kroner for repairs.");
    CHECK_TEXT(called(&first_promise, &h), "same-day"); /* every office says so on the day */
}

static void another_giver_amount_or_thing_is_a_new_promise(void)
{
    struct half h = again_on("2031-05-05", "We give 600 million kroner for repairs.");
    h.giver = "SWE";
    CHECK_TEXT(called(&first_promise, &h), "new");
    h = again_on("2031-05-05", "We give 600 million kroner for repairs.");
    h.amount = 500000000;
    CHECK_TEXT(called(&first_promise, &h), "new");
    h.amount = 600000000;
    h.unit = "SEK";
    CHECK_TEXT(called(&first_promise, &h), "new");
    struct half tea = {"2031-05-04", "Norway will give 300 cups to Ukraine.",
                       "300 cups",   "NOR",
                       "cups",       300,
                       "each",       TURN_STATEMENT,
                       SAID_SUPPORT};
    struct half pots = tea;
    pots.date = "2031-05-05";
    pots.text = "So Norway sends 300 cups to Ukraine.";
    pots.item = "pots";
    CHECK_TEXT(called(&tea, &pots), "new");
    pots.item = "cup";
    CHECK_TEXT(called(&tea, &pots), "same-day");
}

static void a_rounded_number_is_near_the_exact_one(void)
{
    struct half first = first_promise, h = again_on("2031-05-04", "It is 600 million kroner.");
    first.amount = 588000000;
    CHECK_TEXT(called(&first, &h), "new"); /* both are exact */
    struct desk d;
    desk_begin(&d);
    add_half(&d, &first);
    struct document *doc = a_document(&d, "2031-05-04", "Around 600 million kroner for repairs.");
    document_turn(doc, NULL, TURN_STATEMENT, "Around 600 million kroner for repairs.");
    said_amount(document_said(doc, SAID_SUPPORT, "NOR", "repairs", "600 million kroner"), 600000000,
                600000000, "NOK")
        ->approx = APPROX_ABOUT;
    desk_read(&d, doc);
    CHECK_TEXT(again_name(read_inbox(&d).relation.of[1].why), "same-day");
    desk_end(&d);
}

static void the_items_of_a_package_are_part_of_its_amount(void)
{
    static const char text[] = "We announce 800 million kroner. The new 800 million kroner package"
                               " includes:\n\n- 50 boats;\n- 60 nets and\n  hooks;\n\n"
                               "What we gave before includes:\n\n- 70 oars.\n";
    struct desk d;
    desk_begin(&d);
    struct document *doc = a_document(&d, "2031-05-04", text);
    document_turn(doc, NULL, TURN_STATEMENT, text);
    said_amount(document_said(doc, SAID_SUPPORT, "NOR", "funding", "800 million kroner."),
                800000000, 800000000, "NOK");
    said_amount(document_said(doc, SAID_SUPPORT, "NOR", "package", "800 million kroner package"),
                800000000, 800000000, "NOK");
    said_amount(document_said(doc, SAID_SUPPORT, "NOR", "boats", "50 boats"), 50, 50, "each");
    said_amount(document_said(doc, SAID_SUPPORT, "NOR", "nets", "60 nets"), 60, 60, "each");
    said_amount(document_said(doc, SAID_SUPPORT, "NOR", "oars", "70 oars"), 70, 70, "each");
    desk_read(&d, doc);
    struct read r = read_inbox(&d);
    static const char *const want[] = {"new", "back-reference", "part-of-package",
                                       "part-of-package", "new"};
    for (uint32_t i = 0; i < 5; i++) CHECK_TEXT(again_name(r.relation.of[i].why), want[i]);
    CHECK_I64(r.relation.of[3].earlier, 1);
    desk_end(&d);
}

static void a_total_so_far_contains_its_newest_part(void)
{
    static const char text[] = "Today we announce an additional 300 million kroner, bringing the"
                               " total to 2 billion kroner.\n";
    struct desk d;
    desk_begin(&d);
    struct document *doc = a_document(&d, "2031-05-04", text);
    document_turn(doc, NULL, TURN_STATEMENT, text);
    said_amount(document_said(doc, SAID_SUPPORT, "NOR", "funding", "300 million kroner"), 300000000,
                300000000, "NOK");
    said_amount(document_said(doc, SAID_SUPPORT, "NOR", "funding", "2 billion kroner"), 2000000000,
                2000000000, "NOK");
    desk_read(&d, doc);
    struct read r = read_inbox(&d);
    CHECK_TEXT(again_name(r.relation.of[0].why), "new");
    CHECK_TEXT(again_name(r.relation.of[1].why), "total-so-far");
    CHECK(strstr(r.relation.of[1].words, "300 million NOK") != NULL);
    desk_end(&d);
}

static void a_line_of_the_book_is_found(void)
{
    struct desk d;
    desk_begin(&d);
    struct paper *p = paper_new(&d, 1000);
    struct record *line = paper_line(p, "pub/a", NULL);
    record_set_int(&d.arena, line, F_LOW, 70000000);
    record_set_int(&d.arena, line, F_HIGH, 70000000);
    record_set_int(&d.arena, line, F_DAY, day_from_civil(2031, 5, 3));
    desk_import(&d, p);
    struct half h = again_on("2031-05-04", "Germany will give 700 thousand euros for repairs.");
    h.words = "700 thousand euros";
    h.giver = "DEU";
    h.amount = 700000;
    h.unit = "EUR";
    add_half(&d, &h);
    struct read r = read_inbox(&d);
    CHECK_TEXT(again_name(r.relation.of[0].why), "in-the-book");
    CHECK_TEXT(book_key(d.view.book, r.relation.of[0].line), "pub/a");
    desk_end(&d);
}

static void another_issue_shows_its_candidates_once(void)
{
    struct buf b = {0};
    struct desk d;
    desk_begin(&d);
    b.arena = &d.arena;
    buf_add(&b, first_promise.text);
    for (int i = 0; i < 100; i++) buf_addf(&b, " Sentence %d is here for the length of it.", i);
    struct half first = first_promise, corrected;
    first.text = b.text;
    corrected = first;
    corrected.date = "2031-05-05";
    corrected.text = text_format(&d.arena, "%s Corrected.", b.text);
    add_half(&d, &first);
    add_half(&d, &corrected);
    struct read r = read_inbox(&d);
    CHECK_I64(r.all.count, 2);
    CHECK(!candidate_waits(&r.all, 0) && candidate_waits(&r.all, 1));
    CHECK(r.relation.of[0].why == AGAIN_REISSUE && r.relation.of[1].why == AGAIN_NOT);
    desk_end(&d);
}

static void amounts_are_told_as_people_say_them(void)
{
    static const struct {
        int64_t parts;
        int scale;
        const char *words;
    } rows[] = {{65000000000, 2, "650 million"},
                {1350000000, 0, "1.35 billion"},
                {1234567, 0, "1234567"},
                {400, 0, "400"},
                {125, 2, "1.25"},
                {2000000000000, 0, "2 trillion"},
                {1000500000, 0, "1000.5 million"},
                {0, 2, "0"}};
    struct arena a = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CHECK_TEXT(amount_spoken(&a, rows[i].parts, rows[i].scale), rows[i].words);
    }
    arena_free(&a);
}

/* --- the same answer, however the documents come in; and not the square of time --- */

static void in_any_order(struct rng *rng)
{
    enum { N = 6 };
    const char *names[2][N];
    struct desk keep;
    desk_begin(&keep);
    for (int turn = 0; turn < 2; turn++) {
        struct desk d;
        uint32_t order[N];
        desk_begin(&d);
        for (uint32_t i = 0; i < N; i++) order[i] = i;
        for (uint32_t i = N; turn && i-- > 1;) {
            uint32_t k = rng_below(rng, i + 1), was = order[i];
            order[i] = order[k];
            order[k] = was;
        }
        for (uint32_t i = 0; i < N; i++) {
            const char *date = text_format(&d.arena, "2031-05-%02u", 4 + order[i] * 3);
            struct half h =
                again_on(date, text_format(&d.arena, "No %u: we give%s 600 million kroner.",
                                           order[i], order[i] % 3 == 2 ? " another" : ""));
            add_half(&d, &h);
        }
        struct read r = read_inbox(&d);
        for (uint32_t i = 0; i < N; i++) names[turn][i] = again_name(r.relation.of[i].why);
        desk_end(&d);
    }
    for (uint32_t i = 0; i < N; i++) CHECK_TEXT(names[1][i], names[0][i]);
    desk_end(&keep);
}

static void the_order_of_import_changes_nothing(void)
{
    seeds_run(20, in_any_order);
}

int main(void)
{
    RUN(a_sentence_ends_where_a_person_would_end_it);
    RUN(a_sentence_of_a_megabyte_is_cut);
    RUN(a_candidate_comes_with_its_context);
    RUN(the_same_amount_said_again_is_no_new_promise);
    RUN(another_of_a_later_day_is_a_new_promise);
    RUN(another_giver_amount_or_thing_is_a_new_promise);
    RUN(a_rounded_number_is_near_the_exact_one);
    RUN(the_items_of_a_package_are_part_of_its_amount);
    RUN(a_total_so_far_contains_its_newest_part);
    RUN(a_line_of_the_book_is_found);
    RUN(another_issue_shows_its_candidates_once);
    RUN(amounts_are_told_as_people_say_them);
    RUN(the_order_of_import_changes_nothing);
    return tap_done();
}
