/*
 * pages.c - every page, as data. What a section says is the answer of a
 * command; what a page does beyond that stands in a file of its own.
 */
#include "serve/deed.h"
#include "serve/html.h"
#include "serve/page.h"

#define STAGES "considered announced committed allocated dispatched delivered"

static void floor_deed(struct visit *v, struct buf *b)
{
    const struct deed *d = deed_named("floor");
    if (!deed_may(v, d)) return;
    HTML(b, "<section id=do><h2>Record what was agreed</h2><details class=do><summary>");
    html_text(b, d->title);
    HTML(b, "</summary><p>The least that somebody agreed to give every year, and where that can be"
            " read.</p>");
    deed_form(v, b, d, NULL, v->q->target);
    HTML(b, "</details></section>");
}

static const struct page overview = {
    .path = "/",
    .name = "Overview",
    .title = "What was said, promised, sent and received",
    .in_menu = true,
    .filters =
        (const struct filter[]){{"currency", "Amounts in", "EUR USD GBP", NULL, "the usual one"},
                                {0}},
    .sections =
        (const struct section[]){
            {.id = "stages",
             .heading = "Said, promised, on its way, delivered",
             .lead = "What stands at each stage now. Words are not promises, and are not added to"
                     " them.",
             .ask = "position --by stage --currency={currency|most}",
             .only = "rows",
             .picture = "bars stage amount"},
            {.id = "stands",
             .heading = "Each thing in its own unit",
             .lead = "Considered and announced are words, committed and allocated are promises,"
                     " dispatched is on its way.",
             .ask = "position --by item",
             .picture = "share item considered announced committed allocated dispatched delivered",
             .rows = 8},
            {.id = "late",
             .heading = "Late",
             .lead = "Promises whose day has passed and of which something is missing.",
             .ask = "late",
             .rows = 8},
            {.id = "needs",
             .heading = "Needs, covered and not",
             .lead = "How many there are, by how they stand; below them those that are not promised"
                     " in full.",
             .ask = "coverage --open",
             .rows = 8,
             .only = "rows",
             .head = true,
             .picture = "share * delivered on_way promised missing"},
            {.id = "burden",
             .heading = "Who carries how much",
             .lead = "Everything committed or beyond, each flow once.",
             .ask = "burden --currency={currency|most}",
             .picture = "stack name military financial humanitarian",
             .rows = 12},
            {.id = "floor",
             .heading = "The yearly amount against its floor",
             .lead = "What was agreed to be given every year at the least, and what the years came"
                     " to; the years before it stand beside.",
             .ask = "floor",
             .picture = "floor year amount least"},
            {.id = "total",
             .heading = "In all, and year by year",
             .lead = "Everything that is committed or beyond, each flow once; pledges stand beside"
                     " it, not in it.",
             .ask = "total --by year --currency={currency|most}",
             .head = true,
             .picture = "bars by incoming"},
            {.id = "week",
             .heading = "What changed in the last seven days",
             .ask = "diff -- {week}",
             .only = "changes",
             .rows = 8},
            {0},
        },
    .after = floor_deed,
};

static const struct page needs = {
    .path = "/needs",
    .name = "Needs",
    .title = "What is needed, and whether it is enough",
    .in_menu = true,
    .filters =
        (const struct filter[]){{"receiver", "Receiver", NULL, "party", NULL},
                                {"need", "Need", NULL, NULL, NULL},
                                {"by", "A row for each", "need receiver item class", NULL, NULL},
                                {"open", "Only what is open", "yes", NULL, NULL},
                                {0}},
    .sections =
        (const struct section[]){
            {.id = "coverage",
             .heading = "Is it enough?",
             .lead = "What is promised, on its way and delivered by the day on which it is wanted."
                     " A system without what keeps it going does not count.",
             .ask = "coverage --receiver={receiver} --need={need} --by={by} --open={open?}",
             .head = true,
             .picture = "share * delivered on_way promised missing"},
            {.id = "needs",
             .heading = "Every need",
             .lead = "As it was asked for.",
             .ask = "need list --with={need}"},
            {0},
        },
};

static const struct page promises = {
    .path = "/promises",
    .name = "Promises",
    .title = "Promises, late first",
    .in_menu = true,
    .filters =
        (const struct filter[]){
            {"donor", "Donor", NULL, "party", NULL},
            {"receiver", "Receiver", NULL, "party", NULL},
            {"item", "Item", NULL, "item", NULL},
            {"class", "Class", "financial humanitarian military", NULL, NULL},
            {"standing", "Standing at", STAGES " withdrawn lapsed lost", NULL, NULL},
            {0}},
    .sections =
        (const struct section[]){
            {.id = "late",
             .heading = "Promised dates against deliveries",
             .lead = "What is late stands first; on time, due later and undated after it.",
             .ask = "late --all --donor={donor} --receiver={receiver} --item={item}"},
            {.id = "lines",
             .heading = "Every promise, by stage",
             .lead = "One row a line: how much of it stands where.",
             .ask = "position --by line --donor={donor} --receiver={receiver} --item={item}"
                    " --class={class} --standing={standing}"},
            {0},
        },
};

static const struct page donors = {
    .path = "/donors",
    .name = "Donors",
    .title = "Who carries how much, and what would be fair",
    .in_menu = true,
    .filters = (const struct filter[]){{"key", "Key", "gdp gni population", NULL, "the book's own"},
                                       {"group", "Group", NULL, "group", NULL},
                                       {"receiver", "Receiver", NULL, "party", NULL},
                                       {"year", "Year", NULL, NULL, NULL},
                                       {"reached", "At least", STAGES, NULL, "as usual: committed"},
                                       {"series", "Series", NULL, NULL, NULL},
                                       {0}},
    .sections =
        (const struct section[]){
            {.id = "burden",
             .heading = "Burden",
             .lead = "What each donor carries, its share of its own economy, and, with a key,"
                     " how far that is from a fair share.",
             .ask = "burden --key={key|any} --group={group} --receiver={receiver} --year={year}"
                    " --reached={reached} --series={series} --currency={currency}",
             .picture = "stack name military financial humanitarian; bars name gap"},
            {.id = "things",
             .heading = "In things",
             .lead = "By item and donor: quantities, not money, and, with a key, how far that is"
                     " from a fair share of what all give of it.",
             .ask = "burden --things --key={key|any} --group={group} --receiver={receiver}"
                    " --reached={reached} --series={series}"},
            {0},
        },
};

static const struct page outlook = {
    .path = "/outlook",
    .name = "Outlook",
    .title = "What is likely to arrive",
    .in_menu = true,
    .filters =
        (const struct filter[]){{"donor", "Donor", NULL, "party", NULL},
                                {"receiver", "Receiver", NULL, "party", NULL},
                                {"item", "Item", NULL, "item", NULL},
                                {"by", "A row for each", "item class donor receiver", NULL, NULL},
                                {"months", "Months", "6 12 24 36", NULL, "12, as usual"},
                                {0}},
    .sections =
        (const struct section[]){
            {.id = "outlook",
             .heading = "Month by month",
             .lead = "Open promises, and what of them is likely by when, judged by how late things"
                     " came before: low, likely and high.",
             .ask = "outlook --donor={donor} --receiver={receiver} --item={item} --by={by}"
                    " --months={months} --currency={currency}",
             .picture = "columns month firm soft; line month low likely high",
             .head = true},
            {0},
        },
};

/* Where figures lead; not in the menu. */
static const struct page explain = {
    .path = "/explain",
    .name = "Behind a figure",
    .title = "Behind a figure",
    .lead = "Every row that is in it, each with its evidence, and what was not added, and why.",
    .filters = (const struct filter[]){{"party", "Donor", NULL, "party", NULL},
                                       {"year", "Year", NULL, NULL, NULL},
                                       {"reached", "At least", STAGES, NULL, "as usual: committed"},
                                       {"boundary", "Boundary", NULL, NULL, NULL},
                                       {0}},
    .sections =
        (const struct section[]){
            {.id = "burden",
             .heading = "What it carries",
             .ask = "explain --year={year} --reached={reached} --currency={currency} -- {party}",
             .needs = "party",
             .head = true},
            {.id = "floor",
             .heading = "A year that is held against its floor",
             .ask = "explain --floor={floor} --year={year} --reached={reached}",
             .needs = "floor",
             .head = true},
            {.id = "total",
             .heading = "What crosses the boundary",
             .ask = "explain --boundary={boundary} --currency={currency}",
             .needs = "boundary",
             .head = true},
            {.id = "row",
             .heading = "One row of the total",
             .ask = "explain --by={by} --row={row} --currency={currency}",
             .needs = "by",
             .head = true},
            {0},
        },
};

static const struct page changes = {
    .path = "/changes",
    .name = "Changes",
    .title = "What changed",
    .in_menu = true,
    .lead = "Nothing is edited: a change is something new, something taken back, or something"
            " that moved.",
    .filters = (const struct filter[]){{"from", "From (a day, an instant, or SERIES@DATE)", NULL,
                                        NULL, NULL},
                                       {"to", "To", NULL, NULL, NULL},
                                       {0}},
    .sections =
        (const struct section[]){
            {.id = "diff",
             .heading = "Between the two",
             .lead = "Without a day: since a week before the book was last told something.",
             .ask = "diff -- {since} {to}",
             .head = true},
            {0},
        },
};

static const struct page sources = {
    .path = "/sources",
    .name = "Sources",
    .title = "Where it comes from",
    .in_menu = true,
    .sections = (const struct section[]){
        {.id = "sources",
         .heading = "Sources",
         .lead = "Every file, page and document that something in the book rests on.",
         .ask = "source list"},
        {.id = "flags",
         .heading = "Rows that cannot be right",
         .lead = "What a source says and cannot be so: kept as it was said, and flagged.",
         .ask = "flags"},
        {0}}};

/* One box for everything that has a name, and all words that were said. */
static void nothing_found(struct visit *v, struct buf *b)
{
    if (v->found) return;
    HTML(b, "<p class=empty role=status>");
    html_text(b, visit_param(v, "q") ? "Nothing in this book has that, as far as you may see."
                                     : "What are you looking for? The box is at the top.");
    HTML(b, "</p>");
}

static const struct page search = {
    .path = "/search",
    .name = "Search",
    .title = "Search",
    .after = nothing_found,
    .sections =
        (const struct section[]){
            {.id = "lines",
             .heading = "Promises",
             .ask = "line list --with={q}",
             .needs = "q",
             .rows = 20,
             .if_any = true},
            {.id = "parties",
             .heading = "Parties",
             .ask = "party list --with={q}",
             .needs = "q",
             .rows = 20,
             .if_any = true},
            {.id = "items",
             .heading = "Things",
             .ask = "item list --with={q}",
             .needs = "q",
             .rows = 20,
             .if_any = true},
            {.id = "needs",
             .heading = "Needs",
             .ask = "need list --with={q}",
             .needs = "q",
             .rows = 20,
             .if_any = true},
            {.id = "lots",
             .heading = "Lots",
             .ask = "lot list --with={q}",
             .needs = "q",
             .rows = 20,
             .if_any = true},
            {.id = "routes",
             .heading = "Routes",
             .ask = "route list --with={q}",
             .needs = "q",
             .rows = 20,
             .if_any = true},
            {.id = "decisions",
             .heading = "What was decided",
             .ask = "decision list --with={q}",
             .needs = "q",
             .rows = 20,
             .if_any = true},
            {.id = "floors",
             .heading = "Yearly floors",
             .ask = "floor --with={q}",
             .needs = "q",
             .rows = 20,
             .if_any = true},
            {.id = "scenarios",
             .heading = "Scenarios",
             .ask = "scenario list --with={q}",
             .needs = "q",
             .rows = 20,
             .if_any = true},
            {.id = "statements",
             .heading = "Statements",
             .ask = "said --with={q}",
             .needs = "q",
             .rows = 20,
             .if_any = true},
            {.id = "said",
             .heading = "What was said",
             .ask = "search -- {q}",
             .needs = "q",
             .rows = 20,
             .if_any = true},
            {.id = "sources",
             .heading = "Sources",
             .ask = "source list --with={q}",
             .needs = "q",
             .rows = 20,
             .if_any = true},
            {0},
        },
};

const struct page *const pages[] = {
    &overview, &needs,   &promises,  &donors, &outlook, &page_plan, &page_record, &page_inbox,
    &changes,  &sources, &page_help, &search, &explain, &page_line, &page_donor,  NULL};
