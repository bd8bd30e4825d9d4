/* deed.c - see deed.h. */
#include "serve/deed.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "serve/api.h"
#include "serve/ask.h"
#include "serve/html.h"
#include "serve/inbox.h"
#include "serve/page.h"
#include "serve/who.h"

#define STAGES "considered announced committed allocated dispatched delivered"
#define WHY                                                                                        \
    {                                                                                              \
        "why", "Why", NULL, "the reason, kept with it", false, true, false                         \
    }
#define EVIDENCE                                                                                   \
    {                                                                                              \
        "cite", "Who says so (empty: you)", NULL, "Ministry of Defence, 3 April", false, false,    \
        false},                                                                                    \
        {"address", "Where it can be read", NULL, "https://...", false, false, false},             \
    {                                                                                              \
        "label", "Who may see it", NULL, "public, group:KEY, parties:KEY,KEY", false, false, false \
    }

const struct deed deeds[] = {
    {.name = "move",
     .command = "move",
     .title = "Record a movement",
     .button = "Record",
     .least = ROLE_DESK,
     .about = KIND_LINE,
     .about_of = "line",
     .fields =
         (const struct deed_field[]){
             {"line", "Line", NULL, NULL, true, true, true},
             {"qty", "Quantity", NULL, "in whole units", true, true, false},
             {"to", "To stage", STAGES, NULL, false, true, false},
             {"from", "From stage", "world " STAGES, NULL, false, false, false},
             {"on", "On", NULL, "2026-06-30; empty: today", false, false, false},
             {"confirmed", "The receiver confirms it", "yes", NULL, false, false, false},
             EVIDENCE,
             {0}}},
    {.name = "undo",
     .command = "undo",
     .title = "Take an entry back",
     .button = "Take back",
     .least = ROLE_DESK,
     .fields =
         (const struct deed_field[]){{"entry", "Entry", NULL, NULL, true, true, true}, WHY, {0}}},
    {.name = "accept",
     .command = "accept",
     .title = "Accept into the book",
     .button = "Accept",
     .least = ROLE_DESK,
     .about = KIND_STATEMENT,
     .about_of = "candidate",
     .above = inbox_above,
     .fields =
         (const struct deed_field[]){
             {"candidate", "Candidate", NULL, NULL, true, true, true},
             {"giver", "Giver", NULL, "as read", false, false, false},
             {"receiver", "Receiver", NULL, "as read", false, false, false},
             {"item", "Item", NULL, "as read", false, false, false},
             {"make-item", "New item, with this key", NULL, NULL, false, false, false},
             {"qty", "Quantity", NULL, "1000, 1000..2000, undisclosed", false, false, false},
             {"stage", "Stage", STAGES, NULL, false, false, false},
             {"on", "On", NULL, "the day of the document", false, false, false},
             {"line", "It restates this line", NULL, "key of a line", false, false, false},
             {"why", "Why", NULL, "a reason to keep with it", false, false, false},
             {0}}},
    {.name = "edit",
     .command = "inbox edit",
     .title = "Edit what was read",
     .button = "Record the edit",
     .least = ROLE_DESK,
     .about = KIND_STATEMENT,
     .about_of = "candidate",
     .begins = inbox_begins,
     .above = inbox_above,
     .empties = true,
     .fields =
         (const struct deed_field[]){
             {"candidate", "Candidate", NULL, NULL, true, true, true},
             {"giver", "Giver", NULL, "DEU; several with commas", false, false, false},
             {"receiver", "Receiver", NULL, "UKR", false, false, false},
             {"item", "What", NULL, "in the words used", false, false, false},
             {"qty", "Quantity", NULL, "1000, 1000..2000; empty: none said", false, false, false},
             {"unit", "Unit", NULL, "EUR, each, tonne", false, false, false},
             {"stage", "Stage", STAGES, NULL, false, false, false},
             {"on", "Said on", NULL, "2026-06-30", false, false, false},
             WHY,
             {0}}},
    {.name = "reject",
     .command = "reject",
     .title = "Nothing for the book",
     .button = "Reject",
     .least = ROLE_DESK,
     .about = KIND_STATEMENT,
     .about_of = "candidate",
     .above = inbox_above,
     .fields = (const struct deed_field[]){{"candidate", "Candidate", NULL, NULL, true, true, true},
                                           WHY,
                                           {0}}},
    {.name = "reopen",
     .command = "inbox reopen",
     .title = "Take a choice back",
     .button = "Take back",
     .least = ROLE_DESK,
     .fields = (const struct deed_field[]){{"candidate", "Candidate", NULL, NULL, true, true, true},
                                           WHY,
                                           {0}}},
    {.name = "floor",
     .command = "floor add",
     .title = "Record a yearly floor",
     .button = "Record",
     .least = ROLE_DESK,
     .fields =
         (const struct deed_field[]){
             {"key", "Key", NULL, "one word: pledge-2026", true, true, false},
             {"by", "Who agreed", NULL, "Allies, DEU; empty: everybody", false, false, false},
             {"receiver", "For", NULL, "UKR", false, false, false},
             {"class", "Class", "financial humanitarian military", NULL, false, false, false},
             {"amount", "At least, a year", NULL, "40bn, 2500000", false, true, false},
             {"currency", "Currency", NULL, "EUR", false, true, false},
             {"from", "First day", NULL, "2026-01-01", false, true, false},
             {"until", "Last day", NULL, "empty: open", false, false, false},
             {"on", "Agreed on", NULL, "2026-06-30", false, false, false},
             {"kind", "Kind", "decision guideline option", NULL, false, false, false},
             {"text", "In words", NULL, "what was agreed", false, false, false},
             EVIDENCE,
             {0}}},
    {.name = "round-open",
     .command = "round open",
     .title = "Open a round",
     .button = "Open",
     .least = ROLE_COORDINATOR,
     .fields = (const struct deed_field[]){{"round", "Round", NULL, "one word", true, true, false},
                                           {"name", "Name", NULL, NULL, false, false, false},
                                           {"until", "Answers by", NULL, "2026-12-15", false, false,
                                            false},
                                           WHY,
                                           {0}}},
    {.name = "round-propose",
     .command = "round propose",
     .title = "Propose: ask each giver for its part of the plan",
     .button = "Propose",
     .least = ROLE_COORDINATOR,
     .fields =
         (const struct deed_field[]){{"round", "Round", NULL, "one word", true, true, false}, {0}}},
    {.name = "consent",
     .command = "round consent",
     .title = "Consent",
     .button = "Consent",
     .least = ROLE_DESK,
     .fields =
         (const struct deed_field[]){
             {"round", "Round", NULL, NULL, true, true, false},
             {"proposal", "Proposal", NULL, "DEU/1", true, true, false},
             {"qty", "How much, if not all", NULL, NULL, true, false, false},
             {"by", "Giver", NULL, "DEU", false, true, false},
             {"cite", "Where the giver says so", NULL, "Letter of the ministry, 3 April", false,
              true, false},
             {"address", "Where it can be read", NULL, "https://...", false, false, false},
             {"line", "Continue this promise", NULL, NULL, false, false, false},
             {"why", "Why", NULL, NULL, false, false, false},
             {0}}},
    {.name = "refuse",
     .command = "round refuse",
     .title = "Refuse",
     .button = "Refuse",
     .least = ROLE_DESK,
     .fields =
         (const struct deed_field[]){
             {"round", "Round", NULL, NULL, true, true, false},
             {"proposal", "Proposal", NULL, "DEU/1", true, true, false},
             {"by", "Giver", NULL, "DEU", false, true, false},
             {"lot", "The lot is not to be had at all", "yes", NULL, false, false, false},
             WHY,
             {0}}},
    {.name = "round-close",
     .command = "round close",
     .title = "Close a round",
     .button = "Close",
     .least = ROLE_COORDINATOR,
     .fields = (const struct deed_field[]){{"round", "Round", NULL, "one word", true, true, false},
                                           WHY,
                                           {0}}},
    {.name = NULL},
};

const struct deed *deed_named(const char *name)
{
    for (const struct deed *d = deeds; d->name; d++) {
        if (strcmp(d->name, name) == 0) return d;
    }
    return NULL;
}

bool deed_may(const struct visit *v, const struct deed *d)
{
    return v->account && v->account->role >= d->least && !visit_param(v, "known");
}

/* --- the form --- */

static const char *value_of(const struct visit *v, const struct params *given,
                            const struct params *begins, const char *name)
{
    const char *typed = param_of(&v->q->form, name);
    if (!typed && given) typed = param_of(given, name);
    return typed ? typed : begins ? param_of(begins, name) : NULL;
}

/* The key that a form is about: just typed, else in the address. */
static const char *about_of(const struct visit *v, const struct deed *d)
{
    const char *typed = d->about_of ? param_of(&v->q->form, d->about_of) : NULL;
    return typed || !d->about_of ? typed : visit_param(v, d->about_of);
}

static void put_choice(struct buf *b, const struct deed_field *f, const char *value)
{
    HTML(b, "<select");
    HTML_ATTR(b, "name", f->param);
    HTML(b, ">");
    if (!f->needed) HTML(b, "<option value=\"\"></option>");
    html_options(b, f->choices, value);
    HTML(b, "</select>");
}

static void put_input(struct buf *b, const struct deed_field *f, const char *value)
{
    HTML(b, "<label><span>");
    html_text(b, f->label);
    HTML(b, "</span>");
    if (f->choices) {
        put_choice(b, f, value);
    } else {
        HTML(b, "<input");
        HTML_ATTR(b, "name", f->param);
        HTML_ATTR(b, "value", value);
        HTML_ATTR(b, "placeholder", f->hint);
        if (f->needed) HTML(b, " required");
        if (f->fixed && value) HTML(b, " readonly");
        HTML(b, ">");
    }
    HTML(b, "</label>");
}

static void put_secret(struct buf *b, const char *name, const char *value)
{
    HTML(b, "<input type=hidden");
    HTML_ATTR(b, "name", name);
    HTML_ATTR(b, "value", value ? value : "");
    HTML(b, ">");
}

void deed_form(struct visit *v, struct buf *b, const struct deed *d, const struct params *given,
               const char *next)
{
    if (!deed_may(v, d)) return;
    HTML(b, "<form class=deed method=post");
    HTML_ATTR(b, "action", text_format(v->arena, "/do/%s", d->name));
    HTML(b, ">");
    put_secret(b, "csrf", v->csrf);
    put_secret(b, "next", next);
    put_secret(b, "seen", text_format(v->arena, "%" PRIu64, book_head(v->seat->view.book)));
    const struct params *begins = d->begins ? d->begins(v, about_of(v, d)) : NULL;
    for (const struct deed_field *f = d->fields; f->param; f++) {
        put_input(b, f, value_of(v, given, begins, f->param));
    }
    HTML(b, "<button>");
    html_text(b, d->button);
    HTML(b, "</button></form>");
}

static void form_page(struct visit *v, const struct deed *d, const char *why)
{
    struct buf b = {.arena = v->arena};
    const char *next = param_of(&v->q->form, "next");
    frame_begin(v, &b, d->title);
    if (why) {
        HTML(&b, "<p class=refused role=alert>");
        html_text(&b, why);
        HTML(&b, "</p>");
    }
    if (!deed_may(v, d)) {
        HTML(&b, "<p class=refused>Your account may not do this, or the page looks at the past."
                 "</p>");
    }
    if (d->above) d->above(v, &b, about_of(v, d));
    deed_form(v, &b, d, &v->q->query, own_address(v, next ? next : visit_param(v, "next")));
    frame_end(v, &b);
}

/* --- doing it --- */

static bool says_yes(const struct deed_field *f, const char *value)
{
    return f->choices && strcmp(f->choices, "yes") == 0 && strcmp(value, "yes") == 0;
}

static void words_of(struct visit *v, const struct deed *d, struct texts *words)
{
    for (const char *at = d->command; *at;) {
        size_t len = strcspn(at, " ");
        texts_add(words, v->arena, arena_bytes(v->arena, at, len));
        at += len + strspn(at + len, " ");
    }
    texts_add(words, v->arena, text_format(v->arena, "--author=%s", v->account->name));
    if (v->q->idempotency_key) {
        texts_add(words, v->arena, text_format(v->arena, "--request=%s", v->q->idempotency_key));
    }
    for (const struct deed_field *f = d->fields; f->param; f++) {
        const char *value = param_of(&v->q->form, f->param);
        bool taken = d->empties && value && !*value && !f->choices && !f->needed;
        if (f->operand || !value || (!*value && !taken)) continue;
        texts_add(words, v->arena,
                  says_yes(f, value) ? text_format(v->arena, "--%s", f->param)
                                     : text_format(v->arena, "--%s=%s", f->param, value));
    }
    texts_add(words, v->arena, "--");
    for (const struct deed_field *f = d->fields; f->param; f++) {
        const char *value = param_of(&v->q->form, f->param);
        if (f->operand && value && *value) texts_add(words, v->arena, value);
    }
}

static void do_it(struct visit *v, const struct deed *d, struct told *told)
{
    struct texts words = {0};
    struct about about = {.kind = d->about};
    const char *seen = param_of(&v->q->form, "seen");
    if (d->about && seen) {
        about.key = param_of(&v->q->form, d->about_of);
        about.seen = strtoull(seen, NULL, 10);
    }
    words_of(v, d, &words);
    ask_record(v, &words, about.key && about.seen ? &about : NULL, told);
    who_audit(v, d->name, told->json ? told->json : "", told->code ? told->why : "done");
}

static int refusal(int code)
{
    return code == EXIT_FINDING ? 409 : code == EXIT_USAGE || code == EXIT_INPUT ? 422 : 500;
}

void deed_answer(struct visit *v)
{
    const struct deed *d = deed_named(v->q->path + strlen("/do/"));
    struct told told;
    if (!d) {
        visit_refuse(v, 404, "There is nothing like that to do.");
        return;
    }
    if (strcmp(v->q->method, "POST") != 0) {
        form_page(v, d, NULL);
        return;
    }
    if (!who_sent(v)) return;
    if (!deed_may(v, d)) {
        visit_refuse(v, 403, "Your account may not do this.");
        return;
    }
    do_it(v, d, &told);
    if (told.code) {
        v->r->status = refusal(told.code);
        form_page(v, d, told.why);
        return;
    }
    struct href h = href_begin(v->arena, own_address(v, param_of(&v->q->form, "next")));
    href_param(&h, "recorded", "yes");
    v->r->status = 303;
    reply_header(v->r, v->arena, "Location", href_text(&h));
    visit_reply(v, "text/plain; charset=utf-8", "recorded\n", 9);
}

bool deed_api(struct visit *v, const char *name)
{
    const struct deed *d = deed_named(name);
    struct told told;
    if (!d) return false;
    if (!who_sent(v)) return true;
    if (!deed_may(v, d)) {
        visit_refuse(v, 403, "Your account may not do this.");
        return true;
    }
    do_it(v, d, &told);
    if (told.code) {
        visit_refuse(v, refusal(told.code), told.why);
        return true;
    }
    visit_reply(v, "application/json", told.json ? told.json : "{}",
                strlen(told.json ? told.json : "{}"));
    return true;
}
