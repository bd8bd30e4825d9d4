/*
 * find_test.c - what was said, over a store: both engines, and an index that
 * is stopped, killed, cut, thrown away or somebody else's.
 */
#include "find/find.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/text.h"
#include "seed.h"
#include "tap.h"
#include "temp.h"

static struct temp temp;

/* --- a store of made-up talk --- */

struct talk {
    struct arena arena;
    struct store *store;
    const char *url;
    uint64_t id;
    uint32_t documents;
};

struct line {
    const char *speaker, *kind, *text;
};

static void talk_open(struct talk *t, const char *url)
{
    struct err err = {0};
    *t = (struct talk){.url = url};
    CHECK(store_open(&t->arena, url, true, &t->store, &err) == RC_OK);
    struct commit head;
    CHECK(t->store->ops->head(t->store, &head, &err) == RC_OK);
    t->id = head.last;
}

static void talk_close(struct talk *t)
{
    store_close(t->store);
    arena_free(&t->arena);
}

static struct record *finish(struct talk *t, struct record *r)
{
    r->id = ++t->id;
    r->recorded_ms = INT64_C(1700000000000) + (int64_t)t->id;
    r->idem = record_idem(&t->arena, r, 1);
    random_bytes(r->salt, SALT_BYTES);
    return r;
}

/* A document of so many turns, one a paragraph; "day" below 0: it says none. */
static void say(struct talk *t, const char *name, int32_t day, const struct line *lines,
                uint32_t count)
{
    struct err err = {0};
    struct buf b = {.arena = &t->arena};
    const struct record **list = NEW_ARRAY(&t->arena, count + 1, const struct record *);
    size_t *begin = NEW_ARRAY(&t->arena, count + 1, size_t);
    buf_addf(&b, "%s\n\n", name);
    for (uint32_t i = 0; i < count; i++) {
        buf_addf(&b, "%s: ", lines[i].speaker ? lines[i].speaker : "Q");
        begin[i] = b.len;
        buf_addf(&b, "%s\n\n", lines[i].text);
    }
    struct evidence e = {.bytes = b.text, .len = b.len};
    char hex[SHA_HEX];
    sha256(b.text, b.len, e.hash);
    hex_encode(e.hash, SHA_BYTES, hex);
    struct record *source = record_new(&t->arena, KIND_SOURCE);
    record_set_text(&t->arena, source, F_KEY, text_format(&t->arena, "sha256:%s", hex));
    record_set_text(&t->arena, source, F_HASH, hex);
    record_set_text(&t->arena, source, F_ADDRESS, name);
    if (day >= 0) record_set_int(&t->arena, source, F_DAY, day);
    list[0] = finish(t, source);
    for (uint32_t i = 0; i < count; i++) {
        struct record *r = record_new(&t->arena, KIND_PASSAGE);
        record_set_text(&t->arena, r, F_TYPE, lines[i].kind);
        record_set_ref(&t->arena, r, F_SOURCE, source->id);
        record_set_text(&t->arena, r, F_PLACE, text_format(&t->arena, "turn %u", i + 1));
        record_set_int(&t->arena, r, F_BEGIN, (int64_t)begin[i]);
        record_set_int(&t->arena, r, F_END, (int64_t)(begin[i] + strlen(lines[i].text)));
        record_set_text(&t->arena, r, F_SPEAKER, lines[i].speaker);
        list[i + 1] = finish(t, r);
    }
    CHECK(store_append(t->store, list, count + 1, &e, 1, &err) == RC_OK);
    t->documents++;
}

enum { APRIL_4 = 19817, MAY_1 = 19844 };

static const struct line briefing[] = {
    {"Ana Falk", "statement",
     "Good afternoon. We will send 600 million euros and ten radars to Norland. We must not wait."},
    {"Piet Roos", "question", "Will you also send tanks, and by when?"},
    {"Ana Falk", "answer", "No tanks. The air defence of Norland\ncomes first, then ammunition."},
    {NULL, "question", "And ammunition?"},
    {"Ana Falk", "answer",
     "Twelve thousand rounds of ammunition have arrived; the factories will deliver the rest."},
};
static const struct line speech[] = {
    {"Bo Lind", "statement",
     "Norland has our word. We will send 600 million euros and two radars to Norland."},
};

static void say_all(struct talk *t)
{
    say(t, "briefing.txt", APRIL_4, briefing, 5);
    say(t, "speech.txt", MAY_1, speech, 1);
}

/* Run a test over both engines. */
static void over_both(void (*test)(struct talk *t))
{
    struct talk t;
    const char *const urls[] = {"memory:", temp_path(&temp, "talk.db")};
    for (int i = 0; i < 2; i++) {
        temp_empty(&temp);
        talk_open(&t, urls[i]);
        say_all(&t);
        test(&t);
        talk_close(&t);
    }
    temp_empty(&temp);
}

/* --- asking --- */

struct asked_for {
    struct arena arena;
    struct finder *finder;
    struct find_quotation q;
    struct find_hits hits;
};

static void finder_begin(struct asked_for *k, struct talk *t)
{
    struct err err = {0};
    *k = (struct asked_for){0};
    bool opened = find_open(t->store, NULL, &k->finder, &err) == RC_OK;
    if (!opened) printf("# %s\n", err.msg);
    CHECK(opened);
}

static void finder_end(struct asked_for *k)
{
    find_close(k->finder);
    arena_free(&k->arena);
}

static const struct find_match *quote(struct asked_for *k, const char *text,
                                      const struct find_filter *filter)
{
    struct err err = {0};
    static const struct find_match none;
    if (find_quote(&k->arena, k->finder, text, strlen(text), filter, 5, &k->q, &err)) {
        printf("# %s\n", err.msg);
        tap_this_ok = false;
    }
    return k->q.count ? &k->q.matches[0] : &none;
}

/* The verdict, the first document and its turn: "verbatim briefing.txt 3". */
static const char *verdict(struct asked_for *k, const char *text, const struct find_filter *filter)
{
    const struct find_match *m = quote(k, text, filter);
    if (k->q.verdict == FIND_ABSENT) return "absent";
    return text_format(&k->arena, "%s %s %u", find_verdict_name(k->q.verdict),
                       m->found.document->name, m->found.piece.turn);
}

static uint64_t hits(struct asked_for *k, const char *words, const struct find_filter *filter)
{
    struct err err = {0};
    if (find_words(&k->arena, k->finder, words, strlen(words), filter, 10, NULL, &k->hits, &err)) {
        printf("# %s: %s\n", words, err.msg);
        tap_this_ok = false;
    }
    return k->hits.total;
}

static void place_is_told_in_full(struct talk *t)
{
    struct asked_for k;
    struct find_filter all = FIND_ALL;
    finder_begin(&k, t);
    const struct find_match *m = quote(&k, "the AIR DEFENCE of Norland comes first", &all);
    CHECK_I64(k.q.verdict, FIND_VERBATIM);
    CHECK_I64(k.q.count, 1);
    CHECK_TEXT(m->found.document->name, "briefing.txt");
    CHECK_I64(m->found.document->day, APRIL_4);
    CHECK_TEXT(m->found.speaker, "Ana Falk");
    CHECK_I64(m->found.piece.turn, 3);
    CHECK_I64(m->found.piece.kind, PIECE_ANSWER);
    CHECK_TEXT(m->found.text, "The air defence of Norland\ncomes first");
    CHECK_I64((int64_t)(m->found.end - m->found.begin), 38);
    CHECK_TEXT(m->found.question, "Will you also send tanks, and by when?");
    CHECK_TEXT(m->found.asker, "Piet Roos");
    CHECK_I64(m->found.question_turn, 2);
    m = quote(&k, "Twelve thousand rounds of ammunition have arrived", &all);
    CHECK_TEXT(m->found.question, "And ammunition?");
    CHECK(m->found.asker == NULL);
    finder_end(&k);
}

static void a_match_names_document_speaker_turn_and_question(void)
{
    over_both(place_is_told_in_full);
}

static void three_verdicts(struct talk *t)
{
    struct asked_for k;
    struct find_filter all = FIND_ALL;
    finder_begin(&k, t);
    CHECK_TEXT(verdict(&k, "We will send 600 million euros", &all), "verbatim briefing.txt 1");
    CHECK_I64(k.q.count, 2);
    CHECK_TEXT(k.q.matches[1].found.document->name, "speech.txt");
    CHECK_TEXT(verdict(&k, "We will ... two radars", &all), "verbatim speech.txt 1");
    CHECK_TEXT(verdict(&k, "We will send 700 million euros and two radars", &all),
               "altered speech.txt 1");
    CHECK_I64(k.q.count, 1);
    CHECK_I64(k.q.matches[0].compared.count, 1);
    CHECK_I64(k.q.matches[0].compared.differences[0].kind, DIFF_NUMBER);
    CHECK_TEXT(verdict(&k, "We must wait", &all), "altered briefing.txt 1");
    CHECK_I64(k.q.matches[0].compared.differences[0].kind, DIFF_NEGATION);
    CHECK_TEXT(verdict(&k, "the weather will be fine in the hills of Sunland", &all), "absent");
    CHECK_TEXT(verdict(&k, "quux", &all), "absent");
    finder_end(&k);
}

static void verbatim_altered_or_absent(void)
{
    over_both(three_verdicts);
}

static bool hides_speech(void *ctx, uint64_t passage)
{
    (void)ctx;
    return passage <= 6; /* the briefing's records come first */
}

static void filters_narrow(struct talk *t)
{
    static const char text[] = "We will send 600 million euros";
    struct asked_for k;
    struct find_filter f = FIND_ALL;
    finder_begin(&k, t);
    f.speaker = "lind";
    CHECK_TEXT(verdict(&k, text, &f), "verbatim speech.txt 1");
    f.speaker = "Cem Aydin";
    CHECK_TEXT(verdict(&k, text, &f), "altered briefing.txt 1");
    CHECK_I64(k.q.matches[0].compared.count, 1);
    CHECK_I64(k.q.matches[0].compared.differences[0].kind, DIFF_SPEAKER);
    CHECK_TEXT(k.q.matches[0].compared.differences[0].asked, "Cem Aydin");
    CHECK_TEXT(k.q.matches[0].compared.differences[0].said, "Ana Falk");
    f.speaker = "Ana Lind";
    CHECK_TEXT(verdict(&k, text, &f), "altered briefing.txt 1");
    f = FIND_ALL;
    f.after = APRIL_4 + 1;
    CHECK_TEXT(verdict(&k, text, &f), "verbatim speech.txt 1");
    CHECK_I64(k.q.count, 1);
    f.before = MAY_1 - 1;
    CHECK_TEXT(verdict(&k, text, &f), "absent");
    f.after = APRIL_4;
    CHECK_TEXT(verdict(&k, text, &f), "verbatim briefing.txt 1");
    f = FIND_ALL;
    f.visible = hides_speech;
    CHECK_TEXT(verdict(&k, "Norland has our word", &f), "absent");
    CHECK_I64((int64_t)hits(&k, "norland", &f), 2);
    finder_end(&k);
}

static void speaker_dates_and_eyes_narrow(void)
{
    over_both(filters_narrow);
}

static void words_are_found(struct talk *t)
{
    struct asked_for k;
    struct find_filter f = FIND_ALL;
    finder_begin(&k, t);
    CHECK_I64((int64_t)hits(&k, "radars NORLAND", &f), 2);
    CHECK_TEXT(k.hits.list[0].document->name, "speech.txt");
    CHECK(strstr(k.hits.list[0].text, "**Norland** has our word") != NULL);
    CHECK(strstr(k.hits.list[0].text, "two **radars** to **Norland**") != NULL);
    CHECK_I64(k.hits.month_count, 2);
    CHECK_I64(k.hits.months[0].month, 2024 * 12 + 3);
    CHECK_I64((int64_t)k.hits.months[0].count, 1);
    CHECK_I64((int64_t)hits(&k, "first comes", &f), 1);
    CHECK_I64((int64_t)hits(&k, "\"first comes\"", &f), 0);
    CHECK_I64((int64_t)hits(&k,
                            "\xe2\x80\x9c"
                            "air defence\xe2\x80\x9d",
                            &f),
              1);
    CHECK_I64((int64_t)hits(&k, "air-defence", &f), 1);
    CHECK_I64((int64_t)hits(&k, "defence-air", &f), 0);
    f.kind = PIECE_ANSWER;
    CHECK_I64((int64_t)hits(&k, "ammunition", &f), 2);
    f.kind = PIECE_QUESTION;
    CHECK_I64((int64_t)hits(&k, "ammunition", &f), 1);
    f = FIND_ALL;
    f.speaker = "Roos";
    CHECK_I64((int64_t)hits(&k, "send", &f), 1);
    finder_end(&k);
}

static void words_stand_in_any_order_and_phrases_together(void)
{
    over_both(words_are_found);
}

static void nothing_typed_is_syntax(struct talk *t)
{
    static const char *const typed[] = {"\"unclosed",      "radars OR tanks",
                                        "radars NOT ten",  "NEAR(radars ten)",
                                        "radar*",          "^we",
                                        "folded:radars",   "{folded}:we",
                                        "radars + ten",    "(radars",
                                        "'; DROP TABLE x", "AND",
                                        "a\"b\"c\"",       "--",
                                        "radars -ten"};
    struct asked_for k;
    struct err err = {0};
    struct find_filter f = FIND_ALL;
    finder_begin(&k, t);
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        enum rc rc =
            find_words(&k.arena, k.finder, typed[i], strlen(typed[i]), &f, 10, NULL, &k.hits, &err);
        CHECK(rc == RC_OK || (rc == RC_INPUT && strcmp(typed[i], "--") == 0));
        rc = find_quote(&k.arena, k.finder, typed[i], strlen(typed[i]), &f, 5, &k.q, &err);
        CHECK(rc == RC_OK || (rc == RC_INPUT && strcmp(typed[i], "--") == 0));
    }
    CHECK_I64((int64_t)hits(&k, "radars OR tanks", &f), 0);
    CHECK_I64((int64_t)hits(&k, "radar*", &f), 0);
    CHECK(find_words(&k.arena, k.finder, "", 0, &f, 10, NULL, &k.hits, &err) == RC_INPUT);
    struct buf many = {.arena = &k.arena};
    for (int i = 0; i < 500; i++) buf_addf(&many, "word%d ", i);
    CHECK(find_words(&k.arena, k.finder, many.text, many.len, &f, 10, NULL, &k.hits, &err) ==
          RC_INPUT);
    CHECK_TEXT(err.msg, "a search takes up to 64 words or phrases");
    finder_end(&k);
}

static void nothing_that_is_typed_is_syntax(void)
{
    over_both(nothing_typed_is_syntax);
}

/* --- long turns, and an oracle --- */

static const char *made_up(struct arena *a, struct rng *r, uint32_t words, uint32_t vocabulary)
{
    struct buf b = {.arena = a};
    for (uint32_t i = 0; i < words; i++) {
        uint32_t rank = rng_below(r, vocabulary);
        rank = rng_below(r, rank + 1); /* common words are common */
        buf_addf(&b, "%sw%ux", i % 13 == 12 ? "\n" : i ? " " : "", rank);
    }
    return b.text;
}

/* Words [from, from + count) of a text of words with one space or line break between. */
static const char *stretch(struct arena *a, const char *text, uint32_t from, uint32_t count)
{
    const char *begin = text;
    for (; from; from--) begin += strcspn(begin, " \n") + 1;
    const char *end = begin;
    for (; count; count--) end += strcspn(end, " \n") + (count > 1);
    return arena_bytes(a, begin, (size_t)(end - begin));
}

static void a_quotation_across_a_long_turn_is_found(void)
{
    struct talk t;
    struct asked_for k;
    struct rng r = {7};
    struct find_filter all = FIND_ALL;
    talk_open(&t, "memory:");
    const char *text = made_up(&t.arena, &r, 30000, 5000); /* some ten pieces */
    struct line turn = {"Ana Falk", "statement", text};
    say(&t, "long.txt", APRIL_4, &turn, 1);
    finder_begin(&k, &t);
    for (uint32_t i = 0; i < 200; i++) {
        uint32_t count = i % 10 == 0 ? 400 + rng_below(&r, 1500) : 12 + rng_below(&r, 300);
        const char *asked = stretch(&k.arena, text, rng_below(&r, 30000 - count), count);
        const struct find_match *m = quote(&k, asked, &all);
        CHECK_I64(k.q.verdict, FIND_VERBATIM);
        CHECK_I64(k.q.count, 1);
        if (k.q.count) CHECK(strcmp(m->found.text, asked) == 0);
    }
    finder_end(&k);
    talk_close(&t);
}

enum { TURNS = 60 };

/* How telling a word is among the turns: find/quote.c's weight, by counting. */
static uint32_t weigh(struct arena *a, const struct line *lines, uint64_t hash)
{
    uint64_t of = 1, n = TURNS + 1;
    uint32_t bits = 0;
    for (uint32_t i = 0; i < TURNS; i++) {
        struct tokens said = {.arena = a};
        bool there = false;
        fold(lines[i].text, strlen(lines[i].text), false, &said);
        for (uint32_t k = 0; k < said.count; k++) there |= said.list[k].hash == hash;
        of += there;
    }
    for (; of * 2 <= n; of *= 2) bits += 16;
    return bits + (uint32_t)(n * 16 / of - 16);
}

/* The least distance to any turn; *near: some turn at that distance is an answer. */
static uint32_t nearest(struct arena *a, const struct asked *q, const struct line *lines,
                        bool *near)
{
    uint32_t best = UINT32_MAX, end;
    for (uint32_t i = 0; i < TURNS; i++) {
        struct tokens said = {.arena = a};
        struct compared c;
        const char *text = lines[i].text;
        uint64_t all = 0, there = 0;
        fold(text, strlen(text), false, &said);
        uint32_t d = quote_distance(q, &said, &end);
        if (d > best) continue;
        if (d < best) *near = false;
        best = d;
        quote_compare(a, q, text, strlen(text), false, &said, end, &c);
        const bool *kept = quote_kept(a, q, &c);
        for (uint32_t k = 0; k < q->words.count; k++) {
            uint32_t w = weigh(a, lines, q->words.list[k].hash);
            all += w;
            there += kept[k] ? w : 0;
        }
        *near |= quote_is_near(q->words.count, d, there, all);
    }
    return best;
}

/* A few words of a text, some of them others. */
static const char *misquote(struct arena *a, struct rng *r, const char *text, uint32_t count,
                            uint32_t vocabulary)
{
    struct buf b = {.arena = a};
    for (const char *p = stretch(a, text, rng_below(r, 10 - count + 1), count); *p;) {
        size_t len = strcspn(p, " \n");
        if (rng_one_in(r, 5))
            buf_addf(&b, "w%ux ", rng_below(r, vocabulary));
        else
            buf_addf(&b, "%.*s ", (int)len, p);
        p += len + (p[len] != 0);
    }
    return b.text;
}

/* The index and its short cuts against every turn, one after the other. */
static void agrees_with_reading_everything(struct rng *r)
{
    struct talk t;
    struct asked_for k;
    struct find_filter all = FIND_ALL;
    struct line lines[TURNS];
    talk_open(&t, "memory:");
    uint32_t vocabulary = 20 + rng_below(r, 400);
    for (uint32_t i = 0; i < TURNS; i++) {
        const char *text = made_up(&t.arena, r, 10 + rng_below(r, 90), vocabulary);
        lines[i] = (struct line){"A", "statement", text};
    }
    say(&t, "made-up.txt", APRIL_4, lines, TURNS);
    finder_begin(&k, &t);
    for (int n = 0; n < 10; n++) {
        struct asked q;
        struct err err = {0};
        bool near = false;
        uint32_t count = 4 + rng_below(r, 6);
        const char *text = lines[rng_below(r, TURNS)].text;
        const char *asked = misquote(&k.arena, r, text, count, vocabulary);
        CHECK(quote_ask(&k.arena, asked, strlen(asked), &q, &err) == RC_OK);
        uint32_t best = nearest(&k.arena, &q, lines, &near);
        const struct find_match *m = quote(&k, asked, &all);
        CHECK((best == 0) == (k.q.verdict == FIND_VERBATIM));
        if (best > quote_edits_max(count)) CHECK_I64(k.q.verdict, FIND_ABSENT);
        if (near) CHECK_I64(m->compared.edits, best);
    }
    finder_end(&k);
    talk_close(&t);
}

static void the_nearest_of_all_turns_is_found(void)
{
    seeds_run(40, agrees_with_reading_everything);
}

/* --- the life of an index --- */

static const char *url_of_file(void)
{
    return temp_path(&temp, "talk.db");
}

static const char *index_file(void)
{
    return temp_path(&temp, "talk.db-words");
}

static void is_as_it_should_be(struct talk *t)
{
    struct asked_for k;
    struct find_filter all = FIND_ALL;
    finder_begin(&k, t);
    if (k.finder) {
        CHECK_TEXT(verdict(&k, "We will send 600 million euros", &all), "verbatim briefing.txt 1");
        CHECK_I64(k.q.count, 2);
        CHECK_I64((int64_t)hits(&k, "norland", &all), 3);
    }
    finder_end(&k);
}

static void what_is_new_is_taken_in(void)
{
    struct talk t;
    struct asked_for k;
    struct find_filter all = FIND_ALL;
    struct line late = {"Cem Aydin", "statement", "Sunland joins the northern fund tomorrow."};
    talk_open(&t, url_of_file());
    finder_begin(&k, &t); /* an empty store is no fault */
    CHECK_TEXT(verdict(&k, "We will send 600 million euros", &all), "absent");
    finder_end(&k);
    say_all(&t);
    is_as_it_should_be(&t);
    say(&t, "late.txt", -1, &late, 1);
    finder_begin(&k, &t);
    CHECK_TEXT(verdict(&k, "Sunland joins the northern fund", &all), "verbatim late.txt 1");
    finder_end(&k);
    is_as_it_should_be(&t);
    talk_close(&t);
    temp_empty(&temp);
}

static void a_lost_index_is_made_again_and_the_log_is_untouched(void)
{
    struct talk t;
    struct err err = {0};
    struct verdict before, after;
    talk_open(&t, url_of_file());
    say_all(&t);
    CHECK(store_verify(t.store, &before, &err) == RC_OK);
    is_as_it_should_be(&t);
    CHECK(access(index_file(), F_OK) == 0);
    CHECK(store_verify(t.store, &after, &err) == RC_OK);
    CHECK(memcmp(before.root, after.root, SHA_BYTES) == 0);
    CHECK(unlink(index_file()) == 0);
    is_as_it_should_be(&t);
    talk_close(&t);
    temp_empty(&temp);
}

static void spoil(const char *path, const char *with, size_t len, off_t at)
{
    int fd = open(path, O_RDWR | O_CREAT, 0600);
    CHECK(fd >= 0 && pwrite(fd, with, len, at) == (ssize_t)len);
    close(fd);
}

static void a_damaged_index_is_made_again(void)
{
    struct talk t;
    struct stat st;
    talk_open(&t, url_of_file());
    say_all(&t);
    is_as_it_should_be(&t);
    spoil(index_file(), "this is no database of anybody", 30, 0);
    is_as_it_should_be(&t);
    CHECK(truncate(index_file(), 3000) == 0);
    is_as_it_should_be(&t);
    spoil(index_file(), "", 0, 0);
    CHECK(truncate(index_file(), 0) == 0);
    is_as_it_should_be(&t);
    CHECK(stat(index_file(), &st) == 0 && st.st_size > 4096);
    talk_close(&t);
    temp_empty(&temp);
}

static void an_index_of_another_log_is_made_again(void)
{
    struct talk t;
    struct line other = {"Dot", "statement", "Nothing of that was ever said here, word for word."};
    talk_open(&t, url_of_file());
    for (int i = 0; i < 8; i++) { /* as many records as the other log has */
        say(&t, text_format(&t.arena, "other-%d.txt", i), APRIL_4, &other, 1);
    }
    struct asked_for k;
    finder_begin(&k, &t);
    finder_end(&k);
    talk_close(&t);
    CHECK(unlink(url_of_file()) == 0); /* its index stays behind */
    talk_open(&t, url_of_file());
    say_all(&t);
    is_as_it_should_be(&t);
    talk_close(&t);
    temp_empty(&temp);
}

static void a_file_of_something_else_is_not_overwritten(void)
{
    struct talk t;
    struct store *s;
    struct arena a = {0};
    struct err err = {0};
    struct finder *f;
    talk_open(&t, url_of_file());
    say_all(&t);
    CHECK(store_open(&a, index_file(), true, &s, &err) == RC_OK); /* a store, of all things */
    struct talk in_the_way = {.store = s, .url = index_file()};
    say_all(&in_the_way);
    store_close(s);
    CHECK(find_open(t.store, NULL, &f, &err) == RC_STORE);
    CHECK(strstr(err.msg, "is in the way of the index: it is something else") != NULL);
    CHECK(store_open(&a, index_file(), false, &s, &err) == RC_OK);
    struct commit head;
    CHECK(s->ops->head(s, &head, &err) == RC_OK && head.last == 8);
    store_close(s);
    arena_free(&in_the_way.arena);
    arena_free(&a);
    talk_close(&t);
    temp_empty(&temp);
}

static void where_nothing_may_be_written_it_still_answers(void)
{
    struct talk t;
    if (geteuid() == 0) return; /* root writes everywhere */
    talk_open(&t, url_of_file());
    say_all(&t);
    CHECK(chmod(temp.dir, 0500) == 0);
    is_as_it_should_be(&t);
    CHECK(chmod(temp.dir, 0700) == 0);
    talk_close(&t);
    temp_empty(&temp);
}

struct stopping {
    uint64_t at;
    bool dies;
};

static bool stop_there(void *ctx, uint64_t done, uint64_t total)
{
    const struct stopping *s = ctx;
    (void)total;
    if (done < s->at) return true;
    if (s->dies) _exit(0);
    return false;
}

static void a_filling_that_is_stopped_goes_on_there(void)
{
    for (uint64_t at = 1; at <= 8; at++) {
        struct talk t;
        struct err err = {0};
        struct finder *f;
        struct stopping s = {.at = at};
        struct watch w = {&s, stop_there};
        talk_open(&t, url_of_file());
        say_all(&t);
        CHECK(find_open(t.store, &w, &f, &err) == RC_ABSENT);
        CHECK_TEXT(err.msg, "interrupted");
        is_as_it_should_be(&t);
        talk_close(&t);
        temp_empty(&temp);
    }
}

static void a_filling_that_is_killed_is_whole_or_not_there(void)
{
    for (uint64_t at = 1; at <= 8; at++) {
        struct talk t;
        talk_open(&t, url_of_file());
        say_all(&t);
        talk_close(&t);
        fflush(stdout);
        pid_t child = fork();
        if (child == 0) {
            struct err err = {0};
            struct finder *f;
            struct stopping s = {.at = at, .dies = true};
            struct watch w = {&s, stop_there};
            struct talk mine;
            talk_open(&mine, url_of_file());
            (void)!find_open(mine.store, &w, &f, &err);
            _exit(1);
        }
        int status;
        CHECK(waitpid(child, &status, 0) == child && status == 0);
        talk_open(&t, url_of_file());
        is_as_it_should_be(&t);
        talk_close(&t);
        temp_empty(&temp);
    }
}

/* What a power cut leaves: some prefix of the log of changes, and nothing behind it. */
static void cut_the_power(struct rng *r)
{
    struct talk t;
    struct stat st;
    talk_open(&t, url_of_file());
    say(&t, "briefing.txt", APRIL_4, briefing, 5);
    struct asked_for k;
    finder_begin(&k, &t);
    finder_end(&k);
    say(&t, "speech.txt", MAY_1, speech, 1);
    talk_close(&t);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        struct err err = {0};
        struct finder *f;
        struct talk mine;
        talk_open(&mine, url_of_file());
        _exit(find_open(mine.store, NULL, &f, &err) == RC_OK ? 0 : 1); /* and never closed */
    }
    int status;
    CHECK(waitpid(child, &status, 0) == child && status == 0);
    const char *wal = temp_path(&temp, "talk.db-words-wal");
    CHECK(stat(wal, &st) == 0 && st.st_size > 0);
    if (stat(wal, &st) == 0) {
        off_t left = (off_t)rng_below(r, (uint32_t)st.st_size + 1);
        CHECK(truncate(wal, left) == 0);
        if (left && rng_one_in(r, 2))
            spoil(wal, "\xff\x00\xff", 3, (off_t)rng_below(r, (uint32_t)left));
    }
    talk_open(&t, url_of_file());
    is_as_it_should_be(&t);
    talk_close(&t);
    temp_empty(&temp);
}

static void after_a_power_cut_it_is_made_up_for(void)
{
    seeds_run(60, cut_the_power);
}

static void evidence_is_read_in_parts(struct talk *t)
{
    uint8_t hash[SHA_BYTES] = {1};
    struct arena a = {0};
    struct err err = {0};
    const char *bytes;
    uint64_t len;
    static const char text[] = "nine bytes";
    struct evidence e = {.bytes = text, .len = 10};
    sha256(text, 10, e.hash);
    struct record *r = record_new(&t->arena, KIND_SOURCE);
    record_set_text(&t->arena, r, F_KEY, "part");
    const struct record *list[] = {finish(t, r)};
    CHECK(store_append(t->store, list, 1, &e, 1, &err) == RC_OK);
    const struct store_ops *ops = t->store->ops;
    CHECK(ops->evidence_part(t->store, &a, e.hash, 5, 8, &bytes, &len, &err) == RC_OK);
    CHECK(len == 3 && memcmp(bytes, "byt", 3) == 0);
    CHECK(ops->evidence_part(t->store, &a, e.hash, 5, 800, &bytes, &len, &err) == RC_OK);
    CHECK(len == 5 && memcmp(bytes, "bytes", 5) == 0);
    CHECK(ops->evidence_part(t->store, &a, e.hash, 90, 95, &bytes, &len, &err) == RC_OK);
    CHECK(len == 0);
    CHECK(ops->evidence_part(t->store, &a, hash, 0, 5, &bytes, &len, &err) == RC_ABSENT);
    arena_free(&a);
}

static void a_part_of_the_evidence_is_read_by_itself(void)
{
    over_both(evidence_is_read_in_parts);
}

int main(void)
{
    temp_make(&temp);
    RUN(a_match_names_document_speaker_turn_and_question);
    RUN(verbatim_altered_or_absent);
    RUN(speaker_dates_and_eyes_narrow);
    RUN(words_stand_in_any_order_and_phrases_together);
    RUN(nothing_that_is_typed_is_syntax);
    RUN(a_quotation_across_a_long_turn_is_found);
    RUN(the_nearest_of_all_turns_is_found);
    RUN(what_is_new_is_taken_in);
    RUN(a_lost_index_is_made_again_and_the_log_is_untouched);
    RUN(a_damaged_index_is_made_again);
    RUN(an_index_of_another_log_is_made_again);
    RUN(a_file_of_something_else_is_not_overwritten);
    RUN(where_nothing_may_be_written_it_still_answers);
    RUN(a_filling_that_is_stopped_goes_on_there);
    RUN(a_filling_that_is_killed_is_whole_or_not_there);
    RUN(after_a_power_cut_it_is_made_up_for);
    RUN(a_part_of_the_evidence_is_read_by_itself);
    temp_remove(&temp);
    return tap_done();
}
