/* page_line.c - the page of one line: its whole life, and what can be done about it. */
#include "base/text.h"
#include "serve/deed.h"
#include "serve/html.h"
#include "serve/page.h"

static void line_deeds(struct visit *v, struct buf *b)
{
    const struct deed *move = deed_named("move");
    const struct param line = {"line", visit_param(v, "line")};
    const struct params given = {.at = &line, .count = 1};
    if (!line.value || !deed_may(v, move)) return;
    HTML(b, "<section id=move><h2>Record a movement</h2><p class=lead>A quantity of this promise"
            " reaches a later stage. Nothing is overwritten: what is wrong is taken back, with a"
            " reason, from the list of entries above.</p>");
    deed_form(v, b, move, &given, v->q->target);
    HTML(b, "</section>");
}

static const char *name_of(struct visit *v)
{
    return text_format(v->arena, "Line %s", visit_param(v, "line"));
}

const struct page page_line = {
    .path = "/line/",
    .own = "line",
    .name = "Line",
    .title = "The life of a promise",
    .titled = name_of,
    .lead = "Where it stands, what was entered, by whom, on what evidence, and what was said about"
            " it.",
    .sections =
        (const struct section[]){
            {.id = "history", .heading = "Its life", .ask = "history -- {line}", .head = true},
            {0}},
    .after = line_deeds,
};
