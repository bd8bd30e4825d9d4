/*
 * accounts_test.c - who may log in: users, passwords, sessions, tokens, and many at one time.
 */
#include <pthread.h>
#include <time.h>

#include "accounts_room.h"
#include "base/sha.h"
#include "base/text.h"
#include "tap.h"

/* --- users --- */

static bool holds(const char *in, size_t len, const char *what, size_t what_len)
{
    for (size_t i = 0; i + what_len <= len; i++) {
        if (memcmp(in + i, what, what_len) == 0) return true;
    }
    return false;
}

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
    RUN(several_threads_share_a_handle);
    RUN(many_tries_at_one_time_are_no_more_than_in_a_row);
    RUN(only_so_many_wait_for_a_login);
    RUN(what_another_handle_changes_holds_at_once);
    RUN(a_writer_elsewhere_holds_up_no_page);
    accounts_gone();
    return tap_done();
}
