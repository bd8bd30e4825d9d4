/*
 * page_record.c - what was said: a document with its statements marked, the
 * search, and whether a quotation is one.
 */
#include <string.h>

#include "base/text.h"
#include "serve/answers.h"
#include "serve/ask.h"
#include "serve/deed.h"
#include "serve/html.h"
#include "serve/page.h"

/* Words with their line breaks: an empty line is a new paragraph. */
static void put_words(struct visit *v, struct buf *b, const char *text)
{
    for (const char *at = text; *at;) {
        const char *gap = strstr(at, "\n\n");
        size_t len = gap ? (size_t)(gap - at) : strlen(at);
        html_text(b, arena_bytes(v->arena, at, len));
        at += len;
        if (*at) HTML(b, "<br><br>");
        at += strspn(at, "\n");
    }
}

static void put_statement(struct visit *v, struct buf *b, const struct rows *r, uint32_t row)
{
    const char *id = row_text(v, r, row, "statement");
    const char *state = row_text(v, r, row, "state"), *says = row_text(v, r, row, "says");
    HTML(b, "<mark");
    HTML_ATTR(b, "id", text_format(v->arena, "s%s", id));
    HTML_ATTR(b, "data-state", state);
    HTML(b, ">");
    put_words(v, b, row_text(v, r, row, "words"));
    HTML(b, "</mark> <a class=tag");
    HTML_ATTR(b, "href",
              text_format(v->arena, "%s#c%s", visit_href(v, "/inbox", "candidate", id), id));
    HTML(b, ">");
    html_text(b, says);
    HTML(b, ", ");
    html_text(b, state);
    HTML(b, "</a>");
}

static bool same(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* "turn 3" as the name of a place in the page: "turn-3". */
static const char *anchor_of(const struct visit *v, const char *turn)
{
    char *name = turn ? (char *)(uintptr_t)arena_text(v->arena, turn) : NULL;
    for (char *at = name; at && *at; at++) {
        if (*at == ' ') *at = '-';
    }
    return name;
}

static void put_speaker(struct visit *v, struct buf *b, const struct rows *r, uint32_t row)
{
    const char *speaker = row_text(v, r, row, "speaker"), *turn = row_text(v, r, row, "turn");
    HTML(b, "<h3");
    HTML_ATTR(b, "id", anchor_of(v, turn));
    HTML(b, ">");
    html_text(b, speaker ? speaker : "Text");
    HTML(b, " <span class=origin>");
    html_text(b, row_text(v, r, row, "kind"));
    HTML(b, "</span></h3><p>");
}

static void put_transcript(struct visit *v, struct buf *b, const struct rows *r)
{
    const char *turn = NULL;
    HTML(b, "<article class=transcript>");
    for (uint32_t row = 0; row < r->count; row++) {
        const char *here = row_text(v, r, row, "turn");
        if (row == 0 || !same(here, turn)) {
            if (row) HTML(b, "</p>");
            put_speaker(v, b, r, row);
        }
        turn = here;
        if (row_text(v, r, row, "statement"))
            put_statement(v, b, r, row);
        else
            put_words(v, b, row_text(v, r, row, "words"));
    }
    if (r->count) HTML(b, "</p>");
    HTML(b, "</article>");
}

static bool show_document(struct visit *v, struct buf *b)
{
    struct told told;
    if (!visit_param(v, "document")) return true;
    ask(v, "source show -- {document}", &told);
    if (!told.answer) {
        HTML(b, "<p class=refused>");
        html_text(b, told.why);
        HTML(b, "</p>");
        return true;
    }
    const struct rows *r = answer_list(told.answer, "text");
    HTML(b, "<section id=document><h2>");
    html_text(b, told.answer->title);
    HTML(b, "</h2>");
    const char *address = answer_head(v, told.answer, "address");
    HTML(b, "<p class=origin>");
    html_text(b, answer_head(v, told.answer, "publisher"));
    HTML(b, " ");
    html_text(b, answer_head(v, told.answer, "day"));
    if (address_is_web(address)) {
        HTML(b, " <a rel=\"noreferrer nofollow\"");
        HTML_ATTR(b, "href", address);
        HTML(b, ">as published</a>");
    }
    HTML(b, "</p><p class=lead>What was read as a statement is marked; each mark leads to what"
            " became of it.</p>");
    if (r && r->count)
        put_transcript(v, b, r);
    else
        HTML(b, "<p class=empty>No text of it is kept here.</p>");
    HTML(b, "</section>");
    return true;
}

const struct page page_record = {
    .path = "/record",
    .name = "Record",
    .title = "What was said, word by word",
    .lead = "Every promise goes back to the sentence in which it was made.",
    .in_menu = true,
    .filters = (const struct filter[]){{"quote", "Was this said?", NULL, NULL, NULL},
                                       {"words", "Who spoke of", NULL, NULL, NULL},
                                       {"speaker", "Speaker", NULL, NULL, NULL},
                                       {"after", "From day", NULL, NULL, NULL},
                                       {"before", "To day", NULL, NULL, NULL},
                                       {0}},
    .before = show_document,
    .sections =
        (const struct section[]){
            {.id = "quote",
             .heading = "The quotation",
             .lead = "Verbatim, altered (with the words that differ) or absent, over everything"
                     " that is kept here.",
             .ask = "quote --speaker={speaker} --after={after} --before={before} -- {quote}",
             .needs = "quote",
             .head = true},
            {.id = "search",
             .heading = "Who spoke of it, and when",
             .ask = "search --speaker={speaker} --after={after} --before={before} -- {words}",
             .needs = "words"},
            {.id = "decisions",
             .heading = "What was decided",
             .lead = "Guidelines, taskings, options and decisions, with when they are due.",
             .ask = "decision list",
             .rows = 12,
             .if_any = true},
            {.id = "documents",
             .heading = "Documents",
             .ask = "source list",
             .lead = "A click on the key opens the text with its statements marked."},
            {0},
        },
};
