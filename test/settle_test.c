/*
 * settle_test.c - what a person's choice makes of a candidate, and that it can
 * be taken back.
 *
 * The oracle of the random test is what stood before: whatever was accepted,
 * linked, rejected or resolved, once it is reopened every position, every
 * total and every candidate is what it was.
 */
#include "inbox/settle.h"
#include "said.h"
#include "seed.h"

static const char speech[] =
    "Norway will send 400 trucks. We have signed 70 million kroner. Sweden has delivered 90 tents."
    " Ukraine needs 30 cranes. We agreed to meet. Half of it is ours. Denmark gives more boats."
    " Norway and Sweden give 5 million kroner. Somebody gives 6 million kroner. It gives 7 kites.";

static struct document *speech_of(struct desk *d)
{
    struct document *doc = document_new(&d->arena, "2031-05-04-speech.txt", speech);
    document_turn(doc, "Kari Hansen", TURN_STATEMENT, speech);
    said_to(said_amount(document_said(doc, SAID_SUPPORT, "NOR", "trucks", "400 trucks"), 400, 400,
                        "each"),
            "UKR");
    struct said *s = document_said(doc, SAID_SUPPORT, "NOR", "funding", "70 million kroner");
    said_to(said_amount(s, 70000000, 70000000, "NOK"), "UKR")->stage = SAID_COMMITTED;
    s = document_said(doc, SAID_SUPPORT, "SWE", "tents", "90 tents");
    said_to(said_amount(s, 90, 90, "each"), "UKR")->stage = SAID_PROVIDED;
    s->approx = APPROX_AT_LEAST;
    said_to(said_amount(document_said(doc, SAID_NEED, NULL, "cranes", "30 cranes"), 30, 30, "each"),
            "UKR");
    document_said(doc, SAID_DECISION, "NATO", "to meet", "agreed to meet");
    said_amount(document_said(doc, SAID_FIGURE, "NATO", "ours", "Half of it"), 50, 50, "percent");
    said_to(document_said(doc, SAID_SUPPORT, "DNK", "boats", "more boats"), "UKR");
    s = document_said(doc, SAID_SUPPORT, "NOR", "funding", "5 million kroner");
    s->giver.code[s->giver.count++] = "SWE";
    said_to(said_amount(s, 5000000, 5000000, "NOK"), "UKR");
    said_to(said_amount(document_said(doc, SAID_SUPPORT, NULL, "funding", "6 million kroner"),
                        6000000, 6000000, "NOK"),
            "UKR");
    said_to(said_amount(document_said(doc, SAID_SUPPORT, "NOR", "kites", "7 kites"), 7, 7, "each"),
            "UKR");
    return doc;
}

static void desk_speech(struct desk *d)
{
    desk_read(d, speech_of(d));
    struct posting p = desk_posting(d);
    static const char *const items[][2] = {
        {"truck", "Truck"}, {"tent", "Tents"}, {"cranes", "Crane"}, {"boats", "Boats"}};
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        struct record *r = record_new(&d->arena, KIND_ITEM);
        record_set_text(&d->arena, r, F_KEY, items[i][0]);
        record_set_text(&d->arena, r, F_NAME, items[i][1]);
        record_set_text(&d->arena, r, F_UNIT, "piece");
        GOOD(posting_add(&p, r, NULL, oops));
    }
    GOOD(posting_commit(&p, oops));
}

enum { TRUCKS, KRONER, TENTS, CRANES, MEETING, FIGURE, BOATS, TOGETHER, SOMEBODY, KITES, SAID };

static struct candidates candidates_of(struct desk *d)
{
    struct candidates all;
    GOOD(candidates_read(&d->arena, &d->view, &all, oops));
    return all;
}

static const struct choice anna = {.author = "anna", .why = "as the ministry confirmed"};

/* Accept one, as a commit; RC_OK or why not. */
static enum rc accept_one(struct desk *d, uint32_t at, const struct edits *edits, struct err *err)
{
    struct candidates all = candidates_of(d);
    struct catalogue catalogue;
    struct made made = {0};
    struct posting p = desk_posting(d);
    catalogue_read(&d->arena, d->view.book, &catalogue);
    enum rc rc = settle_accept(&p, &catalogue, &all.list[at], edits, &anna, &made, err);
    if (rc) {
        CHECK_I64(p.count, 0); /* a refusal leaves nothing */
        return rc;
    }
    GOOD(posting_commit(&p, oops));
    return RC_OK;
}

static enum rc reopen_one(struct desk *d, uint32_t at, struct err *err)
{
    struct candidates all = candidates_of(d);
    struct made made = {0};
    struct posting p = desk_posting(d);
    enum rc rc = settle_reopen(&p, all.list[at].noun, &anna, &made, err);
    if (!rc) GOOD(posting_commit(&p, oops));
    return rc;
}

static const struct record *noun_now(struct desk *d, enum kind kind, const char *key)
{
    uint32_t noun = book_noun(d->view.book, kind, key);
    return noun == NONE ? NULL : book_version(d->view.book, noun, INT64_MAX);
}

/* Key of what the candidate made, by its edge; "". */
static const char *made_by(struct desk *d, uint32_t at)
{
    struct candidates all = candidates_of(d);
    const char *key = text_format(&d->arena, "makes %s", book_key(d->view.book, all.list[at].noun));
    const struct record *edge = noun_now(d, KIND_EDGE, key);
    if (!edge || record_text(edge, F_VERDICT)) return "";
    return record_text(book_record(d->view.book, record_ref(edge, F_OBJECT)), F_KEY);
}

static void support_becomes_a_line_with_its_entry_and_evidence(void)
{
    struct desk d;
    struct err err;
    desk_begin(&d);
    desk_speech(&d);
    GOOD(accept_one(&d, TRUCKS, NULL, oops));
    const char *key = made_by(&d, TRUCKS);
    const struct record *line = noun_now(&d, KIND_LINE, key);
    CHECK(text_starts(key, "said/"));
    CHECK_TEXT(desk_stands(&d), text_format(&d.arena, "%s announced 400", key));
    CHECK_TEXT(record_text(book_record(d.view.book, record_ref(line, F_PARTY)), F_KEY), "NOR");
    CHECK_TEXT(record_text(book_record(d.view.book, record_ref(line, F_ITEM)), F_KEY), "truck");
    CHECK_TEXT(record_text(book_record(d.view.book, record_ref(line, F_PASSAGE)), F_TEXT),
               "400 trucks");
    CHECK_I64(record_int(line, F_DAY, 0), day_from_civil(2031, 5, 4)); /* as the file is dated */
    CHECK_TEXT(record_text(line, F_AUTHOR), "anna");
    struct candidates all = candidates_of(&d);
    const struct record *said = all.list[TRUCKS].record;
    CHECK(all.list[TRUCKS].state == CANDIDATE_ACCEPTED && !record_field(said, F_INFERRED));
    CHECK(record_ref(said, F_PARTY) && record_ref(said, F_ITEM));
    CHECK(accept_one(&d, TRUCKS, NULL, &err) == RC_RULE && strstr(err.msg, "accepted already"));
    desk_check_fold(&d);
    desk_end(&d);
}

static void stages_and_amounts_are_what_the_words_say(void)
{
    struct desk d;
    desk_begin(&d);
    desk_speech(&d);
    GOOD(accept_one(&d, KRONER, NULL, oops));
    CHECK_TEXT(desk_stands(&d),
               text_format(&d.arena, "%s committed 7000000000", made_by(&d, KRONER)));
    GOOD(accept_one(&d, TENTS, NULL, oops));
    const struct record *tents = noun_now(&d, KIND_LINE, made_by(&d, TENTS));
    CHECK(strstr(desk_stands(&d), "dispatched 90")); /* delivered is what the receiver confirms */
    CHECK(record_int(tents, F_LOW, 0) == 90 && !record_field(tents, F_HIGH)); /* at least */
    GOOD(accept_one(&d, BOATS, NULL, oops));
    const struct record *boats = noun_now(&d, KIND_LINE, made_by(&d, BOATS));
    CHECK(boats && !record_field(boats, F_LOW)); /* undisclosed: a line alone */
    CHECK(!strstr(desk_stands(&d), made_by(&d, BOATS)));
    desk_end(&d);
}

static void needs_decisions_and_figures_become_what_they_are(void)
{
    struct desk d;
    desk_begin(&d);
    desk_speech(&d);
    GOOD(accept_one(&d, CRANES, NULL, oops));
    GOOD(accept_one(&d, MEETING, NULL, oops));
    GOOD(accept_one(&d, FIGURE, NULL, oops));
    const struct record *need = noun_now(&d, KIND_NEED, made_by(&d, CRANES));
    CHECK_I64(record_int(need, F_QTY, 0), 30);
    CHECK_TEXT(record_text(need, F_TYPE), "stated");
    const struct record *decision = noun_now(&d, KIND_DECISION, made_by(&d, MEETING));
    CHECK_TEXT(record_text(decision, F_TEXT), "agreed to meet");
    CHECK_TEXT(made_by(&d, FIGURE), "");
    CHECK(candidates_of(&d).list[FIGURE].state == CANDIDATE_ACCEPTED);
    CHECK_TEXT(desk_stands(&d), "");
    desk_end(&d);
}

static void what_is_missing_is_said_with_the_option_that_says_it(void)
{
    static const struct {
        uint32_t at;
        const char *sentence;
    } rows[] = {{TOGETHER, "several are named who gives: --giver says it"},
                {SOMEBODY, "nobody is named who gives: --giver says it"},
                {KITES, "no item of the catalogue is called 'kites': --item says it"}};
    struct desk d;
    struct err err;
    desk_begin(&d);
    desk_speech(&d);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CHECK(accept_one(&d, rows[i].at, NULL, &err) == RC_RULE);
        CHECK_TEXT(err.msg, rows[i].sentence);
    }
    struct edits edits = {.giver = "Sweden", .has_day = true, .day = 22000};
    GOOD(accept_one(&d, SOMEBODY, &edits, oops));
    CHECK(strstr(desk_stands(&d), "announced 600000000"));
    const struct record *said = candidates_of(&d).list[SOMEBODY].record;
    CHECK_TEXT(record_text(said, F_SAID_GIVER), "Sweden"); /* what was edited is on the log */
    CHECK_I64(record_int(said, F_DAY, 0), 22000);
    edits = (struct edits){.item = "EUR", .has_qty = true, .low = {125, 2}, .high = {125, 2}};
    GOOD(accept_one(&d, KITES, &edits, oops));
    CHECK(strstr(desk_stands(&d), "announced 125"));
    desk_end(&d);
}

static void a_restatement_is_linked_and_enters_nothing(void)
{
    struct desk d;
    struct err err;
    struct made made = {0};
    desk_begin(&d);
    desk_speech(&d);
    GOOD(accept_one(&d, KRONER, NULL, oops));
    const char *before = desk_stands(&d);
    struct candidates all = candidates_of(&d);
    struct posting p = desk_posting(&d);
    uint32_t line = book_noun(d.view.book, KIND_LINE, made_by(&d, KRONER));
    GOOD(settle_link(&p, &all.list[TOGETHER], line, &anna, &made, oops));
    GOOD(posting_commit(&p, oops));
    CHECK_TEXT(desk_stands(&d), before);
    CHECK(candidates_of(&d).list[TOGETHER].state == CANDIDATE_ACCEPTED);
    CHECK(reopen_one(&d, KRONER, &err) == RC_OK); /* the line goes, the link stays on the log */
    GOOD(reopen_one(&d, TOGETHER, oops));
    CHECK_TEXT(desk_stands(&d), "");
    desk_end(&d);
}

static void a_rejection_says_why_and_an_import_does_not_undo_it(void)
{
    struct desk d;
    struct err err;
    struct made made = {0};
    desk_begin(&d);
    desk_speech(&d);
    struct candidates all = candidates_of(&d);
    struct choice silent = {.author = "anna"};
    struct posting p = desk_posting(&d);
    CHECK(settle_reject(&p, &all.list[TRUCKS], &silent, &made, &err) == RC_RULE);
    GOOD(settle_reject(&p, &all.list[TRUCKS], &anna, &made, oops));
    CHECK(settle_reject(&p, &all.list[TRUCKS], &anna, &made, &err) == RC_RULE);
    GOOD(posting_commit(&p, oops));
    CHECK_I64((int64_t)desk_read(&d, speech_of(&d)), 0); /* the same words, read again */
    all = candidates_of(&d);
    CHECK(all.list[TRUCKS].state == CANDIDATE_REJECTED);
    CHECK_TEXT(record_text(all.list[TRUCKS].record, F_WHY), anna.why);
    desk_end(&d);
}

static void what_was_moved_on_is_not_taken_back(void)
{
    struct desk d;
    struct err err;
    desk_begin(&d);
    desk_speech(&d);
    GOOD(accept_one(&d, TRUCKS, NULL, oops));
    const struct record *line = noun_now(&d, KIND_LINE, made_by(&d, TRUCKS));
    struct posting p = desk_posting(&d);
    struct record *e = record_new(&d.arena, KIND_ENTRY);
    record_set_ref(&d.arena, e, F_LINE, line->id);
    record_set_int(&d.arena, e, F_FROM, STAGE_ANNOUNCED);
    record_set_int(&d.arena, e, F_TO, STAGE_COMMITTED);
    record_set_int(&d.arena, e, F_QTY, 10);
    record_set_int(&d.arena, e, F_DAY, record_int(line, F_DAY, 0));
    record_set_ref(&d.arena, e, F_PASSAGE, record_ref(line, F_PASSAGE));
    record_set_text(&d.arena, e, F_AUTHOR, "olena");
    GOOD(posting_add(&p, e, NULL, oops));
    GOOD(posting_commit(&p, oops));
    const char *before = desk_stands(&d);
    CHECK(reopen_one(&d, TRUCKS, &err) == RC_RULE && strstr(err.msg, "take that back first"));
    CHECK_TEXT(desk_stands(&d), before);
    desk_end(&d);
}

static void of_two_that_disagree_one_is_settled_on(void)
{
    struct desk d;
    struct err err;
    struct made made = {0};
    desk_begin(&d);
    desk_speech(&d);
    struct candidates all = candidates_of(&d);
    struct posting p = desk_posting(&d);
    struct choice silent = {.author = "anna"};
    uint32_t of = all.list[KRONER].noun, against = all.list[TOGETHER].noun;
    CHECK(settle_resolve(&p, of, &against, 1, &silent, &made, &err) == RC_RULE);
    uint32_t source = book_noun_of(d.view.book, all.list[KRONER].source->id);
    CHECK(settle_resolve(&p, source, NULL, 0, &anna, &made, &err) == RC_RULE);
    GOOD(settle_resolve(&p, of, &against, 1, &anna, &made, oops));
    GOOD(posting_commit(&p, oops));
    const struct record *said = book_version(d.view.book, of, INT64_MAX);
    CHECK(record_int(said, F_RESOLVED, 0) && !record_field(said, F_INFERRED));
    CHECK_TEXT(record_text(said, F_WHY), anna.why);
    CHECK(candidates_of(&d).list[TOGETHER].state == CANDIDATE_OPEN); /* the other stays */
    GOOD(reopen_one(&d, KRONER, oops));
    CHECK(!record_field(book_version(d.view.book, of, INT64_MAX), F_RESOLVED));
    CHECK(candidate_waits(&(struct candidates){.list = candidates_of(&d).list, .count = SAID},
                          KRONER));
    desk_end(&d);
}

static uint64_t add_value(struct desk *d, struct posting *p, const char *key, int64_t parts)
{
    uint64_t id = 0;
    struct record *r = record_new(&d->arena, KIND_VALUE);
    record_set_text(&d->arena, r, F_KEY, key);
    record_set_key(&d->arena, r, F_OF, made_by(d, TRUCKS));
    record_set_text(&d->arena, r, F_BASIS, "stated");
    record_set_text(&d->arena, r, F_CURRENCY, "EUR");
    record_set_int(&d->arena, r, F_LOW, parts);
    GOOD(posting_add(p, r, &id, oops));
    return id;
}

static void of_two_values_one_is_settled_on_and_both_stay(void)
{
    struct desk d;
    struct made made = {0};
    desk_begin(&d);
    desk_speech(&d);
    GOOD(accept_one(&d, TRUCKS, NULL, oops));
    struct posting p = desk_posting(&d);
    add_value(&d, &p, "ministry/trucks", 500);
    add_value(&d, &p, "press/trucks", 700);
    uint32_t ministry = book_noun(d.view.book, KIND_VALUE, "ministry/trucks");
    uint32_t press = book_noun(d.view.book, KIND_VALUE, "press/trucks");
    GOOD(settle_resolve(&p, ministry, &press, 1, &anna, &made, oops));
    GOOD(posting_commit(&p, oops));
    CHECK(record_int(book_version(d.view.book, ministry, INT64_MAX), F_RESOLVED, 0) == 1);
    CHECK_I64(record_int(book_version(d.view.book, ministry, INT64_MAX), F_LOW, 0), 500);
    CHECK_I64(record_int(book_version(d.view.book, press, INT64_MAX), F_LOW, 0), 700);
    p = desk_posting(&d);
    GOOD(settle_reopen(&p, ministry, &anna, &made, oops));
    GOOD(posting_commit(&p, oops));
    CHECK(!record_field(book_version(d.view.book, ministry, INT64_MAX), F_RESOLVED));
    desk_check_fold(&d);
    desk_end(&d);
}

/* --- accept twice changes nothing; taken back, everything is as before --- */

static const char *state_of(struct desk *d)
{
    struct buf b = {.arena = &d->arena};
    struct candidates all = candidates_of(d);
    buf_addf(&b, "%s", desk_stands(d));
    for (uint32_t i = 0; i < all.count; i++) {
        const struct candidate *c = &all.list[i];
        buf_addf(&b, ";%u%d%d%s", i, (int)c->state, (int)record_int(c->record, F_INFERRED, 0),
                 record_text(c->record, F_SAID_GIVER) ? record_text(c->record, F_SAID_GIVER) : "");
    }
    return b.text;
}

static void choices_and_back(struct rng *r)
{
    struct desk d;
    struct err err;
    const char *before[SAID + 1];
    uint32_t chosen[SAID + 1], count = 0;
    desk_begin(&d);
    desk_speech(&d);
    for (int i = 0; i < 12 && count < SAID; i++) {
        struct edits edits = {.has_stage = rng_one_in(r, 2), .stage = STAGE_ALLOCATED};
        if (rng_one_in(r, 2)) edits.giver = "DEU";
        if (rng_one_in(r, 2)) edits.item = "boats";
        uint32_t at = rng_below(r, SAID);
        before[count] = state_of(&d);
        if (accept_one(&d, at, &edits, &err)) {
            CHECK_TEXT(state_of(&d), before[count]); /* what is refused changes nothing */
            continue;
        }
        const char *once = state_of(&d);
        CHECK(accept_one(&d, at, &edits, &err) == RC_RULE);
        CHECK_TEXT(state_of(&d), once); /* twice is once */
        chosen[count++] = at;
        if (rng_one_in(r, 3) && count) { /* and back, and once more */
            GOOD(reopen_one(&d, chosen[--count], oops));
            CHECK_TEXT(state_of(&d), before[count]);
        }
    }
    while (count-- > 0) {
        GOOD(reopen_one(&d, chosen[count], oops));
        CHECK_TEXT(state_of(&d), before[count]);
    }
    CHECK_TEXT(desk_stands(&d), "");
    desk_check_fold(&d);
    desk_end(&d);
}

static void a_choice_taken_back_leaves_the_book_as_before(void)
{
    seeds_run(40, choices_and_back);
}

int main(void)
{
    RUN(support_becomes_a_line_with_its_entry_and_evidence);
    RUN(stages_and_amounts_are_what_the_words_say);
    RUN(needs_decisions_and_figures_become_what_they_are);
    RUN(what_is_missing_is_said_with_the_option_that_says_it);
    RUN(a_restatement_is_linked_and_enters_nothing);
    RUN(a_rejection_says_why_and_an_import_does_not_undo_it);
    RUN(what_was_moved_on_is_not_taken_back);
    RUN(of_two_that_disagree_one_is_settled_on);
    RUN(of_two_values_one_is_settled_on_and_both_stay);
    RUN(a_choice_taken_back_leaves_the_book_as_before);
    return tap_done();
}
