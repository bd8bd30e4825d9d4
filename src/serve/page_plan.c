/* page_plan.c - the proposal, how good it is, and the rounds in which givers are asked. */
#include "serve/deed.h"
#include "serve/html.h"
#include "serve/page.h"

static void put_deed(struct visit *v, struct buf *b, const char *name, const char *lead)
{
    const struct deed *d = deed_named(name);
    const struct param round = {"round", visit_param(v, "round")};
    const struct params given = {.at = &round, .count = round.value ? 1 : 0};
    if (!deed_may(v, d)) return;
    HTML(b, "<details class=do><summary>");
    html_text(b, d->title);
    HTML(b, "</summary><p>");
    html_text(b, lead);
    HTML(b, "</p>");
    deed_form(v, b, d, &given, v->q->target);
    HTML(b, "</details>");
}

static void plan_deeds(struct visit *v, struct buf *b)
{
    if (!v->account || v->account->role < ROLE_DESK) return;
    HTML(b, "<section id=do><h2>Ask the givers</h2><p class=lead>The plan moves nothing. A round"
            " asks each giver for its part; what it consents to is allocated.</p>");
    put_deed(v, b, "round-open",
             "A round has a name, a reason and perhaps a day by which answers"
             " are asked for.");
    put_deed(v, b, "round-propose",
             "The plan, cut into what each giver is asked: a giver is shown"
             " only what it may see.");
    put_deed(v, b, "consent",
             "For your own party, or, as a coordinator, for one that has said"
             " so.");
    put_deed(v, b, "refuse", "What is refused feeds the next round.");
    put_deed(v, b, "round-close", "What is not answered has lapsed.");
    HTML(b, "</section>");
}

const struct page page_plan = {
    .path = "/plan",
    .name = "Plan",
    .title = "What to send next",
    .in_menu = true,
    .filters = (const struct filter[]){{"scenario", "Scenario", NULL, NULL, NULL},
                                       {"mode", "Mode", "weighted lexicographic", NULL, NULL},
                                       {"asked", "Ask only", NULL, "group", NULL},
                                       {"why", "Why is this as it is? (need, line or lot)", NULL,
                                        NULL, NULL},
                                       {"round", "Round", NULL, NULL, NULL},
                                       {0}},
    .sections =
        (const struct section[]){
            {.id = "why",
             .heading = "Why",
             .ask = "plan why --time=5 -- {why}",
             .needs = "why",
             .lead = "What binds, what is next best, and what would help most.",
             .head = true},
            {.id = "plan",
             .heading = "The proposal",
             .lead = "What to send from which lot, when, and how near to the best that is: no plan"
                     " can come below the bound.",
             .ask = "plan --gap=0.001 --time=5 --currency={currency} --mode={mode} --asked={asked}",
             .picture = "share need had met unmet; against giver share_percent fair_percent",
             .head = true},
            {.id = "rounds",
             .heading = "Rounds",
             .ask = "round list",
             .lead = "What was asked of whom, and what was answered."},
            {.id = "round",
             .heading = "This round",
             .ask = "round show -- {round}",
             .needs = "round",
             .head = true},
            {0},
        },
    .after = plan_deeds,
};
