/*
 * serve_test.c - the server as others meet it: the real program on a socket.
 *
 * What is served here is a small book of our own, made by the real commands:
 * two donors, one promise that everybody may see and one that only its giver
 * may.
 */
#include <time.h>

#include "tap.h"
#include "web.h"

static struct temp temp;
static struct web web;
static char store[400];

static void command(const char *args)
{
    free(program(&temp, "%s --store '%s'", args, store));
    if (program_exit) printf("# %s: %s", args, program_said);
    CHECK(program_exit == 0);
}

static void make_book(void)
{
    snprintf(store, sizeof store, "%s", temp_path(&temp, "book.db"));
    command("item add shell --name 'artillery shell' --unit piece --author test");
    command("party add FRA --author test"); /* by name, before it is in a label */
    command("line add open --giver DEU --receiver UKR --item shell --qty 1000 --stage committed"
            " --promised 2024-12-31 --on 2024-04-01 --author test");
    command("line add cash --giver DEU --receiver UKR --item EUR --qty 5000000 --stage committed"
            " --on 2024-04-01 --author test");
    command("line add closed --giver FRA --receiver UKR --item shell --qty 777 --stage committed"
            " --on 2024-04-01 --label parties:FRA --author test");
    command("user add olena --role coordinator");
    command("user add jan --role desk --party DEU");
    command("user add rita --role reader --party FRA");
    const char *const names[] = {"olena", "jan", "rita"};
    for (int i = 0; i < 3; i++) {
        free(program(&temp, "user password %s --store '%s' <'%s'", names[i], store,
                     temp_path(&temp, "secret")));
        CHECK(program_exit == 0);
    }
}

static void makes_a_book_with_the_real_commands(void)
{
    FILE *f = fopen(temp_path(&temp, "secret"), "w");
    if (!f) abort();
    fputs("correct-horse-battery\n", f);
    fclose(f);
    make_book();
    char words[600];
    snprintf(words, sizeof words, "--store '%s'", store);
    web = web_start(&temp, words);
    CHECK(web.port > 0);
}

static int status_of(const char *path)
{
    struct web_reply r = web_get(&web, path);
    int status = r.status;
    web_free(&r);
    return status;
}

static bool has(const char *path, const char *text)
{
    struct web_reply r = web_get(&web, path);
    bool found = strstr(r.body, text) != NULL;
    web_free(&r);
    return found;
}

static void every_page_answers(void)
{
    static const char *const paths[] = {
        "/",       "/needs",          "/promises",  "/donors",       "/outlook",       "/plan",
        "/record", "/inbox",          "/line/open", "/donors/DEU",   "/changes",       "/sources",
        "/help",   "/search?q=shell", "/login",     "/changes.atom", "/deliveries.ics"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        if (status_of(paths[i]) != 200) printf("# %s\n", paths[i]);
        CHECK_I64(status_of(paths[i]), 200);
    }
    CHECK_I64(status_of("/nowhere"), 404);
    CHECK_I64(status_of("/line/nothing"), 200); /* the page says that there is none */
    CHECK_I64(status_of("/donors/NOBODY"), 404);
}

static void a_donor_has_a_page_of_its_own(void)
{
    CHECK(has("/promises", "href=\"/donors/DEU\"") && has("/donors", "href=\"/donors/DEU\""));
    CHECK(has("/donors/DEU", "<h1>Germany</h1>"));
    CHECK(has("/donors/DEU", "muster burden --donor=DEU") && has("/donors/DEU", "5,000,000"));
    CHECK(has("/donors/DEU", "muster late --all --donor=DEU"));
    CHECK(has("/donors/DEU", "<option value=\"DEU\">Germany</option>"));
    CHECK(has("/donors/DEU", "list=\"party\"") && has("/donors", "<datalist id=\"group\">"));
    CHECK(has("/donors/DEU", "href=\"/explain?party=DEU\"")); /* from the burden's figures */
    CHECK(!has("/donors/DEU", "closed"));                     /* another's, and not public */
    CHECK(has("/table?page=/donors/DEU&section=lines&as=csv", "open,"));
    CHECK(!has("/table?page=/donors/FRA&section=lines&as=csv", "open,"));
    CHECK(has("/table?page=/line/open&section=history&as=csv", "subject"));
    struct web_reply r = web_get(&web, "/donors/Allies?known=2026-12-31");
    CHECK_I64(r.status, 303);
    CHECK(strstr(r.headers, "Location: /donors?group=Allies&known=2026-12-31\r\n") != NULL);
    web_free(&r);
}

static void every_endpoint_of_the_contract_answers(void)
{
    static const char *const paths[] = {
        "/api/v1/total", "/api/v1/position",     "/api/v1/burden", "/api/v1/late",
        "/api/v1/plan",  "/api/v1/quote",        "/api/v1/floor",  "/api/v1/quote?text=words",
        "/api/v1/check", "/api/v1/openapi.json", "/metrics",       "/healthz",
        "/readyz"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct web_reply r = web_get(&web, paths[i]);
        if (r.status != 200) printf("# %s: %d %.200s\n", paths[i], r.status, r.body);
        CHECK_I64(r.status, 200);
        web_free(&r);
    }
}

/* The API and the command line give the same bytes. */
static void the_api_says_what_the_command_line_says(void)
{
    static const char *const pairs[][2] = {
        {"/api/v1/position?by=line", "position --by line --json --as DEU"},
        {"/api/v1/late?all=1", "late --all --json --as DEU"},
        {"/api/v1/lines", "line list --json --as DEU"},
        {"/api/v1/flags", "flags --json --as DEU"},
    };
    CHECK_I64(web_login(&web, "jan", "correct-horse-battery"), 303);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct web_reply r = web_get(&web, pairs[i][0]);
        char *out = program(&temp, "%s --store '%s'", pairs[i][1], store);
        CHECK_TEXT(r.body, out);
        free(out);
        web_free(&r);
    }
    web.cookie[0] = '\0';
}

static void a_refusal_is_a_problem_with_its_reason(void)
{
    struct web_reply r = web_get(&web, "/api/v1/late?colour=red");
    CHECK_I64(r.status, 400);
    CHECK_TEXT(web_header(&r, "Content-Type"), "application/problem+json");
    CHECK(strstr(r.body, "'colour' is no parameter of this") != NULL);
    web_free(&r);
    CHECK_I64(status_of("/api/v1/history?line=--json"), 404);
    CHECK_I64(status_of("/api/v1/plan?mps=/tmp/x"), 400); /* a file of this machine */
    CHECK_I64(status_of("/api/v1/plan?time=1e9"), 400);
    CHECK_I64(status_of("/api/v1/burden?store=x.db"), 400);
    CHECK_I64(status_of("/api/v1/diff?from=/etc/passwd&to=/etc/passwd"), 400);
    CHECK_I64(status_of("/api/v1/quote?text=-"), 422); /* no words; and no standard input */
    CHECK_I64(status_of("/api/v1/burden?as=FRA"), 400);
}

/* Whether the parameter is taken: refused values are fine, an unknown name is not. */
static bool is_taken(const char *path, const char *name, const char *value)
{
    char address[600];
    snprintf(address, sizeof address, "%s?%s=%s", path, name, value);
    struct web_reply r = web_get(&web, address);
    bool taken = r.status && r.status < 500 && !strstr(r.body, "is no parameter of this");
    web_free(&r);
    return taken;
}

static void the_api_takes_just_what_it_says_it_takes(void)
{
    struct web_reply r = web_get(&web, "/api/v1/openapi.json");
    json_error_t e;
    json_t *whole = json_loads(r.body, 0, &e), *about, *param;
    const char *path;
    size_t i, asked = 0;
    web_free(&r);
    CHECK(whole != NULL);
    json_object_foreach(json_object_get(whole, "paths"), path, about)
    {
        json_t *get = json_object_get(about, "get");
        if (!get) continue;
        CHECK(is_taken(path, "limit", "1"));
        CHECK(!is_taken(path, "no-such-parameter", "1"));
        json_array_foreach(json_object_get(get, "parameters"), i, param)
        {
            const char *name = json_string_value(json_object_get(param, "name"));
            json_t *choices = json_object_get(json_object_get(param, "schema"), "enum");
            const char *value = json_string_value(json_array_get(choices, 0));
            if (strcmp(name, "time") == 0) value = "1";
            bool taken = is_taken(path, name, value ? value : "1");
            if (!taken) printf("# %s %s\n", path, name);
            CHECK(taken);
            asked++;
        }
    }
    CHECK(asked > 100);
    json_decref(whole);
}

static void an_answer_that_did_not_change_is_not_sent_again(void)
{
    char more[300];
    struct web_reply r = web_get(&web, "/api/v1/position");
    snprintf(more, sizeof more, "If-None-Match: %s\r\n", web_header(&r, "ETag"));
    web_free(&r);
    r = web_get_with(&web, "/api/v1/position", more);
    CHECK_I64(r.status, 304);
    CHECK_I64((int64_t)r.body_len, 0);
    web_free(&r);
}

static void a_long_list_comes_in_parts(void)
{
    struct web_reply r = web_get(&web, "/api/v1/parties?limit=1");
    CHECK(strstr(web_header(&r, "Link"), "offset=1") != NULL);
    web_free(&r);
    CHECK_I64(status_of("/api/v1/parties?limit=0"), 400);
    CHECK_I64(status_of("/api/v1/parties?offset=-1"), 400);
    CHECK_I64(status_of("/api/v1/parties?offset=999999"), 200);
}

static void every_reply_carries_what_keeps_pages_safe(void)
{
    static const char *const paths[] = {"/", "/nowhere", "/api/v1/total", "/healthz", "/%00"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct web_reply r = web_get(&web, paths[i]);
        const char *policy = web_header(&r, "Content-Security-Policy");
        CHECK(strstr(policy, "default-src 'none'") != NULL);
        CHECK(strstr(policy, "unsafe") == NULL);
        CHECK_TEXT(web_header(&r, "X-Content-Type-Options"), "nosniff");
        web_free(&r);
    }
}

/* The address of the style sheet, out of a page. */
static const char *style_address(char *room, size_t size)
{
    struct web_reply r = web_get(&web, "/");
    const char *at = strstr(r.body, "/asset/");
    snprintf(room, size, "%.*s", at ? (int)strcspn(at, "\"") : 0, at ? at : "");
    web_free(&r);
    return room;
}

static void what_has_its_hash_in_its_address_is_kept_for_ever(void)
{
    char path[200], first[200];
    style_address(path, sizeof path);
    for (int again = 0; again < 2; again++) { /* made, then out of the cache */
        struct web_reply r = web_get(&web, path);
        CHECK(r.status == 200 && strstr(r.body, "color-scheme") != NULL);
        CHECK(strstr(web_header(&r, "Cache-Control"), "immutable") != NULL);
        CHECK_TEXT(web_header(&r, "Vary"), "Accept-Encoding");
        snprintf(first, sizeof first, "If-None-Match: %.150s\r\n", web_header(&r, "ETag"));
        web_free(&r);
    }
    struct web_reply r = web_get_with(&web, path, first);
    CHECK(r.status == 304);
    web_free(&r);
    path[strlen("/asset/")] ^= 1; /* of another build */
    r = web_get(&web, path);
    CHECK(r.status == 404);
    CHECK_TEXT(web_header(&r, "Cache-Control"), "no-cache");
    web_free(&r);
}

/* The answer of /latest. */
static const char *latest(char *room, size_t size)
{
    struct web_reply r = web_get(&web, "/latest");
    snprintf(room, size, "%s", r.status == 200 ? r.body : "");
    web_free(&r);
    return room;
}

static void what_is_too_short_to_be_packed_is_not_said_to_be(void)
{
    for (int again = 0; again < 2; again++) { /* made, then out of the cache */
        struct web_reply r = web_get_with(&web, "/latest", "Accept-Encoding: gzip\r\n");
        CHECK(r.status == 200 && r.body[0] == '2');
        CHECK_TEXT(web_header(&r, "Content-Encoding"), "");
        web_free(&r);
        r = web_get_with(&web, "/help", "Accept-Encoding: gzip\r\n");
        CHECK_TEXT(web_header(&r, "Content-Encoding"), "gzip");
        web_free(&r);
    }
}

static void a_page_can_ask_whether_it_is_still_so(void)
{
    char before[100], hidden[100], after[100];
    struct timespec look = {.tv_nsec = 200000000}; /* twice what the contract allows */
    latest(before, sizeof before);
    CHECK(before[0] == '2' && strchr(before, 'Z') != NULL);
    command("line add quiet --giver FRA --receiver UKR --item shell --qty 5 --stage committed"
            " --label parties:FRA --author test");
    nanosleep(&look, NULL);
    CHECK_TEXT(latest(hidden, sizeof hidden), before);
    command("line add loud --giver FRA --receiver UKR --item shell --qty 5 --stage committed"
            " --author test");
    nanosleep(&look, NULL);
    CHECK(strcmp(latest(after, sizeof after), before) > 0);
}

static void a_total_without_a_boundary_is_of_all_that_was_given(void)
{
    CHECK(has("/api/v1/total", "\"incoming\":5000000,\"internal\":0"));
}

static void a_figure_leads_to_the_rows_behind_it(void)
{
    CHECK(has("/donors", "href=\"/explain?party=DEU\""));
    CHECK(has("/explain?party=DEU", "5,000,000") && has("/explain?party=DEU", "/line/cash"));
    CHECK(has("/", "href=\"/explain?by=year&amp;row=2024\""));
    CHECK(has("/explain?by=year&row=2024", "/line/cash"));
    CHECK(!has("/explain?by=year&row=2023", "/line/cash"));
}

/* The body behind the permalink of a page. */
static struct web_reply frozen(const char *path, char address[400])
{
    struct web_reply r = web_get(&web, path);
    const char *at = strstr(r.body, "class=permalink href=\"");
    size_t n = 0;
    for (at = at ? at + strlen("class=permalink href=\"") : ""; *at && *at != '"'; at++) {
        address[n++] = *at;
        if (strncmp(at, "&amp;", 5) == 0) at += 4;
    }
    address[n] = '\0';
    web_free(&r);
    return web_get(&web, address);
}

static void a_permalink_freezes_both_clocks(void)
{
    static const char *const paths[] = {"/", "/promises", "/donors/DEU", "/line/open",
                                        "/outlook?months=6"};
    char address[5][400];
    struct web_reply before[5];
    for (int i = 0; i < 5; i++) {
        before[i] = frozen(paths[i], address[i]);
        CHECK_I64(before[i].status, 200);
        CHECK(strstr(address[i], "effective=20") && strstr(address[i], "known=20"));
    }
    command("line add more --giver DEU --receiver UKR --item shell --qty 31 --stage committed"
            " --promised 2024-06-30 --on 2024-04-02 --author test");
    for (int i = 0; i < 100 && !has("/promises", "/line/more"); i++) {
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    }
    CHECK(has("/promises", "/line/more"));
    for (int i = 0; i < 5; i++) {
        struct web_reply after = web_get(&web, address[i]);
        CHECK_TEXT(after.body, before[i].body);
        web_free(&after);
        web_free(&before[i]);
    }
}

static void a_search_reaches_all_that_has_a_name(void)
{
    CHECK(has("/search?q=shell", "<section id=\"items\">"));
    CHECK(has("/search?q=artillery+shell", "<section id=\"items\">")); /* words in any order */
    CHECK(has("/search?q=shell+artillery", "<section id=\"items\">"));
    CHECK(!has("/search?q=shell+boat", "<section id="));
    CHECK(has("/search?q=shell+boat", "Nothing in this book has that"));
    CHECK(has("/search?q=deu", "href=\"/donors/DEU\""));
    CHECK(has("/search?q=open", "href=\"/line/open\""));
    CHECK(!has("/search?q=closed", "/line/closed"));
}

static void each_list_of_a_table_is_a_file(void)
{
    const char *line = "/table?page=/line/open&section=history&as=csv&list=";
    char path[200];
    snprintf(path, sizeof path, "%sstands", line);
    CHECK(has(path, "stage,"));
    snprintf(path, sizeof path, "%sentries", line);
    CHECK(has(path, "id,"));
    CHECK(has("/line/open", "list=entries"));
    snprintf(path, sizeof path, "%snone", line);
    CHECK_I64(status_of(path), 404);
}

static void nobody_sees_what_is_not_for_them(void)
{
    CHECK(has("/promises", "open") && !has("/promises", "closed"));
    CHECK(!has("/api/v1/lines", "closed"));
    CHECK_I64(web_login(&web, "rita", "correct-horse-battery"), 303);
    CHECK(has("/promises", "closed"));
    CHECK_I64(web_login(&web, "jan", "correct-horse-battery"), 303);
    CHECK(!has("/promises", "closed") && has("/promises", "open"));
    CHECK_I64(web_login(&web, "olena", "correct-horse-battery"), 303);
    CHECK(has("/promises", "closed"));
    web.cookie[0] = '\0';
}

static int move(const char *line, const char *qty, const char *seen)
{
    char form[600];
    snprintf(form, sizeof form, "csrf=%s&line=%s&qty=%s&to=dispatched&on=2024-05-01&seen=%s",
             web.csrf, line, qty, seen);
    struct web_reply r = web_post(&web, "/do/move", form);
    int status = r.status;
    web_free(&r);
    return status;
}

static void a_desk_records_its_own_and_nothing_else(void)
{
    CHECK_I64(move("open", "10", "999999"), 401); /* nobody */
    CHECK_I64(web_login(&web, "jan", "correct-horse-battery"), 303);
    CHECK_I64(move("open", "10", "999999"), 303);
    CHECK(has("/line/open", "dispatched"));
    CHECK_I64(move("closed", "10", "999999"), 409); /* there is no such line, for this desk */
    CHECK_I64(web_login(&web, "rita", "correct-horse-battery"), 303);
    CHECK_I64(move("closed", "10", "999999"), 403); /* a reader */
    web.cookie[0] = '\0';
}

/* The answer was lost, so the same is asked again; and something else under the same key. */
static void a_request_with_a_key_is_recorded_once(void)
{
    static const char key[] = "Idempotency-Key: 7f3a\r\n";
    char form[600];
    struct web_reply r;
    CHECK_I64(web_login(&web, "jan", "correct-horse-battery"), 303);
    const char *const qty[] = {"3", "3", "4"};
    const int want[] = {303, 303, 409};
    for (int i = 0; i < 3; i++) {
        snprintf(form, sizeof form, "csrf=%s&line=open&qty=%s&to=dispatched&on=2024-05-02&seen=%s",
                 web.csrf, qty[i],
                 i ? "1" : "999999"); /* what it changed itself does not stand in its way */
        r = web_post_with(&web, "/do/move", form, key);
        CHECK_I64(r.status, want[i]);
        web_free(&r);
    }
    r = web_get(&web, "/api/v1/history?line=open");
    const char *first = strstr(r.body, "\"2024-05-02\"");
    CHECK(first && !strstr(first + 1, "\"2024-05-02\""));
    web_free(&r);
    web.cookie[0] = '\0';
}

static int floor_of(const char *key, const char *by)
{
    char form[600];
    snprintf(form, sizeof form,
             "csrf=%s&key=%s&by=%s&receiver=UKR&amount=6m&currency=EUR&from=2024-01-01"
             "&text=six+a+year&cite=Budget+law",
             web.csrf, key, by);
    struct web_reply r = web_post(&web, "/do/floor", form);
    int status = r.status;
    web_free(&r);
    return status;
}

static void a_yearly_floor_is_recorded_where_it_is_shown(void)
{
    CHECK(has("/", "no yearly floor is in this book") && !has("/", "/do/floor"));
    CHECK_I64(floor_of("nobodys", "DEU"), 401);
    CHECK_I64(web_login(&web, "jan", "correct-horse-battery"), 303);
    CHECK(has("/", "action=\"/do/floor\""));
    CHECK_I64(floor_of("own", "DEU"), 303);
    CHECK_I64(floor_of("others", "FRA"), 409); /* not for Germany's desk */
    web.cookie[0] = '\0';
    CHECK(has("/", "own") && has("/", "six a year") && has("/", "Budget law"));
    CHECK(!has("/", "others"));
    CHECK(has("/", "href=\"/explain?floor=own&amp;year=2024\""));
    CHECK(has("/explain?floor=own&year=2024&reached=committed", "/line/cash"));
    CHECK(has("/api/v1/floor?reached=committed", "\"year\":\"2024\"") &&
          has("/api/v1/floor?reached=committed",
              "\"amount\":5000000,\"least\":6000000,\"currency\":\"EUR\",\"gap\":1000000"));
}

static void two_people_at_once_do_not_overwrite_each_other(void)
{
    CHECK_I64(web_login(&web, "olena", "correct-horse-battery"), 303);
    struct web_reply r = web_get(&web, "/do/move?line=open");
    const char *at = strstr(r.body, "name=\"seen\" value=\"");
    char seen[24] = "";
    if (at) snprintf(seen, sizeof seen, "%.*s", (int)strcspn(at + 19, "\""), at + 19);
    web_free(&r);
    CHECK(*seen);
    CHECK_I64(move("open", "20", seen), 303);
    CHECK_I64(move("open", "30", seen), 409); /* the form was opened before the other was sent */
    char form[300];
    snprintf(form, sizeof form, "csrf=%s&line=open&qty=30&to=dispatched&seen=%s", web.csrf, seen);
    r = web_post(&web, "/do/move", form);
    CHECK(strstr(r.body, "committed to dispatched: 20 on 2024-05-01") != NULL);
    web_free(&r);
    web.cookie[0] = '\0';
}

/* What is in the form's hidden "seen". */
static void seen_of(const char *path, char seen[24])
{
    struct web_reply r = web_get(&web, path);
    const char *at = strstr(r.body, "name=\"seen\" value=\"");
    snprintf(seen, 24, "%.*s", at ? (int)strcspn(at + 19, "\"") : 0, at ? at + 19 : "");
    web_free(&r);
}

static int edit(const char *id, const char *seen, const char *more, const char *want)
{
    char form[600];
    snprintf(form, sizeof form, "csrf=%s&candidate=%s&seen=%s&%s", web.csrf, id, seen, more);
    struct web_reply r = web_post(&web, "/do/edit", form);
    int status = r.status;
    if (want && !strstr(r.body, want)) printf("# no '%s' in:\n# %.3000s\n", want, r.body);
    CHECK(!want || strstr(r.body, want) != NULL);
    web_free(&r);
    return status;
}

static void an_edit_meets_another_as_a_refusal_that_says_what_changed(void)
{
    static const char mine[] = "giver=ESP&qty=70000000&unit=EUR&why=no-mine";
    char id[24] = "", path[200], seen[24], words[500];
    FILE *f = fopen(temp_path(&temp, "2024-09-18-talk.txt"), "w");
    if (!f) abort();
    fputs("Press conference\n\nby NATO Secretary General Jens Stoltenberg\n\n18 Sep. 2024\n\n"
          "NATO Secretary General Jens Stoltenberg: Good morning.\n"
          "Germany will give 50 million euros to Ukraine.\n\n"
          "Kari Hansen (Harbour News): Thank you.\n",
          f);
    fclose(f);
    snprintf(words, sizeof words, "import '%s'", temp_path(&temp, "2024-09-18-talk.txt"));
    command(words);
    CHECK_I64(web_login(&web, "olena", "correct-horse-battery"), 303);
    for (int i = 0; i < 100 && !has("/inbox", "50 million euros"); i++) {
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    }
    struct web_reply r = web_get(&web, "/inbox");
    const char *at = strstr(r.body, "/do/edit?candidate=");
    CHECK(at != NULL);
    if (at) snprintf(id, sizeof id, "%.*s", (int)strspn(at + 19, "0123456789"), at + 19);
    web_free(&r);
    snprintf(path, sizeof path, "/do/edit?candidate=%s", id);
    CHECK(has(path, "<mark>Germany will give 50 million euros to Ukraine.</mark>"));
    CHECK(has(path, "name=\"giver\" value=\"DEU\""));
    CHECK(has(path, "name=\"qty\" value=\"50000000\""));
    CHECK(has(path, "name=\"unit\" value=\"EUR\"") && has(path, "selected>announced"));

    char kept[2][400];
    struct web_reply was[2] = {frozen("/inbox", kept[0]),
                               frozen("/record?words=euros&quote=50+million", kept[1])};
    CHECK(strstr(was[0].body, "DEU to UKR: 50 million EUR") != NULL);
    seen_of(path, seen);
    CHECK_I64(edit(id, seen, "giver=FRA&qty=60000000&unit=EUR&stage=committed&why=misheard", NULL),
              303);
    CHECK(has("/inbox", "edited by olena: misheard") &&
          has("/inbox", "FRA to UKR: 60 million EUR"));
    for (int i = 0; i < 2; i++) { /* as it was known then */
        struct web_reply is = web_get(&web, kept[i]);
        CHECK_TEXT(is.body, was[i].body);
        web_free(&is);
        web_free(&was[i]);
    }
    CHECK_I64(edit(id, seen, mine, "was changed since you opened this, by olena"), 409);
    CHECK_I64(edit(id, seen, mine, "amount: 50000000, now 60000000"), 409);
    CHECK_I64(edit(id, seen, mine, "giver: DEU, now FRA"), 409);
    CHECK_I64(edit(id, seen, mine, "name=\"giver\" value=\"ESP\""), 409); /* what was typed */
    CHECK(has("/inbox", "FRA to UKR: 60 million EUR"));
    seen_of(path, seen);
    CHECK_I64(edit(id, seen, mine, NULL), 303); /* having looked at it again */
    CHECK(has("/inbox", "ESP to UKR: 70 million EUR"));
    CHECK_I64(edit(id, "999999", mine, "it says just that already"), 409);
    CHECK(has("/inbox", "href=\"/record?document=sha256%3A"));

    r = web_get(&web, "/record?words=euros&quote=Germany+will+give+50+million+euros");
    at = strstr(r.body, "href=\"/record?document=sha256%3A"); /* from a hit to its turn */
    CHECK(at && strstr(r.body, "<mark>euros</mark>"));
    if (at) snprintf(path, sizeof path, "%.*s", (int)strcspn(at + 6, "\"#"), at + 6);
    CHECK(at && strncmp(at + 6 + strlen(path), "#turn-", 6) == 0);
    web_free(&r);
    CHECK(has(path, "<h3 id=\"turn-1\"") && has(path, "Germany will give 50 million euros"));
    CHECK(has("/line/open", "<a href=\"/donors/DEU\">"));
    web.cookie[0] = '\0';
    CHECK_I64(edit(id, seen, mine, NULL), 401);
}

static void a_form_of_another_site_is_refused(void)
{
    char form[400];
    CHECK_I64(web_login(&web, "olena", "correct-horse-battery"), 303);
    struct web_reply r = web_post(&web, "/do/move", "line=open&qty=1&to=dispatched");
    CHECK_I64(r.status, 403); /* no token */
    web_free(&r);
    snprintf(form, sizeof form, "csrf=%s&line=open&qty=1&to=dispatched", web.csrf);
    r = web_post_with(&web, "/do/move", form, "Origin: https://elsewhere.example\r\n");
    CHECK_I64(r.status, 403);
    web_free(&r);
    r = web_post_with(&web, "/do/move", form, "Sec-Fetch-Site: cross-site\r\n");
    CHECK_I64(r.status, 403);
    web_free(&r);
    web.cookie[0] = '\0';
}

static void what_was_typed_is_shown_as_text(void)
{
    struct web_reply r =
        web_get(&web, "/search?q=%3Cscript%3Ealert(1)%3C/script%3E%22%20onmouseover=%22x");
    CHECK_I64(r.status, 200);
    CHECK(strstr(r.body, "<script>alert") == NULL);
    CHECK(strstr(r.body, "\" onmouseover=") == NULL);
    CHECK(strstr(r.body, "&lt;script&gt;") != NULL);
    web_free(&r);
}

static void a_login_leads_to_no_other_site(void)
{
    static const char *const bad[] = {"https://evil.example/", "//evil.example/",
                                      "/%5Cevil.example", "/x%0D%0ASet-Cookie:%20a=b"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char form[400];
        snprintf(form, sizeof form, "name=olena&password=correct-horse-battery&next=%s", bad[i]);
        struct web_reply r = web_post(&web, "/login", form);
        CHECK_I64(r.status, 303);
        CHECK(strstr(web_header(&r, "Location"), "evil") == NULL);
        CHECK(strstr(r.headers, "Set-Cookie: a=b") == NULL);
        web_free(&r);
    }
}

static void what_is_no_request_is_refused_and_nothing_breaks(void)
{
    static const char *const bad[] = {
        "GET /%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /?a=%ff HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /line/%00 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "BREW / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
        "nonsense\r\n\r\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct web_reply r = web_send(&web, bad[i], strlen(bad[i]));
        bool fine = (r.status >= 400 && r.status < 500) || r.status == 0; /* or closed */
        if (!fine) printf("# %s: %d\n", bad[i], r.status);
        CHECK(fine);
        web_free(&r);
    }
    CHECK_I64(status_of("/asset/../../../etc/passwd"), 404);
    CHECK_I64(status_of("/healthz"), 200);
}

static void a_body_or_address_that_is_too_long_is_refused(void)
{
    size_t len = (1 << 20) + 10;
    char *form = malloc(len + 1);
    if (!form) abort();
    memset(form, 'a', len);
    form[len] = '\0';
    struct web_reply r = web_post(&web, "/login", form);
    CHECK_I64(r.status, 413);
    web_free(&r);
    form[0] = '/';
    form[9000] = '\0';
    CHECK_I64(status_of(form), 400);
    form[9000] = 'a';
    form[100000] = '\0';
    int status = status_of(form);
    CHECK(status == 414 || status == 431);
    free(form);
}

static void what_another_process_records_is_seen(void)
{
    command("line add later --giver NLD --receiver UKR --item shell --qty 5 --stage announced "
            "--author test");
    bool seen = false;
    for (int i = 0; i < 100 && !seen; i++) { /* at most two seconds, on any machine */
        seen = has("/api/v1/lines", "later");
        if (!seen) nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    }
    CHECK(seen);
}

static void it_stops_when_told(void)
{
    CHECK_I64(web_stop(&web), 0);
}

int main(int argc, char **argv)
{
    (void)argc;
    program_find(argv[0]);
    temp_make(&temp);
    RUN(makes_a_book_with_the_real_commands);
    RUN(every_page_answers);
    RUN(a_donor_has_a_page_of_its_own);
    RUN(every_endpoint_of_the_contract_answers);
    RUN(the_api_says_what_the_command_line_says);
    RUN(a_refusal_is_a_problem_with_its_reason);
    RUN(the_api_takes_just_what_it_says_it_takes);
    RUN(an_answer_that_did_not_change_is_not_sent_again);
    RUN(a_long_list_comes_in_parts);
    RUN(every_reply_carries_what_keeps_pages_safe);
    RUN(what_has_its_hash_in_its_address_is_kept_for_ever);
    RUN(what_is_too_short_to_be_packed_is_not_said_to_be);
    RUN(a_page_can_ask_whether_it_is_still_so);
    RUN(a_total_without_a_boundary_is_of_all_that_was_given);
    RUN(a_figure_leads_to_the_rows_behind_it);
    RUN(a_permalink_freezes_both_clocks);
    RUN(a_search_reaches_all_that_has_a_name);
    RUN(each_list_of_a_table_is_a_file);
    RUN(nobody_sees_what_is_not_for_them);
    RUN(a_desk_records_its_own_and_nothing_else);
    RUN(a_request_with_a_key_is_recorded_once);
    RUN(a_yearly_floor_is_recorded_where_it_is_shown);
    RUN(two_people_at_once_do_not_overwrite_each_other);
    RUN(an_edit_meets_another_as_a_refusal_that_says_what_changed);
    RUN(a_form_of_another_site_is_refused);
    RUN(what_was_typed_is_shown_as_text);
    RUN(a_login_leads_to_no_other_site);
    RUN(what_is_no_request_is_refused_and_nothing_breaks);
    RUN(a_body_or_address_that_is_too_long_is_refused);
    RUN(what_another_process_records_is_seen);
    RUN(it_stops_when_told);
    temp_remove(&temp);
    return tap_done();
}
