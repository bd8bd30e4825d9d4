/*
 * accounts_test.c - who may log in, and the trail of who did what.
 *
 * Time is handed in, so nothing here waits; hashing is as cheap as the library
 * allows, except where its time is what is tested.
 */
#include "accounts/accounts.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "base/buf.h"
#include "base/sha.h"
#include "base/text.h"
#include "tap.h"
#include "temp.h"

static const struct accounts_limits cheap = {
    .passes = 1, .memory = 8192, .hashing = 4, .waiting = 64};
static const char good[] = "correct horse battery";
static const char bad[] = "incorrect horse battery";
#define NOON INT64_C(1800000000000)
#define SECOND INT64_C(1000)
#define MINUTE INT64_C(60000)
#define HOUR INT64_C(3600000)

static struct temp temp;
static struct arena arena;
static struct err err;
static struct accounts *at;

static const char *file(void)
{
    return temp_path(&temp, "a.db");
}

static void again(void)
{
    accounts_close(at);
    at = NULL;
    if (accounts_open(&arena, file(), true, &cheap, &at, &err)) {
        printf("# %s\n", err.msg);
        exit(99);
    }
}

/* An empty file, with one administrator, "olena", who has a password. */
static void begin(void)
{
    accounts_close(at);
    at = NULL;
    temp_empty(&temp);
    again();
    CHECK(!accounts_add(at, "olena", ROLE_ADMINISTRATOR, NULL, &err));
    CHECK(!accounts_password(at, "olena", good, &err));
}

static enum rc login(const char *name, const char *password, int64_t now,
                     char session[SESSION_TEXT])
{
    struct account account;
    return accounts_login(at, &arena, name, password, now, session, &account, &err);
}

static bool inside(const char *session, int64_t now)
{
    struct account account;
    char csrf[CSRF_TEXT];
    enum rc rc = accounts_session(at, &arena, session, now, &account, csrf, &err);
    CHECK(rc == RC_OK || rc == RC_ABSENT);
    return rc == RC_OK;
}

static bool holds(const char *in, size_t len, const char *what, size_t what_len)
{
    for (size_t i = 0; i + what_len <= len; i++) {
        if (memcmp(in + i, what, what_len) == 0) return true;
    }
    return false;
}

/* Change the file behind the module's back. */
static void meddle(const char *sql)
{
    sqlite3 *db = NULL;
    char *said = NULL;
    if (sqlite3_open(file(), &db) || sqlite3_exec(db, sql, NULL, NULL, &said)) {
        printf("# %s: %s\n", sql, said ? said : "cannot open");
        exit(99);
    }
    sqlite3_close(db);
}

/* --- users --- */

static void a_user_is_found_with_role_and_party(void)
{
    struct account a;
    begin();
    CHECK(!accounts_add(at, "nora", ROLE_DESK, "NOR", &err));
    CHECK(!accounts_find(at, &arena, "nora", &a, &err));
    CHECK_TEXT(a.name, "nora");
    CHECK_TEXT(a.party, "NOR");
    CHECK_I64(a.role, ROLE_DESK);
    CHECK(!a.disabled);
    CHECK(accounts_find(at, &arena, "nobody", &a, &err) == RC_ABSENT);
    CHECK_TEXT(err.msg, "no user 'nobody'");
}

static void what_cannot_be_a_user_is_refused(void)
{
    static const char *const names[] = {"",       "Olena", "a b", "-x",
                                        "public", "a\nb",  "a'b", "ol\xc3\xa9na"};
    char longest[ACCOUNT_NAME_MAX + 2];
    const struct account_state *list;
    uint32_t count;
    begin();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        CHECK(accounts_add(at, names[i], ROLE_READER, NULL, &err) == RC_INPUT);
    }
    memset(longest, 'a', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    CHECK(accounts_add(at, longest, ROLE_READER, NULL, &err) == RC_INPUT);
    CHECK(!accounts_add(at, longest + 1, ROLE_READER, NULL, &err));
    CHECK(accounts_add(at, "nora", ROLE_DESK, NULL, &err) == RC_RULE);
    CHECK(accounts_add(at, "nora", ROLE_READER, "N OR", &err) == RC_INPUT);
    CHECK(accounts_add(at, "olena", ROLE_READER, NULL, &err) == RC_RULE);
    CHECK_TEXT(err.msg, "user 'olena' is there already");
    CHECK(!accounts_list(at, &arena, NOON, &list, &count, &err));
    CHECK_I64(count, 2);
}

static void the_last_administrator_stays_one(void)
{
    struct account a;
    begin();
    struct account_change off = {.set_disabled = true, .disabled = true};
    struct account_change low = {.set_role = true, .role = ROLE_READER};
    CHECK(accounts_change(at, "olena", &off, &err) == RC_RULE);
    CHECK(accounts_change(at, "olena", &low, &err) == RC_RULE);
    CHECK(!accounts_find(at, &arena, "olena", &a, &err));
    CHECK(a.role == ROLE_ADMINISTRATOR && !a.disabled);
    CHECK(!accounts_add(at, "ivan", ROLE_ADMINISTRATOR, NULL, &err));
    CHECK(!accounts_change(at, "ivan", &off, &err));
    CHECK(accounts_change(at, "olena", &low, &err) == RC_RULE); /* a disabled one is none */
    off.disabled = false;
    CHECK(!accounts_change(at, "ivan", &off, &err));
    CHECK(!accounts_change(at, "olena", &low, &err));
}

static void a_desk_officer_keeps_a_party(void)
{
    struct account a;
    begin();
    CHECK(!accounts_add(at, "nora", ROLE_DESK, "NOR", &err));
    CHECK(accounts_change(at, "nora", &(struct account_change){.set_party = true}, &err) ==
          RC_RULE);
    CHECK(accounts_change(at, "olena",
                          &(struct account_change){.set_role = true, .role = ROLE_DESK},
                          &err) == RC_RULE);
    CHECK(!accounts_find(at, &arena, "nora", &a, &err));
    CHECK_TEXT(a.party, "NOR");
}

/* --- passwords --- */

static void a_password_is_long_and_plain_text(void)
{
    char longest[PASSWORD_MAX + 2];
    memset(longest, 'x', sizeof longest - 1);
    longest[PASSWORD_MAX + 1] = '\0';
    CHECK(password_check("eleven char", &err) == RC_INPUT);
    CHECK(password_check("twelve chars", &err) == RC_OK);
    CHECK(password_check("\xd0\xbf\xd0\xb0\xd1\x80\xd0\xbe\xd0\xbb\xd1\x8c", &err) == RC_INPUT);
    CHECK(password_check("twelve\tchars", &err) == RC_INPUT);
    CHECK(password_check("twelve chars\x7f", &err) == RC_INPUT);
    CHECK(password_check("twelve chars\xc2\x85", &err) == RC_INPUT);
    CHECK(password_check("twelve chars\xff", &err) == RC_INPUT);
    CHECK(password_check(longest, &err) == RC_INPUT);
    CHECK(password_check(longest + 1, &err) == RC_OK);
}

static void neither_passwords_nor_sessions_nor_tokens_stand_in_the_file(void)
{
    char session[SESSION_TEXT], token[TOKEN_TEXT], csrf[CSRF_TEXT];
    struct account a;
    begin();
    CHECK(!login("olena", good, NOON, session));
    CHECK(!accounts_session(at, &arena, session, NOON, &a, csrf, &err));
    CHECK(!accounts_token_new(at, "olena", "cron", NOON, TOKEN_FOR_EVER, token, &err));
    accounts_close(at);
    at = NULL;
    meddle("PRAGMA wal_checkpoint(TRUNCATE)");
    FILE *f = fopen(file(), "rb");
    static char bytes[1 << 20];
    size_t len = f ? fread(bytes, 1, sizeof bytes, f) : 0;
    if (f) fclose(f);
    CHECK(len > 4096 && len < sizeof bytes);
    uint8_t secret[32];
    CHECK(holds(bytes, len, "olena", 5)); /* the search finds what is there */
    CHECK(!holds(bytes, len, good, strlen(good)));
    CHECK(!holds(bytes, len, session, 64));
    CHECK(!holds(bytes, len, csrf, 64));
    CHECK(!holds(bytes, len, token + 7, 64));
    CHECK(!hex_decode(session, 32, secret) && !holds(bytes, len, (char *)secret, 32));
    CHECK(!hex_decode(token + 7, 32, secret) && !holds(bytes, len, (char *)secret, 32));
}

/* --- login --- */

static void one_sentence_for_wrong_password_no_such_user_and_a_disabled_one(void)
{
    char session[SESSION_TEXT] = "untouched";
    static const char sentence[] = "no account has that name and that password";
    begin();
    CHECK(!accounts_add(at, "ivan", ROLE_READER, NULL, &err));
    CHECK(!accounts_password(at, "ivan", good, &err));
    CHECK(!accounts_change(at, "ivan",
                           &(struct account_change){.set_disabled = true, .disabled = true}, &err));
    CHECK(!accounts_add(at, "bare", ROLE_READER, NULL, &err)); /* has no password */
    const char *const tries[][2] = {{"olena", bad}, {"nobody", good},   {"ivan", good},
                                    {"bare", ""},   {"bare", good},     {"", ""},
                                    {"olena", ""},  {"olena' --", good}};
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        CHECK(login(tries[i][0], tries[i][1], NOON, session) == RC_RULE);
        CHECK_TEXT(err.msg, sentence);
    }
    CHECK_TEXT(session, "untouched");
    CHECK(!login("olena", good, NOON, session));
    CHECK(!login("Olena", good, NOON, session)); /* as a phone writes it */
}

static int64_t cpu_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* The least of some runs: what else the machine does only adds. */
static int64_t cost(struct accounts *a, const char *name, const char *password)
{
    struct account account;
    char session[SESSION_TEXT];
    int64_t least = INT64_MAX;
    for (int i = 0; i < 4; i++) {
        int64_t before = cpu_us();
        CHECK(accounts_login(a, &arena, name, password, NOON, session, &account, &err) == RC_RULE);
        int64_t took = cpu_us() - before;
        if (took < least) least = took;
    }
    CHECK_TEXT(err.msg, "no account has that name and that password");
    return least;
}

static void a_name_that_nobody_has_costs_as_much(void)
{
    const struct accounts_limits dear = {
        .passes = 2, .memory = (size_t)4 << 20, .hashing = 1, .waiting = 1};
    char longer[PASSWORD_MAX + 2];
    struct accounts *a;
    begin();
    CHECK(!accounts_add(at, "bare", ROLE_READER, NULL, &err));
    CHECK(!accounts_open(&arena, file(), false, &dear, &a, &err));
    CHECK(!accounts_password(a, "olena", good, &err));
    int64_t wrong = cost(a, "olena", bad);
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    int64_t others[] = {cost(a, "nobody", bad), cost(a, "bare", bad), cost(a, "ghost", longer)};
    for (int i = 0; i < 3; i++) {
        CHECK(others[i] * 2 > wrong && others[i] < wrong * 2);
        printf("# wrong password %" PRId64 " us, other %" PRId64 " us\n", wrong, others[i]);
    }
    accounts_close(a);
}

static void wrong_tries_make_the_name_wait_longer_and_longer(void)
{
    char session[SESSION_TEXT];
    static const char *const names[] = {"olena", "nobody"}; /* whether anybody has it or not */
    for (int n = 0; n < 2; n++) {
        int64_t now = NOON, waits[] = {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300};
        begin();
        for (int i = 0; i < TRIES_FREE; i++) {
            CHECK(login(names[n], bad, now, session) == RC_RULE);
            CHECK_TEXT(err.msg, "no account has that name and that password");
        }
        for (size_t i = 0; i < sizeof waits / sizeof *waits; i++) {
            char want[80];
            snprintf(want, sizeof want, "too many wrong tries of that name; try again in %d s",
                     (int)waits[i]);
            CHECK(login(names[n], good, now, session) == RC_RULE); /* even the right one */
            CHECK_TEXT(err.msg, want);
            CHECK(login(names[n], good, now + waits[i] * SECOND - 1, session) == RC_RULE);
            CHECK_TEXT(err.msg, "too many wrong tries of that name; try again in 1 s");
            now += waits[i] * SECOND;
            CHECK(login(names[n], bad, now, session) == RC_RULE);
            CHECK_TEXT(err.msg, "no account has that name and that password");
        }
    }
}

static void the_wait_ends_and_a_right_password_forgets_the_wrong_ones(void)
{
    char session[SESSION_TEXT];
    begin();
    for (int i = 0; i < TRIES_FREE; i++) CHECK(login("olena", bad, NOON, session) == RC_RULE);
    CHECK(login("olena", good, NOON, session) == RC_RULE);
    again(); /* it is in the file */
    CHECK(login("olena", good, NOON, session) == RC_RULE);
    CHECK(!login("olena", good, NOON + SECOND, session));
    for (int i = 1; i < TRIES_FREE; i++) {
        CHECK(login("olena", bad, NOON + SECOND, session) == RC_RULE);
    }
    CHECK(!login("olena", good, NOON + SECOND, session));
    for (int i = 0; i < TRIES_FREE; i++) CHECK(login("olena", bad, NOON, session) == RC_RULE);
    CHECK(!accounts_password(at, "olena", good, &err)); /* an administrator helps */
    CHECK(!login("olena", good, NOON, session));
    for (int i = 0; i < TRIES_FREE; i++) CHECK(login("olena", bad, NOON, session) == RC_RULE);
    CHECK(!login("olena", good, NOON - 24 * HOUR, session)); /* the clock was set back */
}

static void one_name_does_not_make_another_wait(void)
{
    char session[SESSION_TEXT];
    begin();
    for (int i = 0; i < 30; i++) CHECK(login("ivan", bad, NOON, session) == RC_RULE);
    CHECK(!login("olena", good, NOON, session));
}

/* --- sessions --- */

static void a_session_says_whose_it_is(void)
{
    char session[SESSION_TEXT], csrf[CSRF_TEXT], csrf2[CSRF_TEXT];
    struct account a;
    begin();
    CHECK(!accounts_login(at, &arena, "olena", good, NOON, session, &a, &err));
    CHECK_TEXT(a.name, "olena");
    a = (struct account){0};
    CHECK(!accounts_session(at, &arena, session, NOON, &a, csrf, &err));
    CHECK_TEXT(a.name, "olena");
    CHECK_I64(a.role, ROLE_ADMINISTRATOR);
    CHECK(!accounts_session(at, &arena, session, NOON + MINUTE, &a, csrf2, &err));
    CHECK_TEXT(csrf, csrf2);
    CHECK(strlen(csrf) == 64 && strcmp(csrf, session) != 0);
    CHECK(csrf_fits(session, csrf));
    csrf2[63] = csrf2[63] == '0' ? '1' : '0';
    CHECK(!csrf_fits(session, csrf2) && !csrf_fits(session, "") && !csrf_fits("", csrf));
    CHECK(!csrf_fits(session, session));
}

static void each_login_makes_another_session_and_none_can_be_brought_along(void)
{
    char one[SESSION_TEXT], two[SESSION_TEXT], mine[SESSION_TEXT];
    begin();
    memset(mine, 'a', 64);
    mine[64] = '\0';
    CHECK(!inside(mine, NOON));
    CHECK(!login("olena", good, NOON, one));
    CHECK(!inside(mine, NOON));
    CHECK(!login("olena", good, NOON, two));
    CHECK(strcmp(one, two) != 0 && inside(one, NOON) && inside(two, NOON));
    CHECK(!accounts_logout(at, one, &err));
    CHECK(!inside(one, NOON) && inside(two, NOON));
    CHECK(!accounts_logout(at, one, &err) && !accounts_logout(at, "nonsense", &err));
    static const char *const others[] = {"", "x", "' OR 1 = 1 --", "\xff"};
    for (int i = 0; i < 4; i++) CHECK(!inside(others[i], NOON));
    CHECK(!inside(text_format(&arena, "%s0", two), NOON));
    two[10] = two[10] == '0' ? '1' : '0';
    CHECK(!inside(two, NOON));
}

static void a_session_ends_when_idle_and_in_any_case(void)
{
    char session[SESSION_TEXT];
    begin();
    CHECK(!login("olena", good, NOON, session));
    CHECK(inside(session, NOON + SESSION_IDLE_MS - 1));
    CHECK(!inside(session, NOON + 2 * SESSION_IDLE_MS - 1));
    CHECK(!inside(session, NOON)); /* over is over */
    CHECK(!login("olena", good, NOON, session));
    for (int64_t t = HOUR; t < SESSION_MS; t += HOUR) CHECK(inside(session, NOON + t));
    CHECK(inside(session, NOON + SESSION_MS - 1));
    CHECK(!inside(session, NOON + SESSION_MS));
}

static void a_change_of_the_user_ends_every_session(void)
{
    char one[SESSION_TEXT], two[SESSION_TEXT], other[SESSION_TEXT];
    struct account_change changes[] = {{.set_role = true, .role = ROLE_COORDINATOR},
                                       {.set_party = true, .party = "UKR"},
                                       {.set_disabled = true, .disabled = true}};
    begin();
    CHECK(!accounts_add(at, "ivan", ROLE_READER, NULL, &err));
    CHECK(!login("olena", good, NOON, other));
    for (int i = 0; i < 4; i++) {
        CHECK(!accounts_password(at, "ivan", good, &err));
        CHECK(!login("ivan", good, NOON, one) && !login("ivan", good, NOON, two));
        CHECK(inside(one, NOON) && inside(two, NOON));
        if (i < 3)
            CHECK(!accounts_change(at, "ivan", &changes[i], &err));
        else
            CHECK(!accounts_password(at, "ivan", bad, &err));
        CHECK(!inside(one, NOON) && !inside(two, NOON));
        if (i == 2) {
            changes[2].disabled = false;
            CHECK(login("ivan", good, NOON, one) == RC_RULE);
            CHECK(!accounts_change(at, "ivan", &changes[2], &err));
        }
    }
    CHECK(login("ivan", good, NOON, one) == RC_RULE);
    CHECK(!login("ivan", bad, NOON, one));
    CHECK(inside(other, NOON));
}

static void the_oldest_of_too_many_sessions_ends(void)
{
    char sessions[SESSIONS_MAX + 1][SESSION_TEXT];
    const struct account_state *list;
    uint32_t count;
    begin();
    for (int i = 0; i <= SESSIONS_MAX; i++) CHECK(!login("olena", good, NOON + i, sessions[i]));
    CHECK(!inside(sessions[0], NOON + MINUTE));
    for (int i = 1; i <= SESSIONS_MAX; i++) CHECK(inside(sessions[i], NOON + MINUTE));
    CHECK(!accounts_list(at, &arena, NOON + MINUTE, &list, &count, &err));
    CHECK_I64(list[0].sessions, SESSIONS_MAX);
    CHECK(list[0].has_password && list[0].login_ms == NOON + SESSIONS_MAX);
}

/* --- tokens --- */

static void a_token_stands_for_its_user_until_it_ends(void)
{
    char token[TOKEN_TEXT], other[TOKEN_TEXT];
    struct account a;
    begin();
    CHECK(!accounts_token_new(at, "olena", "cron", NOON, NOON + HOUR, token, &err));
    CHECK(text_starts(token, "muster_") && strlen(token) == TOKEN_TEXT - 1);
    CHECK(accounts_token_new(at, "olena", "cron", NOON, NOON + HOUR, other, &err) == RC_RULE);
    CHECK(!accounts_token(at, &arena, token, NOON + HOUR - 1, &a, &err));
    CHECK_TEXT(a.name, "olena");
    CHECK(accounts_token(at, &arena, token, NOON + HOUR, &a, &err) == RC_ABSENT);
    CHECK(accounts_token(at, &arena, token + 7, NOON, &a, &err) == RC_ABSENT);
    CHECK(accounts_token(at, &arena, "", NOON, &a, &err) == RC_ABSENT);
    CHECK(!inside(token + 7, NOON)); /* is no session */
    CHECK(!accounts_token_new(at, "olena", "cron", NOON + HOUR, TOKEN_FOR_EVER, other, &err));
    CHECK(strcmp(token, other) != 0);
    CHECK(accounts_token(at, &arena, token, NOON, &a, &err) == RC_ABSENT);
    token[30] = token[30] == '0' ? '1' : '0';
    CHECK(accounts_token(at, &arena, token, NOON, &a, &err) == RC_ABSENT);
}

static void a_token_is_revoked_and_sleeps_with_its_user(void)
{
    char one[TOKEN_TEXT], two[TOKEN_TEXT];
    const struct token_state *list;
    uint32_t count;
    struct account a;
    struct account_change off = {.set_disabled = true, .disabled = true};
    begin();
    CHECK(!accounts_add(at, "ivan", ROLE_READER, NULL, &err));
    CHECK(!accounts_token_new(at, "ivan", "one", NOON, TOKEN_FOR_EVER, one, &err));
    CHECK(!accounts_token_new(at, "ivan", "two", NOON, TOKEN_FOR_EVER, two, &err));
    CHECK(!accounts_change(at, "ivan", &off, &err));
    CHECK(accounts_token(at, &arena, one, NOON, &a, &err) == RC_ABSENT);
    off.disabled = false;
    CHECK(!accounts_change(at, "ivan", &off, &err));
    CHECK(!accounts_token(at, &arena, one, NOON, &a, &err));
    CHECK(!accounts_token_revoke(at, "ivan", "one", &err));
    CHECK(accounts_token(at, &arena, one, NOON, &a, &err) == RC_ABSENT);
    CHECK(!accounts_token(at, &arena, two, NOON, &a, &err));
    CHECK(accounts_token_revoke(at, "ivan", "one", &err) == RC_ABSENT);
    CHECK(accounts_token_revoke(at, "olena", "two", &err) == RC_ABSENT);
    CHECK(!accounts_tokens(at, &arena, NULL, &list, &count, &err));
    CHECK_I64(count, 1);
    CHECK_TEXT(list[0].label, "two");
    CHECK_I64(list[0].used_ms, NOON);
    CHECK(!accounts_tokens(at, &arena, "olena", &list, &count, &err));
    CHECK_I64(count, 0);
    CHECK(accounts_token_new(at, "ivan", "a\nb", NOON, TOKEN_FOR_EVER, one, &err) == RC_INPUT);
    CHECK(accounts_token_new(at, "ivan", "", NOON, TOKEN_FOR_EVER, one, &err) == RC_INPUT);
    CHECK(accounts_token_new(at, "ivan", "late", NOON, NOON, one, &err) == RC_INPUT);
    CHECK(accounts_token_new(at, "nobody", "x", NOON, TOKEN_FOR_EVER, one, &err) == RC_ABSENT);
}

static void a_user_has_only_so_many_tokens(void)
{
    char token[TOKEN_TEXT];
    begin();
    for (int i = 0; i < TOKENS_MAX; i++) {
        CHECK(!accounts_token_new(at, "olena", text_format(&arena, "t%d", i), NOON, NOON + HOUR,
                                  token, &err));
    }
    CHECK(accounts_token_new(at, "olena", "more", NOON, NOON + HOUR, token, &err) == RC_RULE);
    CHECK(!accounts_token_new(at, "olena", "more", NOON + HOUR, NOON + 2 * HOUR, token, &err));
}

/* --- the audit trail --- */

static void audit(int count)
{
    for (int i = 1; i <= count; i++) {
        struct audited row = {.at_ms = NOON + i,
                              .who = i % 2 ? "olena" : "nora",
                              .verb = "see",
                              .what = text_format(&arena, "/line/%d", i),
                              .touched = "parties:NOR 7 8",
                              .outcome = "shown"};
        CHECK(!accounts_audit(at, &row, &err));
    }
}

static void the_trail_is_whole(uint64_t want)
{
    uint64_t rows = 0;
    char head[65];
    CHECK(!accounts_audit_verify(at, &rows, head, &err));
    CHECK_I64((int64_t)rows, (int64_t)want);
    CHECK_I64((int64_t)strlen(head), 64);
}

enum { NOTERS = 8 };
struct noter {
    pthread_t thread;
    int number, count, failed;
};

static void *note(void *ctx)
{
    struct noter *n = ctx;
    char who[20], what[20];
    snprintf(who, sizeof who, "visitor%d", n->number);
    for (int i = 1; i <= n->count; i++) {
        struct err own;
        struct audited row = {.at_ms = NOON + i, .who = who, .verb = "see", .what = what};
        snprintf(what, sizeof what, "%d", i);
        n->failed += accounts_audit(at, &row, &own) != RC_OK;
    }
    return NULL;
}

static void note_at_once(struct noter n[NOTERS], int count)
{
    for (int i = 0; i < NOTERS; i++) {
        n[i] = (struct noter){.number = i, .count = count};
        if (pthread_create(&n[i].thread, NULL, note, &n[i])) abort();
    }
}

static void all_noted(struct noter n[NOTERS])
{
    for (int i = 0; i < NOTERS; i++) {
        pthread_join(n[i].thread, NULL);
        CHECK_I64(n[i].failed, 0);
    }
}

static enum rc in_order(void *ctx, const struct audited *row, struct err *e)
{
    int *last = ctx;
    (void)e;
    CHECK_I64(atoi(row->what), ++*last);
    return RC_OK;
}

static void rows_of_many_at_once_are_one_trail(void)
{
    struct noter n[NOTERS];
    begin();
    note_at_once(n, 50);
    all_noted(n);
    the_trail_is_whole(NOTERS * 50);
    for (int i = 0; i < NOTERS; i++) {
        int last = 0;
        CHECK(!accounts_audit_list(at, 0, text_format(&arena, "visitor%d", i), in_order, &last,
                                   &err));
        CHECK_I64(last, 50);
    }
}

static int64_t ahead(void)
{
    struct stat st;
    return stat(temp_path(&temp, "a.db-wal"), &st) == 0 ? (int64_t)st.st_size : 0;
}

/* While somebody else writes they wait; then one commit takes the first, and one the others. */
static void rows_that_waited_together_are_synced_together(void)
{
    enum { FRAME = 24 + 4096 };
    struct noter n[NOTERS];
    sqlite3 *other;
    begin();
    audit(1);
    CHECK(sqlite3_open(file(), &other) == SQLITE_OK);
    CHECK(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK);
    int64_t before = ahead();
    note_at_once(n, 1);
    nanosleep(&(struct timespec){.tv_nsec = 300000000}, NULL);
    CHECK(sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL) == SQLITE_OK);
    all_noted(n);
    sqlite3_close(other);
    the_trail_is_whole(NOTERS + 1);
    CHECK(ahead() > before && ahead() - before < NOTERS * 2 * FRAME);
    if (!tap_this_ok) printf("# %d frames\n", (int)((ahead() - before) / FRAME));
}

static enum rc keep(void *ctx, const struct audited *row, struct err *e)
{
    struct buf *b = ctx;
    (void)e;
    /* The trail may be written to while it is read. */
    buf_addf(b, "%" PRIu64 " %s %s %s %s|", row->id, row->who, row->what, row->touched,
             row->outcome);
    return row->id == 1003 ? RC_INPUT : RC_OK;
}

static void the_trail_is_read_by_time_and_person(void)
{
    struct buf b = {.arena = &arena};
    begin();
    the_trail_is_whole(0);
    audit(4);
    the_trail_is_whole(4);
    CHECK(!accounts_audit_list(at, NOON + 2, NULL, keep, &b, &err));
    CHECK_TEXT(b.text, "2 nora /line/2 parties:NOR 7 8 shown|3 olena /line/3 parties:NOR 7 8 shown|"
                       "4 nora /line/4 parties:NOR 7 8 shown|");
    b = (struct buf){.arena = &arena};
    CHECK(!accounts_audit_list(at, NOON + 2, "olena", keep, &b, &err));
    CHECK_TEXT(b.text, "3 olena /line/3 parties:NOR 7 8 shown|");
    audit(1200); /* more than is read at a time */
    the_trail_is_whole(1204);
    b = (struct buf){.arena = &arena};
    CHECK(accounts_audit_list(at, NOON + 999, NULL, keep, &b, &err) == RC_INPUT);
    CHECK(text_starts(b.text, "1003 "));
}

static void what_is_noted_stays_on_a_line_and_is_cut(void)
{
    struct buf b = {.arena = &arena};
    char longer[5000];
    begin();
    for (size_t i = 0; i < sizeof longer - 1; i += 2) memcpy(longer + i, "\xd0\xb6", 2);
    longer[sizeof longer - 1] = '\0';
    struct audited row = {.at_ms = NOON, .who = "a\nb\x1b[31m\xff", .what = longer};
    CHECK(!accounts_audit(at, &row, &err));
    CHECK(!accounts_audit_list(at, 0, NULL, keep, &b, &err));
    CHECK(text_starts(b.text, "1 a b\xef\xbf\xbd[31m\xef\xbf\xbd \xd0\xb6"));
    CHECK(strlen(b.text) < 1050 && strstr(b.text, "\xd0\xb6...") && text_is_utf8(b.text, b.len));
    the_trail_is_whole(1);
}

static void a_trail_that_was_meddled_with_shows_where(void)
{
    static const char open[] = "DROP TRIGGER audit_kept; DROP TRIGGER audit_whole;";
    static const struct {
        const char *sql, *said;
    } cases[] = {
        {"DELETE FROM audit WHERE id = 3", "row 3 of the audit trail is gone"},
        {"DELETE FROM audit WHERE id = 1", "row 1 of the audit trail is gone"},
        {"DELETE FROM audit WHERE id = 6", "row 6 of the audit trail is gone"},
        {"DELETE FROM audit", "row 1 of the audit trail is gone"},
        {"UPDATE audit SET who = 'ivan' WHERE id = 2",
         "row 2 of the audit trail is not as it was written"},
        {"UPDATE audit SET at_ms = at_ms - 1 WHERE id = 6",
         "row 6 of the audit trail is not as it was written"},
        {"UPDATE audit SET verb = 'se', what = 'e' || what WHERE id = 4",
         "row 4 of the audit trail is not as it was written"},
        {"UPDATE audit SET hash = zeroblob(3) WHERE id = 5",
         "row 5 of the audit trail is not as it was written"},
        {"DELETE FROM audit WHERE id = 3; UPDATE audit SET id = id - 1 WHERE id > 3",
         "row 3 of the audit trail is not as it was written"},
        {"INSERT INTO audit SELECT 7, at_ms, who, verb, what, touched, outcome, hash FROM audit"
         " WHERE id = 6",
         "row 7 of the audit trail is not as it was written"},
        {"UPDATE audit_head SET hash = zeroblob(32)",
         "the end of the audit trail was written by something else"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t rows;
        char head[65];
        begin();
        audit(6);
        the_trail_is_whole(6);
        meddle(text_format(&arena, "%s%s", open, cases[i].sql));
        CHECK(accounts_audit_verify(at, &rows, head, &err) == RC_RULE);
        CHECK_TEXT(err.msg, cases[i].said);
    }
}

static void the_file_itself_refuses_to_edit_the_trail(void)
{
    sqlite3 *db = NULL;
    begin();
    audit(2);
    CHECK(sqlite3_open(file(), &db) == SQLITE_OK);
    CHECK(sqlite3_exec(db, "DELETE FROM audit", NULL, NULL, NULL) == SQLITE_CONSTRAINT);
    CHECK(sqlite3_exec(db, "UPDATE audit SET who = 'x'", NULL, NULL, NULL) == SQLITE_CONSTRAINT);
    sqlite3_close(db);
    the_trail_is_whole(2);
}

/* --- threads --- */

enum { THREADS = 4, ROUNDS = 25 };

static void *busy(void *arg)
{
    struct arena mine = {0};
    struct err e;
    struct account a;
    char session[SESSION_TEXT], csrf[CSRF_TEXT];
    int *wrong = arg;
    const char *name = text_format(&mine, "user%d", *wrong);
    *wrong = 0;
    for (int i = 0; i < ROUNDS; i++) {
        struct audited row = {.at_ms = NOON, .who = name, .verb = "see"};
        *wrong += accounts_login(at, &mine, name, good, NOON, session, &a, &e) != RC_OK;
        *wrong += accounts_session(at, &mine, session, NOON, &a, csrf, &e) != RC_OK;
        *wrong += strcmp(a.name, name) != 0 || !csrf_fits(session, csrf);
        *wrong += accounts_audit(at, &row, &e) != RC_OK;
        *wrong += accounts_logout(at, session, &e) != RC_OK;
        *wrong += accounts_session(at, &mine, session, NOON, &a, csrf, &e) != RC_ABSENT;
    }
    arena_free(&mine);
    return NULL;
}

static void several_threads_share_a_handle(void)
{
    pthread_t threads[THREADS];
    int wrong[THREADS];
    begin();
    for (int i = 0; i < THREADS; i++) {
        const char *name = text_format(&arena, "user%d", i);
        wrong[i] = i;
        CHECK(!accounts_add(at, name, ROLE_READER, NULL, &err));
        CHECK(!accounts_password(at, name, good, &err));
    }
    for (int i = 0; i < THREADS; i++) CHECK(!pthread_create(&threads[i], NULL, busy, &wrong[i]));
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        CHECK_I64(wrong[i], 0);
    }
    the_trail_is_whole(THREADS * ROUNDS);
}

static void *guess(void *arg)
{
    struct arena mine = {0};
    struct err e;
    struct account a;
    char session[SESSION_TEXT];
    int *verified = arg;
    for (int i = 0; i < 10; i++) {
        enum rc rc = accounts_login(at, &mine, "olena", bad, NOON, session, &a, &e);
        *verified +=
            rc == RC_RULE && strcmp(e.msg, "no account has that name and that password") == 0;
    }
    arena_free(&mine);
    return NULL;
}

static void many_tries_at_one_time_are_no_more_than_in_a_row(void)
{
    pthread_t threads[8];
    int verified[8] = {0}, all = 0;
    begin();
    for (int i = 0; i < 8; i++) CHECK(!pthread_create(&threads[i], NULL, guess, &verified[i]));
    for (int i = 0; i < 8; i++) {
        pthread_join(threads[i], NULL);
        all += verified[i];
    }
    CHECK_I64(all, TRIES_FREE);
}

struct crowd {
    struct accounts *a;
    int refused, let_in;
};

static void *push(void *arg)
{
    struct crowd *c = arg;
    struct arena mine = {0};
    struct err e;
    struct account a;
    char session[SESSION_TEXT];
    enum rc rc = accounts_login(c->a, &mine, "olena", good, NOON, session, &a, &e);
    c->let_in = rc == RC_OK;
    c->refused = rc == RC_RULE &&
                 strcmp(e.msg, "too many people log in at this moment; try again in 2 s") == 0;
    arena_free(&mine);
    return NULL;
}

static void only_so_many_wait_for_a_login(void)
{
    const struct accounts_limits narrow = {
        .passes = 3, .memory = (size_t)16 << 20, .hashing = 1, .waiting = 1};
    enum { CROWD = 5 };
    struct crowd crowd[CROWD];
    pthread_t threads[CROWD];
    struct accounts *a;
    int refused = 0, in = 0;
    begin();
    CHECK(!accounts_open(&arena, file(), false, &narrow, &a, &err));
    CHECK(!accounts_password(a, "olena", good, &err));
    for (int i = 0; i < CROWD; i++) {
        crowd[i] = (struct crowd){.a = a};
        CHECK(!pthread_create(&threads[i], NULL, push, &crowd[i]));
    }
    for (int i = 0; i < CROWD; i++) {
        pthread_join(threads[i], NULL);
        refused += crowd[i].refused;
        in += crowd[i].let_in;
    }
    CHECK(refused > 0 && in > 0);
    CHECK_I64(refused + in, CROWD);
    accounts_close(a);
}

static void what_another_handle_changes_holds_at_once(void)
{
    struct accounts *other;
    char session[SESSION_TEXT];
    begin();
    CHECK(!accounts_add(at, "ivan", ROLE_READER, NULL, &err));
    CHECK(!accounts_password(at, "ivan", good, &err));
    CHECK(!login("ivan", good, NOON, session) && inside(session, NOON));
    CHECK(!accounts_open(&arena, file(), false, &cheap, &other, &err));
    CHECK(!accounts_change(other, "ivan",
                           &(struct account_change){.set_disabled = true, .disabled = true}, &err));
    accounts_close(other);
    CHECK(!inside(session, NOON));
    CHECK(login("ivan", good, NOON, session) == RC_RULE);
}

static void a_writer_elsewhere_holds_up_no_page(void)
{
    sqlite3 *db = NULL;
    struct timespec before, after;
    char session[SESSION_TEXT];
    begin();
    CHECK(!login("olena", good, NOON, session));
    CHECK(sqlite3_open(file(), &db) == SQLITE_OK);
    CHECK(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK);
    clock_gettime(CLOCK_MONOTONIC, &before);
    CHECK(inside(session, NOON + HOUR)); /* would be written down */
    clock_gettime(CLOCK_MONOTONIC, &after);
    CHECK(after.tv_sec - before.tv_sec < 3);
    sqlite3_close(db);
}

/* --- the file --- */

static enum rc opens(const char *path, bool create)
{
    struct accounts *a;
    enum rc rc = accounts_open(&arena, path, create, &cheap, &a, &err);
    if (!rc) accounts_close(a);
    return rc;
}

static void the_file_is_for_its_owner_alone(void)
{
    struct stat st;
    begin();
    mode_t was = umask(0);
    again();
    umask(was);
    const char *const names[] = {"a.db", "a.db-wal", "a.db-shm"};
    for (int i = 0; i < 3; i++) {
        CHECK(stat(temp_path(&temp, names[i]), &st) == 0);
        CHECK_I64(st.st_mode & 0777, 0600);
    }
    accounts_close(at);
    at = NULL;
    chmod(file(), 0640);
    CHECK(opens(file(), false) == RC_STORE && strstr(err.msg, "'chmod 600' makes it yours alone"));
    CHECK(opens(file(), true) == RC_STORE);
    chmod(file(), 0600);
    CHECK(opens(file(), false) == RC_OK);
}

static void what_is_no_file_of_accounts_is_refused(void)
{
    begin();
    accounts_close(at);
    at = NULL;
    CHECK(opens(temp_path(&temp, "none"), false) == RC_ABSENT);
    CHECK(access(temp_path(&temp, "none"), F_OK) != 0);
    CHECK(opens(temp.dir, false) == RC_STORE && strstr(err.msg, "is no file"));
    CHECK(opens(temp_path(&temp, "no/dir"), true) == RC_STORE);
    CHECK(opens("", true) == RC_STORE || err.code == RC_ABSENT);
    meddle("PRAGMA user_version = 2");
    CHECK(opens(file(), false) == RC_STORE);
    CHECK(
        strstr(err.msg, "was written by a newer muster, in form 2; this one knows forms up to 1"));
    meddle("PRAGMA application_id = 7");
    CHECK(opens(file(), false) == RC_STORE && strstr(err.msg, "a database of something else"));
    FILE *f = fopen(file(), "wb");
    if (!f) exit(99);
    for (int i = 0; i < 1000; i++) fputs("not a database. ", f);
    fclose(f);
    CHECK(opens(file(), false) == RC_STORE && strstr(err.msg, "is no file of accounts"));
}

/* Every page of the file in turn is written over: refused or answered, never a crash. */
static void a_damaged_file_is_refused_with_a_sentence(void)
{
    int refused = 0;
    struct stat st;
    char session[SESSION_TEXT], token[TOKEN_TEXT];
    begin();
    CHECK(!login("olena", good, NOON, session));
    CHECK(!accounts_token_new(at, "olena", "cron", NOON, TOKEN_FOR_EVER, token, &err));
    audit(40);
    accounts_close(at);
    at = NULL;
    meddle("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode=DELETE");
    CHECK(stat(file(), &st) == 0);
    char *whole = malloc((size_t)st.st_size);
    FILE *f = fopen(file(), "rb");
    if (!whole || !f || fread(whole, 1, (size_t)st.st_size, f) != (size_t)st.st_size) exit(99);
    fclose(f);
    for (long page = 0; page < st.st_size / 4096; page++) {
        struct accounts *a = NULL;
        struct account who;
        char csrf[CSRF_TEXT], head[65];
        uint64_t rows;
        temp_empty(&temp);
        f = fopen(file(), "wb");
        if (!f) exit(99);
        fwrite(whole, 1, (size_t)st.st_size, f);
        fseek(f, page * 4096 + 8, SEEK_SET);
        for (int i = 0; i < 600; i++) fputc(0xa5, f);
        fclose(f);
        chmod(file(), 0600);
        enum rc rc[6] = {accounts_open(&arena, file(), false, &cheap, &a, &err)};
        if (!rc[0]) {
            rc[1] = accounts_session(a, &arena, session, NOON, &who, csrf, &err);
            rc[2] = accounts_token(a, &arena, token, NOON, &who, &err);
            rc[3] = accounts_login(a, &arena, "olena", good, NOON, session, &who, &err);
            rc[4] = accounts_audit_verify(a, &rows, head, &err);
            accounts_close(a);
        }
        for (int i = 0; i < 5; i++) refused += rc[i] != RC_OK;
        for (int i = 0; i < 5; i++) CHECK(rc[i] == RC_OK || err.msg[0]);
    }
    free(whole);
    CHECK(refused >= st.st_size / 4096 / 2);
}

static void a_row_with_nonsense_in_it_is_refused(void)
{
    struct account a;
    char session[SESSION_TEXT];
    begin();
    CHECK(!accounts_add(at, "ivan", ROLE_READER, NULL, &err));
    meddle("PRAGMA ignore_check_constraints = ON; UPDATE users SET role = 9 WHERE name = 'ivan'");
    CHECK(accounts_find(at, &arena, "ivan", &a, &err) == RC_STORE);
    meddle("PRAGMA ignore_check_constraints = ON; UPDATE users SET role = 1 WHERE name = 'ivan'");
    CHECK(accounts_find(at, &arena, "ivan", &a, &err) == RC_STORE);
    meddle("UPDATE users SET password = 'nonsense' WHERE name = 'olena'");
    CHECK(login("olena", good, NOON, session) == RC_STORE);
    meddle(text_format(&arena, "UPDATE users SET password = printf('%%.500c', 'x')"));
    CHECK(login("olena", good, NOON, session) == RC_STORE);
}

static void a_file_that_may_not_be_read_is_refused(void)
{
    begin();
    accounts_close(at);
    at = NULL;
    chmod(temp.dir, 0755);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        /* root may read everything: be somebody else. */
        if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) _exit(77);
        if (geteuid() == getuid() && access(file(), R_OK) == 0) chmod(file(), 0000);
        _exit(opens(file(), false) == RC_STORE && strstr(err.msg, "you may not read and write it")
                  ? 0
                  : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    chmod(file(), 0600);
    CHECK(WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 77));
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77) printf("# skipped: cannot be another\n");
}

int main(void)
{
    temp_make(&temp);
    RUN(a_user_is_found_with_role_and_party);
    RUN(what_cannot_be_a_user_is_refused);
    RUN(the_last_administrator_stays_one);
    RUN(a_desk_officer_keeps_a_party);
    RUN(a_password_is_long_and_plain_text);
    RUN(neither_passwords_nor_sessions_nor_tokens_stand_in_the_file);
    RUN(one_sentence_for_wrong_password_no_such_user_and_a_disabled_one);
    RUN(a_name_that_nobody_has_costs_as_much);
    RUN(wrong_tries_make_the_name_wait_longer_and_longer);
    RUN(the_wait_ends_and_a_right_password_forgets_the_wrong_ones);
    RUN(one_name_does_not_make_another_wait);
    RUN(a_session_says_whose_it_is);
    RUN(each_login_makes_another_session_and_none_can_be_brought_along);
    RUN(a_session_ends_when_idle_and_in_any_case);
    RUN(a_change_of_the_user_ends_every_session);
    RUN(the_oldest_of_too_many_sessions_ends);
    RUN(a_token_stands_for_its_user_until_it_ends);
    RUN(a_token_is_revoked_and_sleeps_with_its_user);
    RUN(a_user_has_only_so_many_tokens);
    RUN(rows_of_many_at_once_are_one_trail);
    RUN(rows_that_waited_together_are_synced_together);
    RUN(the_trail_is_read_by_time_and_person);
    RUN(what_is_noted_stays_on_a_line_and_is_cut);
    RUN(a_trail_that_was_meddled_with_shows_where);
    RUN(the_file_itself_refuses_to_edit_the_trail);
    RUN(several_threads_share_a_handle);
    RUN(many_tries_at_one_time_are_no_more_than_in_a_row);
    RUN(only_so_many_wait_for_a_login);
    RUN(what_another_handle_changes_holds_at_once);
    RUN(a_writer_elsewhere_holds_up_no_page);
    RUN(the_file_is_for_its_owner_alone);
    RUN(what_is_no_file_of_accounts_is_refused);
    RUN(a_damaged_file_is_refused_with_a_sentence);
    RUN(a_row_with_nonsense_in_it_is_refused);
    RUN(a_file_that_may_not_be_read_is_refused);
    accounts_close(at);
    temp_remove(&temp);
    arena_free(&arena);
    return tap_done();
}
