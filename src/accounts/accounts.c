/*
 * accounts.c - the file, its tables, and the users in it.
 *
 * SQLite as the store uses it: a write-ahead log with a full sync, so that a
 * disabled user stays disabled when the power goes. Deleted rows are written
 * over (secure_delete): an old hash should not be found in the file.
 */
#include "accounts/accounts.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "accounts/inside.h"
#include "base/text.h"

enum { SCHEMA_VERSION = 1, BUSY_MS = 5000, APPLICATION = 0x4d757341 }; /* "MusA" */

static const char schema[] =
    "CREATE TABLE users("
    " id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
    " role INTEGER NOT NULL CHECK(role BETWEEN 0 AND 3), party TEXT,"
    " disabled INTEGER NOT NULL DEFAULT 0, password TEXT, login_ms INTEGER NOT NULL DEFAULT 0,"
    " CHECK(role <> 1 OR party IS NOT NULL)) STRICT;"
    "CREATE TABLE sessions("
    " hash BLOB PRIMARY KEY CHECK(length(hash) = 32), user INTEGER NOT NULL REFERENCES users(id),"
    " created_ms INTEGER NOT NULL, seen_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE INDEX sessions_of ON sessions(user);"
    /* Names that were tried, hashed: somebody may have typed a password there. */
    "CREATE TABLE tries("
    " name BLOB PRIMARY KEY, failures INTEGER NOT NULL, last_ms INTEGER NOT NULL,"
    " until_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE tokens("
    " hash BLOB PRIMARY KEY CHECK(length(hash) = 32), user INTEGER NOT NULL REFERENCES users(id),"
    " label TEXT NOT NULL, created_ms INTEGER NOT NULL, expires_ms INTEGER NOT NULL,"
    " used_ms INTEGER NOT NULL DEFAULT 0, UNIQUE(user, label)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE audit("
    " id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, who TEXT NOT NULL, verb TEXT NOT NULL,"
    " what TEXT NOT NULL, touched TEXT NOT NULL, outcome TEXT NOT NULL, hash BLOB NOT NULL) STRICT;"
    /* A chain does not show that its end is gone; this does. */
    "CREATE TABLE audit_head("
    " one INTEGER PRIMARY KEY CHECK(one = 1), id INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;"
    "INSERT INTO audit_head VALUES(1, 0, zeroblob(32));"
    "CREATE TRIGGER audit_kept BEFORE UPDATE ON audit"
    " BEGIN SELECT RAISE(ABORT, 'the audit trail is never edited'); END;"
    "CREATE TRIGGER audit_whole BEFORE DELETE ON audit"
    " BEGIN SELECT RAISE(ABORT, 'the audit trail is never edited'); END;"
    "PRAGMA application_id=0x4d757341;"
    "PRAGMA user_version=1;";

/* --- SQL --- */

/* The engine's refusal as a sentence that a person can act on. */
static enum rc refused(const struct accounts *a, int code, struct err *err)
{
    const char *said = a->db ? sqlite3_errmsg(a->db) : sqlite3_errstr(code);
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return fail(err, RC_STORE, "'%.120s' is being written by somebody else; try again",
                    a->path);
    case SQLITE_FULL: return fail(err, RC_STORE, "no room left on the disk of '%.120s'", a->path);
    case SQLITE_NOTADB: return fail(err, RC_STORE, "'%.120s' is no file of accounts", a->path);
    case SQLITE_CORRUPT: return fail(err, RC_STORE, "'%.120s' is damaged: %.80s", a->path, said);
    case SQLITE_READONLY: return fail(err, RC_STORE, "'%.120s' may not be written", a->path);
    case SQLITE_CANTOPEN: return fail(err, RC_STORE, "'%.120s' cannot be opened", a->path);
    default: return fail(err, RC_STORE, "'%.120s': %.100s", a->path, said);
    }
}

enum rc sql_plain(struct accounts *a, const char *sql, struct err *err)
{
    int code = sqlite3_exec(a->db, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? RC_OK : refused(a, code, err);
}

static enum rc statement(struct accounts *a, const char *sql, sqlite3_stmt **out, struct err *err)
{
    uint32_t i = 0;
    while (i < STATEMENTS_MAX && a->kept[i].sql && a->kept[i].sql != sql) i++;
    assert(i < STATEMENTS_MAX);
    if (!a->kept[i].sql) {
        int code =
            sqlite3_prepare_v3(a->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &a->kept[i].st, NULL);
        if (code != SQLITE_OK) return refused(a, code, err);
        a->kept[i].sql = sql;
    }
    *out = a->kept[i].st;
    return RC_OK;
}

static int bind(sqlite3_stmt *st, int at, const struct value *v)
{
    switch (v->type) {
    case VALUE_NULL: return sqlite3_bind_null(st, at);
    case VALUE_INT: return sqlite3_bind_int64(st, at, v->n);
    case VALUE_TEXT: return sqlite3_bind_text(st, at, v->bytes, -1, SQLITE_STATIC);
    case VALUE_BLOB: return sqlite3_bind_blob64(st, at, v->bytes, v->len, SQLITE_STATIC);
    }
    return SQLITE_MISUSE;
}

enum rc sql_begin(struct accounts *a, const char *sql, const struct value *values, size_t count,
                  sqlite3_stmt **out, struct err *err)
{
    enum rc rc = statement(a, sql, out, err);
    for (size_t i = 0; i < count && !rc; i++) {
        int code = bind(*out, (int)i + 1, &values[i]);
        if (code == SQLITE_OK) continue;
        rc = refused(a, code, err);
        sql_done(*out);
    }
    return rc;
}

enum rc sql_row(struct accounts *a, sqlite3_stmt *st, bool *there, struct err *err)
{
    int code = sqlite3_step(st);
    *there = code == SQLITE_ROW;
    return *there || code == SQLITE_DONE ? RC_OK : refused(a, code, err);
}

void sql_done(sqlite3_stmt *st)
{
    sqlite3_reset(st);
    sqlite3_clear_bindings(st);
}

enum rc sql_all(struct accounts *a, const char *sql, const struct value *values, size_t count,
                struct err *err)
{
    sqlite3_stmt *st;
    bool there;
    enum rc rc = sql_begin(a, sql, values, count, &st, err);
    if (rc) return rc;
    rc = sql_row(a, st, &there, err);
    sql_done(st);
    return rc;
}

void sql_note(struct accounts *a, const char *sql, const struct value *values, size_t count)
{
    struct err ignored;
    sqlite3_busy_timeout(a->db, 0);
    enum rc rc = sql_all(a, sql, values, count, &ignored);
    (void)rc;
    sqlite3_busy_timeout(a->db, BUSY_MS);
}

enum rc sql_end(struct accounts *a, enum rc rc, struct err *err)
{
    if (!rc) rc = sql_plain(a, "COMMIT", err);
    if (rc && !sqlite3_get_autocommit(a->db)) sqlite3_exec(a->db, "ROLLBACK", NULL, NULL, NULL);
    return rc;
}

const char *sql_text(struct arena *arena, sqlite3_stmt *st, int at)
{
    return arena_text(arena, (const char *)sqlite3_column_text(st, at));
}

/* --- the file --- */

static enum rc number(struct accounts *a, const char *sql, int64_t *out, struct err *err)
{
    sqlite3_stmt *st;
    bool there;
    enum rc rc = sql_begin(a, sql, NULL, 0, &st, err);
    if (rc) return rc;
    rc = sql_row(a, st, &there, err);
    *out = !rc && there ? sqlite3_column_int64(st, 0) : 0;
    sql_done(st);
    return rc;
}

/* What kind of file this is; an empty one becomes ours. Inside a transaction. */
static enum rc recognise(struct accounts *a, struct err *err)
{
    int64_t version, application, tables;
    enum rc rc = number(a, "PRAGMA user_version", &version, err);
    if (!rc) rc = number(a, "PRAGMA application_id", &application, err);
    if (!rc) rc = number(a, "SELECT count(*) FROM sqlite_master", &tables, err);
    if (rc) return rc;
    if (tables == 0 && version == 0) return sql_plain(a, schema, err);
    if (application != APPLICATION) {
        return fail(err, RC_STORE, "'%.120s' is a database of something else, not of accounts",
                    a->path);
    }
    if (version > SCHEMA_VERSION) {
        return fail(
            err, RC_STORE,
            "'%.120s' was written by a newer muster, in form %d; this one knows forms up to %d",
            a->path, (int)version, SCHEMA_VERSION);
    }
    return RC_OK;
}

/* Make it if it may be made; refuse what others may look into. */
static enum rc check_file(const char *path, bool create, struct err *err)
{
    struct stat st;
    int fd = create ? open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600) : -1;
    if (fd >= 0) close(fd);
    if (create && fd < 0 && errno != EEXIST) {
        return fail(err, RC_STORE, "'%.120s' cannot be made: %s", path, strerror(errno));
    }
    if (stat(path, &st) != 0) {
        if (errno == ENOENT) {
            return fail(err, RC_ABSENT, "there is no file of accounts '%.120s'", path);
        }
        return fail(err, RC_STORE, "'%.120s' cannot be opened: %s", path, strerror(errno));
    }
    if (!S_ISREG(st.st_mode)) return fail(err, RC_STORE, "'%.120s' is no file", path);
    if (st.st_mode & 077) {
        return fail(err, RC_STORE,
                    "'%.120s' may be read or written by others; 'chmod 600' makes it yours alone",
                    path);
    }
    if (access(path, R_OK | W_OK) != 0) {
        return fail(err, RC_STORE, "'%.120s' cannot be opened: you may not read and write it",
                    path);
    }
    return RC_OK;
}

static enum rc open_file(struct accounts *a, struct err *err)
{
    /* The lock is ours: the engine need not have one. */
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE;
    int code = sqlite3_open_v2(a->file, &a->db, flags, NULL);
    if (code != SQLITE_OK) return refused(a, code, err);
    sqlite3_extended_result_codes(a->db, 1);
    sqlite3_busy_timeout(a->db, BUSY_MS);
    enum rc rc = sql_plain(a,
                           "PRAGMA trusted_schema=OFF; PRAGMA foreign_keys=ON;"
                           " PRAGMA secure_delete=ON; PRAGMA synchronous=EXTRA;"
                           " BEGIN IMMEDIATE",
                           err);
    if (!rc) rc = sql_end(a, recognise(a, err), err);
    /* Two that make the file at once: SQLite sends one away without waiting. */
    for (int tries = 0; !rc && tries < 500; tries++) {
        rc = sql_plain(a, "PRAGMA journal_mode=WAL", err);
        if (!rc || (sqlite3_errcode(a->db) & 0xff) != SQLITE_BUSY) break;
        sqlite3_sleep(10);
        rc = tries == 499 ? rc : RC_OK;
    }
    return rc;
}

/*
 * A hash like those of users, of a password that nobody has: what is verified
 * when there is no such user must cost the same. It is put together, not
 * computed, so that opening the file is cheap.
 */
static void make_stand_in(struct accounts *a)
{
    uint8_t salt[16], hash[32];
    char salt64[23], hash64[44];
    const int form = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
    randombytes_buf(salt, sizeof salt);
    randombytes_buf(hash, sizeof hash);
    sodium_bin2base64(salt64, sizeof salt64, salt, sizeof salt, form);
    sodium_bin2base64(hash64, sizeof hash64, hash, sizeof hash, form);
    snprintf(a->stand_in, sizeof a->stand_in,
             "$argon2id$v=19$m=%" PRIu32 ",t=%" PRIu32 ",p=1$%s$%s",
             (uint32_t)(a->limits.memory / 1024), (uint32_t)a->limits.passes, salt64, hash64);
}

enum rc accounts_open(struct arena *arena, const char *path, bool create,
                      const struct accounts_limits *limits, struct accounts **out, struct err *err)
{
    static const struct accounts_limits usual = {
        .passes = 3, .memory = (size_t)64 << 20, .hashing = 2, .waiting = 8};
    if (sodium_init() < 0) return fail(err, RC_STORE, "this machine gives no random bytes");
    enum rc rc = check_file(path, create, err);
    if (rc) return rc;
    struct accounts *a = NEW(arena, struct accounts);
    a->path = arena_text(arena, path);
    /* Some names mean no file to SQLite: ":memory:". */
    a->file = text_format(arena, "%s%s", path[0] == '/' ? "" : "./", path);
    a->limits = limits ? *limits : usual;
    assert(a->limits.passes >= crypto_pwhash_OPSLIMIT_MIN);
    assert(a->limits.memory >= crypto_pwhash_MEMLIMIT_MIN && a->limits.hashing > 0);
    make_stand_in(a);
    pthread_mutex_init(&a->lock, NULL);
    pthread_mutex_init(&a->trail, NULL);
    pthread_cond_init(&a->written, NULL);
    pthread_mutex_init(&a->door, NULL);
    pthread_cond_init(&a->left, NULL);
    rc = open_file(a, err);
    if (rc)
        accounts_close(a);
    else
        *out = a;
    return rc;
}

void accounts_close(struct accounts *a)
{
    if (!a) return;
    for (uint32_t i = 0; i < STATEMENTS_MAX; i++) sqlite3_finalize(a->kept[i].st);
    sqlite3_close(a->db);
    pthread_cond_destroy(&a->left);
    pthread_mutex_destroy(&a->trail);
    pthread_cond_destroy(&a->written);
    pthread_mutex_destroy(&a->door);
    pthread_mutex_destroy(&a->lock);
}

/* --- users --- */

static const char *const roles[ROLE_COUNT] = {"reader", "desk", "coordinator", "administrator"};

const char *role_name(enum role role)
{
    assert(role < ROLE_COUNT);
    return roles[role];
}

int role_named(const char *text)
{
    for (int i = 0; i < ROLE_COUNT; i++) {
        if (strcmp(roles[i], text) == 0) return i;
    }
    return -1;
}

static enum rc name_check(const char *name, struct err *err)
{
    size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._-@");
    if (name[len] || len == 0 || len > ACCOUNT_NAME_MAX || strchr("._-@", name[0])) {
        return fail(err, RC_INPUT,
                    "'%.80s' cannot be a user's name: 1 to %d of a-z 0-9 . _ - @, a letter or"
                    " digit first",
                    name, ACCOUNT_NAME_MAX);
    }
    if (strcmp(name, "public") == 0) {
        return fail(err, RC_INPUT, "'public' is who is not logged in, and cannot be a user's name");
    }
    return RC_OK;
}

static enum rc party_check(enum role role, const char *party, struct err *err)
{
    if (!party) {
        if (role != ROLE_DESK) return RC_OK;
        return fail(err, RC_RULE, "a desk officer records for one party: which?");
    }
    size_t len = strlen(party);
    if (len == 0 || len > ACCOUNT_PARTY_MAX || !text_is_clean(party, len) ||
        strpbrk(party, " \t\n,")) {
        return fail(err, RC_INPUT, "'%.80s' cannot be the key of a party", party);
    }
    return RC_OK;
}

enum rc account_read(struct accounts *a, struct arena *arena, sqlite3_stmt *st, struct account *out,
                     struct err *err)
{
    int64_t role = sqlite3_column_int64(st, 2);
    const char *name = sql_text(arena, st, 1);
    if (role < 0 || role >= ROLE_COUNT || !name) {
        return fail(err, RC_STORE, "'%.120s' is damaged: a user without name or role", a->path);
    }
    *out = (struct account){
        .id = sqlite3_column_int64(st, 0),
        .name = name,
        .role = (enum role)role,
        .party = sql_text(arena, st, 3),
        .disabled = sqlite3_column_int64(st, 4) != 0,
    };
    if (out->role == ROLE_DESK && !out->party) {
        return fail(err, RC_STORE, "'%.120s' is damaged: '%.64s' has no party", a->path, name);
    }
    return RC_OK;
}

static enum rc no_user(const char *name, struct err *err)
{
    return fail(err, RC_ABSENT, "no user '%.80s'", name);
}

static enum rc find(struct accounts *a, struct arena *arena, const char *name, struct account *out,
                    struct err *err)
{
    sqlite3_stmt *st;
    bool there;
    enum rc rc = SQL_BEGIN(a, &st, err, "SELECT " ACCOUNT_COLUMNS " FROM users u WHERE name = ?1",
                           value_text(name));
    if (rc) return rc;
    rc = sql_row(a, st, &there, err);
    if (!rc) rc = there ? account_read(a, arena, st, out, err) : no_user(name, err);
    sql_done(st);
    return rc;
}

enum rc account_id(struct accounts *a, const char *name, int64_t *id, struct err *err)
{
    struct arena scratch = {0};
    struct account found;
    enum rc rc = find(a, &scratch, name, &found, err);
    if (!rc) *id = found.id;
    arena_free(&scratch);
    return rc;
}

enum rc accounts_find(struct accounts *a, struct arena *arena, const char *name,
                      struct account *out, struct err *err)
{
    pthread_mutex_lock(&a->lock);
    enum rc rc = find(a, arena, name, out, err);
    pthread_mutex_unlock(&a->lock);
    return rc;
}

static enum rc add(struct accounts *a, const char *name, enum role role, const char *party,
                   struct err *err)
{
    int64_t users = 0, id;
    enum rc rc = account_id(a, name, &id, err);
    if (!rc) return fail(err, RC_RULE, "user '%.80s' is there already", name);
    if (rc != RC_ABSENT) return rc;
    rc = number(a, "SELECT count(*) FROM users", &users, err);
    if (!rc && users >= ACCOUNTS_MAX) {
        rc = fail(err, RC_RULE, "there are %d users: no more fit", ACCOUNTS_MAX);
    }
    if (rc) return rc;
    return SQL_RUN(a, err, "INSERT INTO users(name, role, party) VALUES(?1, ?2, ?3)",
                   value_text(name), value_int(role), value_text(party));
}

enum rc accounts_add(struct accounts *a, const char *name, enum role role, const char *party,
                     struct err *err)
{
    assert(role < ROLE_COUNT);
    enum rc rc = name_check(name, err);
    if (!rc) rc = party_check(role, party, err);
    if (rc) return rc;
    pthread_mutex_lock(&a->lock);
    rc = sql_plain(a, "BEGIN IMMEDIATE", err);
    if (!rc) rc = sql_end(a, add(a, name, role, party, err), err);
    pthread_mutex_unlock(&a->lock);
    return rc;
}

/* Somebody must be left who can let others in. */
static enum rc check_administrators(struct accounts *a, const struct account *was,
                                    const struct account *is, struct err *err)
{
    int64_t left = 0;
    if (was->role != ROLE_ADMINISTRATOR || was->disabled) return RC_OK;
    if (is->role == ROLE_ADMINISTRATOR && !is->disabled) return RC_OK;
    enum rc rc =
        number(a, "SELECT count(*) FROM users WHERE role = 3 AND disabled = 0", &left, err);
    if (rc || left > 1) return rc;
    return fail(err, RC_RULE, "'%.64s' is the only administrator: make another first", was->name);
}

static enum rc change(struct accounts *a, struct arena *scratch, const char *name,
                      const struct account_change *to, struct err *err)
{
    struct account was, is;
    enum rc rc = find(a, scratch, name, &was, err);
    if (rc) return rc;
    is = was;
    if (to->set_role) is.role = to->role;
    if (to->set_party) is.party = to->party;
    if (to->set_disabled) is.disabled = to->disabled;
    rc = party_check(is.role, is.party, err);
    if (!rc) rc = check_administrators(a, &was, &is, err);
    if (!rc) {
        rc = SQL_RUN(a, err, "UPDATE users SET role = ?2, party = ?3, disabled = ?4 WHERE id = ?1",
                     value_int(is.id), value_int(is.role), value_text(is.party),
                     value_int(is.disabled));
    }
    return rc ? rc : sessions_end(a, is.id, err);
}

enum rc accounts_change(struct accounts *a, const char *name, const struct account_change *to,
                        struct err *err)
{
    assert(!to->set_role || to->role < ROLE_COUNT);
    struct arena scratch = {0};
    pthread_mutex_lock(&a->lock);
    enum rc rc = sql_plain(a, "BEGIN IMMEDIATE", err);
    if (!rc) rc = sql_end(a, change(a, &scratch, name, to, err), err);
    pthread_mutex_unlock(&a->lock);
    arena_free(&scratch);
    return rc;
}

static enum rc list(struct accounts *a, struct arena *arena, int64_t now_ms,
                    struct account_state **out, uint32_t *count, struct err *err)
{
    sqlite3_stmt *st;
    uint32_t room = 0;
    bool there = true;
    enum rc rc = SQL_BEGIN(
        a, &st, err,
        "SELECT " ACCOUNT_COLUMNS ", u.password IS NOT NULL, u.login_ms,"
        " (SELECT count(*) FROM sessions WHERE user = u.id AND created_ms > ?1 AND seen_ms > ?2),"
        " (SELECT count(*) FROM tokens WHERE user = u.id AND expires_ms > ?3)"
        " FROM users u ORDER BY u.name",
        value_int(now_ms - SESSION_MS), value_int(now_ms - SESSION_IDLE_MS), value_int(now_ms));
    if (rc) return rc;
    while (!(rc = sql_row(a, st, &there, err)) && there) {
        *out = arena_more(arena, *out, *count, &room, sizeof **out);
        struct account_state *s = &(*out)[*count];
        *s = (struct account_state){
            .has_password = sqlite3_column_int64(st, ACCOUNT_COLUMN_COUNT) != 0,
            .login_ms = sqlite3_column_int64(st, ACCOUNT_COLUMN_COUNT + 1),
            .sessions = (uint32_t)sqlite3_column_int64(st, ACCOUNT_COLUMN_COUNT + 2),
            .tokens = (uint32_t)sqlite3_column_int64(st, ACCOUNT_COLUMN_COUNT + 3),
        };
        rc = account_read(a, arena, st, &s->account, err);
        if (rc) break;
        ++*count;
    }
    sql_done(st);
    return rc;
}

enum rc accounts_list(struct accounts *a, struct arena *arena, int64_t now_ms,
                      const struct account_state **out, uint32_t *count, struct err *err)
{
    struct account_state *found = NULL;
    uint32_t n = 0;
    pthread_mutex_lock(&a->lock);
    enum rc rc = list(a, arena, now_ms, &found, &n, err);
    pthread_mutex_unlock(&a->lock);
    if (rc) return rc;
    *out = found;
    *count = n;
    return RC_OK;
}
