/* who.c - see who.h. */
#include "serve/who.h"

#include <string.h>

#include "base/text.h"
#include "serve/html.h"
#include "serve/page.h"

static const char *cookie_name(const struct visit *v)
{
    return v->site->secure ? "__Host-muster" : "muster";
}

/* The value of our cookie in "a=1; muster=2"; NULL. */
static const char *session_of(const struct visit *v)
{
    const char *name = cookie_name(v);
    size_t len = strlen(name);
    for (const char *at = v->q->cookie; at && *at;) {
        at += strspn(at, "; ");
        size_t part = strcspn(at, ";");
        if (part > len && strncmp(at, name, len) == 0 && at[len] == '=') {
            return arena_bytes(v->arena, at + len + 1, part - len - 1);
        }
        at += part;
    }
    return NULL;
}

static const char *token_of(const struct visit *v)
{
    const char *shown = v->q->authorization;
    return shown && text_starts(shown, "Bearer ") ? shown + strlen("Bearer ") : NULL;
}

/* A party's people see as the party; who has none and coordinates sees all. */
static const char *eyes_of(const struct account *a)
{
    if (a->party) return a->party;
    return a->role >= ROLE_COORDINATOR ? NULL : "";
}

void who_asks(struct visit *v)
{
    struct err err;
    struct account *a = NEW(v->arena, struct account);
    char *csrf = NEW_ARRAY(v->arena, CSRF_TEXT, char);
    const char *session = session_of(v), *token = token_of(v);
    int64_t now = v->site->whole->now_ms();
    v->viewer = "";
    if (!v->site->accounts) return;
    if (token) {
        if (accounts_token(v->site->accounts, v->arena, token, now, a, &err)) return;
        v->by_token = true;
    } else {
        if (!session) return;
        if (accounts_session(v->site->accounts, v->arena, session, now, a, csrf, &err)) return;
        v->csrf = csrf;
    }
    v->account = a;
    v->viewer = eyes_of(a);
}

/* "https://host" of ours: the host that was asked for. */
static bool is_own_origin(const struct visit *v, const char *origin)
{
    const char *host = strstr(origin, "://");
    return host && v->q->host && strcmp(host + 3, v->q->host) == 0;
}

static bool from_our_pages(const struct visit *v)
{
    const struct request *q = v->q;
    if (q->fetch_site && strcmp(q->fetch_site, "same-origin") != 0) return false;
    return !q->origin || is_own_origin(v, q->origin);
}

bool who_sent(struct visit *v)
{
    const char *csrf = param_of(&v->q->form, "csrf"), *session = session_of(v);
    if (!v->account) {
        visit_refuse(v, 401, "Log in first.");
        return false;
    }
    if (v->by_token) return true;
    if (from_our_pages(v) && session && csrf && csrf_fits(session, csrf)) return true;
    visit_refuse(v, 403,
                 "This form did not come from these pages, or it is too old: open it"
                 " again.");
    return false;
}

void who_audit(struct visit *v, const char *verb, const char *touched, const char *outcome)
{
    struct err err;
    const struct audited row = {
        .at_ms = v->site->whole->now_ms(),
        .who = v->account ? v->account->name : "public",
        .verb = verb,
        .what = v->q->target,
        .touched = touched,
        .outcome = outcome,
    };
    if (v->site->accounts && accounts_audit(v->site->accounts, &row, &err)) {
        v->site->counts.audit_failed++;
    }
}

const char *own_address(struct visit *v, const char *address)
{
    bool fine = address && *address == '/' && address[1] != '/' && address[1] != '\\' &&
                !strpbrk(address, "\r\n\t\\");
    (void)v;
    return fine ? address : "/";
}

/* --- logging in and out --- */

static void login_form(struct visit *v, const char *why)
{
    struct buf b = {.arena = v->arena};
    const char *next = param_of(&v->q->form, "next");
    if (!next) next = visit_param(v, "next");
    frame_begin(v, &b, "Log in");
    if (why) {
        HTML(&b, "<p class=refused role=alert>");
        html_text(&b, why);
        HTML(&b, "</p>");
    }
    if (!v->site->accounts) {
        HTML(&b, "<p>This server has no users: everybody sees what is public. Whoever runs it"
                 " makes the first with <code>muster user add</code>.</p>");
        frame_end(v, &b);
        return;
    }
    HTML(&b, "<form class=login method=post action=/login><input type=hidden name=next");
    HTML_ATTR(&b, "value", own_address(v, next));
    HTML(&b, "><label><span>Name</span><input name=name autocomplete=username required");
    HTML_ATTR(&b, "value", param_of(&v->q->form, "name"));
    HTML(&b, "></label><label><span>Password</span><input name=password type=password"
             " autocomplete=current-password required></label><button>Log in</button></form>");
    frame_end(v, &b);
}

static void put_cookie(struct visit *v, const char *session, int64_t seconds)
{
    reply_header(v->r, v->arena, "Set-Cookie",
                 text_format(v->arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax; Max-Age=%lld%s",
                             cookie_name(v), session, (long long)seconds,
                             v->site->secure ? "; Secure" : ""));
}

static void log_in(struct visit *v)
{
    struct err err;
    struct account account;
    char session[SESSION_TEXT];
    const char *name = param_of(&v->q->form, "name");
    const char *password = param_of(&v->q->form, "password"), *old = session_of(v);
    enum rc rc =
        accounts_login(v->site->accounts, v->arena, name ? name : "", password ? password : "",
                       v->site->whole->now_ms(), session, &account, &err);
    if (rc) {
        v->r->status = rc == RC_STORE ? 500 : 401;
        login_form(v, err.msg);
        return;
    }
    if (old && accounts_logout(v->site->accounts, old, &err)) v->site->counts.audit_failed++;
    v->account = &account;
    who_audit(v, "login", "", "done");
    v->account = NULL;
    put_cookie(v, session, SESSION_MS / 1000);
    visit_see(v, own_address(v, param_of(&v->q->form, "next")));
}

void who_login(struct visit *v)
{
    if (strcmp(v->q->method, "POST") != 0 || !v->site->accounts) {
        login_form(v, NULL);
    } else if (!from_our_pages(v)) {
        visit_refuse(v, 403, "This form did not come from these pages.");
    } else {
        log_in(v);
    }
}

void who_logout(struct visit *v)
{
    struct err err;
    const char *session = session_of(v);
    if (!who_sent(v)) return;
    if (session && accounts_logout(v->site->accounts, session, &err)) {
        visit_refuse(v, 500, err.msg);
        return;
    }
    who_audit(v, "logout", "", "done");
    put_cookie(v, "", 0);
    visit_see(v, "/");
}
