/*
 * check_test.c - what sentences claim, and what the real program makes of real documents.
 *
 * Sentences here are ours. Documents are the publishers', under ../shared/data;
 * what is expected of them was written down in data/claims.tsv before there was
 * a program to check them.
 */
#include "check/interpret.h"

#include "base/text.h"
#include "tap.h"

#include "program.h"

static struct temp temp;
static char data[400];

/* --- understanding --- */

struct expected {
    const char *sentence;
    const char *why; /* a part of the reason; NULL: measurable */
    enum claim_measure measure;
    const char *subject; /* "DEU FRA"; "" for all */
    const char *receiver;
    unsigned classes;
    enum claim_bound bound;
    int64_t low; /* in thousandths */
    const char *unit, *since, *until;
};

enum { FIN = 1u << CLASS_FINANCIAL, HUM = 1u << CLASS_HUMANITARIAN, MIL = 1u << CLASS_MILITARY };

#define BN INT64_C(1000000000000)

/* Said on 13 June 2024, by somebody who speaks for the United States. */
static const struct expected sentences[] = {
    {"Allies gave Ukraine around 40 billion euros of military aid each year since the invasion.",
     NULL, CLAIM_YEARLY, "Allies", "UKR", MIL, BOUND_ABOUT, 40 * BN, "EUR", "2022-02-24", NULL},
    {"Well over 90 per cent of all humanitarian assistance to Ukraine comes from NATO Allies.",
     NULL, CLAIM_SHARE, "Allies", "UKR", HUM, BOUND_MORE, 90000, "percent", NULL, NULL},
    {"Germany and France have provided at least \xe2\x82\xac"
     "1.5 billion in financial and military support to Ukraine since January 2023.",
     NULL, CLAIM_TOTAL, "DEU FRA", "UKR", FIN | MIL, BOUND_LEAST, 1500000000000, "EUR",
     "2023-01-01", NULL},
    {"In 2023 we gave Ukraine roughly $20 billion in total.", NULL, CLAIM_TOTAL, "USA", "UKR", 0,
     BOUND_ABOUT, 20 * BN, "USD", "2023-01-01", "2023-12-31"},
    {"More than forty countries have given military support to Ukraine.", NULL, CLAIM_COUNT, "",
     "UKR", MIL, BOUND_MORE, 40000, "country", NULL, NULL},
    {"Twenty-eight Allies are providing security assistance to Ukraine.", NULL, CLAIM_COUNT,
     "Allies", "UKR", MIL, BOUND_EXACT, 28000, "country", NULL, NULL},
    {"Norway more than doubled its support for Ukraine in 2023 compared with 2022.", NULL,
     CLAIM_GROWTH, "NOR", "UKR", 0, BOUND_MORE, 2000, "times", NULL, NULL},
    {"Military aid from the Allies grew by some 23 percent from 2022 to 2023.", NULL, CLAIM_GROWTH,
     "Allies", NULL, MIL, BOUND_ABOUT, 23000, "percent", NULL, NULL},
    {"Half of all military assistance to Ukraine was given by the United States.", NULL,
     CLAIM_SHARE, "USA", "UKR", MIL, BOUND_ABOUT, 50000, "percent", NULL, NULL},
    {"Over the past two months Canada has given Ukraine 300 million dollars in humanitarian aid.",
     NULL, CLAIM_TOTAL, "CAN", "UKR", HUM, BOUND_EXACT, 300000000000, "USD", "2024-04-13",
     "2024-06-13"},
    {"Since 24 February 2022 the EU and its member states have given 90 billion euros in support.",
     NULL, CLAIM_TOTAL, "EU EU-members", NULL, 0, BOUND_EXACT, 90 * BN, "EUR", "2022-02-24", NULL},
    {"We, the G7, have provided Ukraine no less than two and a half billion dollars in aid so far.",
     NULL, CLAIM_TOTAL, "G7", "UKR", 0, BOUND_LEAST, 2500000000000, "USD", NULL, NULL},
    {"Since this administration took office we have sent Ukraine up to $5 billion in weapons.",
     NULL, CLAIM_TOTAL, "USA", "UKR", MIL, BOUND_MOST, 5 * BN, "USD", "2021-01-20", NULL},
    {"At least 20 EU countries have provided military support to Ukraine.", NULL, CLAIM_COUNT,
     "EU-members", "UKR", MIL, BOUND_LEAST, 20000, "country", NULL, NULL},
    {"Allies and partners have given Ukraine over 100 billion euros in military aid so far.", NULL,
     CLAIM_TOTAL, "", "UKR", MIL, BOUND_MORE, 100 * BN, "EUR", NULL, NULL},
    {"Economic support for Ukraine has tripled since 2022.", NULL, CLAIM_GROWTH, "", "UKR", FIN,
     BOUND_EXACT, 3000, "times", NULL, NULL},
    /* What is no claim that a book can measure, and why. */
    {.sentence = "Allies will provide 40 billion euros of military support next year.",
     .why = "a plan"},
    {.sentence = "If Congress agrees, we have provided 40 billion dollars in aid.",
     .why = "a condition"},
    {.sentence = "Allies should give 40 billion euros in support every year.", .why = "a wish"},
    {.sentence = "We have not provided 40 billion dollars in military aid to Ukraine.",
     .why = "denied"},
    {.sentence = "Ukraine needs 40 billion euros in military support each year.", .why = "a need"},
    {.sentence =
         "Is it true that Allies have given 40 billion euros in support since the invasion?",
     .why = "a question"},
    {.sentence = "Some 40,000 troops are under NATO command.", .why = "forces"},
    {.sentence = "Ukraine has freed half of the territory that was occupied.", .why = "territory"},
    {.sentence = "Twenty Allies spend at least 2% of GDP on defence.", .why = "support"},
    {.sentence = "Germany has given Ukraine 18 tanks.", .why = "numbers of things"},
    {.sentence = "We froze assets worth 300 billion euros.", .why = "assets"},
    {.sentence = "More than 4 million people have fled.", .why = "people"},
    {.sentence = "Today Finland announced a package of aid worth 188 million euros.",
     .why = "one gift"},
    {.sentence = "We have given Ukraine $600 million in aid since he spoke to us.",
     .why = "which time"},
    {.sentence = "About $2 billion in aid has been provided so far.", .why = "who gives"},
    {.sentence = "We have provided $250 million for generators.", .why = "purpose"},
    {.sentence = "European Allies have given Ukraine 50 billion euros in aid so far.",
     .why = "which Allies"},
    {.sentence = "Some 25 northern countries have given military support to Ukraine.",
     .why = "which countries"},
    {.sentence = "We stand with Ukraine.", .why = "no figure"},
};

static struct heard listen(struct arena *a, const char *sentence, uint32_t nth)
{
    struct heard h;
    struct spoken s = {
        .sentence = sentence, .nth = nth, .day = day_from_civil(2024, 6, 13), .side = "USA"};
    interpret(a, &s, &h);
    return h;
}

static void check_day(struct arena *a, int32_t day, int32_t absent, const char *want)
{
    const char *got = day == absent ? "" : day_text(a, day, PRECISION_DAY);
    CHECK_TEXT(got, want ? want : "");
}

static void check_heard(struct arena *a, const struct heard *h, const struct expected *e)
{
    const struct claim *c = &h->claim;
    struct buf subjects = {.arena = a};
    if (e->why) {
        CHECK(!h->measurable && h->why && strstr(h->why, e->why));
        if (!tap_this_ok) printf("# %s: %s\n", e->sentence, h->why ? h->why : "measurable");
        return;
    }
    CHECK(h->measurable);
    if (!h->measurable) {
        printf("# %s: %s\n", e->sentence, h->why);
        return;
    }
    buf_add(&subjects, "");
    for (uint32_t i = 0; i < c->subjects; i++) {
        buf_addf(&subjects, "%s%s", i ? " " : "", c->subject[i]);
    }
    CHECK_TEXT(claim_measure_name(c->measure), claim_measure_name(e->measure));
    CHECK_TEXT(subjects.text, e->subject);
    CHECK_TEXT(c->receiver ? c->receiver : "", e->receiver ? e->receiver : "");
    CHECK_I64(c->classes, e->classes);
    CHECK_TEXT(claim_bound_name(c->bound), claim_bound_name(e->bound));
    CHECK(dec_cmp(c->low, (struct dec){e->low, 3}) == 0);
    CHECK_TEXT(c->unit, e->unit);
    check_day(a, c->since, DAY_MIN, e->since);
    check_day(a, c->until, DAY_MAX, e->until);
    if (!tap_this_ok) printf("# %s\n", e->sentence);
}

static void sentences_are_understood_or_the_reason_is_said(void)
{
    struct arena a = {0};
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences && tap_this_ok; i++) {
        struct heard h = listen(&a, sentences[i].sentence, 0);
        check_heard(&a, &h, &sentences[i]);
    }
    arena_free(&a);
}

/* Each figure of a sentence has its own time and its own way of being put. */
static void two_figures_of_a_sentence_are_two_claims(void)
{
    static const char both[] = "That brings security assistance for Ukraine to about $5.6 billion"
                               " since late February 2022, and more than $6.3 billion since the"
                               " beginning of the Biden administration that we have provided.";
    struct arena a = {0};
    CHECK_I64(figures_in(&a, both), 2);
    struct heard first = listen(&a, both, 0), second = listen(&a, both, 1);
    CHECK(first.measurable && second.measurable);
    CHECK_I64(first.claim.since, day_from_civil(2022, 2, 1));
    CHECK_I64(second.claim.since, day_from_civil(2021, 1, 20));
    CHECK_TEXT(claim_bound_name(first.bound), "about");
    CHECK_TEXT(claim_bound_name(second.bound), "more");
    CHECK_I64(first.claim.last_digit.n, 100000000);
    arena_free(&a);
}

/* What the reader took tells who, and the sentence tells when. */
static void what_the_reader_took_goes_before_what_is_found_here(void)
{
    struct arena a = {0};
    struct heard h;
    struct said said = {.kind = SAID_SUPPORT,
                        .stage = SAID_PROVIDED,
                        .giver = {{"ALLIES"}, 1},
                        .receiver = {{"UKR"}, 1},
                        .item = "military support",
                        .counted = true,
                        .low = {40000000000, 0},
                        .high = {40000000000, 0},
                        .unit = "EUR",
                        .approx = APPROX_ABOUT};
    struct spoken s = {.sentence = "Since the invasion, we the Allies sent around 40 billion euros"
                                   " worth of military support each year.",
                       .quote = "sent around 40 billion euros worth of military support",
                       .said = &said,
                       .day = day_from_civil(2024, 6, 13)};
    interpret(&a, &s, &h);
    CHECK(h.measurable && h.claim.subjects == 1);
    CHECK_TEXT(h.claim.subject[0], "Allies");
    CHECK_TEXT(claim_measure_name(h.claim.measure), "yearly");
    said.giver = (struct said_parties){{"DEU", "NOR"}, 2};
    interpret(&a, &s, &h);
    CHECK(h.measurable && h.claim.subjects == 2);
    said.giver = (struct said_parties){{"World Food Programme"}, 1};
    interpret(&a, &s, &h);
    CHECK(!h.measurable && strstr(h.why, "World Food Programme"));
    said.giver = (struct said_parties){{"ALLIES"}, 1};
    said.kind = SAID_NEED;
    interpret(&a, &s, &h);
    CHECK(!h.measurable && strstr(h.why, "a need"));
    said.kind = SAID_SUPPORT;
    said.stage = SAID_CONSIDERED;
    interpret(&a, &s, &h);
    CHECK(!h.measurable && strstr(h.why, "considered"));
    said.counted = false;
    interpret(&a, &s, &h);
    CHECK(!h.measurable && !h.counted);
    arena_free(&a);
}

static void the_sentence_around_a_range_is_whole(void)
{
    static const char text[] = "Title\n\nMr. Smith of the U.S. spoke. It rained;\nthen \"it"
                               " stopped.\"  We gave 3.5 million.\n\n- one item\n- two items\n";
    static const struct {
        const char *in, *want;
    } cases[] = {{"spoke", "Mr. Smith of the U.S. spoke."},
                 {"then", "It rained; then \"it stopped.\""},
                 {"3.5", "We gave 3.5 million."},
                 {"two", "- two items"},
                 {"Title", "Title"}};
    struct arena a = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t at = (size_t)(strstr(text, cases[i].in) - text);
        CHECK_TEXT(whole_sentence(&a, text, sizeof text - 1, at, at + strlen(cases[i].in)),
                   cases[i].want);
    }
    CHECK_TEXT(whole_sentence(&a, text, 5, 90, 99), "Title"); /* beyond the document */
    CHECK_I64(day_in_name("a/2024-06-13.txt"), day_from_civil(2024, 6, 13));
    CHECK_I64(day_in_name("2022-13-01-notes.md"), DAY_MAX);
    arena_free(&a);
}

/* --- the program --- */

static const char *file(const char *name)
{
    return temp_path(&temp, name);
}

static json_t *parsed(char *text)
{
    json_error_t e;
    json_t *json = json_loads(text, 0, &e);
    CHECK(json != NULL);
    free(text);
    return json;
}

static void store_with_release_29(void)
{
    static const char *const parts[] = {"kiel/release-29", "rates/eurofxref-hist.zip"};
    for (size_t i = 0; i < 2; i++) {
        free(program(&temp, "--store '%s' import '%s/%s'", file("r29.db"), data, parts[i]));
        CHECK_I64(program_exit, 0);
    }
}

struct row {
    char document[200], day[12], subject[40], receiver[8], measure[12], of[20], stage[12];
    char low[24], unit[12], bound[8], since[12], verdict[12];
    long begin, end;
};

/* A row of data/claims.tsv; false at the end. */
static bool next_row(FILE *f, struct row *r)
{
    char line[1200];
    while (fgets(line, sizeof line, f)) {
        if (*line == '#' || strncmp(line, "document\t", 9) == 0) continue;
        int n =
            sscanf(line, "%199[^\t] %ld %ld %11s %39s %7s %11s %19s %11s %23s %11s %7s %11s %11s",
                   r->document, &r->begin, &r->end, r->day, r->subject, r->receiver, r->measure,
                   r->of, r->stage, r->low, r->unit, r->bound, r->since, r->verdict);
        CHECK_I64(n, 14);
        return n == 14;
    }
    return false;
}

/* The claim that stands in the row's bytes with the row's number. */
static json_t *claim_of(const json_t *answer, const struct row *r)
{
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(answer, "claims"), i, one)
    {
        bool inside = json_member(one, "start") < (double)r->end &&
                      json_member(one, "end") > (double)r->begin;
        if (inside && json_member(one, "said") == strtod(r->low, NULL)) return one;
    }
    return NULL;
}

static const char *text_of(const json_t *claim, const char *name)
{
    const char *text = json_string_value(json_object_get(claim, name));
    return text ? text : "-";
}

static void check_row(const json_t *claim, const struct row *r)
{
    CHECK_TEXT(text_of(claim, "verdict"), r->verdict);
    CHECK_TEXT(text_of(claim, "date"), r->day);
    if (strcmp(r->measure, "none") != 0) {
        CHECK_TEXT(text_of(claim, "measure"), r->measure);
        CHECK_TEXT(text_of(claim, "subject"), r->subject);
        CHECK_TEXT(text_of(claim, "receiver"), r->receiver);
        CHECK_TEXT(text_of(claim, "class"), strcmp(r->of, "all") ? r->of : "-");
        CHECK_TEXT(text_of(claim, "reached"), r->stage);
        CHECK_TEXT(text_of(claim, "since"), r->since);
    }
    CHECK_TEXT(text_of(claim, "bound"), r->bound);
    if (!tap_this_ok) printf("# %s at %ld: %s\n", r->document, r->begin, text_of(claim, "why"));
}

static void claims_of_real_documents_come_out_as_expected(void)
{
    struct row r;
    int count = 0;
    FILE *f = fopen("test/data/claims.tsv", "r");
    CHECK(f != NULL);
    store_with_release_29();
    while (f && next_row(f, &r)) {
        json_t *a = parsed(
            program(&temp, "--store '%s' check --json '%s/%s'", file("r29.db"), data, r.document));
        json_t *claim = claim_of(a, &r);
        CHECK(claim != NULL);
        if (claim) check_row(claim, &r);
        if (!claim) printf("# nothing read of %s at %ld\n", r.document, r.begin);
        json_decref(a);
        count++;
    }
    if (f) fclose(f);
    CHECK_I64(count, 14);
}

#define NEAR(got, want, within) CHECK((got) - (want) <= (within) && (want) - (got) <= (within))

static const char podium[] = "transcripts/nato/2024-06-13.txt";

static void the_two_claims_of_the_podium_have_their_figures(void)
{
    json_t *a =
        parsed(program(&temp, "--store '%s' check --json '%s/%s'", file("r29.db"), data, podium));
    CHECK_I64(program_exit, 0);
    json_t *share = json_array_get(json_object_get(a, "claims"), 0);
    json_t *yearly = json_array_get(json_object_get(a, "claims"), 1);
    NEAR(json_member(share, "now"), 99.28, 0.005);
    NEAR(json_member(share, "then"), 99.38, 0.005);
    NEAR(json_member(yearly, "now") / 1e9, 41.57, 0.005);
    NEAR(json_member(yearly, "then") / 1e9, 41.78, 0.005);
    NEAR(json_member(yearly, "all_givers") / 1e9, 41.89, 0.005);
    double sum = 0;
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(yearly, "rows"), i, row)
    {
        if (json_is_true(json_object_get(row, "subject"))) sum += json_member(row, "now");
        CHECK(*text_of(row, "evidence") && json_member(row, "entries") > 0);
    }
    NEAR(sum / 3, json_member(yearly, "now"), 0.01);
    json_decref(a);
}

/* The document with its number changed, under its own name; the claim's verdict then. */
static void turned(const struct row *r, double by)
{
    char path[700], number[24], changed[24];
    long long low = strtoll(r->low, NULL, 10);
    while (low % 1000 == 0) low /= 1000;
    snprintf(number, sizeof number, "%lld", low);
    snprintf(changed, sizeof changed, "%.0f", (double)low * by);
    snprintf(path, sizeof path, "%s/%s", data, r->document);
    FILE *f = fopen(path, "rb");
    if (!f) abort();
    char *bytes = malloc(1 << 20);
    size_t len = bytes ? fread(bytes, 1, (1 << 20) - 1, f) : 0;
    fclose(f);
    if (!bytes || !len) abort();
    bytes[len] = '\0';
    char *at = strstr(bytes + r->begin, number);
    CHECK(at && at < bytes + r->end);
    const char *name = file(strrchr(r->document, '/') + 1);
    f = fopen(name, "wb");
    if (!f || !at) abort();
    fwrite(bytes, 1, (size_t)(at - bytes), f);
    fputs(changed, f);
    fwrite(at + strlen(number), 1, len - (size_t)(at - bytes) - strlen(number), f);
    fclose(f);
    free(bytes);
    struct row other = *r;
    snprintf(other.low, sizeof other.low, "%.0f",
             strtod(r->low, NULL) / (double)low * strtod(changed, NULL));
    json_t *a = parsed(program(&temp, "--store '%s' check --json '%s'", file("r29.db"), name));
    json_t *claim = claim_of(a, &other);
    CHECK(claim && strcmp(text_of(claim, "verdict"), "holds") != 0);
    if (!tap_this_ok) printf("# %s with %s\n", r->document, changed);
    json_decref(a);
}

static void a_claim_whose_number_is_changed_by_a_third_turns(void)
{
    struct row r;
    int held = 0;
    FILE *f = fopen("test/data/claims.tsv", "r");
    while (f && next_row(f, &r)) {
        if (strcmp(r.verdict, "holds") != 0) continue;
        held++;
        turned(&r, 4.0 / 3);
        turned(&r, 2.0 / 3);
    }
    if (f) fclose(f);
    CHECK_I64(held, 4);
}

static void json_has_its_shape(void)
{
    static const char *const numbers[] = {"said", "then", "now", "all_givers", "start", "end"};
    static const char *const texts[] = {"verdict", "why",   "unit",    "quote",  "document",
                                        "date",    "bound", "measure", "speaker"};
    json_t *a =
        parsed(program(&temp, "--store '%s' check --json '%s/%s'", file("r29.db"), data, podium));
    CHECK(json_integer_value(json_object_get(a, "version")) == 1);
    size_t i, k;
    json_t *claim;
    CHECK_I64((int64_t)json_array_size(json_object_get(a, "claims")), 2);
    json_array_foreach(json_object_get(a, "claims"), i, claim)
    {
        for (k = 0; k < sizeof numbers / sizeof *numbers; k++) {
            CHECK(json_is_number(json_object_get(claim, numbers[k])));
        }
        for (k = 0; k < sizeof texts / sizeof *texts; k++) {
            CHECK(json_is_string(json_object_get(claim, texts[k])));
        }
        CHECK(json_is_null(json_object_get(claim, "known_then")));
        json_t *row = json_array_get(json_object_get(claim, "rows"), 0);
        CHECK(json_is_string(json_object_get(row, "party")));
        CHECK(json_is_boolean(json_object_get(row, "subject")));
        CHECK(json_is_number(json_object_get(row, "now")));
    }
    json_decref(a);
}

static void what_is_recorded_comes_out_as_what_is_read(void)
{
    free(program(&temp, "--store '%s' import '%s/%s'", file("r29.db"), data, podium));
    CHECK_I64(program_exit, 0);
    json_t *read =
        parsed(program(&temp, "--store '%s' check --json '%s/%s'", file("r29.db"), data, podium));
    json_t *kept = parsed(program(&temp, "--store '%s' check --json", file("r29.db")));
    CHECK(json_equal(json_object_get(read, "claims"), json_object_get(kept, "claims")));
    json_decref(read);
    json_decref(kept);
}

static void a_claim_that_fails_is_a_finding(void)
{
    static const struct {
        const char *args;
        int exit;
    } cases[] = {
        {"--day 2024-06-13 --claim 'Since the invasion Germany has given Ukraine 9.2 billion euros "
         "in"
         " military aid.'",
         0},
        {"--day 2024-06-13 --claim 'Since the invasion Germany has given Ukraine 20 billion euros "
         "in"
         " military aid.'",
         1},
        {"--day 2024-06-13 --claim 'We stand with Ukraine.'", 0},
        {"--day yesterday --claim 'We stand with Ukraine.'", 2},
        {"--claim 'We stand with Ukraine.' a-file", 2},
        {"no-such-file.txt", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        free(program(&temp, "--store '%s' check %s", file("r29.db"), cases[i].args));
        CHECK_I64(program_exit, cases[i].exit);
    }
}

int main(int argc, char **argv)
{
    (void)argc;
    setvbuf(stdout, NULL, _IOLBF, 0);
    program_find(argv[0]);
    temp_make(&temp);
    if (shared_dir()) snprintf(data, sizeof data, "%.380s/data", shared_dir());
    RUN(sentences_are_understood_or_the_reason_is_said);
    RUN(two_figures_of_a_sentence_are_two_claims);
    RUN(what_the_reader_took_goes_before_what_is_found_here);
    RUN(the_sentence_around_a_range_is_whole);
    RUN_SHARED(claims_of_real_documents_come_out_as_expected);
    RUN_SHARED(the_two_claims_of_the_podium_have_their_figures);
    RUN_SHARED(a_claim_whose_number_is_changed_by_a_third_turns);
    RUN_SHARED(json_has_its_shape);
    RUN_SHARED(what_is_recorded_comes_out_as_what_is_read);
    RUN_SHARED(a_claim_that_fails_is_a_finding);
    char gone[300];
    snprintf(gone, sizeof gone, "rm -rf '%s'", temp.dir);
    if (system(gone) != 0) return 99;
    return tap_done();
}
