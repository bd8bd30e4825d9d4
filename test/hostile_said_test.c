/*
 * hostile_said_test.c - texts that nobody says: words in no order, and
 * sentences without end.
 */
#define _DEFAULT_SOURCE /* mallinfo2 */
#include <malloc.h>

#include "sentences.h"

#if defined(__SANITIZE_ADDRESS__)
#define UNDER_ASAN
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define UNDER_ASAN
#endif
#endif
#ifdef UNDER_ASAN
size_t __sanitizer_get_current_allocated_bytes(void); /* gcc installs no header for it */
#endif

/* --- what holds of any text --- */

static const char *const scraps[] = {
    "Norway",
    "will send",
    "40 tanks",
    "to Ukraine",
    ".",
    ".",
    "\n\n",
    "\n- ",
    ",",
    " and ",
    "we",
    "our Allies",
    "have delivered",
    "$1.5 billion",
    "in military aid",
    "if",
    "not",
    "has never",
    "2% of GDP",
    "on defence",
    "Jon Bell (BBC): ",
    "Q    ",
    "MR. HOLT:  ",
    "NATO Secretary General: ",
    "\n\nNATO Secretary General Ada Lind: ",
    "\n\nKim Lee (Le Monde): ",
    "?",
    ":",
    ";",
    " \xE2\x80\x94 ",
    "Russia attacks Ukraine",
    "thank you",
    "for",
    "the",
    "from Spain",
    "by Italy",
    "including",
    "artillery shells",
    "more than 50 nations",
    "needs",
    "missiles",
    "agreed to establish",
    "a fund",
    "(inaudible)",
    "[",
    "]",
    "\"",
    "\xE2\x80\x99s",
    "half a billion euros",
    "tens of thousands of",
    "refugees",
    "hosts",
    "trained",
    "bringing the total to",
    "Congress",
    "request",
    "17 percent",
};

/* Words in no order, with labels among them. */
static const char *salad(struct rng *r)
{
    struct buf out = {.arena = &arena};
    const struct form *const forms[] = {&nato,      &asked,    &white_house, &fact_sheet,
                                        &president, &captions, &donors};
    buf_add(&out, (*PICK(r, forms))->before);
    for (uint32_t n = 20 + rng_below(r, 400); n > 0; n--)
        buf_addf(&out, "%s%s", *PICK(r, scraps), rng_one_in(r, 8) ? "" : " ");
    return out.text;
}

static void check_parties(const struct said_parties *ps)
{
    CHECK(ps->count <= SAID_PARTIES_MAX);
    for (uint32_t i = 0; i < ps->count && i < SAID_PARTIES_MAX; i++) {
        CHECK(ps->code[i] && *ps->code[i]);
        for (uint32_t k = 0; k < i; k++) CHECK(strcmp(ps->code[i], ps->code[k]) != 0);
    }
}

static void check_statement(const struct reading *r, const struct said *s, const char *text)
{
    CHECK(s->turn < r->turn_count);
    if (s->turn >= r->turn_count) return;
    const struct turn *t = &r->turns[s->turn];
    CHECK(t->start <= s->start && s->start < s->end && s->end <= t->end);
    CHECK(s->item != NULL);
    CHECK((s->kind == SAID_SUPPORT) == (s->stage != SAID_NO_STAGE));
    CHECK(!s->counted || dec_cmp(s->low, s->high) <= 0);
    CHECK(s->counted || !s->unit);
    check_parties(&s->giver);
    check_parties(&s->receiver);
    for (uint32_t i = 0; i < s->receiver.count && s->kind == SAID_SUPPORT; i++)
        for (uint32_t k = 0; k < s->giver.count; k++) /* nobody gives to itself */
            CHECK(strcmp(s->receiver.code[i], s->giver.code[k]) != 0);
    if (!tap_this_ok)
        printf("# in '%s'\n# of %s\n", read_quote(&arena, text, s->start, s->end), text);
}

static void a_salad_is_read(struct rng *r)
{
    const char *text = salad(r);
    struct reading got = reading_of(text);
    for (uint32_t i = 0; i < got.said_count && tap_this_ok; i++)
        check_statement(&got, &got.said[i], text);
    CHECK_TEXT(all_said(text), all_said(text)); /* and the same again */
    arena_free(&arena);
}

static void a_statement_stands_within_its_turn_and_is_whole(void)
{
    seeds_run(400, a_salad_is_read);
}

/* --- texts that are meant to hurt --- */

/* The heap in use. The arena gives nothing back, so after a reading it is all that was taken. */
static int64_t heap_bytes(void)
{
#ifdef UNDER_ASAN
    return (int64_t)__sanitizer_get_current_allocated_bytes();
#else
    struct mallinfo2 m = mallinfo2();
    return (int64_t)(m.uordblks + m.hblkhd);
#endif
}

/* A text: the words before, n times the middle (%u is its number), the words behind. */
struct monster {
    const char *name, *before, *middle, *behind;
    uint32_t times;
};

static const struct monster monsters[] = {
    {"numbers in a sentence", "Norway will send ", "%u tanks, ", "and 7 drones to Ukraine.", 10000},
    {"bare numbers", "Norway will send ", "%u ", "to Ukraine.", 20000},
    {"sums", "Norway will send ", "%u million euros and ", "aid to Ukraine.", 10000},
    {"countries in a list", "", "Norway, Latvia, Spain, ", "and Italy will send 40 tanks.", 5000},
    {"one giver after another", "40 tanks ", "from Norway by Spain ", "to Ukraine.", 5000},
    {"verbs", "Norway ", "will send and has sent ", "40 tanks to Ukraine.", 10000},
    {"negations", "Norway will ", "not never ", "send 40 tanks.", 20000},
    {"conditions", "", "if Norway agrees ", "Spain will send 40 tanks.", 10000},
    {"clauses", "Norway will send 40 tanks ", "; but, which, while ", ".", 10000},
    {"brackets", "Norway ", "(", "will send 40 tanks.", 100000},
    {"brackets that close", "", "[Norway (", "will send) 40 tanks].", 50000},
    {"quotation marks", "", "\"'\xE2\x80\x9C", "Norway will send 40 tanks.", 50000},
    {"no full stop for a megabyte", "", "we will send tanks to Ukraine and ", "", 32000},
    {"capitals", "", "Norway Ministry Of Ada ", "will send 40 tanks.", 20000},
    {"list items", "Norway will send:\n\n", "- %u tanks\n", "", 20000},
    {"headings", "", "Norway will send:\n\n", "40 tanks", 10000},
    {"labels", "", "Jon Bell (BBC): Will Norway send %u tanks?\n\n", "", 10000},
    {"two who talk", "",
     "NATO Secretary General: We will send %u tanks.\n\nJon Bell (BBC): Why?\n\n", "", 5000},
    {"labels without words", "", "MR. HOLT: ", "", 20000},
    {"questions", "", "Will Norway send %u tanks? ", "", 10000},
    {"needs in fragments", "Ukraine needs tanks. ", "More tanks. ", "", 20000},
    {"back-references", "Norway will send 40 tanks. ", "It will send them, and that. ", "", 10000},
    {"contents", "The package includes ", "including drones, ", "and tanks.", 10000},
    {"decisions", "Allies ", "agreed to establish and decided to ", "set up a Fund.", 10000},
    {"thanks", "Thank you ", "to Norway for the tanks and ", "for all.", 10000},
    {"possessives", "", "Norway's ", "tanks were sent.", 20000},
    {"dashes", "Norway ", "\xE2\x80\x94 - ", "will send 40 tanks.", 30000},
    {"one long word", "Norway will send ", "tank", " to Ukraine.", 200000},
    {"one long number", "Norway will send 1", "0", " tanks to Ukraine.", 200000},
    {"thousands that never end", "Norway will send 1", ",000", " tanks to Ukraine.", 100000},
};

static const char *text_of_monster(const struct monster *m, uint32_t times)
{
    struct buf out = {.arena = &arena};
    buf_add(&out, nato.before);
    buf_add(&out, m->before);
    const char *mark = strstr(m->middle, "%u");
    for (uint32_t i = 0; i < times; i++) {
        if (!mark) buf_add(&out, m->middle);
        if (mark) buf_addf(&out, "%.*s%u%s", (int)(mark - m->middle), m->middle, i + 4, mark + 2);
    }
    buf_addf(&out, "%s%s", m->behind, nato.behind);
    return out.text;
}

struct cost {
    int64_t bytes, statements, turns;
};

static struct cost cost_of(const struct monster *m, uint32_t times)
{
    struct arena own = {0};
    struct reading r = {0};
    struct err err = {0};
    const char *text = text_of_monster(m, times);
    int64_t before = heap_bytes();
    CHECK(read_document(&own, text, strlen(text), &r, &err) == RC_OK);
    struct cost c = {heap_bytes() - before, r.said_count, r.turn_count};
    for (uint32_t i = 0; i < r.said_count && tap_this_ok; i++)
        check_statement(&r, &r.said[i], m->name);
    arena_free(&own);
    arena_free(&arena);
    return c;
}

/*
 * Four times the text costs some four times as much, not sixteen: room that
 * doubles may double the cost, never square it. What is counted is memory and
 * statements, not time, which no machine gives twice.
 */
static void what_a_text_costs_grows_with_it(void)
{
    enum { SLACK = 1 << 20 };
    for (size_t i = 0; i < COUNT(monsters); i++) {
        const struct monster *m = &monsters[i];
        struct cost small = cost_of(m, m->times / 4), large = cost_of(m, m->times);
        bool grows = large.bytes <= 8 * small.bytes + SLACK &&
                     large.statements <= 5 * small.statements + 100 &&
                     large.turns <= 5 * small.turns + 100;
        if (!grows)
            printf("# %s: %" PRId64 " and %" PRId64 " bytes, %" PRId64 " and %" PRId64
                   " statements\n",
                   m->name, small.bytes, large.bytes, small.statements, large.statements);
        CHECK(grows);
    }
}

/* The whole of a short sentence is read although a monster stands before it. */
static void a_monster_does_not_swallow_what_follows(void)
{
    for (size_t i = 0; i < COUNT(monsters); i++) {
        struct monster m = monsters[i];
        m.behind = text_format(&arena,
                               "%s\n\nNATO Secretary General: Latvia has delivered 1,234 "
                               "radars to Ukraine.",
                               m.behind);
        const char *text = text_of_monster(&m, 300);
        const char *got = all_said(text);
        if (!strstr(got, "support provided LVA>UKR 1234 each equipment\n"))
            printf("# behind %s\n# ... %s", m.name,
                   strlen(got) > 200 ? got + strlen(got) - 200 : got);
        CHECK(strstr(got, "support provided LVA>UKR 1234 each equipment\n"));
        arena_free(&arena);
    }
}

/* Captions are cut where the screen is full: here within "been asking for", a verb of the tables.
 */
static void a_line_may_end_within_a_spelling(void)
{
    const char *text = "so Russia attacks Ukraine and the allies\nsupport Ukraine and that is why\n"
                       "we are here\nthese are modern tanks which the Ukrainian\n"
                       "authorities have been asking\nfor and that was the day\nfrom Brussels\n";
    struct reading got = reading_of(text);
    CHECK(got.said_count == 1);
    for (uint32_t i = 0; i < got.said_count; i++) check_statement(&got, &got.said[i], text);
    CHECK_TEXT(all_said(text), "need >UKR equipment\n");
    arena_free(&arena);
}

int main(void)
{
    RUN(a_statement_stands_within_its_turn_and_is_whole);
    RUN(what_a_text_costs_grows_with_it);
    RUN(a_monster_does_not_swallow_what_follows);
    RUN(a_line_may_end_within_a_spelling);
    return tap_done();
}
