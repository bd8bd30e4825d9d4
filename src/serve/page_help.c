/* page_help.c - how to read the pages, in one page. */
#include "serve/html.h"
#include "serve/page.h"

static bool help(struct visit *v, struct buf *b)
{
    HTML(
        b,
        "<section id=stages><h2>How far a promise is</h2><dl>"
        "<dt>considered</dt><dd>somebody spoke of it</dd>"
        "<dt>announced</dt><dd>the giver said in public that it will</dd>"
        "<dt>committed</dt><dd>it is bound: a law, a contract, a budget line</dd>"
        "<dt>allocated</dt><dd>set aside for this receiver: this stock, this production</dd>"
        "<dt>dispatched</dt><dd>it has left</dd>"
        "<dt>delivered</dt><dd>it has arrived; <em>confirmed</em> if the receiver says so"
        "</dd></dl><p>A quantity may enter at any stage. What was withdrawn, lapsed or lost"
        " leaves, with a reason.</p></section>"
        "<section id=clocks><h2>Two clocks</h2><p><strong>As of</strong> is the day on which"
        " something was so. <strong>As known at</strong> is the instant at which the book knew"
        " it. Nothing is ever edited: a correction is a new entry. So an answer with both"
        " clocks in its address (the link at the foot of a page) says the same for ever.</p>"
        "</section>"
        "<section id=figures><h2>Where a figure comes from</h2><p>Each table is the answer of"
        " a command, which stands below it; the same words on the command line give the same"
        " figures, and so does the API. &ldquo;How this is counted&rdquo; says what is in it and"
        " what is not. Follow a line to its whole life: every entry, who entered it, and the"
        " sentence or row that says so. A number leads to the rows that make it, a party to its own"
        " page (made to be printed), words that were said to their place in the document.</p>"
        "</section>"
        "<section id=floors><h2>A yearly floor</h2><p>The least that somebody agreed to give every"
        " year. Each year stands beside it: <em>met</em>, <em>below</em> when it is over, <em>so"
        " far</em> when it is not or the book does not reach its last month, <em>not told</em> when"
        " the book has nothing of it.</p></section>"
        "<section id=seen><h2>What you see</h2><p>Without an account you see what is public."
        " Totals are made from what you may see: nothing hidden is in them, and nothing is"
        " subtracted from them.</p></section>");
    HTML(b, "<section id=machines><h2>For other programs</h2><ul>"
            "<li><a href=/api/v1/openapi.json>The API</a>, as it describes itself (OpenAPI)</li>"
            "<li><a href=/changes.atom>Changes</a>, as a feed (Atom)</li>"
            "<li><a href=/deliveries.ics>Promised deliveries</a>, as a calendar (iCalendar)</li>"
            "<li><a href=/metrics>How the server does</a> (Prometheus)</li>"
            "<li>CSV, XLSX and JSON below every table</li></ul></section>");
    (void)v;
    return true;
}

const struct page page_help = {
    .path = "/help",
    .name = "Help",
    .title = "How to read these pages",
    .in_menu = true,
    .before = help,
};
