/* api.c - see api.h. */
#include "serve/api.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/json.h"
#include "base/text.h"
#include "export/xlsx.h"
#include "serve/ask.h"
#include "serve/deed.h"
#include "serve/html.h"
#include "serve/page.h"

const struct endpoint endpoints[] = {
    {"total", "total", NULL},
    {"position", "position", NULL},
    {"sums", "sums", NULL},
    {"burden", "burden", NULL},
    {"floor", "floor", NULL},
    {"decisions", "decision list", NULL},
    {"late", "late", NULL},
    {"plan", "plan", "time"},
    {"quote", "quote", NULL},
    {"check", "check", NULL},
    {"search", "search", NULL},
    {"said", "said", NULL},
    {"flags", "flags", NULL},
    {"diff", "diff", NULL},
    {"history", "history", NULL},
    {"explain", "explain", NULL},
    {"inbox", "inbox", NULL},
    {"needs", "need list", NULL},
    {"lines", "line list", NULL},
    {"parties", "party list", NULL},
    {"items", "item list", NULL},
    {"lots", "lot list", NULL},
    {"coverage", "coverage", NULL},
    {"outlook", "outlook", NULL},
    {"sources", "source list", NULL},
    {"source", "source show", NULL},
    {"routes", "route list", NULL},
    {"rounds", "round list", NULL},
    {NULL, NULL, NULL},
};

void api_problem(struct visit *v, int status, const char *why)
{
    struct buf b = {.arena = v->arena};
    struct jsonw j = {.out = &b};
    jsonw_open(&j, '{');
    jsonw_name(&j, "type");
    jsonw_text(&j, "about:blank");
    jsonw_name(&j, "title");
    jsonw_text(&j, status == 404   ? "not found"
                   : status == 429 ? "too many requests"
                   : status < 500  ? "refused"
                                   : "failed");
    jsonw_name(&j, "status");
    jsonw_number(&j, text_format(v->arena, "%d", status));
    jsonw_name(&j, "detail");
    jsonw_text(&j, why);
    jsonw_close(&j, '}');
    buf_add(&b, "\n");
    visit_reply(v, "application/problem+json", b.text, b.len);
}

/* --- parameters into words --- */

const struct command *api_command(const struct visit *v, const char *words, struct texts *out)
{
    const struct command *const *list = v->site->whole->commands;
    const struct command *c = NULL;
    for (const char *at = words; *at;) {
        size_t len = strcspn(at, " ");
        const char *word = arena_bytes(v->arena, at, len);
        c = command_named(list, word);
        if (!c) return NULL;
        if (out) texts_add(out, v->arena, word);
        list = c->parts;
        at += len + strspn(at + len, " ");
    }
    return c;
}

/* A file of this machine is nothing that somebody elsewhere can name. */
bool api_is_local(const char *arg)
{
    return arg && (strcmp(arg, "FILE") == 0 || strcmp(arg, "DIR") == 0 || strcmp(arg, "URL") == 0);
}

static const struct opt *option_named(const struct opt *list, const char *name)
{
    for (; list && list->name; list++) {
        if (strcmp(list->name, name) == 0 && !api_is_local(list->arg)) return list;
    }
    return NULL;
}

bool api_shares(const struct command *c, const struct opt *o)
{
    static const char *const fine[] = {"effective", "known", "scenario", "currency", "rates", NULL};
    for (const char *const *f = fine; *f; f++) {
        if (strcmp(*f, o->name) == 0) return command_heeds(c, o);
    }
    return false;
}

static const struct opt *shared_named(const struct command *c, const char *name)
{
    for (const struct opt *o = global_opts; o->name; o++) {
        if (strcmp(o->name, name) == 0 && api_shares(c, o)) return o;
    }
    return NULL;
}

const char *api_operand(struct arena *a, const struct operand *o)
{
    char *name = (char *)(uintptr_t)arena_text(a, o->name);
    for (char *at = name; *at; at++) {
        if (*at >= 'A' && *at <= 'Z') *at = (char)(*at - 'A' + 'a');
    }
    return name;
}

static const struct operand *operand_named(struct arena *a, const struct command *c,
                                           const char *name)
{
    for (const struct operand *o = c->operands; o && o->name; o++) {
        if (!api_is_local(o->name) && strcmp(api_operand(a, o), name) == 0) return o;
    }
    return NULL;
}

static bool is_no(const char *value)
{
    return strcmp(value, "0") == 0 || strcmp(value, "false") == 0 || strcmp(value, "no") == 0;
}

static bool one_param(struct visit *v, const struct command *c, const struct param *p,
                      struct texts *words)
{
    if (strcmp(p->name, "limit") == 0 && !option_named(c->opts, "limit")) return true;
    if (strcmp(p->name, "offset") == 0) return true;
    if (operand_named(v->arena, c, p->name)) return true; /* taken up behind the options */
    const struct opt *o = option_named(c->opts, p->name);
    if (!o) o = shared_named(c, p->name);
    if (!o) return false;
    if (o->type == OPT_SWITCH) {
        if (!is_no(p->value)) texts_add(words, v->arena, text_format(v->arena, "--%s", o->name));
    } else if (*p->value) {
        texts_add(words, v->arena, text_format(v->arena, "--%s=%s", o->name, p->value));
    }
    return true;
}

static bool words_of(struct visit *v, const struct command *c, struct texts *words)
{
    const struct params *q = &v->q->query;
    for (uint32_t i = 0; i < q->count; i++) {
        if (one_param(v, c, &q->at[i], words)) continue;
        visit_refuse(v, 400,
                     text_format(v->arena,
                                 "'%.60s' is no parameter of this; "
                                 "/api/v1/openapi.json lists them",
                                 q->at[i].name));
        return false;
    }
    texts_add(words, v->arena, "--");
    for (const struct operand *o = c->operands; o && o->name; o++) {
        if (api_is_local(o->name)) continue;
        const char *name = api_operand(v->arena, o);
        for (uint32_t i = 0; i < q->count; i++) {
            if (strcmp(q->at[i].name, name) == 0) texts_add(words, v->arena, q->at[i].value);
        }
    }
    return true;
}

/* --- answering --- */

static bool whole_number(const char *text, uint32_t *out)
{
    if (!*text || strlen(text) > 9 || strspn(text, "0123456789") != strlen(text)) return false;
    *out = (uint32_t)strtoul(text, NULL, 10);
    return true;
}

static void link_next(struct visit *v, uint32_t offset)
{
    struct href h = href_begin(v->arena, v->q->path);
    for (uint32_t i = 0; i < v->q->query.count; i++) {
        const struct param *p = &v->q->query.at[i];
        if (strcmp(p->name, "offset") != 0) href_param(&h, p->name, p->value);
    }
    href_param(&h, "offset", text_format(v->arena, "%u", (unsigned)offset));
    reply_header(v->r, v->arena, "Link",
                 text_format(v->arena, "<%s>; rel=\"next\"", href_text(&h)));
}

/* The list that a program reads row by row, cut to the part that is asked for. */
static bool cut(struct visit *v, const struct answer *w)
{
    uint32_t limit = API_ROWS, offset = 0;
    const char *most = param_of(&v->q->query, "limit"), *from = param_of(&v->q->query, "offset");
    if ((most && (!whole_number(most, &limit) || limit == 0 || limit > API_ROWS_MAX)) ||
        (from && !whole_number(from, &offset))) {
        visit_refuse(v, 400, "limit is a whole number from 1 to 100000, offset one from 0");
        return false;
    }
    for (uint32_t i = 0; i < w->list_count; i++) {
        struct rows *r = w->lists[i];
        if (w->main ? r != w->main : i + 1 < w->list_count) continue;
        uint32_t all = r->count;
        if (offset > all) offset = all;
        rows_cut(r, offset, all - offset < limit ? all - offset : limit);
        if (offset + r->count < all) link_next(v, offset + r->count);
    }
    return true;
}

/* What takes as long as it is let is let so long and no longer. */
static bool limit_time(struct visit *v, const struct endpoint *e, struct texts *words)
{
    const char *given = e->limit ? param_of(&v->q->query, e->limit) : NULL;
    if (!e->limit) return true;
    if (!given || !*given) {
        texts_add(words, v->arena, text_format(v->arena, "--%s=10", e->limit));
    } else if (strtod(given, NULL) > API_SECONDS_MAX) {
        visit_refuse(v, 400, "at most 60 seconds are given to one answer");
        return false;
    }
    return true;
}

void api_answer(struct visit *v)
{
    const char *path = v->q->path + strlen("/api/v1/");
    const struct endpoint *e = endpoints;
    struct texts words = {0};
    struct told told;
    if (strcmp(v->q->method, "POST") == 0) {
        if (!deed_api(v, path)) visit_refuse(v, 405, "This endpoint only answers.");
        return;
    }
    if (strcmp(path, "openapi.json") == 0) {
        openapi_answer(v);
        return;
    }
    while (e->path && strcmp(e->path, path) != 0) e++;
    const struct command *c = e->path ? api_command(v, e->command, &words) : NULL;
    if (!c) {
        visit_refuse(v, 404, "There is no such endpoint; /api/v1/openapi.json lists them.");
        return;
    }
    if (!limit_time(v, e, &words) || !words_of(v, c, &words)) return;
    ask_words(v, &words, &told);
    if (!told.answer) {
        visit_refuse(v, ask_status(told.code), *told.why ? told.why : "There is no answer.");
        return;
    }
    struct buf b = {.arena = v->arena};
    if (!cut(v, told.answer)) return;
    answer_json(told.answer, &b);
    visit_reply(v, "application/json", b.text, b.len);
}

/* --- tables as files --- */

static const struct section *section_of(const struct page *p, const char *id)
{
    for (const struct section *s = p->sections; s && s->id; s++) {
        if (strcmp(s->id, id) == 0) return s;
    }
    return NULL;
}

static bool workbook(struct visit *v, const struct answer *w, struct buf *b)
{
    struct err err;
    enum precision unused;
    struct xlsx_about about = {
        .effective = DAY_MAX, .known = INT64_MAX, .viewer = v->viewer, .created_ms = 0};
    const char *day = visit_param(v, "effective"), *known = visit_param(v, "known");
    enum rc rc = day ? day_parse(day, &about.effective, &unused, &err) : RC_OK;
    if (!rc && known) rc = instant_parse(known, &about.known, &err);
    if (!rc) rc = export_xlsx(w, &about, b, &err);
    if (rc) visit_refuse(v, rc == RC_INPUT ? 400 : 500, err.msg);
    return !rc;
}

/* The list that a CSV file has, when one is named. */
static bool choose_list(struct visit *v, struct told *told)
{
    const char *name = visit_param(v, "list");
    struct answer *own = NEW(v->arena, struct answer);
    if (!name) return true;
    *own = *told->answer;
    own->main = NULL;
    for (uint32_t i = 0; i < own->list_count; i++) {
        if (strcmp(own->lists[i]->name, name) == 0) own->main = own->lists[i];
    }
    told->answer = own;
    return own->main != NULL;
}

void api_table(struct visit *v)
{
    const char *path = visit_param(v, "page"), *id = visit_param(v, "section");
    const char *as = visit_param(v, "as");
    const struct page *p = path ? page_at(path, &v->own) : NULL;
    const struct section *s = p && id ? section_of(p, id) : NULL;
    struct told told;
    struct buf b = {.arena = v->arena};
    bool known = as && (strcmp(as, "csv") == 0 || strcmp(as, "json") == 0 ||
                        strcmp(as, "xlsx") == 0); /* it is in the name of the file, a header */
    if (!s || !known) {
        visit_refuse(v, 404, "There is no such table.");
        return;
    }
    ask(v, s->ask, &told);
    if (!told.answer) {
        visit_refuse(v, ask_status(told.code), told.why);
        return;
    }
    if (!choose_list(v, &told)) {
        visit_refuse(v, 404, "There is no such list in this table.");
        return;
    }
    const char *type = "text/csv; charset=utf-8";
    if (strcmp(as, "json") == 0) {
        answer_json(told.answer, &b);
        type = "application/json";
    } else if (strcmp(as, "xlsx") == 0) {
        type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        if (!workbook(v, told.answer, &b)) return;
    } else {
        answer_csv(told.answer, &b);
    }
    reply_header(v->r, v->arena, "Content-Disposition",
                 text_format(v->arena, "attachment; filename=\"muster-%s.%s\"", s->id, as));
    visit_reply(v, type, b.text ? b.text : "", b.len);
}
