/*
 * iati_test.c - activities of IATI as lines and entries, and several reports of one flow.
 *
 * The oracle of the random tests is the XML they made: sums by type, added as
 * they are written, and the book's own law, which must take every entry in the
 * order in which the reader gives them.
 */
#include "desk.h"
#include "drafts.h"
#include "measure/likeness.h"
#include "seed.h"
#include "source/readers.h"

/* --- files made here --- */

struct paid {
    int type, day; /* day of 2024, from 0 */
    int64_t cents;
    int receiver; /* 0: nobody */
};

static void add_paid(struct buf *out, const struct paid *p)
{
    char day[DAY_TEXT];
    day_format(day_from_civil(2024, 1, 1) + p->day, day);
    buf_addf(out,
             "<transaction><transaction-type code=\"%d\"/><transaction-date iso-date=\"%s\"/>"
             "<value value-date=\"%s\">%s%lld.%02lld</value>",
             p->type, day, day, p->cents < 0 ? "-" : "", (long long)llabs(p->cents) / 100,
             (long long)llabs(p->cents) % 100);
    if (p->receiver) buf_addf(out, "<receiver-org ref=\"R%d\"/>", p->receiver);
    buf_add(out, "</transaction>");
}

static const char *file_of(struct arena *a, const char *id, const char *more,
                           const struct paid *paid, uint32_t count)
{
    struct buf out = {.arena = a};
    buf_addf(&out,
             "<iati-activities version=\"2.02\" generated-datetime=\"2024-05-01T00:00:00Z\">"
             "<iati-activity default-currency=\"EUR\"><iati-identifier>%s</iati-identifier>"
             "<reporting-org ref=\"A\" type=\"10\"><narrative>A</narrative></reporting-org>"
             "<title><narrative>T</narrative></title>%s",
             id, more);
    for (uint32_t i = 0; i < count; i++) add_paid(&out, &paid[i]);
    buf_add(&out, "</iati-activity></iati-activities>");
    return out.text;
}

static struct intake *read_text(struct arena *a, const char *text)
{
    struct intake *in = NEW(a, struct intake);
    struct input *file = NEW(a, struct input);
    *file = input_text("a.xml", text);
    in->arena = a;
    GOOD(iati_reader.read(file, 1, in, oops));
    return in;
}

/* What entries and values of that type come to, by their keys. */
static int64_t sum_of(const struct intake *in, int type)
{
    struct arena a = {0};
    const char *part = text_format(&a, "/t/%d/", type);
    int64_t sum = 0;
    for (uint32_t i = 0; i < in->count; i++) {
        const struct record *r = in->records[i];
        const char *key = text_of(r, F_KEY);
        size_t len = strlen(key);
        bool back = len > 5 && strcmp(key + len - 5, "/back") == 0;
        bool open = len > 5 && strcmp(key + len - 5, "/open") == 0;
        if (!strstr(key, part) || open) continue;
        if (r->kind == KIND_ENTRY) sum += (back ? -1 : 1) * record_int(r, F_QTY, 0);
        if (r->kind == KIND_VALUE) sum += record_int(r, F_LOW, 0);
    }
    arena_free(&a);
    return sum;
}

/* Line and amount by stage, as text: "iati:X/out/>/EUR committed 100 delivered 400; ..." */
static const char *stands(struct desk *d, struct intake *in)
{
    struct posting p = desk_posting(d);
    GOOD(post_intake(&p, in, "import:iati", &d->last, oops));
    GOOD(posting_commit(&p, oops));
    CHECK_I64((int64_t)d->last.refused, 0);
    for (uint32_t i = 0; i < in->diag_count && d->last.refused; i++) {
        const struct diag *said = &in->diags[i];
        if (said->severity == DIAG_SKIPPED) printf("# %s: %s\n", said->value, said->expected);
    }
    return desk_stands(d);
}

/* --- what becomes of transactions --- */

static void a_payment_is_what_a_commitment_became(void)
{
    struct desk d;
    desk_begin(&d);
    const struct paid paid[] = {
        {12, 0, 500, 0}, {2, 10, 1000, 0}, {3, 20, 300, 0}, {4, 30, 900, 0}, {6, 40, 50, 0}};
    struct intake *in = read_text(&d.arena, file_of(&d.arena, "A-1", "", paid, 5));
    CHECK_TEXT(stands(&d, in), "iati:A-1/out/>/EUR delivered 1200");
    CHECK(draft(in, KIND_LINE, "iati:A-1/back/>/EUR") != NULL);
    CHECK_I64(sum_of(in, 6), 50);
    check_drafts(in);
    desk_end(&d);
}

static void what_comes_back_is_committed_again(void)
{
    struct desk d;
    desk_begin(&d);
    const struct paid paid[] = {{2, 0, 1000, 0}, {3, 10, 600, 0}, {3, 20, -200, 0}};
    struct intake *in = read_text(&d.arena, file_of(&d.arena, "A-1", "", paid, 3));
    CHECK_TEXT(stands(&d, in), "iati:A-1/out/>/EUR committed 600 delivered 400 withdrawn 200");
    desk_end(&d);
}

static void more_than_there_was_is_taken_back_outside(void)
{
    struct desk d;
    desk_begin(&d);
    const struct paid paid[] = {{3, 10, 600, 0}, {3, 20, -900, 0}};
    struct intake *in = read_text(&d.arena, file_of(&d.arena, "A-1", "", paid, 2));
    CHECK_TEXT(stands(&d, in), "iati:A-1/out/>/EUR withdrawn 600");
    CHECK_I64(diags_of(in, "beyond-zero"), 1);
    CHECK_I64(sum_of(in, 3), -300);
    desk_end(&d);
}

static void a_commitment_to_nobody_goes_to_who_is_paid(void)
{
    struct desk d;
    desk_begin(&d);
    const struct paid paid[] = {{2, 0, 1000, 0}, {3, 10, 300, 1}, {3, 20, 100, 2}};
    struct intake *in = read_text(&d.arena, file_of(&d.arena, "A-1", "", paid, 3));
    CHECK_TEXT(stands(&d, in), "iati:A-1/out/>R1/EUR delivered 300; iati:A-1/out/>R2/EUR"
                               " delivered 100; iati:A-1/out/>/EUR committed 600");
    desk_end(&d);
}

static void one_receiver_takes_all_of_it(void)
{
    struct desk d;
    desk_begin(&d);
    const struct paid paid[] = {{2, 0, 1000, 0}, {3, 10, 300, 1}};
    struct intake *in = read_text(&d.arena, file_of(&d.arena, "A-1", "", paid, 2));
    CHECK_TEXT(stands(&d, in), "iati:A-1/out/>R1/EUR committed 700 delivered 300");
    desk_end(&d);
}

static void identifiers_with_slashes_stay_apart(void)
{
    struct desk d;
    desk_begin(&d);
    const struct paid paid[] = {{3, 0, 1, 0}};
    struct intake *other = read_text(&d.arena, file_of(&d.arena, "http://a/1/t", "", paid, 1));
    stands(&d, other);
    struct intake *in = read_text(&d.arena, file_of(&d.arena, "http://a/1", "", paid, 1));
    const char *all = stands(&d, in);
    CHECK(strstr(all, "iati:http:%2F%2Fa%2F1%2Ft@A/out/") != NULL);
    CHECK(strstr(all, "iati:http:%2F%2Fa%2F1@A/out/") != NULL);
    CHECK_I64((int64_t)d.last.removed, 0);
    desk_end(&d);
}

/* --- random activities --- */

static uint32_t random_paid(struct rng *rng, struct paid *out)
{
    static const int kinds[] = {1, 2, 2, 3, 3, 3, 4, 5, 6, 8, 10, 11, 12, 13};
    uint32_t count = 1 + rng_below(rng, 12);
    for (uint32_t i = 0; i < count; i++) {
        out[i].type = kinds[rng_below(rng, sizeof kinds / sizeof *kinds)];
        out[i].day = (int)rng_below(rng, 8);
        out[i].receiver = (int)rng_below(rng, 4);
        out[i].cents = (int64_t)rng_below(rng, 16) * 50 - (rng_one_in(rng, 4) ? 400 : 0);
    }
    return count;
}

/* Keys, lines, stages and amounts of all entries, in an order of their own. */
static int by_text(const void *x, const void *y)
{
    return strcmp(*(const char *const *)x, *(const char *const *)y);
}

static const char *all_entries(struct arena *a, const struct intake *in)
{
    const char **list = NEW_ARRAY(a, in->count + 1, const char *);
    uint32_t count = 0;
    struct buf out = {.arena = a};
    for (uint32_t i = 0; i < in->count; i++) {
        const struct record *r = in->records[i];
        if (r->kind != KIND_ENTRY && r->kind != KIND_VALUE) continue;
        list[count++] =
            text_format(a, "%s %s %d>%d %lld", text_of(r, F_KEY),
                        text_of(r, r->kind == KIND_ENTRY ? F_LINE : F_OF),
                        (int)record_int(r, F_FROM, 0), (int)record_int(r, F_TO, 0),
                        (long long)record_int(r, r->kind == KIND_ENTRY ? F_QTY : F_LOW, 0));
    }
    qsort(list, count, sizeof *list, by_text);
    for (uint32_t i = 0; i < count; i++) buf_addf(&out, "%s\n", list[i]);
    return out.len ? out.text : "";
}

static void one_activity(struct rng *rng)
{
    struct desk d;
    struct paid paid[16], turned[16];
    int64_t want[16] = {0};
    desk_begin(&d);
    uint32_t count = random_paid(rng, paid);
    for (uint32_t i = 0; i < count; i++) {
        want[paid[i].type] += paid[i].cents;
        turned[count - 1 - i] = paid[i];
    }
    struct intake *in = read_text(&d.arena, file_of(&d.arena, "A-1", "", paid, count));
    for (int type = 1; type <= 13; type++) CHECK_I64(sum_of(in, type), want[type]);
    struct intake *back = read_text(&d.arena, file_of(&d.arena, "A-1", "", turned, count));
    CHECK_TEXT(all_entries(&d.arena, back), all_entries(&d.arena, in));
    check_drafts(in);
    const char *once = arena_text(&d.arena, stands(&d, in));
    CHECK_TEXT(stands(&d, back), once); /* the same in any order: nothing new */
    CHECK_I64((int64_t)(d.last.restated + d.last.removed), 0);
    desk_end(&d);
}

static void any_activity_is_whole_in_the_book(void)
{
    seeds_run(300, one_activity);
}

/* One state after another: the book stands where the newest alone would put it. */
static void three_states(struct rng *rng)
{
    struct desk d, alone;
    struct paid paid[16];
    desk_begin(&d);
    desk_begin(&alone);
    for (int state = 0; state < 3; state++) {
        uint32_t count = random_paid(rng, paid);
        const char *text = file_of(&d.arena, "A-1", "", paid, count);
        const char *got = arena_text(&d.arena, stands(&d, read_text(&d.arena, text)));
        if (state < 2) continue;
        /* Lines are born in another order: compare them one by one. */
        const char *want = stands(&alone, read_text(&alone.arena, text));
        CHECK_I64((int64_t)strlen(got), (int64_t)strlen(want));
        for (const char *at = want; *at;) {
            size_t len = strcspn(at, ";");
            const char *one = arena_bytes(&d.arena, at, len);
            if (!strstr(got, one)) CHECK_TEXT(got, one);
            at += len + (at[len] ? 2 : 0);
        }
    }
    desk_end(&alone);
    desk_end(&d);
}

static void a_replaced_file_leaves_what_the_new_one_says(void)
{
    seeds_run(200, three_states);
}

/* --- reports --- */

static const char *reporting(struct arena *a, const char *id, const char *who, const char *inside)
{
    return text_format(a,
                       "<iati-activities version=\"2.02\"><iati-activity default-currency=\"EUR\">"
                       "<iati-identifier>%s</iati-identifier><reporting-org ref=\"%s\"/>"
                       "<title><narrative>T</narrative></title>%s</iati-activity>"
                       "</iati-activities>",
                       id, who, inside);
}

#define PAY(type, day, amount, more)                                                               \
    "<transaction><transaction-type code=\"" type "\"/><transaction-date iso-date=\"" day          \
    "\"/><value value-date=\"" day "\">" amount "</value>" more "</transaction>"

static uint32_t line_of(const struct book *b, const char *key)
{
    uint32_t noun = book_noun(b, KIND_LINE, key);
    return noun == NONE ? NONE : book_line(b, book_latest(b, noun)->id);
}

static struct reports reports_at(struct desk *d, enum stage stage)
{
    struct reports r;
    struct clocks now = CLOCKS_NOW;
    reports_find(&d->arena, d->view.book, &now, stage, &r);
    return r;
}

static void circles_of_reports_lose_nothing(void)
{
    struct desk d;
    desk_begin(&d);
    /* Each says that it paid the other, and that it got that from the other. */
    stands(&d, read_text(&d.arena,
                         reporting(&d.arena, "A-1", "A",
                                   PAY("3", "2024-01-01", "5",
                                       "<receiver-org ref=\"B\" receiver-activity-id=\"B-1\"/>")
                                       PAY("1", "2024-01-01", "5",
                                           "<provider-org ref=\"B\""
                                           " provider-activity-id=\"B-1\"/>"))));
    stands(&d, read_text(&d.arena,
                         reporting(&d.arena, "B-1", "B",
                                   PAY("3", "2024-01-01", "5",
                                       "<receiver-org ref=\"A\" receiver-activity-id=\"A-1\"/>")
                                       PAY("1", "2024-01-01", "5",
                                           "<provider-org ref=\"A\""
                                           " provider-activity-id=\"A-1\"/>"))));
    struct reports r = reports_at(&d, STAGE_COMMITTED);
    uint32_t counting = 0;
    for (uint32_t i = 0; i < r.lines; i++) counting += r.instead[i] == NONE;
    CHECK_I64(counting, 2); /* two payments, two reports each */
    for (uint32_t i = 0; i < r.lines; i++) {
        CHECK(r.instead[i] == NONE || r.instead[r.instead[i]] == NONE);
    }
    desk_end(&d);
}

static void a_report_that_is_not_so_far_speaks_for_nobody(void)
{
    struct desk d;
    desk_begin(&d);
    stands(&d, read_text(&d.arena, reporting(&d.arena, "A-1", "A",
                                             PAY("12", "2024-01-01", "5",
                                                 "<receiver-org ref=\"B\""
                                                 " receiver-activity-id=\"B-1\"/>"))));
    stands(&d, read_text(&d.arena, reporting(&d.arena, "B-1", "B",
                                             PAY("1", "2024-01-01", "5",
                                                 "<provider-org ref=\"A\""
                                                 " provider-activity-id=\"A-1\"/>"))));
    uint32_t in = line_of(d.view.book, "iati:B-1/in/A-1>/EUR");
    struct reports r = reports_at(&d, STAGE_COMMITTED);
    CHECK(in != NONE && r.instead[in] == NONE); /* the giver only pledged */
    r = reports_at(&d, STAGE_ANNOUNCED);
    CHECK(in != NONE && r.instead[in] == line_of(d.view.book, "iati:A-1/out/>B-1/EUR"));
    desk_end(&d);
}

static void each_side_may_report_in_its_own_currency(void)
{
    for (int both = 0; both < 2; both++) {
        struct desk d;
        desk_begin(&d);
        const char *dollars =
            "<transaction><transaction-type code=\"1\"/><transaction-date"
            " iso-date=\"2024-01-01\"/><value currency=\"USD\">5</value>"
            "<provider-org ref=\"A\" provider-activity-id=\"A-1\"/></transaction>";
        const char *euros =
            PAY("1", "2024-01-01", "5", "<provider-org ref=\"A\" provider-activity-id=\"A-1\"/>");
        stands(&d, read_text(&d.arena, reporting(&d.arena, "A-1", "A",
                                                 PAY("3", "2024-01-01", "5",
                                                     "<receiver-org ref=\"B\""
                                                     " receiver-activity-id=\"B-1\"/>"))));
        stands(&d, read_text(&d.arena,
                             reporting(&d.arena, "B-1", "B",
                                       text_format(&d.arena, "%s%s", dollars, both ? euros : ""))));
        struct reports r = reports_at(&d, STAGE_COMMITTED);
        uint32_t in = line_of(d.view.book, "iati:B-1/in/A-1>/USD");
        uint32_t out = line_of(d.view.book, "iati:A-1/out/>B-1/EUR");
        /* Who reports the giver's euros too got the dollars beside them. */
        CHECK(in != NONE && r.instead[in] == (both ? NONE : out));
        desk_end(&d);
    }
}

static void who_was_paid_by_name_is_nobody_else(void)
{
    struct desk d;
    desk_begin(&d);
    stands(&d, read_text(&d.arena,
                         reporting(&d.arena, "A-1", "A",
                                   PAY("3", "2024-01-01", "5", "<receiver-org ref=\"C\"/>"))));
    stands(&d, read_text(&d.arena, reporting(&d.arena, "B-1", "B",
                                             PAY("1", "2024-01-01", "5",
                                                 "<provider-org ref=\"A\""
                                                 " provider-activity-id=\"A-1\"/>"))));
    struct reports r = reports_at(&d, STAGE_COMMITTED);
    uint32_t in = line_of(d.view.book, "iati:B-1/in/A-1>/EUR");
    CHECK(in != NONE && r.instead[in] == NONE); /* the giver paid C, not B: both reports count */
    desk_end(&d);
}

static void of_two_publishers_of_an_activity_one_counts(void)
{
    struct desk d;
    desk_begin(&d);
    stands(&d, read_text(&d.arena,
                         reporting(&d.arena, "A-1", "A",
                                   PAY("3", "2024-01-01", "5", "<receiver-org ref=\"C\"/>"))));
    stands(&d, read_text(&d.arena, reporting(&d.arena, "A-1", "Z",
                                             PAY("3", "2024-01-01", "7", "")
                                                 PAY("1", "2024-01-01", "9", ""))));
    struct reports r = reports_at(&d, STAGE_COMMITTED);
    uint32_t own = line_of(d.view.book, "iati:A-1/out/>C/EUR");
    uint32_t other = line_of(d.view.book, "iati:A-1@Z/out/>/EUR");
    uint32_t more = line_of(d.view.book, "iati:A-1@Z/in/>/EUR");
    CHECK(own != NONE && r.instead[own] == NONE);
    CHECK(other != NONE && r.instead[other] == own); /* whoever it says was paid */
    CHECK(more != NONE && r.instead[more] == NONE);  /* the owner says nothing of what came in */
    desk_end(&d);
}

static void likeness_needs_a_relation_and_near_days(void)
{
    static const struct {
        const char *id, *who, *related, *day;
        uint32_t found;
    } other[] = {
        {"A-2", "A", "", "2024-01-20", 1}, /* the same giver */
        {"A-2", "A", "", "2024-04-20", 0}, /* months apart */
        {"B-2", "B", "", "2024-01-20", 0}, /* nothing to do with each other */
        {"B-2", "B", "<related-activity ref=\"A-1\" type=\"4\"/>", "2024-01-20", 1},
    };
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        struct desk d;
        uint32_t count;
        struct clocks now = CLOCKS_NOW;
        desk_begin(&d);
        stands(&d, read_text(&d.arena,
                             reporting(&d.arena, "A-1", "A", PAY("3", "2024-01-10", "70", ""))));
        const char *pay = text_format(
            &d.arena,
            "%s<transaction><transaction-type code=\"3\"/><transaction-date iso-date=\"%s\"/>"
            "<value>70</value></transaction>",
            other[i].related, other[i].day);
        stands(&d, read_text(&d.arena, reporting(&d.arena, other[i].id, other[i].who, pay)));
        likeness_find(&d.arena, d.view.book, &now, &count);
        CHECK_I64(count, other[i].found);
        desk_end(&d);
    }
}

/* --- the form --- */

static void older_words_are_read_and_told(void)
{
    struct arena a = {0};
    struct input file = input_read(&a, "test/data/iati/wrapped.xml");
    struct intake in = {.arena = &a};
    GOOD(iati_reader.read(&file, 1, &in, oops));
    check_drafts(&in);
    CHECK_I64(diags_of(&in, "thousands"), 1);
    CHECK_I64(diags_of(&in, "rounded"), 1);
    CHECK_I64(diags_of(&in, "not-a-number"), 1);
    CHECK_I64(diags_of(&in, "duplicate-identifier"), 1);
    const struct diag *d = diag_of(&in, "not-a-number", NULL);
    CHECK(d && d->severity == DIAG_SKIPPED);
    CHECK_TEXT(d ? d->column : "", "iati-activity[1]/transaction[4]/value");
    const struct record *line = draft(&in, KIND_LINE, "iati:EE-1-5/out/>/USD");
    CHECK(line != NULL);
    bool shared = false;
    for (uint32_t i = 0; line && i < line->count; i++) {
        const struct field *f = &line->fields[i];
        shared |=
            f->tag == F_DESTINATION_TAG && strcmp(f->text, "Location/KE/KEN/shared/Kenya 75%") == 0;
    }
    CHECK(shared);
    arena_free(&a);
}

int main(void)
{
    RUN(a_payment_is_what_a_commitment_became);
    RUN(what_comes_back_is_committed_again);
    RUN(more_than_there_was_is_taken_back_outside);
    RUN(a_commitment_to_nobody_goes_to_who_is_paid);
    RUN(one_receiver_takes_all_of_it);
    RUN(identifiers_with_slashes_stay_apart);
    RUN(any_activity_is_whole_in_the_book);
    RUN(a_replaced_file_leaves_what_the_new_one_says);
    RUN(circles_of_reports_lose_nothing);
    RUN(a_report_that_is_not_so_far_speaks_for_nobody);
    RUN(each_side_may_report_in_its_own_currency);
    RUN(who_was_paid_by_name_is_nobody_else);
    RUN(of_two_publishers_of_an_activity_one_counts);
    RUN(likeness_needs_a_relation_and_near_days);
    RUN(older_words_are_read_and_told);
    return tap_done();
}
