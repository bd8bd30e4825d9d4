/*
 * inside.h - what the files of this module share: the handle and its SQL.
 *
 * One connection, one lock. Statements are kept by the address of their text,
 * so that a session is looked up without parsing SQL; each is a literal, and
 * values are bound, never pasted in. Every function below wants the lock held.
 */
#ifndef MUSTER_ACCOUNTS_INSIDE_H
#define MUSTER_ACCOUNTS_INSIDE_H

#include <pthread.h>
#include <sodium.h>
#include <sqlite3.h>

#include "accounts/accounts.h"
#include "base/sha.h"

enum { STATEMENTS_MAX = 48 };

struct accounts {
    sqlite3 *db;
    const char *path, *file; /* as it was given, and as it is opened */
    pthread_mutex_t lock;
    struct {
        const char *sql;
        sqlite3_stmt *st;
    } kept[STATEMENTS_MAX];

    pthread_mutex_t trail; /* of the three below; the lock may be taken with it free only */
    pthread_cond_t written;
    struct queued *queue; /* rows of the trail that wait for the commit under way, or begin one */
    bool writing;

    struct accounts_limits limits;
    pthread_mutex_t door; /* of the two below; never taken with the lock held */
    pthread_cond_t left;
    uint32_t hashing, waiting;
    char
        stand_in[crypto_pwhash_STRBYTES]; /* the hash of no password, of users that are not there */
};

struct value {
    enum { VALUE_NULL, VALUE_INT, VALUE_TEXT, VALUE_BLOB } type;
    int64_t n;
    const void *bytes;
    size_t len;
};

static inline struct value value_int(int64_t n)
{
    return (struct value){.type = VALUE_INT, .n = n};
}

/* NULL gives NULL. Borrowed until the statement is done. */
static inline struct value value_text(const char *text)
{
    return (struct value){.type = text ? VALUE_TEXT : VALUE_NULL, .bytes = text};
}

static inline struct value value_hash(const uint8_t hash[SHA_BYTES])
{
    return (struct value){.type = VALUE_BLOB, .bytes = hash, .len = SHA_BYTES};
}

/* SQL without values: a transaction, a pragma. */
MUST_CHECK enum rc sql_plain(struct accounts *a, const char *sql, struct err *err);

/* Begin a statement: ask for its rows with sql_row(), and end it with sql_done(). */
MUST_CHECK enum rc sql_begin(struct accounts *a, const char *sql, const struct value *values,
                             size_t count, sqlite3_stmt **out, struct err *err);

/* The next row, if *there. */
MUST_CHECK enum rc sql_row(struct accounts *a, sqlite3_stmt *st, bool *there, struct err *err);
void sql_done(sqlite3_stmt *st);

/* A statement from beginning to end, without rows. */
MUST_CHECK enum rc sql_all(struct accounts *a, const char *sql, const struct value *values,
                           size_t count, struct err *err);

/*
 * The same for what is only noted (a use, an end): another writer is not waited
 * for, and a full disk stops nobody from reading.
 */
void sql_note(struct accounts *a, const char *sql, const struct value *values, size_t count);

#define VALUES(...)                                                                                \
    (const struct value[]){__VA_ARGS__},                                                           \
        sizeof((const struct value[]){__VA_ARGS__}) / sizeof(struct value)
#define SQL_BEGIN(a, st, err, sql, ...) sql_begin((a), "" sql "", VALUES(__VA_ARGS__), (st), (err))
#define SQL_RUN(a, err, sql, ...) sql_all((a), "" sql "", VALUES(__VA_ARGS__), (err))
#define SQL_NOTE(a, sql, ...) sql_note((a), "" sql "", VALUES(__VA_ARGS__))

/* Commit, or take everything back when rc says so; returns rc, or why it was not committed. */
MUST_CHECK enum rc sql_end(struct accounts *a, enum rc rc, struct err *err);

/* Text of a column in the arena, or NULL. */
const char *sql_text(struct arena *arena, sqlite3_stmt *st, int at);

/* The columns that account_read() reads, in that order. */
#define ACCOUNT_COLUMNS "u.id, u.name, u.role, u.party, u.disabled"
enum { ACCOUNT_COLUMN_COUNT = 5 };

/* The account from the columns at 0; RC_STORE if it is not one. */
MUST_CHECK enum rc account_read(struct accounts *a, struct arena *arena, sqlite3_stmt *st,
                                struct account *out, struct err *err);

/* The id of a user; RC_ABSENT. */
MUST_CHECK enum rc account_id(struct accounts *a, const char *name, int64_t *id, struct err *err);

MUST_CHECK enum rc sessions_end(struct accounts *a, int64_t user, struct err *err);

#endif
