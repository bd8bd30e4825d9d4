/*
 * attack_test.c - what somebody tries who means harm, against the real server.
 *
 * Forged forms, borrowed and stale sessions, texts that want to be markup,
 * addresses that want to be headers or files, requests that two servers would
 * read differently, and clients that only take up room. Each must be refused,
 * and others must be answered meanwhile.
 */
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include "accounts/accounts.h"
#include "base/map.h"
#include "tap.h"
#include "twins.h"
#include "web.h"

static struct temp temp;
static struct web web;
static struct arena forever;
static char session[SESSION_TEXT], token[TOKEN_TEXT];

static int64_t now(void)
{
    return (int64_t)time(NULL) * 1000;
}

static struct accounts *open_accounts(void)
{
    const struct accounts_limits cheap = {
        .passes = 1, .memory = 8192 * 1024, .hashing = 1, .waiting = 4};
    struct accounts *accounts = NULL;
    GOOD(accounts_open(&forever, temp_path(&temp, "accounts"), true, &cheap, &accounts, oops));
    return accounts;
}

static void log_in(void)
{
    struct accounts *accounts = open_accounts();
    struct account account;
    GOOD(accounts_login(accounts, &forever, "olena", "correct-horse-battery", now(), session,
                        &account, oops));
    accounts_close(accounts);
    snprintf(web.cookie, sizeof web.cookie, "Cookie: muster=%s\r\n", session);
    struct web_reply r = web_get(&web, "/help");
    const char *at = strstr(r.body, "name=\"csrf\" value=\"");
    snprintf(web.csrf, sizeof web.csrf, "%.64s", at ? at + strlen("name=\"csrf\" value=\"") : "");
    web_free(&r);
    CHECK(strlen(web.csrf) == 64);
}

static struct web serve(const char *store, const char *more)
{
    char words[900];
    snprintf(words, sizeof words, "--store '%s' --accounts '%s' --rate 0 --workers 2 %s",
             temp_path(&temp, store), temp_path(&temp, "accounts"), more);
    return web_start(&temp, words);
}

static void make_store(const char *name, bool hostile)
{
    struct world *w = NEW(&forever, struct world);
    struct twin *t = NEW(&forever, struct twin);
    twin_hostile = hostile;
    world_draw(w, &forever, 4);
    for (uint32_t i = 1; i <= SLOTS; i++) w->slots[i].label = "public";
    twin_make(t, w, &forever, temp_path(&temp, name), true);
    twin_hostile = false;
}

static void makes_a_book_and_its_users(void)
{
    struct accounts *accounts = open_accounts();
    GOOD(accounts_add(accounts, "olena", ROLE_COORDINATOR, NULL, oops));
    GOOD(accounts_password(accounts, "olena", "correct-horse-battery", oops));
    GOOD(accounts_token_new(accounts, "olena", "program", now(), TOKEN_FOR_EVER, token, oops));
    accounts_close(accounts);
    make_store("plain.db", false);
    make_store("hostile.db", true);
    web = serve("plain.db", "");
    CHECK(web.port > 0);
}

static int status_with(const char *path, const char *more)
{
    struct web_reply r = web_get_with(&web, path, more);
    int status = r.status;
    web_free(&r);
    return status;
}

/* A fresh connection is answered within a second. */
static bool answers(void)
{
    struct web_reply r = web_get(&web, "/healthz");
    bool fine = r.status == 200;
    web_free(&r);
    return fine;
}

static bool knows_me(const char *more)
{
    struct web bare = web;
    bare.cookie[0] = '\0';
    struct web_reply r = web_get_with(&bare, "/help", more);
    bool known = strstr(r.body, "Log out") != NULL;
    web_free(&r);
    return known;
}

static uint64_t records(void)
{
    struct arena a = {0};
    struct store *store;
    struct commit head = {0};
    GOOD(store_open(&a, temp_path(&temp, "plain.db"), false, &store, oops));
    GOOD(store->ops->head(store, &head, oops));
    store_close(store);
    arena_free(&a);
    return head.last;
}

/* --- forms of others --- */

static void no_deed_is_done_for_another_site(void)
{
    static const char *const deeds[] = {"move",        "undo",         "accept",  "reject",
                                        "reopen",      "round-open",   "consent", "refuse",
                                        "round-close", "round-propose"};
    char path[100], form[400], wrong[65];
    uint64_t before = records();
    log_in();
    memset(wrong, 'a', 64);
    wrong[64] = '\0';
    for (size_t i = 0; i <= sizeof deeds / sizeof *deeds; i++) {
        bool out = i == sizeof deeds / sizeof *deeds;
        snprintf(path, sizeof path, out ? "/logout" : "/do/%s", out ? "" : deeds[i]);
        const char *const forms[] = {"round=evil&why=x", "csrf=&round=evil&why=x", wrong};
        for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
            snprintf(form, sizeof form, k == 2 ? "round=evil&why=x&csrf=%s" : "%s", forms[k]);
            struct web_reply r = web_post(&web, path, form);
            CHECK_I64(r.status, 403);
            web_free(&r);
        }
        snprintf(form, sizeof form, "round=evil&why=x&csrf=%s", web.csrf);
        static const char *const from[] = {"Origin: https://evil.example\r\n", "Origin: null\r\n",
                                           "Sec-Fetch-Site: cross-site\r\n",
                                           "Sec-Fetch-Site: same-site\r\n"};
        for (size_t k = 0; k < sizeof from / sizeof *from; k++) {
            struct web_reply r = web_post_with(&web, path, form, from[k]);
            CHECK_I64(r.status, 403);
            web_free(&r);
        }
        CHECK(status_with(path, "") == (out ? 403 : 200)); /* GET does nothing */
    }
    CHECK(records() == before);
    CHECK(knows_me(web.cookie));
}

/* --- sessions and tokens --- */

static void a_session_that_somebody_chose_is_not_taken_up(void)
{
    char more[200], chosen[65];
    memset(chosen, 'b', 64);
    chosen[64] = '\0';
    snprintf(more, sizeof more, "Cookie: muster=%s\r\n", chosen);
    web.cookie[0] = '\0';
    struct web_reply r =
        web_post_with(&web, "/login", "name=olena&password=correct-horse-battery", more);
    CHECK_I64(r.status, 303);
    const char *set = web_header(&r, "Set-Cookie");
    CHECK(strstr(set, chosen) == NULL);
    CHECK(strstr(set, "HttpOnly") && strstr(set, "SameSite=Lax"));
    CHECK(!knows_me(more));
    web_free(&r);
}

static void what_is_no_session_is_the_public(void)
{
    char more[600], twice[200];
    log_in();
    snprintf(twice, sizeof twice, "Cookie: other=1; muster=%s\r\n", session);
    CHECK(knows_me(twice));
    static const char *const bad[] = {"", "x", "%00", "' OR 1=1 --", "../../accounts", "\xff\xfe"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        snprintf(more, sizeof more, "Cookie: muster=%s\r\n", bad[i]);
        CHECK(!knows_me(more));
        snprintf(more, sizeof more, "Authorization: Bearer %s\r\n", bad[i]);
        CHECK(!knows_me(more));
    }
    snprintf(more, sizeof more, "Cookie: muster=%.63s%c\r\n", session,
             session[63] == '0' ? '1' : '0');
    CHECK(!knows_me(more));
    snprintf(more, sizeof more, "Cookie: muster=%s\r\n", token); /* a token is no session */
    CHECK(!knows_me(more));
    snprintf(more, sizeof more, "Authorization: Bearer %s\r\n", session);
    CHECK(!knows_me(more));
    snprintf(more, sizeof more, "Authorization: Bearer %s\r\n", token);
    CHECK(knows_me(more));
    snprintf(more, sizeof more, "/help?token=%s&muster=%s", token, session);
    CHECK(status_with(more, "") == 200);
}

static void who_logged_out_or_is_disabled_is_not_known_any_more(void)
{
    char form[200], old[sizeof web.cookie];
    log_in();
    memcpy(old, web.cookie, sizeof old);
    snprintf(form, sizeof form, "csrf=%s", web.csrf);
    struct web_reply r = web_post(&web, "/logout", form);
    CHECK_I64(r.status, 303);
    web_free(&r);
    CHECK(!knows_me(old));

    struct accounts *accounts = open_accounts();
    GOOD(accounts_add(accounts, "ivan", ROLE_ADMINISTRATOR, NULL, oops));
    accounts_close(accounts);
    log_in();
    CHECK(knows_me(web.cookie));
    accounts = open_accounts();
    struct account_change off = {.set_disabled = true, .disabled = true};
    GOOD(accounts_change(accounts, "olena", &off, oops));
    CHECK(!knows_me(web.cookie));
    snprintf(form, sizeof form, "csrf=%s&round=evil", web.csrf);
    r = web_post(&web, "/do/round-open", form);
    CHECK_I64(r.status, 401);
    web_free(&r);
    snprintf(form, sizeof form, "Authorization: Bearer %s\r\n", token);
    CHECK(!knows_me(form));
    off.disabled = false;
    GOOD(accounts_change(accounts, "olena", &off, oops));
    accounts_close(accounts);
}

static int64_t accounts_bytes(void)
{
    struct stat st;
    int64_t all = 0;
    static const char *const names[] = {"accounts", "accounts-wal"};
    for (size_t i = 0; i < 2; i++) {
        if (stat(temp_path(&temp, names[i]), &st) == 0) all += st.st_size;
    }
    return all;
}

/* The tries of one name are counted, and are no rows of the audit trail. */
static void passwords_cannot_be_guessed_and_guesses_fill_no_disk(void)
{
    bool waits = false;
    web.cookie[0] = '\0';
    for (int i = 0; i < 12; i++) {
        struct web_reply r = web_post(&web, "/login", "name=nobody&password=guess-after-guess");
        CHECK_I64(r.status, 401);
        waits |= strstr(r.body, "try again in") != NULL;
        web_free(&r);
    }
    CHECK(waits);
    int64_t before = accounts_bytes();
    for (int i = 0; i < 300; i++) {
        struct web_reply r = web_post(&web, "/login", "name=nobody&password=guess-after-guess");
        web_free(&r);
    }
    CHECK(accounts_bytes() - before < 64 * 1024);
}

/* --- texts that want to be markup --- */

struct shapes {
    struct map seen; /* "a href", "th" */
    bool learning;
    const char *page;
    uint32_t strange;
};

static void shape(struct shapes *s, const char *element, const char *attribute)
{
    const char *name = text_format(&forever, "%s %s", element, attribute);
    bool fine = strncasecmp(attribute, "on", 2) != 0 && strcmp(attribute, "style") != 0;
    if (s->learning && fine) map_put(&s->seen, name, 1);
    if (map_get(&s->seen, name) && fine) return;
    if (s->strange++ < 5) printf("# %s: <%s> with %s\n", s->page, element, attribute);
}

static void address(struct shapes *s, const char *element, const char *name, const char *value)
{
    bool own = value[0] == '#' || (value[0] == '/' && value[1] != '/' && value[1] != '\\');
    bool web_address = text_starts(value, "https://") || text_starts(value, "http://");
    bool code = strcmp(element, "script") == 0 || strcmp(element, "link") == 0;
    if (code ? own && (text_starts(value, "/asset/") || strcmp(value, "/changes.atom") == 0)
             : own || (web_address && strcmp(element, "a") == 0)) {
        return;
    }
    if (s->strange++ < 5) printf("# %s: <%s %s=%s>\n", s->page, element, name, value);
}

static void walk(struct shapes *s, const xmlNode *n)
{
    for (; n; n = n->next) {
        if (n->type == XML_COMMENT_NODE || n->type == XML_PI_NODE) shape(s, "comment", "");
        if (n->type != XML_ELEMENT_NODE) continue;
        const char *name = (const char *)n->name;
        shape(s, name, "");
        if (strcmp(name, "script") == 0 && n->children) shape(s, "script", "text");
        for (const xmlAttr *p = n->properties; p; p = p->next) {
            const char *attribute = (const char *)p->name;
            const char *value =
                p->children && p->children->content ? (const char *)p->children->content : "";
            shape(s, name, attribute);
            if (strcmp(attribute, "href") == 0 || strcmp(attribute, "src") == 0 ||
                strcmp(attribute, "action") == 0) {
                address(s, name, attribute, value);
            }
        }
        walk(s, n->children);
    }
}

static void look(struct shapes *s, const struct web *w, const char *page)
{
    struct web_reply r = web_get(w, page);
    bool html = strstr(web_header(&r, "Content-Type"), "text/html") != NULL;
    s->page = page;
    if (html) {
        htmlDocPtr doc =
            htmlReadMemory(r.body, (int)r.body_len, NULL, "UTF-8",
                           HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
        CHECK(doc != NULL);
        if (doc) walk(s, xmlDocGetRootElement(doc));
        xmlFreeDoc(doc);
    } else if (strstr(web_header(&r, "Content-Type"), "xml")) {
        xmlDocPtr doc = xmlReadMemory(r.body, (int)r.body_len, NULL, NULL,
                                      XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET);
        CHECK(doc != NULL);
        xmlFreeDoc(doc);
    }
    web_free(&r);
}

enum { PAGES_MAX = 130 };

/* Every page, and what the pages link to, as one that is logged in sees it. */
static void look_everywhere(struct shapes *s, const struct web *w)
{
    static const char *const first[] = {
        "/",
        "/needs",
        "/promises",
        "/donors",
        "/donors/DEU",
        "/donors/%22%3E%3Cscript%3E",
        "/explain?floor=%3Cb%3E&year=%22%3E",
        "/outlook",
        "/plan",
        "/record",
        "/inbox?state=all",
        "/changes?from=2023-11-14&to=2023-11-16",
        "/sources",
        "/help",
        "/login",
        "/search?q=we",
        "/search?q=alert",
        "/search?q=line",
        "/record?words=alert",
        "/record?quote=we+will+deliver",
        "/do/move?line=x",
        "/do/accept",
        "/do/undo?entry=3",
        "/changes.atom",
        "/nowhere",
        "/search?q=%3Cscript%3Ealert(1)%3C/script%3E%22%20onmouseover=%22x",
        "/line/%22%3E%3Cscript%3E",
        "/promises?donor=%22%20onfocus=%22x&lines.sort=%22%3E%3Cb%3E",
        "/?effective=%3Cb%3E&known=%22%3E%3Ci%3E",
        "/%3Cscript%3E",
        "/login?next=/%22%3E%3Cscript%3E",
        "/inbox?giver=%27%3E%3Csvg%3E",
        "/plan?round=%3Cb%3E&why=%3Cb%3E",
        "/do/%3Cscript%3E"};
    char *list[PAGES_MAX];
    uint32_t count = 0;
    for (size_t i = 0; i < sizeof first / sizeof *first; i++) list[count++] = strdup(first[i]);
    for (uint32_t i = 0; i < count; i++) {
        look(s, w, list[i]);
        struct web_reply r = web_get(w, list[i]);
        for (const char *at = r.body; count < PAGES_MAX && (at = strstr(at, "href=\"/"));) {
            char to[600];
            size_t n = 0;
            for (at += 6; *at && *at != '"' && *at != '#' && n < sizeof to - 1; at++) {
                if (strncmp(at, "&amp;", 5) == 0)
                    at += 4, to[n++] = '&';
                else
                    to[n++] = *at;
            }
            to[n] = '\0';
            bool known = strstr(to, "/asset/") || strstr(to, "/table") || strstr(to, "sort=");
            for (uint32_t k = 0; k < count && !known; k++) known = strcmp(list[k], to) == 0;
            if (!known) list[count++] = strdup(to);
        }
        web_free(&r);
    }
    for (uint32_t i = 0; i < count; i++) free(list[i]);
}

static void no_text_of_a_book_becomes_markup(void)
{
    struct shapes s = {.seen = {.arena = &forever}, .learning = true};
    log_in();
    look_everywhere(&s, &web);
    CHECK_I64(s.strange, 0);
    s.learning = false;
    struct web hostile = serve("hostile.db", "");
    CHECK(hostile.port > 0);
    snprintf(hostile.cookie, sizeof hostile.cookie, "%s", web.cookie);
    look_everywhere(&s, &hostile);
    CHECK_I64(s.strange, 0);
    CHECK_I64(web_stop(&hostile), 0);
}

/* --- addresses that want to be headers or files --- */

static void no_parameter_becomes_a_header(void)
{
    static const char *const paths[] = {
        "/login?next=/%0d%0aX-Evil:%20yes",
        "/api/v1/parties?limit=1&with=%0d%0aX-Evil:%20yes",
        "/api/v1/lines?limit=1&effective=2026-01-01&known=%0d%0aX-Evil:%20yes",
        "/table?page=/&section=late&as=csv%0d%0aX-Evil:%20yes",
        "/table?page=/&section=late&as=x%22;%20filename=%22evil.html",
        "/table?page=/&section=late%0d%0aX-Evil:%20yes&as=csv",
        "/%0d%0aX-Evil:%20yes",
        "/line/%0aX-Evil:%20yes"};
    log_in();
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct web_reply r = web_get(&web, paths[i]);
        CHECK(r.status >= 200 && r.status < 500);
        CHECK(strstr(r.headers, "X-Evil") == NULL && strstr(r.headers, "evil.html") == NULL);
        web_free(&r);
    }
    char form[300];
    snprintf(form, sizeof form, "csrf=%s&round=ok%d&why=x&next=/%%0d%%0aX-Evil:%%20yes", web.csrf,
             1);
    struct web_reply r = web_post(&web, "/do/round-open", form);
    CHECK(r.status == 303 || r.status == 422);
    CHECK(strstr(r.headers, "X-Evil") == NULL);
    web_free(&r);
}

static void no_address_leads_to_a_file(void)
{
    static const char *const paths[] = {"/asset/../../../../etc/passwd",
                                        "/asset/%2e%2e/%2e%2e/etc/passwd",
                                        "/../etc/passwd",
                                        "/asset/..%2f..%2fetc%2fpasswd",
                                        "//etc/passwd",
                                        "/asset//etc/passwd",
                                        "/asset/.",
                                        "/api/v1/../../etc/passwd",
                                        "/api/v1/source?source=../../../etc/passwd",
                                        "/api/v1/diff?from=/etc/passwd&to=/etc/passwd",
                                        "/table?page=../../etc/passwd&section=a&as=csv",
                                        "/record?document=/etc/passwd",
                                        "/api/v1/check?file=/etc/passwd",
                                        "/api/v1/plan?table=/etc/passwd",
                                        "/api/v1/search?words=@/etc/passwd"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct web_reply r = web_get(&web, paths[i]);
        CHECK(strstr(r.body, "root:") == NULL && r.status != 500 && r.status != 0);
        web_free(&r);
    }
}

/* Bytes as they are, and what comes back within a second. */
static struct web_reply raw(const char *bytes)
{
    const struct timeval most = {.tv_sec = 1};
    int fd = web_connect(&web);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most);
    send(fd, bytes, strlen(bytes), MSG_NOSIGNAL);
    struct web_reply r = web_read(fd);
    close(fd);
    return r;
}

static void parameters_that_come_twice_are_read_one_way(void)
{
    struct web_reply one = web_get(&web, "/api/v1/position?by=donor");
    struct web_reply two = web_get(&web, "/api/v1/position?by=donor&by=item");
    CHECK(one.status == 200 && (two.status == 200 || two.status == 400));
    web_free(&one);
    web_free(&two);
    CHECK_I64(status_with("/api/v1/position?by=donor%26store=/etc/passwd", ""), 400);
    CHECK_I64(status_with("/api/v1/history?line=a&line=b", ""), 400);
    size_t len = 0;
    char *path = malloc(8000);
    if (!path) abort();
    len = (size_t)sprintf(path, "GET /?a=1");
    for (int i = 0; i < 1500; i++) len += (size_t)sprintf(path + len, "&b=%d", i % 10);
    strcpy(path + len, " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    struct web_reply many = raw(path); /* the library may have no room even to refuse it */
    CHECK(many.status == 0 || (many.status >= 400 && many.status < 500));
    CHECK(answers());
    web_free(&many);
    free(path);
    char *form = malloc(200000);
    if (!form) abort();
    len = 0;
    for (int i = 0; i < 10000; i++) len += (size_t)sprintf(form + len, "p%d=x&", i);
    struct web_reply r = web_post(&web, "/login", form);
    CHECK_I64(r.status, 400);
    web_free(&r);
    free(form);
}

/* --- requests that two servers read differently --- */

/* Replies that are no refusals. */
static uint32_t done_in(const struct web_reply *r)
{
    uint32_t n = r->status >= 200 && r->status < 400;
    for (const char *at = r->body; (at = strstr(at, "HTTP/1.1 ")); at += 9) {
        n += at[9] >= '2' && at[9] <= '3';
    }
    return n;
}

static void no_request_hides_in_another(void)
{
    static const char *const bad[] = {
        "POST /login HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 40\r\n"
        "Connection: close\r\n\r\nname=GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /login HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n"
        "Connection: close\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /login HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n"
        "Connection: close\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /login HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\nConnection: close\r\n\r\n",
        "POST /login HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n"
        "Connection: close\r\n\r\n",
        "POST /login HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        "fffffffffffffffff\r\n",
        "GET /healthz HTTP/1.1\r\nHost : a\r\nConnection: close\r\n\r\n",
        "GET /healthz HTTP/9.9\r\nHost: a\r\nConnection: close\r\n\r\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct web_reply r = raw(bad[i]);
        bool fine = done_in(&r) == 0 && strstr(r.body, "smuggled") == NULL && r.status != 500;
        if (!fine) printf("# %s\n# %.300s\n", bad[i], r.all);
        CHECK(fine);
        web_free(&r);
    }
    CHECK(answers());
}

static void requests_in_a_row_are_answered_in_a_row(void)
{
    struct web_reply r = raw("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
                             "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n"
                             "GET /api/v1/total HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    CHECK_I64(done_in(&r), 2);
    CHECK(strstr(r.body, "HTTP/1.1 404") && strstr(r.body, "application/json"));
    web_free(&r);
}

static void headers_that_are_too_long_are_refused(void)
{
    char *more = malloc(100100);
    if (!more) abort();
    strcpy(more, "X-Long: ");
    memset(more + 8, 'a', 100000);
    strcpy(more + 100008, "\r\n");
    struct web_reply r = web_get_with(&web, "/healthz", more);
    CHECK(r.status == 431 || r.status == 0);
    web_free(&r);
    size_t len = 0;
    for (int i = 0; i < 5000; i++) len += (size_t)sprintf(more + len, "X-%d: a\r\n", i);
    r = web_get_with(&web, "/healthz", more);
    CHECK(r.status == 431 || r.status == 0);
    web_free(&r);
    free(more);
    CHECK(answers());
}

/* --- clients that only take up room --- */

static void wait_ms(long ms)
{
    nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
}

static void who_is_slow_keeps_nobody_waiting(void)
{
    enum { SLOW = 60 };
    static const char request[] = "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ";
    static const char body[] =
        "POST /login HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nna";
    int fds[SLOW];
    for (int i = 0; i < SLOW; i++) {
        fds[i] = web_connect(&web);
        CHECK(fds[i] >= 0);
    }
    for (size_t step = 0; step < 6; step++) {
        for (int i = 0; i < SLOW; i++) {
            const char *bytes = i % 2 ? request : body;
            if (i % 3 == 0 && step == 0)
                send(fds[i], bytes, strlen(bytes), MSG_NOSIGNAL);
            else
                send(fds[i], bytes + (step < strlen(bytes) ? step : 0), 1, MSG_NOSIGNAL);
        }
        CHECK(answers());
        CHECK_I64(status_with("/api/v1/total", ""), 200);
        wait_ms(50);
    }
    for (int i = 0; i < SLOW; i++) {
        if (i % 2) shutdown(fds[i], SHUT_WR); /* half closed, or simply gone */
        close(fds[i]);
    }
    CHECK(answers());
}

/* Asked for, and never read: the reply waits, the worker does not. */
static void who_does_not_read_keeps_nobody_waiting(void)
{
    enum { DEAF = 20 };
    int fds[DEAF];
    for (int i = 0; i < DEAF; i++) {
        fds[i] = web_connect(&web);
        for (int k = 0; k < 10; k++) {
            static const char ask[] = "GET /api/v1/lines HTTP/1.1\r\nHost: a\r\n\r\n";
            send(fds[i], ask, strlen(ask), MSG_NOSIGNAL);
        }
    }
    CHECK_I64(status_with("/api/v1/total", ""), 200);
    for (int i = 0; i < DEAF; i++) close(fds[i]);
    CHECK(answers());
}

static void half_closed_connections_are_still_answered(void)
{
    static const char ask[] = "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    int fd = web_connect(&web);
    send(fd, ask, strlen(ask), MSG_NOSIGNAL);
    shutdown(fd, SHUT_WR);
    struct web_reply r = web_read(fd);
    close(fd);
    CHECK(r.status == 200 || r.status == 0);
    web_free(&r);
    CHECK(answers());
}

static void more_connections_than_allowed_are_turned_away(void)
{
    enum { ALLOWED = 20, TRIED = 40 };
    int fds[TRIED];
    struct web all = web;
    web = serve("plain.db", "--connections 20");
    CHECK(web.port > 0);
    for (int i = 0; i < TRIED; i++) fds[i] = web_connect(&web);
    wait_ms(100);
    for (int i = 0; i < TRIED; i++) close(fds[i]);
    bool well = false;
    for (int i = 0; i < 100 && !well; i++) {
        well = answers();
        if (!well) wait_ms(20);
    }
    CHECK(well);
    CHECK_I64(web_stop(&web), 0);
    web = all;
}

/* --- a disk that takes nothing any more --- */

static void a_full_disk_stops_no_reader(void)
{
    struct rlimit old, none;
    struct web all = web;
    char form[300];
    fflush(stdout); /* what waits here would be lost */
    getrlimit(RLIMIT_FSIZE, &old);
    none = old;
    none.rlim_cur = 0; /* whatever is written fails, as on a full disk */
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &none);
    web = serve("plain.db", "");
    setrlimit(RLIMIT_FSIZE, &old);
    CHECK(web.port > 0);
    web.cookie[0] = '\0';
    CHECK_I64(status_with("/", ""), 200);
    CHECK_I64(status_with("/api/v1/position", ""), 200);
    CHECK_I64(status_with("/promises", ""), 200);
    snprintf(web.cookie, sizeof web.cookie, "%s", all.cookie);
    CHECK_I64(status_with("/promises", ""), 200); /* logged in: the audit trail takes nothing */
    uint64_t before = records();
    snprintf(form, sizeof form, "csrf=%s&round=full&why=x", all.csrf);
    struct web_reply r = web_post(&web, "/do/round-open", form);
    CHECK(r.status == 500 || r.status == 503);
    web_free(&r);
    CHECK(records() == before);
    CHECK_I64(status_with("/promises", ""), 200);
    CHECK_I64(web_stop(&web), 0);
    web = all;
}

static void it_stops_when_told(void)
{
    CHECK(answers());
    CHECK_I64(web_stop(&web), 0);
}

int main(int argc, char **argv)
{
    (void)argc;
    program_find(argv[0]);
    temp_make(&temp);
    RUN(makes_a_book_and_its_users);
    RUN(no_deed_is_done_for_another_site);
    RUN(a_session_that_somebody_chose_is_not_taken_up);
    RUN(what_is_no_session_is_the_public);
    RUN(who_logged_out_or_is_disabled_is_not_known_any_more);
    RUN(passwords_cannot_be_guessed_and_guesses_fill_no_disk);
    RUN(no_text_of_a_book_becomes_markup);
    RUN(no_parameter_becomes_a_header);
    RUN(no_address_leads_to_a_file);
    RUN(parameters_that_come_twice_are_read_one_way);
    RUN(no_request_hides_in_another);
    RUN(requests_in_a_row_are_answered_in_a_row);
    RUN(headers_that_are_too_long_are_refused);
    RUN(who_is_slow_keeps_nobody_waiting);
    RUN(who_does_not_read_keeps_nobody_waiting);
    RUN(half_closed_connections_are_still_answered);
    RUN(more_connections_than_allowed_are_turned_away);
    RUN(a_full_disk_stops_no_reader);
    RUN(it_stops_when_told);
    temp_remove(&temp);
    arena_free(&forever);
    xmlCleanupParser();
    return tap_done();
}
