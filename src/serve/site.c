/*
 * site.c - from a request to whoever answers it, and what every reply has.
 *
 * The order is always the same: who asks (the view), what is at that address,
 * the reply, its ETag, its packing, the cache. What one viewer was told is
 * kept under that viewer, and nothing that another may not see goes into any
 * of it (law 7).
 */
#include "serve/site.h"

#include <string.h>
#include <time.h>
#include <zlib.h>

#include "base/day.h"
#include "base/sha.h"
#include "base/text.h"
#include "serve/api.h"
#include "serve/assets.h"
#include "serve/deed.h"
#include "serve/feeds.h"
#include "serve/html.h"
#include "serve/page.h"
#include "serve/who.h"

/* --- small things for everybody --- */

/* The day a week before the book was last told something, as this viewer sees it. */
static const char *a_week_ago(const struct visit *v)
{
    int64_t last = v->seat ? book_last_ms(v->seat->view.book) : 0;
    int64_t day = last / MS_PER_DAY - 7;
    return last ? day_text(v->arena, (int32_t)day, PRECISION_DAY) : NULL;
}

const char *visit_param(const struct visit *v, const char *name)
{
    const char *value = param_of(&v->q->query, name);
    if (v->own.name && strcmp(name, v->own.name) == 0) return v->own.value;
    if (!value && strcmp(name, "week") == 0) return a_week_ago(v);
    if (!value && strcmp(name, "since") == 0) {
        const char *from = visit_param(v, "from");
        return from ? from : a_week_ago(v);
    }
    return value && *value ? value : NULL;
}

const char *visit_href(const struct visit *v, const char *path, const char *name, const char *value)
{
    struct href h = href_begin(v->arena, path);
    if (name) href_param(&h, name, value);
    for (const char *const *p = kept_params; *p; p++) {
        if (!name || strcmp(*p, name) != 0) href_param(&h, *p, visit_param(v, *p));
    }
    return href_text(&h);
}

void visit_reply(struct visit *v, const char *type, const char *text, size_t len)
{
    if (!v->r->status) v->r->status = 200;
    v->r->type = type;
    v->r->body = text;
    v->r->len = len;
}

static bool is_api(const struct visit *v)
{
    return text_starts(v->q->path, "/api/");
}

void visit_refuse(struct visit *v, int status, const char *why)
{
    v->r->status = status;
    if (is_api(v)) {
        api_problem(v, status, why);
        return;
    }
    struct buf b = {.arena = v->arena};
    frame_begin(v, &b, status == 404 ? "Not here" : status >= 500 ? "Something broke" : "Not so");
    HTML(&b, "<p class=refused>");
    html_text(&b, why);
    HTML(&b, "</p>");
    frame_end(v, &b);
}

void visit_see(struct visit *v, const char *path)
{
    v->r->status = 303;
    reply_header(v->r, v->arena, "Location", visit_href(v, path, NULL, NULL));
    visit_reply(v, "text/plain; charset=utf-8", "see there\n", 10);
}

/* --- what every reply has --- */

static const struct header always[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), microphone=(), geolocation=()"},
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
     "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
};

static void put_always(struct reply *r, bool secure)
{
    for (size_t i = 0; i < sizeof always / sizeof *always; i++) {
        r->headers[r->header_count++] = always[i];
    }
    if (secure) {
        r->headers[r->header_count++] =
            (struct header){"Strict-Transport-Security", "max-age=31536000"};
    }
}

static void put_etag(struct visit *v)
{
    uint8_t hash[SHA_BYTES];
    char hex[SHA_HEX];
    sha256(v->r->body, v->r->len, hash);
    hex_encode(hash, SHA_BYTES, hex);
    v->r->etag = text_format(v->arena, "W/\"%.24s\"", hex);
}

enum { PACK_FROM = 1024 }; /* below it nothing is won */

static bool takes_gzip(const struct request *q)
{
    return q->accept_encoding && strstr(q->accept_encoding, "gzip");
}

static void pack(struct visit *v)
{
    struct reply *r = v->r;
    z_stream z = {0};
    if (r->len < PACK_FROM || r->packed || !takes_gzip(v->q) || r->status != 200) return;
    if (deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return;
    size_t room = deflateBound(&z, r->len);
    char *out = NEW_ARRAY(v->arena, room, char);
    z.next_in = (unsigned char *)(uintptr_t)r->body;
    z.avail_in = (unsigned)r->len;
    z.next_out = (unsigned char *)out;
    z.avail_out = (unsigned)room;
    bool done = deflate(&z, Z_FINISH) == Z_STREAM_END;
    if (done) {
        r->body = out;
        r->len = z.total_out;
        r->packed = true;
    }
    deflateEnd(&z);
}

/* 304 when the other side has it already. */
static void heed_etag(const struct request *q, struct reply *r)
{
    if (r->status != 200 || !r->etag || !q->if_none_match) return;
    if (!strstr(q->if_none_match, r->etag) && strcmp(q->if_none_match, "*") != 0) return;
    r->status = 304;
    r->len = 0;
    r->type = NULL;
    r->packed = false;
}

/* --- who answers --- */

static void asset(struct visit *v)
{
    const struct asset *s = asset_at(v->arena, v->q->path);
    if (!s) {
        visit_refuse(v, 404, "There is no such file.");
        return;
    }
    visit_reply(v, s->type, s->begin, (size_t)(s->end - s->begin));
}

static void health(struct visit *v)
{
    visit_reply(v, "text/plain; charset=utf-8", "ok\n", 3);
}

/* Whether the book can be read, now. */
static void ready(struct visit *v)
{
    const char *why = "ok\n", *unused;
    if (!house_well(v->site->house, v->arena, &unused)) {
        v->r->status = 503; /* what is wrong may name what not everybody may see */
        why = "the book cannot be read: 'muster verify' says what is wrong\n";
    }
    visit_reply(v, "text/plain; charset=utf-8", why, strlen(why));
}

/*
 * When this viewer's book last grew: what a page asks now and then to tell
 * whether it is still what the book says. The same instant stands in every
 * page's permalink; there is no figure in it, so it leaves no trace.
 */
static void latest(struct visit *v)
{
    char at[INSTANT_TEXT];
    const char *text =
        text_format(v->arena, "%s\n", instant_format(book_last_ms(v->seat->view.book), at));
    visit_reply(v, "text/plain; charset=utf-8", text, strlen(text));
}

static void home(struct visit *v);

static const struct route {
    const char *path;
    bool below; /* and everything that begins with it */
    bool bare;  /* no book is needed */
    bool posts; /* POST as well */
    void (*answer)(struct visit *v);
} routes[] = {
    {"/healthz", false, true, false, health},
    {"/readyz", false, true, false, ready},
    {"/asset/", true, true, false, asset},
    {"/metrics", false, true, false, feed_metrics},
    {"/changes.atom", false, false, false, feed_changes},
    {"/deliveries.ics", false, false, false, feed_deliveries},
    {"/login", false, false, true, who_login},
    {"/logout", false, false, true, who_logout},
    {"/do/", true, false, true, deed_answer},
    {"/api/v1/", true, false, true, api_answer},
    {"/table", false, false, false, api_table},
    {"/latest", false, false, false, latest},
    {"", true, false, false, home},
};

/* Everything else is a page. */
static void home(struct visit *v)
{
    const struct page *p = page_at(v->q->path, &v->own);
    if (p)
        page_show(v, p);
    else
        visit_refuse(v, 404, "There is no page at this address.");
}

static const struct route *route_of(const char *path)
{
    const struct route *r = routes;
    while (r->below ? !text_starts(path, r->path) : strcmp(r->path, path) != 0) r++;
    return r;
}

/* --- the visit --- */

static struct cache_key key_of(const struct visit *v, uint64_t turn)
{
    return (struct cache_key){
        .viewer = v->viewer,
        .target = v->q->target,
        .turn = turn,
        .day = (int32_t)(v->site->whole->now_ms() / MS_PER_DAY),
        .packed = takes_gzip(v->q),
    };
}

static bool reads(const struct request *q)
{
    return strcmp(q->method, "GET") == 0 || strcmp(q->method, "HEAD") == 0;
}

/* While this one waited for a worker, another may have been told the same. */
static bool kept_already(struct visit *v)
{
    if (!v->seat || v->account || !reads(v->q)) return false;
    struct cache_key key = key_of(v, v->seat->turn);
    if (!cache_get(v->site->cache, &key, v->arena, v->r)) return false;
    v->site->counts.cached++;
    return true;
}

static void answer(struct visit *v)
{
    struct err err;
    const struct route *route = route_of(v->q->path);
    if (v->q->bad) {
        visit_refuse(v, 400, v->q->bad);
        return;
    }
    if (!rate_allows(v->site->rate, v->q->peer, v->site->whole->now_ms())) {
        v->site->counts.refused_rate++;
        reply_header(v->r, v->arena, "Retry-After", "1");
        visit_refuse(v, 429, "Too many requests from this address; wait a second.");
        return;
    }
    who_asks(v);
    bool posts = strcmp(v->q->method, "POST") == 0 && route->posts;
    if (!reads(v->q) && !posts) {
        visit_refuse(v, 405, "This address can only be looked at.");
        return;
    }
    if (!route->bare && house_sit(v->site->house, v->viewer, &v->seat, &err)) {
        visit_refuse(v, 503, err.msg);
        return;
    }
    if (kept_already(v)) return;
    route->answer(v);
    if (v->r->status == 200 && v->r->type) put_etag(v);
    pack(v);
    if ((v->viewer && *v->viewer == '\0') || route->answer == latest) {
        /* what is public leaves no trace */
    } else if (v->seat && reads(v->q)) {
        who_audit(v, "look", v->viewer ? v->viewer : "everything", "done");
    }
    bool bare = v->r->header_count == 0; /* a Link, a file's name: such headers are not kept */
    uint64_t turn = v->seat                  ? v->seat->turn
                    : route->answer == asset ? house_turn(v->site->house, v->viewer)
                                             : 0;
    if (v->r->status == 200 && turn && reads(v->q) && !v->account && bare) {
        struct cache_key key = key_of(v, turn);
        cache_put(v->site->cache, &key, v->r);
    }
}

/* What has its hash in its address is the same for everybody, for ever. */
static void put_keeping(struct visit *v)
{
    struct reply *r = v->r;
    bool same = route_of(v->q->path)->answer == asset && (r->status == 200 || r->status == 304);
    const char *keep = same         ? "public, max-age=31536000, immutable"
                       : v->account ? "private, no-cache"
                                    : "no-cache";
    reply_header(r, v->arena, "Cache-Control", keep);
    reply_header(r, v->arena, "Vary",
                 same ? "Accept-Encoding" : "Accept-Encoding, Cookie, Authorization");
}

static void finish(struct visit *v)
{
    heed_etag(v->q, v->r);
    put_always(v->r, v->site->secure);
    put_keeping(v);
}

static struct visit visit_of(struct site *site, const struct request *q, struct reply *r)
{
    return (struct visit){.site = site, .q = q, .r = r, .arena = q->arena, .viewer = ""};
}

void site_serve(void *ctx, uint32_t worker, const struct request *q, struct reply *r)
{
    struct site *site = ctx;
    struct visit v = visit_of(site, q, r);
    v.desk = &site->desks[worker];
    answer(&v);
    finish(&v);
    if (v.seat) house_rise(site->house, v.seat);
}

/* What the public was told before is told again without a worker. */
bool site_quick(void *ctx, const struct request *q, struct reply *r)
{
    struct site *site = ctx;
    struct visit v = visit_of(site, q, r);
    if (!reads(q) || q->cookie || q->authorization) return false;
    uint64_t turn = house_turn(site->house, v.viewer);
    struct cache_key key = key_of(&v, turn);
    if (!turn || !cache_get(site->cache, &key, q->arena, r)) return false;
    site->counts.cached++;
    finish(&v);
    return true;
}

void site_served(void *ctx, const struct request *q, const struct reply *r)
{
    struct site *site = ctx;
    (void)q;
    int class = r->status / 100;
    if (class > 0 && class < STATUS_CLASSES) site->counts.replies[class]++;
}
