/*
 * plain_test.c - documents as plain text, and the way back to their bytes.
 *
 * The property makes a document of parts whose words it knows, among marks that
 * must go, in text and in HTML; then the words must be there, and each of their
 * letters must stand in the file where the map says.
 */
#include "read/plain.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/text.h"
#include "seed.h"
#include "tap.h"

static struct arena arena;

/* A field that may be missing. */
#define CHECK_FIELD(got, want) CHECK_TEXT((got) ? (got) : "(none)", want)

static struct plain made_of(const char *bytes, size_t len)
{
    struct plain p = {0};
    struct err err = {0};
    CHECK(plain_make(&arena, bytes, len, &p, &err) == RC_OK);
    return p;
}

static struct plain made(const char *document)
{
    return made_of(document, strlen(document));
}

static const char *plain_text(const char *document)
{
    return made_of(document, strlen(document)).text;
}

static void marks_and_spaces_are_folded(void)
{
    CHECK_TEXT(plain_text("\xE2\x80\x9CYes\xE2\x80\x9D, it\xE2\x80\x99s 5\xE2\x80\x93"
                          "6\xC2\xA0tonnes\xE2\x80\xA6"),
               "\"Yes\", it's 5-6 tonnes...");
    CHECK_TEXT(plain_text("a\xE2\x80\x8B"
                          "b\xE2\x80\x8F"
                          "c\xC2\xAD"
                          "d\xEF\xBB\xBF"
                          "e\a"),
               "abcde");
    CHECK_TEXT(plain_text("so \xE2\x80\x94 no"), "so \xE2\x80\x94 no");
    CHECK_TEXT(plain_text("\xEF\xBB\xBFTitle"), "Title");
}

static void lines_and_paragraphs_are_told_apart(void)
{
    CHECK_TEXT(plain_text("one\ntwo\n\n\n \nthree  \n"), "one\ntwo\n\nthree");
    CHECK_TEXT(plain_text("one\r\ntwo\r\n\r\nthree\r"), "one\ntwo\n\nthree");
    CHECK_TEXT(plain_text("one\rtwo\r\rthree"), "one\ntwo\n\nthree");
    CHECK_TEXT(plain_text("   \xC2\xA0\n\n  one\n\xC2\xA0\n two\xC2\xA0\n"), "one\n\ntwo");
    CHECK_TEXT(plain_text(""), "");
    CHECK_TEXT(plain_text(" \n\n"), "");
}

static void windows_1252_is_read_where_utf8_is_not(void)
{
    CHECK_TEXT(plain_text("Malm\xF6 \x96 \x93yes\x94 \x80 5"),
               "Malm\xC3\xB6 - \"yes\" \xE2\x82\xAC 5");
    CHECK_TEXT(plain_text("\xC5\x81\xF3"
                          "d\xC5\xBA"),
               "\xC5\x81\xC3\xB3"
               "d\xC5\xBA");
    CHECK_TEXT(plain_utf8(&arena, "Malm\xF6", 5), "Malm\xC3\xB6");
}

static void markdown_says_what_it_stands_for(void)
{
    CHECK_TEXT(plain_text("**MR. HILL:** we _gave_ a\\_b \\[tanks\\] \\$5"),
               "MR. HILL: we gave a_b [tanks] $5");
    CHECK_TEXT(plain_text("We [gave\nthem](https://a.b/c_d) all ![map](m.png) 3*4 * 5 [not](a b)"),
               "We gave\nthem all  3*4 * 5 [not](a b)");
    CHECK_TEXT(plain_text("# Aid\nMore\n## Then\n> quoted\n---\nend"),
               "Aid\n\nMore\n\nThen\n\nquoted\n\nend");
    CHECK_TEXT(plain_text("AT&amp;T &lt;3&#8217;s &nosuch; R&D <br>new <b>x</b> a < b"),
               "AT&T <3's &nosuch; R&D\nnew x a < b");
    CHECK_TEXT(plain_text("| Who | What |\n|-----|------|\n| Hill | tanks |"),
               "Who\nWhat\n\nHill\ntanks");
}

static void bullets_begin_their_line(void)
{
    CHECK_TEXT(plain_text("It has:\n-   800 rounds\n    of steel;\n\xE2\x80\xA2 5 jets\n* more"),
               "It has:\n* 800 rounds\nof steel;\n* 5 jets\n* more");
    CHECK_TEXT(plain_text("drones\n\xE2\x80\x93 and more \xE2\x80\x93 came"),
               "drones\n- and more - came");
}

static void what_is_struck_out_is_not_said(void)
{
    CHECK_TEXT(plain_text("We gave <s>$300</s> \\[$30\\] million to <s>Peru</s>\n\\[Chile\\]."),
               "We gave $30 million to\nChile.");
    CHECK_TEXT(plain_text("<s>8,000</s>[80,000] came, <s>l</s>evel [sic]."),
               "80,000 came, level [sic].");
    CHECK_TEXT(plain_text("<s>open\n\n[end] and ] more"), "open\n\n[end] and ] more");
}

static void captions_run_on(void)
{
    CHECK_TEXT(
        plain_text("WEBVTT\nKind: captions\n\n1\n00:00:01.000 --> 00:00:02.500\nwe give\n\n2\n"
                   "00:00:02.500 --> 00:00:04.000\n18 jets\n"),
        "we give\n18 jets");
    CHECK_TEXT(plain_text("0:15\nwe give\n0:18\n[00:00:21] 18 jets"), "we give\n18 jets");
    CHECK_TEXT(plain_text("00:15we give\n00:18 18 jets\n00:21and more"),
               "we give\n18 jets\nand more");
    CHECK_TEXT(plain_text("0:15 We give.\n\n0:18 And more."), "We give.\n\nAnd more.");
    CHECK_TEXT(plain_text("4:44 P.M. EST\n\nGood day."), "4:44 P.M. EST\n\nGood day.");
    CHECK_TEXT(plain_text("5:30\nis a time, 12\nis none"), "is a time, 12\nis none");
}

static void front_matter_is_no_text(void)
{
    struct plain p = made("---\ntags: x\ndate: '2023-05-04'\n"
                          "published_time: 2023-05-04 13:28:18-04:00\n"
                          "title: \"Aid to\\_the \\u201CNorth\\\n  \\ Sea\\\"\"\n"
                          "source_url: https://a.b/c\n---\n\nText.\n");
    CHECK_TEXT(p.text, "Text.");
    CHECK_FIELD(p.date, "2023-05-04");
    CHECK_FIELD(p.published, "2023-05-04T13:28:18-04:00");
    CHECK_FIELD(p.title, "Aid to the \xE2\x80\x9CNorth Sea\"");
    CHECK_FIELD(p.address, "https://a.b/c");
    p = made("---\r\ntitle: 'It''s\r\n  two'\r\ndate: May 4, 2023\r\n...\r\nText.");
    CHECK_FIELD(p.title, "It's two");
    CHECK_FIELD(p.date, "2023-05-04");
    CHECK_TEXT(p.text, "Text.");
    CHECK_TEXT(plain_text("---\ntitle: open\n\nText."), "title: open\n\nText.");
}

static void pages_are_read_for_their_text(void)
{
    static const char page[] =
        "<!DOCTYPE html><html><head><title>Aid | Press room</title>"
        "<meta property=\"og:title\" content=\"Aid &amp; more\">"
        "<meta property=\"article:published_time\" content=\"2023-05-04T09:00:00Z\">"
        "<link rel=canonical href='https://a.b/c'><style>p>a{}</style>"
        "<script>if (a<b) document.write('<p>no</p>')</script></head><body>"
        "<nav><ul><li>Home<nav>x</nav></li></ul></nav><p>Chrome</p><main>\n"
        "<h1>Aid</h1><!-- <p>no</p> --><p title='a > b'><strong>Mr.&nbsp;Hill</strong>: we\n  give"
        "&mdash;now<br/>all.</p><ul><li>18 jets</li><li>5&#x2019;s</li></ul>"
        "<table><tr><td>Who:</td><td>Hill</td></tr></table></main><footer>no</footer></body></"
        "html>";
    struct plain p = made_of(page, sizeof page - 1);
    CHECK_TEXT(p.text,
               "Aid\n\nMr. Hill: we give\xE2\x80\x94now\nall.\n\n* 18 jets\n\n* 5's\n\nWho:\nHill");
    CHECK_FIELD(p.title, "Aid & more");
    CHECK_FIELD(p.date, "2023-05-04");
    CHECK_FIELD(p.published, "2023-05-04T09:00:00Z");
    CHECK_FIELD(p.address, "https://a.b/c");
}

static void hostile_pages_give_an_answer(void)
{
    CHECK_TEXT(plain_text("<html><p>a<nav><p>b"), "a\n\nb");
    CHECK_TEXT(plain_text("<html><p>a</p><!-- b"), "a");
    CHECK_TEXT(plain_text("<html><p>a<script>b"), "a");
    CHECK_TEXT(plain_text("<html><p>a<p class=\"b>c</p>d"), "a\n\nc\n\nd");
    CHECK_TEXT(plain_text("<html><p>a &#0; &#xD800; &#99999999; < b <"),
               "a &#xD800; &#99999999; < b <");
    CHECK_TEXT(plain_text("<html><p>a</p><"), "a\n\n<");
}

static void what_is_no_text_is_refused(void)
{
    struct plain p;
    struct err err = {0};
    CHECK(plain_make(&arena, "a\0b", 3, &p, &err) == RC_INPUT);
    CHECK_TEXT(err.msg, "the document is no text: byte 1 is zero");
    CHECK(plain_make(&arena, "\xFF\xFEh\0", 4, &p, &err) == RC_INPUT);
    CHECK_TEXT(err.msg, "the document is UTF-16; save it as UTF-8 first");
    CHECK(plain_make(&arena, "%PDF-1.7 x", 10, &p, &err) == RC_INPUT);
}

/* The bytes of the file behind a part of the text. */
static const char *behind(const char *document, const char *part)
{
    struct plain p = made_of(document, strlen(document));
    const char *found = strstr(p.text, part);
    CHECK(found != NULL);
    if (!found) return "";
    uint32_t at = (uint32_t)(found - p.text);
    size_t start = plain_file(&p, at), end = plain_file_end(&p, at + (uint32_t)strlen(part));
    CHECK(start <= end && end <= strlen(document));
    return arena_bytes(&arena, document + start, end - start);
}

static void a_range_has_its_bytes_of_the_file(void)
{
    CHECK_TEXT(behind("say \xE2\x80\x9Cyes\xE2\x80\x9D  \n\nnow", "\"yes\""),
               "\xE2\x80\x9Cyes\xE2\x80\x9D");
    CHECK_TEXT(behind("so\xE2\x80\xA6 no", "so..."), "so\xE2\x80\xA6");
    CHECK_TEXT(behind("so\xE2\x80\xA6 no", "so."), "so\xE2\x80\xA6");
    CHECK_TEXT(behind("ends in \xE2\x80\x99", "in '"), "in \xE2\x80\x99");
    CHECK_TEXT(behind("<p>a <b>b&amp;c</b> d</p><p>e</p>", "b&c"), "b&amp;c");
    CHECK_TEXT(behind("<p>a &amp;</p>", "a &"), "a &amp;");
    CHECK_TEXT(behind("a \\[b\\] c", "[b]"), "\\[b\\]");
    CHECK_TEXT(behind("a\n\n- b  \n- c", "* b"), "- b");
    CHECK_TEXT(behind("Malm\xF6 5", "Malm\xC3\xB6"), "Malm\xF6");
}

/* --- the property --- */

struct making {
    struct rng *r;
    struct buf file, words; /* the document; its words without anything between */
    bool page;
};

static void add_word(struct making *m)
{
    uint32_t n = 2 + rng_below(m->r, 7);
    for (uint32_t i = 0; i < n; i++) {
        char c = (char)('a' + (int)rng_below(m->r, 26));
        buf_add_bytes(&m->file, &c, 1);
        buf_add_bytes(&m->words, &c, 1);
    }
}

/* Something between words that is no word. */
static void add_between(struct making *m)
{
    static const char *const any[] = {" ",
                                      "  ",
                                      "\xC2\xA0",
                                      " \xE2\x80\x94 ",
                                      ", ",
                                      ".\n",
                                      " \xE2\x80\x9C",
                                      "\xE2\x80\x9D ",
                                      "\xE2\x80\xA6 ",
                                      " &amp; ",
                                      " &#8217; ",
                                      "\xE2\x80\x8B",
                                      " $7 ",
                                      " \x96 ",
                                      "; "};
    static const char *const text[] = {
        "\n\n",   " **",    "** ",  "\\_",  "\n\n- ",   "\r\n", " _", "_ ", "\n\n\xE2\x80\xA2 ",
        "\n\n# ", "\n\n> ", " \\[", "\\] ", "\n \n\t\n"};
    static const char *const page[] = {
        "<p>",          "</p><p class='q > 1'>", "<br>", "<b>",  "</b>",
        "<!-- no -->",  "<script>no</script>",   "<li>", "<td>", "<div\nid=7>",
        "<nav>no</nav>"};
    if (rng_one_in(m->r, 2))
        buf_add(&m->file, any[rng_below(m->r, sizeof any / sizeof *any)]);
    else if (m->page)
        buf_add(&m->file, page[rng_below(m->r, sizeof page / sizeof *page)]);
    else
        buf_add(&m->file, text[rng_below(m->r, sizeof text / sizeof *text)]);
}

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

/* The map runs forward, stays in the file, and leads each letter to itself. */
static void check_map(const struct plain *p, const char *file, size_t len)
{
    size_t last = 0;
    for (uint32_t at = 0; at < p->len; at++) {
        size_t start = plain_file(p, at), end = plain_file_end(p, at + 1);
        CHECK(start >= last && start < end && end <= len);
        if (is_letter(p->text[at]) || p->text[at] == '7') {
            CHECK(file[start] == p->text[at]);
            CHECK_I64((int64_t)end, (int64_t)start + 1);
        }
        last = start;
        if (!tap_this_ok) return;
    }
    CHECK(p->len == 0 || plain_file(p, p->len) <= len);
}

static void check_lines(const char *text)
{
    CHECK(!strstr(text, "\n\n\n") && !strstr(text, " \n") && !strstr(text, "\n "));
    CHECK(*text != ' ' && *text != '\n');
}

static void words_survive_and_know_their_bytes(struct rng *r)
{
    struct making m = {.r = r, .file = {.arena = &arena}, .words = {.arena = &arena}};
    m.page = rng_one_in(r, 2);
    buf_add(&m.file, m.page ? "<html><p>" : "");
    buf_add(&m.words, "");
    for (uint32_t n = 1 + rng_below(r, 60); n > 0; n--) {
        add_word(&m);
        add_between(&m);
    }
    struct plain p = made_of(m.file.text, m.file.len);
    struct buf got = {.arena = &arena};
    buf_add(&got, "");
    for (uint32_t i = 0; i < p.len; i++) {
        if (is_letter(p.text[i])) buf_add_bytes(&got, p.text + i, 1);
    }
    CHECK_TEXT(got.text, m.words.text);
    CHECK(text_is_utf8(p.text, p.len));
    check_map(&p, m.file.text, m.file.len);
    check_lines(p.text);
    if (!tap_this_ok) printf("# of: %s\n", m.file.text);
    arena_reset(&arena);
}

static void what_is_written_is_found_again(void)
{
    seeds_run(3000, words_survive_and_know_their_bytes);
}

/* Megabytes of one mark, on one line: a reader that is not linear does not end. */
static void long_lines_of_marks_end_in_time(void)
{
    static const char *const parts[] = {
        "[",   "[a](", "<p ",  "<nav>",        "<!--",   "<a b=\"", "&",         "*_",
        "\\",  "a",    "| a ", "\xE2\x80\xA6", "<a b='", "x</a ",   "<script>a", "\r",
        "1\n", ">",    "\xFF", "![a](",        "0:00\n", "- ",      "&#1"};
    for (int page = 0; page < 2; page++) {
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
            struct buf b = {.arena = &arena};
            buf_add(&b, page ? "<html>" : "x");
            while (b.len < 2000000) buf_add(&b, parts[i]);
            struct plain p = made_of(b.text, b.len);
            CHECK(p.len <= 3 * b.len);
            arena_reset(&arena);
        }
    }
}

int main(void)
{
    RUN(marks_and_spaces_are_folded);
    RUN(lines_and_paragraphs_are_told_apart);
    RUN(windows_1252_is_read_where_utf8_is_not);
    RUN(markdown_says_what_it_stands_for);
    RUN(bullets_begin_their_line);
    RUN(what_is_struck_out_is_not_said);
    RUN(captions_run_on);
    RUN(front_matter_is_no_text);
    RUN(pages_are_read_for_their_text);
    RUN(hostile_pages_give_an_answer);
    RUN(what_is_no_text_is_refused);
    RUN(a_range_has_its_bytes_of_the_file);
    RUN(what_is_written_is_found_again);
    RUN(long_lines_of_marks_end_in_time);
    arena_free(&arena);
    return tap_done();
}
