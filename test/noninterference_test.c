/*
 * noninterference_test.c - law 7 through the real server: whoever may not see
 * a record cannot tell whether it says one thing or another, or is there.
 *
 * A book is drawn from a seed (twins.h). For a reader, a second book is made
 * in which every record that the reader may not see says something else, and
 * a third that holds more such records. Both are served by the real program,
 * and every reply must be the same, byte for byte: status, headers (but the
 * date), body. What is asked: every page, every endpoint of the API's own
 * description with parameters of every sort, feeds, downloads, forms, and what
 * the pages themselves link to; also by the keys of hidden records, which must
 * answer like keys that never were.
 *
 * The same comparison with the owner's eyes must find differences: the proof
 * that something was changed, and that the comparison would see it.
 *
 * What is not compared: how long a plan took (the times that it says itself),
 * and /metrics, which tells of the process. Where hidden records stand between
 * others, the ids of those behind them are higher: two replies may differ in
 * the id of a record which both show, and in nothing else. Ids are places in
 * the log: that something is there that one may not see, they do not hide.
 */
#include <ctype.h>
#include <time.h>

#include "accounts/accounts.h"
#include "tap.h"
#include "twins.h"
#include "web.h"

enum { ADDRESSES_MAX = 6000, PLAIN = 22, QUOTED = 30, ASKED = 95, READERS = 4, OWNER = 3 };

/* NULL: the owner, by whose eyes the test itself is tested. */
static const char *const readers[READERS] = {"", "POL", "FRA", NULL};
static const char *const users[READERS] = {NULL, "pola", "fran", "olena"};

static struct temp temp;
static char cookies[READERS][300];
static struct web first; /* the book as it was drawn */
static uint64_t compared, differed;

/* --- who asks --- */

static void make_accounts(void)
{
    const struct accounts_limits cheap = {
        .passes = 1, .memory = 8192 * 1024, .hashing = 1, .waiting = 4};
    struct arena a = {0};
    struct accounts *accounts = NULL;
    struct account account;
    char session[SESSION_TEXT];
    int64_t now_ms = (int64_t)time(NULL) * 1000;
    GOOD(accounts_open(&a, temp_path(&temp, "accounts"), true, &cheap, &accounts, oops));
    for (int i = 0; i < READERS; i++) {
        if (!users[i]) continue;
        enum role role = readers[i] ? ROLE_DESK : ROLE_COORDINATOR;
        GOOD(accounts_add(accounts, users[i], role, readers[i], oops));
        GOOD(accounts_password(accounts, users[i], "correct-horse-battery", oops));
        GOOD(accounts_login(accounts, &a, users[i], "correct-horse-battery", now_ms, session,
                            &account, oops));
        snprintf(cookies[i], sizeof cookies[i], "Cookie: muster=%s\r\n", session);
    }
    accounts_close(accounts);
    arena_free(&a);
}

static struct web serve(const char *store)
{
    char words[900];
    snprintf(words, sizeof words, "--store '%s' --accounts '%s' --rate 0 --workers 2",
             temp_path(&temp, store), temp_path(&temp, "accounts"));
    return web_start(&temp, words);
}

/* --- what is asked --- */

struct asking {
    struct arena arena;
    struct rng rng;
    const struct world *world;
    const struct twin *twin;
    const char *list[ADDRESSES_MAX];
    uint32_t count;
};

static void add(struct asking *k, const char *address)
{
    if (k->count < ADDRESSES_MAX) k->list[k->count++] = address;
}

static const char *encoded(struct arena *a, const char *text)
{
    struct buf b = {.arena = a};
    buf_add(&b, "");
    for (; *text; text++) {
        if (isalnum((unsigned char)*text) || strchr("-._", *text))
            buf_addf(&b, "%c", *text);
        else
            buf_addf(&b, "%%%02X", (unsigned)(unsigned char)*text);
    }
    return b.text;
}

/* A key of that kind: seen, hidden, cut by a letter, or of nothing. */
static const char *some_key(struct asking *k, enum kind kind)
{
    uint32_t slot = slot_of_kind(k->world, &k->rng, SLOTS + 1, kind);
    const char *key = slot ? slot_key(k->world, slot, false) : "nothing";
    switch (rng_below(&k->rng, 8)) {
    case 0: return arena_bytes(&k->arena, key, strlen(key) - 1);
    case 1: return "nothing-17";
    default: return key;
    }
}

/* Words of some document, one of them perhaps another. */
static const char *some_words(struct asking *k, uint32_t most)
{
    uint32_t slot = slot_of_kind(k->world, &k->rng, SLOTS + 1, KIND_SOURCE);
    const char *text = k->twin->text[slot] ? k->twin->text[slot] : "shells to Ukraine by June";
    struct buf b = {.arena = &k->arena};
    size_t at = rng_below(&k->rng, (uint32_t)strlen(text) * 3 / 4);
    uint32_t odd = rng_below(&k->rng, most * 2);
    buf_add(&b, "");
    while (text[at] && text[at] != ' ') at++;
    for (uint32_t i = 0; i < most && text[at]; i++) {
        at += strspn(text + at, " \n");
        size_t len = strcspn(text + at, " \n");
        if (i == odd)
            buf_addf(&b, "%sseventeen", i ? " " : "");
        else
            buf_addf(&b, "%s%.*s", i ? " " : "", (int)len, text + at);
        at += len;
    }
    return b.text;
}

static const char *some_instant(struct asking *k)
{
    return text_format(&k->arena, "2023-11-%02uT%02u:%02u:00Z", 14 + rng_below(&k->rng, 2),
                       rng_below(&k->rng, 24), rng_below(&k->rng, 60));
}

static const char *some_day(struct asking *k)
{
    return text_format(&k->arena, "20%02u-%02u-15", 24 + rng_below(&k->rng, 4),
                       1 + rng_below(&k->rng, 12));
}

/* A value for a parameter, by its name. NULL: none of ours. */
static const char *some_value(struct asking *k, const char *name)
{
    static const struct {
        const char *name;
        enum kind kind;
    } keys[] = {
        {"donor", KIND_PARTY},    {"giver", KIND_PARTY},         {"party", KIND_PARTY},
        {"receiver", KIND_PARTY}, {"row", KIND_PARTY},           {"item", KIND_ITEM},
        {"line", KIND_LINE},      {"need", KIND_NEED},           {"scenario", KIND_SCENARIO},
        {"source", KIND_SOURCE},  {"document", KIND_SOURCE},     {"round", KIND_ROUND},
        {"near", KIND_ROUND},     {"with", KIND_LINE},           {"why", KIND_NEED},
        {"q", KIND_LOT},          {"candidate", KIND_STATEMENT}, {"floor", KIND_DECISION}};
    static const char *const plain[][2] = {
        {"series", "s1"}, {"currency", "EUR"},      {"year", "2024"},
        {"limit", "2"},   {"offset", "1"},          {"by", "donor"},
        {"months", "12"}, {"class", "military"},    {"key", "gdp"},
        {"group", "EXA"}, {"reached", "announced"}, {"things", "1"},
        {"skip", "1"},    {"rule", "negative"},     {"amount", "1000"},
        {"state", "all"}, {"boundary", "group:EXA"}};
    if (strcmp(name, "with") == 0 && rng_one_in(&k->rng, 2)) return some_words(k, 1);
    if (strcmp(name, "q") == 0 && rng_one_in(&k->rng, 2)) return some_words(k, 1);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (strcmp(keys[i].name, name) == 0) return some_key(k, keys[i].kind);
    }
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        if (strcmp(plain[i][0], name) == 0) return plain[i][1];
    }
    if (strcmp(name, "text") == 0 || strcmp(name, "quote") == 0) {
        return some_words(k, 3 + rng_below(&k->rng, 14));
    }
    if (strcmp(name, "words") == 0) return some_words(k, 1 + rng_below(&k->rng, 2));
    if (strcmp(name, "speaker") == 0) return "Speaker B";
    if (strcmp(name, "known") == 0 || strcmp(name, "from") == 0 || strcmp(name, "to") == 0) {
        return some_instant(k);
    }
    if (strcmp(name, "effective") == 0 || strcmp(name, "after") == 0 ||
        strcmp(name, "before") == 0) {
        return some_day(k);
    }
    if (strcmp(name, "claim") == 0) return "Germany has delivered 50 tanks to Ukraine";
    return NULL;
}

static const char *with_param(struct asking *k, const char *address, const char *name,
                              const char *value)
{
    return text_format(&k->arena, "%s%c%s=%s", address, strchr(address, '?') ? '&' : '?', name,
                       encoded(&k->arena, value));
}

/* --- discovered: the API's own description --- */

static const char *value_of(struct asking *k, const json_t *param)
{
    const char *name = json_string_value(json_object_get(param, "name"));
    const json_t *schema = json_object_get(param, "schema");
    const json_t *words = json_object_get(schema, "enum");
    const char *type = json_string_value(json_object_get(schema, "type"));
    if (json_array_size(words)) {
        size_t n = rng_below(&k->rng, (uint32_t)json_array_size(words));
        return arena_text(&k->arena, json_string_value(json_array_get(words, n)));
    }
    if (type && strcmp(type, "boolean") == 0) return "1";
    return some_value(k, name);
}

static const char *endpoint(struct asking *k, const char *path, json_t *params, uint32_t wanted)
{
    size_t i;
    json_t *param;
    const char *address = arena_text(&k->arena, path);
    uint32_t one = rng_below(&k->rng, (uint32_t)json_array_size(params) + 1), at = 0;
    json_array_foreach(params, i, param)
    {
        bool must = json_is_true(json_object_get(param, "required"));
        bool may = wanted == 1 ? at == one : wanted == 2 && rng_one_in(&k->rng, 5);
        const char *value = must || may ? value_of(k, param) : NULL;
        at++;
        if (!value) continue;
        address = with_param(k, address, json_string_value(json_object_get(param, "name")), value);
    }
    return address;
}

static void add_endpoints(struct asking *k)
{
    const char *path;
    json_t *methods;
    struct web_reply r = web_get(&first, "/api/v1/openapi.json");
    json_t *all = json_loads(r.body, 0, NULL);
    CHECK(json_object_size(json_object_get(all, "paths")) > 20);
    json_object_foreach(json_object_get(all, "paths"), path, methods)
    {
        json_t *get = json_object_get(methods, "get");
        if (!get) continue;
        for (uint32_t i = 0; i < 9; i++) {
            add(k, endpoint(k, path, json_object_get(get, "parameters"), i < 1 ? 0 : 1 + i % 2));
        }
    }
    json_decref(all);
    web_free(&r);
}

/* --- the pages --- */

static void add_pages(struct asking *k)
{
    static const char *const plain[] = {
        "/",        "/needs",  "/promises", "/donors",       "/outlook",        "/plan",
        "/record",  "/inbox",  "/changes",  "/sources",      "/help",           "/login",
        "/nowhere", "/line/x", "/readyz",   "/changes.atom", "/deliveries.ics", "/do/move",
        "/search",  "/table",  "/api/v1/x", "/line/"};
    static const struct {
        const char *path, *params;
    } asked[] = {
        {"/needs", "receiver need by open"},
        {"/promises", "donor receiver item class"},
        {"/donors", "key group receiver year series"},
        {"/outlook", "donor receiver item months"},
        {"/plan", "scenario round why"},
        {"/record", "quote words speaker after before document"},
        {"/inbox", "giver document state"},
        {"/changes", "from to"},
        {"/explain", "floor year"},
        {"/explain", "party reached"},
        {"/api/v1/floor", "effective"},
        {"/api/v1/burden", "donor reached"},
        {"/api/v1/burden", "things key reached"},
        {"/search", "q"},
        {"/do/move", "line"},
        {"/do/accept", "candidate line"},
        {"/do/edit", "candidate"},
        {"/api/v1/inbox", "candidate"},
        {"/inbox", "state skip"},
        {"/", "known effective scenario currency"},
    };
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) add(k, plain[i]);
    for (int n = 0; n < QUOTED; n++) {
        const char *words = some_words(k, 2 + rng_below(&k->rng, 6));
        add(k, with_param(k, "/api/v1/quote", "text", words));
    }
    for (int n = 0; n < 10; n++) {
        add(k, text_format(&k->arena, "/line/%s", some_key(k, KIND_LINE)));
        add(k, text_format(&k->arena, "/donors/%s", some_key(k, KIND_PARTY)));
        add(k, text_format(&k->arena, "/donors/%s?reached=announced", some_key(k, KIND_PARTY)));
        add(k, text_format(&k->arena, "/api/v1/said?giver=%s", some_key(k, KIND_PARTY)));
        for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
            const char *address = asked[i].path;
            for (const char *at = asked[i].params; *at;) {
                size_t len = strcspn(at, " ");
                const char *name = arena_bytes(&k->arena, at, len);
                bool take = len == strlen(asked[i].params) || rng_one_in(&k->rng, 2);
                const char *value = take ? some_value(k, name) : NULL;
                if (value) address = with_param(k, address, name, value);
                at += len + strspn(at + len, " ");
            }
            if (rng_one_in(&k->rng, 4)) address = with_param(k, address, "known", some_instant(k));
            add(k, address);
        }
    }
}

/* What a page links to, with the ids of hidden and shown records alike. */
static void add_links(struct asking *k, const char *body)
{
    for (const char *at = body; (at = strstr(at, "href=\"/"));) {
        struct buf b = {.arena = &k->arena};
        for (at += strlen("href=\""); *at && *at != '"' && *at != '#'; at++) {
            if (strncmp(at, "&amp;", 5) == 0)
                at += 4, buf_add(&b, "&");
            else
                buf_addf(&b, "%c", *at);
        }
        if (!text_starts(b.text, "/asset/")) add(k, b.text);
    }
}

/* --- comparing --- */

/* A date, and the times that a plan says it took: nothing of the book. */
static char *without_times(char *text)
{
    static const char *const names[] = {
        "\r\nDate: ",          "\"cpu_seconds\":",         "\"wall_seconds\":",
        "\"peak_mb\":",        "<dt>cpu seconds</dt><dd>", "<dt>wall seconds</dt><dd>",
        "<dt>peak mb</dt><dd>"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        for (char *at = text; (at = strstr(at, names[i]));) {
            at += strlen(names[i]);
            size_t len = strcspn(at, i == 0 ? "\r" : ",}<"), rest = strlen(at + len);
            memmove(at, at + len, rest + 1);
        }
    }
    return text;
}

/* Ids of the slots that both show, from one book to the other. */
struct moved {
    const struct twin *from, *to;
};

static bool is_moved(const struct moved *m, uint64_t from, uint64_t to)
{
    for (uint32_t i = 1; m && i <= SLOTS; i++) {
        if (m->from->id[i] == from && m->to->id[i] == to) return true;
    }
    return false;
}

/* The first place where they differ otherwise than by a moved id; NULL: nowhere. */
static const char *difference(const char *a, const char *b, const struct moved *m)
{
    const char *begin = a;
    for (; *a || *b; a++, b++) {
        if (*a == *b) continue;
        while (a > begin && isdigit((unsigned char)a[-1]) && a[-1] == b[-1]) a--, b--;
        char *after_a, *after_b;
        bool numbers = isdigit((unsigned char)*a) && isdigit((unsigned char)*b);
        if (!m || !numbers) return a;
        if (!is_moved(m, strtoull(a, &after_a, 10), strtoull(b, &after_b, 10))) return a;
        a = after_a - 1;
        b = after_b - 1;
    }
    return NULL;
}

/* Whether an address is of a plan: it says how long that took, so its ETag is another. */
static bool is_timed(const char *address)
{
    return strstr(address, "/plan") || strstr(address, "page=%2Fplan");
}

static bool same_reply(const char *address, struct web_reply *a, struct web_reply *b,
                       const struct moved *m, bool say)
{
    const char *at;
    compared++;
    if (a->status != b->status || !a->status) return false;
    if (a->body_len != strlen(a->body) || b->body_len != strlen(b->body)) { /* packed, workbooks */
        bool same = a->body_len == b->body_len && memcmp(a->body, b->body, a->body_len) == 0;
        if (!same && say) printf("# packed, %zu and %zu bytes\n", a->body_len, b->body_len);
        return m || is_timed(address) || same;
    }
    without_times(a->body);
    without_times(b->body);
    at = difference(a->body, b->body, m);
    if (at) {
        if (!say) return false;
        size_t off = (size_t)(at - a->body), from = off > 150 ? off - 150 : 0;
        printf("# %s\n#   one: %.260s\n#   other: %.260s\n", address, a->body + from,
               b->body_len > from ? b->body + from : "");
        return false;
    }
    if (m || is_timed(address)) return true;
    at = difference(without_times(a->headers), without_times(b->headers), NULL);
    if (at && say)
        printf("# %s\n#   headers: %s\n#   other: %s\n", address, a->headers, b->headers);
    return !at;
}

/*
 * The same address in the book in which ids moved: a form about a candidate
 * names it by id. NULL: there that id is another record, or none.
 */
static const char *moved_address(struct arena *a, const struct moved *m, const char *address)
{
    const char *at = strstr(address, "candidate=");
    at = at ? at + strlen("candidate=") : NULL;
    size_t digits = at ? strspn(at, "0123456789") : 0;
    if (!m || !digits || (at[digits] && at[digits] != '&')) return address;
    uint64_t id = strtoull(at, NULL, 10);
    for (uint32_t i = 1; i <= SLOTS; i++) {
        if (m->from->id[i] != id || !m->to->id[i] || !m->to->shown[i]) continue;
        return text_format(a, "%.*s%llu%s", (int)(at - address), address,
                           (unsigned long long)m->to->id[i], at + digits);
    }
    return NULL;
}

/* Ask both; the first's body is looked through for further addresses when `k` is given. */
static bool ask_both(const struct web *other, int reader, const char *address,
                     const struct moved *m, struct asking *k, bool say)
{
    struct web one = first, two = *other;
    snprintf(one.cookie, sizeof one.cookie, "%s", cookies[reader]);
    snprintf(two.cookie, sizeof two.cookie, "%s", cookies[reader]);
    bool packed = !m && compared % 9 == 0;
    const char *more = packed ? "Accept-Encoding: gzip\r\n" : "";
    one.port = first.port;
    struct arena arena = {0};
    const char *there = moved_address(&arena, m, address);
    if (!there) {
        arena_free(&arena);
        return true;
    }
    struct web_reply a = web_get_with(&one, address, more), b = web_get_with(&two, there, more);
    arena_free(&arena);
    if (k && a.status == 200) add_links(k, a.body);
    bool same = same_reply(address, &a, &b, m, say);
    if (!same && say) {
        printf("# reader '%s': %s differs: %d and %d\n", readers[reader] ? readers[reader] : "all",
               address, a.status, b.status);
    }
    web_free(&a);
    web_free(&b);
    return same;
}

/* --- the books --- */

static void remove_store(const char *name)
{
    static const char *const tails[] = {"",           "-wal",         "-shm",  "-words",
                                        "-words-wal", "-words-shm",   "-book", "-book-public",
                                        "-sums",      "-sums-public", "-keys"};
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        char path[500];
        snprintf(path, sizeof path, "%s%s", temp_path(&temp, name), tails[i]);
        remove(path);
    }
}

static void draw_addresses(struct asking *k, const struct world *w, const struct twin *t,
                           uint64_t seed)
{
    *k = (struct asking){.rng = {seed * 7 + 1}, .world = w, .twin = t};
    add_pages(k);
    add_endpoints(k);
}

/* Whether the other store shows that reader the same; how many addresses differed. */
static uint32_t compare_books(const char *name, int reader, struct asking *k, const struct moved *m,
                              bool say)
{
    uint32_t bad = 0, before = k->count;
    struct web other = serve(name);
    CHECK(other.port > 0);
    for (uint32_t i = 0; i < ASKED && bad < 3; i++) {
        uint32_t n = i < PLAIN + QUOTED ? i : rng_below(&k->rng, k->count);
        if (!ask_both(&other, reader, k->list[n], m, say ? k : NULL, say)) bad++;
    }
    k->count = before;
    CHECK_I64(web_stop(&other), 0);
    return bad;
}

/* Another book of the same world, in which all that is not changed is there. */
static void make_other(struct twin *t, struct world *w, struct arena *a, const char *name)
{
    bool made = false;
    for (int tries = 0; tries < 20 && !made; tries++) {
        remove_store(name);
        t->failed = 0;
        t->extra = 0;
        twin_make(t, w, a, temp_path(&temp, name), false);
        made = !t->failed;
        if (!made) twin_mute(t);
    }
    CHECK(made);
}

static void check_reader(struct world *w, struct twin *base, int reader)
{
    struct arena a = {0};
    bool seen[SLOTS + 1] = {0}, still[SLOTS + 1] = {0}, secret[SLOTS + 1] = {0};
    bool unused[SLOTS + 1];
    struct twin *two = NEW(&a, struct twin), *three = NEW(&a, struct twin);
    struct asking *k = NEW(&a, struct asking);
    uint32_t hidden = 0;
    twin_seen(base, temp_path(&temp, "one.db"), readers[reader], seen, secret);
    for (uint32_t i = 1; i <= SLOTS; i++) hidden += two->changed[i] = three->changed[i] = secret[i];
    CHECK(hidden > SLOTS / 10);
    two->shown = three->shown = seen;

    make_other(two, w, &a, "two.db");
    twin_seen(two, temp_path(&temp, "two.db"), readers[reader], still, unused);
    for (uint32_t i = 1; i <= SLOTS; i++) {
        if (seen[i] == still[i]) continue;
        printf("# slot %u (%s, %s) is %s\n", i, kind_name(w->slots[i].kind), w->slots[i].label,
               seen[i] ? "gone" : "there");
        CHECK(seen[i] == still[i]);
    }
    draw_addresses(k, w, base, w->seed + (uint64_t)reader);
    CHECK(compare_books("two.db", reader, k, NULL, true) == 0);
    if (compare_books("two.db", OWNER, k, NULL, false) > 0) differed++;

    three->more_between = three->more_behind = 4;
    make_other(three, w, &a, "three.db");
    const struct moved m = {base, three};
    CHECK(compare_books("three.db", reader, k, &m, true) == 0);
    arena_free(&k->arena);
    arena_free(&a);
    remove_store("two.db");
    remove_store("three.db");
}

static void nobody_can_tell_what_is_hidden(struct rng *r)
{
    struct arena a = {0};
    struct world *w = NEW(&a, struct world);
    struct twin *base = NEW(&a, struct twin);
    world_draw(w, &a, r->state);
    twin_make(base, w, &a, temp_path(&temp, "one.db"), true);
    first = serve("one.db");
    CHECK(first.port > 0);
    differed = 0;
    for (int reader = 0; reader < OWNER; reader++) check_reader(w, base, reader);
    CHECK_I64((int64_t)differed, OWNER); /* the owner sees that it is another book, each time */
    CHECK_I64(web_stop(&first), 0);
    remove_store("one.db");
    arena_free(&a);
}

static void whoever_may_not_see_it_cannot_tell_what_it_says(void)
{
    const char *rounds = getenv("MUSTER_ROUNDS"); /* a seed here is six servers: far fewer */
    if (rounds) setenv("MUSTER_SEEDS", rounds, 1);
    seeds_run(3, nobody_can_tell_what_is_hidden);
    printf("# %" PRIu64 " pairs of replies\n", compared);
}

int main(int argc, char **argv)
{
    (void)argc;
    program_find(argv[0]);
    temp_make(&temp);
    make_accounts();
    RUN(whoever_may_not_see_it_cannot_tell_what_it_says);
    temp_remove(&temp);
    return tap_done();
}
