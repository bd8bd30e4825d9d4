/*
 * quote_test.c - words folded, and a quotation laid beside a text.
 *
 * The oracle is the whole table of Levenshtein over words, written as it is
 * defined: no bits, no blocks, no window.
 */
#include "read/quote.h"

#include "base/text.h"
#include "seed.h"
#include "tap.h"

/* --- folding --- */

/* The folded words of a text, a space between. */
static const char *folded(struct arena *a, const char *text, size_t len, bool html)
{
    struct buf b = {.arena = a};
    struct tokens t = {.arena = a, .folded = &b};
    buf_add(&b, "");
    fold(text, len, html, &t);
    if (b.len) b.text[b.len - 1] = '\0';
    return b.text;
}

static void folds(const char *text, const char *want, bool html, int line)
{
    struct arena a = {0};
    const char *got = folded(&a, text, strlen(text), html);
    if (strcmp(got, want) != 0) printf("# line %d\n", line);
    CHECK_TEXT(got, want);
    arena_free(&a);
}
#define FOLDS(text, want) folds(text, want, false, __LINE__)
#define FOLDS_HTML(text, want) folds(text, want, true, __LINE__)

static void form_does_not_count(void)
{
    FOLDS("We\n  NEED\tmore\xc2\xa0help.", "we need more help");
    FOLDS("\"We\xe2\x80\x99re\" \xe2\x80\x9cready\xe2\x80\x9d \xe2\x80\x98now\xe2\x80\x99",
          "we're ready now");
    FOLDS("long-term \xe2\x80\x94 Czech\xe2\x80\x93led", "long term czech led");
    FOLDS("R\xc3\xa9sum\xc3\xa9 Re\xcc\x81sume\xcc\x81 NIINIST\xc3\x96", "resume resume niinisto");
    FOLDS("am\xc2\xadmu\xe2\x80\x8bni\xe2\x80\x8dtion \xe2\x80\x8f!", "ammunition");
    FOLDS("\xd0\x98\xd0\xb9 \xd0\xb8\xd0\xb8", "\xd0\xb8\xd0\xb8\xcc\x86 \xd0\xb8\xd0\xb8");
    FOLDS("Jen\\_Psaki, \\[inaudible\\] **bold** _word_", "jen psaki inaudible bold word");
    FOLDS("the [press room](https://example.org/a/b) here", "the press room here");
    FOLDS("he said [sic](laughter)", "he said sic laughter");
    FOLDS("\xe2\x82\xac"
          "600 and $5, 99%",
          "\xe2\x82\xac 600 and $ 5 99 %");
    FOLDS("U.S. aid, the U.N.; e.g. this. I.We", "us aid the un eg this i we");
    FOLDS("don't 'quoted' Allies' dogs'", "don't quoted allies dogs");
}

static void numbers_keep_what_they_say(void)
{
    FOLDS("1,000 2.5 1,5 12,345,678.90", "1000 2.5 1,5 12345678.90");
    FOLDS("2021,2022 in 2022. Then 3, 4", "2021 2022 in 2022 then 3 4");
    FOLDS("155mm F-16s 60-90", "155mm f 16s 60 90");
}

static void pages_are_read_without_their_tags(void)
{
    FOLDS_HTML("<p class='a > b'>We<br>need</p>&nbsp;AT&amp;T don&rsquo;t &#8212; &#x41;bc &bogus;",
               "b we need at t don't abc bogus");
    FOLDS_HTML("a<script>var x = '<b>';</script>b<style>p {}</STYLE>c", "a b c");
    FOLDS_HTML("1 < 2 <", "1 2");
    FOLDS("1 <b> 2", "1 b 2");
    CHECK(fold_is_html(" \n<!DOCTYPE html><p>", 19));
    CHECK(!fold_is_html("<inaudible> so", 14));
}

static void other_bytes_are_windows_1252(void)
{
    struct arena a = {0};
    FOLDS("We\x92re \x93ready\x94 \x96 T\xfcrkiye", "we're ready turkiye");
    CHECK_TEXT(fold_utf8(&a, "\x93T\xfcr\x94", 5), "\xe2\x80\x9cT\xc3\xbcr\xe2\x80\x9d");
    CHECK_TEXT(fold_utf8(&a, "\xc3\xbc\0z", 4), "\xc3\xbc\xef\xbf\xbdz");
    CHECK_TEXT(fold_utf8(&a, "", 0), "");
    arena_free(&a);
}

static void a_word_knows_its_bytes(void)
{
    static const char text[] = "  U.S. don\xe2\x80\x99t 1,000";
    struct arena a = {0};
    struct tokens t = {.arena = &a};
    fold(text, sizeof text - 1, false, &t);
    CHECK_I64(t.count, 3);
    CHECK(t.list[0].begin == 2 && t.list[0].end == 5);
    CHECK(t.list[1].begin == 7 && t.list[1].end == 14);
    CHECK(t.list[2].begin == 15 && t.list[2].end == 20);
    arena_free(&a);
}

/* --- one quotation against one text --- */

struct laid {
    struct arena arena;
    struct asked asked;
    struct tokens said;
    struct compared c;
    uint32_t distance;
};

static void lay(struct laid *l, const char *asked, const char *said)
{
    struct err err = {0};
    uint32_t end;
    *l = (struct laid){0};
    l->said.arena = &l->arena;
    CHECK(quote_ask(&l->arena, asked, strlen(asked), &l->asked, &err) == RC_OK);
    fold(said, strlen(said), false, &l->said);
    l->distance = quote_distance(&l->asked, &l->said, &end);
    quote_compare(&l->arena, &l->asked, said, strlen(said), false, &l->said, end, &l->c);
    CHECK_I64(l->c.edits, l->distance);
}

/* "number[500|600] negation[|not]" */
static const char *told(struct laid *l)
{
    struct buf b = {.arena = &l->arena};
    buf_add(&b, "");
    for (uint32_t i = 0; i < l->c.count; i++) {
        const struct difference *d = &l->c.differences[i];
        buf_addf(&b, "%s%s[%s|%s]", i ? " " : "", difference_name(d->kind),
                 d->asked ? d->asked : "", d->said ? d->said : "");
    }
    return b.text;
}

static void differs(const char *asked, const char *said, const char *want, int line)
{
    struct laid l;
    lay(&l, asked, said);
    if (strcmp(told(&l), want) != 0) printf("# line %d\n", line);
    CHECK_TEXT(told(&l), want);
    arena_free(&l.arena);
}
#define DIFFERS(asked, said, want) differs(asked, said, want, __LINE__)

#define SENTENCE                                                                                   \
    "Well. We will send 600 million euros and ten radars to Kyiv, and we must not wait. So."

static void what_was_said_has_no_difference(void)
{
    DIFFERS("we will send 600 million euros", SENTENCE, "");
    DIFFERS("\"We WILL\nsend  600 Million euros\"", SENTENCE, "");
    DIFFERS("we will send ... to Kyiv", SENTENCE, "");
    DIFFERS("\xe2\x80\xa6we will [...] and we must not wait\xe2\x80\xa6", SENTENCE, "");
    DIFFERS("We will send (. . .) not wait", SENTENCE, "");
}

static void each_difference_has_its_name(void)
{
    DIFFERS("we will send 600 million dollars and ten radars", SENTENCE, "swapped[dollars|euros]");
    DIFFERS("we will send 600 million and ten radars", SENTENCE, "dropped[|euros]");
    DIFFERS("we will gladly send 600 million euros", SENTENCE, "added[gladly|]");
    DIFFERS("we will send 700 million euros", SENTENCE, "number[700|600]");
    DIFFERS("we will send 600 million euros and twenty radars", SENTENCE, "number[twenty|ten]");
    DIFFERS("to Kyiv, and we must wait", SENTENCE, "negation[|not]");
    DIFFERS("we will not send 600 million euros", SENTENCE, "negation[not|]");
    DIFFERS("We will never send 600 million euros", SENTENCE, "negation[never|]");
    DIFFERS("we won't send 600 million euros", SENTENCE, "negation[won't|will]");
    DIFFERS("we will send half a billion dollars and ten radars", SENTENCE,
            "number[half a billion|600 million] swapped[dollars|euros]");
    DIFFERS("we will send ... to Paris", SENTENCE, "swapped[Paris|Kyiv]");
}

static void a_stretch_has_the_bytes_that_were_asked(void)
{
    struct laid l;
    lay(&l, "\xe2\x80\xa6 to Kyiv, and we must not wait.", SENTENCE);
    CHECK(l.c.begin == 52 && l.c.end == 82);
    arena_free(&l.arena);
    lay(&l, "to Kyiv", SENTENCE);
    CHECK_I64((int64_t)(l.c.end - l.c.begin), 7);
    arena_free(&l.arena);
    lay(&l, "nothing alike stands here", SENTENCE);
    CHECK_I64(l.distance, 4);
    CHECK_I64(l.c.kept, 0);
    arena_free(&l.arena);
}

static void bad_quotations_are_refused(void)
{
    struct arena a = {0};
    struct err err = {0};
    struct asked q;
    size_t len = QUOTE_BYTES_MAX + 1;
    char *big = NEW_ARRAY(&a, len, char);
    CHECK(quote_ask(&a, "", 0, &q, &err) == RC_INPUT);
    CHECK_TEXT(err.msg, "there is no word in the quotation");
    CHECK(quote_ask(&a, " \"...\" \xe2\x80\x8f", 10, &q, &err) == RC_INPUT);
    CHECK(quote_ask(&a, "a\0b", 3, &q, &err) == RC_INPUT);
    CHECK_TEXT(err.msg, "this is no text: it holds a NUL");
    memset(big, 'x', len);
    CHECK(quote_ask(&a, big, len, &q, &err) == RC_INPUT);
    CHECK_TEXT(err.msg, "a quotation may have 1048576 bytes, not 1048577: ask for a part of it");
    for (size_t i = 1; i < len; i += 2) big[i] = ' ';
    CHECK(quote_ask(&a, big, len - 1, &q, &err) == RC_INPUT);
    CHECK_TEXT(err.msg, "a quotation may have 2000 words, not 524288: ask for a part of it");
    CHECK(quote_ask(&a, big, 4000, &q, &err) == RC_OK);
    arena_free(&a);
}

static void nearness_has_limits(void)
{
    CHECK_I64(quote_edits_max(10), 4);
    CHECK_I64(quote_edits_max(2), 0);
    CHECK(quote_is_near(10, 4, 50, 100));
    CHECK(!quote_is_near(10, 5, 100, 100));
    CHECK(!quote_is_near(10, 4, 49, 100));
}

/* --- properties --- */

enum { SAID_MAX = 400, ASKED_MAX = 180 };

struct words {
    uint32_t at[SAID_MAX];
    bool gap[SAID_MAX]; /* an ellipsis before it */
    uint32_t count;
};

static const char *spell(struct arena *a, const struct words *w)
{
    struct buf b = {.arena = a};
    buf_add(&b, "");
    for (uint32_t i = 0; i < w->count; i++) {
        buf_addf(&b, "%s%sw%" PRIu32 "x", i ? " " : "", w->gap[i] ? "... " : "", w->at[i]);
    }
    return b.text;
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* The definition: rows are asked words, columns said words, the ends of the text are free. */
static uint32_t oracle(const struct words *asked, const struct words *said)
{
    static uint32_t d[ASKED_MAX + 1][SAID_MAX + 1];
    for (uint32_t j = 0; j <= said->count; j++) d[0][j] = 0;
    for (uint32_t i = 1; i <= asked->count; i++) {
        d[i][0] = i;
        for (uint32_t j = 1; j <= said->count; j++) {
            uint32_t cost = asked->at[i - 1] != said->at[j - 1];
            d[i][j] = least(d[i - 1][j - 1] + cost, least(d[i - 1][j], d[i][j - 1]) + 1);
            if (i < asked->count && asked->gap[i]) d[i][j] = least(d[i][j], d[i][j - 1]);
        }
    }
    uint32_t best = asked->count;
    for (uint32_t j = 0; j <= said->count; j++) best = least(best, d[asked->count][j]);
    return best;
}

static void random_rows_agree(struct rng *r)
{
    static struct words asked, said;
    struct laid l;
    struct arena a = {0};
    uint32_t different = 2 + rng_below(r, 40);
    said.count = rng_below(r, SAID_MAX);
    asked.count = 1 + rng_below(r, rng_one_in(r, 3) ? ASKED_MAX - 1 : 30);
    for (uint32_t i = 0; i < said.count; i++) said.at[i] = rng_below(r, different);
    uint32_t from = rng_below(r, said.count + 1);
    for (uint32_t i = 0; i < asked.count; i++) {
        bool copied = from + i < said.count && !rng_one_in(r, 5);
        asked.at[i] = copied ? said.at[from + i] : rng_below(r, different);
        asked.gap[i] = i > 0 && rng_one_in(r, 12);
    }
    lay(&l, spell(&a, &asked), spell(&a, &said));
    CHECK_I64(l.asked.words.count, asked.count);
    CHECK_I64(l.distance, oracle(&asked, &said));
    uint32_t marked = 0;
    for (uint32_t i = 0; i < l.c.count; i++) marked += l.c.differences[i].asked_count;
    CHECK_I64(l.c.kept + marked, asked.count);
    arena_free(&l.arena);
    arena_free(&a);
}

static void distance_is_that_of_the_whole_table(void)
{
    seeds_run(600, random_rows_agree);
}

/* The asked row made again from what was said and the differences. */
static bool differences_explain(const struct laid *l)
{
    uint32_t i = 0, j = l->c.first;
    for (uint32_t k = 0; k <= l->c.count; k++) {
        const struct difference *d = k < l->c.count ? &l->c.differences[k] : NULL;
        uint32_t to = d ? d->asked_first : l->asked.words.count;
        for (; i < to; i++, j++) {
            if (j >= l->c.last) return false;
            if (l->asked.words.list[i].hash != l->said.list[j].hash) return false;
        }
        if (!d) break;
        if (d->said_first != j) return false;
        i += d->asked_count;
        j += d->said_count;
    }
    return j == l->c.last;
}

/* Words of a text that has each but once are altered, none beside another. */
static void alterations_are_marked(struct rng *r)
{
    static struct words asked, said;
    bool changed[SAID_MAX] = {0};
    struct laid l;
    struct arena a = {0};
    said.count = 60 + rng_below(r, SAID_MAX - 60);
    for (uint32_t i = 0; i < said.count; i++) said.at[i] = i;
    uint32_t from = rng_below(r, said.count - 40), length = 8 + rng_below(r, 30), edits = 0;
    asked.count = 0;
    memset(asked.gap, 0, sizeof asked.gap);
    for (uint32_t i = 0; i < length; i++) {
        bool alter = i > 0 && i + 1 < length && !changed[i - 1] && rng_one_in(r, 4);
        uint32_t how = rng_below(r, 3);
        changed[i] = alter;
        edits += alter;
        if (!alter || how == 0) asked.at[asked.count++] = from + i;
        if (alter && how < 2) asked.at[asked.count++] = 1000 + i;
    }
    lay(&l, spell(&a, &asked), spell(&a, &said));
    CHECK_I64(l.distance, edits);
    CHECK_I64(l.c.count, edits);
    CHECK_I64(l.c.first, from);
    CHECK(differences_explain(&l));
    for (uint32_t k = 0; k < l.c.count; k++) {
        const struct difference *d = &l.c.differences[k];
        CHECK(d->asked_count + d->said_count <= 2);
        if (d->said_count) CHECK(changed[d->said_first - from]);
        if (d->asked_count) CHECK(asked.at[d->asked_first] >= 1000);
    }
    arena_free(&l.arena);
    arena_free(&a);
}

static void exactly_the_altered_words_are_marked(void)
{
    seeds_run(600, alterations_are_marked);
}

/* Any bytes: words lie in order within the text, and folding a folded text changes nothing. */
static void any_bytes_fold(struct rng *r)
{
    char text[300];
    struct arena a = {0};
    struct tokens t = {.arena = &a};
    size_t len = rng_below(r, sizeof text);
    static const char marks[] = "ab1 .,'<>&;]([\n\\-$%";
    for (size_t i = 0; i < len; i++) {
        text[i] = rng_one_in(r, 4) ? (char)rng_below(r, 256) : marks[rng_below(r, 19)];
    }
    bool html = rng_one_in(r, 2);
    fold(text, len, html, &t);
    for (uint32_t i = 0; i < t.count; i++) {
        CHECK(t.list[i].begin < t.list[i].end && t.list[i].end <= len);
        CHECK(i == 0 || t.list[i - 1].begin <= t.list[i].begin);
        CHECK(t.list[i].len > 0 && t.list[i].len <= TOKEN_BYTES_MAX);
    }
    const char *once = folded(&a, text, len, html);
    CHECK(strlen(once) == 0 || text_is_utf8(once, strlen(once)));
    arena_free(&a);
}

static void any_bytes_are_words_or_nothing(void)
{
    seeds_run(3000, any_bytes_fold);
}

int main(void)
{
    RUN(form_does_not_count);
    RUN(numbers_keep_what_they_say);
    RUN(pages_are_read_without_their_tags);
    RUN(other_bytes_are_windows_1252);
    RUN(a_word_knows_its_bytes);
    RUN(what_was_said_has_no_difference);
    RUN(each_difference_has_its_name);
    RUN(a_stretch_has_the_bytes_that_were_asked);
    RUN(bad_quotations_are_refused);
    RUN(nearness_has_limits);
    RUN(distance_is_that_of_the_whole_table);
    RUN(exactly_the_altered_words_are_marked);
    RUN(any_bytes_are_words_or_nothing);
    return tap_done();
}
