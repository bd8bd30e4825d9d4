/*
 * feeds_test.c - what changed as a feed, what is to come as a calendar.
 *
 * The feed is read back with libxml2's tree, the calendar with a reader of
 * twenty lines written from RFC 5545. Law 7 is tried as non-interference: the
 * same log without what a viewer may not see gives that viewer the same bytes.
 */
#include <libxml/parser.h>
#include <libxml/tree.h>

#include "desk.h"
#include "export/atom.h"
#include "export/ical.h"
#include "export/plain.h"
#include "hostile.h"

/* --- a book --- */

static struct record *draft(struct desk *d, enum kind kind, const char *key)
{
    struct record *r = record_new(&d->arena, kind);
    record_set_text(&d->arena, r, F_KEY, key);
    return r;
}

static void post(struct desk *d, struct record *r)
{
    struct posting p = desk_posting(d);
    GOOD(posting_add(&p, r, NULL, oops));
    GOOD(posting_commit(&p, oops));
}

static void party(struct desk *d, const char *key, const char *name)
{
    struct record *r = draft(d, KIND_PARTY, key);
    record_set_text(&d->arena, r, F_NAME, name);
    record_set_text(&d->arena, r, F_TYPE, "nation");
    post(d, r);
}

static void item(struct desk *d, const char *key, const char *name, const char *unit, int parts)
{
    struct record *r = draft(d, KIND_ITEM, key);
    record_set_text(&d->arena, r, F_NAME, name);
    record_set_text(&d->arena, r, F_UNIT, unit);
    record_set_int(&d->arena, r, F_PARTS, parts);
    post(d, r);
}

static struct record *line_draft(struct desk *d, const char *key, const char *what)
{
    struct record *r = draft(d, KIND_LINE, key);
    record_set_key(&d->arena, r, F_PARTY, "NLD");
    record_set_key(&d->arena, r, F_RECEIVER, "UKR");
    record_set_key(&d->arena, r, F_ITEM, what);
    return r;
}

static struct record *entry_draft(struct desk *d, const char *line, enum stage from, enum stage to,
                                  int64_t qty, int32_t day)
{
    struct record *r = record_new(&d->arena, KIND_ENTRY);
    record_set_key(&d->arena, r, F_LINE, line);
    record_set_int(&d->arena, r, F_FROM, from);
    record_set_int(&d->arena, r, F_TO, to);
    record_set_int(&d->arena, r, F_QTY, qty);
    record_set_int(&d->arena, r, F_DAY, day);
    record_set_key(&d->arena, r, F_PASSAGE, "list#1");
    record_set_text(&d->arena, r, F_AUTHOR, "desk:anna");
    return r;
}

static void announce(struct desk *d, const char *line, int64_t qty)
{
    post(d, entry_draft(d, line, STAGE_WORLD, STAGE_ANNOUNCED, qty, 20000));
}

/* The newest row is taken back, in a posting that may go on. */
static void take_back(struct desk *d, struct posting *p, uint32_t row)
{
    GOOD(posting_reverse(p, row, "the ministry said so", "desk:anna", NULL, NULL, oops));
    (void)d;
}

static uint32_t newest(const struct desk *d)
{
    return book_columns(d->view.book)->count - 1;
}

static void begin(struct desk *d)
{
    desk_begin(d);
    party(d, "NLD", "Netherlands");
    party(d, "UKR", "Ukraine");
    party(d, "POL", "Poland");
    item(d, "drone", "drones", "piece", 0);
    item(d, "flour", "flour", "t", 1);
    item(d, "money/EUR", "euro", "EUR", 2);
    post(d, draft(d, KIND_SOURCE, "list"));
    struct record *passage = draft(d, KIND_PASSAGE, "list#1");
    record_set_key(&d->arena, passage, F_SOURCE, "list");
    post(d, passage);
}

/* --- reading a feed --- */

static const struct feed ALL = {.at = {.effective = DAY_MAX, .known = INT64_MAX}, .limit = 1000};

static const char *atom_of(struct desk *d, const struct view *v, const struct feed *f)
{
    struct buf b = {.arena = &d->arena};
    GOOD(export_atom(v, f, &b, oops));
    return b.text ? b.text : "";
}

static xmlNodePtr child(xmlNodePtr parent, const char *name, int nth)
{
    for (xmlNodePtr n = parent ? parent->children : NULL; n; n = n->next) {
        if (n->type == XML_ELEMENT_NODE && !strcmp((const char *)n->name, name) && nth-- == 0)
            return n;
    }
    return NULL;
}

/* The text of it, in the arena. */
static const char *words(struct arena *a, xmlNodePtr n)
{
    xmlChar *content = n ? xmlNodeGetContent(n) : NULL;
    const char *text = arena_text(a, content ? (const char *)content : "(nothing)");
    xmlFree(content);
    return text;
}

static xmlDocPtr parsed(const char *atom)
{
    xmlDocPtr doc = xmlReadMemory(atom, (int)strlen(atom), "feed", NULL, XML_PARSE_NONET);
    CHECK(doc != NULL);
    return doc;
}

static const char *entry_words(struct desk *d, const struct feed *f, const char *name, int nth)
{
    xmlDocPtr doc = parsed(atom_of(d, &d->view, f));
    const char *text =
        words(&d->arena, child(child(xmlDocGetRootElement(doc), "entry", nth), name, 0));
    xmlFreeDoc(doc);
    return text;
}

static const char *title(struct desk *d)
{
    return entry_words(d, &ALL, "title", 0);
}

static void a_title_says_what_changed(void)
{
    struct desk d;
    begin(&d);
    post(&d, line_draft(&d, "a", "drone"));
    announce(&d, "a", 6000);
    CHECK_TEXT(title(&d), "Netherlands: 6,000 drones to Ukraine announced");
    post(&d, line_draft(&d, "b", "money/EUR"));
    announce(&d, "b", 123456750);
    CHECK_TEXT(title(&d), "Netherlands: 1,234,567.50 EUR to Ukraine announced");
    post(&d, line_draft(&d, "c", "flour"));
    announce(&d, "c", 1205);
    CHECK_TEXT(title(&d), "Netherlands: 120.5 t of flour to Ukraine announced");

    struct posting p = desk_posting(&d);
    take_back(&d, &p, newest(&d));
    GOOD(posting_commit(&p, oops));
    CHECK_TEXT(title(&d), "Netherlands: 120.5 t of flour to Ukraine no longer announced");
    CHECK_TEXT(entry_words(&d, &ALL, "content", 0),
               "2024-10-04: 120.5 t no longer announced (the ministry said so)\n");

    announce(&d, "c", 1000);
    p = desk_posting(&d);
    take_back(&d, &p, newest(&d));
    GOOD(posting_add(&p, entry_draft(&d, "c", STAGE_WORLD, STAGE_ANNOUNCED, 900, 20000), NULL,
                     oops));
    GOOD(posting_add(&p, entry_draft(&d, "c", STAGE_ANNOUNCED, STAGE_DELIVERED, 50, 20010), NULL,
                     oops));
    GOOD(posting_commit(&p, oops));
    CHECK_TEXT(title(&d),
               "Netherlands: flour to Ukraine: 90 t announced, not 100 t; 5 t delivered");

    announce(&d, "a", 1);
    p = desk_posting(&d);
    take_back(&d, &p, newest(&d));
    GOOD(posting_add(&p, entry_draft(&d, "a", STAGE_WORLD, STAGE_ANNOUNCED, 1, 20001), NULL, oops));
    GOOD(posting_commit(&p, oops));
    CHECK_TEXT(title(&d), "Netherlands: drones to Ukraine restated"); /* on another day */
    desk_end(&d);
}

static void entries_come_newest_first_and_keep_their_ids(void)
{
    struct desk d;
    struct feed two = ALL, then = ALL;
    begin(&d);
    post(&d, line_draft(&d, "a/1 b", "drone"));
    announce(&d, "a/1 b", 1);
    then.at.known = d.now_ms;
    const char *id = entry_words(&d, &ALL, "id", 0), *before = atom_of(&d, &d.view, &then);
    announce(&d, "a/1 b", 2);
    announce(&d, "a/1 b", 3);
    two.limit = 2;
    two.base = "https://book.example/";
    CHECK_TEXT(entry_words(&d, &ALL, "title", 2), "Netherlands: 1 drones to Ukraine announced");
    CHECK_TEXT(entry_words(&d, &ALL, "id", 2), id);
    CHECK(text_starts(id, "urn:uuid:"));
    CHECK_TEXT(entry_words(&d, &two, "title", 1), "Netherlands: 2 drones to Ukraine announced");
    CHECK_TEXT(entry_words(&d, &two, "title", 2), "(nothing)");
    CHECK(strstr(atom_of(&d, &d.view, &two), "\"https://book.example/line/a%2F1%20b\""));
    CHECK_TEXT(atom_of(&d, &d.view, &then), before); /* as known then, it stays as it was */
    desk_end(&d);
}

/* What RFC 4287 asks of every feed. */
static void check_feed(struct arena *a, const char *atom)
{
    xmlDocPtr doc = parsed(atom);
    xmlNodePtr feed = xmlDocGetRootElement(doc), e;
    CHECK(feed && feed->ns && !strcmp((const char *)feed->ns->href, "http://www.w3.org/2005/Atom"));
    CHECK(text_starts(words(a, child(feed, "id", 0)), "urn:uuid:"));
    CHECK(child(feed, "title", 0) && child(feed, "updated", 0));
    struct map ids = {.arena = a};
    int64_t last = INT64_MAX, ms;
    struct err err;
    for (int i = 0; (e = child(feed, "entry", i)); i++) {
        const char *id = words(a, child(e, "id", 0));
        CHECK(!map_get(&ids, id));
        map_put(&ids, id, 1);
        CHECK(instant_parse(words(a, child(e, "updated", 0)), &ms, &err) == RC_OK);
        CHECK(ms <= last);
        last = ms;
        CHECK(*words(a, child(e, "title", 0)));
        CHECK(child(child(e, "author", 0), "name", 0) != NULL);
        CHECK(child(e, "link", 0) ? child(e, "summary", 0) != NULL
                                  : child(e, "content", 0) != NULL);
    }
    xmlFreeDoc(doc);
}

/* --- reading a calendar --- */

struct property {
    const char *name, *value; /* the value as it was before it was escaped */
};
struct properties {
    struct property list[4000];
    uint32_t count;
};

/* Unfold, split at the first colon, unescape; every rule about lines is checked on the way. */
static void read_calendar(struct arena *a, const char *text, struct properties *out)
{
    struct buf whole = {.arena = a};
    out->count = 0;
    CHECK(text_is_utf8(text, strlen(text)));
    for (const char *at = text; *at;) {
        const char *end = strstr(at, "\r\n");
        CHECK(end != NULL);
        if (!end) return;
        CHECK(end - at <= 75);
        CHECK(text_is_utf8(at, (size_t)(end - at))); /* no character is torn */
        for (const char *c = at; c < end; c++) CHECK((unsigned char)*c >= 0x20 || *c == '\t');
        if (*at == ' ')
            buf_add_bytes(&whole, at + 1, (size_t)(end - at - 1));
        else {
            if (whole.len) buf_add(&whole, "\n");
            buf_add_bytes(&whole, at, (size_t)(end - at));
        }
        at = end + 2;
    }
    for (char *line = strtok(whole.text, "\n"); line; line = strtok(NULL, "\n")) {
        char *colon = strchr(line, ':');
        CHECK(colon != NULL);
        if (!colon || out->count == 4000) return;
        *colon = '\0';
        char *to = colon + 1;
        for (const char *from = colon + 1; *from; from++) {
            bool escaped = *from == '\\';
            from += escaped;
            *to++ = escaped && *from == 'n' ? '\n' : *from;
        }
        *to = '\0';
        out->list[out->count++] = (struct property){line, colon + 1};
    }
}

/* The nth of that name. */
static const char *value(const struct properties *p, const char *name, int nth)
{
    for (uint32_t i = 0; i < p->count; i++) {
        if (strcmp(p->list[i].name, name) == 0 && nth-- == 0) return p->list[i].value;
    }
    return "(nothing)";
}

static const char *ical_of(struct desk *d, const struct book *b, int32_t today)
{
    struct buf out = {.arena = &d->arena};
    struct calendar c = {.base = "https://book.example",
                         .question = {.at = {.effective = today, .known = INT64_MAX}}};
    GOOD(export_ical(b, &c, &out, oops));
    return out.text ? out.text : "";
}

static struct properties read; /* large, so not on the stack */

static void promise(struct desk *d, const char *key, int32_t since, int32_t until, int64_t qty)
{
    struct record *r = line_draft(d, key, "drone");
    if (since) record_set_int(&d->arena, r, F_SINCE, since);
    if (until) record_set_int(&d->arena, r, F_UNTIL, until);
    post(d, r);
    if (qty) announce(d, key, qty);
}

static void a_promise_that_is_open_is_an_event_on_its_last_day(void)
{
    struct desk d;
    begin(&d);
    int32_t june = day_from_civil(2025, 6, 1), last = day_from_civil(2025, 6, 30);
    promise(&d, "month", june, last, 1000);
    promise(&d, "window", june + 4, last, 10);
    promise(&d, "day", 0, last + 1, 20);
    promise(&d, "untold", 0, last + 2, 0);
    promise(&d, "dateless", 0, 0, 30);
    promise(&d, "all there", 0, last, 40);
    post(&d, entry_draft(&d, "all there", STAGE_ANNOUNCED, STAGE_DELIVERED, 40, 20100));
    post(&d, entry_draft(&d, "month", STAGE_ANNOUNCED, STAGE_DELIVERED, 400, 20100));
    int64_t moved = d.now_ms;
    read_calendar(&d.arena, ical_of(&d, d.view.book, 20200), &read);
    CHECK_TEXT(read.list[0].value, "VCALENDAR");
    CHECK_TEXT(value(&read, "VERSION", 0), "2.0");
    CHECK_TEXT(value(&read, "UID", 4), "(nothing)");
    CHECK_TEXT(value(&read, "SUMMARY", 0), "Netherlands: 600 drones to Ukraine due");
    CHECK_TEXT(value(&read, "DTSTART;VALUE=DATE", 0), "20250630");
    CHECK_TEXT(value(&read, "DTEND;VALUE=DATE", 0), "20250701");
    CHECK_TEXT(value(&read, "DESCRIPTION", 0),
               "Promised for 2025-06: only the month is known, this is its last day.\n"
               "Promised: 1,000; delivered: 400; to come: 600.\nLine: month");
    CHECK_TEXT(value(&read, "URL", 0), "https://book.example/line/month");
    CHECK(text_starts(value(&read, "DESCRIPTION", 1),
                      "Promised for some day from 2025-06-05 to 2025-06-30: this is the last.\n"));
    CHECK(text_starts(value(&read, "DESCRIPTION", 2), "Promised by 2025-07-01.\n"));
    CHECK_TEXT(value(&read, "SUMMARY", 3), "Netherlands: drones to Ukraine due");
    CHECK_TEXT(value(&read, "CATEGORIES", 3), "not told");
    CHECK_TEXT(value(&read, "CATEGORIES", 0), "due");
    read_calendar(&d.arena, ical_of(&d, d.view.book, last + 1), &read);
    CHECK_TEXT(value(&read, "CATEGORIES", 0), "late");
    read_calendar(&d.arena, ical_of(&d, d.view.book, DAY_MAX), &read);
    CHECK_TEXT(value(&read, "SUMMARY", 0), "Netherlands: 600 drones to Ukraine due");
    CHECK_TEXT(value(&read, "CATEGORIES", 0), "not told"); /* nobody said of which day */
    char instant[INSTANT_TEXT];
    instant_format(moved, instant); /* the delivery, not the clock, dates the event */
    CHECK(strncmp(value(&read, "DTSTAMP", 0), "20231114T", 9) == 0 && instant[9] == '4');
    CHECK(strncmp(value(&read, "DTSTAMP", 0) + 9, instant + 11, 2) == 0);
    CHECK(strncmp(value(&read, "DTSTAMP", 0) + 11, instant + 14, 2) == 0);
    desk_end(&d);
}

static void a_calendar_without_events_still_has_a_part(void)
{
    struct desk d;
    begin(&d);
    read_calendar(&d.arena, ical_of(&d, d.view.book, 20200), &read);
    CHECK_TEXT(value(&read, "UID", 0), "(nothing)");
    CHECK_TEXT(value(&read, "BEGIN", 1), "VTIMEZONE");
    CHECK_TEXT(value(&read, "END", 2), "VCALENDAR");
    desk_end(&d);
}

/* Those who subscribe are given so many events, those nearest to their day first. */
static void a_calendar_may_be_cut_to_what_is_near(void)
{
    struct desk d;
    begin(&d);
    promise(&d, "far", 0, 20300, 5);
    promise(&d, "late", 0, 20195, 5);
    promise(&d, "soon", 0, 20203, 5);
    promise(&d, "next", 0, 20210, 5);
    struct calendar c = {.most = 2, .near = 20200, .question = {.at = CLOCKS_NOW}};
    struct buf out = {.arena = &d.arena};
    GOOD(export_ical(d.view.book, &c, &out, oops));
    const char *soon = strstr(out.text, "Line: soon"), *late = strstr(out.text, "Line: late");
    CHECK(soon && late && soon < late);
    CHECK(!strstr(out.text, "Line: far") && !strstr(out.text, "Line: next"));
    c.most = 0;
    struct buf all = {.arena = &d.arena};
    GOOD(export_ical(d.view.book, &c, &all, oops));
    CHECK(strstr(all.text, "Line: far") && strstr(all.text, "Line: next"));
    desk_end(&d);
}

/* --- hostile texts --- */

static const char *clean(struct rng *r, struct arena *a)
{
    const char *text = hostile_text(r, a, true), *out = NULL;
    struct err err;
    if (text_clean(a, text, strlen(text), &out, &err) || !*out) return "x";
    return out;
}

static void hostile_book(struct rng *r)
{
    struct desk d;
    desk_begin(&d);
    struct arena *a = &d.arena;
    party(&d, "NLD", clean(r, a));
    party(&d, "UKR", clean(r, a));
    item(&d, "drone", clean(r, a), rng_one_in(r, 2) ? "piece" : clean(r, a), 0);
    post(&d, draft(&d, KIND_SOURCE, "list"));
    struct record *passage = draft(&d, KIND_PASSAGE, "list#1");
    record_set_key(a, passage, F_SOURCE, "list");
    post(&d, passage);
    const char *names[4], *keys[4];
    for (int i = 0; i < 4; i++) {
        keys[i] = text_format(a, "%d%s", i, clean(r, a));
        names[i] = clean(r, a);
        struct record *line = line_draft(&d, keys[i], "drone");
        record_set_text(a, line, F_NAME, names[i]);
        record_set_text(a, line, F_CONDITION, clean(r, a));
        record_set_int(a, line, F_UNTIL, 20300 + i);
        post(&d, line);
        struct record *e = entry_draft(&d, keys[i], STAGE_WORLD, STAGE_ANNOUNCED, 5, 20000);
        record_set_text(a, e, F_WHY, clean(r, a));
        post(&d, e);
    }
    struct feed linked = ALL;
    linked.base = "https://book.example";
    check_feed(a, atom_of(&d, &d.view, &linked));
    check_feed(a, atom_of(&d, &d.view, &ALL));
    read_calendar(a, ical_of(&d, d.view.book, 20200), &read);
    for (int i = 0; i < 4; i++) {
        CHECK(text_starts(entry_words(&d, &ALL, "content", 3 - i), names[i]));
        CHECK(text_starts(value(&read, "DESCRIPTION", i), names[i]));
        const char *told = strstr(value(&read, "DESCRIPTION", i), "\nLine: ");
        CHECK(told && strcmp(told + strlen(told) - strlen(keys[i]), keys[i]) == 0);
    }
    desk_end(&d);
}

static void no_text_of_the_book_is_markup(void)
{
    seeds_run(60, hostile_book);
}

/* Any bytes at all as one property. */
static void hostile_property(struct rng *r)
{
    struct arena a = {0};
    struct buf out = {.arena = &a};
    const char *text = hostile_text(r, &a, false);
    ical_property(&a, &out, "SUMMARY", text, false);
    read_calendar(&a, out.text, &read);
    CHECK_I64(read.count, 1);
    CHECK_TEXT(value(&read, "SUMMARY", 0), plain_text(&a, text));
    arena_free(&a);
}

static void any_text_can_be_folded_and_unfolded(void)
{
    seeds_run(2000, hostile_property);
}

/* --- law 7 --- */

enum { STEPS = 25 };

/* A step of a history, drawn anew from its own stream; `hidden` steps are for Poland alone. */
static void step(struct desk *d, struct rng *r, int n, const bool *hidden)
{
    struct arena *a = &d->arena;
    uint32_t what = rng_below(r, 3), which = rng_below(r, (uint32_t)n + 1);
    int64_t qty = 1 + rng_below(r, 50);
    const char *key = text_format(a, "line/%u", (unsigned)which);
    uint32_t noun = book_noun(d->view.book, KIND_LINE, key);
    struct record *post_it = NULL;
    d->now_ms = INT64_C(1800000000000) + n * INT64_C(3600000);
    bool unseen = hidden[which] && !hidden[n]; /* it would be hidden with its line */
    if (noun == NONE || what == 0 || unseen) {
        key = text_format(a, "line/%d", n);
        post_it = line_draft(d, key, "drone");
        record_set_int(a, post_it, F_UNTIL, 20000 + (int32_t)qty);
    } else {
        post_it = entry_draft(d, key, STAGE_WORLD, STAGE_ANNOUNCED, qty, 20000);
    }
    if (hidden[n]) post_it->label = "parties:POL";
    struct posting p = desk_posting(d);
    struct err err;
    if (posting_add(&p, post_it, NULL, &err)) return;
    GOOD(posting_commit(&p, oops));
}

/* What one viewer gets of it all, in one text. */
static const char *outputs(struct desk *d, const char *viewer)
{
    struct view v;
    struct feed f = ALL;
    f.viewer = "";
    f.limit = 10;
    GOOD(view_open(&d->arena, d->store, viewer, NULL, &v, oops));
    return text_format(&d->arena, "%s%s", atom_of(d, &v, &f), ical_of(d, v.book, 20100));
}

static int unlike; /* histories in which the hidden steps showed to whoever sees all */

static void history(struct rng *r)
{
    struct desk whole, seen;
    bool hidden[STEPS];
    begin(&whole);
    begin(&seen);
    for (int n = 0; n < STEPS; n++) {
        hidden[n] = rng_one_in(r, 3);
        struct rng one = {rng_next(r)}, again = one;
        step(&whole, &one, n, hidden);
        if (!hidden[n]) step(&seen, &again, n, hidden);
    }
    CHECK_TEXT(outputs(&whole, ""), outputs(&seen, ""));
    unlike += strcmp(outputs(&whole, NULL), outputs(&seen, NULL)) != 0;
    desk_end(&whole);
    desk_end(&seen);
}

static void what_a_viewer_may_not_see_changes_nothing(void)
{
    unlike = 0;
    seeds_run(60, history);
    CHECK(unlike > 0);
}

int main(void)
{
    RUN(a_title_says_what_changed);
    RUN(entries_come_newest_first_and_keep_their_ids);
    RUN(a_promise_that_is_open_is_an_event_on_its_last_day);
    RUN(a_calendar_without_events_still_has_a_part);
    RUN(a_calendar_may_be_cut_to_what_is_near);
    RUN(no_text_of_the_book_is_markup);
    RUN(any_text_can_be_folded_and_unfolded);
    RUN(what_a_viewer_may_not_see_changes_nothing);
    return tap_done();
}
