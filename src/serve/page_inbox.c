/*
 * page_inbox.c - candidates, each beside its sentence, with what can be done.
 *
 * Not a table: one reads the sentence first, with what stands before and after
 * it, then what it would make. The same rows as a table are a download away.
 */
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/text.h"
#include "cli/nouns.h"
#include "serve/answers.h"
#include "serve/ask.h"
#include "serve/deed.h"
#include "serve/html.h"
#include "serve/inbox.h"
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

/* The document, opened where the words stand. A candidate's key begins with its document's. */
static void put_document(struct visit *v, struct buf *b, const struct rows *r, uint32_t row,
                         const char *title)
{
    const char *key = row_text(v, r, row, "key"), *id = row_text(v, r, row, "id");
    size_t len = key ? strcspn(key, "#") : 0;
    HTML(b, "<a");
    if (key && key[len]) {
        const char *at = visit_href(v, "/record", "document", arena_bytes(v->arena, key, len));
        HTML_ATTR(b, "href", text_format(v->arena, "%s#s%s", at, id));
    }
    HTML(b, ">");
    html_text(b, title);
    HTML(b, "</a>");
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
        if (strcmp(names[i], "document") == 0)
            put_document(v, b, r, row, text);
        else
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
        put_link(v, b, "accept", "Accept", (const char *const[]){"candidate", NULL},
                 (const char *const[]){id, NULL});
        put_link(v, b, "edit", "Edit", (const char *const[]){"candidate", NULL},
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

/* Who changed what was read, or chose, and why. */
static void put_author(struct visit *v, struct buf *b, const struct rows *r, uint32_t row)
{
    const char *author = row_text(v, r, row, "author"), *why = row_text(v, r, row, "why");
    const char *state = row_text(v, r, row, "state");
    if (!author) return;
    HTML(b, "<p class=origin>");
    html_text(b, state && strcmp(state, "open") == 0 ? "edited" : state);
    HTML(b, " by ");
    html_text(b, author);
    if (why) {
        HTML(b, ": ");
        html_text(b, why);
    }
    HTML(b, "</p>");
}

static void put_card(struct visit *v, struct buf *b, const struct rows *r, uint32_t row, bool asked)
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
    put_author(v, b, r, row);
    if (asked) put_deeds(v, b, r, row);
    HTML(b, "</article>");
}

void inbox_above(struct visit *v, struct buf *b, const char *candidate)
{
    struct told told;
    struct texts words = {0};
    if (!candidate) return;
    texts_add(&words, v->arena, "inbox");
    texts_add(&words, v->arena, text_format(v->arena, "--candidate=%s", candidate));
    ask_words(v, &words, &told);
    const struct rows *r = told.answer ? answer_list(told.answer, "candidates") : NULL;
    if (r && r->count) {
        put_card(v, b, r, 0, false);
        return;
    }
    HTML(b, "<p class=refused>There is no such candidate for you to choose about.</p>");
}

/* Texts under a tag, with commas between; "" when there are none. */
static const char *said_texts(struct visit *v, const struct record *r, enum tag tag)
{
    struct buf out = {.arena = v->arena};
    for (uint32_t i = 0; i < r->count; i++) {
        if (r->fields[i].tag != tag) continue;
        buf_addf(&out, "%s%s", out.len ? ", " : "", r->fields[i].text);
    }
    return out.len ? out.text : "";
}

static const char *said_amount(struct visit *v, const struct record *r)
{
    char low[DEC_TEXT], high[DEC_TEXT];
    if (!record_field(r, F_AMOUNT)) return "";
    dec_format(record_dec(r, F_AMOUNT), low);
    if (!record_field(r, F_UPTO)) return arena_text(v->arena, low);
    return text_format(v->arena, "%s..%s", low, dec_format(record_dec(r, F_UPTO), high));
}

const struct params *inbox_begins(struct visit *v, const char *candidate)
{
    const struct book *book = v->seat->view.book;
    uint32_t noun = candidate ? noun_typed(book, KIND_STATEMENT, candidate) : NONE;
    const struct record *r = noun == NONE ? NULL : book_version(book, noun, INT64_MAX);
    struct params *out = NEW(v->arena, struct params);
    struct param *list = NEW_ARRAY(v->arena, 8, struct param);
    if (!r) return NULL;
    list[out->count++] = (struct param){"giver", said_texts(v, r, F_SAID_GIVER)};
    list[out->count++] = (struct param){"receiver", said_texts(v, r, F_SAID_RECEIVER)};
    list[out->count++] = (struct param){"item", said_texts(v, r, F_SAID_ITEM)};
    list[out->count++] = (struct param){"qty", said_amount(v, r)};
    list[out->count++] = (struct param){"unit", said_texts(v, r, F_UNIT)};
    list[out->count++] = (struct param){"stage", said_texts(v, r, F_SAID_STAGE)};
    if (record_field(r, F_DAY)) {
        const char *day = day_text(v->arena, (int32_t)record_int(r, F_DAY, 0), PRECISION_DAY);
        list[out->count++] = (struct param){"on", day};
    }
    out->at = list;
    return out;
}

/* The same filters, another place in the list. */
static void put_place(struct visit *v, struct buf *b, uint32_t skip, const char *label)
{
    struct href h = href_begin(v->arena, v->q->path);
    for (uint32_t i = 0; i < v->q->query.count; i++) {
        const struct param *p = &v->q->query.at[i];
        if (strcmp(p->name, "skip") != 0) href_param(&h, p->name, p->value);
    }
    if (skip) href_param(&h, "skip", text_format(v->arena, "%u", (unsigned)skip));
    HTML(b, " <a");
    HTML_ATTR(b, "href", href_text(&h));
    HTML(b, ">");
    html_text(b, label);
    HTML(b, "</a>");
}

static void put_further(struct visit *v, struct buf *b, uint32_t shown)
{
    const char *typed = visit_param(v, "skip");
    uint32_t skip = typed ? (uint32_t)strtoul(typed, NULL, 10) : 0;
    if (!skip && shown < CARDS) return;
    HTML(b, "<p class=parts>Candidates ");
    html_text(b, text_format(v->arena, "%u to %u.", (unsigned)skip + 1, (unsigned)(skip + shown)));
    if (skip) put_place(v, b, skip > CARDS ? skip - CARDS : 0, "Earlier ones");
    if (shown == CARDS) put_place(v, b, skip + CARDS, "Further ones");
    HTML(b, "</p>");
}

static bool cards(struct visit *v, struct buf *b)
{
    struct told told;
    ask(v,
        "inbox --candidate={candidate} --kind={kind} --giver={giver} --document={document}"
        " --state={state} --again={again} --skip={skip} --limit=25",
        &told);
    const struct rows *r = told.answer ? answer_list(told.answer, "candidates") : NULL;
    if (!r || !r->count) {
        HTML(b, "<p class=empty>");
        html_text(b, r ? "Nothing waits here." : told.why);
        HTML(b, "</p>");
        return true;
    }
    for (uint32_t row = 0; row < r->count && row < CARDS; row++) put_card(v, b, r, row, true);
    put_further(v, b, r->count);
    return true;
}

const struct page page_inbox = {
    .path = "/inbox",
    .name = "Inbox",
    .title = "What was said and is not in the book yet",
    .lead = "Sentences that promise, need or report something. What was probably said before"
            " stands first. Nothing is entered by itself.",
    .in_menu = true,
    .filters = (const struct filter[]){{"kind", "Kind", "support need figure decision", NULL, NULL},
                                       {"giver", "Giver", NULL, "party", NULL},
                                       {"document", "Document", NULL, NULL, NULL},
                                       {"again", "Said before", "yes no", NULL, NULL},
                                       {"state", "State", "open accepted rejected all", NULL, NULL},
                                       {0}},
    .before = cards,
    .sections =
        (const struct section[]){
            {.id = "inbox",
             .heading = "The same as a table",
             .ask = "inbox --candidate={candidate} --kind={kind} --giver={giver}"
                    " --document={document} --state={state} --again={again} --skip={skip}"
                    " --limit=25",
             .rows = 25},
            {0}},
};
