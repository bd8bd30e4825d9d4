/*
 * serve_parts_test.c - the small parts of the server, each by itself.
 *
 * What is kept of replies, how many requests are let in, how HTML is written,
 * where one is sent after logging in, and what a desk may record.
 */
#include <pthread.h>

#include "base/text.h"
#include "book/book.h"
#include "draft.h"
#include "seed.h"
#include "serve/cache.h"
#include "serve/html.h"
#include "serve/rate.h"
#include "serve/rights.h"
#include "serve/who.h"

/* --- cache --- */

static const char *const viewers[] = {NULL, "", "DEU", "POL", "\x01"};
enum { VIEWERS = 5 };

/* A key, and the words that only its reply may have. */
static const char *draw_key(struct rng *r, struct arena *a, struct cache_key *k)
{
    uint32_t viewer = rng_below(r, VIEWERS);
    *k = (struct cache_key){
        .viewer = viewers[viewer],
        .target = text_format(a, "/page?%u", (unsigned)rng_below(r, 6)),
        .turn = rng_below(r, 3),
        .day = (int32_t)rng_below(r, 3),
        .packed = rng_one_in(r, 2),
    };
    return text_format(a, "%u %s %u %d %d", (unsigned)viewer, k->target, (unsigned)k->turn,
                       (int)k->day, k->packed);
}

static void keeps_apart(struct rng *r)
{
    struct cache *c = cache_new();
    int found = 0;
    for (int step = 0; step < 3000; step++) {
        struct arena a = {0};
        struct cache_key k;
        struct reply got = {0}, put = {.status = 200, .type = "text/html"};
        const char *words = draw_key(r, &a, &k);
        put.body = words;
        put.len = strlen(words);
        put.etag = rng_one_in(r, 2) ? "\"tag\"" : NULL;
        put.packed = k.packed;
        if (rng_one_in(r, 2)) {
            cache_put(c, &k, &put);
            CHECK(cache_get(c, &k, &a, &got)); /* the newest has the slot */
        } else if (!cache_get(c, &k, &a, &got)) {
            arena_free(&a);
            continue;
        }
        found++;
        CHECK(got.status == 200 && got.packed == k.packed && got.len == put.len);
        CHECK(memcmp(got.body, words, got.len) == 0);
        shared_bytes_release(got.shared);
        arena_free(&a);
    }
    CHECK(found > 1500);
    cache_free(c);
}

static void the_cache_never_mixes_what_was_asked(void)
{
    seeds_run(10, keeps_apart);
}

/* However much is put in, so much is held; what is too large is not. */
static void the_cache_is_bounded(void)
{
    enum { BIG = CACHE_ENTRY_MAX, MANY = 3 * (CACHE_BYTES_MAX / CACHE_ENTRY_MAX) };
    struct cache *c = cache_new();
    struct arena a = {0};
    char *body = calloc(1, BIG + 1);
    struct reply put = {.status = 200, .type = "text/html", .body = body, .len = BIG + 1}, got;
    struct cache_key k = {.viewer = "", .target = "/big"};
    if (!body) abort();
    cache_put(c, &k, &put);
    CHECK(!cache_get(c, &k, &a, &got));
    put.len = BIG;
    for (int i = 0; i < MANY; i++) {
        k.target = text_format(&a, "/big/%d", i);
        cache_put(c, &k, &put);
    }
    uint64_t held = 0;
    for (int i = 0; i < MANY; i++) {
        k.target = text_format(&a, "/big/%d", i);
        if (!cache_get(c, &k, &a, &got)) continue;
        held += got.len;
        shared_bytes_release(got.shared);
    }
    CHECK(held <= CACHE_BYTES_MAX && held >= CACHE_BYTES_MAX / 2);
    put.len = 3;
    put.etag = "\"an ETag that is longer than any of ours would ever be\"";
    k.target = "/tagged";
    cache_put(c, &k, &put);
    CHECK(!cache_get(c, &k, &a, &got));
    cache_free(c);
    free(body);
    arena_free(&a);
}

/* What is being sent lives on when its slot is taken, and when the cache is gone. */
static void what_is_being_sent_is_kept(void)
{
    struct arena a = {0};
    struct cache *c = cache_new();
    struct reply put = {.status = 200, .type = "t", .body = "first", .len = 5}, got, other;
    struct cache_key k = {.viewer = "", .target = "/", .turn = 1};
    cache_put(c, &k, &put);
    CHECK(cache_get(c, &k, &a, &got));
    k.turn = 2;
    put.body = "other";
    cache_put(c, &k, &put);
    CHECK(cache_get(c, &k, &a, &other));
    cache_free(c);
    CHECK(memcmp(got.body, "first", 5) == 0 && memcmp(other.body, "other", 5) == 0);
    shared_bytes_release(got.shared);
    shared_bytes_release(other.shared);
    arena_free(&a);
}

struct asker {
    pthread_t thread;
    struct cache *cache;
    uint64_t seed;
    int wrong;
};

static void *ask_on(void *ctx)
{
    struct asker *t = ctx;
    struct rng r = {t->seed};
    for (int i = 0; i < 4000; i++) {
        struct arena a = {0};
        struct cache_key k;
        struct reply got, put = {.status = 200, .type = "t"};
        put.body = draw_key(&r, &a, &k);
        put.len = strlen(put.body);
        if (rng_one_in(&r, 2)) cache_put(t->cache, &k, &put);
        if (cache_get(t->cache, &k, &a, &got)) {
            t->wrong += got.len != put.len || memcmp(got.body, put.body, put.len) != 0;
            shared_bytes_release(got.shared);
        }
        arena_free(&a);
    }
    return NULL;
}

static void threads_share_a_cache(void)
{
    struct cache *c = cache_new();
    struct asker t[4];
    for (unsigned i = 0; i < 4; i++) {
        t[i] = (struct asker){.cache = c, .seed = i};
        if (pthread_create(&t[i].thread, NULL, ask_on, &t[i])) abort();
    }
    for (int i = 0; i < 4; i++) {
        pthread_join(t[i].thread, NULL);
        CHECK_I64(t[i].wrong, 0);
    }
    cache_free(c);
}

/* --- rate --- */

static int let_in(struct rate_limit *r, const char *peer, int64_t now_ms, int tries)
{
    int fine = 0;
    for (int i = 0; i < tries; i++) fine += rate_allows(r, peer, now_ms);
    return fine;
}

static void a_burst_and_then_so_many_a_second(void)
{
    struct rate_limit *r = rate_new(10);
    int64_t now = INT64_C(1700000000000);
    CHECK_I64(let_in(r, "192.0.2.1", now, 1000), 10 * RATE_BURST_SECONDS);
    CHECK_I64(let_in(r, "192.0.2.1", now + 50, 9), 0);
    CHECK_I64(let_in(r, "192.0.2.1", now + 100, 9), 1); /* a tenth of a second: one */
    CHECK_I64(let_in(r, "192.0.2.1", now + 1100, 99), 10);
    CHECK_I64(let_in(r, "192.0.2.1", now + 3600000, 999), 10 * RATE_BURST_SECONDS);
    CHECK_I64(let_in(r, "192.0.2.2", now, 999), 10 * RATE_BURST_SECONDS); /* another's own */
    rate_free(r);
    r = rate_new(0);
    CHECK_I64(let_in(r, "192.0.2.1", now, 100000), 100000);
    rate_free(r);
}

/* A clock that goes back gives nothing, and takes nothing for long. */
static void the_clock_may_go_back(void)
{
    struct rate_limit *r = rate_new(10);
    int64_t now = INT64_C(1700000000000);
    let_in(r, "::1", now, 1000);
    CHECK_I64(let_in(r, "::1", now - 3600000, 100), 0);
    CHECK_I64(let_in(r, "::1", now - 3600000 + 1000, 100), 10);
    rate_free(r);
}

/* Never more than the burst and the time since, whoever shares a bucket. */
static void no_more_than_said(struct rng *rng)
{
    uint32_t per_second = 1 + rng_below(rng, 50);
    struct rate_limit *r = rate_new(per_second);
    int64_t begun = INT64_C(1700000000000), now = begun, fine = 0;
    for (int i = 0; i < 3000; i++) {
        now += rng_below(rng, 40);
        fine += rate_allows(r, "198.51.100.7", now);
        CHECK(fine * 1000 <= (int64_t)per_second * (RATE_BURST_SECONDS * 1000 + now - begun));
    }
    CHECK(fine > 0);
    rate_free(r);
}

static void a_limit_is_a_limit(void)
{
    seeds_run(30, no_more_than_said);
}

static void a_flood_of_addresses_shares_the_buckets(void)
{
    struct rate_limit *r = rate_new(1);
    int64_t fine = 0;
    for (int i = 0; i < 200000; i++) {
        char peer[40];
        snprintf(peer, sizeof peer, "2001:db8::%x", (unsigned)i);
        fine += rate_allows(r, peer, INT64_C(1700000000000));
    }
    CHECK(fine <= RATE_BUCKETS * RATE_BURST_SECONDS);
    CHECK(fine > RATE_BUCKETS * RATE_BURST_SECONDS / 2); /* spread over them */
    rate_free(r);
}

/* --- html --- */

/* Escaped text read back. */
static char *unescaped(struct arena *a, const char *html)
{
    static const struct {
        const char *as, *is;
    } names[] = {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}};
    struct buf out = {.arena = a};
    buf_add(&out, "");
    for (const char *at = html; *at;) {
        size_t len = 1;
        const char *is = NULL;
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            if (!text_starts(at, names[i].as)) continue;
            is = names[i].is;
            len = strlen(names[i].as);
        }
        buf_add_bytes(&out, is ? is : at, 1);
        at += len;
    }
    return out.text;
}

static void nothing_leaves_its_place(struct rng *r)
{
    static const char bytes[] = "<>&\"'/=a b;\t\n-!scrpt\xc3\xa9";
    struct arena a = {0};
    char text[60];
    size_t len = rng_below(r, sizeof text - 1);
    for (size_t i = 0; i < len; i++) text[i] = bytes[rng_below(r, sizeof bytes - 1)];
    text[len] = '\0';
    struct buf b = {.arena = &a};
    buf_add(&b, "");
    html_text(&b, text);
    CHECK(!strpbrk(b.text, "<>\"'"));
    CHECK_TEXT(unescaped(&a, b.text), text);
    struct buf t = {.arena = &a};
    HTML_ATTR(&t, "value", text);
    CHECK(text_starts(t.text, " value=\"") && strpbrk(t.text + 8, "\"") == t.text + t.len - 1);
    struct href h = href_begin(&a, "/line");
    href_segment(&h, text);
    href_param(&h, "next", text);
    CHECK(!strpbrk(href_text(&h), "<>\"' \t\n;") && !strchr(href_text(&h) + 6, '/'));
    CHECK(strchr(href_text(&h), '?') == strrchr(href_text(&h), '?'));
    arena_free(&a);
}

static void html_escapes_for_its_place(void)
{
    seeds_run(500, nothing_leaves_its_place);
    struct arena a = {0};
    struct buf b = {.arena = &a};
    html_text(&b, "\x01\x1b[2J\x7f");
    CHECK_TEXT(b.text, "\xef\xbf\xbd\xef\xbf\xbd[2J\xef\xbf\xbd");
    size_t len = b.len;
    html_text(&b, NULL);
    HTML_ATTR(&b, "id", NULL);
    CHECK(b.len == len);
    struct href h = href_begin(&a, "/x?a=1");
    href_param(&h, "none", NULL);
    href_param(&h, "b", "\xc3\xa9&=");
    CHECK_TEXT(href_text(&h), "/x?a=1&b=%C3%A9%26%3D");
    arena_free(&a);
}

static void only_web_addresses_are_links(void)
{
    static const char *const not [] = {
        "javascript:alert(1)", "data:text/html,x", "//x",    "", "ftp://x",
        " https://x",          "HTTP:x",           "http:/x"};
    CHECK(address_is_web("https://example.org/a") && address_is_web("http://example.org"));
    CHECK(!address_is_web(NULL));
    for (size_t i = 0; i < sizeof not / sizeof *not ; i++) CHECK(!address_is_web(not [i]));
}

/* --- where one is sent --- */

static void only_our_own_addresses_are_gone_to(void)
{
    static const char *const ours[] = {"/", "/promises?donor=DEU", "/line/a%2Fb", "/x?y=//z"};
    static const char *const others[] = {
        NULL,    "",     "//evil.example",      "/\\evil.example", "https://evil.example",
        "evil",  "\\/x", "/a\r\nSet-Cookie: x", "/a\tb",           "/\t/evil.example",
        "/a\\b", " /a"};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) {
        CHECK_TEXT(own_address(NULL, ours[i]), ours[i]);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        CHECK_TEXT(own_address(NULL, others[i]), "/");
    }
}

/* --- what a desk may record --- */

/* DEU, UKR, an item, a source, a passage; then a line of DEU's and one of POL's, both to UKR. */
struct world {
    struct arena arena;
    struct cast cast;
    struct book *book;
    uint64_t poland, own_line, other_line;
};

static void put(struct world *w, const struct record *r)
{
    GOOD(book_apply(w->book, r, oops));
}

static void world_begin(struct world *w)
{
    struct record *first[CAST_FIRST];
    *w = (struct world){0};
    w->book = book_new(&w->arena);
    cast_begin(&w->cast, &w->arena, first);
    for (int i = 0; i < CAST_FIRST; i++) put(w, first[i]);
    struct record *r = cast_party(&w->cast, "POL");
    put(w, r);
    w->poland = r->id;
    put(w, r = cast_line(&w->cast, "own"));
    w->own_line = r->id;
    struct cast other = w->cast;
    other.giver = w->poland;
    put(w, r = cast_line(&other, "other"));
    w->other_line = r->id;
    w->cast.id = other.id;
    w->cast.now_ms = other.now_ms;
}

static bool may(struct world *w, const char *party, const struct record *r)
{
    struct err err = {0};
    enum rc rc = rights_of_desk(w->book, party, r, &err);
    CHECK(rc == RC_OK || (rc == RC_RULE && *err.msg));
    return rc == RC_OK;
}

/* By kind: everybody who may record, whose F_PARTY or F_RECEIVER it is, or coordinators only. */
enum whose { NOBODYS, ANYBODYS, PARTYS, RECEIVERS, BY_LINE };
static const enum whose whose[KIND_COUNT] = {
    [KIND_PARTY] = ANYBODYS,   [KIND_ITEM] = ANYBODYS,  [KIND_SOURCE] = ANYBODYS,
    [KIND_PASSAGE] = ANYBODYS, [KIND_EDGE] = ANYBODYS,  [KIND_STATEMENT] = ANYBODYS,
    [KIND_LINE] = PARTYS,      [KIND_PACKAGE] = PARTYS, [KIND_LOT] = PARTYS,
    [KIND_BUDGET] = PARTYS,    [KIND_PLANT] = PARTYS,   [KIND_NEED] = RECEIVERS,
    [KIND_DECISION] = PARTYS,  [KIND_ENTRY] = BY_LINE,  [KIND_REQUEST] = ANYBODYS,
};

/* Something new of every kind that names DEU and UKR, and no line. */
static void every_kind_has_its_owner(void)
{
    struct world w;
    world_begin(&w);
    for (int kind = 1; kind < KIND_COUNT; kind++) {
        struct record *r = record_new(&w.arena, (enum kind)kind);
        r->id = w.cast.id + 1;
        record_set_ref(&w.arena, r, F_PARTY, w.cast.giver);
        record_set_ref(&w.arena, r, F_RECEIVER, w.cast.receiver);
        bool any = whose[kind] == ANYBODYS;
        bool deu = may(&w, "DEU", r), ukr = may(&w, "UKR", r), pol = may(&w, "POL", r);
        if (deu != (any || whose[kind] == PARTYS) || ukr != (any || whose[kind] == RECEIVERS) ||
            pol != any) {
            printf("# %s: DEU %d UKR %d POL %d\n", kind_name((enum kind)kind), deu, ukr, pol);
            CHECK(false);
        }
    }
    arena_free(&w.arena);
}

/* The giver moves its line from any stage to any; the receiver says that it came, or did not. */
static void who_may_move_a_line(void)
{
    struct world w;
    world_begin(&w);
    for (int from = 0; from < STAGE_COUNT; from++) {
        for (int to = 0; to < STAGE_COUNT; to++) {
            struct record *e =
                cast_entry(&w.cast, w.own_line, (enum stage)from, (enum stage)to, 1, 10);
            bool arrival = from == STAGE_DELIVERED || to == STAGE_DELIVERED;
            CHECK(may(&w, "DEU", e));
            CHECK(may(&w, "UKR", e) == arrival);
            CHECK(!may(&w, "POL", e));
            CHECK(!may(&w, "", e));
        }
    }
    arena_free(&w.arena);
}

/* Another's line does not become one's own by a version that says so, nor is it given away. */
static void a_new_version_takes_nothing_from_others(void)
{
    struct world w;
    world_begin(&w);
    struct record *taken = cast_line(&w.cast, "other"); /* giver: DEU */
    put(&w, taken);
    CHECK(!may(&w, "DEU", taken));
    CHECK(!may(&w, "POL", taken));
    struct record *again = cast_line(&w.cast, "own");
    put(&w, again);
    CHECK(may(&w, "DEU", again));
    struct record *name = cast_party(&w.cast, "POL");
    record_set_text(&w.arena, name, F_NAME, "Germany");
    put(&w, name);
    CHECK(!may(&w, "DEU", name));
    CHECK(may(&w, "POL", name));
    struct record *item = cast_item(&w.cast, "shell-155");
    put(&w, item);
    CHECK(!may(&w, "DEU", item));
    arena_free(&w.arena);
}

/* A decision about a line is its giver's, whatever party it names. */
static void a_decision_about_a_line_is_its_givers(void)
{
    struct world w;
    world_begin(&w);
    struct record *d = record_new(&w.arena, KIND_DECISION);
    record_set_ref(&w.arena, d, F_PARTY, w.cast.giver);
    record_set_ref(&w.arena, d, F_LINE, w.other_line);
    CHECK(!may(&w, "DEU", d));
    CHECK(may(&w, "POL", d));
    arena_free(&w.arena);
}

int main(void)
{
    RUN(the_cache_never_mixes_what_was_asked);
    RUN(the_cache_is_bounded);
    RUN(what_is_being_sent_is_kept);
    RUN(threads_share_a_cache);
    RUN(a_burst_and_then_so_many_a_second);
    RUN(the_clock_may_go_back);
    RUN(a_limit_is_a_limit);
    RUN(a_flood_of_addresses_shares_the_buckets);
    RUN(html_escapes_for_its_place);
    RUN(only_web_addresses_are_links);
    RUN(only_our_own_addresses_are_gone_to);
    RUN(every_kind_has_its_owner);
    RUN(who_may_move_a_line);
    RUN(a_new_version_takes_nothing_from_others);
    RUN(a_decision_about_a_line_is_its_givers);
    return tap_done();
}
