/*
 * page_inbox.c - candidates, each beside its sentence, with what can be done.
 *
 * Not a table: one reads the sentence first, with what stands before and after
 * it, then what it would make. The same rows as a table are a download away.
 */
#include <string.h>

#include "base/text.h"
#include "serve/answers.h"
#include "serve/ask.h"
#include "serve/deed.h"
#include "serve/html.h"
#include "serve/page.h"

enum { CARDS = 25 };

/* The sentence with the words that were read marked in it. */
static void put_sentence(struct visit *v, struct buf *b, const struct rows *r, uint32_t row)
{
    const char *sentence = row_text(v, r, row, "sentence"), *quote = row_text(v, r, row, "quote");
    const char *at = sentence && quote ? strstr(sentence, quote) : NULL;
    HTML(b, "<blockquote><p>");
    html_text(b, row_text(v, r, row, "before"));
    HTML(b, " <strong>");
    if (at) {
        html_text(b, arena_bytes(v->arena, sentence, (size_t)(at - sentence)));
        HTML(b, "<mark>");
        html_text(b, quote);
        HTML(b, "</mark>");
        html_text(b, at + strlen(quote));
    } else {
        html_text(b, sentence);
    }
    HTML(b, "</strong> ");
    html_text(b, row_text(v, r, row, "after"));
    HTML(b, "</p></blockquote>");
}

static void put_origin(struct visit *v, struct buf *b, const struct rows *r, uint32_t row)
{
    const char *const names[] = {"kind", "speaker", "day", "document"};
    const char *before = "";
    HTML(b, "<p class=origin>");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *text = row_text(v, r, row, names[i]);
        if (!text) continue;
        html_text(b, before);
        html_text(b, text);
        before = ", ";
    }
    HTML(b, "</p>");
}

static void put_link(struct visit *v, struct buf *b, const char *deed, const char *label,
                     const char *const names[], const char *const values[])
{
    struct href h = href_begin(v->arena, text_format(v->arena, "/do/%s", deed));
    for (size_t i = 0; names[i]; i++) href_param(&h, names[i], values[i]);
    href_param(&h, "next", v->q->target);
    HTML(b, "<a class=button");
    HTML_ATTR(b, "href", href_text(&h));
    HTML(b, ">");
    html_text(b, label);
    HTML(b, "</a> ");
}

static void put_deeds(struct visit *v, struct buf *b, const struct rows *r, uint32_t row)
{
    const char *id = row_text(v, r, row, "id"), *line = row_text(v, r, row, "line");
    const char *state = row_text(v, r, row, "state");
    if (!deed_may(v, deed_named("accept"))) return;
    HTML(b, "<p class=deeds>");
    if (state && strcmp(state, "open") != 0) {
        put_link(v, b, "reopen", "Take that back", (const char *const[]){"candidate", NULL},
                 (const char *const[]){id, NULL});
    } else {
        put_link(v, b, "accept", "Accept or edit", (const char *const[]){"candidate", NULL},
                 (const char *const[]){id, NULL});
        if (line) {
            put_link(v, b, "accept", "It restates that line",
                     (const char *const[]){"candidate", "line", NULL},
                     (const char *const[]){id, line, NULL});
        }
        put_link(v, b, "reject", "Reject", (const char *const[]){"candidate", NULL},
                 (const char *const[]){id, NULL});
    }
    HTML(b, "</p>");
}

static void put_card(struct visit *v, struct buf *b, const struct rows *r, uint32_t row)
{
    const char *again = row_text(v, r, row, "again"), *reason = row_text(v, r, row, "reason");
    const char *line = row_text(v, r, row, "line");
    HTML(b, "<article class=card");
    HTML_ATTR(b, "id", text_format(v->arena, "c%s", row_text(v, r, row, "id")));
    HTML(b, "><h2>");
    html_text(b, again);
    HTML(b, "</h2>");
    put_sentence(v, b, r, row);
    put_origin(v, b, r, row);
    if (reason) {
        HTML(b, "<p>");
        html_text(b, reason);
        if (line) {
            struct href h = href_begin(v->arena, "/line");
            href_segment(&h, line);
            HTML(b, " (<a");
            HTML_ATTR(b, "href", visit_href(v, href_text(&h), NULL, NULL));
            HTML(b, ">");
            html_text(b, line);
            HTML(b, "</a>)");
        }
        HTML(b, "</p>");
    }
    HTML(b, "<p>Would make: ");
    html_text(b, row_text(v, r, row, "would_make"));
    HTML(b, "</p>");
    put_deeds(v, b, r, row);
    HTML(b, "</article>");
}

static bool cards(struct visit *v, struct buf *b)
{
    struct told told;
    ask(v,
        "inbox --kind={kind} --giver={giver} --document={document} --state={state}"
        " --again={again} --limit=25",
        &told);
    const struct rows *r = told.answer ? answer_list(told.answer, "candidates") : NULL;
    if (!r || !r->count) {
        HTML(b, "<p class=empty>");
        html_text(b, r ? "Nothing waits here." : told.why);
        HTML(b, "</p>");
        return true;
    }
    for (uint32_t row = 0; row < r->count && row < CARDS; row++) put_card(v, b, r, row);
    return true;
}

const struct page page_inbox = {
    .path = "/inbox",
    .name = "Inbox",
    .title = "What was said and is not in the book yet",
    .lead = "Sentences that promise, need or report something. What was probably said before"
            " stands first. Nothing is entered by itself.",
    .in_menu = true,
    .filters = (const struct filter[]){{"kind", "Kind", "support need figure decision", NULL},
                                       {"giver", "Giver", NULL, "party"},
                                       {"document", "Document", NULL, NULL},
                                       {"again", "Said before", "yes no", NULL},
                                       {"state", "State", "open accepted rejected all", NULL},
                                       {0}},
    .before = cards,
    .sections =
        (const struct section[]){
            {.id = "inbox",
             .heading = "The same as a table",
             .ask = "inbox --kind={kind} --giver={giver} --document={document} --state={state}"
                    " --again={again} --limit=25",
             .rows = 25},
            {0}},
};
