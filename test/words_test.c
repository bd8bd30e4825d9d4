/*
 * words_test.c - text into words and sentences, and the tables behind them.
 *
 * The expectations are written by hand: one text, the words split by spaces,
 * sentences by a bar.
 */
#include "read/words.h"

#include <stdlib.h>

#include "base/buf.h"
#include "seed.h"
#include "tap.h"

static struct arena arena;

static struct words words_from(const char *text)
{
    struct words ws = {0};
    struct plain p = {.text = text, .len = (uint32_t)strlen(text)};
    words_of(&arena, &p, 0, p.len, &ws);
    return ws;
}

/* Words split by spaces, sentences by " | ". */
static const char *cut(const char *text)
{
    struct words ws = words_from(text);
    struct buf b = {.arena = &arena};
    buf_add(&b, "");
    for (uint32_t s = 0; s < ws.sentence_count; s++) {
        if (s) buf_add(&b, " | ");
        for (uint32_t i = 0; i < ws.sentence[s].count; i++) {
            const struct word *w = &ws.word[ws.sentence[s].first + i];
            if (i) buf_add(&b, " ");
            buf_add_bytes(&b, text + w->at, w->len);
        }
    }
    return b.text;
}

static void words_are_cut_as_the_header_says(void)
{
    CHECK_TEXT(cut("Czech-led, at 1,000.5 tons"), "Czech - led , at 1,000.5 tons");
    CHECK_TEXT(cut("we don't, they've, Ukraine's"), "we do n't , they 've , Ukraine 's");
    CHECK_TEXT(cut("$4.5bn and \xE2\x82\xAC"
                   "60m"),
               "$ 4.5 bn and \xE2\x82\xAC 60 m");
    CHECK_TEXT(cut("the U.S. sends 1,00 M777s"), "the U.S. sends 1 , 00 M777s");
    CHECK_TEXT(cut("10s of 1000s"), "10 s of 1000 s");
    CHECK_TEXT(cut("a Przemy\xC5\x9Bl\xE2\x80\x94"
                   "Rzesz\xC3\xB3w line"),
               "a Przemy\xC5\x9Bl \xE2\x80\x94 Rzesz\xC3\xB3w line");
}

static void a_full_stop_ends_a_sentence_unless_it_abbreviates(void)
{
    CHECK_TEXT(cut("They gave. We took."), "They gave . | We took .");
    CHECK_TEXT(cut("Gen. Hill met the U.S. team. Good."),
               "Gen . Hill met the U.S. team . | Good .");
    CHECK_TEXT(cut("At 1.5 million. \"Fine.\" Next"), "At 1.5 million . | \" Fine . \" | Next");
    CHECK_TEXT(cut("no end. lower case follows"), "no end . lower case follows");
}

static void a_hard_wrap_is_no_end_and_an_empty_line_is(void)
{
    CHECK_TEXT(cut("ten\nthousand drones"), "ten thousand drones");
    CHECK_TEXT(cut("A heading\n\nThe text"), "A heading | The text");
    CHECK_TEXT(cut("It holds:\n\n* 8 tanks;\n* 9 guns"), "It holds : | 8 tanks ; | 9 guns");
}

static void a_list_item_and_its_heading_are_known(void)
{
    struct words ws = words_from("It holds:\n\n* 8 tanks\n* 9 guns\n\nThat is all.");
    CHECK_I64(ws.sentence_count, 4);
    CHECK(ws.sentence[0].heading && !ws.sentence[0].bullet);
    CHECK(ws.sentence[1].bullet && ws.sentence[2].bullet && !ws.sentence[3].bullet);
}

static void the_longest_spelling_wins_and_case_does_not_matter(void)
{
    struct words ws = words_from("Armoured Personnel Carriers, tanks and TANK");
    CHECK_I64(ws.word[0].span, 3);
    CHECK_TEXT(word_value(&ws.word[0], WORD_goods), "equipment/each");
    CHECK_TEXT(word_value(&ws.word[4], WORD_goods), "equipment/each");
    CHECK(ws.word[4].entry && ws.word[6].entry);
    CHECK(word_is(&ws, 6, "tank"));
    CHECK(!word_is(&ws, 6, "tan") && !word_is(&ws, 6, "tanks"));
}

/* Words are compared eight bytes at a time: what differs anywhere must still differ. */
static void a_word_is_known_only_when_every_letter_is(void)
{
    static const char *const known[] = {"aid", "tank", "ammunition", "international",
                                        "humanitarian"};
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        size_t len = strlen(known[k]);
        for (size_t room = 0; room < 2; room++) { /* at the end of the text, and before its end */
            char text[64];
            snprintf(text, sizeof text, "%s%s", known[k], room ? " or something else" : "");
            CHECK(words_from(text).word[0].id != 0);
            for (size_t i = 0; i < len; i++) {
                text[i] ^= 0x20;
                CHECK(words_from(text).word[0].id == words_from(known[k]).word[0].id);
                text[i] = 'q';
                CHECK(!words_from(text).word[0].id);
                text[i] = known[k][i];
            }
        }
    }
    arena_reset(&arena);
}

static void a_sentence_has_the_classes_and_shapes_of_its_words(void)
{
    struct words ws = words_from("We send 5 tanks. Nobody came: NATO");
    CHECK(ws.sentence_count == 2);
    for (uint32_t s = 0; s < ws.sentence_count; s++) {
        uint64_t classes = 0;
        uint8_t shape = 0;
        for (uint32_t i = 0; i < ws.sentence[s].count; i++) {
            classes |= word_classes(&ws.word[ws.sentence[s].first + i]);
            shape |= ws.word[ws.sentence[s].first + i].shape;
        }
        CHECK(ws.sentence[s].classes == classes && ws.sentence[s].shape == shape);
    }
    CHECK(ws.sentence[0].classes & IS(goods) && !(ws.sentence[1].classes & IS(goods)));
    CHECK(ws.sentence[0].shape & SHAPE_NUMBER && !(ws.sentence[1].shape & SHAPE_NUMBER));
}

/* Any bytes: words lie in order, inside the text, and cover all that is no white space. */
static void words_cover(struct rng *r)
{
    static const char pieces[] = "aZ9 .,'-\n*$\"\xE2\x80\x94\xC3\xA9";
    char text[64];
    uint32_t len = rng_below(r, sizeof text);
    for (uint32_t i = 0; i < len; i++) text[i] = pieces[rng_below(r, sizeof pieces - 1)];
    text[len] = '\0';
    struct words ws = words_from(text);
    uint32_t at = 0, counted = 0;
    bool good = true;
    for (uint32_t i = 0; i < ws.count; i++) {
        for (; at < ws.word[i].at; at++) good &= strchr(" \n*", text[at]) != NULL;
        good &= ws.word[i].len > 0;
        at = ws.word[i].at + ws.word[i].len;
    }
    for (uint32_t i = 0; i < ws.sentence_count; i++) counted += ws.sentence[i].count;
    good &= at <= len && counted == ws.count;
    arena_reset(&arena);
    CHECK(good);
}

static void words_cover_any_text(void)
{
    seeds_run(3000, words_cover);
}

int main(void)
{
    RUN(words_are_cut_as_the_header_says);
    RUN(a_full_stop_ends_a_sentence_unless_it_abbreviates);
    RUN(a_hard_wrap_is_no_end_and_an_empty_line_is);
    RUN(a_list_item_and_its_heading_are_known);
    RUN(the_longest_spelling_wins_and_case_does_not_matter);
    RUN(a_word_is_known_only_when_every_letter_is);
    RUN(a_sentence_has_the_classes_and_shapes_of_its_words);
    RUN(words_cover_any_text);
    arena_free(&arena);
    return tap_done();
}
