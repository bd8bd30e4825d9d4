/* page.c - the frame around every page, and what a section looks like. See page.h. */
#include "serve/page.h"

#include <string.h>

#include "base/day.h"
#include "base/text.h"
#include "serve/ask.h"
#include "serve/assets.h"
#include "serve/html.h"

const struct page *page_at(const char *path, struct param *own)
{
    for (const struct page *const *p = pages; *p; p++) {
        const char *at = (*p)->path;
        *own = (struct param){0};
        if (strcmp(at, path) == 0) return *p;
        if (!(*p)->own || !text_starts(path, at)) continue;
        *own = (struct param){(*p)->own, path + strlen(at)};
        return *p;
    }
    return NULL;
}

/* --- the frame --- */

static void put_link(struct visit *v, struct buf *b, const char *path, const char *label)
{
    bool here = strcmp(v->q->path, path) == 0;
    HTML(b, "<li><a");
    HTML_ATTR(b, "href", visit_href(v, path, NULL, NULL));
    if (here) HTML(b, " aria-current=page");
    HTML(b, ">");
    html_text(b, label);
    HTML(b, "</a></li>");
}

static void put_field(struct buf *b, const char *label, const char *name, const char *value,
                      const char *placeholder, const char *list)
{
    HTML(b, "<label><span>");
    html_text(b, label);
    HTML(b, "</span><input");
    HTML_ATTR(b, "name", name);
    HTML_ATTR(b, "value", value);
    HTML_ATTR(b, "placeholder", placeholder);
    HTML_ATTR(b, "list", list);
    HTML(b, "></label>");
}

static void put_hidden(struct buf *b, const char *name, const char *value)
{
    if (!value) return;
    HTML(b, "<input type=hidden");
    HTML_ATTR(b, "name", name);
    HTML_ATTR(b, "value", value);
    HTML(b, ">");
}

/* The two clocks, as a form that keeps every other parameter. */
static void put_clocks(struct visit *v, struct buf *b)
{
    HTML(b, "<form class=clocks method=get");
    HTML_ATTR(b, "action", v->q->path);
    HTML(b, " aria-label=\"The two clocks\">");
    for (uint32_t i = 0; i < v->q->query.count; i++) {
        const struct param *p = &v->q->query.at[i];
        if (strcmp(p->name, "effective") == 0 || strcmp(p->name, "known") == 0) continue;
        put_hidden(b, p->name, p->value);
    }
    put_field(b, "As of", "effective", visit_param(v, "effective"), "any day: 2024-06-30", NULL);
    put_field(b, "As known at", "known", visit_param(v, "known"), "now: 2024-06-30", NULL);
    HTML(b, "<button>Look</button></form>");
}

static void put_search(struct visit *v, struct buf *b)
{
    HTML(b, "<form class=search role=search method=get action=/search>");
    for (const char *const *p = kept_params; *p; p++) put_hidden(b, *p, visit_param(v, *p));
    HTML(b, "<label><span class=quiet>Search everything</span><input type=search name=q");
    HTML_ATTR(b, "value", strcmp(v->q->path, "/search") == 0 ? visit_param(v, "q") : NULL);
    HTML(b, " placeholder=\"a party, a thing, a line, words that were said\"></label>"
            "<button>Search</button></form>");
}

static void put_person(struct visit *v, struct buf *b)
{
    if (!v->account) {
        HTML(b, "<p class=person><a");
        HTML_ATTR(b, "href", visit_href(v, "/login", "next", v->q->target));
        HTML(b, ">Log in</a></p>");
        return;
    }
    HTML(b, "<form class=person method=post action=/logout>");
    put_hidden(b, "csrf", v->csrf);
    HTML(b, "<span>");
    html_text(b, v->account->name);
    HTML(b, ", ");
    html_text(b, role_name(v->account->role));
    if (v->account->party) {
        struct href h = href_begin(v->arena, "/donors");
        href_segment(&h, v->account->party);
        HTML(b, " of <a");
        HTML_ATTR(b, "href", visit_href(v, href_text(&h), NULL, NULL));
        HTML(b, ">");
        html_text(b, v->account->party);
        HTML(b, "</a>");
    }
    HTML(b, "</span><button>Log out</button></form>");
}

void frame_begin(struct visit *v, struct buf *b, const char *title)
{
    HTML(b, "<!doctype html><html lang=en><head><meta charset=utf-8><title>");
    html_text(b, title);
    HTML(b, " \xc2\xb7 muster</title><meta name=viewport content=\"width=device-width\">"
            "<meta name=color-scheme content=\"light dark\"><link rel=stylesheet");
    HTML_ATTR(b, "href", asset_address(v->arena, "muster.css"));
    HTML(b, "><link rel=icon type=image/svg+xml");
    HTML_ATTR(b, "href", asset_address(v->arena, "muster.svg"));
    HTML(b, "><script defer");
    HTML_ATTR(b, "src", asset_address(v->arena, "muster.js"));
    HTML(b, "></script><link rel=alternate type=application/atom+xml title=Changes"
            " href=/changes.atom></head><body><a class=skip href=#main>To the content</a>"
            "<header><p class=brand><a");
    HTML_ATTR(b, "href", visit_href(v, "/", NULL, NULL));
    HTML(b, ">muster</a></p><nav aria-label=Pages><ul>");
    for (const struct page *const *p = pages; *p; p++) {
        if ((*p)->in_menu) put_link(v, b, (*p)->path, (*p)->name);
    }
    HTML(b, "</ul></nav>");
    put_search(v, b);
    put_person(v, b);
    HTML(b, "</header><main id=main tabindex=-1><h1>");
    html_text(b, title);
    HTML(b, "</h1>");
    if (visit_param(v, "recorded")) HTML(b, "<p class=done role=status>Recorded.</p>");
}

static int32_t today_of(const struct visit *v)
{
    return (int32_t)(v->site->whole->now_ms() / MS_PER_DAY);
}

/* Whether something in the viewer's book bears a day that is yet to come. */
static bool reaches_ahead(const struct visit *v)
{
    const struct columns *c = book_columns(v->seat->view.book);
    int32_t today = today_of(v);
    for (uint32_t row = 0; row < c->count; row++) {
        if (c->day[row] > today) return true;
    }
    return false;
}

/* An address that gives the same figures for ever: both clocks are in it. */
static const char *permalink(struct visit *v)
{
    struct href h = href_begin(v->arena, v->q->path);
    char known[INSTANT_TEXT];
    for (uint32_t i = 0; i < v->q->query.count; i++) {
        const struct param *p = &v->q->query.at[i];
        if (strcmp(p->name, "known") == 0 || strcmp(p->name, "effective") == 0) continue;
        href_param(&h, p->name, p->value);
    }
    const char *asked = visit_param(v, "known"), *day = visit_param(v, "effective");
    href_param(&h, "effective", day ? day : day_text(v->arena, today_of(v), PRECISION_DAY));
    href_param(&h, "known",
               asked ? asked : instant_format(book_last_ms(v->seat->view.book), known));
    return href_text(&h);
}

void frame_end(struct visit *v, struct buf *b)
{
    if (v->seat && !text_starts(v->q->path, "/do/")) { /* a form has no figures */
        HTML(b, "<footer>");
        put_clocks(v, b);
        HTML(b, "<p><a class=permalink");
        HTML_ATTR(b, "href", permalink(v));
        bool all = visit_param(v, "effective") || !reaches_ahead(v);
        HTML(b, ">");
        html_text(b, all ? "Link to these very figures" : "Link to these figures, up to today");
        HTML(b, "</a></p></footer>");
    }
    HTML(b, "</main>");
    if (v->pictured) {
        HTML(b, "<script defer");
        HTML_ATTR(b, "src", asset_address(v->arena, "plot.js"));
        HTML(b, "></script>");
    }
    HTML(b, "</body></html>\n");
    visit_reply(v, "text/html; charset=utf-8", b->text, b->len);
}

/* --- sections --- */

/* The command as it is typed, with what this visit filled in. */
static const char *as_typed(struct visit *v, const struct section *s)
{
    struct buf b = {.arena = v->arena};
    buf_add(&b, "muster");
    for (const char *at = s->ask; *at;) {
        size_t len = strcspn(at, " ");
        const char *word = ask_word(v, arena_bytes(v->arena, at, len));
        if (word) buf_addf(&b, strpbrk(word, " '\"") ? " \"%s\"" : " %s", word);
        at += len + strspn(at + len, " ");
    }
    return b.text;
}

static void put_file(struct visit *v, struct buf *b, const struct section *s, const char *kind,
                     const char *list, const char *label)
{
    struct href h = href_begin(v->arena, "/table");
    href_param(&h, "page", v->q->path);
    href_param(&h, "section", s->id);
    href_param(&h, "as", kind);
    href_param(&h, "list", list);
    for (uint32_t k = 0; k < v->q->query.count; k++) {
        href_param(&h, v->q->query.at[k].name, v->q->query.at[k].value);
    }
    HTML(b, "<a");
    HTML_ATTR(b, "href", href_text(&h));
    HTML(b, " download>");
    html_text(b, label);
    HTML(b, "</a> ");
}

/* A spreadsheet's text has one list: of several, each has a file of its own. */
static void put_lists(struct visit *v, struct buf *b, const struct section *s,
                      const struct answer *w)
{
    uint32_t filled = 0;
    for (uint32_t i = 0; i < w->list_count; i++) filled += w->lists[i]->count > 0;
    if (filled < 2 || s->only) {
        put_file(v, b, s, "csv", s->only, "CSV");
        return;
    }
    for (uint32_t i = 0; i < w->list_count; i++) {
        const struct rows *r = w->lists[i];
        const char *title = r->title ? r->title : w->title ? w->title : r->name;
        if (r->count) put_file(v, b, s, "csv", r->name, text_format(v->arena, "CSV: %s", title));
    }
}

static void put_downloads(struct visit *v, struct buf *b, const struct section *s,
                          const struct answer *w)
{
    HTML(b, "<p class=downloads>");
    put_lists(v, b, s, w);
    put_file(v, b, s, "xlsx", NULL, "XLSX");
    put_file(v, b, s, "json", NULL, "JSON");
    HTML(b, "<code>");
    html_text(b, as_typed(v, s));
    HTML(b, "</code></p>");
}

/* How it is counted, in the words of the command's own manual. */
static void put_counted(struct visit *v, struct buf *b, const struct section *s)
{
    size_t len = strcspn(s->ask, " ");
    const char *rest = s->ask[len] ? s->ask + len + 1 : "";
    const struct command *c =
        command_named(v->site->whole->commands, arena_bytes(v->arena, s->ask, len));
    const struct command *part =
        c ? command_named(c->parts, arena_bytes(v->arena, rest, strcspn(rest, " "))) : NULL;
    const char *details = part && part->details ? part->details : c ? c->details : NULL;
    if (!details || part) {
        details = part && part->details
                      ? part->details
                      : "A list of what the book has, as it was known then, without what was taken"
                        " back: nothing in it is added up.";
    }
    HTML(b, "<details class=counted><summary>How this is counted</summary><p>");
    html_text(b, arena_bytes(v->arena, details, strcspn(details, "\n")));
    HTML(b, "</p></details>");
}

static bool is_empty(const struct answer *w)
{
    for (uint32_t i = 0; w && i < w->list_count; i++) {
        if (w->lists[i]->count) return false;
    }
    return true;
}

void section_put(struct visit *v, struct buf *b, const struct section *s)
{
    struct told told;
    if (s->needs && !visit_param(v, s->needs)) return;
    ask(v, s->ask, &told);
    if (s->if_any && is_empty(told.answer)) return;
    v->found = true;
    HTML(b, "<section");
    HTML_ATTR(b, "id", s->id);
    HTML(b, "><h2>");
    html_text(b, s->heading);
    HTML(b, "</h2>");
    if (s->lead) {
        HTML(b, "<p class=lead>");
        html_text(b, s->lead);
        HTML(b, "</p>");
    }
    if (told.answer) {
        const struct shown how = {.id = s->id,
                                  .ask = s->ask,
                                  .picture = s->picture,
                                  .rows = s->rows,
                                  .head = s->head,
                                  .only = s->only};
        table_answer(v, b, told.answer, &how);
        put_downloads(v, b, s, told.answer);
        put_counted(v, b, s);
    } else {
        HTML(b, "<p class=refused>");
        if (told.code == EXIT_BUSY) v->r->status = 503; /* not to be kept */
        html_text(b, *told.why ? told.why : "There is no answer to this.");
        HTML(b, "</p>");
    }
    HTML(b, "</section>");
}

/* --- the filters --- */

static void put_choices(struct visit *v, struct buf *b, const struct filter *f)
{
    const char *chosen = visit_param(v, f->param);
    HTML(b, "<label><span>");
    html_text(b, f->label);
    HTML(b, "</span><select");
    HTML_ATTR(b, "name", f->param);
    HTML(b, "><option value=\"\">");
    html_text(b, f->none ? f->none : "any");
    HTML(b, "</option>");
    html_options(b, f->choices, chosen);
    HTML(b, "</select></label>");
}

/* --- suggestions --- */

enum { SUGGESTED = 300 };

/* Keys that a reader may type, with their names; the browser shows those that fit. */
static void put_list(struct visit *v, struct buf *b, const char *list)
{
    uint32_t count, put = 0;
    const struct book *book = v->seat->view.book;
    bool groups = strcmp(list, "group") == 0;
    enum kind kind = strcmp(list, "item") == 0 ? KIND_ITEM : KIND_PARTY;
    const struct record *const *all = book_records(book, kind, &count);
    HTML(b, "<datalist");
    HTML_ATTR(b, "id", list);
    HTML(b, ">");
    for (uint32_t i = 0; i < count && put < SUGGESTED; i++) {
        const char *key = record_text(all[i], F_KEY), *type = record_text(all[i], F_TYPE);
        bool group = type && strcmp(type, "group") == 0;
        if (!key || !book_current(book, all[i], INT64_MAX)) continue;
        if (kind == KIND_PARTY && group != groups) continue;
        HTML(b, "<option");
        HTML_ATTR(b, "value", key);
        HTML(b, ">");
        html_text(b, record_text(all[i], F_NAME));
        HTML(b, "</option>");
        put++;
    }
    HTML(b, "</datalist>");
}

static void put_lists_of(struct visit *v, struct buf *b, const struct page *p)
{
    static const char *const lists[] = {"party", "group", "item"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const struct filter *f = p->filters;
        while (f->param && !(f->list && strcmp(f->list, lists[i]) == 0)) f++;
        if (f->param) put_list(v, b, lists[i]);
    }
}

static bool has_filter(const struct page *p, const char *param)
{
    const struct filter *f = p->filters;
    while (f->param && strcmp(f->param, param) != 0) f++;
    return f->param != NULL;
}

static void put_filters(struct visit *v, struct buf *b, const struct page *p)
{
    if (!p->filters) return;
    HTML(b, "<form class=filters method=get");
    HTML_ATTR(b, "action", v->q->path);
    HTML(b, ">");
    for (const char *const *k = kept_params; *k; k++) {
        if (!has_filter(p, *k)) put_hidden(b, *k, visit_param(v, *k));
    }
    for (const struct filter *f = p->filters; f->param; f++) {
        if (f->choices)
            put_choices(v, b, f);
        else
            put_field(b, f->label, f->param, visit_param(v, f->param), NULL, f->list);
    }
    HTML(b, "<button>Show</button></form>");
    put_lists_of(v, b, p);
}

void page_show(struct visit *v, const struct page *p)
{
    struct buf b = {.arena = v->arena};
    const char *title = p->titled ? p->titled(v) : NULL;
    frame_begin(v, &b, title ? title : p->title);
    if (p->lead) {
        HTML(&b, "<p class=lead>");
        html_text(&b, p->lead);
        HTML(&b, "</p>");
    }
    put_filters(v, &b, p);
    if (p->before && !p->before(v, &b)) return;
    for (const struct section *s = p->sections; s && s->id; s++) section_put(v, &b, s);
    if (p->after) p->after(v, &b);
    frame_end(v, &b);
}
