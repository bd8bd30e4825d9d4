/*
 * iati_again_test.c - activities that say nothing new, word for word.
 *
 * What is left out must be what makes no difference: files that repeat
 * activities, and rows of files, are held against the long way, which is told
 * nothing of what came before.
 */
#include "desk.h"
#include "drafts.h"
#include "iati/codes.h"
#include "post/stated.h"
#include "seed.h"
#include "source/before.h"
#include "source/readers.h"

#define FILE_BEGIN "<iati-activities version=\"2.02\" generated-datetime=\"2024-05-01T00:00:00Z\">"
#define FILE_END "</iati-activities>"

/* One activity; `gap` stands wherever blanks may. */
static const char *activity(struct arena *a, const char *id, const char *reporter, int paid,
                            const char *gap)
{
    return text_format(
        a,
        "<iati-activity default-currency=\"EUR\">%s<iati-identifier>%s</iati-identifier>"
        "<reporting-org ref=\"%s\" type=\"10\"><narrative>R</narrative></reporting-org>%s"
        "<title><narrative>T</narrative></title><transaction><transaction-type code=\"3\"/>%s"
        "<transaction-date iso-date=\"2024-01-02\"/><value value-date=\"2024-01-02\">%d</value>"
        "</transaction></iati-activity>",
        gap, id, reporter, gap, gap, paid);
}

static const char *file_of(struct arena *a, const char *const *list, uint32_t count)
{
    struct buf out = {.arena = a};
    buf_add(&out, FILE_BEGIN);
    for (uint32_t i = 0; i < count; i++) buf_add(&out, list[i]);
    buf_add(&out, FILE_END);
    return out.text;
}

/* One for all: it takes longer to read than the files here. */
static const struct codes *codes(void)
{
    static struct arena lasting;
    static const struct codes *all;
    if (!all) all = codes_new(&lasting);
    return all;
}

static struct intake *read_text(struct arena *a, const char *text, struct before *before)
{
    struct intake *in = NEW(a, struct intake);
    struct input *file = NEW(a, struct input);
    *file = input_text("a.xml", text);
    *in = (struct intake){.arena = a, .before = before, .codes = codes()};
    GOOD(iati_reader.read(file, 1, in, oops));
    return in;
}

static uint32_t drafts_but_of_places(const struct intake *in)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < in->count; i++) {
        enum kind kind = in->records[i]->kind;
        n += kind != KIND_PASSAGE && kind != KIND_SOURCE;
    }
    return n;
}

static void what_a_file_repeats_is_left_out_and_counted(void)
{
    struct arena a = {0};
    const char *list[] = {activity(&a, "R-1", "R", 10, ""), activity(&a, "R-2", "R", 20, ""),
                          activity(&a, "R-2", "R", 20, "\n <!-- the same -->\t"),
                          activity(&a, "R-1", "R", 10, " ")};
    const struct intake *once = read_text(&a, file_of(&a, list, 2), NULL);
    const struct intake *twice = read_text(&a, file_of(&a, list, 4), NULL);
    CHECK_I64(drafts_but_of_places(twice), drafts_but_of_places(once));
    CHECK_I64((int64_t)twice->rows_read, 4);
    CHECK_I64((int64_t)twice->rows_taken, 2);
    CHECK_I64(twice->diag_count, 1);
    const struct diag *d = diag_of(twice, "repeated-activity", NULL);
    CHECK(d && d->severity == DIAG_NOTE && strncmp(d->expected, "each activity once; 2,", 22) == 0);
    CHECK_TEXT(d ? d->value : "", "R-2");
    arena_free(&a);
}

static void another_word_makes_another_activity(void)
{
    struct arena a = {0};
    const char *list[] = {activity(&a, "R-1", "R", 10, ""), activity(&a, "R-1", "R", 11, "")};
    const struct intake *in = read_text(&a, file_of(&a, list, 2), NULL);
    CHECK_I64(diags_of(in, "duplicate-identifier"), 1);
    CHECK_I64(diags_of(in, "repeated-activity"), 0);
    CHECK(draft(in, KIND_LINE, "iati:R-1~2/out/>/EUR") != NULL);
    arena_free(&a);
}

static void the_same_words_in_another_currency_are_others(void)
{
    struct arena a = {0};
    static const char *const each =
        "<iati-activity><iati-identifier>R-1</iati-identifier><reporting-org ref=\"R\"/>"
        "<transaction><transaction-type code=\"3\"/><transaction-date iso-date=\"2024-01-02\"/>"
        "<value>5</value></transaction></iati-activity>";
    const char *text =
        text_format(&a,
                    "<r><iati-activities default-currency=\"EUR\">%s</iati-activities>"
                    "<iati-activities default-currency=\"USD\">%s</iati-activities></r>",
                    each, each);
    const struct intake *in = read_text(&a, text, NULL);
    CHECK_I64(diags_of(in, "repeated-activity"), 0);
    CHECK(draft(in, KIND_LINE, "iati:R-1/out/>/EUR") != NULL);
    CHECK(draft(in, KIND_LINE, "iati:R-1~2/out/>/USD") != NULL);
    arena_free(&a);
}

static void an_organisation_that_is_repeated_plans_once(void)
{
    struct arena a = {0};
    static const char *const each =
        "<iati-organisation default-currency=\"EUR\"><organisation-identifier>R"
        "</organisation-identifier><total-budget><period-start iso-date=\"2024-01-01\"/>"
        "<period-end iso-date=\"2024-12-31\"/><value>7</value></total-budget></iati-organisation>";
    const struct intake *in = read_text(
        &a, text_format(&a, "<iati-organisations>%s%s</iati-organisations>", each, each), NULL);
    uint32_t figures = 0;
    for (uint32_t i = 0; i < in->count; i++) figures += in->records[i]->kind == KIND_STATEMENT;
    CHECK_I64(figures, 1);
    CHECK_I64(diags_of(in, "repeated-activity"), 1);
    arena_free(&a);
}

static void a_complaint_is_not_heard_again(void)
{
    struct arena a = {0};
    const char *each = activity(&a, "R-1", "R", 10, ""), *other = activity(&a, "R-2", "R", 5, "");
    static const char begin[] = "<iati-activities version=\"2.03\">";
    struct before *none = NULL;
    const struct intake *once = read_text(&a, TEXT_JOIN(&a, begin, each, other, FILE_END), none);
    const struct intake *twice =
        read_text(&a, TEXT_JOIN(&a, begin, each, each, each, other, each, FILE_END), none);
    CHECK(once->diag_count > 4);
    CHECK_I64(twice->diag_count, once->diag_count + 1); /* one says how many there were */
    CHECK_I64(diags_of(twice, "more-complaints"), diags_of(once, "more-complaints"));
    arena_free(&a);
}

/* --- rows of files --- */

static void take(struct desk *d, const char *text, struct before *before, bool retried)
{
    struct posting p = desk_posting(d);
    if (retried) { /* somebody else wrote meanwhile */
        read_text(&d->arena, text, before);
        before_forget(before);
    }
    GOOD(post_intake(&p, read_text(&d->arena, text, before), "import:iati", &d->last, oops));
    GOOD(posting_commit(&p, oops));
    if (before) before_next(before);
}

static void any_files_in_a_row(struct rng *rng)
{
    static const char *const ids[] = {"R-1", "R-2", "Q-1"}, *const reporters[] = {"R", "Q"};
    struct desk d, plain;
    desk_begin(&d);
    desk_begin(&plain);
    struct before *before = before_new(&d.arena);
    for (int file = 0; file < 6; file++) {
        const char *list[5];
        uint32_t count = 1 + rng_below(rng, 5);
        for (uint32_t i = 0; i < count; i++) {
            list[i] = activity(&d.arena, ids[rng_below(rng, 3)], reporters[rng_one_in(rng, 4)],
                               1 + (int)rng_below(rng, 3), rng_one_in(rng, 2) ? " " : "");
        }
        const char *text = file_of(&d.arena, list, count);
        take(&d, text, before, rng_one_in(rng, 4));
        take(&plain, text, NULL, false);
        CHECK_TEXT(desk_stands(&d), desk_stands(&plain));
    }
    desk_end(&plain);
    desk_end(&d);
}

static void files_in_a_row_come_to_what_they_say(void)
{
    seeds_run(200, any_files_in_a_row);
}

static void an_earlier_file_is_told(void)
{
    struct desk d;
    desk_begin(&d);
    struct before *before = before_new(&d.arena);
    const char *list[] = {activity(&d.arena, "R-1", "R", 10, ""),
                          activity(&d.arena, "R-2", "R", 20, "")};
    take(&d, file_of(&d.arena, list, 2), before, false);
    const struct intake *in = read_text(&d.arena, file_of(&d.arena, list, 2), before);
    CHECK_I64(drafts_but_of_places(in), 0);
    const struct diag *d1 = diag_of(in, "repeated-activity", NULL);
    CHECK(d1 && strncmp(d1->expected, "each activity once; 2,", 22) == 0);
    before_unsure(before); /* something else is taken */
    before_next(before);
    in = read_text(&d.arena, file_of(&d.arena, list, 2), before);
    CHECK(drafts_but_of_places(in) > 0);
    desk_end(&d);
}

/* --- an import in parts --- */

/* Some hundred activities, some of them of the part before with another amount. */
static const char *part_of_file(struct arena *a, int part, struct rng *rng)
{
    struct buf out = {.arena = a};
    buf_add(&out, FILE_BEGIN);
    for (int i = 0; i < 100; i++) {
        int from = part && i && rng_one_in(rng, 4) ? part - 1 : part;
        const char *id = text_format(a, "R-%d-%d", from, i);
        buf_add(&out, activity(a, id, "R", 1 + (int)rng_below(rng, 900), ""));
    }
    buf_add(&out, FILE_END);
    return out.text;
}

static void a_tight_book_is_the_same(void)
{
    struct desk d, plain;
    struct rng rng = {11};
    desk_begin(&d);
    desk_begin(&plain);
    book_tighten(d.view.book);
    struct stated *stated = stated_new(&d.arena, d.view.book);
    for (int part = 0; part < 12; part++) {
        const char *text = part_of_file(&d.arena, part, &rng);
        struct posting p = desk_posting(&d);
        p.lent = true;
        p.stated = stated;
        GOOD(post_intake(&p, read_text(&d.arena, text, NULL), "import:iati", &d.last, oops));
        GOOD(posting_commit(&p, oops));
        take(&plain, text, NULL, false);
        CHECK_I64((int64_t)d.last.added, (int64_t)plain.last.added);
        CHECK_I64((int64_t)d.last.restated, (int64_t)plain.last.restated);
        for (int before = 0; before <= part; before++) { /* records that were asked for earlier */
            const char *line = text_format(&d.arena, "iati:R-%d-0/out/>/EUR", before);
            uint32_t noun = book_noun(d.view.book, KIND_LINE, line);
            CHECK_TEXT(book_name(d.view.book, noun, INT64_MAX), "T");
        }
    }
    CHECK_TEXT(desk_stands(&d), desk_stands(&plain));
    desk_check_fold(&d);
    desk_end(&plain);
    desk_end(&d);
}

int main(void)
{
    RUN(a_tight_book_is_the_same);
    RUN(what_a_file_repeats_is_left_out_and_counted);
    RUN(another_word_makes_another_activity);
    RUN(the_same_words_in_another_currency_are_others);
    RUN(an_organisation_that_is_repeated_plans_once);
    RUN(a_complaint_is_not_heard_again);
    RUN(files_in_a_row_come_to_what_they_say);
    RUN(an_earlier_file_is_told);
    return tap_done();
}
