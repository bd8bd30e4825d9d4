/*
 * accounts_room.h - a file of accounts with one administrator, for the tests that need one.
 *
 * Time is handed in, so nothing here waits; hashing is as cheap as the library
 * allows, except where its time is what is tested.
 */
#ifndef MUSTER_TEST_ACCOUNTS_ROOM_H
#define MUSTER_TEST_ACCOUNTS_ROOM_H

#include <sqlite3.h>
#include <stdlib.h>

#include "accounts/accounts.h"
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

static inline const char *file(void)
{
    return temp_path(&temp, "a.db");
}

static inline void again(void)
{
    accounts_close(at);
    at = NULL;
    if (accounts_open(&arena, file(), true, &cheap, &at, &err)) {
        printf("# %s\n", err.msg);
        exit(99);
    }
}

/* An empty file, with one administrator, "olena", who has a password. */
static inline void begin(void)
{
    accounts_close(at);
    at = NULL;
    temp_empty(&temp);
    again();
    CHECK(!accounts_add(at, "olena", ROLE_ADMINISTRATOR, NULL, &err));
    CHECK(!accounts_password(at, "olena", good, &err));
}

static inline enum rc login(const char *name, const char *password, int64_t now,
                            char session[SESSION_TEXT])
{
    struct account account;
    return accounts_login(at, &arena, name, password, now, session, &account, &err);
}

static inline bool inside(const char *session, int64_t now)
{
    struct account account;
    char csrf[CSRF_TEXT];
    enum rc rc = accounts_session(at, &arena, session, now, &account, csrf, &err);
    CHECK(rc == RC_OK || rc == RC_ABSENT);
    return rc == RC_OK;
}

/* Change the file behind the module's back. */
static inline void meddle(const char *sql)
{
    sqlite3 *db = NULL;
    char *said = NULL;
    if (sqlite3_open(file(), &db) || sqlite3_exec(db, sql, NULL, NULL, &said)) {
        printf("# %s: %s\n", sql, said ? said : "cannot open");
        exit(99);
    }
    sqlite3_close(db);
}

/* Rows in the trail: of olena the odd ones, of nora the others, a millisecond apart. */
static inline void audit(int count)
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

static inline void the_trail_is_whole(uint64_t want)
{
    uint64_t rows = 0;
    char head[65];
    CHECK(!accounts_audit_verify(at, &rows, head, &err));
    CHECK_I64((int64_t)rows, (int64_t)want);
    CHECK_I64((int64_t)strlen(head), 64);
}

static inline void accounts_gone(void)
{
    accounts_close(at);
    temp_remove(&temp);
    arena_free(&arena);
}

#endif
