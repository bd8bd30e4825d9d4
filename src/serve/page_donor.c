/*
 * page_donor.c - the page of one donor: what it carries by every key, in money
 * and in things, what it promised, what was said and what came. It is the page
 * that is printed and taken into a meeting.
 */
#include <string.h>

#include "base/day.h"
#include "serve/html.h"
#include "serve/page.h"

static uint32_t donor_of(const struct visit *v)
{
    const char *key = visit_param(v, "donor");
    return key ? book_noun(v->seat->view.book, KIND_PARTY, key) : NONE;
}

/* The party as it was known then; NULL when it was not. */
static const struct record *record_of(const struct visit *v, uint32_t noun)
{
    struct err ignored;
    int64_t known = INT64_MAX;
    const char *asked = visit_param(v, "known");
    if (asked && instant_parse(asked, &known, &ignored)) known = INT64_MAX; /* refused below */
    return noun == NONE ? NULL : book_version(v->seat->view.book, noun, known);
}

static const char *name_of(struct visit *v)
{
    const struct record *r = record_of(v, donor_of(v));
    return r ? record_text(r, F_NAME) : NULL;
}

/* A group has no burden of its own, but members: the donors' page tells of them. */
static bool is_group(const struct record *r)
{
    const char *type = record_text(r, F_TYPE);
    return type && strcmp(type, "group") == 0;
}

static bool see_group(struct visit *v, const char *key)
{
    v->r->status = 303;
    reply_header(v->r, v->arena, "Location", visit_href(v, "/donors", "group", key));
    visit_reply(v, "text/plain; charset=utf-8", "see there\n", 10);
    return false;
}

static bool say_what(struct visit *v, struct buf *b)
{
    uint32_t noun = donor_of(v);
    const struct record *r = record_of(v, noun);
    if (!r) {
        visit_refuse(v, 404, "There is no such party in this book.");
        return false;
    }
    const char *key = book_key(v->seat->view.book, noun);
    if (is_group(r)) return see_group(v, key);
    HTML(b, "<p class=lead>What this ");
    html_text(b, record_text(r, F_TYPE));
    HTML(b, " carries, promised and sent, by the book. <a");
    HTML_ATTR(b, "href", visit_href(v, "/promises", "receiver", key));
    HTML(b, ">What it is to receive</a> stands elsewhere.</p>");
    return true;
}

const struct page page_donor = {
    .path = "/donors/",
    .own = "donor",
    .name = "Donor",
    .title = "A donor",
    .titled = name_of,
    .filters = (const struct filter[]){{"key", "Key", "gdp gni population", NULL, "every one"},
                                       {"group", "Among the members of", NULL, "group", NULL},
                                       {"receiver", "Receiver", NULL, "party", NULL},
                                       {"reached", "At least",
                                        "considered announced committed allocated dispatched"
                                        " delivered",
                                        NULL, "as usual: committed"},
                                       {0}},
    .before = say_what,
    .sections =
        (const struct section[]){
            {.id = "keys",
             .heading = "Its burden, by every key",
             .lead = "What it carries beside what would be its fair share of all that is carried.",
             .ask = "burden --donor={donor} --key={key} --group={group} --receiver={receiver}"
                    " --reached={reached} --currency={currency}",
             .picture = "against key total key_share",
             .head = true},
            {.id = "things",
             .heading = "In things",
             .lead = "How many it gives of what anybody gives, and how many would be its fair"
                     " share.",
             .ask = "burden --things --donor={donor} --key={key} --group={group}"
                    " --receiver={receiver} --reached={reached}"},
            {.id = "late",
             .heading = "Its promises, late first",
             .ask = "late --all --donor={donor} --receiver={receiver}"},
            {.id = "arrived",
             .heading = "What left, and what was delivered",
             .lead = "Of each promise what is on its way or there; delivered is what the book has"
                     " as handed over.",
             .ask = "position --by line --reached=dispatched --reaching --donor={donor}"
                    " --receiver={receiver}"},
            {.id = "lines",
             .heading = "Every promise, by stage",
             .ask = "position --by line --donor={donor} --receiver={receiver}"},
            {.id = "said",
             .heading = "What was said of it",
             .lead = "Each statement of what it gives, the newest first, in the words that were"
                     " used.",
             .ask = "said --giver={donor} --receiver={receiver}"},
            {.id = "carried",
             .heading = "The amounts that make its burden",
             .ask = "explain --reached={reached} --currency={currency} -- {donor}",
             .rows = 40},
            {0},
        },
};
