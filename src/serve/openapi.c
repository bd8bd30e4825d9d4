/*
 * openapi.c - the API as it describes itself (OpenAPI 3.1).
 *
 * Made from the tables that parse: an option that is taken is described, in
 * the words of its help, and one that is described is taken.
 */
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "serve/api.h"
#include "serve/deed.h"

struct writing {
    struct visit *visit;
    struct jsonw j;
};

static void put(struct writing *w, const char *name, const char *text)
{
    jsonw_name(&w->j, name);
    jsonw_text(&w->j, text);
}

static void open_member(struct writing *w, const char *name, char bracket)
{
    jsonw_name(&w->j, name);
    jsonw_open(&w->j, bracket);
}

static void put_choices(struct writing *w, const char *choices)
{
    if (!choices) return;
    open_member(w, "enum", '[');
    for (const char *at = choices; *at;) {
        size_t len = strcspn(at, " ");
        jsonw_text(&w->j, arena_bytes(w->visit->arena, at, len));
        at += len + strspn(at + len, " ");
    }
    jsonw_close(&w->j, ']');
}

static void put_param(struct writing *w, const char *name, const char *about, const char *type,
                      const char *choices, bool needed)
{
    jsonw_open(&w->j, '{');
    put(w, "name", name);
    put(w, "in", "query");
    put(w, "description", about ? about : name);
    jsonw_name(&w->j, "required");
    jsonw_bool(&w->j, needed);
    open_member(w, "schema", '{');
    put(w, "type", type);
    put_choices(w, choices);
    jsonw_close(&w->j, '}');
    jsonw_close(&w->j, '}');
}

static const char *type_of(const struct opt *o)
{
    return o->type == OPT_SWITCH ? "boolean" : "string";
}

static void put_params(struct writing *w, const struct command *c)
{
    struct arena *a = w->visit->arena;
    bool limited = false;
    open_member(w, "parameters", '[');
    for (const struct operand *o = c->operands; o && o->name; o++) {
        if (api_is_local(o->name)) continue;
        put_param(w, api_operand(a, o), o->help, "string", NULL, !o->optional);
    }
    for (const struct opt *o = c->opts; o && o->name; o++) {
        if (api_is_local(o->arg)) continue;
        limited |= strcmp(o->name, "limit") == 0;
        put_param(w, o->name, opt_meaning(a, o), type_of(o), o->choices, false);
    }
    for (const struct opt *o = global_opts; o->name; o++) {
        if (api_shares(c, o)) put_param(w, o->name, o->help, type_of(o), o->choices, false);
    }
    if (!limited) {
        put_param(w, "limit", "at most so many rows of the main list", "integer", NULL, false);
    }
    put_param(w, "offset", "rows of the main list to leave out before them", "integer", NULL,
              false);
    jsonw_close(&w->j, ']');
}

static void put_reply(struct writing *w, const char *status, const char *about, const char *type,
                      const char *schema)
{
    open_member(w, status, '{');
    put(w, "description", about);
    open_member(w, "content", '{');
    open_member(w, type, '{');
    open_member(w, "schema", '{');
    put(w, "$ref", text_format(w->visit->arena, "#/components/schemas/%s", schema));
    for (int i = 0; i < 4; i++) jsonw_close(&w->j, '}');
}

static void put_replies(struct writing *w, bool records)
{
    open_member(w, "responses", '{');
    put_reply(w, "200", "the answer", "application/json", "answer");
    put_reply(w, "default", "a refusal, with its reason", "application/problem+json", "problem");
    jsonw_close(&w->j, '}');
    if (!records) return;
    open_member(w, "security", '[');
    jsonw_open(&w->j, '{');
    open_member(w, "token", '[');
    jsonw_close(&w->j, ']');
    jsonw_close(&w->j, '}');
    jsonw_close(&w->j, ']');
}

static void put_question(struct writing *w, const struct endpoint *e)
{
    const struct command *c = api_command(w->visit, e->command, NULL);
    if (!c) return;
    jsonw_break(&w->j);
    open_member(w, text_format(w->visit->arena, "/api/v1/%s", e->path), '{');
    open_member(w, "get", '{');
    put(w, "operationId", e->path);
    put(w, "summary", c->about);
    put(w, "description", c->details ? c->details : c->about);
    put_params(w, c);
    put_replies(w, false);
    jsonw_close(&w->j, '}');
    jsonw_close(&w->j, '}');
}

static void put_deed(struct writing *w, const struct deed *d)
{
    jsonw_break(&w->j);
    open_member(w, text_format(w->visit->arena, "/api/v1/%s", d->name), '{');
    open_member(w, "post", '{');
    put(w, "operationId", text_format(w->visit->arena, "do-%s", d->name));
    put(w, "summary", d->title);
    open_member(w, "parameters", '[');
    jsonw_open(&w->j, '{');
    put(w, "name", "Idempotency-Key");
    put(w, "in", "header");
    put(w, "description", "a word of your own: asked again under it, nothing is recorded twice");
    open_member(w, "schema", '{');
    put(w, "type", "string");
    jsonw_close(&w->j, '}');
    jsonw_close(&w->j, '}');
    jsonw_close(&w->j, ']');
    open_member(w, "requestBody", '{');
    open_member(w, "content", '{');
    open_member(w, "application/x-www-form-urlencoded", '{');
    open_member(w, "schema", '{');
    put(w, "type", "object");
    open_member(w, "properties", '{');
    for (const struct deed_field *f = d->fields; f->param; f++) {
        open_member(w, f->param, '{');
        put(w, "type", "string");
        put(w, "description", f->label);
        put_choices(w, f->choices);
        jsonw_close(&w->j, '}');
    }
    for (int i = 0; i < 5; i++) jsonw_close(&w->j, '}');
    put_replies(w, true);
    jsonw_close(&w->j, '}');
    jsonw_close(&w->j, '}');
}

static void put_schema(struct writing *w, const char *name, const char *const needed[])
{
    open_member(w, name, '{');
    put(w, "type", "object");
    open_member(w, "required", '[');
    for (; *needed; needed++) jsonw_text(&w->j, *needed);
    jsonw_close(&w->j, ']');
    jsonw_close(&w->j, '}');
}

static void put_components(struct writing *w)
{
    static const char *const answer[] = {"version", NULL};
    static const char *const problem[] = {"type", "title", "status", "detail", NULL};
    open_member(w, "components", '{');
    open_member(w, "schemas", '{');
    put_schema(w, "answer", answer);
    put_schema(w, "problem", problem);
    jsonw_close(&w->j, '}');
    open_member(w, "securitySchemes", '{');
    open_member(w, "token", '{');
    put(w, "type", "http");
    put(w, "scheme", "bearer");
    for (int i = 0; i < 3; i++) jsonw_close(&w->j, '}');
}

void openapi_answer(struct visit *v)
{
    struct buf b = {.arena = v->arena};
    struct writing w = {.visit = v, .j = {.out = &b}};
    jsonw_open(&w.j, '{');
    put(&w, "openapi", "3.1.0");
    open_member(&w, "info", '{');
    put(&w, "title", "muster");
    put(&w, "version", MUSTER_VERSION);
    put(&w, "description", "The answers of the command line, with its options as parameters.");
    jsonw_close(&w.j, '}');
    open_member(&w, "paths", '{');
    for (const struct endpoint *e = endpoints; e->path; e++) put_question(&w, e);
    for (const struct deed *d = deeds; d->name; d++) put_deed(&w, d);
    jsonw_close(&w.j, '}');
    put_components(&w);
    jsonw_close(&w.j, '}');
    buf_add(&b, "\n");
    visit_reply(v, "application/json", b.text, b.len);
}
